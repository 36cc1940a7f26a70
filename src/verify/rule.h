/* rule.h - the rulebook and how a check speaks: CN_CHECK.
 *
 * A rule is a row in verify/rules/[a-z]*.def. The code that can see a violation calls CN_CHECK with
 * the condition that must hold; the engine here counts that the rule was checked and, when it is
 * broken, completes the finding with who did it (driver, call, place) and emits it as an event. A
 * finding is reported once for the same rule, driver, call, structure and member.
 */
#ifndef CN_VERIFY_RULE_H
#define CN_VERIFY_RULE_H

#include "base/base.h"

enum cn_rule_id {
#define RULE(cat, num, ...)           CN_##cat##_##num,
#define RULE_KEPT(cat, num, ...)      CN_##cat##_##num,
#define RULE_SAME(cat, num, ...)      CN_##cat##_##num,
#define RULE_UNDECIDED(cat, num, ...) CN_##cat##_##num,
#include "verify/rules/all.def"
    CN_RULE_COUNT
};

enum cn_severity { CN_INFO, CN_WARNING, CN_ERROR };
enum cn_basis { CN_HOUSE, CN_INFERRED, CN_SHOULD, CN_MUST };
/* Who keeps the rule: a check of a driver; the runtime itself; another rule's check; nobody yet. */
enum cn_rule_kind { CN_RULE_CHECKED, CN_RULE_KEPT, CN_RULE_SAME, CN_RULE_UNDECIDED };

struct cn_rule {
    const char *id; /* "REG-001" */
    const char *category;
    enum cn_severity severity;
    enum cn_basis basis;
    enum cn_rule_kind kind;
    const char *roles;  /* "M,MCM,CM,CL" */
    const char *what;   /* the rule */
    const char *why;    /* what it protects */
    const char *source; /* "ddi/page#section;guide/page" */
    const char
        *remedy; /* what to change; for the other kinds: how kept, which rule, why undecided */
};

extern const struct cn_rule cn_rules[CN_RULE_COUNT];

/* By id, in any case ("reg-001"), or NULL. */
const struct cn_rule *cn_rule_find(const char *id);
const char *cn_severity_name(enum cn_severity s);
const char *cn_basis_name(enum cn_basis b);
const char *cn_rule_kind_name(enum cn_rule_kind k);

struct cn_finding {
    enum cn_rule_id rule;
    /* Filled by cn_rule_broken from the attribution hook where the check leaves them NULL. */
    const char *driver, *call;
    const void *place; /* return address in the driver; 0 when unknown */
    /* What the check knows. */
    const char *structure, *member, *object, *found, *allowed;
};

/* Who is at it now: set once by the object layer, which knows the stack of calls. */
struct cn_attribution {
    const char *driver, *call;
    const void *place;
};
void cn_verify_attribute(void (*who)(struct cn_attribution *out));
/* How a code address is written in reports ("wan.sys!MpInit+0x1c (wan.c:12)"); set by the object
 * layer. */
void cn_verify_describe(char *(*describe)(const void *address, char *buf, size_t size));

void cn_rule_checked(enum cn_rule_id rule);
/* Returns false, always: the value of a check that did not hold. */
bool cn_rule_broken(const struct cn_finding *finding) __attribute__((cold));

/* True when the condition holds. Further arguments are designated members of struct cn_finding and
 * are evaluated only on a violation:
 *   CN_CHECK(CN_REG_012, c->Reset != NULL, .structure = "...", .member = "ResetHandlerEx", .found =
 * "NULL")
 */
#define CN_CHECK(rule_, cond, ...)                                                                 \
    (cn_rule_checked(rule_),                                                                       \
     (cond) ? true : cn_rule_broken(&(struct cn_finding){.rule = (rule_), __VA_ARGS__}))

/* Counts since cn_verify_reset. */
unsigned cn_verify_checked(void); /* rules checked at least once */
unsigned cn_verify_broken(void);  /* findings of any severity */
unsigned cn_verify_broken_rule(enum cn_rule_id rule);
void cn_verify_reset(void);

#endif
