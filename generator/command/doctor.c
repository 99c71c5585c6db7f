/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost doctor: what is not installed, and what it would give. */
#include "command/doctor.h"

#include <stdlib.h>
#include <unistd.h>

#include "command/report.h"
#include "command/shared.h"
#include "format/json.h"
#include "job/fonts.h"

/* Programs that make more of a site. Any one of the names, with blanks between, will do. */
static const struct tool {
	const char *names, *package;
	enum word gives;
} tools[] = {
	{ "woff2_compress", "woff2", WORD_doctor_woff2 },
	{ "man", "man-db", WORD_doctor_man },
	{ "git", "git", WORD_doctor_git },
	{ "chromium chromium-browser google-chrome", "chromium", WORD_doctor_chromium },
	{ "zimwriterfs", "zim-tools", WORD_doctor_zim },
	{ "epubcheck", "epubcheck", WORD_doctor_epub },
	{ "signify-openbsd signify minisign", "signify-openbsd", WORD_doctor_signify },
	{ "parallel", "parallel", WORD_doctor_parallel },
};

/* One thing that was looked for. */
struct finding {
	struct view name, package, gives;
	bool found;
};

struct visit {
	const struct options *o;
	struct arena *arena;
	struct list findings;	/* of struct finding */
	size_t missing;
};

static void
add(struct visit *v, struct view name, struct view package, struct view gives, bool found)
{
	*(struct finding *)list_push(&v->findings, v->arena) = (struct finding){ name, package, view_copy(v->arena, gives), found };
	v->missing += !found;
}

/* Whether a program of that name is on the path. */
static bool
on_path(struct arena *a, struct view name)
{
	struct view rest = view_str(getenv("PATH")), folder;

	while (rest.n && view_cut(&rest, ':', &folder))
		if (folder.n && access(view_join(a, folder, name).p, X_OK) == 0)
			return true;
	return false;
}

static void
look_for_tools(struct visit *v)
{
	for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
		struct view rest = view_str(tools[i].names), name, first = VIEW_NONE;
		bool found = false;
		struct buf gives;

		buf_init(&gives);
		words_add(&gives, v->o->messages, tools[i].gives, (const struct view[WORD_ARGS]){ VIEW_NONE });
		while (!found && rest.n && view_cut(&rest, ' ', &name)) {
			first = first.n ? first : name;
			found = on_path(v->arena, name);
		}
		add(v, found ? name : first, view_str(tools[i].package), view_buf(&gives), found);
		buf_release(&gives);
	}
}

static void
look_for_fonts(struct visit *v)
{
	struct list families = fonts_families(v->arena);

	for (size_t i = 0; i < families.n; i++) {
		const struct fonts_family *f = LIST_AT(&families, struct fonts_family, i);
		struct buf gives;

		buf_init(&gives);
		words_put(&gives, v->o->messages, doctor_fonts, f->script);
		add(v, f->family, f->package, view_buf(&gives), f->installed);
		buf_release(&gives);
	}
}

static void
look_around(struct visit *v)
{
	struct file_root root;
	bool found = shared_open(&root, v->arena);
	struct buf b;

	if (found)
		file_root_close(&root);
	buf_init(&b);
	words_put(&b, v->o->messages, doctor_shared, VIEW_NONE);
	add(v, VIEW("themes"), VIEW_NONE, view_buf(&b), found);
	buf_release(&b);
}

static void
print_json(const struct visit *v)
{
	struct arena *a = v->arena;
	struct json *list = json_array(a);
	struct buf b;

	for (size_t i = 0; i < v->findings.n; i++) {
		const struct finding *f = LIST_AT(&v->findings, struct finding, i);
		struct json *o = json_add(a, list, NULL, json_object(a));

		json_add(a, o, "name", json_string(a, f->name));
		json_add(a, o, "found", json_bool(a, f->found));
		json_add(a, o, "package", json_string(a, f->package));
		json_add(a, o, "gives", json_string(a, f->gives));
	}
	buf_init(&b);
	json_print(list, &b);
	fwrite(b.p, 1, b.n, v->o->out);
	buf_release(&b);
}

/* What is there is said too, but fonts, which are many. */
static bool
is_shown(const struct visit *v, const struct finding *f)
{
	return !f->found || (!v->o->quiet && (v->o->verbose || !view_starts(f->name, "Noto ")));
}

static void
put_rows(const struct visit *v, struct buf *b)
{
	struct view word[] = { words_find(v->o->messages, view_str(words_english(WORD_doctor_missing))),
		words_find(v->o->messages, view_str(words_english(WORD_doctor_fine))) };
	size_t width = 0, name = 0;

	for (size_t i = 0; i < 2; i++)
		width = lang_columns(word[i]) > width ? lang_columns(word[i]) : width;
	for (size_t i = 0; i < v->findings.n; i++)
		if (is_shown(v, LIST_AT(&v->findings, struct finding, i)) && LIST_AT(&v->findings, struct finding, i)->name.n > name)
			name = LIST_AT(&v->findings, struct finding, i)->name.n;
	for (size_t i = 0; i < v->findings.n; i++) {
		const struct finding *f = LIST_AT(&v->findings, struct finding, i);

		if (!is_shown(v, f))
			continue;
		buf_addv(b, word[f->found]);
		for (size_t k = lang_columns(word[f->found]); k < width + 2; k++)
			buf_addc(b, ' ');
		buf_printf(b, "%-*.*s  %.*s\n", (int)name, VIEW_ARG(f->name), VIEW_ARG(f->gives));
	}
}

/* Each package once. */
static void
put_packages(const struct visit *v, struct buf *b)
{
	struct map seen;

	map_init(&seen, v->arena);
	for (size_t i = 0; i < v->findings.n; i++) {
		const struct finding *f = LIST_AT(&v->findings, struct finding, i);

		if (!f->found && f->package.n && !map_set(&seen, f->package, v->arena))
			buf_printf(b, "%s%.*s", b->n ? " " : "", VIEW_ARG(f->package));
	}
}

static void
print_text(const struct visit *v)
{
	const struct messages *m = v->o->messages;
	struct buf b, packages;

	buf_init(&b);
	buf_init(&packages);
	put_rows(v, &b);
	put_packages(v, &packages);
	if (packages.n)
		words_put(&b, m, doctor_packages, view_buf(&packages));
	else if (v->missing == 0 && !v->o->quiet)
		words_put(&b, m, doctor_all, VIEW_NONE);
	if (packages.n || (v->missing == 0 && !v->o->quiet))
		buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, v->o->out);
	buf_release(&packages);
	buf_release(&b);
}

static int
run(const struct options *o)
{
	struct arena arena;
	struct visit v = { .o = o, .arena = &arena, .findings = LIST_OF(struct finding) };

	arena_init(&arena);
	look_around(&v);
	look_for_tools(&v);
	look_for_fonts(&v);
	if (o->format == FORMAT_JSON)
		print_json(&v);
	else
		print_text(&v);
	arena_release(&arena);
	return v.missing ? EXIT_PROBLEMS : EXIT_FINE;
}

const struct command doctor_command = {
	.name = "doctor",
	.usage = "",
	.summary = "say what is not installed, and what it would give",
	.help = "Looks for the programs and fonts that Waypost can use besides its own: none of\n"
	    "them is needed to build a site. Says what each would give, and how to install\n"
	    "what is missing. Works anywhere. The exit code is 1 when something is missing.",
	.options = 1u << OPTION_FORMAT,
	.formats = 1u << FORMAT_TEXT | 1u << FORMAT_JSON,
	.run = run,
};
