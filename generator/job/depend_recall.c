/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the survey need not look at: pages whose text and catalogs are as they were, when nothing else has changed. */
#include "base/hash.h"
#include "job/depend_parts.h"
#include "job/survey.h"

/* With more changes than this the survey looks at everything, and keeps what it chose (job/survey_kept). */
enum { CHANGES_MAX = 256 };

bool
depend_of_page(struct view path)
{
	struct view folder, tag, rest = path;

	if (view_starts(path, "content/") && !view_starts(path, "content/data/") && view_ends(path, ".md"))
		return true;
	return view_cut(&rest, '/', &folder) && view_is(folder, "translations") && view_cut(&rest, '/', &tag) &&
	    view_ends(rest, ".yaml") && !view_is(rest, "interface.yaml") && !view_is(rest, "language.yaml") && !view_starts(rest, "data/");
}

uint64_t
depend_paths(const struct world *w)
{
	uint64_t digest = 1;

	for (size_t k = 0; k < w->site.nlanguages; k++)
		digest = hash_more(digest, w->site.languages[k]->lang->tag);
	for (size_t i = 0; i < w->pages.n; i++)
		digest = hash_more(digest, (*LIST_AT(&w->pages, struct page *, i))->path);
	return digest;
}

uint64_t
depend_put_rows(const struct depend *x, struct buf *b)
{
	const struct survey *s = x->world->survey;
	size_t n = x->world->site.nlanguages * (s->npages + 1);

	buf_add(b, s->pages, n * sizeof *s->pages);
	return n;
}

/* A page reads the catalogs of a language and of those it falls back to. */
static bool
reads(const struct language *l, const struct language *from)
{
	bool is = !from || l == from;

	for (size_t k = 0; k < l->nfallback && !is; k++)
		is = l->fallback[k] == from;
	return is;
}

/* What a changed file belongs to: a page, for `from` alone if that is not NULL. NULL: to more than pages. */
static const struct page *
page_of(const struct world *w, struct arena *a, struct view file, const struct language **from)
{
	const struct page *p;

	*from = NULL;
	if (view_starts(file, "content/") && view_ends(file, ".md")) {
		p = map_get(&w->by_path, view_slice(file, strlen("content/"), file.n));
		/* of a version for one language the general page is what others see */
		return p && p->version ? map_get(&w->by_path, view_printf(a, "%.*s.md", VIEW_ARG(p->key))) : p;
	}
	for (size_t k = 0; k < w->site.nlanguages && view_ends(file, ".yaml"); k++) {
		const struct language *l = w->site.languages[k];
		struct view below;

		if (l->dir.n == 0 || file.n <= l->dir.n + strlen("/.yaml") || file.p[l->dir.n] != '/' ||
		    !view_eq(view_slice(file, 0, l->dir.n), l->dir))
			continue;
		*from = l;
		below = view_slice(file, l->dir.n + 1, file.n - strlen(".yaml"));
		if (view_is(below, "interface") || view_is(below, "language") || view_starts(below, "data/"))
			return NULL;
		return map_get(&w->by_path, view_printf(a, "%.*s.md", VIEW_ARG(below)));
	}
	return NULL;
}

/* Marks what a changed file was read for. False when that is more than pages. */
static bool
mark(const struct depend *x, const struct world *w, struct view file, struct survey_past *past)
{
	const struct language *from;
	const struct page *p = page_of(w, x->arena, file, &from);

	if (!p)
		return false;
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		if (!reads(w->site.languages[k], from))
			continue;
		past->same[k * (w->pages.n + 1) + p->index] = false;
		past->languages[k] = false;
	}
	return true;
}

static bool
mark_all(const struct depend *x, const struct world *w, struct survey_past *past)
{
	size_t n = 0;

	for (size_t i = 0; i < x->changes.n; i++) {
		const struct depend_change *c = LIST_AT(&x->changes, struct depend_change, i);

		/* a folder: when it was not quiet, what was in it for a moment was read */
		if (c->now->folder ? !c->before->version : ++n > CHANGES_MAX || !mark(x, w, c->now->path, past))
			return false;
	}
	return true;
}

void
depend_recall(struct depend *x, struct world *w)
{
	size_t n = w->pages.n + 1, all = w->site.nlanguages * n;
	struct survey_past *past;

	if (!x || !x->past.usable || !x->past.head.whole || x->past.head.nrows != all)
		return;
	depend_compare(x);
	if (x->moved || w->exceptions.all.n || x->past.head.paths != depend_paths(w))
		return;
	past = arena_new(x->arena, struct survey_past);
	past->pages = x->past.survey;
	past->same = arena_array(x->arena, all, sizeof *past->same);
	past->languages = arena_array(x->arena, w->site.nlanguages, sizeof *past->languages);
	for (size_t i = 0; i < all; i++)
		past->same[i] = !past->pages[i].said;
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		past->languages[k] = !past->pages[k * n + n - 1].said;
		past->same[k * n + n - 1] = false;
	}
	if (mark_all(x, w, past))
		w->past = past;
}
