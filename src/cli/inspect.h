/* inspect.h - what a driver file is, as a document; nothing of it is loaded or run.
 *
 * docs/report.md describes the keys. Both forms of a driver give the same ones, as far as they have
 * them.
 */
#ifndef CN_CLI_INSPECT_H
#define CN_CLI_INSPECT_H

#include <jansson.h>
#include <stdio.h>

#include "load/image.h"
#include "world/report.h"

/* Makes the document; 0, or -errno with *err filled. The caller drops the reference. */
int cn_inspect(const char *path, json_t **out, struct cn_image_error *err);
void cn_inspect_text(const json_t *model, const struct cn_report_style *style, FILE *out);

/* For the two readers. A document with the keys that every file has; imports are then added one by
 * one: name NULL for an import by ordinal. finish counts them. */
json_t *cn_inspect_new(const char *path, const char *container);
void cn_inspect_import(json_t *model, const char *module, const char *name, int ordinal);
void cn_inspect_finish(json_t *model);
int cn_inspect_pe(const char *path, const uint8_t *bytes, size_t size, json_t **out,
                  struct cn_image_error *err);
int cn_inspect_elf(const char *path, const uint8_t *bytes, size_t size, json_t **out,
                   struct cn_image_error *err);

#endif
