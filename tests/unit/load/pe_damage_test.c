/* pe_damage_test.c - structured damage of good images: every field of the headers, the section
 * table and the data directories gets edge values, tables get noise, the file is cut everywhere of
 * interest. Each result is read, converted and described without a crash; each refusal says where,
 * what, and what to do. Nothing is executed. Also the kept inputs of the fuzz target go through
 * here once.
 */
#include "cn_test.h"

#include "load/debug.h"
#include "load/pe2elf.h"

#include <dirent.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define PE(name) (CN_BUILD "/tests/pe/" name)

static uint8_t *good, *bytes;
static size_t good_size;
static unsigned accepted, refused;

static void load(const char *path)
{
    struct cn_image_error err;
    free(good);
    free(bytes);
    good = bytes = NULL;
    if (cn_load_read_file(path, &good, &good_size, &err) != 0)
        CN_FAIL("%s: %s", path, err.text);
    accepted = refused = 0;
}

static unsigned parts(const char *text)
{
    unsigned count = 0;
    for (const char *p = strstr(text, ": "); p != NULL; p = strstr(p + 1, ": "))
        count++;
    return count;
}

/* The first size bytes, in memory of their own so that every access behind them is noticed. */
static void try_bytes(const uint8_t *data, size_t size, const char *what)
{
    struct cn_pe *pe;
    struct cn_elf elf;
    struct cn_image_error err = {.text = ""};
    uint8_t *copy = malloc(size + 1);
    memcpy(copy, data, size);
    uint8_t *exact = realloc(copy, size > 0 ? size : 1);
    int rc = cn_pe_parse(exact, size, &pe, &err);
    if (rc == 0) {
        rc = cn_pe2elf(pe, &elf, &err);
        if (rc == 0)
            cn_elf_free(&elf);
        cn_pe_checksum(pe);
        cn_pe_free(pe);
    }
    free(exact);
    accepted += rc == 0;
    refused += rc != 0;
    if (rc != 0 && (rc != -ENOEXEC || parts(err.text) < 2))
        CN_FAIL("%s: %d \"%s\" is no refusal with a place, a fact and a remedy", what, rc,
                err.text);
}

/* Every edge value at one place. */
static void try_field(size_t offset, size_t size, const char *what)
{
    uint64_t is = 0;
    if (offset + size > good_size)
        return;
    memcpy(&is, good + offset, size);
    const uint64_t values[] = {0,
                               1,
                               2,
                               3,
                               7,
                               8,
                               is - 1,
                               is + 1,
                               is * 2,
                               is + 0x1000,
                               is ^ 0x80,
                               good_size,
                               good_size - 1,
                               good_size + 1,
                               0x7f,
                               0xff,
                               0x7fff,
                               0xffff,
                               0x10000,
                               0x7fffffff,
                               0x80000000,
                               0xfffffff0,
                               0xffffffff,
                               UINT64_MAX,
                               UINT64_MAX / 2,
                               UINT64_MAX - 0xfff};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        char text[128];
        bytes = realloc(bytes, good_size);
        memcpy(bytes, good, good_size);
        memcpy(bytes + offset, &values[i], size);
        snprintf(text, sizeof(text), "%s at 0x%zx = 0x%llx", what, offset,
                 (unsigned long long)values[i]);
        try_bytes(bytes, good_size, text);
    }
}

/* Whatever the alignment of a field is, one of these meets it. */
static void try_range(size_t offset, size_t size, const char *what)
{
    for (size_t at = offset; at + 8 <= offset + size; at += 2) {
        try_field(at, 2, what);
        if (at % 4 == 0)
            try_field(at, 4, what);
        if (at % 8 == 0)
            try_field(at, 8, what);
    }
}

static size_t header_at(void)
{
    uint32_t at;
    memcpy(&at, good + 0x3c, sizeof(at));
    return at;
}

static void damage_headers(const char *path)
{
    load(path);
    try_bytes(good, good_size, "undamaged");
    CN_EQ(accepted, 1);
    uint16_t sections, optional;
    size_t at = header_at();
    memcpy(&sections, good + at + 6, sizeof(sections));
    memcpy(&optional, good + at + 20, sizeof(optional));
    try_range(0x38, 8, "DOS header");
    try_range(at, 24 + optional + 40u * sections, "header");
    CN_OK(accepted > 50 && refused > 50); /* both ways are taken */
}

TEST(damaged_headers_of_a_mingw_image)
{
    damage_headers(PE("plain.sys"));
}

TEST(damaged_headers_of_an_lld_image)
{
    damage_headers(PE("cookie.msvc.sys"));
}

/* The beginnings of the tables that the directories name, as found by the reader itself. */
static void damage_tables(const char *path)
{
    struct cn_image_error err;
    struct cn_pe *pe;
    load(path);
    CN_EQ(cn_pe_parse(good, good_size, &pe, &err), 0);
    for (int i = 0; i < CN_PE_DIRECTORIES; i++) {
        const struct cn_pe_directory *d = &pe->directories[i];
        const uint8_t *table = d->rva != 0 ? cn_pe_at(pe, d->rva, 1) : NULL;
        char what[32];
        snprintf(what, sizeof(what), "directory %d", i);
        if (table != NULL)
            try_range((size_t)(table - good), d->size < 160 ? d->size + 8 : 160, what);
    }
    for (size_t i = 0; i < pe->function_count && i < 4; i++)
        try_range((size_t)((const uint8_t *)cn_pe_at(pe, pe->functions[i].unwind, 4) - good), 32,
                  "unwind data");
    for (size_t i = 0; i < pe->import_count && i < 4; i++)
        try_range((size_t)((const uint8_t *)pe->imports[i].dll - good), 16, "module name");
    cn_pe_free(pe);
    CN_OK(accepted > 50 && refused > 50);
}

TEST(damaged_tables_of_a_mingw_image)
{
    damage_tables(PE("plain.sys"));
}

TEST(damaged_tables_of_an_lld_image)
{
    damage_tables(PE("cookie.msvc.sys"));
}

TEST(damaged_exports_with_forwarders)
{
    damage_tables(PE("forwarder.msvc.sys"));
}

TEST(damaged_code_of_patched_images)
{
    load(PE("cr8.sys"));
    struct cn_image_error err;
    struct cn_pe *pe;
    CN_EQ(cn_pe_parse(good, good_size, &pe, &err), 0);
    size_t code = pe->sections[0].raw_offset, size = pe->sections[0].raw_size;
    cn_pe_free(pe);
    for (size_t at = 0; at < size && at < 0x200; at++)
        try_field(code + at, 1, "code");
    CN_EQ(refused, 0);
}

TEST(truncated_files)
{
    static const char *const files[] = {PE("stripped.sys"), PE("cookie.msvc.sys")};
    for (size_t f = 0; f < 2; f++) {
        load(files[f]);
        for (size_t size = 0; size < good_size; size += size < 0x600 ? 1 : 37)
            try_bytes(good, size, "truncated");
        for (size_t size = 0x200; size <= good_size; size += 0x200) {
            try_bytes(good, size - 1, "truncated before a sector");
            try_bytes(good, size, "truncated at a sector");
        }
    }
}

TEST(noise)
{
    uint32_t seed = 1;
    load(PE("plain.sys"));
    bytes = malloc(good_size);
    for (int round = 0; round < 3000; round++) {
        memcpy(bytes, good, good_size);
        for (int i = 0; i < 6; i++) {
            seed = seed * 1664525 + 1013904223;
            size_t at = (seed >> 4) % (round % 2 == 0 ? 0x400 : CN_PE_NOTES * 0x400);
            seed = seed * 1664525 + 1013904223;
            bytes[at % good_size] = (uint8_t)(seed >> 24);
        }
        try_bytes(bytes, good_size, "noise");
    }
}

TEST(kept_inputs_of_the_fuzz_target)
{
    const char *folder = "tests/fuzz/corpus/pe";
    DIR *d = opendir(folder);
    unsigned count = 0;
    if (d == NULL)
        CN_SKIP("%s: %s", folder, strerror(errno));
    for (struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        char path[512];
        snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.')
            continue;
        load(path);
        try_bytes(good, good_size, e->d_name);
        count++;
    }
    closedir(d);
    CN_OK(count > 0);
}

int main(int argc, char **argv)
{
    int rc = cn_test_main(argc, argv);
    free(good);
    free(bytes);
    return rc;
}
