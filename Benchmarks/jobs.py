#!/usr/bin/env python3
"""Ten everyday jobs, and how many keys each takes: in favs pick, in buku's prompt, and with fzf over `favs list`.

    python3 Benchmarks/jobs.py --favs .build/release/favs

Each begins where the picker, the prompt or fzf is open. The keys of favs are pressed on a pseudo-terminal, and what
comes of them is looked at; those of the others are what their manuals ask for, with the shortest form of each command.
"""

import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Shells"))

from picking import ESCAPE, Trial, program

OPEN, EDIT, COPY, TRASH, UNDO, NARROW, CLEAR = "\x0f", "\x05", "\x19", "\x04", "\x1a", "\x14", "\x15"
ALT_UP = "\x1b[1;3A"
# Sequences that are one key.
SINGLE = [ALT_UP]


def opened(trial, terminal, *links):
    terminal.wait(lambda: os.path.exists(trial.home + "/opened"), "opened")
    terminal.shows("opened '" if len(links) == 1 else f"opened {len(links)}")
    with open(trial.home + "/opened") as file:
        return sorted(file.read().split()) == sorted(links)


def is_open(*links):
    return lambda trial, terminal: opened(trial, terminal, *links)


def shows(text):
    def check(trial, terminal):
        terminal.shows(text)
        return True
    return check


# What is done, the keys of favs, what has to come of them; the keys of buku's prompt, and those of fzf and of the
# command that has to follow it. None where it cannot be done.
JOBS = [
    ("open a link that you can name", "zero" + OPEN, is_open("https://b.example/zero"), "zero\n1\n",
     "zero\nfavs open 3\n"),
    ("open the link that you use most", OPEN, is_open("https://fly.example/u"), None, None),
    ("open two links at once", "postgres\t\t" + OPEN, is_open("https://fly.example/u", "https://a.example/bench"),
     "postgres\no 1 2\n", "postgres\t\t\nfavs open 2 3\n"),
    ("copy a link", "zero" + COPY, shows("copied https://b.example/zero"), "zero\nc 1\n",
     "zero\nfavs show 3 --format {url}\n"),
    ("edit one", "zero" + EDIT, shows("edited"), "zero\nw 1\n", "zero\nfavs edit 3\n"),
    ("remove one", "dune" + TRASH, shows("moved 'Dune' to the trash"), "dune\nd 1\ny\n", "dune\nfavs rm 4\n"),
    ("remove one, and undo it", "dune" + TRASH + UNDO, shows("undone: rm 4"), None, "dune\nfavs rm 4\nfavs undo\n"),
    ("rank one higher in its category", "zero" + ALT_UP, shows("now work@1"), None, "zero\nfavs mv 3 --rank 1\n"),
    ("see what else is in its category", "zero" + NARROW + CLEAR, shows("2 / 4"), None, "zero\nfavs ls work\n"),
    ("open one whose name you mistype", "undrestanding" + OPEN, is_open("https://fly.example/u"), None, None),
]


def count(keys):
    for sequence in SINGLE:
        keys = keys.replace(sequence, "\0")
    return len(keys)


def do(favs, keys, check):
    """Presses the keys, and says whether the job is done."""
    trial = Trial(favs)
    try:
        trial.fill()
        browser = program(trial, "browser", 'echo "$1" >>"$HOME/opened"\n')
        editor = program(trial, "editor", 'sed -i "s/^title: .*/title: Edited/" "$1"\n')
        trial.environment |= {"BROWSER": browser, "EDITOR": editor}
        trial.run("open", "2")
        os.remove(trial.home + "/opened")
        terminal = trial.pick("--fields", "id", pipes=True)
        terminal.shows("4 / 4")
        terminal.press(keys.replace("\n", "\r"))
        return check(trial, terminal)
    finally:
        trial.close()


def rows(favs):
    """The lines of the table."""
    table = []
    for name, keys, check, buku, fzf in JOBS:
        if not do(favs, keys, check):
            raise RuntimeError(f"{name}: not done")
        table.append([name] + [str(count(each)) if each else "–" for each in (keys, buku, fzf)])
    return table


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs")
    for row in rows(os.path.abspath(parser.parse_args().favs)):
        print(f"{row[0]:36} {row[1]:>5} {row[2]:>5} {row[3]:>5}")


if __name__ == "__main__":
    main()
