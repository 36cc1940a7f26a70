/* inspect.c - the part of an inspection that is the same for both forms of a driver: imports. */
#include "cli/inspect.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "load/pe.h"
#include "ndis/version.h"
#include "world/resolve.h"

/* Group of what a .so gets from the process that loads it. */
#define HOST "(the process)"

json_t *cn_inspect_new(const char *path, const char *container)
{
    const char *slash = strrchr(path, '/');
    return json_pack("{s:i, s:s, s:s, s:s, s:s, s:[], s:[], s:[], s:[], s:[]}", "format",
                     CN_REPORT_FORMAT, "condis", CN_VERSION, "file", path, "name",
                     slash != NULL ? slash + 1 : path, "container", container, "sections",
                     "imports", "ndis_functions", "exports", "notes");
}

/* The group of a module, in the order of first appearance. */
static json_t *group_of(json_t *model, const char *module)
{
    json_t *groups = json_object_get(model, "imports"), *group;
    size_t i;
    json_array_foreach(groups, i,
                       group) if (strcasecmp(json_string_value(json_object_get(group, "module")),
                                             module) == 0) return group;
    group = json_pack("{s:s, s:b, s:[]}", "module", module, "known",
                      cn_resolve_module(module) || strcmp(module, HOST) == 0, "functions");
    json_array_append_new(groups, group);
    return group;
}

/* A .so does not say from where it imports, and also gets what the process itself has (the C
 * library, a sanitizer). */
void cn_inspect_import(json_t *model, const char *module, const char *name, int ordinal)
{
    const struct cn_ddi_row *row = cn_resolve_row(module, name, ordinal);
    bool host = row == NULL && module[0] == '\0' && dlsym(RTLD_DEFAULT, name) != NULL;
    bool provided = host || (row != NULL && row->fn != NULL);
    json_t *f = json_pack("{s:s}", "state",
                          provided      ? "provided"
                          : row != NULL ? "known"
                                        : "unknown");
    if (name != NULL)
        json_object_set_new(f, "name", json_string(name));
    else
        json_object_set_new(f, "ordinal", json_integer(ordinal));
    if (row != NULL && row->page != NULL)
        json_object_set_new(f, "source", cn_report_sources(row->page));
    if (row != NULL && strcmp(row->dll, "ndis") == 0) {
        json_array_append_new(json_object_get(model, "ndis_functions"), json_string(name));
        if (row->since_major > 0)
            json_object_set_new(f, "since",
                                json_string(cn_version_text(row->since_major, row->since_minor)));
    }
    const char *group = module[0] != '\0' ? module
                        : row != NULL     ? row->dll
                        : host            ? HOST
                                          : "(not named)";
    json_array_append_new(json_object_get(group_of(model, group), "functions"), f);
}

void cn_inspect_finish(json_t *model)
{
    int provided = 0, known = 0, unknown = 0;
    size_t i, k;
    json_t *group, *f;
    json_array_foreach(json_object_get(model, "imports"), i, group)
        json_array_foreach(json_object_get(group, "functions"), k, f)
    {
        const char *state = json_string_value(json_object_get(f, "state"));
        provided += strcmp(state, "provided") == 0;
        known += strcmp(state, "known") == 0;
        unknown += strcmp(state, "unknown") == 0;
    }
    json_object_set_new(
        model, "import_counts",
        json_pack("{s:i, s:i, s:i}", "provided", provided, "known", known, "unknown", unknown));
}

int cn_inspect(const char *path, json_t **out, struct cn_image_error *err)
{
    uint8_t *bytes;
    size_t size;
    int error = cn_load_read_file(path, &bytes, &size, err);
    if (error != 0)
        return error;
    bool elf = size >= 4 && memcmp(bytes, "\177ELF", 4) == 0;
    error = (elf ? cn_inspect_elf : cn_inspect_pe)(path, bytes, size, out, err);
    free(bytes);
    return error;
}
