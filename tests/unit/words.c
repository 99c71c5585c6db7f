/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tests of command/words: filling, wrapping, pieces of a help, and that every text of the program is translated. What is missing is printed as
 * entries for generator/messages/<tag>.yaml: translate them there.
 */
#include "tree.h"

#include "command/table.h"
#include "model/segment.h"

/* Every text that is translated: told one by one, without line ends. */
struct told {
	struct arena arena;
	struct map texts;	/* to any */
};

static void
tell(struct told *t, const char *text)
{
	struct view v = text ? segment_normal(&t->arena, view_copy(&t->arena, view_str(text))) : VIEW_NONE;

	if (v.n)
		map_add(&t->texts, v, t);
}

static void
tell_all(struct told *t)
{
	arena_init(&t->arena);
	map_init(&t->texts, &t->arena);
	for (int w = 0; w < WORD_COUNT; w++)
		tell(t, words_english((enum word)w));
	for (size_t i = 0; table[i]; i++) {
		struct view rest = view_str(table[i]->help);
		struct words_piece p;
		struct option_row r;

		tell(t, table[i]->summary);
		while (words_piece(&t->arena, &rest, &p))
			tell(t, p.text.p);
		for (int id = 0; id < OPTION_COUNT; id++)
			if (options_row(table[i], (enum option_id)id, &r))
				tell(t, r.help);
	}
	for (int id = 0; id < DIAG_COUNT; id++) {
		tell(t, diag_row((enum diag_id)id, false));
		tell(t, diag_row((enum diag_id)id, true));
	}
}

static void
complete(struct tree *x, const struct told *t, const char *tag)
{
	struct file_root root;
	struct messages m;
	size_t missing = 0;

	assert_true(file_root_open(&root, &x->arena, VIEW("generator")));
	if (!messages_open(&m, &x->arena, &root, VIEW("messages"), view_str(tag), &x->diags))
		fail_msg("generator/messages/%s.yaml cannot be read", tag);
	assert_int_equal(x->diags.list.n, 0);
	for (size_t i = 0; i < t->texts.n; i++) {
		struct view text = t->texts.entries[i].key, why;

		if (messages_has(&m, text, &why))
			continue;
		fprintf(stderr, "- source: |\n    %.*s\n  target: |\n    \n  state: machine\n", VIEW_ARG(text));
		if (why.n)
			fprintf(stderr, "# %s: a lock is broken: %.*s\n", tag, VIEW_ARG(why));
		missing++;
	}
	/* what no text of the program needs any more */
	for (size_t i = 0; i < m.by_source.n; i++) {
		if (map_get(&t->texts, m.by_source.entries[i].key))
			continue;
		fprintf(stderr, "# %s: not used: %.*s\n", tag, VIEW_ARG(m.by_source.entries[i].key));
		missing++;
	}
	file_root_close(&root);
	if (missing)
		fail_msg("generator/messages/%s.yaml: %zu texts to look at, see above", tag, missing);
}

static void
test_complete(void **state)
{
	struct told t;

	tell_all(&t);
	assert_in_range(t.texts.n, 400, 2000);
	complete(*state, &t, "fr");
	complete(*state, &t, "es");
	complete(*state, &t, "ar");
	arena_release(&t.arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_complete, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
