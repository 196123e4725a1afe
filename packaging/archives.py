"""Archives and checksums that are the same whenever and wherever they are made."""

import gzip
import hashlib
import io
import pathlib
import subprocess
import tarfile

from release import ROOT


def write(path, folder, release):
    """Packs a folder, under its name, as a .tar.gz."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for member in [folder, *sorted(folder.rglob("*"))]:
            info = archive.gettarinfo(member, member.relative_to(folder.parent).as_posix())
            info.uid = info.gid = 0
            info.uname = info.gname = "root"
            info.mtime = release.time
            # Whatever the umask of the checkout was.
            info.mode = 0o755 if info.isdir() or info.mode & 0o100 else 0o644
            if info.isreg():
                with member.open("rb") as file:
                    archive.addfile(info, file)
            else:
                archive.addfile(info)
    compress(path, packed.getvalue())


def source(path, stem, release):
    """The sources at the commit, as git packs them."""
    packed = subprocess.run(
        ["git", "archive", "--format=tar", f"--prefix={stem}/", release.commit],
        cwd=ROOT, check=True, capture_output=True).stdout
    compress(path, packed)


def compress(path, packed):
    with path.open("wb") as file:
        # Neither a name nor a time in the header.
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=9, mtime=0) as out:
            out.write(packed)


def digest(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def checksums(folder):
    """SHA256SUMS of all that is in a folder, as `sha256sum -c` reads it."""
    lines = [f"{digest(path)}  {path.name}\n" for path in sorted(folder.iterdir())
             if not path.name.startswith("SHA256SUMS")]
    (folder / "SHA256SUMS").write_text("".join(lines))
