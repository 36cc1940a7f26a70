/* seh_asm.S - what structured exceptions need below C: whole register sets, and guarded accesses.
 */

#include "load/seh_layout.h"

#define FUNCTION(name) .p2align 4; .globl name; .type name, @function; name:
#define HIDDEN(name)   .hidden name; FUNCTION(name)
#define END(name)      .size name, .-name

    .text

/* Common part of all CN_RAISING_EXPORT functions. In: rax = implementation, r11 = number of
 * arguments (0..8), the rest as an ms_abi caller left it. The implementation gets the arguments and
 * after them a pointer to the struct cn_caller. Frame: nine argument slots, padding, the struct,
 * return address. */
#define ENTER_CALLER 0x50
#define ENTER_FRAME  0x148 /* keeps the stack 16-aligned at the call */
#define CALLER(x)    ENTER_CALLER + x(%rsp)
HIDDEN(cn_seh_enter)
    .cfi_startproc
    sub $ENTER_FRAME, %rsp
    .cfi_adjust_cfa_offset ENTER_FRAME
    mov %rbx, CALLER(CN_CALLER_RBX)
    mov %rbp, CALLER(CN_CALLER_RBP)
    mov %rsi, CALLER(CN_CALLER_RSI)
    mov %rdi, CALLER(CN_CALLER_RDI)
    mov %r12, CALLER(CN_CALLER_R12)
    mov %r13, CALLER(CN_CALLER_R13)
    mov %r14, CALLER(CN_CALLER_R14)
    mov %r15, CALLER(CN_CALLER_R15)
    lea ENTER_FRAME + 8(%rsp), %r10
    mov %r10, CALLER(CN_CALLER_RSP)
    mov ENTER_FRAME(%rsp), %r10
    mov %r10, CALLER(CN_CALLER_RIP)
    movaps %xmm6, CALLER(CN_CALLER_XMM6)
    movaps %xmm7, CALLER(CN_CALLER_XMM6 + 0x10)
    movaps %xmm8, CALLER(CN_CALLER_XMM6 + 0x20)
    movaps %xmm9, CALLER(CN_CALLER_XMM6 + 0x30)
    movaps %xmm10, CALLER(CN_CALLER_XMM6 + 0x40)
    movaps %xmm11, CALLER(CN_CALLER_XMM6 + 0x50)
    movaps %xmm12, CALLER(CN_CALLER_XMM6 + 0x60)
    movaps %xmm13, CALLER(CN_CALLER_XMM6 + 0x70)
    movaps %xmm14, CALLER(CN_CALLER_XMM6 + 0x80)
    movaps %xmm15, CALLER(CN_CALLER_XMM6 + 0x90)
    mov %rcx, (%rsp)
    mov %rdx, 0x08(%rsp)
    mov %r8, 0x10(%rsp)
    mov %r9, 0x18(%rsp)
    mov ENTER_FRAME + 0x28(%rsp), %r10
    mov %r10, 0x20(%rsp)
    mov ENTER_FRAME + 0x30(%rsp), %r10
    mov %r10, 0x28(%rsp)
    mov ENTER_FRAME + 0x38(%rsp), %r10
    mov %r10, 0x30(%rsp)
    mov ENTER_FRAME + 0x40(%rsp), %r10
    mov %r10, 0x38(%rsp)
    lea ENTER_CALLER(%rsp), %r10
    mov %r10, (%rsp, %r11, 8)
    mov (%rsp), %rcx
    mov 0x08(%rsp), %rdx
    mov 0x10(%rsp), %r8
    mov 0x18(%rsp), %r9
    call *%rax
    add $ENTER_FRAME, %rsp
    .cfi_adjust_cfa_offset -ENTER_FRAME
    ret
    .cfi_endproc
END(cn_seh_enter)

/* int32_t cn_seh_invoke(void *fn, a, b, c, d, struct walk *walk), ms_abi: calls fn(a, b, c, d),
 * driver code. Unwinding that arrives at cn_seh_invoke_return finds the walk at
 * CN_INVOKE_WALK(%rsp). */
HIDDEN(cn_seh_invoke)
    .cfi_startproc
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_offset %rbp, -16
    mov %rsp, %rbp
    .cfi_def_cfa_register %rbp
    sub $0x30, %rsp
    mov 0x38(%rbp), %rax
    mov %rax, CN_INVOKE_WALK(%rsp)
    mov %rcx, %rax
    mov %rdx, %rcx
    mov %r8, %rdx
    mov %r9, %r8
    mov 0x30(%rbp), %r9
    call *%rax
    .globl cn_seh_invoke_return
    .hidden cn_seh_invoke_return
cn_seh_invoke_return:
    leave
    .cfi_def_cfa %rsp, 8
    ret
    .cfi_endproc
END(cn_seh_invoke)

/* void RtlCaptureContext(CONTEXT *), ms_abi: the registers as they are after it has returned. */
FUNCTION(RtlCaptureContext)
    .cfi_startproc
    pushfq
    .cfi_adjust_cfa_offset 8
    mov %rax, CN_CONTEXT_RAX(%rcx)
    mov %rcx, CN_CONTEXT_RCX(%rcx)
    mov %rdx, CN_CONTEXT_RDX(%rcx)
    mov %rbx, CN_CONTEXT_RBX(%rcx)
    mov %rbp, CN_CONTEXT_RBP(%rcx)
    mov %rsi, CN_CONTEXT_RSI(%rcx)
    mov %rdi, CN_CONTEXT_RDI(%rcx)
    mov %r8, CN_CONTEXT_R8(%rcx)
    mov %r9, CN_CONTEXT_R9(%rcx)
    mov %r10, CN_CONTEXT_R10(%rcx)
    mov %r11, CN_CONTEXT_R11(%rcx)
    mov %r12, CN_CONTEXT_R12(%rcx)
    mov %r13, CN_CONTEXT_R13(%rcx)
    mov %r14, CN_CONTEXT_R14(%rcx)
    mov %r15, CN_CONTEXT_R15(%rcx)
    lea 16(%rsp), %rax
    mov %rax, CN_CONTEXT_RSP(%rcx)
    mov 8(%rsp), %rax
    mov %rax, CN_CONTEXT_RIP(%rcx)
    pop %rax
    .cfi_adjust_cfa_offset -8
    mov %eax, CN_CONTEXT_EFLAGS(%rcx)
    movw %cs, CN_CONTEXT_CS(%rcx)
    movw %ds, CN_CONTEXT_DS(%rcx)
    movw %es, CN_CONTEXT_ES(%rcx)
    movw %fs, CN_CONTEXT_FS(%rcx)
    movw %gs, CN_CONTEXT_GS(%rcx)
    movw %ss, CN_CONTEXT_SS(%rcx)
    fxsave CN_CONTEXT_FLOAT(%rcx)
    stmxcsr CN_CONTEXT_MXCSR(%rcx)
    movl $0x10000f, CN_CONTEXT_FLAGS(%rcx)
    mov CN_CONTEXT_RAX(%rcx), %rax
    ret
    .cfi_endproc
END(RtlCaptureContext)

/* void cn_context_restore(const struct cn_context *). The last two values travel through thread-
 * local memory: nothing below the target's stack pointer is touched (native code may keep something
 * there, and there may be no room), and a signal that arrives in between cannot overwrite them. */
HIDDEN(cn_context_restore)
    .cfi_startproc
    testl $8, CN_CONTEXT_FLAGS(%rdi)
    jz 1f
    fxrstor CN_CONTEXT_FLOAT(%rdi)
    ldmxcsr CN_CONTEXT_MXCSR(%rdi)
1:  mov CN_CONTEXT_RIP(%rdi), %rax
    mov %rax, %fs:restored_rip@tpoff
    mov CN_CONTEXT_RDI(%rdi), %rax
    mov %rax, %fs:restored_rdi@tpoff
    mov CN_CONTEXT_EFLAGS(%rdi), %eax
    push %rax
    popfq
    mov CN_CONTEXT_RAX(%rdi), %rax
    mov CN_CONTEXT_RCX(%rdi), %rcx
    mov CN_CONTEXT_RDX(%rdi), %rdx
    mov CN_CONTEXT_RBX(%rdi), %rbx
    mov CN_CONTEXT_RBP(%rdi), %rbp
    mov CN_CONTEXT_RSI(%rdi), %rsi
    mov CN_CONTEXT_R8(%rdi), %r8
    mov CN_CONTEXT_R9(%rdi), %r9
    mov CN_CONTEXT_R10(%rdi), %r10
    mov CN_CONTEXT_R11(%rdi), %r11
    mov CN_CONTEXT_R12(%rdi), %r12
    mov CN_CONTEXT_R13(%rdi), %r13
    mov CN_CONTEXT_R14(%rdi), %r14
    mov CN_CONTEXT_R15(%rdi), %r15
    mov CN_CONTEXT_RSP(%rdi), %rsp
    mov %fs:restored_rdi@tpoff, %rdi
    jmp *%fs:restored_rip@tpoff
    .cfi_endproc
END(cn_context_restore)

    .section .tbss, "awT", @nobits
    .p2align 3
restored_rip: .zero 8
restored_rdi: .zero 8
    .text

/* Stack probes: rax = bytes the caller is about to take; every register comes back unchanged.
 * Touching each page in turn makes sure that the guard page is met and not stepped over. */
FUNCTION(__chkstk)
FUNCTION(___chkstk_ms)
    .cfi_startproc
    push %r10
    .cfi_adjust_cfa_offset 8
    push %r11
    .cfi_adjust_cfa_offset 8
    lea 24(%rsp), %r11
    xor %r10d, %r10d
    cmp %rax, %r11
    cmova %r11, %r10
    jbe 1f
    sub %rax, %r10
1:  sub $0x1000, %r11
    cmp %r10, %r11
    jbe 2f
    testb $0, (%r11)
    jmp 1b
2:  testb $0, (%r10)
    pop %r11
    .cfi_adjust_cfa_offset -8
    pop %r10
    .cfi_adjust_cfa_offset -8
    ret
    .cfi_endproc
END(__chkstk)
END(___chkstk_ms)

/* The guarded accesses. They keep nothing on the stack, so that a fault in them continues at
 * cn_probe_failed as if they had jumped there. */
    .globl cn_probe_begin, cn_probe_end, cn_probe_failed
    .hidden cn_probe_begin, cn_probe_end, cn_probe_failed
    .p2align 4
cn_probe_begin:

/* int cn_probe_copy(void *to, const void *from, size_t size) */
HIDDEN(cn_probe_copy)
    .cfi_startproc
    mov %rdx, %rcx
    rep movsb
    xor %eax, %eax
    ret
    .cfi_endproc
END(cn_probe_copy)

/* int cn_probe_write(void *at, size_t size) */
HIDDEN(cn_probe_write)
    .cfi_startproc
    test %rsi, %rsi
    jz 2f
    lea -1(%rdi, %rsi), %rsi
    cmp %rdi, %rsi
    jb cn_probe_failed /* runs around the end of the address space */
1:  lock orb $0, (%rdi)
    or $0xfff, %rdi
    inc %rdi
    jz 2f
    cmp %rsi, %rdi
    jbe 1b
2:  xor %eax, %eax
    ret
    .cfi_endproc
END(cn_probe_write)

cn_probe_end:
cn_probe_failed:
    .cfi_startproc
    mov $-14, %eax /* -EFAULT */
    ret
    .cfi_endproc

    .section .note.GNU-stack, "", @progbits
