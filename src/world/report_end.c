/* report_end.c - the end of a report: why the run ended, the verdict, the counts, the exit status.
 */
#include "world/report_impl.h"

#include <stdlib.h>
#include <string.h>

#include "verify/rule.h"

bool cn_report_counts(const struct cn_report *r, const json_t *broken)
{
    const char *severity = cn_json_text(broken, "severity");
    return r->options.strict || severity == NULL ||
           strcmp(severity, cn_severity_name(CN_INFO)) != 0;
}

static const char *during(const struct cn_report *r)
{
    if (r->busy[0] != '\0')
        return cn_fmt("in %s", r->busy);
    return json_array_size(r->calls) == 0 ? "before DriverEntry was called"
                                          : "outside any function of the driver";
}

/* Nobody checked these rules, but how the process ended shows that one was broken. */
static void break_rule(struct cn_report *r, enum cn_rule_id id, const char *found)
{
    const struct cn_rule *rule = &cn_rules[id];
    json_t *b = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", rule->id, "severity",
                          cn_severity_name(rule->severity), "driver", r->driver, "found", found,
                          "what", rule->what, "why", rule->why, "remedy", rule->remedy, "source",
                          cn_report_sources(rule->source));
    cn_json_put(b, "call", r->busy[0] != '\0' ? r->busy : NULL);
    json_array_append_new(r->broken, b);
}

/* The worker could not say itself what happened: its memory was beyond repair, or it was killed. */
static void explain_death(struct cn_report *r, const struct cn_worker_end *end)
{
    const char *kind = "crash";
    char text[512];
    if (end->how == CN_WORKER_TIMEOUT) {
        kind = "hang";
        snprintf(
            text, sizeof(text),
            "the run was not over after %u seconds, %s: make every loop and wait of the driver "
            "end, or allow more time with --timeout",
            end->seconds, during(r));
    } else if (end->how == CN_WORKER_SIGNALLED) {
        snprintf(
            text, sizeof(text),
            "the process that ran the driver died of signal %d (%s), %s: the driver wrote over "
            "memory that is not its own, or ended the process",
            end->code, strsignal(end->code), during(r));
    } else {
        kind = "exit";
        snprintf(
            text, sizeof(text),
            "the process that ran the driver ended with status %d, %s, before the run was over: "
            "a driver does not end the system it runs in",
            end->code, during(r));
    }
    json_t *stop = json_pack("{s:s, s:s, s:s, s:[]}", "driver", r->driver, "kind", kind, "text",
                             text, "frames");
    cn_json_put(stop, "during", r->busy[0] != '\0' ? r->busy : NULL);
    json_object_set_new(r->model, "stop", stop);
    if (end->how == CN_WORKER_TIMEOUT)
        break_rule(r, CN_HOST_002, "not over at the deadline");
    else if (end->how == CN_WORKER_SIGNALLED)
        break_rule(r, CN_HOST_001, cn_fmt("signal %d (%s)", end->code, strsignal(end->code)));
}

static void miss(struct cn_report *r, const char *text)
{
    json_t *entry = json_pack("{s:s, s:s}", "object", r->driver, "text", text);
    json_array_insert_new(json_object_get(r->model, "not_reached"), 0, entry);
}

/* What every NDIS driver has to reach. */
static void judge_entry(struct cn_report *r)
{
    const json_t *status = json_object_get(r->model, "driver_entry");
    const char *name = cn_json_text(r->model, "driver_entry");
    long long code = cn_json_number(status, "code", 0);
    if (!json_is_object(status))
        miss(r, "DriverEntry did not return");
    else if (code & 0x80000000)
        miss(r, cn_fmt("DriverEntry failed with %s, so Windows does not load the driver",
                       name != NULL ? name : "an error"));
    else if (json_is_null(json_object_get(r->model, "role")))
        miss(r, "DriverEntry succeeded without registering with NDIS: call "
                "NdisMRegisterMiniportDriver or NdisRegisterProtocolDriver in it");
}

static unsigned broken_that_count(const struct cn_report *r)
{
    unsigned n = 0;
    size_t i;
    json_t *b;
    json_array_foreach(r->broken, i, b) n += cn_report_counts(r, b);
    return n;
}

static enum cn_exit judge(struct cn_report *r, const struct cn_worker_end *end)
{
    bool stopped = json_is_object(json_object_get(r->model, "stop"));
    if (end->how == CN_WORKER_INTERRUPTED && r->refusal == NULL)
        r->refusal = strdup("interrupted");
    if (r->refusal != NULL)
        return CN_EXIT_FAILED;
    if (!stopped && (end->how != CN_WORKER_EXITED || end->code != 0 || !r->done)) {
        explain_death(r, end);
        stopped = true;
    }
    if (stopped)
        return CN_EXIT_STOPPED;
    judge_entry(r);
    if (broken_that_count(r) > 0 || json_array_size(json_object_get(r->model, "not_reached")) > 0)
        return CN_EXIT_BROKEN;
    return CN_EXIT_CLEAN;
}

static const char *how_name(enum cn_worker_how how)
{
    static const char *const names[] = {"exited", "signalled", "timeout", "interrupted"};
    return names[how];
}

void cn_report_finish(struct cn_report *r, const struct cn_worker_end *end)
{
    static const char *const verdicts[] = {
        [CN_EXIT_CLEAN] = "clean",
        [CN_EXIT_BROKEN] = "broken",
        [CN_EXIT_FAILED] = "not run",
        [CN_EXIT_STOPPED] = "stopped",
    };
    r->exit = judge(r, end);
    json_t *m = r->model;
    json_object_set_new(m, "verdict", json_string(verdicts[r->exit]));
    json_object_set_new(m, "exit_status", json_integer(r->exit));
    cn_json_put(m, "refusal", r->refusal);
    json_object_set_new(m, "worker",
                        json_pack("{s:s, s:i, s:i, s:i}", "how", how_name(end->how), "code",
                                  end->code, "seconds", (int)end->seconds, "killed_processes",
                                  (int)end->survivors));
    json_object_set_new(m, "malformed_lines", json_integer(r->malformed));
    json_object_set_new(m, "omitted", json_integer(r->omitted));
}
