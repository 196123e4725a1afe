#!/usr/bin/env python3
"""Evaluates `favs init` in a real shell, presses keys there, and reads the line back.

    python3 Tests/Shells/init.py SHELL FAVS

Prints what is not as it has to be; the exit code is 1 then. A shell that is not installed is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

from terminal import Missing, Shell

# Links that a shell would expand, run or cut.
LINKS = [
    "https://a.example/?q=$(touch pwned)&b=`touch pwned`", "https://b.example/it's;touch pwned|x", 'c:"$HOME" *?[a] ~ {b,c}',
    "https://d.example/\\back #remark !!", "https://é.example/ü 😀",
]

# What stands for favs in these shells: `pick` writes down its words or gives the links, the rest is the program's.
STUB = """#!/bin/sh
case "$1 $2 $3" in
"pick --action open") printf '%s\\0' "$@" >"$HOME/picked.new"; mv "$HOME/picked.new" "$HOME/picked"; exit 130 ;;
"pick --action print")
  # As the picker does: takes the terminal, asks it, and reads a key. In the background it would be stopped here.
  modes=$(stty -g </dev/tty) && [ -t 0 ] && stty raw -echo </dev/tty && : >"$HOME/picking"
  key=$(dd bs=1 count=1 2>/dev/null </dev/tty)
  stty "$modes" </dev/tty
  [ "$key" = y ] && cat "$HOME/links"
  mv "$HOME/picking" "$HOME/done"
  exit 130 ;;
esac
exec {favs} "$@"
"""

# Options, aliases and modes that a start-up file may have set before.
BEFORE = {
    "bash": "set -u -o pipefail\nalias f='echo aliased' cd='echo cd' command='echo command' favs_alias=x\nshopt -s expand_aliases\n",
    "zsh": "setopt nounset ksh_arrays sh_word_split\nalias f='echo aliased' cd='echo cd' command='echo command'\n",
    "fish": "alias f 'echo aliased'\n",
}
EVALUATE = {
    "bash": 'eval "$(\\command favs init bash {options})"\n', "zsh": 'eval "$(\\command favs init zsh {options})"\n',
    "fish": "command favs init fish {options} | source\n",
}
VI = {"bash": "set -o vi\n", "zsh": "bindkey -v\n", "fish": "set -g fish_key_bindings fish_vi_key_bindings\n"}


class Trial:
    """A home with a `favs` that picks without a person, and what came of it."""

    def __init__(self, name, favs):
        self.name, self.favs, self.failures, self.count = name, favs, [], 0
        self.home = tempfile.mkdtemp(prefix="favs-shell-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        os.makedirs(self.home + "/bin")
        with open(self.home + "/bin/favs", "w") as file:
            file.write(STUB.replace("{favs}", favs))
        os.chmod(self.home + "/bin/favs", 0o755)
        with open(self.home + "/links", "wb") as file:
            file.write(b"".join(link.encode() + b"\0" for link in LINKS))
        self.write("completion", "")

    def write(self, name, text):
        with open(self.home + "/" + name, "w") as file:
            file.write(text)

    def evaluating(self, options="--key ^Xf", before="", after=""):
        """A shell that has evaluated `favs init` twice."""
        once = EVALUATE[self.name].format(options=options)
        for name in ("started", "picked", "words"):
            if os.path.exists(f"{self.home}/{name}"):
                os.remove(f"{self.home}/{name}")
        return Shell(self.name, self.home, self.favs, before + once + once + after)

    def expect(self, what, found, wanted):
        self.count += 1
        if found != wanted:
            self.failures.append(f"{self.name}: {what}: {found!r}, not {wanted!r}")

    def picked(self, shell, keys):
        """The words of `favs pick` once these keys and Enter were pressed."""
        path = self.home + "/picked"
        shell.press(keys + "\r")
        shell.wait(lambda: os.path.exists(path), f"picking after {keys!r}")
        with open(path, "rb") as file:
            words = [word.decode() for word in file.read().split(b"\0")[:-1]]
        os.remove(path)
        return words

    def insert(self, shell, keys):
        """Presses keys that let pick, and picks on the terminal that the shell has lent."""
        shell.press(keys)
        shell.wait(lambda: os.path.exists(self.home + "/picking"), f"picking after {keys!r}")
        os.write(shell.terminal, b"y")
        shell.wait(lambda: os.path.exists(self.home + "/done"), "picked")
        os.remove(self.home + "/done")

    def close(self):
        for folder, _, names in os.walk(self.home):
            if "pwned" in names:
                self.failures.append(f"{self.name}: something was run in {folder}")
        shutil.rmtree(self.home)


def functions(trial):
    """The function picks and opens, whatever has its name or that of `command` before."""
    shell = trial.evaluating(before=BEFORE[trial.name])
    opening = ["pick", "--action", "open"]
    trial.expect("f", trial.picked(shell, "f dune 'a b'"), opening + ["dune", "a b"])
    trial.expect("f alone", trial.picked(shell, "f"), opening)
    shell.close()
    shell = trial.evaluating("--cmd fav-x")
    trial.expect("--cmd", trial.picked(shell, "fav-x q"), opening + ["q"])
    shell.close()


def escape(shell, keys):
    """Presses Escape, alone as only time tells, and keys behind it."""
    shell.press("\x1b")
    end = time.monotonic() + 1
    while time.monotonic() < end:
        shell.drain(0.1)
    shell.press(keys)


def keys(trial):
    """What is picked stands on the line as it is, and nothing of it is run."""
    for mode, before in (("emacs", BEFORE[trial.name]), ("vi", VI[trial.name])):
        shell = trial.evaluating(before=before)
        trial.insert(shell, "favs x \x18f")
        trial.expect(f"key, {mode}", shell.words(""), ["x", *LINKS])
        if mode == "vi":
            # In command mode the cursor stands on the last letter, and what is picked in front of it.
            shell.press("favs y  ")
            escape(shell, "")
            trial.insert(shell, "\x18f")
            found = shell.words("")
            trial.expect("key, vi command mode", sorted(word for word in found if word in LINKS), sorted(LINKS))
        shell.close()


def nothing_else(trial):
    """No key without --key, no function with --no-cmd, no variable, and no harm where favs is gone."""
    say = {"bash": "type -t", "zsh": "whence -w", "fish": "type -t"}[trial.name]
    after = (
        'command env | command sort | command grep -v "^_=" >"$HOME/after"\n'
        f'{say} f >"$HOME/function" 2>/dev/null; true\n'
    )
    shell = trial.evaluating("--no-cmd", before='command env | command sort | command grep -v "^_=" >"$HOME/before"\n', after=after)
    with open(trial.home + "/before") as before, open(trial.home + "/after") as after:
        trial.expect("the environment", after.read(), before.read())
    with open(trial.home + "/function") as file:
        trial.expect("--no-cmd", "function" in file.read(), False)
    trial.expect("no key", shell.words("favs x"), ["x"])
    shell.close()
    shell = trial.evaluating(after='command mv "$HOME/bin/favs" "$HOME/bin/gone"\n')
    shell.press("f\r")
    shell.press("favs list -c \t\x15")
    shell.press("\x18f\x15")
    trial.expect("favs is gone", shell.words("favs still"), ["still"])
    shell.close()
    os.rename(trial.home + "/bin/gone", trial.home + "/bin/favs")


def completions(trial):
    """The words of the table are completed."""
    shell = trial.evaluating("--no-cmd", before=BEFORE[trial.name] if trial.name == "bash" else "")
    trial.expect("Tab", shell.words("favs und\t"), ["undo"])
    shell.close()


def strict(trial):
    """A script that stops at the first error can evaluate it."""
    if trial.name == "fish":
        return
    options = {"bash": ["-euo", "pipefail"], "zsh": ["-f", "-eu", "-o", "pipefail"]}[trial.name]
    line = f'eval "$(favs init {trial.name} --key ^Xf)"; eval "$(favs init {trial.name} --key ^Xf)"; echo whole'
    environment = {"HOME": trial.home, "PATH": trial.home + "/bin:/usr/bin:/bin"}
    done = subprocess.run(
        [shutil.which(trial.name), *options, "-c", line], env=environment, capture_output=True, text=True, check=False)
    trial.expect("a strict script", (done.returncode, done.stdout, done.stderr), (0, "whole\n", ""))


def main():
    name, favs = sys.argv[1:3]
    try:
        trial = Trial(name, favs)
        for part in (functions, keys, nothing_else, completions, strict):
            try:
                part(trial)
            except AssertionError as error:
                trial.failures.append(f"{part.__name__}: {error}")
        trial.close()
    except Missing as missing:
        sys.exit(str(missing))
    for failure in trial.failures:
        print(failure)
    if trial.failures or trial.count < 7:
        sys.exit(1)


if __name__ == "__main__":
    main()
