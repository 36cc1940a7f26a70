/* registry_ddi.c - the registry as drivers see it: Zw functions on handles, Rtl functions on paths.
 */
#include "nt/registry.h"

#include "nt/device.h"
#include "nt/exports.h"
#include "nt/handles.h"
#include "nt/rows.h"
#include "nt/text.h"

#include <errno.h>

enum { PATH_MOST = 1024, NAME_MOST = 300 };

static void key_close(void *object)
{
    cn_key_put(object);
}

static NTSTATUS key_handle(struct cn_key *key, HANDLE *out, const void *place)
{
    *out = cn_nt_handle_new(CN_NT_HANDLE_KEY, key, key_close, place);
    if (*out == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    cn_key_get(key);
    return STATUS_SUCCESS;
}

/* -- opening ----------------------------------------------------------------------------------- */

static NTSTATUS open_key(POBJECT_ATTRIBUTES attributes, bool create, bool *created, HANDLE *out,
                         const void *place)
{
    char path[PATH_MOST];
    struct cn_key *from = NULL;
    *out = NULL;
    if (!cn_nt_utf8(attributes->ObjectName, path, sizeof(path), "ObjectAttributes.ObjectName"))
        return STATUS_OBJECT_NAME_INVALID;
    if (attributes->RootDirectory != NULL) {
        from = cn_nt_handle_get(attributes->RootDirectory, CN_NT_HANDLE_KEY);
        if (from == NULL)
            return STATUS_INVALID_HANDLE;
        if (cn_key_deleted(from))
            return STATUS_KEY_DELETED;
    } else if (path[0] != '\\') {
        return STATUS_OBJECT_PATH_SYNTAX_BAD;
    }
    struct cn_key *key = cn_key_open(from, path, create, created);
    if (key == NULL)
        return create ? STATUS_INSUFFICIENT_RESOURCES : STATUS_OBJECT_NAME_NOT_FOUND;
    return key_handle(key, out, place);
}

NTSTATUS NTAPI ZwOpenKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
                         POBJECT_ATTRIBUTES ObjectAttributes)
{
    (void)DesiredAccess;
    CN_DDI_ENTER(ddi, ZwOpenKey);
    NTSTATUS s = open_key(ObjectAttributes, false, NULL, KeyHandle, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwOpenKeyEx(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
                           POBJECT_ATTRIBUTES ObjectAttributes, ULONG OpenOptions)
{
    (void)DesiredAccess, (void)OpenOptions;
    CN_DDI_ENTER(ddi, ZwOpenKeyEx);
    NTSTATUS s = open_key(ObjectAttributes, false, NULL, KeyHandle, CN_CALLER);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwCreateKey(PHANDLE KeyHandle, ACCESS_MASK DesiredAccess,
                           POBJECT_ATTRIBUTES ObjectAttributes, ULONG TitleIndex,
                           PUNICODE_STRING Class, ULONG CreateOptions, PULONG Disposition)
{
    (void)DesiredAccess, (void)TitleIndex, (void)Class, (void)CreateOptions;
    CN_DDI_ENTER(ddi, ZwCreateKey);
    bool created = false;
    NTSTATUS s = open_key(ObjectAttributes, true, &created, KeyHandle, CN_CALLER);
    if (s == STATUS_SUCCESS && Disposition != NULL)
        *Disposition = created ? REG_CREATED_NEW_KEY : REG_OPENED_EXISTING_KEY;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI IoOpenDeviceRegistryKey(PDEVICE_OBJECT DeviceObject, ULONG DevInstKeyType,
                                       ACCESS_MASK DesiredAccess, PHANDLE DeviceRegKey)
{
    (void)DesiredAccess;
    CN_DDI_ENTER(ddi, IoOpenDeviceRegistryKey);
    NTSTATUS s = STATUS_INVALID_DEVICE_REQUEST;
    const char *path = cn_device_key(DeviceObject);
    *DeviceRegKey = NULL;
    if ((DevInstKeyType & (PLUGPLAY_REGKEY_DEVICE | PLUGPLAY_REGKEY_DRIVER)) == 0) {
        s = STATUS_INVALID_PARAMETER;
    } else if (path != NULL) {
        struct cn_key *key = cn_key_open(NULL, path, true, NULL);
        s = key != NULL ? key_handle(key, DeviceRegKey, CN_CALLER) : STATUS_INSUFFICIENT_RESOURCES;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- information ------------------------------------------------------------------------------- */

/* The key behind a handle, or NULL with the status; a handle that is none breaks GEN-001. */
static struct cn_key *key_of(HANDLE handle, NTSTATUS *status)
{
    struct cn_key *key = cn_nt_handle_get(handle, CN_NT_HANDLE_KEY);
    if (!CN_CHECK(CN_GEN_001, key != NULL, .member = "KeyHandle",
                  .found = cn_nt_handle_kind(handle) != CN_NT_HANDLE_NONE
                               ? "a handle of another kind"
                               : "a value that is no open handle",
                  .allowed = "a handle from ZwOpenKey or ZwCreateKey")) {
        *status = STATUS_INVALID_HANDLE;
        return NULL;
    }
    *status = cn_key_deleted(key) ? STATUS_KEY_DELETED : STATUS_SUCCESS;
    return *status == STATUS_SUCCESS ? key : NULL;
}

/* A structure with a fixed head and data behind it, of which as much is given as fits. */
struct answer {
    uint8_t head[64];
    size_t head_size, data_at, data_size;
    const void *data;
    size_t name_at, name_size;
    uint16_t name[NAME_MOST];
};

static NTSTATUS answer(const struct answer *a, void *buffer, ULONG length, PULONG needed)
{
    size_t end = CN_MAX(a->head_size, a->data_size > 0 ? a->data_at + a->data_size : 0);
    end = CN_MAX(end, a->name_size > 0 ? a->name_at + a->name_size : 0);
    *needed = (ULONG)end;
    if (length < a->head_size)
        return STATUS_BUFFER_TOO_SMALL;
    memcpy(buffer, a->head, a->head_size);
    if (a->name_size > 0 && a->name_at < length)
        memcpy((uint8_t *)buffer + a->name_at, a->name, CN_MIN(a->name_size, length - a->name_at));
    if (a->data_size > 0 && a->data_at < length)
        memcpy((uint8_t *)buffer + a->data_at, a->data, CN_MIN(a->data_size, length - a->data_at));
    return end > length ? STATUS_BUFFER_OVERFLOW : STATUS_SUCCESS;
}

static NTSTATUS value_answer(const struct cn_reg_value *v, KEY_VALUE_INFORMATION_CLASS class,
                             void *buffer, ULONG length, PULONG needed)
{
    struct answer a = {.data = v->data, .data_size = v->size};
    size_t name = 2 * cn_utf8_to_utf16(v->name, a.name, NAME_MOST);
    switch (class) {
    case KeyValueBasicInformation:
        memcpy(a.head, (ULONG[]){0, v->type, (ULONG)name}, 12);
        a.head_size = a.name_at = offsetof(KEY_VALUE_BASIC_INFORMATION, Name);
        a.name_size = name;
        a.data_size = 0;
        break;
    case KeyValueFullInformation:
    case KeyValueFullInformationAlign64:
        a.head_size = a.name_at = offsetof(KEY_VALUE_FULL_INFORMATION, Name);
        a.name_size = name;
        a.data_at = CN_ALIGN_UP(a.name_at + name, (size_t)8);
        memcpy(a.head, (ULONG[]){0, v->type, (ULONG)a.data_at, v->size, (ULONG)name}, 20);
        break;
    case KeyValuePartialInformation:
        memcpy(a.head, (ULONG[]){0, v->type, v->size}, 12);
        a.head_size = a.data_at = offsetof(KEY_VALUE_PARTIAL_INFORMATION, Data);
        break;
    case KeyValuePartialInformationAlign64:
        memcpy(a.head, (ULONG[]){v->type, v->size}, 8);
        a.head_size = a.data_at = 8;
        break;
    default:
        return STATUS_INVALID_PARAMETER;
    }
    return answer(&a, buffer, length, needed);
}

NTSTATUS NTAPI ZwQueryValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName,
                               KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                               PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    CN_DDI_ENTER(ddi, ZwQueryValueKey);
    char name[NAME_MOST];
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    *ResultLength = 0;
    if (key != NULL) {
        const struct cn_reg_value *v =
            cn_nt_utf8(ValueName, name, sizeof(name), "ValueName") ? cn_key_value(key, name) : NULL;
        s = v != NULL ? value_answer(v, KeyValueInformationClass, KeyValueInformation, Length,
                                     ResultLength)
                      : STATUS_OBJECT_NAME_NOT_FOUND;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwEnumerateValueKey(HANDLE KeyHandle, ULONG Index,
                                   KEY_VALUE_INFORMATION_CLASS KeyValueInformationClass,
                                   PVOID KeyValueInformation, ULONG Length, PULONG ResultLength)
{
    CN_DDI_ENTER(ddi, ZwEnumerateValueKey);
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    *ResultLength = 0;
    if (key != NULL) {
        const struct cn_reg_value *v = cn_key_value_at(key, Index);
        s = v != NULL ? value_answer(v, KeyValueInformationClass, KeyValueInformation, Length,
                                     ResultLength)
                      : STATUS_NO_MORE_ENTRIES;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* The counts and longest names that KeyFullInformation tells. */
static void key_counts(const struct cn_key *key, ULONG out[6])
{
    uint16_t wide[NAME_MOST];
    memset(out, 0, 6 * sizeof(out[0])); /* subkeys, name, class, values, name, data */
    for (struct cn_key *c; (c = cn_key_child(key, out[0])) != NULL; out[0]++)
        out[1] = CN_MAX(out[1], (ULONG)(2 * cn_utf8_to_utf16(cn_key_name(c), wide, NAME_MOST)));
    for (const struct cn_reg_value *v; (v = cn_key_value_at(key, out[3])) != NULL; out[3]++) {
        out[4] = CN_MAX(out[4], (ULONG)(2 * cn_utf8_to_utf16(v->name, wide, NAME_MOST)));
        out[5] = CN_MAX(out[5], v->size);
    }
}

static NTSTATUS key_answer(const struct cn_key *key, KEY_INFORMATION_CLASS class, void *buffer,
                           ULONG length, PULONG needed)
{
    struct answer a = {0};
    ULONG counts[6];
    a.name_size = 2 * cn_utf8_to_utf16(cn_key_name(key), a.name, NAME_MOST);
    ULONG name = (ULONG)a.name_size;
    switch (class) {
    case KeyBasicInformation: /* time (8), title, name length, name */
        memcpy(a.head + 12, &name, 4);
        a.head_size = a.name_at = 16;
        break;
    case KeyNodeInformation: /* time, title, class offset, class length, name length, name */
        memcpy(a.head + 12, (ULONG[]){UINT32_MAX, 0, name}, 12);
        a.head_size = a.name_at = 24;
        break;
    case KeyFullInformation: /* time, title, class offset, class length, counts, class */
        key_counts(key, counts);
        memcpy(a.head + 12, (ULONG[]){UINT32_MAX, 0}, 8);
        memcpy(a.head + 20, counts, sizeof(counts));
        a.head_size = 44;
        a.name_size = 0;
        break;
    case KeyNameInformation: { /* length, whole path */
        char path[PATH_MOST + 32];
        struct cn_text t;
        cn_text_init(&t, path, sizeof(path));
        cn_text_put(&t, "\\REGISTRY\\MACHINE%s%s", cn_key_path(key)[0] != '\0' ? "\\" : "",
                    cn_key_path(key));
        a.name_size = 2 * cn_utf8_to_utf16(path, a.name, NAME_MOST);
        name = (ULONG)a.name_size;
        memcpy(a.head, &name, 4);
        a.head_size = a.name_at = 4;
        break;
    }
    default:
        return STATUS_INVALID_PARAMETER;
    }
    return answer(&a, buffer, length, needed);
}

NTSTATUS NTAPI ZwQueryKey(HANDLE KeyHandle, KEY_INFORMATION_CLASS KeyInformationClass,
                          PVOID KeyInformation, ULONG Length, PULONG ResultLength)
{
    CN_DDI_ENTER(ddi, ZwQueryKey);
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    *ResultLength = 0;
    if (key != NULL)
        s = key_answer(key, KeyInformationClass, KeyInformation, Length, ResultLength);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwEnumerateKey(HANDLE KeyHandle, ULONG Index,
                              KEY_INFORMATION_CLASS KeyInformationClass, PVOID KeyInformation,
                              ULONG Length, PULONG ResultLength)
{
    CN_DDI_ENTER(ddi, ZwEnumerateKey);
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    *ResultLength = 0;
    if (key != NULL) {
        struct cn_key *child = cn_key_child(key, Index);
        s = child != NULL
                ? key_answer(child, KeyInformationClass, KeyInformation, Length, ResultLength)
                : STATUS_NO_MORE_ENTRIES;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- changing ---------------------------------------------------------------------------------- */

static NTSTATUS set_status(int rc)
{
    return rc == 0         ? STATUS_SUCCESS
           : rc == -ENOMEM ? STATUS_INSUFFICIENT_RESOURCES
                           : STATUS_INVALID_PARAMETER;
}

NTSTATUS NTAPI ZwSetValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName, ULONG TitleIndex,
                             ULONG Type, PVOID Data, ULONG DataSize)
{
    (void)TitleIndex;
    CN_DDI_ENTER(ddi, ZwSetValueKey);
    char name[NAME_MOST];
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    if (key != NULL)
        s = cn_nt_utf8(ValueName, name, sizeof(name), "ValueName")
                ? set_status(cn_key_set(key, name, Type, Data, DataSize))
                : STATUS_OBJECT_NAME_INVALID;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwDeleteValueKey(HANDLE KeyHandle, PUNICODE_STRING ValueName)
{
    CN_DDI_ENTER(ddi, ZwDeleteValueKey);
    char name[NAME_MOST];
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    if (key != NULL)
        s = cn_nt_utf8(ValueName, name, sizeof(name), "ValueName") && cn_key_unset(key, name)
                ? STATUS_SUCCESS
                : STATUS_OBJECT_NAME_NOT_FOUND;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwDeleteKey(HANDLE KeyHandle)
{
    CN_DDI_ENTER(ddi, ZwDeleteKey);
    NTSTATUS s;
    struct cn_key *key = key_of(KeyHandle, &s);
    if (key != NULL && !cn_key_delete(key))
        s = STATUS_CANNOT_DELETE;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI ZwFlushKey(HANDLE KeyHandle)
{
    CN_DDI_ENTER(ddi, ZwFlushKey);
    NTSTATUS s;
    key_of(KeyHandle, &s);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* -- Rtl functions by path --------------------------------------------------------------------- */

/* The key a pair of RelativeTo and Path names, or NULL. */
static struct cn_key *relative_key(ULONG relative, PCWSTR path, bool create, NTSTATUS *status)
{
    static const char *const roots[] = {"",
                                        "System\\CurrentControlSet\\Services",
                                        "System\\CurrentControlSet\\Control",
                                        "Software\\Microsoft\\Windows NT\\CurrentVersion",
                                        "Hardware\\DeviceMap",
                                        "User\\.Default"};
    char text[PATH_MOST];
    struct cn_key *from = NULL;
    ULONG root = relative & 0xFFFF;
    if (relative & RTL_REGISTRY_HANDLE) {
        from = key_of((HANDLE)(uintptr_t)path, status);
        return from;
    }
    *status = STATUS_INVALID_PARAMETER;
    if (root >= CN_ARRAY_SIZE(roots))
        return NULL;
    if (!cn_nt_wide_utf8(path, text, sizeof(text), "Path"))
        return NULL;
    if (root != RTL_REGISTRY_ABSOLUTE)
        from = cn_key_open(NULL, roots[root], true, NULL);
    struct cn_key *key = cn_key_open(from, text, create, NULL);
    *status = key != NULL ? STATUS_SUCCESS
              : create    ? STATUS_INSUFFICIENT_RESOURCES
                          : STATUS_OBJECT_NAME_NOT_FOUND;
    return key;
}

NTSTATUS NTAPI RtlWriteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName,
                                     ULONG ValueType, PVOID ValueData, ULONG ValueLength)
{
    CN_DDI_ENTER(ddi, RtlWriteRegistryValue);
    char name[NAME_MOST];
    NTSTATUS s;
    struct cn_key *key = relative_key(RelativeTo, Path, true, &s);
    if (key != NULL)
        s = cn_nt_wide_utf8(ValueName, name, sizeof(name), "ValueName")
                ? set_status(cn_key_set(key, name, ValueType, ValueData, ValueLength))
                : STATUS_INVALID_PARAMETER;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlDeleteRegistryValue(ULONG RelativeTo, PCWSTR Path, PCWSTR ValueName)
{
    CN_DDI_ENTER(ddi, RtlDeleteRegistryValue);
    char name[NAME_MOST];
    NTSTATUS s;
    struct cn_key *key = relative_key(RelativeTo, Path, false, &s);
    if (key != NULL)
        s = cn_nt_wide_utf8(ValueName, name, sizeof(name), "ValueName") && cn_key_unset(key, name)
                ? STATUS_SUCCESS
                : STATUS_OBJECT_NAME_NOT_FOUND;
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlCreateRegistryKey(ULONG RelativeTo, PWSTR Path)
{
    CN_DDI_ENTER(ddi, RtlCreateRegistryKey);
    NTSTATUS s;
    relative_key(RelativeTo, Path, true, &s);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlCheckRegistryKey(ULONG RelativeTo, PWSTR Path)
{
    CN_DDI_ENTER(ddi, RtlCheckRegistryKey);
    NTSTATUS s;
    relative_key(RelativeTo, Path, false, &s);
    CN_DDI_LEAVE(ddi, s);
    return s;
}

/* relative_key for registry_query.c, which walks tables of queries. */
struct cn_key *cn_key_relative(ULONG relative, PCWSTR path, NTSTATUS *status)
{
    return relative_key(relative, path, false, status);
}
