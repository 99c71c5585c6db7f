/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kit for volunteers. */
#include "job/kit.h"

#include "format/charset.h"
#include "format/digest.h"
#include "format/zip.h"
#include "job/assemble.h"
#include "job/desk.h"
#include "job/exchange.h"

enum { PART_MAX_BYTES = 1 << 20 };

struct kit {
	struct world *world;
	struct locale *locale;
	struct arena *arena;
	struct diags *diags;
	struct list entries;	/* of struct zip_entry */
};

static void
add(struct kit *k, struct view name, const struct buf *b)
{
	*(struct zip_entry *)list_push(&k->entries, k->arena) = (struct zip_entry){ .name = name,
		.bytes = view_copy(k->arena, view_buf(b)) };
}

/* A file of the theme, to stand inside HTML: nothing in it may end its element, and a browser reads each line end as one '\n'. */
static bool
put_part(struct kit *k, const char *name, struct buf *b)
{
	struct view text, file = view_printf(k->arena, "themes/%.*s/%s", VIEW_ARG(k->world->site.theme), name);

	if (!file_read(&k->world->site.root, k->arena, file, PART_MAX_BYTES, &text, k->diags) ||
	    !charset_text(k->arena, text, VIEW_NONE, file, &text, k->diags))
		return false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '/' && i > 0 && text.p[i - 1] == '<')
			buf_addc(b, '\\');
		if (text.p[i] != '\r')
			buf_addc(b, text.p[i]);
	}
	return true;
}

/* Sets a part and, as "<name>-digest", what the Content-Security-Policy says of it. */
static bool
set_part(struct kit *k, struct value *more, const char *name, const char *first, const char *second)
{
	struct buf b, digest;
	bool ok;

	buf_init(&b);
	buf_init(&digest);
	ok = put_part(k, first, &b) && put_part(k, second, &b);
	buf_puts(&digest, "sha256-");
	digest_base64(&digest, view_buf(&b));
	value_set(more, k->arena, name, value_text(view_copy(k->arena, view_buf(&b))));
	value_set(more, k->arena, view_printf(k->arena, "%s-digest", name).p,
	    value_text(view_copy(k->arena, view_buf(&digest))));
	buf_release(&digest);
	buf_release(&b);
	return ok;
}

/* All data of the desk in one piece. */
static struct view
all_data(struct kit *k)
{
	struct view json;
	struct buf b;
	bool first = true;

	buf_init(&b);
	buf_puts(&b, "{\"kind\":\"kit\",\"desk\":");
	desk_overview(k->locale, k->arena, &b);
	buf_puts(&b, ",\"units\":[");
	for (size_t i = 0; i < desk_units(k->world); i++) {
		if (!desk_has(k->world, k->locale->language, i))
			continue;
		if (!first)
			buf_addc(&b, ',');
		first = false;
		desk_unit(k->locale, i, k->arena, &b);
	}
	buf_puts(&b, "]}");
	json = view_copy(k->arena, view_buf(&b));
	buf_release(&b);
	return json;
}

static bool
add_desk(struct kit *k)
{
	struct value more = value_map();
	struct buf html;
	bool ok;

	if (!set_part(k, &more, "style", "style.css", "desk.css") ||
	    !set_part(k, &more, "script", "desk-text.js", "desk.js"))
		return false;
	value_set(&more, k->arena, "data", value_text(all_data(k)));
	buf_init(&html);
	ok = assemble_file(k->locale, VIEW("kit-desk"), &more, k->arena, &html, k->diags);
	if (ok)
		add(k, VIEW("desk.html"), &html);
	buf_release(&html);
	return ok;
}

static struct view
file_name(struct kit *k, const char *end)
{
	return view_printf(k->arena, "translation-%.*s.%s", VIEW_ARG(k->locale->language->lang->tag), end);
}

static void
add_exchange(struct kit *k)
{
	struct diags quiet;	/* the survey has reported what is wrong with the catalogs */
	struct exchange *x;
	struct buf b;

	diags_init(&quiet);
	x = exchange_open(k->arena, k->world, k->locale->language, &quiet);
	buf_init(&b);
	exchange_po(x, &b);
	add(k, file_name(k, "po"), &b);
	buf_clear(&b);
	exchange_csv(x, &b);
	add(k, file_name(k, "csv"), &b);
	buf_release(&b);
	diags_release(&quiet);
}

/* The guide's words in the source language, as HTML. */
static bool
source_words(struct kit *k, const struct value *more, struct buf *out)
{
	struct locale source;
	struct diags quiet;

	diags_init(&quiet);
	locale_open(&source, k->arena, k->world, k->world->site.source, false, &quiet);
	diags_release(&quiet);
	return assemble_file(&source, VIEW("kit-words"), more, k->arena, out, k->diags);
}

/* Whether a reader of the language finds the guide's first words in it, or at least in one they can be expected to read. */
static bool
has_words(const struct kit *k)
{
	const struct string *s = strings_find(&k->world->strings, VIEW("kit-thanks"));

	return s && !k->locale->strings.choices[s->segment].from->source;
}

static bool
add_guide(struct kit *k)
{
	const struct language *source = k->world->site.source;
	struct value more = value_map();
	struct buf words, html;
	bool ok;

	value_set(&more, k->arena, "desk-file", value_text_in(VIEW("desk.html"), VIEW_NONE, VIEW("zxx"), false));
	value_set(&more, k->arena, "po-file", value_text_in(file_name(k, "po"), VIEW_NONE, VIEW("zxx"), false));
	value_set(&more, k->arena, "csv-file", value_text_in(file_name(k, "csv"), VIEW_NONE, VIEW("zxx"), false));
	buf_init(&words);
	buf_init(&html);
	ok = source_words(k, &more, &words) && set_part(k, &more, "style", "style.css", "desk.css");
	value_set(&more, k->arena, "own", value_bool(has_words(k)));
	value_set(&more, k->arena, "source-words", value_text(view_copy(k->arena, view_buf(&words))));
	value_set(&more, k->arena, "source-lang", value_text(source->lang->tag));
	value_set(&more, k->arena, "source-dir", value_text(source->lang->rtl ? VIEW("rtl") : VIEW("ltr")));
	value_set(&more, k->arena, "source-name", value_text_in(source->name, VIEW_NONE, source->lang->tag, source->lang->rtl));
	ok = ok && assemble_file(k->locale, VIEW("kit-guide"), &more, k->arena, &html, k->diags);
	if (ok)
		add(k, VIEW("guide.html"), &html);
	buf_release(&html);
	buf_release(&words);
	return ok;
}

bool
kit_make(struct world *w, struct language *l, struct buf *out, struct diags *d)
{
	struct locale locale;
	struct arena arena;
	struct kit k = { .world = w, .locale = &locale, .arena = &arena, .diags = d, .entries = LIST_OF(struct zip_entry) };
	struct diags quiet;
	const char *why;
	bool ok;

	arena_init(&arena);
	diags_init(&quiet);
	locale_open(&locale, &arena, w, l, false, &quiet);
	ok = add_desk(&k) && add_guide(&k);
	if (ok)
		add_exchange(&k);
	if (ok && !zip_write(&k.entries, out, &why)) {
		diag(d, file_write, PLACE_NONE, VIEW("kit.zip"), view_str(why));
		ok = false;
	}
	diags_release(&quiet);
	arena_release(&arena);
	return ok;
}
