"""Standard output that cannot be written, or that nobody reads."""

import json
import os
import signal
import subprocess
import tempfile

from cases import READING, WRITING, Trial
from errors import CHANGE_MADE, FAILED
from favs import LIMIT, Broken, Done, Favs, copy
from outcome import Outcome, promised

# Those that have an output: not those that draw on a terminal.
PLAIN = [case for case in WRITING if not case.draws]
# The ways in which it is lost, and the exit code of each; Python tells the number of a signal with a minus.
FULL, CLOSED, PIPE, IGNORED = "/dev/full", "closed", "pipe that nobody reads", "the same, SIGPIPE ignored"
WAYS = {FULL: FAILED, CLOSED: FAILED, PIPE: -signal.SIGPIPE, IGNORED: -signal.SIGPIPE}


class Loss:
    """One trial: a command, the way in which its output is lost, the last change before it, and what is said as a rule."""

    def __init__(self, trial, way, last, said):
        self.trial, self.way, self.last, self.said = trial, way, last, said

    def __str__(self):
        return f"favs {' '.join(self.trial.case.words)}, {self.way}"


@promised()
def lost(program, workers, starts, folder):
    """Loses the output of each case in each way."""
    outcome = Outcome(
        "Output that does not arrive is told: exit code 7 for a full or closed one, which names the change that was made all "
        "the same; the end by SIGPIPE without a word for a pipe that nobody reads. The change is made and whole, and nothing "
        "is printed into the favourites",
        f"{len(READING)} reading and {len(PLAIN)} writing command lines, each with a standard output that is "
        + ", ".join(WAYS))
    favs = Favs(program, os.path.join(folder, "output", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    losses, named = [], []
    for case in READING + PLAIN:
        trial = Trial(case, starts, favs)
        copy(trial.start, favs.folder)
        last = last_change(favs)
        said = favs.run(case.words, case.stdin).err
        losses += [Loss(trial, way, last, said) for way in WAYS]

    def attempt(favs, loss):
        if judge(favs, loss, end(favs, loss)):
            with outcome.lock:
                named.append(loss)

    workers.all(outcome, losses, attempt)
    outcome.result = f"{len(named):,} times a change was named that was made, otherwise it was as it should be too"
    return outcome


def end(favs, loss):
    """Runs a command whose output is lost."""
    case = loss.trial.case
    copy(loss.trial.start, favs.folder)
    words = [favs.program, *case.words]
    with tempfile.TemporaryFile() as given:
        given.write(case.stdin)
        given.seek(0)
        writer = None
        if loss.way == FULL:
            writer = os.open("/dev/full", os.O_WRONLY)
        elif loss.way == CLOSED:
            words = ["/bin/sh", "-c", 'exec "$0" "$@" >&-', *words]
        else:
            reader, writer = os.pipe()
            os.close(reader)
        try:
            # Python itself ignores SIGPIPE, and leaves it so to what it runs unless that is restored.
            ended = subprocess.run(
                words, env=favs.environment, cwd=favs.folder, stdin=given, stdout=writer, stderr=subprocess.PIPE,
                timeout=LIMIT, check=False, restore_signals=loss.way != IGNORED)
        except subprocess.TimeoutExpired:
            raise Broken(f"no end within {LIMIT} s") from None
        finally:
            if writer is not None:
                os.close(writer)
    return Done(ended.returncode, b"", ended.stderr.decode(errors="replace"))


def judge(favs, loss, done):
    """Whether a change was named; raises `Broken` unless the command ended as it has to."""
    trial, case, message = loss.trial, loss.trial.case, done.err.strip()[:300]
    # First of all: a closed descriptor could have become that of the file.
    state = trial.has(favs)
    changes = trial.old != trial.new
    wanted = WAYS[loss.way] if trial.printed else trial.code
    if done.code != wanted:
        raise Broken(f"exit code {done.code} instead of {wanted}: {message}")
    # Output comes after the change is durable.
    if changes and state != "new":
        raise Broken(f"the change is not made: {message}")
    change = CHANGE_MADE.search(done.err)
    if trial.printed:
        if wanted == FAILED:
            names(favs, loss, change, message)
        elif not loss.said.startswith(done.err):
            raise Broken(f"ends with a word: {message}")
    case.check_backups(favs)
    if state != "old" or case.start != "unindexed":
        favs.is_sound()
    favs.still_writes()
    return change is not None


def last_change(favs):
    """The number of the last change; None where there is none."""
    if not os.path.exists(favs.file):
        return None
    found = json.loads(favs.must("history", "--per-page", "1", "--json"))
    return found[0]["number"] if found else None


def names(favs, loss, change, message):
    """Raises `Broken` unless a message tells that output was lost, and which change was made."""
    if "cannot write output: " not in message:
        raise Broken(f"the loss is not told: {message}")
    number = last_change(favs)
    if change and int(change[1]) != number:
        raise Broken(f"names a change that is not the last, which is {number}: {message}")
    counts = number != loss.last
    if counts and not change:
        raise Broken(f"change {number} is made, and not named: {message}")
    if change and not counts:
        raise Broken(f"names a change that was there before: {message}")
