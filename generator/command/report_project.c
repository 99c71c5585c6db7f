/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project a command works on: found, loaded, handed over, cleaned up. For commands. */
#include "command/report.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct view
report_project(const struct options *o, struct arena *a)
{
	struct view found;
	char *here;

	if (o->directory.n)
		return o->directory;
	found = site_find_root(a, VIEW("."));
	if (found.n)
		return found;
	here = getcwd(NULL, 0);
	found = here ? view_copy(a, view_str(here)) : VIEW(".");
	free(here);
	return found;
}

static void
put_tags(struct buf *b, const struct site *site)
{
	for (size_t i = 0; i < site->nlanguages; i++)
		buf_printf(b, "%s%.*s", i ? ", " : "", VIEW_ARG(site->languages[i]->lang->tag));
}

bool
report_languages(const struct options *o, const struct site *site, struct view list, bool **only)
{
	struct view piece, tag;
	struct buf known;

	*only = NULL;
	if (list.n == 0)
		return true;
	*only = arena_array(site->arena, site->nlanguages, sizeof **only);
	while (view_cut(&list, ',', &piece)) {
		struct language *l = NULL;

		piece = view_trim(piece);
		if (piece.n == 0)
			continue;
		if (lang_canonical(site->arena, piece, &tag))
			l = site_language(site, tag);
		if (l) {
			(*only)[l->index] = true;
			continue;
		}
		buf_init(&known);
		put_tags(&known, site);
		report_usage(o, language_unknown, piece, view_buf(&known));
		buf_release(&known);
		return false;
	}
	return true;
}

double
report_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int
report_run(const struct options *o, int (*run)(const struct options *o, struct world *w, struct view root))
{
	struct arena arena;
	struct diags d;
	struct world w;
	struct view root;
	int code;

	arena_init(&arena);
	diags_init(&d);
	root = report_project(o, &arena);
	if (world_load_by(&w, &arena, root, o->jobs, NULL, &d)) {
		code = run(o, &w, root);
	} else {
		struct report r = report_make(o, NULL);

		report_print(&r, &d);
		code = report_exit(&d, false);
	}
	world_close(&w);
	diags_release(&d);
	arena_release(&arena);
	return code;
}

bool
report_folders(struct view path)
{
	struct buf b;
	bool ok = true;

	buf_init(&b);
	for (size_t i = 0; ok && i <= path.n; i++) {
		if (i && (i == path.n || path.p[i] == '/'))
			ok = mkdir(b.p, 0777) == 0 || errno == EEXIST;
		if (i < path.n)
			buf_addc(&b, path.p[i]);
	}
	buf_release(&b);
	return ok;
}

struct report_progress
report_progress(const struct options *o, enum word what)
{
	const char *term = getenv("TERM");

	return (struct report_progress){ .o = o, .what = what, .start = report_clock(),
		.terminal = isatty(fileno(o->err)) && !o->quiet && !(term && strcmp(term, "dumb") == 0) };
}

void
report_step(void *self, size_t done, size_t all)
{
	struct report_progress *p = self;
	char some[24], whole[24];
	struct buf b;

	if (!p->terminal || report_clock() - p->start < 1)
		return;
	snprintf(some, sizeof some, "%zu", done);
	snprintf(whole, sizeof whole, "%zu", all);
	buf_init(&b);
	words_add(&b, p->o->messages, p->what, (const struct view[WORD_ARGS]){ view_str(some), view_str(whole) });
	fprintf(p->o->err, "\r\033[K%s", b.p);
	fflush(p->o->err);
	buf_release(&b);
	p->shown = true;
}

void
report_progress_end(struct report_progress *p)
{
	if (p->shown)
		fputs("\r\033[K", p->o->err);
	p->shown = false;
}
