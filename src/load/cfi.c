/* cfi.c - reads one function's call frame information and applies it to a set of registers.
 *
 * libgcc finds the entry (it knows every loaded object); everything after that is done here, on
 * copies of bounded size. The format is that of DWARF 5 section 6.4 with the .eh_frame variations
 * of the Linux Standard Base. Rules for vector registers are parsed and dropped.
 */
#include "load/cfi.h"

#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "load/probe.h"

struct bases { /* [dwarf_eh_bases] */
    void *text, *data, *function;
};
const void *_Unwind_Find_FDE(void *pc, struct bases *bases);

#define ENTRY_MAX 4096 /* bytes of a CIE or FDE; compilers stay far below */
#define REGS      17   /* by DWARF number: the general registers, then the return address */
#define DEPTH     8    /* of remembered rows */
#define STACK     16   /* of an expression */

/* A cut of a copied entry. Reading past the end gives zeros and leaves `bad`. */
struct bytes {
    const uint8_t *at, *end;
    bool bad;
};

enum how { SAME, UNDEFINED, AT_OFFSET, IS_OFFSET, IN_REGISTER, AT_EXPRESSION, IS_EXPRESSION };

struct rule {
    enum how how;
    int64_t value; /* offset or register */
    struct bytes expression;
};

struct row {
    struct rule cfa; /* IS_OFFSET: value from register cfa_reg; or IS_EXPRESSION */
    uint64_t cfa_reg;
    struct rule reg[REGS];
};

struct entry {
    uint8_t cie_bytes[ENTRY_MAX], fde_bytes[ENTRY_MAX];
    uint64_t code_align, return_reg;
    int64_t data_align;
    uint8_t pointer_encoding;
    bool signal;
    struct bytes cie_program, fde_program;
};

static const uint8_t from_dwarf[16] = {CN_RAX, CN_RDX, CN_RCX, CN_RBX, CN_RSI, CN_RDI,
                                       CN_RBP, CN_RSP, CN_R8,  CN_R9,  CN_R10, CN_R11,
                                       CN_R12, CN_R13, CN_R14, CN_R15};

/* -- reading ----------------------------------------------------------------------------------- */

static uint64_t fixed(struct bytes *b, size_t size)
{
    uint64_t value = 0;
    if ((size_t)(b->end - b->at) < size) {
        b->bad = true;
        b->at = b->end;
        return 0;
    }
    memcpy(&value, b->at, size);
    b->at += size;
    return value;
}

/* The groups of seven bits of a number; *shift gets their number of bits, *last the last byte. */
static uint64_t groups(struct bytes *b, unsigned *shift, uint64_t *last)
{
    uint64_t value = 0;
    *shift = 0;
    do {
        *last = fixed(b, 1);
        if (*shift < 64)
            value |= (*last & 0x7f) << *shift;
        *shift += 7;
    } while (*last & 0x80);
    return value;
}

static uint64_t uleb(struct bytes *b)
{
    unsigned shift;
    uint64_t last;
    return groups(b, &shift, &last);
}

static int64_t sleb(struct bytes *b)
{
    unsigned shift;
    uint64_t last, value = groups(b, &shift, &last);
    if (shift < 64 && (last & 0x40))
        value |= ~UINT64_C(0) << shift;
    return (int64_t)value;
}

static struct bytes block(struct bytes *b)
{
    uint64_t size = uleb(b);
    struct bytes out = {.at = b->at, .end = b->at};
    if (size > (uint64_t)(b->end - b->at)) {
        b->bad = true;
        b->at = b->end;
        return out;
    }
    out.end = b->at += size;
    return out;
}

/* The value of a pointer without what it is relative to; enough for sizes and for skipping. */
static uint64_t encoded(struct bytes *b, uint8_t encoding)
{
    static const uint8_t sizes[16] = {8, 0, 2, 4, 8, 0, 0, 0, 8, 0, 2, 4, 8};
    if (encoding == 0xff)
        return 0;
    if ((encoding & 15) == 1)
        return uleb(b);
    if ((encoding & 15) == 9)
        return (uint64_t)sleb(b);
    if (sizes[encoding & 15] == 0)
        b->bad = true;
    return fixed(b, sizes[encoding & 15]);
}

/* Copies the CIE or FDE at `from`: what follows its length. */
static int copy_entry(const uint8_t *from, uint8_t *to, struct bytes *out)
{
    uint32_t size;
    if (cn_probe_copy(&size, from, sizeof(size)) != 0)
        return -EFAULT;
    if (size < 4 || size > ENTRY_MAX)
        return -EINVAL;
    *out = (struct bytes){.at = to, .end = to + size};
    return cn_probe_copy(to, from + sizeof(size), size);
}

static int read_cie(const uint8_t *from, struct entry *e)
{
    struct bytes b;
    int err = copy_entry(from, e->cie_bytes, &b);
    if (err != 0)
        return err;
    fixed(&b, 4);
    uint64_t version = fixed(&b, 1);
    const char *letters = (const char *)b.at;
    while (fixed(&b, 1) != 0)
        ;
    if (b.bad || (version != 1 && version != 3))
        return -EINVAL;
    e->code_align = uleb(&b);
    e->data_align = sleb(&b);
    e->return_reg = version == 1 ? fixed(&b, 1) : uleb(&b);
    e->pointer_encoding = 0;
    e->signal = false;
    if (*letters == 'z') {
        struct bytes more = block(&b);
        for (letters++; *letters != '\0'; letters++) {
            if (*letters == 'R')
                e->pointer_encoding = (uint8_t)fixed(&more, 1);
            else if (*letters == 'L')
                fixed(&more, 1);
            else if (*letters == 'P')
                encoded(&more, (uint8_t)fixed(&more, 1));
            else if (*letters == 'S')
                e->signal = true;
        }
    } else if (*letters != '\0') {
        return -EINVAL;
    }
    e->cie_program = b;
    return b.bad || e->return_reg >= REGS ? -EINVAL : 0;
}

static int read_entry(const uint8_t *fde, struct entry *e)
{
    struct bytes b;
    int err = copy_entry(fde, e->fde_bytes, &b);
    if (err != 0)
        return err;
    const uint8_t *field = fde + 4;
    err = read_cie(field - fixed(&b, 4), e);
    if (err != 0)
        return err;
    encoded(&b, e->pointer_encoding);      /* where the function begins: libgcc has told */
    encoded(&b, e->pointer_encoding & 15); /* its size */
    block(&b);
    e->fde_program = b;
    return b.bad ? -EINVAL : 0;
}

/* -- expressions ------------------------------------------------------------------------------- */

static uint64_t reg_value(const struct cn_context *context, uint64_t reg)
{
    return reg < 16 ? context->reg[from_dwarf[reg]] : context->rip;
}

static bool binary(uint8_t op, uint64_t a, uint64_t b, uint64_t *out)
{
    int64_t sa = (int64_t)a, sb = (int64_t)b;
    switch (op) {
    case 0x1a:
        *out = a & b;
        return true;
    case 0x1c:
        *out = a - b;
        return true;
    case 0x1e:
        *out = a * b;
        return true;
    case 0x21:
        *out = a | b;
        return true;
    case 0x22:
        *out = a + b;
        return true;
    case 0x24:
        *out = b < 64 ? a << b : 0;
        return true;
    case 0x25:
        *out = b < 64 ? a >> b : 0;
        return true;
    case 0x27:
        *out = a ^ b;
        return true;
    case 0x29:
        *out = a == b;
        return true;
    case 0x2a:
        *out = sa >= sb;
        return true;
    case 0x2b:
        *out = sa > sb;
        return true;
    case 0x2c:
        *out = sa <= sb;
        return true;
    case 0x2d:
        *out = sa < sb;
        return true;
    case 0x2e:
        *out = a != b;
        return true;
    default:
        return false;
    }
}

/* What one operation without operands on the stack pushes; false when op is none of these. */
static bool pushes(uint8_t op, struct bytes *b, const struct cn_context *context, uint64_t *out)
{
    static const uint8_t sizes[] = {1, 1, 2, 2, 4, 4, 8, 8};
    if (op >= 0x30 && op <= 0x4f) {
        *out = op - 0x30u;
    } else if (op >= 0x70 && op <= 0x8f) {
        *out = reg_value(context, op - 0x70u) + (uint64_t)sleb(b);
    } else if (op >= 0x08 && op <= 0x0f) {
        size_t size = sizes[op - 0x08];
        *out = fixed(b, size);
        if ((op & 1) && size < 8) /* signed */
            *out = (uint64_t)((int64_t)(*out << (64 - 8 * size)) >> (64 - 8 * size));
    } else if (op == 0x10) {
        *out = uleb(b);
    } else if (op == 0x11) {
        *out = (uint64_t)sleb(b);
    } else {
        return false;
    }
    return true;
}

static int evaluate(struct bytes b, const struct cn_context *context, const uint64_t *cfa,
                    uint64_t *out)
{
    uint64_t stack[STACK + 1], value;
    unsigned depth = 0;
    if (cfa != NULL)
        stack[depth++] = *cfa;
    while (b.at < b.end && !b.bad) {
        uint8_t op = (uint8_t)fixed(&b, 1);
        if (depth == STACK)
            return -EINVAL;
        if (pushes(op, &b, context, &value)) {
            stack[depth++] = value;
        } else if (depth >= 1 && op == 0x06) { /* dereference */
            if (cn_probe_copy(&stack[depth - 1], (const void *)stack[depth - 1], 8) != 0)
                return -EFAULT;
        } else if (depth >= 1 && op == 0x23) {
            stack[depth - 1] += uleb(&b);
        } else if (depth >= 2 && binary(op, stack[depth - 2], stack[depth - 1], &value)) {
            stack[--depth - 1] = value;
        } else {
            return -EINVAL;
        }
    }
    if (b.bad || depth == 0)
        return -EINVAL;
    *out = stack[depth - 1];
    return 0;
}

/* -- the program ------------------------------------------------------------------------------- */

struct machine {
    const struct entry *entry;
    struct row now, initial, kept[DEPTH];
    unsigned depth;
    uint64_t at, pc; /* offsets in the function */
};

static void set_rule(struct machine *m, uint64_t reg, enum how how, int64_t value)
{
    if (reg < REGS)
        m->now.reg[reg] = (struct rule){.how = how, .value = value};
}

static void set_expression(struct machine *m, uint64_t reg, enum how how, struct bytes expression)
{
    if (reg < REGS)
        m->now.reg[reg] = (struct rule){.how = how, .expression = expression};
}

static void set_cfa(struct machine *m, uint64_t reg, int64_t offset)
{
    m->now.cfa_reg = reg;
    m->now.cfa = (struct rule){.how = IS_OFFSET, .value = offset};
}

/* The operations on registers, without the three that carry an operand in their own bits. */
static int define(struct machine *m, uint8_t op, struct bytes *b)
{
    int64_t scale = m->entry->data_align;
    uint64_t reg = 0;
    if (op != 0x0e && op != 0x13 && op != 0x0f && op != 0x2e)
        reg = uleb(b);
    switch (op) {
    case 0x05:
        set_rule(m, reg, AT_OFFSET, (int64_t)uleb(b) * scale);
        break;
    case 0x06:
        if (reg < REGS)
            m->now.reg[reg] = m->initial.reg[reg];
        break;
    case 0x07:
        set_rule(m, reg, UNDEFINED, 0);
        break;
    case 0x08:
        set_rule(m, reg, SAME, 0);
        break;
    case 0x09:
        set_rule(m, reg, IN_REGISTER, (int64_t)uleb(b));
        break;
    case 0x0c:
        set_cfa(m, reg, (int64_t)uleb(b));
        break;
    case 0x0d:
        m->now.cfa_reg = reg;
        break;
    case 0x0e:
        m->now.cfa.value = (int64_t)uleb(b);
        break;
    case 0x0f:
        m->now.cfa = (struct rule){.how = IS_EXPRESSION, .expression = block(b)};
        break;
    case 0x10:
        set_expression(m, reg, AT_EXPRESSION, block(b));
        break;
    case 0x11:
        set_rule(m, reg, AT_OFFSET, sleb(b) * scale);
        break;
    case 0x12:
        set_cfa(m, reg, sleb(b) * scale);
        break;
    case 0x13:
        m->now.cfa.value = sleb(b) * scale;
        break;
    case 0x14:
        set_rule(m, reg, IS_OFFSET, (int64_t)uleb(b) * scale);
        break;
    case 0x15:
        set_rule(m, reg, IS_OFFSET, sleb(b) * scale);
        break;
    case 0x16:
        set_expression(m, reg, IS_EXPRESSION, block(b));
        break;
    case 0x2e:
        uleb(b);
        break; /* size of pushed arguments */
    default:
        return -EINVAL;
    }
    return 0;
}

static int execute(struct machine *m, uint8_t op, struct bytes *b)
{
    const struct entry *e = m->entry;
    switch (op >> 6) {
    case 1:
        m->at += (op & 0x3f) * e->code_align;
        return 0;
    case 2:
        set_rule(m, op & 0x3f, AT_OFFSET, (int64_t)uleb(b) * e->data_align);
        return 0;
    case 3:
        if ((op & 0x3f) < REGS)
            m->now.reg[op & 0x3f] = m->initial.reg[op & 0x3f];
        return 0;
    default:
        break;
    }
    switch (op) {
    case 0x00:
        return 0;
    case 0x01:
        return -EINVAL; /* set location: no compiler for this processor writes it */
    case 0x02:
        m->at += fixed(b, 1) * e->code_align;
        return 0;
    case 0x03:
        m->at += fixed(b, 2) * e->code_align;
        return 0;
    case 0x04:
        m->at += fixed(b, 4) * e->code_align;
        return 0;
    case 0x0a:
        if (m->depth == DEPTH)
            return -EINVAL;
        m->kept[m->depth++] = m->now;
        return 0;
    case 0x0b:
        if (m->depth == 0)
            return -EINVAL;
        m->now = m->kept[--m->depth];
        return 0;
    default:
        return define(m, op, b);
    }
}

static int run(struct machine *m, struct bytes b)
{
    while (b.at < b.end) {
        int err = execute(m, (uint8_t)fixed(&b, 1), &b);
        if (err != 0 || b.bad)
            return -EINVAL;
        if (m->at > m->pc)
            break;
    }
    return 0;
}

/* -- a step ------------------------------------------------------------------------------------ */

static int recover(const struct rule *rule, uint64_t cfa, const struct cn_context *old,
                   uint64_t same, uint64_t *out)
{
    uint64_t at;
    int err;
    switch (rule->how) {
    case AT_OFFSET:
        return cn_probe_copy(out, (const void *)(cfa + (uint64_t)rule->value), 8);
    case IS_OFFSET:
        *out = cfa + (uint64_t)rule->value;
        return 0;
    case IN_REGISTER:
        *out = reg_value(old, (uint64_t)rule->value);
        return 0;
    case AT_EXPRESSION:
        err = evaluate(rule->expression, old, &cfa, &at);
        return err != 0 ? err : cn_probe_copy(out, (const void *)at, 8);
    case IS_EXPRESSION:
        return evaluate(rule->expression, old, &cfa, out);
    default:
        *out = same;
        return 0;
    }
}

static int apply(const struct machine *m, struct cn_context *context)
{
    const struct row *row = &m->now;
    const struct cn_context old = *context;
    uint64_t cfa;
    int err = 0;
    if (row->cfa.how == IS_EXPRESSION)
        err = evaluate(row->cfa.expression, &old, NULL, &cfa);
    else
        cfa = reg_value(&old, row->cfa_reg) + (uint64_t)row->cfa.value;
    const struct rule *back = &row->reg[m->entry->return_reg];
    /* The outermost function says so by a return address without a value. */
    if (err != 0 || back->how == UNDEFINED)
        return err != 0 ? err : -EINVAL;
    context->reg[CN_RSP] = cfa;
    for (unsigned i = 0; err == 0 && i < 16; i++) {
        uint64_t same = i == 7 ? cfa : old.reg[from_dwarf[i]];
        err = recover(&row->reg[i], cfa, &old, same, &context->reg[from_dwarf[i]]);
    }
    return err != 0 ? err : recover(back, cfa, &old, 0, &context->rip);
}

int cn_cfi_step(struct cn_context *context, bool *exact)
{
    struct bases bases = {0};
    struct entry entry;
    uint64_t pc = context->rip - (*exact ? 0 : 1);
    const uint8_t *fde = _Unwind_Find_FDE((void *)pc, &bases);
    if (fde == NULL)
        return -ENOENT;
    int err = read_entry(fde, &entry);
    if (err != 0)
        return err;
    struct machine m = {.entry = &entry, .pc = UINT64_MAX};
    err = run(&m, entry.cie_program);
    m.initial = m.now;
    m.at = 0;
    m.pc = pc - (uint64_t)bases.function;
    if (err == 0)
        err = run(&m, entry.fde_program);
    if (err == 0)
        err = apply(&m, context);
    *exact = err == 0 && entry.signal;
    return err;
}
