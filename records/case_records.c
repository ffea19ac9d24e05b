/* Between case.db and record sets: import, and the records as they stand. */
#include "records/case_internal.h"

#include "core/date.h"
#include "records/protect.h"

#include <stdlib.h>
#include <string.h>

/* ── import ─────────────────────────────────────────────────────────────── */

/* Of an address that an export kept back (protect.h): it tells nothing. */
static bool is_kept_back(const struct case_value *v)
{
    return path_is_address(v->path) && strcmp(v->text, ADDRESS_HIDDEN) == 0;
}

/* Returns how many of the row's values were kept back, and are left out. */
static size_t add_row(struct value_list *list, const struct record_set *set,
                      enum scope scope, size_t row, const char *file,
                      struct arena *a)
{
    const struct record_table *t = &set->tables[scope];
    size_t kept_back = 0;
    for (size_t c = 0; c < t->n_fields; c++) {
        const struct field *f = set->dict->by_scope[scope][c];
        struct slot v = table_slot(t, row, c);
        if (v.state == VALUE_UNKNOWN)
            continue;
        bool known = v.state == VALUE_KNOWN;
        const struct case_value value = {
            .key = t->keys[row],
            .path = f->path,
            .state = (enum value_state)v.state,
            .text = known ? value_format(f, v, set->strings, a) : "",
            .source = CASE_SOURCE_IMPORT,
            .evidence = {.source = "import",
                         .page = "",
                         .raw = "",
                         .confidence = -1,
                         .why = file}};
        if (is_kept_back(&value))
            kept_back++;
        else
            value_list_add(list, &value, a);
    }
    return kept_back;
}

static const char *document_text(const struct record_set *set, const char *path,
                                 size_t row, struct arena *a)
{
    const struct field *f = dictionary_find(set->dict, path);
    struct slot v = record_get(set, f, row);
    return v.state == VALUE_KNOWN ? value_format(f, v, set->strings, a) : "";
}

/* Rows of the ledger go to the ledger. */
static bool put_documents(struct case_db *db, const struct record_set *set,
                          const char *file, struct arena *a, struct diag *d)
{
    const struct record_table *t = &set->tables[SCOPE_DOCUMENT];
    bool ok = true;
    for (size_t r = 0; ok && r < t->n_rows; r++) {
        struct case_document doc = {
            .id =
                arena_printf(a, "%s/%d", t->keys[r].household, t->keys[r].seq),
            .household = t->keys[r].household,
            .type = document_text(set, "document.type", r, a),
            .holder = document_text(set, "document.holder", r, a),
            .received = document_text(set, "document.received_on", r, a),
            .pages = atoi(document_text(set, "document.pages", r, a)),
            .state = document_text(set, "document.state", r, a),
            .supersedes = document_text(set, "document.supersedes", r, a),
            .page = ""};
        ok = case_put_document(db, &doc, file, d);
    }
    return ok;
}

/* Rows that were ever appended, beside values. */
static int64_t rows_put(struct case_db *db, bool *ok, struct diag *d)
{
    return table_last(db, "document", ok, d) + table_last(db, "manual", ok, d);
}

bool case_import_records(struct case_db *db, const struct record_set *set,
                         const char *file, size_t *taken, struct diag *d)
{
    struct arena a = ARENA_INIT;
    struct value_list list = {NULL, 0, 0};
    size_t changed = 0, kept_back = 0;
    bool ok = true;
    if (!case_begin(db, d))
        return false;
    int64_t before = rows_put(db, &ok, d);
    for (int s = 0; s < N_SCOPES; s++)
        for (size_t r = 0; s != SCOPE_DOCUMENT && r < set->tables[s].n_rows;
             r++)
            kept_back += add_row(&list, set, (enum scope)s, r, file, &a);
    if (kept_back)
        diag_warn(d, POS_FILE(file), "address-kept-back",
                  "住所「" ADDRESS_HIDDEN "」%zu 件は書き出しの時に伏せたもの"
                  "です。今ある住所を変えません",
                  "%zu addresses read \"" ADDRESS_HIDDEN "\", as an export "
                  "writes protected ones; the addresses stay as they are",
                  kept_back);
    ok = ok &&
         values_write(db, &list, 1U << CASE_SOURCE_IMPORT, false, "import",
                      &changed, d) &&
         put_documents(db, set, file, &a, d);
    for (size_t i = 0; ok && i < set->n_manual; i++)
        ok = case_put_manual(db, &set->manual[i], d);
    if (taken)
        *taken = changed + (size_t)(rows_put(db, &ok, d) - before);
    arena_release(&a);
    return case_end(db, ok, d);
}

/* ── the records as they stand ──────────────────────────────────────────── */

/* Rising authority; office.csv stands between what was read and what a person
 * said. */
static int authority(const struct case_value *v, bool office)
{
    static const int ranks[N_CASE_SOURCES] = {0, 1, 3, 4};
    return office ? 2 : ranks[v->source];
}

static bool put_value(struct record_set *set, const struct case_value *v,
                      bool with_evidence, struct diag *d)
{
    const struct field *f = dictionary_find(set->dict, v->path);
    struct slot slot = {0, (uint8_t)v->state};
    if (!f || f->scope == SCOPE_DOCUMENT ||
        (v->state == VALUE_KNOWN &&
         !value_parse(f, v->text, set->strings, POS_FILE(v->path), &slot,
                      NULL)))
        return diag_warn(d, POS_FILE(v->key.household),
                         "value-not-in-dictionary",
                         "世帯 %s の %s は今の項目辞書では使えない値です。"
                         "不明として扱います",
                         "household %s: %s has a value that the dictionary no "
                         "longer takes; it counts as unknown",
                         v->key.household, v->path);
    size_t row = record_set_row(set, f->scope, &v->key);
    record_set_put(set, f, row, slot, with_evidence ? &v->evidence : NULL);
    return true;
}

static int office_by_place(const void *x, const void *y)
{
    const struct case_value *const *a = x, *const *b = y;
    return value_compare_place(*a, *b);
}

/* Both lists sorted by place; the strongest of each place is put. */
static void put_values(struct record_set *set, const struct value_list *list,
                       const struct case_value **office, size_t n_office,
                       bool with_evidence, struct diag *d)
{
    size_t i = 0, j = 0;
    while (i < list->n || j < n_office) {
        int c = i == list->n ? 1
                : j == n_office
                    ? -1
                    : value_compare_place(&list->items[i], office[j]);
        const struct case_value *best = c > 0 ? office[j] : &list->items[i];
        int rank = authority(best, c > 0);
        const struct case_value *place = best;
        while (i < list->n &&
               value_compare_place(&list->items[i], place) == 0) {
            if (authority(&list->items[i], false) >= rank) {
                best = &list->items[i];
                rank = authority(best, false);
            }
            i++;
        }
        while (j < n_office && value_compare_place(office[j], place) == 0) {
            if (authority(office[j], true) >= rank) {
                best = office[j];
                rank = authority(best, true);
            }
            j++;
        }
        put_value(set, best, with_evidence, d);
    }
}

/* Is anything known of this household, or of this child of it? */
static bool has_rows(const struct value_list *list, const struct row_key *key)
{
    const struct case_value first = {.key = {key->household, key->child, 0, 0},
                                     .path = ""};
    size_t low = 0, high = list->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (value_compare_place(&list->items[mid], &first) < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return low < list->n &&
           strcmp(list->items[low].key.household, key->household) == 0 &&
           (!*key->child ||
            strcmp(list->items[low].key.child, key->child) == 0);
}

/* The office knows of households and children that have not applied (yet):
 * they are told of once each, and make no applicant. */
static size_t those_who_applied(const struct value_list *list,
                                const struct case_value **office, size_t n,
                                struct diag *d)
{
    size_t kept = 0;
    const struct row_key *last = NULL;
    for (size_t i = 0; i < n; i++) {
        const struct row_key *key = &office[i]->key;
        if (has_rows(list, key)) {
            office[kept++] = office[i];
            continue;
        }
        if (!last || strcmp(last->household, key->household) != 0 ||
            strcmp(last->child, key->child) != 0)
            diag_note(d, POS_FILE("office.csv"), "office-without-application",
                      *key->child ? "世帯 %s 児童 %s の申込みはまだありません"
                                  : "世帯 %s%.0s の申込みはまだありません",
                      *key->child ? "child %2$s of household %1$s has not "
                                    "applied yet"
                                  : "household %s%.0s has not applied yet",
                      key->household, key->child);
        last = key;
    }
    return kept;
}

static bool put_manual(struct case_db *db, struct record_set *set,
                       struct arena *a, struct diag *d)
{
    struct query q = query_open(
        db,
        "SELECT household,child,person,rule,points,reason,given_by,approved_by "
        "FROM manual m WHERE id=(SELECT max(id) FROM manual WHERE "
        "household=m.household AND child=m.child AND person=m.person AND "
        "rule=m.rule) ORDER BY household,child,person,rule",
        d);
    while (query_row(&q)) {
        struct manual_points m = {.household = query_text(&q, 0, a),
                                  .child = query_text(&q, 1, a),
                                  .person = query_int(&q, 2),
                                  .rule = query_text(&q, 3, a),
                                  .points = query_long(&q, 4),
                                  .reason = query_text(&q, 5, a),
                                  .by = query_text(&q, 6, a),
                                  .approved_by = query_text(&q, 7, a),
                                  .at = POS_FILE(db->path)};
        record_set_add_manual(set, &m);
    }
    return query_close(&q);
}

static void put_text(struct record_set *set, const char *path, size_t row,
                     const char *text)
{
    const struct field *f = dictionary_find(set->dict, path);
    struct slot v;
    if (f && *text &&
        value_parse(f, text, set->strings, POS_FILE(path), &v, NULL))
        record_set_put(set, f, row, v, NULL);
}

/* The ledger as rows, numbered within their household in the ledger's order. */
static bool put_ledger(struct case_db *db, struct record_set *set,
                       struct arena *a, struct diag *d)
{
    struct case_document *docs;
    size_t n;
    int seq = 0;
    if (!case_documents(db, &docs, &n, a, d))
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct case_document *doc = &docs[i];
        bool next = i && strcmp(docs[i - 1].household, doc->household) == 0;
        seq = next ? seq + 1 : 1;
        if (!*doc->household)
            continue;
        struct row_key key = {doc->household, "", 0, seq};
        size_t row = record_set_row(set, SCOPE_DOCUMENT, &key);
        put_text(set, "document.type", row, doc->type);
        put_text(set, "document.holder", row, doc->holder);
        put_text(set, "document.received_on", row, doc->received);
        put_text(set, "document.pages", row,
                 doc->pages ? arena_printf(a, "%d", doc->pages) : "");
        put_text(set, "document.state", row, doc->state);
        put_text(set, "document.supersedes", row, doc->supersedes);
    }
    return true;
}

bool case_load_records(struct case_db *db, const struct case_value *office,
                       size_t n_office, struct record_set *set,
                       bool with_evidence, struct diag *d)
{
    struct arena a = ARENA_INIT;
    struct value_list list;
    bool ok = values_current(db, (1U << N_CASE_SOURCES) - 1, &list, &a, d);
    if (ok) {
        const struct case_value **sorted =
            ARENA_ARRAY(&a, const struct case_value *, n_office);
        for (size_t i = 0; i < n_office; i++)
            sorted[i] = &office[i];
        qsort(sorted, n_office, sizeof *sorted, office_by_place);
        n_office = those_who_applied(&list, sorted, n_office, d);
        put_values(set, &list, sorted, n_office, with_evidence, d);
    }
    ok = ok && put_manual(db, set, &a, d) && put_ledger(db, set, &a, d);
    if (ok)
        record_set_finish(set);
    arena_release(&a);
    return ok;
}
