"""Signs dist/: SHA256SUMS by minisign. The secret key comes from the environment, never from a file of the project.

FAVS_MINISIGN_SECRET  the text of a minisign secret key without a password (minisign -G -W)
"""

import os
import pathlib
import subprocess
import tempfile

import release as releases

DIST = releases.ROOT / "dist"


def sign():
    release = releases.current()
    secret = os.environ.get("FAVS_MINISIGN_SECRET")
    if not secret:
        releases.stop("FAVS_MINISIGN_SECRET is not set: there is no key to sign with")
    if not (DIST / "SHA256SUMS").exists():
        releases.stop("there is no dist/SHA256SUMS: run make dist first")
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder) / "key"
        key.touch(0o600)
        key.write_text(secret.strip() + "\n")
        # The same comment each time, so that the same key and the same sums give the same signature.
        done = subprocess.run(
            ["minisign", "-S", "-s", key, "-m", DIST / "SHA256SUMS", "-t", f"favs {release.version}"],
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        releases.stop(f"minisign failed:\n{done.stdout}{done.stderr}")
    print("dist/SHA256SUMS.minisig")


if __name__ == "__main__":
    sign()
