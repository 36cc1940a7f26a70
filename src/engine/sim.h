/* sim.h - what the files of the simulation engine share. */
#ifndef CN_ENGINE_SIM_H
#define CN_ENGINE_SIM_H

#include "engine/engine.h"

/* Something is due as soon as the IRQL is below DISPATCH_LEVEL: a DPC is queued, or a timer's time
 * has come. */
extern bool cn_sim_due;
/* Runs it. Only below DISPATCH_LEVEL. */
void cn_sim_interrupt(void);

#endif
