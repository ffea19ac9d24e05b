#include "bench/applications.h"

#include "core/buf.h"
#include "core/date.h"
#include "core/file.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])
#define PREFERENCES 5

struct making {
    struct record_set *set;
    uint64_t state;
    struct arena *mem; /* of this household */
    const char *household, *child;
};

/* SplitMix64 (Steele, Lea, Flood 2014). */
static uint64_t next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int below(struct making *m, int n)
{
    return (int)(next(&m->state) % (uint64_t)n);
}

static bool percent(struct making *m, int chance)
{
    return below(m, 100) < chance;
}

/* A value that the dictionary takes: anything else is our mistake. */
static void put(struct making *m, struct row_key key, const char *path,
                const char *text)
{
    const struct field *f = dictionary_find(m->set->dict, path);
    struct slot v;
    key.household = m->household;
    if (!f || !value_parse(f, text, m->set->strings, POS_FILE(path), &v, NULL))
        abort();
    record_set_put(m->set, f, record_set_row(m->set, f->scope, &key), v, NULL);
}

static const char *hours(struct making *m, int minutes)
{
    return arena_printf(m->mem, "%d:%02d", minutes / 60, minutes % 60);
}

static const char *day(struct making *m, int from_year, int years)
{
    return date_iso(date_day(from_year, 4, 2) + below(m, years * 365), m->mem);
}

static const char *facility_code(struct making *m)
{
    return arena_printf(m->mem, "%04d", 1 + below(m, APPLICATION_FACILITIES));
}

/* ---- what a family hands in ---- */

static void add_job(struct making *m, int person, bool mother)
{
    static const char *const kinds[] = {"正社員", "パート・アルバイト",
                                        "契約社員", "会計年度任用職員"};
    static const char *const areas[] = {"市内", "隣接市町村",
                                        "隣接市町村より遠い"};
    struct row_key key = {.child = "", .person = person, .seq = 1};
    int a_day = mother && percent(m, 50) ? 240 + below(m, 4) * 60 : 480;
    int days = 16 + below(m, 7), from = 420 + below(m, 12) * 15;
    const char *month = hours(m, (a_day + 60) * days);
    put(m, key, "job.certified_on", day(m, 2026, 1));
    put(m, key, "job.employer",
        arena_printf(m->mem, "株式会社見本%d", below(m, 5000)));
    put(m, key, "job.term", percent(m, 80) ? "無期" : "有期");
    put(m, key, "job.start", day(m, 2010, 15));
    put(m, key, "job.kind",
        percent(m, 4) ? "自営業主" : kinds[below(m, COUNT(kinds))]);
    put(m, key, "job.weekdays", "月|火|水|木|金");
    if (!percent(m, 2)) { /* else the certificate is missing */
        put(m, key, "job.minutes_month", month);
        put(m, key, "job.break_minutes_month", hours(m, 60 * days));
    }
    put(m, key, "job.days_month", arena_printf(m->mem, "%d", days));
    put(m, key, "job.days_week", "5");
    put(m, key, "job.weekday_from", hours(m, from));
    put(m, key, "job.weekday_to", hours(m, from + a_day + 60));
    put(m, key, "job.weekday_break", "1:00");
    put(m, key, "job.shift_from", "#該当なし");
    put(m, key, "job.shift_to", "#該当なし");
    put(m, key, "job.actual1_month", "2026-08");
    put(m, key, "job.actual1_minutes", month);
    put(m, key, "job.actual2_month", "2026-09");
    put(m, key, "job.actual2_minutes", month);
    put(m, key, "job.actual3_month", "2026-10");
    put(m, key, "job.actual3_minutes", month);
    put(m, key, "job.income_proof", percent(m, 70) ? "はい" : "いいえ");
    put(m, key, "job.workplace_area", areas[below(m, COUNT(areas))]);
}

static void add_other_reason(struct making *m, struct row_key key)
{
    static const char *const grades[] = {"入院1か月以上・常時臥床",
                                         "加療6か月超", "社会生活に制限なし"};
    switch (below(m, 4)) {
    case 0:
        put(m, key, "reason.kind", "疾病");
        put(m, key, "reason.illness_grade", grades[below(m, COUNT(grades))]);
        break;
    case 1:
        put(m, key, "reason.kind", "就学");
        put(m, key, "reason.minutes_month", hours(m, 3600 + below(m, 7200)));
        break;
    case 2:
        put(m, key, "reason.kind", "出産");
        put(m, key, "reason.due_date", day(m, 2026, 1));
        put(m, key, "reason.multiple_birth", "いいえ");
        break;
    default:
        put(m, key, "reason.kind", "求職");
    }
}

static void add_guardian(struct making *m, int person)
{
    struct row_key key = {.child = "", .person = person};
    bool mother = person == 2;
    put(m, key, "guardian.role", mother ? "母" : "父");
    put(m, key, "guardian.present", "はい");
    put(m, key, "guardian.name",
        arena_printf(m->mem, "見本 %s", mother ? "花子" : "太郎"));
    put(m, key, "guardian.kana", mother ? "ミホン ハナコ" : "ミホン タロウ");
    put(m, key, "guardian.disability", "なし");
    key.seq = 1;
    if (percent(m, mother ? 20 : 5)) {
        add_other_reason(m, key);
        return;
    }
    put(m, key, "reason.kind", "就労");
    put(m, key, "reason.proof", "はい");
    add_job(m, person, mother);
}

static void add_child(struct making *m)
{
    static const char *const flags[] = {
        "child.graduating",         "child.left_for_leave",
        "child.becomes_licensed",   "child.regular_other_care",
        "child.leave_extension_ok", "child.multiple_birth",
    };
    struct row_key key = {.child = m->child};
    put(m, key, "child.name", "見本 空");
    put(m, key, "child.kana", "ミホン ソラ");
    put(m, key, "child.birth", day(m, 2021, 6));
    put(m, key, "child.sex", percent(m, 50) ? "男" : "女");
    put(m, key, "child.disability", "なし");
    put(m, key, "child.current_care", "在宅");
    put(m, key, "child.enrolled_facility", "#該当なし");
    put(m, key, "child.leaving_reason", "#該当なし");
    put(m, key, "child.regular_other_care_proof",
        percent(m, 50) ? "はい" : "いいえ");
    for (size_t i = 0; i < COUNT(flags); i++)
        put(m, key, flags[i], percent(m, 6) ? "はい" : "いいえ");
    for (key.seq = 1; key.seq <= PREFERENCES; key.seq++)
        put(m, key, "preference.facility", facility_code(m));
}

static void add_sibling(struct making *m)
{
    struct row_key key = {.child = "", .person = 11};
    put(m, key, "cohabitant.relation", percent(m, 50) ? "兄" : "姉");
    put(m, key, "cohabitant.kana", "ミホン リク");
    put(m, key, "cohabitant.birth", day(m, 2014, 7));
    put(m, key, "cohabitant.lives_together", "はい");
    put(m, key, "cohabitant.enrolled_facility",
        percent(m, 50) ? facility_code(m) : "#該当なし");
    put(m, key, "cohabitant.leaving", percent(m, 20) ? "はい" : "いいえ");
}

/* Mostly from office.csv. */
static void add_household(struct making *m)
{
    struct row_key key = {.child = ""};
    put(m, key, "household.received_on", "2026-11-10");
    put(m, key, "household.postal_code", "901-2100");
    put(m, key, "household.address",
        arena_printf(m->mem, "見本市架空町%d-%d", 1 + below(m, 40),
                     1 + below(m, 30)));
    put(m, key, "household.single_parent", "無");
    put(m, key, "household.welfare", percent(m, 2) ? "はい" : "いいえ");
    put(m, key, "household.breadwinner_jobless", "無");
    put(m, key, "household.foster", "いいえ");
    put(m, key, "household.solo_posting", percent(m, 2) ? "地域外" : "無");
    put(m, key, "household.disabled_member", "なし");
    put(m, key, "household.disabled_member_cared", "いいえ");
    put(m, key, "household.arrears_previous_year", "いいえ");
    put(m, key, "household.arrears_months", percent(m, 3) ? "4" : "0");
    put(m, key, "household.arrears_collected", "いいえ");
    put(m, key, "household.fee_class",
        arena_printf(m->mem, "%d", 1 + below(m, 12)));
    put(m, key, "household.children_under_18",
        arena_printf(m->mem, "%d", 1 + below(m, 3)));
    put(m, key, "household.declines_this_year", percent(m, 3) ? "1" : "0");
    put(m, key, "household.nursery_worker", "無");
    add_guardian(m, 1);
    add_guardian(m, 2);
    add_child(m);
    if (percent(m, 40))
        add_sibling(m);
}

void applications_make(struct record_set *set, uint64_t seed, size_t first,
                       size_t n)
{
    for (size_t i = first; i < first + n; i++) {
        struct arena mem = ARENA_INIT;
        struct making m = {.set = set, .state = seed ^ (i << 20), .mem = &mem};
        m.household = arena_printf(&mem, "%07zu", i);
        m.child = arena_printf(&mem, "%07zu-1", i);
        add_household(&m);
        arena_release(&mem);
    }
    record_set_finish(set);
}

/* ---- the city ---- */

static const char *take(struct buf *text, struct arena *a)
{
    const char *copy = arena_strdup(a, text->bytes);
    buf_release(text);
    return copy;
}

const char *application_nurseries(struct arena *a)
{
    struct buf text = BUF_INIT;
    buf_text(&text, "施設番号,施設名,種別,最低月齢(日),連携施設,地区,小学校区,"
                    "閉園日\n");
    for (int i = 1; i <= APPLICATION_FACILITIES; i++)
        buf_printf(&text, "%04d,見本保育所%d,保育所,57,,,,\n", i, i);
    return take(&text, a);
}

const char *application_seats(struct arena *a)
{
    struct buf text = BUF_INIT;
    buf_text(&text, "施設番号,クラス,受入可能,継続在園,転園希望者数,募集人数,"
                    "転園枠算入,共有クラス,確認者,版,基準日時\n");
    for (int i = 1; i <= APPLICATION_FACILITIES; i++)
        for (int k = 0; k < N_CLASSES; k++)
            buf_printf(&text, "%04d,%d,12,6,0,6,,,,,\n", i, k);
    return take(&text, a);
}

static const char *load(const char *path, size_t *len, struct arena *a,
                        struct diag *d)
{
    return file_read(path, (size_t)1 << 20, a, len, d);
}

bool application_city_open(struct application_city *c, struct arena *a,
                           struct diag *d)
{
    static const char rules[] = "rules/urasoe-r8.yaml";
    static const char fields[] = "rules/dictionary.yaml";
    const char *nurseries = application_nurseries(a);
    const char *seats = application_seats(a);
    size_t len;
    *c = (struct application_city){.dict = DICTIONARY_INIT};
    const char *bytes = load(fields, &len, a, d);
    if (!bytes || !dictionary_load(&c->dict, bytes, len, fields, a, d))
        return false;
    bytes = load(rules, &len, a, d);
    c->context = (struct score_context){.entry_date = date_day(2027, 4, 1),
                                        .deadline = date_day(2026, 11, 30),
                                        .fiscal_year = 2027,
                                        .facilities = &c->facilities,
                                        .lottery_seed = "seed"};
    return bytes &&
           ruleset_load(&c->rules, bytes, len, rules, &c->dict, a, d) &&
           facilities_load(&c->facilities, nurseries, strlen(nurseries),
                           "nurseries.csv", seats, strlen(seats), "seats.csv",
                           a, d);
}
