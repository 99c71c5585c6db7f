/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of job/depend share. Nobody else may include it. */
#pragma once
#include "job/depend.h"
#include "job/survey.h"

/* A file or folder of the project. */
struct depend_input {
	uint64_t key;			/* digest of its path */
	uint64_t version;		/* changes when it does; 0: it may have changed unseen, or will */
	uint64_t content;		/* digest of its bytes, or 0 when nobody asked */
};
/* One of this build. */
struct depend_found {
	struct depend_input in;
	struct view path;
	bool asked;			/* in.content is there */
	bool folder;
};
/* One that is not as it was, or of which that cannot be told. */
struct depend_change {
	struct depend_found *now;
	const struct depend_input *before;
};

/* A file of the computer that is no part of the project: fonts, where they are looked for. */
struct depend_outer {
	struct view path;
	uint64_t version;
};

/* A product as the last build left it, in the order of the paths in <out>/.state. */
struct depend_record {
	uint64_t digest;		/* of all that was read for it; 0: it was not made well */
	uint64_t reads;			/* what was asked for that not all pages ask for (locale->reads) */
	uint64_t sign;			/* of the file; 0: there was nothing to write */
	uint64_t kind;
};

/* Something that products are made of, known by its digest: for saying why. */
struct depend_fact {
	uint64_t key, value;
};

enum depend_kind { DEPEND_PLAIN, DEPEND_PAGE, DEPEND_SEARCH, DEPEND_FONT };

/* A product of this build, by its place in the plan. */
struct depend_product {
	struct view path;
	size_t number;
	enum depend_kind kind;
	const struct page *page;	/* or NULL */
	const struct language *language;	/* or NULL */
	uint64_t base;			/* digest of what it reads in any case; 0: not known */
	const struct depend_record *before;
	struct depend_record now;
	bool fresh, intact, made;
};

/* The file as it was read. */
struct depend_past {
	bool usable;			/* made by this program with these options since the computer was started */
	const char *why;		/* if it is not: for --explain */
	struct depend_head {
		uint64_t program, options, environment, boot, state, whole, rows, pages, languages, products;
		uint64_t ninputs, nrecords, nfacts, nrows, nouter, heads, diags, said;
		uint64_t published;	/* digest of which languages were */
		uint64_t paths;		/* digest of the list of pages and languages that the rows are of */
	} head;
	const struct depend_input *inputs;
	const struct depend_record *records;
	const struct depend_fact *facts;
	struct survey_page *survey;	/* a row a language, as struct survey has them */
	struct view heads;		/* of pages: depend_light.c */
	struct map by_path;		/* path of a page to its head */
	struct view bytes;		/* all of it as the file has it */
	struct depend_outer *outer;
	struct view diags;
	struct map paths;		/* of <out>/.state: path to its struct depend_record *, in their order */
	uint64_t sign;			/* of the file */
};

/* Digests of what products are made of. Languages and pages by index. */
struct depend_facts {
	uint64_t site;			/* settings, languages, addresses per language, what is published */
	uint64_t theme;			/* all templates */
	uint64_t names;			/* which templates there are */
	uint64_t *words;		/* interface words of a language */
	uint64_t *titles;		/* titles, descriptions, addresses, order of all pages */
	uint64_t *counts;		/* how far everything is translated */
	uint64_t *data;			/* data file x language, with the files its cells lead to */
	uint64_t *all_data;
	uint64_t *content;		/* what search finds */
	uint64_t *pages;		/* source text, and where its links lead */
	uint64_t *shares;		/* how much of a page is there in each language */
	uint64_t *layouts;		/* templates of a page */
};

/* Numbers by digest: open addressing. */
struct depend_table {
	uint32_t *slots;		/* index + 1; 0 is free */
	size_t n;
};

struct depend {
	struct arena *arena;
	struct file_root root, out;
	bool forget, scanned;
	bool first;			/* a first build: its files are published under one name */
	int64_t start;			/* when this build began */
	uint64_t program, options, boot;
	uint64_t environment;		/* says where fonts are looked for */
	struct depend_past past;
	struct list inputs;		/* of struct depend_found */
	struct depend_table by_key;	/* of inputs */
	struct depend_table past_keys;	/* of past.inputs */
	struct list changes;		/* of struct depend_change, when `compared` */
	bool compared;
	bool moved;			/* inputs came or went */
	struct list outer;		/* of struct view: paths that fonts looked at */
	uint64_t *signs;		/* of the products as they are: shared with the process that looks, one a record */
	long looker;			/* that process, or 0 */
	bool looked;
	/* of this build, from depend_plan on */
	struct world *world;
	struct plan *plan;
	const struct fonts *fonts;
	struct depend_facts facts;
	struct list products;		/* of struct depend_product *, in the order of the plan */
	uint64_t rows;			/* in all data files */
	uint64_t fonts_base;
	bool *search;			/* one a language: its index stays */
	bool *stale;			/* one a language: something else of it is to be made */
	bool planned;
	struct state_log log;		/* of the products, when this build has written it */
	struct buf file;		/* of the next file what was known before all was made; else empty */
	struct depend_head next;	/* of that file */
	size_t *head_at;		/* one a page: where its head stands in it */
	struct load_past light;
	bool light_held;
	/* when the plan is that of the last build: products that are not listed stay as they are (depend_again.c) */
	bool again;
	uint32_t *of_record;		/* one a record: number + 1 of its product; 0: not listed */
	bool *touched;			/* one a page: some product of it is listed */
};

static inline uint64_t
depend_mix(uint64_t a, uint64_t b)
{
	a = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xD6E8FEB86659FD93u;
	return a ^ a >> 32;
}

/* ---- depend.c ---- */

/* The product of a path; NULL when none is planned or known of it. x may be NULL. */
struct depend_product *depend_product(const struct depend *x, struct view path);

/* ---- depend_inputs.c ---- */

/* Digest of the program and its libraries; 0 when that cannot be told. */
uint64_t depend_program(struct arena *a);
uint64_t depend_environment(void);
uint64_t depend_boot(void);
/* Lists the inputs as they are. */
void depend_scan(struct depend *x);
void depend_index(struct depend_table *t, struct arena *a, const void *items, size_t n, size_t size);
/* The input of a path; NULL when it is not there. */
struct depend_found *depend_input(const struct depend *x, struct view path);
const struct depend_input *depend_past_input(const struct depend *x, uint64_t key);
/* Digest of the bytes of an input; of an absent one, another; of one that may be changing, never the same. */
uint64_t depend_content(struct depend *x, struct view path);
/* The version of an input in the same way. */
uint64_t depend_version(const struct depend *x, struct view path);
/* Finds x->changes. */
void depend_compare(struct depend *x);
/* Whether inputs, and files outside of the project, are as they were. */
bool depend_same_inputs(struct depend *x);
bool depend_same_outer(struct depend *x);
/* Whether what depend_content read has been left alone since. */
bool depend_quiet(const struct depend *x);
/* Of a file of the computer; root: "/". */
uint64_t depend_outer_version(const struct file_root *root, struct view path, int64_t since);

/* ---- depend_file.c ---- */

void depend_read(struct depend *x);
/* Begins x->file with all that making products does not change: inputs, facts, pages. */
void depend_put_ahead(struct depend *x);
bool depend_put(struct depend *x, const struct depend_totals *t, const struct diags *d, bool whole);
/* Writes the bytes of the last build, which have been brought up to date, with x->past.head. */
bool depend_put_again(struct depend *x);
/* A fact of the last build by its place in the list; NULL when there is another. */
struct depend_fact *depend_past_fact(const struct depend *x, size_t at, const char *kind, struct view of);
/* Digest of which languages are published. */
uint64_t depend_published(const struct depend *x);
/* Begins to look at the products, in a process of its own; waits for what it found. */
void depend_look(struct depend *x);
bool depend_looked(struct depend *x);

/* ---- depend_light.c ---- */

/* Appends what others see of each page, and notes where. */
void depend_put_heads(struct depend *x, struct buf *b);
/* Marks those in x->file of which something was said: the next build reads these pages, to say it again. */
void depend_heads_said(struct depend *x, const struct diags *d);
/* The digest of a light page (x->facts.pages). */
uint64_t depend_light_digest(const struct depend *x, const struct page *p);
/* Whether others see the same of a page that was read as before; afterwards its head in x->past.bytes may be brought up to date. */
bool depend_same_head(const struct depend *x, const struct page *p);
void depend_renew_head(struct depend *x, const struct page *p);

/* ---- depend_recall.c ---- */

/* Whether the file of this path is text of a page, or a catalog of one. */
bool depend_of_page(struct view path);

/* Digest of which pages and languages there are. */
uint64_t depend_paths(const struct world *w);
/* Appends the rows of the survey. Returns how many. */
uint64_t depend_put_rows(const struct depend *x, struct buf *b);

/* ---- depend_facts.c, depend_pages.c ---- */

void depend_find_facts(struct depend *x);
void depend_page_facts(struct depend *x);
/* Templates that a page runs through, by their files: calls take for each, with an empty path for one that is missing and "*" for
 * more than it follows. */
void depend_templates(const struct depend *x, const struct page *p, void (*take)(void *self, struct view file), void *self);
/* The digest of a product: what all such read, and what this one asked for. */
uint64_t depend_digest(const struct depend *x, const struct depend_product *p, uint64_t reads);
/* Sets kind, page, language and base of all that is planned. */
void depend_bases(struct depend *x);
/* The same of a page, and of the pages of no page. */
void depend_base_of_page(struct depend *x, const struct page *p, const struct language *l);
void depend_bases_of_all(struct depend *x);
uint64_t depend_fact_key(const char *kind, struct view of);
/* Of templates and data: what only other files than pages and their catalogs decide over. */
uint64_t depend_rest(const struct depend *x);

/* ---- depend_again.c ---- */

/* Lists all products after all. */
void depend_list(struct depend *x);
/* Writes <out>/.depend with what has changed; false when it is not to be written so. */
bool depend_renew(struct depend *x, const struct depend_totals *t, const struct diags *d);
