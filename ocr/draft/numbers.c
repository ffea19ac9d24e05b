/*
 * Numbers: cells of a digit each, or room before a unit, with 年 月 日 behind
 * them and eras before them. To add a unit: its row in `units`.
 */
#include "ocr/draft/zone.h"

#include <stdlib.h>
#include <string.h>

/* Tenths of a mm. */
#define CELL_STEP_MOST 30 /* between two cells of one number */
#define ROOM_LEAST 40     /* to write a number into */
#define ERA_BEFORE 400    /* from an era to its year, at most */
#define ERA_BESIDE 130    /* eras stand above one another, too */
#define MOST_ERAS 5

static const struct {
    const char *word, *role;
} units[] = {
    {"時間", "hour"}, {"年", "year"}, {"月", "month"},
    {"日", "day"},    {"時", "hour"}, {"分", "minute"},
};

static const char *unit_role(const char *word)
{
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncmp(word, units[i].word, strlen(units[i].word)) == 0)
            return units[i].role;
    return "";
}

/* Cells from items[i] on that belong together; *next is behind them. */
static struct draft_part cells_from(const struct zone *z, size_t i,
                                    size_t *next)
{
    struct draft_part part = {.role = ""};
    size_t k = i;
    do {
        zone_grow(&part.box, z->items[k].box);
        part.cells++;
        k++;
    } while (k < z->n && part.cells < MOST_CELLS &&
             z->items[k].kind == ITEM_DIGIT &&
             z->items[k].row == z->items[i].row &&
             z->items[k].box.left - (part.box.left + part.box.width) <=
                 CELL_STEP_MOST);
    *next = k;
    return part;
}

/* An empty place to write before a unit: 「　　年　　月」 without cells. */
static bool room_before(const struct zone *z, size_t i, struct draft_part *out)
{
    const struct rect_tmm *word = &z->items[i].box;
    int32_t from = z->cell ? z->cell->box.left : 0;
    if (i > 0 && zone_same_row(z, i, i - 1))
        from = z->items[i - 1].box.left + z->items[i - 1].box.width;
    else if (!z->cell)
        return false;
    int32_t width = word->left - from - 2 * INSET;
    if (width < ROOM_LEAST || (i > 0 && zone_same_row(z, i, i - 1) &&
                               z->items[i - 1].kind == ITEM_DIGIT))
        return false;
    int32_t room = z->cell && z->n_rows == 1 ? z->cell->box.height : 60;
    out->role = unit_role(z->items[i].text);
    out->cells = 0;
    out->box =
        (struct rect_tmm){from + INSET, zone_middle_y(word) - room / 2 + INSET,
                          width, room - 2 * INSET};
    return true;
}

static bool follows(const char *before, const char *role)
{
    static const char *const orders[][3] = {{"year", "month", "day"},
                                            {"hour", "minute", NULL}};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k + 1 < 3 && orders[i][k + 1]; k++)
            if (strcmp(before, orders[i][k]) == 0 &&
                strcmp(role, orders[i][k + 1]) == 0)
                return true;
    return false;
}

static enum draft_kind kind_of(const struct draft_field *f)
{
    const char *first = f->parts[0].role;
    if (strcmp(first, "hour") == 0 || strcmp(first, "minute") == 0)
        return DRAFT_TIME;
    if (strcmp(first, "year") == 0 && f->n_parts == 3)
        return DRAFT_DATE;
    if (strcmp(first, "year") == 0 && f->n_parts == 2)
        return DRAFT_MONTH;
    return f->parts[0].cells ? DRAFT_CELLS : DRAFT_WRITING;
}

/* Is there an era of this name among them? */
static bool has_era(struct draft_word *const *eras, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(draft_era(eras[i]->text), name) == 0)
            return true;
    return false;
}

/* The eras before a date's year: in its row, or else above one another. */
static size_t eras_before(struct drafting *g, const struct rect_tmm *year,
                          int32_t off_most, struct draft_word **out)
{
    const struct zone *z = g->zone;
    size_t n = 0;

    for (size_t i = 0; i < z->n && n < MOST_ERAS; i++) {
        const struct item *it = &z->items[i];
        struct draft_word *w =
            it->kind == ITEM_WORD ? zone_word(g->p, it) : NULL;
        int32_t gap = year->left - it->box.left - it->box.width;
        if (w && !w->printed && *draft_era(w->text) && gap > -ROW_SLACK &&
            gap <= ERA_BEFORE &&
            abs(zone_middle_y(&it->box) - zone_middle_y(year)) <= off_most &&
            !has_era(out, n, draft_era(w->text)))
            out[n++] = w;
    }
    return n;
}

static void find_eras(struct drafting *g, struct draft_field *f)
{
    struct draft_word *eras[MOST_ERAS];
    size_t n = eras_before(g, &f->parts[0].box, ROW_SLACK, eras);

    if (!n)
        n = eras_before(g, &f->parts[0].box, ERA_BESIDE, eras);
    if (n && draft_ring(f, eras, n))
        for (size_t i = 0; i < n; i++)
            zone_grow(&f->box, f->options[i].box);
}

/* What has one part and a unit is a number: the unit is only printed. */
static void end_number(struct drafting *g, struct draft_field *f)
{
    if (!f)
        return;
    f->kind = kind_of(f);
    if (f->kind == DRAFT_DATE || f->kind == DRAFT_MONTH)
        find_eras(g, f);
    if (f->kind != DRAFT_CELLS && f->kind != DRAFT_WRITING)
        return;
    size_t n = 0; /* cells and writing do not go together */
    for (size_t i = 0; i < f->n_parts; i++)
        if (!f->parts[i].cells == !f->parts[0].cells) {
            f->parts[n] = f->parts[i];
            f->parts[n++].role = "";
        }
    f->n_parts = n;
}

/* Does this part go on with the number that is being put together? */
static bool goes_on(const struct draft_field *f, const struct draft_part *part,
                    bool words_between)
{
    if (!f->n_parts || f->n_parts == MOST_PARTS)
        return false;
    const char *before = f->parts[f->n_parts - 1].role;
    if (!*part->role && !f->parts[0].cells != !part->cells)
        return false;
    return *part->role ? follows(before, part->role)
                       : !*before && !words_between;
}

/* One number, from items[i] on; *open is the field it may belong to, *before
 * the last word that is no unit, `parted` whether one stood since *open. */
struct reading_row {
    struct draft_field *open;
    const char *before;
    bool parted;
    int row;
};

static void put_number(struct drafting *g, struct reading_row *r,
                       struct draft_part part)
{
    if (!r->open || !goes_on(r->open, &part, r->parted)) {
        end_number(g, r->open);
        r->open = zone_add_field(g, DRAFT_CELLS);
        zone_caption(g, r->open, r->before);
        r->before = "";
    }
    zone_add_part(r->open, part);
    r->parted = false;
}

static size_t put_cells(struct drafting *g, struct reading_row *r, size_t i)
{
    const struct zone *z = g->zone;
    size_t next;
    struct draft_part part = cells_from(z, i, &next);
    if (zone_same_row(z, i, next) && z->items[next].kind == ITEM_WORD)
        part.role = unit_role(z->items[next].text);
    put_number(g, r, part);
    return next;
}

static void meet_word(struct drafting *g, struct reading_row *r, size_t i)
{
    const struct item *it = &g->zone->items[i];
    struct draft_part part;
    if (*unit_role(it->text)) {
        if (room_before(g->zone, i, &part))
            put_number(g, r, part);
        return;
    }
    if (zone_is_dash(it->text) || *draft_era(it->text))
        return; /* an era is no caption */
    r->before = it->text;
    r->parted = true;
}

void zone_numbers(struct drafting *g)
{
    struct reading_row r = {NULL, "", false, 0};
    for (size_t i = 0; i < g->zone->n;) {
        const struct item *it = &g->zone->items[i];
        if (it->row != r.row) {
            end_number(g, r.open);
            r = (struct reading_row){NULL, "", false, it->row};
        }
        if (it->kind == ITEM_DIGIT) {
            i = put_cells(g, &r, i);
            continue;
        }
        if (it->kind == ITEM_WORD)
            meet_word(g, &r, i);
        else
            r.parted = true;
        i++;
    }
    end_number(g, r.open);
}
