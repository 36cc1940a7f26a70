/* kpcr.c - filling in a processor control region, and pointing gs at it. */
#include "load/kpcr.h"

#include <asm/hwcap2.h>
#include <asm/prctl.h>
#include <errno.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/base.h"

#define AT_OFFSET(member, at)                                                                      \
    _Static_assert(offsetof(struct cn_kpcr, member) == (at),                                       \
                   #member " is where drivers look for it")
AT_OFFSET(self, 0x18);
AT_OFFSET(prcb, 0x20);
AT_OFFSET(irql, 0x50);
AT_OFFSET(major, 0x60);
AT_OFFSET(legacy_number, 0x184);
AT_OFFSET(thread, 0x188);
AT_OFFSET(index, 0x1a4);

_Thread_local struct cn_kpcr *cn_kpcr_loaded;

void cn_kpcr_init(struct cn_kpcr *kpcr, uint32_t index)
{
    cn_assert(index < 64);
    memset(kpcr, 0, sizeof(*kpcr));
    kpcr->self = kpcr;
    kpcr->prcb = (char *)kpcr + 0x180;
    kpcr->major = kpcr->minor = 1;
    kpcr->legacy_number = (uint8_t)index;
    kpcr->index = index;
}

/* The instruction is a hundred times quicker than the system call. The kernel says whether a
 * program may use it; valgrind hides that bit, for it does not know the instruction. */
static bool has_wrgsbase(void)
{
    return (getauxval(AT_HWCAP2) & HWCAP2_FSGSBASE) != 0;
}

int cn_kpcr_load(struct cn_kpcr *kpcr)
{
    if (has_wrgsbase())
        __asm__ volatile("wrgsbase %0" : : "r"((uintptr_t)kpcr) : "memory");
    else if (syscall(SYS_arch_prctl, ARCH_SET_GS, (uintptr_t)kpcr) != 0)
        return -errno;
    cn_kpcr_loaded = kpcr;
    return 0;
}
