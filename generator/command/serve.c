/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost serve: a live preview. One thread; builds and pages with their segments marked are made by processes of their own. */
#include "command/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "command/build.h"
#include "command/report.h"
#include "command/serve_parts.h"

enum { PORTS = 100, EVENTS = 16 };

static const char *const folders[] = { "content", "translations", "themes" };

static bool
listen_to(const struct server *s, int fd)
{
	struct epoll_event e = { .events = EPOLLIN };

	return epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &e) == 0;
}

/* Interrupts and ended children become readable; a client that leaves in the middle of an answer is no signal. */
static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	sigaddset(&set, SIGCHLD);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0 || signal(SIGPIPE, SIG_IGN) == SIG_ERR)
		return -1;
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

static void
close_signals(int fd)
{
	sigset_t set;

	if (fd >= 0)
		close(fd);
	sigemptyset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
}

static void
take_signals(struct server *s)
{
	struct signalfd_siginfo info;

	while (read(s->signals, &info, sizeof info) == (ssize_t)sizeof info)
		s->ending |= info.ssi_signo != SIGCHLD;
	if (s->browser > 0 && waitpid(s->browser, NULL, WNOHANG) == s->browser)
		s->browser = 0;
}

/* As many connections as the system lets us have. */
static void
raise_limit(void)
{
	struct rlimit r;

	if (getrlimit(RLIMIT_NOFILE, &r) == 0 && r.rlim_cur < r.rlim_max) {
		r.rlim_cur = r.rlim_max;
		(void)setrlimit(RLIMIT_NOFILE, &r);
	}
}

static void
open_browser(struct server *s)
{
	struct buf url;

	buf_init(&url);
	buf_printf(&url, "http://127.0.0.1:%u/", s->port);
	s->browser = fork();
	if (s->browser == 0) {
		sigset_t none;

		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		signal(SIGPIPE, SIG_DFL);
		setpgid(0, 0);
		execlp("xdg-open", "xdg-open", url.p, (char *)NULL);
		report_usage(s->o, serve_browser, VIEW_NONE);
		_exit(EXIT_SYSTEM);
	}
	buf_release(&url);
}

/* What is said when the server is ready. */
static void
greet(const struct server *s)
{
	const struct options *o = s->o;
	char url[40];

	if (o->port && s->port != o->port)
		report_usage(o, serve_taken, NUMBER(o->port), NUMBER(s->port));
	snprintf(url, sizeof url, "http://127.0.0.1:%u/", s->port);
	report_say(o, o->out, serve_shows, view_str(url));
	if (!o->quiet)
		report_say(o, o->out, serve_translate, VIEW_NONE);
	fflush(o->out);
}

static bool
open_all(struct server *s)
{
	uint64_t nonce = 0;

	if (getrandom(&nonce, sizeof nonce, 0) != (ssize_t)sizeof nonce)
		nonce = (uint64_t)serve_clock();
	s->nonce = nonce & 0xFFFFFFFFFFFF;
	raise_limit();
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	s->signals = open_signals();
	s->source = watch_open(s->root, folders, sizeof folders / sizeof *folders);
	if (s->epoll < 0 || s->signals < 0 || !s->source) {
		report_usage(s->o, serve_watch, errno == ENOSPC ? words_view(s->o->messages, serve_folders) : words_system(s->o->messages, strerror(errno)));
		return false;
	}
	s->port = s->o->port;
	s->http = http_open(&s->port, s->port ? PORTS : 1, serve_answer, s);
	if (!s->http) {
		report_usage(s->o, serve_port, NUMBER(s->o->port), words_system(s->o->messages, strerror(errno)));
		return false;
	}
	return listen_to(s, s->signals) && listen_to(s, watch_fd(s->source)) && listen_to(s, http_fd(s->http));
}

static void
close_all(struct server *s)
{
	child_stop(&s->builder.child);
	for (struct render *r = s->renders; r; r = r->next)
		child_stop(&r->child);
	while (s->builder.child.pid && !child_read(&s->builder.child))
		usleep(1000);
	child_release(&s->builder.child);
	while (s->renders) {
		struct render *r = s->renders;

		while (!child_read(&r->child))
			usleep(1000);
		s->renders = r->next;
		child_release(&r->child);
		free(r);
	}
	http_close(s->http);
	watch_close(s->source);
	watch_close(s->products);
	close_signals(s->signals);
	if (s->epoll >= 0)
		close(s->epoll);
	buf_release(&s->builder.report);
	buf_release(&s->changed);
	buf_release(&s->site);
	buf_release(&s->out);
}

static int
shorter(int a, int b)
{
	return a < 0 ? b : b < 0 || a < b ? a : b;
}

/* One turn: waits for anything, and looks after everything. */
static void
turn(struct server *s)
{
	struct epoll_event events[EVENTS];
	bool lost = false;
	int wait = build_step(s);

	/* asked last: what build_step published makes it due */
	wait = shorter(wait, http_timeout(s->http));
	(void)epoll_wait(s->epoll, events, EVENTS, s->ending ? 0 : wait);
	take_signals(s);
	if (watch_take(s->source, NULL, NULL, &lost))
		build_want(s);
	render_step(s);
	http_run(s->http);
}

/* Whether there is a project at all. */
static bool
has_content(struct view root)
{
	struct file_root r;
	enum file_kind kind;
	struct arena a;
	bool has;

	arena_init(&a);
	has = file_root_open(&r, &a, root) && file_kind(&r, VIEW("content"), &kind) && kind == FILE_FOLDER;
	file_root_close(&r);
	arena_release(&a);
	return has;
}

static int
run(const struct options *o)
{
	struct server s = { .o = o, .epoll = -1, .signals = -1, .builder.child.fd = -1, .code = EXIT_SYSTEM };
	struct arena arena;

	arena_init(&arena);
	buf_init(&s.out);
	buf_init(&s.site);
	buf_init(&s.changed);
	buf_init(&s.builder.report);
	s.root = report_project(o, &arena);
	buf_printf(&s.out, "%.*s/out/.preview", VIEW_ARG(s.root));
	buf_printf(&s.site, "%s/site", s.out.p);
	if (!has_content(s.root)) {
		s.code = build_command.run(o);	/* says what is missing */
	} else if (open_all(&s)) {
		greet(&s);
		build_want(&s);
		if (o->open)
			open_browser(&s);
		s.code = EXIT_FINE;
		while (!s.ending)
			turn(&s);
	}
	close_all(&s);
	arena_release(&arena);
	return s.code;
}

const struct command serve_command = {
	.name = "serve",
	.usage = "",
	.summary = "show the site in a browser while you work on it",
	.help = "Serves a preview of the site to browsers on this machine. Each change of a file\n"
	    "builds it again and reloads the pages that are open; errors are shown in them.\n"
	    "out/site is not touched. Add '?translate' to the address of a page to see how\n"
	    "each text is translated.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_LANGUAGES | 1u << OPTION_JOBS | 1u << OPTION_PORT | 1u << OPTION_OPEN,
	.run = run,
};
