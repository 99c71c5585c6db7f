/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzzes the filter of addresses against a second reading of what a browser would do, and what is printed of an address. */
#include <stdint.h>
#include <stdlib.h>

#include "format/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What the URL standard makes of an attribute's value: blanks and controls at the ends go, tab and line ends everywhere. */
static struct view
as_browser(struct view url, char *out)
{
	size_t n = 0;

	while (url.n && (unsigned char)url.p[0] <= ' ')
		url = view_slice(url, 1, url.n);
	while (url.n && (unsigned char)url.p[url.n - 1] <= ' ')
		url.n--;
	for (size_t i = 0; i < url.n; i++)
		if (!strchr("\t\r\n", url.p[i]) || url.p[i] == '\0')
			out[n++] = (char)(url.p[i] >= 'A' && url.p[i] <= 'Z' ? url.p[i] + 32 : url.p[i]);
	return view_of(out, n);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const good[] = { "http:", "https:", "mailto:", "tel:" };
	struct view url = view_of((const char *)data, n), seen;
	size_t colon, end;
	enum url_kind kind;
	char browser[2000];
	bool scheme, known = false;
	struct buf b;

	if (n > sizeof browser)
		return 0;
	kind = html_url_kind(url);
	seen = as_browser(url, browser);
	colon = view_find(seen, ':');
	end = 0;
	while (end < seen.n && !strchr("/?#", seen.p[end]))
		end++;
	/* what a browser would take for a scheme: a letter, then letters, digits, + - . up to a colon */
	scheme = colon > 0 && colon < end && seen.p[0] >= 'a' && seen.p[0] <= 'z';
	for (size_t i = 0; scheme && i < colon; i++)
		scheme = (seen.p[i] >= 'a' && seen.p[i] <= 'z') || (seen.p[i] >= '0' && seen.p[i] <= '9') || strchr("+-.", seen.p[i]);
	for (size_t i = 0; i < 4; i++)
		known |= view_starts(seen, good[i]);
	if (kind != URL_BAD && ((scheme && !known) || view_starts(seen, "//") || view_find(seen, '\\') < seen.n))
		abort();
	if ((kind == URL_FRAGMENT && seen.p[0] != '#') || (kind == URL_RELATIVE && scheme) || (kind == URL_REMOTE && !known))
		abort();
	buf_init(&b);
	html_href(&b, url);
	for (size_t i = 0; i < b.n; i++)
		if (strchr("\"<> \t\r\n", b.p[i]))
			abort();
	buf_clear(&b);
	html_attr(&b, url);
	if (view_find(view_buf(&b), '"') < b.n || view_find(view_buf(&b), '<') < b.n)
		abort();
	buf_release(&b);
	return 0;
}
