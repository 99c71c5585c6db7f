/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost help: the list of commands, or the manual of one. */
#include "command/help.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command/shared.h"
#include "format/lang.h"

enum { COMMANDS_MAX = 100, WIDTH = 80, COLUMN = 14, NOT_SHOWN = 127 };

const struct command *
help_find(const struct options *o, const char *name)
{
	for (size_t i = 0; o->commands[i]; i++)
		if (strcmp(o->commands[i]->name, name) == 0)
			return o->commands[i];
	return NULL;
}

int
help_unknown(const struct options *o, const char *name)
{
	const char *names[COMMANDS_MAX], *near;
	struct buf b;
	size_t n = 0;

	for (; o->commands[n] && n < COMMANDS_MAX; n++)
		names[n] = o->commands[n]->name;
	near = options_nearest(name, names, n);
	buf_init(&b);
	words_put(&b, o->messages, command_unknown, view_str(name));
	if (near) {
		words_semicolon(&b, o->messages);
		words_put(&b, o->messages, near, view_str(near));
	}
	buf_addc(&b, '\n');
	words_put(&b, o->messages, see_overview, VIEW_NONE);
	fprintf(o->err, "waypost: %s\n", b.p);
	buf_release(&b);
	return EXIT_USAGE;
}

/* A text of the overview, filled into lines. */
static void
put_wrapped(struct buf *b, const struct messages *m, struct view english, size_t at, size_t indent)
{
	struct buf text;

	buf_init(&text);
	words_fill(&text, m, words_find(m, english), NULL, 0);
	words_wrap(b, view_buf(&text), at, indent, WIDTH);
	buf_addc(b, '\n');
	buf_release(&text);
}

void
help_overview(const struct options *o, FILE *out)
{
	const struct messages *m = o->messages;
	struct buf b;

	buf_init(&b);
	words_put(&b, m, usage, VIEW_NONE);
	buf_puts(&b, " waypost COMMAND ");
	words_put(&b, m, options_mark, VIEW_NONE);
	buf_puts(&b, "\n\n");
	put_wrapped(&b, m, view_str(words_english(WORD_about)), 0, 0);
	buf_addc(&b, '\n');
	words_put(&b, m, commands, VIEW_NONE);
	buf_addc(&b, '\n');
	for (size_t i = 0; o->commands[i]; i++) {
		buf_printf(&b, "  %-11s ", o->commands[i]->name);
		put_wrapped(&b, m, view_str(o->commands[i]->summary), COLUMN, COLUMN);
	}
	buf_addc(&b, '\n');
	put_wrapped(&b, m, view_str(words_english(WORD_explains)), 0, 0);
	fputs(b.p, out);
	buf_release(&b);
}

void
help_usage(const struct options *o, const struct command *c)
{
	struct buf b;

	buf_init(&b);
	options_help(&b, c, o->messages);
	fputs(b.p, o->out);
	buf_release(&b);
}

/* The page of the manual in man(1). False when there is no page, no man, or it failed. */
static bool
show_page(const struct options *o, const char *command)
{
	struct view path;
	struct arena a;
	int status = -1;
	pid_t pid = -1;

	arena_init(&a);
	if (shared_manual(&a, *command ? view_printf(&a, "waypost-%s", command) : VIEW("waypost"), &path)) {
		fflush(o->out);
		pid = fork();
		if (pid == 0) {
			execlp("man", "man", path.p, (char *)NULL);
			_exit(NOT_SHOWN);
		}
	}
	if (pid > 0)
		waitpid(pid, &status, 0);
	arena_release(&a);
	return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int
run(const struct options *o)
{
	const struct command *c = o->noperands ? help_find(o, o->operands[0]) : NULL;

	if (o->noperands == 0) {
		help_overview(o, o->out);
		return EXIT_FINE;
	}
	if (!c)
		return help_unknown(o, o->operands[0]);
	/* the manual is in English */
	if (o->messages || !show_page(o, c->name))
		help_usage(o, c);
	return EXIT_FINE;
}

const struct command help_command = {
	.name = "help",
	.usage = "[COMMAND]",
	.summary = "show the manual of a command",
	.help = "Shows the page of the manual where man(1) is installed, else what --help prints.\n"
	    "Without a command, lists all of them.",
	.max = 1,
	.run = run,
};
