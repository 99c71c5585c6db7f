# SPDX-License-Identifier: GPL-3.0-or-later
# Copies of editions: spoiled at random, killed at random, made on another day. $WAYPOST_ROUNDS sets how often, $WAYPOST_SEED what.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST
	export WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	export NO_COLOR=1
	unset SOURCE_DATE_EPOCH
	here=$BATS_TEST_DIRNAME
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q my-site
	sed -i '2i as-of: 2025-12-11' my-site/content/about.md
	"$WAYPOST" build -q -C my-site
}

# Runs a program of many rounds. Sanitizers are slow: `make check` gives most rounds to the plain build, a tenth to the others.
rounds() {
	local n=${WAYPOST_ROUNDS:-$1}
	shift
	case $WAYPOST in
	*/cov/*) n=$((n / 10)) ;;
	*/valgrind/*) n=$((n / 100)) ;;
	*/san/*)
		if [ -x "${CHECK_BUILD:-}/waypost" ]; then
			WAYPOST=$CHECK_BUILD/waypost "$@" "$n"
			n=$((n / 10))
		fi
		;;
	esac
	"$@" "$n"
}

@test "1,000 spoiled copies: verify names each one, sha256sum and signify agree" {
	(cd my-site && "$WAYPOST" pack -q usb -o ../stick && "$WAYPOST" pack -q zip -o ..)
	if command -v signify-openbsd > /dev/null; then
		signify-openbsd -G -n -p key.pub -s key.sec
		(cd stick && signify-openbsd -S -e -s ../key.sec -m SHA256SUMS -x SHA256SUMS.sig)
	fi
	rounds 1000 python3 -W ignore "$here/tamper" stick a-small-site.zip
}

@test "killed at 200 random moments and run again: always the same stick" {
	cp -r my-site newer
	rm newer/content/about.md newer/translations/es/about.yaml
	sed -i 's/(about.md)/(translate.md)/' newer/content/index.md
	sed -i '2i as-of: 2026-01-11' newer/content/translate.md
	"$WAYPOST" build -q -C newer || true
	rounds 200 python3 "$here/kill" my-site newer stick
}

@test "two builds on different days in different folders: the same bytes in every edition" {
	command -v faketime > /dev/null || skip "faketime is not here"
	# faketime is loaded before the sanitizer
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}verify_asan_link_order=0
	mkdir -p there/deep
	cp -r my-site/content my-site/themes my-site/translations there/deep
	for edition in usb zip epub; do
		(cd my-site && "$WAYPOST" pack -q "$edition")
		(cd there/deep && umask 077 &&
			TZ=Pacific/Kiritimati faketime '2031-02-03 04:05:06' sh -c '[ "$(date +%Y)" = 2031 ] && "$WAYPOST" build -q && "$WAYPOST" pack -q "$1"' - "$edition")
		diff -r "my-site/out/$edition" "there/deep/out/$edition"
	done
}

traceable() {
	strace -o /dev/null true 2> /dev/null || skip "strace is not here or may not trace"
	[[ $WAYPOST != */valgrind/* ]] || skip "strace would make the calls of valgrind fail"
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
}

# What a folder holds, without the times.
state() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort -k 2)
}

@test "an archive or a book that cannot be written: said, exit code 3, the one before is still there" {
	traceable
	cd my-site
	"$WAYPOST" pack -q zip
	"$WAYPOST" pack -q epub
	state out/zip > zip
	state out/epub > epub
	printf '\nMore.\n' >> content/about.md
	"$WAYPOST" build -q
	for edition in zip epub; do
		for call in fsync:error=EIO renameat:error=ENOSPC renameat:error=EROFS renameat:error=EINVAL; do
			run strace -f -qq -o /dev/null -e "inject=$call" "$WAYPOST" pack "$edition"
			[ "$status" -eq 3 ]
			[[ "$output" == *"error: cannot write '"*"'"*"[file-write]"*"what was published before is untouched"* ]]
			state "out/$edition" | diff "$edition" -
		done
		# a program that may not write a byte more than it has room for
		run bash -c "trap '' XFSZ; ulimit -f 1; exec \"\$0\" pack $edition" "$WAYPOST"
		[ "$status" -eq 3 ]
		[[ "$output" == *"[file-write]"* ]]
		state "out/$edition" | diff "$edition" -
		echo mine > file
		run "$WAYPOST" pack "$edition" -o file
		[ "$status" -eq 3 ]
		[ "$(cat file)" = mine ]
	done
}

@test "a folder in which nothing may be written, and names that a file system refuses" {
	traceable
	cd my-site
	mkdir stick
	echo mine > stick/mine
	for call in openat:error=EROFS openat:error=EACCES; do
		run strace -f -qq -o /dev/null -P "$PWD/stick" -e "inject=$call" "$WAYPOST" pack usb -o stick
		[ "$status" -eq 3 ]
		[[ "$output" == *"cannot write '"*"[file-write]"* ]]
		[ "$(ls stick)" = mine ]
	done
	run strace -f -qq -o /dev/null -e inject=renameat:error=EINVAL:when=4 "$WAYPOST" pack usb -o stick
	[ "$status" -eq 3 ]
	[[ "$output" == *"cannot write '"*"invalid argument"* ]]
	[ ! -e stick/SHA256SUMS ]
	"$WAYPOST" pack -q usb -o stick
	[ "$(cat stick/mine)" = mine ]
	(cd stick && sha256sum --quiet --strict -c SHA256SUMS)
	if [ "$(id -u)" -eq 0 ] && command -v setpriv > /dev/null; then	# a real one
		chmod -R a+rX "$BATS_TEST_TMPDIR" && chmod 555 stick && state stick > before
		printf '\nMore.\n' >> content/about.md
		"$WAYPOST" build -q
		run setpriv --reuid 65534 --clear-groups "$WAYPOST" pack usb -o stick
		[ "$status" -eq 3 ] || [[ "$output" == *"Permission denied"* ]]	# of the program itself, in some folders
		state stick | diff before -
	fi
}

@test "a language that is not there, an edition that is not there: exit code 2, nothing is made" {
	cd my-site
	for edition in usb zip epub; do
		run "$WAYPOST" pack "$edition" -l es,xx
		[ "$status" -eq 2 ]
		[[ "$output" == *"no language 'xx'; it has en, es"* ]]
		[ ! -e "out/$edition" ]
		run "$WAYPOST" pack "${edition}x"
		[ "$status" -eq 2 ]
		[[ "$output" == *"did you mean '$edition'?"* ]]
	done
	[ ! -e out/.pack ]
}

@test "an older list that was tampered with makes no update" {
	cd my-site
	printf 'SHA256 (../../outside) = %064d\n' 0 > bad
	run "$WAYPOST" pack usb --since bad
	[ "$status" -eq 1 ]
	[[ "$output" == *"bad:1:1: error: '../../outside' would be unpacked outside"* ]]
	for list in hello "SHA256 (a) = 12" "$(printf '%064d  a\n%064d  a' 0 1)" "$(printf '%064d  /etc/passwd' 0)"; do
		echo "$list" > bad
		run "$WAYPOST" pack usb --since bad
		[ "$status" -eq 1 ]
		[[ "$output" == *"[verify-"* ]]
	done
	[ ! -e out/usb-update ]
}
