/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products are made of, as digests: of the site, of a language, of a data file in a language. Pages are in depend_pages.c. */
#include "base/hash.h"
#include "job/assemble.h"
#include "job/calendar.h"
#include "job/depend_parts.h"
#include "job/desk.h"
#include "job/sitemap.h"
#include "job/survey.h"

uint64_t
depend_rest(const struct depend *x)
{
	uint64_t digest = depend_mix(x->facts.theme, x->facts.names);

	for (size_t k = 0; k < x->world->site.nlanguages; k++)
		digest = depend_mix(digest, x->facts.all_data[k]);
	return digest;
}

uint64_t
depend_fact_key(const char *kind, struct view of)
{
	return hash_more(hash_bytes(view_str(kind)), of);
}

static uint64_t
mix_text(uint64_t digest, struct view text)
{
	return depend_mix(digest, hash_bytes(text));
}

/* A file and its like along the chain of fallbacks: "interface.yaml" of French, then of English. */
static uint64_t
mix_chain(struct depend *x, uint64_t digest, const struct language *l, struct view file)
{
	for (size_t k = 0; k <= l->nfallback; k++) {
		const struct language *in = k ? l->fallback[k - 1] : l;

		digest = mix_text(digest, in->lang->tag);
		digest = depend_mix(digest, depend_content(x, view_join(x->arena, in->dir, file)));
	}
	return digest;
}

static bool
is_template(struct view path)
{
	return view_starts(path, "themes/") && view_ends(path, ".html");
}

/* Settings, languages, what is published; which data files there are; the newest date. */
static uint64_t
find_site(struct depend *x)
{
	const struct world *w = x->world;
	uint64_t digest = depend_content(x, w->site.file);

	digest = mix_text(digest, w->site.base_url);
	digest = depend_mix(digest, depend_content(x, VIEW("content/links.yaml")));
	digest = depend_mix(digest, w->fonts);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		digest = mix_text(digest, l->lang->tag);
		digest = depend_mix(digest, depend_content(x, view_join(x->arena, l->dir, VIEW("language.yaml"))));
		digest = depend_mix(digest, (uint64_t)x->plan->languages[k] << 1 | (w->cards && w->cards[k]));
	}
	for (size_t i = 0; i < w->data.n; i++)
		digest = mix_text(digest, (*LIST_AT(&w->data, struct data *, i))->name);
	return mix_text(digest, w->newest);
}

static void
find_theme(struct depend *x)
{
	uint64_t all = 0, names = 0;

	for (size_t i = 0; i < x->inputs.n; i++) {
		struct depend_found *f = LIST_AT(&x->inputs, struct depend_found, i);

		if (!is_template(f->path))
			continue;
		all += depend_mix(f->in.key, depend_content(x, f->path));	/* in any order */
		names += depend_mix(f->in.key, 1);
	}
	x->facts.theme = all;
	x->facts.names = names;
}

/* A page as others see it: where it is, what stands where it does in the order. */
static uint64_t
mix_place(uint64_t digest, const struct page *p)
{
	digest = mix_text(digest, p->path);
	digest = mix_text(digest, p->out);
	digest = mix_text(digest, p->icon);
	digest = mix_text(digest, p->as_of);
	digest = mix_text(digest, p->layout);
	digest = mix_text(digest, p->calendar);
	digest = mix_text(digest, p->parent ? p->parent->path : VIEW_NONE);
	digest = depend_mix(digest, (uint64_t)p->section << 2 | (uint64_t)p->version << 1 | (p->nparts > 0));
	if (p->only) {
		digest = mix_text(digest, p->only->lang->tag);
		digest = mix_text(digest, p->segments[PAGE_TITLE].source);
	}
	return digest;
}

static void
find_titles(struct depend *x)
{
	const struct world *w = x->world;
	uint64_t places = x->facts.site;

	for (size_t i = 0; i < w->pages.n; i++) {
		places = mix_place(places, *LIST_AT(&w->pages, struct page *, i));
		places = depend_mix(places, x->plan->left_out[i]);
	}
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct survey_page *s = &w->survey->pages[k * (w->survey->npages + 1)];
		uint64_t digest = places;

		for (size_t i = 0; i < w->pages.n; i++)
			digest = depend_mix(digest, s[i].heading);
		x->facts.titles[k] = digest;
	}
}

static uint64_t
mix_tally(uint64_t digest, const struct tally *t)
{
	return mix_text(digest, view_of((const char *)t, sizeof *t));
}

static void
find_counts(struct depend *x)
{
	const struct world *w = x->world;
	size_t row = w->survey->npages + 1;
	uint64_t totals = 0;

	for (size_t k = 0; k < w->site.nlanguages; k++)
		totals = mix_tally(totals, &w->survey->totals[k]);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		uint64_t digest = totals;

		for (size_t i = 0; i < row; i++)
			digest = mix_tally(digest, &w->survey->pages[k * row + i].tally);
		x->facts.counts[k] = digest;
	}
}

/* The bytes of a data file, and what its cells lead to: a row knows where it is shown. */
static uint64_t
data_alone(struct depend *x, const struct data *t)
{
	uint64_t digest = depend_mix(depend_content(x, t->file), depend_content(x, VIEW("content/exceptions.yaml")));

	for (size_t i = 0; i < t->nitems * t->nfields; i++) {
		const struct list *links = &t->cells[i].links;

		for (size_t k = 0; k < links->n; k++) {
			const struct data_link *link = LIST_AT(links, struct data_link, k);

			digest = depend_mix(digest, link->row << 1 | link->own);
			digest = mix_text(digest, link->page ? link->page->path : VIEW_NONE);
			digest = mix_text(digest, link->fragment);
		}
	}
	return digest;
}

static uint64_t
data_in(struct depend *x, const struct data *t, uint64_t alone, const struct language *l)
{
	return mix_chain(x, alone, l, view_printf(x->arena, "data/%.*s.yaml", VIEW_ARG(t->name)));
}

static void
find_data(struct depend *x)
{
	const struct world *w = x->world;
	size_t n = w->site.nlanguages;
	uint64_t *alone = arena_array(x->arena, w->data.n * n, sizeof *alone);

	x->rows = 0;
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);
		uint64_t digest = data_alone(x, t);

		for (size_t k = 0; k < n; k++)
			alone[i * n + k] = data_in(x, t, digest, w->site.languages[k]);
	}
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		x->rows += t->nitems;
		for (size_t k = 0; k < n; k++) {
			uint64_t digest = alone[i * n + k];

			x->facts.all_data[k] = depend_mix(x->facts.all_data[k], digest);
			/* rows that cells lead to are shown without the rows that theirs lead to */
			for (size_t f = 0; f < t->nfields; f++)
				for (size_t j = 0; t->fields[f].target && j < w->data.n; j++)
					if (*LIST_AT(&w->data, struct data *, j) == t->fields[f].target)
						digest = depend_mix(digest, alone[j * n + k]);
			x->facts.data[i * n + k] = digest;
		}
	}
}

static void
find_words(struct depend *x)
{
	const struct world *w = x->world;

	for (size_t k = 0; k < w->site.nlanguages; k++)
		x->facts.words[k] = mix_chain(x, depend_mix(depend_content(x, w->strings.file),
		    depend_content(x, VIEW("content/exceptions.yaml"))), w->site.languages[k], VIEW("interface.yaml"));
}

void
depend_find_facts(struct depend *x)
{
	const struct world *w = x->world;
	size_t n = w->site.nlanguages;
	struct depend_facts *f = &x->facts;

	f->words = arena_array(x->arena, n, sizeof *f->words);
	f->titles = arena_array(x->arena, n, sizeof *f->titles);
	f->counts = arena_array(x->arena, n, sizeof *f->counts);
	f->data = arena_array(x->arena, n * w->data.n, sizeof *f->data);
	f->all_data = arena_array(x->arena, n, sizeof *f->all_data);
	f->content = arena_array(x->arena, n, sizeof *f->content);
	f->site = find_site(x);
	find_theme(x);
	find_words(x);
	find_data(x);
	find_titles(x);
	find_counts(x);
	depend_page_facts(x);
}

/* ---- products ---- */

/* What all in a language reads. */
static uint64_t
base_of(const struct depend *x, const struct language *l, uint64_t more)
{
	uint64_t digest = depend_mix(x->facts.site, more);

	digest = mix_text(digest, l->lang->tag);
	digest = depend_mix(digest, x->facts.words[l->index]);
	return depend_mix(digest, x->facts.titles[l->index]);
}

static void
set(struct depend *x, struct view path, enum depend_kind kind, const struct page *p, const struct language *l, uint64_t base)
{
	struct depend_product *q = depend_product(x, path);

	if (!q)
		return;
	q->kind = kind;
	q->page = p;
	q->language = l;
	q->base = base + (base == 0);
}

void
depend_base_of_page(struct depend *x, const struct page *p, const struct language *l)
{
	const struct depend_facts *f = &x->facts;
	const struct page *shown = locale_skeleton(p, l);
	uint64_t digest = base_of(x, l, 1);

	digest = depend_mix(digest, f->layouts[shown->index]);
	digest = depend_mix(digest, f->pages[p->index]);
	digest = depend_mix(digest, f->pages[shown->index]);
	digest = depend_mix(digest, survey_page(x->world, l, p)->choices);
	digest = depend_mix(digest, f->shares[p->index]);
	set(x, assemble_path(x->arena, l, p), DEPEND_PAGE, p, l, digest);
	if (p->calendar.n)
		set(x, calendar_path(x->arena, l, p), DEPEND_PLAIN, p, l,
		    depend_mix(depend_mix(base_of(x, l, 2), f->pages[p->index]), f->all_data[l->index]));
}

/* Texts of the desk are those of the catalog, shown or not. */
static void
set_desk(struct depend *x, const struct language *l)
{
	const struct world *w = x->world;

	set(x, desk_overview_path(x->arena, l), DEPEND_PLAIN, NULL, l,
	    depend_mix(depend_mix(base_of(x, l, 3), x->facts.counts[l->index]), x->facts.all_data[l->index]));
	for (size_t i = 0; i < desk_units(w); i++) {
		struct view key;
		uint64_t digest;

		if (!desk_has(w, l, i))
			continue;
		key = desk_key(w, x->arena, i);
		digest = depend_mix(base_of(x, l, 4), depend_version(x, view_printf(x->arena, "%.*s/%.*s.yaml", VIEW_ARG(l->dir),
		    VIEW_ARG(key))));
		digest = depend_mix(digest, depend_content(x, VIEW("content/exceptions.yaml")));
		digest = depend_mix(digest, i < w->pages.n ? x->facts.pages[i] : depend_version(x, desk_file(w, i)));
		set(x, desk_path(w, x->arena, l, i), DEPEND_PLAIN, NULL, l, digest);
	}
}

/* The chooser and the page for addresses that lead nowhere say something of everything. */
static uint64_t
base_of_all(const struct depend *x)
{
	const struct depend_facts *f = &x->facts;
	size_t source = x->world->site.source->index;
	uint64_t digest = depend_mix(f->theme, f->all_data[source]);

	digest = depend_mix(digest, f->counts[source]);
	for (size_t k = 0; k < x->world->site.nlanguages; k++)
		digest = depend_mix(depend_mix(digest, f->words[k]), f->titles[k]);
	return digest;
}

void
depend_bases_of_all(struct depend *x)
{
	uint64_t all = base_of_all(x);

	set(x, VIEW("index.html"), DEPEND_PAGE, NULL, x->world->site.source, depend_mix(all, 8));
	set(x, VIEW("404.html"), DEPEND_PAGE, NULL, x->world->site.source, depend_mix(all, 9));
}

void
depend_bases(struct depend *x)
{
	const struct world *w = x->world;

	for (size_t i = 0; i < w->pages.n; i++)
		for (size_t k = 0; k < w->site.nlanguages; k++)
			if (!x->plan->left_out[i] && x->plan->languages[k] &&
			    locale_has(*LIST_AT(&w->pages, struct page *, i), w->site.languages[k]))
				depend_base_of_page(x, *LIST_AT(&w->pages, struct page *, i), w->site.languages[k]);
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		if (!x->plan->languages[k])
			continue;
		if (desk_page(w))
			set_desk(x, l);
		set(x, assemble_feed(x->arena, l), DEPEND_PLAIN, NULL, l, base_of(x, l, 5));
		set(x, assemble_card(x->arena, l), DEPEND_PLAIN, NULL, l, depend_mix(base_of(x, l, 10), fonts_cards_digest(x->fonts)));
		set(x, sitemap_path(x->arena, l), DEPEND_PLAIN, NULL, l, base_of(x, l, 6));
	}
	set(x, sitemap_path(x->arena, NULL), DEPEND_PLAIN, NULL, NULL, depend_mix(x->facts.site, 7));
	depend_bases_of_all(x);
	for (size_t i = 0; i < w->assets.n; i++) {
		const struct asset *a = *LIST_AT(&w->assets, struct asset *, i);

		set(x, a->out, DEPEND_PLAIN, NULL, NULL, depend_mix(depend_version(x, a->path), hash_bytes(a->path)));
	}
}

uint64_t
depend_digest(const struct depend *x, const struct depend_product *p, uint64_t reads)
{
	const struct depend_facts *f = &x->facts;
	size_t k = p->language ? p->language->index : 0, n = x->world->site.nlanguages;
	uint64_t digest = depend_mix(p->base, reads);

	if (reads && !p->language)
		bug("a product of no language that reads of one");
	if (reads & LOCALE_READS_COUNTS)
		digest = depend_mix(digest, f->counts[k]);
	if (reads & LOCALE_READS_ALL_DATA)
		digest = depend_mix(digest, f->all_data[k]);
	if (reads & LOCALE_READS_CONTENT)
		digest = depend_mix(digest, f->content[k]);
	for (size_t i = 0; i < x->world->data.n && i < LOCALE_READS_FILES; i++)
		if (reads & LOCALE_READS_FILE << i)
			digest = depend_mix(digest, f->data[i * n + k]);
	return digest + (digest == 0);
}
