# SPDX-License-Identifier: GPL-3.0-or-later
# The program speaks the language that LANG asks for: French, Spanish, Arabic; what machines read stays as it is. That every text is there is
# compared in tests/unit/words.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export WAYPOST NO_COLOR=1 WAYPOST_THEMES="$BATS_TEST_DIRNAME/../../themes"
	unset LANG LANGUAGE LC_ALL LC_MESSAGES
	cd "$BATS_TEST_TMPDIR"
	"$WAYPOST" new site -q site
	printf -- '---\ntitle: Oops\n---\n\n[a](gone.md)\n' > site/content/oops.md
}

# What `check` says in a locale.
said() {
	env "$@" "$WAYPOST" check -C site 2>&1 || [ $? = 1 ]
}

@test "messages in three languages: text and advice, with place, identifier and snippet as they are" {
	output=$(said LANG=fr_FR.UTF-8)
	[[ "$output" == *"content/oops.md:5:5: erreur: il n’y a pas de page 'gone.md' [link-missing]"* ]]
	[[ "$output" == *"    5 | [a](gone.md)"*"      |     ^~~~~~~"* ]]
	[[ "$output" == *"      = le lien a été laissé de côté"* ]]
	[[ "$output" == *"langues"*"erreurs"*"1, avertissements"*0 ]]
	output=$(said LANG=es_GT.UTF-8)
	[[ "$output" == *"páginas: 5, lenguas: 2; errores: 1, avisos: 0" ]]
	[[ "$output" == *"content/oops.md:5:5: error: no hay ninguna página 'gone.md' [link-missing]"* ]]
	output=$(said LANG=ar_MA.UTF-8)
	[[ "$output" == *"content/oops.md:5:5: خطأ: "*"لا توجد صفحة"*"[link-missing]"* ]]
}

@test "Latin words are isolated in Arabic, each isolate is closed on its line" {
	fsi=$'\xe2\x81\xa8' pdi=$'\xe2\x81\xa9'
	output=$(said LANG=ar)
	[[ "$output" == *"خطأ: ${fsi}لا توجد صفحة ${fsi}'gone.md'${pdi}${pdi} [link-missing]"* ]]
	for line in "pack --help" "build --help" "help" "biuld" "build --formt" "check --strict x"; do
		LANG=ar run "$WAYPOST" $line
		while read -r one; do
			[ "$(grep -o "$fsi" <<< "$one" | wc -l)" -eq "$(grep -o "$pdi" <<< "$one" | wc -l)" ] || { echo "$one"; false; }
		done <<< "$output"
	done
	LANG=ar run "$WAYPOST" pack --help
	[[ "$output" == *"${fsi}-o${pdi}"* ]]
}

@test "no other language gets isolates" {
	for lang in C fr es; do
		LANG=$lang run "$WAYPOST" pack --help
		[[ "$output" != *$'\xe2\x81\xa8'* ]]
	done
}

@test "for programs: identifiers, levels and places in English" {
	run env LANG=fr_FR.UTF-8 bash -c '"$WAYPOST" check -C site --format json 2> /dev/null'
	[ "$(python3 -c 'import json, sys; d = json.load(sys.stdin)[0]; print(d["id"], d["level"], d["file"], d["line"], d["text"])' <<< "$output")" = \
		"link-missing error content/oops.md 5 il n’y a pas de page 'gone.md'" ]
	LANG=fr_FR.UTF-8 run "$WAYPOST" check -C site --format github
	[[ "$output" == *"::error file="*",title=link-missing::il n’y a pas"* ]]
}

@test "which language: as gettext chooses" {
	spoken() {
		env "$@" "$WAYPOST" biuld 2>&1 | head -1 || true
	}
	french="waypost: il n’y a pas de commande 'biuld'; vouliez-vous dire 'build' ?"
	spanish="waypost: no hay ninguna orden 'biuld'; ¿quería decir 'build'?"
	english="waypost: there is no command 'biuld'; did you mean 'build'?"
	[ "$(spoken LANG=fr_CA.UTF-8)" = "$french" ]
	[ "$(spoken LANG=fr)" = "$french" ]
	[ "$(spoken LANG=de_DE.UTF-8)" = "$english" ]
	[ "$(spoken LANG=de_DE.UTF-8 LANGUAGE=de:es:fr)" = "$spanish" ]
	[ "$(spoken LANG=fr_FR.UTF-8 LANGUAGE=en:fr)" = "$english" ]
	[ "$(spoken LANG=fr_FR.UTF-8 LC_MESSAGES=es_ES.UTF-8)" = "$spanish" ]
	[ "$(spoken LANG=fr_FR.UTF-8 LC_ALL=C)" = "$english" ]
	[ "$(spoken LC_ALL=C.UTF-8 LANGUAGE=fr)" = "$english" ]
	[ "$(spoken LANG=fr_FR.UTF-8 LC_ALL=POSIX)" = "$english" ]
	[ "$(spoken)" = "$english" ]
	[ "$(spoken LANG=../../../etc/passwd)" = "$english" ]
}

@test "help of every command fits the screen, and is in the language" {
	export LANG=fr_FR.UTF-8
	for command in $("$WAYPOST" --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
		run "$WAYPOST" "$command" --help
		[ "$status" -eq 0 ]
		[[ "$output" == *"montrer cette aide"* ]]
		run python3 -c 'import sys; print(*(l for l in sys.stdin.read().split("\n") if len(l) > 80))' <<< "$output"
		[ -z "$output" ] || { echo "$output"; false; }
	done
}

@test "a text that breaks a lock, a draft and one that is outdated are shown in English; a damaged file is no harm" {
	mkdir -p share/themes share/messages
	cp -r "$WAYPOST_THEMES/default" share/themes/
	export WAYPOST_THEMES=$PWD/share/themes LANG=fr
	entry() {
		printf 'segments:\n- source: |\n    there is no command %s\n  target: |\n    %s\n%s' "'{1}'" "$1" "$2" > share/messages/fr.yaml
	}
	entry "pas de commande '{1}'" ""
	[[ "$("$WAYPOST" xyzzy 2>&1)" == "waypost: pas de commande 'xyzzy'"* ]]
	for bad in "pas de commande" "pas de commande '{2}'" "pas de commande '{1}' '{1}'"; do
		entry "$bad" ""
		[[ "$("$WAYPOST" xyzzy 2>&1)" == "waypost: there is no command 'xyzzy'"* ]]
	done
	entry "pas de commande '{1}'" "  state: draft
"
	[[ "$("$WAYPOST" xyzzy 2>&1)" == "waypost: there is no command"* ]]
	entry "pas de commande '{1}'" "  was: old
"
	[[ "$("$WAYPOST" xyzzy 2>&1)" == "waypost: there is no command"* ]]
	printf '<<<<<<< ours\nx' > share/messages/fr.yaml
	[[ "$("$WAYPOST" xyzzy 2>&1)" == "waypost: there is no command"* ]]
}
