/* kpcr.h - the processor control region of a virtual CPU: what compiled drivers read through gs.
 *
 * On x64 KeGetCurrentThread, KeGetCurrentProcessorNumber and the like are no calls but loads from
 * fixed offsets of gs. So every OS thread that runs drivers has the gs base point at one of these;
 * Linux programs leave that register alone (glibc and the sanitizers use fs). The IRQL of the
 * virtual CPU is kept here too and nowhere else.
 *
 * Host code does not go through gs but through cn_kpcr(), a thread-local pointer: that is as quick,
 * and NULL instead of a fault where no virtual CPU has been loaded. A new OS thread starts with
 * NULL.
 */
#ifndef CN_LOAD_KPCR_H
#define CN_LOAD_KPCR_H

#include <stddef.h>
#include <stdint.h>

/* Offsets are those of Windows x64; what lies between stays zero. The page after the members that
 * Windows has and we do not reads as zero as well, rather than as somebody's memory. */
struct cn_kpcr {
    uint8_t reserved_0[0x18];
    struct cn_kpcr *self; /* 0x018 KeGetPcr */
    void *prcb;           /* 0x020 the part at 0x180 */
    uint8_t reserved_28[0x28];
    uint8_t irql; /* 0x050 */
    uint8_t reserved_51[0x60 - 0x51];
    uint16_t major, minor; /* 0x060 1.1: the version of this structure */
    uint8_t reserved_64[0x184 - 0x64];
    uint8_t legacy_number; /* 0x184 KeGetCurrentProcessorNumber; mingw reads 16 bits */
    uint8_t reserved_185[3];
    void *thread; /* 0x188 KeGetCurrentThread: the context that runs */
    uint8_t reserved_190[0x1a4 - 0x190];
    uint32_t index; /* 0x1a4 KeGetCurrentProcessorIndex */
    uint8_t reserved_1a8[0x2000 - 0x1a8];
} __attribute__((aligned(4096)));

/* Fills in a control region: processor number `index` (below 64), PASSIVE_LEVEL, no thread. It must
 * stay where it is while it is loaded. */
void cn_kpcr_init(struct cn_kpcr *kpcr, uint32_t index);

/* Makes the calling OS thread that virtual CPU (NULL: none). Cheap enough for every switch between
 * virtual CPUs. Returns 0, or -errno when the kernel refuses to set the gs base. */
int cn_kpcr_load(struct cn_kpcr *kpcr);

extern _Thread_local struct cn_kpcr *cn_kpcr_loaded;

/* The virtual CPU this OS thread is, or NULL. Async-signal-safe. */
static inline struct cn_kpcr *cn_kpcr(void)
{
    return cn_kpcr_loaded;
}

#endif
