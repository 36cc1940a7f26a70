/* What a driver imports is found by module and name, however the module is spelt. */
#include "cn_test.h"

#include "ddi/ddi.h"
#include "nt/nt.h"
#include "world/resolve.h"

TEST(module_names_have_no_case_and_no_ending)
{
    static const char *const spelt[] = {"ntoskrnl.exe", "NTOSKRNL.EXE", "ntoskrnl", "NtOsKrnl.Exe"};
    for (size_t i = 0; i < CN_ARRAY_SIZE(spelt); i++)
        CN_OK(cn_resolve_row(spelt[i], "KeBugCheckEx", -1) != NULL);
    CN_OK(cn_resolve_row("NDIS.SYS", "NdisMRegisterMiniportDriver", -1) != NULL);
    CN_OK(cn_resolve_module("HAL.dll"));
    CN_OK(!cn_resolve_module("tdi.sys"));
}

TEST(function_names_have_case)
{
    CN_OK(cn_resolve_row("ntoskrnl.exe", "kebugcheckex", -1) == NULL);
    CN_OK(cn_resolve_row("ntoskrnl.exe", "", -1) == NULL);
}

TEST(a_name_belongs_to_its_module)
{
    CN_OK(cn_resolve_row("ntoskrnl.exe", "NdisMRegisterMiniportDriver", -1) == NULL);
    CN_OK(cn_resolve_row("ndis.sys", "KeBugCheckEx", -1) == NULL);
    CN_OK(cn_resolve_row("tdi.sys", "KeBugCheckEx", -1) == NULL);
}

TEST(kernel_and_hal_export_the_names_of_both)
{
    CN_OK(cn_resolve_row("hal.dll", "KeBugCheckEx", -1) != NULL);
    for (size_t i = 0; i < cn_nt_row_count; i++)
        CN_OK(cn_resolve_row("ntoskrnl.exe", cn_nt_rows[i].name, -1) != NULL);
}

TEST(a_shared_object_names_no_module)
{
    CN_OK(cn_resolve_row("", "KeBugCheckEx", -1) != NULL);
    CN_OK(cn_resolve_row("", "NdisMRegisterMiniportDriver", -1) != NULL);
}

TEST(an_ordinal_alone_is_never_found)
{
    CN_OK(cn_resolve_row("ndis.sys", NULL, 7) == NULL);
}

TEST(every_row_is_found_and_no_name_stands_twice_in_a_module)
{
    for (size_t i = 0; i < cn_ndis_row_count; i++)
        if (cn_resolve_row("ndis.sys", cn_ndis_rows[i].name, -1) != &cn_ndis_rows[i])
            CN_FAIL("%s of ndis is another row", cn_ndis_rows[i].name);
    for (size_t i = 0; i < cn_nt_row_count; i++)
        if (cn_resolve_row(cn_nt_rows[i].dll, cn_nt_rows[i].name, -1) != &cn_nt_rows[i])
            CN_FAIL("%s of %s is another row", cn_nt_rows[i].name, cn_nt_rows[i].dll);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
