/* cn_test.h - the whole test framework: one program per source file, one function per contract.
 *
 *     TEST(a_cut_text_says_so) { ... CN_EQ(len, 3); }
 *     int main(int argc, char **argv) { return cn_test_main(argc, argv); }
 *
 * Each test prints `ok name` or `not ok name - file:line: what`. A failed check ends its test only.
 * Arguments select tests whose name contains one of them. Exit status 1 when any failed.
 */
#ifndef CN_TEST_H
#define CN_TEST_H

#include <inttypes.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cn_test {
    const char *name;
    void (*run)(void);
    struct cn_test *next;
};

static struct cn_test *cn_tests, **cn_tests_tail = &cn_tests;
static jmp_buf cn_test_end;
static char cn_test_message[1024];
enum { CN_TEST_FAILED = 1, CN_TEST_SKIPPED = 2 };

#define TEST(test_name)                                                                            \
    static void test_name(void);                                                                   \
    static struct cn_test cn_test_##test_name = {.name = #test_name, .run = test_name};            \
    __attribute__((constructor)) static void cn_register_##test_name(void)                         \
    {                                                                                              \
        *cn_tests_tail = &cn_test_##test_name;                                                     \
        cn_tests_tail = &cn_test_##test_name.next;                                                 \
    }                                                                                              \
    static void test_name(void)

#define CN_FAIL(...)                                                                               \
    do {                                                                                           \
        int cn_n_ = snprintf(cn_test_message, sizeof(cn_test_message), "%s:%d: ", __FILE__,        \
                             __LINE__);                                                            \
        snprintf(cn_test_message + cn_n_, sizeof(cn_test_message) - (size_t)cn_n_, __VA_ARGS__);   \
        longjmp(cn_test_end, CN_TEST_FAILED);                                                      \
    } while (0)

#define CN_SKIP(...)                                                                               \
    do {                                                                                           \
        snprintf(cn_test_message, sizeof(cn_test_message), __VA_ARGS__);                           \
        longjmp(cn_test_end, CN_TEST_SKIPPED);                                                     \
    } while (0)

#define CN_OK(cond)                                                                                \
    do {                                                                                           \
        if (!(cond))                                                                               \
            CN_FAIL("%s does not hold", #cond);                                                    \
    } while (0)

/* Both values are shown, as signed decimal and hexadecimal. */
#define CN_EQ(is, want)                                                                            \
    do {                                                                                           \
        long long cn_is_ = (long long)(is), cn_want_ = (long long)(want);                          \
        if (cn_is_ != cn_want_)                                                                    \
            CN_FAIL("%s is %lld (0x%llx), not %lld (0x%llx)", #is, cn_is_,                         \
                    (unsigned long long)cn_is_, cn_want_, (unsigned long long)cn_want_);           \
    } while (0)

#define CN_STREQ(is, want)                                                                         \
    do {                                                                                           \
        const char *cn_is_ = (is), *cn_want_ = (want);                                             \
        if (cn_is_ == NULL || strcmp(cn_is_, cn_want_) != 0)                                       \
            CN_FAIL("%.80s is \"%.400s\", not \"%.400s\"", #is,                                    \
                    cn_is_ ? cn_is_ : "(null)", cn_want_);                                         \
    } while (0)

/* The text contains the part. */
#define CN_HAS(text, part)                                                                         \
    do {                                                                                           \
        const char *cn_is_ = (text), *cn_want_ = (part);                                           \
        if (cn_is_ == NULL || strstr(cn_is_, cn_want_) == NULL)                                    \
            CN_FAIL("\"%s\" is not in: %.600s", cn_want_, cn_is_ ? cn_is_ : "(null)");             \
    } while (0)

static inline int cn_test_selected(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strstr(name, argv[i]) != NULL)
            return 1;
    return argc < 2;
}

static inline int cn_test_main(int argc, char **argv)
{
    volatile int failed = 0; /* both live across longjmp */
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct cn_test *volatile t = cn_tests; t != NULL; t = t->next) {
        if (!cn_test_selected(t->name, argc, argv))
            continue;
        int end = setjmp(cn_test_end);
        if (end == 0)
            t->run();
        if (end == CN_TEST_FAILED)
            printf("not ok %s - %s\n", t->name, cn_test_message);
        else if (end == CN_TEST_SKIPPED)
            printf("skip %s - %s\n", t->name, cn_test_message);
        else
            printf("ok %s\n", t->name);
        if (end == CN_TEST_FAILED)
            failed = 1;
    }
    return failed;
}

#endif
