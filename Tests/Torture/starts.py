"""The files that cases start from, a folder for each."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys

from favs import Favs, copy



def free_port():
    """A port that nobody listens at."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Fixtures")
# Files of the oldest version, and of the last before this one.
OLDER = ("version-1", "version-6")
# Pages of this machine, for the commands that ask for some, and what asks for them.
PORT = free_port()
PAGES = f"http://127.0.0.1:{PORT}/"
# One that has moved, one that is called by its address yet, one that is not there.
WEB = ("moved/1", "titled/title/described", "404")
CURL = shutil.which("curl") or "/usr/bin/curl"
LINKS = b"".join(b"https://example.org/%d\n" % number for number in range(40))
MANY = "".join(
    json.dumps({
        "title": f"Imported {number}", "url": f"https://example.com/{number}", "category": f"imported/{number % 5}",
        "tags": [f"tag-{number % 7}", "imported"], "note": "A note of some length. " * 8,
        "metadata": {"year": 1900 + number}}) + "\n"
    for number in range(120)).encode()


def prepare(program, folder):
    """Makes the files that cases start from, a folder for each, and serves pages; gives the folder of all."""
    serve()

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

    for name in ("undone", "import", "older", "unindexed", "conflict", "damaged", "backups", "remains", "twice", "web"):
        copy(sample.folder, os.path.join(folder, name))
    Favs(program, os.path.join(folder, "undone")).must("undo")
    with open(os.path.join(folder, "import", "in.jsonl"), "wb") as file:
        file.write(MANY)
    older = Favs(program, os.path.join(folder, "older"))
    older.must("backup", "create", "old.db")
    older.must("rm", "-c", "films", "--yes")
    archive = start("archive")
    with open(os.path.join(archive.folder, "in.jsonl"), "wb") as file:
        file.write(sample.must("export", "--full"))
    conflict = Favs(program, os.path.join(folder, "conflict"))
    conflict.must("rm", "6")
    conflict.must("add", "https://sqlite.org/", "-c", "links")
    web = Favs(program, os.path.join(folder, "web"))
    # The first is 25.
    web.must("add", *(PAGES + path for path in WEB), "-c", "links")
    twice = Favs(program, os.path.join(folder, "twice"))
    twice.must("add", "http://www.sqlite.org/?utm_source=mail", "-c", "films", "-t", "database", "--note", "Again.")
    twice.must("add", "Emma", "-c", "books", "--set", "read=2")
    Favs(program, os.path.join(folder, "backups")).must("backup", "create")
    # All that `doctor --fix` puts right: an index, a count, a rank, the rights of the file.
    unindexed = os.path.join(folder, "unindexed", "favs.db")
    with sqlite3.connect(unindexed) as connection:
        connection.execute("DELETE FROM link")
        connection.execute("UPDATE totals SET favourites = favourites + 1")
        connection.execute("DELETE FROM place WHERE favourite IN (2, 9)")
    connection.close()
    os.chmod(unindexed, 0o644)
    spoil(os.path.join(folder, "damaged", "favs.db"))
    leave(os.path.join(folder, "remains", "favs.db"))
    for favs in (older, conflict):
        favs.is_sound()
    for version in OLDER:
        before = start(version)
        os.close(os.open(before.file, os.O_CREAT | os.O_EXCL, 0o600))
        with sqlite3.connect(before.file) as connection:
            with open(os.path.join(FIXTURES, version + ".sql"), encoding="utf-8") as script:
                connection.executescript(script.read())
        connection.close()
        # What is found after a trial is to come of the trial. A look brings an older file up to date, so a copy is looked at.
        looked = os.path.join(folder, "looked")
        copy(before.folder, looked)
        Favs(program, looked).is_sound()
        shutil.rmtree(looked)
    return folder


def serve():
    """Serves pages until this process ends."""
    server = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Web", "server.py")
    made = subprocess.Popen(
        [sys.executable, "-B", server, "--port", str(PORT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    made.stdout.readline()
    # Its standard input ends with this process, and so does it.
    SERVERS.append(made)


SERVERS = []


def spoil(path):
    """Writes over some of the favourites in a file."""
    with sqlite3.connect(path) as connection:
        page, = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'favourite'").fetchone()
        size, = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with open(path, "r+b") as file:
        # A page is filled from its end.
        file.seek(page * size - 700)
        file.write(b"\xa5" * 700)


# What an older favs has left of a row.
REMAINS = b"a favourite of long ago"


def leave(path):
    """Writes into the room between the cells of a page."""
    with sqlite3.connect(path) as connection:
        page, = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'tag'").fetchone()
        size, = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    with open(path, "r+b") as file:
        file.seek((page - 1) * size)
        bytes = file.read(size)
        start, end = 8 + 2 * int.from_bytes(bytes[3:5], "big"), int.from_bytes(bytes[5:7], "big")
        assert bytes[0] == 0x0D and end - start > 100
        file.seek((page - 1) * size + start + 30)
        file.write(REMAINS)
