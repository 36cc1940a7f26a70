/* wine_test.c - the .sys files of Wine, which condis has not been made for: each opens, with most
 * imports missing, or is refused with the reason. Nothing of them is executed.
 */
#include "cn_test.h"

#include "open_image.h"

#include <glob.h>

TEST(every_driver_of_wine_opens_or_is_refused_with_the_reason)
{
    glob_t found;
    unsigned opens = 0;
    if (glob("/usr/lib/*/wine/x86_64-windows/*.sys", 0, NULL, &found) != 0)
        CN_SKIP("the Debian package libwine is not installed");
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const struct cn_import *import;
        char where[256];
        if (open_path(found.gl_pathv[i]) != 0) {
            printf("# %s: %s\n", found.gl_pathv[i], opened.err.text);
            CN_HAS(opened.err.text, ": ");
            continue;
        }
        opens++;
        size_t count = cn_image_imports(opened.image, &import);
        for (size_t k = 0; k < count; k++)
            CN_OK(import[k].dll[0] != '\0' && (import[k].name != NULL || import[k].ordinal >= 0));
        CN_OK(cn_image_is_code(opened.image, cn_image_entry(opened.image)));
        CN_HAS(cn_image_describe(cn_image_entry(opened.image), where, sizeof(where)), "!");
        cn_image_reset(opened.image);
        cn_image_close(opened.image);
    }
    globfree(&found);
    cn_image_cache_drop();
    CN_OK(opens > 0);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
