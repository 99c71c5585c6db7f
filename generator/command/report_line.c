/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a file that a message is about. For command/report only. */
#include "command/report_line.h"

#include "base/utf8.h"
#include "command/report.h"
#include "format/charset.h"
#include "format/lang.h"
#include "format/yaml.h"

enum { COLUMNS_MAX = 96, COLUMNS_BEFORE = 40, LINE_SHORT = 4096, TAB = 4, FILE_MAX = YAML_MAX_BYTES };
enum { FIRST_STRONG_ISOLATE = 0x2068, POP_ISOLATE = 0x2069 };

void
report_files_init(struct report_files *f, const struct site *site)
{
	*f = (struct report_files){ .site = site };
	arena_init(&f->arena);
}

void
report_files_release(struct report_files *f)
{
	arena_release(&f->arena);
}

/* Catalogs may be in a charset of their own. */
static struct view
charset_of(const struct site *site, struct view file)
{
	for (size_t i = 0; i < site->nlanguages; i++) {
		const struct language *l = site->languages[i];

		if (l->dir.n && file.n > l->dir.n && file.p[l->dir.n] == '/' && view_eq(view_slice(file, 0, l->dir.n), l->dir))
			return l->charset;
	}
	return VIEW_NONE;
}

static void
open_file(struct report_files *f, struct view name)
{
	struct diags quiet;
	struct view bytes, text;

	arena_release(&f->arena);
	f->name = view_copy(&f->arena, name);
	diags_init(&quiet);
	f->valid = file_read_if(&f->site->root, &f->arena, name, FILE_MAX, &bytes, &quiet);
	if (f->valid) {
		f->text = bytes;
		if (charset_text(&f->arena, bytes, charset_of(f->site, name), name, &text, &quiet))
			f->text = text;
	}
	diags_release(&quiet);
}

/* Line ends are LF, CRLF or CR: what charset_text refused was not made LF only. */
static bool
next_line(struct view *rest, struct view *line)
{
	size_t n = 0;

	if (!rest->p || rest->n == 0)
		return false;
	while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
		n++;
	*line = view_slice(*rest, 0, n);
	if (n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n')
		n++;
	*rest = view_slice(*rest, n + 1, rest->n);
	return true;
}

bool
report_source(struct report_files *f, struct place p, struct view *line)
{
	struct view rest;

	if (!f->site || f->site->root.fd < 0 || p.file.n == 0 || p.line == 0)
		return false;
	if (!view_eq(f->name, p.file))
		open_file(f, p.file);
	if (!f->valid)
		return false;
	rest = f->text;
	for (unsigned i = 0; i < p.line; i++)
		if (!next_line(&rest, line))
			return false;
	return line->n > 0;
}

/* Letters of scripts that run from right to left: the blocks that Unicode keeps for them. */
static bool
is_rtl(uint32_t c)
{
	return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
	    (c >= 0x10800 && c <= 0x10FFF) || (c >= 0x1E800 && c <= 0x1EFFF);
}

bool
report_has_rtl(struct view v)
{
	for (size_t at = 0; at < v.n;)
		if (is_rtl(utf8_next(v, &at)))
			return true;
	return false;
}

/* Whether something beside tabs is shown as an escape. */
static bool
has_escapes(struct view v)
{
	struct buf b;
	bool differs = false;

	buf_init(&b);
	for (size_t at = 0; at < v.n && !differs;) {
		size_t from = at;

		buf_clear(&b);
		utf8_next(v, &at);
		utf8_put_visible(&b, view_slice(v, from, at));
		differs = v.p[from] != '\t' && !view_eq(view_slice(v, from, at), view_buf(&b));
	}
	buf_release(&b);
	return differs;
}

/* One code point (or bad byte) as it is printed. */
static void
put_one(struct buf *b, struct view v)
{
	if (v.n == 1 && v.p[0] == '\t')
		for (int i = 0; i < TAB; i++)
			buf_addc(b, ' ');
	else if (v.n == 1 && (v.p[0] == '\n' || v.p[0] == '\r'))
		buf_puts(b, v.p[0] == '\n' ? "<U+000A>" : "<U+000D>");
	else
		utf8_put_visible(b, v);
}

void
report_visible(struct buf *b, struct view v)
{
	for (size_t at = 0; at < v.n;) {
		size_t from = at;

		utf8_next(v, &at);
		put_one(b, view_slice(v, from, at));
	}
}

void
report_isolated(struct buf *b, struct view v)
{
	bool rtl = report_has_rtl(v);

	if (rtl)
		utf8_put(b, FIRST_STRONG_ISOLATE);
	report_visible(b, v);
	if (rtl)
		utf8_put(b, POP_ISOLATE);
}

static size_t
columns(struct view v)
{
	struct buf b;
	size_t n;

	buf_init(&b);
	report_visible(&b, v);
	n = lang_columns(view_buf(&b));
	buf_release(&b);
	return n;
}

/* Byte position of a column (from 1), at most v.n. */
static size_t
at_column(struct view v, size_t col)
{
	size_t at = 0;

	for (size_t i = 1; i < col && at < v.n; i++)
		utf8_next(v, &at);
	return at;
}

/* Cuts the line to what fits, from *first on; never before a mark that belongs to the letter in front of it. */
static struct view
window(struct view line, size_t mark, size_t *first)
{
	size_t at = 0, n = 0;

	*first = 0;
	if (line.n <= LINE_SHORT && columns(line) <= COLUMNS_MAX)
		return line;
	for (at = mark; at > 0;) {
		size_t before = utf8_back(line, at);

		n += columns(view_slice(line, before, at));
		if (n > COLUMNS_BEFORE)
			break;
		at = before;
	}
	while (at > 0 && at < mark && lang_columns(view_slice(line, at, at + 4 > line.n ? line.n : at + 4)) == 0)
		utf8_next(line, &at);
	n = 0;
	*first = at;
	while (at < line.n) {
		size_t from = at;

		utf8_next(line, &at);
		n += columns(view_slice(line, from, at));
		if (n > COLUMNS_MAX)
			return view_slice(line, *first, from);
	}
	return view_slice(line, *first, line.n);
}

static void
put_caret(struct buf *b, size_t before, size_t width, bool color)
{
	buf_puts(b, color ? "\033[34m      | \033[0m" : "      | ");
	for (size_t i = 0; i < before; i++)
		buf_addc(b, ' ');
	buf_puts(b, color ? "\033[32m^" : "^");
	for (size_t i = 1; i < width; i++)
		buf_addc(b, '~');
	buf_puts(b, color ? "\033[0m\n" : "\n");
}

void
report_snippet(struct buf *b, struct view line, struct place p, bool color)
{
	size_t mark = at_column(line, p.col), end = at_column(line, (size_t)p.col + p.len), first, before = 0;
	struct view shown = window(line, mark, &first);
	bool caret = p.col > 0 && !report_has_rtl(shown) && !has_escapes(shown);

	buf_printf(b, color ? "\033[34m%5u | \033[0m" : "%5u | ", p.line);
	if (first) {
		buf_puts(b, "…");
		before = 1;
	}
	report_isolated(b, shown);
	buf_puts(b, first + shown.n < line.n ? "…\n" : "\n");
	if (!caret)
		return;
	if (end > first + shown.n)
		end = first + shown.n;
	before += columns(view_slice(line, first, mark));
	put_caret(b, before, mark < end ? columns(view_slice(line, mark, end)) : 1, color);
}
