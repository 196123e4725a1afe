#!/usr/bin/env python3
"""Tortures favs: kills, power cuts, faults, crowds, damaged files. Ends with 1 when a promise was not kept.

The quick form takes a few minutes; the full form, which makes docs/reliability.md, an hour.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import cases
import crowds
import faults
import kills
import mutants
import power
import privacy
import report
import trace
from favs import Broken
from outcome import Outcome, Workers, tell

RESULTS = os.path.join(".build", "torture")


class Torture:
    """One run: the program, a folder that it leaves nothing behind in, and what was found."""

    def __init__(self, program, folder, full):
        self.folder = folder
        self.full = full
        self.program = os.path.join(folder, "favs")
        # A copy that any user may run, in a place that is not built anew meanwhile.
        shutil.copy(program, self.program)
        os.chmod(self.program, 0o755)
        self.workers = Workers(self.program, folder)
        self.starts = cases.prepare(self.program, self.place("starts"))

    def place(self, name):
        path = os.path.join(self.folder, name)
        os.makedirs(path, mode=0o700)
        return path


PARTS = {
    "kill-sweep": lambda run: [kills.sweep(run.program, run.workers, run.starts, run.place("sweep"), run.full)],
    "random-kills": lambda run: [kills.at_random(run.program, run.place("kills"), 10_000 if run.full else 1_000)],
    "power": lambda run: [power.cuts(run.program, run.workers, run.starts, run.place("power"), 20_000 if run.full else 2_000)],
    "faults": lambda run: faults.all(run.program, run.workers, run.starts, run.place("faults"), run.full),
    "crowds": lambda run: crowds.all(run.program, run.place("crowds"), run.starts, run.full),
    "mutants": lambda run: mutants.all(run.program, run.workers, run.starts, run.place("mutants"), 10_000 if run.full else 1_000),
    "privacy": lambda run: privacy.all(run.program, run.starts, run.place("privacy")),
}
# Parts that see or change system calls.
TRACING = {"kill-sweep", "power", "privacy"}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program")
    parser.add_argument("--full", action="store_true", help="many more trials")
    parser.add_argument("--only", default=",".join(PARTS), help="these parts: " + ", ".join(PARTS))
    parser.add_argument("--report", help="write the table of all results here")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.favs)
    if not os.access(program, os.X_OK):
        sys.exit(f"torture: there is no program at {program}: make build comes first")
    unknown = set(arguments.only.split(",")) - set(PARTS)
    if unknown:
        sys.exit(f"torture: no such part: {', '.join(sorted(unknown))}")

    os.makedirs(RESULTS, exist_ok=True)
    tracing = trace.is_here()
    failures = 0
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="favs-torture-", dir=quick_folder()) as folder:
        os.chmod(folder, 0o755)
        run = Torture(program, folder, arguments.full)
        for name in arguments.only.split(","):
            tell(name)
            start = time.monotonic()
            if name in TRACING and not tracing:
                outcomes = [Outcome(name, "strace")]
                outcomes[0].skipped = "strace is missing, or may not trace here"
            else:
                try:
                    outcomes = PARTS[name](run)
                except Broken as broken:
                    outcomes = [Outcome(name, "")]
                    outcomes[0].failed(str(broken))
            seconds = time.monotonic() - start
            found = {"name": name, "full": arguments.full, "seconds": round(seconds, 1),
                     "rows": [outcome.row() for outcome in outcomes]}
            with open(os.path.join(RESULTS, f"{name}.json"), "w", encoding="utf-8") as file:
                json.dump(found, file, indent=1, ensure_ascii=False)
            for outcome in outcomes:
                failures += len(outcome.failures)
                state = "skipped: " + outcome.skipped if outcome.skipped else \
                    f"{len(outcome.failures)} FAILED" if outcome.failures else "kept"
                tell(f"  {outcome.promise}\n    {outcome.trials:,} trials, {state}. {outcome.row()['result']}")
            tell(f"  {seconds:.0f} s")
    tell(f"torture: {time.monotonic() - begin:.0f} s in all")
    if arguments.report:
        report.write(arguments.report, RESULTS, program)
    sys.exit(1 if failures else 0)


def quick_folder():
    """A folder in memory where there is one: what is tried here does not depend on the disk."""
    return "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None


if __name__ == "__main__":
    main()
