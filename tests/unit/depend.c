/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unit tests of job/depend: what is fresh, what the survey need not look at, why. Whether it is right is tested in tests/golden/incremental. */
#include "world.h"

#include <time.h>

#include "job/depend.h"
#include "job/produce.h"

/* What a build did. */
struct done {
	bool still;
	size_t written, unchanged, recalled;
	struct view why;
};

/* Files come to rest: what has changed a moment ago is looked at again. */
static void
rest(void)
{
	nanosleep(&(struct timespec){ .tv_nsec = 40000000 }, NULL);
}

static void
build(struct tree *t, bool forget, struct done *done)
{
	struct view root = view_str(t->folder), out = view_printf(&t->arena, "%s/out", t->folder);
	struct depend *x;
	struct depend_totals totals;
	struct world w;
	struct plan plan;
	struct produce p = { .world = &w, .plan = &plan, .jobs = 2, .out = out };
	struct buf why;

	rest();
	*done = (struct done){ .still = false };
	x = depend_open(&t->arena, root, out, VIEW_NONE, forget);
	done->still = depend_still(x, &totals, &t->diags);
	if (!done->still) {
		assert_true(world_load(&w, &t->arena, root, &t->diags));
		depend_recall(x, &w);
		for (size_t i = 0; w.past && i < w.site.nlanguages * (w.pages.n + 1); i++)
			done->recalled += w.past->same[i];
		assert_true(survey_run(&w, NULL, false, 2));
		plan_make(&plan, &w, NULL);
		p.depend = x;
		assert_true(produce_run(&p));
		totals = (struct depend_totals){ 1, 2, p.written + p.unchanged };
		depend_write(x, &totals, &t->diags, true);
		done->written = p.written;
		done->unchanged = p.unchanged;
		buf_init(&why);
		depend_explain(x, &why, NULL, NULL);
		done->why = view_copy(&t->arena, view_buf(&why));
		buf_release(&why);
		world_close(&w);
	} else {
		done->unchanged = totals.products;
	}
	depend_close(x);
}

static void
test_edits(void **state)
{
	struct tree *t = *state;
	struct done d, again;

	world_files(t);
	build(t, false, &d);
	assert_false(d.still);
	assert_string_equal(d.why.p, "everything: the first build here\n");
	assert_int_equal(d.unchanged, 0);
	build(t, false, &again);
	assert_true(again.still);
	assert_int_equal(again.unchanged, d.written);

	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo and more.\n");
	build(t, false, &again);
	assert_string_equal(again.why.p, "ar/a/two.html: content/a/two.md changed\nen/a/two.html: content/a/two.md changed\n"
	    "fr/a/two.html: content/a/two.md changed\nindex.html: how much of the site is translated changed\n");
	assert_int_equal(again.written, 3);
	assert_int_equal(again.unchanged, d.written - 3);
	/* five pages, three languages: all but that page */
	assert_int_equal(again.recalled, 12);

	/* a catalog is read by its language and by the one that falls back to it */
	tree_put(t, "translations/fr/a/two.yaml", "segments:\n- source: Two and more.\n  target: Deux et plus.\n");
	build(t, false, &again);	/* a new file: anything may be other */
	assert_int_equal(again.recalled, 0);
	tree_put(t, "translations/fr/a/two.yaml", "segments:\n- source: Two and more.\n  target: Deux, et plus.\n");
	build(t, false, &again);
	assert_int_equal(again.recalled, 13);
	assert_string_equal(again.why.p, "ar/a/two.html: translations/fr/a/two.yaml changed\nfr/a/two.html: translations/fr/a/two.yaml changed\n");
	build(t, true, &again);
	assert_string_equal(again.why.p, "everything: asked for\n");
	assert_int_equal(again.written, 0);
	tree_said(t, "");
}

static void
test_products(void **state)
{
	struct tree *t = *state;
	struct done d;

	world_files(t);
	build(t, false, &d);
	tree_put(t, "out/site/en/index.html", "mine");
	build(t, false, &d);
	assert_string_equal(d.why.p, "en/index.html: somebody changed or removed it\n");
	assert_true(file_remove(&t->root, VIEW("content/a/two.md")));
	build(t, false, &d);
	assert_false(d.still);
	build(t, false, &d);
	assert_true(d.still);
	assert_true(file_remove(&t->root, VIEW("out/.depend")));
	build(t, false, &d);
	assert_string_equal(d.why.p, "everything: the first build here\n");
	assert_int_equal(d.written, 0);
}

/* Messages of the last build are those of this one, when nothing has changed; pages they are about are looked at again. */
static void
test_messages(void **state)
{
	struct tree *t = *state;
	struct done d;

	world_files(t);
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo [x](nowhere.md).\n");
	build(t, false, &d);
	tree_said(t, "content/a/two.md:5:9 link-missing nowhere.md\n");
	build(t, false, &d);
	assert_true(d.still);
	tree_said(t, "content/a/two.md:5:9 link-missing nowhere.md\n");
	tree_put(t, "content/index.md", "---\ntitle: Home\n---\nHello [you](a/one.md), you.\n");
	build(t, false, &d);
	tree_said(t, "content/a/two.md:5:9 link-missing nowhere.md\n");
	assert_int_equal(d.written, 3);
}

/* A build that plans what the last one did. */
static void
build_again(struct tree *t, bool between, struct done *done)
{
	struct view root = view_str(t->folder), out = view_printf(&t->arena, "%s/out", t->folder), bytes;
	struct depend_totals totals;
	struct world w;
	struct plan plan;
	struct produce p = { .world = &w, .plan = &plan, .jobs = 2, .out = out };
	struct buf why;

	rest();
	p.depend = depend_open(&t->arena, root, out, VIEW_NONE, false);
	assert_false(depend_still(p.depend, &totals, &t->diags));
	assert_true(world_load_by(&w, &t->arena, root, 2, depend_light(p.depend), &t->diags));
	assert_true(depend_light_holds(p.depend, &w));
	depend_recall(p.depend, &w);
	assert_true(survey_run(&w, NULL, false, 2));
	assert_true(depend_plan_again(p.depend, &w, &plan, NULL));
	assert_true(plan.logged);
	if (between) {	/* another build writes what it knows */
		assert_true(file_read(&t->root, &t->arena, VIEW("out/.depend"), 1 << 20, &bytes, &t->diags));
		assert_true(file_remove(&t->root, VIEW("out/.depend")));
		assert_int_equal(file_write(&t->root, VIEW("out/.depend"), bytes, &t->diags), FILE_WRITTEN);
	}
	assert_true(produce_run(&p));
	totals = (struct depend_totals){ 1, 2, p.written + p.unchanged };
	depend_write(p.depend, &totals, &t->diags, true);
	buf_init(&why);
	depend_explain(p.depend, &why, NULL, NULL);
	*done = (struct done){ .written = p.written, .unchanged = p.unchanged, .why = view_copy(&t->arena, view_buf(&why)) };
	buf_release(&why);
	world_close(&w);
	depend_close(p.depend);
}

static void
test_again(void **state)
{
	struct tree *t = *state;
	struct done first, d;

	world_files(t);
	build(t, false, &first);
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo and more.\n");
	build_again(t, false, &d);
	assert_string_equal(d.why.p, "ar/a/two.html: content/a/two.md changed\nen/a/two.html: content/a/two.md changed\n"
	    "fr/a/two.html: content/a/two.md changed\nindex.html: how much of the site is translated changed\n");
	assert_int_equal(d.written, 3);
	assert_int_equal(d.unchanged, first.written - 3);
	tree_put(t, "content/a/two.md", "---\ntitle: Two\norder: 1\n---\nTwo, and more.\n");
	build_again(t, true, &d);
	assert_string_equal(d.why.p, "everything: another build was at work\n");
	assert_int_equal(d.written, 3);
	assert_int_equal(d.unchanged, first.written - 3);
	build(t, false, &d);
	assert_true(d.still);
	tree_said(t, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_edits, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_products, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_messages, tree_setup, tree_teardown),
		cmocka_unit_test_setup_teardown(test_again, tree_setup, tree_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
