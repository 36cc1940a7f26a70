/* structure.h - versioned structures: what a driver hands to NDIS is checked and copied here, and
 * what NDIS lends to a driver is sized here.
 *
 * Which structures, members and revisions there are stands in structures.def and
 * verify/revisions.def; this is the one engine that reads them. Nothing of a driver's structure is
 * used but the copy made here, and only as much of it as its header vouches for.
 */
#ifndef CN_NDIS_STRUCTURE_H
#define CN_NDIS_STRUCTURE_H

#include "base/base.h"

enum cn_structure_id {
    CN_S_NONE,
#define STRUCTURE(type, object, rule) CN_S_##type,
#define OPAQUE(type, object, rule)    CN_S_##type,
#define HANDLER(structure, member, revision, need, rule)
#include "ndis/structures.def"
#undef STRUCTURE
#undef OPAQUE
#undef HANDLER
    CN_S_COUNT
};

/* The first four bytes of every structure (NDIS_OBJECT_HEADER). */
struct cn_header {
    uint8_t type, revision;
    uint16_t size;
};

/* What became of a structure; everything but GOOD has been reported. */
enum cn_taken {
    CN_TAKEN_GOOD,
    CN_TAKEN_HEADER,   /* NULL, unreadable, wrong Type or unknown Revision */
    CN_TAKEN_REVISION, /* the revision is not that of the driver's version */
    CN_TAKEN_SIZE,     /* Size is too small, or that much cannot be read */
    CN_TAKEN_HANDLER   /* a required handler is missing or no function */
};

/* One structure on its way from a driver. The caller fills the first group. */
struct cn_taking {
    enum cn_structure_id id;
    const void *given;    /* the driver's */
    const char *call;     /* for reports; also names the parameter's function */
    uint8_t major, minor; /* version the driver registered with */
    void *copy;           /* receives the structure, zero-filled behind Size */
    size_t copy_size;
    int rule_missing; /* 0, or the rule that replaces the rows' own for missing handlers */

    struct cn_header header; /* of the given structure */
};

const char *cn_structure_name(enum cn_structure_id id);
/* The structure of that object type among those that cross the border by a pointer to the header
 * only, or CN_S_NONE. first and last bound the search in the order of structures.def. */
enum cn_structure_id cn_structure_of_type(uint8_t type, enum cn_structure_id first,
                                          enum cn_structure_id last);
/* The header of a driver's structure; false when it cannot be read. */
bool cn_structure_header(const void *given, struct cn_header *out);

/* The two halves of taking a structure: the header alone, and all the rest. Between them a
 * registration function looks at the version, which lies inside the structure. */
enum cn_taken cn_structure_open(struct cn_taking *t);
enum cn_taken cn_structure_read(struct cn_taking *t);
/* Both. */
enum cn_taken cn_structure_take(struct cn_taking *t);

/* The highest revision a driver of that version knows, and its size in bytes: for structures that
 * NDIS fills. False when the structure is newer than the version. */
bool cn_structure_revision(enum cn_structure_id id, uint8_t major, uint8_t minor, uint8_t *revision,
                           uint16_t *size);
/* The name of a handler member that has another function in `now` than in `then`, or NULL. A member
 * that was cleared does not count. */
const char *cn_structure_changed(enum cn_structure_id id, const void *then, const void *now);
/* Writes the header of a structure that NDIS fills: the revision and size for that version. */
bool cn_structure_fill(enum cn_structure_id id, void *filled, uint8_t major, uint8_t minor);
/* Object type of a structure. */
uint8_t cn_structure_type(enum cn_structure_id id);
/* A copy of a filled structure as a driver of that version may see it: header set, cut to the size
 * of the revision, ending at a guard page (REG-008). NULL without memory. Freed with cn_guard_free.
 */
void *cn_structure_lend(enum cn_structure_id id, const void *filled, uint8_t major, uint8_t minor);

#endif
