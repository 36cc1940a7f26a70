/* cli.c - errors, options, output files and styles of the command. */
#include "cli/cli.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cn_cli_fail(const char *where, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    fprintf(stderr, "condis: %s%s", where != NULL ? where : "", where != NULL ? ": " : "");
    vfprintf(stderr, format, ap);
    fputc('\n', stderr);
    va_end(ap);
    return CN_EXIT_FAILED;
}

int cn_cli_option(const struct cn_command *command, int argc, char **argv, const char *shorts,
                  const struct option *longs)
{
    opterr = 0;
    /* The leading colon tells a missing argument from an unknown option. */
    char with_colon[64];
    snprintf(with_colon, sizeof(with_colon), ":h%s", shorts);
    int c = getopt_long(argc, argv, with_colon, longs, NULL);
    if (c == 'h')
        fputs(command->help, stdout);
    if (c != '?' && c != ':')
        return c;
    /* optopt is the letter of a short option; a long one without a letter is the last word read. */
    char brief[3] = {'-', (char)optopt, '\0'};
    bool is_long = optopt == 0 || optopt > UCHAR_MAX;
    cn_cli_fail(command->name, "option '%s' %s: see 'condis %s --help'",
                is_long ? argv[optind - 1] : brief,
                c == ':' ? "needs an argument" : "is unknown or ambiguous", command->name);
    return '?';
}

bool cn_cli_number(const char *option, const char *text, unsigned min, unsigned max, unsigned *out)
{
    char *end;
    errno = 0;
    unsigned long n = strtoul(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || text[0] == '-' || n < min || n > max) {
        cn_cli_fail(NULL, "%s '%s' is no number this can be: give one from %u to %u", option, text,
                    min, max);
        return false;
    }
    *out = (unsigned)n;
    return true;
}

static bool is_stdout(const char *path)
{
    return path == NULL || strcmp(path, "-") == 0;
}

FILE *cn_cli_open(const char *path)
{
    if (is_stdout(path))
        return stdout;
    FILE *f = fopen(path, "we");
    if (f == NULL)
        cn_cli_fail(path, "cannot be written: %s: choose another file", strerror(errno));
    return f;
}

bool cn_cli_close(FILE *f, const char *path)
{
    bool good = fflush(f) == 0 && !ferror(f);
    int error = errno;
    if (!is_stdout(path) && fclose(f) != 0)
        good = false;
    if (!good)
        cn_cli_fail(is_stdout(path) ? "standard output" : path,
                    "could not be written to its end: %s: make room or choose another file",
                    strerror(error));
    return good;
}

int cn_cli_json(const json_t *document, const char *path, int status)
{
    FILE *f = cn_cli_open(path);
    if (f == NULL)
        return CN_EXIT_FAILED;
    json_dumpf(document, f, JSON_INDENT(2));
    fputc('\n', f);
    return cn_cli_close(f, path) ? status : CN_EXIT_FAILED;
}

struct cn_report_style cn_cli_style(FILE *f)
{
    struct cn_report_style style = {.width = 0};
    if (!isatty(fileno(f)))
        return style;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    style.colour =
        (no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
    struct winsize size;
    if (ioctl(fileno(f), TIOCGWINSZ, &size) == 0)
        style.width = size.ws_col;
    return style;
}
