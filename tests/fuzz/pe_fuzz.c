/* pe_fuzz.c - libFuzzer target: any bytes are read as a PE file and, when accepted, converted to
 * ELF and looked at with libelf. Nothing is mapped or executed.
 */
#include "load/pe2elf.h"

#include "base/base.h"

#include <gelf.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The converted file must be one that others can read. */
static void check_elf(struct cn_elf *elf)
{
    elf_version(EV_CURRENT);
    Elf *e = elf_memory((char *)elf->file.data, elf->file.size);
    size_t count;
    if (e == NULL || elf_getphdrnum(e, &count) != 0)
        abort();
    uint64_t end = 0;
    for (size_t i = 0; i < count; i++) {
        GElf_Phdr h;
        if (gelf_getphdr(e, (int)i, &h) == NULL || h.p_offset + h.p_filesz > elf->file.size ||
            h.p_filesz > h.p_memsz)
            abort();
        if (h.p_type == PT_LOAD && (h.p_vaddr < end || (h.p_vaddr - h.p_offset) % CN_ELF_PAGE != 0))
            abort();
        if (h.p_type == PT_LOAD)
            end = h.p_vaddr + h.p_memsz;
    }
    elf_end(e);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cn_image_error err = {.text = ""};
    struct cn_pe *pe;
    struct cn_elf elf;
    int rc = cn_pe_parse(data, size, &pe, &err);
    if (rc != 0) {
        if (strstr(err.text, ": ") == NULL)
            abort();
        return 0;
    }
    cn_pe_checksum(pe);
    /* Much zeroed memory makes a slow input, not a bad one. */
    if (pe->image_size < 4 << 20 && cn_pe2elf(pe, &elf, &err) == 0) {
        check_elf(&elf);
        cn_elf_free(&elf);
    }
    cn_pe_free(pe);
    return 0;
}
