"""Many at once: writers and readers, first runs, readers during a long import."""

import collections
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time

from favs import Broken, Favs
from outcome import Outcome, promised, what

GENERATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Benchmarks", "generate.py")
# So long, in seconds, a writer waits for its turn, by what favs promises; then it ends with exit code 5.
TURN = 10
BUSY = 5
# No command may take longer, in seconds, whoever is before it; nor a long import.
LIMIT = 6 * TURN
LONG_LIMIT = 600
# Readers beside the writers, and beside the import; one may be kept waiting for so small a part of the import.
READERS = 4
PART = 10
THE_FIRST = "the first"
# Who comes first is served first: one in a hundred waits no more than so many times as long as half of them do.
FAIR = 3


def percentile(values, share):
    """The smallest value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def milliseconds(times):
    if not times:
        return "nothing"
    return f"p50 {percentile(times, 50):,.0f}, p99 {percentile(times, 99):,.0f}, longest {max(times):,.0f} ms"


class Crowd:
    """Commands of one file, timed from start to end; those that fail are failures of the outcome."""

    def __init__(self, favs, outcome):
        self.favs, self.outcome = favs, outcome
        # Set where one did not end, or where all is broken off: no other is begun.
        self.over = threading.Event()

    def once(self, words, times):
        """Runs one command; gives what it printed, or `None` where it failed."""
        if self.over.is_set():
            return None
        begin = time.perf_counter()
        process = subprocess.Popen(
            [self.favs.program, *words], env=self.favs.environment, cwd=self.favs.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            out, err = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            self.over.set()
            process.kill()
            process.communicate()
            self.outcome.failed(f"favs {' '.join(words)}: no end within {LIMIT} s")
            return None
        finally:
            self.outcome.tried()
        times.append((time.perf_counter() - begin) * 1000)
        if process.returncode:
            told = f"favs {' '.join(words)}: exit code {process.returncode}: {err.decode(errors='replace').strip()[:200]}"
            if process.returncode == BUSY:
                told += (f" (a writer waits {TURN} s; the longest of {len(times)} took {max(times) / 1000:.1f} s: so many "
                         "may be too many for a machine as slow as this)")
            self.outcome.failed(told)
            return None
        return out

    def at_once(self, bodies):
        """Runs functions in threads that begin together, to their end."""
        threads = self.start(bodies)
        try:
            wait(threads)
        except BaseException:
            self.over.set()
            wait(threads)
            raise

    def start(self, bodies):
        """Starts threads that begin together; gives them."""
        barrier = threading.Barrier(len(bodies))

        def run(body):
            try:
                barrier.wait(LIMIT)
                body()
            except Exception as error:
                self.outcome.failed(what(error))

        threads = [threading.Thread(target=run, args=[body]) for body in bodies]
        for thread in threads:
            thread.start()
        return threads

    def compare(self, wanted, when=""):
        """Compares the titles that are kept with those that should be."""
        kept = titles(self.favs)
        wanted = collections.Counter(wanted)
        if kept != wanted:
            self.outcome.failed(
                f"{when}{sum(kept.values())} were kept of {sum(wanted.values())}: missing {list((wanted - kept).elements())[:5]}, "
                f"and nobody kept {list((kept - wanted).elements())[:5]}")


def titles(favs):
    """The titles in a file, each as often as it is there."""
    return collections.Counter(each["title"] for each in json.loads(favs.must("list", "--json", "--fields", "title")))


def wait(threads):
    for thread in threads:
        thread.join()


class Readers:
    """Some that read one after another, as long as the block runs."""

    # What each of them does in turn, and how many favourites the answer tells.
    QUESTIONS = [
        (["list", "--json", "--envelope", "--limit", "20"], lambda out: json.loads(out)["total"]),
        (["category", "list", "--json"], lambda out: sum(each["count"] for each in json.loads(out))),
        (["search", "crowd", "--count"], None),
    ]

    def __init__(self, crowd, count):
        self.crowd, self.count = crowd, count
        self.times = []
        # Of each reader what it was told, in its order.
        self.told = [[] for _ in range(count)]
        self.done = threading.Event()

    def __enter__(self):
        self.threads = self.crowd.start([lambda number=number: self.read(number) for number in range(self.count)]) \
            if self.count else []
        return self

    def __exit__(self, *_):
        self.done.set()
        wait(self.threads)

    def read(self, number):
        turn = number
        while not self.done.is_set() and not self.crowd.over.is_set():
            turn += 1
            words, number_of = self.QUESTIONS[turn % len(self.QUESTIONS)]
            out = self.crowd.once(words, self.times)
            if out is None:
                continue
            if number_of:
                self.told[number].append(number_of(out))
            elif int(out) < 1:
                self.crowd.outcome.failed(f"favs {' '.join(words)}: finds nothing of what was there before")

    def never_fewer(self):
        """What was told does not go back: nobody removes anything."""
        for told in self.told:
            for before, after in zip(told, told[1:]):
                if after < before:
                    self.crowd.outcome.failed(f"a reader was told of {before:,} favourites, and then of {after:,}")


@promised()
def writers(program, folder, count, each, readers):
    """So many writers at once, so many commands each, and some that read meanwhile."""
    outcome = Outcome(
        f"{count} that write at once: none fails, none is lost, and none is passed over by those who came later",
        f"{count} × {each} 'favs add' of as many processes at once"
        + (f", {readers} readers one command after another" if readers else ""))
    favs = Favs(program, os.path.join(folder, f"writers-{count}"))
    os.makedirs(favs.folder, mode=0o700)
    favs.must("add", THE_FIRST, "-c", "crowd")
    crowd = Crowd(favs, outcome)
    written = []

    def write(number):
        for turn in range(each):
            crowd.once(["add", f"{number} {turn}", "-c", f"crowd/{turn % 3}", "--note", "one of a crowd"], written)

    with Readers(crowd, readers) as reading:
        crowd.at_once([lambda number=number: write(number) for number in range(count)])
    reading.never_fewer()
    crowd.compare([THE_FIRST] + [f"{number} {turn}" for number in range(count) for turn in range(each)])
    favs.is_sound()
    if sys.platform == "linux" and written and percentile(written, 99) > FAIR * percentile(written, 50):
        outcome.failed(f"some are kept waiting while others are not: {milliseconds(written)}")
    outcome.result = (
        f"writing {milliseconds(written)}, {TURN - max(written, default=0) / 1000:.1f} s before a writer gives up"
        + (f"; reading {milliseconds(reading.times)}" if readers else ""))
    return outcome


@promised()
def first_runs(program, folder, count, rounds):
    """So many first commands at once, where there is no file yet."""
    outcome = Outcome(
        "The first commands of all may run at once: none fails, none is lost",
        f"{rounds} times {count} 'favs add' at once where there is no file yet")
    times = []
    for turn in range(rounds):
        favs = Favs(program, os.path.join(folder, f"first-{turn}"))
        os.makedirs(favs.folder, mode=0o700)
        crowd = Crowd(favs, outcome)
        crowd.at_once([lambda number=number: crowd.once(["add", f"first {number}"], times) for number in range(count)])
        crowd.compare([f"first {number}" for number in range(count)], f"round {turn}: ")
        left = [name for name in os.listdir(favs.folder) if name not in ("favs.db", "favs.db.lock")]
        if left:
            outcome.failed(f"round {turn}: left behind: {', '.join(left)}")
        favs.is_sound()
    outcome.result = milliseconds(times)
    return outcome


@promised()
def upgrades(program, folder, starts, count, rounds):
    """So many commands at once on a file of an older version."""
    outcome = Outcome(
        "The first commands after an upgrade may run at once: none fails, none is lost, one backup is made of what was",
        f"{rounds} times {count} commands at once on a file of version 1, every second one an 'add'")
    times = []
    alone = Favs(program, os.path.join(folder, "upgrade-alone"))
    shutil.copytree(os.path.join(starts, "version-1"), alone.folder)
    before = list(titles(alone).elements())
    if not before:
        raise Broken("a file of version 1 comes out empty")
    for turn in range(rounds):
        favs = Favs(program, os.path.join(folder, f"upgrade-{turn}"))
        shutil.copytree(os.path.join(starts, "version-1"), favs.folder)
        crowd = Crowd(favs, outcome)
        crowd.at_once([
            lambda number=number: crowd.once(["add", f"upgraded {number}"] if number % 2 else ["list"], times)
            for number in range(count)])
        crowd.compare(before + [f"upgraded {number}" for number in range(1, count, 2)], f"round {turn}: ")
        backups = [each["path"] for each in json.loads(favs.must("backup", "list", "--json"))]
        if len(backups) != 1 or [version(path) for path in backups] != [1]:
            outcome.failed(f"round {turn}: backups that were made: {backups}, of the versions {list(map(version, backups))}")
        favs.is_sound()
    outcome.result = milliseconds(times)
    return outcome


def version(path):
    """The version of a file's layout, by what stands in it."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


@promised()
def during_import(program, folder, count):
    """Readers while a long import is under way."""
    outcome = Outcome(
        "Who reads during a long import is not kept waiting, and sees the state before it until the state after it is "
        "there",
        f"{READERS} readers one command after another while 'favs import' takes over {count:,} favourites; none may take "
        f"longer than a {PART}th of the import")
    favs = Favs(program, os.path.join(folder, "import"))
    os.makedirs(favs.folder, mode=0o700)
    favs.must("add", THE_FIRST, "-c", "crowd")
    sample = os.path.join(folder, "sample.jsonl")
    with open(sample, "wb") as file:
        subprocess.run([sys.executable, GENERATE, "--count", str(count), "--seed", "1"], stdout=file, check=True)
    crowd = Crowd(favs, outcome)
    begin = time.perf_counter()
    importing = subprocess.Popen(
        [program, "import", sample, "--quiet"], env=favs.environment, cwd=favs.folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        with Readers(crowd, READERS) as reading:
            _, err = importing.communicate(timeout=LONG_LIMIT)
            seconds = time.perf_counter() - begin
    except subprocess.TimeoutExpired:
        raise Broken(f"import: no end within {LONG_LIMIT} s") from None
    finally:
        importing.kill()
        importing.wait()
    if importing.returncode:
        outcome.failed(f"import: exit code {importing.returncode}: {err.decode(errors='replace').strip()[:200]}")
    before, after = 1, count + 1
    for told in reading.told:
        if not told or told[0] != before:
            outcome.failed(f"a reader was told {told[0] if told else 'nothing'} while the import had just begun")
        if others := set(told) - {before, after}:
            outcome.failed(f"a reader was told of {sorted(others)[:5]} favourites, and there were {before} or {after:,}")
    reading.never_fewer()
    if reading.times and max(reading.times) / 1000 > seconds / PART:
        outcome.failed(f"a reader waited {max(reading.times) / 1000:.1f} s of an import of {seconds:.1f} s")
    kept = titles(favs)
    with open(sample, "rb") as file:
        wanted = collections.Counter(json.loads(line)["title"] for line in file) + collections.Counter([THE_FIRST])
    if kept != wanted:
        outcome.failed(f"{sum(kept.values()):,} were kept of {sum(wanted.values()):,}, or under other titles")
    favs.is_sound()
    outcome.result = f"import {seconds:,.1f} s; {len(reading.times):,} times reading {milliseconds(reading.times)}"
    return outcome


def all(program, folder, starts, full):
    return [
        writers(program, folder, 64, 15, READERS),
        writers(program, folder, 200, 4, 0),
        first_runs(program, folder, 24, 50),
        upgrades(program, folder, starts, 24, 20 if full else 5),
        during_import(program, folder, 100_000),
    ]
