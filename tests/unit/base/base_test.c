/* base_test.c - bounded text, short formats, UTF conversions, assertions. */
#include "cn_test.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/base.h"

/* -- bounded text ------------------------------------------------------------------------------ */

TEST(a_new_text_is_empty_and_whole)
{
    char buf[8] = "xxxxxxx";
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    CN_STREQ(buf, "");
    CN_EQ(t.len, 0);
    CN_OK(!t.cut);
}

TEST(text_that_fits_exactly_is_not_cut)
{
    char buf[6];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    cn_text_put(&t, "%s", "abc");
    cn_text_put(&t, "%d", 42);
    CN_STREQ(buf, "abc42");
    CN_EQ(t.len, 5);
    CN_OK(!t.cut);
}

TEST(a_cut_text_says_so_and_stays_inside_its_buffer)
{
    char buf[8];
    memset(buf, '#', sizeof(buf));
    struct cn_text t;
    cn_text_init(&t, buf, 5);
    cn_text_put(&t, "%s", "abcdefgh");
    CN_STREQ(buf, "abcd");
    CN_EQ(t.len, 4);
    CN_OK(t.cut);
    CN_EQ(buf[5], '#');
}

TEST(characters_after_a_cut_are_dropped_without_harm)
{
    char buf[4];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    for (int i = 0; i < 10; i++)
        cn_text_char(&t, (char)('a' + i));
    CN_STREQ(buf, "abc");
    CN_OK(t.cut);
    cn_text_put(&t, "more");
    CN_STREQ(buf, "abc");
}

TEST(a_text_of_one_byte_holds_nothing_but_its_end)
{
    char buf[1];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    cn_text_char(&t, 'a');
    cn_text_put(&t, "b");
    CN_STREQ(buf, "");
    CN_OK(t.cut);
}

TEST(an_empty_format_changes_nothing)
{
    char buf[4];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    cn_text_put(&t, "%s", "");
    CN_EQ(t.len, 0);
    CN_OK(!t.cut);
}

TEST(thirty_two_short_formats_live_at_the_same_time)
{
    const char *text[32];
    for (int i = 0; i < 32; i++)
        text[i] = cn_fmt("number %d", i);
    for (int i = 0; i < 32; i++) {
        char want[32];
        snprintf(want, sizeof(want), "number %d", i);
        CN_STREQ(text[i], want);
    }
}

TEST(a_short_format_is_cut_at_its_255th_character)
{
    char longer[400];
    memset(longer, 'x', sizeof(longer) - 1);
    longer[sizeof(longer) - 1] = '\0';
    CN_EQ(strlen(cn_fmt("%s", longer)), 255);
}

/* -- UTF --------------------------------------------------------------------------------------- */

static const char *from_utf16(const uint16_t *s, size_t units)
{
    static char out[64];
    size_t len = cn_utf16_to_utf8(s, units, out, sizeof(out));
    CN_EQ(len, strlen(out));
    return out;
}

TEST(utf16_of_each_length_becomes_utf8)
{
    static const uint16_t s[] = {'A', 0x7F, 0x80, 0xE9, 0x7FF, 0x800, 0x20AC, 0xFFFD};
    CN_STREQ(from_utf16(s, CN_ARRAY_SIZE(s)),
             "A\x7F\xC2\x80\xC3\xA9\xDF\xBF\xE0\xA0\x80\xE2\x82\xAC\xEF\xBF\xBD");
}

TEST(a_surrogate_pair_is_one_character)
{
    static const uint16_t s[] = {0xD83D, 0xDE00, 0xD800, 0xDC00, 0xDBFF, 0xDFFF};
    CN_STREQ(from_utf16(s, CN_ARRAY_SIZE(s)), "\xF0\x9F\x98\x80\xF0\x90\x80\x80\xF4\x8F\xBF\xBF");
}

TEST(lone_surrogates_become_replacement_characters)
{
    static const uint16_t high_last[] = {'a', 0xD800};
    static const uint16_t high_then_letter[] = {0xD800, 'b'};
    static const uint16_t low_first[] = {0xDC00, 0xD800, 0xD800, 0xDC00};
    CN_STREQ(from_utf16(high_last, 2), "a\xEF\xBF\xBD");
    CN_STREQ(from_utf16(high_then_letter, 2), "\xEF\xBF\xBD"
                                              "b");
    CN_STREQ(from_utf16(low_first, 4), "\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x90\x80\x80");
}

TEST(utf8_output_is_cut_between_characters)
{
    static const uint16_t s[] = {'a', 0x20AC, 'b'};
    char out[8];
    for (size_t size = 1; size <= 4; size++) {
        memset(out, '#', sizeof(out));
        CN_EQ(cn_utf16_to_utf8(s, 3, out, size), size == 1 ? 0 : 1);
        CN_STREQ(out, size == 1 ? "" : "a");
        CN_EQ(out[size], '#');
    }
    CN_EQ(cn_utf16_to_utf8(s, 3, out, 5), 4);
    CN_EQ(cn_utf16_to_utf8(s, 3, out, 6), 5);
}

TEST(no_units_give_an_empty_string)
{
    char out[2] = "x";
    CN_EQ(cn_utf16_to_utf8(NULL, 0, out, sizeof(out)), 0);
    CN_STREQ(out, "");
}

TEST(utf8_of_each_length_becomes_utf16)
{
    uint16_t out[16];
    CN_EQ(cn_utf8_to_utf16("A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", out, 16), 5);
    static const uint16_t want[] = {'A', 0xE9, 0x20AC, 0xD83D, 0xDE00, 0};
    CN_EQ(memcmp(out, want, sizeof(want)), 0);
}

/* Every one must end, and none may read past its NUL. */
TEST(malformed_utf8_becomes_replacement_characters)
{
    static const struct {
        const char *bytes;
        size_t units;
    } row[] = {
        {"\x80", 1},             /* continuation without a start */
        {"\xC3", 1},             /* cut short */
        {"\xE2\x82", 2},         /* cut short: each byte on its own */
        {"\xC0\x80", 1},         /* overlong NUL */
        {"\xE0\x80\x80", 1},     /* overlong */
        {"\xED\xA0\x80", 1},     /* surrogate */
        {"\xF4\x90\x80\x80", 1}, /* above U+10FFFF */
        {"\xFF\xFE", 2},
        {"\xF8\x88\x80\x80\x80", 5},
    };
    for (size_t i = 0; i < CN_ARRAY_SIZE(row); i++) {
        uint16_t out[8];
        CN_EQ(cn_utf8_to_utf16(row[i].bytes, out, 8), row[i].units);
        CN_EQ(out[0], 0xFFFD);
        CN_EQ(out[row[i].units], 0);
    }
}

TEST(utf16_output_is_cut_before_a_pair_that_does_not_fit)
{
    uint16_t out[4];
    CN_EQ(cn_utf8_to_utf16("a\xF0\x9F\x98\x80", out, 3), 1);
    CN_EQ(out[1], 0);
    CN_EQ(cn_utf8_to_utf16("a\xF0\x9F\x98\x80", out, 4), 3);
    CN_EQ(cn_utf8_to_utf16("abc", out, 1), 0);
    CN_EQ(out[0], 0);
}

TEST(every_character_survives_the_way_there_and_back)
{
    for (uint32_t c = 1; c <= 0x10FFFF; c += c < 0x10000 ? 1 : 257) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        uint16_t in[3] = {(uint16_t)c, 0, 0}, back[4];
        size_t units = 1;
        if (c >= 0x10000) {
            in[0] = (uint16_t)(0xD800 + ((c - 0x10000) >> 10));
            in[1] = (uint16_t)(0xDC00 + ((c - 0x10000) & 0x3FF));
            units = 2;
        }
        char out[8];
        cn_utf16_to_utf8(in, units, out, sizeof(out));
        CN_EQ(cn_utf8_to_utf16(out, back, 4), units);
        CN_EQ(memcmp(in, back, units * 2), 0);
    }
}

/* -- assertions -------------------------------------------------------------------------------- */

static void hook(void)
{
    static const char text[] = "hook ran\n";
    ssize_t n = write(STDERR_FILENO, text, sizeof(text) - 1);
    (void)n;
}

TEST(a_failed_assertion_says_where_runs_the_hook_and_aborts)
{
    int pipe_fd[2];
    CN_EQ(pipe(pipe_fd), 0);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(pipe_fd[1], STDERR_FILENO);
        signal(SIGABRT, SIG_DFL);
        cn_assert_hook(hook);
        cn_assert(1 + 1 == 3);
        _exit(0);
    }
    close(pipe_fd[1]);
    char text[512] = "";
    size_t len = 0;
    for (ssize_t n; (n = read(pipe_fd[0], text + len, sizeof(text) - 1 - len)) > 0;)
        len += (size_t)n;
    close(pipe_fd[0]);
    int status;
    CN_EQ(waitpid(pid, &status, 0), pid);
    CN_OK(WIFSIGNALED(status));
    CN_EQ(WTERMSIG(status), SIGABRT);
    CN_HAS(text, "base_test.c:");
    CN_HAS(text, "1 + 1 == 3");
    CN_HAS(text, "hook ran");
}

TEST(an_assertion_that_holds_does_nothing)
{
    int evaluated = 0;
    cn_assert(++evaluated == 1);
    CN_EQ(evaluated, 1);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
