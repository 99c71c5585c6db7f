/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/map. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/map.h"

static void
test_set_add_get(void **state)
{
	struct arena a;
	struct map m;
	int one = 1, two = 2;

	(void)state;
	arena_init(&a);
	map_init(&m, &a);
	assert_null(map_get(&m, VIEW("k")));
	assert_null(map_set(&m, VIEW("k"), &one));
	assert_ptr_equal(map_get(&m, VIEW("k")), &one);
	assert_ptr_equal(map_set(&m, VIEW("k"), &two), &one);
	assert_ptr_equal(map_add(&m, VIEW("k"), &one), &two);
	assert_ptr_equal(map_add(&m, VIEW("other"), &one), &one);
	assert_null(map_get(&m, VIEW("")));
	assert_null(map_set(&m, VIEW_NONE, &two));
	assert_ptr_equal(map_get(&m, VIEW("")), &two);
	assert_int_equal(m.n, 3);
	arena_release(&a);
}

static void
test_many_keys_keep_their_order(void **state)
{
	enum { N = 5000 };
	struct arena a;
	struct map m;
	static const int marks[N];

	(void)state;
	arena_init(&a);
	map_init(&m, &a);
	for (int i = 0; i < N; i++)
		assert_null(map_set(&m, view_printf(&a, "key %d", i), (void *)&marks[i]));
	assert_int_equal(m.n, N);
	for (int i = 0; i < N; i++) {
		assert_ptr_equal(map_get(&m, view_printf(&a, "key %d", i)), &marks[i]);
		assert_ptr_equal(m.entries[i].value, &marks[i]);
	}
	assert_null(map_get(&m, VIEW("key 5000")));
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_add_get),
		cmocka_unit_test(test_many_keys_keep_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
