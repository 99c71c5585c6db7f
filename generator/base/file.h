/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files below one folder: nothing is read or written outside it, links are not followed. Can be used by all code. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"

/* A folder all paths are relative to; paths use '/', have no '..' and do not begin with '/'. */
struct file_root {
	int fd;
	struct view path;	/* as the user gave it, for messages */
};

enum file_kind { FILE_REGULAR, FILE_FOLDER, FILE_LINK, FILE_OTHER };

struct file_entry {
	struct view name;
	enum file_kind kind;
};

/* Opens a folder. False when it is not there or not a folder (errno says why); nothing is reported. */
bool file_root_open(struct file_root *r, struct arena *a, struct view path);
void file_root_close(struct file_root *r);

/* Whether path is there, and as what (a link is FILE_LINK). False when it is not (errno: ENOENT or ENOTDIR), or when nobody can say. */
bool file_kind(const struct file_root *r, struct view path, enum file_kind *kind);
/*
 * Reads a whole regular file of at most max bytes into the arena (a NUL byte behind it).
 * False after reporting: missing, a link, not regular, too large, not readable. shown is the path in messages.
 */
bool file_read(const struct file_root *r, struct arena *a, struct view path, size_t max, struct view *text,
    struct diags *d);
/* Like file_read, but only the first `head` bytes of a file of at most max; 0 only asks whether it can be read. */
bool file_read_head(const struct file_root *r, struct arena *a, struct view path, size_t head, size_t max,
    struct view *text, struct diags *d);
/* Like file_read, but a missing file is no problem: false without a message. */
bool file_read_if(const struct file_root *r, struct arena *a, struct view path, size_t max, struct view *text,
    struct diags *d);
/* The entries of a folder, sorted by name, without '.', '..' and names that begin with '.'; list of struct
 * file_entry. False when it is not there (no message) or cannot be read (reported). */
bool file_list(const struct file_root *r, struct arena *a, struct view path, struct list *entries, struct diags *d);
/* The same with names that begin with '.'. */
bool file_list_hidden(const struct file_root *r, struct arena *a, struct view path, struct list *entries, struct diags *d);
/* What a file is known by: when all is the same, so are its bytes. */
struct file_facts {
	uint64_t size, number;
	int64_t seconds, nanoseconds;	/* of the last change, since 1970 */
};
/*
 * Opens a regular file for reading. -1 with errno: as open(2), and EISDIR for a folder, ELOOP or EXDEV for a path through a link or out of the
 * root, EINVAL for what is neither file nor folder.
 */
int file_open(const struct file_root *r, struct view path, struct file_facts *facts);
/*
 * The bytes of a regular file of at most max, read when they are looked at; for large files of this computer that nobody changes meanwhile. Until
 * file_unmap. False when it cannot be had; nothing is reported.
 */
bool file_map(const struct file_root *r, struct view path, size_t max, struct view *bytes, struct file_facts *facts);
void file_unmap(struct view bytes);
/* The size of a regular file in bytes; false when there is none of that name. */
bool file_size(const struct file_root *r, struct view path, uint64_t *size);

/* What tells that a file is the same as before: when sign is, and nothing can have happened since without a new sign. */
struct file_stamp {
	uint64_t sign;		/* digest of size, times, inode; 0: it is not there */
	uint64_t lasting;	/* the same without ctime: stays when the file gets another name */
	int64_t when;		/* ctime, last change of any kind: nanoseconds since 1970 */
};
struct file_seen {
	struct view name;
	enum file_kind kind;
	struct file_stamp stamp;
};
/* The stamp of what is at path, a link itself. False, with sign 0, when nothing is. */
bool file_stamp(const struct file_root *r, struct view path, struct file_stamp *s);
/*
 * What is in a folder, with stamps, in any order, without names that begin with '.'; list of struct file_seen. False when it cannot be read. Nothing
 * is reported.
 */
bool file_look(const struct file_root *r, struct arena *a, struct view path, struct list *seen);
/* Whether a stamp tells too little: what is changed from `since` on (nanoseconds) may have the same. */
bool file_stamp_doubtful(const struct file_stamp *s, int64_t since);
/* Now, by the clock of file times. */
int64_t file_now(void);

enum file_written { FILE_FAILED, FILE_UNCHANGED, FILE_WRITTEN };
/* Whether the file holds exactly these bytes. */
bool file_holds(const struct file_root *r, struct view path, struct view bytes);
/*
 * Makes the file hold exactly these bytes: untouched when it already does, else written under a temporary name in the
 * same folder, flushed to the medium, and renamed. Folders are made as needed. Reports what fails.
 */
enum file_written file_write(const struct file_root *r, struct view path, struct view bytes, struct diags *d);
/*
 * Like file_write without the flush, for a file that nobody believes after a loss of power. False, with errno, where file_write reports.
 */
bool file_write_memory(const struct file_root *r, struct view path, struct view bytes);
/* Like file_write where nobody sees the file before all are written and none is there as a rule: written in place, at less
 * cost. */
enum file_written file_create(const struct file_root *r, struct view path, struct view bytes, struct diags *d);
/* The same, with the stamp of what was written; sign 0 where file_stamp is to be asked. */
enum file_written file_create_stamp(const struct file_root *r, struct view path, struct view bytes, struct file_stamp *s, struct diags *d);
/*
 * Like file_write for a medium that may be pulled out or worn: the bytes are flushed to it and read back from it before the
 * file gets its name. Reported as well: they read back differently (copy_differs).
 */
enum file_written file_write_safe(const struct file_root *r, struct view path, struct view bytes, struct diags *d);
/* Flushes all that was written to the medium the folder is on. False with errno. */
bool file_flush(const struct file_root *r);
/* Gives a file another name, in place of one that is there. Folders are made as needed. False after reporting. */
bool file_move(const struct file_root *r, struct view from, struct view to, struct diags *d);
/* What a temporary file is to become: "x" of "x.waypost-123", which process 123 writes; empty when the name or path is not that of one. */
struct view file_temporary(struct view path);
/* Whether a name is that of a temporary file which a process left behind that was killed while it wrote. */
bool file_leftover(struct view name);
/* Makes a folder and its parents. False after reporting. */
bool file_mkdir(const struct file_root *r, struct view path, struct diags *d);
/* Removes a file, or a folder that is empty. False when it was not there or could not be removed (errno); not reported. */
bool file_remove(const struct file_root *r, struct view path);
/* "permission denied" and the like, in lower case, for the current errno. */
struct view file_error(struct arena *a);
