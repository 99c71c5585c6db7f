/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running and building lists of operations. Running allocates nothing but the output. */
#include "model/prog_parts.h"

#include <stdlib.h>

#include "format/html.h"

struct prog_indent {
	struct view text;
	const struct prog_indent *outer;
};

/* The run ends here, quietly; whoever started it sees over and deep. */
static void
too_deep(struct prog_run *r, struct view file, unsigned line, unsigned col)
{
	r->over = true;
	r->deep = place_at(file, line, col, 0);
}

/* Looking up. */

static const struct value *
find_first(const struct prog_run *r, struct view name, uint32_t hash)
{
	for (unsigned d = r->depth; d-- > 0;) {
		const struct value *v = value_get(r->stack[d], name, hash);

		if (v)
			return v;
	}
	return NULL;
}

static const struct value *
find_path(const struct prog_run *r, const struct op *op)
{
	const struct value *v;

	if (op->npath == 0)
		return r->depth ? r->stack[r->depth - 1] : NULL;
	v = find_first(r, op->path[0], op->hashes[0]);
	for (uint32_t i = 1; v && i < op->npath; i++)
		v = value_get(v, op->path[i], op->hashes[i]);
	return v;
}

const struct value *
prog_find(const struct prog_run *r, struct view dotted)
{
	const struct value *v = NULL;
	struct view part;
	bool first = true;

	if (view_is(dotted, "."))
		return r->depth ? r->stack[r->depth - 1] : NULL;
	while (view_cut(&dotted, '.', &part)) {
		v = first ? find_first(r, part, value_hash(part)) : value_get(v, part, value_hash(part));
		if (!v)
			return NULL;
		first = false;
	}
	return v;
}

/* Printing. */

/* As the Mustache suite expects; inside a tag also the other quote, which may be the one the template uses. */
static void
escape(struct buf *b, struct view v, bool in_tag)
{
	if (in_tag)
		html_quoted(b, v);
	else
		html_text(b, v);
}

static void
print_text(struct prog_run *r, const struct value *v, uint32_t flags)
{
	const struct prog_host *host = r->host;
	bool in_tag = flags & OP_IN_TAG;
	bool wrap = !in_tag && host && v->lang.n && !view_eq(v->lang, host->lang);

	if (v->plain.n == 0 && (in_tag || v->html.n == 0))
		return;
	if (wrap) {
		buf_puts(r->out, "<span lang=\"");
		escape(r->out, v->lang, true);
		if (v->rtl != host->rtl)
			buf_puts(r->out, v->rtl ? "\" dir=\"rtl" : "\" dir=\"ltr");
		buf_puts(r->out, "\">");
	}
	if (v->html.n && !in_tag)
		buf_addv(r->out, v->html);
	else if (flags & OP_RAW)
		buf_addv(r->out, v->plain);
	else
		escape(r->out, v->plain, in_tag);
	if (wrap)
		buf_puts(r->out, "</span>");
}

/* A page in place: its lines are as they are, and its text has nothing to do with the blocks around it. */
static void
print_prog(struct prog_run *r, const struct prog *p)
{
	const struct prog_indent *indents = r->indents;
	const struct prog_override *overrides = r->overrides;

	if (r->calls >= PROG_MAX_DEPTH) {
		too_deep(r, p->name, 1, 1);
		return;
	}
	r->indents = NULL;
	r->overrides = NULL;
	r->calls++;
	prog_ops(p, 0, p->n, r);
	r->calls--;
	r->overrides = overrides;
	r->indents = indents;
}

void
prog_print(struct prog_run *r, const struct value *v, uint32_t flags)
{
	flags |= r->force;
	switch (v->kind) {
	case VALUE_NONE:
	case VALUE_LIST:
	case VALUE_MAP:
	case VALUE_LATER:
	case VALUE_EACH:
		break;
	case VALUE_BOOL:
		buf_puts(r->out, v->truth ? "true" : "false");
		break;
	case VALUE_NUMBER:
		escape(r->out, v->plain, flags & OP_IN_TAG);
		break;
	case VALUE_TEXT:
		print_text(r, v, flags);
		break;
	case VALUE_PROG:
		if (v->prog && !(flags & OP_IN_TAG))
			print_prog(r, v->prog);
		break;
	case VALUE_PATH:
		if (r->host && r->host->way)
			r->host->way(r->host->self, v->plain, r);
		break;
	}
}

/* Indentation of overriding texts; all other indentation is in the chunks. */

static void
put_indent(struct buf *b, const struct prog_indent *indent)
{
	if (indent->outer)
		put_indent(b, indent->outer);
	buf_addv(b, indent->text);
}

static void
begin_line(struct prog_run *r)
{
	if (r->indents && r->line_start) {
		put_indent(r->out, r->indents);
		r->line_start = false;
	}
}

/* A chunk inside overriding texts that are indented: empty lines stay empty. */
static void
chunk_lines(struct prog_run *r, struct view text)
{
	while (text.n) {
		size_t n = view_find(text, '\n');
		bool ends = n < text.n;

		if (n > 0 && !(ends && n == 1 && text.p[0] == '\r'))
			begin_line(r);
		n += ends;
		buf_add(r->out, text.p, n);
		r->line_start = ends;
		text = view_slice(text, n, text.n);
	}
}

/* Running. */

static void
section(const struct prog *p, const struct op *op, struct prog_run *r)
{
	const struct value *v = find_path(r, op);
	size_t from = (size_t)(op - p->ops) + 1;

	if (!v || !value_true(v))
		return;
	if (r->depth >= PROG_MAX_DEPTH) {
		too_deep(r, p->name, op->line, op->col);
		return;
	}
	r->depth++;
	if (v->kind == VALUE_LIST) {
		for (size_t i = 0; i < v->n && !r->over; i++) {
			r->stack[r->depth - 1] = &v->items[i];
			prog_ops(p, from, op->skip, r);
		}
	} else {
		r->stack[r->depth - 1] = v;
		prog_ops(p, from, op->skip, r);
	}
	r->depth--;
}

/* A partial or a parent; blocks are those of a parent, or NULL. */
static void
call(const struct prog *p, const struct op *op, const struct prog_override *blocks, struct prog_run *r)
{
	const struct prog *target = op->prog ? *op->prog : NULL;
	const struct prog_override *overrides = r->overrides;
	unsigned force = r->force;

	if (!target)
		return;
	if (r->calls >= PROG_MAX_DEPTH) {
		too_deep(r, p->name, op->line, op->col);
		return;
	}
	if (blocks)
		r->overrides = blocks;
	r->force |= op->flags & OP_IN_TAG;
	r->calls++;
	prog_ops(target, 0, target->n, r);
	r->calls--;
	r->force = force;
	r->overrides = overrides;
}

/* The text that replaces a block, outermost parent first; *at is its OP_BLOCK. NULL when there is none. */
static const struct prog_override *
find_override(const struct prog_run *r, const struct op *block, uint32_t *at)
{
	const struct prog_override *found = NULL;

	for (const struct prog_override *o = r->overrides; o; o = o->outer) {
		for (uint32_t i = o->from; i < o->to; i = o->prog->ops[i].skip) {
			const struct op *op = &o->prog->ops[i];

			if (op->arg == block->arg && view_eq(op->text, block->text)) {
				found = o;
				*at = i;
				break;
			}
		}
	}
	return found;
}

/* Runs the text that replaces a block. False when there is none: the default that follows is to run. */
static bool
override(const struct prog *p, const struct op *block, struct prog_run *r)
{
	uint32_t at = 0;
	const struct prog_override *o = find_override(r, block, &at);
	const struct prog_override *overrides = r->overrides;
	const struct prog_indent *indents = r->indents;
	struct prog_indent indent = { block->indent, indents };
	unsigned force = r->force;

	if (!o)
		return false;
	if (r->calls >= PROG_MAX_DEPTH) {
		too_deep(r, p->name, block->line, block->col);
		return true;
	}
	if (block->indent.n) {
		r->indents = &indent;
		r->line_start = true;
	}
	r->overrides = o->outer;
	r->force |= block->flags & OP_IN_TAG;
	r->calls++;
	prog_ops(o->prog, at + 1, o->prog->ops[at].skip, r);
	r->calls--;
	r->force = force;
	r->overrides = overrides;
	r->indents = indents;
	return true;
}

static void
variable(const struct op *op, struct prog_run *r)
{
	const struct value *v;

	begin_line(r);
	if (op->kind == OP_T) {
		if (r->host && r->host->string)
			r->host->string(r->host->self, op->text, op->flags | r->force, r);
	} else {
		v = find_path(r, op);
		if (v)
			prog_print(r, v, op->flags);
	}
}

/* One operation that is not a chunk. Returns the index of the next one. */
static size_t
step(const struct prog *p, size_t i, struct prog_run *r)
{
	const struct op *op = &p->ops[i++];
	struct prog_override blocks = { p, (uint32_t)i, op->skip, r->overrides };
	const struct value *v;

	switch (op->kind) {
	case OP_CHUNK:
		break;
	case OP_VAR:
	case OP_T:
		variable(op, r);
		break;
	case OP_SECTION:
		section(p, op, r);
		return op->skip;
	case OP_INVERTED:
		v = find_path(r, op);
		return v && value_true(v) ? op->skip : i;
	case OP_USE:
		call(p, op, NULL, r);
		break;
	case OP_PARENT:
		call(p, op, &blocks, r);
		return op->skip;
	case OP_BLOCK:
		return override(p, op, r) ? op->skip : i;
	case OP_REST:
		prog_rest(op, r);
		break;
	default:
		if (r->host && r->host->page_op)
			r->host->page_op(r->host->self, op, r);
		break;
	}
	return i;
}

void
prog_ops(const struct prog *p, size_t i, size_t end, struct prog_run *r)
{
	size_t next;

	while (i < end && !r->over) {
		const struct op *op = &p->ops[i];

		if (op->kind != OP_CHUNK)
			i = r->fold && prog_fold_keep(p, i, r, &next) ? next : step(p, i, r);
		else if (r->indents)
			chunk_lines(r, op->text), i++;
		else
			buf_addv(r->out, op->text), i++;
		if (r->limit && r->out->n > r->limit)
			r->over = true;
	}
}

void
prog_run(const struct prog *p, struct prog_run *r)
{
	prog_ops(p, 0, p->n, r);
}

void
prog_call(const struct prog *p, const struct value *top, struct prog_run *r)
{
	unsigned depth = r->depth;

	if (r->calls >= PROG_MAX_DEPTH || (top && depth >= PROG_MAX_DEPTH)) {
		too_deep(r, p->name, 1, 1);
		return;
	}
	if (top)
		r->stack[r->depth++] = top;
	r->calls++;
	prog_ops(p, 0, p->n, r);
	r->calls--;
	r->depth = depth;
}

/* Building. */

void
prog_builder_init(struct prog_builder *b, struct arena *a)
{
	*b = (struct prog_builder){ .arena = a };
	buf_init(&b->chunk);
}

void
prog_chunk(struct prog_builder *b, struct view text)
{
	buf_addv(&b->chunk, text);
}

static struct op *
push(struct prog_builder *b, struct op op)
{
	if (b->n == UINT32_MAX)
		bug("more operations than an index can count");
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 32;
		b->ops = memory_resize(b->ops, b->cap * sizeof *b->ops);
	}
	b->ops[b->n] = op;
	return &b->ops[b->n++];
}

uint32_t
prog_here(struct prog_builder *b)
{
	if (b->chunk.n) {
		push(b, (struct op){ .kind = OP_CHUNK, .text = view_copy(b->arena, view_buf(&b->chunk)) });
		buf_clear(&b->chunk);
	}
	return (uint32_t)b->n;
}

struct op *
prog_op(struct prog_builder *b, enum op_kind kind, uint32_t arg, uint32_t flags)
{
	prog_here(b);
	return push(b, (struct op){ .kind = kind, .arg = arg, .flags = flags });
}

struct prog *
prog_finish(struct prog_builder *b, struct view name)
{
	struct prog *p = arena_new(b->arena, struct prog);

	p->n = prog_here(b);
	p->ops = arena_array(b->arena, p->n, sizeof *p->ops);
	if (p->n)
		memcpy(p->ops, b->ops, p->n * sizeof *p->ops);
	p->name = name;
	free(b->ops);
	buf_release(&b->chunk);
	*b = (struct prog_builder){ .arena = b->arena };
	buf_init(&b->chunk);
	return p;
}
