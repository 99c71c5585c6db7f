/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dates of the Gregorian calendar, run backwards too, as ISO 8601 writes them. Can be used by all code. */
#pragma once
#include <stdbool.h>

#include "base/text.h"

/* A day, a month (day 0) or a year (day and month 0). Years are 1 to 9999. */
struct date {
	int year, month, day;
};

enum date_unit { DATE_DAYS, DATE_WEEKS, DATE_MONTHS, DATE_YEARS };

/* Reads "2025-12-31", "2025-12" or "2025"; false when text is none of these or no day of the calendar. */
bool date_read(struct view text, struct date *d);
/* The same form, in the arena. */
struct view date_text(struct arena *a, struct date d);
/* Days from 1970-01-01 to the first day that d can be. */
long date_days(struct date d);
/* The day that many days after 1970-01-01; outside the years 1 to 9999 it is no date. */
struct date date_of_days(long days);
/*
 * Adds n units in place. A day that the month does not have becomes its last one (31 January + 1 month: 28 February). False, and d as it
 * was, when d is not known to the unit (a year + 3 days) or the year leaves 1 to 9999.
 */
bool date_add(struct date *d, long n, enum date_unit unit);
