/* pe_dir_test.c - the data directories: what is handed out, and what is refused with which words.
 */
#include "cn_test.h"

#include "pe_build.h"

#include <errno.h>

/* --- imports
 * --------------------------------------------------------------------------------------- */

/* One module, "NDIS.SYS": NdisFoo by name, 7 by ordinal; slots at 0x2100. */
static void build_imports(void)
{
    build_image();
    build_directory(CN_PE_IMPORT, 0x2000, 40);
    build_data(0x2000, 0x2080, 4);
    build_data(0x200c, 0x2200, 4);
    build_data(0x2010, 0x2100, 4);
    build_data(0x2080, 0x2220, 8);
    build_data(0x2088, UINT64_C(0x8000000000000007), 8);
    build_text(0x2200, "NDIS.SYS");
    build_text(0x2222, "NdisFoo");
}

TEST(imports_come_by_name_and_by_ordinal)
{
    build_imports();
    BUILD_ACCEPTED();
    CN_EQ(build.pe->import_count, 2);
    CN_STREQ(build.pe->imports[0].dll, "NDIS.SYS");
    CN_STREQ(build.pe->imports[0].name, "NdisFoo");
    CN_EQ(build.pe->imports[0].ordinal, -1);
    CN_EQ(build.pe->imports[0].slot, 0x2100);
    CN_OK(build.pe->imports[1].name == NULL);
    CN_EQ(build.pe->imports[1].ordinal, 7);
    CN_EQ(build.pe->imports[1].slot, 0x2108);
    CN_OK(!build.pe->imports[1].delayed);
}

TEST(without_a_lookup_table_the_slots_are_read)
{
    build_imports();
    build_data(0x2000, 0, 4);
    build_data(0x2100, 0x2220, 8);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->import_count, 1);
    CN_STREQ(build.pe->imports[0].name, "NdisFoo");
}

TEST(slots_may_lie_in_zeroed_memory)
{
    build_imports();
    build_data(0x2010, 0x3f00, 4);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->imports[1].slot, 0x3f08);
}

TEST(damaged_imports_are_refused)
{
    build_imports();
    build_directory(CN_PE_IMPORT, 0x2ff0, 40);
    BUILD_REFUSED("import directory: VirtualAddress is 0x2ff0");
    build_imports();
    build_data(0x200c, 0x7000, 4);
    BUILD_REFUSED("import directory: module 1: its name at 0x7000");
    build_imports();
    build_text(0x2200, "NDIS\001");
    BUILD_REFUSED("not a name");
    build_imports();
    build_data(0x2000, 0x2ffc, 4);
    BUILD_REFUSED("NDIS.SYS: its table at 0x2ffc");
    build_imports();
    build_data(0x2010, 0x3ffc, 4);
    BUILD_REFUSED("0x3ffc, which is in no section");
    build_imports();
    build_data(0x2010, 0xfffffff8, 4);
    BUILD_REFUSED("which is in no section");
    build_imports();
    build_data(0x2080, 0x2fff, 8);
    BUILD_REFUSED("the name at 0x2fff");
    build_imports();
    build_data(0x2080, UINT64_C(0x4000000000000000), 8);
    BUILD_REFUSED("the name at 0x4000000000000000");
    build_imports();
    build_data(0x2088, UINT64_C(0x8000000000010000), 8);
    BUILD_REFUSED("ordinal is 0x10000");
}

TEST(a_slot_in_the_headers_is_refused)
{
    build_imports();
    build_data(0x2010, 0x100, 4);
    BUILD_REFUSED("0x100, which is in no section");
}

TEST(delay_imports_are_imports)
{
    build_imports();
    build_directory(CN_PE_IMPORT, 0, 0);
    build_directory(CN_PE_DELAY_IMPORT, 0x2300, 64);
    build_data(0x2300, 1, 4);
    build_data(0x2304, 0x2200, 4);
    build_data(0x230c, 0x2100, 4);
    build_data(0x2310, 0x2080, 4);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->import_count, 2);
    CN_OK(build.pe->imports[0].delayed);
    CN_EQ(build.pe->imports[1].slot, 0x2108);
    build_data(0x2300, 0, 4);
    BUILD_REFUSED("delay import directory: module 1: Attributes is 0x0");
    build_data(0x2300, 1, 4);
    build_directory(CN_PE_DELAY_IMPORT, 0x5000, 64);
    BUILD_REFUSED("delay import directory: VirtualAddress is 0x5000");
}

/* --- exports
 * --------------------------------------------------------------------------------------- */

/* Ordinals 5 to 8: 5 = "One" at .text, 6 unnamed data, 7 unused, 8 = "Far", a forwarder. */
static void build_exports(void)
{
    build_image();
    build_directory(CN_PE_EXPORT, 0x2000, 0x200);
    build_data(0x200c, 0x2180, 4);
    build_data(0x2010, 5, 4);
    build_data(0x2014, 4, 4);
    build_data(0x2018, 2, 4);
    build_data(0x201c, 0x2100, 4);
    build_data(0x2020, 0x2120, 4);
    build_data(0x2024, 0x2140, 4);
    build_data(0x2100, 0x1000, 4);
    build_data(0x2104, 0x3000, 4);
    build_data(0x210c, 0x21c0, 4);
    build_data(0x2120, 0x2190, 4);
    build_data(0x2124, 0x2198, 4);
    build_data(0x2140, 3, 2);
    build_data(0x2142, 0, 2);
    build_text(0x2180, "me.sys");
    build_text(0x2190, "Far");
    build_text(0x2198, "One");
    build_text(0x21c0, "NDIS.#12");
}

TEST(exports_have_names_ordinals_and_forwarders)
{
    build_exports();
    BUILD_ACCEPTED();
    CN_STREQ(build.pe->export_name, "me.sys");
    CN_EQ(build.pe->export_count, 3);
    CN_EQ(cn_pe_export(build.pe, "One", 0)->rva, 0x1000);
    CN_EQ(cn_pe_export(build.pe, "One", 0)->ordinal, 5);
    CN_EQ(cn_pe_export(build.pe, NULL, 6)->rva, 0x3000);
    CN_OK(cn_pe_export(build.pe, NULL, 6)->name == NULL);
    CN_OK(cn_pe_export(build.pe, NULL, 7) == NULL);
    CN_STREQ(cn_pe_export(build.pe, "Far", 0)->forwarder, "NDIS.#12");
    CN_EQ(cn_pe_export(build.pe, NULL, 8)->rva, 0);
    CN_OK(cn_pe_export(build.pe, "Two", 0) == NULL);
}

TEST(damaged_exports_are_refused)
{
    build_exports();
    build_directory(CN_PE_EXPORT, 0x2ff0, 0x200);
    BUILD_REFUSED("export directory: VirtualAddress is 0x2ff0");
    build_exports();
    build_data(0x2014, 0xffffffff, 4);
    BUILD_REFUSED("NumberOfFunctions is 4294967295");
    build_exports();
    build_data(0x2018, 0x10001, 4);
    BUILD_REFUSED("NumberOfNames 65537");
    build_exports();
    build_data(0x2018, 0x1000, 4);
    BUILD_REFUSED("export directory: ");
    build_exports();
    build_data(0x201c, 0x2ffe, 4);
    BUILD_REFUSED("AddressOfFunctions is 0x2ffe");
    build_exports();
    build_data(0x2140, 4, 2);
    BUILD_REFUSED("function 4 of 4");
    build_exports();
    build_data(0x2100, 0x4000, 4);
    BUILD_REFUSED("ordinal 5: its address 0x4000 is in no section");
    build_exports();
    build_text(0x21c0, "nodot");
    BUILD_REFUSED("not of the form MODULE.Name");
    build_exports();
    build_text(0x21c0, "dot.");
    BUILD_REFUSED("not of the form MODULE.Name");
}

/* --- relocations
 * ----------------------------------------------------------------------------------- */

static void build_relocs(void)
{
    build_image();
    build_directory(CN_PE_RELOC, 0x2000, 12 + 12);
    build_data(0x2000, 0x2000, 4);
    build_data(0x2004, 12, 4);
    build_data(0x2008, 0xa100, 2);
    build_data(0x200a, 0x0000, 2);
    build_data(0x200c, 0x1000, 4);
    build_data(0x2010, 12, 4);
    build_data(0x2014, 0xa010, 2);
    build_data(0x2016, 0xa018, 2);
}

TEST(relocations_are_places_of_addresses)
{
    build_relocs();
    BUILD_ACCEPTED();
    CN_EQ(build.pe->reloc_count, 3);
    CN_EQ(build.pe->relocs[0], 0x2100);
    CN_EQ(build.pe->relocs[2], 0x1018);
    CN_OK(cn_pe_relocatable(build.pe));
}

TEST(an_image_whose_relocations_were_stripped_has_none)
{
    build_relocs();
    build_put(BUILD_FILE_HEADER + 18, 0x23, 2);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->reloc_count, 0);
    CN_OK(!cn_pe_relocatable(build.pe));
}

TEST(damaged_relocations_are_refused)
{
    build_relocs();
    build_data(0x2008, 0x3100, 2);
    BUILD_REFUSED("type 3 at 0x2100");
    build_relocs();
    build_data(0x2000, 0xfffff000, 4);
    BUILD_REFUSED("is in no section");
    build_relocs();
    build_data(0x2004, 7, 4);
    BUILD_REFUSED("SizeOfBlock is 0x7");
    build_relocs();
    build_data(0x2004, 0xffffffff, 4);
    BUILD_REFUSED("SizeOfBlock is 0xffffffff");
    build_relocs();
    build_directory(CN_PE_RELOC, 0x9000, 100);
    BUILD_REFUSED("the block at 0x9000");
    build_relocs();
    build_data(0x2014, 0xaffc,
               2); /* the last four bytes are in .data, next to .text: no one section */
    BUILD_REFUSED("0x1ffc is in no section");
}

/* --- function table
 * -------------------------------------------------------------------------------- */

static void build_functions(void)
{
    build_image();
    build_directory(CN_PE_EXCEPTION, 0x2000, 3 * 12);
    build_data(0x2000, 0x1000, 4);
    build_data(0x2004, 0x1010, 4);
    build_data(0x2008, 0x2100, 4);
    build_data(0x200c, 0x1010, 4);
    build_data(0x2010, 0x1200, 4);
    build_data(0x2014, 0x2100, 4);
    build_data(0x2100, 1, 4);
}

TEST(functions_are_found_by_address)
{
    build_functions();
    BUILD_ACCEPTED();
    CN_EQ(build.pe->function_count, 2); /* the third row is padding */
    CN_EQ(cn_pe_function(build.pe, 0x1000)->end, 0x1010);
    CN_EQ(cn_pe_function(build.pe, 0x100f)->end, 0x1010);
    CN_EQ(cn_pe_function(build.pe, 0x1010)->end, 0x1200);
    CN_OK(cn_pe_function(build.pe, 0x1200) == NULL);
    CN_OK(cn_pe_function(build.pe, 0xfff) == NULL);
}

TEST(a_damaged_function_table_is_refused)
{
    build_functions();
    build_data(0x2004, 0x1000, 4);
    BUILD_REFUSED("row 0: 0x1000 to 0x1000");
    build_functions();
    build_data(0x2010, 0x1201, 4);
    BUILD_REFUSED("row 1: 0x1010 to 0x1201");
    build_functions();
    build_data(0x200c, 0x100f, 4);
    BUILD_REFUSED("begins at 0x100f, before the end of the row before it");
    build_functions();
    build_data(0x2008, 0x3000, 4);
    BUILD_REFUSED("UnwindInfoAddress is 0x3000");
    build_functions();
    build_directory(CN_PE_EXCEPTION, 0x2ff4, 36);
    BUILD_REFUSED("function table: VirtualAddress is 0x2ff4");
    build_functions();
    build_directory(CN_PE_EXCEPTION, 0x2001, 36);
    BUILD_REFUSED("multiple of 4");
}

/* --- load configuration
 * ---------------------------------------------------------------------------- */

static void build_load_config(uint32_t size)
{
    build_image();
    build_directory(CN_PE_LOAD_CONFIG, 0x2000, 64);
    build_data(0x2000, size, 4);
    build_data(0x2000 + 88, BUILD_BASE + 0x3000, 8);
    build_data(0x2000 + 112, BUILD_BASE + 0x3008, 8);
    build_data(0x2000 + 120, BUILD_BASE + 0x3010, 8);
    build_data(0x2000 + 144, 0x500, 4);
    build_data(0x2000 + 280, BUILD_BASE + 0x3018, 8);
    build_data(0x2000 + 288, BUILD_BASE + 0x3020, 8);
    build_data(0x2000 + 296, BUILD_BASE + 0x3028, 8);
}

TEST(a_load_configuration_names_what_the_loader_fills_in)
{
    build_load_config(0x140);
    BUILD_ACCEPTED();
    const struct cn_pe_load_config *c = &build.pe->load_config;
    CN_OK(c->present);
    CN_EQ(c->cookie, 0x3000);
    CN_EQ(c->guard_check, 0x3008);
    CN_EQ(c->guard_dispatch, 0x3010);
    CN_EQ(c->guard_flags, 0x500);
    CN_EQ(c->xfg_check, 0x3018);
    CN_EQ(c->xfg_dispatch, 0x3020);
    CN_EQ(c->xfg_table_dispatch, 0x3028);
}

TEST(an_old_load_configuration_is_shorter)
{
    build_load_config(96);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->load_config.cookie, 0x3000);
    CN_EQ(build.pe->load_config.guard_check, 0);
    CN_EQ(build.pe->load_config.guard_flags, 0);
}

TEST(an_address_outside_of_the_image_is_noted_and_ignored)
{
    build_load_config(0x140);
    build_data(0x2000 + 88, 0x1234, 8);
    BUILD_ACCEPTED();
    CN_EQ(build.pe->load_config.cookie, 0);
    CN_EQ(build.pe->note_count, 1);
    CN_HAS(build.pe->notes[0], "SecurityCookie is 0x1234");
}

TEST(a_load_configuration_outside_of_the_file_is_refused)
{
    build_load_config(0x140);
    build_data(0x2000, 0xffffffff, 4);
    BUILD_REFUSED("load configuration: VirtualAddress is 0x2000");
    build_directory(CN_PE_LOAD_CONFIG, 0x3000, 64);
    BUILD_REFUSED("load configuration: VirtualAddress is 0x3000");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
