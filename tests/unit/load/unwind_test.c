/* unwind_test.c - steps up the stack: from every instruction of compiled functions, by unwind data
 * made for the purpose, by damaged data, and through host frames.
 */
#include "load/unwind.h"

#include <errno.h>
#include <signal.h>
#include <ucontext.h>

#include "driver_run.h"
#include "load/cfi.h"

int __sigaction(int signo, const struct sigaction *act, struct sigaction *old);

/* -- every instruction of real functions ------------------------------------------------------- */

static struct {
    const struct cn_image *image;
    bool begun;
    struct cn_context caller; /* what every unwinding must come to */
    unsigned steps, frames, wrong;
    uint64_t wrong_rip;
} single;

static const int gregs[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                              REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                              REG_R12, REG_R13, REG_R14, REG_R15};

static bool same_caller(const struct cn_context *c)
{
    static const uint8_t kept[] = {CN_RBX, CN_RSP, CN_RBP, CN_RSI, CN_RDI,
                                   CN_R12, CN_R13, CN_R14, CN_R15};
    for (size_t i = 0; i < sizeof(kept); i++)
        if (c->reg[kept[i]] != single.caller.reg[kept[i]])
            return false;
    for (int i = 6; i < 16; i++)
        if (c->fx.xmm[i].low != single.caller.fx.xmm[i].low)
            return false;
    return c->rip == single.caller.rip;
}

/* Up to the first frame outside of the driver. */
static bool unwind_all(struct cn_context *c)
{
    struct cn_module module;
    struct cn_unwound out;
    for (int i = 0; i < 50 && cn_module_find(c->rip, &module); i++) {
        const struct cn_runtime_function *function = cn_unwind_lookup(&module, c->rip);
        int err = function == NULL ? cn_unwind_leaf(c)
                                   : cn_unwind_virtual(&module, function, 0, c, NULL, &out);
        if (err != 0)
            return false;
        single.frames++;
    }
    return true;
}

CN_NO_TSAN static void on_step(int signo, siginfo_t *info, void *context)
{
    ucontext_t *uc = context;
    const greg_t *g = uc->uc_mcontext.gregs;
    struct cn_context c = {.rip = (uint64_t)g[REG_RIP]};
    (void)signo;
    (void)info;
    if (cn_image_find((const void *)c.rip) != single.image)
        return;
    for (int i = 0; i < 16; i++)
        c.reg[i] = (uint64_t)g[gregs[i]];
    memcpy(&c.fx, uc->uc_mcontext.fpregs, sizeof(c.fx));
    if (!single.begun) {
        single.begun = true;
        single.caller = c;
        cn_unwind_leaf(&single.caller);
    }
    single.steps++;
    const uint8_t *code = (const uint8_t *)c.rip;
    bool jump = code[0] == 0xe9 || code[0] == 0xeb;
    if (jump || (unwind_all(&c) && same_caller(&c)))
        return; /* at the jump itself a tail call and one to a cold part look alike */
    if (single.wrong++ == 0)
        single.wrong_rip = (uint64_t)g[REG_RIP];
}

static void call_stepping(test_case *fn, struct harness *h)
{
    __asm__ volatile("mov $0x1b, %%ebx\n mov $0x1c, %%r12d\n mov $0x1d, %%r13d\n"
                     "mov $0x1e, %%r14d\n mov $0x1f, %%r15d\n mov $0x1a, %%esi\n mov $0x19, %%edi\n"
                     "movq %%r15, %%xmm6\n movq %%r14, %%xmm7\n movq %%r13, %%xmm15\n"
                     "push %%rbp\n mov %%rsp, %%rbp\n and $-16, %%rsp\n sub $32, %%rsp\n"
                     "pushfq\n orl $0x100, (%%rsp)\n popfq\n"
                     "call *%%rax\n"
                     "pushfq\n andl $0xfffffeff, (%%rsp)\n popfq\n"
                     "mov %%rbp, %%rsp\n pop %%rbp\n"
                     : "+a"(fn), "+c"(h)
                     :
                     : "rbx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14",
                       "r15", "xmm0", "xmm1", "xmm2", "xmm3", "xmm4", "xmm5", "xmm6", "xmm7",
                       "xmm8", "xmm9", "xmm10", "xmm11", "xmm12", "xmm13", "xmm14", "xmm15",
                       "memory", "cc");
}

TEST(from_every_instruction_the_caller_is_found)
{
    static const char *const drivers[] = {"frames.sys", "frames.msvc.sys"};
    struct sigaction act = {.sa_sigaction = on_step, .sa_flags = SA_SIGINFO}, before;
    for (size_t i = 0; i < 2; i++) {
        run_open(drivers[i]);
        memset(&single, 0, sizeof(single));
        single.image = run.image;
        run.harness.value = 5;
        test_case *fn = (test_case *)cn_image_export(run.image, "case_frames", -1);
        __sigaction(SIGTRAP, &act, &before);
        call_stepping(fn, &run.harness);
        __sigaction(SIGTRAP, &before, NULL);
        if (single.steps == 0)
            CN_SKIP("this processor is one that does not single-step (valgrind)");
        if (single.wrong != 0)
            CN_FAIL("%s: %u of %u instructions, first at +0x%llx", drivers[i], single.wrong,
                    single.steps,
                    (unsigned long long)(single.wrong_rip - (uintptr_t)cn_image_base(run.image)));
        CN_OK(single.steps > 300);
        CN_OK(single.frames > single.steps);
        run_close();
    }
}

/* -- data made for the purpose ----------------------------------------------------------------- */

#define IMAGE_SIZE 4096
static uint8_t image[IMAGE_SIZE + 8] __attribute__((aligned(16)));
static uint64_t stack[512] __attribute__((aligned(16)));
static struct cn_runtime_function table[4];
static struct cn_module module;
static struct cn_context context;
static struct cn_unwound out;

/* A function at 0x100..0x200 with unwind data at 0x400; pc at 0x180; stack words hold their index.
 */
static void make(const void *data, size_t size)
{
    memset(image, 0x90, sizeof(image));
    memcpy(image + 0x400, data, size);
    table[0] = (struct cn_runtime_function){0x100, 0x200, 0x400};
    module = (struct cn_module){(uintptr_t)image, IMAGE_SIZE, table, 1};
    for (size_t i = 0; i < 512; i++)
        stack[i] = i;
    memset(&context, 0, sizeof(context));
    memset(&out, 0, sizeof(out));
    context.rip = (uintptr_t)image + 0x180;
    context.reg[CN_RSP] = (uintptr_t)stack;
}
#define MAKE(...)                                                                                  \
    do {                                                                                           \
        const uint8_t data_[] = {__VA_ARGS__};                                                     \
        make(data_, sizeof(data_));                                                                \
    } while (0)

static int unwind(unsigned handlers)
{
    return cn_unwind_virtual(&module, &table[0], handlers, &context, NULL, &out);
}

static uint64_t rsp_words(void)
{
    return (context.reg[CN_RSP] - (uintptr_t)stack) / 8;
}

TEST(pushes_and_allocations_are_undone_in_order)
{
    MAKE(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x50); /* push rbp; push rbx; sub rsp, 32 */
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RBX], 4);
    CN_EQ(context.reg[CN_RBP], 5);
    CN_EQ(context.rip, 6);
    CN_EQ(rsp_words(), 7);
    CN_EQ(out.frame, (uintptr_t)stack);
}

TEST(inside_the_prologue_only_what_has_run_is_undone)
{
    for (unsigned offset = 0; offset < 7; offset++) {
        MAKE(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x50);
        context.rip = (uintptr_t)image + 0x100 + offset;
        CN_EQ(unwind(3), 0);
        CN_EQ(rsp_words(), 1 + (offset >= 1) + (offset >= 2) + (offset >= 6 ? 4 : 0));
        CN_EQ(out.handler, 0);
    }
}

TEST(both_forms_of_large_allocations)
{
    MAKE(1, 4, 2, 0, 4, 0x01, 100, 0);
    CN_EQ(unwind(0), 0);
    CN_EQ(context.rip, 100);
    MAKE(1, 4, 3, 0, 4, 0x11, 0x40, 0x06, 0, 0);
    CN_EQ(unwind(0), 0);
    CN_EQ(context.rip, 200);
}

TEST(registers_saved_by_moves_are_found_near_and_far)
{
    MAKE(1, 9, 7, 0, 9, 0x64, 4, 0, 5, 0xc5, 0x80, 0, 0, 0, 4, 0x72);
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RSI], 4);
    CN_EQ(context.reg[CN_R12], 16);
    CN_EQ(rsp_words(), 9);
}

TEST(vector_registers_are_found_near_and_far)
{
    struct cn_saved_at saved;
    memset(&saved, 0, sizeof(saved));
    MAKE(1, 9, 5, 0, 9, 0x68, 2, 0, 5, 0xf9, 0x80, 0, 0, 0);
    CN_EQ(cn_unwind_virtual(&module, &table[0], 0, &context, &saved, &out), 0);
    CN_EQ(context.fx.xmm[6].low, 4);
    CN_EQ(context.fx.xmm[6].high, 5);
    CN_EQ(context.fx.xmm[15].low, 16);
    CN_OK(saved.xmm[6] == &stack[4]);
    CN_OK(saved.xmm[15] == &stack[16]);
}

TEST(saves_count_from_the_frame_register)
{
    MAKE(1, 9, 4, 0x25, 9, 0x34, 1, 0, 5, 0x03, 4, 0x72); /* lea rbp, [rsp+32]; mov [rbp-24], rbx */
    context.reg[CN_RBP] = (uintptr_t)&stack[24];
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RBX], 21);
    CN_EQ(out.frame, (uintptr_t)&stack[20]);
    CN_EQ(rsp_words(), 29);
}

TEST(a_machine_frame_gives_stack_and_place)
{
    for (unsigned error = 0; error < 2; error++) {
        MAKE(1, 0, 1, 0, 0, (uint8_t)(error << 4 | 0x0a), 0, 0);
        stack[error] = 0x1234;
        stack[error + 3] = (uintptr_t)&stack[100];
        CN_EQ(unwind(0), 0);
        CN_EQ(context.rip, 0x1234);
        CN_EQ(rsp_words(), 100);
    }
}

TEST(a_fragment_continues_with_the_function_it_belongs_to)
{
    MAKE(4 << 3 | 1, 0, 0, 0, 0x20, 0, 0, 0, 0x30, 0, 0, 0, 0, 5, 0, 0);
    static const uint8_t parent[] = {1 << 3 | 1, 4, 1, 0, 4, 0x32, 0, 0, 0x50, 1, 0, 0};
    memcpy(image + 0x500, parent, sizeof(parent));
    CN_EQ(unwind(CN_UNWIND_EXCEPTION), 0);
    CN_EQ(context.rip, 4);
    CN_EQ(out.handler, (uintptr_t)image + 0x150);
    CN_OK(out.handler_data == image + 0x50c);
}

TEST(a_chain_in_a_circle_is_refused)
{
    MAKE(4 << 3 | 1, 0, 0, 0, 0x00, 1, 0, 0, 0x00, 2, 0, 0, 0, 4, 0, 0);
    CN_EQ(unwind(0), -EINVAL);
    MAKE(1, 0, 0, 0);
    table[0].unwind = 0x601; /* refers to itself */
    memcpy(image + 0x600, &table[0], sizeof(table[0]));
    CN_EQ(unwind(0), -EINVAL);
}

TEST(a_handler_applies_to_its_kind_and_outside_prologue_and_epilogue)
{
    MAKE(1 << 3 | 1, 4, 1, 0, 4, 0x32, 0, 0, 0x50, 1, 0, 0);
    CN_EQ(unwind(CN_UNWIND_EXCEPTION), 0);
    CN_EQ(out.handler, (uintptr_t)image + 0x150);
    MAKE(1 << 3 | 1, 4, 1, 0, 4, 0x32, 0, 0, 0x50, 1, 0, 0);
    CN_EQ(unwind(CN_UNWIND_TERMINATION), 0);
    CN_EQ(out.handler, 0);
    MAKE(1 << 3 | 1, 4, 1, 0, 4, 0x32, 0, 0, 0x50, 1, 0, 0);
    memcpy(image + 0x180, "\x48\x83\xc4\x20\xc3", 5);
    CN_EQ(unwind(CN_UNWIND_EXCEPTION), 0);
    CN_EQ(out.handler, 0);
    CN_EQ(context.rip, 4);
}

TEST(what_is_left_of_an_epilogue_is_run)
{
    MAKE(1, 6, 3, 0, 6, 0x32, 2, 0x30, 1, 0x50);
    memcpy(image + 0x180, "\x5b\x41\x5c\x5d\xc3", 5); /* pop rbx; pop r12; pop rbp; ret */
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RBX], 0);
    CN_EQ(context.reg[CN_R12], 1);
    CN_EQ(context.reg[CN_RBP], 2);
    CN_EQ(context.rip, 3);
    MAKE(1, 9, 2, 0x25, 5, 0x03, 4, 0x72);
    memcpy(image + 0x180, "\x48\x8d\x65\x10\x5d\xe9\x00\x10\x00\x00", 10); /* lea, pop, jmp out */
    context.reg[CN_RBP] = (uintptr_t)&stack[50];
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RBP], 52);
    CN_EQ(context.rip, 53);
}

TEST(a_jump_within_the_function_is_no_epilogue)
{
    MAKE(1, 4, 1, 0, 4, 0x32);
    memcpy(image + 0x180, "\x5b\xeb\x10", 3); /* pop rbx; jmp +16 */
    CN_EQ(unwind(0), 0);
    CN_EQ(context.reg[CN_RBX], 0);
    CN_EQ(rsp_words(), 5);
}

TEST(version_2_is_understood_and_later_ones_are_refused)
{
    MAKE(2, 4, 3, 0, 5, 0x16, 9, 0x06, 4, 0x32); /* two epilogue codes first */
    CN_EQ(unwind(0), 0);
    CN_EQ(context.rip, 4);
    MAKE(1, 4, 2, 0, 5, 0x16, 4, 0x32); /* in version 1 there is no such code */
    CN_EQ(unwind(0), -EINVAL);
    MAKE(3, 0, 0, 0);
    CN_EQ(unwind(0), -EINVAL);
    MAKE(0, 0, 0, 0);
    CN_EQ(unwind(0), -EINVAL);
}

TEST(damaged_codes_are_refused)
{
    MAKE(1, 4, 1, 0, 4, 0x01); /* lacks its second slot */
    CN_EQ(unwind(0), -EINVAL);
    MAKE(1, 4, 1, 0, 4, 0x0f);
    CN_EQ(unwind(0), -EINVAL);
    MAKE(1, 4, 2, 0, 4, 0x21, 1, 1);
    CN_EQ(unwind(0), -EINVAL);
    MAKE(1, 0, 0, 0);
    table[0].unwind = IMAGE_SIZE - 2;
    CN_EQ(unwind(0), -EINVAL);
    MAKE(1 << 3 | 1, 0, 0, 0, 0, 0, 1, 0); /* handler outside of the image */
    CN_EQ(unwind(CN_UNWIND_EXCEPTION), -EINVAL);
}

TEST(functions_are_found_by_their_bounds)
{
    MAKE(1, 0, 0, 0);
    table[1] = (struct cn_runtime_function){0x200, 0x210, 0x400};
    table[2] = (struct cn_runtime_function){0x300, 0x301, 0x400};
    module.count = 3;
    uintptr_t base = (uintptr_t)image;
    CN_OK(cn_unwind_lookup(&module, base + 0xff) == NULL);
    CN_OK(cn_unwind_lookup(&module, base + 0x100) == &table[0]);
    CN_OK(cn_unwind_lookup(&module, base + 0x1ff) == &table[0]);
    CN_OK(cn_unwind_lookup(&module, base + 0x200) == &table[1]);
    CN_OK(cn_unwind_lookup(&module, base + 0x210) == NULL);
    CN_OK(cn_unwind_lookup(&module, base + 0x300) == &table[2]);
    CN_OK(cn_unwind_lookup(&module, base + 0x301) == NULL);
    CN_OK(cn_unwind_lookup(&module, base - 1) == NULL);
    CN_OK(cn_unwind_lookup(&module, base + IMAGE_SIZE) == NULL);
    module.count = 0;
    CN_OK(cn_unwind_lookup(&module, base + 0x100) == NULL);
}

/* -- damage ------------------------------------------------------------------------------------ */

static uint64_t random_state = 88172645463325252ull;
static uint64_t any(void)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return random_state;
}

TEST(no_unwind_data_whatever_crashes_the_walk)
{
    unsigned good = 0;
    run_open("frames.sys"); /* for the traps: guarded accesses */
    for (int i = 0; i < 200000; i++) {
        MAKE(1, 0, 0, 0);
        for (size_t at = 0x400; at < 0x440; at++)
            image[at] = (uint8_t)any();
        image[0x400] = (uint8_t)((any() % 16) << 3 | 1 | (any() & 2 ? 0 : 3));
        if (any() & 1) /* few and plausible codes */
            image[0x402] = (uint8_t)(any() % 4);
        for (size_t at = 0x180; at < 0x190; at++)
            image[at] = (uint8_t)any();
        table[0].unwind = any() % 8 == 0 ? (uint32_t)any() : 0x400;
        for (int reg = 0; reg < 16; reg++)
            context.reg[reg] = any() & 1 ? any() : (uintptr_t)&stack[any() % 512];
        context.rip = (uintptr_t)image + 0x100 + any() % 0x100;
        good += unwind(3) == 0;
    }
    CN_OK(good > 100);
    run_close();
}

TEST(no_registers_whatever_crash_a_backtrace)
{
    const void *pcs[32];
    run_open("frames.sys");
    uintptr_t base = (uintptr_t)cn_image_base(run.image);
    for (int i = 0; i < 20000; i++) {
        for (int reg = 0; reg < 16; reg++)
            context.reg[reg] = any() & 1 ? any() : (uintptr_t)&stack[any() % 512];
        uintptr_t places[] = {any(), base + any() % 0x4000, (uintptr_t)printf + any() % 64, 0};
        context.rip = places[any() % 4];
        size_t n = cn_unwind_backtrace(&context, pcs, 32);
        CN_OK(n >= 1 && n <= 32);
    }
    run_close();
}

/* -- host frames ------------------------------------------------------------------------------- */

static const void *frames[64];
static volatile size_t frame_count; /* raise is declared not to call back */

__attribute__((noinline)) static int innermost(void)
{
    struct cn_context here;
    RtlCaptureContext((struct _CONTEXT *)&here);
    frame_count = cn_unwind_backtrace(&here, frames, 64);
    return (int)frame_count;
}

static int compare(const void *a, const void *b)
{
    if (frame_count == 0)
        innermost();
    return *(const int *)a - *(const int *)b;
}

static bool has_frame(const void *return_address)
{
    for (size_t i = 0; i < frame_count; i++)
        if (frames[i] == return_address)
            return true;
    return false;
}

__attribute__((noinline)) static void outermost(void)
{
    int values[] = {2, 1};
    const void *back = __builtin_return_address(0);
    frame_count = 0;
    qsort(values, 2, sizeof(values[0]), compare); /* frames of libc, which keeps no frame pointer */
    CN_OK(frame_count > 4);
    CN_OK(has_frame(back));
}

TEST(host_frames_are_walked_with_those_of_libraries)
{
    outermost();
}

static void look_in_signal(int signo)
{
    (void)signo;
    innermost();
}

TEST(the_frame_of_a_signal_handler_is_walked)
{
    signal(SIGUSR1, look_in_signal);
    frame_count = 0;
    raise(SIGUSR1);
    signal(SIGUSR1, SIG_DFL);
    CN_OK(has_frame(__builtin_extract_return_addr(__builtin_return_address(0))));
}

TEST(a_backtrace_is_cut_to_its_room)
{
    struct cn_context here;
    const void *pcs[3] = {NULL, NULL, NULL};
    RtlCaptureContext((struct _CONTEXT *)&here);
    CN_EQ(cn_unwind_backtrace(&here, pcs, 2), 2);
    CN_OK(pcs[0] == (const void *)here.rip);
    CN_OK(pcs[1] != NULL && pcs[2] == NULL);
    CN_EQ(cn_unwind_backtrace(&here, pcs, 0), 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
