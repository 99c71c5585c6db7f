/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The plan of the last build once more: when only texts of some pages and catalogs have changed, and nothing that others see of these pages. Then only
 * their products are looked at, and what is remembered is brought up to date in place.
 */
#include "base/hash.h"
#include "job/assemble.h"
#include "job/depend_parts.h"
#include "job/desk.h"
#include "job/search.h"
#include "job/state.h"
#include "job/survey.h"

static const struct page *
page_at(const struct depend *x, size_t i)
{
	return *LIST_AT(&x->world->pages, struct page *, i);
}

/* Facts stand in the order in which depend_put lists them. */
static struct depend_fact *
fact_of_language(const struct depend *x, size_t k, size_t which)
{
	static const char *const kinds[] = { "words", "titles", "counts" };

	return depend_past_fact(x, 3 * k + which, kinds[which], x->world->site.languages[k]->lang->tag);
}

static struct depend_fact *
fact_of_page(const struct depend *x, size_t i, size_t which)
{
	return depend_past_fact(x, 3 * x->world->site.nlanguages + 2 * i + which, which ? "share" : "page", page_at(x, i)->path);
}

static bool
is(const struct depend_fact *f, uint64_t value)
{
	return f && f->value == value;
}

/* Whether what all products of a language read is the same, and nothing is asked that hangs on many pages. */
static bool
same_facts(const struct depend *x)
{
	size_t n = x->world->site.nlanguages, last = 3 * n + 2 * x->world->pages.n;
	const struct depend_facts *f = &x->facts;
	bool same = is(depend_past_fact(x, last, "site", VIEW_NONE), f->site) &&
	    is(depend_past_fact(x, last + 1, "rest", VIEW_NONE), depend_rest(x)), counts = true;

	for (size_t k = 0; k < n && same; k++) {
		same = is(fact_of_language(x, k, 0), f->words[k]) && is(fact_of_language(x, k, 1), f->titles[k]);
		counts &= is(fact_of_language(x, k, 2), f->counts[k]);
	}
	for (size_t i = 0; i < x->past.head.nrecords && same; i++) {
		const struct depend_record *r = &x->past.records[i];

		same = r->kind != DEPEND_FONT && r->kind != DEPEND_SEARCH && !(r->reads & LOCALE_READS_CONTENT) &&
		    (counts || !(r->reads & LOCALE_READS_COUNTS));
	}
	return same;
}

/* A product that may have to be made. False when the last build did not make it. */
static bool
list(struct depend *x, struct view path)
{
	size_t i = map_index(&x->past.paths, path);
	struct depend_product *p;

	if (i == SIZE_MAX)
		return false;
	p = arena_new(x->arena, struct depend_product);
	*p = (struct depend_product){ .path = x->past.paths.entries[i].key, .number = x->products.n, .before = &x->past.records[i] };
	*(struct depend_product **)list_push(&x->products, x->arena) = p;
	x->of_record[i] = (uint32_t)x->products.n;
	return true;
}

/* The products of the pages whose text, translations or shares have changed. False when others see that, too. */
static bool
list_pages(struct depend *x)
{
	const struct world *w = x->world;
	size_t row = w->pages.n + 1;

	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = page_at(x, i);
		const struct depend_fact *page = fact_of_page(x, i, 0);
		bool all = !is(fact_of_page(x, i, 1), x->facts.shares[i]);

		if (!is(page, x->facts.pages[i])) {
			if (!page || p->light || !depend_same_head(x, p))
				return false;
			all = true;
		}
		for (size_t k = 0; k < w->site.nlanguages; k++) {
			const struct language *l = w->site.languages[k];

			if ((!all && w->past->same[k * row + i]) || !x->plan->languages[k] || x->plan->left_out[i] || !locale_has(p, l))
				continue;
			if (!list(x, assemble_path(x->arena, l, p)))
				return false;
			depend_base_of_page(x, p, l);
			x->touched[i] = true;
		}
	}
	return true;
}

/* The pages that say something of everything. */
static void
list_singles(struct depend *x)
{
	static const char *const names[] = { "index.html", "404.html" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct depend_record *r = map_get(&x->past.paths, view_str(names[i]));

		if (r && r->kind == DEPEND_PAGE)
			list(x, view_str(names[i]));
	}
	depend_bases_of_all(x);
}

/* Pictures for shared links hang on the fonts of this computer, which are the same: a language has one if it had one. */
static void
find_cards(struct depend *x, struct world *w)
{
	if (!w->site.base_url.n)
		return;
	w->cards = arena_array(w->arena, w->site.nlanguages, sizeof *w->cards);
	for (size_t k = 0; k < w->site.nlanguages; k++)
		w->cards[k] = x->plan->languages[k] && plan_has(x->plan, assemble_card(x->arena, w->site.languages[k]));
}

static bool
plan_once_more(struct depend *x)
{
	struct world *w = x->world;

	if (depend_published(x) != x->past.head.published)
		return false;
	find_cards(x, w);
	depend_find_facts(x);
	if (!same_facts(x))
		return false;
	x->again = true;
	x->of_record = arena_array(x->arena, x->past.head.nrecords, sizeof *x->of_record);
	x->touched = arena_array(x->arena, w->pages.n, sizeof *x->touched);
	if (!list_pages(x))
		return false;
	list_singles(x);
	return true;
}

bool
depend_plan_again(struct depend *x, struct world *w, struct plan *plan, const bool *only)
{
	if (!x || !x->light_held || !w->past || x->past.head.said || w->diags->list.n || desk_page(w) || search_page(w) || !depend_same_outer(x))
		return false;
	plan_again(plan, w, only, &x->past.paths, x->past.head.state);
	x->world = w;
	x->plan = plan;
	if (plan_once_more(x))
		return true;
	x->again = false;
	x->products.n = 0;
	w->cards = NULL;
	x->plan = NULL;
	return false;
}

bool
depend_touches(const struct depend *x, size_t page)
{
	return !x || !x->again || x->touched[page];
}

/* Files outside of the project stay those that were looked at, as they were. */
static void
take_outer(struct depend *x)
{
	for (size_t i = 0; i < x->past.head.nouter; i++)
		*(struct view *)list_push(&x->outer, x->arena) = x->past.outer[i].path;
}

void
depend_list(struct depend *x)
{
	struct list listed = x->products;

	x->products = LIST_OF(struct depend_product *);
	x->again = false;
	take_outer(x);
	for (size_t i = 0; i < x->past.paths.n; i++) {
		const struct depend_record *r = &x->past.records[i];
		struct depend_product *p;

		if (x->of_record[i]) {
			p = *LIST_AT(&listed, struct depend_product *, x->of_record[i] - 1);
		} else {
			p = arena_new(x->arena, struct depend_product);
			*p = (struct depend_product){ .path = x->past.paths.entries[i].key, .kind = (enum depend_kind)r->kind, .before = r, .now = *r,
				.fresh = true, .intact = true };
		}
		p->number = i;
		*(struct depend_product **)list_push(&x->products, x->arena) = p;
	}
}

/* What is known of pages and languages that were looked at. */
static void
renew_facts(struct depend *x)
{
	const struct world *w = x->world;

	/* the rows of the survey are what it has written to */
	for (size_t k = 0; k < w->site.nlanguages; k++)
		fact_of_language(x, k, 2)->value = x->facts.counts[k];
	for (size_t i = 0; i < w->pages.n; i++) {
		if (!x->touched[i])
			continue;
		if (!is(fact_of_page(x, i, 0), x->facts.pages[i]))
			depend_renew_head(x, page_at(x, i));
		fact_of_page(x, i, 0)->value = x->facts.pages[i];
		fact_of_page(x, i, 1)->value = x->facts.shares[i];
	}
}

bool
depend_renew(struct depend *x, const struct depend_totals *t, const struct diags *d)
{
	const struct depend_fact *before;

	if (d->list.n || !state_is(x->arena, &x->out, x->past.head.state))
		return false;
	for (size_t i = 0; i < x->products.n; i++) {
		const struct depend_product *p = *LIST_AT(&x->products, struct depend_product *, i);

		if (!p->fresh && !(p->made && p->now.digest))
			return false;
	}
	before = (const void *)arena_copy(x->arena, x->past.facts, x->past.head.nfacts * sizeof *before);
	renew_facts(x);
	x->past.facts = before;		/* for depend_explain */
	for (size_t i = 0; i < x->changes.n; i++) {
		const struct depend_change *c = LIST_AT(&x->changes, struct depend_change, i);

		((struct depend_input *)(uintptr_t)c->before)->version = c->now->in.version;
	}
	for (size_t i = 0; i < x->products.n; i++) {
		const struct depend_product *p = *LIST_AT(&x->products, struct depend_product *, i);

		*(struct depend_record *)(uintptr_t)p->before = p->now;
	}
	x->past.head.pages = t->pages;
	x->past.head.languages = t->languages;
	x->past.head.products = t->products;
	return depend_put_again(x);
}
