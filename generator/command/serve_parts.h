/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the preview server. Private to command/serve. */
#pragma once
#include <stdint.h>
#include <sys/types.h>

#include "base/file.h"
#include "command/options.h"
#include "format/http.h"
#include "job/watch.h"

/* A process of our own that works and says what came of it over a pipe. It is over when the pipe is: then its workers are gone, too. */
struct child {
	pid_t pid;		/* 0: none */
	int fd;			/* reading end, or -1 */
	bool ended;		/* was waited for; status is there */
	int status;
	struct buf said;
};

/* The build under way, and what is known of the last one. */
struct builder {
	struct child child;
	bool dirty;		/* something changed since the build under way began, or since the last one */
	int64_t first, due;	/* dirty: when the first change came, when to build (serve_clock) */
	bool stopped;		/* the build under way was ended, because it was out of date */
	unsigned stops;		/* builds ended so in a row */
	bool hold;		/* as the build under way was told */
	bool good;		/* the site that is shown was built without errors */
	unsigned number;	/* of the builds that wrote something */
	struct buf report;	/* JSON: what the last build said; empty while there was none */
};

/* A page being made with its segments marked. */
struct render {
	struct child child;
	uint64_t ticket;
	struct render *next;
};

enum { SERVE_RENDERS = 8 };

struct server {
	const struct options *o;
	struct view root;	/* the project */
	struct buf out;		/* the folder of the preview: <root>/out/.preview */
	struct buf site;	/* <out>/site */
	struct http *http;
	unsigned port;
	uint64_t nonce;		/* tells this run of the server from others */
	struct watch *source, *products;
	ino_t site_number;	/* of the folder that products watches: it may be made anew */
	struct builder builder;
	struct buf changed;	/* products changed since the last message: lines; */
	size_t nchanged;
	bool all_changed;	/* or all of them */
	struct render *renders;
	size_t nrenders;
	int epoll, signals;
	pid_t browser;
	bool ending;
	int code;		/* what it ends with */
};

/* Milliseconds of a clock that only goes forward. */
int64_t serve_clock(void);

/*
 * serve_child.c. Runs `work` in a forked process with a stream that leads back here; its result is the exit code. False with errno. The child
 * has none of our descriptors, is the head of its own process group, and does not outlive us.
 */
bool child_start(struct server *s, struct child *c, int (*work)(const struct server *s, void *what, FILE *out), void *what);
/* Reads what it said. True when it is over: pipe ended and process waited for. */
bool child_read(struct child *c);
/* Ends it and its workers; it is over when child_read says so. */
void child_stop(const struct child *c);
/* Back to none. */
void child_release(struct child *c);

/* serve_build.c */
/* A change was seen. */
void build_want(struct server *s);
/* Starts, ends or takes in a build, as is due. Milliseconds until it should be asked again, or -1. */
int build_step(struct server *s);
/* Appends the state as an event for pages; with `changed`, which products the last build changed. */
void build_event(const struct server *s, bool changed, struct buf *b);
/* "1c8f2a-12": what a page was served by. */
void build_name(const struct server *s, struct buf *b);

/* serve_files.c: answers requests; self is the server. */
http_answer_fn serve_answer;

/* serve_page.c */
/*
 * Appends a page as it is served: before </head> comes our script (with `build`, so that it knows whether it is out of date; `any`: any change may concern
 * it), and its content security policy lets script, style and connection to this server pass. Nothing else differs from what is published.
 */
void page_dress(struct view html, struct view build, bool any, struct buf *out);

/* serve_translate.c */
/* Begins to make the page at `path` with its segments marked, for ticket. False when it cannot. */
bool render_start(struct server *s, struct view path, uint64_t ticket);
/* Answers those that are made. */
void render_step(struct server *s);

/* serve_words.c. Appends the statement that hands the script its words: the rows of words.def that begin with live_ or state_, the language and its direction. */
void live_words(const struct messages *m, struct buf *out);

/* serve_live.c: the script and the style of the preview. */
extern const char serve_live_js[], serve_live_js_end[], serve_live_css[], serve_live_css_end[];
