/* device_ddi.c - the exported functions on devices, links, device stacks, interfaces and
 * properties. */
#include "nt/device.h"
#include "nt/exports.h"
#include "nt/object.h"
#include "nt/rows.h"
#include "nt/text.h"

#include <stdio.h>

enum { NAME_MOST = 256 };

/* A device the driver named; NULL after a report when none lives there. */
static struct cn_driver *check_device(PDEVICE_OBJECT device, const char *call, const char *member)
{
    struct cn_driver *driver = cn_device_driver(device);
    CN_CHECK(CN_GEN_001, driver != NULL, .call = call, .member = member,
             .found = device == NULL ? "NULL" : "no device object that lives",
             .allowed = "a device object from IoCreateDevice");
    return driver;
}

static NTSTATUS create_device(PDRIVER_OBJECT driver, ULONG extension, PUNICODE_STRING name,
                              struct cn_device_config *config, PDEVICE_OBJECT *out)
{
    char text[NAME_MOST];
    if (!cn_nt_utf8(name, text, sizeof(text), "DeviceName"))
        return STATUS_OBJECT_NAME_INVALID;
    config->name = text[0] != '\0' ? text : NULL;
    config->extension_size = extension;
    return cn_device_new(cn_nt_driver_of(driver), config, out);
}

NTSTATUS NTAPI IoCreateDevice(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                              PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                              ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                              PDEVICE_OBJECT *DeviceObject)
{
    CN_DDI_ENTER(ddi, IoCreateDevice);
    struct cn_device_config config = {.type = DeviceType,
                                      .characteristics = DeviceCharacteristics,
                                      .exclusive = Exclusive,
                                      .call = "IoCreateDevice",
                                      .place = CN_CALLER};
    NTSTATUS s =
        create_device(DriverObject, DeviceExtensionSize, DeviceName, &config, DeviceObject);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* Nobody is kept out here, so the security descriptor says nothing. */
NTSTATUS NTAPI IoCreateDeviceSecure(PDRIVER_OBJECT DriverObject, ULONG DeviceExtensionSize,
                                    PUNICODE_STRING DeviceName, DEVICE_TYPE DeviceType,
                                    ULONG DeviceCharacteristics, BOOLEAN Exclusive,
                                    PCUNICODE_STRING DefaultSDDLString, const GUID *DeviceClassGuid,
                                    PDEVICE_OBJECT *DeviceObject)
{
    (void)DefaultSDDLString, (void)DeviceClassGuid;
    CN_DDI_ENTER(ddi, IoCreateDeviceSecure);
    struct cn_device_config config = {.type = DeviceType,
                                      .characteristics = DeviceCharacteristics,
                                      .exclusive = Exclusive,
                                      .call = "IoCreateDeviceSecure",
                                      .place = CN_CALLER};
    NTSTATUS s =
        create_device(DriverObject, DeviceExtensionSize, DeviceName, &config, DeviceObject);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI IoDeleteDevice(PDEVICE_OBJECT DeviceObject)
{
    CN_DDI_ENTER(ddi, IoDeleteDevice);
    if (check_device(DeviceObject, "IoDeleteDevice", "DeviceObject") != NULL)
        cn_device_delete(DeviceObject);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- links ------------------------------------------------------------------------------------- */

static NTSTATUS create_link(PUNICODE_STRING name, PUNICODE_STRING target, const void *place)
{
    char n[NAME_MOST], t[NAME_MOST];
    if (!cn_nt_utf8(name, n, sizeof(n), "SymbolicLinkName") ||
        !cn_nt_utf8(target, t, sizeof(t), "DeviceName"))
        return STATUS_OBJECT_NAME_INVALID;
    return cn_link_new(cn_driver_current(), n, t, place);
}

NTSTATUS NTAPI IoCreateSymbolicLink(PUNICODE_STRING SymbolicLinkName, PUNICODE_STRING DeviceName)
{
    CN_DDI_ENTER(ddi, IoCreateSymbolicLink);
    NTSTATUS s = create_link(SymbolicLinkName, DeviceName, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI IoCreateUnprotectedSymbolicLink(PUNICODE_STRING SymbolicLinkName,
                                               PUNICODE_STRING DeviceName)
{
    CN_DDI_ENTER(ddi, IoCreateUnprotectedSymbolicLink);
    NTSTATUS s = create_link(SymbolicLinkName, DeviceName, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI IoDeleteSymbolicLink(PUNICODE_STRING SymbolicLinkName)
{
    CN_DDI_ENTER(ddi, IoDeleteSymbolicLink);
    char name[NAME_MOST];
    NTSTATUS s = cn_nt_utf8(SymbolicLinkName, name, sizeof(name), "SymbolicLinkName")
                     ? cn_link_delete(name)
                     : STATUS_OBJECT_NAME_INVALID;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- stacks ------------------------------------------------------------------------------------ */

static PDEVICE_OBJECT top_of(PDEVICE_OBJECT device)
{
    while (device->AttachedDevice != NULL && cn_device_driver(device->AttachedDevice) != NULL)
        device = device->AttachedDevice;
    return device;
}

PDEVICE_OBJECT NTAPI IoAttachDeviceToDeviceStack(PDEVICE_OBJECT SourceDevice,
                                                 PDEVICE_OBJECT TargetDevice)
{
    CN_DDI_ENTER(ddi, IoAttachDeviceToDeviceStack);
    PDEVICE_OBJECT top = NULL;
    if (check_device(SourceDevice, "IoAttachDeviceToDeviceStack", "SourceDevice") != NULL &&
        check_device(TargetDevice, "IoAttachDeviceToDeviceStack", "TargetDevice") != NULL &&
        top_of(TargetDevice)->StackSize < 100) {
        top = top_of(TargetDevice);
        top->AttachedDevice = SourceDevice;
        SourceDevice->StackSize = (CCHAR)(top->StackSize + 1);
        SourceDevice->DeviceObjectExtension->AttachedTo = top;
    }
    CN_DDI_LEAVE_VOID(ddi);
    return top;
}

VOID NTAPI IoDetachDevice(PDEVICE_OBJECT TargetDevice)
{
    CN_DDI_ENTER(ddi, IoDetachDevice);
    if (check_device(TargetDevice, "IoDetachDevice", "TargetDevice") != NULL) {
        PDEVICE_OBJECT above = TargetDevice->AttachedDevice;
        if (above != NULL && cn_device_driver(above) != NULL)
            above->DeviceObjectExtension->AttachedTo = NULL;
        TargetDevice->AttachedDevice = NULL;
    }
    CN_DDI_LEAVE_VOID(ddi);
}

PDEVICE_OBJECT NTAPI IoGetAttachedDevice(PDEVICE_OBJECT DeviceObject)
{
    return cn_device_driver(DeviceObject) != NULL ? top_of(DeviceObject) : DeviceObject;
}

PDEVICE_OBJECT NTAPI IoGetAttachedDeviceReference(PDEVICE_OBJECT DeviceObject)
{
    return IoGetAttachedDevice(DeviceObject);
}

PDEVICE_OBJECT NTAPI IoGetLowerDeviceObject(PDEVICE_OBJECT DeviceObject)
{
    return cn_device_driver(DeviceObject) != NULL ? DeviceObject->DeviceObjectExtension->AttachedTo
                                                  : NULL;
}

PDEVICE_OBJECT NTAPI IoGetRelatedDeviceObject(PFILE_OBJECT FileObject)
{
    return cn_object_is(FileObject) ? IoGetAttachedDevice(FileObject->DeviceObject) : NULL;
}

NTSTATUS NTAPI IoGetDeviceObjectPointer(PUNICODE_STRING ObjectName, ACCESS_MASK DesiredAccess,
                                        PFILE_OBJECT *FileObject, PDEVICE_OBJECT *DeviceObject)
{
    (void)DesiredAccess;
    CN_DDI_ENTER(ddi, IoGetDeviceObjectPointer);
    char name[NAME_MOST];
    NTSTATUS s = STATUS_OBJECT_NAME_NOT_FOUND;
    *FileObject = NULL;
    *DeviceObject = NULL;
    PDEVICE_OBJECT device =
        cn_nt_utf8(ObjectName, name, sizeof(name), "ObjectName") ? cn_device_find(name) : NULL;
    if (device != NULL)
        s = cn_device_open(device, FileObject);
    if (*FileObject != NULL)
        *DeviceObject = top_of(device);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- device interfaces ------------------------------------------------------------------------- */

static void guid_text(struct cn_text *t, const GUID *g)
{
    cn_text_put(t, "{%08x-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x}", g->Data1, g->Data2,
                g->Data3, g->Data4[0], g->Data4[1], g->Data4[2], g->Data4[3], g->Data4[4],
                g->Data4[5], g->Data4[6], g->Data4[7]);
}

NTSTATUS NTAPI IoRegisterDeviceInterface(PDEVICE_OBJECT PhysicalDeviceObject,
                                         const GUID *InterfaceClassGuid,
                                         PUNICODE_STRING ReferenceString,
                                         PUNICODE_STRING SymbolicLinkName)
{
    CN_DDI_ENTER(ddi, IoRegisterDeviceInterface);
    char reference[NAME_MOST], name[2 * NAME_MOST];
    NTSTATUS s = STATUS_INVALID_DEVICE_REQUEST;
    if (check_device(PhysicalDeviceObject, "IoRegisterDeviceInterface", "PhysicalDeviceObject") !=
            NULL &&
        cn_nt_utf8(ReferenceString, reference, sizeof(reference), "ReferenceString")) {
        struct cn_text t;
        cn_text_init(&t, name, sizeof(name));
        cn_text_put(&t, "\\??\\ROOT#NET#");
        for (const char *p = cn_device_name(PhysicalDeviceObject); *p != '\0'; p++)
            cn_text_char(&t, *p == '\\' ? '#' : *p);
        cn_text_char(&t, '#');
        guid_text(&t, InterfaceClassGuid);
        if (reference[0] != '\0')
            cn_text_put(&t, "\\%s", reference);
        s = cn_nt_string_new(SymbolicLinkName, name, CN_CALLER);
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* An enabled interface is a link to its device; which device stands in its name. */
NTSTATUS NTAPI IoSetDeviceInterfaceState(PUNICODE_STRING SymbolicLinkName, BOOLEAN Enable)
{
    CN_DDI_ENTER(ddi, IoSetDeviceInterfaceState);
    static const char prefix[] = "\\??\\ROOT#NET#";
    char name[2 * NAME_MOST], target[2 * NAME_MOST];
    NTSTATUS s = STATUS_OBJECT_NAME_NOT_FOUND;
    if (cn_nt_utf8(SymbolicLinkName, name, sizeof(name), "SymbolicLinkName") &&
        strncmp(name, prefix, sizeof(prefix) - 1) == 0 && strlen(name) < NAME_MOST) {
        snprintf(target, sizeof(target), "%s", name + sizeof(prefix) - 1);
        char *end = strstr(target, "#{");
        if (end != NULL)
            *end = '\0';
        for (char *p = target; *p != '\0'; p++)
            *p = *p == '#' ? '\\' : *p;
        s = Enable ? cn_link_new(cn_driver_current(), name, target, CN_CALLER)
                   : cn_link_delete(name);
        if (s == STATUS_OBJECT_NAME_COLLISION)
            s = STATUS_OBJECT_NAME_EXISTS;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- properties -------------------------------------------------------------------------------- */

/* What a software network device of the root bus answers; NULL means the property is not set. */
static const char *property_text(PDEVICE_OBJECT device, DEVICE_REGISTRY_PROPERTY property)
{
    switch (property) {
    case DevicePropertyDeviceDescription:
    case DevicePropertyFriendlyName:
        return "condis network adapter";
    case DevicePropertyClassName:
        return "Net";
    case DevicePropertyClassGuid:
        return "{4d36e972-e325-11ce-bfc1-08002be10318}";
    case DevicePropertyManufacturer:
        return "condis";
    case DevicePropertyEnumeratorName:
        return "ROOT";
    case DevicePropertyPhysicalDeviceObjectName:
        return cn_device_name(device)[0] != '\0' ? cn_device_name(device) : NULL;
    default:
        return NULL;
    }
}

static NTSTATUS give(const void *data, size_t size, void *buffer, ULONG length, PULONG needed)
{
    *needed = (ULONG)size;
    if (size > length)
        return STATUS_BUFFER_TOO_SMALL;
    memcpy(buffer, data, size);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI IoGetDeviceProperty(PDEVICE_OBJECT DeviceObject,
                                   DEVICE_REGISTRY_PROPERTY DeviceProperty, ULONG BufferLength,
                                   PVOID PropertyBuffer, PULONG ResultLength)
{
    CN_DDI_ENTER(ddi, IoGetDeviceProperty);
    NTSTATUS s = STATUS_OBJECT_NAME_NOT_FOUND;
    const INTERFACE_TYPE bus = Internal;
    const ULONG zero = 0;
    uint16_t wide[NAME_MOST];
    *ResultLength = 0;
    if (check_device(DeviceObject, "IoGetDeviceProperty", "DeviceObject") == NULL) {
        s = STATUS_INVALID_DEVICE_REQUEST;
    } else if (DeviceProperty == DevicePropertyLegacyBusType) {
        s = give(&bus, sizeof(bus), PropertyBuffer, BufferLength, ResultLength);
    } else if (DeviceProperty == DevicePropertyBusNumber ||
               DeviceProperty == DevicePropertyInstallState) {
        s = give(&zero, sizeof(zero), PropertyBuffer, BufferLength, ResultLength);
    } else {
        const char *text = property_text(DeviceObject, DeviceProperty);
        if (text != NULL)
            s = give(wide, 2 * (cn_utf8_to_utf16(text, wide, NAME_MOST) + 1), PropertyBuffer,
                     BufferLength, ResultLength);
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}
