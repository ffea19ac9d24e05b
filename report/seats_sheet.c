/* What one more seat would change, to read: on a terminal, or as a page with
 * its pictures. */
#include "report/seats_what_if.h"

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

static const char *number(struct sheet *s, int64_t n)
{
    return arena_printf(s->a, "%lld", (long long)n);
}

/* "+1", "0" */
static const char *change(struct sheet *s, int n)
{
    return arena_printf(s->a, n ? "%+d" : "%d", n);
}

static const char *facility_text(struct sheet *s, const struct contest *c)
{
    return arena_printf(s->a, "%s %s%s%s%s", c->facility->code,
                        c->facility->name, c->special ? " (" : "",
                        seat_kind(c->special), c->special ? ")" : "");
}

static struct sheet_column *columns(struct sheet *s, const struct label *titles,
                                    size_t n, enum lang lang)
{
    struct sheet_column *list = ARENA_ARRAY(s->a, struct sheet_column, n);
    for (size_t i = 0; i < n; i++)
        list[i] = (struct sheet_column){
            .title = label_text(titles[i], lang), .widest = 12, .right = i > 0};
    return list;
}

static void say_more(struct sheet *s, size_t n, size_t most, enum lang lang)
{
    if (n > most)
        sheet_line(s,
                   arena_printf(s->a, pick(lang, "ほか %zu 件", "and %zu more"),
                                n - most));
}

static void by_class(const struct seats_report *r, enum lang lang,
                     struct sheet *s)
{
    static const struct label titles[] = {
        {"クラス", "class"},
        {"申込児童", "applicants"},
        {"保留", "waiting"},
        {"空き", "seats left"},
        {"1枠増で内定が増える施設",
         "facilities where one more seat places one"},
    };
    struct sheet_column *list = columns(s, titles, 5, lang);
    list[0].right = false;
    sheet_heading(s, pick(lang, "クラスごと", "By class"));
    sheet_table(s, list, 5);
    for (int k = 0; k < N_CLASSES; k++) {
        const struct class_sum *c = &r->by_class[k];
        sheet_row(s, (const char *[]){
                         arena_printf(s->a, pick(lang, "%d歳", "%d"), k),
                         number(s, (int64_t)c->applicants),
                         number(s, (int64_t)c->waiting), number(s, c->left),
                         number(s, (int64_t)c->helps)});
    }
}

static void best(const struct seats_report *r, size_t most, enum lang lang,
                 struct sheet *s)
{
    static const struct label titles[] = {
        {"施設", "facility"},       {"クラス", "class"},
        {"待つ児童", "waiting"},    {"増える内定", "more placed"},
        {"良くなる", "better off"}, {"だれがどこへ", "who moves where"},
    };
    struct sheet_column *list = columns(s, titles, 6, lang);
    list[0].widest = 24;
    list[5].widest = 64;
    list[5].right = false;
    sheet_heading(s, pick(lang, "枠を一つ増やすと", "With one more seat"));
    if (!r->n_best) {
        sheet_line(s, pick(lang, "どこに増やしても何も変わりません。",
                           "Nothing would change anywhere."));
        return;
    }
    sheet_table(s, list, 6);
    for (size_t i = 0; i < r->n_best && i < most; i++) {
        const struct seat_answer *x = r->best[i];
        sheet_row(s, (const char *[]){facility_text(s, x->contest),
                                      number(s, x->contest->class_age),
                                      number(s, (int64_t)x->waiting),
                                      change(s, x->placed),
                                      number(s, (int64_t)x->better),
                                      seat_answer_text(x, lang, s->a)});
    }
    say_more(s, r->n_best, most, lang);
}

static void empty(const struct seats_report *r, size_t most, enum lang lang,
                  struct sheet *s)
{
    static const struct label titles[] = {
        {"施設", "facility"},
        {"クラス", "class"},
        {"空き", "seats left"},
        {"申込児童", "applicants"},
        {"同じクラスの保留", "of this class, waiting"},
        {"理由", "why"},
    };
    struct sheet_column *list = columns(s, titles, 6, lang);
    size_t n = 0;
    list[0].widest = 24;
    list[5].widest = 40;
    list[5].right = false;
    sheet_heading(s, pick(lang, "空いたままの枠", "Seats that stay empty"));
    for (size_t i = 0; i < r->run->n_contests; i++) {
        const struct seat_answer *x = &r->answers[i];
        const struct contest *c = x->contest;
        if (x->left <= 0 || n++ >= most)
            continue;
        if (n == 1)
            sheet_table(s, list, 6);
        sheet_row(s, (const char *[]){
                         facility_text(s, c), number(s, c->class_age),
                         number(s, x->left), number(s, (int64_t)c->n_entrants),
                         number(s, (int64_t)r->by_class[c->class_age].waiting),
                         label_text(seat_empty_reason(x), lang)});
    }
    if (!n)
        sheet_line(s, pick(lang, "ありません。", "None."));
    say_more(s, n, most, lang);
}

static void pictures(const struct seats_report *r, enum lang lang,
                     struct sheet *s)
{
    struct buf svg = BUF_INIT;
    seats_picture_classes(r, lang, &svg);
    sheet_picture(
        s, pick(lang, "保留児童と空き", "Waiting children and empty seats"),
        svg.bytes);
    for (size_t next = 0; next < r->run->n_contests;) {
        buf_clear(&svg);
        seats_picture_grid(r, &next, lang, &svg);
        sheet_picture(s, pick(lang, "施設とクラス", "Facilities and classes"),
                      svg.bytes);
    }
    buf_release(&svg);
}

void seats_sheet(const struct seats_report *r, size_t most, enum lang lang,
                 struct sheet *out)
{
    sheet_line(out, arena_printf(
                        out->a,
                        pick(lang,
                             "実行 %s (%s)。各施設・クラスの枠を一つだけ"
                             "増やし、利用調整を全部やり直した結果です。",
                             "Run %s (%s). Each answer is the whole placement "
                             "made again with one seat more in one class."),
                        r->run->id, label_text(run_kind_label(r->run), lang)));
    pictures(r, lang, out);
    by_class(r, lang, out);
    best(r, most, lang, out);
    empty(r, most, lang, out);
}
