/* config.c - NdisOpenConfigurationEx and its kin, over the registry.
 *
 * Which key is opened depends on the handle: a driver's Parameters key, the adapter's key, or the
 * key of a binding below the protocol driver's. What is read stays with the configuration handle
 * and is freed when that is closed.
 *
 * Pages: ddi/nf-ndis-ndisopenconfigurationex#remarks, ddi/nf-ndis-ndisreadconfiguration#parameters
 */
#include "ndis/config.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "load/probe.h"
#include "ndis/binding.h"
#include "ndis/version.h"
#include "nt/registry.h"
#include "verify/rule.h"

enum { NAME_BYTES = 256, DATA_BYTES = 65536 };

/* A value that was read; the data follow the parameter. */
struct value {
    struct cn_list link;
    NDIS_CONFIGURATION_PARAMETER parameter;
    char data[];
};

struct config {
    struct cn_resource resource;
    struct cn_key *key;
    struct cn_list values;
};

static struct config *config_of(struct cn_resource *r)
{
    return CN_CONTAINER_OF(r, struct config, resource);
}

static void config_drop(struct cn_resource *r)
{
    struct config *c = config_of(r);
    for (struct cn_list *e; (e = cn_list_pop(&c->values)) != NULL;)
        free(CN_LIST_ENTRY(e, struct value, link));
    cn_key_put(c->key);
}

/* -- Opening ----------------------------------------------------------------------------------- */

static bool out_good(const void *out, size_t size, const char *member)
{
    return CN_CHECK(CN_GEN_005, out != NULL && cn_probe_write((void *)out, size) == 0,
                    .member = member, .found = cn_fmt("%p", out),
                    .allowed = "address of a variable");
}

/* A counted string of the driver as UTF-8. */
static bool string_take(const NDIS_STRING *given, char *out, size_t size, const char *member)
{
    NDIS_STRING s;
    uint16_t text[NAME_BYTES];
    bool good = given != NULL && cn_probe_copy(&s, given, sizeof(s)) == 0 &&
                s.Length <= sizeof(text) &&
                (s.Length == 0 || cn_probe_copy(text, s.Buffer, s.Length) == 0);
    if (!CN_CHECK(CN_HOST_005, good, .member = member,
                  .found = given == NULL ? "NULL" : "a string that cannot be read",
                  .allowed = "a counted string of at most 256 characters"))
        return false;
    cn_utf16_to_utf8(text, s.Length / sizeof(text[0]), out, size);
    return true;
}

static NDIS_STATUS open_key(struct cn_key *from, const char *path, bool create,
                            struct cn_obj *owner, struct cn_driver *driver, PNDIS_HANDLE out)
{
    struct cn_key *key = cn_key_open(from, path, create, NULL);
    if (key == NULL)
        return NDIS_STATUS_FAILURE;
    struct config *c = cn_resource_new(CN_RES_CONFIG, sizeof(*c), owner, driver, config_drop);
    if (c == NULL)
        return NDIS_STATUS_RESOURCES;
    cn_key_get(key);
    c->key = key;
    cn_list_init(&c->values);
    *out = c->resource.obj.handle;
    return NDIS_STATUS_SUCCESS;
}

/* The service's name is the driver's file name without its ending. */
static void driver_path(const struct cn_driver *d, char *path, size_t size, const char *more)
{
    const char *dot = strrchr(d->name, '.');
    int length = dot == NULL ? (int)strlen(d->name) : (int)(dot - d->name);
    snprintf(path, size, "System\\CurrentControlSet\\Services\\%.*s\\Parameters%s", length, d->name,
             more);
}

static void binding_path(const struct cn_binding *b, char *path, size_t size)
{
    char adapter[96], more[128];
    const uint16_t *guid = b->adapter->device + strlen("\\DEVICE\\");
    size_t units = b->adapter->device_name.Length / sizeof(*guid) - strlen("\\DEVICE\\");
    cn_utf16_to_utf8(guid, units, adapter, sizeof(adapter));
    snprintf(more, sizeof(more), "\\Adapters\\%s", adapter);
    driver_path(b->reg->driver, path, size, more);
}

NDIS_STATUS cn_config_open(const NDIS_CONFIGURATION_OBJECT *given, PNDIS_HANDLE out)
{
    NDIS_CONFIGURATION_OBJECT o;
    struct cn_driver *driver = cn_driver_current();
    struct cn_taking t = {.id = CN_S_NDIS_CONFIGURATION_OBJECT,
                          .given = given,
                          .call = "NdisOpenConfigurationEx",
                          .major = driver == NULL || driver->major == 0 ? 6 : driver->major,
                          .minor = driver == NULL ? 0 : driver->minor,
                          .copy = &o,
                          .copy_size = sizeof(o)};
    char path[512];
    if (!out_good(out, sizeof(*out), "ConfigurationHandle") ||
        cn_structure_take(&t) != CN_TAKEN_GOOD)
        return NDIS_STATUS_FAILURE;
    struct cn_binding *b =
        cn_handle_is_handle(o.NdisHandle) ? NULL : cn_binding_of_parameters(o.NdisHandle);
    struct cn_obj *owner = b != NULL ? &b->obj : cn_ndis_owner(o.NdisHandle, &driver);
    if (!CN_CHECK(CN_GEN_001, owner != NULL && owner->kind != CN_KIND_GENERIC,
                  .structure = "NDIS_CONFIGURATION_OBJECT", .member = "NdisHandle",
                  .found = cn_handle_explain(o.NdisHandle, CN_KIND_NONE),
                  .allowed = "a driver, adapter or binding handle, or the bind parameters"))
        return NDIS_STATUS_FAILURE;
    if (owner->kind == CN_KIND_BINDING)
        binding_path(CN_CONTAINER_OF(owner, struct cn_binding, obj), path, sizeof(path));
    else if (owner->kind == CN_KIND_ADAPTER)
        snprintf(path, sizeof(path), "%s", cn_owner_adapter(owner)->key);
    else
        driver_path(driver, path, sizeof(path), "");
    /* Installation makes these keys, so they are always there. */
    return open_key(NULL, path, true, owner, b != NULL ? b->reg->driver : driver, out);
}

NDIS_STATUS cn_config_open_name(NDIS_HANDLE handle, const NDIS_STRING *name, PNDIS_HANDLE out)
{
    char text[NAME_BYTES];
    struct config *c = cn_resource_get(handle, CN_RES_CONFIG);
    if (c == NULL || !out_good(out, sizeof(*out), "SubKeyHandle") ||
        !string_take(name, text, sizeof(text), "SubKeyName"))
        return NDIS_STATUS_FAILURE;
    return open_key(c->key, text, false, c->resource.owner, c->resource.driver, out);
}

NDIS_STATUS cn_config_open_index(NDIS_HANDLE handle, ULONG index, PNDIS_STRING name,
                                 PNDIS_HANDLE out)
{
    uint16_t text[NAME_BYTES];
    struct config *c = cn_resource_get(handle, CN_RES_CONFIG);
    if (c == NULL || !out_good(out, sizeof(*out), "KeyHandle") ||
        !out_good(name, sizeof(*name), "KeyName"))
        return NDIS_STATUS_FAILURE;
    struct cn_key *child = cn_key_child(c->key, index);
    if (child == NULL)
        return NDIS_STATUS_FAILURE;
    size_t bytes = cn_utf8_to_utf16(cn_key_name(child), text, CN_ARRAY_SIZE(text)) * sizeof(*text);
    struct value *v = calloc(1, sizeof(*v) + bytes + sizeof(*text));
    if (v == NULL)
        return NDIS_STATUS_RESOURCES;
    /* The caller's string is only pointed at the name, which lives as long as the handle of the
     * parent. */
    memcpy(v->data, text, bytes);
    cn_list_insert(&c->values, &v->link);
    name->Buffer = (PWCH)(void *)v->data;
    name->Length = (USHORT)bytes;
    name->MaximumLength = (USHORT)(bytes + sizeof(*text));
    return open_key(c->key, cn_key_name(child), false, c->resource.owner, c->resource.driver, out);
}

void cn_config_close(NDIS_HANDLE handle)
{
    struct cn_resource *r = cn_resource_get(handle, CN_RES_CONFIG);
    if (r != NULL)
        cn_resource_end(r);
}

/* -- Reading ----------------------------------------------------------------------------------- */

static struct value *value_new(struct config *c, const void *data, size_t size)
{
    struct value *v = calloc(1, sizeof(*v) + size + sizeof(uint32_t));
    if (v == NULL)
        return NULL;
    if (size != 0)
        memcpy(v->data, data, size);
    cn_list_insert(&c->values, &v->link);
    return v;
}

static void integer_set(NDIS_CONFIGURATION_PARAMETER *p, NDIS_PARAMETER_TYPE type, ULONG value)
{
    p->ParameterType = type;
    p->ParameterData.IntegerData = value;
}

/* A number that an INF wrote as a string, as most do. */
static bool number_of(const struct cn_reg_value *r, NDIS_PARAMETER_TYPE type, ULONG *out)
{
    char text[32], *end;
    cn_utf16_to_utf8(r->data, r->size / sizeof(uint16_t), text, sizeof(text));
    errno = 0;
    unsigned long n = strtoul(text, &end, type == NdisParameterHexInteger ? 16 : 10);
    if (end == text || *end != '\0' || errno != 0 || n > UINT32_MAX)
        return false;
    *out = (ULONG)n;
    return true;
}

/* The type of the entry decides; the one that was asked for only makes numbers of strings. */
static NDIS_STATUS convert(struct config *c, const struct cn_reg_value *r, NDIS_PARAMETER_TYPE type,
                           PNDIS_CONFIGURATION_PARAMETER *out)
{
    ULONG number;
    struct value *v = value_new(c, r->data, r->size);
    if (v == NULL)
        return NDIS_STATUS_RESOURCES;
    NDIS_CONFIGURATION_PARAMETER *p = &v->parameter;
    bool text = r->type == REG_SZ || r->type == REG_EXPAND_SZ || r->type == REG_MULTI_SZ;
    bool wants_number = type == NdisParameterInteger || type == NdisParameterHexInteger;
    if (r->type == REG_DWORD && r->size == sizeof(number)) {
        memcpy(&number, r->data, sizeof(number));
        integer_set(p, NdisParameterInteger, number);
    } else if (text && wants_number && number_of(r, type, &number)) {
        integer_set(p, type, number);
    } else if (text && wants_number) {
        return NDIS_STATUS_FAILURE;
    } else if (text) {
        size_t end = r->size >= 2 && r->type != REG_MULTI_SZ ? sizeof(uint16_t) : 0;
        p->ParameterType = r->type == REG_MULTI_SZ ? NdisParameterMultiString : NdisParameterString;
        p->ParameterData.StringData.Buffer = (PWCH)(void *)v->data;
        p->ParameterData.StringData.Length = (USHORT)(r->size - end);
        p->ParameterData.StringData.MaximumLength = (USHORT)r->size;
    } else {
        p->ParameterType = NdisParameterBinary;
        p->ParameterData.BinaryData.Buffer = v->data;
        p->ParameterData.BinaryData.Length = (USHORT)CN_MIN(r->size, 0xffffu);
    }
    *out = p;
    return NDIS_STATUS_SUCCESS;
}

/* Names with a meaning of their own. Page: ddi/nf-ndis-ndisreadconfiguration#param-keyword */
static bool predefined(const char *name, ULONG *value)
{
    if (strcmp(name, "NdisVersion") == 0)
        *value = (ULONG)CN_NDIS_MAJOR << 16 | CN_NDIS_MINOR;
    else if (strcmp(name, "ProcessorType") == 0)
        *value = NdisProcessorAmd64;
    else if (strcmp(name, "Environment") == 0)
        *value = NdisEnvironmentWindowsNt;
    else
        return false;
    return true;
}

NDIS_STATUS cn_config_read(NDIS_HANDLE handle, const NDIS_STRING *keyword, NDIS_PARAMETER_TYPE type,
                           PNDIS_CONFIGURATION_PARAMETER *out)
{
    char name[NAME_BYTES];
    ULONG number;
    struct config *c = cn_resource_get(handle, CN_RES_CONFIG);
    if (c == NULL || !out_good(out, sizeof(*out), "ParameterValue") ||
        !string_take(keyword, name, sizeof(name), "Keyword"))
        return NDIS_STATUS_FAILURE;
    if (predefined(name, &number)) {
        struct value *v = value_new(c, NULL, 0);
        if (v == NULL)
            return NDIS_STATUS_RESOURCES;
        integer_set(&v->parameter, NdisParameterInteger, number);
        *out = &v->parameter;
        return NDIS_STATUS_SUCCESS;
    }
    const struct cn_reg_value *r = cn_key_value(c->key, name);
    return r == NULL ? NDIS_STATUS_FAILURE : convert(c, r, type, out);
}

static bool write_value(struct config *c, const char *name, const NDIS_CONFIGURATION_PARAMETER *p,
                        NDIS_STATUS *s)
{
    uint32_t type;
    const void *from;
    uint32_t size;
    ULONG number = p->ParameterData.IntegerData;
    switch (p->ParameterType) {
    case NdisParameterInteger:
    case NdisParameterHexInteger:
        *s = cn_key_set(c->key, name, REG_DWORD, &number, sizeof(number)) == 0
                 ? NDIS_STATUS_SUCCESS
                 : NDIS_STATUS_RESOURCES;
        return true;
    case NdisParameterString:
    case NdisParameterMultiString:
        type = p->ParameterType == NdisParameterString ? REG_SZ : REG_MULTI_SZ;
        from = p->ParameterData.StringData.Buffer;
        size = p->ParameterData.StringData.Length;
        break;
    case NdisParameterBinary:
        type = REG_BINARY;
        from = p->ParameterData.BinaryData.Buffer;
        size = p->ParameterData.BinaryData.Length;
        break;
    default:
        *s = NDIS_STATUS_NOT_SUPPORTED;
        return true;
    }
    char *data = calloc(1, DATA_BYTES + sizeof(uint16_t));
    bool good = data != NULL && (size == 0 || cn_probe_copy(data, from, size) == 0);
    if (good)
        *s = cn_key_set(c->key, name, type, data, size + (type == REG_SZ ? 2 : 0)) == 0
                 ? NDIS_STATUS_SUCCESS
                 : NDIS_STATUS_RESOURCES;
    free(data);
    return good;
}

NDIS_STATUS cn_config_write(NDIS_HANDLE handle, const NDIS_STRING *keyword,
                            const NDIS_CONFIGURATION_PARAMETER *value)
{
    char name[NAME_BYTES];
    NDIS_CONFIGURATION_PARAMETER p;
    NDIS_STATUS s = NDIS_STATUS_FAILURE;
    struct config *c = cn_resource_get(handle, CN_RES_CONFIG);
    if (c == NULL || !string_take(keyword, name, sizeof(name), "Keyword"))
        return NDIS_STATUS_FAILURE;
    bool good =
        value != NULL && cn_probe_copy(&p, value, sizeof(p)) == 0 && write_value(c, name, &p, &s);
    CN_CHECK(CN_HOST_005, good, .member = "ParameterValue",
             .found = value == NULL ? "NULL" : "memory that cannot be read",
             .allowed = "a filled NDIS_CONFIGURATION_PARAMETER");
    return s;
}

/* -- The network address ----------------------------------------------------------------------- */

/* Pairs of hexadecimal digits, with or without hyphens; anything else ends the address. */
static size_t address_parse(const char *text, uint8_t *out, size_t size)
{
    size_t digits = 0;
    for (; *text != '\0' && digits < 2 * size; text++) {
        if (*text == '-')
            continue;
        if (!isxdigit((unsigned char)*text))
            break;
        unsigned digit = isdigit((unsigned char)*text)
                             ? (unsigned)(*text - '0')
                             : (unsigned)(toupper((unsigned char)*text) - 'A' + 10);
        out[digits / 2] = (uint8_t)(out[digits / 2] << 4 | digit);
        digits++;
    }
    return digits / 2;
}

NDIS_STATUS cn_config_address(NDIS_HANDLE handle, PVOID *address, PUINT length)
{
    char text[96];
    uint8_t bytes[32] = {0};
    struct config *c = cn_resource_get(handle, CN_RES_CONFIG);
    if (c == NULL || !out_good(address, sizeof(*address), "NetworkAddress") ||
        !out_good(length, sizeof(*length), "NetworkAddressLength"))
        return NDIS_STATUS_FAILURE;
    const struct cn_reg_value *r = cn_key_value(c->key, "NetworkAddress");
    if (r == NULL || r->type != REG_SZ)
        return NDIS_STATUS_FAILURE;
    cn_utf16_to_utf8(r->data, r->size / sizeof(uint16_t), text, sizeof(text));
    size_t size = address_parse(text, bytes, sizeof(bytes));
    if (size == 0)
        return NDIS_STATUS_FAILURE;
    struct value *v = value_new(c, bytes, size);
    if (v == NULL)
        return NDIS_STATUS_RESOURCES;
    *address = v->data;
    *length = (UINT)size;
    return NDIS_STATUS_SUCCESS;
}
