/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/utf8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>

#include "base/utf8.h"

static void
test_every_code_point_survives(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	for (uint32_t c = 0; c <= 0x10FFFF; c++) {
		size_t at = 0;

		if (c == 0xD800)
			c = 0xE000;
		buf_clear(&b);
		utf8_put(&b, c);
		assert_int_equal(utf8_invalid(view_buf(&b)), b.n);
		assert_int_equal(utf8_next(view_buf(&b), &at), c);
		assert_int_equal(at, b.n);
	}
	buf_release(&b);
}

static void
test_no_code_point_becomes_a_replacement(void **state)
{
	const uint32_t none[] = { 0xD800, 0xDFFF, 0x110000, UINT32_MAX };
	struct buf b;

	(void)state;
	buf_init(&b);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		buf_clear(&b);
		utf8_put(&b, none[i]);
		assert_string_equal(b.p, "\xEF\xBF\xBD");
	}
	buf_release(&b);
}

static void
test_ill_formed(void **state)
{
	/* Stray, truncated, overlong, surrogate, above U+10FFFF; each after one good byte. */
	const char *const bad[] = {
		"a\x80", "a\xBF", "a\xC3", "a\xC3x", "a\xC0\x80", "a\xC1\xBF", "a\xE0\x9F\xBF", "a\xE0\xA0", "a\xE0\xA0x",
		"a\xED\xA0\x80", "a\xF0\x8F\xBF\xBF", "a\xF0\x90\x80", "a\xF4\x90\x80\x80", "a\xF5\x80\x80\x80", "a\xFF",
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t at = 1;

		assert_int_equal(utf8_invalid(view_str(bad[i])), 1);
		assert_int_equal(utf8_next(view_str(bad[i]), &at), 0xFFFD);
		assert_int_equal(at, 2);
	}
	assert_int_equal(utf8_invalid(VIEW_NONE), 0);
	assert_int_equal(utf8_invalid(VIEW("\xE1\x88\xB0\xF0\x9F\x98\x80")), 7);
}

static void
test_count_and_position(void **state)
{
	struct view text = VIEW("ab\n\xE1\x88\xB0\xF0\x9F\x98\x80z\n");
	unsigned line, col;

	(void)state;
	assert_int_equal(utf8_count(text), 7);
	assert_int_equal(utf8_count(VIEW_NONE), 0);
	utf8_position(text, 0, &line, &col);
	assert_int_equal(line, 1);
	assert_int_equal(col, 1);
	utf8_position(text, 2, &line, &col);
	assert_int_equal(line, 1);
	assert_int_equal(col, 3);
	utf8_position(text, 10, &line, &col);
	assert_int_equal(line, 2);
	assert_int_equal(col, 3);
	utf8_position(text, 1000, &line, &col);
	assert_int_equal(line, 3);
	assert_int_equal(col, 1);
}

static void
test_kinds(void **state)
{
	(void)state;
	assert_true(utf8_is_control(0));
	assert_false(utf8_is_control('\t'));
	assert_false(utf8_is_control('\n'));
	assert_false(utf8_is_control('\r'));
	assert_false(utf8_is_control(' '));
	assert_true(utf8_is_control(0x7F));
	assert_true(utf8_is_control(0x9F));
	assert_false(utf8_is_control(0xA0));
	assert_true(utf8_is_bidi_control(0x202A));
	assert_true(utf8_is_bidi_control(0x202E));
	assert_false(utf8_is_bidi_control(0x202F));
	assert_true(utf8_is_bidi_control(0x2066));
	assert_true(utf8_is_bidi_control(0x2069));
	assert_false(utf8_is_bidi_control(0x200F));
	assert_true(utf8_is_odd_line(0x85));
	assert_true(utf8_is_odd_line(0x2028));
	assert_true(utf8_is_odd_line(0x2029));
	assert_false(utf8_is_odd_line('\n'));
}

static void
test_visible(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	utf8_put_visible(&b, VIEW("a\tb\x01\xFFz\xE2\x80\xAE\xE2\x80\xA8\n\r\xE2\x80\x8B\xEF\xBB\xBF\xF3\xA0\x81\x81"));
	assert_string_equal(b.p, "a b<U+0001><0xFF>z<U+202E><U+2028><U+000A><U+000D><U+200B><U+FEFF><U+E0041>");
	buf_clear(&b);
	/* Letters of any script, and a replacement character that really stands there, stay. */
	utf8_put_visible(&b, VIEW("\xD8\xB9\xE1\x88\xB0\xEF\xBF\xBD"));
	assert_string_equal(b.p, "\xD8\xB9\xE1\x88\xB0\xEF\xBF\xBD");
	buf_release(&b);
}

/* Eight bytes at a time must count as one by one, wherever a character or a bad byte stands. */
static void
test_long_texts(void **state)
{
	char text[40];

	(void)state;
	for (size_t at = 0; at + 2 < sizeof text; at++) {
		memset(text, 'a', sizeof text);
		memcpy(text + at, "\xE4\xB8\xAD", 3);
		assert_int_equal(utf8_count(view_of(text, sizeof text)), sizeof text - 2);
		assert_int_equal(utf8_invalid(view_of(text, sizeof text)), sizeof text);
		text[at] = (char)0xFF;
		assert_int_equal(utf8_invalid(view_of(text, sizeof text)), at);
	}
}

static void
test_edges(void **state)
{
	struct view v = VIEW("a\xC3\xA9\xE4\xB8\xAD");

	(void)state;
	assert_int_equal(utf8_back(v, 6), 3);
	assert_int_equal(utf8_back(v, 3), 1);
	assert_int_equal(utf8_back(v, 1), 0);
	assert_int_equal(utf8_back(v, 0), 0);
	assert_int_equal(utf8_head(v, 6).n, 6);
	assert_int_equal(utf8_head(v, 99).n, 6);
	assert_int_equal(utf8_head(v, 5).n, 3);
	assert_int_equal(utf8_head(v, 2).n, 1);
	assert_int_equal(utf8_head(v, 0).n, 0);
	assert_int_equal(utf8_head(VIEW_NONE, 3).n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_code_point_survives),
		cmocka_unit_test(test_no_code_point_becomes_a_replacement),
		cmocka_unit_test(test_ill_formed),
		cmocka_unit_test(test_count_and_position),
		cmocka_unit_test(test_kinds),
		cmocka_unit_test(test_visible),
		cmocka_unit_test(test_long_texts),
		cmocka_unit_test(test_edges),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
