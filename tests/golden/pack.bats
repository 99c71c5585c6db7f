# SPDX-License-Identifier: GPL-3.0-or-later
# Editions as people make, carry, check and spoil them.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	export NO_COLOR=1 LC_ALL=C.UTF-8
	unset SOURCE_DATE_EPOCH
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q my-site
	cd my-site
	sed -i '2i as-of: 2025-12-11' content/about.md
	"$WAYPOST" build -q
}

traceable() {
	strace -o /dev/null true 2> /dev/null || skip "strace is not here or may not trace"
	[[ $WAYPOST != */valgrind/* ]] || skip "strace would make the calls of valgrind fail"
	# leaks cannot be looked for under strace
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
}

# Bash passes over a failing "! command" in the middle of a test.
refute() {
	if "$@"; then return 1; fi
}

whole() {
	"$WAYPOST" verify -q "$1"
	(cd "$1" && sha256sum --quiet --strict -c SHA256SUMS)
}

@test "a stick: all of the site, a start, read-mes, a list that three programs read; twice is once" {
	run "$WAYPOST" pack usb
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^"out/usb: "[0-9]+" files, 0."[0-9]+" MB ("[0-9]+" bytes; 1."[0-9]+" MB on a stick" ]]
	diff -r out/site out/usb | grep -v '^Only in out/usb: ' > differs || true
	[ ! -s differs ]
	cmp out/usb/index.html out/usb/START.html
	grep -q 'START.html' out/usb/READ-ME-es.txt
	refute grep -q '<' out/usb/READ-ME-es.txt
	[ "$(cat out/usb/RELEASE)" = "title: A small site
site: $(sed -n 's/^site: //p' out/usb/RELEASE)
edition: usb
release: 20251211
date: 2025-12-11
good-until: 2026-12-11
languages: en es" ]
	whole out/usb
	[ "$(find out/usb -type f | wc -l)" -eq $(($(wc -l < out/usb/SHA256SUMS) + 1)) ]
	LC_ALL=C sort -c <(sed 's/SHA256 (\(.*\)) = .*/\1/' out/usb/SHA256SUMS)
	if command -v signify-openbsd > /dev/null; then
		signify-openbsd -G -n -p ../key.pub -s ../key.sec
		(cd out/usb && signify-openbsd -S -e -s ../../../key.sec -m SHA256SUMS -x SHA256SUMS.sig &&
			signify-openbsd -C -q -p ../../../key.pub -x SHA256SUMS.sig)
		whole out/usb
		rm out/usb/SHA256SUMS.sig
	fi
	touch -d 2001-01-01 stamp
	find out/usb -exec touch -d 2001-01-01 {} +
	run "$WAYPOST" pack usb
	[[ "$output" == *": 0 written, "*" unchanged, 0 removed in"* ]]
	[ -z "$(find out/usb -type f -newer stamp ! -name 'SHA256SUMS.unfinished')" ]
}

@test "the same bytes in another folder, on another day, under another umask" {
	"$WAYPOST" pack usb -q
	"$WAYPOST" pack zip -q
	cp -r ../my-site ../elsewhere
	cd ../elsewhere
	rm -rf out
	umask 077
	"$WAYPOST" build -q
	TZ=Asia/Tokyo LC_ALL=C "$WAYPOST" pack usb -q
	"$WAYPOST" pack zip -q
	diff -r ../my-site/out/usb out/usb
	cmp ../my-site/out/zip/a-small-site.zip out/zip/a-small-site.zip
	SOURCE_DATE_EPOCH=1800000000 "$WAYPOST" pack usb -q
	grep -q '^date: 2027-01-15$' out/usb/RELEASE
}

@test "some languages: no link to another is left" {
	run "$WAYPOST" pack usb -l es -o stick
	[ "$status" -eq 0 ]
	whole stick
	[ ! -e stick/en ]
	grep -q '^languages: es$' stick/RELEASE
	refute grep -rE 'href="[^"]*\.\./en/|hreflang="en"' stick
	[ -e out/site/en/index.html ]
	run "$WAYPOST" pack zip -l es
	[ -f out/zip/a-small-site-es.zip ]
}

@test "what else is on the stick stays; what an older edition had goes" {
	mkdir -p stick/en stick/photos
	echo mine > stick/photos/a.jpg
	echo mine > stick/en/mine.txt
	"$WAYPOST" pack usb -q -o stick
	echo signed > stick/SHA256SUMS.sig
	rm content/about.md translations/es/about.yaml
	sed -i 's/(about.md)/(translate.md)/' content/index.md
	"$WAYPOST" build -q || true
	run "$WAYPOST" pack usb -o stick
	[ "$status" -eq 0 ]
	[[ "$output" =~ ", "[1-9][0-9]*" removed in" ]]
	[ ! -e stick/en/about.html ]
	[ ! -e stick/SHA256SUMS.sig ]
	[ "$(cat stick/photos/a.jpg stick/en/mine.txt)" = "mine
mine" ]
	run "$WAYPOST" verify stick
	[ "$status" -eq 1 ]
	[[ "$output" == *"'en/mine.txt' does not belong here"*"'photos/a.jpg' does not belong here"* ]]
	(cd stick && sha256sum --quiet --strict -c SHA256SUMS)
}

@test "killed at any moment and run again: the same stick" {
	traceable
	"$WAYPOST" pack usb -q -o right
	for call in renameat:1 renameat:2 renameat:9 renameat:30 renameat:35 fsync:1 fsync:7 fsync:33 unlinkat:1 unlinkat:3 \
		mkdirat:1 mkdirat:4 syncfs:1; do
		rm -rf stick
		strace -f -qq -o /dev/null -e "inject=${call%:*}:signal=KILL:when=${call#*:}" "$WAYPOST" pack usb -q -o stick || true
		if [ -e stick/SHA256SUMS.unfinished ]; then
			run "$WAYPOST" verify stick
			[ "$status" -eq 1 ]
		fi
		"$WAYPOST" pack usb -q -o stick
		diff -r right stick
		[ -z "$(find stick -name '*waypost-*')" ]
	done
	# an older edition that is being replaced
	cp -r right older
	rm content/about.md translations/es/about.yaml
	sed -i 's/(about.md)/(translate.md)/' content/index.md
	"$WAYPOST" build -q || true
	rm -rf right
	"$WAYPOST" pack usb -q -o right
	for call in renameat:1 renameat:2 renameat:4 unlinkat:1 unlinkat:2 unlinkat:3 unlinkat:9 fsync:3; do
		rm -rf stick
		cp -r older stick
		strace -f -qq -o /dev/null -e "inject=${call%:*}:signal=KILL:when=${call#*:}" "$WAYPOST" pack usb -q -o stick || true
		"$WAYPOST" pack usb -q -o stick
		diff -r right stick
	done
}

@test "a file of the project that cannot be read: said, exit code 3, nothing is packed" {
	traceable
	for what in "usb" "usb -l en" "zip"; do
		run strace -f -qq -o /dev/null -P content/site.yaml -e inject=openat2:error=EMFILE "$WAYPOST" pack $what -o made
		[ "$status" -eq 3 ]
		[[ "$output" == *"error: cannot read 'content/site.yaml'"*"[file-read]"* ]]
		[ ! -e made ]
	done
}

@test "a stick that is full, or pulled out: said, exit code 3, and it goes on later" {
	traceable
	for call in fsync:error=EIO:when=5 renameat:error=ENOSPC:when=3 mkdirat:error=EROFS:when=1; do
		rm -rf stick
		mkdir stick
		run strace -f -qq -o /dev/null -e "inject=$call" "$WAYPOST" pack usb -o stick
		[ "$status" -eq 3 ]
		[[ "$output" == *"error: cannot write '"*"[file-write]"* ]]
		[ -z "$(find stick -name '*waypost-*')" ]
		refute "$WAYPOST" verify -q stick > /dev/null 2>&1
		"$WAYPOST" pack usb -q -o stick
		whole stick
	done
}

@test "a stick that is too small is not begun" {
	mkdir small
	mount -t tmpfs -o size=128k none small 2> /dev/null || skip "no file system can be mounted here"
	run "$WAYPOST" pack usb -o small
	left=$(ls small)
	umount small
	[ "$status" -eq 1 ]
	[[ "$output" == *"'small' has room for 131 KB, and "*"[pack-space]"* ]]
	[ -z "$left" ]
}

@test "a stick without room for the mark of an unfinished copy is left as it was" {
	mkdir full
	mount -t tmpfs -o size=4m none full 2> /dev/null || skip "no file system can be mounted here"
	head -c 1000000 /dev/zero > content/long.txt
	printf '\n[Long](long.txt)\n' >> content/index.md
	"$WAYPOST" build -q
	"$WAYPOST" pack usb -q -o full
	(cd full && sha256sum -c --quiet SHA256SUMS)
	rm content/long.txt	# so that the new one would fit, but for the moment before the old files go
	sed -i '/long.txt/d' content/index.md
	"$WAYPOST" build -q
	cat /dev/zero > full/mine 2> /dev/null || true
	before=$(cd full && find . -type f -exec sha256sum {} + | sort)
	run "$WAYPOST" pack usb -o full
	after=$(cd full && find . -type f -exec sha256sum {} + | sort)
	rm full/mine
	"$WAYPOST" pack usb -q -o full
	(cd full && sha256sum -c --quiet SHA256SUMS) && [ ! -e full/long.txt ] || after=
	umount full
	[ "$status" -eq 1 ]
	[[ "$output" == *"[pack-space]"* ]]
	[ "$before" = "$after" ]
}

@test "an update copied over the older edition is the new one" {
	"$WAYPOST" pack usb -q -o old
	printf '\nOne more sentence.\n' >> content/index.md
	"$WAYPOST" build -q
	"$WAYPOST" pack usb -q -o new
	run "$WAYPOST" pack usb --since old
	[ "$status" -eq 0 ]
	whole out/usb-update
	[ -f out/usb-update/update/en/index.html ]
	[ ! -e out/usb-update/update/en/about.html ]
	[ ! -e out/usb-update/REMOVED ]
	for file in $(cd out/usb-update/update && find . -type f); do	# nothing that is there already
		refute cmp -s "out/usb-update/update/$file" "old/$file"
	done
	cp -r out/usb-update/update/. old
	diff -r new old
	whole old
	rm content/about.md translations/es/about.yaml
	sed -i 's/(about.md)/(translate.md)/' content/index.md
	"$WAYPOST" build -q || true
	"$WAYPOST" pack usb -q -o new
	"$WAYPOST" pack usb -q --since old/SHA256SUMS
	whole out/usb-update
	grep -qx en/about.html out/usb-update/REMOVED
	cp -r out/usb-update/update/. old
	run "$WAYPOST" verify old
	[ "$status" -eq 1 ]
	(cd old && xargs rm < ../out/usb-update/REMOVED)
	whole old
	diff -r new old
}

@test "a ZIP: verified packed and unpacked; changed members, ways out and links are found" {
	"$WAYPOST" pack zip -q
	zip=out/zip/a-small-site.zip
	"$WAYPOST" verify -q "$zip"
	mkdir unpacked
	python3 -m zipfile -e "$zip" unpacked
	whole unpacked
	python3 - "$zip" <<-'END'
		import sys, zipfile
		with zipfile.ZipFile(sys.argv[1]) as z, zipfile.ZipFile("bad.zip", "w") as bad:
		    for n in z.namelist():
		        if n != "en/about.html":
		            bad.writestr(n, b"changed" if n == "es/about.html" else z.read(n))
		    bad.writestr("../../outside.html", "x")
		    bad.writestr("EN/index.html", "x")
		    bad.writestr("autorun.inf", "x")
		    bad.writestr("index.html", "a second one")
		    link = zipfile.ZipInfo("en/link.html")
		    link.create_system, link.external_attr = 3, 0o120777 << 16
		    bad.writestr(link, "index.html")
	END
	run "$WAYPOST" verify bad.zip
	[ "$status" -eq 1 ]
	[[ "$output" == *"'es/about.html' was changed"* ]]
	[[ "$output" == *"'en/about.html' is missing"* ]]
	[[ "$output" == *"'../../outside.html' would be unpacked outside"* ]]
	[[ "$output" == *"'autorun.inf' can start a program"* ]]
	[[ "$output" == *"'en/link.html' is no file of its own"* ]]
	[[ "$output" == *"'en/index.html' and 'EN/index.html' are one name on most sticks"* ]]
	[[ "$output" == *"'index.html' and 'index.html' are one name"* ]]
	[[ "$output" == *"do not trust this copy: 1 changed, 1 missing, 2 added, "* ]]
	head -c 20000 "$zip" > cut.zip
	run "$WAYPOST" verify cut.zip
	[ "$status" -eq 1 ]
	[[ "$output" == *"'cut.zip' cannot be opened"* ]]
}

@test "written to FAT32 and read back it is the same" {
	command -v mcopy > /dev/null || skip "mtools is not here"
	"$WAYPOST" pack usb -q
	truncate -s 64M fat.img
	mformat -i fat.img -F ::
	mcopy -i fat.img -s out/usb ::edition
	mcopy -i fat.img -s ::edition back
	diff -r out/usb back
	whole back
}

@test "one file for each language: sizes, ways, what is cut first; the same bytes elsewhere, later, with fewer languages" {
	run "$WAYPOST" pack single
	[ "$status" -eq 0 ]
	[[ "$output" =~ "out/single/a-small-site-en.html: "[0-9]+" bytes"$'\n'"out/single/a-small-site-es.html: "[0-9]+" bytes"$'\n'"2 files, 0.0 MB in " ]]
	if grep -oE '(href|src)="[^"#]*"' out/single/a-small-site-es.html | grep -vE '="(data:|https?:|mailto:)'; then false; fi
	run ! grep -q 'hreflang' out/single/a-small-site-es.html
	grep -q '<article id="about">' out/single/a-small-site-en.html
	cp -r ../my-site ../elsewhere
	cd ../elsewhere
	rm -rf out
	umask 077
	"$WAYPOST" build -q
	TZ=Asia/Tokyo LC_ALL=C "$WAYPOST" pack single -q -l es -o one
	[ "$(ls one)" = a-small-site-es.html ]
	cmp one/a-small-site-es.html ../my-site/out/single/a-small-site-es.html
	size=$(stat -c %s one/a-small-site-es.html)
	run "$WAYPOST" pack single -l es --max $((size - 1)) -o less
	[ "$status" -eq 0 ]
	[[ "$output" == *"was made without pictures, to take no more than $((size - 1)) bytes [pack-cut]"* ]]
	[ "$(stat -c %s less/a-small-site-es.html)" -lt "$size" ]
	run "$WAYPOST" pack single --max 1K -o none
	[ "$status" -eq 1 ]
	[[ "$output" == *"more than 1024 [pack-large]"* ]]
	[ ! -e none ]
}

@test "one file into a folder that cannot be written: said, exit code 3" {
	run "$WAYPOST" pack single -o /proc/sys
	[ "$status" -eq 3 ]
	[[ "$output" == *"error: cannot write '"*"[file-write]"* ]]
}

@test "a ZIM file: what Kiwix asks for is there; the same bytes elsewhere and, where faketime is, on another day" {
	command -v zimwriterfs > /dev/null || skip "zimwriterfs is not here"
	run "$WAYPOST" pack zim
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^"out/zim/a-small-site.zim: 0.1 MB ("[0-9]+" bytes) in " ]]
	run zimcheck out/zim/a-small-site.zim
	[ "$status" -eq 0 ]
	[[ "$output" == *"Overall Test Status: Pass"* ]]
	cp -r ../my-site ../elsewhere
	cd ../elsewhere
	rm -rf out
	"$WAYPOST" build -q
	"$WAYPOST" pack zim -q
	cmp ../my-site/out/zim/a-small-site.zim out/zim/a-small-site.zim
	run "$WAYPOST" pack zim -l es
	[ "$status" -eq 0 ]
	run zimcheck out/zim/a-small-site-es.zim
	[ "$status" -eq 0 ]
	if command -v faketime > /dev/null; then	# it is loaded before the sanitizer
		ASAN_OPTIONS="${ASAN_OPTIONS:-}:verify_asan_link_order=0" faketime "2030-01-02 03:04:05" "$WAYPOST" pack zim -q -o later
		cmp ../my-site/out/zim/a-small-site.zim later/a-small-site.zim
	fi
	run "$WAYPOST" pack zim --max 1K -o none
	[ "$status" -eq 1 ]
	[ ! -e none ]
}

@test "PDF: the sheets of the site, their size of paper; the same bytes elsewhere and later" {
	command -v chromium > /dev/null || skip "chromium is not here"
	command -v pdfinfo > /dev/null || skip "pdfinfo is not here"
	printf -- '---\ntitle: Sheet\nlayout: leaflet\n---\n\nText, and [more](about.md).\n' > content/sheet.md
	"$WAYPOST" build -q
	run "$WAYPOST" pack pdf -l es
	[ "$status" -eq 0 ]
	[[ "$output" =~ ^"out/pdf/a-small-site-es-sheet.pdf: "[0-9]+" bytes"$'\n'"out/pdf/a-small-site-es.pdf: "[0-9]+" bytes"$'\n'"2 files, 0."[0-9]" MB in " ]]
	pdfinfo out/pdf/a-small-site-es-sheet.pdf | grep -q '^Page size: .*(A5)'
	pdfinfo out/pdf/a-small-site-es-sheet.pdf | grep -q '^Pages: *1$'
	pdfinfo out/pdf/a-small-site-es.pdf | grep -q '^Page size: .*(A4)'
	TZ=UTC pdfinfo out/pdf/a-small-site-es.pdf | grep -q '^CreationDate: .*Dec 11 00:00:00 2025'
	run ! grep -aq 'file://' out/pdf/*.pdf
	cp -r ../my-site ../elsewhere
	cd ../elsewhere
	rm -rf out
	"$WAYPOST" build -q
	sleep 1
	TZ=Asia/Tokyo "$WAYPOST" pack pdf -q -l es
	diff -r ../my-site/out/pdf out/pdf
	mkdir tmp
	TMPDIR=$PWD/tmp "$WAYPOST" pack pdf -q -l es
	[ -z "$(ls -A tmp)" ]	# nothing is left behind
}
