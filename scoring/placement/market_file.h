/*
 * The market file, so that any market can be tried without scans and rules:
 *
 *     { "format": "nyusho-market/1", "note": "...",     both optional
 *       "classes": 6, "method": "points_order",
 *       "children":  [{"id": "c1", "age": 1, "current": "A"}],
 *       "nurseries": [{"id": "A", "seats": [0,2,1,0,0,0],
 *                      "groups": [[0,1]], "caps": [{"classes": [0], "max": 1}],
 *                      "release": [true,true,true,true,true,true],
 *                      "priority": ["c3","c1"], "score": [70,65.5]}],
 *       "families":  [{"id": "f1", "turn": 1, "children": ["c1","c2"],
 *                      "pref": [["A","A"], ["A",null], [null,"B"]]}] }
 *
 * "method" may be missing (stable), "turn" too (0).
 * "current" may be missing or null (not enrolled); "groups", "caps",
 * "release" (true), "priority" (nobody) and "score" may be missing. `seats`
 * are those on offer, without own seats of transfer applicants; the caps too.
 * The lists may stand in any order.
 */
#ifndef NYUSHO_SCORING_PLACEMENT_MARKET_FILE_H
#define NYUSHO_SCORING_PLACEMENT_MARKET_FILE_H

#include "core/buf.h"
#include "scoring/placement/market.h"

/* "stable", "points_order", "preference_rounds"; in rule sets too. */
extern const char *const market_method_names[N_MARKET_METHODS];

/* A nation of a million children with ten wishes is a third of this. */
#define MARKET_FILE_MAX ((size_t)1 << 30)

/* The market is owned by the arena. False with the messages of json_read.h and
 * market_build.h, and "bad-length" (seats, release, score or an entry of
 * another length than its neighbours), "bad-class", "bad-format",
 * "bad-method". */
bool market_parse(const char *bytes, size_t len, const char *name,
                  struct market *out, struct arena *a, struct diag *d);
/* The same market gives the same bytes; market_parse() gives it back. */
void market_write(const struct market *m, struct buf *out);

#endif
