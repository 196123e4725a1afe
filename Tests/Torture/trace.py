"""System calls, seen and interfered with by strace."""

import os
import re
import subprocess

from favs import Broken

CALL = re.compile(r"^(\d+)\s+([a-z_0-9]+)\((.*)$")


class Call:
    """One system call of a traced run: the nth of its name."""

    def __init__(self, name, number, text):
        self.name, self.number, self.text = name, number, text

    def __str__(self):
        return f"{self.name} {self.number}"

    @property
    def plain(self):
        """Its arguments without the folder in which a path begins, which is told with each of them."""
        return re.sub(r"AT_FDCWD<[^>]*>", "AT_FDCWD", self.text)


def trace(favs, case):
    """All system calls that a command makes, in order; not those of a program that it runs."""
    record = os.path.join(os.path.dirname(favs.folder), "trace")
    done = case.at(favs).run(case.words, case.stdin, before=["strace", "-f", "-qq", "-y", "-s", "200", "-o", record])
    if done.code not in case.codes:
        raise Broken(f"favs {' '.join(case.words)}: exit code {done.code} under strace: {done.err.strip()}")
    return recorded(record)


def recorded(record):
    """The system calls that a record of strace tells of, in order; not those of programs that were run."""
    counts, calls, first = {}, [], None
    with open(record, encoding="utf-8", errors="replace") as file:
        for line in file:
            match = CALL.match(line)
            first = first or match and match[1]
            if match and match[1] == first:
                counts[match[2]] = counts.get(match[2], 0) + 1
                calls.append(Call(match[2], counts[match[2]], match[3]))
    return calls


def since_first_touch(calls, favs):
    """The calls from the first that has to do with the folder: before it nothing can have changed."""
    for place, call in enumerate(calls):
        if favs.folder in call.text:
            return calls[place:]
    return []


def inject(call, what):
    """What goes before a command line so that one of its system calls meets with something."""
    return ["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call.name}",
            "-e", f"inject={call.name}:{what}:when={call.number}"]


def is_here():
    """Whether strace is there and may trace."""
    try:
        return subprocess.run(["strace", "-f", "-qq", "-o", "/dev/null", "/bin/true"], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False
