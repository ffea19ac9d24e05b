#include "report/rules_reference.h"

#include "scoring/points/expr_check.h"
#include "scoring/points/expr_names.h"
#include "scoring/points/rules_check.h"

#include <assert.h>

struct writer {
    const struct dictionary *dict;
    enum lang lang;
    struct buf *out;
};

static const char *word(const struct writer *w, const char *ja, const char *en)
{
    return w->lang == LANG_EN ? en : ja;
}

static void heading(const struct writer *w, const char *level, struct label l)
{
    buf_printf(w->out, "\n%s %s\n\n", level, label_text(l, w->lang));
}

static void columns(const struct writer *w, const char *ja, const char *en,
                    int n)
{
    buf_printf(w->out, "%s\n", word(w, ja, en));
    for (int i = 0; i < n; i++)
        buf_text(w->out, "|---");
    buf_text(w->out, "|\n");
}

/* 時間 (月あたり) */
static void write_type(const struct writer *w, enum expr_value value,
                       enum expr_unit unit)
{
    const char *of = label_text(expr_unit_label(unit), w->lang);
    buf_text(w->out, label_text(expr_value_label(value), w->lang));
    if (*of)
        buf_printf(w->out, " (%s)", of);
}

/* ---- fields ---- */

static void write_values(const struct writer *w, const struct field *f)
{
    for (size_t i = 0; i < f->n_values; i++)
        buf_printf(w->out, "%s%s", i ? "、" : "", f->values[i]);
}

static void write_field(const struct writer *w, const struct field *f)
{
    struct expr_type type = field_expr_type(f);
    buf_printf(w->out, "| `%s` | %s | ", f->name,
               label_text(f->label, w->lang));
    write_type(w, type.value, type.unit);
    buf_text(w->out, " | ");
    write_values(w, f);
    buf_text(w->out, " |\n");
}

static void write_fields(const struct writer *w)
{
    heading(w, "###", (struct label){"項目", "Fields"});
    buf_text(
        w->out,
        word(w,
             "その行を見ている所では名前だけで書けます。同じ名前の項目がほかの"
             "行にもあるときは、`child.disability` のように行の名前を付け"
             "ます。\n市が辞書に加えた項目も同じように使えます。\n",
             "Where its row is looked at a field is written by its name; where "
             "another row has the same name, as `child.disability`.\nFields "
             "that the city added are used in the same way.\n"));
    for (int s = 0; s < N_SCOPES; s++) {
        buf_printf(w->out, "\n#### %s (`%s`)\n\n",
                   label_text(scope_infos[s].label, w->lang),
                   scope_infos[s].name);
        columns(w, "| 名前 | 意味 | 種類 | 選択肢 |",
                "| name | meaning | type | values |", 4);
        for (size_t i = 0; i < w->dict->n_by_scope[s]; i++)
            write_field(w, w->dict->by_scope[s][i]);
    }
}

/* ---- names ---- */

static const struct label places[] = {
    [BIND_HOUSEHOLD] = {"どこでも", "anywhere"},
    [BIND_CHILD] = {"児童", "child"},
    [BIND_PREFERENCE] = {"児童と施設の組", "child and facility"},
    [BIND_GUARDIAN] = {"保護者・同居家族", "guardian, cohabitant"},
    [BIND_REASON] = {"事由", "reason"},
    [BIND_JOB] = {"就労", "job"},
    [BIND_COHABITANT] = {"同居家族", "cohabitant"},
    [BIND_SIBLING] = {"きょうだい", "brother or sister"},
    [BIND_DOCUMENT] = {"書類", "document"},
};
static_assert(sizeof places / sizeof places[0] == N_BINDINGS,
              "every row has a name");

static void write_builtins(const struct writer *w)
{
    heading(w, "###",
            (struct label){"項目から作られる言葉", "Names made from fields"});
    columns(w, "| 言葉 | 意味 | 種類 | 使える所 |",
            "| name | meaning | type | where |", 4);
    for (int i = 0; i < N_BUILTINS; i++) {
        const struct builtin_info *b = &builtins[i];
        buf_printf(w->out, "| `%s%s` | %s | ", b->facility ? "facility." : "",
                   b->name, label_text(b->meaning, w->lang));
        write_type(w, b->value, b->unit);
        buf_printf(w->out, " | %s |\n", label_text(places[b->owner], w->lang));
    }
}

/* ---- functions, lists, units ---- */

/* {a} and {b} as people say them. */
static void write_says(const struct writer *w, const char *says,
                       const char *first)
{
    for (; *says; says++) {
        if (*says != '{') {
            buf_char(w->out, *says);
            continue;
        }
        buf_text(w->out, says[1] == 'a' ? first : word(w, "乙", "the other"));
        says += 2;
    }
}

static void write_functions(const struct writer *w)
{
    heading(w, "###", (struct label){"関数", "Functions"});
    columns(w, "| 書き方 | 意味 | 結果 |", "| written | meaning | gives |", 3);
    for (int i = 0; i < N_FUNCTIONS; i++) {
        const struct function_info *f = &functions[i];
        bool two = f->n_arguments == 2;
        const char *date = word(w, "日付", "date");
        const char *first = two ? word(w, "甲", "one") : date;
        buf_printf(w->out, "| `%s(%s%s%s)` | ", f->name, first, two ? "; " : "",
                   two ? word(w, "乙", "the other") : "");
        write_says(w, label_text(f->says, w->lang), first);
        buf_text(w->out, " | ");
        if (two)
            buf_text(w->out, word(w, "甲と同じ種類", "the same type"));
        else
            write_type(w, f->value, f->unit);
        buf_text(w->out, " |\n");
    }
}

static void write_collections(const struct writer *w)
{
    heading(w, "###", (struct label){"一覧", "Lists"});
    buf_text(w->out, word(w,
                          "`any` `all` `count` `sum` `highest` `lowest` の後に"
                          "書きます。単数でも複数でも同じです。\n\n",
                          "After `any`, `all`, `count`, `sum`, `highest`, "
                          "`lowest`; singular or plural.\n\n"));
    columns(w, "| 一覧 | 一つずつは |", "| list | each is |", 2);
    for (int i = 0; i < N_COLLECTIONS; i++)
        buf_printf(w->out, "| `%s` `%s` | %s |\n", collections[i].singular,
                   collections[i].plural,
                   label_text(collections[i].label, w->lang));
}

static void write_units(const struct writer *w)
{
    heading(w, "###", (struct label){"数の後の単位", "Units after a number"});
    columns(w, "| 単位 | 意味 | 種類 |", "| unit | meaning | type |", 3);
    for (size_t i = 0; unit_words[i].word; i++) {
        buf_printf(w->out, "| `%s` | %s | ", unit_words[i].word,
                   label_text(unit_words[i].label, w->lang));
        write_type(w, unit_words[i].value, unit_words[i].unit);
        buf_text(w->out, " |\n");
    }
}

static void write_checks(const struct writer *w)
{
    heading(w, "###", (struct label){"点検", "Checks"});
    buf_text(w->out,
             word(w,
                  "知らせの末尾の角かっこの中の名前です。どれにも、起こる"
                  "ファイルと直したファイルが `fixtures/rules/` にあり"
                  "ます (`bad-名前.yaml`、`good-名前.yaml`)。\n\n",
                  "The names in brackets after a message. For each, "
                  "`fixtures/rules/` has a file that causes it and one "
                  "put right (`bad-name.yaml`, `good-name.yaml`).\n\n"));
    columns(w, "| 点検 | 知らせること |", "| check | what it tells |", 2);
    for (size_t i = 0; rules_checks[i].name; i++)
        buf_printf(w->out, "| `%s` | %s |\n", rules_checks[i].name,
                   label_text(rules_checks[i].finds, w->lang));
}

void rules_reference_write(const struct dictionary *dict, enum lang lang,
                           struct buf *out)
{
    struct writer w = {dict, lang, out};
    heading(&w, "##", (struct label){"言葉の一覧", "Every word"});
    buf_text(out, word(&w,
                       "この章は、プログラムの表から `nyusho rules reference` "
                       "が作ります。\n",
                       "This chapter is made by `nyusho rules reference`.\n"));
    write_functions(&w);
    write_collections(&w);
    write_units(&w);
    write_builtins(&w);
    write_fields(&w);
    write_checks(&w);
}
