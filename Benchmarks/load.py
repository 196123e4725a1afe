#!/usr/bin/env python3
"""Puts favs under load: many processes at once on one file, and a limit for how long any may take.

Closed loop: so many workers, each of which starts its next command when the last has ended. Open loop:
commands arrive at a fixed rate whether or not the last have ended, and the time of each counts from when it
should have arrived. Ends with 1 when a command failed or a p99 exceeds its limit.
"""

import argparse
import concurrent.futures
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time

sys.dont_write_bytecode = True

import generate
from measure import Failed, percentile, run, spawn

COUNT = 100_000
MIX = {"search": 40, "list": 30, "show": 20, "add": 10}
# A person takes up to 100 ms for "at once" (R. B. Miller, 1968; J. Nielsen, 1993): that is what every kind of
# command has to keep at its 99th percentile, with a few at work and with a hundred arriving in a second, which is
# more than a person with scripts starts. One alone has the machine to itself: half of that. Sixteen that never
# rest wait for the processor above all, four times as long as four do, and so they get four times the limit.
AT_ONCE = 100
CLOSED = {1: AT_ONCE / 2, 4: AT_ONCE, 16: 4 * AT_ONCE}
OPEN = {50: AT_ONCE, 100: AT_ONCE}
# So many processes at most, even if arrivals pile up.
MOST = 256

REASON = (
    f"Limits for the p99 of each kind: {AT_ONCE} ms, up to which a person takes an answer for immediate, with 4 "
    "workers and at fixed rates; half of it for 1 worker, which has the machine to itself; four times as much for "
    "16 workers, who wait for the processor four times as long as 4 do. `make load` measures just this, and fails "
    "when a limit is exceeded or a command fails.")


class Loops:
    """Commands in a mix, on one file."""

    def __init__(self, favs, environment, words, count, seconds=10):
        self.favs = favs
        self.environment = environment
        self.words = words
        self.count = count
        self.seconds = seconds
        self.added = 0

    def command(self, dice):
        kind = dice.choices(list(MIX), MIX.values())[0]
        cut = ["--page", "1", "--per-page", "20"]
        if kind == "search":
            return kind, ["search", dice.choice(self.words)] + cut
        if kind == "list":
            return kind, ["list"] + cut
        if kind == "show":
            return kind, ["show", str(dice.randrange(self.count) + 1)]
        self.added += 1
        return kind, ["add", f"Under load {self.added} {dice.choice(self.words)}", "-c", "inbox"]

    def once(self, kind, words, begin, times):
        process = spawn([self.favs] + words, self.environment)
        _, status = os.waitpid(process, 0)
        times.append((kind, (time.perf_counter() - begin) * 1000, os.waitstatus_to_exitcode(status)))

    def closed(self, workers):
        times = []
        end = time.perf_counter() + self.seconds

        def work(number):
            dice = random.Random(number)
            while (begin := time.perf_counter()) < end:
                self.once(*self.command(dice), begin, times)

        threads = [threading.Thread(target=work, args=[number]) for number in range(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return times

    def opened(self, rate):
        times = []
        dice = random.Random(rate)
        begin = time.perf_counter()
        with concurrent.futures.ThreadPoolExecutor(MOST) as pool:
            jobs = []
            for number in range(rate * self.seconds):
                due = begin + number / rate
                time.sleep(max(0, due - time.perf_counter()))
                jobs.append(pool.submit(self.once, *self.command(dice), due, times))
            for job in jobs:
                job.result()
        return times

    def all(self, tell):
        """Rows of a table, and what exceeds its limit."""
        rows, broken = [], []
        runs = [(f"{workers} workers" if workers > 1 else "1 worker", self.closed, workers, limit)
                for workers, limit in CLOSED.items()]
        runs += [(f"{rate} a second", self.opened, rate, limit) for rate, limit in OPEN.items()]
        for name, loop, argument, limit in runs:
            begin = time.perf_counter()
            times = loop(argument)
            seconds = time.perf_counter() - begin
            for kind in MIX:
                own = [taken for other, taken, _ in times if other == kind]
                errors = sum(other == kind and code != 0 for other, _, code in times)
                if not own:
                    continue
                last = percentile(own, 99)
                rows.append(
                    [f"{name}, `favs {kind}`"] + [f"{percentile(own, share):,.1f}" for share in (50, 95, 99)]
                    + [f"{limit:.0f}", f"{len(own) / seconds:,.0f}", str(len(own)), str(errors)])
                tell("    " + "  ".join(rows[-1]))
                if last > limit:
                    broken.append(f"{name}, favs {kind}: p99 is {last:,.1f} ms, its limit {limit:.0f} ms")
                if errors:
                    broken.append(f"{name}, favs {kind}: {errors} failed")
        return rows, broken


HEAD = ["", "p50 ms", "p95 ms", "p99 ms", "limit ms", "a second", "runs", "failed"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program to measure")
    parser.add_argument("--count", type=int, default=COUNT, help="how many favourites")
    parser.add_argument("--seconds", type=int, default=10, help="how long each loop lasts")
    arguments = parser.parse_args()

    def tell(text):
        print(text, flush=True)

    with tempfile.TemporaryDirectory(prefix="favs-load-") as folder:
        environment = {
            "HOME": folder, "FAVS_DB": os.path.join(folder, "favs.db"), "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        making = [sys.executable, generate.__file__, "--count", str(arguments.count)]
        sample = os.path.join(folder, "sample.jsonl")
        with open(sample, "wb") as file:
            subprocess.run(making, stdout=file, check=True)
        words = json.loads(subprocess.run(making + ["--facts"], stdout=subprocess.PIPE, check=True).stdout)["words"]
        favs = os.path.abspath(arguments.favs)
        try:
            run([favs, "import", "-", "--quiet"], environment, stdin=sample)
        except Failed as failure:
            sys.exit(f"load: {failure}")
        tell("    " + "  ".join(HEAD[1:]))
        _, broken = Loops(favs, environment, words, arguments.count, arguments.seconds).all(tell)
    for line in broken:
        print(f"load: {line}", file=sys.stderr)
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
