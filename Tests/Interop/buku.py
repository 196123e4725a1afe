#!/usr/bin/env python3
"""favs and buku read each other's files: nothing is lost on the way that buku can hold.

buku holds a URL, a title, a set of tags in lower case and a description. It takes the innermost folder for a tag.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import sys
import tempfile

HOSTILE = [
    ("Título & ünïcode", "https://example.org/?a=1&b=2", ["rust", "two words"], "Line one\nline two"),
    ("\"quoted\" 'single'", "https://example.org/q?x=%22y%22", ["q"], "a & b"),
    ("七人の侍 🎬", "https://example.org/七", [], "note"),
    ("a < b > c", "https://example.org/#frag", ["c++", "c#"], ""),
    ("plain", "http://example.org/plain", [], ""),
]


def fail(text):
    sys.exit(f"interop: {text}")


def call(argv, environment, stdin=None):
    result = subprocess.run(argv, env=environment, input=stdin, stdin=None if stdin else subprocess.DEVNULL,
                            capture_output=True, text=True)
    if result.returncode != 0:
        fail(f"{' '.join(argv)}: exit code {result.returncode}: {result.stderr.strip()}")
    return result.stdout


def bookmarks(count):
    for title, url, tags, note in HOSTILE:
        yield {"title": title, "url": url, "tags": tags, "note": note or None, "category": "links"}
    for number in range(count):
        yield {
            "title": f"Page {number} of <{number % 7}> & more", "url": f"https://example{number % 50}.org/{number}?a=1&b={number}",
            "tags": [f"t{number % 9}", f"tag {number % 5}"], "note": f"note {number}\nsecond line" if number % 3 else None,
            "category": f"folder {number % 4}"}


def held(made, folder):
    """What buku can hold of a favourite; it adds the name of the folder as a tag where that is wanted."""
    tags = {tag.lower() for tag in made["tags"]} | ({made["category"].split("/")[-1]} if folder else set())
    return made["title"], frozenset(tags), (made["note"] or "").strip()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--favs", default=".build/release/favs")
    parser.add_argument("--buku", default=".build/benchmark/buku/bin/buku")
    arguments = parser.parse_args()
    if not os.path.exists(arguments.buku):
        fail("buku is not installed; make others installs it")
    with tempfile.TemporaryDirectory(prefix="favs-interop-") as folder:
        environment = {"HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "XDG_DATA_HOME": folder}

        def favs(name, *words, stdin=None):
            return call([os.path.abspath(arguments.favs), "--db", os.path.join(folder, name), *words], environment, stdin)

        def buku(*words):
            database = os.path.join(folder, "buku.db")
            return call([os.path.abspath(arguments.buku), "--db", database, "--nostdin", "--tacit", *words], environment)

        made = list(bookmarks(1_000))
        favs("a.db", "import", "-", stdin="".join(json.dumps(each) + "\n" for each in made))
        page = os.path.join(folder, "favs.html")
        favs("a.db", "export", page)
        buku("--import", page)
        rows = sqlite3.connect(os.path.join(folder, "buku.db")).execute(
            "SELECT URL, metadata, tags, desc FROM bookmarks").fetchall()
        found = {
            url: (title, frozenset(tag for tag in tags.split(",") if tag), note.strip())
            for url, title, tags, note in rows}
        wanted = {each["url"]: held(each, True) for each in made}
        if found != wanted:
            lost = [(url, wanted[url], found.get(url)) for url in wanted if found.get(url) != wanted[url]]
            fail(f"buku took {len(found)} of {len(wanted)} from favs; {len(lost)} differ, as {lost[:1]}")
        favs("b.db", "import", os.path.join(folder, "buku.db"))
        back = {each["url"]: held(each, False) for each in json.loads(favs("b.db", "export", "--json"))}
        if back != found:
            lost = [(url, found[url], back.get(url)) for url in found if back.get(url) != found[url]]
            fail(f"favs took {len(back)} of {len(found)} from buku; {len(lost)} differ, as {lost[:1]}")
        again = favs("b.db", "import", os.path.join(folder, "buku.db"))
        if any(not line.startswith("skip\t") for line in again.splitlines()):
            fail("a second import of the same file changed something")
        print(f"{len(made)} bookmarks: favs' html into buku, buku's database into favs: nothing was lost")


if __name__ == "__main__":
    main()
