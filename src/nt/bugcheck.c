/* bugcheck.c - bug checks: what would stop a whole Windows stops one driver here, and is explained.
 */
#include "nt/driver_object.h"
#include "nt/exports.h"
#include "nt/rows.h"
#include "load/image.h"
#include "load/probe.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static const struct bugcheck {
    uint32_t code;
    const char *name, *what, *parameter[4];
} bugchecks[] = {
#define BUGCHECK(name, what, p1, p2, p3, p4) {name, #name, what, {p1, p2, p3, p4}},
#include "nt/bugcheck.def"
#undef BUGCHECK
};

static const struct bugcheck *bugcheck_find(uint32_t code)
{
    /* Bit 28 marks a variant of the same bug check. */
    for (size_t i = 0; i < CN_ARRAY_SIZE(bugchecks); i++)
        if (bugchecks[i].code == (code & ~UINT32_C(0x10000000)))
            return &bugchecks[i];
    return NULL;
}

const char *cn_bugcheck_name(uint32_t code)
{
    const struct bugcheck *b = bugcheck_find(code);
    return b != NULL ? b->name : NULL;
}

void cn_bugcheck_text(uint32_t code, const uint64_t parameter[4], char *buf, size_t size)
{
    const struct bugcheck *b = bugcheck_find(code);
    struct cn_text t;
    cn_text_init(&t, buf, size);
    if (b == NULL) {
        cn_text_put(&t, "bug check 0x%" PRIX32 " (a code of the driver's own):", code);
        for (int i = 0; i < 4; i++)
            cn_text_put(&t, " 0x%" PRIX64, parameter[i]);
        return;
    }
    cn_text_put(&t, "%s (0x%" PRIX32 "): %s", b->name, code, b->what);
    for (int i = 0; i < 4; i++)
        if (b->parameter[i] != NULL)
            cn_text_put(&t, "; %s 0x%" PRIX64, b->parameter[i], parameter[i]);
}

void cn_bugcheck(uint32_t code, const uint64_t parameter[4], const void *place)
{
    char text[512];
    cn_bugcheck_text(code, parameter, text, sizeof(text));
    struct cn_driver *driver = cn_driver_current();
    if (driver == NULL) {
        fprintf(stderr, "condis: bug check outside any driver: %s: please report this\n", text);
        abort();
    }
    const void *frames[1] = {place};
    cn_driver_stop(driver, &(struct cn_stop){.rule = CN_HOST_003,
                                             .kind = "bugcheck",
                                             .text = text,
                                             .place = place,
                                             .frames = frames,
                                             .frame_count = place != NULL ? 1 : 0});
}

VOID NTAPI KeBugCheckEx(ULONG BugCheckCode, ULONG_PTR BugCheckParameter1,
                        ULONG_PTR BugCheckParameter2, ULONG_PTR BugCheckParameter3,
                        ULONG_PTR BugCheckParameter4)
{
    struct cn_frame ddi;
    cn_ddi_enter(&ddi, &cn_nt_rows[CN_DDI_ROW_KeBugCheckEx], CN_CALLER, NULL, 0);
    cn_bugcheck(BugCheckCode,
                (uint64_t[4]){BugCheckParameter1, BugCheckParameter2, BugCheckParameter3,
                              BugCheckParameter4},
                CN_CALLER);
}

VOID NTAPI KeBugCheck(ULONG BugCheckCode)
{
    struct cn_frame ddi;
    cn_ddi_enter(&ddi, &cn_nt_rows[CN_DDI_ROW_KeBugCheck], CN_CALLER, NULL, 0);
    cn_bugcheck(BugCheckCode, (uint64_t[4]){0}, CN_CALLER);
}

/* A text of the driver, as far as it can be read. */
static const char *read_text(const char *from, char *buf, size_t size)
{
    size_t i = 0;
    for (; i + 1 < size; i++) {
        if (from == NULL || cn_probe_copy(&buf[i], from + i, 1) != 0 || buf[i] == '\0')
            break;
    }
    buf[i] = '\0';
    return buf;
}

/* ASSERT of a checked build. Windows stops in the debugger; without one that is a bug check. */
VOID NTAPI RtlAssert(PVOID VoidFailedAssertion, PVOID VoidFileName, ULONG LineNumber,
                     PSTR MutableMessage)
{
    char what[128], file[128], message[128], text[512];
    struct cn_frame ddi;
    cn_ddi_enter(&ddi, &cn_nt_rows[CN_DDI_ROW_RtlAssert], CN_CALLER, NULL, 0);
    read_text(VoidFailedAssertion, what, sizeof(what));
    read_text(VoidFileName, file, sizeof(file));
    read_text(MutableMessage, message, sizeof(message));
    struct cn_text t;
    cn_text_init(&t, text, sizeof(text));
    cn_text_put(&t, "the driver's assertion %s failed (%s:%u)%s%s", what, file, LineNumber,
                message[0] != '\0' ? ": " : "", message);
    struct cn_driver *driver = cn_driver_current();
    cn_assert(driver != NULL);
    const void *frames[1] = {CN_CALLER};
    cn_driver_stop(driver, &(struct cn_stop){.rule = CN_HOST_003,
                                             .kind = "bugcheck",
                                             .text = text,
                                             .place = CN_CALLER,
                                             .frames = frames,
                                             .frame_count = 1});
}

/* -- callbacks --------------------------------------------------------------------------------- */

/* They are never called: what they would save is the state of a machine that goes down, and here
 * only the driver does. That they are taken back before the driver goes is checked. */
struct callback {
    struct callback *next;
    void *record;
    struct cn_driver *driver;
    const void *place;
};

static struct callback *callbacks;

static bool callback_new(void *record, const void *place)
{
    for (struct callback *c = callbacks; c != NULL; c = c->next)
        if (c->record == record)
            return false;
    struct callback *c = calloc(1, sizeof(*c));
    if (c == NULL)
        return false;
    *c = (struct callback){callbacks, record, cn_driver_current(), place};
    callbacks = c;
    return true;
}

static bool callback_end(void *record)
{
    for (struct callback **at = &callbacks; *at != NULL; at = &(*at)->next) {
        struct callback *c = *at;
        if (c->record == record) {
            *at = c->next;
            free(c);
            return true;
        }
    }
    return false;
}

BOOLEAN NTAPI KeRegisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord,
                                         PKBUGCHECK_CALLBACK_ROUTINE CallbackRoutine, PVOID Buffer,
                                         ULONG Length, PUCHAR Component)
{
    CN_DDI_ENTER(ddi, KeRegisterBugCheckCallback);
    bool done = CallbackRecord->State == 0 && callback_new(CallbackRecord, CN_CALLER);
    if (done) {
        CallbackRecord->CallbackRoutine = CallbackRoutine;
        CallbackRecord->Buffer = Buffer;
        CallbackRecord->Length = Length;
        CallbackRecord->Component = Component;
        CallbackRecord->State = 1;
    }
    CN_DDI_LEAVE_VOID(ddi);
    return done;
}

BOOLEAN NTAPI KeDeregisterBugCheckCallback(PKBUGCHECK_CALLBACK_RECORD CallbackRecord)
{
    CN_DDI_ENTER(ddi, KeDeregisterBugCheckCallback);
    bool done = callback_end(CallbackRecord);
    if (done)
        CallbackRecord->State = 0;
    CN_DDI_LEAVE_VOID(ddi);
    return done;
}

BOOLEAN NTAPI KeRegisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord,
                                               PKBUGCHECK_REASON_CALLBACK_ROUTINE CallbackRoutine,
                                               KBUGCHECK_CALLBACK_REASON Reason, PUCHAR Component)
{
    (void)CallbackRoutine, (void)Reason, (void)Component;
    CN_DDI_ENTER(ddi, KeRegisterBugCheckReasonCallback);
    bool done = callback_new(CallbackRecord, CN_CALLER);
    CN_DDI_LEAVE_VOID(ddi);
    return done;
}

BOOLEAN NTAPI KeDeregisterBugCheckReasonCallback(PKBUGCHECK_REASON_CALLBACK_RECORD CallbackRecord)
{
    CN_DDI_ENTER(ddi, KeDeregisterBugCheckReasonCallback);
    bool done = callback_end(CallbackRecord);
    CN_DDI_LEAVE_VOID(ddi);
    return done;
}

void cn_bugcheck_end(struct cn_driver *driver, bool quiet)
{
    char where[160];
    for (struct callback **at = &callbacks; *at != NULL;) {
        struct callback *c = *at;
        if (c->driver != driver) {
            at = &c->next;
            continue;
        }
        if (!quiet)
            CN_TRACE(LEAK, "bug check callback", CN_STR("driver", driver->name),
                     CN_STR("what", "bug check callback"),
                     CN_STR("place", cn_image_describe(c->place, where, sizeof(where))));
        *at = c->next;
        free(c);
    }
}

void cn_bugcheck_reset(void)
{
    while (callbacks != NULL) {
        struct callback *c = callbacks;
        callbacks = c->next;
        free(c);
    }
}
