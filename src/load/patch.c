/* patch.c - instructions that only a kernel may execute, replaced before the image is mapped.
 *
 * `mov r64, cr8` and `mov cr8, r64` read and write the IRQL; compilers inline them. Such an
 * instruction, with as many of those behind it as a jump needs room for (the window), becomes a
 * jump to a piece of our code segment that calls a stub, executes the others and jumps back.
 * Addresses in the shared user data page stand in the code as 8-byte immediates: these are only
 * noted, the loader redirects them.
 *
 * A window must not be jumped into. Targets are collected from the branches of all executable
 * sections, from relocations, exports, the function table and what looks like a jump table. When in
 * doubt the instruction is left alone: the trap handler does the same in microseconds instead of
 * nanoseconds.
 */
#include "load/pe2elf_impl.h"

#include "base/base.h"

#include <Zydis/Zydis.h>
#include <stdlib.h>

enum {
    JUMP_SIZE = 5,
    WINDOW_MAX = 32,
    TABLE_MAX = 4096,         /* entries of a jump table */
    ALL_TABLES_MAX = 1 << 20, /* of all together: more than any driver has */
    CR8_MAX = 4,              /* longest encoding without redundant prefixes */
};

#define SHARED_PAGE UINT64_C(0xFFFFF78000000000)

/* What is known of each byte of the executable sections. */
enum { STARTS = 1, TARGET = 2 };

struct sweep {
    const struct cn_pe *pe;
    struct cn_elf *elf;
    struct cn_buf *code;
    ZydisDecoder decoder;
    uint8_t *marks;        /* per byte of the image */
    uint32_t stubs[2][16]; /* offset + 1 in the code segment: of reads, of writes, per register */
    uint32_t table_entries;
    bool failed;
};

struct instruction {
    ZydisDecodedInstruction i;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    uint32_t rva;
};

/* --- finding
 * --------------------------------------------------------------------------------------- */

/* The two bytes of the opcodes, or the upper half of an address: without any of them there is
 * nothing to do, which saves decoding. */
static bool worth_decoding(const uint8_t *code, size_t size)
{
    for (size_t i = 0; i + 4 <= size; i++) {
        if (code[i] == 0x0f && (code[i + 1] == 0x20 || code[i + 1] == 0x22))
            return true;
        if (code[i] == 0x80 && code[i + 1] == 0xf7 && code[i + 2] == 0xff && code[i + 3] == 0xff)
            return true;
    }
    return false;
}

static bool decode(const struct sweep *s, uint32_t rva, struct instruction *out)
{
    const struct cn_pe_section *section = cn_pe_section(s->pe, rva, 1);
    uint32_t left = section != NULL ? section->rva + section->raw_size - rva : 0;
    const uint8_t *p = section != NULL && rva - section->rva < section->raw_size
                           ? cn_pe_at(s->pe, rva, CN_MIN(left, ZYDIS_MAX_INSTRUCTION_LENGTH))
                           : NULL;
    out->rva = rva;
    return p != NULL &&
           ZYAN_SUCCESS(ZydisDecoderDecodeFull(
               &s->decoder, p, CN_MIN(left, ZYDIS_MAX_INSTRUCTION_LENGTH), &out->i, out->operands));
}

static void mark_target(struct sweep *s, uint64_t rva)
{
    if (rva < s->pe->image_size)
        s->marks[rva] |= TARGET;
}

/* A table of 32-bit distances from `base` at `table`; it ends with the first entry that does not
 * lead into code. */
static void mark_table(struct sweep *s, uint64_t table, uint64_t base)
{
    for (uint64_t i = 0; i < TABLE_MAX && table <= UINT32_MAX - 4 * TABLE_MAX; i++) {
        int32_t distance;
        if (s->table_entries == ALL_TABLES_MAX)
            return;
        s->table_entries++;
        const void *p = cn_pe_at(s->pe, (uint32_t)(table + 4 * i), sizeof(distance));
        if (p == NULL)
            return;
        memcpy(&distance, p, sizeof(distance));
        uint64_t rva = base + (uint64_t)(int64_t)distance;
        const struct cn_pe_section *to =
            rva <= UINT32_MAX ? cn_pe_section(s->pe, (uint32_t)rva, 1) : NULL;
        if (to == NULL || !to->execute)
            return;
        mark_target(s, rva);
    }
}

/* Notes where an instruction may lead. */
static void mark_targets(struct sweep *s, const struct instruction *in)
{
    ZyanU64 target;
    for (unsigned k = 0; k < in->i.operand_count_visible; k++) {
        const ZydisDecodedOperand *o = &in->operands[k];
        if (o->type == ZYDIS_OPERAND_TYPE_IMMEDIATE && o->imm.is_relative &&
            ZYAN_SUCCESS(ZydisCalcAbsoluteAddress(&in->i, o, in->rva, &target)))
            mark_target(s, target);
        if (o->type != ZYDIS_OPERAND_TYPE_MEMORY)
            continue;
        if (o->mem.base == ZYDIS_REGISTER_RIP &&
            ZYAN_SUCCESS(ZydisCalcAbsoluteAddress(&in->i, o, in->rva, &target))) {
            mark_target(s, target); /* the address of a label may be taken */
            if (in->i.mnemonic == ZYDIS_MNEMONIC_LEA)
                mark_table(s, target, target);
        } else if (o->mem.scale == 4 && o->mem.disp.has_displacement && o->mem.disp.value > 0) {
            mark_table(s, (uint64_t)o->mem.disp.value, 0);
        }
    }
}

static bool add_shared(struct sweep *s, uint32_t rva)
{
    struct cn_patches *p = &s->elf->patches;
    uint32_t *bigger = realloc(p->shared, (p->shared_count + 1) * sizeof(*bigger));
    if (bigger == NULL)
        return false;
    p->shared = bigger;
    p->shared[p->shared_count++] = rva;
    return true;
}

/* Notes an 8-byte immediate, or an 8-byte address of a load, that lies in the shared user data
 * page. */
static void find_shared(struct sweep *s, const struct instruction *in)
{
    uint64_t value = 0;
    uint32_t offset = 0;
    if (in->i.raw.imm[0].size == 64) {
        value = in->i.raw.imm[0].value.u;
        offset = in->i.raw.imm[0].offset;
    } else if (in->i.raw.disp.size == 64) {
        value = (uint64_t)in->i.raw.disp.value;
        offset = in->i.raw.disp.offset;
    }
    if (value - SHARED_PAGE < CN_ELF_PAGE && !add_shared(s, in->rva + offset))
        s->failed = true;
}

/* Decodes one section; bytes that are no instruction are skipped one by one, and the function table
 * gets the decoder back in step after data. */
static void sweep_section(struct sweep *s, const struct cn_pe_section *section)
{
    size_t f = 0;
    for (uint32_t at = section->rva, end = at + section->raw_size; at < end;) {
        struct instruction in;
        while (f < s->pe->function_count && s->pe->functions[f].begin <= at)
            f++;
        uint32_t next = at + 1;
        if (decode(s, at, &in)) {
            s->marks[at] |= STARTS;
            next = at + in.i.length;
            mark_targets(s, &in);
            find_shared(s, &in);
        }
        at = f < s->pe->function_count ? CN_MIN(next, s->pe->functions[f].begin) : next;
    }
}

/* --- writing
 * --------------------------------------------------------------------------------------- */

static void put_distance(struct sweep *s, uint64_t to)
{
    cn_buf_u32(s->code, (uint32_t)(to - (s->elf->code_vaddr + s->code->size + 4)));
}

static void put_push(struct sweep *s, unsigned reg)
{
    if (reg >= 8)
        cn_buf_u8(s->code, 0x41);
    cn_buf_u8(s->code, (uint8_t)(0x50 | (reg & 7)));
}

static void put_piece(struct sweep *s, size_t begin, uint32_t rva, uint8_t pushed)
{
    struct cn_patches *p = &s->elf->patches;
    struct cn_patch_piece *bigger = realloc(p->pieces, (p->piece_count + 1) * sizeof(*bigger));
    if (bigger == NULL) {
        s->failed = true;
        return;
    }
    p->pieces = bigger;
    p->pieces[p->piece_count++] = (struct cn_patch_piece){
        .begin = (uint32_t)begin, .end = (uint32_t)s->code->size, .rva = rva, .pushed = pushed};
}

/* push *function(%rip); call *stub(%rip) */
static void put_call(struct sweep *s, enum cn_slot function, enum cn_slot stub)
{
    cn_buf_put(s->code, "\xff\x35", 2);
    put_distance(s, s->elf->slots_vaddr + 8 * function);
    cn_buf_put(s->code, "\xff\x15", 2);
    put_distance(s, s->elf->slots_vaddr + 8 * stub);
}

/* Code that all reads into one register share: function; call; pop register; ret. Or writes: push
 * register; function; call; drop both; ret. */
static uint32_t stub_for(struct sweep *s, bool write, unsigned reg)
{
    if (s->stubs[write][reg] != 0)
        return s->stubs[write][reg] - 1;
    size_t begin = s->code->size, start = begin;
    if (write) {
        put_push(s, reg);
        put_piece(s, begin, 0, 0);
        begin = s->code->size;
        put_call(s, CN_SLOT_WRITE_IRQL_FUNCTION, CN_SLOT_WRITE_IRQL);
        cn_buf_put(s->code, "\x48\x8d\x64\x24\x10", 5); /* lea 16(%rsp), %rsp */
        put_piece(s, begin, 0, 16);
    } else {
        put_call(s, CN_SLOT_READ_IRQL_FUNCTION, CN_SLOT_READ_IRQL);
        if (reg >= 8)
            cn_buf_u8(s->code, 0x41);
        cn_buf_u8(s->code, (uint8_t)(0x58 | (reg & 7)));
        put_piece(s, begin, 0, 8);
    }
    cn_buf_u8(s->code, 0xc3);
    s->stubs[write][reg] = (uint32_t)start + 1;
    return (uint32_t)start;
}

/* A call from a piece must look to the callee as if it came from the driver's code: pushes that
 * return address without changing a flag or a register. */
static void put_return_address(struct sweep *s, uint64_t rva)
{
    cn_buf_put(s->code, "\x48\x8d\x64\x24\xf8", 5); /* lea -8(%rsp), %rsp */
    cn_buf_put(s->code, "\x50\x48\x8d\x05", 4);     /* push %rax; lea rva(%rip), %rax */
    put_distance(s, s->elf->image_vaddr + rva);
    cn_buf_put(s->code, "\x48\x89\x44\x24\x08\x58", 6); /* mov %rax, 8(%rsp); pop %rax */
}

static bool uses_stack_pointer(const struct instruction *in)
{
    for (unsigned k = 0; k < in->i.operand_count_visible; k++) {
        const ZydisDecodedOperand *o = &in->operands[k];
        if ((o->type == ZYDIS_OPERAND_TYPE_MEMORY && o->mem.base == ZYDIS_REGISTER_RSP) ||
            (o->type == ZYDIS_OPERAND_TYPE_REGISTER && o->reg.value == ZYDIS_REGISTER_RSP))
            return true;
    }
    return false;
}

static bool is_near_call(const struct instruction *in)
{
    return in->i.meta.category == ZYDIS_CATEGORY_CALL &&
           in->i.meta.branch_type == ZYDIS_BRANCH_TYPE_NEAR;
}

/* Whether the instruction can be executed elsewhere. */
static bool movable(const struct instruction *in)
{
    if (is_near_call(in))
        return !uses_stack_pointer(in);
    switch (in->i.meta.category) {
    case ZYDIS_CATEGORY_COND_BR: /* but for loop and jrcxz, which have no long form */
        return in->i.opcode_map == ZYDIS_OPCODE_MAP_0F || (in->i.opcode & 0xf0) == 0x70;
    case ZYDIS_CATEGORY_UNCOND_BR:
        return in->i.meta.branch_type != ZYDIS_BRANCH_TYPE_FAR;
    case ZYDIS_CATEGORY_INTERRUPT: /* the trap handler continues behind them */
    case ZYDIS_CATEGORY_SYSTEM:
    case ZYDIS_CATEGORY_SYSCALL:
    case ZYDIS_CATEGORY_CALL:
        return false;
    default:
        return (in->i.attributes & ZYDIS_ATTRIB_IS_RELATIVE) == 0 ||
               in->i.raw.imm[0].is_relative == 0;
    }
}

/* Nothing behind it belongs to the same flow of control. */
static bool ends_flow(const struct instruction *in)
{
    return in->i.meta.category == ZYDIS_CATEGORY_RET ||
           in->i.meta.category == ZYDIS_CATEGORY_UNCOND_BR || is_near_call(in);
}

static void put_relative(struct sweep *s, const struct instruction *in)
{
    ZyanU64 target = 0;
    ZydisCalcAbsoluteAddress(&in->i, &in->operands[0], in->rva, &target);
    if (in->i.meta.category == ZYDIS_CATEGORY_COND_BR) {
        cn_buf_u8(s->code, 0x0f);
        cn_buf_u8(s->code, (uint8_t)(0x80 | (in->i.opcode & 15)));
    } else {
        cn_buf_u8(s->code, 0xe9);
    }
    put_distance(s, s->elf->image_vaddr + target);
}

/* The instruction as it stands, but with rip-relative distances from its new place. A call (FF /2)
 * becomes a jump (FF /4). */
static void put_copy(struct sweep *s, const struct instruction *in)
{
    uint8_t bytes[ZYDIS_MAX_INSTRUCTION_LENGTH];
    memcpy(bytes, cn_pe_at(s->pe, in->rva, in->i.length), in->i.length);
    if (is_near_call(in))
        bytes[in->i.raw.modrm.offset] = (uint8_t)((bytes[in->i.raw.modrm.offset] & ~0x38) | 0x20);
    if ((in->i.attributes & ZYDIS_ATTRIB_HAS_MODRM) && in->i.raw.modrm.mod == 0 &&
        in->i.raw.modrm.rm == 5) {
        uint32_t distance;
        memcpy(&distance, bytes + in->i.raw.disp.offset, sizeof(distance));
        uint64_t target =
            s->elf->image_vaddr + in->rva + in->i.length + (uint64_t)(int32_t)distance;
        distance = (uint32_t)(target - (s->elf->code_vaddr + s->code->size + in->i.length));
        memcpy(bytes + in->i.raw.disp.offset, &distance, sizeof(distance));
    }
    cn_buf_put(s->code, bytes, in->i.length);
}

/* `mov r64, cr8` or `mov cr8, r64`; *reg is the general register. */
static bool is_cr8(const struct instruction *in, bool *write, unsigned *reg)
{
    if (in->i.mnemonic != ZYDIS_MNEMONIC_MOV || in->i.length > CR8_MAX)
        return false;
    *write = in->operands[0].reg.value == ZYDIS_REGISTER_CR8;
    if (in->operands[*write ? 0 : 1].reg.value != ZYDIS_REGISTER_CR8)
        return false;
    *reg = (unsigned)(in->operands[*write ? 1 : 0].reg.value - ZYDIS_REGISTER_RAX);
    return *reg < 16 && *reg != 4;
}

static void put_cr8(struct sweep *s, uint32_t rva, bool write, unsigned reg)
{
    size_t begin = s->code->size;
    cn_buf_u8(s->code, 0xe8);
    put_distance(s, s->elf->code_vaddr + stub_for(s, write, reg));
    put_piece(s, begin, rva, 0);
}

static void put_moved(struct sweep *s, const struct instruction *in)
{
    size_t begin = s->code->size;
    bool write;
    unsigned reg;
    if (is_cr8(in, &write, &reg)) {
        put_cr8(s, in->rva, write, reg);
        return;
    }
    if (is_near_call(in))
        put_return_address(s, in->rva + in->i.length);
    if (in->i.operand_count_visible > 0 && in->operands[0].type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
        in->operands[0].imm.is_relative)
        put_relative(s, in);
    else
        put_copy(s, in);
    put_piece(s, begin, in->rva, 0);
}

/* --- windows
 * --------------------------------------------------------------------------------------- */

/* Filling between functions, which nobody executes. */
static bool is_padding(const struct sweep *s, uint32_t begin, uint32_t end)
{
    const uint8_t *p = cn_pe_at(s->pe, begin, end - begin);
    for (uint32_t i = 0; p != NULL && i < end - begin; i++)
        if ((p[i] != 0xcc && p[i] != 0x90) || (s->marks[begin + i] & TARGET) != 0)
            return false;
    return p != NULL;
}

/* Collects the instructions of the window behind the first one; *size becomes the window's. */
static bool collect(const struct sweep *s, struct instruction *window, size_t *count,
                    uint32_t *size)
{
    const uint32_t begin = window[0].rva;
    *size = window[0].i.length;
    for (*count = 1; *size < JUMP_SIZE; ++*count) {
        struct instruction *in = &window[*count];
        uint32_t at = begin + *size;
        if (*count > 1 && ends_flow(&window[*count - 1])) {
            if (is_near_call(&window[*count - 1]) || !is_padding(s, at, begin + JUMP_SIZE))
                return false;
            *size = JUMP_SIZE;
            return true;
        }
        if (!decode(s, at, in) || !movable(in))
            return false;
        *size += in->i.length;
    }
    for (uint32_t i = 1; i < *size; i++) /* also in the middle of what was decoded */
        if ((s->marks[begin + i] & TARGET) != 0)
            return false;
    return true;
}

/* Replaces one access to CR8; false when it cannot be done. */
static bool patch(struct sweep *s, const struct instruction *first)
{
    struct instruction window[JUMP_SIZE + 1];
    size_t count;
    uint32_t size;
    unsigned reg;
    bool write;
    window[0] = *first;
    if (!collect(s, window, &count, &size) || size > WINDOW_MAX)
        return false;
    uint8_t *to = cn_elf_at(s->elf, first->rva, size);
    if (to == NULL)
        return false;
    for (size_t i = 0; i < count; i++) /* these come before the piece, not into it */
        if (is_cr8(&window[i], &write, &reg))
            stub_for(s, write, reg);
    size_t start = s->code->size;
    for (size_t i = 0; i < count; i++)
        put_moved(s, &window[i]);
    if (!ends_flow(&window[count - 1])) {
        size_t begin = s->code->size;
        cn_buf_u8(s->code, 0xe9);
        put_distance(s, s->elf->image_vaddr + first->rva + size);
        put_piece(s, begin, first->rva + size, 0);
    }
    uint32_t distance =
        (uint32_t)(s->elf->code_vaddr + start - (s->elf->image_vaddr + first->rva + JUMP_SIZE));
    memset(to, 0xcc, size);
    to[0] = 0xe9;
    memcpy(to + 1, &distance, sizeof(distance));
    for (uint32_t i = 1; i < size; i++) /* what was moved is not looked at again */
        s->marks[first->rva + i] &= (uint8_t)~STARTS;
    return true;
}

static void patch_section(struct sweep *s, const struct cn_pe_section *section)
{
    for (uint32_t i = 0; i + 3 <= section->raw_size; i++) {
        uint32_t rva = section->rva + i;
        struct instruction in;
        bool write;
        unsigned reg;
        if ((s->marks[rva] & STARTS) == 0)
            continue;
        const uint8_t *p = cn_pe_at(s->pe, rva, 3);
        if (p[0] != 0x0f && p[1] != 0x0f && p[2] != 0x0f)
            continue;
        if (decode(s, rva, &in) && is_cr8(&in, &write, &reg) && !patch(s, &in))
            s->elf->patches.left++;
    }
}

static void mark_known_targets(struct sweep *s)
{
    const struct cn_pe *pe = s->pe;
    mark_target(s, pe->entry);
    for (size_t i = 0; i < pe->function_count; i++)
        mark_target(s, pe->functions[i].begin);
    for (size_t i = 0; i < pe->export_count; i++)
        mark_target(s, pe->exports[i].rva);
    for (size_t i = 0; i < pe->reloc_count; i++) {
        uint64_t address;
        const void *p = cn_pe_at(pe, pe->relocs[i], sizeof(address));
        if (p != NULL) {
            memcpy(&address, p, sizeof(address));
            mark_target(s, address - pe->image_base);
        }
    }
}

bool cn_patch_sweep(const struct cn_pe *pe, struct cn_elf *elf, struct cn_buf *code)
{
    struct sweep s = {.pe = pe, .elf = elf, .code = code};
    bool worth = false;
    for (size_t i = 0; i < pe->section_count; i++)
        worth |= pe->sections[i].execute && pe->sections[i].loaded &&
                 worth_decoding(pe->bytes + pe->sections[i].raw_offset, pe->sections[i].raw_size);
    if (!worth)
        return true;
    s.marks = calloc(1, (size_t)pe->image_size + pe->section_alignment + 1);
    if (s.marks == NULL)
        return false;
    ZydisDecoderInit(&s.decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    mark_known_targets(&s);
    for (size_t i = 0; i < pe->section_count; i++)
        if (pe->sections[i].execute && pe->sections[i].loaded)
            sweep_section(&s, &pe->sections[i]);
    bool all_known = s.table_entries < ALL_TABLES_MAX;
    for (size_t i = 0; i < pe->section_count && all_known; i++)
        if (pe->sections[i].execute && pe->sections[i].loaded)
            patch_section(&s, &pe->sections[i]);
    free(s.marks);
    return !s.failed && !code->failed;
}
