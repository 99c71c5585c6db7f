/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of job/marks: every text of a page is marked in the preview, none in what is published, and what is told of it is true. */
#include "world.h"

#include "format/json.h"
#include "job/assemble.h"
#include "job/marks.h"

struct made {
	struct world w;
	struct locale l;
	struct diags quiet;
	struct buf html;
	const struct json *texts;
};

static void
make(struct tree *t, struct made *m, const char *tag, const char *page, bool marks)
{
	struct view error = VIEW_NONE;
	struct buf b;

	world_files(t);
	tree_put(t, "themes/default/page.html", "<title>{{page.title}}</title><h1>{{page.title}}</h1>{{{content}}}|{{t.skip}}|"
	    "<i title=\"{{t.skip}}\">{{#data.things}}{{name}} {{/data.things}}</i>{{#nav}}{{title}},{{/nav}}</head>\n");
	world_make(t, &m->w);
	diags_init(&m->quiet);
	buf_init(&m->html);
	locale_open(&m->l, &t->arena, &m->w, site_language(&m->w.site, view_str(tag)), false, &m->quiet);
	if (marks)
		marks_open(&m->l);
	assert_true(assemble_page(&m->l, world_page(&m->w, page), &t->arena, &m->html, &m->quiet));
	if (!marks)
		return;
	buf_init(&b);
	marks_json(&m->l, &b);
	assert_null(strchr(b.p, '<'));
	m->texts = json_get(json_read(&t->arena, view_buf(&b), &error), "texts");
	assert_non_null(m->texts);
	buf_release(&b);
}

static void
release(struct made *m)
{
	buf_release(&m->html);
	diags_release(&m->quiet);
	world_close(&m->w);
}

/* The text that is marked around some words of the page. */
static const struct json *
around(const struct made *m, const char *words)
{
	const char *at = strstr(m->html.p, words), *mark = NULL;
	const struct json *j = m->texts->child;

	assert_non_null(at);
	for (const char *p = m->html.p; (p = strstr(p, "data-waypost=\"")) != NULL && p < at; p++)
		mark = p;
	assert_non_null(mark);
	for (long n = strtol(mark + strlen("data-waypost=\""), NULL, 10); j && n > 0; n--)
		j = j->next;
	assert_non_null(j);
	return j;
}

static void
has(const struct json *j, const char *key, const char *expected)
{
	const struct json *v = json_get(j, key);

	if (!expected) {
		assert_null(v);
		return;
	}
	if (!v || !view_is(v->text, expected))
		fail_msg("%s is '%.*s', not '%s'", key, v ? (int)v->text.n : 0, v ? v->text.p : "", expected);
}

static void
test_states(void **state)
{
	struct tree *t = *state;
	const struct json *j;
	struct made m;

	make(t, &m, "fr", "a/one.md", true);
	j = around(&m, "Premier texte ici.");
	has(j, "state", "machine");
	has(j, "source", "First text here.");
	has(j, "target", "Premier texte ici.");
	has(j, "file", "translations/fr/a/one.yaml");
	has(j, "line", "6");
	has(j, "at", "content/a/one.md:5");
	has(j, "was", NULL);
	has(j, "from", NULL);
	j = around(&m, "Second texte ici.");
	has(j, "state", "outdated");
	has(j, "was", "Old.");
	j = around(&m, "Un</waypost-text>");
	has(j, "state", "reviewed");
	j = around(&m, "A note.");
	has(j, "state", "missing");
	has(j, "from", "en");
	has(j, "file", "translations/fr/a/one.yaml");
	has(j, "line", "0");
	j = around(&m, "Passer");
	has(j, "key", "interface");
	has(j, "state", "translated");
	j = around(&m, "Poire");
	has(j, "key", "data/things");
	j = around(&m, "Section");
	has(j, "key", "a/index");
	/* never inside a tag or the title */
	assert_non_null(strstr(m.html.p, "<title>Un</title>"));
	assert_non_null(strstr(m.html.p, "<i title=\"Passer\">"));
	release(&m);
}

static void
test_chain(void **state)
{
	struct tree *t = *state;
	const struct json *j;
	struct made m;

	make(t, &m, "ar", "a/one.md", true);
	j = around(&m, "Second texte ici.");
	has(j, "state", "missing");
	has(j, "from", "fr");
	has(j, "target", NULL);
	has(j, "file", "translations/ar/a/one.yaml");
	release(&m);
}

static void
test_source(void **state)
{
	struct tree *t = *state;
	const struct json *j;
	struct made m;

	make(t, &m, "en", "a/one.md", true);
	j = around(&m, "First text here.");
	has(j, "state", "source");
	has(j, "file", "content/a/one.md");
	has(j, "line", "5");
	release(&m);
}

static void
test_own_page(void **state)
{
	struct tree *t = *state;
	const struct json *j;
	struct made m;

	make(t, &m, "fr", "b.fr.md", true);
	j = around(&m, "Texte.");
	has(j, "state", "source");
	has(j, "file", "content/b.fr.md");
	release(&m);
}

static void
test_unmarked(void **state)
{
	struct tree *t = *state;
	struct made m;

	make(t, &m, "fr", "a/one.md", false);
	assert_null(strstr(m.html.p, "data-waypost"));
	release(&m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_states, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_chain, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_source, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_own_page, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_unmarked, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
