"""Running processes and timing them, from just before the spawn to just after the end."""

import os
import random
import tempfile
import time


class Failed(Exception):
    """A process ended with another exit code than it should have."""


class Result:
    """What one process took."""

    def __init__(self, nanoseconds, status, usage):
        self.milliseconds = nanoseconds / 1e6
        self.code = os.waitstatus_to_exitcode(status)
        self.peak_mebibytes = usage.ru_maxrss / 1024


def spawn(argv, environment, stdin="/dev/null", stderr="/dev/null", stdout="/dev/null"):
    """Starts a process the cheapest way there is, so that the caller's size does not count."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, stdin, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, stdout, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, stderr, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    return os.posix_spawn(argv[0], argv, environment, file_actions=actions)


def run(argv, environment, stdin="/dev/null", expected=(0,)):
    """Runs a process to its end, which has to be one of the expected exit codes."""
    with tempfile.NamedTemporaryFile() as errors:
        begin = time.perf_counter_ns()
        process = spawn(argv, environment, stdin, errors.name)
        _, status, usage = os.wait4(process, 0)
        result = Result(time.perf_counter_ns() - begin, status, usage)
        if result.code not in expected:
            told = open(errors.name, errors="replace").read().strip()
            raise Failed(f"{' '.join(argv)}: exit code {result.code}: {told}")
    return result


def output(argv, environment, expected=(0,)):
    """What a process prints."""
    with tempfile.NamedTemporaryFile() as printed, tempfile.NamedTemporaryFile() as errors:
        process = spawn(argv, environment, stdout=printed.name, stderr=errors.name)
        _, status, _ = os.wait4(process, 0)
        if os.waitstatus_to_exitcode(status) not in expected:
            raise Failed(f"{' '.join(argv)}: {open(errors.name, errors='replace').read().strip()}")
        return open(printed.name, encoding="utf-8").read()


def percentile(values, share):
    """The smallest value that so large a share of them does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 100) - 1)]


class Case:
    """One command line to be timed.

    `words` gives the arguments of the nth run; `after`, untimed, those that put things back; `expected`
    are the exit codes it may have, `curve` is its name in the picture, `finds` how many it finds.
    """

    def __init__(self, name, words, after=None, expected=(0,), curve=None):
        self.name = name
        self.expected = expected
        self.curve = curve
        self.finds = ""
        self.words = words if callable(words) else lambda _: words
        self.after = after
        self.times = []


def alternate(cases, execute, rounds, seconds):
    """Runs all cases in turn, each round in another order, so that a busy moment hits all alike.

    The first round warms up and does not count. It ends after so many rounds, or when the time is up
    and there are ten.
    """
    dice = random.Random(7)
    end = time.monotonic() + seconds
    for turn in range(rounds + 1):
        if turn > 10 and time.monotonic() > end:
            break
        for case in dice.sample(cases, len(cases)):
            result = execute(case.words(turn), case.expected)
            if turn > 0:
                case.times.append(result.milliseconds)
            if case.after:
                execute(case.after(turn), (0,))
