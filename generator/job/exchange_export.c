/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts of a language out to PO files and tables. */
#include "base/hash.h"
#include "format/csv.h"
#include "format/po.h"
#include "format/yaml.h"
#include "job/exchange_parts.h"
#include "job/tally.h"
#include "job/version.h"

static const char letters[STATE_COUNT + 1] = "mdtr";

struct view
exchange_ident(struct arena *a, struct view context, struct view source)
{
	return view_printf(a, "%016llx", (unsigned long long)hash_more(hash_bytes(context), source));
}

uint64_t
exchange_target_digest(struct view target)
{
	return hash_bytes(target);
}

uint32_t
exchange_note_digest(struct view note)
{
	return (uint32_t)hash_bytes(note);
}

struct view
exchange_stamp(struct arena *a, const struct exchange_item *it, bool conflict)
{
	return view_printf(a, "%.*s-%016llx-%c%s%s-%08x", VIEW_ARG(exchange_ident(a, it->context, it->source)),
	    (unsigned long long)exchange_target_digest(it->target), it->target.n ? letters[it->state] : '-',
	    it->outdated ? "o" : "", conflict ? "c" : "", (unsigned)exchange_note_digest(segment_normal(a, it->note)));
}

/* Lower-case hexadecimal digits, just n of them, off the front of *text. */
static bool
read_hex(struct view *text, size_t n, uint64_t *value)
{
	*value = 0;
	if (text->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, text->p[i]);

		if (!at || !*at)
			return false;
		*value = *value << 4 | (uint64_t)(at - digits);
	}
	*text = view_slice(*text, n, text->n);
	return true;
}

static bool
read_dash(struct view *text)
{
	if (!view_starts(*text, "-"))
		return false;
	*text = view_slice(*text, 1, text->n);
	return true;
}

bool
exchange_stamp_read(struct view text, struct exchange_stamp *s)
{
	uint64_t ident, note;
	const char *letter;

	*s = (struct exchange_stamp){ .ident = view_slice(text, 0, 16), .state = STATE_TRANSLATED };
	if (!read_hex(&text, 16, &ident) || !read_dash(&text) || !read_hex(&text, 16, &s->target) || !read_dash(&text) ||
	    text.n == 0)
		return false;
	letter = strchr(letters, text.p[0]);
	s->missing = text.p[0] == '-';
	if (!s->missing && (!letter || !*letter))
		return false;
	if (!s->missing)
		s->state = (enum state)(letter - letters);
	text = view_slice(text, 1, text.n);
	s->outdated = view_starts(text, "o");
	text = view_slice(text, s->outdated, text.n);
	s->conflict = view_starts(text, "c");
	text = view_slice(text, s->conflict, text.n);
	if (!read_dash(&text) || !read_hex(&text, 8, &note) || text.n)
		return false;
	s->note = (uint32_t)note;
	return true;
}

const char *
exchange_state_word(const struct exchange_item *it)
{
	return it->target.n == 0 ? "missing" : it->outdated ? "outdated" : state_name(it->state);
}

static const char *
role_words(enum segment_role role)
{
	switch (role) {
	case SEGMENT_TITLE: return "title of the page";
	case SEGMENT_DESCRIPTION: return "description of the page";
	case SEGMENT_HEADING: return "heading";
	case SEGMENT_CELL: return "cell of a table";
	case SEGMENT_ALT: return "what a picture shows, for those who do not see it";
	case SEGMENT_LINK_TITLE: return "tip of a link";
	default: return NULL;
	}
}

/* "form 'few', for 2, 3, 4; in English: ..." */
static void
put_form(struct buf *b, const struct exchange *x, const struct exchange_item *it)
{
	const struct yaml *english = yaml_get(it->string->forms, view_is(it->form, "one") ? "one" : "other");
	double numbers[4];
	size_t n = lang_examples(x->language->lang, view_copy(x->arena, it->form).p, numbers, 4);

	buf_printf(b, "form '%.*s' of a text with the number {%.*s}", VIEW_ARG(it->form), VIEW_ARG(it->string->plural));
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%s %.0f", i ? "," : ", for", numbers[i]);
	if (view_is(it->form, "one") && english && english->kind == YAML_SCALAR)
		buf_printf(b, "; in the source: %.*s", VIEW_ARG(segment_normal(x->arena, english->text)));
	buf_addc(b, '\n');
}

struct view
exchange_hints(struct arena *a, const struct exchange *x, const struct exchange_item *it, bool conflict)
{
	const struct segment *s = it->segment;
	struct view all;
	struct buf b;

	buf_init(&b);
	if (conflict)
		buf_printf(&b, "in the catalog now: %.*s\n", VIEW_ARG(it->target));
	if (s && role_words(s->role) && it->unit->page)
		buf_printf(&b, "%s\n", role_words(s->role));
	for (unsigned i = 0; s && it->unit->page && i < s->ndests; i++)
		buf_printf(&b, "[%u] %.*s\n", i + 1, VIEW_ARG(it->unit->page->dests[s->first_dest + i].url));
	if (it->string && it->string->note.n)
		buf_printf(&b, "%.*s\n", VIEW_ARG(segment_normal(a, it->string->note)));
	if (it->form.n && it->string)
		put_form(&b, x, it);
	if (s)
		buf_printf(&b, "waypost: %.*s", VIEW_ARG(exchange_stamp(a, it, conflict)));
	all = view_copy(a, view_buf(&b));
	buf_release(&b);
	return all;
}

static struct po_message
po_of(struct arena *a, const struct exchange *x, const struct exchange_item *it)
{
	bool unready = it->target.n && it->state < STATE_TRANSLATED;
	struct po_message m = { .context = it->context, .id = it->source, .str = it->target, .file = it->unit->file,
		.fuzzy = it->target.n && (it->outdated || unready), .obsolete = !it->segment,
		.hints = exchange_hints(a, x, it, false), .comments = it->note };

	if (it->outdated && it->target.n)
		m.was = it->was;
	if (unready)
		m.comments = view_printf(a, "%.*s%sstate: %s", VIEW_ARG(it->note), it->note.n ? "\n" : "",
		    state_name(it->state));
	return m;
}

/* One line: a header field cannot hold more. */
static struct view
field_text(struct arena *a, struct view v)
{
	return segment_normal(a, v);
}

static void
put_po(const struct exchange *x, struct arena *a, const struct list *messages, const char *about, struct buf *out)
{
	const struct lang *l = x->language->lang;
	struct view posix = view_copy(a, l->tag), header, comments;

	for (size_t i = 0; i < posix.n; i++)
		if (posix.p[i] == '-')
			((char *)posix.p)[i] = '_';
	header = view_printf(a, "Project-Id-Version: %.*s\nPO-Revision-Date: \nLast-Translator: \nLanguage-Team: %.*s\n"
	    "Language: %.*s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
	    "Content-Transfer-Encoding: 8bit\nX-Generator: Waypost %s\nX-Waypost-Language: %.*s\n",
	    VIEW_ARG(field_text(a, x->world->site.title)), VIEW_ARG(l->english), VIEW_ARG(posix), WAYPOST_VERSION,
	    VIEW_ARG(l->tag));
	comments = view_printf(a, "%s\n"
	    "Keep what stands in square brackets behind a text, [like this][1]: the number is a link.\n"
	    "Keep *marks*, `code` and {words in braces}; do not translate the latter two.\n"
	    "A line 'waypost:' above a text says what it was made from: leave it there.", about);
	po_write(out, comments, header, messages);
}

void
exchange_po(const struct exchange *x, struct buf *out)
{
	struct list messages = LIST_OF(struct po_message);
	struct arena a;

	arena_init(&a);
	for (size_t i = 0; i < x->items.n; i++) {
		const struct exchange_item *it = *LIST_AT(&x->items, struct exchange_item *, i);

		if (!it->silent)
			*(struct po_message *)list_push(&messages, &a) = po_of(&a, x, it);
	}
	put_po(x, &a, &messages, view_printf(&a, "Texts of the site in %.*s. What is empty is shown in another language.",
	    VIEW_ARG(x->language->lang->english)).p, out);
	arena_release(&a);
}

enum { COLUMNS = 8 };

static void
put_head(const struct exchange *x, struct buf *out, bool conflicts)
{
	struct arena a;
	struct view source, target;

	arena_init(&a);
	source = view_printf(&a, "source (%.*s)", VIEW_ARG(x->world->site.source->lang->tag));
	target = view_printf(&a, "target (%.*s)", VIEW_ARG(x->language->lang->tag));
	buf_puts(out, "\xEF\xBB\xBF");
	csv_put(out, (const struct view[COLUMNS + 1]){ VIEW("context"), source, target, VIEW("state"), VIEW("was"),
	    VIEW("note"), VIEW("hints"), VIEW("waypost"), VIEW("in the catalog now") }, COLUMNS + conflicts);
	arena_release(&a);
}

/* Hints without the stamp, which has a column of its own. */
static struct view
cell_hints(struct arena *a, const struct exchange *x, const struct exchange_item *it)
{
	struct view hints = exchange_hints(a, x, it, false);

	return view_trim(view_slice(hints, 0, view_search(hints, VIEW("waypost: "))));
}

void
exchange_csv(const struct exchange *x, struct buf *out)
{
	struct arena a;

	arena_init(&a);
	put_head(x, out, false);
	for (size_t i = 0; i < x->items.n; i++) {
		const struct exchange_item *it = *LIST_AT(&x->items, struct exchange_item *, i);

		if (it->silent || !it->segment)
			continue;
		csv_put(out, (const struct view[COLUMNS]){ it->context, it->source, it->target,
		    view_str(exchange_state_word(it)), it->outdated ? it->was : VIEW_NONE, it->note, cell_hints(&a, x, it),
		    exchange_stamp(&a, it, false) }, COLUMNS);
	}
	arena_release(&a);
}

struct view
exchange_conflicts(const struct exchange *x, enum exchange_kind kind, const struct list *clashes)
{
	struct list messages = LIST_OF(struct po_message);
	struct view text = VIEW_NONE;
	struct arena a;
	struct buf out;

	if (clashes->n == 0)
		return text;
	arena_init(&a);
	buf_init(&out);
	if (kind == EXCHANGE_CSV)
		put_head(x, &out, true);
	for (size_t i = 0; i < clashes->n; i++) {
		const struct exchange_clash *c = LIST_AT(clashes, struct exchange_clash, i);
		struct po_message m = po_of(&a, x, c->item);

		m.str = c->target;
		m.fuzzy = true;
		m.hints = exchange_hints(&a, x, c->item, true);
		*(struct po_message *)list_push(&messages, &a) = m;
		if (kind == EXCHANGE_CSV)
			csv_put(&out, (const struct view[COLUMNS + 1]){ m.context, m.id, m.str, VIEW("conflict"), m.was,
			    c->item->note, cell_hints(&a, x, c->item), exchange_stamp(&a, c->item, true), c->item->target },
			    COLUMNS + 1);
	}
	if (kind != EXCHANGE_CSV)
		put_po(x, &a, &messages, "Only what was changed on both sides. Write what is to be, take the mark 'fuzzy' away, "
		    "and import this file.", &out);
	text = view_copy(x->arena, view_buf(&out));
	buf_release(&out);
	arena_release(&a);
	return text;
}
