"""What a part of the torture found: the rows of the table, and the work shared among processors."""

import concurrent.futures
import os
import queue
import sys
import threading

from favs import Broken, Favs

# More are not listed: the first ones tell what is wrong.
LISTED = 200


def tell(text):
    print(text, file=sys.stderr, flush=True)


class Outcome:
    """One promise: how it was provoked, how often, what came of it."""

    def __init__(self, promise, provoked):
        self.promise, self.provoked = promise, provoked
        self.trials = 0
        self.failures = []
        self.result = ""
        self.skipped = None
        self.lock = threading.Lock()

    def tried(self, count=1):
        with self.lock:
            self.trials += count

    def failed(self, text):
        with self.lock:
            self.failures.append(text)
        if len(self.failures) <= LISTED:
            tell(f"    FAILED: {text}")

    def row(self):
        # What is written for the case that all went well is not claimed of a run in which something failed.
        result = f"NOT KEPT: {self.failures[0]}" if self.failures else self.result
        return {
            "promise": self.promise, "provoked": self.provoked, "trials": self.trials, "result": result,
            "failures": len(self.failures), "failed": self.failures[:LISTED], "skipped": self.skipped}


class Workers:
    """Tries many things at once, each in a folder of its own."""

    def __init__(self, program, folder, count=None):
        self.program = program
        self.folder = folder
        self.count = count or os.cpu_count() or 1

    def all(self, outcome, trials, attempt):
        """Calls `attempt(favs, trial)` for each trial; what it raises as `Broken` is a failure."""
        free = queue.SimpleQueue()
        for number in range(self.count):
            parent = os.path.join(self.folder, f"worker-{number}")
            os.makedirs(parent, exist_ok=True)
            free.put(Favs(self.program, os.path.join(parent, "w")))

        def once(trial):
            favs = free.get()
            try:
                attempt(favs, trial)
            except Broken as broken:
                outcome.failed(f"{trial}: {broken}")
            finally:
                outcome.tried()
                free.put(favs)

        with concurrent.futures.ThreadPoolExecutor(self.count) as pool:
            for job in [pool.submit(once, trial) for trial in trials]:
                job.result()
