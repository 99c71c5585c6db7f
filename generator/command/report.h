/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prints the messages that jobs have gathered, and the words commands share. For commands. */
#pragma once
#include "base/diag.h"
#include "command/options.h"
#include "job/load.h"

enum { REPORT_MAX = 100 };	/* messages of one level that are shown without -v */

/* Where and how messages are printed. */
struct report {
	FILE *out;		/* text goes here */
	enum format format;	/* FORMAT_TEXT, FORMAT_JSON or FORMAT_GITHUB */
	bool color;		/* terminal colours, in text */
	bool all;		/* no limit of REPORT_MAX */
	bool quiet;		/* no notes, in text */
	const struct site *site;	/* whose files the messages are about, for their lines; NULL or not loaded: none */
	const struct messages *messages;	/* the language of the texts; NULL: English */
	struct preview *preview;	/* gets the errors besides, or NULL */
	struct view prefix;	/* what leads from here to the project, before files in the GitHub form; or empty */
};

/*
 * How a command with these options reports: text on its error stream, coloured on a terminal; other forms
 * on its output.
 */
struct report report_make(const struct options *o, const struct site *site);
/* Sorts the messages and prints them. In JSON an empty array when there are none. */
void report_print(const struct report *r, struct diags *d);
/* The errors for the page that shows a preview: an object with held, errors, warnings and the list messages. Private to report. */
void report_page(const struct report *r, const struct diags *d);
/* The arguments of a message, and the note below it, in the language of m. Private to report. */
void report_args(const struct messages *m, const struct diag *d, struct view args[WORD_ARGS]);
struct view report_note(struct arena *a, const struct messages *m, const struct diag *d);
/* EXIT_FINE, EXIT_PROBLEMS (errors; with strict also warnings) or EXIT_SYSTEM: the worst level. */
int report_exit(const struct diags *d, bool strict);
/* Appends "2 errors, 1 warning", or nothing when there are none. */
void report_count(struct buf *b, const struct diags *d);
/* Appends "1 page", "2 pages": English only. */
void report_number(struct buf *b, size_t n, const char *one, const char *many);
/* Appends text with what a terminal would obey shown as escapes, also tabs and line ends. */
void report_visible(struct buf *b, struct view v);
/* The same, between U+2068 and U+2069 when it has right-to-left letters. */
void report_isolated(struct buf *b, struct view v);
/* Prints row id of words.def with its arguments, on a line: report_say(o, o->out, pack_list, VIEW_NONE). */
#define report_say(o, f, id, ...) report_line((o), (f), WORD_##id, (const struct view[WORD_ARGS]){ __VA_ARGS__ })
void report_line(const struct options *o, FILE *f, enum word id, const struct view args[WORD_ARGS]);
/* The same as a line of the command itself ("waypost: ...") on its error stream. Returns EXIT_USAGE. */
#define report_usage(o, id, ...) report_wrong((o), WORD_##id, (const struct view[WORD_ARGS]){ __VA_ARGS__ })
int report_wrong(const struct options *o, enum word id, const struct view args[WORD_ARGS]);
/* The same, of what was typed; behind it "did you mean '...'?", or row `list` (WORD_COUNT: none) where nothing is near (empty). Returns EXIT_USAGE. */
int report_unknown(const struct options *o, enum word id, struct view typed, struct view near, enum word list);
/* The project folder: what -C names, else the folder above that holds content/, else this one. In the arena. */
struct view report_project(const struct options *o, struct arena *a);
/*
 * The languages -l or an operand names ("fr,es") as flags, by language->index, in the site's arena. False
 * after saying which is not a language of the site. An empty text gives NULL: all.
 */
bool report_languages(const struct options *o, const struct site *site, struct view list, bool **only);
/*
 * Loads the project, hands it to `run`, which returns the exit code, and cleans up. Without a project that
 * is said, and `run` not called. What loading has reported is in w->diags; nothing of it is printed yet.
 */
int report_run(const struct options *o, int (*run)(const struct options *o, struct world *w, struct view root));
/*
 * Makes a folder that a person named, and those above it; '..' may be in it. False with errno; true when it
 * is there, whatever it is.
 */
bool report_folders(struct view path);
/* Appends row id of words.def with numbers as its arguments; `seconds`, if not negative, is {7}. */
void report_numbers(struct buf *b, const struct messages *m, enum word id, const size_t *numbers, size_t n, double seconds);
/*
 * Says on a terminal what to do next, below the summary; not to programs, not with -q. Row id of words.def with its arguments:
 * report_next(o, next_open, path).
 */
#define report_next(o, id, ...) report_advise((o), WORD_##id, (const struct view[WORD_ARGS]){ __VA_ARGS__ })
void report_advise(const struct options *o, enum word id, const struct view args[WORD_ARGS]);
/* Seconds of a clock that only goes forward. */
double report_clock(void);

/* The line that shows on a terminal how far long work has come. Set up by report_progress, handed on as `self` to job's `progress`. */
struct report_progress {
	const struct options *o;
	enum word what;		/* "pages: 3 of 9" */
	bool terminal, shown;
	double start;
};
struct report_progress report_progress(const struct options *o, enum word what);
/* Shows it, from the second second on. */
void report_step(void *self, size_t done, size_t all);
/* Takes the line away. */
void report_progress_end(struct report_progress *p);
