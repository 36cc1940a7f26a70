/* cmd_check.c - `condis check`: runs a driver in a worker and prints the report. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/trace_file.h"
#include "world/inprocess.h"

enum {
    ADAPTERS_MAX = 100000,
    TIMEOUT_DEFAULT = 60,
    ADAPTERS_PER_SECOND = 20, /* what is added to that for many adapters */
    TIMEOUT_MAX = 86400,
    HANG_MAX = 10, /* seconds a driver may run without returning */
    PROGRESS_MS = 1000
};

struct settings {
    struct cn_check check;
    struct cn_report_options report;
    unsigned timeout;
    bool json;
    const char *output, *trace;
    bool trace_json;
    bool in_process;
};

struct running {
    struct cn_report *report;
    struct cn_trace_file trace;
    const char *path;
    bool progress, shown;
};

static void on_line(void *arg, const char *line, size_t len)
{
    struct running *r = arg;
    cn_report_line(r->report, line, len);
    cn_trace_file_line(&r->trace, line, len);
}

/* Only for people who wait longer than a second. */
static void on_tick(void *arg, unsigned milliseconds)
{
    struct running *r = arg;
    if (!r->progress || milliseconds < PROGRESS_MS)
        return;
    const char *busy = cn_report_busy(r->report);
    fprintf(stderr, "\r\033[Kcondis: %s: %u s%s%s", r->path, milliseconds / 1000,
            busy[0] != '\0' ? ", in " : "", busy);
    r->shown = true;
}

static int write_report(const struct settings *s, const struct cn_report *report)
{
    int status = cn_report_exit(report);
    if (s->json)
        return cn_cli_json(cn_report_model(report), s->output, status);
    FILE *out = cn_cli_open(s->output);
    if (out == NULL)
        return CN_EXIT_FAILED;
    struct cn_report_style style = cn_cli_style(out);
    cn_report_text(cn_report_model(report), &style, out);
    return cn_cli_close(out, s->output) ? status : CN_EXIT_FAILED;
}

/* What is wrong with the .inf file names file and line itself. */
static bool names_inf(const struct settings *s, const char *refusal)
{
    const char *inf = s->check.inf;
    return inf != NULL && strncmp(refusal, inf, strlen(inf)) == 0 && refusal[strlen(inf)] == ':';
}

static int run_driver(const struct settings *s, struct running *r, struct cn_worker_end *end)
{
    if (s->in_process) {
        *end = (struct cn_worker_end){.how = CN_WORKER_EXITED};
        cn_inprocess_run(&s->check, on_line, r);
        return 0;
    }
    struct cn_worker_config config = {
        .check = &s->check,
        .timeout_seconds = s->timeout,
        .line = on_line,
        .tick = on_tick,
        .arg = r,
    };
    return cn_worker_run(&config, end);
}

static int run_and_report(const struct settings *s, struct running *r)
{
    struct cn_worker_end end;
    int error = run_driver(s, r, &end);
    if (r->shown)
        fputs("\r\033[K", stderr);
    bool traced = cn_trace_file_close(&r->trace);
    if (error != 0)
        return cn_cli_fail(s->check.path, "no process could be started for it: %s: try again",
                           strerror(-error));
    cn_report_finish(r->report, &end);
    const char *refusal = cn_report_refusal(r->report);
    if (refusal != NULL)
        return cn_cli_fail(names_inf(s, refusal) ? NULL : s->check.path, "%s", refusal);
    int status = write_report(s, r->report);
    return traced ? status : CN_EXIT_FAILED;
}

static int check(const struct settings *s)
{
    struct running r = {.path = s->check.path, .progress = isatty(STDERR_FILENO)};
    if (!cn_trace_file_open(&r.trace, s->trace, s->trace_json))
        return CN_EXIT_FAILED;
    r.report = cn_report_new(&s->report);
    if (r.report == NULL)
        return cn_cli_fail(NULL, "there is no memory for a report: end other programs");
    int status = run_and_report(s, &r);
    cn_report_free(r.report);
    return status;
}

enum {
    OPT_ADAPTERS = 256,
    OPT_TRACE,
    OPT_TRACE_JSON,
    OPT_STRICT,
    OPT_GUARDED,
    OPT_UNGUARDED,
    OPT_PEND,
    OPT_IN_PROCESS,
    OPT_INF,
    OPT_JSON,
    OPT_TIMEOUT
};

static const struct option longs[] = {
    {"help", no_argument, NULL, 'h'},
    {"inf", required_argument, NULL, OPT_INF},
    {"json", no_argument, NULL, OPT_JSON},
    {"output", required_argument, NULL, 'o'},
    {"adapters", required_argument, NULL, OPT_ADAPTERS},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"verbose", no_argument, NULL, 'v'},
    {"trace", required_argument, NULL, OPT_TRACE},
    {"trace-json", required_argument, NULL, OPT_TRACE_JSON},
    {"strict", no_argument, NULL, OPT_STRICT},
    {"guarded", no_argument, NULL, OPT_GUARDED},
    {"no-guarded", no_argument, NULL, OPT_UNGUARDED},
    {"pend", no_argument, NULL, OPT_PEND},
    {"in-process", no_argument, NULL, OPT_IN_PROCESS},
    {0},
};

/* One option; false after a complaint. */
static bool take(struct settings *s, int c)
{
    switch (c) {
    case 'o':
        s->output = optarg;
        return true;
    case 'v':
        s->report.verbose = true;
        return true;
    case OPT_INF:
        s->check.inf = optarg;
        return true;
    case OPT_JSON:
        s->json = true;
        return true;
    case OPT_ADAPTERS:
        return cn_cli_number("--adapters", optarg, 1, ADAPTERS_MAX, &s->check.adapters);
    case OPT_TIMEOUT:
        return cn_cli_number("--timeout", optarg, 1, TIMEOUT_MAX, &s->timeout);
    case OPT_TRACE:
    case OPT_TRACE_JSON:
        s->trace = optarg;
        s->trace_json = c == OPT_TRACE_JSON;
        return true;
    case OPT_STRICT:
        s->report.strict = true;
        return true;
    case OPT_GUARDED:
    case OPT_UNGUARDED:
        s->check.world.guarded = c == OPT_GUARDED;
        return true;
    case OPT_PEND:
        s->check.world.pend = true;
        return true;
    case OPT_IN_PROCESS:
        s->in_process = true;
        return true;
    }
    return false;
}

static int run(int argc, char **argv)
{
    struct settings s = {.check.world.guarded = true};
    for (int c; (c = cn_cli_option(&cn_cmd_check, argc, argv, "o:v", longs)) != -1;) {
        if (c == 'h')
            return CN_EXIT_CLEAN;
        if (c == '?' || !take(&s, c))
            return CN_EXIT_FAILED;
    }
    if (argc - optind != 1)
        return cn_cli_fail("check", "%s: give one .sys or .so file; see 'condis check --help'",
                           argc == optind ? "no driver is named" : "more than one driver is named");
    if (s.timeout == 0)
        s.timeout = TIMEOUT_DEFAULT + s.check.adapters / ADAPTERS_PER_SECOND;
    s.check.path = s.report.path = argv[optind];
    s.check.world.hang_seconds =
        s.in_process ? TIMEOUT_MAX : CN_MIN(HANG_MAX, CN_MAX(s.timeout / 2, 1u));
    return check(&s);
}

const struct cn_command cn_cmd_check = {
    .name = "check",
    .summary = "load a driver, register it, take it through its life, and report",
    .help =
        "usage: condis check [OPTION]... DRIVER\n\n"
        "Loads DRIVER (.sys or .so), calls DriverEntry, and takes what it registers through its\n"
        "life: adapters or bindings, address families, pause, restart, halt, unload. Prints the\n"
        "registration report.\n\n"
        "      --inf=F         configuration from the AddReg sections of the .inf file F\n"
        "      --adapters=N    give a miniport driver N adapters (1)\n"
        "      --pend          NDIS pends what it may pend\n"
        "      --no-guarded    no guard page behind each pool block (faster)\n"
        "      --in-process    run the driver in this process, without a time limit: for "
        "debuggers\n"
        "      --timeout=S     give up after S seconds (60, more for many adapters)\n"
        "      --strict        broken rules that are only informative count too\n"
        "  -v, --verbose       also what the built-in counterpart drivers do, and every call\n"
        "      --json          the report as JSON\n"
        "  -o, --output=F      write the report to F\n"
        "      --trace=F       write every event to F, as text\n"
        "      --trace-json=F  the same as JSON lines\n"
        "  -h, --help          this text\n\n"
        "Exit status: 0 clean, 1 a rule was broken or the driver did not come up, 2 the file "
        "cannot\n"
        "be run, 3 the driver crashed or hung.\n",
    .run = run,
};
