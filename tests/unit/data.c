/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of model/data. */
#include "world.h"

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

static const char *
text_at(const struct data *x, size_t row, const char *field)
{
	const struct data_cell *c = data_at(x, row, field);

	assert_non_null(c);
	return c->text.n ? c->text.p : "";
}

static void
test_compute(void **state)
{
	struct tree *t = *state;
	const struct data *x = load(t,
	    "types: {begins: date, n: number}\n"
	    "compute:\n"
	    "  due: begins - 21 days\n"
	    "  next: due  +  1 month\n"
	    "  n: begins + 1 day\n"
	    "  a: begins\n"
	    "  b: begins * 2 days\n"
	    "  c: begins - x days\n"
	    "  d: begins - 2 moons\n"
	    "  e: begins - 2 days or so\n"
	    "  f: begins - 123456 days\n"
	    "  g: n - 1 day\n"
	    "  h: h - 1 day\n"
	    "  i: end - 1 day\n"
	    "  j: [begins]\n"
	    "items:\n"
	    "- {begins: 2025-12-01, n: 5}\n- {begins: 2025-12}\n- {begins: ''}\n- {begins: soon}\n- {n: 6}\n");

	tree_said(t, "content/data/x.yaml:5:3 data-compute-twice n\ncontent/data/x.yaml:6:6 data-compute begins\n"
	    "content/data/x.yaml:7:6 data-compute begins * 2 days\ncontent/data/x.yaml:8:6 data-compute begins - x days\n"
	    "content/data/x.yaml:9:6 data-compute begins - 2 moons\ncontent/data/x.yaml:10:6 data-compute begins - 2 days or so\n"
	    "content/data/x.yaml:11:6 data-compute begins - 123456 days\ncontent/data/x.yaml:12:6 yaml-type n\n"
	    "content/data/x.yaml:13:6 yaml-type h\ncontent/data/x.yaml:14:6 data-field end\ncontent/data/x.yaml:15:6 data-compute\n"
	    "content/data/x.yaml:20:12 data-date soon\n");
	assert_int_equal(x->nfields, 14);
	assert_int_equal(x->fields[2].type, DATA_DATE);
	assert_int_equal(x->sums.n, 2);
	assert_string_equal(text_at(x, 0, "due"), "2025-11-10");
	assert_string_equal(text_at(x, 0, "next"), "2025-12-10");
	assert_string_equal(text_at(x, 0, "n"), "5");
	for (size_t i = 1; i < 5; i++)
		assert_string_equal(text_at(x, i, "due"), "");
	assert_string_equal(text_at(x, 0, "a"), "");
}

static void
test_counts(void **state)
{
	struct tree *t = *state;
	const struct data_count *c;
	const struct data *x = load(t,
	    "types: {day: date, kind: code, n: number}\n"
	    "counts:\n"
	    "- {name: a, of: day, where: kind=x n=5, running: yes}\n"
	    "- {name: b, of: n}\n"
	    "- {name: c, of: kind, where: kind, colour: red}\n"
	    "- {name: d, of: nix}\n"
	    "- {name: e, of: kind, where: nix=1}\n"
	    "- {of: kind}\n"
	    "- {name: g}\n"
	    "- kind\n"
	    "items:\n- {day: 2025, kind: [x, y], n: 5}\n- {kind: x, n: 6}\n");

	tree_said(t, "content/data/x.yaml:4:17 yaml-type n\ncontent/data/x.yaml:5:30 data-where kind\n"
	    "content/data/x.yaml:5:36 yaml-key colour\ncontent/data/x.yaml:6:17 data-field nix\n"
	    "content/data/x.yaml:7:30 data-field nix\ncontent/data/x.yaml:8:3 yaml-type counts\n"
	    "content/data/x.yaml:9:3 yaml-type counts\ncontent/data/x.yaml:10:3 yaml-type counts\n");
	assert_int_equal(x->counts.n, 1);
	c = x->counts.items;
	assert_true(view_is(c->name, "a") && c->running && c->field == 0 && c->where.n == 2);
	assert_true(data_fits(x, 0, &c->where));
	assert_false(data_fits(x, 1, &c->where));
}

/* Rows and pages that cells lead to; a row that a page shows is a place of that page. */
static void
test_resolve(void **state)
{
	struct tree *t = *state;
	const struct data_cell *c;
	const struct data *x;
	struct page *p;
	struct world w;

	world_files(t);
	tree_put(t, "content/data/x.yaml",
	    "types: {page: page, to: ref y.id, self: ref x.n, bad: ref y.nix, worse: ref z.id}\n"
	    "items:\n"
	    "- {n: 1, page: p.md#row-1, to: [b, a, q], self: 2}\n"
	    "- {n: 2, page: [p.md#head, p.md#row-1, p.md#nix, q.md, p.md], to: b}\n"
	    "- {n: 3, page: p.md#row-3, bad: 1, worse: 1}\n"
	    "- {n: 4, page: p.md#row-1}\n"
	    "- {n: 5, page: 'p.md#ro w'}\n"
	    "- {n: 6, page: ''}\n");
	tree_put(t, "content/data/y.yaml", "items: [{id: a}, {id: b}, {id: b}]\n");
	tree_put(t, "themes/default/x.html", "x\n");
	tree_put(t, "content/p.md", "---\ntitle: P\n---\n## Head\n\n{{> x n=1}}\n\n{{> x n=1}}\n\n{{> x n=4}}\n\n{{> x n=9}}\n\n{{> x m=1}}\n\n[a](#row-1) [b](#row-3)\n");
	world_make(t, &w);
	tree_said(t, "content/data/x.yaml:1:55 data-ref y.nix\ncontent/data/x.yaml:1:73 data-ref z.id\n"
	    "content/data/x.yaml:3:39 data-row q\ncontent/data/x.yaml:4:40 anchor-missing p.md\ncontent/data/x.yaml:4:50 data-page q.md\n"
	    "content/data/x.yaml:5:16 anchor-missing p.md\ncontent/data/x.yaml:6:16 data-anchor row-1\ncontent/data/x.yaml:7:16 data-anchor ro w\n"
	    "content/p.md:12:1 part-empty n=9\ncontent/p.md:14:1 part-field m\ncontent/p.md:16:17 anchor-missing p.md\n");
	x = data_find(&w.data, "x");
	p = world_page(&w, "p.md");
	c = data_at(x, 0, "to");
	assert_int_equal(c->links.n, 2);
	assert_int_equal(LIST_AT(&c->links, struct data_link, 0)->row, 1);
	assert_int_equal(LIST_AT(&c->links, struct data_link, 1)->row, 0);
	assert_int_equal(LIST_AT(&data_at(x, 0, "self")->links, struct data_link, 0)->row, 1);
	c = data_at(x, 0, "page");
	assert_ptr_equal(LIST_AT(&c->links, struct data_link, 0)->page, p);
	assert_true(LIST_AT(&c->links, struct data_link, 0)->own);
	c = data_at(x, 1, "page");
	assert_int_equal(c->links.n, 3);
	assert_true(view_is(LIST_AT(&c->links, struct data_link, 0)->fragment, "head"));
	assert_false(LIST_AT(&c->links, struct data_link, 1)->own);
	assert_int_equal(data_at(x, 5, "page")->links.n, 0);
	assert_true(!p->parts[0].dead && p->parts[0].data == x && p->parts[3].dead && p->parts[4].dead);
	world_close(&w);
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
		TEST(test_none), TEST(test_without_english), TEST(test_lists), TEST(test_compute),
		TEST(test_counts), TEST(test_resolve),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
