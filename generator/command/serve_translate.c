/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ?translate: a page made anew when it is asked for, with its segments marked and what is known of them in a script element that nothing runs. It goes to
 * the browser and into no file.
 */
#include <stdlib.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "command/report.h"
#include "command/serve_parts.h"
#include "job/assemble.h"
#include "job/fonts.h"
#include "job/marks.h"
#include "job/survey.h"

/* The page whose product is at a path, and in which language. */
static const struct page *
find(const struct world *w, const struct plan *plan, struct view path, struct language **language)
{
	for (size_t k = 0; k < w->site.nlanguages; k++) {
		struct language *l = w->site.languages[k];

		if (!plan->languages[k])
			continue;
		for (size_t i = 0; i < w->pages.n; i++) {
			const struct page *p = *LIST_AT(&w->pages, struct page *, i);

			if (plan->left_out[i] || !locale_has(p, l) || !view_eq(assemble_path(w->arena, l, p), path))
				continue;
			*language = l;
			return p;
		}
	}
	return NULL;
}

static bool
write_page(struct world *w, struct language *language, const struct page *p, FILE *out)
{
	struct buf html, marks;
	struct arena item;
	struct locale l;
	bool ok;
	size_t head;

	arena_init(&item);
	buf_init(&html);
	buf_init(&marks);
	locale_open(&l, w->arena, w, language, false, w->diags);
	l.places = true;
	marks_open(&l);
	ok = assemble_page(&l, p, &item, &html, w->diags);
	if (ok) {
		marks_json(&l, &marks);
		head = view_search(view_buf(&html), VIEW("</head>"));
		fwrite(html.p, 1, head, out);
		fprintf(out, "<script type=\"application/json\" id=\"waypost-texts\">\n%s</script>\n", marks.p);
		fwrite(html.p + head, 1, html.n - head, out);
	}
	buf_release(&marks);
	buf_release(&html);
	arena_release(&item);
	return ok;
}

/* In the child. */
static int
work(const struct server *s, void *what, FILE *out)
{
	const struct view *path = what;
	struct language *language;
	const struct page *p;
	struct fonts *fonts;
	struct plan plan;
	struct arena arena;
	struct diags d;
	struct world w;
	bool *only, ok = false;

	arena_init(&arena);
	diags_init(&d);
	if (world_load(&w, &arena, s->root, &d) && report_languages(s->o, &w.site, s->o->languages, &only) &&
	    survey_run(&w, only, false, s->o->jobs)) {
		plan_make(&plan, &w, only);
		fonts = fonts_open(&w, &plan);
		p = find(&w, &plan, *path, &language);
		ok = p && write_page(&w, language, p, out);
		fonts_close(fonts);
	}
	world_close(&w);
	diags_release(&d);
	arena_release(&arena);
	return ok ? EXIT_FINE : EXIT_PROBLEMS;
}

bool
render_start(struct server *s, struct view path, uint64_t ticket)
{
	struct render *r;

	if (s->nrenders >= SERVE_RENDERS)
		return false;
	r = memory_get(sizeof *r);
	*r = (struct render){ .ticket = ticket, .next = s->renders };
	if (!child_start(s, &r->child, work, &path)) {
		free(r);
		return false;
	}
	s->renders = r;
	s->nrenders++;
	return true;
}

static void
answer(struct server *s, const struct render *r)
{
	struct http_answer a;
	struct buf name;

	http_answer_init(&a);
	http_header(&a, "Cache-Control", "no-store");
	http_header(&a, "X-Content-Type-Options", "nosniff");
	http_header(&a, "Cross-Origin-Resource-Policy", "same-origin");
	if (WIFEXITED(r->child.status) && WEXITSTATUS(r->child.status) == EXIT_FINE) {
		buf_init(&name);
		build_name(s, &name);
		http_header(&a, "Content-Type", "text/html; charset=utf-8");
		page_dress(view_buf(&r->child.said), view_buf(&name), false, &a.bytes);
		buf_release(&name);
	} else {
		a.status = 500;
		http_header(&a, "Content-Type", "text/plain; charset=utf-8");
		words_put(&a.bytes, s->o->messages, refuse_marks, VIEW_NONE);
		buf_addc(&a.bytes, '\n');
	}
	http_finish(s->http, r->ticket, &a);
}

void
render_step(struct server *s)
{
	struct render **at = &s->renders;

	while (*at) {
		struct render *r = *at;

		if (!child_read(&r->child)) {
			at = &r->next;
			continue;
		}
		*at = r->next;
		s->nrenders--;
		answer(s, r);
		child_release(&r->child);
		free(r);
	}
}
