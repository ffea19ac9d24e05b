#include "records/facility.h"

#include "core/csv.h"
#include "core/text.h"
#include "records/columns.h"
#include "records/value.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SEATS 9999
#define MAX_AGE_DAYS 2200 /* six years */

enum nursery_column {
    COL_CODE,
    COL_NAME,
    COL_KIND,
    COL_MIN_AGE,
    COL_LINKED,
    COL_AREA,
    COL_SCHOOL,
    COL_CLOSES,
    N_NURSERY_COLUMNS
};

static const struct column_def nursery_columns[N_NURSERY_COLUMNS] = {
    [COL_CODE] = {{"施設番号", "code"}, true},
    [COL_NAME] = {{"施設名", "name"}, true},
    [COL_KIND] = {{"種別", "kind"}, false},
    [COL_MIN_AGE] = {{"最低月齢(日)", "minimum age (days)"}, false},
    [COL_LINKED] = {{"連携施設", "linked"}, false},
    [COL_AREA] = {{"地区", "area"}, false},
    [COL_SCHOOL] = {{"小学校区", "school district"}, false},
    [COL_CLOSES] = {{"閉園日", "closes on"}, false},
};

enum seat_column {
    SEAT_CODE,
    SEAT_CLASS,
    SEAT_KIND,
    SEAT_CAPACITY,
    SEAT_STAYING,
    SEAT_TRANSFERRING,
    SEAT_OFFERED,
    SEAT_OWN,
    SEAT_POOL,
    SEAT_SIGNED,
    SEAT_VERSION,
    SEAT_AS_OF,
    N_SEAT_COLUMNS
};

static const struct column_def seat_columns[N_SEAT_COLUMNS] = {
    [SEAT_CODE] = {{"施設番号", "code"}, true},
    [SEAT_CLASS] = {{"クラス", "class"}, true},
    [SEAT_KIND] = {{"枠", "seat kind"}, false},
    [SEAT_CAPACITY] = {{"受入可能", "capacity"}, false},
    [SEAT_STAYING] = {{"継続在園", "staying"}, false},
    [SEAT_TRANSFERRING] = {{"転園希望者数", "transferring"}, false},
    [SEAT_OFFERED] = {{"募集人数", "offered"}, true},
    [SEAT_OWN] = {{"転園枠算入", "transfer seats included"}, false},
    [SEAT_POOL] = {{"共有クラス", "shared with"}, false},
    [SEAT_SIGNED] = {{"確認者", "signed by"}, false},
    [SEAT_VERSION] = {{"版", "version"}, false},
    [SEAT_AS_OF] = {{"基準日時", "as of"}, false},
};

static_assert((int)N_SEAT_COLUMNS >= (int)N_NURSERY_COLUMNS,
              "struct load has room for both");

struct load {
    struct facilities *out;
    struct csv t;
    int at[N_SEAT_COLUMNS]; /* the longer of the two lists */
    struct arena *mem;
    struct diag *d;
};

static const char *text_at(const struct load *l, size_t row, int column)
{
    return column_text(&l->t, row, l->at[column], l->mem);
}

static const char *code_at(const struct load *l, size_t row, int column)
{
    return text_trim(text_nfkc(text_at(l, row, column), l->mem), l->mem);
}

static struct pos pos_at(const struct load *l, size_t row, int column)
{
    return csv_pos(&l->t, row, l->at[column] < 0 ? 0 : l->at[column]);
}

/* Codes joined by |. */
static void split_codes(const char *text, struct facility *f, struct arena *a)
{
    size_t most = 1;
    for (const char *p = text; *p; p++)
        most += *p == '|';
    f->linked = ARENA_ARRAY(a, const char *, most);
    while (*text) {
        size_t len = strcspn(text, "|");
        const char *code = text_trim(arena_copy(a, text, len), a);
        if (*code)
            f->linked[f->n_linked++] = code;
        text += len + (text[len] == '|');
    }
}

static bool read_close(const struct load *l, size_t row, struct facility *f)
{
    static const struct field closes = {.path = "closes_on",
                                        .label = {"閉園日", "closes on"},
                                        .type = TYPE_DATE};
    struct slot v;
    bool ok = value_parse(&closes, text_at(l, row, COL_CLOSES), NULL,
                          pos_at(l, row, COL_CLOSES), &v, l->d);
    f->closes_on = v.state == VALUE_KNOWN ? (int32_t)v.num : INT32_MAX;
    return ok;
}

static void init_seats(struct class_seats seats[N_CLASSES])
{
    for (int k = 0; k < N_CLASSES; k++)
        seats[k] = (struct class_seats){.offered = -1,
                                        .capacity = -1,
                                        .staying = -1,
                                        .transferring = -1,
                                        .signed_by = "",
                                        .version = "",
                                        .as_of = ""};
}

static bool read_nursery(const struct load *l, size_t row, struct facility *f)
{
    f->at = pos_at(l, row, COL_CODE);
    f->code = code_at(l, row, COL_CODE);
    f->name = text_at(l, row, COL_NAME);
    f->kind = text_at(l, row, COL_KIND);
    f->area = code_at(l, row, COL_AREA);
    f->school_district = code_at(l, row, COL_SCHOOL);
    split_codes(code_at(l, row, COL_LINKED), f, l->mem);
    init_seats(f->seats);
    if (strchr(f->code, '#'))
        return diag_error(
            l->d, f->at, "bad-facility-code", "施設番号 %s に # は使えません",
            "facility code %s: # cannot stand in a code", f->code);
    if (!*f->code || !*f->name)
        return diag_error(l->d, f->at, "key-missing",
                          "施設番号と施設名は必ず書いてください",
                          "a facility needs its code and name");
    return column_int(&l->t, row, l->at[COL_MIN_AGE], 0, MAX_AGE_DAYS, 0,
                      &f->min_age_days, l->mem, l->d) &&
           read_close(l, row, f);
}

static int by_code(const void *one, const void *other)
{
    const struct facility *a = one, *b = other;
    int order = strcmp(a->code, b->code);
    return order ? order
                 : (a->at.line > b->at.line) - (a->at.line < b->at.line);
}

static bool check_nurseries(const struct load *l)
{
    const struct facilities *all = l->out;
    bool ok = true;
    for (size_t i = 0; i < all->n; i++) {
        const struct facility *f = &all->items[i];
        if (i && strcmp(all->items[i - 1].code, f->code) == 0)
            ok = diag_error(l->d, f->at, "duplicate-facility",
                            "施設番号 %s が2回書かれています（%d 行と同じ）",
                            "facility %s is there twice (also line %d)",
                            f->code, all->items[i - 1].at.line);
        for (size_t k = 0; k < f->n_linked; k++)
            if (!facility_find(all, f->linked[k]))
                ok = diag_error(l->d, f->at, "unknown-facility",
                                "施設 %s の連携施設 %s は一覧にありません",
                                "facility %s links to %s, which is not listed",
                                f->code, f->linked[k]);
    }
    return ok;
}

static bool load_nurseries(struct load *l, const char *bytes, size_t len,
                           const char *name)
{
    if (!csv_parse(bytes, len, name, ENCODING_AUTO, &l->t, l->mem, l->d) ||
        !columns_find(&l->t, nursery_columns, N_NURSERY_COLUMNS, l->at, l->d))
        return false;
    bool ok = true;
    l->out->items = ARENA_ARRAY(l->mem, struct facility, l->t.n_rows + 1);
    l->out->n = l->t.n_rows;
    for (size_t r = 0; r < l->t.n_rows; r++)
        ok = read_nursery(l, r, &l->out->items[r]) && ok;
    qsort(l->out->items, l->out->n, sizeof *l->out->items, by_code);
    return ok && check_nurseries(l);
}

static bool read_class(const struct load *l, size_t row, int *class)
{
    const char *text = code_at(l, row, SEAT_CLASS);
    if (text[0] >= '0' && text[0] < '0' + N_CLASSES &&
        (!text[1] || strcmp(text + 1, "歳") == 0 ||
         strcmp(text + 1, "歳児") == 0)) {
        *class = text[0] - '0';
        return true;
    }
    return diag_error(l->d, pos_at(l, row, SEAT_CLASS), "bad-class",
                      "クラス「%s」は 0 から 5 で書いてください",
                      "class \"%s\": write 0 to 5", text);
}

static bool read_count(const struct load *l, size_t row, int column, int *out)
{
    const char *text = code_at(l, row, column);
    if (text[0] == '-' || strncmp(text, "▲", strlen("▲")) == 0)
        return diag_error(l->d, pos_at(l, row, column), "negative-seats",
                          "%s「%s」がマイナスです。人数を確かめてください",
                          "%s \"%s\" is negative: check the number",
                          seat_columns[column].label.ja, text);
    return column_int(&l->t, row, l->at[column], 0, MAX_SEATS, -1, out, l->mem,
                      l->d);
}

static bool read_own(const struct load *l, size_t row, bool *own)
{
    static const struct field included = {
        .path = "own_included",
        .label = {"転園枠算入", "transfer seats included"},
        .type = TYPE_BOOLEAN};
    struct slot v;
    bool ok = value_parse(&included, text_at(l, row, SEAT_OWN), NULL,
                          pos_at(l, row, SEAT_OWN), &v, l->d);
    *own = v.state == VALUE_KNOWN && v.num;
    return ok;
}

static bool read_pool(const struct load *l, size_t row, unsigned *pool)
{
    const char *text = code_at(l, row, SEAT_POOL);
    for (const char *p = text; *p; p++) {
        if (*p >= '0' && *p < '0' + N_CLASSES)
            *pool |= 1u << (*p - '0');
        else if (*p != '|')
            return diag_error(l->d, pos_at(l, row, SEAT_POOL), "bad-class",
                              "共有クラス「%s」は 0|1 の形で書いてください",
                              "shared classes \"%s\": write 0|1", text);
    }
    return true;
}

static void check_sum(const struct load *l, size_t row,
                      const struct facility *f, int class,
                      const struct class_seats *s)
{
    int capacity = s->capacity, staying = s->staying, offered = s->offered;
    if (capacity < 0 || staying < 0 || offered < 0 ||
        capacity - staying == offered)
        return;
    diag_warn(
        l->d, pos_at(l, row, SEAT_OFFERED), "seats-disagree",
        "施設 %s %d歳: 受入可能 %d − 継続在園 %d が募集人数 %d と違います",
        "facility %s class %d: capacity %d less %d staying is not the %d "
        "offered",
        f->code, class, capacity, staying, offered);
}

/* Whether the leavers' seats are counted already must be said, not guessed. */
static void check_own(const struct load *l, size_t row,
                      const struct facility *f, int class,
                      const struct class_seats *s)
{
    if (s->transferring > 0 && !*text_at(l, row, SEAT_OWN))
        diag_warn(l->d, pos_at(l, row, SEAT_OWN), "own-seats-unsaid",
                  "施設 %s %d歳: 転園枠算入が空です。「いいえ」として扱います",
                  "facility %s class %d: it is not said whether the seats of "
                  "those applying to transfer are included; taken as no",
                  f->code, class);
}

static struct facility *find_mutable(const struct facilities *all,
                                     const char *code)
{
    size_t low = 0, high = all->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(all->items[middle].code, code);
        if (order == 0)
            return &all->items[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The seats that the row is about: of its kind, or the general ones. */
static struct class_seats *seats_of_kind(const struct load *l, size_t row,
                                         struct facility *f)
{
    const char *kind = code_at(l, row, SEAT_KIND);
    size_t i = 0;
    if (!*kind)
        return f->seats;
    while (i < f->n_special && strcmp(f->special[i].kind, kind) < 0)
        i++;
    if (i < f->n_special && strcmp(f->special[i].kind, kind) == 0)
        return f->special[i].seats;
    if (f->n_special == SPECIAL_SEATS_MAX) {
        diag_error(l->d, pos_at(l, row, SEAT_KIND), "special-many",
                   "施設 %s の枠は %d 種類までです",
                   "facility %s has more than %d kinds of seats", f->code,
                   SPECIAL_SEATS_MAX);
        return NULL;
    }
    if (!f->special)
        f->special =
            ARENA_ARRAY(l->mem, struct special_seats, SPECIAL_SEATS_MAX);
    memmove(f->special + i + 1, f->special + i,
            (f->n_special - i) * sizeof *f->special);
    f->special[i] =
        (struct special_seats){.kind = kind, .at = pos_at(l, row, SEAT_KIND)};
    init_seats(f->special[i].seats);
    f->n_special++;
    return f->special[i].seats;
}

static bool read_row(const struct load *l, size_t row, struct class_seats *s)
{
    s->present = true;
    s->at = pos_at(l, row, SEAT_POOL);
    s->signed_by = text_at(l, row, SEAT_SIGNED);
    s->version = text_at(l, row, SEAT_VERSION);
    s->as_of = text_at(l, row, SEAT_AS_OF);
    bool ok = read_count(l, row, SEAT_OFFERED, &s->offered);
    ok = read_count(l, row, SEAT_CAPACITY, &s->capacity) && ok;
    ok = read_count(l, row, SEAT_STAYING, &s->staying) && ok;
    ok = read_count(l, row, SEAT_TRANSFERRING, &s->transferring) && ok;
    ok = read_own(l, row, &s->own_included) && ok;
    return read_pool(l, row, &s->pool) && ok;
}

static bool read_seats(const struct load *l, size_t row)
{
    int class = 0;
    struct pos at = pos_at(l, row, SEAT_CODE);
    const char *code = code_at(l, row, SEAT_CODE);
    struct facility *f = find_mutable(l->out, code);
    if (!f)
        return diag_error(l->d, at, "unknown-facility",
                          "施設番号 %s は施設一覧にありません",
                          "facility %s is not in the list of facilities", code);
    if (!read_class(l, row, &class))
        return false;
    struct class_seats *s = seats_of_kind(l, row, f);
    if (!s)
        return false;
    s += class;
    if (s->present)
        return diag_error(l->d, at, "duplicate-seats",
                          "施設 %s の %d歳クラスが2回書かれています",
                          "facility %s class %d is there twice", code, class);
    if (!read_row(l, row, s))
        return false;
    check_sum(l, row, f, class, s);
    check_own(l, row, f, class, s);
    return true;
}

static bool pools_agree(const struct load *l, const struct facility *f,
                        const struct class_seats *seats)
{
    bool ok = true;
    for (int c = 0; c < N_CLASSES; c++)
        for (int k = 0; k < N_CLASSES; k++)
            if (seats[c].pool >> k & 1 && seats[k].pool != seats[c].pool)
                ok = diag_error(
                    l->d, seats[c].at, "pool-disagrees",
                    "施設 %s: %d歳と%d歳の共有クラスが食い違っています",
                    "facility %s: classes %d and %d do not share alike",
                    f->code, c, k);
    return ok;
}

/* A class that has special seats exists there, and says how many are not. */
static bool special_stand_beside(const struct load *l, const struct facility *f,
                                 const struct special_seats *s)
{
    bool ok = true;
    for (int c = 0; c < N_CLASSES; c++)
        if (s->seats[c].present && !f->seats[c].present)
            ok = diag_error(l->d, s->at, "special-alone",
                            "施設 %s %d歳: 枠「%s」の行だけがあります。枠の空い"
                            "た行も書いてください (一般の枠がなければ 0)",
                            "facility %s class %d: there is a row for the "
                            "kind %s only; write one without a kind too (0 "
                            "where there are no general seats)",
                            f->code, c, s->kind);
    return ok;
}

/* Classes that pool seats must say so of each other. */
static bool check_seats(const struct load *l)
{
    bool ok = true;
    for (size_t i = 0; i < l->out->n; i++) {
        const struct facility *f = &l->out->items[i];
        ok = pools_agree(l, f, f->seats) && ok;
        for (size_t k = 0; k < f->n_special; k++) {
            ok = pools_agree(l, f, f->special[k].seats) && ok;
            ok = special_stand_beside(l, f, &f->special[k]) && ok;
        }
    }
    return ok;
}

bool facilities_load(struct facilities *out, const char *nurseries,
                     size_t nurseries_len, const char *nurseries_name,
                     const char *seats, size_t seats_len,
                     const char *seats_name, struct arena *a, struct diag *d)
{
    struct load l = {.out = out, .mem = a, .d = d};
    *out = (struct facilities){NULL, 0};
    if (!load_nurseries(&l, nurseries, nurseries_len, nurseries_name) ||
        !csv_parse(seats, seats_len, seats_name, ENCODING_AUTO, &l.t, a, d) ||
        !columns_find(&l.t, seat_columns, N_SEAT_COLUMNS, l.at, d))
        return false;
    bool ok = true;
    for (size_t r = 0; r < l.t.n_rows; r++)
        ok = read_seats(&l, r) && ok;
    return ok && check_seats(&l);
}

const struct facility *facility_find(const struct facilities *f,
                                     const char *code)
{
    return find_mutable(f, code);
}

bool facility_links_to(const struct facility *from, const char *code)
{
    for (size_t i = 0; i < from->n_linked; i++)
        if (strcmp(from->linked[i], code) == 0)
            return true;
    return false;
}

const struct special_seats *facility_special(const struct facility *f,
                                             const char *kind)
{
    for (size_t i = 0; i < f->n_special; i++)
        if (strcmp(f->special[i].kind, kind) == 0)
            return &f->special[i];
    return NULL;
}

bool facility_is_outside(const struct facility *f)
{
    return strcmp(f->kind, "管外") == 0;
}
