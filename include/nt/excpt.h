/* excpt.h - structured exceptions. __try needs a compiler that knows it (MSVC, clang for Windows
 * images); the names are there for all, so that source with both kinds of code compiles. */
#ifndef CONDIS_NT_EXCPT_H
#define CONDIS_NT_EXCPT_H

#include "ntdef.h"

#define EXCEPTION_EXECUTE_HANDLER    1
#define EXCEPTION_CONTINUE_SEARCH    0
#define EXCEPTION_CONTINUE_EXECUTION (-1)
#define EXCEPTION_MAXIMUM_PARAMETERS 15
#define EXCEPTION_NONCONTINUABLE     0x1

#ifndef CONDIS_RUNTIME

EXTERN_C_START

struct _CONTEXT;
typedef struct _EXCEPTION_RECORD {
    NTSTATUS ExceptionCode;
    ULONG ExceptionFlags;
    struct _EXCEPTION_RECORD *ExceptionRecord;
    PVOID ExceptionAddress;
    ULONG NumberParameters;
    ULONG_PTR ExceptionInformation[EXCEPTION_MAXIMUM_PARAMETERS];
} EXCEPTION_RECORD, *PEXCEPTION_RECORD;

typedef struct _EXCEPTION_POINTERS {
    PEXCEPTION_RECORD ExceptionRecord;
    struct _CONTEXT *ContextRecord;
} EXCEPTION_POINTERS, *PEXCEPTION_POINTERS;

NTSYSAPI VOID NTAPI RtlRaiseException(PEXCEPTION_RECORD ExceptionRecord);
NTSYSAPI VOID NTAPI RtlCaptureContext(struct _CONTEXT *ContextRecord);

EXTERN_C_END

#if defined(_MSC_VER)
#define GetExceptionCode        _exception_code
#define GetExceptionInformation (PEXCEPTION_POINTERS) _exception_info
#define AbnormalTermination     _abnormal_termination
#define exception_code          _exception_code
#endif

#endif
#endif
