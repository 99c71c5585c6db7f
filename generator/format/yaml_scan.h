/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical form of a catalog, read by lines. Private to format/yaml, and to its test. */
#pragma once
#include "format/yaml.h"

/*
 * Reads text in the form our own tools write: a map of plain words, words in double quotes without an escape, empty lists, and lists of maps of these and of literal blocks indented by
 * four blanks; comments begin a line. NULL, without a message, for everything else: libyaml is the reader of record, and
 * what is read here must be the very tree that it gives (tests/unit/yaml_scan.c compares). Texts of one line borrow from text.
 */
struct yaml *yaml_scan(struct arena *a, struct view text, unsigned first_line);
/* yaml_read by libyaml alone. */
struct yaml *yaml_parse(struct arena *a, struct view text, struct view file, unsigned first_line, struct diags *d);
