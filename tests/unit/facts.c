/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/facts.h: what is found in a text. That it is compared rightly is in segment_locks.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "base/arena.h"
#include "model/facts.h"
#include "model/segment.h"

static int
setup(void **state)
{
	static struct arena a;

	arena_init(&a);
	*state = &a;
	return 0;
}

static int
teardown(void **state)
{
	arena_release(*state);
	return 0;
}

/* The facts of a list as "a|b". */
static void
list_is(struct arena *a, const struct list *l, const char *expected)
{
	struct buf b;
	const char *got;

	buf_init(&b);
	for (size_t i = 0; i < l->n; i++) {
		buf_puts(&b, i ? "|" : "");
		buf_addv(&b, LIST_AT(l, struct fact, i)->text);
	}
	got = view_copy(a, view_buf(&b)).p;
	buf_release(&b);
	assert_string_equal(got, expected);
}

static void
test_tree(void **state)
{
	const struct view url = VIEW("m.png"), note = VIEW("n");
	const struct segment_shape shape = { .ndests = 1, .urls = &url, .notes = &note, .nnotes = 1 };
	struct view text = VIEW("*a* [b][1] ![c][1][^n] `d 99` <kbd>e</kbd><b>f</b> <x> [g](h.md) {i}");
	struct facts f;

	facts_read(&f, *state, text, segment_read(*state, text, &shape));
	list_is(*state, &f.links, "[1]|h.md");
	assert_int_equal(LIST_AT(&f.links, struct fact, 0)->dest, 1);
	assert_int_equal(LIST_AT(&f.links, struct fact, 1)->dest, 0);
	list_is(*state, &f.images, "![1]");
	list_is(*state, &f.notes, "[^n]");
	list_is(*state, &f.code, "d 99");
	list_is(*state, &f.tags, "kbd");
	list_is(*state, &f.taglike, "<x>");
	list_is(*state, &f.placeholders, "{i}");
	list_is(*state, &f.numbers, "");
	assert_true(view_is(f.plain, "a b \uFFFCc\uFFFC\uFFFC \uFFFC ef <x> g {i}"));
	assert_int_equal(f.bad, 0);
}

static void
test_addresses(void **state)
{
	struct facts f;

	facts_read(&f, *state, VIEW("A.b+c@Un.Org. (www.x.org/a?b=1), HTTPS://y.org; awww.z not@host @name a@b..c"), NULL);
	list_is(*state, &f.addresses, "a.b+c@un.org|www.x.org/a?b=1|HTTPS://y.org|a@b..c");
	facts_read(&f, *state, VIEW("请a@b.org。@c.org d@\u0435.org e"), NULL);
	list_is(*state, &f.addresses, "a@b.org|@c.org|d@\u0435.org");
}

static void
numbers_are(struct arena *a, const char *text, const char *expected)
{
	struct list l = facts_numbers(a, view_str(text));

	list_is(a, &l, expected);
}

static void
test_numbers(void **state)
{
	numbers_are(*state, "none", "");
	numbers_are(*state, "5 and 12", "12");
	numbers_are(*state, "12 345,67", "12345|67");
	numbers_are(*state, "1.234.567,89", "1234567|89");
	numbers_are(*state, "1,23,45,678", "12345678");
	numbers_are(*state, "12,34", "12|34");
	numbers_are(*state, "1234,567", "1234|567");
	numbers_are(*state, "+41 (0)22 917-90.00, 30", "410229179000|30");
	numbers_are(*state, "800-555-1234", "8005551234");
	numbers_are(*state, "2024-05-12 12.05.2024", "2024|05|12|12|05|2024");
	numbers_are(*state, "١٢٣٬٤٥٦ ৩০ １２", "123456|30|12");
	numbers_are(*state, "1\u200D2", "12");
}

static void
test_forbidden(void **state)
{
	bool bidi;

	(void)state;
	assert_int_equal(facts_forbidden(VIEW("a\tb\u200E\u200D\uFE0F"), &bidi), 0);
	assert_int_equal(facts_forbidden(VIEW("a\x7F"), &bidi), 0x7F);
	assert_false(bidi);
	assert_int_equal(facts_forbidden(VIEW("a\0b"), &bidi), 0xFFFD);
	assert_int_equal(facts_forbidden(VIEW("\u2069"), &bidi), 0x2069);
	assert_true(bidi);
	assert_int_equal(facts_forbidden(VIEW("\U0001F3F4\U000E007F"), &bidi), 0xE007F);
	assert_int_equal(facts_forbidden(VIEW("\U0001F3F4 \U000E0067"), &bidi), 0xE0067);
}

/* Any bytes at all: no crash, nothing outside the text. */
static void
test_any_bytes(void **state)
{
	static const char pieces[][8] = { "1", " ", "\xF0\x9F", "{a}", "@", "a.b", "+", "-", "٣", "<b", ">", "[1]", "`", "\xFF",
		"www.", "\xF3\xA0\x81\xBF" };
	uint32_t seed = 1;

	for (int round = 0; round < 2000; round++) {
		struct arena_mark mark = arena_mark(*state);
		struct facts f;
		struct buf b;

		buf_init(&b);
		for (int i = 0; i < 20; i++) {
			seed = seed * 1664525 + 1013904223;
			buf_puts(&b, pieces[seed >> 28]);
		}
		facts_read(&f, *state, view_copy(*state, view_buf(&b)), NULL);
		assert_int_equal(f.plain.n, b.n);
		for (size_t i = 0; i < f.placeholders.n; i++)
			assert_true(view_is(LIST_AT(&f.placeholders, struct fact, i)->text, "{a}"));
		buf_release(&b);
		arena_rewind(*state, mark);
	}
}

/* Where facts_none says that a text holds nothing, nothing is found: every code point, alone and beside digits and signs. */
static void
test_none(void **state)
{
	static const char *const loud[] = { "a1", "www.a", "HTTP://a", "{a}", "a@b.c", "<b>", "\x01", "\xD9\xA1\xD9\xA2", "\xE2\x80\xAE" };
	struct buf b;

	assert_true(facts_none(VIEW("Who, how: [window] \xC3\xA9 \xE4\xB8\xAD")));
	for (size_t i = 0; i < sizeof loud / sizeof *loud; i++)
		assert_false(facts_none(view_str(loud[i])));
	buf_init(&b);
	for (uint32_t c = 1; c <= 0x10FFFF; c++) {
		struct arena_mark mark = arena_mark(*state);
		struct facts f;

		if (c >= 0xD800 && c <= 0xDFFF)
			continue;
		buf_clear(&b);
		utf8_put(&b, c);
		utf8_put(&b, c);
		if (!facts_none(view_buf(&b)))
			continue;
		assert_int_equal(facts_numbers(*state, view_buf(&b)).n, 0);
		assert_int_equal(facts_forbidden(view_buf(&b), &f.bidi), 0);
		assert_int_not_equal(c, '<');
		arena_rewind(*state, mark);
	}
	buf_release(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_tree, setup, teardown),
		cmocka_unit_test_setup_teardown(test_addresses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_numbers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_forbidden, setup, teardown),
		cmocka_unit_test_setup_teardown(test_any_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_none, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
