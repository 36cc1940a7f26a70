/* pool.h - what the rest of this folder may know of the pool beyond nt.h. */
#ifndef CN_NT_POOL_H
#define CN_NT_POOL_H

#include "nt/nt.h"
#include "trace/trace.h"
#include "verify/rule.h"

#define PROTECTED_POOL UINT32_C(0x80000000) /* of a tag: only ExFreePoolWithTag may free it */

/* A tag as text, first character first; bytes that cannot be printed become dots. Returns out. */
const char *cn_pool_tag(uint32_t tag, char out[5]);
/* Tells the blocks a driver still has, by place of allocation, and frees them. */
void cn_pool_driver_end(struct cn_driver *driver, bool quiet);
/* Frees everything and forgets what was freed. */
void cn_pool_stop(void);

#endif
