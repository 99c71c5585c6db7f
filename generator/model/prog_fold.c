/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A template run once for many pages. It is a run like any other, whose output becomes chunks; only what hangs on the page is not run, but
 * kept as an operation, with all that surrounds it there.
 */
#include "model/prog_parts.h"

struct prog_fold {
	struct prog_builder b;
	size_t done;		/* bytes of the output that are in it */
};

/* What was kept: operations of a template, or a value to print. */
struct prog_rest {
	const struct value *value;
	const struct prog *prog;
	size_t from, to;
	const struct value **stack;	/* what sections have put above the page */
	unsigned depth;			/* so many */
	unsigned calls, force;
	const struct prog_override *overrides;
};

/* On the stack: what holds on every page, then the page. */
enum { PAGE = 1, ABOVE = 2 };

/* The value of a name, VALUE_EACH as it stands; NULL where it hangs on the page, or is not there. */
static const struct value *
lasting(const struct prog_run *r, const struct op *op)
{
	const struct value *v = NULL;
	unsigned d = r->depth;

	if (op->npath == 0)
		return d > ABOVE ? r->stack[d - 1] : NULL;
	while (!v && d-- > 0)
		v = value_peek(r->stack[d], op->path[0], op->hashes[0]);
	if (d == PAGE)
		return NULL;
	for (uint32_t i = 1; v && i < op->npath; i++)
		v = value_peek(v, op->path[i], op->hashes[i]);
	return v;
}

static bool
hangs_on_page(const struct value *v)
{
	return v->kind == VALUE_EACH || v->kind == VALUE_PATH || v->kind == VALUE_PROG;
}

static const struct prog_override *
copy_overrides(struct arena *a, const struct prog_override *o)
{
	struct prog_override *copy;

	if (!o)
		return NULL;
	copy = arena_new(a, struct prog_override);
	*copy = *o;
	copy->outer = copy_overrides(a, o->outer);
	return copy;
}

/* What has been printed since becomes a chunk. */
static void
put_chunk(struct prog_run *r)
{
	struct prog_fold *f = r->fold;

	prog_chunk(&f->b, view_slice(view_buf(r->out), f->done, r->out->n));
	f->done = r->out->n;
}

static void
put_rest(const struct prog *p, size_t i, size_t end, const struct value *value, struct prog_run *r)
{
	struct arena *a = r->fold->b.arena;
	struct prog_rest *rest = arena_new(a, struct prog_rest);
	const struct op *op = &p->ops[i];

	*rest = (struct prog_rest){ .value = value, .prog = p, .from = i, .to = end, .depth = r->depth - ABOVE, .calls = r->calls,
		.force = r->force };
	if (!value) {
		rest->stack = arena_array(a, rest->depth, sizeof *rest->stack);
		memcpy(rest->stack, r->stack + ABOVE, rest->depth * sizeof *rest->stack);
		rest->overrides = copy_overrides(a, r->overrides);
	}
	prog_op(&r->fold->b, OP_REST, 0, op->flags | r->force)->rest = rest;
}

bool
prog_fold_keep(const struct prog *p, size_t i, struct prog_run *r, size_t *next)
{
	const struct op *op = &p->ops[i];
	const bool named = op->kind == OP_VAR || op->kind == OP_SECTION || op->kind == OP_INVERTED;
	const struct value *v = named ? lasting(r, op) : NULL;

	if (op->kind == OP_USE || op->kind == OP_PARENT || op->kind == OP_BLOCK || (v && !hangs_on_page(v)) ||
	    (op->kind == OP_T && r->host->lasts(r->host->self, op->text)))
		return false;
	*next = op->kind == OP_SECTION || op->kind == OP_INVERTED ? op->skip : i + 1;
	/* what it prints would have to be indented */
	r->over |= r->indents != NULL;
	put_chunk(r);
	put_rest(p, i, *next, op->kind == OP_VAR ? v : NULL, r);
	return true;
}

void
prog_rest(const struct op *op, struct prog_run *r)
{
	const struct prog_rest *rest = op->rest;
	const struct prog_override *overrides = r->overrides;
	const unsigned depth = r->depth, calls = r->calls, force = r->force;

	if (rest->value) {
		prog_print(r, value_now(rest->value), op->flags);
		return;
	}
	for (unsigned i = 0; i < rest->depth; i++)
		r->stack[r->depth++] = rest->stack[i];
	r->overrides = rest->overrides;
	r->calls = rest->calls;
	r->force = rest->force;
	prog_ops(rest->prog, rest->from, rest->to, r);
	r->force = force;
	r->calls = calls;
	r->overrides = overrides;
	r->depth = depth;
}

const struct prog *
prog_fold(const struct prog *p, struct prog_run *r, struct arena *a)
{
	struct prog_fold fold = { .done = r->out->n };
	const size_t before = r->out->n;
	const struct prog *folded;

	if (r->depth != ABOVE)
		bug("a program is folded on other than two values");
	prog_builder_init(&fold.b, a);
	r->fold = &fold;
	prog_run(p, r);
	put_chunk(r);
	r->fold = NULL;
	buf_truncate(r->out, before);
	folded = prog_finish(&fold.b, p->name);
	return r->over ? NULL : folded;
}
