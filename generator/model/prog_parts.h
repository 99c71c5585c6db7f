/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the halves of model/prog share. Private to them. */
#pragma once
#include "model/prog.h"

/*
 * The blocks of a parent tag. The text of one of them sees the blocks that hold where its own parent tag stands (outer),
 * not those of the parents it is shown in: a block cannot be replaced by itself.
 */
struct prog_override {
	const struct prog *prog;
	uint32_t from, to;	/* OP_BLOCKs */
	const struct prog_override *outer;
};

/* Runs the operations i..end of p in the run under way. */
void prog_ops(const struct prog *p, size_t i, size_t end, struct prog_run *r);
/* While r->fold: whether operation i may come to another thing on another page. Then it is kept as it is, and *next is the one to go on with. */
bool prog_fold_keep(const struct prog *p, size_t i, struct prog_run *r, size_t *next);
/* Runs what was kept. */
void prog_rest(const struct op *op, struct prog_run *r);
