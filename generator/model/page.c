/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source page: its name, its front matter, and what the rest of the program asks of it. page_body.c reads the Markdown. */
#include "model/page.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "format/charset.h"
#include "format/yaml.h"

static const char *const known_keys[] = {
	"title", "description", "order", "layout", "slug", "translate", "review", "sources", "as-of", "critical",
	"calendar", "icon", NULL
};

struct view
page_slug(struct arena *a, struct view text, const char *fallback)
{
	struct buf b;
	struct view v;

	buf_init(&b);
	for (size_t i = 0; i < text.n && b.n < 48; i++) {
		char c = text.p[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			buf_addc(&b, c);
		else if (b.n && b.p[b.n - 1] != '-' && !(c & 0x80))
			buf_addc(&b, '-');
	}
	while (b.n && b.p[b.n - 1] == '-')
		buf_truncate(&b, b.n - 1);
	v = b.n ? view_copy(a, view_buf(&b)) : view_str(fallback);
	buf_release(&b);
	return v;
}

/* One name of an output path: fit for FAT and every host. */
static bool
name_fits(struct view name)
{
	static const char *const devices[] = { "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6",
		"com7", "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9" };

	if (name.n == 0 || name.n > 55)
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	for (size_t i = 0; i < sizeof devices / sizeof *devices; i++)
		if (view_is(name, devices[i]))
			return false;
	return true;
}

static bool
path_fits(struct view path)
{
	struct view part;

	while (view_cut(&path, '/', &part))
		if (!name_fits(part))
			return false;
	return true;
}

/* Splits "a/b.fr.md" into key "a/b" and language; the language only when it is one of the site's. */
static void
name_page(struct page *p, const struct site *site, struct arena *a)
{
	struct view stem = view_slice(p->path, 0, p->path.n - 3);
	size_t dot = stem.n, slash;
	struct view tag;

	while (dot > 0 && stem.p[dot - 1] != '.' && stem.p[dot - 1] != '/')
		dot--;
	if (dot > 0 && stem.p[dot - 1] == '.' &&
	    lang_canonical(a, view_slice(stem, dot, stem.n), &tag) && (p->only = site_language(site, tag)) != NULL)
		stem = view_slice(stem, 0, dot - 1);
	slash = stem.n;
	while (slash > 0 && stem.p[slash - 1] != '/')
		slash--;
	p->key = stem;
	p->dir = view_slice(stem, 0, slash ? slash - 1 : 0);
	p->section = view_is(view_slice(stem, slash, stem.n), "index");
}

/* Splits the text at the front matter; *line is the line on which the rest begins. */
static struct view
cut_front(struct view text, struct view *front, unsigned *line)
{
	size_t at = 4;

	*front = VIEW_NONE;
	*line = 1;
	if (!view_starts(text, "---\n"))
		return text;
	while (at <= text.n) {
		size_t end = at + view_find(view_slice(text, at, text.n), '\n');
		struct view l = view_trim(view_slice(text, at, end));

		++*line;
		if (view_is(l, "---")) {
			*front = view_slice(text, 4, at);
			++*line;
			return view_slice(text, end < text.n ? end + 1 : end, text.n);
		}
		if (end == text.n)
			break;
		at = end + 1;
	}
	*line = 1;
	return text;
}

/* Adds a front matter string as a segment, empty or not. */
static void
add_front(struct page *p, struct arena *a, struct arena *scratch, struct list *segments, const struct yaml *front, const char *key,
    enum segment_role role, struct diags *d)
{
	const struct yaml *y = yaml_get(front, key);
	struct segment *s = list_push(segments, scratch);

	s->source = view_copy(a, segment_normal(scratch, yaml_text(front, key, p->file, d)));
	s->role = role;
	s->plain = true;
	s->critical = p->critical;
	s->place = y ? yaml_place(y, p->file) : place_at(p->file, 1, 1, 0);
}

/* The name goes into an id of the page, so it is made of what ids are made of. */
static void
read_icon(struct page *p, struct arena *a, const struct yaml *front, struct diags *d)
{
	struct view name = yaml_text(front, "icon", p->file, d);

	if (name.n && !name_fits(name))
		diag(d, yaml_type, yaml_place(yaml_get(front, "icon"), p->file), VIEW("icon"),
		    VIEW("a name of a-z, 0-9 and '-'"));
	else
		p->icon = view_copy(a, name);
}

static void
read_front(struct page *p, struct arena *a, struct arena *scratch, const struct site *site, const struct yaml *front,
    struct list *segments, struct diags *d)
{
	struct view shown, review = yaml_text(front, "review", p->file, d);
	struct list extra = yaml_texts(front, "translate", a, p->file, d);
	const struct yaml *y;

	p->critical = yaml_bool(front, "critical", false, p->file, d);
	p->order = yaml_int(front, "order", 1000, -100000, 100000, p->file, d);
	p->layout = view_copy(a, yaml_text(front, "layout", p->file, d));
	read_icon(p, a, front, d);
	p->review = view_is(review, "required");
	if (review.n && !p->review)
		diag(d, yaml_type, yaml_place(yaml_get(front, "review"), p->file), VIEW("review"), VIEW("'required'"));
	p->as_of = view_copy(a, yaml_text(front, "as-of", p->file, d));
	if (p->as_of.n && !lang_date(site->source->lang, a, p->as_of, &shown)) {
		diag(d, yaml_type, yaml_place(yaml_get(front, "as-of"), p->file), VIEW("as-of"),
		    VIEW("a date like 2025-12-31"));
		p->as_of = VIEW_NONE;
	}
	p->sources = yaml_texts(front, "sources", a, p->file, d);
	for (size_t i = 0; i < p->sources.n; i++)
		*LIST_AT(&p->sources, struct view, i) = view_copy(a, *LIST_AT(&p->sources, struct view, i));
	y = yaml_get(front, "sources");
	p->calendar = view_copy(a, yaml_text(front, "calendar", p->file, d));
	p->calendar_place = p->calendar.n ? yaml_place(yaml_get(front, "calendar"), p->file) : place_file(p->file);
	p->sources_place = y ? yaml_place(y, p->file) : place_file(p->file);
	add_front(p, a, scratch, segments, front, "title", SEGMENT_TITLE, d);
	add_front(p, a, scratch, segments, front, "description", SEGMENT_DESCRIPTION, d);
	p->front = arena_array(a, extra.n, sizeof *p->front);
	for (size_t i = 0; i < extra.n; i++) {
		struct view key = *LIST_AT(&extra, struct view, i);

		p->front[p->nfront++] = (struct page_front){ view_copy(a, key), (unsigned)segments->n };
		add_front(p, a, scratch, segments, front, view_copy(a, key).p, SEGMENT_FRONT, d);
	}
}

/* Unknown keys are reported, but for those that translate: names. */
static void
check_keys(const struct page *p, const struct yaml *front, struct diags *d)
{
	const char *keys[64];
	size_t n = 0;

	for (; known_keys[n]; n++)
		keys[n] = known_keys[n];
	for (size_t i = 0; i < p->nfront && n + 1 < sizeof keys / sizeof *keys; i++)
		keys[n++] = p->front[i].key.p;
	keys[n] = NULL;
	yaml_known(front, keys, p->file, d);
}

static void
set_output(struct page *p, struct arena *a, const struct yaml *front, struct diags *d)
{
	struct view slug = yaml_text(front, "slug", p->file, d);
	struct view stem = slug.n ? view_join(a, p->dir, slug) : p->key;

	if (!path_fits(stem)) {
		diag(d, file_name, slug.n ? yaml_place(yaml_get(front, "slug"), p->file) : place_file(p->file), stem);
		p->out = VIEW_NONE;
		return;
	}
	p->out = view_printf(a, "%.*s.html", VIEW_ARG(stem));
}

static bool
has_letter(struct view text)
{
	for (size_t at = 0; at < text.n;)
		if (lang_letter(utf8_next(text, &at)))
			return true;
	return false;
}

/* Words are those of what a reader sees: addresses' numbers and tags are none, and what has no letter needs no translation. */
static void
count_words(struct page *p, struct arena *a, struct lang *lang)
{
	struct buf b;

	buf_init(&b);
	for (size_t i = 0; i < p->nsegments; i++) {
		struct segment *s = &p->segments[i];
		struct view text = s->source;

		if (s->tree) {
			buf_clear(&b);
			segment_plain(s->tree, &b);
			text = view_buf(&b);
		}
		s->quiet = segment_quiet(s->source, s->tree);
		s->things = s->quiet ? segment_things(a, s->tree) : VIEW_NONE;
		s->neutral = !has_letter(text);
		s->words = s->neutral ? 0 : lang_words(lang, text);
	}
	buf_release(&b);
}

/*
 * Whether a catalog's line of one of the sources can be told by its bytes: each stands once, without a context, in its own normal form, and means to
 * YAML what it is.
 */
static bool
is_comparable(const struct page *p)
{
	struct arena scratch;
	struct map seen;
	bool fine = true;

	arena_init(&scratch);
	map_init(&seen, &scratch);
	for (size_t i = 0; i < p->nsegments && fine; i++) {
		struct view s = p->segments[i].source;

		if (s.n == 0)
			continue;
		fine = !p->segments[i].context.n && s.n < YAML_MAX_SCALAR && !strchr(" \t#", s.p[0]) && yaml_harmless(s) &&
		    view_eq(segment_normal(&scratch, s), s) && !map_set(&seen, s, &seen);
	}
	arena_release(&scratch);
	return fine;
}

/* No bidi control in the page as it is written, nor in an escape of its front matter. */
static bool
bidi_free(const struct page *p, const struct yaml *front, struct view text, struct view head, unsigned line, struct diags *d)
{
	size_t before = d->list.n;
	bool good = text_bidi(head, p->file, d);

	if (!good)
		LIST_AT(&d->list, struct diag, before)->place.line++;
	else if (!(good = text_bidi(text, p->file, d)))
		LIST_AT(&d->list, struct diag, before)->place.line += line - 1;
	return good && (!front || yaml_bidi(front, p->file, d));
}

static size_t
weight_of(const struct page *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->nsegments; i++)
		n += 16 * p->segments[i].source.n;
	for (size_t i = 0; p->body && i < p->body->n; i++)
		n += p->body->ops[i].text.n;
	return n;
}

static size_t
chunks(const struct prog *prog)
{
	size_t n = 0;

	for (size_t i = 0; prog && i < prog->n; i++)
		n += prog->ops[i].text.n;
	return n;
}

enum { EXPANSION_ROOM = 16 << 20 };

/* A long address or title that is used again and again is text a thousand times: known before it is done. */
static bool
fits_expansion(const struct page *p, struct arena *a, const struct site *site, struct view text, struct diags *d)
{
	if (markdown_expansion(text) <= PAGE_GROWTH * p->bytes + EXPANSION_ROOM)
		return true;
	diag(d, page_budget, place_file(p->file), view_printf(a, "%zu KiB", (PAGE_GROWTH * p->bytes + EXPANSION_ROOM) >> 10), site->source->lang->tag);
	return false;
}

/* What never changes of a page is in proportion to its text: rows of a table may be filled up, notes marked again and again. */
static bool
fits_budget(const struct page *p, struct arena *a, const struct site *site, struct diags *d)
{
	size_t n = chunks(p->body), limit = PAGE_GROWTH * p->bytes + PAGE_ROOM;

	for (size_t i = 0; i < p->nnotes; i++)
		n += chunks(p->notes[i].body);
	if (n <= limit)
		return true;
	diag(d, page_budget, place_file(p->file), view_printf(a, "%zu KiB", limit >> 10), site->source->lang->tag);
	return false;
}

struct page *
page_read(struct arena *a, const struct site *site, struct template_set *templates, struct view path,
    struct view text, struct diags *d)
{
	struct page *p = arena_new(a, struct page);
	struct list segments = LIST_OF(struct segment);
	struct yaml *front = NULL;
	struct arena scratch;
	struct view head;
	unsigned line;

	p->path = view_copy(a, path);
	p->file = view_join(a, VIEW("content"), p->path);
	p->digest = hash_bytes(text);
	map_init(&p->ids, a);
	arena_init(&scratch);
	text = lang_nfc(&scratch, text);
	name_page(p, site, a);
	text = cut_front(text, &head, &line);
	if (head.p)
		front = yaml_read(&scratch, head, p->file, 2, d);
	else
		diag(d, front_missing, place_at(p->file, 1, 1, 0));
	p->bytes = text.n + head.n;
	if (!bidi_free(p, front, text, head, line, d) || !markdown_check(text, p->file, line, d) || !fits_expansion(p, a, site, text, d)) {
		arena_release(&scratch);
		return NULL;
	}
	read_front(p, a, &scratch, site, front, &segments, d);
	check_keys(p, front, d);
	set_output(p, a, front, d);
	if (p->out.n && LIST_AT(&segments, struct segment, PAGE_TITLE)->source.n == 0) {
		if (front)	/* else it has been said what is wrong */
			diag(d, title_missing, place_at(p->file, 1, 1, 0));
		LIST_AT(&segments, struct segment, PAGE_TITLE)->source = p->key;
	}
	if (!p->out.n) {
		arena_release(&scratch);
		return NULL;
	}
	page_body(p, a, &scratch, templates, &segments, text, line, d);
	p->segments = list_keep(&segments, a);
	p->nsegments = segments.n;
	arena_release(&scratch);
	count_words(p, a, site->source->lang);
	p->comparable = is_comparable(p);
	p->weight = weight_of(p);
	return fits_budget(p, a, site, d) ? p : NULL;
}

bool
page_wheres(struct arena *a, struct view text, struct list *where)
{
	struct page_where *last = NULL;
	struct view word;

	*where = LIST_OF(struct page_where);
	while (view_cut(&text, ' ', &word)) {
		size_t sign = view_find(word, '=');

		if (word.n == 0)
			continue;
		if (sign < word.n) {
			if (sign == 0 || sign + 1 == word.n)
				return false;
			last = list_push(where, a);
			*last = (struct page_where){ .field = view_slice(word, 0, sign),
				.value = view_slice(word, sign + 1, word.n) };
		} else if (last) {	/* a value of several words, as far as they go */
			last->value.n = (size_t)(word.p + word.n - last->value.p);
		} else {
			return false;
		}
	}
	return where->n > 0;
}

struct segment_shape
page_shape(const struct page *p, const struct segment *s, struct arena *a)
{
	struct view *urls = arena_array(a, s->ndests, sizeof *urls);

	for (unsigned i = 0; i < s->ndests; i++)
		urls[i] = p->dests[s->first_dest + i].url;
	return (struct segment_shape){ s->ndests, urls, s->notes, s->nnotes, NULL };
}
