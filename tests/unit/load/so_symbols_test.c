/* so_symbols_test.c - an object made of names is one that the dynamic linker takes. */
#include "cn_test.h"

#include "load/so_symbols.h"

#include <dlfcn.h>
#include <unistd.h>

static void *load(const struct cn_so_symbol *symbols, size_t count)
{
    struct cn_buf object = {0};
    char path[] = "/tmp/cn-so-symbols-XXXXXX";
    int fd = mkstemp(path);
    CN_OK(cn_so_symbols(symbols, count, &object));
    CN_EQ(write(fd, object.data, object.size), object.size);
    close(fd);
    cn_buf_free(&object);
    void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    unlink(path);
    if (handle == NULL)
        CN_FAIL("%s", dlerror());
    return handle;
}

TEST(names_stand_for_the_addresses_given)
{
    static const struct cn_so_symbol symbols[] = {{"one", 0x1234}, {"two", 0x7fff00000000}};
    void *handle = load(symbols, 2);
    CN_EQ((uintptr_t)dlsym(handle, "one"), 0x1234);
    CN_EQ((uintptr_t)dlsym(handle, "two"), 0x7fff00000000);
    CN_OK(dlsym(handle, "three_that_nobody_has") == NULL);
    dlclose(handle);
}

TEST(many_names_share_buckets)
{
    static struct cn_so_symbol symbols[500];
    static char names[500][24];
    for (int i = 0; i < 500; i++) {
        snprintf(names[i], sizeof(names[i]), "name_%d", i);
        symbols[i] = (struct cn_so_symbol){names[i], 0x10000u + (unsigned)i};
    }
    void *handle = load(symbols, 500);
    for (int i = 0; i < 500; i++)
        CN_EQ((uintptr_t)dlsym(handle, names[i]), 0x10000 + i);
    dlclose(handle);
}

TEST(no_names_are_an_object_too)
{
    void *handle = load(NULL, 0);
    CN_OK(dlsym(handle, "one_that_nobody_has") == NULL);
    dlclose(handle);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
