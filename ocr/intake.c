#include "ocr/intake.h"

#include "core/file.h"
#include "ocr/file_map.h"
#include "ocr/image_header.h"
#include "ocr/pdf.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

/* Deeper folders than this are a mistake, or a trap. */
#define DEEPEST 16

static const char *const scan_names[] = {".tif", ".tiff", ".png",
                                         ".jpg", ".jpeg", ".pdf"};

struct lister {
    struct intake *out;
    size_t capacity;
    struct arena *mem;
    struct diag *d;
};

static bool named_like_scan(const char *path)
{
    size_t len = strlen(path);

    for (size_t i = 0; i < sizeof scan_names / sizeof scan_names[0]; i++) {
        size_t n = strlen(scan_names[i]);

        if (len > n && strcasecmp(path + len - n, scan_names[i]) == 0)
            return true;
    }
    return false;
}

static void add_page(struct lister *l, const char *file, int number)
{
    struct intake *in = l->out;

    if (in->n == l->capacity) {
        size_t more = l->capacity ? l->capacity * 2 : 64;

        in->pages =
            arena_grow(l->mem, in->pages, in->n, more, sizeof *in->pages);
        l->capacity = more;
    }
    in->pages[in->n++] = (struct intake_page){file, number};
}

/* Pages of a file whose kind is known; 0 and a finding when there is none. */
static int count_pages(struct lister *l, const char *file, enum image_kind kind,
                       const struct file_map *m)
{
    int n = kind == IMAGE_PDF
                ? pdf_count(file, l->d)
                : image_count(kind, m->bytes, m->len, INTAKE_MAX_PAGES);

    if (n > INTAKE_MAX_PAGES) {
        diag_error(
            l->d, POS_FILE(file), "too-many-pages",
            "ページが多すぎます (上限 %d ページ)。ファイルを分けてください",
            "too many pages (at most %d): split the file", INTAKE_MAX_PAGES);
        return 0;
    }
    if (n == 0 && kind != IMAGE_PDF)
        diag_error(l->d, POS_FILE(file), "truncated-image",
                   "ファイルが途中で切れています。スキャンし直してください",
                   "the file ends too early: scan it again");
    return n;
}

static bool not_an_image(struct lister *l, const char *file, bool named)
{
    if (named || named_like_scan(file))
        return diag_error(
            l->d, POS_FILE(file), "not-an-image",
            "画像ではありません。TIFF・PNG・JPEG・PDF のファイルを"
            "置いてください",
            "not an image: only TIFF, PNG, JPEG and PDF files "
            "are read");
    return diag_note(l->d, POS_FILE(file), "skipped-file",
                     "画像ではないので読み飛ばしました",
                     "not an image, passed over");
}

static void list_file(struct lister *l, const char *file, bool named)
{
    struct file_map m;
    enum image_kind kind;
    int n = 0;

    if (file_map_open(&m, file, l->d)) {
        kind = image_kind(m.bytes, m.len);
        if (kind != IMAGE_NONE)
            n = count_pages(l, file, kind, &m);
        else
            not_an_image(l, file, named);
        file_map_close(&m);
    }
    l->out->files++;
    l->out->refused += n == 0;
    for (int i = 1; i <= n; i++)
        add_page(l, file, i);
}

/* What programs leave beside scans (.DS_Store, .~lock): no scan, but counted.
 */
static void say_hidden(struct lister *l, const char *folder, size_t hidden)
{
    if (hidden)
        diag_note(l->d, POS_FILE(folder), "skipped-file",
                  "「.」で始まる名前のもの %zu 個は読み飛ばしました",
                  "%zu whose names begin with a dot, passed over", hidden);
}

static void list_folder(struct lister *l, const char *folder, int depth)
{
    size_t n = 0, hidden = 0;
    char **names = folder_list(folder, l->mem, &n, l->d);

    if (depth > DEEPEST) {
        diag_error(l->d, POS_FILE(folder), "unreadable-folder",
                   "フォルダーの階層が深すぎます",
                   "folders are nested too deep");
        return;
    }
    for (size_t i = 0; names && i < n; i++) {
        char *path = path_join(l->mem, folder, names[i]);
        struct stat s;

        hidden += names[i][0] == '.';
        if (names[i][0] == '.' || lstat(path, &s) != 0)
            continue;
        if (S_ISLNK(s.st_mode) && stat(path, &s) == 0 && S_ISDIR(s.st_mode)) {
            diag_note(l->d, POS_FILE(path), "skipped-file",
                      "フォルダーへのリンクは読み飛ばしました",
                      "a link to a folder, passed over");
            continue;
        }
        if (S_ISDIR(s.st_mode))
            list_folder(l, path, depth + 1);
        else
            list_file(l, path, false);
    }
    say_hidden(l, folder, hidden);
}

bool intake_list(struct intake *out, const char *const *paths, size_t n,
                 struct arena *a, struct diag *d)
{
    struct lister l = {out, 0, a, d};

    *out = (struct intake){NULL, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        size_t files = out->files;
        const char *path = arena_strdup(a, paths[i]);

        if (!folder_exists(path)) {
            list_file(&l, path, true);
            continue;
        }
        list_folder(&l, path, 0);
        if (out->files == files)
            diag_error(d, POS_FILE(path), "empty-folder",
                       "フォルダーにスキャン画像がありません",
                       "there are no scans in this folder");
    }
    return out->n > 0;
}
