"""Several files that sync: killed on the way, at random, and at each system call that decides."""

import concurrent.futures
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess

from errors import CHANGE_MADE, ERRORS
from favs import Broken, Favs, copy
from outcome import STRACE, Outcome, promised
from power import draw
from recording import Recording
from trace import inject, recorded

# The calls at which a sync is killed, its own and those of git.
DECIDING = ("rename", "fsync", "fdatasync", "unlink", "link", "pwrite64", "exit_group")
KINDS = ("folder", "git")
# A folder of which each home has a copy of its own: files come late, in any order, and some of them in part first.
CARRIED = "carried"
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
        self.program, self.folder, self.kind = program, folder, kind
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, mode=0o700)
        self.remote = os.path.join(folder, "remote")
        if kind == "git":
            subprocess.run(["git", "init", "-q", "--bare", self.remote], check=True)
        elif kind != CARRIED:
            os.makedirs(self.remote)
        self.homes = []
        # What is on its way to each home's folder, in the order in which it was written: paths with bytes, or without.
        self.coming = {}
        for _ in range(count):
            self.add()

    def add(self):
        """One more home."""
        place = os.path.join(self.folder, f"home-{len(self.homes)}")
        os.makedirs(place, mode=0o700)
        home = Favs(self.program, place)
        self.homes.append(home)
        if self.kind == CARRIED:
            os.makedirs(self.folder_of(home))
            self.coming[place] = [(path, data) for path, data in files(self.folder_of(self.homes[0])).items()]
        return home

    def clone(self, dice):
        """A home whose file is a copy of another one's, on a machine of the same name."""
        source, home = dice.choice(self.homes), self.add()
        shutil.copy(source.file, home.file)

    def folder_of(self, home):
        return os.path.join(home.folder, "shared") if self.kind == CARRIED else self.remote

    def address_of(self, home):
        return self.remote if self.kind == "git" else "dir:" + self.folder_of(home)

    def join(self):
        for home in self.homes:
            self.sync(home, "init", self.address_of(home), "--yes")
            self.deliver()

    def sync(self, home, *words, codes=DONE):
        """A sync of one home, which is carried to the others afterwards, not at once."""
        with self.carrying(home):
            return home.must("sync", *words, codes=codes)

    @contextlib.contextmanager
    def carrying(self, home):
        """Notes what a home writes into its folder meanwhile, so that it comes to the others."""
        if self.kind != CARRIED:
            yield
            return
        before = files(self.folder_of(home))
        yield
        after = files(self.folder_of(home))
        # What a manifest names is written before it, and what it names no more is removed after it.
        new = [(path, data) for path, data in after.items() if before.get(path) != data]
        new.sort(key=lambda each: (each[0].endswith("manifest"), each[0]))
        gone = [(path, None) for path in before if path not in after]
        for other in self.homes:
            if other is not home:
                self.coming[other.folder] += new + gone

    def deliver(self, dice=None):
        """All that is on its way arrives; with dice some of it, in any order, and some of it in part."""
        for home in self.homes if self.kind == CARRIED else ():
            coming, left = self.coming[home.folder], []
            latest = {path: place for place, (path, _) in enumerate(coming)}
            order = list(range(len(coming)))
            if dice:
                dice.shuffle(order)
            for place in order:
                path, data = coming[place]
                if latest[path] != place:
                    continue
                if dice and dice.random() < 0.5:
                    left.append(place)
                    if data and dice.random() < 0.2:
                        put(self.folder_of(home), path, data[:dice.randrange(len(data))])
                    continue
                put(self.folder_of(home), path, data)
            self.coming[home.folder] = [coming[place] for place in sorted(left)]

    def unlock(self):
        """Removes what the git of the remote left that was killed with a sync: git says to do that by hand."""
        if self.kind == "git":
            with contextlib.suppress(FileNotFoundError):
                os.remove(os.path.join(self.remote, "refs", "heads", "favs.lock"))

    def rest(self):
        """Syncs until nobody has anything left to say, and gives what all have then."""
        for _ in range(10):
            quiet = True
            for home in self.homes:
                self.deliver()
                with self.carrying(home):
                    out = home.must("sync", "--yes", "--json", codes=DONE)
                done = json.loads(out)
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

    def rests_as(self, wanted):
        """Raises `Broken` unless this is what all have once nobody has anything left to say."""
        found = self.rest()
        if found != wanted:
            raise Broken(f"{sorted(set(found) ^ set(wanted))[:4]}")


def files(folder):
    """The files of a set in a folder, by their paths there."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            with open(os.path.join(parent, name), "rb") as file:
                found[os.path.relpath(os.path.join(parent, name), folder)] = file.read()
    return found


def put(folder, path, data):
    """Brings a file into a folder, or takes it away."""
    place = os.path.join(folder, path)
    if data is None:
        with contextlib.suppress(FileNotFoundError):
            os.remove(place)
        return
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with open(place, "wb") as file:
        file.write(data)


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
        "Files that sync end with the same favourites, whatever their owners do, however late files come, wherever a sync is "
        "killed, and where a file is copied to another machine of the same name",
        f"{count:,} schedules of 40 steps on 2 to 4 files, through git, a folder, and a folder whose files come late, in any "
        "order and in part; each fifth sync killed at a random moment, in each third schedule a file copied")
    for seed in range(count):
        dice = random.Random(seed)
        kind = (*KINDS, CARRIED)[seed % 3]
        some = Set(program, os.path.join(folder, "schedule"), kind, dice.randrange(2, 5))
        try:
            some.homes[0].must("add", "first", "-c", "books")
            some.join()
            copied = dice.randrange(40) if kind != CARRIED and dice.random() < 0.5 else None
            for number in range(40):
                if number == copied:
                    some.clone(dice)
                    outcome.count("copied")
                home = dice.choice(some.homes)
                if dice.random() < 0.75:
                    act(home, dice, seed * 100 + number)
                elif dice.random() < 0.2:
                    with some.carrying(home):
                        killed(home, dice)
                    some.unlock()
                    outcome.count("killed")
                else:
                    # Of a folder whose files come late, a manifest may be older than one that was read.
                    some.sync(home, "--yes", codes=(*DONE, 6) if kind == CARRIED else DONE)
                some.deliver(dice)
            some.rest()
        except Broken as error:
            outcome.failed(f"schedule {seed}, {kind}: {error}")
        outcome.tried()
    outcome.result = (
        f"all ended the same; {outcome.counts['killed']:,} syncs were killed, {outcome.counts['copied']:,} files copied")
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
                    some.rests_as(wanted)
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
    made = recorded(record)
    os.remove(record)
    return made


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
            if call.name in ERRORS[error] and place in call.plain and ".local" not in call.plain]
        wanted = some.rest()
        for call, error in made if full else dice.sample(made, min(len(made), 150)):
            copy(start, place)
            home = some.homes[0]
            done = home.run(["sync"], before=inject(call, f"error={error}"))
            outcome.tried()
            outcome.count(f"exit code {done.code}")
            what = f"{kind}, {error} at {call} ({call.plain[:120]}): exit code {done.code}: {done.err.strip()[:200]}"
            try:
                told(some, call, done, what)
                saved = CHANGE_MADE.search(done.err)
                if saved and int(saved[1]) not in [change["number"] for change in home.json("history")]:
                    raise Broken("told as saved, and is not")
                some.rests_as(wanted)
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
    if some.kind == "folder" and some.remote in call.plain and call.name in READING and done.code != 7:
        raise Broken("a file of the remote that cannot be read is passed over")


class Trial:
    """A sync of the first of two homes, as `recording.Recording` wants it: its folder holds both, and the remote."""

    def __init__(self, start):
        self.start, self.case = start, self
        self.name, self.words, self.codes = "sync", ["sync"], DONE

    def run(self, favs, before):
        return Favs(favs.program, os.path.join(favs.folder, "home-0")).run(self.words, before=before)

    @staticmethod
    def state(_favs):
        return ""


@promised(STRACE)
def cuts(program, folder, full):
    """The power goes while a sync writes, here and in the folder."""
    outcome = Outcome(
        "After a power cut in a sync, its file and the folder are such that the next sync goes on: nothing is lost or doubled",
        "what a sync writes is recorded, unsynced writes dropped, torn and reordered, unsynced names dropped")
    place, start = os.path.join(folder, "cut"), os.path.join(folder, "cut-start")
    some = prepared(program, place, "folder")
    copy(place, start)
    recorded = Recording(Favs(program, place), Trial(start), os.path.join(folder, "record"))
    copy(start, place)
    some.homes[0].must("sync", codes=DONE)
    wanted = some.rest()
    for state in draw(Trial(start), recorded, 400 if full else 60, random.Random(5)):
        state.lay(place)
        outcome.tried()
        try:
            some.rests_as(wanted)
        except Broken as error:
            outcome.failed(f"{state}: {error}")
    outcome.result = "each time both files ended as if nothing had happened"
    return outcome


def all(program, folder, full):
    """All promises, tried at once: each waits for programs most of the time."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        tried = [
            pool.submit(schedules, program, folder, 2_000 if full else 100), pool.submit(sweep, program, folder, full),
            pool.submit(faults, program, folder, full), pool.submit(cuts, program, folder, full)]
        return [each.result() for each in tried]
