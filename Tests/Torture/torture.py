#!/usr/bin/env python3
"""Tortures favs: kills, power cuts, faults, crowds, damaged files, hostile hands. Ends with 1 when a promise was not kept.

What cannot be tried here is skipped and told; with --strict it counts as not kept. The full form makes
docs/reliability.md, and takes far longer.
"""

import argparse
import datetime
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

import cases
import crowds
import doctor
import faults
import hands
import kills
import mutants
import power
import privacy
import report
import stamp
import syncs
import values
from favs import Broken
from outcome import Attempt, Workers, tell

RESULTS = os.path.join(".build", "torture")
# The quick form is there to be run often: longer than this, in seconds, it should not take.
QUICK = 300


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

    def outcomes(self, name):
        """Runs one part. What breaks it off is a failure; what it had found by then stays."""
        with Attempt() as attempt:
            try:
                found = PARTS[name](self)
            except Exception as error:
                attempt.broke(error, name)
                found = attempt.made
        for outcome in found:
            # A loop over nothing keeps every promise.
            if not (outcome.trials or outcome.failures or outcome.skipped):
                outcome.failed("nothing was tried")
        return found


PARTS = {
    "kill-sweep": lambda run: [kills.sweep(run.program, run.workers, run.starts, run.place("sweep"), run.full)],
    "random-kills": lambda run: [kills.at_random(run.program, run.place("kills"), 10_000 if run.full else 1_000)],
    "power": lambda run: [power.cuts(run.program, run.workers, run.starts, run.place("power"), 22_000 if run.full else 2_200)],
    "faults": lambda run: faults.all(run.program, run.workers, run.starts, run.place("faults"), run.full),
    "crowds": lambda run: crowds.all(run.program, run.place("crowds"), run.starts, run.full),
    "mutants": lambda run: mutants.all(run.program, run.workers, run.starts, run.place("mutants"), 10_000 if run.full else 1_000),
    "values": lambda run: [values.strange(run.program, run.workers, run.starts, None if run.full else 60)],
    "doctor": lambda run: doctor.all(run.program, run.workers, run.starts, run.place("doctor")),
    "hands": lambda run: hands.all(run.program, run.workers, run.starts, run.place("hands"), run.full),
    "sync": lambda run: syncs.all(run.program, run.place("sync"), run.full),
    "privacy": lambda run: privacy.all(run.program, run.starts, run.place("privacy"), run.full),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program")
    parser.add_argument("--full", action="store_true", help="many more trials")
    parser.add_argument("--strict", action="store_true", help="what has to be skipped counts as not kept")
    parser.add_argument("--only", default=",".join(PARTS), help="these parts: " + ", ".join(PARTS))
    parser.add_argument("--report", help="write the table of all results here")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.favs)
    if not os.access(program, os.X_OK):
        sys.exit(f"torture: there is no program at {program}: make build comes first")
    wanted = arguments.only.split(",")
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"torture: no such part: {', '.join(sorted(unknown))}")
    # Who ends it by a signal finds no less cleared away than at its own end.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))

    os.makedirs(RESULTS, exist_ok=True)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="favs-torture-", dir=quick_folder()) as folder:
        os.chmod(folder, 0o755)
        try:
            run = Torture(program, folder, arguments.full)
            told = json.loads(subprocess.run([run.program, "version", "--json"], capture_output=True, check=True).stdout)
        except (Broken, subprocess.CalledProcessError, ValueError) as error:
            sys.exit(f"torture: there is nothing to start from: {error}")
        of = {"full": arguments.full, "program": stamp.of_file(run.program), "version": told["version"],
              "date": str(datetime.date.today())}
        kept = [part(run, name, of, arguments.strict) for name in wanted]
    seconds = time.monotonic() - begin
    tell(f"torture: {seconds:.0f} s in all")
    if not arguments.full and seconds > QUICK:
        tell(f"torture: warning: the quick form should take {QUICK} s at most")
    if arguments.report:
        is_all_kept = report.write(
            arguments.report, RESULTS, {**of, "sqlite": told["sqlite"]}, f"in {QUICK // 60} minutes at most as a rule")
        # The full form answers for all that its page tells, whoever tried it.
        kept.append(is_all_kept or not arguments.full)
    sys.exit(0 if all(kept) else 1)


def part(run, name, of, strict):
    """Runs one part and writes down what it found; gives whether all was kept."""
    tell(name)
    start = time.monotonic()
    outcomes = run.outcomes(name)
    seconds = time.monotonic() - start
    found = {"name": name, **of, "seconds": round(seconds, 1), "rows": [outcome.row() for outcome in outcomes]}
    with open(os.path.join(RESULTS, f"{name}.json"), "w", encoding="utf-8") as file:
        json.dump(found, file, indent=1, ensure_ascii=False)
    for outcome in outcomes:
        tell(f"  {outcome.promise}\n    {outcome.trials:,} trials, {outcome.state}. {outcome.row()['result']}")
    tell(f"  {seconds:.0f} s")
    return not any(outcome.failures or strict and outcome.skipped for outcome in outcomes)


def quick_folder():
    """A folder in memory where there is one: what is tried here does not depend on the disk."""
    return "/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None


if __name__ == "__main__":
    main()
