/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync did, or would do, in words. */
#include "command/sync_print.h"

#include <stdlib.h>

#include "command/report.h"

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
	return e->kind == SYNC_RENAMED ? VIEW("catalogs") : e->place.file;
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

/* "    outdated: Arabic, French (reviewed)" */
static void
put_languages(struct buf *b, const struct group *g, enum sync_kind kind, const char *label)
{
	bool any = false;

	for (size_t i = 0; i < g->events.n; i++) {
		const struct sync_event *e = *LIST_AT(&g->events, const struct sync_event *, i);

		if (e->kind != kind)
			continue;
		buf_printf(b, "%s%s %.*s", any ? "," : "    ", any ? "" : label, VIEW_ARG(e->language->lang->english));
		if (e->state == STATE_REVIEWED && kind == SYNC_OUTDATED)
			buf_puts(b, " (reviewed)");
		any = true;
	}
	if (any)
		buf_addc(b, '\n');
}

static void
put_text(struct buf *b, const char *label, struct view text)
{
	if (text.n == 0)
		return;
	buf_printf(b, "    %s ", label);
	report_isolated(b, text);
	buf_addc(b, '\n');
}

static void
put_group(struct buf *b, const struct group *g)
{
	static const char *const labels[SYNC_KINDS] = {
		[SYNC_OUTDATED] = "becomes outdated:", [SYNC_MINOR] = "stays current:", [SYNC_RESTORED] = "is current again:",
		[SYNC_REWORDED] = "was not translated yet:", [SYNC_NEW] = "to translate:",
		[SYNC_OFFERED] = "the same text is translated elsewhere, taken as a draft:",
		[SYNC_BACK] = "its old translation is used again:", [SYNC_UNUSED] = "the translation is kept below 'unused:':",
		[SYNC_DROPPED] = "had not been translated:", [SYNC_RENAMED] = "go along with their page:",
	};
	static const char *const heads[] = { [CHANGED] = "changed", [NEW] = "new", [GONE] = "gone", [RENAMED] = "renamed" };
	const struct sync_event *e = g->first;
	enum what what = what_of(e->kind);
	bool path = what == RENAMED;

	if (e->place.line)
		buf_printf(b, "  line %u, %s%s\n", e->place.line, heads[what],
		    what == CHANGED && e->critical ? " (critical: nobody is shown an outdated translation)" : "");
	else
		buf_printf(b, "  %s\n", heads[what]);
	put_text(b, "was:", path ? below_language(e, e->old) : e->old);
	put_text(b, "now:", path ? below_language(e, e->text) : e->text);
	for (int k = 0; k < SYNC_KINDS; k++)
		if (labels[k])
			put_languages(b, g, (enum sync_kind)k, labels[k]);
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
		buf_printf(&b, "%.*s\n", VIEW_ARG(sheet->file));
		for (size_t k = 0; k < sheet->groups.n; k++)
			put_group(&b, *LIST_AT(&sheet->groups, struct group *, k));
		buf_addc(&b, '\n');
	}
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
}

/* One part of a language's line: "2 translations outdated (14 words)". */
static void
put_part(struct buf *b, const struct sync_language *l, enum sync_kind k, const char *one, const char *many)
{
	size_t n = l->count[k];

	if (n == 0)
		return;
	buf_puts(b, b->n ? ", " : "");
	report_number(b, n, one, many);
	if (l->words[k]) {
		buf_puts(b, " (");
		report_number(b, l->words[k], "word", "words");
		buf_addc(b, ')');
	}
}

static void
put_parts(struct buf *b, const struct sync_language *l, bool dry)
{
	put_part(b, l, SYNC_RENAMED, "catalog goes along with its page", "catalogs go along with their pages");
	put_part(b, l, SYNC_CREATED, "catalog begun", "catalogs begun");
	if (dry)
		put_part(b, l, SYNC_OUTDATED, "translation becomes outdated", "translations become outdated");
	else
		put_part(b, l, SYNC_OUTDATED, "translation is outdated now", "translations are outdated now");
	put_part(b, l, SYNC_MINOR, "translation stays current", "translations stay current");
	put_part(b, l, SYNC_RESTORED, "translation is current again", "translations are current again");
	put_part(b, l, SYNC_BACK, "translation is used again", "translations are used again");
	put_part(b, l, SYNC_OFFERED, "text taken from elsewhere as a draft", "texts taken from elsewhere as drafts");
	put_part(b, l, SYNC_NEW, "new text to translate", "new texts to translate");
	put_part(b, l, SYNC_REWORDED, "changed text that was not translated", "changed texts that were not translated");
	put_part(b, l, SYNC_UNUSED, "translation kept below 'unused:'", "translations kept below 'unused:'");
	put_part(b, l, SYNC_DROPPED, "empty entry taken out", "empty entries taken out");
}

bool
sync_print_languages(const struct options *o, const struct sync *s)
{
	bool any = false;
	struct buf b;

	buf_init(&b);
	for (size_t k = 0; k < s->w->site.nlanguages; k++) {
		const struct lang *lang = s->w->site.languages[k]->lang;
		const struct sync_language *l = &s->languages[k];

		buf_clear(&b);
		put_parts(&b, l, s->dry);
		if (b.n == 0 && l->files)
			buf_puts(&b, "texts put into the order of the page, or the tool's own lines renewed");
		if (b.n)
			fprintf(o->out, "%.*s (%.*s): %s\n", VIEW_ARG(lang->english), VIEW_ARG(lang->tag), b.p);
		any |= b.n > 0;
	}
	buf_release(&b);
	return any;
}
