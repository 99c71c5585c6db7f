/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands say, in the language of the person. For commands. */
#include "command/words.h"

#include <stdio.h>

#include "base/utf8.h"
#include "format/lang.h"

enum { FIRST_STRONG_ISOLATE = 0x2068, POP_ISOLATE = 0x2069 };

static const char *const rows[WORD_COUNT] = {
#define WORD(id, text) text,
#include "command/words.def"
#undef WORD
};

static const char *const names[WORD_COUNT] = {
#define WORD(id, text) #id,
#include "command/words.def"
#undef WORD
};

const char *
words_english(enum word id)
{
	return rows[id];
}

const char *
words_name(enum word id)
{
	return names[id];
}

struct view
words_find(const struct messages *m, struct view english)
{
	return m ? messages_find(m, english) : english;
}

/* As messages show it, on one line. */
static void
put_argument(struct buf *b, struct view v)
{
	for (size_t at = 0; at < v.n;) {
		size_t from = at;

		utf8_next(v, &at);
		if (v.p[from] == '\n' || v.p[from] == '\r')
			buf_puts(b, v.p[from] == '\n' ? "<U+000A>" : "<U+000D>");
		else
			utf8_put_visible(b, view_slice(v, from, at));
	}
}

static bool
is_argument(struct view text, size_t i)
{
	return i + 2 < text.n && text.p[i] == '{' && text.p[i + 1] >= '1' && text.p[i + 1] <= '9' && text.p[i + 2] == '}';
}

/* Where a run of Latin text ends that begins at i: ASCII signs and the single blanks between them; `at` when it has no letter or digit. */
static size_t
latin_end(struct view text, size_t at)
{
	size_t end = at;
	bool any = false;

	for (size_t i = at; i < text.n; i++) {
		char c = text.p[i];
		bool alnum = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if ((unsigned char)c < ' ' || (unsigned char)c > '~')
			break;
		any |= alnum;
		if (c != ' ' && !strchr(":;,.!?", c))
			end = i + 1;
	}
	/* a bracket that was opened before the run does not belong to it */
	while (end > at && text.p[end - 1] == ')' && !memchr(text.p + at, '(', end - at))
		end--;
	return any ? end : at;
}

static void
put_isolated(struct buf *b, struct view text, const struct view *args, size_t nargs)
{
	utf8_put(b, FIRST_STRONG_ISOLATE);
	for (size_t i = 0; i < text.n; i++) {
		if (!is_argument(text, i)) {
			buf_addc(b, text.p[i]);
			continue;
		}
		if ((size_t)(text.p[i + 1] - '1') < nargs)
			put_argument(b, args[text.p[i + 1] - '1']);
		i += 2;
	}
	utf8_put(b, POP_ISOLATE);
}

void
words_fill(struct buf *b, const struct messages *m, struct view text, const struct view *args, size_t nargs)
{
	bool isolate = m && m->rtl;

	for (size_t i = 0; i < text.n; i++) {
		size_t end = isolate && (unsigned char)text.p[i] > ' ' && !strchr(":;,.!?()", text.p[i]) ? latin_end(text, i) : i;

		if (end > i) {
			put_isolated(b, view_slice(text, i, end), args, nargs);
			i = end - 1;
		} else if (is_argument(text, i)) {
			if ((size_t)(text.p[i + 1] - '1') < nargs)
				put_argument(b, args[text.p[i + 1] - '1']);
			i += 2;
		} else {
			buf_addc(b, text.p[i]);
		}
	}
}

void
words_add(struct buf *b, const struct messages *m, enum word id, const struct view args[WORD_ARGS])
{
	words_fill(b, m, words_find(m, view_str(rows[id])), args, WORD_ARGS);
}

struct view
words_number(char digits[WORD_DIGITS], uintmax_t n)
{
	snprintf(digits, WORD_DIGITS, "%ju", n);
	return view_str(digits);
}

struct view
words_inside(struct arena *a, const struct messages *m, enum word id, const struct view args[WORD_ARGS])
{
	struct view text;
	struct buf b;

	buf_init(&b);
	words_fill(&b, NULL, words_find(m, view_str(rows[id])), args, WORD_ARGS);
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}

struct view
words_state(const struct messages *m, struct view state)
{
	for (int id = 0; id < WORD_COUNT; id++)
		if (strncmp(names[id], "state_", 6) == 0 && view_is(state, rows[id]))
			return words_find(m, view_str(rows[id]));
	return state;
}

void
words_comma(struct buf *b, const struct messages *m)
{
	words_put(b, m, comma, VIEW_NONE);
	buf_addc(b, ' ');
}

void
words_semicolon(struct buf *b, const struct messages *m)
{
	words_put(b, m, semicolon, VIEW_NONE);
	buf_addc(b, ' ');
}

/* Cuts the next word off *text. What is isolated is one word: a line end would end the isolate. */
static bool
next_word(struct view *text, struct view *word)
{
	size_t depth = 0, at = 0;

	if (text->n == 0)
		return false;
	while (at < text->n && (text->p[at] != ' ' || depth)) {
		uint32_t c = utf8_next(*text, &at);

		depth += c == FIRST_STRONG_ISOLATE;
		depth -= c == POP_ISOLATE && depth > 0;
	}
	*word = view_slice(*text, 0, at);
	*text = view_slice(*text, at + 1, text->n);
	return true;
}

void
words_wrap(struct buf *b, struct view text, size_t at, size_t indent, size_t width)
{
	struct view word;
	bool first = true;

	while (next_word(&text, &word)) {
		size_t n = lang_columns(word);

		if (word.n == 0)
			continue;
		if (!first && at + 1 + n > width) {
			buf_addc(b, '\n');
			for (size_t i = 0; i < indent; i++)
				buf_addc(b, ' ');
			at = indent;
		} else if (!first) {
			buf_addc(b, ' ');
			at++;
		}
		buf_addv(b, word);
		at += n;
		first = false;
	}
}

/* Blanks at the beginning of what is left. */
static size_t
indented(struct view rest)
{
	size_t n = 0;

	while (n < rest.n && rest.p[n] == ' ')
		n++;
	return n;
}

/* Whether the line at the beginning of rest goes on with a piece that is indented so. */
static bool
goes_on(struct view rest, bool row)
{
	size_t n = indented(rest);

	return n < rest.n && rest.p[n] != '\n' && (row ? n > 2 : n == 0);
}

bool
words_piece(struct arena *a, struct view *rest, struct words_piece *p)
{
	struct view line;
	struct buf b;
	bool row;

	*p = (struct words_piece){ 0 };
	if (!view_cut(rest, '\n', &line))
		return false;
	p->blank = line.n == 0;
	row = indented(line) == 2;
	if (row) {
		size_t gap = view_search(view_slice(line, 2, line.n), VIEW("  "));

		p->term = view_slice(line, 2, 2 + gap);
		line = view_trim(view_slice(line, 2 + gap, line.n));
	}
	buf_init(&b);
	buf_addv(&b, line);
	while (!p->blank && rest->n && goes_on(*rest, row)) {
		view_cut(rest, '\n', &line);
		buf_addc(&b, ' ');
		buf_addv(&b, view_trim(line));
	}
	p->text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return true;
}
