/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking things up in the text that YAML was read from. For yaml.c only. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/* Text with a cursor: asking for lines in order takes one walk over the text in all. Begin with { .text = text }. */
struct yaml_source {
	struct view text;
	size_t at, line;	/* where line number `line` begins; lines count from 0 */
};

/* A line, from 0, without its end; empty behind the last. Lines end with LF, CR or CRLF. */
struct view yaml_source_line(struct yaml_source *s, size_t line);
/* The text from a line and column (code points), both from 0, to its end. */
struct view yaml_source_from(struct yaml_source *s, size_t line, size_t col);
/* Whether text holds a character that text_check (format/charset.h) refuses, or a CR. */
bool yaml_source_refused(struct view text);
/* source begins with a double-quoted scalar at *line and *col; moves both to the first escape that stands for such a
 * character and returns it. There must be one. */
uint32_t yaml_source_escape(struct view source, size_t *line, size_t *col);
/* Whether a line begins as git marks a conflict; *line is its number from 0. */
bool yaml_source_conflict(struct view text, size_t *line);
