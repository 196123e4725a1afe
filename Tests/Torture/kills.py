"""Commands that are killed: at each system call, and at random moments, many at once."""

import json
import os
import random
import subprocess
import threading
import time

from cases import WRITING, Trial
from favs import Broken, Favs, copy
from outcome import STRACE, Outcome, promised, tell
from trace import inject, since_first_touch, trace

KILLED = -9
# Calls that change what others see, or may; a quick sweep keeps to these.
CHANGING = {
    "chmod", "close", "copy_file_range", "exit_group", "fallocate", "fchmod", "fchown", "fcntl", "fdatasync", "flock", "fsync",
    "ftruncate", "link", "linkat", "mkdir", "mkdirat", "openat", "pwrite64", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "write"}
# Of those, the ones that decide: a quick sweep leaves none of them out.
DECIDING = {
    "exit_group", "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "rename", "renameat", "renameat2",
    "unlink", "unlinkat", "write"}


def sample(calls, count):
    """The calls that decide, and others evenly spread among those that change something, `count` in all."""
    chosen = [call for call in calls if call.name in DECIDING]
    others = [call for call in calls if call.name in CHANGING - DECIDING]
    left = max(0, min(count - len(chosen), len(others)))
    return chosen + [others[place * len(others) // left] for place in range(left)]


class Point:
    """One trial of the sweep: a command, killed at one of its system calls."""

    def __init__(self, trial, call):
        self.trial, self.call = trial, call

    def __str__(self):
        return f"favs {' '.join(self.trial.case.words)}, killed at {self.call}"


@promised(STRACE)
def sweep(program, workers, starts, folder, full):
    """Kills each writing command at its system calls."""
    outcome = Outcome(
        "A command that is killed leaves the state before it or the state after it; what was acknowledged is there; "
        "the file is sound, and the next command writes",
        f"{len(WRITING)} writing commands, SIGKILL at "
        + ("every system call" if full else "the system calls that change something")
        + " of each (strace)")
    states = {"old": 0, "new": 0}
    points = []
    traced = Favs(program, os.path.join(folder, "traced", "w"))
    os.makedirs(os.path.dirname(traced.folder), exist_ok=True)
    for case in WRITING:
        trial = Trial(case, starts, traced)
        copy(trial.start, traced.folder)
        calls = since_first_touch(trace(traced, case), traced)
        points += [Point(trial, call) for call in (calls if full else sample(calls, 30))]
    tell(f"  {len(points)} points")

    def attempt(favs, point):
        trial = point.trial
        copy(trial.start, favs.folder)
        done = favs.run(trial.case.words, trial.case.stdin, before=inject(point.call, "signal=KILL"))
        if done.code != KILLED:
            raise Broken(f"was not killed: exit code {done.code}: {done.err.strip()[:200]}")
        state = trial.has(favs)
        states[state] += 1
        if state == "old" and trial.acknowledged(favs, done.out) and trial.old != trial.new:
            raise Broken("acknowledged, and not there")
        trial.case.check_backups(favs)
        if trial.case.start == "unindexed" and state == "old":
            favs.must("doctor", "--fix")
        favs.is_sound()
        favs.still_writes()
        tidy(favs, trial.case)

    workers.all(outcome, points, attempt)
    outcome.result = f"{states['old']:,} times the state before, {states['new']:,} times the state after, never between"
    return outcome


def tidy(favs, case):
    """Raises `Broken` where something is left behind once the same is done again, and a backup is made."""
    if case.stdin or case.target or case.start in ("import", "older", "version-1"):
        favs.run(case.words, case.stdin)
    favs.run(["backup", "create"])
    if case.target == "saved.db":
        favs.must("--db", case.target, "add", "into the new file")
    left = case.strays(favs)
    if left:
        raise Broken(f"left behind: {', '.join(left)}")


class Writer:
    """Keeps, edits and removes favourites of its own, and remembers what may be of each."""

    def __init__(self, number, favs, seed):
        self.number, self.favs, self.dice = number, favs, random.Random(seed)
        self.known = {}
        self.count = self.kills = self.acknowledged = 0

    def command(self):
        """The next command line, its favourite's title, and what that will be: a note, or `None` for removed."""
        ready = [title for title, notes in self.known.items() if len(notes) == 1 and None not in notes]
        if ready and self.dice.random() < 0.5:
            title = self.dice.choice(ready[-5:])
            if self.dice.random() < 0.3:
                return ["rm", title], title, None
            note = f"note {self.count}"
            return ["edit", title, "--note", note], title, note
        title = f"kept by {self.number}, {self.count}"
        self.known[title] = {None}
        return ["add", title, "-c", f"own/{self.number % 3}", "-t", "killed", "--note", "first"], title, "first"

    def step(self):
        """Runs one command and kills it at some moment, which may come too late."""
        words, title, after = self.command()
        self.count += 1
        process = subprocess.Popen(
            [self.favs.program, *words], env=self.favs.environment, cwd=self.favs.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        time.sleep(self.dice.random() ** 2 * 0.06)
        process.kill()
        out, err = process.communicate()
        self.kills += process.returncode == KILLED
        if process.returncode not in (0, KILLED):
            raise Broken(f"favs {' '.join(words)}: exit code {process.returncode}: {err.decode().strip()}")
        if process.returncode == 0 or out.endswith(b"\n"):
            self.acknowledged += 1
            self.known[title] = {after}
        else:
            self.known[title] = self.known[title] | {after}


@promised()
def at_random(program, folder, kills):
    """Kills commands of eight writers at random moments, until so many died."""
    outcome = Outcome(
        "Of many writers at once, killed at random moments, nothing is lost that was acknowledged, and nothing else "
        "is there", "8 writers that add, edit and remove, each command killed up to 60 ms after its start")
    favs = Favs(program, os.path.join(folder, "random"))
    os.makedirs(favs.folder, mode=0o700)
    favs.must("add", "the first", "-c", "own")
    writers = [Writer(number, favs, seed=number) for number in range(8)]
    checks = 0

    def work(writer):
        try:
            while sum(each.kills for each in writers) < kills and not outcome.failures:
                writer.step()
        except Broken as broken:
            outcome.failed(str(broken))

    threads = [threading.Thread(target=work, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    try:
        while any(thread.is_alive() for thread in threads):
            time.sleep(0.5)
            try:
                favs.is_sound()
                checks += 1
            except Broken as broken:
                outcome.failed(f"while they were at work: {broken}")
    except BaseException:
        # The writers end with the first failure: nobody waits for all of their kills.
        outcome.failed("it was broken off")
        raise
    finally:
        for thread in threads:
            thread.join()
    outcome.tried(sum(writer.kills for writer in writers))
    found = {}
    for each in json.loads(favs.must("list", "--json", "--limit", "1000000")):
        found.setdefault(each["title"], []).append(each["note"])
    for writer in writers:
        for title, notes in writer.known.items():
            there = found.pop(title, [None])
            if len(there) != 1 or there[0] not in notes:
                outcome.failed(f"{title!r} is {there}, and may be {sorted(map(str, notes))}")
    if set(found) != {"the first"}:
        outcome.failed(f"nobody kept these: {sorted(found)[:5]}")
    try:
        favs.still_writes()
    except Broken as broken:
        outcome.failed(str(broken))
    done = sum(writer.acknowledged for writer in writers)
    outcome.result = f"{done:,} commands acknowledged, none lost; {checks} looks of doctor meanwhile, all clean"
    return outcome
