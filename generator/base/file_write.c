/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder: written, and removed. */
#include "base/file_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

/* Whether the file already holds exactly these bytes. */
static bool
holds(const struct file_root *r, struct view path, struct view bytes)
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

/* Writes the bytes to a new file and renames it. */
static bool
replace_in(int temp_dir, const char *temp, int dir, const char *name, struct view bytes)
{
	bool ok;
	int fd, saved;

	unlinkat(temp_dir, temp, 0);
	fd = openat(temp_dir, temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	if (fd < 0)
		return false;
	ok = write_all(fd, bytes);
	saved = errno;
	if (close(fd) != 0 && ok) {
		ok = false;
		saved = errno;
	}
	if (ok && renameat(temp_dir, temp, dir, name) == 0)
		return true;
	if (ok)
		saved = errno;
	unlinkat(temp_dir, temp, 0);
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

bool
file_leftover(struct view name)
{
	size_t at = view_search(name, VIEW(SIGN)) + strlen(SIGN);
	long pid = 0;

	for (size_t i = at; i < name.n; i++) {
		if (name.p[i] < '0' || name.p[i] > '9' || pid > INT_MAX / 10 - 1)
			return false;
		pid = pid * 10 + (name.p[i] - '0');
	}
	return at < name.n && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

/* The temporary file is in `folder`, or beside path when that is empty. */
static bool
replace(const struct file_root *r, struct view path, struct view folder, struct view bytes)
{
	char name[FILE_PATH_CAP], temp[FILE_PATH_CAP + 32], at[FILE_PATH_CAP], last[FILE_PATH_CAP];
	int dir = make_parent(r, path, name), temp_dir = dir, saved;
	bool ok;

	if (dir < 0)
		return false;
	snprintf(temp, sizeof temp, "%s%s%ld", folder.n ? "" : name, folder.n ? &SIGN[1] : SIGN, (long)getpid());
	if (folder.n) {
		snprintf(at, sizeof at, "%.*s/x", VIEW_ARG(folder));
		temp_dir = make_parent(r, view_str(at), last);
	}
	ok = temp_dir >= 0 && replace_in(temp_dir, temp, dir, name, bytes);
	saved = errno;
	if (temp_dir >= 0 && temp_dir != dir)
		close(temp_dir);
	close(dir);
	errno = saved;
	return ok;
}

enum file_written
file_write_by(const struct file_root *r, struct view path, struct view folder, struct view bytes, struct diags *d)
{
	if (holds(r, path, bytes))
		return FILE_UNCHANGED;
	if (replace(r, path, folder, bytes))
		return FILE_WRITTEN;
	diag(d, file_write, place_file(path), path, file_error(&d->arena));
	return FILE_FAILED;
}

enum file_written
file_write(const struct file_root *r, struct view path, struct view bytes, struct diags *d)
{
	return file_write_by(r, path, VIEW_NONE, bytes, d);
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

	if (holds(r, path, bytes))
		return FILE_UNCHANGED;
	dir = make_parent(r, path, name);
	if (dir >= 0) {
		snprintf(temp, sizeof temp, "%s%s%ld", name, SIGN, (long)getpid());
		unlinkat(dir, temp, 0);
		fd = openat(dir, temp, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
	}
	ok = fd >= 0 && write_all(fd, bytes) && fsync(fd) == 0;
	saved = errno;
	same = !ok || reads_back(fd, bytes);
	if (fd >= 0 && close(fd) != 0 && ok) {
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
	return syncfs(r->fd) == 0;
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
	int fd = open_new(r, path);
	bool ok = fd >= 0 && write_all(fd, bytes);
	int saved = errno;

	if (fd < 0 && errno == EEXIST)
		return file_write(r, path, bytes, d);
	if (fd >= 0 && close(fd) != 0 && ok) {
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
	int dir = file_open_parent(r, path, name);
	bool ok;

	if (dir < 0)
		return false;
	ok = unlinkat(dir, name, 0) == 0 || (errno == EISDIR && unlinkat(dir, name, AT_REMOVEDIR) == 0);
	close(dir);
	return ok;
}
