/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One catalog beside what it translates: how it should stand, whether it does, and what to change. */
#include "format/yaml.h"
#include "job/hint.h"
#include "job/sync_parts.h"
#include "model/patch.h"

/* Entries of one identity, in the order in which the page uses them. */
struct twins {
	struct list entries;	/* of const struct catalog_entry * */
	size_t next;
};

static struct view
page_path(struct arena *a, const struct sync_unit *u)
{
	return u->page ? view_printf(a, "%.*s.md", VIEW_ARG(u->from)) : VIEW_NONE;
}

/*
 * What `segments:` is to hold, in page order: every entry that found a segment, and a new one for each text that has none. Of entries of
 * one identity the k-th belongs to the text's k-th place, as job/merge will match them the next time.
 */
static void
lay_out(struct sync_view *v, struct arena *a)
{
	const struct sync_unit *u = v->unit;
	const struct catalog *c = v->catalog;
	bool *placed = c ? arena_array(a, c->n, sizeof *placed) : NULL;
	struct map by_key;

	map_init(&by_key, a);
	for (size_t i = 0; i < u->n; i++) {
		const struct catalog_entry *e = v->matches[i].entry;
		struct twins *t;

		if (!c || !e || placed[e - c->entries])
			continue;
		placed[e - c->entries] = true;
		t = arena_new(a, struct twins);
		t->entries = LIST_OF(const struct catalog_entry *);
		t = map_add(&by_key, sync_key(a, u->segments[i].source, u->segments[i].context), t);
		*(const struct catalog_entry **)list_push(&t->entries, a) = e;
	}
	v->slots = arena_array(a, u->n, sizeof *v->slots);
	for (size_t i = 0; i < u->n; i++) {
		const struct segment *s = &u->segments[i];
		struct view key = sync_key(a, s->source, s->context);
		struct twins *t = s->source.n ? map_get(&by_key, key) : NULL;

		if (t && t->next < t->entries.n) {
			v->slots[v->nslots++] = (struct sync_slot){
				*LIST_AT(&t->entries, const struct catalog_entry *, t->next++), i };
		} else if (!t && s->words > 0) {
			map_set(&by_key, key, arena_new(a, struct twins));
			v->slots[v->nslots++] = (struct sync_slot){ NULL, i };
		}
	}
}

bool
sync_look(struct sync_pass *p, const struct sync_unit *u, struct arena *a, struct diags *d, struct sync_view *v)
{
	bool *used = NULL;

	*v = (struct sync_view){ .unit = u };
	if (u->there) {
		v->catalog = catalog_read(a, &p->sync->w->site, p->language, u->from, page_path(a, u), d);
		if (!v->catalog)
			return false;
		used = arena_array(a, v->catalog->n, sizeof *used);
	}
	v->matches = merge_match(a, u->segments, u->n, v->catalog, used);
	if (p->sync->minor && v->catalog)
		sync_match_minor(u, v->catalog, v->matches, used);
	lay_out(v, a);
	return true;
}

static bool
has_target(const struct catalog_entry *e)
{
	return e->target.n || e->plural;
}

static struct view
wanted_hints(struct sync_pass *p, const struct sync_unit *u, const struct segment *s, struct arena *a)
{
	return hint_lines(a, p->sync->w, p->language->lang, u->page, s);
}

/* Whether the tool lines of an entry that stays as it is need to be written anew. Where there are none, none are added. */
static bool
hints_differ(struct view have, struct view want)
{
	return have.n && !hint_same(have, want);
}

/* The tool lines above each live entry, read off the text: nothing is taken apart for a catalog that is as it should be. The line of a
 * text that begins like one is taken for one, too: then the entry is looked at once more. */
static struct view *
read_hints(const struct catalog *c, struct arena *a)
{
	struct view *hints = arena_array(a, c->nlive, sizeof *hints), rest = c->text, line;
	size_t entry = 0;
	struct buf b;

	buf_init(&b);
	for (unsigned n = 1; entry < c->nlive && view_cut(&rest, '\n', &line); n++) {
		while (entry < c->nlive && c->entries[entry].place.line <= n) {
			hints[entry++] = view_copy(a, view_buf(&b));
			buf_clear(&b);
		}
		line = view_trim(line);
		if (view_starts(line, "#."))
			buf_printf(&b, "%s%.*s", b.n ? "\n" : "", (int)line.n - (view_starts(line, "#. ") ? 3 : 2),
			    line.p + (view_starts(line, "#. ") ? 3 : 2));
	}
	buf_release(&b);
	return hints;
}

bool
sync_differs(struct sync_pass *p, const struct sync_view *v, struct arena *a)
{
	const struct catalog *c = v->catalog;
	const struct view *hints;

	if (!c)
		return v->nslots > 0;
	if (!view_eq(v->unit->from, v->unit->key) || v->nslots != c->nlive)
		return true;
	for (size_t i = 0; i < v->nslots; i++)
		if (v->slots[i].entry != &c->entries[i] ||
		    !view_eq(c->entries[i].source, v->unit->segments[v->slots[i].segment].source))
			return true;
	if (view_search(c->text, VIEW("#.")) == c->text.n)
		return false;
	hints = read_hints(c, a);
	for (size_t i = 0; i < v->nslots; i++)
		if (hints[i].n &&
		    hints_differ(hints[i], wanted_hints(p, v->unit, &v->unit->segments[v->slots[i].segment], a)))
			return true;
	return false;
}

/* An event about a text of the page. */
static void
say(struct sync_pass *p, const struct sync_view *v, enum sync_kind kind, size_t segment, const struct catalog_entry *e)
{
	const struct segment *s = &v->unit->segments[segment];
	struct sync_event event = { .kind = kind, .place = s->place, .text = s->source, .words = s->words,
		.state = e ? e->state : STATE_TRANSLATED, .begun = !v->catalog,
		.critical = s->critical || (v->unit->page && v->unit->page->critical) };

	if (e && !view_eq(e->source, s->source))
		event.old = e->source;
	sync_say(p, &event);
}

static void
add(struct sync_pass *p, const struct sync_view *v, struct patch *patch, size_t entry, size_t segment, struct arena *a)
{
	const struct segment *s = &v->unit->segments[segment];
	const struct sync_offer *o = map_get(&p->wanted, sync_key(a, s->source, s->context));

	patch_set_hints(patch, entry, wanted_hints(p, v->unit, s, a));
	if (!o || !o->rank) {
		say(p, v, SYNC_NEW, segment, NULL);
		return;
	}
	patch_set(patch, entry, PATCH_TARGET, o->target);
	patch_set_state(patch, entry, o->state < STATE_DRAFT ? o->state : STATE_DRAFT);
	say(p, v, SYNC_OFFERED, segment, NULL);
}

/* The text of an entry has changed in the page. */
static void
reword(struct sync_pass *p, const struct sync_view *v, struct patch *patch, size_t entry, size_t segment)
{
	const struct catalog_entry *e = &v->catalog->entries[entry];
	const struct segment *s = &v->unit->segments[segment];
	enum sync_kind kind = SYNC_OUTDATED;

	if (!has_target(e))
		kind = SYNC_REWORDED;
	else if (e->was.n && view_eq(e->was, s->source))
		kind = SYNC_RESTORED;
	else if (p->sync->minor)
		kind = SYNC_MINOR;
	if (kind == SYNC_RESTORED || kind == SYNC_REWORDED)
		patch_set(patch, entry, PATCH_WAS, VIEW_NONE);
	else if (kind == SYNC_OUTDATED && !e->was.n)
		patch_set(patch, entry, PATCH_WAS, e->source);
	patch_set(patch, entry, PATCH_SOURCE, s->source);
	say(p, v, kind, segment, e);
}

static void
keep(struct sync_pass *p, const struct sync_view *v, struct patch *patch, size_t entry, size_t segment, struct arena *a)
{
	const struct catalog_entry *e = &v->catalog->entries[entry];
	const struct segment *s = &v->unit->segments[segment];
	bool same = view_eq(e->source, s->source);
	struct view hints = wanted_hints(p, v->unit, s, a);

	if (!same)
		reword(p, v, patch, entry, segment);
	else if (e->unused)
		say(p, v, SYNC_BACK, segment, e);
	if (!same || hints_differ(patch_hints(patch, entry), hints))
		patch_set_hints(patch, entry, hints);
}

/* Entries that nothing on the page needs any more. */
static void
retire(struct sync_pass *p, const struct sync_view *v, struct patch *patch, const bool *wanted)
{
	for (size_t i = 0; i < v->catalog->nlive; i++) {
		const struct catalog_entry *e = &v->catalog->entries[i];
		bool blank = patch_is_blank(patch, i);

		if (wanted[i])
			continue;
		sync_say(p, &(struct sync_event){ .kind = blank ? SYNC_DROPPED : SYNC_UNUSED, .place = place_file(v->unit->file),
			.old = e->source, .state = e->state });
		if (blank)
			patch_drop(patch, i);
	}
}

/* The file as a whole: a new one, a renamed one, one that changed. */
static void
put(struct sync_pass *p, const struct sync_view *v, struct patch *patch, struct arena *a)
{
	const struct sync_unit *u = v->unit;
	struct view path = view_printf(a, "%.*s/%.*s.yaml", VIEW_ARG(p->language->dir), VIEW_ARG(u->key));
	bool renamed = !view_eq(u->from, u->key), dry = p->sync->dry;

	if (!v->catalog)
		sync_say(p, &(struct sync_event){ .kind = SYNC_CREATED, .place = place_file(path) });
	if (renamed) {
		patch_set_page(patch, view_printf(a, "%.*s.md", VIEW_ARG(u->key)));
		sync_say(p, &(struct sync_event){ .kind = SYNC_RENAMED, .place = place_file(path),
			.old = patch_file(patch), .text = path });
	}
	if (dry)
		p->counted.files += renamed || patch_changed(patch);
	else if ((renamed ? patch_move(patch, path, p->diags) : patch_write(patch, p->diags)) == FILE_WRITTEN)
		p->counted.files++;
}

void
sync_apply(struct sync_pass *p, const struct sync_view *v, struct arena *a)
{
	const struct catalog *c = v->catalog;
	struct patch *patch = patch_open(a, &p->sync->w->site, p->language, v->unit->from, page_path(a, v->unit), c,
	    p->diags);
	size_t *order = arena_array(a, v->nslots, sizeof *order);
	bool *wanted = c ? arena_array(a, c->n, sizeof *wanted) : NULL;

	if (!patch)
		return;
	for (size_t i = 0; i < v->nslots; i++) {
		const struct sync_slot *s = &v->slots[i];

		if (!c || !s->entry) {
			const struct segment *g = &v->unit->segments[s->segment];

			order[i] = patch_add(patch, g->source, g->context);
			add(p, v, patch, order[i], s->segment, a);
			continue;
		}
		order[i] = (size_t)(s->entry - c->entries);
		wanted[order[i]] = true;
		keep(p, v, patch, order[i], s->segment, a);
	}
	if (c)
		retire(p, v, patch, wanted);
	patch_arrange(patch, order, v->nslots);
	put(p, v, patch, a);
}
