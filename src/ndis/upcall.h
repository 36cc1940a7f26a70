/* upcall.h - the shape of a call into a handler of a driver.
 *
 *     struct cn_frame f;
 *     NDIS_STATUS s = NDIS_STATUS_FAILURE;
 *     CN_UPCALL(&f, s, driver, "MiniportPause", mp->PauseHandler, a->obj.name, context,
 * parameters);
 *
 * A driver that was stopped is not called, and the status stays what it was. Afterwards the frame
 * still tells the serial number of the call, by which allocations made in it are found again
 * (leak.h).
 */
#ifndef CN_NDIS_UPCALL_H
#define CN_NDIS_UPCALL_H

#include "object/driver.h"

#define CN_UPCALL(frame, result, driver, name, handler, object, ...)                               \
    do {                                                                                           \
        (frame)->serial = 0;                                                                       \
        if (cn_upcall_begin((frame), (driver), (name), (const void *)(uintptr_t)(handler),         \
                            (object))) {                                                           \
            (result) = (handler)(__VA_ARGS__);                                                     \
            const int32_t cn_result_ = (int32_t)(result);                                          \
            cn_upcall_end((frame), &cn_result_);                                                   \
        }                                                                                          \
    } while (0)

#define CN_UPCALL_VOID(frame, driver, name, handler, object, ...)                                  \
    do {                                                                                           \
        (frame)->serial = 0;                                                                       \
        if (cn_upcall_begin((frame), (driver), (name), (const void *)(uintptr_t)(handler),         \
                            (object))) {                                                           \
            (handler)(__VA_ARGS__);                                                                \
            cn_upcall_end((frame), NULL);                                                          \
        }                                                                                          \
    } while (0)

#endif
