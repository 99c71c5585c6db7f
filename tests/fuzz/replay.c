/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Runs a harness without libFuzzer: replay SECONDS FOLDER... gives it every file of the folders, and then, for some seconds, what comes of
 * changing them at random. The same order in each run. Ends with "N passed, 0 failed"; what fails ends the process, its input in WAYPOST_FINDING.
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { MAX = 1 << 18, FILES = 20000 };

struct input {
	uint8_t *p;
	size_t n;
};

static struct input files[FILES], now;
static size_t nfiles;
static uint64_t seed = 1;

static size_t
below(size_t n)
{
	seed = seed * 6364136223846793005U + 1442695040888963407U;
	return n ? (size_t)(seed >> 33) % n : 0;
}

/* Keeps the input under way when the process dies. */
static void
keep(void)
{
	const char *path = getenv("WAYPOST_FINDING");
	int fd = path && now.p ? open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666) : -1;

	if (fd >= 0 && write(fd, now.p, now.n) >= 0)
		close(fd);
}

static void
died(int number)
{
	keep();
	signal(number, SIG_DFL);
	raise(number);
}

void __asan_on_error(void);
void
__asan_on_error(void)
{
	keep();
}

static void
take(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d && (e = readdir(d)) != NULL && nfiles < FILES) {
		char path[4096];
		uint8_t *p;
		ssize_t n;
		int fd;

		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		fd = e->d_name[0] == '.' ? -1 : open(path, O_RDONLY);
		if (fd < 0)
			continue;
		p = malloc(MAX);
		n = p ? read(fd, p, MAX) : -1;
		close(fd);
		if (n >= 0)
			files[nfiles++] = (struct input){ p, (size_t)n };
		else
			free(p);
	}
	if (d)
		closedir(d);
}

static int
by_bytes(const void *x, const void *y)
{
	const struct input *a = x, *b = y;
	int order = memcmp(a->p, b->p, a->n < b->n ? a->n : b->n);

	return order ? order : a->n < b->n ? -1 : a->n > b->n;
}

static void
run(const uint8_t *p, size_t n)
{
	now = (struct input){ (uint8_t *)p, n };
	alarm(20);
	LLVMFuzzerTestOneInput(p, n);
	alarm(0);
}

/* One file with a few changes: a byte, a piece doubled or taken out, a piece of another file put in. */
static size_t
change(uint8_t *out)
{
	const struct input *from = &files[below(nfiles)];
	size_t n = from->n;

	memcpy(out, from->p, n);
	for (size_t times = 1 + below(6); times; times--) {
		const struct input *other = &files[below(nfiles)];
		size_t at = below(n + 1), start = below(other->n), many = below(40);

		switch (below(5)) {
		case 0:
			if (at < n)
				out[at] = (uint8_t)below(256);
			break;
		case 1:
			if (at < n)
				out[at] ^= (uint8_t)(1U << below(8));
			break;
		case 2:
			many = many > n - at ? n - at : many;
			memmove(out + at, out + at + many, n - at - many);
			n -= many;
			break;
		default:
			many = many > other->n - start ? other->n - start : many;
			if (n + many > MAX)
				break;
			memmove(out + at + many, out + at, n - at);
			memcpy(out + at, other->p + start, many);
			n += many;
		}
	}
	return n;
}

int
main(int argc, char **argv)
{
	static uint8_t changed[MAX];
	const double seconds = argc > 1 ? atof(argv[1]) : 0;
	struct timespec start, t;
	size_t runs = 0;

	signal(SIGABRT, died);
	signal(SIGALRM, died);
	signal(SIGSEGV, died);
	for (int i = 2; i < argc; i++)
		take(argv[i]);
	if (!nfiles)
		return fprintf(stderr, "replay: no files\n"), 2;
	qsort(files, nfiles, sizeof *files, by_bytes);
	for (size_t i = 0; i < nfiles; i++, runs++)
		run(files[i].p, files[i].n);
	clock_gettime(CLOCK_MONOTONIC, &start);
	do {
		uint8_t *exact;
		size_t n = change(changed);

		/* a block of just this size: a byte too far is seen */
		exact = malloc(n ? n : 1);
		if (!exact)
			return 3;
		memcpy(exact, changed, n);
		run(exact, n);
		free(exact);
		runs++;
		clock_gettime(CLOCK_MONOTONIC, &t);
	} while ((double)(t.tv_sec - start.tv_sec) + (double)(t.tv_nsec - start.tv_nsec) / 1e9 < seconds);
	printf("%zu inputs, %zu of them kept\n1 passed, 0 failed\n", runs, nfiles);
	for (size_t i = 0; i < nfiles; i++)
		free(files[i].p);
	return 0;
}
