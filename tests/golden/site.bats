# SPDX-License-Identifier: GPL-3.0-or-later
# The golden site: five languages, every feature once. Its tree and what is said about it are compared byte for byte;
# then that nothing but the source decides the bytes, and that a build can be repeated, interrupted and refused.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	# pictures for shared links would depend on the fonts of this computer
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8 WAYPOST_FONTS=$BATS_TEST_TMPDIR/none
	here=$BATS_TEST_DIRNAME
	cd "$BATS_TEST_TMPDIR"
	cp -r "$here/site" site
	sleep 0.1	# what has changed a moment ago is looked at again (job/depend)
}

# Without the time it took.
timeless() {
	sed -E 's/ in [0-9]+\.[0-9]+ s/ in 0 s/'
}

# A quiet build; the golden site has errors on purpose, so 1 is fine.
build() {
	local code=0
	"$WAYPOST" build -q "$@" > "$BATS_TEST_TMPDIR/said" 2>&1 || code=$?
	[ "$code" -le 1 ] || { cat "$BATS_TEST_TMPDIR/said"; return "$code"; }
}

# Every relative address of a tree leads to a file.
addresses() {
	(cd "$1" && find . -name '*.html' | while read -r page; do
		grep -oE '(href|src)="[^"]+"' "$page" | sed 's/^[^"]*"//; s/[#"].*//' | sort -u | while read -r address; do
			case $address in *:* | '') continue ;; esac
			[ -f "$(dirname "$page")/$address" ] || echo "$page: no '$address'"
		done
	done) > "$BATS_TEST_TMPDIR/dead"
	[ ! -s "$BATS_TEST_TMPDIR/dead" ] || { cat "$BATS_TEST_TMPDIR/dead"; return 1; }
}

# Name, inode and times of all files of a tree.
fingerprint() {
	(cd "$1" && find . -printf '%p %i %s %T@ %C@\n' | sort)
}

@test "the tree is as expected" {
	build -C site
	diff -r "$here/site.expected" site/out/site
}

@test "what build says is as expected" {
	run --keep-empty-lines "$WAYPOST" build -C site
	[ "$status" -eq 1 ]
	diff "$here/site.expected.messages/build" <(printf '%s' "$output" | timeless)
}

@test "what check says is as expected, and it writes nothing" {
	fingerprint site > before
	run --keep-empty-lines "$WAYPOST" check -C site
	[ "$status" -eq 1 ]
	diff "$here/site.expected.messages/check" <(printf '%s' "$output" | timeless)
	diff before <(fingerprint site)
}

@test "the same bytes with one worker, two and eight" {
	for jobs in 1 2 8; do
		run --keep-empty-lines "$WAYPOST" build -C site -o "out$jobs" -j$jobs
		diff "$here/site.expected.messages/build" <(printf '%s' "$output" | timeless)
		diff -r "$here/site.expected" "out$jobs/site"
	done
}

@test "the same bytes in any locale and time zone" {
	LC_ALL=C build -C site -o c
	diff -r "$here/site.expected" c/site
	other=C.UTF-8
	locale -a | grep -qi '^tr_TR.utf-\?8$' && other=tr_TR.UTF-8
	LC_ALL=$other LANGUAGE=tr TZ=Asia/Tokyo build -C site -o tokyo
	diff -r "$here/site.expected" tokyo/site
}

@test "the same bytes from another folder, below it, and with another umask" {
	mkdir -p "far/away from/here"
	cp -r site "far/away from/here/other"
	(cd "far/away from/here/other/content/guide" && build)
	diff -r "$here/site.expected" "far/away from/here/other/out/site"
	(umask 077 && build -C "$PWD/site" -o private)
	diff -r "$here/site.expected" private/site
}

@test "a second build writes nothing" {
	build -C site -o out
	fingerprint out > before
	run "$WAYPOST" build -C site -o out
	[[ "$output" == *" in 5 languages: 0 written, 74 unchanged, 0 removed in "* ]]
	diff before <(fingerprint out)
}

@test "a second build makes no call that writes" {
	strace -o /dev/null true 2> /dev/null || skip "strace is not here or may not trace"
	[[ $WAYPOST != */valgrind/* ]] || skip "strace would make the calls of valgrind fail"
	build -C site -o out
	# leaks cannot be looked for under strace
	ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 strace -f -qq -o calls -e trace=file,write,ftruncate,pwrite64 \
		"$WAYPOST" build -q -C site -o out > said 2>&1 || [ $? -eq 1 ]
	# opening the lock, which is there; files without a name, which the parent shares with its workers; nothing else
	grep -vE ' = -1 E|"/dev/|O_TMPFILE' calls | grep -E 'O_(WRONLY|RDWR|CREAT)' > opened || true
	[ "$(wc -l < opened)" -eq 1 ]
	grep -q '"\.lock"' opened
	grep -vE ' = -1 E|^[0-9]+ +readlink' calls | grep -E '^[0-9]+ +(rename|mkdir|unlink|rmdir|link|symlink|truncate|chmod|chown|utime)' > changed || true
	cat changed
	[ ! -s changed ]
}

@test "a changed sentence rewrites only the pages that show it" {
	build -C site -o out
	fingerprint out/site | grep -v '^\. \|/[a-z]* ' > before
	sed -i 's/Read it again\./Read it once more./' site/content/guide/steps.md
	build -C site -o out
	fingerprint out/site | grep -v '^\. \|/[a-z]* ' > after
	# the sentence, and its share of the Spanish translation: in the lists of languages of the page, and in the chooser; and what search finds
	diff <(printf './%s\n' {ar,en,es,km,qu}/{guide/steps.html,search/index.js} index.html | sort) \
		<(comm -13 before after | cut -d' ' -f1)
	grep -q 'Read it once more' out/site/en/guide/steps.html
}

@test "search goes with its page, and with its language" {
	build -C site -o out
	[ -f out/site/es/search/index.js ]
	sed -i 's/^languages:.*/languages: [en, ar, km, qu]/' site/content/site.yaml
	build -C site -o out
	[ ! -e out/site/es ] && [ -f out/site/ar/search/index.js ]
	rm site/content/search.md
	build -C site -o out
	[ -z "$(find out -path '*search*')" ]
}

@test "a removed page removes its products, and their folder" {
	build -C site -o out
	echo 'of somebody else' > out/site/en/mine.txt
	rm -r site/content/guide site/translations/*/guide
	sed -i 's/ Read \[the guide\].*//' site/content/index.md
	build -C site -o out
	[ ! -e out/site/es/guide ] && [ ! -e out/site/files/guide ]
	[ -f out/site/en/mine.txt ]
	rm out/site/en/mine.txt
	build -C site -o fresh
	diff -r fresh/site out/site
}

@test "a build that is killed leaves whole files, and the next one is complete" {
	build -C site -o old
	sed -i 's/^title: Tiny site/title: Another site/; s/^licence:.*/licence: none/' site/content/site.yaml
	build -C site -o new
	diff -rq old/site new/site > differ || true
	[ "$(wc -l < differ)" -eq 57 ]	# every page, calendar and feed
	for delay in 0.005 0.01 0.02 0.03 0.05 0.08 0.12 0.2 0.3; do
		for from in old none; do
			rm -rf out
			[ $from = none ] || cp -r old out
			"$WAYPOST" build -q -j2 -C site -o out > /dev/null 2>&1 &
			sleep $delay
			kill -KILL $! 2> /dev/null || true
			wait $! || true
			# a first build is seen whole or not at all; a later one file by file, no half and no temporary ones
			if [ $from = none ]; then
				[ ! -d out/site ] || diff -r new/site out/site
			else
				(cd out/site && find . -type f) | while read -r file; do
					cmp -s "out/site/$file" "old/site/$file" || cmp "out/site/$file" "new/site/$file"
				done
			fi
			# the workers of the killed one end with it; until then it holds the folder
			for i in {1..100}; do
				"$WAYPOST" build -q -C site -o out > said 2>&1 || [ $? -eq 1 ]
				grep -q 'output-busy' said || break
				sleep 0.02
			done
			diff -r new/site out/site
			[ ! -e out/.build ]
		done
	done
}

@test "on a full disk the published site stays as it is" {
	mkdir disk
	mount -t tmpfs -o size=100k tmpfs disk 2> /dev/null || skip "needs root, to mount a small disk"
	local code=0 published=0
	"$WAYPOST" build -C site -o disk/out > said 2>&1 || code=$?
	[ ! -e disk/out/site ] || published=1
	# a site that fits, and then no longer
	sed -i 's/^languages:.*/languages: [en]/' site/content/site.yaml
	rm -rf disk/out
	"$WAYPOST" build -q -C site -o disk/out > /dev/null 2>&1 || true
	cp -r disk/out/site published
	yes 'It has many words.' | head -c 60000 >> site/content/guide/contact.md
	local again=0
	"$WAYPOST" build -C site -o disk/out > said2 2>&1 || again=$?
	diff -r published disk/out/site > changed || true
	[ ! -e disk/out/site/en/guide/contact.html ] || cp disk/out/site/en/guide/contact.html contact.html
	umount disk
	cat said said2 changed
	[ "$code" -eq 3 ]
	[ "$published" -eq 0 ]
	grep -q "error: cannot write '.*': no space left on device \[file-write\]" said
	grep -q '= what was published before is untouched' said
	[ "$again" -eq 3 ]
	grep -q '\[file-write\]' said2
	cmp contact.html published/en/guide/contact.html
	run grep '^Only in' changed
	[ -z "$output" ]
}

@test "a folder that another made is left as it is" {
	mkdir -p out/site/holiday
	echo precious > out/site/holiday/photo.jpg
	run "$WAYPOST" build -C site -o out
	[ "$status" -eq 1 ]
	[[ "$output" == *"[output-foreign]"* ]]
	[ "$(find out -type f ! -name .lock)" = out/site/holiday/photo.jpg ]
}

@test "two builds at once: the second says so and writes nothing" {
	build -C site -o out
	fingerprint out > before
	sed -i 's/^title:.*/title: Another site/' site/content/site.yaml
	exec 9> out/.lock
	flock 9
	run "$WAYPOST" build -C site -o out
	exec 9>&-
	[ "$status" -eq 1 ]
	[[ "$output" == *"[output-busy]"* ]]
	diff <(cut -d' ' -f1-3 before) <(fingerprint out | cut -d' ' -f1-3)
}

@test "some languages only: no link leads to one that is not there" {
	build -C site -o out -l es,qu
	[ ! -e out/site/ar ] && [ ! -e out/site/en ]
	addresses out/site
}

@test "every address of the golden site leads to a file" {
	addresses "$here/site.expected"
}
