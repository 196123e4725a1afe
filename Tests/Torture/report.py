"""The table of all that was promised and tried, from what the parts of the torture found."""

import datetime
import json
import os
import platform

import stamp

HEAD = """# Reliability: what is promised, and what was tried

Written by `make torture` from its own run; nothing in it is typed by hand. `make torture` tries most of this, {quick};
`make torture FULL=1` tries more of what is tried at random and all of what is tried by a list, and fuzzes, counts the
lines that the tests run, and runs the model at length; either ends with an error when a promise is not kept. How each
is provoked is in `Tests/Torture`, a file for each part, in `Tests/Fuzz` and in `Tests/FavouritesTests`.
"""


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def share(lines, covered):
    """Which part of some lines was run, in words; of no lines there is none."""
    return f"{100 * covered / lines:.1f} %" if lines else "no lines"


def row(promise, provoked, trials, failures, result):
    """A row of the table, from a part that writes no rows itself."""
    failures = [each for each in failures if each]
    return {"promise": promise, "provoked": provoked, "trials": trials, "failures": len(failures), "skipped": None,
            "result": f"NOT KEPT: {failures[0]}" if failures else result}


def fuzz_rows(found):
    targets = found["targets"]
    seconds = found.get("seconds", 0)
    return [row(
        "No input makes it crash, hang, take too much memory or break a law",
        f"{len(targets)} targets, {seconds:,} s each: libFuzzer with the address sanitizer, from a committed corpus on",
        sum(each["runs"] for each in targets), found["failures"],
        f"nothing found by any; {sum(each['corpus'] for each in targets):,} inputs that reach something of their own")]


def coverage_rows(found):
    library = next((each for each in found["targets"] if each["target"] == found["library"]), {"lines": 0, "covered": 0})
    return [row(
        f"Of the lines of the library its own tests run {found['minimum']} % at least",
        "lines counted while the tests of each part run, those of the whole program left out",
        library["lines"], found["failures"], share(library["lines"], library["covered"]))]


def model_rows(found):
    failures = int(found["failures"])
    return [row(
        "Whatever is done to it in whatever order, it holds what a plain model of it holds, after every step",
        f"{found['runs']:,} runs of a store and a model of it that are told the same at random, by {found['kinds']:,} kinds of "
        "step, undo, trash and import among them",
        found["steps"], [f"{failures:,} runs went another way"] if failures else [],
        f"{found['changes']:,} changes and {found['refusals']:,} refusals, all as the model says")]


# What makes rows of a part that is not one of the torture's own.
OTHERS = {"model": model_rows, "fuzz": fuzz_rows, "coverage": coverage_rows}
ORDER = ["model", "kill-sweep", "random-kills", "power", "faults", "crowds", "mutants", "values", "doctor", "fuzz", "hands", "sync", "privacy", "coverage"]


class Part:
    """What one part wrote down."""

    def __init__(self, name, path):
        self.name = name
        with open(path, encoding="utf-8") as file:
            self.found = json.load(file)
        self.date = self.found.get("date", "no date")

    def is_of(self, run):
        """Whether it is of the program of this run: the same file, or made of the same sources."""
        key = "sources" if self.name in OTHERS else "program"
        return key in self.found and self.found[key] == run[key]

    def rows(self):
        try:
            return OTHERS[self.name](self.found) if self.name in OTHERS else self.found["rows"]
        except (KeyError, TypeError, ValueError) as error:
            return [row(self.name, "", 0, [f"what it wrote cannot be read: {type(error).__name__}: {error}"], "")]


def form(parts):
    """Which form of the torture the parts come from."""
    own = [part for part in parts if "full" in part.found]
    full = [part.name for part in own if part.found["full"]]
    if own and len(full) == len(own):
        return "The full form."
    return f"The short form, but for {', '.join(full)}." if full else "The short form."


def write(path, results, run, quick=""):
    """Writes the page from the results in a folder, those of this run's program; gives whether all were kept in it."""
    run = {**run, "sources": stamp.of_sources()}
    known = [Part(name, os.path.join(results, f"{name}.json")) for name in ORDER
             if os.path.exists(os.path.join(results, f"{name}.json"))]
    parts = [part for part in known if part.is_of(run)]
    rows = [each for part in parts for each in part.rows()]
    # The full form tells of everything: what left no result was not tried, or did not come to its end.
    missing = [name for name in ORDER if run["full"] and name not in [part.name for part in parts]]
    rows += [row(f"({name})", "", 0, ["it left no result of this program"], "") for name in missing]
    lines = [HEAD.format(quick=quick),
             f"{datetime.date.today()}, favs {run['version']} with SQLite {run['sqlite']}, "
             f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors. {form(parts)}", ""]
    lines += ["| Promise | How it is provoked | Trials | Failed | Result |", "|---|---|--:|--:|---|"]
    for each in rows:
        is_skipped = each["skipped"] and not each["failures"]
        result = f"skipped: {each['skipped']}" if is_skipped else each["result"]
        lines.append("| " + " | ".join(cell(text) for text in (
            each["promise"], each["provoked"], f"{each['trials']:,}", f"{each['failures']:,}", result)) + " |")
    lines.append("")
    lines += details(parts)
    took = [f"{part.name} {part.found['seconds']:,.0f} s" + (f" ({part.date})" if part.date != run["date"] else "")
            for part in parts if part.name not in OTHERS]
    lines += ["Time: " + ", ".join(took) + ".", ""]
    if others := [part for part in known if part not in parts]:
        lines += ["Left out, since they are of another program: "
                  + ", ".join(f"{part.name} ({part.date})" for part in others) + ".", ""]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    return not any(each["failures"] for each in rows)


def details(parts):
    """The tables of those parts that have one of their own."""
    found = {part.name: part.found for part in parts}
    lines = []
    if "fuzz" in found:
        lines += ["## Hostile input", "", "By libFuzzer (`make fuzz`).", "",
                  "| Target | Runs | Seconds | Crashes | Corpus |", "|---|--:|--:|--:|--:|"]
        lines += [f"| {each['target']} | {each['runs']:,} | {each['seconds']:,.0f} | {each['crashes']:,} | {each['corpus']:,} |"
                  for each in found["fuzz"]["targets"]] + [""]
    if "coverage" in found:
        lines += ["## Coverage", "", "Lines that the tests run (`make coverage`).", "", "| Part | Lines | Covered |", "|---|--:|--:|"]
        lines += [f"| {each['target']} | {each['lines']:,} | {share(each['lines'], each['covered'])} |"
                  for each in found["coverage"]["targets"]] + [""]
    return lines
