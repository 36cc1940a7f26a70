/* driver_object.h - what stands behind cn_driver.nt: the DRIVER_OBJECT and what hangs on it. */
#ifndef CN_NT_DRIVER_OBJECT_H
#define CN_NT_DRIVER_OBJECT_H

#include "nt/nt.h"

/* What IoAllocateDriverObjectExtension made. */
struct cn_nt_extension {
    struct cn_nt_extension *next;
    void *id;
    uint8_t data[] __attribute__((aligned(16)));
};

struct cn_nt_driver {
    DRIVER_OBJECT object; /* first: cn_nt_driver_of */
    DRIVER_EXTENSION extension;
    struct cn_driver *driver; /* [I] */
    UNICODE_STRING registry_path;
    WCHAR name[80], service[80], path[160];
    struct cn_nt_extension *extensions; /* [E] */
};

/* device.c: the devices, links and interfaces a driver left. */
void cn_devices_end(struct cn_driver *driver, bool quiet);
void cn_devices_reset(void);
/* lookaside.c: lists that were not deleted. */
void cn_lookaside_end(struct cn_driver *driver, bool quiet);
void cn_lookaside_reset(void);
/* bugcheck.c: callbacks that were not deregistered. */
void cn_bugcheck_end(struct cn_driver *driver, bool quiet);
void cn_bugcheck_reset(void);

#endif
