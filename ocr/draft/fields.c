/*
 * What a family would fill in, guessed from what stands where: boxes to tick
 * with the word behind each, cells of digits with 年 月 日 behind them, and
 * empty cells of a table. What is printed beside them is their caption. To add
 * a unit: its row in `units`.
 */
#include "ocr/draft/draft.h"

#include <stdlib.h>
#include <string.h>

/* Tenths of a mm. */
#define ROW_SLACK 30      /* middles of one row differ by this at most */
#define CELL_STEP_MOST 30 /* between two cells of one number */
#define WORD_NEAR 30      /* between a tick box and its word */
#define WALL_SLACK 12     /* two table cells that touch */
#define INSET 8           /* writing keeps this far from a cell's frame */
#define ROOM_LEAST 40     /* to write a number into */
#define ROOM_OF_WORDS 350 /* to write behind a word in one cell */
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

enum item_kind { ITEM_WORD, ITEM_TICK, ITEM_DIGIT };
struct item {
    enum item_kind kind;
    struct rect_tmm box;
    const char *text;
    int row;
};

/* A table cell, or the sheet outside of all tables. */
struct zone {
    const struct draft_box *cell; /* NULL: outside */
    struct item *items;           /* row by row, from the left */
    size_t n;
    int n_rows;
};

struct drafting {
    struct draft_page *p;
    struct arena *a;
    const struct zone *zone;
    size_t capacity;
};

/* ── fields ─────────────────────────────────────────────────────────────── */

static void grow(struct rect_tmm *all, struct rect_tmm r)
{
    if (all->width == 0) {
        *all = r;
        return;
    }
    int32_t right = all->left + all->width, bottom = all->top + all->height;
    right = r.left + r.width > right ? r.left + r.width : right;
    bottom = r.top + r.height > bottom ? r.top + r.height : bottom;
    all->left = r.left < all->left ? r.left : all->left;
    all->top = r.top < all->top ? r.top : all->top;
    all->width = right - all->left;
    all->height = bottom - all->top;
}

#define MOST_PARTS 8
#define MOST_CELLS 40 /* a template takes no more */
#define MOST_OPTIONS 40

static struct draft_field *add_field(struct drafting *g, enum draft_kind kind)
{
    struct draft_page *p = g->p;
    if (p->n_fields == g->capacity) {
        size_t more = g->capacity ? 2 * g->capacity : 64;
        p->fields =
            arena_grow(g->a, p->fields, p->n_fields, more, sizeof *p->fields);
        g->capacity = more;
    }
    struct draft_field *f = &p->fields[p->n_fields++];
    *f = (struct draft_field){
        .kind = kind,
        .caption = "",
        .parts = ARENA_ARRAY(g->a, struct draft_part, MOST_PARTS),
        .options = ARENA_ARRAY(g->a, struct draft_option, MOST_OPTIONS)};
    return f;
}

static void add_part(struct draft_field *f, struct draft_part part)
{
    if (f->n_parts < MOST_PARTS) {
        f->parts[f->n_parts++] = part;
        grow(&f->box, part.box);
    }
}

static int32_t middle_y(const struct rect_tmm *r)
{
    return r->top + r->height / 2;
}

static int32_t middle_x(const struct rect_tmm *r)
{
    return r->left + r->width / 2;
}

/* ── zones ──────────────────────────────────────────────────────────────── */

static int by_middle(const void *one, const void *other)
{
    const struct item *a = one, *b = other;
    int32_t y = middle_y(&a->box), v = middle_y(&b->box);
    return y != v ? (y > v) - (y < v)
                  : (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

static int by_row(const void *one, const void *other)
{
    const struct item *a = one, *b = other;
    return a->row != b->row
               ? a->row - b->row
               : (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

static void sort_rows(struct zone *z)
{
    int32_t last = 0;
    if (!z->n)
        return;
    qsort(z->items, z->n, sizeof *z->items, by_middle);
    for (size_t i = 0; i < z->n; i++) {
        int32_t y = middle_y(&z->items[i].box);
        if (i == 0 || y - last > ROW_SLACK) {
            z->n_rows++;
            last = y;
        }
        z->items[i].row = z->n_rows - 1;
    }
    qsort(z->items, z->n, sizeof *z->items, by_row);
}

/* The smallest table cell around this box; NULL when there is none. */
static const struct draft_box *cell_around(const struct draft_page *p,
                                           const struct rect_tmm *box)
{
    const struct draft_box *best = NULL;
    for (size_t i = 0; i < p->n_cells; i++) {
        const struct rect_tmm *c = &p->cells[i].box;
        if (draft_inside(box, c) &&
            (!best || (int64_t)c->width * c->height <
                          (int64_t)best->box.width * best->box.height))
            best = &p->cells[i];
    }
    return best;
}

static void put_item(struct zone *z, const struct draft_page *p,
                     enum item_kind kind, struct rect_tmm box, const char *text)
{
    if (cell_around(p, &box) == z->cell)
        z->items[z->n++] = (struct item){kind, box, text, 0};
}

static struct zone zone_of(const struct draft_page *p,
                           const struct draft_box *cell, struct arena *a)
{
    struct zone z = {.cell = cell};
    z.items =
        ARENA_ARRAY(a, struct item, p->n_words + p->n_ticks + p->n_digits);
    for (size_t i = 0; i < p->n_words; i++)
        put_item(&z, p, ITEM_WORD, p->words[i].box, p->words[i].text);
    for (size_t i = 0; i < p->n_ticks; i++)
        put_item(&z, p, ITEM_TICK, p->ticks[i].box, "");
    for (size_t i = 0; i < p->n_digits; i++)
        put_item(&z, p, ITEM_DIGIT, p->digits[i].box, "");
    sort_rows(&z);
    return z;
}

/* ── captions ───────────────────────────────────────────────────────────── */

/* The words of a table cell, row by row. */
static const char *cell_words(const struct drafting *g,
                              const struct draft_box *c)
{
    struct zone z = zone_of(g->p, c, g->a);
    const char *text = "";
    for (size_t i = 0; i < z.n; i++)
        if (z.items[i].kind == ITEM_WORD)
            text = *text ? arena_printf(g->a, "%s%s", text, z.items[i].text)
                         : z.items[i].text;
    return text;
}

/* The words of the table cell left of this one, else of the one above. */
static const char *caption_beside(const struct drafting *g,
                                  const struct draft_box *cell)
{
    const struct rect_tmm *z = &cell->box;
    const char *above = "";
    for (size_t i = 0; i < g->p->n_cells; i++) {
        const struct rect_tmm *c = &g->p->cells[i].box;
        if (abs(c->left + c->width - z->left) <= WALL_SLACK &&
            middle_y(z) >= c->top && middle_y(z) < c->top + c->height) {
            const char *left = cell_words(g, &g->p->cells[i]);
            if (*left)
                return left;
        }
        if (!*above && abs(c->top + c->height - z->top) <= WALL_SLACK &&
            middle_x(z) >= c->left && middle_x(z) < c->left + c->width)
            above = cell_words(g, &g->p->cells[i]);
    }
    return above;
}

/* `before` is the word in the same row and zone, if there is one. */
static void set_caption(const struct drafting *g, struct draft_field *f,
                        const char *before)
{
    f->caption = *before         ? before
                 : g->zone->cell ? caption_beside(g, g->zone->cell)
                                 : "";
}

/* ── numbers ────────────────────────────────────────────────────────────── */

/* Cells from items[i] on that belong together; *next is behind them. */
static struct draft_part cells_from(const struct zone *z, size_t i,
                                    size_t *next)
{
    struct draft_part part = {.role = ""};
    size_t k = i;
    do {
        grow(&part.box, z->items[k].box);
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

static bool same_row(const struct zone *z, size_t i, size_t k)
{
    return k < z->n && z->items[k].row == z->items[i].row;
}

/* An empty place to write before a unit: 「　　年　　月」 without cells. */
static bool room_before(const struct zone *z, size_t i, struct draft_part *out)
{
    const struct rect_tmm *word = &z->items[i].box;
    int32_t from = z->cell ? z->cell->box.left : 0;
    if (i > 0 && same_row(z, i, i - 1))
        from = z->items[i - 1].box.left + z->items[i - 1].box.width;
    else if (!z->cell)
        return false;
    int32_t width = word->left - from - 2 * INSET;
    if (width < ROOM_LEAST ||
        (i > 0 && same_row(z, i, i - 1) && z->items[i - 1].kind == ITEM_DIGIT))
        return false;
    int32_t room = z->cell && z->n_rows == 1 ? z->cell->box.height : 60;
    out->role = unit_role(z->items[i].text);
    out->cells = 0;
    out->box =
        (struct rect_tmm){from + INSET, middle_y(word) - room / 2 + INSET,
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

static struct draft_word *word_of(struct draft_page *p, const struct item *it)
{
    for (size_t i = 0; i < p->n_words; i++)
        if (p->words[i].text == it->text &&
            memcmp(&p->words[i].box, &it->box, sizeof it->box) == 0)
            return &p->words[i];
    return NULL;
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
        struct draft_word *w = it->kind == ITEM_WORD ? word_of(g->p, it) : NULL;
        int32_t gap = year->left - it->box.left - it->box.width;
        if (w && !w->printed && *draft_era(w->text) && gap > -ROW_SLACK &&
            gap <= ERA_BEFORE &&
            abs(middle_y(&it->box) - middle_y(year)) <= off_most &&
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
            grow(&f->box, f->options[i].box);
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
    if (!f || !f->n_parts || f->n_parts == MOST_PARTS)
        return false;
    const char *before = f->parts[f->n_parts - 1].role;
    if (!*part->role && !f->parts[0].cells != !part->cells)
        return false;
    return *part->role ? follows(before, part->role)
                       : !*before && !words_between;
}

static bool is_dash(const char *word)
{
    static const char *const dashes[] = {"-",  "ー", "―", "－",
                                         "一", "‐",  "ｰ", DRAFT_DASH};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (strcmp(word, dashes[i]) == 0)
            return true;
    return false;
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
    if (!goes_on(r->open, &part, r->parted)) {
        end_number(g, r->open);
        r->open = add_field(g, DRAFT_CELLS);
        set_caption(g, r->open, r->before);
        r->before = "";
    }
    add_part(r->open, part);
    r->parted = false;
}

static size_t put_cells(struct drafting *g, struct reading_row *r, size_t i)
{
    const struct zone *z = g->zone;
    size_t next;
    struct draft_part part = cells_from(z, i, &next);
    if (same_row(z, i, next) && z->items[next].kind == ITEM_WORD)
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
    if (is_dash(it->text) || *draft_era(it->text))
        return; /* an era is no caption */
    r->before = it->text;
    r->parted = true;
}

static void find_numbers(struct drafting *g)
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

/* ── ticks ──────────────────────────────────────────────────────────────── */

static const char *word_behind(const struct zone *z, size_t i)
{
    const struct rect_tmm *b = &z->items[i].box;
    if (!same_row(z, i, i + 1) || z->items[i + 1].kind != ITEM_WORD ||
        z->items[i + 1].box.left - (b->left + b->width) > WORD_NEAR)
        return "";
    return z->items[i + 1].text;
}

/* All of a table cell are one question; outside, those of one row. */
static void find_ticks(struct drafting *g)
{
    struct draft_field *f = NULL;
    const struct zone *z = g->zone;
    int row = -1;
    for (size_t i = 0; i < z->n; i++) {
        const struct item *it = &z->items[i];
        if (it->kind != ITEM_TICK)
            continue;
        if (!f || (!z->cell && it->row != row) ||
            f->n_options == MOST_OPTIONS) {
            f = add_field(g, DRAFT_TICK);
            set_caption(g, f,
                        i > 0 && same_row(z, i, i - 1) &&
                                z->items[i - 1].kind == ITEM_WORD
                            ? z->items[i - 1].text
                            : "");
            row = it->row;
        }
        f->options[f->n_options++] =
            (struct draft_option){it->box, word_behind(z, i), NULL};
        grow(&f->box, it->box);
        f->kind = f->n_options > 1 ? DRAFT_CHOICE : DRAFT_TICK;
    }
}

/* ── rings ──────────────────────────────────────────────────────────────── */

static bool is_between(const struct item *it)
{
    return it->kind == ITEM_WORD &&
           (is_dash(it->text) || draft_is_separator(it->text));
}

/* Does a box to tick stand before it? Then it is that box's word. */
static bool has_tick(const struct zone *z, size_t i)
{
    return i > 0 && same_row(z, i, i - 1) && z->items[i - 1].kind == ITEM_TICK;
}

static void end_ring(struct drafting *g, struct draft_word **words, size_t *n,
                     const char *before)
{
    if (*n >= 2) {
        struct draft_field *f = add_field(g, DRAFT_RING);
        if (draft_ring(f, words, *n)) {
            for (size_t i = 0; i < *n; i++)
                grow(&f->box, f->options[i].box);
            set_caption(g, f, before);
        } else {
            g->p->n_fields--;
        }
    }
    *n = 0;
}

/* Answers that follow one another in a row, or in a cell of nothing else. */
static void find_rings(struct drafting *g)
{
    const struct zone *z = g->zone;
    struct draft_word *words[MOST_OPTIONS];
    const char *before = "";
    size_t n = 0;
    int row = 0;

    for (size_t i = 0; i < z->n; i++) {
        const struct item *it = &z->items[i];
        struct draft_word *w = it->kind == ITEM_WORD &&
                                       draft_is_answer(it->text) &&
                                       !has_tick(z, i)
                                   ? word_of(g->p, it)
                                   : NULL;
        if (is_between(it) && it->row == row)
            continue;
        if (!w || w->printed || n == MOST_OPTIONS ||
            (it->row != row && (!z->cell || *before)))
            end_ring(g, words, &n, before);
        if (it->row != row || (!w && it->kind != ITEM_WORD))
            before = "";
        row = it->row;
        if (w && !w->printed)
            words[n++] = w;
        else if (it->kind == ITEM_WORD)
            before = it->text;
    }
    end_ring(g, words, &n, before);
}

/* ── writing ────────────────────────────────────────────────────────────── */

/* An empty cell, or the empty part behind the words of one. */
static void find_writing(struct drafting *g, size_t fields_before)
{
    const struct zone *z = g->zone;
    struct rect_tmm room;
    int32_t end = 0;
    if (!z->cell || g->p->n_fields > fields_before)
        return;
    room = z->cell->box;
    for (size_t i = 0; i < z->n; i++) {
        int32_t right = z->items[i].box.left + z->items[i].box.width;
        end = right > end ? right : end;
    }
    if (!z->n && !z->cell->empty)
        return; /* a caption that could not be read */
    if (z->n) {
        room.width -= end - room.left;
        room.left = end;
        if (room.width < ROOM_OF_WORDS || 2 * room.width < z->cell->box.width)
            return;
    }
    room.left += INSET;
    room.top += INSET;
    room.width -= 2 * INSET;
    room.height -= 2 * INSET;
    if (room.width <= 0 || room.height <= 0)
        return;
    struct draft_field *f = add_field(g, DRAFT_WRITING);
    set_caption(g, f, z->n ? z->items[0].text : "");
    add_part(f, (struct draft_part){"", room, 0});
}

static int by_place(const void *one, const void *other)
{
    const struct draft_field *a = one, *b = other;
    int c = (a->box.top > b->box.top) - (a->box.top < b->box.top);
    return c ? c : (a->box.left > b->box.left) - (a->box.left < b->box.left);
}

void draft_fields(struct draft_page *p, struct arena *a)
{
    struct drafting g = {.p = p, .a = a};
    for (size_t i = 0; i <= p->n_cells; i++) {
        struct zone z = zone_of(p, i < p->n_cells ? &p->cells[i] : NULL, a);
        size_t before = p->n_fields;
        g.zone = &z;
        find_numbers(&g);
        find_ticks(&g);
        find_rings(&g);
        find_writing(&g, before);
    }
    if (p->n_fields)
        qsort(p->fields, p->n_fields, sizeof *p->fields, by_place);
}
