/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/data. */
#include "tree.h"

#include "model/data.h"

static const struct data *
load(struct tree *t, const char *text)
{
	struct list all;

	tree_put(t, "content/data/x.yaml", text);
	tree_site(t);
	all = data_load(&t->arena, &t->site, &t->diags);
	return data_find(&all, "x");
}

static void
test_whole(void **state)
{
	struct tree *t = *state;
	const struct data_cell *cell;
	const struct data *x = load(t,
	    "translatable: [title, gist]\n"
	    "types: {iso: country, day: date, n: number, link: url, mark: code, open: bool}\n"
	    "sort: title\n"
	    "items:\n"
	    "- title: One\n"
	    "  iso: SEN\n"
	    "  day: 2025-12\n"
	    "  n: -3.5\n"
	    "  open: yes\n"
	    "- gist: |\n"
	    "    Two\n"
	    "    lines\n"
	    "  title: One\n"
	    "  link: https://example.org/\n"
	    "  mark: [A, B]\n"
	    "  day: ''\n"
	    "  open: no\n");

	tree_said(t, "");
	assert_non_null(x);
	assert_true(view_is(x->name, "x") && view_is(x->file, "content/data/x.yaml"));
	assert_int_equal(x->nitems, 2);
	assert_int_equal(x->nfields, 8);
	assert_true(view_is(x->fields[0].name, "title") && x->fields[0].translatable);
	assert_true(view_is(x->fields[5].name, "gist") && x->fields[5].translatable);
	assert_int_equal(x->fields[1].type, DATA_COUNTRY);
	assert_int_equal(x->sort, 0);
	assert_int_equal(x->nsegments, 2);
	assert_true(view_is(x->segments[0].source, "One") && view_is(x->segments[1].source, "Two lines"));
	assert_true(x->segments[0].plain && x->segments[0].role == SEGMENT_DATA);
	assert_int_equal(x->segments[1].words, 2);
	assert_int_equal(x->segments[0].place.line, 5);
	assert_int_equal(x->segments[0].place.col, 10);
	assert_int_equal(data_at(x, 0, "title")->segment, 0);
	assert_int_equal(data_at(x, 1, "title")->segment, 0);
	assert_int_equal(data_at(x, 1, "gist")->segment, 1);
	assert_int_equal(data_at(x, 0, "gist")->segment, -1);
	assert_int_equal(data_at(x, 0, "iso")->segment, -1);
	assert_true(data_at(x, 0, "open")->truth);
	assert_false(data_at(x, 1, "open")->truth);
	cell = data_at(x, 1, "mark");
	assert_int_equal(cell->texts.n, 2);
	assert_true(view_is(*LIST_AT(&cell->texts, struct view, 1), "B"));
	assert_null(data_at(x, 0, "nothing"));
	assert_null(data_at(x, 2, "title"));
	assert_int_equal(data_row(x, "iso", VIEW("SEN")), 0);
	assert_int_equal(data_row(x, "link", VIEW("https://example.org/")), 1);
	assert_int_equal(data_row(x, "iso", VIEW("FRA")), -1);
	assert_int_equal(data_row(x, "nothing", VIEW("")), -1);
}

static void
test_checks(void **state)
{
	struct tree *t = *state;
	const struct data *x = load(t,
	    "types: {iso: country, day: date, n: number, link: url, open: bool}\n"
	    "items:\n"
	    "- {iso: XQX, day: 2025-02-30, n: 1e3, link: 'javascript:x', open: maybe}\n"
	    "- {iso: fr, day: last year, n: 1., link: other.md, open: [yes]}\n"
	    "- {iso: [SN, QQ], day: 2025, n: .5, link: [x, 'mailto:a@b.org'], open: ''}\n"
	    "- {iso: SN, day: 2024-02-29, n: 0, link: '', open: true}\n");

	tree_said(t, "content/data/x.yaml:3:9 data-country XQX\n"
	    "content/data/x.yaml:3:19 data-date 2025-02-30\n"
	    "content/data/x.yaml:3:34 data-number 1e3\n"
	    "content/data/x.yaml:3:45 data-url javascript:x\n"
	    "content/data/x.yaml:3:67 yaml-type open\n"
	    "content/data/x.yaml:4:18 data-date last year\n"
	    "content/data/x.yaml:4:32 data-number 1.\n"
	    "content/data/x.yaml:4:42 data-url other.md\n"
	    "content/data/x.yaml:4:58 yaml-type open\n"
	    "content/data/x.yaml:5:14 data-country QQ\n"
	    "content/data/x.yaml:5:33 data-number .5\n"
	    "content/data/x.yaml:5:44 data-url x\n");
	assert_true(view_is(data_at(x, 0, "iso")->text, "XQX"));
	assert_int_equal(data_at(x, 0, "link")->text.n, 0);
	assert_int_equal(LIST_AT(&data_at(x, 2, "link")->texts, struct view, 0)->n, 0);
	assert_true(LIST_AT(&data_at(x, 2, "link")->texts, struct view, 1)->n > 0);
}

static void
test_head(void **state)
{
	struct tree *t = *state;
	const struct data *x = load(t,
	    "translatable: [titel, iso, many]\n"
	    "types: {iso: code, day: dates, nix: date}\n"
	    "sort: titl\n"
	    "colour: red\n"
	    "items:\n"
	    "- title: a\n"
	    "  iso: b\n"
	    "  day: {x: y}\n"
	    "  many: [a, [b]]\n"
	    "- text\n");

	tree_said(t, "content/data/x.yaml:1:16 data-field titel\n"
	    "content/data/x.yaml:1:23 yaml-type iso\n"
	    "content/data/x.yaml:2:25 yaml-type day\n"
	    "content/data/x.yaml:2:32 data-field nix\n"
	    "content/data/x.yaml:3:7 data-field titl\n"
	    "content/data/x.yaml:4:1 yaml-key colour\n"
	    "content/data/x.yaml:8:8 yaml-type day\n"
	    "content/data/x.yaml:9:13 yaml-type many\n"
	    "content/data/x.yaml:10:3 yaml-type items\n");
	assert_int_equal(x->nitems, 1);
	assert_int_equal(x->sort, -1);
	assert_int_equal(x->nsegments, 1);
}

/* Each text of a list is a segment of its own, with its place; the same text is one segment. */
static void
test_lists(void **state)
{
	struct tree *t = *state;
	const struct data *x = load(t,
	    "translatable: [points]\n"
	    "items:\n"
	    "- points:\n"
	    "  - First point\n"
	    "  - Second\n"
	    "    point\n"
	    "- points: First point\n"
	    "- points: [Third, '', Second point]\n"
	    "- points: []\n");
	const struct data_cell *c;

	tree_said(t, "");
	assert_true(x->fields[0].list);
	assert_int_equal(x->nsegments, 3);
	assert_true(view_is(x->segments[1].source, "Second point"));
	assert_int_equal(x->segments[1].place.line, 5);
	assert_int_equal(x->segments[1].place.col, 5);
	assert_int_equal(x->segments[2].place.line, 8);
	c = data_at(x, 0, "points");
	assert_int_equal(c->segment, -1);
	assert_true(c->segments[0] == 0 && c->segments[1] == 1);
	c = data_at(x, 1, "points");
	assert_true(c->segment == 0 && !c->segments);
	c = data_at(x, 2, "points");
	assert_true(c->segments[0] == 2 && c->segments[1] == -1 && c->segments[2] == 1);
	c = data_at(x, 3, "points");
	assert_true(c->texts.n == 0 && c->segment == -1);
}

static void
test_bools_are_guessed(void **state)
{
	struct tree *t = *state;
	const struct data *x = load(t,
	    "types: {c: text}\nitems:\n- {a: true, b: true, c: true}\n- {b: maybe, c: false}\n- {a: false, b: no}\n");

	tree_said(t, "");
	assert_int_equal(x->fields[0].type, DATA_BOOL);
	assert_int_equal(x->fields[1].type, DATA_TEXT);
	assert_int_equal(x->fields[2].type, DATA_TEXT);
	assert_true(data_at(x, 0, "a")->truth);
	assert_false(data_at(x, 1, "a")->truth);
	assert_false(data_at(x, 2, "a")->truth);
}

static void
test_shapes(void **state)
{
	struct tree *t = *state;
	const struct data *x;
	struct list all;

	tree_put(t, "content/data/a.yaml", "- a\n");
	tree_put(t, "content/data/b.yaml", "items: {a: b}\ntypes: [a]\n");
	tree_put(t, "content/data/c.yaml", "items:\ntypes:\nsort: a\n");
	tree_put(t, "content/data/d.csv", "a,b\n");
	tree_put(t, "content/data/e.yaml/x", "");
	tree_site(t);
	all = data_load(&t->arena, &t->site, &t->diags);
	tree_said(t, "content/data/a.yaml:1:1 yaml-type content/data/a.yaml\n"
	    "content/data/b.yaml:1:8 yaml-type items\n"
	    "content/data/b.yaml:2:8 yaml-type types\n");
	assert_int_equal(all.n, 2);
	x = data_find(&all, "c");
	assert_true(x && x->nitems == 0 && x->nfields == 0 && x->nsegments == 0);
	assert_null(data_find(&all, "d"));
}

static void
test_none(void **state)
{
	struct tree *t = *state;
	struct list all;

	tree_site(t);
	all = data_load(&t->arena, &t->site, &t->diags);
	assert_int_equal(all.n, 0);
	tree_said(t, "");
}

/* A site without English has names for countries all the same. */
static void
test_without_english(void **state)
{
	struct tree *t = *state;

	tree_put(t, "content/site.yaml", "title: T\nsource-language: qu\n");
	tree_put(t, "content/data/x.yaml", "types: {iso: country}\nitems: [{iso: SEN}, {iso: XQX}]\n");
	tree_load(t);
	data_load(&t->arena, &t->site, &t->diags);
	tree_said(t, "content/data/x.yaml:2:27 data-country XQX\n");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, tree_setup, tree_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_whole), TEST(test_checks), TEST(test_head), TEST(test_bools_are_guessed), TEST(test_shapes),
		TEST(test_none), TEST(test_without_english), TEST(test_lists),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
