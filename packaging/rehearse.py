"""Plays two releases from the tag to an upgrade on this machine: a bucket on loopback, keys that are thrown away,
apt with folders of its own. The second release is killed after every single upload, and apt has to see the old or the
new one, whole, at each step.

make rehearse-release runs it.
"""

import contextlib
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

import release as releases
from release import ROOT, run
from scratch import ScratchRoot

BUCKET = "favs-rehearsal"


def say(text):
    print(f"{time.monotonic() - STARTED:6.1f} s  {text}", flush=True)


STARTED = time.monotonic()


class Rehearsal:
    def __init__(self, scratch, endpoint):
        self.scratch = scratch
        self.clone = scratch / "favs"
        self.endpoint = endpoint
        self.url = f"{endpoint}/{BUCKET}"
        self.environment = {
            **os.environ, "AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "rehearsal",
            "AWS_SECRET_ACCESS_KEY": "rehearsal", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true", "FAVS_BASE_URL": self.url,
        }
        for name in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "http_proxy", "HTTP_PROXY"):
            self.environment.pop(name, None)

    def keys(self):
        folder = self.scratch / "keys"
        folder.mkdir(mode=0o700)
        run("minisign", "-G", "-W", "-p", folder / "public", "-s", folder / "secret")
        home = folder / "gnupg"
        home.mkdir(mode=0o700)
        run("gpg", "--homedir", home, "--batch", "--quiet", "--passphrase", "",
            "--quick-generate-key", "favs rehearsal", "ed25519", "sign", "1d")
        self.environment |= {
            "FAVS_MINISIGN_SECRET": (folder / "secret").read_text(),
            "FAVS_MINISIGN_KEY": (folder / "public").read_text().splitlines()[1],
            "FAVS_GPG_SECRET": run("gpg", "--homedir", home, "--batch", "--armor", "--export-secret-keys"),
        }
        run("gpgconf", "--homedir", home, "--kill", "all")

    def release(self, version):
        """A commit of the clone with a version of its own, tagged and made into packages."""
        program = self.clone / "Sources/favs/Program.swift"
        program.write_text(re.sub(
            r'static let version = "[^"]+"', f'static let version = "{version}"', program.read_text()))
        changelog = self.clone / "CHANGELOG.md"
        text = changelog.read_text()
        heading = f"## [{version}] - 2026-01-01"
        text = re.sub(r"^## \[Unreleased\]\n\nThis will be [0-9.]+\.$", heading, text, count=1, flags=re.M) \
            if "## [Unreleased]" in text else text.replace("\n## [", f"\n{heading}\n\n## [", 1)
        changelog.write_text(text)
        identity = ["-c", "user.name=rehearsal", "-c", "user.email=rehearsal@localhost"]
        run("git", *identity, "commit", "--quiet", "--all", "-m", f"Release {version}", cwd=self.clone)
        run("git", "tag", f"v{version}", cwd=self.clone)
        self.make("dist")
        self.make("sign")
        if not (self.clone / "dist/SHA256SUMS.minisig").exists():
            releases.stop("make sign signed nothing")

    def make(self, target, **more):
        done = subprocess.run(
            ["make", target], cwd=self.clone, env={**self.environment, **more}, capture_output=True, text=True)
        if done.returncode != 0:
            releases.stop(f"make {target} failed:\n{done.stdout[-4000:]}{done.stderr[-4000:]}")

    def publish(self, uploads=None):
        """Publishes the clone's dist/. With a number the run is killed after so many uploads; whether it came to its
        end, and how many uploads it said."""
        process = subprocess.Popen(
            [sys.executable, "-B", "packaging/publish.py", BUCKET], cwd=self.clone, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        said = 0
        for line in process.stdout:
            said += line.startswith("uploaded ")
            if uploads is not None and said == uploads:
                process.send_signal(signal.SIGKILL)
                break
        process.stdout.close()
        error = process.stderr.read()
        code = process.wait()
        if code not in (0, -signal.SIGKILL):
            releases.stop(f"publish ended with {code}:\n{error}")
        return code == 0, said

    def aws(self, *words):
        return run("aws", "s3api", *words, env=self.environment)

    def make_bucket(self):
        """A bucket that everybody may read."""
        self.aws("create-bucket", "--bucket", BUCKET)
        policy = {
            "Version": "2012-10-17",
            "Statement": [{
                "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                "Resource": f"arn:aws:s3:::{BUCKET}/*"}],
        }
        self.aws("put-bucket-policy", "--bucket", BUCKET, "--policy", json.dumps(policy))

    def object(self, key):
        with urllib.request.urlopen(f"{self.url}/{key}", timeout=20) as answer:
            return answer.read()

    def put(self, key, data):
        path = self.scratch / "object"
        path.write_bytes(data)
        self.aws("put-object", "--bucket", BUCKET, "--key", key, "--body", path)


def main():
    version = releases.current().version
    major, minor, patch = map(int, version.split("."))
    first, second = version, f"{major}.{minor}.{patch + 1}"
    with tempfile.TemporaryDirectory(prefix="favs-rehearsal-") as folder, server() as endpoint:
        scratch = pathlib.Path(folder)
        rehearsal = Rehearsal(scratch, endpoint)
        rehearsal.keys()
        rehearsal.make_bucket()
        run("git", "clone", "--quiet", ROOT, rehearsal.clone)
        rehearsal.release(first)
        say(f"{first}: made and signed")
        rehearsal.publish()
        say(f"{first}: published")
        verified(rehearsal)
        root = installed(rehearsal, scratch / "root", first)
        rehearsal.release(second)
        say(f"{second}: made and signed")
        steps = killed_at_each_step(rehearsal, root, first, second)
        say(f"{second}: published, killed after each of {steps} uploads; apt saw {first} or {second}, whole")
        again(rehearsal)
        upgraded(root, first, second)
        say(f"upgraded to {second}, and back and forth: the favourites are as they were")
        by_script(rehearsal, scratch, second)
        say("install.sh: installed, and refused a wrong archive, a missing one and a wrong signature")


@contextlib.contextmanager
def server():
    """A server of buckets on loopback, for as long as the rehearsal."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        ["moto_server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            time.sleep(0.1)
        else:
            releases.stop("the server of buckets does not answer")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def verified(rehearsal):
    """The lines of docs/compatibility.md that verify a download, as they stand there."""
    page = (rehearsal.clone / "docs/compatibility.md").read_text()
    lines = re.search(r"## Verify a download\n.*?```sh\n(.*?)```", page, re.S)[1]
    environment = {**os.environ, "KEY": rehearsal.environment["FAVS_MINISIGN_KEY"]}
    run("sh", "-euc", lines, cwd=rehearsal.clone / "dist", env=environment)
    say("verified by the lines of the documentation")


def installed(rehearsal, folder, version):
    """A scratch root with the first release, by apt from the bucket, and two favourites."""
    root = ScratchRoot(folder)
    keyring = folder / "etc/apt/favs.gpg"
    keyring.write_bytes(rehearsal.object("apt/favs.gpg"))
    (folder / "etc/apt/sources.list").write_text(
        f"deb [signed-by={keyring}] {rehearsal.url}/apt stable main\n")
    root.must_apt("update")
    root.must_apt("install", "favs")
    if root.installed_version() != version:
        releases.stop(f"apt installed {root.installed_version()}, not {version}")
    root.favs("add", "Dune", "-c", "books")
    root.favs("add", "Solaris", "-c", "books")
    say(f"{version}: installed by apt, and used")
    return root


def killed_at_each_step(rehearsal, root, first, second):
    """Publishes one upload a run, each of them killed after it, and looks with apt after each."""
    seen = []
    for step in range(1, 200):
        is_done, _ = rehearsal.publish(uploads=1)
        seen.append(candidate(root))
        if seen[-1] not in (first, second):
            releases.stop(f"after upload {step} apt sees {seen[-1]}")
        if is_done:
            break
    else:
        releases.stop("publish does not come to an end")
    if seen[0] != first or seen[-1] != second or seen != sorted(seen):
        releases.stop(f"apt saw, one after another: {' '.join(seen)}")
    return step - 1


def candidate(root):
    """The version that apt would install now, after it has downloaded and checked it."""
    root.must_apt("update")
    root.must_apt("clean")
    said = root.must_apt("install", "--download-only", "--reinstall", "favs")
    found = re.findall(r"\bfavs_([0-9.]+)_", " ".join(
        path.name for path in (root.folder / "var/cache/apt/archives").glob("*.deb")))
    if len(found) != 1:
        releases.stop(f"apt downloaded {found}:\n{said}")
    return found[0]


def again(rehearsal):
    """A release that is whole is published again: nothing is uploaded. One that differs is refused."""
    is_done, uploads = rehearsal.publish()
    if not is_done or uploads != 0:
        releases.stop(f"publishing once more uploaded {uploads} things")
    archive = next((rehearsal.clone / "dist").glob("*.spdx.json"))
    old = archive.read_bytes()
    archive.write_bytes(old + b"\n")
    done = subprocess.run(
        [sys.executable, "-B", "packaging/publish.py", BUCKET], cwd=rehearsal.clone,
        env=rehearsal.environment, capture_output=True, text=True)
    archive.write_bytes(old)
    if done.returncode == 0 or "SHA256SUMS" not in done.stderr:
        releases.stop(f"a file that is not the signed one was published:\n{done.stderr}")


def upgraded(root, first, second):
    kept = root.favs("export", "--full")
    root.must_apt("update")
    root.must_apt("upgrade")
    if root.installed_version() != second:
        releases.stop(f"apt upgraded to {root.installed_version()}, not {second}")
    if root.favs("export", "--full") != kept:
        releases.stop("the upgrade changed the favourites")
    code, _ = root.apt("install", f"favs={first}")
    if code == 0:
        releases.stop("apt went back to an older version without being told that it may")
    root.must_apt("install", "--allow-downgrades", f"favs={first}")
    if root.favs("export", "--full") != kept:
        releases.stop("the older version reads other favourites")
    root.must_apt("install", f"favs={second}")
    root.must_apt("remove", "favs")
    root.must_apt("install", "favs")
    if root.favs("export", "--full") != kept:
        releases.stop("after removal and installation the favourites are others")


def by_script(rehearsal, scratch, version):
    """install.sh as people run it: from the address, by sh."""
    kernel = releases.architecture()[0]
    name = f"favs-{version}-{kernel}-linux.tar.gz"
    good = rehearsal.object(f"releases/{version}/{name}")
    script = rehearsal.object("install.sh")
    home = scratch / "home"
    home.mkdir()

    def install(expected, text):
        shutil.rmtree(home / ".local", ignore_errors=True)
        done = subprocess.run(
            ["sh"], input=script, capture_output=True,
            env={"HOME": str(home), "PATH": os.environ["PATH"], "no_proxy": "127.0.0.1"})
        said = (done.stdout + done.stderr).decode()
        if (done.returncode == 0) != expected or text not in said:
            releases.stop(f"install.sh ended with {done.returncode}, and said:\n{said}")
        if (home / ".local/bin/favs").exists() != expected:
            releases.stop("install.sh installed what it refused" if not expected else "nothing installed")

    install(True, "The signature is right.")
    if f"favs {version}" not in run(home / ".local/bin/favs", "version"):
        releases.stop("install.sh installed another version")
    install(True, f"Installed favs {version}")
    rehearsal.put(f"releases/{version}/{name}", good + b"\0")
    install(False, "the checksum")
    rehearsal.aws("delete-object", "--bucket", BUCKET, "--key", f"releases/{version}/{name}")
    install(False, "cannot download")
    rehearsal.put(f"releases/{version}/{name}", good)
    sums = rehearsal.object(f"releases/{version}/SHA256SUMS")
    rehearsal.put(f"releases/{version}/SHA256SUMS", sums + b"\n")
    install(False, "the signature of SHA256SUMS is wrong")
    rehearsal.aws("delete-object", "--bucket", BUCKET, "--key", f"releases/{version}/SHA256SUMS")
    install(False, "cannot download")
    rehearsal.put(f"releases/{version}/SHA256SUMS", sums)
    latest = json.loads(rehearsal.object("latest.json"))
    if latest["version"] != version:
        releases.stop(f"latest.json names {latest['version']}")


if __name__ == "__main__":
    main()
