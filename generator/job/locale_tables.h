/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Data files as templates see them in one language: countries, dates and numbers by ICU, rows in its order. For jobs. */
#pragma once
#include "job/locale.h"
#include "model/value.h"

/* Fills l->tables from l->data. */
void tables_make(struct locale *l);
