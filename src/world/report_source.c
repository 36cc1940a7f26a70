/* report_source.c - from "ddi/nf-ndis-x#remarks" to a page a person can open. "house" marks a rule
 * that no page states; it becomes nothing. */
#include "world/report.h"

#include <stdlib.h>
#include <string.h>

#define BASE "https://learn.microsoft.com/windows-hardware/drivers/"

/* The published pages have few anchors; our section names are finer. */
static const char *anchor_of(const char *section)
{
    if (strncmp(section, "field-", 6) == 0)
        return "members";
    if (strncmp(section, "param-", 6) == 0)
        return "parameters";
    if (strcmp(section, "returns") == 0)
        return "return-value";
    if (strcmp(section, "description") == 0 || strcmp(section, "overview") == 0)
        return "";
    return section;
}

/* Pages of functions and structures lie in a folder named after their header, which is the second
 * part of the page's name: nf-wdm-kesetevent is in wdm. */
static void put_ddi(struct cn_text *t, const char *page)
{
    const char *header = strchr(page, '-');
    size_t len = header != NULL ? strcspn(header + 1, "-") : 0;
    cn_text_put(t, BASE "ddi/");
    if (len > 0)
        cn_text_put(t, "%.*s/", (int)len, header + 1);
    cn_text_put(t, "%s", page);
}

static void put_url(struct cn_text *t, const char *page, const char *section)
{
    if (strncmp(page, "ddi/", 4) == 0)
        put_ddi(t, page + 4);
    else if (strncmp(page, "guide/", 6) == 0)
        cn_text_put(t, BASE "network/%s", page + 6);
    else
        cn_text_put(t, BASE "%s", page);
    const char *anchor = anchor_of(section);
    if (anchor[0] != '\0')
        cn_text_put(t, "#%s", anchor);
}

json_t *cn_report_sources(const char *source)
{
    json_t *list = json_array();
    char *copy = strdup(source != NULL ? source : "");
    char *save = NULL;
    for (char *one = strtok_r(copy, ";", &save); one != NULL; one = strtok_r(NULL, ";", &save)) {
        if (strcmp(one, "house") == 0)
            continue;
        char *hash = strchr(one, '#');
        const char *section = "";
        if (hash != NULL) {
            *hash = '\0';
            section = hash + 1;
        }
        char url[512];
        struct cn_text t;
        cn_text_init(&t, url, sizeof(url));
        put_url(&t, one, section);
        json_array_append_new(
            list, json_pack("{s:s, s:s, s:s}", "page", one, "section", section, "url", url));
    }
    free(copy);
    return list;
}
