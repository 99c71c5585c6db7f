/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests of base/work. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/work.h"

enum { UNITS = 40, PER_UNIT = 5, ITEMS = UNITS * PER_UNIT };

/* What the parent learns. */
struct seen {
	unsigned done[UNITS];
	unsigned lost[ITEMS];
	unsigned lost_units;
	char why[20];
	size_t bytes;
	int bad_item;	/* the item at which the unit misbehaves, or -1 */
	void (*misbehave)(void);
};

static void
unit(void *self, struct work *w, size_t u, struct buf *result)
{
	struct seen *s = self;

	for (size_t i = u * PER_UNIT; i < (u + 1) * PER_UNIT; i++) {
		if (!work_item(w, i))
			continue;
		if ((int)i == s->bad_item)
			s->misbehave();
		buf_printf(result, "%zu ", i);
	}
}

static void
done(void *self, size_t u, struct view result)
{
	struct seen *s = self;
	struct buf expected;

	buf_init(&expected);
	for (size_t i = u * PER_UNIT; i < (u + 1) * PER_UNIT; i++)
		if ((int)i != s->bad_item)
			buf_printf(&expected, "%zu ", i);
	assert_true(view_eq(result, view_buf(&expected)));
	buf_release(&expected);
	s->done[u]++;
}

static void
lost(void *self, size_t u, size_t item, const char *why)
{
	struct seen *s = self;

	if (item == (size_t)WORK_NO_ITEM) {
		s->lost_units++;
	} else {
		assert_int_equal(item / PER_UNIT, u);
		s->lost[item]++;
	}
	snprintf(s->why, sizeof s->why, "%s", why);
}

static struct work_plan
plan_of(struct seen *s, unsigned jobs)
{
	return (struct work_plan){
		.jobs = jobs, .units = UNITS, .items = ITEMS, .self = s, .unit = unit, .done = done, .lost = lost,
	};
}

static void
test_every_unit_once(void **state)
{
	const unsigned jobs[] = { 0, 1, 2, 3, 8, 1000 };

	(void)state;
	for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
		struct seen s = { .bad_item = -1 };
		struct work_plan p = plan_of(&s, jobs[k]);

		assert_true(work_run(&p));
		for (size_t u = 0; u < UNITS; u++)
			assert_int_equal(s.done[u], 1);
		assert_string_equal(s.why, "");
	}
}

static void
telling_unit(void *self, struct work *w, size_t u, struct buf *result)
{
	int who[2] = { (int)work_number(w), getpid() };

	(void)self;
	(void)u;
	buf_add(result, who, sizeof who);
}

static void
told(void *self, size_t u, struct view result)
{
	int *pids = self, who[2];

	(void)u;
	assert_int_equal(result.n, sizeof who);
	memcpy(who, result.p, sizeof who);
	assert_in_range(who[0], 0, 2);
	assert_true(pids[who[0]] == 0 || pids[who[0]] == who[1]);
	pids[who[0]] = who[1];
}

/* A number is one worker's. */
static void
test_numbers(void **state)
{
	int pids[3] = { 0 };
	struct work_plan p = { .jobs = 3, .units = UNITS, .self = pids, .unit = telling_unit, .done = told, .lost = lost };

	(void)state;
	assert_true(work_run(&p));
	assert_true(pids[0] != pids[1] || pids[0] == 0);
}

struct beside {
	struct seen seen;
	unsigned times;
	int ready[2];		/* what the workers wait for */
};

static void
waiting_unit(void *self, struct work *w, size_t u, struct buf *result)
{
	struct beside *b = self;
	char c;

	assert_int_equal(read(b->ready[0], &c, 1), 1);
	unit(&b->seen, w, u, result);
}

static void
meanwhile(void *self)
{
	struct beside *b = self;
	char all[UNITS] = { 0 };

	for (size_t u = 0; u < UNITS; u++)
		assert_int_equal(b->seen.done[u], 0);
	b->times++;
	assert_int_equal(write(b->ready[1], all, sizeof all), sizeof all);
}

/* No unit can end before the parent has done its own part, which it does beside them. */
static void
test_meanwhile(void **state)
{
	struct beside b = { .seen.bad_item = -1 };
	struct work_plan p = plan_of(&b.seen, 3);

	(void)state;
	assert_int_equal(pipe(b.ready), 0);
	p.self = &b;
	p.unit = waiting_unit;
	p.meanwhile = meanwhile;
	alarm(60);	/* else the workers wait for ever */
	assert_true(work_run(&p));
	alarm(0);
	assert_int_equal(b.times, 1);
	for (size_t u = 0; u < UNITS; u++)
		assert_int_equal(b.seen.done[u], 1);
	close(b.ready[0]);
	close(b.ready[1]);
}

static void
test_nothing_to_do(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 4);

	(void)state;
	p.units = p.items = 0;
	assert_true(work_run(&p));
	assert_int_equal(s.done[0], 0);
}

static void
crash(void)
{
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	signal(SIGABRT, SIG_DFL);
	abort();
}

static void
spin(void)
{
	for (volatile unsigned i = 0;; i++)
		;
}

static void
leave(void)
{
	_exit(7);
}

/* One item that goes wrong is lost, alone, with its reason; every unit is delivered all the same. */
static void
test_one_bad_item(void **state)
{
	const struct {
		void (*misbehave)(void);
		const char *why;
	} all[] = { { crash, "crash" }, { spin, "time" }, { memory_fail, "memory" }, { leave, "exit" } };

	(void)state;
	for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
		for (unsigned jobs = 1; jobs <= 2; jobs++) {
			struct seen s = { .bad_item = 7 * PER_UNIT + 2, .misbehave = all[k].misbehave };
			struct work_plan p = plan_of(&s, jobs);

			p.cpu_seconds = 1;
			assert_true(work_run(&p));
			for (size_t u = 0; u < UNITS; u++)
				assert_int_equal(s.done[u], 1);
			for (int i = 0; i < ITEMS; i++)
				assert_int_equal(s.lost[i], i == s.bad_item);
			assert_int_equal(s.lost_units, 0);
			assert_string_equal(s.why, all[k].why);
		}
	}
}

static void
unit_that_dies_early(void *self, struct work *w, size_t u, struct buf *result)
{
	if (u == 3 || u == UNITS - 1)
		_exit(9);
	unit(self, w, u, result);
}

static void
test_unit_that_dies_outside_its_items(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 2);

	(void)state;
	p.unit = unit_that_dies_early;
	assert_true(work_run(&p));
	for (size_t u = 0; u < UNITS; u++)
		assert_int_equal(s.done[u], u != 3 && u != UNITS - 1);
	assert_int_equal(s.lost_units, 2);
	assert_string_equal(s.why, "exit");
}

static void
large_unit(void *self, struct work *w, size_t u, struct buf *result)
{
	(void)self;
	assert_true(work_item(w, u));
	for (size_t i = 0; i < 300000 + u; i++)
		buf_addc(result, (char)('a' + (i + u) % 26));
}

static void
large_done(void *self, size_t u, struct view result)
{
	struct seen *s = self;

	assert_int_equal(result.n, 300000 + u);
	for (size_t i = 0; i < result.n; i += 997)
		assert_int_equal(result.p[i], 'a' + (int)((i + u) % 26));
	s->bytes += result.n;
}

static void
test_large_results(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 3);

	(void)state;
	p.unit = large_unit;
	p.done = large_done;
	assert_true(work_run(&p));
	assert_int_equal(s.bytes, UNITS * 300000 + UNITS * (UNITS - 1) / 2);
}

static void
test_item_outside_the_plan_is_a_bug(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 1);

	(void)state;
	p.items = 1;
	p.units = 1;
	setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
	assert_true(work_run(&p));
	assert_int_equal(s.lost[0], 1);
	assert_string_equal(s.why, "crash");
}

static void
test_no_pipes(void **state)
{
	struct rlimit old, none;
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 2);
	bool ok;
	int saved;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = (struct rlimit){ 3, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	errno = 0;
	ok = work_run(&p);
	saved = errno;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_false(ok);
	assert_int_equal(saved, EMFILE);
}

/* One pipe only: one worker does the work of many. */
static void
test_fewer_workers_than_asked(void **state)
{
	struct rlimit old, few;
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 8);
	bool ok;
	int next = dup(0);

	(void)state;
	assert_true(next > 0);
	close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	few = (struct rlimit){ (rlim_t)next + 2, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
	ok = work_run(&p);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_true(ok);
	for (size_t u = 0; u < UNITS; u++)
		assert_int_equal(s.done[u], 1);
}

static void
slow_unit(void *self, struct work *w, size_t u, struct buf *result)
{
	int *counter = *(int **)self;

	(void)w;
	(void)u;
	(void)result;
	for (int i = 0; i < 500; i++) {
		__atomic_fetch_add(counter, 1, __ATOMIC_SEQ_CST);
		nanosleep(&(struct timespec){ .tv_nsec = 10 * 1000 * 1000 }, NULL);
	}
}

/* When the parent is killed, its workers stop. */
static void
test_workers_end_with_their_parent(void **state)
{
	int *counter = mmap(NULL, sizeof *counter, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct work_plan p = { .jobs = 2, .units = 2, .unit = slow_unit, .done = done, .lost = lost, .self = &counter };
	const struct timespec pause = { .tv_nsec = 200 * 1000 * 1000 };
	int then;
	pid_t pid;

	(void)state;
	assert_true(counter != MAP_FAILED);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		work_run(&p);
		_exit(0);
	}
	while (__atomic_load_n(counter, __ATOMIC_SEQ_CST) == 0)
		nanosleep(&(struct timespec){ .tv_nsec = 1000 * 1000 }, NULL);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	nanosleep(&pause, NULL);
	then = __atomic_load_n(counter, __ATOMIC_SEQ_CST);
	nanosleep(&pause, NULL);
	assert_int_equal(__atomic_load_n(counter, __ATOMIC_SEQ_CST), then);
	munmap(counter, sizeof *counter);
}

/* What a worker does when it goes away: it waits for the parent, and ends as the parent wants. */
static int last_word[2];

static void
go_away(void)
{
	char c;

	if (read(last_word[0], &c, 1) != 1 || c)
		_exit(c);
}

static void
late_unit(void *self, struct work *w, size_t u, struct buf *result)
{
	static bool first = true;

	if (first)
		atexit(go_away);
	first = false;
	unit(self, w, u, result);
}

static void
test_late(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 1);
	struct work_late late = { .n = 0 };

	(void)state;
	assert_return_code(pipe(last_word), errno);
	p.late = &late;
	p.unit = late_unit;
	assert_true(work_run(&p));
	for (size_t u = 0; u < UNITS; u++)
		assert_int_equal(s.done[u], 1);
	assert_int_equal(late.n, 1);
	assert_int_equal(waitpid(late.pids[0], NULL, WNOHANG), 0);
	assert_int_equal(write(last_word[1], "", 1), 1);
	work_wait(&late);
	assert_int_equal(late.n, 0);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
}

/* A leak, say, which is seen when a worker ends. */
static void
test_late_and_wrong(void **state)
{
	struct seen s = { .bad_item = -1 };
	struct work_plan p = plan_of(&s, 1);
	struct work_late late = { .n = 0 };
	int status;
	pid_t pid;

	(void)state;
	p.late = &late;
	p.unit = late_unit;
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		if (!work_run(&p) || write(last_word[1], "\1", 1) != 1)
			_exit(1);
		work_wait(&late);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
}

static void
test_processors(void **state)
{
	(void)state;
	assert_in_range(work_processors(), 1, 64);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_unit_once),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_meanwhile),
		cmocka_unit_test(test_nothing_to_do),
		cmocka_unit_test(test_one_bad_item),
		cmocka_unit_test(test_unit_that_dies_outside_its_items),
		cmocka_unit_test(test_large_results),
		cmocka_unit_test(test_item_outside_the_plan_is_a_bug),
		cmocka_unit_test(test_no_pipes),
		cmocka_unit_test(test_fewer_workers_than_asked),
		cmocka_unit_test(test_workers_end_with_their_parent),
		cmocka_unit_test(test_late),
		cmocka_unit_test(test_late_and_wrong),
		cmocka_unit_test(test_processors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
