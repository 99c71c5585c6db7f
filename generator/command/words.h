/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What commands say, in the language of the person. For commands. */
#pragma once
#include <stdint.h>

#include "job/messages.h"

enum word {
#define WORD(id, text) WORD_##id,
#include "command/words.def"
#undef WORD
	WORD_COUNT
};

enum { WORD_ARGS = 9, WORD_DIGITS = 24 };

/* The English text of a row, and its identifier, static. */
const char *words_english(enum word id);
const char *words_name(enum word id);
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
/* The same with row id_one when n is 1: words_count(b, m, files, n, NUMBER(n)). */
#define words_count(b, m, id, n, ...) words_add((b), (m), (n) == 1 ? WORD_##id##_one : WORD_##id, (const struct view[WORD_ARGS]){ __VA_ARGS__ })
/* A number as an argument; it lives as long as the block it stands in. */
#define NUMBER(n) words_number((char[WORD_DIGITS]){ 0 }, (n))
struct view words_number(char digits[WORD_DIGITS], uintmax_t n);
/* Row id, which has no arguments of its own, as an argument of another one. */
#define words_view(m, id) words_find((m), view_str(words_english(WORD_##id)))
/* Row id with its arguments, to be an argument of another one (nothing is isolated in it); in the arena. */
struct view words_inside(struct arena *a, const struct messages *m, enum word id, const struct view args[WORD_ARGS]);
/* What has become of a text ("missing", "machine", as files and job/tally name it), for people; itself when it is none of these words. */
struct view words_state(const struct messages *m, struct view state);
/*
 * words_phrase.c. What a lower floor says in English within a message or below it, in the language of m: found among the rows that begin with phrase_.
 * Itself where there is none; else in the arena of m.
 */
struct view words_phrase(const struct messages *m, struct view text);
/* The same of what strerror says. */
struct view words_system(const struct messages *m, const char *error);
/* The same of names of charsets: "a, b or c". */
struct view words_charsets(const struct messages *m, struct view names);
/* Append a comma, a semicolon and a blank. */
void words_comma(struct buf *b, const struct messages *m);
void words_semicolon(struct buf *b, const struct messages *m);
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
