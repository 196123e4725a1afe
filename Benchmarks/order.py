#!/usr/bin/env python3
"""Prints the functions that everyday commands run, as the names of their sections, for the linker to put next to each other.

A program gets into memory page by page, where it is used first. The functions of a command are strewn over all of it; next
to each other they take fewer pages, and the command a sixteenth less time. Names that are not in a program have no effect,
so the list may be old.
"""

import argparse
import bisect
import collections
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

import generate

# What is run, on a file of as many favourites.
COUNT = 1_000
COMMANDS = [
    ["list", "--page", "1"],
    ["list", "big", "--page", "1"],
    ["list", "--json", "--page", "1"],
    ["show", "500"],
    ["search", "{common}", "--page", "1"],
    ["search", "{common} {middling}", "--page", "1"],
    ["category", "list"],
    ["add", "A title", "https://example.org/", "-t", "tag", "--note", "A note"],
    ["edit", "500", "--note", "Another note"],
    ["move", "500", "--rank", "1"],
    ["rm", "500"],
    ["undo"],
]
# How many of them have to run a function: what few run would stand between what the others do.
LEAST = 4
ADDRESS = re.compile(r"^c?fn=\(\d+\) 0x([0-9a-f]+)", re.MULTILINE)
# Functions of Swift and of its runtime. Those of C are not in sections of their own.
NAMED = re.compile(r"^(?:\$s|_Z|swift_)")


class Symbols:
    """The functions of a program, by where they begin."""

    def __init__(self, program):
        table = subprocess.run(["nm", program + ".debug"], stdout=subprocess.PIPE, text=True, check=True).stdout
        found = sorted((int(line[0], 16), line[2]) for line in map(str.split, table.splitlines())
                       if len(line) == 3 and line[1] in "tTwW")
        self.starts, self.names = zip(*found)

    def at(self, address):
        """The names of the function at an address: the linker may have kept one of several that are the same."""
        last = bisect.bisect(self.starts, address) - 1
        first = bisect.bisect_left(self.starts, self.starts[last])
        return {name for name in self.names[first:last + 1] if NAMED.match(name)}


def functions(program, symbols, words, environment, folder):
    """The names of the functions that a command runs."""
    record = os.path.join(folder, "record")
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={record}", program, *words],
        env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode:
        sys.exit(f"order: favs {' '.join(words)}: {done.stderr.decode(errors='replace').strip()}")
    with open(record, encoding="utf-8") as file:
        addresses = ADDRESS.findall(file.read())
    return set().union(*(symbols.at(int(address, 16)) for address in addresses))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs", help="the program, its symbols beside it")
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.favs)
    with tempfile.TemporaryDirectory(prefix="favs-order-") as folder:
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "FAVS_DB": os.path.join(folder, "favs.db")}
        making = [sys.executable, generate.__file__, "--count", str(COUNT)]
        made = subprocess.run(making, stdout=subprocess.PIPE, check=True).stdout
        subprocess.run([program, "import", "-", "--quiet"], input=made, env=environment, check=True)
        facts = json.loads(subprocess.run(making + ["--facts"], stdout=subprocess.PIPE, check=True).stdout)
        symbols = Symbols(program)
        # Without the way to its symbols, of which valgrind cannot read all.
        bare = os.path.join(folder, "favs")
        subprocess.run(["objcopy", "--remove-section", ".gnu_debuglink", program, bare], check=True)
        found = {kind: facts[kind]["word"] for kind in ("common", "middling")}
        uses = collections.Counter()
        for words in COMMANDS:
            uses.update(functions(bare, symbols, [word.format(**found) for word in words], environment, folder))
    # First what all commands run.
    names = sorted((name for name in uses if uses[name] >= LEAST), key=lambda name: (-uses[name], name))
    if len(names) < 100:
        sys.exit(f"order: {len(names)} functions are too few: are the symbols of {arguments.favs} beside it?")
    for name in names:
        print(f".text.{name}")


if __name__ == "__main__":
    main()
