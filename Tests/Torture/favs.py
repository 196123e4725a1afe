"""The program under torture: running it, and telling one state of its files from another."""

import fcntl
import json
import os
import re
import shutil
import subprocess
import termios
import threading
import tty
import uuid

BROWSER = "/bin/true"
# No command may take longer, whatever is done to it.
LIMIT = 20
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Milliseconds since 1970, of this century.
MOMENT = re.compile(r"\b1[6-9]\d{11}\b")
DATE = re.compile(r"\b20\d\d-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?Z|[ T]\d\d:\d\d(?::\d\d)?)?")

# The names of backups.
STAMP = re.compile(r"\b20\d{6}T\d{9}Z\b")


class Broken(Exception):
    """A promise that was not kept, or a trial that could not be made."""


class Keys(bytes):
    """What is typed on a terminal, in the place of what stands in a pipe."""


class Done:
    """How a process ended: `code` is negative where a signal ended it."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err


class Favs:
    """The program, at work in a folder of its own on the file `favs.db` in it, or on another (`at`)."""

    def __init__(self, program, folder):
        self.program = program
        self.folder = folder
        self.file = os.path.join(folder, "favs.db")
        self.environment = {
            "HOME": folder, "FAVS_DB": self.file, "LC_ALL": "C.UTF-8",
            "PATH": "/usr/bin:/bin", "TMPDIR": folder, "TZ": "UTC", "SWIFT_BACKTRACE": "enable=no",
            # A run that happens to be slow would leave a line in the log, by calls that others of its kind do not make.
            "FAVS_LOG": "off",
            # It opens anything, and does nothing.
            "BROWSER": BROWSER}

    def at(self, place):
        """The same at work on another file of its folder, which is not named: its usual place."""
        other = Favs(self.program, self.folder)
        other.environment = {name: value for name, value in self.environment.items() if name != "FAVS_DB"}
        other.file = os.path.join(self.folder, place)
        return other

    def run(self, words, stdin=b"", before=(), limit=LIMIT, **more):
        """Runs it to its end; `before` is put in front of its command line."""
        if isinstance(stdin, Keys):
            return self.on_terminal(words, stdin, before, limit, **more)
        try:
            ended = subprocess.run(
                [*before, self.program, *words], env=self.environment, cwd=self.folder, input=stdin,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=limit, **more)
        except subprocess.TimeoutExpired:
            raise Broken(f"favs {' '.join(words)}: no end within {limit} s") from None
        return Done(ended.returncode, ended.stdout, ended.stderr.decode(errors="replace"))

    def on_terminal(self, words, keys, before, limit, **more):
        """Runs it on a terminal of its own, where keys were pressed before it begins; standard output is a pipe."""
        terminal, end = os.openpty()
        # No key is a signal, or the end of the input, before the program has seen it.
        tty.setraw(end)

        def begin():
            os.setsid()
            fcntl.ioctl(end, termios.TIOCSCTTY, 0)

        process = subprocess.Popen(
            [*before, self.program, *words], env=self.environment, cwd=self.folder, stdin=end, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, preexec_fn=begin, **more)
        os.write(terminal, keys)

        def drain():
            try:
                while os.read(terminal, 65536):
                    pass
            except OSError:
                pass

        reader = threading.Thread(target=drain, daemon=True)
        reader.start()
        try:
            out, err = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise Broken(f"favs {' '.join(words)}: no end within {limit} s") from None
        finally:
            os.close(end)
            # Nobody has the other end any more: what reads comes to its end.
            reader.join()
            os.close(terminal)
        return Done(process.returncode, out, err.decode(errors="replace"))

    def must(self, *words, stdin=b"", codes=(0,)):
        """Runs it and gives what it printed; it has to end with one of the codes."""
        done = self.run(list(words), stdin)
        if done.code not in codes:
            raise Broken(f"favs {' '.join(words)}: exit code {done.code}: {done.err.strip()[:300]}")
        return done.out

    def json(self, *words):
        """What it prints as JSON."""
        out = self.must(*words, "--json")
        try:
            return json.loads(out)
        except ValueError:
            raise Broken(f"favs {' '.join(words)} --json: is no JSON: {out[:200]}") from None

    def state(self, file=None):
        """All there is in a file, as one text; empty where there is nothing, or no file."""
        file = file or self.file
        if not os.path.exists(file):
            return ""
        text = self.must("--db", file, "export", "--full").decode()
        return "" if text.endswith('\n{"end":0}\n') else text

    def is_sound(self, file=None):
        """Raises `Broken` where `doctor` finds something, beside what the torture itself does to the folder."""
        if not os.path.exists(file or self.file):
            # Where there is no file, nothing can be wrong with it.
            return
        words = ["--db", file or self.file, "doctor", "--json"]
        done = self.run(words)
        if done.code == 0:
            return
        try:
            found = [each for each in json.loads(done.out) if not each["ok"]]
        except ValueError:
            found = done.out.decode(errors="replace") + done.err
        raise Broken(f"doctor: exit code {done.code}: {str(found)[:300]}")

    def still_writes(self, file=None):
        """Raises `Broken` where the next command that writes fails, does not do it, or leaves a file that is not sound."""
        at = ["--db", file] if file else []
        # Under a title that nothing else has, so that it can be told whether just this one was kept.
        title = f"the next one, {uuid.uuid4()}"
        self.must(*at, "add", title, "--category", "next", "--duplicate")
        kept = [each["title"] for each in self.json(*at, "list", "--category", "next")]
        if kept.count(title) != 1:
            raise Broken(f"the next favourite was acknowledged, and is there {kept.count(title)} times")
        self.is_sound(file)


def plain(text, known=""):
    """A text without what differs each time: uids and moments that are not in a text known already."""
    if isinstance(text, bytes):
        text = text.decode(errors="replace")
    for pattern in (UID, MOMENT, DATE, STAMP):
        text = pattern.sub(lambda match: match[0] if match[0] in known else "?", text)
    return text


def copy(source, target):
    """Puts a copy of a folder in the place of another."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target, symlinks=True)


def names(folder):
    """The names below a folder, of files and folders."""
    found = []
    for parent, folders, files in os.walk(folder):
        found += [os.path.relpath(os.path.join(parent, each), folder) for each in folders + files]
    return sorted(found)
