/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates. The two conversions are days_from_civil and civil_from_days of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
#include "base/date.h"

#include "base/arena.h"

enum { YEAR_MAX = 9999, DAYS_MAX = 4000000, ERA_DAYS = 146097, EPOCH = 719468 };

static int
month_days(int year, int month)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return lengths[month - 1] + (month == 2 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

/* Exactly n digits at *at, moved behind them; -1 when there are not. */
static int
digits(struct view text, size_t *at, size_t n)
{
	int value = 0;

	if (text.n < *at + n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char c = text.p[(*at)++];

		if (c < '0' || c > '9')
			return -1;
		value = value * 10 + (c - '0');
	}
	return value;
}

bool
date_read(struct view text, struct date *d)
{
	size_t at = 0;

	*d = (struct date){ .year = digits(text, &at, 4) };
	if (d->year < 1)
		return false;
	if (at < text.n && (text.p[at++] != '-' || (d->month = digits(text, &at, 2)) < 1 || d->month > 12))
		return false;
	if (at < text.n && (text.p[at++] != '-' || (d->day = digits(text, &at, 2)) < 1 ||
	    d->day > month_days(d->year, d->month)))
		return false;
	return at == text.n;
}

struct view
date_text(struct arena *a, struct date d)
{
	if (d.month == 0)
		return view_printf(a, "%04d", d.year);
	if (d.day == 0)
		return view_printf(a, "%04d-%02d", d.year, d.month);
	return view_printf(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

long
date_days(struct date d)
{
	int m = d.month ? d.month : 1, day = d.day ? d.day : 1;
	int year = m <= 2 ? d.year - 1 : d.year;
	int era = (year >= 0 ? year : year - 399) / 400;
	int yoe = year - era * 400;
	int doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return (long)era * ERA_DAYS + doe - EPOCH;
}

struct date
date_of_days(long days)
{
	long z = days + EPOCH;
	long era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
	int doe = (int)(z - era * ERA_DAYS);
	int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int mp = (5 * doy + 2) / 153;
	int month = mp + (mp < 10 ? 3 : -9);

	return (struct date){ (int)(yoe + era * 400) + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1 };
}

static bool
add_months(struct date *d, long n)
{
	long months = (long)d->year * 12 + d->month - 1 + n;
	int last;

	if (months < 12 || months >= (YEAR_MAX + 1) * 12L)
		return false;
	d->year = (int)(months / 12);
	d->month = (int)(months % 12) + 1;
	last = month_days(d->year, d->month);
	if (d->day > last)
		d->day = last;
	return true;
}

bool
date_add(struct date *d, long n, enum date_unit unit)
{
	struct date sum = *d;

	if (n < -DAYS_MAX || n > DAYS_MAX)
		return false;
	switch (unit) {
	case DATE_DAYS:
	case DATE_WEEKS:
		if (d->day == 0)
			return false;
		sum = date_of_days(date_days(*d) + n * (unit == DATE_WEEKS ? 7 : 1));
		break;
	case DATE_MONTHS:
		if (d->month == 0 || !add_months(&sum, n))
			return false;
		break;
	case DATE_YEARS:
		sum.month = d->month ? d->month : 1;
		if (!add_months(&sum, n * 12))
			return false;
		sum.month = d->month;
		break;
	}
	if (sum.year < 1 || sum.year > YEAR_MAX)
		return false;
	*d = sum;
	return true;
}
