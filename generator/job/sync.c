/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Catalogs are brought in line with the pages: one language after another, in forked workers. */
#include "job/sync.h"

#include "base/work.h"
#include "job/locale.h"
#include "job/sync_parts.h"
#include "model/patch.h"

struct run {
	struct sync *sync;
	struct view *events;	/* packed, one a language */
	bool ok;
};

struct view
sync_key(struct arena *a, struct view source, struct view context)
{
	return context.n ? view_printf(a, "%.*s\n%.*s", VIEW_ARG(source), VIEW_ARG(context)) : source;
}

static bool
exists(const struct world *w, struct view path)
{
	enum file_kind kind;

	return file_kind(&w->site.root, path, &kind);
}

/* Whether a file of the project was not read as it stands: its texts are not to be taken for what its author wants. */
static bool
is_broken(const struct world *w, struct view file)
{
	for (size_t i = 0; i < w->diags->list.n; i++) {
		const struct diag *d = LIST_AT(&w->diags->list, struct diag, i);

		if (!view_eq(d->place.file, file) || diag_level(d->id) < DIAG_ERROR)
			continue;
		if ((d->id >= DIAG_yaml_syntax && d->id <= DIAG_yaml_type) || d->id == DIAG_string_incomplete ||
		    d->id == DIAG_string_twice || (d->id >= DIAG_utf8_invalid && d->id <= DIAG_table_wide))
			return true;
	}
	return false;
}

static void
add_unit(struct sync_pass *p, struct sync_unit u)
{
	const struct world *w = p->sync->w;

	if (u.n == 0 || is_broken(w, u.file))
		return;
	u.from = u.key;
	u.there = exists(w, view_printf(p->arena, "%.*s/%.*s.yaml", VIEW_ARG(p->language->dir), VIEW_ARG(u.key)));
	*(struct sync_unit *)list_push(&p->units, p->arena) = u;
}

/* The interface, the pages in reading order, the data files. */
static void
list_units(struct sync_pass *p)
{
	const struct world *w = p->sync->w;

	p->units = LIST_OF(struct sync_unit);
	if (!is_broken(w, w->site.file))
		add_unit(p, (struct sync_unit){ .key = VIEW("interface"), .segments = w->strings.segments,
			.n = w->strings.nsegments, .file = w->strings.file });
	for (size_t i = 0; i < w->pages.n; i++) {
		const struct page *page = *LIST_AT(&w->pages, struct page *, i);

		if (locale_translated(page, p->language))
			add_unit(p, (struct sync_unit){ .key = page->key, .page = page, .segments = page->segments,
				.n = page->nsegments, .file = page->file });
	}
	for (size_t i = 0; i < w->data.n; i++) {
		const struct data *t = *LIST_AT(&w->data, struct data *, i);

		add_unit(p, (struct sync_unit){ .key = view_join(p->arena, VIEW("data"), t->name), .segments = t->segments,
			.n = t->nsegments, .file = t->file });
	}
}

/* Looks at a catalog; notes whether it needs changes, and which of its texts are new. */
static void
scan(struct sync_pass *p, struct sync_unit *u, struct arena *a)
{
	struct sync_view v;

	if (!sync_look(p, u, a, p->diags, &v))
		return;
	u->touch = sync_differs(p, &v, a);
	for (size_t i = 0; i < v.nslots; i++) {
		const struct segment *s = &u->segments[v.slots[i].segment];

		if (!v.slots[i].entry)
			map_add(&p->wanted, sync_key(p->arena, s->source, s->context), arena_new(p->arena, struct sync_offer));
	}
}

static void
change(struct sync_pass *p, const struct sync_unit *u, struct arena *a)
{
	struct sync_view v;
	struct diags quiet;

	diags_init(&quiet);	/* scan has said what is wrong */
	if (sync_look(p, u, a, &quiet, &v))
		sync_apply(p, &v, a);
	diags_release(&quiet);
}

static void
pass(struct sync_pass *p)
{
	struct arena item;

	arena_init(&item);
	map_init(&p->wanted, p->arena);
	list_units(p);
	if (!p->sync->dry)
		sync_tidy(p, p->language->dir);
	sync_renames(p);
	for (size_t i = 0; i < p->units.n; i++) {
		struct arena_mark mark = arena_mark(&item);

		scan(p, LIST_AT(&p->units, struct sync_unit, i), &item);
		arena_rewind(&item, mark);
	}
	if (p->wanted.n)
		sync_offers(p);
	/* what could not be read may be what looks gone */
	for (size_t i = 0; i < p->units.n && diags_count(p->diags, DIAG_SYSTEM) == 0; i++) {
		const struct sync_unit *u = LIST_AT(&p->units, struct sync_unit, i);
		struct arena_mark mark = arena_mark(&item);

		if (u->touch)
			change(p, u, &item);
		arena_rewind(&item, mark);
	}
	arena_release(&item);
}

/* In the child: one language. */
static void
unit(void *self, struct work *work, size_t index, struct buf *result)
{
	const struct run *run = self;
	const struct site *site = &run->sync->w->site;
	struct sync_pass p = { .sync = run->sync, .language = site->languages[index] };
	struct arena arena;
	struct diags d;

	(void)work;
	arena_init(&arena);
	diags_init(&d);
	buf_init(&p.events);
	p.arena = &arena;
	p.diags = &d;
	p.counted.looked = !p.language->source && (!run->sync->only || run->sync->only[index]) &&
	    exists(run->sync->w, p.language->dir);
	if (p.counted.looked && patch_allowed(&arena, p.language, &d))
		pass(&p);
	buf_add(result, &p.counted, sizeof p.counted);
	buf_add(result, &p.events.n, sizeof p.events.n);
	buf_addv(result, view_buf(&p.events));
	diags_pack(&d, result);
	buf_release(&p.events);
	diags_release(&d);
	arena_release(&arena);
}

static void
done(void *self, size_t index, struct view result)
{
	struct run *run = self;
	struct sync *s = run->sync;
	size_t n, head = sizeof s->languages[index] + sizeof n;

	if (result.n < head)
		bug("a result of sync is too short");
	memcpy(&s->languages[index], result.p, sizeof s->languages[index]);
	memcpy(&n, result.p + sizeof s->languages[index], sizeof n);
	run->events[index] = view_copy(s->w->arena, view_slice(result, head, head + n));
	if (!diags_unpack(s->w->diags, view_slice(result, head + n, result.n)))
		bug("a result of sync is damaged");
}

static void
lost(void *self, size_t index, size_t item, const char *why)
{
	struct run *run = self;

	(void)item;
	diag(run->sync->w->diags, work_died, place_file(run->sync->w->site.languages[index]->dir), view_str(why));
	run->ok = false;
}

bool
sync_run(struct sync *s)
{
	struct world *w = s->w;
	struct run run = { .sync = s, .ok = true };
	struct work_plan plan = { .jobs = s->jobs, .units = w->site.nlanguages, .self = &run, .unit = unit, .done = done,
		.lost = lost };

	s->events = LIST_OF(struct sync_event);
	s->languages = arena_array(w->arena, w->site.nlanguages, sizeof *s->languages);
	run.events = arena_array(w->arena, w->site.nlanguages, sizeof *run.events);
	if (!work_run(&plan)) {
		diag(w->diags, work_died, PLACE_NONE, file_error(w->arena));
		return false;
	}
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		struct sync_event e;

		while (sync_unpack(&run.events[k], w->arena, &e)) {
			e.language = w->site.languages[k];
			*(struct sync_event *)list_push(&s->events, w->arena) = e;
		}
	}
	return run.ok;
}
