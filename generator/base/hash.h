/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digests of bytes for tables and for telling whether something changed. Can be used by all code. */
#pragma once
#include <stdint.h>

#include "base/text.h"

/* XXH3, 64 bits (xxHash library): the same on every machine; not for trust. */
uint64_t hash_bytes(struct view v);
/* Mixes a further piece into a digest; order matters. */
uint64_t hash_more(uint64_t seed, struct view v);
