/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The output folder. */
#include "job/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "job/state.h"

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
	if (!state_read(&o->before, a, &o->root, d) && !o->first && find_foreign(o, a, VIEW_NONE, &found, d)) {
		diag(d, output_foreign, place_file(view_join(a, view_join(a, out, VIEW("site")), found)), view_join(a, out, VIEW("site")));
		close(o->lock);
		file_root_close(&o->root);
		return false;
	}
	sweep(o, a, VIEW(".build"), d);
	return true;
}

enum file_written
output_write(const struct output *o, struct view path, struct view bytes, struct diags *d)
{
	char full[4096];

	snprintf(full, sizeof full, "%s/%.*s", o->first ? ".build/site" : "site", VIEW_ARG(path));
	return o->first ? file_create(&o->root, view_str(full), bytes, d) :
	    file_write_by(&o->root, view_str(full), VIEW(".build"), bytes, d);
}

/* Removes a product and the folders that became empty. */
static bool
remove_product(struct output *o, struct view path)
{
	struct view at = view_join(o->arena, VIEW("site"), path);
	bool removed = file_remove(&o->root, at);

	for (;;) {
		while (at.n > 0 && at.p[at.n - 1] != '/')
			at.n--;
		if (at.n <= sizeof "site")
			return removed;
		at = view_copy(o->arena, view_slice(at, 0, at.n - 1));
		if (unlinkat(o->root.fd, at.p, AT_REMOVEDIR) != 0)
			return removed;
	}
}

static bool
publish(struct output *o, struct diags *d)
{
	enum file_kind kind;

	if (!o->first || !file_kind(&o->root, VIEW(".build/site"), &kind) ||
	    renameat(o->root.fd, ".build/site", o->root.fd, "site") == 0)
		return true;
	diag(d, file_write, place_file(VIEW("site")), VIEW("site"), file_error(&d->arena));
	return false;
}

size_t
output_close(struct output *o, bool whole, struct diags *d)
{
	size_t removed = 0, gone = 0;

	if (whole && publish(o, d)) {
		for (size_t i = 0; i < o->before.n; i++) {
			if (plan_has(o->plan, o->before.entries[i].key))
				continue;
			gone++;
			removed += remove_product(o, o->before.entries[i].key);
		}
		if (gone || o->before.n != o->plan->paths.n)
			whole = state_write(&o->plan->paths, o->arena, &o->root, d);
	}
	sweep(o, o->arena, VIEW(".build"), d);
	if (whole)
		file_remove(&o->root, VIEW(".build"));
	close(o->lock);
	file_root_close(&o->root);
	return removed;
}
