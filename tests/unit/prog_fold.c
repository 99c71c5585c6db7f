/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of prog_fold: random templates, folded on one page, come to the same on others as they do unfolded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "model/template.h"

enum { ROUNDS = 4000, PAGES = 3 };

static unsigned seed = 7;

static unsigned
below(unsigned n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

static const char *
one_of(const char *const *words)
{
	unsigned n = 0;

	while (words[n])
		n++;
	return words[below(n)];
}

/* What a name leads to: the same on all pages; on each page; another thing in each turn; nothing. */
static const char *const names[] = { "word", "yes", "no", "items", "site.title", "site.here", "site.none", "way", "title", "flag", "list", "page.title", "name",
	"href", "on", "tail", ".", "missing", NULL };
static const char *const partials[] = { "part", "frame", "nothing", NULL };

/* The texts of partials are made of the same pieces, for each round anew. */
struct source {
	struct buf part, frame;
};

static void put_random(struct buf *b, unsigned depth);

static void
put_parent(struct buf *b, unsigned depth)
{
	buf_puts(b, below(8) ? "{{<frame}}" : "\n  {{<frame}}\n");
	for (unsigned k = below(3); k; k--) {
		const char *block = below(2) ? "one" : "two";

		buf_printf(b, "{{$%s}}", block);
		put_random(b, depth - 1);
		buf_printf(b, "{{/%s}}", block);
	}
	buf_puts(b, "{{/frame}}");
}

static void
put_random(struct buf *b, unsigned depth)
{
	static const char *const plain[] = { "text ", "<p>", "</p>\n", "\n", "a & b\n", NULL };
	static const char *const keys[] = { "plain", "filled", "none", NULL };
	const char *name;

	for (unsigned n = 1 + below(4); n; n--) {
		name = one_of(names);
		switch (below(depth ? 13 : 5)) {
		case 0:
		case 1:
			buf_puts(b, one_of(plain));
			break;
		case 2:
			buf_printf(b, below(4) ? "{{%s}}" : "{{{%s}}}", name);
			break;
		case 3:
			buf_printf(b, "<a title=\"{{%s}} {{t.%s}}\">", name, one_of(keys));
			break;
		case 4:
			buf_printf(b, "{{t.%s}}", one_of(keys));
			break;
		case 5:
		case 6:
		case 7:
			buf_printf(b, "{{#%s}}", name);
			put_random(b, depth - 1);
			buf_printf(b, "{{/%s}}", name);
			break;
		case 8:
			buf_printf(b, "{{^%s}}", name);
			put_random(b, depth - 1);
			buf_printf(b, "{{/%s}}", name);
			break;
		case 9:
			buf_printf(b, "{{> %s}}", one_of(partials));
			break;
		case 10:
			put_parent(b, depth);
			break;
		case 11:
			name = below(2) ? "one" : "two";
			buf_printf(b, "{{$%s}}", name);
			put_random(b, depth - 1);
			buf_printf(b, "{{/%s}}", name);
			break;
		case 12:
			buf_printf(b, "<a title='{{> %s}}'>", one_of(partials));
			break;
		}
	}
}

static bool
load(void *self, struct view name, struct view *text, struct view *file)
{
	const struct source *s = self;

	if (view_is(name, "part"))
		*text = view_buf(&s->part);
	else if (view_is(name, "frame"))
		*text = view_buf(&s->frame);
	else
		return false;
	*file = name;
	return true;
}

static bool
string(void *self, struct view key, uint32_t flags, struct prog_run *r)
{
	const struct value *v = prog_find(r, VIEW("tail"));

	(void)self;
	if (view_is(key, "none"))
		return false;
	buf_printf(r->out, "%.*s%u", VIEW_ARG(key), flags);
	if (view_is(key, "filled") && v)
		prog_print(r, v, flags);
	return true;
}

static bool
lasts(void *self, struct view key)
{
	(void)self;
	return !view_is(key, "filled");
}

static void
way(void *self, struct view path, struct prog_run *r)
{
	buf_printf(r->out, "%s%.*s", *(const char **)self, VIEW_ARG(path));
}

/* self is the page's name. */
static struct value
make_href(void *self, const void *what)
{
	const char *page = *(const char **)self;

	return value_text(page[0] == 'b' && what ? VIEW_NONE : view_str(page));
}

static struct value
make_on(void *self, const void *what)
{
	return value_bool(what == self || (**(const char **)self == 'c'));
}

static struct value
make_tail(void *self, const void *what)
{
	struct value list = value_list();

	value_push(&list, self, value_text(view_str(what)));
	return list;
}

static struct value
make_lasting(struct arena *a, const struct value_turn *turn)
{
	struct value top = value_map(), items = value_list(), site = value_map();

	for (unsigned i = 0; i < 3; i++) {
		struct value v = value_map();

		value_set(&v, a, "name", value_text_in(i ? VIEW("n<") : VIEW("m"), VIEW_NONE, i == 1 ? VIEW("ar") : VIEW_NONE, true));
		value_set(&v, a, "href", value_each(a, make_href, turn, i ? turn : NULL));
		value_set(&v, a, "on", value_each(a, make_on, turn, turn->self));
		value_set(&v, a, "tail", value_later(a, make_tail, a, i ? "t" : "u"));
		value_push(&items, a, v);
	}
	value_set(&site, a, "title", value_text_in(VIEW("S'"), VIEW("<i>S</i>"), VIEW("fr"), false));
	value_set(&site, a, "here", value_each(a, make_href, turn, NULL));
	value_set(&site, a, "none", value_none());
	value_set(&top, a, "word", value_text(VIEW("a \"word\" & more")));
	value_set(&top, a, "yes", value_bool(true));
	value_set(&top, a, "no", value_bool(false));
	value_set(&top, a, "items", items);
	value_set(&top, a, "site", site);
	value_set(&top, a, "way", value_path(VIEW("/way")));
	return top;
}

static struct value
make_page(struct arena *a, unsigned k)
{
	struct value top = value_map(), list = value_list(), page = value_map();

	for (unsigned i = 0; i < k; i++) {
		struct value v = value_map();

		value_set(&v, a, "name", value_number(a, i, VIEW_NONE));
		value_push(&list, a, v);
	}
	value_set(&page, a, "title", k ? value_text(VIEW("T<")) : value_none());
	value_set(&top, a, "title", value_text(k == 1 ? VIEW_NONE : VIEW("'t'")));
	value_set(&top, a, "flag", value_bool(k != 1));
	value_set(&top, a, "list", list);
	value_set(&top, a, "page", page);
	return top;
}

static void
one_round(struct arena *a, const char **page, struct value_turn *turn, unsigned *folded)
{
	const char *const pages[PAGES] = { "a'", "b'", "c'" };
	const struct prog_host host = { .self = page, .string = string, .lasts = lasts, .way = way, .lang = VIEW("en") };
	const struct value lasting = make_lasting(a, turn);
	const struct prog *p, *fold = NULL;
	struct template_set set;
	struct source source;
	struct buf text, want, got;
	struct diags d;

	diags_init(&d);
	buf_init(&text);
	buf_init(&want);
	buf_init(&got);
	buf_init(&source.part);
	buf_init(&source.frame);
	put_random(&source.part, 1);
	buf_puts(&source.frame, below(4) ? "[{{$one}}" : "[\n  {{$one}}\n  ");
	put_random(&source.frame, 1);
	buf_puts(&source.frame, "{{/one}}");
	put_random(&source.frame, 2);
	buf_puts(&source.frame, "|<b {{$two}}2{{word}}{{/two}}>]");
	put_random(&text, 3);
	template_set_init(&set, a, &d, load, &source);
	p = template_compile(&set, view_buf(&text), VIEW("x.html"));
	for (unsigned k = 0; k < PAGES; k++) {
		const struct value own = make_page(a, k);
		struct prog_run r = { .out = &want, .host = &host, .stack = { &lasting, &own }, .depth = 2, .limit = 1 << 20 }, again = r, first = r;

		again.out = first.out = &got;
		*page = pages[k];
		turn->number++;
		buf_clear(&want);
		buf_clear(&got);
		buf_puts(&got, k ? "" : "kept");
		prog_run(p, &r);
		if (k == 0) {
			fold = prog_fold(p, &first, a);
			assert_string_equal(got.p, "kept");
			buf_clear(&got);
			*folded += fold != NULL;
		}
		if (fold)
			prog_run(fold, &again);
		if (fold && strcmp(want.p, got.p) != 0)
			fail_msg("page %s of\n%s\npart: %s\nframe: %s\nis\n%s\ninstead of\n%s", *page, text.p, source.part.p, source.frame.p, got.p, want.p);
	}
	buf_release(&source.frame);
	buf_release(&source.part);
	buf_release(&got);
	buf_release(&want);
	buf_release(&text);
	diags_release(&d);
}

static void
test_random(void **state)
{
	const char *page = "a";
	struct value_turn turn = { .self = &page };
	unsigned folded = 0;
	struct arena a;

	(void)state;
	arena_init(&a);
	for (unsigned i = 0; i < ROUNDS; i++) {
		struct arena_mark mark = arena_mark(&a);

		one_round(&a, &page, &turn, &folded);
		arena_rewind(&a, mark);
	}
	assert_true(folded > ROUNDS / 2);
	assert_true(folded < ROUNDS);	/* indented texts are left alone */
	arena_release(&a);
}

static struct prog_run
fold_text(struct arena *a, const char *text, size_t limit, const struct prog **folded)
{
	static struct value lasting, own;
	const struct prog_host host = { .lang = VIEW("en"), .lasts = lasts, .string = string };
	struct template_set set;
	struct diags d;
	struct buf out;
	struct prog_run r = { .out = &out, .host = &host, .stack = { &lasting, &own }, .depth = 2, .limit = limit };
	const char *page = "a";
	struct value_turn turn = { .self = &page };

	diags_init(&d);
	buf_init(&out);
	lasting = make_lasting(a, &turn);
	own = make_page(a, 2);
	template_set_init(&set, a, &d, load, &(struct source){ .part = { .p = "" }, .frame = { .p = "" } });
	*folded = prog_fold(template_compile(&set, view_str(text), VIEW("x.html")), &r, a);
	diags_release(&d);
	buf_release(&out);
	return r;
}

/* What is left is what hangs on the page, and nothing else. */
static void
test_what_is_left(void **state)
{
	const struct prog *p;
	struct arena a;

	(void)state;
	arena_init(&a);
	fold_text(&a, "{{word}}{{#items}}<{{t.plain}}>{{name}}{{/items}}{{#no}}{{title}}{{/no}}{{^no}}!{{/no}}", 0, &p);
	assert_int_equal(p->n, 1);
	assert_int_equal(p->ops[0].kind, OP_CHUNK);
	fold_text(&a, "1{{word}}{{title}}2{{#items}}3{{href}}{{/items}}{{#flag}}{{word}}{{/flag}}", 0, &p);
	assert_int_equal(p->n, 3 + 2 * 3);	/* the first "3" stands in the chunk with the "2" */
	assert_int_equal(p->ops[1].kind, OP_REST);
	assert_true(fold_text(&a, "{{#items}}0123456789{{/items}}", 29, &p).over);
	assert_null(p);
	assert_false(fold_text(&a, "{{#items}}0123456789{{/items}}", 1000, &p).over);
	assert_non_null(p);
	arena_release(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_what_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
