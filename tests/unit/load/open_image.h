/* open_image.h - opens the drivers of tests/pe with a resolver that knows a few names. */
#ifndef CN_TEST_OPEN_IMAGE_H
#define CN_TEST_OPEN_IMAGE_H

#include "load/image.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NTAPI    __attribute__((ms_abi))
#define PE(name) (CN_BUILD "/tests/pe/" name)

typedef NTAPI uint32_t open_entry(void *driver, void *path);

static struct {
    struct cn_image *image;
    struct cn_image_error err;
    int prints;       /* calls of DbgPrint or OnlyResolved, which the runtime does not export */
    char asked[256];  /* the last name the resolver did not know: "dll!name" */
    jmp_buf missing;  /* where a missing import lands */
    char missed[256]; /* "image dll!name" */
    const void *caller;
    uint8_t irql;
    void *seven; /* what "helper.sys" ordinal 7 is */
} opened;

static uint64_t opened_shared[512] __attribute__((aligned(4096)));

static NTAPI uint32_t open_print(const char *format)
{
    (void)format;
    return (uint32_t)++opened.prints;
}

static NTAPI uint32_t open_seven(uint32_t x)
{
    return x + 77;
}

static void *open_resolve(void *arg, const char *dll, const char *name, int ordinal)
{
    (void)arg;
    if (name != NULL && (strcmp(name, "DbgPrint") == 0 || strcmp(name, "OnlyResolved") == 0))
        return (void *)open_print;
    if (ordinal == 7 && strncasecmp(dll, "helper", 6) == 0)
        return opened.seven;
    snprintf(opened.asked, sizeof(opened.asked), "%s!%s", dll, name != NULL ? name : "by ordinal");
    return NULL;
}

static void open_missing(void *arg, const char *image, const char *dll, const char *name,
                         void *caller)
{
    (void)arg;
    snprintf(opened.missed, sizeof(opened.missed), "%s %s!%s", image, dll, name);
    opened.caller = caller;
    longjmp(opened.missing, 1);
}

static uint8_t open_read_irql(void)
{
    return opened.irql;
}

static void open_write_irql(uint8_t irql)
{
    opened.irql = irql;
}

static const struct cn_image_env open_env = {
    .resolve = open_resolve,
    .missing = open_missing,
    .read_irql = open_read_irql,
    .write_irql = open_write_irql,
    .shared_user_data = opened_shared,
};

static inline int open_path(const char *path)
{
    opened.seven = (void *)open_seven;
    opened.prints = 0;
    opened.asked[0] = opened.missed[0] = '\0';
    return cn_image_open(path, &open_env, &opened.image, &opened.err);
}

#define OPEN(path)                                                                                 \
    do {                                                                                           \
        if (open_path(path) != 0)                                                                  \
            CN_FAIL("%s: %s", path, opened.err.text);                                              \
    } while (0)

static inline uint32_t run_entry(struct cn_image *image)
{
    static uint64_t object[128];
    return ((open_entry *)cn_image_entry(image))(object, NULL);
}

/* Whether the address may be accessed; asks the kernel, so that no fault happens. */
static inline bool readable(const void *address)
{
    int fds[2];
    if (pipe(fds) != 0)
        abort();
    bool ok = write(fds[1], address, 1) == 1;
    close(fds[0]);
    close(fds[1]);
    return ok;
}

static inline bool writable(void *address)
{
    int fds[2];
    char byte = readable(address) ? *(volatile char *)address : 0;
    if (pipe(fds) != 0 || write(fds[1], &byte, 1) != 1)
        abort();
    bool ok = read(fds[0], address, 1) == 1;
    close(fds[0]);
    close(fds[1]);
    return ok;
}

/* The rights of the mapping that holds the address: "r-xp", or "" for none. */
static inline const char *rights_of(const void *address)
{
    static char rights[8];
    FILE *f = fopen("/proc/self/maps", "r");
    char line[512], found[8];
    unsigned long low, high;
    rights[0] = '\0';
    while (f != NULL && fgets(line, sizeof(line), f) != NULL)
        if (sscanf(line, "%lx-%lx %7s", &low, &high, found) == 3 && (unsigned long)address >= low &&
            (unsigned long)address < high)
            memcpy(rights, found, sizeof(rights));
    if (f != NULL)
        fclose(f);
    return rights;
}

#endif
