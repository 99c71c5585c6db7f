/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts that hold the same things in the same order. Private to model/segment. */
#pragma once
#include "model/segment.h"

/* Whether no lock can fail between two texts for certain: their links, notes and code are the same in the same order, and their words
 * hold nothing that model/facts would find. Trees are NULL where the text is plain. Allocates nothing. */
bool segment_alike(struct view source, const struct md_node *source_tree, struct view target, const struct md_node *target_tree);
