/* irp.c - I/O requests: their way down a device stack, their completion, their cancellation, and
 * what a program would send.
 *
 * An IRP is a pool block of its maker with the stack locations behind it. CurrentLocation counts
 * down from StackCount + 1 as it is handed on, and up again as it is completed; both ends are
 * guarded, because a driver that completes twice walks off the upper one.
 */
#include "nt/device.h"
#include "nt/exports.h"
#include "nt/object.h"
#include "nt/pool.h"
#include "nt/rows.h"
#include "load/image.h"

#include <stdlib.h>

enum {
    TAG_IRP = 0x20707249, /* 'Irp ' */
    IRP_DONE = 0x40000000 /* ours, in Flags: completed down to its maker */
};

static const char *const major_names[IRP_MJ_MAXIMUM_FUNCTION + 1] = {
    "IRP_MJ_CREATE",
    "IRP_MJ_CREATE_NAMED_PIPE",
    "IRP_MJ_CLOSE",
    "IRP_MJ_READ",
    "IRP_MJ_WRITE",
    "IRP_MJ_QUERY_INFORMATION",
    "IRP_MJ_SET_INFORMATION",
    "IRP_MJ_QUERY_EA",
    "IRP_MJ_SET_EA",
    "IRP_MJ_FLUSH_BUFFERS",
    "IRP_MJ_QUERY_VOLUME_INFORMATION",
    "IRP_MJ_SET_VOLUME_INFORMATION",
    "IRP_MJ_DIRECTORY_CONTROL",
    "IRP_MJ_FILE_SYSTEM_CONTROL",
    "IRP_MJ_DEVICE_CONTROL",
    "IRP_MJ_INTERNAL_DEVICE_CONTROL",
    "IRP_MJ_SHUTDOWN",
    "IRP_MJ_LOCK_CONTROL",
    "IRP_MJ_CLEANUP",
    "IRP_MJ_CREATE_MAILSLOT",
    "IRP_MJ_QUERY_SECURITY",
    "IRP_MJ_SET_SECURITY",
    "IRP_MJ_POWER",
    "IRP_MJ_SYSTEM_CONTROL",
    "IRP_MJ_DEVICE_CHANGE",
    "IRP_MJ_QUERY_QUOTA",
    "IRP_MJ_SET_QUOTA",
    "IRP_MJ_PNP",
};

/* -- making and freeing ------------------------------------------------------------------------ */

static void irp_init(PIRP irp, size_t size, int stack)
{
    memset(irp, 0, size);
    irp->Type = IO_TYPE_IRP;
    irp->Size = (USHORT)size;
    irp->StackCount = (CHAR)stack;
    irp->CurrentLocation = (CHAR)(stack + 1);
    irp->Tail.Overlay.CurrentStackLocation = (PIO_STACK_LOCATION)(irp + 1) + stack;
    irp->ThreadListEntry.Flink = irp->ThreadListEntry.Blink = &irp->ThreadListEntry;
}

static PIRP irp_new(struct cn_driver *driver, int stack, const void *place)
{
    if (stack < 1 || stack > 120)
        return NULL;
    size_t size = IoSizeOfIrp(stack);
    PIRP irp = cn_pool_alloc(driver, size, TAG_IRP, true, place);
    if (irp != NULL)
        irp_init(irp, size, stack);
    return irp;
}

PIRP NTAPI IoAllocateIrp(CCHAR StackSize, BOOLEAN ChargeQuota)
{
    (void)ChargeQuota;
    CN_DDI_ENTER(ddi, IoAllocateIrp);
    PIRP irp = irp_new(cn_driver_current(), StackSize, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return irp;
}

VOID NTAPI IoFreeIrp(PIRP Irp)
{
    CN_DDI_ENTER(ddi, IoFreeIrp);
    cn_pool_free(Irp, "IoFreeIrp");
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoInitializeIrp(PIRP Irp, USHORT PacketSize, CCHAR StackSize)
{
    CN_DDI_ENTER(ddi, IoInitializeIrp);
    if (CN_CHECK(CN_HOST_005, StackSize > 0 && IoSizeOfIrp(StackSize) <= PacketSize,
                 .member = "PacketSize", .found = cn_fmt("%u bytes", PacketSize),
                 .allowed = cn_fmt("%u bytes for %d stack locations",
                                   IoSizeOfIrp(CN_MAX(StackSize, 1)), StackSize)))
        irp_init(Irp, IoSizeOfIrp(StackSize), StackSize);
    CN_DDI_LEAVE_VOID(ddi);
}

VOID NTAPI IoReuseIrp(PIRP Irp, NTSTATUS Iostatus)
{
    CN_DDI_ENTER(ddi, IoReuseIrp);
    irp_init(Irp, Irp->Size, Irp->StackCount);
    Irp->IoStatus.Status = Iostatus;
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- down -------------------------------------------------------------------------------------- */

static void complete_with(PIRP irp, NTSTATUS status, const void *place)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    cn_irp_complete(irp, place);
}

NTSTATUS cn_irp_call(PDEVICE_OBJECT device, PIRP irp, const void *place)
{
    if (irp->CurrentLocation <= 1)
        cn_bugcheck(NO_MORE_IRP_STACK_LOCATIONS, (uint64_t[4]){(uint64_t)(uintptr_t)irp, 0, 0, 0},
                    place);
    irp->CurrentLocation--;
    PIO_STACK_LOCATION stack = --irp->Tail.Overlay.CurrentStackLocation;
    stack->DeviceObject = device;
    unsigned major = stack->MajorFunction;
    PDRIVER_DISPATCH routine = cn_device_routine(device, major);
    if (routine == NULL) {
        bool live = CN_CHECK(CN_GEN_001, cn_device_driver(device) != NULL, .call = "IofCallDriver",
                             .member = "DeviceObject", .found = "no device object that lives",
                             .allowed = "a device object");
        NTSTATUS status = live ? STATUS_INVALID_DEVICE_REQUEST : STATUS_NO_SUCH_DEVICE;
        complete_with(irp, status, place);
        return status;
    }
    /* The default routine is ours, not the driver's. */
    if (cn_image_find((void *)routine) == NULL && cn_device_driver(device)->image != NULL)
        return routine(device, irp);
    struct cn_frame f;
    if (!cn_upcall_begin(&f, cn_device_driver(device), major_names[major], (void *)routine,
                         cn_device_name(device))) {
        complete_with(irp, STATUS_DELETE_PENDING, place);
        return STATUS_DELETE_PENDING;
    }
    NTSTATUS status = routine(device, irp);
    cn_upcall_end(&f, &status);
    return status;
}

NTSTATUS NTAPI IofCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    CN_DDI_ENTER(ddi, IofCallDriver);
    NTSTATUS s = cn_irp_call(DeviceObject, Irp, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

#undef IoCallDriver
NTSTATUS NTAPI IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    CN_DDI_ENTER(ddi, IoCallDriver);
    NTSTATUS s = cn_irp_call(DeviceObject, Irp, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI PoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    CN_DDI_ENTER(ddi, PoCallDriver);
    NTSTATUS s = cn_irp_call(DeviceObject, Irp, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- up ---------------------------------------------------------------------------------------- */

/* The driver that a completion routine belongs to. */
static struct cn_driver *owner_of(const void *code)
{
    struct cn_image *image = cn_image_find(code);
    CN_LIST_EACH(pos, cn_driver_list())
    {
        struct cn_driver *d = CN_LIST_ENTRY(pos, struct cn_driver, link);
        if (image != NULL && d->image == image)
            return d;
    }
    return cn_driver_current();
}

static NTSTATUS run_completion(PIO_STACK_LOCATION stack, PDEVICE_OBJECT device, PIRP irp)
{
    PIO_COMPLETION_ROUTINE routine = stack->CompletionRoutine;
    struct cn_driver *driver = owner_of((void *)routine);
    struct cn_frame f;
    if (driver == NULL)
        return routine(device, irp, stack->Context);
    if (!cn_upcall_begin(&f, driver, "IoCompletion", (void *)routine, cn_device_name(device)))
        return STATUS_SUCCESS;
    NTSTATUS s = routine(device, irp, stack->Context);
    cn_upcall_end(&f, &s);
    return s;
}

/* The request came back to its maker. Only requests the runtime built are finished here; the maker
 * of any other has a completion routine that took it. */
static void irp_finish(PIRP irp)
{
    irp->Flags |= IRP_DONE;
    if (!(irp->Flags & IRP_SYNCHRONOUS_API))
        return;
    void *system = irp->AssociatedIrp.SystemBuffer;
    bool buffered = (irp->Flags & IRP_BUFFERED_IO) && system != NULL;
    if (buffered && (irp->Flags & IRP_INPUT_OPERATION) && irp->UserBuffer != NULL &&
        (uint32_t)irp->IoStatus.Status >> 30 != 3) {
        struct cn_pool_info info;
        size_t most = cn_pool_find(system, &info) ? info.size : 0;
        memcpy(irp->UserBuffer, system, CN_MIN((size_t)irp->IoStatus.Information, most));
    }
    if (buffered && (irp->Flags & IRP_DEALLOCATE_BUFFER))
        cn_pool_free(system, "IofCompleteRequest");
    if (irp->MdlAddress != NULL)
        IoFreeMdl(irp->MdlAddress);
    PIO_STATUS_BLOCK block = irp->UserIosb;
    PKEVENT event = irp->UserEvent;
    IO_STATUS_BLOCK result = irp->IoStatus;
    cn_pool_free(irp, "IofCompleteRequest");
    if (block != NULL) {
        *block = result;
        cn_engine_wake(block);
    }
    if (event != NULL)
        KeSetEvent(event, IO_NO_INCREMENT, FALSE);
}

static bool wanted(const IO_STACK_LOCATION *stack, const IRP *irp)
{
    if (stack->CompletionRoutine == NULL)
        return false;
    if (irp->Cancel && (stack->Control & SL_INVOKE_ON_CANCEL))
        return true;
    return stack->Control & (irp->IoStatus.Status >= 0 ? SL_INVOKE_ON_SUCCESS : SL_INVOKE_ON_ERROR);
}

void cn_irp_complete(PIRP irp, const void *place)
{
    if (irp->CurrentLocation > irp->StackCount || (irp->Flags & IRP_DONE))
        cn_bugcheck(MULTIPLE_IRP_COMPLETE_REQUESTS,
                    (uint64_t[4]){(uint64_t)(uintptr_t)irp, 0, 0, 0}, place);
    while (irp->CurrentLocation <= irp->StackCount) {
        PIO_STACK_LOCATION stack = irp->Tail.Overlay.CurrentStackLocation;
        irp->PendingReturned = (stack->Control & SL_PENDING_RETURNED) != 0;
        irp->CurrentLocation++;
        irp->Tail.Overlay.CurrentStackLocation++;
        bool last = irp->CurrentLocation > irp->StackCount;
        PDEVICE_OBJECT device = last ? NULL : irp->Tail.Overlay.CurrentStackLocation->DeviceObject;
        if (wanted(stack, irp)) {
            if (run_completion(stack, device, irp) == STATUS_MORE_PROCESSING_REQUIRED)
                return;
        } else if (irp->PendingReturned && !last) {
            irp->Tail.Overlay.CurrentStackLocation->Control |= SL_PENDING_RETURNED;
        }
    }
    irp_finish(irp);
}

VOID NTAPI IofCompleteRequest(PIRP Irp, CCHAR PriorityBoost)
{
    (void)PriorityBoost;
    CN_DDI_ENTER(ddi, IofCompleteRequest);
    cn_irp_complete(Irp, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
}

#undef IoCompleteRequest
VOID NTAPI IoCompleteRequest(PIRP Irp, CCHAR PriorityBoost)
{
    (void)PriorityBoost;
    CN_DDI_ENTER(ddi, IoCompleteRequest);
    cn_irp_complete(Irp, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
}

/* -- cancellation ------------------------------------------------------------------------------ */

static KSPIN_LOCK cancel_lock;

VOID NTAPI IoAcquireCancelSpinLock(PKIRQL Irql)
{
    *Irql = KeAcquireSpinLockRaiseToDpc(&cancel_lock);
}

VOID NTAPI IoReleaseCancelSpinLock(KIRQL Irql)
{
    KeReleaseSpinLock(&cancel_lock, Irql);
}

BOOLEAN NTAPI IoCancelIrp(PIRP Irp)
{
    KIRQL irql = KeAcquireSpinLockRaiseToDpc(&cancel_lock);
    Irp->Cancel = TRUE;
    PDRIVER_CANCEL routine = IoSetCancelRoutine(Irp, NULL);
    if (routine == NULL) {
        KeReleaseSpinLock(&cancel_lock, irql);
        return FALSE;
    }
    /* The routine releases the lock, to this level. */
    Irp->CancelIrql = irql;
    PDEVICE_OBJECT device = Irp->CurrentLocation <= Irp->StackCount
                                ? IoGetCurrentIrpStackLocation(Irp)->DeviceObject
                                : NULL;
    routine(device, Irp);
    return TRUE;
}

/* -- requests of the I/O manager --------------------------------------------------------------- */

static void *block_for(size_t size, const void *in, const void *place)
{
    void *p = cn_pool_alloc(NULL, size, TAG_IRP, true, place);
    if (p != NULL && in != NULL)
        memcpy(p, in, size);
    return p;
}

struct control {
    uint32_t code;
    void *in, *out;
    uint32_t in_size, out_size;
    bool internal;
};

/* Puts the buffers where the method of the code wants them; false when memory is short. */
static bool set_buffers(PIRP irp, PIO_STACK_LOCATION stack, const struct control *c,
                        const void *place)
{
    unsigned method = METHOD_FROM_CTL_CODE(c->code);
    uint32_t size = method == METHOD_BUFFERED ? CN_MAX(c->in_size, c->out_size) : c->in_size;
    if (method == METHOD_NEITHER) {
        stack->Parameters.DeviceIoControl.Type3InputBuffer = c->in;
        irp->UserBuffer = c->out;
        return true;
    }
    irp->Flags |= IRP_BUFFERED_IO | IRP_DEALLOCATE_BUFFER;
    if (size > 0) {
        void *system = block_for(size, NULL, place);
        if (system == NULL)
            return false;
        if (c->in_size > 0)
            memcpy(system, c->in, c->in_size);
        irp->AssociatedIrp.SystemBuffer = system;
    }
    if (method == METHOD_BUFFERED) {
        irp->UserBuffer = c->out;
        irp->Flags |= c->out_size > 0 ? IRP_INPUT_OPERATION : 0;
    } else if (c->out_size > 0) {
        irp->MdlAddress = IoAllocateMdl(c->out, c->out_size, FALSE, FALSE, NULL);
        if (irp->MdlAddress == NULL)
            return false;
        MmBuildMdlForNonPagedPool(irp->MdlAddress);
    }
    return true;
}

static PIRP build_control(PDEVICE_OBJECT device, const struct control *c, PIO_STATUS_BLOCK result,
                          PKEVENT event, const void *place)
{
    PIRP irp = irp_new(NULL, device->StackSize, place);
    if (irp == NULL)
        return NULL;
    PIO_STACK_LOCATION stack = IoGetNextIrpStackLocation(irp);
    irp->Flags = IRP_SYNCHRONOUS_API;
    irp->UserIosb = result;
    irp->UserEvent = event;
    stack->MajorFunction = c->internal ? IRP_MJ_INTERNAL_DEVICE_CONTROL : IRP_MJ_DEVICE_CONTROL;
    stack->Parameters.DeviceIoControl.IoControlCode = c->code;
    stack->Parameters.DeviceIoControl.InputBufferLength = c->in_size;
    stack->Parameters.DeviceIoControl.OutputBufferLength = c->out_size;
    if (set_buffers(irp, stack, c, place))
        return irp;
    if (irp->AssociatedIrp.SystemBuffer != NULL)
        cn_pool_free(irp->AssociatedIrp.SystemBuffer, "IoBuildDeviceIoControlRequest");
    cn_pool_free(irp, "IoBuildDeviceIoControlRequest");
    return NULL;
}

PIRP NTAPI IoBuildDeviceIoControlRequest(ULONG IoControlCode, PDEVICE_OBJECT DeviceObject,
                                         PVOID InputBuffer, ULONG InputBufferLength,
                                         PVOID OutputBuffer, ULONG OutputBufferLength,
                                         BOOLEAN InternalDeviceIoControl, PKEVENT Event,
                                         PIO_STATUS_BLOCK IoStatusBlock)
{
    CN_DDI_ENTER(ddi, IoBuildDeviceIoControlRequest);
    const struct control c = {IoControlCode,     InputBuffer,        OutputBuffer,
                              InputBufferLength, OutputBufferLength, InternalDeviceIoControl};
    PIRP irp = cn_device_driver(DeviceObject) != NULL
                   ? build_control(DeviceObject, &c, IoStatusBlock, Event, CN_CALLER)
                   : NULL;
    CN_DDI_LEAVE_VOID(ddi);
    return irp;
}

/* Read, write, flush, shutdown and PnP. */
PIRP NTAPI IoBuildSynchronousFsdRequest(ULONG MajorFunction, PDEVICE_OBJECT DeviceObject,
                                        PVOID Buffer, ULONG Length, PLARGE_INTEGER StartingOffset,
                                        PKEVENT Event, PIO_STATUS_BLOCK IoStatusBlock)
{
    CN_DDI_ENTER(ddi, IoBuildSynchronousFsdRequest);
    PIRP irp = cn_device_driver(DeviceObject) != NULL
                   ? irp_new(NULL, DeviceObject->StackSize, CN_CALLER)
                   : NULL;
    if (irp != NULL) {
        PIO_STACK_LOCATION stack = IoGetNextIrpStackLocation(irp);
        irp->Flags = IRP_SYNCHRONOUS_API;
        irp->UserIosb = IoStatusBlock;
        irp->UserEvent = Event;
        irp->UserBuffer = Buffer;
        stack->MajorFunction = (UCHAR)MajorFunction;
        if (MajorFunction == IRP_MJ_READ || MajorFunction == IRP_MJ_WRITE) {
            stack->Parameters.Read.Length = Length;
            if (StartingOffset != NULL)
                stack->Parameters.Read.ByteOffset = *StartingOffset;
        }
    }
    CN_DDI_LEAVE_VOID(ddi);
    return irp;
}

/* -- what a program would send ----------------------------------------------------------------- */

static bool still_pending(void *arg)
{
    return ((PIO_STATUS_BLOCK)arg)->Status == STATUS_PENDING;
}

/* Sends a request the runtime built and waits for its end. */
static NTSTATUS send(PDEVICE_OBJECT device, PIRP irp, PIO_STATUS_BLOCK result)
{
    result->Status = STATUS_PENDING;
    result->Information = 0;
    cn_irp_call(device, irp, NULL);
    if (still_pending(result))
        cn_engine_park(result, still_pending, result, UINT64_MAX, "the end of an I/O request");
    return result->Status;
}

static NTSTATUS send_file(PFILE_OBJECT file, unsigned major)
{
    IO_STATUS_BLOCK result;
    PIRP irp = irp_new(NULL, file->DeviceObject->StackSize, NULL);
    if (irp == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    PIO_STACK_LOCATION stack = IoGetNextIrpStackLocation(irp);
    irp->Flags = IRP_SYNCHRONOUS_API;
    irp->UserIosb = &result;
    irp->Tail.Overlay.OriginalFileObject = file;
    irp->RequestorMode = UserMode;
    stack->MajorFunction = (UCHAR)major;
    stack->FileObject = file;
    return send(file->DeviceObject, irp, &result);
}

static void file_gone(void *object)
{
    PFILE_OBJECT file = object;
    PDEVICE_OBJECT device = file->DeviceObject;
    /* The driver may have ended while the file was open. */
    if (cn_device_driver(device) != NULL) {
        send_file(file, IRP_MJ_CLOSE);
        cn_device_file_closed(device);
    }
    free(file);
}

NTSTATUS cn_device_open(PDEVICE_OBJECT device, PFILE_OBJECT *out)
{
    *out = NULL;
    if (cn_device_driver(device) == NULL)
        return STATUS_NO_SUCH_DEVICE;
    if ((device->Flags & DO_EXCLUSIVE) && device->ReferenceCount > 0)
        return STATUS_ACCESS_DENIED;
    PFILE_OBJECT file = calloc(1, sizeof(*file));
    if (file == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    file->Type = IO_TYPE_FILE;
    file->Size = sizeof(*file);
    file->DeviceObject = device;
    device->ReferenceCount++;
    NTSTATUS s = send_file(file, IRP_MJ_CREATE);
    if (s >= 0 && !cn_object_new(file, file_gone))
        s = STATUS_INSUFFICIENT_RESOURCES;
    if (s < 0) {
        if (cn_device_driver(device) != NULL)
            cn_device_file_closed(device);
        free(file);
        return s;
    }
    *out = file;
    return s;
}

NTSTATUS cn_device_control(PFILE_OBJECT file, uint32_t code, const void *in, uint32_t in_size,
                           void *out, uint32_t out_size, uint32_t *returned)
{
    IO_STATUS_BLOCK result;
    const struct control c = {code, (void *)(uintptr_t)in, out, in_size, out_size, false};
    *returned = 0;
    if (cn_device_driver(file->DeviceObject) == NULL)
        return STATUS_NO_SUCH_DEVICE;
    PIRP irp = build_control(file->DeviceObject, &c, &result, NULL, NULL);
    if (irp == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    irp->RequestorMode = UserMode;
    irp->Tail.Overlay.OriginalFileObject = file;
    IoGetNextIrpStackLocation(irp)->FileObject = file;
    NTSTATUS s = send(file->DeviceObject, irp, &result);
    *returned = (uint32_t)result.Information;
    return s;
}

void cn_device_close(PFILE_OBJECT file)
{
    if (cn_device_driver(file->DeviceObject) != NULL)
        send_file(file, IRP_MJ_CLEANUP);
    cn_object_put(file);
}
