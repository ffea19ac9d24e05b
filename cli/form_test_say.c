/* The report of a form's self-test, as text. */
#include "cli/form_test.h"

#include "core/text.h"

#define NAME_COLUMNS 18
#define MOST_SAID 20 /* pieces of advice; advice.csv has them all */
/* Nothing in n seen: at most 3 / n, 95 times of 100. */
#define BOUND_OF_NONE 3.0

static void say_padded(struct cli *c, const char *text, int columns)
{
    int spare = columns - text_columns(text);

    cli_say(c, "%s%*s", "%s%*s", text, spare > 0 ? spare : 0, "");
}

static void say_level(struct cli *c, const struct trial *t,
                      enum trial_level level)
{
    struct trial_count n = trial_sum(t, level, false);

    say_padded(c, label_text(trial_levels[level].label, c->lang), NAME_COLUMNS);
    cli_say(c, "%8d%8d%14d%14d%8d%10d/%d\n", "%8d%8d%14d%14d%8d%10d/%d\n", n.n,
            n.of[TRIAL_EXACT], n.of[TRIAL_REFERRED], n.of[TRIAL_GUESSED],
            n.of[TRIAL_SILENT], t->pages[level].of[TRIAL_LOST],
            t->pages[level].n);
}

static void say_table(struct cli *c, const struct trial *t)
{
    cli_say(c,
            "%18s      欄    正しい  要確認(案正)  要確認(案誤)  見逃し  "
            "不明ページ\n",
            "%18s  fields   exact  referred(ok)  referred(no)  silent  "
            "lost pages\n",
            "");
    for (int level = 0; level < N_TRIAL_LEVELS; level++)
        say_level(c, t, (enum trial_level)level);
}

static int referred(const struct trial_count *c)
{
    return c->of[TRIAL_REFERRED] + c->of[TRIAL_GUESSED] + c->of[TRIAL_LOST];
}

/* What an office must expect of so many forms on an ordinary day. */
static void say_forms(struct cli *c, const struct trial_how *how,
                      const struct trial *t, long forms)
{
    struct trial_count machine = trial_sum(t, TRIAL_ORDINARY, false);
    struct trial_count person = trial_sum(t, TRIAL_ORDINARY, true);
    double copies = how->copies;
    double looked = (referred(&machine) + person.n) / copies;

    cli_say(c,
            "ふつうのスキャンで人が見る欄は 1 部に %.1f (うち氏名や手書きの文字"
            "など必ず見るもの %.1f)。%ld 部で約 %.0f 欄です\n",
            "on ordinary scans a person looks at %.1f fields of a form (%.1f "
            "of them, names and handwriting, whatever is read); of %ld forms "
            "about %.0f fields\n",
            looked, person.n / copies, forms, looked * (double)forms);
}

static void say_silent(struct cli *c, const struct trial *t)
{
    int n = 0, silent = 0;

    for (int level = 0; level < N_TRIAL_LEVELS; level++)
        for (int by = 0; by < 2; by++) {
            struct trial_count x =
                trial_sum(t, (enum trial_level)level, by != 0);
            n += x.of[TRIAL_EXACT] + x.of[TRIAL_SILENT];
            silent += x.of[TRIAL_SILENT];
        }
    if (silent)
        cli_say(c, "見逃した誤り: %d (人が見なかった %d 欄のうち)\n",
                "silent errors: %d of the %d fields that nobody looked at\n",
                silent, n);
    else if (n)
        cli_say(c,
                "見逃した誤り: なし (人が見なかった %d 欄のうち。95 %% の確かさ"
                "で 1,000 欄に %.2f 以下)\n",
                "silent errors: none of the %d fields that nobody looked at "
                "(below %.2f in 1,000 with 95 %% confidence)\n",
                n, 1000 * BOUND_OF_NONE / n);
}

static void say_advice(struct cli *c, const struct trial *t)
{
    if (!t->n_advice) {
        cli_say(c, "直すことはありません\n", "nothing to change\n");
        return;
    }
    cli_say(c, "直すこと %zu 件:\n", "%zu things to change:\n", t->n_advice);
    for (size_t i = 0; i < t->n_advice && i < MOST_SAID; i++) {
        const struct trial_advice *x = &t->advice[i];
        bool must = x->weight == TRIAL_MUST;
        cli_say(c, "  %s %s [%s]\n%8s→ %s\n", "  %s %s [%s]\n%8s-> %s\n",
                c->lang == LANG_EN ? (must ? "must" : "may ")
                                   : (must ? "必ず    " : "できれば"),
                label_text(x->what, c->lang), x->check, "",
                label_text(x->todo, c->lang));
    }
    if (t->n_advice > MOST_SAID)
        cli_say(c, "  ほか %zu 件 (advice.csv)\n",
                "  and %zu more "
                "(advice.csv)\n",
                t->n_advice - MOST_SAID);
}

void form_test_say(struct cli *c, const struct trial_how *how,
                   const struct trial *t, long forms)
{
    cli_say(c, "%s (%s): %d 部を書き、%zu 枚を読みました (種 %llu)\n",
            "%s (%s): %d copies written, %zu sheets read (seed %llu)\n",
            how->form->title, how->form->version, how->copies * N_TRIAL_LEVELS,
            t->n_sheets, (unsigned long long)how->seed);
    say_table(c, t);
    say_silent(c, t);
    say_forms(c, how, t, forms);
    say_advice(c, t);
}
