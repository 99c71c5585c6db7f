/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/produce: a build writes all, the next one nothing, a change only what it touches. */
#include "world.h"

#include <signal.h>

#include "job/produce.h"

struct counts {
	size_t written, unchanged, removed, failed;
};

static bool
build(struct tree *t, unsigned jobs, struct counts *c)
{
	struct world w;
	struct plan plan;
	struct produce p = { .world = &w, .plan = &plan, .jobs = jobs };
	bool ok;

	world_make(t, &w);
	plan_make(&plan, &w, NULL);
	p.out = view_printf(&t->arena, "%s/out", t->folder);
	ok = produce_run(&p);
	*c = (struct counts){ p.written, p.unchanged, p.removed, p.failed };
	world_close(&w);
	return ok;
}

static void
expect(struct tree *t, unsigned jobs, size_t written, size_t unchanged, size_t removed)
{
	struct counts c;

	assert_true(build(t, jobs, &c));
	tree_said(t, "");
	assert_int_equal(c.written, written);
	assert_int_equal(c.unchanged, unchanged);
	assert_int_equal(c.removed, removed);
	assert_int_equal(c.failed, 0);
}

static bool
there(struct tree *t, const char *path)
{
	enum file_kind kind;

	return file_kind(&t->root, view_str(path), &kind);
}

static void
test_builds(void **state)
{
	struct tree *t = *state;

	world_files(t);
	/* 4 pages in 3 languages, 1 in one, style, chooser, 4 sitemaps */
	expect(t, 2, 19, 0, 0);
	assert_true(there(t, "out/site/ar/a/one.html") && there(t, "out/site/fr/b.html") && !there(t, "out/site/en/b.html"));
	assert_true(there(t, "out/site/sitemap.xml") && there(t, "out/site/fr/sitemap.xml") && !there(t, "out/.build"));
	expect(t, 1, 0, 19, 0);
	tree_put(t, "translations/ar/a/two.yaml", "segments:\n- source: Two.\n  target: \xD8\xA7\xD8\xAB\xD9\x86\xD8\xA7\xD9\x86.\n");
	expect(t, 2, 1, 18, 0);
	assert_true(file_remove(&t->root, VIEW("content/b.fr.md")));
	expect(t, 2, 1, 17, 1);		/* the French sitemap is another one now */
	assert_false(there(t, "out/site/fr/b.html"));
	assert_true(file_remove(&t->root, VIEW("out/.state")));
	expect(t, 2, 0, 18, 0);
}

static void
test_foreign(void **state)
{
	struct tree *t = *state;
	struct counts c;

	world_files(t);
	tree_put(t, "out/site/mine.txt", "precious");
	assert_false(build(t, 2, &c));
	assert_int_equal(t->diags.list.n, 1);
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_output_foreign);
	assert_true(there(t, "out/site/mine.txt") && !there(t, "out/site/index.html"));
}

/* A first build that died leaves .build; nothing of it is published. */
static void
test_heals(void **state)
{
	struct tree *t = *state;

	world_files(t);
	tree_put(t, "out/.build/site/en/old.html", "half");
	expect(t, 2, 19, 0, 0);
	assert_true(there(t, "out/site/en/index.html") && !there(t, "out/site/en/old.html") && !there(t, "out/.build"));
}

static void
test_collision(void **state)
{
	struct tree *t = *state;
	struct counts c;

	world_files(t);
	tree_put(t, "content/a/other.md", "---\ntitle: O\nslug: one\n---\n");
	assert_true(build(t, 2, &c));
	tree_said(t, "content/a/other.md:1:1 output-collision en/a/one.html\n");
	assert_int_equal(c.written, 19);
}

/* A site with a desk has its data in every language but the source; without the desk they go. */
static void
test_desk(void **state)
{
	struct tree *t = *state;
	struct view text;

	world_files(t);
	tree_put(t, "content/work.md", "---\ntitle: Work\nlayout: desk\n---\n");
	tree_put(t, "themes/default/desk.html", "{{desk.data}}\n");
	/* 19, the page in 3 languages; in 2: overview, 5 pages, data, interface */
	expect(t, 2, 38, 0, 0);
	assert_true(there(t, "out/site/ar/desk/overview.js") && there(t, "out/site/fr/desk/pages/a/one.js") &&
	    there(t, "out/site/fr/desk/data/things.js") && there(t, "out/site/ar/desk/interface.js"));
	assert_false(there(t, "out/site/en/desk"));
	assert_false(there(t, "out/site/fr/desk/pages/b.js"));
	assert_true(file_read(&t->root, &t->arena, VIEW("out/site/fr/desk/pages/a/one.js"), 1 << 20, &text, &t->diags));
	assert_true(view_starts(text, "waypostDesk(\"{\\\"kind\\\":\\\"unit\\\","));
	expect(t, 1, 0, 38, 0);
	assert_true(file_remove(&t->root, VIEW("content/work.md")));
	expect(t, 2, 3, 16, 19);	/* the sitemaps are other ones */
}

/* Calendars are written with their pages; a date that moves changes page and calendar in each language. */
static void
test_calendar(void **state)
{
	struct tree *t = *state;

	world_files(t);
	tree_put(t, "content/s.md", "---\ntitle: S\nas-of: 2025\ncalendar: days\n---\n{{> days}}\n");
	tree_put(t, "themes/default/days.html", "{{#data.days}}{{begins}}{{/data.days}}\n");
	tree_put(t, "content/data/days.yaml", "types: {begins: date}\nitems: [{title: Day, begins: 2025-01-01}]\n");
	expect(t, 2, 19 + 9, 0, 0);
	assert_true(there(t, "out/site/ar/s.ics") && there(t, "out/site/en/s.ics"));
	assert_true(file_remove(&t->root, VIEW("content/data/days.yaml")));
	tree_put(t, "content/data/days.yaml", "types: {begins: date}\nitems: [{title: Day, begins: 2025-01-02}]\n");
	expect(t, 1, 6, 22, 0);
	assert_true(file_remove(&t->root, VIEW("content/s.md")));
	tree_put(t, "content/s.md", "---\ntitle: S\nas-of: 2025\n---\n{{> days}}\n");
	expect(t, 2, 0, 25, 3);
	assert_false(there(t, "out/site/ar/s.ics"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_builds, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_foreign, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_heals, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_collision, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_calendar, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_desk, tree_setup, tree_teardown),
	};

	/* pictures for shared links would depend on the fonts of this computer */
	setenv("WAYPOST_FONTS", "tests/none", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
