#include "core/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What the system said, in words a clerk can act on. To add one: a row. */
static const struct {
    int number;
    struct label why;
} reasons[] = {
    {ENOENT, {"ファイルまたはフォルダーがありません", "it does not exist"}},
    {EACCES, {"アクセス権がありません", "permission denied"}},
    {EPERM, {"アクセス権がありません", "permission denied"}},
    {EROFS,
     {"読み取り専用の場所です。書き込める場所を指定してください",
      "the place is read-only; name one that can be written"}},
    {ENOSPC,
     {"ディスクに空きがありません。空きを作ってからやり直してください",
      "the disk is full; make room and try again"}},
    {EDQUOT,
     {"ディスクの割当てを使い切りました。空きを作ってからやり直してください",
      "the disk quota is used up; make room and try again"}},
    {EISDIR, {"フォルダーです", "it is a folder"}},
    {ENOTDIR,
     {"途中の名前がフォルダーではありません",
      "a part of the path is not a folder"}},
    {ENAMETOOLONG, {"名前が長すぎます", "the name is too long"}},
    {EEXIST, {"同じ名前のものがすでにあります", "it already exists"}},
    {EFBIG, {"ファイルが大きすぎます", "the file would be too large"}},
    {ELOOP, {"リンクが循環しています", "the links go in a circle"}},
};

static struct label reason(int number)
{
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].number == number)
            return reasons[i].why;
    return (struct label){"入出力に失敗しました", "input or output failed"};
}

static bool complain(struct diag *d, const char *path, const char *check,
                     struct label failed, int number)
{
    struct arena mem = ARENA_INIT;
    struct label why = reason(number);
    diag_label(d, POS_FILE(path), check,
               (struct label){arena_printf(&mem, "%s: %s", failed.ja, why.ja),
                              arena_printf(&mem, "%s: %s", failed.en, why.en)});
    arena_release(&mem);
    return false;
}

bool file_unwritable(const char *path, int number, struct diag *d)
{
    struct label failed = {"書き込めません", "cannot be written"};
    return complain(d, path, "unwritable-file", failed, number);
}

static bool unreadable(struct diag *d, const char *path, const char *check,
                       int number)
{
    struct label failed = {"読めません", "cannot be read"};
    return complain(d, path, check, failed, number);
}

bool file_unreadable(const char *path, int number, struct diag *d)
{
    return unreadable(d, path, "unreadable-file", number);
}

/* Fills `bytes` (cap + 1 long); -1 with errno, otherwise how many came. */
static ssize_t read_all(int fd, char *bytes, size_t cap)
{
    size_t have = 0;
    while (have < cap) {
        ssize_t n = read(fd, bytes + have, cap - have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -1;
        if (n == 0)
            break;
        have += (size_t)n;
    }
    return (ssize_t)have;
}

static bool too_large(struct diag *d, const char *path, size_t cap)
{
    return diag_error(d, POS_FILE(path), "file-too-large",
                      "ファイルが大きすぎます（上限 %zu バイト）",
                      "the file is too large (limit %zu bytes)", cap);
}

static char *read_open(int fd, const char *path, size_t cap, struct arena *a,
                       size_t *len, struct diag *d)
{
    struct stat st;
    if (fstat(fd, &st) != 0) {
        file_unreadable(path, errno, d);
        return NULL;
    }
    if (!S_ISREG(st.st_mode)) {
        diag_error(d, POS_FILE(path), "not-a-file",
                   "ファイルではありません（フォルダーや装置です）",
                   "this is a folder or a device, not a file");
        return NULL;
    }
    size_t size = (size_t)st.st_size;
    if (size > cap) {
        too_large(d, path, cap);
        return NULL;
    }
    /* One byte more shows a file that grows while it is read. */
    char *bytes = arena_alloc(a, size + 2);
    ssize_t got = read_all(fd, bytes, size + 1);
    if (got < 0) {
        file_unreadable(path, errno, d);
        return NULL;
    }
    if ((size_t)got > size) {
        diag_error(d, POS_FILE(path), "unreadable-file",
                   "読んでいる間に変わりました。保存し終えてからやり直して"
                   "ください",
                   "it changed while being read; finish saving, try again");
        return NULL;
    }
    bytes[got] = '\0';
    *len = (size_t)got;
    return bytes;
}

char *file_read(const char *path, size_t cap, struct arena *a, size_t *len,
                struct diag *d)
{
    /* Without O_NONBLOCK a named pipe would wait for ever. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        file_unreadable(path, errno, d);
        return NULL;
    }
    char *bytes = read_open(fd, path, cap, a, len, d);
    close(fd);
    return bytes;
}

bool folder_make(const char *path, struct diag *d)
{
    struct arena mem = ARENA_INIT;
    char *part = arena_strdup(&mem, path);
    bool ok = true;
    for (char *p = part; ok && *p; p++) {
        bool last = p[1] == '\0';
        if ((p[0] != '/' && !last) || (p[0] == '/' && p == part))
            continue;
        if (!last)
            *p = '\0';
        ok = mkdir(part, 0700) == 0 || folder_exists(part);
        if (!last)
            *p = '/';
    }
    int number = errno;
    arena_release(&mem);
    return ok || file_unwritable(path, number, d);
}

bool file_exists(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

bool folder_exists(const char *path)
{
    struct stat st;
    int saved = errno;
    bool yes = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    errno = saved;
    return yes;
}

static int by_bytes(const void *one, const void *other)
{
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static bool is_self_or_parent(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

char **folder_list(const char *path, struct arena *a, size_t *n, struct diag *d)
{
    DIR *folder = opendir(path);
    if (!folder) {
        unreadable(d, path, "unreadable-folder", errno);
        return NULL;
    }
    size_t count = 0, capacity = 16;
    char **names = ARENA_ARRAY(a, char *, capacity);
    struct dirent *entry;
    errno = 0;
    while ((entry = readdir(folder))) {
        if (is_self_or_parent(entry->d_name))
            continue;
        if (count == capacity) {
            names = arena_grow(a, names, count, capacity * 2, sizeof *names);
            capacity *= 2;
        }
        names[count++] = arena_strdup(a, entry->d_name);
        errno = 0;
    }
    int number = errno;
    closedir(folder);
    if (number) {
        unreadable(d, path, "unreadable-folder", number);
        return NULL;
    }
    qsort(names, count, sizeof *names, by_bytes);
    *n = count;
    return names;
}

char *path_join(struct arena *a, const char *dir, const char *name)
{
    size_t len = strlen(dir);
    bool slash = len > 0 && dir[len - 1] != '/';
    return arena_printf(a, "%s%s%s", dir, slash ? "/" : "", name);
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
