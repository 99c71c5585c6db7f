/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/file with calls that fail: each k-th call of a kind in turn. What was there stays, or is whole and new; nothing is left beside it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

/* The calls of the program come here first: the one behind `before` others of its name fails, or does something odd. */
static struct {
	const char *name;
	unsigned before;
	int error;	/* ODD: it succeeds, with something else than is there */
} fault;

enum { ODD = -1 };

static bool
strikes(const char *name)
{
	if (!fault.name || strcmp(fault.name, name) != 0 || fault.before-- > 0)
		return false;
	fault.name = NULL;
	errno = fault.error == ODD ? 0 : fault.error;
	return true;
}

int
close(int fd)
{
	int got = (int)syscall(SYS_close, fd);

	return strikes("close") ? -1 : got;
}

ssize_t
read(int fd, void *to, size_t n)
{
	if (strikes("read"))
		return fault.error == ODD ? 0 : -1;
	return syscall(SYS_read, fd, to, n);
}

ssize_t
pread(int fd, void *to, size_t n, off_t at)
{
	bool struck = strikes("pread");
	ssize_t got;

	if (struck && fault.error != ODD)
		return -1;
	got = syscall(SYS_pread64, fd, to, n, at);
	if (struck && got > 0)
		*(char *)to ^= 1;
	return got;
}

ssize_t
write(int fd, const void *from, size_t n)
{
	if (strikes("write"))
		return fault.error == ODD ? syscall(SYS_write, fd, from, n > 1 ? 1 : n) : -1;
	return syscall(SYS_write, fd, from, n);
}

int
fsync(int fd)
{
	return strikes("fsync") ? -1 : (int)syscall(SYS_fsync, fd);
}

int
syncfs(int fd)
{
	(void)fd;
	return strikes("syncfs") ? -1 : 0;
}

int
fstat(int fd, struct stat *st)
{
	return strikes("fstat") ? -1 : fstatat(fd, "", st, AT_EMPTY_PATH);
}

int
mkdirat(int dir, const char *name, mode_t mode)
{
	return strikes("mkdirat") ? -1 : (int)syscall(SYS_mkdirat, dir, name, mode);
}

int
renameat(int from, const char *old, int to, const char *new)
{
	return strikes("renameat") ? -1 : (int)syscall(SYS_renameat2, from, old, to, new, 0);
}

/* ODD: a file system that does not tell kinds. */
struct dirent *
readdir(DIR *dir)
{
	bool struck = strikes("readdir");
	struct dirent *e;

	if (struck && fault.error != ODD)
		return NULL;
	e = (struct dirent *)readdir64(dir);
	if (e && fault.error == ODD)
		e->d_type = DT_UNKNOWN;
	return e;
}

struct box {
	struct arena arena;
	struct diags diags;
	struct file_root root;
	char folder[200];
};

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof *b);
	const char *tmp = getenv("TMPDIR");

	assert_non_null(b);
	snprintf(b->folder, sizeof b->folder, "%s/waypost-file-XXXXXX", tmp ? tmp : P_tmpdir);
	assert_non_null(mkdtemp(b->folder));
	arena_init(&b->arena);
	diags_init(&b->diags);
	assert_true(file_root_open(&b->root, &b->arena, view_str(b->folder)));
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct box *b = *state;
	pid_t pid;

	fault.name = NULL;
	file_root_close(&b->root);
	pid = fork();
	if (pid == 0) {
		execlp("rm", "rm", "-rf", b->folder, (char *)NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	diags_release(&b->diags);
	arena_release(&b->arena);
	free(b);
	return 0;
}

static void
strike(const char *name, unsigned before, int error)
{
	fault.before = before;
	fault.error = error;
	fault.name = name;
}

/* The number that the next descriptor gets: the same when none was kept. */
static int
next_descriptor(void)
{
	int fd = dup(STDIN_FILENO);

	assert_true(fd >= 0);
	syscall(SYS_close, fd);
	return fd;
}

/* What "in/x" holds: 'o' the old text, 'n' the new one, '-' nothing; and that nothing is beside it. */
static char
holds(struct box *b)
{
	struct list entries;
	struct view text;
	char what = '-';

	fault.name = NULL;
	fault.error = 0;
	if (!file_list_hidden(&b->root, &b->arena, VIEW("in"), &entries, &b->diags) || entries.n == 0)
		return what;
	assert_int_equal(entries.n, 1);
	assert_true(view_is(LIST_AT(&entries, struct file_entry, 0)->name, "x"));
	assert_true(file_read(&b->root, &b->arena, VIEW("in/x"), 100, &text, &b->diags));
	what = view_is(text, "the old text") ? 'o' : view_is(text, "the new text") ? 'n' : '?';
	return what;
}

typedef enum file_written write_fn(const struct file_root *r, struct view path, struct view bytes, struct diags *d);

/* Writes "in/x" with a call that fails. Returns what came of it, which has been checked. */
static enum file_written
write_once(struct box *b, write_fn *fn, bool old, const char *call, unsigned before, int error, bool *struck)
{
	int first;
	enum file_written done;
	char now;

	fault.name = NULL;
	file_remove(&b->root, VIEW("in/x"));
	file_remove(&b->root, VIEW("in"));
	if (old)
		assert_int_equal(file_write(&b->root, VIEW("in/x"), VIEW("the old text"), &b->diags), FILE_WRITTEN);
	b->diags.list.n = 0;
	first = next_descriptor();
	strike(call, before, error);
	done = fn(&b->root, VIEW("in/x"), VIEW("the new text"), &b->diags);
	*struck = !fault.name;
	now = holds(b);
	if (next_descriptor() != first)
		fail_msg("%s %u (%d): a descriptor is kept", call, before, error);
	if (now != (done == FILE_WRITTEN ? 'n' : old ? 'o' : '-'))
		fail_msg("%s %u (%d): %d and '%c'", call, before, error, (int)done, now);
	if ((b->diags.list.n > 0) != (done == FILE_FAILED))
		fail_msg("%s %u (%d): %d and %zu messages", call, before, error, (int)done, b->diags.list.n);
	return done;
}

static void
test_each_call(void **state)
{
	static const struct {
		const char *call;
		int error, failures;	/* failures: 1 some, 0 none */
	} rows[] = {
		{ "close", EIO, 1 }, { "close", EDQUOT, 1 }, { "close", EINTR, 0 }, { "write", ENOSPC, 1 }, { "write", EINTR, 0 },
		{ "write", ODD, 0 }, { "renameat", EACCES, 1 }, { "mkdirat", EACCES, 1 }, { "mkdirat", EROFS, 1 }, { "read", EIO, 0 },
		{ "read", EINTR, 0 }, { "fstat", EIO, 0 }, { "fsync", EIO, 1 }, { "fsync", EINTR, 0 }, { "pread", EINTR, 0 },
		{ "pread", EIO, 1 }, { "pread", ODD, 1 },
	};
	static write_fn *const functions[] = { file_write, file_write_safe, file_create };
	struct box *b = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int failures = 0, struck = 0;

		for (size_t f = 0; f < 6; f++) {
			bool hit = true;

			for (unsigned k = 0; hit; k++) {
				assert_true(k < 50);
				if (write_once(b, functions[f / 2], f % 2, rows[i].call, k, rows[i].error, &hit) == FILE_FAILED)
					failures++;
				struck += hit;
			}
		}
		if (struck == 0 || (failures > 0) != (rows[i].failures > 0))
			fail_msg("%s (%d): %d strikes, %d failures", rows[i].call, rows[i].error, struck, failures);
	}
}

/* The message names the cause; a copy that reads back otherwise has a message of its own. */
static void
test_messages(void **state)
{
	struct box *b = *state;
	bool struck;
	const struct diag *d;

	assert_int_equal(write_once(b, file_write, false, "fsync", 0, EIO, &struck), FILE_FAILED);
	d = LIST_AT(&b->diags.list, struct diag, 0);
	assert_true(d->id == DIAG_file_write && view_is(d->args[0], "in/x") && view_is(d->args[1], "input/output error"));
	assert_int_equal(write_once(b, file_write_safe, true, "pread", 0, ODD, &struck), FILE_FAILED);
	d = LIST_AT(&b->diags.list, struct diag, 0);
	assert_true(d->id == DIAG_copy_differs && view_is(d->args[0], "in/x"));
	strike("syncfs", 0, EINTR);
	assert_true(file_flush(&b->root));
	strike("syncfs", 0, EIO);
	assert_false(file_flush(&b->root));
	assert_int_equal(errno, EIO);
}

static void
test_reading(void **state)
{
	struct box *b = *state;
	struct file_facts facts;
	struct list entries;
	struct view text;
	uint64_t size;
	int first = next_descriptor(), fd;

	assert_int_equal(file_write(&b->root, VIEW("x"), VIEW("text"), &b->diags), FILE_WRITTEN);
	assert_true(file_mkdir(&b->root, VIEW("y/z"), &b->diags));
	strike("read", 0, EINTR);
	assert_true(file_read(&b->root, &b->arena, VIEW("x"), 100, &text, &b->diags) && view_is(text, "text"));
	/* it got shorter while it was read */
	strike("read", 0, ODD);
	assert_true(file_read(&b->root, &b->arena, VIEW("x"), 100, &text, &b->diags) && text.n == 0);
	assert_int_equal(b->diags.list.n, 0);
	strike("read", 0, EIO);
	assert_false(file_read(&b->root, &b->arena, VIEW("x"), 100, &text, &b->diags));
	strike("fstat", 0, EIO);
	assert_false(file_read_if(&b->root, &b->arena, VIEW("x"), 100, &text, &b->diags));
	assert_true(b->diags.list.n > 0);
	for (size_t i = 0; i < b->diags.list.n; i++)
		assert_int_equal(LIST_AT(&b->diags.list, struct diag, i)->id, DIAG_file_read);
	strike("fstat", 0, EIO);
	assert_int_equal(file_open(&b->root, VIEW("x"), &facts), -1);
	assert_int_equal(errno, EIO);
	fd = file_open(&b->root, VIEW("x"), &facts);
	assert_true(fd >= 0 && facts.size == 4);
	close(fd);
	strike("fstat", 0, EIO);
	assert_false(file_size(&b->root, VIEW("x"), &size));
	assert_true(file_size(&b->root, VIEW("x"), &size) && size == 4);
	assert_false(file_size(&b->root, VIEW("y"), &size));
	b->diags.list.n = 0;
	strike("readdir", 1, EIO);
	assert_false(file_list(&b->root, &b->arena, VIEW_NONE, &entries, &b->diags));
	assert_int_equal(LIST_AT(&b->diags.list, struct diag, 0)->id, DIAG_file_read);
	for (int odd = 0; odd < 2; odd++) {
		strike("readdir", 1, odd ? ODD : EINTR);
		assert_true(file_list(&b->root, &b->arena, VIEW_NONE, &entries, &b->diags));
		assert_int_equal(entries.n, 2);
		assert_int_equal(LIST_AT(&entries, struct file_entry, 0)->kind, FILE_REGULAR);
		assert_int_equal(LIST_AT(&entries, struct file_entry, 1)->kind, FILE_FOLDER);
	}
	fault.error = 0;
	assert_int_equal(next_descriptor(), first);
}

/* A thousand folders in folders that are there, with few descriptors. */
static void
test_many_folders(void **state)
{
	struct box *b = *state;
	int first = next_descriptor();

	for (int i = 0; i < 1000; i++) {
		char path[60];

		snprintf(path, sizeof path, "a/b/c/%d/x", i);
		assert_int_equal(file_write(&b->root, view_str(path), VIEW("text"), &b->diags), FILE_WRITTEN);
	}
	assert_int_equal(next_descriptor(), first);
	assert_false(file_mkdir(&b->root, VIEW("a/b/c/1/x"), &b->diags));
	assert_int_equal(next_descriptor(), first);
	assert_true(view_is(LIST_AT(&b->diags.list, struct diag, 0)->args[1], "not a directory"));
}

/* What a process that has ended left beside a file goes with the next writing; what a living one is at stays. */
static void
test_leftovers(void **state)
{
	static const char *const others[] = { "x.waypost-", "x.waypost-1x", "x.waypost-99999999999999999999", "y.waypost-1", "x" };
	struct box *b = *state;
	char path[60];
	struct list entries;
	pid_t ended = fork(), zombie;

	if (ended == 0)
		_exit(0);
	waitpid(ended, NULL, 0);
	zombie = fork();
	if (zombie == 0)
		_exit(0);
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		assert_int_equal(file_write(&b->root, view_str(others[i]), VIEW("text"), &b->diags), FILE_WRITTEN);
	for (int i = 0; i < 3; i++) {
		snprintf(path, sizeof path, "x.waypost-%ld", (long)(i == 0 ? ended : i == 1 ? zombie : getppid()));
		assert_int_equal(file_create(&b->root, view_str(path), VIEW("text"), &b->diags), FILE_WRITTEN);
	}
	while (!file_leftover(view_printf(&b->arena, "x.waypost-%ld", (long)zombie)))
		usleep(1000);
	assert_int_equal(file_write(&b->root, VIEW("x"), VIEW("other"), &b->diags), FILE_WRITTEN);
	assert_true(file_list(&b->root, &b->arena, VIEW_NONE, &entries, &b->diags));
	/* the others, and that of the living process */
	assert_int_equal(entries.n, 6);
	waitpid(zombie, NULL, 0);
	assert_false(file_move(&b->root, VIEW("none/x"), VIEW("z"), &b->diags));
	assert_int_equal(LIST_AT(&b->diags.list, struct diag, 0)->id, DIAG_file_write);
}

#define BOXED(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOXED(test_each_call),
		BOXED(test_messages),
		BOXED(test_reading),
		BOXED(test_many_folders),
		BOXED(test_leftovers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
