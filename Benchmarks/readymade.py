#!/usr/bin/env python3
"""What SQLite takes to make the changes that a command makes, given every row ready-made.

    python3 Benchmarks/readymade.py --favs .build/release/favs --db FILE rm --yes 1 2 3

The file before the command and the file after it are compared row by row, and the difference is written as statements
that name each row by its key. SQLite's own shell carries them out in one transaction, synced like those of favs: nothing
is looked up, no text is taken apart, no part of the search index is merged. What that takes, the format takes: no program
that leaves the same rows behind by SQL is quicker by much. The command changes the file; the copy is made before.
"""

import argparse
import os
import shutil
import sqlite3
import sys

sys.dont_write_bytecode = True

from measure import Case, alternate, percentile, run
from replay import copied


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
            if kind in ("table", "shadow") and name not in ("sqlite_schema", "sqlite_stat1")]
        return [
            "PRAGMA synchronous = EXTRA;\nBEGIN IMMEDIATE;\n"
            + "".join(f"{statement};\n" for table in tables for statement in table.changes(old, new)) + "COMMIT;\n"
            for old, new in [("main", "later"), ("later", "main")]]
    finally:
        database.close()


def made(sqlite, before, after):
    """SQLite's shell making in `before` what `after` has otherwise, and, untimed, putting back what was there."""
    words = []
    for number, script in enumerate(scripts(before, after)):
        path = f"{before}-{number}.sql"
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        words.append([sqlite, "-bail", before, f".read '{path}'"])
    return Case("the rows alone", words[0], lambda _: words[1])


def clear(before):
    """Removes the copy and its scripts."""
    for end in ["", "-0.sql", "-1.sql"]:
        if os.path.exists(before + end):
            os.unlink(before + end)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--favs", required=True)
    parser.add_argument("--db", required=True)
    parser.add_argument("words", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    file = os.path.realpath(arguments.db)
    sqlite = shutil.which("sqlite3")
    before = copied(file)
    try:
        environment = dict(os.environ, FAVS_DB=file)
        run([os.path.abspath(arguments.favs), *arguments.words], environment)
        case = made(sqlite, before, file)
        usual = Case("select 1", [sqlite, before, "select 1"])
        alternate([usual, case], lambda words, expected: run(words, environment, expected=expected), 50, 30)
        took, base = percentile(case.times, 50), percentile(usual.times, 50)
        print(f"the rows alone: {took:.2f} ms, {took / base:.2f} times select 1")
    finally:
        clear(before)


if __name__ == "__main__":
    main()
