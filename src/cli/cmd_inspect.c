/* cmd_inspect.c - `condis inspect`: what a driver file is, for people and as JSON. */
#include <string.h>

#include "cli/cli.h"
#include "cli/inspect.h"

enum { LABEL = 16 };

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

/* Names come from the file: control characters are replaced. */
static void put(FILE *out, const char *s)
{
    for (; *s != '\0'; s++)
        fputc((unsigned char)*s < 0x20 || *s == 0x7f ? '?' : *s, out);
}

static void line(FILE *out, const char *label, const char *text)
{
    if (text == NULL || text[0] == '\0')
        return;
    fprintf(out, "%-*s", LABEL, label);
    put(out, text);
    fputc('\n', out);
}

static void headers(const json_t *m, FILE *out)
{
    const char *subsystem = text_of(m, "subsystem");
    line(out, "format",
         cn_fmt("%s %s%s%s%s", text_of(m, "container"), text_of(m, "machine"),
                subsystem != NULL ? " " : " shared object", subsystem != NULL ? subsystem : "",
                json_is_true(json_object_get(m, "dll")) ? ", DLL" : ""));
    if (subsystem != NULL) {
        line(out, "versions",
             cn_fmt("subsystem %s, system %s, linker %s", text_of(m, "subsystem_version"),
                    text_of(m, "os_version"), text_of(m, "linker_version")));
        line(out, "image",
             cn_fmt("base %s, %lld bytes, entry %s, %s", text_of(m, "image_base"),
                    (long long)json_integer_value(json_object_get(m, "image_size")),
                    text_of(m, "entry"),
                    json_is_true(json_object_get(m, "relocatable")) ? "relocatable"
                                                                    : "at that address only"));
        const json_t *sum = json_object_get(m, "checksum");
        line(out, "checksum",
             cn_fmt("%s, %s%s", text_of(sum, "stated"),
                    json_is_true(json_object_get(sum, "right")) ? "right" : "should be ",
                    json_is_true(json_object_get(sum, "right")) ? "" : text_of(sum, "computed")));
        line(out, "timestamp", text_of(m, "timestamp"));
        line(out, "file version", text_of(m, "file_version"));
        line(out, "signature",
             json_is_true(json_object_get(m, "signature")) ? "present (not verified)" : "none");
    }
    line(out, "symbols",
         cn_fmt("%lld%s%s", (long long)json_integer_value(json_object_get(m, "symbols")),
                text_of(m, "debug_info") != NULL ? ", with debug information: " : "",
                text_of(m, "debug_info") != NULL ? text_of(m, "debug_info") : ""));
    line(out, "pdb", text_of(m, "pdb"));
}

static void sections(const json_t *m, FILE *out)
{
    size_t i;
    json_t *s;
    json_array_foreach(json_object_get(m, "sections"), i, s)
    {
        if (!json_is_true(json_object_get(s, "loaded")))
            continue;
        line(out, "section",
             cn_fmt("%-10s %-10s %8lld bytes  %s", text_of(s, "name"), text_of(s, "rva"),
                    (long long)json_integer_value(json_object_get(s, "size")),
                    text_of(s, "access")));
    }
}

static const char *function_name(const json_t *f)
{
    const char *name = text_of(f, "name");
    return name != NULL
               ? name
               : cn_fmt("#%lld", (long long)json_integer_value(json_object_get(f, "ordinal")));
}

/* One line per function; those that are missing have to be found at a glance. */
static void function_line(const json_t *f, bool colour, FILE *out)
{
    const char *state = text_of(f, "state"), *since = text_of(f, "since");
    const char *name = function_name(f);
    bool provided = strcmp(state, "provided") == 0;
    fprintf(out, "%*s", LABEL + 2, "");
    put(out, name);
    fprintf(out, "%*s", (int)(strlen(name) < 42 ? 42 - strlen(name) : 1), "");
    fputs(colour && !provided ? "\033[31m" : "", out);
    if (provided)
        fputs("provided", out);
    else if (strcmp(state, "known") == 0)
        fputs("known but not provided: a call stops the driver", out);
    else
        fputs("unknown: a call stops the driver", out);
    fputs(colour && !provided ? "\033[0m" : "", out);
    fprintf(out, "%s%s\n", since != NULL ? ", since NDIS " : "", since != NULL ? since : "");
}

static void imports(const json_t *m, bool colour, FILE *out)
{
    const json_t *counts = json_object_get(m, "import_counts");
    line(out, "imports",
         cn_fmt("%lld provided, %lld known but not provided, %lld unknown",
                (long long)json_integer_value(json_object_get(counts, "provided")),
                (long long)json_integer_value(json_object_get(counts, "known")),
                (long long)json_integer_value(json_object_get(counts, "unknown"))));
    size_t i, k;
    json_t *group, *f;
    json_array_foreach(json_object_get(m, "imports"), i, group)
    {
        const json_t *functions = json_object_get(group, "functions");
        line(out, "  from",
             cn_fmt("%s, %zu%s", text_of(group, "module"), json_array_size(functions),
                    json_is_true(json_object_get(group, "known")) ? ""
                                                                  : ", not a module condis is"));
        json_array_foreach(functions, k, f) function_line(f, colour, out);
    }
}

void cn_inspect_text(const json_t *m, const struct cn_report_style *style, FILE *out)
{
    fputs(style->colour ? "\033[1m" : "", out);
    put(out, text_of(m, "name"));
    fprintf(out, "%s\n", style->colour ? "\033[0m" : "");
    headers(m, out);
    sections(m, out);
    imports(m, style->colour, out);
    size_t i;
    json_t *entry;
    json_array_foreach(json_object_get(m, "exports"), i, entry)
        line(out, i == 0 ? "exports" : "", json_string_value(entry));
    json_array_foreach(json_object_get(m, "notes"), i, entry)
        line(out, "note", json_string_value(entry));
}

static int inspect(const char *driver, bool json, const char *output)
{
    struct cn_image_error err = {.text = ""};
    json_t *model = NULL;
    if (cn_inspect(driver, &model, &err) != 0)
        return cn_cli_fail(driver, "%s", err.text);
    int status = CN_EXIT_CLEAN;
    FILE *out;
    if (json) {
        status = cn_cli_json(model, output, CN_EXIT_CLEAN);
    } else if ((out = cn_cli_open(output)) == NULL) {
        status = CN_EXIT_FAILED;
    } else {
        struct cn_report_style style = cn_cli_style(out);
        cn_inspect_text(model, &style, out);
        status = cn_cli_close(out, output) ? CN_EXIT_CLEAN : CN_EXIT_FAILED;
    }
    json_decref(model);
    return status;
}

static int run(int argc, char **argv)
{
    static const struct option longs[] = {{"help", no_argument, NULL, 'h'},
                                          {"json", no_argument, NULL, 'j'},
                                          {"output", required_argument, NULL, 'o'},
                                          {0}};
    const char *output = NULL;
    bool json = false;
    for (int c; (c = cn_cli_option(&cn_cmd_inspect, argc, argv, "o:", longs)) != -1;) {
        if (c == 'h')
            return CN_EXIT_CLEAN;
        if (c == '?')
            return CN_EXIT_FAILED;
        if (c == 'o')
            output = optarg;
        json |= c == 'j';
    }
    if (argc - optind != 1)
        return cn_cli_fail("inspect", "%s: give one .sys or .so file; see 'condis inspect --help'",
                           argc == optind ? "no driver is named" : "more than one driver is named");
    return inspect(argv[optind], json, output);
}

const struct cn_command cn_cmd_inspect = {
    .name = "inspect",
    .summary = "what a driver file is and what it imports; nothing of it is run",
    .help =
        "usage: condis inspect [OPTION]... DRIVER\n\n"
        "Says what DRIVER (.sys or .so) is: format, versions, sections, imports and who provides\n"
        "them, signature, symbols. The file is read, never loaded or run.\n\n"
        "      --json       as JSON\n"
        "  -o, --output=F   write to F\n"
        "  -h, --help       this text\n\n"
        "Exit status: 0 the file was inspected, 2 it cannot be read or is no driver.\n",
    .run = run,
};
