/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/state: what is written is read; a damaged log is worth nothing, never an error. */
#include "tree.h"

#include "job/state.h"

static size_t
read_paths(struct tree *t, const char *log, bool whole)
{
	struct map paths;

	if (log)
		tree_put(t, ".state", log);
	assert_int_equal(state_read(&paths, &t->arena, &t->root, &t->diags), whole);
	tree_said(t, "");
	return paths.n;
}

static void
test_round(void **state)
{
	struct tree *t = *state;
	struct map paths, again;
	struct view text;

	map_init(&paths, &t->arena);
	map_set(&paths, VIEW("fr/b.html"), t);
	map_set(&paths, VIEW("fr/a.html"), t);
	assert_true(state_write(&paths, &t->arena, &t->root, 0, 0, NULL, &t->diags));
	assert_true(file_read(&t->root, &t->arena, VIEW(".state"), 1000, &text, &t->diags));
	assert_string_equal(text.p, "waypost state 1\nfr/a.html\nfr/b.html\n");
	assert_true(state_read(&again, &t->arena, &t->root, &t->diags));
	assert_int_equal(again.n, 2);
	assert_non_null(map_get(&again, VIEW("fr/b.html")));
}

static void
test_damaged(void **state)
{
	struct tree *t = *state;

	assert_int_equal(read_paths(t, NULL, false), 0);
	assert_int_equal(read_paths(t, "some other file\nx\n", false), 0);
	assert_int_equal(read_paths(t, "waypost state 2\nx\n", false), 0);
	assert_int_equal(read_paths(t, "waypost state 1\na\n/etc/passwd\n../up\n\nb\ncut of", true), 2);
}

/* The logs of parts count together, until a whole build takes their place. */
static void
test_parts(void **state)
{
	struct tree *t = *state;
	struct map one, two, all;
	enum file_kind kind;

	map_init(&one, &t->arena);
	map_init(&two, &t->arena);
	map_set(&one, VIEW("a"), t);
	map_set(&two, VIEW("b"), t);
	assert_true(state_write(&one, &t->arena, &t->root, 1, 2, NULL, &t->diags));
	assert_true(state_write(&two, &t->arena, &t->root, 2, 2, NULL, &t->diags));
	assert_true(file_kind(&t->root, VIEW(".state-2-of-2"), &kind) && !file_kind(&t->root, VIEW(".state"), &kind));
	assert_true(state_read(&all, &t->arena, &t->root, &t->diags));
	assert_int_equal(all.n, 2);
	assert_true(state_write(&all, &t->arena, &t->root, 0, 0, NULL, &t->diags));
	assert_false(file_kind(&t->root, VIEW(".state-1-of-2"), &kind) || file_kind(&t->root, VIEW(".state-2-of-2"), &kind));
	tree_said(t, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_round, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_damaged, tree_setup, tree_teardown),
cmocka_unit_test_setup_teardown(test_parts, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
