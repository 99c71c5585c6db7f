# SPDX-License-Identifier: GPL-3.0-or-later
# What the program says about bad input: the cases of messages/, each run in a fresh copy of messages/base (see `case`).
# Every row of generator/base/diag.def must be in one of them. `bless NAME` writes what is said today as what is expected.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8
	here=$BATS_TEST_DIRNAME
	# one case gives a file to somebody who is not root
	chmod a+rx "$BATS_RUN_TMPDIR" "$BATS_RUN_TMPDIR/test" "$BATS_TEST_TMPDIR" 2> /dev/null || true
}

# Runs cases, all differences shown.
cases() {
	local name bad=0

	for name; do
		"$here/case" "$here/messages/$name.case" "$BATS_TEST_TMPDIR/$name" > "$BATS_TEST_TMPDIR/said" 2>&1
		sed '1,/^=====$/d' "$here/messages/$name.case" > "$BATS_TEST_TMPDIR/expected"
		diff -u --label "expected: $name" --label "said: $name" "$BATS_TEST_TMPDIR/expected" "$BATS_TEST_TMPDIR/said" || bad=1
	done
	return $bad
}

@test "files: links, pipes, names, sizes; not to be read, not to be written" {
	cases files system
}

@test "bytes: not UTF-8, wrong charsets, control characters, line ends, limits" {
	cases utf8 charset limits hidden
}

@test "pages: front matter, Markdown, raw HTML" {
	cases front markdown
}

@test "addresses: pages, anchors, pictures, files, schemes, versions" {
	cases links versions
}

@test "the project: languages, fallbacks, theme, states" {
	cases site
}

@test "themes: templates and interface strings" {
	cases template strings
}

@test "data files" {
	cases data data-links
}

@test "catalogs that cannot be read" {
	cases yaml
}

@test "catalogs that say something wrong" {
	cases catalog
}

@test "files that people send back" {
	cases import
}

@test "catalogs that sync leaves as they are" {
	cases patch
}

@test "translations that are not shown, or look suspicious" {
	cases withheld exceptions audit
}

@test "fonts: not installed, not known, not for us; what no font draws" {
	cases fonts
}

@test "output: collisions, folders of others, a second build, pages without end" {
	cases output-collision output-foreign output-busy page-budget
}

@test "a page that takes too long; a worker that dies" {
	cases worker
}

@test "copies that are not as they were published" {
	cases verify
}

@test "editions that cannot be made" {
	cases pack
}

@test "every case belongs to a test" {
	for file in "$here"/messages/*.case; do
		name=$(basename "$file" .case)
		grep -qE "^	cases (.* )?$name( |$)" "$here/messages.bats" || { echo "no test runs $name"; false; }
	done
}

@test "every row of diag.def is made by a case" {
	missing=0
	grep -hv '^#' "$here/messages/unmade" | cut -d' ' -f1 > "$BATS_TEST_TMPDIR/unmade"
	[ "$(wc -l < "$BATS_TEST_TMPDIR/unmade")" -le 3 ]
	rows=$(sed -n 's/^DIAG(\([a-z0-9_]*\),.*/\1/p' "$here/../../generator/base/diag.def")
	[ "$(wc -w <<< "$rows")" -gt 100 ]
	cat "$here"/messages/*.case | sed -n 's/.* \[\([a-z0-9-]*\)\]$/\1/p' | sort -u > "$BATS_TEST_TMPDIR/made"
	for row in $rows; do
		grep -qx "${row//_/-}" "$BATS_TEST_TMPDIR/made" || grep -qx "$row" "$BATS_TEST_TMPDIR/unmade" ||
			{ echo "no case makes $row"; missing=1; }
	done
	# and none is listed as impossible that is made
	for row in $(cat "$BATS_TEST_TMPDIR/unmade"); do
		run ! grep -qx "${row//_/-}" "$BATS_TEST_TMPDIR/made"
	done
	[ "$missing" -eq 0 ]
}
