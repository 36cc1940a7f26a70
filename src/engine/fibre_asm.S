/* fibre_asm.S - the switch between two stacks.
 *
 * Only what a sysv callee must keep is saved: rbx, rbp, r12 to r15, MXCSR and the x87 control
 * word. That is enough for driver frames too: what an ms_abi caller wants back beyond that (rdi,
 * rsi, xmm6 to xmm15) has been saved by the ms_abi function through which the driver came in,
 * because every compiler takes it that a sysv function, as this one, spoils those registers.
 */
    .text

/* void cn_fibre_swap(void **save, void *to): keeps the running stack in *save, goes on at `to`. */
    .p2align 4
    .globl cn_fibre_swap
    .hidden cn_fibre_swap
    .type cn_fibre_swap, @function
cn_fibre_swap:
    .cfi_startproc
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    push %rbx
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbx, 0
    push %r12
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r12, 0
    push %r13
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r13, 0
    push %r14
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r14, 0
    push %r15
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %r15, 0
    sub $8, %rsp
    .cfi_adjust_cfa_offset 8
    stmxcsr (%rsp)
    fnstcw 4(%rsp)
    mov %rsp, (%rdi)
    /* Both stacks have the same shape here, so one description of the frame serves for both. */
    mov %rsi, %rsp
    ldmxcsr (%rsp)
    fldcw 4(%rsp)
    add $8, %rsp
    .cfi_adjust_cfa_offset -8
    pop %r15
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r15
    pop %r14
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r14
    pop %r13
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r13
    pop %r12
    .cfi_adjust_cfa_offset -8
    .cfi_restore %r12
    pop %rbx
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbx
    pop %rbp
    .cfi_adjust_cfa_offset -8
    .cfi_restore %rbp
    ret
    .cfi_endproc
    .size cn_fibre_swap, . - cn_fibre_swap

/* Where a new fibre begins: calls rbx(r12). For whoever walks the stack its frame is the last. */
    .p2align 4
    .globl cn_fibre_entry
    .hidden cn_fibre_entry
    .type cn_fibre_entry, @function
cn_fibre_entry:
    .cfi_startproc
    .cfi_undefined %rip
    xor %ebp, %ebp
    mov %r12, %rdi
    call *%rbx
    ud2
    .cfi_endproc
    .size cn_fibre_entry, . - cn_fibre_entry

    .section .note.GNU-stack, "", @progbits
