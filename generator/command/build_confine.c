/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a build gives up. */
#include "command/build_confine.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/confine.h"
#include "command/report.h"

/* Whether the folder is there; what fails is said when it is opened to be written to. */
static bool
make_folder(const struct options *o, struct arena *a, struct view root, struct view out)
{
	struct file_root r, there;
	enum file_kind kind;
	bool project;

	if (!file_root_open(&r, a, root))
		return false;
	project = file_kind(&r, VIEW("content"), &kind);
	if (file_root_open(&there, a, out))
		file_root_close(&there);
	else if (project && o->output.n)
		report_folders(o->output);
	else if (project)
		mkdirat(r.fd, "out", 0777);
	file_root_close(&r);
	return project;
}

#ifndef WAYPOST_COVERAGE	/* its counters are written beside the objects */
static void
say(const struct options *o, enum word what)
{
	struct buf b;

	buf_init(&b);
	words_add(&b, o->messages, what, (const struct view[WORD_ARGS]){ VIEW_NONE });
	fprintf(o->err, "%s\n", b.p);
	buf_release(&b);
}

static void
give_up(const struct options *o, struct arena *a, struct view out)
{
	/* fonts are packed and choices kept in the folder for temporary files */
	const char *temp = getenv("TMPDIR");
	const struct view places[] = { out, view_str(temp && *temp ? temp : "/tmp"), VIEW("/dev") };
	struct file_root roots[3];
	struct confined c;
	int folders[3];
	size_t n = 0;

	for (size_t i = 0; i < 3; i++) {
		if (file_root_open(&roots[n], a, places[i])) {
			folders[n] = roots[n].fd;
			n++;
		} else if (i == 0) {
			return;
		}
	}
	c = confine(folders, n);
	while (n)
		file_root_close(&roots[--n]);
	if (o->verbose && !c.writes)
		say(o, WORD_unconfined_writes);
	if (o->verbose && !c.network)
		say(o, WORD_unconfined_network);
}
#endif

void
build_confine(const struct options *o, struct arena *a, struct view root, struct view out)
{
	if (!make_folder(o, a, root, out))
		return;
#ifndef WAYPOST_COVERAGE
	give_up(o, a, out);
#endif
}
