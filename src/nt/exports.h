/* exports.h - exported functions that the headers for drivers make macros of, so that only drivers
 * built with other headers import them. */
#ifndef CN_NT_EXPORTS_H
#define CN_NT_EXPORTS_H

#include "nt/nt.h"
#include "load/seh.h"

#undef IoCallDriver
#undef IoCompleteRequest
NTSTATUS NTAPI IoCallDriver(PDEVICE_OBJECT DeviceObject, PIRP Irp);
VOID NTAPI IoCompleteRequest(PIRP Irp, CCHAR PriorityBoost);
PEPROCESS NTAPI PsGetCurrentProcess(VOID);

#endif
