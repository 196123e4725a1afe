#!/usr/bin/env python3
"""Measures `favs pick` on a pseudo-terminal: the first paint, and what each key costs.

    python3 Benchmarks/picker.py --favs .build/release/favs --file favs.db --words WORDS

A key is answered when nothing more is drawn for it: the list, the preview and the count are there then. How long the
process computed is told too, since what else the machine does is not in it.
"""

import argparse
import fcntl
import os
import random
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time

KEYS = 500
STARTS = 20
# So long nothing is drawn where nothing more will be; what counts is when the last of it came.
QUIET = 0.08
NAMES = ["first p50", "first p99", "key p50", "key p95", "key p99", "computed p50", "computed p99"]
POINTER = "▌".encode()
WHERE = b"\x1b[6n"


class Picker:
    """One run on a terminal of 24 lines and 80 columns, which answers where its cursor is."""

    def __init__(self, favs, environment, rows=24, columns=80):
        self.terminal, end = os.openpty()
        fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

        def begin():
            os.setsid()
            fcntl.ioctl(end, termios.TIOCSCTTY, 0)

        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            [favs, "pick"], env=environment | {"TERM": "xterm"}, stdin=end, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, preexec_fn=begin)
        os.close(end)
        self.first = None
        text = b""
        while POINTER not in text:
            data = self.read(10)
            if not data:
                raise RuntimeError(f"nothing was drawn: {text!r}")
            text += data
            if WHERE in data:
                os.write(self.terminal, b"\x1b[1;1R")
        self.first_paint = time.perf_counter() - self.started
        self.settle()

    def read(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return b""
        return os.read(self.terminal, 65536)

    def settle(self):
        """Reads until nothing more comes; gives when the last of it came, or None."""
        last = None
        while self.read(QUIET):
            last = time.perf_counter()
        return last

    def computed(self):
        """How long the process has computed, in seconds."""
        with open(f"/proc/{self.process.pid}/schedstat") as file:
            return int(file.read().split()[0]) / 1e9

    def peak(self):
        """The most memory that it had, in MiB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                if line.startswith("VmHWM"):
                    return int(line.split()[1]) / 1024
        return 0

    def press(self, key):
        """How long until all is drawn that comes of a key, and how long was computed for it, in milliseconds."""
        before = self.computed()
        begin = time.perf_counter()
        os.write(self.terminal, key)
        last = self.settle()
        return 1000 * ((last or begin) - begin), 1000 * (self.computed() - before)

    def close(self):
        os.write(self.terminal, b"\x03")
        self.process.wait(timeout=30)
        os.close(self.terminal)


def keys(words, count, seed=1):
    """What somebody types who looks for things: words, one letter after another, mistakes, ways back and down."""
    dice = random.Random(seed)
    made = []
    while len(made) < count:
        for _ in range(dice.choice([1, 1, 2])):
            word = dice.choice(words)
            for place, letter in enumerate(word):
                if place > 2 and dice.random() < 0.03:
                    made += [dice.choice("etaoinshr").encode(), b"\x7f"]
                made.append(letter.encode())
            made.append(b" ")
        made += dice.choice([[b"\x1b[B"] * 3, [b"\x1b[B", b"\t"], [b"\x1b[6~"], []])
        made.append(b"\x15")
    return made[:count]


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part / 100))]


def measure(favs, environment, words, count=KEYS, starts=STARTS):
    """The figures of one file, by name, in milliseconds and MiB."""
    paints = []
    for _ in range(starts):
        picker = Picker(favs, environment)
        paints.append(1000 * picker.first_paint)
        picker.close()
    picker = Picker(favs, environment)
    waited, computed = [], []
    for key in keys(words, count):
        wall, cpu = picker.press(key)
        waited.append(wall)
        computed.append(cpu)
    peak = picker.peak()
    picker.close()
    return {
        "first p50": percentile(paints, 50), "first p99": percentile(paints, 99), "key p50": percentile(waited, 50),
        "key p95": percentile(waited, 95), "key p99": percentile(waited, 99), "computed p50": percentile(computed, 50),
        "computed p99": percentile(computed, 99), "memory": peak, "keys": len(waited)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs")
    parser.add_argument("--file", required=True)
    parser.add_argument("--words", required=True, help="a file with words that are typed, one a line")
    parser.add_argument("--keys", type=int, default=KEYS)
    arguments = parser.parse_args()
    with open(arguments.words, encoding="utf-8") as file:
        words = file.read().split()
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "FAVS_DB": arguments.file, "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
        for name, value in measure(os.path.abspath(arguments.favs), environment, words, arguments.keys).items():
            print(f"{name:14} {value:8.2f}")


if __name__ == "__main__":
    main()
