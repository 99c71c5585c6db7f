/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What products are made of: pages, their links and templates. */
#include "base/hash.h"
#include "job/depend_parts.h"
#include "job/search.h"
#include "job/survey.h"

static uint64_t
mix_text(uint64_t digest, struct view text)
{
	return depend_mix(digest, hash_bytes(text));
}

static uint64_t
mix_asset(uint64_t digest, const struct asset *a)
{
	for (const struct asset *v = a; v; v = v == a ? a->versions : v->next) {
		digest = mix_text(digest, v->out);
		digest = mix_text(digest, v->only ? v->only->lang->tag : VIEW_NONE);
		digest = depend_mix(digest, (uint64_t)v->image.width << 32 | v->image.height);
	}
	return digest;
}

/* The source text, and what became of its addresses. */
static uint64_t
page_digest(const struct page *p)
{
	uint64_t digest = mix_text(p->digest, p->path);

	for (size_t i = 0; i < p->ndests; i++) {
		const struct page_dest *d = &p->dests[i];

		digest = depend_mix(digest, d->dead);
		if (d->page) {
			digest = mix_text(digest, d->page->out);
			digest = mix_text(digest, d->page->only ? d->page->only->lang->tag : VIEW_NONE);
		}
		if (d->asset)
			digest = mix_asset(digest, d->asset);
	}
	for (size_t i = 0; i < p->nparts; i++)
		digest = depend_mix(digest, p->parts[i].dead);
	return digest;
}

/* ---- templates ---- */

/* Programs on the way, each once. */
struct walk {
	const struct prog *seen[512];
	size_t n;
	void (*take)(void *self, struct view file);
	void *self;
};

static void
walk_prog(struct walk *k, const struct prog *prog)
{
	if (!prog) {
		k->take(k->self, VIEW_NONE);
		return;
	}
	for (size_t i = 0; i < k->n; i++)
		if (k->seen[i] == prog)
			return;
	if (k->n == sizeof k->seen / sizeof *k->seen) {
		k->take(k->self, VIEW("*"));
		return;
	}
	k->seen[k->n++] = prog;
	k->take(k->self, prog->name);
	for (size_t i = 0; i < prog->n; i++)
		if (prog->ops[i].kind == OP_USE || prog->ops[i].kind == OP_PARENT)
			walk_prog(k, prog->ops[i].prog ? *prog->ops[i].prog : NULL);
}

void
depend_templates(const struct depend *x, const struct page *p, void (*take)(void *self, struct view file), void *self)
{
	struct walk k = { .take = take, .self = self };

	walk_prog(&k, x->world->layouts[p->index]);
	for (size_t i = 0; i < p->nparts; i++)
		walk_prog(&k, p->parts[i].prog);
}

struct sum {
	struct depend *x;
	uint64_t digest;
};

/* One that is missing may come: then the names of all templates change. */
static void
add_template(void *self, struct view file)
{
	struct sum *s = self;

	s->digest = depend_mix(s->digest, file.n == 0 ? s->x->facts.names : view_is(file, "*") ? s->x->facts.theme :
	    depend_content(s->x, file));
}

/* ---- content ---- */

/* What search and the list from A to Z find on a page. A partial may show anything. */
static uint64_t
content_digest(const struct depend *x, const struct page *p, const struct language *l)
{
	const struct depend_facts *f = &x->facts;
	const struct page *shown = locale_skeleton(p, l);
	uint64_t digest = depend_mix(f->pages[p->index], f->pages[shown->index]);

	digest = depend_mix(digest, survey_page(x->world, l, p)->choices);
	if (shown->nparts == 0)
		return digest;
	digest = depend_mix(digest, f->theme);
	digest = depend_mix(digest, f->all_data[l->index]);
	digest = depend_mix(digest, f->counts[l->index]);
	return depend_mix(digest, f->shares[p->index]);
}

static void
find_content(struct depend *x)
{
	const struct world *w = x->world;
	const struct page *search = search_page(w);

	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];
		uint64_t digest = depend_mix(x->facts.words[k], x->facts.titles[k]);

		for (size_t i = 0; i < w->pages.n; i++) {
			const struct page *p = *LIST_AT(&w->pages, struct page *, i);

			if (!x->plan->left_out[i] && !p->version && locale_has(p, l) && p != search)
				digest = depend_mix(digest, content_digest(x, p, l));
		}
		x->facts.content[k] = digest + (digest == 0);
	}
}

void
depend_page_facts(struct depend *x)
{
	const struct world *w = x->world;
	struct depend_facts *f = &x->facts;
	size_t n = w->pages.n;

	f->pages = arena_array(x->arena, n, sizeof *f->pages);
	f->shares = arena_array(x->arena, n, sizeof *f->shares);
	f->layouts = arena_array(x->arena, n, sizeof *f->layouts);
	for (size_t i = 0; i < n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);
		struct sum s = { x, 1 };

		f->pages[i] = p->light ? depend_light_digest(x, p) : page_digest(p);
		for (size_t k = 0; k < w->site.nlanguages; k++)
			f->shares[i] = depend_mix(f->shares[i], survey_page(w, w->site.languages[k], p)->share);
		if (p->nparts == 0 && i && w->layouts[i] == w->layouts[i - 1] &&
		    (*LIST_AT(&w->pages, struct page *, i - 1))->nparts == 0) {
			f->layouts[i] = f->layouts[i - 1];
			continue;
		}
		depend_templates(x, p, add_template, &s);
		f->layouts[i] = s.digest;
	}
	if (!x->plan->logged)	/* else no product reads it */
		find_content(x);
}
