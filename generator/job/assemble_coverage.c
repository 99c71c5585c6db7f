/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far the site is translated: all of it, page by page, and where to start. */
#include "job/assemble_coverage.h"

#include <stdlib.h>

#include "format/html.h"
#include "job/assemble.h"
#include "job/assemble_frame.h"
#include "job/desk.h"
#include "job/survey.h"

enum { START_MAX = 5 };

/* A page, or what remains (page NULL): interface and data. */
struct row {
	const struct page *page;
	const struct tally *tally;
	size_t order;
};

static inline __attribute__((always_inline)) void	/* the hash of a constant key is constant */
set(const struct writing *wr, struct value *map, const char *key, struct value v)
{
	value_set(map, wr->item, key, v);
}

static void
set_number(const struct writing *wr, struct value *map, const char *key, size_t n)
{
	set(wr, map, key, value_number(wr->item, (double)n, lang_number(wr->locale->language->lang, wr->item, (double)n, 0)));
}

/* A share of words as text and as a number from 0 to 100, under "<name>" and "<name>-percent". */
static void
set_share(const struct writing *wr, struct value *map, const char *name, size_t part, size_t whole)
{
	unsigned percent = survey_percent(part, whole);

	set(wr, map, name, value_text(lang_percent(wr->locale->language->lang, wr->item, (double)percent / 100)));
	set(wr, map, view_printf(wr->item, "%s-percent", name).p, value_number(wr->item, percent, VIEW_NONE));
}

/* Paragraphs that no speaker has read. */
static size_t
unread(const struct tally *t)
{
	return t->segments[TALLY_MACHINE] + t->segments[TALLY_DRAFT];
}

static void
set_tally(const struct writing *wr, struct value *map, const struct tally *t)
{
	size_t all = tally_words(t);

	set_number(wr, map, "words", all);
	set_share(wr, map, "share", all - t->words[TALLY_MISSING] - t->words[TALLY_OUTDATED], all);
	set_share(wr, map, "read", t->words[TALLY_TRANSLATED] + t->words[TALLY_REVIEWED], all);
	set_number(wr, map, "missing", t->segments[TALLY_MISSING]);
	set_number(wr, map, "outdated", t->segments[TALLY_OUTDATED]);
	set_number(wr, map, "unread", unread(t));
	set(wr, map, "has-missing", value_bool(t->segments[TALLY_MISSING] > 0));
	set(wr, map, "has-outdated", value_bool(t->segments[TALLY_OUTDATED] > 0));
	set(wr, map, "has-unread", value_bool(unread(t) > 0));
}

/* Where a person works on a unit: the desk's page, with the unit's key behind '?'. Nothing without a desk. */
static struct value
desk_href(const struct writing *wr, struct view key)
{
	const struct page *desk = desk_page(wr->locale->world);
	struct view href;
	struct buf b;

	if (!desk)
		return value_none();
	buf_init(&b);
	buf_addv(&b, context_href(wr, assemble_path(wr->item, wr->locale->language, desk)));
	buf_puts(&b, "?page=");
	for (size_t i = 0; i < key.n; i++) {
		unsigned char c = (unsigned char)key.p[i];

		if (c < 0x80 && (strchr("/-_.", c) || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
			buf_addc(&b, (char)c);
		else
			buf_printf(&b, "%%%02X", c);
	}
	href = view_copy(wr->item, view_buf(&b));
	buf_release(&b);
	return value_text(href);
}

static struct value
row_value(const struct writing *wr, const struct row *r)
{
	const struct tally *t = r->tally;
	struct value v = value_map();

	set(wr, &v, "rest", value_bool(!r->page));
	if (r->page) {
		set(wr, &v, "title", context_text(wr, &survey_heading(wr->locale, r->page)->choices[PAGE_TITLE]));
		set(wr, &v, "href", value_text(context_href(wr, assemble_path(wr->item, wr->locale->language, r->page))));
	}
	set(wr, &v, "desk", desk_href(wr, r->page ? r->page->key : VIEW("interface")));
	set_tally(wr, &v, t);
	set(wr, &v, "why-outdated", value_bool(t->segments[TALLY_OUTDATED] > 0));
	set(wr, &v, "why-missing", value_bool(!t->segments[TALLY_OUTDATED] && t->segments[TALLY_MISSING]));
	set(wr, &v, "why-unread", value_bool(!t->segments[TALLY_OUTDATED] && !t->segments[TALLY_MISSING] && unread(t)));
	return v;
}

/* Every page that is translated from the source, in reading order, then the rest; list of struct row. */
static struct list
rows(const struct writing *wr)
{
	const struct world *w = wr->locale->world;
	const struct survey *s = w->survey;
	const struct language *l = wr->locale->language;
	struct list list = LIST_OF(struct row);

	for (size_t i = 0; s && i <= s->npages; i++) {
		const struct page *p = i < s->npages ? *LIST_AT(&w->pages, struct page *, i) : NULL;
		const struct tally *t = &s->pages[l->index * (s->npages + 1) + i].tally;

		if (tally_words(t) && (!p || desk_has(w, l, i)))
			*(struct row *)list_push(&list, wr->item) = (struct row){ p, t, list.n };
	}
	return list;
}

/* How much a page needs someone: what misleads readers first, then what they cannot read, then what nobody has checked. */
static int
need(const struct row *r)
{
	bool home = r->page && r->page->section && r->page->dir.n == 0, review = r->page && r->page->review;

	if (r->tally->segments[TALLY_OUTDATED])
		return review ? 0 : 1;
	if (r->tally->segments[TALLY_MISSING])
		return !r->page || home ? 2 : 3;
	if (unread(r->tally))
		return review ? 4 : 5;
	return 6;
}

static int
compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;

	return need(a) != need(b) ? need(a) - need(b) : (a->order > b->order) - (a->order < b->order);
}

static struct value
language_value(const struct writing *wr, const struct language *l)
{
	const struct survey *s = wr->locale->world->survey;
	struct value v = value_map();

	set(wr, &v, "tag", value_text(l->lang->tag));
	set(wr, &v, "name", value_text(l->name));
	set(wr, &v, "dir", value_text(l->lang->rtl ? VIEW("rtl") : VIEW("ltr")));
	set(wr, &v, "current", value_bool(l == wr->locale->language));
	set(wr, &v, "published", value_bool(s->published[l->index]));
	set(wr, &v, "href", s->published[l->index] ?
	    value_text(context_href(wr, assemble_path(wr->item, l, wr->general))) : value_none());
	set_tally(wr, &v, &s->totals[l->index]);
	return v;
}

static struct value
make_coverage(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct world *w = what;
	struct value v = value_map(), pages = value_list(), start = value_list(), languages = value_list();
	struct list list;

	if (!w->survey)
		return value_none();
	wr->locale->reads |= LOCALE_READS_COUNTS;
	list = rows(wr);
	for (size_t i = 0; i < list.n; i++)
		value_push(&pages, wr->item, row_value(wr, LIST_AT(&list, struct row, i)));
	if (list.n)
		qsort(list.items, list.n, sizeof(struct row), compare);
	for (size_t i = 0; i < list.n && i < START_MAX && need(LIST_AT(&list, struct row, i)) < 6; i++)
		value_push(&start, wr->item, row_value(wr, LIST_AT(&list, struct row, i)));
	for (size_t k = 0; k < w->site.nlanguages; k++)
		if (!w->site.languages[k]->source)
			value_push(&languages, wr->item, language_value(wr, w->site.languages[k]));
	set_tally(wr, &v, &w->survey->totals[wr->locale->language->index]);
	set(wr, &v, "source", value_bool(wr->locale->language->source));
	set(wr, &v, "pages", pages);
	set(wr, &v, "has-start", value_bool(start.n > 0));
	set(wr, &v, "start", start);
	set(wr, &v, "has-languages", value_bool(languages.n > 0));
	set(wr, &v, "languages", languages);
	return v;
}

static struct value
make_desk(void *self, const void *what)
{
	const struct writing *wr = self;
	const struct page *desk = desk_page(what);
	struct value v = value_map();

	if (!desk)
		return value_none();
	set(wr, &v, "href", value_text(context_href(wr, assemble_path(wr->item, wr->locale->language, desk))));
	set(wr, &v, "data", value_text(context_href(wr, desk_overview_path(wr->item, wr->locale->language))));
	set(wr, &v, "source", value_bool(wr->locale->language->source));
	return v;
}

void
coverage_set(const struct writing *wr, struct value *top)
{
	const struct world *w = wr->locale->world;

	set(wr, top, "coverage", value_each(wr->item, make_coverage, &wr->frame->turn, w));
	set(wr, top, "desk", value_each(wr->item, make_desk, &wr->frame->turn, w));
}
