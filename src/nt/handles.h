/* handles.h - kernel handles (HANDLE): keys, threads, files. What ZwClose closes and
 * ObReferenceObjectByHandle looks up. Values look like those of Windows' kernel handles: negative,
 * a multiple of four, never a valid address. */
#ifndef CN_NT_HANDLES_H
#define CN_NT_HANDLES_H

#include "nt/nt.h"

enum cn_nt_handle_kind {
    CN_NT_HANDLE_NONE,
    CN_NT_HANDLE_KEY,
    CN_NT_HANDLE_THREAD,
    CN_NT_HANDLE_EVENT
};

/* close (may be NULL) is called once, when the handle is closed. NULL when no memory is left. The
 * driver current now owns the handle; one it leaves open is reported at its end. */
HANDLE cn_nt_handle_new(enum cn_nt_handle_kind kind, void *object, void (*close)(void *object),
                        const void *place);
/* The object behind an open handle of that kind, or NULL. */
void *cn_nt_handle_get(HANDLE handle, enum cn_nt_handle_kind kind);
/* CN_NT_HANDLE_NONE for a value that is no open handle. */
enum cn_nt_handle_kind cn_nt_handle_kind(HANDLE handle);
/* Closes the handle; false when it is none. */
bool cn_nt_handle_close(HANDLE handle);
/* Closes what a driver left open and (unless quiet) tells it. */
void cn_nt_handles_end(struct cn_driver *driver, bool quiet);
void cn_nt_handles_reset(void);

#endif
