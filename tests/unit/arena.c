/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/arena. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"

static void
test_zeroed_and_aligned(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t n = 0; n < 300; n++) {
		unsigned char *p = arena_alloc(&a, n);

		assert_non_null(p);
		assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < n; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xA5, n);
	}
	arena_release(&a);
}

static void
test_pieces_do_not_overlap(void **state)
{
	enum { N = 2000 };
	struct arena a;
	unsigned *p[N];

	(void)state;
	arena_init(&a);
	for (unsigned i = 0; i < N; i++) {
		p[i] = arena_array(&a, 1 + i % 37, sizeof **p);
		for (unsigned k = 0; k < 1 + i % 37; k++)
			p[i][k] = i;
	}
	for (unsigned i = 0; i < N; i++)
		for (unsigned k = 0; k < 1 + i % 37; k++)
			assert_int_equal(p[i][k], i);
	arena_release(&a);
}

static void
test_larger_than_any_chunk(void **state)
{
	const size_t n = (size_t)5 << 20;
	struct arena a;
	char *big, *small;

	(void)state;
	arena_init(&a);
	small = arena_copy(&a, "small", 5);
	big = arena_alloc(&a, n);
	big[0] = big[n - 1] = 'x';
	assert_string_equal(small, "small");
	assert_non_null(arena_alloc(&a, 100));
	arena_release(&a);
}

static void
test_copy_ends_with_nul(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_memory_equal(arena_copy(&a, "abcd", 3), "abc", 4);
	assert_memory_equal(arena_copy(&a, NULL, 0), "", 1);
	arena_release(&a);
}

static void
test_rewind(void **state)
{
	struct arena a;
	struct arena_mark empty, mark;
	char *kept, *first;

	(void)state;
	arena_init(&a);
	empty = arena_mark(&a);
	kept = arena_copy(&a, "kept", 4);
	mark = arena_mark(&a);
	first = arena_copy(&a, "gone", 4);
	for (int i = 0; i < 100; i++)
		arena_alloc(&a, 5000);
	arena_rewind(&a, mark);
	assert_string_equal(kept, "kept");
	/* The same memory is given again, and clean. */
	assert_ptr_equal(arena_alloc(&a, 5), first);
	assert_memory_equal(first, "\0\0\0\0", 5);
	/* From the beginning the last piece of memory is used again; a very large one is not held. */
	arena_alloc(&a, 5000);
	first = (char *)a.chunk;
	arena_rewind(&a, empty);
	assert_ptr_equal(a.chunk, first);
	assert_int_equal(a.used, 0);
	arena_alloc(&a, 1);
	assert_ptr_equal(a.chunk, first);
	arena_alloc(&a, 10 << 20);
	arena_rewind(&a, empty);
	assert_null(a.chunk);
	arena_rewind(&a, empty);
	assert_null(a.chunk);
	assert_non_null(arena_alloc(&a, 1));
	arena_release(&a);
	assert_null(a.chunk);
	assert_non_null(arena_new(&a, struct arena));
	arena_release(&a);
}

/* Runs f in a child whose standard error goes to text; returns how it ended. */
static int
ending(void (*f)(void), char *text, size_t size)
{
	int ends[2], status;
	ssize_t n;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		dup2(ends[1], STDERR_FILENO);
		f();
		_exit(0);
	}
	close(ends[1]);
	n = read(ends[0], text, size - 1);
	text[n > 0 ? n : 0] = '\0';
	close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
overflow_product(void)
{
	struct arena a;

	arena_init(&a);
	arena_array(&a, SIZE_MAX / 2, 4);
}

static void
overflow_size(void)
{
	struct arena a;

	arena_init(&a);
	arena_alloc(&a, SIZE_MAX - 4);
}

static void
overflow_chunk(void)
{
	struct arena a;

	arena_init(&a);
	arena_alloc(&a, SIZE_MAX - alignof(max_align_t));
}

static void
broken(void)
{
	bug("two and two");
}

static void
test_no_memory_ends_the_program(void **state)
{
	void (*const all[])(void) = { overflow_product, overflow_size, overflow_chunk };
	char text[200];

	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int status = ending(all[i], text, sizeof text);

		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 3);
		assert_string_equal(text, "waypost: error: out of memory [memory]\n");
	}
}

static void
test_bug_aborts(void **state)
{
	char text[200];
	int status = ending(broken, text, sizeof text);

	(void)state;
	assert_true(WIFSIGNALED(status));
	assert_non_null(strstr(text, "internal error at tests/unit/arena.c:"));
	assert_non_null(strstr(text, "two and two"));
}

/* What a child puts into shared memory stands there for its parent, where the child says. */
static void
test_shared(void **state)
{
	enum { N = 3000 };
	struct arena owner, a;
	struct arena_pool *pool;
	char *p;
	int ends[2];
	pid_t pid;

	(void)state;
	arena_init(&owner);
	pool = arena_share(&owner, 1 << 20);
	assert_non_null(pool);
	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		arena_init_shared(&a, pool);
		for (int i = 0; i < 100; i++)
			p = memset(arena_alloc(&a, N), 'a' + i % 26, N);
		arena_release(&a);
		_exit(write(ends[1], &p, sizeof p) == sizeof p ? 0 : 1);
	}
	assert_int_equal(read(ends[0], &p, sizeof p), sizeof p);
	waitpid(pid, NULL, 0);
	for (int i = 0; i < N; i++)
		assert_int_equal(p[i], 'a' + 99 % 26);
	close(ends[0]);
	close(ends[1]);
	arena_init_shared(&a, pool);
	assert_int_equal(*(char *)arena_alloc(&a, 1), 0);	/* zeroed, and not what the child has */
	arena_release(&a);
	arena_share_end(pool);
	assert_int_equal(p[N - 1], 'a' + 99 % 26);	/* what was taken stays */
	assert_null(arena_share(&owner, 4096));	/* once */
	arena_release(&owner);
	assert_null(arena_share(&owner, SIZE_MAX / 2));
}

static void
use_up(void)
{
	struct arena owner, a;

	arena_init(&owner);
	arena_init_shared(&a, arena_share(&owner, 1 << 20));
	for (int i = 0; i < 3; i++)
		arena_alloc(&a, 500000);
}

/* Then nothing more is to be had; and address space that a limit counts has been given back. */
static void
use_ended(void)
{
	struct rlimit limit = { 1 << 30, 1 << 30 };
	struct arena owner, a;
	struct arena_pool *pool;
	void *p;

	arena_init(&owner);
	pool = arena_share(&owner, (size_t)8 << 30);
	arena_init_shared(&a, pool);
	arena_alloc(&a, 100000);
	arena_share_end(pool);
#ifndef __SANITIZE_ADDRESS__	/* its shadow is address space, too */
	setrlimit(RLIMIT_AS, &limit);
#endif
	(void)limit;
	p = malloc(50 << 20);
	if (!p)
		_exit(7);
	free(p);
	arena_alloc(&a, 2 << 20);
}

static void
test_shared_ends(void **state)
{
	char text[200];
	int status = ending(use_up, text, sizeof text);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
	status = ending(use_ended, text, sizeof text);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 3);
}

static void
test_memory(void **state)
{
	char *p = memory_get(0);

	(void)state;
	assert_non_null(p);
	p = memory_resize(p, 100);
	memset(p, 'x', 100);
	p = memory_resize(p, 0);
	assert_non_null(p);
	free(p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zeroed_and_aligned),
		cmocka_unit_test(test_pieces_do_not_overlap),
		cmocka_unit_test(test_larger_than_any_chunk),
		cmocka_unit_test(test_copy_ends_with_nul),
		cmocka_unit_test(test_rewind),
		cmocka_unit_test(test_no_memory_ends_the_program),
		cmocka_unit_test(test_bug_aborts),
		cmocka_unit_test(test_shared),
		cmocka_unit_test(test_shared_ends),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
