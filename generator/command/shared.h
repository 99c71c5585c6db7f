/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that Waypost brings along: themes, interface words, its own messages and manual. For commands. */
#pragma once
#include "job/messages.h"

/*
 * Opens the folder with what Waypost brings along: themes/ and translations/. Looked for at $WAYPOST_THEMES
 * (its folder), above and beside the program, and where `make install` puts it. False when it is nowhere.
 */
bool shared_open(struct file_root *r, struct arena *a);
/* The messages in one language. False when there are none; what is wrong with them goes to d. */
bool shared_messages(struct messages *m, struct arena *a, struct view tag, struct diags *d);
/* The messages in the language that the person has asked for (job/messages); NULL: English. */
const struct messages *shared_language(struct arena *a);
/* The file of a page of the manual, "waypost-build". False when it is not there. */
bool shared_manual(struct arena *a, struct view name, struct view *path);
