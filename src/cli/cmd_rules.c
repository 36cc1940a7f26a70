/* cmd_rules.c - `condis rules`: the rulebook. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"
#include "verify/rule.h"

/* What the last member of a row says depends on who keeps the rule. */
static const char *remedy_label(const struct cn_rule *rule)
{
    switch (rule->kind) {
    case CN_RULE_CHECKED:
        return "remedy";
    case CN_RULE_KEPT:
        return "kept how";
    case CN_RULE_SAME:
        return "decided by";
    case CN_RULE_UNDECIDED:
        return "undecided";
    }
    return "";
}

/* An id, a category, or words that stand somewhere in the rule. */
static bool matches(const struct cn_rule *rule, const char *word)
{
    return strcasecmp(rule->id, word) == 0 || strcasecmp(rule->category, word) == 0 ||
           (strlen(word) > 2 &&
            (strcasestr(rule->what, word) != NULL || strcasestr(rule->remedy, word) != NULL ||
             strcasestr(rule->source, word) != NULL));
}

/* An id or a category names exactly; only other words search the texts. */
static bool is_name(const char *word)
{
    for (size_t i = 0; i < CN_RULE_COUNT; i++)
        if (strcasecmp(cn_rules[i].id, word) == 0 || strcasecmp(cn_rules[i].category, word) == 0)
            return true;
    return false;
}

static bool selected(const struct cn_rule *rule, int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        bool named = strcasecmp(rule->id, argv[i]) == 0 || strcasecmp(rule->category, argv[i]) == 0;
        if (named || (!is_name(argv[i]) && matches(rule, argv[i])))
            return true;
    }
    return argc == 0;
}

static json_t *rule_json(const struct cn_rule *rule)
{
    json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", rule->id,
                          "category", rule->category, "severity", cn_severity_name(rule->severity),
                          "basis", cn_basis_name(rule->basis), "kind",
                          cn_rule_kind_name(rule->kind), "roles", rule->roles, "what", rule->what,
                          "why", rule->why, "source", cn_report_sources(rule->source));
    json_object_set_new(o, rule->kind == CN_RULE_CHECKED ? "remedy" : "note",
                        json_string(rule->remedy));
    return o;
}

static void indented(FILE *out, const char *label, const char *text)
{
    enum { LEFT = 14, RIGHT = 100 };
    size_t at = LEFT;
    fprintf(out, "  %-12s", label);
    for (bool first = true; *text != '\0'; first = false) {
        size_t len = strcspn(text, " ");
        if (!first && at + 1 + len > RIGHT) {
            fprintf(out, "\n%*s", LEFT, "");
            at = LEFT;
        } else if (!first) {
            fputc(' ', out);
            at++;
        }
        fprintf(out, "%.*s", (int)len, text);
        at += len;
        text += len + strspn(text + len, " ");
    }
    fputc('\n', out);
}

static void rule_text(FILE *out, const struct cn_rule *rule)
{
    fprintf(out, "%s  %s, %s, for %s, %s\n", rule->id, cn_severity_name(rule->severity),
            cn_basis_name(rule->basis), rule->roles, cn_rule_kind_name(rule->kind));
    indented(out, "what", rule->what);
    indented(out, "why", rule->why);
    json_t *sources = cn_report_sources(rule->source), *source;
    size_t i;
    json_array_foreach(sources, i, source)
        indented(out, i == 0 ? "source" : "", json_string_value(json_object_get(source, "url")));
    json_decref(sources);
    indented(out, remedy_label(rule), rule->remedy);
}

static void rule_line(FILE *out, const struct cn_rule *rule)
{
    fprintf(out, "%-9s %-8s %s\n", rule->id, cn_severity_name(rule->severity), rule->what);
}

static size_t count_selected(int argc, char **argv)
{
    size_t n = 0;
    for (size_t i = 0; i < CN_RULE_COUNT; i++)
        n += selected(&cn_rules[i], argc, argv);
    return n;
}

static int write_json(int argc, char **argv, const char *path)
{
    json_t *rules = json_array();
    for (size_t i = 0; i < CN_RULE_COUNT; i++)
        if (selected(&cn_rules[i], argc, argv))
            json_array_append_new(rules, rule_json(&cn_rules[i]));
    json_t *document = json_pack("{s:i, s:s, s:o}", "format", CN_REPORT_FORMAT, "condis",
                                 CN_VERSION, "rules", rules);
    int status = cn_cli_json(document, path, CN_EXIT_CLEAN);
    json_decref(document);
    return status;
}

/* In full when few enough to read were asked for. */
static int write_text(int argc, char **argv, const char *path, size_t count)
{
    enum { IN_FULL = 3 };
    FILE *out = cn_cli_open(path);
    if (out == NULL)
        return CN_EXIT_FAILED;
    bool first = true;
    for (size_t i = 0; i < CN_RULE_COUNT; i++) {
        if (!selected(&cn_rules[i], argc, argv))
            continue;
        if (count > IN_FULL) {
            rule_line(out, &cn_rules[i]);
            continue;
        }
        fputs(first ? "" : "\n", out);
        rule_text(out, &cn_rules[i]);
        first = false;
    }
    return cn_cli_close(out, path) ? CN_EXIT_CLEAN : CN_EXIT_FAILED;
}

static int run(int argc, char **argv)
{
    static const struct option longs[] = {{"help", no_argument, NULL, 'h'},
                                          {"json", no_argument, NULL, 'j'},
                                          {"output", required_argument, NULL, 'o'},
                                          {0}};
    const char *path = NULL;
    bool json = false;
    for (int c; (c = cn_cli_option(&cn_cmd_rules, argc, argv, "o:", longs)) != -1;) {
        if (c == 'h')
            return CN_EXIT_CLEAN;
        if (c == '?')
            return CN_EXIT_FAILED;
        if (c == 'o')
            path = optarg;
        json |= c == 'j';
    }
    argc -= optind;
    argv += optind;
    size_t count = count_selected(argc, argv);
    if (count == 0)
        return cn_cli_fail("rules",
                           "no rule has the id, the category or the words '%s': 'condis "
                           "rules' lists all",
                           argv[0]);
    return json ? write_json(argc, argv, path) : write_text(argc, argv, path, count);
}

const struct cn_command cn_cmd_rules = {
    .name = "rules",
    .summary = "the rulebook: what, why, source page, how to fix",
    .help =
        "usage: condis rules [OPTION]... [ID | CATEGORY | TEXT]...\n\n"
        "Shows the rules that condis holds drivers to. Without an argument all are listed; an id\n"
        "(REG-012), a category (REG) or words that stand in a rule select some. Up to three are\n"
        "shown in full.\n\n"
        "      --json       as JSON\n"
        "  -o, --output=F   write to F\n"
        "  -h, --help       this text\n",
    .run = run,
};
