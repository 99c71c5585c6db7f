/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One file of many pages. */
#include "job/single.h"

#include "format/html.h"
#include "job/assemble.h"
#include "job/inline.h"
#include "job/relink.h"
#include "job/search.h"
#include "job/survey.h"

struct single_page {
	const struct page *page;
	struct view path;	/* on the site: "fr/a.html" */
	struct view id;		/* in the file: "a" */
	struct view html;	/* with the site's addresses */
	bool cut;
};

struct single {
	const struct edition *edition;
	struct locale *locale;
	struct arena *arena;
	struct inlining *in;
	struct list list;	/* of struct single_page, in reading order */
	struct map pages;	/* path to struct single_page * */
	bool search;
};

/* Whether a page says what it has to say in its text alone. */
static bool
is_text(const struct page *p)
{
	static const char *const others[] = { "search", "desk", "coverage", "workbook" };

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (view_is(p->layout, others[i]))
			return false;
	return !p->version;
}

/* Links to pages in the file lead there; other addresses of the site have the site's own before them, or are none. */
static struct view
link_of(void *self, struct view page, struct view address)
{
	const struct single *s = self;
	struct view fragment, path, base = s->edition->world->site.base_url, id;
	const struct single_page *to;
	bool remote;

	path = relink_path(s->arena, page, address, &fragment, &remote);
	if (remote || path.n == 0)
		return view_find(address, ':') < address.n ? address : VIEW_NONE;
	to = map_get(&s->pages, path);
	if (!to || to->cut)
		return base.n ? view_printf(s->arena, "%.*s%.*s%.*s", VIEW_ARG(base), VIEW_ARG(path), VIEW_ARG(fragment)) : VIEW_NONE;
	id = view_printf(s->arena, "%.*s%.*s", VIEW_ARG(to->id), VIEW_ARG(fragment));
	if (fragment.n && map_get(&s->in->ids, id))
		return view_printf(s->arena, "#%.*s%%23%.*s", VIEW_ARG(to->id), VIEW_ARG(view_slice(fragment, 1, fragment.n)));
	return view_printf(s->arena, "#%.*s", VIEW_ARG(to->id));
}

static bool
gather(struct single *s)
{
	const struct world *w = s->edition->world;
	struct value more = value_map();
	struct arena item;
	struct buf html;
	bool good = true;

	arena_init(&item);
	buf_init(&html);
	for (size_t i = 0; good && i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (!is_text(p) || !locale_has(p, s->locale->language))
			continue;
		buf_clear(&html);
		good = assemble_page_in(s->locale, p, VIEW("single-page"), &more, &item, &html, s->edition->diags);
		*(struct single_page *)list_push(&s->list, s->arena) = (struct single_page){ .page = p,
			.path = assemble_path(s->arena, s->locale->language, p), .id = view_slice(p->out, 0, p->out.n - strlen(".html")),
			.html = view_copy(s->arena, view_buf(&html)) };
	}
	for (size_t i = 0; i < s->list.n; i++) {
		struct single_page *p = LIST_AT(&s->list, struct single_page, i);

		map_set(&s->pages, p->path, p);
	}
	buf_release(&html);
	arena_release(&item);
	return good;
}

static struct single_page *
find(const struct single *s, const struct page *p)
{
	struct single_page *found = map_get(&s->pages, assemble_path(s->arena, s->locale->language, p));

	return found && !found->cut ? found : NULL;
}

static void
put_entry(const struct single *s, const struct single_page *p, struct value *v)
{
	const struct choice *c = &survey_heading(s->locale, p->page)->choices[PAGE_TITLE];

	*v = value_map();
	value_set(v, s->arena, "id", value_text(p->id));
	value_set(v, s->arena, "title", c->from == s->locale->language ? value_text(c->text) :
	    value_text_in(c->text, VIEW_NONE, c->from->lang->tag, c->from->lang->rtl));
}

/* The pages below one, and those below them, in one list. */
static void
add_below(const struct single *s, const struct page *p, struct value *list)
{
	struct value v;

	for (size_t i = 0; i < p->nchildren; i++) {
		const struct single_page *found = find(s, p->children[i]);

		if (found) {
			put_entry(s, found, &v);
			value_push(list, s->arena, v);
		}
		add_below(s, p->children[i], list);
	}
}

/* The home page, the pages below it, and in each of them a list of what is below that. Without a home page: one list. */
static struct value
contents(const struct single *s)
{
	const struct page *home = s->edition->world->home;
	struct value all = value_list(), v;

	for (size_t i = 0; !home && i < s->list.n; i++) {
		put_entry(s, LIST_AT(&s->list, struct single_page, i), &v);
		value_push(&all, s->arena, v);
	}
	for (size_t i = 0; home && i <= home->nchildren; i++) {
		const struct page *p = i == 0 ? home : home->children[i - 1];
		const struct single_page *found = find(s, p);
		struct value below = value_list();

		if (i > 0)
			add_below(s, p, &below);
		if (!found && below.n == 0)
			continue;
		v = value_map();
		if (found)
			put_entry(s, found, &v);
		value_set(&v, s->arena, "has-pages", value_bool(below.n > 0));
		value_set(&v, s->arena, "pages", below);
		value_push(&all, s->arena, v);
	}
	return all;
}

/* The index of the pages that are in, as one script. */
static struct view
make_search(const struct single *s)
{
	struct search *index;
	struct arena item, a;
	struct list files;
	struct view all;
	struct buf b;

	arena_init(&a);
	arena_init(&item);
	buf_init(&b);
	index = search_open(&a, s->locale->language);
	for (size_t i = 0; i < s->list.n; i++) {
		const struct single_page *p = LIST_AT(&s->list, struct single_page, i);
		const struct arena_mark mark = arena_mark(&item);

		if (p->cut)
			continue;
		buf_clear(&b);
		assemble_content(s->locale, p->page, &item, &b);
		search_add_page_as(index, s->locale, p->page, view_printf(&item, "#%.*s", VIEW_ARG(p->id)), view_buf(&b));
		arena_rewind(&item, mark);
	}
	buf_clear(&b);
	files = search_files(index);
	for (size_t i = 0; i < files.n; i++)
		buf_addv(&b, LIST_AT(&files, struct search_file, i)->bytes);
	all = view_copy(s->arena, view_buf(&b));
	buf_release(&b);
	arena_release(&item);
	arena_release(&a);
	return all;
}

static void
put_articles(struct single *s, struct buf *out)
{
	for (size_t i = 0; i < s->list.n; i++) {
		const struct single_page *p = LIST_AT(&s->list, struct single_page, i);

		if (p->cut)
			continue;
		buf_printf(out, "<article id=\"%.*s\">\n", VIEW_ARG(p->id));
		inline_part(s->in, p->path, p->id, p->html, out);
		buf_puts(out, "</article>\n");
	}
}

static void
set_date(const struct single *s, struct value *more, const char *key, struct view day)
{
	struct view date;

	value_set(more, s->arena, key, day.n && lang_date(s->locale->language->lang, s->arena, day, &date) ? value_text(date) : value_none());
}

/* The file as it is with what has not been cut. */
static bool
make(struct single *s, struct buf *out)
{
	struct value more = value_map();
	struct buf articles, html;
	bool good;

	s->in->frame.n = s->in->parts.n = 0;
	buf_init(&articles);
	buf_init(&html);
	put_articles(s, &articles);
	s->in->script = s->search ? make_search(s) : VIEW_NONE;
	value_set(&more, s->arena, "articles", value_text(view_copy(s->arena, view_buf(&articles))));
	value_set(&more, s->arena, "sections", contents(s));
	value_set(&more, s->arena, "find", value_bool(s->search));
	set_date(s, &more, "date", s->edition->release.date);
	set_date(s, &more, "until", s->edition->release.until);
	good = assemble_file(s->locale, VIEW("single"), &more, s->arena, &html, s->edition->diags);
	buf_clear(out);
	if (good)
		inline_document(s->in, VIEW("index.html"), view_buf(&html), out);
	buf_release(&html);
	buf_release(&articles);
	return good;
}

/* Cuts the next thing in the order that single.h tells. False when nothing is left to cut. */
static bool
cut_next(struct single *s, unsigned *step)
{
	struct single_page *longest = NULL;

	switch ((*step)++) {
	case 0: s->in->without |= INLINE_NO_FONTS; return true;
	case 1: s->in->without |= INLINE_NO_IMAGES; return true;
	case 2: s->search = false; return true;
	default: break;
	}
	for (size_t i = 0; i < s->list.n; i++) {
		struct single_page *p = LIST_AT(&s->list, struct single_page, i);

		if (!p->cut && p->page != s->edition->world->home && (!longest || p->html.n > longest->html.n))
			longest = p;
	}
	if (longest)
		longest->cut = true;
	return longest != NULL;
}

static void
note_cut(const struct single *s, struct single_cut *cut, unsigned step, size_t before, size_t after)
{
	*(step == 1 ? &cut->fonts : step == 2 ? &cut->images : &cut->search) |= before != after && step <= 3;
	for (size_t i = 0; step > 3 && i < s->list.n; i++) {
		const struct single_page *p = LIST_AT(&s->list, struct single_page, i);
		bool known = !p->cut;

		for (size_t k = 0; !known && k < cut->pages.n; k++)
			known = view_eq(*LIST_AT(&cut->pages, struct view, k), p->page->out);
		if (!known)
			*(struct view *)list_push(&cut->pages, s->edition->arena) = p->page->out;
	}
}

bool
single_write(const struct edition *e, struct language *l, uint64_t max, struct single_cut *cut, struct buf *out)
{
	struct locale locale;
	struct arena arena;
	struct inlining in;
	struct single s = { .edition = e, .locale = &locale, .arena = &arena, .in = &in, .list = LIST_OF(struct single_page),
		.search = search_page(e->world) != NULL };
	struct diags quiet;	/* the survey has said what is wrong with the catalogs */
	unsigned step = 0;
	bool good;

	arena_init(&arena);
	diags_init(&quiet);
	map_init(&s.pages, &arena);
	inline_init(&in, e, &arena);
	in.link = link_of;
	in.self = &s;
	*cut = (struct single_cut){ .pages = LIST_OF(struct view) };
	e->world->fonts = edition_find(e, VIEW("assets/fonts.css")) != NULL;
	locale_open(&locale, &arena, e->world, l, false, &quiet);
	map_set(&in.tags, l->lang->tag, &in);
	good = gather(&s);
	for (size_t i = 0; i < s.list.n; i++) {
		const struct single_page *p = LIST_AT(&s.list, struct single_page, i);

		inline_learn(&in, p->id, p->html);
	}
	good = good && make(&s, out);
	while (good && max && out->n > max && cut_next(&s, &step)) {
		size_t before = out->n;

		good = make(&s, out);
		note_cut(&s, cut, step, before, out->n);
	}
	diags_release(&quiet);
	arena_release(&arena);
	return good;
}
