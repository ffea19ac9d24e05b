/* seats_what_if.csv: a row per facility and class; seats_moves.csv: a row per
 * move that one more seat starts; seats_empty.csv: what stays empty. */
#include "report/seats_what_if.h"

static void seat_key(struct csv_writer *w, const struct contest *c)
{
    csv_code(w, c->facility->code);
    csv_text(w, c->facility->name);
    csv_int(w, c->class_age);
    csv_text(w, seat_kind(c->special));
}

static void seats_offered(struct csv_writer *w, const struct contest *c)
{
    if (c->offered < 0)
        csv_text(w, "");
    else
        csv_int(w, c->offered);
}

/* What two of the tables begin with; seat_begin() fills it. */
static const struct label seat_columns[] = {
    {"施設番号", "facility"},
    {"施設名", "name"},
    {"クラス", "class"},
    {"枠", "seat kind"},
    {"募集人数", "seats offered"},
    {"申込児童数", "applicants"},
    {"内定", "placed"},
    {"空き", "seats left"},
    {"希望して待つ児童", "waiting"},
};

/* The row of titles: those, and what the table has more. */
static void seat_header(struct csv_writer *w, const struct label *more,
                        size_t n, enum lang lang)
{
    for (size_t i = 0; i < sizeof seat_columns / sizeof seat_columns[0]; i++)
        csv_text(w, label_text(seat_columns[i], lang));
    csv_header(w, more, n, lang);
}

static void seat_begin(struct csv_writer *w, const struct seat_answer *s)
{
    const struct contest *c = s->contest;
    seat_key(w, c);
    seats_offered(w, c);
    csv_int(w, (int64_t)c->n_entrants);
    csv_int(w, c->placed);
    csv_int(w, s->left);
    csv_int(w, (int64_t)s->waiting);
}

void write_seats_what_if(const struct seats_report *r, struct csv_writer *w,
                         enum lang lang)
{
    static const struct label more[] = {
        {"増える内定", "more placed"},
        {"良くなる児童", "better off"},
        {"悪くなる児童", "worse off"},
        {"新たに内定する児童", "children placed"},
        {"連鎖", "chain"},
        {"実行区分", "run"},
    };
    struct arena scratch = ARENA_INIT;
    seat_header(w, more, sizeof more / sizeof more[0], lang);
    for (size_t i = 0; i < r->run->n_contests; i++) {
        const struct seat_answer *s = &r->answers[i];
        seat_begin(w, s);
        csv_int(w, s->placed);
        csv_int(w, (int64_t)s->better);
        csv_int(w, (int64_t)s->worse);
        csv_code(w, seat_answer_placed(s, &scratch));
        csv_text(w, seat_answer_text(s, lang, &scratch));
        csv_run_kind(w, r->run, lang);
        csv_end_row(w);
        arena_clear(&scratch);
    }
    arena_release(&scratch);
}

static void move_row(const struct seats_report *r, const struct seat_answer *s,
                     size_t chain, size_t i, struct csv_writer *w,
                     enum lang lang)
{
    const struct move_chains *all = &s->chains.chains;
    const struct moved *m =
        &s->chains.moved[all->order[all->items[chain].first + i]];
    csv_code(w, s->contest->facility->code);
    csv_int(w, s->contest->class_age);
    csv_text(w, seat_kind(s->contest->special));
    csv_int(w, (int64_t)chain + 1);
    csv_int(w, (int64_t)i + 1);
    csv_code(w, m->of[0]->household);
    csv_code(w, m->of[0]->child);
    csv_code(w, moved_place(m, 0, lang));
    csv_code(w, moved_place(m, 1, lang));
    csv_run_kind(w, r->run, lang);
    csv_end_row(w);
}

void write_seats_moves(const struct seats_report *r, struct csv_writer *w,
                       enum lang lang)
{
    static const struct label columns[] = {
        {"施設番号", "facility"}, {"クラス", "class"},
        {"枠", "seat kind"},      {"連鎖", "chain"},
        {"順", "step"},           {"世帯番号", "household"},
        {"児童番号", "child"},    {"前", "before"},
        {"後", "after"},          {"実行区分", "run"},
    };
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < r->run->n_contests; i++) {
        const struct seat_answer *s = &r->answers[i];
        for (size_t c = 0; c < s->chains.chains.n; c++)
            for (size_t k = 0; k < s->chains.chains.items[c].n; k++)
                move_row(r, s, c, k, w, lang);
    }
}

void write_seats_empty(const struct seats_report *r, struct csv_writer *w,
                       enum lang lang)
{
    static const struct label more[] = {
        {"同じクラスの保留児童", "of this class, waiting anywhere"},
        {"空きの理由", "why it is empty"},
        {"実行区分", "run"},
    };
    seat_header(w, more, sizeof more / sizeof more[0], lang);
    for (size_t i = 0; i < r->run->n_contests; i++) {
        const struct seat_answer *s = &r->answers[i];
        if (s->left <= 0)
            continue;
        seat_begin(w, s);
        csv_int(w, (int64_t)r->by_class[s->contest->class_age].waiting);
        csv_text(w, label_text(seat_empty_reason(s), lang));
        csv_run_kind(w, r->run, lang);
        csv_end_row(w);
    }
}
