/* ops.c - the table of requests that may pend, and the start and end of NDIS. */
#include "ndis/ops.h"

#include "ndis/binding.h"
#include "ndis/resource.h"
#include "verify/rule.h"

/* Rows without a completion handler have no deliver: whoever asked waits with cn_op_wait. */
#define cn_INITIALIZE_deliver      NULL
#define cn_RESTART_deliver         NULL
#define cn_PAUSE_deliver           NULL
#define cn_RESET_deliver           NULL
#define cn_BIND_deliver            NULL
#define cn_UNBIND_deliver          NULL
#define cn_BINDING_PAUSE_deliver   NULL
#define cn_BINDING_RESTART_deliver NULL
#define cn_EVENT_deliver           NULL

const struct cn_op_desc cn_ndis_ops[CN_OP_COUNT] = {
#define OP(id, ...) [CN_OP_##id] = CN_OP_DESC(id, __VA_ARGS__),
#include "ndis/ops.def"
#undef OP
};

void cn_ndis_states(void)
{
    static const char *const adapter[] = {
#define STATE_ADAPTER(id, name) name,
#include "ndis/states.def"
    };
    static const char *const reset[] = {
#define STATE_RESET(id, name) name,
#include "ndis/states.def"
    };
    static const char *const binding[] = {
#define STATE_BINDING(id, name) name,
#include "ndis/states.def"
    };
    static const char *const open[] = {
#define STATE_OPEN(id, name) name,
#include "ndis/states.def"
    };
    static const char *const event[] = {
#define STATE_EVENT(id, name) name,
#include "ndis/states.def"
    };
    static const char *const request[] = {
#define STATE_REQUEST(id, name) name,
#include "ndis/states.def"
    };
    cn_obj_states(CN_KIND_ADAPTER, CN_LANE_CTL, adapter, CN_ARRAY_SIZE(adapter));
    cn_obj_states(CN_KIND_ADAPTER, CN_LANE_NOTE, reset, CN_ARRAY_SIZE(reset));
    cn_obj_states(CN_KIND_BINDING, CN_LANE_CTL, binding, CN_ARRAY_SIZE(binding));
    cn_obj_states(CN_KIND_BINDING, CN_LANE_NOTE, open, CN_ARRAY_SIZE(open));
    cn_obj_states(CN_KIND_BIND, CN_LANE_CTL, event, CN_ARRAY_SIZE(event));
    cn_obj_states(CN_KIND_GENERIC, CN_LANE_CTL, request, CN_ARRAY_SIZE(request));
}
