"""Links laid in the way, where another may have laid them: what they lead to is not read and not written."""

import contextlib
import os
import shutil
import sqlite3
import stat

from favs import Broken, Favs, copy
from outcome import Outcome, promised
from rights import EVERY_RUN, LOG, below

# What is said of a link; each in the place where the program says it.
NOT_PLAIN = "is not a plain file"
TOO_MANY = "too many levels of symbolic links"
SECRET = "a favourite of another"


class Trap:
    """A link laid in the way of one command, and what has to come of it.

    `bait` is what it leads to: "file", "journal", "folder", or nothing, where nothing may come to be. `told` is what
    is said, nothing where the command goes on without what it was laid for.
    """

    def __init__(self, name, words, codes, told, bait="file", start="sample"):
        self.name, self.words, self.codes, self.told, self.bait, self.start = name, words, codes, told, bait, start

    def __str__(self):
        return f"{self.name} leads to {'a ' + self.bait if self.bait else 'nothing'}: favs {' '.join(self.words)}"


ANY_WORDS = [["list"], ["search", "classic"], ["show", "1"], ["history"], ["export"], ["doctor"], ["doctor", "--fix"], ["add", "x"],
             ["edit", "1", "--note", "x"], ["rm", "1"], ["undo"], ["trash", "empty", "--all", "--yes"], ["import", "in.jsonl"]]
BACKUP = ["backup", "create"]
WRITES = [["add", "x"], ["rm", "1"], ["undo"]]
TRAPS = [
    *[Trap("favs.db", words, (6,), NOT_PLAIN) for words in [*ANY_WORDS, BACKUP]],
    *[Trap("favs.db", words, (6,), NOT_PLAIN, None) for words in [*ANY_WORDS, BACKUP]],
    *[Trap("favs.db", ["add", "x"], (6,), NOT_PLAIN, bait, start="nothing") for bait in ("file", None)],
    *[Trap("favs.db.lock", words, (7,), TOO_MANY, bait) for words in WRITES for bait in ("file", None)],
    *[Trap("favs.db-journal", words, (6,), NOT_PLAIN, bait) for words in WRITES for bait in ("file", "journal", None)],
    *[Trap("favs.db-journal", words, (6,), NOT_PLAIN, "journal") for words in (["list"], ["export"])],
    Trap("copy.db", ["backup", "create", "copy.db"], (6,), NOT_PLAIN),
    Trap("copy.db", ["backup", "create", "copy.db"], (4, 6, 7), "copy.db", None),
    Trap("saved.db", ["doctor", "--salvage", "saved.db"], (4,), "already exists"),
    Trap("saved.db", ["doctor", "--salvage", "saved.db"], (4,), "already exists", None),
    Trap("out.jsonl", ["export", "out.jsonl"], (7,), "it is a symbolic link", None),
    Trap("out.jsonl", ["export", "out.jsonl"], (4,), "is a database"),
    Trap("favs.db.backups", BACKUP, (6, 7), "", "folder"),
    Trap("favs.db.backups", BACKUP, (6, 7), "favs.db.backups", None),
    Trap("old.db", ["backup", "restore", "old.db", "--yes"], (6,), NOT_PLAIN),
    *[Trap(LOG, words, (0,), "", bait) for words in (["list"], ["add", "x"]) for bait in ("file", None)],
    # The folder of the log may be a link to another: who may lay it there may read all that is in it anyway.
    *[Trap(os.path.dirname(LOG), words, (0,), "", None) for words in (["list"], ["add", "x"])],
]


@promised()
def links(program, starts, folder):
    """Links laid where files are looked for or made: none is read or written through."""
    outcome = Outcome(
        "No link is followed that another may have laid: what it leads to is not read and stays as it is, and nothing comes "
        "to be where it leads to nothing",
        f"{len(TRAPS)} times a link to a file of favourites, to a journal that would change them, to a folder or to nothing, in "
        "the place of " + ", ".join(sorted({os.path.basename(trap.name) for trap in TRAPS})))
    favs = Favs(program, os.path.join(folder, "links", "w"))
    baits = os.path.join(folder, "links", "baits")
    ready = os.path.join(folder, "links", "ready")
    os.makedirs(baits, mode=0o700)
    os.makedirs(ready, mode=0o700)
    copy(os.path.join(starts, "sample"), os.path.join(ready, "file"))
    Favs(program, os.path.join(ready, "file")).must("add", SECRET, "-t", "classic")
    hot(os.path.join(starts, "sample", "favs.db"), os.path.join(ready, "journal"))

    for trap in TRAPS:
        copy(os.path.join(starts, trap.start), favs.folder)
        with open(os.path.join(favs.folder, "in.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"title":"Imported"}\n')
        favs.environment["FAVS_LOG"] = EVERY_RUN
        bait = os.path.join(baits, "bait")
        copy(os.path.join(ready, "file"), baits)
        if trap.bait == "file":
            os.rename(os.path.join(baits, "favs.db"), bait)
        elif trap.bait == "journal":
            shutil.copy(os.path.join(ready, "journal", "journal"), bait)
            shutil.copy(os.path.join(ready, "journal", "favs.db"), favs.file)
        elif trap.bait == "folder":
            os.makedirs(bait, mode=0o700)
        path = os.path.join(favs.folder, trap.name)
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            os.remove(path)
        os.symlink(bait, path)
        before, own = content(baits), content(favs.folder)
        done = favs.run(trap.words)
        outcome.tried()
        said = done.err + done.out.decode(errors="replace")
        if done.code not in trap.codes or trap.told not in done.err:
            outcome.failed(f"{trap}: exit code {done.code}, and not told of {trap.told!r}: {done.err.strip()[:200]}")
        if SECRET in said:
            outcome.failed(f"{trap}: reads through the link: {said.strip()[:200]}")
        if changed := difference(before, content(baits)):
            outcome.failed(f"{trap}: writes through the link: {', '.join(changed)}")
        if trap.bait == "journal" and content(favs.folder).get("favs.db") != own["favs.db"]:
            outcome.failed(f"{trap}: the journal of another was played back")
    outcome.result = "none read or written through"
    return outcome


def content(folder):
    """What is below a folder: of each name its rights, where it leads to, and the bytes of a file."""
    found = {}
    for path in below(folder):
        mode = os.lstat(path).st_mode
        if stat.S_ISREG(mode):
            with open(path, "rb") as file:
                found[os.path.relpath(path, folder)] = mode, file.read()
        else:
            found[os.path.relpath(path, folder)] = mode, os.readlink(path) if stat.S_ISLNK(mode) else ""
    return found


def difference(before, after):
    """The names of what is other, new or gone."""
    return sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))


LATEST = "SELECT max(modified_at) FROM favourite"


def hot(source, folder):
    """Makes a file of favourites, `favs.db`, and the `journal` that would change it, as a writer leaves it that died."""
    os.makedirs(folder, mode=0o700)
    path, journal = os.path.join(folder, "favs.db"), os.path.join(folder, "journal")
    work, check = os.path.join(folder, "work.db"), os.path.join(folder, "check.db")
    with opened(shutil.copy(source, work)) as connection:
        # So small a cache that pages go to the file before the end, and what they held to the journal before that.
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE favourite SET edited_at = modified_at + 1")
        connection.execute("UPDATE favourite SET note = ifnull(note, '') || hex(zeroblob(20000))")
        shutil.copy(work + "-journal", journal)
        connection.execute("ROLLBACK")
    with opened(shutil.copy(source, path)) as connection:
        connection.execute("UPDATE favourite SET edited_at = modified_at + 1000")
        written = connection.execute(LATEST).fetchone()
    # It is a bait only if it would be taken.
    shutil.copy(journal, check + "-journal")
    with opened(shutil.copy(path, check)) as connection:
        if connection.execute(LATEST).fetchone() >= written:
            raise Broken("the journal that was laid as a bait is none")


@contextlib.contextmanager
def opened(path):
    """A connection without transactions of its own, closed at the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()
