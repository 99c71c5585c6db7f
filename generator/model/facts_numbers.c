/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in a text, in any script's digits, however they are grouped: the rules stand at facts_numbers. */
#include "base/arena.h"
#include "base/utf8.h"
#include "format/lang.h"
#include "model/facts.h"

enum { PHONE_GROUPS = 3, PHONE_DIGITS = 7 };

/* Digits in a row. */
struct group {
	size_t from, n;		/* in run.digits */
	uint32_t before;	/* the one character between the group before and this one; 0 when this begins a chain */
	bool plus;		/* '+' stands before it */
	bool open;		/* the two groups are parted by more than one character of a telephone number: ") " */
};

struct run {
	char *digits;		/* all digits of the text, ASCII */
	size_t ndigits;
	struct list groups;	/* of struct group */
};

/* Seen by nobody, so it parts nothing: soft hyphen, zero width characters, marks of direction. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
}

/* The sign a separator stands for: ' ', ',', '.', '\'', '-', '/', '(' and ')'; 0 for any other character. */
static uint32_t
separator(uint32_t c)
{
	switch (c) {
	case ' ': case 0xA0: case 0x2007: case 0x2008: case 0x2009: case 0x200A: case 0x202F:
		return ' ';
	case ',': case 0x60C: case 0x66C: case 0xFF0C:
		return ',';
	case '.': case 0x66B: case 0xFF0E:
		return '.';
	case '\'': case 0x2019:
		return '\'';
	case '-': case 0x2010: case 0x2011: case 0x2012: case 0x2013:
		return '-';
	case '/': case '(': case ')':
		return c;
	default:
		return 0;
	}
}

/* What stands between two digits, as far as it has been read. */
struct between {
	unsigned n;		/* visible characters since the last digit */
	uint32_t sign;		/* the separator, when it is one */
	bool phone;		/* all of them may stand in a telephone number */
	bool plus;		/* the last one was '+' */
};

static void
add_digit(struct run *r, struct arena *a, struct between *b, int digit)
{
	struct group *g = r->groups.n ? LIST_AT(&r->groups, struct group, r->groups.n - 1) : NULL;

	if (!g || b->n > 0) {
		bool first = !g;

		g = list_push(&r->groups, a);
		g->from = r->ndigits;
		g->before = !first && b->n == 1 ? b->sign : 0;
		g->open = !first && b->n == 2 && b->phone;
		g->plus = b->plus;
	}
	r->digits[r->ndigits++] = (char)('0' + digit);
	g->n++;
	*b = (struct between){ .phone = true };
}

static void
add_other(struct between *b, uint32_t c)
{
	if (is_invisible(c))
		return;
	b->n++;
	b->sign = separator(c);
	b->phone &= b->sign && b->sign != ',' && b->sign != '\'';
	b->plus = c == '+' || c == 0xFF0B;
}

static void
find_groups(struct run *r, struct arena *a, struct view text)
{
	struct between b = { .phone = true };
	size_t at = 0;

	while (at < text.n) {
		unsigned char byte = (unsigned char)text.p[at];
		uint32_t c = byte;
		int digit;

		if (byte < 0x80) {
			digit = byte >= '0' && byte <= '9' ? byte - '0' : -1;
			at++;
		} else {
			c = utf8_next(text, &at);
			digit = lang_digit(c);
		}
		if (digit < 0)
			add_other(&b, c);
		else
			add_digit(r, a, &b, digit);
	}
}

/* 12.05.2024, 2024-05-12, 1/2/24: three groups that can be day, month and year. */
static bool
is_date(const struct group *g, size_t n)
{
	return n == 3 && g[1].n <= 2 && g[0].n <= 4 && g[2].n <= 4 && (g[0].n <= 2 || g[2].n <= 2);
}

/* Number of groups, from g[0] on, of a telephone number; 0 when it is none. */
static size_t
phone_groups(const struct group *g, size_t left)
{
	size_t n = 1, digits = g[0].n;

	if (g[0].plus) {
		while (n < left && (g[n].open || (g[n].before && g[n].before != ',' && g[n].before != '\'')))
			n++;
		return n;
	}
	if (left < PHONE_GROUPS || (g[1].before != ' ' && g[1].before != '-' && g[1].before != '.'))
		return 0;
	for (; n < left && g[n].before == g[1].before; n++)
		digits += g[n].n;
	return n >= PHONE_GROUPS && digits >= PHONE_DIGITS && !is_date(g, n) ? n : 0;
}

static bool
may_group(uint32_t sign)
{
	return sign == ' ' || sign == ',' || sign == '.' || sign == '\'';
}

/* Number of groups, from g[0] on, of one grouped number; at least 1. */
static size_t
grouped(const struct group *g, size_t left)
{
	size_t n = 1;

	if (g[0].n > 3)
		return 1;
	while (n < left && g[n].n == 3 && may_group(g[n].before))
		n++;
	if (n > 1 || g[0].n > 2)
		return n;
	while (n < left && g[n].n == 2 && g[n].before == ',')
		n++;
	return n > 1 && n < left && g[n].n == 3 && g[n].before == ',' ? n + 1 : 1;
}

struct list
facts_numbers(struct arena *a, struct view text)
{
	struct list numbers = LIST_OF(struct fact);
	struct run r = { .groups = LIST_OF(struct group) };
	const struct group *g;
	bool any = false;

	for (size_t i = 0; i < text.n && !any; i++)
		any = (unsigned char)text.p[i] >= 0x80 || (text.p[i] >= '0' && text.p[i] <= '9');
	if (!any)
		return numbers;
	r.digits = arena_alloc(a, text.n);
	find_groups(&r, a, text);
	g = r.groups.items;
	for (size_t i = 0, n; i < r.groups.n; i += n) {
		size_t digits = 0;

		n = phone_groups(&g[i], r.groups.n - i);
		if (n == 0)
			n = grouped(&g[i], r.groups.n - i);
		for (size_t k = 0; k < n; k++)
			digits += g[i + k].n;
		if (digits >= 2)
			((struct fact *)list_push(&numbers, a))->text = view_of(r.digits + g[i].from, digits);
	}
	return numbers;
}
