/* stub.S - code that drivers reach without knowing: missing imports, control flow guard, CR8. */

    .text

/* From a stub: eax = index of the import, r11 = image; the return address is the caller's. */
    .p2align 4
    .globl cn_stub_enter
    .type cn_stub_enter, @function
cn_stub_enter:
    .cfi_startproc
    mov (%rsp), %rdx
    mov %eax, %esi
    mov %r11, %rdi
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    mov %rsp, %rbp
    .cfi_def_cfa_register %rbp
    and $-16, %rsp
    cld
    call cn_stub_called@PLT
    ud2
    .cfi_endproc
    .size cn_stub_enter, .-cn_stub_enter

    .p2align 4
    .globl cn_stub_guard_check
    .type cn_stub_guard_check, @function
cn_stub_guard_check:
    .cfi_startproc
    ret
    .cfi_endproc
    .size cn_stub_guard_check, .-cn_stub_guard_check

    .p2align 4
    .globl cn_stub_guard_dispatch
    .type cn_stub_guard_dispatch, @function
cn_stub_guard_dispatch:
    .cfi_startproc
    jmp *%rax
    .cfi_endproc
    .size cn_stub_guard_dispatch, .-cn_stub_guard_dispatch

/* The functions called are of the host's convention, in which every vector register may change; in
 * the driver, `mov cr8` changes nothing. */
    .macro save_all
    push %rbp
    .cfi_adjust_cfa_offset 8
    .cfi_rel_offset %rbp, 0
    mov %rsp, %rbp
    .cfi_def_cfa_register %rbp
    push %rax
    lahf            /* the arithmetic flags; pushf and popf take ten times as long */
    seto %al
    push %rax
    push %rcx
    push %rdx
    push %rsi
    push %rdi
    push %r8
    push %r9
    push %r10
    push %r11
    sub $256, %rsp
    and $-16, %rsp
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps %xmm\n, 16*\n(%rsp)
    .endr
    .endm

    .macro restore_all
    .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    movaps 16*\n(%rsp), %xmm\n
    .endr
    lea -80(%rbp), %rsp
    pop %r11
    pop %r10
    pop %r9
    pop %r8
    pop %rdi
    pop %rsi
    pop %rdx
    pop %rcx
    pop %rax
    add $0x7f, %al  /* overflows if it was 1 */
    sahf
    pop %rax
    pop %rbp
    .cfi_restore %rbp
    .cfi_def_cfa %rsp, 8
    .endm

/* On the stack: return address, function (becomes the value). */
    .p2align 4
    .globl cn_stub_read_irql
    .type cn_stub_read_irql, @function
cn_stub_read_irql:
    .cfi_startproc
    save_all
    call *16(%rbp)
    movzbl %al, %eax
    mov %rax, 16(%rbp)
    restore_all
    ret
    .cfi_endproc
    .size cn_stub_read_irql, .-cn_stub_read_irql

/* On the stack: return address, function, value. */
    .p2align 4
    .globl cn_stub_write_irql
    .type cn_stub_write_irql, @function
cn_stub_write_irql:
    .cfi_startproc
    save_all
    movzbl 24(%rbp), %edi
    call *16(%rbp)
    restore_all
    ret
    .cfi_endproc
    .size cn_stub_write_irql, .-cn_stub_write_irql

    .section .note.GNU-stack, "", @progbits
