/* The section hours: how working time is counted. */
#include "scoring/points/ruleset_loader.h"

static bool load_weeks(struct loader *l, const struct yaml *map)
{
    bool has;
    milli_points weeks = 0;
    load_points_key(l, map, "weeks_per_month", &has, &weeks);
    l->rs->hours.weeks_per_month_milli = weeks;
    if (!has || (weeks >= 3000 && weeks <= 6000))
        return true;
    diag_error(l->d, yaml_find(map, "weeks_per_month")->at, "bad-range",
               "weeks_per_month は 4 や 4.345 のように書いてください",
               "weeks_per_month is a number like 4 or 4.345");
    return loader_fail(l);
}

/* Of each day's break so much counts as work. */
static bool load_breaks_up_to(struct loader *l, const struct yaml *map)
{
    const struct yaml *node = yaml_find(map, "breaks_up_to");
    struct hours *h = &l->rs->hours;
    if (!node)
        return true;
    struct expr_env env = loader_env(l, USES_HOUSEHOLD);
    struct expr_type a_day = {EXPR_MINUTES, UNIT_PER_DAY, NULL};
    h->has_breaks_up_to = true;
    if (node->kind == YAML_SCALAR && h->breaks_included)
        return expr_parse_constant(node->text, node->at, &env, a_day,
                                   &h->breaks_up_to, l->a, l->d) ||
               loader_fail(l);
    diag_error(l->d, node->at, "misplaced",
               "breaks_up_to は breaks: included とともに、60min のように書き"
               "ます (1日あたり何分まで数えるか)",
               "breaks_up_to goes with breaks: included, and takes 60min (of a "
               "day's break)");
    return loader_fail(l);
}

bool load_hours(struct loader *l, const struct yaml *root)
{
    static const char *const keys[] = {"basis",           "jobs",     "breaks",
                                       "breaks_up_to",    "overtime", "counts",
                                       "weeks_per_month", NULL};
    static const char *const bases[] = {[HOURS_CONTRACT] = "contract",
                                        [HOURS_ACTUAL] = "actual",
                                        [HOURS_LOWER] = "lower",
                                        NULL};
    static const char *const jobs[] = {
        [HOURS_SUM] = "sum", [HOURS_LONGEST] = "longest", NULL};
    static const char *const in_out[] = {"excluded", "included", NULL};
    const struct yaml *map = yaml_find(root, "hours");
    struct hours *h = &l->rs->hours;
    h->at = map ? map->at : root->at;
    if (!map || !load_keys(l, map, keys))
        return !map;
    int basis = HOURS_CONTRACT, job = HOURS_SUM, breaks = 0, overtime = 0;
    bool ok = load_choice(l, map, "basis", bases, &basis);
    ok = load_choice(l, map, "jobs", jobs, &job) && ok;
    ok = load_choice(l, map, "breaks", in_out, &breaks) && ok;
    ok = load_choice(l, map, "overtime", in_out, &overtime) && ok;
    h->basis = (enum hours_basis)basis;
    h->jobs = (enum hours_jobs)job;
    h->breaks_included = breaks == 1;
    h->overtime_included = overtime == 1;
    if (basis != HOURS_CONTRACT && overtime == 0)
        diag_warn(l->d, map->at, "hours-overtime",
                  "就労証明書の実績には残業と休憩が含まれます。overtime: "
                  "included と書くか、basis: contract にしてください",
                  "actual hours on the certificate include overtime and "
                  "breaks: write overtime: included, or basis: contract");
    const struct yaml *counts = yaml_find(map, "counts");
    if (counts)
        h->counts = load_condition(l, counts, USES_HOUSEHOLD | USES_JOB);
    ok = load_breaks_up_to(l, map) && ok;
    return load_weeks(l, map) && ok && (!counts || h->counts);
}

/* hours_month and its like need to know how many weeks a month has, since a
 * certificate may state hours by the week. */
bool check_hours(struct loader *l)
{
    if (l->hours_used.line == 0 || l->rs->hours.weeks_per_month_milli > 0)
        return true;
    diag_error(
        l->d, l->hours_used, "hours-weeks",
        "就労時間を使うには hours の weeks_per_month (1か月を何週と数える"
        "か。例: 4) が必要です",
        "hours need weeks_per_month under hours: how many weeks a month "
        "counts for (such as 4)");
    return loader_fail(l);
}
