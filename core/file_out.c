#include "core/file_out.h"

#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool write_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* The folder a path stands in, in the arena. */
static char *path_folder(struct arena *a, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return arena_strdup(a, ".");
    return arena_copy(a, path, slash == path ? 1 : (size_t)(slash - path));
}

static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    /* EINVAL: some network file systems cannot sync folders at all. */
    bool ok = fsync(fd) == 0 || errno == EINVAL;
    int saved = errno;
    close(fd);
    errno = saved;
    return ok;
}

/* Says why, and leaves nothing behind. */
static bool give_up(struct file_out *f, int number, struct diag *d)
{
    file_unwritable(f->path, number, d);
    file_out_abandon(f);
    return false;
}

bool file_out_open(struct file_out *f, const char *path, struct diag *d)
{
    *f = FILE_OUT_INIT;
    f->path = arena_strdup(&f->mem, path);
    f->temp = arena_printf(&f->mem, "%s.tmp-%ld", path, (long)getpid());
    f->fd = open(f->temp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW,
                 0600);
    if (f->fd >= 0 && fchmod(f->fd, 0600) == 0)
        return true;
    return give_up(f, errno, d);
}

bool file_out_write(struct file_out *f, const void *bytes, size_t len,
                    struct diag *d)
{
    return write_all(f->fd, bytes, len) || give_up(f, errno, d);
}

bool file_out_commit(struct file_out *f, struct diag *d)
{
    if (fsync(f->fd) != 0)
        return give_up(f, errno, d);
    int fd = f->fd;
    f->fd = -1;
    if (close(fd) != 0 || rename(f->temp, f->path) != 0 ||
        !sync_folder(path_folder(&f->mem, f->path)))
        return give_up(f, errno, d);
    arena_release(&f->mem);
    *f = FILE_OUT_INIT;
    return true;
}

void file_out_abandon(struct file_out *f)
{
    if (f->fd >= 0)
        close(f->fd);
    if (f->temp)
        unlink(f->temp);
    arena_release(&f->mem);
    *f = FILE_OUT_INIT;
}

bool file_write_atomic(const char *path, const void *bytes, size_t len,
                       struct diag *d)
{
    struct file_out f;
    return file_out_open(&f, path, d) && file_out_write(&f, bytes, len, d) &&
           file_out_commit(&f, d);
}
