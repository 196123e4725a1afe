"""Refuses phrases that are no plain English, or not the words of docs/glossary.md.

    words.py ROOT

Looks at everything that users read: the pages of man/, completions/, README.md, docs/, CHANGELOG.md,
and the texts in Sources. docs/reliability.md is written by the torture. Prints each line that has
one; exits with 1 then.
"""

import pathlib
import re
import sys

# A phrase, and what to write instead.
BANNED = {
    r"anew\b": "again, rebuild",
    r"(?:is|are|was|were) told\b": "favs says, favs reports",
    r"said again": "repeat it",
    r"other (?:since|before)\b": "changed since",
    r"nothing was other": "no changes",
    r"take yes for an answer": "answer yes",
    r"(?:has|have|had) nothing to say\b": "prints nothing",
    r"all the same\b": "anyway",
    r"(?:is|are|was|were|be) named (?:and|with)\b": "is reported",
    r"is no (?:more|pattern|name|database)\b": "no longer exists; is not a …",
    r"that is there\b": "existing",
    r"all there (?:is|are)\b": "everything, every favourite",
    r"so many\b": "up to this many",
    r"(?:takes?|taken|took) back\b": "undo, revert",
    r"takes? it back\b": "reverts it",
    r"(?:takes?|taken|took) over\b(?! \d)": "import",
    r"(?:broken|breaks) off\b": "incomplete, interrupted",
    r"(?:go|goes|went) on behind\b": "start after",
    r"looks? (?:the file )?over\b": "checks",
    r"whether the file is sound\b": "for damage",
    r"\bmended?\b": "repaired",
    r"which follow from\b": "derived",
    r"(?:an?|one) (?:object|favourite|link|row) a line\b": "one … per line",
    r"without a word\b": "without a message",
    r"obeys? the\b": "follows the",
    r"by way of\b": "through, by",
    r"where one is to be had\b": "if there is one",
    r"means nothing\b": "invalid",
    r"nothing is to be\b": "nothing to …",
    r"say --": "use --",
    r"stands? (?:in|before|behind|there|below|above|between|on)\b": "is in, means, comes before",
}

PATTERN = re.compile(
    "|".join(f"(?P<p{place}>{phrase})" for place, phrase in enumerate(BANNED)), re.IGNORECASE)
INSTEAD = list(BANNED.values())
# A string of Swift; comments are the business of those who read the code.
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')


def texts(root):
    """What users read: files, line numbers and lines."""
    pages = [root / "README.md", root / "CHANGELOG.md"]
    pages += sorted(page for page in (root / "docs").glob("*.md") if page.name != "reliability.md")
    pages += sorted((root / "man").iterdir()) + sorted((root / "completions").iterdir())
    for page in pages:
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            yield page, number, line
    for page in sorted((root / "Sources").rglob("*.swift")):
        for number, line in enumerate(page.read_text("utf-8").splitlines(), 1):
            if not line.lstrip().startswith("//"):
                yield page, number, " ".join(STRING.findall(line))


def main(root):
    wrong = 0
    for page, number, line in texts(root):
        for match in PATTERN.finditer(line):
            place = next(int(name[1:]) for name, found in match.groupdict().items() if found)
            print(f"{page.relative_to(root)}:{number}: '{match[0]}': better: {INSTEAD[place]}")
            wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
