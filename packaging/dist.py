"""Writes dist/: the archives, the packages for Debian and rpm, the list of what is in them, the formulae and the
checksums. Two runs at the same commit write the same bytes: times are the commit's, owners are root, names are sorted.

make dist runs it, after make build.
"""

import os
import pathlib
import shutil
import tempfile

import archives
import deb
import formulae
import release as releases
import rpm
import spdx
import tree

DIST = releases.ROOT / "dist"


def main():
    os.umask(0o022)
    release = releases.current()
    releases.check_program(release)
    kernel, debian, rpm_name = releases.architecture()
    os.environ["SOURCE_DATE_EPOCH"] = str(release.time)
    os.environ["TZ"] = "UTC"
    os.environ["LC_ALL"] = "C.UTF-8"
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        new = scratch / "dist"
        new.mkdir()
        stem = f"favs-{release.version}"
        archives.source(new / f"{stem}.tar.gz", stem, release)
        staged = tree.portable(scratch / "portable" / stem)
        archives.write(new / f"{stem}-{kernel}-linux.tar.gz", staged, release)
        symbols = tree.symbols(scratch / "symbols" / f"{stem}-debug")
        archives.write(new / f"{stem}-{kernel}-linux-debug.tar.gz", symbols, release)
        deb.write(new / f"favs_{release.version}_{debian}.deb", scratch / "deb", debian, release)
        rpm.write(new / f"{stem}-1.{rpm_name}.rpm", scratch / "rpm", rpm_name, release)
        spdx.write(new / f"{stem}.spdx.json", release)
        formulae.write(new, kernel, release)
        archives.checksums(new)
        shutil.rmtree(DIST, ignore_errors=True)
        shutil.move(new, DIST)
    for path in sorted(DIST.iterdir()):
        print(f"{path.stat().st_size:>10}  dist/{path.name}")


if __name__ == "__main__":
    main()
