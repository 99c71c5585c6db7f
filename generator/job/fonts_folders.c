/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Font files of this computer by the name of their family: names of files tell enough, so none is opened to look. */
#include "job/fonts_parts.h"

#include <stdlib.h>

enum { FONT_MAX_BYTES = 64 << 20, DEPTH = 6 };

/* A font file below a folder. */
struct found {
	struct view folder, path;
};

/* Looked through when first asked. */
struct fonts_folders {
	struct arena *arena;
	struct map files;	/* "notosanskhmerregular" to struct found * */
	struct list *outer;
	bool looked;
};

/* Letters and digits alone, in lower case, with `more` behind. */
static struct view
plain(struct arena *a, struct view name, const char *more)
{
	size_t n = strlen(more);
	char *p = arena_alloc(a, name.n + n + 1), *to = p;

	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + ('a' - 'A'));
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			*to++ = c;
	}
	memcpy(to, more, n);
	return view_of(p, (size_t)(to - p) + n);
}

static void
looked_at(struct fonts_folders *x, struct view folder, struct view path)
{
	*(struct view *)list_push(x->outer, x->arena) = path.n ? view_join(x->arena, folder, path) : folder;
}

static void
look_into(struct fonts_folders *x, const struct file_root *root, struct view folder, unsigned depth, struct diags *d)
{
	struct list entries;

	looked_at(x, root->path, folder);
	if (!file_list(root, x->arena, folder, &entries, d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view path = view_join(x->arena, folder, e->name);
		struct found *found;

		if (e->kind == FILE_FOLDER && depth < DEPTH)
			look_into(x, root, path, depth + 1, d);
		if (e->kind != FILE_REGULAR ||
		    !(view_ends(e->name, ".ttf") || view_ends(e->name, ".otf") || view_ends(e->name, ".ttc")))
			continue;
		found = arena_new(x->arena, struct found);
		*found = (struct found){ root->path, path };
		map_add(&x->files, plain(x->arena, view_slice(e->name, 0, e->name.n - 4), ""), found);
	}
}

static void
look(struct fonts_folders *x)
{
	const char *set = getenv("WAYPOST_FONTS"), *home = getenv("HOME");
	struct view folders = set ? view_str(set) : view_printf(x->arena,
	    "/usr/share/fonts:/usr/local/share/fonts:%s/.local/share/fonts", home ? home : ""), folder;
	struct diags quiet;	/* a folder that is not for us has no fonts for us */

	diags_init(&quiet);
	while (view_cut(&folders, ':', &folder)) {
		struct file_root root;

		folder = view_copy(x->arena, folder);
		if (folder.n == 0)
			continue;
		if (!file_root_open(&root, x->arena, folder)) {
			looked_at(x, folder, VIEW_NONE);	/* it may come */
			continue;
		}
		look_into(x, &root, VIEW_NONE, 0, &quiet);
		file_root_close(&root);
	}
	diags_release(&quiet);
	x->looked = true;
}

struct fonts_folders *
fonts_folders_open(struct arena *a, struct list *outer)
{
	struct fonts_folders *x = arena_new(a, struct fonts_folders);

	x->arena = a;
	x->outer = outer;
	map_init(&x->files, a);
	return x;
}

static const struct found *
find(struct fonts_folders *x, struct view family)
{
	static const char *const styles[] = { "regular", "", "book", "roman" };
	const struct found *found = NULL;

	if (!x->looked)
		look(x);
	for (size_t i = 0; i < sizeof styles / sizeof *styles && !found; i++)
		found = map_get(&x->files, plain(x->arena, family, styles[i]));
	return found;
}

bool
fonts_folders_has(struct fonts_folders *x, struct view family)
{
	return find(x, family) != NULL;
}

bool
fonts_folders_map(struct fonts_folders *x, struct view family, struct view *bytes, struct file_facts *facts)
{
	const struct found *found = find(x, family);
	struct file_root root;
	bool ok;

	if (!found || !file_root_open(&root, x->arena, found->folder))
		return false;
	ok = file_map(&root, found->path, FONT_MAX_BYTES, bytes, facts);
	file_root_close(&root);
	looked_at(x, found->folder, found->path);
	return ok;
}

bool
fonts_folders_read(struct fonts_folders *x, struct view family, struct view *file, struct view *bytes, struct diags *d)
{
	const struct found *found = find(x, family);
	struct file_root root;
	bool ok;

	*file = VIEW_NONE;
	if (!found || !file_root_open(&root, x->arena, found->folder))
		return false;
	ok = file_read(&root, x->arena, found->path, FONT_MAX_BYTES, bytes, d);
	file_root_close(&root);
	*file = view_join(x->arena, found->folder, found->path);
	looked_at(x, *file, VIEW_NONE);
	return ok;
}
