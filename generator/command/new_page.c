/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new page: a page to be written. For command/new only. */
#include <ctype.h>
#include <stdlib.h>
#include <time.h>

#include "command/new_parts.h"
#include "command/report.h"

enum { NAME_MAX_BYTES = 60 };

static bool
is_name(struct view v)
{
	for (size_t i = 0; i < v.n; i++)
		if (!(v.p[i] >= 'a' && v.p[i] <= 'z') && !(v.p[i] >= '0' && v.p[i] <= '9') && v.p[i] != '-')
			return false;
	return v.n > 0 && v.n <= NAME_MAX_BYTES;
}

/* The last part of the path may name a language of the site: "about.fr". *name is it without. */
static bool
cut_language(const struct world *w, struct view *name, struct language **only)
{
	size_t dot = view_find(*name, '.');
	struct view tag;

	*only = NULL;
	if (dot == name->n)
		return true;
	if (lang_canonical(w->arena, view_slice(*name, dot + 1, name->n), &tag))
		*only = site_language(&w->site, tag);
	*name = view_slice(*name, 0, dot);
	return *only != NULL;
}

/* "Reporting/My Page" to "reporting/my-page", for advice. */
static struct view
suggest(struct arena *a, struct view path)
{
	struct view out = VIEW_NONE, piece;

	while (view_cut(&path, '/', &piece))
		if (piece.n && piece.p[0] != '.')
			out = view_join(a, out, page_slug(a, piece, "page"));
	return out;
}

/*
 * The path below content/, checked; empty after saying what is wrong with it. *name is its last part, *dir
 * what stands before.
 */
static struct view
read_path(const struct options *o, const struct world *w, struct view *dir, struct view *name, struct language **only)
{
	struct arena *a = w->arena;
	struct view typed = view_str(o->operands[1]), path = typed, rest, piece;
	size_t slash;

	if (view_starts(path, "./"))
		path = view_slice(path, 2, path.n);
	if (view_starts(path, "content/"))
		path = view_slice(path, 8, path.n);
	if (view_ends(path, ".md"))
		path = view_slice(path, 0, path.n - 3);
	if (view_ends(path, "/"))
		path = view_printf(a, "%.*sindex", VIEW_ARG(path));
	for (slash = path.n; slash > 0 && path.p[slash - 1] != '/';)
		slash--;
	*dir = view_slice(path, 0, slash ? slash - 1 : 0);
	*name = view_slice(path, slash, path.n);
	if (!cut_language(w, name, only) || !is_name(*name)) {
		report_usage(o, new_page_name, typed, suggest(a, path));
		return VIEW_NONE;
	}
	for (rest = *dir; rest.n && view_cut(&rest, '/', &piece);)
		if (!is_name(piece) || (view_eq(piece, VIEW("data")) && view_starts(*dir, "data"))) {
			report_usage(o, new_page_folder, *dir, view_starts(path, "data/") ? *name : suggest(a, path));
			return VIEW_NONE;
		}
	return view_printf(a, "content/%.*s.md", VIEW_ARG(path));
}

/* "alternative-report" to "Alternative report" */
static struct view
title_of(struct arena *a, struct view name)
{
	char *p = arena_copy(a, name.p, name.n);

	for (size_t i = 0; i < name.n; i++)
		if (p[i] == '-')
			p[i] = ' ';
	p[0] = (char)toupper((unsigned char)p[0]);
	return view_of(p, name.n);
}

static struct view
last_part(struct view dir)
{
	size_t i = dir.n;

	while (i > 0 && dir.p[i - 1] != '/')
		i--;
	return view_slice(dir, i, dir.n);
}

static void
put_today(struct buf *b)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	time_t now = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
	struct tm t;

	if (gmtime_r(&now, &t))
		buf_printf(b, "%04d-%02d-%02d", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday);
}

static void
put_page(struct buf *b, struct view title)
{
	buf_printf(b, "---\ntitle: \"%.*s\"\n", VIEW_ARG(title));
	buf_puts(b, "description: One sentence that says what a reader finds here.\n"
	    "# order: a whole number; pages of a folder stand in this order in menus.\n"
	    "order: 50\n"
	    "# as-of: the day for which the facts on this page are true.\n"
	    "as-of: ");
	put_today(b);
	buf_puts(b, "\n---\n\n"
	    "Say the most important thing first, in one or two short sentences.\n\n"
	    "## First heading\n\n"
	    "Write plainly: short words, one thought in a sentence. It is easier to translate.\n");
}

static int
page(const struct options *o, struct world *w, struct view root)
{
	struct view dir, name, path, index;
	struct report r = report_make(o, &w->site);
	struct language *only;
	struct diags d;
	enum file_kind kind;
	struct buf b;
	int code;

	(void)root;
	path = read_path(o, w, &dir, &name, &only);
	if (path.n == 0)
		return EXIT_USAGE;
	if (file_kind(&w->site.root, path, &kind))
		return report_usage(o, new_page_there, path) - EXIT_USAGE + EXIT_PROBLEMS;
	diags_init(&d);
	buf_init(&b);
	put_page(&b, title_of(w->arena, view_is(name, "index") && dir.n ? last_part(dir) : name));
	if (file_write(&w->site.root, path, view_buf(&b), &d) == FILE_WRITTEN && !o->quiet) {
		report_say(o, o->out, new_page_made, path);
		index = view_join(w->arena, view_join(w->arena, VIEW("content"), dir), VIEW("index.md"));
		if (dir.n && !file_kind(&w->site.root, index, &kind))
			report_say(o, o->out, new_page_index, dir);
		if (!only && w->site.nlanguages > 1)
			report_say(o, o->out, new_page_sync, VIEW_NONE);
	}
	report_print(&r, &d);
	code = report_exit(&d, false);
	buf_release(&b);
	diags_release(&d);
	return code;
}

int
new_page(const struct options *o)
{
	return report_run(o, page);
}
