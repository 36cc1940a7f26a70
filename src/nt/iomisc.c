/* iomisc.c - what network drivers import here and there: processes, paging of code, power, routine
 * addresses. Much of it has nothing to do without hardware and answers as an idle machine would. */
#include "nt/exports.h"
#include "nt/device.h"
#include "nt/rows.h"
#include "nt/text.h"

/* -- processes --------------------------------------------------------------------------------- */

/* There is one process. Drivers only compare and hand on the pointer; what they read in it is zero.
 */
static uint8_t process[4096] __attribute__((aligned(16)));

PEPROCESS NTAPI IoGetCurrentProcess(VOID)
{
    return (PEPROCESS)process;
}

PEPROCESS NTAPI PsGetCurrentProcess(VOID)
{
    return (PEPROCESS)process;
}

HANDLE NTAPI PsGetProcessId(PEPROCESS Process)
{
    (void)Process;
    return (HANDLE)(uintptr_t)4; /* the system process */
}

/* Types of objects: only compared. Each variable holds its own address, so that it is the same
 * value for an image, which reads it through its import table, and for a .so, which reads it by
 * name. */
void *IoFileObjectType = &IoFileObjectType, *ExEventObjectType = &ExEventObjectType;
void *PsThreadType = &PsThreadType, *PsProcessType = &PsProcessType;

/* -- code and routines ------------------------------------------------------------------------- */

PVOID NTAPI MmGetSystemRoutineAddress(PUNICODE_STRING SystemRoutineName)
{
    CN_DDI_ENTER(ddi, MmGetSystemRoutineAddress);
    char name[128];
    void *found = NULL;
    if (cn_nt_utf8(SystemRoutineName, name, sizeof(name), "SystemRoutineName"))
        for (size_t i = 0; i < cn_nt_row_count && found == NULL; i++)
            if (strcmp(cn_nt_rows[i].name, name) == 0)
                found = cn_nt_rows[i].fn;
    CN_DDI_LEAVE_VOID(ddi);
    return found;
}

/* Nothing is ever paged out, so pages need not be locked. The value serves as the handle. */
PVOID NTAPI MmLockPagableDataSection(PVOID AddressWithinSection)
{
    CN_DDI_ENTER(ddi, MmLockPagableDataSection);
    CN_DDI_LEAVE_VOID(ddi);
    return AddressWithinSection;
}

VOID NTAPI MmLockPagableSectionByHandle(PVOID ImageSectionHandle)
{
    (void)ImageSectionHandle;
    CN_DDI_ENTER(ddi, MmLockPagableSectionByHandle);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI MmUnlockPagableImageSection(PVOID ImageSectionHandle)
{
    (void)ImageSectionHandle;
    CN_DDI_ENTER(ddi, MmUnlockPagableImageSection);
    CN_DDI_LEAVE_VOID(ddi);
}

PVOID NTAPI MmPageEntireDriver(PVOID AddressWithinSection)
{
    CN_DDI_ENTER(ddi, MmPageEntireDriver);
    CN_DDI_LEAVE_VOID(ddi);
    return AddressWithinSection;
}

VOID NTAPI MmResetDriverPaging(PVOID AddressWithinSection)
{
    (void)AddressWithinSection;
    CN_DDI_ENTER(ddi, MmResetDriverPaging);
    CN_DDI_LEAVE_VOID(ddi);
}

ULONG NTAPI MmQuerySystemSize(VOID)
{
    return 2; /* MmLargeSystem */
}

BOOLEAN NTAPI MmIsThisAnNtAsSystem(VOID)
{
    return FALSE; /* a workstation */
}

#undef KeFlushIoBuffers
VOID NTAPI KeFlushIoBuffers(PMDL Mdl, BOOLEAN ReadOperation, BOOLEAN DmaOperation)
{
    (void)Mdl, (void)ReadOperation, (void)DmaOperation;
}

/* The compiler's code keeps what it uses; the save area is opaque. */
NTSTATUS NTAPI KeSaveFloatingPointState(PKFLOATING_SAVE FloatSave)
{
    (void)FloatSave;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI KeRestoreFloatingPointState(PKFLOATING_SAVE FloatSave)
{
    (void)FloatSave;
    return STATUS_SUCCESS;
}

/* Equal runs give equal values. */
NTSTATUS NTAPI ExUuidCreate(GUID *Uuid)
{
    static uint32_t count;
    CN_DDI_ENTER(ddi, ExUuidCreate);
    *Uuid = (GUID){0xC0D15000u + ++count, 0xCA11, 0x4000, {0x80, 0, 0, 0, 0, 0, 0, 1}};
    CN_DDI_LEAVE(ddi, STATUS_SUCCESS);
    return STATUS_SUCCESS;
}

/* -- power and plug and play ------------------------------------------------------------------- */

VOID NTAPI PoStartNextPowerIrp(PIRP Irp)
{
    (void)Irp;
}

/* Devices are always on. */
POWER_STATE NTAPI PoSetPowerState(PDEVICE_OBJECT DeviceObject, POWER_STATE_TYPE Type,
                                  POWER_STATE State)
{
    (void)DeviceObject, (void)State;
    if (Type == DevicePowerState)
        return (POWER_STATE){.DeviceState = PowerDeviceD0};
    return (POWER_STATE){.SystemState = PowerSystemWorking};
}

/* NDIS is the power policy owner of its devices; nobody else's request is carried out. */
NTSTATUS NTAPI PoRequestPowerIrp(PDEVICE_OBJECT DeviceObject, UCHAR MinorFunction,
                                 POWER_STATE PowerState, PREQUEST_POWER_COMPLETE CompletionFunction,
                                 PVOID Context, PIRP *Irp)
{
    (void)DeviceObject, (void)MinorFunction, (void)PowerState, (void)CompletionFunction;
    (void)Context;
    CN_DDI_ENTER(ddi, PoRequestPowerIrp);
    if (Irp != NULL)
        *Irp = NULL;
    CN_DDI_LEAVE(ddi, STATUS_INVALID_PARAMETER_2);
    return STATUS_INVALID_PARAMETER_2;
}

VOID NTAPI IoInvalidateDeviceState(PDEVICE_OBJECT PhysicalDeviceObject)
{
    (void)PhysicalDeviceObject;
}

VOID NTAPI IoInvalidateDeviceRelations(PDEVICE_OBJECT DeviceObject, DEVICE_RELATION_TYPE Type)
{
    (void)DeviceObject, (void)Type;
}

/* The machine is never shut down. */
NTSTATUS NTAPI IoRegisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
    CN_DDI_ENTER(ddi, IoRegisterShutdownNotification);
    NTSTATUS s = STATUS_INVALID_PARAMETER;
    if (cn_device_driver(DeviceObject) != NULL) {
        DeviceObject->Flags |= DO_SHUTDOWN_REGISTERED;
        s = STATUS_SUCCESS;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

VOID NTAPI IoUnregisterShutdownNotification(PDEVICE_OBJECT DeviceObject)
{
    CN_DDI_ENTER(ddi, IoUnregisterShutdownNotification);
    if (cn_device_driver(DeviceObject) != NULL)
        DeviceObject->Flags &= ~(ULONG)DO_SHUTDOWN_REGISTERED;
    CN_DDI_LEAVE_VOID(ddi);
}
