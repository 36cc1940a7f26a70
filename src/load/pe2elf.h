/* pe2elf.h - a PE image rewritten as an ELF shared object, so that the dynamic linker, debuggers,
 * sanitizers and valgrind know it like any other module.
 *
 * Addresses in the ELF file are ImageBase + RVA, so that debug data needs no change. Behind the
 * image lie three segments of ours: one to write to (.dynamic and the slots), one with code (what
 * replaces privileged instructions), one with tables (relocations, .eh_frame).
 */
#ifndef CN_LOAD_PE2ELF_H
#define CN_LOAD_PE2ELF_H

#include "load/buf.h"
#include "load/pe.h"

/* Words that our code segment reads; the loader fills them in. */
enum cn_slot {
    CN_SLOT_READ_IRQL_FUNCTION,
    CN_SLOT_READ_IRQL,
    CN_SLOT_WRITE_IRQL_FUNCTION,
    CN_SLOT_WRITE_IRQL,
    CN_SLOTS
};

enum { CN_ELF_PAGE = 0x1000 };

struct cn_elf_segment {
    uint64_t vaddr, offset, file_size, size;
    bool read, write, execute;
    bool image;    /* a part of the driver, not ours */
    bool fixed_up; /* the loader writes to it although the driver may not */
};

/* A stretch of our code that stands for a place in the driver's code. */
struct cn_patch_piece {
    uint32_t begin, end; /* offsets in the code segment */
    uint32_t rva;        /* 0: it is shared code that stands for no place */
    uint8_t pushed;      /* bytes on the stack beyond what that place has */
};

/* The result of a patch sweep. */
struct cn_patches {
    struct cn_patch_piece *pieces; /* ascending */
    size_t piece_count;
    uint32_t *shared; /* RVAs of 8-byte immediates that lie in the shared user data page */
    size_t shared_count;
    size_t left; /* accesses to CR8 that are left to the trap handler */
};

struct cn_elf {
    struct cn_buf file;
    struct cn_elf_segment *segments;
    size_t segment_count;
    uint64_t image_vaddr, slots_vaddr, code_vaddr, end_vaddr;
    uint64_t eh_frame_vaddr;
    uint32_t code_size;
    uint8_t *called; /* per import: code calls or jumps through its slot, so it is a function */
    struct cn_patches patches;
};

/* 0, or -errno with *err filled; the caller frees *out after success. */
int cn_pe2elf(const struct cn_pe *pe, struct cn_elf *out, struct cn_image_error *err);
void cn_elf_free(struct cn_elf *elf);

#endif
