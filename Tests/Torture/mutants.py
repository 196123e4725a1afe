"""Damaged files: favourites files changed at random, and such as another hand added something to."""

import os
import random
import sqlite3

from favs import Broken, Favs, copy
from outcome import Outcome

LIMIT = 5
# What doctor says of a file in which something is wrong: found, and no file that can be used.
FOUND = (1, 6)
COMMANDS = [["list"], ["search", "classic"], ["show", "1"], ["history"], ["export"], ["add", "one more", "-c", "books"]]


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


def damaged(program, workers, starts, folder, count):
    """Files changed at random, with all commands and `doctor`."""
    outcome = Outcome(
        "A damaged file makes no command crash or hang, and doctor finds all that SQLite's integrity_check finds",
        f"{count:,} files changed at random (bits, bytes, pages, lengths); "
        f"{len(COMMANDS)} commands, doctor and salvage on each, {LIMIT} s for any")
    with open(os.path.join(starts, "sample", "favs.db"), "rb") as file:
        whole = file.read()
    found = {"damaged": 0, "by doctor alone": 0, "salvaged": 0}

    def attempt(favs, mutant):
        data = mutant.of(whole)
        copy(os.path.join(starts, "nothing"), favs.folder)

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
        looked = run(["doctor"], (0, 1, 6, 7))
        if wrong and looked == 0:
            raise Broken(f"doctor finds nothing, and SQLite: {wrong[:200]}")
        found["damaged"] += bool(wrong)
        found["by doctor alone"] += not wrong and looked != 0
        run(["doctor", "--salvage", "saved.db"], (0, 1, 6, 7, 8))
        if os.path.exists(os.path.join(favs.folder, "saved.db")):
            favs.is_sound(os.path.join(favs.folder, "saved.db"))
            found["salvaged"] += 1
        with open(favs.file, "rb") as file:
            if file.read() != data:
                raise Broken("doctor changed the file")
        for words in COMMANDS:
            # A search that finds nothing ends with 1: an index may be damaged so that words are missing in it.
            run(words, (0, 1, 3, 4, 6, 7) if words[0] == "search" else (0, 3, 4, 6, 7))
        write()
        run(["doctor", "--fix"], (0, 1, 6, 7))

    workers.all(outcome, [Mutant(seed) for seed in range(count)], attempt)
    outcome.result = (
        f"{found['damaged']:,} found by both, {found['by doctor alone']:,} by doctor alone; out of "
        f"{found['salvaged']:,} something was salvaged, into a file that is sound")
    return outcome


ADDED = [
    "CREATE TRIGGER added AFTER INSERT ON favourite BEGIN DELETE FROM trash; END",
    "CREATE TRIGGER added AFTER DELETE ON place BEGIN UPDATE favourite SET title = 'taken over'; END",
    "CREATE VIEW added AS SELECT * FROM favourite",
    "CREATE TABLE added(x)",
    "CREATE INDEX added ON favourite(lower(title))",
    "ALTER TABLE favourite ADD COLUMN added TEXT DEFAULT 'x'",
    "ALTER TABLE trash RENAME TO added",
    "DROP INDEX favourite_title",
    "CREATE VIRTUAL TABLE added USING fts5(x)",
]


def foreign(program, workers, starts, folder):
    """Files that another hand added something to."""
    outcome = Outcome(
        "A file with an added trigger, view, table, index or column is refused with exit code 6, and nothing in it is run",
        f"{len(ADDED)} such changes, {len(COMMANDS)} commands on each")
    favs = Favs(program, os.path.join(folder, "foreign"))
    for sql in ADDED:
        copy(os.path.join(starts, "sample"), favs.folder)
        connection = sqlite3.connect(favs.file)
        connection.execute(sql)
        connection.commit()
        connection.close()
        with open(favs.file, "rb") as file:
            before = file.read()
        for words in COMMANDS:
            done = favs.run(words)
            outcome.tried()
            if done.code != 6:
                outcome.failed(f"{sql}: favs {' '.join(words)}: exit code {done.code}: {done.err.strip()[:200]}")
        with open(favs.file, "rb") as file:
            if file.read() != before:
                outcome.failed(f"{sql}: the file was changed")
    outcome.result = f"{outcome.trials - len(outcome.failures)} refused"
    return outcome


def all(program, workers, starts, folder, count):
    return [damaged(program, workers, starts, folder, count), foreign(program, workers, starts, folder)]
