/* version.h - the NDIS versions a driver may register with.
 * Page: guide/overview-of-ndis-versions */
#ifndef CN_NDIS_VERSION_H
#define CN_NDIS_VERSION_H

#include <stdbool.h>
#include <stdint.h>

/* The NDIS that condis is: the newest version whose documentation it follows. */
#define CN_NDIS_MAJOR 6
#define CN_NDIS_MINOR 89

/* A documented version, not newer than ours. */
bool cn_version_known(uint8_t major, uint8_t minor);
/* "6.30", as the documentation writes versions; in a rotating buffer (cn_fmt). */
const char *cn_version_text(uint8_t major, uint8_t minor);
/* "6.0, 6.1, 6.20, ..." for reports. */
const char *cn_version_list(void);

#endif
