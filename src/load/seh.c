/* seh.c - structured exceptions: the search for a handler, the unwinding to it, and raising.
 *
 * Both phases walk the driver's frames with a cursor. Handlers and filters are driver code and may
 * themselves fault; their exception is walked like any other and meets the return address into
 * cn_seh_invoke, the only host frame a walk goes through. There lies the walk that was interrupted:
 *   - a search: the walk continues at the frame where that exception started ("nested"), for
 * nothing has been unwound yet;
 *   - an unwinding: it continues at the frame that was just being unwound, behind the termination
 *     handler that is running ("collided"), for everything below is already gone.
 * Any other host frame ends the walk: nobody handles the exception.
 */
#include "load/seh.h"

#include <errno.h>
#include <string.h>

#include "base/base.h"
#include "load/image.h"
#include "load/probe.h"
#include "load/sanitizer.h"
#include "load/seh_layout.h"
#include "load/unwind.h"

#define AT_OFFSET(type, member, at)                                                                \
    _Static_assert(offsetof(struct type, member) == (at), #member " of " #type)
AT_OFFSET(cn_context, flags, CN_CONTEXT_FLAGS);
AT_OFFSET(cn_context, mxcsr, CN_CONTEXT_MXCSR);
AT_OFFSET(cn_context, cs, CN_CONTEXT_CS);
AT_OFFSET(cn_context, ds, CN_CONTEXT_DS);
AT_OFFSET(cn_context, es, CN_CONTEXT_ES);
AT_OFFSET(cn_context, fs, CN_CONTEXT_FS);
AT_OFFSET(cn_context, gs, CN_CONTEXT_GS);
AT_OFFSET(cn_context, ss, CN_CONTEXT_SS);
AT_OFFSET(cn_context, eflags, CN_CONTEXT_EFLAGS);
AT_OFFSET(cn_context, reg[CN_RAX], CN_CONTEXT_RAX);
AT_OFFSET(cn_context, reg[CN_RCX], CN_CONTEXT_RCX);
AT_OFFSET(cn_context, reg[CN_RDX], CN_CONTEXT_RDX);
AT_OFFSET(cn_context, reg[CN_RBX], CN_CONTEXT_RBX);
AT_OFFSET(cn_context, reg[CN_RSP], CN_CONTEXT_RSP);
AT_OFFSET(cn_context, reg[CN_RBP], CN_CONTEXT_RBP);
AT_OFFSET(cn_context, reg[CN_RSI], CN_CONTEXT_RSI);
AT_OFFSET(cn_context, reg[CN_RDI], CN_CONTEXT_RDI);
AT_OFFSET(cn_context, reg[CN_R8], CN_CONTEXT_R8);
AT_OFFSET(cn_context, reg[CN_R15], CN_CONTEXT_R15);
AT_OFFSET(cn_context, rip, CN_CONTEXT_RIP);
AT_OFFSET(cn_context, fx, CN_CONTEXT_FLOAT);
_Static_assert(sizeof(struct cn_context) == CN_CONTEXT_SIZE, "size of CONTEXT");
AT_OFFSET(cn_caller, rbx, CN_CALLER_RBX);
AT_OFFSET(cn_caller, rbp, CN_CALLER_RBP);
AT_OFFSET(cn_caller, rsi, CN_CALLER_RSI);
AT_OFFSET(cn_caller, rdi, CN_CALLER_RDI);
AT_OFFSET(cn_caller, r12, CN_CALLER_R12);
AT_OFFSET(cn_caller, r15, CN_CALLER_R15);
AT_OFFSET(cn_caller, rsp, CN_CALLER_RSP);
AT_OFFSET(cn_caller, rip, CN_CALLER_RIP);
AT_OFFSET(cn_caller, xmm, CN_CALLER_XMM6);
_Static_assert(sizeof(struct cn_caller) == CN_CALLER_SIZE, "size of struct cn_caller");
AT_OFFSET(cn_exception_record, info, 0x20);
_Static_assert(sizeof(struct cn_exception_record) == 0x98, "size of EXCEPTION_RECORD");
AT_OFFSET(cn_dispatcher_context, scope_index, 0x48);
_Static_assert(sizeof(struct cn_dispatcher_context) == 0x50, "size of DISPATCHER_CONTEXT");

#define UNWIND_FLAGS (CN_EXCEPTION_UNWINDING | CN_EXCEPTION_EXIT_UNWIND)
/* Flags of one call of a handler, as against those of the exception. */
#define CALL_FLAGS                                                                                 \
    (CN_EXCEPTION_NESTED_CALL | CN_EXCEPTION_TARGET_UNWIND | CN_EXCEPTION_COLLIDED_UNWIND)
/* The bits of the flags register that a driver may set through a context: the arithmetic ones and
 * the direction. */
#define EFLAGS_OWN    0xcd5u
#define MXCSR_DEFINED 0xffffu

/* A walk under way; found by a later one through the stack, and checked for that reason. */
struct walk {
    uint64_t magic;
    const struct walk *self;
    bool unwinding;
    const struct cn_context *origin; /* where a search started */
    uintptr_t frame;                 /* whose handler is being asked */
    struct cn_dispatcher_context dispatcher;
};

#define WALK_MAGIC UINT64_C(0x6b6c61772d686573)

CN_MSABI int32_t cn_seh_invoke(const void *fn, uint64_t a, uint64_t b, uint64_t c, uint64_t d,
                               const struct walk *walk);
extern const char cn_seh_invoke_return[];

static cn_seh_unhandled_fn *on_unhandled;

void cn_seh_on_unhandled(cn_seh_unhandled_fn *unhandled)
{
    on_unhandled = unhandled;
}

__attribute__((noreturn)) static void nobody_handles(struct cn_exception_record *record,
                                                     struct cn_context *context, void *trap)
{
    if (on_unhandled != NULL)
        on_unhandled(record, context, trap);
    cn_assert(!"an exception that nobody handles has a taker");
    __builtin_unreachable();
}

/* -- the cursor -------------------------------------------------------------------------------- */

struct cursor {
    struct cn_context here, caller; /* registers in the frame, and in the one above it */
    struct cn_module module;
    const struct cn_runtime_function *function; /* NULL: a leaf */
    struct cn_unwound at;
    uintptr_t pc;
    uint32_t scope_index;
    bool collided;
    uintptr_t nested; /* frames up to this one have been asked by an interrupted search */
    bool first;
};

static bool walk_read(uintptr_t at, struct walk *out)
{
    return cn_probe_copy(out, (const void *)at, sizeof(*out)) == 0 && out->magic == WALK_MAGIC &&
           (uintptr_t)out->self == at;
}

/* At the return address into cn_seh_invoke: goes on where the interrupted walk is. */
static bool hop(struct cursor *c)
{
    struct walk old;
    uintptr_t at;
    if (cn_probe_copy(&at, (const void *)(c->here.reg[CN_RSP] + CN_INVOKE_WALK), sizeof(at)) != 0 ||
        !walk_read(at, &old))
        return false;
    const struct cn_context *from = old.unwinding ? old.dispatcher.context : old.origin;
    uint64_t below = c->here.reg[CN_RSP];
    if (cn_probe_copy(&c->here, from, sizeof(c->here)) != 0 || c->here.reg[CN_RSP] <= below)
        return false;
    c->collided = old.unwinding;
    c->scope_index = old.unwinding ? old.dispatcher.scope_index : 0;
    if (!old.unwinding && old.frame > c->nested)
        c->nested = old.frame;
    return true;
}

/* Describes the frame at c->here; asked is the kind of handlers wanted. False when there is no
 * driver's frame, or none that can be understood. */
static bool cursor_look(struct cursor *c, unsigned asked)
{
    c->collided = false;
    c->scope_index = 0;
    while (c->here.rip == (uintptr_t)cn_seh_invoke_return)
        if (!hop(c))
            return false;
    c->pc = (uintptr_t)cn_image_origin((const void *)c->here.rip);
    c->caller = c->here;
    c->at = (struct cn_unwound){.frame = c->here.reg[CN_RSP]};
    c->function = NULL;
    int err;
    if (!cn_module_find(c->pc, &c->module)) {
        /* A jump to nowhere has left the return address of its call, or is lost anyway. */
        if (!c->first || cn_image_find((const void *)c->pc) != NULL)
            return false;
        err = cn_unwind_leaf(&c->caller);
    } else {
        c->function = cn_unwind_lookup(&c->module, c->pc);
        err = c->function == NULL
                  ? cn_unwind_leaf(&c->caller)
                  : cn_unwind_virtual(&c->module, c->function, asked, &c->caller, NULL, &c->at);
    }
    c->first = false;
    return err == 0 && c->caller.reg[CN_RSP] > c->here.reg[CN_RSP];
}

/* -- asking a handler -------------------------------------------------------------------------- */

static enum cn_disposition ask(struct walk *w, struct cursor *c, uintptr_t target_ip,
                               struct cn_exception_record *record, struct cn_context *context)
{
    w->frame = c->at.frame;
    w->dispatcher = (struct cn_dispatcher_context){
        .control_pc = c->pc,
        .image_base = c->module.base,
        .function = c->function,
        .frame = c->at.frame,
        .target_ip = target_ip,
        .context = &c->here,
        .handler = (void *)c->at.handler,
        .handler_data = c->at.handler_data,
        .history = w,
        .scope_index = c->scope_index,
    };
    return (enum cn_disposition)cn_seh_invoke((const void *)c->at.handler, (uintptr_t)record,
                                              c->at.frame, (uintptr_t)context,
                                              (uintptr_t)&w->dispatcher, w);
}

CN_NO_TSAN void cn_context_resume(struct cn_context *context)
{
    context->eflags &= EFLAGS_OWN;
    context->mxcsr &= MXCSR_DEFINED;
    memcpy(&context->fx.control[24], &context->mxcsr, sizeof(context->mxcsr));
    cn_sanitizer_abandon((uintptr_t)__builtin_frame_address(0) - 256, context->reg[CN_RSP]);
    cn_context_restore(context);
}

/* Raises `code` because the handling of `record` went wrong, unless that went wrong itself. */
__attribute__((noreturn)) CN_NO_TSAN static void raise_about(struct cn_exception_record *record,
                                                             struct cn_context *context,
                                                             int32_t code, void *trap)
{
    struct cn_exception_record about = {.code = (uint32_t)code,
                                        .flags = CN_EXCEPTION_NONCONTINUABLE,
                                        .chain = record,
                                        .address = record->address};
    if (record->chain != NULL)
        nobody_handles(&about, context, trap);
    cn_seh_dispatch(&about, context, trap);
}

CN_NO_TSAN void cn_seh_dispatch(struct cn_exception_record *record, struct cn_context *context,
                                void *trap)
{
    struct walk w = {.magic = WALK_MAGIC, .self = &w, .origin = context};
    struct cursor c = {.here = *context, .first = true};
    for (; cursor_look(&c, CN_UNWIND_EXCEPTION); c.here = c.caller) {
        if (c.at.handler == 0)
            continue;
        record->flags &= ~(uint32_t)(UNWIND_FLAGS | CALL_FLAGS);
        if (c.at.frame <= c.nested)
            record->flags |= CN_EXCEPTION_NESTED_CALL;
        switch (ask(&w, &c, 0, record, context)) {
        case CN_CONTINUE_EXECUTION:
            if (record->flags & CN_EXCEPTION_NONCONTINUABLE)
                raise_about(record, context, CN_STATUS_NONCONTINUABLE_EXCEPTION, trap);
            cn_context_resume(context);
        case CN_CONTINUE_SEARCH:
            break;
        default:
            raise_about(record, context, CN_STATUS_INVALID_DISPOSITION, trap);
        }
    }
    nobody_handles(record, context, trap);
}

/* -- unwinding --------------------------------------------------------------------------------- */

struct target {
    uintptr_t frame, ip; /* frame 0: the last of the driver's frames */
    uint64_t value;      /* for rax */
};

__attribute__((noreturn)) CN_NO_TSAN static void arrive(struct cn_context *context,
                                                        const struct target *target)
{
    context->rip = target->ip;
    context->reg[CN_RAX] = target->value;
    cn_context_resume(context);
}

__attribute__((noreturn)) CN_NO_TSAN static void unwind(const struct cn_context *from,
                                                        const struct target *target,
                                                        struct cn_exception_record *record)
{
    struct cn_exception_record plain = {.code = (uint32_t)CN_STATUS_UNWIND,
                                        .address = (void *)from->rip};
    struct walk w = {.magic = WALK_MAGIC, .self = &w, .unwinding = true, .origin = from};
    struct cursor c = {.here = *from, .first = true};
    struct cn_context last = *from;
    if (record == NULL)
        record = &plain;
    record->flags |= CN_EXCEPTION_UNWINDING | (target->frame == 0 ? CN_EXCEPTION_EXIT_UNWIND : 0);
    for (; cursor_look(&c, CN_UNWIND_TERMINATION); c.here = c.caller) {
        bool there = target->frame != 0 && c.at.frame == target->frame && c.function != NULL;
        if (!there && target->frame != 0 && c.here.reg[CN_RSP] > target->frame)
            raise_about(record, &last, CN_STATUS_INVALID_UNWIND_TARGET, NULL);
        record->flags &= ~(uint32_t)CALL_FLAGS;
        record->flags |= (there ? CN_EXCEPTION_TARGET_UNWIND : 0) |
                         (c.collided ? CN_EXCEPTION_COLLIDED_UNWIND : 0);
        if (c.at.handler != 0 && ask(&w, &c, target->ip, record, &c.here) != CN_CONTINUE_SEARCH)
            raise_about(record, &c.here, CN_STATUS_INVALID_DISPOSITION, NULL);
        if (there)
            arrive(&c.here, target);
        last = c.here;
    }
    if (target->frame == 0)
        arrive(&last, target);
    raise_about(record, &last, CN_STATUS_BAD_STACK, NULL);
}

/* -- the language handler of C ----------------------------------------------------------------- */

struct scope {
    uint32_t begin, end;
    uint32_t handler; /* filter (1: always), or the termination handler when target is 0 */
    uint32_t target;
};

/* A frame's table of scopes: its size, then the scopes from inside out. */
struct scopes {
    const struct cn_dispatcher_context *dispatcher;
    uintptr_t first;
    uint32_t count;
};

static struct scopes scopes_of(const struct cn_dispatcher_context *dispatcher)
{
    struct scopes s = {.dispatcher = dispatcher,
                       .first = (uintptr_t)dispatcher->handler_data + sizeof(s.count)};
    if (cn_probe_copy(&s.count, dispatcher->handler_data, sizeof(s.count)) != 0)
        s.count = 0;
    return s;
}

/* Reads scope i; false when it is unreadable, which ends the table. *inside: it holds control_pc.
 */
static bool scope_read(const struct scopes *s, uint32_t i, struct scope *out, bool *inside)
{
    uint64_t rva = s->dispatcher->control_pc - s->dispatcher->image_base;
    if (i >= s->count ||
        cn_probe_copy(out, (const void *)(s->first + (uintptr_t)i * sizeof(*out)), sizeof(*out)))
        return false;
    *inside = rva >= out->begin && rva < out->end;
    return true;
}

CN_NO_TSAN static enum cn_disposition search(struct cn_exception_record *record, void *frame,
                                             struct cn_context *context,
                                             const struct cn_dispatcher_context *dispatcher,
                                             const struct walk *walk)
{
    struct scopes s = scopes_of(dispatcher);
    struct cn_exception_pointers pointers = {record, context};
    struct scope scope;
    bool inside;
    for (uint32_t i = dispatcher->scope_index; scope_read(&s, i, &scope, &inside); i++) {
        if (!inside || scope.target == 0)
            continue;
        int32_t verdict = 1;
        if (scope.handler != 1)
            verdict = cn_seh_invoke((const void *)(dispatcher->image_base + scope.handler),
                                    (uintptr_t)&pointers, (uintptr_t)frame, 0, 0, walk);
        if (verdict < 0)
            return CN_CONTINUE_EXECUTION;
        if (verdict == 0)
            continue;
        struct target target = {.frame = (uintptr_t)frame,
                                .ip = dispatcher->image_base + scope.target,
                                .value = record->code};
        unwind(walk->origin, &target, record);
    }
    return CN_CONTINUE_SEARCH;
}

/* Runs the termination handlers of the scopes that are left: all that hold control_pc, up to the
 * one that holds the target as well, or whose handler is the target. */
CN_NO_TSAN static void terminate(const struct cn_exception_record *record, void *frame,
                                 struct cn_dispatcher_context *dispatcher, const struct walk *walk)
{
    struct scopes s = scopes_of(dispatcher);
    uint64_t target = dispatcher->target_ip - dispatcher->image_base;
    bool at_target = (record->flags & CN_EXCEPTION_TARGET_UNWIND) != 0, inside;
    struct scope scope;
    for (uint32_t i = dispatcher->scope_index; scope_read(&s, i, &scope, &inside); i++) {
        if (!inside)
            continue;
        if (at_target && ((target >= scope.begin && target < scope.end) ||
                          (scope.target != 0 && scope.target == target)))
            return;
        if (scope.target != 0)
            continue;
        /* An exception in the handler goes on behind it. */
        dispatcher->scope_index = i + 1;
        cn_seh_invoke((const void *)(dispatcher->image_base + scope.handler), 1, (uintptr_t)frame,
                      0, 0, walk);
    }
}

CN_MSABI CN_NO_TSAN int __C_specific_handler(struct _EXCEPTION_RECORD *record, void *frame,
                                             struct _CONTEXT *context,
                                             struct _DISPATCHER_CONTEXT *dispatcher)
{
    struct cn_exception_record *r = (struct cn_exception_record *)record;
    struct cn_dispatcher_context *d = (struct cn_dispatcher_context *)dispatcher;
    struct walk walk;
    /* Not called by a walk of ours: there is nothing to unwind from. */
    if (!walk_read((uintptr_t)d->history, &walk))
        return CN_CONTINUE_SEARCH;
    if ((r->flags & UNWIND_FLAGS) == 0)
        return search(r, frame, (struct cn_context *)context, d, d->history);
    terminate(r, frame, d, d->history);
    return CN_CONTINUE_SEARCH;
}

/* -- raising and unwinding on a driver's request ----------------------------------------------- */

/* The registers right after the call that a driver made. The volatile ones are nobody's any more.
 */
static void caller_context(const struct cn_caller *caller, struct cn_context *out)
{
    memset(out, 0, sizeof(*out));
    RtlCaptureContext((struct _CONTEXT *)out);
    static const uint8_t clobbered[] = {CN_RAX, CN_RCX, CN_RDX, CN_R8, CN_R9, CN_R10, CN_R11};
    for (size_t i = 0; i < sizeof(clobbered); i++)
        out->reg[clobbered[i]] = 0;
    out->reg[CN_RBX] = caller->rbx;
    out->reg[CN_RBP] = caller->rbp;
    out->reg[CN_RSI] = caller->rsi;
    out->reg[CN_RDI] = caller->rdi;
    out->reg[CN_R12] = caller->r12;
    out->reg[CN_R13] = caller->r13;
    out->reg[CN_R14] = caller->r14;
    out->reg[CN_R15] = caller->r15;
    out->reg[CN_RSP] = caller->rsp;
    out->rip = caller->rip;
    memcpy(&out->fx.xmm[6], caller->xmm, sizeof(caller->xmm));
}

CN_NO_TSAN void cn_seh_raise(const struct cn_caller *caller, int32_t status, uint32_t count,
                             const uint64_t *info)
{
    struct cn_context context;
    struct cn_exception_record record = {.code = (uint32_t)status,
                                         .flags = CN_EXCEPTION_NONCONTINUABLE,
                                         .address = (void *)caller->rip,
                                         .count = CN_MIN(count, CN_ARRAY_SIZE(record.info))};
    if (record.count != 0)
        memcpy(record.info, info, record.count * sizeof(*info));
    /* The function that called us is left without an exit. */
    if (cn_tsan_func_exit != NULL)
        cn_tsan_func_exit();
    caller_context(caller, &context);
    cn_seh_dispatch(&record, &context, NULL);
}

/* What CN_RAISING_EXPORT binds to: it needs names that the linker sees. */
CN_MSABI void cn_rtl_raise_exception(const struct cn_exception_record *from,
                                     const struct cn_caller *caller) __attribute__((noreturn));
CN_MSABI void cn_ex_raise_status(int32_t status, const struct cn_caller *caller)
    __attribute__((noreturn));
CN_MSABI void cn_ex_raise_access_violation(const struct cn_caller *caller)
    __attribute__((noreturn));
CN_MSABI void cn_ex_raise_misalignment(const struct cn_caller *caller) __attribute__((noreturn));
CN_MSABI void cn_rtl_unwind_ex(uintptr_t frame, uintptr_t ip, struct cn_exception_record *record,
                               uint64_t value, void *context, void *history,
                               const struct cn_caller *caller) __attribute__((noreturn));
CN_MSABI void cn_rtl_unwind(uintptr_t frame, uintptr_t ip, struct cn_exception_record *record,
                            uint64_t value, const struct cn_caller *caller)
    __attribute__((noreturn));
CN_MSABI void cn_local_unwind(uintptr_t frame, uintptr_t ip, const struct cn_caller *caller)
    __attribute__((noreturn));

CN_RAISING_EXPORT(RtlRaiseException, cn_rtl_raise_exception, 1)
CN_RAISING_EXPORT(ExRaiseStatus, cn_ex_raise_status, 1)
CN_RAISING_EXPORT(ExRaiseAccessViolation, cn_ex_raise_access_violation, 0)
CN_RAISING_EXPORT(ExRaiseDatatypeMisalignment, cn_ex_raise_misalignment, 0)
CN_RAISING_EXPORT(RtlUnwindEx, cn_rtl_unwind_ex, 6)
CN_RAISING_EXPORT(RtlUnwind, cn_rtl_unwind, 4)
CN_RAISING_EXPORT(_local_unwind, cn_local_unwind, 2)

CN_MSABI CN_NO_TSAN void cn_rtl_raise_exception(const struct cn_exception_record *from,
                                                const struct cn_caller *caller)
{
    struct cn_context context;
    struct cn_exception_record record;
    caller_context(caller, &context);
    if (cn_probe_copy(&record, from, sizeof(record)) != 0) {
        uint64_t info[] = {0, (uintptr_t)from};
        record = (struct cn_exception_record){.code = (uint32_t)CN_STATUS_ACCESS_VIOLATION,
                                              .flags = CN_EXCEPTION_NONCONTINUABLE,
                                              .count = 2};
        memcpy(record.info, info, sizeof(info));
    }
    record.flags &= CN_EXCEPTION_NONCONTINUABLE;
    record.count = CN_MIN(record.count, CN_ARRAY_SIZE(record.info));
    record.address = (void *)caller->rip;
    cn_seh_dispatch(&record, &context, NULL);
}

CN_MSABI void cn_ex_raise_status(int32_t status, const struct cn_caller *caller)
{
    cn_seh_raise(caller, status, 0, NULL);
}

CN_MSABI void cn_ex_raise_access_violation(const struct cn_caller *caller)
{
    cn_seh_raise(caller, CN_STATUS_ACCESS_VIOLATION, 0, NULL);
}

CN_MSABI void cn_ex_raise_misalignment(const struct cn_caller *caller)
{
    cn_seh_raise(caller, CN_STATUS_DATATYPE_MISALIGNMENT, 0, NULL);
}

CN_NO_TSAN static void unwind_caller(const struct cn_caller *caller, const struct target *target,
                                     struct cn_exception_record *record)
{
    struct cn_context context;
    caller_context(caller, &context);
    unwind(&context, target, record);
}

CN_MSABI CN_NO_TSAN void cn_rtl_unwind_ex(uintptr_t frame, uintptr_t ip,
                                          struct cn_exception_record *record, uint64_t value,
                                          void *context, void *history,
                                          const struct cn_caller *caller)
{
    (void)context; /* room for the walk, which has its own */
    (void)history;
    struct target target = {frame, ip, value};
    unwind_caller(caller, &target, record);
    __builtin_unreachable();
}

CN_MSABI CN_NO_TSAN void cn_rtl_unwind(uintptr_t frame, uintptr_t ip,
                                       struct cn_exception_record *record, uint64_t value,
                                       const struct cn_caller *caller)
{
    struct target target = {frame, ip, value};
    unwind_caller(caller, &target, record);
    __builtin_unreachable();
}

CN_MSABI CN_NO_TSAN void cn_local_unwind(uintptr_t frame, uintptr_t ip,
                                         const struct cn_caller *caller)
{
    struct target target = {frame, ip, 0};
    unwind_caller(caller, &target, NULL);
    __builtin_unreachable();
}

CN_MSABI CN_NO_TSAN void RtlRestoreContext(struct _CONTEXT *context,
                                           struct _EXCEPTION_RECORD *record)
{
    (void)record; /* only C++ and longjmp say anything in it */
    struct cn_context copy = *(struct cn_context *)context;
    cn_context_resume(&copy);
}

/* -- questions a driver may ask ---------------------------------------------------------------- */

CN_MSABI void *RtlVirtualUnwind(uint32_t handler_type, unsigned long long image_base,
                                unsigned long long control_pc, struct _RUNTIME_FUNCTION *function,
                                struct _CONTEXT *context, void **handler_data,
                                unsigned long long *frame,
                                struct _KNONVOLATILE_CONTEXT_POINTERS *pointers)
{
    struct cn_module module;
    struct cn_unwound out = {0};
    struct cn_context *c = (struct cn_context *)context;
    c->rip = control_pc;
    if (!cn_module_find(control_pc, &module) || module.base != image_base ||
        cn_unwind_virtual(&module, (const struct cn_runtime_function *)function, handler_type, c,
                          (struct cn_saved_at *)pointers, &out) != 0)
        c->rip = 0; /* what a walk takes for its end */
    *handler_data = (void *)(uintptr_t)out.handler_data;
    *frame = out.frame;
    return (void *)out.handler;
}

CN_MSABI struct _RUNTIME_FUNCTION *RtlLookupFunctionEntry(unsigned long long control_pc,
                                                          unsigned long long *image_base,
                                                          struct _UNWIND_HISTORY_TABLE *history)
{
    struct cn_module module;
    (void)history;
    if (!cn_module_find(control_pc, &module))
        return NULL;
    *image_base = module.base;
    return (struct _RUNTIME_FUNCTION *)(uintptr_t)cn_unwind_lookup(&module, control_pc);
}

CN_MSABI void *RtlPcToFileHeader(void *pc, void **base)
{
    const struct cn_image *image = cn_image_find(pc);
    *base = image == NULL ? NULL : cn_image_base(image);
    return *base;
}
