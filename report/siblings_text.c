#include "report/siblings_text.h"

#include "core/text.h"

#include <string.h>

static const char *pick(enum lang lang, const char *ja, const char *en)
{
    return lang == LANG_EN ? en : ja;
}

static const struct market *market_of(const struct run_result *r,
                                      const struct sibling_result *s)
{
    return &r->phases[s->phase].market;
}

/* The facility, with the kind of its special seats where the child's may be
 * told. */
static const char *place_text(const struct run_result *r, int32_t at,
                              const char *child, const char *only)
{
    bool told = !only || strcmp(child, only) == 0;
    return told ? r->places[at].id : r->places[at].facility->code;
}

const char *siblings_entry(const struct run_result *r,
                           const struct sibling_result *s, size_t entry,
                           const char *only, enum lang lang, struct arena *a)
{
    const struct market *m = market_of(r, s);
    const struct market_family *f = &m->families[s->family];
    const char *text = "";
    for (size_t k = 0; k < f->n_children; k++) {
        int32_t at = entry_place(m, f, (int32_t)entry, k);
        const char *child = m->children[f->children[k]].id;
        text = arena_printf(
            a, pick(lang, "%s%s児童 %s %s%s", "%s%schild %s %s%s"), text,
            *text ? pick(lang, "、", ", ") : "", child,
            at == MARKET_NONE ? pick(lang, "なし", "none")
                              : pick(lang, "施設 ", "facility "),
            at == MARKET_NONE ? "" : place_text(r, at, child, only));
    }
    return text;
}

const char *siblings_refusal_own(const struct run_result *r,
                                 const struct sibling_result *s, size_t i,
                                 const char *only, enum lang lang,
                                 struct arena *a)
{
    const struct entry_outcome *o = &s->better[i];
    const struct market *m = market_of(r, s);
    if (o->accepted && m->method != MARKET_STABLE)
        return pick(lang, "枠が空いたのは順番の後だった",
                    "the seats came free after its turn");
    if (o->accepted)
        return pick(lang, "入れるが、ほかの世帯と決着しない",
                    "would be accepted, but no placement settles it");
    const char *child = m->children[o->why.child].id;
    return arena_printf(a,
                        pick(lang, "児童 %s が施設 %s に入れない",
                             "child %s cannot have facility %s"),
                        child, place_text(r, o->why.facility, child, only));
}

const char *siblings_refusal(const struct run_result *r,
                             const struct sibling_result *s, size_t i,
                             enum lang lang, struct arena *a)
{
    const struct entry_outcome *o = &s->better[i];
    const char *who = siblings_refusal_own(r, s, i, NULL, lang, a);
    if (o->accepted || o->why.last == MARKET_NONE)
        return who;
    return arena_printf(
        a,
        pick(lang, "%s。最後の枠は児童 %s", "%s; child %s has the last seat"),
        who, market_of(r, s)->children[o->why.last].id);
}

const char *siblings_held(const struct sibling_result *s, enum lang lang,
                          struct arena *a)
{
    if (s->family == MARKET_NONE || s->n_entries == 0)
        return pick(lang, "条件に合う組合せがない",
                    "no entry meets the condition");
    if (s->entry >= s->n_entries)
        return arena_printf(a,
                            pick(lang, "%zu 通りの組合せのどれも入れない",
                                 "none of %zu entries was accepted"),
                            s->n_entries);
    return arena_printf(a, pick(lang, "組合せ %zu/%zu", "entry %zu of %zu"),
                        s->entry + 1, s->n_entries);
}

const char *siblings_line(const struct run_result *r,
                          const struct sibling_result *s, enum lang lang,
                          struct arena *a)
{
    const char *text = arena_printf(
        a, "%s%s: %s", s->pattern,
        s->assumed ? pick(lang, " (申込みに記入なし)", " (assumed)") : "",
        siblings_held(s, lang, a));
    if (s->n_better)
        text = arena_printf(
            a, pick(lang, "%s (組合せ 1 は%s)", "%s (entry 1: %s)"), text,
            siblings_refusal(r, s, 0, lang, a));
    if (s->cut)
        text = arena_printf(
            a,
            pick(lang, "%s。組合せが多いため、希望は各児童 %zu まで使用",
                 "%s; too many entries, so %zu wishes of each child are used"),
            text, s->wishes_used);
    if (s->frozen)
        text = arena_printf(
            a, "%s%s", text,
            pick(lang, "。決着しないため途中で据え置き",
                 "; left where it stood, as no placement settled it"));
    return text;
}
