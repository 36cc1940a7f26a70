/* system.h - what this "Windows" says it is. */
#ifndef CN_NT_SYSTEM_H
#define CN_NT_SYSTEM_H

enum {
    CN_NT_MAJOR = 10,
    CN_NT_MINOR = 0,
    CN_NT_BUILD = 22621, /* knows every NDIS version up to 6.8x */
    CN_NT_NTDDI = 0x0A00000C,
    CN_NT_TICK_100NS = 156250 /* length of a clock tick */
};

#endif
