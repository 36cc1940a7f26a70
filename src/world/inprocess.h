/* inprocess.h - a driver run in the calling process, for debuggers and memory checkers. */
#ifndef CN_WORLD_INPROCESS_H
#define CN_WORLD_INPROCESS_H

#include "world/world.h"

/* Runs the driver and calls line for each event as worker.h says, at once. There is no deadline and
 * no protection: a driver that ends the process ends the caller. When the run could not take place,
 * the last line is the refusal. */
void cn_inprocess_run(const struct cn_check *check,
                      void (*line)(void *arg, const char *line, size_t len), void *arg);

#endif
