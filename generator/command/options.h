/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line says, one table for all commands. For commands. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "command/words.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_GITHUB, FORMAT_CSV, FORMAT_PO, FORMAT_KIT, FORMAT_COUNT };

enum option_id {
	OPTION_DIRECTORY, OPTION_OUTPUT, OPTION_LANGUAGES, OPTION_JOBS, OPTION_BASE_URL, OPTION_FALLBACK, OPTION_PAGE,
	OPTION_NEXT, OPTION_MINOR, OPTION_DRY_RUN, OPTION_LANGUAGE, OPTION_FROM, OPTION_STRICT, OPTION_FORMAT, OPTION_MAX, OPTION_SINCE,
	OPTION_SHARD, OPTION_PORT, OPTION_OPEN, OPTION_EXPLAIN, OPTION_ALL, OPTION_QUIET,
	OPTION_VERBOSE, OPTION_HELP, OPTION_VERSION, OPTION_COUNT
};

enum { SHARDS_MAX = 1000, PORT_DEFAULT = 8000 };

enum { EXIT_FINE, EXIT_PROBLEMS, EXIT_USAGE, EXIT_SYSTEM };

enum { OPERANDS_MAX = 256 };

/* What serve asks of its builds; nothing on a command line can. */
struct preview {
	FILE *messages;		/* gets an empty line before the first file is written, and the errors as JSON, for the page */
	bool hold;		/* with errors, nothing is written */
	bool held;		/* result: nothing was */
};

/* One command line, taken apart; all texts are borrowed from argv. */
struct options {
	struct view directory;		/* -C; empty: the folder above that holds content/ */
	struct view output;		/* -o; empty: <project>/out, or what the command says */
	struct view languages;		/* -l, "fr,es"; empty: all */
	struct view base_url;		/* empty: as site.yaml says */
	struct view fallback;		/* "es,en" */
	struct view page;		/* path of a page, or empty */
	struct view language;		/* of a file to import, or empty */
	struct view from;		/* charset of a file, or empty */
	struct view since;		/* the list of an older edition, or empty */
	uint64_t max;			/* bytes an edition may take; 0: any number */
	unsigned jobs;			/* at least 1 */
	unsigned shard, shards;		/* this part (from 1) of so many; 0 when not given */
	unsigned port;			/* 0: any free one; PORT_DEFAULT when none was given */
	bool explain, all;		/* build: say why; make everything */
	bool next, minor, dry_run, strict, quiet, verbose, help, version;
	bool open;			/* in a browser */
	enum format format;		/* FORMAT_TEXT when none was given */
	const char *operands[OPERANDS_MAX];
	size_t noperands;
	/* set by main, left alone by options_read */
	FILE *out, *err;		/* where commands print */
	const struct messages *messages;	/* the language they print in; NULL: English */
	const struct command *const *commands;	/* all there are; NULL is the last */
	struct preview *preview;	/* of a build for serve, else NULL */
};

struct command {
	const char *name;
	const char *usage;	/* of the operands, for "usage: waypost NAME ..."; one a line */
	const char *summary;	/* one line for the list of commands */
	const char *help;	/* what it does, lines of at most 80 columns */
	unsigned options;	/* bit 1 << id for each option it takes beside -q -v --help --version */
	unsigned formats;	/* bit 1 << format for each --format it takes */
	size_t min, max;	/* number of operands */
	int (*run)(const struct options *o);	/* returns the exit code */
};

/* The format's name as it is typed, static. */
const char *format_name(enum format f);
/*
 * Position of the command's name in argv (options and their values may stand before it: `waypost -C dir
 * build`), or argc when there is none.
 */
int options_command(int argc, char **argv);
/*
 * Reads the arguments of one command; argv[skip] is its name and is passed over. argv may be put into
 * another order. False when they are wrong: why is appended to error as one line without line end, with the
 * nearest name when there is one. Streams are not touched.
 */
bool options_read(struct options *o, const struct command *c, int argc, char **argv, int skip, struct buf *error);
/* Appends what --help prints. */
void options_help(struct buf *b, const struct command *c, const struct messages *m);
/* What the table says of an option; false when the command does not take it. */
struct option_row {
	const char *name;
	char letter;		/* or 0 */
	const char *value;	/* what to call its value, or NULL when it takes none */
	const char *help;	/* lines of at most 54 columns; NULL: its values are the formats of the command */
};
bool options_row(const struct command *c, enum option_id id, struct option_row *r);
/* Words that the command takes as its first operand ("usb", "zip"); list of struct view in the arena. None where it is a name. */
struct list options_words(struct arena *a, const struct command *c);
/* The one of n names that is nearest to what was typed (Damerau's distance), or NULL when none is near. */
const char *options_nearest(const char *typed, const char *const *names, size_t n);
