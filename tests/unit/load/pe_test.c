/* pe_test.c - headers, sections and symbols. */
#include "cn_test.h"

#include "pe_build.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

TEST(a_good_image_says_what_it_is)
{
    build_image();
    BUILD_ACCEPTED();
    CN_EQ(build.pe->entry, BUILD_TEXT);
    CN_EQ(build.pe->image_base, BUILD_BASE);
    CN_EQ(build.pe->section_count, 2);
    CN_STREQ(build.pe->sections[0].name, ".text");
    CN_OK(build.pe->sections[0].execute && !build.pe->sections[0].write);
    CN_OK(build.pe->sections[1].write && build.pe->sections[1].read);
    CN_EQ(build.pe->sections[1].raw_size, 0x1000);
    CN_EQ(build.pe->note_count, 0);
}

TEST(headers_that_are_not_a_drivers_are_refused)
{
    static const struct {
        size_t offset, size;
        uint64_t value;
        const char *says;
    } cases[] = {
        {0, 2, 0x4d5a, "not a PE file: it begins with \"ZM"},
        {0, 4, 0x464c457f, "begins with \"\\x7fELF"},
        {0x3c, 4, 0xffffffff, "e_lfanew is 0xffffffff"},
        {0x3c, 4, 0x90, "where \"PE\" is missing"},
        {BUILD_FILE_HEADER, 2, 0x14c, "x86, 32 bit"},
        {BUILD_FILE_HEADER, 2, 0xaa64, "ARM64"},
        {BUILD_FILE_HEADER, 2, 1, "unknown"},
        {BUILD_FILE_HEADER + 2, 2, 0, "NumberOfSections is 0"},
        {BUILD_FILE_HEADER + 2, 2, 97, "NumberOfSections is 97"},
        {BUILD_FILE_HEADER + 16, 2, 239, "SizeOfOptionalHeader is 0xef"},
        {BUILD_FILE_HEADER + 18, 2, 0x20, "EXECUTABLE_IMAGE"},
        {BUILD_OPTIONAL, 2, 0x10b, "PE32, 32 bit"},
        {BUILD_OPTIONAL + 16, 4, 0, "AddressOfEntryPoint is 0"},
        {BUILD_OPTIONAL + 16, 4, 0x2000, "in section .data, not in code"},
        {BUILD_OPTIONAL + 16, 4, 0x9000, "in no section"},
        {BUILD_OPTIONAL + 24, 8, 0x140001000, "ImageBase is 0x140001000"},
        {BUILD_OPTIONAL + 24, 8, UINT64_C(0xffffffffffff0000), "ImageBase is 0xffffffffffff0000"},
        {BUILD_OPTIONAL + 32, 4, 0x1800, "SectionAlignment is 0x1800"},
        {BUILD_OPTIONAL + 36, 4, 0, "FileAlignment is 0x0"},
        {BUILD_OPTIONAL + 36, 4, 0x2000, "FileAlignment is 0x2000"},
        {BUILD_OPTIONAL + 32, 4, 0x400, "less than a page"},
        {BUILD_OPTIONAL + 56, 4, 0, "SizeOfImage is 0x0"},
        {BUILD_OPTIONAL + 56, 4, 0x20000000, "SizeOfImage is 0x20000000"},
        {BUILD_OPTIONAL + 56, 4, 0x3000, "ends beyond SizeOfImage"},
        {BUILD_OPTIONAL + 60, 4, 0x100, "SizeOfHeaders is 0x100"},
        {BUILD_OPTIONAL + 60, 4, 0x2000, "SizeOfHeaders is 0x2000"},
        {BUILD_SECTIONS + 12, 4, 0x1100, "VirtualAddress is 0x1100"},
        {BUILD_SECTIONS + 12, 4, 0, "overlaps what ends at 0x400"},
        {BUILD_SECTIONS + 52, 4, 0x1000, "overlaps what ends at 0x2000"},
        {BUILD_SECTIONS + 60, 4, 0x1000, "the file is truncated"},
        {BUILD_SECTIONS + 20, 4, 0x401, "not a multiple of FileAlignment"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        build_image();
        build_put(cases[i].offset, cases[i].value, cases[i].size);
        BUILD_REFUSED(cases[i].says);
    }
}

TEST(oddities_become_notes)
{
    build_image();
    build_put(BUILD_OPTIONAL + 68, 3, 2);
    build_put(BUILD_FILE_HEADER + 18, 0x2022, 2);
    build_put(BUILD_FILE_HEADER + 8, 0x100000, 4);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->note_count, 3);
    CN_HAS(build.pe->notes[0], "Subsystem is 3");
    CN_HAS(build.pe->notes[1], "DLL");
    CN_HAS(build.pe->notes[2], "PointerToSymbolTable is 0x100000");
}

TEST(places_are_in_the_file_or_only_in_memory)
{
    build_image();
    BUILD_ACCEPTED();
    CN_OK(cn_pe_at(build.pe, 0x2000, 0x1000) == build.bytes + BUILD_DATA_FILE);
    CN_OK(cn_pe_at(build.pe, 0x2000, 0x1001) == NULL);
    CN_OK(cn_pe_at(build.pe, 0x3000, 1) == NULL);
    CN_OK(cn_pe_at(build.pe, 0, 0x400) == build.bytes);
    CN_OK(cn_pe_at(build.pe, 0x400, 1) == NULL);
    CN_STREQ(cn_pe_section(build.pe, 0x3fff, 1)->name, ".data");
    CN_OK(cn_pe_section(build.pe, 0x3fff, 2) == NULL);
    CN_OK(cn_pe_section(build.pe, 0x4000, 0) == NULL);
}

TEST(text_must_end_in_the_file)
{
    build_image();
    memset(build.bytes + BUILD_DATA_FILE + 0xff0, 'x', 16);
    BUILD_ACCEPTED();
    CN_OK(cn_pe_text(build.pe, 0x2ff0, 100) == NULL);
    build.bytes[BUILD_DATA_FILE + 0xfff] = '\0';
    CN_EQ(strlen(cn_pe_text(build.pe, 0x2ff0, 100)), 15);
    CN_OK(cn_pe_text(build.pe, 0x2ff0, 15) == NULL);
}

static void put_symbol(size_t i, const char *name, uint32_t value, int section, int type,
                       int storage)
{
    size_t at = BUILD_DATA_FILE + 0x200 + 18 * i;
    memset(build.bytes + at, 0, 18);
    memcpy(build.bytes + at, name, strlen(name)); /* at most 8 */
    build_put(at + 8, value, 4);
    build_put(at + 12, (uint64_t)section, 2);
    build_put(at + 14, (uint64_t)type, 2);
    build_put(at + 16, (uint64_t)storage, 1);
}

TEST(symbols_of_code_and_data_are_kept)
{
    build_image();
    build_put(BUILD_FILE_HEADER + 8, BUILD_DATA_FILE + 0x200, 4);
    build_put(BUILD_FILE_HEADER + 12, 6, 4);
    put_symbol(0, "main", 0x10, 1, 0x20, 2);
    put_symbol(1, "", 0x20, 2, 0, 3);
    build_put(BUILD_DATA_FILE + 0x200 + 18 + 4, 4, 4); /* name in the string table */
    put_symbol(2, ".file", 0, -2, 0, 103);
    put_symbol(3, "beyond", 0x2000, 2, 0, 2);
    put_symbol(4, "absolute", 5, -1, 0, 2);
    put_symbol(5, "nosuch", 5, 3, 0, 2);
    build_put(BUILD_DATA_FILE + 0x200 + 6 * 18, 4 + 16, 4);
    memcpy(build.bytes + BUILD_DATA_FILE + 0x200 + 6 * 18 + 4, "a_long_variable", 16);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->symbol_count, 2);
    CN_EQ(build.pe->symbols[0].rva, 0x1010);
    CN_OK(build.pe->symbols[0].function);
    CN_EQ(build.pe->symbols[0].name_length, 4);
    CN_EQ(build.pe->symbols[1].rva, 0x2020);
    CN_EQ(build.pe->symbols[1].name_length, 15);
    CN_OK(!build.pe->symbols[1].function);
}

TEST(debug_and_relocation_data_is_not_loaded)
{
    build_image();
    build_section(1, ".reloc", 0x2000, BUILD_DATA, 0x1000, BUILD_DATA_FILE, 0x42000040);
    BUILD_ACCEPTED();
    CN_OK(!build.pe->sections[1].loaded);
    build_section(1, "INIT", 0x2000, BUILD_DATA, 0x1000, BUILD_DATA_FILE, 0x62000020);
    BUILD_ACCEPTED();
    CN_OK(build.pe->sections[1].loaded);
}

TEST(the_checksum_leaves_itself_out)
{
    build_image();
    BUILD_ACCEPTED();
    uint32_t sum = cn_pe_checksum(build.pe);
    build_put(BUILD_OPTIONAL + 64, sum, 4);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->checksum, sum);
    CN_EQ(cn_pe_checksum(build.pe), sum);
    build.bytes[BUILD_SIZE - 1] ^= 1;
    CN_OK(cn_pe_checksum(build.pe) != sum);
}

TEST(what_is_no_readable_file_is_refused)
{
    struct cn_pe *pe;
    struct cn_image_error err;
    CN_EQ(cn_pe_read("/nowhere/x.sys", &pe, &err), -ENOENT);
    CN_HAS(err.text, "check the path");
    CN_EQ(cn_pe_read("/", &pe, &err), -EISDIR);
    CN_HAS(err.text, "is a directory");
    CN_EQ(cn_pe_read("/dev/null", &pe, &err), -EINVAL);
    char path[] = "/tmp/cn-pe-test-XXXXXX";
    int fd = mkstemp(path);
    CN_EQ(ftruncate(fd, (off_t)CN_PE_SIZE_MAX + 1), 0);
    CN_EQ(cn_pe_read(path, &pe, &err), -EFBIG);
    CN_EQ(ftruncate(fd, 0), 0);
    CN_EQ(cn_pe_read(path, &pe, &err), -ENOEXEC);
    CN_HAS(err.text, "not a PE file");
    unlink(path);
    CN_EQ(mkfifo(path, 0600), 0); /* must not wait for a writer */
    CN_EQ(cn_pe_read(path, &pe, &err), -EINVAL);
    unlink(path);
    close(fd);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
