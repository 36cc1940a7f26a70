/* registry_test.c - the registry: the house side, handles, and tables of queries. */
#include "nt_kit.h"

#include "load/trap.h"
#include "nt/crt.h"
#include "nt/handles.h"
#include "nt/registry.h"

static HANDLE open_key(UNICODE_STRING *name, HANDLE root)
{
    OBJECT_ATTRIBUTES a = {sizeof(a), root, name, 0, NULL, NULL};
    HANDLE h = NULL;
    CN_EQ(ZwOpenKey(&h, KEY_READ, &a), STATUS_SUCCESS);
    return h;
}

TEST(names_compare_without_case_and_the_machine_prefix_is_the_root)
{
    kit_start();
    CN_EQ(cn_reg_set_dword("System\\A", "Value", 7), 0);
    CN_EQ(*(const uint32_t *)cn_reg_get("\\Registry\\MACHINE\\system\\a", "VALUE")->data, 7);
    CN_STREQ(cn_reg_get("system\\a", "value")->key, "System\\A");
    CN_OK(cn_reg_get("System", "Value") == NULL);
    CN_OK(cn_reg_get("System\\A\\B", "Value") == NULL);
    CN_EQ(cn_reg_set_string("System\\A", "Value", "x"), 0);
    CN_EQ(cn_reg_get("System\\A", "Value")->size, 4);
}

TEST(names_and_data_beyond_reason_are_refused)
{
    static char name[2000];
    kit_start();
    memset(name, 'a', sizeof(name) - 1);
    CN_OK(cn_reg_set_dword(name, "V", 1) != 0);
    CN_OK(cn_reg_set_dword("K", name, 1) != 0);
    CN_OK(cn_reg_set("K", "V", REG_BINARY, name, 2 << 20) != 0);
    for (size_t i = 0; i < sizeof(name) - 1; i += 2)
        name[i] = '\\';
    CN_OK(cn_reg_set_dword(name, "V", 1) != 0);
}

TEST(a_key_is_opened_by_path_and_below_another)
{
    kit_start();
    cn_reg_set_dword("System\\A\\B", "V", 1);
    HANDLE a = open_key(U("\\Registry\\Machine\\System\\A"), NULL);
    HANDLE b = open_key(U("B"), a);
    OBJECT_ATTRIBUTES none = {sizeof(none), a, U("C"), 0, NULL, NULL};
    HANDLE h = a;
    CN_EQ(ZwOpenKey(&h, KEY_READ, &none), STATUS_OBJECT_NAME_NOT_FOUND);
    CN_OK(h == NULL);
    none.RootDirectory = (HANDLE)(uintptr_t)0x1234;
    CN_EQ(ZwOpenKey(&h, KEY_READ, &none), STATUS_INVALID_HANDLE);
    none.RootDirectory = NULL;
    CN_EQ(ZwOpenKey(&h, KEY_READ, &none), STATUS_OBJECT_PATH_SYNTAX_BAD);
    CN_EQ(ZwClose(b), STATUS_SUCCESS);
    CN_EQ(ZwClose(a), STATUS_SUCCESS);
    BROKE_NOTHING();
    CN_EQ(ZwClose(a), STATUS_INVALID_HANDLE);
    BROKE(CN_GEN_001);
}

TEST(a_value_is_queried_in_three_forms_and_says_how_much_it_needs)
{
    uint8_t buf[128];
    ULONG need;
    kit_start();
    cn_reg_set_dword("K", "Val", 0x11223344);
    HANDLE k = open_key(U("\\Registry\\Machine\\K"), NULL);
    CN_EQ(ZwQueryValueKey(k, U("val"), KeyValuePartialInformation, buf, 128, &need), 0);
    KEY_VALUE_PARTIAL_INFORMATION *p = (void *)buf;
    CN_EQ(need, 16);
    CN_EQ(p->Type, REG_DWORD);
    CN_EQ(p->DataLength, 4);
    CN_EQ(memcmp(p->Data, "\x44\x33\x22\x11", 4), 0);
    CN_EQ(ZwQueryValueKey(k, U("val"), KeyValuePartialInformation, buf, 14, &need),
          STATUS_BUFFER_OVERFLOW);
    CN_EQ(need, 16);
    CN_EQ(ZwQueryValueKey(k, U("val"), KeyValuePartialInformation, NULL, 0, &need),
          STATUS_BUFFER_TOO_SMALL);
    CN_EQ(ZwQueryValueKey(k, U("val"), KeyValueFullInformation, buf, 128, &need), 0);
    KEY_VALUE_FULL_INFORMATION *f = (void *)buf;
    CN_EQ(f->NameLength, 6);
    CN_EQ(memcmp(f->Name, L"Val", 6), 0);
    CN_EQ(memcmp(buf + f->DataOffset, "\x44\x33\x22\x11", 4), 0);
    CN_EQ(ZwQueryValueKey(k, U("val"), KeyValueBasicInformation, buf, 128, &need), 0);
    CN_EQ(need, 18);
    CN_EQ(ZwQueryValueKey(k, U("no"), KeyValueBasicInformation, buf, 128, &need),
          STATUS_OBJECT_NAME_NOT_FOUND);
    CN_EQ(ZwQueryValueKey(k, U("val"), 99, buf, 128, &need), STATUS_INVALID_PARAMETER);
    BROKE_NOTHING();
    CN_EQ(ZwQueryValueKey(NULL, U("val"), 99, buf, 128, &need), STATUS_INVALID_HANDLE);
    BROKE(CN_GEN_001);
}

TEST(keys_and_values_are_enumerated_set_and_deleted)
{
    uint8_t buf[128];
    ULONG need, how = 0, number = 5;
    kit_start();
    OBJECT_ATTRIBUTES a = {sizeof(a), NULL, U("\\Registry\\Machine\\New\\Key"), 0, NULL, NULL};
    HANDLE k, again;
    CN_EQ(ZwCreateKey(&k, KEY_ALL_ACCESS, &a, 0, NULL, 0, &how), 0);
    CN_EQ(how, REG_CREATED_NEW_KEY);
    CN_EQ(ZwCreateKey(&again, KEY_ALL_ACCESS, &a, 0, NULL, 0, &how), 0);
    CN_EQ(how, REG_OPENED_EXISTING_KEY);
    CN_EQ(ZwSetValueKey(k, U("N"), 0, REG_DWORD, &number, 4), 0);
    CN_EQ(ZwEnumerateValueKey(k, 0, KeyValueBasicInformation, buf, 128, &need), 0);
    CN_EQ(ZwEnumerateValueKey(k, 1, KeyValueBasicInformation, buf, 128, &need),
          STATUS_NO_MORE_ENTRIES);
    HANDLE parent = open_key(U("\\Registry\\Machine\\New"), NULL);
    CN_EQ(ZwEnumerateKey(parent, 0, KeyBasicInformation, buf, 128, &need), 0);
    CN_EQ(need, 16 + 6);
    CN_EQ(memcmp(buf + 16, L"Key", 6), 0);
    CN_EQ(ZwEnumerateKey(parent, 1, KeyBasicInformation, buf, 128, &need), STATUS_NO_MORE_ENTRIES);
    CN_EQ(ZwQueryKey(k, KeyFullInformation, buf, 128, &need), 0);
    CN_EQ(*(ULONG *)(void *)(buf + 32), 1);
    CN_EQ(ZwQueryKey(k, KeyNameInformation, buf, 128, &need), 0);
    CN_EQ(ZwDeleteKey(parent), STATUS_CANNOT_DELETE);
    CN_EQ(ZwDeleteValueKey(k, U("N")), 0);
    CN_EQ(ZwDeleteValueKey(k, U("N")), STATUS_OBJECT_NAME_NOT_FOUND);
    CN_EQ(ZwDeleteKey(k), 0);
    CN_EQ(ZwSetValueKey(again, U("N"), 0, REG_DWORD, &number, 4), STATUS_KEY_DELETED);
    CN_EQ(ZwFlushKey(parent), 0);
    ZwClose(k), ZwClose(again), ZwClose(parent);
    BROKE_NOTHING();
}

TEST(a_handle_left_open_is_told)
{
    kit_start();
    cn_reg_set_dword("K", "V", 1);
    HANDLE h = open_key(U("\\Registry\\Machine\\K"), NULL);
    CN_EQ(cn_nt_handle_kind(h), CN_NT_HANDLE_KEY);
    kit_unload(false);
    CN_HAS(events, "registry key handle");
    CN_EQ(cn_nt_handle_kind(h), CN_NT_HANDLE_NONE);
}

static void no_fault(void *arg, const struct cn_fault *fault)
{
    (void)arg, (void)fault;
    abort();
}

static void no_stack(void *arg, void **low, void **high)
{
    (void)arg;
    *low = *high = NULL;
}

TEST(a_string_that_cannot_be_read_breaks_HOST_005)
{
    kit_start();
    UNICODE_STRING bad = {400, 400, NULL};
    OBJECT_ATTRIBUTES a = {sizeof(a), NULL, &bad, 0, NULL, NULL};
    HANDLE h;
    CN_EQ(cn_trap_install(&(struct cn_trap_env){.fault = no_fault, .stack = no_stack}), 0);
    NTSTATUS s = ZwOpenKey(&h, KEY_READ, &a);
    cn_trap_remove();
    CN_EQ(s, STATUS_OBJECT_NAME_INVALID);
    BROKE(CN_HOST_005);
}

/* -- tables of queries ------------------------------------------------------------------------- */

static char seen[512];

static NTSTATUS NTAPI routine(PWSTR name, ULONG type, PVOID data, ULONG size, PVOID context,
                              PVOID entry)
{
    char text[64];
    size_t n = strlen(seen);
    (void)data;
    cn_utf16_to_utf8((const uint16_t *)name, cn_nt_wcslen(name), text, sizeof(text));
    snprintf(seen + n, sizeof(seen) - n, "%s:%u:%u:%s%s ", text, type, size, (char *)context,
             (char *)entry);
    return STATUS_SUCCESS;
}

TEST(values_are_stored_directly)
{
    kit_start();
    cn_reg_set_dword("System\\CurrentControlSet\\Services\\wan\\P", "Num", 42);
    cn_reg_set_string("System\\CurrentControlSet\\Services\\wan\\P", "Str", "hello");
    ULONG number = 0, missing = 0, fallback = 9;
    UNICODE_STRING text = {0};
    RTL_QUERY_REGISTRY_TABLE t[] = {
        {.Flags = RTL_QUERY_REGISTRY_DIRECT, .Name = (PWSTR)L"Num", .EntryContext = &number},
        {.Flags = RTL_QUERY_REGISTRY_DIRECT, .Name = (PWSTR)L"Str", .EntryContext = &text},
        {.Flags = RTL_QUERY_REGISTRY_DIRECT,
         .Name = (PWSTR)L"None",
         .EntryContext = &missing,
         .DefaultType = REG_DWORD,
         .DefaultData = &fallback,
         .DefaultLength = 4},
        {0}};
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES, L"wan\\P", t, NULL, NULL), 0);
    CN_EQ(number, 42);
    CN_EQ(missing, 9);
    CN_STREQ(utf8(&text), "hello");
    CN_EQ(text.MaximumLength, 12);
    RtlFreeUnicodeString(&text);
    t[2].Flags |= RTL_QUERY_REGISTRY_REQUIRED;
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES, L"wan\\P", t, NULL, NULL),
          STATUS_OBJECT_NAME_NOT_FOUND);
    RtlFreeUnicodeString(&text);
    WCHAR small[3];
    text = (UNICODE_STRING){0, sizeof(small), small};
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES, L"wan\\P", t, NULL, NULL),
          STATUS_BUFFER_TOO_SMALL);
    t[0].Flags |= RTL_QUERY_REGISTRY_TYPECHECK;
    t[0].DefaultType = (ULONG)REG_SZ << RTL_QUERY_REGISTRY_TYPECHECK_SHIFT;
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_SERVICES, L"wan\\P", t, NULL, NULL),
          STATUS_OBJECT_TYPE_MISMATCH);
    BROKE_NOTHING();
}

TEST(routines_are_called_for_values_subkeys_and_strings_of_a_list)
{
    static const WCHAR list[] = L"a\0bc\0";
    kit_start();
    seen[0] = '\0';
    cn_reg_set_dword("Top", "One", 1);
    cn_reg_set("Top", "Many", REG_MULTI_SZ, list, sizeof(list));
    cn_reg_set_dword("Top\\Sub", "In", 1);
    RTL_QUERY_REGISTRY_TABLE t[] = {
        {.QueryRoutine = routine, .Name = (PWSTR)L"One", .EntryContext = (void *)"1"},
        {.QueryRoutine = routine, .Name = (PWSTR)L"Many", .EntryContext = (void *)"2"},
        {.QueryRoutine = routine,
         .Flags = RTL_QUERY_REGISTRY_NOEXPAND,
         .Name = (PWSTR)L"Many",
         .EntryContext = (void *)"3"},
        {.QueryRoutine = routine,
         .Flags = RTL_QUERY_REGISTRY_SUBKEY,
         .Name = (PWSTR)L"Sub",
         .EntryContext = (void *)"4"},
        {.QueryRoutine = routine,
         .Flags = RTL_QUERY_REGISTRY_TOPKEY | RTL_QUERY_REGISTRY_DELETE,
         .Name = (PWSTR)L"One",
         .EntryContext = (void *)"5"},
        {0}};
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, L"\\Registry\\Machine\\Top", t, (void *)"c",
                                 NULL),
          0);
    CN_STREQ(seen, "One:4:4:c1 Many:1:4:c2 Many:1:6:c2 Many:7:12:c3 In:4:4:c4 One:4:4:c5 ");
    CN_OK(cn_reg_get("Top", "One") == NULL);
    CN_EQ(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, L"\\Registry\\Machine\\No", t, NULL, NULL),
          STATUS_OBJECT_NAME_NOT_FOUND);
    BROKE_NOTHING();
    CN_EQ(cn_pool_live(driver), 0);
}

TEST(values_are_written_checked_and_deleted_by_path)
{
    ULONG n = 3;
    kit_start();
    CN_EQ(RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"wan", L"V", REG_DWORD, &n, 4), 0);
    CN_OK(cn_reg_get("System\\CurrentControlSet\\Services\\wan", "V") != NULL);
    CN_EQ(RtlCheckRegistryKey(RTL_REGISTRY_SERVICES, (PWSTR)L"wan"), 0);
    CN_EQ(RtlCheckRegistryKey(RTL_REGISTRY_SERVICES, (PWSTR)L"no"), STATUS_OBJECT_NAME_NOT_FOUND);
    CN_EQ(RtlCreateRegistryKey(RTL_REGISTRY_CONTROL, (PWSTR)L"C"), 0);
    CN_EQ(RtlDeleteRegistryValue(RTL_REGISTRY_SERVICES, L"wan", L"V"), 0);
    CN_EQ(RtlDeleteRegistryValue(RTL_REGISTRY_SERVICES, L"wan", L"V"),
          STATUS_OBJECT_NAME_NOT_FOUND);
    CN_EQ(RtlCheckRegistryKey(99, (PWSTR)L"x"), STATUS_INVALID_PARAMETER);
}

int main(int argc, char **argv)
{
    return kit_main(argc, argv);
}
