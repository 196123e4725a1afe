"""Makes the packages of this commit once more, in a clone in another folder, with another time zone, umask and
language, and compares every byte with dist/.

make reproduce runs it, after make dist. With --pack, which make repack gives, the program of this folder is packed
once more and not built: that takes seconds, and shows what is not the compiler's.
"""

import os
import pathlib
import shutil
import subprocess
import sys
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
        make = "make dist"
        if "--pack" in sys.argv[1:]:
            make = "python3 -B packaging/dist.py"
            built = clone / releases.PROGRAM.relative_to(ROOT)
            built.parent.mkdir(parents=True)
            for end in ("", ".debug"):
                shutil.copy(f"{releases.PROGRAM}{end}", f"{built}{end}")
        done = subprocess.run(
            ["sh", "-c", f"umask 077; exec {make}"], cwd=clone, env=environment,
            capture_output=True, text=True)
        if done.returncode != 0:
            releases.stop(f"{make} failed in a clone:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")
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
