"""Faults of the system: each call that fails, a full disk, a folder or file system that may only be read."""

import contextlib
import os
import random
import re
import subprocess
import tempfile

from cases import READING, WRITING, Trial
from favs import Broken, Favs, copy
from outcome import STRACE, Outcome, promised, tell
from trace import inject, since_first_touch, trace

# Which calls can fail in which way, by their manual pages.
ERRORS = {
    "ENOSPC": {"fdatasync", "fsync", "ftruncate", "linkat", "mkdir", "openat", "pwrite64", "renameat", "write"},
    "EIO": {"fdatasync", "fsync", "ftruncate", "getdents64", "linkat", "mkdir", "newfstatat", "openat", "pread64", "pwrite64",
            "read", "renameat", "unlink", "write"},
    "EDQUOT": {"fdatasync", "fsync", "linkat", "mkdir", "openat", "pwrite64", "renameat", "write"},
    "EMFILE": {"openat"},
    "ENOLCK": {"fcntl", "flock"},
    "EINTR": {"fcntl", "fdatasync", "flock", "fsync", "ftruncate", "openat", "pread64", "pwrite64", "read", "write"},
}
# A file that is made can have no room; one that is opened needs none.
MAKING = {"ENOSPC", "EDQUOT"}
# `close` is left out: strace would keep the file open, and its locks held, which no system does.
FAILED = 7
# SQLite takes a page that cannot be read for damaged, and says so.
DAMAGED = 6
FOUND = 1
# It takes a lock that cannot be had for one that another holds, and waits; where there is none at all, that is told.
BUSY = 5
# What is said when the end of a change failed, and yet it is made.
MADE = re.compile(r"was made")


class Fault:
    """One trial: a command, one of its calls, and the error that the call gives."""

    def __init__(self, trial, call, error):
        self.trial, self.call, self.error = trial, call, error

    def __str__(self):
        return f"favs {' '.join(self.trial.case.words)}, {self.error} at {self.call} ({self.call.text[:60]})"

    @property
    def is_output(self):
        return self.call.name == "write" and self.call.text.startswith("1<")


def faults(calls, folder):
    """The calls that have to do with files of the folder or with the output, each with the errors it can give."""
    for call in calls:
        if folder not in call.text and not call.text.startswith(("1<", "0<")):
            continue
        for error, names in ERRORS.items():
            if call.name not in names or (call.name == "openat" and error in MAKING and "O_CREAT" not in call.text):
                continue
            # Locks that are given back cannot fail.
            if error == "ENOLCK" and "F_UNLCK" in call.text or call.name == "fcntl" and "F_SETLK" not in call.text:
                continue
            yield call, error


@promised(STRACE)
def at_calls(program, workers, starts, folder, full):
    """Lets calls of every command fail."""
    outcome = Outcome(
        "A call of the system that fails is told with exit code 7, and leaves the state as it was; an interrupted one "
        "is made again; reading and writing work afterwards",
        f"{len(WRITING)} writing and {len(READING)} reading commands, " + ", ".join(ERRORS) + " at "
        + ("every call" if full else "calls") + " that can give it (strace)")
    traced = Favs(program, os.path.join(folder, "traced", "w"))
    os.makedirs(os.path.dirname(traced.folder), exist_ok=True)
    trials = []
    dice = random.Random(3)
    for case in WRITING + READING:
        trial = Trial(case, starts, traced)
        copy(trial.start, traced.folder)
        calls = since_first_touch(trace(traced, case), traced)
        # Of calls that differ in their place only, a quick run takes some.
        groups = {}
        for call, error in faults(calls, traced.folder):
            groups.setdefault((error, call.name, re.sub(r'"[^"]*"|\d+', "", call.text)), []).append(call)
        for (error, _, _), members in groups.items():
            for call in members if full else dice.sample(members, min(2, len(members))):
                trials.append(Fault(trial, call, error))
    if not full:
        trials = dice.sample(trials, min(len(trials), 1_000))
    tell(f"  {len(trials)} faults")
    ended = {}

    def attempt(favs, fault):
        trial = fault.trial
        copy(trial.start, favs.folder)
        done = favs.run(trial.case.words, trial.case.stdin, before=inject(fault.call, f"error={fault.error}"))
        ended[done.code] = ended.get(done.code, 0) + 1
        looks = trial.case.words[0] == "doctor" and done.code == FOUND
        # Out of a file with a page that cannot be read, not all can be salvaged; it is told how much was lost.
        state = "new" if looks and trial.case.target else trial.has(favs)
        message = done.err.strip()[:300]
        if done.code == 0:
            if state != "new" and trial.old != trial.new:
                raise Broken(f"told as done, and is not: {message}")
            if trial.printed and not trial.acknowledged(favs, done.out):
                raise Broken(f"done, and prints something else: {done.out[:200]}")
        else:
            reads = fault.error == "EIO" and fault.call.name in ("pread64", "read")
            waits = fault.error in ("ENOLCK", "EINTR") and fault.call.name == "fcntl" and done.code == BUSY
            if done.code != FAILED and not waits and not (reads and done.code == DAMAGED) and not looks:
                raise Broken(f"exit code {done.code}: {message}")
            if state != "old" and trial.old != trial.new and not looks and not fault.is_output and not MADE.search(done.err):
                raise Broken(f"told as failed, and is done: {message}")
            if not looks and "favs: " not in done.err and '{"error":' not in done.err:
                raise Broken(f"no message: {message}")
        trial.case.check_backups(favs)
        if trial.case.start == "unindexed" and state == "old":
            favs.must("doctor", "--fix")
        favs.must("list")
        favs.is_sound()
        favs.still_writes()

    workers.all(outcome, trials, attempt)
    outcome.result = ", ".join(
        f"{count:,} {'done' if code == 0 else f'with exit code {code}'}" for code, count in sorted(ended.items()))
    return outcome


@promised()
def disk_full(program, starts, folder):
    """A file system of one MiB, filled until nothing more can be kept."""
    outcome = Outcome(
        "On a full disk nothing is lost or half done: reading works, and so does making room",
        "a file system of 1 MiB, filled by 'favs add' and 'favs import' until both fail with exit code 7")
    place = os.path.join(folder, "small")
    os.makedirs(place)
    with mounted(outcome, "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", place) as is_there:
        if not is_there:
            return outcome
        favs = Favs(program, place)
        kept = []

        def add(title, note):
            done = favs.run(["add", title, "-c", "filling", "--note", note])
            outcome.tried()
            if done.code == 0:
                kept.append(title)
            elif done.code != FAILED or "full" not in done.err and "space" not in done.err:
                raise Broken(f"exit code {done.code}: {done.err.strip()[:300]}")
            return done.code == 0

        for size in (4_000, 400, 40):
            while add(f"kept {len(kept)}", "x" * size):
                pass
        lines = "".join(f"https://example.com/{number}\n" for number in range(5_000)).encode()
        done = favs.run(["import", "-", "--quiet"], lines)
        outcome.tried()
        if done.code != FAILED:
            raise Broken(f"import: exit code {done.code}: {done.err.strip()[:300]}")
        listed = favs.must("list", "--format", "{title}\n").decode().split()
        if listed != " ".join(kept).split():
            raise Broken(f"{len(listed) // 2} are listed, {len(kept)} were kept")
        favs.must("search", "kept")
        favs.must("export")
        favs.must("rm", "kept 0", "kept 1", codes=(0, FAILED))
        bigger = subprocess.run(["mount", "-o", "remount,size=4m", place], check=False)
        if bigger.returncode:
            raise Broken("the file system cannot be made larger")
        favs.still_writes()
        outcome.result = f"{len(kept):,} kept until the disk was full, all of them read back"
    return outcome


@promised()
def not_writable(program, starts, folder):
    """A folder, a file and a file system that may only be read."""
    outcome = Outcome(
        "Where nothing may be written, reading works and writing ends with exit code 7, the file as it was",
        f"{len(READING)} reading and {len(WRITING)} writing commands on a file system that is mounted read-only, and in a "
        "folder and a file without the right to write")
    place = os.path.join(folder, "readonly")
    copy(os.path.join(starts, "sample"), place)
    with open(os.path.join(place, "favs.db"), "rb") as file:
        before = file.read()

    def attempt(how, **more):
        favs = Favs(program, place)
        # The log and copies of pipes have their place elsewhere.
        favs.environment.update(HOME=folder, TMPDIR=folder)
        for case in READING + WRITING:
            if case.start != "sample":
                continue
            done = favs.run(case.words, case.stdin, **more)
            outcome.tried()
            is_fine = done.code in ((0, FOUND) if case.words[0] == "doctor" and case in READING else (0,)) \
                if case in READING else done.code == FAILED
            if not is_fine:
                outcome.failed(f"favs {' '.join(case.words)}, {how}: exit code {done.code}: {done.err.strip()[:200]}")
        with open(os.path.join(place, "favs.db"), "rb") as file:
            if file.read() != before:
                outcome.failed(f"{how}: the file was changed")

    with mounted(outcome, "--bind", place, place) as is_there:
        if is_there:
            subprocess.run(["mount", "-o", "remount,ro,bind", place], check=True)
            attempt("on a file system that is read-only")
    nobody = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
    if nobody:
        for name in [".", *os.listdir(place)]:
            os.chown(os.path.join(place, name), 65534, 65534)
    os.chmod(folder, 0o777)
    os.chmod(os.path.join(place, "favs.db"), 0o400)
    os.chmod(os.path.join(place, "favs.db.lock"), 0o400)
    os.chmod(place, 0o500)
    attempt("without the right to write", **nobody)
    os.chmod(place, 0o700)
    outcome.result = outcome.result or "every one as it should be" if not outcome.failures else ""
    return outcome


@contextlib.contextmanager
def mounted(outcome, *words):
    """Mounts something for a while; gives whether that was possible, and notes it where not."""
    try:
        done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
        problem = done.stderr.strip()
        is_there = done.returncode == 0
    except FileNotFoundError:
        problem, is_there = "there is no mount", False
    if not is_there:
        outcome.skipped = f"nothing can be mounted here ({problem.splitlines()[0] if problem else 'mount failed'})"
        tell(f"  skipped: {outcome.skipped}")
    try:
        yield is_there
    finally:
        if is_there:
            subprocess.run(["umount", "--lazy", words[-1]], check=False)


@promised()
def output(program, starts, folder):
    """Standard output that cannot be written, or that nobody reads."""
    outcome = Outcome(
        "Output that does not arrive is told: exit code 7 for a full or closed one, 141 without a word for a pipe that "
        "nobody reads; what was changed is said",
        "every command with /dev/full, a closed standard output, and a broken pipe, whether or not SIGPIPE is ignored")
    favs = Favs(program, os.path.join(folder, "output"))

    def end(words, ignores_pipe=False, **more):
        ended = subprocess.run(
            [program, *words], env=favs.environment, cwd=favs.folder, stderr=subprocess.PIPE, timeout=20,
            restore_signals=not ignores_pipe, **more)
        outcome.tried()
        return ended.returncode, ended.stderr.decode()

    for case in READING + WRITING:
        for how in ("full", "closed", "pipe", "pipe, SIGPIPE ignored"):
            copy(os.path.join(starts, case.start), favs.folder)
            with tempfile.TemporaryFile() as given:
                given.write(case.stdin)
                given.seek(0)
                if how == "full":
                    with open("/dev/full", "wb") as full:
                        code, told = end(case.words, stdin=given, stdout=full)
                elif how == "closed":
                    code, told = end(["-c", 'exec "$0" "$@" >&-', program, *case.words], stdin=given, executable="/bin/sh")
                else:
                    reader, writer = os.pipe()
                    os.close(reader)
                    code, told = end(case.words, "ignored" in how, stdin=given, stdout=writer)
                    os.close(writer)
            is_silent = case.words[0] == "export" and case.target or case.words[:2] == ["backup", "restore"]
            wanted = (0,) if is_silent else (FAILED,) if "pipe" not in how else (141, -13)
            if code not in wanted:
                outcome.failed(f"favs {' '.join(case.words)}, {how}: exit code {code}: {told.strip()[:200]}")
            favs.is_sound() if case.start != "unindexed" else None
    outcome.result = "every one as it should be" if not outcome.failures else ""
    return outcome


def all(program, workers, starts, folder, full):
    return [at_calls(program, workers, starts, folder, full), disk_full(program, starts, folder),
            not_writable(program, starts, folder), output(program, starts, folder)]
