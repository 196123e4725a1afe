"""Runs every command of the `console` blocks of Markdown files, and compares its output.

    console.py FAVS FILE…

A command is a line that begins with `$ `. The lines below it are its output: none means that the
page does not show it, and `...` stands for any lines. A comment `<!-- run` … `-->` holds commands
that prepare what the next block needs. The blocks of one page share a home folder. Times, uids,
cursors and milliseconds may differ. Prints what is wrong; exits with 1 then.
"""

import re
import sys

from page import Home

BLOCK = re.compile(
    r"<!-- run\n(.*?)-->|^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)

VOLATILE = [
    (re.compile(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[[0-9;?]*[A-Za-z]"), ""),
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"), "TIME"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"), "UID"),
    (re.compile(r'"next":"[\w-]+"'), '"next":"CURSOR"'),
    (re.compile(r"\d{8}T\d{6}\.?\d*Z?|\d{4}-\d\d-\d\d(T\d{6})?"), "DAY"),
    (re.compile(r" +\d+\.\d+(?=  )|\d+\.\d+ ms|\d+ bytes|\d+ read$", re.M), "N"),
]


def steady(text):
    for pattern, instead in VOLATILE:
        text = pattern.sub(instead, text)
    return [line.rstrip() for line in text.rstrip().split("\n")]


def matches(wanted, found):
    """Whether lines are those of the page, in which `...` stands for any lines."""
    pattern = "\n".join(r"(?:.*\n)*?.*" if line == "..." else re.escape(line) for line in wanted)
    return re.fullmatch(pattern, "\n".join(found)) is not None


def blocks(text):
    """The commands of a page with the output that it shows, or None for those that prepare."""
    for match in BLOCK.finditer(text):
        if match[1] is not None:
            for line in match[1].splitlines():
                yield line, None
            continue
        command, output = None, []
        for line in match[2].splitlines():
            if line.startswith("$ "):
                if command:
                    yield command, output
                command, output = line[2:], []
            elif command and (line or output):
                output.append(line)
        if command:
            yield command, output


def check(favs, path):
    wrong = 0
    with open(path, encoding="utf-8") as file, Home(favs) as home:
        for command, output in blocks(file.read()):
            if output is None:
                home.prepare(command)
                continue
            text, status = home.show(command)
            wanted, found = steady("\n".join(output)), steady(text)
            if wanted == [""]:
                if status != 0:
                    print(f"{path}: $ {command}\nends with {status}:\n{text}")
                    wrong += 1
            elif not matches(wanted, found):
                shown, expected = "\n".join(found), "\n".join(wanted)
                print(f"{path}: $ {command}\nprints\n{shown}\nand not\n{expected}\n")
                wrong += 1
    return wrong


if __name__ == "__main__":
    sys.exit(1 if sum([check(sys.argv[1], path) for path in sys.argv[2:]]) else 0)
