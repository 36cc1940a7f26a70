/* trap.c - the signal handlers: whose fault it is, where it is dealt with, and how a driver ends.
 *
 * A handler only looks, and then changes where the interrupted code continues:
 *   - on the driver's own stack, below what it uses, in deal_with(): emulation and exceptions, so
 * that filters, callbacks and a switch of contexts run as if the driver had made a call;
 *   - on the landing stack, in land(): the end of the driver.
 * Nothing is trusted on the way: the driver's stack is used only when the stack pointer lies within
 * its bounds with room to spare, and is written with cn_probe_copy.
 *
 * Handlers are installed with glibc's __sigaction: TSan would otherwise hold asynchronous signals
 * back until the next call it intercepts, which a driver that hangs never makes.
 */
#include "load/trap.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/base.h"
#include "load/image.h"
#include "load/probe.h"
#include "load/sanitizer.h"
#include "load/trap_impl.h"
#include "load/unwind.h"

int __sigaction(int signo, const struct sigaction *act, struct sigaction *old);

#define SIGNAL_STACK  (128 * 1024)
#define LANDING_STACK (512 * 1024)
#define GUARD         4096
/* What dispatching an exception takes of a driver's stack, without the filters. */
#define ROOM 12288
/* A stack pointer that far below its stack got there by one large frame; farther, by an accident.
 */
#define BELOW (UINT64_C(16) << 20)
/* An access that far outside the stack is still one to it. */
#define NEAR 65536

#define TICK_SIGNAL (SIGRTMIN + 3)

static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};

struct thread {
    char *memory; /* guard, signal stack, guard, landing stack */
    stack_t before;
    struct cn_trap_step step;
    struct cn_fault fault;
};

static struct {
    bool installed;
    struct cn_trap_env env;
    struct sigaction before[CN_ARRAY_SIZE(signals)], tick_before;
} trap;

static struct {
    timer_t timer;
    bool active;
    uint32_t seen;               /* cn_trap_beats at the last tick */
    uint64_t limit, period, ran; /* milliseconds */
} watch;

static _Thread_local struct thread *this_thread;

_Atomic uint32_t cn_trap_beats;
atomic_bool cn_trap_hang_due;

#define MEMORY (GUARD + SIGNAL_STACK + GUARD + LANDING_STACK)

static char *landing_low(const struct thread *thread)
{
    return thread->memory + GUARD + SIGNAL_STACK + GUARD;
}

static uintptr_t landing_top(const struct thread *thread)
{
    return (uintptr_t)thread->memory + MEMORY;
}

/* -- registers --------------------------------------------------------------------------------- */

static const int greg[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                             REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                             REG_R12, REG_R13, REG_R14, REG_R15};

static void from_signal(const ucontext_t *uc, struct cn_context *out)
{
    const greg_t *g = uc->uc_mcontext.gregs;
    memset(out, 0, sizeof(*out));
    for (int i = 0; i < 16; i++)
        out->reg[i] = (uint64_t)g[greg[i]];
    out->rip = (uint64_t)g[REG_RIP];
    out->eflags = (uint32_t)g[REG_EFL];
    out->flags =
        CN_CONTEXT_CONTROL | CN_CONTEXT_INTEGER | CN_CONTEXT_SEGMENTS | CN_CONTEXT_FLOATING;
    out->cs = (uint16_t)g[REG_CSGSFS];
    out->gs = (uint16_t)(g[REG_CSGSFS] >> 16);
    out->fs = (uint16_t)(g[REG_CSGSFS] >> 32);
    out->ss = out->ds = out->es = 0x2b;
    if (uc->uc_mcontext.fpregs != NULL) {
        memcpy(&out->fx, uc->uc_mcontext.fpregs, sizeof(out->fx));
        out->mxcsr = uc->uc_mcontext.fpregs->mxcsr;
    }
}

#define EFLAGS_TRAP      0x100
#define EFLAGS_DIRECTION 0x400
#define EFLAGS_ALIGN     0x40000

/* Lets the interrupted code continue in fn(argument), a function of ours that finds the processor
 * as the System V ABI wants it. */
static void redirect(ucontext_t *uc, void (*fn)(void *), void *argument, uintptr_t stack)
{
    greg_t *g = uc->uc_mcontext.gregs;
    g[REG_RIP] = (greg_t)(uintptr_t)fn;
    g[REG_RDI] = (greg_t)(uintptr_t)argument;
    g[REG_RSP] = (greg_t)((stack & ~(uintptr_t)15) - 8);
    g[REG_RBP] = 0;
    g[REG_EFL] &= ~(greg_t)(EFLAGS_TRAP | EFLAGS_DIRECTION | EFLAGS_ALIGN);
    if (uc->uc_mcontext.fpregs != NULL) {
        uc->uc_mcontext.fpregs->cwd = 0x37f;
        uc->uc_mcontext.fpregs->swd = uc->uc_mcontext.fpregs->ftw = 0;
        uc->uc_mcontext.fpregs->mxcsr = 0x1f80;
    }
}

/* -- landing ----------------------------------------------------------------------------------- */

CN_NO_TSAN static void land(void *argument)
{
    struct thread *thread = argument;
    struct cn_fault *fault = &thread->fault;
    if (__sanitizer_start_switch_fiber != NULL) {
        __sanitizer_start_switch_fiber(NULL, landing_low(thread), LANDING_STACK);
        __sanitizer_finish_switch_fiber(NULL, NULL, NULL);
    }
    cn_sanitizer_abandon((uintptr_t)landing_low(thread),
                         (uintptr_t)__builtin_frame_address(0) - 256);
    fault->pc = cn_image_origin((const void *)fault->context.rip);
    fault->frame_count = cn_unwind_backtrace(&fault->context, fault->frames, CN_FAULT_FRAMES);
    for (size_t i = 0; i < fault->frame_count && fault->driver_pc == NULL; i++)
        if (cn_image_find(fault->frames[i]) != NULL)
            fault->driver_pc = fault->frames[i];
    if (fault->address_known)
        fault->missing = cn_image_missing_at((const void *)fault->address);
    trap.env.fault(trap.env.arg, fault);
    cn_assert(!"the fault callback has returned");
    __builtin_unreachable();
}

/* The same from ordinary code. */
__attribute__((noreturn)) CN_NO_TSAN static void land_now(struct thread *thread)
{
    __asm__ volatile("mov %0, %%rsp\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "call *%1\n\t"
                     "ud2"
                     :
                     : "r"(landing_top(thread)), "r"(land), "D"(thread)
                     : "memory");
    __builtin_unreachable();
}

static bool on_landing_stack(const struct thread *thread, uint64_t rsp)
{
    return rsp > (uintptr_t)landing_low(thread) && rsp <= landing_top(thread);
}

/* Stack pointer and access tell together whether the stack ran over. */
static void judge_stack(struct cn_fault *fault)
{
    void *low = NULL, *high = NULL;
    trap.env.stack(trap.env.arg, &low, &high);
    uint64_t rsp = fault->context.reg[CN_RSP], at = fault->address;
    uint64_t bottom = (uintptr_t)low, top = (uintptr_t)high;
    bool around = rsp <= top && rsp >= bottom - BELOW;
    bool off_end = fault->address_known && fault->access != CN_ACCESS_EXECUTE &&
                   rsp < bottom + NEAR &&
                   ((at < bottom && at >= bottom - NEAR) || (at < bottom && at >= rsp - NEAR) ||
                    (trap.env.guard != NULL && trap.env.guard(trap.env.arg, (const void *)at)));
    fault->stack_overflow = around && (off_end || rsp < bottom);
    fault->stack_lost = !around || rsp < bottom;
    if (fault->stack_overflow)
        fault->status = CN_STATUS_STACK_OVERFLOW;
}

static void describe(struct cn_fault *fault, const struct cn_trap *t, enum cn_fault_where where)
{
    *fault = (struct cn_fault){.kind = CN_FAULT_CRASH,
                               .where = where,
                               .status = (int32_t)t->record.code,
                               .code = t->code,
                               .access = t->access,
                               .address_known = t->address_known,
                               .address = t->address,
                               .record = t->record,
                               .context = t->context};
    judge_stack(fault);
}

/* From seh.c: no handler in the driver wants it. */
CN_NO_TSAN static void unhandled(struct cn_exception_record *record, struct cn_context *context,
                                 void *given)
{
    struct thread *thread = this_thread;
    const struct cn_trap *t = given;
    cn_assert(thread != NULL);
    thread->fault = (struct cn_fault){.where = t != NULL ? CN_FAULT_IN_DRIVER : CN_FAULT_RAISED,
                                      .status = (int32_t)record->code,
                                      .record = *record,
                                      .context = *context};
    if (t != NULL && record == &t->record) {
        thread->fault.access = t->access;
        thread->fault.address_known = t->address_known;
        thread->fault.address = t->address;
    }
    land_now(thread);
}

/* -- on the driver's stack --------------------------------------------------------------------- */

CN_NO_TSAN static void deal_with(void *argument)
{
    struct cn_trap *t = argument;
    if (cn_trap_carry_out(t, &trap.env))
        cn_context_resume(&t->context);
    cn_seh_dispatch(&t->record, &t->context, t);
}

/* Puts the trap below the driver's stack pointer; 0 when there is no room for it and what follows.
 */
static uintptr_t put_on_stack(const struct cn_trap *t)
{
    void *low = NULL, *high = NULL;
    trap.env.stack(trap.env.arg, &low, &high);
    uint64_t rsp = t->context.reg[CN_RSP];
    if (rsp > (uintptr_t)high || rsp < (uintptr_t)low || rsp - (uintptr_t)low < ROOM)
        return 0;
    /* Native code may keep something in the 128 bytes below. */
    uintptr_t at = (rsp - 128 - sizeof(*t)) & ~(uintptr_t)63, nobody = 0;
    if (cn_probe_copy((void *)at, t, sizeof(*t)) != 0)
        return 0;
    /* Where a return address would be: backtraces end there. */
    cn_probe_copy((void *)(at - sizeof(nobody)), &nobody, sizeof(nobody));
    return at;
}

/* -- the handler ------------------------------------------------------------------------------- */

/* Gives the signal to whom it belonged. When the cause is still there, returning meets it again. */
static void hand_back(int signo, const siginfo_t *info)
{
    for (size_t i = 0; i < CN_ARRAY_SIZE(signals); i++)
        if (signals[i] == signo)
            __sigaction(signo, &trap.before[i], NULL);
    if (info->si_code <= 0 || signo == SIGTRAP)
        raise(signo);
}

/* True when the processor could not fetch an instruction at pc: somebody jumped there. */
static bool is_wild(const struct cn_trap_cause *cause, uint64_t pc)
{
    if ((int64_t)(pc << 16) >> 16 != (int64_t)pc)
        return true;
    return cause->signo == SIGSEGV && cause->number == 14 && cause->address == pc;
}

static bool driver_runs(void)
{
    return trap.env.driver_runs != NULL && trap.env.driver_runs(trap.env.arg);
}

/* A jump to nowhere is the driver's when its return address is, or when there is nobody else. */
static bool wild_from_driver(uint64_t rsp)
{
    uintptr_t back;
    if (cn_probe_copy(&back, (const void *)rsp, sizeof(back)) == 0 &&
        cn_image_find((const void *)back) != NULL)
        return true;
    return driver_runs();
}

static void driver_fault(struct thread *thread, struct cn_trap *t, ucontext_t *uc)
{
    greg_t *g = uc->uc_mcontext.gregs;
    if (t->op == CN_TRAP_SHARED_DATA && trap.env.shared_user_data != NULL) {
        bool done = cn_trap_shared_load(t, trap.env.shared_user_data, &thread->step);
        if (done || thread->step.active) {
            for (int i = 0; i < 16; i++)
                g[greg[i]] = (greg_t)t->context.reg[i];
            g[REG_RIP] = (greg_t)t->context.rip;
            if (!done)
                g[REG_EFL] |= EFLAGS_TRAP;
            return;
        }
    }
    if (t->op == CN_TRAP_SHARED_DATA)
        t->op = CN_TRAP_RAISE;
    uintptr_t at = 0;
    describe(&thread->fault, t, CN_FAULT_IN_DRIVER);
    if (t->op != CN_TRAP_FAST_FAIL && !thread->fault.stack_overflow)
        at = put_on_stack(t);
    if (at != 0) {
        redirect(uc, deal_with, (void *)at, at);
        return;
    }
    /* In its stack, but too near to the end for anything. */
    if (!thread->fault.stack_lost && t->op != CN_TRAP_FAST_FAIL && !thread->fault.stack_overflow) {
        thread->fault.stack_overflow = true;
        thread->fault.status = CN_STATUS_STACK_OVERFLOW;
    }
    redirect(uc, land, thread, landing_top(thread));
}

/* The instruction that needed a changed register has run. */
static bool end_step(struct thread *thread, ucontext_t *uc)
{
    struct cn_trap_step *step = &thread->step;
    greg_t *g = uc->uc_mcontext.gregs;
    if (!step->active)
        return false;
    uint64_t now = (uint64_t)g[greg[step->reg]];
    g[greg[step->reg]] = (greg_t)(((now - step->delta) & ~step->kept) | (now & step->kept));
    g[REG_EFL] &= ~(greg_t)EFLAGS_TRAP;
    step->active = false;
    return true;
}

/* int 3 reports the byte behind itself; a driver's debugger would be shown the instruction. */
static bool back_to_breakpoint(ucontext_t *uc)
{
    greg_t *rip = &uc->uc_mcontext.gregs[REG_RIP];
    uint8_t byte;
    if (cn_probe_copy(&byte, (const void *)(*rip - 1), 1) != 0 || byte != 0xcc)
        return false;
    --*rip;
    return true;
}

static void classify(struct thread *thread, int signo, const siginfo_t *info, ucontext_t *uc)
{
    struct cn_trap t = {0};
    const greg_t *g = uc->uc_mcontext.gregs;
    struct cn_trap_cause cause = {.signo = signo,
                                  .si_code = info->si_code,
                                  .number = (uint64_t)g[REG_TRAPNO],
                                  .error = (uint64_t)g[REG_ERR],
                                  .address = (uintptr_t)info->si_addr};
    bool moved = signo == SIGTRAP && back_to_breakpoint(uc);
    uint64_t pc = (uint64_t)g[REG_RIP], rsp = (uint64_t)g[REG_RSP];
    bool in_driver = cn_image_find((const void *)pc) != NULL;
    if (!in_driver && is_wild(&cause, pc))
        in_driver = wild_from_driver(rsp);
    if (!in_driver && !driver_runs()) {
        uc->uc_mcontext.gregs[REG_RIP] += moved;
        hand_back(signo, info);
        return;
    }
    from_signal(uc, &t.context);
    cn_trap_decode(&t, &cause);
    if (in_driver) {
        driver_fault(thread, &t, uc);
        return;
    }
    describe(&thread->fault, &t, CN_FAULT_IN_CALL);
    redirect(uc, land, thread, landing_top(thread));
}

CN_NO_TSAN static void on_fault(int signo, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    struct thread *thread = this_thread;
    greg_t *rip = &uc->uc_mcontext.gregs[REG_RIP];
    int saved = errno;
    if ((signo == SIGSEGV || signo == SIGBUS) && *rip >= (greg_t)(uintptr_t)cn_probe_begin &&
        *rip < (greg_t)(uintptr_t)cn_probe_end)
        *rip = (greg_t)(uintptr_t)cn_probe_failed;
    else if (signo == SIGTRAP && thread != NULL && end_step(thread, uc))
        ;
    /* Sent by somebody, or met where faults are no driver's any more. */
    else if (info->si_code <= 0 || thread == NULL ||
             on_landing_stack(thread, (uint64_t)uc->uc_mcontext.gregs[REG_RSP]))
        hand_back(signo, info);
    else
        classify(thread, signo, info, uc);
    errno = saved;
}

/* -- hangs ------------------------------------------------------------------------------------- */

static void set_period(uint64_t milliseconds)
{
    struct timespec period = {.tv_sec = (time_t)(milliseconds / 1000),
                              .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    struct itimerspec spec = {.it_interval = period, .it_value = period};
    watch.period = milliseconds;
    timer_settime(watch.timer, 0, &spec, NULL);
}

static void describe_hang(struct cn_fault *fault, enum cn_fault_where where)
{
    *fault = (struct cn_fault){.kind = CN_FAULT_HANG, .where = where};
    watch.ran = 0;
    atomic_store_explicit(&cn_trap_hang_due, false, memory_order_relaxed);
}

static void forget_hang(uint32_t beats)
{
    watch.seen = beats;
    watch.ran = 0;
    if (atomic_exchange_explicit(&cn_trap_hang_due, false, memory_order_relaxed))
        set_period(CN_MIN(watch.limit / 8, 250));
}

/* Counts ticks, not time: a process that was stopped gets one for the whole pause. */
CN_NO_TSAN static void on_tick(int signo, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    struct thread *thread = this_thread;
    uint32_t beats = atomic_load_explicit(&cn_trap_beats, memory_order_relaxed);
    uint64_t rip = (uint64_t)uc->uc_mcontext.gregs[REG_RIP];
    int saved = errno;
    (void)signo;
    (void)info;
    if (thread == NULL || !watch.active)
        return;
    bool in_driver = cn_image_find((const void *)rip) != NULL;
    if (on_landing_stack(thread, (uint64_t)uc->uc_mcontext.gregs[REG_RSP]) || beats != watch.seen ||
        (!in_driver && !driver_runs())) {
        forget_hang(beats);
    } else if ((watch.ran += watch.period) >= watch.limit) {
        if (in_driver || watch.ran >= 2 * watch.limit) {
            describe_hang(&thread->fault, in_driver ? CN_FAULT_IN_DRIVER : CN_FAULT_IN_CALL);
            set_period(CN_MIN(watch.limit / 8, 250));
            from_signal(uc, &thread->fault.context);
            thread->step.active = false;
            redirect(uc, land, thread, landing_top(thread));
        } else if (!atomic_exchange_explicit(&cn_trap_hang_due, true, memory_order_relaxed)) {
            /* Host code may hold a lock: look often until the driver's own code is met. */
            set_period(2);
        }
    }
    errno = saved;
}

CN_NO_TSAN void cn_trap_hang_now(void)
{
    struct thread *thread = this_thread;
    if (thread == NULL || !driver_runs())
        return;
    describe_hang(&thread->fault, CN_FAULT_IN_CALL);
    set_period(CN_MIN(watch.limit / 8, 250));
    RtlCaptureContext((struct _CONTEXT *)&thread->fault.context);
    land_now(thread);
}

int cn_trap_watch(unsigned seconds)
{
    if (watch.active) {
        watch.active = false;
        timer_delete(watch.timer);
        atomic_store(&cn_trap_hang_due, false);
    }
    if (seconds == 0)
        return 0;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = TICK_SIGNAL};
    event._sigev_un._tid = (pid_t)syscall(SYS_gettid);
    if (timer_create(CLOCK_MONOTONIC, &event, &watch.timer) != 0)
        return -errno;
    watch.limit = seconds * UINT64_C(1000);
    watch.ran = 0;
    watch.seen = atomic_load(&cn_trap_beats);
    watch.active = true;
    set_period(CN_MIN(watch.limit / 8, 250));
    return 0;
}

/* -- installing -------------------------------------------------------------------------------- */

int cn_trap_thread_begin(void)
{
    cn_assert(this_thread == NULL);
    struct thread *thread = calloc(1, sizeof(*thread));
    if (thread == NULL)
        return -ENOMEM;
    thread->memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE,
                          MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (thread->memory == MAP_FAILED) {
        free(thread);
        return -ENOMEM;
    }
    mprotect(thread->memory, GUARD, PROT_NONE);
    mprotect(thread->memory + GUARD + SIGNAL_STACK, GUARD, PROT_NONE);
    stack_t mine = {.ss_sp = thread->memory + GUARD, .ss_size = SIGNAL_STACK};
    if (sigaltstack(&mine, &thread->before) != 0) {
        int err = -errno;
        munmap(thread->memory, MEMORY);
        free(thread);
        return err;
    }
    this_thread = thread;
    return 0;
}

void cn_trap_thread_end(void)
{
    struct thread *thread = this_thread;
    if (thread == NULL)
        return;
    this_thread = NULL;
    sigaltstack(&thread->before, NULL);
    munmap(thread->memory, MEMORY);
    free(thread);
}

int cn_trap_install(const struct cn_trap_env *env)
{
    cn_assert(!trap.installed && env->fault != NULL && env->stack != NULL);
    int err = cn_trap_thread_begin();
    if (err != 0)
        return err;
    trap.env = *env;
    trap.installed = true;
    cn_seh_on_unhandled(unhandled);
    struct sigaction act = {.sa_sigaction = on_fault,
                            .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    sigaddset(&act.sa_mask, TICK_SIGNAL);
    for (size_t i = 0; i < CN_ARRAY_SIZE(signals); i++)
        __sigaction(signals[i], &act, &trap.before[i]);
    act.sa_sigaction = on_tick;
    act.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    __sigaction(TICK_SIGNAL, &act, &trap.tick_before);
    return 0;
}

void cn_trap_remove(void)
{
    if (!trap.installed)
        return;
    cn_trap_watch(0);
    for (size_t i = 0; i < CN_ARRAY_SIZE(signals); i++)
        __sigaction(signals[i], &trap.before[i], NULL);
    __sigaction(TICK_SIGNAL, &trap.tick_before, NULL);
    cn_seh_on_unhandled(NULL);
    trap.installed = false;
    cn_trap_thread_end();
}
