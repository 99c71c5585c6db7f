/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Navigation, languages and alternates. */
#include "job/assemble_frame.h"

#include "base/fast.h"
#include "job/assemble.h"
#include "job/survey.h"

/* Room in a map of a language and of a page. */
enum { LANGUAGE_ENTRIES = 12, PAGE_ENTRIES = 8 };

struct frame_layout {
	const struct prog *layout;
	const struct prog *run;		/* what to run; NULL while one page alone has asked */
};

void
frame_begin(struct writing *wr)
{
	struct locale *l = wr->locale;
	bool own = l->marks || (l->frame && l->frame->busy);
	struct frame *f = own ? NULL : l->frame;

	if (!f) {
		f = arena_new(own ? wr->item : l->arena, struct frame);
		f->arena = own ? wr->item : l->arena;
		f->locale = l;
		f->layouts = LIST_OF(struct frame_layout);
		if (!own)
			l->frame = f;
	}
	f->busy = true;
	f->turn.number++;
	f->turn.self = wr;
	wr->frame = f;
}

void
frame_end(struct writing *wr)
{
	if (wr->frame)
		wr->frame->busy = false;
}

bool
frame_is_shared(const struct writing *wr)
{
	return wr->general && !wr->general->only && wr->frame == wr->locale->frame;
}

const struct prog *
frame_layout(const struct writing *wr, const struct prog *layout, const struct prog_run *r)
{
	struct frame *f = wr->frame;
	struct frame_layout *x = NULL;

	if (!frame_is_shared(wr) || !fast(FAST_FRAME))
		return layout;
	for (size_t i = 0; i < f->layouts.n && !x; i++)
		if (LIST_AT(&f->layouts, struct frame_layout, i)->layout == layout)
			x = LIST_AT(&f->layouts, struct frame_layout, i);
	if (!x) {
		x = list_push(&f->layouts, f->arena);
		x->layout = layout;
		return layout;
	}
	if (!x->run) {
		struct prog_run first = *r;
		const struct prog *folded = prog_fold(layout, &first, f->arena);

		x->run = folded ? folded : layout;
	}
	return x->run;
}

static inline __attribute__((always_inline)) void	/* the hash of a constant key is constant */
set(struct arena *a, struct value *map, const char *key, struct value v)
{
	value_set(map, a, key, v);
}

static struct value
text_or_none(struct view text)
{
	return text.n ? value_text(text) : value_none();
}

/* What is another thing on each page. */
static inline __attribute__((always_inline)) void
set_each(const struct frame *f, struct arena *a, struct value *map, const char *key, value_make *make, const void *what)
{
	set(a, map, key, value_each(a, make, &f->turn, what));
}

struct view
frame_href(const struct writing *wr, const struct page *p)
{
	const struct language *own = wr->locale->language;

	if (!locale_has(p, own))
		return context_href(wr, assemble_path(wr->item, p->only, p));
	/* in one folder, that of the language */
	return wr->general ? links_relative(wr->item, wr->general->out, p->out) : context_href(wr, assemble_path(wr->item, own, p));
}

static struct value
make_href(void *self, const void *what)
{
	return text_or_none(frame_href(self, what));
}

static struct value
make_current(void *self, const void *what)
{
	const struct writing *wr = self;

	return value_bool(what == wr->general);
}

static struct value
entry_in(const struct writing *wr, struct arena *a, const struct page *p)
{
	const struct locale_page *lp = survey_heading(wr->locale, p);
	struct value v = value_map_for(a, PAGE_ENTRIES);

	set(a, &v, "title", context_text(wr, &lp->choices[PAGE_TITLE]));
	set(a, &v, "description", lp->page->segments[PAGE_DESCRIPTION].source.n ?
	    context_text(wr, &lp->choices[PAGE_DESCRIPTION]) : value_none());
	set_each(wr->frame, a, &v, "href", make_href, p);
	set(a, &v, "icon", text_or_none(p->icon));
	set_each(wr->frame, a, &v, "current", make_current, p);
	return v;
}

static struct value
entries_in(const struct writing *wr, struct arena *a, const struct page *parent)
{
	struct value list = value_list();

	for (size_t i = 0; parent && i < parent->nchildren; i++)
		if (locale_has(parent->children[i], wr->locale->language))
			value_push(&list, a, entry_in(wr, a, parent->children[i]));
	return list;
}

struct value
frame_entry(const struct writing *wr, const struct page *p)
{
	return entry_in(wr, wr->item, p);
}

struct value
frame_entries(const struct writing *wr, const struct page *parent)
{
	return entries_in(wr, wr->item, parent);
}

bool
frame_has_entries(const struct writing *wr, const struct page *parent)
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
make_active(void *self, const void *what)
{
	const struct writing *wr = self;

	return value_bool(is_below(wr->general, what));
}

/* Once, whatever page asks first. */
static struct value
make_pages(void *self, const void *what)
{
	const struct frame *f = self;

	return entries_in(f->turn.self, f->arena, what);
}

struct value
frame_nav(const struct writing *wr)
{
	const struct page *home = wr->locale->world->home;
	struct frame *f = wr->frame;
	struct arena *a = f->arena;

	if (f->nav.kind != VALUE_NONE)
		return f->nav;
	f->nav = value_list();
	for (size_t i = 0; home && i < home->nchildren; i++) {
		const struct page *p = home->children[i];
		struct value v;

		if (!locale_has(p, wr->locale->language))
			continue;
		v = entry_in(wr, a, p);
		set_each(f, a, &v, "active", make_active, p);
		set(a, &v, "has-pages", value_bool(frame_has_entries(wr, p)));
		set(a, &v, "pages", value_later(a, make_pages, f, p));
		value_push(&f->nav, a, v);
	}
	return f->nav;
}

struct value
frame_number(const struct writing *wr, size_t n)
{
	return value_number(wr->item, (double)n, lang_number(wr->locale->language->lang, wr->item, (double)n, 0));
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
	return frame_number(self, percent_of(self, what));
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

/* The page under way in a language, below an address that ends in '/'. */
static struct value
page_in(const struct writing *wr, struct view head, const struct language *l)
{
	struct view out = wr->general->out;
	size_t n = head.n + l->folder.n + 1 + out.n;
	char *p = arena_room(wr->item, n + 1);

	memcpy(p, head.p, head.n);
	memcpy(p + head.n, l->folder.p, l->folder.n);
	p[head.n + l->folder.n] = '/';
	memcpy(p + n - out.n, out.p, out.n);
	p[n] = '\0';
	return value_text(view_of(p, n));
}

static struct value
make_language_href(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *home = wr->locale->world->home;

	if (wr->general)
		return what == wr->locale->language ? make_href(self, wr->general) : page_in(wr, wr->root, what);
	return text_or_none(home ? context_href(wr, assemble_path(wr->item, what, home)) : VIEW_NONE);
}

static struct value
make_own(void *self, const void *what)
{
	const struct writing *wr = self;

	return value_bool(wr->general && what == wr->locale->language);
}

static struct value
language_in(const struct writing *wr, struct arena *a, struct language *l)
{
	const struct frame *f = wr->frame;
	struct value v = value_map_for(a, LANGUAGE_ENTRIES);

	set(a, &v, "tag", text_or_none(l->lang->tag));
	set(a, &v, "name", text_or_none(l->name));
	set(a, &v, "english", text_or_none(l->lang->english));
	set(a, &v, "dir", value_text(l->lang->rtl ? VIEW("rtl") : VIEW("ltr")));
	set_each(f, a, &v, "href", make_language_href, l);
	set_each(f, a, &v, "current", make_own, l);
	set(a, &v, "source", value_bool(l->source));
	set_each(f, a, &v, "percent", make_percent, l);
	set_each(f, a, &v, "share", make_share, l);
	set_each(f, a, &v, "complete", make_complete, l);
	if (!wr->general)
		set(a, &v, "site-title", text_or_none(title_in(wr, l)));
	return v;
}

static bool
is_listed(const struct writing *wr, const struct language *l)
{
	const struct survey *s = wr->locale->world->survey;

	return (!s || s->published[l->index]) && (!wr->general || locale_has(wr->general, l));
}

struct value
frame_languages(const struct writing *wr)
{
	const struct site *site = &wr->locale->world->site;
	struct arena *a = frame_is_shared(wr) ? wr->frame->arena : wr->item;
	struct value list = value_list();

	for (size_t i = 0; i < site->nlanguages; i++)
		if (is_listed(wr, site->languages[i]))
			value_push(&list, a, language_in(wr, a, site->languages[i]));
	return list;
}

struct view
frame_absolute(const struct writing *wr, struct view path)
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
make_alternate(void *self, const void *what)
{
	const struct writing *wr = self;

	return page_in(wr, wr->locale->world->site.base_url, what);
}

struct value
frame_alternates(const struct writing *wr)
{
	const struct site *site = &wr->locale->world->site;
	struct arena *a = frame_is_shared(wr) ? wr->frame->arena : wr->item;
	struct value list = value_list();

	for (size_t i = 0; site->base_url.n && wr->general && i < site->nlanguages; i++) {
		const struct language *l = site->languages[i];
		struct value v = value_map_for(a, 2);

		if (!is_listed(wr, l))
			continue;
		set(a, &v, "tag", text_or_none(l->lang->tag));
		set_each(wr->frame, a, &v, "href", make_alternate, l);
		value_push(&list, a, v);
	}
	return list;
}
