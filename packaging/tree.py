"""What is installed where. `make install` is the one place that knows; this asks it."""

import gzip
import pathlib
import shutil

from release import PACKAGING, PROGRAM, ROOT, run


def installed(folder, prefix="/usr"):
    """All that `make install` copies, below a folder, with compressed manual pages."""
    run("make", "-s", "install", f"DESTDIR={folder}", f"PREFIX={prefix}")
    for page in sorted(folder.glob(f"{prefix[1:]}/share/man/man1/*.1")):
        with gzip.GzipFile(f"{page}.gz", "wb", compresslevel=9, mtime=0) as out:
            out.write(page.read_bytes())
        page.unlink()
    return folder


def portable(folder):
    """A folder that runs wherever it is unpacked: bin, share, and the licences."""
    run("make", "-s", "install", f"DESTDIR={folder}", "PREFIX=")
    licences(folder)
    for name in ("README.md", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def licences(folder):
    folder.mkdir(parents=True, exist_ok=True)
    # The mode of a copy is that of a new file, whatever the umask of the checkout was.
    for text in (ROOT / "LICENSE", PACKAGING / "THIRD-PARTY.md", *(PACKAGING / "licences").iterdir()):
        shutil.copyfile(text, folder / text.name)


def symbols(folder):
    """The symbols of the program, for debuggers."""
    folder.mkdir(parents=True)
    shutil.copy(pathlib.Path(f"{PROGRAM}.debug"), folder)
    return folder
