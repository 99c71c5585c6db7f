/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of model/strings. */
#include "tree.h"

#include "model/strings.h"

static void
test_strings(void **state)
{
	struct tree *t = *state;
	struct strings s;

	tree_put(t, "themes/default/strings.yaml", "strings:\n- key: a\n  text: Word one\n  note: N\n"
	    "- key: b\n  plural: n\n  one: \"{n} x\"\n  other: \"{n} xs\"\n- key: c\n- text: d\n- key: e\n  plural: n\n  one: f\n"
	    "- key: a\n  text: Again\n  colour: red\n");
	tree_site(t);
	strings_load(&s, &t->arena, &t->site, &t->diags);
	tree_said(t, "themes/default/strings.yaml:9:3 string-incomplete c\nthemes/default/strings.yaml:10:3 string-incomplete\n"
	    "themes/default/strings.yaml:11:3 string-incomplete e\nthemes/default/strings.yaml:15:9 string-twice a\n"
	    "themes/default/strings.yaml:16:3 yaml-key colour\n");
	assert_true(view_is(s.segments[STRINGS_TITLE].source, "Test"));
	assert_int_equal(s.n, 3);
	assert_true(view_is(s.segments[strings_find(&s, VIEW("b"))->segment].source, "{n} xs"));
	assert_true(view_is(strings_find(&s, VIEW("b"))->plural, "n"));
	assert_true(view_is(s.segments[strings_find(&s, VIEW("a"))->segment].source, "Again"));
	assert_null(strings_find(&s, VIEW("gone")));
	assert_null(strings_at(&s, STRINGS_TITLE));
	assert_null(strings_at(&s, STRINGS_DESCRIPTION));
	for (size_t i = STRINGS_FIRST; i < s.nsegments; i++)
		assert_int_equal(strings_at(&s, i)->segment, i);
}

static void
test_without(void **state)
{
	struct tree *t = *state;
	struct strings s;

	tree_site(t);
	strings_load(&s, &t->arena, &t->site, &t->diags);
	tree_said(t, "");
	assert_int_equal(s.nsegments, STRINGS_FIRST);
	tree_put(t, "themes/default/strings.yaml", "strings: no\n");
	strings_load(&s, &t->arena, &t->site, &t->diags);
	tree_said(t, "themes/default/strings.yaml:1:10 yaml-type strings\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_strings, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_without, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
