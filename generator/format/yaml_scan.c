/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical form of a catalog, and plain front matter, read by lines; it refuses whatever it cannot prove to mean the same as YAML. */
#include "format/yaml_scan.h"

#include "base/utf8.h"

enum { KEYS_MAX = 32, KEY_MAX_BYTES = 64 };

struct scan {
	struct arena *a;
	const char *p, *end;	/* what is left; always at the start of a line */
	unsigned line;		/* its number */
	bool refused;
	size_t nodes;
};

static void *
refuse(struct scan *s)
{
	s->refused = true;
	return NULL;
}

static const char *
line_end(const struct scan *s)
{
	return memchr(s->p, '\n', (size_t)(s->end - s->p));
}

/* Whether the line under way begins with these bytes. */
static bool
at(const struct scan *s, const char *what, size_t n)
{
	return (size_t)(s->end - s->p) >= n && memcmp(s->p, what, n) == 0;
}

static void
next_line(struct scan *s, const char *end)
{
	s->p = end + 1;
	s->line++;
}

/* Comments and empty lines between entries. */
static void
skip_comments(struct scan *s)
{
	while (s->p < s->end && (*s->p == '#' || *s->p == '\n'))
		next_line(s, line_end(s));
}

static bool
is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' || c == '_' ||
	    c == '.' || c == '-' || c >= 0x80;
}

/* Plain words, single blanks between them, up to the end of the line: no sign that YAML gives a meaning. */
static bool
is_plain(const char *p, const char *end)
{
	if (p == end || *p == '-' || *p == '.' || *p == '_')
		return false;
	for (const char *q = p; q < end; q++)
		if (!is_word((unsigned char)*q) && !(*q == ' ' && q > p && q + 1 < end && q[1] != ' ' && q[-1] != ' '))
			return false;
	return true;
}

/* "text" up to the end of the line, without an escape: what stands between the quotes means itself. */
static bool
is_quoted(struct view v)
{
	if (v.n < 2 || v.p[0] != '"' || view_find(view_slice(v, 1, v.n), '"') != v.n - 2 || view_find(v, '\\') < v.n)
		return false;
	for (size_t i = 0; i < v.n; i++)
		if ((unsigned char)v.p[i] < ' ' || v.p[i] == 0x7F)
			return false;
	return true;
}

static struct yaml *
make(struct scan *s, struct yaml *map, enum yaml_kind kind, unsigned line, unsigned col)
{
	struct yaml *y = arena_new(s->a, struct yaml), **link = &map->child;

	y->kind = kind;
	y->line = line;
	y->col = col;
	if (++s->nodes >= YAML_MAX_NODES)
		return refuse(s);
	while (*link)
		link = &(*link)->next;
	*link = y;
	return y;
}

/* "key:" at p; the position behind the colon, or NULL. YAML itself ends a key after 1,024 characters; ours are words. */
static const char *
read_key(const char *p, const char *end, struct view *key)
{
	const char *q = p;

	while (q < end && q - p <= KEY_MAX_BYTES && ((*q >= 'a' && *q <= 'z') || *q == '-'))
		q++;
	*key = view_of(p, (size_t)(q - p));
	return q > p && *p != '-' && q < end && *q == ':' ? q + 1 : NULL;
}

/* Whether the map has no room for the key: it is there, or there are more than a tool of ours writes, and looking would take too long. */
static bool
is_full(const struct yaml *map, struct view key)
{
	unsigned n = 0;

	for (const struct yaml *y = map->child; y; y = y->next)
		if (view_eq(y->key, key) || ++n == KEYS_MAX)
			return true;
	return false;
}

/* The lines of a literal block, indented by four blanks; s stands behind its header. */
static void
read_literal(struct scan *s, struct yaml *y, bool strip)
{
	const char *from = s->p;
	struct buf more;
	size_t n = 0;

	y->literal = true;
	buf_init(&more);
	for (; at(s, "    ", 4); n++) {
		const char *end = line_end(s), *text = s->p + 4, *ink = text;

		while (*ink == ' ')
			ink++;
		if (ink == end || (n == 0 && (ink > text || *text == '\t')))
			s->refused = true;
		if (n == 1)
			buf_add(&more, from + 4, (size_t)(s->p - from) - 4);
		if (n >= 1)
			buf_add(&more, text, (size_t)(end + 1 - text));
		next_line(s, end);
	}
	/* an empty line, or one indented by less but not by two or none, could still belong to the block */
	if (s->p < s->end && (*s->p == '\n' || (*s->p == ' ' && !(at(s, "  ", 2) && s->p[2] != ' '))))
		s->refused = true;
	if (n == 1)
		y->text = view_of(from + 4, (size_t)(s->p - from) - 4);
	else if (n > 1)
		y->text = view_copy(s->a, view_buf(&more));
	if (n) {
		y->line++;
		y->col = 5;
		y->text.n -= strip;
	}
	if (y->text.n > YAML_MAX_SCALAR)
		s->refused = true;
	buf_release(&more);
}

/* A block ends with its last entry. */
static void
end_block(struct yaml *y)
{
	const struct yaml *last = y->child;

	while (last && last->next)
		last = last->next;
	y->end_line = last ? last->end_line : y->line;
}

static void read_list(struct scan *s, struct yaml *list);

/* One "key: value" whose key stands at column col (from 1) of the line under way. */
static void
read_entry(struct scan *s, struct yaml *map, unsigned col, bool top)
{
	const char *end = line_end(s), *p;
	struct view key, value;
	struct yaml *y;

	p = read_key(s->p + col - 1, end, &key);
	if (!p || is_full(map, key) || (p < end && *p != ' ')) {
		refuse(s);
		return;
	}
	value = p < end ? view_of(p + 1, (size_t)(end - p) - 1) : view_of(p, 0);
	y = make(s, map, YAML_SCALAR, s->line, (unsigned)(value.p - s->p) + 1);
	if (!y)
		return;
	y->key = key;
	y->key_line = s->line;
	y->key_col = col;
	next_line(s, end);
	y->end_line = y->line;
	y->end_col = y->col + (unsigned)utf8_count(value);
	if (value.n && value.p[0] == '|' && (value.n == 1 || (value.n == 2 && value.p[1] == '-'))) {
		read_literal(s, y, value.n == 2);
		y->end_line = s->line - 1;
		y->end_col = 0;
	} else if (top && value.n == 2 && value.p[0] == '[' && value.p[1] == ']') {
		y->kind = YAML_LIST;
		y->flow = true;
	} else if (top && p == end) {
		y->kind = YAML_LIST;
		y->end_col = 0;
		read_list(s, y);
		end_block(y);
	} else if (value.n <= YAML_MAX_SCALAR && is_quoted(value)) {
		y->quoted = true;
		y->text = view_copy(s->a, view_slice(value, 1, value.n - 1));
	} else if (value.n <= YAML_MAX_SCALAR && is_plain(value.p, value.p + value.n)) {
		y->text = view_copy(s->a, value);
	} else {
		refuse(s);
	}
}

/* "- key: value" and its further keys, indented by two. */
static void
read_list(struct scan *s, struct yaml *list)
{
	struct yaml *last = NULL;

	skip_comments(s);
	if (!at(s, "- ", 2)) {
		refuse(s);
		return;
	}
	list->line = s->line;
	list->col = 1;
	while (!s->refused && at(s, "- ", 2)) {
		struct yaml *item = arena_new(s->a, struct yaml);

		item->kind = YAML_MAP;
		item->line = s->line;
		item->col = 3;
		if (last)
			last->next = item;
		else
			list->child = item;
		last = item;
		s->nodes++;
		do
			read_entry(s, item, 3, false);
		while (!s->refused && at(s, "  ", 2) && s->p < s->end && s->p[2] != ' ');
		end_block(item);
		skip_comments(s);
	}
}

/* U+FEFF, U+FFFE and U+FFFF: libyaml has its own mind about them. */
static bool
has_odd(struct view text)
{
	const char *end = text.p + text.n;

	for (const char *p = text.p; (p = memchr(p, 0xEF, (size_t)(end - p))) != NULL; p++)
		if (end - p >= 3 && ((p[1] == '\xBF' && (p[2] == '\xBE' || p[2] == '\xBF')) ||
		    (p[1] == '\xBB' && p[2] == '\xBF')))
			return true;
	return false;
}

bool
yaml_harmless(struct view text)
{
	return utf8_tidy(text) && view_find(text, '\r') == text.n && !has_odd(text);
}

struct yaml *
yaml_scan(struct arena *a, struct view text, unsigned first_line)
{
	struct scan s = { .a = a, .p = text.p, .end = text.p + text.n, .line = first_line };
	struct yaml *root;

	/* whole lines of characters that libyaml reads, and no git conflict */
	if (text.n == 0 || text.n > YAML_MAX_BYTES || text.p[text.n - 1] != '\n' || view_find(text, '\r') < text.n ||
	    has_odd(text))
		return NULL;
	skip_comments(&s);
	if (s.p == s.end)
		return NULL;
	root = arena_new(a, struct yaml);
	root->kind = YAML_MAP;
	root->line = s.line;
	root->col = 1;
	while (!s.refused && s.p < s.end) {
		if (*s.p < 'a' || *s.p > 'z')
			return NULL;
		read_entry(&s, root, 1, true);
		skip_comments(&s);
	}
	end_block(root);
	return s.refused ? NULL : root;
}
