/*
 * Times as people write them, after NFKC and without spaces: 160:30,
 * 160時間30分, 160.5時間, 160h30m, 90分, 8時半. A bare number is refused: it
 * might be hours or minutes.
 */
#ifndef NYUSHO_RECORDS_MINUTES_H
#define NYUSHO_RECORDS_MINUTES_H

#include <stdbool.h>
#include <stdint.h>

/* A length of time, in minutes. False when it is none. */
bool minutes_parse(const char *text, int64_t *out);
/* A time of day, minutes from 0:00; 午前 and 午後 may stand before it, with
 * an hour below 12: 午後12時 is noon to some and midnight to others. The
 * caller checks that it is no later than 24:00. */
bool clock_parse(const char *text, int64_t *out);

#endif
