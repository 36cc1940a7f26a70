/* pe_facts.c - what a PE file tells people, not the loader: program database, version, signature.
 * What is damaged here becomes a note.
 */
#include "load/pe_impl.h"

#include "base/base.h"

enum {
    DEBUG_CODEVIEW = 2,
    DEBUG_ENTRIES_MAX = 64,
    PDB_NAME_OFFSET = 24, /* after "RSDS", a GUID and an age */
    RESOURCE_VERSION = 16,
    RESOURCE_ENTRIES_MAX = 4096,
    VERSION_FIXED_OFFSET = 40, /* of VS_FIXEDFILEINFO in VS_VERSIONINFO */
    CERTIFICATE_HEADER = 8,
};
#define RESOURCE_IS_DIRECTORY 0x80000000u
#define VERSION_SIGNATURE     0xfeef04bdu

struct debug_entry {
    uint32_t characteristics, timestamp, version, type, size, rva, offset;
};

/* The name in a CodeView record at this offset of the file, or NULL. */
static const char *pdb_name(const struct cn_pe *pe, const struct debug_entry *d)
{
    if (d->size <= PDB_NAME_OFFSET || d->offset > pe->size || d->size > pe->size - d->offset)
        return NULL;
    const uint8_t *record = pe->bytes + d->offset;
    const char *name = (const char *)record + PDB_NAME_OFFSET;
    if (memcmp(record, "RSDS", 4) != 0 || memchr(name, '\0', d->size - PDB_NAME_OFFSET) == NULL)
        return NULL;
    for (const char *c = name; *c != '\0'; c++)
        if ((unsigned char)*c < 0x20 || *c == 0x7f)
            return NULL;
    return name;
}

void cn_pe_read_debug(struct cn_pe *pe)
{
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_DEBUG];
    size_t count = CN_MIN(dir->size / sizeof(struct debug_entry), DEBUG_ENTRIES_MAX);
    if (dir->rva == 0 || count == 0)
        return;
    const uint8_t *entries = cn_pe_at(pe, dir->rva, count * sizeof(struct debug_entry));
    if (entries == NULL) {
        cn_pe_note(pe, "debug directory: VirtualAddress is 0x%x, which is not in the file: ignored",
                   dir->rva);
        return;
    }
    for (size_t i = 0; i < count && pe->pdb == NULL; i++) {
        struct debug_entry d;
        memcpy(&d, entries + i * sizeof(d), sizeof(d));
        if (d.type != DEBUG_CODEVIEW)
            continue;
        pe->pdb = pdb_name(pe, &d);
        if (pe->pdb == NULL)
            cn_pe_note(pe, "debug directory: the CodeView record at 0x%x is damaged: ignored",
                       d.offset);
    }
}

/* One level of the resource tree: where the entry with this id (or the first one when id < 0)
 * leads. */
static bool resource_entry(const struct cn_pe *pe, uint32_t directory, int id, uint32_t *to)
{
    struct {
        uint32_t characteristics, timestamp, version;
        uint16_t named, numbered;
    } head;
    const uint32_t root = pe->directories[CN_PE_RESOURCE].rva;
    uint64_t at = (uint64_t)root + directory;
    const void *p = at <= UINT32_MAX ? cn_pe_at(pe, (uint32_t)at, sizeof(head)) : NULL;
    if (p == NULL)
        return false;
    memcpy(&head, p, sizeof(head));
    unsigned count = CN_MIN((unsigned)head.named + head.numbered, (unsigned)RESOURCE_ENTRIES_MAX);
    for (unsigned i = 0; i < count; i++) {
        uint32_t entry[2];
        uint64_t entry_at = at + sizeof(head) + i * sizeof(entry);
        p = entry_at <= UINT32_MAX ? cn_pe_at(pe, (uint32_t)entry_at, sizeof(entry)) : NULL;
        if (p == NULL)
            return false;
        memcpy(entry, p, sizeof(entry));
        if (id < 0 || entry[0] == (uint32_t)id) {
            *to = entry[1];
            return true;
        }
    }
    return false;
}

void cn_pe_read_version(struct cn_pe *pe)
{
    const uint32_t root = pe->directories[CN_PE_RESOURCE].rva;
    uint32_t name, language, leaf, data[2], fixed[4];
    if (root == 0 || !resource_entry(pe, 0, RESOURCE_VERSION, &name))
        return;
    const void *p = NULL;
    if ((name & RESOURCE_IS_DIRECTORY) != 0 &&
        resource_entry(pe, name & ~RESOURCE_IS_DIRECTORY, -1, &language) &&
        (language & RESOURCE_IS_DIRECTORY) != 0 &&
        resource_entry(pe, language & ~RESOURCE_IS_DIRECTORY, -1, &leaf) &&
        (uint64_t)root + leaf <= UINT32_MAX)
        p = cn_pe_at(pe, root + leaf, sizeof(data));
    if (p != NULL) {
        memcpy(data, p, sizeof(data));
        p = data[1] >= VERSION_FIXED_OFFSET + sizeof(fixed)
                ? cn_pe_at(pe, data[0], VERSION_FIXED_OFFSET + sizeof(fixed))
                : NULL;
    }
    if (p != NULL)
        memcpy(fixed, (const char *)p + VERSION_FIXED_OFFSET, sizeof(fixed));
    if (p == NULL || fixed[0] != VERSION_SIGNATURE) {
        cn_pe_note(pe, "version resource: it is damaged: ignored");
        return;
    }
    pe->has_version = true;
    for (int i = 0; i < 4; i++) /* most significant half of each word first */
        pe->version[i] = (uint16_t)(fixed[2 + i / 2] >> (i % 2 == 0 ? 16 : 0));
}

void cn_pe_read_signature(struct cn_pe *pe)
{
    /* The only directory whose address is an offset in the file: a signature is not loaded. */
    const struct cn_pe_directory *dir = &pe->directories[CN_PE_SECURITY];
    if (dir->rva == 0 && dir->size == 0)
        return;
    uint32_t length;
    if (dir->size < CERTIFICATE_HEADER || dir->rva > pe->size || dir->size > pe->size - dir->rva) {
        cn_pe_note(
            pe, "signature: 0x%x with 0x%x bytes is not in the file: Windows would not accept it",
            dir->rva, dir->size);
        return;
    }
    memcpy(&length, pe->bytes + dir->rva, sizeof(length));
    if (length < CERTIFICATE_HEADER || length > dir->size)
        cn_pe_note(pe, "signature: dwLength is 0x%x of 0x%x bytes: Windows would not accept it",
                   length, dir->size);
    else
        pe->has_signature = true;
}
