# SPDX-License-Identifier: GPL-3.0-or-later
# `waypost serve`, tried over sockets by try.py on a site of ten pages in two languages. Pages in a browser: tests/browser/serve.js.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8
	export WAYPOST_THEMES=$BATS_TEST_DIRNAME/../../themes
}

# Runs one trial; figures are shown as lines "note: ..." of the suite.
try() {
	"$BATS_TEST_DIRNAME/try.py" "$1" > "$BATS_TEST_TMPDIR/said" 2>&1 || {
		cat "$BATS_TEST_TMPDIR/said"
		return 1
	}
	grep '^note: ' "$BATS_TEST_TMPDIR/said" >&3 || true
}

@test "requests of every kind get the right answer, and nothing outside the tree" {
	try requests
}

@test "1,000 connections at once" {
	try parallel
}

@test "many edits: each is told, memory and descriptors do not grow" {
	try edits
}

@test "edits while a build is under way: the last one is shown" {
	try burst
}

@test "the builder is killed: the server stays" {
	try killed
}

@test "a failed build: errors with place and caret, the last good site stays" {
	try failed
}

@test "a project that cannot be built yet" {
	try broken
}

@test "a browser is opened" {
	try browser
}

@test "folders come, move and go" {
	try folders
}

@test "?translate marks texts, and published pages know nothing of it" {
	try translate
}

@test "Ctrl-C ends all" {
	try ends
}

@test "a port that is taken" {
	try ports
}

@test "wrong use, and a place without a project" {
	cd "$BATS_TEST_TMPDIR"
	run "$WAYPOST" serve -p 70000
	[ "$status" -eq 2 ]
	[[ "$output" == *"from 0 to 65535"* ]]
	run "$WAYPOST" serve -p x
	[ "$status" -eq 2 ]
	run "$WAYPOST" serve x
	[ "$status" -eq 2 ]
	"$WAYPOST" new site -q "$BATS_TEST_TMPDIR/site"
	run "$WAYPOST" serve -p 0 -l xx -C "$BATS_TEST_TMPDIR/site"
	[ "$status" -eq 2 ]
	[[ "$output" == *"no language 'xx'"* ]]
	run "$WAYPOST" serve
	[ "$status" -ne 0 ]
	[[ "$output" == *"content"* ]]
}
