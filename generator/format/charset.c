/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to clean UTF-8 text: the allowed charsets, the strict conversion, the check of every text that comes in. */
#include "format/charset.h"

#include <errno.h>
#include <iconv.h>
#include <stdint.h>

#include "base/fast.h"
#include "base/utf8.h"
#include "format/charset_parts.h"

/*
 * An allowed charset. Other names that mean it stand in one string, between blanks, in lower case without '-' and '_'; they
 * follow the Encoding Standard (WHATWG) where it knows the charset: what calls itself latin1 is windows-1252 in truth.
 */
struct charset {
	const char *name;	/* as shown in messages */
	const char *iconv;	/* glibc's name; NULL for UTF-8 */
	bool single;		/* one byte is one character */
	const char *names;
};

static const struct charset charsets[] = {
	{ "utf-8", NULL, false, " utf8 unicode11utf8 cp65001 " },
	{ "us-ascii", "ASCII", true, " usascii ascii ansix3.41968 iso646us " },
	{ "utf-16", "UTF-16LE", false, " utf16 unicode ucs2 " },
	{ "utf-16le", "UTF-16LE", false, " utf16le ucs2le " },
	{ "utf-16be", "UTF-16BE", false, " utf16be ucs2be " },
	{ "windows-1250", "CP1250", true, " windows1250 cp1250 " },
	{ "windows-1251", "CP1251", true, " windows1251 cp1251 " },
	{ "windows-1252", "CP1252", true, " windows1252 cp1252 latin1 l1 iso88591 ansi " },
	{ "windows-1253", "CP1253", true, " windows1253 cp1253 " },
	{ "windows-1254", "CP1254", true, " windows1254 cp1254 latin5 l5 iso88599 " },
	{ "windows-1255", "CP1255", true, " windows1255 cp1255 " },
	{ "windows-1256", "CP1256", true, " windows1256 cp1256 " },
	{ "windows-1257", "CP1257", true, " windows1257 cp1257 " },
	{ "windows-1258", "CP1258", true, " windows1258 cp1258 " },
	{ "windows-874", "CP874", true, " windows874 cp874 tis620 iso885911 " },
	{ "iso-8859-2", "ISO-8859-2", true, " iso88592 latin2 l2 " },
	{ "iso-8859-3", "ISO-8859-3", true, " iso88593 latin3 l3 " },
	{ "iso-8859-4", "ISO-8859-4", true, " iso88594 latin4 l4 " },
	{ "iso-8859-5", "ISO-8859-5", true, " iso88595 cyrillic " },
	{ "iso-8859-6", "ISO-8859-6", true, " iso88596 arabic asmo708 " },
	{ "iso-8859-7", "ISO-8859-7", true, " iso88597 greek elot928 " },
	{ "iso-8859-8", "ISO-8859-8", true, " iso88598 hebrew " },
	{ "iso-8859-10", "ISO-8859-10", true, " iso885910 latin6 l6 " },
	{ "iso-8859-13", "ISO-8859-13", true, " iso885913 latin7 " },
	{ "iso-8859-14", "ISO-8859-14", true, " iso885914 latin8 " },
	{ "iso-8859-15", "ISO-8859-15", true, " iso885915 latin9 " },
	{ "iso-8859-16", "ISO-8859-16", true, " iso885916 latin10 " },
	{ "koi8-r", "KOI8-R", true, " koi8r koi8 " },
	{ "koi8-u", "KOI8-U", true, " koi8u koi8ru " },
	{ "koi8-t", "KOI8-T", true, " koi8t " },
	{ "kz-1048", "RK1048", true, " kz1048 rk1048 strk10482002 " },
	{ "pt154", "PT154", true, " pt154 ptcp154 cp154 " },
	{ "ibm850", "IBM850", true, " ibm850 cp850 " },
	{ "ibm852", "IBM852", true, " ibm852 cp852 " },
	{ "ibm866", "IBM866", true, " ibm866 cp866 " },
	{ "macintosh", "MACINTOSH", true, " macintosh mac xmacroman macroman " },
	{ "armscii-8", "ARMSCII-8", true, " armscii8 " },
	{ "georgian-ps", "GEORGIAN-PS", true, " georgianps " },
	{ "georgian-academy", "GEORGIAN-ACADEMY", true, " georgianacademy " },
	{ "viscii", "VISCII", true, " viscii viscii1.11 " },
	{ "tcvn", "TCVN5712-1", false, " tcvn tcvn5712 tcvn57121 " },
	{ "tscii", "TSCII", false, " tscii " },
	{ "gb18030", "GB18030", false, " gb18030 gbk gb2312 euccn cp936 " },
	{ "big5", "BIG5-HKSCS", false, " big5 big5hkscs cp950 " },
	{ "shift_jis", "CP932", false, " shiftjis sjis cp932 windows31j mskanji " },
	{ "euc-jp", "EUC-JP-MS", false, " eucjp eucjpms " },
	{ "iso-2022-jp", "ISO-2022-JP", false, " iso2022jp jis " },
	{ "euc-kr", "UHC", false, " euckr cp949 uhc windows949 ksc5601 ksc56011987 " },
};

enum { NCHARSETS = sizeof charsets / sizeof *charsets };

/* The charset of that name, or NULL. Empty means UTF-8. */
static const struct charset *
charset_find(struct view name)
{
	char key[34] = " ";
	size_t n = 1;

	if (name.n == 0)
		return &charsets[0];
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (c == '-' || c == '_')
			continue;
		if (c <= ' ' || c > '~' || n == sizeof key - 2)
			return NULL;
		key[n++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	if (n == 1)
		return NULL;
	key[n++] = ' ';
	key[n] = '\0';
	for (size_t i = 0; i < NCHARSETS; i++)
		if (strstr(charsets[i].names, key))
			return &charsets[i];
	return NULL;
}

bool
charset_known(struct view charset)
{
	return charset_find(charset) != NULL;
}

struct view
charset_names(struct arena *a)
{
	struct buf b;
	struct view v;

	buf_init(&b);
	for (size_t i = 0; i < NCHARSETS; i++)
		buf_printf(&b, "%s%s", i ? ", " : "", charsets[i].name);
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v;
}

/* Position of the first character that no text may hold, or v.n. v is well-formed UTF-8, so a look at bytes is enough. */
static size_t
text_refused(struct view v)
{
	static const char fine[256] = { ['\t'] = 1, ['\n'] = 1, ['\r'] = 1, [' ' ... '~'] = 1, [0x80 ... 0xC1] = 1,
		[0xC3 ... 0xE1] = 1, [0xE3 ... 0xFF] = 1 };
	const unsigned char *p = (const unsigned char *)v.p;

	for (size_t i = 0; i < v.n; i++) {
		unsigned char c = p[i];

		if (fine[c])
			continue;
		if (c < 0x80)
			return i;
		if (c == 0xC2 && p[i + 1] < 0xA0)
			return i;
		if (c == 0xE2 && p[i + 1] == 0x80 && (p[i + 2] == 0xA8 || p[i + 2] == 0xA9))
			return i;
	}
	return v.n;
}

static struct place
text_place(struct view text, size_t at, struct view file)
{
	unsigned line, col;

	utf8_position(text, at, &line, &col);
	return place_at(file, line, col, 1);
}

bool
text_check(struct view text, struct view file, struct diags *d)
{
	struct arena a;
	size_t at;

	if (fast(FAST_BYTES) && utf8_tidy(text))
		return true;
	at = utf8_invalid(text);
	arena_init(&a);
	if (at < text.n) {
		diag(d, utf8_invalid, text_place(text, at, file),
		    view_printf(&a, "0x%02X", (unsigned char)text.p[at]));
		if (at == 0 && text.n > 1 && (memcmp(text.p, "\xFF\xFE", 2) == 0 || memcmp(text.p, "\xFE\xFF", 2) == 0))
			diag_note(d, "the file begins as one in utf-16 does");
	} else if ((at = text_refused(text)) < text.n) {
		size_t next = at;
		uint32_t c = utf8_next(text, &next);
		struct view shown = view_printf(&a, "U+%04X", (unsigned)c);

		if (utf8_is_odd_line(c))
			diag(d, text_odd_line, text_place(text, at, file), shown);
		else
			diag(d, text_control, text_place(text, at, file), shown);
	}
	arena_release(&a);
	return at == text.n;
}

bool
text_bidi(struct view text, struct view file, struct diags *d)
{
	struct arena a;
	size_t at = 0, from = 0;
	uint32_t c = 0;

	/* all of them begin with this byte */
	while ((at = from + view_find(view_slice(text, from, text.n), '\xE2')) < text.n) {
		from = at;
		c = utf8_next(text, &from);
		if (utf8_is_bidi_control(c))
			break;
	}
	if (at >= text.n)
		return true;
	arena_init(&a);
	diag(d, text_bidi, text_place(text, at, file), view_printf(&a, "U+%04X", (unsigned)c));
	arena_release(&a);
	return false;
}

/* CRLF and CR to LF, the byte order mark off; a copy only when there is something to change. */
static struct view
text_lines(struct arena *a, struct view v)
{
	char *out;
	size_t n = 0;

	if (view_starts(v, "\xEF\xBB\xBF"))
		v = view_slice(v, 3, v.n);
	if (view_find(v, '\r') == v.n)
		return v;
	out = arena_alloc(a, v.n + 1);
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] != '\r')
			out[n++] = v.p[i];
		else if (i + 1 == v.n || v.p[i + 1] != '\n')
			out[n++] = '\n';
	}
	return view_of(out, n);
}

/* Whether the bytes are UTF-8 in truth: a mark at the start, or more sequences than chance makes in this charset. */
static bool
looks_utf8(struct view bytes, const struct charset *c)
{
	size_t sequences = 0;

	if (bytes.n == 0 || utf8_invalid(bytes) < bytes.n)
		return false;
	if (view_starts(view_str(c->name), "utf-16"))
		return view_find(bytes, '\0') == bytes.n;
	for (size_t i = 0; i < bytes.n; i++)
		sequences += (unsigned char)bytes.p[i] >= 0xC0;
	return view_starts(bytes, "\xEF\xBB\xBF") || sequences >= (c->single ? 2 : 6);
}

static void
report_byte(struct diags *d, const struct charset *c, struct view bytes, size_t at, struct place place, bool cut)
{
	struct arena a;

	arena_init(&a);
	diag(d, charset_invalid, place, view_printf(&a, "0x%02X", (unsigned char)bytes.p[at]), view_str(c->name),
	    cut ? VIEW(", or was cut off here") : VIEW_NONE);
	arena_release(&a);
}

/* One call of iconv into the buffer; in NULL asks for what the decoder still holds. False as iconv fails. */
static bool
convert_some(iconv_t cd, char **in, size_t *left, struct buf *out)
{
	size_t room = *left * 2 + 64, before = room, r;
	char *to = buf_reserve(out, room);

	r = iconv(cd, in, left, &to, &room);
	out->n += before - room;
	out->p[out->n] = '\0';
	return r != (size_t)-1;
}

/* Converts all bytes; false at the first that is not possible: *at is its position, *cut whether the bytes end inside a
 * character. */
static bool
convert(iconv_t cd, struct view bytes, struct buf *out, size_t *at, bool *cut)
{
	char *in = (char *)(uintptr_t)bytes.p;
	size_t left = bytes.n, none = 0;
	bool good = true;

	*cut = false;
	while (good && left && !convert_some(cd, &in, &left, out)) {
		if (errno == E2BIG)
			continue;
		*cut = errno == EINVAL;
		good = false;
	}
	*at = bytes.n - left;
	convert_some(cd, NULL, &none, out);
	return good;
}

/* After a conversion: a C1 control means that the charset is not the one named. */
static bool
check_c1(struct arena *a, struct view text, struct view bytes, const struct charset *c, struct view file,
    struct diags *d)
{
	size_t at = text_refused(text);
	struct view before;

	if (!c->single || at == text.n || (unsigned char)text.p[at] != 0xC2)
		return true;
	before = text_lines(a, view_slice(text, 0, at));
	report_byte(d, c, bytes, utf8_count(view_slice(text, 0, at)), text_place(before, before.n, file), false);
	return false;
}

static bool
from_legacy(struct arena *a, struct view bytes, const struct charset *c, struct view file, struct view *text,
    struct diags *d)
{
	const char *name = c->iconv;
	struct buf out;
	bool good, cut;
	size_t at = 0;
	iconv_t cd;

	if (view_is(view_str(c->name), "utf-16") && view_starts(bytes, "\xFE\xFF"))
		name = "UTF-16BE";
	cd = iconv_open("UTF-8", name);
	if (cd == (iconv_t)-1) {
		diag(d, charset_unknown, place_file(file), view_str(c->name), charset_names(a));
		return false;
	}
	buf_init(&out);
	good = convert(cd, bytes, &out, &at, &cut);
	iconv_close(cd);
	if (good) {
		*text = view_copy(a, view_buf(&out));
		good = check_c1(a, *text, bytes, c, file, d);
		*text = text_lines(a, *text);
	} else {
		struct view done = text_lines(a, view_buf(&out));

		report_byte(d, c, bytes, at, text_place(done, done.n, file), cut);
	}
	buf_release(&out);
	return good;
}

bool
charset_text(struct arena *a, struct view bytes, struct view charset, struct view file, struct view *text,
    struct diags *d)
{
	const struct charset *c = charset_find(charset);

	if (!c) {
		diag(d, charset_unknown, place_file(file), charset, charset_names(a));
		return false;
	}
	if (!c->iconv) {
		*text = text_lines(a, bytes);
	} else if (looks_utf8(bytes, c)) {
		diag(d, charset_mislabelled, place_file(file), view_str(c->name));
		return false;
	} else if (!from_legacy(a, bytes, c, file, text, d)) {
		return false;
	}
	return text_check(*text, file, d);
}

size_t
charset_count(void)
{
	return NCHARSETS;
}

const char *
charset_name(size_t i)
{
	return charsets[i].name;
}

bool
charset_decodes(struct arena *a, struct view bytes, size_t i, struct view *text)
{
	struct diags quiet;
	bool good;

	diags_init(&quiet);
	good = charset_text(a, bytes, view_str(charsets[i].name), VIEW_NONE, text, &quiet);
	diags_release(&quiet);
	return good;
}
