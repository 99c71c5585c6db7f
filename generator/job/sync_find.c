/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a translation may have gone: catalogs of renamed pages, the same text elsewhere, small changes of short texts. */
#include <stdlib.h>

#include "job/sync_parts.h"

/* A page and a catalog belong together when so many per cent of the texts are the same. */
enum { RENAMED_ENOUGH = 60, RENAMED_LEAST = 3 };
/* So many entries are looked at for the one that a short text was. */
enum { MINOR_TRIES = 40 };

/* A catalog whose page is gone. */
struct stray {
	struct view key;
	size_t live;		/* its entries */
	size_t common;		/* texts it shares with the unit at hand */
	const struct sync_unit *counted;	/* ... whose text at hand was counted last, and which text that was */
	size_t text;
	bool taken;
};

/* Strays that have a text. */
struct holders {
	struct list list;	/* of struct stray * */
};

struct candidate {
	struct stray *stray;
	struct sync_unit *unit;
	size_t share;		/* per cent */
	size_t order;
};

/* Pages and data files live in two worlds: a catalog never goes from one to the other. */
static bool
is_data(struct view key)
{
	return view_starts(key, "data/");
}

/* The catalogs of the language that belong to nothing, because the file they translate is gone. */
static struct list
find_strays(struct sync_pass *p)
{
	const struct site *site = &p->sync->w->site;
	struct list keys = catalog_list(p->arena, site, p->language, p->diags), out = LIST_OF(struct stray);

	for (size_t i = 0; i < keys.n; i++) {
		struct view key = *LIST_AT(&keys, struct view, i);
		struct view file = view_printf(p->arena, "content/%.*s.%s", VIEW_ARG(key), is_data(key) ? "yaml" : "md");
		enum file_kind kind;

		if (!view_is(key, "interface") && !file_kind(&site->root, file, &kind))
			*(struct stray *)list_push(&out, p->arena) = (struct stray){ .key = key };
	}
	return out;
}

/* The texts of all strays. */
static void
read_strays(struct sync_pass *p, struct list *strays, struct map *texts)
{
	struct diags quiet;

	diags_init(&quiet);
	for (size_t i = 0; i < strays->n; i++) {
		struct stray *s = LIST_AT(strays, struct stray, i);
		struct catalog *c = catalog_read(p->arena, &p->sync->w->site, p->language, s->key, VIEW_NONE, &quiet);

		for (size_t k = 0; c && k < c->nlive; k++) {
			struct holders *h = arena_new(p->arena, struct holders), *known;

			h->list = LIST_OF(struct stray *);
			known = map_add(texts, sync_key(p->arena, c->entries[k].source, c->entries[k].context), h);
			*(struct stray **)list_push(&known->list, p->arena) = s;
		}
		s->live = c ? c->nlive : 0;
	}
	diags_release(&quiet);
}

static void
count_text(const struct sync_unit *u, size_t i, const struct holders *h)
{
	for (size_t k = 0; h && k < h->list.n; k++) {
		struct stray *s = *LIST_AT(&h->list, struct stray *, k);

		if (s->counted != u)
			s->common = 0;
		else if (s->text == i)
			continue;
		s->counted = u;
		s->text = i;
		s->common++;
	}
}

/* Strays that share enough with a unit that has no catalog. */
static void
find_candidates(struct sync_pass *p, struct sync_unit *u, struct list *strays, const struct map *texts,
    struct list *out)
{
	struct map seen;
	size_t all = 0;

	map_init(&seen, p->arena);
	for (size_t i = 0; i < u->n; i++) {
		struct view key = sync_key(p->arena, u->segments[i].source, u->segments[i].context);

		if (u->segments[i].words == 0 || map_set(&seen, key, u))
			continue;
		all++;
		count_text(u, i, map_get(texts, key));
	}
	for (size_t i = 0; all > 0 && i < strays->n; i++) {
		struct stray *s = LIST_AT(strays, struct stray, i);
		size_t share;

		if (s->counted != u || is_data(s->key) != is_data(u->key))
			continue;
		share = s->common * 100 / all;
		if (share < RENAMED_ENOUGH && s->common >= RENAMED_LEAST && s->live)
			share = s->common * 100 / s->live;
		if (share >= RENAMED_ENOUGH)
			*(struct candidate *)list_push(out, p->arena) = (struct candidate){ s, u, share, out->n };
	}
}

static int
compare(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->share != b->share)
		return a->share > b->share ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

void
sync_renames(struct sync_pass *p)
{
	struct list strays = LIST_OF(struct stray), found = LIST_OF(struct candidate);
	struct map texts;
	bool any = false;

	for (size_t i = 0; i < p->units.n; i++)
		any |= !LIST_AT(&p->units, struct sync_unit, i)->there;
	if (any)
		strays = find_strays(p);
	if (strays.n == 0)
		return;
	map_init(&texts, p->arena);
	read_strays(p, &strays, &texts);
	for (size_t i = 0; i < p->units.n; i++) {
		struct sync_unit *u = LIST_AT(&p->units, struct sync_unit, i);

		if (!u->there && !view_is(u->key, "interface"))
			find_candidates(p, u, &strays, &texts, &found);
	}
	if (found.n)
		qsort(found.items, found.n, sizeof(struct candidate), compare);
	for (size_t i = 0; i < found.n; i++) {
		struct candidate *c = LIST_AT(&found, struct candidate, i);

		if (c->stray->taken || c->unit->there)
			continue;
		c->stray->taken = c->unit->there = true;
		c->unit->from = c->stray->key;
	}
}

/* How much a translation is worth: what stands in its page before what does not, then by its state. */
static int
rank(const struct catalog_entry *e)
{
	return 1 + (int)e->state + (e->unused ? 0 : STATE_COUNT);
}

void
sync_offers(struct sync_pass *p)
{
	struct list keys = catalog_list(p->arena, &p->sync->w->site, p->language, p->diags);
	struct arena item;
	struct diags quiet;

	arena_init(&item);
	diags_init(&quiet);
	for (size_t i = 0; i < keys.n; i++) {
		struct arena_mark mark = arena_mark(&item);
		struct catalog *c = catalog_read(&item, &p->sync->w->site, p->language, *LIST_AT(&keys, struct view, i),
		    VIEW_NONE, &quiet);

		for (size_t k = 0; c && k < c->n; k++) {
			const struct catalog_entry *e = &c->entries[k];
			struct sync_offer *o = map_get(&p->wanted, sync_key(&item, e->source, e->context));

			if (!o || e->target.n == 0 || e->plural || e->was.n || rank(e) <= o->rank)
				continue;
			*o = (struct sync_offer){ view_copy(p->arena, e->target), e->state, rank(e) };
		}
		arena_rewind(&item, mark);
	}
	diags_release(&quiet);
	arena_release(&item);
}

/* Few letters differ: a slip of the pen, not another text. */
static bool
is_slip(struct view x, struct view y)
{
	size_t longest = x.n > y.n ? x.n : y.n;
	unsigned limit = longest > 120 ? 30 : longest < 8 ? 1 : (unsigned)longest / 4;

	return view_distance(x, y, limit) <= limit;
}

void
sync_match_minor(const struct sync_unit *u, const struct catalog *c, struct match *matches, bool *used)
{
	size_t from = 0;	/* entries before this one stand before the segment at hand */

	for (size_t i = 0; i < u->n; i++) {
		size_t to = c->nlive, tries = 0;

		if (matches[i].entry) {
			if (!matches[i].moved && !matches[i].entry->unused)
				from = (size_t)(matches[i].entry - c->entries) + 1;
			continue;
		}
		for (size_t k = i + 1; k < u->n && to == c->nlive; k++)
			if (matches[k].entry && !matches[k].moved && !matches[k].entry->unused)
				to = (size_t)(matches[k].entry - c->entries);
		for (size_t e = from; e < to && tries < MINOR_TRIES; e++) {
			tries += !used[e];
			if (used[e] || !view_eq(c->entries[e].context, u->segments[i].context) || u->segments[i].source.n == 0 ||
			    !is_slip(c->entries[e].source, u->segments[i].source))
				continue;
			used[e] = true;
			matches[i] = (struct match){ .entry = &c->entries[e], .outdated = true };
			from = e + 1;
			break;
		}
	}
}

void
sync_tidy(struct sync_pass *p, struct view folder)
{
	const struct file_root *root = &p->sync->w->site.root;
	struct arena_mark mark = arena_mark(p->arena);
	struct list entries;

	if (!file_list(root, p->arena, folder, &entries, p->diags))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);

		if (e->kind == FILE_FOLDER)
			sync_tidy(p, view_join(p->arena, folder, e->name));
		else if (e->kind == FILE_REGULAR && file_leftover(e->name))
			file_remove(root, view_join(p->arena, folder, e->name));
	}
	arena_rewind(p->arena, mark);
}
