#!/usr/bin/env bats
# SPDX-License-Identifier: GPL-3.0-or-later
# The synthetic site of tests/bench, small: it builds without a word, and again to the same bytes.

setup() {
	"$BATS_TEST_DIRNAME/../bench/make-corpus" --pages 20 --languages 10 --out "$BATS_TEST_TMPDIR/site"
}

@test "the synthetic site of 20 pages in 10 languages builds without a message" {
	run "$WAYPOST" build -q -C "$BATS_TEST_TMPDIR/site" -o "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	[ "$(find "$BATS_TEST_TMPDIR/out/site" -name '*.html' | wc -l)" -eq 281 ]
	run "$WAYPOST" build -j1 -C "$BATS_TEST_TMPDIR/site" -o "$BATS_TEST_TMPDIR/out"
	[ "$status" -eq 0 ]
	[[ "$output" == *": 0 written, "* ]]
}
