/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/csv: any cells come back as they were, guards, delimiters, lines, faults. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "format/csv.h"

static struct arena arena;
static struct diags diags;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	diags_init(&diags);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	diags_release(&diags);
	return 0;
}

static struct view
cell(const struct list *rows, size_t row, size_t at)
{
	const struct csv_row *r = LIST_AT(rows, struct csv_row, row);

	assert_true(at < r->n);
	return r->cells[at];
}

static void
test_back(void **state)
{
	static const char *const cells[] = { "plain", "", "a,b;c\td", "say \"it\"", "two\nlines", " blanks ", "=1+1", "+1", "-1", "@x",
		"'=x", "''=x", "'quoted'", "\xEF\xBC\x9D" "1", "\xD8\xB9", "\"", "\n" };
	enum { N = sizeof cells / sizeof *cells };
	struct view row[N];
	struct list rows;
	struct buf b;

	(void)state;
	for (size_t i = 0; i < N; i++)
		row[i] = view_str(cells[i]);
	buf_init(&b);
	csv_put(&b, row, N);
	csv_put(&b, row + 1, 2);
	assert_true(csv_read(&arena, view_buf(&b), VIEW("x.csv"), &rows, &diags));
	assert_int_equal(rows.n, 2);
	assert_int_equal(LIST_AT(&rows, struct csv_row, 0)->n, N);
	for (size_t i = 0; i < N; i++) {
		struct view v = cell(&rows, 0, i);

		assert_false(csv_formula(v));
		assert_true(view_eq(csv_bare(v), row[i]));
	}
	assert_int_equal(LIST_AT(&rows, struct csv_row, 0)->line, 1);
	assert_int_equal(LIST_AT(&rows, struct csv_row, 1)->line, 4);
	assert_int_equal(cell(&rows, 1, 0).n, 0);
	buf_release(&b);
}

static void
test_guards(void **state)
{
	(void)state;
	assert_true(csv_formula(VIEW("=1")));
	assert_true(csv_formula(VIEW("\t=1")));
	assert_true(csv_formula(VIEW("\xEF\xBC\x8B" "1")));
	assert_false(csv_formula(VIEW("1=")));
	assert_false(csv_formula(VIEW_NONE));
	assert_true(csv_guarded(VIEW("'=1")));
	assert_false(csv_guarded(VIEW("'tis")));
	assert_false(csv_guarded(VIEW("'")));
	assert_true(view_is(csv_bare(VIEW("'tis")), "'tis"));
	assert_true(view_is(csv_bare(VIEW("''-")), "'-"));
}

static void
test_delimiters(void **state)
{
	static const char *const texts[] = { "a,b\n\n1,2\n", "a;b\n1;2\n", "a\tb\n1\t2", "\"a;;;\",b\n\n\n1,2\n" };
	struct list rows;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		assert_true(csv_read(&arena, view_str(texts[i]), VIEW("x.csv"), &rows, &diags));
		assert_int_equal(rows.n, 2);
		assert_true(view_is(cell(&rows, 1, 0), "1"));
		assert_true(view_is(cell(&rows, 1, 1), "2"));
		assert_int_equal(LIST_AT(&rows, struct csv_row, 1)->line, i == 0 ? 3 : i == 3 ? 4 : 2);
	}
	assert_true(csv_read(&arena, VIEW(""), VIEW("x.csv"), &rows, &diags));
	assert_int_equal(rows.n, 0);
}

static void
test_faults(void **state)
{
	struct list rows;

	(void)state;
	assert_false(csv_read(&arena, VIEW("a,b\nc,\"d\ne\n"), VIEW("x.csv"), &rows, &diags));
	assert_int_equal(LIST_AT(&diags.list, struct diag, 0)->id, DIAG_csv_syntax);
	assert_int_equal(LIST_AT(&diags.list, struct diag, 0)->place.line, 2);
	assert_false(csv_read(&arena, VIEW("a,b\nc,\"d\" e\"\n"), VIEW("x.csv"), &rows, &diags));
	assert_int_equal(LIST_AT(&diags.list, struct diag, 1)->place.line, 2);
	assert_int_equal(LIST_AT(&diags.list, struct diag, 1)->place.col, 7);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = { TEST(test_back), TEST(test_guards), TEST(test_delimiters), TEST(test_faults) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
