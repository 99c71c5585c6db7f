/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The errors of a build for the page that shows its preview. For command/report only. */
#include "command/report.h"
#include "command/report_line.h"
#include "format/json.h"

static void
put(struct arena *a, struct json *o, const char *key, struct buf *text)
{
	if (text->n)
		json_add(a, o, key, json_string(a, view_copy(a, view_buf(text))));
	buf_clear(text);
}

/* "content/why.md:12:20" */
static void
put_place(struct buf *t, struct place p)
{
	report_visible(t, p.file);
	if (p.line)
		buf_printf(t, ":%u", p.line);
	if (p.line && p.col)
		buf_printf(t, ":%u", p.col);
}

static void
put_note(struct buf *t, struct view note)
{
	struct view line;

	for (bool first = true; view_cut(&note, '\n', &line); first = false) {
		if (!first)
			buf_addc(t, '\n');
		report_visible(t, line);
	}
}

static struct json *
message(struct arena *a, const struct messages *words, const struct diag *m, struct report_files *files)
{
	struct view line, args[WORD_ARGS];
	struct json *o = json_object(a);
	struct buf t;

	report_args(words, m, args);
	buf_init(&t);
	diag_name(&t, m->id);
	put(a, o, "id", &t);
	put_place(&t, m->place);
	put(a, o, "place", &t);
	words_fill(&t, words, words_find(words, view_str(diag_row(m->id, false))), args, DIAG_ARGS);
	put(a, o, "text", &t);
	if (report_source(files, m->place, &line))
		report_snippet(&t, line, m->place, false);
	put(a, o, "snippet", &t);
	words_fill(&t, words, words_find(words, view_str(diag_row(m->id, true))), args, DIAG_ARGS);
	put(a, o, "advice", &t);
	put_note(&t, report_note(a, words, m));
	put(a, o, "note", &t);
	buf_release(&t);
	return o;
}

void
report_page(const struct report *r, const struct diags *d)
{
	size_t errors = diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM), shown = 0;
	struct report_files files;
	struct json *all, *list;
	struct arena a;
	struct buf b;

	arena_init(&a);
	buf_init(&b);
	report_files_init(&files, r->site);
	all = json_object(&a);
	json_add(&a, all, "held", json_bool(&a, r->preview->held));
	json_add(&a, all, "errors", json_number(&a, (double)errors));
	json_add(&a, all, "warnings", json_number(&a, (double)diags_count(d, DIAG_WARNING)));
	list = json_add(&a, all, "messages", json_array(&a));
	for (size_t i = 0; i < d->list.n && shown < REPORT_MAX; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);

		if (diag_level(m->id) < DIAG_ERROR)
			continue;
		json_add(&a, list, NULL, message(&a, r->messages, m, &files));
		shown++;
	}
	json_print(all, &b);
	fwrite(b.p, 1, b.n, r->preview->messages);
	report_files_release(&files);
	buf_release(&b);
	arena_release(&a);
}
