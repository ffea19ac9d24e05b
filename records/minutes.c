#include "records/minutes.h"

#include <ctype.h>
#include <string.h>

static bool eat(const char **at, const char *word)
{
    size_t len = strlen(word);
    if (strncmp(*at, word, len) != 0)
        return false;
    *at += len;
    return true;
}

/* Up to 6 digits. */
static bool eat_digits(const char **at, int64_t *out)
{
    const char *c = *at;
    *out = 0;
    while (isdigit((unsigned char)*c) && c - *at < 6)
        *out = *out * 10 + (*c++ - '0');
    bool any = c > *at;
    *at = c;
    return any;
}

/* ".5" of an hour: only what is whole minutes. */
static bool eat_fraction(const char **at, int64_t *minutes)
{
    int64_t digits = 0, scale = 1;
    if (!eat(at, "."))
        return true;
    for (; isdigit((unsigned char)**at) && scale < 100000; (*at)++) {
        digits = digits * 10 + (**at - '0');
        scale *= 10;
    }
    *minutes = digits * 60 / scale;
    return scale > 1 && digits * 60 % scale == 0;
}

/* The two digits of 160:30. */
static bool after_colon(const char *at, int64_t hours, int64_t *out)
{
    int64_t minutes;
    if (strlen(at) != 2 || !eat_digits(&at, &minutes))
        return false;
    *out = hours * 60 + minutes;
    return !*at && minutes < 60;
}

bool minutes_parse(const char *at, int64_t *out)
{
    static const char *const hour_words[] = {"時間", "時", "h"};
    int64_t first, fraction = 0, minutes = 0;
    bool hours = false, dot;
    if (!eat_digits(&at, &first))
        return false;
    if (eat(&at, ":"))
        return after_colon(at, first, out);
    dot = *at == '.';
    if (!eat_fraction(&at, &fraction))
        return false;
    for (size_t i = 0; i < 3 && !hours; i++)
        hours = eat(&at, hour_words[i]);
    if (!hours) {
        *out = first;
        return !dot && (eat(&at, "分") || eat(&at, "m")) && !*at;
    }
    *out = first * 60 + fraction;
    if (eat(&at, "半"))
        minutes = 30;
    else if (eat_digits(&at, &minutes) && !eat(&at, "分") && !eat(&at, "m"))
        return false;
    *out += minutes;
    return !*at && minutes < 60 && !(dot && minutes);
}

bool clock_parse(const char *text, int64_t *out)
{
    bool morning = eat(&text, "午前");
    bool afternoon = !morning && eat(&text, "午後");
    if (!minutes_parse(text, out) || ((morning || afternoon) && *out >= 720))
        return false;
    if (afternoon)
        *out += 720;
    return true;
}
