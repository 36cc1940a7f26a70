/* registry_query.c - RtlQueryRegistryValues: a table of queries, answered by callback or stored
 * directly. */
#include "nt/registry.h"

#include "nt/exports.h"
#include "nt/rows.h"
#include "nt/text.h"

#include <stdio.h>

enum { NAME_MOST = 300, STRING_TYPES = 1 << REG_SZ | 1 << REG_EXPAND_SZ | 1 << REG_MULTI_SZ };

struct query {
    const RTL_QUERY_REGISTRY_TABLE *entry;
    void *context;
    const void *place;
    struct cn_driver *driver;
};

static bool is_string(uint32_t type)
{
    return type < 32 && (STRING_TYPES >> type & 1);
}

/* -- direct: the value goes where EntryContext points ------------------------------------------ */

static NTSTATUS store_string(const struct query *q, const void *data, uint32_t size)
{
    UNICODE_STRING *to = q->entry->EntryContext;
    if (size > 0xFFFE)
        return STATUS_BUFFER_OVERFLOW;
    uint32_t length = size >= 2 && ((const WCHAR *)data)[size / 2 - 1] == 0 ? size - 2 : size;
    if (to->Buffer == NULL) {
        to->Buffer = cn_pool_alloc(q->driver, CN_MAX(size, 2u), 0x67727453, true, q->place);
        if (to->Buffer == NULL)
            return STATUS_NO_MEMORY;
        to->MaximumLength = (USHORT)size;
    } else if (to->MaximumLength < size) {
        return STATUS_BUFFER_TOO_SMALL;
    }
    memcpy(to->Buffer, data, size);
    to->Length = (USHORT)(length & ~1u);
    return STATUS_SUCCESS;
}

static NTSTATUS store(const struct query *q, uint32_t type, const void *data, uint32_t size)
{
    void *to = q->entry->EntryContext;
    if (to == NULL)
        return STATUS_INVALID_PARAMETER;
    if (is_string(type) && !(q->entry->Flags & RTL_QUERY_REGISTRY_NOSTRING))
        return store_string(q, data, size);
    if (size <= sizeof(ULONG)) {
        memcpy(to, data, size);
        return STATUS_SUCCESS;
    }
    /* Larger data needs a buffer that says its size: a negative first LONG. */
    LONG room;
    memcpy(&room, to, sizeof(room));
    if (room >= 0) {
        if (size == sizeof(ULONGLONG) && type == REG_QWORD) {
            memcpy(to, data, size);
            return STATUS_SUCCESS;
        }
        memcpy(to, (ULONG[]){size, type}, 8);
        memcpy((uint8_t *)to + 8, data, size);
        return STATUS_SUCCESS;
    }
    if ((uint32_t) - (int64_t)room < size)
        return STATUS_BUFFER_TOO_SMALL;
    memcpy(to, data, size);
    return STATUS_SUCCESS;
}

/* -- by callback ------------------------------------------------------------------------------- */

static NTSTATUS call(const struct query *q, const char *name, uint32_t type, const void *data,
                     uint32_t size)
{
    uint16_t wide[NAME_MOST];
    struct cn_frame f;
    cn_utf8_to_utf16(name, wide, NAME_MOST);
    PRTL_QUERY_REGISTRY_ROUTINE routine = q->entry->QueryRoutine;
    if (q->driver == NULL)
        return routine((PWSTR)wide, type, (PVOID)(uintptr_t)data, size, q->context,
                       q->entry->EntryContext);
    if (!cn_upcall_begin(&f, q->driver, "QueryRoutine", (void *)routine, NULL))
        return STATUS_UNSUCCESSFUL;
    NTSTATUS s = routine((PWSTR)wide, type, (PVOID)(uintptr_t)data, size, q->context,
                         q->entry->EntryContext);
    cn_upcall_end(&f, &s);
    return s;
}

static NTSTATUS deliver_one(const struct query *q, const char *name, uint32_t type,
                            const void *data, uint32_t size)
{
    if (q->entry->Flags & RTL_QUERY_REGISTRY_DIRECT)
        return store(q, type, data, size);
    NTSTATUS s = call(q, name, type, data, size);
    return s == STATUS_BUFFER_TOO_SMALL ? STATUS_SUCCESS : s;
}

/* A REG_MULTI_SZ comes to a callback string by string, unless NOEXPAND asks for it whole. */
static NTSTATUS deliver_strings(const struct query *q, const char *name, const WCHAR *s,
                                size_t count)
{
    for (size_t at = 0; at < count && s[at] != 0;) {
        size_t end = at;
        while (end < count && s[end] != 0)
            end++;
        if (end == count)
            break; /* not terminated */
        NTSTATUS status = deliver_one(q, name, REG_SZ, s + at, (uint32_t)(end + 1 - at) * 2);
        if (status < 0)
            return status;
        at = end + 1;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS deliver(const struct query *q, const char *value_name, uint32_t type,
                        const void *data, uint32_t size)
{
    if (q->entry->Flags & RTL_QUERY_REGISTRY_DIRECT)
        return deliver_one(q, value_name, type, data, size);
    /* A copy, because the callback may change or delete the value. */
    char name[NAME_MOST];
    snprintf(name, sizeof(name), "%s", value_name);
    void *copy = cn_pool_alloc(NULL, size, 0x67655251, false, q->place);
    if (copy == NULL)
        return STATUS_NO_MEMORY;
    if (size > 0)
        memcpy(copy, data, size);
    bool whole = q->entry->Flags & RTL_QUERY_REGISTRY_NOEXPAND;
    NTSTATUS s;
    if (type == REG_MULTI_SZ && !whole)
        s = deliver_strings(q, name, copy, size / 2);
    else
        s = deliver_one(q, name, type == REG_EXPAND_SZ && !whole ? REG_SZ : type, copy, size);
    cn_pool_free(copy, "RtlQueryRegistryValues");
    return s;
}

/* -- the table --------------------------------------------------------------------------------- */

static NTSTATUS deliver_default(const struct query *q, const char *name)
{
    const RTL_QUERY_REGISTRY_TABLE *e = q->entry;
    if (e->Flags & RTL_QUERY_REGISTRY_REQUIRED)
        return STATUS_OBJECT_NAME_NOT_FOUND;
    uint32_t type = e->DefaultType & 0xFF, size = e->DefaultLength;
    if (type == REG_NONE || e->DefaultData == NULL)
        return STATUS_SUCCESS;
    if (size == 0 && is_string(type)) {
        const WCHAR *s = e->DefaultData;
        size_t n = 0;
        for (; s[n] != 0 || (type == REG_MULTI_SZ && s[n + 1] != 0); n++)
            continue;
        size = (uint32_t)(n + (type == REG_MULTI_SZ ? 2 : 1)) * 2;
    }
    return deliver(q, name, type, e->DefaultData, size);
}

static bool type_allowed(const RTL_QUERY_REGISTRY_TABLE *e, uint32_t type)
{
    uint32_t want = e->DefaultType >> RTL_QUERY_REGISTRY_TYPECHECK_SHIFT;
    return !(e->Flags & RTL_QUERY_REGISTRY_TYPECHECK) || want == REG_NONE || want == type;
}

static NTSTATUS run_named(const struct query *q, struct cn_key *key)
{
    char name[NAME_MOST];
    if (!cn_nt_wide_utf8(q->entry->Name, name, sizeof(name), "QueryTable.Name"))
        return STATUS_INVALID_PARAMETER;
    if (q->entry->Flags & RTL_QUERY_REGISTRY_NOVALUE)
        return call(q, name, REG_NONE, NULL, 0);
    const struct cn_reg_value *v = cn_key_value(key, name);
    if (v == NULL)
        return deliver_default(q, name);
    if (!type_allowed(q->entry, v->type))
        return STATUS_OBJECT_TYPE_MISMATCH;
    NTSTATUS s = deliver(q, v->name, v->type, v->data, v->size);
    if (q->entry->Flags & RTL_QUERY_REGISTRY_DELETE)
        cn_key_unset(key, name);
    return s;
}

/* An entry without a name asks for every value. */
static NTSTATUS run_all(const struct query *q, struct cn_key *key)
{
    const struct cn_reg_value *v;
    NTSTATUS s = STATUS_SUCCESS;
    unsigned i = 0;
    for (; s >= 0 && (v = cn_key_value_at(key, i)) != NULL; i++)
        s = deliver(q, v->name, v->type, v->data, v->size);
    if (i == 0 && (q->entry->Flags & RTL_QUERY_REGISTRY_REQUIRED))
        return STATUS_OBJECT_NAME_NOT_FOUND;
    return s;
}

static NTSTATUS run_table(struct query *q, struct cn_key *top, PRTL_QUERY_REGISTRY_TABLE table)
{
    char name[NAME_MOST];
    struct cn_key *key = top;
    NTSTATUS s = STATUS_SUCCESS;
    for (; s >= 0 && (table->QueryRoutine != NULL ||
                      (table->Flags & (RTL_QUERY_REGISTRY_SUBKEY | RTL_QUERY_REGISTRY_DIRECT)));
         table++) {
        q->entry = table;
        bool direct = table->Flags & RTL_QUERY_REGISTRY_DIRECT;
        if (direct && (table->Name == NULL || table->QueryRoutine != NULL ||
                       (table->Flags & RTL_QUERY_REGISTRY_SUBKEY)))
            return STATUS_INVALID_PARAMETER;
        if (table->Flags & (RTL_QUERY_REGISTRY_TOPKEY | RTL_QUERY_REGISTRY_SUBKEY))
            key = top;
        if (table->Flags & RTL_QUERY_REGISTRY_SUBKEY) {
            if (table->Name == NULL ||
                !cn_nt_wide_utf8(table->Name, name, sizeof(name), "QueryTable.Name"))
                return STATUS_INVALID_PARAMETER;
            key = cn_key_open(top, name, false, NULL);
            if (key == NULL && (table->Flags & RTL_QUERY_REGISTRY_REQUIRED))
                return STATUS_OBJECT_NAME_NOT_FOUND;
            if (key != NULL && table->QueryRoutine != NULL)
                s = run_all(q, key);
        } else if (key != NULL) {
            s = table->Name != NULL ? run_named(q, key) : run_all(q, key);
        }
    }
    return s;
}

NTSTATUS NTAPI RtlQueryRegistryValues(ULONG RelativeTo, PCWSTR Path,
                                      PRTL_QUERY_REGISTRY_TABLE QueryTable, PVOID Context,
                                      PVOID Environment)
{
    (void)Environment;
    CN_DDI_ENTER(ddi, RtlQueryRegistryValues);
    struct query q = {.context = Context, .place = CN_CALLER, .driver = cn_driver_current()};
    NTSTATUS s;
    struct cn_key *key = cn_key_relative(RelativeTo, Path, &s);
    if (key != NULL) {
        cn_key_get(key);
        s = run_table(&q, key, QueryTable);
        cn_key_put(key);
    } else if (RelativeTo & RTL_REGISTRY_OPTIONAL) {
        s = STATUS_SUCCESS;
    }
    CN_DDI_LEAVE(ddi, s);
    return s;
}

NTSTATUS NTAPI RtlQueryRegistryValuesEx(ULONG RelativeTo, PCWSTR Path,
                                        PRTL_QUERY_REGISTRY_TABLE QueryTable, PVOID Context,
                                        PVOID Environment)
{
    return RtlQueryRegistryValues(RelativeTo, Path, QueryTable, Context, Environment);
}
