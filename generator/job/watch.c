/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders that are watched for changes. */
#include "job/watch.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

enum { FOLDER = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR | IN_DONT_FOLLOW | IN_EXCL_UNLINK,
	DEPTH_MAX = 64 };

/* A watched folder; the kernel numbers them. */
struct folder {
	int wd;
	struct buf path;	/* below the root; empty for the root */
};

struct watch {
	int fd;
	struct buf root;
	const char *const *names;	/* in the root */
	size_t nnames;
	bool whole;			/* the root itself, with all in it */
	bool full;			/* the system lets no more be watched */
	struct folder *folders;
	size_t n, cap;
};

static struct folder *
find(struct watch *w, int wd)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->folders[i].wd == wd)
			return &w->folders[i];
	return NULL;
}

/* root/path, NUL-terminated. */
static void
full_path(const struct watch *w, struct view path, struct buf *b)
{
	buf_clear(b);
	buf_addv(b, view_buf(&w->root));
	if (path.n) {
		buf_addc(b, '/');
		buf_addv(b, path);
	}
}

/* What is no change of a site: hidden files, and what editors make in passing. */
static bool
is_passing(struct view name)
{
	return view_starts(name, ".") || view_ends(name, "~") || view_is(name, "4913") ||
	    (name.n > 1 && name.p[0] == '#' && name.p[name.n - 1] == '#');
}

static bool
is_named(const struct watch *w, struct view name)
{
	for (size_t i = 0; i < w->nnames; i++)
		if (view_is(name, w->names[i]))
			return true;
	return false;
}

static bool
watch_one(struct watch *w, struct view path)
{
	struct buf full;
	struct folder *f;
	int wd;

	buf_init(&full);
	full_path(w, path, &full);
	wd = inotify_add_watch(w->fd, full.p, FOLDER);
	buf_release(&full);
	w->full |= wd < 0 && errno == ENOSPC;
	if (wd < 0)
		return false;
	f = find(w, wd);
	if (!f) {
		if (w->n == w->cap)
			w->folders = memory_resize(w->folders, (w->cap = w->cap ? 2 * w->cap : 64) * sizeof *w->folders);
		f = &w->folders[w->n++];
		f->wd = wd;
		buf_init(&f->path);
	}
	buf_clear(&f->path);
	buf_addv(&f->path, path);
	return true;
}

/* A folder and those in it; the watch comes first, so that what is made meanwhile is seen. */
static void
watch_all(struct watch *w, struct view path, unsigned depth)
{
	struct buf b;
	struct dirent *e;
	DIR *dir;

	if (depth > DEPTH_MAX || !watch_one(w, path))
		return;
	buf_init(&b);
	full_path(w, path, &b);
	dir = opendir(b.p);
	while (dir && (e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.' || (e->d_type != DT_DIR && e->d_type != DT_UNKNOWN))
			continue;
		buf_clear(&b);
		buf_printf(&b, "%.*s%s%s", VIEW_ARG(path), path.n ? "/" : "", e->d_name);
		watch_all(w, view_buf(&b), depth + 1);
	}
	if (dir)
		closedir(dir);
	buf_release(&b);
}

static void
drop(struct watch *w, size_t i)
{
	buf_release(&w->folders[i].path);
	w->folders[i] = w->folders[--w->n];
}

/* A folder went elsewhere: it and those in it are no longer ours. */
static void
forget(struct watch *w, struct view path)
{
	for (size_t i = w->n; i-- > 0;) {
		struct view p = view_buf(&w->folders[i].path);

		if (view_eq(p, path) || (p.n > path.n && p.p[path.n] == '/' && view_eq(view_slice(p, 0, path.n), path))) {
			inotify_rm_watch(w->fd, w->folders[i].wd);
			drop(w, i);
		}
	}
}

static void
begin(struct watch *w)
{
	if (w->whole) {
		watch_all(w, VIEW_NONE, 0);
		return;
	}
	watch_one(w, VIEW_NONE);
	for (size_t i = 0; i < w->nnames; i++)
		watch_all(w, view_str(w->names[i]), 0);
}

struct watch *
watch_open(struct view root, const char *const *names, size_t n)
{
	struct watch *w;
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);

	if (fd < 0)
		return NULL;
	w = memory_get(sizeof *w);
	*w = (struct watch){ .fd = fd, .names = names, .nnames = n, .whole = n == 1 && names[0][0] == '\0' };
	buf_init(&w->root);
	buf_addv(&w->root, root);
	begin(w);
	if (w->n == 0 || w->full) {
		int saved = w->full ? ENOSPC : errno;

		watch_close(w);
		errno = saved;
		return NULL;
	}
	return w;
}

void
watch_close(struct watch *w)
{
	if (!w)
		return;
	while (w->n)
		drop(w, w->n - 1);
	free(w->folders);
	buf_release(&w->root);
	close(w->fd);
	free(w);
}

int
watch_fd(const struct watch *w)
{
	return w->fd;
}

size_t
watch_count(const struct watch *w)
{
	return w->n;
}

/* One event; path is room to work in. Whether it is a change. */
static bool
take_one(struct watch *w, const struct inotify_event *e, struct buf *path)
{
	struct folder *f = find(w, e->wd);
	struct view name = view_str(e->len ? e->name : "");

	if (f && (e->mask & IN_IGNORED)) {
		drop(w, (size_t)(f - w->folders));
		return false;
	}
	if (!f || e->len == 0 || is_passing(name) || (!w->whole && f->path.n == 0 && !is_named(w, name)))
		return false;
	buf_clear(path);
	buf_addv(path, view_buf(&f->path));
	if (path->n)
		buf_addc(path, '/');
	buf_addv(path, name);
	if (e->mask & IN_ISDIR) {
		forget(w, view_buf(path));
		if (e->mask & (IN_CREATE | IN_MOVED_TO))
			watch_all(w, view_buf(path), 0);
	}
	/* a file that is made is written next, and that is told when it is closed; only links and the like are not */
	return !(e->mask & IN_CREATE) || (e->mask & IN_ISDIR);
}

bool
watch_take(struct watch *w, void (*changed)(void *self, struct view path), void *self, bool *lost)
{
	_Alignas(struct inotify_event) char room[16 << 10];
	bool any = false;
	struct buf path;
	ssize_t n;

	buf_init(&path);
	while ((n = read(w->fd, room, sizeof room)) > 0 || (n < 0 && errno == EINTR)) {
		for (ssize_t at = 0; at < n;) {
			const struct inotify_event *e = (const struct inotify_event *)(const void *)(room + at);

			at += (ssize_t)(sizeof *e + e->len);
			if (e->mask & IN_Q_OVERFLOW) {
				begin(w);
				any = *lost = true;
			} else if (take_one(w, e, &path)) {
				any = true;
				if (changed)
					changed(self, view_buf(&path));
			}
		}
	}
	buf_release(&path);
	return any;
}
