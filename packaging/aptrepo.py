"""The index of an apt repository (https://wiki.debian.org/DebianRepository/Format): one suite, one component."""

import gzip
import hashlib
import os
import subprocess
import tempfile
import time

import release as releases

SUITE = "stable"
ARCHITECTURES = ("amd64", "arm64")


def pool(package):
    return f"apt/pool/main/f/favs/{package.name}"


def index(architecture):
    return f"main/binary-{architecture}/Packages"


def stanza(package):
    """What Packages says of one package file."""
    control = releases.run("dpkg-deb", "-f", package).rstrip("\n")
    data = package.read_bytes()
    return "\n".join([
        control,
        f"Filename: {pool(package).removeprefix('apt/')}",
        f"Size: {len(data)}",
        f"SHA256: {hashlib.sha256(data).hexdigest()}",
    ]) + "\n"


def merged(old, new):
    """Packages with one more stanza, in the place of one of the same version."""
    stanzas = [text.strip("\n") + "\n" for text in (old or "").split("\n\n") if text.strip()]
    version = field(new, "Version")
    stanzas = [text for text in stanzas if field(text, "Version") != version]
    return "\n".join(stanzas + [new]) + "\n"


def field(text, name):
    for line in text.splitlines():
        if line.startswith(f"{name}: "):
            return line.removeprefix(f"{name}: ")
    return None


def compressed(data):
    return gzip.compress(data, 9, mtime=0)


def release_file(files, moment):
    """The file Release, which vouches for all others by their checksums.

    The day is the newest release's, not today's: the same release gives the same file, and a day that only grows.
    """
    day = time.strftime("%a, %d %b %Y %H:%M:%S UTC", time.gmtime(moment))
    lines = [
        "Origin: favs", "Label: favs", f"Suite: {SUITE}", f"Codename: {SUITE}", f"Date: {day}",
        "Acquire-By-Hash: yes",
        f"Architectures: {' '.join(ARCHITECTURES)}", "Components: main",
        "Description: packages of favs", "SHA256:",
    ]
    lines += [f" {hashlib.sha256(data).hexdigest()} {len(data)} {name}"
              for name, data in sorted(files.items())]
    return "\n".join(lines) + "\n"


class Signer:
    """The key that signs the repository, in a keyring of its own for as long as it is needed."""

    def __init__(self):
        secret = os.environ.get("FAVS_GPG_SECRET")
        if not secret:
            releases.stop("FAVS_GPG_SECRET is not set: there is no key to sign the repository with")
        self.folder = tempfile.TemporaryDirectory()
        self._gpg("--import", stdin=secret.encode())

    def _gpg(self, *words, stdin=b""):
        done = subprocess.run(
            ["gpg", "--homedir", self.folder.name, "--batch", "--quiet", "--no-tty", *words],
            input=stdin, capture_output=True)
        if done.returncode != 0:
            releases.stop(f"gpg failed:\n{done.stderr.decode(errors='replace')}")
        return done.stdout

    def sign(self, text):
        return self._gpg("--clearsign", "--digest-algo", "SHA512", stdin=text.encode())

    def public_key(self):
        return self._gpg("--export")

    def text(self, signed):
        """What a signed text says, where the signature is this key's; None else."""
        done = subprocess.run(
            ["gpg", "--homedir", self.folder.name, "--batch", "--quiet", "--no-tty", "--decrypt"],
            input=signed, capture_output=True)
        return done.stdout.decode() if done.returncode == 0 else None

    def close(self):
        subprocess.run(["gpgconf", "--homedir", self.folder.name, "--kill", "all"], capture_output=True)
        self.folder.cleanup()
