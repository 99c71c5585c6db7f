/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limits at the door: what would take the library long, or fill memory, is not given to it. */
#include "base/block.h"
#include "base/diag.h"
#include "format/markdown.h"

/* Container markers at the start of a line: '>' and list markers, as far as they can open containers. */
static unsigned
count_markers(struct view line)
{
	unsigned n = 0;
	size_t i = 0;

	while (i < line.n) {
		char c = line.p[i];
		size_t digits = 0;

		while (i + digits < line.n && line.p[i + digits] >= '0' && line.p[i + digits] <= '9')
			digits++;
		if (c == ' ' || c == '\t') {
			i++;
		} else if (c == '>') {
			n++;
			i++;
		} else if ((c == '-' || c == '*' || c == '+') && i + 1 < line.n && line.p[i + 1] == ' ') {
			n++;
			i += 2;
		} else if (digits && i + digits < line.n && (line.p[i + digits] == '.' || line.p[i + digits] == ')')) {
			n++;
			i += digits + 1;
		} else {
			break;
		}
	}
	return n;
}

/* Columns of a line that can only be a table's delimiter row, else 0. */
static unsigned
count_columns(struct view line)
{
	unsigned n = 1;
	bool dash = false;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == '|')
			n++;
		else if (c == '-')
			dash = true;
		else if (c != ':' && c != ' ' && c != '\t' && c != '>')
			return 0;
	}
	return dash ? n : 0;
}

/* What stands open in a paragraph, or is many in it. The library looks through all of that again for each one that follows. */
struct paragraph {
	unsigned brackets, declarations, emphasis;
};

static bool
is_blank(struct view line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] != ' ' && line.p[i] != '\t' && line.p[i] != '>' && line.p[i] != '\r')
			return false;
	return true;
}

/* Position of the first byte at or behind `at` that count_marks looks at, or the end of the line; '^' is taken along. */
static size_t
mark_from(struct view line, size_t at)
{
	static const char marks[256] = { ['\\'] = 1, ['['] = 1, [']'] = 1, ['*'] = 1, ['_'] = 1, ['<'] = 1 };

	for (; line.n - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
		block b = block_at(line.p + at);
		unsigned n = block_first(((b >= '[') & (b <= '_')) | (b == '*') | (b == '<'));

		if (n < BLOCK_BYTES)
			return at + n;
	}
	while (at < line.n && !marks[(unsigned char)line.p[at]])
		at++;
	return at;
}

static void
count_marks(struct paragraph *p, struct view line)
{
	for (size_t i = mark_from(line, 0); i < line.n; i = i + 1 < line.n ? mark_from(line, i + 1) : line.n) {
		char c = line.p[i];

		if (c == '\\')
			i++;
		else if (c == '[')
			p->brackets++;
		else if (c == ']')
			p->brackets -= p->brackets > 0;
		else if ((c == '*' || c == '_') && !(is_blank(view_slice(line, i ? i - 1 : 0, i)) && is_blank(view_slice(line, i + 1, i + 2 < line.n ? i + 2 : line.n))))
			p->emphasis++;	/* between blanks it is none */
		else if (c == '<' && i + 1 < line.n && (line.p[i + 1] == '!' || line.p[i + 1] == '?'))
			p->declarations++;
	}
}

static bool
fits_paragraph(struct paragraph *p, struct view line, struct place at, struct diags *d)
{
	if (is_blank(line))
		*p = (struct paragraph){ 0 };
	count_marks(p, line);
	if (p->brackets > MD_MAX_OPEN)
		diag(d, marks_many, at, VIEW("1024"), VIEW("["));
	else if (p->declarations > MD_MAX_OPEN)
		diag(d, marks_many, at, VIEW("1024"), VIEW("<!"));
	else if (p->emphasis > MD_MAX_EMPHASIS)
		diag(d, marks_many, at, VIEW("32768"), VIEW("*"));
	else
		return true;
	return false;
}

size_t
markdown_expansion(struct view text)
{
	struct view line;
	size_t longest = 0, length = 0, references = 0;
	bool inside = false, named = false;	/* in what begins with a bracket; it has been closed with a colon behind it */

	if (view_search(text, VIEW("]:")) == text.n)
		return 0;
	while (view_cut(&text, '\n', &line)) {
		size_t begin = 0;

		if (is_blank(line))
			inside = false;
		for (size_t i = 0; i < line.n; i++)
			references += line.p[i] == '[';
		while (begin < line.n && (line.p[begin] == ' ' || line.p[begin] == '\t' || line.p[begin] == '>'))
			begin++;
		if (begin < line.n && line.p[begin] == '[') {
			inside = true;
			named = false;
			length = 0;
		}
		named |= view_search(line, VIEW("]:")) < line.n;
		length += line.n;
		if (inside && named && length > longest)
			longest = length;
	}
	return longest * references;
}

bool
markdown_check(struct view text, struct view file, unsigned first_line, struct diags *d)
{
	struct paragraph paragraph = { 0 };
	struct view rest = text, line;
	unsigned n = first_line;

	for (; view_cut(&rest, '\n', &line); n++) {
		struct place at = place_at(file, n, 1, 0);

		if (line.n > MD_MAX_LINE) {
			diag(d, line_long, at, VIEW("16384"));
			return false;
		}
		if (count_markers(line) > MD_MAX_MARKERS) {
			diag(d, markers_deep, at, VIEW("32"));
			return false;
		}
		if (count_columns(line) > MD_MAX_COLUMNS + 2) {
			diag(d, table_wide, at, VIEW("64"));
			return false;
		}
		if (!fits_paragraph(&paragraph, line, at, d))
			return false;
	}
	return true;
}
