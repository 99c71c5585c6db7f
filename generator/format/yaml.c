/* SPDX-License-Identifier: GPL-3.0-or-later */
/* YAML in: libyaml's events to a tree, refusing what the subset leaves out. The accessors are in yaml_get.c. */
#include "format/yaml.h"

#include <yaml.h>

#include "base/fast.h"
#include "base/map.h"
#include "base/utf8.h"
#include "format/yaml_scan.h"
#include "format/yaml_source.h"

/* From this many keys on, a map's keys are looked up in a table. */
enum { MANY_KEYS = 16 };
/* So many duplicate keys of a file are told; the rest are dropped like them. */
enum { MAX_DUPLICATES = 100 };

/* A list or map that is still open. */
struct frame {
	struct yaml *node, *last;	/* last: newest linked child */
	struct map *keys;		/* of a large map, key to struct yaml */
	size_t n;			/* linked children */
	struct view key;		/* of the value that comes next */
	unsigned key_line, key_col;
	bool have_key;
	bool drop;			/* that key is a duplicate: its value is read and not linked */
	unsigned end_line;		/* last line of the children read so far, also of those not linked */
};

struct reader {
	yaml_parser_t parser;
	struct arena *a;
	struct view text, file;
	unsigned first_line;
	struct diags *d;
	struct frame stack[YAML_MAX_DEPTH];
	int depth;
	size_t nodes;
	int documents, duplicates;
	struct yaml *root;
	bool refused;
	struct yaml_source source;	/* text again, with a cursor */
};

/* The text from a mark on. */
static struct view
text_from(struct reader *r, yaml_mark_t mark)
{
	return yaml_source_from(&r->source, mark.line, mark.column);
}

static struct place
place_of(const struct reader *r, yaml_mark_t mark, size_t len)
{
	return place_at(r->file, (unsigned)mark.line + r->first_line, (unsigned)mark.column + 1, (unsigned)len);
}

/* Length of the word at a mark, for its place. */
static size_t
word_length(struct reader *r, yaml_mark_t mark)
{
	struct view v = text_from(r, mark);
	size_t n = 0;

	while (n < v.n && !strchr(" \t\r\n,]}", v.p[n]))
		n++;
	return utf8_count(view_slice(v, 0, n));
}

#define refuse(r, id, mark, len, ...) \
	do { \
		diag((r)->d, id, place_of((r), (mark), (len)), __VA_ARGS__); \
		(r)->refused = true; \
	} while (false)

/* Escapes in a double-quoted scalar may bring in what text_check keeps out: refuses the first. */
static void
check_escapes(struct reader *r, const yaml_event_t *e)
{
	struct view value = view_of((const char *)e->data.scalar.value, e->data.scalar.length);
	yaml_mark_t mark = e->start_mark;
	uint32_t c;

	if (!yaml_source_refused(value))
		return;
	c = yaml_source_escape(text_from(r, mark), &mark.line, &mark.column);
	refuse(r, text_control, mark, 2, view_printf(r->a, "U+%04X", (unsigned)c));
}

/* Where the text of a block scalar begins: its first line, behind the indentation. */
static void
block_place(struct reader *r, struct yaml *y)
{
	struct view rest = y->text, piece, source;
	size_t line = y->line - r->first_line + 1, i;

	if (!y->text.n)
		return;
	y->line++;
	y->col = 1;
	for (; view_cut(&rest, '\n', &piece); line++) {
		size_t lead = 0;

		if (!piece.n)
			continue;
		source = yaml_source_line(&r->source, line);
		while (lead < piece.n && piece.p[lead] == ' ')
			lead++;
		for (i = 0; i < source.n && source.p[i] == ' '; i++)
			;
		y->col = (unsigned)(i > lead ? i - lead : 0) + 1;
		return;
	}
}

static struct yaml *
find_key(struct reader *r, struct frame *f, struct view key)
{
	if (!f->keys && f->n >= MANY_KEYS) {
		f->keys = arena_new(r->a, struct map);
		map_init(f->keys, r->a);
		for (struct yaml *y = f->node->child; y; y = y->next)
			map_set(f->keys, y->key, y);
	}
	if (f->keys)
		return map_get(f->keys, key);
	for (struct yaml *y = f->node->child; y; y = y->next)
		if (view_eq(y->key, key))
			return y;
	return NULL;
}

static void
add_key(struct reader *r, struct frame *f, const yaml_event_t *e)
{
	struct view key = view_of((const char *)e->data.scalar.value, e->data.scalar.length);
	struct yaml *first;

	if (e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE && view_is(key, "<<")) {
		refuse(r, yaml_merge, e->start_mark, 2, VIEW_NONE);
		return;
	}
	f->key = view_of(arena_copy(r->a, key.p, key.n), key.n);
	f->key_line = (unsigned)e->start_mark.line + r->first_line;
	f->key_col = (unsigned)e->start_mark.column + 1;
	f->have_key = true;
	first = find_key(r, f, key);
	f->drop = first != NULL;
	if (first && r->duplicates++ < MAX_DUPLICATES) {
		diag(r->d, yaml_duplicate, place_of(r, e->start_mark, utf8_count(key)), key);
		diag_note(r->d, "it stands first at line %u", first->key_line);
	}
}

/* Makes a node at the event's place and links it to what is open; NULL when it is refused. */
static struct yaml *
add_node(struct reader *r, enum yaml_kind kind, const yaml_event_t *e)
{
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	struct yaml *y;

	if (++r->nodes > YAML_MAX_NODES) {
		refuse(r, yaml_many, e->start_mark, 0, view_printf(r->a, "%d", YAML_MAX_NODES));
		return NULL;
	}
	y = arena_new(r->a, struct yaml);
	y->kind = kind;
	y->line = (unsigned)e->start_mark.line + r->first_line;
	y->col = (unsigned)e->start_mark.column + 1;
	if (!f) {
		r->root = y;
		return y;
	}
	if (f->node->kind == YAML_MAP) {
		y->key = f->key;
		y->key_line = f->key_line;
		y->key_col = f->key_col;
		f->have_key = false;
		if (f->drop)
			return y;
		if (f->keys)
			map_set(f->keys, y->key, y);
	}
	if (f->last)
		f->last->next = y;
	else
		f->node->child = y;
	f->last = y;
	f->n++;
	return y;
}

/* A value ends: the innermost open list or map reaches at least to there. The mark behind a block scalar is the start of a line. */
static void
set_end(struct reader *r, struct yaml *y, yaml_mark_t end)
{
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;

	y->end_line = (unsigned)end.line + r->first_line;
	if (!y->literal)
		y->end_col = (unsigned)end.column + 1;
	else if (end.column == 0)
		y->end_line--;
	if (f && f->end_line < y->end_line)
		f->end_line = y->end_line;
}

/* A list or map ends; a block ends with its last entry. */
static void
close_node(struct reader *r, const yaml_event_t *e)
{
	struct frame *f = &r->stack[--r->depth];

	if (f->node->flow) {
		set_end(r, f->node, e->end_mark);
		return;
	}
	f->node->end_line = f->end_line;
	if (r->depth && r->stack[r->depth - 1].end_line < f->end_line)
		r->stack[r->depth - 1].end_line = f->end_line;
}

static void
add_scalar(struct reader *r, const yaml_event_t *e)
{
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	yaml_scalar_style_t style = e->data.scalar.style;
	struct yaml *y;

	if (e->data.scalar.length > YAML_MAX_SCALAR) {
		refuse(r, yaml_long, e->start_mark, 0, view_printf(r->a, "%d KiB", YAML_MAX_SCALAR >> 10));
		return;
	}
	if (style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
		check_escapes(r, e);
	if (r->refused)
		return;
	if (f && f->node->kind == YAML_MAP && !f->have_key) {
		add_key(r, f, e);
		return;
	}
	y = add_node(r, YAML_SCALAR, e);
	if (!y)
		return;
	y->text = view_of(arena_copy(r->a, e->data.scalar.value, e->data.scalar.length), e->data.scalar.length);
	y->literal = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE;
	y->quoted = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE;
	set_end(r, y, e->end_mark);
	if (y->literal)
		block_place(r, y);
}

static void
open_node(struct reader *r, enum yaml_kind kind, const yaml_event_t *e)
{
	struct frame *f = r->depth ? &r->stack[r->depth - 1] : NULL;
	struct yaml *y;

	if (f && f->node->kind == YAML_MAP && !f->have_key) {
		refuse(r, yaml_nontext_key, e->start_mark, 1, VIEW_NONE);
		return;
	}
	if (r->depth == YAML_MAX_DEPTH) {
		refuse(r, yaml_deep, e->start_mark, 1, view_printf(r->a, "%d", YAML_MAX_DEPTH));
		return;
	}
	y = add_node(r, kind, e);
	if (!y)
		return;
	y->flow = kind == YAML_LIST ? e->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE :
	    e->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	r->stack[r->depth++] = (struct frame){ .node = y, .end_line = y->line };
}

/* libyaml drops the tag '!': whether it stands before a scalar that counts as plain. The text is looked at only when the
 * marks say that there is more than the value, for on a long line that takes time. */
static bool
is_hidden(struct reader *r, const yaml_event_t *e)
{
	struct view v = view_of((const char *)e->data.scalar.value, e->data.scalar.length);

	return e->end_mark.index - e->start_mark.index != utf8_count(v) && view_starts(text_from(r, e->start_mark), "!");
}

/* Anchors, aliases and tags, each where it begins. */
static bool
has_property(struct reader *r, const yaml_event_t *e)
{
	const yaml_char_t *anchor = NULL, *tag = NULL;
	bool hidden = false;

	if (e->type == YAML_ALIAS_EVENT) {
		anchor = e->data.alias.anchor;
	} else if (e->type == YAML_SEQUENCE_START_EVENT) {
		anchor = e->data.sequence_start.anchor;
		tag = e->data.sequence_start.tag;
	} else if (e->type == YAML_MAPPING_START_EVENT) {
		anchor = e->data.mapping_start.anchor;
		tag = e->data.mapping_start.tag;
	} else if (e->type == YAML_SCALAR_EVENT) {
		anchor = e->data.scalar.anchor;
		tag = e->data.scalar.tag;
		hidden = e->data.scalar.plain_implicit && is_hidden(r, e);
	}
	if (!anchor && !tag && !hidden)
		return false;
	if (view_starts(text_from(r, e->start_mark), "!"))
		refuse(r, yaml_tag, e->start_mark, word_length(r, e->start_mark), VIEW_NONE);
	else
		refuse(r, yaml_alias, e->start_mark, word_length(r, e->start_mark), VIEW_NONE);
	return true;
}

/* Takes one event; false when there is nothing more to read. */
static bool
take(struct reader *r, const yaml_event_t *e)
{
	if (has_property(r, e))
		return false;
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (r->documents++) {
			diag(r->d, yaml_documents, place_of(r, e->start_mark, word_length(r, e->start_mark)), VIEW_NONE);
			return false;
		}
		if (e->data.document_start.version_directive ||
		    e->data.document_start.tag_directives.start != e->data.document_start.tag_directives.end)
			refuse(r, yaml_directive, e->start_mark, word_length(r, e->start_mark), VIEW_NONE);
		break;
	case YAML_SCALAR_EVENT:
		add_scalar(r, e);
		break;
	case YAML_SEQUENCE_START_EVENT:
		open_node(r, YAML_LIST, e);
		break;
	case YAML_MAPPING_START_EVENT:
		open_node(r, YAML_MAP, e);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		close_node(r, e);
		break;
	case YAML_STREAM_END_EVENT:
		return false;
	default:
		break;
	}
	return !r->refused;
}

/* libyaml's reader refuses a character: the place is a byte position, the mark would be line 1. */
static void
report_reader(struct reader *r)
{
	unsigned line, col;
	size_t at = r->parser.problem_offset < r->text.n ? r->parser.problem_offset : r->text.n, next = at;
	struct view what = view_str(r->parser.problem);

	utf8_position(r->text, at, &line, &col);
	if (at < r->text.n)
		what = view_printf(r->a, "character U+%04X is not allowed", (unsigned)utf8_next(r->text, &next));
	diag(r->d, yaml_syntax, place_at(r->file, line + r->first_line - 1, col, 1), what);
}

/* A mark behind the last line end moves to the end of the last line: there a reader can look. */
static bool
at_end(struct reader *r, yaml_mark_t *mark)
{
	struct view rest = text_from(r, *mark), line;

	if (view_trim(rest).n)
		return false;
	while (mark->line && !mark->column) {
		line = yaml_source_line(&r->source, --mark->line);
		mark->column = utf8_count(line);
	}
	return true;
}

static void
report_syntax(struct reader *r)
{
	yaml_mark_t mark = r->parser.problem_mark, context = r->parser.context_mark;
	const char *problem = r->parser.problem ? r->parser.problem : "cannot be read", *around = r->parser.context;
	const char *ends = "; the file ends here and may have been cut off";
	struct view line = yaml_source_line(&r->source, mark.line);
	size_t blanks = 0;

	while (blanks < line.n && line.p[blanks] == ' ')
		blanks++;
	if (blanks < line.n && line.p[blanks] == '\t')
		mark.column = blanks;
	if (view_starts(text_from(r, mark), "\t")) {
		diag(r->d, yaml_tab, place_of(r, mark, 1), VIEW_NONE);
		diag_note(r->d, "YAML: %s", problem);
		return;
	}
	if (view_starts(line, "%")) {
		mark.column = 0;
		diag(r->d, yaml_directive, place_of(r, mark, word_length(r, mark)), VIEW_NONE);
		return;
	}
	if (!at_end(r, &mark))
		ends = "";
	if (around && strcmp(around, "while scanning a simple key") == 0)
		mark = context;
	if (mark.line == context.line && mark.column == context.column)
		around = NULL;
	diag(r->d, yaml_syntax, place_of(r, mark, 0), view_str(problem));
	if (around)
		diag_note(r->d, "%s that begins at line %zu, column %zu%s", around, context.line + r->first_line,
		    context.column + 1, ends);
	else if (*ends)
		diag_note(r->d, "%s", ends + 2);
	else if (strncmp(problem, "mapping values", strlen("mapping values")) == 0)
		diag_note(r->d, "text that holds ': ' stands in quotes, or below a '|'");
}

static void
read_events(struct reader *r)
{
	yaml_event_t e;
	bool more = true;

	if (!yaml_parser_initialize(&r->parser))
		memory_fail();
	yaml_parser_set_encoding(&r->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r->parser, (const unsigned char *)(r->text.n ? r->text.p : ""), r->text.n);
	while (more) {
		if (!yaml_parser_parse(&r->parser, &e)) {
			if (r->parser.error == YAML_MEMORY_ERROR)
				memory_fail();
			if (r->parser.error == YAML_READER_ERROR)
				report_reader(r);
			else
				report_syntax(r);
			r->refused = true;
			break;
		}
		more = take(r, &e);
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&r->parser);
}

struct yaml *
yaml_read(struct arena *a, struct view text, struct view file, unsigned first_line, struct diags *d)
{
	struct arena_mark mark = arena_mark(a);
	struct yaml *y = fast(FAST_LINES) ? yaml_scan(a, text, first_line) : NULL;

	if (y)
		return y;
	arena_rewind(a, mark);
	return yaml_parse(a, text, file, first_line, d);
}

struct yaml *
yaml_parse(struct arena *a, struct view text, struct view file, unsigned first_line, struct diags *d)
{
	struct reader r = { .a = a, .text = text, .file = file, .first_line = first_line, .d = d };
	yaml_mark_t mark = { 0 };

	if (view_starts(text, "\xEF\xBB\xBF"))
		r.text = view_slice(text, 3, text.n);
	if (text.n > YAML_MAX_BYTES) {
		diag(d, file_large, place_file(file), VIEW("4 MiB"));
		return NULL;
	}
	r.source.text = r.text;
	if (yaml_source_conflict(r.text, &mark.line))
		refuse(&r, yaml_conflict, mark, 7, VIEW_NONE);
	if (r.refused)
		return NULL;
	read_events(&r);
	if (r.refused)
		return NULL;
	if (!r.root || (r.root->kind == YAML_SCALAR && !r.root->text.n && !r.root->quoted && !r.root->literal)) {
		r.root = arena_new(a, struct yaml);
		r.root->kind = YAML_MAP;
		r.root->line = first_line;
		r.root->col = 1;
	}
	return r.root;
}
