"""Damaged files: favourites files changed at random, and such as another hand added something to."""

import os
import random
import sqlite3

from favs import Broken, Favs, copy
from outcome import Outcome, promised

LIMIT = 5
# What doctor says of a file in which something is wrong: found, and no file that can be used.
FOUND = (1, 6)
UNUSABLE = 6
# What SQLite says of a damaged file that seems to have as many pages as there can be: the disk is full.
FAILED = 7
READS = [["list"], ["search", "classic"], ["show", "1"], ["history"], ["export"]]
ADD = ["add", "one more", "-c", "books"]
COMMANDS = [*READS, ADD]
# With whatever a file is tried that another hand changed, it is refused; by `doctor` too.
REFUSED = [*COMMANDS, ["undo"], ["redo"], ["edit", "1", "--note", "x"], ["rm", "1"], ["restore", "23"], ["move", "1", "--last"],
           ["category", "rename", "films", "plays"], ["trash", "empty", "--all", "--yes"], ["import", "in.jsonl"],
           ["doctor"], ["doctor", "--fix"]]
# A copy of such a file may be made: it is as it was, and refused as well.
COPY = "copy.db"
COPYING = ["backup", "create", COPY]


class Mutant:
    """One trial: the file, changed as the dice say."""

    def __init__(self, seed):
        self.seed = seed

    def __str__(self):
        return f"mutant {self.seed}"

    def of(self, whole):
        dice = random.Random(self.seed)
        data = bytearray(whole)
        pages = len(data) // 4096
        for _ in range(dice.choice([1, 1, 1, 2, 4, 16])):
            way = dice.randrange(9)
            # Half of the changes go where the structure is: the beginnings of pages.
            page = dice.randrange(pages) * 4096
            place = page + dice.randrange(64) if dice.random() < 0.5 else dice.randrange(len(data))
            place = min(place, len(data) - 1)
            if way == 0:
                data[place] ^= 1 << dice.randrange(8)
            elif way == 1:
                data[place] = dice.choice([0, 1, 2, 5, 10, 13, 127, 128, 255])
            elif way == 2:
                length = dice.choice([2, 4, 16, 512, 4096])
                data[place:place + length] = dice.randbytes(len(data[place:place + length]))
            elif way == 3:
                length = dice.choice([4, 64, 512, 4096])
                data[place:place + length] = bytes(len(data[place:place + length]))
            elif way == 4 and len(data) > 8192:
                del data[dice.randrange(4096, len(data)):]
                pages = max(1, len(data) // 4096)
            elif way == 5:
                other = dice.randrange(pages) * 4096
                data[page:page + 4096], data[other:other + 4096] = data[other:other + 4096], data[page:page + 4096]
            elif way == 6:
                other = dice.randrange(pages) * 4096
                data[page:page + 4096] = data[other:other + 4096]
            elif way == 7:
                data += dice.randbytes(dice.choice([1, 512, 4096]))
            else:
                number = dice.choice([0, 1, pages, pages + 1, 2**31 - 1, 2**32 - 1]).to_bytes(4, "big")
                data[place:place + 4] = number[:len(data[place:place + 4])]
        return bytes(data)


def damage(path):
    """What SQLite itself finds wrong with a file; empty where nothing."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            found = connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()
        return "" if found == [("ok",)] else str(found[0][0])
    except (sqlite3.Error, UnicodeDecodeError) as error:
        return str(error)


def kept(path):
    """What a person kept in a file, read without favs: of each favourite what does not depend on its place."""
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    connection.text_factory = bytes
    try:
        return sorted(connection.execute(
            "SELECT f.uid, f.title, ifnull(f.url, ''), ifnull(f.note, ''), ifnull(f.tags, ''), ifnull(f.metadata, ''), c.name "
            "FROM favourite f JOIN category c ON c.id = f.category"))
    finally:
        connection.close()


@promised()
def damaged(program, workers, starts, folder, count):
    """Files changed at random, with all commands and `doctor`."""
    outcome = Outcome(
        "A damaged file makes no command crash or hang; doctor finds all that SQLite's integrity_check finds; what --fix calls "
        "mended is sound; where doctor finds nothing, writing works, and salvage gets out all favourites",
        f"{count:,} files changed at random (bits, bytes, pages, lengths); "
        f"{len(COMMANDS)} commands, doctor, --fix and --salvage on each, {LIMIT} s for any")
    with open(os.path.join(starts, "sample", "favs.db"), "rb") as file:
        whole = file.read()

    def attempt(favs, mutant):
        data = mutant.of(whole)
        copy(os.path.join(starts, "nothing"), favs.folder)
        saved = os.path.join(favs.folder, "saved.db")

        def write():
            with open(os.open(favs.file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(data)

        def run(words, codes):
            done = favs.run(words, limit=LIMIT)
            if done.code not in codes:
                raise Broken(f"favs {' '.join(words)}: exit code {done.code}: {done.err.strip()[:300]}")
            return done.code

        write()
        wrong = damage(favs.file)
        is_found = run(["doctor"], (0, *FOUND)) != 0
        if wrong and not is_found:
            raise Broken(f"doctor finds nothing, and SQLite: {wrong[:200]}")
        outcome.count("found by both" if wrong else "found by doctor alone" if is_found else "sound")
        told = run(["doctor", "--salvage", "saved.db"], (0, *FOUND))
        if os.path.exists(saved):
            favs.is_sound(saved)
            if wrong := damage(saved):
                raise Broken(f"what was salvaged is not sound: {wrong[:200]}")
            outcome.count("salvaged", bool(kept(saved)))
        elif told == 0:
            raise Broken("doctor --salvage ends with 0, and there is no file")
        if not is_found and (not os.path.exists(saved) or kept(saved) != kept(favs.file)):
            raise Broken("doctor finds nothing, and --salvage does not get out what is there")
        with open(favs.file, "rb") as file:
            if file.read() != data:
                raise Broken("doctor changed the file")
        for words in READS:
            # A search that finds nothing ends with 1: an index may be damaged so that words are missing in it.
            fine = (0, 1, 3) if words[0] == "search" else (0, 3) if words[0] == "show" else (0,)
            run(words, fine if not is_found else (*fine, 3, 4, 6))
        # Where doctor finds nothing there is nothing that could be in the way of a change.
        if run(ADD, (0,) if not is_found else (0, 3, 4, 6)) == 0 and not is_found:
            favs.is_sound()
        write()
        mended = run(["doctor", "--fix"], (0, *FOUND) if not damage(favs.file) else (0, *FOUND, FAILED))
        with open(favs.file, "rb") as file:
            if mended == FAILED and file.read() != data:
                raise Broken("doctor --fix failed, and changed the file")
        if mended == 0:
            favs.is_sound()
            if wrong := damage(favs.file):
                raise Broken(f"doctor --fix finds all well, and SQLite: {wrong[:200]}")
            outcome.count("mended", is_found)

    workers.all(outcome, [Mutant(seed) for seed in range(count)], attempt)
    found = outcome.counts
    # Most damage leaves something, and some of it only what is derived.
    if not found["salvaged"] > found["sound"]:
        outcome.failed(f"out of {found['found by both'] + found['found by doctor alone']} damaged files nothing was salvaged")
    if not found["mended"]:
        outcome.failed("not one was mended by --fix")
    outcome.result = (
        f"{found['found by both']:,} found by both, {found['found by doctor alone']:,} by doctor alone, {found['sound']:,} "
        f"sound; out of {found['salvaged']:,} favourites were salvaged, into a file that is sound; {found['mended']:,} "
        "were mended by --fix")
    return outcome


def rewritten(name, old, new):
    """Statements that change how a table or an index is described, behind SQLite's back."""
    return ["PRAGMA writable_schema = ON",
            f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = '{name}'",
            "PRAGMA writable_schema = OFF"]


ADDED = [
    "CREATE TRIGGER added AFTER INSERT ON favourite BEGIN DELETE FROM trash; END",
    "CREATE TRIGGER added AFTER DELETE ON place BEGIN UPDATE favourite SET title = 'taken over'; END",
    "CREATE VIEW added AS SELECT * FROM favourite",
    "CREATE TABLE added(x)",
    "CREATE INDEX added ON favourite(lower(title))",
    "ALTER TABLE favourite ADD COLUMN added TEXT DEFAULT 'x'",
    "ALTER TABLE trash RENAME TO added",
    "DROP INDEX favourite_unedited",
    "CREATE VIRTUAL TABLE added USING fts5(x)",
]
REWRITTEN = [
    rewritten("favourite", "length(title) > 0 AND", "1 OR"),
    rewritten("favourite", "length(url) <= 65536", "length(url) <= 1 OR 1"),
    rewritten("favourite", "opened INTEGER NOT NULL DEFAULT 0", "opened INTEGER NOT NULL DEFAULT 99"),
    rewritten("change", "is_final INTEGER NOT NULL DEFAULT 0", "is_final INTEGER NOT NULL DEFAULT 1"),
    rewritten("category", "key TEXT NOT NULL UNIQUE", "key TEXT NOT NULL UNIQUE COLLATE NOCASE"),
    rewritten("totals", "favourites INTEGER NOT NULL", "favourites INTEGER"),
    rewritten("favourite_opened", "favourite(opened_at)", "favourite(opened)"),
    rewritten("search", "remove_diacritics 0", "remove_diacritics 1"),
]


@promised()
def foreign(program, workers, starts, folder):
    """Files that another hand added something to, or described otherwise."""
    changes = [[sql] for sql in ADDED] + REWRITTEN
    outcome = Outcome(
        "A file with an added trigger, view, table, index or column, or with another check or default, is refused with exit "
        f"code {UNUSABLE}, a backup of it like itself, and nothing in it is run",
        f"{len(ADDED)} such additions and {len(REWRITTEN)} tables and indexes described otherwise (writable_schema), "
        f"{len(REFUSED) + 1} commands on each")
    favs = Favs(program, os.path.join(folder, "foreign"))
    for statements in changes:
        copy(os.path.join(starts, "sample"), favs.folder)
        with open(os.path.join(favs.folder, "in.jsonl"), "w", encoding="utf-8") as file:
            file.write('{"title":"Imported"}\n')
        connection = sqlite3.connect(favs.file, isolation_level=None)
        before = described(connection)
        for sql in statements:
            connection.execute(sql)
        after = described(connection)
        connection.close()
        told = statements[0] if len(statements) == 1 else statements[1]
        if before == after:
            raise Broken(f"it changes nothing: {told}")
        with open(favs.file, "rb") as file:
            before = file.read()
        names = set(os.listdir(favs.folder))
        for words in REFUSED:
            done = favs.run(words)
            outcome.tried()
            if done.code != UNUSABLE:
                outcome.failed(f"{told}: favs {' '.join(words)}: exit code {done.code}: {done.err.strip()[:200]}")
        with open(favs.file, "rb") as file:
            if file.read() != before:
                outcome.failed(f"{told}: the file was changed")
        if made := set(os.listdir(favs.folder)) - names - {".local", "favs.db.backups"}:
            outcome.failed(f"{told}: were made: {sorted(made)}")
        done = favs.run(COPYING)
        outcome.tried()
        if done.code not in (0, UNUSABLE):
            outcome.failed(f"{told}: favs {' '.join(COPYING)}: exit code {done.code}: {done.err.strip()[:200]}")
        elif done.code == 0:
            outcome.count("copied")
            again = favs.run(["--db", COPY, "list"])
            if again.code != UNUSABLE:
                outcome.failed(f"{told}: a backup of it is not refused: exit code {again.code}")
    outcome.result = f"{outcome.trials - outcome.counts['copied']:,} refused, {outcome.counts['copied']:,} backups refused in turn"
    return outcome


def described(connection):
    """How all tables and indexes are described."""
    return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def all(program, workers, starts, folder, count):
    return [damaged(program, workers, starts, folder, count), foreign(program, workers, starts, folder)]
