/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The number of this release. Can be used by jobs and commands. */
#pragma once
#define WAYPOST_VERSION "0.1.0"
