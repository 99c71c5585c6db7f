/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Markdown to a tree of our own: the one file that includes cmark-gfm. */
#include "format/markdown_simple.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <cmark-gfm/node.h>	/* the name of a footnote has no accessor; those of other texts copy them */
#pragma GCC diagnostic pop
#include <signal.h>
#include <unistd.h>

#include "base/fast.h"
#include "base/utf8.h"
#include "format/markdown_clean.h"
#include "format/markdown_memory.h"

enum { MD_MAX_DEPTH = 200 };	/* deeper inlines are taken into the node at this depth */

/* Where lines begin: to turn byte columns into columns of code points. */
struct lines {
	struct view text;
	size_t *start;
	size_t n;
};

struct reader {
	struct arena *a;
	struct lines lines;
	unsigned first_line;
	bool hides;		/* of a page, and entities may bring in characters that hide */
	const uint8_t *align;	/* of the table under way */
	size_t column;
};

static struct lines
lines_read(struct arena *a, struct view text)
{
	struct lines l = { text, NULL, 0 };
	size_t k = 0;
	struct view rest = text, line;

	while (view_cut(&rest, '\n', &line))
		l.n++;
	l.start = arena_array(a, l.n + 1, sizeof *l.start);
	if (l.n == 0)
		l.n = 1;
	for (rest = text; view_cut(&rest, '\n', &line);)
		l.start[k++] = (size_t)(line.p - text.p);
	return l;
}

static unsigned
column_of(const struct lines *l, int line, int col)
{
	size_t from;

	if (line < 1 || (size_t)line > l->n || col < 1)
		return 0;
	from = l->start[line - 1];
	return (unsigned)utf8_count(view_slice(l->text, from, from + (size_t)col - 1)) + 1;
}

/* Up to a NUL, which can only stand in what the library took from behind a text (see may_have_notes). */
static struct view
text_of(cmark_chunk c)
{
	return view_of((const char *)c.data, c.len ? strnlen((const char *)c.data, (size_t)c.len) : 0);
}

static struct view
copy_text(const struct reader *r, cmark_chunk c)
{
	return r->hides ? markdown_clean(r->a, text_of(c)) : view_copy(r->a, text_of(c));
}

/* The kind of an extension's node; the library only tells by name. */
static bool
extension_kind(const char *type, enum md_kind *kind)
{
	static const struct {
		const char *name;
		enum md_kind kind;
	} kinds[] = {
		{ "table", MD_TABLE }, { "table_header", MD_ROW }, { "table_row", MD_ROW }, { "table_cell", MD_CELL },
		{ "strikethrough", MD_STRIKE }, { "tasklist", MD_ITEM },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (strcmp(type, kinds[i].name) == 0) {
			*kind = kinds[i].kind;
			return true;
		}
	}
	return false;
}

static bool
node_kind(cmark_node *c, enum md_kind *kind)
{
	static const struct {
		cmark_node_type type;
		enum md_kind kind;
	} kinds[] = {
		{ CMARK_NODE_TEXT, MD_TEXT }, { CMARK_NODE_PARAGRAPH, MD_PARAGRAPH }, /* the most frequent first */
		{ CMARK_NODE_DOCUMENT, MD_DOCUMENT }, { CMARK_NODE_BLOCK_QUOTE, MD_QUOTE }, { CMARK_NODE_LIST, MD_LIST },
		{ CMARK_NODE_ITEM, MD_ITEM }, { CMARK_NODE_CODE_BLOCK, MD_CODE_BLOCK }, { CMARK_NODE_HTML_BLOCK, MD_HTML_BLOCK },
		{ CMARK_NODE_HEADING, MD_HEADING }, { CMARK_NODE_THEMATIC_BREAK, MD_RULE }, { CMARK_NODE_FOOTNOTE_DEFINITION, MD_FOOTNOTE },
		{ CMARK_NODE_SOFTBREAK, MD_SOFT_BREAK }, { CMARK_NODE_LINEBREAK, MD_HARD_BREAK },
		{ CMARK_NODE_CODE, MD_CODE }, { CMARK_NODE_HTML_INLINE, MD_HTML }, { CMARK_NODE_EMPH, MD_EMPH },
		{ CMARK_NODE_STRONG, MD_STRONG }, { CMARK_NODE_LINK, MD_LINK }, { CMARK_NODE_IMAGE, MD_IMAGE },
		{ CMARK_NODE_FOOTNOTE_REFERENCE, MD_NOTE_REF },
	};
	cmark_node_type t = (cmark_node_type)c->type;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (kinds[i].type == t) {
			*kind = kinds[i].kind;
			return true;
		}
	}
	return extension_kind(cmark_node_get_type_string(c), kind);
}

static void
fill_block(struct reader *r, struct md_node *m, cmark_node *c)
{
	switch (m->kind) {
	case MD_HEADING:
		m->level = (uint8_t)cmark_node_get_heading_level(c);
		break;
	case MD_LIST:
		m->ordered = cmark_node_get_list_type(c) == CMARK_ORDERED_LIST;
		m->tight = cmark_node_get_list_tight(c) != 0;
		m->start = cmark_node_get_list_start(c);
		break;
	case MD_ITEM:
		if (strcmp(cmark_node_get_type_string(c), "tasklist") == 0)
			m->task = cmark_gfm_extensions_get_tasklist_item_checked(c) ? MD_TASK_DONE : MD_TASK_OPEN;
		break;
	case MD_CODE_BLOCK:
		m->info = copy_text(r, c->as.code.info);
		m->text = copy_text(r, c->as.code.literal);
		break;
	case MD_TABLE:
		r->align = cmark_gfm_extensions_get_table_alignments(c);
		break;
	case MD_ROW:
		m->header = cmark_gfm_extensions_get_table_row_is_header(c) != 0;
		r->column = 0;
		break;
	case MD_CELL: {
		uint8_t how = r->align ? r->align[r->column] : 0;

		r->column++;
		m->header = m->parent && m->parent->header;
		m->align = how == 'l' ? MD_ALIGN_START : how == 'c' ? MD_ALIGN_CENTER :
		    how == 'r' ? MD_ALIGN_END : MD_ALIGN_NONE;
		break;
	}
	case MD_FOOTNOTE:
		m->text = view_copy(r->a, text_of(c->as.literal));
		break;
	case MD_HTML_BLOCK:
		m->text = copy_text(r, c->as.literal);
		break;
	default:
		break;
	}
}

static void
fill_inline(struct reader *r, struct md_node *m, cmark_node *c)
{
	switch (m->kind) {
	case MD_TEXT:
	case MD_CODE:
	case MD_HTML:
		m->text = copy_text(r, c->as.literal);
		break;
	case MD_LINK:
	case MD_IMAGE:
		m->url = copy_text(r, c->as.link.url);
		m->title = copy_text(r, c->as.link.title);
		break;
	case MD_NOTE_REF:
		/* the library has put a number in place of the name */
		m->text = view_copy(r->a, text_of(c->parent_footnote_def ? c->parent_footnote_def->as.literal : c->as.literal));
		break;
	default:
		break;
	}
}

void
markdown_append(struct md_node *parent, struct md_node *m)
{
	m->parent = parent;
	m->next = NULL;
	if (parent->last)
		parent->last->next = m;
	else
		parent->child = m;
	parent->last = m;
}

/* Joins a text to the text before it; true when that was done. */
static bool
join_text(const struct reader *r, struct md_node *parent, cmark_node *c)
{
	struct md_node *last = parent->last;

	if (c->as.literal.len == 0)
		return true;	/* the library leaves one where blanks before a line break were */
	if (!last || last->kind != MD_TEXT)
		return false;
	last->text = view_concat(r->a, last->text, copy_text(r, c->as.literal));
	return true;
}

static struct md_node *
make_node(struct reader *r, struct md_node *parent, cmark_node *c, enum md_kind kind)
{
	struct md_node *m = arena_new(r->a, struct md_node);

	m->kind = kind;
	if (parent)
		markdown_append(parent, m);
	if (kind >= MD_TEXT) {
		m->line = parent ? parent->line : 0;
		fill_inline(r, m, c);
	} else {
		int line = cmark_node_get_start_line(c);

		m->line = line > 0 ? (unsigned)line - 1 + r->first_line : r->first_line;
		m->col = column_of(&r->lines, line, cmark_node_get_start_column(c));
		fill_block(r, m, c);
	}
	return m;
}

/* The node behind c in document order; *depth follows. */
static cmark_node *
following(cmark_node *c, unsigned *depth)
{
	cmark_node *next = cmark_node_first_child(c);

	if (next) {
		++*depth;
		return next;
	}
	while (c && !cmark_node_next(c)) {
		c = cmark_node_parent(c);
		--*depth;
	}
	return c ? cmark_node_next(c) : NULL;
}

/* Copies a tree of the library's into ours, without recursion; each of its nodes remembers ours as user data. */
static struct md_node *
convert(struct reader *r, cmark_node *root)
{
	struct md_node *top = NULL;
	unsigned depth = 0;

	for (cmark_node *c = root; c; c = following(c, &depth)) {
		cmark_node *up = cmark_node_parent(c);
		struct md_node *parent = up ? cmark_node_get_user_data(up) : NULL;
		struct md_node *m = parent;
		enum md_kind kind = MD_TEXT;
		bool known = node_kind(c, &kind);

		if (known && kind == MD_TEXT && parent && join_text(r, parent, c))
			continue;
		if (known && !(kind >= MD_EMPH && depth > MD_MAX_DEPTH))
			m = make_node(r, parent, c, kind);
		cmark_node_set_user_data(c, m);
		if (!top)
			top = m;
	}
	return top;
}

/* As memory_fail, by what a handler of a signal may call. */
static _Noreturn void
aborted(int number)
{
	static const char text[] = "waypost: error: out of memory [memory]\n";

	(void)number;
	if (write(STDERR_FILENO, text, sizeof text - 1) < 0)
		_exit(3);
	_exit(3);
}

/* Known once to the library, in memory of its own: it aborts when there is none, and for no other reason. */
static void
register_extensions(void)
{
	void (*before)(int) = signal(SIGABRT, aborted);

	cmark_gfm_core_extensions_ensure_registered();
	signal(SIGABRT, before == SIG_ERR ? SIG_DFL : before);
}

/* Whether an entity for '^' begins here: "&#94;", "&#x5E;" with any number of noughts, "&Hat;". */
static bool
caret_entity(struct view t)
{
	bool hex = view_starts(t, "&#x") || view_starts(t, "&#X");
	size_t i = hex ? 3 : 2;

	while (i < t.n && t.p[i] == '0')
		i++;
	t = view_slice(t, view_starts(t, "&#") ? i : 0, t.n);
	return hex ? view_starts(t, "5e;") || view_starts(t, "5E;") : view_starts(t, "94;") || view_starts(t, "&Hat;");
}

/*
 * Whether a text may have marks of notes. Where '^' is an entity behind a bracket, the library takes what stands in memory behind that sign for the
 * name of a note, some of it freed: such a text has none.
 */
static bool
may_have_notes(struct view text)
{
	struct view rest = text;

	if (view_search(text, VIEW("[^")) == text.n)
		return false;
	for (size_t at; (at = view_search(rest, VIEW("[&"))) < rest.n;) {
		rest = view_slice(rest, at + 1, rest.n);
		if (caret_entity(rest))
			return false;
	}
	return true;
}

/* What a text cannot use costs time for nothing: a heading is neither a table nor a list, and notes take two walks over the tree. */
static cmark_parser *
new_parser(cmark_mem *mem, struct view text, bool blocks)
{
	static const char *const names[] = { "strikethrough", "table", "tasklist" };
	cmark_parser *p;

	register_extensions();
	p = cmark_parser_new_with_mem(may_have_notes(text) ? CMARK_OPT_FOOTNOTES : CMARK_OPT_DEFAULT, mem);
	for (size_t i = 0; i < (blocks ? sizeof names / sizeof *names : 1); i++) {
		cmark_syntax_extension *e = cmark_find_syntax_extension(names[i]);

		if (e)
			cmark_parser_attach_syntax_extension(p, e);
	}
	return p;
}

static struct md_node *
parse(struct arena *a, struct view text, unsigned first_line, bool blocks)
{
	cmark_mem mem = { markdown_memory_get, markdown_memory_resize, markdown_memory_free };
	struct markdown_memory memory;
	struct reader r = { .a = a, .first_line = first_line, .hides = blocks && view_find(text, '&') < text.n };
	struct md_node *top;
	cmark_parser *p;

	markdown_memory_begin(&memory);
	p = new_parser(&mem, text, blocks);
	if (blocks)
		r.lines = lines_read(a, text);
	cmark_parser_feed(p, text.n ? text.p : "", text.n);
	top = convert(&r, cmark_parser_finish(p));
	markdown_memory_end(&memory);
	return top;
}

struct md_node *
markdown_read(struct arena *a, struct view text, unsigned first_line)
{
	return parse(a, text, first_line, true);
}

struct md_node *
markdown_inlines(struct arena *a, struct view text, const struct view *notes, size_t nnotes, size_t ndest, bool *ready)
{
	struct md_node *m = fast(FAST_INLINES) ? markdown_simple(a, text, notes, nnotes, ndest) : NULL;

	*ready = m != NULL;
	return m ? m : markdown_inlines_parse(a, text, notes, nnotes, ndest);
}

struct md_node *
markdown_inlines_parse(struct arena *a, struct view text, const struct view *notes, size_t nnotes, size_t ndest)
{
	struct md_node *top, *m;
	struct buf b;
	size_t from;

	buf_init(&b);
	buf_puts(&b, "# ");
	from = b.n;
	buf_addv(&b, text);
	for (size_t i = from; i < b.n; i++)
		if (b.p[i] == '\n' || b.p[i] == '\r')
			b.p[i] = ' ';
	buf_puts(&b, " #\n\n");
	for (size_t i = 1; i <= ndest; i++)
		buf_printf(&b, "[%zu]: %zu\n", i, i);
	for (size_t i = 0; i < nnotes; i++)
		buf_printf(&b, "\n[^%.*s]: x\n", VIEW_ARG(notes[i]));
	top = parse(a, view_buf(&b), 1, false);
	buf_release(&b);
	m = top ? top->child : NULL;
	if (!m || m->kind != MD_HEADING) {
		m = arena_new(a, struct md_node);
		m->kind = MD_HEADING;
	}
	m->kind = MD_PARAGRAPH;
	m->line = m->col = 1;
	m->parent = m->next = NULL;
	return m;
}
