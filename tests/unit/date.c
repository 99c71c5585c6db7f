/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of base/date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"

static void
test_read(void **state)
{
	static const char *const good[] = { "2025-12-31", "2025-12", "2025", "0001-01-01", "9999-12-31", "2024-02-29", "2000-02-29" };
	static const char *const bad[] = { "", "25", "2025-", "2025-13", "2025-00", "2025-1", "2025-02-29", "1900-02-29",
		"2025-04-31", "2025-12-00", "2025-12-31x", "2025/12/31", "0000", "20251231", "2025-12-1", "+2025" };
	struct arena a;
	struct date d;

	(void)state;
	arena_init(&a);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(date_read(view_str(good[i]), &d));
		assert_string_equal(date_text(&a, d).p, good[i]);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(date_read(view_str(bad[i]), &d));
	arena_release(&a);
}

/* Every day of 800 years, counted on by hand. */
static void
test_days(void **state)
{
	struct date d = { 1599, 12, 31 }, last;
	long n = date_days(d);

	(void)state;
	assert_int_equal(date_days((struct date){ 1970, 1, 1 }), 0);
	assert_int_equal(date_days((struct date){ 1970, 0, 0 }), 0);
	assert_int_equal(date_days((struct date){ 2000, 3, 0 }), 11017);
	assert_int_equal(date_days((struct date){ 1969, 12, 31 }), -1);
	for (long i = 1; i <= 2 * 146097; i++) {
		last = d;
		d = date_of_days(n + i);
		assert_int_equal(date_days(d), n + i);
		if (d.day == 1)
			assert_true(d.month == last.month % 12 + 1 && d.year == last.year + (last.month == 12) && last.day >= 28);
		else
			assert_true(d.day == last.day + 1 && d.month == last.month && d.year == last.year && d.day <= 31);
	}
	assert_true(d.year == 2399 && d.month == 12 && d.day == 31);
}

static void
check(const char *from, long n, enum date_unit unit, const char *expected)
{
	struct arena a;
	struct date d;

	arena_init(&a);
	assert_true(date_read(view_str(from), &d));
	assert_int_equal(date_add(&d, n, unit), expected != NULL);
	assert_string_equal(date_text(&a, d).p, expected ? expected : from);
	arena_release(&a);
}

static void
test_add(void **state)
{
	(void)state;
	check("2025-12-01", -21, DATE_DAYS, "2025-11-10");
	check("2024-03-01", -1, DATE_DAYS, "2024-02-29");
	check("2025-12-31", 1, DATE_DAYS, "2026-01-01");
	check("2025-12-01", 2, DATE_WEEKS, "2025-12-15");
	check("2025-01-31", 1, DATE_MONTHS, "2025-02-28");
	check("2024-01-31", 1, DATE_MONTHS, "2024-02-29");
	check("2025-03-31", -13, DATE_MONTHS, "2024-02-29");
	check("2025-11", 2, DATE_MONTHS, "2026-01");
	check("2024-02-29", 1, DATE_YEARS, "2025-02-28");
	check("2024-02-29", -4, DATE_YEARS, "2020-02-29");
	check("2025-12", 3, DATE_YEARS, "2028-12");
	check("2025", 3, DATE_YEARS, "2028");
	check("2025", 3, DATE_MONTHS, NULL);
	check("2025-12", 3, DATE_DAYS, NULL);
	check("2025-12", 3, DATE_WEEKS, NULL);
	check("9999-12-31", 1, DATE_DAYS, NULL);
	check("0001-01-01", -1, DATE_DAYS, NULL);
	check("9999-12", 1, DATE_MONTHS, NULL);
	check("0001-01", -1, DATE_MONTHS, NULL);
	check("2025", 8000, DATE_YEARS, NULL);
	check("2025-01-01", 99999999999, DATE_DAYS, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read), cmocka_unit_test(test_days), cmocka_unit_test(test_add),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
