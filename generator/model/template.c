/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The set of templates: found by name, compiled once for each indentation. */
#include "model/template.h"

#include <stdlib.h>

#include "model/template_parts.h"

/* A template that uses itself indented has a program for each indentation, up to here; then it is indented no further. */
enum { INDENT_MAX = 64, VARIANTS_MAX = 64 };
enum { NEAREST_MAX = 64 };

struct template_entry {
	const struct prog *prog;	/* NULL until it is compiled */
	struct view name;
	struct view file;
	struct view text;
	struct view indent;
	struct template_entry *plain;	/* the one without indentation */
	unsigned variants;		/* of the plain one: how many others there are */
	bool reported;			/* of the plain one: problems of the text have been reported */
};

void
template_set_init(struct template_set *s, struct arena *a, struct diags *d,
    bool (*load)(void *self, struct view name, struct view *text, struct view *file), void *self)
{
	*s = (struct template_set){ .arena = a, .diags = d, .load = load, .self = self };
	s->names = LIST_OF(struct view);
	s->queue = LIST_OF(struct template_entry *);
	map_init(&s->progs, a);
	map_init(&s->strings, a);
}

static struct template_entry *
add(struct template_set *s, struct view key, struct template_entry entry)
{
	struct template_entry *e = arena_new(s->arena, struct template_entry);

	*e = entry;
	map_set(&s->progs, key, e);
	*(struct template_entry **)list_push(&s->queue, s->arena) = e;
	return e;
}

/* The template as it is; NULL when load does not know it. */
static struct template_entry *
plain_entry(struct template_set *s, struct view name)
{
	struct template_entry *e = map_get(&s->progs, name);
	struct template_entry fresh = { NULL };

	if (e || !s->load || !s->load(s->self, name, &fresh.text, &fresh.file))
		return e;
	fresh.name = view_copy(s->arena, name);
	e = add(s, fresh.name, fresh);
	e->plain = e;
	return e;
}

const struct prog **
template_entry(struct template_set *s, struct view name, struct view indent)
{
	struct template_entry *plain = plain_entry(s, name), *e;
	struct view key;

	if (!plain)
		return NULL;
	if (indent.n == 0 || indent.n > INDENT_MAX)
		return &plain->prog;
	key = view_printf(s->arena, "%.*s\n%.*s", VIEW_ARG(name), VIEW_ARG(indent));
	e = map_get(&s->progs, key);
	if (!e && plain->variants < VARIANTS_MAX) {
		struct template_entry fresh = { NULL, plain->name, plain->file, plain->text, VIEW_NONE, plain, 0, false };

		fresh.indent = view_slice(key, key.n - indent.n, key.n);
		e = add(s, key, fresh);
		plain->variants++;
	}
	return e ? &e->prog : &plain->prog;
}

static const struct prog *
compile(struct template_set *s, struct diags *d, struct view text, struct view file, struct view indent)
{
	struct arena scratch;
	struct list tokens;
	const struct prog *p;

	arena_init(&scratch);
	tokens = template_parse(&scratch, d, text, file);
	p = template_emit(s, d, &tokens, file, indent);
	arena_release(&scratch);
	return p;
}

/* Compiles what was named and is not compiled yet; that may name more. */
static void
compile_queue(struct template_set *s)
{
	while (s->compiled < s->queue.n) {
		struct template_entry *e = *LIST_AT(&s->queue, struct template_entry *, s->compiled++);
		struct diags *d = e->plain->reported ? NULL : s->diags;

		e->plain->reported = true;
		e->prog = compile(s, d, e->text, e->file, e->indent);
	}
}

const struct prog *
template_get(struct template_set *s, struct view name)
{
	struct template_entry *e = plain_entry(s, name);

	compile_queue(s);
	return e ? e->prog : NULL;
}

const struct prog *
template_compile(struct template_set *s, struct view text, struct view file)
{
	const struct prog *p = compile(s, s->diags, text, file, VIEW_NONE);

	compile_queue(s);
	return p;
}

static void
nearer(struct view name, struct view candidate, struct view *best, unsigned *limit)
{
	unsigned n = view_distance(name, candidate, *limit);

	if (n > 0 && n < *limit) {
		*best = candidate;
		*limit = n;
	}
}

void
template_missing(struct template_set *s, struct diags *d, struct place place, struct view name)
{
	struct view best = VIEW_NONE;
	unsigned limit;

	if (!d)
		return;
	diag(d, template_partial, place, name);
	if (name.n > NEAREST_MAX)
		return;
	limit = (unsigned)name.n / 3 + 2;
	for (size_t i = 0; i < s->names.n; i++)
		nearer(name, *LIST_AT(&s->names, struct view, i), &best, &limit);
	for (size_t i = 0; i < s->queue.n; i++)
		nearer(name, (*LIST_AT(&s->queue, struct template_entry *, i))->name, &best, &limit);
	if (best.n)
		diag_note(d, "did you mean '%.*s'?", VIEW_ARG(best));
}

static int
compare(const void *x, const void *y)
{
	return view_cmp(*(const struct view *)x, *(const struct view *)y);
}

struct list
template_strings(struct template_set *s, struct arena *a)
{
	struct list l = LIST_OF(struct view);

	for (size_t i = 0; i < s->strings.n; i++)
		*(struct view *)list_push(&l, a) = s->strings.entries[i].key;
	if (l.n)
		qsort(l.items, l.n, sizeof(struct view), compare);
	return l;
}
