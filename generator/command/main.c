/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: finds the command, hands it its options, returns its exit code. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/fast.h"
#include "command/help.h"
#include "command/report.h"
#include "command/shared.h"
#include "command/table.h"
#include "format/lang.h"
#include "job/version.h"

/* The command line is wrong: how, and where to read more. */
static int
wrong(const struct options *o, const struct command *c, const struct buf *error)
{
	struct buf b;

	buf_init(&b);
	if (c)
		words_put(&b, o->messages, see_command, view_str(c->name));
	else
		words_put(&b, o->messages, see_overview, VIEW_NONE);
	fprintf(o->err, "waypost: %s\n%s\n", error->p, b.p);
	buf_release(&b);
	return EXIT_USAGE;
}

/* No command: --help and --version, or wrong use. */
static int
without_command(struct options *o, int argc, char **argv)
{
	const struct command none = { .name = "", .usage = "" };
	struct buf error;
	int code = EXIT_USAGE;

	buf_init(&error);
	if (!options_read(o, &none, argc, argv, 0, &error)) {
		code = wrong(o, NULL, &error);
	} else if (o->version) {
		printf("waypost %s\n", WAYPOST_VERSION);
		code = EXIT_FINE;
	} else if (o->help) {
		help_overview(o, o->out);
		code = EXIT_FINE;
	} else {
		help_overview(o, o->err);
	}
	buf_release(&error);
	return code;
}

static int
run(struct options *o, int argc, char **argv)
{
	int at = options_command(argc, argv), code;
	const struct command *c;
	struct buf error;

	if (at == argc)
		return without_command(o, argc, argv);
	c = help_find(o, argv[at]);
	if (!c)
		return help_unknown(o, argv[at]);
	buf_init(&error);
	if (!options_read(o, c, argc, argv, at, &error)) {
		code = wrong(o, c, &error);
	} else if (o->help) {
		help_usage(o, c);
		code = EXIT_FINE;
	} else if (o->version) {
		printf("waypost %s\n", WAYPOST_VERSION);
		code = EXIT_FINE;
	} else {
		code = c->run(o);
	}
	buf_release(&error);
	return code;
}

int
main(int argc, char **argv)
{
	struct options o = { .out = stdout, .err = stderr, .commands = table };
	struct arena arena;
	int code;

	memory_keep();
	fast_without(getenv("WAYPOST_WITHOUT"));
	lang_start();
	arena_init(&arena);
	o.messages = shared_language(&arena);
	code = run(&o, argc, argv);
	if (fflush(stdout) != 0 || ferror(stdout)) {
		report_usage(&o, cannot_print, words_system(o.messages, strerror(errno)));
		code = EXIT_SYSTEM;
	}
	arena_release(&arena);
	return code;
}
