/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why products were made. */
#include "job/depend_parts.h"

#include <stdlib.h>

/* A file of the project that is new, gone or another. */
struct change {
	struct view path;
	bool fresh;
};

static struct list
changes(struct depend *x)
{
	struct list list = LIST_OF(struct change);

	for (size_t i = 0; x->again && i < x->changes.n; i++) {
		const struct depend_found *f = LIST_AT(&x->changes, struct depend_change, i)->now;

		if (!f->folder)
			*(struct change *)list_push(&list, x->arena) = (struct change){ f->path, false };
	}
	for (size_t i = 0; !x->again && i < x->inputs.n; i++) {
		const struct depend_found *f = LIST_AT(&x->inputs, struct depend_found, i);
		const struct depend_input *past = depend_past_input(x, f->in.key);

		if (f->in.version == 1 || (past && f->in.version && past->version == f->in.version) ||
		    (past && past->content && past->content == f->in.content))
			continue;
		*(struct change *)list_push(&list, x->arena) = (struct change){ f->path, !past };
	}
	return list;
}

struct seek {
	struct view file;
	bool found;
};

static void
is_template(void *self, struct view file)
{
	struct seek *s = self;

	s->found |= view_eq(s->file, file);
}

/* Whether the catalog is of this key, in the language or one that it falls back to. */
static bool
is_catalog(struct depend *x, struct view file, const struct language *l, struct view key)
{
	for (size_t k = 0; k <= l->nfallback; k++)
		if (view_eq(file, view_printf(x->arena, "%.*s/%.*s.yaml", VIEW_ARG((k ? l->fallback[k - 1] : l)->dir), VIEW_ARG(key))))
			return true;
	return false;
}

static bool
is_data(struct depend *x, struct view file, const struct language *l, uint64_t reads)
{
	for (size_t i = 0; i < x->world->data.n; i++) {
		const struct data *t = *LIST_AT(&x->world->data, struct data *, i);

		if (!(reads & (LOCALE_READS_ALL_DATA | (i < LOCALE_READS_FILES ? LOCALE_READS_FILE << i : 0))))
			continue;
		if (view_eq(file, t->file) || is_catalog(x, file, l, view_join(x->arena, VIEW("data"), t->name)))
			return true;
	}
	return false;
}

/* Whether the product reads this file itself. */
static bool
is_read(struct depend *x, const struct depend_product *p, struct view file)
{
	const struct world *w = x->world;
	struct seek s = { file, false };

	if (view_eq(file, w->site.file) || view_is(file, "content/links.yaml") || view_ends(file, "/language.yaml") ||
	    view_is(file, "content/exceptions.yaml"))
		return true;
	if (!p->language)
		return view_eq(file, *(struct view *)map_get(&x->plan->paths, p->path));
	if (view_eq(file, w->strings.file) || is_catalog(x, file, p->language, VIEW("interface")) ||
	    is_data(x, file, p->language, p->now.reads))
		return true;
	if (!p->page)
		return p->kind == DEPEND_PAGE && view_starts(file, "themes/") && view_ends(file, ".html");
	depend_templates(x, locale_skeleton(p->page, p->language), is_template, &s);
	return s.found || view_eq(file, p->page->file) || view_eq(file, locale_skeleton(p->page, p->language)->file) ||
	    is_catalog(x, file, p->language, p->page->key);
}

static bool
differs(const struct depend *x, const char *kind, struct view of, uint64_t value)
{
	uint64_t key = depend_fact_key(kind, of);

	for (size_t i = 0; i < x->past.head.nfacts; i++)
		if (x->past.facts[i].key == key)
			return x->past.facts[i].value != value;
	return true;
}

/* What is not a file of its own. */
static const char *
indirect(const struct depend *x, const struct depend_product *p)
{
	const struct language *l = p->language;

	if (p->kind == DEPEND_FONT)
		return "texts of pages changed, or the font";
	if (differs(x, "site", VIEW_NONE, x->facts.site))
		return "the languages, data files or dates of the site changed";
	if (l && differs(x, "titles", l->lang->tag, x->facts.titles[l->index]))
		return "titles, addresses or the order of pages changed";
	if (p->kind == DEPEND_SEARCH)
		return "pages changed";
	if (p->page && differs(x, "share", p->page->path, x->facts.shares[p->page->index]))
		return "how much of the page is translated changed";
	if (p->page && differs(x, "page", p->page->path, x->facts.pages[p->page->index]))
		return "where its links lead changed";
	if (l && differs(x, "counts", l->lang->tag, x->facts.counts[l->index]))
		return "how much of the site is translated changed";
	return "what it shows of others changed";
}

/* How English texts are said in another language. */
struct words {
	struct view (*in)(const void *self, const char *english);
	const void *self;
};

static void
put(struct buf *out, struct words w, const char *english)
{
	buf_addv(out, w.in ? w.in(w.self, english) : view_str(english));
}

static void
put_reason(struct depend *x, const struct depend_product *p, const struct list *list, struct words in, struct buf *out)
{
	if (!p->before || !p->before->digest) {
		put(out, in, p->before ? "not made well the last time" : "new");
		return;
	}
	if (!p->intact) {
		put(out, in, "somebody changed or removed it");
		return;
	}
	for (size_t i = 0; i < list->n; i++) {
		const struct change *c = LIST_AT(list, struct change, i);

		if (is_read(x, p, c->path)) {
			buf_printf(out, "%.*s ", VIEW_ARG(c->path));
			put(out, in, c->fresh ? "is new" : "changed");
			return;
		}
	}
	put(out, in, indirect(x, p));
}

static int
by_path(const void *a, const void *b)
{
	return view_cmp((*(struct depend_product *const *)a)->path, (*(struct depend_product *const *)b)->path);
}

void
depend_explain(struct depend *x, struct buf *out, struct view (*in)(const void *self, const char *english), const void *self)
{
	const struct words w = { in, self };
	struct depend_product **made;
	struct list list;
	size_t n = 0;

	if (!x || !x->planned)
		return;
	if (!x->past.usable) {
		put(out, w, "everything:");
		buf_addc(out, ' ');
		put(out, w, x->past.why);
		buf_addc(out, '\n');
		return;
	}
	list = changes(x);
	made = arena_array(x->arena, x->products.n, sizeof *made);
	for (size_t i = 0; i < x->products.n; i++)
		if ((*LIST_AT(&x->products, struct depend_product *, i))->made)
			made[n++] = *LIST_AT(&x->products, struct depend_product *, i);
	if (n)
		qsort(made, n, sizeof *made, by_path);
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "%.*s: ", VIEW_ARG(made[i]->path));
		put_reason(x, made[i], &list, w, out);
		buf_addc(out, '\n');
	}
}
