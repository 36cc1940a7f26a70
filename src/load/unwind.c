/* unwind.c - one step up the stack of a PE driver, and whole backtraces.
 *
 * A step undoes what the function has done to the stack so far. Inside the prologue only some of
 * its unwind codes count; inside an epilogue the rest of the epilogue's instructions tell what is
 * still to be undone (the ABI allows only a few forms there); else all codes count. Version 2 of
 * the data marks epilogues in codes of their own; the instructions tell the same, so these codes
 * are only skipped.
 */
#include "load/unwind.h"

#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "load/cfi.h"
#include "load/image.h"
#include "load/probe.h"

enum {
    PUSH_NONVOL,
    ALLOC_LARGE,
    ALLOC_SMALL,
    SET_FPREG,
    SAVE_NONVOL,
    SAVE_NONVOL_FAR,
    EPILOG,
    SPARE,
    SAVE_XMM128,
    SAVE_XMM128_FAR,
    PUSH_MACHFRAME
};

enum { CHAINED = 4 }; /* next to CN_UNWIND_EXCEPTION and CN_UNWIND_TERMINATION */

/* More fragments or indirections than any function has: damaged data that goes in a circle. */
#define CHAIN_MAX 32

struct info {
    uint8_t version, flags, prolog, count, frame_reg, frame_offset;
    uintptr_t after; /* what follows the codes: handler, or the function it continues */
    struct code {
        uint8_t offset, op;
    } codes[256];
};

bool cn_module_find(uintptr_t pc, struct cn_module *out)
{
    const struct cn_image *image = cn_image_find((const void *)pc);
    if (image == NULL || cn_image_format(image) != CN_IMAGE_PE)
        return false;
    const void *table = NULL;
    size_t bytes = 0;
    *out =
        (struct cn_module){.base = (uintptr_t)cn_image_base(image), .size = cn_image_size(image)};
    if (cn_image_unwind_table(image, &table, &bytes)) {
        out->functions = table;
        out->count = bytes / sizeof(*out->functions);
    }
    return true;
}

const struct cn_runtime_function *cn_unwind_lookup(const struct cn_module *module, uintptr_t pc)
{
    size_t low = 0, high = module->count;
    if (pc < module->base || pc - module->base >= module->size)
        return NULL;
    uint32_t rva = (uint32_t)(pc - module->base);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct cn_runtime_function *function = &module->functions[middle];
        if (rva < function->begin)
            high = middle;
        else if (rva >= function->end)
            low = middle + 1;
        else
            return function;
    }
    return NULL;
}

static int read_image(const struct cn_module *module, uint64_t rva, void *to, size_t size)
{
    if (rva > module->size || size > module->size - rva)
        return -EINVAL;
    return cn_probe_copy(to, (const void *)(module->base + rva), size);
}

static int read_stack(uint64_t address, void *to, size_t size)
{
    return cn_probe_copy(to, (const void *)address, size);
}

/* An odd unwind offset is that of another entry, which has the data. */
static int follow(const struct cn_module *module, struct cn_runtime_function *function)
{
    for (int i = 0; function->unwind & 1; i++) {
        if (i == CHAIN_MAX)
            return -EINVAL;
        int err = read_image(module, function->unwind & ~1u, function, sizeof(*function));
        if (err != 0)
            return err;
    }
    return 0;
}

static int read_info(const struct cn_module *module, const struct cn_runtime_function *function,
                     struct info *out)
{
    struct cn_runtime_function at = *function;
    uint8_t head[4];
    int err = follow(module, &at);
    if (err == 0)
        err = read_image(module, at.unwind, head, sizeof(head));
    if (err != 0)
        return err;
    out->version = head[0] & 7;
    out->flags = head[0] >> 3;
    out->prolog = head[1];
    out->count = head[2];
    out->frame_reg = head[3] & 15;
    out->frame_offset = head[3] >> 4;
    out->after = module->base + at.unwind + 4 + 2 * (uintptr_t)CN_ALIGN_UP(out->count, 2);
    if (out->version < 1 || out->version > 2)
        return -EINVAL;
    return read_image(module, (uint64_t)at.unwind + 4, out->codes, 2u * out->count);
}

/* -- undoing a prologue ------------------------------------------------------------------------ */

struct walk {
    const struct info *info;
    struct cn_context *context;
    struct cn_saved_at *saved;
    uintptr_t base; /* what saves count from */
    bool machine;   /* a machine frame gave rip and rsp */
};

static unsigned slot(const struct info *info, unsigned i)
{
    return info->codes[i].offset | (unsigned)info->codes[i].op << 8;
}

/* Slots that the code at i takes, 0 for one that does not exist. */
static unsigned code_slots(const struct info *info, unsigned i)
{
    unsigned extra = info->codes[i].op >> 4;
    switch (info->codes[i].op & 15) {
    case PUSH_NONVOL:
    case ALLOC_SMALL:
    case SET_FPREG:
        return 1;
    case PUSH_MACHFRAME:
        return extra <= 1 ? 1 : 0;
    case EPILOG:
        return info->version == 2 ? 1 : 0;
    case ALLOC_LARGE:
        return extra == 0 ? 2 : extra == 1 ? 3 : 0;
    case SAVE_NONVOL:
    case SAVE_XMM128:
        return 2;
    case SAVE_NONVOL_FAR:
    case SAVE_XMM128_FAR:
        return 3;
    default:
        return 0;
    }
}

static int load_reg(struct walk *w, unsigned reg, uintptr_t from)
{
    if (w->saved != NULL)
        w->saved->reg[reg] = (uint64_t *)from;
    return read_stack(from, &w->context->reg[reg], 8);
}

static int load_xmm(struct walk *w, unsigned reg, uintptr_t from)
{
    if (w->saved != NULL)
        w->saved->xmm[reg] = (uint64_t *)from;
    return read_stack(from, &w->context->fx.xmm[reg], 16);
}

static int machine_frame(struct walk *w, bool error_code)
{
    uintptr_t at = w->context->reg[CN_RSP] + (error_code ? 8 : 0);
    int err = read_stack(at, &w->context->rip, 8);
    if (err == 0)
        err = read_stack(at + 24, &w->context->reg[CN_RSP], 8);
    w->machine = true;
    return err;
}

static int undo(struct walk *w, unsigned i)
{
    const struct info *info = w->info;
    struct cn_context *context = w->context;
    unsigned op = info->codes[i].op & 15, extra = info->codes[i].op >> 4;
    unsigned slots = code_slots(info, i);
    uintptr_t near = slots > 1 ? slot(info, i + 1) : 0;
    uintptr_t far = slots > 2 ? near | (uintptr_t)slot(info, i + 2) << 16 : 0;
    int err = 0;

    switch (op) {
    case PUSH_NONVOL:
        err = load_reg(w, extra, context->reg[CN_RSP]);
        context->reg[CN_RSP] += 8;
        break;
    case ALLOC_LARGE:
        context->reg[CN_RSP] += slots == 2 ? near * 8 : far;
        break;
    case ALLOC_SMALL:
        context->reg[CN_RSP] += extra * 8 + 8;
        break;
    case SET_FPREG:
        context->reg[CN_RSP] = context->reg[info->frame_reg] - info->frame_offset * 16u;
        break;
    case SAVE_NONVOL:
        err = load_reg(w, extra, w->base + near * 8);
        break;
    case SAVE_NONVOL_FAR:
        err = load_reg(w, extra, w->base + far);
        break;
    case SAVE_XMM128:
        err = load_xmm(w, extra, w->base + near * 16);
        break;
    case SAVE_XMM128_FAR:
        err = load_xmm(w, extra, w->base + far);
        break;
    case PUSH_MACHFRAME:
        err = machine_frame(w, extra == 1);
        break;
    default:
        break;
    }
    return err;
}

/* True once the frame register holds what the rest of the function relies on. */
static bool frame_is_set(const struct info *info, uint64_t offset)
{
    if (info->frame_reg == 0)
        return false;
    if (offset >= info->prolog)
        return true;
    for (unsigned i = 0, n; i < info->count; i += n) {
        n = code_slots(info, i);
        if (n == 0)
            return false;
        if ((info->codes[i].op & 15) == SET_FPREG && info->codes[i].offset <= offset)
            return true;
    }
    return false;
}

static uintptr_t frame_base(const struct info *info, const struct cn_context *context,
                            uint64_t offset)
{
    if (frame_is_set(info, offset))
        return context->reg[info->frame_reg] - info->frame_offset * 16u;
    return context->reg[CN_RSP];
}

/* Undoes the codes whose instruction lies before `offset` in the function. */
static int undo_prolog(struct walk *w, const struct info *info, uint64_t offset)
{
    w->info = info;
    w->base = frame_base(info, w->context, offset);
    for (unsigned i = 0, n; i < info->count; i += n) {
        n = code_slots(info, i);
        if (n == 0 || i + n > info->count)
            return -EINVAL;
        if (info->codes[i].offset > offset)
            continue;
        int err = undo(w, i);
        if (err != 0)
            return err;
    }
    return 0;
}

/* -- epilogues --------------------------------------------------------------------------------- */

struct epilogue {
    const uint8_t *at, *end;
    uint64_t rsp; /* after the instructions so far */
    uint8_t pops[16];
    unsigned pop_count;
};

static bool starts(const struct epilogue *e, const char *bytes, size_t count)
{
    return (size_t)(e->end - e->at) >= count && memcmp(e->at, bytes, count) == 0;
}

static int64_t displacement(const uint8_t *at, size_t size)
{
    int32_t wide;
    if (size == 1)
        return (int8_t)*at;
    memcpy(&wide, at, sizeof(wide));
    return wide;
}

/* `add rsp, n` or `lea rsp, [frame register + n]`; nothing is a form of it too. */
static void skip_release(struct epilogue *e, const struct info *info,
                         const struct cn_context *context)
{
    size_t left = (size_t)(e->end - e->at);
    if (left >= 4 && starts(e, "\x48\x83\xc4", 3)) {
        e->rsp += (uint64_t)displacement(e->at + 3, 1);
        e->at += 4;
    } else if (left >= 7 && starts(e, "\x48\x81\xc4", 3)) {
        e->rsp += (uint64_t)displacement(e->at + 3, 4);
        e->at += 7;
    } else if (info->frame_reg != 0 && left >= 3 && e->at[1] == 0x8d &&
               e->at[0] == (info->frame_reg >= 8 ? 0x49 : 0x48) && (e->at[2] & 0x38) == 0x20 &&
               (e->at[2] & 7) == (info->frame_reg & 7)) {
        size_t sib = (info->frame_reg & 7) == 4, mode = e->at[2] >> 6;
        size_t size = mode == 1 ? 1 : mode == 2 ? 4 : 0;
        if (mode == 3 || left < 3 + sib + size)
            return;
        e->rsp = context->reg[info->frame_reg];
        if (size != 0)
            e->rsp += (uint64_t)displacement(e->at + 3 + sib, size);
        e->at += 3 + sib + size;
    }
}

static void skip_pops(struct epilogue *e)
{
    while (e->pop_count < CN_ARRAY_SIZE(e->pops) && e->at < e->end) {
        bool extended = e->at[0] == 0x41 && e->end - e->at > 1;
        uint8_t op = e->at[extended];
        if (op < 0x58 || op > 0x5f || (op == 0x5c && !extended)) /* not pop rsp */
            return;
        e->pops[e->pop_count++] = (uint8_t)((op & 7) | (extended ? 8 : 0));
        e->at += extended ? 2 : 1;
    }
}

/* A jump ends an epilogue when it leaves the function. */
static bool leaves(const struct epilogue *e, const struct cn_runtime_function *function,
                   uint64_t rva)
{
    size_t size = e->at[0] == 0xeb ? 1 : 4;
    if ((size_t)(e->end - e->at) < 1 + size)
        return false;
    int64_t to = (int64_t)(rva + 1 + size) + displacement(e->at + 1, size);
    return to <= (int64_t)function->begin || to >= (int64_t)function->end;
}

static bool ends(const struct epilogue *e, const struct cn_runtime_function *function, uint64_t rva)
{
    if (e->at >= e->end)
        return false;
    if (e->at[0] == 0xc3 || e->at[0] == 0xc2 || starts(e, "\xf3\xc3", 2))
        return true;
    if (e->at[0] == 0xeb || e->at[0] == 0xe9)
        return leaves(e, function, rva);
    /* jmp [...] and rex.w jmp reg or [...]; the compiler's tail calls through pointers. */
    size_t rex = (e->at[0] & 0xf0) == 0x40;
    if ((size_t)(e->end - e->at) < 2 + rex || e->at[rex] != 0xff)
        return false;
    uint8_t modrm = e->at[rex + 1];
    return (modrm & 0x38) == 0x20 && (rex != 0 ? (e->at[0] & 8) != 0 : modrm == 0x25);
}

/* Runs the rest of an epilogue. 1 when pc is in one, else 0 with nothing changed, or -EFAULT. */
static int run_epilogue(const struct cn_module *module, const struct cn_runtime_function *function,
                        const struct info *info, uint64_t rva, struct walk *w)
{
    uint8_t bytes[64];
    size_t size = CN_MIN(sizeof(bytes), module->size - rva);
    if (read_image(module, rva, bytes, size) != 0)
        return 0;
    struct epilogue e = {.at = bytes, .end = bytes + size, .rsp = w->context->reg[CN_RSP]};
    skip_release(&e, info, w->context);
    skip_pops(&e);
    if (!ends(&e, function, rva + (uint64_t)(e.at - bytes)))
        return 0;
    /* A jump out that releases nothing first is more often one to a cold part of the function,
     * whose frame still stands. */
    if (e.at == bytes && info->count != 0 && *e.at != 0xc3 && *e.at != 0xc2 && *e.at != 0xf3)
        return 0;
    w->context->reg[CN_RSP] = e.rsp;
    for (unsigned i = 0; i < e.pop_count; i++) {
        if (load_reg(w, e.pops[i], w->context->reg[CN_RSP]) != 0)
            return -EFAULT;
        w->context->reg[CN_RSP] += 8;
    }
    return 1;
}

/* -- a whole step ------------------------------------------------------------------------------ */

int cn_unwind_leaf(struct cn_context *context)
{
    int err = read_stack(context->reg[CN_RSP], &context->rip, 8);
    context->reg[CN_RSP] += 8;
    return err;
}

/* Undoes the fragment's prologue and those of the functions it continues; leaves the last in *info.
 */
static int undo_chain(const struct cn_module *module, struct info *info, uint64_t offset,
                      struct walk *w)
{
    int err = undo_prolog(w, info, offset);
    for (int i = 0; err == 0 && (info->flags & CHAINED); i++) {
        struct cn_runtime_function parent;
        if (i == CHAIN_MAX)
            return -EINVAL;
        err = read_image(module, info->after - module->base, &parent, sizeof(parent));
        if (err == 0)
            err = read_info(module, &parent, info);
        if (err == 0)
            err = undo_prolog(w, info, UINT64_MAX);
    }
    return err;
}

static int find_handler(const struct cn_module *module, const struct info *info, unsigned asked,
                        struct cn_unwound *out)
{
    uint32_t rva;
    if ((info->flags & CHAINED) || (info->flags & asked) == 0)
        return 0;
    int err = read_image(module, info->after - module->base, &rva, sizeof(rva));
    if (err != 0 || rva >= module->size)
        return -EINVAL;
    out->handler = module->base + rva;
    out->handler_data = (const void *)(info->after + sizeof(rva));
    return 0;
}

int cn_unwind_virtual(const struct cn_module *module, const struct cn_runtime_function *function,
                      unsigned handlers, struct cn_context *context, struct cn_saved_at *saved,
                      struct cn_unwound *out)
{
    struct info info;
    struct walk w = {.context = context, .saved = saved};
    uintptr_t pc = (uintptr_t)cn_image_origin((const void *)context->rip);
    uint64_t rva = pc - module->base, offset = rva - function->begin;

    int err = read_info(module, function, &info);
    if (err != 0 || pc < module->base || rva >= module->size)
        return err != 0 ? err : -EINVAL;
    *out = (struct cn_unwound){.frame = frame_base(&info, context, offset)};
    bool in_prolog = offset < info.prolog;
    int epilogue = in_prolog ? 0 : run_epilogue(module, function, &info, rva, &w);
    if (epilogue < 0)
        return epilogue;
    if (epilogue == 0) {
        err = undo_chain(module, &info, offset, &w);
        if (err == 0 && !in_prolog)
            err = find_handler(module, &info, handlers, out);
        if (err != 0)
            return err;
    }
    return w.machine ? 0 : cn_unwind_leaf(context);
}

/* -- backtraces -------------------------------------------------------------------------------- */

/* The entry for a return address that may lie one past the end of its function, behind a call that
 * never returns. */
static const struct cn_runtime_function *lookup_call(const struct cn_module *module, uintptr_t pc)
{
    const struct cn_runtime_function *function = cn_unwind_lookup(module, pc - 1);
    return function != NULL ? function : cn_unwind_lookup(module, pc);
}

/* One step up from any frame. first: rip is where the context stopped, not a return address. */
static int step(struct cn_context *context, bool *first)
{
    struct cn_module module;
    struct cn_unwound unwound;
    uintptr_t pc = (uintptr_t)cn_image_origin((const void *)context->rip);
    if (cn_module_find(pc, &module)) {
        const struct cn_runtime_function *function =
            *first ? cn_unwind_lookup(&module, pc) : lookup_call(&module, pc);
        *first = false;
        return function == NULL ? cn_unwind_leaf(context)
                                : cn_unwind_virtual(&module, function, 0, context, NULL, &unwound);
    }
    int err = cn_cfi_step(context, first);
    /* Jumped to nowhere: the call, if it was one, left its return address. */
    if (err == -ENOENT && *first) {
        *first = false;
        err = cn_unwind_leaf(context);
    }
    return err;
}

size_t cn_unwind_backtrace(const struct cn_context *context, const void **pcs, size_t max)
{
    struct cn_context c = *context;
    bool first = true;
    size_t count = 0;
    while (count < max && (count == 0 || c.rip != 0)) {
        uint64_t rsp = c.reg[CN_RSP];
        pcs[count++] = cn_image_origin((const void *)c.rip);
        if (step(&c, &first) != 0 || c.reg[CN_RSP] <= rsp)
            break;
    }
    return count;
}
