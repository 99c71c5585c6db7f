/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder: opened and read. Writing is in file_write.c. */
#include "base/file_parts.h"

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

/* A NUL-terminated copy of a relative path; false (ENAMETOOLONG, EINVAL) when it is unfit. */
static bool
path_string(struct view path, char out[FILE_PATH_CAP])
{
	if (path.n >= FILE_PATH_CAP) {
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
		if (slash && !slash[1]) {	/* "folder/" is the folder */
			slash = NULL;
			flags |= O_DIRECTORY;
		}
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
int
file_open_below(const struct file_root *r, struct view path, int flags, mode_t mode)
{
	char name[FILE_PATH_CAP];
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
int
file_open_parent(const struct file_root *r, struct view path, char last[FILE_PATH_CAP])
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
	return file_open_below(r, view_slice(path, 0, slash ? slash - 1 : 0), O_PATH | O_DIRECTORY, 0);
}

bool
file_root_open(struct file_root *r, struct arena *a, struct view path)
{
	char name[FILE_PATH_CAP];

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
bool
file_kind_in(int dir, const char *name, enum file_kind *kind)
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
	char name[FILE_PATH_CAP];
	int dir;

	if (path.n == 0) {
		*kind = FILE_FOLDER;
		return r->fd >= 0;
	}
	dir = file_open_parent(r, path, name);
	return dir >= 0 && file_kind_in(dir, name, kind);
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
	char *p = arena_room(a, size + 1);
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
	int fd = file_open_below(r, path, O_RDONLY | O_NONBLOCK, 0);
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

static bool
list_folder(const struct file_root *r, struct arena *a, struct view path, bool hidden, struct list *entries, struct diags *d)
{
	int fd = file_open_below(r, path, O_RDONLY | O_DIRECTORY, 0);
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
	while (errno = 0, (e = readdir(dir)) != NULL || errno == EINTR) {
		struct file_entry *f;
		struct stat st;

		if (!e)
			continue;
		if (e->d_name[0] == '.' && (!hidden || strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0))
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

bool
file_list(const struct file_root *r, struct arena *a, struct view path, struct list *entries, struct diags *d)
{
	return list_folder(r, a, path, false, entries, d);
}

bool
file_list_hidden(const struct file_root *r, struct arena *a, struct view path, struct list *entries, struct diags *d)
{
	return list_folder(r, a, path, true, entries, d);
}

int
file_open(const struct file_root *r, struct view path, struct file_facts *facts)
{
	struct stat st;
	int fd = file_open_below(r, path, O_RDONLY | O_NONBLOCK, 0), wrong = 0;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) != 0)
		wrong = errno;
	else if (!S_ISREG(st.st_mode))
		wrong = S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
	else
		*facts = (struct file_facts){ (uint64_t)st.st_size, (uint64_t)st.st_ino, st.st_mtim.tv_sec, st.st_mtim.tv_nsec };
	if (!wrong)
		return fd;
	close(fd);
	errno = wrong;
	return -1;
}

bool
file_size(const struct file_root *r, struct view path, uint64_t *size)
{
	struct stat st;
	int fd = file_open_below(r, path, O_PATH, 0);
	bool ok = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);

	if (fd >= 0)
		close(fd);
	if (ok)
		*size = (uint64_t)st.st_size;
	return ok;
}
