/* The pictures of the seats report, as SVG. Every cell says in words what its
 * colour says, so that a grey print tells the same. */
#include "report/seats_what_if.h"

#define FONT                                                       \
    "font-family=\"'Noto Sans CJK JP','Noto Sans JP','Yu Gothic'," \
    "'Hiragino Sans',sans-serif\" font-size=\"12\""
#define WIDTH 762
#define NAME_WIDTH 220
#define CELL_WIDTH 90
#define ROW 24
/* A page of A4 holds so many rows beside a heading. */
#define GRID_ROWS 30

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

static void text_at(struct buf *out, int x, int y, const char *more,
                    const char *text)
{
    buf_printf(out, "<text x=\"%d\" y=\"%d\" %s>", x, y, more);
    html_escape(out, text);
    buf_text(out, "</text>\n");
}

static void box(struct buf *out, int x, int y, int w, int h, const char *fill)
{
    buf_printf(out,
               "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" "
               "fill=\"%s\" stroke=\"#999\"/>\n",
               x, y, w, h, fill);
}

static void svg_open(struct buf *out, int height, const char *title)
{
    buf_printf(out,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
               "height=\"%d\" viewBox=\"0 0 %d %d\" role=\"img\" " FONT ">\n"
               "<title>",
               WIDTH, height, WIDTH, height);
    html_escape(out, title);
    buf_text(out, "</title>\n");
}

/* ---- by class ---- */

static int64_t most_of(const struct seats_report *r)
{
    int64_t most = 1;
    for (int k = 0; k < N_CLASSES; k++) {
        const struct class_sum *c = &r->by_class[k];
        if ((int64_t)c->waiting > most)
            most = (int64_t)c->waiting;
        if (c->left > most)
            most = c->left;
    }
    return most;
}

static void bar(struct buf *out, int y, int64_t value, int64_t most,
                const char *fill, const char *what)
{
    int length = (int)(value * 480 / most);
    struct buf text = BUF_INIT;
    buf_printf(&text, "%s %lld", what, (long long)value);
    box(out, 70, y, length, 14, fill);
    text_at(out, 76 + length, y + 12, "", text.bytes);
    buf_release(&text);
}

void seats_picture_classes(const struct seats_report *r, enum lang lang,
                           struct buf *out)
{
    int64_t most = most_of(r);
    svg_open(out, 10 + N_CLASSES * 42,
             pick(lang, "クラスごとの保留児童と空き",
                  "Waiting children and empty seats by class"));
    for (int k = 0; k < N_CLASSES; k++) {
        const struct class_sum *c = &r->by_class[k];
        struct buf name = BUF_INIT;
        int y = 8 + k * 42;
        buf_printf(&name, pick(lang, "%d歳", "class %d"), k);
        text_at(out, 4, y + 20, "font-weight=\"bold\"", name.bytes);
        bar(out, y, (int64_t)c->waiting, most, "#1b5e8c",
            pick(lang, "保留", "waiting"));
        bar(out, y + 16, c->left, most, "#f2d06b", pick(lang, "空き", "empty"));
        buf_release(&name);
    }
    buf_text(out, "</svg>");
}

/* ---- facilities × classes ---- */

/* How a cell looks; the first that fits. */
enum look {
    LOOK_PLACES,
    LOOK_LOSES,
    LOOK_MOVES,
    LOOK_EMPTY,
    LOOK_NOTHING,
    N_LOOKS
};
static const struct {
    const char *fill, *ink;
    struct label legend;
} looks[N_LOOKS] = {
    [LOOK_PLACES] = {"#1b5e8c",
                     "fill=\"#fff\"",
                     {"+1 (3): 内定が 1 人増え、3 人が良くなる",
                      "+1 (3): one more placed, three better off"}},
    [LOOK_LOSES] = {"#e08a5a", "", {"-1: 内定が減る", "-1: fewer placed"}},
    [LOOK_MOVES] = {"#bcd9ec",
                    "",
                    {"(2): 内定は増えず、2 人の希望が上がる",
                     "(2): none more placed, two better off"}},
    [LOOK_EMPTY] = {"#f2d06b",
                    "",
                    {"空 3: 今も 3 枠空く", "free 3: empty now"}},
    [LOOK_NOTHING] = {"#fff",
                      "fill=\"#777\"",
                      {"・: 変わらない", "・: nothing changes"}},
};

static enum look look_of(const struct seat_answer *s)
{
    if (s->placed > 0)
        return LOOK_PLACES;
    if (s->placed < 0)
        return LOOK_LOSES;
    if (s->chains.n_moves)
        return LOOK_MOVES;
    return s->left > 0 ? LOOK_EMPTY : LOOK_NOTHING;
}

static void cell_words(const struct seat_answer *s, enum lang lang,
                       struct buf *out)
{
    switch (look_of(s)) {
    case LOOK_PLACES:
    case LOOK_LOSES:
        buf_printf(out, "%+d (%zu)", s->placed, s->better);
        break;
    case LOOK_MOVES:
        buf_printf(out, "(%zu)", s->better);
        break;
    case LOOK_EMPTY:
        buf_printf(out, pick(lang, "空 %d", "free %d"), s->left);
        break;
    default:
        buf_text(out, "・");
    }
}

static void put_cell(const struct seat_answer *s, int y, enum lang lang,
                     struct buf *out)
{
    int x = NAME_WIDTH + s->contest->class_age * CELL_WIDTH;
    enum look look = look_of(s);
    struct buf words = BUF_INIT, ink = BUF_INIT;
    cell_words(s, lang, &words);
    buf_printf(&ink, "text-anchor=\"middle\" %s", looks[look].ink);
    box(out, x, y, CELL_WIDTH, ROW, looks[look].fill);
    text_at(out, x + CELL_WIDTH / 2, y + 17, ink.bytes, words.bytes);
    buf_release(&words);
    buf_release(&ink);
}

static void put_legend(int y, enum lang lang, struct buf *out)
{
    for (int i = 0; i < N_LOOKS; i++) {
        int x = 4 + i % 2 * 380, down = y + i / 2 * 20;
        box(out, x, down, 14, 14, looks[i].fill);
        text_at(out, x + 20, down + 12, "", label_text(looks[i].legend, lang));
    }
}

static void put_head(enum lang lang, struct buf *out)
{
    for (int k = 0; k < N_CLASSES; k++) {
        struct buf name = BUF_INIT;
        buf_printf(&name, pick(lang, "%d歳", "class %d"), k);
        text_at(out, NAME_WIDTH + k * CELL_WIDTH + CELL_WIDTH / 2, 16,
                "text-anchor=\"middle\" font-weight=\"bold\"", name.bytes);
        buf_release(&name);
    }
}

static size_t row_end(const struct run_result *r, size_t from)
{
    size_t to = from;
    while (to < r->n_contests &&
           r->contests[to].facility == r->contests[from].facility)
        to++;
    return to;
}

/* The kinds of seats that a facility has, general ones first. */
static size_t kinds_of(const struct run_result *r, size_t from,
                       const struct special_seat *kinds[SPECIAL_SEATS_MAX + 1])
{
    size_t n = 0;
    kinds[n++] = NULL;
    for (size_t i = from; i < row_end(r, from); i++) {
        const struct special_seat *s = r->contests[i].special;
        size_t k = 0;
        while (k < n && kinds[k] != s)
            k++;
        if (k == n)
            kinds[n++] = s;
    }
    return n;
}

/* Of one kind of seats: a cell for each class. */
static void put_row(const struct seats_report *r, size_t from,
                    const struct special_seat *kind, int y, enum lang lang,
                    struct buf *out)
{
    const struct facility *f = r->run->contests[from].facility;
    struct buf name = BUF_INIT;
    if (kind)
        buf_printf(&name, pick(lang, "%s の枠「%s」", "%s, seats \"%s\""),
                   f->code, kind->seat);
    else
        buf_printf(&name, "%s %s", f->code, f->name);
    text_at(out, kind ? 16 : 4, y + 17, "", name.bytes);
    buf_release(&name);
    for (size_t i = from; i < row_end(r->run, from); i++)
        if (r->run->contests[i].special == kind)
            put_cell(&r->answers[i], y, lang, out);
}

/* How many rows the next facilities take that fit one picture. */
static int count_rows(const struct run_result *r, size_t from)
{
    const struct special_seat *kinds[SPECIAL_SEATS_MAX + 1];
    int rows = 0;
    for (size_t i = from; i < r->n_contests; i = row_end(r, i)) {
        int more = (int)kinds_of(r, i, kinds);
        if (rows && rows + more > GRID_ROWS)
            break;
        rows += more;
    }
    return rows;
}

void seats_picture_grid(const struct seats_report *r, size_t *next,
                        enum lang lang, struct buf *out)
{
    const struct special_seat *kinds[SPECIAL_SEATS_MAX + 1];
    int rows = count_rows(r->run, *next), y = 22;
    svg_open(
        out, y + rows * ROW + 76,
        pick(lang, "枠を一つ増やした時の変化", "What one more seat changes"));
    put_head(lang, out);
    for (int row = 0; row < rows;) {
        size_t n = kinds_of(r->run, *next, kinds);
        for (size_t k = 0; k < n; k++, row++, y += ROW)
            put_row(r, *next, kinds[k], y, lang, out);
        *next = row_end(r->run, *next);
    }
    put_legend(y + 10, lang, out);
    buf_text(out, "</svg>");
}
