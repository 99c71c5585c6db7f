/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/list. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/list.h"

struct pair {
	int a;
	int b;
};

static void
test_grows_in_order(void **state)
{
	struct list l = LIST_OF(struct pair);
	struct arena a;

	(void)state;
	arena_init(&a);
	assert_null(l.items);
	for (int i = 0; i < 1000; i++) {
		struct pair *p = list_push(&l, &a);

		assert_int_equal(p->a, 0);
		assert_int_equal(p->b, 0);
		*p = (struct pair){ i, -i };
	}
	assert_int_equal(l.n, 1000);
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(LIST_AT(&l, struct pair, i)->a, i);
		assert_int_equal(LIST_AT(&l, struct pair, i)->b, -i);
	}
	arena_release(&a);
}

static void
test_element_is_clean_after_shortening(void **state)
{
	struct list l = LIST_OF(struct pair);
	struct arena a;
	struct pair *p;

	(void)state;
	arena_init(&a);
	p = list_push(&l, &a);
	*p = (struct pair){ 7, 8 };
	l.n = 0;
	p = list_push(&l, &a);
	assert_int_equal(p->a, 0);
	assert_int_equal(p->b, 0);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grows_in_order),
		cmocka_unit_test(test_element_is_clean_after_shortening),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
