/* pe2elf_eh.c - .eh_frame made from .pdata and .xdata.
 *
 * A row of .pdata tells what the prologue does: pushes, allocations, saves, a frame register.
 * Played in the order of execution this is what DWARF call frame instructions tell. Rows that
 * continue another one (chained) begin with everything that one has done. Epilogues are not
 * described in either form; Windows recognises them by their instructions, a DWARF unwinder is
 * wrong in them by some bytes. Damaged unwind data gives a row like that of a leaf function.
 */
#include "load/pe2elf_impl.h"

#include "base/base.h"

#include <stdlib.h>

enum {
    FLAG_CHAINED = 4,
    CHAIN_MAX = 32,
    OPS_MAX = 256 * 2,
    MACHINE_FRAME_RSP = 2, /* words above the end of the saved rip */
};

enum unwind_op {
    PUSH = 0,
    ALLOC_LARGE = 1,
    ALLOC_SMALL = 2,
    SET_FRAME = 3,
    SAVE = 4,
    SAVE_FAR = 5,
    EPILOG = 6,
    SPARE = 7,
    SAVE_XMM = 8,
    SAVE_XMM_FAR = 9,
    MACHINE_FRAME = 10
};

enum { /* DWARF call frame instructions */
       ADVANCE = 0x40,
       ADVANCE_1 = 0x02,
       OFFSET_SIGNED = 0x11,
       DEFINE_CFA = 0x0c,
       DEFINE_CFA_OFFSET = 0x0e,
};

/* DWARF numbers of the general registers in Windows' order, which is the processor's. */
static const uint8_t dwarf_register[16] = {0, 2, 1, 3, 7, 6, 4, 5, 8, 9, 10, 11, 12, 13, 14, 15};
enum { DWARF_RSP = 7, DWARF_XMM0 = 17 };

/* One step of a prologue. */
struct step {
    uint8_t at; /* offset of the end of its instruction in the function */
    uint8_t op, info;
    uint32_t value; /* bytes: of an allocation, or the offset of a save */
};

struct prologue {
    struct step steps[OPS_MAX]; /* in order of execution */
    size_t count;
    unsigned frame_register, frame_offset;
};

struct writer {
    struct cn_buf *b;
    uint64_t vaddr; /* of b->data */
    uint64_t image;
    size_t frame;        /* where .eh_frame begins in b */
    struct cn_buf table; /* of .eh_frame_hdr: struct row */
};

struct row {
    uint64_t pc;
    uint64_t fde;
};

static void uleb(struct cn_buf *b, uint64_t v)
{
    do {
        cn_buf_u8(b, (uint8_t)((v & 0x7f) | (v > 0x7f ? 0x80 : 0)));
        v >>= 7;
    } while (v != 0);
}

static void sleb(struct cn_buf *b, int64_t v)
{
    bool more = true;
    while (more) {
        uint8_t byte = v & 0x7f;
        v >>= 7;
        more = !((v == 0 && !(byte & 0x40)) || (v == -1 && (byte & 0x40)));
        cn_buf_u8(b, (uint8_t)(byte | (more ? 0x80 : 0)));
    }
}

/* --- reading .xdata
 * -------------------------------------------------------------------------------- */

/* Decodes one code at codes[i]; returns the number of 16-bit words it takes, 0 when it is damaged.
 */
static unsigned decode(const uint16_t *codes, unsigned i, unsigned count, struct step *s)
{
    static const uint8_t words[] = {1, 2, 1, 1, 2, 3, 1, 2, 2, 3, 1};
    s->at = codes[i] & 0xff;
    s->op = codes[i] >> 8 & 15;
    s->info = (uint8_t)(codes[i] >> 12);
    if (s->op >= CN_ARRAY_SIZE(words) || (s->op == ALLOC_LARGE && s->info > 1))
        return 0;
    unsigned n = words[s->op] + (s->op == ALLOC_LARGE && s->info == 1 ? 1 : 0);
    if (n > count - i)
        return 0;
    uint32_t operand = n == 2   ? codes[i + 1]
                       : n == 3 ? codes[i + 1] | (uint32_t)codes[i + 2] << 16
                                : 0;
    s->value = s->op == ALLOC_SMALL                                ? s->info * 8u + 8
               : s->op == PUSH                                     ? 8
               : n == 2 && (s->op == ALLOC_LARGE || s->op == SAVE) ? operand * 8
               : s->op == SAVE_XMM                                 ? operand * 16
                                                                   : operand;
    return n;
}

/* Puts the steps of one row before those of the rows that continue it. */
static bool prepend(struct prologue *p, const uint16_t *codes, unsigned count, bool whole)
{
    struct step steps[256];
    size_t n = 0;
    for (unsigned i = 0, used; i < count; i += used) {
        used = decode(codes, i, count, &steps[n]);
        if (used == 0)
            return false;
        if (steps[n].op == EPILOG || steps[n].op == SPARE)
            continue;
        if (whole)
            steps[n].at = 0;
        n++;
    }
    if (n > OPS_MAX - p->count)
        return false;
    memmove(p->steps + n, p->steps, p->count * sizeof(p->steps[0]));
    for (size_t i = 0; i < n; i++) /* the file has the last step first */
        p->steps[i] = steps[n - 1 - i];
    p->count += n;
    return true;
}

static bool read_prologue(const struct cn_pe *pe, const struct cn_pe_function *function,
                          struct prologue *p)
{
    struct cn_pe_function f = *function;
    p->count = 0;
    p->frame_register = p->frame_offset = 0;
    for (int depth = 0; depth < CHAIN_MAX; depth++) {
        if (f.unwind & 1) { /* the row of another function is used */
            const void *other = cn_pe_at(pe, f.unwind & ~1u, sizeof(f));
            if (other == NULL)
                return false;
            memcpy(&f, other, sizeof(f));
            continue;
        }
        const uint8_t *head = cn_pe_at(pe, f.unwind, 4);
        if (head == NULL || (head[0] & 7) == 0 || (head[0] & 7) > 2)
            return false;
        uint16_t codes[256];
        unsigned count = head[2];
        const uint8_t *at = cn_pe_at(pe, f.unwind, 4 + 2u * count);
        if (at == NULL)
            return false;
        memcpy(codes, at + 4, 2u * count);
        if (!prepend(p, codes, count, depth > 0))
            return false;
        if ((head[3] & 15) != 0) {
            p->frame_register = head[3] & 15;
            p->frame_offset = (head[3] >> 4) * 16u;
        }
        if ((head[0] >> 3 & FLAG_CHAINED) == 0)
            return true;
        at = cn_pe_at(pe, f.unwind, 4 + 2u * CN_ALIGN_UP(count, 2u) + sizeof(f));
        if (at == NULL)
            return false;
        memcpy(&f, at + 4 + 2u * CN_ALIGN_UP(count, 2u), sizeof(f));
    }
    return false;
}

/* --- writing .eh_frame
 * ----------------------------------------------------------------------------- */

static bool allocates(const struct step *s)
{
    return s->op == PUSH || s->op == ALLOC_LARGE || s->op == ALLOC_SMALL;
}

/* Saves are told relative to the stack pointer after the prologue, or to what it was when the frame
 * register was set: this gives how far that is below the CFA. */
static int64_t save_base(const struct prologue *p)
{
    int64_t total = 8;
    for (size_t i = 0; i < p->count; i++) {
        if (p->steps[i].op == SET_FRAME)
            return total;
        total += allocates(&p->steps[i]) ? p->steps[i].value : 0;
    }
    return total;
}

static void saved(struct cn_buf *b, unsigned dwarf, int64_t below_cfa)
{
    cn_buf_u8(b, OFFSET_SIGNED);
    uleb(b, dwarf);
    sleb(b, below_cfa / 8);
}

static void advance(struct cn_buf *b, unsigned distance)
{
    if (distance == 0)
        return;
    if (distance < 64) {
        cn_buf_u8(b, (uint8_t)(ADVANCE | distance));
    } else {
        cn_buf_u8(b, ADVANCE_1);
        cn_buf_u8(b, (uint8_t)distance);
    }
}

/* The frame while a prologue runs. */
struct frame {
    const struct prologue *p;
    int64_t cfa;     /* distance from the stack pointer to the CFA */
    unsigned pushed; /* bytes more on the stack that the prologue knows nothing of */
    bool framed;     /* the CFA is found through the frame register */
};

static void write_step(struct cn_buf *b, struct frame *f, const struct step *s)
{
    if (allocates(s) || (s->op == MACHINE_FRAME && s->info != 0)) {
        f->cfa += allocates(s) ? s->value : 8;
        if (!f->framed) {
            cn_buf_u8(b, DEFINE_CFA_OFFSET);
            uleb(b, (uint64_t)f->cfa + f->pushed);
        }
    }
    switch (s->op) {
    case PUSH:
        saved(b, dwarf_register[s->info], f->cfa);
        break;
    case SET_FRAME:
        f->framed = true;
        cn_buf_u8(b, DEFINE_CFA);
        uleb(b, dwarf_register[f->p->frame_register]);
        uleb(b, (uint64_t)CN_MAX(f->cfa - f->p->frame_offset, 0));
        break;
    case SAVE:
    case SAVE_FAR:
        saved(b, dwarf_register[s->info], save_base(f->p) - s->value);
        break;
    case SAVE_XMM:
    case SAVE_XMM_FAR:
        saved(b, DWARF_XMM0 + s->info, save_base(f->p) - s->value);
        break;
    case MACHINE_FRAME:
        saved(b, DWARF_RSP, -8 * MACHINE_FRAME_RSP);
        break;
    default:
        break;
    }
}

static void write_prologue(struct cn_buf *b, const struct prologue *p, uint32_t length)
{
    struct frame f = {.p = p, .cfa = 8};
    unsigned pc = 0;
    for (size_t i = 0; i < p->count; i++) {
        const struct step *s = &p->steps[i];
        if (s->at > pc && s->at < length) {
            advance(b, s->at - pc);
            pc = s->at;
        }
        write_step(b, &f, s);
    }
}

/* What holds at a place inside the function, with `pushed` more bytes on the stack. */
static void write_state(struct cn_buf *b, const struct prologue *p, uint32_t at, unsigned pushed)
{
    struct frame f = {.p = p, .cfa = 8, .pushed = pushed};
    cn_buf_u8(b, DEFINE_CFA_OFFSET);
    uleb(b, 8 + pushed);
    for (size_t i = 0; i < p->count && p->steps[i].at <= at; i++)
        write_step(b, &f, &p->steps[i]);
}

static void write_cie(struct writer *w)
{
    /* Version 1, augmentation "zR": code factor 1, data factor -8, return address in column 16,
     * addresses relative to their place with 4 bytes; CFA = rsp + 8, return address at CFA - 8. */
    static const uint8_t body[] = {1, 'z',  'R',        0,         1, 0x78, 16,
                                   1, 0x1b, DEFINE_CFA, DWARF_RSP, 8, 0x90, 1};
    size_t start = cn_buf_u32(w->b, 0);
    cn_buf_u32(w->b, 0);
    cn_buf_put(w->b, body, sizeof(body));
    cn_buf_align(w->b, 8);
    cn_buf_set_u32(w->b, start, (uint32_t)(w->b->size - start - 4));
}

static size_t begin_row(struct writer *w, uint64_t pc, uint64_t size)
{
    size_t start = cn_buf_u32(w->b, 0);
    cn_buf_u32(w->b, (uint32_t)(w->b->size - w->frame));
    cn_buf_u32(w->b, (uint32_t)(pc - (w->vaddr + w->b->size)));
    cn_buf_u32(w->b, (uint32_t)size);
    cn_buf_u8(w->b, 0); /* length of augmentation data */
    struct row row = {.pc = pc, .fde = w->vaddr + start};
    cn_buf_put(&w->table, &row, sizeof(row));
    return start;
}

static void end_row(struct writer *w, size_t start)
{
    cn_buf_align(w->b, 8);
    cn_buf_set_u32(w->b, start, (uint32_t)(w->b->size - start - 4));
}

static void write_leaf(struct writer *w, uint64_t begin, uint64_t end)
{
    if (begin < end)
        end_row(w, begin_row(w, begin, end - begin));
}

static void write_function(struct writer *w, const struct cn_pe *pe, const struct cn_pe_function *f)
{
    struct prologue p;
    size_t start = begin_row(w, w->image + f->begin, f->end - f->begin);
    if (read_prologue(pe, f, &p))
        write_prologue(w->b, &p, f->end - f->begin);
    end_row(w, start);
}

static void write_section(struct writer *w, const struct cn_pe *pe, const struct cn_pe_section *s)
{
    uint32_t at = s->rva;
    for (size_t i = 0; i < pe->function_count; i++) {
        const struct cn_pe_function *f = &pe->functions[i];
        if (f->begin < s->rva || f->begin - s->rva >= s->size)
            continue;
        write_leaf(w, w->image + at, w->image + f->begin);
        write_function(w, pe, f);
        at = f->end;
    }
    write_leaf(w, w->image + at, w->image + s->rva + s->size);
}

/* Our code: stubs are like leaf functions, a patch has the frame of the place it stands for. */
static void write_code(struct writer *w, const struct cn_pe *pe, const struct cn_elf *elf)
{
    struct prologue p;
    uint32_t at = 0;
    for (size_t i = 0; i < elf->patches.piece_count; i++) {
        const struct cn_patch_piece *piece = &elf->patches.pieces[i];
        const struct cn_pe_function *f = cn_pe_function(pe, piece->rva);
        write_leaf(w, elf->code_vaddr + at, elf->code_vaddr + piece->begin);
        size_t start = begin_row(w, elf->code_vaddr + piece->begin, piece->end - piece->begin);
        if (f != NULL && read_prologue(pe, f, &p))
            write_state(w->b, &p, piece->rva - f->begin, piece->pushed);
        else
            write_state(w->b, (p.count = 0, &p), 0, piece->pushed);
        end_row(w, start);
        at = piece->end;
    }
    write_leaf(w, elf->code_vaddr + at, elf->code_vaddr + elf->code_size);
}

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    return x->pc < y->pc ? -1 : x->pc > y->pc;
}

static void write_header(struct writer *w)
{
    /* Version 1; frame pointer relative to its place, count absolute, table relative to the header.
     */
    static const uint8_t start[] = {1, 0x1b, 3, 0x3b};
    uint64_t header = w->vaddr + cn_buf_put(w->b, start, sizeof(start));
    size_t count = w->table.size / sizeof(struct row);
    struct row *rows = (struct row *)(void *)w->table.data;
    if (count > 0)
        qsort(rows, count, sizeof(*rows), compare_rows);
    cn_buf_u32(w->b, (uint32_t)(w->vaddr + w->frame - (header + 4)));
    cn_buf_u32(w->b, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        cn_buf_u32(w->b, (uint32_t)(rows[i].pc - header));
        cn_buf_u32(w->b, (uint32_t)(rows[i].fde - header));
    }
}

bool cn_pe2elf_eh(const struct cn_pe *pe, const struct cn_elf *elf, struct cn_buf *b,
                  uint64_t vaddr, struct cn_eh_place *out)
{
    cn_buf_align(b, 8);
    struct writer w = {.b = b, .vaddr = vaddr, .image = elf->image_vaddr, .frame = b->size};
    write_cie(&w);
    for (size_t i = 0; i < pe->section_count; i++)
        if (pe->sections[i].execute && pe->sections[i].loaded)
            write_section(&w, pe, &pe->sections[i]);
    write_code(&w, pe, elf);
    cn_buf_u32(b, 0); /* end */
    cn_buf_u32(b, 0);
    out->frame = w.frame;
    out->frame_size = b->size - w.frame;
    out->header = b->size;
    write_header(&w);
    out->header_size = b->size - out->header;
    bool ok = !w.table.failed && !b->failed;
    cn_buf_free(&w.table);
    return ok;
}
