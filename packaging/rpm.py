"""The package for systems with rpm."""

import textwrap
import time

import release as releases
import tree
from release import run


def write(path, folder, architecture, release):
    package = releases.settings()["package"]
    staged = tree.installed(folder / "root")
    tree.licences(staged / "usr/share/licenses/favs")
    files = []
    for file in sorted(staged.rglob("*")):
        if file.is_file():
            name = "/" + file.relative_to(staged).as_posix()
            kind = "%license " if "/licenses/" in name else \
                "%doc " if "/doc/" in name or "/man/" in name else ""
            files.append(kind + name)
    day = time.strftime("%a %b %d %Y", time.gmtime(release.time))
    spec = folder / "favs.spec"
    description = textwrap.fill(" ".join(package["description"].split()), 76)
    # rpm's own steps after the installation would strip and compress again, and its buildroot is a copy.
    spec.write_text(f"""%global __os_install_post %{{nil}}
%global debug_package %{{nil}}
Name: favs
Version: {release.version}
Release: 1
Summary: {package['summary'].capitalize()}
License: MIT AND Apache-2.0 AND LGPL-2.1-or-later AND GPL-3.0-or-later WITH GCC-exception-3.1
URL: {package['homepage']}
Group: Applications/Productivity
Packager: {package['maintainer']}
AutoReqProv: no
Recommends: ca-certificates

%description
{description}

%install
cp -a {staged}/. %{{buildroot}}

%files
{chr(10).join(files)}
%dir /usr/share/doc/favs
%dir /usr/share/licenses/favs

%changelog
* {day} {package['maintainer']} - {release.version}-1
- See CHANGELOG.md for what is new.
""")
    definitions = {
        "_topdir": folder / "top",
        "_rpmdir": folder / "out",
        "_rpmfilename": path.name,
        "_buildhost": "localhost",
        "use_source_date_epoch_as_buildtime": 1,
        "clamp_mtime_to_source_date_epoch": 1,
        "source_date_epoch_from_changelog": 0,
        "_binary_payload": "w9.xzdio",
        "_build_id_links": "none",
        "_sysconfdir": "/etc",
    }
    words = []
    for name, value in definitions.items():
        words += ["--define", f"{name} {value}"]
    run("rpmbuild", "-bb", "--quiet", "--target", f"{architecture}-linux", *words, spec)
    (folder / "out" / path.name).rename(path)
