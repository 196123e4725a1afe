"""The command lines that are tortured, and the files that they start from."""

import json
import os
import shutil
import sqlite3

from favs import BROWSER, Broken, Favs, copy, names, plain

VERSION_1 = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Fixtures", "version-1.sql")
# What may stand beside the file, whatever happened: the lock is never removed, backups are kept.
USUAL = {"favs.db", "favs.db.lock", "favs.db.backups"}

LINKS = b"".join(b"https://example.org/%d\n" % number for number in range(40))
MANY = "".join(
    json.dumps({
        "title": f"Imported {number}", "url": f"https://example.com/{number}", "category": f"imported/{number % 5}",
        "tags": [f"tag-{number % 7}", "imported"], "note": "A note of some length. " * 8,
        "metadata": {"year": {"type": "number", "value": 1900 + number}}}) + "\n"
    for number in range(120)).encode()


class Case:
    """One command line.

    `start` names the files it starts from, `target` a file it makes beside the favourites, which is there whole
    or not at all; `codes` are the exit codes that mean done; `programs` are run by it, beside itself.
    """

    def __init__(self, name, *words, start="sample", stdin=b"", target=None, codes=(0,), programs=()):
        self.name, self.words, self.start, self.stdin = name, list(words), start, stdin
        self.target, self.codes, self.programs = target, codes, list(programs)

    def state(self, favs):
        """What a person would call the state of things: all favourites, and the target."""
        state = [favs.state()]
        if self.target:
            path = os.path.join(favs.folder, self.target)
            if not os.path.exists(path):
                state.append("")
            elif path.endswith(".db"):
                state.append(favs.state(path))
            else:
                state.append(open(path, encoding="utf-8").read())
        return "\n".join(state)

    def strays(self, favs):
        """Names in the folder that nobody expects there."""
        usual = USUAL | {".local", self.target, self.target and self.target + ".lock", "in.jsonl", "old.db"}
        found = []
        for name in names(favs.folder):
            head, _, rest = name.partition("/")
            if head not in usual or (head.endswith(".backups") and rest and not is_backup(rest)):
                found.append(name)
        return found

    def check_backups(self, favs):
        """Raises `Broken` unless each backup is whole."""
        for name in names(favs.folder):
            if name.startswith("favs.db.backups/") and is_backup(name):
                # A look at it leaves a lock beside it, and may bring it up to date: so at a copy.
                place = os.path.join(os.path.dirname(favs.folder), "backup")
                shutil.rmtree(place, ignore_errors=True)
                os.makedirs(place, mode=0o700)
                favs.state(shutil.copy2(os.path.join(favs.folder, name), os.path.join(place, "favs.db")))


def is_backup(name):
    return name.endswith(".db")


WRITING = [
    Case("add, the first of all", "add", "Dune", "-c", "books", "-t", "classic", start="nothing"),
    Case("add", "add", "Solaris", "-c", "books/sci-fi", "-t", "classic", "--note", "By Lem.", "--set", "year=1961"),
    Case("add to a new category", "add", "Nightwoods", "-c", "new/and/deep", "--rank", "first"),
    Case("add --update", "add", "https://sqlite.org/", "-c", "links", "--update", "--note", "Again."),
    Case("add -", "add", "-", "-c", "links/many", stdin=LINKS),
    Case("add to a file of version 1", "add", "Newer", "-c", "books", start="version-1"),
    Case("edit", "edit", "3", "--title", "Emma, again", "--note", "Another note.", "-t", "england", "--unset", "year"),
    Case("edit many", "edit", "--in", "links", "-t", "seen", "--set", "checked:date=2024-02-11"),
    Case("edit into another category", "edit", "--in", "books/sci-fi", "-c", "films"),
    Case("open", "open", "6", programs=[BROWSER]),
    Case("rm", "rm", "5"),
    Case("rm many", "rm", "-c", "links", "--yes"),
    Case("move", "move", "2", "--to", "films", "--rank", "1"),
    Case("swap", "swap", "1", "7"),
    Case("category add", "category", "add", "music/jazz", "--note", "Loud."),
    Case("category edit", "category", "edit", "books", "--note", "Only paper."),
    Case("category rename", "category", "rename", "books", "library/paper"),
    Case("category merge", "category", "merge", "links", "films"),
    Case("category rm", "category", "rm", "books", "--yes"),
    Case("tag rename", "tag", "rename", "classic", "old"),
    Case("tag merge", "tag", "merge", "classic", "web"),
    Case("tag rm", "tag", "rm", "classic"),
    Case("restore", "restore", "--all"),
    Case("restore a category", "restore", "-c", "gone"),
    Case("trash empty", "trash", "empty", "--all", "--yes"),
    Case("undo", "undo"),
    Case("undo many", "undo", "--last", "5"),
    Case("redo", "redo", start="undone"),
    Case("import", "import", "in.jsonl", "--quiet", start="import"),
    Case("backup create", "backup", "create"),
    Case("backup create FILE", "backup", "create", "copy.db", target="copy.db"),
    Case("backup restore", "backup", "restore", "old.db", "--yes", start="older"),
    Case("export FILE", "export", "out.jsonl", target="out.jsonl"),
    Case("export --full FILE", "export", "--full", "out.jsonl", target="out.jsonl"),
    Case("doctor --fix", "doctor", "--fix", start="unindexed"),
    Case("doctor --salvage", "doctor", "--salvage", "saved.db", target="saved.db"),
]

READING = [
    Case("list", "list"),
    Case("list --json", "list", "--json"),
    Case("search", "search", "classic"),
    Case("show", "show", "1"),
    Case("category list", "category", "list"),
    Case("tag list", "tag", "list"),
    Case("trash list", "trash", "list"),
    Case("history", "history"),
    Case("export", "export"),
    Case("doctor", "doctor"),
]


def prepare(program, folder):
    """Makes the files that cases start from, a folder for each; gives the folder of all."""

    def start(name):
        path = os.path.join(folder, name)
        os.makedirs(path, mode=0o700)
        return Favs(program, path)

    start("nothing")
    sample = start("sample")
    for words in [
        ["add", "Dune", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1965", "--set", "author=Frank Herbert"],
        ["add", "The Left Hand of Darkness", "-c", "books/sci-fi", "-t", "classic", "--set", "year=1969"],
        ["add", "Emma", "-c", "books", "-t", "classic", "-t", "england", "--set", "year=1815"],
        ["add", "In the Mood for Love", "-c", "films", "-t", "drama", "--set", "seen:date=2024-02-11"],
        ["add", "七人の侍", "-c", "films", "-t", "classic", "--note", "three\nlines\n'quoted'"],
        ["add", "https://sqlite.org/", "-c", "links", "-t", "web"],
        ["add", "https://www.gnu.org/software/bash/", "-c", "links", "-t", "web", "--note", "A manual. " * 50],
        ["add", "-", "-c", "links/more"],
        ["add", "Forgotten", "-c", "gone/far", "-t", "old", "--note", "In the trash."],
        ["category", "rm", "gone", "--yes"],
        ["add", "Removed", "-c", "books", "-t", "old"],
        ["rm", "Removed"],
        ["edit", "Dune", "--note", "Read it slowly."],
        ["move", "Emma", "--rank", "first"],
        ["add", "Taken back", "-c", "books"],
        ["undo"],
        ["edit", "6", "--title", "SQLite"],
    ]:
        sample.must(*words, stdin=LINKS[:300] if words[:2] == ["add", "-"] else b"")
    sample.is_sound()

    for name in ("undone", "import", "older", "unindexed"):
        copy(sample.folder, os.path.join(folder, name))
    Favs(program, os.path.join(folder, "undone")).must("undo")
    with open(os.path.join(folder, "import", "in.jsonl"), "wb") as file:
        file.write(MANY)
    older = Favs(program, os.path.join(folder, "older"))
    older.must("backup", "create", "old.db")
    older.must("rm", "-c", "films", "--yes")
    with sqlite3.connect(os.path.join(folder, "unindexed", "favs.db")) as connection:
        connection.execute("DELETE FROM link")
        connection.execute("UPDATE totals SET favourites = favourites + 1")
    connection.close()
    first = start("version-1")
    os.close(os.open(first.file, os.O_CREAT | os.O_EXCL, 0o600))
    with sqlite3.connect(first.file) as connection:
        connection.executescript(open(VERSION_1, encoding="utf-8").read())
    connection.close()
    return folder


class Trial:
    """A case, with the state before it, the state after it, and what it prints; the same each time."""

    def __init__(self, case, starts, favs):
        self.case = case
        self.start = os.path.join(starts, case.start)
        copy(self.start, favs.folder)
        self.exact = case.state(favs)
        # What `export` itself made (a lock, a migration) is not to be there when the command runs.
        copy(self.start, favs.folder)
        done = favs.run(case.words, case.stdin)
        if done.code not in case.codes:
            raise Broken(f"favs {' '.join(case.words)}: exit code {done.code}: {done.err.strip()}")
        self.code = done.code
        self.old = self.exact
        self.new = plain(case.state(favs), self.old)
        self.printed = plain(done.out.replace(favs.folder.encode(), b"."), self.old)

    def has(self, favs):
        """Whether the files are in the state before ("old") or after ("new"); raises `Broken` where in neither."""
        state = self.case.state(favs)
        if state == self.old:
            return "old"
        if plain(state, self.old) == self.new:
            return "new"
        raise Broken(f"a state between the old and the new: {difference(plain(state, self.old), self.new)}")

    def acknowledged(self, favs, out):
        """Whether all was printed that tells that it is done."""
        return bool(self.printed) and plain(out.replace(favs.folder.encode(), b"."), self.old) == self.printed


def difference(found, wanted):
    """The first line in which two texts differ, for a message."""
    for one, other in zip(found.split("\n"), wanted.split("\n")):
        if one != other:
            return f"{one[:200]!r} instead of {other[:200]!r}"
    return f"{len(found)} characters instead of {len(wanted)}"
