#!/usr/bin/env python3
"""Measures the page of links that `favs export` writes, in headless Chromium: loading it, a key, emptying the box.

    python3 Benchmarks/page.py --favs .build/release/favs [--links 10000]

A time ends when what was asked for is drawn: two frames later.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests", "Page"))

from browser import Browser  # noqa: E402

LINKS = 10_000
LOADS = 7
NAMES = ["load", "key p50", "key longest", "clear p50", "clear longest"]
WORDS = "postgres backup unicode kubernetes tracing notes lessons rust swift sqlite index cache queue lock".split()
DRAWN = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
TYPE = """
(async () => {
  const field = document.getElementById("search");
  const start = performance.now();
  field.value = %s;
  field.dispatchEvent(new Event("input"));
  """ + DRAWN + """
  return performance.now() - start;
})()"""
CLEAR = """
(async () => {
  const start = performance.now();
  dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
  """ + DRAWN + """
  return performance.now() - start;
})()"""
# The script has run by then, and everything was drawn once.
LOAD = "(async () => { " + DRAWN + " return performance.now(); })()"


def links(count):
    """Favourites of everyday kinds, the same each time."""
    chance = random.Random(19)
    for number in range(count):
        words = chance.sample(WORDS, 4)
        yield {
            "title": " ".join(words).capitalize() + f" {number}",
            "url": f"https://site{number % 400}.example.org/{'-'.join(words)}/{number}",
            "category": f"topic{number % 40}/part{number % 3}", "tags": chance.sample(WORDS, number % 4),
            "note": "Section 4 explains the trick." if number % 5 == 0 else None,
            "metadata": {"year": 1990 + number % 36} if number % 3 == 0 else {},
        }


def measure(favs, count):
    """Milliseconds by NAMES."""
    with tempfile.TemporaryDirectory(prefix="favs-page-") as folder, Browser() as browser:
        environment = {**os.environ, "HOME": folder, "FAVS_DB": folder + "/favs.db"}
        lines = "".join(json.dumps(line) + "\n" for line in links(count))
        for words, text in [(["import", "-", "--format", "favs"], lines), (["export", folder + "/page.html"], "")]:
            subprocess.run([favs, *words], env=environment, input=text, text=True, capture_output=True, check=True)
        browser.screen(1280, 800)
        loads, keys, clears = [], [], []
        for _ in range(LOADS):
            browser.open(folder + "/page.html")
            loads.append(browser.value(LOAD))
        for word in WORDS:
            for end in range(1, len(word) + 1):
                keys.append(browser.value(TYPE % json.dumps(word[:end])))
            clears.append(browser.value(CLEAR))
        found = [loads, keys, clears]
        return dict(zip(NAMES, [statistics.median(loads)] + [
            value for times in found[1:] for value in (statistics.median(times), max(times))]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--favs", required=True)
    parser.add_argument("--links", type=int, default=LINKS)
    arguments = parser.parse_args()
    for name, value in measure(os.path.abspath(arguments.favs), arguments.links).items():
        print(f"{name}\t{value:.1f} ms")


if __name__ == "__main__":
    main()
