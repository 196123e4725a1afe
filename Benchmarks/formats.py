"""How fast each format is imported: files of the same favourites, made by favs where it writes the format.

By itself it makes those that favs does not write: `formats.py SAMPLE FOLDER`.
"""

import json
import os
import sqlite3
import subprocess
import sys

from measure import run

# What favs writes itself, with the ending that tells it.
OWN = ["jsonl", "json", "csv", "tsv", "html", "xbel", "opml", "atom", "markdown", "org", "urls"]
EPOCH = 11_644_473_600


def foreign(sample, folder):
    """Files in the formats of other programs, in the shape that those write."""
    with open(sample, encoding="utf-8") as lines:
        made = [json.loads(line) for line in lines]
    folders = {}
    for each in made:
        folders.setdefault(each.get("category") or "inbox", []).append(each)

    def chromium(path):
        children = [
            {"type": "folder", "name": name, "date_added": "13300000000000000", "children": [
                {"type": "url", "name": each["title"], "url": each["url"],
                 "date_added": str((1_600_000_000 + EPOCH) * 1_000_000 + at)} for at, each in enumerate(held)]}
            for name, held in folders.items()]
        root = {"type": "folder", "children": []}
        with open(path, "w", encoding="utf-8") as file:
            json.dump(
                {"checksum": "0", "version": 1, "roots": {
                    "bookmark_bar": {**root, "children": children}, "other": root, "synced": root}},
                file, ensure_ascii=False, indent=3)

    def firefox(path):
        def container(name, guid, children):
            return {"guid": guid, "title": name, "typeCode": 2, "type": "text/x-moz-place-container",
                    "children": children}
        menu = [
            container(name, "", [
                {"title": each["title"], "uri": each["url"], "typeCode": 1, "type": "text/x-moz-place",
                 "tags": ",".join(each["tags"]), "dateAdded": 1_600_000_000_000_000 + at}
                for at, each in enumerate(held)])
            for name, held in folders.items()]
        top = container("", "root________", [
            {**container("menu", "menu________", menu), "root": "bookmarksMenuFolder"}])
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**top, "root": "placesRoot"}, file, ensure_ascii=False)

    def pinboard(path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump([
                {"href": each["url"], "description": each["title"], "extended": each["note"] or "",
                 "meta": "", "hash": "", "time": "2020-01-02T03:04:05Z", "shared": "no", "toread": "no",
                 "tags": " ".join(tag.replace(" ", "_") for tag in each["tags"])} for each in made],
                file, ensure_ascii=False)

    def buku(path):
        database = sqlite3.connect(path)
        database.execute(
            "CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, metadata text default '', "
            "tags text default ',', desc text default '', flags integer default 0)")
        database.executemany(
            "INSERT INTO bookmarks(URL, metadata, tags, desc) VALUES (?, ?, ?, ?)",
            ((each["url"], each["title"], "," + "".join(tag + "," for tag in each["tags"]), each["note"] or "")
             for each in made))
        database.commit()
        database.close()

    for name, make in [("chromium", chromium), ("firefox", firefox), ("pinboard", pinboard), ("buku", buku)]:
        make(os.path.join(folder, "foreign-" + name))


def rows(favs, sample, folder, environment, told):
    """A row for each format: megabytes, seconds, MB/s, favourites/s, peak memory."""
    source = environment(os.path.join(folder, "source.db"))
    run([favs, "import", sample, "--quiet"], source)
    count = sum(1 for _ in open(sample, encoding="utf-8"))
    files = []
    for name in OWN:
        path = os.path.join(folder, "own." + name)
        run([favs, "export", path, "--format", name, "--quiet"], source)
        files.append((f"`{name}`", path))
    # In a process of its own: see `Bench.sample`.
    subprocess.run([sys.executable, __file__, sample, folder], check=True)
    for title, name in [
            ("Chromium", "chromium"), ("Firefox, JSON", "firefox"), ("Pinboard, JSON", "pinboard"),
            ("buku, database", "buku")]:
        files.append((title, os.path.join(folder, "foreign-" + name)))
    for name, path in files:
        target = os.path.join(folder, "target.db")
        best = None
        for _ in range(3):
            for ending in ("", ".lock", "-journal"):
                if os.path.exists(target + ending):
                    os.remove(target + ending)
            result = run([favs, "import", path, "--quiet"], environment(target))
            if best is None or result.milliseconds < best.milliseconds:
                best = result
        size = os.path.getsize(path) / 1e6
        seconds = best.milliseconds / 1_000
        row = [
            name, f"{size:,.1f}", f"{seconds:,.2f}", f"{size / seconds:,.1f}", f"{count / seconds:,.0f}",
            f"{best.peak_mebibytes:,.0f}"]
        told("    " + "  ".join(row))
        yield row
        os.remove(path)


if __name__ == "__main__":
    foreign(*sys.argv[1:])
