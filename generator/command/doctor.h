/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command `waypost doctor`. For command/table. */
#pragma once
#include "command/options.h"

extern const struct command doctor_command;
