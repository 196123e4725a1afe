"""Another reader than favs: SQLite, as Python has it, looks at a file without a line of the code that is tortured."""

import os
import shutil
import sqlite3

from favs import Broken

SOUND = "integrity: ok"
# What a person keeps, as every version of the layout has it.
KEPT = {
    "favourite": "title, ifnull(url, ''), ifnull(note, '')",
    "category": "name, ifnull(note, '')",
    "trash": "title, ifnull(url, ''), ifnull(note, '')",
}


def judged(file, place):
    """What stands in a file, as a text; one that is not there is as good as one with nothing in it.

    It is read from a copy in a folder, with the journal that lies beside it, which SQLite plays back there: so it has to
    come before favs looks at the file.
    """
    if not os.path.exists(file):
        return SOUND
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(place, mode=0o700)
    for name in (file, file + "-journal"):
        if os.path.exists(name):
            shutil.copy2(name, place)
    connection = sqlite3.connect(os.path.join(place, os.path.basename(file)))
    try:
        found = [f"integrity: {connection.execute('PRAGMA integrity_check').fetchone()[0]}"]
        found += [f"refers to nothing: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
        tables = {name for name, in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        for table, columns in KEPT.items():
            if table in tables:
                rows = sorted(map(str, connection.execute(f"SELECT {columns} FROM {table}")))
                found += [f"{table}: {len(rows)}", *rows] if rows else []
        return "\n".join(found)
    except sqlite3.Error as error:
        raise Broken(f"no other reader can read it: {error}") from None
    finally:
        connection.close()
