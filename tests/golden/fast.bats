# SPDX-License-Identifier: GPL-3.0-or-later
# Every way that is only quicker (generator/base/fast.h), switched off by itself and together with all others: the same bytes, and the same
# words about them. On the golden site, which has every feature and much that is wrong, and on a synthetic one that workers read.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8 WAYPOST_FONTS=$BATS_TEST_TMPDIR/none
	here=$BATS_TEST_DIRNAME
	cd "$BATS_TEST_TMPDIR"
	ways=$(sed -n '/known\[FAST_COUNT\]/s/"[^"]*$//; s/.*known\[FAST_COUNT\] = { "//p' "$here/../../generator/base/fast.c" | sed 's/", "/ /g')
}

@test "the switches are those of the program" {
	[ "$(wc -w <<< "$ways")" -ge 6 ]
	[[ " $ways " == *" inlines "* ]]
}

@test "the golden site is the same with each quick way switched off, and so is what build and check say" {
	cp -r "$here/site" site
	for way in $ways all; do
		rm -rf site/out
		for command in build check; do
			run --keep-empty-lines env WAYPOST_WITHOUT="$way" "$WAYPOST" "$command" -C site
			[ "$status" -eq 1 ]
			diff "$here/site.expected.messages/$command" <(printf '%s' "$output" | sed -E 's/ in [0-9]+\.[0-9]+ s/ in 0 s/')
		done
		diff -r "$here/site.expected" site/out/site
	done
}

@test "a synthetic site is the same with each quick way switched off" {
	"$here/../bench/make-corpus" --pages 140 --languages 4 --out site
	# three pages that its workers cannot read by themselves, or not at all
	printf -- '---\ntitle: Part\n---\n\n{{> nothing}}\n' > site/content/part.md
	printf -- '---\ntitle: Bad\n---\n\nbad \xff byte\n' > site/content/bad.md
	printf -- '---\ntitle: [\n---\n\ntext\n' > site/content/front.md
	for way in '' $ways all; do
		run --keep-empty-lines env WAYPOST_WITHOUT="$way" "$WAYPOST" build -j3 -C site -o "out-$way"
		[ "$status" -eq 1 ]
		printf '%s' "$output" | sed -E 's/ in [0-9]+\.[0-9]+ s/ in 0 s/' > "said-$way"
		diff said- "said-$way"
		diff -r out-/site "out-$way/site"
	done
	grep -q bad.md said-
	[ "$(find out-/site -name '*.html' | wc -l)" -gt 560 ]
}

@test "however many workers there are, the bytes are the same, and each message comes once" {
	"$here/../bench/make-corpus" --pages 300 --languages 4 --out site
	for language in site/translations/*/; do
		printf 'segments:\n- source: Nothing\n  target: Rien\n' > "$language/stray.yaml"
		printf 'segments:\n- source: x\n  state: odd\n' > "$language/interface.yaml"
		printf 'segments: text\n' > "$(find "$language" -name 'p*.yaml' | sort | tail -1)"
	done
	for jobs in 1 2 7; do
		run --keep-empty-lines "$WAYPOST" build -j$jobs -C site -o "out-$jobs"
		[ "$status" -eq 1 ]
		printf '%s' "$output" | sed -E 's/ in [0-9]+\.[0-9]+ s/ in 0 s/' > "said-$jobs"
		diff said-1 "said-$jobs"
		diff -r out-1/site "out-$jobs/site"
	done
	[ "$(grep -c stray.yaml said-1)" -eq 3 ]
}
