/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost status: how far each translation is. */
#include "command/status.h"

#include <stdlib.h>

#include "command/report.h"
#include "command/status_next.h"
#include "format/json.h"
#include "job/survey.h"

/* What is on no page, in the column of pages. */
#define OTHERS "(interface and data)"

/* One line of the answer. */
struct row {
	const struct language *language;
	struct view page;	/* "about.md", or empty: all of the language */
	const struct tally *tally;
	size_t order;		/* where it stood before sorting */
};

struct table {
	const struct options *o;
	const struct world *w;
	struct list rows;	/* of struct row */
	bool pages;		/* a line a page; else a line a language */
};

/* 100 only when it is all, 0 only when it is nothing. */
static unsigned
percent(size_t part, size_t whole)
{
	if (whole == 0 || part == 0)
		return 0;
	return part == whole ? 100 : part * 100 / whole == 0 ? 1 : (unsigned)(part * 100 / whole);
}

static int
compare(const void *x, const void *y)
{
	const struct row *a = x, *b = y;
	double p = tally_share(a->tally), q = tally_share(b->tally);
	size_t unread_a = a->tally->words[TALLY_MACHINE] + a->tally->words[TALLY_DRAFT];
	size_t unread_b = b->tally->words[TALLY_MACHINE] + b->tally->words[TALLY_DRAFT];

	if (p != q)
		return p < q ? -1 : 1;
	if (unread_a != unread_b)
		return unread_a > unread_b ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void
add_row(struct table *t, const struct language *l, struct view page, const struct tally *tally)
{
	struct row *r;

	if (l->source || (tally_words(tally) == 0 && page.n))
		return;
	r = list_push(&t->rows, t->w->arena);
	*r = (struct row){ l, page, tally, t->rows.n };
}

/* A version of a page for one language is counted as that page. */
static bool
is_version(const struct world *w, const struct page *p)
{
	const struct page *g = map_get(&w->by_path, view_printf(w->arena, "%.*s.md", VIEW_ARG(p->key)));

	return p->only && g && !g->only;
}

static void
add_rows(struct table *t, const struct language *only, const struct page *page)
{
	const struct world *w = t->w;
	const struct survey *s = w->survey;

	t->pages = only && !page;
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		const struct language *l = w->site.languages[k];

		if (only && l != only)
			continue;
		if (page)
			add_row(t, l, page->path, &survey_page(w, l, page)->tally);
		else if (!only)
			add_row(t, l, VIEW_NONE, &s->totals[k]);
		for (size_t i = 0; i < w->pages.n && t->pages; i++) {
			const struct page *p = *LIST_AT(&w->pages, struct page *, i);

			if (!is_version(w, p))
				add_row(t, l, p->path, &survey_page(w, l, p)->tally);
		}
		if (t->pages)
			add_row(t, l, VIEW(OTHERS), &s->pages[k * (s->npages + 1) + s->npages].tally);
	}
	if (t->rows.n)
		qsort(t->rows.items, t->rows.n, sizeof(struct row), compare);
}

static void
print_json(const struct table *t, struct buf *b)
{
	struct arena *a = t->w->arena;
	struct json *list = json_array(a);

	for (size_t i = 0; i < t->rows.n; i++) {
		const struct row *r = LIST_AT(&t->rows, struct row, i);
		struct json *o = json_add(a, list, NULL, json_object(a)), *states;

		json_add(a, o, "language", json_string(a, r->language->lang->tag));
		json_add(a, o, "name", json_string(a, r->language->name));
		if (r->page.n)
			json_add(a, o, "page", json_string(a, r->page));
		else
			json_add(a, o, "published", json_bool(a, t->w->survey->published[r->language->index]));
		json_add(a, o, "words", json_number(a, (double)tally_words(r->tally)));
		json_add(a, o, "segments", json_number(a, (double)tally_segments(r->tally)));
		states = json_add(a, o, "states", json_object(a));
		for (int k = 0; k < TALLY_COUNT; k++) {
			struct json *s = json_add(a, states, tally_name((enum tally_kind)k), json_object(a));

			json_add(a, s, "words", json_number(a, (double)r->tally->words[k]));
			json_add(a, s, "percent", json_number(a, percent(r->tally->words[k], tally_words(r->tally))));
			json_add(a, s, "segments", json_number(a, (double)r->tally->segments[k]));
		}
	}
	json_print(list, b);
}

/* RFC 4180, with LF; names of pages and languages hold no quotes or commas that would matter more than this. */
static void
put_csv(struct buf *b, struct view v)
{
	bool plain = view_find(v, ',') == v.n && view_find(v, '"') == v.n;

	if (!plain)
		buf_addc(b, '"');
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, v.p[i]);
	}
	buf_puts(b, plain ? "," : "\",");
}

static void
print_csv(const struct table *t, struct buf *b)
{
	buf_puts(b, "language,name,page,words");
	for (int k = 0; k < TALLY_COUNT; k++)
		buf_printf(b, ",%s,%s-percent", tally_name((enum tally_kind)k), tally_name((enum tally_kind)k));
	buf_addc(b, '\n');
	for (size_t i = 0; i < t->rows.n; i++) {
		const struct row *r = LIST_AT(&t->rows, struct row, i);
		size_t words = tally_words(r->tally);

		put_csv(b, r->language->lang->tag);
		put_csv(b, r->language->name);
		put_csv(b, r->page);
		buf_printf(b, "%zu", words);
		for (int k = 0; k < TALLY_COUNT; k++)
			buf_printf(b, ",%u,%u", r->tally->words[k], percent(r->tally->words[k], words));
		buf_addc(b, '\n');
	}
}

enum { COLUMNS = TALLY_COUNT + 3, LABELS = 2 };

/* The cells of a line: what it is about, its words, then the states that occur. Returns how many. */
static size_t
cells(const struct table *t, const struct row *r, const bool *occurs, struct view *cell)
{
	const struct messages *m = t->o->messages;
	struct arena *a = t->w->arena;
	size_t n = 0, words = r ? tally_words(r->tally) : 0;

	if (!r)
		cell[n++] = t->pages ? words_view(m, status_page) : words_view(m, status_language);
	else if (t->pages)
		cell[n++] = view_is(r->page, OTHERS) ? words_view(m, status_others) : r->page;
	else
		cell[n++] = r->language->lang->tag;
	cell[n++] = r && !t->pages ? r->language->name : VIEW_NONE;
	cell[n++] = r ? view_printf(a, "%zu", words) : words_view(m, status_words);
	for (int k = 0; k < TALLY_COUNT; k++) {
		if (!occurs[k])
			continue;
		cell[n++] = r ? view_printf(a, "%u %3u %%", r->tally->words[k], percent(r->tally->words[k], words)) :
		    words_state(m, view_str(tally_name((enum tally_kind)k)));
	}
	return n;
}

static void
put_blanks(struct buf *b, size_t n)
{
	while (n--)
		buf_addc(b, ' ');
}

static void
put_cells(struct buf *b, const struct view *cell, const size_t *width, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t blanks = width[i] - lang_columns(cell[i]);

		if (width[i] == 0)
			continue;
		if (i)
			buf_puts(b, "  ");
		if (i >= LABELS)
			put_blanks(b, blanks);
		report_isolated(b, cell[i]);
		if (i < LABELS)
			put_blanks(b, blanks);
	}
	buf_addc(b, '\n');
}

static void
print_table(const struct table *t, struct buf *b)
{
	bool occurs[TALLY_COUNT] = { [TALLY_MISSING] = true };
	struct view cell[COLUMNS];
	size_t width[COLUMNS] = { 0 }, n = 0;

	for (size_t i = 0; i < t->rows.n; i++)
		for (int k = 0; k < TALLY_COUNT; k++)
			occurs[k] |= LIST_AT(&t->rows, struct row, i)->tally->words[k] > 0;
	for (size_t i = 0; i <= t->rows.n; i++) {
		n = cells(t, i ? LIST_AT(&t->rows, struct row, i - 1) : NULL, occurs, cell);
		for (size_t k = 0; k < n; k++)
			width[k] = lang_columns(cell[k]) > width[k] ? lang_columns(cell[k]) : width[k];
	}
	for (size_t i = 0; i <= t->rows.n; i++) {
		cells(t, i ? LIST_AT(&t->rows, struct row, i - 1) : NULL, occurs, cell);
		put_cells(b, cell, width, n);
	}
}

/* Below the table: what is held back, and what to type next. */
static void
print_hints(const struct table *t, const struct language *only, struct buf *b)
{
	const struct messages *m = t->o->messages;
	const struct site *site = &t->w->site;
	size_t before;

	for (size_t k = 0; k < site->nlanguages; k++) {
		const struct language *l = site->languages[k];

		if (t->w->survey->published[k] || (only && only != l))
			continue;
		words_put(b, m, status_held, l->lang->tag, view_printf(t->w->arena, "%u", (unsigned)(l->publish_from * 100 + 0.5)));
		buf_addc(b, '\n');
	}
	before = b->n;
	if (t->rows.n == 0 && site->nlanguages > 1)
		words_put(b, m, status_empty, VIEW_NONE);
	else if (t->rows.n == 0)
		words_put(b, m, status_alone, VIEW_NONE);
	else if (!only)
		words_put(b, m, status_pages, VIEW_NONE);
	else if (tally_share(&t->w->survey->totals[only->index]) < 1)
		words_put(b, m, status_first, only->lang->tag);
	if (b->n > before)
		buf_addc(b, '\n');
}

/* The page a person means by "about.md", "content/about.md" or "about"; NULL after saying that there is none. */
static const struct page *
find_page(const struct options *o, const struct world *w)
{
	struct view path = view_starts(o->page, "content/") ? view_slice(o->page, 8, o->page.n) : o->page;
	const char **names = arena_array(w->arena, w->pages.n, sizeof *names), *near;
	const struct page *p = map_get(&w->by_path, path);

	if (view_ends(path, ".md"))
		path = view_slice(path, 0, path.n - 3);
	if (!p)
		p = map_get(&w->by_path, view_printf(w->arena, "%.*s.md", VIEW_ARG(path)));
	if (p)
		return p;
	for (size_t i = 0; i < w->pages.n; i++)
		names[i] = view_copy(w->arena, (*LIST_AT(&w->pages, struct page *, i))->key).p;
	near = options_nearest(view_copy(w->arena, path).p, names, w->pages.n);
	report_unknown(o, WORD_page_unknown, o->page, near ? view_printf(w->arena, "%s.md", near) : VIEW_NONE, WORD_COUNT);
	return NULL;
}

/* Numbers may be wrong when a catalog could not be read. */
static void
say_errors(const struct options *o, const struct world *w)
{
	size_t n = diags_count(w->diags, DIAG_ERROR) + diags_count(w->diags, DIAG_SYSTEM);

	if (n == 1)
		report_usage(o, status_doubt_one, NUMBER(n));
	else if (n)
		report_usage(o, status_doubt, NUMBER(n));
}

static void
print_status(const struct options *o, struct world *w, const struct language *l, const struct page *page)
{
	struct table t = { .o = o, .w = w, .rows = LIST_OF(struct row) };
	struct buf b;

	add_rows(&t, l, page);
	buf_init(&b);
	if (o->format == FORMAT_JSON)
		print_json(&t, &b);
	else if (o->format == FORMAT_CSV)
		print_csv(&t, &b);
	else if (t.rows.n)
		print_table(&t, &b);
	if (o->format == FORMAT_TEXT && !o->quiet)
		print_hints(&t, l, &b);
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
}

/* The language besides the source, when there is just one; else NULL. */
static struct language *
only_translation(const struct site *site)
{
	struct language *found = NULL;

	for (size_t k = 0; k < site->nlanguages; k++) {
		if (site->languages[k]->source)
			continue;
		if (found)
			return NULL;
		found = site->languages[k];
	}
	return found;
}

static int
status(const struct options *o, struct world *w, struct view root)
{
	struct view tag = o->noperands ? view_str(o->operands[0]) : VIEW_NONE;
	const struct page *page = NULL;
	struct language *l = NULL;
	bool *only;

	(void)root;
	if (view_find(tag, ',') < tag.n)
		return report_usage(o, status_one, VIEW_NONE);
	if (!report_languages(o, &w->site, tag, &only))
		return EXIT_USAGE;
	for (size_t k = 0; k < w->site.nlanguages && only; k++)
		l = only[k] ? w->site.languages[k] : l;
	if (l && l->source)
		return report_usage(o, status_source, l->lang->tag);
	if (o->page.n && !(page = find_page(o, w)))
		return EXIT_USAGE;
	if (o->next && !l)
		l = only_translation(&w->site);
	if (o->next && !l)
		return report_usage(o, status_which, VIEW_NONE);
	if (o->next) {
		status_next(o, w, l, page);
		return EXIT_FINE;
	}
	survey_run(w, only, false, o->jobs);
	print_status(o, w, l, page);
	say_errors(o, w);
	return report_exit(w->diags, false);
}

static int
run(const struct options *o)
{
	return report_run(o, status);
}

const struct command status_command = {
	.name = "status",
	.usage = "[LANG]",
	.summary = "show how much is translated, and what to do next",
	.help = "Counts the words of each language by what has become of them, the language with\n"
	    "most to do first. With a language, counts each of its pages.\n\n"
	    "  missing      not translated yet\n"
	    "  outdated     the original has changed since\n"
	    "  machine      translated by a machine, read by no speaker\n"
	    "  draft        not finished, as the translator says\n"
	    "  translated   done by a person\n"
	    "  reviewed     read by a second person",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_PAGE | 1u << OPTION_NEXT | 1u << OPTION_JOBS | 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON | 1u << FORMAT_CSV,
	.max = 1,
	.run = run,
};
