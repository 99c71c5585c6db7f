/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/file: on a folder of their own, and again without openat2 as on an old kernel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

struct box {
	struct arena arena;
	struct diags diags;
	struct file_root root;
	char folder[200];
};

/* A fresh folder with "root", which is the root, and "outside" beside it. */
static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof *b);
	const char *tmp = getenv("TMPDIR");
	char path[300];

	assert_non_null(b);
	snprintf(b->folder, sizeof b->folder, "%s/waypost-file-XXXXXX", tmp ? tmp : P_tmpdir);
	assert_non_null(mkdtemp(b->folder));
	snprintf(path, sizeof path, "%s/root", b->folder);
	assert_int_equal(mkdir(path, 0777), 0);
	arena_init(&b->arena);
	diags_init(&b->diags);
	assert_true(file_root_open(&b->root, &b->arena, view_str(path)));
	assert_int_equal(mkdirat(b->root.fd, "../outside", 0777), 0);
	*state = b;
	return 0;
}

static void
remove_tree(const char *path)
{
	pid_t pid = fork();

	if (pid == 0) {
		execlp("rm", "rm", "-rf", path, (char *)NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
}

static int
teardown(void **state)
{
	struct box *b = *state;

	file_root_close(&b->root);
	remove_tree(b->folder);
	diags_release(&b->diags);
	arena_release(&b->arena);
	free(b);
	return 0;
}

static void
put(struct box *b, const char *path, const char *text)
{
	int fd = openat(b->root.fd, path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* The only message there is; it is taken away. */
static enum diag_id
message(struct box *b)
{
	enum diag_id id;

	assert_int_equal(b->diags.list.n, 1);
	id = LIST_AT(&b->diags.list, struct diag, 0)->id;
	b->diags.list.n = 0;
	return id;
}

static void
refused(struct box *b, const char *path, enum diag_id id)
{
	struct view text;

	assert_false(file_read(&b->root, &b->arena, view_str(path), 100, &text, &b->diags));
	assert_int_equal(message(b), id);
}

static void
test_read(void **state)
{
	struct box *b = *state;
	struct view text;

	put(b, "a.md", "hello");
	put(b, "empty", "");
	assert_true(file_read(&b->root, &b->arena, VIEW("a.md"), 5, &text, &b->diags));
	assert_true(view_is(text, "hello"));
	assert_int_equal(text.p[5], '\0');
	assert_true(file_read_head(&b->root, &b->arena, VIEW("a.md"), 2, 5, &text, &b->diags));
	assert_true(view_is(text, "he"));
	assert_int_equal(text.p[2], '\0');
	assert_false(file_read_head(&b->root, &b->arena, VIEW("a.md"), 2, 4, &text, &b->diags));
	assert_int_equal(message(b), DIAG_file_large);
	assert_true(file_read(&b->root, &b->arena, VIEW("empty"), 5, &text, &b->diags));
	assert_int_equal(text.n, 0);
	assert_false(file_read(&b->root, &b->arena, VIEW("a.md"), 4, &text, &b->diags));
	assert_int_equal(message(b), DIAG_file_large);
	refused(b, "none.md", DIAG_file_missing);
	refused(b, "a.md/none", DIAG_file_missing);
	assert_false(file_read_if(&b->root, &b->arena, VIEW("none"), 5, &text, &b->diags));
	assert_false(file_read_if(&b->root, &b->arena, VIEW("no/ne"), 5, &text, &b->diags));
	assert_int_equal(b->diags.list.n, 0);
	assert_true(file_read_if(&b->root, &b->arena, VIEW("a.md"), 5, &text, &b->diags));
}

static void
test_what_is_no_file(void **state)
{
	struct box *b = *state;
	struct view text;
	char longest[5000];

	memset(longest, 'x', sizeof longest);
	assert_int_equal(mkdirat(b->root.fd, "dir", 0777), 0);
	assert_int_equal(mkfifoat(b->root.fd, "fifo", 0666), 0);
	refused(b, "dir", DIAG_file_special);
	refused(b, "", DIAG_file_special);
	refused(b, "fifo", DIAG_file_special);
	assert_false(file_read_if(&b->root, &b->arena, VIEW("a\0b"), 5, &text, &b->diags));
	assert_int_equal(message(b), DIAG_file_read);
	assert_false(file_read(&b->root, &b->arena, view_of(longest, sizeof longest), 5, &text, &b->diags));
	assert_int_equal(message(b), DIAG_file_read);
}

static void
test_open(void **state)
{
	struct box *b = *state;
	struct file_facts facts = { 0 }, again = { 0 };
	int fd;

	put(b, "a", "hello");
	assert_int_equal(mkdirat(b->root.fd, "dir", 0777), 0);
	assert_int_equal(mkfifoat(b->root.fd, "fifo", 0666), 0);
	assert_int_equal(symlinkat("a", b->root.fd, "link"), 0);
	fd = file_open(&b->root, VIEW("a"), &facts);
	assert_true(fd >= 0);
	close(fd);
	assert_int_equal(facts.size, 5);
	fd = file_open(&b->root, VIEW("a"), &again);
	close(fd);
	assert_memory_equal(&facts, &again, sizeof facts);
	put(b, "b", "hello");
	assert_int_equal(renameat(b->root.fd, "b", b->root.fd, "a"), 0);
	fd = file_open(&b->root, VIEW("a"), &again);
	close(fd);
	assert_memory_not_equal(&facts, &again, sizeof facts);
	assert_int_equal(file_open(&b->root, VIEW("none"), &facts), -1);
	assert_int_equal(errno, ENOENT);
	assert_int_equal(file_open(&b->root, VIEW("dir"), &facts), -1);
	assert_int_equal(errno, EISDIR);
	assert_int_equal(file_open(&b->root, VIEW("fifo"), &facts), -1);
	assert_int_equal(errno, EINVAL);
	assert_int_equal(file_open(&b->root, VIEW("link"), &facts), -1);
	assert_int_equal(errno, ELOOP);
	assert_int_equal(file_open(&b->root, VIEW("../outside"), &facts), -1);
	assert_int_equal(errno, EXDEV);
}

static void
test_nothing_outside_is_touched(void **state)
{
	struct box *b = *state;
	const char *const paths[] = { "../outside/secret", "link", "up/secret", "/etc/passwd", "x/../../outside/secret",
		"inner/a", };
	enum file_kind kind;
	struct list entries;

	put(b, "../outside/secret", "secret");
	assert_int_equal(mkdirat(b->root.fd, "x", 0777), 0);
	assert_int_equal(symlinkat("../outside/secret", b->root.fd, "link"), 0);
	assert_int_equal(symlinkat("../outside", b->root.fd, "up"), 0);
	/* Links that stay inside are not followed either. */
	assert_int_equal(symlinkat("x", b->root.fd, "inner"), 0);
	put(b, "x/a", "a");
	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		refused(b, paths[i], DIAG_file_link);
		if (strcmp(paths[i], "link") == 0)
			continue;
		assert_false(file_kind(&b->root, view_str(paths[i]), &kind));
		assert_int_equal(file_write(&b->root, view_str(paths[i]), VIEW("bad"), &b->diags), FILE_FAILED);
		assert_int_equal(message(b), DIAG_file_write);
		assert_false(file_remove(&b->root, view_str(paths[i])));
	}
	assert_false(file_mkdir(&b->root, VIEW("up/new"), &b->diags));
	assert_int_equal(message(b), DIAG_file_write);
	assert_false(file_mkdir(&b->root, VIEW("../outside/new"), &b->diags));
	assert_int_equal(message(b), DIAG_file_write);
	assert_false(file_mkdir(&b->root, VIEW("up"), &b->diags));
	assert_int_equal(message(b), DIAG_file_write);
	assert_false(file_list(&b->root, &b->arena, VIEW("up"), &entries, &b->diags));
	message(b);
	assert_int_equal(faccessat(b->root.fd, "../outside/new", F_OK, 0), -1);
	assert_int_equal(faccessat(b->root.fd, "../outside/secret", F_OK, 0), 0);
	/* A link is seen as one, and writing replaces the link, not what it points to. */
	assert_true(file_kind(&b->root, VIEW("link"), &kind));
	assert_int_equal(kind, FILE_LINK);
	assert_int_equal(file_write(&b->root, VIEW("link"), VIEW("mine"), &b->diags), FILE_WRITTEN);
	assert_true(file_kind(&b->root, VIEW("link"), &kind));
	assert_int_equal(kind, FILE_REGULAR);
	put(b, "copy", "");
	assert_int_equal(renameat(b->root.fd, "../outside/secret", b->root.fd, "copy"), 0);
	assert_int_equal(file_write(&b->root, VIEW("copy"), VIEW("secret"), &b->diags), FILE_UNCHANGED);
}

static void
test_kind(void **state)
{
	struct box *b = *state;
	enum file_kind kind;

	put(b, "a", "");
	assert_int_equal(mkdirat(b->root.fd, "dir", 0777), 0);
	assert_int_equal(mkfifoat(b->root.fd, "dir/fifo", 0666), 0);
	assert_true(file_kind(&b->root, VIEW_NONE, &kind));
	assert_int_equal(kind, FILE_FOLDER);
	assert_true(file_kind(&b->root, VIEW("a"), &kind));
	assert_int_equal(kind, FILE_REGULAR);
	assert_true(file_kind(&b->root, VIEW("dir"), &kind));
	assert_int_equal(kind, FILE_FOLDER);
	assert_true(file_kind(&b->root, VIEW("dir/fifo"), &kind));
	assert_int_equal(kind, FILE_OTHER);
	assert_false(file_kind(&b->root, VIEW("none"), &kind));
	assert_false(file_kind(&b->root, VIEW("a/b"), &kind));
	assert_false(file_kind(&b->root, VIEW("dir/."), &kind));
}

static void
test_list(void **state)
{
	struct box *b = *state;
	struct list l;

	put(b, "b", "");
	put(b, "a", "");
	put(b, "B", "");
	put(b, ".hidden", "");
	assert_int_equal(mkdirat(b->root.fd, "dir", 0777), 0);
	assert_int_equal(symlinkat("a", b->root.fd, "link"), 0);
	assert_int_equal(mkfifoat(b->root.fd, "pipe", 0666), 0);
	assert_true(file_list(&b->root, &b->arena, VIEW_NONE, &l, &b->diags));
	assert_int_equal(l.n, 6);
	assert_true(view_is(LIST_AT(&l, struct file_entry, 0)->name, "B"));
	assert_true(view_is(LIST_AT(&l, struct file_entry, 1)->name, "a"));
	assert_int_equal(LIST_AT(&l, struct file_entry, 2)->kind, FILE_REGULAR);
	assert_int_equal(LIST_AT(&l, struct file_entry, 3)->kind, FILE_FOLDER);
	assert_int_equal(LIST_AT(&l, struct file_entry, 4)->kind, FILE_LINK);
	assert_int_equal(LIST_AT(&l, struct file_entry, 5)->kind, FILE_OTHER);
	assert_true(file_list(&b->root, &b->arena, VIEW("dir/"), &l, &b->diags));	/* is the folder, also without openat2 */
	assert_true(file_list(&b->root, &b->arena, VIEW("dir"), &l, &b->diags));
	assert_int_equal(l.n, 0);
	assert_false(file_list(&b->root, &b->arena, VIEW("none"), &l, &b->diags));
	assert_int_equal(b->diags.list.n, 0);
	assert_false(file_list(&b->root, &b->arena, VIEW("a"), &l, &b->diags));
	message(b);
}

/* A new file and its folders; where one is already, as file_write does it. */
static void
test_create(void **state)
{
	struct box *b = *state;
	struct view text;

	assert_int_equal(file_create(&b->root, VIEW("n/e/w"), VIEW("one"), &b->diags), FILE_WRITTEN);
	assert_int_equal(file_create(&b->root, VIEW("n/e/w"), VIEW("one"), &b->diags), FILE_UNCHANGED);
	assert_int_equal(file_create(&b->root, VIEW("n/e/w"), VIEW("two"), &b->diags), FILE_WRITTEN);
	assert_true(file_read(&b->root, &b->arena, VIEW("n/e/w"), 100, &text, &b->diags));
	assert_true(view_is(text, "two"));
	assert_int_equal(b->diags.list.n, 0);
	assert_int_equal(file_create(&b->root, VIEW("n/e/w/below"), VIEW("x"), &b->diags), FILE_FAILED);
	message(b);
	assert_int_equal(file_create(&b->root, VIEW("../out"), VIEW("x"), &b->diags), FILE_FAILED);
	message(b);
}

/* The stamp of a new file is what file_stamp says of it; nothing is known of one that was there. */
static void
test_create_stamp(void **state)
{
	struct box *b = *state;
	struct file_stamp made, asked;

	assert_int_equal(file_create_stamp(&b->root, VIEW("n/e/w"), VIEW("one"), &made, &b->diags), FILE_WRITTEN);
	assert_true(file_stamp(&b->root, VIEW("n/e/w"), &asked));
	assert_int_not_equal(made.sign, 0);
	assert_memory_equal(&made, &asked, sizeof made);
	assert_int_equal(file_create_stamp(&b->root, VIEW("n/e/w"), VIEW("one"), &made, &b->diags), FILE_UNCHANGED);
	assert_int_equal(made.sign, 0);
	assert_int_equal(file_create_stamp(&b->root, VIEW("n/e/w/below"), VIEW("x"), &made, &b->diags), FILE_FAILED);
	assert_int_equal(made.sign, 0);
	message(b);
}

/* A child of ours has ended: its number is nobody's now, or another process has it, which is as well. */
static void
test_leftover(void **state)
{
	char name[80];
	pid_t pid = fork();

	(void)state;
	if (pid == 0)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	snprintf(name, sizeof name, "a.yaml.waypost-%ld", (long)pid);
	assert_true(file_leftover(view_str(name)) || kill(pid, 0) == 0);
	snprintf(name, sizeof name, "a.yaml.waypost-%ld", (long)getpid());
	assert_false(file_leftover(view_str(name)));
	assert_false(file_leftover(VIEW("a.yaml")));
	assert_false(file_leftover(VIEW("a.yaml.waypost-")));
	assert_false(file_leftover(VIEW("a.yaml.waypost-0")));
	assert_false(file_leftover(VIEW("a.yaml.waypost-x1")));
	assert_false(file_leftover(VIEW("a.yaml.waypost-99999999999999999999")));
}

static void
test_write_only_what_differs(void **state)
{
	struct box *b = *state;
	struct stat before, after;
	struct view text;
	struct list l;
	char large[100000];

	memset(large, 'x', sizeof large);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), VIEW("one"), &b->diags), FILE_WRITTEN);
	assert_int_equal(fstatat(b->root.fd, "d/e/f.html", &before, 0), 0);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), VIEW("one"), &b->diags), FILE_UNCHANGED);
	assert_true(file_write_memory(&b->root, VIEW("d/memory"), VIEW("two")) && file_holds(&b->root, VIEW("d/memory"), VIEW("two")));
	assert_false(file_write_memory(&b->root, VIEW("../memory"), VIEW("two")));
	assert_int_equal(fstatat(b->root.fd, "d/e/f.html", &after, 0), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_true(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), VIEW("two"), &b->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), VIEW("twos"), &b->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), view_of(large, sizeof large), &b->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), view_of(large, sizeof large), &b->diags), FILE_UNCHANGED);
	large[99999] = 'y';
	assert_int_equal(file_write(&b->root, VIEW("d/e/f.html"), view_of(large, sizeof large), &b->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&b->root, VIEW("d/empty"), VIEW_NONE, &b->diags), FILE_WRITTEN);
	assert_int_equal(file_write(&b->root, VIEW("d/empty"), VIEW_NONE, &b->diags), FILE_UNCHANGED);
	assert_true(file_read(&b->root, &b->arena, VIEW("d/e/f.html"), sizeof large, &text, &b->diags));
	assert_true(view_eq(text, view_of(large, sizeof large)));
	/* No temporary file is left. */
	assert_true(file_list(&b->root, &b->arena, VIEW("d/e"), &l, &b->diags));
	assert_int_equal(l.n, 1);
	assert_int_equal(b->diags.list.n, 0);
}

static void
test_write_that_cannot_be(void **state)
{
	struct box *b = *state;

	put(b, "file", "");
	assert_int_equal(mkdirat(b->root.fd, "dir", 0777), 0);
	assert_int_equal(mkdirat(b->root.fd, "dir/sub", 0777), 0);
	assert_int_equal(file_write(&b->root, VIEW("file/a"), VIEW("x"), &b->diags), FILE_FAILED);
	assert_int_equal(message(b), DIAG_file_write);
	assert_int_equal(file_write(&b->root, VIEW("file/a/b"), VIEW("x"), &b->diags), FILE_FAILED);
	assert_int_equal(message(b), DIAG_file_write);
	assert_int_equal(file_write(&b->root, VIEW("dir"), VIEW("x"), &b->diags), FILE_FAILED);
	assert_int_equal(message(b), DIAG_file_write);
	assert_int_equal(file_write(&b->root, VIEW_NONE, VIEW("x"), &b->diags), FILE_FAILED);
	assert_int_equal(message(b), DIAG_file_write);
	assert_false(file_mkdir(&b->root, VIEW("file"), &b->diags));
	assert_int_equal(message(b), DIAG_file_write);
	assert_true(file_mkdir(&b->root, VIEW("p/q/r"), &b->diags));
	assert_true(file_mkdir(&b->root, VIEW("p/q/r"), &b->diags));
	assert_false(file_remove(&b->root, VIEW("p/q")));
	assert_true(file_remove(&b->root, VIEW("p/q/r")));
	assert_false(file_remove(&b->root, VIEW("p/q/r")));
	assert_true(file_remove(&b->root, VIEW("file")));
	assert_int_equal(b->diags.list.n, 0);
}

/* A disk that is full in the middle of a file: what was there stays, nothing half-written is left. */
static void
test_full_disk_keeps_the_old_file(void **state)
{
	struct box *b = *state;
	struct view text;
	struct list l;
	struct rlimit old, small = { 1000, 1000 };
	char large[5000];

	memset(large, 'x', sizeof large);
	assert_int_equal(file_write(&b->root, VIEW("a"), VIEW("old"), &b->diags), FILE_WRITTEN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small.rlim_max = old.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(file_write(&b->root, VIEW("a"), view_of(large, sizeof large), &b->diags), FILE_FAILED);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);
	assert_int_equal(message(b), DIAG_file_write);
	assert_true(file_read(&b->root, &b->arena, VIEW("a"), 100, &text, &b->diags));
	assert_true(view_is(text, "old"));
	assert_true(file_list(&b->root, &b->arena, VIEW_NONE, &l, &b->diags));
	assert_int_equal(l.n, 1);
}

static void
test_root(void **state)
{
	struct box *b = *state;
	struct file_root r;
	struct arena a;

	arena_init(&a);
	put(b, "a", "");
	assert_false(file_root_open(&r, &a, VIEW("a\0b")));
	assert_false(file_root_open(&r, &a, view_printf(&a, "%s/none", b->folder)));
	assert_int_equal(errno, ENOENT);
	assert_false(file_root_open(&r, &a, view_printf(&a, "%s/root/a", b->folder)));
	assert_int_equal(errno, ENOTDIR);
	file_root_close(&r);
	errno = EACCES;
	assert_true(view_is(file_error(&a), "permission denied"));
	arena_release(&a);
}

#define BOXED(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

static int
run_on_files(const char *name)
{
	const struct CMUnitTest tests[] = {
		BOXED(test_read),
		BOXED(test_what_is_no_file),
		BOXED(test_open),
		BOXED(test_nothing_outside_is_touched),
		BOXED(test_kind),
		BOXED(test_list),
		BOXED(test_write_only_what_differs),
		BOXED(test_create),
		BOXED(test_create_stamp),
		BOXED(test_write_that_cannot_be),
	};

	return cmocka_run_group_tests_name(name, tests, NULL, NULL);
}

/* As run_on_files, in a process for which openat2 does not exist. */
static void
test_without_openat2(void **state)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { sizeof code / sizeof *code, code };
	int status;
	pid_t pid;

	(void)state;
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		/* Its results must not be counted twice: the parent reports them as one. */
		if (!freopen("/dev/null", "w", stdout) || dup2(STDOUT_FILENO, STDERR_FILENO) < 0 ||
		    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
		    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0)
			_exit(77);
		exit(run_on_files("without openat2") ? 1 : 0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* A stamp tells every change, also one that keeps size and mtime; what happened a moment ago may happen again unseen. */
static void
test_stamps(void **state)
{
	struct box *b = *state;
	struct file_stamp first, second;
	struct timespec times[2];
	struct list seen;
	struct stat st;

	assert_false(file_stamp(&b->root, VIEW("x"), &first));
	assert_int_equal(first.sign, 0);
	put(b, "x", "one");
	assert_int_equal(mkdirat(b->root.fd, "in", 0777), 0);
	assert_true(file_stamp(&b->root, VIEW("x"), &first));
	assert_true(file_stamp_doubtful(&first, file_now()));
	assert_false(file_stamp_doubtful(&first, file_now() + (int64_t)10 * 1000000000));
	assert_int_equal(fstatat(b->root.fd, "x", &st, 0), 0);
	while (file_now() - first.when < 50000000)
		;
	assert_false(file_stamp_doubtful(&first, file_now()));
	put(b, "x", "six");
	times[0] = st.st_atim;
	times[1] = st.st_mtim;
	assert_int_equal(utimensat(b->root.fd, "x", times, 0), 0);
	assert_true(file_stamp(&b->root, VIEW("x"), &second));
	assert_int_not_equal(first.sign, second.sign);
	assert_true(file_look(&b->root, &b->arena, VIEW_NONE, &seen));
	assert_int_equal(seen.n, 2);
	for (size_t i = 0; i < seen.n; i++) {
		const struct file_seen *f = LIST_AT(&seen, struct file_seen, i);

		assert_int_equal(f->kind, view_is(f->name, "in") ? FILE_FOLDER : FILE_REGULAR);
		if (f->kind == FILE_REGULAR)
			assert_int_equal(f->stamp.sign, second.sign);
	}
	assert_false(file_look(&b->root, &b->arena, VIEW("none"), &seen));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOXED(test_stamps),
		BOXED(test_full_disk_keeps_the_old_file),
		BOXED(test_root),
		cmocka_unit_test(test_leftover),
		cmocka_unit_test(test_without_openat2),
	};
	int failed = run_on_files("file");

	return failed + cmocka_run_group_tests_name("file and system", tests, NULL, NULL);
}
