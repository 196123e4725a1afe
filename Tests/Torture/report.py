"""The table of all that was promised and tried, from what the parts of the torture found."""

import datetime
import json
import os
import platform
import subprocess

ORDER = ["kill-sweep", "random-kills", "power", "faults", "crowds", "mutants", "fuzz", "privacy"]

HEAD = """# Reliability: what is promised, and what was tried

Written by `make torture` from its own run; nothing in it is typed by hand. `make torture` tries all this in a few
minutes, `make torture FULL=1` with ten times the trials and more; either ends with 1 when a promise is not kept. How
each is provoked is in `Tests/Torture`, a file for each part.
"""


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def form(found):
    """Which form of the torture the parts come from."""
    parts = [name for name in ORDER if "full" in found.get(name, {})]
    full = [name for name in parts if found[name]["full"]]
    if len(full) == len(parts):
        return "The full form."
    return f"The short form, but for {', '.join(full)}." if full else "The short form."


def write(path, results, program):
    """Writes the page from the results in a folder."""
    found = {}
    for name in os.listdir(results):
        if name.endswith(".json"):
            with open(os.path.join(results, name), encoding="utf-8") as file:
                found[name.removesuffix(".json")] = json.load(file)
    version = json.loads(subprocess.run([program, "version", "--json"], capture_output=True, check=True).stdout)
    lines = [HEAD, f"{datetime.date.today()}, favs {version['version']} with SQLite {version['sqlite']}, "
             f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors. {form(found)}", ""]
    lines += ["| Promise | How it is provoked | Trials | Failed | Result |", "|---|---|--:|--:|---|"]
    for name in ORDER:
        for row in found.get(name, {}).get("rows", []):
            result = f"skipped: {row['skipped']}" if row["skipped"] else row["result"]
            lines.append("| " + " | ".join(cell(each) for each in (
                row["promise"], row["provoked"], f"{row['trials']:,}", f"{row['failures']:,}", result)) + " |")
    lines.append("")
    if "fuzz" in found:
        lines += ["## Hostile input", "", "libFuzzer with the address sanitizer, each target from its committed corpus on (`make fuzz`).", "",
                  "| Target | Runs | Seconds | Crashes | Corpus |", "|---|--:|--:|--:|--:|"]
        lines += [f"| {each['target']} | {each['runs']:,} | {each['seconds']:,.0f} | {each['crashes']:,} | {each['corpus']:,} |"
                  for each in found["fuzz"]["targets"]]
        lines.append("")
    if "coverage" in found:
        lines += ["## Coverage", "", "Lines that the tests run (`make coverage`).", "", "| Part | Lines | Covered |", "|---|--:|--:|"]
        lines += [f"| {each['target']} | {each['lines']:,} | {100 * each['covered'] / each['lines']:.1f} % |"
                  for each in found["coverage"]["targets"]]
        lines.append("")
    took = [f"{name} {found[name]['seconds']:,.0f} s" for name in ORDER if "seconds" in found.get(name, {})]
    lines += ["Time: " + ", ".join(took) + ".", ""]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
