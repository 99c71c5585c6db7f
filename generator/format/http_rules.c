/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules of HTTP that need no library. */
#include <ctype.h>
#include <strings.h>

#include "base/utf8.h"
#include "format/http.h"

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)tolower((unsigned char)c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Undoes percent-encoding. What comes out may not be able to be more than one name in a folder. */
static bool
decode(struct view raw, struct buf *path)
{
	for (size_t i = 0; i < raw.n; i++) {
		unsigned char c = (unsigned char)raw.p[i];
		bool escaped = c == '%';

		if (escaped) {
			int high = i + 2 < raw.n ? hex(raw.p[i + 1]) : -1, low = i + 2 < raw.n ? hex(raw.p[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (unsigned char)(high * 16 + low);
			i += 2;
		}
		if (c < 0x20 || c == 0x7F || c == '\\' || (escaped && c == '/'))
			return false;
		buf_addc(path, (char)c);
	}
	return true;
}

bool
http_path(struct view raw, struct buf *path)
{
	struct view rest, part;

	buf_clear(path);
	if (raw.n == 0 || raw.n > HTTP_PATH_MAX || raw.p[0] != '/')
		return false;
	if (!decode(view_slice(raw, 1, raw.n), path) || utf8_invalid(view_buf(path)) != path->n || path->p[0] == '/' ||
	    view_search(view_buf(path), VIEW("//")) < path->n)
		return false;
	rest = view_buf(path);
	while (view_cut(&rest, '/', &part))
		if (view_starts(part, "."))
			return false;
	return true;
}

const char *
http_type(struct view path)
{
	static const struct {
		const char *ending, *type;
	} types[] = {
		{ ".html", "text/html; charset=utf-8" }, { ".htm", "text/html; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" },
		{ ".json", "application/json" }, { ".xml", "application/xml" }, { ".txt", "text/plain; charset=utf-8" },
		{ ".md", "text/plain; charset=utf-8" }, { ".yaml", "text/plain; charset=utf-8" },
		{ ".csv", "text/csv; charset=utf-8" }, { ".po", "text/plain; charset=utf-8" },
		{ ".ics", "text/calendar; charset=utf-8" }, { ".svg", "image/svg+xml" }, { ".png", "image/png" },
		{ ".jpg", "image/jpeg" }, { ".jpeg", "image/jpeg" }, { ".gif", "image/gif" }, { ".webp", "image/webp" },
		{ ".avif", "image/avif" }, { ".ico", "image/x-icon" }, { ".woff2", "font/woff2" }, { ".woff", "font/woff" },
		{ ".ttf", "font/ttf" }, { ".otf", "font/otf" }, { ".pdf", "application/pdf" }, { ".epub", "application/epub+zip" },
		{ ".zip", "application/zip" }, { ".mp3", "audio/mpeg" }, { ".ogg", "audio/ogg" }, { ".opus", "audio/ogg" },
		{ ".m4a", "audio/mp4" }, { ".wav", "audio/wav" }, { ".mp4", "video/mp4" }, { ".webm", "video/webm" },
		{ ".vtt", "text/vtt; charset=utf-8" }, { ".wasm", "application/wasm" },
		{ ".doc", "application/msword" }, { ".odt", "application/vnd.oasis.opendocument.text" },
		{ ".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
	};

	if (view_ends(path, "feed.xml"))
		return "application/atom+xml; charset=utf-8";
	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		size_t n = strlen(types[i].ending);

		if (path.n > n && strncasecmp(path.p + path.n - n, types[i].ending, n) == 0)
			return types[i].type;
	}
	return "application/octet-stream";
}

bool
http_host(struct view host)
{
	static const char *const own[] = { "127.0.0.1", "localhost", "[::1]" };
	size_t n = host.n;

	while (n && isdigit((unsigned char)host.p[n - 1]))
		n--;
	if (n && n < host.n && host.p[n - 1] == ':')
		host.n = n - 1;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (host.n == strlen(own[i]) && strncasecmp(host.p, own[i], host.n) == 0)
			return true;
	return false;
}

bool
http_tag_matches(struct view header, struct view tag)
{
	struct view one;

	while (view_cut(&header, ',', &one)) {
		one = view_trim(one);
		if (view_starts(one, "W/"))
			one = view_slice(one, 2, one.n);
		if (view_is(one, "*") || view_eq(one, tag))
			return true;
	}
	return false;
}

/* Digits alone; what would not fit is as much as fits. */
static bool
number(struct view v, uint64_t *n)
{
	*n = 0;
	for (size_t i = 0; i < v.n; i++) {
		if (!isdigit((unsigned char)v.p[i]))
			return false;
		if (*n > (UINT64_MAX - 9) / 10)
			*n = (UINT64_MAX - 9) / 10;
		*n = *n * 10 + (uint64_t)(v.p[i] - '0');
	}
	return v.n > 0;
}

enum http_range
http_range(struct view header, uint64_t size, uint64_t *from, uint64_t *n)
{
	struct view spec = view_trim(header), first;
	uint64_t a = 0, b = 0;
	size_t dash;

	*from = 0;
	*n = size;
	if (spec.n < 6 || strncasecmp(spec.p, "bytes=", 6) != 0)
		return HTTP_WHOLE;
	spec = view_trim(view_slice(spec, 6, spec.n));
	dash = view_find(spec, '-');
	if (dash == spec.n)
		return HTTP_WHOLE;
	first = view_slice(spec, 0, dash);
	spec = view_slice(spec, dash + 1, spec.n);
	if ((first.n && !number(first, &a)) || (spec.n && !number(spec, &b)) || (!first.n && !spec.n))
		return HTTP_WHOLE;
	if (!first.n) {		/* the last b bytes */
		if (b == 0 || size == 0)
			return HTTP_BEYOND;
		*n = b < size ? b : size;
		*from = size - *n;
		return HTTP_PART;
	}
	if (spec.n && b < a)
		return HTTP_WHOLE;
	if (a >= size)
		return HTTP_BEYOND;
	*from = a;
	*n = spec.n && b < size ? b - a + 1 : size - a;
	return HTTP_PART;
}
