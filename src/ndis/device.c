/* device.c - NdisRegisterDeviceEx: a device object beside the adapters, for programs to talk to.
 *
 * The routines of the device come with the call and not from the driver object. The extension that
 * a driver asks for lies behind a header of our own in DeviceExtension, which is therefore not the
 * driver's to change (DEV-001).
 */
#include <stdlib.h>

#include "load/probe.h"
#include "ndis/memory.h"
#include "nt/device.h"
#include "verify/rule.h"

struct extension {
    uint64_t mark;
    char room[];
};

struct device {
    struct cn_resource resource;
    PDEVICE_OBJECT device;
    void *extension;
    char link[256];
};

static const uint64_t mark = UINT64_C(0xC0D15C0D15C0D15C);

static bool text_of(const NDIS_STRING *given, char *out, size_t size)
{
    NDIS_STRING s;
    uint16_t text[200];
    out[0] = '\0';
    if (given == NULL)
        return true;
    if (cn_probe_copy(&s, given, sizeof(s)) != 0 || s.Length > sizeof(text) ||
        cn_probe_copy(text, s.Buffer, s.Length) != 0)
        return false;
    cn_utf16_to_utf8(text, s.Length / sizeof(text[0]), out, size);
    return true;
}

static void device_drop(struct cn_resource *r)
{
    struct device *d = CN_CONTAINER_OF(r, struct device, resource);
    const struct extension *e = d->extension;
    CN_CHECK(CN_DEV_001, d->device->DeviceExtension == e && e->mark == mark,
             .driver = r->driver->name, .object = r->obj.name, .member = "DeviceExtension",
             .found = "changed by the driver", .allowed = "as NDIS left it");
    if (d->link[0] != '\0')
        cn_link_delete(d->link);
    cn_device_delete(d->device);
}

static NDIS_STATUS create(struct device *d, const NDIS_DEVICE_OBJECT_ATTRIBUTES *a,
                          const char *name)
{
    PDRIVER_DISPATCH major[IRP_MJ_MAXIMUM_FUNCTION + 1];
    if (!CN_CHECK(CN_HOST_005,
                  a->MajorFunctions != NULL &&
                      cn_probe_copy(major, a->MajorFunctions, sizeof(major)) == 0,
                  .structure = "NDIS_DEVICE_OBJECT_ATTRIBUTES", .member = "MajorFunctions",
                  .found = cn_fmt("%p", (void *)a->MajorFunctions),
                  .allowed = "an array of IRP_MJ_MAXIMUM_FUNCTION + 1 functions"))
        return NDIS_STATUS_FAILURE;
    struct cn_device_config config = {.name = name[0] == '\0' ? NULL : name,
                                      .type = FILE_DEVICE_NETWORK,
                                      .characteristics = FILE_DEVICE_SECURE_OPEN,
                                      .extension_size =
                                          (uint32_t)(sizeof(struct extension) + a->ExtensionSize),
                                      .major = major,
                                      .call = "NdisRegisterDeviceEx",
                                      .place = d->resource.place};
    NTSTATUS s = cn_device_new(d->resource.driver, &config, &d->device);
    if (!NT_SUCCESS(s))
        return s;
    d->extension = d->device->DeviceExtension;
    ((struct extension *)d->extension)->mark = mark;
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS device_new(struct cn_registration *r, const NDIS_DEVICE_OBJECT_ATTRIBUTES *a,
                              struct device **out)
{
    char name[256], link[256];
    if (!CN_CHECK(CN_HOST_005,
                  text_of(a->DeviceName, name, sizeof(name)) &&
                      text_of(a->SymbolicName, link, sizeof(link)),
                  .structure = "NDIS_DEVICE_OBJECT_ATTRIBUTES", .member = "DeviceName",
                  .found = "a string that cannot be read", .allowed = "a counted string"))
        return NDIS_STATUS_FAILURE;
    struct device *d = cn_resource_new(CN_RES_DEVICE, sizeof(*d), &r->obj, r->driver, NULL);
    if (d == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_STATUS s = create(d, a, name);
    if (s == NDIS_STATUS_SUCCESS && link[0] != '\0') {
        s = cn_link_new(r->driver, link, name, d->resource.place);
        if (s == NDIS_STATUS_SUCCESS)
            memcpy(d->link, link, sizeof(link));
        else
            cn_device_delete(d->device);
    }
    if (s != NDIS_STATUS_SUCCESS) {
        cn_resource_end(&d->resource);
        return s;
    }
    d->resource.drop = device_drop;
    *out = d;
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS cn_ndis_device_new(NDIS_HANDLE handle, PNDIS_DEVICE_OBJECT_ATTRIBUTES given,
                               PDEVICE_OBJECT *device, PNDIS_HANDLE out)
{
    struct cn_registration *r = cn_handle_get(handle, CN_KIND_MINIPORT);
    NDIS_DEVICE_OBJECT_ATTRIBUTES a;
    struct device *d;
    if (!CN_CHECK(CN_GEN_005,
                  device != NULL && out != NULL && cn_probe_write(device, sizeof(*device)) == 0 &&
                      cn_probe_write(out, sizeof(*out)) == 0,
                  .member = "pDeviceObject, NdisDeviceHandle", .found = "no variables",
                  .allowed = "addresses of two variables"))
        return NDIS_STATUS_FAILURE;
    *device = NULL;
    if (!CN_CHECK(CN_GEN_001, r != NULL, .member = "NdisHandle",
                  .found = cn_handle_explain(handle, CN_KIND_MINIPORT),
                  .allowed = "the handle of a miniport driver"))
        return NDIS_STATUS_NOT_SUPPORTED;
    struct cn_taking t = {.id = CN_S_NDIS_DEVICE_OBJECT_ATTRIBUTES,
                          .given = given,
                          .call = "NdisRegisterDeviceEx",
                          .major = r->major,
                          .minor = r->minor,
                          .copy = &a,
                          .copy_size = sizeof(a)};
    if (cn_structure_take(&t) != CN_TAKEN_GOOD)
        return NDIS_STATUS_FAILURE;
    NDIS_STATUS s = device_new(r, &a, &d);
    if (s != NDIS_STATUS_SUCCESS)
        return s;
    *device = d->device;
    *out = d->resource.obj.handle;
    return NDIS_STATUS_SUCCESS;
}

void cn_ndis_device_end(NDIS_HANDLE handle)
{
    struct cn_resource *r = cn_resource_get(handle, CN_RES_DEVICE);
    if (r != NULL)
        cn_resource_end(r);
}

PVOID cn_ndis_device_extension(PDEVICE_OBJECT device)
{
    for (struct cn_resource *r = NULL; (r = cn_resource_next(r)) != NULL;) {
        struct device *d = CN_CONTAINER_OF(r, struct device, resource);
        if (r->type == CN_RES_DEVICE && d->device == device)
            return ((struct extension *)d->extension)->room;
    }
    return NULL;
}
