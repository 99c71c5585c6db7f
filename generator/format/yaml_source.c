/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking things up in the text that YAML was read from: lines, escapes, conflict markers. */
#include "format/yaml_source.h"

#include "base/utf8.h"

/* Byte position where a line begins; the end of the text behind the last. */
static size_t
line_start(struct yaml_source *s, size_t line)
{
	if (line < s->line)
		s->at = s->line = 0;
	while (s->line < line && s->at < s->text.n) {
		const char *p = s->text.p + s->at;
		const char *end = memchr(p, '\n', s->text.n - s->at);
		size_t n = end ? (size_t)(end - p) : s->text.n - s->at;
		const char *cr = memchr(p, '\r', n);

		if (cr && cr + 1 != end)
			end = cr;
		s->at = end ? (size_t)(end - s->text.p) + 1 : s->text.n;
		s->line++;
	}
	return s->line == line ? s->at : s->text.n;
}

struct view
yaml_source_line(struct yaml_source *s, size_t line)
{
	struct view v = view_slice(s->text, line_start(s, line), s->text.n);

	v = view_slice(v, 0, view_find(v, '\n'));
	return view_slice(v, 0, view_find(v, '\r'));
}

struct view
yaml_source_from(struct yaml_source *s, size_t line, size_t col)
{
	size_t at = line_start(s, line);

	while (col-- && at < s->text.n)
		utf8_next(s->text, &at);
	return view_slice(s->text, at, s->text.n);
}

static bool
refused(uint32_t c)
{
	return utf8_is_control(c) || utf8_is_odd_line(c) || c == '\r';
}

bool
yaml_source_refused(struct view text)
{
	for (size_t at = 0; at < text.n;)
		if (refused(utf8_next(text, &at)))
			return true;
	return false;
}

/* Value of the escape behind a backslash if it can be a refused character, else a blank. */
static uint32_t
escape_value(struct view v)
{
	static const char letters[] = "0abvferNLP";
	static const uint32_t values[] = { 0, '\a', '\b', '\v', '\f', 0x1B, '\r', 0x85, 0x2028, 0x2029 };
	char kind = v.n ? v.p[0] : ' ';
	const char *at = kind ? strchr(letters, kind) : NULL;
	size_t n = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
	uint32_t c = 0;

	if (at)
		return values[at - letters];
	for (size_t i = 1; i <= n && i < v.n; i++)
		c = c << 4 | (uint32_t)(v.p[i] <= '9' ? v.p[i] - '0' : (v.p[i] | 0x20) - 'a' + 10);
	return n ? c : ' ';
}

uint32_t
yaml_source_escape(struct view source, size_t *line, size_t *col)
{
	uint32_t c = 0;

	for (size_t at = 0; at < source.n;) {
		c = utf8_next(source, &at);
		if (c == '\\' && refused(c = escape_value(view_slice(source, at, source.n))))
			break;
		++*col;
		if (source.p[at - 1] == '\\' && at < source.n && source.p[at] != '\n') {
			utf8_next(source, &at);
			++*col;
		}
		if (source.p[at - 1] == '\n') {
			++*line;
			*col = 0;
		}
	}
	return c;
}

bool
yaml_source_conflict(struct view text, size_t *line)
{
	const char *p = text.p, *end = text.n ? p + text.n : p, *next;

	for (*line = 0; p < end; p = next, ++*line) {
		struct view v = view_of(p, (size_t)(end - p));

		next = memchr(p, '\n', v.n);
		next = next ? next + 1 : end;
		if (*p != '<' && *p != '=' && *p != '>' && *p != '|')
			continue;
		if (view_starts(v, "<<<<<<< ") || view_starts(v, ">>>>>>> ") || view_starts(v, "||||||| "))
			return true;
		if (view_starts(v, "=======") && (v.n == 7 || (v.p[7] && strchr("\r\n ", v.p[7]))))
			return true;
	}
	return false;
}
