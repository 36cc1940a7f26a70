/* loadrun.c - opens one driver file with next to no runtime, runs its entry and closes it: the
 * smallest program in which debuggers and memory checkers see a driver.
 *
 *     loadrun FILE      prints the status of the entry; exit status 1 when the file is refused
 */
#include "load/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NTAPI __attribute__((ms_abi))

static NTAPI uint32_t print(const char *format)
{
    fputs(format, stdout);
    return 0;
}

static NTAPI void *allocate(int kind, size_t size, uint32_t tag)
{
    (void)kind;
    (void)tag;
    return malloc(size);
}

static NTAPI void release(void *p)
{
    free(p);
}

static NTAPI void release_tagged(void *p, uint32_t tag)
{
    (void)tag;
    free(p);
}

static NTAPI void *set(void *to, int value, size_t size)
{
    return memset(to, value, size);
}

static void *resolve(void *arg, const char *dll, const char *name, int ordinal)
{
    static const struct {
        const char *name;
        void *function;
    } known[] = {
        {"DbgPrint", print},     {"ExAllocatePoolWithTag", allocate},
        {"ExFreePool", release}, {"ExFreePoolWithTag", release_tagged},
        {"memset", set},
    };
    (void)arg;
    (void)dll;
    (void)ordinal;
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && name != NULL; i++)
        if (strcmp(known[i].name, name) == 0)
            return known[i].function;
    return NULL;
}

static void missing(void *arg, const char *image, const char *dll, const char *name, void *caller)
{
    char where[256];
    (void)arg;
    fflush(stdout);
    fprintf(stderr, "loadrun: %s: %s!%s is missing, called from %s\n", image, dll, name,
            cn_image_describe(caller, where, sizeof(where)));
    exit(2);
}

int main(int argc, char **argv)
{
    static uint64_t object[128], shared[512];
    const struct cn_image_env env = {
        .resolve = resolve, .missing = missing, .shared_user_data = shared};
    struct cn_image_error err;
    struct cn_image *image;
    if (argc != 2) {
        fprintf(stderr, "usage: loadrun FILE\n");
        return 1;
    }
    if (cn_image_open(argv[1], &env, &image, &err) != 0) {
        fprintf(stderr, "loadrun: %s: %s\n", argv[1], err.text);
        return 1;
    }
    NTAPI uint32_t (*entry)(void *, void *) =
        (NTAPI uint32_t(*)(void *, void *))cn_image_entry(image);
    printf("entry: 0x%x\n", entry(object, NULL));
    cn_image_close(image);
    return 0;
}
