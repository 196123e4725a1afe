#!/usr/bin/env python3
"""Presses Tab in a real shell, and looks at the words that come of it.

    python3 Tests/Shells/completion.py SHELL FAVS

Prints what is not as it has to be; the exit code is 1 then. A shell that is not installed is a failure.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from terminal import Missing, Shell

# Names that a shell would expand, run or cut, each found by its first two characters.
NAMES = [
    "a1$(touch pwned)", "a2`touch pwned`", "a3;touch pwned", "a4|touch pwned", "a5&touch pwned", "a6 'n' roll", 'a7 the "best"',
    "a8 back\\slash", "a9:with:colons", "b1*?[a-z]", "b2 pay $HOME ${HOME}", "b3 ~root ~", "b4! !! !a !$", "b5 # remark",
    "b6=equal=", "b7{a,b}", "b8<in>out", "b9 (in brackets)", "c1 😀 ok", "c2 Caf\u00e9", "c3 über Café", "c4 50% -- @home",
    "c5 two  spaces", "c6'", 'c7"', "c8\\", "c9$", "d1^caret^", "d2%1", "d3 end!", "d4 $'ansi'", "d5 \\n\\t",
]
# Those that a category cannot have.
NOT_IN_CATEGORIES = "#"
# Those that a tag cannot have.
NOT_IN_TAGS = ","
# In these quotes the names are completed as well.
QUOTES = ["", "'", '"']


class Trial:
    """A home with favourites of hostile names, and a shell in it."""

    def __init__(self, shell, favs):
        self.home = tempfile.mkdtemp(prefix="favs-shell-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.favs, self.failures, self.count = favs, [], 0
        self.name = shell
        text = self.run("completions", shell)
        with open(self.home + "/completion", "w") as file:
            file.write(text)
        self.fill()
        self.before = self.listing()
        self.shell = Shell(shell, self.home, favs)

    def run(self, *words, text=""):
        environment = {"HOME": self.home, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run([self.favs, *words], input=text, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise AssertionError(f"favs {words}: {done.returncode}\n{done.stderr}")
        return done.stdout

    def fill(self):
        """Favourites with these names everywhere, and others that are completed by them."""
        lines = []
        for name in NAMES:
            lines.append({
                "title": name,
                "category": "inbox" if any(sign in name for sign in NOT_IN_CATEGORIES) else name,
                "tags": [] if any(sign in name for sign in NOT_IN_TAGS) else [name],
            })
        lines.append({"title": "-dash first", "category": "-dash", "tags": ["-dash"]})
        lines.append({"title": "line\nfeed", "category": "plain/below", "tags": ["plain"]})
        for title in ("Dune", "Dune Messiah"):
            lines.append({"title": title, "category": "books/sci-fi", "metadata": {"zz$(pwn)": "x", "year": "1965"}})
        lines.append({"title": "Twice", "category": "books"})
        lines.append({"title": "Twice", "category": "films"})
        self.run("import", "-", text="".join(json.dumps(line) + "\n" for line in lines))
        self.run("category", "add", "seen", "--field", "seen:enum(yes,no $(touch pwned),it's)")
        self.run("rm", "c9$")
        self.trashed = json.loads(self.run("trash", "list", "--json"))[0]["id"]
        self.ids = {row["title"]: row["id"] for row in json.loads(self.run("list", "--json"))}
        os.makedirs(self.home + "/work", exist_ok=True)
        os.makedirs(self.home + "/bin", exist_ok=True)
        with open(self.home + "/bin/pwn", "w") as file:
            file.write("#!/bin/sh\ntouch pwned\n")
        os.chmod(self.home + "/bin/pwn", 0o755)
        for name in ("f1 $(touch pwned)", "f2'quote", "f3:colon"):
            open(self.home + "/work/" + name, "w").close()

    def listing(self):
        found = []
        for folder, _, names in os.walk(self.home):
            if folder.startswith((self.home + "/work", self.home + "/.local/share/favs", self.home + "/.local/state")):
                found += [os.path.join(folder, name) for name in names]
        return sorted(found)

    def expect(self, keys, wanted):
        self.count += 1
        # Behind these fish leaves the word open, and its quotes too.
        quote = next((sign for sign in "'\"" if keys.count(sign) % 2), "")
        if self.name == "fish" and quote and wanted[-1][-1] in "=:@/,.-":
            keys += quote
        try:
            found = self.shell.words(keys)
        except AssertionError as error:
            self.failures.append(str(error))
            self.shell.close()
            self.shell = Shell(self.name, self.home, self.favs)
            return
        if found != wanted:
            self.failures.append(f"{self.name}: {keys!r} became {found!r}, not {wanted!r}")

    def close(self):
        self.shell.close()
        made = set(self.listing()) - set(self.before)
        if made:
            self.failures.append(f"{self.name}: completing has made {sorted(made)}")
        shutil.rmtree(self.home)


def stored_names(trial):
    """Categories and tags, in all quotes."""
    for quote in QUOTES:
        for name in NAMES:
            if not any(sign in name for sign in NOT_IN_CATEGORIES) and name != "c9$":
                trial.expect(f"favs list -c {quote}{name[:2]}\t", ["list", "-c", name])
            if not any(sign in name for sign in NOT_IN_TAGS) and name != "c9$":
                trial.expect(f"favs list -t {quote}{name[:2]}\t", ["list", "-t", name])


def favourites(trial):
    """A favourite is named by its id where its title is typed; in fish, which knows no replacing, by its title."""
    for name in NAMES:
        if name == "c9$":
            continue
        wanted = name if trial.name == "fish" else str(trial.ids[name])
        trial.expect(f"favs show {name[:2]}\t", ["show", wanted])
        trial.expect(f"favs move 1 --after '{name[:2]}\t", ["move", "1", "--after", wanted])
    trial.expect("favs restore c9\t", ["restore", "c9$" if trial.name == "fish" else str(trial.trashed)])
    # The title that another begins with stays as it is typed.
    if trial.name == "bash":
        trial.expect("favs show du\t", ["show", "Dune"])
        trial.expect("favs show du\t\\ m\t", ["show", str(trial.ids["Dune Messiah"])])
        trial.expect("favs show twi\t\tx", ["show", "twix"])
        trial.expect("favs show line\t", ["show", str(trial.ids["line\nfeed"])])


def table(trial):
    """What the command table knows."""
    for keys, wanted in (
        ("favs ad\t", ["add"]), ("favs category re\t", ["category", "rename"]), ("favs list --so\t", ["list", "--sort"]),
        ("favs list --sort cr\t", ["list", "--sort", "created"]), ("favs list --sort=cr\t", ["list", "--sort=created"]),
        ("favs list --sort -cr\t", ["list", "--sort", "-created"]), ("favs --color al\t", ["--color", "always"]),
        ("favs edit --clear n\t", ["edit", "--clear", "note"]), ("favs list --fields id,ti\t", ["list", "--fields", "id,title"]),
        ("favs help cat\t", ["help", "category"]), ("favs help category re\t", ["help", "category", "rename"]),
        ("favs completions fi\t", ["completions", "fish"]), ("favs list -q -c boo\t/\t", ["list", "-q", "-c", "books/sci-fi"]),
    ):
        if trial.name != "bash" and "\t/" in keys:
            continue
        trial.expect(keys, wanted)


def parts(trial):
    """Values that stand in one word with something else."""
    for name in ("a1$(touch pwned)", "a6 'n' roll", "a9:with:colons", "b6=equal=", "c4 50% -- @home"):
        for quote in QUOTES:
            trial.expect(f"favs list {quote}--category={name[:2]}\t", ["list", f"--category={name}"])
            trial.expect(f"favs list --category={quote}{name[:2]}\t", ["list", f"--category={name}"])
            trial.expect(f"favs list -c{quote}{name[:2]}\t", ["list", f"-c{name}"])
    if trial.name == "bash":
        for typed in ("a9:w", "'a9:w", '"a9:w', "a9\\:w", "a9:'w", "a9:with:", "'a9':w", "a9':w", 'a"9:wi"t'):
            trial.expect(f"favs list -c {typed}\t", ["list", "-c", "a9:with:colons"])
        for typed in ("c4\\ 50%\\ --\\ @", "'c4 50% -- @", '"c4 50% -- @ho', "c4' 50% -- 'x\x7f@"):
            trial.expect(f"favs list -c {typed}\t", ["list", "-c", "c4 50% -- @home"])
        for typed in ("a1$(", "'a1$(t", '"a1$(t', "a1\\$\\("):
            keys = f"favs list -c {typed}\t"
            if typed in ("a1$(", '"a1$(t'):
                continue
            trial.expect(keys, ["list", "-c", "a1$(touch pwned)"])
        trial.expect("favs list -c $'a6 \t", ["list", "-c", "a6 'n' roll"])
        trial.expect("favs list -c A6\t", ["list", "-c", "a6 'n' roll"])
    trial.expect("favs edit 1 --set zz\tx", ["edit", "1", "--set", "zz$(pwn)=x"])
    trial.expect("favs edit 1 --set seen=no\t", ["edit", "1", "--set", "seen=no $(touch pwned)"])
    trial.expect("favs edit 1 --unset zz\t", ["edit", "1", "--unset", "zz$(pwn)"])
    trial.expect("favs undo 1\t", ["undo", "1"])
    trial.expect("favs list -c boo\t -t a1\t", ["list", "-c", "books", "-t", "a1$(touch pwned)"])


def files(trial):
    """Files are the shell's own."""
    for name in ("f1 $(touch pwned)", "f2'quote", "f3:colon"):
        trial.expect(f"favs import {name[:2]}\t", ["import", name])
        trial.expect(f"favs --db {name[:2]}\t", ["--db", name])
    trial.expect("favs import --db=f1\t", ["import", "--db=f1 $(touch pwned)"])
    # Another file is looked into; one that is none is passed over in silence.
    trial.expect("favs --db nowhere list -c a1\tx", ["--db", "nowhere", "list", "-c", "a1x"])


def menu(trial):
    """bash with Tab going through what there is: nothing is inserted but values, quoted."""
    trial.shell.close()
    trial.shell = Shell("bash", trial.home, trial.favs, "bind 'TAB: menu-complete'\n")
    trial.expect("favs list -c a1\t", ["list", "-c", "a1$(touch pwned)"])
    trial.expect("favs show twi\t", ["show", str(min(row for title, row in trial.ids.items() if title == "Twice") - 1)])
    trial.expect("favs show du\t", ["show", "Dune"])
    trial.shell.close()
    trial.shell = Shell("bash", trial.home, trial.favs, "set -u; alias command=false; alias compopt=false\n")
    trial.expect("favs list -c a1\t", ["list", "-c", "a1$(touch pwned)"])


def main():
    shell, favs = sys.argv[1], os.path.abspath(sys.argv[2])
    try:
        trial = Trial(shell, favs)
    except Missing as error:
        print(error)
        return 1
    try:
        for part in (stored_names, favourites, table, parts, files, *([menu] if shell == "bash" else [])):
            part(trial)
    finally:
        trial.close()
    print("".join(failure + "\n" for failure in trial.failures), end="")
    return 1 if trial.failures else 0


if __name__ == "__main__":
    sys.exit(main())
