#!/usr/bin/env python3
"""What a command's reads and writes of its file take alone.

    python3 Benchmarks/replay.py --favs .build/release/favs --db FILE rm --yes 1 2 3

strace tells which pages the command reads and writes, and when it waits for the disk. The same is then done with a
copy of the file, with nothing else in between: no SQL, nothing computed, no process started. No program that touches
these pages in this way with one thread is faster. The command changes the file; the copy is made before.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True

from measure import percentile

CALLS = "openat,pread64,pwrite64,fdatasync,fsync,unlink"
LONGEST = 1 << 20


class Steps:
    """What a command did with its file, the journal and their folder, in order."""

    def __init__(self, trace, file):
        self.steps = []
        self.read = self.written = 0
        names = {file: "file", file + "-journal": "journal", os.path.dirname(file): "folder"}
        opened = {}
        for line in trace:
            call = re.match(r"(\w+)\((.*)\)\s+= (\d+)", line)
            if not call:
                continue
            name, arguments, result = call.groups()
            path = re.search(r'"([^"]+)"', arguments)
            if name == "openat":
                opened[result] = names.get(path[1])
                if opened[result] == "journal":
                    self.steps.append(("open", "journal", 0, 0))
            elif name == "unlink":
                if names.get(path[1]) == "journal":
                    self.steps.append(("unlink", "journal", 0, 0))
            else:
                target = opened.get(arguments.split(",")[0])
                if not target:
                    continue
                if name.startswith("p"):
                    count, offset = (int(number) for number in re.search(r", (\d+), (\d+)$", arguments).groups())
                    self.steps.append((name[:-2], target, count, offset))
                    if target == "file":
                        pages = -(-count // 4096) if count > 100 else 0
                        self.read += pages if name == "pread64" else 0
                        self.written += pages if name == "pwrite64" else 0
                else:
                    self.steps.append(("sync", target, 0, 0))

    def replay(self, file):
        """Does the same with another file; returns how many milliseconds it took."""
        zeros = bytes(LONGEST)
        numbers = {"file": os.open(file, os.O_RDWR), "folder": os.open(os.path.dirname(file), os.O_RDONLY)}
        journal = file + "-journal"
        begin = time.perf_counter_ns()
        for step, target, count, offset in self.steps:
            if step == "pread":
                os.pread(numbers[target], count, offset)
            elif step == "pwrite":
                os.pwrite(numbers[target], memoryview(zeros)[:count], offset)
            elif step == "sync":
                os.fdatasync(numbers[target])
            elif step == "open":
                numbers["journal"] = os.open(journal, os.O_RDWR | os.O_CREAT, 0o600)
            else:
                os.close(numbers.pop("journal"))
                os.unlink(journal)
        took = time.perf_counter_ns() - begin
        for number in numbers.values():
            os.close(number)
        return took / 1e6


def traced(words, file, environment):
    """Runs a command; the steps of all its threads, in the order in which they began."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["strace", "-ff", "-ttt", "-o", os.path.join(folder, "of"), "-e", "trace=" + CALLS, *words],
            env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        lines = []
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), errors="replace") as trace:
                lines += (line.split(" ", 1) for line in trace)
        return Steps([line for _, line in sorted(lines, key=lambda line: float(line[0]))], file)


def copied(file):
    """A copy of a file that is on the disk as a whole, so that nothing of it is still to be written."""
    copy = file + "-copy"
    shutil.copyfile(file, copy)
    os.sync()
    return copy


def median(steps, file, rounds=50):
    """The milliseconds of a replay, after one that does not count."""
    return percentile([steps.replay(file) for _ in range(rounds + 1)][1:], 50)


def asked(about):
    """The command that was asked for, the file that it changes, and the environment for it."""
    parser = argparse.ArgumentParser(description=about.split("\n", 1)[0])
    parser.add_argument("--favs", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("words", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    file = os.path.realpath(arguments.db)
    return [os.path.abspath(arguments.favs), *arguments.words], file, dict(os.environ, FAVS_DB=file)


def main():
    words, file, environment = asked(__doc__)
    copy = copied(file)
    try:
        steps = traced(words, file, environment)
        print(f"pages read {steps.read:,}, written {steps.written:,}: {median(steps, copy):.2f} ms")
    finally:
        os.unlink(copy)


if __name__ == "__main__":
    main()
