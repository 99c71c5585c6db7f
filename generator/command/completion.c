/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost completion: scripts that complete commands and options in a shell, made from the table of options. */
#include "command/completion.h"

#include "command/report.h"

/* What the value of an option is, by what its help calls it. */
enum takes { TAKES_NONE, TAKES_FILE, TAKES_FOLDER, TAKES_TAG, TAKES_FORMAT, TAKES_OTHER };

/* One shell: its parts are called in this order, option once for each option of each command. */
struct shell {
	const char *name;
	void (*begin)(struct buf *b, const struct options *o);
	void (*command)(struct buf *b, const struct command *c, struct arena *a);
	void (*option)(struct buf *b, const struct command *c, const struct option_row *r, enum takes v);
	void (*command_end)(struct buf *b, const struct command *c);
	void (*end)(struct buf *b);
};

static enum takes
value_of(enum option_id id, const struct option_row *r)
{
	if (!r->value)
		return TAKES_NONE;
	if (id == OPTION_FORMAT)
		return TAKES_FORMAT;
	if (strcmp(r->value, "PATH") == 0)
		return TAKES_FILE;
	if (strcmp(r->value, "DIR") == 0)
		return TAKES_FOLDER;
	return strcmp(r->value, "TAG") == 0 || strcmp(r->value, "LANG,...") == 0 ? TAKES_TAG : TAKES_OTHER;
}

static void
put_formats(struct buf *b, const struct command *c)
{
	bool any = false;

	for (int f = 0; f < FORMAT_COUNT; f++) {
		if (!(c->formats >> f & 1))
			continue;
		buf_printf(b, "%s%s", any ? " " : "", format_name((enum format)f));
		any = true;
	}
}

/* Words for the operand: commands of `help`, what the usage names, tags, files. */
static void
put_operands(struct buf *b, const struct command *c, struct arena *a)
{
	struct list words = options_words(a, c);

	for (size_t i = 0; i < words.n; i++)
		buf_printf(b, "%s%.*s", i ? " " : "", VIEW_ARG(*LIST_AT(&words, struct view, i)));
}

static bool
takes_tag(const struct command *c)
{
	return strncmp(c->usage, "LANG", 4) == 0 || strncmp(c->usage, "[LANG", 5) == 0;
}

/* In single quotes; texts of the table have no others than those of words: they are left out. */
static void
put_quoted(struct buf *b, const char *text)
{
	for (const char *p = text; p && *p; p++)
		if (*p != '\'' && *p != '[' && *p != ']' && *p != ':')
			buf_addc(b, *p == '\n' ? ' ' : *p);
}

/* bash */

static void
bash_begin(struct buf *b, const struct options *o)
{
	buf_puts(b, "# bash completion for waypost, made by 'waypost completion bash'\n\n"
	    "_waypost()\n{\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= i\n"
	    "\tlocal tags=$(ls translations 2>/dev/null)\n"
	    "\tCOMPREPLY=()\n"
	    "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	    "\t\tcase ${COMP_WORDS[i]} in\n\t\t-C | -o | -l | -j) ((i++)) ;;\n\t\t-*) ;;\n\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n"
	    "\tif [[ -z $command ]]; then\n\t\tCOMPREPLY=($(compgen -W '");
	for (size_t i = 0; o->commands[i]; i++)
		buf_printf(b, "%s ", o->commands[i]->name);
	buf_puts(b, "--help --version' -- \"$cur\"))\n\t\treturn\n\tfi\n\tlocal options= operands=\n\tcase $command in\n");
}

static void
bash_command(struct buf *b, const struct command *c, struct arena *a)
{
	buf_printf(b, "\t%s)\n\t\toperands='", c->name);
	put_operands(b, c, a);
	buf_puts(b, takes_tag(c) ? "'\" $tags\"\n" : "'\n");
}

static void
bash_option(struct buf *b, const struct command *c, const struct option_row *r, enum takes v)
{
	char letter[] = { r->letter, 0 };

	if (v != TAKES_NONE) {
		buf_printf(b, "\t\tcase $prev in %s%s%s--%s)", r->letter ? "-" : "", letter, r->letter ? " | " : "", r->name);
		if (v == TAKES_FILE)
			buf_puts(b, " COMPREPLY=($(compgen -f -- \"$cur\")); return");
		else if (v == TAKES_FOLDER)
			buf_puts(b, " COMPREPLY=($(compgen -d -- \"$cur\")); return");
		else if (v == TAKES_TAG)
			buf_puts(b, " COMPREPLY=($(compgen -W \"$tags\" -- \"$cur\")); return");
		else if (v == TAKES_OTHER)
			buf_puts(b, " return");
		if (v == TAKES_FORMAT) {
			buf_puts(b, " COMPREPLY=($(compgen -W '");
			put_formats(b, c);
			buf_puts(b, "' -- \"$cur\")); return");
		}
		buf_puts(b, " ;; esac\n");
	}
	buf_printf(b, "\t\toptions+=' --%s", r->name);
	if (r->letter)
		buf_printf(b, " -%c", r->letter);
	buf_puts(b, "'\n");
}

static void
bash_command_end(struct buf *b, const struct command *c)
{
	(void)c;
	buf_puts(b, "\t\t;;\n");
}

static void
bash_end(struct buf *b)
{
	buf_puts(b, "\tesac\n"
	    "\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$options\" -- \"$cur\"))\n"
	    "\telif [[ -n ${operands// } ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$operands\" -- \"$cur\"))\n"
	    "\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n\tfi\n}\ncomplete -o filenames -F _waypost waypost\n");
}

/* zsh */

static void
zsh_begin(struct buf *b, const struct options *o)
{
	buf_puts(b, "#compdef waypost\n# zsh completion for waypost, made by 'waypost completion zsh'\n\n"
	    "_waypost()\n{\n\tlocal curcontext=\"$curcontext\" state line\n\tlocal -a commands tags\n"
	    "\ttags=(translations/*(N:t))\n\tcommands=(\n");
	for (size_t i = 0; o->commands[i]; i++) {
		buf_printf(b, "\t\t'%s:", o->commands[i]->name);
		put_quoted(b, o->commands[i]->summary);
		buf_puts(b, "'\n");
	}
	buf_puts(b, "\t)\n\t_arguments -C '(- *)--help[show this help]' '(- *)--version[show the version]' "
	    "'1: :->command' '*:: :->rest'\n"
	    "\tcase $state in\n\tcommand) _describe command commands ;;\n\trest)\n\t\tcase $line[1] in\n");
}

static void
zsh_command(struct buf *b, const struct command *c, struct arena *a)
{
	struct buf words;

	buf_init(&words);
	put_operands(&words, c, a);
	buf_printf(b, "\t\t%s)\n\t\t\t_arguments -s ", c->name);
	if (strcmp(c->name, "help") == 0)
		buf_puts(b, "'1:command:_describe command commands'");
	else if (words.n)
		buf_printf(b, "'1:what:(%s)' '*:file:_files'", words.p);
	else
		buf_puts(b, takes_tag(c) ? "'1:language:($tags)'" : "'*:file:_files'");
	buf_release(&words);
}

static void
zsh_option(struct buf *b, const struct command *c, const struct option_row *r, enum takes v)
{
	static const char *const kinds[] = { "", ":file:_files", ":folder:_files -/", ":language:($tags)", "", ": :" };

	for (int form = 0; form < 2; form++) {
		if (form == 1 && !r->letter)
			continue;
		if (form == 0)
			buf_printf(b, " \\\n\t\t\t\t'--%s%s[", r->name, v == TAKES_NONE ? "" : "=");
		else
			buf_printf(b, " '-%c%s[", r->letter, v == TAKES_NONE ? "" : "+");
		put_quoted(b, r->help ? r->help : "form of the output");
		buf_puts(b, "]");
		if (v == TAKES_FORMAT) {
			buf_puts(b, ":format:(");
			put_formats(b, c);
			buf_puts(b, ")");
		}
		buf_printf(b, "%s'", kinds[v]);
	}
}

static void
zsh_command_end(struct buf *b, const struct command *c)
{
	(void)c;
	buf_puts(b, "\n\t\t\t;;\n");
}

static void
zsh_end(struct buf *b)
{
	buf_puts(b, "\t\tesac\n\tesac\n}\n\nif [ \"$funcstack[1]\" = _waypost ]; then\n\t_waypost \"$@\"\nelse\n\tcompdef _waypost waypost\nfi\n");
}

/* fish */

static void
fish_begin(struct buf *b, const struct options *o)
{
	buf_puts(b, "# fish completion for waypost, made by 'waypost completion fish'\n\n");
	for (size_t i = 0; o->commands[i]; i++) {
		buf_printf(b, "complete -c waypost -n __fish_use_subcommand -f -a %s -d '", o->commands[i]->name);
		put_quoted(b, o->commands[i]->summary);
		buf_puts(b, "'\n");
	}
	buf_puts(b, "complete -c waypost -n __fish_use_subcommand -f -l help -s h -d 'show this help'\n"
	    "complete -c waypost -n __fish_use_subcommand -f -l version -d 'show the version'\n");
}

static void
fish_command(struct buf *b, const struct command *c, struct arena *a)
{
	struct list words = options_words(a, c);

	if (words.n || takes_tag(c)) {
		buf_printf(b, "complete -c waypost -n '__fish_seen_subcommand_from %s' -f -a '", c->name);
		put_operands(b, c, a);
		buf_puts(b, takes_tag(c) ? "(ls translations 2>/dev/null)'\n" : "'\n");
	}
}

static void
fish_option(struct buf *b, const struct command *c, const struct option_row *r, enum takes v)
{
	buf_printf(b, "complete -c waypost -n '__fish_seen_subcommand_from %s' -l %s", c->name, r->name);
	if (r->letter)
		buf_printf(b, " -s %c", r->letter);
	buf_puts(b, v == TAKES_FILE ? " -r -F" : v == TAKES_NONE ? " -f" : " -x");
	if (v == TAKES_FOLDER)
		buf_puts(b, " -a '(__fish_complete_directories)'");
	if (v == TAKES_TAG)
		buf_puts(b, " -a '(ls translations 2>/dev/null)'");
	if (v == TAKES_FORMAT) {
		buf_puts(b, " -a '");
		put_formats(b, c);
		buf_puts(b, "'");
	}
	buf_puts(b, " -d '");
	put_quoted(b, r->help ? r->help : "form of the output");
	buf_puts(b, "'\n");
}

static void
fish_command_end(struct buf *b, const struct command *c)
{
	(void)b;
	(void)c;
}

static void
fish_end(struct buf *b)
{
	(void)b;
}

static const struct shell shells[] = {
	{ "bash", bash_begin, bash_command, bash_option, bash_command_end, bash_end },
	{ "zsh", zsh_begin, zsh_command, zsh_option, zsh_command_end, zsh_end },
	{ "fish", fish_begin, fish_command, fish_option, fish_command_end, fish_end },
};
enum { SHELLS = sizeof shells / sizeof *shells };

static void
print(const struct options *o, const struct shell *s)
{
	struct option_row r;
	struct arena a;
	struct buf b;

	arena_init(&a);
	buf_init(&b);
	s->begin(&b, o);
	for (size_t i = 0; o->commands[i]; i++) {
		const struct command *c = o->commands[i];

		s->command(&b, c, &a);
		for (int id = 0; id < OPTION_COUNT; id++)
			if (options_row(c, (enum option_id)id, &r))
				s->option(&b, c, &r, value_of((enum option_id)id, &r));
		s->command_end(&b, c);
	}
	s->end(&b);
	fwrite(b.p, 1, b.n, o->out);
	buf_release(&b);
	arena_release(&a);
}

static int
run(const struct options *o)
{
	const char *names[SHELLS], *near;

	for (size_t i = 0; i < SHELLS; i++) {
		names[i] = shells[i].name;
		if (strcmp(names[i], o->operands[0]) == 0) {
			print(o, &shells[i]);
			return EXIT_FINE;
		}
	}
	near = options_nearest(o->operands[0], names, SHELLS);
	return report_unknown(o, WORD_shell_unknown, view_str(o->operands[0]), near ? view_str(near) : VIEW_NONE, WORD_shell_list);
}

const struct command completion_command = {
	.name = "completion",
	.usage = "bash|zsh|fish",
	.summary = "print a script that completes commands in a shell",
	.help = "Prints a script for your shell: then the tab key completes commands, options,\n"
	    "languages and files. A package has put it in its place already. Else, for bash:\n"
	    "waypost completion bash > ~/.local/share/bash-completion/completions/waypost",
	.min = 1,
	.max = 1,
	.run = run,
};
