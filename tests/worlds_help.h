/*
 * Conditions made at random over four fields of a household, and every world
 * that these fields can be in: unknown, nothing, each value that matters.
 * After eval_help.h.
 */
#ifndef NYUSHO_TESTS_WORLDS_HELP_H
#define NYUSHO_TESTS_WORLDS_HELP_H

static uint32_t seed;

static inline size_t pick(size_t n)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static const char *const atoms[] = {
    "welfare",
    "welfare is known",
    "welfare is empty",
    "welfare = no",
    "arrears_months < 1",
    "arrears_months <= 1",
    "arrears_months = 2",
    "arrears_months != 2",
    "arrears_months >= 2",
    "1 < arrears_months",
    "arrears_months in 1 to 2",
    "arrears_months is unknown",
    "single_parent is ひとり親",
    "single_parent is not ひとり親 or 準ずる",
    "single_parent = 無",
    "single_parent != 無",
    "single_parent in ひとり親 to 準ずる",
    "area = 「A」",
    "area != 「A」",
    "area is 「A」 or 「B」",
    "area is empty",
};

static inline const char *made(int depth, struct arena *a)
{
    switch (depth > 0 ? pick(5) : 4) {
    case 0:
        return arena_printf(a, "not (%s)", made(depth - 1, a));
    case 1:
    case 2:
        return arena_printf(a, "(%s and %s)", made(depth - 1, a),
                            made(depth - 1, a));
    case 3:
        return arena_printf(a, "(%s or %s)", made(depth - 1, a),
                            made(depth - 1, a));
    default:
        return atoms[pick(COUNT(atoms))];
    }
}

static const char *const worlds[][7] = {
    {"welfare", "", "#該当なし", "はい", "いいえ"},
    {"arrears_months", "", "#該当なし", "0", "1", "2", "3"},
    {"single_parent", "", "#該当なし", "無", "ひとり親", "準ずる", "父母不在"},
    {"area", "", "#該当なし", "A", "B", "C"},
};

/* Puts what the world number `n` says; false when there is no such world. */
static inline bool world(struct record_set *set, size_t n)
{
    for (size_t i = 0; i < COUNT(worlds); i++) {
        size_t values = 0;
        struct slot v;
        while (values < 6 && worlds[i][values + 1])
            values++;
        const struct field *f =
            dictionary_find_in(&dict, SCOPE_HOUSEHOLD, worlds[i][0]);
        assert_true(value_parse(f, worlds[i][1 + n % values], set->strings,
                                POS_FILE("test"), &v, NULL));
        record_set_put(set, f, 0, v, NULL);
        n /= values;
    }
    return n == 0;
}

#endif
