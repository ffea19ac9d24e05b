/* Scores: whole decisions as text; see score_help.h. */
#include "tests/score_help.h"

#define NOTHING_ELSE                                                          \
    "household arrears_months=0 single_parent=無\nchild:1 birth=2025-05-01 " \
    "leave_extension_ok=いいえ\n"

static void a_simple_table(void **state)
{
    static const struct row rows[] = {
        {simple, NOTHING_ELSE BOTH WORK("1", "168:00") WORK("2", "120:00"),
         "1 base 36 adjust 0 total 36 | work@1=20 work@2=16\n"},
        {simple,
         NOTHING_ELSE BOTH WORK("1", "168:00") SEEK(
             "2") "preference:1:1 facility=SUN\npreference:1:2 facility=MOON\n",
         "1 base 28 adjust 0 total 28 | work@1=20 seek@2=8\n"
         "> 1 SUN 29.500 first=1.500\n> 2 MOON 28\n"},
        {simple, NOTHING_ELSE ALONE SEEK("1"),
         "1 base 8 adjust 26 total 34 | seek@1=8 single=26\n"},
        /* 63 hours are on no step */
        {simple, NOTHING_ELSE BOTH WORK("1", "63:00") SEEK("2"),
         "1 base 8 adjust 0 total 8 | seek@2=8\n"},
        /* unknown is kept, and says what is missing */
        {simple, NOTHING_ELSE BOTH WORK("1", "") SEEK("2"),
         "1 base 8 adjust 0 total 8 provisional | seek@2=8 "
         "?work@1[job.minutes_month job.variable_minutes]\n"},
        {simple, NOTHING_ELSE BOTH SEEK("1"),
         "1 base 8 adjust 0 total 8 provisional | seek@1=8 "
         "?work@2[reason.kind job.minutes_month job.variable_minutes] "
         "?seek@2[reason.kind]\n"},
        {simple, NOTHING_ELSE "guardian:1 present=はい\n" SEEK("1"),
         "1 base 8 adjust 0 total 8 provisional | seek@1=8 "
         "?guardian.present@2[guardian.present]\n"},
        {simple, "household single_parent=無\n" CHILD BOTH SEEK("1") SEEK("2"),
         "1 base 16 adjust 0 total 16 provisional | seek@1=8 seek@2=8 "
         "?arrears[household.arrears_months] "
         "?leave[child.leave_extension_ok]\n"},
        /* the higher of two reasons, the other shown */
        {simple,
         NOTHING_ELSE ALONE "reason:1:1 kind=求職\nreason:1:2 kind=就労\n"
                            "job:1:1 minutes_month=130:00" NO_BREAK,
         "1 base 16 adjust 26 total 42 | work@1=16 (seek@1=8) single=26\n"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

/* Guardians: 20 and 8; alone: 20. */
#define G(more, base)                                                     \
    "guardian:\n" more "  reasons:\n"                                     \
    "    - {id: a, wording: 災害, when: reason = 災害, points: 20}\n" \
    "    - {id: b, wording: 求職, when: reason = 求職, points: 8}\n"  \
    "    - {id: c, wording: 疾病, when: reason = 疾病, points: 5}\n"  \
    "household: {base: " base "}\n"
#define PAIR CHILD BOTH "reason:1:1 kind=災害\nreason:2:1 kind=求職\n"
#define ONE CHILD ALONE "reason:1:1 kind=災害\n"
#define MANY                                                       \
    CHILD ALONE "reason:1:1 kind=災害\nreason:1:2 kind=求職\n" \
                "reason:1:3 kind=疾病\n"
static void guardians_combine(void **state)
{
    static const struct row rows[] = {
        {G("", "sum"), PAIR, "1 base 28 adjust 0 total 28 | a@1=20 b@2=8\n"},
        {G("", "lower"), PAIR, "1 base 8 adjust 0 total 8 | a@1=20 b@2=8\n"},
        {G("", "higher"), PAIR, "1 base 20 adjust 0 total 20 | a@1=20 b@2=8\n"},
        {G("", "average"), PAIR,
         "1 base 14 adjust 0 total 14 | a@1=20 b@2=8\n"},
        {G("", "per_guardian"), PAIR,
         "1 base 28 adjust 0 total 28 | a@1=20 b@2=8\n"},
        {G("", "sum, ceiling: 25"), PAIR,
         "1 base 25 adjust 0 total 25 | a@1=20 b@2=8\n"},
        {G("", "sum"), ONE, "1 base 20 adjust 0 total 20 | a@1=20\n"},
        {G("", "lower"), ONE, "1 base 20 adjust 0 total 20 | a@1=20\n"},
        {G("", "average"), ONE, "1 base 20 adjust 0 total 20 | a@1=20\n"},
        {G("", "per_guardian"), ONE, "1 base 40 adjust 0 total 40 | a@1=20\n"},
        {G("  absent: 15\n", "sum"), ONE,
         "1 base 35 adjust 0 total 35 | a@1=20\n"},
        {G("  absent: 15\n", "lower"), ONE,
         "1 base 15 adjust 0 total 15 | a@1=20\n"},
        {G("  absent: 15\n", "average"), ONE,
         "1 base 17.500 adjust 0 total 17.500 | a@1=20\n"},
        {G("  choose: sum\n", "sum"), MANY,
         "1 base 33 adjust 0 total 33 | a@1=20 b@1=8 c@1=5\n"},
        {G("  choose: highest\n", "sum"), MANY,
         "1 base 20 adjust 0 total 20 | a@1=20 (b@1=8) (c@1=5)\n"},
        {G("  choose: highest\n  second: {most: 2}\n", "sum"), MANY,
         "1 base 22 adjust 0 total 22 | a@1=20 b@1=2 (c@1=5)\n"},
        {G("  choose: highest\n  second: {most: 2, ceiling: 21}\n", "sum"),
         MANY, "1 base 21 adjust 0 total 21 | a@1=20 b@1=1 (c@1=5)\n"},
        {G("  choose: highest\n  second: {most: 2, ceiling: 18}\n", "sum"),
         MANY, "1 base 20 adjust 0 total 20 | a@1=20 b@1=0 (c@1=5)\n"},
        {G("  choose: sum\n  ceiling: 30\n", "sum"), MANY,
         "1 base 30 adjust 0 total 30 | a@1=20 b@1=8 c@1=5\n"},
        {G("", "sum"), CHILD "household single_parent=父母不在\n",
         "1 base 0 adjust 0 total 0 |\n"},
        {G("", "per_guardian"), CHILD "household single_parent=父母不在\n",
         "1 base 0 adjust 0 total 0 |\n"},
        /* forced; then adjustments of the guardian, with unless */
        {"guardian:\n  reasons:\n"
         "    - {id: a, wording: 災害, when: reason = 災害, points: 20}\n"
         "    - {id: b, wording: 求職, when: reason = 求職, points: 8, forced: "
         "yes}\n"
         "  adjust:\n"
         "    - {id: up, wording: 加点, points: 3}\n"
         "    - {id: not-b, wording: 加点, unless: [b], points: 2}\n",
         PAIR "reason:1:2 kind=求職\n",
         "1 base 22 adjust 0 total 22 | (a@1=20) b@1=8 up@1=3 b@2=8 up@2=3\n"},
        {"guardian:\n  reasons:\n"
         "    - {id: a, wording: 災害, when: reason = 災害, points: 20}\n"
         "  adjust:\n"
         "    - {id: not-a, wording: 加点, unless: [a], points: 2}\n",
         PAIR, "1 base 22 adjust 0 total 22 | a@1=20 not-a@2=2\n"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

#define C(rules) "child:\n  adjust:\n" rules
#define R(id, when, points) \
    "    - {id: " id ", wording: w, when: " when ", points: " points "}\n"
#define RG(id, when, points) \
    "        - {id: " id ", wording: w, when: " when ", points: " points "}\n"
#define GROUP(pick, more) "    - group: g\n" more "      " pick ":\n"
#define NO_PARENTS "household single_parent=父母不在"
static void rules_and_groups(void **state)
{
    static const char three[] = RG("p", "medical_care", "3")
        RG("q", "multiple_birth", "5") RG("r", "allergy", "5");
    static char groups[4][600];
    static const char *const picks[] = {"highest_of", "lowest_of", "first_of",
                                        "sum_of"};
    for (int i = 0; i < 4; i++)
        snprintf(groups[i], sizeof groups[i], "child:\n  adjust:\n%s%s:\n%s",
                 i == 3 ? "    - group: g\n      most: 10\n      "
                        : "    - group: g\n      ",
                 picks[i], three);
    const struct row rows[] = {
        {groups[0],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=はい "
                    "multiple_birth=はい allergy=はい\n",
         "1 base 0 adjust 5 total 5 | (p=3) q=5 (r=5)\n"},
        {groups[1],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=はい "
                    "multiple_birth=はい allergy=はい\n",
         "1 base 0 adjust 3 total 3 | p=3 (q=5) (r=5)\n"},
        {groups[2],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=いいえ "
                    "multiple_birth=はい allergy=はい\n",
         "1 base 0 adjust 5 total 5 | q=5 (r=5)\n"},
        {groups[2],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care= "
                    "multiple_birth=はい allergy=はい\n",
         "1 base 0 adjust 0 total 0 provisional | (q=5) (r=5) "
         "?p[child.medical_care]\n"},
        {groups[0],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care= "
                    "multiple_birth=はい allergy=いいえ\n",
         "1 base 0 adjust 5 total 5 provisional | q=5 "
         "?p[child.medical_care]\n"},
        {groups[3],
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=はい "
                    "multiple_birth=はい allergy=はい\n",
         "1 base 0 adjust 10 total 10 | p=3 q=5 r=5 cap:r=-3\n"},
        {C(R("p", "medical_care", "3")
               R("q", "medical_care", "5, unless: [p]")),
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=はい\n",
         "1 base 0 adjust 3 total 3 | p=3\n"},
        {C(R("p", "allergy", "3") R("q", "medical_care", "5, unless: [p]")),
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=はい allergy=\n",
         "1 base 0 adjust 0 total 0 provisional | ?p[child.allergy] "
         "?q[child.allergy]\n"},
        /* a known no settles it */
        {C(R("p", "allergy", "3") R("q", "medical_care", "5, unless: [p]")),
         NO_PARENTS
         "\nchild:1 birth=2025-05-01 medical_care=いいえ allergy=いいえ\n",
         "1 base 0 adjust 0 total 0 |\n"},
        {"household:\n  adjust:\n"
         "    - {id: d, wording: 辞退, per: declines_this_year, points: -2, "
         "least: -5}\n",
         NO_PARENTS " declines_this_year=2\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust -4 total -4 | d=-4\n"},
        {"household:\n  adjust:\n"
         "    - {id: d, wording: 辞退, per: declines_this_year, points: -2, "
         "least: -5}\n",
         NO_PARENTS " declines_this_year=3\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust -5 total -5 | d=-5\n"},
        {"household:\n  adjust:\n"
         "    - {id: d, wording: 辞退, per: declines_this_year, points: -2}\n",
         NO_PARENTS " declines_this_year=0\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust 0 total 0 |\n"},
        {"household:\n  adjust:\n"
         "    - {id: d, wording: 辞退, when: welfare, per: declines_this_year, "
         "points: -2}\n",
         NO_PARENTS " declines_this_year=0\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust 0 total 0 |\n"},
        {"household:\n  adjust:\n"
         "    - {id: d, wording: 辞退, per: declines_this_year, points: -2}\n",
         NO_PARENTS " declines_this_year=\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust 0 total 0 provisional | "
         "?d[household.declines_this_year]\n"},
        {"household:\n  adjust:\n    - {id: d, wording: 子, per: "
         "children_under_18, points: 2, most: 5}\n",
         NO_PARENTS " children_under_18=3\nchild:1 birth=2025-05-01\n",
         "1 base 0 adjust 5 total 5 | d=5\n"},
        /* any guardian's rule that held */
        {"guardian:\n  reasons:\n    - {id: a, wording: 災害, when: reason = "
         "災害, points: 20}\n"
         "household:\n  adjust:\n    - {id: n, wording: 加点, unless: [a], "
         "points: 2}\n",
         CHILD BOTH "reason:1:1 kind=求職\nreason:2:1 kind=災害\n",
         "1 base 20 adjust 0 total 20 | a@2=20\n"},
        /* why: nothing is known of guardian 2; a relation is not read */
        {"guardian:\n  reasons:\n    - {id: a, wording: 災害, when: reason = "
         "災害, points: 20}\n"
         "household:\n  adjust:\n    - {id: n, wording: 加点, unless: [a], "
         "points: 2}\n",
         "household single_parent=無\n" CHILD
         "guardian:1 present=はい\nreason:1:1 kind=求職\n",
         "1 base 0 adjust 0 total 0 provisional | "
         "?guardian.present@2[guardian.present] ?n[guardian.present]\n"},
        {C(R("p", "count siblings >= 1", "3")),
         NO_PARENTS "\n" CHILD "cohabitant:11 relation=\n",
         "1 base 0 adjust 0 total 0 provisional | ?p[cohabitant.relation]\n"},
        /* but, tables inside tables, otherwise */
        {C("    - {id: t, wording: w, by: class_age, at_most: {0: 1, 1: {by: "
           "sex, is: {男: 2, 女: 3}}}, otherwise: 9, but: [{when: "
           "multiple_birth, points: 7}, {when: allergy, none: yes}]}\n"),
         NO_PARENTS "\nchild:1 birth=2025-05-01 sex=女 multiple_birth=いいえ "
                    "allergy=いいえ\nchild:2 birth=2020-05-01 sex=女 "
                    "multiple_birth=いいえ allergy=いいえ\nchild:3 "
                    "birth=2025-05-01 multiple_birth=はい\nchild:4 "
                    "birth=2025-05-01 multiple_birth=いいえ allergy=はい\n"
                    "child:5 birth=2025-05-01 multiple_birth= "
                    "allergy=いいえ sex=男\n",
         "1 base 0 adjust 3 total 3 | t=3\n"
         "2 base 0 adjust 9 total 9 | t=9\n"
         "3 base 0 adjust 7 total 7 | t=7\n"
         "4 base 0 adjust 0 total 0 |\n"
         "5 base 0 adjust 0 total 0 provisional | ?t[child.multiple_birth]\n"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

#define SETS                                                                   \
    "household:\n  adjust:\n    - {id: w, wording: 生保, when: welfare, "    \
    "points: 30}\n"                                                            \
    "child:\n  adjust:\n    - {id: leave, wording: 育休延長, when: "       \
    "leave_extension_ok, sets_total: -100}\n"                                  \
    "    - {id: last, wording: 最後, when: outside_city, rank_last: yes}\n"  \
    "choice:\n  adjust:\n    - {id: first, wording: 一, when: "               \
    "preference_number = 1, points: 5}\n"                                      \
    "    - {id: low, wording: 二, when: preference_number = 2, sets_total: "  \
    "-200}\n"                                                                  \
    "    - {id: high, wording: 三, when: preference_number = 3, sets_total: " \
    "0}\n"
#define WISHES                                                    \
    "preference:1:1 facility=SUN\npreference:1:2 facility=MOON\n" \
    "preference:1:3 facility=SEA\n"
static void totals_that_are_set(void **state)
{
    static const struct row rows[] = {
        {SETS,
         "household single_parent=父母不在 welfare=はい\n"
         "child:1 birth=2025-05-01 leave_extension_ok=はい "
         "outside_city=いいえ\n" WISHES,
         "1 base 0 adjust -100 total -100 | w=30 leave=-130\n"
         "> 1 SUN -100 first=5 leave=-5\n"
         "> 2 MOON -200 low=-100\n"
         "> 3 SEA -100 (high=100)\n"},
        {SETS,
         "household single_parent=父母不在 welfare=はい\n"
         "child:1 birth=2025-05-01 leave_extension_ok=いいえ "
         "outside_city=はい\n" WISHES,
         "1 base 0 adjust 30 total 30 last | w=30 last=0\n"
         "> 1 SUN 35 last first=5\n"
         "> 2 MOON -200 last low=-230\n"
         "> 3 SEA 0 last high=-30\n"},
        {"household: {share_highest: yes}\n" C(R("p", "medical_care", "3")),
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=いいえ\n"
                    "child:2 birth=2025-05-01 medical_care=はい\n",
         "1 base 0 adjust 3 total 3 | share=3\n"
         "2 base 0 adjust 3 total 3 | p=3\n"},
        {"household: {share_highest: yes}\n" C(R("p", "medical_care", "3")),
         NO_PARENTS "\nchild:1 birth=2025-05-01 medical_care=いいえ\n"
                    "child:2 birth=2025-05-01\n",
         "1 base 0 adjust 0 total 0 provisional | ?p[child.medical_care]\n"
         "2 base 0 adjust 0 total 0 provisional | ?p[child.medical_care]\n"},
        {"ranks: [A, B, C]\n"
         "guardian:\n  reasons:\n"
         "    - {id: a, wording: 災害, when: reason = 災害, points: A}\n"
         "    - {id: b, wording: 求職, when: reason = 求職, points: C}\n"
         "household:\n  base: lower\n  adjust:\n"
         "    - {id: w, wording: 生保, when: welfare, points: 4}\n",
         "household welfare=はい\n" PAIR,
         "1 base 1 adjust 4 total 4 | a@1=3 b@2=1 w=4\n"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

static void who_may_enter(void **state)
{
    static const char rules[] =
        "require:\n"
        "  - {id: here, wording: 市内, when: residence is not 市外}\n"
        "phases:\n"
        "  - {id: graduates, wording: 卒園, when: graduating}\n"
        "  - {id: others, wording: その他}\n"
        "household:\n  adjust:\n    - {id: w, wording: 生保, points: 1}\n";
    static const struct row rows[] = {
        {rules,
         NO_PARENTS " residence=市内\nchild:1 birth=2025-05-01 "
                    "graduating=いいえ\n"
                    "preference:1:1 facility=SUN\npreference:1:2 "
                    "facility=NONE\npreference:1:3 facility=OLD\n"
                    "preference:1:4 facility=\npreference:1:5 "
                    "facility=#該当なし\n"
                    "child:2 birth=2027-02-04 graduating=いいえ\n"
                    "preference:2:1 facility=SUN\npreference:2:2 "
                    "facility=SEA\n"
                    "child:3 birth=2027-02-03 graduating=いいえ\n"
                    "preference:3:1 facility=SUN\n"
                    "child:4 birth=2021-04-01 graduating=いいえ\n"
                    "preference:4:1 facility=SUN\n",
         "1 base 0 adjust 1 total 1 | w=1\n"
         "> 1 SUN 1\n> 2 NONE 1 !facility\n> 3 OLD 1 !closed\n"
         "> 4  1 unordered ?preference.facility[preference.facility]\n"
         "> 5  1 !facility\n"
         "2 base 0 adjust 1 total 1 | w=1\n"
         "> 1 SUN 1 !age\n> 2 SEA 1 !class\n"
         "3 base 0 adjust 1 total 1 | w=1\n> 1 SUN 1\n"
         "4 base 0 adjust 1 total 1 | w=1\n> 1 SUN 1 !school-age\n"},
        {rules,
         NO_PARENTS " residence=市外\nchild:1 birth=2025-05-01 "
                    "graduating=いいえ\npreference:1:1 facility=SUN\n",
         "1 base 0 adjust 1 total 1 | w=1\n> 1 SUN 1 !requirement\n"},
        {rules,
         NO_PARENTS "\nchild:1 birth=2025-05-01\npreference:1:1 "
                    "facility=SUN\n",
         "1 base 0 adjust 1 total 1 | w=1 ?here[household.residence] "
         "?graduates[child.graduating]\n> 1 SUN 1 unordered\n"},
        {rules,
         NO_PARENTS " residence=市内\nchild:1 graduating=いいえ\n"
                    "preference:1:1 facility=SUN\n",
         "1 base 0 adjust 1 total 1 | w=1 ?child.birth[child.birth]\n"
         "> 1 SUN 1 unordered\n"},
    };
    (void)state;
    check_rows(rows, COUNT(rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_simple_table),
        cmocka_unit_test(guardians_combine),
        cmocka_unit_test(rules_and_groups),
        cmocka_unit_test(totals_that_are_set),
        cmocka_unit_test(who_may_enter),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
