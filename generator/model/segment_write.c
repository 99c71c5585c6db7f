/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Segments: the normal form written, version 1. A form is good when reading it gives the same tree. */
#include "base/block.h"
#include "format/html.h"
#include "model/segment.h"

/* How careful the writer is; it climbs until what it wrote reads back the same. */
enum care { CARE_LIGHT, CARE_FULL, CARE_TAGS, CARE_COUNT };

struct writer {
	struct buf *out;
	enum care care;
	unsigned in_link;
	bool first, last;	/* the text under way stands at the start, the end of the segment */
};

static bool
is_punct(char c)
{
	return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

static bool
is_alnum(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c & 0x80);
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\0';
}

/* Whether '&' at i could begin an entity. */
static bool
like_entity(struct view t, size_t i)
{
	size_t k = i + 1;

	if (k < t.n && t.p[k] == '#')
		return true;
	while (k < t.n && is_alnum(t.p[k]))
		k++;
	return k > i + 1 && k < t.n && t.p[k] == ';';
}

static bool
escape_light(const struct writer *w, struct view t, size_t i)
{
	char c = t.p[i], before = i ? t.p[i - 1] : 'x', after = i + 1 < t.n ? t.p[i + 1] : 'x';

	if (i == 0 && w->first)
		before = ' ';
	if (i + 1 == t.n && w->last)
		after = ' ';
	switch (c) {
	case '\\':
		return is_punct(after) || i + 1 == t.n;
	case '*':
		return !(is_space(before) && is_space(after));
	case '_':
		return !(is_space(before) && is_space(after)) &&
		    !(i > 0 && i + 1 < t.n && is_alnum(before) && is_alnum(after));
	case '`':
		return true;
	case '~':
		return view_find(view_slice(t, 0, i), '~') < i || view_find(view_slice(t, i + 1, t.n), '~') < t.n - i - 1;
	case '[':
		return w->in_link || after == '^' || (after >= '0' && after <= '9');
	case ']':
		return w->in_link || after == '[' || after == '(' || after == ':';
	case '!':
		return i + 1 == t.n && !w->last;
	case '<':
		return is_alnum(after) || after == '/' || after == '!' || after == '?';
	case '&':
		return like_entity(t, i);
	default:
		return false;
	}
}

/* Position of the first byte at or behind `at` that may be escaped, or the end of the text. */
static size_t
escaped_from(struct view t, size_t at)
{
	static const char special[256] = { ['\\'] = 1, ['`'] = 1, ['*'] = 1, ['_'] = 1, ['['] = 1, [']'] = 1, ['<'] = 1, ['>'] = 1,
		['&'] = 1, ['~'] = 1, ['!'] = 1, ['#'] = 1, ['|'] = 1, ['\n'] = 1, ['\t'] = 1, ['\r'] = 1, ['\0'] = 1 };

	for (; t.n - at >= BLOCK_BYTES; at += BLOCK_BYTES) {
		block b = block_at(t.p + at);

		if (block_any((b < 0x10) | ((b >= '[') & (b <= '`')) | (b == '*') | (b == '<') | (b == '>') | (b == '&') | (b == '~') |
		    (b == '!') | (b == '#') | (b == '|')))
			break;
	}
	while (at < t.n && !special[(unsigned char)t.p[at]])
		at++;
	return at;
}

static void
write_text(struct writer *w, struct view t)
{
	for (size_t i = 0; i < t.n; i++) {
		char c = t.p[i];
		bool edge = (i == 0 && w->first) || (i + 1 == t.n && w->last);

		if (c == '\n' || c == '\t' || c == '\r' || (c == ' ' && edge)) {
			buf_printf(w->out, "&#%d;", c);
			continue;
		}
		if (w->care == CARE_LIGHT ? escape_light(w, t, i) : is_punct(c) && memchr("\\`*_[]<>&~!#|", c, 13))
			buf_addc(w->out, '\\');
		buf_addc(w->out, c);
		/* what follows in one piece, but for a last blank */
		if (i + 1 < t.n) {
			size_t to = escaped_from(t, i + 1);

			to -= to == t.n && t.p[to - 1] == ' ' && to > i + 1;
			buf_add(w->out, t.p + i + 1, to - i - 1);
			i = to - 1;
		}
	}
}

/* A code span with as many backticks as it takes (CommonMark 6.1). */
static void
write_code(struct buf *out, struct view t)
{
	size_t longest = 0, run = 0;
	bool pad, blank = true;

	for (size_t i = 0; i < t.n; i++) {
		run = t.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
		blank &= t.p[i] == ' ';
	}
	pad = t.n && !blank && (t.p[0] == '`' || t.p[t.n - 1] == '`' || (t.p[0] == ' ' && t.p[t.n - 1] == ' '));
	for (size_t i = 0; i <= longest; i++)
		buf_addc(out, '`');
	if (pad)
		buf_addc(out, ' ');
	buf_addv(out, t);
	if (pad)
		buf_addc(out, ' ');
	for (size_t i = 0; i <= longest; i++)
		buf_addc(out, '`');
}

static void write_children(struct writer *w, const struct md_node *parent, bool first, bool last);

static void
write_between(struct writer *w, const struct md_node *m, const char *open, const char *close)
{
	buf_puts(w->out, open);
	write_children(w, m, false, false);
	buf_puts(w->out, close);
}

static void
write_link(struct writer *w, const struct md_node *m, const char *open)
{
	w->in_link++;
	write_between(w, m, open, "]");
	w->in_link--;
	buf_printf(w->out, "[%u]", m->dest);
}

static void
write_tag(struct writer *w, const struct md_node *m)
{
	buf_printf(w->out, "<%.*s%.*s>", VIEW_ARG(m->text), VIEW_ARG(m->info));
	if (view_is(m->text, "wbr"))
		return;
	write_children(w, m, false, false);
	buf_printf(w->out, "</%.*s>", VIEW_ARG(m->text));
}

static void
write_node(struct writer *w, const struct md_node *m, bool first, bool last)
{
	bool tags = w->care == CARE_TAGS;

	switch (m->kind) {
	case MD_TEXT:
		w->first = first;
		w->last = last;
		write_text(w, m->text);
		break;
	case MD_HARD_BREAK:
		buf_puts(w->out, "<br>");
		break;
	case MD_CODE:
		write_code(w->out, m->text);
		break;
	case MD_EMPH:
		write_between(w, m, tags ? "<em>" : "*", tags ? "</em>" : "*");
		break;
	case MD_STRONG:
		write_between(w, m, tags ? "<strong>" : "**", tags ? "</strong>" : "**");
		break;
	case MD_STRIKE:
		write_between(w, m, tags ? "<del>" : "~~", tags ? "</del>" : "~~");
		break;
	case MD_LINK:
		write_link(w, m, "[");
		break;
	case MD_IMAGE:
		write_link(w, m, "![");
		break;
	case MD_NOTE_REF:
		buf_printf(w->out, "[^%.*s]", VIEW_ARG(m->text));
		break;
	case MD_TAG:
		write_tag(w, m);
		break;
	default:
		break;
	}
}

static void
write_children(struct writer *w, const struct md_node *parent, bool first, bool last)
{
	for (const struct md_node *m = parent->child; m; m = m->next)
		write_node(w, m, first && m == parent->child, last && !m->next);
}

bool
segment_write(struct arena *a, const struct md_node *parent, const struct segment_shape *shape, struct view *text)
{
	const struct md_node *tree;

	return segment_write_read(a, parent, shape, text, &tree);
}

bool
segment_write_read(struct arena *a, const struct md_node *parent, const struct segment_shape *shape,
    struct view *text, const struct md_node **tree)
{
	struct arena_mark mark = arena_mark(a);
	struct buf b;
	bool same = false;

	*tree = NULL;
	buf_init(&b);
	buf_reserve(&b, 1000);	/* enough for most, from where malloc is quick */
	for (enum care care = CARE_LIGHT; care < CARE_COUNT && !same; care++) {
		struct writer w = { .out = &b, .care = care };

		buf_clear(&b);
		write_children(&w, parent, true, true);
		arena_rewind(a, mark);
		*text = view_copy(a, view_buf(&b));
		if (care == CARE_LIGHT && segment_is_plain(*text) && (!parent->child || !parent->child->next))
			break;
		if (b.n > SEGMENT_MAX_BYTES)	/* nobody takes it: not worth reading, which can take long */
			break;
		*tree = segment_read(a, *text, shape);
		same = segment_same(parent, *tree);
	}
	if (!same)
		same = segment_is_plain(*text);
	buf_release(&b);
	return same;
}
