/* SPDX-License-Identifier: GPL-3.0-or-later */
/* UTF-8 (RFC 3629) and the few questions about code points that need no tables. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/* Position of the first byte that is not well-formed UTF-8, or v.n when all is. */
size_t utf8_invalid(struct view v);
/* Position of the first byte at or behind `at` that is not ASCII, or v.n. */
size_t utf8_ascii(struct view v, size_t at);
/* Whether a text surely is well-formed and holds no character that text_check (format/charset.h) refuses. False does not mean that there is
 * something. */
bool utf8_tidy(struct view v);
/* The code point at *at (below v.n), and *at moved behind it. An ill-formed byte gives U+FFFD and moves by one. */
uint32_t utf8_next(struct view v, size_t *at);
/* Appends a code point; what is none (a surrogate, above U+10FFFF) becomes U+FFFD. */
void utf8_put(struct buf *b, uint32_t c);
/* The start of the code point before a byte position; 0 for 0. */
size_t utf8_back(struct view v, size_t at);
/* The first code points of a text, as many as have at most max bytes. */
struct view utf8_head(struct view v, size_t max);
/* Number of code points. */
size_t utf8_count(struct view v);
/* Line and column (both from 1, column in code points) of a byte position. */
void utf8_position(struct view text, size_t at, unsigned *line, unsigned *col);
/* C0 and C1 controls and DEL but for tab, line feed and carriage return. */
bool utf8_is_control(uint32_t c);
/* U+202A-202E, U+2066-2069: they can reorder what a reader sees (Trojan Source). */
bool utf8_is_bidi_control(uint32_t c);
/* U+0085, U+2028, U+2029: line ends to some programs and not to others; refused in all input. */
bool utf8_is_odd_line(uint32_t c);
/* Appends text for a message: controls, bidi controls and ill-formed bytes as <U+202E> or <0xFF>. */
void utf8_put_visible(struct buf *b, struct view v);
