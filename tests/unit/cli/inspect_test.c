/* An inspection says of both forms of a driver what is in them, and refuses what is no driver. */
#include "cn_test.h"

#include "cli/inspect.h"

static json_t *model;
static struct cn_image_error err;

static json_t *inspect(const char *name)
{
    char path[256];
    json_decref(model);
    model = NULL;
    err.text[0] = '\0';
    snprintf(path, sizeof(path), "%s/tests/bad/%s", CN_BUILD, name);
    int error = cn_inspect(path, &model, &err);
    if (error != 0)
        CN_FAIL("%s: %s", path, err.text);
    return model;
}

static const char *text(const char *key)
{
    return json_string_value(json_object_get(model, key));
}

static const json_t *import(const char *name)
{
    size_t i, k;
    json_t *group, *f;
    json_array_foreach(json_object_get(model, "imports"), i, group) json_array_foreach(
        json_object_get(group, "functions"), k,
        f) if (strcmp(json_string_value(json_object_get(f, "name")), name) == 0) return f;
    return NULL;
}

static long long count(const char *state)
{
    return json_integer_value(json_object_get(json_object_get(model, "import_counts"), state));
}

TEST(both_forms_have_the_same_imports)
{
    static const char *const forms[] = {"waits.sys", "waits.so"};
    for (size_t i = 0; i < CN_ARRAY_SIZE(forms); i++) {
        inspect(forms[i]);
        CN_STREQ(text("name"), forms[i]);
        CN_STREQ(text("machine"), "x86-64");
        CN_OK(import("KeInitializeEvent") != NULL);
        CN_OK(import("KeWaitForSingleObject") != NULL);
        CN_EQ(count("provided"), 2);
        CN_EQ(count("unknown"), 0);
        CN_EQ(json_array_size(json_object_get(model, "ndis_functions")), 0);
    }
}

TEST(a_driver_says_its_format)
{
    inspect("waits.sys");
    CN_STREQ(text("container"), "PE32+");
    CN_STREQ(text("subsystem"), "native");
    inspect("waits.so");
    CN_STREQ(text("container"), "ELF64");
    CN_OK(text("subsystem") == NULL);
}

TEST(imports_are_told_apart)
{
    json_decref(model);
    model = cn_inspect_new("x/y.sys", "PE32+");
    CN_STREQ(text("name"), "y.sys");
    cn_inspect_import(model, "NDIS.SYS", "NdisMRegisterMiniportDriver", -1);
    cn_inspect_import(model, "ndis.sys", "NdisNoSuchThing", -1);
    cn_inspect_import(model, "ndis.sys", NULL, 12);
    cn_inspect_import(model, "other.sys", "Thing", -1);
    cn_inspect_finish(model);
    CN_EQ(count("provided"), 1);
    CN_EQ(count("unknown"), 3);
    CN_EQ(json_array_size(json_object_get(model, "imports")), 2);
    CN_EQ(json_array_size(json_object_get(model, "ndis_functions")), 1);
    const json_t *other = json_array_get(json_object_get(model, "imports"), 1);
    CN_OK(json_is_false(json_object_get(other, "known")));
}

TEST(names_of_a_hostile_file_do_not_reach_the_terminal)
{
    json_decref(model);
    model = cn_inspect_new("x\033[2J.sys", "PE32+");
    json_object_set_new(model, "machine", json_string("x86-64"));
    cn_inspect_import(model, "a\033.sys", "b\007", -1);
    cn_inspect_finish(model);
    char *page = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&page, &size);
    cn_inspect_text(model, &(struct cn_report_style){.width = 80}, f);
    fclose(f);
    CN_OK(strchr(page, '\033') == NULL && strchr(page, '\007') == NULL);
    free(page);
}

/* Every length and every changed byte of the ELF header and section table ends in an answer. */
TEST(damaged_elf_files_are_refused_or_read)
{
    char path[256];
    uint8_t *bytes, *copy;
    size_t size;
    snprintf(path, sizeof(path), "%s/tests/bad/waits.so", CN_BUILD);
    FILE *f = fopen(path, "rb");
    CN_OK(f != NULL);
    fseek(f, 0, SEEK_END);
    size = (size_t)ftell(f);
    rewind(f);
    bytes = malloc(size);
    CN_EQ(fread(bytes, 1, size, f), size);
    fclose(f);
    size_t table;
    memcpy(&table, bytes + 40, sizeof(table));
    for (size_t i = 0; i < 64 + 64 * 40; i++) {
        size_t at = i < 64 ? i : table + i - 64;
        for (int v = 0; v < 2 && at < size; v++) {
            copy = malloc(size);
            memcpy(copy, bytes, size);
            copy[at] = v == 0 ? 0xff : copy[at] ^ 0x10;
            json_t *m = NULL;
            if (cn_inspect_elf("x.so", copy, size, &m, &err) == 0)
                json_decref(m);
            free(copy);
        }
    }
    for (size_t len = 0; len < size; len += len < 256 ? 1 : 997) {
        copy = malloc(len + 1);
        memcpy(copy, bytes, len);
        json_t *m = NULL;
        if (cn_inspect_elf("x.so", copy, len, &m, &err) == 0)
            json_decref(m);
        free(copy);
    }
    free(bytes);
}

int main(int argc, char **argv)
{
    int status = cn_test_main(argc, argv);
    json_decref(model);
    return status;
}
