"""What a result was found with: which sources or program, and when. Results of others do not go into one table.

As a program it adds that to a result that says nothing of it: `stamp.py FILE`.
"""

import datetime
import hashlib
import json
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VERSION = re.compile(r'static let version(?:: [A-Za-z]+)? = "([^"]+)"')


def of_file(path):
    """What tells one file from another."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def of_sources():
    """What tells the sources of one program from those of another."""
    whole = hashlib.sha256()
    paths = [os.path.join(ROOT, "Package.swift")] + [
        os.path.join(parent, name) for parent, _, names in os.walk(os.path.join(ROOT, "Sources")) for name in names]
    for path in sorted(paths):
        whole.update(f"{os.path.relpath(path, ROOT)} {of_file(path)}\n".encode())
    return whole.hexdigest()


def version():
    """The version that the sources say they are."""
    with open(os.path.join(ROOT, "Sources", "favs", "Program.swift"), encoding="utf-8") as file:
        found = VERSION.search(file.read())
    return found[1] if found else ""


def stamp():
    """What to add to the result of a run of what these sources make."""
    return {"sources": of_sources(), "version": version(), "date": str(datetime.date.today())}


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as result:
        found = {**json.load(result), **stamp()}
    with open(sys.argv[1], "w", encoding="utf-8") as result:
        json.dump(found, result, indent=1, ensure_ascii=False)
