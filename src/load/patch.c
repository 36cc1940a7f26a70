/* patch.c - placeholder during construction */
#include "load/pe2elf_impl.h"
bool cn_patch_sweep(const struct cn_pe *pe, struct cn_elf *elf, struct cn_buf *code)
{
    (void)pe; (void)elf; (void)code;
    return true;
}
