"""What a part of the torture found: the rows of the table, and the work shared among processors."""

import collections
import concurrent.futures
import functools
import os
import queue
import shutil
import sys
import threading
import traceback

import trace
from favs import Broken, Favs

# More are not listed: the first ones tell what is wrong.
LISTED = 200
# The tool that sees system calls and changes what they give.
STRACE = "strace"


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Skipped(Exception):
    """What is needed to try a promise is not here."""


class Attempt:
    """What a function that tries promises has begun, so that nothing of it is lost where it breaks off."""

    # Several may be tried at once, each by a thread of its own.
    of_thread = threading.local()

    @classmethod
    def current(cls):
        return getattr(cls.of_thread, "attempt", None)

    def __init__(self, lack=""):
        self.lack = lack
        self.made = []

    def __enter__(self):
        self.outer, Attempt.of_thread.attempt = Attempt.current(), self
        return self

    def __exit__(self, *_):
        Attempt.of_thread.attempt = self.outer
        if self.outer:
            self.outer.made += self.made

    def broke(self, error, name):
        """Notes what ended it: a failure of the promise that was tried last."""
        outcome = self.made[-1] if self.made else Outcome(name, "")
        if not isinstance(error, Broken):
            tell(traceback.format_exc())
        outcome.failed(what(error))


def what(error):
    """An exception, as a failure tells it."""
    return str(error) if isinstance(error, Broken) else f"{type(error).__name__}: {error}"


@functools.cache
def lack(tool):
    """Why a tool cannot be used here; empty where it can."""
    if tool == STRACE:
        return "" if trace.is_here() else "strace is missing, or may not trace here"
    return "" if shutil.which(tool) else f"{tool} is missing"


def promised(*tools):
    """Sets a function apart that tries one promise and gives its outcome.

    Where it lacks a tool the promise is skipped, and whatever it raises is a failure of this promise alone. For that
    it has to begin with its `Outcome`.
    """
    def around(function):
        @functools.wraps(function)
        def apart(*words, **more):
            with Attempt(next(filter(None, map(lack, tools)), "")) as attempt:
                try:
                    return function(*words, **more)
                except Skipped:
                    pass
                except Exception as error:
                    attempt.broke(error, function.__name__)
                return attempt.made[-1]
        return apart
    return around


class Outcome:
    """One promise: how it was provoked, how often, what came of it."""

    def __init__(self, promise, provoked):
        self.promise, self.provoked = promise, provoked
        self.trials = 0
        self.failures = []
        self.counts = collections.Counter()
        self.result = ""
        self.skipped = None
        self.lock = threading.Lock()
        attempt = Attempt.current()
        if attempt:
            attempt.made.append(self)
            if attempt.lack:
                self.skip(attempt.lack)

    def skip(self, why):
        """Ends the function that is set apart by `promised`: what it needs is not here."""
        self.skipped = why
        raise Skipped(why)

    def tried(self, count=1):
        with self.lock:
            self.trials += count

    def count(self, name, number=1):
        """Counts something that the result tells; from any thread."""
        with self.lock:
            self.counts[name] += number

    def failed(self, text):
        with self.lock:
            self.failures.append(text)
        if len(self.failures) <= LISTED:
            tell(f"    FAILED: {text}")

    @property
    def state(self):
        if self.failures:
            return f"{len(self.failures):,} FAILED"
        return f"skipped: {self.skipped}" if self.skipped else "kept"

    def row(self):
        # What is written for the case that all went well is not claimed of a run in which something failed.
        result = f"NOT KEPT: {self.failures[0]}" if self.failures else self.result
        return {
            "promise": self.promise, "provoked": self.provoked, "trials": self.trials, "result": result,
            "failures": len(self.failures), "failed": self.failures[:LISTED], "skipped": self.skipped}


class Reached:
    """Which states each case was found in: a case that was never tried where something was at stake shows nothing."""

    def __init__(self, *states):
        self.counts = {state: collections.Counter() for state in states}

    def note(self, case, *states):
        for state in states:
            self.counts[state][case.name] += 1

    def __getitem__(self, state):
        return self.counts[state].total()

    def demand(self, outcome, cases, least, *states):
        """Fails the promise where a case was found in one of these states less often than that."""
        for state in states:
            rare = [case.name for case in cases if self.counts[state][case.name] < least]
            if rare:
                outcome.failed(f"found {state} less than {least} times: {', '.join(rare)}")


class Workers:
    """Tries many things at once, each in a folder of its own."""

    def __init__(self, program, folder, count=None):
        self.program = program
        self.folder = folder
        self.count = count or os.cpu_count() or 1

    def another(self, name):
        """The program in a folder as deep as that of any worker: SQLite looks at each folder on the way to a file."""
        parent = os.path.join(self.folder, name)
        os.makedirs(parent, exist_ok=True)
        return Favs(self.program, os.path.join(parent, "w"))

    def all(self, outcome, trials, attempt):
        """Calls `attempt(favs, trial)` for each trial; what it raises is a failure."""
        free = queue.SimpleQueue()
        for number in range(self.count):
            free.put(self.another(f"worker-{number}"))

        def once(trial):
            favs = free.get()
            try:
                attempt(favs, trial)
            except Exception as error:
                outcome.failed(f"{trial}: {what(error)}")
            finally:
                outcome.tried()
                free.put(favs)

        pool = concurrent.futures.ThreadPoolExecutor(self.count)
        try:
            for job in [pool.submit(once, trial) for trial in trials]:
                job.result()
        finally:
            # Who ends the torture does not wait for what has not begun.
            pool.shutdown(cancel_futures=True)
