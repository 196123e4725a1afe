"""A bucket, by the AWS command line. The endpoint, the region and the credentials come from its own environment."""

import hashlib
import json
import mimetypes
import os
import pathlib
import subprocess
import tempfile

import release as releases

# Immutable things are kept by caches for a year; the few that change are asked for each time.
FOREVER = "public, max-age=31536000, immutable"
NEVER = "no-cache"


class Bucket:
    def __init__(self, name):
        self.name = name

    def call(self, *words):
        """What the command line answers, or None where the object is not there."""
        done = subprocess.run(
            ["aws", "--output", "json", "s3api", *map(str, words)], capture_output=True, text=True)
        if done.returncode == 0:
            return json.loads(done.stdout) if done.stdout.strip() else {}
        if "Not Found" in done.stderr or "NoSuchKey" in done.stderr:
            return None
        releases.stop(f"aws s3api {words[0]} failed:\n{done.stderr.strip()}")

    def checksum(self, key):
        """The SHA-256 that an object was uploaded with; None where there is no object."""
        head = self.call("head-object", "--bucket", self.name, "--key", key)
        return None if head is None else head.get("Metadata", {}).get("sha256", "")

    def read(self, key):
        """The bytes of an object; None where there is none."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "object"
            found = self.call("get-object", "--bucket", self.name, "--key", key, path)
            return None if found is None else path.read_bytes()

    def keep(self, key, data):
        """Uploads what is never to change. What is there already stays, and has to be the same."""
        there = self.checksum(key)
        if there is None:
            self._put(key, data, FOREVER, "--if-none-match", "*")
        elif there != digest(data):
            releases.stop(f"{key} is in the bucket already, and is not the same: nothing was replaced")

    def replace(self, key, data):
        """Uploads what changes with each release."""
        if self.checksum(key) != digest(data):
            self._put(key, data, NEVER)

    def _put(self, key, data, caching, *words):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "object"
            path.write_bytes(data)
            done = self.call(
                "put-object", "--bucket", self.name, "--key", key, "--body", path,
                "--content-type", content_type(key), "--cache-control", caching,
                "--metadata", f"sha256={digest(data)}", *words)
        if done is None:
            releases.stop(f"there is no bucket '{self.name}'")
        print(f"uploaded {key}", flush=True)


def digest(data):
    return hashlib.sha256(data).hexdigest()


def content_type(key):
    name = os.path.basename(key)
    if name.endswith((".json", ".spdx.json")):
        return "application/json"
    if name.endswith((".sh", ".rb", ".nix")) or "." not in name:
        return "text/plain; charset=utf-8"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
