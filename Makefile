# favs: every way in. `make` lists them.

PREFIX = /usr/local
DESTDIR =
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man/man1
BASHDIR = $(PREFIX)/share/bash-completion/completions
ZSHDIR = $(PREFIX)/share/zsh/site-functions
FISHDIR = $(PREFIX)/share/fish/vendor_completions.d
DOCDIR = $(PREFIX)/share/doc/favs

SIZES = 10,1000,10000,100000,1000000

# A static program starts in less than half the time: nothing is looked up and linked when it begins.
# Apple's systems have no static executables. Each function has a section of its own, so that the linker drops those that
# nothing calls, keeps one of those that are the same, and puts those that everyday commands run next to each other. What
# is left out besides stands in Sources/CHost/runtime.c and packaging/link/.
order = Sources/order.txt
ifeq ($(shell uname -s),Linux)
static = -Xswiftc -static-executable -Xcc -DFAVS_STATIC -Xswiftc -Xfrontend -Xswiftc -function-sections \
  -Xswiftc -Xfrontend -Xswiftc -internalize-at-link \
  -Xlinker --icf=safe -Xlinker '--section-ordering-file=$(CURDIR)/$(order)' \
  -Xlinker --wrap=_swift_stdlib_getScalarName -Xswiftc -ld-path='$(CURDIR)/packaging/link/ld'
endif
# The folder of the sources is not written into the program.
# Nor are the names of compiled C modules or hashes of the compiler's own, which depend on it.
nowhere = -Xswiftc -file-prefix-map -Xswiftc '$(CURDIR)=.' -Xcc '-ffile-prefix-map=$(CURDIR)=.' \
  -Xswiftc -Xfrontend -Xswiftc -no-clang-module-breadcrumbs \
  -Xswiftc -Xfrontend -Xswiftc -disable-incremental-llvm-codegen
program = .build/release/favs
torture = python3 Tests/Torture/torture.py --favs $(program) $(if $(STRICT),--strict)
shell_files = .ci/prepare .ci/run completions/favs.bash packaging/link/ld

.DEFAULT_GOAL := help
.PHONY: help try build test coverage lint format docs bench order load quality interop torture fuzz install uninstall clean \
  sqlite sqlite-shell others strace dist reproduce repack install-test sign publish rehearse-release \
  packaging-tools release-tools pipeline-test standard-library

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1 /p' Makefile | while read -r name about; do \
	  printf '  make %-16s %s\n' "$$name" "$$about"; \
	done

try: build ## build, then show it on sample favourites in a temporary folder
	@PATH="$(CURDIR)/.build/release:$$PATH" sh -c "$$tour"

# SwiftPM does not notice that a header has changed: what includes one is marked as changed with it.
.build/headers: $(wildcard Sources/C*/*.h Sources/C*/include/*.h)
	@mkdir -p .build
	@touch Sources/SQLite/*.swift Sources/Host/*/*.swift $@

# Nor that the order of functions has: the program is linked again.
.build/order: $(order)
	@mkdir -p .build
	@rm -f $(program)
	@touch $@

# Made anew each time: the standard library has to be that of the compiler, which may be another than last time.
standard-library:
ifneq ($(static),)
standard-library: .build/link/unretain
	@library=$$(swiftc -static-executable -print-target-info \
	  | sed -n 's/.*"runtimeResourcePath": "\(.*\)".*/\1/p')/linux/libswiftCore.a; \
	ar p "$$library" Swift.o | .build/link/unretain >.build/link/Swift.o.new \
	  && { cmp -s .build/link/Swift.o.new .build/link/Swift.o || rm -f $(program); } \
	  && mv .build/link/Swift.o.new .build/link/Swift.o
endif

.build/link/unretain: packaging/link/unretain.swift
	@mkdir -p .build/link
	@swiftc -O $< -o $@

# Symbols are more than half of it: they go to a file beside it, where debuggers look for them. An eighth of the rest are
# tables for unwinding the stack, which only C++ exceptions need: none is thrown here. What is left of them is their end,
# eight zeros, for which the C library looks when the program starts.
build: sqlite .build/headers .build/order standard-library ## build the program: .build/release/favs
	swift build -c release $(static) $(nowhere) --product favs
ifeq ($(shell uname -s),Linux)
	@if nm $(program) 2>/dev/null | grep -q .; then \
	  objcopy --only-keep-debug $(program) $(program).debug; \
	  printf '\000\000\000\000\000\000\000\000' >$(program).end; \
	  objcopy --strip-all --update-section .eh_frame=$(program).end --remove-section .eh_frame_hdr \
	    --remove-section .gcc_except_table --add-gnu-debuglink=$(program).debug $(program); \
	fi
endif

test: sqlite .build/headers ## build and run the tests
	python3 Tests/run.py

coverage: sqlite .build/headers ## run the tests and show which lines of each part they run
	python3 Tests/coverage.py --files

lint: ## check the format of the sources, and shell files if shellcheck is installed
	swift format lint --strict -r Sources Tests Package.swift packaging/link
	@if command -v shellcheck >/dev/null; then \
	  echo shellcheck $(shell_files); shellcheck $(shell_files); \
	else \
	  echo 'shellcheck is not installed: shell files are not checked' >&2; \
	fi

format: ## format the sources
	swift format -i -r Sources Tests Package.swift

# Everything is written aside first, so that a page that fails leaves the old ones alone. The names of
# the pages are read from the overview, which the program makes from its command table.
docs: sqlite .build/headers ## write completions/, man/ and the pictures of docs/, with the program
	swift build --product favs
	@set -eu; favs="$$(swift build --show-bin-path)/favs"; \
	new="$$(mktemp -d)"; trap 'rm -rf "$$new"' EXIT; \
	mkdir "$$new/man" "$$new/completions" "$$new/img"; \
	"$$favs" man >"$$new/man/favs.1"; \
	names="$$(sed -n 's/^\.BR favs\\-\(.*\) (1)$$/\1/p' "$$new/man/favs.1" | sed 's/\\-/-/g')"; \
	test -n "$$names"; \
	for name in $$names; do "$$favs" man "$$name" >"$$new/man/favs-$$name.1"; done; \
	"$$favs" completions bash >"$$new/completions/favs.bash"; \
	"$$favs" completions zsh >"$$new/completions/_favs"; \
	"$$favs" completions fish >"$$new/completions/favs.fish"; \
	for script in docs/img/*.commands; do \
	  python3 -B Tests/Docs/picture.py "$$favs" "$$script" >"$$new/img/$$(basename "$$script" .commands).svg"; \
	done; \
	mkdir -p man completions; \
	rm -f man/favs.1 man/favs-*.1; \
	cp "$$new"/man/* man/; \
	cp "$$new"/completions/* completions/; \
	cp "$$new"/img/* docs/img/; \
	echo "$$(ls "$$new/man" | wc -l) pages, 3 completions, $$(ls "$$new/img" | wc -l) pictures"

bench: build sqlite-shell strace others ## measure it; SIZES=10,1000 or ONLY=picker,page for less; BASE=path to compare with a program
ifdef BASE
	python3 Benchmarks/compare.py --favs $(program) --base '$(BASE)' $(if $(filter file,$(origin SIZES)),,--sizes $(SIZES))
else
	python3 Benchmarks/bench.py --favs $(program) --sizes $(SIZES) --buku $(buku)/bin/buku \
	  --results Benchmarks/results.md $(if $(ONLY),--only $(ONLY))
endif

order: build ## write which functions everyday commands run, for the linker (needs valgrind)
	python3 Benchmarks/order.py --favs $(program) >$(order).new
	mv $(order).new $(order)

load: build ## run many processes at once; fails if one takes too long
	python3 Benchmarks/load.py --favs $(program)

quality: build others ## measure how well search finds, next to plain FTS5 and buku
	python3 Benchmarks/quality/quality.py --favs $(program) \
	  $$(test -x $(buku)/bin/buku && echo --buku $(buku)/bin/buku)

interop: build others ## exchange bookmarks with buku, both ways
	python3 Tests/Interop/buku.py --favs $(program) --buku $(buku)/bin/buku

# The page of results is written by the full form alone, which also fuzzes, counts what the tests run, and runs the
# model at length. Each of these runs to its end whatever became of the one before, so that the page tells of all.
torture: build strace ## kills, power cuts, faults, crowds, damaged files; FULL=1 for more, STRICT=1 to skip none
	@mkdir -p .build/torture
ifdef FULL
	@rm -f .build/torture/*.json
	@failed=; \
	$(MAKE) fuzz JOBS=2 || failed="$$failed fuzz"; \
	$(MAKE) coverage || failed="$$failed coverage"; \
	FULL=1 FAVS_TALLY='$(CURDIR)/.build/torture/model.json' swift test --filter 'ModelTests|UndoEverythingTests|RemainsTests|RoundTripTests|SidebarFormatTests|ObeyedTests|RankingTests' || failed="$$failed model"; \
	test ! -f .build/torture/model.json || python3 Tests/stamp.py .build/torture/model.json; \
	$(torture) --full --report docs/reliability.md || failed="$$failed torture"; \
	test -z "$$failed" || { echo "torture: not kept:$$failed" >&2; exit 1; }
else
	$(torture) --report .build/torture/reliability.md
endif

fuzz: sqlite .build/headers ## hostile input by libFuzzer; SECONDS=60 each, TARGETS='query import-html', JOBS=2
	python3 Tests/Fuzz/fuzz.py --seconds $(or $(SECONDS),60) --targets '$(TARGETS)' --jobs $(or $(JOBS),1)

install: ## copy program, manual, guides and completions to PREFIX (after make build)
	@test -x $(program) || { echo 'no program yet: run make build first' >&2; exit 1; }
	install -d "$(DESTDIR)$(BINDIR)" "$(DESTDIR)$(MANDIR)" \
	  "$(DESTDIR)$(BASHDIR)" "$(DESTDIR)$(ZSHDIR)" "$(DESTDIR)$(FISHDIR)" "$(DESTDIR)$(DOCDIR)"
	install -m 755 $(program) "$(DESTDIR)$(BINDIR)/favs"
	install -m 644 man/favs.1 man/favs-*.1 "$(DESTDIR)$(MANDIR)"
	install -m 644 completions/favs.bash "$(DESTDIR)$(BASHDIR)/favs"
	install -m 644 completions/_favs "$(DESTDIR)$(ZSHDIR)/_favs"
	install -m 644 completions/favs.fish "$(DESTDIR)$(FISHDIR)/favs.fish"
	install -m 644 docs/*.md "$(DESTDIR)$(DOCDIR)"

uninstall: ## remove what install copied; favourites stay
	rm -f "$(DESTDIR)$(BINDIR)/favs"
	rm -f "$(DESTDIR)$(MANDIR)/favs.1" "$(DESTDIR)$(MANDIR)"/favs-*.1
	rm -f "$(DESTDIR)$(BASHDIR)/favs" "$(DESTDIR)$(ZSHDIR)/_favs" "$(DESTDIR)$(FISHDIR)/favs.fish"
	rm -f "$(DESTDIR)$(DOCDIR)"/*.md; rmdir "$(DESTDIR)$(DOCDIR)" 2>/dev/null || :

dist: packaging-tools ## write the packages, formulae and checksums of this commit to dist/
	FAVS_COMMIT="$$(git rev-parse HEAD)" $(MAKE) build
	python3 -B packaging/dist.py

reproduce: packaging-tools ## make dist/ once more in another folder and compare every byte
	python3 -B packaging/reproduce.py

repack: packaging-tools ## pack the same program once more in another folder and compare every byte
	python3 -B packaging/reproduce.py --pack

install-test: packaging-tools ## install what is in dist/ into scratch folders, use it, remove it
	python3 -B packaging/install_test.py

pipeline-test: ## check the pipelines against their schemas
	@test -x $(schemas)/bin/check-jsonschema || { \
	  python3 -m venv $(schemas) && $(schemas)/bin/pip install -q 'check-jsonschema>=0.33,<1' >&2; \
	} || { rm -rf $(schemas); exit 1; }
	$(schemas)/bin/check-jsonschema --builtin-schema vendor.circle-ci .circleci/config.yml
	$(schemas)/bin/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

sign: packaging-tools ## sign dist/SHA256SUMS with the key in FAVS_MINISIGN_SECRET
	python3 -B packaging/sign.py

publish: packaging-tools release-tools ## upload the signed dist/ to the bucket BUCKET
	PATH="$(CURDIR)/$(tools)/bin:$$PATH" python3 -B packaging/publish.py '$(BUCKET)'

rehearse-release: packaging-tools release-tools ## play two releases on this machine, with a bucket of its own
	PATH="$(CURDIR)/$(tools)/bin:$$PATH" python3 -B packaging/rehearse.py

clean: ## remove what was built
	rm -rf .build dist

# SQLite's header and library, and its shell for the benchmarks; installed only where they are missing.
sqlite:
	@if test "$$(uname -s)" = Darwin || test -f /usr/include/sqlite3.h \
	  || pkg-config --exists sqlite3 2>/dev/null; then exit 0; fi; \
	$(call install_package,libsqlite3-dev,favs needs SQLite)

sqlite-shell:
	@if command -v sqlite3 >/dev/null; then exit 0; fi; \
	$(call install_package,sqlite3,the benchmarks need the shell of SQLite)

# Nothing fails for want of it where it cannot be had: the torture and the benchmarks say what they left out.
strace:
	@if command -v strace >/dev/null || test "$$(uname -s)" = Darwin; then exit 0; fi; \
	( $(call install_package,strace,the torture and the benchmarks need strace) ) \
	  || echo 'strace cannot be had: parts of the torture and of the benchmarks are left out' >&2

# What makes and judges packages, and what talks to a bucket.
packaging-tools:
	@for tool in dpkg-deb rpmbuild lintian rpmlint minisign gpg objcopy shellcheck git; do \
	  command -v $$tool >/dev/null || missing=1; \
	done; \
	if test -z "$$missing"; then exit 0; fi; \
	$(call install_package,dpkg-dev rpm lintian rpmlint minisign gpg binutils shellcheck git,packages need some tools)

tools = .build/release-tools
schemas = .build/schemas
release-tools:
	@test -x $(tools)/bin/moto_server || { \
	  echo 'installing the AWS command line and a server of its kind into $(tools)' >&2; \
	  python3 -m venv $(tools) \
	    && $(tools)/bin/pip install -q 'awscli>=1.37,<2' 'moto[s3,server]>=5.1,<6' >&2; \
	} || { rm -rf $(tools); exit 1; }

# Programs to compare with. Nothing fails for want of them: the results say that they were not there.
buku = .build/benchmark/buku
others:
	@test -x $(buku)/bin/buku || { \
	  echo 'installing buku into $(buku), to compare with' >&2; \
	  { python3 -m venv $(buku) && $(buku)/bin/pip install -q --retries 1 --timeout 15 buku==5.1; } >&2; \
	} || { rm -rf $(buku); echo 'buku cannot be had: left out' >&2; }
	@command -v task >/dev/null || { \
	  as_root=; test "$$(id -u)" -eq 0 || as_root='sudo -n'; \
	  command -v apt-get >/dev/null && $$as_root apt-get update -qq >&2 \
	    && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq taskwarrior >&2; \
	} || echo 'Taskwarrior cannot be had: left out' >&2

define install_package
	if ! command -v apt-get >/dev/null; then \
	  echo '$(2): install what your system calls $(1), then try again' >&2; exit 1; \
	fi; \
	as_root=; \
	if test "$$(id -u)" -ne 0; then \
	  command -v sudo >/dev/null \
	    || { echo '$(2): ask an administrator for: apt-get install $(1)' >&2; exit 1; }; \
	  as_root=sudo; \
	fi; \
	echo 'installing $(1), which is missing' >&2; \
	$$as_root apt-get update -qq >&2 \
	  && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $(1) >&2
endef

# What `make try` shows: each command line, then what it prints.
define tour
set -eu
folder="$$(mktemp -d)"
trap 'rm -rf "$$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
export FAVS_DB="$$folder/favs.db"
cd "$$folder"
say() { printf '\n# %s\n' "$$*"; }
run() { printf '\n$$ %s\n' "$$1"; eval "$$1" 2>&1; }

say 'Keep a book, a film, a place, a file, a command, a quote. Categories are made as they are named.'
run "favs add Dune -c books/sci-fi -t classic -t desert --set year=1965 --set author='Frank Herbert'"
run "favs add 'The Left Hand of Darkness' -c books/sci-fi -t classic --set year=1969"
run "favs add Solaris -c books/sci-fi --set year=1961 --rank first"
run "favs add 'In the Mood for Love' -c films -t drama --set year=2000 --set seen:date=2024-02-11"
run "favs add 'Musée d’Orsay' -u 'geo:48.8600,2.3266' -c places -t paris --note 'Thursdays until 21:45.'"
run "favs add 'Tax return 2025' -u file:///home/me/Documents/tax-2025.ods -c files -t tax"
run "favs add 'tar czf backup.tgz --exclude-vcs .' -c commands -t backup"
run "favs add 'Simplicity is prerequisite for reliability.' -c quotes --note 'Edsger W. Dijkstra'"

say 'Keep many at once: one link a line, one change for all of them.'
cat >links.txt <<'END'
https://www.sqlite.org/lang.html
https://www.gnu.org/software/bash/manual/bash.html
https://jqlang.org/manual/
https://git-scm.com/docs/gitrevisions
https://www.rfc-editor.org/rfc/rfc3339
https://man7.org/linux/man-pages/man2/flock.2.html
https://docs.swift.org/swift-book/documentation/the-swift-programming-language/
https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Status
END
run 'cat links.txt'
run 'favs add - -c links -t reference <links.txt'

say 'Or from JSON, with all their fields.'
cat >more.jsonl <<'END'
{"title":"Roadside Picnic","category":"books/sci-fi","tags":["classic"],"metadata":{"year":{"type":"number","value":1972}}}
{"title":"The Design of Everyday Things","category":"books","tags":["design"],"metadata":{"year":{"type":"number","value":1988}}}
{"title":"Gödel, Escher, Bach","category":"books","tags":["classic","maths"],"metadata":{"year":{"type":"number","value":1979}}}
{"title":"Stalker","category":"films","tags":["classic"],"metadata":{"year":{"type":"number","value":1979}}}
{"title":"Spirited Away","category":"films","tags":["animation"],"metadata":{"year":{"type":"number","value":2001}}}
{"title":"Sagrada Família","url":"geo:41.4036,2.1744","category":"places","tags":["barcelona"]}
{"title":"git rebase --autosquash -i main","category":"commands","tags":["git"]}
{"title":"ss -tlnp","category":"commands","tags":["network"],"note":"Who listens on which port."}
{"title":"Letter to the landlord","url":"file:///home/me/Documents/landlord.odt","category":"files"}
END
run 'favs import more.jsonl'

say 'See them: all by category and rank, one category with those below it, one by its rank, a page.'
run 'favs list'
run 'favs list books'
run "favs list --where 'year<1970' --sort -created"
run 'favs show books/sci-fi@2'
run 'favs list --page 2 --per-page 5'

say 'Find them, in any case, in title, URL, note and tags.'
run 'favs search classic'
run 'favs search listens port'
run "favs search rfc --json --fields id,title,url"

say 'Arrange them. The others make room.'
run "favs move 'Roadside Picnic' --to books/sci-fi --rank 2"
run 'favs list books/sci-fi'
run 'favs category'
run "favs category add books/poetry --note 'Read aloud.'"
run 'favs category rename commands shell'

say 'Remove something and bring it back, with its rank and all that it had.'
run 'favs rm Dune'
run 'favs trash'
run 'favs restore Dune'
run 'favs list books/sci-fi'

say 'Take the last change back, whatever it was; here the removal of a whole category.'
run 'favs category rm films --yes'
run 'favs list films || echo "exit code $$?"'
run 'favs undo'
run 'favs list films'

say 'See what was done.'
run 'favs history --page 1 --per-page 12'

say 'That is the tour. The sample is thrown away now; your own favourites were not touched.'
say 'The program is $(program); make install copies it to $(PREFIX), favs help tells the rest.'
endef
export tour
