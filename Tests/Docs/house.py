"""Compares what Sources/README.md and CONTRIBUTING.md say of the sources with the sources, as far as a script can.

    house.py ROOT

Prints each statement that is untrue, with the file that makes it so; exits with 1 then.
"""

import pathlib
import re
import sys

# Where SQL may be: of the library's own file, of every connection, and of other programs' files.
SQL_ROOMS = ("Favourites/Store/", "Favourites/Archive/", "Favourites/Salvage/", "SQLite/", "Exchange/Database/",
             "Exchange/Formats/Databases.swift")
SQL = re.compile(r'(?:"|^ *)(?:SELECT|INSERT (?:OR \w+ )?INTO|UPDATE \w+ SET|DELETE FROM|CREATE (?:TABLE|INDEX)|PRAGMA) ?\S')
UNSAFE = re.compile(r"\bunsafe [\w(]")
STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
DECLARED = re.compile(r"^\s*(?:\w+ )*extension (\[?)(\w+(?:\.\w+)*)", re.MULTILINE)
LONGEST_FILE = 400
LONGEST_LINE = 100
# A line of a comment that is one word, such as a link, or an example in backquotes.
ONE_WORD = re.compile(r"^ *///? (?:\S+|`[^`]+`\S*)$")
# Blocks and closures within each other, the body of the function left out.
DEEPEST = 4


def code(path):
    """The lines of a file that are no comments."""
    return [line for line in path.read_text("utf-8").splitlines() if not line.lstrip().startswith("//")]


def rooms(sources):
    """The folders of the map against those that there are."""
    table = (sources / "README.md").read_text("utf-8").split("## What is where")[1].split("\n## ")[0]
    told = set(re.findall(r"^\| `([\w/]+)/` \|", table, re.MULTILINE))
    there = {
        str(folder.relative_to(sources)) for folder in sources.rglob("*")
        if folder.is_dir() and any(folder.glob("*.swift")) or folder.parent == sources and folder.is_dir()}
    for folder in sorted(there - told):
        yield f"Sources/README.md does not list {folder}/"
    for folder in sorted(told - there):
        yield f"Sources/README.md lists {folder}/, which does not exist"


def mentioned(root, page, files):
    """The sources that a page names against those that there are."""
    names = {path.name for path in files}
    for name in sorted(set(re.findall(r"`(?:[\w/]+/)?([\w+]+\.swift)`", page.read_text("utf-8")))):
        if name not in names | {"NAME.swift", "Type+Aspect.swift"} and not (root / name).exists():
            yield f"{page.relative_to(root)} names {name}, which does not exist"
    for name in sorted(set(re.findall(r"`(\w+\+\w+)`", page.read_text("utf-8")))):
        if name + ".swift" not in names:
            yield f"{page.relative_to(root)} names {name}, which does not exist"


def declared(root, page, files, text):
    """The types, members and functions that a page names against those that are declared."""
    known = {path.stem for path in files} | {folder.name for name in ("Sources", "Tests") for folder in (root / name).iterdir()}
    known.add("StaticString")
    for name in sorted(set(re.findall(r"`([A-Z]\w+(?:\.\w+)?)`", page.read_text("utf-8"))) - known):
        if name.endswith(".swift") or (root / name).exists():
            continue
        for part in name.split("."):
            if not re.search(rf"\b(?:struct|enum|class|protocol|typealias|func|let|var|case) {part}\b", text):
                yield f"{page.relative_to(root)} names {name}, and no {part} is declared"
    for name in sorted(set(re.findall(r"`(?:context|store)\.(\w+)[`(]", page.read_text("utf-8")))):
        if f"func {name}" not in text:
            yield f"{page.relative_to(root)} names {name}, which is no function"


def rules(path, name):
    """What a file of the sources breaks of the rules."""
    lines = code(path)
    text = "\n".join(lines)
    if len(path.read_text("utf-8").splitlines()) > LONGEST_FILE:
        yield f"{name} has more than {LONGEST_FILE} lines"
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if len(line) > LONGEST_LINE and not ONE_WORD.match(line):
            yield f"{name}:{number} has more than {LONGEST_LINE} columns"
    if re.search(r"^\s*(?:\w+ )?import Foundation", text, re.MULTILINE):
        yield f"{name} imports Foundation"
    if not name.startswith(SQL_ROOMS) and any(map(SQL.search, lines)):
        yield f"{name} has SQL"
    if not name.startswith(("SQLite/", "Host/")) and "StaticString" not in text and name != "favs/Start.swift" \
            and any(UNSAFE.search(STRING.sub("", line)) for line in lines):
        yield f"{name} has 'unsafe', and no StaticString"
    if not name.startswith(("favs/", "Host/")) and re.search(r"\bprint\(|\bStandard\.", text):
        yield f"{name} prints"
    # The compiler puts the path of the file into the program there, which then depends on the folder.
    if "withoutActuallyEscaping" in text:
        yield f"{name} has withoutActuallyEscaping"
    depth, line = deepest(path.read_text("utf-8"))
    if depth > DEEPEST:
        yield f"{name}:{line} stands {depth} blocks deep"
    if "+" in path.stem:
        extended = {"Array" if bracket else type.split(".")[-1] for bracket, type in DECLARED.findall(text)}
        if path.stem.split("+")[0] not in extended:
            yield f"{name} extends no {path.stem.split('+')[0]}"


def left_out(sources, files):
    """The sources that call a function which the static program has no more than the name of."""
    names = re.findall(r"^LEFT_OUT\((\w+)\)|^double (\w+)\(", (sources / "CHost/runtime.c").read_text("utf-8"), re.MULTILINE)
    assert names
    call = re.compile(rf"(?<![.\w])(?:{'|'.join(one or other for one, other in names)})f?\(")
    for path in files:
        if any(map(call.search, code(path))):
            yield f"{path.relative_to(sources)} calls what CHost/runtime.c leaves out"


def deepest(text):
    """How many blocks stand within each other in the function in which there are most, and in which line they begin."""
    # What is in texts and comments opens no block; lines stay where they are.
    text = re.sub(r'"""(?:.|\n)*?"""', lambda match: "\n" * match[0].count("\n"), text)
    text = re.sub(r'//[^\n]*|#?"(?:\\.|[^"\\\n])*"#?', "", text)
    found, blocks, line, head = (0, 0), [], 1, ""
    for part in re.split(r"([{}\n])", text):
        if part == "{":
            is_type = bool(re.search(r"\b(?:struct|enum|extension|class|protocol)\b[^{}]*$", head))
            blocks.append(is_type)
            # The outermost block that is no type is the body of the function.
            found = max(found, (blocks.count(False) - 1, line))
        elif part == "}" and blocks:
            blocks.pop()
        elif part == "\n":
            line += 1
        head = "" if part in ("{", "}") else head + part
    return found


def tests(root, sources):
    """What the tests break of the rules."""
    for module in sorted(folder.name for folder in sources.iterdir() if any(folder.rglob("*.swift"))):
        if not (root / "Tests" / f"{module}Tests").is_dir():
            yield f"{module} has no Tests/{module}Tests"
    for path in sorted((root / "Tests").rglob("*.swift")):
        # A test that has a name beside that of its function has a sentence there.
        for name in re.findall(r"@Test(?:\((?!\s*\")(?:[^()]|\([^()]*\))*\))?\s+func (\w+)", path.read_text("utf-8")):
            yield f"{path.relative_to(root)}: {name} is no sentence"


def main(root):
    sources = root / "Sources"
    files = sorted(sources.rglob("*.swift"))
    found = [*rooms(sources), *tests(root, sources)]
    text = "\n".join(line for path in files for line in code(path))
    for page in (sources / "README.md", root / "CONTRIBUTING.md"):
        found += [*mentioned(root, page, files), *declared(root, page, files, text)]
    found += left_out(sources, files)
    for path in files:
        found += rules(path, str(path.relative_to(sources)))
    if re.search(r"\.package\(", (root / "Package.swift").read_text("utf-8")):
        found.append("Package.swift has a dependency")
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
