/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder. */
#include "base/file.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"

enum { PATH_CAP = 4096 };

/* A NUL-terminated copy of a relative path; false (ENAMETOOLONG, EINVAL) when it is unfit. */
static bool
path_string(struct view path, char out[PATH_CAP])
{
	if (path.n >= PATH_CAP) {
		errno = ENAMETOOLONG;
		return false;
	}
	if (memchr(path.n ? path.p : "", '\0', path.n)) {
		errno = EINVAL;
		return false;
	}
	if (path.n)
		memcpy(out, path.p, path.n);
	else
		out[path.n++] = '.';
	out[path.n] = '\0';
	return true;
}

/* Where the kernel has no openat2: the same, one folder after the other. Cuts name into pieces. */
static int
open_walk(int root, char *name, int flags, mode_t mode)
{
	int dir = root, fd;

	for (;;) {
		char *slash = strchr(name, '/');
		struct stat st;

		if (slash)
			*slash = '\0';
		if (!*name || strcmp(name, "..") == 0) {
			errno = EXDEV;
			fd = -1;
		} else {
			fd = openat(dir, name, slash ? O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC : flags, mode);
			if (fd < 0 && errno == ENOTDIR && fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
				errno = S_ISLNK(st.st_mode) ? ELOOP : ENOTDIR;
		}
		if (dir != root) {
			int saved = errno;

			close(dir);
			errno = saved;
		}
		if (fd < 0 || !slash)
			return fd;
		dir = fd;
		name = slash + 1;
	}
}

/* Opens below the root only and through no link (Linux openat2, RESOLVE_BENEATH); EINTR is retried. */
static int
open_below(const struct file_root *r, struct view path, int flags, mode_t mode)
{
	char name[PATH_CAP];
	struct open_how how = {
		.flags = (uint64_t)(unsigned)(flags | O_CLOEXEC | O_NOFOLLOW),
		.mode = mode,
		.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
	};
	long fd;

	if (!path_string(path, name))
		return -1;
	do {
		fd = syscall(SYS_openat2, r->fd, name, &how, sizeof how);
	} while (fd < 0 && (errno == EINTR || errno == EAGAIN));
	if (fd < 0 && (errno == ENOSYS || errno == EPERM))
		fd = open_walk(r->fd, name, (int)how.flags, mode);
	return (int)fd;
}

/* Opens the folder that holds path; the last name goes to last. Refuses a path that does not end in a name. */
static int
open_parent(const struct file_root *r, struct view path, char last[PATH_CAP])
{
	size_t slash = path.n;

	while (slash && path.p[slash - 1] != '/')
		slash--;
	if (!path_string(view_slice(path, slash, path.n), last))
		return -1;
	if (slash == 1 || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
		errno = EXDEV;
		return -1;
	}
	return open_below(r, view_slice(path, 0, slash ? slash - 1 : 0), O_PATH | O_DIRECTORY, 0);
}

bool
file_root_open(struct file_root *r, struct arena *a, struct view path)
{
	char name[PATH_CAP];

	r->path = view_copy(a, path);
	r->fd = -1;
	if (!path_string(path, name))
		return false;
	r->fd = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return r->fd >= 0;
}

void
file_root_close(struct file_root *r)
{
	if (r->fd >= 0)
		close(r->fd);
	r->fd = -1;
}

struct view
file_error(struct arena *a)
{
	struct view v = view_copy(a, view_str(strerror(errno)));

	if (v.n)
		((char *)v.p)[0] = (char)tolower((unsigned char)v.p[0]);
	return v;
}

static enum file_kind
kind_of(mode_t mode)
{
	return S_ISREG(mode) ? FILE_REGULAR : S_ISDIR(mode) ? FILE_FOLDER : S_ISLNK(mode) ? FILE_LINK : FILE_OTHER;
}

/* What a name in a folder is; the folder is closed. */
static bool
kind_in(int dir, const char *name, enum file_kind *kind)
{
	struct stat st;
	int bad = fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW);

	close(dir);
	if (bad)
		return false;
	*kind = kind_of(st.st_mode);
	return true;
}

bool
file_kind(const struct file_root *r, struct view path, enum file_kind *kind)
{
	char name[PATH_CAP];
	int dir;

	if (path.n == 0) {
		*kind = FILE_FOLDER;
		return r->fd >= 0;
	}
	dir = open_parent(r, path, name);
	return dir >= 0 && kind_in(dir, name, kind);
}

static void
report_read(struct view path, struct diags *d)
{
	struct place at = place_file(path);

	if (errno == ENOENT || errno == ENOTDIR)
		diag(d, file_missing, at, path);
	else if (errno == ELOOP || errno == EXDEV)
		diag(d, file_link, at, path);
	else
		diag(d, file_read, at, path, file_error(&d->arena));
}

/* Reads what is there into the arena; false with errno set. */
static bool
read_all(int fd, struct arena *a, size_t size, struct view *text)
{
	char *p = arena_alloc(a, size + 1);
	size_t n = 0;

	while (n < size) {
		ssize_t got = read(fd, p + n, size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return false;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	p[n] = '\0';
	*text = view_of(p, n);
	return true;
}

/* Reads the first `head` bytes of a file of at most max. False with errno set, or errno 0 when it is reported. */
static bool
read_file(const struct file_root *r, struct arena *a, struct view path, size_t head, size_t max,
    struct view *text, struct diags *d)
{
	struct stat st;
	int fd = open_below(r, path, O_RDONLY | O_NONBLOCK, 0);
	bool ok = false;

	if (fd < 0)
		return false;
	if (fstat(fd, &st) != 0) {
		report_read(path, d);
	} else if (!S_ISREG(st.st_mode)) {
		diag(d, file_special, place_file(path), path);
	} else if ((uintmax_t)st.st_size > max) {
		diag(d, file_large, place_file(path), view_printf(&d->arena, "%zu KiB", max / 1024));
	} else {
		ok = read_all(fd, a, (size_t)st.st_size < head ? (size_t)st.st_size : head, text);
		if (!ok)
			report_read(path, d);
	}
	close(fd);
	errno = 0;
	return ok;
}

bool
file_read(const struct file_root *r, struct arena *a, struct view path, size_t max, struct view *text,
    struct diags *d)
{
	return file_read_head(r, a, path, max, max, text, d);
}

bool
file_read_head(const struct file_root *r, struct arena *a, struct view path, size_t head, size_t max,
    struct view *text, struct diags *d)
{
	if (read_file(r, a, path, head, max, text, d))
		return true;
	if (errno)
		report_read(path, d);
	return false;
}

bool
file_read_if(const struct file_root *r, struct arena *a, struct view path, size_t max, struct view *text,
    struct diags *d)
{
	if (read_file(r, a, path, max, max, text, d))
		return true;
	if (errno && errno != ENOENT && errno != ENOTDIR)
		report_read(path, d);
	return false;
}

static int
compare_names(const void *x, const void *y)
{
	return view_cmp(((const struct file_entry *)x)->name, ((const struct file_entry *)y)->name);
}

bool
file_list(const struct file_root *r, struct arena *a, struct view path, struct list *entries, struct diags *d)
{
	int fd = open_below(r, path, O_RDONLY | O_DIRECTORY, 0);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;
	bool ok;

	*entries = LIST_OF(struct file_entry);
	if (!dir) {
		if (errno != ENOENT)
			report_read(path, d);
		if (fd >= 0)
			close(fd);
		return false;
	}
	while (errno = 0, (e = readdir(dir)) != NULL) {
		struct file_entry *f;
		struct stat st;

		if (e->d_name[0] == '.')
			continue;
		f = list_push(entries, a);
		f->name = view_copy(a, view_str(e->d_name));
		f->kind = e->d_type == DT_REG ? FILE_REGULAR : e->d_type == DT_DIR ? FILE_FOLDER :
		    e->d_type == DT_LNK ? FILE_LINK : FILE_OTHER;
		if (e->d_type == DT_UNKNOWN && fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			f->kind = kind_of(st.st_mode);
	}
	ok = errno == 0;
	if (!ok)
		report_read(path, d);
	closedir(dir);
	if (entries->n)
		qsort(entries->items, entries->n, sizeof(struct file_entry), compare_names);
	return ok;
}

/* Whether the file already holds exactly these bytes. */
static bool
holds(const struct file_root *r, struct view path, struct view bytes)
{
	char block[16384];
	struct stat st;
	size_t at = 0;
	bool same;
	int fd = open_below(r, path, O_RDONLY | O_NONBLOCK, 0);

	if (fd < 0)
		return false;
	same = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uintmax_t)st.st_size == bytes.n;
	while (same && at < bytes.n) {
		ssize_t got = read(fd, block, sizeof block);

		if (got < 0 && errno == EINTR)
			continue;
		same = got > 0 && (size_t)got <= bytes.n - at && memcmp(block, bytes.p + at, (size_t)got) == 0;
		at += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	return same;
}

static bool
write_all(int fd, struct view bytes)
{
	while (bytes.n) {
		ssize_t put = write(fd, bytes.p, bytes.n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return false;
		bytes = view_slice(bytes, (size_t)put, bytes.n);
	}
	return true;
}

/* Makes one folder; that it is there already is no failure. */
static bool
make_folder(const struct file_root *r, struct view path)
{
	char name[PATH_CAP];
	enum file_kind kind;
	int dir = open_parent(r, path, name);

	if (dir < 0)
		return false;
	if (mkdirat(dir, name, 0777) == 0) {
		close(dir);
		return true;
	}
	if (errno != EEXIST) {
		int saved = errno;

		close(dir);
		errno = saved;
		return false;
	}
	if (kind_in(dir, name, &kind) && kind == FILE_FOLDER)
		return true;
	errno = ENOTDIR;
	return false;
}

static bool
make_parents(const struct file_root *r, struct view path)
{
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i] == '/' && !make_folder(r, view_slice(path, 0, i)))
			return false;
	return true;
}

/* Writes the bytes to a new file in dir and renames it to name. */
static bool
replace_in(int dir, const char *name, struct view bytes)
{
	char temp[PATH_CAP + 32];
	bool ok;
	int fd, saved;

	snprintf(temp, sizeof temp, "%s.waypost-%ld", name, (long)getpid());
	unlinkat(dir, temp, 0);
	fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	ok = write_all(fd, bytes);
	saved = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (ok && renameat(dir, temp, dir, name) == 0)
		return true;
	if (ok)
		saved = errno;
	unlinkat(dir, temp, 0);
	errno = saved;
	return false;
}

static bool
replace(const struct file_root *r, struct view path, struct view bytes)
{
	char name[PATH_CAP];
	int dir = open_parent(r, path, name), saved;
	bool ok;

	if (dir < 0 && errno == ENOENT && make_parents(r, path))
		dir = open_parent(r, path, name);
	if (dir < 0)
		return false;
	ok = replace_in(dir, name, bytes);
	saved = errno;
	close(dir);
	errno = saved;
	return ok;
}

enum file_written
file_write(const struct file_root *r, struct view path, struct view bytes, struct diags *d)
{
	if (holds(r, path, bytes))
		return FILE_UNCHANGED;
	if (replace(r, path, bytes))
		return FILE_WRITTEN;
	diag(d, file_write, place_file(path), path, file_error(&d->arena));
	return FILE_FAILED;
}

bool
file_mkdir(const struct file_root *r, struct view path, struct diags *d)
{
	if (make_parents(r, path) && make_folder(r, path))
		return true;
	diag(d, file_write, place_file(path), path, file_error(&d->arena));
	return false;
}

bool
file_remove(const struct file_root *r, struct view path)
{
	char name[PATH_CAP];
	int dir = open_parent(r, path, name);
	bool ok;

	if (dir < 0)
		return false;
	ok = unlinkat(dir, name, 0) == 0 || (errno == EISDIR && unlinkat(dir, name, AT_REMOVEDIR) == 0);
	close(dir);
	return ok;
}
