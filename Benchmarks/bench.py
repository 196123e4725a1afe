#!/usr/bin/env python3
"""Measures favs: whole processes, from the spawn to the end, beside `sqlite3 FILE 'select 1'`.

Nothing here is a test: figures depend on the machine and on what else it does. What travels is the
ratio to sqlite3's own shell, which opens the same file in the same minute.
"""

import argparse
import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import generate
from measure import Case, Failed, alternate, output, percentile, run, spawn

PAGE = 20
DEEP = 50_000
PARTS = ["commands", "ranks", "load", "readers", "writers"]


def tell(text):
    print(text, file=sys.stderr, flush=True)


def number(value):
    return f"{value:,}"


def milliseconds(value):
    return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"


class Bench:
    """One run: a folder, two programs, a growing report."""

    def __init__(self, arguments, folder):
        self.favs = os.path.abspath(arguments.favs)
        self.sqlite = shutil.which("sqlite3")
        if not self.sqlite:
            sys.exit("bench: sqlite3 is missing: make bench installs it")
        if not os.access(self.favs, os.X_OK):
            sys.exit(f"bench: there is no program at {self.favs}: make build comes first")
        self.rounds = arguments.rounds
        self.seconds = arguments.seconds
        self.parts = arguments.only
        self.folder = folder
        self.report = []
        self.loads = []

    def path(self, name):
        return os.path.join(self.folder, name)

    def environment(self, file):
        return {"HOME": self.folder, "FAVS_DB": file, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}

    def execute(self, file):
        """A runner of argument lists: favs on a file, or its baseline."""
        environment = self.environment(file)
        return lambda words: run(
            words if words[0] == self.sqlite else [self.favs] + words, environment)

    def baseline(self, file):
        return Case("`sqlite3 FILE 'select 1'`", [self.sqlite, file, "select 1"])

    def query(self, file, sql):
        return output([self.sqlite, "-readonly", file, sql], self.environment(file)).strip()

    def sample(self, count, seed=1):
        """The sample favourites of a size, written once."""
        path = self.path(f"sample-{count}-{seed}.jsonl")
        if not os.path.exists(path):
            # In a process of its own, so that this one stays small: a child's peak memory is never
            # reported as less than its parent's.
            with open(path, "wb") as file:
                subprocess.run(
                    [sys.executable, generate.__file__, "--count", str(count), "--seed", str(seed)],
                    stdout=file, check=True)
        return path

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
        base = percentile(cases[0].times, 50)
        rows = []
        for case in cases:
            middle = percentile(case.times, 50)
            rows.append(
                [case.name, milliseconds(middle), milliseconds(percentile(case.times, 95)),
                 milliseconds(percentile(case.times, 99)), f"{middle / base:.2f}", str(len(case.times))])
        self.table(["", "p50 ms", "p95 ms", "p99 ms", "ratio", "runs"], rows)
        for row in rows:
            tell("    " + "  ".join(row))

    # The parts.

    def prepare(self, count):
        """A file with so many favourites, loaded by `import`, and a hundredth of that in the trash."""
        tell(f"  loading {number(count)}")
        file = self.path(f"{count}.db")
        self.load("import -", ["import", "-", "--quiet"], count, file)
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
            Case(f"`favs list`, page 1 of {PAGE}", ["list"] + cut),
            Case("`favs list big`, page 1", ["list", "big"] + cut),
            Case("`favs show ID`", lambda turn: ["show", str(some[turn % len(some)])]),
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
            Case("`favs add TITLE`", lambda turn: ["add", f"Added {turn}", "-c", "inbox"]),
            Case(
                "`favs add URL`", lambda turn: ["add", f"https://added.example/{turn}", "-c", "inbox"]),
            Case("`favs edit ID --note`", lambda turn: ["edit", str(some[0]), "--note", f"Note {turn}."]),
            Case("`favs rm ID`", lambda _: ["rm", str(some[-1])], lambda _: ["restore", "--last"]),
            Case("`favs undo`", lambda _: ["undo"], lambda _: ["redo"]),
        ]
        self.measure(f"Commands at {number(count)} favourites", cases, file)
        cases = [
            self.baseline(file),
            Case("`favs search`, a common word, page 1", ["search", "lantern"] + cut),
            Case("`favs search`, two words, page 1", ["search", "lantern", "fjord"] + cut),
            Case("`favs search`, nothing found", ["search", "xyzzy"]),
        ]
        self.measure(f"Search at {number(count)} favourites", cases, file, misses=True)

    def measure(self, title, cases, file, misses=False):
        self.heading(title)
        execute = self.execute(file)

        def tolerant(words):
            return run([self.favs] + words, self.environment(file), expected=1)

        alternate(
            cases,
            lambda words: tolerant(words) if misses and "xyzzy" in words else execute(words),
            self.rounds, self.seconds)
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
        size = sizes["big"]

        def scattered(turn):
            return [f"big#{(turn + n * size // 20) % size + 1}" for n in range(20)]

        cases += [
            Case(
                f"`favs rm` of 20 scattered ranks of {number(size)}",
                lambda turn: ["rm", "--yes"] + scattered(turn), lambda _: ["undo"]),
            Case(
                f"`favs move` of 20 scattered ranks of {number(size)} to rank 1",
                lambda turn: ["move", "--yes", "--rank", "1"] + scattered(turn)),
        ]
        tell(f"  ranks at {number(count)}")
        self.measure(f"Ranks at {number(count)} favourites", cases, file)

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
        for count in sizes:
            tell(f"{number(count)} favourites")
            file = self.prepare(count)
            if "commands" in self.parts:
                self.commands(count, file)
            if "ranks" in self.parts:
                self.ranks(count, file)
            if "readers" in self.parts and (count == max(sizes) or count == 100_000):
                waits.append(self.readers(count, file))
            if "writers" in self.parts and count == max(n for n in sizes if n <= 100_000 or n == min(sizes)):
                self.writers(file)
            self.remove(file)
        if "load" in self.parts:
            self.add_lines(max(sizes))
            self.loading()
        if waits:
            self.heading(
                "Readers during an import",
                "`favs list`, one after another, as long as 100,000 favourites are imported into the same "
                "file.")
            self.table(["into a file of", "import s", "reads", "p50 ms", "p99 ms", "longest ms"], waits)
            for row in waits:
                tell("    " + "  ".join(row))

    def preface(self):
        version = output([self.sqlite, ":memory:", "SELECT sqlite_version()"], self.environment("")).strip()
        favs = output([self.favs, "version"], self.environment("")).strip()
        today = datetime.datetime.now(datetime.timezone.utc).date()
        return [
            "# Measured",
            "",
            "Written by `make bench`; no figure is typed by hand. Each time is that of a whole process, from "
            "the spawn to the end, its output to `/dev/null`. The cases of a table are run in turn, each "
            "round in another order. *Ratio* is the median divided by the median of `sqlite3 FILE 'select "
            "1'` on the same file in the same table: it travels between machines, the milliseconds do not. "
            "What else the machine was doing shows in p95 and p99. A change waits for the disk; `sqlite3` "
            "only opens the file.",
            "",
            f"- {favs}, {os.path.getsize(self.favs) / 2**20:,.1f} MiB",
            f"- SQLite {version}",
            f"- {os.cpu_count()} cores, {os.uname().sysname} {os.uname().machine}",
            f"- {today}",
            "",
        ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program to measure")
    parser.add_argument("--sizes", default="10,1000,100000,1000000", help="how many favourites")
    parser.add_argument("--rounds", type=int, default=200, help="runs of each case, at most")
    parser.add_argument("--seconds", type=float, default=45, help="time for a table, where there are ten runs")
    parser.add_argument("--only", default=",".join(PARTS), help="some of: " + " ".join(PARTS))
    parser.add_argument("--results", help="write the tables here, else to standard output")
    arguments = parser.parse_args()
    try:
        sizes = sorted({int(size) for size in arguments.sizes.split(",")})
    except ValueError:
        parser.error(f"'{arguments.sizes}' is not a list of numbers")
    arguments.only = arguments.only.split(",")
    if min(sizes) < 1 or not set(arguments.only) <= set(PARTS):
        parser.error("sizes are 1 or more; parts are " + " ".join(PARTS))
    with tempfile.TemporaryDirectory(prefix="favs-bench-") as folder:
        bench = Bench(arguments, folder)
        try:
            bench.all(sizes)
        except Failed as failure:
            sys.exit(f"bench: {failure}")
        except KeyboardInterrupt:
            sys.exit(130)
        text = "\n".join(bench.preface() + bench.report).rstrip() + "\n"
    if arguments.results:
        with open(arguments.results, "w", encoding="utf-8") as file:
            file.write(text)
        tell(f"written: {arguments.results}")
    else:
        sys.stdout.write(text)


if __name__ == "__main__":
    main()
