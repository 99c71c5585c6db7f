/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder: whether they are the same as before, told without reading them. */
#include "base/file_parts.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"

/* How late a file system may be with times: a tick of the kernel, or two seconds where it keeps no fractions (FAT). */
static const int64_t second = 1000000000, late_fine = 15000000, late_coarse = 2100000000;

static int64_t
nanoseconds(struct timespec t)
{
	return (int64_t)t.tv_sec * second + t.tv_nsec;
}

static struct file_stamp
stamp_of(const struct stat *st)
{
	int64_t m = nanoseconds(st->st_mtim), c = nanoseconds(st->st_ctim);
	uint64_t parts[] = { (uint64_t)st->st_size, (uint64_t)m, (uint64_t)st->st_ino, (uint64_t)st->st_dev, (uint64_t)st->st_mode, (uint64_t)c };
	struct file_stamp s = { .when = c };

	/* whoever changes a file can set its mtime to anything, and its ctime to nothing but now */
	s.sign = hash_bytes(view_of((const char *)parts, sizeof parts));
	s.lasting = hash_bytes(view_of((const char *)parts, sizeof parts - sizeof *parts));
	s.sign += s.sign == 0;
	s.lasting += s.lasting == 0;
	return s;
}

bool
file_stamp(const struct file_root *r, struct view path, struct file_stamp *s)
{
	char name[FILE_PATH_CAP];
	struct stat st;

	*s = (struct file_stamp){ .sign = 0 };
	if (path.n >= sizeof name)
		return false;
	memcpy(name, path.n ? path.p : ".", path.n ? path.n : 1);
	name[path.n ? path.n : 1] = '\0';
	if (fstatat(r->fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	*s = stamp_of(&st);
	return true;
}

bool
file_stamp_open(int fd, struct file_stamp *s)
{
	struct stat st;

	*s = (struct file_stamp){ .sign = 0 };
	if (fstat(fd, &st) != 0)
		return false;
	*s = stamp_of(&st);
	return true;
}

bool
file_look(const struct file_root *r, struct arena *a, struct view path, struct list *seen)
{
	int fd = file_open_below(r, path, O_RDONLY | O_DIRECTORY, 0);
	DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *e;

	*seen = LIST_OF(struct file_seen);
	if (!dir) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	while ((e = readdir(dir)) != NULL) {
		struct file_seen *f;
		struct stat st;

		if (e->d_name[0] == '.' || fstatat(fd, e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		f = list_push(seen, a);
		f->name = view_copy(a, view_str(e->d_name));
		f->kind = S_ISREG(st.st_mode) ? FILE_REGULAR : S_ISDIR(st.st_mode) ? FILE_FOLDER :
		    S_ISLNK(st.st_mode) ? FILE_LINK : FILE_OTHER;
		f->stamp = stamp_of(&st);
	}
	closedir(dir);
	return true;
}

bool
file_stamp_doubtful(const struct file_stamp *s, int64_t since)
{
	return s->when >= since - (s->when % (second / 1000) ? late_fine : late_coarse);
}

int64_t
file_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return nanoseconds(t);
}
