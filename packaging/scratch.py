"""A system to install into: folders of its own for dpkg and apt, so that nothing of this machine changes."""

import os
import pathlib
import subprocess

import release as releases


class ScratchRoot:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        for name in (
                "var/lib/dpkg/info", "var/lib/dpkg/updates", "var/lib/apt/lists/partial",
                "var/cache/apt/archives/partial", "var/log/apt", "etc/apt/sources.list.d",
                "etc/apt/preferences.d", "etc/apt/trusted.gpg.d", "home"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "var/lib/dpkg/status").touch()

    def dpkg(self, *words):
        return releases.run(
            "dpkg", f"--root={self.folder}", "--force-not-root", "--force-bad-path",
            "--force-script-chrootless", f"--log={self.folder}/var/log/dpkg.log", *words)

    def apt(self, *words):
        """apt-get of this machine, with all its folders in the scratch root: how it ended, and what it said."""
        config = self.folder / "apt.conf"
        config.write_text(f"""
Dir "{self.folder}";
Dir::State::status "{self.folder}/var/lib/dpkg/status";
Dir::Bin::methods "/usr/lib/apt/methods";
Dir::Bin::dpkg "/usr/bin/dpkg";
Dir::Log "{self.folder}/var/log/apt";
Dir::Etc::main "{config}";
APT::Architecture "{releases.architecture()[1]}";
APT::Architectures {{ "{releases.architecture()[1]}"; }};
APT::Sandbox::User "root";
APT::Get::Assume-Yes "true";
Acquire::Languages "none";
Acquire::Retries "0";
Acquire::http::Proxy "DIRECT";
DPkg::Options {{ "--root={self.folder}"; "--force-not-root"; "--force-bad-path";
  "--force-script-chrootless"; "--log={self.folder}/var/log/dpkg.log"; }};
DPkg::Pre-Install-Pkgs "";
DPkg::Pre-Invoke "";
DPkg::Post-Invoke "";
""")
        environment = {**os.environ, "APT_CONFIG": str(config), "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            ["apt-get", *words], env=environment, capture_output=True, text=True,
            stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout + done.stderr

    def must_apt(self, *words):
        code, said = self.apt(*words)
        if code != 0:
            releases.stop(f"apt-get {' '.join(words)} failed ({code}):\n{said}")
        return said

    def favs(self, *words):
        """The installed program, as a person with a home of their own would run it."""
        done = subprocess.run(
            [self.folder / "usr/bin/favs", *words], capture_output=True, text=True,
            stdin=subprocess.DEVNULL,
            env={"HOME": str(self.folder / "home"), "PATH": "/usr/bin:/bin", "TZ": "UTC"})
        if done.returncode != 0:
            releases.stop(f"favs {' '.join(words)} ended with {done.returncode}:\n{done.stderr}")
        return done.stdout

    def installed_version(self):
        for line in (self.folder / "var/lib/dpkg/status").read_text().splitlines():
            if line.startswith("Version: "):
                return line.removeprefix("Version: ")
        return None
