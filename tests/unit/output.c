/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/output: the lock, what is ours, first and later builds, what is removed. */
#include "world.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "job/output.h"

static struct plan
plan_of(struct tree *t, const char *const *paths)
{
	struct plan p = { .left_out = NULL };

	map_init(&p.paths, &t->arena);
	for (; *paths; paths++)
		map_set(&p.paths, view_str(*paths), t);
	return p;
}

static struct view
out_folder(struct tree *t)
{
	return view_printf(&t->arena, "%s/out", t->folder);
}

static size_t
build(struct tree *t, const char *const *paths)
{
	struct plan p = plan_of(t, paths);
	struct output o;

	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	for (; *paths; paths++)
		assert_int_not_equal(output_write(&o, view_str(*paths), view_str(*paths), &t->diags), FILE_FAILED);
	return output_close(&o, true, &t->diags);
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

	assert_int_equal(build(t, (const char *const[]){ "a/x.html", "a/b/y.html", NULL }), 0);
	assert_true(there(t, "out/site/a/b/y.html") && !there(t, "out/.build") && there(t, "out/.state"));
	assert_int_equal(build(t, (const char *const[]){ "a/x.html", NULL }), 1);
	assert_false(there(t, "out/site/a/b"));
	assert_true(there(t, "out/site/a/x.html"));
	tree_said(t, "");
}

static void
test_half(void **state)
{
	struct tree *t = *state;
	struct plan p = plan_of(t, (const char *const[]){ "x.html", NULL });
	struct output o;

	/* a first build that failed publishes nothing; a later one keeps what was there */
	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	output_write(&o, VIEW("x.html"), VIEW("x"), &t->diags);
	assert_int_equal(output_close(&o, false, &t->diags), 0);
	assert_false(there(t, "out/site"));
	build(t, (const char *const[]){ "x.html", "y.html", NULL });
	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	output_write(&o, VIEW("z.html"), VIEW("z"), &t->diags);
	assert_false(there(t, "out/site/z.html"));
	assert_int_equal(output_close(&o, false, &t->diags), 0);
	assert_true(there(t, "out/site/y.html"));
	assert_false(there(t, "out/site/z.html"));
	/* what could not be read would be missing */
	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	output_write(&o, VIEW("z.html"), VIEW("z"), &t->diags);
	diag(&t->diags, file_read, PLACE_NONE, VIEW("a"), VIEW("b"));
	assert_int_equal(output_close(&o, true, &t->diags), 0);
	assert_true(there(t, "out/site/y.html"));
	assert_false(there(t, "out/site/z.html"));
}

static void
test_refused(void **state)
{
	struct tree *t = *state;
	struct plan p = plan_of(t, (const char *const[]){ "x.html", NULL });
	struct output o, second;

	tree_put(t, "out/site/mine.txt", "precious");
	assert_false(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_output_foreign);
	t->diags.list.n = 0;
	assert_true(file_remove(&t->root, VIEW("out/site/mine.txt")));
	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	assert_false(output_open(&second, &t->arena, out_folder(t), &p, &t->diags));
	assert_int_equal(LIST_AT(&t->diags.list, struct diag, 0)->id, DIAG_output_busy);
	output_close(&o, true, &t->diags);
	t->diags.list.n = 0;
	tree_put(t, "file", "");
	assert_false(output_open(&o, &t->arena, view_printf(&t->arena, "%s/file", t->folder), &p, &t->diags));
	assert_int_equal(t->diags.list.n, 1);
}

/* A worker that goes away has the lock's descriptor open: it locks nobody out. */
static void
test_late_worker(void **state)
{
	struct tree *t = *state;
	struct plan p = plan_of(t, (const char *const[]){ "x.html", NULL });
	struct output o;
	pid_t pid;

	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		alarm(20);
		for (;;)
			pause();
	}
	output_close(&o, false, &t->diags);
	assert_true(output_open(&o, &t->arena, out_folder(t), &p, &t->diags));
	output_close(&o, false, &t->diags);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_builds, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_half, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_refused, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_late_worker, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
