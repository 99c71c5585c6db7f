/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program: finds the command, hands it its options, returns its exit code. */
#include <stdlib.h>

#include "base/fast.h"
#include "base/utf8.h"
#include "command/build.h"
#include "command/check.h"
#include "command/convert.h"
#include "command/export.h"
#include "command/import.h"
#include "command/new.h"
#include "command/pack.h"
#include "command/status.h"
#include "command/sync.h"
#include "command/verify.h"
#include "job/version.h"

enum { COMMANDS = 10 };
static const struct command *const commands[COMMANDS] = { &new_command, &build_command, &check_command, &status_command,
	&sync_command, &export_command, &import_command, &convert_command,
	&pack_command, &verify_command };

static void
print_overview(FILE *out)
{
	fputs("usage: waypost COMMAND [options]\n\n"
	    "Waypost makes a website in many languages from plain text files.\n\ncommands:\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n'waypost COMMAND --help' explains a command. Never used it before? Type\n"
	    "'waypost new site DIR' to make a small site that you can change.\n", out);
}

static int
print_help(const struct command *c)
{
	struct buf b;

	buf_init(&b);
	options_help(&b, c);
	fputs(b.p, stdout);
	buf_release(&b);
	return EXIT_FINE;
}

static const struct command *
find(const char *name)
{
	for (size_t i = 0; i < COMMANDS; i++)
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
	return NULL;
}

static int
unknown(const char *name)
{
	const char *names[COMMANDS], *near;
	struct buf b;

	for (size_t i = 0; i < COMMANDS; i++)
		names[i] = commands[i]->name;
	near = options_nearest(name, names, COMMANDS);
	buf_init(&b);
	utf8_put_visible(&b, view_str(name));
	fprintf(stderr, "waypost: there is no command '%s'", b.p);
	if (near)
		fprintf(stderr, "; did you mean '%s'?", near);
	fputs("\n'waypost --help' lists the commands\n", stderr);
	buf_release(&b);
	return EXIT_USAGE;
}

/* No command: --help and --version, or wrong use. */
static int
without_command(int argc, char **argv)
{
	const struct command none = { .name = "", .usage = "" };
	struct options o = { .out = stdout, .err = stderr };
	struct buf error;
	int code = EXIT_USAGE;

	buf_init(&error);
	if (!options_read(&o, &none, argc, argv, 0, &error)) {
		fprintf(stderr, "waypost: %s\n'waypost --help' lists the commands\n", error.p);
	} else if (o.version) {
		printf("waypost %s\n", WAYPOST_VERSION);
		code = EXIT_FINE;
	} else if (o.help) {
		print_overview(stdout);
		code = EXIT_FINE;
	} else {
		print_overview(stderr);
	}
	buf_release(&error);
	return code;
}

/* `waypost help` and `waypost help build` */
static int
help_command(int argc, char **argv, int at)
{
	if (at + 1 == argc) {
		print_overview(stdout);
		return EXIT_FINE;
	}
	return find(argv[at + 1]) ? print_help(find(argv[at + 1])) : unknown(argv[at + 1]);
}

static int
run(int argc, char **argv)
{
	struct options o = { .out = stdout, .err = stderr };
	int at = options_command(argc, argv), code = EXIT_USAGE;
	const struct command *c;
	struct buf error;

	if (at == argc)
		return without_command(argc, argv);
	if (strcmp(argv[at], "help") == 0)
		return help_command(argc, argv, at);
	c = find(argv[at]);
	if (!c)
		return unknown(argv[at]);
	buf_init(&error);
	if (!options_read(&o, c, argc, argv, at, &error)) {
		fprintf(stderr, "waypost: %s\n'waypost %s --help' lists what it takes\n", error.p, c->name);
	} else if (o.help) {
		code = print_help(c);
	} else if (o.version) {
		printf("waypost %s\n", WAYPOST_VERSION);
		code = EXIT_FINE;
	} else {
		code = c->run(&o);
	}
	buf_release(&error);
	return code;
}

int
main(int argc, char **argv)
{
	int code;

	fast_without(getenv("WAYPOST_WITHOUT"));
	code = run(argc, argv);

	if (fflush(stdout) != 0 || ferror(stdout)) {
		perror("waypost: cannot print");
		return EXIT_SYSTEM;
	}
	return code;
}
