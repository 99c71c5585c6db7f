/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

#define assert_view(v, s) assert_true(view_is((v), (s)))

static void
test_slice_is_clipped(void **state)
{
	struct view v = VIEW("waypost");

	(void)state;
	assert_view(view_slice(v, 3, 7), "post");
	assert_view(view_slice(v, 3, 100), "post");
	assert_view(view_slice(v, 5, 2), "");
	assert_view(view_slice(v, 9, 12), "");
	assert_view(view_slice(VIEW_NONE, 0, 5), "");
}

static void
test_starts_and_ends(void **state)
{
	(void)state;
	assert_true(view_starts(VIEW("why.md"), "why"));
	assert_false(view_starts(VIEW("why.md"), "why.md."));
	assert_false(view_starts(VIEW("why.md"), "who"));
	assert_true(view_starts(VIEW_NONE, ""));
	assert_false(view_starts(VIEW_NONE, "a"));
	assert_true(view_ends(VIEW("why.md"), ".md"));
	assert_false(view_ends(VIEW("md"), ".md"));
	assert_false(view_ends(VIEW("why.mD"), ".md"));
	assert_true(view_ends(VIEW_NONE, ""));
	assert_false(view_ends(VIEW_NONE, "a"));
}

static void
test_equality(void **state)
{
	(void)state;
	assert_true(view_eq(VIEW_NONE, VIEW("")));
	assert_true(view_eq(VIEW("a\0b"), VIEW("a\0b")));
	assert_false(view_eq(VIEW("a\0b"), VIEW("a\0c")));
	assert_false(view_eq(VIEW("a"), VIEW("ab")));
	assert_true(view_eq(view_str(NULL), VIEW_NONE));
}

static void
test_find_and_search(void **state)
{
	struct view v = VIEW("one, two, three");

	(void)state;
	assert_int_equal(view_find(v, ','), 3);
	assert_int_equal(view_find(v, '!'), v.n);
	assert_int_equal(view_find(VIEW_NONE, 'x'), 0);
	assert_int_equal(view_search(v, VIEW("two")), 5);
	assert_int_equal(view_search(v, VIEW("four")), v.n);
	assert_int_equal(view_search(v, VIEW_NONE), 0);
	assert_int_equal(view_search(VIEW_NONE, VIEW("x")), 0);
}

static void
test_trim(void **state)
{
	(void)state;
	assert_view(view_trim(VIEW(" \t\r\n a b \n")), "a b");
	assert_view(view_trim(VIEW(" \n ")), "");
	assert_view(view_trim(VIEW_NONE), "");
	/* A no-break space is text. */
	assert_view(view_trim(VIEW("\xC2\xA0")), "\xC2\xA0");
}

static void
test_order(void **state)
{
	(void)state;
	assert_true(view_cmp(VIEW("a"), VIEW("b")) < 0);
	assert_true(view_cmp(VIEW("b"), VIEW("a")) > 0);
	assert_true(view_cmp(VIEW("a"), VIEW("aa")) < 0);
	assert_true(view_cmp(VIEW("aa"), VIEW("a")) > 0);
	assert_int_equal(view_cmp(VIEW("aa"), VIEW("aa")), 0);
	assert_int_equal(view_cmp(VIEW_NONE, VIEW("")), 0);
	/* Bytes above 127 come after ASCII. */
	assert_true(view_cmp(VIEW("z"), VIEW("\xC3\xA9")) < 0);
}

static void
test_cut(void **state)
{
	struct view rest = VIEW("a,,b,"), piece;

	(void)state;
	assert_true(view_cut(&rest, ',', &piece));
	assert_view(piece, "a");
	assert_true(view_cut(&rest, ',', &piece));
	assert_view(piece, "");
	assert_true(view_cut(&rest, ',', &piece));
	assert_view(piece, "b");
	assert_true(view_cut(&rest, ',', &piece));
	assert_view(piece, "");
	assert_false(view_cut(&rest, ',', &piece));
	rest = VIEW("");
	assert_true(view_cut(&rest, ',', &piece));
	assert_false(view_cut(&rest, ',', &piece));
}

/* Every pair of words over a small alphabet against the plain recurrence. */
static unsigned
slow_distance(struct view a, struct view b)
{
	unsigned same, least;

	if (!a.n || !b.n)
		return (unsigned)(a.n + b.n);
	same = slow_distance(view_slice(a, 1, a.n), view_slice(b, 1, b.n)) + (a.p[0] != b.p[0]);
	least = slow_distance(view_slice(a, 1, a.n), b) + 1;
	if (least < same)
		same = least;
	least = slow_distance(a, view_slice(b, 1, b.n)) + 1;
	return least < same ? least : same;
}

static void
test_distance(void **state)
{
	char x[5], y[5];

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct view a = view_of(x, i % 6), b = view_of(y, i / 6 % 6);
		unsigned slow;

		for (unsigned k = 0; k < 5; k++) {
			x[k] = (char)('a' + (i * 7919 >> k & 1));
			y[k] = (char)('a' + (i * 104729 >> (k + 3)) % 3);
		}
		slow = slow_distance(a, b);
		for (unsigned limit = 0; limit < 7; limit++)
			assert_int_equal(view_distance(a, b, limit), slow <= limit ? slow : limit + 1);
	}
	assert_int_equal(view_distance(VIEW("guid.md"), VIEW("guide.md"), 30), 1);
	assert_int_equal(view_distance(VIEW_NONE, VIEW_NONE, 0), 0);
}

static void
test_in_arena(void **state)
{
	struct arena a;
	struct view v;

	(void)state;
	arena_init(&a);
	v = view_printf(&a, "%s-%d-%.*s", "page", 12, VIEW_ARG(VIEW_NONE));
	assert_view(v, "page-12-");
	assert_int_equal(v.p[v.n], '\0');
	v = view_join(&a, VIEW("a/b"), VIEW("c"));
	assert_view(v, "a/b/c");
	assert_int_equal(v.p[v.n], '\0');
	assert_view(view_join(&a, VIEW_NONE, VIEW("c")), "c");
	assert_view(view_join(&a, VIEW("a"), VIEW_NONE), "a/");
	assert_view(view_concat(&a, VIEW("a"), VIEW(".md")), "a.md");
	assert_view(view_concat(&a, VIEW_NONE, VIEW_NONE), "");
	v = view_copy(&a, view_slice(VIEW("abc"), 0, 2));
	assert_string_equal(v.p, "ab");
	assert_string_equal(view_copy(&a, VIEW_NONE).p, "");
	arena_release(&a);
}

static void
test_buffer(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	assert_string_equal(b.p, "");
	buf_clear(&b);
	buf_truncate(&b, 0);
	buf_release(&b);
	buf_add(&b, NULL, 0);
	assert_string_equal(b.p, "");
	buf_puts(&b, "one");
	buf_addc(&b, ' ');
	buf_addv(&b, VIEW("two"));
	buf_printf(&b, " %d%s", 3, "");
	assert_string_equal(b.p, "one two 3");
	assert_int_equal(b.n, 9);
	assert_true(view_eq(view_buf(&b), VIEW("one two 3")));
	buf_truncate(&b, 3);
	assert_string_equal(b.p, "one");
	buf_clear(&b);
	assert_string_equal(b.p, "");
	assert_int_equal(b.n, 0);
	buf_printf(&b, "%s", "");
	assert_string_equal(b.p, "");
	buf_release(&b);
	assert_int_equal(b.cap, 0);
}

static void
test_buffer_grows(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	for (int i = 0; i < 100000; i++) {
		buf_addc(&b, (char)('a' + i % 26));
		assert_int_equal(b.p[b.n], '\0');
	}
	for (size_t i = 0; i < b.n; i++)
		assert_int_equal(b.p[i], 'a' + (int)(i % 26));
	assert_non_null(buf_reserve(&b, 1000000));
	assert_int_equal(b.n, 100000);
	buf_release(&b);
}

static void
test_printf_of_long_text(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	buf_printf(&b, "%5000d", 7);
	assert_int_equal(b.n, 5000);
	assert_int_equal(b.p[4999], '7');
	assert_int_equal(b.p[5000], '\0');
	buf_release(&b);
}

/* RFC 4648, section 10. */
static void
test_base64(void **state)
{
	static const char *const vectors[][2] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" }, { "foob", "Zm9vYg==" },
		{ "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" }, { "\xFF\xFE\xFD", "//79" } };
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++) {
		buf_clear(&b);
		buf_base64(&b, view_str(vectors[i][0]));
		assert_string_equal(b.p, vectors[i][1]);
	}
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slice_is_clipped),
		cmocka_unit_test(test_starts_and_ends),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_find_and_search),
		cmocka_unit_test(test_trim),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_distance),
		cmocka_unit_test(test_in_arena),
		cmocka_unit_test(test_buffer),
		cmocka_unit_test(test_buffer_grows),
		cmocka_unit_test(test_printf_of_long_text),
		cmocka_unit_test(test_base64),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
