/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder. */
#include "job/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
take_lock(struct output *o, struct diags *d)
{
	o->lock = openat(o->root.fd, ".lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
	if (o->lock < 0) {
		diag(d, file_write, place_file(o->root.path), VIEW(".lock"), file_error(&d->arena));
		return false;
	}
	if (flock(o->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	diag(d, output_busy, place_file(o->root.path), o->root.path);
	close(o->lock);
	return false;
}

/* Looks for a file below site/ that neither the last build nor this one knows. */
static bool
find_foreign(const struct output *o, struct arena *a, struct view folder, struct view *found, struct diags *d)
{
	struct list entries;

	if (!file_list(&o->root, a, view_join(a, VIEW("site"), folder), &entries, d))
		return false;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(a, folder, e->name);

		if (e->kind == FILE_FOLDER) {
			if (find_foreign(o, a, at, found, d))
				return true;
		} else if (!map_get(&o->before, at) && !plan_has(o->plan, at)) {
			*found = at;
			return true;
		}
	}
	return false;
}

static bool
make_folder(struct output *o, struct arena *a, struct view out, struct diags *d)
{
	struct file_root here;

	if (file_root_open(&o->root, a, out))
		return true;
	if (errno == ENOENT && file_root_open(&here, a, out.n && out.p[0] == '/' ? VIEW("/") : VIEW("."))) {
		bool made = file_mkdir(&here, out.n && out.p[0] == '/' ? view_slice(out, 1, out.n) : out, d);

		file_root_close(&here);
		if (!made)
			return false;
		if (file_root_open(&o->root, a, out))
			return true;
	}
	diag(d, file_write, place_file(out), out, file_error(&d->arena));
	return false;
}

/* Removes what is in a folder of ours. */
static void
sweep(const struct output *o, struct arena *a, struct view folder, struct diags *d)
{
	struct list entries;

	if (!file_list(&o->root, a, folder, &entries, d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(a, folder, e->name);

		if (e->kind == FILE_FOLDER)
			sweep(o, a, at, d);
		file_remove(&o->root, at);
	}
}

bool
output_open(struct output *o, struct arena *a, struct view out, const struct plan *plan, struct diags *d)
{
	enum file_kind kind;
	struct view found;

	*o = (struct output){ .arena = a, .plan = plan, .lock = -1 };
	if (!make_folder(o, a, out, d))
		return false;
	if (!take_lock(o, d)) {
		file_root_close(&o->root);
		return false;
	}
	o->first = !file_kind(&o->root, VIEW("site"), &kind);
	if (plan->logged && state_is(a, &o->root, plan->logged))
		o->before = plan->paths;
	else if (!state_read(&o->before, a, &o->root, d) && !o->first && find_foreign(o, a, VIEW_NONE, &found, d)) {
		diag(d, output_foreign, place_file(view_join(a, view_join(a, out, VIEW("site")), found)), view_join(a, out, VIEW("site")));
		close(o->lock);
		file_root_close(&o->root);
		return false;
	}
	sweep(o, a, VIEW(".build"), d);
	return true;
}

/*
 * A first build goes to .build/site. In a later one what differs goes to .build/new, and takes its place when all is there: until then readers see
 * the old site, and so they do for good when the build ends badly.
 */
enum file_written
output_write(const struct output *o, struct view path, struct view bytes, struct diags *d)
{
	struct file_stamp s;

	return output_write_stamp(o, path, bytes, &s, d);
}

enum file_written
output_write_stamp(const struct output *o, struct view path, struct view bytes, struct file_stamp *s, struct diags *d)
{
	struct buf full;
	enum file_written how = FILE_UNCHANGED;

	*s = (struct file_stamp){ .sign = 0 };
	buf_init(&full);
	buf_puts(&full, "site/");
	buf_addv(&full, path);
	if (o->first || !file_holds(&o->root, view_buf(&full), bytes)) {
		buf_clear(&full);
		buf_puts(&full, o->first ? ".build/site/" : ".build/new/");
		buf_addv(&full, path);
		how = file_create_stamp(&o->root, view_buf(&full), bytes, s, d);
	}
	buf_release(&full);
	return how;
}

void
output_drop(const struct output *o, struct view path)
{
	file_remove(&o->root, view_join(o->arena, o->first ? VIEW(".build/site") : VIEW(".build/new"), path));
}

/* Removes a product and the folders that became empty. False after reporting: it is still there. */
static bool
remove_product(struct output *o, struct view path, size_t *removed, struct diags *d)
{
	struct view at = view_join(o->arena, VIEW("site"), path);

	if (file_remove(&o->root, at)) {
		++*removed;
	} else if (errno != ENOENT && errno != ENOTDIR) {
		diag(d, file_write, place_file(at), at, file_error(&d->arena));
		return false;
	}
	for (;;) {
		while (at.n > 0 && at.p[at.n - 1] != '/')
			at.n--;
		if (at.n <= sizeof "site")
			return true;
		at = view_copy(o->arena, view_slice(at, 0, at.n - 1));
		if (unlinkat(o->root.fd, at.p, AT_REMOVEDIR) != 0)
			return true;
	}
}

/* Flushes what was written, so that no name is ever given to bytes that a loss of power would take, and none that the log does not have for good. */
static bool
flush(const struct output *o, struct diags *d)
{
	if (file_flush(&o->root))
		return true;
	diag(d, file_write, place_file(o->root.path), o->root.path, file_error(&d->arena));
	return false;
}

/* Moves what is below .build/new/<folder> to its place. */
static bool
move_new(const struct output *o, struct view folder, struct diags *d)
{
	struct view from = view_join(o->arena, VIEW(".build/new"), folder);
	struct list entries;
	bool ok = true;

	if (!file_list(&o->root, o->arena, from, &entries, d))
		return false;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(o->arena, folder, e->name);

		ok &= e->kind == FILE_FOLDER ? move_new(o, at, d) :
		    file_move(&o->root, view_join(o->arena, from, e->name), view_join(o->arena, VIEW("site"), at), d);
	}
	return ok;
}

/* Whether the plan is the list of the last build itself. */
static bool
is_same(const struct output *o)
{
	return o->plan->logged && o->before.entries == o->plan->paths.entries && o->before.n == o->plan->paths.n;
}

/* Whether the logs name all that is planned. */
static bool
is_logged(const struct output *o)
{
	bool all = true;

	for (size_t i = 0; i < o->plan->paths.n && all && !is_same(o); i++)
		all = map_get(&o->before, o->plan->paths.entries[i].key) != NULL;
	return all;
}

static bool
log_plan(struct output *o, struct diags *d)
{
	return state_write(&o->plan->paths, o->arena, &o->root, o->plan->shard, o->plan->shards, &o->log, d);
}

/*
 * The log names all that may be there before it is there: whatever happens now, the next build knows these files for its own.
 */
static bool
log_both(struct output *o, struct diags *d)
{
	struct map both;
	bool ok;

	if (is_logged(o))
		return true;
	if (o->before.n == 0)
		return log_plan(o, d);
	map_init(&both, o->arena);
	for (size_t i = 0; i < o->before.n; i++)
		if (plan_mine(o->plan, o->before.entries[i].key))
			map_set(&both, o->before.entries[i].key, o->arena);
	for (size_t i = 0; i < o->plan->paths.n; i++)
		map_set(&both, o->plan->paths.entries[i].key, o->arena);
	ok = state_write(&both, o->arena, &o->root, o->plan->shard, o->plan->shards, NULL, d);
	o->logged = ok && both.n == o->plan->paths.n;
	return ok;
}

/* Puts what was built in its place. */
static bool
publish(struct output *o, struct diags *d)
{
	const struct view built = o->first ? VIEW(".build/site") : VIEW(".build/new");
	enum file_kind kind;

	if (!file_kind(&o->root, built, &kind)) {
		if (errno == ENOENT || errno == ENOTDIR)	/* nothing was written */
			return true;
		diag(d, file_read, place_file(built), built, file_error(&d->arena));
		return false;
	}
	if (!log_both(o, d) || !flush(o, d))
		return false;
	if (!o->first)
		return move_new(o, VIEW_NONE, d);
	if (renameat(o->root.fd, ".build/site", o->root.fd, "site") == 0)
		return true;
	diag(d, file_write, place_file(VIEW("site")), VIEW("site"), file_error(&d->arena));
	return false;
}

/* Removes products that are no longer planned. */
static bool
remove_old(struct output *o, size_t *removed, struct diags *d)
{
	bool ok = true;

	for (size_t i = 0; i < o->before.n && !is_same(o); i++)
		if (!plan_has(o->plan, o->before.entries[i].key) && plan_mine(o->plan, o->before.entries[i].key))
			ok &= remove_product(o, o->before.entries[i].key, removed, d);
	return ok;
}

/* Whether a file could not be read or written, memory was short or a worker died over a file: then the site would lack what nobody has taken out. */
static bool
has_failed(const struct diags *d)
{
	for (size_t i = 0; i < d->list.n; i++) {
		enum diag_id id = LIST_AT(&d->list, struct diag, i)->id;

		if (id == DIAG_file_read || id == DIAG_file_write || id == DIAG_memory || id == DIAG_work_died)
			return true;
	}
	return false;
}

size_t
output_close(struct output *o, bool whole, struct diags *d)
{
	size_t removed = 0;
	enum file_kind kind;

	if (whole && !has_failed(d) && publish(o, d)) {
		/* the log forgets a file only when it is gone for good; nothing to forget or to add: it stays as it is */
		whole = remove_old(o, &removed, d) && (removed == 0 || flush(o, d)) &&
		    (o->logged || o->log.n ||
		    (o->plan->shards == 0 && o->before.n == o->plan->paths.n && is_logged(o) && file_kind(&o->root, VIEW(".state"), &kind)) ||
		    log_plan(o, d));
	} else {
		whole = false;
	}
	if (file_kind(&o->root, VIEW(".build"), &kind) && kind == FILE_FOLDER)
		sweep(o, o->arena, VIEW(".build"), d);
	if (whole)
		file_remove(&o->root, VIEW(".build"));
	flock(o->lock, LOCK_UN);	/* workers that are going away have it open, too */
	close(o->lock);
	file_root_close(&o->root);
	return removed;
}
