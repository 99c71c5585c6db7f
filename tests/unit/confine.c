/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of base/confine: what is given up is gone, what is kept is there. */
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "base/confine.h"

/* There only where lines are counted: the counters are written below the folder of the objects when the process ends. */
void __gcov_dump(void) __attribute__((weak));

static size_t
counters(int *folder)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 10);

	while (n > 0 && path[n - 1] != '/')
		n--;
	memcpy(path + (n > 0 ? n : 0), "..", 3);
	*folder = __gcov_dump ? open(path, O_RDONLY | O_DIRECTORY) : -1;
	return *folder >= 0;
}

/* In a process of its own, since it is for good: bits of what went wrong. */
static int
try(const struct tree *t, int out)
{
	int folders[] = { out, -1 };
	const struct confined c = confine(folders, 1 + counters(&folders[1]));
	int wrong = 0;

	if (c.writes) {
		wrong |= openat(t->root.fd, "elsewhere", O_WRONLY | O_CREAT, 0600) >= 0 || errno != EACCES ? 1 : 0;
		wrong |= unlinkat(t->root.fd, "there", 0) == 0 ? 2 : 0;
	}
	if (c.network)
		wrong |= socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM ? 4 : 0;
	wrong |= openat(t->root.fd, "there", O_RDONLY) < 0 ? 8 : 0;
	wrong |= mkdirat(out, "a", 0700) != 0 || openat(out, "a/b", O_WRONLY | O_CREAT, 0600) < 0 ? 16 : 0;
	wrong |= renameat(out, "a/b", out, "c") != 0 || unlinkat(out, "c", 0) != 0 ? 32 : 0;
	return wrong;
}

static void
test_confined(void **state)
{
	struct tree *t = *state;
	int status, out;
	pid_t pid;

	tree_put(t, "there", "x");
	tree_put(t, "out/x", "x");
	out = openat(t->root.fd, "out", O_RDONLY | O_DIRECTORY);
	assert_true(out >= 0);
	pid = fork();
	if (pid == 0)
		_exit(try(t, out));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	close(out);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* A folder that is none: the file system stays open, and it is said; the network is given up all the same. */
static int
try_none(const struct tree *t)
{
	int none = -1;
	const struct confined c = confine(&none, 1);
	int wrong = c.writes ? 1 : 0;

	if (c.network)
		wrong |= socket(AF_INET, SOCK_STREAM, 0) >= 0 || errno != EPERM ? 4 : 0;
	wrong |= openat(t->root.fd, "elsewhere", O_WRONLY | O_CREAT, 0600) < 0 ? 2 : 0;
	return wrong;
}

static void
test_no_folder(void **state)
{
	struct tree *t = *state;
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(try_none(t));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_confined, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_no_folder, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
