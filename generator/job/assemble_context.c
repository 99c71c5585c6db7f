/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What templates are given. */
#include "job/assemble_context.h"

#include "job/assemble.h"
#include "job/assemble_coverage.h"
#include "job/assemble_data.h"
#include "job/assemble_frame.h"
#include "job/assemble_search.h"
#include "job/calendar.h"
#include "job/marks.h"
#include "job/survey.h"
#include "job/version.h"

/* Room in the maps that every page has: more than that is made when it comes. */
enum { SHARED_ENTRIES = 36, TOP_ENTRIES = 3, PAGE_ENTRIES = 12 };

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

/* What is another thing on each page is made when a template asks for it; `make` is given the page's struct writing and `what`. */
static inline __attribute__((always_inline)) void
set_each(const struct writing *wr, struct value *map, const char *key, value_make *make, const void *what)
{
	set(wr, map, key, value_each(wr->item, make, &wr->frame->turn, what));
}

static struct value
text_or_none(struct view text)
{
	return text.n ? value_text(text) : value_none();
}

static inline __attribute__((always_inline)) void
set_text(const struct writing *wr, struct value *map, const char *key, struct view text)
{
	set(wr, map, key, text_or_none(text));
}

/* Made for whatever page asks first. */
static struct value
make_nav(void *self, const void *what)
{
	(void)what;
	return frame_nav(((struct frame *)self)->turn.self);
}

static struct value
make_languages(void *self, const void *what)
{
	(void)what;
	return frame_languages(((struct frame *)self)->turn.self);
}

static struct value
make_alternates(void *self, const void *what)
{
	(void)what;
	return frame_alternates(((struct frame *)self)->turn.self);
}

static void
push_crumbs(const struct writing *wr, struct value *list, const struct page *p)
{
	if (!p)
		return;
	push_crumbs(wr, list, p->parent);
	value_push(list, wr->item, frame_entry(wr, p));
}

static struct value
make_crumbs(void *self, const void *what)
{
	const struct writing *wr = self;
	struct value crumbs = value_list();

	(void)what;
	push_crumbs(wr, &crumbs, wr->general->parent);
	return crumbs;
}

static struct value
make_has_crumbs(void *self, const void *what)
{
	(void)what;
	return value_bool(((const struct writing *)self)->general->parent != NULL);
}

static struct value
entry_or_none(const struct writing *wr, const struct page *p)
{
	return p ? frame_entry(wr, p) : value_none();
}

static struct value
make_previous(void *self, const void *what)
{
	(void)what;
	return entry_or_none(self, ((const struct writing *)self)->general->previous);
}

static struct value
make_next(void *self, const void *what)
{
	(void)what;
	return entry_or_none(self, ((const struct writing *)self)->general->next);
}

static struct value
make_has_turn(void *self, const void *what)
{
	const struct page *p = ((const struct writing *)self)->general;

	(void)what;
	return value_bool(p->previous || p->next);
}

static struct value
make_pages(void *self, const void *what)
{
	(void)what;
	return frame_entries(self, ((const struct writing *)self)->general);
}

static struct value
make_has_pages(void *self, const void *what)
{
	(void)what;
	return value_bool(frame_has_entries(self, ((const struct writing *)self)->general));
}

/* what is the page with help. */
static struct value
make_help(void *self, const void *what)
{
	const struct writing *wr = self;

	return entry_or_none(wr, what != wr->general && wr->general ? what : NULL);
}

static void
set_neighbours(const struct writing *wr, struct value *top)
{
	set_each(wr, top, "has-breadcrumbs", make_has_crumbs, NULL);
	set_each(wr, top, "breadcrumbs", make_crumbs, NULL);
	set_each(wr, top, "previous", make_previous, NULL);
	set_each(wr, top, "next", make_next, NULL);
	set_each(wr, top, "has-turn", make_has_turn, NULL);
	set_each(wr, top, "has-pages", make_has_pages, NULL);
	set_each(wr, top, "pages", make_pages, NULL);
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
	const struct page *p = wr->lp->page;
	struct value list = value_list();
	struct value *last = NULL, items = value_list();


	(void)what;
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

static struct value
make_has_contents(void *self, const void *what)
{
	(void)what;
	return value_bool(((const struct writing *)self)->lp->page->nheadings >= 3);
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
make_status(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct locale_page *lp = wr->lp;
	struct value v = value_map();
	size_t missing = lp->segments - lp->shown;
	bool source = wr->locale->language->source;

	(void)what;
	set(wr, &v, "source", value_bool(source));
	set(wr, &v, "total", frame_number(wr, lp->segments));
	set(wr, &v, "translated", frame_number(wr, lp->shown));
	set(wr, &v, "machine", frame_number(wr, lp->machine));
	set(wr, &v, "outdated", frame_number(wr, lp->outdated));
	set(wr, &v, "missing", frame_number(wr, missing));
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

/* Absolute addresses, only with a base address. */

static struct value
make_canonical(void *self, const void *what)
{
	const struct writing *wr = self;

	(void)what;
	return text_or_none(frame_absolute(wr, wr->out_path));
}

/* what is the source language. */
static struct value
make_default(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct language *source = what;

	return text_or_none(wr->general && locale_has(wr->general, source) ?
	    frame_absolute(wr, assemble_path(wr->item, source, wr->general)) : VIEW_NONE);
}

/* Ways to files that every page has another way to. */

static struct value
make_feed(void *self, const void *what)
{
	const struct writing *wr = self;

	(void)what;
	return text_or_none(wr->locale->world->site.base_url.n && wr->general ?
	    context_href(wr, assemble_feed(wr->item, wr->locale->language)) : VIEW_NONE);
}

static struct value
make_chooser(void *self, const void *what)
{
	(void)what;
	return value_text(context_href(self, VIEW("index.html")));
}

/* what is the first page, if there is one. */
static struct value
make_home(void *self, const void *what)
{
	return what ? text_or_none(frame_href(self, what)) : make_chooser(self, NULL);
}

static void
set_site(const struct writing *wr, struct value *top)
{
	struct view date, day = wr->locale->world->newest;
	const struct world *w = wr->locale->world;
	const struct choice *c = wr->locale->strings.choices;
	struct value v = value_map();

	set(wr, &v, "title", context_text(wr, &c[STRINGS_TITLE]));
	set(wr, &v, "description", w->site.description.n ? context_text(wr, &c[STRINGS_DESCRIPTION]) : value_none());
	set(wr, &v, "licence", w->site.licence.n ?
	    context_text(wr, &(struct choice){ .text = w->site.licence, .from = w->site.source }) : value_none());
	set(wr, &v, "as-of", day.n && lang_date(wr->locale->language->lang, wr->item, day, &date) ? value_text(date) : value_none());
	set_text(wr, &v, "as-of-iso", day);
	set(wr, top, "site", v);
}

/* All that is the same on all pages of a language, or is made when a page asks for it. */
static void
set_shared(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;
	const struct language *l = wr->locale->language, *source = w->site.source;

	set_text(wr, top, "lang", l->lang->tag);
	set_text(wr, top, "dir", l->lang->rtl ? VIEW("rtl") : VIEW("ltr"));
	set_text(wr, top, "generator", VIEW("Waypost " WAYPOST_VERSION));
	set(wr, top, "fonts", value_bool(w->fonts));
	set_site(wr, top);
	data_set(wr, top);
	set_each(wr, top, "help", make_help, w->site.help.n ? map_get(&w->by_path, w->site.help) : NULL);
	set(wr, top, "languages", value_later(wr->item, make_languages, wr->frame, NULL));
	set(wr, top, "alternates", value_later(wr->item, make_alternates, wr->frame, NULL));
	set_each(wr, top, "canonical", make_canonical, NULL);
	set_each(wr, top, "x-default", make_default, source);
	set_each(wr, top, "feed", make_feed, NULL);
	set_text(wr, top, "card", w->cards && w->cards[l->index] ? frame_absolute(wr, assemble_card(wr->item, l)) :
	    w->cards && w->cards[source->index] ? frame_absolute(wr, assemble_card(wr->item, source)) : VIEW_NONE);
	if (!wr->general)
		return;
	set_each(wr, top, "chooser", make_chooser, NULL);
	set_each(wr, top, "home", make_home, w->home);
	set(wr, top, "has-nav", value_bool(frame_has_entries(wr, w->home)));
	set(wr, top, "nav", value_later(wr->item, make_nav, wr->frame, NULL));
	set_neighbours(wr, top);
	set_each(wr, top, "has-contents", make_has_contents, NULL);
	set_each(wr, top, "contents", make_contents, NULL);
	set_each(wr, top, "status", make_status, NULL);
	coverage_set(wr, top);
	search_set(wr, top);
}

/* The same, set once where pages share it. */
static void
begin(struct writing *wr, struct value *top)
{
	struct writing once;
	struct value *shared;

	frame_begin(wr);
	if (!frame_is_shared(wr)) {
		set_shared(wr, top);
		return;
	}
	shared = &wr->frame->shared;
	if (shared->kind == VALUE_NONE) {
		once = *wr;
		once.item = wr->frame->arena;
		*shared = value_map_for(once.item, SHARED_ENTRIES);
		set_shared(&once, shared);
	}
	wr->shared = shared;
}

struct value
context_make(struct writing *wr)
{
	struct value top = value_map_for(wr->item, TOP_ENTRIES);

	begin(wr, &top);
	set(wr, &top, "root", value_text(wr->root));
	if (!wr->general)
		return top;
	set_page(wr, &top);
	set(wr, &top, "content", value_prog(wr->lp->page->body));
	return top;
}
