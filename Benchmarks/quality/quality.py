#!/usr/bin/env python3
"""Runs the labelled searches of this folder through favs, plain FTS5 and buku, and prints how well each finds."""

import argparse
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
# What each kind has to reach, and what all searches together have to.
RECALL, PRECISION, PRECISION_OVER_ALL = 0.97, 0.85, 0.95
# Words that what is wanted does not hold: translations, and other words for a thing. Printed, but not held to that.
BEYOND_WORDS = "meaning"


def favourites():
    with open(os.path.join(HERE, "favourites.tsv"), encoding="utf-8") as lines:
        for line in lines:
            title, url, note, category, tags, metadata = line.rstrip("\n").split("\t")
            values = {}
            for pair in filter(None, metadata.split(";")):
                key, value = pair.split("=", 1)
                key, _, kind = key.partition(":")
                number = kind == "number"
                values[key] = {"type": kind or "text", "value": json.loads(value) if number else value}
            yield {
                "title": title, "url": url or None, "note": note or None, "category": category,
                "tags": [tag for tag in tags.split(",") if tag], "metadata": values,
            }


def queries():
    with open(os.path.join(HERE, "queries.tsv"), encoding="utf-8") as lines:
        for line in lines:
            kind, query, wanted = line.rstrip("\n").split("\t")
            yield kind, query, wanted.split(" || ")


class Favs:
    name = "favs"

    def __init__(self, program, folder):
        self.program = program
        self.environment = {"HOME": folder, "FAVS_DB": os.path.join(folder, "favs.db"), "PATH": "/usr/bin:/bin"}
        lines = "".join(json.dumps(favourite) + "\n" for favourite in favourites())
        subprocess.run(
            [program, "import", "-", "-q"], input=lines.encode(), env=self.environment, check=True,
            stdout=subprocess.DEVNULL)

    def search(self, query):
        words = [self.program, "search", "-q", "--limit", "5", "--json", "--fields", "title", "--", query]
        answer = subprocess.run(words, env=self.environment, stdout=subprocess.PIPE, check=False)
        if answer.returncode > 1:
            sys.exit(f"quality: {query}: exit code {answer.returncode}")
        return [found["title"] for found in json.loads(answer.stdout)]


class PlainFTS5:
    name = "FTS5, bm25()"

    def __init__(self):
        self.data = sqlite3.connect(":memory:")
        self.data.execute("CREATE VIRTUAL TABLE f USING fts5(title, url, note, category, tags, metadata)")
        for each in favourites():
            metadata = " ".join(str(value["value"]) for value in each["metadata"].values())
            self.data.execute(
                "INSERT INTO f VALUES(?, ?, ?, ?, ?, ?)",
                (each["title"], each["url"], each["note"], each["category"], " ".join(each["tags"]), metadata))

    def search(self, query):
        sql = "SELECT title FROM f WHERE f MATCH ? ORDER BY bm25(f) LIMIT 5"
        quoted = " ".join('"' + word.replace('"', "") + '"' for word in query.split())
        for attempt in (query, quoted):
            try:
                return [title for (title,) in self.data.execute(sql, (attempt,))]
            except sqlite3.OperationalError:
                continue
        return []


class Buku:
    name = "buku"

    def __init__(self, program, folder):
        self.program = program
        self.titles = []
        self.environment = {"HOME": folder, "XDG_DATA_HOME": folder, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
        os.makedirs(os.path.join(folder, "buku"), exist_ok=True)
        data = sqlite3.connect(os.path.join(folder, "buku", "bookmarks.db"))
        data.execute(
            "CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, "
            "metadata text default '', tags text default ',', desc text default '', flags integer default 0)")
        for index, each in enumerate(favourites(), 1):
            words = each["tags"] + each["category"].split("/")
            words += [str(value["value"]) for value in each["metadata"].values()]
            self.titles.append(each["title"])
            data.execute(
                "INSERT INTO bookmarks VALUES(?, ?, ?, ?, ?, 0)",
                (index, each["url"] or f"favs:{index}", each["title"],
                 "," + ",".join(sorted(words)).lower() + ",", each["note"] or ""))
        data.commit()
        data.close()

    def search(self, query):
        words = [self.program, "--nostdin", "--nc", "--np", "-f", "1", "--sall"] + query.split()
        answer = subprocess.run(
            words, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            check=False)
        found = []
        for line in answer.stdout.decode().splitlines()[:5]:
            number = line.split("\t")[0]
            if number.isdigit():
                found.append(self.titles[int(number) - 1])
        return found


def measure(engine):
    """Sums of recall and precision, by kind; what was missed."""
    sums = defaultdict(lambda: [0, 0.0, 0])
    missed = []
    for kind, query, wanted in queries():
        found = engine.search(query)
        recall = sum(title in found for title in wanted) / min(len(wanted), 5)
        isFirst = bool(found) and found[0] in wanted
        group = "all fresh ones" if kind.startswith("fresh: ") else "all others"
        for key in (kind,) if kind == BEYOND_WORDS else (kind, group, "all"):
            sums[key][0] += 1
            sums[key][1] += recall
            sums[key][2] += isFirst
        if recall < 1 or not isFirst:
            missed.append((kind, query, wanted, found))
    return sums, missed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--favs", required=True)
    parser.add_argument("--buku", default=shutil.which("buku"))
    parser.add_argument("--missed", action="store_true", help="list the searches that favs did not answer in full")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engines = [Favs(os.path.abspath(arguments.favs), folder), PlainFTS5()]
        if arguments.buku:
            engines.append(Buku(arguments.buku, folder))
        results = [measure(engine) for engine in engines]
    print("| searches | number | " + " | ".join(f"{e.name}: recall@5, precision@1" for e in engines) + " |")
    print("|---|--:|" + "--:|" * len(engines))
    totals = ["all others", "all fresh ones", "all"]
    for kind in [kind for kind in results[0][0] if kind not in totals] + totals:
        cells = [f"{sums[kind][1] / sums[kind][0]:.3f}, {sums[kind][2] / sums[kind][0]:.3f}" for sums, _ in results]
        print(f"| {kind} | {results[0][0][kind][0]} | " + " | ".join(cells) + " |")
    if arguments.missed:
        for kind, query, wanted, found in results[0][1]:
            print(f"{kind}: {query}\n  wanted {wanted}\n  found  {found}")
    failures = []
    for kind, (number, recall, first) in results[0][0].items():
        if kind == BEYOND_WORDS:
            continue
        precision = PRECISION_OVER_ALL if kind == "all" else PRECISION
        if recall / number < RECALL or first / number < precision:
            failures.append(f"quality: {kind}: recall@5 has to be {RECALL} at least and precision@1 {precision}")
    if failures:
        sys.exit("\n".join(failures))


if __name__ == "__main__":
    main()
