/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Editions on sticks. */
#include "job/stick.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "format/digest.h"

#define UNFINISHED MANIFEST_NAME ".unfinished"

enum { FILE_MAX_BYTES = 512 << 20 };

struct copy {
	struct stick *stick;
	struct edition *e;
	struct arena *arena;
	struct diags *diags;
	struct file_root to;
	struct view folder;
	struct manifest old[2];		/* of the edition that is there, and of one whose copying did not end */
};

static void
read_old(struct copy *c)
{
	static const char *const names[] = { MANIFEST_NAME, UNFINISHED };
	struct diags quiet;	/* what is wrong in them does not matter: they are written anew */
	struct view text;

	diags_init(&quiet);
	for (size_t i = 0; i < 2; i++) {
		if (!file_read_if(&c->to, c->arena, view_str(names[i]), FILE_MAX_BYTES, &text, &quiet))
			text = VIEW("");
		manifest_read(&c->old[i], c->arena, text, VIEW_NONE, &quiet);
	}
	diags_release(&quiet);
}

static bool
is_ours(const struct copy *c, struct view path)
{
	return manifest_find(&c->old[0], path).n || manifest_find(&c->old[1], path).n;
}

/* The digest of what is there, or the empty view. */
static struct view
digest_there(struct copy *c, struct view path)
{
	struct arena_mark mark = arena_mark(c->arena);
	struct diags quiet;
	struct view bytes;
	struct buf b;

	diags_init(&quiet);
	buf_init(&b);
	if (file_read_if(&c->to, c->arena, path, FILE_MAX_BYTES, &bytes, &quiet))
		digest_hex(&b, bytes);
	diags_release(&quiet);
	arena_rewind(c->arena, mark);
	bytes = view_copy(c->arena, view_buf(&b));
	buf_release(&b);
	return bytes;
}

static bool
is_list(struct view path)
{
	return view_is(path, MANIFEST_NAME);
}

/* Whether a folder that is needed is there as something else. */
static bool
folder_blocked(const struct copy *c, struct view path, struct view *what)
{
	enum file_kind kind;

	for (size_t i = 0; i < path.n; i++) {
		*what = view_slice(path, 0, i);
		if (path.p[i] == '/' && file_kind(&c->to, *what, &kind) && kind != FILE_FOLDER)
			return true;
	}
	return false;
}

/* Nothing of others may be in the way. */
static bool
is_free(struct copy *c)
{
	struct release there;
	struct diags quiet;
	struct view text, what;
	bool good = true;

	diags_init(&quiet);
	if (file_read_if(&c->to, c->arena, VIEW(RELEASE_NAME), 1 << 16, &text, &quiet)) {
		release_read(&there, text);
		if (there.id.n && !view_eq(there.id, c->e->release.id)) {
			diag(c->diags, pack_foreign, place_file(c->folder), VIEW(RELEASE_NAME));
			good = false;
		}
	}
	diags_release(&quiet);
	for (size_t i = 0; i < c->e->files.n; i++) {
		const struct edition_file *f = LIST_AT(&c->e->files, struct edition_file, i);
		enum file_kind kind;
		bool blocked = folder_blocked(c, f->path, &what);

		if (!blocked && (!file_kind(&c->to, f->path, &kind) ||
		    (kind == FILE_REGULAR && (is_ours(c, f->path) || is_list(f->path) || view_eq(digest_there(c, f->path), f->hex)))))
			continue;
		diag(c->diags, pack_foreign, place_file(c->folder), blocked ? what : f->path);
		good = false;
	}
	return good;
}

static struct view
size_text(struct copy *c, uint64_t n)
{
	return n < 10000000 ? view_printf(c->arena, "%llu KB", (unsigned long long)(n / 1000)) :
	    view_printf(c->arena, "%llu MB", (unsigned long long)(n / 1000000));
}

static bool
has_room(struct copy *c)
{
	const uint64_t list = edition_find(c->e, VIEW(MANIFEST_NAME))->size;
	uint64_t cluster, need = 0, largest = 0, there, have = 0, now;
	struct statvfs st;

	if (fstatvfs(c->to.fd, &st) != 0)
		return true;	/* it will be said when it is full */
	cluster = st.f_frsize ? st.f_frsize : 4096;
	for (size_t i = 0; i < c->e->files.n; i++) {
		const struct edition_file *f = LIST_AT(&c->e->files, struct edition_file, i);
		uint64_t size = edition_round(f->size, cluster);

		if (!file_size(&c->to, f->path, &there))
			there = 0;
		else if (there == f->size)
			continue;
		largest = there && size > largest ? size : largest;
		need += size;
		have += edition_round(there, cluster);
	}
	/* the list stands there twice while the copying is under way */
	need += edition_round(list, cluster) + largest;
	now = (uint64_t)st.f_bavail * cluster;
	have += now;
	for (size_t k = 0; k < 2; k++) {
		for (size_t i = 0; i < c->old[k].rows.n; i++) {
			struct view path = LIST_AT(&c->old[k].rows, struct manifest_row, i)->path;

			if (file_size(&c->to, path, &there) && !edition_find(c->e, path) && (k == 0 || !manifest_find(&c->old[0], path).n))
				have += edition_round(there, cluster);
		}
	}
	/* as the mark it is there before anything is removed */
	if (need <= have && (edition_round(list, cluster) <= now || file_size(&c->to, VIEW(UNFINISHED), &there)))
		return true;
	diag(c->diags, pack_space, PLACE_NONE, c->folder, size_text(c, have), size_text(c, need));
	return false;
}

static bool
not_written(const struct copy *c, struct view path)
{
	diag(c->diags, file_write, place_file(path), path, file_error(c->arena));
	return false;
}

/* Removes a file and the folders that became empty. False after reporting. */
static bool
remove_file(struct copy *c, struct view path)
{
	if (!file_remove(&c->to, path))
		return not_written(c, path);
	c->stick->removed++;
	for (size_t n = path.n; n-- > 1;)
		if (path.p[n] == '/' && !file_remove(&c->to, view_slice(path, 0, n)))
			break;
	return true;
}

/* Removes a file of an older edition that this one does not have; what somebody changed since stays. False after reporting. */
static bool
remove_old(struct copy *c, struct view path)
{
	struct arena_mark mark = arena_mark(c->arena);
	enum file_kind kind;
	struct view bytes;
	struct buf hex;
	bool stale;
	uint64_t n;

	if (edition_find(c->e, path))
		return true;
	if (!file_kind(&c->to, path, &kind))
		return errno == ENOENT || errno == ENOTDIR || not_written(c, path);
	if (kind != FILE_REGULAR || (file_size(&c->to, path, &n) && n > FILE_MAX_BYTES))
		return true;
	if (!file_read(&c->to, c->arena, path, FILE_MAX_BYTES, &bytes, c->diags))
		return false;
	buf_init(&hex);
	digest_hex(&hex, bytes);
	stale = view_eq(view_buf(&hex), manifest_find(&c->old[0], path)) || view_eq(view_buf(&hex), manifest_find(&c->old[1], path));
	buf_release(&hex);
	arena_rewind(c->arena, mark);
	return !stale || remove_file(c, path);
}

static bool
remove_stale(struct copy *c)
{
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < c->old[k].rows.n; i++)
			if (!remove_old(c, LIST_AT(&c->old[k].rows, struct manifest_row, i)->path))
				return false;
	return true;
}

/* Left of a file of the edition, or the one before, by a copying that was killed. */
static bool
is_leftover(const struct copy *c, struct view path)
{
	struct view of = file_temporary(path);

	return of.n && (edition_find(c->e, of) || is_ours(c, of) || view_is(of, UNFINISHED));
}

/* Looks only into folders that the edition has, too. */
static void
sweep(struct copy *c, struct view folder)
{
	struct list entries;

	if (!file_list_hidden(&c->to, c->arena, folder, &entries, c->diags))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *entry = LIST_AT(&entries, struct file_entry, i);

		if (entry->kind == FILE_REGULAR && is_leftover(c, view_join(c->arena, folder, entry->name)))
			file_remove(&c->to, view_join(c->arena, folder, entry->name));
	}
}

static void
sweep_all(struct copy *c)
{
	struct view last = VIEW_NONE;

	sweep(c, VIEW_NONE);
	for (size_t i = 0; i < c->e->files.n; i++) {
		struct view path = LIST_AT(&c->e->files, struct edition_file, i)->path;
		size_t n = path.n;
		enum file_kind kind;

		while (n > 0 && path.p[n - 1] != '/')
			n--;
		path = view_slice(path, 0, n ? n - 1 : 0);
		if (path.n && !view_eq(path, last) && file_kind(&c->to, path, &kind))
			sweep(c, path);
		last = path;
	}
}

static bool
write_one(struct copy *c, struct view name, const struct edition_file *f)
{
	struct arena_mark mark = arena_mark(c->arena);
	enum file_written how = FILE_FAILED;
	struct view bytes;

	if (edition_bytes(c->e, f, c->arena, &bytes))
		how = file_write_safe(&c->to, name, bytes, c->diags);
	arena_rewind(c->arena, mark);
	c->stick->written += how == FILE_WRITTEN;
	c->stick->unchanged += how == FILE_UNCHANGED;
	return how != FILE_FAILED;
}

static bool
flush(const struct copy *c)
{
	if (file_flush(&c->to))
		return true;
	return not_written(c, c->folder);
}

static bool
remove_signature(const struct copy *c, struct view path)
{
	return file_remove(&c->to, path) || errno == ENOENT || not_written(c, path);
}

/* All files, the list last; a medium that fails once is not asked again. */
static bool
write_all(struct copy *c)
{
	const struct edition_file *list = edition_find(c->e, VIEW(MANIFEST_NAME));
	bool same = view_eq(digest_there(c, list->path), list->hex);

	/* the mark is there for good before anything changes, and all else before the mark goes */
	if (!write_one(c, VIEW(UNFINISHED), list) || !flush(c) || !remove_stale(c))
		return false;
	c->stick->written = c->stick->unchanged = 0;
	for (size_t i = 0; i < c->e->files.n; i++) {
		const struct edition_file *f = LIST_AT(&c->e->files, struct edition_file, i);

		if (f != list && !write_one(c, f->path, f))
			return false;
		if (c->stick->progress)
			c->stick->progress(c->stick->self, i + 1, c->e->files.n);
	}
	/* of the list before */
	if (!same && (!remove_signature(c, VIEW(MANIFEST_NAME ".sig")) || !remove_signature(c, VIEW(MANIFEST_NAME ".minisig"))))
		return false;
	/* what went is gone for good before the list that named it */
	if (!flush(c) || !write_one(c, list->path, list) || !flush(c))
		return false;
	if (file_remove(&c->to, VIEW(UNFINISHED)))
		return flush(c);
	return not_written(c, VIEW(UNFINISHED));
}

bool
stick_write(struct stick *s, struct view folder)
{
	struct arena arena;
	struct copy c = { .stick = s, .e = s->edition, .arena = &arena, .diags = s->edition->diags, .folder = folder };
	bool good = false;

	arena_init(&arena);
	if (!file_root_open(&c.to, &arena, folder)) {
		diag(c.diags, file_write, place_file(folder), folder, file_error(&arena));
	} else if (flock(c.to.fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		diag(c.diags, output_busy, place_file(folder), folder);
	} else {
		read_old(&c);
		good = is_free(&c);
		if (good)
			sweep_all(&c);
		good = good && has_room(&c) && write_all(&c);
	}
	file_root_close(&c.to);
	arena_release(&arena);
	return good;
}
