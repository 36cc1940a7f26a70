/* image_so_test.c - native drivers: what is refused, what is missing, closing and opening again.
 * The shared objects are built by the tests. */
#include "cn_test.h"

#include "open_image.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>

#define HEADERS "#include <ntddk.h>\nDRIVER_INITIALIZE DriverEntry;\n"
#define ENTRY(body)                                                                                \
    "NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT d, PUNICODE_STRING p) { (void)d; (void)p; " body    \
    " }\n"

/* Compiles a source to a file in the build folder and returns its path. */
static const char *compile(const char *name, const char *source, const char *flags)
{
    static char path[256];
    char command[1024];
    snprintf(path, sizeof(path), CN_BUILD "/tests/unit/load/%s", name);
    snprintf(command, sizeof(command),
             "${CC:-gcc} -std=gnu11 -O1 -g -Iinclude/nt -fshort-wchar -x c %s -o '%s' - 2>'%s.log'",
             flags, path, path);
    FILE *f = popen(command, "w");
    if (f == NULL || fputs(source, f) < 0 || pclose(f) != 0)
        CN_FAIL("cannot compile %s: see %s.log", name, path);
    return path;
}

#define SHARED "-shared -fPIC"

static void close_image(void)
{
    cn_image_close(opened.image);
}

TEST(a_native_driver_runs_and_has_the_same_members)
{
    OPEN(compile("good.so",
                 HEADERS "int counter = 7; int zero[9];\n" ENTRY("zero[2] = 1; return ++counter;"),
                 SHARED));
    CN_EQ(cn_image_format(opened.image), CN_IMAGE_ELF);
    CN_STREQ(cn_image_name(opened.image), "good.so");
    CN_EQ(run_entry(opened.image), 8);
    CN_EQ(run_entry(opened.image), 9);
    cn_image_reset(opened.image);
    CN_EQ(run_entry(opened.image), 8);
    CN_EQ(((int *)cn_image_export(opened.image, "zero", -1))[2], 1);
    cn_image_reset(opened.image);
    CN_EQ(((int *)cn_image_export(opened.image, "zero", -1))[2], 0);
    CN_OK(cn_image_export(opened.image, "malloc", -1) == NULL); /* somebody else's */
    CN_OK(cn_image_export(opened.image, NULL, 1) == NULL);
    void *entry = cn_image_entry(opened.image);
    CN_OK(cn_image_find(entry) == opened.image);
    CN_OK(cn_image_is_code(opened.image, entry));
    CN_OK(!cn_image_is_code(opened.image, cn_image_export(opened.image, "counter", -1)));
    const struct cn_image_section *s;
    size_t count = cn_image_sections(opened.image, &s), rows;
    bool text = false;
    for (size_t i = 0; i < count; i++)
        text |= strcmp(s[i].name, ".text") == 0 && s[i].execute && s[i].raw_size == s[i].size;
    CN_OK(text);
    CN_OK(cn_image_functions(opened.image, &rows) == NULL);
    CN_EQ(rows, 0);
    char where[128];
    CN_STREQ(cn_image_describe(entry, where, sizeof(where)), "good.so!DriverEntry (<stdin>:4)");
    close_image();
}

TEST(the_resolver_provides_what_the_runtime_does_not_export)
{
    OPEN(compile("resolved.so",
                 HEADERS "int __attribute__((ms_abi)) OnlyResolved(const char *text);\n" ENTRY(
                     "return (NTSTATUS)OnlyResolved(\"x\");"),
                 SHARED));
    const struct cn_import *import;
    CN_EQ(cn_image_imports(opened.image, &import), 1);
    CN_STREQ(import->name, "OnlyResolved");
    CN_STREQ(import->dll, "");
    CN_OK(import->provided && !import->data);
    CN_EQ(run_entry(opened.image), 1);
    CN_EQ(opened.prints, 1);
    close_image();
}

TEST(the_c_library_provides_its_symbols)
{
    OPEN(compile("libc.so", HEADERS "int getpid(void);\n" ENTRY("return getpid();"), SHARED));
    const struct cn_import *import;
    CN_EQ(cn_image_imports(opened.image, &import), 1);
    CN_OK(import->provided);
    CN_STREQ(opened.asked, ""); /* nobody was asked */
    CN_EQ(run_entry(opened.image), getpid());
    close_image();
}

TEST(a_missing_function_stops_only_when_called)
{
    OPEN(compile("missing.so",
                 HEADERS "int NobodyCalls(int);\n" ENTRY("return p ? 1 : NobodyCalls(3) + 1;"),
                 SHARED));
    const struct cn_import *import;
    CN_EQ(cn_image_imports(opened.image, &import), 1);
    CN_OK(!import->provided && !import->data);
    if (setjmp(opened.missing) == 0) {
        run_entry(opened.image);
        CN_FAIL("a call of a missing import returned");
    }
    CN_STREQ(opened.missed, "missing.so !NobodyCalls");
    char where[128];
    CN_HAS(cn_image_describe(opened.caller, where, sizeof(where)), "missing.so!DriverEntry+0x");
    CN_HAS(where, "(<stdin>:4)");
    close_image();
}

TEST(a_missing_variable_cannot_be_accessed_and_has_a_name)
{
    OPEN(compile(
        "variable.so",
        HEADERS
        "extern int NobodyCounts; int *where(void) { return &NobodyCounts; }\n" ENTRY("return 0;"),
        SHARED));
    const struct cn_import *import;
    cn_image_imports(opened.image, &import);
    CN_OK(!import->provided && import->data);
    int *p = ((int *(*)(void))cn_image_export(opened.image, "where", -1))();
    CN_OK(!readable(p));
    CN_OK(cn_image_missing_at(p) == import);
    char where[128];
    CN_STREQ(cn_image_describe(p, where, sizeof(where)), "NobodyCounts (missing)");
    close_image();
    CN_OK(cn_image_missing_at(p) == NULL);
}

TEST(placeholders_end_with_their_image)
{
    /* What was missing for one driver must not be provided to the next by what stood in for it. */
    static const char source[] =
        HEADERS "int NobodyCalls(int);\n" ENTRY("return NobodyCalls(3) + 1;");
    const struct cn_import *import;
    OPEN(compile("first.so", source, SHARED));
    close_image();
    OPEN(compile("second.so", source, SHARED));
    cn_image_imports(opened.image, &import);
    CN_OK(!import->provided);
    close_image();
}

TEST(a_closed_driver_cannot_be_executed_or_written)
{
    OPEN(compile("closed.so", HEADERS "int counter;\n" ENTRY("return ++counter;"), SHARED));
    void *entry = cn_image_entry(opened.image),
         *counter = cn_image_export(opened.image, "counter", -1);
    run_entry(opened.image);
    close_image();
    CN_STREQ(rights_of(entry), "---p"); /* reserved, so that nothing else comes there */
    CN_OK(!writable(counter));
    CN_OK(cn_image_find(entry) == NULL);
    OPEN(CN_BUILD "/tests/unit/load/closed.so");
    CN_EQ(run_entry(opened.image), 1);
    close_image();
}

TEST(two_instances_of_one_file_are_apart)
{
    OPEN(compile("twice.so", HEADERS "static int counter;\n" ENTRY("return ++counter;"), SHARED));
    struct cn_image *first = opened.image;
    CN_EQ(run_entry(first), 1);
    OPEN(CN_BUILD "/tests/unit/load/twice.so");
    CN_EQ(run_entry(opened.image), 1);
    CN_EQ(run_entry(first), 2);
    char where[128];
    CN_HAS(cn_image_describe(cn_image_entry(opened.image), where, sizeof(where)),
           "twice.so!DriverEntry");
    cn_image_close(first);
    CN_EQ(run_entry(opened.image), 2);
    close_image();
}

TEST(a_hidden_entry_is_found_unless_stripped)
{
    static const char hidden[] = "__attribute__((ms_abi)) int DriverEntry(void *d, void *p);\n"
                                 "__attribute__((ms_abi)) int DriverEntry(void *d, void *p)\n"
                                 "{ return d == p ? 4 : 5; }\n";
    static const char source[] = HEADERS ENTRY("return 5;");
    OPEN(compile("hidden.so", hidden, SHARED " -fvisibility=hidden"));
    CN_EQ(run_entry(opened.image), 5);
    close_image();
    CN_EQ(open_path(compile("hidden-stripped.so", hidden, SHARED " -fvisibility=hidden -s")),
          -ENOEXEC);
    CN_HAS(opened.err.text, "it has no function DriverEntry: ");
    OPEN(compile("stripped.so", source, SHARED " -s"));
    CN_EQ(run_entry(opened.image), 5);
    close_image();
}

TEST(what_is_no_driver_is_refused)
{
    static const char source[] = HEADERS ENTRY("return 5;") "int main(void) { return 0; }\n";
    CN_EQ(open_path(compile("object.o", source, "-c")), -ENOEXEC);
    CN_HAS(opened.err.text, "an object file, not a shared object (3): ");
    CN_EQ(open_path(compile("program", source, "-pie -fPIE")), -ENOEXEC);
    CN_HAS(opened.err.text, "it is a program, not a driver: ");
    CN_EQ(open_path(compile("fixed", source, "-no-pie -fno-pie")), -ENOEXEC);
    CN_HAS(opened.err.text, "type 2 is a program");
    CN_EQ(open_path(compile("library.so", "int x;", SHARED)), -ENOEXEC);
    CN_HAS(opened.err.text, "no function DriverEntry");
    CN_EQ(open_path(compile("needs.so", source,
                            SHARED " -Wl,--no-as-needed -L" CN_BUILD "/tests/unit/load"
                                   " -l:library.so")),
          -ENOEXEC);
    CN_HAS(opened.err.text, "the dynamic linker refuses it: ");
}

/* A copy of a good object with some bytes changed, cut at `size` when that is not 0. */
static int open_damaged(const char *from, size_t offset, uint64_t value, size_t bytes, size_t size)
{
    const char *path = CN_BUILD "/tests/unit/load/damaged.so";
    char command[512];
    snprintf(command, sizeof(command), "cp -f '%s' '%s'", from, path);
    CN_EQ(system(command), 0);
    int fd = open(path, O_RDWR);
    CN_EQ(pwrite(fd, &value, bytes, (off_t)offset), bytes);
    if (size != 0)
        CN_EQ(ftruncate(fd, (off_t)size), 0);
    close(fd);
    int rc = open_path(path);
    if (rc == 0)
        close_image();
    return rc;
}

TEST(damaged_objects_are_refused)
{
    char good[256];
    snprintf(good, sizeof(good), "%s", compile("intact.so", HEADERS ENTRY("return 5;"), SHARED));
    CN_EQ(open_damaged(good, 0, ELFMAG0, 1, 0), 0);
    CN_EQ(open_damaged(good, offsetof(Elf64_Ehdr, e_machine), EM_AARCH64, 2, 0), -ENOEXEC);
    CN_HAS(opened.err.text, "machine 183");
    CN_EQ(open_damaged(good, EI_CLASS, ELFCLASS32, 1, 0), -ENOEXEC);
    CN_HAS(opened.err.text, "class 1");
    CN_EQ(open_damaged(good, offsetof(Elf64_Ehdr, e_type), 77, 2, 0), -ENOEXEC);
    CN_HAS(opened.err.text, "type 77 is unknown");
    CN_EQ(open_damaged(good, offsetof(Elf64_Ehdr, e_phoff), UINT64_MAX - 7, 8, 0), -ENOEXEC);
    CN_EQ(open_damaged(good, offsetof(Elf64_Ehdr, e_phnum), 0, 2, 0), -ENOEXEC);
    CN_HAS(opened.err.text, ": copy the file again");
    CN_EQ(open_damaged(good, 0, ELFMAG0, 1, 40), -ENOEXEC);
    CN_HAS(opened.err.text, "truncated: 40 bytes");
    for (size_t size = 64; size < 0x3000; size += 509) {
        CN_EQ(open_damaged(good, 0, ELFMAG0, 1, size), -ENOEXEC);
        CN_HAS(opened.err.text, ": ");
    }
}

TEST(a_module_with_another_sanitizer_is_refused)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    CN_SKIP("this program has a sanitizer itself");
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
    CN_SKIP("this program has a sanitizer itself");
#endif
#endif
    CN_EQ(open_path(compile("asan.so", HEADERS ENTRY("return 5;"), SHARED " -fsanitize=address")),
          -ENOEXEC);
    CN_HAS(opened.err.text, "built with AddressSanitizer, this condis is not: ");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
