/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small project in a folder of its own, for the tests of models and jobs. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "model/site.h"

struct tree {
	struct arena arena;
	struct diags diags;
	struct site site;
	struct file_root root;	/* the folder, for putting files */
	char folder[200];
};

static inline int
tree_setup(void **state)
{
	struct tree *t = calloc(1, sizeof *t);
	const char *tmp = getenv("TMPDIR");

	assert_non_null(t);
	snprintf(t->folder, sizeof t->folder, "%s/waypost-tree-XXXXXX", tmp ? tmp : P_tmpdir);
	assert_non_null(mkdtemp(t->folder));
	arena_init(&t->arena);
	diags_init(&t->diags);
	t->site.root.fd = -1;
	assert_true(file_root_open(&t->root, &t->arena, view_str(t->folder)));
	*state = t;
	return 0;
}

static inline int
tree_teardown(void **state)
{
	struct tree *t = *state;
	pid_t pid;

	site_close(&t->site);
	file_root_close(&t->root);
	pid = fork();
	if (pid == 0) {
		execlp("rm", "rm", "-rf", t->folder, (char *)NULL);
		_exit(1);
	}
	waitpid(pid, NULL, 0);
	diags_release(&t->diags);
	arena_release(&t->arena);
	free(t);
	return 0;
}

/* Writes a file of n bytes, with its folders. */
static inline void
tree_put_bytes(struct tree *t, const char *path, const void *bytes, size_t n)
{
	assert_int_equal(file_write(&t->root, view_str(path), view_of(bytes, n), &t->diags), FILE_WRITTEN);
}

static inline void
tree_put(struct tree *t, const char *path, const char *text)
{
	tree_put_bytes(t, path, text, strlen(text));
}

/* Loads the site from the folder. */
static inline void
tree_load(struct tree *t)
{
	assert_true(site_load(&t->site, &t->arena, view_str(t->folder), &t->diags));
}

/* A site in English, French and Arabic. */
static inline void
tree_site(struct tree *t)
{
	tree_put(t, "content/site.yaml", "title: Test\nlanguages: [en, fr, ar]\n");
	tree_put(t, "translations/fr/language.yaml", "name: Français\n");
	tree_put(t, "translations/ar/language.yaml", "name: العربية\nfallback: [fr]\n");
	tree_load(t);
}

/* The messages so far are exactly these: lines "file:line:col id first-argument", in the order of diags_sort. They are
 * taken away. A note stands behind in brackets. */
static inline void
tree_said(struct tree *t, const char *expected)
{
	const char *said;
	struct buf b;

	buf_init(&b);
	diags_sort(&t->diags);
	for (size_t i = 0; i < t->diags.list.n; i++) {
		struct diag *m = LIST_AT(&t->diags.list, struct diag, i);

		buf_printf(&b, "%.*s:%u:%u ", VIEW_ARG(m->place.file), m->place.line, m->place.col);
		diag_name(&b, m->id);
		if (m->args[0].n)
			buf_printf(&b, " %.*s", VIEW_ARG(m->args[0]));
		if (m->note.n)
			buf_printf(&b, " [%.*s]", VIEW_ARG(m->note));
		buf_addc(&b, '\n');
	}
	t->diags.list.n = 0;
	said = view_copy(&t->arena, view_buf(&b)).p;
	buf_release(&b);
	assert_string_equal(said, expected);
}
