/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PO files through libgettextpo. It ends the program on bad input, so reading is done by a child process. */
#include "format/po.h"

#include <errno.h>
#include <gettext-po.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/utf8.h"
#include "format/po_parts.h"

enum { SECONDS = 20, TEXTS = 7 };
#define MEMORY ((rlim_t)4 << 30)	/* of addresses; a file of the largest size takes less than half of it */

/* What the child leaves behind, piece by piece; then the bytes of a text. */
enum { PIECE_MESSAGE = 'm', PIECE_HEADER = 'h', PIECE_FAULT = 'f', PIECE_END = 'e' };
struct piece {
	char kind;
	bool fuzzy, obsolete, plural;
	unsigned line, col;	/* of a fault */
	size_t lengths[TEXTS];
};

/* The charset's name behind "charset=" in the header; NULL p when there is none. */
static struct view
find_charset(struct view bytes)
{
	struct view head = view_slice(bytes, 0, 64 << 10), rest, name;
	size_t at = view_search(head, VIEW("Content-Type:")), end;

	rest = view_slice(head, at, head.n);
	rest = view_slice(rest, 0, view_find(rest, '\n'));
	at = view_search(rest, VIEW("charset="));
	if (rest.n == 0 || at == rest.n)
		return VIEW_NONE;
	name = view_slice(rest, at + 8, rest.n);
	for (end = 0; end < name.n && name.p[end] > ' ' && !strchr("\\\";", name.p[end]); end++)
		continue;
	return view_slice(name, 0, end);
}

struct view
po_charset(struct view bytes)
{
	struct view name = find_charset(bytes);

	return view_is(name, "CHARSET") ? VIEW_NONE : name;
}

struct view
po_recharset(struct arena *a, struct view text)
{
	struct view name = find_charset(text), new = VIEW("UTF-8");
	size_t at;
	char *p;

	if (name.n == 0 || (name.n == new.n && strncasecmp(name.p, new.p, new.n) == 0))
		return text;
	at = (size_t)(name.p - text.p);
	p = arena_alloc(a, text.n - name.n + new.n + 1);
	memcpy(p, text.p, at);
	memcpy(p + at, new.p, new.n);
	memcpy(p + at + new.n, text.p + at + name.n, text.n - at - name.n);
	return view_of(p, text.n - name.n + new.n);
}

struct view
po_field(struct view header, const char *name)
{
	size_t n = strlen(name);
	struct view line;

	while (view_cut(&header, '\n', &line))
		if (line.n > n && line.p[n] == ':' && strncasecmp(line.p, name, n) == 0)
			return view_trim(view_slice(line, n + 1, line.n));
	return VIEW_NONE;
}

FILE *
po_memory(struct view bytes, char path[PO_PATH_ROOM])
{
	int fd = memfd_create("po", MFD_CLOEXEC);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w+");

	if (!f || fwrite(bytes.n ? bytes.p : "", 1, bytes.n, f) != bytes.n || fflush(f) != 0)
		memory_fail();
	snprintf(path, PO_PATH_ROOM, "/proc/self/fd/%d", fd);
	return f;
}

void
po_take(FILE *f, struct buf *b)
{
	rewind(f);
	while (!feof(f) && !ferror(f)) {
		char *to = buf_reserve(b, 1 << 16);

		b->n += fread(to, 1, 1 << 16, f);
	}
	b->p[b->n] = '\0';
	fclose(f);
}

/* In the child, whose standard output is the file for its pieces: the library's handlers know nothing else. */
static void
put(const struct piece *p, const char *const *texts)
{
	fwrite(p, sizeof *p, 1, stdout);
	for (size_t i = 0; i < TEXTS; i++)
		fwrite(texts[i] ? texts[i] : "", 1, p->lengths[i], stdout);
}

static void
put_text(char kind, const char *text, size_t line, size_t col)
{
	struct piece p = { .kind = kind, .lengths = { strlen(text) } };
	const char *texts[TEXTS] = { text };

	p.line = line == (size_t)-1 ? 0 : (unsigned)line;
	p.col = col == (size_t)-1 ? 0 : (unsigned)col;
	put(&p, texts);
}

/* Ends the child at once: what the library did not free is nobody's business. */
static _Noreturn void
child_end(const char *why)
{
	put_text(PIECE_END, why, 0, 0);
	_exit(fflush(stdout) == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
}

/* After a fatal error the library does not want to go on. */
static void
child_fault(int severity, po_message_t message, const char *filename, size_t line, size_t col, int multiline,
    const char *text)
{
	(void)message;
	(void)filename;
	(void)multiline;
	if (severity == PO_SEVERITY_ERROR)
		put_text(PIECE_FAULT, text, line, col);
	if (severity == PO_SEVERITY_FATAL_ERROR)
		child_end(text);
}

static void
child_fault2(int severity, po_message_t message1, const char *file1, size_t line1, size_t col1, int multiline1,
    const char *text1, po_message_t message2, const char *file2, size_t line2, size_t col2, int multiline2,
    const char *text2)
{
	(void)message2;
	(void)file2;
	(void)line2;
	(void)col2;
	(void)multiline2;
	(void)text2;
	child_fault(severity, message1, file1, line1, col1, multiline1, text1);
}

static void
child_message(po_message_t m)
{
	const char *id = po_message_msgid(m), *str = po_message_msgstr(m);
	po_filepos_t at = po_message_filepos(m, 0);
	struct piece p = { .kind = PIECE_MESSAGE, .fuzzy = po_message_is_fuzzy(m), .obsolete = po_message_is_obsolete(m),
		.plural = po_message_msgid_plural(m) != NULL };
	const char *texts[TEXTS] = { po_message_msgctxt(m), id, str, po_message_prev_msgid(m), po_message_comments(m),
		po_message_extracted_comments(m), at ? po_filepos_file(at) : NULL };

	if (*id == '\0' && !texts[0] && !p.obsolete) {
		put_text(PIECE_HEADER, str, 0, 0);
		return;
	}
	for (size_t i = 0; i < TEXTS; i++)
		p.lengths[i] = texts[i] ? strlen(texts[i]) : 0;
	put(&p, texts);
}

static _Noreturn void
child(const char *path, FILE *out)
{
	const struct po_xerror_handler handler = { child_fault, child_fault2 };
	struct rlimit limit = { SECONDS, SECONDS };
#ifndef __SANITIZE_ADDRESS__
	struct rlimit memory = { MEMORY, MEMORY };

	setrlimit(RLIMIT_AS, &memory);
#endif
	po_message_iterator_t it;
	po_message_t m;
	po_file_t f;

	setrlimit(RLIMIT_CPU, &limit);
	if (dup2(fileno(out), STDOUT_FILENO) < 0)
		_exit(EXIT_FAILURE);
	f = po_file_read(path, &handler);
	it = f ? po_message_iterator(f, NULL) : NULL;
	while (it && (m = po_next_message(it)) != NULL)
		child_message(m);
	child_end("");
}

/* Position of an escape that stands for a NUL byte, or text.n: the library would cut the text there in silence. */
static size_t
find_nul(struct view text)
{
	for (size_t i = 0; i + 1 < text.n; i++) {
		unsigned value = 0;
		size_t k = i + 1;

		if (text.p[i] == '#' && (i == 0 || text.p[i - 1] == '\n') && text.p[i + 1] != '~') {
			while (i + 1 < text.n && text.p[i + 1] != '\n')
				i++;
			continue;
		}
		if (text.p[i] != '\\')
			continue;
		i++;
		if (text.p[k] == 'x') {
			for (k++; k < text.n && strchr("0123456789abcdefABCDEF", text.p[k]) && text.p[k]; k++)
				value |= text.p[k] != '0';
			if (k > i + 1 && value == 0)
				return i - 1;
		} else if (text.p[k] == '0') {
			for (; k < text.n && k < i + 3 && text.p[k] >= '0' && text.p[k] <= '7'; k++)
				value |= text.p[k] != '0';
			if (value == 0)
				return i - 1;
		}
	}
	return text.n;
}

static struct view
cut_text(struct arena *a, struct view *rest, size_t n)
{
	struct view v = view_copy(a, view_slice(*rest, 0, n));

	*rest = view_slice(*rest, n, rest->n);
	return v;
}

/* Comments come as the lines behind '#', most with a blank before the text. */
static struct view
comment_lines(struct arena *a, struct view v)
{
	struct view line;
	struct buf b;

	buf_init(&b);
	v = view_trim(v);
	while (v.n && view_cut(&v, '\n', &line)) {
		if (b.n)
			buf_addc(&b, '\n');
		buf_addv(&b, view_starts(line, " ") ? view_slice(line, 1, line.n) : line);
	}
	v = view_copy(a, view_buf(&b));
	buf_release(&b);
	return v;
}

struct reading {
	struct arena *arena;
	struct view file;
	struct list *messages;
	struct view *header;
	struct diags *d;
	bool ended, faulty;
};

static void
read_message(struct reading *r, const struct piece *p, struct view *rest)
{
	struct po_message *m = list_push(r->messages, r->arena);
	struct view texts[TEXTS];

	for (size_t i = 0; i < TEXTS; i++)
		texts[i] = cut_text(r->arena, rest, p->lengths[i]);
	*m = (struct po_message){ .context = texts[0], .id = texts[1], .str = texts[2], .was = texts[3],
		.comments = comment_lines(r->arena, texts[4]), .hints = comment_lines(r->arena, texts[5]), .file = texts[6],
		.fuzzy = p->fuzzy, .obsolete = p->obsolete, .plural = p->plural };
}

static void
read_piece(struct reading *r, const struct piece *p, struct view *rest)
{
	struct view text;

	if (p->kind == PIECE_MESSAGE) {
		read_message(r, p, rest);
		return;
	}
	text = cut_text(r->arena, rest, p->lengths[0]);
	if (p->kind == PIECE_HEADER) {
		*r->header = text;
	} else if (p->kind == PIECE_FAULT) {
		/* of an unclosed string the library names the next line */
		bool next = p->line > 1 && view_starts(text, "end-of-line");

		r->faulty = true;
		diag(r->d, po_syntax, place_at(r->file, p->line - next, p->col, 0), text);
	} else {
		r->ended = true;
		if (text.n && !r->faulty)
			diag(r->d, po_syntax, place_file(r->file), text);
		r->faulty |= text.n > 0;
	}
}

static void
read_pieces(struct reading *r, struct view rest)
{
	struct piece p;

	while (rest.n >= sizeof p) {
		size_t total = 0;

		memcpy(&p, rest.p, sizeof p);
		rest = view_slice(rest, sizeof p, rest.n);
		for (size_t i = 0; i < TEXTS; i++)
			total += p.lengths[i];
		if (total > rest.n)
			return;
		read_piece(r, &p, &rest);
	}
}

/* Whether a message begins on this line; *empty: with an empty text there, as the header has. */
static bool
begins(struct view line, bool *empty)
{
	line = view_trim(line);
	if (view_starts(line, "#~"))
		line = view_trim(view_slice(line, 2, line.n));
	if (!view_starts(line, "msgid") || (line.n > 5 && line.p[5] == '_'))
		return false;
	*empty = view_is(view_trim(view_slice(line, 5, line.n)), "\"\"");
	return true;
}

/* The lines on which messages begin, by a look at the text: the library does not tell. */
static void
find_lines(struct arena *a, struct view text, struct list *messages)
{
	struct list lines = LIST_OF(unsigned);
	struct view line;
	bool empty = false, after = false, context = false;

	for (unsigned number = 1; view_cut(&text, '\n', &line); number++) {
		bool ends = view_starts(view_trim(line), "msgstr");

		if (after && empty && ends && !context)
			lines.n--;	/* the header */
		context = view_starts(view_trim(line), "msgctxt") || (context && !ends);
		after = begins(line, &empty);
		if (after)
			*(unsigned *)list_push(&lines, a) = number;
	}
	for (size_t i = 0; i < messages->n && lines.n == messages->n; i++)
		LIST_AT(messages, struct po_message, i)->line = *LIST_AT(&lines, unsigned, i);
}

static bool
check_texts(struct reading *r)
{
	bool good = true;

	for (size_t i = 0; i < r->messages->n; i++) {
		const struct po_message *m = LIST_AT(r->messages, struct po_message, i);
		const struct view texts[] = { m->context, m->id, m->str, m->was, m->comments, m->hints };

		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
			size_t at = utf8_invalid(texts[k]);

			if (at == texts[k].n)
				continue;
			good = false;
			diag(r->d, utf8_invalid, place_at(r->file, m->line, 0, 0),
			    view_printf(r->arena, "0x%02X", (unsigned char)texts[k].p[at]));
		}
	}
	return good;
}

/* The text with an end to its last line: of a string that is cut off there, the library would name the line itself, not the next one. */
static struct view
whole_lines(struct arena *a, struct view text)
{
	char *p;

	if (text.n == 0 || view_ends(text, "\n"))
		return text;
	p = arena_alloc(a, text.n + 1);
	memcpy(p, text.p, text.n);
	p[text.n] = '\n';
	return view_of(p, text.n + 1);
}

/* Runs the child; what it left is in `out`. False when it did not end by itself. */
static bool
run_child(const char *path, FILE *out)
{
	int status = 0;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		child(path, out);
	if (pid < 0)
		return false;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

bool
po_read(struct arena *a, struct view text, struct view file, struct list *messages, struct view *header,
    struct diags *d)
{
	struct reading r = { .arena = a, .file = file, .messages = messages, .header = header, .d = d };
	char in_path[PO_PATH_ROOM], out_path[PO_PATH_ROOM];
	size_t nul = find_nul(text);
	FILE *in, *out;
	struct buf b;
	bool good;

	*messages = LIST_OF(struct po_message);
	*header = VIEW_NONE;
	if (nul < text.n) {
		unsigned line, col;

		utf8_position(text, nul, &line, &col);
		diag(d, text_control, place_at(file, line, col, 1), VIEW("U+0000"));
		return false;
	}
	in = po_memory(whole_lines(a, po_recharset(a, text)), in_path);
	out = po_memory(VIEW_NONE, out_path);
	good = run_child(in_path, out);
	buf_init(&b);
	po_take(out, &b);
	read_pieces(&r, view_buf(&b));
	buf_release(&b);
	fclose(in);
	if (!good || !r.ended) {
		diag(d, po_syntax, place_file(file), VIEW("it takes too much time or memory"));
		return false;
	}
	if (r.faulty)
		return false;
	find_lines(a, text, messages);
	return check_texts(&r);
}
