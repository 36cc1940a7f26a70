/* pe2elf_impl.h - what pe2elf.c, pe2elf_eh.c and patch.c share. */
#ifndef CN_LOAD_PE2ELF_IMPL_H
#define CN_LOAD_PE2ELF_IMPL_H

#include "load/pe2elf.h"

/* Appends .eh_frame to b, whose first byte has this address, and then .eh_frame_hdr. The rows cover
 * all executable sections (between functions as leaf functions) and the code segment. */
struct cn_eh_place {
    size_t frame, frame_size, header, header_size; /* offsets in b */
};
bool cn_pe2elf_eh(const struct cn_pe *pe, const struct cn_elf *elf, struct cn_buf *b,
                  uint64_t vaddr, struct cn_eh_place *out);

/* The bytes of the ELF file that hold [rva, rva + size) of the image, or NULL. */
uint8_t *cn_elf_at(const struct cn_elf *elf, uint32_t rva, uint64_t size);

/* Finds accesses to CR8 and to the shared user data page in the executable sections. Appends the
 * code they are replaced by to the code segment's bytes and writes the jumps into elf->file. False
 * when out of memory. */
bool cn_patch_sweep(const struct cn_pe *pe, struct cn_elf *elf, struct cn_buf *code);

#endif
