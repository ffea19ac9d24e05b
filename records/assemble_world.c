/*
 * What can be 閉じた世界: boxes of one page held against what exists: the
 * residents the city knows, the towns of a postal code, the facilities of the
 * round. A value stands where two that were read apart bear each other out;
 * where they contradict each other it becomes a question, also one that was
 * read surely. Nothing is changed that a person must see anyway, and nothing
 * that a person has answered.
 */
#include "records/assemble_work.h"

#include "core/date.h"
#include "core/text.h"
#include "records/postal.h"
#include "records/registry.h"

#include <string.h>

/* The boxes of one page. */
struct page_facts {
    struct assembly *w;
    const struct leaf *leaf;
    struct fact *facts;
    size_t n;
    struct arena *a;
};

static struct fact *find(const struct page_facts *p, const char *path, int row)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->facts[i].row == row && strcmp(p->facts[i].path, path) == 0)
            return &p->facts[i];
    return NULL;
}

/* Reasons that another piece of evidence can take away. */
static const char *const open_to_evidence[] = {
    "name", "low-confidence", "views-differ", "handwriting", "kana-unsure"};

static bool may_stand(const struct page_facts *p, const struct fact *f)
{
    const struct policy *policy = p->w->policy;
    bool open = f->settled;
    for (size_t i = 0; i < sizeof open_to_evidence / sizeof open_to_evidence[0];
         i++)
        open = open || strcmp(f->check, open_to_evidence[i]) == 0;
    return open && !f->blank &&
           (*f->path == '@' || !policy ||
            (!policy_always_reviews(policy, f->field) &&
             !policy_needs_two(policy, f->field)));
}

/* It is this. What was read stays in the evidence. */
static void stand(const struct page_facts *p, struct fact *f, const char *text,
                  const char *world)
{
    const char *value = fact_canonical(p->w, f, text, p->a);
    if (!value || (f->settled && strcmp(f->text, value) == 0))
        return;
    if (strcmp(f->r.value, value) != 0) {
        f->r.runner_up = f->r.value;
        f->r.value = value;
    }
    f->guess = value;
    f->world = world;
    if (f->settled || !may_stand(p, f))
        return;
    if (p->w->policy && *f->path != '@' &&
        policy_samples(p->w->policy, f->field, p->leaf->page->sha256)) {
        f->check = "sample";
        return;
    }
    f->settled = true;
    f->state = VALUE_KNOWN;
    f->text = value;
    f->check = "";
}

/* What was read may be wrong: it could be `text` ("" = no other proposal). */
static void question(struct fact *f, const char *check, const char *text)
{
    if (f->blank)
        return;
    f->settled = false;
    f->text = "";
    f->check = check;
    if (*text)
        f->r.runner_up = text;
}

/* ── persons ────────────────────────────────────────────────────────────── */

/* Where a person's three boxes stand. To add one: its row. */
static const struct {
    const char *name, *kana, *birth;
} persons[] = {
    {"child.name", "child.kana", "child.birth"},
    {"guardian.name", "guardian.kana", "guardian.birth"},
    {"cohabitant.name", "cohabitant.kana", "cohabitant.birth"},
    {"@holder.name", "@holder.kana", "@holder.birth"},
};

static const char *key_of(const struct page_facts *p, const struct fact *f)
{
    return f && *f->guess ? text_match_key(f->guess, p->a) : "";
}

/* The very name and kana of one resident, but another day: a digit of the date
 * may be misread, and it was not noticed. */
static void check_birth(const struct page_facts *p, const char *kana_key,
                        const char *name_key, struct fact *birth)
{
    const struct resident *r =
        registry_namesake(p->w->registry, kana_key, name_key);
    if (r && birth && *birth->guess && !birth->blank)
        question(birth, "registry-differs", date_iso(r->birth, p->a));
}

static void settle_person(const struct page_facts *p, struct fact *name,
                          struct fact *kana, struct fact *birth)
{
    const char *name_key = key_of(p, name), *kana_key = key_of(p, kana);
    int32_t day;
    if (!birth || date_parse(birth->guess, &day) != DATE_OK)
        return;
    struct registry_match m =
        registry_match(p->w->registry, day, kana_key, name_key);
    if (!m.resident) {
        check_birth(p, kana_key, name_key, birth);
        return;
    }
    if (!m.sure)
        return;
    const char *world = arena_printf(p->a, "住民登録 %s", m.resident->no);
    stand(p, name, m.resident->name, world);
    stand(p, kana, m.resident->kana, world);
    stand(p, birth, date_iso(day, p->a), world);
}

static void settle_persons(const struct page_facts *p)
{
    for (size_t k = 0; k < sizeof persons / sizeof persons[0]; k++)
        for (size_t i = 0; i < p->n; i++) {
            struct fact *name = &p->facts[i];
            if (strcmp(name->path, persons[k].name) != 0)
                continue;
            struct fact *kana = find(p, persons[k].kana, name->row);
            struct fact *birth = find(p, persons[k].birth, name->row);
            if (kana && birth)
                settle_person(p, name, kana, birth);
        }
}

/* ── the address ────────────────────────────────────────────────────────── */

/* A letter of four of the town's name may be misread. */
#define TOWN_SLIPS(t) ((int)text_count((t)->key) / 4)

/* The town of this code with which the address begins; NULL when none does.
 * *rest gets what follows it. */
static const struct town *town_here(const struct page_facts *p,
                                    const char *digits, const char *address,
                                    int most_slips, const char **rest)
{
    const struct postal *postal = p->w->postal;
    const struct town *best = NULL;
    size_t i, end;
    int least = INT32_MAX;
    postal_of_code(postal, digits, &i, &end);
    for (; i < end; i++) {
        const struct town *t = &postal->by_code[i];
        int slips = TOWN_SLIPS(t) < most_slips ? TOWN_SLIPS(t) : most_slips;
        for (int s = 0; s <= slips && s < least; s++) {
            const char *after = postal_rest(t, address, s, p->a);
            if (!after)
                continue;
            best = t;
            least = s;
            *rest = after;
        }
    }
    return best;
}

/* Both ways of reading the address are the same once the town is put right. */
static void settle_address(const struct page_facts *p, struct fact *address,
                           const char *digits)
{
    const char *rest, *other;
    const struct town *t =
        town_here(p, digits, address->guess, INT32_MAX, &rest);
    if (!t)
        return;
    const char *mended = arena_printf(p->a, "%s%s", t->place, rest);
    const struct town *u =
        *address->r.runner_up
            ? town_here(p, digits, address->r.runner_up, INT32_MAX, &other)
            : NULL;
    const char *world = arena_printf(p->a, "郵便番号 %s", digits);
    if (u == t &&
        strcmp(text_match_key(rest, p->a), text_match_key(other, p->a)) == 0)
        stand(p, address, mended, world);
    else if (!address->settled && strcmp(mended, address->guess) != 0) {
        address->r.runner_up = address->r.value;
        address->r.value = address->guess = mended;
        address->world = world;
    }
}

/* The only code of the town that the address begins with to the letter; NULL
 * when it has several. *has tells whether `digits` is one of them. */
static const char *code_of_address(const struct page_facts *p,
                                   const char *address, const char *digits,
                                   bool *known, bool *has)
{
    const struct postal *postal = p->w->postal;
    size_t first, end;
    postal_of_address(postal, text_match_key(address, p->a), &first, &end);
    *known = first < end;
    *has = false;
    for (size_t i = first; i < end; i++)
        *has = *has || strcmp(postal->by_key[i].code, digits) == 0;
    return end == first + 1 ? postal->by_key[first].code : NULL;
}

static const char *with_hyphen(const char *digits, struct arena *a)
{
    return arena_printf(a, "%.3s-%s", digits, digits + 3);
}

static void settle_postal(const struct page_facts *p)
{
    struct fact *code = find(p, "household.postal_code", 0);
    struct fact *address = find(p, "household.address", 0);
    if (!code || !address || code->blank || address->blank || !*address->guess)
        return;
    const char *digits = postal_digits(code->guess, p->a), *rest;
    bool known, has;
    const char *only = code_of_address(p, address->guess, digits, &known, &has);
    if (has) {
        stand(p, code, with_hyphen(digits, p->a), "住所の町名");
        settle_address(p, address, digits);
        return;
    }
    if (*digits && town_here(p, digits, address->guess, INT32_MAX, &rest)) {
        settle_address(p, address, digits);
        return;
    }
    if (known && *code->guess)
        question(code, "postal-differs", only ? with_hyphen(only, p->a) : "");
}

/* ── facilities ─────────────────────────────────────────────────────────── */

/* At most half of the letters may be misread, and the next name must be at
 * least one letter farther away. */
static const struct facility *facility_called(const struct page_facts *p,
                                              const char *text, bool *exactly)
{
    const struct facilities *all = p->w->facilities;
    const char *key = text_match_key(text, p->a);
    const struct facility *best = NULL;
    int least = (int)text_count(key) / 2 + 1, second = INT32_MAX;
    for (size_t i = 0; *key && i < all->n; i++) {
        int off = text_distance(key, text_match_key(all->items[i].name, p->a));
        if (off < least) {
            second = best ? least : second;
            least = off;
            best = &all->items[i];
        } else if (off < second) {
            second = off;
        }
    }
    *exactly = best && least == 0;
    return best && second > least ? best : NULL;
}

static void settle_facility(const struct page_facts *p, struct fact *name,
                            struct fact *code)
{
    bool exactly;
    if (!code || name->blank || code->blank || !*name->guess)
        return;
    const struct facility *called = facility_called(p, name->guess, &exactly);
    const struct facility *coded =
        *code->guess ? facility_find(p->w->facilities, code->guess) : NULL;
    if (!called)
        return;
    if (called == coded) {
        stand(p, code, called->code, "施設名");
        stand(p, name, called->name, "施設番号");
    } else if (exactly && (!code->settled || name->settled)) {
        question(code, "facility-differs", called->code);
    }
}

static void settle_facilities(const struct page_facts *p)
{
    for (size_t i = 0; i < p->n; i++) {
        struct fact *f = &p->facts[i];
        if (strcmp(f->path, "preference.facility_name") == 0)
            settle_facility(p, f, find(p, "preference.facility", f->row));
    }
}

void facts_meet_world(struct assembly *w, const struct leaf *l,
                      struct fact *facts, size_t n, struct arena *a)
{
    const struct page_facts p = {w, l, facts, n, a};
    if (w->registry && w->registry->n)
        settle_persons(&p);
    if (w->postal && w->postal->n)
        settle_postal(&p);
    if (w->facilities && w->facilities->n)
        settle_facilities(&p);
}
