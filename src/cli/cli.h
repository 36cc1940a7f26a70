/* cli.h - what the subcommands share: their table, errors, output files, styles. */
#ifndef CN_CLI_CLI_H
#define CN_CLI_CLI_H

#include <getopt.h>
#include <jansson.h>
#include <stdio.h>

#include "world/report.h"

struct cn_command {
    const char *name, *summary;
    const char *help; /* printed by -h */
    int (*run)(int argc, char **argv);
};

extern const struct cn_command cn_cmd_inspect, cn_cmd_check, cn_cmd_rules;

/* "condis: where: what is wrong: what to do" on stderr; where may be NULL. Returns CN_EXIT_FAILED.
 */
int cn_cli_fail(const char *where, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The next option like getopt_long, with our own messages; -1 at the end, '?' after a complaint,
 * 'h' when help was asked for (and has been printed). */
int cn_cli_option(const struct cn_command *command, int argc, char **argv, const char *shorts,
                  const struct option *longs);
/* The option's argument as a number between min and max; false after a complaint. */
bool cn_cli_number(const char *option, const char *text, unsigned min, unsigned max, unsigned *out);

/* A result goes to stdout, or to the file of -o. path NULL or "-" is stdout. NULL after a
 * complaint. */
FILE *cn_cli_open(const char *path);
/* Flushes and closes; false after a complaint (full disk, closed pipe...). */
bool cn_cli_close(FILE *f, const char *path);
/* Writes a document as JSON to path and returns `status`, or CN_EXIT_FAILED. */
int cn_cli_json(const json_t *document, const char *path, int status);
/* How to write for people to f: colours only on a terminal, and NO_COLOR is respected. */
struct cn_report_style cn_cli_style(FILE *f);

#endif
