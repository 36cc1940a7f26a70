/* driver_object.c - the DRIVER_OBJECT that DriverEntry gets, its registry path, and the end of a
 * driver. */
#include "nt/driver_object.h"

#include "load/image.h"
#include "nt/exports.h"
#include "nt/handles.h"
#include "nt/parts.h"
#include "nt/pool.h"
#include "nt/rows.h"

#include <errno.h>
#include <stdlib.h>

/* What a major function does that the driver did not set. */
static NTSTATUS NTAPI invalid_request(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_INVALID_DEVICE_REQUEST;
    irp->IoStatus.Information = 0;
    IofCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_INVALID_DEVICE_REQUEST;
}

static void set_string(UNICODE_STRING *s, WCHAR *buffer, size_t units, const char *text)
{
    s->Length = (USHORT)(2 * cn_utf8_to_utf16(text, (uint16_t *)buffer, units));
    s->MaximumLength = (USHORT)(s->Length + 2);
    s->Buffer = buffer;
}

/* "wan.sys" and "wan.so" are both the service "wan". */
static void service_name(const struct cn_driver *driver, char *out, size_t size)
{
    struct cn_text t;
    cn_text_init(&t, out, size);
    cn_text_put(&t, "%s", driver->name);
    char *dot = strrchr(out, '.');
    if (dot != NULL && dot != out)
        *dot = '\0';
}

int cn_nt_driver_new(struct cn_driver *driver)
{
    struct cn_nt_driver *n;
    if (posix_memalign((void **)&n, 16, sizeof(*n)) != 0)
        return -ENOMEM;
    memset(n, 0, sizeof(*n));
    char service[64];
    service_name(driver, service, sizeof(service));
    n->driver = driver;
    n->object.Type = IO_TYPE_DRIVER;
    n->object.Size = sizeof(DRIVER_OBJECT);
    n->object.DriverExtension = &n->extension;
    n->extension.DriverObject = &n->object;
    if (driver->image != NULL) {
        n->object.DriverStart = cn_image_base(driver->image);
        n->object.DriverSize = (ULONG)cn_image_size(driver->image);
        n->object.DriverInit = (PDRIVER_INITIALIZE)cn_image_entry(driver->image);
    }
    for (size_t i = 0; i < CN_ARRAY_SIZE(n->object.MajorFunction); i++)
        n->object.MajorFunction[i] = invalid_request;
    set_string(&n->object.DriverName, n->name, CN_ARRAY_SIZE(n->name),
               cn_fmt("\\Driver\\%s", service));
    set_string(&n->extension.ServiceKeyName, n->service, CN_ARRAY_SIZE(n->service), service);
    set_string(&n->registry_path, n->path, CN_ARRAY_SIZE(n->path),
               cn_fmt("\\Registry\\Machine\\System\\CurrentControlSet\\Services\\%s", service));
    driver->nt = n;
    return 0;
}

static struct cn_nt_driver *nt_of(const struct cn_driver *driver)
{
    cn_assert(driver->nt != NULL);
    return driver->nt;
}

PDRIVER_OBJECT cn_nt_driver_object(struct cn_driver *driver)
{
    return &nt_of(driver)->object;
}

PUNICODE_STRING cn_nt_registry_path(struct cn_driver *driver)
{
    return &nt_of(driver)->registry_path;
}

struct cn_driver *cn_nt_driver_of(PDRIVER_OBJECT object)
{
    /* Compared, not trusted: a driver may pass anything. */
    CN_LIST_EACH(pos, cn_driver_list())
    {
        struct cn_driver *driver = CN_LIST_ENTRY(pos, struct cn_driver, link);
        struct cn_nt_driver *n = driver->nt;
        if (n != NULL && &n->object == object)
            return driver;
    }
    return NULL;
}

void cn_nt_driver_end(struct cn_driver *driver, bool quiet)
{
    struct cn_nt_driver *n = driver->nt;
    if (cn_sync_driver_end != NULL)
        cn_sync_driver_end(driver, quiet);
    cn_lookaside_end(driver, quiet);
    cn_bugcheck_end(driver, quiet);
    cn_devices_end(driver, quiet);
    cn_nt_handles_end(driver, quiet);
    cn_pool_driver_end(driver, quiet);
    if (n == NULL)
        return;
    while (n->extensions != NULL) {
        struct cn_nt_extension *e = n->extensions;
        n->extensions = e->next;
        free(e);
    }
    driver->nt = NULL;
    free(n);
}

/* -- driver object extensions ------------------------------------------------------------------ */

static struct cn_nt_extension *extension_of(const struct cn_driver *driver, const void *id)
{
    struct cn_nt_extension *e = driver != NULL ? nt_of(driver)->extensions : NULL;
    while (e != NULL && e->id != id)
        e = e->next;
    return e;
}

static NTSTATUS allocate_extension(struct cn_driver *driver, void *id, size_t size, PVOID *out)
{
    if (driver == NULL)
        return STATUS_INVALID_PARAMETER;
    if (extension_of(driver, id) != NULL)
        return STATUS_OBJECT_NAME_COLLISION;
    struct cn_nt_extension *e = calloc(1, sizeof(*e) + size);
    if (e == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    e->id = id;
    e->next = nt_of(driver)->extensions;
    nt_of(driver)->extensions = e;
    *out = e->data;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI IoAllocateDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                               PVOID ClientIdentificationAddress,
                                               ULONG DriverObjectExtensionSize,
                                               PVOID *DriverObjectExtension)
{
    CN_DDI_ENTER(ddi, IoAllocateDriverObjectExtension);
    *DriverObjectExtension = NULL;
    NTSTATUS s = allocate_extension(cn_nt_driver_of(DriverObject), ClientIdentificationAddress,
                                    DriverObjectExtensionSize, DriverObjectExtension);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

PVOID NTAPI IoGetDriverObjectExtension(PDRIVER_OBJECT DriverObject,
                                       PVOID ClientIdentificationAddress)
{
    CN_DDI_ENTER(ddi, IoGetDriverObjectExtension);
    struct cn_nt_extension *e =
        extension_of(cn_nt_driver_of(DriverObject), ClientIdentificationAddress);
    CN_DDI_LEAVE_VOID(ddi);
    return e != NULL ? e->data : NULL;
}
