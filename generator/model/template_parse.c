/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mustache text to tokens: tags, delimiters, what closes what. */
#include "base/utf8.h"
#include "model/template_parts.h"

/* What ends a tag: most of them; three braces; a change of delimiters. */
enum ending { END_PLAIN, END_BRACE, END_EQUALS, ENDINGS };

struct parser {
	struct arena *arena;
	struct diags *diags;
	struct view file;
	struct view text;
	struct list tokens;
	size_t at;
	size_t counted;			/* line and col are those of this byte */
	unsigned line, col;
	struct view open;
	struct view ends[ENDINGS];
	size_t next[ENDINGS];		/* where the next ending is, if not before at: each byte is searched once */
	uint32_t stack[PROG_MAX_DEPTH];	/* tokens that wait for their CLOSE */
	unsigned depth;
	unsigned too_deep;		/* opening tags left out because the stack is full */
};

static void
set_delimiters(struct parser *p, struct view open, struct view close)
{
	p->open = open;
	p->ends[END_PLAIN] = close;
	p->ends[END_BRACE] = view_printf(p->arena, "}%.*s", VIEW_ARG(close));
	p->ends[END_EQUALS] = view_printf(p->arena, "=%.*s", VIEW_ARG(close));
	for (int i = 0; i < ENDINGS; i++)
		p->next[i] = 0;
}

/* Place of bytes from..to; from never goes back. */
static struct place
place(struct parser *p, size_t from, size_t to)
{
	for (; p->counted < from; p->counted++) {
		unsigned char c = (unsigned char)p->text.p[p->counted];

		if (c == '\n') {
			p->line++;
			p->col = 1;
		} else if ((c & 0xC0) != 0x80) {
			p->col++;
		}
	}
	return place_at(p->file, p->line, p->col, (unsigned)utf8_count(view_slice(p->text, from, to)));
}

static struct token *
add(struct parser *p, enum token_kind kind, struct view text, struct place where)
{
	struct token *t = list_push(&p->tokens, p->arena);

	*t = (struct token){ .kind = kind, .text = text, .line = where.line, .col = where.col, .len = where.len };
	return t;
}

static void
add_text(struct parser *p, size_t from, size_t to)
{
	while (from < to) {
		struct view rest = view_slice(p->text, from, to);
		size_t n = view_find(rest, '\n');

		n += n < rest.n;
		add(p, TOKEN_TEXT, view_slice(rest, 0, n), PLACE_NONE);
		from += n;
	}
}

/* Closes what was opened last; t is a token just added. */
static void
match_top(struct parser *p, struct token *t)
{
	uint32_t open = p->stack[--p->depth];

	t->match = open;
	LIST_AT(&p->tokens, struct token, open)->match = (uint32_t)p->tokens.n - 1;
}

static struct view
top_name(const struct parser *p)
{
	return LIST_AT(&p->tokens, struct token, p->stack[p->depth - 1])->text;
}

static void
open_tag(struct parser *p, enum token_kind kind, struct view name, struct place where)
{
	if (p->depth == PROG_MAX_DEPTH) {
		if (p->diags && p->too_deep == 0)
			diag(p->diags, template_depth, where, view_printf(p->arena, "%d", PROG_MAX_DEPTH));
		p->too_deep++;
		kind = TOKEN_SILENT;
	} else {
		p->stack[p->depth++] = (uint32_t)p->tokens.n;
	}
	add(p, kind, name, where);
}

static void
close_tag(struct parser *p, struct view name, struct place where)
{
	unsigned k = p->depth;

	if (p->too_deep || p->depth == 0) {
		if (p->too_deep)
			p->too_deep--;
		else if (p->diags)
			diag(p->diags, template_close, where, name);
		add(p, TOKEN_SILENT, name, where);
		return;
	}
	while (k > 0 && !view_eq(LIST_AT(&p->tokens, struct token, p->stack[k - 1])->text, name))
		k--;
	/* Inner sections end with the outer one; a name that is not open at all is a misspelling of the innermost. */
	while (p->depth != k) {
		if (p->diags)
			diag(p->diags, template_section, where, top_name(p),
			    view_printf(p->arena, "'{{/%.*s}}'", VIEW_ARG(name)));
		if (k == 0)
			break;
		match_top(p, add(p, TOKEN_CLOSE, VIEW_NONE, where));
	}
	match_top(p, add(p, TOKEN_CLOSE, name, where));
}

static void
close_rest(struct parser *p)
{
	while (p->depth) {
		const struct token *t = LIST_AT(&p->tokens, struct token, p->stack[p->depth - 1]);

		if (p->diags)
			diag(p->diags, template_section, place_at(p->file, t->line, t->col, t->len), t->text,
			    VIEW("the end of the file"));
		match_top(p, add(p, TOKEN_CLOSE, VIEW_NONE, PLACE_NONE));
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
delimiters(struct parser *p, struct view text, struct place where)
{
	struct view v = view_trim(text);
	size_t n = 0, m;

	while (n < v.n && !is_blank(v.p[n]))
		n++;
	for (m = n; m < v.n && is_blank(v.p[m]);)
		m++;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] == '=' || (i > m && is_blank(v.p[i])))
			m = v.n;
	}
	if (n > 0 && m < v.n)
		set_delimiters(p, view_slice(v, 0, n), view_slice(v, m, v.n));
	else if (p->diags)
		diag(p->diags, template_delimiters, where, v);
	add(p, TOKEN_SILENT, VIEW_NONE, where);
}

/* The tag at `from` does not close: it is left out up to the next tag or the end of its line. */
static void
unclosed(struct parser *p, size_t from, size_t inner, enum ending ending)
{
	struct view rest = view_slice(p->text, inner, p->text.n);
	struct view shown;
	struct place where;
	size_t n;

	rest.n = view_search(rest, p->open);
	rest.n = view_find(rest, '\n');
	if (rest.n && rest.p[rest.n - 1] == '\r')
		rest.n--;
	p->at = inner + rest.n;
	where = place(p, from, p->at);
	for (n = 0; n < rest.n && (is_blank(rest.p[n]) || strchr("{&#^/><$!=", rest.p[n]));)
		n++;
	while (n < rest.n && !is_blank(rest.p[n]) && rest.p[n] != '<')
		n++;
	shown = view_slice(p->text, from, inner + n);
	if (p->diags)
		diag(p->diags, template_unclosed, where, shown, p->ends[ending]);
	add(p, TOKEN_SILENT, VIEW_NONE, where);
}

/* Kind of a tag by the byte that begins it; *n is 1 if that byte is not yet the name. */
static enum token_kind
kind_of(char c, size_t *n, enum ending *ending)
{
	*n = 1;
	*ending = c == '{' ? END_BRACE : c == '=' ? END_EQUALS : END_PLAIN;
	switch (c) {
	case '{':
	case '&':
		return TOKEN_RAW;
	case '#':
		return TOKEN_SECTION;
	case '^':
		return TOKEN_INVERTED;
	case '/':
		return TOKEN_CLOSE;
	case '>':
		return TOKEN_PARTIAL;
	case '<':
		return TOKEN_PARENT;
	case '$':
		return TOKEN_BLOCK;
	case '!':
	case '=':
		return TOKEN_SILENT;
	default:
		*n = 0;
		return TOKEN_VAR;
	}
}

/* Where the ending of a tag whose text begins at `from` is, or the end of the text. */
static size_t
find_end(struct parser *p, size_t from, enum ending ending)
{
	if (p->next[ending] < from)
		p->next[ending] = from + view_search(view_slice(p->text, from, p->text.n), p->ends[ending]);
	return p->next[ending];
}

/* Reads the tag that begins at `from`. */
static void
read_tag(struct parser *p, size_t from)
{
	size_t inner = from + p->open.n, end, n;
	enum token_kind kind;
	enum ending ending;
	struct view text;
	struct place where;
	char sigil;

	while (inner < p->text.n && is_blank(p->text.p[inner]))
		inner++;
	sigil = inner < p->text.n ? p->text.p[inner] : '\0';
	kind = kind_of(sigil, &n, &ending);
	inner += n;
	end = find_end(p, inner, ending);
	text = view_slice(p->text, inner, end);
	if (end >= p->text.n || (kind != TOKEN_SILENT && view_search(text, p->open) < text.n)) {
		unclosed(p, from, from + p->open.n, ending);
		return;
	}
	p->at = end + p->ends[ending].n;
	where = place(p, from, p->at);
	if (sigil == '=')
		delimiters(p, text, where);
	else if (kind == TOKEN_CLOSE)
		close_tag(p, view_trim(text), where);
	else if (kind >= TOKEN_SECTION && kind <= TOKEN_BLOCK)
		open_tag(p, kind, view_trim(text), where);
	else
		add(p, kind, view_trim(text), where);
}

struct list
template_parse(struct arena *a, struct diags *d, struct view text, struct view file)
{
	struct parser p = { .arena = a, .diags = d, .file = file, .text = text, .line = 1, .col = 1 };

	p.tokens = LIST_OF(struct token);
	set_delimiters(&p, VIEW("{{"), VIEW("}}"));
	while (p.at < text.n) {
		size_t from = p.at + view_search(view_slice(text, p.at, text.n), p.open);

		add_text(&p, p.at, from);
		p.at = from;
		if (from < text.n)
			read_tag(&p, from);
	}
	close_rest(&p);
	return p.tokens;
}
