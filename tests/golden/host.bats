# SPDX-License-Identifier: GPL-3.0-or-later
# The site with its editions beside it, and the sheet by which people know them.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	export NO_COLOR=1
	unset SOURCE_DATE_EPOCH
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q my-site
	cd my-site
	printf -- '---\ntitle: Take\nlayout: editions\nas-of: 2025-12-11\n---\n\nTake it.\n' > content/take.md
	"$WAYPOST" build -q
}

# Every relative address of a tree leads to a file in it.
no_dead_links() {
	(cd "$1" && find . -name '*.html' | while read -r page; do
		grep -oE '(href|src)="[^":#]+' "$page" | sed 's/^[^"]*"//' | sort -u | while read -r address; do
			[ -f "$(dirname "$page")/$address" ] || echo "$page: no '$address'"
		done
	done) > dead
	[ ! -s dead ] || { cat dead; return 1; }
}

@test "only what stands beside the site is linked: on a host the editions, on a stick and in the archive none" {
	run "$WAYPOST" pack host
	[ "$status" -eq 0 ]
	[[ "$output" == "out/host: "*" files, "* ]]
	"$WAYPOST" verify -q out/host
	(cd out/host && sha256sum --quiet --strict -c SHA256SUMS)
	no_dead_links out/host
	grep -q 'href="../editions/a-small-site-es.epub"' out/host/es/take.html
	grep -q 'href="../editions/a-small-site.zip"' out/host/es/take.html
	grep -q '>0[.,][0-9]*</span> MB\|0[.,][0-9]* MB' out/host/en/take.html
	grep -q 'December 11, 2026\|11 December 2026' out/host/en/take.html
	[ "$(grep -c 'a-small-site-es.epub' out/host/en/take.html)" -eq 0 ]
	[ ! -e out/host/START.html ]
	"$WAYPOST" pack -q usb
	"$WAYPOST" pack -q zip
	"$WAYPOST" pack -q epub
	[ "$(grep -rlE 'editions/|\.epub' out/usb out/site --include='*.html' | wc -l)" -eq 0 ]
	no_dead_links out/usb
	# the same files as if they were made alone
	cmp out/zip/a-small-site.zip out/host/editions/a-small-site.zip
	cmp out/epub/a-small-site-en.epub out/host/editions/a-small-site-en.epub
	# all else is the site as it was built
	diff -r out/site out/host | grep -v '^Only in out/host' > differs || true
	[ "$(grep -c '^diff ' differs)" -eq 2 ]
	run "$WAYPOST" pack host
	[[ "$output" == *": 0 written, "*" unchanged, 0 removed"* ]]
}

@test "a newer site replaces the older one on the host; what else is there stays" {
	"$WAYPOST" pack -q host -o web
	echo mine > web/.htaccess
	echo old > web/editions/old.zip
	printf '\nMore.\n' >> content/about.md
	echo 'languages: [en]' >> content/site.yaml
	"$WAYPOST" build -q
	"$WAYPOST" pack -q host -o web
	[ ! -e web/es ]
	[ ! -e web/editions/a-small-site-es.epub ]
	[ "$(cat web/.htaccess web/editions/old.zip)" = "mine
old" ]
	grep -q 'More\.' web/en/about.html
}

@test "the sheet has the fingerprints that a computer shows, and the public key" {
	key=RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3
	echo "public-key: $key" >> content/site.yaml
	"$WAYPOST" build -q
	run "$WAYPOST" pack paper
	[ "$status" -eq 0 ]
	[[ "$output" == "out/paper: 2 sheets in "* ]]
	"$WAYPOST" pack -q usb
	"$WAYPOST" pack -q zip
	"$WAYPOST" pack -q epub
	mkdir unpacked
	python3 -m zipfile -e out/zip/a-small-site.zip unpacked
	for file in out/usb/SHA256SUMS unpacked/SHA256SUMS out/zip/a-small-site.zip out/epub/a-small-site-es.epub; do
		sum=$(sha256sum "$file" | cut -c1-64 | sed 's/..../& /g; s/ $//')
		grep -q "$sum" out/paper/es.html
	done
	# as verify prints it
	print=$("$WAYPOST" verify out/usb | tail -n 1 | sed 's/ *$//')
	grep -qF "$print" out/paper/en.html
	grep -qF "$key" out/paper/en.html
	[ "$(grep -c 'es.epub' out/paper/en.html)" -eq 0 ]
	[ "$(grep -cE '(href|src)=' out/paper/en.html)" -eq 0 ]
}
