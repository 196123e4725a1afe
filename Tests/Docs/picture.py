"""Draws a terminal session as SVG: real commands, real output.

    picture.py FAVS SCRIPT >PICTURE

In the script, `! ` begins a command that prepares, `$ ` one that is shown with its output, and `#` a
remark. The same script gives the same bytes, so nothing that it shows may depend on the time.
"""

import re
import sys
import unicodedata
from xml.sax.saxutils import escape

from page import Home

COLUMNS = 80
CELL, LINE = 8.4, 20
MARGIN, BAR = 20, 40

STYLE = """
    .window { fill: #ffffff; stroke: #d0d7de }
    .dot { fill: #d0d7de }
    text {
      font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace;
      fill: #1f2328
    }
    .prompt { fill: #1a7f37 }
    .command, .bold { font-weight: bold }
    .dim { fill: #656d76 }
    .red { fill: #cf222e }
    .found { text-decoration: underline }
    .tag { fill: #8250df }
    .category { fill: #0a7c86 }
    .green { fill: #1a7f37 }
    @media (prefers-color-scheme: dark) {
      .window { fill: #0d1117; stroke: #30363d }
      .dot { fill: #30363d }
      text { fill: #e6edf3 }
      .dim { fill: #8d96a0 }
      .prompt, .green { fill: #3fb950 }
      .red { fill: #f85149 }
      .tag { fill: #d2a8ff }
      .category { fill: #56d4dd }
    }"""

ESCAPE = re.compile(r"\x1b\]8;;[^\x1b]*\x1b\\|\x1b\[([0-9;]*)m|\x1b\[[0-9;?]*[A-Za-ln-z]")
CLASSES = {"1": "bold", "4": "found", "2": "dim", "31": "red", "32": "green", "35": "tag", "36": "category"}


def width(text):
    """How many columns a text takes."""
    columns = 0
    for each in text:
        if not unicodedata.combining(each):
            columns += 2 if unicodedata.east_asian_width(each) in "WF" else 1
    return columns


def runs(line):
    """Parts of a line of output, each with the classes of its look."""
    classes, start = [], 0
    for match in ESCAPE.finditer(line):
        if match.start() > start:
            yield line[start:match.start()], classes
        start = match.end()
        if match[1] is not None:
            for code in (match[1] or "0").split(";"):
                classes = [] if code == "0" else classes + [CLASSES[code]]
    if start < len(line):
        yield line[start:], classes


def drawn(parts, row):
    """One line of the picture; each part is as wide as its columns, whatever the font."""
    column, text = 0, ""
    for part, classes in parts:
        # Space between words is left out, so that viewers that fold it do no harm.
        for piece in re.findall(r"\S+(?: \S+)*|\s+", part):
            cells = width(piece)
            if not piece.isspace():
                look = f' class="{" ".join(classes)}"' if classes else ""
                place = f'x="{MARGIN + column * CELL:.1f}" y="{BAR + 20 + row * LINE}"'
                text += (
                    f'  <text {place}{look} textLength="{cells * CELL:.1f}">'
                    f"{escape(piece)}</text>\n")
            column += cells
    if column > COLUMNS:
        raise SystemExit(f"a line is wider than {COLUMNS} columns: {parts}")
    return text


def session(favs, script):
    """The lines of the session, each as its parts."""
    lines = []
    with Home(favs, color=True) as home:
        for line in script.splitlines():
            if line.startswith("! "):
                home.prepare(line[2:])
            elif line.startswith("$ "):
                if lines:
                    lines.append([])
                lines.append([("$ ", ["prompt"]), (line[2:], ["command"])])
                printed, _ = home.show(line[2:], COLUMNS)
                if printed.strip():
                    lines += [list(runs(each)) for each in printed.rstrip("\n").split("\n")]
    return lines


def picture(lines):
    wide = round(2 * MARGIN + COLUMNS * CELL)
    high = BAR + MARGIN + len(lines) * LINE + 8
    commands = ["".join(part for part, _ in each) for each in lines if each and each[0][0] == "$ "]
    dots = [f'  <circle class="dot" cx="{24 + 20 * place}" cy="22" r="6"/>\n' for place in range(3)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}" role="img">\n'
        f'  <title>{escape(" ".join(commands))}</title>\n  <style>{STYLE}\n  </style>\n'
        f'  <rect class="window" x="0.5" y="0.5" width="{wide - 1}" height="{high - 1}" rx="10"/>\n'
        + "".join(dots) + "".join(drawn(each, row) for row, each in enumerate(lines)) + "</svg>\n")


if __name__ == "__main__":
    with open(sys.argv[2], encoding="utf-8") as file:
        sys.stdout.write(picture(session(sys.argv[1], file.read())))
