/*
 * One page's result as JSON, for the pipe between worker and program and for
 * case.db.
 */
#ifndef NYUSHO_OCR_RESULT_JSON_H
#define NYUSHO_OCR_RESULT_JSON_H

#include "core/arena.h"
#include "ocr/reading.h"

#include <stdbool.h>

struct cJSON;

/* The caller deletes it. */
struct cJSON *result_to_json(const struct page_result *r);
/* Text is copied into the arena. False when it is not such an object. */
bool result_from_json(const struct cJSON *json, struct page_result *out,
                      struct arena *a);

#endif
