/* trap_decode.c - what the instruction meant at which a driver faulted, and doing it in its place.
 *
 * The signal alone does not tell: a general protection fault is anything from `mov cr8` to an
 * address that is none. So the instruction is decoded first, and what the signal says only decides
 * the rest. (valgrind reports instructions it does not know as illegal ones; they come out the
 * same.)
 */
#include "load/trap_impl.h"

#include <Zydis/Zydis.h>
#include <signal.h>
#include <string.h>

#include "base/base.h"
#include "load/probe.h"

enum { PAGE_FAULT = 14, ALIGNMENT = 17 }; /* numbers of the processor's exceptions */

struct insn {
    ZydisDecodedInstruction i;
    ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
    uint8_t bytes[ZYDIS_MAX_INSTRUCTION_LENGTH];
};

/* -- decoding ---------------------------------------------------------------------------------- */

static bool read_insn(uint64_t rip, struct insn *out)
{
    ZydisDecoder decoder;
    size_t size = 0;
    while (size < sizeof(out->bytes) &&
           cn_probe_copy(&out->bytes[size], (const void *)(rip + size), 1) == 0)
        size++;
    ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
    return size != 0 &&
           ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, out->bytes, size, &out->i, out->operands));
}

/* The number in enum cn_reg of the general register that holds reg; -1 for another kind. */
static int general(ZydisRegister reg)
{
    ZydisRegister whole = ZydisRegisterGetLargestEnclosing(ZYDIS_MACHINE_MODE_LONG_64, reg);
    if (whole < ZYDIS_REGISTER_RAX || whole > ZYDIS_REGISTER_R15)
        return -1;
    return whole - ZYDIS_REGISTER_RAX;
}

static uint64_t value_of(const struct cn_context *context, ZydisRegister reg)
{
    int number = general(reg);
    return number < 0 ? 0 : context->reg[number];
}

static uint64_t effective(const struct cn_trap *trap, const struct insn *insn,
                          const ZydisDecodedOperand *operand)
{
    uint64_t address = (uint64_t)operand->mem.disp.value;
    if (operand->mem.base == ZYDIS_REGISTER_RIP)
        address += trap->context.rip + insn->i.length;
    else
        address += value_of(&trap->context, operand->mem.base);
    return address + value_of(&trap->context, operand->mem.index) * operand->mem.scale;
}

static bool canonical(uint64_t address)
{
    return (int64_t)(address << 16) >> 16 == (int64_t)address;
}

/* -- exceptions -------------------------------------------------------------------------------- */

static void exception(struct cn_trap *trap, int32_t status)
{
    trap->op = CN_TRAP_RAISE;
    trap->record.code = (uint32_t)status;
}

static void access_violation(struct cn_trap *trap, enum cn_fault_access access, uint64_t shown)
{
    exception(trap, CN_STATUS_ACCESS_VIOLATION);
    trap->access = access;
    trap->record.count = 2;
    trap->record.info[0] = access == CN_ACCESS_WRITE ? 1 : access == CN_ACCESS_EXECUTE ? 8 : 0;
    trap->record.info[1] = shown;
}

/* A protection fault at an ordinary instruction is about an address that is none, or about an
 * operand that must be aligned. The processor does not say which address: the operands do. */
static void protection(struct cn_trap *trap, const struct insn *insn)
{
    access_violation(trap, CN_ACCESS_READ, UINT64_MAX);
    if (insn == NULL)
        return;
    for (unsigned i = 0; i < insn->i.operand_count; i++) {
        const ZydisDecodedOperand *operand = &insn->operands[i];
        bool jump = i == 0 && (insn->i.meta.branch_type != ZYDIS_BRANCH_TYPE_NONE);
        uint64_t address = 0;
        if (operand->type == ZYDIS_OPERAND_TYPE_MEMORY &&
            operand->mem.segment != ZYDIS_REGISTER_FS && operand->mem.segment != ZYDIS_REGISTER_GS)
            address = effective(trap, insn, operand);
        else if (jump && operand->type == ZYDIS_OPERAND_TYPE_REGISTER)
            address = value_of(&trap->context, operand->reg.value);
        else
            continue;
        if (trap->address_known && canonical(address))
            continue;
        trap->address_known = true;
        trap->address = address;
        trap->access = operand->type != ZYDIS_OPERAND_TYPE_MEMORY           ? CN_ACCESS_EXECUTE
                       : operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE ? CN_ACCESS_WRITE
                                                                            : CN_ACCESS_READ;
        if (!canonical(address))
            break;
    }
    trap->record.info[0] = trap->access == CN_ACCESS_WRITE ? 1 : 0;
}

/* The target of a return or of a jump through memory that lies nowhere: the processor may refuse it
 * at the jump itself. */
static void wild_return(struct cn_trap *trap, const struct insn *insn)
{
    uint64_t at, target;
    if (insn->i.mnemonic == ZYDIS_MNEMONIC_RET)
        at = trap->context.reg[CN_RSP];
    else if (insn->i.meta.branch_type != ZYDIS_BRANCH_TYPE_NONE &&
             insn->operands[0].type == ZYDIS_OPERAND_TYPE_MEMORY)
        at = effective(trap, insn, &insn->operands[0]);
    else
        return;
    if (cn_probe_copy(&target, (const void *)at, sizeof(target)) != 0 || canonical(target))
        return;
    trap->access = CN_ACCESS_EXECUTE;
    trap->address = target;
    trap->record.info[0] = 8;
}

static void page_fault(struct cn_trap *trap, const struct cn_trap_cause *cause)
{
    bool fetch = (cause->error & 0x10) || cause->address == trap->context.rip;
    trap->address_known = true;
    trap->address = cause->address;
    access_violation(trap,
                     fetch              ? CN_ACCESS_EXECUTE
                     : cause->error & 2 ? CN_ACCESS_WRITE
                                        : CN_ACCESS_READ,
                     cause->address);
    if (trap->access == CN_ACCESS_READ && cause->address >= CN_SHARED_USER_DATA &&
        cause->address < CN_SHARED_USER_DATA + 4096)
        trap->op = CN_TRAP_SHARED_DATA;
}

/* The processor has one exception for both; a zero divisor tells. */
static int32_t divide_status(const struct cn_trap *trap, const struct insn *insn)
{
    const ZydisDecodedOperand *by = &insn->operands[0];
    uint64_t divisor = 0;
    if (by->type == ZYDIS_OPERAND_TYPE_REGISTER) {
        divisor = value_of(&trap->context, by->reg.value);
        if (by->reg.value >= ZYDIS_REGISTER_AH && by->reg.value <= ZYDIS_REGISTER_BH)
            divisor = trap->context.reg[by->reg.value - ZYDIS_REGISTER_AH] >> 8;
    } else if (by->type == ZYDIS_OPERAND_TYPE_MEMORY) {
        cn_probe_copy(&divisor, (const void *)effective(trap, insn, by), by->size / 8);
    }
    if (by->size < 64)
        divisor &= (UINT64_C(1) << by->size) - 1;
    return divisor == 0 ? CN_STATUS_INTEGER_DIVIDE_BY_ZERO : CN_STATUS_INTEGER_OVERFLOW;
}

static int32_t arithmetic_status(const struct cn_trap *trap, const struct cn_trap_cause *cause,
                                 const struct insn *insn)
{
    switch (cause->si_code) {
    case FPE_FLTDIV:
        return CN_STATUS_FLOAT_DIVIDE_BY_ZERO;
    case FPE_FLTOVF:
        return CN_STATUS_FLOAT_OVERFLOW;
    case FPE_FLTUND:
        return CN_STATUS_FLOAT_UNDERFLOW;
    case FPE_FLTRES:
        return CN_STATUS_FLOAT_INEXACT_RESULT;
    case FPE_INTDIV:
    case FPE_INTOVF:
        return insn == NULL ? CN_STATUS_INTEGER_DIVIDE_BY_ZERO : divide_status(trap, insn);
    default:
        return CN_STATUS_FLOAT_INVALID_OPERATION;
    }
}

/* -- instructions that mean something ---------------------------------------------------------- */

static void port_access(struct cn_trap *trap, const struct insn *insn)
{
    bool string =
        insn->i.mnemonic >= ZYDIS_MNEMONIC_INSB && insn->i.mnemonic <= ZYDIS_MNEMONIC_INSW;
    bool out = insn->i.mnemonic == ZYDIS_MNEMONIC_OUT;
    if (insn->i.mnemonic == ZYDIS_MNEMONIC_OUTSB || insn->i.mnemonic == ZYDIS_MNEMONIC_OUTSW ||
        insn->i.mnemonic == ZYDIS_MNEMONIC_OUTSD)
        string = out = true;
    const ZydisDecodedOperand *port = &insn->operands[out ? 0 : 1];
    const ZydisDecodedOperand *data = &insn->operands[out ? 1 : 0];
    trap->op = CN_TRAP_PORT;
    trap->string = string;
    trap->repeat = (insn->i.attributes &
                    (ZYDIS_ATTRIB_HAS_REP | ZYDIS_ATTRIB_HAS_REPE | ZYDIS_ATTRIB_HAS_REPNE)) != 0;
    trap->port = (struct cn_port_access){
        .port = port->type == ZYDIS_OPERAND_TYPE_IMMEDIATE ? (uint16_t)port->imm.value.u
                                                           : (uint16_t)trap->context.reg[CN_RDX],
        .bytes = (uint8_t)(data->size / 8),
        .write = out,
        .count = string && trap->repeat ? trap->context.reg[CN_RCX] : 1,
    };
}

static void interrupt(struct cn_trap *trap, unsigned vector, uint64_t error)
{
    switch (vector) {
    case 0x29:
        exception(trap, CN_STATUS_STACK_BUFFER_OVERRUN);
        trap->op = CN_TRAP_FAST_FAIL;
        trap->code = (uint32_t)trap->context.reg[CN_RCX];
        trap->record.flags = CN_EXCEPTION_NONCONTINUABLE;
        trap->record.count = 1;
        trap->record.info[0] = trap->code;
        break;
    case 0x2c:
        exception(trap, CN_STATUS_ASSERTION_FAILURE);
        break;
    case 0x2d:
        trap->op = CN_TRAP_PRINT;
        break;
    case 3:
        exception(trap, CN_STATUS_BREAKPOINT);
        trap->op = CN_TRAP_BREAK;
        break;
    default:
        access_violation(trap, CN_ACCESS_READ, error == 0 ? UINT64_MAX : error);
        break;
    }
}

static bool control_register(struct cn_trap *trap, const struct insn *insn)
{
    bool read = insn->operands[1].type == ZYDIS_OPERAND_TYPE_REGISTER &&
                insn->operands[1].reg.value == ZYDIS_REGISTER_CR8;
    if (!read && insn->operands[0].reg.value != ZYDIS_REGISTER_CR8)
        return false;
    int reg = general(insn->operands[read ? 0 : 1].reg.value);
    if (reg < 0)
        return false;
    exception(trap, CN_STATUS_PRIVILEGED_INSTRUCTION); /* in case that nobody keeps an IRQL */
    trap->op = read ? CN_TRAP_READ_CR8 : CN_TRAP_WRITE_CR8;
    trap->reg = (uint8_t)reg;
    return true;
}

/* Instructions that only a kernel may use, and whose work nobody does here. The decoder's own mark
 * leaves out those that depend on the I/O privilege level and those that newer processors restrict.
 */
static bool privileged(const struct insn *insn)
{
    switch (insn->i.mnemonic) {
    case ZYDIS_MNEMONIC_CLI:
    case ZYDIS_MNEMONIC_STI:
    case ZYDIS_MNEMONIC_HLT:
    case ZYDIS_MNEMONIC_RDMSR:
    case ZYDIS_MNEMONIC_WRMSR:
    case ZYDIS_MNEMONIC_RDPMC:
    case ZYDIS_MNEMONIC_LGDT:
    case ZYDIS_MNEMONIC_LIDT:
    case ZYDIS_MNEMONIC_LLDT:
    case ZYDIS_MNEMONIC_LTR:
    case ZYDIS_MNEMONIC_LMSW:
    case ZYDIS_MNEMONIC_SGDT:
    case ZYDIS_MNEMONIC_SIDT:
    case ZYDIS_MNEMONIC_SLDT:
    case ZYDIS_MNEMONIC_STR:
    case ZYDIS_MNEMONIC_SMSW:
    case ZYDIS_MNEMONIC_SWAPGS:
        return true;
    default:
        return (insn->i.attributes & ZYDIS_ATTRIB_IS_PRIVILEGED) != 0;
    }
}

/* True when the instruction by itself tells what happened. */
static bool by_instruction(struct cn_trap *trap, const struct insn *insn, uint64_t error)
{
    switch (insn->i.mnemonic) {
    case ZYDIS_MNEMONIC_IN:
    case ZYDIS_MNEMONIC_OUT:
    case ZYDIS_MNEMONIC_INSB:
    case ZYDIS_MNEMONIC_INSW:
    case ZYDIS_MNEMONIC_INSD:
    case ZYDIS_MNEMONIC_OUTSB:
    case ZYDIS_MNEMONIC_OUTSW:
    case ZYDIS_MNEMONIC_OUTSD:
        port_access(trap, insn);
        return true;
    case ZYDIS_MNEMONIC_INT:
        interrupt(trap, (unsigned)insn->operands[0].imm.value.u & 0xff, error);
        return true;
    case ZYDIS_MNEMONIC_MOV:
        if (control_register(trap, insn))
            return true;
        break;
    default:
        break;
    }
    if (!privileged(insn))
        return false;
    exception(trap, CN_STATUS_PRIVILEGED_INSTRUCTION);
    return true;
}

void cn_trap_decode(struct cn_trap *trap, const struct cn_trap_cause *cause)
{
    struct insn insn;
    bool fetched = cause->number == PAGE_FAULT && cause->address == trap->context.rip;
    bool known = !fetched && read_insn(trap->context.rip, &insn);
    trap->length = known ? insn.i.length : 0;
    trap->record = (struct cn_exception_record){
        .address = (void *)(uintptr_t)cn_image_origin((const void *)trap->context.rip)};

    if (cause->signo == SIGTRAP) {
        exception(trap, CN_STATUS_BREAKPOINT);
        trap->op = CN_TRAP_BREAK;
        trap->length = 1;
    } else if (cause->signo == SIGFPE) {
        exception(trap, arithmetic_status(trap, cause, known ? &insn : NULL));
    } else if (cause->number != PAGE_FAULT && known && by_instruction(trap, &insn, cause->error)) {
        return;
    } else if (cause->signo == SIGILL) {
        exception(trap, CN_STATUS_ILLEGAL_INSTRUCTION);
    } else if (cause->number == PAGE_FAULT) {
        page_fault(trap, cause);
    } else if (cause->number == ALIGNMENT) {
        exception(trap, CN_STATUS_DATATYPE_MISALIGNMENT);
    } else {
        protection(trap, known ? &insn : NULL);
        if (known)
            wild_return(trap, &insn);
        if (!canonical(trap->context.rip)) { /* jumped there already */
            trap->address_known = true;
            trap->address = trap->context.rip;
            trap->access = CN_ACCESS_EXECUTE;
            trap->record.info[0] = 8;
        }
    }
}

/* -- doing it ---------------------------------------------------------------------------------- */

static void fill_ones(uint64_t at, uint64_t bytes)
{
    uint8_t ones[256];
    memset(ones, 0xff, sizeof(ones));
    while (bytes != 0) {
        size_t part = CN_MIN(bytes, sizeof(ones));
        if (cn_probe_copy((void *)at, ones, part) != 0)
            return;
        at += part;
        bytes -= part;
    }
}

static void do_port(struct cn_trap *trap, const struct cn_trap_env *env)
{
    struct cn_context *context = &trap->context;
    struct cn_port_access access = trap->port;
    uint64_t mask = access.bytes == 4 ? 0xffffffffu : access.bytes == 2 ? 0xffff : 0xff;
    uint64_t length = access.count * access.bytes;
    access.pc = trap->record.address;
    access.value = (uint32_t)(access.write && !trap->string ? context->reg[CN_RAX] & mask : mask);
    if (trap->string) {
        if (!access.write)
            fill_ones(context->reg[CN_RDI], length);
        context->reg[access.write ? CN_RSI : CN_RDI] += length;
        if (trap->repeat)
            context->reg[CN_RCX] = 0;
    } else if (!access.write) {
        context->reg[CN_RAX] = access.bytes == 4 ? mask : context->reg[CN_RAX] | mask;
    }
    if (env->port != NULL && access.count != 0)
        env->port(env->arg, &access);
}

/* int 2Dh: eax = service, rcx = text, edx = its length; the byte behind is an int 3 that belongs to
 * it.
 */
static void do_print(struct cn_trap *trap, const struct cn_trap_env *env)
{
    char text[512];
    uint8_t behind;
    size_t len = CN_MIN(trap->context.reg[CN_RDX] & 0xffff, sizeof(text));
    if ((uint32_t)trap->context.reg[CN_RAX] == 1 && env->debug_print != NULL &&
        cn_probe_copy(text, (const void *)trap->context.reg[CN_RCX], len) == 0)
        env->debug_print(env->arg, trap->record.address, text, len);
    trap->context.reg[CN_RAX] = 0;
    const void *next = (const void *)(trap->context.rip + trap->length);
    if (cn_probe_copy(&behind, next, 1) == 0 && behind == 0xcc)
        trap->length++;
}

bool cn_trap_carry_out(struct cn_trap *trap, const struct cn_trap_env *env)
{
    switch (trap->op) {
    case CN_TRAP_READ_CR8:
        if (env->read_irql == NULL)
            return false;
        trap->context.reg[trap->reg] = env->read_irql();
        break;
    case CN_TRAP_WRITE_CR8:
        if (env->write_irql == NULL)
            return false;
        env->write_irql((uint8_t)trap->context.reg[trap->reg]);
        break;
    case CN_TRAP_PORT:
        do_port(trap, env);
        break;
    case CN_TRAP_PRINT:
        do_print(trap, env);
        break;
    case CN_TRAP_BREAK:
        if (env->breakpoint == NULL || !env->breakpoint(env->arg, trap->record.address))
            return false;
        break;
    default:
        return false;
    }
    trap->context.rip += trap->length;
    return true;
}

/* -- shared user data -------------------------------------------------------------------------- */

/* Bits of register `reg` that the instruction loads by an operand of its own. */
static uint64_t loaded_bits(const struct insn *insn, int reg)
{
    for (unsigned i = 0; i < insn->i.operand_count_visible; i++) {
        const ZydisDecodedOperand *operand = &insn->operands[i];
        if (operand->type != ZYDIS_OPERAND_TYPE_REGISTER || general(operand->reg.value) != reg ||
            (operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE) == 0)
            continue;
        return operand->size >= 32 ? UINT64_MAX : (UINT64_C(1) << operand->size) - 1;
    }
    return 0;
}

/* The loads that compilers write: a whole general register from memory, perhaps extended. */
static bool plain_load(struct cn_trap *trap, const struct insn *insn, const void *from)
{
    const ZydisDecodedOperand *to = &insn->operands[0], *memory = &insn->operands[1];
    bool sign =
        insn->i.mnemonic == ZYDIS_MNEMONIC_MOVSX || insn->i.mnemonic == ZYDIS_MNEMONIC_MOVSXD;
    if (insn->i.mnemonic != ZYDIS_MNEMONIC_MOV && insn->i.mnemonic != ZYDIS_MNEMONIC_MOVZX && !sign)
        return false;
    if (to->type != ZYDIS_OPERAND_TYPE_REGISTER || memory->type != ZYDIS_OPERAND_TYPE_MEMORY ||
        general(to->reg.value) < 0)
        return false;
    if (to->reg.value >= ZYDIS_REGISTER_AH && to->reg.value <= ZYDIS_REGISTER_BH)
        return false;
    uint64_t value = 0, *reg = &trap->context.reg[general(to->reg.value)];
    memcpy(&value, from, memory->size / 8);
    if (sign && memory->size < 64)
        value = (uint64_t)((int64_t)(value << (64 - memory->size)) >> (64 - memory->size));
    uint64_t mask = to->size >= 64 ? UINT64_MAX : (UINT64_C(1) << to->size) - 1;
    *reg = to->size >= 32 ? value & mask : (*reg & ~mask) | (value & mask);
    trap->context.rip += insn->i.length;
    return true;
}

/* The first register that the address is made of. */
static int address_register(const struct insn *insn)
{
    for (unsigned i = 0; i < insn->i.operand_count; i++) {
        const ZydisDecodedOperand *operand = &insn->operands[i];
        if (operand->type != ZYDIS_OPERAND_TYPE_MEMORY)
            continue;
        if (general(operand->mem.base) >= 0)
            return general(operand->mem.base);
        if (general(operand->mem.index) >= 0 && operand->mem.scale == 1)
            return general(operand->mem.index);
    }
    return -1;
}

bool cn_trap_shared_load(struct cn_trap *trap, const void *page, struct cn_trap_step *step)
{
    struct insn insn;
    uint64_t offset = trap->address - CN_SHARED_USER_DATA;
    step->active = false;
    if (!read_insn(trap->context.rip, &insn) || offset > 4096 - 8)
        return false;
    if (plain_load(trap, &insn, (const char *)page + offset))
        return true;
    int reg = address_register(&insn);
    if (reg < 0)
        return false;
    *step = (struct cn_trap_step){.active = true,
                                  .reg = (uint8_t)reg,
                                  .delta = (uintptr_t)page - CN_SHARED_USER_DATA,
                                  .kept = loaded_bits(&insn, reg)};
    trap->context.reg[reg] += step->delta;
    return false;
}
