#!/usr/bin/env python3
"""Runs `swift test`, and lists what failed once more at the end, where it is not lost among a thousand lines.

    python3 Tests/run.py [ARGUMENT ...]     arguments of `swift test`

Ends with the exit code of `swift test`.
"""

import os
import signal
import subprocess
import sys

# What Swift Testing puts before a failure and before what it adds to one, and what a crash and the compiler print.
MARKS = ("\u2718", "\u21b3", "error: ", "Fatal error: ")
MOST = 20


def main():
    tests = subprocess.Popen(
        ["swift", "test", *sys.argv[1:]], env={**os.environ, "TZ": "UTC"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    # Ctrl-C reaches the tests too; their end is waited for.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    failures = []
    with tests.stdout as lines:
        for line in lines:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
            text = line.decode("utf-8", "replace")
            if any(mark in text for mark in MARKS) and len(failures) < MOST:
                failures.append(text)
    code = tests.wait()
    if code != 0:
        print("\nWhat failed:")
        sys.stdout.write("".join(failures))
    return code if code >= 0 else 128 - code


sys.exit(main())
