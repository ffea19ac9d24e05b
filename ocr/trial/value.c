/* Made-up values: what could stand in a field, by its kind and what it is
 * bound to. */
#include "ocr/trial/trial.h"

#include "core/date.h"
#include "ocr/paper/random.h"

#include <string.h>

#define BLANK 120 /* in 1,000, of what may be left blank */
#define MOST_DIGITS 40
#define DIGIT_WIDTH 35  /* tenths of a mm: a digit without a cell */
#define LETTER_WIDTH 42 /* a letter, likewise */
/* Days that people write of: parents' births to what comes next year. */
#define FIRST_DAY date_day(1975, 1, 1)
#define LAST_DAY date_day(2028, 3, 31)

static const char *const kana[] = {
    "ミホン　ハナコ", "レイダイ　タロウ", "カクウ　ミナト",
    "テスト　アオイ", "シヨウ　ソラ",     "ヒナガタ　リン",
};
static const char *const names[] = {
    "見本　花子", "例題　太郎", "架空　湊", "仮名　葵", "雛形　凜", "標本　空",
};
static const char *const texts[] = {
    "見本市中央一丁目2番3号", "例題町12番地の3",    "株式会社見本商店",
    "見本第一保育園",         "きょうだいと同じ園", "会社員",
};
#define COUNT(list) ((int)(sizeof(list) / sizeof *(list)))

/* As much of it as the box has room for. */
static const char *fitted(const struct form_field *f, const char *text,
                          struct arena *a)
{
    const struct form_part *part = &f->parts[0];
    size_t room = part->n_cells ? part->n_cells
                                : (size_t)(part->box.width / LETTER_WIDTH);
    const char *at = text;

    for (size_t i = 0; *at && i < (room ? room : 1); i++)
        for (at++; ((unsigned char)*at & 0xC0) == 0x80;)
            at++;
    return arena_copy(a, text, (size_t)(at - text));
}

static const char *words(const struct form_field *f, struct random *r,
                         struct arena *a)
{
    if (f->kind == FIELD_KANA)
        return fitted(f, kana[random_below(r, COUNT(kana))], a);
    if (f->kind == FIELD_NAME)
        return fitted(f, names[random_below(r, COUNT(names))], a);
    return fitted(f, texts[random_below(r, COUNT(texts))], a);
}

/* ── digits ─────────────────────────────────────────────────────────────── */

static int room_of(const struct form_part *part, int most)
{
    int n = part->n_cells ? (int)part->n_cells : part->box.width / DIGIT_WIDTH;

    return n < 1 ? 1 : n > most ? most : n;
}

/* Puts the check digit where the rule wants it; false where the rule gives out
 * no such code. */
static bool obey(const struct check_rule *rule, char *digits, size_t n)
{
    int check = n < 2 ? -1 : check_digit_of(rule, digits + rule->first, n - 1);

    if (check >= 0)
        digits[rule->first ? 0 : n - 1] = (char)('0' + check);
    return check >= 0 || n < 2;
}

static const char *code(const struct form_field *f, struct random *r,
                        struct arena *a)
{
    char digits[MOST_DIGITS + 1];
    size_t n = 0;

    for (size_t p = 0; p < f->n_parts; p++)
        n += (size_t)room_of(&f->parts[p], 12);
    n = n > MOST_DIGITS ? MOST_DIGITS : n;
    if (f->check && f->check->length && f->check->length <= MOST_DIGITS)
        n = f->check->length;
    do {
        for (size_t i = 0; i < n; i++)
            digits[i] = (char)('0' + random_below(r, 10));
    } while (f->check && !obey(f->check, digits, n));
    const char *out = "";
    size_t at = 0;
    for (size_t p = 0; p < f->n_parts && at < n; p++) {
        size_t len = (size_t)room_of(&f->parts[p], 12);
        len = p + 1 == f->n_parts || len > n - at ? n - at : len;
        out = arena_printf(a, "%s%s%.*s", out, p ? "-" : "", (int)len,
                           digits + at);
        at += len;
    }
    return out;
}

static const char *number(const struct form_field *f, struct random *r,
                          struct arena *a)
{
    int room = room_of(&f->parts[0], 5), below = 10;

    for (int i = random_between(r, 1, room); i > 1; i--)
        below *= 10;
    if (f->check)
        return code(f, r, a);
    return arena_printf(a, "%d", random_below(r, below));
}

/* ── dates and times ────────────────────────────────────────────────────── */

/* May this day be written here: is its era one of those printed? */
static bool has_era(const struct form_field *f, int32_t day)
{
    for (size_t i = 0; i < f->n_options; i++)
        if (era_parse(f->options[i].value) == era_of_day(day))
            return true;
    return f->n_options == 0;
}

static const char *date(const struct form_field *f, struct random *r,
                        struct arena *a)
{
    int32_t first = FIRST_DAY, last = LAST_DAY, day;
    int tries = 0;

    /* Eras before 1975 are printed for the old; they are as good. */
    do {
        if (++tries == 1000)
            first = date_day(1900, 1, 1);
        day = random_between(r, first, last);
    } while (!has_era(f, day) && tries < 10000);
    return f->kind == FIELD_DATE ? date_iso(day, a)
                                 : arena_copy(a, date_iso(day, a), 7);
}

static const struct form_part *part_of(const struct form_field *f,
                                       enum form_part_role role)
{
    for (size_t i = 0; i < f->n_parts; i++)
        if (f->parts[i].role == role)
            return &f->parts[i];
    return NULL;
}

static const char *time_value(const struct form_field *f, struct random *r,
                              struct arena *a)
{
    bool clock =
        f->field && f->field->unit && strcmp(f->field->unit, "clock") == 0;
    const struct form_part *hour = part_of(f, PART_HOUR);
    const struct form_part *minute = part_of(f, PART_MINUTE);
    int most = clock || !hour || room_of(hour, 3) < 3 ? 23 : 199;
    int h = hour ? random_below(r, most + 1) : 0;
    int m = minute ? 5 * random_below(r, 12) : 0;

    return arena_printf(a, "%d:%02d", h, m);
}

/* ── marks ──────────────────────────────────────────────────────────────── */

static const char *marks(const struct form_field *f, struct random *r,
                         struct arena *a)
{
    if (f->expect != EXPECT_ANY)
        return f->options[random_below(r, (int)f->n_options)].value;
    const char *out = "";
    for (size_t i = 0; i < f->n_options; i++)
        if (random_chance(r, 350))
            out = arena_printf(a, "%s%s%s", out, *out ? "|" : "",
                               f->options[i].value);
    return out;
}

static const char *tick(const struct form_field *f, struct random *r,
                        struct arena *a)
{
    (void)a;
    return random_chance(r, 500) ? f->options[0].value : "";
}

/* To give another kind a value: its row. */
static const char *(*const makers[N_FORM_FIELD_KINDS])(
    const struct form_field *, struct random *, struct arena *) = {
    [FIELD_TEXT] = words,   [FIELD_KANA] = words,      [FIELD_NAME] = words,
    [FIELD_CODE] = code,    [FIELD_NUMBER] = number,   [FIELD_DATE] = date,
    [FIELD_MONTH] = date,   [FIELD_TIME] = time_value, [FIELD_TICK] = tick,
    [FIELD_CHOICE] = marks, [FIELD_SET] = marks,       [FIELD_RING] = marks,
};

const char *trial_value(const struct form_field *f, struct random *r,
                        struct arena *a)
{
    /* Drawn first, so that one field's blank changes no other's value. */
    bool blank = random_chance(r, BLANK) && !f->required;

    return makers[f->kind] && !blank ? makers[f->kind](f, r, a) : "";
}
