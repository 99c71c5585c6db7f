/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts and characters of all languages: normal form, case, words, columns, digits, host names. Part of lang.h. */
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/uchar.h>
#include <unicode/uidna.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/uset.h>
#include <unicode/uspoof.h>
#include <unicode/ustring.h>

#include "base/fast.h"
#include "base/utf8.h"
#include "format/lang_data.h"

enum { HOST_MAX = 1024 };

static bool
is_ascii(struct view text)
{
	return utf8_ascii(text, 0) == text.n;
}

/* Whether the text is in NFC for certain (UAX 15, 9: every code point has quick check Yes, and no two marks follow each other). */
static bool
surely_nfc(struct view text)
{
	size_t at = 0, next;

	if (!fast(FAST_BYTES))
		return false;
	for (;;) {
		at = utf8_ascii(text, at);
		if (at == text.n)
			return true;
		next = lang_calm(text, at);
		if (next == at)
			return false;
		at = next;
	}
}

static const UNormalizer2 *
nfc(void)
{
	UErrorCode code = U_ZERO_ERROR;
	const UNormalizer2 *n = unorm2_getNFCInstance(&code);

	if (!lang_went_well(code))
		bug("ICU has no NFC");
	return n;
}

struct view
lang_nfc(struct arena *a, struct view text)
{
	UErrorCode code = U_ZERO_ERROR;
	struct lang_wide from, to;
	struct view out = text;

	if (surely_nfc(text))
		return text;
	lang_wide_from(&from, text);
	if (!unorm2_isNormalized(nfc(), from.p, from.n, &code)) {
		lang_wide_init(&to, from.n * 3 + 1);
		to.n = unorm2_normalize(nfc(), from.p, from.n, to.p, to.cap, &code);
		if (lang_went_well(code))
			out = lang_narrow(a, to.p, to.n);
		lang_wide_release(&to);
	}
	lang_wide_release(&from);
	if (!lang_went_well(code))
		bug("NFC");
	return out;
}

bool
lang_is_nfc(struct view text)
{
	UErrorCode code = U_ZERO_ERROR;
	struct lang_wide wide;
	bool is;

	if (surely_nfc(text))
		return true;
	lang_wide_from(&wide, text);
	is = unorm2_isNormalized(nfc(), wide.p, wide.n, &code);
	lang_wide_release(&wide);
	return lang_went_well(code) && is;
}

static struct view
fold_ascii(struct arena *a, struct view text)
{
	char *p = arena_copy(a, text.p, text.n);

	for (size_t i = 0; i < text.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] + 'a' - 'A');
	return view_of(p, text.n);
}

/* Turkish I with a dot folds to i and a combining dot above: the dot goes, so that it meets its own small letter. */
static struct view
without_dots(char *p, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		p[to++] = p[i];
		if (p[i] == 'i' && n - i > 2 && memcmp(p + i + 1, "\xCC\x87", 2) == 0)
			i += 2;
	}
	return view_of(p, to);
}

struct view
lang_fold(struct arena *a, struct view text)
{
	UErrorCode code = U_ZERO_ERROR;
	size_t room = text.n * 3 + 1;
	int32_t n;
	UCaseMap *map;
	char *p;

	if (is_ascii(text))
		return fold_ascii(a, text);
	if (room > INT32_MAX)
		bug("text too long for ICU");
	map = ucasemap_open("", U_FOLD_CASE_DEFAULT, &code);
	if (!lang_went_well(code))
		bug("ICU has no case map");
	p = arena_alloc(a, room);
	n = ucasemap_utf8FoldCase(map, p, (int32_t)room, text.p, (int32_t)text.n, &code);
	ucasemap_close(map);
	if (!lang_went_well(code))
		bug("case folding");
	return without_dots(p, (size_t)n);
}

bool
lang_spaceless(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode script;

	if (c < 0x0E00 || c > 0x10FFFF)
		return false;
	/* fullwidth ASCII and its punctuation, though of the common script, stand with ideographs only */
	if (c >= 0xFF01 && c <= 0xFF65)
		return true;
	script = uscript_getScript((UChar32)c, &code);
	if (!lang_went_well(code))
		return false;
	if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
		return c >= 0x3000 && (uscript_hasScript((UChar32)c, USCRIPT_HAN) ||
		    uscript_hasScript((UChar32)c, USCRIPT_HIRAGANA) || c == 0x3000);
	return uscript_breaksBetweenLetters(script) || script == USCRIPT_TIBETAN ||
	    script == USCRIPT_JAVANESE || script == USCRIPT_BALINESE;
}

bool
lang_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return c <= 0x10FFFF && (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

static UScriptCode
script_of(uint32_t c)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode script = c > 0x10FFFF ? USCRIPT_UNKNOWN : uscript_getScript((UChar32)c, &code);

	return lang_went_well(code) ? script : USCRIPT_UNKNOWN;
}

struct view
lang_script_of(uint32_t c)
{
	return view_str(uscript_getShortName(script_of(c)));
}

bool
lang_common(uint32_t c)
{
	enum { VERSION = 8 };
	static const UScriptCode scripts[] = { USCRIPT_COMMON, USCRIPT_INHERITED, USCRIPT_LATIN, USCRIPT_GREEK, USCRIPT_CYRILLIC,
		USCRIPT_ARABIC, USCRIPT_HEBREW, USCRIPT_ARMENIAN, USCRIPT_GEORGIAN, USCRIPT_DEVANAGARI, USCRIPT_THAI, USCRIPT_HAN,
		USCRIPT_HIRAGANA, USCRIPT_KATAKANA, USCRIPT_HANGUL, USCRIPT_BOPOMOFO };
	UScriptCode script = script_of(c);
	UVersionInfo age;

	if (c < 0x80)
		return true;
	if (c > 0x10FFFF || (U_GET_GC_MASK((UChar32)c) & (U_GC_CN_MASK | U_GC_CO_MASK | U_GC_CS_MASK)))
		return false;
	u_charAge((UChar32)c, age);
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
		if (script == scripts[i])
			return age[0] <= VERSION;
	return false;
}

int
lang_digit(uint32_t c)
{
	if (c < 0x80)
		return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
	return c <= 0x10FFFF ? u_charDigitValue((UChar32)c) : -1;
}

/* What a byte of ASCII is to words. JOINS_: stands inside one between two of these. */
enum { LETTER = 1, NUMBER = 2, JOINER = 4, JOINS_LETTERS = 8, JOINS_NUMBERS = 16 };
static const unsigned char word_bytes[128] = {
	['a' ... 'z'] = LETTER, ['A' ... 'Z'] = LETTER, ['0' ... '9'] = NUMBER, ['_'] = JOINER, [','] = JOINS_NUMBERS, [';'] = JOINS_NUMBERS,
	['\''] = JOINS_LETTERS | JOINS_NUMBERS, ['.'] = JOINS_LETTERS | JOINS_NUMBERS,
};

static bool
joins(struct view text, size_t i, unsigned how)
{
	unsigned both = i > 0 && i + 1 < text.n ? word_bytes[(unsigned char)text.p[i - 1]] & word_bytes[(unsigned char)text.p[i + 1]] : 0;

	return (how & JOINS_LETTERS && both & LETTER) || (how & JOINS_NUMBERS && both & NUMBER);
}

/*
 * UAX 29 over ASCII: letters, digits and '_' stick together (WB5, 8-10, 13), ' and . between letters (WB6, 7), ' . , and ;
 * between digits (WB11, 12).
 */
static size_t
ascii_words(struct view text)
{
	size_t n = 0;
	unsigned inside = 0;	/* 1: a word has been counted and goes on */

	for (size_t i = 0; i < text.n; i++) {
		unsigned is = word_bytes[(unsigned char)text.p[i]];

		if (is >= JOINER) {
			if (is != JOINER && !joins(text, i, is))
				inside = 0;
			continue;
		}
		is = (is + 1) >> 1;	/* no branch at the rim of each word: no processor foresees these */
		n += is & ~inside;
		inside = is;
	}
	return n;
}

/* Whether a piece between two word breaks has a letter, a number or an ideograph. */
static bool
is_word(const UChar *p, int32_t from, int32_t to)
{
	while (from < to) {
		uint32_t c = p[from++];

		if (U16_IS_LEAD(c) && from < to && U16_IS_TRAIL(p[from]))
			c = (c << 10) + p[from++] - U16_SURROGATE_OFFSET;
		if (U_GET_GC_MASK((UChar32)c) & (U_GC_L_MASK | U_GC_N_MASK))
			return true;
	}
	return false;
}

size_t
lang_words(struct lang *l, struct view text)
{
	UErrorCode code = U_ZERO_ERROR;
	struct lang_data *data = l->data;
	struct lang_wide wide;
	size_t n = 0;

	/* ':' is inside words in some languages; ICU knows which */
	if (is_ascii(text) && view_find(text, ':') == text.n)
		return ascii_words(text);
	lang_wide_from(&wide, text);
	if (data->words)
		ubrk_setText(data->words, wide.p, wide.n, &code);
	else
		data->words = ubrk_open(UBRK_WORD, data->locale, wide.p, wide.n, &code);
	if (!lang_went_well(code))
		bug("ICU has no word breaks");
	for (int32_t from = ubrk_first(data->words), to; (to = ubrk_next(data->words)) != UBRK_DONE; from = to)
		n += is_word(wide.p, from, to);
	lang_wide_release(&wide);
	return n;
}

size_t
lang_breaks(const struct lang *l, struct arena *a, struct view text, size_t **ends)
{
	UErrorCode code = U_ZERO_ERROR;
	UText bytes = UTEXT_INITIALIZER;
	UBreakIterator *lines;
	size_t n = 0;

	*ends = arena_array(a, text.n + 1, sizeof **ends);
	utext_openUTF8(&bytes, text.p, (int64_t)text.n, &code);
	lines = ubrk_open(UBRK_LINE, l->data->locale, NULL, 0, &code);
	ubrk_setUText(lines, &bytes, &code);
	if (!lang_went_well(code))
		bug("ICU has no line breaks");
	ubrk_first(lines);
	for (int32_t to; (to = ubrk_next(lines)) != UBRK_DONE;)
		(*ends)[n++] = (size_t)to;
	ubrk_close(lines);
	utext_close(&bytes);
	return n;
}

/* As terminals do (xterm, VTE): nonspacing and enclosing marks and format characters take none; spacing marks take one. */
static size_t
columns_of(uint32_t c)
{
	int32_t width;

	if (c < 0x300)
		return c >= 0x20 && c != 0xAD && (c < 0x7F || c >= 0xA0);
	if ((U_GET_GC_MASK((UChar32)c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) ||
	    (c >= 0x1160 && c <= 0x11FF))
		return 0;
	width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

size_t
lang_columns(struct view text)
{
	size_t n = 0, at = 0;

	while (at < text.n)
		n += columns_of(utf8_next(text, &at));
	return n;
}

/* Punycode to letters, so that both spellings of a host are judged alike. False when it is no host name at all. */
static bool
host_letters(struct view host, char *out, int32_t *n)
{
	UErrorCode code = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UIDNA *idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_UNICODE | UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ, &code);

	if (!lang_went_well(code))
		return false;
	*n = uidna_nameToUnicodeUTF8(idna, host.p, (int32_t)host.n, out, HOST_MAX, &info, &code);
	uidna_close(idna);
	return lang_went_well(code) && info.errors == 0 && *n <= HOST_MAX;
}

/* Whether one label (the text between two dots) is suspicious; foreign_end: the last label is not ASCII. */
static bool
suspicious_label(const USpoofChecker *checker, struct view label, bool foreign_end)
{
	UErrorCode code = U_ZERO_ERROR;
	char skeleton[HOST_MAX];
	int32_t n;

	if (is_ascii(label))
		return false;
	if (uspoof_check2UTF8(checker, label.p, (int32_t)label.n, NULL, &code) != 0 || !lang_went_well(code))
		return true;
	/* whole in another script, and looks like ASCII all the same; natural under a top-level domain of that script */
	n = uspoof_getSkeletonUTF8(checker, 0, label.p, (int32_t)label.n, skeleton, sizeof skeleton, &code);
	return !lang_went_well(code) || (!foreign_end && is_ascii(view_of(skeleton, (size_t)n)));
}

/* Characters that browsers drop or map before they ask for the host: soft hyphen, zero width space, fullwidth letters. */
static bool
disguised(struct view host, struct view letters)
{
	for (size_t at = 0; at < host.n;) {
		uint32_t c = utf8_next(host, &at);

		if ((U_GET_GC_MASK((UChar32)c) & U_GC_CF_MASK) && c != 0x200C && c != 0x200D)
			return true;
	}
	return !is_ascii(host) && is_ascii(letters);
}

bool
lang_suspicious_host(struct view host)
{
	UErrorCode code = U_ZERO_ERROR;
	USpoofChecker *checker;
	char letters[HOST_MAX];
	struct view rest, label, last = VIEW_NONE;
	bool found = false;
	int32_t n = 0;

	if (host.n == 0 || (is_ascii(host) && view_search(host, VIEW("xn--")) == host.n &&
	    view_search(host, VIEW("XN--")) == host.n))
		return false;
	if (host.n > HOST_MAX / 2 || !host_letters(host, letters, &n))
		return true;
	if (disguised(host, view_of(letters, (size_t)n)))
		return true;
	checker = uspoof_open(&code);
	if (!lang_went_well(code))
		bug("ICU has no spoof checker");
	uspoof_setRestrictionLevel(checker, USPOOF_MODERATELY_RESTRICTIVE);
	uspoof_setAllowedChars(checker, uspoof_getRecommendedSet(&code), &code);
	uspoof_setChecks(checker, USPOOF_RESTRICTION_LEVEL | USPOOF_INVISIBLE | USPOOF_MIXED_NUMBERS |
	    USPOOF_CHAR_LIMIT | USPOOF_HIDDEN_OVERLAY, &code);
	rest = view_of(letters, (size_t)n);
	while (view_cut(&rest, '.', &label))
		if (label.n)
			last = label;
	rest = view_of(letters, (size_t)n);
	while (!found && view_cut(&rest, '.', &label))
		found = suspicious_label(checker, label, !is_ascii(last));
	uspoof_close(checker);
	return !lang_went_well(code) || found;
}
