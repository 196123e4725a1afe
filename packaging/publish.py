"""Uploads dist/ to a bucket: the release, then the package, then the apt repository's index, its signature, and last
what says which release is the newest. A run that was interrupted is repeated: what is there stays, and until the last
steps everybody sees the release before, whole.

make publish BUCKET=name runs it. The keys come from FAVS_GPG_SECRET and FAVS_MINISIGN_SECRET, access to the bucket
from the environment of the AWS command line.
"""

import json
import subprocess
import sys

import aptrepo
import archives
import release as releases
from bucket import Bucket, digest

DIST = releases.ROOT / "dist"


def main(name):
    release = releases.current()
    check(release)
    bucket = Bucket(name)
    signer = aptrepo.Signer()
    try:
        publish(bucket, signer, release)
    finally:
        signer.close()


def check(release):
    """Stops where dist/ is not a whole, signed release of this commit."""
    if not release.is_tagged:
        releases.stop(f"the commit has no tag {release.tag}: only tags are published")
    if releases.base_url().split("/")[2].split(":")[0].endswith(".example"):
        releases.stop("packaging/package.ini still has an address that exists nowhere")
    sums = (DIST / "SHA256SUMS").read_text() if (DIST / "SHA256SUMS").exists() else ""
    named = [line.split("  ", 1) for line in sums.splitlines()]
    if not named or f"favs-{release.version}.tar.gz" not in [file for _, file in named]:
        releases.stop(f"dist/ is not release {release.version}: run make dist first")
    for expected, file in named:
        if archives.digest(DIST / file) != expected:
            releases.stop(f"dist/{file} is not what SHA256SUMS says")
    signature = DIST / "SHA256SUMS.minisig"
    if not signature.exists():
        releases.stop("dist/SHA256SUMS is not signed: run make sign first")
    if key := releases.minisign_key():
        done = subprocess.run(
            ["minisign", "-Vqm", DIST / "SHA256SUMS", "-P", key], capture_output=True)
        if done.returncode != 0:
            releases.stop("the signature of dist/SHA256SUMS is not of the key that people know")


def publish(bucket, signer, release):
    for file in sorted(DIST.iterdir()):
        bucket.keep(f"releases/{release.version}/{file.name}", file.read_bytes())
    packages = sorted(DIST.glob("*.deb"))
    for package in packages:
        bucket.keep(aptrepo.pool(package), package.read_bytes())
    index(bucket, signer, release, packages)
    latest(bucket, release)


def index(bucket, signer, release, packages):
    """The index of the repository: under its checksum first, so that who has the old signature finds the old index."""
    dists = f"apt/dists/{aptrepo.SUITE}"
    files = {}
    for architecture in aptrepo.ARCHITECTURES:
        name = aptrepo.index(architecture)
        old = bucket.read(f"{dists}/{name}")
        text = (old or b"").decode()
        for package in packages:
            if package.name.endswith(f"_{architecture}.deb"):
                text = aptrepo.merged(text, aptrepo.stanza(package))
        files[name] = text.encode()
        files[f"{name}.gz"] = aptrepo.compressed(files[name])
    for name, data in files.items():
        folder = name.rsplit("/", 1)[0]
        bucket.keep(f"{dists}/{folder}/by-hash/SHA256/{digest(data)}", data)
    for name, data in files.items():
        bucket.replace(f"{dists}/{name}", data)
    bucket.replace("apt/favs.gpg", signer.public_key())
    text = aptrepo.release_file(files, release.time)
    old = bucket.read(f"{dists}/InRelease")
    if old is None or signer.text(old) != text:
        bucket.replace(f"{dists}/InRelease", signer.sign(text))


def latest(bucket, release):
    """What is newest. A release of an older line does not take its place."""
    old = bucket.read("latest.json")
    if old is not None and numbers(json.loads(old)["version"]) > numbers(release.version):
        return
    bucket.replace("install.sh", (DIST / "install.sh").read_bytes())
    told = {
        "version": release.version,
        "commit": release.commit,
        "url": f"{releases.base_url()}/releases/{release.version}/",
    }
    bucket.replace("latest.json", (json.dumps(told, indent=2) + "\n").encode())


def numbers(version):
    return [int(part) for part in version.split(".")]


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1]:
        releases.stop("usage: make publish BUCKET=name")
    main(sys.argv[1])
