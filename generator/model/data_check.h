/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may stand in a cell of a data file. For model/data.c alone. */
#pragma once
#include "model/data.h"

struct yaml;

/* Fields without a type in which each value is true or false become DATA_BOOL. root is the file's tree. */
void data_guess_bools(struct data *t, const struct yaml *root);
/* Reports what does not fit the type of its field; sets truth of yes/no cells, empties unsafe addresses. */
void data_check(struct data *t, struct arena *a, const struct site *site, struct diags *d);
