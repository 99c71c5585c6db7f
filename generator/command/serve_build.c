/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When the preview is built anew, and what pages are told of it. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

#include "command/build.h"
#include "command/report.h"
#include "command/serve_parts.h"

enum {
	QUIET_MS = 12,		/* after a change it waits so long for others, */
	QUIET_MAX_MS = 120,	/* but not longer than this from the first one */
	STOPS_MAX = 1,		/* builds out of date that are ended in a row: then one is let through */
	CHANGED_MAX = 2000,	/* products that are named to pages; if there are more, all changed */
};

int64_t
serve_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
build_name(const struct server *s, struct buf *b)
{
	buf_printf(b, "%llx-%u", (unsigned long long)s->nonce, s->builder.number);
}

void
build_want(struct server *s)
{
	struct builder *b = &s->builder;
	int64_t now = serve_clock(), last;

	if (!b->dirty)
		b->first = now;
	b->dirty = true;
	last = b->first + QUIET_MAX_MS;
	b->due = now + QUIET_MS < last ? now + QUIET_MS : last;
}

/* In the child. */
static int
work(const struct server *s, void *what, FILE *out)
{
	const bool *held = what;
	struct preview preview = { .messages = out, .hold = *held };
	struct options o = *s->o;
	struct buf url;
	int code;

	buf_init(&url);
	buf_printf(&url, "http://127.0.0.1:%u/", s->port);
	o.directory = s->root;
	o.output = view_buf(&s->out);
	o.base_url = view_buf(&url);
	o.preview = &preview;
	code = build_command.run(&o);
	buf_release(&url);
	return code;
}

static void
start(struct server *s)
{
	struct builder *b = &s->builder;

	b->hold = b->good;
	b->stopped = false;
	/* when it cannot be started now, the next change tries again */
	if (!child_start(s, &b->child, work, &b->hold))
		report_usage(s->o, serve_cannot, words_system(s->o->messages, strerror(errno)));
	b->dirty = false;
}

static void
note_product(void *self, struct view path)
{
	struct server *s = self;

	if (s->nchanged++ < CHANGED_MAX) {
		buf_addv(&s->changed, path);
		buf_addc(&s->changed, '\n');
	} else {
		s->all_changed = true;
	}
}

/* What the last builds have written: the system told while they ran. */
static void
take_products(struct server *s)
{
	static const char *const whole[] = { "" };
	struct stat st = { 0 };
	bool same = stat(s->site.p, &st) == 0 && st.st_ino == s->site_number;

	s->site_number = st.st_ino;
	if (s->products && same && watch_count(s->products) > 0) {
		watch_take(s->products, note_product, s, &s->all_changed);
		return;
	}
	watch_close(s->products);
	s->products = watch_open(view_buf(&s->site), whole, 1);
	s->all_changed |= s->products != NULL;
}

/* Text inside a JSON string; paths and names of ours have nothing below a blank in them but what is escaped here. */
static void
put_string(struct buf *b, struct view v)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < v.n; i++) {
		if ((unsigned char)v.p[i] < 0x20)
			buf_printf(b, "\\u%04x", (unsigned)v.p[i]);
		else if (v.p[i] == '"' || v.p[i] == '\\')
			buf_printf(b, "\\%c", v.p[i]);
		else
			buf_addc(b, v.p[i]);
	}
	buf_addc(b, '"');
}

/* What is said when a build told nothing. */
static void
report_death(const struct options *o, struct builder *b)
{
	int status = b->child.status;
	bool killed = WIFSIGNALED(status);
	struct buf text;

	buf_init(&text);
	if (killed)
		words_put(&text, o->messages, serve_signal, NUMBER((unsigned)WTERMSIG(status)));
	else
		words_put(&text, o->messages, serve_code, NUMBER((unsigned)WEXITSTATUS(status)));
	buf_clear(&b->report);
	buf_puts(&b->report, "{\"held\": true, \"errors\": 1, \"warnings\": 0, \"messages\": [{\"text\": ");
	put_string(&b->report, view_buf(&text));
	buf_clear(&text);
	words_put(&text, o->messages, serve_again, VIEW_NONE);
	buf_puts(&b->report, ", \"advice\": ");
	put_string(&b->report, view_buf(&text));
	buf_puts(&b->report, "}]}");
	buf_release(&text);
	if (killed)
		report_usage(o, serve_killed, VIEW_NONE);
	else
		report_usage(o, serve_failed, VIEW_NONE);
}

/* A build is over: what it said is what pages are told. */
static void
finish(struct server *s)
{
	struct builder *b = &s->builder;
	int status = b->child.status;
	struct buf event;

	if (b->stopped) {
		child_release(&b->child);
		return;
	}
	/* it has said what is wrong with the command line, and always would */
	if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_USAGE) {
		s->code = EXIT_USAGE;
		s->ending = true;
		child_release(&b->child);
		return;
	}
	if (WIFEXITED(status) && b->child.said.n) {
		buf_clear(&b->report);
		buf_addv(&b->report, view_buf(&b->child.said));
		b->good = WEXITSTATUS(status) == EXIT_FINE || b->hold;
	} else {
		report_death(s->o, b);
	}
	child_release(&b->child);
	b->stops = 0;
	take_products(s);
	b->number += s->nchanged > 0 || s->all_changed;
	buf_init(&event);
	build_event(s, true, &event);
	http_publish(s->http, view_buf(&event));
	buf_release(&event);
	buf_clear(&s->changed);
	s->nchanged = 0;
	s->all_changed = false;
}

int
build_step(struct server *s)
{
	struct builder *b = &s->builder;
	int64_t left = b->dirty ? b->due - serve_clock() : 0;

	if (b->child.pid && child_read(&b->child))
		finish(s);
	if (!b->dirty)
		return -1;
	if (left > 0)
		return (int)left;
	if (!b->child.pid) {
		start(s);
	} else if (!b->stopped && b->stops < STOPS_MAX && b->child.said.n == 0) {
		/* it has written nothing yet: what a build wrote that did not end, no other build would know */
		b->stopped = true;
		b->stops++;
		child_stop(&b->child);
	}
	return -1;
}

static void
put_state(const struct server *s, bool changed, struct buf *b)
{
	struct view rest = view_buf(&s->changed), line;
	bool first = true;

	buf_puts(b, "{\"build\": \"");
	build_name(s, b);
	buf_addc(b, '"');
	if (changed && s->all_changed)
		buf_puts(b, ", \"changed\": true");
	if (changed && !s->all_changed) {
		buf_puts(b, ", \"changed\": [");
		while (view_cut(&rest, '\n', &line)) {
			if (line.n == 0)
				continue;
			buf_puts(b, first ? "" : ", ");
			put_string(b, line);
			first = false;
		}
		buf_addc(b, ']');
	}
	if (s->builder.report.n) {
		buf_puts(b, ", \"report\": ");
		buf_addv(b, view_buf(&s->builder.report));
	}
	buf_addc(b, '}');
}

void
build_event(const struct server *s, bool changed, struct buf *b)
{
	struct buf state;
	struct view rest, line;

	buf_init(&state);
	put_state(s, changed, &state);
	buf_puts(b, "event: state\n");
	rest = view_buf(&state);
	while (view_cut(&rest, '\n', &line)) {
		buf_puts(b, "data: ");
		buf_addv(b, line);
		buf_addc(b, '\n');
	}
	buf_addc(b, '\n');
	buf_release(&state);
}
