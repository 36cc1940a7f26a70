/* What drivers use of NDIS beside registration: configuration, timers, work items, locks, memory,
 * devices and pools; and what happens when it is left behind. */
#include "kit.h"

#include "nt/registry.h"

static void (*during)(void); /* in a thread of the miniport driver, while its adapter runs */

static void life(void *arg)
{
    (void)arg;
    kit_entry(mp, mp_register);
    if (kit_adapter() != NULL) {
        if (during != NULL)
            kit_as(mp, during);
        cn_adapter_stop(adapter);
        cn_adapter_remove(adapter);
    }
    kit_gone(mp);
}

static const char *lived(void (*what)(void))
{
    kit_start();
    during = what;
    kit_run(life);
    return broken;
}

static NDIS_STRING string(const WCHAR *text)
{
    NDIS_STRING s;
    RtlInitUnicodeString(&s, text);
    return s;
}

/* -- Configuration ----------------------------------------------------------------------------- */

static NDIS_HANDLE config_open(NDIS_HANDLE handle)
{
    NDIS_HANDLE config = NULL;
    NDIS_CONFIGURATION_OBJECT o = {HEADER(NDIS_OBJECT_TYPE_CONFIGURATION_OBJECT,
                                          NDIS_CONFIGURATION_OBJECT_REVISION_1,
                                          NDIS_SIZEOF_CONFIGURATION_OBJECT_REVISION_1),
                                   .NdisHandle = handle};
    noted(NdisOpenConfigurationEx(&o, &config));
    return config;
}

static ULONG config_number(NDIS_HANDLE config, const WCHAR *name, NDIS_PARAMETER_TYPE type)
{
    NDIS_STATUS s;
    NDIS_STRING n = string(name);
    PNDIS_CONFIGURATION_PARAMETER p = NULL;
    NdisReadConfiguration(&s, &p, config, &n, type);
    return noted(s) == NDIS_STATUS_SUCCESS ? p->ParameterData.IntegerData : 0xdead;
}

static ULONG numbers[8];
static char text[64];
static UCHAR address[8];

static void config_fill(const char *name, uint32_t type, const void *data, uint32_t size)
{
    struct cn_key *key = cn_key_open(NULL, adapter->key, true, NULL);
    cn_key_set(key, name, type, data, size);
}

static void reads(void)
{
    NDIS_STATUS s;
    UINT length = 0;
    PVOID bytes = NULL;
    static const uint32_t five = 5;
    config_fill("Five", REG_DWORD, &five, sizeof(five));
    config_fill("Twelve", REG_SZ, u"12", sizeof(u"12"));
    config_fill("Word", REG_SZ, u"word", sizeof(u"word"));
    config_fill("NetworkAddress", REG_SZ, u"02-00-5e-00-00-01", sizeof(u"02-00-5e-00-00-01"));
    NDIS_HANDLE c = config_open(mp_context->handle);
    numbers[0] = config_number(c, u"Five", NdisParameterInteger);
    numbers[1] = config_number(c, u"Twelve", NdisParameterInteger);
    numbers[2] = config_number(c, u"Twelve", NdisParameterHexInteger);
    numbers[3] = config_number(c, u"Word", NdisParameterInteger);
    numbers[4] = config_number(c, u"Missing", NdisParameterInteger);
    numbers[5] = config_number(c, u"NdisVersion", NdisParameterInteger);
    NDIS_STRING word = string(u"Word");
    PNDIS_CONFIGURATION_PARAMETER p = NULL;
    NdisReadConfiguration(&s, &p, c, &word, NdisParameterString);
    if (noted(s) == NDIS_STATUS_SUCCESS && p->ParameterType == NdisParameterString)
        cn_utf16_to_utf8((const uint16_t *)p->ParameterData.StringData.Buffer,
                         p->ParameterData.StringData.Length / 2, text, sizeof(text));
    NdisReadNetworkAddress(&s, &bytes, &length, c);
    if (noted(s) == NDIS_STATUS_SUCCESS && length == 6)
        memcpy(address, bytes, 6);
    NdisCloseConfiguration(c);
}

TEST(values_of_the_configuration)
{
    CN_STREQ(lived(reads), "");
    CN_EQ(numbers[0], 5);
    CN_EQ(numbers[1], 12);
    CN_EQ(numbers[2], 0x12);
    CN_EQ(numbers[3], 0xdead);
    CN_EQ(numbers[4], 0xdead);
    CN_EQ(numbers[5] >> 16, 6);
    CN_STREQ(text, "word");
    CN_EQ(memcmp(address, "\x02\x00\x5e\x00\x00\x01", 6), 0);
}

static void writes(void)
{
    NDIS_STATUS s;
    NDIS_STRING name = string(u"Seven");
    NDIS_CONFIGURATION_PARAMETER p = {.ParameterType = NdisParameterInteger,
                                      .ParameterData.IntegerData = 7};
    NDIS_HANDLE c = config_open(mp_handle);
    NdisWriteConfiguration(&s, c, &name, &p);
    noted(s);
    NdisCloseConfiguration(c);
    c = config_open(mp_handle);
    numbers[0] = config_number(c, u"Seven", NdisParameterInteger);
    NdisCloseConfiguration(c);
}

TEST(what_is_written_is_read_again)
{
    CN_STREQ(lived(writes), "");
    CN_EQ(numbers[0], 7);
}

static void keys(void)
{
    NDIS_STATUS s;
    NDIS_STRING name = string(u"Sub");
    NDIS_STRING first = {0};
    NDIS_HANDLE sub = NULL, same = NULL;
    char path[512];
    NDIS_HANDLE c = config_open(mp_context->handle);
    NdisOpenConfigurationKeyByName(&s, c, &name, &sub);
    numbers[0] = (ULONG)s;
    snprintf(path, sizeof(path), "%s\\Sub", adapter->key);
    cn_key_open(NULL, path, true, NULL);
    NdisOpenConfigurationKeyByName(&s, c, &name, &sub);
    numbers[1] = (ULONG)s;
    NdisOpenConfigurationKeyByIndex(&s, c, 0, &first, &same);
    numbers[2] = (ULONG)s;
    cn_utf16_to_utf8((const uint16_t *)first.Buffer, first.Length / 2, text, sizeof(text));
    NdisCloseConfiguration(same);
    NdisCloseConfiguration(sub);
    NdisOpenConfigurationKeyByIndex(&s, c, 1, &first, &same);
    numbers[3] = (ULONG)s;
    NdisCloseConfiguration(c);
}

TEST(keys_below_keys)
{
    CN_STREQ(lived(keys), "");
    CN_EQ(numbers[0], (ULONG)NDIS_STATUS_FAILURE);
    CN_EQ(numbers[1], NDIS_STATUS_SUCCESS);
    CN_EQ(numbers[2], NDIS_STATUS_SUCCESS);
    CN_STREQ(text, "Sub");
    CN_EQ(numbers[3], (ULONG)NDIS_STATUS_FAILURE);
}

static void left_open(void)
{
    config_open(mp_context->handle);
}
static void closed_twice(void)
{
    NDIS_HANDLE c = config_open(mp_context->handle);
    NdisCloseConfiguration(c);
    NdisCloseConfiguration(c);
}
static void opened_with_nothing(void)
{
    config_open(NULL);
}

TEST(configuration_handles_are_closed_once)
{
    CN_STREQ(lived(left_open), "CFG-001 ");
    CN_STREQ(lived(closed_twice), "CFG-001 ");
    CN_STREQ(lived(opened_with_nothing), "GEN-001 ");
    CN_EQ(got[got_count - 1], NDIS_STATUS_FAILURE);
}

/* -- Timers ------------------------------------------------------------------------------------ */

static NDIS_HANDLE timer;
static unsigned fires;
static bool frees_itself;

static VOID NTAPI fire(PVOID a, PVOID context, PVOID b, PVOID c)
{
    (void)a, (void)context, (void)b, (void)c;
    fires++;
    if (frees_itself)
        NdisFreeTimerObject(timer);
}

static void timer_make(NDIS_HANDLE handle, PNDIS_TIMER_FUNCTION function, ULONG tag)
{
    NDIS_TIMER_CHARACTERISTICS c = {HEADER(NDIS_OBJECT_TYPE_TIMER_CHARACTERISTICS,
                                           NDIS_TIMER_CHARACTERISTICS_REVISION_1,
                                           NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1),
                                    .AllocationTag = tag, .TimerFunction = function};
    timer = NULL;
    fires = 0;
    noted(NdisAllocateTimerObject(handle, &c, &timer));
}

static void timer_set(LONG ms, LONG period, PVOID context)
{
    NdisSetTimerObject(timer, (LARGE_INTEGER){.QuadPart = -10000LL * ms}, period, context);
}

static void timer_once(void)
{
    timer_make(mp_context->handle, fire, TAG);
    timer_set(5, 0, NULL);
    NdisMSleep(20000);
    numbers[0] = fires;
    timer_set(5, 5, NULL);
    NdisMSleep(22000);
    numbers[1] = fires;
    numbers[2] = NdisCancelTimerObject(timer);
    numbers[3] = NdisCancelTimerObject(timer);
    NdisMSleep(20000);
    numbers[4] = fires;
    NdisFreeTimerObject(timer);
}

TEST(timers_fire)
{
    frees_itself = false;
    CN_STREQ(lived(timer_once), "");
    CN_EQ(numbers[0], 1);
    CN_EQ(numbers[1], 5);
    CN_EQ(numbers[2], TRUE);
    CN_EQ(numbers[3], FALSE);
    CN_EQ(numbers[4], 5);
}

static void timer_frees_itself(void)
{
    timer_make(mp_context->handle, fire, TAG);
    timer_set(5, 0, NULL);
    NdisMSleep(20000);
}

TEST(a_timer_may_free_itself)
{
    frees_itself = true;
    CN_STREQ(lived(timer_frees_itself), "");
    CN_EQ(fires, 1);
    frees_itself = false;
}

static void timer_freed_set(void)
{
    timer_make(mp_context->handle, fire, TAG);
    timer_set(5, 0, NULL);
    NdisFreeTimerObject(timer);
}
static void timer_freed_twice(void)
{
    timer_make(mp_context->handle, fire, TAG);
    NdisFreeTimerObject(timer);
    NdisFreeTimerObject(timer);
}
static void timer_left_set(void)
{
    timer_make(mp_context->handle, fire, TAG);
    timer_set(100000, 0, NULL);
}
static void timer_of_the_driver_left_set(void)
{
    timer_make(mp_handle, fire, TAG);
    timer_set(100000, 0, mp_context);
}
static void timer_without_function(void)
{
    timer_make(mp_context->handle, NULL, TAG);
}
static void timer_without_tag(void)
{
    timer_make(mp_context->handle, fire, 0);
}
static void timer_with_nothing(void)
{
    timer_make(NULL, fire, TAG);
}
static void timer_tolerates(void)
{
    LARGE_INTEGER due = {.QuadPart = -10000};
    timer_make(mp_context->handle, fire, TAG);
    NdisSetCoalescableTimerObject(timer, due, 0, NULL, 5);
    NdisCancelTimerObject(timer);
    NdisFreeTimerObject(timer);
}

TEST(what_timers_are_not_for)
{
    CN_STREQ(lived(timer_freed_set), "TMR-001 ");
    CN_STREQ(lived(timer_freed_twice), "TMR-001 ");
    CN_STREQ(lived(timer_left_set), "TMR-009 ");
    CN_HAS(lived(timer_of_the_driver_left_set), "ADP-023 ");
    CN_STREQ(lived(timer_without_function), "TMR-005 ");
    CN_STREQ(lived(timer_without_tag), "TMR-005 ");
    CN_STREQ(lived(timer_with_nothing), "GEN-001 ");
    CN_STREQ(lived(timer_tolerates), "TMR-006 ");
}

/* -- Work items -------------------------------------------------------------------------------- */

static NDIS_HANDLE item;
static unsigned runs;

static VOID NTAPI work(PVOID context, NDIS_HANDLE handle)
{
    (void)context;
    runs++;
    if (frees_itself)
        NdisFreeIoWorkItem(handle);
}

static void item_make(NDIS_HANDLE handle)
{
    runs = 0;
    item = NdisAllocateIoWorkItem(handle);
}

static void item_runs(void)
{
    item_make(mp_context->handle);
    NdisQueueIoWorkItem(item, work, NULL);
    NdisMSleep(1000);
    numbers[0] = runs;
    NdisQueueIoWorkItem(item, work, NULL);
    NdisMSleep(1000);
    NdisFreeIoWorkItem(item);
}
static void item_frees_itself(void)
{
    item_make(mp_context->handle);
    NdisQueueIoWorkItem(item, work, NULL);
    NdisMSleep(1000);
}

TEST(work_items_run)
{
    CN_STREQ(lived(item_runs), "");
    CN_EQ(numbers[0], 1);
    CN_EQ(runs, 2);
    frees_itself = true;
    CN_STREQ(lived(item_frees_itself), "");
    CN_EQ(runs, 1);
    frees_itself = false;
}

static void item_twice(void)
{
    item_make(mp_context->handle);
    NdisQueueIoWorkItem(item, work, NULL);
    NdisQueueIoWorkItem(item, work, NULL);
    NdisMSleep(1000);
    NdisFreeIoWorkItem(item);
}
static void item_freed_queued(void)
{
    item_make(mp_context->handle);
    NdisQueueIoWorkItem(item, work, NULL);
    NdisFreeIoWorkItem(item);
}
static void item_left(void)
{
    item_make(mp_context->handle);
}
static void item_with_nothing(void)
{
    item_make(NULL);
}

TEST(what_work_items_are_not_for)
{
    CN_STREQ(lived(item_twice), "WI-002 ");
    CN_STREQ(lived(item_freed_queued), "WI-004 ");
    CN_STREQ(lived(item_left), "WI-003 ");
    CN_STREQ(lived(item_with_nothing), "WI-001 ");
    CN_OK(item == NULL);
}

/* -- Locks ------------------------------------------------------------------------------------- */

static void locks(void)
{
    LOCK_STATE_EX outer, inner;
    PNDIS_RW_LOCK_EX lock = NdisAllocateRWLock(mp_context->handle);
    NdisAcquireRWLockRead(lock, &outer, 0);
    NdisAcquireRWLockRead(lock, &inner, NDIS_RWL_AT_DISPATCH_LEVEL);
    numbers[0] = (ULONG)KeGetCurrentIrql();
    NdisReleaseRWLock(lock, &inner);
    NdisReleaseRWLock(lock, &outer);
    numbers[1] = (ULONG)KeGetCurrentIrql();
    NdisAcquireRWLockWrite(lock, &outer, 0);
    NdisReleaseRWLock(lock, &outer);
    NdisFreeRWLock(lock);
}
static void lock_released_twice(void)
{
    LOCK_STATE_EX s;
    KIRQL old;
    PNDIS_RW_LOCK_EX lock = NdisAllocateRWLock(mp_context->handle);
    NdisAcquireRWLockWrite(lock, &s, 0);
    NdisReleaseRWLock(lock, &s);
    KeRaiseIrql(DISPATCH_LEVEL, &old);
    NdisReleaseRWLock(lock, &s);
    KeLowerIrql(old);
    NdisFreeRWLock(lock);
}
static void lock_taken_again(void)
{
    LOCK_STATE_EX outer, inner;
    PNDIS_RW_LOCK_EX lock = NdisAllocateRWLock(mp_context->handle);
    NdisAcquireRWLockRead(lock, &outer, 0);
    NdisAcquireRWLockWrite(lock, &inner, NDIS_RWL_AT_DISPATCH_LEVEL);
    NdisReleaseRWLock(lock, &inner);
    NdisReleaseRWLock(lock, &outer);
    NdisFreeRWLock(lock);
}

TEST(locks_for_readers_and_writers)
{
    CN_STREQ(lived(locks), "");
    CN_EQ(numbers[0], DISPATCH_LEVEL);
    CN_EQ(numbers[1], PASSIVE_LEVEL);
    CN_HAS(lived(lock_released_twice), "LCK-002 ");
    CN_HAS(lived(lock_taken_again), "LCK-004 ");
}

/* -- Memory and objects ------------------------------------------------------------------------ */

static void memory_with_nothing(void)
{
    void *p = NdisAllocateMemoryWithTagPriority(NULL, 8, TAG, NormalPoolPriority);
    numbers[0] = p != NULL;
    if (p != NULL)
        NdisFreeMemory(p, 0, 0);
}
static void memory_without_tag(void)
{
    NdisFreeMemory(NdisAllocateMemoryWithTagPriority(mp_context->handle, 8, 0, NormalPoolPriority),
                   0, 0);
}
static void memory_with_another_tag(void)
{
    void *p = NdisAllocateMemoryWithTagPriority(mp_context->handle, 8, TAG, NormalPoolPriority);
    NdisFreeMemoryWithTag(p, TAG + 1);
}
static void memory_left(void)
{
    numbers[0] =
        NdisAllocateMemoryWithTagPriority(mp_context->handle, 8, TAG, NormalPoolPriority) != NULL;
}
static void object_used(void)
{
    PNDIS_GENERIC_OBJECT o = NdisAllocateGenericObject(cn_nt_driver_object(mp), TAG, 0);
    void *p = NdisAllocateMemoryWithTagPriority(o, 8, TAG, NormalPoolPriority);
    NdisFreeMemory(p, 0, 0);
    NdisFreeGenericObject(o);
}
static void object_twice(void)
{
    PNDIS_GENERIC_OBJECT o = NdisAllocateGenericObject(cn_nt_driver_object(mp), TAG, 0);
    NdisFreeGenericObject(o);
    NdisFreeGenericObject(o);
}
static void object_with_children(void)
{
    PNDIS_GENERIC_OBJECT o = NdisAllocateGenericObject(cn_nt_driver_object(mp), TAG, 0);
    timer_make(o, fire, TAG);
    NdisFreeGenericObject(o);
}
static void object_left(void)
{
    (void)NdisAllocateGenericObject(cn_nt_driver_object(mp), TAG, 0);
}

TEST(memory_belongs_to_somebody)
{
    CN_STREQ(lived(memory_with_nothing), "MEM-001 ");
    CN_EQ(numbers[0], 1);
    CN_STREQ(lived(memory_without_tag), "MEM-011 ");
    CN_STREQ(lived(memory_with_another_tag), "MEM-004 ");
    CN_HAS(lived(memory_left), "MEM-005 ");
}

TEST(generic_objects)
{
    CN_STREQ(lived(object_used), "");
    CN_STREQ(lived(object_twice), "MEM-008 ");
    CN_HAS(lived(object_with_children), "MEM-008 ");
    CN_STREQ(lived(object_left), "MEM-008 ");
}

/* -- Devices ----------------------------------------------------------------------------------- */

static NDIS_HANDLE device;
static PDEVICE_OBJECT device_object;

static NTSTATUS NTAPI answer(PDEVICE_OBJECT d, PIRP irp)
{
    (void)d;
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void device_make(NDIS_HANDLE handle)
{
    static PDRIVER_DISPATCH major[IRP_MJ_MAXIMUM_FUNCTION + 1];
    static NDIS_STRING name, link;
    name = string(u"\\Device\\Kit");
    link = string(u"\\DosDevices\\Kit");
    major[IRP_MJ_CREATE] = answer;
    NDIS_DEVICE_OBJECT_ATTRIBUTES a = {
        HEADER(NDIS_OBJECT_TYPE_DEVICE_OBJECT_ATTRIBUTES, NDIS_DEVICE_OBJECT_ATTRIBUTES_REVISION_1,
               NDIS_SIZEOF_DEVICE_OBJECT_ATTRIBUTES_REVISION_1),
        .DeviceName = &name, .SymbolicName = &link, .MajorFunctions = major, .ExtensionSize = 24};
    device = NULL;
    noted(NdisRegisterDeviceEx(handle, &a, &device_object, &device));
}
static void device_used(void)
{
    device_make(mp_handle);
    void *room = NdisGetDeviceReservedExtension(device_object);
    numbers[0] = room != NULL;
    if (room != NULL)
        memset(room, 0xff, 24);
    NdisDeregisterDeviceEx(device);
}
static void device_left(void)
{
    device_make(mp_handle);
}
static void device_with_nothing(void)
{
    device_make(NULL);
}
static void device_changed(void)
{
    device_make(mp_handle);
    memset(device_object->DeviceExtension, 0, 8);
    NdisDeregisterDeviceEx(device);
}

TEST(devices)
{
    CN_STREQ(lived(device_used), "");
    CN_EQ(numbers[0], 1);
    CN_HAS(lived(device_left), "DEV-001 ");
    CN_HAS(lived(device_changed), "DEV-001 ");
    CN_STREQ(lived(device_with_nothing), "GEN-001 ");
}

/* -- Pools of NET_BUFFER_LIST structures
 * ----------------------------------------------------------- */

static NDIS_HANDLE list_pool(BOOLEAN with_buffer, ULONG data)
{
    NET_BUFFER_LIST_POOL_PARAMETERS p = {
        HEADER(NDIS_OBJECT_TYPE_DEFAULT, NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1,
               NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1),
        .ProtocolId = NDIS_PROTOCOL_ID_DEFAULT,
        .fAllocateNetBuffer = with_buffer,
        .ContextSize = 32,
        .PoolTag = TAG,
        .DataSize = data};
    return NdisAllocateNetBufferListPool(mp_context->handle, &p);
}
static void lists(void)
{
    NDIS_HANDLE pool = list_pool(TRUE, 64);
    PNET_BUFFER_LIST l = NdisAllocateNetBufferAndNetBufferList(pool, 16, 0, NULL, 0, 0);
    PNET_BUFFER b = NET_BUFFER_LIST_FIRST_NB(l);
    numbers[0] = NET_BUFFER_FIRST_MDL(b) != NULL && NET_BUFFER_DATA_LENGTH(b) == 0;
    numbers[1] = NdisGetPoolFromNetBufferList(l) == pool;
    memset(NET_BUFFER_LIST_CONTEXT_DATA_START(l), 1, 16);
    NdisFreeNetBufferList(l);
    NdisFreeNetBufferListPool(pool);
}
static void list_left(void)
{
    NDIS_HANDLE pool = list_pool(FALSE, 0);
    (void)NdisAllocateNetBufferList(pool, 0, 0);
    NdisFreeNetBufferListPool(pool);
}
static void list_freed_twice(void)
{
    NDIS_HANDLE pool = list_pool(FALSE, 0);
    PNET_BUFFER_LIST l = NdisAllocateNetBufferList(pool, 0, 0);
    NdisFreeNetBufferList(l);
    NdisFreeNetBufferList(l);
    NdisFreeNetBufferListPool(pool);
}
static void pool_left(void)
{
    list_pool(FALSE, 0);
}
static void pool_without_buffers(void)
{
    NDIS_HANDLE pool = list_pool(FALSE, 0);
    numbers[0] = NdisAllocateNetBufferAndNetBufferList(pool, 0, 0, NULL, 0, 0) == NULL;
    NdisFreeNetBufferListPool(pool);
}

TEST(pools_of_lists)
{
    CN_STREQ(lived(lists), "");
    CN_EQ(numbers[0], 1);
    CN_EQ(numbers[1], 1);
    CN_HAS(lived(list_left), "MEM-005 ");
    CN_STREQ(lived(list_freed_twice), "MEM-003 ");
    CN_STREQ(lived(pool_left), "ADP-022 ");
    CN_STREQ(lived(pool_without_buffers), "GEN-001 ");
    CN_EQ(numbers[0], 1);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
