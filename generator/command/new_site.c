/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new site: a small site in two languages, to be changed. For command/new only. */
#include "command/new_parts.h"
#include "command/report.h"
#include "command/shared.h"

/* A file of the sample site. */
struct sample {
	const char *path, *text;
};

static const struct sample samples[] = {
	{ "content/site.yaml",
	    "title: A small site\n"
	    "description: A site in two languages, to be changed.\n"
	    "# The language the pages in this folder are written in.\n"
	    "source-language: en\n"
	    "# The address the site will have, for search engines; leave it empty until you know.\n"
	    "base-url: \"\"\n"
	    "# The page that says how to help, for readers of pages that are not translated completely.\n"
	    "help: translate.md\n"
	    "theme: default\n" },
	{ "content/index.md",
	    "---\n"
	    "title: Welcome\n"
	    "description: The first page of a small site in two languages.\n"
	    "order: 0\n"
	    "---\n\n"
	    "This site is yours. Each page is a text file in the folder `content`, and each translation is a text file in "
	    "the folder `translations`.\n\n"
	    "## What to do first\n\n"
	    "- Open `content/index.md` in a text editor and change *this* sentence.\n"
	    "- Type `waypost build`, then open `out/site/index.html` in a browser.\n"
	    "- Read how to [add a language](languages.md).\n" },
	{ "content/languages.md",
	    "---\n"
	    "title: Add a language\n"
	    "description: Four steps to one more language.\n"
	    "order: 1\n"
	    "---\n\n"
	    "1. Type `waypost new language fr`. This makes the files for French.\n"
	    "2. Write each translation below the word `target`.\n"
	    "3. Type `waypost check` to look for mistakes.\n"
	    "4. Type `waypost status fr` to see what is left.\n\n"
	    "A text that is not translated yet is shown in another language.\n" },
	{ "content/about.md",
	    "---\n"
	    "title: About us\n"
	    "description: Who makes this site, and how to reach them.\n"
	    "order: 2\n"
	    "---\n\n"
	    "Say here who you are, and how people can reach you **safely**.\n" },
	{ "content/translate.md",
	    "---\n"
	    "title: Help to translate\n"
	    "description: Translate this site here, in your browser. It works without a network.\n"
	    "order: 3\n"
	    "layout: desk\n"
	    "---\n\n"
	    "1. Choose a page. Read each text, and write yours below it.\n"
	    "2. Save your work as a file, and send it to the people of this site.\n" },
	{ "translations/en/language.yaml", "name: English\n" },
};

static const struct new_pair pairs[] = {
	{ "A small site", "Un sitio pequeño" },
	{ "A site in two languages, to be changed.", "Un sitio en dos lenguas, para cambiarlo." },
	{ "Welcome", "Le damos la bienvenida" },
	{ "The first page of a small site in two languages.", "La primera página de un sitio pequeño en dos lenguas." },
	{ "This site is yours. Each page is a text file in the folder `content`, and each translation is a text file in the "
	    "folder `translations`.",
	    "Este sitio es suyo. Cada página es un archivo de texto en la carpeta `content`, y cada traducción es un archivo "
	    "de texto en la carpeta `translations`." },
	{ "What to do first", "Lo primero que hay que hacer" },
	{ "Open `content/index.md` in a text editor and change *this* sentence.",
	    "Abra `content/index.md` en un editor de texto y cambie *esta* frase." },
	{ "Type `waypost build`, then open `out/site/index.html` in a browser.",
	    "Escriba `waypost build` y abra después `out/site/index.html` en un navegador." },
	{ "Read how to [add a language][1].", "Lea cómo [añadir una lengua][1]." },
	{ "Add a language", "Añadir una lengua" },
	{ "Four steps to one more language.", "Cuatro pasos para una lengua más." },
	{ "Type `waypost new language fr`. This makes the files for French.",
	    "Escriba `waypost new language fr`. Así se crean los archivos para el francés." },
	{ "Write each translation below the word `target`.", "Escriba cada traducción debajo de la palabra `target`." },
	{ "Type `waypost check` to look for mistakes.", "Escriba `waypost check` para buscar errores." },
	{ "Type `waypost status fr` to see what is left.", "Escriba `waypost status fr` para ver lo que falta." },
	{ "A text that is not translated yet is shown in another language.",
	    "Un texto que aún no está traducido se muestra en otra lengua." },
	{ "About us", "Quiénes somos" },
	{ "Who makes this site, and how to reach them.", "Quién hace este sitio y cómo ponerse en contacto." },
	{ "Say here who you are, and how people can reach you **safely**.",
	    "Diga aquí quiénes son y cómo se les puede contactar **con seguridad**." },
	{ "Help to translate", "Ayude a traducir" },
	{ "Translate this site here, in your browser. It works without a network.",
	    "Traduzca este sitio aquí, en su navegador. Funciona sin conexión a la red." },
	{ "Choose a page. Read each text, and write yours below it.",
	    "Elija una página. Lea cada texto y escriba el suyo debajo." },
	{ "Save your work as a file, and send it to the people of this site.",
	    "Guarde su trabajo en un archivo y envíelo a las personas de este sitio." },
};

static void
copy_folder(const struct file_root *from, const struct file_root *to, struct arena *a, struct view path, struct diags *d)
{
	struct list entries;

	if (!file_list(from, a, path, &entries, d))
		return;
	for (size_t i = 0; i < entries.n; i++) {
		const struct file_entry *e = LIST_AT(&entries, struct file_entry, i);
		struct view at = view_join(a, path, e->name), bytes;

		if (e->kind == FILE_FOLDER)
			copy_folder(from, to, a, at, d);
		else if (e->kind == FILE_REGULAR && file_read(from, a, at, ASSET_MAX_BYTES, &bytes, d))
			file_write(to, at, bytes, d);
	}
}

/*
 * Opens the folder of the new site, which must be empty; names that begin with '.' do not count. Returns
 * the exit code.
 */
static int
open_folder(const struct options *o, struct file_root *to, struct arena *a, struct diags *d)
{
	struct view dir = view_str(o->operands[1]);
	struct list entries;

	if (dir.n == 0)
		return report_usage(o, new_no_folder, VIEW_NONE);
	if (!report_folders(dir) || !file_root_open(to, a, dir))
		return report_usage(o, new_cannot, dir, words_phrase(o->messages, file_error(a))) - EXIT_USAGE + EXIT_SYSTEM;
	if (file_list(to, a, VIEW("."), &entries, d) && entries.n > 0) {
		file_root_close(to);
		return report_usage(o, new_full, dir);
	}
	return EXIT_FINE;
}

/* The Spanish catalogs: the site is loaded as any other, so that they fit. */
static void
translate(struct arena *a, struct view dir, struct diags *d)
{
	struct world w;
	struct new_files f = { .w = &w, .tag = VIEW("es"), .fallback = VIEW("en"), .pairs = pairs,
		.npairs = sizeof pairs / sizeof *pairs };

	if (world_load(&w, a, dir, d))
		new_files(&f);
	world_close(&w);
}

/* What was made, and what to do next. */
static void
say(const struct options *o, struct view dir)
{
	report_say(o, o->out, new_site_made, dir);
	fputc('\n', o->out);
	report_say(o, o->out, next_steps, VIEW_NONE);
	fprintf(o->out, "  1. cd %.*s\n  2. waypost build\n  3. ", VIEW_ARG(dir));
	report_say(o, o->out, new_site_open, VIEW_NONE);
}

static int
write_site(const struct options *o, struct arena *a, struct diags *d)
{
	struct view dir = view_str(o->operands[1]);
	struct report r = report_make(o, NULL);
	struct file_root from, to;
	int code;

	if (!shared_open(&from, a))
		return report_usage(o, new_no_theme, VIEW_NONE) - EXIT_USAGE + EXIT_SYSTEM;
	code = open_folder(o, &to, a, d);
	if (code == EXIT_FINE) {
		for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
			file_write(&to, view_str(samples[i].path), view_str(samples[i].text), d);
		copy_folder(&from, &to, a, VIEW("themes/default"), d);
		translate(a, dir, d);
		file_root_close(&to);
		code = report_exit(d, false);
		report_print(&r, d);
	}
	file_root_close(&from);
	if (code == EXIT_FINE && !o->quiet)
		say(o, dir);
	return code;
}

int
new_site(const struct options *o)
{
	struct arena arena;
	struct diags d;
	int code;

	arena_init(&arena);
	diags_init(&d);
	code = write_site(o, &arena, &d);
	diags_release(&d);
	arena_release(&arena);
	return code;
}
