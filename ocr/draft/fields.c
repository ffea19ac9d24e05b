/*
 * What a family would fill in, guessed from what stands where: boxes to tick
 * with the word behind each, numbers (numbers.c), words to be ringed (rings.c)
 * and empty cells of a table. What is printed beside them is their caption.
 */
#include "ocr/draft/zone.h"

#include <stdlib.h>
#include <string.h>

/* Tenths of a mm. */
#define WORD_NEAR 30      /* between a tick box and its word */
#define WALL_SLACK 12     /* two table cells that touch */
#define ROOM_OF_WORDS 350 /* to write behind a word in one cell */

/* ── fields ─────────────────────────────────────────────────────────────── */

void zone_grow(struct rect_tmm *all, struct rect_tmm r)
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

struct draft_field *zone_add_field(struct drafting *g, enum draft_kind kind)
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

void zone_add_part(struct draft_field *f, struct draft_part part)
{
    if (f->n_parts < MOST_PARTS) {
        f->parts[f->n_parts++] = part;
        zone_grow(&f->box, part.box);
    }
}

int32_t zone_middle_y(const struct rect_tmm *r)
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
    int32_t y = zone_middle_y(&a->box), v = zone_middle_y(&b->box);
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
        int32_t y = zone_middle_y(&z->items[i].box);
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

bool zone_same_row(const struct zone *z, size_t i, size_t k)
{
    return k < z->n && z->items[k].row == z->items[i].row;
}

struct draft_word *zone_word(struct draft_page *p, const struct item *it)
{
    for (size_t i = 0; i < p->n_words; i++)
        if (p->words[i].text == it->text &&
            memcmp(&p->words[i].box, &it->box, sizeof it->box) == 0)
            return &p->words[i];
    return NULL;
}

bool zone_is_dash(const char *word)
{
    static const char *const dashes[] = {"-",  "ー", "―", "－",
                                         "一", "‐",  "ｰ", DRAFT_DASH};
    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++)
        if (strcmp(word, dashes[i]) == 0)
            return true;
    return false;
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
            zone_middle_y(z) >= c->top &&
            zone_middle_y(z) < c->top + c->height) {
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
void zone_caption(const struct drafting *g, struct draft_field *f,
                  const char *before)
{
    f->caption = *before         ? before
                 : g->zone->cell ? caption_beside(g, g->zone->cell)
                                 : "";
}

/* ── ticks ──────────────────────────────────────────────────────────────── */

static const char *word_behind(const struct zone *z, size_t i)
{
    const struct rect_tmm *b = &z->items[i].box;
    if (!zone_same_row(z, i, i + 1) || z->items[i + 1].kind != ITEM_WORD ||
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
            f = zone_add_field(g, DRAFT_TICK);
            zone_caption(g, f,
                         i > 0 && zone_same_row(z, i, i - 1) &&
                                 z->items[i - 1].kind == ITEM_WORD
                             ? z->items[i - 1].text
                             : "");
            row = it->row;
        }
        f->options[f->n_options++] =
            (struct draft_option){it->box, word_behind(z, i), NULL};
        zone_grow(&f->box, it->box);
        f->kind = f->n_options > 1 ? DRAFT_CHOICE : DRAFT_TICK;
    }
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
    struct draft_field *f = zone_add_field(g, DRAFT_WRITING);
    zone_caption(g, f, z->n ? z->items[0].text : "");
    zone_add_part(f, (struct draft_part){"", room, 0});
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
        zone_numbers(&g);
        find_ticks(&g);
        zone_rings(&g);
        find_writing(&g, before);
    }
    if (p->n_fields)
        qsort(p->fields, p->n_fields, sizeof *p->fields, by_place);
}
