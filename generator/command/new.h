/* SPDX-License-Identifier: GPL-3.0-or-later */
/* waypost new: makes a site, a page or the files of a language. For command/main. */
#pragma once
#include "command/options.h"

extern const struct command new_command;
