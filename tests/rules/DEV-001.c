/* DEV-001: does not deregister its device. */
#define ROLE_MCM
#include "view.h"

static PDEVICE_OBJECT RuleDevice;
static NDIS_HANDLE RuleDeviceHandle;

static void RuleRegisterDevice(NDIS_HANDLE Driver)
{
    static NDIS_STRING Name = NDIS_STRING_CONST("\\Device\\RuleDriver");
    static PDRIVER_DISPATCH Functions[IRP_MJ_MAXIMUM_FUNCTION + 1];
    NDIS_DEVICE_OBJECT_ATTRIBUTES Attributes = {
        .Header = {NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES,
                   NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1,
                   NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1},
        .DeviceName = &Name,
        .MajorFunctions = Functions,
    };

    (void)NdisRegisterDeviceEx(Driver, &Attributes, &RuleDevice, &RuleDeviceHandle);
}

#define ON_REGISTERED RuleRegisterDevice(RuleDriver)
#include "driver.h"
