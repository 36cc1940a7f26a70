/* report.h - the account of one check: what was registered, how it went, which rules were broken.
 *
 * It is made from the JSON lines of the events (trace.h) and from how the worker ended, and from
 * nothing else: so a scribbled or malicious worker can make it wrong, but cannot make the watcher
 * fail. The model is one JSON document whose keys docs/report.md describes; the text report is a
 * rendering of that document.
 */
#ifndef CN_WORLD_REPORT_H
#define CN_WORLD_REPORT_H

#include <jansson.h>
#include <stdio.h>

#include "world/worker.h"

/* The version of the document: raised when a key changes its meaning or goes away. */
#define CN_REPORT_FORMAT 1
#define CN_VERSION       "0.1.0"

enum cn_exit { CN_EXIT_CLEAN = 0, CN_EXIT_BROKEN = 1, CN_EXIT_FAILED = 2, CN_EXIT_STOPPED = 3 };

struct cn_report;

struct cn_report_options {
    const char *path; /* of the driver under test, as the user gave it */
    bool verbose;     /* take in what the built-in counterpart drivers do, and every call */
    bool strict;      /* a broken rule of any severity makes the exit status 1 */
};

/* NULL when there is no memory. Freed with cn_report_free. */
struct cn_report *cn_report_new(const struct cn_report_options *options);
void cn_report_free(struct cn_report *r);

/* Takes one event. A line that is none is counted and otherwise ignored. */
void cn_report_line(struct cn_report *r, const char *line, size_t len);
/* What the driver is at: "MiniportInitializeEx", or "" when it is at nothing. */
const char *cn_report_busy(const struct cn_report *r);
/* No more lines come: settles stop, verdict, counts and the exit status. */
void cn_report_finish(struct cn_report *r, const struct cn_worker_end *end);

/* The document; borrowed, valid as long as the report. */
const json_t *cn_report_model(const struct cn_report *r);
enum cn_exit cn_report_exit(const struct cn_report *r);
/* Why there is no report (the file cannot be run, the worker ended at once...), or NULL. */
const char *cn_report_refusal(const struct cn_report *r);

struct cn_report_style {
    bool colour;
    unsigned width; /* of the lines, in columns */
};

/* The document for people. */
void cn_report_text(const json_t *model, const struct cn_report_style *style, FILE *out);

/* "ddi/nf-ndis-x#remarks;guide/y" as an array of {page, section, url}; a new reference. */
json_t *cn_report_sources(const char *source);

#endif
