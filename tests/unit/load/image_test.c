/* image_test.c - a .sys as loaded code: opened, linked, found, described, reset, closed, opened
 * again. */
#include "cn_test.h"

#include "load/pe.h"
#include "open_image.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static void close_image(void)
{
    cn_image_close(opened.image);
    opened.image = NULL;
}

/* --- opening
 * --------------------------------------------------------------------------------------- */

TEST(a_driver_is_relocated_linked_and_runs)
{
    static const char *const files[] = {PE("plain.sys"), PE("plain.msvc.sys")};
    for (int i = 0; i < 2; i++) {
        OPEN(files[i]);
        CN_EQ(cn_image_format(opened.image), CN_IMAGE_PE);
        CN_EQ(run_entry(opened.image), 8);
        CN_EQ(opened.prints, 1);
        CN_EQ(*(uint32_t *)cn_image_export(opened.image, "PlainCounter", -1), 8);
        CN_EQ(((uint32_t *)cn_image_export(opened.image, "PlainZero", -1))[3], 8);
        const char *const *text = cn_image_export(opened.image, "PlainText", -1);
        CN_STREQ(*text, "plain: relocated text");
        const char *const *table =
            cn_image_export(opened.image, "PlainTable", -1); /* read-only data */
        CN_STREQ(table[1], "relocated text");
        NTAPI uint32_t (*add)(uint32_t, uint32_t) =
            (NTAPI uint32_t(*)(uint32_t, uint32_t))cn_image_export(opened.image, "PlainAdd", -1);
        CN_EQ(add(2, 3), 6);
        close_image();
    }
}

TEST(accessors_tell_what_the_file_says)
{
    OPEN(PE("plain.sys"));
    const struct cn_image_section *s;
    const struct cn_import *import;
    CN_STREQ(cn_image_name(opened.image), "plain.sys");
    CN_EQ(memcmp(cn_image_base(opened.image), "MZ", 2), 0);
    CN_OK((uint8_t *)cn_image_entry(opened.image) - cn_image_base(opened.image) <
          (ptrdiff_t)cn_image_size(opened.image));
    size_t count = cn_image_sections(opened.image, &s);
    CN_OK(count >= 5);
    CN_STREQ(s[0].name, ".text");
    CN_OK(s[0].execute && s[0].read && !s[0].write);
    for (size_t i = 0; i < count; i++)
        CN_OK(strncmp(s[i].name, ".debug", 6) != 0 && strcmp(s[i].name, ".reloc") != 0);
    CN_EQ(cn_image_imports(opened.image, &import), 1);
    CN_STREQ(import->dll, "ntoskrnl.exe");
    CN_STREQ(import->name, "DbgPrint");
    CN_OK(import->provided && !import->data);
    const void *table;
    size_t bytes, rows;
    CN_OK(cn_image_unwind_table(opened.image, &table, &bytes));
    CN_OK(cn_image_functions(opened.image, &rows) == table);
    CN_EQ(rows * 12, bytes);
    CN_EQ(cn_image_find(table) == opened.image, 1);
    close_image();
}

TEST(memory_has_the_rights_of_its_section)
{
    static const char *const files[] = {PE("plain.sys"), PE("plain.msvc.sys"),
                                        PE("cookie.msvc.sys")};
    for (int k = 0; k < 3; k++) {
        OPEN(files[k]);
        const struct cn_image_section *s;
        size_t count = cn_image_sections(opened.image, &s);
        for (size_t i = 0; i < count; i++) {
            char want[5] = "r--p";
            want[1] = s[i].write ? 'w' : '-';
            want[2] = s[i].execute ? 'x' : '-';
            CN_STREQ(rights_of(cn_image_base(opened.image) + s[i].rva), want);
        }
        CN_STREQ(rights_of(cn_image_base(opened.image)), "r--p");
        close_image();
    }
}

TEST(a_security_cookie_is_random_and_guard_pointers_work)
{
    OPEN(PE("cookie.msvc.sys"));
    CN_EQ(run_entry(opened.image), 0);
    struct cn_pe *pe;
    CN_EQ(cn_pe_read(PE("cookie.msvc.sys"), &pe, &opened.err), 0);
    uint64_t first, second;
    memcpy(&first, cn_image_base(opened.image) + pe->load_config.cookie, 8);
    close_image();
    OPEN(PE("cookie.msvc.sys"));
    CN_EQ(run_entry(opened.image), 0);
    memcpy(&second, cn_image_base(opened.image) + pe->load_config.cookie, 8);
    CN_OK(first != second); /* also after waking up */
    cn_pe_free(pe);
    close_image();
}

TEST(zeroed_memory_needs_no_file)
{
    static const char *const files[] = {PE("bss.sys"), PE("bss.msvc.sys")};
    for (int i = 0; i < 2; i++) {
        struct stat st;
        CN_EQ(stat(files[i], &st), 0);
        CN_OK(st.st_size < 1 << 20);
        OPEN(files[i]);
        CN_EQ(run_entry(opened.image), 0);
        CN_EQ(run_entry(opened.image), 2048); /* the pages the first run wrote to */
        cn_image_reset(opened.image);
        CN_EQ(run_entry(opened.image), 0);
        CN_EQ(*(char *)cn_image_export(opened.image, "BigData", -1), 1);
        close_image();
    }
}

TEST(an_image_without_relocations_runs_at_its_base_or_is_refused)
{
    int rc = open_path(PE("norelocs.msvc.sys"));
    if (rc == -ENOEXEC && strstr(opened.err.text, "not free") != NULL)
        CN_SKIP("0x6f0000000000 is taken in this build: %s", opened.err.text);
    CN_EQ(rc, 0);
    struct cn_image *first = opened.image;
    char where[128];
    CN_EQ((uintptr_t)cn_image_base(first), 0x6f0000000000);
    CN_EQ(run_entry(first), 'e' + 1);
    CN_OK(cn_image_find(cn_image_entry(first)) == first);
    CN_HAS(cn_image_describe(cn_image_entry(first), where, sizeof(where)), "DriverEntry");
    CN_EQ(open_path(PE("norelocs.msvc.sys")), -ENOEXEC); /* the base is taken now */
    CN_HAS(opened.err.text, "RELOCS_STRIPPED: the image runs at 0x6f0000000000 only");
    CN_HAS(opened.err.text, ": link with");
    cn_image_reset(first);
    CN_EQ(run_entry(first), 'e' + 1);
    cn_image_close(first);
    OPEN(PE("norelocs.msvc.sys"));
    CN_EQ(run_entry(opened.image), 'e' + 1);
    close_image();
    cn_image_cache_drop();
    CN_STREQ(rights_of((void *)0x6f0000000000), "");
}

TEST(an_image_marked_as_a_dll_runs)
{
    OPEN(PE("exportdrv.sys"));
    CN_EQ(run_entry(opened.image), 21);
    CN_OK(cn_image_export(opened.image, "Helper", -1) != NULL);
    close_image();
}

TEST(a_refused_file_says_why_and_what_to_do)
{
    CN_EQ(open_path("/nowhere/x.sys"), -ENOENT);
    CN_HAS(opened.err.text, ": check the path");
    CN_EQ(open_path("/"), -EISDIR);
    CN_EQ(open_path("Makefile"), -ENOEXEC);
    CN_HAS(opened.err.text, "not a PE file");
}

/* --- imports
 * --------------------------------------------------------------------------------------- */

TEST(an_import_by_ordinal_is_asked_for_by_ordinal)
{
    OPEN(PE("ordinal.sys"));
    const struct cn_import *import;
    CN_EQ(cn_image_imports(opened.image, &import), 2);
    CN_EQ(import[0].ordinal, 7);
    CN_OK(import[0].provided && import[0].name == NULL);
    CN_OK(!import[1].provided);
    CN_EQ(import[1].ordinal, 65535);
    CN_EQ(run_entry(opened.image), 78);
    close_image();
}

TEST(a_missing_function_stops_only_when_called)
{
    OPEN(PE("missing.sys"));
    CN_EQ(run_entry(opened.image), 0);
    NTAPI uint32_t (*call)(void) =
        (NTAPI uint32_t(*)(void))cn_image_export(opened.image, "CallMissing", -1);
    if (setjmp(opened.missing) == 0) {
        call();
        CN_FAIL("a call of a missing import returned");
    }
    CN_STREQ(opened.missed, "missing.sys nobody.sys!NobodyCalls");
    char where[128];
    CN_HAS(cn_image_describe(opened.caller, where, sizeof(where)), "missing.sys!CallMissing");
    close_image();
}

TEST(a_missing_ordinal_has_its_number_as_name)
{
    opened.seven = NULL;
    CN_EQ(cn_image_open(PE("ordinal.sys"), &open_env, &opened.image, &opened.err), 0);
    if (setjmp(opened.missing) == 0) {
        run_entry(opened.image);
        CN_FAIL("a call of a missing import returned");
    }
    CN_STREQ(opened.missed, "ordinal.sys helper.sys!#7");
    close_image();
}

TEST(a_missing_variable_cannot_be_accessed_and_has_a_name)
{
    OPEN(PE("missing.sys"));
    const struct cn_import *import;
    CN_EQ(cn_image_imports(opened.image, &import), 2);
    CN_OK(!import[0].data && import[1].data);
    NTAPI char *(*variable)(void) =
        (NTAPI char *(*)(void))cn_image_export(opened.image, "MissingVariable", -1);
    char *p = variable();
    CN_OK(!readable(p) && !readable(p + 4095));
    CN_OK(cn_image_missing_at(p) == &import[1]);
    CN_OK(cn_image_missing_at(p + 100) == &import[1]);
    CN_OK(cn_image_missing_at(cn_image_base(opened.image)) == NULL);
    CN_OK(cn_image_missing_at(NULL) == NULL);
    char where[128];
    CN_STREQ(cn_image_describe(p, where, sizeof(where)), "nobody.sys!NobodyCounts (missing)");
    close_image();
}

TEST(exports_may_lead_to_others)
{
    OPEN(PE("forwarder.msvc.sys"));
    CN_OK(cn_image_export(opened.image, "Own", -1) != NULL);
    CN_OK(cn_image_export(opened.image, "Print", -1) == (void *)open_print);
    CN_OK(cn_image_export(opened.image, "Seven", -1) == (void *)open_seven);
    CN_OK(cn_image_export(opened.image, "Ping", -1) == NULL); /* leads to itself for ever */
    CN_OK(cn_image_export(opened.image, "Nothing", -1) == NULL);
    close_image();
}

/* A copy of a driver under another name. */
static const char *copy_as(const char *from, const char *name)
{
    static char path[256];
    char command[600];
    snprintf(path, sizeof(path), CN_BUILD "/tests/unit/load/%s", name);
    snprintf(command, sizeof(command), "cp -f '%s' '%s'", from, path);
    if (system(command) != 0)
        abort();
    return path;
}

TEST(one_image_imports_from_another)
{
    /* ordinal.sys wants helper.sys!#7, which is Own here. */
    OPEN(copy_as(PE("forwarder.msvc.sys"), "helper.sys"));
    struct cn_image *helper = opened.image;
    opened.seven = NULL;
    CN_EQ(cn_image_open(PE("ordinal.sys"), &open_env, &opened.image, &opened.err), 0);
    const struct cn_import *import;
    cn_image_imports(opened.image, &import);
    CN_OK(import[0].provided && !import[1].provided);
    CN_EQ(run_entry(opened.image), 5);
    close_image();
    cn_image_close(helper);
}

TEST(two_instances_of_one_file_are_apart)
{
    OPEN(PE("plain.sys"));
    struct cn_image *first = opened.image;
    OPEN(PE("plain.sys"));
    CN_OK(opened.image != first);
    CN_OK(cn_image_base(opened.image) != cn_image_base(first));
    CN_EQ(run_entry(first), 8);
    CN_EQ(run_entry(first), 9);
    CN_EQ(run_entry(opened.image), 8);
    cn_image_close(first);
    CN_EQ(run_entry(opened.image), 9);
    close_image();
}

/* --- closing and opening again
 * --------------------------------------------------------------------- */

TEST(a_closed_image_cannot_be_executed_or_written)
{
    OPEN(PE("plain.sys"));
    uint8_t *base = cn_image_base(opened.image);
    void *entry = cn_image_entry(opened.image);
    uint32_t *counter = cn_image_export(opened.image, "PlainCounter", -1);
    run_entry(opened.image);
    CN_OK(writable(counter));
    close_image();
    CN_OK(strchr(rights_of(entry), 'x') == NULL);
    CN_OK(!writable(counter));
    CN_OK(strchr(rights_of(base), 'w') == NULL);
    CN_OK(cn_image_find(entry) == NULL);
    char where[128];
    CN_STREQ(cn_image_describe(counter, where, sizeof(where)), "plain.sys!PlainCounter (unloaded)");
}

TEST(a_file_opened_again_starts_anew)
{
    cn_image_cache_drop();
    OPEN(PE("plain.sys"));
    void *base = cn_image_base(opened.image);
    CN_EQ(run_entry(opened.image), 8);
    close_image();
    OPEN(PE("plain.sys"));
    CN_OK(cn_image_base(opened.image) == base); /* it was only asleep */
    CN_EQ(((uint32_t *)cn_image_export(opened.image, "PlainZero", -1))[3], 0);
    CN_EQ(run_entry(opened.image), 8);
    close_image();
}

static void call_missing(void)
{
    OPEN(PE("missing.sys"));
    NTAPI uint32_t (*call)(void) =
        (NTAPI uint32_t(*)(void))cn_image_export(opened.image, "CallMissing", -1);
    if (setjmp(opened.missing) == 0)
        call();
    CN_STREQ(opened.missed, "missing.sys nobody.sys!NobodyCalls");
    close_image();
}

TEST(missing_imports_wake_up_too)
{
    call_missing();
    call_missing();
}

TEST(a_changed_file_is_read_again)
{
    const char *path = copy_as(PE("plain.sys"), "changing.sys");
    OPEN(path);
    close_image();
    /* Same size, same inode; the times may be the same, too. */
    int fd = open(path, O_RDWR);
    char bytes[0x2000];
    ssize_t n = pread(fd, bytes, sizeof(bytes), 0);
    char *at = memmem(bytes, (size_t)n, "plain: relocated", 16);
    CN_OK(at != NULL);
    CN_EQ(pwrite(fd, "PLAIN", 5, at - bytes), 5);
    close(fd);
    OPEN(path);
    CN_STREQ(*(const char **)cn_image_export(opened.image, "PlainText", -1),
             "PLAIN: relocated text");
    close_image();
}

TEST(many_closed_images_do_not_pile_up)
{
    for (int i = 0; i < 40; i++) {
        char name[32];
        snprintf(name, sizeof(name), "pile%d.sys", i);
        const char *path = copy_as(PE("plain.sys"), name);
        OPEN(path);
        unlink(path);
        close_image();
    }
    cn_image_cache_drop();
    FILE *f = fopen("/proc/self/maps", "r");
    char line[512];
    int count = 0;
    while (fgets(line, sizeof(line), f) != NULL)
        count += strstr(line, "pile") != NULL;
    fclose(f);
    CN_EQ(count, 0);
}

TEST(reset_undoes_what_the_driver_wrote)
{
    OPEN(PE("plain.sys"));
    uint32_t *counter = cn_image_export(opened.image, "PlainCounter", -1);
    uint32_t *zero = cn_image_export(opened.image, "PlainZero", -1);
    run_entry(opened.image);
    memset(zero, 0xff, 256);
    cn_image_reset(opened.image);
    CN_EQ(*counter, 7);
    for (int i = 0; i < 64; i++)
        CN_EQ(zero[i], 0);
    CN_EQ(run_entry(opened.image), 8); /* and the imports are still there */
    close_image();
}

/* --- addresses
 * ------------------------------------------------------------------------------------- */

TEST(addresses_are_found_and_code_is_told_from_data)
{
    OPEN(PE("plain.sys"));
    uint8_t *base = cn_image_base(opened.image);
    CN_OK(cn_image_find(base) == opened.image);
    CN_OK(cn_image_find(base - 1) == NULL);
    CN_OK(cn_image_find(base + cn_image_size(opened.image)) == NULL);
    CN_OK(cn_image_find(NULL) == NULL && cn_image_find(&base) == NULL);
    CN_OK(cn_image_is_code(opened.image, cn_image_entry(opened.image)));
    CN_OK(!cn_image_is_code(opened.image, base));
    CN_OK(!cn_image_is_code(opened.image, cn_image_export(opened.image, "PlainCounter", -1)));
    CN_OK(cn_image_origin(cn_image_entry(opened.image)) == cn_image_entry(opened.image));
    CN_OK(cn_image_origin(&base) == &base);
    close_image();
}

static void check_description(const char *path, const void *address, const char *want)
{
    char where[256];
    (void)path;
    CN_STREQ(cn_image_describe(address, where, sizeof(where)), want);
}

TEST(addresses_are_described_by_function_and_line)
{
    OPEN(PE("plain.sys"));
    check_description("plain", cn_image_entry(opened.image), "plain.sys!DriverEntry (plain.c:31)");
    check_description("plain", cn_image_export(opened.image, "PlainZero", -1),
                      "plain.sys!PlainZero");
    close_image();
    OPEN(PE("dwarf.msvc.sys"));
    check_description("dwarf", cn_image_entry(opened.image),
                      "dwarf.msvc.sys!DriverEntry (dwarf.c:15)");
    close_image();
}

TEST(without_debug_data_there_are_names_or_numbers)
{
    OPEN(PE("symbols.sys"));
    check_description("symbols", cn_image_entry(opened.image), "symbols.sys!DriverEntry");
    close_image();
    OPEN(PE("stripped.sys"));
    check_description("stripped", cn_image_entry(opened.image), "stripped.sys!DriverEntry");
    size_t count;
    const struct cn_pe_function *f = cn_image_functions(opened.image, &count);
    bool numbered = false;
    for (size_t i = 0; i < count; i++) {
        char where[128], want[64];
        snprintf(want, sizeof(want), "stripped.sys!sub_%x+0x1", f[i].begin);
        cn_image_describe(cn_image_base(opened.image) + f[i].begin + 1, where, sizeof(where));
        numbered |= strcmp(where, want) == 0;
    }
    CN_OK(numbered);
    check_description("stripped", cn_image_base(opened.image) + 4, "stripped.sys+0x4");
    close_image();
}

TEST(any_address_can_be_described)
{
    char small[8], where[256];
    OPEN(PE("plain.sys"));
    CN_STREQ(cn_image_describe(cn_image_entry(opened.image), small, sizeof(small)), "plain.s");
    CN_STREQ(cn_image_describe(NULL, where, sizeof(where)), "0x0");
    CN_STREQ(cn_image_describe((void *)UINTPTR_MAX, where, sizeof(where)), "0xffffffffffffffff");
    CN_HAS(cn_image_describe((void *)(uintptr_t)&malloc, where, sizeof(where)), "!");
    for (size_t i = 0; i < cn_image_size(opened.image) + 0x4000; i += 61)
        CN_OK(cn_image_describe(cn_image_base(opened.image) + i, where, sizeof(where)) == where);
    close_image();
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
