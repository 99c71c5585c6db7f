/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/watch: what editors do to files, new folders, folders that go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "job/watch.h"

struct box {
	char folder[200];
	int fd;
	struct watch *w;
	struct buf seen;	/* paths, a line each */
};

static const char *const names[] = { "content", "themes" };

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof *b);
	const char *tmp = getenv("TMPDIR");

	assert_non_null(b);
	snprintf(b->folder, sizeof b->folder, "%s/waypost-watch-XXXXXX", tmp ? tmp : P_tmpdir);
	assert_non_null(mkdtemp(b->folder));
	b->fd = open(b->folder, O_RDONLY | O_DIRECTORY);
	assert_int_equal(mkdirat(b->fd, "content", 0777), 0);
	assert_int_equal(mkdirat(b->fd, "content/a", 0777), 0);
	assert_int_equal(mkdirat(b->fd, "out", 0777), 0);
	buf_init(&b->seen);
	b->w = watch_open(view_str(b->folder), names, 2);
	assert_non_null(b->w);
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct box *b = *state;
	pid_t pid = fork();

	if (pid == 0) {
		execlp("rm", "rm", "-rf", b->folder, (char *)NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	watch_close(b->w);
	buf_release(&b->seen);
	close(b->fd);
	free(b);
	return 0;
}

static void
put(struct box *b, const char *path)
{
	int fd = openat(b->fd, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, "x", 1), 1);
	close(fd);
}

static void
see(void *self, struct view path)
{
	struct box *b = self;

	buf_addv(&b->seen, path);
	buf_addc(&b->seen, '\n');
}

/* What is seen now, as lines. */
static void
seen(struct box *b, const char *expected)
{
	bool lost = false, any;

	buf_clear(&b->seen);
	any = watch_take(b->w, see, b, &lost);
	assert_string_equal(b->seen.p, expected);
	assert_int_equal(any, *expected != '\0');
	assert_false(lost);
}

static void
test_files(void **state)
{
	struct box *b = *state;

	seen(b, "");
	put(b, "content/a/x.md");
	seen(b, "content/a/x.md\n");
	assert_int_equal(unlinkat(b->fd, "content/a/x.md", 0), 0);
	seen(b, "content/a/x.md\n");
	put(b, "out/x");
	put(b, "elsewhere");
	seen(b, "");
	/* an editor that writes beside the file and renames */
	put(b, "content/.x.md.swp");
	put(b, "content/4913");
	put(b, "content/x.md~");
	put(b, "content/#x.md#");
	seen(b, "");
	assert_int_equal(renameat(b->fd, "content/x.md~", b->fd, "content/x.md"), 0);
	seen(b, "content/x.md\n");
}

static void
test_folders(void **state)
{
	struct box *b = *state;
	size_t n = watch_count(b->w);

	/* made with what is in it before anybody looks */
	assert_int_equal(mkdirat(b->fd, "content/b", 0777), 0);
	assert_int_equal(mkdirat(b->fd, "content/b/2024", 0777), 0);
	seen(b, "content/b\n");
	put(b, "content/b/2024/x.md");
	seen(b, "content/b/2024/x.md\n");
	assert_int_equal(watch_count(b->w), n + 2);
	/* its name is another one, and so are the names in it */
	assert_int_equal(renameat(b->fd, "content/b", b->fd, "content/c"), 0);
	seen(b, "content/b\ncontent/c\n");
	put(b, "content/c/2024/x.md");
	seen(b, "content/c/2024/x.md\n");
	/* out of the site: no longer ours */
	assert_int_equal(renameat(b->fd, "content/c", b->fd, "out/c"), 0);
	seen(b, "content/c\n");
	put(b, "out/c/2024/x.md");
	seen(b, "");
	assert_int_equal(watch_count(b->w), n);
	/* a named folder that comes later, and one that goes */
	assert_int_equal(mkdirat(b->fd, "themes", 0777), 0);
	seen(b, "themes\n");
	put(b, "themes/a.css");
	seen(b, "themes/a.css\n");
	assert_int_equal(unlinkat(b->fd, "themes/a.css", 0), 0);
	assert_int_equal(unlinkat(b->fd, "themes", AT_REMOVEDIR), 0);
	seen(b, "themes/a.css\nthemes\n");
	assert_int_equal(watch_count(b->w), n);
}

static void
test_links(void **state)
{
	struct box *b = *state;
	size_t n = watch_count(b->w);

	assert_int_equal(symlinkat("../out", b->fd, "content/out"), 0);
	put(b, "out/x");
	seen(b, "");
	assert_int_equal(watch_count(b->w), n);
}

static void
test_whole(void **state)
{
	static const char *const whole[] = { "" };
	struct box *b = *state;

	watch_close(b->w);
	b->w = watch_open(view_str(b->folder), whole, 1);
	assert_non_null(b->w);
	put(b, "x");
	put(b, "out/x");
	seen(b, "x\nout/x\n");
	watch_close(b->w);
	assert_null(watch_open(VIEW("/there/is/no/such/folder"), whole, 1));
	b->w = NULL;
}

static void
test_lost(void **state)
{
	struct box *b = *state;
	bool lost = false;
	char path[40];
	FILE *f = fopen("/proc/sys/fs/inotify/max_queued_events", "r");
	int max = 0;

	if (!f || fscanf(f, "%d", &max) != 1 || max > 100000)
		max = 0;
	if (f)
		fclose(f);
	if (!max)
		skip();
	/* two events a turn: removed and written are not merged */
	for (int i = 0; i < max / 2 + 100; i++) {
		snprintf(path, sizeof path, "content/a/%d", i % 7);
		put(b, path);
		unlinkat(b->fd, path, 0);
	}
	assert_true(watch_take(b->w, NULL, NULL, &lost));
	assert_true(lost);
	put(b, "content/a/x.md");
	seen(b, "content/a/x.md\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_files, setup, teardown),
		cmocka_unit_test_setup_teardown(test_folders, setup, teardown),
		cmocka_unit_test_setup_teardown(test_links, setup, teardown),
		cmocka_unit_test_setup_teardown(test_whole, setup, teardown),
		cmocka_unit_test_setup_teardown(test_lost, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
