/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A property: random Markdown, each of its segments translated by its own source, gives the page of the source. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "format/charset.h"
#include "job/assemble.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Each byte is a piece of Markdown or a letter, so that blocks and inlines meet often. */
static const char *const pieces[] = { "*", "**", "_", "__", "~~", "`", "``", "[", "](", "](a.md)", "](https://x.example/ \"t\")", "![", ")", "<br>", "<b>",
	"</b>", "<kbd>", "</kbd>", "&amp;", "&#65;", "\\", "\\*", "<", ">", "\n", "\n\n", "  \n", "\n- ", "\n1. ", "\n> ", "\n# ", "\n## ", "\n|a|b|\n|-|-|\n|",
	"|", "\n```\n", "\n    ", "\n---\n", "[^n]", "\n\n[^n]: ", "https://y.example/", "a@b.example", "<https://z.example>", "!", "12345", "\n- [ ] ",
	"<details>\n", "</details>\n", "<summary>", "</summary>\n", "{#id}", "\xC3\xA9", "\xD8\xA7", "\xE0\xB8\x81", "\xE4\xB8\xAD", "\xF0\x9F\x98\x80", "\xE2\x80\x8D", "{{x}}", "%s" };

struct bench {
	struct arena a;
	struct diags d;
	struct world w;
	struct language en, fr;
	struct language *languages[2];
};

static void
body(struct bench *b, struct language *l, const struct page *p, bool own, struct buf *out)
{
	struct locale at = { .arena = &b->a, .world = &b->w, .language = l, .diags = &b->d };
	struct locale_page *lp;

	at.pages = arena_array(&b->a, 1, sizeof *at.pages);
	lp = locale_page(&at, p);
	for (size_t i = 0; own && i < p->nsegments; i++) {
		const struct segment *s = &p->segments[i];
		struct segment_shape shape = page_shape(p, s, &b->a);
		const struct catalog_entry e = { .source = s->source, .context = s->context, .target = s->source, .state = STATE_TRANSLATED };
		const struct merge_place place = { &b->w.site, l, p, p->key };
		const struct match m = { .entry = &e };
		struct choice *c = &lp->choices[i];
		struct merge_verdict v;

		if (s->source.n == 0)
			continue;
		v = merge_judge(&b->a, &place, s, &m, s->tree);
		if (v.why != WITHHELD_NOT)
			abort();
		if (!s->plain && v.tree && !segment_same(v.tree, segment_read(&b->a, s->source, &shape)))
			abort();
		*c = (struct choice){ .text = e.target, .from = &b->en, .tree = v.tree };
	}
	assemble_body(&at, p, &b->a, out);
}

static void
check(struct bench *b, struct view text)
{
	struct page *p = page_read(&b->a, &b->w.site, NULL, VIEW("x.md"), text, &b->d);
	struct buf source, target;

	if (!p)
		return;
	for (size_t i = 0; i < p->ndests; i++) {
		p->dests[i].dead = html_url_kind(p->dests[i].url) == URL_BAD;
		p->dests[i].kind = URL_REMOTE;
	}
	*(struct page **)list_push(&b->w.pages, &b->a) = p;
	buf_init(&source);
	buf_init(&target);
	body(b, &b->en, p, false, &source);
	body(b, &b->en, p, true, &target);
	if (!view_eq(view_buf(&source), view_buf(&target))) {
		fprintf(stderr, "--- source\n%s\n--- translated\n%s\n", source.p, target.p);
		abort();
	}
	buf_release(&source);
	buf_release(&target);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	enum { PIECES = sizeof pieces / sizeof *pieces };
	struct bench b = { 0 };
	struct view text;
	struct buf md;

	if (n > 600)
		return 0;
	arena_init(&b.a);
	diags_init(&b.d);
	b.en = (struct language){ .lang = lang_open(&b.a, VIEW("en")), .folder = VIEW("en"), .source = true };
	b.languages[0] = &b.en;
	b.w = (struct world){ .arena = &b.a, .diags = &b.d, .pages = LIST_OF(struct page *) };
	b.w.site = (struct site){ .arena = &b.a, .source = &b.en, .languages = b.languages, .nlanguages = 1,
		.publish[STATE_TRANSLATED] = true };
	map_init(&b.w.by_path, &b.a);
	map_init(&b.w.links.by_key, &b.a);
	map_init(&b.w.strings.by_key, &b.a);
	buf_init(&md);
	buf_puts(&md, "---\ntitle: T\n---\n");
	for (size_t i = 0; i < n; i++)
		if (data[i] < PIECES)
			buf_puts(&md, pieces[data[i]]);
		else
			buf_addc(&md, (char)(data[i] % 3 ? 'a' + data[i] % 26 : ' '));
	if (charset_text(&b.a, view_buf(&md), VIEW_NONE, VIEW("x.md"), &text, &b.d))
		check(&b, text);
	buf_release(&md);
	lang_close(b.en.lang);
	diags_release(&b.d);
	arena_release(&b.a);
	return 0;
}
