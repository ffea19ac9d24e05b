#include "report/missing.h"

static const struct label holders[N_DOCUMENT_HOLDERS] = {
    [HOLDER_HOUSEHOLD] = {"世帯", "household"},
    [HOLDER_GUARDIAN] = {"保護者", "guardian"},
    [HOLDER_CHILD] = {"児童", "child"},
};

static void header(struct csv_writer *w, const struct output_style *s)
{
    static const struct label columns[] = {
        {"世帯番号", "household"},
        {"対象", "whose"},
        {"人番号", "person"},
        {"児童番号", "child"},
        {"書類", "document"},
        {"種類", "type"},
        {"事由", "reason"},
        {"処理状況", "state"},
        {"種類未定の書類", "papers without a type"},
        {"提出期限", "due"},
    };
    static const struct label personal[] = {{"氏名", "name"},
                                            {"電話番号", "phone"}};
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        csv_text(w, label_text(columns[i], s->lang));
    for (size_t i = 0; s->names && i < sizeof personal / sizeof personal[0];
         i++)
        csv_text(w, label_text(personal[i], s->lang));
    csv_end_row(w);
}

static void write_row(const struct missing_row *r, const char *due,
                      struct csv_writer *w, const struct output_style *s)
{
    const struct missing_document *m = &r->document;
    static const struct label nothing = {"未着", "not in"};
    csv_code(w, r->household);
    csv_text(w, label_text(holders[m->type->holder], s->lang));
    if (m->person)
        csv_int(w, m->person);
    else
        csv_text(w, "");
    csv_code(w, m->child);
    csv_text(w, m->type->label);
    csv_text(w, m->type->type);
    csv_text(w, m->type->for_reason);
    csv_text(w, *m->state ? m->state : label_text(nothing, s->lang));
    csv_int(w, (int64_t)r->untyped);
    csv_text(w, due);
    if (s->names) {
        csv_text(w, r->name);
        csv_code(w, r->phone);
    }
    csv_end_row(w);
}

void write_missing(const struct missing_row *rows, size_t n, const char *due,
                   struct csv_writer *w, const struct output_style *s)
{
    header(w, s);
    for (size_t i = 0; i < n; i++)
        write_row(&rows[i], due, w, s);
}
