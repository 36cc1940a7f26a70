/* cookie.c - a load configuration made by hand: security cookie, control flow guard and XFG
 * pointers. The entry tells in its status which of them the loader did not fill in.
 * build: msvc (GNU ld does not enter the load configuration into the directory) */
#include <ntddk.h>

DRIVER_INITIALIZE DriverEntry;

#define DEFAULT_COOKIE 0x00002B992DDFA232ull

unsigned long long cookie = DEFAULT_COOKIE;

static void unset(void)
{
}

typedef void function(void);

/* Read-only, as linkers place them. */
function *const volatile guard_check = unset, *const volatile guard_dispatch = unset;
function *const volatile xfg_check = unset, *const volatile xfg_dispatch = unset;
function *const volatile xfg_table_dispatch = unset;

/* IMAGE_LOAD_CONFIG_DIRECTORY64; the places between the members used are zero. */
const struct {
    unsigned size, fill_4[21];
    unsigned long long *security_cookie, fill_96[2];
    function *const volatile *check, *const volatile *dispatch;
    unsigned long long fill_128[2];
    unsigned guard_flags, fill_148[33];
    function *const volatile *xfg_check;
    function *const volatile *xfg_dispatch;
    function *const volatile *xfg_table_dispatch;
    unsigned long long fill_304[2];
} _load_config_used __attribute__((used)) = {
    .size = sizeof(_load_config_used),
    .security_cookie = &cookie,
    .check = &guard_check,
    .dispatch = &guard_dispatch,
    .guard_flags = 0x500,
    .xfg_check = &xfg_check,
    .xfg_dispatch = &xfg_dispatch,
    .xfg_table_dispatch = &xfg_table_dispatch,
};

_Static_assert(offsetof(__typeof__(_load_config_used), security_cookie) == 88, "layout");
_Static_assert(offsetof(__typeof__(_load_config_used), check) == 112, "layout");
_Static_assert(offsetof(__typeof__(_load_config_used), guard_flags) == 144, "layout");
_Static_assert(offsetof(__typeof__(_load_config_used), xfg_check) == 280, "layout");

/* What a compiled indirect call through the dispatcher looks like: target in rax. */
static ULONG dispatch(function *dispatcher, ULONG argument)
{
    ULONG result;
    __asm__ volatile("lea 1f(%%rip), %%rax\n\t"
                     "jmp 2f\n"
                     "1:\n\t"
                     "lea 1(%%rcx), %%eax\n\t"
                     "ret\n"
                     "2:\n\t"
                     "call *%1"
                     : "=&a"(result)
                     : "r"(dispatcher), "c"(argument)
                     : "memory");
    return result;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS wrong = 0;
    (void)driver;
    (void)path;
    if (cookie == DEFAULT_COOKIE || cookie == 0 || cookie >> 48 != 0)
        wrong |= 1;
    if (guard_check == unset || guard_dispatch == unset)
        wrong |= 2;
    if (xfg_check == unset || xfg_dispatch == unset || xfg_table_dispatch == unset)
        wrong |= 4;
    guard_check();
    xfg_check();
    if (dispatch(guard_dispatch, 7) != 8 || dispatch(xfg_dispatch, 8) != 9 ||
        dispatch(xfg_table_dispatch, 9) != 10)
        wrong |= 8;
    return wrong;
}
