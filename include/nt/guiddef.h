/* guiddef.h - GUID and the macros that declare and define GUID constants. */
#ifndef CONDIS_NT_GUIDDEF_H
#define CONDIS_NT_GUIDDEF_H

#ifndef GUID_DEFINED
#define GUID_DEFINED
typedef struct _GUID {
#if defined(_WIN32)
    unsigned long Data1;
#else
    unsigned int Data1;
#endif
    unsigned short Data2;
    unsigned short Data3;
    unsigned char Data4[8];
} GUID;
#endif

typedef GUID *LPGUID;
typedef const GUID *LPCGUID;
typedef GUID IID;
typedef GUID CLSID;

#ifdef __cplusplus
#define CONDIS_GUID_LINKAGE extern "C"
#define REFGUID             const GUID &
#define REFIID              const IID &
#define REFCLSID            const CLSID &
#else
#define CONDIS_GUID_LINKAGE extern
#define REFGUID             const GUID *
#define REFIID              const IID *
#define REFCLSID            const CLSID *
#endif

#endif

/* Outside the guard, as on Windows: initguid.h followed by a second inclusion turns the
 * declarations into definitions. A weak definition stands for "one copy of many". */
#undef DEFINE_GUID
#ifdef INITGUID
#ifdef __cplusplus
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                               \
    extern "C" __attribute__((weak)) const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                               \
    __attribute__((weak)) const GUID name = {l, w1, w2, {b1, b2, b3, b4, b5, b6, b7, b8}}
#endif
#else
#define DEFINE_GUID(name, l, w1, w2, b1, b2, b3, b4, b5, b6, b7, b8)                               \
    CONDIS_GUID_LINKAGE const GUID name
#endif
