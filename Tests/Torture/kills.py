"""Commands that are killed: at each system call, and at random moments, many at once."""

import os
import random
import subprocess
import threading
import time

from cases import APART, WRITING, Trial, check_all
from favs import LIMIT, Broken, Favs, copy
from outcome import STRACE, Outcome, Reached, promised, tell
from starts import OLDER, REMAINS
from trace import inject, since_first_touch, trace

KILLED = -9
# A quick sweep kills each command at so many of its calls, or at all that decide, if they are more.
QUICK = 30
# The calls that decide: a quick sweep leaves none of them out.
DECIDING = {
    "exit_group", "fdatasync", "fsync", "ftruncate", "link", "linkat", "mkdir", "mkdirat", "rename", "renameat", "renameat2",
    "rmdir", "unlink", "unlinkat", "write"}
# Others that change what is there or what others see, or may: a quick sweep takes some of them.
CHANGING = {
    "chmod", "close", "copy_file_range", "fallocate", "fchmod", "fchmodat", "fchown", "fcntl", "flock", "openat", "pwrite64"}
# Those that change nothing.
LOOKING = {
    "access", "chdir", "execve", "faccessat", "faccessat2", "fadvise64", "fstat", "fstatfs", "getcwd", "getdents64", "lseek",
    "lstat", "newfstatat", "pread64", "read", "readlink", "readlinkat", "stat", "statfs", "statx"}
# Those that ask for memory: how many there are differs from run to run, and no file knows of them.
MEMORY = {"brk", "madvise", "mmap", "mprotect", "mremap", "munmap"}
# What writers at random do: so many at once, each so many commands to their end first, to see how long one takes.
WRITERS = 8
MEASURED = 5
# They are killed up to so many times as long after their start; so many of them at least have to be acknowledged.
LONGEST = 1.5
ACKNOWLEDGED = 0.1
# Where so many times as many commands as kills were wanted have run, no more are tried.
ENOUGH = 10
# Already there, or nothing left to do.
CONFLICT = 4


def sample(calls, folder, unknown):
    """The calls that decide, and others evenly spread among those that may change something, `QUICK` in all.

    Calls of other names that have to do with the folder are taken for such that may, and noted.
    """
    chosen, others = [], []
    for call in calls:
        if call.name in DECIDING:
            chosen.append(call)
        elif call.name in CHANGING:
            others.append(call)
        elif call.name not in LOOKING and folder in call.text:
            unknown.add(call.name)
            others.append(call)
    left = max(0, min(QUICK - len(chosen), len(others)))
    return chosen + [others[place * len(others) // left] for place in range(left)]


class Point:
    """One trial of the sweep: a command, killed at one of its system calls."""

    def __init__(self, trial, call):
        self.trial, self.call = trial, call

    def __str__(self):
        return f"{self.trial.case.name}: favs {' '.join(self.trial.case.words)}, killed at {self.call}"

    @property
    def is_done(self):
        """Whether the command is killed when it is about to tell, by its exit code, that it is done."""
        return self.call.name == "exit_group" and int(self.call.text.split(")")[0]) in self.trial.case.codes


@promised(STRACE)
def sweep(program, workers, starts, folder, full):
    """Kills each writing command at its system calls."""
    cases = WRITING + APART
    outcome = Outcome(
        "A command that is killed leaves the state before it or the state after it; what was acknowledged is there; "
        "the file is sound, also to another reader, and the next command writes",
        f"{len(cases)} writing commands (strace), SIGKILL at each system call from the first on that has to do with the folder, those left out "
        "that ask for memory"
        if full else
        f"{len(cases)} writing commands (strace), SIGKILL at each system call that syncs, moves or removes a file, makes a "
        f"folder, tells or ends, and at others that may change something, up to {QUICK} of a command in all")
    check_all(program, folder)
    states = Reached("old", "new", "acknowledged")
    points, unknown = [], set()
    traced = workers.another("traced")
    for case in cases:
        trial = Trial(case, starts, traced)
        copy(trial.start, traced.folder)
        calls = [call for call in since_first_touch(trace(traced, case), traced) if call.name not in MEMORY]
        is_whole = full and not case.network
        points += [Point(trial, call) for call in (calls if is_whole else sample(calls, traced.folder, unknown))]
    tell(f"  {len(points)} points")
    if unknown:
        tell(f"  in no list, and taken for calls that may change something: {', '.join(sorted(unknown))}")

    def attempt(favs, point):
        trial = point.trial
        copy(trial.start, favs.folder)
        done = trial.run(favs, before=inject(point.call, "signal=KILL"))
        if done.code != KILLED:
            raise Broken(f"was not killed: exit code {done.code}: {done.err.strip()[:200]}")
        judged = trial.judge(favs)
        state = trial.has(favs)
        is_acknowledged = point.is_done or trial.acknowledged(favs, done.out)
        with outcome.lock:
            states.note(trial.case, state, *["acknowledged"] * is_acknowledged)
        trial.agrees(judged, state)
        if is_acknowledged and state == "old":
            raise Broken("acknowledged, and not there")
        trial.goes_on(favs, state)
        tidy(favs, trial, state)

    workers.all(outcome, points, attempt)
    states.demand(outcome, cases, 1, "old", "new", "acknowledged")
    outcome.result = (
        f"{states['old']:,} times the state before, {states['new']:,} times the state after, never between; of "
        f"{states['acknowledged']:,} that were acknowledged none was lost")
    return outcome


def tidy(favs, trial, state):
    """Raises `Broken` where something is left behind once the same is done again, and a backup is made."""
    case = trial.case
    if case.stdin or case.target or case.start in ("import", "older", *OLDER, "remains", "web"):
        # What was not done has to be possible; what was done may be there already.
        done = trial.run(favs)
        if done.code not in case.codes and not (state == "new" and done.code == CONFLICT):
            raise Broken(f"said again: exit code {done.code}: {done.err.strip()[:200]}")
    favs = case.at(favs)
    if case.start == "remains":
        with open(favs.file, "rb") as file:
            if REMAINS in file.read():
                raise Broken("what an older favs left in a page is there after a second 'trash empty'")
    if not case.is_damaged:
        before = len(favs.json("backup", "list"))
        favs.must("backup", "create")
        made = len(favs.json("backup", "list")) - before
        if made != 1:
            raise Broken(f"'backup create' made {made} backups")
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

    def step(self, longest=None):
        """Runs one command and kills it at some moment, which may come too late; gives how long it took."""
        words, title, after = self.command()
        self.count += 1
        begin = time.perf_counter()
        process = subprocess.Popen(
            [self.favs.program, *words], env=self.favs.environment, cwd=self.favs.folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if longest is not None:
            time.sleep(self.dice.random() * longest)
            process.kill()
        try:
            out, err = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Broken(f"favs {' '.join(words)}: no end within {LIMIT} s") from None
        seconds = time.perf_counter() - begin
        self.kills += process.returncode == KILLED
        if process.returncode not in (0, KILLED):
            raise Broken(f"favs {' '.join(words)}: exit code {process.returncode}: {err.decode(errors='replace').strip()}")
        if process.returncode == 0 or out.endswith(b"\n"):
            self.acknowledged += 1
            self.known[title] = {after}
        else:
            self.known[title] = self.known[title] | {after}
        return seconds


def at_once(outcome, bodies):
    """Runs each body in a thread; whatever one raises is a failure. Gives the threads."""
    def guarded(body):
        try:
            body()
        except Broken as broken:
            outcome.failed(str(broken))
        except Exception as error:
            outcome.failed(f"{type(error).__name__}: {error}")

    threads = [threading.Thread(target=guarded, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    return threads


@promised()
def at_random(program, folder, kills):
    """Kills commands of many writers at random moments, until so many died."""
    provoked = f"{WRITERS} writers that add, edit and remove, each command killed up to {LONGEST} times as long after its " \
        "start as one of them takes"
    outcome = Outcome(
        "Of many writers at once, killed at random moments, nothing is lost that was acknowledged, and nothing else "
        "is there", provoked)
    favs = Favs(program, os.path.join(folder, "random"))
    os.makedirs(favs.folder, mode=0o700)
    favs.must("add", "the first", "-c", "own")
    writers = [Writer(number, favs, seed=number) for number in range(WRITERS)]
    # How long a command takes, all of them at work.
    times = []
    for thread in at_once(outcome, [
            lambda writer=writer: times.extend([writer.step() for _ in range(MEASURED)]) for writer in writers]):
        thread.join()
    if outcome.failures:
        return outcome
    longest = LONGEST * sorted(times)[len(times) // 2]
    measured = sum(writer.acknowledged for writer in writers)

    def work(writer):
        while (sum(each.kills for each in writers) < kills and sum(each.count for each in writers) < kills * ENOUGH
               and not outcome.failures):
            writer.step(longest)

    checks = 0
    threads = at_once(outcome, [lambda writer=writer: work(writer) for writer in writers])
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
    died = sum(writer.kills for writer in writers)
    outcome.tried(died)
    done = sum(writer.acknowledged for writer in writers) - measured
    count = sum(writer.count for writer in writers) - measured
    if died < kills:
        outcome.failed(f"{died:,} were killed of the {kills:,} that were wanted")
    if done < ACKNOWLEDGED * count:
        outcome.failed(f"{done:,} of {count:,} commands were acknowledged, too few to tell anything of them")
    try:
        compare(favs, writers, outcome)
        favs.still_writes()
    except Broken as broken:
        outcome.failed(str(broken))
    outcome.provoked = f"{provoked} ({1000 * longest:,.0f} ms)"
    outcome.result = f"{done:,} commands acknowledged, none lost; {checks} looks of doctor meanwhile, all clean"
    return outcome


def compare(favs, writers, outcome):
    """Notes what is not as the writers know it."""
    found = {}
    for each in favs.json("list", "--limit", "1000000"):
        found.setdefault(each["title"], []).append(each["note"])
    for writer in writers:
        for title, notes in writer.known.items():
            there = found.pop(title, [None])
            if len(there) != 1 or there[0] not in notes:
                outcome.failed(f"{title!r} is {there}, and may be {sorted(map(str, notes))}")
    if set(found) != {"the first"}:
        outcome.failed(f"these are kept, where 'the first' alone ought to be besides: {sorted(found)[:5]}")
