/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mustache tokens to operations, line by line: what stands alone on its line, indentation, and whether a tag is inside HTML's. */
#include "model/template_parts.h"

struct emitter {
	struct template_set *set;
	struct diags *diags;
	struct view file;
	struct prog_builder b;
	struct token *t;
	struct view indent;		/* put before each line */
	struct view dedent;		/* taken from each line: a block's own indentation */
	struct html_context html;
	uint32_t branch;		/* the CLOSE of a section seen last ... */
	struct html_context branch_html;	/* ... and where that section began */
};

/* Operations. */

static void
put(struct emitter *e, struct view text)
{
	template_html(&e->html, text);
	prog_chunk(&e->b, text);
}

static uint32_t
put_op(struct emitter *e, enum op_kind kind, const struct token *t, uint32_t flags)
{
	struct op *op = prog_op(&e->b, kind, 0, flags | (e->html.state == HTML_TEXT ? 0 : OP_IN_TAG));

	op->text = view_copy(e->b.arena, t->text);
	op->line = t->line;
	op->col = t->col;
	return (uint32_t)e->b.n - 1;
}

static void
set_path(struct emitter *e, struct op *op)
{
	struct view rest = op->text, part, *path;
	uint32_t *hashes, n = 1;

	if (view_is(rest, "."))
		return;
	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == '.';
	path = arena_array(e->b.arena, n, sizeof *path);
	hashes = arena_array(e->b.arena, n, sizeof *hashes);
	for (uint32_t i = 0; i < n && view_cut(&rest, '.', &part); i++) {
		path[i] = part;
		hashes[i] = value_hash(part);
	}
	op->path = path;
	op->hashes = hashes;
	op->npath = n;
}

static void
put_variable(struct emitter *e, const struct token *t)
{
	bool is_string = t->text.n > 2 && view_starts(t->text, "t.");
	uint32_t i = put_op(e, is_string ? OP_T : OP_VAR, t, t->kind == TOKEN_RAW ? OP_RAW : 0);
	struct op *op = &e->b.ops[i];

	if (is_string) {
		op->text = view_slice(op->text, 2, op->text.n);
		map_add(&e->set->strings, op->text, e->set);
	} else {
		set_path(e, op);
	}
	if (e->html.state == HTML_LESS)
		e->html = (struct html_context){ .state = HTML_TAG };
}

static uint32_t
put_call(struct emitter *e, enum op_kind kind, const struct token *t, struct view indent)
{
	uint32_t i = put_op(e, kind, t, 0);

	e->b.ops[i].prog = template_entry(e->set, t->text, indent);
	if (!e->b.ops[i].prog)
		template_missing(e->set, e->diags, place_at(e->file, t->line, t->col, t->len), t->text);
	return i;
}

static uint32_t
put_block(struct emitter *e, const struct token *t, struct view indent)
{
	uint32_t i = put_op(e, OP_BLOCK, t, 0);

	e->b.ops[i].arg = value_hash(t->text);
	e->b.ops[i].indent = view_copy(e->b.arena, indent);
	return i;
}

static void
put_section(struct emitter *e, uint32_t i)
{
	struct token *t = &e->t[i];
	uint32_t before = i;

	/* {{^x}} right behind {{/x}} is the other branch: it begins where {{#x}} began. */
	while (before > 0 && e->t[before - 1].kind == TOKEN_TEXT && view_trim(e->t[before - 1].text).n == 0)
		before--;
	if (before > 0 && before - 1 == e->branch && e->branch > 0) {
		const struct token *other = &e->t[e->t[e->branch].match];

		if (other->kind != t->kind && view_eq(other->text, t->text))
			e->html = e->branch_html;
	}
	t->html = e->html;
	t->op = put_op(e, t->kind == TOKEN_SECTION ? OP_SECTION : OP_INVERTED, t, 0);
	set_path(e, &e->b.ops[t->op]);
}

/* What operation i begins ends here. */
static void
end_op(struct emitter *e, uint32_t i)
{
	uint32_t here = prog_here(&e->b);

	e->b.ops[i].skip = here;
}

static void
put_close(struct emitter *e, uint32_t i)
{
	const struct token *open = &e->t[e->t[i].match];

	end_op(e, open->op);
	if (open->kind != TOKEN_BLOCK) {
		e->branch = i;
		e->branch_html = open->html;
	}
}

/* Lines. A scope is a file, or the text of a block in a parent tag; in it, a parent tag with all it holds is one tag. */

static void emit_scope(struct emitter *e, uint32_t first, uint32_t last, bool is_block);

static bool
is_blank_text(const struct token *t)
{
	return t->kind == TOKEN_TEXT && view_trim(t->text).n == 0;
}

static bool
ends_line(const struct token *t)
{
	return t->kind == TOKEN_TEXT && t->text.p[t->text.n - 1] == '\n';
}

/* The blanks a line begins with; i is its first token. */
static struct view
leading(const struct emitter *e, uint32_t i, uint32_t last)
{
	struct view v = VIEW_NONE;
	size_t n = 0;

	if (i < last && e->t[i].kind == TOKEN_TEXT)
		v = e->t[i].text;
	while (n < v.n && (v.p[n] == ' ' || v.p[n] == '\t'))
		n++;
	return view_slice(v, 0, n);
}

/* A line's blanks without those that the block it is in was indented by. */
static struct view
without_dedent(const struct emitter *e, struct view v)
{
	size_t n = 0;

	while (n < v.n && n < e->dedent.n && v.p[n] == e->dedent.p[n])
		n++;
	return view_slice(v, n, v.n);
}

/* First token of the first line from i on that is not empty; `last` when all are. */
static uint32_t
skip_empty(const struct emitter *e, uint32_t i, uint32_t last)
{
	while (i < last && is_blank_text(&e->t[i]) && ends_line(&e->t[i]))
		i++;
	return i;
}

static struct view
join(struct emitter *e, struct view a, struct view b)
{
	return view_printf(e->b.arena, "%.*s%.*s", VIEW_ARG(a), VIEW_ARG(b));
}

static uint32_t
line_end(const struct emitter *e, uint32_t i, uint32_t last)
{
	while (i < last && !ends_line(&e->t[i]))
		i = e->t[i].kind == TOKEN_PARENT ? e->t[i].match + 1 : i + 1;
	return i < last ? i + 1 : last;
}

/* Whether the line i..end holds nothing but tags that print nothing themselves, or one partial or parent. */
static bool
is_standalone(const struct emitter *e, uint32_t i, uint32_t end)
{
	unsigned tags = 0, calls = 0;

	while (i < end) {
		const struct token *t = &e->t[i];

		if (t->kind == TOKEN_TEXT ? !is_blank_text(t) : t->kind == TOKEN_VAR || t->kind == TOKEN_RAW)
			return false;
		if (t->kind == TOKEN_BLOCK && t->match < end)
			return false;
		tags += t->kind != TOKEN_TEXT;
		calls += t->kind == TOKEN_PARTIAL || t->kind == TOKEN_PARENT;
		i = t->kind == TOKEN_PARENT ? t->match + 1 : i + 1;
	}
	return tags > 0 && (calls == 0 || tags == 1);
}

/* Whether the line i..end is one whole block with nothing around it. */
static bool
is_block_line(const struct emitter *e, uint32_t i, uint32_t end)
{
	if (i < end && is_blank_text(&e->t[i]))
		i++;
	if (i >= end || e->t[i].kind != TOKEN_BLOCK || e->t[i].match >= end)
		return false;
	for (i = e->t[i].match + 1; i < end; i++)
		if (!is_blank_text(&e->t[i]))
			return false;
	return true;
}

/* The blocks in a parent tag; all other text there is ignored. */
static void
emit_parent(struct emitter *e, uint32_t i, struct view indent)
{
	const struct token *t = &e->t[i];
	uint32_t parent = put_call(e, OP_PARENT, t, indent);

	for (uint32_t k = i + 1; k < t->match; k++) {
		const struct token *inner = &e->t[k];

		if (inner->kind == TOKEN_BLOCK) {
			struct html_context html = e->html;
			struct view outer = e->indent, dedent = e->dedent;
			uint32_t block = put_block(e, inner, VIEW_NONE);

			e->html = (struct html_context){ .state = HTML_TEXT };
			e->indent = VIEW_NONE;
			emit_scope(e, k + 1, inner->match, true);
			end_op(e, block);
			e->html = html;
			e->indent = outer;
			e->dedent = dedent;
		}
		if (inner->kind == TOKEN_BLOCK || inner->kind == TOKEN_PARENT)
			k = inner->match;
	}
	end_op(e, parent);
}

/* One token that is not text; indent is for a partial, parent or block that stands alone. Returns the next token. */
static uint32_t
emit_tag(struct emitter *e, uint32_t i, struct view indent)
{
	struct token *t = &e->t[i];

	switch (t->kind) {
	case TOKEN_TEXT:
	case TOKEN_SILENT:
		break;
	case TOKEN_VAR:
	case TOKEN_RAW:
		put_variable(e, t);
		break;
	case TOKEN_SECTION:
	case TOKEN_INVERTED:
		put_section(e, i);
		break;
	case TOKEN_PARTIAL:
		put_call(e, OP_USE, t, indent);
		break;
	case TOKEN_PARENT:
		emit_parent(e, i, indent);
		return t->match + 1;
	case TOKEN_BLOCK:
		t->op = put_block(e, t, indent);
		break;
	case TOKEN_CLOSE:
		put_close(e, i);
		break;
	}
	return i + 1;
}

/* The tags of a line that holds nothing else: the line itself leaves no trace. */
static void
emit_standalone(struct emitter *e, uint32_t i, uint32_t end)
{
	struct view own = without_dedent(e, leading(e, i, end));

	while (i < end) {
		const struct token *t = &e->t[i];
		struct view indent = own;

		if (t->kind == TOKEN_BLOCK) {
			/* What replaces the block is indented as its default is; if that is empty, as the tag is. */
			uint32_t k = skip_empty(e, end, t->match);
			bool empty = k >= t->match || (is_blank_text(&e->t[k]) && k + 1 == t->match);

			if (!empty)
				indent = without_dedent(e, leading(e, k, t->match));
		}
		if (t->kind == TOKEN_BLOCK || t->kind == TOKEN_PARTIAL || t->kind == TOKEN_PARENT)
			i = emit_tag(e, i, join(e, e->indent, indent));
		else
			i = emit_tag(e, i, VIEW_NONE);
	}
}

/* Tokens i..end; `whole` is false for the rest of a line that began in another scope. */
static void
emit_line(struct emitter *e, uint32_t i, uint32_t end, bool whole)
{
	struct view blanks = leading(e, i, end);

	if (is_standalone(e, i, end)) {
		emit_standalone(e, i, end);
		return;
	}
	if (is_block_line(e, i, end)) {
		struct view indent = join(e, e->indent, whole ? without_dedent(e, blanks) : blanks);

		i += e->t[i].kind == TOKEN_TEXT;
		i = emit_tag(e, i, indent);
		put(e, indent);
	} else if (whole && skip_empty(e, i, end) < end) {
		put(e, e->indent);
		if (blanks.n) {
			put(e, without_dedent(e, blanks));
			put(e, view_slice(e->t[i].text, blanks.n, e->t[i].text.n));
			i++;
		}
	}
	while (i < end) {
		if (e->t[i].kind == TOKEN_TEXT)
			put(e, e->t[i++].text);
		else
			i = emit_tag(e, i, VIEW_NONE);
	}
}

/* In a block, an empty rest of the line behind its tag and the blanks before its closing tag are not part of it. */
static void
emit_scope(struct emitter *e, uint32_t first, uint32_t last, bool is_block)
{
	bool whole = !is_block;
	uint32_t i = first, end;

	if (is_block && i < last && is_blank_text(&e->t[i]) && ends_line(&e->t[i])) {
		i++;
		e->dedent = leading(e, skip_empty(e, i, last), last);
		whole = true;
	}
	for (; i < last; i = end) {
		end = line_end(e, i, last);
		if (!(is_block && whole && end == last && i + 1 == end && is_blank_text(&e->t[i]) && !ends_line(&e->t[i])))
			emit_line(e, i, end, whole);
		whole = true;
	}
}

const struct prog *
template_emit(struct template_set *s, struct diags *d, struct list *tokens, struct view file, struct view indent)
{
	struct emitter e = { .set = s, .diags = d, .file = file, .t = tokens->items, .indent = indent };

	prog_builder_init(&e.b, s->arena);
	emit_scope(&e, 0, (uint32_t)tokens->n, false);
	return prog_finish(&e.b, view_copy(s->arena, file));
}
