/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are given. */
#include "job/assemble_context.h"

#include "job/assemble.h"
#include "job/assemble_coverage.h"
#include "job/assemble_data.h"
#include "job/calendar.h"
#include "job/assemble_search.h"
#include "job/marks.h"
#include "job/survey.h"
#include "job/version.h"

/* Room in the maps that every page has: more than that is made when it comes. */
enum { TOP_ENTRIES = 44, PAGE_ENTRIES = 12, LANGUAGE_ENTRIES = 12 };

struct view
context_href(const struct writing *wr, struct view to)
{
	return links_relative(wr->item, wr->out_path, to);
}

struct value
context_text(const struct writing *wr, const struct choice *c)
{
	const struct language *own = wr->locale->language;
	struct view html = marks_html(wr->locale->marks, c, wr->item);

	if (c->from == own)
		return html.n ? value_text_in(c->text, html, VIEW_NONE, own->lang->rtl) : value_text(c->text);
	return value_text_in(c->text, html, c->from->lang->tag, c->from->lang->rtl);
}

static inline __attribute__((always_inline)) void	/* the hash of a constant key is constant */
set(const struct writing *wr, struct value *map, const char *key, struct value v)
{
	value_set(map, wr->item, key, v);
}

/* What few templates ask for is made when they do; `make` is given wr and `what`. */
static inline __attribute__((always_inline)) void
set_later(const struct writing *wr, struct value *map, const char *key, value_make *make, const void *what)
{
	set(wr, map, key, value_later(wr->item, make, (void *)(uintptr_t)wr, what));
}

static inline __attribute__((always_inline)) void
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

/* {title, href} of a page, with its description and pictogram. */
static struct value
entry_of(const struct writing *wr, const struct page *p)
{
	const struct locale_page *lp = survey_heading(wr->locale, p);
	struct value v = value_map();

	set(wr, &v, "title", context_text(wr, &lp->choices[PAGE_TITLE]));
	set(wr, &v, "description", lp->page->segments[PAGE_DESCRIPTION].source.n ?
	    context_text(wr, &lp->choices[PAGE_DESCRIPTION]) : value_none());
	set_text(wr, &v, "href", href_of(wr, p));
	set_text(wr, &v, "icon", p->icon);
	set(wr, &v, "current", value_bool(p == wr->general));
	return v;
}

static struct value
make_entry(void *self, const void *what)
{
	return entry_of(self, what);
}

static struct value
make_entries(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *parent = what;
	struct value list = value_list();

	for (size_t i = 0; parent && i < parent->nchildren; i++)
		if (locale_has(parent->children[i], wr->locale->language))
			value_push(&list, wr->item, entry_of(wr, parent->children[i]));
	return list;
}

/* A page, or nothing. */
static inline __attribute__((always_inline)) void
set_maybe(const struct writing *wr, struct value *map, const char *key, const struct page *p)
{
	if (p)
		set_later(wr, map, key, make_entry, p);
	else
		set(wr, map, key, value_none());
}

static bool
has_entries(const struct writing *wr, const struct page *parent)
{
	for (size_t i = 0; parent && i < parent->nchildren; i++)
		if (locale_has(parent->children[i], wr->locale->language))
			return true;
	return false;
}

static bool
is_below(const struct page *p, const struct page *above)
{
	for (; p; p = p->parent)
		if (p == above)
			return true;
	return false;
}

static struct value
make_nav(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *home = what;
	struct value nav = value_list();

	for (size_t i = 0; home && i < home->nchildren; i++) {
		const struct page *p = home->children[i];
		struct value v;

		if (!locale_has(p, wr->locale->language))
			continue;
		v = entry_of(wr, p);
		set(wr, &v, "active", value_bool(is_below(wr->general, p)));
		set(wr, &v, "has-pages", value_bool(has_entries(wr, p)));
		set_later(wr, &v, "pages", make_entries, p);
		value_push(&nav, wr->item, v);
	}
	return nav;
}

static void
push_crumbs(const struct writing *wr, struct value *list, const struct page *p)
{
	if (!p)
		return;
	push_crumbs(wr, list, p->parent);
	value_push(list, wr->item, entry_of(wr, p));
}

static struct value
make_crumbs(void *self, const void *what)
{
	struct value crumbs = value_list();

	push_crumbs(self, &crumbs, what);
	return crumbs;
}

static void
set_neighbours(const struct writing *wr, struct value *top)
{
	const struct page *p = wr->general, *home = wr->locale->world->home;

	set(wr, top, "has-nav", value_bool(has_entries(wr, home)));
	set_later(wr, top, "nav", make_nav, home);
	set(wr, top, "has-breadcrumbs", value_bool(p->parent != NULL));
	set_later(wr, top, "breadcrumbs", make_crumbs, p->parent);
	set_maybe(wr, top, "previous", p->previous);
	set_maybe(wr, top, "next", p->next);
	set(wr, top, "has-turn", value_bool(p->previous || p->next));
	set(wr, top, "has-pages", value_bool(has_entries(wr, p)));
	set_later(wr, top, "pages", make_entries, p);
}

/* A heading's words without links and notes, in the language they are shown in. */
static struct value
heading_text(const struct writing *wr, unsigned segment)
{
	const struct choice *c = &wr->lp->choices[segment];
	const struct segment *s = &wr->lp->page->segments[segment];
	struct choice plain = *c;
	struct buf b;

	if (!s->plain && !segment_is_plain(c->text)) {
		buf_init(&b);
		segment_plain(locale_tree(wr->lp->page, s, c, wr->item), &b);
		plain.text = view_copy(wr->item, view_buf(&b));
		buf_release(&b);
	}
	return context_text(wr, &plain);
}

static struct value
make_contents(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *p = what;
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
	return list;
}

static void
set_page(const struct writing *wr, struct value *top)
{
	const struct page *p = wr->lp->page;
	struct lang *lang = wr->locale->language->lang;
	struct value v = value_map_for(wr->item, p->nfront + PAGE_ENTRIES);
	struct view date;

	for (size_t i = 0; i < p->nfront; i++)
		value_set_view(&v, wr->item, p->front[i].key, context_text(wr, &wr->lp->choices[p->front[i].segment]));
	set(wr, &v, "title", context_text(wr, &wr->lp->choices[PAGE_TITLE]));
	set(wr, &v, "description", p->segments[PAGE_DESCRIPTION].source.n ?
	    context_text(wr, &wr->lp->choices[PAGE_DESCRIPTION]) : value_none());
	set_text(wr, &v, "path", p->path);
	set_text(wr, &v, "icon", wr->general->icon);
	set(wr, &v, "home", value_bool(wr->general == wr->locale->world->home));
	set(wr, &v, "review", value_bool(p->review));
	set(wr, &v, "as-of", p->as_of.n && lang_date(lang, wr->item, p->as_of, &date) ? value_text(date) : value_none());
	set_text(wr, &v, "calendar", wr->general->calendar.n ?
	    context_href(wr, calendar_path(wr->item, wr->locale->language, wr->general)) : VIEW_NONE);
	data_sources(wr, &v, p);
	set(wr, top, "page", v);
}

static struct value
number(const struct writing *wr, size_t n)
{
	return value_number(wr->item, (double)n, lang_number(wr->locale->language->lang, wr->item, (double)n, 0));
}

static struct value
make_status(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct locale_page *lp = what;
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
	    (double)survey_percent(lp->shown, lp->segments) / 100));
	return v;
}

/* The title of the site in another language, or nothing where it has none. */
static struct view
title_in(const struct writing *wr, struct language *l)
{
	struct locale other;
	struct diags quiet;	/* the survey has reported what is wrong with the catalogs */
	const struct choice *c;

	diags_init(&quiet);
	locale_open(&other, wr->item, wr->locale->world, l, false, &quiet);
	diags_release(&quiet);
	c = &other.strings.choices[STRINGS_TITLE];
	return c->from == l ? c->text : VIEW_NONE;
}

/* Words that are translated and up to date. */
static unsigned
share_of(const struct tally *t)
{
	size_t all = tally_words(t);

	return survey_percent(all - t->words[TALLY_MISSING] - t->words[TALLY_OUTDATED], all);
}

/* How much of this page, or on the chooser of the whole site, is there in a language: per cent. */
static unsigned
percent_of(const struct writing *wr, const struct language *l)
{
	const struct world *w = wr->locale->world;
	const struct page *p = wr->general ? wr->general : w->home;

	if (w->survey && !wr->general)
		return share_of(&w->survey->totals[l->index]);
	if (w->survey && p && locale_has(p, l))
		return survey_page(w, l, p)->share;
	return l->source ? 100 : 0;
}

static struct value
make_percent(void *self, const void *what)
{
	return number(self, percent_of(self, what));
}

static struct value
make_share(void *self, const void *what)
{
	const struct writing *wr = self;

	return value_text(lang_percent(wr->locale->language->lang, wr->item, (double)percent_of(wr, what) / 100));
}

static struct value
make_complete(void *self, const void *what)
{
	return value_bool(percent_of(self, what) == 100);
}

static struct value
language_of(const struct writing *wr, struct language *l)
{
	const struct world *w = wr->locale->world;
	const struct page *p = wr->general ? wr->general : w->home;
	struct value v = value_map_for(wr->item, LANGUAGE_ENTRIES);

	set_text(wr, &v, "tag", l->lang->tag);
	set_text(wr, &v, "name", l->name);
	set_text(wr, &v, "english", l->lang->english);
	set_text(wr, &v, "dir", l->lang->rtl ? VIEW("rtl") : VIEW("ltr"));
	set_text(wr, &v, "href", p ? context_href(wr, assemble_path(wr->item, l, p)) : VIEW_NONE);
	set(wr, &v, "current", value_bool(wr->general && l == wr->locale->language));
	set(wr, &v, "source", value_bool(l->source));
	set_later(wr, &v, "percent", make_percent, l);
	set_later(wr, &v, "share", make_share, l);
	set_later(wr, &v, "complete", make_complete, l);
	if (!wr->general)
		set_text(wr, &v, "site-title", title_in(wr, l));
	return v;
}

static struct value
make_languages(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct world *w = what;
	struct value list = value_list();

	for (size_t i = 0; i < w->site.nlanguages; i++) {
		struct language *l = w->site.languages[i];

		if (w->survey && !w->survey->published[l->index])
			continue;
		if (wr->general && !locale_has(wr->general, l))
			continue;
		value_push(&list, wr->item, language_of(wr, l));
	}
	return list;
}

/* The absolute address of an output path; nothing without a base address. */
static struct view
absolute(const struct writing *wr, struct view path)
{
	struct view base = wr->locale->world->site.base_url;
	char *p;

	if (base.n == 0)
		return VIEW_NONE;
	p = arena_room(wr->item, base.n + path.n + 1);
	memcpy(p, base.p, base.n);
	memcpy(p + base.n, path.p, path.n);
	p[base.n + path.n] = '\0';
	return view_of(p, base.n + path.n);
}

static struct value
make_alternates(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct world *w = what;
	struct value list = value_list();

	for (size_t i = 0; w->site.base_url.n && wr->general && i < w->site.nlanguages; i++) {
		const struct language *l = w->site.languages[i];
		struct value v = value_map_for(wr->item, 2);

		if (!locale_has(wr->general, l) || (w->survey && !w->survey->published[i]))
			continue;
		set_text(wr, &v, "tag", l->lang->tag);
		set_text(wr, &v, "href", absolute(wr, assemble_path(wr->item, l, wr->general)));
		value_push(&list, wr->item, v);
	}
	return list;
}

/* Absolute addresses, only with a base address. */
static void
set_absolute(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;
	const struct language *source = w->site.source, *own = wr->locale->language;

	set_text(wr, top, "canonical", absolute(wr, wr->out_path));
	set_text(wr, top, "x-default", wr->general && locale_has(wr->general, source) ?
	    absolute(wr, assemble_path(wr->item, source, wr->general)) : VIEW_NONE);
	set_later(wr, top, "alternates", make_alternates, w);
	set_text(wr, top, "card", w->cards && w->cards[own->index] ? absolute(wr, assemble_card(wr->item, own)) :
	    w->cards && w->cards[source->index] ? absolute(wr, assemble_card(wr->item, source)) : VIEW_NONE);
	set_text(wr, top, "feed", w->site.base_url.n && wr->general ?
	    context_href(wr, assemble_feed(wr->item, wr->locale->language)) : VIEW_NONE);
}

static void
set_site(const struct writing *wr, struct value *top)
{
	struct view date, day = wr->locale->world->newest;
	const struct world *w = wr->locale->world;
	const struct choice *c = wr->locale->strings.choices;
	const struct page *help = w->site.help.n ? map_get(&w->by_path, w->site.help) : NULL;
	struct value v = value_map();

	set(wr, &v, "title", context_text(wr, &c[STRINGS_TITLE]));
	set(wr, &v, "description", w->site.description.n ? context_text(wr, &c[STRINGS_DESCRIPTION]) : value_none());
	set(wr, &v, "licence", w->site.licence.n ?
	    context_text(wr, &(struct choice){ .text = w->site.licence, .from = w->site.source }) : value_none());
	set(wr, &v, "as-of", day.n && lang_date(wr->locale->language->lang, wr->item, day, &date) ? value_text(date) : value_none());
	set_text(wr, &v, "as-of-iso", day);
	set(wr, top, "site", v);
	data_set(wr, top);
	set_maybe(wr, top, "help", help != wr->general && wr->general ? help : NULL);
}

struct value
context_make(struct writing *wr)
{
	const struct language *l = wr->locale->language;
	struct value top = value_map_for(wr->item, TOP_ENTRIES);

	set_text(wr, &top, "lang", l->lang->tag);
	set_text(wr, &top, "dir", l->lang->rtl ? VIEW("rtl") : VIEW("ltr"));
	set(wr, &top, "root", value_text(wr->root));
	set_text(wr, &top, "generator", VIEW("Waypost " WAYPOST_VERSION));
	set(wr, &top, "fonts", value_bool(wr->locale->world->fonts));
	set_site(wr, &top);
	set_later(wr, &top, "languages", make_languages, wr->locale->world);
	set_absolute(wr, &top);
	if (!wr->general)
		return top;
	set_text(wr, &top, "chooser", context_href(wr, VIEW("index.html")));
	set_text(wr, &top, "home", wr->locale->world->home ? href_of(wr, wr->locale->world->home) :
	    context_href(wr, VIEW("index.html")));
	set_page(wr, &top);
	set_neighbours(wr, &top);
	set(wr, &top, "has-contents", value_bool(wr->lp->page->nheadings >= 3));
	set_later(wr, &top, "contents", make_contents, wr->lp->page);
	set_later(wr, &top, "status", make_status, wr->lp);
	coverage_set(wr, &top);
	search_set(wr, &top);
	set(wr, &top, "content", value_prog(wr->lp->page->body));
	return top;
}
