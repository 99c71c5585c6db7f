# SPDX-License-Identifier: GPL-3.0-or-later
# A theme is templates, CSS and words: a second one, with nothing of the default theme in it, builds a site that the same checks pass.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	root=$BATS_TEST_DIRNAME/../..
	export WAYPOST_THEMES="$root/themes" NO_COLOR=1 LC_ALL=C.UTF-8
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q my-site
	cd my-site
	rm -rf themes
	mkdir themes
	cp -r "$root/themes/plain" themes/plain
	sed -i '/^theme:/d' content/site.yaml
	echo 'theme: plain' >> content/site.yaml
	# What the default theme adds: pages with layouts that this one does not have.
	sed -i '/^layout:/d' $(find content -name '*.md')
}

@test "a site builds with the plain theme, and nothing is said" {
	run "$WAYPOST" build
	[ "$status" -eq 0 ]
	[ "$(wc -l <<< "$output")" -eq 1 ]
	[ -f out/site/index.html ] && [ -f out/site/en/index.html ]
	run grep -rl 'wp-menu\|page\.js' out/site
	[ -z "$output" ]
}

@test "its pages pass the checks of pages and addresses" {
	command -v node > /dev/null || skip "node is not installed"
	"$WAYPOST" build -q
	run node "$root/tests/browser/static.js" out/site
	# faults are sown into pages that only the real site has
	run grep '^not ok' <<< "${output%%not ok - seeded*}"
	[ -z "$output" ]
}

@test "it is small: at most six templates, a sheet of 2 KB, no script" {
	[ "$(ls "$root"/themes/plain/*.html | wc -l)" -le 6 ]
	[ "$(wc -c < "$root/themes/plain/style.css")" -le 2048 ]
	[ -z "$(find "$root/themes/plain" -name '*.js')" ]
}
