/* write_test.c - events as JSON and text lines, for whatever strings a driver or file brings. */
#include "cn_test.h"

#include <jansson.h>

#include "trace/trace.h"

static char line[4096];

#define EVENT_OF(...)                                                                              \
    ((struct cn_event){.seq = 7,                                                                   \
                       .time_100ns = 150,                                                          \
                       .kind = CN_EV_CALL,                                                         \
                       .name = "NdisFoo",                                                          \
                       .count = CN_ARRAY_SIZE(((const struct cn_field[]){__VA_ARGS__})),           \
                       .field = (const struct cn_field[]){__VA_ARGS__}})

static const char *json_of(struct cn_event ev)
{
    size_t len = cn_event_json(&ev, line, sizeof(line));
    CN_EQ(len, strlen(line));
    CN_OK(strchr(line, '\n') == NULL);
    return line;
}

static const char *text_of(struct cn_event ev)
{
    size_t len = cn_event_text(&ev, line, sizeof(line));
    CN_EQ(len, strlen(line));
    return line;
}

static const char *string_of(const char *s)
{
    static char buf[256];
    struct cn_text t;
    cn_text_init(&t, buf, sizeof(buf));
    cn_json_string(&t, s);
    return buf;
}

/* -- JSON -------------------------------------------------------------------------------------- */

TEST(json_has_every_type_of_field_in_order)
{
    CN_STREQ(
        json_of(EVENT_OF(CN_STR("driver", "wan.sys"), CN_U64("size", 152), CN_HEX("tag", 0xBEEF),
                         CN_BOOL("big", 2), CN_BOOL("no", 0), CN_STATUS("status", 0xC0000001))),
        "{\"seq\":7,\"time\":150,\"event\":\"call\",\"name\":\"NdisFoo\","
        "\"driver\":\"wan.sys\",\"size\":152,\"tag\":\"0xbeef\",\"big\":true,\"no\":false,"
        "\"status\":{\"code\":\"0xC0000001\",\"name\":\"NDIS_STATUS_FAILURE\"}}");
}

TEST(an_event_without_fields_is_an_object_too)
{
    struct cn_event ev = {.seq = 1, .kind = CN_EV_DONE};
    CN_STREQ(json_of(ev), "{\"seq\":1,\"time\":0,\"event\":\"done\"}");
}

TEST(strings_that_are_null_are_left_out)
{
    CN_STREQ(json_of(EVENT_OF(CN_STR("a", NULL), CN_STR("b", ""))),
             "{\"seq\":7,\"time\":150,\"event\":\"call\",\"name\":\"NdisFoo\",\"b\":\"\"}");
}

TEST(a_status_without_a_name_has_its_code_only)
{
    CN_HAS(json_of(EVENT_OF(CN_STATUS("status", 0xDEADBEEF))),
           "\"status\":{\"code\":\"0xDEADBEEF\"}}");
}

TEST(a_kernel_status_has_its_nt_name)
{
    CN_HAS(json_of(EVENT_OF(CN_NTSTATUS("status", 0))),
           "{\"code\":\"0x00000000\",\"name\":\"STATUS_SUCCESS\"}");
    CN_HAS(json_of(EVENT_OF(CN_STATUS("status", 0))), "\"name\":\"NDIS_STATUS_SUCCESS\"}");
}

TEST(a_negative_status_is_written_as_32_bits)
{
    CN_HAS(json_of(EVENT_OF(CN_STATUS("status", (int32_t)0xC0010004))), "\"0xC0010004\"");
}

TEST(integers_stay_in_the_range_of_json_readers)
{
    CN_HAS(json_of(EVENT_OF(CN_U64("n", UINT64_MAX))), "\"n\":9223372036854775807}");
    CN_HAS(json_of(EVENT_OF(CN_HEX("n", UINT64_MAX))), "\"n\":\"0xffffffffffffffff\"}");
    CN_HAS(json_of(EVENT_OF(CN_U64("n", 0))), "\"n\":0}");
}

TEST(json_strings_are_escaped)
{
    CN_STREQ(string_of("a\"b\\c/d"), "\"a\\\"b\\\\c/d\"");
    CN_STREQ(string_of("\n\r\t\b\x01\x1f\x7f"), "\"\\n\\r\\t\\u0008\\u0001\\u001f\\u007f\"");
    CN_STREQ(string_of(""), "\"\"");
    CN_STREQ(string_of("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"),
             "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

#define FFFD "\xEF\xBF\xBD"

TEST(malformed_utf8_in_strings_is_replaced)
{
    CN_STREQ(string_of("\x80"), "\"" FFFD "\"");
    CN_STREQ(string_of("a\xC3"), "\"a" FFFD "\"");
    CN_STREQ(string_of("\xE2\x82"), "\"" FFFD FFFD "\"");
    CN_STREQ(string_of("\xC0\xAF"), "\"" FFFD FFFD "\"");
    CN_STREQ(string_of("\xE0\x80\xAF"), "\"" FFFD FFFD FFFD "\"");
    CN_STREQ(string_of("\xED\xA0\x80"), "\"" FFFD FFFD FFFD "\"");
    CN_STREQ(string_of("\xF0\x8F\xBF\xBF"), "\"" FFFD FFFD FFFD FFFD "\"");
    CN_STREQ(string_of("\xF4\x90\x80\x80"), "\"" FFFD FFFD FFFD FFFD "\"");
    CN_STREQ(string_of("\xF5\xFFz"), "\"" FFFD FFFD "z\"");
}

/* jansson is strict about both: what it accepts is JSON and UTF-8. */
static void check_parses(size_t len)
{
    json_error_t error;
    json_t *j = json_loadb(line, len, JSON_REJECT_DUPLICATES, &error);
    if (j == NULL)
        CN_FAIL("%s: %.300s", error.text, line);
    json_decref(j);
}

TEST(hostile_strings_give_lines_that_parse)
{
    uint32_t random = 12345;
    for (int round = 0; round < 3000; round++) {
        char s[200];
        size_t len = (random >> 8) % sizeof(s);
        for (size_t i = 0; i < len; i++) {
            random = random * 1664525 + 1013904223;
            s[i] = (char)(random >> 24);
        }
        s[len > 0 ? len - 1 : 0] = '\0';
        struct cn_event ev = EVENT_OF(CN_STR("text", s), CN_STR("again", s));
        ev.name = s;
        check_parses(cn_event_json(&ev, line, sizeof(line)));
    }
}

TEST(a_line_cut_at_any_length_parses_and_says_so)
{
    struct cn_event ev =
        EVENT_OF(CN_STR("a", "some text with \"quotes\" \x01"), CN_U64("b", 123456),
                 CN_STATUS("c", 0xC0000001), CN_BOOL("d", true),
                 CN_STR("e", "\xE2\x82\xAC\xE2\x82\xAC"), CN_HEX("f", 0xFFFF));
    size_t whole = cn_event_json(&ev, line, sizeof(line));
    CN_OK(strstr(line, "cut") == NULL);
    for (size_t size = CN_EVENT_JSON_MIN; size < whole + 20; size++) {
        memset(line, '#', sizeof(line));
        size_t len = cn_event_json(&ev, line, size);
        CN_OK(len < size);
        CN_EQ(line[len], '\0');
        CN_EQ(line[size], '#');
        check_parses(len);
        CN_OK(len == whole || strstr(line, ",\"cut\":true}") != NULL);
    }
    CN_EQ(cn_event_json(&ev, line, whole + 13), whole);
}

TEST(a_field_too_long_is_left_out_and_later_ones_stay)
{
    static char longer[8000];
    memset(longer, 'x', sizeof(longer) - 1);
    struct cn_event ev = EVENT_OF(CN_STR("long", longer), CN_U64("n", 1));
    check_parses(cn_event_json(&ev, line, sizeof(line)));
    CN_HAS(line, "\"name\":\"NdisFoo\",\"n\":1,\"cut\":true}");
    ev.name = longer;
    cn_event_json(&ev, line, CN_EVENT_JSON_MIN);
    CN_STREQ(line, "{\"seq\":7,\"time\":150,\"event\":\"call\",\"n\":1,\"cut\":true}");
}

/* -- text -------------------------------------------------------------------------------------- */

TEST(text_has_number_time_kind_name_and_fields)
{
    CN_STREQ(text_of(EVENT_OF(CN_STR("driver", "wan.sys"), CN_U64("size", 152), CN_BOOL("ok", 1),
                              CN_STATUS("status", 0xC0000001))),
             "7      0.0000150   call       NdisFoo driver=wan.sys size=152 ok=yes "
             "status=NDIS_STATUS_FAILURE");
}

TEST(text_quotes_what_would_be_misread)
{
    CN_HAS(text_of(EVENT_OF(CN_STR("a", "adapter 0"), CN_STR("b", ""), CN_STR("c", "x=y"),
                            CN_STR("d", NULL))),
           " a=\"adapter 0\" b=\"\" c=\"x=y\"");
}

TEST(text_shows_control_characters_and_never_sends_them)
{
    CN_HAS(text_of(EVENT_OF(CN_STR("a", "\x1b[31mred\n\x7f"))), " a=\\x1b[31mred\\x0a\\x7f");
    CN_HAS(text_of(EVENT_OF(CN_STR("a", "\xFF"))), " a=" FFFD);
}

TEST(text_gives_unknown_status_values_as_numbers)
{
    CN_HAS(text_of(EVENT_OF(CN_STATUS("s", 0xDEADBEEF), CN_HEX("h", 255))), " s=0xDEADBEEF h=0xff");
}

TEST(time_is_in_seconds)
{
    struct cn_event ev = EVENT_OF(CN_U64("n", 1));
    ev.time_100ns = 123 * UINT64_C(10000000) + 45;
    CN_HAS(text_of(ev), " 123.0000045 ");
}

TEST(text_is_cut_at_the_size_of_the_buffer)
{
    struct cn_event ev = EVENT_OF(CN_STR("a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"));
    for (size_t size = 1; size < 90; size++) {
        memset(line, '#', sizeof(line));
        size_t len = cn_event_text(&ev, line, size);
        CN_OK(len < size);
        CN_EQ(line[len], '\0');
        CN_EQ(line[size], '#');
    }
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
