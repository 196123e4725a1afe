"""Installs what is in dist/ and uses it: the package for Debian into a scratch root, the archive into a folder, the
package for rpm into a database of its own, and asks lintian, rpmlint and shellcheck what they think of it.

make install-test runs it, after make dist.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import bare
import release as releases
from release import PROGRAM, ROOT, run
from scratch import ScratchRoot

DIST = ROOT / "dist"
MOST_BYTES_OF_DEB = 6_000_000


def main():
    release = releases.current()
    kernel, debian, rpm_name = releases.architecture()
    stem = f"favs-{release.version}"
    package = DIST / f"favs_{release.version}_{debian}.deb"
    run("sha256sum", "--check", "--strict", "SHA256SUMS", cwd=DIST)
    if package.stat().st_size > MOST_BYTES_OF_DEB:
        releases.stop(f"{package.name} is larger than {MOST_BYTES_OF_DEB:,} bytes")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        with_dpkg(scratch / "debian", package, release)
        with_tar(scratch / "anywhere", DIST / f"{stem}-{kernel}-linux.tar.gz", stem)
        with_rpm(scratch / "rpm", DIST / f"{stem}-1.{rpm_name}.rpm")
        if os.geteuid() == 0:
            bare.check(PROGRAM, scratch / "bare")
        else:
            print("not root: the program was not tried in an empty root", file=sys.stderr)
    judged(package, DIST / f"{stem}-1.{rpm_name}.rpm")
    print("the packages install, work, and leave when they are removed")


def uses(favs):
    """What a person does first, through a function that runs the program."""
    favs("add", "Dune", "-c", "books")
    if favs("list", "--format", "{title}\\n").strip() != "Dune":
        releases.stop("what was added is not listed")


def with_dpkg(folder, package, release):
    root = ScratchRoot(folder)
    root.dpkg("--install", package)
    uses(root.favs)
    if f"favs {release.version}" not in root.favs("version"):
        releases.stop("the installed program is of another version")
    pages = root.dpkg("--listfiles", "favs")
    for name in ("/usr/bin/favs", "/usr/share/man/man1/favs.1.gz", "/usr/share/doc/favs/copyright",
                 "/usr/share/bash-completion/completions/favs"):
        if name not in pages.splitlines():
            releases.stop(f"{name} is not in {package.name}")
    # Once more over itself, as an upgrade does, then away: favourites stay.
    root.dpkg("--install", package)
    kept = (folder / "home/.local/share/favs/favs.db").read_bytes()
    root.dpkg("--purge", "favs")
    if (folder / "usr/bin/favs").exists():
        releases.stop("the program is still there after its removal")
    if (folder / "home/.local/share/favs/favs.db").read_bytes() != kept:
        releases.stop("the removal touched the favourites")


def with_tar(folder, archive, stem):
    folder.mkdir()
    run("tar", "-xzf", archive, cwd=folder)

    def favs(*words):
        return run(folder / stem / "bin/favs", *words, env={"HOME": str(folder), "TZ": "UTC"})
    uses(favs)


def with_rpm(folder, package):
    if shutil.which("rpm") is None:
        releases.stop("rpm is not installed")
    folder.mkdir()
    run("rpm", f"--root={folder}", "--initdb")
    run("rpm", f"--root={folder}", "--install", "--nodeps", "--ignoresize", package)

    def favs(*words):
        return run(folder / "usr/bin/favs", *words, env={"HOME": str(folder), "TZ": "UTC"})
    uses(favs)
    run("rpm", f"--root={folder}", "--erase", "favs")
    if (folder / "usr/bin/favs").exists():
        releases.stop("the program is still there after rpm removed it")


def judged(deb, rpm):
    """Stops where a judge of packages finds an error."""
    for command in (["lintian", "--fail-on", "error", deb],
                    ["rpmlint", "-r", ROOT / "packaging/favs.rpmlintrc", rpm],
                    ["shellcheck", "-s", "sh", DIST / "install.sh"],
                    ["sh", "-n", DIST / "install.sh"],
                    ["bash", "-n", DIST / "PKGBUILD"]):
        if shutil.which(command[0]) is None:
            releases.stop(f"{command[0]} is not installed")
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        said = (done.stdout + done.stderr).strip()
        if said:
            print(said)
        if done.returncode != 0:
            releases.stop(f"{command[0]} finds errors")


if __name__ == "__main__":
    main()
