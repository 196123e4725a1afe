#!/usr/bin/env python3
"""Measures favs: whole processes, from the spawn to the end, beside `sqlite3 FILE 'select 1'`.

Nothing here is a test: figures depend on the machine and on what else it does. What travels is the
ratio to sqlite3's own shell, which opens the same file in the same minute.
"""

import argparse
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import generate
import formats
import growth
import jobs
import load
import others
import page
import picker
import readymade
import replay
from measure import Case, Failed, alternate, output, percentile, run, spawn

PAGE = 20
DEEP = 50_000
SIZES = "10,1000,10000,100000,1000000"
PARTS = ["size", "commands", "search", "picker", "page", "ranks", "pages", "load", "formats", "readers", "writers", "loops", "others"]
UNKNOWN = "xyzzyqux"


def tell(text):
    print(text, file=sys.stderr, flush=True)


def number(value):
    return f"{value:,}"


def milliseconds(value):
    return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"


def installed(program, folder, name):
    """A copy of a program, made as `make install` makes it: the kernel keeps a file that was written in large pieces in
    large pieces, while a linker writes small ones, and starts such a program in three quarters of the time."""
    if not os.access(program, os.X_OK):
        sys.exit(f"bench: there is no program at {program}; make build makes one")
    path = os.path.join(folder, name)
    subprocess.run(["install", "-m", "755", program, path], check=True)
    return path


class Bench:
    """One run: a folder, two programs, a growing report."""

    def __init__(self, arguments, folder):
        self.favs = installed(arguments.favs, folder, "favs")
        self.sqlite = shutil.which("sqlite3")
        if not self.sqlite:
            sys.exit("bench: sqlite3 is missing: make bench installs it")
        self.rounds = arguments.rounds
        self.seconds = arguments.seconds
        self.parts = arguments.only
        self.folder = folder
        self.report = []
        self.loads = []
        self.sizes = []
        self.curves = {}
        self.known = {}
        self.picture = None
        self.picked = []
        self.buku = os.path.abspath(arguments.buku)

    def path(self, name):
        return os.path.join(self.folder, name)

    def environment(self, file):
        return {"HOME": self.folder, "FAVS_DB": file, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}

    def execute(self, file):
        """A runner of argument lists: favs on a file, or its baseline."""
        environment = self.environment(file)
        return lambda words, expected: run(
            words if words[0] == self.sqlite else [self.favs] + words, environment, expected=expected)

    def baseline(self, file):
        return Case("`sqlite3 FILE 'select 1'`", [self.sqlite, file, "select 1"], curve="sqlite3 FILE 'select 1'")

    def query(self, file, sql):
        return output([self.sqlite, "-readonly", file, sql], self.environment(file)).strip()

    def sample(self, count, seed=1, links=False):
        """The sample favourites of a size, written once."""
        path = self.path(f"sample-{count}-{seed}-{links}.jsonl")
        if not os.path.exists(path):
            # In a process of its own, so that this one stays small: a child's peak memory is never
            # reported as less than its parent's.
            with open(path, "wb") as file:
                subprocess.run(self.making(count, seed, links), stdout=file, check=True)
        return path

    def making(self, count, seed=1, links=False):
        return [sys.executable, generate.__file__, "--count", str(count), "--seed", str(seed)] + ["--links"] * links

    def facts(self, count, links=False):
        """Which words in the sample are rare, common and so on."""
        if (count, links) not in self.known:
            made = subprocess.run(self.making(count, links=links) + ["--facts"], stdout=subprocess.PIPE, check=True)
            self.known[count, links] = json.loads(made.stdout)
        return self.known[count, links]

    def heading(self, text, *paragraphs):
        self.report += [f"## {text}", ""]
        for paragraph in paragraphs:
            self.report += [paragraph, ""]

    def table(self, head, rows):
        self.report.append("| " + " | ".join(head) + " |")
        self.report.append("|---|" + "--:|" * (len(head) - 1))
        self.report += ["| " + " | ".join(row) + " |" for row in rows]
        self.report.append("")

    def times(self, cases):
        """The table of alternated cases; the first is the baseline."""
        for case in cases:
            if case.curve:
                self.curves.setdefault(case.curve, {}).setdefault(self.count, percentile(case.times, 50))
        base = percentile(cases[0].times, 50)
        finds = any(case.finds for case in cases)
        rows = []
        for case in cases:
            middle = percentile(case.times, 50)
            rows.append(
                [case.name, milliseconds(middle), milliseconds(percentile(case.times, 95)),
                 milliseconds(percentile(case.times, 99)), f"{middle / base:.2f}", str(len(case.times))])
            if finds:
                rows[-1].append(case.finds)
        self.table(["", "p50 ms", "p95 ms", "p99 ms", "ratio", "runs"] + ["finds"] * finds, rows)
        for row in rows:
            tell("    " + "  ".join(row))

    # The parts.

    def prepare(self, count):
        """A file with so many favourites, loaded by `import`, and a hundredth of that in the trash."""
        tell(f"  loading {number(count)}")
        file = self.path(f"{count}.db")
        self.load("import -", ["import", "-", "--quiet"], count, file)
        self.size(count, file)
        run([self.favs, "import", "-", "--quiet", "--into", "old"], self.environment(file),
            stdin=self.sample(max(1, count // 100), seed=2))
        run([self.favs, "rm", "-c", "old", "--yes", "--quiet"], self.environment(file))
        return file

    def load(self, name, words, count, file):
        source = self.sample(count)
        result = run([self.favs] + words, self.environment(file), stdin=source)
        kept = int(self.query(file, "SELECT count(*) FROM favourite"))
        if kept != count:
            raise Failed(f"{name}: {kept} of {count} favourites are in the file")
        seconds = result.milliseconds / 1000
        self.loads.append(
            [f"`favs {name}`, {number(count)} lines", f"{seconds:,.2f}", number(round(count / seconds)),
             f"{result.peak_mebibytes:,.0f}", f"{os.path.getsize(source) / 2**20:,.1f}",
             f"{os.path.getsize(file) / 2**20:,.1f}"])
        tell("    " + "  ".join(self.loads[-1]))

    def size(self, count, file):
        text, whole = self.facts(count)["text_bytes"], os.path.getsize(file)
        self.sizes.append([
            f"{number(count)} favourites", f"{text / 2**20:,.1f}", f"{whole / 2**20:,.1f}", f"{whole / text:.2f}",
            number(round(text / count)), number(round(whole / count))])

    def commands(self, count, file):
        tell(f"  commands at {number(count)}")
        living = int(self.query(file, "SELECT count(*) FROM favourite"))
        deep = max(1, min(DEEP, living // PAGE) - 1)
        page = json.loads(output(
            [self.favs, "list", "--page", str(deep), "--per-page", str(PAGE), "--json", "--envelope",
             "--fields", "id"], self.environment(file)))
        ids = page["favourites"]
        some = [row["id"] for row in ids] or [1]
        cut = ["--page", "1", "--per-page", str(PAGE)]
        cases = [
            self.baseline(file),
            Case("`favs version`", ["version"]),
            Case(f"`favs list`, page 1 of {PAGE}", ["list"] + cut, curve="list"),
            Case("`favs list big`, page 1", ["list", "big"] + cut),
            Case("`favs show ID`", lambda turn: ["show", str(some[turn % len(some)])], curve="show"),
            Case("`favs list --sort -created`, page 1", ["list", "--sort", "-created"] + cut),
        ]
        if page["next"]:
            cases.append(Case(
                f"`favs list --after CURSOR`, page {number(deep + 1)}",
                ["list", "--after", page["next"], "--limit", str(PAGE)]))
        cases += [
            Case(
                f"`favs list --page {deep}`, by number",
                ["list", "--page", str(deep), "--per-page", str(PAGE)]),
            Case("`favs trash list`, page 1", ["trash", "list"] + cut),
            Case("`favs category list`", ["category", "list"]),
            Case("`favs add TITLE`", lambda turn: ["add", f"Added {turn}", "-c", "inbox"], curve="add"),
            Case(
                "`favs add TITLE --note`, of 300 bytes",
                lambda turn: ["add", f"Noted {turn}", "-c", "inbox", "--note", self.note(count, turn)]),
            Case(
                "`favs add URL`", lambda turn: ["add", f"https://added.example/{turn}", "-c", "inbox"]),
            Case("`favs edit ID --note`", lambda turn: ["edit", str(some[0]), "--note", f"Note {turn}."]),
            Case("`favs rm ID`", lambda _: ["rm", str(some[-1])], lambda _: ["restore", "--last"]),
            Case("`favs undo`", lambda _: ["undo"], lambda _: ["redo"]),
        ]
        self.measure(f"Commands at {number(count)} favourites", cases, file)

    def hits(self, file, words):
        """How many favourites a search finds; with facets, that of the words alone."""
        if "--facets" in words:
            words = words[:words.index("--facets")]
        return int(output([self.favs, "search", "--count", *words], self.environment(file), (0, 1)))

    def note(self, count, turn):
        """Some 300 bytes of words that are in use."""
        words = self.facts(count)["words"]
        return " ".join(words[(turn * 41 + at * 7) % len(words)] for at in range(40))

    def search(self, count, file):
        tell(f"  search at {number(count)}")
        facts = self.facts(count)
        cut = ["--page", "1", "--per-page", str(PAGE)]
        common, middling, rare = (facts[name]["word"] for name in ("common", "middling", "rare"))
        tag, inside = facts["tag"]["word"], facts["inside"]
        phrase, frequent = (facts[name]["words"] for name in ("phrase", "common_phrase"))

        def case(text, *words, curve=None, cut=cut):
            made = Case(f"`favs search`, {text}", ["search", *words, *cut], expected=(0, 1), curve=curve)
            made.finds = number(self.hits(file, [word for word in words if word not in ("--count", "--snippets")]))
            return made

        cases = [
            self.baseline(file),
            case("a rare word", rare, curve="search, a rare word"),
            case("a middling word", middling),
            case("the commonest word", common, curve="search, the commonest word"),
            case("two rare words", *(facts["pair"]["words"] or [rare])),
            case("two words, a rare and the commonest", rare, common),
            case("two common words", *frequent, curve="search, two common words"),
            case("a rare word in `big`", inside["word"], "-c", inside["category"]),
            case("the commonest word in `big`", common, "-c", "big"),
            *([case("the commonest word in `few`", common, "-c", "few")] if count >= 100 else []),
            case("a rare word misspelt", facts["typo"]["word"], curve="search, misspelt"),
            case("a phrase", '"' + " ".join(phrase or [rare]) + '"', curve="search, a phrase"),
            case("a phrase of common words", '"' + " ".join(frequent) + '"'),
            case("the beginning of a word", facts["beginning"]["word"] + "*", curve="search, a beginning"),
            case("a beginning of two letters", rare[:2] + "*"),
            case("a tag alone", "#" + tag),
            case("a middling word with `-t`", middling, "-t", tag),
            case("a middling word with `year:>1990`", middling, "year:>1990"),
            case("the commonest word with `-t`, `--count`", common, "-t", tag, "--count", cut=[]),
            case("a middling word, `--count`", middling, "--count", cut=[]),
            case("a middling word, `--sort -created`", middling, "--sort", "-created"),
            case("the commonest word, `--sort -created`", common, "--sort", "-created"),
            case("the commonest word, `--count`", common, "--count", cut=[]),
            case("a middling word, `--facets category,tag`", middling, "--facets", "category,tag", cut=[],
                 curve="search --facets"),
            case("a middling word, `--snippets`", middling, "--snippets"),
            case("`--substring`", "--substring", facts["part"]["word"], curve="search --substring"),
            case("nothing found", UNKNOWN),
            # With the look for parts of words that leads to the hint; a page has no hint.
            case("nothing found, not one page but all", UNKNOWN, cut=[]),
            case("nothing found, `--no-fuzzy`", UNKNOWN, "--no-fuzzy"),
        ]
        held = ", ".join(
            f"the {name} word is in {number(facts[kind]['favourites'])}"
            for name, kind in [("commonest", "common"), ("middling", "middling"), ("rare", "rare")])
        self.measure(
            f"Search at {number(count)} favourites", cases, file, f"Page 1 of {PAGE}, best first; {held}.")

    def measure(self, title, cases, file, *paragraphs):
        self.heading(title, *paragraphs)
        alternate(cases, self.execute(file), self.rounds, self.seconds)
        self.times(cases)

    def ranks(self, count, file):
        if count < 1_000:
            return
        sizes = json.loads(output(
            [self.favs, "category", "list", "--json"], self.environment(file)))
        sizes = {category["name"]: category["count"] for category in sizes}
        cases = [self.baseline(file)]
        for name in ["few", "big"]:
            size = sizes[name]
            text = f"in a category of {number(size)}"
            cases += [
                Case(
                    f"`favs add --rank 1`, {text}",
                    lambda turn, name=name: ["add", f"First {turn}", "-c", name, "--rank", "1"],
                    lambda _, name=name: ["rm", f"{name}#1"]),
                Case(
                    f"`favs move … --rank 1`, {text}",
                    lambda turn, name=name, size=size:
                    ["move", f"{name}#{turn * 7919 % size + 1}", "--rank", "1"]),
                Case(
                    f"`favs rm` of rank 1, {text}", lambda _, name=name: ["rm", f"{name}#1"],
                    lambda _: ["restore", "--last"]),
            ]
        cases += self.scattered(sizes["big"])
        tell(f"  ranks at {number(count)}")
        self.measure(f"Ranks at {number(count)} favourites", cases, file)

    def scattered(self, size):
        """Changes of 20 favourites that are far from each other in the category `big`."""
        def ranks(turn):
            return [f"big#{(turn + n * size // 20) % size + 1}" for n in range(20)]

        return [
            Case(
                f"`favs rm` of 20 scattered ranks of {number(size)}",
                lambda turn: ["rm", "--yes"] + ranks(turn), lambda _: ["undo"]),
            Case(
                f"`favs move` of 20 scattered ranks of {number(size)} to rank 1",
                lambda turn: ["move", "--yes", "--rank", "1"] + ranks(turn)),
        ]

    def pages(self, count, file):
        """How much of the time of some commands their reads and writes take alone."""
        title = f"Pages at {number(count)} favourites"
        tell(f"  pages at {number(count)}")
        if not shutil.which("strace"):
            return self.heading(title, "Not measured: strace is missing.")
        size = int(self.query(file, "SELECT count FROM category WHERE name = 'big'"))
        word = self.facts(count)["middling"]["word"]
        base = self.baseline(file)
        cases = self.scattered(size) + [
            Case("`favs search`, a middling word, `--facets category,tag`", ["search", word, "--facets", "category,tag"])]
        alternate([base] + cases, self.execute(file), self.rounds, self.seconds)
        usual = percentile(base.times, 50)
        table = []
        for case in cases:
            copy = replay.copied(file)
            steps = replay.traced([self.favs] + case.words(1), file, self.environment(file))
            took, given = percentile(case.times, 50), ["–", "–"]
            if steps.written:
                alone, start = readymade.measured(
                    self.sqlite, copy, file, self.environment(copy), self.rounds, self.seconds)
                given = [milliseconds(alone), f"{alone / start:.2f}"]
            pages = replay.median(steps, copy)
            os.remove(copy)
            if case.after:
                self.execute(file)(case.after(1), (0,))
            table.append(
                [case.name, milliseconds(took), f"{took / usual:.2f}", *given, number(steps.read), number(steps.written),
                 milliseconds(pages), f"{pages / usual:.2f}"])
        self.heading(
            title,
            "*Rows alone*: SQLite's own shell makes the same changes in a copy of the file, given every row ready-made and "
            "named by its key, in one transaction, synced like those of favs. Nothing is looked up, no text is taken apart, "
            "no part of the index of words is merged.",
            "*Pages alone*: how many pages of 4,096 bytes the command reads and writes, and what it takes to read, write and "
            "sync the same pages of a copy of the file, and its journal, with nothing else in between: no SQL, nothing "
            "computed, no process started. Each *ratio* is to `sqlite3 FILE 'select 1'`.")
        self.table(
            ["", "p50 ms", "ratio", "rows alone, p50 ms", "ratio", "pages read", "pages written", "pages alone, p50 ms",
             "ratio"], table)

    def add_lines(self, count):
        tell(f"  add - of {number(count)}")
        file = self.path("added.db")
        self.load("add -", ["add", "-", "--quiet"], count, file)
        self.remove(file)

    def loading(self):
        own = run([self.sqlite, ":memory:", "select 1"], self.environment("")).peak_mebibytes
        self.heading(
            "Loading JSON lines",
            "Into an empty file, in one change: durable, recorded and undoable as a whole. Peak memory is "
            f"the highest resident size; below {own:,.0f} MiB it cannot be told from that of the "
            "measuring program.")
        self.table(["", "seconds", "rows/s", "peak MiB", "input MiB", "file MiB"], self.loads)

    def formats(self, count):
        tell(f"  formats at {number(count)}")
        rows = formats.rows(self.favs, self.sample(count, links=True), self.folder, self.environment, tell)
        self.heading(
            f"Importing {number(count)} links",
            "Into an empty file, from the parsing to the commit, with all indexes; the fastest of three runs. *MB/s* "
            "is the size of the file by that time.")
        self.table(["", "MB", "seconds", "MB/s", "links/s", "peak MiB"], list(rows))

    def readers(self, count, file):
        """Reads again and again while 100,000 are imported."""
        tell(f"  readers during an import, at {number(count)}")
        source = self.sample(100_000)
        environment = self.environment(file)
        words = [self.favs, "list", "--page", "1", "--per-page", str(PAGE)]
        begin = time.perf_counter()
        load = spawn(
            [self.favs, "import", "-", "--quiet", "--on-duplicate", "keep", "--into", "imported"],
            environment, stdin=source)
        times = []
        while True:
            done, status = os.waitpid(load, os.WNOHANG)
            if done:
                break
            times.append(run(words, environment).milliseconds)
        seconds = time.perf_counter() - begin
        if status != 0:
            raise Failed(f"import beside readers: exit code {os.waitstatus_to_exitcode(status)}")
        run([self.favs, "undo"], environment)
        return [
            f"{number(count)} favourites", f"{seconds:,.2f}", number(len(times)),
            milliseconds(percentile(times, 50)), milliseconds(percentile(times, 99)),
            milliseconds(max(times))]

    def writers(self, file, workers=64, each=15):
        """So many processes at once add one favourite after another."""
        tell(f"  {workers} writers")
        environment = self.environment(file)
        before = int(self.query(file, "SELECT count(*) FROM favourite"))
        waiting = workers * each
        times, failures, running = [], 0, {}
        begin = time.perf_counter()
        while waiting or running:
            while waiting and len(running) < workers:
                words = [self.favs, "add", f"Written {waiting}", "-c", f"writers/{waiting % 8}"]
                now = time.perf_counter()
                running[spawn(words, environment)] = now
                waiting -= 1
            process, status = os.wait()
            times.append((time.perf_counter() - running.pop(process)) * 1000)
            failures += status != 0
        seconds = time.perf_counter() - begin
        kept = int(self.query(file, "SELECT count(*) FROM favourite")) - before
        self.heading(
            f"{workers} writers at once",
            f"Always {workers} processes of `favs add` at a time, until {number(workers * each)} are kept.")
        self.table(
            ["", "p50 ms", "p95 ms", "p99 ms", "longest ms", "adds/s", "failed", "kept"],
            [[f"`favs add`, {workers} at once"] + [milliseconds(percentile(times, n)) for n in (50, 95, 99)]
             + [milliseconds(max(times)), number(round(len(times) / seconds)), str(failures),
                f"{number(kept)} of {number(workers * each)}"]])
        tell("    " + self.report[-2])

    # The whole.

    def remove(self, file):
        for end in ["", ".lock", "-journal"]:
            if os.path.exists(file + end):
                os.remove(file + end)

    def all(self, sizes):
        waits = []
        usual = max(n for n in sizes if n <= 100_000 or n == min(sizes))
        for count in sizes:
            tell(f"{number(count)} favourites")
            self.count = count
            file = self.prepare(count)
            if "commands" in self.parts:
                self.commands(count, file)
            if "search" in self.parts:
                self.search(count, file)
            if "picker" in self.parts:
                self.pick(count, file)
            if "ranks" in self.parts:
                self.ranks(count, file)
            if "pages" in self.parts and count == max(sizes) and count >= 1_000:
                self.pages(count, file)
            if "readers" in self.parts and (count == max(sizes) or count == 100_000):
                waits.append(self.readers(count, file))
            if count == usual:
                if "loops" in self.parts:
                    self.loops(count, file)
                if "writers" in self.parts:
                    self.writers(file)
            self.remove(file)
        if "picker" in self.parts:
            self.tell_of_picker()
        if "page" in self.parts:
            self.page()
        if "load" in self.parts:
            self.add_lines(max(sizes))
            self.loading()
        if "formats" in self.parts:
            self.formats(usual)
        if waits:
            self.heading(
                "Readers during an import",
                "`favs list`, one after another, as long as 100,000 favourites are imported into the same "
                "file.")
            self.table(["into a file of", "import s", "reads", "p50 ms", "p99 ms", "longest ms"], waits)
            for row in waits:
                tell("    " + "  ".join(row))
        if "others" in self.parts:
            self.beside_buku(usual)
            self.beside_taskwarrior(min(10_000, usual))
            self.beside_hyperfine(usual)

    def pick(self, count, file):
        """What `favs pick` costs at this size; told when all sizes are."""
        tell(f"  favs pick at {number(count)}")
        found = picker.measure(self.favs, self.environment(file), self.facts(count)["words"])
        self.picked.append(
            [number(count)] + [milliseconds(found[name]) for name in picker.NAMES] + [f"{found['memory']:,.0f}"])
        tell("    " + "  ".join(self.picked[-1]))

    def tell_of_picker(self):
        self.heading(
            "Picking",
            f"`favs pick` on a pseudo-terminal of 24 lines and 80 columns. *First paint* is from the spawn to the first row of "
            f"the list, {picker.STARTS} times. A *key* is one of {picker.KEYS}: words typed letter by letter, with mistakes, ways "
            "back and steps down; its time ends with the last that is drawn for it, the preview and the count included. "
            "*Computed* is what the process spent on a processor for it.")
        self.table(
            ["favourites", "first paint p50 ms", "p99 ms", "key p50 ms", "p95 ms", "p99 ms", "computed p50 ms", "p99 ms",
             "memory MiB"], self.picked)
        self.heading(
            "Ten jobs, counted in keys",
            "From the open picker of favs, the prompt of buku and fzf over `favs list`, Enter included. The keys of favs are "
            "pressed, and what comes of them is checked; those of the others are the shortest that their manuals tell.")
        self.table(["", "favs pick", "buku", "fzf"], jobs.rows(self.favs))

    def page(self):
        """What the exported page costs a browser."""
        tell(f"  the page of {number(page.LINKS)} links")
        found = page.measure(self.favs, page.LINKS)
        self.heading(
            f"The page of {number(page.LINKS)} links",
            "What `favs export page.html` writes, in headless Chromium. *Load* is from the request to two frames after the "
            f"script has run, the median of {page.LOADS}. A *key* is a letter more in the search, *clear* empties it; "
            "both end two frames later.")
        self.table([f"{name} ms" for name in page.NAMES], [[milliseconds(found[name]) for name in page.NAMES]])

    def loops(self, count, file):
        tell(f"  loops at {number(count)}")
        loops = load.Loops(self.favs, self.environment(file), self.facts(count)["words"], count)
        rows, broken = loops.all(tell)
        mix = ", ".join(f"{share} % {kind}" for kind, share in load.MIX.items())
        self.heading(
            f"Under load, at {number(count)} favourites",
            f"A mix of {mix}, for {loops.seconds} s each. Workers start their next command when the last has "
            "ended; at a fixed rate, time counts from when a command was due. The searches are for 200 words, from "
            "the commonest to the rarest.", load.REASON,
            "Exceeded: " + "; ".join(broken) + "." if broken else "No limit was exceeded, and nothing failed.")
        self.table(load.HEAD, rows)

    def beside_buku(self, count):
        self.heading(f"Beside buku, at {number(count)} bookmarks")
        if not os.access(self.buku, os.X_OK):
            self.report += ["buku was not there, and could not be installed.", ""]
            return
        tell(f"  buku at {number(count)}")
        version = output([self.buku, "--nostdin", "--version"], self.environment("")).split()[-1]
        rows, sizes, _ = others.buku(
            self.buku, self.folder, self.sample(count, links=True), self.facts(count, links=True), self.favs,
            self.environment(""), self.seconds)
        self.report += [
            f"buku {version}, which is written in Python; both with the same bookmarks, each with a URL, and "
            "both print all that they find. `favs search` beside `buku -s`, `-S`, `--stag` and `--deep`. *Ratio* is how "
            f"many times as long buku takes. The file has {sizes[0]} with favs, {sizes[1]} with buku, which keeps "
            "no index of words, no ranks and no history.", ""]
        self.table(
            ["", "favs p50 ms", "favs p95 ms", "buku p50 ms", "buku p95 ms", "ratio", "favs finds", "buku finds"], rows)
        self.told(rows)

    def beside_taskwarrior(self, count):
        self.heading(f"Beside Taskwarrior, at {number(count)} tasks")
        program = others.present("task")
        if not program:
            self.report += ["Taskwarrior was not there, and could not be installed.", ""]
            return
        tell(f"  taskwarrior at {number(count)}")
        version = output([program, "--version"], self.environment("")).strip()
        rows, theirs, ours = others.taskwarrior(
            program, self.folder, self.sample(count), self.facts(count), self.favs, self.environment(""),
            self.seconds)
        self.report += [
            f"Taskwarrior {version}; favourites as tasks: title and note as description, category as project. "
            f"`task import` took {theirs:,.1f} s, `favs import` {ours:,.2f} s. *Ratio* is how many times as long "
            "Taskwarrior takes.", ""]
        self.table(["", "favs p50 ms", "favs p95 ms", "task p50 ms", "task p95 ms", "ratio"], rows)
        self.told(rows)

    def beside_hyperfine(self, count):
        self.heading("By another clock")
        program = others.present("hyperfine")
        if not program:
            self.report += ["hyperfine was not there: nothing checks the clock of these measurements.", ""]
            return
        file = self.prepare_plain(count)
        base, listing = others.hyperfine(program, self.folder, self.favs, self.sqlite, file, self.environment(file))
        version = output([program, "--version"], self.environment("")).split()[-1]
        cases = [self.baseline(file), Case("", ["list", "--page", "1", "--per-page", str(PAGE)])]
        alternate(cases, self.execute(file), 100, self.seconds)
        own = [percentile(case.times, 50) for case in cases]
        self.report += [
            f"hyperfine {version} measures the same two commands one after the other, 100 runs each, at "
            f"{number(count)} favourites.", ""]
        self.table(
            ["", "here p50 ms", "hyperfine p50 ms"],
            [[cases[0].name, milliseconds(own[0]), milliseconds(base)],
             [f"`favs list`, page 1 of {PAGE}", milliseconds(own[1]), milliseconds(listing)],
             ["ratio", f"{own[1] / own[0]:.2f}", f"{listing / base:.2f}"]])
        self.remove(file)

    def prepare_plain(self, count):
        file = self.path("plain.db")
        run([self.favs, "import", "-", "--quiet"], self.environment(file), stdin=self.sample(count))
        return file

    def told(self, rows):
        for row in rows:
            tell("    " + "  ".join(row))

    def summary(self):
        """What stands first: the file, and the picture."""
        kept, self.report = self.report, []
        if self.picture:
            self.heading(
                "Growth", "The median of each command by the number of favourites, on logarithmic axes: a line "
                "that stays level does not notice how many there are.", f"![Growth]({self.picture})")
        self.heading(
            "Size of the file", "*Text* is the bytes of titles, URLs, notes, tags and metadata; the file, right "
            "after the import, has them with all indexes, that of the words included, and the record of the import.")
        self.table(["", "text MiB", "file MiB", "ratio", "text bytes each", "file bytes each"], self.sizes)
        self.report += kept

    def circumstances(self):
        """The programs, the machine and the day."""
        version = output([self.sqlite, ":memory:", "SELECT sqlite_version()"], self.environment("")).strip()
        favs = output([self.favs, "version"], self.environment("")).strip()
        return [
            f"{favs}, {os.path.getsize(self.favs) / 2**20:,.1f} MiB", f"SQLite {version}",
            f"{os.cpu_count()} cores, {os.uname().sysname} {os.uname().machine}",
            str(datetime.datetime.now(datetime.timezone.utc).date())]

    def stamp(self):
        """What a section says that was measured by itself."""
        return f"*Measured by itself: {'; '.join(self.circumstances())}.*"

    def preface(self):
        return [
            "# Measured",
            "",
            "Written by `make bench`; no figure is typed by hand. Each time is that of a whole process, from "
            "the spawn to the end, its output to `/dev/null`, of a program as `make install` copies it. The "
            "cases of a table are run in turn, each round in another order. *Ratio* is the median divided by the median of `sqlite3 FILE 'select "
            "1'` on the same file in the same table: it travels between machines, the milliseconds do not. "
            "What else the machine was doing shows in p95 and p99. A change waits for the disk; `sqlite3` "
            "only opens the file.",
            "",
            *(f"- {line}" for line in self.circumstances()),
            "",
        ]


def sections(text):
    """The text before the first heading, and the sections by their headings, in their order."""
    first, *rest = re.split(r"(?m)^## ", text)
    return first, {section.split("\n", 1)[0]: section.split("\n", 1)[1] for section in rest}


def renewed(old, report, stamp):
    """A page of results in which the sections that were measured again, or for the first time, tell when that was."""
    first, known = sections(old)
    for heading, section in sections("\n".join(report))[1].items():
        known[heading] = f"\n{stamp}\n{section.rstrip()}\n\n"
    return (first + "".join(f"## {heading}\n{section}" for heading, section in known.items())).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program to measure")
    parser.add_argument("--sizes", default=SIZES, help="how many favourites")
    parser.add_argument("--rounds", type=int, default=200, help="runs of each case, at most")
    parser.add_argument("--seconds", type=float, default=45, help="time for a table, where there are ten runs")
    parser.add_argument("--only", default=",".join(PARTS), help="some of: " + " ".join(PARTS) + "; of --results, their sections alone are written anew")
    parser.add_argument("--buku", default=".build/benchmark/buku/bin/buku", help="the buku to compare with")
    parser.add_argument("--results", help="write the tables here, else to standard output")
    arguments = parser.parse_args()
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        parser.error(f"'{arguments.sizes}' is not a list of numbers")
    arguments.only = arguments.only.split(",")
    if min(sizes) < 1 or not set(arguments.only) <= set(PARTS):
        parser.error("sizes are 1 or more; parts are " + " ".join(PARTS))
    whole = set(arguments.only) == set(PARTS)
    with tempfile.TemporaryDirectory(prefix="favs-bench-") as folder:
        bench = Bench(arguments, folder)
        try:
            bench.all(sizes)
        except Failed as failure:
            sys.exit(f"bench: {failure}")
        except KeyboardInterrupt:
            sys.exit(130)
        if arguments.results and whole and len(sizes) > 1 and bench.curves:
            bench.picture = "growth.svg"
            path = os.path.join(os.path.dirname(arguments.results), bench.picture)
            with open(path, "w", encoding="utf-8") as file:
                file.write(growth.picture(bench.curves))
        if arguments.results and not whole and os.path.exists(arguments.results):
            if arguments.sizes == SIZES:
                bench.summary()
            with open(arguments.results, encoding="utf-8") as file:
                text = renewed(file.read(), bench.report, bench.stamp())
        else:
            bench.summary()
            text = "\n".join(bench.preface() + bench.report).rstrip() + "\n"
    if arguments.results:
        with open(arguments.results, "w", encoding="utf-8") as file:
            file.write(text)
        tell(f"written: {arguments.results}")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
