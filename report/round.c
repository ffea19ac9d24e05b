/* A later round: names of what children are in it, and its chains in words. */
#include "report/round.h"

#include "core/date.h"
#include "report/chains.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

struct label standing_label(enum round_standing s)
{
    static const struct label labels[] = {
        [STANDING_NEW] = {"新規", "new"},
        [STANDING_WAITING] = {"待機", "waiting"},
        [STANDING_DECIDED] = {"内定", "placed before"},
        [STANDING_ENROLLED] = {"在園", "enrolled"},
        [STANDING_GONE] = {"届出", "withdraws"},
        [STANDING_WAS_GONE] = {"前回まで", "withdrew before"},
        [STANDING_ABSENT] = {"申込なし", "no application"},
    };
    static_assert(sizeof labels / sizeof labels[0] == N_STANDINGS,
                  "name every standing");
    return labels[s];
}

enum outcome outcome_named(const char *text)
{
    for (int k = 0; k < N_OUTCOMES; k++) {
        struct label l = outcome_label((enum outcome)k);
        if (strcmp(text, l.ja) == 0 || strcmp(text, l.en) == 0)
            return (enum outcome)k;
    }
    return N_OUTCOMES;
}

static int by_child(const void *key, const void *item)
{
    return strcmp(key, ((const struct earlier_row *)item)->child);
}

const struct earlier_row *earlier_find(const struct round_result *r,
                                       const char *child)
{
    return r->n_earlier ? bsearch(child, r->earlier, r->n_earlier,
                                  sizeof *r->earlier, by_child)
                        : NULL;
}

static int applicant_by_child(const void *key, const void *item)
{
    const struct applicant *const *a = item;
    return strcmp(key, (*a)->child);
}

const struct applicant *round_applicant(const struct run_result *r,
                                        const char *child)
{
    const struct applicant **found =
        r->n_applicants
            ? bsearch(child, r->round->by_child, r->n_applicants,
                      sizeof(struct applicant *), applicant_by_child)
            : NULL;
    return found ? *found : NULL;
}

/* ---- chains ---- */

struct label round_start_label(enum chain_start s)
{
    static const struct label freed = {"空いた枠", "freed seat"};
    return s == CHAIN_ADDED ? freed : chain_start_label(s);
}

static const struct applicant *mover(const struct run_result *r,
                                     const struct round_moves *m, size_t move)
{
    const struct round_mover *who = &m->who[move];
    const struct market *at = &r->phases[who->phase].market;
    return round_applicant(r, at->children[who->child].id);
}

/* Code of the facility of a pool; what the child was, where it had none. */
static const char *place(const struct run_result *r, int32_t pool,
                         const struct applicant *a, enum lang lang)
{
    if (pool != MARKET_NONE)
        return r->market.facilities[pool / MARKET_CLASSES].id;
    const struct round_row *row = &r->round->rows[a - r->applicants];
    return label_text(row->earlier && !row->earlier->gone
                          ? outcome_label(row->earlier->outcome)
                          : standing_label(row->standing),
                      lang);
}

static void chain_text_of(const struct run_result *r,
                          const struct round_moves *m,
                          const struct move_chain *chain, enum lang lang,
                          struct buf *out)
{
    buf_printf(out, "  〔%s〕 ",
               label_text(round_start_label(chain->start), lang));
    for (size_t k = 0; k < chain->n; k++) {
        size_t at = m->chains.order[chain->first + k];
        const struct applicant *a = mover(r, m, at);
        buf_printf(out, pick(lang, "%s児童 %s %s→%s", "%schild %s %s→%s"),
                   k ? " ⇒ " : "", a->child,
                   place(r, m->moves[at].from, a, lang),
                   place(r, m->moves[at].to, a, lang));
    }
    buf_printf(out, " 〔%s〕\n", label_text(chain_end_label(chain->end), lang));
}

void round_leaver_text(const struct run_result *r, size_t leaver,
                       enum lang lang, struct buf *out)
{
    const struct round_leaver *l = &r->round->leavers[leaver];
    const struct round_gone *g = &r->round->round.gone[leaver];
    const struct round_moves *m = &r->round->chains.of[leaver];
    struct arena mem = ARENA_INIT;
    bool used = false;
    buf_printf(out,
               pick(lang, "%s 児童 %s %s: 施設 %s・%d歳の席が空く\n",
                    "%s child %s %s: a seat at %s, class %d\n"),
               date_iso(l->withdrawal->on, &mem),
               r->applicants[l->applicant].child,
               label_text(withdrawal_kinds[l->withdrawal->kind], lang),
               r->market.facilities[g->held].id, g->class_age);
    for (size_t i = 0; i < m->chains.n; i++) {
        used = used || m->chains.items[i].start == CHAIN_ADDED;
        chain_text_of(r, m, &m->chains.items[i], lang, out);
    }
    if (!used)
        buf_text(out, pick(lang, "  この席には、だれも移らない\n",
                           "  nobody moves into that seat\n"));
    arena_release(&mem);
}

void round_child_text(const struct run_result *r, const struct applicant *a,
                      enum lang lang, struct buf *out)
{
    if (!r->round)
        return;
    const struct round_row *row = &r->round->rows[a - r->applicants];
    buf_printf(out,
               pick(lang, "前回 (実行 %s): %s%s%s — この回では %s\n",
                    "earlier run %s: %s%s%s — in this round: %s\n"),
               r->round->after,
               row->earlier
                   ? label_text(outcome_label(row->earlier->outcome), lang)
                   : label_text(standing_label(STANDING_ABSENT), lang),
               row->earlier && *row->earlier->facility ? " " : "",
               row->earlier ? row->earlier->facility : "",
               label_text(standing_label(row->standing), lang));
    for (size_t i = 0; i < r->round->round.n_gone; i++)
        if (&r->applicants[r->round->leavers[i].applicant] == a)
            round_leaver_text(r, i, lang, out);
}
