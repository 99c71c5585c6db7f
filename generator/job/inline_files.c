/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Style sheets, scripts, pictures and fonts, as they stand inside a document. */
#include "format/digest.h"
#include "job/fonts.h"
#include "job/inline_parts.h"
#include "job/relink.h"

static const struct {
	const char *end, *type;
	bool font;
} types[] = {
	{ ".svg", "image/svg+xml", false },
	{ ".png", "image/png", false },
	{ ".jpg", "image/jpeg", false },
	{ ".jpeg", "image/jpeg", false },
	{ ".gif", "image/gif", false },
	{ ".webp", "image/webp", false },
	{ ".woff2", "font/woff2", true },
	{ ".woff", "font/woff", true },
	{ ".ttf", "font/ttf", true },
	{ ".otf", "font/otf", true },
};
enum { TYPES = sizeof types / sizeof *types };

/* The index of a file's type, or TYPES. */
static size_t
type_of(struct view path)
{
	size_t i = 0;

	while (i < TYPES && !view_ends(path, types[i].end))
		i++;
	return i;
}

bool
inline_has(const struct inlining *in, struct view path)
{
	return path.n && edition_find(in->edition, path);
}

/* The bytes of a file; nothing when it cannot be read, which is reported. */
static struct view
bytes_of(const struct inlining *in, struct view path)
{
	const struct edition_file *f = edition_find(in->edition, path);
	struct view bytes;

	return f && edition_bytes(in->edition, f, in->arena, &bytes) ? bytes : VIEW_NONE;
}

void
inline_data(const struct inlining *in, struct view path, struct buf *out)
{
	size_t type = type_of(path);

	buf_printf(out, "data:%s;base64,", type < TYPES ? types[type].type : "application/octet-stream");
	buf_base64(out, bytes_of(in, path));
}

/* Inside <style> or <script>: nothing may end the element or begin a comment, and a browser reads each line end as one '\n'. */
static void
put_raw(struct buf *out, struct view text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (i > 0 && text.p[i - 1] == '<' && (text.p[i] == '/' || view_starts(view_slice(text, i, text.n), "!--")))
			buf_addc(out, '\\');
		if (text.p[i] != '\r')
			buf_addc(out, text.p[i]);
	}
}

/* A style sheet with its addresses as data:. What it may not or cannot have is an empty one. */
static void
put_css(const struct inlining *in, struct view path, struct view css, struct buf *out)
{
	while (css.n) {
		size_t at = view_search(css, VIEW("url("));
		struct view address, fragment, file;
		bool remote;

		put_raw(out, view_slice(css, 0, at));
		if (at == css.n)
			return;
		css = view_slice(css, at + 4, css.n);
		address = view_trim(view_slice(css, 0, view_find(css, ')')));
		css = view_slice(css, view_find(css, ')'), css.n);
		if (address.n > 1 && strchr("\"'", address.p[0]))
			address = view_slice(address, 1, address.n - 1);
		buf_puts(out, "url(");
		file = relink_path(in->arena, path, address, &fragment, &remote);
		if (view_starts(address, "data:"))
			put_raw(out, address);
		else if (!inline_has(in, file) || type_of(file) == TYPES ||
		    in->without & (types[type_of(file)].font ? INLINE_NO_FONTS : INLINE_NO_IMAGES))
			buf_puts(out, "data:,");
		else
			inline_data(in, file, out);
	}
}

static void
put_sheet(const struct inlining *in, const struct inline_file *f, struct buf *out)
{
	bool fonts = view_is(f->path, "assets/fonts.css");
	struct view css = bytes_of(in, f->path);
	struct buf some;

	if (fonts && in->without & INLINE_NO_FONTS)
		return;
	buf_init(&some);
	if (fonts) {
		fonts_css_some(css, in->arena, &in->tags, &some);
		css = view_buf(&some);
	}
	if (f->media.n)
		buf_printf(out, "@media %.*s{\n", VIEW_ARG(f->media));
	put_css(in, f->path, css, out);
	if (f->media.n)
		buf_puts(out, "}\n");
	buf_release(&some);
}

static void
put_digest(struct buf *out, struct view text)
{
	buf_puts(out, " 'sha256-");
	digest_base64(out, text);
	buf_addc(out, '\'');
}

/* Appends <script> with a text, and its digest to the policy. */
static void
put_script(struct view text, struct buf *policy, struct buf *out)
{
	struct buf raw;

	buf_init(&raw);
	put_raw(&raw, text);
	put_digest(policy, view_buf(&raw));
	buf_puts(out, "<script>");
	buf_addv(out, view_buf(&raw));
	buf_puts(out, "</script>\n");
	buf_release(&raw);
}

void
inline_files(struct inlining *in, struct view head, struct view body, struct buf *out)
{
	const struct list *const all[] = { &in->frame, &in->parts };
	struct buf style, policy, scripts;

	buf_init(&style);
	buf_init(&policy);
	buf_init(&scripts);
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < all[k]->n; i++) {
			const struct inline_file *f = LIST_AT(all[k], struct inline_file, i);

			if (f->script)
				put_script(bytes_of(in, f->path), &policy, &scripts);
			else
				put_sheet(in, f, &style);
		}
	if (in->script.n)
		put_script(in->script, &policy, &scripts);
	buf_puts(out, "\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src");
	buf_puts(out, policy.n ? policy.p : " 'none'");
	buf_puts(out, "; style-src");
	put_digest(out, view_buf(&style));
	buf_puts(out, "; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\" />");
	buf_addv(out, head);
	buf_puts(out, "<style>");
	buf_addv(out, view_buf(&style));
	buf_puts(out, "</style>\n");
	buf_addv(out, body);
	buf_addv(out, view_buf(&scripts));
	buf_release(&scripts);
	buf_release(&policy);
	buf_release(&style);
}
