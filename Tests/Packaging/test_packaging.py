"""The parts of packaging/ that need no build: archives, the index of the apt repository, formulae, what is refused."""

import os
import pathlib
import subprocess
import sys
import tarfile
import tempfile
import types
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "packaging"))
sys.dont_write_bytecode = True

import aptrepo
import archives
import bucket
import formulae
import publish

RELEASE = types.SimpleNamespace(time=1_700_000_000, version="1.2.3")


def stanza(version, size=1):
    return f"Package: favs\nVersion: {version}\nSize: {size}\n"


class Archives(unittest.TestCase):
    def test_the_same_files_give_the_same_bytes(self):
        made = []
        for age, umask in ((0, 0o022), (9_999, 0o077)):
            with tempfile.TemporaryDirectory() as folder:
                os.umask(umask)
                root = pathlib.Path(folder) / "favs-1"
                (root / "bin").mkdir(parents=True)
                (root / "bin/favs").write_text("program")
                (root / "README.md").write_text("read")
                (root / "bin/favs").chmod(0o777 & ~umask)
                os.utime(root / "bin/favs", (age, age))
                path = pathlib.Path(folder) / f"out-{age}.tar.gz"
                archives.write(path, root, RELEASE)
                made.append(path.read_bytes())
                with tarfile.open(path) as archive:
                    self.assertEqual(
                        archive.getnames(),
                        ["favs-1", "favs-1/README.md", "favs-1/bin", "favs-1/bin/favs"])
                    self.assertEqual(
                        {(m.uid, m.uname, m.mtime) for m in archive}, {(0, "root", RELEASE.time)})
        os.umask(0o022)
        self.assertEqual(made[0], made[1])

    def test_checksums_are_what_sha256sum_reads(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder)
            (path / "b").write_bytes(b"")
            (path / "a").write_bytes(b"a")
            (path / "SHA256SUMS.minisig").write_bytes(b"not listed")
            archives.checksums(path)
            self.assertEqual(
                (path / "SHA256SUMS").read_text(),
                "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a\n"
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n")


class Repository(unittest.TestCase):
    def test_an_index_keeps_older_versions_and_has_each_once(self):
        index = aptrepo.merged(None, stanza("0.1.0"))
        index = aptrepo.merged(index, stanza("0.2.0"))
        self.assertEqual(index, stanza("0.1.0") + "\n" + stanza("0.2.0") + "\n")
        self.assertEqual(
            aptrepo.merged(index, stanza("0.1.0", size=2)),
            stanza("0.2.0") + "\n" + stanza("0.1.0", size=2) + "\n")

    def test_the_release_file_vouches_for_each_file(self):
        files = {"main/binary-amd64/Packages": b"a", "main/binary-arm64/Packages": b""}
        text = aptrepo.release_file(files, 0)
        self.assertIn("Date: Thu, 01 Jan 1970 00:00:00 UTC\nAcquire-By-Hash: yes\n", text)
        self.assertIn(
            " ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb 1 "
            "main/binary-amd64/Packages\n", text)

    def test_a_later_version_is_later_by_its_numbers(self):
        self.assertGreater(publish.numbers("0.10.0"), publish.numbers("0.9.9"))


class Kept(bucket.Bucket):
    """A bucket in memory."""

    def __init__(self):
        super().__init__("kept")
        self.objects = {}

    def checksum(self, key):
        data = self.objects.get(key)
        return None if data is None else bucket.digest(data)

    def read(self, key):
        return self.objects.get(key)

    def _put(self, key, data, caching, *words):
        self.objects[key] = data


class Immutable(unittest.TestCase):
    def test_what_is_kept_is_never_replaced_by_something_else(self):
        kept = Kept()
        kept.keep("a", b"1")
        kept.keep("a", b"1")
        with self.assertRaises(SystemExit) as refusal:
            kept.keep("a", b"2")
        self.assertIn("not the same", str(refusal.exception))
        self.assertEqual(kept.objects, {"a": b"1"})
        kept.replace("a", b"2")
        self.assertEqual(kept.objects, {"a": b"2"})

    def test_an_older_release_does_not_become_the_latest(self):
        kept = Kept()
        kept.objects["latest.json"] = b'{"version": "1.10.0"}'
        publish.latest(kept, RELEASE)
        self.assertEqual(list(kept.objects), ["latest.json"])
        self.assertEqual(kept.objects["latest.json"], b'{"version": "1.10.0"}')


class Headers(unittest.TestCase):
    def test_what_includes_a_header_that_changed_is_built_again(self):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name in ("Sources/CSQLite/shim.h", "Sources/SQLite/Connection.swift", "Sources/Host/System/Build.swift"):
                (root / name).parent.mkdir(parents=True)
                (root / name).write_text("")
                os.utime(root / name, (1, 1))
            makefile = pathlib.Path(__file__).resolve().parents[2] / "Makefile"
            source = root / "Sources/SQLite/Connection.swift"

            def make():
                subprocess.run(["make", "-s", "-f", makefile, ".build/headers"], cwd=root, check=True)
                return source.stat().st_mtime

            self.assertGreater(make(), 1)
            os.utime(source, (1, 1))
            self.assertEqual(make(), 1)
            os.utime(root / ".build/headers", (2, 2))
            os.utime(root / "Sources/CSQLite/shim.h", (3, 3))
            self.assertGreater(make(), 1)


class Formulae(unittest.TestCase):
    def test_a_template_is_filled_and_an_unknown_name_stops(self):
        self.assertEqual(formulae.filled("v=@VERSION@ a@b.c", {"VERSION": "1"}), "v=1 a@b.c")
        with self.assertRaises(SystemExit):
            formulae.filled("@NOBODY@", {})


if __name__ == "__main__":
    unittest.main()
