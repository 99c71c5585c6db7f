/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/survey: shares, totals, the same for any number of workers, messages once. */
#include "world.h"

static void
test_counts(void **state)
{
	struct tree *t = *state;
	const struct page *one;
	struct tally first;
	struct world w;

	world_files(t);
	world_make(t, &w);
	one = world_page(&w, "a/one.md");
	assert_int_equal(survey_page(&w, w.site.languages[0], one)->share, 100);
	assert_int_equal(survey_page(&w, w.site.languages[1], one)->share, 75);
	assert_int_equal(survey_page(&w, w.site.languages[2], one)->share, 25);
	assert_int_equal(survey_page(&w, w.site.languages[2], w.home)->share, 0);
	assert_true(w.survey->published[0] && w.survey->published[1] && w.survey->published[2]);
	assert_true(tally_share(&w.survey->totals[0]) >= 1);
	first = w.survey->totals[1];
	assert_int_equal(first.segments[TALLY_REVIEWED], 3);
	assert_int_equal(first.segments[TALLY_OUTDATED], 1);
	for (unsigned jobs = 1; jobs < 9; jobs++) {
		assert_true(survey_run(&w, NULL, false, jobs));
		assert_memory_equal(&w.survey->totals[1], &first, sizeof first);
	}
	world_close(&w);
}

/* A page and its version for one language are one page. */
static void
test_versions(void **state)
{
	struct tree *t = *state;
	size_t before;
	struct world w;

	world_files(t);
	world_make(t, &w);
	before = tally_segments(&w.survey->totals[0]);
	world_close(&w);
	tree_put(t, "content/a/one.fr.md", "---\ntitle: Un\n---\nx y\n");
	world_make(t, &w);
	assert_int_equal(tally_segments(&w.survey->totals[0]), before);
	assert_int_equal(survey_page(&w, w.site.languages[1], world_page(&w, "a/one.md"))->share, 100);
	world_close(&w);
}

static void
test_messages(void **state)
{
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "translations/fr/index.yaml", "segments:\n- source: Hello [you][1].\n  target: Bonjour.\n  state: perfect\n"
	    "- source: Gone from the page.\n  target: Parti.\n");
	assert_true(world_load(&w, &t->arena, view_str(t->folder), &t->diags));
	assert_true(survey_run(&w, NULL, true, 2));	/* said once, though Arabic falls back to French */
	tree_said(t, "translations/fr/index.yaml:4:10 catalog-state perfect\n"
	    "translations/fr/index.yaml:5:11 audit-unused content/index.md\n");
	world_close(&w);
}

static void
test_only(void **state)
{
	const bool only[] = { true, false, false };
	struct tree *t = *state;
	struct world w;

	world_files(t);
	tree_put(t, "translations/fr/index.yaml", "segments: 3\n");
	assert_true(world_load(&w, &t->arena, view_str(t->folder), &t->diags));
	assert_true(survey_run(&w, only, true, 2));
	tree_said(t, "");
	assert_true(w.survey->published[0] && !w.survey->published[1]);
	world_close(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_counts, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_versions, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_messages, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_only, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
