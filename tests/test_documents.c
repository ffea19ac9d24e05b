#include "records/documents.h"

#include "records_help.h"

#define HEAD "format: nyusho-documents/1\ndocuments:\n"
#define WORK                                                                \
    "  - {type: cert, label: 就労証明書, for_reason: 就労, holder: " \
    "guardian}\n"
#define ALL                                                                        \
    HEAD WORK "  - {type: book, label: 母子手帳, for_reason: 出産, holder: " \
              "household}\n"                                                       \
              "  - {type: id, label: 本人確認, holder: guardian}\n"            \
              "  - {type: photo, label: 健康調査票, holder: child}\n"

static const struct {
    const char *yaml, *findings;
} cases[] = {
    {ALL, ""},
    {HEAD, ""},
    {HEAD WORK WORK, "duplicate-document:4"},
    {HEAD "  - {type: a, label: あ, for_reason: 遊び, holder: guardian}\n",
     "unknown-reason:3"},
    {HEAD "  - {type: a, label: あ, holder: father}\n", "unknown-holder:3"},
    {HEAD "  - {type: a, label: あ, for_reason: 就労, holder: child}\n",
     "reason-of-child:3"},
    {HEAD "  - {type: a, holder: child}\n", "yaml-missing:3"},
    {HEAD "  - {type: a, label: あ, holder: child, why: x}\n", "unknown-key:3"},
    {HEAD "  - cert\n", "yaml-type:3"},
    {"format: nyusho-policy/1\n", "bad-format:1"},
};

static void every_mistake_has_its_message(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct arena mem = ARENA_INIT;
        struct diag d = DIAG_INIT;
        struct dictionary dict;
        struct documents docs;
        help_dictionary(&dict, &mem);
        bool ok =
            documents_load(&docs, &dict, cases[i].yaml, strlen(cases[i].yaml),
                           "documents.yaml", &mem, &d);
        if (strcmp(help_findings(&d, &mem), cases[i].findings) != 0)
            fprintf(stderr, "%s", cases[i].yaml);
        assert_string_equal(help_findings(&d, &mem), cases[i].findings);
        assert_int_equal(ok, !*cases[i].findings);
        diag_release(&d);
        arena_release(&mem);
    }
}

/* A household, and what it still has to bring: "type person/child …". */
static const struct {
    const char *rows, *missing;
} households[] = {
    {"household\n", ""},
    {"guardian:1 present=はい\n", "id 1/"},
    {"guardian:1 present=いいえ\nreason:1:1 kind=就労\n", ""},
    {"guardian:1\nreason:1:1 kind=就労\n", "cert 1/ id 1/"},
    {"guardian:1\nreason:1:1 kind=求職\nreason:1:2 kind=就労\n",
     "cert 1/ id 1/"},
    {"guardian:1\nguardian:2\nreason:2:1 kind=就労\n", "id 1/ cert 2/ id 2/"},
    {"guardian:1\nreason:1:1 kind=就労\n"
     "document:1 type=cert holder=1 state=受領\n",
     "id 1/"},
    {"guardian:1\nreason:1:1 kind=就労\n"
     "document:1 type=cert holder=2 state=受領\n",
     "cert 1/ id 1/"},
    {"guardian:1\nreason:1:1 kind=就労\n"
     "document:1 type=cert holder=1 state=不使用\n",
     "cert 1/不使用 id 1/"},
    {"guardian:1\nreason:1:1 kind=就労\n"
     "document:1 type=cert holder=1 state=不使用\n"
     "document:2 type=cert holder=1 state=未着\n",
     "cert 1/未着 id 1/"},
    {"guardian:1\nreason:1:1 kind=就労\n"
     "document:1 type=cert holder=1 state=未着\n"
     "document:2 type=cert holder=1 state=反映\n",
     "id 1/"},
    /* Nobody has said the state, but it was received. */
    {"guardian:1\ndocument:1 type=id holder=1 received_on=2026-11-01\n", ""},
    {"guardian:1\ndocument:1 type=id holder=1\n", "id 1/"},
    {"child:0002\nchild:0001\ndocument:1 type=photo holder=0002 state=確認\n",
     "photo 0/0001"},
    {"reason:1:1 kind=出産\n", "book 0/"},
    {"reason:1:1 kind=出産\ndocument:1 type=book state=読取\n", ""},
};

static void what_is_missing_follows_from_the_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(households); i++) {
        struct arena mem = ARENA_INIT;
        struct dictionary dict;
        struct documents docs;
        struct record_set set;
        help_dictionary(&dict, &mem);
        assert_true(documents_load(&docs, &dict, ALL, strlen(ALL),
                                   "documents.yaml", &mem, NULL));
        record_set_init(&set, &dict);
        help_rows(&set, households[i].rows);
        record_set_finish(&set);
        struct missing_document *missing;
        size_t n = documents_missing(&docs, &set, 0, &missing, &mem);
        char *text = arena_strdup(&mem, "");
        for (size_t k = 0; k < n; k++)
            text = arena_printf(&mem, "%s%s%s %d/%s%s", text, k ? " " : "",
                                missing[k].type->type, missing[k].person,
                                missing[k].child, missing[k].state);
        if (strcmp(text, households[i].missing) != 0)
            fprintf(stderr, "%s", households[i].rows);
        assert_string_equal(text, households[i].missing);
        record_set_release(&set);
        arena_release(&mem);
    }
}

static void papers_without_a_type_are_counted(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    struct record_set set;
    help_dictionary(&dict, &mem);
    record_set_init(&set, &dict);
    help_rows(&set, "guardian:1\ndocument:1 state=受領\n"
                    "document:2 type=cert state=受領\n"
                    "document:3 state=不使用\n"
                    "document:4 received_on=2026-11-01\n");
    record_set_finish(&set);
    assert_int_equal(documents_untyped(&set, 0), 2);
    record_set_release(&set);
    arena_release(&mem);
}

static void a_type_is_found_by_its_name(void **state)
{
    (void)state;
    struct arena mem = ARENA_INIT;
    struct dictionary dict;
    struct documents docs;
    help_dictionary(&dict, &mem);
    assert_true(documents_load(&docs, &dict, ALL, strlen(ALL), "documents.yaml",
                               &mem, NULL));
    assert_string_equal(documents_find(&docs, "book")->label, "母子手帳");
    assert_null(documents_find(&docs, "dog"));
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mistake_has_its_message),
        cmocka_unit_test(what_is_missing_follows_from_the_reasons),
        cmocka_unit_test(papers_without_a_type_are_counted),
        cmocka_unit_test(a_type_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
