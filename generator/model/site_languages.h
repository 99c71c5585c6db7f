/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages of a site and their fallback chains. For model/site.c alone. */
#pragma once
#include "model/site.h"

struct yaml;

/* Fills s->languages and s->source from site.yaml (map may be NULL), translations/ and each language.yaml. All problems
 * are reported; there is always a source language afterwards. */
void site_languages_load(struct site *s, const struct yaml *map, struct diags *d);
