"""Many at once: writers and readers, first runs, readers during a long import."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time

from favs import Favs
from outcome import Outcome, tell

GENERATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "Benchmarks", "generate.py")


def percentile(values, share):
    """The smallest value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


def milliseconds(times):
    return f"p50 {percentile(times, 50):,.0f}, p99 {percentile(times, 99):,.0f}, longest {max(times):,.0f} ms"


class Crowd:
    """Commands of one file, timed from start to end; those that fail are failures of the outcome."""

    def __init__(self, favs, outcome):
        self.favs, self.outcome = favs, outcome

    def once(self, words, times):
        begin = time.perf_counter()
        process = subprocess.Popen(
            [self.favs.program, *words], env=self.favs.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        _, err = process.communicate()
        times.append((time.perf_counter() - begin) * 1000)
        self.outcome.tried()
        if process.returncode:
            self.outcome.failed(f"favs {' '.join(words)}: exit code {process.returncode}: {err.decode().strip()[:200]}")

    def readers(self, count, until):
        """Starts so many that read one after another until an event; gives their threads and their times."""
        times = []

        def read(number):
            turn = number
            while not until.is_set():
                turn += 1
                self.once([["list", "--limit", "20"], ["search", "crowd"], ["category", "list"]][turn % 3], times)

        return start(read, count), times

    def count(self):
        return len(json.loads(self.favs.must("list", "--json", "--fields", "id")))


def start(body, count):
    threads = [threading.Thread(target=body, args=[number]) for number in range(count)]
    for thread in threads:
        thread.start()
    return threads


def wait(threads):
    for thread in threads:
        thread.join()


def writers(program, folder, count, each, readers):
    """So many writers at once, so many commands each, and some that read meanwhile."""
    outcome = Outcome(
        f"{count} that write at once: none fails, none is lost",
        f"{count} × {each} 'favs add' of as many processes at once"
        + (f", {readers} readers one command after another" if readers else ""))
    favs = Favs(program, os.path.join(folder, f"writers-{count}"))
    os.makedirs(favs.folder)
    favs.must("add", "the first", "-c", "crowd")
    crowd = Crowd(favs, outcome)
    done = threading.Event()
    reading, read = crowd.readers(readers, done)
    written = []

    def write(number):
        for turn in range(each):
            crowd.once(["add", f"{number} {turn}", "-c", f"crowd/{turn % 3}", "--note", "one of a crowd"], written)

    wait(start(write, count))
    done.set()
    wait(reading)
    kept = crowd.count()
    if kept != count * each + 1:
        outcome.failed(f"{kept} were kept of {count * each + 1}")
    favs.is_sound()
    outcome.result = f"writing {milliseconds(written)}" + (f"; reading {milliseconds(read)}" if read else "")
    return outcome


def first_runs(program, folder, count, rounds):
    """So many first commands at once, where there is no file yet."""
    outcome = Outcome(
        "The first commands of all may run at once: none fails, none is lost",
        f"{rounds} times {count} 'favs add' at once where there is no file yet")
    times = []
    for turn in range(rounds):
        favs = Favs(program, os.path.join(folder, f"first-{turn}"))
        os.makedirs(favs.folder)
        crowd = Crowd(favs, outcome)
        wait(start(lambda number: crowd.once(["add", f"first {number}"], times), count))
        kept = crowd.count()
        if kept != count:
            outcome.failed(f"round {turn}: {kept} were kept of {count}")
        left = [name for name in os.listdir(favs.folder) if name not in ("favs.db", "favs.db.lock")]
        if left:
            outcome.failed(f"round {turn}: left behind: {', '.join(left)}")
    favs.is_sound()
    outcome.result = milliseconds(times)
    return outcome


def upgrades(program, folder, starts, count, rounds):
    """So many commands at once on a file of an older version."""
    outcome = Outcome(
        "The first commands after an upgrade may run at once: none fails, one backup is made",
        f"{rounds} times {count} commands at once on a file of version 1")
    times = []
    for turn in range(rounds):
        favs = Favs(program, os.path.join(folder, f"upgrade-{turn}"))
        shutil.copytree(os.path.join(starts, "version-1"), favs.folder)
        crowd = Crowd(favs, outcome)
        wait(start(lambda number: crowd.once(["add", f"upgraded {number}"] if number % 2 else ["list"], times), count))
        backups = len(json.loads(favs.must("backup", "list", "--json")))
        if backups != 1:
            outcome.failed(f"round {turn}: {backups} backups were made")
    favs.is_sound()
    outcome.result = milliseconds(times)
    return outcome


def during_import(program, folder, count):
    """Readers while a long import is under way."""
    outcome = Outcome(
        "Who reads during a long import is not kept waiting, and sees the state before it",
        f"4 readers one command after another while 'favs import' takes over {count:,} favourites")
    favs = Favs(program, os.path.join(folder, "import"))
    os.makedirs(favs.folder)
    favs.must("add", "the first", "-c", "crowd")
    sample = os.path.join(folder, "sample.jsonl")
    with open(sample, "wb") as file:
        subprocess.run([sys.executable, GENERATE, "--count", str(count), "--seed", "1"], stdout=file, check=True)
    crowd = Crowd(favs, outcome)
    done = threading.Event()
    begin = time.perf_counter()
    importing = subprocess.Popen(
        [program, "import", sample, "--quiet"], env=favs.environment, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    threads, times = crowd.readers(4, done)
    _, err = importing.communicate()
    seconds = time.perf_counter() - begin
    done.set()
    wait(threads)
    if importing.returncode:
        outcome.failed(f"import: exit code {importing.returncode}: {err.decode().strip()[:200]}")
    kept = crowd.count()
    if kept != count + 1:
        outcome.failed(f"{kept} were kept of {count + 1}")
    favs.is_sound()
    outcome.result = f"import {seconds:,.1f} s; reading {milliseconds(times)}"
    return outcome


def all(program, folder, starts, full):
    return [
        writers(program, folder, 64, 15, 4),
        writers(program, folder, 200, 4, 0),
        first_runs(program, folder, 24, 50),
        upgrades(program, folder, starts, 24, 20 if full else 5),
        during_import(program, folder, 100_000),
    ]
