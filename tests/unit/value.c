/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/value. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "model/value.h"

static const struct value *
get(const struct value *map, const char *key)
{
	return value_get(map, view_str(key), value_hash(view_str(key)));
}

static void
test_map(void **state)
{
	struct arena a;
	struct value m = value_map();
	char keys[200][16];

	(void)state;
	arena_init(&a);
	assert_null(get(&m, "k0"));
	for (int i = 0; i < 200; i++) {
		struct value *v;

		snprintf(keys[i], sizeof keys[i], "k%d", i);
		v = value_set(&m, &a, keys[i], value_number(&a, i, VIEW_NONE));
		assert_ptr_equal(v, get(&m, keys[i]));
	}
	assert_int_equal(m.n, 200);
	for (int i = 0; i < 200; i++)
		assert_true(get(&m, keys[i])->number == i);
	assert_null(get(&m, "k"));
	assert_null(get(&m, "k200"));
	/* set again: the last value, at its old place */
	value_set_view(&m, &a, VIEW("k7"), value_bool(true));
	assert_int_equal(m.n, 200);
	assert_int_equal(get(&m, "k7")->kind, VALUE_BOOL);
	assert_true(view_is(m.entries[7].key, "k7"));
	arena_release(&a);
}

/* Two keys with one hash are told apart by their bytes. */
static void
test_hash_alone_is_not_enough(void **state)
{
	struct arena a;
	struct value m = value_map();

	(void)state;
	arena_init(&a);
	value_set(&m, &a, "a", value_bool(true));
	assert_null(value_get(&m, VIEW("b"), value_hash(VIEW("a"))));
	assert_null(value_get(&m, VIEW("a"), value_hash(VIEW("b"))));
	assert_non_null(value_get(&m, VIEW("a"), value_hash(VIEW("a"))));
	arena_release(&a);
}

static void
test_list(void **state)
{
	struct arena a;
	struct value l = value_list(), inner = value_list();

	(void)state;
	arena_init(&a);
	for (int i = 0; i < 100; i++)
		assert_true(value_push(&l, &a, value_number(&a, i, VIEW_NONE))->number == i);
	assert_int_equal(l.n, 100);
	for (int i = 0; i < 100; i++)
		assert_true(l.items[i].number == i);
	value_push(&inner, &a, l);
	assert_int_equal(inner.items[0].n, 100);
	assert_null(get(&l, "a"));
	arena_release(&a);
}

static void
test_numbers(void **state)
{
	static const struct {
		double number;
		const char *printed;
	} rows[] = { { 0, "0" }, { -1, "-1" }, { 1.21, "1.21" }, { 1234567, "1234567" }, { 0.1 + 0.2, "0.3" }, { 100000, "100000" } };
	struct arena a;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_string_equal(value_number(&a, rows[i].number, VIEW_NONE).plain.p, rows[i].printed);
	assert_true(view_is(value_number(&a, 3, VIEW("٣")).plain, "٣"));
	arena_release(&a);
}

static void
test_truth(void **state)
{
	struct arena a;
	struct value v, list = value_list();

	(void)state;
	arena_init(&a);
	assert_false((v = value_none(), value_true(&v)));
	assert_false((v = value_bool(false), value_true(&v)));
	assert_true((v = value_bool(true), value_true(&v)));
	assert_false((v = value_text(VIEW_NONE), value_true(&v)));
	assert_true((v = value_text(VIEW("0")), value_true(&v)));
	assert_true((v = value_number(&a, 0, VIEW_NONE), value_true(&v)));
	assert_true((v = value_map(), value_true(&v)));
	assert_true((v = value_prog(NULL), value_true(&v)));
	assert_true((v = value_path(VIEW("en/a.html")), value_true(&v)));
	assert_false((v = value_path(VIEW_NONE), value_true(&v)));
	assert_false(value_true(&list));
	value_push(&list, &a, value_none());
	assert_true(value_true(&list));
	arena_release(&a);
}

static void
test_text_with_language(void **state)
{
	struct value v = value_text_in(VIEW("a & b"), VIEW("a &amp; b"), VIEW("ar"), true);

	(void)state;
	assert_int_equal(v.kind, VALUE_TEXT);
	assert_true(view_is(v.plain, "a & b"));
	assert_true(view_is(v.html, "a &amp; b"));
	assert_true(view_is(v.lang, "ar"));
	assert_true(v.rtl);
}

static struct value
make_twice(void *self, const void *what)
{
	++*(int *)self;
	return value_text(*(const struct view *)what);
}

/* Made when it is asked for, and once. */
static void
test_later(void **state)
{
	const struct view text = VIEW("x");
	struct value map = value_map();
	struct arena a;
	int made = 0;

	(void)state;
	arena_init(&a);
	value_set(&map, &a, "later", value_later(&a, make_twice, &made, &text));
	value_set(&map, &a, "now", value_bool(true));
	value_get(&map, VIEW("now"), value_hash(VIEW("now")));
	assert_int_equal(made, 0);
	for (int i = 0; i < 2; i++)
		assert_true(view_is(value_get(&map, VIEW("later"), value_hash(VIEW("later")))->plain, "x"));
	assert_int_equal(made, 1);
	arena_release(&a);
}

/* Made once a turn, with what is under way then. */
static void
test_each(void **state)
{
	const struct view text = VIEW("x");
	struct value map = value_map();
	int first = 0, second = 0;
	struct value_turn turn = { .number = 7, .self = &first };
	struct arena a;

	(void)state;
	arena_init(&a);
	value_set(&map, &a, "each", value_each(&a, make_twice, &turn, &text));
	for (int i = 0; i < 2; i++)
		assert_true(view_is(value_get(&map, VIEW("each"), value_hash(VIEW("each")))->plain, "x"));
	assert_int_equal(first, 1);
	turn = (struct value_turn){ .number = 8, .self = &second };
	assert_int_equal(second, 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(value_get(&map, VIEW("each"), value_hash(VIEW("each")))->kind, VALUE_TEXT);
	assert_int_equal(first, 1);
	assert_int_equal(second, 1);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_map),
		cmocka_unit_test(test_hash_alone_is_not_enough),
		cmocka_unit_test(test_list),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_truth),
		cmocka_unit_test(test_text_with_language),
		cmocka_unit_test(test_later),
		cmocka_unit_test(test_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
