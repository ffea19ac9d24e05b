/* The checks of a loaded rule set that need no example; each reports its own
 * row of rules_check.c. Private to this part. */
#ifndef NYUSHO_SCORING_POINTS_RULES_CHECKS_H
#define NYUSHO_SCORING_POINTS_RULES_CHECKS_H

#include "scoring/points/ruleset.h"

/* rules_reach.c */
void check_never_holds(const struct ruleset *rs, struct diag *d);
void check_shadowed(const struct ruleset *rs, struct diag *d);
/* rules_steps.c */
void check_step_reached(const struct ruleset *rs, struct diag *d);
void check_step_points(const struct ruleset *rs, struct diag *d);
void check_step_gaps(const struct ruleset *rs, struct diag *d);
void check_step_overlaps(const struct ruleset *rs, struct diag *d);

#endif
