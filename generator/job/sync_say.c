/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync did, as bytes for the pipe between processes. */
#include "job/sync_parts.h"

enum { TEXTS = 3 };

/* The event without its texts; `n` is how long they are. */
struct packed {
	enum sync_kind kind;
	enum state state;
	unsigned line, col, len;
	bool critical, begun;
	size_t words;
	size_t n[TEXTS];
};

void
sync_say(struct sync_pass *p, const struct sync_event *e)
{
	struct packed h;

	memset(&h, 0, sizeof h);
	h.kind = e->kind;
	h.state = e->state;
	h.line = e->place.line;
	h.col = e->place.col;
	h.len = e->place.len;
	h.critical = e->critical;
	h.begun = e->begun;
	h.words = e->words;
	h.n[0] = e->place.file.n;
	h.n[1] = e->old.n;
	h.n[2] = e->text.n;
	buf_add(&p->events, &h, sizeof h);
	buf_addv(&p->events, e->place.file);
	buf_addv(&p->events, e->old);
	buf_addv(&p->events, e->text);
	p->counted.count[e->kind]++;
	p->counted.words[e->kind] += e->words;
}

static struct view
take(struct view *bytes, struct arena *a, size_t n)
{
	struct view text = view_copy(a, view_slice(*bytes, 0, n));

	*bytes = view_slice(*bytes, n, bytes->n);
	return text;
}

bool
sync_unpack(struct view *bytes, struct arena *a, struct sync_event *e)
{
	struct packed h;

	if (bytes->n < sizeof h)
		return false;
	memcpy(&h, bytes->p, sizeof h);
	*bytes = view_slice(*bytes, sizeof h, bytes->n);
	*e = (struct sync_event){ .kind = h.kind, .state = h.state, .critical = h.critical, .begun = h.begun,
		.words = h.words };
	e->place = place_at(take(bytes, a, h.n[0]), h.line, h.col, h.len);
	e->old = take(bytes, a, h.n[1]);
	e->text = take(bytes, a, h.n[2]);
	return true;
}
