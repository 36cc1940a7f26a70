/* rules_test.c - the rulebook: every row is well-formed. */
#include "cn_test.h"

#include <ctype.h>

#include "base/base.h"
#include "verify/rule.h"

#define EACH_RULE(r) for (const struct cn_rule *r = cn_rules; r < cn_rules + CN_RULE_COUNT; r++)

static bool is_sentence(const char *s)
{
    size_t len = strlen(s);
    bool begun = isalnum((unsigned char)s[0]) &&
                 (!islower((unsigned char)s[0]) || strncmp(s, "condis ", 7) == 0);
    return len > 10 && begun && s[len - 1] == '.' && strstr(s, "  ") == NULL;
}

TEST(ids_are_three_digits_of_their_category_and_unique)
{
    EACH_RULE(r)
    {
        size_t len = strlen(r->category);
        CN_EQ(strncmp(r->id, r->category, len), 0);
        CN_EQ(strlen(r->id), len + 4);
        CN_EQ(r->id[len], '-');
        for (size_t i = len + 1; i < len + 4; i++)
            CN_OK(isdigit((unsigned char)r->id[i]));
        for (const struct cn_rule *other = cn_rules; other < r; other++)
            if (strcmp(other->id, r->id) == 0)
                CN_FAIL("%s stands twice", r->id);
    }
}

TEST(numbers_of_a_category_ascend)
{
    EACH_RULE(r)
    {
        if (r > cn_rules && strcmp(r->category, r[-1].category) == 0 &&
            strcmp(r[-1].id, r->id) >= 0)
            CN_FAIL("%s stands after %s", r->id, r[-1].id);
    }
}

TEST(every_rule_says_what_and_why_in_sentences)
{
    EACH_RULE(r)
    {
        if (!is_sentence(r->what))
            CN_FAIL("%s: what: \"%s\"", r->id, r->what);
        if (!is_sentence(r->why))
            CN_FAIL("%s: why: \"%s\"", r->id, r->why);
    }
}

TEST(the_last_member_is_a_sentence_or_the_id_of_a_checked_rule)
{
    EACH_RULE(r)
    {
        if (r->kind != CN_RULE_SAME) {
            if (!is_sentence(r->remedy))
                CN_FAIL("%s: \"%s\"", r->id, r->remedy);
            continue;
        }
        const struct cn_rule *other = cn_rule_find(r->remedy);
        if (other == NULL || other->kind != CN_RULE_CHECKED)
            CN_FAIL("%s is the same as \"%s\", which is no checked rule", r->id, r->remedy);
    }
}

/* Whether the pages exist is tools/rules-check's business. */
TEST(sources_have_a_kind_a_page_and_perhaps_a_section)
{
    static const char *const kinds[] = {"ddi/", "guide/", "devtest/", "kernel/", "debugger/"};
    EACH_RULE(r)
    {
        char copy[1024], *at = copy;
        CN_OK(strlen(r->source) > 0 && strlen(r->source) < sizeof(copy));
        snprintf(copy, sizeof(copy), "%s", r->source);
        for (char *one; (one = strsep(&at, ";")) != NULL;) {
            bool known = strcmp(one, "house") == 0;
            for (size_t i = 0; i < CN_ARRAY_SIZE(kinds); i++)
                known |=
                    strncmp(one, kinds[i], strlen(kinds[i])) == 0 && strlen(one) > strlen(kinds[i]);
            if (!known || strpbrk(one, " \t\"") != NULL || one[strlen(one) - 1] == '#')
                CN_FAIL("%s: source \"%s\"", r->id, one);
        }
    }
}

TEST(only_house_rules_do_without_a_page)
{
    EACH_RULE(r)
    if (strcmp(r->source, "house") == 0)
        CN_EQ(r->basis, CN_HOUSE);
}

TEST(roles_are_known_and_rules_of_ndis_itself_are_kept_not_checked)
{
    static const char *const known[] = {"M", "MCM", "CM", "CL", "P", "IM", "NDIS"};
    EACH_RULE(r)
    {
        char copy[64], *at = copy;
        snprintf(copy, sizeof(copy), "%s", r->roles);
        for (char *one; (one = strsep(&at, ",")) != NULL;) {
            bool found = false;
            for (size_t i = 0; i < CN_ARRAY_SIZE(known); i++)
                found |= strcmp(one, known[i]) == 0;
            if (!found)
                CN_FAIL("%s: role \"%s\"", r->id, one);
        }
        if (strcmp(r->roles, "NDIS") == 0 && r->kind == CN_RULE_CHECKED)
            CN_FAIL("%s concerns NDIS and is checked of drivers", r->id);
    }
}

TEST(ids_are_found_in_any_case_and_nothing_else_is)
{
    CN_OK(cn_rule_find("REG-001") == &cn_rules[CN_REG_001]);
    CN_OK(cn_rule_find("host-002") == &cn_rules[CN_HOST_002]);
    CN_OK(cn_rule_find("Gen-007") == &cn_rules[CN_GEN_007]);
    CN_OK(cn_rule_find("REG-999") == NULL);
    CN_OK(cn_rule_find("REG") == NULL);
    CN_OK(cn_rule_find("") == NULL);
}

TEST(every_severity_basis_and_kind_has_a_name)
{
    CN_STREQ(cn_severity_name(CN_INFO), "info");
    CN_STREQ(cn_severity_name(CN_WARNING), "warning");
    CN_STREQ(cn_severity_name(CN_ERROR), "error");
    CN_STREQ(cn_basis_name(CN_HOUSE), "house");
    CN_STREQ(cn_basis_name(CN_MUST), "must");
    CN_STREQ(cn_rule_kind_name(CN_RULE_CHECKED), "checked");
    CN_STREQ(cn_rule_kind_name(CN_RULE_UNDECIDED), "undecided");
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
