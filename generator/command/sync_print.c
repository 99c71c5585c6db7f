/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync did, or would do, in words. */
#include "command/sync_print.h"

#include <stdlib.h>

#include "command/report.h"

/* The sheet of catalogs that go along with their page; all others are files with an ending. */
#define CATALOGS "catalogs"

/* One text of a page and what happened to it, in every language. */
struct group {
	const struct sync_event *first;
	struct list events;	/* of const struct sync_event * */
	size_t order;
};

/* The texts of one file. */
struct sheet {
	struct view file;
	struct list groups;	/* of struct group * */
};

enum what { CHANGED, NEW, GONE, RENAMED };

static enum what
what_of(enum sync_kind k)
{
	if (k == SYNC_NEW || k == SYNC_OFFERED || k == SYNC_BACK)
		return NEW;
	if (k == SYNC_UNUSED || k == SYNC_DROPPED)
		return GONE;
	return k == SYNC_RENAMED ? RENAMED : CHANGED;
}

/* Where a text stands: its page; of a renamed catalog, its path in the language's folder. */
static struct view
sheet_name(const struct sync_event *e)
{
	return e->kind == SYNC_RENAMED ? VIEW(CATALOGS) : e->place.file;
}

static struct view
below_language(const struct sync_event *e, struct view path)
{
	return view_slice(path, e->language->dir.n + 1, path.n);
}

static void
gather(const struct sync *s, struct map *sheets, struct map *groups)
{
	struct arena *a = s->w->arena;

	for (size_t i = 0; i < s->events.n; i++) {
		const struct sync_event *e = LIST_AT(&s->events, struct sync_event, i);
		bool path = e->kind == SYNC_RENAMED;
		struct sheet *sheet = arena_new(a, struct sheet);
		struct group *g = arena_new(a, struct group), *known;
		struct view key;

		if (e->kind == SYNC_CREATED || (e->begun && what_of(e->kind) == NEW))
			continue;
		*sheet = (struct sheet){ sheet_name(e), LIST_OF(struct group *) };
		sheet = map_add(sheets, sheet->file, sheet);
		key = view_printf(a, "%d %.*s\n%u\n%.*s\n%.*s", what_of(e->kind), VIEW_ARG(sheet->file), e->place.line,
		    VIEW_ARG(path ? below_language(e, e->old) : e->old), VIEW_ARG(path ? below_language(e, e->text) : e->text));
		*g = (struct group){ .first = e, .events = LIST_OF(const struct sync_event *), .order = groups->n };
		known = map_add(groups, key, g);
		if (known == g)
			*(struct group **)list_push(&sheet->groups, a) = g;
		*(const struct sync_event **)list_push(&known->events, a) = e;
	}
}

static int
compare(const void *x, const void *y)
{
	const struct group *a = *(struct group *const *)x, *b = *(struct group *const *)y;
	unsigned p = a->first->place.line - 1, q = b->first->place.line - 1;	/* no line: last */

	if (p != q)
		return p < q ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

/* A language's name: in English, or as its readers know it. */
static struct view
name_of(const struct language *l, const struct messages *m)
{
	return m ? l->name : l->lang->english;
}

/* "    becomes outdated: Arabic, French (reviewed)" */
static void
put_languages(struct buf *b, const struct messages *m, const struct group *g, enum sync_kind kind, enum word what)
{
	struct buf names;

	buf_init(&names);
	for (size_t i = 0; i < g->events.n; i++) {
		const struct sync_event *e = *LIST_AT(&g->events, const struct sync_event *, i);

		if (e->kind != kind)
			continue;
		if (names.n)
			buf_puts(&names, ", ");
		buf_addv(&names, name_of(e->language, m));
		if (e->state == STATE_REVIEWED && kind == SYNC_OUTDATED) {
			buf_addc(&names, ' ');
			buf_addv(&names, words_view(m, sync_reviewed));
		}
	}
	if (names.n) {
		buf_puts(b, "    ");
		words_add(b, m, what, (const struct view[WORD_ARGS]){ view_buf(&names) });
		buf_addc(b, '\n');
	}
	buf_release(&names);
}

static void
put_text(struct buf *b, struct view label, struct view text)
{
	if (text.n == 0)
		return;
	buf_printf(b, "    %.*s ", VIEW_ARG(label));
	report_isolated(b, text);
	buf_addc(b, '\n');
}

static struct view
head_of(const struct messages *m, enum what what)
{
	static const enum word heads[] = { [CHANGED] = WORD_sync_changed, [NEW] = WORD_sync_new, [GONE] = WORD_sync_gone,
		[RENAMED] = WORD_sync_renamed };

	return words_find(m, view_str(words_english(heads[what])));
}

static void
put_group(struct buf *b, const struct messages *m, const struct group *g)
{
	static const struct {
		enum sync_kind kind;
		enum word what;
	} rows[] = {
		{ SYNC_OUTDATED, WORD_to_outdated }, { SYNC_MINOR, WORD_to_minor }, { SYNC_RESTORED, WORD_to_restored },
		{ SYNC_REWORDED, WORD_to_reworded }, { SYNC_NEW, WORD_to_new }, { SYNC_OFFERED, WORD_to_offered },
		{ SYNC_BACK, WORD_to_back }, { SYNC_UNUSED, WORD_to_unused }, { SYNC_DROPPED, WORD_to_dropped },
		{ SYNC_RENAMED, WORD_to_renamed },
	};
	const struct sync_event *e = g->first;
	enum what what = what_of(e->kind);
	bool path = what == RENAMED;

	buf_puts(b, "  ");
	if (e->place.line)
		words_put(b, m, sync_line, NUMBER(e->place.line), head_of(m, what));
	else
		buf_addv(b, head_of(m, what));
	if (e->place.line && what == CHANGED && e->critical) {
		buf_addc(b, ' ');
		words_put(b, m, sync_critical, VIEW_NONE);
	}
	buf_addc(b, '\n');
	put_text(b, words_view(m, sync_was), path ? below_language(e, e->old) : e->old);
	put_text(b, words_view(m, sync_now), path ? below_language(e, e->text) : e->text);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		put_languages(b, m, g, rows[i].kind, rows[i].what);
}

void
sync_print_texts(const struct options *o, const struct sync *s)
{
	struct map sheets, groups;
	struct buf b;

	map_init(&sheets, s->w->arena);
	map_init(&groups, s->w->arena);
	gather(s, &sheets, &groups);
	buf_init(&b);
	for (size_t i = 0; i < sheets.n; i++) {
		struct sheet *sheet = sheets.entries[i].value;

		qsort(sheet->groups.items, sheet->groups.n, sizeof(struct group *), compare);
		buf_addv(&b, view_is(sheet->file, CATALOGS) ? words_view(o->messages, sync_catalogs) : sheet->file);
		buf_addc(&b, '\n');
		for (size_t k = 0; k < sheet->groups.n; k++)
			put_group(&b, o->messages, *LIST_AT(&sheet->groups, struct group *, k));
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
}

/* One part of a language's line: "2 translations outdated (14 words)". */
static void
put_part(struct buf *b, const struct messages *m, const struct sync_language *l, enum sync_kind k, enum word one, enum word many)
{
	size_t n = l->count[k];

	if (n == 0)
		return;
	if (b->n)
		words_comma(b, m);
	words_add(b, m, n == 1 ? one : many, (const struct view[WORD_ARGS]){ NUMBER(n) });
	if (l->words[k]) {
		buf_puts(b, " (");
		words_count(b, m, words, l->words[k], NUMBER(l->words[k]));
		buf_addc(b, ')');
	}
}

static void
put_parts(struct buf *b, const struct messages *m, const struct sync_language *l, bool dry)
{
#define PART(kind, id) put_part(b, m, l, SYNC_##kind, WORD_part_##id##_one, WORD_part_##id)
	PART(RENAMED, renamed);
	PART(CREATED, created);
	if (dry)
		PART(OUTDATED, becomes);
	else
		PART(OUTDATED, outdated);
	PART(MINOR, minor);
	PART(RESTORED, restored);
	PART(BACK, back);
	PART(OFFERED, offered);
	PART(NEW, new);
	PART(REWORDED, reworded);
	PART(UNUSED, unused);
	PART(DROPPED, dropped);
#undef PART
}

bool
sync_print_languages(const struct options *o, const struct sync *s)
{
	const struct messages *m = o->messages;
	bool any = false;
	struct buf b, head;

	buf_init(&b);
	buf_init(&head);
	for (size_t k = 0; k < s->w->site.nlanguages; k++) {
		const struct language *language = s->w->site.languages[k];
		const struct sync_language *l = &s->languages[k];

		buf_clear(&b);
		buf_clear(&head);
		put_parts(&b, m, l, s->dry);
		if (b.n == 0 && l->files)
			words_put(&b, m, sync_order, VIEW_NONE);
		words_put(&head, m, language_head, name_of(language, m), language->lang->tag);
		if (b.n)
			fprintf(o->out, "%s %s\n", head.p, b.p);
		any |= b.n > 0;
	}
	buf_release(&head);
	buf_release(&b);
	return any;
}
