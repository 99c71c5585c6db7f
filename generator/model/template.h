/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mustache templates, compiled to operations. For jobs and commands. Specification: mustache/spec 1.4 with inheritance. */
#pragma once
#include "base/diag.h"
#include "base/map.h"
#include "model/prog.h"

/*
 * Templates by name, compiled when first asked for. `load` finds the text of a name: false when there is none. file is then
 * the path for messages; text and file must live as long as the set.
 */
struct template_set {
	struct arena *arena;
	struct diags *diags;
	bool (*load)(void *self, struct view name, struct view *text, struct view *file);
	void *self;
	struct list names;	/* of struct view: what load knows, for "did you mean"; the caller may fill it in */
	struct map progs;	/* private: name (and indentation) to struct template_entry */
	struct map strings;	/* private: keys of interface strings */
	struct list queue;	/* private: of struct template_entry *, entries in order of arrival */
	size_t compiled;	/* private: how many of the queue are compiled */
};

void template_set_init(struct template_set *s, struct arena *a, struct diags *d,
    bool (*load)(void *self, struct view name, struct view *text, struct view *file), void *self);
/*
 * The program of a template, or NULL when load knows no such name (not reported). A template with errors is reported
 * (file, line, column: unclosed tag, unclosed or mismatched section, bad delimiters) and compiled as far as it makes sense.
 * Partials and parents it names are compiled too; a missing one is reported as template_partial at the tag that names it.
 * Names that begin "t." are interface strings (OP_T).
 */
const struct prog *template_get(struct template_set *s, struct view name);
/* Compiles text that is not in the set (tests, single lines) and need not outlive the call; partials come from the set. */
const struct prog *template_compile(struct template_set *s, struct view text, struct view file);
/* Every key of an interface string used by the templates compiled so far; list of struct view, sorted, once each. */
struct list template_strings(struct template_set *s, struct arena *a);
