/* pe_build.h - a minimal PE image made in memory, for tests to put tables into and to damage.
 *
 *     file  0x000 headers   0x400 .text (0x200 bytes, a ret)   0x600 .data (0x1000 bytes)
 *     RVA   0               0x1000                             0x2000 (0x2000 bytes in memory)
 */
#ifndef CN_TEST_PE_BUILD_H
#define CN_TEST_PE_BUILD_H

#include "load/pe.h"

#include <string.h>

enum {
    BUILD_SIZE = 0x1600,
    BUILD_FILE_HEADER = 0x84,
    BUILD_OPTIONAL = BUILD_FILE_HEADER + 20,
    BUILD_DIRECTORIES = BUILD_OPTIONAL + 112,
    BUILD_SECTIONS = BUILD_OPTIONAL + 240,
    BUILD_TEXT = 0x1000,
    BUILD_DATA = 0x2000,
    BUILD_DATA_FILE = 0x600,
};
#define BUILD_BASE UINT64_C(0x140000000)

static struct {
    uint8_t bytes[BUILD_SIZE];
    struct cn_pe *pe;
    struct cn_image_error err;
} build;

static inline void build_put(size_t offset, uint64_t value, size_t size)
{
    memcpy(build.bytes + offset, &value, size);
}

/* Writes into .data by RVA. */
static inline void build_data(uint32_t rva, uint64_t value, size_t size)
{
    build_put(BUILD_DATA_FILE + (rva - BUILD_DATA), value, size);
}

static inline void build_text(uint32_t rva, const char *text)
{
    memcpy(build.bytes + BUILD_DATA_FILE + (rva - BUILD_DATA), text, strlen(text) + 1);
}

static inline void build_directory(int id, uint32_t rva, uint32_t size)
{
    build_put(BUILD_DIRECTORIES + 8 * (size_t)id, rva, 4);
    build_put(BUILD_DIRECTORIES + 8 * (size_t)id + 4, size, 4);
}

static inline void build_section(size_t i, const char *name, uint32_t size, uint32_t rva,
                                 uint32_t raw_size, uint32_t raw, uint32_t flags)
{
    size_t at = BUILD_SECTIONS + 40 * i;
    memset(build.bytes + at, 0, 40);
    memcpy(build.bytes + at, name, strlen(name)); /* at most 8 */
    build_put(at + 8, size, 4);
    build_put(at + 12, rva, 4);
    build_put(at + 16, raw_size, 4);
    build_put(at + 20, raw, 4);
    build_put(at + 36, flags, 4);
}

static inline void build_image(void)
{
    const size_t o = BUILD_OPTIONAL;
    memset(build.bytes, 0, sizeof(build.bytes));
    memcpy(build.bytes, "MZ", 2);
    build_put(0x3c, 0x80, 4);
    memcpy(build.bytes + 0x80, "PE", 2);
    build_put(BUILD_FILE_HEADER, 0x8664, 2);
    build_put(BUILD_FILE_HEADER + 2, 2, 2);     /* sections */
    build_put(BUILD_FILE_HEADER + 16, 240, 2);  /* size of the optional header */
    build_put(BUILD_FILE_HEADER + 18, 0x22, 2); /* executable, large addresses */
    build_put(o, 0x20b, 2);
    build_put(o + 16, BUILD_TEXT, 4);
    build_put(o + 24, BUILD_BASE, 8);
    build_put(o + 32, 0x1000, 4);
    build_put(o + 36, 0x200, 4);
    build_put(o + 56, 0x4000, 4);
    build_put(o + 60, 0x400, 4);
    build_put(o + 68, 1, 2);
    build_put(o + 108, 16, 4);
    build_section(0, ".text", 0x200, BUILD_TEXT, 0x200, 0x400, 0x60000020);
    build_section(1, ".data", 0x2000, BUILD_DATA, 0x1000, BUILD_DATA_FILE, 0xc0000040);
    memset(build.bytes + 0x400, 0xcc, 0x200);
    build.bytes[0x400] = 0xc3;
}

/* Parses what has been built; the result of the last call is freed by the next one. */
static inline int build_parse(void)
{
    cn_pe_free(build.pe);
    build.pe = NULL;
    build.err.text[0] = '\0';
    return cn_pe_parse(build.bytes, sizeof(build.bytes), &build.pe, &build.err);
}

#define BUILD_ACCEPTED()                                                                           \
    do {                                                                                           \
        if (build_parse() != 0)                                                                    \
            CN_FAIL("refused: %s", build.err.text);                                                \
    } while (0)

/* Refused, with a text that names the place and says what to do. */
#define BUILD_REFUSED(part)                                                                        \
    do {                                                                                           \
        CN_EQ(build_parse(), -ENOEXEC);                                                            \
        CN_HAS(build.err.text, part);                                                              \
        CN_HAS(build.err.text, ": ");                                                              \
    } while (0)

#endif
