"""The table of all that was promised and tried, from what the parts of the torture found."""

import datetime
import json
import os
import platform
import sqlite3
import subprocess

ORDER = ["kill-sweep", "random-kills", "power", "faults", "crowds", "mutants", "fuzz", "privacy"]

HEAD = """# Reliability: what is promised, and what was tried

Written by `make torture FULL=1` from its own run; nothing in it is typed by hand. `make torture` tries the same
with fewer trials in a few minutes, and ends with 1 when a promise is not kept. How each is provoked is in
`Tests/Torture`, a file for each part.
"""


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def write(path, results, program):
    """Writes the page from the results in a folder."""
    found = {}
    for name in os.listdir(results):
        if name.endswith(".json"):
            with open(os.path.join(results, name), encoding="utf-8") as file:
                found[name.removesuffix(".json")] = json.load(file)
    version = subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.strip()
    lines = [HEAD, f"{datetime.date.today()}, {version}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors, "
             f"SQLite {sqlite3.sqlite_version}.", ""]
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
