/* pe2elf_test.c - the converted file: what tools of others make of it. */
#include "cn_test.h"

#include "load/debug.h"
#include "load/pe2elf.h"
#include "open_image.h"
#include "pe_build.h"

#include <dwarf.h>
#include <elfutils/libdw.h>
#include <errno.h>
#include <gelf.h>
#include <unwind.h>

static struct cn_elf elf;
static Elf *e;

static void forget(void)
{
    if (e != NULL)
        elf_end(e);
    e = NULL;
    cn_elf_free(&elf);
}

static void convert(const struct cn_pe *pe)
{
    struct cn_image_error err;
    forget();
    if (cn_pe2elf(pe, &elf, &err) != 0)
        CN_FAIL("%s", err.text);
    elf_version(EV_CURRENT);
    e = elf_memory((char *)elf.file.data, elf.file.size);
    CN_OK(e != NULL);
}

static void convert_file(const char *path)
{
    struct cn_image_error err;
    cn_pe_free(build.pe);
    build.pe = NULL;
    if (cn_pe_read(path, &build.pe, &err) != 0)
        CN_FAIL("%s: %s", path, err.text);
    convert(build.pe);
}

static bool section(const char *name, GElf_Shdr *h)
{
    size_t names;
    elf_getshdrstrndx(e, &names);
    for (Elf_Scn *s = elf_nextscn(e, NULL); s != NULL; s = elf_nextscn(e, s))
        if (gelf_getshdr(s, h) != NULL && strcmp(elf_strptr(e, names, h->sh_name), name) == 0)
            return true;
    return false;
}

TEST(addresses_are_image_base_plus_rva)
{
    GElf_Shdr h;
    convert_file(PE("plain.sys"));
    for (size_t i = 0; i < build.pe->section_count; i++) {
        const struct cn_pe_section *s = &build.pe->sections[i];
        if (!s->loaded)
            continue;
        CN_OK(section(s->name, &h));
        CN_EQ(h.sh_addr, build.pe->image_base + s->rva);
        if (s->raw_size > 0)
            CN_EQ(memcmp(elf.file.data + h.sh_offset, build.pe->bytes + s->raw_offset, s->raw_size),
                  0);
    }
    CN_OK(section(".debug_info", &h) && (h.sh_flags & SHF_ALLOC) == 0);
    CN_OK(!section(".reloc", &h));
}

TEST(segments_ascend_and_are_congruent)
{
    static const char *const files[] = {PE("plain.sys"), PE("plain.msvc.sys"), PE("bss.sys"),
                                        PE("norelocs.msvc.sys"), PE("cr8.sys")};
    for (size_t f = 0; f < sizeof(files) / sizeof(files[0]); f++) {
        convert_file(files[f]);
        size_t count;
        uint64_t end = 0;
        CN_EQ(elf_getphdrnum(e, &count), 0);
        for (size_t i = 0; i < count; i++) {
            GElf_Phdr h;
            CN_OK(gelf_getphdr(e, (int)i, &h) != NULL);
            CN_OK(h.p_offset + h.p_filesz <= elf.file.size && h.p_filesz <= h.p_memsz);
            if (h.p_type != PT_LOAD)
                continue;
            CN_EQ((h.p_vaddr - h.p_offset) % 4096, 0);
            CN_OK(h.p_vaddr >= end);
            CN_OK((h.p_flags & (PF_W | PF_X)) != (PF_W | PF_X));
            end = (h.p_vaddr + h.p_memsz + 4095) & ~UINT64_C(4095);
        }
        CN_EQ(end, elf.end_vaddr);
    }
}

TEST(sections_that_share_pages_become_one_segment)
{
    build_image();
    build_put(BUILD_OPTIONAL + 32, 0x200, 4);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_EQ(elf.segments[0].size, 0x4000);
    CN_OK(elf.segments[0].write && elf.segments[0].execute);
    CN_OK(!elf.segments[1].image);
    CN_EQ(elf.file.data[elf.segments[0].offset + BUILD_TEXT], 0xc3);
    CN_EQ(elf.file.data[elf.segments[0].offset + 1], 'Z');
}

TEST(an_image_whose_sections_share_pages_runs)
{
    const char *path = CN_BUILD "/tests/unit/load/flat.sys";
    build_image();
    build_put(BUILD_OPTIONAL + 32, 0x200, 4);
    memcpy(build.bytes + 0x400, "\xb8\x2a\0\0\0\xc3", 6); /* mov $42, %eax; ret */
    FILE *f = fopen(path, "w");
    fwrite(build.bytes, sizeof(build.bytes), 1, f);
    fclose(f);
    for (int i = 0; i < 2; i++) {
        OPEN(path);
        CN_EQ(run_entry(opened.image), 42);
        cn_image_close(opened.image);
    }
}

TEST(a_base_at_the_end_of_the_address_space_is_no_problem_or_refused)
{
    struct cn_image_error err;
    build_image();
    build_put(BUILD_OPTIONAL + 24, UINT64_C(0xfffff80000000000), 8);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_EQ(elf.image_vaddr, UINT64_C(0xfffff80000000000));
    build_put(BUILD_OPTIONAL + 24, 0, 8);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_EQ(elf.image_vaddr, 0);
    build_put(BUILD_OPTIONAL + 24, UINT64_C(0xffffffffefff0000), 8);
    forget();
    if (build_parse() == 0 && cn_pe2elf(build.pe, &elf, &err) != 0)
        CN_HAS(err.text, "ImageBase");
}

TEST(a_section_called_like_one_of_ours_gets_another_name)
{
    GElf_Shdr h;
    build_image();
    memcpy(build.bytes + BUILD_SECTIONS + 40, ".symtab\0", 8);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_OK(section(".pe.symtab", &h) && h.sh_addr == BUILD_BASE + BUILD_DATA);
    CN_OK(section(".symtab", &h) && h.sh_type == SHT_SYMTAB);
}

TEST(calls_through_slots_tell_functions)
{
    convert_file(PE("missing.sys"));
    CN_EQ(elf.called[0], 1);
    CN_EQ(elf.called[1], 0);
}

/* --- .eh_frame, as libdw reads it
 * ------------------------------------------------------------------ */

/* How a register of the caller is found at a place: "CFA-24", "unsaved", or "?". */
static const char *rule(uint64_t rva, int reg)
{
    static char text[32];
    Dwarf_CFI *cfi = dwarf_getcfi_elf(e);
    Dwarf_Frame *frame = NULL;
    Dwarf_Op mem[3], *ops;
    size_t count;
    snprintf(text, sizeof(text), "?");
    if (cfi == NULL || dwarf_cfi_addrframe(cfi, build.pe->image_base + rva, &frame) != 0) {
        dwarf_cfi_end(cfi);
        return "none";
    }
    if (reg < 0) { /* the CFA itself */
        if (dwarf_frame_cfa(frame, &ops, &count) == 0 && count == 1 && ops[0].atom == DW_OP_bregx)
            snprintf(text, sizeof(text), "r%d+%d", (int)ops[0].number, (int)ops[0].number2);
    } else if (dwarf_frame_register(frame, reg, mem, &ops, &count) == 0) {
        if (count == 0)
            snprintf(text, sizeof(text), "unsaved");
        else if (count == 1 && ops[0].atom == DW_OP_call_frame_cfa)
            snprintf(text, sizeof(text), "CFA+0");
        else if (count == 2 && ops[0].atom == DW_OP_call_frame_cfa &&
                 ops[1].atom == DW_OP_plus_uconst)
            snprintf(text, sizeof(text), "CFA%+d", (int)ops[1].number);
    }
    free(frame);
    dwarf_cfi_end(cfi);
    return text;
}

enum { RBX = 3, RSI = 4, RDI = 5, RBP = 6, RSP = 7, R12 = 12, RIP = 16, XMM6 = 23 };

/* One function at .text + 0x10, of 0x40 bytes, with these unwind codes (last step first, as in the
 * file). */
static void build_unwind(const uint16_t *codes, size_t count, unsigned frame)
{
    build_image();
    build_directory(CN_PE_EXCEPTION, 0x2000, 12);
    build_data(0x2000, 0x1010, 4);
    build_data(0x2004, 0x1050, 4);
    build_data(0x2008, 0x2100, 4);
    build_data(0x2100, 1 | count << 16 | (uint64_t)frame << 24, 4);
    for (size_t i = 0; i < count; i++)
        build_data((uint32_t)(0x2104 + 2 * i), codes[i], 2);
    BUILD_ACCEPTED();
    convert(build.pe);
}

#define CODE(at, op, info) (uint16_t)((at) | (op) << 8 | (info) << 12)

TEST(pushes_and_allocations_move_the_frame)
{
    static const uint16_t codes[] = {CODE(6, 2, 3), CODE(2, 0, 3), CODE(1, 0, 7)};
    build_unwind(codes, 3, 0); /* push rdi; push rbx; sub rsp, 0x20 */
    CN_STREQ(rule(0x1010, -1), "r7+8");
    CN_STREQ(rule(0x1010, RBX), "unsaved");
    CN_STREQ(rule(0x1011, -1), "r7+16");
    CN_STREQ(rule(0x1011, RDI), "CFA-16");
    CN_STREQ(rule(0x1012, RBX), "CFA-24");
    CN_STREQ(rule(0x1012, -1), "r7+24");
    CN_STREQ(rule(0x1016, -1), "r7+56");
    CN_STREQ(rule(0x104f, -1), "r7+56");
    CN_STREQ(rule(0x104f, RIP), "CFA-8");
}

TEST(large_allocations_and_saves)
{
    static const uint16_t codes[] = {CODE(16, 8, 6), 2,    CODE(12, 5, 12), 0x20, 0,
                                     CODE(10, 4, 6), 0x21, CODE(7, 1, 0),   0x1f};
    /* sub rsp, 0xf8; save rsi at 0x108 (home space), r12 at 0x20 (far form), xmm6 at 0x20 */
    build_unwind(codes, 9, 0);
    CN_STREQ(rule(0x1020, -1), "r7+256");
    CN_STREQ(rule(0x1020, RSI), "CFA+8");
    CN_STREQ(rule(0x1020, R12), "CFA-224");
    CN_STREQ(rule(0x1020, XMM6), "CFA-224");
    CN_STREQ(rule(0x1018, RSI), "unsaved");
    static const uint16_t huge[] = {CODE(7, 1, 1), 0x0010, 0x0002};
    build_unwind(huge, 3, 0); /* 0x20010 bytes */
    CN_STREQ(rule(0x1020, -1), "r7+131096");
}

TEST(a_frame_register_carries_the_frame)
{
    static const uint16_t codes[] = {CODE(9, 4, 3), 0x02, CODE(8, 3, 0), CODE(4, 2, 5),
                                     CODE(1, 0, 5)};
    build_unwind(codes, 5,
                 0x25); /* push rbp; sub rsp, 0x30; lea rbp, [rsp+0x20]; mov [rsp+0x10], rbx */
    CN_STREQ(rule(0x1014, -1), "r7+64");
    CN_STREQ(rule(0x1018, -1), "r6+32");
    CN_STREQ(rule(0x1018, RBP), "CFA-16");
    CN_STREQ(rule(0x1020, RBX), "CFA-48");
}

TEST(an_interrupt_frame_has_the_stack_pointer_saved)
{
    static const uint16_t codes[] = {CODE(0, 10, 1)};
    build_unwind(codes, 1, 0);
    CN_STREQ(rule(0x1010, -1), "r7+16");
    CN_STREQ(rule(0x1010, RIP), "CFA-8");
    CN_STREQ(rule(0x1010, RSP), "CFA+16");
}

TEST(a_part_begins_with_what_the_whole_has_done)
{
    static const uint16_t codes[] = {CODE(4, 4, 3), 0x01};
    build_unwind(codes, 2, 0);
    build_data(0x2100, 1 | 4 << 3 | 2 << 16, 4); /* chained */
    build_data(0x2108, 0x1000, 4);
    build_data(0x210c, 0x1010, 4);
    build_data(0x2110, 0x2200, 4);
    build_data(0x2200, 1 | 2 << 16, 4); /* the parent: push rsi; sub rsp, 0x18 */
    build_data(0x2204, CODE(5, 2, 2), 2);
    build_data(0x2206, CODE(1, 0, 6), 2);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_STREQ(rule(0x1010, -1), "r7+40");
    CN_STREQ(rule(0x1010, RSI), "CFA-16");
    CN_STREQ(rule(0x1010, RBX), "unsaved");
    CN_STREQ(rule(0x1014, RBX), "CFA-32");
}

TEST(code_without_a_row_is_a_leaf)
{
    static const uint16_t codes[] = {CODE(4, 2, 3)};
    build_unwind(codes, 1, 0);
    CN_STREQ(rule(0x1000, -1), "r7+8");
    CN_STREQ(rule(0x1050, -1), "r7+8");
    CN_STREQ(rule(0x11ff, -1), "r7+8");
    CN_STREQ(rule(0x1200, -1), "none");
}

TEST(damaged_unwind_data_is_a_leaf)
{
    static const uint16_t codes[][2] = {
        {CODE(4, 15, 0), 0}, {CODE(4, 1, 2), 0}, {CODE(4, 2, 0), CODE(2, 4, 3)}};
    for (int i = 0; i < 3; i++) {
        build_unwind(codes[i], 2, 0);
        CN_STREQ(rule(0x1040, -1), "r7+8");
    }
    build_unwind(codes[0], 0, 0);
    build_data(0x2100, 1 | 4 << 3, 4); /* continues itself for ever */
    build_data(0x2104, 0x1010, 4);
    build_data(0x2108, 0x1050, 4);
    build_data(0x210c, 0x2100, 4);
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_STREQ(rule(0x1040, -1), "r7+8");
    build_data(0x2100, 7, 4); /* version 7 */
    BUILD_ACCEPTED();
    convert(build.pe);
    CN_STREQ(rule(0x1040, -1), "r7+8");
}

/* --- unwinding for real
 * ---------------------------------------------------------------------------- */

static struct {
    struct cn_image *image;
    unsigned inside, after;
} walk;

static _Unwind_Reason_Code step(struct _Unwind_Context *c, void *arg)
{
    (void)arg;
    bool inside = cn_image_find((void *)_Unwind_GetIP(c)) == walk.image;
    walk.inside += inside;
    walk.after += !inside && walk.inside > 0;
    return walk.after == 2 ? _URC_NORMAL_STOP : _URC_NO_REASON;
}

static NTAPI uint32_t walk_stack(const char *format)
{
    (void)format;
    _Unwind_Backtrace(step, NULL);
    return 0;
}

static void *walk_resolve(void *arg, const char *dll, const char *name, int ordinal)
{
    return name != NULL && strcmp(name, "DbgPrint") == 0 ? (void *)walk_stack
                                                         : open_resolve(arg, dll, name, ordinal);
}

TEST(the_hosts_unwinder_walks_through_a_driver)
{
    static const char *const files[] = {PE("plain.sys"), PE("stripped.sys"), PE("dwarf.msvc.sys"),
                                        PE("norelocs.msvc.sys")};
    struct cn_image_env env = open_env;
    env.resolve = walk_resolve;
    for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
        if (cn_image_open(files[i], &env, &opened.image, &opened.err) != 0) {
            CN_HAS(opened.err.text, "not free in this process");
            continue;
        }
        memset(&walk, 0, sizeof(walk));
        walk.image = opened.image;
        run_entry(opened.image);
        if (walk.inside < 1 || walk.after != 2)
            CN_FAIL("%s: %u frames in the driver, %u behind it", files[i], walk.inside, walk.after);
        cn_image_close(opened.image);
    }
}

int main(int argc, char **argv)
{
    int rc = cn_test_main(argc, argv);
    forget();
    cn_pe_free(build.pe);
    return rc;
}
