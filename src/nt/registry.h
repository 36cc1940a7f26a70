/* registry.h - keys as objects, for the functions that hand out handles of them. */
#ifndef CN_NT_REGISTRY_H
#define CN_NT_REGISTRY_H

#include "nt/nt.h"

struct cn_key;

/* A key by path ("System\\..." or "\\Registry\\Machine\\System\\..."), below `from` (NULL: the
 * root). With create it is made, and *created tells whether it was; otherwise NULL when there is
 * none. */
struct cn_key *cn_key_open(struct cn_key *from, const char *path, bool create, bool *created);
/* Keys stay in memory while somebody refers to them, also when deleted. */
void cn_key_get(struct cn_key *key);
void cn_key_put(struct cn_key *key);
/* Removes a key without subkeys; false when it has some or is the root. */
bool cn_key_delete(struct cn_key *key);
bool cn_key_deleted(const struct cn_key *key);

const char *cn_key_path(const struct cn_key *key); /* below \Registry\Machine */
const char *cn_key_name(const struct cn_key *key);
/* The index-th subkey or value, in the order they were made; NULL past the end. */
struct cn_key *cn_key_child(const struct cn_key *key, unsigned index);
const struct cn_reg_value *cn_key_value_at(const struct cn_key *key, unsigned index);
const struct cn_reg_value *cn_key_value(const struct cn_key *key, const char *name);
/* 0, -ENOMEM, or -EINVAL for a name or data that is too large. */
int cn_key_set(struct cn_key *key, const char *name, uint32_t type, const void *data,
               uint32_t size);
bool cn_key_unset(struct cn_key *key, const char *name);

/* The key that RelativeTo and Path of the Rtl functions name; NULL with *status when there is none.
 */
struct cn_key *cn_key_relative(ULONG relative, PCWSTR path, NTSTATUS *status);

#endif
