/* registry.c - a small registry in memory: keys by path below \Registry\Machine, values by name,
 * both without regard to case and in the order they were made. What is exported to drivers is in
 * registry_ddi.c. */
#include "nt/registry.h"

#include "base/list.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>

enum { NAME_MOST = 256, PATH_MOST = 1024, DATA_MOST = 1 << 20, BUCKETS = 4096 };

struct value {
    struct cn_list link;
    struct cn_reg_value reg; /* owns name and data */
};

struct cn_key {
    struct cn_list link;  /* in the parent's children */
    struct cn_key *chain; /* the next in its bucket */
    struct cn_list children, values;
    struct cn_key *parent;
    char *path; /* the name is its last part */
    const char *name;
    unsigned refs;
    bool deleted;
};

static struct cn_key root = {.link = {&root.link, &root.link},
                             .children = {&root.children, &root.children},
                             .values = {&root.values, &root.values},
                             .path = (char[]){""},
                             .name = "",
                             .refs = 1};

/* -- keys -------------------------------------------------------------------------------------- */

/* Keys by parent and name: a driver with ten thousand adapters has as many keys side by side. */
static struct cn_key *buckets[BUCKETS];

static struct cn_key **bucket_of(const struct cn_key *parent, const char *name, size_t length)
{
    uint64_t hash = (uintptr_t)parent / sizeof(*parent);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)tolower((unsigned char)name[i])) * UINT64_C(0x100000001b3);
    return &buckets[hash % BUCKETS];
}

static void unchain(struct cn_key *key)
{
    struct cn_key **at = bucket_of(key->parent, key->name, strlen(key->name));
    while (*at != key)
        at = &(*at)->chain;
    *at = key->chain;
}

static void value_free(struct value *v)
{
    cn_list_remove(&v->link);
    free((char *)(uintptr_t)v->reg.name);
    free((void *)(uintptr_t)v->reg.data);
    free(v);
}

void cn_key_get(struct cn_key *key)
{
    key->refs++;
}

void cn_key_put(struct cn_key *key)
{
    if (--key->refs > 0)
        return;
    cn_assert(key != &root && key->deleted);
    while (!cn_list_empty(&key->values))
        value_free(CN_LIST_ENTRY(key->values.next, struct value, link));
    free(key->path);
    free(key);
}

bool cn_key_delete(struct cn_key *key)
{
    if (key == &root || key->deleted || !cn_list_empty(&key->children))
        return false;
    key->deleted = true;
    cn_list_remove(&key->link);
    unchain(key);
    cn_key_put(key);
    return true;
}

bool cn_key_deleted(const struct cn_key *key)
{
    return key->deleted;
}

const char *cn_key_path(const struct cn_key *key)
{
    return key->path;
}

const char *cn_key_name(const struct cn_key *key)
{
    return key->name;
}

static struct cn_key *child_named(const struct cn_key *key, const char *name, size_t length)
{
    struct cn_key *c = *bucket_of(key, name, length);
    while (c != NULL &&
           (c->parent != key || strncasecmp(c->name, name, length) != 0 || c->name[length] != '\0'))
        c = c->chain;
    return c;
}

static struct cn_key *child_new(struct cn_key *key, const char *name, size_t length)
{
    size_t before = strlen(key->path), separator = before > 0;
    if (length >= NAME_MOST || before + 1 + length >= PATH_MOST)
        return NULL;
    struct cn_key *c = calloc(1, sizeof(*c));
    char *path = malloc(before + separator + length + 1);
    if (c == NULL || path == NULL) {
        free(c);
        free(path);
        return NULL;
    }
    memcpy(path, key->path, before);
    path[before] = '\\';
    memcpy(path + before + separator, name, length);
    path[before + separator + length] = '\0';
    c->path = path;
    c->name = path + before + separator;
    c->parent = key;
    c->refs = 1;
    cn_list_init(&c->link);
    cn_list_init(&c->children);
    cn_list_init(&c->values);
    cn_list_insert(&key->children, &c->link);
    struct cn_key **bucket = bucket_of(key, c->name, length);
    c->chain = *bucket;
    *bucket = c;
    return c;
}

struct cn_key *cn_key_open(struct cn_key *from, const char *path, bool create, bool *created)
{
    static const char machine[] = "\\Registry\\Machine";
    struct cn_key *key = from != NULL ? from : &root;
    size_t skip = sizeof(machine) - 1;
    if (created != NULL)
        *created = false;
    if (key->deleted)
        return NULL;
    if (from == NULL && strncasecmp(path, machine, skip) == 0 &&
        (path[skip] == '\\' || path[skip] == '\0'))
        path += skip;
    for (;;) {
        while (*path == '\\')
            path++;
        size_t length = strcspn(path, "\\");
        if (length == 0)
            return key;
        struct cn_key *next = child_named(key, path, length);
        if (next == NULL && create) {
            next = child_new(key, path, length);
            if (created != NULL)
                *created = next != NULL;
        }
        if (next == NULL)
            return NULL;
        key = next;
        path += length;
    }
}

struct cn_key *cn_key_child(const struct cn_key *key, unsigned index)
{
    CN_LIST_EACH(pos, &key->children)
    if (index-- == 0)
        return CN_LIST_ENTRY(pos, struct cn_key, link);
    return NULL;
}

/* -- values ------------------------------------------------------------------------------------ */

static struct value *value_named(const struct cn_key *key, const char *name)
{
    CN_LIST_EACH(pos, &key->values)
    {
        struct value *v = CN_LIST_ENTRY(pos, struct value, link);
        if (strcasecmp(v->reg.name, name) == 0)
            return v;
    }
    return NULL;
}

const struct cn_reg_value *cn_key_value(const struct cn_key *key, const char *name)
{
    struct value *v = value_named(key, name);
    return v != NULL ? &v->reg : NULL;
}

const struct cn_reg_value *cn_key_value_at(const struct cn_key *key, unsigned index)
{
    CN_LIST_EACH(pos, &key->values)
    if (index-- == 0)
        return &CN_LIST_ENTRY(pos, struct value, link)->reg;
    return NULL;
}

int cn_key_set(struct cn_key *key, const char *name, uint32_t type, const void *data, uint32_t size)
{
    if (strlen(name) >= NAME_MOST || size > DATA_MOST)
        return -EINVAL;
    void *copy = malloc(CN_MAX(size, 1u));
    if (copy == NULL)
        return -ENOMEM;
    if (size > 0)
        memcpy(copy, data, size);
    struct value *v = value_named(key, name);
    if (v != NULL) {
        free((void *)(uintptr_t)v->reg.data);
    } else {
        v = calloc(1, sizeof(*v));
        char *own = strdup(name);
        if (v == NULL || own == NULL) {
            free(v);
            free(own);
            free(copy);
            return -ENOMEM;
        }
        v->reg.name = own;
        v->reg.key = key->path;
        cn_list_init(&v->link);
        cn_list_insert(&key->values, &v->link);
    }
    v->reg.type = type;
    v->reg.data = copy;
    v->reg.size = size;
    return 0;
}

bool cn_key_unset(struct cn_key *key, const char *name)
{
    struct value *v = value_named(key, name);
    if (v != NULL)
        value_free(v);
    return v != NULL;
}

/* -- by path ----------------------------------------------------------------------------------- */

int cn_reg_set(const char *path, const char *name, uint32_t type, const void *data, uint32_t size)
{
    struct cn_key *key = cn_key_open(NULL, path, true, NULL);
    return key != NULL ? cn_key_set(key, name, type, data, size) : -EINVAL;
}

int cn_reg_set_dword(const char *path, const char *name, uint32_t value)
{
    return cn_reg_set(path, name, REG_DWORD, &value, sizeof(value));
}

int cn_reg_set_string(const char *path, const char *name, const char *utf8)
{
    size_t units = strlen(utf8) + 1;
    uint16_t *wide = malloc(units * 2);
    if (wide == NULL)
        return -ENOMEM;
    size_t length = cn_utf8_to_utf16(utf8, wide, units);
    int rc = cn_reg_set(path, name, REG_SZ, wide, (uint32_t)((length + 1) * 2));
    free(wide);
    return rc;
}

const struct cn_reg_value *cn_reg_get(const char *path, const char *name)
{
    struct cn_key *key = cn_key_open(NULL, path, false, NULL);
    return key != NULL ? cn_key_value(key, name) : NULL;
}

void cn_reg_each(const char *path, void (*each)(void *arg, const struct cn_reg_value *), void *arg)
{
    struct cn_key *key = cn_key_open(NULL, path, false, NULL);
    if (key == NULL)
        return;
    CN_LIST_EACH_SAFE(pos, next, &key->values)
    each(arg, &CN_LIST_ENTRY(pos, struct value, link)->reg);
}

static void empty(struct cn_key *key)
{
    while (!cn_list_empty(&key->children)) {
        struct cn_key *c = CN_LIST_ENTRY(key->children.next, struct cn_key, link);
        empty(c);
        cn_key_delete(c);
    }
    while (!cn_list_empty(&key->values))
        value_free(CN_LIST_ENTRY(key->values.next, struct value, link));
}

void cn_reg_reset(void)
{
    empty(&root);
}
