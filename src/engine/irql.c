/* irql.c - the IRQL of the virtual CPU, as book-keeping: it decides when DPCs may run. */
#include "engine/engine.h"
#include "engine/sim.h"
#include "load/kpcr.h"

uint8_t cn_irql_get(void)
{
    const struct cn_kpcr *cpu = cn_kpcr();
    return cpu != NULL ? cpu->irql : CN_PASSIVE;
}

uint8_t cn_irql_raise(uint8_t to)
{
    struct cn_kpcr *cpu = cn_kpcr();
    if (cpu == NULL)
        return CN_PASSIVE;
    uint8_t old = cpu->irql;
    cpu->irql = to;
    return old;
}

void cn_irql_lower(uint8_t to)
{
    struct cn_kpcr *cpu = cn_kpcr();
    if (cpu == NULL)
        return;
    cpu->irql = to;
    if (to < CN_DISPATCH && cn_sim_due)
        cn_sim_interrupt();
}
