/* device.h - devices, links, files and requests (IRPs) as the rest of the runtime uses them. */
#ifndef CN_NT_DEVICE_H
#define CN_NT_DEVICE_H

#include "nt/nt.h"

/* What to make; zero members mean none. */
struct cn_device_config {
    const char *name;               /* "\\Device\\Wan", UTF-8 */
    uint32_t type, characteristics; /* FILE_DEVICE_XXX, FILE_XXX */
    uint32_t extension_size;
    bool exclusive;
    const PDRIVER_DISPATCH *major; /* 28 routines of its own (copied) instead of the driver's */
    const char *key;               /* registry key that IoOpenDeviceRegistryKey opens */
    const char *call;              /* the function that makes it, for reports */
    const void *place;
};

/* STATUS_OBJECT_NAME_COLLISION when the name is taken, STATUS_OBJECT_NAME_INVALID for no path. */
NTSTATUS cn_device_new(struct cn_driver *driver, const struct cn_device_config *config,
                       PDEVICE_OBJECT *out);
/* False when it is no live device. */
bool cn_device_delete(PDEVICE_OBJECT device);
struct cn_driver *cn_device_driver(PDEVICE_OBJECT device); /* NULL when it is no live device */
const char *cn_device_name(PDEVICE_OBJECT device);         /* "" when it has none */
const char *cn_device_key(PDEVICE_OBJECT device);          /* NULL when it has none */

/* Symbolic links; names compare without case, and \DosDevices, \?? and \GLOBAL?? are one folder. */
NTSTATUS cn_link_new(struct cn_driver *driver, const char *name, const char *target,
                     const void *place);
NTSTATUS cn_link_delete(const char *name);

/* The device behind a device or link name, or NULL. */
PDEVICE_OBJECT cn_device_find(const char *name);

/* What a program would do, each waiting for the driver (only in a context): create, control,
 * cleanup and close. *file is valid after a success and until cn_device_close. */
NTSTATUS cn_device_open(PDEVICE_OBJECT device, PFILE_OBJECT *file);
NTSTATUS cn_device_control(PFILE_OBJECT file, uint32_t code, const void *in, uint32_t in_size,
                           void *out, uint32_t out_size, uint32_t *returned);
void cn_device_close(PFILE_OBJECT file);

/* Hands a request to the device's driver, and tells it finished (IofCallDriver,
 * IofCompleteRequest). */
NTSTATUS cn_irp_call(PDEVICE_OBJECT device, PIRP irp, const void *place);
void cn_irp_complete(PIRP irp, const void *place);
/* A file of the device is gone. */
void cn_device_file_closed(PDEVICE_OBJECT device);
/* The routine of a major function; NULL when the driver has none. */
PDRIVER_DISPATCH cn_device_routine(PDEVICE_OBJECT device, unsigned major);

#endif
