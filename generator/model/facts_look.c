/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the bytes of a text tell of it for certain, sixteen at a time. */
#include "base/block.h"
#include "base/fast.h"
#include "base/utf8.h"
#include "format/lang.h"
#include "model/facts.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether one ASCII byte may begin something. */
static bool
is_loud(struct view v, size_t i)
{
	char c = v.p[i], next = i + 1 < v.n ? v.p[i + 1] : ' ';

	if (c == ':')
		return next == '/';
	if ((c | 0x20) == 'w')
		return (next | 0x20) == 'w' && i + 2 < v.n && (v.p[i + 2] | 0x20) == 'w';
	return c < 0x20 || c == 0x7F || is_digit(c) || c == '<' || c == '@' || c == '{';
}

/* Where "://", "www", '<', '@' or '{' begin, in a block; the next ones are one and two bytes further. */
static block_found
loud_in(block b, block next, block after)
{
	return (b == '<') | (b == '@') | (b == '{') | ((b == ':') & (next == '/')) |
	    (((b | 0x20) == 'w') & ((next | 0x20) == 'w') & ((after | 0x20) == 'w'));
}

/* The first loud one of sixteen bytes; two more can be read. What is not ASCII is loud, too. */
static unsigned
loud_in_block(const char *p)
{
	block b = block_at(p);

	return block_first((b < 0x20) | (b >= 0x7F) | ((block)(b - '0') <= 9) | loud_in(b, block_at(p + 1), block_at(p + 2)));
}

/* Position of the first byte at or behind `at` that is loud or not ASCII, or v.n. */
static size_t
loud_from(struct view v, size_t at)
{
	while (v.n - at > BLOCK_BYTES + 1) {
		unsigned passed = loud_in_block(v.p + at);

		at += passed;
		if (passed < BLOCK_BYTES)
			return at;
	}
	while (at < v.n && (unsigned char)v.p[at] < 0x80 && !is_loud(v, at))
		at++;
	return at;
}

/*
 * One digit in brackets, behind a bracket and before none, is harmless: the number of a destination, as in "[text][1]". Where it is none, it is
 * a number of one digit, which no lock looks for, and the bracket before it, or the mark of a note, parts it from all others.
 */
static bool
is_loud_digit(struct view v, size_t at)
{
	if (at < 2 || at + 1 >= v.n)
		return true;
	return v.p[at - 2] != ']' || v.p[at - 1] != '[' || v.p[at + 1] != ']' || (at + 2 < v.n && v.p[at + 2] == '[');
}

/* What a pass over a text has found. */
struct seen {
	block_found loud, special, entity, control;
	bool digit;	/* a loud one */
};

/* Whether sixteen bytes are letters, blanks, commas, full stops or no ASCII: nothing but words. "ww" may be more. */
static bool
is_quiet_block(block b, block next)
{
	block letter = b | 0x20;
	block_found quiet = ((block)(letter - 'a') <= 'z' - 'a') & ~((letter == 'w') & ((next | 0x20) == 'w'));

	return block_bits(quiet | (b == ' ') | (b == ',') | (b == '.') | (block_found)b) == 0xFFFF;
}

/* Looks at the sixteen bytes at `at`; two more can be read. */
static void
look_block(struct seen *s, struct view v, size_t at, block b, block next)
{
	unsigned digits = block_bits((block)(b - '0') <= 9);

	s->control |= (b < 0x20) | (b == 0x7F);
	s->loud |= loud_in(b, next, block_at(v.p + at + 2));
	s->special |= (((block)(b - '[') <= '`' - '[') & (b != '^')) | (b == '*') | (b == '<') | (b == '&') | (b == '~') | (b == '#');
	s->entity |= (b == '<') | (b == '>') | (b == '&') | (b == '"');
	for (; digits && !s->digit; digits &= digits - 1)
		s->digit = is_loud_digit(v, at + (unsigned)__builtin_ctz(digits));
}

/* Bytes that a look at a block may read: a character that begins in it, too. */
enum { LOOK_BYTES = BLOCK_BYTES + 2, LOOK_BEFORE = 2 };

/* Looks from `at` on, where a character begins: to the end, to what is not known to be calm, or as far as there are bytes for a block. */
static size_t
look(struct seen *s, struct view v, size_t at, size_t readable)
{
	while (at < v.n && readable - at >= LOOK_BYTES) {
		block b = block_at(v.p + at), next = block_at(v.p + at + 1);
		size_t from = at;

		if (!is_quiet_block(b, next))
			look_block(s, v, at, b, next);
		at += lang_calm_block(v.p + at);
		if (at == from)
			at = lang_calm(v, at);
		if (at == from)
			break;
	}
	return at;
}

struct facts_look
facts_look(struct view text)
{
	struct seen s = { 0 };
	char end[LOOK_BEFORE + 2 * LOOK_BYTES];
	size_t at, from;

	if (!fast(FAST_BYTES))
		return (struct facts_look){ .even = text.n == 0 };
	at = look(&s, text, 0, text.n);
	/* the end, with what a digit there has before it, and blanks behind it */
	from = at < LOOK_BEFORE ? 0 : at - LOOK_BEFORE;
	if (at < text.n && text.n - at < LOOK_BYTES) {
		memset(end, ' ', sizeof end);
		memcpy(end, text.p + from, text.n - from);
		at = from + look(&s, view_of(end, text.n - from), at - from, sizeof end);
	}
	if (at < text.n || block_any(s.control))
		return (struct facts_look){ .even = false };
	return (struct facts_look){ true, !s.digit && !block_any(s.loud) && fast(FAST_LOCKS), !block_any(s.entity),
		!block_any(s.special) && fast(FAST_COPY) };
}

bool
facts_none(struct view text)
{
	size_t at = 0, next;

	if (!fast(FAST_LOCKS))
		return false;
	for (;;) {
		uint32_t c;

		at = loud_from(text, at);
		if (at == text.n)
			return true;
		if ((unsigned char)text.p[at] < 0x80) {
			if (!is_digit(text.p[at]) || is_loud_digit(text, at++))
				return false;
			continue;
		}
		next = lang_calm(text, at);
		if (next > at) {
			at = next;
			continue;
		}
		c = utf8_next(text, &at);
		if (c < 0xA0 || c >= 0x10000 || lang_digit(c) >= 0 || utf8_is_odd_line(c) || utf8_is_bidi_control(c))
			return false;
	}
}
