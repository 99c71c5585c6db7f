/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder: written, and removed. */
#include "base/file_parts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

bool
file_holds(const struct file_root *r, struct view path, struct view bytes)
{
	char block[16384];
	struct stat st;
	size_t at = 0;
	bool same;
	int fd = file_open_below(r, path, O_RDONLY | O_NONBLOCK, 0);

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
	char name[FILE_PATH_CAP];
	enum file_kind kind;
	int dir = file_open_parent(r, path, name);

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
	if (file_kind_in(dir, name, &kind) && kind == FILE_FOLDER)
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

/* Closing fails when the bytes did not get there (EDQUOT, EIO); after a signal the file is closed all the same. */
static bool
close_file(int fd)
{
	return close(fd) == 0 || errno == EINTR;
}

/* fsync, again after a signal. */
static bool
sync_file(int fd)
{
	while (fsync(fd) != 0)
		if (errno != EINTR)
			return false;
	return true;
}

/* Writes the bytes to a new file and renames it: when it was flushed before that, a loss of power leaves the old or the new one. */
static bool
replace_in(int dir, const char *temp, const char *name, struct view bytes, bool flush)
{
	bool ok;
	int fd, saved;

	unlinkat(dir, temp, 0);
	fd = openat(dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	ok = write_all(fd, bytes) && (!flush || sync_file(fd));
	saved = errno;
	if (!close_file(fd) && ok) {
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

/* Opens the folder that holds path, made with its parents if need be. */
static int
make_parent(const struct file_root *r, struct view path, char last[FILE_PATH_CAP])
{
	int dir = file_open_parent(r, path, last);

	return dir < 0 && errno == ENOENT && make_parents(r, path) ? file_open_parent(r, path, last) : dir;
}

/* Temporary files beside theirs have this behind the name, and then the process. */
#define SIGN ".waypost-"

/* Whether a process has ended. One that nobody has asked about yet still has its number. */
static bool
has_ended(pid_t pid)
{
	char path[40], line[512];
	const char *state;
	ssize_t n = 0;
	int fd;

	if (kill(pid, 0) != 0)
		return errno == ESRCH;
	snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, line, sizeof line - 1);
		close(fd);
	}
	line[n > 0 ? n : 0] = 0;
	state = strrchr(line, ')');	/* "18751 (waypost) Z ..." */
	return state && (strncmp(state, ") Z", 3) == 0 || strncmp(state, ") X", 3) == 0);
}

/* As file_temporary, with the process. */
static struct view
temporary(struct view path, long *pid)
{
	size_t sign = view_search(path, VIEW(SIGN)), at = sign + strlen(SIGN);

	*pid = 0;
	for (size_t i = at; i < path.n; i++) {
		if (path.p[i] < '0' || path.p[i] > '9' || *pid > INT_MAX / 10 - 1)
			return VIEW_NONE;
		*pid = *pid * 10 + (path.p[i] - '0');
	}
	return at < path.n ? view_slice(path, 0, sign) : VIEW_NONE;
}

struct view
file_temporary(struct view path)
{
	long pid;

	return temporary(path, &pid);
}

bool
file_leftover(struct view name)
{
	long pid;

	return temporary(name, &pid).n && has_ended((pid_t)pid);
}

/* Removes what a process that was killed left of the same file. */
static void
remove_leftovers(const struct file_root *r, struct view path, int dir, const char *name)
{
	size_t slash = path.n, n = strlen(name);
	struct dirent *e;
	DIR *list;
	int fd;

	while (slash && path.p[slash - 1] != '/')
		slash--;
	fd = file_open_below(r, view_slice(path, 0, slash ? slash - 1 : 0), O_RDONLY | O_DIRECTORY, 0);
	list = fd < 0 ? NULL : fdopendir(fd);
	if (fd >= 0 && !list)
		close(fd);
	while (list && (e = readdir(list)) != NULL)
		if (strncmp(e->d_name, name, n) == 0 && strncmp(e->d_name + n, SIGN, strlen(SIGN)) == 0 && file_leftover(view_str(e->d_name)))
			unlinkat(dir, e->d_name, 0);
	if (list)
		closedir(list);
}

static bool
replace(const struct file_root *r, struct view path, struct view bytes, bool flush)
{
	char name[FILE_PATH_CAP], temp[FILE_PATH_CAP + 32];
	int dir = make_parent(r, path, name), saved;
	bool ok;

	if (dir < 0)
		return false;
	snprintf(temp, sizeof temp, "%s%s%ld", name, SIGN, (long)getpid());
	remove_leftovers(r, path, dir, name);
	ok = replace_in(dir, temp, name, bytes, flush);
	saved = errno;
	close(dir);
	errno = saved;
	return ok;
}

enum file_written
file_write(const struct file_root *r, struct view path, struct view bytes, struct diags *d)
{
	if (file_holds(r, path, bytes))
		return FILE_UNCHANGED;
	if (replace(r, path, bytes, true))
		return FILE_WRITTEN;
	diag(d, file_write, place_file(path), path, file_error(&d->arena));
	return FILE_FAILED;
}

bool
file_write_memory(const struct file_root *r, struct view path, struct view bytes)
{
	return file_holds(r, path, bytes) || replace(r, path, bytes, false);
}

/* Whether a new file, once flushed and forgotten by the system's cache, still reads as these bytes. */
static bool
reads_back(int fd, struct view bytes)
{
	char block[16384];
	size_t at = 0;

	/* best effort: a file system without it reads from memory */
	(void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
	while (at < bytes.n) {
		ssize_t got = pread(fd, block, sizeof block, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || (size_t)got > bytes.n - at || memcmp(block, bytes.p + at, (size_t)got) != 0)
			return false;
		at += (size_t)got;
	}
	return true;
}

enum file_written
file_write_safe(const struct file_root *r, struct view path, struct view bytes, struct diags *d)
{
	char name[FILE_PATH_CAP], temp[FILE_PATH_CAP + 32];
	int dir, fd = -1, saved;
	bool ok, same = true;

	if (file_holds(r, path, bytes))
		return FILE_UNCHANGED;
	dir = make_parent(r, path, name);
	if (dir >= 0) {
		snprintf(temp, sizeof temp, "%s%s%ld", name, SIGN, (long)getpid());
		unlinkat(dir, temp, 0);
		fd = openat(dir, temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	}
	ok = fd >= 0 && write_all(fd, bytes) && sync_file(fd);
	saved = errno;
	same = !ok || reads_back(fd, bytes);
	if (fd >= 0 && !close_file(fd) && ok) {
		ok = false;
		saved = errno;
	}
	if (ok && same && renameat(dir, temp, dir, name) != 0) {
		ok = false;
		saved = errno;
	}
	if (fd >= 0 && !(ok && same))
		unlinkat(dir, temp, 0);
	if (dir >= 0)
		close(dir);
	errno = saved;
	if (!same)
		diag(d, copy_differs, place_file(path), path);
	else if (!ok)
		diag(d, file_write, place_file(path), path, file_error(&d->arena));
	return ok && same ? FILE_WRITTEN : FILE_FAILED;
}

bool
file_flush(const struct file_root *r)
{
	while (syncfs(r->fd) != 0)
		if (errno != EINTR)
			return false;
	return true;
}

bool
file_move(const struct file_root *r, struct view from, struct view to, struct diags *d)
{
	char old[FILE_PATH_CAP], name[FILE_PATH_CAP];
	int from_dir = file_open_parent(r, from, old), to_dir = from_dir < 0 ? -1 : make_parent(r, to, name);
	bool ok = to_dir >= 0 && renameat(from_dir, old, to_dir, name) == 0;
	int saved = errno;

	if (from_dir >= 0)
		close(from_dir);
	if (to_dir >= 0)
		close(to_dir);
	errno = saved;
	if (!ok)
		diag(d, file_write, place_file(to), to, file_error(&d->arena));
	return ok;
}

/* Opens a new file; the folders above it are made when they are missing. */
static int
open_new(const struct file_root *r, struct view path)
{
	const int flags = O_WRONLY | O_CREAT | O_EXCL;
	int fd = file_open_below(r, path, flags, 0666);

	if (fd < 0 && errno == ENOENT && make_parents(r, path))
		fd = file_open_below(r, path, flags, 0666);
	return fd;
}

enum file_written
file_create(const struct file_root *r, struct view path, struct view bytes, struct diags *d)
{
	struct file_stamp s;

	return file_create_stamp(r, path, bytes, &s, d);
}

enum file_written
file_create_stamp(const struct file_root *r, struct view path, struct view bytes, struct file_stamp *s, struct diags *d)
{
	int fd = open_new(r, path);
	bool ok = fd >= 0 && write_all(fd, bytes);
	int saved = errno;

	*s = (struct file_stamp){ .sign = 0 };
	if (ok)
		file_stamp_open(fd, s);
	if (fd < 0 && errno == EEXIST)
		return file_write(r, path, bytes, d);
	if (fd >= 0 && !close_file(fd) && ok) {
		ok = false;
		saved = errno;
	}
	if (ok)
		return FILE_WRITTEN;
	if (fd >= 0)
		file_remove(r, path);
	errno = saved;
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
	char name[FILE_PATH_CAP];
	int dir = file_open_parent(r, path, name), saved;
	bool ok;

	if (dir < 0)
		return false;
	ok = unlinkat(dir, name, 0) == 0 || (errno == EISDIR && unlinkat(dir, name, AT_REMOVEDIR) == 0);
	saved = errno;
	close(dir);
	errno = saved;
	return ok;
}
