"""Makes the packages of this commit once more, in a clone in another folder, with another time zone, umask and
language, and compares every byte with dist/.

make reproduce runs it, after make dist.
"""

import os
import pathlib
import subprocess
import tempfile

import archives
import release as releases
from release import ROOT


def main():
    if not (ROOT / "dist/SHA256SUMS").exists():
        releases.stop("there is no dist/SHA256SUMS: run make dist first")
    release = releases.current()
    with tempfile.TemporaryDirectory(prefix="favs-reproduce-") as folder:
        clone = pathlib.Path(folder) / "another-folder" / "sources-of-favs"
        releases.run("git", "clone", "--quiet", ROOT, clone)
        releases.run("git", "checkout", "--quiet", release.commit, cwd=clone)
        environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C"}
        environment.pop("SOURCE_DATE_EPOCH", None)
        # A make that runs this hands down its own options, which are none of the clone's business.
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL"):
            environment.pop(name, None)
        done = subprocess.run(
            ["sh", "-c", "umask 077; exec make dist"], cwd=clone, env=environment,
            capture_output=True, text=True)
        if done.returncode != 0:
            releases.stop(f"make dist failed in a clone:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
        compare(ROOT / "dist", clone / "dist")


def compare(first, second):
    """Stops with the names of files that differ."""
    ours, others = ({path.name: archives.digest(path) for path in folder.iterdir()
                     if not path.name.endswith(".minisig")} for folder in (first, second))
    differing = sorted(name for name in ours.keys() | others.keys()
                       if ours.get(name) != others.get(name))
    if differing:
        releases.stop(f"not the same bytes: {', '.join(differing)}")
    print(f"{len(ours)} files are the same, byte by byte")


if __name__ == "__main__":
    main()
