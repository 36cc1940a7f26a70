/* inspect_pe.c - what a .sys says about itself. */
#include <time.h>

#include "cli/inspect.h"
#include "load/pe.h"

static const char *subsystem_name(uint16_t subsystem)
{
    static const char *const names[] = {"unknown", "native", "windows", "console"};
    return subsystem < CN_ARRAY_SIZE(names) ? names[subsystem] : cn_fmt("%u", subsystem);
}

static void put(json_t *o, const char *key, const char *text)
{
    json_object_set_new(o, key, text != NULL ? json_string(text) : json_null());
}

static void put_headers(json_t *model, const struct cn_pe *pe)
{
    put(model, "machine", "x86-64");
    put(model, "subsystem", subsystem_name(pe->subsystem));
    put(model, "subsystem_version", cn_fmt("%u.%02u", pe->subsystem_major, pe->subsystem_minor));
    put(model, "os_version", cn_fmt("%u.%02u", pe->os_major, pe->os_minor));
    put(model, "linker_version", cn_fmt("%u.%u", pe->linker_major, pe->linker_minor));
    put(model, "image_base", cn_fmt("0x%llx", (unsigned long long)pe->image_base));
    put(model, "entry", cn_fmt("0x%x", pe->entry));
    json_object_set_new(model, "image_size", json_integer(pe->image_size));
    json_object_set_new(model, "relocatable", json_boolean(cn_pe_relocatable(pe)));
    json_object_set_new(model, "dll", json_boolean(pe->characteristics & CN_PE_DLL));
    put(model, "file_version",
        pe->has_version
            ? cn_fmt("%u.%u.%u.%u", pe->version[0], pe->version[1], pe->version[2], pe->version[3])
            : NULL);
    char when[32] = "";
    time_t stamp = (time_t)pe->timestamp;
    struct tm tm;
    if (gmtime_r(&stamp, &tm) != NULL)
        strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
    put(model, "timestamp", when);
    uint32_t sum = cn_pe_checksum(pe);
    json_object_set_new(model, "checksum",
                        json_pack("{s:s, s:s, s:b}", "stated", cn_fmt("0x%08x", pe->checksum),
                                  "computed", cn_fmt("0x%08x", sum), "right", sum == pe->checksum));
}

/* What a person debugging the driver wants to know is there. */
static void put_debug(json_t *model, const struct cn_pe *pe)
{
    bool dwarf = false;
    for (size_t i = 0; i < pe->section_count; i++)
        dwarf |= strcmp(pe->sections[i].name, ".debug_info") == 0;
    json_object_set_new(model, "signature", json_boolean(pe->has_signature));
    json_object_set_new(model, "symbols", json_integer((json_int_t)pe->symbol_count));
    json_object_set_new(model, "debug_info", dwarf ? json_string("DWARF") : json_null());
    put(model, "pdb", pe->pdb);
    json_object_set_new(model, "functions", json_integer((json_int_t)pe->function_count));
    json_object_set_new(model, "security_cookie", json_boolean(pe->load_config.cookie != 0));
    json_object_set_new(model, "control_flow_guard",
                        json_boolean(pe->load_config.guard_check != 0));
}

static void put_lists(json_t *model, const struct cn_pe *pe)
{
    json_t *sections = json_object_get(model, "sections");
    for (size_t i = 0; i < pe->section_count; i++) {
        const struct cn_pe_section *s = &pe->sections[i];
        char access[] = {s->read ? 'r' : '-', s->write ? 'w' : '-', s->execute ? 'x' : '-', '\0'};
        json_array_append_new(sections,
                              json_pack("{s:s, s:s, s:i, s:i, s:s, s:b}", "name", s->name, "rva",
                                        cn_fmt("0x%x", s->rva), "size", (int)s->size, "file_size",
                                        (int)s->raw_size, "access", access, "loaded", s->loaded));
    }
    for (size_t i = 0; i < pe->import_count; i++)
        cn_inspect_import(model, pe->imports[i].dll, pe->imports[i].name, pe->imports[i].ordinal);
    json_t *exports = json_object_get(model, "exports");
    for (size_t i = 0; i < pe->export_count; i++)
        json_array_append_new(exports, pe->exports[i].name != NULL
                                           ? json_string(pe->exports[i].name)
                                           : json_string(cn_fmt("#%u", pe->exports[i].ordinal)));
    json_t *notes = json_object_get(model, "notes");
    for (size_t i = 0; i < pe->note_count; i++)
        json_array_append_new(notes, json_string(pe->notes[i]));
}

int cn_inspect_pe(const char *path, const uint8_t *bytes, size_t size, json_t **out,
                  struct cn_image_error *err)
{
    struct cn_pe *pe;
    int error = cn_pe_parse(bytes, size, &pe, err);
    if (error != 0)
        return error;
    *out = cn_inspect_new(path, "PE32+");
    put_headers(*out, pe);
    put_debug(*out, pe);
    put_lists(*out, pe);
    cn_inspect_finish(*out);
    cn_pe_free(pe);
    return 0;
}
