/*
 * Check digits of codes: one digit that the others give, so that a slip of the
 * pen or of the reader shows. A template's field names its rule:
 *
 *     check: insurer-number
 *     check: {modulus: 11, weights: [2, 3, 4, 5, 6, 7]}
 */
#ifndef NYUSHO_OCR_FORMS_CHECK_DIGIT_H
#define NYUSHO_OCR_FORMS_CHECK_DIGIT_H

#include <stdbool.h>
#include <stddef.h>

#define CHECK_MOST_WEIGHTS 20

/* Each digit but the check digit, from the last one on, is multiplied by its
 * weight (they begin again when they are used up) and the products are added.
 * What lacks to the next multiple of the modulus is the check digit. */
struct check_rule {
    int modulus; /* 2 to 11 */
    int weights[CHECK_MOST_WEIGHTS];
    size_t n_weights;
    bool split;     /* the digits of a product are added: 14 counts 5 */
    bool remainder; /* the remainder itself, not what lacks */
    bool first;     /* the check digit stands in front, not at the end */
    bool no_ten;    /* modulus 11: codes that would need a 10 are never given
                       out; else a 10 is written 0 */
    size_t length;  /* digits with the check digit; 0 = any */
};

/* Shipped rules, by the name a template says; the list ends with NULL. */
struct check_preset {
    const char *name, *ja;
    struct check_rule rule;
};
extern const struct check_preset check_presets[];

/* The check digit of `digits` ('0'–'9', `n` of them, none of them the check
 * digit); -1 where the rule gives out no such code. */
int check_digit_of(const struct check_rule *rule, const char *digits, size_t n);
/* Does the whole code obey? '-' between groups is skipped; anything else that
 * is no digit, a wrong length or a single digit does not. */
bool check_digit_holds(const struct check_rule *rule, const char *code);

#endif
