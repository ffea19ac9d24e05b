/*
 * To add a member: a row in the table of its struct; it then goes both ways.
 */
#include "ocr/result_json.h"

#include <cJSON.h>
#include <stddef.h>
#include <string.h>

enum member_type { TEXT, INT, INT64, STATE };

struct member {
    const char *name;
    enum member_type type;
    size_t offset;
};

#define ROW(type, kind, name)                    \
    {                                            \
#name, kind, offsetof(struct type, name) \
    }

static const struct member result_members[] = {
    ROW(page_result, TEXT, sha256),
    ROW(page_result, TEXT, file),
    ROW(page_result, INT, number),
    ROW(page_result, STATE, state),
    ROW(page_result, TEXT, reason),
    ROW(page_result, TEXT, message_ja),
    ROW(page_result, TEXT, message_en),
    ROW(page_result, TEXT, form),
    ROW(page_result, TEXT, version),
    ROW(page_result, INT, page),
    ROW(page_result, INT, rotation),
    ROW(page_result, INT, residual),
    ROW(page_result, INT, width),
    ROW(page_result, INT, height),
    ROW(page_result, INT, dpi),
    ROW(page_result, INT64, cpu_us),
    ROW(page_result, INT64, tesseract_us),
    {NULL, TEXT, 0},
};

static const struct member reading_members[] = {
    ROW(reading, TEXT, field),     ROW(reading, STATE, state),
    ROW(reading, TEXT, value),     ROW(reading, TEXT, raw),
    ROW(reading, TEXT, runner_up), ROW(reading, TEXT, reason),
    ROW(reading, INT, confidence), {NULL, TEXT, 0},
};

static const struct member qr_members[] = {
    ROW(form_qr, TEXT, form),      ROW(form_qr, TEXT, version),
    ROW(form_qr, INT, page),       ROW(form_qr, INT, pages),
    ROW(form_qr, TEXT, household), ROW(form_qr, TEXT, child),
    ROW(form_qr, TEXT, received),  {NULL, TEXT, 0},
};

static const struct member box_members[] = {
    ROW(rect_px, INT, left),   ROW(rect_px, INT, top), ROW(rect_px, INT, width),
    ROW(rect_px, INT, height), {NULL, TEXT, 0},
};

_Static_assert(sizeof(enum page_state) == sizeof(int) &&
                   sizeof(enum reading_state) == sizeof(int) &&
                   sizeof(int32_t) == sizeof(int),
               "states and sides are kept as int");

static cJSON *write_members(const struct member *m, const void *from)
{
    cJSON *object = cJSON_CreateObject();

    for (; m->name; m++) {
        const char *at = (const char *)from + m->offset;
        const char *text;

        if (m->type == TEXT) {
            memcpy(&text, at, sizeof text);
            if (text)
                cJSON_AddStringToObject(object, m->name, text);
        } else if (m->type == INT64) {
            int64_t value;

            memcpy(&value, at, sizeof value);
            cJSON_AddNumberToObject(object, m->name, (double)value);
        } else {
            int value;

            memcpy(&value, at, sizeof value);
            cJSON_AddNumberToObject(object, m->name, value);
        }
    }
    return object;
}

/* Texts that are absent become `absent`. */
static void read_members(const struct member *m, const cJSON *object, void *to,
                         const char *absent, struct arena *a)
{
    for (; m->name; m++) {
        const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, m->name);
        char *at = (char *)to + m->offset;

        if (m->type == TEXT) {
            const char *text = cJSON_GetStringValue(item);

            text = text ? arena_strdup(a, text) : absent;
            memcpy(at, &text, sizeof text);
        } else if (m->type == INT64) {
            int64_t value =
                cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;

            memcpy(at, &value, sizeof value);
        } else {
            int value = cJSON_IsNumber(item) ? item->valueint : 0;

            memcpy(at, &value, sizeof value);
        }
    }
}

cJSON *result_to_json(const struct page_result *r)
{
    cJSON *json = write_members(result_members, r);
    cJSON *readings = cJSON_AddArrayToObject(json, "readings");

    if (r->qr.form)
        cJSON_AddItemToObject(json, "qr", write_members(qr_members, &r->qr));
    for (size_t i = 0; i < r->n_readings; i++) {
        cJSON *reading = write_members(reading_members, &r->readings[i]);

        cJSON_AddItemToObject(reading, "box",
                              write_members(box_members, &r->readings[i].box));
        cJSON_AddItemToArray(readings, reading);
    }
    return json;
}

bool result_from_json(const cJSON *json, struct page_result *out,
                      struct arena *a)
{
    const cJSON *readings = cJSON_GetObjectItemCaseSensitive(json, "readings");
    const cJSON *qr = cJSON_GetObjectItemCaseSensitive(json, "qr"), *item;

    memset(out, 0, sizeof *out);
    if (!cJSON_IsObject(json) || !cJSON_IsArray(readings))
        return false;
    read_members(result_members, json, out, "", a);
    if (qr)
        read_members(qr_members, qr, &out->qr, "", a);
    if (out->state < PAGE_READ || out->state > PAGE_QUARANTINED)
        return false;
    out->readings =
        ARENA_ARRAY(a, struct reading, (size_t)cJSON_GetArraySize(readings));
    cJSON_ArrayForEach(item, readings)
    {
        struct reading *r = &out->readings[out->n_readings++];

        read_members(reading_members, item, r, "", a);
        read_members(box_members, cJSON_GetObjectItemCaseSensitive(item, "box"),
                     &r->box, "", a);
        if (r->state < READING_ACCEPTED || r->state > READING_UNREADABLE)
            return false;
    }
    return true;
}
