/* status.c - names of status codes, by binary search in the table of status.def. */
#include "trace/trace.h"

struct status {
    uint32_t value;
    const char *name;
};

static const struct status statuses[] = {
#define STATUS(name, value) {value, #name},
#include "trace/status.def"
#undef STATUS
};

/* The first row with that value, or NULL. */
static const struct status *status_find(uint32_t value)
{
    size_t low = 0, high = CN_ARRAY_SIZE(statuses);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (statuses[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < CN_ARRAY_SIZE(statuses) && statuses[low].value == value ? &statuses[low] : NULL;
}

const char *cn_status_name(uint32_t status)
{
    const struct status *s = status_find(status);
    return s != NULL ? s->name : NULL;
}

const char *cn_ntstatus_name(uint32_t status)
{
    const struct status *first = status_find(status);
    for (const struct status *s = first; s != NULL && s->value == status; s++) {
        if (strncmp(s->name, "STATUS_", 7) == 0)
            return s->name;
        if (s + 1 == statuses + CN_ARRAY_SIZE(statuses))
            break;
    }
    return first != NULL ? first->name : NULL;
}
