"""What is in the program, as an SPDX 2.3 document (https://spdx.github.io/spdx-spec/v2.3/)."""

import json
import re
import time

import release as releases
from release import PROGRAM, run


def parts():
    """The libraries that the program is linked with: name, version, licence, where from."""
    swift = re.search(r"Swift version ([0-9.]+)", run("swift", "--version"))[1]
    sqlite = json.loads(run(PROGRAM, "version", "--json"))["sqlite"]
    glibc = run("ldd", "--version").split("\n")[0].split()[-1]
    gcc = run("gcc", "-dumpfullversion").strip()
    return [
        ("swift", swift, "Apache-2.0 WITH Swift-exception", "https://github.com/swiftlang/swift"),
        ("sqlite", sqlite, "blessing", "https://www.sqlite.org"),
        ("glibc", glibc, "LGPL-2.1-or-later", "https://sourceware.org/git/glibc.git"),
        ("gcc-runtime", gcc, "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    ]


def write(path, release):
    package = releases.settings()["package"]
    packages = [entry("favs", release.version, package["licence"], package["homepage"])]
    relations = [relation("SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-favs")]
    for part in parts():
        packages.append(entry(*part))
        relations.append(relation("SPDXRef-favs", "STATIC_LINK", f"SPDXRef-{part[0]}"))
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"favs-{release.version}",
        "documentNamespace": f"{package['homepage']}spdx/favs-{release.version}-{release.commit}",
        "creationInfo": {
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(release.time)),
            "creators": ["Organization: the favs authors"],
        },
        "packages": packages,
        "relationships": relations,
    }
    path.write_text(json.dumps(document, indent=2) + "\n")


def entry(name, version, licence, source):
    return {
        "SPDXID": f"SPDXRef-{name}",
        "name": name,
        "versionInfo": version,
        "downloadLocation": source,
        "filesAnalyzed": False,
        "licenseConcluded": licence,
        "licenseDeclared": licence,
        "copyrightText": "NOASSERTION",
    }


def relation(subject, kind, other):
    return {"spdxElementId": subject, "relationshipType": kind, "relatedSpdxElement": other}
