# SPDX-License-Identifier: GPL-3.0-or-later
# Books (EPUB) as people make and read them.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	top=$BATS_TEST_DIRNAME/../..
	export WAYPOST_THEMES="$top/themes"
	export NO_COLOR=1
	unset SOURCE_DATE_EPOCH
	cd "$BATS_TEST_TMPDIR"
}

small_site() {
	"$WAYPOST" new site -q my-site
	cd my-site
	sed -i '2i as-of: 2025-12-11' content/about.md
	"$WAYPOST" build -q
}

# The site of this project, as it is.
real_site() {
	mkdir real
	cp -r "$top/content" "$top/translations" "$top/themes" real
	cd real
}

# Bash passes over a failing "! command" in the middle of a test.
refute() {
	if "$@"; then return 1; fi
}

unpack() {
	rm -rf book
	python3 -m zipfile -e "$1" book
}

unzip_part() {
	python3 -c "import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile('$1').read('$2'))"
}

@test "a book for each language: said, in out/epub, whole by itself" {
	small_site
	run "$WAYPOST" pack epub
	[ "$status" -eq 0 ]
	[[ "${lines[0]}" =~ ^"out/epub/a-small-site-en.epub: "[0-9]+" pages, "[0-9]+" bytes"$ ]]
	[[ "${lines[1]}" == "out/epub/a-small-site-es.epub: "* ]]
	[[ "${lines[2]}" == "2 books, 0."* ]]
	[ "$(head -c 58 out/epub/a-small-site-es.epub | tail -c 28)" = "mimetypeapplication/epub+zip" ]
	unpack out/epub/a-small-site-es.epub
	grep -q '<dc:language>es</dc:language>' book/EPUB/package.opf
	grep -q '>2025-12-11T00:00:00Z<' book/EPUB/package.opf
	if command -v xmllint > /dev/null; then
		find book -name '*.xhtml' -o -name '*.opf' -o -name '*.xml' | xargs xmllint --noout
	fi
	refute grep -rE '<(script|form|input|button)|src="http' book
	# every address leads to a file of the book that its list names
	(cd book/EPUB && grep -roE '(href|src)="[^":]+"' --include='*.xhtml' . | while IFS=: read -r page address; do
		address=${address#*\"} && address=${address%\"} && address=${address%%#*}
		[ -z "$address" ] && continue
		file=$(realpath --relative-to=. "$(dirname "$page")/$address")
		grep -qF "href=\"$file\"" package.opf && [ -f "$file" ] || echo "$page: $address"
	done) > dead
	[ ! -s dead ] || { cat dead; false; }
	(cd book/EPUB && find . -type f ! -name package.opf | sed 's,^\./,,' | while read -r file; do
		grep -qF "href=\"$file\"" package.opf || echo "$file"
	done) > unnamed
	[ ! -s unnamed ]
}

@test "one language, another folder, a size that must not be passed" {
	small_site
	"$WAYPOST" pack epub -q
	grep -q 'href="assets/icon.svg" media-type="image/svg+xml" properties="cover-image"' <(unzip_part out/epub/a-small-site-es.epub EPUB/package.opf)
	"$WAYPOST" pack epub -q -l es -o books
	[ "$(ls books)" = a-small-site-es.epub ]
	cmp books/a-small-site-es.epub out/epub/a-small-site-es.epub
	run "$WAYPOST" pack epub --max 1K -o other
	[ "$status" -eq 1 ]
	[[ "$output" == *"[pack-large]"* ]]
	[ ! -e other ]
	run "$WAYPOST" pack epub --since out
	[ "$status" -eq 2 ]
	cp "$BATS_TEST_DIRNAME/site/content/door.png" content/cover.png
	"$WAYPOST" build -q
	"$WAYPOST" pack epub -q
	grep -q 'href="files/cover.png" media-type="image/png" properties="cover-image"' <(unzip_part out/epub/a-small-site-en.epub EPUB/package.opf)
}

@test "a theme that knows no books is said to know none" {
	small_site
	mkdir -p themes
	cp -r "$WAYPOST_THEMES/default" themes/default
	rm themes/default/book-page.html
	"$WAYPOST" build -q
	run "$WAYPOST" pack epub
	[ "$status" -eq 1 ]
	[[ "$output" == *"no template 'book-page'"*"[pack-theme]"* ]]
	[ ! -e out/epub ]
}

@test "EPUBCheck finds nothing: from right to left, with a font, with much that is not translated (FULL=1: every language)" {
	jar=$(readlink -f "$(command -v epubcheck)") && [ -f "$jar" ] || skip "epubcheck is not here"
	real_site
	if [ "${FULL:-}" ]; then
		"$WAYPOST" build -q
		"$WAYPOST" pack epub -q -o books
	else
		"$WAYPOST" pack epub -q -l ar,am,qu -o books
		unpack books/*-ar.epub
		grep -q 'page-progression-direction="rtl"' book/EPUB/package.opf
		unpack books/*-am.epub
		grep -q 'media-type="font/' book/EPUB/package.opf
		unpack books/*-qu.epub
		grep -rq '<span lang="[a-z]*" xml:lang="[a-z]*"' book/EPUB/qu
	fi
	for book in books/*.epub; do
		java -XX:TieredStopAtLevel=1 -jar "$jar" --failonwarnings "$book" > said 2>&1 || { cat said; false; }
		grep -q '0 fatals / 0 errors / 0 warnings' said
	done
	# and it can find something
	cp "$book" bad.epub
	python3 -c "
import zipfile
z = zipfile.ZipFile('bad.epub', 'a')
z.writestr('EPUB/stray.xhtml', '<p>')"
	refute java -XX:TieredStopAtLevel=1 -jar "$jar" --failonwarnings bad.epub > said 2>&1
}
