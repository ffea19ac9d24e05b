/* compare_manual.csv, and why a place made by hand is not what the rules say.
 */
#include "core/text.h"
#include "report/manual_result.h"
#include "report/siblings_text.h"

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

/* "順位 5/12、募集 4、最後の内定は児童 0007-1 (順位 4)" */
static void standing(const struct run_result *r, const struct applicant *a,
                     size_t pref, enum lang lang, struct buf *out)
{
    if (a->pref_contest[pref] == NOT_RANKED)
        return;
    const struct contest *c = &r->contests[a->pref_contest[pref]];
    buf_printf(
        out,
        pick(lang, " (順位 %zu/%zu、募集 %d", " (rank %zu of %zu, seats %d"),
        a->pref_rank[pref] + 1, c->n_entrants, c->offered < 0 ? 0 : c->offered);
    if (c->cutoff != NOT_RANKED)
        buf_printf(out,
                   pick(lang, "、最後の内定は児童 %s (順位 %zu)",
                        ", last placed child %s (rank %zu)"),
                   r->applicants[c->entrants[c->cutoff].applicant].child,
                   c->cutoff + 1);
    buf_text(out, ")");
}

/* What the rules say of one preference. */
static void about(const struct run_result *r, const struct applicant *a,
                  size_t pref, enum lang lang, struct buf *out)
{
    const struct pref_score *p = &a->score->prefs[pref];
    buf_printf(out, pick(lang, "第%d希望 %s: %s", "preference %d %s: %s"),
               p->number, p->facility,
               label_text(reason_code_label(a->pref_reason[pref]), lang));
    standing(r, a, pref, lang, out);
}

static size_t pref_of(const struct applicant *a, const struct facility *f)
{
    for (size_t k = 0; f && k < a->score->n_prefs; k++)
        if (a->score->prefs[k].found == f)
            return k;
    return NOT_RANKED;
}

/* Why not there, and why here instead. */
static const char *reason(const struct run_result *r,
                          const struct manual_place *p, enum lang lang,
                          struct arena *mem)
{
    const struct applicant *a = p->applicant;
    struct buf out = BUF_INIT;
    size_t theirs = pref_of(a, p->facility);
    if (theirs != NOT_RANKED)
        about(r, a, theirs, lang, &out);
    else if (p->facility && p->facility != a->current)
        buf_printf(&out,
                   pick(lang, "%s は希望にない施設",
                        "%s is not among the preferences"),
                   p->facility->code);
    if (a->won_pref != NOT_RANKED && a->won_pref != theirs) {
        buf_text(&out, out.len ? pick(lang, "。", "; ") : "");
        about(r, a, a->won_pref, lang, &out);
    }
    if (!out.len)
        buf_text(&out, label_text(reason_code_label(a->reason), lang));
    if (a->siblings)
        buf_printf(&out, pick(lang, "。%s", "; %s"),
                   siblings_line(r, a->siblings, lang, mem));
    const char *text = arena_strdup(mem, out.bytes);
    buf_release(&out);
    return text;
}

/* What is to be said against the place by hand. */
static const char *verdict(const struct manual_place *p, enum lang lang,
                           struct arena *mem)
{
    const char *text = label_text(manual_verdict_label(p->verdict), lang);
    if (p->there)
        text = arena_printf(mem, pick(lang, "%s: 施設 %s", "%s: facility %s"),
                            text, p->there->code);
    if (p->other)
        text = arena_printf(mem, pick(lang, "%s、児童 %s", "%s, child %s"),
                            text, p->other->child);
    return text;
}

static const char *agreement(const struct manual_place *p, enum lang lang)
{
    static const struct label untold = {"手作業の結果にない", "not in file"};
    static const struct label words[2] = {{"いいえ", "no"}, {"はい", "yes"}};
    return label_text(p->told ? words[p->agrees] : untold, lang);
}

void write_compare_manual(const struct manual_result *m, struct csv_writer *w,
                          enum lang lang)
{
    static const struct label columns[] = {
        {"世帯番号", "household"},
        {"児童番号", "child"},
        {"クラス", "class"},
        {"手作業の施設番号", "facility by hand"},
        {"規則の施設番号", "facility by the rules"},
        {"結果", "result"},
        {"一致", "agrees"},
        {"規則による理由", "reason by the rules"},
        {"手作業の点検", "against the place by hand"},
        {"連鎖", "chain"},
    };
    struct arena mem = ARENA_INIT;
    csv_header(w, columns, sizeof columns / sizeof columns[0], lang);
    for (size_t i = 0; i < m->run->n_applicants; i++) {
        const struct manual_place *p = &m->places[i];
        const struct applicant *a = p->applicant;
        csv_code(w, a->household);
        csv_code(w, a->child);
        if (a->score->class_age >= 0)
            csv_int(w, a->score->class_age);
        else
            csv_text(w, "");
        csv_code(w, p->facility ? p->facility->code : "");
        csv_code(w, a->won ? a->won->code : "");
        csv_text(w, label_text(outcome_label(a->outcome), lang));
        csv_text(w, agreement(p, lang));
        csv_text(w, p->told && !p->agrees ? reason(m->run, p, lang, &mem) : "");
        csv_text(w, verdict(p, lang, &mem));
        if (p->chain != NOT_RANKED)
            csv_int(w, (int64_t)p->chain + 1);
        else
            csv_text(w, "");
        csv_end_row(w);
        arena_clear(&mem);
    }
    arena_release(&mem);
}

static const char *code_or_none(const struct facility *f, enum lang lang)
{
    return f ? f->code : pick(lang, "なし", "none");
}

/* How many differences are of which kind; and where nothing speaks against the
 * result by hand, what that means. */
static void say_verdicts(const struct manual_result *m, enum lang lang,
                         struct buf *out)
{
    size_t differ = m->n_told - m->n_agree;
    for (size_t i = 0; i < m->n_over; i++)
        buf_printf(out,
                   pick(lang,
                        "手作業では枠を超える: 施設 %s %d歳児クラス %d 人\n",
                        "by hand more than its seats: facility %s class %d, "
                        "%d more\n"),
                   m->over[i].contest->facility->code,
                   m->over[i].contest->class_age, m->over[i].by);
    if (!differ)
        return;
    buf_printf(out,
               pick(lang, "違い %zu 人、つながり %zu 組\n",
                    "%zu differ, in %zu chains\n"),
               differ, m->n_chains);
    for (int v = MANUAL_FITS + 1; v < N_MANUAL_VERDICTS; v++)
        if (m->by_verdict[v])
            buf_printf(
                out, pick(lang, "  %s %zu 人\n", "  %s: %zu\n"),
                label_text(manual_verdict_label((enum manual_verdict)v), lang),
                m->by_verdict[v]);
    if (m->by_verdict[MANUAL_FOLLOWS] == differ && !m->n_over)
        buf_text(out,
                 pick(lang,
                      "手作業の結果は、枠と順位に反していません。記録、規則、"
                      "きょうだいの条件の違いを確かめてください\n",
                      "The result by hand goes against no seat and no order: "
                      "compare the records, the rules and the sibling "
                      "conditions\n"));
}

void manual_result_text(const struct manual_result *m, size_t most,
                        enum lang lang, struct buf *out)
{
    struct arena mem = ARENA_INIT;
    int agreed = manual_result_agreement(m);
    size_t differ = m->n_told - m->n_agree, n = 0;
    buf_printf(out,
               pick(lang, "一致 %d.%03d %%: 児童 %zu 人のうち %zu 人\n",
                    "agreement %d.%03d %%: of %zu children %zu\n"),
               agreed / 1000, agreed % 1000, m->n_told, m->n_agree);
    if (m->n_told < m->run->n_applicants)
        buf_printf(out,
                   pick(lang, "手作業の結果にない児童 %zu 人\n",
                        "%zu children are not in the file\n"),
                   m->run->n_applicants - m->n_told);
    say_verdicts(m, lang, out);
    for (size_t i = 0; i < m->run->n_applicants && n < most; i++) {
        const struct manual_place *p = &m->places[i];
        if (!p->told || p->agrees)
            continue;
        buf_printf(out,
                   pick(lang, "  %s  手作業 %s、規則 %s — %s〔%s〕\n",
                        "  %s  by hand %s, by the rules %s: %s [%s]\n"),
                   p->applicant->child, code_or_none(p->facility, lang),
                   code_or_none(p->applicant->won, lang),
                   reason(m->run, p, lang, &mem), verdict(p, lang, &mem));
        n++;
    }
    if (differ > n)
        buf_printf(out, pick(lang, "  ほか %zu 人\n", "  and %zu more\n"),
                   differ - n);
    arena_release(&mem);
}
