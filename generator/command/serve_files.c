/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request gets. */
#include <errno.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "command/serve_parts.h"
#include "format/html.h"

enum { PAGE_MAX = 64 << 20, DATE_MAX = 32 };

/* For all answers: nothing is kept without asking, nothing is guessed, no other site may show it. */
static void
put_common(struct http_answer *a, const char *type)
{
	http_header(a, "Content-Type", "%s", type);
	http_header(a, "Cache-Control", "no-cache");
	http_header(a, "X-Content-Type-Options", "nosniff");
	http_header(a, "Cross-Origin-Resource-Policy", "same-origin");
}

/* A page of our own: when there is none of the site's. It reloads itself like any other. link: begins the text, or is empty. */
static void
plain_page(const struct server *s, unsigned status, struct view title, struct view text, const char *link, struct http_answer *a)
{
	const struct messages *m = s->o->messages;
	struct buf html, name;

	buf_init(&html);
	buf_init(&name);
	build_name(s, &name);
	buf_printf(&html, "<!DOCTYPE html>\n<html lang=\"%.*s\"%s>\n<head>\n<meta charset=\"utf-8\" />\n<title>%.*s</title>\n</head>\n"
	    "<body>\n<h1>%.*s</h1>\n<p>%s%.*s%s</p>\n</body>\n</html>\n", VIEW_ARG(m ? m->tag : VIEW("en")), m && m->rtl ? " dir=\"rtl\"" : "",
	    VIEW_ARG(title), VIEW_ARG(title), link, VIEW_ARG(text), *link ? "</a>" : "");
	a->status = status;
	put_common(a, "text/html; charset=utf-8");
	page_dress(view_buf(&html), view_buf(&name), true, &a->bytes);
	buf_release(&name);
	buf_release(&html);
}

static void
refuse(const struct server *s, unsigned status, enum word why, struct http_answer *a)
{
	a->status = status;
	put_common(a, "text/plain; charset=utf-8");
	words_add(&a->bytes, s->o->messages, why, (const struct view[WORD_ARGS]){ VIEW_NONE });
	buf_addc(&a->bytes, '\n');
}

/* Conditions and ranges, for bytes or a file of this size, known by the tag. True when the body is still to be sent: a->from, a->size. */
static bool
put_part(const struct http_request *r, struct view tag, const char *date, uint64_t size, struct http_answer *a)
{
	enum http_range part = HTTP_WHOLE;

	http_header(a, "ETag", "%.*s", VIEW_ARG(tag));
	if (date)
		http_header(a, "Last-Modified", "%s", date);
	http_header(a, "Accept-Ranges", "bytes");
	if (r->if_none_match.n ? http_tag_matches(r->if_none_match, tag) :
	    date && r->if_modified_since.n && view_is(r->if_modified_since, date)) {
		a->status = 304;
		return false;
	}
	a->from = 0;
	a->size = size;
	if (r->range.n && (!r->if_range.n || view_eq(r->if_range, tag)))
		part = http_range(r->range, size, &a->from, &a->size);
	if (part == HTTP_BEYOND) {
		a->status = 416;
		http_header(a, "Content-Range", "bytes */%llu", (unsigned long long)size);
		return false;
	}
	if (part == HTTP_PART) {
		a->status = 206;
		http_header(a, "Content-Range", "bytes %llu-%llu/%llu", (unsigned long long)a->from,
		    (unsigned long long)(a->from + a->size - 1), (unsigned long long)size);
	}
	return true;
}

/* Bytes in memory, or the part of them that is asked for. */
static void
put_bytes(const struct http_request *r, struct view bytes, const char *type, struct http_answer *a)
{
	char tag[24];
	int n = snprintf(tag, sizeof tag, "\"%016llx\"", (unsigned long long)hash_bytes(bytes));

	put_common(a, type);
	if (put_part(r, view_of(tag, (size_t)n), NULL, bytes.n, a))
		buf_addv(&a->bytes, view_slice(bytes, (size_t)a->from, (size_t)(a->from + a->size)));
}

static void
put_file(const struct http_request *r, int fd, const struct file_facts *facts, struct view path, struct http_answer *a)
{
	time_t seconds = (time_t)facts->seconds;
	char tag[96], date[DATE_MAX];
	struct tm t;
	int n = snprintf(tag, sizeof tag, "\"%llx-%llx-%llx.%llx\"", (unsigned long long)facts->number,
	    (unsigned long long)facts->size, (unsigned long long)facts->seconds, (unsigned long long)facts->nanoseconds);

	if (!gmtime_r(&seconds, &t) || strftime(date, sizeof date, "%a, %d %b %Y %H:%M:%S GMT", &t) == 0)
		date[0] = '\0';
	put_common(a, http_type(path));
	if (put_part(r, view_of(tag, (size_t)n), date[0] ? date : NULL, facts->size, a)) {
		a->body = HTTP_FILE;
		a->fd = fd;
	} else {
		close(fd);
	}
}

/* Reads all of a file. False when it is gone or grew. */
static bool
read_whole(int fd, size_t size, struct buf *b)
{
	char *p = buf_reserve(b, size + 1);
	size_t n = 0;

	while (n < size) {
		ssize_t got = read(fd, p + n, size - n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		n += (size_t)got;
	}
	b->n += n;
	b->p[b->n] = '\0';
	return true;
}

/* A page of the site, with our script in it; any: it stands for another one. */
static void
put_page(const struct server *s, const struct http_request *r, int fd, const struct file_facts *facts, bool any, struct http_answer *a)
{
	struct buf html, page, name;

	buf_init(&html);
	buf_init(&page);
	buf_init(&name);
	build_name(s, &name);
	if (facts->size <= PAGE_MAX && read_whole(fd, (size_t)facts->size, &html)) {
		page_dress(view_buf(&html), view_buf(&name), any, &page);
		put_bytes(r, view_buf(&page), "text/html; charset=utf-8", a);
	} else {
		refuse(s, 500, WORD_refuse_page, a);
	}
	close(fd);
	buf_release(&name);
	buf_release(&page);
	buf_release(&html);
}

static bool
is_page(struct view path)
{
	return view_ends(path, ".html") || view_ends(path, ".htm");
}

/* The site's own page for wrong addresses, or ours. */
static void
not_found(const struct server *s, const struct file_root *site, struct http_answer *a)
{
	struct file_facts facts;
	struct http_request plain = { 0 };
	int fd = file_open(site, VIEW("404.html"), &facts);

	if (fd < 0) {
		plain_page(s, 404, words_view(s->o->messages, serve_no_page), words_view(s->o->messages, serve_first_page), "<a href=\"/\">", a);
		return;
	}
	put_page(s, &plain, fd, &facts, true, a);
	if (a->status == 200)
		a->status = 404;
}

/* A folder has no page of its own: its index.html is one like any other, as on a stick. */
static void
folder(const struct server *s, const struct file_root *site, struct view path, struct view query, struct http_answer *a)
{
	struct file_facts facts;
	struct buf index, way;
	int fd;

	buf_init(&index);
	buf_init(&way);
	buf_addv(&index, path);
	if (index.n && !view_ends(path, "/"))
		buf_addc(&index, '/');
	buf_puts(&index, "index.html");
	fd = file_open(site, view_buf(&index), &facts);
	if (fd >= 0) {
		close(fd);
		html_href(&way, view_buf(&index));
		refuse(s, 302, WORD_refuse_folder, a);
		http_header(a, "Location", "/%s%s%.*s", way.p, query.n ? "?" : "", VIEW_ARG(query));
	} else {
		not_found(s, site, a);
	}
	buf_release(&way);
	buf_release(&index);
}

static bool
asks_translate(struct view query)
{
	struct view one;

	while (view_cut(&query, '&', &one))
		if (view_is(one, "translate") || view_starts(one, "translate="))
			return true;
	return false;
}

static void
site_file(struct server *s, const struct http_request *r, struct view path, struct http_answer *a)
{
	struct file_root site;
	struct file_facts facts;
	struct arena arena;
	int fd;

	arena_init(&arena);
	if (!file_root_open(&site, &arena, view_buf(&s->site))) {
		plain_page(s, 503, words_view(s->o->messages, serve_building), words_view(s->o->messages, serve_wait), "", a);
		http_header(a, "Retry-After", "1");
		arena_release(&arena);
		return;
	}
	fd = path.n == 0 || view_ends(path, "/") ? -1 : file_open(&site, path, &facts);
	if (fd >= 0 && is_page(path) && asks_translate(r->query) && view_is(r->method, "GET") && render_start(s, path, a->ticket)) {
		a->body = HTTP_LATER;
		close(fd);
	} else if (fd >= 0 && is_page(path)) {
		put_page(s, r, fd, &facts, false, a);
	} else if (fd >= 0) {
		put_file(r, fd, &facts, path, a);
	} else if (path.n == 0 || view_ends(path, "/") || errno == EISDIR) {
		folder(s, &site, path, r->query, a);
	} else {
		not_found(s, &site, a);
	}
	file_root_close(&site);
	arena_release(&arena);
}

/* What is the server's and not the site's: below /.waypost/, where no site has files. */
static bool
own_file(struct server *s, const struct http_request *r, struct http_answer *a)
{
	struct buf script;

	if (view_is(r->path, "/.waypost/live.js")) {
		buf_init(&script);
		live_words(s->o->messages, &script);
		buf_add(&script, serve_live_js, (size_t)(serve_live_js_end - serve_live_js));
		put_bytes(r, view_buf(&script), "text/javascript; charset=utf-8", a);
		buf_release(&script);
		return true;
	}
	if (view_is(r->path, "/.waypost/live.css")) {
		put_bytes(r, view_of(serve_live_css, (size_t)(serve_live_css_end - serve_live_css)), "text/css; charset=utf-8", a);
		return true;
	}
	if (view_is(r->path, "/.waypost/events")) {
		put_common(a, "text/event-stream");
		buf_puts(&a->bytes, "retry: 500\n");
		build_event(s, false, &a->bytes);
		a->body = view_is(r->method, "GET") ? HTTP_STREAM : HTTP_BYTES;
		return true;
	}
	return false;
}

void
serve_answer(void *self, const struct http_request *r, struct http_answer *a)
{
	struct server *s = self;
	struct buf path;

	if (!view_is(r->method, "GET") && !view_is(r->method, "HEAD")) {
		refuse(s, 405, WORD_refuse_method, a);
		http_header(a, "Allow", "GET, HEAD");
		return;
	}
	if (!r->host.n && !r->old) {
		refuse(s, 400, WORD_refuse_no_host, a);
		return;
	}
	if (r->host.n && !http_host(r->host)) {
		refuse(s, 403, WORD_refuse_host, a);
		return;
	}
	if (own_file(s, r, a))
		return;
	buf_init(&path);
	if (r->path.n > HTTP_PATH_MAX)
		refuse(s, 414, WORD_refuse_long, a);
	else if (!http_path(r->path, &path))
		refuse(s, 400, WORD_refuse_address, a);
	else
		site_file(s, r, view_buf(&path), a);
	buf_release(&path);
}
