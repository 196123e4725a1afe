"""Places where nothing can be written: a full disk, a file system that is mounted read-only, a folder without the right."""

import contextlib
import json
import os
import subprocess
import time

from cases import READING, WRITING, Trial
from errors import FAILED, FOUND
from favs import Broken, Favs, copy, names, plain
from outcome import Outcome, promised, what

NOBODY = 65534
# Those whose output says what came of them.
PLAIN = [case for case in WRITING if not case.draws]
# How large the file system is that is filled, what the journal needs that empties the trash of it, and that of an addition.
SIZE = 1 << 20
ROOM = 1 << 19
JOURNAL = 1 << 17
# So many favourites are in the trash when the disk is full.
TRASHED = 20
NOTE = "x" * 4_000
FULL = ("disk full", "no space left on device")
# What doctor finds there besides.
NO_ROOM = "there is space for a backup"
REFUSED = ("permission denied", "read-only file system", "attempt to write a readonly database")


def kilobytes(size):
    return f"{size >> 20} MiB" if size % (1 << 20) == 0 else f"{size >> 10} KiB"


@promised()
def disk_full(program, folder):
    """A small file system, filled until nothing more can be kept."""
    outcome = Outcome(
        "On a full disk nothing is lost or half done: reading works, and what finds no room, also to remove something, ends "
        "with exit code 7, tells why and changes nothing; with room for a journal, emptying the trash makes room for more",
        f"a file system of {kilobytes(SIZE)} with {TRASHED} favourites in the trash, filled by 'favs add' until it fails, and "
        f"by another file to its last byte; then {kilobytes(ROOM)} more for as long as the trash is emptied")
    place = os.path.join(folder, "small")
    os.makedirs(place)
    with mounted(outcome, "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", place):
        outcome.result = fill(outcome, Favs(program, place))
    return outcome


def fill(outcome, favs):
    """Fills the file system that the favourites are on; gives what came of it."""

    def add(title, note):
        done = favs.run(["add", title, "-c", "filling", "--note", note])
        outcome.tried()
        if done.code:
            refused(done, f"add {title}")
        return done.code == 0

    def refused(done, what):
        if done.code != FAILED or done.out or not any(reason in done.err for reason in FULL):
            raise Broken(f"{what}: exit code {done.code}: {done.out[:100]} {done.err.strip()[:300]}")

    def titles(*words):
        outcome.tried()
        return favs.must(*words, "--format", "{title}\n").decode().splitlines()

    def check(when):
        outcome.tried(2)
        if titles("list") != kept or titles("search", "kept", "--sort", "rank") != kept:
            raise Broken(f"{when}: what is listed or found is not what was kept")
        removed = [title for title in favs.must("trash").decode().splitlines() if "\tgone " in title]
        if len(removed) != TRASHED or favs.state() != state:
            raise Broken(f"{when}: something else is there than before")

    for number in range(TRASHED):
        favs.must("add", f"gone {number}", "-c", "gone", "--note", NOTE)
    favs.must("rm", "-c", "gone", "--yes")
    kept = []
    for size in (len(NOTE), 400, 40):
        while add(f"kept {len(kept)}", "x" * size):
            kept.append(f"kept {len(kept)}")
    state = favs.state()
    check("full")

    changing = [
        ["import", "-", "--quiet"], ["add", "one more", "--note", NOTE], ["rm", kept[0]], ["trash", "empty", "--all", "--yes"]]
    lines = "".join(f"https://example.com/{number}\n" for number in range(5_000)).encode()
    for words in changing:
        refused(favs.run(words, lines if words[0] == "import" else b""), " ".join(words))
        outcome.tried()
        check(f"after {' '.join(words)}")
    with open(os.path.join(favs.folder, "another"), "wb", buffering=0) as other, contextlib.suppress(OSError):
        while other.write(bytes(1 << 10)):
            pass
    free = os.statvfs(favs.folder).f_bavail
    if free:
        raise Broken(f"{free} blocks are free where none should be")
    for words in changing:
        refused(favs.run(words, lines if words[0] == "import" else b""), f"no byte left: {' '.join(words)}")
        outcome.tried()
    check("no byte left")
    os.remove(os.path.join(favs.folder, "another"))

    resize(favs.folder, SIZE + ROOM)
    favs.must("trash", "empty", "--all", "--yes")
    if favs.must("trash") or titles("list") != kept:
        raise Broken("emptied, and the trash or the list is not as it should be")
    found = json.loads(favs.must("doctor", "--json", codes=(0, FOUND)))
    bad = [each for each in found if not each["ok"] and each["check"] != NO_ROOM]
    if bad:
        raise Broken(f"emptied, and doctor finds {bad}")
    resize(favs.folder, SIZE + JOURNAL)
    held, again, large = len(kept), 0, os.path.getsize(favs.file)
    while add(f"kept {len(kept)}", NOTE):
        kept.append(f"kept {len(kept)}")
        if os.path.getsize(favs.file) > large:
            break
        again += 1
    if again < TRASHED // 2 or titles("list") != kept:
        raise Broken(f"the trash of {TRASHED} is emptied, and there is room for {again}")
    resize(favs.folder, 4 * SIZE)
    favs.still_writes()
    return f"{held:,} kept until the disk was full, all of them read back; {again} more where the trash had been"


def resize(place, size):
    done = subprocess.run(["mount", "-o", f"remount,size={size}", place], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Broken(f"the file system cannot be made {kilobytes(size)} large: {done.stderr.strip()}")


READ = "Where nothing may be written, reading prints what it prints elsewhere, and writing prints nothing, tells why and " \
    "ends with exit code 7, all files as they were"


def provoked(how):
    return f"{len(READING)} reading and {len(PLAIN)} writing command lines {how}"


@promised()
def read_only(program, starts, folder):
    """A file system that is mounted read-only."""
    outcome = Outcome(READ, provoked("on a file system that is mounted read-only"))
    place = os.path.join(folder, "readonly")
    copy(starts, place)
    with mounted(outcome, "--bind", place, place):
        done = subprocess.run(["mount", "-o", "remount,ro,bind", place], capture_output=True, text=True, check=False)
        if done.returncode:
            raise Broken(f"the file system cannot be made read-only: {done.stderr.strip()}")
        attempt(outcome, program, starts, place)
    return outcome


@promised()
def without_right(program, starts, folder):
    """Files and folders whose owner may not write them."""
    outcome = Outcome(READ, provoked("on a file and in a folder without the right to write"))
    place = os.path.join(folder, "refused")
    copy(starts, place)
    user = {}
    if os.geteuid() == 0:
        # Root may write everywhere, so another has to try it.
        user = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        try:
            subprocess.run(["/bin/true"], check=True, **user)
        except (OSError, subprocess.SubprocessError) as error:
            outcome.skip(f"root may write everywhere, and cannot be another user here ({error})")
    everything = [os.path.join(place, name) for name in [".", *names(place)]]
    for path in everything:
        if user:
            os.chown(path, NOBODY, NOBODY)
        os.chmod(path, 0o500 if os.path.isdir(path) else 0o400)
    try:
        # The log and copies of pipes have their place there.
        os.chmod(folder, 0o777)
        attempt(outcome, program, starts, place, **user)
    finally:
        os.chmod(folder, 0o755)
        for path in everything:
            os.chmod(path, 0o700 if os.path.isdir(path) else 0o600)
    return outcome


def attempt(outcome, program, starts, place, **user):
    """Runs each case at its files in a place where nothing may be written, and compares it with one at a copy."""
    before = content(place)
    elsewhere = os.path.dirname(place)
    writable = Favs(program, os.path.join(elsewhere, "writable", "w"))
    os.makedirs(os.path.dirname(writable.folder), exist_ok=True)
    for case in READING + PLAIN:
        try:
            trial = Trial(case, starts, writable)
            favs = Favs(program, os.path.join(place, case.start))
            favs.environment.update(HOME=elsewhere, TMPDIR=elsewhere)
            outcome.tried()
            done = favs.run(case.words, case.stdin, **user)
            told_there(favs, trial, done, case in READING)
        except Exception as error:
            outcome.failed(what(error))
    if content(place) != before:
        outcome.failed("the files were changed")
    outcome.result = f"{outcome.trials:,} times as it should be"


def told_there(favs, trial, done, reads):
    """Raises `Broken` unless a command prints and tells what it may where nothing may be written."""
    name, message = f"favs {' '.join(trial.case.words)}", done.err.strip()[:300]
    if not reads:
        if done.code != FAILED or not any(reason in done.err for reason in REFUSED):
            raise Broken(f"{name}: exit code {done.code}: {message}")
        if done.out:
            raise Broken(f"{name}: failed, and prints {done.out[:200]}")
        return
    printed = plain(done.out.replace(favs.folder.encode(), b"."), trial.old)
    if trial.case.words[0] == "doctor":
        # It looks at the place, too, and may find that nothing can be written there.
        if done.code not in (0, FOUND) or (done.code == FOUND) != ("bad\t" in printed):
            raise Broken(f"{name}: exit code {done.code}: {message}")
        looks, wanted = ([line.split("\t")[1] for line in text.splitlines()] for text in (printed, trial.printed))
        if looks != wanted:
            raise Broken(f"{name}: looks at {looks} instead of {wanted}")
    elif done.code != trial.code or printed != trial.printed:
        raise Broken(f"{name}: exit code {done.code}, prints {printed[:200]!r}: {message}")


def content(place):
    """All files and folders of a place, with what they hold."""
    found = {}
    for name in names(place):
        path = os.path.join(place, name)
        found[name] = None
        if os.path.isfile(path):
            with open(path, "rb") as file:
                found[name] = file.read()
    return found


@contextlib.contextmanager
def mounted(outcome, *words):
    """Mounts something for a while; where that is not possible the promise is skipped."""
    try:
        done = subprocess.run(["mount", *words], capture_output=True, text=True, check=False)
        problem, is_there = done.stderr.strip(), done.returncode == 0
    except FileNotFoundError:
        problem, is_there = "there is no mount", False
    if not is_there:
        outcome.skip(f"nothing can be mounted here ({problem.splitlines()[0] if problem else 'mount failed'})")
    try:
        yield
    finally:
        unmount(outcome, words[-1])


def unmount(outcome, place):
    """Ends a mount; it has failed where it stays."""
    problem = ""
    for last in range(20):
        # As long as a process is at work there it cannot be ended; after two seconds it goes out of sight at least.
        words = ["umount", "--lazy", place] if last == 19 else ["umount", place]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        with open("/proc/self/mounts", encoding="utf-8", errors="replace") as mounts:
            if not any(line.split()[1] == place for line in mounts):
                if last == 19:
                    outcome.failed(f"{place} was in use when it was to be unmounted: {problem}")
                return
        problem = done.stderr.strip()
        time.sleep(0.1)
    outcome.failed(f"{place} stays mounted: {problem}")
