/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One language ready to be written. */
#include "job/locale.h"

#include "job/audit.h"

/* A set of segments under one catalog key: a page, a data file, the interface. */
struct unit {
	const struct page *page;	/* NULL but for pages */
	const struct segment *segments;
	size_t n;
	struct view key;
	struct view path;	/* what page: must say */
};

/* One language of the chain, with what its catalog has for the unit. */
struct link {
	const struct language *language;
	const struct catalog *catalog;
	const struct match *matches;	/* NULL for the source language */
};

bool
locale_has(const struct page *p, const struct language *l)
{
	return !p->only || p->only == l;
}

static const struct md_node *
source_tree(struct locale *l, const struct unit *u, const struct segment *s)
{
	struct segment_shape shape = { 0 };

	if (u->page)
		shape = page_shape(u->page, s, l->arena);
	return segment_read(l->arena, s->source, &shape);
}

/* Walks the chain to the first text that may be shown; the source text ends every chain. */
static void
choose(struct locale *l, const struct unit *u, size_t i, const struct link *chain, size_t nchain, size_t *locks,
    struct choice *c)
{
	const struct segment *s = &u->segments[i];
	const struct md_node *tree = NULL;

	for (size_t k = 0; k < nchain; k++) {
		const struct match *m = chain[k].matches ? &chain[k].matches[i] : NULL;
		struct merge_place at = { &l->world->site, chain[k].language, u->page, u->key };
		struct merge_verdict v;

		if (!m || chain[k].language->source)
			continue;
		if (!m->entry || m->entry->target.n == 0)
			continue;
		if (s->tree)
			tree = s->tree;
		else if (!s->plain && !tree && !s->quiet && !(segment_is_plain(s->source) && catalog_plain(m->entry)))
			tree = source_tree(l, u, s);
		v = merge_judge(l->arena, &at, s, m, tree);
		if (v.why == WITHHELD_LOCK && k == 0)
			++*locks;
		if (v.why != WITHHELD_NOT)
			continue;
		*c = (struct choice){ m->entry->target, chain[k].language, m->entry, v.tree, m->outdated,
			m->entry->look.plain && m->entry->look.bare && !m->entry->plural };
		return;
	}
	*c = (struct choice){ s->source, s->neutral ? l->language : l->world->site.source, NULL, tree, false, false };
}

static void
count_one(const struct locale *l, const struct segment *s, const struct choice *c, struct locale_page *p)
{
	if (s->words == 0)
		return;
	p->segments++;
	if (c->from != l->language)
		return;
	p->shown++;
	p->outdated += c->outdated;
	p->machine += c->entry && c->entry->state == STATE_MACHINE;
}

static void
count_cell(const struct locale *l, const struct data *t, size_t data, int segment, struct locale_page *p)
{
	if (segment >= 0)
		count_one(l, &t->segments[segment], &l->data[data].choices[segment], p);
}

/* The rows of a data file that a partial line shows on a page. */
static void
count_rows(const struct locale *l, const struct page_part *part, struct locale_page *p)
{
	const struct data *t = part->data;
	size_t data = 0;

	while (*LIST_AT(&l->world->data, struct data *, data) != t)
		data++;
	for (size_t i = 0; i < t->nitems * t->nfields; i++) {
		const struct data_cell *cell = &t->cells[i];

		if (!t->fields[i % t->nfields].translatable || !data_fits(t, i / t->nfields, &part->where))
			continue;
		count_cell(l, t, data, cell->segment, p);
		for (size_t k = 0; cell->segments && k < cell->texts.n; k++)
			count_cell(l, t, data, cell->segments[k], p);
	}
}

static void
audit_unit(struct locale *l, const struct unit *u, const struct link *own, const bool *used, size_t locks, struct diags *d)
{
	struct audit a = {
		.site = &l->world->site, .language = l->language, .page = u->page, .segments = u->segments,
		.nsegments = u->n, .catalog = own->catalog, .matches = own->matches, .data = &l->world->data,
		.key = u->key, .lines = l->audit,
	};
	struct arena_mark mark = arena_mark(l->arena);

	if (!own->catalog)
		return;
	if (locks)
		audit_withheld(&a, l->arena, d);
	if (l->audit)
		audit_suspicious(&a, used, l->arena, d);
	arena_rewind(l->arena, mark);
}

/* Whether there would be something to report, with its place in the catalog. */
static bool
is_reported(struct locale *l, const struct unit *u, const struct link *own, const bool *used, size_t locks)
{
	struct diags d;
	bool any = locks > 0;

	if (any || !l->audit)
		return any;
	diags_init(&d);
	audit_unit(l, u, own, used, locks, &d);
	any = d.list.n > 0;
	diags_release(&d);
	return any;
}

/* Reads the catalogs of a unit along the chain; beside the page, where nothing is asked of them but their texts. used: see merge_match. */
static void
read_chain(struct locale *l, const struct unit *u, struct link *chain, size_t nchain, bool beside, bool **used)
{
	const struct site *site = &l->world->site;
	struct diags quiet;

	diags_init(&quiet);
	for (size_t k = 0; k < nchain; k++) {
		struct diags *d = k == 0 ? l->diags : &quiet;

		chain[k].language = k == 0 ? l->language : l->language->fallback[k - 1];
		if (chain[k].language->source)
			continue;
		chain[k].catalog = beside && u->page ? catalog_read_beside(l->arena, site, chain[k].language, u->page, d) :
		    catalog_read(l->arena, site, chain[k].language, u->key, u->path, d);
		if (k == 0 && chain[k].catalog)
			*used = arena_array(l->arena, chain[k].catalog->n, sizeof **used);
		chain[k].matches = merge_match(l->arena, u->segments, u->n, chain[k].catalog, k == 0 ? *used : NULL);
	}
	diags_release(&quiet);
}

/* Reads and chooses. Only the language's own catalog speaks up here: a fallback's does in its own locale. */
static void
read_unit(struct locale *l, const struct unit *u, struct locale_page *p, struct catalog **own)
{
	size_t nchain = l->language->source ? 0 : l->language->nfallback + 1, locks = 0;
	struct link *chain = arena_array(l->arena, nchain, sizeof *chain);
	bool *used = NULL, beside, said;

	read_chain(l, u, chain, nchain, !l->places, &used);
	p->page = u->page;
	p->choices = arena_array(l->arena, u->n, sizeof *p->choices);
	for (size_t i = 0; i < u->n; i++)
		choose(l, u, i, chain, nchain, &locks, &p->choices[i]);
	beside = nchain && chain[0].catalog && chain[0].catalog->of_segment;
	said = !beside || is_reported(l, u, &chain[0], used, locks);
	if (beside && said) {
		read_chain(l, u, chain, nchain, false, &used);
		for (size_t i = 0; i < u->n; i++)
			choose(l, u, i, chain, nchain, &(size_t){ 0 }, &p->choices[i]);
	}
	for (size_t i = 0; i < u->n; i++)
		count_one(l, &u->segments[i], &p->choices[i], p);
	tally_add(&p->tally, u->segments, u->n, nchain ? chain[0].matches : NULL);
	if (nchain && said)
		audit_unit(l, u, &chain[0], used, locks, l->diags);
	if (own)
		*own = nchain ? (struct catalog *)chain[0].catalog : NULL;
}

/* A page that is written in this very language: all its text is there. */
static void
read_version(struct locale *l, const struct page *v, struct locale_page *p)
{
	p->page = v;
	p->choices = arena_array(l->arena, v->nsegments, sizeof *p->choices);
	for (size_t i = 0; i < v->nsegments; i++) {
		p->choices[i] = (struct choice){ v->segments[i].source, l->language, NULL, NULL, false, false };
		p->segments += v->segments[i].words != 0;
	}
	p->shown = p->segments;
	tally_add(&p->tally, v->segments, v->nsegments, NULL);
}

static const struct page *
version_of(const struct page *p, const struct language *l)
{
	if (p->only)
		return p;
	for (size_t i = 0; i < p->nversions; i++)
		if (p->versions[i]->only == l)
			return p->versions[i];
	return NULL;
}

const struct page *
locale_skeleton(const struct page *p, const struct language *l)
{
	const struct page *v = version_of(p, l);

	return v ? v : p;
}

bool
locale_translated(const struct page *p, const struct language *l)
{
	return !version_of(p, l);
}

/* A translation may use the tags of its source only: to read one with a tag takes the source's tree. */
const struct md_node *
locale_tree(const struct page *p, const struct segment *s, const struct choice *c, struct arena *a)
{
	struct segment_shape shape;

	if (c->tree || (s->tree && view_eq(c->text, s->source)))
		return c->tree ? c->tree : s->tree;
	shape = page_shape(p, s, a);
	if (!view_eq(c->text, s->source) && view_find(c->text, '<') < c->text.n)
		shape.source = s->tree ? s->tree : segment_read(a, s->source, &shape);
	return segment_read(a, c->text, &shape);
}

void
locale_forget(struct locale *l, const struct page *p)
{
	l->pages[p->index] = NULL;
}

struct locale_page *
locale_page(struct locale *l, const struct page *p)
{
	struct locale_page *q = l->pages[p->index];
	const struct page *v;

	if (q)
		return q;
	load_fill(l->world, p);
	q = l->pages[p->index] = arena_new(l->arena, struct locale_page);
	v = version_of(p, l->language);
	if (v) {
		read_version(l, v, q);
	} else {
		struct unit u = { p, p->segments, p->nsegments, p->key, p->path };

		read_unit(l, &u, q, NULL);
	}
	for (size_t i = 0; i < q->page->nparts; i++)
		if (q->page->parts[i].data && q->page->parts[i].data->nsegments && !q->page->parts[i].dead)
			count_rows(l, &q->page->parts[i], q);
	return q;
}

void
locale_open(struct locale *l, struct arena *a, const struct world *w, struct language *language, bool audit,
    struct diags *d)
{
	struct unit u = { NULL, w->strings.segments, w->strings.nsegments, VIEW("interface"), VIEW_NONE };

	*l = (struct locale){ .arena = a, .world = w, .language = language, .diags = d, .audit = audit };
	l->pages = arena_array(a, w->pages.n, sizeof *l->pages);
	read_unit(l, &u, &l->strings, &l->interface);
	l->data = arena_array(a, w->data.n, sizeof *l->data);
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		u = (struct unit){ NULL, t->segments, t->nsegments, view_join(a, VIEW("data"), t->name), VIEW_NONE };
		if (t->nsegments)
			read_unit(l, &u, &l->data[i], NULL);
	}
}

void
locale_strays(struct locale *l)
{
	const struct world *w = l->world;
	struct list keys = catalog_list(l->arena, &w->site, l->language, l->diags);

	for (size_t i = 0; i < keys.n; i++) {
		struct view key = *LIST_AT(&keys, struct view, i);
		bool known = view_is(key, "interface") || view_is(key, "language");

		known |= map_get(&w->by_path, view_concat(l->arena, key, VIEW(".md"))) != NULL;
		for (size_t k = 0; k < w->data.n && !known; k++)
			known = view_starts(key, "data/") &&
			    view_eq(view_slice(key, 5, key.n), (*LIST_AT(&w->data, struct data *, k))->name);
		if (!known)
			diag(l->diags, catalog_stray, place_file(view_printf(l->arena, "%.*s/%.*s.yaml",
			    VIEW_ARG(l->language->dir), VIEW_ARG(key))), key);
	}
}
