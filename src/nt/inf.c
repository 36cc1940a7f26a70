/* inf.c - what an .inf file would put into the registry.
 *
 * [Manufacturer] names a section of models, whose first line names the DDInstall section of the
 * device. Of DDInstall and of its .Services companion the form decorated for x64 (.NTamd64, then
 * .NT) is taken when there is one. AddReg lines with HKR go below the adapter's key, or the
 * service's for those that a service-install section names; HKLM lines go where they say. At the
 * end each Ndi\params keyword that has a default and no value yet gets the default, as the network
 * class installer does.
 */
#include "nt/inf.h"
#include "nt/registry.h"

#include <errno.h>
#include <stdlib.h>
#include <strings.h>

enum { NAME_MOST = 512, DATA_MOST = 16384 };

/* Flags of an AddReg line; the type is in the upper half and the lowest bit. */
enum {
    ADDREG_BINARY = 0x00000001,
    ADDREG_NOCLOBBER = 0x00000002,
    ADDREG_DELETE = 0x00000004,
    ADDREG_APPEND = 0x00000008,
    ADDREG_KEYONLY = 0x00000010,
    ADDREG_TYPE = (int)0xFFFF0001u,
    ADDREG_SZ = 0x00000000,
    ADDREG_MULTI_SZ = 0x00010000,
    ADDREG_EXPAND_SZ = 0x00020000,
    ADDREG_DWORD = 0x00010001,
    ADDREG_NONE = 0x00020001,
    ADDREG_QWORD = 0x000B0001
};

struct target {
    struct cn_inf *inf;
    const char *key; /* what HKR means; NULL: nothing is stored */
};

static bool number(const char *text, uint64_t *value)
{
    char *end;
    if (*text == '\0')
        return false;
    errno = 0;
    *value = *text == '-' ? (uint64_t)strtoll(text, &end, 0) : strtoull(text, &end, 0);
    return errno == 0 && *end == '\0';
}

static const char *field(const struct cn_inf_entry *e, unsigned i)
{
    return i < e->count ? e->field[i] : "";
}

/* -- values ------------------------------------------------------------------------------------ */

struct data {
    uint8_t bytes[DATA_MOST];
    uint32_t size, type;
};

static bool add_string(struct data *d, const char *text)
{
    size_t room = (DATA_MOST - d->size) / 2;
    if (strlen(text) + 2 > room)
        return false;
    uint16_t wide[DATA_MOST / 2];
    size_t n = cn_utf8_to_utf16(text, wide, room) + 1;
    memcpy(d->bytes + d->size, wide, n * 2);
    d->size += (uint32_t)n * 2;
    return true;
}

static int too_long(const struct target *t, const struct cn_inf_entry *e)
{
    return cn_inf_fail(t->inf, e->line, "the value has more than %d bytes: shorten it", DATA_MOST);
}

/* Fields from the fifth on as bytes in hexadecimal, with or without 0x. */
static int binary(const struct target *t, const struct cn_inf_entry *e, struct data *d)
{
    for (unsigned i = 4; i < e->count; i++) {
        char *end;
        unsigned long v = strtoul(e->field[i], &end, 16);
        if (e->count == 5 && e->field[i][0] == '\0')
            break;
        if (*end != '\0' || end == e->field[i] || v > 0xFF)
            return cn_inf_fail(t->inf, e->line, "'%.40s' is no byte: write two hexadecimal digits",
                               e->field[i]);
        d->bytes[d->size++] = (uint8_t)v;
    }
    return 0;
}

static int integer(const struct target *t, const struct cn_inf_entry *e, struct data *d,
                   uint32_t size)
{
    uint64_t v = 0;
    if (e->count > 5) { /* the form of four (eight) bytes */
        int rc = binary(t, e, d);
        if (rc == 0 && d->size != size)
            rc = cn_inf_fail(t->inf, e->line, "%u bytes for a number of %u: write one number",
                             d->size, size);
        return rc;
    }
    if (field(e, 4)[0] != '\0' && !number(field(e, 4), &v))
        return cn_inf_fail(t->inf, e->line,
                           "'%.40s' is no number: write it in decimal, or in hexadecimal with 0x",
                           field(e, 4));
    if (size == 4 && v > UINT32_MAX && (int64_t)v < INT32_MIN)
        v = UINT64_MAX >> 1;
    if (size == 4 && (int64_t)v > (int64_t)UINT32_MAX)
        return cn_inf_fail(t->inf, e->line, "'%.40s' does not fit in 32 bits: use flags 0x000B0001",
                           field(e, 4));
    memcpy(d->bytes, &v, size);
    d->size = size;
    return 0;
}

static int value_data(const struct target *t, const struct cn_inf_entry *e, uint32_t flags,
                      struct data *d)
{
    d->size = 0;
    switch (flags & (uint32_t)ADDREG_TYPE) {
    case ADDREG_SZ:
    case ADDREG_EXPAND_SZ:
        d->type = flags & ADDREG_EXPAND_SZ ? REG_EXPAND_SZ : REG_SZ;
        return add_string(d, field(e, 4)) ? 0 : too_long(t, e);
    case ADDREG_MULTI_SZ:
        d->type = REG_MULTI_SZ;
        for (unsigned i = 4; i < e->count; i++)
            if (e->field[i][0] != '\0' && !add_string(d, e->field[i]))
                return too_long(t, e);
        return add_string(d, "") ? 0 : too_long(t, e);
    case ADDREG_DWORD:
        d->type = REG_DWORD;
        return integer(t, e, d, 4);
    case ADDREG_QWORD:
        d->type = REG_QWORD;
        return integer(t, e, d, 8);
    case ADDREG_NONE:
        d->type = REG_NONE;
        return binary(t, e, d);
    case ADDREG_BINARY:
        d->type = REG_BINARY;
        return binary(t, e, d);
    default:
        d->type = flags >> 16;
        return binary(t, e, d);
    }
}

/* Puts the strings of an old REG_MULTI_SZ before those of d. */
static bool append(struct data *d, const struct cn_reg_value *old)
{
    if (old == NULL || old->type != REG_MULTI_SZ || old->size < 2)
        return true;
    uint32_t before = old->size - 2;
    if (before + d->size > DATA_MOST)
        return false;
    memmove(d->bytes + before, d->bytes, d->size);
    memcpy(d->bytes, old->data, before);
    d->size += before;
    return true;
}

/* -- AddReg ------------------------------------------------------------------------------------ */

/* The path of the key of an AddReg line: 1 stored, 0 another part of the registry, or -EINVAL. */
static int line_path(const struct target *t, const struct cn_inf_entry *e, char *path, size_t size)
{
    const char *root = field(e, 0), *sub = field(e, 1);
    struct cn_text text;
    cn_text_init(&text, path, size);
    if (strcasecmp(root, "HKR") == 0) {
        if (t->key == NULL)
            return 0;
        cn_text_put(&text, "%s%s%s", t->key, *sub != '\0' ? "\\" : "", sub);
    } else if (strcasecmp(root, "HKLM") == 0) {
        cn_text_put(&text, "%s", sub);
    } else if (strcasecmp(root, "HKCR") == 0 || strcasecmp(root, "HKCU") == 0 ||
               strcasecmp(root, "HKU") == 0) {
        return 0;
    } else {
        return cn_inf_fail(t->inf, e->line,
                           "'%.40s' is no root key: use HKR (the driver's own key) or HKLM", root);
    }
    if (text.cut)
        return cn_inf_fail(t->inf, e->line, "the key path is too long: shorten it");
    return 1;
}

static int add_line(const struct target *t, const struct cn_inf_entry *e)
{
    char path[NAME_MOST];
    uint64_t flags = 0;
    if (e->key != NULL)
        return cn_inf_fail(t->inf, e->line,
                           "'%.40s =' in a section of AddReg: write "
                           "root, subkey, value, flags, data",
                           e->key);
    int rc = line_path(t, e, path, sizeof(path));
    if (rc <= 0)
        return rc;
    if (field(e, 3)[0] != '\0' && (!number(field(e, 3), &flags) || flags > UINT32_MAX))
        return cn_inf_fail(t->inf, e->line,
                           "'%.40s' is no flags value: use 0 for REG_SZ, 0x00010001 for REG_DWORD",
                           field(e, 3));
    struct cn_key *key = cn_key_open(NULL, path, true, NULL);
    if (key == NULL)
        return cn_inf_fail(t->inf, e->line, "the key '%.100s' cannot be made: shorten its name",
                           path);
    const char *name = field(e, 2);
    const struct cn_reg_value *old = cn_key_value(key, name);
    /* A line without a value makes the key only. */
    if ((flags & ADDREG_KEYONLY) || (e->count < 5 && *name == '\0'))
        return 0;
    if (flags & ADDREG_DELETE) {
        cn_key_unset(key, name);
        return 0;
    }
    if ((flags & ADDREG_NOCLOBBER) && old != NULL)
        return 0;
    struct data d;
    rc = value_data(t, e, (uint32_t)flags, &d);
    if (rc != 0)
        return rc;
    if ((flags & ADDREG_APPEND) && !append(&d, old))
        return too_long(t, e);
    rc = cn_key_set(key, name, d.type, d.bytes, d.size);
    return rc == 0 ? 0
                   : cn_inf_fail(t->inf, e->line, "the value cannot be stored: shorten its name");
}

/* Every section that the AddReg lines of `section` name. */
static int add_registry(const struct target *t, const char *section)
{
    for (struct cn_inf_section *s = cn_inf_section(t->inf, section); s != NULL; s = cn_inf_same(s))
        for (struct cn_inf_entry *e = s->first; e != NULL; e = e->next) {
            if (e->key == NULL || strcasecmp(e->key, "AddReg") != 0)
                continue;
            for (unsigned i = 0; i < e->count; i++) {
                struct cn_inf_section *a = cn_inf_section(t->inf, e->field[i]);
                if (e->field[i][0] == '\0')
                    continue;
                if (a == NULL)
                    return cn_inf_fail(
                        t->inf, e->line,
                        "AddReg names [%.60s], which does not exist: add the section "
                        "or correct the name",
                        e->field[i]);
                for (; a != NULL; a = cn_inf_same(a))
                    for (struct cn_inf_entry *line = a->first; line != NULL; line = line->next) {
                        int rc = add_line(t, line);
                        if (rc != 0)
                            return rc;
                    }
            }
        }
    return 0;
}

/* -- finding the device ------------------------------------------------------------------------ */

/* "name" + ".NTamd64", ".NT" or nothing, then `suffix`: the first such section, or NULL. */
static struct cn_inf_section *decorated(const struct cn_inf *inf, const char *name,
                                        const char *suffix)
{
    static const char *const decorations[] = {".NTamd64", ".NT", ""};
    for (size_t i = 0; i < CN_ARRAY_SIZE(decorations); i++) {
        struct cn_inf_section *s =
            cn_inf_section(inf, cn_fmt("%s%s%s", name, decorations[i], suffix));
        if (s != NULL)
            return s;
    }
    return NULL;
}

/* A models section may be decorated with a version too (".NTamd64.10.0...16299"): any for x64 will
 * do. */
static struct cn_inf_section *models_of(const struct cn_inf *inf, const struct cn_inf_entry *e)
{
    for (unsigned i = 1; i < e->count; i++)
        if (strncasecmp(e->field[i], "NTamd64", 7) == 0) {
            struct cn_inf_section *s =
                cn_inf_section(inf, cn_fmt("%s.%s", e->field[0], e->field[i]));
            if (s != NULL)
                return s;
        }
    return decorated(inf, field(e, 0), "");
}

/* The name of the DDInstall section of the first device, or NULL with the error text. */
static const char *install_of(struct cn_inf *inf, unsigned *line)
{
    struct cn_inf_section *m = cn_inf_section(inf, "Manufacturer");
    if (m == NULL) {
        cn_inf_fail(inf, 0, "has no [Manufacturer] section: without one no device is installed");
        return NULL;
    }
    for (struct cn_inf_entry *e = m->first; e != NULL; e = e->next) {
        struct cn_inf_section *models = models_of(inf, e);
        for (struct cn_inf_entry *d = models != NULL ? models->first : NULL; d != NULL; d = d->next)
            if (d->key != NULL && field(d, 0)[0] != '\0') {
                *line = d->line;
                return d->field[0];
            }
    }
    cn_inf_fail(inf, m->line,
                "no manufacturer has a device for x64: add a models section "
                "decorated with .NTamd64");
    return NULL;
}

static int check_version(struct cn_inf *inf)
{
    struct cn_inf_section *v = cn_inf_section(inf, "Version");
    if (v == NULL)
        return cn_inf_fail(inf, 0, "has no [Version] section: this is no .inf file");
    struct cn_inf_entry *e = cn_inf_entry(inf, "Version", "Signature");
    if (e == NULL)
        return cn_inf_fail(inf, v->line,
                           "[Version] has no Signature: add Signature = "
                           "\"$Windows NT$\"");
    if (strcasecmp(field(e, 0), "$Windows NT$") != 0 && strcasecmp(field(e, 0), "$Chicago$") != 0)
        return cn_inf_fail(inf, e->line, "'%.40s' is no signature: write \"$Windows NT$\"",
                           field(e, 0));
    return 0;
}

/* -- services ---------------------------------------------------------------------------------- */

static int service_values(const struct target *t, const char *section)
{
    static const struct {
        const char *entry, *value;
    } numbers[] = {
        {"ServiceType", "Type"}, {"StartType", "Start"}, {"ErrorControl", "ErrorControl"}};
    for (size_t i = 0; t->key != NULL && i < CN_ARRAY_SIZE(numbers); i++) {
        struct cn_inf_entry *e = cn_inf_entry(t->inf, section, numbers[i].entry);
        uint64_t v;
        if (e == NULL)
            continue;
        if (!number(field(e, 0), &v) || v > UINT32_MAX)
            return cn_inf_fail(t->inf, e->line, "'%.40s' is no number: write %s = 3", field(e, 0),
                               numbers[i].entry);
        cn_reg_set_dword(t->key, numbers[i].value, (uint32_t)v);
    }
    static const char *const texts[][2] = {{"DisplayName", "DisplayName"},
                                           {"ServiceBinary", "ImagePath"}};
    for (size_t i = 0; t->key != NULL && i < CN_ARRAY_SIZE(texts); i++) {
        struct cn_inf_entry *e = cn_inf_entry(t->inf, section, texts[i][0]);
        if (e != NULL)
            cn_reg_set_string(t->key, texts[i][1], field(e, 0));
    }
    return 0;
}

static int add_services(const struct target *t, const char *install)
{
    struct cn_inf_section *first = decorated(t->inf, install, ".Services");
    for (struct cn_inf_section *s = first; s != NULL; s = cn_inf_same(s))
        for (struct cn_inf_entry *e = s->first; e != NULL; e = e->next) {
            if (e->key == NULL || strcasecmp(e->key, "AddService") != 0 || field(e, 2)[0] == '\0')
                continue;
            if (cn_inf_section(t->inf, field(e, 2)) == NULL)
                return cn_inf_fail(
                    t->inf, e->line,
                    "AddService names [%.60s], which does not exist: add the section "
                    "or correct the name",
                    field(e, 2));
            int rc = service_values(t, field(e, 2));
            if (rc == 0)
                rc = add_registry(t, field(e, 2));
            if (rc != 0)
                return rc;
        }
    return 0;
}

/* -- Ndi\params -------------------------------------------------------------------------------- */

static void add_defaults(const char *adapter_key)
{
    struct cn_key *adapter = cn_key_open(NULL, adapter_key, false, NULL);
    struct cn_key *params =
        adapter != NULL ? cn_key_open(adapter, "Ndi\\params", false, NULL) : NULL;
    struct cn_key *keyword;
    for (unsigned i = 0; params != NULL && (keyword = cn_key_child(params, i)) != NULL; i++) {
        const struct cn_reg_value *v = cn_key_value(keyword, "default");
        if (v != NULL && cn_key_value(adapter, cn_key_name(keyword)) == NULL)
            cn_key_set(adapter, cn_key_name(keyword), v->type, v->data, v->size);
    }
}

/* -- interface --------------------------------------------------------------------------------- */

static int apply(struct cn_inf *inf, const char *adapter_key, const char *service_key)
{
    int rc = check_version(inf);
    unsigned line = 0;
    if (rc != 0)
        return rc;
    const char *install = install_of(inf, &line);
    if (install == NULL)
        return -EINVAL;
    struct cn_inf_section *s = decorated(inf, install, "");
    if (s == NULL)
        return cn_inf_fail(inf, line,
                           "[%.60s] does not exist: add the section with the device's "
                           "AddReg, or correct the name",
                           install);
    const struct target adapter = {inf, adapter_key}, service = {inf, service_key};
    rc = add_registry(&adapter, s->name);
    if (rc == 0)
        rc = add_services(&service, install);
    if (rc == 0 && adapter_key != NULL)
        add_defaults(adapter_key);
    return rc;
}

int cn_inf_load(const char *path, const char *adapter_key, const char *service_key, char *error,
                size_t error_size)
{
    struct cn_inf inf;
    int rc = cn_inf_read(&inf, path, error, error_size);
    if (rc == 0)
        rc = apply(&inf, adapter_key, service_key);
    cn_inf_free(&inf);
    return rc;
}
