/* SPDX-License-Identifier: GPL-3.0-or-later */
/* content/exceptions.yaml: what the editor lets pass, each for one exact translation. */
#include "model/exceptions.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "format/lang.h"
#include "format/yaml.h"
#include "format/yamlout.h"

struct exception {
	const struct language *language;
	struct view key;		/* of the catalog, or empty: of any */
	struct place place;
	unsigned admit, used;		/* bits 1 << enum segment_fault */
	struct exception *next;		/* the next one for the same texts */
};

static const char *const words[] = {
	[SEGMENT_BIDI] = "bidi", [SEGMENT_TAG] = "tags", [SEGMENT_ADDRESS] = "addresses", [SEGMENT_LINKS] = "links",
	[SEGMENT_NOTES] = "footnotes", [SEGMENT_CODE] = "code", [SEGMENT_NUMBER] = "numbers",
	[SEGMENT_PLACEHOLDER] = "placeholders",
};
enum { NWORDS = sizeof words / sizeof *words };

static const struct view file = { "content/exceptions.yaml", sizeof "content/exceptions.yaml" - 1 };

/* The bits of `admit:`; words that mean nothing are reported. */
static unsigned
read_admit(const struct yaml *item, struct arena *a, struct diags *d)
{
	struct list texts = site_scalars(item, "admit", a, file, d);
	unsigned admit = 0;

	for (size_t i = 0; i < texts.n; i++) {
		const struct yaml *y = *LIST_AT(&texts, const struct yaml *, i);
		unsigned bit = 0;

		for (int k = 0; k < NWORDS; k++)
			if (words[k] && view_is(y->text, words[k]))
				bit = 1u << k;
		if (!bit)
			diag(d, exception_admit, yaml_place(y, file), y->text);
		admit |= bit;
	}
	return admit;
}

static const struct language *
read_language(const struct yaml *item, struct arena *a, const struct site *site, struct diags *d)
{
	struct view text = view_trim(yaml_text(item, "language", file, d)), tag;
	const struct language *l = NULL;

	if (!lang_canonical(a, text, &tag))
		diag(d, lang_unknown, yaml_place(yaml_get(item, "language"), file), text);
	else if (!(l = site_language(site, tag)))
		diag(d, link_language, yaml_place(yaml_get(item, "language"), file), tag);
	return l;
}

/* Whether all lines are there that must be; the first one that is not is reported. */
static bool
is_complete(const struct yaml *item, struct diags *d)
{
	static const char *const known[] = { "language", "source", "target", "admit", "reason", "page", NULL };
	enum { NEEDED = 5 };

	if (item->kind != YAML_MAP) {
		diag(d, yaml_type, yaml_place(item, file), VIEW("exceptions"), VIEW("a list of items that begin with '- language:'"));
		return false;
	}
	yaml_known(item, known, file, d);
	for (int i = 0; i < NEEDED; i++) {
		const struct yaml *y = yaml_get(item, known[i]);

		if (!y || (y->kind == YAML_SCALAR && view_trim(y->text).n == 0)) {
			diag(d, exception_incomplete, yaml_place(item, file), view_str(known[i]));
			return false;
		}
	}
	return true;
}

/* The key of a translation in by_text: no text of a file holds a NUL. */
static void
put_key(struct buf *b, const struct language *l, struct view source, struct view target)
{
	buf_addv(b, l->lang->tag);
	buf_addc(b, '\0');
	buf_addv(b, source);
	buf_addc(b, '\0');
	buf_addv(b, target);
}

static struct view
catalog_key(struct view page)
{
	page = view_trim(page);
	if (view_ends(page, ".yaml"))
		return view_slice(page, 0, page.n - 5);
	return view_ends(page, ".md") ? view_slice(page, 0, page.n - 3) : page;
}

static void
read_item(struct exceptions *x, struct arena *a, const struct site *site, const struct yaml *item, struct diags *d)
{
	struct exception *e = arena_new(a, struct exception);
	struct view source, target;
	struct buf key;

	if (!is_complete(item, d))
		return;
	e->place = yaml_place(item, file);
	e->key = catalog_key(yaml_text(item, "page", file, d));
	source = segment_normal(a, yaml_text(item, "source", file, d));
	target = segment_normal(a, yaml_text(item, "target", file, d));
	e->admit = read_admit(item, a, d);
	e->language = read_language(item, a, site, d);
	if (!e->language || !e->admit)
		return;
	buf_init(&key);
	put_key(&key, e->language, source, target);
	e->next = map_set(&x->by_text, view_copy(a, view_buf(&key)), e);
	buf_release(&key);
	*(struct exception **)list_push(&x->all, a) = e;
}

void
exceptions_load(struct exceptions *x, struct arena *a, const struct site *site, struct diags *d)
{
	static const char *const known[] = { "exceptions", NULL };
	struct view text;
	const struct yaml *root = site_yaml(site, a, file, VIEW_NONE, false, &text, d), *list = yaml_get(root, "exceptions");

	map_init(&x->by_text, a);
	x->all = LIST_OF(struct exception *);
	yaml_known(root, known, file, d);
	if (list && list->kind != YAML_LIST) {
		if (list->kind != YAML_SCALAR || list->text.n)
			diag(d, yaml_type, yaml_place(list, file), list->key, VIEW("a list of items that begin with '- language:'"));
		return;
	}
	for (const struct yaml *y = list ? list->child : NULL; y; y = y->next)
		read_item(x, a, site, y, d);
}

/* The exceptions for a translation wherever it stands, or NULL. */
static struct exception *
find(const struct exceptions *x, const struct language *l, struct view source, struct view target)
{
	struct exception *e;
	struct buf key;

	if (!x || x->all.n == 0)
		return NULL;
	buf_init(&key);
	put_key(&key, l, source, target);
	e = map_get(&x->by_text, view_buf(&key));
	buf_release(&key);
	return e;
}

bool
exceptions_admit(const struct exceptions *x, const struct language *l, struct view key, struct view source,
    struct view target, enum segment_fault fault)
{
	for (struct exception *e = find(x, l, source, target); e; e = e->next) {
		if ((e->key.n && !view_eq(e->key, key)) || !(e->admit & 1u << fault))
			continue;
		e->used |= 1u << fault;
		return true;
	}
	return false;
}

void
exceptions_keep(const struct exceptions *x, const struct language *l, struct view key, struct view source,
    struct view target)
{
	for (struct exception *e = find(x, l, source, target); e; e = e->next)
		if (!e->key.n || view_eq(e->key, key))
			e->used = e->admit;
}

static void
put_words(struct buf *b, unsigned faults)
{
	size_t from = b->n;

	for (int k = 0; k < NWORDS; k++)
		if (words[k] && faults & 1u << k)
			buf_printf(b, "%s%s", b->n > from ? ", " : "", words[k]);
}

void
exceptions_unused(const struct exceptions *x, const struct language *l, struct diags *d)
{
	for (size_t i = 0; x && i < x->all.n; i++) {
		const struct exception *e = *LIST_AT(&x->all, struct exception *, i);
		struct buf b;

		if (e->language != l || e->used == e->admit)
			continue;
		buf_init(&b);
		put_words(&b, e->admit & ~e->used);
		diag(d, exception_unused, e->place, view_buf(&b));
		buf_release(&b);
	}
}

/* What messages make visible, so that nobody could copy it. */
static bool
is_hidden(struct view c)
{
	struct buf b;
	bool hidden;

	buf_init(&b);
	utf8_put_visible(&b, c);
	hidden = !view_eq(view_buf(&b), c);
	buf_release(&b);
	return hidden;
}

/* A text that is printed in messages: what is hidden is an escape that YAML reads. */
static void
put_text(struct yamlout *y, struct view name, struct view text)
{
	if (!is_hidden(text)) {
		yamlout_text(y, name, text);
		return;
	}
	buf_printf(y->b, "  %.*s: \"", VIEW_ARG(name));
	for (size_t at = 0; at < text.n;) {
		size_t from = at;
		uint32_t c = utf8_next(text, &at);

		if (c == '"' || c == '\\')
			buf_printf(y->b, "\\%c", (char)c);
		else if (is_hidden(view_slice(text, from, at)))
			buf_printf(y->b, c > 0xFFFF ? "\\U%08X" : "\\u%04X", (unsigned)c);
		else
			buf_addv(y->b, view_slice(text, from, at));
	}
	buf_puts(y->b, "\"\n");
}

struct view
exceptions_lines(struct arena *a, const struct language *l, struct view key, struct view source, struct view target,
    unsigned faults)
{
	bool data = view_starts(key, "data/") || view_is(key, "interface");
	struct yamlout y;
	struct view text;
	struct buf b;

	buf_init(&b);
	yamlout_init(&y, &b);
	yamlout_item(&y);
	yamlout_scalar(&y, VIEW("language"), l->lang->tag);
	yamlout_scalar(&y, VIEW("page"), view_printf(a, "%.*s%s", VIEW_ARG(key), data ? ".yaml" : ".md"));
	put_text(&y, VIEW("source"), source);
	put_text(&y, VIEW("target"), target);
	yamlout_end(&y);
	buf_puts(&b, "  admit: [");
	put_words(&b, faults);
	buf_puts(&b, "]\n  reason:");
	text = view_copy(a, view_buf(&b));
	buf_release(&b);
	return text;
}
