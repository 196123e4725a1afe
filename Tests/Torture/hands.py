"""Hostile hands: what another user, or a stranger's gift, lays beside the files, and every command tried on it."""

import os
import random
import resource
import shutil
import sqlite3
import stat
import struct

from cases import READING, WRITING
from favs import Broken, Favs, copy
from links import difference, hot, opened
from outcome import Outcome, promised

SETPRIV = "setpriv"
# The one whose favourites they are, and the one who would like to have them.
OWNER, STRANGER = 12_001, 12_002
SECRET = "a favourite of another"
PRECIOUS = b"a thesis, the only copy\n"
MAGIC = bytes.fromhex("d9d505f920a163d7")
REFUSED = 6
# So many combinations of the short form; the full one tries all.
QUICK = 1_500


class Place:
    """Where the file is and who runs the program: the folder's owner and mode, who laid the trap, who steps into it."""

    def __init__(self, name, folder, mode, layer, runner):
        self.name, self.folder, self.mode, self.layer, self.runner = name, folder, mode, layer, runner

    def __str__(self):
        return self.name


PLACES = [
    Place("a gift that was unpacked at home", OWNER, 0o700, OWNER, OWNER),
    Place("a folder that all may write to", OWNER, 0o777, STRANGER, OWNER),
    Place("a folder like /tmp", 0, 0o1777, STRANGER, OWNER),
    Place("a folder of a group", OWNER, 0o770, STRANGER, OWNER),
    Place("a folder of the stranger", STRANGER, 0o755, STRANGER, OWNER),
    Place("root at work for a user who is not to be trusted", OWNER, 0o700, OWNER, 0),
]


class Trap:
    """What is laid. `fits` says where it is one; `refused` whether no command may go on that opens the file."""

    def __init__(self, name, lay, fits=lambda place: True, refused=False):
        self.name, self.lay, self.fits, self.refused = name, lay, fits, refused

    def __str__(self):
        return self.name


def is_strange(place):
    return place.layer == STRANGER


def clear(path):
    """Takes away what stands there; gives the path."""
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)
    return path


def write(path, content):
    clear(path)
    with open(path, "wb") as file:
        file.write(content)
    return path


def naming(favs, ready, begin):
    """A journal whose end names a file, which SQLite would remove."""
    name = os.path.join(favs.folder, "precious.txt").encode()
    tail = struct.pack(">I", 0) + name + struct.pack(">II", len(name), sum(name)) + MAGIC
    return [write(favs.file + "-journal", begin(favs) + tail)]


def broken_off(favs, ready):
    shutil.copy(os.path.join(ready, "hot", "favs.db"), favs.file)
    return [shutil.copy(os.path.join(ready, "hot", "journal"), favs.file + "-journal")]


def log(favs, ready):
    shutil.copy(os.path.join(ready, "log", "favs.db"), favs.file)
    return [shutil.copy(os.path.join(ready, "log", "favs.db-wal"), favs.file + "-wal")]


def pipe(ending):
    def lay(favs, ready):
        path = clear(favs.file + ending)
        os.mkfifo(path, 0o666)
        return [path]
    return lay


def link(ending, to):
    def lay(favs, ready):
        path = clear(favs.file + ending)
        os.symlink(os.path.join(favs.folder, to), path)
        return [path]
    return lay


def folder(ending):
    def lay(favs, ready):
        path = clear(favs.file + ending)
        os.makedirs(path)
        return [path, write(os.path.join(path, "keep.txt"), b"kept")]
    return lay


def backups(favs, ready):
    """A folder of backups, and in it one that anybody would like to restore."""
    path = clear(favs.file + ".backups")
    os.makedirs(path)
    planted = [shutil.copy(os.path.join(ready, "secret", "favs.db"), os.path.join(path, f"{stamp}-asked.db"))
               for stamp in ("20200101T000000000Z", "20990101T000000000Z")]
    return [path, *planted]


def leftovers(favs, ready):
    """What looks like something that a killed favs left behind, and is not."""
    found = []
    for name in (".favs-new-notes.txt", ".favs-new-0123456789abcdef", ".favs-new-", "tmp/.favs-input-1", "favs.db.damaged-1"):
        found.append(write(os.path.join(favs.folder, name), b"kept"))
    for name in ("tmp/favs-import-2026", "tmp/favs-import-0123456789abcdef01234567", "favs-salvage-2026"):
        os.makedirs(os.path.join(favs.folder, name))
        found += [os.path.join(favs.folder, name), write(os.path.join(favs.folder, name, "keep.txt"), b"kept")]
    return found


TRAPS = [
    Trap("a journal that names another file",
         lambda favs, ready: naming(favs, ready, lambda _: b"x" * 512), refused=True),
    Trap("a journal of the file that names another besides",
         lambda favs, ready: broken_off(favs, ready) and naming(favs, ready, lambda favs: read(favs.file + "-journal")), refused=True),
    Trap("a journal that brings back what was", broken_off, is_strange, refused=True),
    Trap("a log that changes what is", log, is_strange, refused=True),
    Trap("an empty journal", lambda favs, ready: [write(favs.file + "-journal", b"")], is_strange),
    Trap("a journal that is over and done with", lambda favs, ready: [write(favs.file + "-journal", bytes(600))], is_strange),
    Trap("a pipe for a journal", pipe("-journal"), refused=True),
    Trap("a pipe for a log", pipe("-wal"), refused=True),
    Trap("a pipe for a lock", pipe(".lock")),
    Trap("a link for a journal", link("-journal", "precious.txt"), refused=True),
    Trap("a link for a log", link("-wal", "precious.txt"), refused=True),
    Trap("a link for a lock", link(".lock", "precious.txt")),
    Trap("a link for the backups", link(".backups", "tmp")),
    Trap("a folder for a journal", folder("-journal"), refused=True),
    Trap("a folder for a lock", folder(".lock")),
    Trap("a folder of backups", backups, is_strange),
    Trap("what looks left behind", leftovers, is_strange),
]


def read(path):
    with open(path, "rb") as file:
        return file.read()


def looks(paths):
    """What stands at some paths: whose it is, its rights, and what is in it."""
    found = {}
    for path in paths:
        try:
            status = os.lstat(path)
        except FileNotFoundError:
            continue
        kind = stat.S_IFMT(status.st_mode)
        content = read(path) if kind == stat.S_IFREG else os.readlink(path) if kind == stat.S_IFLNK else ""
        found[path] = status.st_uid, status.st_mode, content
    return found


def prepare(program, starts, ready):
    """Makes what is laid: a hot journal, a log, and a file of favourites of the stranger."""
    sample = os.path.join(starts, "sample", "favs.db")
    os.makedirs(ready, mode=0o700)
    hot(sample, os.path.join(ready, "hot"))
    os.makedirs(os.path.join(ready, "log"))
    copied, work = os.path.join(ready, "log", "favs.db"), os.path.join(ready, "log", "work.db")
    with opened(shutil.copy(sample, work)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE favourite SET title = ?", (SECRET,))
        shutil.copy(work + "-wal", copied + "-wal")
    shutil.copy(sample, copied)
    os.makedirs(os.path.join(ready, "secret"), mode=0o700)
    Favs(program, os.path.join(ready, "secret")).must("add", SECRET, "-t", "classic")


def own(path, user):
    os.chown(path, user, user, follow_symlinks=False)


class Combination:
    """One command in one place with one trap laid."""

    def __init__(self, place, trap, case):
        self.place, self.trap, self.case = place, trap, case

    def __str__(self):
        return f"{self.place}, {self.trap}: favs {' '.join(self.case.words)}"

    def run(self, favs, starts, ready, outcome):
        place, case = self.place, self.case
        copy(os.path.join(starts, case.start), favs.folder)
        if not os.path.exists(favs.file):
            copy(os.path.join(starts, "sample"), favs.folder)
        os.makedirs(os.path.join(favs.folder, "tmp"), exist_ok=True)
        favs.environment["TMPDIR"] = os.path.join(favs.folder, "tmp")
        precious = write(os.path.join(favs.folder, "precious.txt"), PRECIOUS)
        for parent, folders, files in os.walk(favs.folder):
            for name in folders + files:
                own(os.path.join(parent, name), OWNER)
        laid = self.trap.lay(favs, ready)
        for path in laid:
            own(path, place.layer)
        own(favs.file, OWNER)
        own(favs.folder, place.folder)
        os.chmod(favs.folder, place.mode)
        before, file = looks([*laid, precious]), read(favs.file)
        user = [SETPRIV, "--reuid", str(place.runner), "--regid", str(place.runner), "--clear-groups"]
        done = favs.run(case.words, case.stdin, before=user if place.runner else ())
        said = done.err + done.out.decode(errors="replace")
        if not 0 <= done.code <= 8:
            raise Broken(f"exit code {done.code}: {done.err.strip()[:200]}")
        if changed := difference(before, looks(before)):
            raise Broken(f"is other or gone: {', '.join(changed)}")
        if SECRET in said:
            raise Broken(f"tells what the stranger laid: {said.strip()[:200]}")
        is_same = read(favs.file) == file
        if not is_same and (case in READING or done.code not in (0, 1)):
            raise Broken(f"exit code {done.code}, and the file is other")
        if not is_same and (self.trap.refused or SECRET.encode() in read(favs.file)):
            raise Broken("what was laid is in the file")
        outcome.count("refused" if done.code == REFUSED else "others")
        if self.trap.refused and case.words == ["list"] and done.code != REFUSED:
            raise Broken(f"exit code {done.code}: {done.err.strip()[:200]}")
        if done.code and not said:
            raise Broken(f"exit code {done.code}, and nothing is said")


@promised(SETPRIV)
def planted(program, workers, starts, folder, full):
    """All that can be laid, in all places, against each command."""
    cases = [case for case in WRITING + READING if not case.draws]
    every = [Combination(place, trap, case) for place in PLACES for trap in TRAPS if trap.fits(place) for case in cases]
    pairs = {(combination.place, combination.trap) for combination in every}
    chosen = every if full else some(every)
    outcome = Outcome(
        "What another user or a gift lays beside a file, or in the place of what belongs to it, is not played back, followed, "
        "restored or told, and nothing of anybody's is removed or written to",
        f"{len(TRAPS)} traps in {len(PLACES)} places ({len(pairs)} of both), {len(cases)} command lines of all commands: {len(every):,} "
        f"combinations{'' if full else f', of which {len(chosen):,}'}, by setpriv as another user or as root")
    if os.geteuid():
        outcome.skip("it takes root to be two users")
    ready = os.path.join(folder, "ready")
    prepare(program, starts, ready)
    workers.all(outcome, chosen, lambda favs, combination: combination.run(favs, starts, ready, outcome))
    outcome.result = f"{outcome.counts['refused']:,} ended with {REFUSED}, {outcome.counts['others']:,} went on without what was laid"
    return outcome


def some(every):
    """Of all combinations, some of each place with each trap, `list` among them, and each command many times."""
    dice = random.Random(11)
    chosen, left = [], []
    seen = set()
    for combination in dice.sample(every, len(every)):
        pair = combination.place, combination.trap
        if combination.case.words == ["list"]:
            chosen.append(combination)
        elif pair not in seen:
            seen.add(pair)
            chosen.append(combination)
        else:
            left.append(combination)
    return chosen + left[:max(0, QUICK - len(chosen))]


PLACES_SQL = """
    CREATE TABLE moz_bookmarks(id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER, parent INTEGER, position INTEGER, title TEXT,
      dateAdded INTEGER, lastModified INTEGER, guid TEXT);
    INSERT INTO moz_bookmarks VALUES (1, 2, NULL, 0, 0, '', 1, 1, 'root________'), (2, 2, NULL, 1, 0, 'm', 1, 1, 'menu________');
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    INSERT INTO moz_bookmarks SELECT i + 9, 1, i, 2, i, NULL, 1, 1, 'x' FROM n;
"""
FILL = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)
    INSERT INTO moz_places(id, url, title) SELECT i, 'https://example.org/' || i, 'x' FROM n;
"""
COLUMNS = "id INTEGER PRIMARY KEY, url TEXT, title TEXT"
DATABASES = {
    "a column that makes three megabytes of nothing": (
        8, f"{PLACES_SQL} CREATE TABLE moz_places({COLUMNS}, last_visit_date AS (hex(zeroblob(3000000)))); {FILL}"),
    "a column that was worked out when it was written": (
        8, f"{PLACES_SQL} CREATE TABLE moz_places({COLUMNS}, visit_count AS (length(url)) STORED); {FILL}"),
    "a view that never ends": (
        8, "CREATE TABLE x(a); CREATE VIEW moz_bookmarks AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
        "SELECT i AS id, 1 AS type, 1 AS fk, 1 AS parent, i AS position, 'x' AS guid FROM n"),
    "a virtual table": (
        8, f"{PLACES_SQL} CREATE VIRTUAL TABLE moz_places USING fts5(url, title, last_visit_date, visit_count)"),
    "a text that stands there once and in all rows": (
        8, f"{PLACES_SQL.replace('300', '50000')} CREATE TABLE moz_places({COLUMNS}); {FILL.replace('300', '50000')}"
        f"ALTER TABLE moz_bookmarks DROP COLUMN title; ALTER TABLE moz_bookmarks ADD COLUMN title TEXT DEFAULT '{'x' * 30_000}'"),
    "a value of five megabytes": (
        8, f"{PLACES_SQL} CREATE TABLE moz_places({COLUMNS}); {FILL} UPDATE moz_places SET title = hex(zeroblob(2500000)) WHERE id = 1"),
    "a trigger, an index with an expression and a check": (
        0, f"{PLACES_SQL} CREATE TABLE moz_places({COLUMNS}, CHECK(length(url) > 0)); {FILL}"
        "CREATE INDEX i ON moz_places(hex(url)); CREATE TRIGGER t AFTER INSERT ON moz_places BEGIN DELETE FROM moz_places; END"),
    "four gigabytes of a hole": (0, f"{PLACES_SQL} CREATE TABLE moz_places({COLUMNS}); {FILL}"),
}
# More an import of any of these may not take, in MiB and seconds.
MEMORY, PATIENCE = 400, 10


@promised()
def databases(program, folder):
    """Hostile databases of other programs, imported within a limit of memory and time."""
    outcome = Outcome(
        "A foreign database runs nothing of its own and costs no more than its size accounts for",
        f"{len(DATABASES)} databases with what SQLite can be made to do by a file, each imported within {MEMORY} MiB and {PATIENCE} s")
    favs = Favs(program, os.path.join(folder, "databases"))
    os.makedirs(favs.folder, mode=0o700)

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY << 20, MEMORY << 20))

    for name, (code, sql) in DATABASES.items():
        path = os.path.join(favs.folder, "places.sqlite")
        clear(path)
        connection = sqlite3.connect(path)
        connection.executescript(sql)
        connection.close()
        if "hole" in name:
            os.truncate(path, 4 << 30)
        done = favs.run(["import", path, "-n"], limit=PATIENCE, preexec_fn=limit)
        outcome.tried()
        if done.code != code or code and not done.err:
            outcome.failed(f"{name}: exit code {done.code}: {done.err.strip()[:200]}")
        if left := [each for each in os.listdir(favs.folder) if each.startswith("favs-import")]:
            outcome.failed(f"{name}: leaves {left}")
    outcome.result = "all refused, or read as what they hold"
    return outcome


def all(program, workers, starts, folder, full):
    return [planted(program, workers, starts, folder, full), databases(program, folder)]
