/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of command/options: what is read, what is refused and in which words, and --help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "base/work.h"
#include "command/build.h"
#include "command/check.h"
#include "command/new.h"
#include "command/serve.h"
#include "command/status.h"

enum { ARGS = 20 };

/* Reads "waypost build -j 3", words parted by one blank; '_' stands for an empty word. NULL when fine, else the error. */
static const char *
read_line(const char *line, const struct command *c, struct options *o)
{
	static char words[400], said[400];
	char *argv[ARGS + 1], *at = words;
	struct buf error;
	int argc = 0;
	bool ok;

	snprintf(words, sizeof words, "%s", line);
	while (argc < ARGS && *at) {
		argv[argc++] = at;
		at += strcspn(at, " ");
		if (*at)
			*at++ = 0;
	}
	for (int i = 0; i < argc; i++)
		if (strcmp(argv[i], "_") == 0)
			argv[i][0] = 0;
	argv[argc] = NULL;
	*o = (struct options){ .out = stdout, .err = stderr };
	buf_init(&error);
	ok = options_read(o, c, argc, argv, options_command(argc, argv), &error);
	assert_int_equal(ok, error.n == 0);
	snprintf(said, sizeof said, "%s", error.p);
	buf_release(&error);
	return ok ? NULL : said;
}

static void
refused(const struct command *c, const char *line, const char *expected)
{
	struct options o;
	const char *said = read_line(line, c, &o);

	assert_non_null(said);
	assert_string_equal(said, expected);
}

static void
test_defaults(void **state)
{
	struct options o;

	(void)state;
	assert_null(read_line("waypost build", &build_command, &o));
	assert_int_equal(o.jobs, work_processors());
	assert_int_equal(o.format, FORMAT_TEXT);
	assert_int_equal(o.directory.n + o.output.n + o.languages.n + o.base_url.n + o.page.n + o.fallback.n, 0);
	assert_false(o.quiet || o.verbose || o.strict || o.next || o.help || o.version);
	assert_ptr_equal(o.out, stdout);
}

static void
test_values(void **state)
{
	struct options o;

	(void)state;
	assert_null(read_line("waypost build -C proj -o here -lfr,es -j 3 --base-url http://a.example/x/ --format=json -qv",
	    &build_command, &o));
	assert_true(view_is(o.directory, "proj"));
	assert_true(view_is(o.output, "here"));
	assert_true(view_is(o.languages, "fr,es"));
	assert_true(view_is(o.base_url, "http://a.example/x/"));
	assert_int_equal(o.jobs, 3);
	assert_int_equal(o.format, FORMAT_JSON);
	assert_true(o.quiet && o.verbose);
	assert_null(read_line("waypost status --next fr --page about.md", &status_command, &o));
	assert_true(o.next);
	assert_true(view_is(o.page, "about.md"));
	assert_int_equal(o.noperands, 1);
	assert_string_equal(o.operands[0], "fr");
	assert_null(read_line("waypost new language qu --fallback es,en", &new_command, &o));
	assert_true(view_is(o.fallback, "es,en"));
	assert_string_equal(o.operands[1], "qu");
	assert_null(read_line("waypost build --shard 2/7", &build_command, &o));
	assert_int_equal(o.shard, 2);
	assert_int_equal(o.shards, 7);
	assert_null(read_line("waypost serve -p 8080 -O", &serve_command, &o));
	assert_int_equal(o.port, 8080);
	assert_true(o.open);
	assert_null(read_line("waypost serve --port=0", &serve_command, &o));
	assert_int_equal(o.port, 0);
	assert_false(o.open);
	assert_null(read_line("waypost serve", &serve_command, &o));
	assert_int_equal(o.port, PORT_DEFAULT);
	assert_null(o.preview);
	assert_null(read_line("waypost check --strict", &check_command, &o));
	assert_true(o.strict);
}

/* Options and their values may stand before the command. */
static void
test_command_position(void **state)
{
	struct options o;
	char *only[] = { "waypost", "-q", NULL }, *ended[] = { "waypost", "--", "build", NULL };

	(void)state;
	assert_null(read_line("waypost -C build build -q", &build_command, &o));
	assert_true(view_is(o.directory, "build"));
	assert_true(o.quiet);
	assert_null(read_line("waypost --directory build -j 2 build", &build_command, &o));
	assert_int_equal(o.noperands, 0);
	assert_int_equal(o.jobs, 2);
	assert_int_equal(options_command(2, only), 2);
	assert_int_equal(options_command(3, ended), 3);
}

static void
test_refused(void **state)
{
	(void)state;
	refused(&build_command, "waypost build --formt x", "there is no option '--formt'; did you mean '--format'?");
	refused(&build_command, "waypost build --outptu=x", "there is no option '--outptu=x'; did you mean '--output'?");
	refused(&build_command, "waypost build --unlikely", "there is no option '--unlikely'");
	refused(&build_command, "waypost build -x", "there is no option '-x'");
	refused(&build_command, "waypost build -\033", "there is no option '-<U+001B>'");
	refused(&serve_command, "waypost serve -p 65536", "-p must be a number from 0 to 65535, not '65536'");
	refused(&serve_command, "waypost serve -p 80x", "-p must be a number from 0 to 65535, not '80x'");
	refused(&serve_command, "waypost serve -p -1", "-p must be a number from 0 to 65535, not '-1'");
	refused(&build_command, "waypost build -p 80", "'waypost build' has no option '--port'");
	refused(&build_command, "waypost build -j", "the option -j needs a value");
	refused(&build_command, "waypost build --jobs", "the option --jobs needs a value");
	refused(&build_command, "waypost build --quiet=1", "the option --quiet takes no value");
	refused(&build_command, "waypost build -o _", "the option --output needs a value that is not empty");
	refused(&build_command, "waypost build --strict", "'waypost build' has no option '--strict'");
	refused(&build_command, "waypost build fr", "'waypost build' cannot use 'fr'");
	refused(&new_command, "waypost new",
	    "'waypost new' needs more words: write 'waypost new site DIR' or 'waypost new page PATH' or "
	    "'waypost new language TAG [--fallback LANG,...]'");
	refused(&new_command, "waypost new page", "'waypost new' needs more words: write 'waypost new page PATH'");
	refused(&new_command, "waypost new site a b", "'waypost new' cannot use 'b'");
}

static void
test_refused_values(void **state)
{
	static const char *const jobs[] = { "0", "257", "-1", "+1", "2x", "99999999999999999999", "_" };
	static const char *const urls[] = { "example.org/", "https://example.org", "https:///", "http://a.example/?x/",
		"http://a.example/#/", "ftp://a.example/", "_" };
	struct options o;
	char line[200];

	(void)state;
	refused(&build_command, "waypost build -j 0", "-j must be a number from 1 to 256, not '0'");
	for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
		snprintf(line, sizeof line, "waypost build -j %s", jobs[i]);
		assert_non_null(read_line(line, &build_command, &o));
	}
	refused(&build_command, "waypost build --base-url x",
	    "--base-url must begin with 'https://' or 'http://' and end in '/', not 'x'");
	for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
		snprintf(line, sizeof line, "waypost build --base-url %s", urls[i]);
		assert_non_null(read_line(line, &build_command, &o));
	}
	refused(&build_command, "waypost build --shard 3/2", "--shard must be a part of a whole such as '2/7', at most 1000 parts, not '3/2'");
	refused(&build_command, "waypost build --format csv", "--format must be text, json or github, not 'csv'");
	refused(&status_command, "waypost status --format github", "--format must be text, json or csv, not 'github'");
}

/* --help wins over missing and superfluous words. */
static void
test_help_wins(void **state)
{
	struct options o;

	(void)state;
	assert_null(read_line("waypost new --help", &new_command, &o));
	assert_true(o.help);
	assert_null(read_line("waypost build x -h", &build_command, &o));
	assert_true(o.help);
	assert_null(read_line("waypost new --version", &new_command, &o));
	assert_true(o.version);
}

static void
test_nearest(void **state)
{
	static const char *const names[] = { "build", "check", "status", "new" }, *const swapped[] = { "dial", "bulid" };

	(void)state;
	assert_string_equal(options_nearest("biuld", names, 4), "build");
	assert_string_equal(options_nearest("wen", (const char *const[]){ "wne" }, 1), "wne");	/* one edit: a swap */
	assert_null(options_nearest("abc", (const char *const[]){ "acx" }, 1));
	assert_string_equal(options_nearest("build", swapped, 2), "bulid");
	assert_string_equal(options_nearest("nw", names, 4), "new");
	assert_string_equal(options_nearest("stats", names, 4), "status");
	assert_null(options_nearest("xyz", names, 4));
	assert_null(options_nearest("publish", names, 4));
}

/* Fits a terminal, and names just what the command takes. */
static void
help_fits(const struct command *c, const char *has, const char *has_not)
{
	struct view rest, line;
	struct buf b;

	buf_init(&b);
	options_help(&b, c, NULL);
	assert_non_null(strstr(b.p, "usage: waypost "));
	assert_non_null(strstr(b.p, c->name));
	assert_non_null(strstr(b.p, "-q, --quiet"));
	assert_non_null(strstr(b.p, has));
	assert_null(strstr(b.p, has_not));
	rest = view_buf(&b);
	while (view_cut(&rest, '\n', &line))
		assert_in_range(utf8_count(line), 0, 80);
	buf_release(&b);
}

static void
test_help(void **state)
{
	(void)state;
	help_fits(&build_command, "--base-url URL", "--strict");
	help_fits(&serve_command, "-O, --open", "--output");
	help_fits(&check_command, "--strict", "--output");
	help_fits(&status_command, "text, json or csv", "github");
	help_fits(&new_command, "waypost new language TAG", "--format");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_command_position),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_refused_values),
		cmocka_unit_test(test_help_wins),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_help),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
