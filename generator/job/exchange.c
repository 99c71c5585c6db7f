/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All texts of a language with what its catalogs have for them: what export writes and import compares with. */
#include "job/exchange.h"

#include "base/hash.h"
#include "format/yaml.h"
#include "job/exchange_parts.h"
#include "job/locale.h"

struct view
exchange_key(struct arena *a, struct view context, struct view source)
{
	return view_printf(a, "%.*s\4%.*s", VIEW_ARG(context), VIEW_ARG(source));
}

/* The same words twice in one catalog: the second one is told apart by a number. */
static void
number_twin(struct exchange *x, struct exchange_item *it)
{
	struct view key = exchange_key(x->arena, it->context, it->source), first = it->context;
	bool bare = view_find(first, '#') == first.n;

	for (unsigned k = 2; map_get(&x->by_key, key); k++) {
		it->context = view_printf(x->arena, "%.*s%s#%u", VIEW_ARG(first), bare ? "#" : "", k);
		key = exchange_key(x->arena, it->context, it->source);
	}
	map_set(&x->by_key, key, it);
}

static struct exchange_item *
add_item(struct exchange *x, const struct exchange_item *model)
{
	struct exchange_item *it = arena_new(x->arena, struct exchange_item), *first;

	*it = *model;
	number_twin(x, it);
	*(struct exchange_item **)list_push(&x->items, x->arena) = it;
	if (!it->segment)
		return it;
	map_add(&x->by_ident, exchange_ident(x->arena, it->context, it->source), it);
	if (it->was.n) {
		map_add(&x->by_older, exchange_key(x->arena, it->context, it->was), it);
		map_add(&x->by_ident, exchange_ident(x->arena, it->context, it->was), it);
	}
	first = map_add(&x->by_source, it->source, it);
	if (first != it) {
		while (first->twin)
			first = first->twin;
		first->twin = it;
	}
	return it;
}

/* The number of the entry a segment was matched with, or EXCHANGE_NO_ENTRY. */
static long
entry_of(const struct exchange_unit *u, const struct match *m)
{
	return m->entry && u->catalog ? (long)(m->entry - u->catalog->entries) : EXCHANGE_NO_ENTRY;
}

static void
fill(struct exchange_item *it, const struct match *m)
{
	const struct catalog_entry *e = m->entry;

	if (!e)
		return;
	it->entry = entry_of(it->unit, m);
	it->target = e->target;
	it->note = e->note;
	it->state = e->state;
	it->outdated = m->outdated;
	if (m->outdated)
		it->was = e->was.n ? e->was : e->source;
}

/* One item for each form of a plural. */
static void
add_forms(struct exchange *x, struct exchange_item *model, const struct yaml *forms)
{
	struct view other = model->target;
	struct exchange_item *first = NULL, *last = NULL;

	for (size_t i = 0; i < LANG_CATEGORIES; i++) {
		const struct yaml *form = yaml_get(forms, lang_categories[i]);
		bool is_other = strcmp(lang_categories[i], "other") == 0;
		struct exchange_item *it;

		if (!form && !lang_has_category(x->language->lang, lang_categories[i]))
			continue;
		model->form = view_str(lang_categories[i]);
		model->context = view_printf(x->arena, "%.*s#%s", VIEW_ARG(model->unit->name), lang_categories[i]);
		model->target = form && form->kind == YAML_SCALAR ? segment_normal(x->arena, form->text) :
		    is_other ? other : VIEW_NONE;
		it = add_item(x, model);
		it->plural = first ? first : it;
		if (last)
			last->next_form = it;
		first = it->plural;
		last = it;
	}
}

static void
add_segments(struct exchange *x, struct exchange_unit *u)
{
	bool *done = arena_array(x->arena, u->catalog ? u->catalog->n : 0, sizeof *done);
	const struct strings *strings = u->segments == x->world->strings.segments ? &x->world->strings : NULL;
	struct map missing;

	map_init(&missing, x->arena);
	for (size_t i = 0; i < u->n; i++) {
		const struct segment *s = &u->segments[i];
		const struct match *m = &u->matches[i];
		long entry = entry_of(u, m);
		struct exchange_item it = { .unit = u, .segment = s, .string = strings ? strings_at(strings, i) : NULL,
			.source = s->source, .context = u->name, .state = STATE_TRANSLATED, .entry = EXCHANGE_NO_ENTRY, .segment_at = (long)i };

		u->entries[i] = entry != EXCHANGE_NO_ENTRY && !m->entry->unused ? entry : EXCHANGE_NO_ENTRY;
		if (s->source.n == 0)
			continue;
		if (s->context.n)
			it.context = view_printf(x->arena, "%.*s#%.*s", VIEW_ARG(u->name), VIEW_ARG(s->context));
		if (entry != EXCHANGE_NO_ENTRY && done[entry])
			continue;
		if (entry == EXCHANGE_NO_ENTRY && map_set(&missing, exchange_key(x->arena, s->context, s->source), u))
			continue;
		if (entry != EXCHANGE_NO_ENTRY)
			done[entry] = true;
		fill(&it, m);
		it.silent = s->words == 0 && it.target.n == 0;
		if (it.string && it.string->forms)
			add_forms(x, &it, m->entry ? m->entry->plural : NULL);
		else
			add_item(x, &it);
	}
}

/* Entries that no segment asks for; those without a target have nothing to keep. */
static void
add_unused(struct exchange *x, struct exchange_unit *u)
{
	for (size_t i = 0; u->catalog && i < u->catalog->n; i++) {
		const struct catalog_entry *e = &u->catalog->entries[i];
		struct exchange_item it = { .unit = u, .source = e->source, .target = e->target, .context = u->name,
			.was = e->was, .note = e->note, .state = e->state, .outdated = e->was.n > 0, .entry = (long)i };

		if (u->used[i] || e->target.n == 0)
			continue;
		if (e->context.n)
			it.context = view_printf(x->arena, "%.*s#%.*s", VIEW_ARG(u->name), VIEW_ARG(e->context));
		add_item(x, &it);
	}
}

static void
add_unit(struct exchange *x, struct exchange_unit u, struct diags *d)
{
	struct exchange_unit *made = arena_new(x->arena, struct exchange_unit);
	enum file_kind kind;

	*made = u;
	made->catalog = catalog_read(x->arena, &x->world->site, x->language, u.key, u.path, d);
	made->used = arena_array(x->arena, made->catalog ? made->catalog->n : 0, sizeof *made->used);
	made->matches = merge_match(x->arena, u.segments, u.n, made->catalog, made->catalog ? made->used : NULL);
	made->entries = arena_array(x->arena, u.n, sizeof *made->entries);
	made->closed = !made->catalog && file_kind(&x->world->site.root,
	    view_printf(x->arena, "%.*s/%.*s.yaml", VIEW_ARG(x->language->dir), VIEW_ARG(u.key)), &kind);
	*(struct exchange_unit **)list_push(&x->units, x->arena) = made;
	add_segments(x, made);
}

static void
add_pages(struct exchange *x, struct diags *d)
{
	const struct world *w = x->world;

	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *p = *LIST_AT(&w->pages, struct page *, i);

		if (!locale_translated(p, x->language))
			continue;
		add_unit(x, (struct exchange_unit){ .page = p, .segments = p->segments, .n = p->nsegments, .key = p->key,
		    .path = p->path, .name = p->path, .file = p->file }, d);
	}
}

struct exchange *
exchange_open(struct arena *a, const struct world *w, struct language *l, struct diags *d)
{
	struct exchange *x = arena_new(a, struct exchange);

	*x = (struct exchange){ .arena = a, .world = w, .language = l, .units = LIST_OF(struct exchange_unit *),
		.items = LIST_OF(struct exchange_item *) };
	map_init(&x->by_key, a);
	map_init(&x->by_ident, a);
	map_init(&x->by_older, a);
	map_init(&x->by_source, a);
	map_init(&x->by_open, a);
	add_pages(x, d);
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);
		struct view key = view_join(a, VIEW("data"), t->name);

		if (t->nsegments)
			add_unit(x, (struct exchange_unit){ .segments = t->segments, .n = t->nsegments, .key = key,
			    .name = view_printf(a, "%.*s.yaml", VIEW_ARG(key)), .file = t->file }, d);
	}
	add_unit(x, (struct exchange_unit){ .segments = w->strings.segments, .n = w->strings.nsegments,
	    .key = VIEW("interface"), .name = VIEW("interface.yaml"), .file = w->strings.file }, d);
	for (size_t i = 0; i < x->units.n; i++)
		add_unused(x, *LIST_AT(&x->units, struct exchange_unit *, i));
	return x;
}

struct exchange_counts
exchange_counts(const struct exchange *x)
{
	struct exchange_counts c = { 0 };

	for (size_t i = 0; i < x->items.n; i++) {
		const struct exchange_item *it = *LIST_AT(&x->items, struct exchange_item *, i);

		if (it->silent)
			continue;
		if (!it->segment)
			c.unused++;
		else if (it->target.n == 0)
			c.untranslated++;
		else if (it->outdated || it->state < STATE_TRANSLATED)
			c.fuzzy++;
		else
			c.translated++;
	}
	return c;
}

struct language *
exchange_language(const struct site *s, struct arena *a, struct view tag)
{
	struct view copy = view_copy(a, view_slice(tag, 0, view_find(tag, '.'))), canonical;
	char *p = (char *)copy.p;

	for (size_t i = 0; i < copy.n; i++)
		if (p[i] == '_' || p[i] == '@')
			p[i] = '-';
	while (copy.n) {
		struct language *l = lang_canonical(a, copy, &canonical) ? site_language(s, canonical) : NULL;

		if (l)
			return l;
		while (copy.n && copy.p[copy.n - 1] != '-')
			copy.n--;
		copy.n -= copy.n > 0;
	}
	return NULL;
}
