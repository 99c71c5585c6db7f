/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of format/http: the rules by their cases, and the daemon with requests of every kind over a socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "format/http.h"

static void
path_is(const char *raw, const char *expected)
{
	struct buf b;
	bool ok;

	buf_init(&b);
	ok = http_path(view_str(raw), &b);
	if (ok != (expected != NULL))
		fail_msg("'%s' was %s", raw, ok ? "taken" : "refused");
	if (ok)
		assert_string_equal(b.p, expected);
	buf_release(&b);
}

static void
test_path(void **state)
{
	static const char *const refused[] = { "", "a", "*", "http://x/", "//", "//a", "/a//b", "/a//", "/..", "/../a", "/a/..", "/a/../b", "/.",
		"/a/./b", "/%2e%2e/a", "/%2E%2e", "/.%2e/a", "/%2e", "/a%2fb", "/a%2Fb", "/%5c..%5ca", "/a\\b", "/..\\a", "/a%00b", "/%00",
		"/a%", "/a%2", "/a%zz", "/%", "/a%0ab", "/a%0d%0aX: y", "/a%7f", "/%ff", "/%c0%ae%c0%ae/a", "/%c0%af", "/.git/config",
		"/a/.hidden", "/%2egit", "/\x01" };
	char longest[HTTP_PATH_MAX + 2];

	(void)state;
	path_is("/", "");
	path_is("/a.html", "a.html");
	path_is("/fr/", "fr/");
	path_is("/fr/a-b_c.html", "fr/a-b_c.html");
	path_is("/a%20b", "a b");
	path_is("/%D9%86.html", "\xD9\x86.html");
	path_is("/a..b", "a..b");
	path_is("/a%25", "a%");
	path_is("/%252e%252e/a", "%2e%2e/a");
	path_is("/a+b", "a+b");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
		path_is(refused[i], NULL);
	memset(longest, 'a', sizeof longest);
	longest[0] = '/';
	longest[HTTP_PATH_MAX + 1] = '\0';
	path_is(longest, NULL);
	longest[HTTP_PATH_MAX] = '\0';
	path_is(longest, longest + 1);
}

static void
test_type(void **state)
{
	(void)state;
	assert_string_equal(http_type(VIEW("fr/a.html")), "text/html; charset=utf-8");
	assert_string_equal(http_type(VIEW("A.CSS")), "text/css; charset=utf-8");
	assert_string_equal(http_type(VIEW("a.js")), "text/javascript; charset=utf-8");
	assert_string_equal(http_type(VIEW("a.woff2")), "font/woff2");
	assert_string_equal(http_type(VIEW("a.svg")), "image/svg+xml");
	assert_string_equal(http_type(VIEW("a.ics")), "text/calendar; charset=utf-8");
	assert_string_equal(http_type(VIEW("fr/feed.xml")), "application/atom+xml; charset=utf-8");
	assert_string_equal(http_type(VIEW("sitemap.xml")), "application/xml");
	assert_string_equal(http_type(VIEW("html")), "application/octet-stream");
	assert_string_equal(http_type(VIEW("a.tar.unknown")), "application/octet-stream");
	assert_string_equal(http_type(VIEW(".html")), "application/octet-stream");
	assert_string_equal(http_type(VIEW_NONE), "application/octet-stream");
}

static void
test_host(void **state)
{
	static const char *const own[] = { "127.0.0.1", "127.0.0.1:8000", "localhost", "LocalHost:1", "[::1]:8000", "[::1]" };
	static const char *const other[] = { "", "example.org", "example.org:8000", "127.0.0.1.example.org", "localhost.example.org:8000",
		"localhost:", "localhost:x", ":8000", "8000", "127.0.0.2", "::1", "localhost:80:80", "127.0.0.1:8000, example.org", "xlocalhost" };

	(void)state;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		assert_true(http_host(view_str(own[i])));
	for (size_t i = 0; i < sizeof other / sizeof *other; i++)
		if (http_host(view_str(other[i])))
			fail_msg("'%s' is no name of this machine", other[i]);
}

static void
test_tags(void **state)
{
	(void)state;
	assert_true(http_tag_matches(VIEW("\"a\""), VIEW("\"a\"")));
	assert_true(http_tag_matches(VIEW("\"b\", W/\"a\""), VIEW("\"a\"")));
	assert_true(http_tag_matches(VIEW("*"), VIEW("\"a\"")));
	assert_false(http_tag_matches(VIEW("\"ab\""), VIEW("\"a\"")));
	assert_false(http_tag_matches(VIEW("a"), VIEW("\"a\"")));
	assert_false(http_tag_matches(VIEW_NONE, VIEW("\"a\"")));
}

static void
range_is(const char *header, uint64_t size, enum http_range kind, uint64_t from, uint64_t n)
{
	uint64_t f, c;
	enum http_range got = http_range(view_str(header), size, &f, &c);

	if (got != kind)
		fail_msg("'%s' of %llu is %d", header, (unsigned long long)size, (int)got);
	if (kind != HTTP_BEYOND) {
		assert_int_equal(f, from);
		assert_int_equal(c, n);
	}
}

static void
test_range(void **state)
{
	(void)state;
	range_is("bytes=0-0", 10, HTTP_PART, 0, 1);
	range_is("bytes=2-5", 10, HTTP_PART, 2, 4);
	range_is("Bytes=2-", 10, HTTP_PART, 2, 8);
	range_is("bytes=-3", 10, HTTP_PART, 7, 3);
	range_is("bytes=-30", 10, HTTP_PART, 0, 10);
	range_is("bytes=9-99", 10, HTTP_PART, 9, 1);
	range_is("bytes=0-9", 10, HTTP_PART, 0, 10);
	range_is("bytes=10-", 10, HTTP_BEYOND, 0, 0);
	range_is("bytes=0-", 0, HTTP_BEYOND, 0, 0);
	range_is("bytes=-0", 10, HTTP_BEYOND, 0, 0);
	range_is("bytes=5-2", 10, HTTP_WHOLE, 0, 10);
	range_is("bytes=0-1,3-4", 10, HTTP_WHOLE, 0, 10);
	range_is("bytes=-", 10, HTTP_WHOLE, 0, 10);
	range_is("bytes=x-1", 10, HTTP_WHOLE, 0, 10);
	range_is("bytes=1", 10, HTTP_WHOLE, 0, 10);
	range_is("lines=0-1", 10, HTTP_WHOLE, 0, 10);
	range_is("", 10, HTTP_WHOLE, 0, 10);
	range_is("bytes=99999999999999999999999-", 10, HTTP_BEYOND, 0, 0);
	range_is("bytes=1-99999999999999999999999", 10, HTTP_PART, 1, 9);
}

/* The daemon. */

struct box {
	struct http *http;
	unsigned port;
	uint64_t ticket;	/* of a request that waits */
	unsigned asked;
	int file;
};

static void
turn(struct box *b, int ms)
{
	struct pollfd p = { .fd = http_fd(b->http), .events = POLLIN };

	poll(&p, 1, ms);
	http_run(b->http);
}

static void
answer(void *self, const struct http_request *r, struct http_answer *a)
{
	struct box *b = self;

	b->asked++;
	http_header(a, "X-Test", "%s", "yes");
	http_header(a, "X-Empty", "%s", "");
	buf_puts(&a->headers, "no header\n");
	if (view_is(r->path, "/stream")) {
		a->body = HTTP_STREAM;
		buf_puts(&a->bytes, "begin;");
	} else if (view_is(r->path, "/later")) {
		a->body = HTTP_LATER;
		b->ticket = a->ticket;
	} else if (view_is(r->path, "/file")) {
		a->body = HTTP_FILE;
		a->fd = dup(b->file);
		a->from = 2;
		a->size = 3;
	} else if (view_is(r->path, "/none")) {
		a->body = HTTP_FILE;
		a->fd = dup(b->file);
		a->from = UINT64_MAX;
		a->size = 3;
	} else {
		buf_printf(&a->bytes, "%.*s|%.*s|%.*s|%.*s", VIEW_ARG(r->method), VIEW_ARG(r->path), VIEW_ARG(r->query),
		    VIEW_ARG(r->host));
	}
}

static int
setup(void **state)
{
	struct box *b = calloc(1, sizeof *b);
	FILE *f = tmpfile();

	assert_non_null(b);
	assert_non_null(f);
	fputs("0123456789", f);
	fflush(f);
	b->file = dup(fileno(f));
	fclose(f);
	b->http = http_open(&b->port, 1, answer, b);
	assert_non_null(b->http);
	assert_true(b->port > 0);
	*state = b;
	return 0;
}

static int
teardown(void **state)
{
	struct box *b = *state;

	http_close(b->http);
	close(b->file);
	free(b);
	return 0;
}

static int
dial(const struct box *b)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)b->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
say(int fd, const char *text)
{
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
}

/* Runs the server until the client has heard `what`, which is within what it heard in all. */
static void
hear(struct box *b, int fd, struct buf *heard, const char *what)
{
	for (int i = 0; i < 500 && !strstr(heard->p, what); i++) {
		struct pollfd p[] = { { .fd = fd, .events = POLLIN }, { .fd = http_fd(b->http), .events = POLLIN } };
		int wait = http_timeout(b->http);

		poll(p, 2, wait < 0 || wait > 10 ? 10 : wait);
		http_run(b->http);
		if (p[0].revents) {
			ssize_t n = recv(fd, buf_reserve(heard, 4096), 4096, MSG_DONTWAIT);

			if (n > 0) {
				heard->n += (size_t)n;
				heard->p[heard->n] = '\0';
			}
		}
	}
	if (!strstr(heard->p, what))
		fail_msg("no '%s' in '%s'", what, heard->p);
}

static void
test_answers(void **state)
{
	struct box *b = *state;
	struct buf heard;
	int fd = dial(b);

	buf_init(&heard);
	say(fd, "GET /a%2e?b=%41 HTTP/1.1\r\nHost: localhost\r\n\r\n");
	hear(b, fd, &heard, "GET|/a%2e|b=%41|localhost");
	assert_non_null(strstr(heard.p, "HTTP/1.1 200"));
	assert_non_null(strstr(heard.p, "X-Test: yes"));
	buf_clear(&heard);
	say(fd, "HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
	hear(b, fd, &heard, "\r\n\r\n");
	assert_non_null(strstr(heard.p, "Content-Length: 18"));
	assert_null(strstr(heard.p, "HEAD|"));
	buf_clear(&heard);
	say(fd, "GET /file HTTP/1.1\r\nHost: localhost\r\n\r\n");
	hear(b, fd, &heard, "\r\n\r\n234");
	assert_non_null(strstr(heard.p, "Content-Length: 3"));
	buf_clear(&heard);
	/* a body is not waited for */
	say(fd, "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
	hear(b, fd, &heard, "POST|/x");
	close(fd);
	buf_release(&heard);
}

/* Requests that no browser sends: each is answered or ended, and the next client is served. */
static void
test_odd_requests(void **state)
{
	static const struct {
		const char *request, *answer;
	} rows[] = {
		{ "nonsense\r\n\r\n", NULL },
		{ "GET /a\r\n\r\n", "HTTP/1.1 400" },
		{ "GET /a HTTP/9.9\r\nHost: localhost\r\n\r\n", "HTTP/1.1 505" },
		{ "GET /a HTTP/1.1\r\n\r\n", "HTTP/1.1 400" },
		{ "GET /a HTTP/1.1\r\nHost localhost\r\n\r\n", "HTTP/1.1 400" },
		{ "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n", "HTTP/1.1 400" },
		{ "GET /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello", "GET|/x" },
		{ "GET /x HTTP/1.0\r\n\r\n", "GET|/x||" },
	};
	struct box *b = *state;
	char byte;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf heard;
		int fd = dial(b);

		buf_init(&heard);
		say(fd, rows[i].request);
		if (rows[i].answer) {
			hear(b, fd, &heard, rows[i].answer);
		} else {
			for (int k = 0; k < 500 && recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0; k++)
				turn(b, 10);
			assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), 0);
		}
		close(fd);
		buf_release(&heard);
	}
}

/* A file that cannot be sent is no answer; it is closed, and the next client is served. */
static void
test_no_file(void **state)
{
	struct box *b = *state;
	struct buf heard;
	int before = dup(b->file), fd;
	char byte;

	close(before);
	fd = dial(b);
	say(fd, "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n");
	for (int i = 0; i < 200 && recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) < 0; i++)
		turn(b, 10);
	assert_int_equal(recv(fd, &byte, 1, MSG_DONTWAIT), 0);
	close(fd);
	for (int i = 0; i < 5; i++)
		turn(b, 1);
	fd = dup(b->file);
	assert_int_equal(fd, before);
	close(fd);
	fd = dial(b);
	buf_init(&heard);
	say(fd, "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n");
	hear(b, fd, &heard, "GET|/x");
	assert_null(strstr(heard.p, "no header"));
	assert_null(strstr(heard.p, "X-Empty"));
	close(fd);
	buf_release(&heard);
}

/* Many streams; one that leaves from their middle; one that does not read and is let go. */
static void
test_streams(void **state)
{
	enum { MANY = 40 };
	struct box *b = *state;
	struct buf heard, much;
	int fd[MANY];

	buf_init(&heard);
	buf_init(&much);
	for (int i = 0; i < MANY; i++) {
		fd[i] = dial(b);
		say(fd[i], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
	}
	for (int i = 0; i < 500 && http_streams(b->http) < MANY; i++)
		turn(b, 10);
	assert_int_equal(http_streams(b->http), MANY);
	for (int i = 1; i < MANY; i += 2)
		close(fd[i]);
	for (int i = 0; i < 500 && http_streams(b->http) > MANY / 2; i++)
		turn(b, 10);
	assert_int_equal(http_streams(b->http), MANY / 2);
	http_publish(b->http, VIEW("to those that stay;"));
	hear(b, fd[2], &heard, "to those that stay;");
	for (int i = 4; i < MANY; i += 2)
		close(fd[i]);
	for (int i = 0; i < 500 && http_streams(b->http) > 2; i++)
		turn(b, 10);
	assert_int_equal(http_streams(b->http), 2);
	/* what nobody reads is not kept for ever */
	for (int i = 0; i < 1 << 16; i++)
		buf_puts(&much, "0123456789abcdef");
	for (int i = 0; i < 50 && http_streams(b->http) > 0; i++) {
		http_publish(b->http, view_buf(&much));
		turn(b, 1);
	}
	assert_int_equal(http_streams(b->http), 0);
	close(fd[0]);
	close(fd[2]);
	buf_release(&much);
	buf_release(&heard);
}

static void
test_stream(void **state)
{
	struct box *b = *state;
	struct buf one, two;
	int fd[2] = { dial(b), dial(b) };

	buf_init(&one);
	buf_init(&two);
	say(fd[0], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
	say(fd[1], "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
	hear(b, fd[0], &one, "begin;");
	hear(b, fd[1], &two, "begin;");
	assert_int_equal(http_streams(b->http), 2);
	http_publish(b->http, VIEW("first;"));
	hear(b, fd[0], &one, "first;");
	hear(b, fd[1], &two, "first;");
	/* one that leaves is noticed without anything said */
	close(fd[1]);
	for (int i = 0; i < 200 && http_streams(b->http) > 1; i++)
		turn(b, 10);
	assert_int_equal(http_streams(b->http), 1);
	http_publish(b->http, VIEW("second;"));
	hear(b, fd[0], &one, "second;");
	close(fd[0]);
	buf_release(&two);
	buf_release(&one);
}

static void
test_later(void **state)
{
	struct box *b = *state;
	struct http_answer a;
	struct buf heard;
	int fd = dial(b);

	buf_init(&heard);
	say(fd, "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
	for (int i = 0; i < 500 && !b->ticket; i++)
		turn(b, 10);
	assert_true(b->ticket > 0);
	http_answer_init(&a);
	a.status = 404;
	buf_puts(&a.bytes, "at last");
	http_finish(b->http, b->ticket, &a);
	hear(b, fd, &heard, "at last");
	assert_non_null(strstr(heard.p, "HTTP/1.1 404"));
	assert_int_equal(b->asked, 1);
	/* nobody waits for this */
	http_answer_init(&a);
	buf_puts(&a.bytes, "again");
	http_finish(b->http, b->ticket, &a);
	/* one that still waits when all ends */
	say(fd, "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
	b->ticket = 0;
	for (int i = 0; i < 500 && !b->ticket; i++)
		turn(b, 10);
	http_close(b->http);
	b->http = NULL;
	close(fd);
	buf_release(&heard);
}

/* Several wait, are answered in another order, or leave before. */
static void
test_many_later(void **state)
{
	struct box *b = *state;
	uint64_t tickets[3];
	struct buf heard;
	int fd[3];

	buf_init(&heard);
	for (int i = 0; i < 3; i++) {
		fd[i] = dial(b);
		b->ticket = 0;
		say(fd[i], "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
		for (int k = 0; k < 500 && !b->ticket; k++)
			turn(b, 10);
		tickets[i] = b->ticket;
	}
	assert_true(tickets[0] < tickets[1] && tickets[1] < tickets[2]);
	close(fd[2]);
	for (int i = 0; i < 3; i++) {
		static const int order[] = { 1, 0, 2 };
		struct http_answer a;

		http_answer_init(&a);
		buf_printf(&a.bytes, "answer %d", order[i]);
		if (order[i] == 2) {
			/* nobody is there to take it */
			a.body = HTTP_FILE;
			a.fd = dup(b->file);
			a.size = 3;
		}
		http_finish(b->http, tickets[order[i]], &a);
		if (order[i] < 2) {
			buf_clear(&heard);
			hear(b, fd[order[i]], &heard, order[i] ? "answer 1" : "answer 0");
			close(fd[order[i]]);
		}
	}
	for (int i = 0; i < 20; i++)
		turn(b, 1);
	/* one more is finished, and never sent: the server ends first */
	fd[0] = dial(b);
	b->ticket = 0;
	say(fd[0], "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
	for (int k = 0; k < 500 && !b->ticket; k++)
		turn(b, 10);
	close(fd[0]);
	buf_release(&heard);
}

/* With no descriptor left the server says so, whichever it lacks, and keeps none. */
static void
test_no_descriptors(void **state)
{
	struct box *b = *state;
	struct rlimit old, few;
	int first = dup(b->file);
	unsigned failed = 0, port = 0;
	struct http *h = NULL;

	close(first);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = old;
	for (few.rlim_cur = (rlim_t)first; !h && failed < 20; few.rlim_cur++) {
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
		port = 0;
		errno = 0;
		h = http_open(&port, 1, answer, b);
		if (!h) {
			int fd, said = errno;

			failed++;
			assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
			assert_int_equal(said, EMFILE);
			fd = dup(b->file);
			assert_int_equal(fd, first);
			close(fd);
		}
	}
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_non_null(h);
	assert_true(failed >= 3 && port > 0);
	http_close(h);
	http_close(NULL);
}

static void
test_port(void **state)
{
	struct box *b = *state;
	unsigned port = b->port;

	assert_null(http_open(&port, 1, answer, b));
	port = 65536;
	assert_null(http_open(&port, 1, answer, b));
	port = b->port;
	{
		struct http *next = http_open(&port, 50, answer, b);

		assert_non_null(next);
		assert_true(port > b->port && port < b->port + 50);
		http_close(next);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_path),
		cmocka_unit_test(test_type),
		cmocka_unit_test(test_host),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_range),
		cmocka_unit_test_setup_teardown(test_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_odd_requests, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_file, setup, teardown),
		cmocka_unit_test_setup_teardown(test_streams, setup, teardown),
		cmocka_unit_test_setup_teardown(test_many_later, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_descriptors, setup, teardown),
		cmocka_unit_test_setup_teardown(test_stream, setup, teardown),
		cmocka_unit_test_setup_teardown(test_later, setup, teardown),
		cmocka_unit_test_setup_teardown(test_port, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
