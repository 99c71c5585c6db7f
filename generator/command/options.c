/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line says. For commands. */
#include "command/options.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/work.h"

enum { JOBS_MAX = 256, FIRST = 256 };

struct row {
	const char *name;
	char letter;		/* or 0 */
	const char *value;	/* what to call its value, or NULL when it takes none */
	const char *help;	/* lines of at most 54 columns */
};

static const struct row rows[OPTION_COUNT] = {
	[OPTION_DIRECTORY] = { "directory", 'C', "DIR",
	    "the project (default: this folder, or the one above\nit that holds 'content')" },
	[OPTION_OUTPUT] = { "output", 'o', "PATH", "where to write" },
	[OPTION_LANGUAGES] = { "languages", 'l', "LANG,...", "only these languages, for example 'fr,es'" },
	[OPTION_JOBS] = { "jobs", 'j', "N", "how many workers (default: one a processor)" },
	[OPTION_BASE_URL] = { "base-url", 0, "URL", "address the site will have; must end in '/'" },
	[OPTION_FALLBACK] = { "fallback", 0, "LANG,...",
	    "languages to show while a text is not translated,\nbest first, for example 'es,en'" },
	[OPTION_PAGE] = { "page", 0, "PATH", "only this page, for example 'about.md'" },
	[OPTION_NEXT] = { "next", 0, NULL, "name the ten most useful texts to translate next" },
	[OPTION_MINOR] = { "minor", 0, NULL, "the changes are small ones: no translation becomes\noutdated" },
	[OPTION_DRY_RUN] = { "dry-run", 0, NULL, "only say what would be done, write nothing" },
	[OPTION_LANGUAGE] = { "language", 0, "TAG", "the language of the translations, for example 'fr'" },
	[OPTION_FROM] = { "from", 0, "CHARSET", "the charset of the file, for example 'windows-1251'" },
	[OPTION_STRICT] = { "strict", 0, NULL, "warnings count as problems, too" },
	[OPTION_FORMAT] = { "format", 0, "FORMAT", NULL },
	[OPTION_MAX] = { "max", 0, "SIZE", "largest size of the edition, for example '64M'" },
	[OPTION_SINCE] = { "since", 0, "PATH", "only what differs from an older edition: its folder,\nor its file SHA256SUMS" },
	[OPTION_EXPLAIN] = { "explain", 0, NULL, "say of each file that is made why it is" },
	[OPTION_ALL] = { "all", 0, NULL, "make everything, whatever the last build knew" },
	[OPTION_QUIET] = { "quiet", 'q', NULL, "say nothing but problems" },
	[OPTION_VERBOSE] = { "verbose", 'v', NULL, "show all messages, not only the first hundred" },
	[OPTION_HELP] = { "help", 'h', NULL, "show this help" },
	[OPTION_VERSION] = { "version", 0, NULL, "show the version" },
};

enum { COMMON = 1u << OPTION_QUIET | 1u << OPTION_VERBOSE | 1u << OPTION_HELP | 1u << OPTION_VERSION };

static const char *const format_names[FORMAT_COUNT] = { "text", "json", "github", "csv", "po", "kit" };

const char *
format_name(enum format f)
{
	return format_names[f];
}

const char *
options_nearest(const char *typed, const char *const *names, size_t n)
{
	unsigned limit = strlen(typed) < 4 ? 1 : strlen(typed) < 8 ? 2 : 3, best = limit + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < n; i++) {
		unsigned d = view_distance(view_str(typed), view_str(names[i]), limit);

		if (d < best) {
			best = d;
			nearest = names[i];
		}
	}
	return nearest;
}

static bool
takes(const struct command *c, int id)
{
	return ((c->options | COMMON) >> id & 1) != 0;
}

/* Whether the argument is an option whose value is the next argument. */
static bool
wants_next(const char *arg)
{
	for (int i = 0; i < OPTION_COUNT; i++) {
		if (!rows[i].value)
			continue;
		if (arg[1] == '-' && strcmp(arg + 2, rows[i].name) == 0)
			return true;
		if (rows[i].letter && arg[1] == rows[i].letter && arg[2] == 0)
			return true;
	}
	return false;
}

int
options_command(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (argv[i][0] != '-')
			return i;
		if (strcmp(argv[i], "--") == 0)
			return argc;
		if (wants_next(argv[i]))
			i++;
	}
	return argc;
}

static void
quote(struct buf *error, const char *typed)
{
	buf_addc(error, '\'');
	utf8_put_visible(error, view_str(typed));
	buf_addc(error, '\'');
}

static bool
read_jobs(struct options *o, const char *value, struct buf *error)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (!isdigit((unsigned char)value[0]) || *end || n < 1 || n > JOBS_MAX) {
		buf_printf(error, "-j must be a number from 1 to %d, not ", JOBS_MAX);
		quote(error, value);
		return false;
	}
	o->jobs = (unsigned)n;
	return true;
}

/* "64M": bytes, or with K, M or G so many times 1024. */
static bool
read_max(struct options *o, const char *value, struct buf *error)
{
	static const char units[] = "KMG";
	char *end;
	unsigned long long n = strtoull(value, &end, 10);
	const char *unit = *end ? strchr(units, toupper((unsigned char)*end)) : NULL;
	int shift = unit ? 10 * (int)(unit - units + 1) : 0;

	if (!isdigit((unsigned char)value[0]) || (*end && (!unit || end[1])) || n == 0 || n > UINT64_MAX >> 30) {
		buf_puts(error, "--max must be a size such as '64M' or '2G', not ");
		quote(error, value);
		return false;
	}
	o->max = (uint64_t)n << shift;
	return true;
}

/* "text, json or github" */
static void
put_formats(struct buf *b, const struct command *c, const char *comma, const char *last)
{
	unsigned left = c->formats;

	for (int f = 0; f < FORMAT_COUNT; f++) {
		if (!(left >> f & 1))
			continue;
		left &= ~(1u << f);
		buf_printf(b, "%s%s", format_names[f], left == 0 ? "" : (left & (left - 1)) ? comma : last);
	}
}

static bool
read_format(struct options *o, const struct command *c, const char *value, struct buf *error)
{
	for (int f = 0; f < FORMAT_COUNT; f++) {
		if ((c->formats >> f & 1) && strcmp(value, format_names[f]) == 0) {
			o->format = (enum format)f;
			return true;
		}
	}
	buf_puts(error, "--format must be ");
	put_formats(error, c, ", ", " or ");
	buf_puts(error, ", not ");
	quote(error, value);
	return false;
}

static bool
read_base_url(struct options *o, const char *value, struct buf *error)
{
	struct view v = view_str(value), host;

	host = view_slice(v, view_starts(v, "https://") ? 8 : 7, v.n);
	if ((view_starts(v, "https://") || view_starts(v, "http://")) && view_ends(v, "/") && view_find(host, '/') > 0 &&
	    view_find(v, '?') == v.n && view_find(v, '#') == v.n && view_find(v, ' ') == v.n) {
		o->base_url = v;
		return true;
	}
	buf_puts(error, "--base-url must begin with 'https://' or 'http://' and end in '/', not ");
	quote(error, value);
	return false;
}

static bool
set(struct options *o, const struct command *c, int id, const char *value, struct buf *error)
{
	switch ((enum option_id)id) {
	case OPTION_DIRECTORY: o->directory = view_str(value); break;
	case OPTION_OUTPUT: o->output = view_str(value); break;
	case OPTION_LANGUAGES: o->languages = view_str(value); break;
	case OPTION_JOBS: return read_jobs(o, value, error);
	case OPTION_BASE_URL: return read_base_url(o, value, error);
	case OPTION_FALLBACK: o->fallback = view_str(value); break;
	case OPTION_PAGE: o->page = view_str(value); break;
	case OPTION_NEXT: o->next = true; break;
	case OPTION_MINOR: o->minor = true; break;
	case OPTION_DRY_RUN: o->dry_run = true; break;
	case OPTION_EXPLAIN: o->explain = true; break;
	case OPTION_ALL: o->all = true; break;
	case OPTION_LANGUAGE: o->language = view_str(value); break;
	case OPTION_FROM: o->from = view_str(value); break;
	case OPTION_STRICT: o->strict = true; break;
	case OPTION_FORMAT: return read_format(o, c, value, error);
	case OPTION_MAX: return read_max(o, value, error);
	case OPTION_SINCE: o->since = view_str(value); break;
	case OPTION_QUIET: o->quiet = true; break;
	case OPTION_VERBOSE: o->verbose = true; break;
	case OPTION_HELP: o->help = true; break;
	case OPTION_VERSION: o->version = true; break;
	case OPTION_COUNT: break;
	}
	if (rows[id].value && *value == 0) {
		buf_printf(error, "the option --%s needs a value that is not empty", rows[id].name);
		return false;
	}
	return true;
}

/* getopt said '?' or ':' about an argument. */
static void
complain(const struct command *c, int found, const char *arg, struct buf *error)
{
	const char *names[OPTION_COUNT], *near;
	char *typed;
	size_t n = 0;

	if (optopt >= FIRST || (found == ':' && optopt)) {
		bool wants = found == ':';

		buf_printf(error, "the option ");
		if (optopt >= FIRST)
			buf_printf(error, "--%s", rows[optopt - FIRST].name);
		else
			buf_printf(error, "-%c", optopt);
		buf_puts(error, wants ? " needs a value" : " takes no value");
		return;
	}
	if (optopt) {
		char letter[] = { '-', (char)optopt, 0 };

		buf_puts(error, "there is no option ");
		quote(error, letter);
		return;
	}
	buf_puts(error, "there is no option ");
	quote(error, arg);
	typed = memory_get(strlen(arg) + 1);
	memcpy(typed, arg, strlen(arg) + 1);
	typed[strcspn(typed, "=")] = 0;
	for (int i = 0; i < OPTION_COUNT; i++)
		if (takes(c, i))
			names[n++] = rows[i].name;
	near = options_nearest(typed + strspn(typed, "-"), names, n);
	if (near)
		buf_printf(error, "; did you mean '--%s'?", near);
	free(typed);
}

/* Too few operands: the line of the usage that begins like what was typed, or all of them. */
static void
put_missing(const struct options *o, const struct command *c, struct buf *error)
{
	const char *first = o->noperands ? o->operands[0] : "";
	struct view rest = view_str(c->usage), line;
	bool any = false, match = false;

	while (view_cut(&rest, '\n', &line))
		match |= *first && view_starts(line, first);
	buf_printf(error, "'waypost %s' needs more words: write ", c->name);
	rest = view_str(c->usage);
	while (view_cut(&rest, '\n', &line)) {
		if (match && !view_starts(line, first))
			continue;
		buf_printf(error, "%s'waypost %s %.*s'", any ? " or " : "", c->name, VIEW_ARG(line));
		any = true;
	}
}

static bool
operands(struct options *o, const struct command *c, int argc, char **argv, struct buf *error)
{
	for (int i = optind; i < argc && o->noperands < OPERANDS_MAX; i++)
		o->operands[o->noperands++] = argv[i];
	if (o->help || o->version)
		return true;
	if (o->noperands > c->max) {
		buf_printf(error, "'waypost %s' cannot use ", c->name);
		quote(error, o->operands[c->max]);
		return false;
	}
	if (o->noperands < c->min) {
		put_missing(o, c, error);
		return false;
	}
	return true;
}

static void
prepare(struct option *longs, char *shorts)
{
	size_t n = 0;

	shorts[n++] = ':';
	for (int i = 0; i < OPTION_COUNT; i++) {
		longs[i] = (struct option){ rows[i].name, rows[i].value ? required_argument : no_argument, NULL, FIRST + i };
		if (!rows[i].letter)
			continue;
		shorts[n++] = rows[i].letter;
		if (rows[i].value)
			shorts[n++] = ':';
	}
	shorts[n] = 0;
	longs[OPTION_COUNT] = (struct option){ 0 };
}

bool
options_read(struct options *o, const struct command *c, int argc, char **argv, int skip, struct buf *error)
{
	struct option longs[OPTION_COUNT + 1];
	char shorts[2 * OPTION_COUNT + 2];
	int found;

	*o = (struct options){ .jobs = work_processors(), .out = o->out, .err = o->err };
	if (skip > 0 && skip < argc) {
		memmove(&argv[skip], &argv[skip + 1], (size_t)(argc - skip) * sizeof *argv);
		argc--;
	}
	prepare(longs, shorts);
	optind = 0;
	opterr = 0;
	while ((found = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
		int id = found - FIRST;

		if (found == '?' || found == ':') {
			complain(c, found, argv[optind - 1], error);
			return false;
		}
		for (int i = 0; i < OPTION_COUNT && id < 0; i++)
			if (rows[i].letter == found)
				id = i;
		if (id < 0)
			id = OPTION_HELP;
		if (!takes(c, id)) {
			buf_printf(error, "'waypost %s' has no option '--%s'", c->name, rows[id].name);
			return false;
		}
		if (!set(o, c, id, rows[id].value && optarg ? optarg : "", error))
			return false;
	}
	return operands(o, c, argc, argv, error);
}

static void
put_option(struct buf *b, const struct command *c, int id)
{
	const struct row *r = &rows[id];
	struct view rest = view_str(r->help), line;
	struct buf head;
	bool first = true;

	buf_init(&head);
	if (r->letter)
		buf_printf(&head, "-%c, ", r->letter);
	else
		buf_puts(&head, "    ");
	buf_printf(&head, "--%s%s%s", r->name, r->value ? " " : "", r->value ? r->value : "");
	if (id == OPTION_FORMAT) {
		struct buf formats;

		buf_init(&formats);
		put_formats(&formats, c, ", ", " or ");
		buf_printf(b, "  %-26s%s\n", head.p, formats.p);
		buf_release(&formats);
	} else {
		while (view_cut(&rest, '\n', &line)) {
			buf_printf(b, "  %-26s%.*s\n", first ? head.p : "", VIEW_ARG(line));
			first = false;
		}
	}
	buf_release(&head);
}

void
options_help(struct buf *b, const struct command *c)
{
	struct view rest = view_str(c->usage), line;
	const char *head = "usage:";

	if (rest.n == 0)
		buf_printf(b, "usage: waypost %s [options]\n", c->name);
	while (rest.n && view_cut(&rest, '\n', &line)) {
		buf_printf(b, "%s waypost %s %.*s [options]\n", head, c->name, VIEW_ARG(line));
		head = "      ";
	}
	buf_printf(b, "\n%s\n\noptions:\n", c->help);
	for (int i = 0; i < OPTION_COUNT; i++)
		if (takes(c, i))
			put_option(b, c, i);
}
