# SPDX-License-Identifier: GPL-3.0-or-later
# Translations out to PO files and tables and back: nothing changes that nobody changed, what changed arrives, what must not is refused.

bats_require_minimum_version 1.5.0

setup() {
	: "${WAYPOST:=$BATS_TEST_DIRNAME/../../build/waypost}"
	export NO_COLOR=1 LC_ALL=C.UTF-8
	cp -r "$BATS_TEST_DIRNAME/site" "$BATS_TEST_TMPDIR/site"
	cd "$BATS_TEST_TMPDIR/site"
	cp -r translations before
}

export_all() {
	for tag in es ar km qu; do
		"$WAYPOST" export "$tag" -q --format "$1" 2> /dev/null || [ -s "$tag.$1" ]
	done
}

# The catalogs are byte for byte what they were.
unchanged() {
	diff -r before translations
}

# Runs a Python program over the text s of a file: edit FILE 'PROGRAM', with sub(old, new), which must find old.
edit() {
	python3 - "$@" <<-'END'
		import sys
		name, program = sys.argv[1:3]
		s = open(name, encoding="utf-8", newline="").read()
		def sub(old, new):
		    global s
		    assert old in s, old
		    s = s.replace(old, new, 1)
		exec(program)
		open(name, "w", encoding="utf-8", newline="").write(s)
	END
}

# The same for the rows (lists) of a table: rows[0] is the head, row("source text") one of them.
table() {
	python3 - "$@" <<-'END'
		import csv, sys
		name, program = sys.argv[1:3]
		rows = list(csv.reader(open(name, encoding="utf-8-sig", newline="")))
		def row(source):
		    return next(r for r in rows if r[1] == source)
		exec(program)
		out = open(name, "w", encoding="utf-8", newline="")
		csv.writer(out).writerows(rows)
	END
}

# The receipt of the last `run`.
receipt() {
	grep -E '[0-9]+ added' <<< "$output" | sed 's/^[^:]*: //'
}

@test "PO and back: as it is, formatted, wrapped, bare, shuffled, with CRLF: no byte of a catalog changes" {
	export_all po
	for tag in es ar km qu; do
		po=$tag.po
		msgfmt -c -o /dev/null "$po"
		msgcat "$po" > 1.po
		msgcat --no-wrap "$po" > 2.po
		msgcat -w 20 "$po" > 3.po
		msgcat --sort-output "$po" > 4.po
		msgattrib --no-obsolete --clear-previous "$po" > 5.po
		sed '/^#[.:| ]/d; /^#$/d' "$po" > 6.po
		sed '/^#/d' "$po" > 7.po
		sed 's/$/\r/' "$po" > 8.po
		python3 - "$po" <<-'END'
			import random, sys
			head, *rest = open(sys.argv[1], encoding="utf-8").read().rstrip("\n").split("\n\n")
			random.Random(1).shuffle(rest)
			open("9.po", "w", encoding="utf-8").write("\n\n".join([head] + rest) + "\n")
		END
		for i in "$po" 1.po 2.po 3.po 4.po 5.po 6.po 7.po 8.po 9.po; do
			run "$WAYPOST" import "$i"
			[ "$status" -eq 0 ]
			[[ "$(receipt)" =~ ^"0 added, 0 changed, "[0-9]+" unchanged, 0 conflicting, 0 refused"$ ]]
			unchanged
		done
	done
}

@test "tables and back: as they are, from other programs, shuffled: no byte of a catalog changes" {
	export_all csv
	for tag in es ar km qu; do
		head -c 3 "$tag.csv" | cmp - <(printf '\357\273\277')
		python3 - "$tag.csv" <<-'END'
			import csv, random, sys
			rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline="")))
			def put(name, rows, encoding="utf-8", **how):
			    csv.writer(open(name, "w", encoding=encoding, newline=""), **how).writerows(rows)
			put("1.csv", rows, delimiter=";")
			put("2.csv", rows, quoting=csv.QUOTE_ALL, lineterminator="\n")
			random.Random(1).shuffle(rest := rows[1:])
			put("3.csv", [rows[0]] + rest)
			put("4.csv", [r[:5] for r in rows])
			put("5.csv", [[r[6], r[2], r[1]] for r in rows])
			put("6.csv", rows, encoding="utf-16", delimiter="\t")
		END
		# plural forms are told apart by their context, which this one has not
		run "$WAYPOST" import 5.csv
		[ "$status" -eq 0 ]
		unchanged
		for i in 1 2 3 4; do
			run "$WAYPOST" import "$i.csv"
			[ "$status" -eq 0 ]
			[[ "$(receipt)" =~ ^"0 added, 0 changed, "[0-9]+" unchanged, 0 conflicting, 0 refused"$ ]]
			unchanged
		done
		run "$WAYPOST" import 6.csv --from utf-16
		[ "$status" -eq 0 ]
		unchanged
	done
}

@test "export counts what msgfmt counts" {
	for tag in es ar km qu; do
		run "$WAYPOST" export "$tag" --format po
		said=$(grep -oE '[0-9]+ (translated|fuzzy|untranslated)' <<< "$output" | grep -v '^0 ')
		counted=$(msgfmt --statistics -o /dev/null "$tag.po" 2>&1 | grep -oE '[0-9]+ (translated|fuzzy|untranslated)')
		[ "$said" = "$counted" ]
		run "$WAYPOST" import --dry-run "$tag.po"
		[ "$(receipt | grep -oE '[0-9]+ unchanged')" = "$(awk '{ n += $1 } END { print n " unchanged" }' <<< "$said")" ]
	done
}

@test "the mapping: context, previous source, states, unused, places" {
	export_all po
	po=$(msgcat --no-wrap es.po)
	[[ "$po" == *$'#, fuzzy\n#| msgid "Pay at most 12 euro."\nmsgctxt "guide/steps.md"\nmsgid "Pay at most 10 euro."\nmsgstr "Pague como máximo 12 euros."'* ]]
	[[ "$po" == *$'#~ msgctxt "guide/steps.md"\n#~ msgid "An old sentence."\n#~ msgstr "Una frase vieja."'* ]]
	run ! grep -E '^#: .*:[0-9]' es.po
	for state in machine draft; do
		grep -q "^# state: $state\$" <<< "$(cat ./*.po)"
	done
	run ! grep -q "state: \(translated\|reviewed\)" es.po
}

@test "what was changed in a PO file arrives, and nothing else" {
	export_all po
	msgcat --no-wrap es.po > es-1.po
	edit es-1.po '
sub("msgstr \"La guía\"", "msgstr \"La guía nueva\"")
sub("#, fuzzy\n#| msgid \"Pay at most 12 euro.\"\n", "")
sub("Pague como máximo 12 euros.", "Pague como máximo 10 euros.")'
	run "$WAYPOST" import es-1.po
	[ "$status" -eq 0 ]
	[[ "$(receipt)" == "0 added, 2 changed, "*" unchanged, 0 conflicting, 0 refused" ]]
	run diff -r before translations
	[ "$(grep -c '^[<>]' <<< "$output")" -eq 6 ]
	run ! grep -q "Pay at most 12" translations/es/guide/steps.yaml
	# once more: nothing left to do
	cp -r translations after
	run "$WAYPOST" import es-1.po
	[[ "$(receipt)" == "0 added, 0 changed, "* ]]
	diff -r after translations
	# and what is exported now says so
	"$WAYPOST" export es -q --format po -o es-2.po
	grep -q '^msgstr "La guía nueva"$' es-2.po
}

@test "new translations make entries in page order, and catalogs that were not there" {
	export_all po
	msgcat --no-wrap km.po > km-1.po
	python3 - <<-'END'
		import re
		s = open("km-1.po", encoding="utf-8").read()
		n = 0
		def fill(m):
		    global n
		    n += 1
		    return m[1] + 'msgid "%s"\nmsgstr "ក %s"' % (m[2], m[2])
		head, rest = s.split("\n\n", 1)
		rest = re.sub(r'(msgctxt "[a-z]+\.md"\n)msgid "([^"\n]+)"\nmsgstr ""', fill, rest)
		open("km-1.po", "w", encoding="utf-8").write(head + "\n\n" + rest)
		open("n", "w").write(str(n))
	END
	[ "$(cat n)" -gt 10 ]
	run "$WAYPOST" import km-1.po
	[ "$status" -eq 0 ]
	[[ "$(receipt)" == "$(cat n) added, 0 changed, "* ]]
	[ -f translations/km/pictures.yaml ]
	run "$WAYPOST" import km-1.po
	[[ "$(receipt)" == "0 added, 0 changed, "* ]]
	# sync has nothing to put in another order
	cp -r translations after
	"$WAYPOST" sync -q km || true
	for f in $(cd after/km && find . -name '*.yaml'); do
		diff <(grep -A1 '^- source' "after/km/$f" | grep 'ក' || true) <(grep -A1 '^- source' "translations/km/$f" | grep 'ក' || true)
	done
}

@test "a table: a changed target counts as translated, a changed state word as decided" {
	export_all csv
	table es.csv '
row("The guide")[2] = "La guía\nnueva"
row("Pay at most 10 euro.")[2] = "Pague como máximo 10 euros."
row("Never give your passport to your employer.")[3] = "translated"'
	run "$WAYPOST" import es.csv
	[ "$status" -eq 0 ]
	[[ "$(receipt)" == "0 added, 3 changed, "* ]]
	grep -q "^    La guía nueva$" translations/es/guide/index.yaml
	if grep -q "was:" translations/es/guide/steps.yaml && grep -A1 "was:" translations/es/guide/steps.yaml | grep -q "passport\|euro"; then false; fi
	run "$WAYPOST" import es.csv
	[[ "$(receipt)" == "0 added, 0 changed, "* ]]
}

@test "formulas of spreadsheets: guarded on the way out, refused on the way in, text again when guarded" {
	sed -i 's/^    La guía$/    =1+1/' translations/es/guide/index.yaml
	"$WAYPOST" export es -q --format csv || true
	grep -q ",\"'=1+1\"," es.csv
	run ! grep -qE '(^|,)"?[=+@-]' es.csv
	rm -r before
	cp -r translations before
	run "$WAYPOST" import es.csv
	unchanged
	table es.csv 'row("Countries")[2] = "=HYPERLINK(\"http://evil.example\")"'
	run "$WAYPOST" import es.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *"[import-formula]"* ]]
	unchanged
	table es.csv "row('Countries')[2] = \"'-Países\""
	run "$WAYPOST" import es.csv
	[ "$status" -eq 0 ]
	grep -q "^    -Países$" translations/es/table.yaml
}

@test "both sides changed: a conflict with both texts, a file of conflicts, a decision" {
	for format in po csv; do
		rm -rf translations ./*.po ./*.csv
		cp -r before translations
		"$WAYPOST" export es -q --format $format || true
		if [ $format = po ]; then
			edit es.po 'sub("msgstr \"La guía\"", "msgstr \"Del archivo\"")'
		else
			table es.csv 'row("The guide")[2] = "Del archivo"'
		fi
		sed -i 's/^    La guía$/    Del catálogo/' translations/es/guide/index.yaml
		cp -r translations ours
		run "$WAYPOST" import --dry-run es.$format
		[ "$status" -eq 1 ]
		[ ! -e es.conflicts.$format ]
		run "$WAYPOST" import es.$format
		[ "$status" -eq 1 ]
		[[ "$(receipt)" == *"0 changed, "*", 1 conflicting, 0 refused" ]]
		[[ "$output" == *"'Del catálogo'; the file says 'Del archivo'"* ]]
		diff -r ours translations
		grep -q "Del archivo" es.conflicts.$format
		grep -q "Del catálogo" es.conflicts.$format
		run ! grep -q "euro" es.conflicts.$format
		# nobody has decided: nothing happens, and no further file
		run "$WAYPOST" import es.conflicts.$format
		[ "$status" -eq 1 ]
		[[ "$output" == *"[import-undecided]"* ]]
		[ ! -e es.conflicts-2.$format ]
		diff -r ours translations
		if [ $format = po ]; then
			edit es.conflicts.po 'sub("#, fuzzy\n", ""); sub("Del archivo", "Decidido")'
		else
			table es.conflicts.csv 'r = row("The guide"); r[2] = "Decidido"; r[3] = ""'
		fi
		run "$WAYPOST" import es.conflicts.$format
		[ "$status" -eq 0 ]
		grep -q "^    Decidido$" translations/es/guide/index.yaml
		rm -r ours
	done
}

@test "the catalog changed, the file did not: the catalog stays" {
	export_all po
	sed -i 's/^    La guía$/    Del catálogo/' translations/es/guide/index.yaml
	rm -r before
	cp -r translations before
	run "$WAYPOST" import es.po
	[ "$status" -eq 0 ]
	[[ "$(receipt)" == "0 added, 0 changed, "*" 0 conflicting, 0 refused" ]]
	unchanged
}

@test "a page changed after the export: the translation goes to the old source, as outdated" {
	"$WAYPOST" export es -q --format po || true
	msgcat --no-wrap es.po > es-1.po
	edit es-1.po 'sub("dice más. Llame", "dice mucho más. Llame")'
	edit content/guide/steps.md 'sub(" says more.", " says much more.")'
	for synced in no yes; do
		[ $synced = no ] || "$WAYPOST" sync -q es || true
		cp -r translations ours
		run "$WAYPOST" import es-1.po
		[ "$status" -eq 0 ]
		[[ "$(receipt)" == *" 1 changed, "*" 0 conflicting, 0 refused" ]]
		run diff -r ours translations
		[ "$(grep -c '^[<>]' <<< "$output")" -eq 2 ]
		grep -q "dice mucho más" translations/es/guide/steps.yaml
		"$WAYPOST" export es -q --format po -o es-2.po || true
		grep -q '^#| .*says more\.' es-2.po
		rm -rf translations ours
		cp -r before translations
	done
}

@test "a changed source is a proposal, and the translation is taken" {
	export_all po
	msgcat --no-wrap es.po > es-1.po
	edit es-1.po 'sub("msgid \"Countries\"\nmsgstr \"Países\"", "msgid \"The countries\"\nmsgstr \"Los países\"")'
	run "$WAYPOST" import es-1.po
	[ "$status" -eq 0 ]
	[[ "$output" == *"the source text was changed here: 'The countries' [import-source]"* ]]
	[[ "$output" == *"it stands in content/table.md, line 2"* ]]
	grep -q "^    Los países$" translations/es/table.yaml
	grep -q "^    Countries$" translations/es/table.yaml
	# rows that were mixed up are no proposal
	"$WAYPOST" export es -q --format csv -o mixed.csv || true
	table mixed.csv 'a, b = row("The guide"), row("Home"); a[1], b[1] = b[1], a[1]; a[2] += " x"' ||
		table mixed.csv 'a, b = row("The guide"), row("Countries"); a[1], b[1] = b[1], a[1]; a[2] += " x"'
	cp -r translations ours
	run "$WAYPOST" import mixed.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *"[import-mixed]"* ]]
	diff -r ours translations
}

@test "messages of other programs: no context, inline links, marks written otherwise, heading marks" {
	cat > other.po <<-'END'
		msgid ""
		msgstr "Language: km_KH\nContent-Type: text/plain; charset=UTF-8\n"

		#: src/guide.md:7
		msgid "# Countries"
		msgstr "# ប្រទេស"
	END
	source=$(grep -m1 -E '^[A-Z].*\]\([^)]*\)' content/guide/index.md)
	python3 - "$source" >> other.po <<-'END'
		import re, sys
		source = sys.argv[1].replace("*", "_")
		quote = lambda t: '"' + t.replace("\\", "\\\\").replace('"', '\\"') + '"'
		print("\nmsgid " + quote(source) + "\nmsgstr " + quote("ក " + re.sub(r"\[[^\]]*\]", "[ខ]", source)))
	END
	run "$WAYPOST" import other.po
	[ "$status" -eq 0 ]
	grep -q "ប្រទេស" translations/km/table.yaml
	run ! grep -q "# ប្រទេស" translations/km/table.yaml
	grep -q '\[ខ\]\[1\]' translations/km/guide/index.yaml
	run ! grep -q '](' translations/km/guide/index.yaml
}

@test "a catalog or the desk's file: state and base decide" {
	cat > desk.yaml <<-'END'
		desk: 1
		site: tiny
		language: es
		catalogs:
		- page: guide/index.md
		  segments:
		  - source: |
		      The guide
		    target: |
		      La guía nueva
		    base: |
		      La guía
		    state: translated
		- page: table
		  segments:
		  - source: Countries
		    target: Las naciones
		    base: Otra cosa
		    state: translated
	END
	run "$WAYPOST" import desk.yaml
	[ "$status" -eq 1 ]
	[ "$(receipt)" = "0 added, 1 changed, 0 unchanged, 1 conflicting, 0 refused" ]
	grep -q "^    La guía nueva$" translations/es/guide/index.yaml
	grep -q "^    Países$" translations/es/table.yaml
	grep -q 'msgstr "Las naciones"' desk.conflicts.po
}

@test "hostile texts are refused, with a message; the rest of the file is taken" {
	export_all po
	msgcat --no-wrap es.po > es-1.po
	for bad in '<script>alert(1)</script>' 'http://evil.example/' '[x](http://evil.example/)' $'\u202eabc' '`rm -rf`' 'Llame al 123456789' '{name}'; do
		cp es-1.po bad.po
		BAD=$bad edit bad.po '
import os
sub("msgstr \"Firme el contrato.\"", "msgstr \"Firme el contrato " + os.environ["BAD"] + ".\"")
sub("msgstr \"La guía\"", "msgstr \"La guía buena\"")'
		rm -rf translations
		cp -r before translations
		run "$WAYPOST" import bad.po
		[ "$status" -eq 1 ]
		[[ "$output" == *"[import-refused]"* ]]
		[[ "$(receipt)" == "0 added, 1 changed, "*" 1 refused" ]]
		grep -q "^    Firme el contrato.$" translations/es/guide/steps.yaml
	done
	rm -rf translations
	cp -r before translations
	edit es-1.po 'sub("msgstr \"Países\"", "msgstr \"" + "x" * 20000 + "\"")'
	run "$WAYPOST" import es-1.po
	[ "$status" -eq 1 ]
	[[ "$output" == *"it is too long"* ]]
	unchanged
}

@test "hostile files: paths, plurals, charsets, NUL, twice, fuzzy, obsolete, no PO at all" {
	head='msgid ""
msgstr "Language: es\nContent-Type: text/plain; charset=UTF-8\n'
	refused() { # row; the file is bad.po
		run timeout 20 "$WAYPOST" import bad.po
		[ "$status" -eq 1 ]
		[[ "$output" == *"[$1]"* ]]
		unchanged
	}
	quiet() {
		run timeout 20 "$WAYPOST" import bad.po
		[ "$status" -eq 0 ]
		unchanged
	}

	printf '%s"\n\n#: ../../../etc/passwd\nmsgctxt "../../../tmp/x.md"\nmsgid "x"\nmsgstr "y"\n' "$head" > bad.po
	quiet
	[[ "$output" == *"[import-unknown]"* ]]
	[ ! -e ../../../tmp/x.md ]
	printf 'msgid ""\nmsgstr "Language: ../../etc\\n"\n\nmsgid "Countries"\nmsgstr "y"\n' > bad.po
	refused import-language
	printf '%sPlural-Forms: nplurals=2000000000; plural=n/0;\\n"\n\nmsgid "Countries"\nmsgid_plural "x"\nmsgstr[0] "y"\nmsgstr[1] "z"\n' "$head" > bad.po
	quiet
	[[ "$output" == *"[import-plural]"* ]]
	printf '%s"\n\nmsgid "Countries"\nmsgid_plural "x"\nmsgstr[99999999999] "y"\n' "$head" > bad.po
	refused po-syntax
	printf '%s"\n\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "Pa\xedses"\n' "$head" > bad.po
	refused utf8-invalid
	[[ "$output" == *"it can be read as "* ]]
	printf '%s"\n\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "Países, naciones aquí"\n' "${head/UTF-8/ISO-8859-1}" > bad.po
	refused charset-mislabelled
	printf '%s"\n\nmsgid "Countries"\nmsgstr "y"\n' "${head/UTF-8/UTF-7}" > bad.po
	refused charset-unknown
	printf '%s"\n\nmsgid "Countries"\nmsgstr "a\0b"\n' "$head" > bad.po
	refused text-control
	for nul in '\\0' '\\000' '\\x00' '\\x0'; do
		printf "%s\"\n\nmsgctxt \"table.md\"\nmsgid \"Countries\"\nmsgstr \"a${nul}z\"\n" "$head" > bad.po
		refused text-control
	done
	printf '%s"\n\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "a\\377b"\n' "$head" > bad.po
	refused utf8-invalid
	printf '%s"\n\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "a\\033b"\n' "$head" > bad.po
	refused import-refused
	printf '%s"\n\nmsgid "Countries"\nmsgstr "a"\n\nmsgid "Countries"\nmsgstr "b"\n' "$head" > bad.po
	refused po-syntax
	[[ "$output" == *"bad.po:7:"* ]]
	printf '%s"\n\n#, fuzzy\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "Países"\n' "$head" > bad.po
	quiet
	[[ "$output" == *"[import-doubt]"* ]]
	printf '%s"\n\n#~ msgctxt "table.md"\n#~ msgid "Countries"\n#~ msgstr "Otra cosa"\n' "$head" > bad.po
	quiet
	yes 'this is no PO file "' | head -n 5000 > bad.po
	refused po-syntax
	head -c 100000 /dev/zero | tr '\0' '"' > bad.po
	refused po-syntax
	: > bad.po
	refused import-language
	mkfifo pipe.po
	run timeout 20 "$WAYPOST" import pipe.po nowhere.po
	[ "$status" -eq 1 ]
	[[ "$output" == *"[file-special]"* && "$output" == *"[file-missing]"* ]]
}

@test "hostile tables: no columns, a cell without its end" {
	printf 'a,b\n1,2\n' > bad.csv
	run "$WAYPOST" import bad.csv --language es
	[ "$status" -eq 1 ]
	[[ "$output" == *"no column 'source' [csv-columns]"* ]]
	printf 'source,target\nCountries,"x\n\n' > bad.csv
	run "$WAYPOST" import bad.csv --language es
	[ "$status" -eq 1 ]
	[[ "$output" == *"bad.csv:2:"*"[csv-syntax]"* ]]
	unchanged
}

@test "hostile files of the desk: paths, states, names, twice, anchors, NUL, sizes" {
	desk() { # language, page, lines of one segment
		printf 'desk: 1\nsite: x\nid: "../../x"\nlanguage: %s\nby: %b\ncatalogs:\n- page: %s\n  segments:\n%b' "$1" "${by:-Sok}" "$2" "$3" > bad.yaml
	}
	refused() {
		run timeout 20 "$WAYPOST" import bad.yaml
		[ "$status" -eq 1 ]
		[[ "$output" == *"[$1]"* ]]
		unchanged
	}
	one='  - source: Countries\n    target: Naciones\n    base: Países\n'

	desk es ../../../../tmp/evil.md "${one/Countries/No such text}"
	run timeout 20 "$WAYPOST" import bad.yaml
	[[ "$output" == *"[import-unknown]"* ]]
	unchanged
	[ ! -e ../../tmp/evil.md ]
	desk ../../etc table.md "$one"
	refused import-language
	desk es table.md "${one/Naciones/Visite https:\/\/evil.example}"
	refused import-refused
	desk es table.md "${one/Naciones/\\xe2\\x80\\xaeNaciones}"
	refused import-refused
	desk es table.md "${one/Naciones/*x}"
	refused yaml-alias
	desk es table.md "${one/Naciones/\\0}"
	refused text-control
	desk es table.md "${one/target: Naciones/target: [a, b]}"
	refused yaml-type
	{ desk es table.md "$one" && head -c 5000000 /dev/zero | tr '\0' x >> bad.yaml; }
	refused file-large
	{ desk es table.md "$one" && head -c 70000000 /dev/zero | tr '\0' x >> bad.yaml; }
	refused file-large
	# the second one of two is refused; nobody becomes a reviewer, and no name hides anything
	by='"Sok\xe2\x80\xae"' desk es table.md "$one    state: reviewed\n    reviewed-by: me\n${one/Naciones/Otras}"
	run "$WAYPOST" import bad.yaml
	[ "$status" -eq 1 ]
	[[ "$output" == *"[import-twice]"* ]]
	[ "$(receipt)" = "0 added, 1 changed, 0 unchanged, 0 conflicting, 1 refused" ]
	grep -q "^    Naciones$" translations/es/table.yaml
	if grep -A6 "^    Naciones$" translations/es/table.yaml | grep -q "reviewed\|by:"; then false; fi
}

@test "the archive, the page or a workbook comes back in place of the file: what to do is said" {
	printf 'PK\3\4\0\0\0\0' > es-kit.zip
	cp es-kit.zip es.csv
	printf '<!DOCTYPE html>\n<html lang="es">\n' > desk.html
	for file in es-kit.zip es.csv desk.html; do
		run "$WAYPOST" import "$file"
		[ "$status" -eq 1 ]
		[[ "$output" == *"[import-kind]"* ]]
		[ "$file" = desk.html ] && [[ "$output" == *"its button saves"* ]] || [[ "$output" == *"unpack it"* ]]
	done
	unchanged
}

@test "Zawgyi Burmese is refused by import and convert" {
	printf 'ျမန္မာႏိုင္ငံသို႔ ေရာက္ေသာ အလုပ္သမားမ်ား\n' > zawgyi.txt
	run "$WAYPOST" convert zawgyi.txt --from utf-8
	[ "$status" -eq 1 ]
	[[ "$output" == *"[import-encoding]"* ]]
	printf 'မြန်မာနိုင်ငံသို့ ရောက်သော အလုပ်သမားများ\n' > unicode.txt
	run "$WAYPOST" convert unicode.txt --from utf-8
	[ "$status" -eq 0 ]
	[ "$output" = "$(cat unicode.txt)" ]
	printf 'context,source,target (km)\ntable.md,Countries,%s\n' "$(cat zawgyi.txt)" > z.csv
	run "$WAYPOST" import z.csv
	[ "$status" -eq 1 ]
	[[ "$output" == *"[import-encoding]"* ]]
	unchanged
}

@test "convert: every allowed charset becomes byte-equal UTF-8; what is not possible is refused with line and byte" {
	run "$WAYPOST" convert "$BATS_TEST_DIRNAME/exchange.bats"
	[ "$status" -eq 2 ]
	python3 - "$WAYPOST" <<-'END'
		import re, subprocess, sys, unicodedata
		waypost = sys.argv[1]
		def run(*args):
		    return subprocess.run([waypost, "convert", *args], capture_output=True)
		open("x.txt", "w").write("x\n")
		open("bad.txt", "wb").write(b"\xff\xfe\xfd")
		names = re.search(r"one of: (.*)", run("x.txt", "--from", "nothing").stderr.decode())[1].split(", ")
		assert len(names) >= 40, names
		samples = ["Plain words only.", "Zażółć gęślą jaźń", "Съешь ещё этих мягких булок", "Où êtes-vous déjà né ?", "Ευρώπη και κόσμος",
		    "ışık öğretmen çağ", "שלום עולם", "مرحبا بالعالم", "Žąsis ūžė šį", "Việt Nam đất nước", "ภาษาไทยใช้ได้", "Ħal Għaxaq ċavetta",
		    "Īss ķepīga šķērsiela", "Siôn â’r tŷ", "České slovo", "Қазақ тілі әліпбиі", "Тоҷикӣ забони", "Հայերեն լեզու", "ქართული ენა",
		    "தமிழ் மொழி", "中文简体文字测试", "中文繁體文字測試", "日本語の文章です", "한국어 문장입니다", "Україна її ґрунт", "Þetta er íslenska"]
		iconv = {"iso-8859-8": "ISO-8859-8", "windows-874": "CP874", "kz-1048": "RK1048", "ibm850": "IBM850", "ibm852": "IBM852",
		    "ibm866": "IBM866", "tcvn": "TCVN5712-1", "big5": "BIG5-HKSCS", "shift_jis": "CP932", "euc-jp": "EUC-JP-MS",
		    "euc-kr": "UHC", "utf-16": "UTF-16"}
		for name in names:
		    good = refused = 0
		    for s in samples:
		        text = "Line one.\r\n" + s + "\r\n" + s + "\r\n"
		        r = subprocess.run(["iconv", "-f", "UTF-8", "-t", iconv.get(name, name)], input=text.encode(), capture_output=True)
		        if r.returncode:
		            continue
		        open("c.txt", "wb").write(r.stdout)
		        out = run("c.txt", "--from", name)
		        want = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
		        assert out.returncode == 0 and out.stdout.decode() == want, (name, s, out)
		        good += 1
		        # UTF-8 that calls itself so is refused
		        if name not in ("utf-8", "us-ascii") and len(s.encode()) > len(s) + 5:
		            open("c.txt", "wb").write(text.encode())
		            out = run("c.txt", "--from", name)
		            assert out.returncode == 1 and out.stdout == b"", (name, out)
		            refused += 1
		        # cut off inside the last character
		        if name in ("utf-8", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr") and s[-1] > "\x7f":
		            open("c.txt", "wb").write(r.stdout[:-3])
		            out = run("c.txt", "--from", name)
		            assert out.returncode == 1 and b"c.txt:3:" in out.stderr and b"byte 0x" in out.stderr, (name, s, out)
		        # mixed: a byte that is impossible there
		        for b in range(0x80, 0x100):
		            mixed = r.stdout + bytes([b]) + b"\n"
		            if name.startswith("utf-16") or subprocess.run(["iconv", "-f", iconv.get(name, name), "-t", "UTF-8"], input=mixed,
		                    capture_output=True).returncode == 0:
		                continue
		            open("c.txt", "wb").write(mixed)
		            out = run("c.txt", "--from", name)
		            assert out.returncode == 1 and b"c.txt:4:" in out.stderr and b"byte 0x" in out.stderr, (name, s, b, out)
		            break
		    assert good, name
	END
}

@test "convert and import name what would decode a file, and take nothing by a guess" {
	printf 'Права всех трудящихся-мигрантов\nи членов их семей\n' | iconv -t WINDOWS-1251 > cyr.txt
	run "$WAYPOST" convert cyr.txt --from utf-8
	[ "$status" -eq 1 ]
	[[ "$output" == *"it can be read as windows-1251"* ]]
	run "$WAYPOST" convert cyr.txt
	[ "$status" -eq 2 ]
	[[ "$output" == *"can be read as windows-1251"* ]]
	run "$WAYPOST" convert cyr.txt --from windows-1251 -o utf8.txt
	[ "$status" -eq 0 ]
	[ "$(head -n 1 utf8.txt)" = "Права всех трудящихся-мигрантов" ]
	run "$WAYPOST" convert cyr.txt --from koi8-rr
	[ "$status" -eq 1 ]
	[[ "$output" == *"[charset-unknown]"* ]]
	# a PO file's header says UTF-8 afterwards
	printf 'msgid ""\nmsgstr "Language: es\\nContent-Type: text/plain; charset=windows-1252\\n"\n\nmsgctxt "table.md"\nmsgid "Countries"\nmsgstr "Pa\355ses"\n' > old.po
	run "$WAYPOST" import old.po
	[ "$status" -eq 0 ]
	unchanged
	run "$WAYPOST" convert old.po --from windows-1252
	[[ "$output" == *'charset=UTF-8\n'* ]]
	"$WAYPOST" convert old.po --from windows-1252 -o new.po
	run "$WAYPOST" import new.po
	[ "$status" -eq 0 ]
	unchanged
}

@test "wrong use: no format, no such language, the source language, a file that is somebody's work" {
	run "$WAYPOST" export es
	[ "$status" -eq 2 ]
	run "$WAYPOST" export xx --format po
	[ "$status" -eq 2 ]
	run "$WAYPOST" export en --format po
	[ "$status" -eq 2 ]
	run "$WAYPOST" export es,ar --format po
	[ "$status" -eq 2 ]
	echo work > es.po
	run "$WAYPOST" export es --format po
	[ "$status" -ne 0 ]
	[ "$(cat es.po)" = work ]
	run "$WAYPOST" export es --format po -o es.po
	grep -q msgid es.po
	run "$WAYPOST" import es.po --language en
	[ "$status" -eq 2 ]
	run "$WAYPOST" export es --format po -o -
	[[ "$output" == *msgctxt* ]]
}
