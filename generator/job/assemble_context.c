/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are given. */
#include "job/assemble_context.h"

#include "job/assemble.h"
#include "job/survey.h"
#include "job/version.h"

struct view
context_href(const struct writing *wr, struct view to)
{
	return links_relative(wr->item, wr->out_path, to);
}

struct value
context_text(const struct writing *wr, const struct choice *c)
{
	if (c->from == wr->locale->language)
		return value_text(c->text);
	return value_text_in(c->text, VIEW_NONE, c->from->lang->tag, c->from->lang->rtl);
}

static void
set(const struct writing *wr, struct value *map, const char *key, struct value v)
{
	value_set(map, wr->item, key, v);
}

static void
set_text(const struct writing *wr, struct value *map, const char *key, struct view text)
{
	set(wr, map, key, text.n ? value_text(text) : value_none());
}

/* Where a page is found by a reader of this language: in it, or in the one language it is written for. */
static struct view
href_of(const struct writing *wr, const struct page *p)
{
	const struct language *l = locale_has(p, wr->locale->language) ? wr->locale->language : p->only;

	return context_href(wr, assemble_path(wr->item, l, p));
}

/* {title, href} of a page, with its description. */
static struct value
entry_of(const struct writing *wr, const struct page *p)
{
	struct locale_page *lp = locale_page(wr->locale, p);
	struct value v = value_map();

	set(wr, &v, "title", context_text(wr, &lp->choices[PAGE_TITLE]));
	set(wr, &v, "description", lp->page->segments[PAGE_DESCRIPTION].source.n ?
	    context_text(wr, &lp->choices[PAGE_DESCRIPTION]) : value_none());
	set_text(wr, &v, "href", href_of(wr, p));
	set(wr, &v, "current", value_bool(p == wr->general));
	return v;
}

static struct value
entries_of(const struct writing *wr, const struct page *parent)
{
	struct value list = value_list();

	for (size_t i = 0; parent && i < parent->nchildren; i++)
		if (locale_has(parent->children[i], wr->locale->language))
			value_push(&list, wr->item, entry_of(wr, parent->children[i]));
	return list;
}

static bool
is_below(const struct page *p, const struct page *above)
{
	for (; p; p = p->parent)
		if (p == above)
			return true;
	return false;
}

static void
set_nav(const struct writing *wr, struct value *top)
{
	const struct page *home = wr->locale->world->home;
	struct value nav = value_list();

	for (size_t i = 0; home && i < home->nchildren; i++) {
		const struct page *p = home->children[i];
		struct value v, pages;

		if (!locale_has(p, wr->locale->language))
			continue;
		v = entry_of(wr, p);
		pages = entries_of(wr, p);
		set(wr, &v, "active", value_bool(is_below(wr->general, p)));
		set(wr, &v, "has-pages", value_bool(pages.n > 0));
		set(wr, &v, "pages", pages);
		value_push(&nav, wr->item, v);
	}
	set(wr, top, "has-nav", value_bool(nav.n > 0));
	set(wr, top, "nav", nav);
}

static void
push_crumbs(const struct writing *wr, struct value *list, const struct page *p)
{
	if (!p)
		return;
	push_crumbs(wr, list, p->parent);
	value_push(list, wr->item, entry_of(wr, p));
}

static void
set_neighbours(const struct writing *wr, struct value *top)
{
	const struct page *p = wr->general;
	struct value crumbs = value_list(), pages = entries_of(wr, p);

	push_crumbs(wr, &crumbs, p->parent);
	set(wr, top, "has-breadcrumbs", value_bool(crumbs.n > 0));
	set(wr, top, "breadcrumbs", crumbs);
	set(wr, top, "previous", p->previous ? entry_of(wr, p->previous) : value_none());
	set(wr, top, "next", p->next ? entry_of(wr, p->next) : value_none());
	set(wr, top, "has-turn", value_bool(p->previous || p->next));
	set(wr, top, "has-pages", value_bool(pages.n > 0));
	set(wr, top, "pages", pages);
}

/* A heading's words without links and notes, in the language they are shown in. */
static struct value
heading_text(const struct writing *wr, unsigned segment)
{
	const struct choice *c = &wr->lp->choices[segment];
	const struct segment *s = &wr->lp->page->segments[segment];
	struct choice plain = *c;
	struct segment_shape shape;
	struct buf b;

	if (!s->plain && !segment_is_plain(c->text)) {
		shape = page_shape(wr->lp->page, s, wr->item);
		buf_init(&b);
		segment_plain(c->tree ? c->tree : segment_read(wr->item, c->text, &shape), &b);
		plain.text = view_copy(wr->item, view_buf(&b));
		buf_release(&b);
	}
	return context_text(wr, &plain);
}

static void
set_contents(const struct writing *wr, struct value *top)
{
	const struct page *p = wr->lp->page;
	struct value list = value_list();
	struct value *last = NULL, items = value_list();

	for (size_t i = 0; i <= p->nheadings; i++) {
		const struct page_heading *h = i < p->nheadings ? &p->headings[i] : NULL;
		struct value v = value_map();

		if (h && h->level > 3)
			continue;
		if ((!h || h->level <= 2) && last) {
			set(wr, last, "has-items", value_bool(items.n > 0));
			set(wr, last, "items", items);
			items = value_list();
		}
		if (!h)
			break;
		set_text(wr, &v, "id", h->id);
		set(wr, &v, "title", heading_text(wr, h->segment));
		if (h->level <= 2 || !last)
			last = value_push(&list, wr->item, v);
		else
			value_push(&items, wr->item, v);
	}
	set(wr, top, "has-contents", value_bool(p->nheadings >= 3));
	set(wr, top, "contents", list);
}

static void
set_sources(const struct writing *wr, struct value *page, const struct page *p)
{
	const struct world *w = wr->locale->world;
	const struct data *t = data_find(&w->data, "sources");
	struct value list = value_list();

	for (size_t i = 0; t && i < p->sources.n; i++) {
		long row = data_row(t, "id", *LIST_AT(&p->sources, struct view, i));
		const struct data_cell *title, *url;
		struct value v = value_map();

		if (row < 0)
			continue;
		title = data_at(t, (size_t)row, "title");
		url = data_at(t, (size_t)row, "url");
		set_text(wr, &v, "id", *LIST_AT(&p->sources, struct view, i));
		set(wr, &v, "title", context_text(wr,
		    &(struct choice){ .text = title ? title->text : VIEW_NONE, .from = w->site.source }));
		set_text(wr, &v, "url", url ? url->text : VIEW_NONE);
		value_push(&list, wr->item, v);
	}
	set(wr, page, "has-sources", value_bool(list.n > 0));
	set(wr, page, "sources", list);
}

static void
set_page(const struct writing *wr, struct value *top)
{
	const struct page *p = wr->lp->page;
	struct lang *lang = wr->locale->language->lang;
	struct value v = value_map();
	struct view date;

	for (size_t i = 0; i < p->nfront; i++)
		value_set_view(&v, wr->item, p->front[i].key, context_text(wr, &wr->lp->choices[p->front[i].segment]));
	set(wr, &v, "title", context_text(wr, &wr->lp->choices[PAGE_TITLE]));
	set(wr, &v, "description", p->segments[PAGE_DESCRIPTION].source.n ?
	    context_text(wr, &wr->lp->choices[PAGE_DESCRIPTION]) : value_none());
	set_text(wr, &v, "path", p->path);
	set(wr, &v, "home", value_bool(wr->general == wr->locale->world->home));
	set(wr, &v, "review", value_bool(p->review));
	set(wr, &v, "as-of", p->as_of.n && lang_date(lang, wr->item, p->as_of, &date) ? value_text(date) : value_none());
	set_sources(wr, &v, p);
	set(wr, top, "page", v);
}

static struct value
number(const struct writing *wr, size_t n)
{
	return value_number(wr->item, (double)n, lang_number(wr->locale->language->lang, wr->item, (double)n, 0));
}

static void
set_status(const struct writing *wr, struct value *top)
{
	const struct locale_page *lp = wr->lp;
	struct value v = value_map();
	size_t missing = lp->segments - lp->shown;
	bool source = wr->locale->language->source;

	set(wr, &v, "source", value_bool(source));
	set(wr, &v, "total", number(wr, lp->segments));
	set(wr, &v, "translated", number(wr, lp->shown));
	set(wr, &v, "machine", number(wr, lp->machine));
	set(wr, &v, "outdated", number(wr, lp->outdated));
	set(wr, &v, "missing", number(wr, missing));
	set(wr, &v, "has-machine", value_bool(!source && lp->machine));
	set(wr, &v, "has-outdated", value_bool(!source && lp->outdated));
	set(wr, &v, "has-missing", value_bool(!source && missing));
	set(wr, &v, "all-machine", value_bool(!source && lp->machine && lp->machine == lp->segments));
	set(wr, &v, "complete", value_bool(!missing));
	set(wr, &v, "none", value_bool(!lp->shown));
	set(wr, &v, "any", value_bool(!source && (missing || lp->machine || lp->outdated)));
	set_text(wr, &v, "percent", lang_percent(wr->locale->language->lang, wr->item,
	    lp->segments ? (double)lp->shown / (double)lp->segments : 1));
	set(wr, top, "status", v);
}

static struct value
language_of(const struct writing *wr, const struct language *l)
{
	const struct world *w = wr->locale->world;
	const struct page *p = wr->general ? wr->general : w->home;
	const struct survey_page *s = w->survey && p && locale_has(p, l) ? survey_page(w, l, p) : NULL;
	unsigned share = s ? s->share : l->source ? 100 : 0;
	struct value v = value_map();
	double whole = w->survey && !wr->general ? tally_share(&w->survey->totals[l->index]) : (double)share / 100;

	set_text(wr, &v, "tag", l->lang->tag);
	set_text(wr, &v, "name", l->name);
	set_text(wr, &v, "english", l->lang->english);
	set_text(wr, &v, "dir", l->lang->rtl ? VIEW("rtl") : VIEW("ltr"));
	set_text(wr, &v, "href", p ? context_href(wr, assemble_path(wr->item, l, p)) : VIEW_NONE);
	set(wr, &v, "current", value_bool(wr->general && l == wr->locale->language));
	set(wr, &v, "source", value_bool(l->source));
	set(wr, &v, "percent", number(wr, (size_t)(whole * 100)));
	set_text(wr, &v, "share", lang_percent(wr->general ? wr->locale->language->lang : l->lang, wr->item, whole));
	set(wr, &v, "complete", value_bool(whole >= 1));
	return v;
}

static void
set_languages(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;
	struct value list = value_list();

	for (size_t i = 0; i < w->site.nlanguages; i++) {
		const struct language *l = w->site.languages[i];

		if (w->survey && !w->survey->published[l->index])
			continue;
		if (wr->general && !locale_has(wr->general, l))
			continue;
		value_push(&list, wr->item, language_of(wr, l));
	}
	set(wr, top, "languages", list);
}

/* Absolute addresses, only with a base address. */
static void
set_absolute(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;
	struct value list = value_list(), none = value_none();
	struct view base = w->site.base_url;

	set(wr, top, "canonical", none);
	set(wr, top, "x-default", none);
	for (size_t i = 0; base.n && wr->general && i < w->site.nlanguages; i++) {
		const struct language *l = w->site.languages[i];
		struct value v = value_map();

		if (!locale_has(wr->general, l) || (w->survey && !w->survey->published[i]))
			continue;
		set_text(wr, &v, "tag", l->lang->tag);
		set_text(wr, &v, "href", view_printf(wr->item, "%.*s%.*s", VIEW_ARG(base),
		    VIEW_ARG(assemble_path(wr->item, l, wr->general))));
		if (l->source)
			set_text(wr, top, "x-default", value_get(&v, VIEW("href"), value_hash(VIEW("href")))->plain);
		value_push(&list, wr->item, v);
	}
	if (base.n)
		set_text(wr, top, "canonical", view_printf(wr->item, "%.*s%.*s", VIEW_ARG(base), VIEW_ARG(wr->out_path)));
	set(wr, top, "alternates", list);
}

static void
set_site(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;
	const struct choice *c = wr->locale->strings.choices;
	const struct page *help = w->site.help.n ? map_get(&w->by_path, w->site.help) : NULL;
	struct value v = value_map(), data = value_map();

	set(wr, &v, "title", context_text(wr, &c[STRINGS_TITLE]));
	set(wr, &v, "description", w->site.description.n ? context_text(wr, &c[STRINGS_DESCRIPTION]) : value_none());
	set_text(wr, &v, "licence", w->site.licence);
	set(wr, top, "site", v);
	for (size_t i = 0; i < w->data.n; i++)
		value_set_view(&data, wr->item, (*LIST_AT(&w->data, struct data *, i))->name, wr->locale->tables[i]);
	set(wr, top, "data", data);
	set(wr, top, "help", help && help != wr->general && wr->general ? entry_of(wr, help) : value_none());
}

struct value
context_make(struct writing *wr)
{
	const struct language *l = wr->locale->language;
	struct value top = value_map();

	set_text(wr, &top, "lang", l->lang->tag);
	set_text(wr, &top, "dir", l->lang->rtl ? VIEW("rtl") : VIEW("ltr"));
	set(wr, &top, "root", value_text(wr->root));
	set_text(wr, &top, "generator", VIEW("Waypost " WAYPOST_VERSION));
	set_site(wr, &top);
	set_languages(wr, &top);
	set_absolute(wr, &top);
	if (!wr->general)
		return top;
	set_text(wr, &top, "chooser", context_href(wr, VIEW("index.html")));
	set_text(wr, &top, "home", wr->locale->world->home ? href_of(wr, wr->locale->world->home) :
	    context_href(wr, VIEW("index.html")));
	set_nav(wr, &top);
	set_page(wr, &top);
	set_neighbours(wr, &top);
	set_contents(wr, &top);
	set_status(wr, &top);
	set(wr, &top, "content", value_prog(wr->lp->page->body));
	return top;
}
