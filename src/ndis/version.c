/* version.c - the NDIS versions a driver may register with. */
#include "ndis/version.h"

#include "base/base.h"

/* Minor versions of NDIS 6. The table on the miniport characteristics page ends at 6.86 and leaves
 * out 6.1, which the guide pages on each version add. Page:
 * ddi/ns-ndis-_ndis_miniport_driver_characteristics#field-minorndisversion */
static const uint8_t minors[] = {0,  1,  20, 30, 40, 50, 51, 60, 70, 80,
                                 81, 82, 83, 84, 85, 86, 87, 88, 89};

bool cn_version_known(uint8_t major, uint8_t minor)
{
    if (major != CN_NDIS_MAJOR)
        return false;
    for (size_t i = 0; i < CN_ARRAY_SIZE(minors); i++)
        if (minors[i] == minor)
            return true;
    return false;
}

const char *cn_version_text(uint8_t major, uint8_t minor)
{
    return cn_fmt("%u.%u", major, minor);
}

const char *cn_version_list(void)
{
    static char list[128];
    if (list[0] == '\0') {
        struct cn_text t;
        cn_text_init(&t, list, sizeof(list));
        for (size_t i = 0; i < CN_ARRAY_SIZE(minors); i++)
            cn_text_put(&t, "%s%u.%u", i == 0 ? "" : ", ", CN_NDIS_MAJOR, minors[i]);
    }
    return list;
}
