/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4), for trust: what a page may run, what a stick holds. MD5, where a format asks for it. For jobs and commands; libmd stays in digest.c. */
#pragma once
#include "base/text.h"

/* Appends the digest as 64 lower-case hexadecimal digits, as sha256sum prints it. */
void digest_hex(struct buf *b, struct view bytes);
/* Appends the digest in base64 (RFC 4648, with '='), as a Content-Security-Policy names it behind "sha256-". */
void digest_base64(struct buf *b, struct view bytes);
/* Writes the 16 bytes of MD5 (RFC 1321): a checksum against accidents, nothing to trust. */
void digest_md5(void *out, struct view bytes);
