# SPDX-License-Identifier: GPL-3.0-or-later
# The manual, the usage and the completions of three shells say the same: every command has its page, every option stands in all of them.

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 LC_ALL=C.UTF-8
	man=$BATS_TEST_DIRNAME/../../generator/man
	cd "$BATS_TEST_TMPDIR"
	commands=$("$WAYPOST" --help | sed -n 's/^  \([a-z]*\) .*/\1/p')
}

# The options of a command, one a line: "-q" and "--quiet" by themselves.
of_program() {
	"$WAYPOST" "$1" --help | sed -n '/^options:/,$p' | grep -oE '^ +(-[a-zA-Z], )?--[a-z-]+' | grep -oE -- '--?[a-zA-Z-]+' | sort
}

# ".It Fl q , Fl Fl quiet" of the page's section OPTIONS
of_page() {
	sed -n '/^\.Sh OPTIONS/,/^\.Sh /p' "$man/waypost-$1.1" | grep '^\.It Fl' |
		grep -oE 'Fl (Fl )?[a-zA-Z-]+' | sed 's/Fl Fl /--/; s/Fl /-/' | sort
}

# What the page's synopsis names beside "-qv", which stands for two.
of_synopsis() {
	sed -n '/^\.Sh SYNOPSIS/,/^\.Sh DESC/p' "$man/waypost-$1.1" | grep -oE 'Fl (Fl )?[a-zA-Z-]+' |
		sed 's/Fl Fl /--/; s/Fl qv/-q\n-v/; s/Fl /-/' | sort -u
}

@test "every page is good mdoc" {
	command -v mandoc > /dev/null || skip "mandoc is not installed"
	run mandoc -Tlint -Wwarning "$man"/*.[15]
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	# and the check can fail
	printf '.Sh NAME\n.Xyz\n' > bad.1
	run mandoc -Tlint -Wwarning bad.1
	[ "$status" -ne 0 ]
}

@test "every command has a page, and every page a command" {
	[ "$(wc -w <<< "$commands")" -ge 13 ]
	for command in $commands; do
		[ -f "$man/waypost-$command.1" ]
		grep -q "^\.It Cm $command$" "$man/waypost.1"
		grep -q "^\.Xr waypost-$command 1" "$man/waypost.1"
	done
	for page in "$man"/waypost-*.1; do
		name=${page##*/waypost-}
		[[ " $(echo $commands) " == *" ${name%.1} "* ]]
	done
	for page in catalog content theme; do
		[ -f "$man/waypost-$page.5" ]
	done
}

@test "every option of a page exists in the program, and the other way round" {
	for command in $commands; do
		of_program "$command" > program
		[ "$(wc -l < program)" -ge 6 ]
		of_page "$command" | diff --label "$command --help" --label "waypost-$command.1" program -
		for option in $(of_synopsis "$command"); do
			grep -qxe "$option" program || { echo "waypost-$command.1: synopsis: $option"; false; }
		done
	done
}

@test "the pages name what other pages there are" {
	for page in $(cat "$man"/*.[15] | sed -n 's/^\.Xr \(waypost[a-z-]*\) \([15]\).*/\1.\2/p' | sort -u); do
		[ -f "$man/$page" ] || { echo "$page"; false; }
	done
}

@test "completions know every command and option, and no other" {
	"$WAYPOST" completion bash > waypost.bash
	"$WAYPOST" completion zsh > _waypost
	"$WAYPOST" completion fish > waypost.fish
	for command in $commands; do
		of_program "$command" > program
		sed -n "/^	$command)\$/,/^		;;/p" waypost.bash | sed -n "s/^		options+=' \(.*\)'\$/\1/p" | tr ' ' '\n' | sort | diff program -
		sed -n "/^		$command)\$/,/^			;;/p" _waypost | grep -oE "'--?[a-zA-Z-]+(=|\+)?\[" | sed "s/^'//; s/[=+]*\[\$//" | sort | diff program -
		grep -E -- "^complete .*seen_subcommand_from $command' -l " waypost.fish |
			sed -E "s/.* -l ([a-z-]+)( -s (.))?.*/--\1\n-\3/" | grep -vx -- - | sort | diff program -
	done
	bash -n waypost.bash
	if command -v zsh > /dev/null; then zsh -n _waypost; fi
	if command -v fish > /dev/null; then fish -n waypost.fish; fi
	run "$WAYPOST" completion fihs
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'fish'?"* ]]
}

@test "bash completes commands, options, formats, languages, words" {
	"$WAYPOST" completion bash > waypost.bash
	mkdir -p translations/fr translations/es
	completes() {
		bash -c 'source ./waypost.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _waypost; echo ${COMPREPLY[*]}' - "$@"
	}
	[ "$(completes waypost ex)" = export ]
	[ "$(completes waypost build --sh)" = --shard ]
	[ "$(completes waypost -C x build --b)" = --base-url ]
	[ "$(completes waypost status --format '')" = "text json csv" ]
	[ "$(completes waypost export f)" = fr ]
	[ "$(completes waypost build -l e)" = es ]
	[ "$(completes waypost pack u)" = usb ]
	[ "$(completes waypost new l)" = language ]
}

@test "fish completes them, too" {
	command -v fish > /dev/null || skip "fish is not installed"
	"$WAYPOST" completion fish > waypost.fish
	mkdir -p translations/fr home
	completes() {
		HOME=$PWD/home fish -c "source waypost.fish; complete -C '$1'" | cut -f1
	}
	[ "$(completes 'waypost ex')" = export ]
	[ "$(completes 'waypost build --sh')" = --shard ]
	[[ "$(completes 'waypost pack u')" == *usb* ]]
}

@test "help: the page through man, else the usage" {
	mkdir -p bin share/themes
	printf '#!/bin/sh\necho "man shows $1"\nexit ${MAN_EXIT:-0}\n' > bin/man
	chmod +x bin/man
	cp -r "$man/../../themes/default" share/themes/
	mkdir -p share/generator/man
	cp "$man/waypost-build.1" share/generator/man/
	export WAYPOST_THEMES=$PWD/share/themes
	PATH=$PWD/bin:$PATH run "$WAYPOST" help build
	[ "$status" -eq 0 ]
	[[ "$output" == "man shows "*"/generator/man/waypost-build.1" ]]
	# no page, no man, or a man that fails
	PATH=$PWD/bin:$PATH run "$WAYPOST" help check
	[[ "$output" == "usage: waypost check"* ]]
	PATH=$PWD run "$WAYPOST" help build
	[[ "$output" == "usage: waypost build"* ]]
	MAN_EXIT=1 PATH=$PWD/bin:$PATH run "$WAYPOST" help build
	[[ "$output" == *"usage: waypost build"* ]]
	run "$WAYPOST" help
	[[ "$output" == *"commands:"* ]]
	run "$WAYPOST" help bulid
	[ "$status" -eq 2 ]
	[[ "$output" == *"did you mean 'build'?"* ]]
}
