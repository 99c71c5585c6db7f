/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The content of this site, as the program reads it: 93 articles in nine Parts, States counted from their dates, every page with its sources.
 * No module: run at the top of the project. What is counted here is counted anew from dates, never read from a text.
 */
#include "world.h"

#include <limits.h>

#include "job/load.h"

struct real {
	struct arena arena;
	struct diags diags;
	struct world world;
};

static int
load(void **state)
{
	struct real *r = calloc(1, sizeof *r);

	assert_non_null(r);
	arena_init(&r->arena);
	diags_init(&r->diags);
	assert_true(world_load(&r->world, &r->arena, VIEW("."), &r->diags));
	*state = r;
	return 0;
}

static int
unload(void **state)
{
	struct real *r = *state;

	world_close(&r->world);
	diags_release(&r->diags);
	arena_release(&r->arena);
	free(r);
	return 0;
}

static const struct data *
file(const struct real *r, const char *name)
{
	const struct data *t = data_find(&r->world.data, name);

	if (!t)
		fail_msg("there is no content/data/%s.yaml", name);
	return t;
}

static struct view
text(const struct data *t, size_t row, const char *field)
{
	const struct data_cell *c = data_at(t, row, field);

	if (!c)
		fail_msg("%.*s has no field '%s'", VIEW_ARG(t->file), field);
	return c->text;
}

static void
test_data_is_whole(void **state)
{
	struct real *r = *state;

	for (size_t i = 0; i < r->diags.list.n; i++) {
		const struct diag *d = LIST_AT(&r->diags.list, struct diag, i);

		if (view_starts(d->place.file, "content/data/"))
			fail_msg("%.*s:%u: '%.*s'", VIEW_ARG(d->place.file), d->place.line, VIEW_ARG(d->args[0]));
	}
}

static void
test_articles(void **state)
{
	static const struct {
		const char *part;
		size_t first, last;
	} parts[] = { { "I", 1, 6 }, { "II", 7, 7 }, { "III", 8, 35 }, { "IV", 36, 56 }, { "V", 57, 63 }, { "VI", 64, 71 },
		{ "VII", 72, 78 }, { "VIII", 79, 84 }, { "IX", 85, 93 } };
	struct real *r = *state;
	const struct data *t = file(r, "articles");
	size_t seen = 0;

	assert_int_equal(t->nitems, 93);
	for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
		for (size_t n = parts[k].first; n <= parts[k].last; n++) {
			long row = data_row(t, "number", view_printf(&r->arena, "%zu", n));

			if (row < 0 || !view_is(text(t, (size_t)row, "part"), parts[k].part))
				fail_msg("article %zu is not in Part %s", n, parts[k].part);
			assert_true(text(t, (size_t)row, "title").n && text(t, (size_t)row, "gist").n);
			seen++;
		}
	}
	assert_int_equal(seen, 93);
	assert_int_equal(file(r, "parts")->nitems, 9);
}

/* Every article has a place of its own on a page, which the page really has. */
static void
test_articles_have_places(void **state)
{
	struct real *r = *state;
	const struct data *t = file(r, "articles");

	for (size_t i = 0; i < t->nitems; i++) {
		const struct data_cell *c = data_at(t, i, "page");

		assert_non_null(c);
		if (c->links.n != 1 || !LIST_AT(&c->links, struct data_link, 0)->own)
			fail_msg("article %.*s is not shown at '%.*s'", VIEW_ARG(text(t, i, "number")), VIEW_ARG(c->text));
	}
}

/* The last day that a date can be. */
static long
last_day(struct view date)
{
	struct date d;

	if (!date_read(date, &d))
		return LONG_MAX;
	if (d.day)
		return date_days(d);
	assert_true(date_add(&d, 1, d.month ? DATE_MONTHS : DATE_YEARS));
	return date_days(d) - 1;
}

/* Parties, and States that had only signed, on a day; a date without its day is within its month or year. */
static void
check_states(const struct real *r, const char *day, size_t parties, size_t signatories)
{
	const struct data *t = file(r, "states");
	size_t joined = 0, signed_only = 0;
	struct date d;

	assert_true(date_read(view_str(day), &d));
	for (size_t i = 0; i < t->nitems; i++) {
		bool party = last_day(text(t, i, "deposit")) <= date_days(d);

		joined += party;
		signed_only += !party && last_day(text(t, i, "signature")) <= date_days(d);
	}
	if (joined != parties || signed_only != signatories)
		fail_msg("on %s: %zu parties and %zu signatories, not %zu and %zu", day, joined, signed_only, parties, signatories);
}

static void
test_states(void **state)
{
	struct real *r = *state;
	const struct data *t = file(r, "states");

	check_states(r, "2004-01-31", 25, 9);
	check_states(r, "2019-09-30", 55, 13);
	check_states(r, "2025-12-11", 60, 11);
	for (size_t i = 0; i < t->nitems; i++) {
		bool party = text(t, i, "deposit").n > 0;

		if (!view_is(text(t, i, "status"), party ? "party" : "signatory"))
			fail_msg("%.*s: status and dates do not agree", VIEW_ARG(text(t, i, "iso")));
		assert_int_equal(data_row(t, "iso", text(t, i, "iso")), (long)i);
	}
}

/* Article 87: for each State the first day of the month behind three months, for the first twenty 1 July 2003. */
static void
test_in_force(void **state)
{
	const struct data *t = file(*state, "states");
	size_t checked = 0;
	struct date d, force;

	for (size_t i = 0; i < t->nitems; i++) {
		if (!date_read(text(t, i, "deposit"), &d) || !d.day || !date_read(text(t, i, "in-force"), &force))
			continue;
		d.day = 1;
		assert_true(date_add(&d, 4, DATE_MONTHS));
		if (date_days(d) < date_days((struct date){ 2003, 7, 1 }))
			d = (struct date){ 2003, 7, 1 };
		if (date_days(d) != date_days(force))
			fail_msg("%.*s: in force %.*s", VIEW_ARG(text(t, i, "iso")), VIEW_ARG(text(t, i, "in-force")));
		checked++;
	}
	assert_true(checked > 50);
}

static void
test_comments(void **state)
{
	const struct data *t = file(*state, "general-comments");

	assert_int_equal(t->nitems, 8);
	for (size_t i = 0; i < t->nitems; i++)
		assert_true(text(t, i, "adopted").n && text(t, i, "symbol").n && text(t, i, "title").n);
}

/* Pages that state no fact of their own: the list of sources, the search, how to take the site along, and those for translators. */
static bool
needs_none(const struct page *p)
{
	return view_is(p->path, "sources.md") || view_is(p->path, "search.md") || view_is(p->path, "take.md") || view_starts(p->path, "translate/");
}

static void
test_sources(void **state)
{
	struct real *r = *state;
	const struct data *t = file(r, "sources");

	assert_true(r->world.pages.n > 10);
	for (size_t i = 0; i < r->world.pages.n; i++) {
		const struct page *p = *LIST_AT(&r->world.pages, struct page *, i);

		if (p->sources.n == 0 && !needs_none(p))
			fail_msg("%.*s names no source", VIEW_ARG(p->file));
		for (size_t k = 0; k < p->sources.n; k++) {
			struct view id = *LIST_AT(&p->sources, struct view, k);

			if (data_row(t, "id", id) < 0)
				fail_msg("%.*s: there is no source '%.*s'", VIEW_ARG(p->file), VIEW_ARG(id));
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_data_is_whole),
		cmocka_unit_test(test_articles),
		cmocka_unit_test(test_articles_have_places),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_in_force),
		cmocka_unit_test(test_comments),
		cmocka_unit_test(test_sources),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
