/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the messages that jobs have gathered. For commands. */
#include "command/report.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "command/report_line.h"
#include "format/json.h"

enum { FIRST_STRONG_ISOLATE = 0x2068, POP_ISOLATE = 0x2069 };

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
		.messages = o->messages, .preview = o->preview, .prefix = relative ? o->directory : VIEW_NONE };
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

/* What begins a line below the message. */
static void
put_advice_sign(const struct report *r, struct buf *b)
{
	paint(r, b, "34");
	buf_puts(b, "      = ");
	paint(r, b, "0");
}

/* A line below the message: "      = text", isolated when it has letters that run from right to left. */
static void
put_advice(const struct report *r, struct buf *b, struct view text)
{
	if (text.n == 0)
		return;
	put_advice_sign(r, b);
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

void
report_args(const struct messages *m, const struct diag *d, struct view args[WORD_ARGS])
{
	for (int i = 0; i < DIAG_ARGS; i++)
		args[i] = words_phrase(m, d->args[i]);
}

struct view
report_note(struct arena *a, const struct messages *m, const struct diag *d)
{
	struct view rest = d->note, line;

	if (!m || !view_cut(&rest, '\n', &line))
		return d->note;
	line = words_phrase(m, line);
	return rest.n ? view_printf(a, "%.*s\n%.*s", VIEW_ARG(line), VIEW_ARG(rest)) : line;
}

/* Text or advice of a message in the language of the person, for programs. */
static void
put_words(struct buf *b, const struct report *r, const struct diag *m, bool advice)
{
	struct view args[WORD_ARGS];

	report_args(r->messages, m, args);
	words_fill(b, NULL, words_find(r->messages, view_str(diag_row(m->id, advice))), args, DIAG_ARGS);
}

/* The same for people. What is isolated in it is not to be shown as an escape, so its parts were made visible before. */
static void
put_isolated_words(struct buf *b, const struct report *r, const struct diag *m, bool advice)
{
	struct view text = words_find(r->messages, view_str(diag_row(m->id, advice))), args[WORD_ARGS];
	struct buf t;

	report_args(r->messages, m, args);
	if (r->messages && r->messages->rtl && report_has_rtl(text)) {
		utf8_put(b, FIRST_STRONG_ISOLATE);
		words_fill(b, r->messages, text, args, DIAG_ARGS);
		utf8_put(b, POP_ISOLATE);
		return;
	}
	buf_init(&t);
	words_fill(&t, NULL, text, args, DIAG_ARGS);
	report_isolated(b, view_buf(&t));
	buf_release(&t);
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
	static const enum word levels[] = { WORD_level_note, WORD_level_warning, WORD_level_error, WORD_level_error };
	struct view line;

	paint(r, b, "1");
	put_place(b, m->place);
	paint(r, b, colors[diag_level(m->id)]);
	words_add(b, r->messages, levels[diag_level(m->id)], (const struct view[WORD_ARGS]){ VIEW_NONE });
	buf_puts(b, ": ");
	paint(r, b, "0;1");
	put_isolated_words(b, r, m, false);
	paint(r, b, "0");
	buf_puts(b, " [");
	diag_name(b, m->id);
	buf_puts(b, "]\n");
	if (report_source(files, m->place, &line))
		report_snippet(b, line, m->place, r->color);
	put_advice_sign(r, b);
	put_isolated_words(b, r, m, true);
	buf_addc(b, '\n');
	if (m->note.n)
		put_note(r, b, report_note(&files->arena, r->messages, m));
}

/* "… and 3 errors more; -v shows all" */
static void
put_more(const struct report *r, struct buf *b, size_t n, int level)
{
	static const enum word one[] = { WORD_level_note, WORD_level_warning, WORD_level_error, WORD_levels_system };
	static const enum word many[] = { WORD_levels_note, WORD_levels_warning, WORD_levels_error, WORD_levels_system };
	enum word word = n == 1 ? one[level] : many[level];
	char number[24];

	snprintf(number, sizeof number, "%zu", n);
	words_put(b, r->messages, more, view_str(number), words_find(r->messages, view_str(words_english(word))));
	buf_addc(b, '\n');
}

static void
print_text(const struct report *r, const struct diags *d, struct buf *b)
{
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
		put_more(r, b, count[level] - REPORT_MAX, level);
	}
	report_files_release(&files);
}

static void
print_json(const struct report *r, const struct diags *d, struct buf *b)
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
		put_words(&t, r, m, false);
		json_add(&a, o, "text", json_string(&a, view_copy(&a, view_buf(&t))));
		buf_clear(&t);
		put_words(&t, r, m, true);
		json_add(&a, o, "advice", json_string(&a, view_copy(&a, view_buf(&t))));
		buf_clear(&t);
		put_note_lines(&t, report_note(&a, r->messages, m));
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
	struct arena a;
	struct buf t;

	arena_init(&a);
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
		put_words(&t, r, m, false);
		buf_addc(&t, '\n');
		put_words(&t, r, m, true);
		if (m->note.n)
			buf_addc(&t, '\n');
		put_note_lines(&t, report_note(&a, r->messages, m));
		put_escaped(b, view_buf(&t), false);
		buf_addc(b, '\n');
	}
	buf_release(&t);
	arena_release(&a);
}

void
report_print(const struct report *r, struct diags *d)
{
	struct buf b;

	diags_sort(d);
	buf_init(&b);
	if (r->format == FORMAT_JSON)
		print_json(r, d, &b);
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

void
report_line(const struct options *o, FILE *f, enum word id, const struct view args[WORD_ARGS])
{
	struct buf b;

	buf_init(&b);
	words_add(&b, o->messages, id, args);
	fprintf(f, "%s\n", b.p);
	buf_release(&b);
}

int
report_wrong(const struct options *o, enum word id, const struct view args[WORD_ARGS])
{
	fputs("waypost: ", o->err);
	report_line(o, o->err, id, args);
	return EXIT_USAGE;
}

int
report_unknown(const struct options *o, enum word id, struct view typed, struct view near, enum word list)
{
	struct buf b;

	buf_init(&b);
	words_add(&b, o->messages, id, (const struct view[WORD_ARGS]){ typed });
	if (near.n || list < WORD_COUNT)
		words_semicolon(&b, o->messages);
	if (near.n)
		words_put(&b, o->messages, near, near);
	else if (list < WORD_COUNT)
		words_add(&b, o->messages, list, (const struct view[WORD_ARGS]){ VIEW_NONE });
	fprintf(o->err, "waypost: %s\n", b.p);
	buf_release(&b);
	return EXIT_USAGE;
}

void
report_numbers(struct buf *b, const struct messages *m, enum word id, const size_t *numbers, size_t n, double seconds)
{
	struct view args[WORD_ARGS] = { VIEW_NONE };
	char text[WORD_ARGS][32];
	size_t at = 0;

	for (size_t i = 0; i < WORD_ARGS && at < n; i++) {
		if (i == 6 && seconds >= 0)
			snprintf(text[i], sizeof text[i], "%.2f", seconds);
		else
			snprintf(text[i], sizeof text[i], "%zu", numbers[at++]);
		args[i] = view_str(text[i]);
	}
	words_add(b, m, id, args);
}

void
report_advise(const struct options *o, enum word id, const struct view args[WORD_ARGS])
{
	if (o->quiet || o->format == FORMAT_JSON || o->format == FORMAT_GITHUB || !isatty(fileno(o->out)))
		return;
	report_line(o, o->out, id, args);
}
