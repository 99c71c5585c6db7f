/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/hint: what the tool says above an entry. */
#include "world.h"

#include "job/hint.h"

static const char *
lines(struct tree *t, struct world *w, const char *tag, const struct page *p, const struct segment *s)
{
	return hint_lines(&t->arena, w, site_language(&w->site, view_str(tag))->lang, p, s).p;
}

static void
test_page(void **state)
{
	struct tree *t = *state;
	struct world w;
	const struct page *p;

	world_files(t);
	tree_put(t, "content/l.md", "---\ntitle: L\n---\n\n[a](a/one.md) [b](a/index.md#part) [c](https://x.example/)\n");
	world_make(t, &w);
	p = world_page(&w, "l.md");
	assert_string_equal(lines(t, &w, "fr", p, &p->segments[PAGE_TITLE]), "l.md:2");
	assert_string_equal(lines(t, &w, "fr", p, &p->segments[PAGE_BODY]),
	    "l.md:5   [1] a/one.md  [2] a/index.md#part  [3] https://x.example/");
	world_close(&w);
}

static void
test_others(void **state)
{
	struct tree *t = *state;
	const struct data *things;
	struct world w;

	world_files(t);
	world_make(t, &w);
	things = data_find(&w.data, "things");
	assert_string_equal(lines(t, &w, "fr", NULL, &things->segments[0]), "data/things.yaml:5");
	assert_string_equal(lines(t, &w, "fr", NULL, &w.strings.segments[STRINGS_TITLE]), "site.yaml:1");
	assert_string_equal(lines(t, &w, "ar", NULL, &w.strings.segments[STRINGS_FIRST + 1]),
	    "themes/default/strings.yaml:7\nwhere {status.total} changes the sentence, write one text for each of: "
	    "zero, one, two, few, many, other\n  target:\n    one: |\n      ...\n    other: |\n      ...");
	world_close(&w);
}

static void
test_same(void **state)
{
	(void)state;
	assert_true(hint_same(VIEW("a.md:3"), VIEW("a.md:12")));
	assert_true(hint_same(VIEW("a.md:3   [1] b.md"), VIEW("a.md:12   [1] b.md")));
	assert_true(hint_same(VIEW("a.md:3\nnote"), VIEW("a.md:4\nnote")));
	assert_false(hint_same(VIEW("a.md:3   [1] b.md"), VIEW("a.md:3   [1] c.md")));
	assert_false(hint_same(VIEW("a.md:3"), VIEW("b.md:3")));
	assert_false(hint_same(VIEW("a.md:3\nnote"), VIEW("a.md:3\nother note")));
	assert_false(hint_same(VIEW("a.md:3"), VIEW("a.md")) && hint_same(VIEW(""), VIEW("a.md:1")));
	assert_false(hint_same(VIEW("3"), VIEW("4")));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_page),
		TEST(test_others),
		cmocka_unit_test(test_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
