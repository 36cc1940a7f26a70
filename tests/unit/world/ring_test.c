/* What is put arrives once and in order, whatever the other side's counters say. */
#include "cn_test.h"

#include <sys/wait.h>
#include <unistd.h>

#include "world/ring.h"

static struct cn_ring writer, reader;
static char *got;
static size_t got_count;

static void open_ends(void)
{
    CN_EQ(cn_ring_open(&writer), 0);
    reader = writer;
    got = realloc(got, 2 * CN_RING_BYTES);
    got_count = 0;
}

static void keep(void *arg, const char *bytes, size_t count)
{
    CN_OK(arg == &got);
    if (got_count + count <= 2 * CN_RING_BYTES)
        memcpy(got + got_count, bytes, count);
    got_count += count;
}

/* Returns how much was taken; the counters must make sense. */
static size_t take(void)
{
    size_t taken;
    CN_OK(cn_ring_take(&reader, keep, &got, &taken));
    return taken;
}

TEST(an_empty_ring_gives_nothing)
{
    open_ends();
    CN_EQ(take(), 0);
    CN_EQ(got_count, 0);
    CN_OK(cn_ring_put(&writer, "", 0));
    CN_EQ(take(), 0);
    cn_ring_close(&writer);
}

TEST(what_is_put_is_taken_once_and_in_order)
{
    open_ends();
    CN_OK(cn_ring_put(&writer, "one\n", 4));
    CN_OK(cn_ring_put(&writer, "two\n", 4));
    CN_EQ(take(), 8);
    CN_EQ(got_count, 8);
    CN_OK(memcmp(got, "one\ntwo\n", 8) == 0);
    CN_EQ(take(), 0);
    cn_ring_close(&writer);
}

TEST(bytes_go_on_at_the_start_behind_the_end)
{
    open_ends();
    char *fill = calloc(1, CN_RING_BYTES);
    CN_OK(cn_ring_put(&writer, fill, CN_RING_BYTES - 3));
    CN_EQ(take(), CN_RING_BYTES - 3);
    got_count = 0;
    CN_OK(cn_ring_put(&writer, "abcdefg", 7));
    CN_EQ(take(), 7);
    CN_OK(memcmp(got, "abcdefg", 7) == 0);
    CN_OK(memcmp(writer.memory->bytes, "defg", 4) == 0);
    free(fill);
    cn_ring_close(&writer);
}

TEST(exactly_a_ring_full_fits_and_more_never_does)
{
    open_ends();
    char *fill = malloc(CN_RING_BYTES + 1);
    memset(fill, 'x', CN_RING_BYTES + 1);
    CN_OK(!cn_ring_put(&writer, fill, CN_RING_BYTES + 1));
    CN_EQ(take(), 0);
    CN_OK(cn_ring_put(&writer, fill, CN_RING_BYTES));
    CN_EQ(take(), CN_RING_BYTES);
    CN_OK(memcmp(got, fill, CN_RING_BYTES) == 0);
    free(fill);
    cn_ring_close(&writer);
}

/* The writer waits for room in another process, and nothing is lost or overwritten. */
TEST(a_writer_faster_than_the_reader_waits_for_room)
{
    enum { ROUNDS = 5, PIECE = 1 << 20 };
    open_ends();
    pid_t pid = fork();
    if (pid == 0) {
        char *piece = malloc(PIECE);
        for (int i = 0; i < ROUNDS * 4; i++) {
            memset(piece, 'a' + i, PIECE);
            cn_ring_put(&writer, piece, PIECE);
        }
        _exit(0);
    }
    size_t total = 0, wrong = 0;
    while (total < (size_t)ROUNDS * 4 * PIECE) {
        got_count = 0;
        size_t taken = take();
        for (size_t i = 0; i < taken; i++)
            wrong += got[i] != (char)('a' + (total + i) / PIECE);
        total += taken;
    }
    CN_EQ(wrong, 0);
    CN_EQ(waitpid(pid, NULL, 0), pid);
    CN_EQ(take(), 0);
    cn_ring_close(&writer);
}

TEST(what_was_put_before_a_crash_is_there_and_a_half_line_is_not)
{
    open_ends();
    pid_t pid = fork();
    if (pid == 0) {
        cn_ring_put(&writer, "whole\n", 6);
        memcpy(writer.memory->bytes + writer.at, "half of a li", 12);
        _exit(1);
    }
    CN_EQ(waitpid(pid, NULL, 0), pid);
    CN_EQ(take(), 6);
    CN_OK(memcmp(got, "whole\n", 6) == 0);
    cn_ring_close(&writer);
}

static void corrupt_put_is_told(uint64_t put)
{
    size_t taken = 1;
    reader.memory->put = put;
    got_count = 0;
    CN_OK(!cn_ring_take(&reader, keep, &got, &taken));
    CN_EQ(taken, 0);
    CN_EQ(got_count, 0);
}

TEST(a_counter_that_makes_no_sense_is_told_and_reads_nothing)
{
    open_ends();
    CN_OK(cn_ring_put(&writer, "0123456789", 10));
    CN_EQ(take(), 10);
    corrupt_put_is_told(9); /* backwards */
    corrupt_put_is_told(9 + CN_RING_BYTES + 1);
    corrupt_put_is_told(UINT64_MAX / 2);
    corrupt_put_is_told(0);
    cn_ring_close(&writer);
}

TEST(after_a_wrong_counter_the_next_bytes_arrive)
{
    open_ends();
    CN_OK(cn_ring_put(&writer, "first", 5));
    writer.memory->put = UINT64_MAX - 5;
    size_t taken;
    CN_OK(!cn_ring_take(&reader, keep, &got, &taken));
    /* The writer is not misled by what was written over its counter, nor by the reader's. */
    writer.memory->taken = 0;
    CN_OK(cn_ring_put(&writer, "second", 6));
    (void)cn_ring_take(&reader, keep, &got, &taken);
    got_count = 0;
    CN_OK(cn_ring_put(&writer, "third", 5));
    CN_EQ(take(), 5);
    CN_OK(memcmp(got, "third", 5) == 0);
    cn_ring_close(&writer);
}

TEST(counters_may_pass_their_greatest_value)
{
    open_ends();
    writer.at = reader.at = writer.memory->put = writer.memory->taken = UINT64_MAX - 2;
    CN_OK(cn_ring_put(&writer, "wrapped", 7));
    CN_EQ(take(), 7);
    CN_OK(memcmp(got, "wrapped", 7) == 0);
    CN_EQ(reader.memory->taken, 4);
    cn_ring_close(&writer);
}

/* A writer that wrote over the reader's counter sees room again after the next look. */
TEST(the_reader_repairs_its_counter)
{
    open_ends();
    writer.memory->taken = 12345;
    CN_EQ(take(), 0);
    CN_EQ(writer.memory->taken, 0);
    cn_ring_close(&writer);
}

int main(int argc, char **argv)
{
    return cn_test_main(argc, argv);
}
