/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Large files of which little is used. */
#include "base/file_parts.h"

#include <sys/mman.h>
#include <unistd.h>

bool
file_map(const struct file_root *r, struct view path, size_t max, struct view *bytes, struct file_facts *facts)
{
	int fd = file_open(r, path, facts);
	void *p = MAP_FAILED;

	*bytes = VIEW_NONE;
	if (fd < 0)
		return false;
	if (facts->size > 0 && facts->size <= max)
		p = mmap(NULL, (size_t)facts->size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return false;
	*bytes = view_of(p, (size_t)facts->size);
	return true;
}

void
file_unmap(struct view bytes)
{
	if (bytes.n)
		munmap((void *)(uintptr_t)bytes.p, bytes.n);
}
