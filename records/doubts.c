/* Writing doubts.csv. To add a column: a row in `columns`, its cell in
 * write_row(), and its name in doubts.h. */
#include "records/doubts.h"

#include "records/protect.h"

#include <inttypes.h>

static const struct label columns[] = {
    {"疑義番号", "doubt"},
    {"世帯番号", "household"},
    {"児童番号", "child"},
    {"人番号", "person"},
    {"連番", "number"},
    {"ファイル", "file"},
    {"ページ", "page"},
    {"欄", "box"},
    {"項目", "item"},
    {"登録先", "path"},
    {"読取値", "read value"},
    {"次候補", "runner-up"},
    {"確信度", "confidence"},
    {"理由", "reason"},
    {"内容", "question"},
    {"位置", "place"},
    {"本実行に必要", "needed for final run"},
    {"正しい値", "right value"},
    {"確認者", "confirmed by"},
};

/* 0 means that there is none: an empty cell. */
static void write_number(struct csv_writer *w, int n)
{
    if (n > 0)
        csv_int(w, n);
    else
        csv_text(w, "");
}

static void write_place(struct csv_writer *w, const struct case_doubt *d)
{
    struct arena a = ARENA_INIT;
    csv_text(w, d->width > 0
                    ? arena_printf(
                          &a, "%" PRId32 " %" PRId32 " %" PRId32 " %" PRId32,
                          d->left, d->top, d->width, d->height)
                    : "");
    arena_release(&a);
}

void doubts_hide(struct case_doubt *doubts, size_t n,
                 const struct record_set *set)
{
    static const struct label what = {
        "住所は非公開です (支援措置)。紙で確かめてください",
        "the address is kept back (protected): look at the paper"};
    const struct protection p = protection_of(set);
    for (size_t i = 0; i < n; i++) {
        struct case_doubt *d = &doubts[i];
        if (!path_is_address(d->path) ||
            !address_is_hidden(&p, d->key.household))
            continue;
        d->what = what;
        d->value = d->raw = ADDRESS_HIDDEN;
        d->runner_up = "";
        if (*d->answer)
            d->answer = ADDRESS_HIDDEN;
    }
}

static void write_row(struct csv_writer *w, const struct case_doubt *d,
                      enum lang lang)
{
    csv_code(w, d->id);
    csv_code(w, d->key.household);
    csv_code(w, d->key.child);
    write_number(w, d->key.person);
    write_number(w, d->key.seq);
    csv_text(w, d->file);
    write_number(w, d->number);
    csv_text(w, d->field);
    csv_text(w, d->caption);
    csv_text(w, d->path);
    csv_code(w, d->value);
    csv_code(w, d->runner_up);
    if (d->confidence >= 0)
        csv_int(w, d->confidence);
    else
        csv_text(w, "");
    csv_text(w, d->check);
    csv_text(w, label_text(d->what, lang));
    write_place(w, d);
    csv_text(w, lang == LANG_JA ? (d->gating ? "はい" : "いいえ")
                                : (d->gating ? "yes" : "no"));
    csv_code(w, d->answer);
    csv_text(w, d->by);
    csv_end_row(w);
}

void doubts_write(const struct case_doubt *doubts, size_t n,
                  struct csv_style style, enum lang lang,
                  struct csv_writer *out)
{
    csv_begin(out, style);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_text(out, label_text(columns[i], lang));
    csv_end_row(out);
    for (size_t i = 0; i < n; i++)
        write_row(out, &doubts[i], lang);
}
