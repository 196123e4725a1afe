"""What is being released: its version, its commit and its time, and whether these agree."""

import configparser
import dataclasses
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "packaging"
PROGRAM = ROOT / ".build/release/favs"
# How many bytes the program may have.
LARGEST = 13_000_000


def stop(message):
    sys.exit(f"packaging: {message}")


def run(*command, **options):
    """Runs a program and returns what it printed; stops where it fails."""
    options.setdefault("cwd", ROOT)
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        stop(f"{command[0]} failed ({done.returncode}):\n{done.stdout}{done.stderr}")
    return done.stdout


def settings():
    ini = configparser.ConfigParser()
    ini.read(PACKAGING / "package.ini")
    return ini


@dataclasses.dataclass
class Release:
    version: str
    commit: str
    # Seconds since 1970 of the commit: the one time that is written into packages.
    time: int
    # Whether the changelog has a dated heading for the version.
    is_dated: bool
    # Whether the commit has the tag of the version.
    is_tagged: bool

    @property
    def tag(self):
        return f"v{self.version}"


def current():
    """The release that the checkout is, where its version, tag and changelog agree; stops where they do not."""
    if run("git", "status", "--porcelain").strip():
        stop("there are uncommitted changes: the packages would not be what the commit says")
    version = re.search(
        r'static let version = "([^"]+)"', (ROOT / "Sources/favs/Program.swift").read_text())[1]
    if not re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", version):
        stop(f"'{version}' in Program.swift is not a version such as 0.1.0")
    changelog = (ROOT / "CHANGELOG.md").read_text()
    heading = re.search(r"^## \[([^\]]+)\](?: - ([0-9]{4}-[0-9]{2}-[0-9]{2}))?$", changelog, re.M)
    planned = re.search(r"^This will be ([0-9.]+)\.$", changelog, re.M)
    is_dated = heading is not None and heading[1] == version and heading[2] is not None
    is_planned = heading is not None and heading[1] == "Unreleased" and planned is not None \
        and planned[1] == version
    if not is_dated and not is_planned:
        stop(f"the changelog neither begins with '## [{version}] - DATE' nor with 'This will be {version}.'")
    tags = [tag for tag in run("git", "tag", "--points-at", "HEAD").split() if tag.startswith("v")]
    if tags and tags != [f"v{version}"]:
        stop(f"the commit is tagged {' and '.join(tags)}, and the version is {version}")
    if tags and not is_dated:
        stop(f"the commit is tagged {tags[0]}, and the changelog has no day for it")
    commit, time = run("git", "log", "-1", "--format=%H %ct").split()
    return Release(version, commit, int(time), is_dated, bool(tags))


def check_program(release):
    """Stops where the built program is not the one of this release, or tells where it was built."""
    said = run(PROGRAM, "version", "--json")
    for part in (f'"version":"{release.version}"', f'"commit":"{release.commit}"'):
        if part not in said:
            stop(f"the program was not built for this release: {said.strip()} lacks {part}")
    size = PROGRAM.stat().st_size
    if size > LARGEST:
        stop(f"the program has {size:,} bytes, more than {LARGEST:,}")
    if str(ROOT).encode() in PROGRAM.read_bytes():
        stop(f"the program has the path of its build in it: {ROOT}")


def architecture():
    """The machine's name in the three ways that packages have for it: of the kernel, of Debian, of rpm."""
    machine = platform.machine()
    names = {"x86_64": ("x86_64", "amd64", "x86_64"), "aarch64": ("aarch64", "arm64", "aarch64")}
    if machine not in names:
        stop(f"there are no packages for {machine}")
    return names[machine]


def base_url():
    return (os.environ.get("FAVS_BASE_URL") or settings()["release"]["base_url"]).rstrip("/")


def minisign_key():
    return os.environ.get("FAVS_MINISIGN_KEY") or settings()["release"]["minisign_key"]
