#!/usr/bin/env python3
"""Runs libFuzzer on every door that bytes of a stranger come through, with AddressSanitizer.

Builds Tests/Fuzz/Targets and Driver with the whole program instrumented, then gives each target so many seconds.
What is new goes to .build/fuzz/corpus, and what crashes, hangs or takes too much memory to .build/fuzz/found; a
target ends with the first of these. Results, as libFuzzer counted them, go to .build/torture/fuzz.json. Ends with 1
when anything was found.

With --minimise nothing is fuzzed: of the fewest inputs that reach all that is reached, as many as have room go to
Tests/Fuzz/corpus. Files called `regression-…` and `seed-…` stay.
"""

import argparse
import concurrent.futures
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# Nothing is left beside the sources.
sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir))

import stamp

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
SCRATCH = os.path.join(ROOT, ".build", "fuzz")
COMMITTED = os.path.join(HERE, "corpus")
RESULT = os.path.join(ROOT, ".build", "torture", "fuzz.json")
# One input may take so long, in seconds, and hold so much, in MiB: far more than any of these sizes should.
PATIENCE = 10
MEMORY = 1024
# So much of each target is committed at most, in bytes and files, and so much of a file of favourites or of a browser.
KEPT = 24_000
KEPT_FILES = 40
KEPT_DATABASES = 100_000


def environment(target=None, temporary=None):
    # swift-backtrace would wait for a debugger for ever where a run has crashed. Leaks are not looked for: what is
    # made once looks like one, and so do a few dictionaries of a change, which go with the process.
    variables = {**os.environ, "SWIFT_BACKTRACE": "enable=no", "ASAN_OPTIONS": "detect_leaks=0", "FAVS_FUZZ": "1"}
    variables.pop("FUZZ_TARGET", None)
    if target:
        variables["FUZZ_TARGET"] = target
    if temporary:
        variables["TMPDIR"] = temporary
    return variables


def temporary_folder():
    """A folder for what targets put aside, in memory where there is one; it goes with what is in it."""
    return tempfile.TemporaryDirectory(
        prefix="favs-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") and os.access("/dev/shm", os.W_OK) else None)


def build():
    # FAVS_FUZZ makes Package.swift describe this program; the tests' right to see what is internal is asked for.
    # SwiftPM's own option leaves the beginning of the program to libFuzzer. Given two of them it makes two flags, of
    # which the compiler takes the last alone, so that the one that counts names both.
    command = ["swift", "build", "--package-path", ROOT, "--scratch-path", os.path.join(SCRATCH, "build"), "-c", "release",
               "--sanitize", "fuzzer", "-Xswiftc", "-sanitize=fuzzer,address", "-Xswiftc", "-enable-testing",
               "--product", "fuzz"]
    if subprocess.run(command, env=environment()).returncode:
        sys.exit("fuzz: it does not build")
    return os.path.join(SCRATCH, "build", "release", "fuzz")


def targets(program):
    """The names of all targets, each with the length of its longest input."""
    told = subprocess.run([program], env=environment(), capture_output=True, text=True, check=True).stdout
    return {name: int(longest) for name, longest in (line.split() for line in told.splitlines())}


def options(longest):
    return [f"-max_len={longest}", f"-timeout={PATIENCE}", f"-rss_limit_mb={MEMORY}", "-detect_leaks=0"]


def stat(told, name):
    """One of libFuzzer's figures of a run; nothing where it does not tell it."""
    found = re.findall(rf"^stat::{name}:\s+(\d+)$", told, re.MULTILINE)
    return int(found[-1]) if found else None


def fuzz(program, target, longest, seconds, temporary):
    new = os.path.join(SCRATCH, "corpus", target)
    found = os.path.join(SCRATCH, "found", target)
    seeds = os.path.join(COMMITTED, target)
    for folder in (new, found):
        os.makedirs(folder, exist_ok=True)
    before = set(os.listdir(found))
    command = [program, *options(longest), f"-max_total_time={seconds}", "-print_final_stats=1",
               f"-artifact_prefix={found}/", new] + ([seeds] if os.path.isdir(seeds) else [])
    begin = time.monotonic()
    ran = subprocess.run(command, env=environment(target, temporary), stdin=subprocess.DEVNULL, capture_output=True)
    told = (ran.stdout + ran.stderr).decode(errors="replace")
    artifacts = sorted(set(os.listdir(found)) - before)
    # libFuzzer also keeps what was slow and ended all the same; only what broke off is a failure.
    crashes = [name for name in artifacts if not name.startswith("slow-unit-")]
    failures = [f"{target}: {os.path.join(found, name)}: {reason(told)}" for name in crashes]
    if ran.returncode and not crashes:
        failures.append(f"{target}: exit code {ran.returncode}: {told[-300:].strip()}")
    runs = stat(told, "number_of_executed_units")
    # What was not run found nothing.
    if not runs and not failures:
        failures.append(f"{target}: it is not told how often it ran: {told[-300:].strip()}")
    return {
        "target": target, "runs": runs or 0,
        "seconds": round(time.monotonic() - begin, 1), "crashes": len(failures), "corpus": len(os.listdir(new)),
    }, failures


def reason(told):
    """What libFuzzer or Swift said of the end, in a line."""
    for pattern in (r"Fatal error: (.*)", r"(?:ERROR|SUMMARY): (.*)"):
        if match := re.search(pattern, told):
            return match[1][:300]
    return "it ended"


def minimise(program, target, longest, temporary):
    """Chooses what is committed: some of the cover that libFuzzer finds, as far as there is room."""
    kept = os.path.join(COMMITTED, target)
    cover = os.path.join(SCRATCH, "cover", target)
    shutil.rmtree(cover, ignore_errors=True)
    os.makedirs(cover)
    os.makedirs(kept, exist_ok=True)
    sources = [folder for folder in (kept, os.path.join(SCRATCH, "corpus", target)) if os.path.isdir(folder)]
    ran = subprocess.run([program, *options(longest), "-set_cover_merge=1", cover, *sources],
                         env=environment(target, temporary), stdin=subprocess.DEVNULL, capture_output=True)
    if ran.returncode:
        sys.exit(f"fuzz: {target}: {ran.stderr.decode(errors='replace')[-300:].strip()}")
    for path in glob.glob(os.path.join(kept, "*")):
        if not os.path.basename(path).startswith(("regression-", "seed-")):
            os.remove(path)
    room = KEPT_DATABASES if longest > 10_000 else KEPT
    ordered = sorted(glob.glob(os.path.join(cover, "*")), key=lambda path: (os.path.getsize(path), path))
    # Of all sizes, from the longest on: short ones reach the refusals, long ones what lies behind them.
    step = max(1, len(ordered) // KEPT_FILES)
    for path in ordered[::-step][:KEPT_FILES]:
        if (size := os.path.getsize(path)) <= room:
            shutil.copy(path, kept)
            room -= size


def write(result):
    os.makedirs(os.path.dirname(RESULT), exist_ok=True)
    with open(RESULT, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2, ensure_ascii=False)
        file.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60, help="how long each target runs")
    parser.add_argument("--targets", default="", help="their names, with commas or spaces between; all without it")
    parser.add_argument("--jobs", type=int, default=1, help="how many targets run at once")
    parser.add_argument("--minimise", action="store_true", help="choose what is committed, and do not fuzz")
    arguments = parser.parse_args()
    # What is put aside goes, however this ends; and what an earlier run found is not taken for this one's.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    if os.path.exists(RESULT) and not arguments.minimise:
        os.remove(RESULT)
    program = build()
    known = targets(program)
    wanted = re.split(r"[,\s]+", arguments.targets.strip()) if arguments.targets.strip() else list(known)
    for name in wanted:
        if name not in known:
            sys.exit(f"fuzz: there is no target '{name}'; there are {', '.join(known)}")
    with temporary_folder() as temporary, concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        if arguments.minimise:
            list(pool.map(lambda name: minimise(program, name, known[name], temporary), wanted))
            return
        result = {"name": "fuzz", **stamp.stamp(), "seconds": arguments.seconds, "targets": [], "failures": []}
        ran = pool.map(lambda name: fuzz(program, name, known[name], arguments.seconds, temporary), wanted)
        for row, failures in ran:
            result["targets"].append(row)
            result["failures"] += failures
            print(f"{row['target']:22} {row['runs']:>9,} runs in {row['seconds']:5.1f} s, {row['crashes']} crashes, "
                  f"{row['corpus']} inputs", flush=True)
    if not result["targets"]:
        result["failures"].append("there are no targets")
    write(result)
    for failure in result["failures"]:
        print(f"fuzz: {failure}", file=sys.stderr)
    sys.exit(1 if result["failures"] else 0)


if __name__ == "__main__":
    main()
