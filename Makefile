# SPDX-License-Identifier: GPL-3.0-or-later
# The only build file. `make site` builds the program and the site; `make check` runs every check.
# Modules of the program by floor, lowest first: a file includes only lower floors and modules listed before its own.
# X_y.c and X_y.h are private halves of module X and come along by themselves. tests/tools/floors reads these lists.
BASE = arena text block fast list hash map utf8 date place diag file confine work program
FORMAT = charset yaml yamlout lang markdown html json image canvas font digest zip po csv http
MODEL = value prog template site facts segment exceptions page catalog patch data strings asset links
JOB = load hint merge messages audit tally locale version survey calendar sync exchange desk search marks assemble kit plan sitemap feed state output fonts depend produce manifest verify edition stick relink epub host paper inline single zim pdf watch
COMMAND = words shared options report named build serve check status sync export import convert verify pack new doctor completion help table main
HEADER_ONLY = block place version

B = build
PREFIX = /usr/local
DESTDIR =
CC = gcc
OPT = -O3 -g
WARN = -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Werror
DATADIR = $(PREFIX)/share/waypost
CFLAGS = -std=c17 -D_GNU_SOURCE -Igenerator -DWAYPOST_DATADIR='"$(DATADIR)"' $(WARN)
SAN = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
FUZZ = -D__SANITIZE_ADDRESS__ -std=c17 -D_GNU_SOURCE -Igenerator -DWAYPOST_DATADIR='""' -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
COV = -O0 -g --coverage -fprofile-update=atomic -DWAYPOST_COVERAGE
LIBRARIES = yaml-0.1 icu-uc icu-i18n jansson libcmark-gfm libxxhash libmd libzip harfbuzz harfbuzz-subset libmicrohttpd
PLAIN_LIBRARIES = -lgettextpo -lcsv# pkg-config does not know these

sources = $(foreach m,$(filter-out $(HEADER_ONLY),$2),generator/$1/$m.c $(wildcard generator/$1/$m_*.c))
ALL_SRC = $(sort $(call sources,base,$(BASE)) $(call sources,format,$(FORMAT)) $(call sources,model,$(MODEL)) \
	$(call sources,job,$(JOB)) $(call sources,command,$(COMMAND)))
SRC = $(ALL_SRC)
OBJ = $(SRC:generator/%.c=$(B)/obj/%.o)
UNITS = $(wildcard tests/unit/*.c)
MAIN = generator/command/main.c
HARNESS = $(filter-out replay,$(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c)))
TIME = 60

# For the tools in tests/tools: what to look at and where to put what they find.
export B CC
export FLOORS = base: $(BASE) / format: $(FORMAT) / model: $(MODEL) / job: $(JOB) / command: $(COMMAND)
export SOURCES = $(SRC)
export TIDY_FLAGS = -std=c17 -D_GNU_SOURCE -Igenerator
ifneq ($(wildcard ../shared/testdata),)
export WAYPOST_TESTDATA = $(abspath ../shared/testdata)
endif

all: $(OBJ) $(if $(MAIN),$(B)/waypost)

# Silent when nothing is missing. The checks need more programs than the site does.
setup:
	@tests/tools/setup $(if $(filter check check-browser valgrind lint floors bench bench-instructions fuzz setup,$(MAKECMDGOALS)),check,site)

site: $(B)/waypost
	$(B)/waypost build

# The site about Waypost, in English and French, with the default theme.
docs: $(B)/waypost
	rm -rf $(B)/docs
	mkdir -p $(B)/docs/themes
	cp -r docs/site/content docs/site/translations $(B)/docs
	cp -r themes/default $(B)/docs/themes
	cp translations/fr/interface.yaml $(B)/docs/translations/fr
	$(B)/waypost build -C $(B)/docs -o out/docs

check: all check-programs
	@tests/tools/check

check-browser: all
	@tests/tools/check browser

# The same tests with valgrind, of the program as it is used: `make valgrind`, `make valgrind SUITES="unit/po golden/sync"`.
valgrind: $(B)/valgrind/waypost $(UNITS:tests/unit/%.c=$(B)/valgrind/unit/%)
	@tests/tools/check valgrind $(SUITES)

check-programs: $(if $(MAIN),$(B)/san/waypost $(B)/cov/waypost)
check-programs: $(UNITS:tests/unit/%.c=$(B)/san/unit/%) $(UNITS:tests/unit/%.c=$(B)/cov/unit/%) $(HARNESS:%=$(B)/san/fuzz/%)

lint: $(OBJ)
	@tests/tools/lint

floors: | setup
	@tests/tools/floors

bench: $(B)/waypost
	@tests/bench/run
	@tests/bench/doubling
	@node tests/browser/lighthouse.js $(B)/waypost performance

bench-instructions: $(B)/waypost
	@tests/bench/instructions

# Each parser of foreign bytes for TIME seconds: `make fuzz TIME=600`, `make fuzz HARNESS="po csv"`.
fuzz: $(HARNESS:%=$(B)/fuzz/bin/%)
	@tests/fuzz/run $(TIME) $(HARNESS)

# What is installed: the program, its manual, completions, themes, interface words and messages.
SHARE = $(DESTDIR)$(PREFIX)/share
install: $(OBJ) $(if $(MAIN),$(B)/waypost)
	install -D -m 755 $(B)/waypost $(DESTDIR)$(PREFIX)/bin/waypost
	for f in generator/man/*.[15]; do install -D -m 644 $$f $(SHARE)/man/man$${f##*.}/$${f##*/} || exit 1; done
	find themes -type f -exec install -D -m 644 {} $(DESTDIR)$(DATADIR)/{} \;
	for f in translations/*/interface.yaml; do install -D -m 644 $$f $(DESTDIR)$(DATADIR)/$$f || exit 1; done
	for f in generator/messages/*.yaml; do install -D -m 644 $$f $(DESTDIR)$(DATADIR)/messages/$${f##*/} || exit 1; done
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/vendor-completions $(SHARE)/fish/vendor_completions.d
	$(B)/waypost completion bash > $(SHARE)/bash-completion/completions/waypost
	$(B)/waypost completion zsh > $(SHARE)/zsh/vendor-completions/_waypost
	$(B)/waypost completion fish > $(SHARE)/fish/vendor_completions.d/waypost.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/waypost $(SHARE)/man/man[15]/waypost.1 $(SHARE)/man/man[15]/waypost-*.[15]
	rm -f $(SHARE)/bash-completion/completions/waypost $(SHARE)/zsh/vendor-completions/_waypost
	rm -f $(SHARE)/fish/vendor_completions.d/waypost.fish
	rm -rf $(DESTDIR)$(DATADIR)

# The same for PREFIX=/usr, as a package of Debian below build/deb.
deb:
	@tests/tools/setup deb
	@tests/tools/deb

clean:
	rm -rf $(B) out

# Three builds of the same sources: obj for use, san with sanitizers, cov with line counters.
$(B)/obj/%.o: generator/%.c Makefile $(B)/cflags
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) $(OPT) @$(B)/cflags -MMD -MP -c -o $@ $<
$(B)/san/%.o: generator/%.c Makefile $(B)/cflags
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) $(SAN) @$(B)/cflags -MMD -MP -c -o $@ $<
$(B)/cov/%.o: generator/%.c Makefile $(B)/cflags
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) $(COV) @$(B)/cflags -MMD -MP -c -o $@ $<

# The script and the style of the preview are bytes in the program.
$(B)/obj/command/serve_live.o $(B)/san/command/serve_live.o $(B)/cov/command/serve_live.o: $(wildcard generator/command/serve_live.*s)

$(B)/waypost: $(OBJ) $(B)/libs
	@echo "ld $@"
	@$(CC) $(OPT) -o $@ $(OBJ) @$(B)/libs
$(B)/san/waypost: $(OBJ:$(B)/obj/%=$(B)/san/%) $(B)/libs
	@echo "ld $@"
	@$(CC) $(SAN) -o $@ $(filter %.o,$^) @$(B)/libs
$(B)/cov/waypost: $(OBJ:$(B)/obj/%=$(B)/cov/%) $(B)/cov/counters.o $(B)/libs
	@echo "ld $@"
	@$(CC) $(COV) -Wl,--wrap=_exit -o $@ $(filter %.o,$^) @$(B)/libs

# A unit test is one program: its own file and everything but main, from an archive.
$(B)/san/all.a: $(filter-out %/main.o,$(OBJ:$(B)/obj/%=$(B)/san/%))
	@rm -f $@
	@ar rcs $@ $^
$(B)/cov/all.a: $(filter-out %/main.o,$(OBJ:$(B)/obj/%=$(B)/cov/%))
	@rm -f $@
	@ar rcs $@ $^
$(B)/obj/all.a: $(filter-out %/main.o,$(OBJ))
	@rm -f $@
	@ar rcs $@ $^
$(B)/san/unit/%: tests/unit/%.c $(B)/san/all.a $(B)/libs
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) $(SAN) @$(B)/cflags -MMD -MP -o $@ $< $(B)/san/all.a @$(B)/libs -lcmocka
$(B)/cov/counters.o: tests/tools/counters.c
	@mkdir -p $(@D)
	@$(CC) -O1 -c -o $@ $<
$(B)/cov/unit/%: tests/unit/%.c $(B)/cov/all.a $(B)/cov/counters.o $(B)/libs
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) -O0 -g @$(B)/cflags -MMD -MP -Wl,--wrap=_exit -o $@ $< $(B)/cov/all.a $(B)/cov/counters.o @$(B)/libs -lcmocka --coverage
$(B)/unit/%: tests/unit/%.c $(B)/obj/all.a $(B)/libs
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) -O0 -g @$(B)/cflags -MMD -MP -o $@ $< $(B)/obj/all.a @$(B)/libs -lcmocka
$(B)/valgrind/%: $(B)/% Makefile
	@mkdir -p $(@D)
	@printf '#!/bin/sh\nexec "%s" "%s" "$$@"\n' "$(CURDIR)/tests/tools/valgrind" "$(abspath $<)" > $@
	@chmod +x $@

# The parsers for libFuzzer, which needs clang (Debian: clang libclang-rt-14-dev); and the same harnesses as plain programs.
$(B)/fuzz/obj/%.o: generator/%.c Makefile $(B)/cflags
	@mkdir -p $(@D)
	@clang $(FUZZ) -fsanitize=fuzzer-no-link @$(B)/cflags -MMD -MP -c -o $@ $<
$(B)/fuzz/all.a: $(filter-out %/main.o,$(OBJ:$(B)/obj/%=$(B)/fuzz/obj/%))
	@rm -f $@
	@ar rcs $@ $^
$(B)/fuzz/bin/%: tests/fuzz/%.c $(B)/fuzz/all.a $(B)/libs
	@mkdir -p $(@D)
	@clang $(FUZZ) -fsanitize=fuzzer @$(B)/cflags -o $@ $< $(B)/fuzz/all.a @$(B)/libs
$(B)/san/fuzz/%: tests/fuzz/%.c tests/fuzz/replay.c $(B)/san/all.a $(B)/libs
	@mkdir -p $(@D)
	@echo "cc $@"
	@$(CC) $(CFLAGS) $(SAN) @$(B)/cflags -o $@ $< tests/fuzz/replay.c $(B)/san/all.a @$(B)/libs

# Asked of pkg-config only after setup has seen to it that it is there.
$(B)/cflags $(B)/libs: Makefile | setup
	@mkdir -p $(B)
	@{ pkg-config --$(@F) $(LIBRARIES); $(if $(filter libs,$(@F)),echo $(PLAIN_LIBRARIES),:); } > $@

.PHONY: all deb docs setup site check check-browser check-programs valgrind lint floors bench bench-instructions fuzz install uninstall clean
.DELETE_ON_ERROR:
.SECONDARY:
-include $(OBJ:.o=.d) $(OBJ:$(B)/obj/%.o=$(B)/san/%.d) $(OBJ:$(B)/obj/%.o=$(B)/cov/%.d)
-include $(OBJ:$(B)/obj/%.o=$(B)/fuzz/obj/%.d)
-include $(UNITS:tests/unit/%.c=$(B)/san/unit/%.d) $(UNITS:tests/unit/%.c=$(B)/unit/%.d)
