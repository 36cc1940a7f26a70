/* bench.h - the few lines every benchmark needs: a clock, minima of interleaved runs, one line of
 * result.
 *
 * A figure is never told alone: with it goes a peer or a bound measured in the same run, and the
 * ratio. Minima, because on a shared machine everything else measures the neighbours.
 */
#ifndef CN_BENCH_H
#define CN_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static inline double bench_now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* One of two things compared; run returns nanoseconds per operation. */
struct bench_side {
    const char *what;
    double (*run)(void);
    double least;
};

/* Runs both sides in turn, `rounds` times, and keeps the least of each. */
static inline void bench_compare(struct bench_side *a, struct bench_side *b, int rounds)
{
    a->least = b->least = 1e300;
    for (int i = 0; i < rounds; i++) {
        double x = a->run(), y = b->run();
        a->least = x < a->least ? x : a->least;
        b->least = y < b->least ? y : b->least;
    }
}

static inline bool bench_json(int argc, char **argv)
{
    return argc > 1 && strcmp(argv[1], "--json") == 0;
}

/* One result. unit_ns scales: 1e3 with unit "us". */
static inline void bench_tell(bool json, const char *name, const struct bench_side *a,
                              const struct bench_side *b, const char *unit, double unit_ns)
{
    double ratio = b->least > 0 ? a->least / b->least : 0;
    if (json)
        printf("{\"benchmark\":\"%s\",\"what\":\"%s\",\"value\":%.4g,\"unit\":\"%s\","
               "\"peer\":\"%s\",\"peer_value\":%.4g,\"ratio\":%.4g}\n",
               name, a->what, a->least / unit_ns, unit, b->what, b->least / unit_ns, ratio);
    else
        printf("%-18s %-46s %10.3f %s   %-46s %10.3f %s   ratio %.2f\n", name, a->what,
               a->least / unit_ns, unit, b->what, b->least / unit_ns, unit, ratio);
}

#endif
