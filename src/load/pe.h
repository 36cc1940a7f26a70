/* pe.h - what a PE32+ file says about itself, read and checked without loading it.
 *
 * The reader refuses what Windows could not load either or what would make a later step unsafe;
 * whatever it hands out afterwards lies inside the file or inside the image and needs no further
 * check. Oddities that do not prevent loading (wrong subsystem, damaged debug data) become notes.
 * Source: the published "PE Format" specification.
 */
#ifndef CN_LOAD_PE_H
#define CN_LOAD_PE_H

#include "load/image.h"

enum cn_pe_directory_id {
    CN_PE_EXPORT = 0,
    CN_PE_IMPORT = 1,
    CN_PE_RESOURCE = 2,
    CN_PE_EXCEPTION = 3,
    CN_PE_SECURITY = 4,
    CN_PE_RELOC = 5,
    CN_PE_DEBUG = 6,
    CN_PE_LOAD_CONFIG = 10,
    CN_PE_DELAY_IMPORT = 13,
    CN_PE_DIRECTORIES = 16
};

enum {
    CN_PE_MACHINE_X64 = 0x8664,
    CN_PE_SUBSYSTEM_NATIVE = 1,
    CN_PE_RELOCS_STRIPPED = 0x0001, /* characteristics */
    CN_PE_DLL = 0x2000,
    CN_PE_NOTES = 12,
    CN_PE_SIZE_MAX = 256 << 20 /* of the file and of the image in memory, bytes */
};

struct cn_pe_directory {
    uint32_t rva, size;
};

struct cn_pe_section {
    char name[32]; /* long names come from the string table; cut to fit, printable */
    uint32_t rva;  /* a multiple of the section alignment */
    uint32_t size; /* bytes in memory */
    uint32_t raw_offset,
        raw_size;   /* the bytes of the file that fill its beginning; raw_size <= size */
    uint32_t flags; /* as in the section header */
    bool read, write, execute;
    bool loaded; /* false for debug and relocation data, which no driver code uses */
};

struct cn_pe_import {
    const char *dll;
    const char *name; /* NULL when by ordinal */
    int ordinal;      /* -1 when by name */
    uint32_t slot;    /* RVA of the 8 bytes that receive the address */
    bool delayed;
};

struct cn_pe_export {
    const char *name; /* NULL when it has an ordinal only */
    uint32_t ordinal;
    uint32_t rva;          /* 0 for a forwarder */
    const char *forwarder; /* "MODULE.Name" or "MODULE.#7", or NULL */
};

/* One row of .pdata. The same layout as in the image. */
struct cn_pe_function {
    uint32_t begin, end, unwind; /* RVAs; end is exclusive */
};

struct cn_pe_symbol {
    const char *name; /* not NUL-terminated */
    uint32_t name_length;
    uint32_t rva;
    bool function;
};

/* RVAs of the 8-byte places the operating system fills in; 0 = the image has none. */
struct cn_pe_load_config {
    bool present;
    uint32_t cookie;
    uint32_t guard_check, guard_dispatch;
    uint32_t xfg_check, xfg_dispatch, xfg_table_dispatch;
    uint32_t guard_flags;
};

struct cn_pe {
    const uint8_t *bytes; /* the whole file */
    size_t size;
    bool owns_bytes;

    uint16_t machine, characteristics, dll_characteristics, subsystem;
    uint8_t linker_major, linker_minor;
    uint16_t os_major, os_minor, subsystem_major, subsystem_minor;
    uint32_t timestamp; /* seconds since 1970, or a hash in reproducible builds */
    uint32_t checksum, checksum_offset;
    uint32_t entry, image_size, header_size, section_alignment, file_alignment;
    uint64_t image_base;
    struct cn_pe_directory directories[CN_PE_DIRECTORIES];

    struct cn_pe_section *sections;
    size_t section_count;
    struct cn_pe_import *imports;
    size_t import_count;
    struct cn_pe_export *exports;
    size_t export_count;
    const char *export_name; /* the name the module gives itself, or NULL */
    uint32_t *relocs;        /* RVAs of 8-byte addresses */
    size_t reloc_count;
    struct cn_pe_function *functions; /* sorted, not overlapping */
    size_t function_count;
    struct cn_pe_symbol *symbols; /* COFF symbols that lie in a section */
    size_t symbol_count;
    struct cn_pe_load_config load_config;

    const char *pdb; /* name of the program database, or NULL */
    bool has_signature;
    bool has_version;
    uint16_t version[4]; /* file version of the version resource */
    char notes[CN_PE_NOTES][160];
    size_t note_count;
};

/* Reads and checks a file; 0, or -errno with *err filled (-ENOEXEC when it is not a driver image
 * for x64). The caller frees *out. */
int cn_pe_read(const char *path, struct cn_pe **out, struct cn_image_error *err);
/* The same for bytes that the caller keeps while *out lives. */
int cn_pe_parse(const void *bytes, size_t size, struct cn_pe **out, struct cn_image_error *err);
void cn_pe_free(struct cn_pe *pe);

/* The file's bytes for [rva, rva + size), or NULL when they are not wholly in the file. */
const void *cn_pe_at(const struct cn_pe *pe, uint32_t rva, uint64_t size);
/* The NUL-terminated text at rva, or NULL when it does not end inside the file or after max bytes.
 */
const char *cn_pe_text(const struct cn_pe *pe, uint32_t rva, size_t max);
/* The section whose memory holds [rva, rva + size), or NULL. */
const struct cn_pe_section *cn_pe_section(const struct cn_pe *pe, uint32_t rva, uint64_t size);
/* The export with this name, or with this ordinal when name is NULL; NULL when there is none. */
const struct cn_pe_export *cn_pe_export(const struct cn_pe *pe, const char *name, uint32_t ordinal);
/* The function that holds rva, or NULL (leaf functions have no row). */
const struct cn_pe_function *cn_pe_function(const struct cn_pe *pe, uint32_t rva);
/* Whether the image works at any address. */
bool cn_pe_relocatable(const struct cn_pe *pe);
/* The checksum the header should have; Windows verifies it for drivers. */
uint32_t cn_pe_checksum(const struct cn_pe *pe);

/* Reads a whole regular file of at most CN_PE_SIZE_MAX bytes. The caller frees *bytes. */
int cn_load_read_file(const char *path, uint8_t **bytes, size_t *size, struct cn_image_error *err);

#endif
