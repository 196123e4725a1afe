#!/usr/bin/env python3
"""What SQLite takes to make the changes that a command makes, given every row ready-made.

    python3 Benchmarks/readymade.py --favs .build/release/favs --db FILE rm --yes 1 2 3

The file before the command and the file after it are compared row by row, and the difference is written as statements
that name each row by its key. SQLite's own shell carries them out in one transaction, synced like those of favs: nothing
is looked up, no text is taken apart, no part of the search index is merged. What that takes is the price of the format.
favs can be quicker, as it gathers what it writes to the journal. The command changes the file; the copy is made before.
"""

import os
import shutil
import sqlite3
import sys

sys.dont_write_bytecode = True

from measure import Case, alternate, percentile, run
from replay import asked, copied


def listed(names):
    return ", ".join(f'"{name}"' for name in names)


class Table:
    """A table of a file, its key, and what another file has otherwise."""

    def __init__(self, database, name, without_rowid):
        columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
        ordered = sorted((column for column in columns if column[5]), key=lambda column: column[5])
        primary = [column[1] for column in ordered]
        alias = len(primary) == 1 and ordered[0][2].upper() == "INTEGER"
        self.database = database
        self.name = name
        self.key = primary if without_rowid or alias else ["rowid"]
        self.columns = [column[1] for column in columns]
        if self.key == ["rowid"]:
            self.columns.insert(0, "rowid")

    def keys(self, one, other):
        """The keys of the rows that only `one` has as they are, as SQL."""
        key = ", ".join(f'quote("{name}")' for name in self.key)
        columns = listed(self.columns)
        return set(self.database.execute(
            f'SELECT {key} FROM (SELECT {columns} FROM {one}."{self.name}" '
            f'EXCEPT SELECT {columns} FROM {other}."{self.name}")'))

    def place(self, key):
        return " AND ".join(f'"{name}" = {value}' for name, value in zip(self.key, key))

    def row(self, schema, key):
        columns = ", ".join(f'quote("{name}")' for name in self.columns)
        return self.database.execute(
            f'SELECT {columns} FROM {schema}."{self.name}" WHERE {self.place(key)}').fetchone()

    def changes(self, old, new):
        """The statements that make what `old` has of this table into what `new` has."""
        gone, come = self.keys(old, new), self.keys(new, old)
        for key in sorted(gone - come):
            yield f'DELETE FROM "{self.name}" WHERE {self.place(key)}'
        for key in sorted(gone & come):
            pairs = zip(self.columns, self.row(old, key), self.row(new, key))
            values = ", ".join(f'"{name}" = {after}' for name, before, after in pairs if before != after)
            yield f'UPDATE "{self.name}" SET {values} WHERE {self.place(key)}'
        for key in sorted(come - gone):
            yield f'INSERT INTO "{self.name}" ({listed(self.columns)}) VALUES ({", ".join(self.row(new, key))})'


def scripts(before, after):
    """Two scripts for SQLite's shell: one makes the rows of `before` into those of `after`, one puts them back."""
    database = sqlite3.connect(f"file:{before}?mode=ro", uri=True)
    try:
        database.execute("ATTACH ? AS later", (f"file:{after}?mode=ro",))
        tables = [
            Table(database, name, without_rowid)
            for name, kind, without_rowid in database.execute(
                "SELECT name, type, wr FROM pragma_table_list WHERE schema = 'main' ORDER BY name").fetchall()
            if kind in ("table", "shadow") and name != "sqlite_schema"]
        return [
            "PRAGMA synchronous = EXTRA;\nBEGIN IMMEDIATE;\n"
            + "".join(f"{statement};\n" for table in tables for statement in table.changes(old, new)) + "COMMIT;\n"
            for old, new in [("main", "later"), ("later", "main")]]
    finally:
        database.close()


def measured(sqlite, before, after, environment, rounds=50, seconds=30):
    """The milliseconds that SQLite's shell takes to make in `before` what `after` has otherwise, and those of `select 1`.

    What was there is put back each time, untimed.
    """
    words = []
    try:
        for number, script in enumerate(scripts(before, after)):
            path = f"{before}-{number}.sql"
            words.append([sqlite, "-bail", before, f".read '{path}'"])
            with open(path, "w", encoding="utf-8") as file:
                file.write(script)
        alone = Case("", words[0], lambda _: words[1])
        start = Case("", [sqlite, before, "select 1"])
        alternate([start, alone], lambda words, expected: run(words, environment, expected=expected), rounds, seconds)
    finally:
        for number in range(len(words)):
            os.unlink(f"{before}-{number}.sql")
    return percentile(alone.times, 50), percentile(start.times, 50)


def main():
    words, file, environment = asked(__doc__)
    before = copied(file)
    try:
        run(words, environment)
        took, base = measured(shutil.which("sqlite3"), before, file, environment)
        print(f"the rows alone: {took:.2f} ms, {took / base:.2f} times select 1")
    finally:
        os.unlink(before)


if __name__ == "__main__":
    main()
