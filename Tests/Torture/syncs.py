"""Several files that sync: killed on the way, at random, and at each system call that decides."""

import concurrent.futures
import json
import os
import random
import re
import shutil
import signal
import subprocess

from errors import CHANGE_MADE, ERRORS
from favs import Broken, Favs, copy
from outcome import STRACE, Outcome, promised
from trace import CALL, Call, inject

# The calls at which a sync is killed, its own and those of git.
DECIDING = ("rename", "fsync", "fdatasync", "unlink", "link", "pwrite64", "exit_group")
KINDS = ("folder", "git")
CATEGORIES = ("books", "books/new", "films", "links")
# Nothing to do, or conflicts, or files that are still to come.
DONE = (0, 1)
KILLED = (-9, 137)
# How calls fail, and those by which a folder is read.
FAILING = ("EIO", "ENOSPC")
READING = {"read", "openat", "newfstatat", "statx", "lstat", "getdents64"}


class Set:
    """Some files of favourites, each in a home of its own, and a remote."""

    def __init__(self, program, folder, kind, count):
        self.folder, self.kind = folder, kind
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, mode=0o700)
        self.remote = os.path.join(folder, "remote")
        if kind == "git":
            subprocess.run(["git", "init", "-q", "--bare", self.remote], check=True)
        else:
            os.makedirs(self.remote)
        self.homes = []
        for number in range(count):
            place = os.path.join(folder, f"home-{number}")
            os.makedirs(place, mode=0o700)
            self.homes.append(Favs(program, place))

    @property
    def address(self):
        return self.remote if self.kind == "git" else "dir:" + self.remote

    def join(self):
        for home in self.homes:
            home.must("sync", "init", self.address, "--yes", codes=DONE)

    def rest(self):
        """Syncs until nobody has anything left to say, and gives what all have then."""
        for _ in range(8):
            quiet = True
            for home in self.homes:
                done = json.loads(home.must("sync", "--yes", "--json", codes=DONE))
                quiet = quiet and not done["sent"] and done["change"] is None and not done["waiting"]
            if quiet:
                break
        else:
            raise Broken("there is no end of syncing")
        contents = [content(home) for home in self.homes]
        for home, found in zip(self.homes, contents):
            home.is_sound()
            if found != contents[0]:
                ours, theirs = set(contents[0]), set(found)
                raise Broken(f"files differ: {sorted(ours ^ theirs)[:4]}")
        return contents[0]


def content(home):
    """All favourites as a person sees them: the ids are each file's own."""
    lines = []
    for line in home.must("export").decode().splitlines():
        entry = json.loads(line)
        entry.pop("id", None)
        lines.append(json.dumps(entry, sort_keys=True))
    return lines


def act(home, dice, number):
    """Something that a person does; what cannot be done is not."""
    ids = [line for line in home.must("list", "--fields", "id").decode().split() if line.isdigit()]
    one = dice.choice(ids) if ids else "1"
    category = dice.choice(CATEGORIES)
    words = dice.choice([
        ["add", f"title {number}", "-c", category, "--duplicate"],
        ["add", f"https://example.org/{number % 9}", "-c", category, "--duplicate"],
        ["edit", one, "--title", f"edited {number}"],
        ["edit", one, "--note", f"note {number}", "-t", f"tag-{number % 5}"],
        ["edit", one, "--set", f"year={number}"],
        ["move", one, "--to", category, "--rank", str(number % 4 + 1)],
        ["rm", one],
        ["restore", "--last"],
        ["undo"],
        ["redo"],
        ["category", "rename", category, dice.choice(CATEGORIES) + "-again"],
        ["category", "rm", category, "--yes"],
        ["trash", "empty", "--all", "--yes"],
    ])
    home.run(words)


def killed(home, dice):
    """A sync that is killed after a while, with the git that it runs, or comes to its end before."""
    process = subprocess.Popen(
        [home.program, "sync", "--yes", "--quiet"], env=home.environment, cwd=home.folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(dice.random() * 0.15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@promised()
def schedules(program, folder, count):
    """Random commands and syncs, some of them killed."""
    outcome = Outcome(
        "Files that sync end with the same favourites, whatever their owners do and wherever a sync is killed",
        f"{count:,} schedules of 40 steps on 2 to 4 files, through a folder and through git, each fifth sync killed at a "
        "random moment")
    for seed in range(count):
        dice = random.Random(seed)
        kind = KINDS[seed % 2]
        some = Set(program, os.path.join(folder, "schedule"), kind, dice.randrange(2, 5))
        try:
            some.homes[0].must("add", "first", "-c", "books")
            some.join()
            for number in range(40):
                home = dice.choice(some.homes)
                if dice.random() < 0.75:
                    act(home, dice, seed * 100 + number)
                elif dice.random() < 0.2:
                    killed(home, dice)
                    outcome.count("killed")
                else:
                    home.must("sync", "--yes", codes=DONE)
            some.rest()
        except Broken as error:
            outcome.failed(f"schedule {seed}, {kind}: {error}")
        outcome.tried()
    outcome.result = f"all ended the same; {outcome.counts['killed']:,} syncs were killed"
    return outcome


def prepared(program, folder, kind):
    """Two files that sync, with something to be sent on both sides, something removed and something emptied."""
    some = Set(program, folder, kind, 2)
    first, second = some.homes
    for title in ("Dune", "Emma", "Solaris", "Ubik"):
        first.must("add", title, "-c", "books")
    some.join()
    second.must("edit", "Dune", "--title", "Dune, again")
    second.must("rm", "Ubik")
    second.must("sync", codes=DONE)
    first.must("edit", "Emma", "--note", "Read.")
    first.must("add", "Vertigo", "-c", "films")
    first.must("rm", "Solaris")
    first.must("trash", "empty", "Solaris", "--yes")
    return some


@promised(STRACE)
def sweep(program, folder, full):
    """A sync is killed at each call that decides."""
    outcome = Outcome(
        "A sync that is killed at any call loses nothing and doubles nothing: the next one goes on",
        f"SIGKILL at calls of a sync and of the programs that it runs: {', '.join(DECIDING)}")
    for kind in KINDS:
        place = os.path.join(folder, "sweep")
        some = prepared(program, place, kind)
        start = os.path.join(folder, "start")
        copy(place, start)
        some.homes[0].must("sync", codes=DONE)
        wanted = some.rest()
        for call in DECIDING:
            number = 0
            while True:
                number += 1 if full or number < 12 else 5
                copy(start, place)
                home = some.homes[0]
                done = home.run(["sync"], before=[
                    "strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                    f"inject={call}:signal=KILL:when={number}"])
                if done.code in DONE:
                    break
                outcome.tried()
                try:
                    found = some.rest()
                    if found != wanted:
                        raise Broken(f"{sorted(set(found) ^ set(wanted))[:4]}")
                except Broken as error:
                    outcome.failed(f"{kind}, killed at {call} {number}: {error}")
                if done.code not in KILLED and number > 400:
                    break
    outcome.result = "each time both files ended as if nothing had happened"
    return outcome


def calls(home):
    """The system calls of a sync that have to do with its folder, those of programs that it runs left out."""
    record = os.path.join(home.folder, "trace")
    done = home.run(["sync"], before=["strace", "-f", "-qq", "-y", "-s", "300", "-o", record])
    if done.code not in DONE:
        raise Broken(f"favs sync: exit code {done.code} under strace: {done.err.strip()}")
    counts, found, first = {}, [], None
    with open(record, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = CALL.match(line)
            first = first or match and match[1]
            if match and match[1] == first:
                counts[match[2]] = counts.get(match[2], 0) + 1
                # The folder in which a path begins is told with each of them.
                text = re.sub(r"AT_FDCWD<[^>]*>", "AT_FDCWD", match[3])
                found.append(Call(match[2], counts[match[2]], text))
    os.remove(record)
    return found


@promised(STRACE)
def faults(program, folder, full):
    """Calls of a sync fail, here and on the folder's side."""
    outcome = Outcome(
        "A sync of which a call fails says so, or did all it had to without that call; the next one goes on. What cannot be "
        "read of the remote is not taken for what is not there",
        f"calls of a sync that fail with {' or '.join(FAILING)} (strace)")
    dice = random.Random(7)
    for kind in KINDS:
        place, start = os.path.join(folder, "faulty"), os.path.join(folder, "faulty-start")
        some = prepared(program, place, kind)
        copy(place, start)
        made = [
            (call, error) for call in calls(some.homes[0]) for error in FAILING
            if call.name in ERRORS[error] and place in call.text and ".local" not in call.text]
        wanted = some.rest()
        for call, error in made if full else dice.sample(made, min(len(made), 150)):
            copy(start, place)
            home = some.homes[0]
            done = home.run(["sync"], before=inject(call, f"error={error}"))
            outcome.tried()
            outcome.count(f"exit code {done.code}")
            what = f"{kind}, {error} at {call} ({call.text[:120]}): exit code {done.code}: {done.err.strip()[:200]}"
            try:
                told(some, call, done, what)
                saved = CHANGE_MADE.search(done.err)
                if saved and int(saved[1]) not in [change["number"] for change in home.json("history")]:
                    raise Broken("told as saved, and is not")
                found = some.rest()
                if found != wanted:
                    raise Broken(f"{sorted(set(found) ^ set(wanted))[:4]}")
            except Broken as error_found:
                outcome.failed(f"{what}: {error_found}")
    ended = ", ".join(f"{count:,} with {code}" for code, count in sorted(outcome.counts.items()))
    outcome.result = f"{ended}; each time both files ended the same"
    return outcome


def told(some, call, done, what):
    """Raises `Broken` unless a sync may end so after a call of it failed."""
    if done.code not in (*DONE, 5, 6, 7):
        raise Broken("it ends otherwise than a sync does")
    if done.code > 1 and "favs: " not in done.err:
        raise Broken("there is no message")
    if some.kind == "folder" and some.remote in call.text and call.name in READING and done.code != 7:
        raise Broken("a file of the remote that cannot be read is passed over")


def all(program, folder, full):
    """All promises, tried at once: each waits for programs most of the time."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tried = [
            pool.submit(schedules, program, folder, 2_000 if full else 100), pool.submit(sweep, program, folder, full),
            pool.submit(faults, program, folder, full)]
        return [each.result() for each in tried]
