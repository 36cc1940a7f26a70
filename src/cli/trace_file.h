/* trace_file.h - the file of --trace: the events of a worker, as text or as they came. */
#ifndef CN_CLI_TRACE_FILE_H
#define CN_CLI_TRACE_FILE_H

#include <stdbool.h>
#include <stdio.h>

struct cn_trace_file {
    const char *path;
    FILE *out; /* NULL: nobody asked for a trace */
    bool json;
};

/* path NULL: no trace is written. False after a complaint. */
bool cn_trace_file_open(struct cn_trace_file *t, const char *path, bool json);
/* Takes one JSON line of a worker. */
void cn_trace_file_line(struct cn_trace_file *t, const char *line, size_t len);
/* False after a complaint. */
bool cn_trace_file_close(struct cn_trace_file *t);

#endif
