#include "scoring/placement/json_read.h"

#include "core/buf.h"

#include <assert.h>
#include <string.h>
#include <yajl/yajl_parse.h>

struct frame {
    int in;
    enum json_kind kind;        /* JSON_MAP or JSON_ARRAY */
    const struct json_row *row; /* the row that opened it */
    const struct json_row *at;  /* in a map: the row of the key read last */
    uint64_t seen;              /* rows of this map, by position in rows */
    size_t index;               /* in an array */
    struct buf key;             /* in a map, as the file has it */
};

struct json_reader {
    const char *bytes, *name;
    size_t len;
    const struct json_row *rows;
    void *user;
    struct diag *d;
    yajl_handle yajl;
    struct frame frames[JSON_DEPTH_MAX];
    int depth; /* frames in use */
    size_t counted;
    int line;
};

static const struct {
    enum json_kind kind;
    struct label name;
} kind_names[] = {
    {JSON_NULL, {"null", "null"}},
    {JSON_BOOL, {"true または false", "true or false"}},
    {JSON_NUMBER, {"数", "a number"}},
    {JSON_STRING, {"\" \" で囲んだ文字列", "text in quotes"}},
    {JSON_MAP, {"{ } のまとまり", "an object { }"}},
    {JSON_ARRAY, {"[ ] の並び", "a list [ ]"}},
};
#define N_KINDS (sizeof kind_names / sizeof kind_names[0])

void *json_user(struct json_reader *r)
{
    return r->user;
}

struct pos json_at(struct json_reader *r)
{
    /* At the end of an empty file yajl counts a blank of its own. */
    size_t now = yajl_get_bytes_consumed(r->yajl);
    now = now < r->len ? now : r->len;
    const char *p;
    while (r->counted < now &&
           (p = memchr(r->bytes + r->counted, '\n', now - r->counted))) {
        r->line++;
        r->counted = (size_t)(p - r->bytes) + 1;
    }
    r->counted = now > r->counted ? now : r->counted;
    return (struct pos){r->name, r->line, 0};
}

static const char *path(const struct json_reader *r, struct arena *a)
{
    const char *text = "";
    for (int i = 0; i < r->depth; i++) {
        const struct frame *f = &r->frames[i];
        if (f->kind == JSON_ARRAY)
            text = arena_printf(a, "%s[%zu]", text, f->index);
        else if (f->key.len)
            text = arena_printf(a, "%s%s%.200s", text, *text ? "." : "",
                                f->key.bytes);
    }
    return *text ? text : "(file)";
}

bool json_problem(struct json_reader *r, const char *check, const char *ja,
                  const char *en, ...)
{
    struct arena mem = ARENA_INIT;
    const char *where = path(r, &mem);
    struct label what;
    va_list args;
    va_start(args, en);
    what.ja = arena_vprintf(&mem, ja, args);
    va_end(args);
    va_start(args, en);
    what.en = arena_vprintf(&mem, en, args);
    va_end(args);
    what.ja = arena_printf(&mem, "%s: %s", where, what.ja);
    what.en = arena_printf(&mem, "%s: %s", where, what.en);
    diag_label(r->d, json_at(r), check, what);
    arena_release(&mem);
    return false;
}

static bool wrong_kind(struct json_reader *r, unsigned kinds)
{
    struct arena mem = ARENA_INIT;
    struct label want = {"", ""};
    for (size_t i = 0; i < N_KINDS; i++) {
        if (!(kinds & (unsigned)kind_names[i].kind))
            continue;
        want.ja = arena_printf(&mem, "%s%s%s", want.ja, *want.ja ? " か " : "",
                               kind_names[i].name.ja);
        want.en = arena_printf(&mem, "%s%s%s", want.en, *want.en ? " or " : "",
                               kind_names[i].name.en);
    }
    json_problem(r, "wrong-kind", "ここには %s を書きます%.0s",
                 "%.0s%s must stand here", want.ja, want.en);
    arena_release(&mem);
    return false;
}

/* The row for the value that comes next, NULL when none fits. */
static const struct json_row *next_row(struct json_reader *r)
{
    struct frame *top = r->depth ? &r->frames[r->depth - 1] : NULL;
    if (top && top->kind == JSON_MAP)
        return top->at;
    int in = top ? top->in : JSON_FILE;
    for (const struct json_row *row = r->rows; row->kinds; row++)
        if (row->in == in && !row->key)
            return row;
    return NULL;
}

static bool in_any(const struct json_reader *r)
{
    return r->depth && r->frames[r->depth - 1].in == JSON_ANY;
}

static void count_element(struct json_reader *r)
{
    if (r->depth && r->frames[r->depth - 1].kind == JSON_ARRAY)
        r->frames[r->depth - 1].index++;
}

static bool take(struct json_reader *r, struct json_value v)
{
    if (in_any(r)) {
        count_element(r);
        return true;
    }
    const struct json_row *row = next_row(r);
    assert(row);
    if (!(row->kinds & (unsigned)v.kind))
        return wrong_kind(r, row->kinds);
    if (r->depth) {
        const struct frame *top = &r->frames[r->depth - 1];
        v.key = top->key.bytes;
        v.index = top->index;
    }
    if (row->set && !row->set(r, &v))
        return false;
    count_element(r);
    return true;
}

static bool open_frame(struct json_reader *r, enum json_kind kind)
{
    const struct json_row *row = NULL;
    int in = JSON_ANY;
    if (!in_any(r)) {
        row = next_row(r);
        assert(row);
        if (!(row->kinds & (unsigned)kind))
            return wrong_kind(r, row->kinds);
        in = row->opens;
    }
    if (r->depth == JSON_DEPTH_MAX)
        return json_problem(r, "too-deep", "入れ子が %d 段を超えています",
                            "nested more than %d deep", JSON_DEPTH_MAX);
    struct frame *f = &r->frames[r->depth++];
    struct buf key = f->key; /* its memory is used again */
    buf_clear(&key);
    *f = (struct frame){.in = in, .kind = kind, .row = row, .key = key};
    return true;
}

static bool check_missing(struct json_reader *r, const struct frame *f)
{
    for (const struct json_row *row = r->rows; row->kinds; row++)
        if (row->in == f->in && row->required &&
            !(f->seen & (UINT64_C(1) << (row - r->rows))))
            return json_problem(r, "missing-key", "\"%s\" がありません",
                                "\"%s\" is missing", row->key);
    return true;
}

static bool close_frame(struct json_reader *r)
{
    struct frame *f = &r->frames[r->depth - 1];
    buf_clear(&f->key);
    if (f->in != JSON_ANY && f->kind == JSON_MAP && !check_missing(r, f))
        return false;
    r->depth--;
    if (f->row && f->row->close && !f->row->close(r))
        return false;
    count_element(r);
    return true;
}

static int on_null(void *ctx)
{
    return take(ctx, (struct json_value){.kind = JSON_NULL});
}

static int on_boolean(void *ctx, int yes)
{
    return take(ctx, (struct json_value){.kind = JSON_BOOL, .yes = yes != 0});
}

static int on_number(void *ctx, const char *text, size_t len)
{
    return take(ctx,
                (struct json_value){JSON_NUMBER, text, len, false, NULL, 0});
}

static int on_string(void *ctx, const unsigned char *text, size_t len)
{
    return take(ctx, (struct json_value){JSON_STRING, (const char *)text, len,
                                         false, NULL, 0});
}

static int on_start_map(void *ctx)
{
    return open_frame(ctx, JSON_MAP);
}

static int on_start_array(void *ctx)
{
    return open_frame(ctx, JSON_ARRAY);
}

static int on_end(void *ctx)
{
    return close_frame(ctx);
}

static bool key_is(const struct json_row *row, const char *key, size_t len)
{
    return row->key && strlen(row->key) == len &&
           memcmp(row->key, key, len) == 0;
}

static int on_key(void *ctx, const unsigned char *text, size_t len)
{
    struct json_reader *r = ctx;
    struct frame *f = &r->frames[r->depth - 1];
    const char *key = (const char *)text;
    buf_clear(&f->key);
    buf_add(&f->key, key, len);
    if (f->in == JSON_ANY)
        return true;
    const struct json_row *any = NULL;
    for (f->at = r->rows; f->at->kinds; f->at++) {
        if (f->at->in == f->in && key_is(f->at, key, len))
            break;
        if (f->at->in == f->in && !f->at->key)
            any = f->at;
    }
    if (!f->at->kinds && any) {
        f->at = any;
        return json_id(r, key, len, SIZE_MAX);
    }
    if (!f->at->kinds)
        return json_problem(r, "unknown-key", "この項目名は使えません",
                            "no such key is known here");
    assert(f->at - r->rows < 64);
    uint64_t bit = UINT64_C(1) << (f->at - r->rows);
    if (f->seen & bit)
        return json_problem(r, "duplicate-key", "同じ項目名が 2 回あります",
                            "this key stands here twice");
    f->seen |= bit;
    return true;
}

/* yajl's text is one line, in English, for people who know JSON. */
static void not_json(struct json_reader *r, size_t len)
{
    unsigned char *text = yajl_get_error(r->yajl, 0, NULL, 0);
    const char *why = text ? (const char *)text : "";
    const char *colon = strstr(why, "error: ");
    why = colon ? colon + strlen("error: ") : why;
    int shown = (int)strcspn(why, "\n");
    diag_error(r->d, json_at(r), "not-json",
               len ? "JSON として読めません (%.*s)" : "ファイルが空です%.*s",
               len ? "this is not JSON (%.*s)" : "the file is empty%.*s",
               len ? shown : 0, why);
    if (text)
        yajl_free_error(r->yajl, text);
}

bool json_read(const char *bytes, size_t len, const char *name,
               const struct json_row *rows, void *user, struct diag *d)
{
    static const yajl_callbacks callbacks = {
        .yajl_null = on_null,
        .yajl_boolean = on_boolean,
        .yajl_number = on_number,
        .yajl_string = on_string,
        .yajl_start_map = on_start_map,
        .yajl_map_key = on_key,
        .yajl_end_map = on_end,
        .yajl_start_array = on_start_array,
        .yajl_end_array = on_end,
    };
    if (len >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        bytes += 3;
        len -= 3;
    }
    struct json_reader r = {.bytes = bytes,
                            .len = len,
                            .name = name,
                            .rows = rows,
                            .user = user,
                            .d = d,
                            .line = 1};
    r.yajl = yajl_alloc(&callbacks, NULL, &r);
    yajl_status status = yajl_parse(r.yajl, (const unsigned char *)bytes, len);
    if (status == yajl_status_ok)
        status = yajl_complete_parse(r.yajl);
    if (status == yajl_status_error)
        not_json(&r, len);
    yajl_free(r.yajl);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        buf_release(&r.frames[i].key);
    return status == yajl_status_ok;
}

bool json_integer(struct json_reader *r, const struct json_value *v,
                  int64_t *out)
{
    size_t i = v->len && v->text[0] == '-' ? 1 : 0;
    int64_t n = 0;
    bool ok = v->len > i && v->len - i <= 15;
    for (; ok && i < v->len; i++) {
        ok = v->text[i] >= '0' && v->text[i] <= '9';
        n = n * 10 + (v->text[i] - '0');
    }
    if (!ok)
        return json_problem(r, "not-a-whole-number",
                            "%.*s は整数ではありません",
                            "%.*s is not a whole number",
                            (int)(v->len < 40 ? v->len : 40), v->text);
    *out = v->text[0] == '-' ? -n : n;
    return true;
}

bool json_milli(struct json_reader *r, const struct json_value *v, int64_t *out)
{
    bool minus = v->len && v->text[0] == '-';
    int64_t n = 0;
    int places = -1; /* digits after the point; -1 before it */
    bool ok = v->len > 0 && v->len <= 16;
    for (size_t i = minus; ok && i < v->len; i++) {
        char c = v->text[i];
        if (c == '.' && places < 0) {
            places = 0;
            continue;
        }
        ok = c >= '0' && c <= '9' && places < 3;
        n = n * 10 + (c - '0');
        places += places >= 0;
    }
    if (!ok)
        return json_problem(r, "not-a-score",
                            "%.*s は小数第 3 位までの数ではありません",
                            "%.*s is not a number with at most 3 decimals",
                            (int)(v->len < 40 ? v->len : 40), v->text);
    for (places = places < 0 ? 0 : places; places < 3; places++)
        n *= 10;
    *out = minus ? -n : n;
    return true;
}

bool json_id(struct json_reader *r, const char *text, size_t len, size_t max)
{
    bool ok = len > 0 && len <= max;
    for (size_t i = 0; ok && i < len; i++)
        ok = (unsigned char)text[i] >= 0x20 && text[i] != 0x7f;
    if (!ok)
        return json_problem(
            r, "bad-id", "番号が空か、長すぎるか、制御文字を含んでいます",
            "an id is empty, too long, or has control characters in it");
    return true;
}
