"""Faults of the system: each call of it that fails, and the places and outputs where nothing can be written."""

import os
import random
import re

import output
import places
from cases import READING, WRITING, Trial
from errors import (
    BUSY, CHANGE_MADE, DAMAGED, ERRORS, FAILED, FILE_MADE, FIRST_SYNC, FOUND, MADE_AGAIN, MUST_TELL, REASONS, ROOM, SIGHTS_MADE,
    STANDARD, TAKING_BACK, WITHOUT, excuse, has_reason, place)
from favs import Broken, copy
from outcome import STRACE, Outcome, promised, tell
from trace import inject, since_first_touch, trace

# How the name of the folder begins in which curl puts its answers.
WEB_FOLDER = "favs-web-"
# So many trials are made in a quick run.
QUICK = 1_000


class Fault:
    """One trial: a command, one of its calls, the error that the call gives, and the part that it plays for a journal."""

    def __init__(self, trial, call, error, part):
        self.trial, self.call, self.error, self.part = trial, call, error, part

    def __str__(self):
        return f"favs {' '.join(self.trial.case.words)}, {self.error} at {self.call} ({self.call.text[:60]})"

    @property
    def kind(self):
        """What faults have in common that a quick run tries one of at least."""
        # Which page it is that cannot be read matters to doctor: with some it looks on, and at a damaged file then.
        looks = (self.trial.case.name, self.call.number % 16) if self.reads and self.trial.case.words[0] == "doctor" else None
        return self.error, self.call.name, place(self.call.text), self.part, looks

    @property
    def reads(self):
        """SQLite reads pages by this call alone."""
        return self.error == "EIO" and self.call.name == "pread64"

    @property
    def waits(self):
        """SQLite takes a lock that cannot be had for one that another holds, and tries again."""
        return self.error in ("ENOLCK", "EINTR") and self.call.name == "fcntl"


def touches(call, folder):
    """Whether a call has to do with what the program is started with, or with what is in the folder or above it."""
    text = call.plain
    path = re.match(r'(?:AT_FDCWD, )?"([^"]*)"', text)
    if folder in text or text[:2] in STANDARD:
        return True
    return path is not None and (not path[1].startswith("/") or folder.startswith(path[1]))


class Journals:
    """The journals in each folder, as far as calls have got with them."""

    MADE, SYNCED, TAKEN_BACK = range(3)

    def __init__(self):
        self.stages = {}

    def part(self, call):
        """The part that a call plays: `FIRST_SYNC`, `TAKING_BACK`, or none that matters."""
        path = re.match(r'(?:AT_FDCWD(?:<[^>]*>)?, )?"([^"]*)"|\d+<([^>]*)>\)', call.text)
        path = path and (path[1] or path[2]) or ""
        folder, is_sync = os.path.dirname(path), call.name in ("fdatasync", "fsync")
        if path.endswith("-journal"):
            stage = self.stages.get(folder)
            if call.name == "openat" and "O_CREAT" in call.text:
                self.stages[folder] = Journals.MADE
            elif is_sync and stage == Journals.MADE:
                self.stages[folder] = Journals.SYNCED
            elif call.name in ("unlink", "unlinkat"):
                # Nothing is written to the file before its journal is synced: there was nothing to keep.
                self.stages[folder] = Journals.TAKEN_BACK if stage == Journals.MADE else None
                return TAKING_BACK if stage == Journals.MADE else None
        elif is_sync and path in self.stages:
            stage = self.stages.pop(path)
            return {Journals.SYNCED: FIRST_SYNC, Journals.TAKEN_BACK: TAKING_BACK}.get(stage)
        return None


def faults(trial, calls, folder, without):
    """The faults of a command's calls that touch the folder; notes the names of calls that none is known for."""
    journals = Journals()
    for call in calls:
        if not touches(call, folder):
            continue
        part = journals.part(call)
        if not any(call.name in names for names in ERRORS.values()) and call.name not in WITHOUT:
            without.add(call.name)
        # Only locks that are taken can fail; that they are given back cannot.
        if call.name == "fcntl" and ("F_SETLK" not in call.text or "F_UNLCK" in call.text):
            continue
        for error, names in ERRORS.items():
            if call.name in names and not (call.name == "openat" and error in ROOM and "O_CREAT" not in call.text):
                yield Fault(trial, call, error, part)


def chosen(starts, traced, full):
    """The trials to be made: all, or of each kind one and of the others so many that they are `QUICK`."""
    dice = random.Random(3)
    trials, without = [], set()
    for case in WRITING + READING:
        trial = Trial(case, starts, traced)
        copy(trial.start, traced.folder)
        calls = since_first_touch(trace(traced, case), traced)
        groups = {}
        for fault in faults(trial, calls, traced.folder, without):
            # Of calls that differ in their place only, a quick run takes some.
            groups.setdefault((*fault.kind, re.sub(r'"[^"]*"|\d+', "", fault.call.text)), []).append(fault)
        for members in groups.values():
            trials += members if full else dice.sample(members, min(2, len(members)))
    if without:
        tell(f"  no fault is known for {', '.join(sorted(without))}")
    if full or len(trials) <= QUICK:
        return trials
    dice.shuffle(trials)
    kinds = {fault.kind: fault for fault in trials}
    first = set(map(id, kinds.values()))
    rest = [fault for fault in trials if id(fault) not in first]
    return list(kinds.values()) + rest[:max(0, QUICK - len(kinds))]


@promised(STRACE)
def at_calls(workers, starts, full):
    """Lets calls of commands fail."""
    outcome = Outcome(
        "After a call of the system that fails the state is as it was, and exit code 7 tells it, with the reason where SQLite "
        "passes it on (6 for a page that cannot be read, 5 for a lock that cannot be had); or the state is the new one, and "
        "that is said. A command ends with 0 only where it did all it had to without that call. Reads and writes that are "
        "interrupted are made again; no interrupted lock or sync leads to a wrong success or a wait without end. Reading and "
        "writing work afterwards",
        "commands, and calls of each that fail (strace)")
    traced = workers.another("traced")
    trials = chosen(starts, traced, full)
    tried = {fault.trial.case.name for fault in trials}
    errors = [error for error in ERRORS if any(fault.error == error for fault in trials)]
    kinds = {fault.kind[:4] for fault in trials}
    outcome.provoked = (
        f"{sum(case.name in tried for case in WRITING)} writing and {sum(case.name in tried for case in READING)} reading "
        f"command lines, {', '.join(errors)} at " + ("every call" if full else "calls") + " that can give it "
        f"({len(kinds)} different ones by error, call and file; strace)")
    tell(f"  {len(trials):,} faults, {len(kinds)} different ones")
    ended = {}

    def attempt(favs, fault):
        copy(fault.trial.start, favs.folder)
        done = favs.run(fault.trial.case.words, fault.trial.case.stdin, before=inject(fault.call, f"error={fault.error}"))
        with outcome.lock:
            ended[done.code] = ended.get(done.code, 0) + 1
        judge(favs, fault, done)

    workers.all(outcome, trials, attempt)
    outcome.result = ", ".join(
        f"{count:,} {'done' if code == 0 else f'with exit code {code}'}" for code, count in sorted(ended.items()))
    return outcome


def judge(favs, fault, done):
    """Raises `Broken` unless a command ended as it may after a call of it failed."""
    trial, message = fault.trial, done.err.strip()[:300]
    # Answers come in pieces of any size, so that the call of a number may be one of another file than was seen. Where
    # that is the database, the command says so.
    is_of_database = favs.file in done.err
    is_of_web = WEB_FOLDER in fault.call.text or "no title was fetched" in done.err
    if trial.case.network and is_of_web and not is_of_database:
        asked_in_vain(favs, fault, done, message)
        return
    if trial.case.words[0] == "doctor" and done.code == FOUND:
        state = looked(favs, fault, done)
    elif trial.code and done.code == trial.code:
        # One that ends so without any fault, as a look at a file that is not there does.
        state = trial.has(favs)
    else:
        state = trial.has(favs)
        changes = trial.old != trial.new
        if done.code == 0:
            if changes and state != "new":
                raise Broken(f"told as done, and is not: {message}")
            if trial.printed and not trial.acknowledged(favs, done.out):
                raise Broken(f"done, and prints something else: {done.out[:200]}")
            makes = fault.call.name == "openat" and "O_CREAT" in fault.call.text
            if fault.error != "EINTR" and (makes or fault.call.name in MUST_TELL) and excuse(fault) is None:
                raise Broken("the call failed, and the command is told as done")
        else:
            failed(fault, done, message)
            told_as(trial, done, state, message)
    trial.case.check_backups(favs)
    if trial.case.start == "unindexed" and state == "old":
        favs.must("doctor", "--fix")
    # A file that was named and is not there is none.
    favs.must("list", codes=(0,) if os.path.exists(favs.file) else (3,))
    favs.is_sound()
    favs.still_writes()


def asked_in_vain(favs, fault, done, message):
    """Raises `Broken` unless what goes wrong in the folder of curl's answers costs these alone."""
    if done.code != 0 and "--fetch" in fault.trial.case.words:
        raise Broken(f"a page that was not had makes an add fail: exit code {done.code}: {message}")
    if done.code not in (0, FAILED):
        raise Broken(f"exit code {done.code}: {message}")
    if done.code == FAILED and "favs: " not in done.err:
        raise Broken(f"no message: {message}")
    favs.is_sound()
    favs.still_writes()


def failed(fault, done, message):
    """Raises `Broken` unless a command may end with its code and its message."""
    if fault.error == "EINTR" and fault.call.name in MADE_AGAIN:
        raise Broken(f"was interrupted, and is not made again: exit code {done.code}: {message}")
    if done.code != FAILED and not (fault.waits and done.code == BUSY) and not (fault.reads and done.code == DAMAGED):
        raise Broken(f"exit code {done.code}: {message}")
    if "favs: " not in done.err and '{"error":' not in done.err:
        raise Broken(f"no message: {message}")
    if done.code == FAILED and has_reason(fault) and not any(reason in done.err for reason in REASONS[fault.error]):
        raise Broken(f"the reason is not told: {message}")


def told_as(trial, done, state, message):
    """Raises `Broken` unless what a failed command says and prints agrees with what it did."""
    case = trial.case
    change, file = CHANGE_MADE.search(done.err), FILE_MADE.search(done.err)
    # A restored backup, or an archive loaded where nothing was, is the file itself; what else is made by the way changes
    # nothing that a person would see.
    own = "favs.db" if case.words[:2] == ["backup", "restore"] or case.words[0] == "import" else case.target
    # A backup gets a name of its own.
    is_own = file and (os.path.basename(file[1]) == own or own is None and case.words[:2] == ["backup", "create"])
    made = change or is_own or case.name == "check" and SIGHTS_MADE.search(done.err)
    if trial.old == trial.new:
        if change:
            raise Broken(f"told as made, and nothing changes: {message}")
        return
    if state == "new":
        # Where the output is lost, these do not say that their file is made: no change counts it.
        without_change = case.words[:2] == ["backup", "create"] or "--salvage" in case.words
        if not made and not (without_change and "cannot write output" in done.err):
            raise Broken(f"told as failed, and is done: {message}")
        return
    # The change that a salvage speaks of is the one in its draft.
    if made and "--salvage" not in case.words:
        raise Broken(f"told as made, and is not: {message}")
    if done.out:
        raise Broken(f"failed, and prints {done.out[:200]}: {message}")


def looked(favs, fault, done):
    """The state after a look of doctor that found something; raises `Broken` where that is not so."""
    trial, words = fault.trial, fault.trial.case.words
    if not fault.reads:
        raise Broken(f"doctor finds something: {done.out[-300:]}")
    if "--fix" in words:
        state = trial.has(favs)
    else:
        with open(favs.file, "rb") as file, open(os.path.join(trial.start, "favs.db"), "rb") as before:
            if file.read() != before.read():
                raise Broken("doctor changed the file that it was to look at")
        state = "old"
    out = done.out.decode(errors="replace")
    if "--salvage" not in words:
        if "bad\t" not in out:
            raise Broken(f"doctor ends with {FOUND}, and tells of nothing: {out[:300]}")
        return state
    # Out of a file with a page that cannot be read, not all can be got; it is told how much was lost.
    if not re.search(r"^[1-9]\d*\t(?:lost rows|unreadable pages)$", out, re.MULTILINE):
        raise Broken(f"salvaged, and no loss is told: {out[:300]}")
    saved = os.path.join(favs.folder, trial.case.target)
    if not os.path.exists(saved):
        raise Broken(f"told as salvaged, and there is no file: {out[:300]}")
    favs.is_sound(saved)
    titles = ["list", "--format", "{title}\n"]
    known = favs.must(*titles).splitlines()
    strange = [title for title in favs.must("--db", saved, *titles).splitlines() if title not in known]
    if strange:
        raise Broken(f"salvaged what was never there: {strange[:3]}")
    return state


def all(program, workers, starts, folder, full):
    return [at_calls(workers, starts, full), places.disk_full(program, folder),
            places.read_only(program, starts, folder), places.without_right(program, starts, folder),
            output.lost(program, workers, starts, folder)]
