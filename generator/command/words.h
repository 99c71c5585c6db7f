/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands say, in the language of the person. For commands. */
#pragma once
#include "job/messages.h"

enum word {
#define WORD(id, text) WORD_##id,
#include "command/words.def"
#undef WORD
	WORD_COUNT
};

enum { WORD_ARGS = 9 };

/* The English text of a row, static. */
const char *words_english(enum word id);
/* The text in the language of m (NULL: English) for an English one, which must live as long as m. English where there is none. */
struct view words_find(const struct messages *m, struct view english);
/*
 * Appends a text with its arguments {1} to {9} filled in, made visible (base/utf8) and on one line. In a language that runs from right to left,
 * arguments and what is written in Latin letters are between U+2068 and U+2069, so that '-o' stays '-o'.
 */
void words_fill(struct buf *b, const struct messages *m, struct view text, const struct view *args, size_t nargs);
/* Appends row id with its arguments, which are views: words_put(b, m, near, VIEW("build")). */
#define words_put(b, m, id, ...) words_add((b), (m), WORD_##id, (const struct view[WORD_ARGS]){ __VA_ARGS__ })
void words_add(struct buf *b, const struct messages *m, enum word id, const struct view args[WORD_ARGS]);
/* Appends text in lines of at most `width` columns; `at` columns are used up on the first one, further ones begin with `indent` blanks. No line
 * end behind the last. */
void words_wrap(struct buf *b, struct view text, size_t at, size_t indent, size_t width);

/* A piece of a command's help: what is translated as one. */
struct words_piece {
	bool blank;		/* an empty line */
	struct view term;	/* of a row "  term   what it is"; else empty */
	struct view text;	/* without line ends, in the arena */
};
/* Cuts the next piece off *rest. False when it is used up. */
bool words_piece(struct arena *a, struct view *rest, struct words_piece *p);
