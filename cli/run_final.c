/*
 * What a final run 本番 refuses. Every kind of open thing is one line, with how
 * many there are and what to do.
 */
#include "cli/run_make.h"

#include "report/round.h"

#include <string.h>

static size_t unsigned_classes(const struct class_seats *seats)
{
    size_t n = 0;
    for (int k = 0; k < N_CLASSES; k++)
        n += seats[k].present && (seats[k].offered < 0 || !*seats[k].signed_by);
    return n;
}

static size_t unsigned_seats(const struct facilities *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        n += unsigned_classes(f->items[i].seats);
        for (size_t k = 0; k < f->items[i].n_special; k++)
            n += unsigned_classes(f->items[i].special[k].seats);
    }
    return n;
}

static size_t provisional(const struct run_result *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_applicants; i++) {
        const struct applicant *a = &r->applicants[i];
        bool open = a->score->provisional;
        for (size_t k = 0; k < a->score->n_prefs; k++)
            open = open || a->score->prefs[k].order_unknown;
        n += open && a->outcome != OUTCOME_WITHDRAWN &&
             !(r->round &&
               (r->round->rows[i].fixed || r->round->rows[i].withdrawal));
    }
    return n;
}

/* A decision after one that is none yet. */
static size_t after_a_trial(const struct run *r)
{
    return r->result.round && !r->result.round->after_final;
}

static bool draws_lots(const struct ruleset *rules)
{
    for (size_t i = 0; i < rules->n_keys; i++)
        if (rules->order[i].kind == ORDER_LOTTERY)
            return true;
    return false;
}

static size_t unapproved_lottery(const struct run *r)
{
    const struct settings *s = &r->ctx.settings;
    return draws_lots(&r->ctx.rules) &&
           ((!*s->lottery_seed && !*s->lottery_numbers) ||
            !*s->lottery_approved_by);
}

static size_t unverified_rules(const struct run *r)
{
    return !*r->ctx.rules.verified_by && !*r->ctx.settings.rules_verified_by;
}

static size_t untested_rules(const struct run *r)
{
    const struct rules_report *report = r->result.rules_report;
    if (!r->result.open.rules_untested || r->options.allow_untested)
        return 0;
    return report->n_examples ? report->n_failed : 1;
}

/* Findings after which no decision may be made. To add one: its row. */
static const char *const settled_first[] = {
    "preference-unknown", "event-for-nobody", "points-for-nobody",
    "birth-implausible"};

static size_t unsettled(const struct run *r)
{
    size_t n = 0;
    for (size_t i = 0; i < r->findings.n; i++)
        for (size_t k = 0; k < sizeof settled_first / sizeof settled_first[0];
             k++)
            n += strcmp(r->findings.items[i].check, settled_first[k]) == 0;
    return n;
}

/* Facilities of nurseries.csv that seats.csv does not name at all. */
static size_t without_seats(const struct facilities *f)
{
    size_t n = 0;
    for (size_t i = 0; i < f->n; i++) {
        bool any = false;
        for (int k = 0; k < N_CLASSES; k++)
            any = any || f->items[i].seats[k].present;
        n += !any && !facility_is_outside(&f->items[i]);
    }
    return n;
}

struct refusal {
    const char *check;
    size_t n;
    struct label what; /* takes n */
};

static bool refuse(struct cli *c, const struct run *r,
                   const struct refusal *list, size_t n)
{
    bool ok = true;
    for (size_t i = 0; i < n; i++)
        if (list[i].n)
            ok = diag_error(&c->diag, POS_FILE(r->ctx.folder), list[i].check,
                            list[i].what.ja, list[i].what.en, list[i].n);
    return ok;
}

bool run_final(struct cli *c, struct run *r, struct case_db *db)
{
    struct run_open *o = &r->result.open;
    struct case_counts counts;
    if (!case_count(db, &counts, &c->diag) ||
        (r->options.final && !case_audit_check(db, NULL, &c->diag)))
        return false;
    o->doubts = (size_t)counts.doubts_open;
    o->point_doubts = (size_t)counts.doubts_gating;
    o->documents = (size_t)counts.unprocessed;
    o->unsigned_seats =
        unsigned_seats(&r->ctx.facilities) + without_seats(&r->ctx.facilities);
    o->ties = run_ties(&r->result);
    o->provisional = provisional(&r->result);
    const struct refusal list[] = {
        {"final-doubts",
         o->point_doubts,
         {"指数や内定に関わる疑義が %zu 件残っています。nyusho doubts "
          "で確かめてください",
          "%zu doubts in values that carry points or places; see nyusho "
          "doubts"}},
        {"final-documents",
         o->documents,
         {"受け付けて未処理の書類が %zu "
          "件あります。反映してから本番にしてください",
          "%zu documents received but not processed; deal with them first"}},
        {"final-seats",
         o->unsigned_seats,
         {"募集人数が空か確認者のない行、または行のない施設が seats.csv に "
          "%zu 件あります",
          "%zu rows of seats.csv have no 募集人数 or no 確認者, or facilities "
          "have no row"}},
        {"final-findings",
         unsettled(r),
         {"先に決めなければならない所見が %zu 件あります。試算の findings.csv "
          "で、ない施設の希望、持ち主のない届や点数、ありえない生年月日を見て"
          "ください",
          "%zu findings must be settled first: in findings.csv of a trial run "
          "look for unknown facilities, events and points of nobody, "
          "impossible birth dates"}},
        {"final-untested",
         untested_rules(r),
         {"規則 (指数表) の例が合わないか、例がありません (%zu 件)。nyusho "
          "rules test で確かめてください (承知のうえなら --allow-untested)",
          "the rule set has no examples or some fail (%zu); see nyusho rules "
          "test (or give --allow-untested)"}},
        {"final-rules",
         unverified_rules(r),
         {"規則 (指数表) を市が確かめた記録がありません (%zu 件)。基準表と"
          "見比べて、rules_verified を nyusho.yaml に書いてください",
          "the city has not verified the rule set (%zu); compare it with the "
          "printed table, then write rules_verified into nyusho.yaml"}},
        {"final-lottery",
         unapproved_lottery(r),
         {"抽選の種 (または引いた番号の表) か承認者がありません (%zu 件)。"
          "nyusho.yaml の lottery に書いてください",
          "the lottery has neither seed nor numbers, or nobody approved it "
          "(%zu); see lottery in nyusho.yaml"}},
        {"final-earlier",
         after_a_trial(r),
         {"前回の実行が試算です (%zu 件)。本番の後でなければ本番にできません",
          "the earlier run is a trial (%zu); a final run follows a final one"}},
        {"final-ties",
         o->ties,
         {"どの規則でも決まらない同点が %zu "
          "組あります。規則に抽選などを加えてください",
          "%zu ties that no rule breaks; add a lottery or the like"}},
        {"final-provisional",
         o->provisional,
         {"指数か順位が未確定の児童が %zu 人います。試算の scores.csv "
          "の「未確定の理由」を見てください",
          "%zu children whose points or order are provisional; see scores.csv "
          "of a trial run "
          "of a trial run"}},
    };
    return !r->options.final ||
           refuse(c, r, list, sizeof list / sizeof list[0]);
}
