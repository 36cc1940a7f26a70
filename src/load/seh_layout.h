/* seh_layout.h - offsets of the x64 CONTEXT and of our own frames, shared by C and assembly.
 *
 * seh.c asserts each of them against the structures of seh.h.
 */
#ifndef CN_LOAD_SEH_LAYOUT_H
#define CN_LOAD_SEH_LAYOUT_H

/* CONTEXT, as a driver's exception filter sees it. */
#define CN_CONTEXT_FLAGS  0x30
#define CN_CONTEXT_MXCSR  0x34
#define CN_CONTEXT_CS     0x38
#define CN_CONTEXT_DS     0x3a
#define CN_CONTEXT_ES     0x3c
#define CN_CONTEXT_FS     0x3e
#define CN_CONTEXT_GS     0x40
#define CN_CONTEXT_SS     0x42
#define CN_CONTEXT_EFLAGS 0x44
#define CN_CONTEXT_RAX    0x78
#define CN_CONTEXT_RCX    0x80
#define CN_CONTEXT_RDX    0x88
#define CN_CONTEXT_RBX    0x90
#define CN_CONTEXT_RSP    0x98
#define CN_CONTEXT_RBP    0xa0
#define CN_CONTEXT_RSI    0xa8
#define CN_CONTEXT_RDI    0xb0
#define CN_CONTEXT_R8     0xb8
#define CN_CONTEXT_R9     0xc0
#define CN_CONTEXT_R10    0xc8
#define CN_CONTEXT_R11    0xd0
#define CN_CONTEXT_R12    0xd8
#define CN_CONTEXT_R13    0xe0
#define CN_CONTEXT_R14    0xe8
#define CN_CONTEXT_R15    0xf0
#define CN_CONTEXT_RIP    0xf8
#define CN_CONTEXT_FLOAT  0x100
#define CN_CONTEXT_SIZE   0x4d0

/* struct cn_caller. */
#define CN_CALLER_RBX  0x00
#define CN_CALLER_RBP  0x08
#define CN_CALLER_RSI  0x10
#define CN_CALLER_RDI  0x18
#define CN_CALLER_R12  0x20
#define CN_CALLER_R13  0x28
#define CN_CALLER_R14  0x30
#define CN_CALLER_R15  0x38
#define CN_CALLER_RSP  0x40
#define CN_CALLER_RIP  0x48
#define CN_CALLER_XMM6 0x50
#define CN_CALLER_SIZE 0xf0

/* Where cn_seh_invoke keeps the walk it works for, from the stack pointer its callee returns to. */
#define CN_INVOKE_WALK 0x20

#endif
