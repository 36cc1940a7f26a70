/* report_impl.h - what the files of the report share. */
#ifndef CN_WORLD_REPORT_IMPL_H
#define CN_WORLD_REPORT_IMPL_H

#include "world/report.h"

/* The driver's process may send whatever it likes for as long as it likes: beyond these numbers
 * things are only counted (key "omitted"). */
enum {
    CN_REPORT_CALLS = 20000,
    CN_REPORT_BROKEN = 2000,
    CN_REPORT_OBJECTS = 20000,
    CN_REPORT_HISTORY = 64, /* per object */
    CN_REPORT_LINES = 1000, /* printed, logged, left behind */
    CN_REPORT_OPEN = 128    /* calls inside each other */
};

/* A call that has not returned yet. */
struct cn_report_open {
    json_t *call; /* its entry in calls[], or NULL when it is not taken in; borrowed */
    char name[96], driver[96];
    bool handler; /* the runtime called the driver, not the other way round */
};

struct cn_report {
    struct cn_report_options options;
    char *driver; /* base name of the file under test; owned */
    json_t *model;
    json_t *calls, *structures, *handlers, *objects, *phases, *broken; /* borrowed from the model */
    json_t *index; /* object name -> its entry in objects[] */
    struct cn_report_open open[CN_REPORT_OPEN];
    size_t depth;
    char busy[96];
    unsigned malformed, omitted;
    bool done;
    char *refusal; /* owned, or NULL */
    enum cn_exit exit;
};

/* The member as text, or NULL; only valid as long as the event is. */
const char *cn_json_text(const json_t *o, const char *key);
/* The member as a number, or `otherwise`. */
long long cn_json_number(const json_t *o, const char *key, long long otherwise);
/* Puts text under key, unless it is NULL. */
void cn_json_put(json_t *o, const char *key, const char *text);
/* Severity of a broken rule from its entry: true when it makes the exit status 1. */
bool cn_report_counts(const struct cn_report *r, const json_t *broken);

#endif
