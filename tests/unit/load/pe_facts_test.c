/* pe_facts_test.c - program database, version and signature: facts for people, damage is a note. */
#include "cn_test.h"

#include "pe_build.h"

#include <errno.h>

static void build_debug(void)
{
    build_image();
    build_directory(CN_PE_DEBUG, 0x2000, 2 * 28);
    build_data(0x200c, 16, 4); /* a reproducible build's entry first */
    build_data(0x201c + 12, 2, 4);
    build_data(0x201c + 16, 24 + 8, 4);
    build_data(0x201c + 24, BUILD_DATA_FILE + 0x100, 4);
    build_text(0x2100, "RSDS");
    build_text(0x2100 + 24, "wan.pdb");
}

TEST(the_program_database_has_a_name)
{
    build_debug();
    BUILD_ACCEPTED();
    CN_STREQ(build.pe->pdb, "wan.pdb");
    CN_EQ(build.pe->note_count, 0);
}

TEST(damaged_debug_data_is_a_note)
{
    build_debug();
    build_data(0x201c + 16, 24 + 7, 4); /* the NUL is cut off */
    BUILD_ACCEPTED();
    CN_OK(build.pe->pdb == NULL);
    CN_HAS(build.pe->notes[0], "CodeView record");
    build_debug();
    build_data(0x201c + 24, 0xfffffff0, 4);
    BUILD_ACCEPTED();
    CN_HAS(build.pe->notes[0], "CodeView record at 0xfffffff0");
    build_debug();
    build_text(0x2100 + 24, "\033[2J");
    BUILD_ACCEPTED();
    CN_OK(build.pe->pdb == NULL);
    build_debug();
    build_directory(CN_PE_DEBUG, 0x4000, 28);
    BUILD_ACCEPTED();
    CN_HAS(build.pe->notes[0], "debug directory: VirtualAddress is 0x4000");
}

/* Three levels with one entry each: type 16, name 1, language 0x409. */
static void build_version(void)
{
    build_image();
    build_directory(CN_PE_RESOURCE, 0x2000, 0x200);
    for (uint32_t level = 0; level < 3; level++) {
        build_data(0x2000 + 0x20 * level + 14, 1, 2);
        build_data(0x2010 + 0x20 * level, level == 0 ? 16 : 1, 4);
        build_data(0x2014 + 0x20 * level, level < 2 ? 0x80000000u | (0x20 * (level + 1)) : 0x60, 4);
    }
    build_data(0x2060, 0x2100, 4);
    build_data(0x2064, 92, 4);
    build_data(0x2100 + 40, 0xfeef04bd, 4);
    build_data(0x2100 + 48, 0x00060002, 4);
    build_data(0x2100 + 52, 0x1db10001, 4);
}

TEST(the_file_version_has_four_numbers)
{
    build_version();
    BUILD_ACCEPTED();
    CN_OK(build.pe->has_version);
    CN_EQ(build.pe->version[0], 6);
    CN_EQ(build.pe->version[1], 2);
    CN_EQ(build.pe->version[2], 7601);
    CN_EQ(build.pe->version[3], 1);
}

TEST(other_resources_are_no_version)
{
    build_version();
    build_data(0x2010, 24, 4);
    BUILD_ACCEPTED();
    CN_OK(!build.pe->has_version);
    CN_EQ(build.pe->note_count, 0);
}

TEST(a_damaged_version_is_a_note)
{
    static const struct {
        uint32_t rva, value;
    } damage[] = {{0x2014, 0x20},   {0x2034, 0x80001000}, {0x2054, 0xffffffff},
                  {0x2060, 0x3000}, {0x2064, 8},          {0x2128, 0}};
    for (size_t i = 0; i < sizeof(damage) / sizeof(damage[0]); i++) {
        build_version();
        build_data(damage[i].rva, damage[i].value, 4);
        BUILD_ACCEPTED();
        CN_OK(!build.pe->has_version);
        CN_EQ(build.pe->note_count, 1);
        CN_HAS(build.pe->notes[0], "version resource");
    }
}

TEST(a_signature_is_found_by_file_offset)
{
    build_image();
    build_directory(CN_PE_SECURITY, 0x1500, 0x100);
    build_put(0x1500, 0x100, 4);
    BUILD_ACCEPTED();
    CN_OK(build.pe->has_signature);
    build_put(0x1500, 0x101, 4);
    BUILD_ACCEPTED();
    CN_OK(!build.pe->has_signature);
    CN_HAS(build.pe->notes[0], "dwLength is 0x101");
    build_directory(CN_PE_SECURITY, 0x1500, 0x101);
    BUILD_ACCEPTED();
    CN_HAS(build.pe->notes[0], "is not in the file");
    build_directory(CN_PE_SECURITY, 0xffffffff, 0xffffffff);
    BUILD_ACCEPTED();
    CN_HAS(build.pe->notes[0], "is not in the file");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
