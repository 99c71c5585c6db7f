/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies held against their list. */
#include "job/verify.h"

#include <errno.h>
#include <stdlib.h>

#include "format/digest.h"
#include "job/verify_parts.h"

enum { LIST_MAX_BYTES = 64 << 20, RELEASE_MAX_BYTES = 64 << 10 };

/* What a copy is read from: path as it is below its top. */
struct verify_item *
verify_add(struct verifying *v, struct view path, enum file_kind kind, size_t member)
{
	struct verify_item *item = list_push(&v->items, v->arena);

	*item = (struct verify_item){ .path = path, .kind = kind, .member = member };
	return item;
}

static void
walk(struct verifying *v, struct view folder)
{
	struct list entries;

	if (!file_list_hidden(&v->root, v->arena, folder, &entries, v->diags))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(v->arena, folder, e->name);

		verify_add(v, at, e->kind, 0);
		if (e->kind == FILE_FOLDER)
			walk(v, at);
	}
}

/* The folder in which all members of an archive stand, with its '/': that of the list when there is none at the top. */
static struct view
top_of(const struct zip_reader *z)
{
	struct view top = VIEW_NONE;

	for (size_t i = 0; i < z->members.n; i++) {
		struct view name = LIST_AT(&z->members, struct zip_member, i)->name;
		size_t slash = view_find(name, '/');

		if (view_is(name, MANIFEST_NAME))
			return VIEW_NONE;
		if (slash < name.n && view_is(view_slice(name, slash + 1, name.n), MANIFEST_NAME))
			top = view_slice(name, 0, slash + 1);
	}
	return top;
}

static void
list_members(struct verifying *v)
{
	struct view top = top_of(&v->zip);

	for (size_t i = 0; i < v->zip.members.n; i++) {
		const struct zip_member *m = LIST_AT(&v->zip.members, struct zip_member, i);
		struct view name = m->name;
		bool folder = view_ends(name, "/");

		if (!m->safe) {
			diag(v->diags, verify_name, place_file(name), name);
			v->result->other++;
			continue;
		}
		if (top.n && name.n >= top.n && view_eq(view_slice(name, 0, top.n), top))
			name = view_slice(name, top.n, name.n);
		name = folder && name.n ? view_slice(name, 0, name.n - 1) : name;
		if (name.n)
			verify_add(v, name, m->link ? FILE_LINK : folder ? FILE_FOLDER : FILE_REGULAR, i);
	}
}

/* The bytes of a file; false when they cannot be had. */
static bool
read_item(struct verifying *v, const struct verify_item *item, struct arena *a, size_t max, struct view *bytes)
{
	struct buf b;
	bool ok;

	if (!v->is_zip) {
		struct diags quiet;

		diags_init(&quiet);
		ok = file_read(&v->root, a, item->path, max, bytes, &quiet);
		diags_release(&quiet);
		return ok;
	}
	buf_init(&b);
	ok = zip_reader_bytes(&v->zip, item->member, max, &b);
	*bytes = ok ? view_copy(a, view_buf(&b)) : VIEW_NONE;
	buf_release(&b);
	return ok;
}

static const struct verify_item *
find_item(const struct verifying *v, const char *path)
{
	for (size_t i = 0; i < v->items.n; i++) {
		const struct verify_item *item = LIST_AT(&v->items, struct verify_item, i);

		if (view_is(item->path, path) && item->kind == FILE_REGULAR)
			return item;
	}
	return NULL;
}

bool
verify_is_mark(struct view path)
{
	struct view of = file_temporary(path);

	return view_is(of.n ? of : path, MANIFEST_NAME VERIFY_UNFINISHED);
}

static bool
is_marked(const struct verifying *v)
{
	for (size_t i = 0; i < v->items.n; i++)
		if (verify_is_mark(LIST_AT(&v->items, struct verify_item, i)->path))
			return true;
	return false;
}

static bool
read_list(struct verifying *v)
{
	const struct verify_item *list = find_item(v, MANIFEST_NAME), *release = find_item(v, RELEASE_NAME);
	struct view text;
	struct buf b;

	if (is_marked(v))
		diag(v->diags, verify_unfinished, place_file(v->path));
	if (!list || !read_item(v, list, v->arena, LIST_MAX_BYTES, &text)) {
		diag(v->diags, verify_none, PLACE_NONE, v->path);
		return false;
	}
	buf_init(&b);
	digest_hex(&b, text);
	v->result->digest = view_copy(v->arena, view_buf(&b));
	buf_release(&b);
	if (!manifest_read(&v->manifest, v->arena, text, VIEW(MANIFEST_NAME), v->diags))
		v->result->other++;
	v->result->files = v->manifest.rows.n;
	if (release && read_item(v, release, v->arena, RELEASE_MAX_BYTES, &text))
		release_read(&v->result->release, text);
	return true;
}

/* Compares a file that the list names with its digest. */
static void
compare(struct verifying *v, const struct verify_item *item, struct view hex)
{
	struct arena_mark mark = arena_mark(v->arena);
	struct view bytes;
	struct buf b;

	buf_init(&b);
	if (read_item(v, item, v->arena, VERIFY_FILE_MAX, &bytes))
		digest_hex(&b, bytes);
	if (!view_eq(view_buf(&b), hex)) {
		diag(v->diags, verify_changed, place_file(item->path), item->path);
		v->result->changed++;
	}
	buf_release(&b);
	arena_rewind(v->arena, mark);
}

static void
look_at(struct verifying *v, struct verify_item *item)
{
	struct view hex = manifest_find(&v->manifest, item->path);

	if (item->kind == FILE_FOLDER)
		return;
	if (item->kind != FILE_REGULAR) {
		diag(v->diags, verify_link, place_file(item->path), item->path);
		v->result->other++;
		map_add(&v->seen, item->path, item);
		return;
	}
	if (map_add(&v->seen, item->path, item) != item)
		return;		/* a member that stands twice; said as a twin */
	if (hex.n)
		compare(v, item, hex);
	if (hex.n && !verify_can_start(item->path))
		return;
	verify_foreign(v, item, hex.n > 0);
}

static void
find_gone(struct verifying *v)
{
	for (size_t i = 0; i < v->manifest.rows.n; i++) {
		const struct manifest_row *row = LIST_AT(&v->manifest.rows, struct manifest_row, i);

		if (map_get(&v->seen, row->path))
			continue;
		diag(v->diags, verify_gone, place_file(row->path), row->path);
		v->result->gone++;
	}
}

static bool
open_copy(struct verifying *v)
{
	struct view why;

	if (file_root_open(&v->root, v->arena, v->path)) {
		walk(v, VIEW_NONE);
		return true;
	}
	if (errno != ENOTDIR) {
		diag(v->diags, verify_open, PLACE_NONE, v->path, file_error(v->arena));
		return false;
	}
	v->is_zip = true;
	if (!zip_reader_open(&v->zip, v->arena, v->path, &why)) {
		diag(v->diags, verify_open, PLACE_NONE, v->path, why);
		return false;
	}
	list_members(v);
	return true;
}

static void
close_copy(struct verifying *v)
{
	if (v->is_zip)
		zip_reader_close(&v->zip);
	file_root_close(&v->root);
}

bool
verify_run(struct verify *result, struct arena *a, struct view path, struct diags *d)
{
	struct verifying v = { .result = result, .arena = a, .diags = d, .path = path, .items = LIST_OF(struct verify_item) };
	size_t before = diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM);

	v.root.fd = -1;
	map_init(&v.seen, a);
	result->opened = open_copy(&v) && read_list(&v);
	for (size_t i = 0; result->opened && i < v.items.n; i++) {
		look_at(&v, LIST_AT(&v.items, struct verify_item, i));
		if (result->progress)
			result->progress(result->self, i + 1, v.items.n);
	}
	if (result->opened) {
		verify_twins(&v);
		find_gone(&v);
		if (result->today.n && result->release.until.n && view_cmp(result->today, result->release.until) > 0)
			diag(d, verify_old, place_file(VIEW(RELEASE_NAME)), result->release.until);
	}
	close_copy(&v);
	return diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM) == before;
}
