/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page as the preview serves it. */
#include "command/serve_parts.h"
#include "format/html.h"

static const char *const needed[] = { "script-src", "style-src", "connect-src" };
enum { NEEDED = sizeof needed / sizeof *needed };

/* One directive; one that forbids this server is opened to it. */
static void
put_directive(struct view directive, bool seen[NEEDED], struct buf *out)
{
	struct view rest = directive, name = VIEW_NONE;
	int which = -1;

	view_cut(&rest, ' ', &name);
	for (int i = 0; i < NEEDED; i++)
		if (view_is(name, needed[i]))
			which = i;
	if (which < 0) {
		buf_addv(out, directive);
		return;
	}
	seen[which] = true;
	rest = view_trim(rest);
	if (view_is(rest, "'none'"))
		rest = VIEW_NONE;
	buf_addv(out, name);
	if (rest.n) {
		buf_addc(out, ' ');
		buf_addv(out, rest);
	}
	if (view_search(rest, VIEW("'self'")) == rest.n)
		buf_puts(out, " 'self'");
}

static void
put_policy(struct view policy, struct buf *out)
{
	bool seen[NEEDED] = { false }, closed = view_search(policy, VIEW("default-src")) < policy.n, first = true;
	struct view directive;

	while (view_cut(&policy, ';', &directive)) {
		directive = view_trim(directive);
		if (directive.n == 0)
			continue;
		buf_puts(out, first ? "" : "; ");
		put_directive(directive, seen, out);
		first = false;
	}
	for (int i = 0; closed && i < NEEDED; i++)
		if (!seen[i])
			buf_printf(out, "; %s 'self'", needed[i]);
}

/* Bytes up to and with the policy, if the head has one; returns the rest. */
static struct view
dress_policy(struct view html, size_t head, struct buf *out)
{
	static const char before[] = "http-equiv=\"Content-Security-Policy\" content=\"";
	size_t at = view_search(view_slice(html, 0, head), view_str(before)), end;

	if (at >= head)
		return html;
	at += strlen(before);
	end = at + view_find(view_slice(html, at, html.n), '"');
	buf_addv(out, view_slice(html, 0, at));
	put_policy(view_slice(html, at, end), out);
	return view_slice(html, end, html.n);
}

void
page_dress(struct view html, struct view build, bool any, struct buf *out)
{
	size_t head = view_search(html, VIEW("</head>"));
	struct view rest = dress_policy(html, head, out);
	size_t done = html.n - rest.n;

	buf_addv(out, view_slice(html, done, head));
	buf_puts(out, "<script src=\"/.waypost/live.js\" id=\"waypost-live\" data-build=\"");
	html_attr(out, build);
	buf_puts(out, any ? "\" data-any=\"any" : "");
	buf_puts(out, "\" defer=\"defer\"></script>\n");
	buf_addv(out, view_slice(html, head, html.n));
}
