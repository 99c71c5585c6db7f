/* SPDX-License-Identifier: GPL-3.0-or-later */
/* PO files out, through libgettextpo. */
#include <gettext-po.h>
#include <stdio.h>

#include "format/po.h"
#include "format/po_parts.h"

/* Writing to memory fails for want of memory only. */
static void
write_fault(int severity, po_message_t message, const char *filename, size_t line, size_t col, int multiline,
    const char *text)
{
	(void)message;
	(void)filename;
	(void)line;
	(void)col;
	(void)multiline;
	(void)text;
	if (severity == PO_SEVERITY_FATAL_ERROR)
		memory_fail();
}

static void
write_fault2(int severity, po_message_t message1, const char *file1, size_t line1, size_t col1, int multiline1,
    const char *text1, po_message_t message2, const char *file2, size_t line2, size_t col2, int multiline2,
    const char *text2)
{
	(void)message2;
	(void)file2;
	(void)line2;
	(void)col2;
	(void)multiline2;
	(void)text2;
	write_fault(severity, message1, file1, line1, col1, multiline1, text1);
}

/* Comment lines as the library wants them: each with its end; it writes the blank behind '#' itself. */
static struct view
comment_text(struct arena *a, struct view v)
{
	return view_printf(a, "%.*s\n", VIEW_ARG(v));
}

static void
write_message(struct arena *a, po_message_iterator_t it, const struct po_message *m)
{
	po_message_t out = po_message_create();

	if (m->context.n)
		po_message_set_msgctxt(out, view_copy(a, m->context).p);
	po_message_set_msgid(out, view_copy(a, m->id).p);
	po_message_set_msgstr(out, view_copy(a, m->str).p);
	if (m->was.n)
		po_message_set_prev_msgid(out, view_copy(a, m->was).p);
	if (m->comments.n)
		po_message_set_comments(out, comment_text(a, m->comments).p);
	if (m->hints.n)
		po_message_set_extracted_comments(out, comment_text(a, m->hints).p);
	if (m->file.n)
		po_message_add_filepos(out, view_copy(a, m->file).p, (size_t)-1);
	po_message_set_fuzzy(out, m->fuzzy);
	po_message_set_obsolete(out, m->obsolete);
	po_message_insert(it, out);
}

/* po_file_free of gettext 0.21 forgets the contexts. */
static void
free_contexts(po_file_t f)
{
	po_message_iterator_t it = po_message_iterator(f, NULL);
	po_message_t m;

	while ((m = po_next_message(it)) != NULL)
		po_message_set_msgctxt(m, NULL);
	po_message_iterator_free(it);
}

/* A header that says what the bytes are: else the library would leave out what it takes to be no letters. */
static struct view
utf8_header(struct arena *a, struct view header)
{
	struct view rest = header, line, whole;
	struct buf b;

	if (view_search(header, VIEW("; charset=UTF-8\n")) < header.n)
		return header;
	buf_init(&b);
	while (view_cut(&rest, '\n', &line)) {
		if (line.n == 0 || view_starts(line, "Content-Type:"))
			continue;
		buf_addv(&b, line);
		buf_addc(&b, '\n');
	}
	buf_puts(&b, "Content-Type: text/plain; charset=UTF-8\n");
	whole = view_copy(a, view_buf(&b));
	buf_release(&b);
	return whole;
}

void
po_write(struct buf *out, struct view comments, struct view header, const struct list *messages)
{
	const struct po_xerror_handler handler = { write_fault, write_fault2 };
	struct po_message head = { .comments = comments };
	char path[PO_PATH_ROOM];
	po_message_iterator_t it;
	struct arena arena;
	po_file_t f;
	FILE *file;

	arena_init(&arena);
	head.str = utf8_header(&arena, header);
	f = po_file_create();
	it = po_message_iterator(f, NULL);
	write_message(&arena, it, &head);
	for (size_t i = 0; i < messages->n; i++)
		write_message(&arena, it, LIST_AT(messages, struct po_message, i));
	po_message_iterator_free(it);
	file = po_memory(VIEW_NONE, path);
	po_file_write(f, path, &handler);
	free_contexts(f);
	po_file_free(f);
	po_take(file, out);
	arena_release(&arena);
}
