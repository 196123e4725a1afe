"""The formulae of other package managers, from one description, with the checksums of what was just made.

A template holds @NAME@ where a value of `values` belongs; an unknown name stops.
"""

import re

import archives
import release as releases
from release import PACKAGING

# Template, and its name in dist/.
NAMES = {
    "favs.rb.in": "favs.rb",
    "PKGBUILD.in": "PKGBUILD",
    "flake.nix.in": "flake.nix",
    "install.sh.in": "install.sh",
}


def write(folder, kernel, release):
    values = described(folder, kernel, release)
    for template, name in NAMES.items():
        text = (PACKAGING / "templates" / template).read_text()
        (folder / name).write_text(filled(text, values))
    (folder / "install.sh").chmod(0o755)


def described(folder, kernel, release):
    package = releases.settings()["package"]
    values = {
        "VERSION": release.version,
        "SUMMARY": package["summary"],
        "SUMMARY_CAPITAL": package["summary"].capitalize(),
        "HOMEPAGE": package["homepage"],
        "LICENCE": package["licence"],
        "MAINTAINER": package["maintainer"],
        "BASE_URL": releases.base_url(),
        "RELEASE_URL": f"{releases.base_url()}/releases/{release.version}",
        "MINISIGN_KEY": releases.minisign_key(),
        "KERNEL": kernel,
        "SHA256_SOURCE": archives.digest(folder / f"favs-{release.version}.tar.gz"),
        "SHA256_PROGRAM": archives.digest(folder / f"favs-{release.version}-{kernel}-linux.tar.gz"),
    }
    return values


def filled(text, values):
    def value(match):
        if match[1] not in values:
            releases.stop(f"a template asks for @{match[1]}@, which nobody knows")
        return values[match[1]]
    return re.sub(r"@([A-Z][A-Z0-9_]*)@", value, text)
