/* ops.h - the tables of ops.def and states.def as constants. */
#ifndef CN_NDIS_OPS_H
#define CN_NDIS_OPS_H

#include "object/op.h"

enum {
#define STATE_ADAPTER(id, name) id,
#include "ndis/states.def"
};
enum {
#define STATE_RESET(id, name) id,
#include "ndis/states.def"
};
enum {
#define STATE_BINDING(id, name) id,
#include "ndis/states.def"
};
enum {
#define STATE_OPEN(id, name) id,
#include "ndis/states.def"
};
enum {
#define STATE_EVENT(id, name) id,
#include "ndis/states.def"
};
enum {
#define STATE_REQUEST(id, name) id,
#include "ndis/states.def"
};

enum cn_ndis_op {
#define OP(id, ...) CN_OP_##id,
#include "ndis/ops.def"
#undef OP
    CN_OP_COUNT
};

extern const struct cn_op_desc cn_ndis_ops[CN_OP_COUNT];

/* The two functions of a row, each in the file that owns the request. */
#define OP(id, name, subject, lane, request, handler, complete, on_complete, ...)                  \
    int32_t cn_##id##_invoke(struct cn_op *op);
#include "ndis/ops.def"
#undef OP
void cn_OPEN_deliver(struct cn_op *op, int32_t status);
void cn_OID_deliver(struct cn_op *op, int32_t status);
void cn_CLOSE_deliver(struct cn_op *op, int32_t status);

/* Registers the names of the states (cn_obj_states). */
void cn_ndis_states(void);

#endif
