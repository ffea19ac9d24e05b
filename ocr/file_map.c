#include "ocr/file_map.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static bool unreadable(const char *path, int error, struct diag *d)
{
    return diag_error(d, POS_FILE(path), "unreadable-file",
                      "ファイルを読めません (%s)", "cannot be read: %s",
                      strerror(error));
}

bool file_map_open(struct file_map *m, const char *path, struct diag *d)
{
    /* A pipe with no writer would keep us waiting. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat s;
    void *bytes = NULL;
    bool ok = true;

    *m = (struct file_map){NULL, 0};
    if (fd < 0)
        return unreadable(path, errno, d);
    if (fstat(fd, &s) != 0)
        ok = unreadable(path, errno, d);
    else if (!S_ISREG(s.st_mode))
        ok = diag_error(d, POS_FILE(path), "not-a-file",
                        "ファイルではありません", "is not a file");
    else if (s.st_size > 0) {
        bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        ok = bytes != MAP_FAILED || unreadable(path, errno, d);
    }
    if (ok && bytes)
        *m = (struct file_map){bytes, (size_t)s.st_size};
    close(fd);
    return ok;
}

void file_map_close(struct file_map *m)
{
    if (m->bytes)
        munmap((void *)m->bytes, m->len);
    *m = (struct file_map){NULL, 0};
}
