/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Private to command/build. */
#pragma once
#include "command/build.h"

/*
 * Makes the folder of the products if there is a project, and gives up, for this process and its children, the network and writing anywhere but
 * there: strangers wrote what is read from now on. -v says what this system cannot be asked for.
 */
void build_confine(const struct options *o, struct arena *a, struct view root, struct view out);
