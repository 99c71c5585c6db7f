/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTTP/1.1 on the loopback interface: libmicrohttpd without threads, driven by the caller's loop. */
#include "format/http.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"

enum { CONNECTIONS_MAX = 4096, IDLE_SECONDS = 60, BACKLOG = 1024, UNREAD_MAX = 4 << 20, EVENTS = 16 };

/* A request from its first line to the end of its answer. */
struct call {
	struct http *http;
	struct MHD_Connection *connection;
	struct call *next, **at;	/* those that wait for http_finish; at is NULL for others */
	uint64_t ticket;
	struct view path, query;
	bool answered;			/* `answer` is there and not yet sent */
	bool seen;			/* its headers were seen */
	struct http_answer answer;
	char uri[];
};

/* A connection that is told what http_publish says, as long as the client listens. */
struct stream {
	struct http *http;
	struct MHD_Connection *connection;
	struct stream *next, **at;
	int fd;
	struct buf unsent;
	bool waiting;	/* suspended: there is nothing to send */
	bool gone;
};

struct http {
	struct MHD_Daemon *daemon;
	int epoll;		/* the daemon's own, and the sockets of streams: a suspended one is not watched by the daemon */
	http_answer_fn *answer;
	void *self;
	struct stream *streams;
	size_t nstreams;
	struct call *waiting;
	uint64_t tickets;
};

void
http_answer_init(struct http_answer *a)
{
	*a = (struct http_answer){ .status = MHD_HTTP_OK, .fd = -1 };
	buf_init(&a->headers);
	buf_init(&a->bytes);
}

static void
answer_release(struct http_answer *a)
{
	buf_release(&a->headers);
	buf_release(&a->bytes);
	if (a->fd >= 0)
		close(a->fd);
	a->fd = -1;
}

void
http_header(struct http_answer *a, const char *name, const char *format, ...)
{
	va_list args;

	buf_printf(&a->headers, "%s: ", name);
	va_start(args, format);
	buf_vprintf(&a->headers, format, args);
	va_end(args);
	buf_addc(&a->headers, '\n');
}

/* Lists: a call or a stream knows what points at it. */
#define LINK(list, item) \
	((item)->next = (list), (item)->at = &(list), \
	    (void)((item)->next && ((item)->next->at = &(item)->next)), (list) = (item))
#define UNLINK(item) \
	(*(item)->at = (item)->next, (void)((item)->next && ((item)->next->at = (item)->at)), (item)->at = NULL)

/* Addresses are decoded by http_path, once. */
static size_t
keep_escapes(void *self, struct MHD_Connection *connection, char *text)
{
	(void)self;
	(void)connection;
	return strlen(text);
}

/* The daemon has read the first line of a request. */
static void *
call_begin(void *self, const char *uri, struct MHD_Connection *connection)
{
	size_t n = strlen(uri), question = view_find(view_of(uri, n), '?');
	struct call *c = memory_get(sizeof *c + n + 1);

	*c = (struct call){ .http = self, .connection = connection };
	memcpy(c->uri, uri, n + 1);
	c->path = view_of(c->uri, question);
	c->query = view_slice(view_of(c->uri, n), question + 1, n);
	return c;
}

static void
call_end(void *self, struct MHD_Connection *connection, void **state, enum MHD_RequestTerminationCode code)
{
	struct call *c = *state;

	(void)self;
	(void)connection;
	(void)code;
	*state = NULL;
	if (!c)
		return;
	if (c->at)
		UNLINK(c);
	if (c->answered)
		answer_release(&c->answer);
	free(c);
}

/* What a stream has to say; when that is nothing, the connection sleeps until http_publish or its end. */
static ssize_t
stream_read(void *self, uint64_t at, char *to, size_t max)
{
	struct stream *s = self;
	size_t n = s->unsent.n < max ? s->unsent.n : max;

	(void)at;
	if (s->gone)
		return MHD_CONTENT_READER_END_WITH_ERROR;
	if (n == 0) {
		s->waiting = true;
		MHD_suspend_connection(s->connection);
		return 0;
	}
	memcpy(to, s->unsent.p, n);
	memmove(s->unsent.p, s->unsent.p + n, s->unsent.n - n);
	buf_truncate(&s->unsent, s->unsent.n - n);
	return (ssize_t)n;
}

static void
stream_end(void *self)
{
	struct stream *s = self;

	/* an event of the socket must find no stream that is gone */
	(void)epoll_ctl(s->http->epoll, EPOLL_CTL_DEL, s->fd, NULL);
	UNLINK(s);
	s->http->nstreams--;
	buf_release(&s->unsent);
	free(s);
}

static void
stream_wake(struct stream *s)
{
	if (s->waiting)
		MHD_resume_connection(s->connection);
	s->waiting = false;
}

static struct MHD_Response *
stream_begin(struct call *c, struct http_answer *a)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(c->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct stream *s = memory_get(sizeof *s);
	struct epoll_event e = { .events = EPOLLRDHUP | EPOLLONESHOT, .data.ptr = s };
	struct MHD_Response *response;

	*s = (struct stream){ .http = c->http, .connection = c->connection, .fd = info ? info->connect_fd : -1 };
	buf_init(&s->unsent);
	buf_addv(&s->unsent, view_buf(&a->bytes));
	LINK(c->http->streams, s);
	c->http->nstreams++;
	/* without this a client that leaves is noticed when something is next published */
	(void)epoll_ctl(c->http->epoll, EPOLL_CTL_ADD, s->fd, &e);
	response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, stream_read, s, stream_end);
	if (!response)
		stream_end(s);
	return response;
}

static struct MHD_Response *
response_of(struct call *c, struct http_answer *a)
{
	struct MHD_Response *response;

	if (a->body == HTTP_STREAM)
		return stream_begin(c, a);
	if (a->body == HTTP_FILE) {
		response = MHD_create_response_from_fd_at_offset64(a->size, a->fd, a->from);
		if (response)
			a->fd = -1;	/* the response closes it */
		return response;
	}
	return MHD_create_response_from_buffer(a->bytes.n, a->bytes.p, MHD_RESPMEM_MUST_COPY);
}

/* Hands the answer to the daemon and frees it. */
static enum MHD_Result
send_answer(struct call *c, struct http_answer *a)
{
	struct MHD_Response *response = response_of(c, a);
	struct view lines = view_buf(&a->headers), line;
	enum MHD_Result ok = response ? MHD_YES : MHD_NO;

	while (response && view_cut(&lines, '\n', &line)) {
		size_t colon = view_find(line, ':');

		if (colon == line.n)
			continue;
		((char *)(uintptr_t)line.p)[colon] = '\0';
		((char *)(uintptr_t)line.p)[line.n] = '\0';
		if (colon + 2 < line.n)
			(void)MHD_add_response_header(response, line.p, line.p + colon + 2);
	}
	if (response) {
		ok = MHD_queue_response(c->connection, a->status, response);
		MHD_destroy_response(response);
	}
	answer_release(a);
	return ok;
}

static struct view
header(struct MHD_Connection *connection, const char *name)
{
	return view_str(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/* Asked when the headers are there, and again when the body is. */
static enum MHD_Result
on_request(void *self, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *upload, size_t *nupload, void **state)
{
	struct http *h = self;
	struct call *c = *state;
	struct http_request r = { .method = view_str(method), .path = c->path, .query = c->query,
		.old = strcmp(version, "HTTP/1.0") == 0 };

	(void)url;
	(void)upload;
	if (*nupload) {
		*nupload = 0;
		return MHD_YES;
	}
	/* with a body to come, the connection is closed behind an answer that is given now: nobody reads it */
	if (!c->seen && (view_is(r.method, "GET") || view_is(r.method, "HEAD"))) {
		c->seen = true;
		return MHD_YES;
	}
	if (c->answered) {
		c->answered = false;
		return send_answer(c, &c->answer);
	}
	r.host = header(connection, MHD_HTTP_HEADER_HOST);
	r.range = header(connection, MHD_HTTP_HEADER_RANGE);
	r.if_range = header(connection, MHD_HTTP_HEADER_IF_RANGE);
	r.if_none_match = header(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
	r.if_modified_since = header(connection, MHD_HTTP_HEADER_IF_MODIFIED_SINCE);
	http_answer_init(&c->answer);
	c->answer.ticket = c->ticket = ++h->tickets;
	h->answer(h->self, &r, &c->answer);
	if (c->answer.body != HTTP_LATER)
		return send_answer(c, &c->answer);
	answer_release(&c->answer);
	LINK(h->waiting, c);
	MHD_suspend_connection(connection);
	return MHD_YES;
}

void
http_finish(struct http *h, uint64_t ticket, struct http_answer *a)
{
	struct call *c = h->waiting;

	while (c && c->ticket != ticket)
		c = c->next;
	if (!c || !c->at) {
		answer_release(a);
		return;
	}
	UNLINK(c);
	c->answer = *a;
	c->answered = true;
	MHD_resume_connection(c->connection);
}

/* A socket that listens on the first free port, or -1. */
static int
listen_at(unsigned *port, unsigned tries)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
	bool bound = false;

	if (fd < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	for (unsigned i = 0; i < tries && *port + i <= UINT16_MAX && !bound; i++) {
		address.sin_port = htons((uint16_t)(*port + i));
		bound = bind(fd, (struct sockaddr *)&address, sizeof address) == 0 && listen(fd, BACKLOG) == 0;
		if (!bound && errno != EADDRINUSE)
			break;
	}
	if (bound && getsockname(fd, (struct sockaddr *)&address, &n) == 0) {
		*port = ntohs(address.sin_port);
		return fd;
	}
	n = (socklen_t)errno;
	close(fd);
	errno = (int)n;
	return -1;
}

struct http *
http_open(unsigned *port, unsigned tries, http_answer_fn *answer, void *self)
{
	int fd = listen_at(port, tries), saved;
	struct http *h;
	struct epoll_event e = { .events = EPOLLIN };

	if (fd < 0)
		return NULL;
	h = memory_get(sizeof *h);
	*h = (struct http){ .answer = answer, .self = self, .epoll = epoll_create1(EPOLL_CLOEXEC) };
	h->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, on_request, h,
	    MHD_OPTION_LISTEN_SOCKET, fd,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1,
	    MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
	    MHD_OPTION_URI_LOG_CALLBACK, call_begin, h,
	    MHD_OPTION_NOTIFY_COMPLETED, call_end, h,
	    MHD_OPTION_END);
	if (h->daemon && h->epoll >= 0 &&
	    epoll_ctl(h->epoll, EPOLL_CTL_ADD, MHD_get_daemon_info(h->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd, &e) == 0)
		return h;
	saved = errno;
	if (!h->daemon)
		close(fd);
	http_close(h);
	errno = saved;
	return NULL;
}

void
http_close(struct http *h)
{
	if (!h)
		return;
	while (h->waiting) {
		struct http_answer a;

		http_answer_init(&a);
		a.status = MHD_HTTP_SERVICE_UNAVAILABLE;
		http_finish(h, h->waiting->ticket, &a);
	}
	for (struct stream *s = h->streams; s; s = s->next) {
		s->gone = true;
		stream_wake(s);
	}
	if (h->daemon) {
		MHD_run(h->daemon);
		MHD_stop_daemon(h->daemon);
	}
	if (h->epoll >= 0)
		close(h->epoll);
	free(h);
}

int
http_fd(const struct http *h)
{
	return h->epoll;
}

int
http_timeout(const struct http *h)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (MHD_get_timeout(h->daemon, &ms) != MHD_YES)
		return -1;
	return ms > 60000 ? 60000 : (int)ms;
}

void
http_run(struct http *h)
{
	struct epoll_event events[EVENTS];
	int n;

	do {
		n = epoll_wait(h->epoll, events, EVENTS, 0);
		for (int i = 0; i < n; i++) {
			struct stream *s = events[i].data.ptr;

			if (!s)
				continue;
			s->gone = true;
			stream_wake(s);
		}
		MHD_run(h->daemon);
	} while (n == EVENTS);
}

void
http_publish(struct http *h, struct view bytes)
{
	for (struct stream *s = h->streams; s; s = s->next) {
		buf_addv(&s->unsent, bytes);
		s->gone |= s->unsent.n > UNREAD_MAX;
		stream_wake(s);
	}
	MHD_run(h->daemon);
}

size_t
http_streams(const struct http *h)
{
	return h->nstreams;
}
