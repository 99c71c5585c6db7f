/* SPDX-License-Identifier: GPL-3.0-or-later */
/* English that lower floors have put together: which row it is, and what its arguments were. */
#include "command/words.h"

#include <ctype.h>

/* Cuts the next piece off a row: the text up to the next argument, and which argument that is (from 1), or 0 at the end. */
static size_t
cut(struct view *row, struct view *piece)
{
	for (size_t i = 0; i + 2 < row->n; i++) {
		size_t which = (size_t)(row->p[i + 1] - '0');

		if (row->p[i] != '{' || row->p[i + 2] != '}' || which < 1 || which > WORD_ARGS)
			continue;
		*piece = view_slice(*row, 0, i);
		*row = view_slice(*row, i + 3, row->n);
		return which;
	}
	*piece = *row;
	*row = VIEW_NONE;
	return 0;
}

/* Whether the text is this row with some arguments, none of them empty. */
static bool
fits(struct view text, struct view row, struct view args[WORD_ARGS])
{
	size_t which = 0, next, at;
	struct view piece;

	do {
		next = cut(&row, &piece);
		if (!which) {
			at = 0;
			if (piece.n > text.n || !view_eq(view_slice(text, 0, piece.n), piece))
				return false;
		} else if (next) {
			at = 1 + view_search(view_slice(text, 1, text.n), piece);
		} else {
			at = text.n - piece.n;
		}
		if (piece.n > text.n || at + piece.n > text.n || !view_eq(view_slice(text, at, at + piece.n), piece) || (which && at == 0))
			return false;
		if (which)
			args[which - 1] = view_slice(text, 0, at);
		if (!which && !next && piece.n != text.n)
			return false;
		text = view_slice(text, at + piece.n, text.n);
		which = next;
	} while (which);
	return true;
}

/* How much of a row is text. */
static size_t
length(struct view row)
{
	struct view piece;
	size_t n = 0;

	while (row.n) {
		cut(&row, &piece);
		n += piece.n;
	}
	return n;
}

struct view
words_charsets(const struct messages *m, struct view names)
{
	struct view args[WORD_ARGS] = { VIEW_NONE };

	if (!m || !fits(names, view_str(words_english(WORD_charset_or)), args))
		return names;
	return words_inside(m->arena, m, WORD_charset_or, args);
}

struct view
words_phrase(const struct messages *m, struct view text)
{
	struct view args[WORD_ARGS] = { VIEW_NONE }, best[WORD_ARGS] = { VIEW_NONE };
	enum word found = WORD_COUNT;
	size_t most = 0;

	for (int id = 0; m && text.n && id < WORD_COUNT; id++) {
		struct view row = view_str(words_english((enum word)id));

		if (strncmp(words_name((enum word)id), "phrase_", 7) != 0 || !fits(text, row, args) || length(row) <= most)
			continue;
		found = (enum word)id;
		most = length(row);
		memcpy(best, args, sizeof best);
	}
	if (found == WORD_COUNT)
		return text;
	if (found == WORD_phrase_look || found == WORD_phrase_read_as)
		best[0] = words_charsets(m, best[0]);
	return words_inside(m->arena, m, found, best);
}

struct view
words_system(const struct messages *m, const char *error)
{
	char *low;
	struct view text, found;

	if (!m || !*error)
		return view_str(error);
	low = arena_copy(m->arena, error, strlen(error));
	low[0] = (char)tolower((unsigned char)low[0]);
	text = view_str(low);
	found = words_phrase(m, text);
	return view_eq(found, text) ? view_str(error) : found;
}
