/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of base/program: a folder that goes with its owner, programs that end well, badly, too late, or not at all. */
#include "tree.h"

#include <signal.h>

#include "base/program.h"

static bool
run(struct tree *t, const struct program_folder *f, const char *script, unsigned seconds, struct view *why)
{
	const char *const arguments[] = { "sh", "-c", script, NULL };

	*why = VIEW_NONE;
	return program_run(f, &t->arena, arguments, seconds, why);
}

static void
test_run(void **state)
{
	const char *const none[] = { "no-such-program-here", NULL };
	struct tree *t = *state;
	struct program_folder f;
	struct view why, text;

	assert_true(program_open(&f, &t->arena, &t->diags));
	assert_true(run(t, &f, "printf x > \"$HOME/a\"; echo loud; printf '%s' \"${XDG_DATA_DIRS-none}\" > \"$HOME/b\"", 60, &why));
	assert_true(file_read(&f.root, &t->arena, VIEW("a"), 9, &text, &t->diags) && view_is(text, "x"));
	assert_true(file_read(&f.root, &t->arena, VIEW("b"), 9, &text, &t->diags) && view_is(text, "none"));
	assert_false(run(t, &f, "echo first; echo '  the reason ' >&2; echo; exit 3", 60, &why));
	assert_true(view_is(why, "the reason"));
	assert_false(run(t, &f, "exit 3", 60, &why));
	assert_true(view_is(why, "exit code 3"));
	assert_false(run(t, &f, "kill -9 $$", 60, &why));
	assert_true(view_is(why, "it was ended by signal 9"));
	assert_false(program_run(&f, &t->arena, none, 60, &why));
	assert_true(why.n > 0);
	program_close(&f);
	tree_said(t, "");
}

/* What is too late is ended, and so is what it has started. */
static void
test_late(void **state)
{
	struct tree *t = *state;
	struct program_folder f;
	struct view why, pid;

	assert_true(program_open(&f, &t->arena, &t->diags));
	assert_false(run(t, &f, "sleep 100 & echo $! > \"$HOME/pid\"; wait", 1, &why));
	assert_true(view_is(why, "it took more than 1 seconds"));
	assert_true(file_read(&f.root, &t->arena, VIEW("pid"), 20, &pid, &t->diags));
	for (int i = 0; i < 200 && kill((pid_t)strtol(pid.p, NULL, 10), 0) == 0; i++)	/* whoever takes it over buries it */
		usleep(10000);
	assert_int_not_equal(access(view_printf(&t->arena, "/proc/%.*s/fd/0", VIEW_ARG(view_trim(pid))).p, F_OK), 0);
	program_close(&f);
}

static void
test_folder(void **state)
{
	struct tree *t = *state;
	struct program_folder f;
	struct view why, path;

	tree_put(t, "kept", "x");
	assert_true(program_open(&f, &t->arena, &t->diags));
	path = f.path;
	assert_true(run(t, &f, "mkdir -p \"$HOME/.a/b\" && touch \"$HOME/.a/b/.c\" && ln -s / \"$HOME/root\" && ln -s nowhere \"$HOME/.a/d\"", 60, &why));
	assert_int_equal(access(path.p, F_OK), 0);
	program_close(&f);
	assert_int_not_equal(access(path.p, F_OK), 0);
	setenv("TMPDIR", view_printf(&t->arena, "%s/kept", t->folder).p, 1);
	assert_false(program_open(&f, &t->arena, &t->diags));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_file_write);
	unsetenv("TMPDIR");
}

static void
test_find(void **state)
{
	const char *const names[] = { "no-such-program-here", "sh", "cat", NULL }, *const none[] = { "no-such-program-here", NULL };
	struct tree *t = *state;
	struct view found = program_find(&t->arena, names);

	assert_true(view_ends(found, "/sh"));
	assert_int_equal(access(found.p, X_OK), 0);
	assert_int_equal(program_find(&t->arena, none).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_run, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_late, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_folder, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_find, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
