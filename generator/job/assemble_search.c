/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are told about search: where it is; and for readers without JavaScript, everything from A to Z. */
#include "job/assemble_search.h"

#include <stdlib.h>

#include "job/assemble.h"
#include "job/assemble_frame.h"
#include "job/search.h"
#include "job/survey.h"

/* A line of the list: a page, or a place in it that is a term. */
struct entry {
	struct lang_initial initial;
	struct value value;
	size_t order;
};

struct index {
	const struct writing *wr;
	struct lang_alphabet *alphabet;
	struct list entries;	/* of struct entry */
};

static inline __attribute__((always_inline)) void	/* the hash of a constant key is constant */
set(const struct writing *wr, struct value *map, const char *key, struct value v)
{
	value_set(map, wr->item, key, v);
}

static void
push(struct index *x, struct view title, const struct language *from, struct view href, struct value within)
{
	const struct writing *wr = x->wr;
	struct entry *e;

	if (title.n == 0)
		return;
	e = list_push(&x->entries, wr->item);
	e->order = x->entries.n;
	lang_alphabet_find(x->alphabet, wr->item, from->lang, title, &e->initial);
	e->value = value_map();
	set(wr, &e->value, "title", context_text(wr, &(struct choice){ .text = title, .from = from }));
	set(wr, &e->value, "href", value_text(href));
	set(wr, &e->value, "within", within);
}

/* Elements with an id "term-..." that a template of the theme put into a page. */
static void
push_terms(struct index *x, const struct page *p, struct view href)
{
	const struct writing *wr = x->wr;
	const struct language *l = wr->locale->language;
	const struct choice *title = &survey_heading(wr->locale, p)->choices[PAGE_TITLE];
	struct list targets;
	struct buf html;

	buf_init(&html);
	assemble_content(wr->locale, p, wr->item, &html);
	targets = search_read(wr->item, (struct search_lang){ l->lang->tag, l->lang->rtl }, view_buf(&html));
	for (size_t i = 0; i < targets.n; i++) {
		const struct search_target *t = LIST_AT(&targets, struct search_target, i);
		const struct language *from = site_language(&wr->locale->world->site, t->title.lang.tag);

		if (view_starts(t->id, "term-"))
			push(x, t->title.text, from ? from : l, view_printf(wr->item, "%.*s#%.*s", VIEW_ARG(href), VIEW_ARG(t->id)),
			    context_text(wr, title));
	}
	buf_release(&html);
}

static int
compare(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;
	int c = view_cmp(a->initial.group, b->initial.group);

	if (c == 0)
		c = view_cmp(a->initial.key, b->initial.key);
	return c ? c : (a->order > b->order) - (a->order < b->order);
}

static struct value
groups(const struct index *x)
{
	const struct writing *wr = x->wr;
	struct value list = value_list(), items = value_list();

	for (size_t i = 0; i < x->entries.n; i++) {
		const struct entry *e = LIST_AT(&x->entries, struct entry, i);

		value_push(&items, wr->item, e->value);
		if (i + 1 < x->entries.n && view_eq(e->initial.group, LIST_AT(&x->entries, struct entry, i + 1)->initial.group))
			continue;
		struct value group = value_map();

		set(wr, &group, "letter", value_text(e->initial.label));
		set(wr, &group, "id", value_text(view_printf(wr->item, "wp-a-z-%zu", list.n + 1)));
		set(wr, &group, "items", items);
		value_push(&list, wr->item, group);
		items = value_list();
	}
	return list;
}

static struct value
make_a_z(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct world *w = what;
	struct index x = { .wr = wr, .entries = LIST_OF(struct entry) };
	struct value list;

	wr->locale->reads |= LOCALE_READS_CONTENT;
	x.alphabet = lang_alphabet_open(wr->item, wr->locale->language->lang);
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		const struct choice *title;
		struct view href;

		if (!search_has(w, p, wr->locale->language) || p == wr->general)
			continue;
		title = &survey_heading(wr->locale, p)->choices[PAGE_TITLE];
		href = context_href(wr, assemble_path(wr->item, wr->locale->language, p));
		push(&x, title->text, title->from, href, value_none());
		if (p->nparts)	/* only a partial makes such elements */
			push_terms(&x, p, href);
	}
	if (x.entries.n)
		qsort(x.entries.items, x.entries.n, sizeof(struct entry), compare);
	list = groups(&x);
	lang_alphabet_close(x.alphabet);
	return list;
}

static struct value
make_search(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *p = search_page(what);
	struct value v = value_map();

	if (!p)
		return value_none();
	set(wr, &v, "href", value_text(context_href(wr, assemble_path(wr->item, wr->locale->language, p))));
	set(wr, &v, "data", value_text(context_href(wr, search_index_path(wr->item, wr->locale->language))));
	set(wr, &v, "current", value_bool(p == wr->general));
	return v;
}

void
search_set(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;

	set(wr, top, "search", value_each(wr->item, make_search, &wr->frame->turn, w));
	set(wr, top, "a-z", value_each(wr->item, make_a_z, &wr->frame->turn, w));
}
