/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walks through HTML that we wrote (attributes in double quotes); what the tags ask for is put into place by inline_files.c. */
#include "job/inline.h"

#include "job/inline_parts.h"
#include "job/relink.h"

/* A walk through one document or part. */
struct walk {
	struct inlining *in;
	struct view page;	/* where it stands on the site */
	struct view part;	/* empty for the document */
	struct buf *out;
	bool dropped;		/* the <a> that is open was left out; they do not nest */
};

struct attribute {
	struct view name, value;
	size_t from, to;	/* of the value in the tag */
};

/* Passes over the next attribute of a tag. False at its end. */
static bool
next(struct view tag, size_t *at, struct attribute *x)
{
	struct view rest;
	size_t n = 0;

	while (*at < tag.n && strchr(" \t\n/>", tag.p[*at]))
		(*at)++;
	rest = view_slice(tag, *at, tag.n);
	while (n < rest.n && !strchr(" \t\n=/>", rest.p[n]))
		n++;
	x->name = view_slice(rest, 0, n);
	x->value = VIEW_NONE;
	if (n + 1 < rest.n && rest.p[n] == '=' && rest.p[n + 1] == '"') {
		x->value = view_slice(rest, n + 2, rest.n);
		x->value = view_slice(x->value, 0, view_find(x->value, '"'));
		n += x->value.n + 3;
	}
	x->from = x->value.p ? (size_t)(x->value.p - tag.p) : *at + n;
	x->to = x->from + x->value.n;
	*at += n;
	return x->name.n > 0;
}

/* Where the attributes of "<name ..." or the end of "</name>" are. */
static size_t
name_end(struct view tag)
{
	size_t n = view_starts(tag, "</") ? 2 : 1;

	while (n < tag.n && !strchr(" \t\n/>", tag.p[n]))
		n++;
	return n;
}

static struct view
get(struct view tag, const char *name)
{
	struct attribute x;

	for (size_t at = name_end(tag); next(tag, &at, &x);)
		if (view_is(x.name, name))
			return x.value;
	return VIEW_NONE;
}

/* The tag, comment or declaration at the front; a '>' in a value does not end it. */
static struct view
tag_at(struct view html)
{
	bool quoted = false;

	if (view_starts(html, "<!--"))
		return view_slice(html, 0, view_search(html, VIEW("-->")) + 3);
	for (size_t i = 0; i < html.n; i++) {
		quoted ^= html.p[i] == '"';
		if (html.p[i] == '>' && !quoted)
			return view_slice(html, 0, i + 1);
	}
	return html;
}

void
inline_init(struct inlining *in, const struct edition *e, struct arena *a)
{
	*in = (struct inlining){ .edition = e, .arena = a, .frame = LIST_OF(struct inline_file), .parts = LIST_OF(struct inline_file) };
	map_init(&in->ids, a);
	map_init(&in->tags, a);
}

static struct view
full_id(const struct inlining *in, struct view part, struct view id)
{
	return view_printf(in->arena, "%.*s#%.*s", VIEW_ARG(part), VIEW_ARG(id));
}

void
inline_learn(struct inlining *in, struct view part, struct view html)
{
	while (html.n) {
		struct view tag, id;

		html = view_slice(html, view_find(html, '<'), html.n);
		tag = tag_at(html);
		html = view_slice(html, tag.n, html.n);
		id = view_starts(tag, "<!") ? VIEW_NONE : get(tag, "id");
		if (id.n)
			map_set(&in->ids, full_id(in, part, id), in);
	}
}

/* Ids, parted by blanks; those of the part get its name. */
static void
put_ids(struct walk *w, struct view ids)
{
	struct view id;

	for (bool first = true; view_cut(&ids, ' ', &id); first = false) {
		struct view full = full_id(w->in, w->part, id);

		if (!first)
			buf_addc(w->out, ' ');
		buf_addv(w->out, w->part.n && map_get(&w->in->ids, full) ? full : id);
	}
}

/* "#id" inside the part; '#' in it may not stand in an address as it is. */
static void
put_fragment(struct walk *w, struct view address)
{
	struct view id = view_slice(address, 1, address.n);

	if (w->part.n && map_get(&w->in->ids, full_id(w->in, w->part, id)))
		buf_printf(w->out, "#%.*s%%23%.*s", VIEW_ARG(w->part), VIEW_ARG(id));
	else
		buf_addv(w->out, address);
}

static bool
names_ids(struct view name)
{
	static const char *const all[] = { "id", "for", "headers", "list", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns",
		"aria-details" };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (view_is(name, all[i]))
			return true;
	return false;
}

static void
put_value(struct walk *w, const struct attribute *x, struct view link)
{
	if (names_ids(x->name))
		put_ids(w, x->value);
	else if (link.n && view_is(x->name, "href"))
		buf_addv(w->out, link);
	else if (view_is(x->name, "href") && view_starts(x->value, "#"))
		put_fragment(w, x->value);
	else
		buf_addv(w->out, x->value);
}

/* "<h2" and "</h2" of a part are one step lower. */
static void
put_name(struct walk *w, struct view name)
{
	size_t n = name.n;

	if (w->part.n && n >= 3 && name.p[n - 2] == 'h' && name.p[n - 1] >= '1' && name.p[n - 1] <= '5' && strchr("</", name.p[n - 3]))
		buf_printf(w->out, "%.*s%c", (int)n - 1, name.p, name.p[n - 1] + 1);
	else
		buf_addv(w->out, name);
}

/* Any tag, with the link of an <a> in place of its own unless it is empty. */
static void
put_tag(struct walk *w, struct view tag, struct view link)
{
	size_t n = name_end(tag), done = n;
	struct attribute x;

	put_name(w, view_slice(tag, 0, n));
	for (size_t at = n; next(tag, &at, &x);) {
		if (view_is(x.name, "lang") && x.value.n)
			map_set(&w->in->tags, view_copy(w->in->arena, x.value), w->in);
		buf_addv(w->out, view_slice(tag, done, x.from));
		put_value(w, &x, link);
		done = x.to;
	}
	buf_addv(w->out, view_slice(tag, done, tag.n));
}

static void
put_link(struct walk *w, struct view tag)
{
	struct view address = get(tag, "href"), link = VIEW_NONE;

	if (address.n && !view_starts(address, "#")) {
		link = w->in->link(w->in->self, w->page, address);
		w->dropped = link.n == 0;
	}
	if (!w->dropped)
		put_tag(w, tag, link);
}

/* A picture of the site as data:, or the words that stand for it. */
static void
put_image(struct walk *w, struct view tag)
{
	struct view alt = get(tag, "alt"), address = get(tag, "src"), fragment, path;
	struct attribute x;
	size_t done = 0;
	bool remote;

	path = relink_path(w->in->arena, w->page, address, &fragment, &remote);
	if (view_starts(address, "data:")) {
		buf_addv(w->out, tag);
	} else if (w->in->without & INLINE_NO_IMAGES || !inline_has(w->in, path)) {
		if (alt.n)
			buf_printf(w->out, "<span class=\"alt\">%.*s</span>", VIEW_ARG(alt));
	} else {
		for (size_t at = name_end(tag); next(tag, &at, &x);) {
			if (!view_is(x.name, "src"))
				continue;
			buf_addv(w->out, view_slice(tag, done, x.from));
			inline_data(w->in, path, w->out);
			done = x.to;
		}
		buf_addv(w->out, view_slice(tag, done, tag.n));
	}
}

/* Notes a style sheet or a script; the same one is not noted twice. */
static void
ask(struct walk *w, struct view path, struct view media, bool script)
{
	struct list *all[] = { &w->in->frame, &w->in->parts };

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < all[k]->n; i++)
			if (view_eq(LIST_AT(all[k], struct inline_file, i)->path, path))
				return;
	*(struct inline_file *)list_push(all[w->part.n > 0], w->in->arena) = (struct inline_file){ .path = view_copy(w->in->arena, path),
		.media = view_copy(w->in->arena, media), .script = script };
}

static void
take_link(struct walk *w, struct view tag)
{
	struct view fragment, rel = get(tag, "rel"), path;
	bool remote;

	path = relink_path(w->in->arena, w->page, get(tag, "href"), &fragment, &remote);
	if (view_is(rel, "stylesheet") && inline_has(w->in, path)) {
		ask(w, path, get(tag, "media"), false);
	} else if (view_is(rel, "icon") && !(w->in->without & INLINE_NO_IMAGES) && inline_has(w->in, path)) {
		buf_puts(w->out, "<link rel=\"icon\" href=\"");
		inline_data(w->in, path, w->out);
		buf_puts(w->out, "\" />");
	}
}

/* <script ...></script>: noted when it is a file; *html is behind it afterwards. */
static void
take_script(struct walk *w, struct view tag, struct view *html)
{
	struct view fragment, path;
	bool remote;

	path = relink_path(w->in->arena, w->page, get(tag, "src"), &fragment, &remote);
	if (inline_has(w->in, path) && !(w->in->without & INLINE_NO_SCRIPTS))
		ask(w, path, VIEW_NONE, true);
	*html = view_slice(*html, view_search(*html, VIEW("</script>")) + 9, html->n);
}

static void
walk(struct walk *w, struct view html)
{
	while (html.n) {
		size_t at = view_find(html, '<');
		struct view tag, name;

		buf_addv(w->out, view_slice(html, 0, at));
		html = view_slice(html, at, html.n);
		tag = tag_at(html);
		html = view_slice(html, tag.n, html.n);
		name = view_slice(tag, 0, name_end(tag));
		if (view_is(name, "<a"))
			put_link(w, tag);
		else if (view_is(name, "<img"))
			put_image(w, tag);
		else if (view_is(name, "<link"))
			take_link(w, tag);
		else if (view_is(name, "<script"))
			take_script(w, tag, &html);
		else if (view_is(tag, "</a>") && w->dropped)
			w->dropped = false;
		else if (view_starts(tag, "<!"))
			buf_addv(w->out, tag);
		else if (tag.n && !view_is(get(tag, "http-equiv"), "Content-Security-Policy"))
			put_tag(w, tag, VIEW_NONE);
	}
}

void
inline_part(struct inlining *in, struct view page, struct view part, struct view html, struct buf *out)
{
	struct walk w = { .in = in, .page = page, .part = part, .out = out };

	walk(&w, html);
}

void
inline_document(struct inlining *in, struct view page, struct view html, struct buf *out)
{
	struct view text, head = VIEW("<head>");
	struct walk w = { .in = in, .page = page };
	size_t at, style, script;
	struct buf body;

	buf_init(&body);
	w.out = &body;
	walk(&w, html);
	text = view_buf(&body);
	at = view_search(text, head) + head.n;
	style = view_search(text, VIEW("</head>"));
	script = view_search(text, VIEW("</body>"));
	buf_addv(out, view_slice(text, 0, at));
	inline_files(in, view_slice(text, at, style), view_slice(text, style, script), out);
	buf_addv(out, view_slice(text, script, text.n));
	buf_release(&body);
}
