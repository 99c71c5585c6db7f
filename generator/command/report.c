/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the messages that jobs have gathered. For commands. */
#include "command/report.h"

#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/report_line.h"
#include "format/json.h"

static bool
colored(FILE *f)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(fileno(f)) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

struct report
report_make(const struct options *o, const struct site *site)
{
	bool text = o->format != FORMAT_JSON && o->format != FORMAT_GITHUB;
	bool relative = o->directory.n && o->directory.p[0] != '/' && !view_is(o->directory, ".");

	return (struct report){ .out = text ? o->err : o->out, .format = text ? FORMAT_TEXT : o->format,
		.color = text && colored(o->err), .all = o->verbose, .quiet = o->quiet, .site = site,
		.preview = o->preview,
		.prefix = relative ? o->directory : VIEW_NONE };
}

static void
paint(const struct report *r, struct buf *b, const char *code)
{
	if (r->color)
		buf_printf(b, "\033[%sm", code);
}

static void
put_place(struct buf *b, struct place p)
{
	if (p.file.n == 0) {
		buf_puts(b, "waypost: ");
		return;
	}
	report_visible(b, p.file);
	buf_addc(b, ':');
	if (p.line)
		buf_printf(b, "%u:", p.line);
	if (p.line && p.col)
		buf_printf(b, "%u:", p.col);
	buf_addc(b, ' ');
}

/* A line below the message: "      = text", isolated when it has letters that run from right to left. */
static void
put_advice(const struct report *r, struct buf *b, struct view text)
{
	if (text.n == 0)
		return;
	paint(r, b, "34");
	buf_puts(b, "      = ");
	paint(r, b, "0");
	report_isolated(b, text);
	buf_addc(b, '\n');
}

/* A note; its further lines are to be copied into a file, and so nothing is put around them. */
static void
put_note(const struct report *r, struct buf *b, struct view note)
{
	struct view line;

	view_cut(&note, '\n', &line);
	put_advice(r, b, line);
	while (view_cut(&note, '\n', &line)) {
		buf_puts(b, "        ");
		report_visible(b, line);
		buf_addc(b, '\n');
	}
}

/* The note with its line ends. */
static void
put_note_lines(struct buf *b, struct view note)
{
	struct view line;

	for (bool first = true; view_cut(&note, '\n', &line); first = false) {
		if (!first)
			buf_addc(b, '\n');
		report_visible(b, line);
	}
}

static void
put_text(const struct report *r, struct buf *b, const struct diag *m, struct report_files *files)
{
	static const char *const colors[] = { "36", "35", "31", "31" };
	struct view line;
	struct buf t;
	bool snippet;

	buf_init(&t);
	paint(r, b, "1");
	put_place(b, m->place);
	paint(r, b, colors[diag_level(m->id)]);
	buf_printf(b, "%s: ", diag_level_name(diag_level(m->id)));
	paint(r, b, "0;1");
	diag_text(&t, m);
	report_isolated(b, view_buf(&t));
	paint(r, b, "0");
	buf_puts(b, " [");
	diag_name(b, m->id);
	buf_puts(b, "]\n");
	snippet = report_source(files, m->place, &line);
	if (snippet)
		report_snippet(b, line, m->place, r->color);
	buf_clear(&t);
	diag_advice(&t, m);
	put_advice(r, b, view_buf(&t));
	if (m->note.n)
		put_note(r, b, m->note);
	buf_release(&t);
}

static void
print_text(const struct report *r, const struct diags *d, struct buf *b)
{
	static const char *const one[] = { "note", "warning", "error", "failure of the system" };
	static const char *const many[] = { "notes", "warnings", "errors", "failures of the system" };
	struct report_files files;
	size_t count[DIAG_SYSTEM + 1] = { 0 };

	report_files_init(&files, r->site);
	for (size_t i = 0; i < d->list.n; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);

		if (r->quiet && diag_level(m->id) == DIAG_NOTE)
			continue;
		if (count[diag_level(m->id)]++ < REPORT_MAX || r->all)
			put_text(r, b, m, &files);
	}
	for (int level = DIAG_SYSTEM; level >= DIAG_NOTE; level--) {
		if (count[level] <= REPORT_MAX || r->all)
			continue;
		buf_puts(b, "… and ");
		report_number(b, count[level] - REPORT_MAX, one[level], many[level]);
		buf_puts(b, " more; -v shows all\n");
	}
	report_files_release(&files);
}

static void
print_json(const struct diags *d, struct buf *b)
{
	struct arena a;
	struct json *list;
	struct buf t;

	arena_init(&a);
	buf_init(&t);
	list = json_array(&a);
	for (size_t i = 0; i < d->list.n; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);
		struct json *o = json_add(&a, list, NULL, json_object(&a));

		buf_clear(&t);
		report_visible(&t, m->place.file);
		json_add(&a, o, "file", json_string(&a, view_copy(&a, view_buf(&t))));
		json_add(&a, o, "line", json_number(&a, m->place.line));
		json_add(&a, o, "column", json_number(&a, m->place.col));
		json_add(&a, o, "length", json_number(&a, m->place.len));
		json_add(&a, o, "level", json_string(&a, view_str(diag_level_name(diag_level(m->id)))));
		buf_clear(&t);
		diag_name(&t, m->id);
		json_add(&a, o, "id", json_string(&a, view_copy(&a, view_buf(&t))));
		buf_clear(&t);
		diag_text(&t, m);
		json_add(&a, o, "text", json_string(&a, view_copy(&a, view_buf(&t))));
		buf_clear(&t);
		diag_advice(&t, m);
		json_add(&a, o, "advice", json_string(&a, view_copy(&a, view_buf(&t))));
		buf_clear(&t);
		put_note_lines(&t, m->note);
		json_add(&a, o, "note", json_string(&a, view_copy(&a, view_buf(&t))));
	}
	json_print(list, b);
	buf_release(&t);
	arena_release(&a);
}

/* GitHub's escapes for workflow commands; a property also hides ':' and ','. */
static void
put_escaped(struct buf *b, struct view v, bool property)
{
	for (size_t i = 0; i < v.n; i++) {
		char c = v.p[i];

		if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ',')))
			buf_printf(b, "%%%02X", (unsigned)c);
		else
			buf_addc(b, c);
	}
}

static void
print_github(const struct report *r, const struct diags *d, struct buf *b)
{
	struct buf t;

	buf_init(&t);
	for (size_t i = 0; i < d->list.n; i++) {
		const struct diag *m = LIST_AT(&d->list, struct diag, i);

		buf_printf(b, "::%s ", diag_level(m->id) == DIAG_NOTE ? "notice" : diag_level_name(diag_level(m->id)));
		buf_clear(&t);
		if (r->prefix.n)
			buf_printf(&t, "%.*s%s", VIEW_ARG(r->prefix), view_ends(r->prefix, "/") ? "" : "/");
		report_visible(&t, m->place.file);
		if (m->place.file.n) {
			buf_puts(b, "file=");
			put_escaped(b, view_buf(&t), true);
			buf_addc(b, ',');
		}
		if (m->place.line)
			buf_printf(b, "line=%u,", m->place.line);
		if (m->place.line && m->place.col)
			buf_printf(b, "col=%u,", m->place.col);
		buf_puts(b, "title=");
		diag_name(b, m->id);
		buf_puts(b, "::");
		buf_clear(&t);
		diag_text(&t, m);
		buf_addc(&t, '\n');
		diag_advice(&t, m);
		if (m->note.n)
			buf_addc(&t, '\n');
		put_note_lines(&t, m->note);
		put_escaped(b, view_buf(&t), false);
		buf_addc(b, '\n');
	}
	buf_release(&t);
}

void
report_print(const struct report *r, struct diags *d)
{
	struct buf b;

	diags_sort(d);
	buf_init(&b);
	if (r->format == FORMAT_JSON)
		print_json(d, &b);
	else if (r->format == FORMAT_GITHUB)
		print_github(r, d, &b);
	else
		print_text(r, d, &b);
	fwrite(b.p, 1, b.n, r->out);
	buf_release(&b);
	if (r->preview)
		report_page(r, d);
}

int
report_exit(const struct diags *d, bool strict)
{
	if (diags_count(d, DIAG_SYSTEM))
		return EXIT_SYSTEM;
	if (diags_count(d, DIAG_ERROR) || (strict && diags_count(d, DIAG_WARNING)))
		return EXIT_PROBLEMS;
	return EXIT_FINE;
}

void
report_number(struct buf *b, size_t n, const char *one, const char *many)
{
	buf_printf(b, "%zu %s", n, n == 1 ? one : many);
}

void
report_count(struct buf *b, const struct diags *d)
{
	size_t errors = diags_count(d, DIAG_ERROR) + diags_count(d, DIAG_SYSTEM), warnings = diags_count(d, DIAG_WARNING);

	if (errors)
		report_number(b, errors, "error", "errors");
	if (errors && warnings)
		buf_puts(b, ", ");
	if (warnings)
		report_number(b, warnings, "warning", "warnings");
}

int
report_usage(const struct options *o, const char *format, ...)
{
	struct buf b;
	va_list args;

	buf_init(&b);
	va_start(args, format);
	buf_vprintf(&b, format, args);
	va_end(args);
	fprintf(o->err, "waypost: %s\n", b.p);
	buf_release(&b);
	return EXIT_USAGE;
}
