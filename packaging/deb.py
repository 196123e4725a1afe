"""The package for Debian: one static program with its pages, no dependencies, no maintainer scripts."""

import gzip
import hashlib
import textwrap
import time

import release as releases
import tree
from release import ROOT, run


def write(path, folder, architecture, release):
    package = releases.settings()["package"]
    tree.installed(folder)
    documents = folder / "usr/share/doc/favs"
    (documents / "copyright").write_text(copyright_text())
    changes = f"""favs ({release.version}) stable; urgency=medium

  * See CHANGELOG.md for what is new.

 -- {package['maintainer']}  {time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime(release.time))}
"""
    compressed(documents / "changelog.gz", changes.encode())
    compressed(documents / "CHANGELOG.md.gz", (ROOT / "CHANGELOG.md").read_bytes())
    overrides = folder / "usr/share/lintian/overrides/favs"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(
        "# One program that runs on every Linux, also where glibc is older or missing.\n"
        "favs: statically-linked-binary [usr/bin/favs]\n")
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    control = folder / "DEBIAN/control"
    control.parent.mkdir()
    summary = textwrap.fill(
        " ".join(package["description"].split()), 76, initial_indent=" ", subsequent_indent=" ")
    control.write_text(f"""Package: favs
Version: {release.version}
Architecture: {architecture}
Maintainer: {package['maintainer']}
Installed-Size: {(size + 1023) // 1024}
Section: utils
Priority: optional
Recommends: ca-certificates
Suggests: curl, fzf, git
Homepage: {package['homepage']}
Description: {package['summary']}
{summary}
""")
    sums = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and "DEBIAN" not in file.parts:
            sums.append(f"{md5(file)}  {file.relative_to(folder)}\n")
    (folder / "DEBIAN/md5sums").write_text("".join(sums))
    # More than one thread would make the bytes depend on their number.
    run("dpkg-deb", "--root-owner-group", "--threads-max=1", "-Zxz", "-z9", "--build", folder, path)


def md5(file):
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def compressed(path, text):
    with gzip.GzipFile(path, "wb", compresslevel=9, mtime=0) as out:
        out.write(text)


def copyright_text():
    licence = (ROOT / "LICENSE").read_text().split("\n\n", 2)[2]
    body = "\n".join(f" {line}" if line else " ." for line in licence.strip().splitlines())
    return f"""Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: favs
Source: {releases.settings()['package']['homepage']}

Files: *
Copyright: 2026 the favs authors
License: Expat

Files: usr/bin/favs
Copyright: 2026 the favs authors
  2014-2026 Apple Inc. and the Swift project authors
  1991-2026 Free Software Foundation, Inc.
License: Expat and Apache-2.0 with Swift exception and LGPL-2.1+ and GPL-3+ with GCC exception
Comment: The program is static. It contains parts of the Swift runtime, SQLite (public domain), the
 GNU C Library and the GCC runtime library.
 .
 On Debian the texts of these licences are in /usr/share/common-licenses.

License: Expat
{body}

License: Expat and Apache-2.0 with Swift exception and LGPL-2.1+ and GPL-3+ with GCC exception
 See /usr/share/common-licenses/Apache-2.0, /usr/share/common-licenses/LGPL-2.1 and
 /usr/share/common-licenses/GPL-3. The Swift Runtime Library Exception and the GCC Runtime Library
 Exception allow to distribute programs that contain these libraries under any licence.
"""
