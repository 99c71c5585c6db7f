/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a search makes of each character, and how a language's alphabet is asked for. Part of lang.h. */
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "format/lang_data.h"

enum { DECOMPOSED = 32 };

/* Letters that Unicode does not decompose and that people type without their sign, or in the way of a neighbouring language. */
static const struct {
	uint16_t from;
	const char *to;
} alike[] = {
	{ 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" }, { 0x00FE, "th" }, { 0x0111, "d" }, { 0x0127, "h" },
	{ 0x0131, "i" }, { 0x0142, "l" }, { 0x014B, "n" }, { 0x0153, "oe" }, { 0x0167, "t" }, { 0x0199, "k" }, { 0x01B4, "y" },
	{ 0x01DD, "e" }, { 0x0253, "b" }, { 0x0254, "o" }, { 0x0256, "d" }, { 0x0257, "d" }, { 0x0259, "e" }, { 0x025B, "e" },
	{ 0x0263, "g" }, { 0x03C2, "\xCF\x83" },
	/* Arabic: alef wasla, alef maksura, teh marbuta, and the letters of Persian and Urdu that look like these */
	{ 0x0629, "\xD9\x87" }, { 0x0649, "\xD9\x8A" }, { 0x0671, "\xD8\xA7" }, { 0x06A9, "\xD9\x83" }, { 0x06AA, "\xD9\x83" },
	{ 0x06BA, "\xD9\x86" }, { 0x06BE, "\xD9\x87" }, { 0x06C0, "\xD9\x87" }, { 0x06C1, "\xD9\x87" }, { 0x06C3, "\xD9\x87" },
	{ 0x06CC, "\xD9\x8A" }, { 0x06CD, "\xD9\x8A" }, { 0x06D0, "\xD9\x8A" }, { 0x06D5, "\xD9\x87" },
};

/* Amharic writes the same sounds in two or three ways: rows of seven that are read as another row. */
static const struct {
	uint16_t from, to;
} rows[] = { { 0x1210, 0x1200 }, { 0x1280, 0x1200 }, { 0x1220, 0x1230 }, { 0x12D0, 0x12A0 }, { 0x1340, 0x1338 } };

static uint32_t
ethiopic(uint32_t c)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (c >= rows[i].from && c < rows[i].from + 7u)
			c = c - rows[i].from + rows[i].to;
	/* the fourth order of the two gutturals sounds like the first */
	return c == 0x1203 || c == 0x12A3 ? c - 3 : c;
}

static bool
is_mark(uint32_t c)
{
	return (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK) != 0;
}

/* Marks without which a word is still the same word to its readers: accents, vowel points of Arabic and Hebrew, the nukta of Hindi. */
static bool
may_go(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode s = uscript_getScript((UChar32)c, &code);

	return c == 0x093C || s == USCRIPT_INHERITED || s == USCRIPT_COMMON || s == USCRIPT_LATIN || s == USCRIPT_GREEK ||
	    s == USCRIPT_CYRILLIC || s == USCRIPT_ARABIC || s == USCRIPT_HEBREW || s == USCRIPT_SYRIAC;
}

/* Room for one more of a folded text; what is longer is cut, and at both ends alike: the script gets it as a table. */
static void
put(struct lang_folded *f, uint32_t c)
{
	struct buf b;

	buf_init(&b);
	utf8_put(&b, c);
	if (f->n + b.n < sizeof f->text) {
		memcpy(f->text + f->n, b.p, b.n + 1);
		f->n += (unsigned)b.n;
	}
	buf_release(&b);
}

/* One code point of a decomposition. */
static void
put_folded(struct lang_folded *f, uint32_t c)
{
	uint32_t mask;

	c = ethiopic((uint32_t)u_tolower((UChar32)c));
	for (size_t i = 0; i < sizeof alike / sizeof *alike; i++) {
		if (alike[i].from != c)
			continue;
		for (size_t at = 0; alike[i].to[at];)
			put(f, utf8_next(view_str(alike[i].to), &at));
		return;
	}
	mask = U_GET_GC_MASK((UChar32)c);
	if (mask & (U_GC_L_MASK | U_GC_N_MASK) || (is_mark(c) && !may_go(c)))
		put(f, c);
}

/* What a folded text is to a search, by its first character. */
static enum lang_search_kind
kind_of(uint32_t c)
{
	int32_t part;

	if (!lang_spaceless(c))
		return LANG_SEARCH_WORD;
	if (u_hasBinaryProperty((UChar32)c, UCHAR_LOGICAL_ORDER_EXCEPTION))
		return LANG_SEARCH_LEAD;
	part = u_getIntPropertyValue((UChar32)c, UCHAR_INDIC_SYLLABIC_CATEGORY);
	if (part == U_INSC_INVISIBLE_STACKER)
		return LANG_SEARCH_JOIN;
	return is_mark(c) || part == U_INSC_VOWEL_DEPENDENT ? LANG_SEARCH_MARK : LANG_SEARCH_UNIT;
}

/* Letters that stay as they are though Unicode could take them apart: Hangul, the voiced kana. */
static bool
stays(uint32_t c)
{
	return (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0x3041 && c <= 0x30FF && c != 0x309B && c != 0x309C);
}

static void
fold(uint32_t c, struct lang_folded *f)
{
	UErrorCode code = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&code);
	UChar parts[DECOMPOSED];
	int32_t n = -1;

	c = (uint32_t)u_tolower((UChar32)c);
	if (lang_went_well(code) && !stays(c))
		n = unorm2_getDecomposition(nfkd, (UChar32)c, parts, DECOMPOSED, &code);
	if (!lang_went_well(code) || n < 0) {
		put_folded(f, c);
		return;
	}
	for (int32_t i = 0; i < n;) {
		uint32_t part = parts[i++];

		if (U16_IS_LEAD(part) && i < n && U16_IS_TRAIL(parts[i]))
			part = (part << 10) + parts[i++] - U16_SURROGATE_OFFSET;
		put_folded(f, part);
	}
}

void
lang_search_char(uint32_t c, struct lang_folded *f)
{
	size_t at = 0;
	int digit = lang_digit(c);
	uint32_t mask;

	*f = (struct lang_folded){ .kind = LANG_SEARCH_GAP };
	if (digit >= 0) {
		f->kind = LANG_SEARCH_WORD;
		put(f, (uint32_t)('0' + digit));
		return;
	}
	if (c < 0x80 && !lang_letter(c))
		return;
	mask = U_GET_GC_MASK((UChar32)c);
	if (c == 0x0640 || (mask & U_GC_CF_MASK) || u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) {
		f->kind = LANG_SEARCH_DROP;	/* tatweel, zero width space and joiners, soft hyphen, bidi controls */
		return;
	}
	if (c >= 0x02B9 && c <= 0x02BF)		/* letters that stand for an apostrophe */
		return;
	fold(c, f);
	if (f->n)
		f->kind = kind_of(utf8_next(view_of(f->text, f->n), &at));
	else if (mask & U_GC_M_MASK)
		f->kind = LANG_SEARCH_DROP;
}

/* Marks and signs that the search script is told of as ranges, because a reader may type them where the site has none. */
static const uint16_t dropped[][2] = { { 0x00AD, 0x00AD }, { 0x0300, 0x036F }, { 0x0591, 0x05C7 }, { 0x0640, 0x0640 }, { 0x064B, 0x065F },
	{ 0x0670, 0x0670 }, { 0x200B, 0x200F }, { 0x202A, 0x202E }, { 0x2060, 0x206F }, { 0xFE00, 0xFE0F } };
static const uint16_t gaps[][2] = { { 0x0080, 0x00BF }, { 0x00D7, 0x00D7 }, { 0x00F7, 0x00F7 }, { 0x02B9, 0x02BF }, { 0x060C, 0x060C },
	{ 0x061B, 0x061B }, { 0x061F, 0x061F }, { 0x06D4, 0x06D4 }, { 0x0964, 0x0965 }, { 0x1361, 0x1368 }, { 0x17D4, 0x17DA },
	{ 0x2000, 0x206F }, { 0x3000, 0x303F } };

static bool
is_within(const uint16_t ranges[][2], size_t n, uint32_t c)
{
	for (size_t i = 0; i < n; i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return false;
}

static void
put_ranges(struct buf *out, const uint16_t ranges[][2], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_printf(out, "\\u%04x", ranges[i][0]);
		if (ranges[i][1] > ranges[i][0])
			buf_printf(out, "-\\u%04x", ranges[i][1]);
	}
}

void
lang_search_ranges(struct buf *out, bool drop)
{
	if (drop)
		put_ranges(out, dropped, sizeof dropped / sizeof *dropped);
	else
		put_ranges(out, gaps, sizeof gaps / sizeof *gaps);
}

static enum lang_search_kind
kind_told_to_none(uint32_t c)
{
	if (is_within(dropped, sizeof dropped / sizeof *dropped, c))
		return LANG_SEARCH_DROP;
	if (is_within(gaps, sizeof gaps / sizeof *gaps, c))
		return LANG_SEARCH_GAP;
	return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ? LANG_SEARCH_UNIT : LANG_SEARCH_WORD;
}

/* What the search script takes a character for that its table does not have (search.js, fold). */
static void
plain(uint32_t c, struct lang_folded *f)
{
	*f = (struct lang_folded){ .kind = kind_told_to_none(c) };
	if (f->kind != LANG_SEARCH_DROP && f->kind != LANG_SEARCH_GAP)
		put(f, c);
}

uint32_t
lang_search_lower(uint32_t c)
{
	return (uint32_t)u_tolower((UChar32)c);
}

/* Whether Unicode has a decomposition that the script would use: String.prototype.normalize, where a browser has it. */
static bool
comes_apart(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;
	const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&code);
	UChar parts[DECOMPOSED];

	return !stays(c) && lang_went_well(code) && unorm2_getDecomposition(nfkd, (UChar32)c, parts, DECOMPOSED, &code) >= 0;
}

bool
lang_search_told(uint32_t c)
{
	struct lang_folded is, taken;

	if (c < 0x80 || lang_digit(c) >= 0 || lang_search_lower(c) != c)
		return false;
	lang_search_char(c, &is);
	plain(c, &taken);
	return is.kind != taken.kind || is.n != taken.n || memcmp(is.text, taken.text, is.n) != 0 || comes_apart(c);
}

bool
lang_search_variant(uint32_t c)
{
	struct lang_folded f;

	if (!lang_search_told(c) || comes_apart(c))
		return false;
	lang_search_char(c, &f);
	return f.kind == LANG_SEARCH_WORD;
}
