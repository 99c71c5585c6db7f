/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML out: literal blocks for text, plain or double-quoted scalars for the rest, UTF-8 as it is. */
#include "format/yamlout.h"

#include <stdint.h>
#include <strings.h>

#include "base/arena.h"
#include "base/utf8.h"

/* Characters that only an escape can bring into YAML (or that some reader takes for a line end). */
static bool
needs_escape(uint32_t c)
{
	return utf8_is_control(c) || utf8_is_odd_line(c) || c == '\r' || c == 0xFEFF || c == 0xFFFE || c == 0xFFFF;
}

static bool
fits_literal(struct view v)
{
	for (size_t at = 0; at < v.n;)
		if (needs_escape(utf8_next(v, &at)))
			return false;
	return true;
}

/* Words that other YAML readers take for something else than text; true, false and numbers are meant as such. */
static bool
is_reserved(struct view v)
{
	static const char *const words[] = { "null", "yes", "no", "on", "off", "y", "n" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (v.n == strlen(words[i]) && strncasecmp(v.p, words[i], v.n) == 0)
			return true;
	return false;
}

static bool
plain_first(unsigned char c)
{
	return c >= 0x80 || c == '/' || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool
is_plain(struct view v)
{
	if (v.n == 0 || !plain_first((unsigned char)v.p[0]) || is_reserved(v) || !fits_literal(v))
		return false;
	if (v.p[v.n - 1] == ':' || v.p[v.n - 1] == ' ')
		return false;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '\n' || v.p[i] == '\t')
			return false;
		if (v.p[i] == ' ' && v.p[i + 1] == '#')
			return false;
		if (v.p[i] == ':' && v.p[i + 1] == ' ')
			return false;
	}
	return true;
}

static void
put_quoted(struct buf *b, struct view v)
{
	buf_addc(b, '"');
	for (size_t at = 0; at < v.n;) {
		size_t from = at;
		uint32_t c = utf8_next(v, &at);

		if (c == '"' || c == '\\')
			buf_addc(b, '\\');
		if (c == '\n')
			buf_puts(b, "\\n");
		else if (c == '\t')
			buf_puts(b, "\\t");
		else if (needs_escape(c))
			buf_printf(b, c < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)c);
		else
			buf_add(b, v.p + from, at - from);
	}
	buf_addc(b, '"');
}

static void
put_scalar(struct buf *b, struct view v)
{
	if (is_plain(v))
		buf_addv(b, v);
	else
		put_quoted(b, v);
}

static void
put_blanks(struct buf *b, unsigned n)
{
	while (n--)
		buf_addc(b, ' ');
}

/* What stands before an entry: its indentation, with the "- " of an item if it is the first there. */
static void
put_head(struct yamlout *y)
{
	put_blanks(y->b, y->item ? y->indent - 2 : y->indent);
	if (y->item)
		buf_puts(y->b, "- ");
	y->item = false;
}

static void
put_key(struct yamlout *y, struct view key, const char *behind)
{
	put_head(y);
	put_scalar(y->b, key);
	buf_puts(y->b, behind);
}

void
yamlout_init(struct yamlout *y, struct buf *b)
{
	*y = (struct yamlout){ .b = b };
}

void
yamlout_comment(struct yamlout *y, const char *prefix, struct view text)
{
	struct view piece;

	if (y->item)
		bug("a YAML comment between an item and its first entry");
	if (!text.p)
		text = VIEW("");
	while (view_cut(&text, '\n', &piece)) {
		put_blanks(y->b, y->indent);
		buf_puts(y->b, prefix);
		if (piece.n)
			buf_addc(y->b, ' ');
		utf8_put_visible(y->b, piece);
		buf_addc(y->b, '\n');
	}
}

void
yamlout_blank(struct yamlout *y)
{
	buf_addc(y->b, '\n');
}

void
yamlout_scalar(struct yamlout *y, struct view key, struct view value)
{
	put_key(y, key, ": ");
	put_scalar(y->b, value);
	buf_addc(y->b, '\n');
}

/* Whether a reader could not tell the indentation from the text: its first line that is not empty begins with a blank. */
static bool
begins_blank(struct view v)
{
	size_t i = 0;

	while (i < v.n && v.p[i] == '\n')
		i++;
	return i < v.n && (v.p[i] == ' ' || v.p[i] == '\t');
}

/* The block behind "key: ": '|', the indicators, and the lines, two columns deeper than the key. */
static void
put_literal(struct yamlout *y, struct view text, const char *chomp)
{
	struct view piece;

	buf_puts(y->b, begins_blank(text) ? "|2" : "|");
	buf_puts(y->b, chomp);
	buf_addc(y->b, '\n');
	if (text.n && text.p[text.n - 1] == '\n')
		text.n--;
	else if (text.n == 0)
		return;
	while (view_cut(&text, '\n', &piece)) {
		if (piece.n)
			put_blanks(y->b, y->indent + 2);
		buf_addv(y->b, piece);
		buf_addc(y->b, '\n');
	}
}

static void
put_text(struct yamlout *y, struct view key, struct view text, const char *chomp)
{
	put_key(y, key, ": ");
	if (fits_literal(text)) {
		put_literal(y, text, chomp);
	} else {
		put_quoted(y->b, text);
		buf_addc(y->b, '\n');
	}
}

void
yamlout_text(struct yamlout *y, struct view key, struct view text)
{
	put_text(y, key, text, "");
}

void
yamlout_exact(struct yamlout *y, struct view key, struct view text)
{
	const char *chomp = "";

	if (text.n && text.p[text.n - 1] != '\n')
		chomp = "-";
	else if (text.n == 1 || (text.n && text.p[text.n - 2] == '\n'))
		chomp = "+";
	put_text(y, key, text, chomp);
}

void
yamlout_map(struct yamlout *y, struct view key)
{
	put_key(y, key, ":\n");
	y->indent += 2;
}

void
yamlout_list(struct yamlout *y, struct view key)
{
	put_key(y, key, ":\n");
}

void
yamlout_empty_list(struct yamlout *y, struct view key)
{
	put_key(y, key, ": []\n");
}

void
yamlout_item(struct yamlout *y)
{
	if (y->item)
		bug("a YAML item as the first entry of an item");
	y->indent += 2;
	y->item = true;
}

void
yamlout_item_scalar(struct yamlout *y, struct view value)
{
	put_blanks(y->b, y->indent);
	buf_puts(y->b, "- ");
	put_scalar(y->b, value);
	buf_addc(y->b, '\n');
}

void
yamlout_end(struct yamlout *y)
{
	if (y->indent < 2 || y->item)
		bug("yamlout_end without an entry");
	y->indent -= 2;
}
