/* imports.h - an import directory entry made by hand, for what no import library has. */
#ifndef CN_TEST_IMPORTS_H
#define CN_TEST_IMPORTS_H

/* Two imports from one module; each lookup is BY_ORDINAL or BY_NAME. Slots: <tag>_slots[2]. */
#define IMPORT_TWO(tag, module, lookup1, lookup2, more)                                            \
    __asm__(".section .idata$2, \"dw\"\n"                                                          \
            ".rva " #tag "_lookup\n .long 0, 0\n .rva " #tag "_module\n .rva " #tag "_slots\n"     \
            ".section .idata$4, \"dw\"\n" #tag "_lookup: " lookup1 "\n" lookup2 "\n .quad 0\n"     \
            ".section .idata$5, \"dw\"\n .globl " #tag "_slots\n" #tag "_slots: " lookup1 "\n"     \
            lookup2 "\n .quad 0\n"                                                                 \
            ".section .idata$7, \"dw\"\n" #tag "_module: .asciz \"" module "\"\n" more "\n .text\n")

#define BY_ORDINAL(n)  ".quad 0x8000000000000000 + " #n
#define BY_NAME(label) ".rva " #label "\n .long 0"

#endif
