"""Values that favs never writes: files that SQLite can read, with numbers and texts in them beyond all bounds."""

import json
import os
import random
import sqlite3

from cases import READING, WRITING
from favs import Broken, copy
from mutants import LIMIT
from outcome import Outcome, promised

FEWEST, MOST = -2**63, 2**63 - 1
# Numbers at the ends of what can be stored, and near to them: for sums, differences and lengths that overflow.
NUMBERS = [MOST, MOST - 1, FEWEST, FEWEST + 1, 2**62, -1, 0]
TEXTS = ["", "x" * 70_000, "a\0b", "{", '{"a":', "[1]", "null", "/", b"\xff\xfe"]
BYTES = [b"", b"x", bytes(17)]
VALUES = {"INTEGER": NUMBERS, "TEXT": TEXTS, "BLOB": BYTES, "ANY": [MOST, 9e999, *TEXTS, *BYTES]}
# What the history keeps of a thing is JSON: what each of its members may be instead.
MEMBERS = [MOST, FEWEST, -1, 1e300, "x", None, [], {}]
# The exit codes that the manual lists. A signal would be less than 0.
TOLD = range(9)
# From here on a command says that it did nothing, or in these words that it did.
REFUSED = 2
MADE = "was saved anyway"


class Strange:
    """One value, in one column of one table: of all rows that can have it, or of the last."""

    def __init__(self, table, column, value, is_last, member=None):
        self.table, self.column, self.value, self.is_last, self.member = table, column, value, is_last, member

    def __str__(self):
        name = self.column + (f" $.{self.member}" if self.member else "")
        return f"{self.table}.{name} = {self.value!r:.40}{' in the last row' if self.is_last else ''}"

    def set(self, connection):
        """Sets it, past all checks; gives how many rows have it now and had not."""
        new, value = "CAST(? AS TEXT)" if isinstance(self.value, bytes) and self.column != "uid" else "?", self.value
        if self.member:
            new, value = f"json_set({self.column}, '$.{self.member}', json(?))", json.dumps(self.value)
        sql = f"UPDATE OR IGNORE {self.table} SET {self.column} = {new} WHERE {self.column} IS NOT {new}"
        words = [value, value]
        if self.member:
            sql += f" AND json_type({self.column}, '$.{self.member}') IS NOT NULL"
        if self.is_last:
            keys = ", ".join(key_of(connection, self.table))
            sql += f" AND ({keys}) = (SELECT {keys} FROM {self.table} ORDER BY {keys.replace(',', ' DESC,')} DESC LIMIT 1)"
        try:
            return connection.execute(sql, words).rowcount
        except sqlite3.IntegrityError:
            # A column of a STRICT table takes no value of another kind.
            return 0


def key_of(connection, table):
    """The columns that tell the rows of a table apart."""
    keys = [(order, name) for _, name, _, _, _, order in connection.execute(f"PRAGMA table_info({table})") if order]
    return [name for _, name in sorted(keys)] or ["rowid"]


def opened(file):
    connection = sqlite3.connect(file, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "ignore_check_constraints=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def strange_values(file):
    """All that can be set in a file, each in turn."""
    connection = opened(file)
    found = []
    try:
        tables = [name for name, in connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search%' ORDER BY name")]
        for table in tables:
            for _, column, kind, *_ in connection.execute(f"PRAGMA table_info({table})"):
                for value in VALUES.get(kind, NUMBERS):
                    found += [Strange(table, column, value, is_last) for is_last in (False, True)]
        members = [name for name, in connection.execute(
            "SELECT DISTINCT key FROM change_item, json_each(before) ORDER BY key")]
        for member in members:
            for value in MEMBERS:
                found += [Strange("change_item", "before", value, is_last, member) for is_last in (False, True)]
        possible = []
        for each in found:
            connection.execute("BEGIN")
            if each.set(connection) > 0:
                possible.append(each)
            connection.execute("ROLLBACK")
        return possible
    finally:
        connection.close()


@promised()
def strange(program, workers, starts, count=None):
    """Every column with each of these values, under every command; or so many of these, at random."""
    cases = [case for case in READING + WRITING if case.start == "sample" and not case.draws]
    outcome = Outcome(
        "No value that a file may hold makes a command crash or hang: it is printed, or mended, or refused, and what is "
        "refused changes nothing",
        f"numbers, texts, bytes and members of JSON beyond all bounds in each column of each table, of all rows or of the last; "
        f"{len(cases)} commands on each, {LIMIT} s for any")
    possible = strange_values(os.path.join(starts, "sample", "favs.db"))
    if count:
        possible = random.Random(count).sample(possible, count)

    def attempt(favs, value):
        copy(os.path.join(starts, "sample"), favs.folder)
        connection = opened(favs.file)
        value.set(connection)
        connection.close()
        with open(favs.file, "rb") as file:
            data = file.read()
        with_it = os.path.join(os.path.dirname(favs.folder), "strange")
        copy(favs.folder, with_it)
        is_fresh = True
        for case in cases:
            if not is_fresh:
                copy(with_it, favs.folder)
            done = favs.run(case.words, case.stdin, limit=LIMIT)
            if done.code not in TOLD:
                raise Broken(f"favs {' '.join(case.words)}: exit code {done.code}: {done.err.strip()[:300]}")
            outcome.count("refused" if done.code >= REFUSED else "done")
            with open(favs.file, "rb") as file:
                is_fresh = file.read() == data
            # A change that stands although it could not be shown is told as one.
            if done.code >= REFUSED and not is_fresh and MADE not in done.err:
                raise Broken(f"favs {' '.join(case.words)}: exit code {done.code}, and the file is another")

    workers.all(outcome, possible, attempt)
    outcome.result = f"{outcome.counts['done']:,} commands did what they had to, {outcome.counts['refused']:,} refused"
    return outcome

