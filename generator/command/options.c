/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line says. For commands. */
#include "command/options_parts.h"

#include <ctype.h>
#include <getopt.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/work.h"

enum { JOBS_MAX = 256, FIRST = 256, NAME_MAX_BYTES = 64 };

static const struct option_row rows[OPTION_COUNT] = {
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
	[OPTION_SHARD] = { "shard", 0, "K/N", "only part K of N of the site, by language; all parts\ncopied together are the whole" },
	[OPTION_PORT] = { "port", 'p', "N", "where to serve (default: 8000); 0 is any free port" },
	[OPTION_OPEN] = { "open", 'O', NULL, "open a browser" },
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

/* Edits that make b of a: put, drop or replace a byte, or swap two neighbours (Damerau's distance, each place edited once). */
static unsigned
distance(struct view a, struct view b, unsigned limit)
{
	unsigned rows3[3][NAME_MAX_BYTES + 1], *before = rows3[0], *last = rows3[1], *now = rows3[2];

	if (a.n > NAME_MAX_BYTES || b.n > NAME_MAX_BYTES)
		return view_distance(a, b, limit);
	for (unsigned k = 0; k <= b.n; k++)
		last[k] = before[k] = k;
	for (unsigned i = 1; i <= a.n; i++) {
		unsigned *spare = before;

		now[0] = i;
		for (unsigned k = 1; k <= b.n; k++) {
			unsigned best = last[k - 1] + (a.p[i - 1] != b.p[k - 1]);

			best = last[k] + 1 < best ? last[k] + 1 : best;
			best = now[k - 1] + 1 < best ? now[k - 1] + 1 : best;
			if (i > 1 && k > 1 && a.p[i - 1] == b.p[k - 2] && a.p[i - 2] == b.p[k - 1] && before[k - 2] + 1 < best)
				best = before[k - 2] + 1;
			now[k] = best;
		}
		before = last;
		last = now;
		now = spare;
	}
	return last[b.n];
}

const char *
options_nearest(const char *typed, const char *const *names, size_t n)
{
	unsigned limit = strlen(typed) < 4 ? 1 : strlen(typed) < 8 ? 2 : 3, best = limit + 1;
	const char *nearest = NULL;

	for (size_t i = 0; i < n; i++) {
		unsigned d = distance(view_str(typed), view_str(names[i]), limit);

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

static bool
read_jobs(struct options *o, const char *value, struct buf *error)
{
	char *end, most[20];
	long n = strtol(value, &end, 10);

	if (!isdigit((unsigned char)value[0]) || *end || n < 1 || n > JOBS_MAX) {
		snprintf(most, sizeof most, "%d", JOBS_MAX);
		words_put(error, o->messages, value_jobs, view_str(most), view_str(value));
		return false;
	}
	o->jobs = (unsigned)n;
	return true;
}

/* "2/7" */
static bool
read_shard(struct options *o, const char *value, struct buf *error)
{
	char *end = NULL, *last = NULL, most[20];
	unsigned long k = strtoul(value, &end, 10), n = *end == '/' ? strtoul(end + 1, &last, 10) : 0;

	if (isdigit((unsigned char)value[0]) && last && isdigit((unsigned char)end[1]) && *last == 0 && k >= 1 && k <= n && n <= SHARDS_MAX) {
		o->shard = (unsigned)k;
		o->shards = (unsigned)n;
		return true;
	}
	snprintf(most, sizeof most, "%d", SHARDS_MAX);
	words_put(error, o->messages, value_shard, view_str(most), view_str(value));
	return false;
}

static bool
read_port(struct options *o, const char *value, struct buf *error)
{
	char *end;
	long n = strtol(value, &end, 10);

	if (!isdigit((unsigned char)value[0]) || *end || n > UINT16_MAX) {
		words_put(error, o->messages, value_port, view_str(value));
		return false;
	}
	o->port = (unsigned)n;
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
		words_put(error, o->messages, value_max, view_str(value));
		return false;
	}
	o->max = (uint64_t)n << shift;
	return true;
}

static bool
read_format(struct options *o, const struct command *c, const char *value, struct buf *error)
{
	struct buf names;

	for (int f = 0; f < FORMAT_COUNT; f++) {
		if ((c->formats >> f & 1) && strcmp(value, format_names[f]) == 0) {
			o->format = (enum format)f;
			return true;
		}
	}
	buf_init(&names);
	options_formats(&names, c, o->messages);
	words_put(error, o->messages, value_format, view_buf(&names), view_str(value));
	buf_release(&names);
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
	words_put(error, o->messages, value_url, v);
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
	case OPTION_SHARD: return read_shard(o, value, error);
	case OPTION_PORT: return read_port(o, value, error);
	case OPTION_OPEN: o->open = true; break;
	case OPTION_QUIET: o->quiet = true; break;
	case OPTION_VERBOSE: o->verbose = true; break;
	case OPTION_HELP: o->help = true; break;
	case OPTION_VERSION: o->version = true; break;
	case OPTION_COUNT: break;
	}
	if (rows[id].value && *value == 0) {
		char name[NAME_MAX_BYTES];

		snprintf(name, sizeof name, "--%s", rows[id].name);
		words_put(error, o->messages, value_empty, view_str(name));
		return false;
	}
	return true;
}

/* Appends "; did you mean '--format'?" when something is near to what was typed. */
static void
put_near(const struct options *o, const struct command *c, const char *arg, struct buf *error)
{
	const char *names[OPTION_COUNT], *near;
	char typed[NAME_MAX_BYTES], name[NAME_MAX_BYTES];
	size_t n = 0;

	snprintf(typed, sizeof typed, "%s", arg + strspn(arg, "-"));
	typed[strcspn(typed, "=")] = 0;
	for (int i = 0; i < OPTION_COUNT; i++)
		if (takes(c, i))
			names[n++] = rows[i].name;
	near = options_nearest(typed, names, n);
	if (!near)
		return;
	snprintf(name, sizeof name, "--%s", near);
	words_semicolon(error, o->messages);
	words_put(error, o->messages, near, view_str(name));
}

/* getopt said '?' or ':' about an argument. */
static void
complain(const struct options *o, const struct command *c, int found, const char *arg, struct buf *error)
{
	char name[NAME_MAX_BYTES];

	if (optopt >= FIRST || (found == ':' && optopt)) {
		if (optopt >= FIRST)
			snprintf(name, sizeof name, "--%s", rows[optopt - FIRST].name);
		else
			snprintf(name, sizeof name, "-%c", optopt);
		words_add(error, o->messages, found == ':' ? WORD_value_missing : WORD_value_none,
		    (const struct view[WORD_ARGS]){ view_str(name) });
		return;
	}
	if (optopt) {
		snprintf(name, sizeof name, "-%c", optopt);
		words_put(error, o->messages, option_unknown, view_str(name));
		return;
	}
	words_put(error, o->messages, option_unknown, view_str(arg));
	put_near(o, c, arg, error);
}

/* Too few operands: the line of the usage that begins like what was typed, or all of them. */
static void
put_missing(const struct options *o, const struct command *c, struct buf *error)
{
	const char *first = o->noperands ? o->operands[0] : "";
	struct view rest = view_str(c->usage), line;
	bool match = false;
	struct buf lines;

	buf_init(&lines);
	while (view_cut(&rest, '\n', &line))
		match |= *first && view_starts(line, first);
	rest = view_str(c->usage);
	while (view_cut(&rest, '\n', &line)) {
		if (match && !view_starts(line, first))
			continue;
		if (lines.n) {
			buf_addc(&lines, ' ');
			words_put(&lines, o->messages, or, VIEW_NONE);
			buf_addc(&lines, ' ');
		}
		buf_printf(&lines, "'waypost %s %.*s'", c->name, VIEW_ARG(line));
	}
	words_put(error, o->messages, operand_few, view_str(c->name), view_buf(&lines));
	buf_release(&lines);
}

static bool
operands(struct options *o, const struct command *c, int argc, char **argv, struct buf *error)
{
	for (int i = optind; i < argc && o->noperands < OPERANDS_MAX; i++)
		o->operands[o->noperands++] = argv[i];
	if (o->help || o->version)
		return true;
	if (o->noperands > c->max) {
		words_put(error, o->messages, operand_extra, view_str(c->name), view_str(o->operands[c->max]));
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

static void
put_foreign(const struct options *o, const struct command *c, int id, struct buf *error)
{
	char name[NAME_MAX_BYTES];

	snprintf(name, sizeof name, "--%s", rows[id].name);
	words_put(error, o->messages, option_foreign, view_str(c->name), view_str(name));
}

bool
options_read(struct options *o, const struct command *c, int argc, char **argv, int skip, struct buf *error)
{
	struct option longs[OPTION_COUNT + 1];
	char shorts[2 * OPTION_COUNT + 2];
	int found;

	*o = (struct options){ .jobs = work_processors(), .port = PORT_DEFAULT, .out = o->out, .err = o->err, .messages = o->messages,
		.commands = o->commands };
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
			complain(o, c, found, argv[optind - 1], error);
			return false;
		}
		for (int i = 0; i < OPTION_COUNT && id < 0; i++)
			if (rows[i].letter == found)
				id = i;
		if (id < 0)
			id = OPTION_HELP;
		if (!takes(c, id)) {
			put_foreign(o, c, id, error);
			return false;
		}
		if (!set(o, c, id, rows[id].value && optarg ? optarg : "", error))
			return false;
	}
	return operands(o, c, argc, argv, error);
}

bool
options_row(const struct command *c, enum option_id id, struct option_row *r)
{
	*r = rows[id];
	return takes(c, (int)id);
}
