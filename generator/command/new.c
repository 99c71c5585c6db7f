/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new: makes a site, a page or the files of a language. */
#include "command/new.h"

#include "command/new_parts.h"
#include "command/report.h"

static int
run(const struct options *o)
{
	static const char *const names[] = { "site", "page", "language" };
	static int (*const makers[])(const struct options *) = { new_site, new_page, new_language };
	const char *near;
	char name[40];

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(o->operands[0], names[i]) != 0)
			continue;
		if (o->fallback.n && makers[i] != new_language)
			return report_usage(o, new_fallback, VIEW_NONE);
		if (o->directory.n && makers[i] == new_site)
			return report_usage(o, new_directory, VIEW_NONE);
		return makers[i](o);
	}
	near = options_nearest(o->operands[0], names, sizeof names / sizeof *names);
	if (!near)
		return report_usage(o, new_list, VIEW_NONE);
	snprintf(name, sizeof name, "waypost new %s", near);
	return report_unknown(o, WORD_new_unknown, VIEW_NONE, view_str(name), WORD_COUNT);
}

const struct command new_command = {
	.name = "new",
	.usage = "site DIR\npage PATH\nlanguage TAG [--fallback LANG,...]",
	.summary = "make a site, a page, or the files of a language",
	.help = "  site      a small site in two languages, in a new folder; it builds at once\n"
	    "  page      a page to be written, for example 'reporting/deadlines.md'\n"
	    "  language  the files of a language, for example 'fr', 'pt-BR' or 'zh-Hans': a\n"
	    "            translator writes each text below its original\n\n"
	    "A file that is there already is never changed.",
	.options = 1u << OPTION_DIRECTORY | 1u << OPTION_FALLBACK,
	.min = 2,
	.max = 2,
	.run = run,
};
