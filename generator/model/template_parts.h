/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The parts of template: text to tokens (template_parse.c), tokens to operations (template_emit.c, template_html.c).
 * For template*.c and their tests only.
 */
#pragma once
#include "model/template.h"

/* Where in HTML a place of a template is, as far as it matters for printing texts. */
enum html_state {
	HTML_TEXT,
	HTML_LESS,	/* behind '<' */
	HTML_BANG,	/* behind "<!" or "<!-" */
	HTML_NAME,	/* in the name of an open tag */
	HTML_TAG,
	HTML_QUOTED,
	HTML_RAW,	/* in title, textarea, script, style */
	HTML_COMMENT
};
enum { HTML_NAME_MAX = 8 };
struct html_context {
	enum html_state state;
	char quote;			/* QUOTED */
	unsigned char n;		/* bytes of name */
	unsigned char seen;		/* RAW, COMMENT: how much of the end is there */
	char name[HTML_NAME_MAX];	/* of the open tag or the raw element, lower case; a longer one is of no interest */
};
/* Moves the context past text. All zero is the beginning of a text. */
void template_html(struct html_context *h, struct view text);

enum token_kind {
	TOKEN_TEXT,	/* at most one line, with its line end */
	TOKEN_VAR,
	TOKEN_RAW,
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_PARENT,
	TOKEN_BLOCK,
	TOKEN_CLOSE,
	TOKEN_PARTIAL,
	TOKEN_SILENT	/* comments, delimiters, and what was reported and left out */
};
struct token {
	enum token_kind kind;
	struct view text;		/* the text, or the name */
	uint32_t match;			/* SECTION, INVERTED, PARENT, BLOCK: index of the CLOSE behind it; CLOSE: of what it closes */
	uint32_t op;			/* for template_emit: the operation made of it */
	struct html_context html;	/* for template_emit: SECTION, INVERTED: where it begins */
	unsigned line, col, len;
};

/*
 * Cuts a template into a list of struct token in the arena; views point into text. Everything open has its CLOSE.
 * Problems are reported to d unless it is NULL.
 */
struct list template_parse(struct arena *a, struct diags *d, struct view text, struct view file);
/*
 * Makes the operations in the set's arena, with indent before each line; nothing points into the tokens' text.
 * Partials and parents are looked up by template_entry; missing ones are reported to d unless it is NULL.
 */
const struct prog *template_emit(struct template_set *s, struct diags *d, struct list *tokens, struct view file,
    struct view indent);
/*
 * Where the program of a template with this indentation will stand once it is compiled; NULL when there is no such
 * template. An indentation beyond reason is left out.
 */
const struct prog **template_entry(struct template_set *s, struct view name, struct view indent);
/* Reports a missing partial or parent. */
void template_missing(struct template_set *s, struct diags *d, struct place place, struct view name);
