/* fault.h - what ends a driver before its time, put into words: faults, hangs, missing imports. */
#ifndef CN_WORLD_FAULT_H
#define CN_WORLD_FAULT_H

#include "load/trap.h"
#include "world/world.h"

/* The answers to the loader's questions and faults, for cn_trap_install and cn_image_open. */
void cn_world_trap_env(struct cn_trap_env *env);
void cn_world_image_env(struct cn_image_env *env);

/* After CN_END_DEADLOCK: stops the driver that waits for ever, as a hang. */
void cn_world_deadlock(void);

#endif
