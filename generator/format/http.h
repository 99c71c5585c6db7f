/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/1.1 on the loopback interface, for the preview. libmicrohttpd stays in http.c. For jobs and commands. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

/*
 * One daemon, no threads: the caller waits for http_fd() to become readable, or for http_timeout() to pass, and calls
 * http_run(). Answers are made by the one function given to http_open.
 */
struct http;
struct http_request {
	struct view method;
	struct view path;	/* as it was sent, before the '?'; not decoded */
	struct view query;	/* behind the '?', or empty */
	struct view host, range, if_range, if_none_match, if_modified_since;	/* headers, or empty */
	bool old;		/* HTTP/1.0: need not name a host */
};

enum http_body { HTTP_BYTES, HTTP_FILE, HTTP_STREAM, HTTP_LATER };
/* What a request gets. The buffers are begun and freed by http. */
struct http_answer {
	unsigned status;
	struct buf headers;	/* lines "Name: value\n" */
	enum http_body body;
	struct buf bytes;	/* BYTES; STREAM: what is sent first */
	int fd;			/* FILE: closed by http */
	uint64_t from, size;	/* FILE: the part that is sent */
	uint64_t ticket;	/* LATER: for http_finish; set before the answer is asked for */
};
typedef void http_answer_fn(void *self, const struct http_request *r, struct http_answer *a);

/*
 * Listens on 127.0.0.1 at the port (0: any free one), or at one of the `tries` - 1 ports behind it. NULL with errno. *port is
 * the one it got.
 */
struct http *http_open(unsigned *port, unsigned tries, http_answer_fn *answer, void *self);
/* Ends all connections. h may be NULL. */
void http_close(struct http *h);
int http_fd(const struct http *h);
/* Milliseconds until http_run is due although nothing was heard, or -1. */
int http_timeout(const struct http *h);
void http_run(struct http *h);
/* Sends bytes to all that asked for a STREAM. */
void http_publish(struct http *h, struct view bytes);
/* How many there are. */
size_t http_streams(const struct http *h);
/* Gives the answer to a request that got LATER; one that is gone is no problem. The answer is freed. */
void http_finish(struct http *h, uint64_t ticket, struct http_answer *a);

void http_answer_init(struct http_answer *a);
/* Adds a header line. */
void http_header(struct http_answer *a, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Rules of the protocol, in http_rules.c. */

enum { HTTP_PATH_MAX = 2048 };
/*
 * The path below the site's folder: decoded once, without the slash in front, which ends in '/' or is empty for a folder. False when
 * it cannot be one: a bad escape, control characters, a backslash, an encoded slash, an empty part, '.', '..', a name
 * that begins with a dot, bytes that are not UTF-8, over HTTP_PATH_MAX bytes.
 */
bool http_path(struct view raw, struct buf *path);
/* The media type of a file, by its name. Never NULL. */
const char *http_type(struct view path);
/* Whether the Host header is this machine's own name: any other is a page elsewhere that wants to read the preview. */
bool http_host(struct view host);
/* Whether If-None-Match (or If-Range) names this tag, which is in quotes. */
bool http_tag_matches(struct view header, struct view tag);

enum http_range { HTTP_WHOLE, HTTP_PART, HTTP_BEYOND };
/* What a Range header asks for: one part of `size` bytes, the whole (no range, not one we know, more than one), or nothing there is. */
enum http_range http_range(struct view header, uint64_t size, uint64_t *from, uint64_t *n);
