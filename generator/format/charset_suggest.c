/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which charsets a file may be in, for advice: those that decode it and give text that looks like a language. */
#include "base/utf8.h"
#include "format/charset_parts.h"

enum { SUGGESTIONS = 3, NFAULTS = 100 };

/* Letters by script and case, as far as the charsets go. Even-odd: capital and small letters take turns. */
enum letter_case { CASE_NONE, CASE_UPPER, CASE_LOWER, CASE_TURNS };
static const struct range {
	uint32_t first, last;
	char script;
	enum letter_case letters;
} ranges[] = {
	{ 0x41, 0x5A, 'L', CASE_UPPER }, { 0x61, 0x7A, 'L', CASE_LOWER }, { 0xC0, 0xD6, 'L', CASE_UPPER },
	{ 0xD8, 0xDE, 'L', CASE_UPPER }, { 0xDF, 0xF6, 'L', CASE_LOWER }, { 0xF8, 0xFF, 'L', CASE_LOWER },
	{ 0x100, 0x137, 'L', CASE_TURNS }, { 0x138, 0x17F, 'L', CASE_NONE }, { 0x180, 0x24F, 'L', CASE_NONE },
	{ 0x300, 0x36F, 0, CASE_NONE }, { 0x384, 0x390, 'G', CASE_NONE }, { 0x391, 0x3AB, 'G', CASE_UPPER },
	{ 0x3AC, 0x3CE, 'G', CASE_LOWER }, { 0x400, 0x42F, 'C', CASE_UPPER }, { 0x430, 0x45F, 'C', CASE_LOWER },
	{ 0x490, 0x4FF, 'C', CASE_TURNS }, { 0x531, 0x556, 'A', CASE_UPPER }, { 0x561, 0x587, 'A', CASE_LOWER },
	{ 0x591, 0x5F4, 'H', CASE_NONE }, { 0x60C, 0x6D3, 'R', CASE_NONE }, { 0xB82, 0xBF2, 'T', CASE_NONE },
	{ 0xE01, 0xE5B, 'I', CASE_NONE }, { 0x10D0, 0x10F6, 'E', CASE_NONE }, { 0x1E00, 0x1EFF, 'L', CASE_TURNS },
	{ 0x3041, 0x30FE, 'Z', CASE_NONE }, { 0x4E00, 0x9FA5, 'Z', CASE_NONE }, { 0xAC00, 0xD7A3, 'K', CASE_NONE },
};

/* Signs that stand in ordinary prose beside letters. */
static bool
ordinary_sign(uint32_t c)
{
	return c == 0xA0 || c == 0xA7 || c == 0xAB || c == 0xB0 || c == 0xB7 || c == 0xBB || c == 0xBF || c == 0xA1 ||
	    c == 0x589 || (c >= 0x200C && c <= 0x200F) || (c >= 0x2013 && c <= 0x2026) || c == 0x2039 || c == 0x203A ||
	    c == 0x20AC || c == 0x2116 || (c >= 0x3000 && c <= 0x3011) || (c >= 0xFF01 && c <= 0xFF5E);
}

static const struct range *
range_of(uint32_t c)
{
	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (c >= ranges[i].first && c <= ranges[i].last)
			return &ranges[i];
	return NULL;
}

static enum letter_case
case_of(const struct range *r, uint32_t c)
{
	if (!r || r->letters != CASE_TURNS)
		return r ? r->letters : CASE_NONE;
	return c & 1 ? CASE_LOWER : CASE_UPPER;
}

/* How many of a hundred characters beyond ASCII are unlikely: signs of no prose, letters beside those of another script, capitals
 * behind small letters. 100 also when there are none, and when most Latin letters are accented ones. */
static size_t
oddness(struct view text)
{
	const struct range *before = NULL;
	enum letter_case case_before = CASE_NONE;
	size_t odd = 0, all = 0, at = 0, latin = 0, accented = 0;
	bool high_before = false;

	while (at < text.n) {
		uint32_t c = utf8_next(text, &at);
		const struct range *r = range_of(c);
		enum letter_case letters = case_of(r, c);
		bool high = c > 0x7F, other = r && before && r->script && before->script && r->script != before->script;

		all += high;
		latin += r && r->script == 'L';
		accented += high && r && r->script == 'L';
		if (high && !r)
			odd += !ordinary_sign(c);
		else if (high || high_before)
			odd += other || (case_before == CASE_LOWER && letters == CASE_UPPER);
		high_before = high;
		before = r;
		case_before = letters;
	}
	return all == 0 || accented * 2 > latin ? NFAULTS : odd * NFAULTS / all;
}

/* Every even number of bytes is text in UTF-16: it needs a sign that it was meant. */
static bool
may_be(struct view bytes, const char *name)
{
	return !view_starts(view_str(name), "utf-16") || view_starts(bytes, "\xFF\xFE") || view_starts(bytes, "\xFE\xFF") ||
	    view_find(bytes, '\0') < bytes.n;
}

/* How good a guess is, small is better: how odd the text, then how long: what makes fewer characters of the same bytes is less likely to do
 * so by chance. GB 18030 makes something of almost all bytes. */
static size_t
rank(struct view text, struct view name)
{
	size_t odd = oddness(text);

	if (view_starts(name, "utf-16") && utf8_count(text) == text.n)
		odd = 0;
	return odd > NFAULTS / 10 ? SIZE_MAX : odd * text.n + 2 * utf8_count(text) + view_is(name, "gb18030");
}

struct view
charset_suggest(struct arena *a, struct view bytes)
{
	size_t best[SUGGESTIONS], score[SUGGESTIONS], n = 0;
	struct arena_mark mark = arena_mark(a);
	struct view text;
	struct buf b;

	for (size_t i = 0; i < charset_count(); i++) {
		size_t r = SIZE_MAX, at;

		if (may_be(bytes, charset_name(i)) && charset_decodes(a, bytes, i, &text))
			r = rank(text, view_str(charset_name(i)));
		arena_rewind(a, mark);
		for (at = n; at > 0 && score[at - 1] > r; at--)
			continue;
		if (r == SIZE_MAX || at == SUGGESTIONS)
			continue;
		n = n < SUGGESTIONS ? n + 1 : n;
		memmove(&best[at + 1], &best[at], (n - at - 1) * sizeof *best);
		memmove(&score[at + 1], &score[at], (n - at - 1) * sizeof *score);
		best[at] = i;
		score[at] = r;
	}
	buf_init(&b);
	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "%s%s", i == 0 ? "" : i + 1 < n ? ", " : " or ", charset_name(best[i]));
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}
