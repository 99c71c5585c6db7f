/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an edition holds. */
#include "job/edition.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "format/digest.h"
#include "format/lang.h"
#include "job/state.h"

enum { FILE_MAX_BYTES = 512 << 20 };

uint64_t
edition_round(uint64_t size, uint64_t cluster)
{
	return (size + cluster - 1) / cluster * cluster;
}

static bool
unbuilt(struct edition *e, struct view out, const char *why)
{
	struct view site = view_join(e->arena, out, VIEW("site"));

	diag(e->diags, pack_unbuilt, place_file(site), site, view_str(why));
	return false;
}

/* Whether a build is at work in the folder. */
static bool
is_busy(const struct file_root *out)
{
	int fd = openat(out->fd, ".lock", O_RDWR | O_CLOEXEC | O_NOFOLLOW);
	bool busy = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;

	if (fd >= 0)
		close(fd);
	return busy;
}

struct edition_file *
edition_add(struct edition *e, struct view path, struct view from, struct view bytes)
{
	struct edition_file *f = list_push(&e->files, e->arena);

	*f = (struct edition_file){ .path = path, .from = from, .bytes = bytes, .size = bytes.n };
	return f;
}

/* The products of the last build, each of which must be there. */
static bool
read_state(struct edition *e, const struct file_root *root, struct view out)
{
	enum file_kind kind;
	struct map paths;

	if (is_busy(root))
		return unbuilt(e, out, "a build is at work");
	if (file_kind(root, VIEW(".build"), &kind))
		return unbuilt(e, out, "the last build did not end well");
	if (!state_read(&paths, e->arena, root, e->diags) || paths.n == 0)
		return unbuilt(e, out, "no build has ended there");
	for (size_t i = 0; i < paths.n; i++) {
		struct edition_file *f = edition_add(e, paths.entries[i].key, paths.entries[i].key, VIEW_NONE);

		if (file_size(&e->tree, f->from, &f->size))
			continue;
		unbuilt(e, out, "a file is missing");
		diag_note(e->diags, "missing: %.*s", VIEW_ARG(f->from));
		return false;
	}
	return true;
}

static bool
find_languages(struct edition *e, const bool *only)
{
	const struct site *site = &e->world->site;
	bool good = true;

	e->languages = arena_array(e->arena, site->nlanguages, sizeof *e->languages);
	for (size_t k = 0; k < site->nlanguages; k++) {
		struct view folder = view_printf(e->arena, "%.*s/", VIEW_ARG(site->languages[k]->folder));

		for (size_t i = 0; i < e->files.n && !e->languages[k]; i++)
			e->languages[k] = view_starts(LIST_AT(&e->files, struct edition_file, i)->path, folder.p);
		if (only && only[k] && !e->languages[k]) {
			diag(e->diags, pack_language, PLACE_NONE, site->languages[k]->lang->tag);
			good = false;
		}
	}
	return good;
}

bool
edition_open(struct edition *e, struct world *w, struct view out, const bool *only, const char *kind, struct diags *d)
{
	struct file_root root;
	bool good;

	*e = (struct edition){ .world = w, .arena = w->arena, .diags = d, .kind = kind, .files = LIST_OF(struct edition_file) };
	e->tree.fd = -1;
	if (!file_root_open(&root, e->arena, out))
		return unbuilt(e, out, "no build has ended there");
	good = file_root_open(&e->tree, e->arena, view_join(e->arena, out, VIEW("site"))) || unbuilt(e, out, "no build has ended there");
	good = good && read_state(e, &root, out) && find_languages(e, only);
	file_root_close(&root);
	if (!good)
		edition_close(e);
	return good;
}

void
edition_close(struct edition *e)
{
	file_root_close(&e->tree);
}

bool
edition_bytes(const struct edition *e, const struct edition_file *f, struct arena *a, struct view *bytes)
{
	*bytes = f->bytes;
	return f->from.n == 0 || file_read(&e->tree, a, f->from, FILE_MAX_BYTES, bytes, e->diags);
}

bool
edition_template(const struct edition *e, struct view name)
{
	if (template_get(&e->world->templates, name))
		return true;
	diag(e->diags, pack_theme, place_file(view_printf(e->arena, "themes/%.*s", VIEW_ARG(e->world->site.theme))), name);
	return false;
}

static int
by_path(const void *x, const void *y)
{
	return view_cmp(((const struct edition_file *)x)->path, ((const struct edition_file *)y)->path);
}

const struct edition_file *
edition_find(const struct edition *e, struct view path)
{
	const struct edition_file key = { .path = path };

	return e->files.n ? bsearch(&key, e->files.items, e->files.n, sizeof key, by_path) : NULL;
}

static bool
take_digest(struct edition *e, struct edition_file *f)
{
	struct arena_mark mark = arena_mark(e->arena);
	struct view bytes;
	struct buf b;
	bool good;

	if (f->hex.n)
		return true;
	buf_init(&b);
	good = edition_bytes(e, f, e->arena, &bytes);
	if (good)
		digest_hex(&b, bytes);
	arena_rewind(e->arena, mark);
	f->hex = view_copy(e->arena, view_buf(&b));
	buf_release(&b);
	return good;
}

static bool
fits_sticks(struct edition *e)
{
	struct map folded;
	bool good = true;

	map_init(&folded, e->arena);
	for (size_t i = 0; i < e->files.n; i++) {
		struct edition_file *f = LIST_AT(&e->files, struct edition_file, i);

		if (manifest_safe(f->path) && map_add(&folded, lang_fold(e->arena, f->path), f) == f)
			continue;
		diag(e->diags, file_name, place_file(f->path), f->path);
		good = false;
	}
	return good;
}

bool
edition_seal(struct edition *e)
{
	struct buf b, release;
	bool good;

	buf_init(&release);
	release_put(&release, &e->release);
	edition_add(e, VIEW(RELEASE_NAME), VIEW_NONE, view_copy(e->arena, view_buf(&release)));
	buf_release(&release);
	qsort(e->files.items, e->files.n, sizeof(struct edition_file), by_path);
	good = fits_sticks(e);
	buf_init(&b);
	for (size_t i = 0; good && i < e->files.n; i++) {
		struct edition_file *f = LIST_AT(&e->files, struct edition_file, i);

		good = take_digest(e, f);
		manifest_put(&b, f->path, f->hex);
	}
	take_digest(e, edition_add(e, VIEW(MANIFEST_NAME), VIEW_NONE, view_copy(e->arena, view_buf(&b))));
	buf_release(&b);
	qsort(e->files.items, e->files.n, sizeof(struct edition_file), by_path);
	e->bytes = e->clusters = 0;
	for (size_t i = 0; i < e->files.n; i++) {
		uint64_t size = LIST_AT(&e->files, struct edition_file, i)->size;

		e->bytes += size;
		e->clusters += edition_round(size, EDITION_CLUSTER);
	}
	return good;
}

bool
edition_since(struct edition *e, const struct manifest *older)
{
	struct list all = e->files;
	struct buf removed;

	buf_init(&removed);
	for (size_t i = 0; i < older->rows.n; i++) {
		struct view path = LIST_AT(&older->rows, struct manifest_row, i)->path;

		if (!edition_find(e, path))
			buf_printf(&removed, "%.*s\n", VIEW_ARG(path));
	}
	e->files = LIST_OF(struct edition_file);
	for (size_t i = 0; i < all.n; i++) {
		const struct edition_file *f = LIST_AT(&all, struct edition_file, i);

		if (view_eq(manifest_find(older, f->path), f->hex))
			continue;
		*(struct edition_file *)list_push(&e->files, e->arena) = *f;
		LIST_AT(&e->files, struct edition_file, e->files.n - 1)->path = view_join(e->arena, VIEW("update"), f->path);
	}
	if (removed.n)
		edition_add(e, VIEW("REMOVED"), VIEW_NONE, view_copy(e->arena, view_buf(&removed)));
	buf_release(&removed);
	e->release.edition = view_printf(e->arena, "%.*s update", VIEW_ARG(e->release.edition));
	return edition_seal(e);
}
