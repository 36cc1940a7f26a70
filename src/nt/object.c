/* object.c - kernel objects with reference counts, found by address, and the Ob functions on them.
 *
 * Only what can be kept alive by a reference is counted here: files and threads. References to
 * devices, drivers and events of the driver's own are accepted and mean nothing, as nothing of them
 * is freed by the last reference.
 */
#include "nt/object.h"

#include "nt/exports.h"
#include "nt/handles.h"
#include "nt/rows.h"

#include <stdlib.h>

enum { BUCKETS = 64 };

struct counted {
    struct counted *next;
    void *object;
    void (*gone)(void *object);
    long count;
};

static struct counted *buckets[BUCKETS];

static struct counted **find(const void *object)
{
    struct counted **at = &buckets[((uintptr_t)object >> 4) % BUCKETS];
    while (*at != NULL && (*at)->object != object)
        at = &(*at)->next;
    return at;
}

bool cn_object_new(void *object, void (*gone)(void *object))
{
    struct counted **at = find(object);
    cn_assert(*at == NULL);
    *at = calloc(1, sizeof(**at));
    if (*at == NULL)
        return false;
    **at = (struct counted){NULL, object, gone, 1};
    return true;
}

bool cn_object_is(const void *object)
{
    return *find(object) != NULL;
}

long cn_object_get(void *object)
{
    struct counted *c = *find(object);
    return c != NULL ? ++c->count : 0;
}

long cn_object_put(void *object)
{
    struct counted **at = find(object), *c = *at;
    if (c == NULL)
        return -1;
    if (--c->count > 0)
        return c->count;
    *at = c->next;
    void (*gone)(void *) = c->gone;
    free(c);
    if (gone != NULL)
        gone(object);
    return 0;
}

void cn_objects_reset(void)
{
    for (size_t i = 0; i < BUCKETS; i++)
        while (buckets[i] != NULL) {
            struct counted *c = buckets[i];
            buckets[i] = c->next;
            free(c);
        }
}

/* -- exported ---------------------------------------------------------------------------------- */

LONG_PTR NTAPI ObfReferenceObject(PVOID Object)
{
    return cn_object_get(Object);
}

LONG_PTR NTAPI ObfReferenceObjectWithTag(PVOID Object, ULONG Tag)
{
    (void)Tag;
    return cn_object_get(Object);
}

LONG_PTR NTAPI ObfDereferenceObject(PVOID Object)
{
    CN_DDI_ENTER(ddi, ObfDereferenceObject);
    long left = cn_object_put(Object);
    CN_DDI_LEAVE_VOID(ddi);
    return CN_MAX(left, 0);
}

LONG_PTR NTAPI ObfDereferenceObjectWithTag(PVOID Object, ULONG Tag)
{
    (void)Tag;
    CN_DDI_ENTER(ddi, ObfDereferenceObjectWithTag);
    long left = cn_object_put(Object);
    CN_DDI_LEAVE_VOID(ddi);
    return CN_MAX(left, 0);
}

VOID NTAPI ObDereferenceObjectDeferDelete(PVOID Object)
{
    CN_DDI_ENTER(ddi, ObDereferenceObjectDeferDelete);
    cn_object_put(Object);
    CN_DDI_LEAVE_VOID(ddi);
}

NTSTATUS NTAPI ObReferenceObjectByPointer(PVOID Object, ACCESS_MASK DesiredAccess,
                                          POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode)
{
    (void)DesiredAccess, (void)ObjectType, (void)AccessMode;
    cn_object_get(Object);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI ObReferenceObjectByHandle(HANDLE Handle, ACCESS_MASK DesiredAccess,
                                         POBJECT_TYPE ObjectType, KPROCESSOR_MODE AccessMode,
                                         PVOID *Object, PVOID HandleInformation)
{
    (void)DesiredAccess, (void)ObjectType, (void)AccessMode;
    CN_DDI_ENTER(ddi, ObReferenceObjectByHandle);
    enum cn_nt_handle_kind kind = cn_nt_handle_kind(Handle);
    NTSTATUS s = STATUS_SUCCESS;
    *Object = NULL;
    if (kind == CN_NT_HANDLE_NONE) {
        s = STATUS_INVALID_HANDLE;
    } else if (kind == CN_NT_HANDLE_KEY) {
        s = STATUS_OBJECT_TYPE_MISMATCH; /* keys have no object a driver may touch */
    } else {
        *Object = cn_nt_handle_get(Handle, kind);
        cn_object_get(*Object);
        if (HandleInformation != NULL)
            memset(HandleInformation, 0, 8);
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

static NTSTATUS close_handle(HANDLE handle, const char *call)
{
    bool open = CN_CHECK(CN_GEN_001, cn_nt_handle_kind(handle) != CN_NT_HANDLE_NONE, .call = call,
                         .member = "Handle", .found = "a value that is no open handle",
                         .allowed = "an open handle");
    if (open)
        cn_nt_handle_close(handle);
    return open ? STATUS_SUCCESS : STATUS_INVALID_HANDLE;
}

NTSTATUS NTAPI ZwClose(HANDLE Handle)
{
    CN_DDI_ENTER(ddi, ZwClose);
    NTSTATUS s = close_handle(Handle, "ZwClose");
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI NtClose(HANDLE Handle)
{
    CN_DDI_ENTER(ddi, NtClose);
    NTSTATUS s = close_handle(Handle, "NtClose");
    CN_DDI_LEAVE(ddi, s);
    return s;
}
