/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The program's own texts in another language: one catalog a language, messages/<tag>.yaml. For commands. */
#pragma once
#include "model/catalog.h"

struct messages {
	struct arena *arena;
	struct view tag;	/* "fr" */
	bool rtl;
	const struct site *site;	/* private: what the catalog and its locks are read with */
	const struct language *language;
	struct map by_source;		/* to struct catalog_entry * */
	struct map *found;		/* English text to the struct view * that is shown for it */
};

/*
 * Languages that a person has asked for by LANGUAGE, LC_ALL, LC_MESSAGES and LANG, as gettext reads them: best first, "fr-CA" before "fr"; list of
 * struct view in the arena. It ends where English is asked for; none in the locales C and POSIX.
 */
struct list messages_wanted(struct arena *a, const char *(*get)(const char *name));
/*
 * Reads the catalog of a language below folder. False when there is none. What is wrong in it goes to d; what cannot be read is left out, and
 * English is shown in its place.
 */
bool messages_open(struct messages *m, struct arena *a, const struct file_root *root, struct view folder, struct view tag,
    struct diags *d);
/*
 * The text in this language for an English one; that itself when there is none, when it is a draft or outdated, or when it breaks a lock: the
 * same ones that hold for pages (job/merge). Lines of the English text count as one.
 */
struct view messages_find(const struct messages *m, struct view english);
/* Whether there is one that may be shown. *why, when there is one that may not: what breaks the lock. */
bool messages_has(const struct messages *m, struct view english, struct view *why);
