/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes catalogs: the line scanner against libyaml; what catalog_read takes, model/patch writes back byte for byte. */
#include "scratch.h"

#include "format/charset.h"
#include "format/yaml_scan.h"
#include "model/patch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void
print(const struct yaml *y, struct buf *b)
{
	buf_printf(b, "%d%d%d%d %u:%u-%u:%u %u:%u %.*s=%.*s\n", y->kind, y->literal, y->quoted, y->flow, y->line, y->col,
	    y->end_line, y->end_col, y->key_line, y->key_col, VIEW_ARG(y->key), VIEW_ARG(y->text));
	for (const struct yaml *c = y->child; c; c = c->next) {
		buf_addc(b, '>');
		print(c, b);
	}
	buf_puts(b, "<\n");
}

/* What the scanner takes is the very tree of libyaml, which has nothing to say about it. */
static void
compare(struct arena *a, struct view text)
{
	struct yaml *fast = yaml_scan(a, text, 1), *slow;
	struct buf x, y;
	struct diags d;

	if (!fast)
		return;
	diags_init(&d);
	buf_init(&x);
	buf_init(&y);
	slow = yaml_parse(a, text, VIEW("f"), 1, &d);
	if (!slow || d.list.n)
		abort();
	print(fast, &x);
	print(slow, &y);
	if (!view_eq(view_buf(&x), view_buf(&y)))
		abort();
	buf_release(&x);
	buf_release(&y);
	diags_release(&d);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct language en = { .source = true, .folder = VIEW("en"), .dir = VIEW("translations/en") },
	    fr = { .folder = VIEW("fr"), .dir = VIEW("translations/fr") }, *all[] = { &en, &fr };
	struct view bytes = view_of((const char *)data, n), text;
	struct catalog *c;
	struct arena a;
	struct diags d;

	if (n > 200000)
		return 0;
	arena_init(&a);
	diags_init(&d);
	en.lang = lang_open(&a, VIEW("en"));
	fr.lang = lang_open(&a, VIEW("fr"));
	struct site site = { .arena = &a, .source = &en, .languages = all, .nlanguages = 2 };

	if (charset_text(&a, bytes, VIEW_NONE, VIEW("f"), &text, &d))
		compare(&a, text);
	if (!file_root_open(&site.root, &a, view_str(scratch())))
		abort();
	mkdirat(site.root.fd, "translations", 0700);
	mkdirat(site.root.fd, "translations/fr", 0700);
	scratch_put(&site.root, "translations/fr/x.yaml", bytes);
	d.list.n = 0;
	c = catalog_read(&a, &site, &fr, VIEW("x"), VIEW("x.md"), &d);
	if (!c && d.list.n == 0)
		abort();
	if (c) {
		struct patch *p = patch_open(&a, &site, &fr, VIEW("x"), VIEW("x.md"), c, &d);

		if (p && (patch_changed(p) || !view_eq(patch_text(p), bytes)))
			abort();
	}
	file_root_close(&site.root);
	lang_close(en.lang);
	lang_close(fr.lang);
	diags_release(&d);
	arena_release(&a);
	return 0;
}
