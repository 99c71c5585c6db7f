/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/diag. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ctype.h>

#include "base/diag.h"

static struct diag *
at(struct diags *d, size_t i)
{
	return LIST_AT(&d->list, struct diag, i);
}

static void
test_text_and_advice(void **state)
{
	struct diags d;
	struct buf b;
	char file[] = "content/a.md";

	(void)state;
	buf_init(&b);
	diags_init(&d);
	diag(&d, file_read, place_at(view_str(file), 3, 4, 5), VIEW("a\x1B{2}"), VIEW("permission denied"));
	file[0] = 'X';
	assert_int_equal(d.list.n, 1);
	assert_true(view_is(at(&d, 0)->place.file, "content/a.md"));
	diag_text(&b, at(&d, 0));
	/* A control character is shown; an argument is not a pattern. */
	assert_string_equal(b.p, "cannot read 'a<U+001B>{2}': permission denied");
	buf_clear(&b);
	diag_advice(&b, at(&d, 0));
	assert_true(b.n > 0);
	diag_note(&d, "did you mean '%s'?", "b.md");
	assert_true(view_is(at(&d, 0)->note, "did you mean 'b.md'?"));
	diags_release(&d);
	assert_int_equal(d.list.n, 0);
	buf_release(&b);
}

static void
test_names_and_levels(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b);
	diag_name(&b, DIAG_file_read);
	assert_string_equal(b.p, "file-read");
	assert_int_equal(diag_level(DIAG_file_read), DIAG_SYSTEM);
	assert_string_equal(diag_level_name(DIAG_WARNING), "warning");
	assert_string_equal(diag_level_name(DIAG_ERROR), "error");
	assert_string_equal(diag_level_name(DIAG_SYSTEM), "error");
	buf_release(&b);
}

/* No number of an argument is left in the text. */
static bool
filled(const char *text)
{
	for (; (text = strchr(text, '{')) != NULL; text++)
		if (isdigit((unsigned char)text[1]) && text[2] == '}')
			return false;
	return true;
}

/* The house style of the whole table: lower case or a name first, no full stop, an advice, severe first. */
static void
test_table(void **state)
{
	struct diag m = { 0 };
	struct buf text, advice, name;

	(void)state;
	buf_init(&text);
	buf_init(&advice);
	buf_init(&name);
	for (int id = 0; id < DIAG_COUNT; id++) {
		m.id = (enum diag_id)id;
		buf_clear(&text);
		buf_clear(&advice);
		buf_clear(&name);
		diag_text(&text, &m);
		diag_advice(&advice, &m);
		diag_name(&name, m.id);
		assert_true(text.n > 0 && advice.n > 0 && name.n > 0);
		assert_int_not_equal(text.p[text.n - 1], '.');
		assert_int_not_equal(advice.p[advice.n - 1], '.');
		assert_true(!isupper((unsigned char)advice.p[0]));
		assert_true(filled(text.p) && filled(advice.p));
		for (size_t i = 0; i < name.n; i++)
			assert_true(islower((unsigned char)name.p[i]) || isdigit((unsigned char)name.p[i]) || name.p[i] == '-');
	}
	buf_release(&text);
	buf_release(&advice);
	buf_release(&name);
}

static void
test_sort_drops_repeats(void **state)
{
	struct diags d;

	(void)state;
	diags_init(&d);
	diags_sort(&d);
	diag(&d, file_missing, place_at(VIEW("b"), 1, 1, 0), VIEW("x"));
	diag(&d, file_missing, place_at(VIEW("a"), 2, 1, 0), VIEW("x"));
	diag(&d, file_missing, place_at(VIEW("a"), 1, 9, 0), VIEW("x"));
	diag(&d, file_missing, place_at(VIEW("a"), 1, 2, 0), VIEW("y"));
	diag(&d, file_missing, place_at(VIEW("a"), 1, 2, 0), VIEW("x"));
	diag(&d, file_missing, place_at(VIEW("a"), 1, 2, 0), VIEW("y"));
	diag(&d, yaml_key, place_at(VIEW("a"), 1, 2, 0), VIEW("x"));
	diag(&d, file_read, place_at(VIEW("a"), 1, 2, 0), VIEW("x"));
	diag(&d, file_link, place_at(VIEW("a"), 1, 2, 0), VIEW("x"));
	diag(&d, file_missing, place_at(VIEW("a"), 1, 2, 3), VIEW("y"));
	diags_sort(&d);
	assert_int_equal(d.list.n, 9);
	assert_int_equal(at(&d, 0)->id, DIAG_file_read);
	assert_int_equal(at(&d, 1)->id, DIAG_file_missing);
	assert_true(view_is(at(&d, 1)->args[0], "x"));
	assert_true(view_is(at(&d, 2)->args[0], "y"));
	assert_int_equal(at(&d, 2)->place.len, 0);
	assert_int_equal(at(&d, 3)->place.len, 3);
	assert_int_equal(at(&d, 4)->id, DIAG_file_link);
	assert_int_equal(at(&d, 5)->id, DIAG_yaml_key);
	assert_int_equal(at(&d, 6)->place.col, 9);
	assert_int_equal(at(&d, 7)->place.line, 2);
	assert_true(view_is(at(&d, 8)->place.file, "b"));
	assert_int_equal(diags_count(&d, DIAG_WARNING), 1);
	assert_int_equal(diags_count(&d, DIAG_ERROR), 7);
	assert_int_equal(diags_count(&d, DIAG_SYSTEM), 1);
	diags_release(&d);
}

static void
test_note_of_a_dropped_message_is_gone(void **state)
{
	struct diags d;

	(void)state;
	diags_init(&d);
	for (int i = 0; i < 2; i++) {
		diag(&d, file_missing, place_file(VIEW("a")), VIEW("x"));
		diag_note(&d, "note");
	}
	diags_sort(&d);
	assert_int_equal(d.list.n, 1);
	diag(&d, file_missing, place_file(VIEW("b")), VIEW("x"));
	assert_int_equal(at(&d, 1)->note.n, 0);
	diags_release(&d);
}

static void
test_pack_and_unpack(void **state)
{
	struct diags d, e;
	struct buf b, c;

	(void)state;
	buf_init(&b);
	buf_init(&c);
	diags_init(&d);
	diags_init(&e);
	diag(&d, file_missing, place_at(VIEW("a.md"), 1, 2, 3), VIEW("x"), VIEW("y"), VIEW("z"), VIEW("w"));
	diag_note(&d, "and %d", 7);
	diag(&d, yaml_key, PLACE_NONE);
	diags_pack(&d, &b);
	assert_true(diags_unpack(&e, view_buf(&b)));
	assert_int_equal(e.list.n, 2);
	diags_pack(&e, &c);
	assert_true(view_eq(view_buf(&b), view_buf(&c)));
	/* Cut anywhere but between two messages, it is refused. */
	for (size_t n = 1, whole = 0; n < b.n; n++) {
		whole += diags_unpack(&e, view_slice(view_buf(&b), 0, n));
		assert_true(whole <= 1);
	}
	memset(b.p, 0xFF, 4);
	assert_false(diags_unpack(&e, view_buf(&b)));
	assert_true(diags_unpack(&e, VIEW_NONE));
	diags_release(&d);
	diags_release(&e);
	buf_release(&b);
	buf_release(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_and_advice),
		cmocka_unit_test(test_names_and_levels),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_sort_drops_repeats),
		cmocka_unit_test(test_note_of_a_dropped_message_is_gone),
		cmocka_unit_test(test_pack_and_unpack),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
