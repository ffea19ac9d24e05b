#include "ocr/date_field.h"

#include "core/date.h"
#include "core/text.h"
#include "ocr/cells.h"
#include "ocr/field_marks.h"
#include "ocr/print.h"

#include <stdlib.h>
#include <string.h>

/* Earliest and latest year that any form asks for. */
#define FIRST_YEAR 1900
#define LAST_YEAR 2070
#define MOST_HOURS 999
/* Tesseract alone is no reader of handwriting. */
#define HAND_YEAR 900

/* The parts of one field, as far as they were read. */
struct parts {
    struct guess g[N_FORM_PART_ROLES];
    bool has[N_FORM_PART_ROLES];
    int asked, blank, doubtful;
    int confidence, if_print;
    const char *reason;
};

/* Is there no such month or day? (Minutes may stand alone, and be many.) */
static bool never(enum form_part_role role, const char *text)
{
    int n = atoi(text);

    switch (role) {
    case PART_MONTH:
        return n < 1 || n > 12;
    case PART_DAY:
        return n < 1 || n > 31;
    default:
        return false;
    }
}

static void note(struct parts *p, enum form_part_role role, struct guess g)
{
    p->has[role] = true;
    p->asked++;
    p->blank += g.state == READING_BLANK;
    if (*g.runner_up && never(role, g.runner_up))
        guess_only(&g);
    p->g[role] = g;
    if (g.state == READING_DOUBT || g.state == READING_UNREADABLE) {
        p->doubtful++;
        if (!*p->reason)
            p->reason = g.reason;
    }
    if (g.state != READING_BLANK && g.confidence < p->confidence)
        p->confidence = g.confidence;
    if (g.state != READING_BLANK && guess_if_print(&g) < p->if_print)
        p->if_print = guess_if_print(&g);
}

/* ── years written with their era, without cells ────────────────────────── */

/* "令和3", "R3", "2021" by the Japanese engine, both views. */
static struct guess year_text(const struct field_reader *r,
                              const struct form_part *part)
{
    struct guess g = print_read(r, part, false);
    const char *text = text_nfkc(g.value, r->mem);

    if (g.state != READING_ACCEPTED && g.state != READING_DOUBT)
        return g;
    g.value = text;
    g.kind = ACCEPT_DATES;
    g.if_print = g.confidence;
    if (g.confidence > HAND_YEAR)
        g.confidence = HAND_YEAR;
    return g;
}

/* Era and year out of "令和3" or "R3"; false when it is plain digits or
 * nothing of the kind. */
static bool split_era(const char *text, enum era *era, int *year)
{
    const char *p = text;
    char word[16];
    size_t len = strcspn(p, "0123456789元");

    if (len == 0 || len >= sizeof word)
        return false;
    memcpy(word, p, len);
    word[len] = '\0';
    *era = era_parse(word);
    if (*era == ERA_NONE)
        return false;
    p += len;
    *year = strncmp(p, "元", strlen("元")) == 0 ? 1 : atoi(p);
    return *year > 0;
}

/* ── the year ───────────────────────────────────────────────────────────── */

struct year {
    int western;
    bool known, era_missing;
};

static struct year year_of(const struct field_reader *r,
                           const struct form_field *f, const char *text,
                           struct parts *p)
{
    struct mark_answer era = {.option = -1, .value = "", .reason = ""};
    int n = atoi(text);
    struct year y = {.western = n};
    enum era e;

    if (split_era(text, &e, &n)) {
        y.known = era_year(e, n, &y.western);
        return y;
    }
    if (f->western || f->n_options == 0) {
        /* Two digits without an era could be any of four. */
        y.known = strlen(text) == 4;
        y.era_missing = !y.known;
        return y;
    }
    if (!field_marks_era(r->page, f, &era) || era.option < 0) {
        y.era_missing = true;
        return y;
    }
    if (era.state == READING_DOUBT) {
        p->doubtful++;
        p->reason = *p->reason ? p->reason : era.reason;
    }
    if (era.confidence < p->confidence)
        p->confidence = era.confidence;
    if (era.confidence < p->if_print)
        p->if_print = era.confidence;
    y.known = era_year(era_parse(era.value), n, &y.western);
    return y;
}

/* ── putting parts together ─────────────────────────────────────────────── */

static const char *raw_text(const struct field_reader *r, const struct parts *p)
{
    const char *raw = "";

    for (int i = 0; i < N_FORM_PART_ROLES; i++)
        if (p->has[i])
            raw = arena_printf(r->mem, "%s%s%s", raw, *raw ? "/" : "",
                               *p->g[i].raw ? p->g[i].raw : p->g[i].value);
    return raw;
}

static struct guess doubt(const struct field_reader *r, const struct parts *p,
                          const char *value, const char *reason)
{
    return guess_doubt(ACCEPT_DATES, value, raw_text(r, p), reason,
                       p->confidence < 800 ? p->confidence : 800);
}

static struct guess finish(const struct field_reader *r, const struct parts *p,
                           const char *value)
{
    if (p->doubtful)
        return doubt(r, p, value, p->reason);
    struct guess g =
        guess_sure(ACCEPT_DATES, value, raw_text(r, p), p->confidence);
    g.if_print = p->if_print;
    return g;
}

/* 0 where the box has no such part: a month has no day. */
static int number(const struct parts *p, enum form_part_role role)
{
    return p->has[role] ? atoi(p->g[role].value) : 0;
}

static bool digits_only(const char *text)
{
    return *text && strspn(text, "0123456789") == strlen(text);
}

/* Every part there and read as digits? */
static bool readable(const struct parts *p)
{
    for (int i = 0; i < N_FORM_PART_ROLES; i++)
        if (p->has[i] && i != PART_ERA && i != PART_YEAR &&
            !digits_only(p->g[i].value))
            return false;
    return true;
}

static struct guess put_date(const struct field_reader *r,
                             const struct form_field *f, struct parts *p)
{
    bool month_only = f->kind == FIELD_MONTH;
    int month = number(p, PART_MONTH), day = number(p, PART_DAY);
    struct year y = year_of(r, f, p->g[PART_YEAR].value, p);
    const char *value;

    if (!y.known)
        return doubt(r, p, "", y.era_missing ? "era-missing" : "no-such-date");
    if (!date_is_real(y.western, month, month_only ? 1 : day))
        return doubt(r, p, "", "no-such-date");
    value = month_only
                ? arena_printf(r->mem, "%04d-%02d", y.western, month)
                : arena_printf(r->mem, "%04d-%02d-%02d", y.western, month, day);
    if (y.western < FIRST_YEAR || y.western > LAST_YEAR)
        return doubt(r, p, value, "date-out-of-range");
    return finish(r, p, value);
}

static struct guess put_time(const struct field_reader *r,
                             const struct form_field *f, struct parts *p)
{
    int hour = number(p, PART_HOUR);
    int minute = number(p, PART_MINUTE);
    bool clock =
        f->field && f->field->unit && strcmp(f->field->unit, "clock") == 0;

    if (!p->has[PART_HOUR]) { /* a bare number of minutes: 90 is 1:30 */
        hour = minute / 60;
        minute %= 60;
    }
    if (minute > 59 || hour > (clock ? 24 : MOST_HOURS))
        return doubt(r, p, "", "no-such-date");
    return finish(r, p, arena_printf(r->mem, "%d:%02d", hour, minute));
}

static bool could_be_year(const char *text)
{
    return digits_only(text) && strlen(text) == 4 && atoi(text) >= FIRST_YEAR &&
           atoi(text) <= LAST_YEAR;
}

static void read_parts(const struct field_reader *r, const struct form_field *f,
                       struct parts *p)
{
    for (size_t i = 0; i < f->n_parts; i++) {
        const struct form_part *part = &f->parts[i];
        struct guess g = part_digits(r, part);
        bool with_era =
            part->role == PART_YEAR && !part->n_cells && f->n_options == 0;
        /* Digits that two readers agree on are a year, and four that could be
         * one are the best guess; else look for an era. */
        if (with_era && g.state == READING_DOUBT && !could_be_year(g.value))
            g = year_text(r, part);
        note(p, part->role, g);
    }
}

struct guess date_field_read(const struct field_reader *r,
                             const struct form_field *f)
{
    struct parts p = {.confidence = 1000, .if_print = 1000, .reason = ""};
    bool time = f->kind == FIELD_TIME;
    const char *year;

    read_parts(r, f, &p);
    if (p.blank == p.asked)
        return guess_blank(ACCEPT_DATES);
    if (time && p.has[PART_HOUR] && p.has[PART_MINUTE] &&
        p.g[PART_MINUTE].state == READING_BLANK) {
        p.g[PART_MINUTE].value = "0"; /* on the hour */
        p.blank--;
    }
    if (p.blank)
        return doubt(r, &p, "", "incomplete-date");
    year = p.g[PART_YEAR].value;
    if (!readable(&p) || (!time && (!year || !*year)))
        return doubt(r, &p, "", *p.reason ? p.reason : "low-confidence");
    return time ? put_time(r, f, &p) : put_date(r, f, &p);
}
