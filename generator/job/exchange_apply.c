/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was taken from a file goes into the catalogs. */
#include "job/exchange_parts.h"
#include "job/hint.h"

static bool
open_catalog(struct exchange *x, struct exchange_unit *u, struct diags *d)
{
	if (u->patch)
		return true;
	if (!u->closed)
		u->patch = patch_open(x->arena, &x->world->site, x->language, u->key, u->path, u->catalog, d);
	else
		diag(d, import_closed, place_file(view_printf(x->arena, "%.*s/%.*s.yaml", VIEW_ARG(x->language->dir),
		    VIEW_ARG(u->key))));
	u->closed = !u->patch;
	return u->patch != NULL;
}

/* The first form of the text, or the text itself. */
static struct exchange_item *
first_form(struct exchange_item *it)
{
	return it->plural ? it->plural : it;
}

/* The entry for the text is made, or brought back from `unused:`. */
static void
make_entry(struct exchange *x, struct exchange_item *it)
{
	struct exchange_unit *u = it->unit;

	if (it->entry == EXCHANGE_NO_ENTRY) {
		long entry = (long)patch_add(u->patch, it->segment->source, it->segment->context);

		patch_set_hints(u->patch, (size_t)entry, hint_lines(x->arena, x->world, x->language->lang, u->page,
		    it->segment));
		for (struct exchange_item *f = first_form(it); f; f = f->next_form)
			f->entry = entry;
	}
	if (u->entries[it->segment_at] == EXCHANGE_NO_ENTRY) {
		u->entries[it->segment_at] = it->entry;
		u->grown = true;
	}
}

/* All forms go into one target; the least of their states is the entry's. */
static void
set_forms(struct exchange *x, const struct exchange_item *it, enum state *state, bool *outdated)
{
	struct list forms = LIST_OF(struct patch_form);

	*state = STATE_REVIEWED;
	*outdated = false;
	for (const struct exchange_item *f = it->plural; f; f = f->next_form) {
		if (f->target.n == 0)
			continue;
		*(struct patch_form *)list_push(&forms, x->arena) = (struct patch_form){ f->form, f->target };
		*state = f->state < *state ? f->state : *state;
		*outdated |= f->outdated;
	}
	if (forms.n)
		patch_set_forms(it->unit->patch, (size_t)it->entry, forms.items, forms.n);
	else
		*state = STATE_TRANSLATED;
}

bool
exchange_apply(struct exchange *x, struct exchange_item *it, const struct exchange_change *c, struct diags *d)
{
	struct exchange_unit *u = it->unit;
	bool new_text = !view_eq(it->target, c->target), outdated = c->outdated;
	enum state state = c->state;
	size_t entry;

	if (!open_catalog(x, u, d))
		return false;
	make_entry(x, it);
	entry = (size_t)it->entry;
	it->target = c->target;
	it->state = c->state;
	it->outdated = c->outdated;
	if (it->plural)
		set_forms(x, it, &state, &outdated);
	else
		patch_set(u->patch, entry, PATCH_TARGET, c->target);
	if (!outdated) {
		patch_set(u->patch, entry, PATCH_SOURCE, it->segment->source);
		patch_set(u->patch, entry, PATCH_WAS, VIEW_NONE);
	}
	patch_set_state(u->patch, entry, state);
	if (new_text) {
		patch_set(u->patch, entry, PATCH_REVIEWED_BY, VIEW_NONE);
		patch_set(u->patch, entry, PATCH_ON, VIEW_NONE);
		if (it->by.n)
			patch_set(u->patch, entry, PATCH_BY, it->by);
	}
	if (c->note.n && c->clash)
		patch_comment(u->patch, entry, c->note);
	else if (c->note.n)
		patch_set(u->patch, entry, PATCH_NOTE, c->note);
	if (c->note.n && !c->clash)
		it->note = c->note;
	return true;
}

/* Live entries in their order, each new one behind that of the text before it. */
static void
arrange(struct exchange *x, struct exchange_unit *u)
{
	size_t nlive = u->catalog ? u->catalog->nlive : 0, count = patch_count(u->patch), n = 0;
	long *behind = arena_array(x->arena, count + 1, sizeof *behind), last = 0;
	bool *placed = arena_array(x->arena, count, sizeof *placed);
	size_t *order = arena_array(x->arena, count, sizeof *order);

	memset(placed, 1, nlive);
	/* numbers are one up here: 0 is the place before all */
	for (size_t i = 0; i < u->n; i++) {
		long e = u->entries[i];

		if (e == EXCHANGE_NO_ENTRY)
			continue;
		if (!placed[e]) {
			while (behind[last])
				last = behind[last];
			behind[last] = e + 1;
			placed[e] = true;
		}
		last = e + 1;
	}
	for (long at = behind[0]; at; at = behind[at])
		order[n++] = (size_t)at - 1;
	for (size_t i = 0; i < nlive; i++)
		for (long at = (long)i + 1; at; at = behind[at])
			order[n++] = (size_t)at - 1;
	patch_arrange(u->patch, order, n);
}

bool
exchange_write(struct exchange *x, struct diags *d)
{
	bool good = true;

	for (size_t i = 0; i < x->units.n; i++) {
		struct exchange_unit *u = *LIST_AT(&x->units, struct exchange_unit *, i);

		if (!u->patch)
			continue;
		if (u->grown)
			arrange(x, u);
		if (patch_changed(u->patch))
			good &= patch_write(u->patch, d) != FILE_FAILED;
	}
	return good;
}
