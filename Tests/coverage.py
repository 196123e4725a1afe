#!/usr/bin/env python3
"""Tells which lines the tests run: of each target, and of the library, which has to reach a minimum.

The tests of the whole program are left out: they run it as a process of its own, of which nothing is counted
here. So the figure of `favs` tells what the unit tests reach of it, and not how well it is tested.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys

# Nothing is left beside the sources.
sys.dont_write_bytecode = True

import stamp

LIBRARY = "Favourites"
PROGRAM = "favs"
TARGETS = ["SQLite", "Host", LIBRARY, "Exchange", PROGRAM]
MINIMUM = 95
LEAST = 15
RESULTS = ".build/torture/coverage.json"
# A folder of its own: else every `swift build` would make anew what the other has made.
SWIFT = ["swift", "test", "--enable-code-coverage", "--scratch-path", ".build/coverage"]


class File:
    """The lines of one file that could run, and how many did."""

    def __init__(self, path, lines, covered):
        self.target, _, self.name = path.partition("/")
        self.lines = lines
        self.covered = covered


def percentage(lines, covered):
    return 100 * covered / lines if lines else 0.0


def measure():
    """Runs the tests; gives the file in which their counts stand."""
    if os.path.exists(RESULTS):
        os.remove(RESULTS)
    if subprocess.run(SWIFT + ["--skip", "EndToEndTests"]).returncode != 0:
        keep({}, ["the tests do not pass"])
        sys.exit("coverage: the tests do not pass")
    told = subprocess.run(SWIFT + ["--show-codecov-path"], stdout=subprocess.PIPE, check=True, text=True).stdout
    return told.strip().splitlines()[-1]


def read(path):
    """The files of the sources in what llvm-cov wrote."""
    with open(path, encoding="utf-8") as file:
        data = json.load(file)["data"][0]
    sources = os.path.realpath("Sources") + os.sep
    files = []
    for entry in data["files"]:
        name = os.path.realpath(entry["filename"])
        if name.startswith(sources):
            lines = entry["summary"]["lines"]
            files.append(File(name[len(sources):], lines["count"], lines["covered"]))
    return files


def total(files, target):
    """The lines and the covered lines of a target."""
    own = [file for file in files if file.target == target]
    return sum(file.lines for file in own), sum(file.covered for file in own)


def tell(files, totals, shows_files):
    for target, (lines, covered) in totals.items():
        print(f"{target:<12}{covered:>7,} of {lines:>6,} lines  {percentage(lines, covered):5.1f} %")
    if not shows_files:
        return
    print(f"\nThe {LEAST} files of which most lines are not run, those of {PROGRAM} left out:")
    unit = [file for file in files if file.target != PROGRAM]
    for file in sorted(unit, key=lambda file: (file.covered - file.lines, file.target, file.name))[:LEAST]:
        missing = file.lines - file.covered
        print(f"{missing:>7,} of {file.lines:>6,}  {percentage(file.lines, file.covered):5.1f} %  "
              f"{file.target}/{file.name}")


def keep(totals, failures):
    os.makedirs(os.path.dirname(RESULTS), exist_ok=True)
    targets = [{"target": name, "lines": lines, "covered": covered} for name, (lines, covered) in totals.items()]
    with open(RESULTS, "w", encoding="utf-8") as file:
        json.dump({"name": "coverage", **stamp.stamp(), "targets": targets, "library": LIBRARY, "minimum": MINIMUM,
                   "failures": failures}, file, indent=2)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", action="store_true", help=f"list the {LEAST} files that lack most lines too")
    parser.add_argument("--counts", help="what an earlier run counted, to run no tests")
    arguments = parser.parse_args()
    os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))
    if shutil.which("swift") is None:
        sys.exit("coverage: there is no swift")
    files = read(arguments.counts or measure())
    totals = {target: total(files, target) for target in TARGETS}
    print()
    tell(files, totals, arguments.files)
    # Where nothing was counted nothing is known: that is no part of which all lines are run.
    failures = [f"of {target} no line was counted" for target, (lines, _) in totals.items() if not lines]
    reached = percentage(*totals[LIBRARY])
    if reached < MINIMUM:
        failures.append(f"{LIBRARY} has {reached:.1f} %, and {MINIMUM} % is the least")
    keep(totals, failures)
    if failures:
        sys.exit("\n".join(f"coverage: {failure}" for failure in failures))


if __name__ == "__main__":
    main()
