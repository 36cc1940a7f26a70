/* pe_impl.h - what pe.c and pe_dir.c share. */
#ifndef CN_LOAD_PE_IMPL_H
#define CN_LOAD_PE_IMPL_H

#include "load/pe.h"

#define CN_PE_DAMAGED "the file is damaged: copy it again or link it again"

/* Adds a note for the user; those beyond CN_PE_NOTES are dropped. */
void cn_pe_note(struct cn_pe *pe, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Each reads one data directory into pe; 0 or -errno with *err filled. */
int cn_pe_read_imports(struct cn_pe *pe, struct cn_image_error *err);
int cn_pe_read_delay_imports(struct cn_pe *pe, struct cn_image_error *err);
int cn_pe_read_exports(struct cn_pe *pe, struct cn_image_error *err);
int cn_pe_read_relocs(struct cn_pe *pe, struct cn_image_error *err);
int cn_pe_read_functions(struct cn_pe *pe, struct cn_image_error *err);
int cn_pe_read_load_config(struct cn_pe *pe, struct cn_image_error *err);
/* These three find facts for the user only; what is damaged becomes a note. */
void cn_pe_read_debug(struct cn_pe *pe);
void cn_pe_read_version(struct cn_pe *pe);
void cn_pe_read_signature(struct cn_pe *pe);

#endif
