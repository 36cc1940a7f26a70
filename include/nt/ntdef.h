/* ntdef.h - scalar types, strings, lists, annotations and calling convention.
 *
 * Four kinds of target compile these headers:
 *
 *   native       gcc or clang for x86_64 Linux. `long` has 64 bits, so LONG and ULONG are int
 *                based; every function of the driver interface carries NTAPI = ms_abi.
 *   msvc-elf     clang --target=x86_64-pc-windows-msvc-elf, for unmodified Windows source that is
 *                loaded as a shared object. The Windows ABI and `long` are the target's own.
 *   msvc         clang --target=x86_64-pc-windows-msvc, linked by lld-link to a .sys.
 *   mingw        x86_64-w64-mingw32-gcc, linked to a .sys.
 *
 * CONDIS_ELF is 1 for the first two, CONDIS_PE is 1 for the last two. A build may set either one
 * on the command line; otherwise they are derived below.
 */
#ifndef CONDIS_NT_NTDEF_H
#define CONDIS_NT_NTDEF_H

#include <stdarg.h>
#include <stddef.h>

#include "sal.h"

#if !defined(__x86_64__)
#error "condis drivers are x64: compile for x86_64"
#endif

/* No predefined macro tells msvc-elf from msvc. clang emits DWARF unwind directives for the former
 * only, and that it does tell. */
#if !defined(CONDIS_ELF) && !defined(CONDIS_PE)
#if !defined(_WIN32)
#define CONDIS_ELF 1
#elif defined(_MSC_VER) && defined(__clang__) && defined(__GCC_HAVE_DWARF2_CFI_ASM)
#define CONDIS_ELF 1
#else
#define CONDIS_PE 1
#endif
#endif
#ifndef CONDIS_ELF
#define CONDIS_ELF 0
#endif
#ifndef CONDIS_PE
#define CONDIS_PE (!CONDIS_ELF)
#endif

/* Calling convention. On Windows targets it is the default one and needs no word. */
#if defined(_WIN32)
#define NTAPI
#else
#define NTAPI __attribute__((ms_abi))
#endif
#define FASTCALL NTAPI
#define WINAPI   NTAPI
#define APIENTRY NTAPI
#define CALLBACK NTAPI
#define STDCALL  NTAPI

/* Functions that the runtime exports. */
#if CONDIS_PE
#define DECLSPEC_IMPORT __declspec(dllimport)
#else
#define DECLSPEC_IMPORT extern
#endif
#define NTSYSAPI    DECLSPEC_IMPORT
#define NTKERNELAPI DECLSPEC_IMPORT
#define NTHALAPI    DECLSPEC_IMPORT
#define NTSYSCALLAPI

#if !defined(_WIN32)
/* Words of the Microsoft compiler that source files use as if they were keywords. x64 has a single
 * calling convention, whatever its name. */
#ifndef CONDIS_RUNTIME
#define __cdecl    NTAPI
#define __stdcall  NTAPI
#define __fastcall NTAPI
#define _cdecl     NTAPI
#define _stdcall   NTAPI
#define __int8 char
#define __int16 short
#define __int32 int
#define __int64 long long
#define __unaligned
#define __ptr64
#define __w64
#define __forceinline __inline __attribute__((always_inline))
#endif
#endif
#ifndef UNALIGNED
#ifdef _MSC_VER
#define UNALIGNED __unaligned
#else
#define UNALIGNED
#endif
#endif
#define UNALIGNED64
#define RESTRICTED_POINTER

/* Lists of variable arguments are the kernel's, because it is its functions that take them
 * (vDbgPrintEx). In a native build a function that uses va_start must therefore be NTAPI (or
 * __cdecl): clang refuses it otherwise, gcc does not notice. */
#if defined(_WIN32)
#define CONDIS_VA_LIST va_list
#else
#define CONDIS_VA_LIST __builtin_ms_va_list
#ifndef CONDIS_RUNTIME
#undef va_start
#undef va_end
#undef va_copy
#define va_list  __builtin_ms_va_list
#define va_start __builtin_ms_va_start
#define va_end   __builtin_ms_va_end
#define va_copy  __builtin_ms_va_copy
#endif
#endif

#define FORCEINLINE         static __inline __attribute__((always_inline, unused))
#define DECLSPEC_NOINLINE   __attribute__((noinline))
#define DECLSPEC_NORETURN   __attribute__((noreturn))
#define DECLSPEC_ALIGN(n)   __attribute__((aligned(n)))
#define DECLSPEC_CACHEALIGN DECLSPEC_ALIGN(64)
#define DECLSPEC_SELECTANY  __attribute__((weak))
#define DECLSPEC_DEPRECATED_DDK
#define DECLSPEC_EXPORT
#define DECLSPEC_GUARD_SUPPRESS
#define POINTER_ALIGNMENT DECLSPEC_ALIGN(8)
#define TYPE_ALIGNMENT(t)                                                                          \
    offsetof(                                                                                      \
        struct {                                                                                   \
            char x;                                                                                \
            t test;                                                                                \
        },                                                                                         \
        test)
#define EXTERN_C_START
#define EXTERN_C_END
#ifdef __cplusplus
#define EXTERN_C extern "C"
#undef EXTERN_C_START
#undef EXTERN_C_END
#define EXTERN_C_START extern "C" {
#define EXTERN_C_END   }
#else
#define EXTERN_C extern
#endif
#ifndef ANYSIZE_ARRAY
#define ANYSIZE_ARRAY 1
#endif

#ifndef CONDIS_RUNTIME
#ifndef IN
#define IN
#endif
#ifndef OUT
#define OUT
#endif
#ifndef OPTIONAL
#define OPTIONAL
#endif
#ifndef CONST
#define CONST const
#endif
#endif

EXTERN_C_START

/* Scalars. INT, UINT and the sized names are the same everywhere; LONG and ULONG are 32 bits wide
 * on every target, but of type long only where long has 32 bits. */
#ifndef VOID
#define VOID void
#endif
typedef char CHAR, *PCHAR, *LPCH, *PCH;
typedef const char *PCCHAR, *LPCCH, *PCCH;
typedef short SHORT, *PSHORT, CSHORT, *PCSHORT;
typedef int INT, *PINT;
#if defined(_WIN32)
typedef long LONG, *PLONG;
typedef unsigned long ULONG, *PULONG;
typedef unsigned long DWORD, *PDWORD;
#else
typedef int LONG, *PLONG;
typedef unsigned int ULONG, *PULONG;
typedef unsigned int DWORD, *PDWORD;
#endif
typedef long long LONGLONG, *PLONGLONG;
typedef unsigned long long ULONGLONG, *PULONGLONG;
typedef unsigned char UCHAR, *PUCHAR;
typedef const unsigned char *PCUCHAR;
typedef unsigned short USHORT, *PUSHORT;
typedef const unsigned short *PCUSHORT;
typedef unsigned int UINT, *PUINT;
typedef const ULONG *PCULONG;
typedef signed char SCHAR, *PSCHAR;
typedef char CCHAR;
typedef unsigned char BYTE, *PBYTE;
typedef unsigned short WORD, *PWORD;
typedef int BOOL, *PBOOL;
typedef UCHAR BOOLEAN, *PBOOLEAN;
typedef float FLOAT;
typedef double DOUBLE;

typedef signed char INT8, *PINT8;
typedef short INT16, *PINT16;
typedef int INT32, *PINT32;
typedef long long INT64, *PINT64;
typedef unsigned char UINT8, *PUINT8;
typedef unsigned short UINT16, *PUINT16;
typedef unsigned int UINT32, *PUINT32;
typedef unsigned long long UINT64, *PUINT64;
typedef int LONG32, *PLONG32;
typedef unsigned int ULONG32, *PULONG32;
typedef unsigned int DWORD32, *PDWORD32;
typedef long long LONG64, *PLONG64;
typedef unsigned long long ULONG64, *PULONG64;
typedef unsigned long long DWORD64, *PDWORD64;
typedef unsigned long long DWORDLONG;

typedef long long INT_PTR, *PINT_PTR;
typedef unsigned long long UINT_PTR, *PUINT_PTR;
typedef long long LONG_PTR, *PLONG_PTR;
typedef unsigned long long ULONG_PTR, *PULONG_PTR;
typedef ULONG_PTR DWORD_PTR, *PDWORD_PTR;
typedef ULONG_PTR SIZE_T, *PSIZE_T;
typedef LONG_PTR SSIZE_T, *PSSIZE_T;
typedef ULONG_PTR KAFFINITY, *PKAFFINITY;

typedef void *PVOID;
typedef void *LPVOID;
typedef const void *PCVOID;
typedef const void *LPCVOID;
typedef PVOID PVOID64;
typedef void *HANDLE, **PHANDLE;

/* WCHAR has 16 bits. It is wchar_t itself wherever wchar_t has 16 bits, which native builds get
 * from -fshort-wchar: only then is L"text" a string of WCHAR. */
#if __SIZEOF_WCHAR_T__ == 2
typedef wchar_t WCHAR;
#else
typedef unsigned short WCHAR;
#endif
typedef WCHAR *PWCHAR, *PWCH, *LPWCH, *PWSTR, *LPWSTR, *NWPSTR;
typedef const WCHAR *PCWCHAR, *PCWCH, *LPCWCH, *PCWSTR, *LPCWSTR;
typedef WCHAR **PZPWSTR;
typedef PWSTR PZZWSTR, PNZWCH;
typedef PCWSTR PCZZWSTR, PCNZWCH;
typedef CHAR *PSTR, *LPSTR, *NPSTR;
typedef const CHAR *PCSTR, *LPCSTR;
typedef CHAR *PSZ;
typedef const char *PCSZ;

typedef LONG NTSTATUS, *PNTSTATUS;
typedef ULONG ACCESS_MASK, *PACCESS_MASK;
typedef UCHAR KIRQL, *PKIRQL;
typedef ULONG_PTR KSPIN_LOCK, *PKSPIN_LOCK;
typedef CCHAR KPROCESSOR_MODE;
typedef ULONG LOGICAL, *PLOGICAL;
typedef ULONG LCID, *PLCID;
typedef USHORT LANGID;
typedef PVOID PSID;
typedef PVOID PSECURITY_DESCRIPTOR;
typedef ULONG SECURITY_INFORMATION, *PSECURITY_INFORMATION;

#ifndef TRUE
#define TRUE 1
#endif
#ifndef FALSE
#define FALSE 0
#endif

/* 64-bit integers with halves. The unnamed structure makes LowPart and HighPart direct members. */
typedef union _LARGE_INTEGER {
    struct {
        ULONG LowPart;
        LONG HighPart;
    };
    struct {
        ULONG LowPart;
        LONG HighPart;
    } u;
    LONGLONG QuadPart;
} LARGE_INTEGER, *PLARGE_INTEGER;

typedef union _ULARGE_INTEGER {
    struct {
        ULONG LowPart;
        ULONG HighPart;
    };
    struct {
        ULONG LowPart;
        ULONG HighPart;
    } u;
    ULONGLONG QuadPart;
} ULARGE_INTEGER, *PULARGE_INTEGER;

typedef LARGE_INTEGER PHYSICAL_ADDRESS, *PPHYSICAL_ADDRESS;

typedef struct _LUID {
    ULONG LowPart;
    LONG HighPart;
} LUID, *PLUID;

/* Counted strings. Length and MaximumLength are bytes. A UNICODE_STRING passed by value travels as
 * a pointer to a copy, because it is larger than 8 bytes. */
typedef struct _STRING {
    USHORT Length;
    USHORT MaximumLength;
    PCHAR Buffer;
} STRING, *PSTRING, ANSI_STRING, *PANSI_STRING, OEM_STRING, *POEM_STRING, UTF8_STRING,
    *PUTF8_STRING;
typedef const STRING *PCANSI_STRING, *PCOEM_STRING;

typedef struct _CSTRING {
    USHORT Length;
    USHORT MaximumLength;
    const char *Buffer;
} CSTRING, *PCSTRING;

typedef struct _UNICODE_STRING {
    USHORT Length;
    USHORT MaximumLength;
    PWCH Buffer;
} UNICODE_STRING, *PUNICODE_STRING;
typedef const UNICODE_STRING *PCUNICODE_STRING;

#define UNICODE_NULL             ((WCHAR)0)
#define ANSI_NULL                ((CHAR)0)
#define UNICODE_STRING_MAX_BYTES ((USHORT)65534)
#define UNICODE_STRING_MAX_CHARS 32767
#define DECLARE_CONST_UNICODE_STRING(var, str)                                                     \
    static const WCHAR var##_buffer[] = str;                                                       \
    static const UNICODE_STRING var = {sizeof(str) - sizeof(WCHAR), sizeof(str), (PWCH)var##_buffer}
#define DECLARE_UNICODE_STRING_SIZE(var, chars)                                                    \
    WCHAR var##_buffer[chars];                                                                     \
    UNICODE_STRING var = {0, (chars) * sizeof(WCHAR), var##_buffer}

/* An initialiser for a UNICODE_STRING or ANSI_STRING from a literal. In C the literal is not cast,
 * so that a native build without -fshort-wchar is told of the wrong character type. */
#ifdef __cplusplus
extern "C++" {
inline constexpr CHAR *condis_writable(const CHAR *s)
{
    return const_cast<CHAR *>(s);
}
inline constexpr WCHAR *condis_writable(const WCHAR *s)
{
    return const_cast<WCHAR *>(s);
}
}
#define RTL_CONSTANT_STRING(s)                                                                     \
    {                                                                                              \
        sizeof(s) - sizeof((s)[0]), sizeof(s), condis_writable(s)                                  \
    }
#else
#define RTL_CONSTANT_STRING(s)                                                                     \
    {                                                                                              \
        sizeof(s) - sizeof((s)[0]), sizeof(s), s                                                   \
    }
#endif

typedef struct _LIST_ENTRY {
    struct _LIST_ENTRY *Flink;
    struct _LIST_ENTRY *Blink;
} LIST_ENTRY, *PLIST_ENTRY;
typedef LIST_ENTRY *PRLIST_ENTRY;

typedef struct _SINGLE_LIST_ENTRY {
    struct _SINGLE_LIST_ENTRY *Next;
} SINGLE_LIST_ENTRY, *PSINGLE_LIST_ENTRY;

typedef struct _OBJECT_ATTRIBUTES {
    ULONG Length;
    HANDLE RootDirectory;
    PUNICODE_STRING ObjectName;
    ULONG Attributes;
    PVOID SecurityDescriptor;
    PVOID SecurityQualityOfService;
} OBJECT_ATTRIBUTES, *POBJECT_ATTRIBUTES;
typedef const OBJECT_ATTRIBUTES *PCOBJECT_ATTRIBUTES;

#define OBJ_INHERIT                       0x2
#define OBJ_HANDLE_TAGBITS                0x3
#define OBJ_PERMANENT                     0x10
#define OBJ_EXCLUSIVE                     0x20
#define OBJ_CASE_INSENSITIVE              0x40
#define OBJ_OPENIF                        0x80
#define OBJ_OPENLINK                      0x100
#define OBJ_KERNEL_HANDLE                 0x200
#define OBJ_FORCE_ACCESS_CHECK            0x400
#define OBJ_IGNORE_IMPERSONATED_DEVICEMAP 0x800
#define OBJ_DONT_REPARSE                  0x1000
#define OBJ_VALID_ATTRIBUTES              0x1FF2
#define OBJ_NAME_PATH_SEPARATOR           ((WCHAR)0x5C)

#define InitializeObjectAttributes(p, name, attributes, root, security)                            \
    do {                                                                                           \
        (p)->Length = sizeof(OBJECT_ATTRIBUTES);                                                   \
        (p)->RootDirectory = root;                                                                 \
        (p)->Attributes = attributes;                                                              \
        (p)->ObjectName = name;                                                                    \
        (p)->SecurityDescriptor = security;                                                        \
        (p)->SecurityQualityOfService = NULL;                                                      \
    } while (0)

typedef struct _PROCESSOR_NUMBER {
    USHORT Group;
    UCHAR Number;
    UCHAR Reserved;
} PROCESSOR_NUMBER, *PPROCESSOR_NUMBER;

typedef struct _GROUP_AFFINITY {
    KAFFINITY Mask;
    USHORT Group;
    USHORT Reserved[3];
} GROUP_AFFINITY, *PGROUP_AFFINITY;
typedef const PROCESSOR_NUMBER *PCPROCESSOR_NUMBER;

typedef enum _EVENT_TYPE {
    NotificationEvent,
    SynchronizationEvent,
} EVENT_TYPE,
    *PEVENT_TYPE;

typedef enum _TIMER_TYPE {
    NotificationTimer,
    SynchronizationTimer,
} TIMER_TYPE,
    *PTIMER_TYPE;
typedef enum _WAIT_TYPE {
    WaitAll,
    WaitAny,
    WaitNotification,
    WaitDequeue,
    WaitDpc,
} WAIT_TYPE;
typedef enum _NT_PRODUCT_TYPE {
    NtProductWinNt = 1,
    NtProductLanManNt,
    NtProductServer,
} NT_PRODUCT_TYPE,
    *PNT_PRODUCT_TYPE;

#define MEMORY_ALLOCATION_ALIGNMENT 0x10
#define MAXIMUM_PROCESSORS          0x40

EXTERN_C_END

#include "guiddef.h"

/* Success is not negative; the top two bits are the severity. */
#define NT_SUCCESS(status)     (((NTSTATUS)(status)) >= 0)
#define NT_INFORMATION(status) ((((ULONG)(status)) >> 30) == 1)
#define NT_WARNING(status)     ((((ULONG)(status)) >> 30) == 2)
#define NT_ERROR(status)       ((((ULONG)(status)) >> 30) == 3)

#define FIELD_OFFSET(type, field)   ((LONG)offsetof(type, field))
#define UFIELD_OFFSET(type, field)  ((ULONG)offsetof(type, field))
#define RTL_FIELD_SIZE(type, field) (sizeof(((type *)0)->field))
/* Where a structure of an older revision ends: behind its last member, not counting padding. */
#define RTL_SIZEOF_THROUGH_FIELD(type, field) (offsetof(type, field) + RTL_FIELD_SIZE(type, field))
#define RTL_CONTAINS_FIELD(s, size, field)                                                         \
    ((((PCHAR)(&(s)->field)) + sizeof((s)->field)) <= (((PCHAR)(s)) + (size)))
#define RTL_NUMBER_OF(a)    (sizeof(a) / sizeof((a)[0]))
#define RTL_NUMBER_OF_V1(a) RTL_NUMBER_OF(a)
#define RTL_NUMBER_OF_V2(a) RTL_NUMBER_OF(a)
#define ARRAYSIZE(a)        RTL_NUMBER_OF(a)
#define _ARRAYSIZE(a)       RTL_NUMBER_OF(a)
#ifndef CONTAINING_RECORD
#define CONTAINING_RECORD(address, type, field)                                                    \
    ((type *)((PCHAR)(address) - (ULONG_PTR)offsetof(type, field)))
#endif
#define ARGUMENT_PRESENT(p) ((CHAR *)((ULONG_PTR)(p)) != (CHAR *)NULL)

#define MINCHAR      0x80
#define MAXCHAR      0x7f
#define MINSHORT     0x8000
#define MAXSHORT     0x7fff
#define MINLONG      0x80000000
#define MAXLONG      0x7fffffff
#define MAXUCHAR     0xff
#define MAXUSHORT    0xffff
#define MAXULONG     0xffffffff
#define MAXULONGLONG ((ULONGLONG) ~(ULONGLONG)0)
#define MAXLONGLONG  (0x7fffffffffffffffLL)

#ifndef UNREFERENCED_PARAMETER
#define UNREFERENCED_PARAMETER(p)          ((void)(p))
#define UNREFERENCED_LOCAL_VARIABLE(v)     ((void)(v))
#define DBG_UNREFERENCED_PARAMETER(p)      ((void)(p))
#define DBG_UNREFERENCED_LOCAL_VARIABLE(v) ((void)(v))
#endif
#define DEFAULT_UNREACHABLE                                                                        \
    default:                                                                                       \
        __builtin_unreachable()

#define PtrToUlong(p)    ((ULONG)(ULONG_PTR)(p))
#define PtrToLong(p)     ((LONG)(LONG_PTR)(p))
#define PtrToUint(p)     ((UINT)(UINT_PTR)(p))
#define PtrToInt(p)      ((INT)(INT_PTR)(p))
#define PtrToUshort(p)   ((USHORT)(ULONG_PTR)(p))
#define UlongToPtr(u)    ((PVOID)(ULONG_PTR)(ULONG)(u))
#define ULongToPtr(u)    UlongToPtr(u)
#define LongToPtr(l)     ((PVOID)(LONG_PTR)(LONG)(l))
#define UintToPtr(u)     ((PVOID)(UINT_PTR)(UINT)(u))
#define HandleToULong(h) ((ULONG)(ULONG_PTR)(h))
#define HandleToUlong(h) ((ULONG)(ULONG_PTR)(h))
#define ULongToHandle(u) ((HANDLE)(ULONG_PTR)(ULONG)(u))
#define UlongToHandle(u) ULongToHandle(u)

#ifndef min
#ifndef CONDIS_RUNTIME
#ifndef __cplusplus
#define min(a, b) (((a) < (b)) ? (a) : (b))
#define max(a, b) (((a) > (b)) ? (a) : (b))
#endif
#endif
#endif

#define MAKELANGID(p, s)    ((((USHORT)(s)) << 10) | (USHORT)(p))
#define FlagOn(f, m)        ((f) & (m))
#define BooleanFlagOn(f, m) ((BOOLEAN)(((f) & (m)) != 0))
#define SetFlag(f, m)       ((f) |= (m))
#define ClearFlag(f, m)     ((f) &= ~(m))

/* Operators on flag enumerations. */
#ifdef __cplusplus
#define DEFINE_ENUM_FLAG_OPERATORS(t)                                                              \
    extern "C++" {                                                                                 \
    inline constexpr t operator|(t a, t b)                                                         \
    {                                                                                              \
        return t(int(a) | int(b));                                                                 \
    }                                                                                              \
    inline constexpr t operator&(t a, t b)                                                         \
    {                                                                                              \
        return t(int(a) & int(b));                                                                 \
    }                                                                                              \
    inline constexpr t operator~(t a)                                                              \
    {                                                                                              \
        return t(~int(a));                                                                         \
    }                                                                                              \
    }
#else
#define DEFINE_ENUM_FLAG_OPERATORS(t)
#endif

#endif
