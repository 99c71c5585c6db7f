/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are published as they are: beside pages, and of the theme. */
#include "model/asset.h"

#include <stdlib.h>
#include <strings.h>

#include "base/arena.h"

/* What of a picture is read to know its size; a JPEG may carry much before it. */
enum { HEAD_BYTES = 64 << 10, HEAD_MORE = 1 << 20, NAME_MAX_LENGTH = 60 };

/* State of loading. */
struct loading {
	struct arena *arena;
	struct arena scratch;	/* heads of pictures */
	const struct site *site;
	struct diags *d;
	struct list list;	/* of struct asset * */
	struct view prefix;	/* "files/" or "assets/" */
	size_t skip;		/* bytes of the folder's own path, with '/' */
	bool theme;
};

/* con, prn, aux, nul, com0-9, lpt0-9, with or without an ending: Windows takes them for devices. */
static bool
is_device(struct view name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul" };
	struct view stem = view_slice(name, 0, view_find(name, '.'));

	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
		if (view_is(stem, devices[i]))
			return true;
	}
	return stem.n == 4 && (view_starts(stem, "com") || view_starts(stem, "lpt")) && stem.p[3] >= '0' &&
	    stem.p[3] <= '9';
}

/* One name of a way, the same on every stick and host. */
static bool
is_portable(struct view name)
{
	if (name.n == 0 || name.n > NAME_MAX_LENGTH || name.p[0] == '.' || name.p[name.n - 1] == '.')
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_'))
			return false;
	}
	return !is_device(name);
}

/* The kind a name promises. */
static enum image_kind
kind_of_name(struct view name)
{
	return view_ends(name, ".png") ? IMAGE_PNG : view_ends(name, ".jpg") || view_ends(name, ".jpeg") ? IMAGE_JPEG :
	    view_ends(name, ".gif") ? IMAGE_GIF : view_ends(name, ".webp") ? IMAGE_WEBP :
	    view_ends(name, ".svg") ? IMAGE_SVG : IMAGE_NONE;
}

static struct view
kind_name(enum image_kind kind)
{
	static const char *const names[] = { "none", "PNG", "JPEG", "GIF", "WebP", "SVG" };

	return view_str(names[kind]);
}

/* Reads a picture's head. False after a message: the file is left out. */
static bool
read_image(struct loading *l, struct view path, enum image_kind promised, struct image *image)
{
	size_t head = promised == IMAGE_SVG ? HEAD_MORE : HEAD_BYTES;
	size_t max = promised == IMAGE_SVG ? HEAD_MORE : ASSET_MAX_BYTES;
	const char *why = NULL;
	struct view bytes;

	if (!file_read_head(&l->site->root, &l->scratch, path, head, max, &bytes, l->d))
		return false;
	if (!image_read(bytes, image) && bytes.n == HEAD_BYTES &&
	    !file_read_head(&l->site->root, &l->scratch, path, HEAD_MORE, max, &bytes, l->d))
		return false;
	if (image->kind == IMAGE_NONE)
		image_read(bytes, image);
	/* browsers forgive a wrong name, but not between drawings and pixels */
	if (image->kind == IMAGE_NONE || (image->kind == IMAGE_SVG) != (promised == IMAGE_SVG)) {
		diag(l->d, image_kind, place_file(path), path);
		return false;
	}
	if (image->kind == IMAGE_SVG && !image_svg_safe(bytes, &why)) {
		diag(l->d, image_svg, place_file(path), path, view_str(why));
		return false;
	}
	if (image->kind != promised)
		diag(l->d, image_name, place_file(path), path, kind_name(image->kind));
	return true;
}

/* What runs when a reader opens it, from a stick or from a host. Of content only: a theme has its scripts. */
static bool
is_active(struct view name)
{
	static const char *const endings[] = { ".html", ".htm", ".xhtml", ".xht", ".xml", ".xsl", ".mht", ".mhtml", ".js", ".mjs", ".css", ".swf",
		".php", ".phtml", ".phar", ".shtml", ".shtm", ".stm", ".asp", ".aspx", ".jsp", ".cgi", ".pl", ".py", ".rb", ".exe", ".com", ".bat", ".cmd",
		".scr", ".pif", ".msi", ".cpl", ".dll", ".sys", ".lnk", ".url", ".website", ".scf", ".library-ms", ".search-ms", ".hta", ".inf", ".ini",
		".reg", ".vbs", ".vbe", ".wsf", ".wsh", ".ps1", ".jar", ".sh", ".desktop", ".command", ".app", ".apk", ".ipa", ".dmg", ".iso", ".img",
		".chm", ".docm", ".xlsm", ".pptm" };

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (view_ends(name, endings[i]))
			return true;
	return false;
}

static void
add_file(struct loading *l, struct view path, struct view name)
{
	struct asset *asset = arena_new(l->arena, struct asset);
	enum image_kind promised = kind_of_name(name);
	struct arena_mark mark = arena_mark(&l->scratch);
	struct view none;
	bool ok;

	if (!l->theme && is_active(name)) {
		diag(l->d, file_active, place_file(path), path);
		return;
	}
	ok = promised == IMAGE_NONE ?
	    file_read_head(&l->site->root, &l->scratch, path, 0, ASSET_MAX_BYTES, &none, l->d) :
	    read_image(l, path, promised, &asset->image);
	arena_rewind(&l->scratch, mark);
	if (!ok)
		return;
	asset->path = path;
	asset->out = view_printf(l->arena, "%.*s%.*s", VIEW_ARG(l->prefix),
	    VIEW_ARG(view_slice(path, l->skip, path.n)));
	*(struct asset **)list_push(&l->list, l->arena) = asset;
}

/* Pages, data and templates are read by others; of the theme's whole fonts parts are published (job/fonts). */
static bool
is_source(const struct loading *l, struct view name)
{
	return view_ends(name, ".md") || view_ends(name, ".yaml") || (l->theme && (view_ends(name, ".html") ||
	    view_ends(name, ".ttf") || view_ends(name, ".otf") || view_ends(name, ".ttc")));
}

static void
walk(struct loading *l, struct view folder)
{
	struct list entries;

	if (!file_list(&l->site->root, l->arena, folder, &entries, l->d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view path = view_join(l->arena, folder, e->name);

		if (e->kind == FILE_LINK) {
			diag(l->d, file_link, place_file(path), path);
		} else if (e->kind == FILE_FOLDER && is_portable(e->name)) {
			walk(l, path);
		} else if (e->kind == FILE_REGULAR && is_source(l, e->name)) {
			continue;
		} else if (!is_portable(e->name)) {
			diag(l->d, file_name, place_file(path), e->name);
		} else if (e->kind == FILE_OTHER) {
			diag(l->d, file_special, place_file(path), path);
		} else {
			add_file(l, path, e->name);
		}
	}
}

static int
compare_paths(const void *x, const void *y)
{
	return view_cmp((*(struct asset *const *)x)->path, (*(struct asset *const *)y)->path);
}

static int
compare_path(const void *key, const void *item)
{
	return view_cmp(*(const struct view *)key, (*(struct asset *const *)item)->path);
}

static struct asset *
find(const struct list *all, struct view path)
{
	struct asset **found = all->n == 0 ? NULL :
	    bsearch(&path, all->items, all->n, sizeof(struct asset *), compare_path);

	return found ? *found : NULL;
}

/* The language of a tag spelled in any case, or NULL. */
static struct language *
language_of(const struct site *site, struct view tag)
{
	for (size_t i = 0; i < site->nlanguages; i++) {
		struct view t = site->languages[i]->lang->tag;

		if (t.n == tag.n && strncasecmp(t.p, tag.p, t.n) == 0)
			return site->languages[i];
	}
	return NULL;
}

/* name.<tag>.png becomes a version of name.png. */
static void
link_version(struct loading *l, struct asset *asset)
{
	struct view path = asset->path;
	size_t ending = path.n, dot;

	while (ending > 0 && path.p[ending - 1] != '.' && path.p[ending - 1] != '/')
		ending--;
	if (ending == 0 || path.p[ending - 1] != '.')
		return;
	for (dot = --ending; dot > 0 && path.p[dot - 1] != '.' && path.p[dot - 1] != '/';)
		dot--;
	if (dot == 0 || path.p[dot - 1] != '.')
		return;
	asset->only = language_of(l->site, view_slice(path, dot, ending));
	if (!asset->only)
		return;
	asset->first = find(&l->list, view_printf(&l->scratch, "%.*s%.*s", VIEW_ARG(view_slice(path, 0, dot - 1)),
	    VIEW_ARG(view_slice(path, ending, path.n))));
	if (asset->first) {
		asset->next = asset->first->versions;
		asset->first->versions = asset;
	}
}

struct list
asset_load(struct arena *a, const struct site *site, struct diags *d)
{
	struct loading l = { .arena = a, .site = site, .d = d, .list = LIST_OF(struct asset *) };
	struct view theme = view_join(a, VIEW("themes"), site->theme);
	size_t ncontent;

	arena_init(&l.scratch);
	l.prefix = VIEW("files/");
	l.skip = strlen("content/");
	walk(&l, VIEW("content"));
	ncontent = l.list.n;
	l.theme = true;
	l.prefix = VIEW("assets/");
	l.skip = theme.n + 1;
	walk(&l, theme);
	/* "content/" is before "themes/": the first ncontent stay the content's */
	if (l.list.n)
		qsort(l.list.items, l.list.n, sizeof(struct asset *), compare_paths);
	for (size_t i = 0; i < ncontent; i++)
		link_version(&l, *LIST_AT(&l.list, struct asset *, i));
	arena_release(&l.scratch);
	return l.list;
}

const struct asset *
asset_find(const struct list *all, struct view path)
{
	return find(all, path);
}

static const struct asset *
version_of(const struct asset *a, const struct language *l)
{
	const struct asset *v = a->versions;

	while (v && v->only != l)
		v = v->next;
	return v;
}

const struct asset *
asset_for(const struct list *all, const struct asset *a, const struct language *l)
{
	const struct asset *found = version_of(a, l);

	(void)all;
	for (size_t i = 0; !found && i < l->nfallback; i++)
		found = version_of(a, l->fallback[i]);
	return found ? found : a;
}
