#!/usr/bin/env python3
"""Picks on a pseudo-terminal with the built program, and looks at the screen, the output and the favourites.

    python3 Tests/Shells/picking.py FAVS [NAME…]

Prints what is not as it has to be; the exit code is 1 then.
"""

import base64
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from screen import Terminal

HOSTILE = [
    "esc \x1b]0;pwned\x07\x1b[2J", "bidi \u202eevil", "c1 \u009b2J", "zero\u200bwidth", "emoji 👩‍👧 and 漢字",
    "e\u0301\u0301\u0301 marks", "שלום עולם", "%s %n %d", "$(touch pwned)`touch pwned`", "--help", "long " + "w" * 3000]
ESCAPE = "\x1b"


class Trial:
    """A home with a few favourites."""

    def __init__(self, favs):
        self.favs = favs
        self.home = tempfile.mkdtemp(prefix="favs-pick-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
        self.environment = {
            "HOME": self.home, "FAVS_DB": self.home + "/favs.db", "PATH": self.home + "/bin:/usr/bin:/bin", "TERM": "xterm",
            "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        self.open = []

    def run(self, *words, text="", code=0):
        done = subprocess.run(
            [self.favs, *words], input=text, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == code, f"favs {words}: {done.returncode}\n{done.stderr}"
        return done.stdout

    def fill(self):
        for title, category, link in [
                ("Benchmarking Postgres backups", "dev/blog", "https://a.example/bench"),
                ("Understanding Postgres backups", "work", "https://fly.example/u"),
                ("Zero-downtime Postgres backups", "work", "https://b.example/zero"), ("Dune", "books", None)]:
            self.run("add", title, "-c", category, *(["-u", link] if link else []), "--note", "A note.")

    def titles(self):
        return sorted(each["title"] for each in self.json("list"))

    def json(self, *words):
        return json.loads(self.run(*words, "--json"))

    def pick(self, *words, command="pick", **how):
        environment = self.environment | how.pop("environment", {})
        terminal = Terminal([self.favs, command, *words], environment, **how)
        self.open.append(terminal)
        return terminal

    def close(self):
        for terminal in self.open:
            terminal.close()
        shutil.rmtree(self.home)


def same(found, wanted, what):
    assert found == wanted, f"{what}: {found!r}, and not {wanted!r}"


def restored(terminal, what):
    assert terminal.is_restored, (
        f"{what}: the screen is not as it was:\n" + "\n".join(terminal.screen.lines())
        + f"\n{terminal.screen.modes}, cursor {terminal.screen.row}, {terminal.screen.column}, before {terminal.cursor_before}")
    same(terminal.screen.unknown, [], f"{what}: sequences that nobody knows")


def finds_while_typing(trial):
    trial.fill()
    terminal = trial.pick(before="$ ls\r\nfile\r\n")
    terminal.shows("4 / 4")
    terminal.press("postgr")
    terminal.shows("3 / 4")
    terminal.press("es und")
    terminal.shows("> postgres und")
    terminal.shows("1 / 4")
    terminal.press("\r")
    same(terminal.end(), 0, "exit code")
    terminal.shows("Understanding Postgres backups")
    same(terminal.screen.unknown, [], "unknown sequences")


def prints_into_a_pipe(trial):
    trial.fill()
    terminal = trial.pick("dune", "--fields", "id,title", pipes=True, before="$ ")
    terminal.shows("1 / 4")
    terminal.press("\r")
    same(terminal.end(), 0, "exit code")
    same(terminal.output, b"4\tDune\n", "output")
    restored(terminal, "choice")


def marks_several(trial):
    trial.fill()
    terminal = trial.pick("postgres", "--json", "--fields", "id", pipes=True)
    terminal.shows("3 / 4")
    terminal.press("\t\t")
    terminal.shows("2 marked")
    terminal.press("\r")
    same(terminal.end(), 0, "exit code")
    same(len(json.loads(terminal.output)), 2, "how many")


def keys_in_one_burst(trial):
    """What is typed faster than it is found is found before Enter chooses."""
    trial.fill()
    terminal = trial.pick("--fields", "id", pipes=True)
    terminal.shows("4 / 4")
    terminal.press("zero-down\r")
    same(terminal.end(), 0, "exit code")
    same(terminal.output, b"3\n", "output")
    # Even before it has begun.
    terminal = trial.pick("--fields", "id", pipes=True)
    os.write(terminal.master, b"dune\r")
    same(terminal.end(), 0, "exit code")
    same(terminal.output, b"4\n", "output")


def leaves_as_it_was(trial):
    trial.fill()
    for keys, code in [(ESCAPE, 130), ("\x03", 130), ("\x07", 130), ("nothing like it\r", 1)]:
        for how in [{"before": "$ one\r\ntwo\r\n$ "}, {"before": "line\r\n" * 30 + "$ "}, {"before": ""}]:
            for words in [(), ("--full",), ("--height", "5"), ("--height", "100%")]:
                terminal = trial.pick(*words, **how)
                terminal.shows("4 / 4")
                terminal.press("pos")
                terminal.shows("3 / 4")
                terminal.press(keys)
                same(terminal.end(), code, f"exit code after {keys!r}")
                restored(terminal, f"{keys!r} {words} {how}")
    same(len(trial.json("history")), 4, "changes")


def signals_leave_as_well(trial):
    trial.fill()
    # Ctrl-\ is a signal as ever.
    for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGSEGV, signal.SIGABRT, "\x1c"]:
        for words in [(), ("--full",)]:
            terminal = trial.pick(*words, before="$ one\r\n$ ")
            terminal.shows("4 / 4")
            if isinstance(number, str):
                terminal.press(number)
            else:
                terminal.child.send_signal(number)
            same(terminal.end(), -int(signal.SIGQUIT if isinstance(number, str) else number), "how it ended")
            restored(terminal, f"signal {number}")


def leaves_no_answer_to_the_shell(trial):
    """What the terminal answers is never typed into the next command, however the picker ends."""
    trial.fill()
    with open(trial.home + "/no.db", "w") as file:
        file.write("no database " * 500)
    for command, words, code in [
            ("pick", ["-c", "nowhere"], 3), ("pick", ["--db", trial.home + "/none.db"], None),
            ("pick", ["--db", trial.home + "/no.db"], None), ("open", ["--db", trial.home + "/no.db"], None)]:
        # It answers at once, or takes a while, as over a network.
        for late in (False, True):
            terminal = trial.pick(*words, command=command, before="$ ", answers=not late)
            if late:
                terminal.wait(lambda: terminal.unanswered, "asked")
                terminal.drain(0.1)
                os.write(terminal.master, terminal.unanswered.encode())
            found = terminal.end()
            assert found == code if code else found > 0, f"{command} {words}: {found}"
            same(terminal.left_over(), b"", f"left over after {command} {words}, late: {late}")
    # A signal that comes before the answer.
    terminal = trial.pick(before="$ ", answers=False)
    terminal.wait(lambda: terminal.unanswered, "asked")
    terminal.child.send_signal(signal.SIGTERM)
    time.sleep(0.1)
    os.write(terminal.master, terminal.unanswered.encode())
    same(terminal.end(), -int(signal.SIGTERM), "how it ended")
    same(terminal.left_over(), b"", "left over after a signal")


def tells_again_where_text_was_saved(trial):
    """An error is readable whole, and what it advises is still there when the picker has gone."""
    trial.fill()
    editor = program(trial, "editor", 'sed -i "s/^category: .*/category: a\\/\\/b/" "$1"\n')
    for words in [(), ("--full",)]:
        terminal = trial.pick("dune", *words, environment={"EDITOR": editor}, before="$ ")
        terminal.shows("1 / 4")
        terminal.press("\x05")
        terminal.shows(".txt'")
        terminal.press("x")
        terminal.hides(".txt'")
        terminal.press(ESCAPE)
        same(terminal.end(), 130, "exit code")
        saved = [name for name in os.listdir(trial.home) if name.startswith("favs-edit-")]
        shown = "".join(terminal.screen.lines())
        assert "hint: your text was saved in" in shown and any(name in shown for name in saved), f"{saved}: {shown}"


def stops_and_goes_on(trial):
    trial.fill()
    terminal = trial.pick(before="$ ")
    terminal.shows("4 / 4")
    terminal.child.send_signal(signal.SIGTSTP)
    terminal.hides("4 / 4")

    def is_stopped():
        with open(f"/proc/{terminal.child.pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "T"

    # A signal that comes before it has stopped would not wake it.
    terminal.wait(is_stopped, "stopped")
    assert terminal.screen.modes[25] and not terminal.screen.modes.get(2004), "stopped with its own modes"
    terminal.child.send_signal(signal.SIGCONT)
    terminal.shows("4 / 4")
    terminal.press("dune")
    terminal.shows("1 / 4")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")


def undo_is_inside(trial):
    trial.fill()
    before = trial.titles()
    terminal = trial.pick("postgres", before="$ ")
    terminal.shows("3 / 4")
    terminal.press("\t\t\x04")
    terminal.shows("moved 2 favourites to the trash")
    terminal.shows("1 / 2")
    same(len(trial.titles()), 2, "favourites")
    terminal.press("\x1a")
    terminal.shows("undone: rm")
    terminal.shows("3 / 4")
    same(trial.titles(), before, "favourites")
    terminal.press("\x12")
    terminal.shows("redone: rm")
    same(len(trial.titles()), 2, "favourites")
    terminal.press("\x1a")
    terminal.shows("undone: rm")
    same(trial.titles(), before, "favourites")
    # What was not done here is asked about first.
    terminal.press("\x1a")
    terminal.shows("^Z again undoes @4")
    same(trial.titles(), before, "favourites")
    terminal.press("\x1a")
    terminal.shows("undone: add Dune")
    terminal.press("\x12")
    terminal.shows("redone: add Dune")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    restored(terminal, "undo")
    same(trial.titles(), before, "favourites")


def ranks_are_changed(trial):
    trial.fill()
    terminal = trial.pick("-c", "work", "zero")
    terminal.shows("work@2")
    terminal.press("\x1b[1;3A")
    terminal.shows("now work@1")
    same([each["title"] for each in trial.json("list", "work")][0], "Zero-downtime Postgres backups", "first")
    terminal.press("\x1b[1;3B")
    terminal.shows("now work@2")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")


def narrows_to_the_category(trial):
    trial.fill()
    terminal = trial.pick()
    terminal.shows("4 / 4")
    terminal.press("understanding")
    terminal.shows("1 / 4")
    terminal.press("\x14\x15")
    terminal.shows("work/ >")
    terminal.shows("2 / 4")
    terminal.press("\x14")
    terminal.shows("4 / 4")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")


def copies_a_link(trial):
    trial.fill()
    terminal = trial.pick("understanding")
    terminal.shows("1 / 4")
    terminal.press("\x19")
    terminal.shows("copied https://fly.example/u")
    same(base64.b64decode(terminal.screen.clipboard), b"https://fly.example/u", "clipboard")
    terminal.press("\x15dune")
    terminal.shows("1 / 4")
    terminal.press("\x19")
    terminal.shows("'Dune' has no link")
    terminal.press("\t\x15understanding")
    terminal.shows("1 / 4")
    terminal.press("\t\x19")
    terminal.shows("copied https://fly.example/u; 'Dune' has no link")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    terminal = trial.pick("understanding", "--action", "copy")
    terminal.shows("1 / 4")
    terminal.press("\r")
    same(terminal.end(), 0, "exit code")
    same(base64.b64decode(terminal.screen.clipboard), b"https://fly.example/u", "clipboard")


def program(trial, name, text):
    os.makedirs(trial.home + "/bin", exist_ok=True)
    path = f"{trial.home}/bin/{name}"
    with open(path, "w") as file:
        file.write("#!/bin/sh\n" + text)
    os.chmod(path, 0o755)
    return path


def opens_and_edits_inside(trial):
    trial.fill()
    browser = program(trial, "browser", 'printf "%s\\n" "$1" >>"$HOME/opened"; tty >>"$HOME/tty"; test -t 0 && test -t 1\n')
    editor = program(trial, "editor", 'test -t 0 && test -t 1 && sed -i "s/^title: .*/title: Edited/" "$1"\n')
    variables = {"BROWSER": browser, "EDITOR": editor}
    terminal = trial.pick("understanding", environment=variables, pipes=True, before="$ ")
    terminal.shows("1 / 4")
    terminal.press("\x0f")
    terminal.shows("opened 'Understanding Postgres backups'")
    with open(trial.home + "/opened") as file:
        same(file.read(), "https://fly.example/u\n", "opened")
    terminal.press("\x05")
    terminal.shows("edited 'Edited'")
    terminal.press("\x1a")
    terminal.shows("undone: edit 2")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    restored(terminal, "programs")
    same(terminal.output, b"", "output")
    for action, titles in [("open", 4), ("rm", 3)]:
        terminal = trial.pick("zero", "--action", action, environment=variables, pipes=True)
        terminal.shows("1 / 4")
        terminal.press("\r")
        same(terminal.end(), 0, action)
        same(len(trial.titles()), titles, action)


def hostile_titles_are_shown(trial):
    lines = [{"title": title, "category": "c", "note": title, "tags": ["t"]} for title in HOSTILE]
    trial.run("import", "-", text="\n".join(json.dumps(line) for line in lines) + "\n")
    for size in [(24, 80), (20, 64), (5, 20), (100, 300), (3, 10)]:
        terminal = trial.pick(rows=size[0], columns=size[1], before="$ ")
        terminal.wait(lambda: any("▌" in line for line in terminal.screen.lines()), "drawn")
        for _ in HOSTILE:
            terminal.press("\x1b[B")
            terminal.drain(0.02)
        terminal.press("\x04")
        terminal.drain(0.2)
        terminal.press("\x1a")
        terminal.drain(0.2)
        terminal.press(ESCAPE)
        same(terminal.end(), 130, f"exit code at {size}")
        restored(terminal, f"hostile at {size}")
    assert not os.path.exists("pwned"), "something stored was run"
    same(len(trial.titles()), len(HOSTILE), "favourites")


def follows_the_size(trial):
    trial.fill()
    terminal = trial.pick(before="$ ")
    terminal.shows("│")
    # Where it is not wide, the preview is below, and the keys are read page by page.
    terminal.resize(24, 64)
    terminal.shows("────")
    terminal.press("?")
    terminal.shows("Enter")
    terminal.shows("? more keys")
    terminal.press("?")
    terminal.shows("leave without a choice")
    terminal.press("?")
    terminal.shows("────")
    for size in [(20, 64), (5, 20), (1, 3), (60, 200), (24, 80)]:
        terminal.resize(*size)
        terminal.drain(0.1)
    terminal.shows("4 / 4")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    same(terminal.screen.unknown, [], "unknown sequences")


def works_where_the_terminal_says_little(trial):
    trial.fill()
    # It does not say where its cursor is.
    terminal = trial.pick(answers=False)
    terminal.shows("4 / 4")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    # It says that it has no size.
    terminal = trial.pick(environment={"COLUMNS": "60", "LINES": "12"})
    terminal.set_size(0, 0)
    terminal.shows("4 / 4")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")


def colours_and_letters(trial):
    trial.fill()
    terminal = trial.pick("postgres", environment={"NO_COLOR": "1"})
    terminal.shows("3 / 4")
    assert b"\x1b[36m" not in terminal.written and b"\x1b[1;4m" in terminal.written, "coloured, or not marked"
    terminal.press(ESCAPE)
    terminal.end()
    terminal = trial.pick("postgres", environment={"LC_ALL": "C"})
    terminal.shows("3 / 4")
    terminal.drain(0.2)
    assert all(byte < 0x80 for byte in terminal.written), "not ASCII"
    terminal.press(ESCAPE)
    terminal.end()


def pastes(trial):
    trial.fill()
    terminal = trial.pick("--fields", "id", pipes=True)
    terminal.shows("4 / 4")
    assert terminal.screen.modes.get(2004), "no bracketed paste"
    terminal.press("\x1b[200~du\x03ne\r\x1b[201~")
    terminal.shows("> dune")
    terminal.shows("1 / 4")
    terminal.press("\r")
    same(terminal.end(), 0, "exit code")
    same(terminal.output, b"4\n", "output")


def others_write_meanwhile(trial):
    """Nobody waits for a picker, and it shows what others did."""
    trial.fill()
    terminal = trial.pick()
    terminal.shows("4 / 4")
    begin = time.monotonic()
    trial.run("add", "Solaris", "-c", "books")
    assert time.monotonic() - begin < 5, "a writer waited for the picker"
    terminal.press("solaris")
    terminal.shows("1 / 5")
    trial.run("rm", "Solaris")
    terminal.press("\x0f")
    terminal.shows("Solaris")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    # What went to the trash meanwhile is not printed as a choice.
    terminal = trial.pick("dune")
    terminal.shows("1 / 4")
    trial.run("rm", "Dune")
    terminal.press("\r")
    same(terminal.end(), 3, "exit code")
    terminal.shows("is in the trash: 'Dune'")


def refuses(trial):
    trial.fill()
    done = subprocess.run(
        [trial.favs, "pick"], stdin=subprocess.DEVNULL, env=trial.environment, capture_output=True, text=True,
        start_new_session=True, check=False)
    same((done.returncode, done.stdout), (4, ""), "without a terminal")
    assert "no terminal" in done.stderr, done.stderr
    terminal = trial.pick(environment={"TERM": "dumb"})
    same(terminal.end(), 4, "dumb terminal")
    terminal.shows("TERM")
    terminal = trial.pick("-c", "nowhere", before="$ ")
    same(terminal.end(), 3, "unknown category")
    assert terminal.screen.modes[25] and not terminal.screen.modes.get(2004), "modes are left"


def rehearses(trial):
    trial.fill()
    terminal = trial.pick("dune", "--dry-run")
    terminal.shows("1 / 4")
    terminal.press("\x04")
    terminal.shows("would move 'Dune' to the trash")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code")
    same(len(trial.titles()), 4, "favourites")


def an_empty_file(trial):
    terminal = trial.pick(environment={"FAVS_DB": ""})
    terminal.shows("no favourites yet")
    terminal.press("\x1a")
    terminal.shows("nothing to undo")
    terminal.press("x\r")
    same(terminal.end(), 1, "exit code")


def commands_let_pick(trial):
    trial.fill()
    for words, keys, shown in [
            (["show"], "dune\r", "books@1"), (["move", "--to", "films"], "dune\r", "films"),
            (["edit", "-t", "seen"], "zero\r", "seen"), (["rm"], "zero\r", "moved 1 favourite to the trash")]:
        terminal = trial.pick(*words[1:], command=words[0], before="$ ")
        terminal.shows("/ 4")
        terminal.press(keys)
        same(terminal.end(), 0, f"exit code of {words}")
        terminal.shows(shown)
    same([each["command"] for each in trial.json("history")][:2], ["rm 3", "edit -t seen 3"], "history")
    for keys, code in [(ESCAPE, 130), ("nothing like it\r", 1)]:
        terminal = trial.pick(command="open", before="$ ")
        terminal.shows("/ 3")
        terminal.press(keys)
        same(terminal.end(), code, "exit code without a choice")
        terminal.shows("nothing was chosen")
    # Who changes something before leaving has still left.
    terminal = trial.pick(command="open", before="$ ")
    terminal.shows("/ 3")
    terminal.press("dune\x04")
    terminal.shows("moved 'Dune' to the trash")
    terminal.press(ESCAPE)
    same(terminal.end(), 130, "exit code after a change")
    terminal.shows("was saved anyway; favs undo reverts it")
    # Nobody is there to pick.
    terminal = trial.pick("--no-input", command="rm")
    same(terminal.end(), 4, "with --no-input")
    same(subprocess.run([trial.favs, "show"], env=trial.environment, capture_output=True, check=False).returncode, 2, "in a pipe")


FZF = r'''
if [ "$1" = --version ]; then echo "${FZF_IS:-0.44.1} (debian)"; exit 0; fi
for word in "$@"; do
  case "$word" in
    --bind=change:reload:*) printf '%s' "${word#--bind=change:reload:}" >"$HOME/command" ;;
  esac
done
printf '%s\0' "$@" >"$HOME/words"
test "$SHELL" = /bin/sh || exit 2
sed -i "s/{q}/'zero'/" "$HOME/command"
/bin/sh "$HOME/command" | head -z -n 1
exit ${FZF_EXIT:-0}
'''


def fzf_draws(trial):
    trial.fill()
    program(trial, "fzf", FZF)
    variables = {"FAVS_PICKER": "fzf", "SHELL": "/bin/zsh"}
    # A filter that fzf or a shell could take for something else.
    trial.run("edit", "3", "-t", "{q} $(touch pwned)")
    terminal = trial.pick("-t", "{q} $(touch pwned)", "--fields", "id", environment=variables, pipes=True)
    same(terminal.end(), 0, "exit code")
    same(terminal.output, b"3\n", "output")
    with open(trial.home + "/words") as file:
        words = file.read().split("\0")
    assert "--disabled" in words and "--read0" in words, words
    assert not any("pwned" in word or trial.favs in word for word in words), words
    for code, wanted in [("1", 1), ("130", 130), ("2", 7)]:
        terminal = trial.pick(environment=variables | {"FZF_EXIT": code}, pipes=True)
        same(terminal.end(), wanted, f"exit code where fzf ends with {code}")
    terminal = trial.pick(environment=variables | {"FZF_IS": "0.29.0"})
    same(terminal.end(), 7, "an old fzf")
    terminal.shows("fzf is too old")
    os.remove(trial.home + "/bin/fzf")
    terminal = trial.pick(environment=variables | {"PATH": trial.home + "/bin"})
    same(terminal.end(), 7, "no fzf")
    terminal.shows("fzf is not installed")
    terminal = trial.pick(environment={"FAVS_PICKER": "fzy"})
    same(terminal.end(), 2, "an unknown picker")


TRIALS = [
    finds_while_typing, prints_into_a_pipe, marks_several, keys_in_one_burst, leaves_as_it_was, signals_leave_as_well,
    leaves_no_answer_to_the_shell, tells_again_where_text_was_saved, stops_and_goes_on, undo_is_inside, ranks_are_changed, narrows_to_the_category, copies_a_link, opens_and_edits_inside,
    hostile_titles_are_shown, follows_the_size, works_where_the_terminal_says_little, colours_and_letters, pastes,
    others_write_meanwhile, refuses, rehearses, an_empty_file, commands_let_pick,
    fzf_draws]


def main():
    favs, names = os.path.abspath(sys.argv[1]), sys.argv[2:]
    failed = False
    for body in TRIALS:
        if names and body.__name__ not in names:
            continue
        trial = Trial(favs)
        try:
            body(trial)
        except AssertionError as error:
            failed = True
            print(f"{body.__name__}: {error}")
        finally:
            trial.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
