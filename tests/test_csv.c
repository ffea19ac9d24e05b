#include "core/csv.h"

#include "core/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(rows) (sizeof(rows) / sizeof(rows)[0])

/* A table as "a|b;1|2": header, rows; "!check:line" when it is refused. */
static char *flat(const char *bytes, size_t len, enum encoding encoding,
                  struct arena *mem)
{
    struct diag d = DIAG_INIT;
    struct csv t;
    char *out = arena_strdup(mem, "");
    if (!csv_parse(bytes, len, "t.csv", encoding, &t, mem, &d)) {
        assert_int_equal(d.errors, 1);
        out = arena_printf(mem, "!%s:%d", d.items[0].check, d.items[0].at.line);
        diag_release(&d);
        return out;
    }
    assert_int_equal(d.n, 0);
    for (size_t c = 0; c < t.n_columns; c++)
        out = arena_printf(mem, "%s%s%s", out, c ? "|" : "", t.header[c]);
    for (size_t r = 0; r < t.n_rows; r++)
        for (size_t c = 0; c < t.n_columns; c++)
            out = arena_printf(mem, "%s%s%s", out, c ? "|" : ";",
                               csv_cell(&t, r, (int)c));
    return out;
}

/* The same from a file that is read in pieces. */
static char *flat_file(const char *bytes, size_t len, struct arena *mem)
{
    struct diag d = DIAG_INIT;
    char path[] = "/tmp/nyusho-csv-XXXXXX";
    int fd = mkstemp(path), line;
    const char **cells;
    size_t n;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (ssize_t)len);
    close(fd);
    char *out = arena_strdup(mem, "");
    struct csv_reader *r = csv_reader_open_file(path, mem, &d);
    for (bool header = true; csv_reader_next(r, &cells, &n, &line);
         header = false)
        for (size_t c = 0; c < n; c++)
            out = arena_printf(mem, "%s%s%s", out,
                               c        ? "|"
                               : header ? ""
                                        : ";",
                               cells[c]);
    assert_int_equal(d.errors, csv_reader_failed(r));
    if (d.errors)
        out = arena_printf(mem, "!%s:%d", d.items[0].check, d.items[0].at.line);
    csv_reader_close(r);
    unlink(path);
    diag_release(&d);
    return out;
}

static void tables_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *flat;
    } rows[] = {
        {"a,b\n1,2\n", "a|b;1|2"},
        {"a,b\r\n1,2", "a|b;1|2"},
        {"a,b\r1,2\r", "a|b;1|2"},
        {"\xEF\xBB\xBF"
         "a,b\n1,2\n",
         "a|b;1|2"},
        {"a\n", "a"},
        {"a,b\n,\n1,\n", "a|b;1|"},
        {"\n\na,b\n\n1,2\n\n\n", "a|b;1|2"},
        {"a,b\n,,,\n1,2\n", "a|b;1|2"},
        {"a\n\"\"\nx\n", "a;;x"},
        {"a,b\n\"1,2\",\"x\ny\"\n", "a|b;1,2|x\ny"},
        {"a,b\n\"say \"\"hi\"\"\",\"\"\n", "a|b;say \"hi\"|"},
        {"a,b\n5\" pipe,x\n", "a|b;5\" pipe|x"},
        {" ａ　,施設番号 \n1,2\n", "a|施設番号;1|2"},
        {"a,b\n 1 ,　2\n", "a|b; 1 |　2"},
        {"a,,\n1,2,3\n", "a||;1|2|3"},
        {"a,b\n=\"0123\",\"=\"\"045\"\"\"\n", "a|b;0123|045"},
        {"a\n\"=\"\"say \"\"\"\"x\"\"\"\"\"\"\"\n", "a;say \"x\""},
        {"a\n=\"1\"&\"2\"\n", "a;=\"1\"&\"2\""},
        {"a\n=\"\n", "a;=\""},
        {"a\n=\"\"\n", "a;"},
        /* refused */
        {"", "!csv-empty:0"},
        {"\n\r\n", "!csv-empty:0"},
        {"\xEF\xBB\xBF", "!csv-empty:0"},
        {"a,b\n1,2\n\n1\n", "!csv-columns:4"},
        {"a,b\n1,2,3\n", "!csv-columns:2"},
        {"a,b\n\"x\ny\",1\n1\n", "!csv-columns:4"},
        {"a,b\n1,2\n\"x,2\n3,4\n", "!csv-quote:3"},
        {"a,b\n\"x\"y,2\n", "!csv-quote:2"},
        {"a,b,a\n1,2,3\n", "!csv-duplicate-column:1"},
        {"ａ,b,a \n1,2,3\n", "!csv-duplicate-column:1"},
        {"a\n1\n\xFD\xFF\n", "!bad-encoding:3"},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t len = strlen(rows[i].bytes);
        assert_string_equal(flat(rows[i].bytes, len, ENCODING_AUTO, &mem),
                            rows[i].flat);
        assert_string_equal(flat_file(rows[i].bytes, len, &mem), rows[i].flat);
    }
    assert_string_equal(flat("a\n1\n\0\n", 6, ENCODING_AUTO, &mem),
                        "!csv-nul:3");
    assert_string_equal(flat_file("a\n1\n\0\n", 6, &mem), "!csv-nul:3");
    arena_release(&mem);
}

/* 園,髙 / 表,ｱ / ①,～ in CP932; 表 ends with a backslash byte. */
#define CP932_TABLE \
    "\x89\x80,\xFB\xFC\r\n\x95\x5C,\xB1\r\n\x87\x40,\x81\x60\r\n"
#define UTF8_TABLE "園,髙\r\n表,ｱ\r\n①,～\r\n"

static void encodings_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        enum encoding encoding;
        const char *flat;
    } rows[] = {
        {CP932_TABLE, ENCODING_AUTO, "園|髙;表|ｱ;①|～"},
        {CP932_TABLE, ENCODING_CP932, "園|髙;表|ｱ;①|～"},
        {CP932_TABLE, ENCODING_UTF8, "!bad-encoding:1"},
        {UTF8_TABLE, ENCODING_AUTO, "園|髙;表|ｱ;①|～"},
        {UTF8_TABLE, ENCODING_UTF8, "園|髙;表|ｱ;①|～"},
        {"a\n\x82\n", ENCODING_CP932, "!bad-encoding:2"},
        {"a\nb\n\x82", ENCODING_CP932, "!bad-encoding:3"},
        {"a\nb\n\x80\n", ENCODING_CP932, "!bad-encoding:3"},
        {"a\n\xA0\n", ENCODING_CP932, "!bad-encoding:2"},
        {"a\n\xFF\n", ENCODING_CP932, "!bad-encoding:2"},
        {"\xEF\xBB\xBF"
         "a\n\x89\x80\n",
         ENCODING_AUTO, "!bad-encoding:2"},
    };
    struct arena mem = ARENA_INIT;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(
            flat(rows[i].bytes, strlen(rows[i].bytes), rows[i].encoding, &mem),
            rows[i].flat);
    arena_release(&mem);
}

static void cells_know_their_place(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\n1,\"x\ny\"\n\n2,z\n";
    struct arena mem = ARENA_INIT;
    struct csv t;
    assert_true(csv_parse(bytes, sizeof bytes - 1, "t.csv", ENCODING_AUTO, &t,
                          &mem, NULL));
    assert_int_equal(csv_column(&t, "b"), 1);
    assert_int_equal(csv_column(&t, "c"), -1);
    struct pos first = csv_pos(&t, 0, 1), second = csv_pos(&t, 1, 0);
    assert_string_equal(first.file, "t.csv");
    assert_int_equal(first.line, 2);
    assert_int_equal(first.column, 2);
    assert_int_equal(second.line, 5);
    assert_int_equal(second.column, 1);
    arena_release(&mem);
}

static void rows_come_one_at_a_time(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\n1,2\n3,4\n5\n";
    struct arena mem = ARENA_INIT;
    struct diag d = DIAG_INIT;
    struct csv_reader *r = csv_reader_open(bytes, sizeof bytes - 1, "t.csv",
                                           ENCODING_AUTO, &mem, &d);
    const char **cells;
    size_t n;
    int line;
    static const char *const first[] = {"a", "1", "3"};
    for (int i = 0; i < 3; i++) {
        assert_true(csv_reader_next(r, &cells, &n, &line));
        assert_int_equal(n, 2);
        assert_int_equal(line, i + 1);
        assert_string_equal(cells[0], first[i]);
        assert_false(csv_reader_failed(r));
    }
    assert_false(csv_reader_next(r, &cells, &n, &line));
    assert_true(csv_reader_failed(r));
    assert_false(csv_reader_next(r, &cells, &n, &line));
    assert_int_equal(d.errors, 1);
    assert_null(csv_reader_open("\0", 1, "t", ENCODING_AUTO, &mem, &d));
    assert_true(csv_reader_failed(NULL));
    assert_false(csv_reader_next(NULL, &cells, &n, &line));
    diag_release(&d);
    arena_release(&mem);
}

static void columns_have_a_limit(void **state)
{
    (void)state;
    for (size_t n = 4096; n <= 4097; n++) {
        struct arena mem = ARENA_INIT;
        struct buf b = BUF_INIT;
        for (size_t i = 0; i < n; i++)
            buf_printf(&b, "%sc%zu", i ? "," : "", i);
        char *table = flat(b.bytes, b.len, ENCODING_AUTO, &mem);
        if (n > 4096)
            assert_string_equal(table, "!csv-too-large:1");
        else
            assert_int_equal(table[0], 'c');
        buf_release(&b);
        arena_release(&mem);
    }
}

enum cell { TEXT, CODE, INT, MILLI };

static void cells_are_written(void **state)
{
    (void)state;
    static const struct {
        enum cell kind;
        bool excel;
        const char *text;
        int64_t value;
        const char *bytes;
    } rows[] = {
        {TEXT, false, "園", 0, "園"},
        {TEXT, false, "", 0, "\"\""},
        {TEXT, false, NULL, 0, "\"\""},
        {TEXT, false, "a,b", 0, "\"a,b\""},
        {TEXT, false, "say \"x\"", 0, "\"say \"\"x\"\"\""},
        {TEXT, false, "a\nb", 0, "\"a\nb\""},
        {TEXT, false, "a\rb", 0, "\"a\rb\""},
        {TEXT, false, " a ", 0, " a "},
        {TEXT, false, "=1+1", 0, "=1+1"},
        {TEXT, true, "=1+1", 0, "=\"=1+1\""},
        {TEXT, true, "@SUM(A1,\"x\")", 0,
         "\"=\"\"@SUM(A1,\"\"\"\"x\"\"\"\")\"\"\""},
        {TEXT, true, "-", 0, "=\"-\""},
        {TEXT, true, "園-1", 0, "園-1"},
        {TEXT, true, "0123", 0, "0123"},
        {CODE, false, "0123", 0, "0123"},
        {CODE, true, "0123", 0, "=\"0123\""},
        {CODE, true, "123", 0, "123"},
        {CODE, true, "0", 0, "0"},
        {CODE, true, "12345678901", 0, "12345678901"},
        {CODE, true, "123456789012", 0, "=\"123456789012\""},
        {CODE, true, "1-2", 0, "=\"1-2\""},
        {CODE, true, "1E5", 0, "=\"1E5\""},
        {CODE, true, "MAR1", 0, "=\"MAR1\""},
        {CODE, true, "1,2", 0, "\"=\"\"1,2\"\"\""},
        {CODE, true, "", 0, "\"\""},
        {CODE, true, NULL, 0, "\"\""},
        {INT, true, NULL, -5, "-5"},
        {INT, false, NULL, INT64_MIN, "-9223372036854775808"},
        {MILLI, false, NULL, 0, "0"},
        {MILLI, false, NULL, 1500, "1.5"},
        {MILLI, false, NULL, -500, "-0.5"},
        {MILLI, false, NULL, 40000, "40"},
        {MILLI, false, NULL, 5, "0.005"},
        {MILLI, false, NULL, -1050, "-1.05"},
        {MILLI, false, NULL, INT64_MIN, "-9223372036854775.808"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct csv_writer w;
        csv_begin(&w, (struct csv_style){
                          .excel = rows[i].excel, .lf = true, .no_bom = true});
        switch (rows[i].kind) {
        case TEXT:
            csv_text(&w, rows[i].text);
            break;
        case CODE:
            csv_code(&w, rows[i].text);
            break;
        case INT:
            csv_int(&w, rows[i].value);
            break;
        case MILLI:
            csv_milli(&w, rows[i].value);
            break;
        }
        csv_end_row(&w);
        assert_true(csv_finish(&w, "o.csv", NULL));
        assert_int_equal(w.out.len, strlen(rows[i].bytes) + 1);
        assert_memory_equal(w.out.bytes, rows[i].bytes, w.out.len - 1);
        csv_release(&w);
    }
}

static void add_table(struct csv_writer *w, const char *const cells[][2],
                      size_t n)
{
    for (size_t i = 0; i < n; i++) {
        csv_text(w, cells[i][0]);
        csv_code(w, cells[i][1]);
        csv_end_row(w);
    }
}

static void styles_decide_bytes(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"園", "髙"}, {"表", "ｱ"}, {"①", "～"}};
    static const struct {
        struct csv_style style;
        const char *bytes;
    } rows[] = {
        {{.encoding = ENCODING_AUTO}, "\xEF\xBB\xBF" UTF8_TABLE},
        {{.encoding = ENCODING_UTF8}, "\xEF\xBB\xBF" UTF8_TABLE},
        {{.no_bom = true}, UTF8_TABLE},
        {{.encoding = ENCODING_CP932}, CP932_TABLE},
        {{.no_bom = true, .lf = true}, "園,髙\n表,ｱ\n①,～\n"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct csv_writer w;
        csv_begin(&w, rows[i].style);
        add_table(&w, cells, COUNT(cells));
        assert_true(csv_finish(&w, "o.csv", NULL));
        assert_int_equal(w.out.len, strlen(rows[i].bytes));
        assert_memory_equal(w.out.bytes, rows[i].bytes, w.out.len);
        csv_release(&w);
    }
}

static void nothing_is_lost_quietly_in_cp932(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool fits;
    } rows[] = {
        {"髙﨑", true}, {"①㈱", true},    {"～－", true},
        {"\\~", true},  {"𠮷", false},    {"¥", false},
        {"‾", false},   {"〜", false},    {"−", false},
        {"—", false},   {"é", false},     {"\xC2\x80", false},
        {"㐂", false},  {"\uFA19", true}, {"か\u3099", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *const cells[][2] = {{"見出し", "x,\ny"},
                                        {"a", rows[i].text}};
        struct csv_writer w;
        struct diag d = DIAG_INIT;
        csv_begin(&w, (struct csv_style){.encoding = ENCODING_CP932});
        add_table(&w, cells, COUNT(cells));
        bool ok = csv_finish(&w, "o.csv", &d);
        if (ok != rows[i].fits)
            print_error("%s\n", rows[i].text);
        assert_int_equal(ok, rows[i].fits);
        if (!ok) {
            assert_int_equal(w.out.len, 0);
            assert_string_equal(d.items[0].check, "unencodable");
            assert_int_equal(d.items[0].at.line, 2);
            assert_int_equal(d.items[0].at.column, 2);
        }
        diag_release(&d);
        csv_release(&w);
    }
}

static void the_message_names_the_character(void **state)
{
    (void)state;
    struct csv_writer w;
    struct diag d = DIAG_INIT;
    csv_begin(&w, (struct csv_style){.encoding = ENCODING_CP932});
    csv_text(&w, "保𠮷");
    csv_end_row(&w);
    assert_false(csv_finish(&w, "o.csv", &d));
    assert_string_equal(d.items[0].what.en,
                        "row 1, column 1: 𠮷 (U+20BB7) cannot be written in "
                        "CP932 (Shift_JIS): write UTF-8 instead");
    assert_string_equal(d.items[0].what.ja,
                        "1 行 1 列目の「𠮷」（U+20BB7）は CP932（Shift_JIS）で"
                        "書けません。UTF-8 で出力してください");
    diag_release(&d);
    csv_release(&w);
    csv_release(&w);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    static const char *const cells[][2] = {
        {"a", "b"},        {"x", ""},           {"\"", "0123"},
        {"a\"\r\nb", ","}, {"=1+\"1\"", "1-2"}, {" 空 ", "-"},
    };
    static const struct csv_style styles[] = {
        {.excel = true},
        {.excel = false},
        {.excel = true, .encoding = ENCODING_CP932},
        {.lf = true, .no_bom = true},
    };
    struct arena mem = ARENA_INIT;
    for (size_t s = 0; s < COUNT(styles); s++) {
        struct csv_writer w;
        struct csv t;
        csv_begin(&w, styles[s]);
        add_table(&w, cells, COUNT(cells));
        assert_true(csv_finish(&w, "o.csv", NULL));
        assert_true(csv_parse(w.out.bytes, w.out.len, "o.csv", ENCODING_AUTO,
                              &t, &mem, NULL));
        assert_int_equal(t.n_rows, COUNT(cells) - 1);
        for (size_t i = 0; i < t.n_rows; i++)
            for (int c = 0; c < 2; c++)
                assert_string_equal(csv_cell(&t, i, c), cells[i + 1][c]);
        csv_release(&w);
    }
    arena_release(&mem);
}

static void long_formulas_are_disarmed(void **state)
{
    (void)state;
    char text[400];
    memset(text, '=', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct csv_writer w;
    csv_begin(&w, (struct csv_style){.excel = true, .no_bom = true});
    csv_text(&w, text);
    assert_int_equal(w.out.bytes[0], ' ');
    assert_string_equal(w.out.bytes + 1, text);
    csv_release(&w);
}

/* What cannot be written leaves the file that was there. */
static void a_file_is_saved_whole_or_not_at_all(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        bool ok;
        const char *there;
    } rows[] = {{"1", true, "1\n"}, {"\xF0\xA0\xAE\xB7", false, "1\n"}};
    char folder[] = "/tmp/nyusho-csv-XXXXXX";
    struct arena mem = ARENA_INIT;
    size_t len;
    assert_non_null(mkdtemp(folder));
    const char *path = path_join(&mem, folder, "t.csv");
    for (size_t i = 0; i < 2 * COUNT(rows); i++) {
        struct csv_writer w;
        struct diag d = DIAG_INIT;
        csv_begin(&w,
                  (struct csv_style){.encoding = ENCODING_CP932, .lf = true});
        csv_text(&w, rows[i / 2].cell);
        csv_end_row(&w);
        bool ok = i % 2 ? csv_save(&w, NULL, path, &d)
                        : csv_save(&w, folder, "t.csv", &d);
        assert_int_equal(ok, rows[i / 2].ok);
        assert_int_equal(d.errors, !ok);
        assert_string_equal(file_read(path, 100, &mem, &len, NULL),
                            rows[i / 2].there);
        csv_release(&w);
        diag_release(&d);
    }
    unlink(path);
    rmdir(folder);
    arena_release(&mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_saved_whole_or_not_at_all),
        cmocka_unit_test(tables_are_read),
        cmocka_unit_test(encodings_are_told_apart),
        cmocka_unit_test(cells_know_their_place),
        cmocka_unit_test(rows_come_one_at_a_time),
        cmocka_unit_test(columns_have_a_limit),
        cmocka_unit_test(cells_are_written),
        cmocka_unit_test(styles_decide_bytes),
        cmocka_unit_test(nothing_is_lost_quietly_in_cp932),
        cmocka_unit_test(the_message_names_the_character),
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(long_formulas_are_disarmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
