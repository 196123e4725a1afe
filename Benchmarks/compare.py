#!/usr/bin/env python3
"""Compares two favs programs in one run: the same commands on the same favourites, in turn.

Each program loads a file of its own, so that they may have different layouts. Each round runs every command once by
both, one straight after the other and which comes first by chance. A command is slower where the ratio of its times,
new by old, is above the limit with confidence: where less than 1 in 1,000 resamplings of its rounds (a bootstrap,
Efron 1979, https://doi.org/10.1214/aos/1176344552) has a median at or below it. Ends with 1 where one is.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile

sys.dont_write_bytecode = True

from bench import Bench, installed, tell
from measure import Failed, run

COMPARED = ["commands", "search", "ranks"]
RESAMPLINGS = 2_000
# Below that many rounds nothing is said with confidence.
LEAST = 20


def bounds(ratios, dice):
    """The median of some ratios, and between which two it lies but for 1 time in 1,000 at each end."""
    medians = sorted(
        statistics.median(dice.choices(ratios, k=len(ratios))) for _ in range(RESAMPLINGS))
    edge = RESAMPLINGS // 1_000
    return statistics.median(ratios), medians[edge], medians[-1 - edge]


class Comparison(Bench):
    """Measures as the bench does, but by two programs."""

    def __init__(self, arguments, folder):
        super().__init__(arguments, folder)
        self.base = installed(arguments.base, folder, "base")
        self.limit = arguments.limit
        self.dice = random.Random(11)
        self.slower = []

    def prepare(self, count):
        new, old = self.favs, self.path(f"base-{count}.db")
        self.favs = self.base
        made = super().prepare(count)
        os.rename(made, old)
        self.remove(made)
        self.favs = new
        self.old = old
        return super().prepare(count)

    def measure(self, title, cases, file, *_):
        cases = [case for case in cases if case.words(0)[0] != self.sqlite]
        sides = [(self.base, self.environment(self.old)), (self.favs, self.environment(file))]
        ratios = {case: [] for case in cases}
        for turn in range(self.rounds + 1):
            for case in self.dice.sample(cases, len(cases)):
                times = [0.0, 0.0]
                for side in self.dice.sample((0, 1), 2):
                    program, environment = sides[side]
                    words = [program] + case.words(turn)
                    times[side] = run(words, environment, expected=case.expected).milliseconds
                    if case.after:
                        run([program] + case.after(turn), environment)
                if turn > 0:
                    ratios[case].append(times[1] / times[0])
        self.heading(title)
        rows = []
        for case in cases:
            middle, least, most = bounds(ratios[case], self.dice)
            is_slower = least > self.limit
            if is_slower:
                self.slower.append(case.name)
            rows.append([case.name, f"{middle:.3f}", f"{least:.3f} to {most:.3f}", "slower" if is_slower else ""])
            tell("    " + "  ".join(rows[-1]))
        self.table(["", "new by old", "with confidence", ""], rows)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the new program")
    parser.add_argument("--base", required=True, help="the program that it is compared with")
    parser.add_argument("--sizes", default="10000", help="how many favourites")
    parser.add_argument("--rounds", type=int, default=60, help="how often each command is run by both")
    parser.add_argument("--limit", type=float, default=1.05, help="the ratio that counts as slower")
    parser.add_argument("--only", default=",".join(COMPARED), help="some of: " + " ".join(COMPARED))
    arguments = parser.parse_args()
    if arguments.rounds < LEAST:
        parser.error(f"fewer than {LEAST} rounds tell nothing")
    arguments.only = arguments.only.split(",")
    if not set(arguments.only) <= set(COMPARED):
        parser.error("parts are " + " ".join(COMPARED))
    arguments.seconds, arguments.buku = 0, ""
    with tempfile.TemporaryDirectory(prefix="favs-compare-") as folder:
        comparison = Comparison(arguments, folder)
        try:
            comparison.all(sorted({int(size) for size in arguments.sizes.split(",")}))
        except Failed as failure:
            sys.exit(f"bench: {failure}")
        except KeyboardInterrupt:
            sys.exit(130)
        sys.stdout.write("\n".join(comparison.report).rstrip() + "\n")
    if comparison.slower:
        sys.exit("bench: slower than the base: " + "; ".join(comparison.slower))


if __name__ == "__main__":
    main()
