/*
 * A mutator for files of lines. Blind changes of bytes leave most YAML broken,
 * and what lies behind the reader untried; so every other change here is one
 * of lines and values: a line goes, comes twice or trades places, a value is
 * another line's or is itself mutated. The rest is libFuzzer's own.
 */
#ifndef NYUSHO_TESTS_FUZZ_LINES_H
#define NYUSHO_TESTS_FUZZ_LINES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t len, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t room,
                               unsigned int seed);

struct fuzz_span {
    size_t from, to;
};

static struct fuzz_span fuzz_line(const uint8_t *bytes, size_t len, size_t in)
{
    struct fuzz_span line = {in, in};
    while (line.from > 0 && bytes[line.from - 1] != '\n')
        line.from--;
    while (line.to < len && bytes[line.to] != '\n')
        line.to++;
    line.to += line.to < len; /* with its end */
    return line;
}

/* What follows the first ": " or "- " of a line; the whole without either. */
static struct fuzz_span fuzz_value(const uint8_t *bytes, struct fuzz_span line)
{
    size_t end = line.to;
    end -= end > line.from && bytes[end - 1] == '\n';
    for (size_t i = line.from; i + 1 < end; i++)
        if ((bytes[i] == ':' || bytes[i] == '-') && bytes[i + 1] == ' ')
            return (struct fuzz_span){i + 2, end};
    return (struct fuzz_span){line.from, end};
}

/* Puts `n` bytes of `with`, which may lie in `bytes`, in the place of `span`;
 * as it was where there is no room. */
static size_t fuzz_replace(uint8_t *bytes, size_t len, size_t room,
                           struct fuzz_span span, const uint8_t *with, size_t n)
{
    size_t made = len - (span.to - span.from) + n;
    if (made > room)
        return len;
    uint8_t *copy = malloc(n + 1);
    if (!copy)
        abort();
    memcpy(copy, with, n);
    memmove(bytes + span.from + n, bytes + span.to, len - span.to);
    memcpy(bytes + span.from, copy, n);
    free(copy);
    return made;
}

static size_t fuzz_mutate_value(uint8_t *bytes, size_t len, size_t room,
                                struct fuzz_span value)
{
    uint8_t text[512];
    size_t n = value.to - value.from;
    if (n > sizeof text)
        return LLVMFuzzerMutate(bytes, len, room);
    memcpy(text, bytes + value.from, n);
    n = LLVMFuzzerMutate(text, n, sizeof text);
    return fuzz_replace(bytes, len, room, value, text, n);
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t len, size_t room,
                               unsigned int seed)
{
    if (len == 0 || seed % 2)
        return LLVMFuzzerMutate(bytes, len, room);
    struct fuzz_span one = fuzz_line(bytes, len, seed / 16 % len);
    struct fuzz_span other = fuzz_line(bytes, len, seed / 7 * 13 % len);
    struct fuzz_span value = fuzz_value(bytes, other);
    switch (seed / 2 % 8) {
    case 0: /* a line goes */
        return fuzz_replace(bytes, len, room, one, bytes, 0);
    case 1: /* one comes twice */
        return fuzz_replace(bytes, len, room,
                            (struct fuzz_span){other.to, other.to},
                            bytes + one.from, one.to - one.from);
    case 2: /* one line is another */
        return fuzz_replace(bytes, len, room, one, bytes + other.from,
                            other.to - other.from);
    case 3: /* a value is another's */
    case 4:
        return fuzz_replace(bytes, len, room, fuzz_value(bytes, one),
                            bytes + value.from, value.to - value.from);
    default:
        return fuzz_mutate_value(bytes, len, room, value);
    }
}

#endif
