/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/plan: every product once, collisions, published languages only. */
#include "world.h"

#include "job/plan.h"

static void
test_products(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan p;

	world_files(t);
	tree_put(t, "content/a/one.fr.md", "---\ntitle: Un\n---\nx\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	tree_said(t, "");
	assert_true(plan_has(&p, VIEW("index.html")) && plan_has(&p, VIEW("assets/style.css")));
	assert_true(plan_has(&p, VIEW("fr/a/one.html")) && plan_has(&p, VIEW("ar/index.html")));
	assert_true(plan_has(&p, VIEW("fr/b.html")) && !plan_has(&p, VIEW("en/b.html")));
	assert_true(p.left_out[world_page(&w, "a/one.fr.md")->index]);
	assert_int_equal(p.paths.n, 15);
	world_close(&w);
}

/* A calendar beside its page, in each language that has the page. */
static void
test_calendar(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan p;

	world_files(t);
	tree_put(t, "content/data/days.yaml", "types: {begins: date}\nitems: [{title: Day, begins: 2025-01-01}]\n");
	tree_put(t, "content/a/s.md", "---\ntitle: S\nslug: when\nas-of: 2025\ncalendar: days\n---\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	tree_said(t, "");
	assert_true(plan_has(&p, VIEW("en/a/when.html")) && plan_has(&p, VIEW("en/a/when.ics")));
	assert_true(plan_has(&p, VIEW("ar/a/when.ics")) && !plan_has(&p, VIEW("en/a/one.ics")));
	world_close(&w);
}

static void
test_unpublished(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan p;

	world_files(t);
	tree_put(t, "translations/ar/language.yaml.x", "");
	assert_true(file_remove(&t->root, VIEW("translations/ar/language.yaml")));
	tree_put(t, "translations/ar/language.yaml", "name: العربية\nfallback: [fr]\npublish-from: 50\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	assert_true(p.languages[0] && p.languages[1] && !p.languages[2]);
	assert_false(plan_has(&p, VIEW("ar/index.html")));
	world_close(&w);
}

static void
test_collision(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan p;

	world_files(t);
	tree_put(t, "content/c.md", "---\ntitle: C\nslug: d\norder: 5\n---\n");
	tree_put(t, "content/d.md", "---\ntitle: D\norder: 6\n---\n");
	world_make(t, &w);
	plan_make(&p, &w, NULL);
	tree_said(t, "content/d.md:1:1 output-collision en/d.html\n");
	assert_false(p.left_out[world_page(&w, "c.md")->index]);
	assert_true(p.left_out[world_page(&w, "d.md")->index]);
	world_close(&w);
}

/* Every product belongs to just one part; what languages share to the first. */
static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct world w;
	struct plan all;
	size_t n = 0;

	world_files(t);
	world_make(t, &w);
	plan_make(&all, &w, NULL);
	for (unsigned k = 1; k <= 3; k++) {
		struct plan p;

		plan_make(&p, &w, NULL);
		p.shard = k;
		p.shards = 3;
		plan_cut(&p);
		n += p.paths.n;
		assert_int_equal(plan_has(&p, VIEW("index.html")), k == 1);
		assert_int_equal(plan_has(&p, VIEW("assets/style.css")), k == 1);
		assert_int_equal(plan_has(&p, VIEW("en/index.html")), k == 1);
		assert_int_equal(plan_has(&p, VIEW("fr/index.html")), k == 2);
		assert_int_equal(plan_has(&p, VIEW("ar/index.html")), k == 3);
		assert_int_equal(plan_mine_shared(&p), k == 1);
		assert_int_equal(plan_mine(&p, VIEW("frame.html")), k == 1);
		assert_true(p.languages[0] && p.languages[1] && p.languages[2]);
	}
	assert_int_equal(n, all.paths.n);
	plan_cut(&all);
	assert_int_equal(n, all.paths.n);
	/* languages that are not published leave no gap */
	all.languages[1] = false;
	all.shards = 2;
	all.shard = 2;
	assert_true(plan_mine_language(&all, w.site.languages[2]));
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_products, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_calendar, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_unpublished, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_collision, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
