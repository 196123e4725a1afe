"""Power cuts: what a command wrote is recorded, and brought back as a disk may have kept it.

The model: whatever was not synced when the power went may be there, may be missing, or may be torn, each write at
the sectors of a disk (512 bytes), in any combination. Names made, moved or removed in a folder are kept in their
order up to the last sync of the folder; of those after it, some first ones are there. A file's own sync does not
keep its name. It is a model, not a disk: a disk that lies about syncing is not in it.
"""

import os
import random
import re
import shutil

from cases import WRITING, Trial
from favs import Broken, Favs, copy
from outcome import STRACE, Outcome, promised, tell

SECTOR = 512
RECORDED = (
    "openat,write,pwrite64,ftruncate,fallocate,fdatasync,fsync,unlink,unlinkat,rename,renameat,renameat2,link,linkat,mkdir,"
    "mkdirat,lseek,read,close,copy_file_range,sendfile,pwritev,writev,mmap,dup,dup2,dup3")
CALL = re.compile(r"^(\d+)\s+([a-z0-9_]+)\((.*)\)\s+=\s+(-?\d+)")
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


class Write:
    def __init__(self, file, offset, data):
        self.file, self.offset, self.data = file, offset, data


class Cut:
    """A file's length set."""

    def __init__(self, file, size):
        self.file, self.size = file, size


class Sync:
    def __init__(self, file):
        self.file = file


class Naming:
    """A name made (`file`), or taken away (`None`)."""

    def __init__(self, path, file):
        self.path, self.file = path, file


class Names:
    """Namings that happen together or not at all, as those of a rename do."""

    def __init__(self, folder, *namings):
        self.folder, self.namings = folder, namings


class FolderSync:
    def __init__(self, folder):
        self.folder = folder


class Answer:
    """Something was written to standard output."""


def unescape(text):
    return bytes.fromhex(text.replace("\\x", ""))


class Recording:
    """What one run wrote, call by call, and the files that were there before."""

    def __init__(self, favs, trial, record):
        copy(trial.start, favs.folder)
        self.folder = favs.folder
        self.before = {}
        for parent, _, files in os.walk(favs.folder):
            for name in files:
                path = os.path.join(parent, name)
                with open(path, "rb") as file:
                    self.before[path] = file.read()
        self.folders = {parent for parent, _, _ in os.walk(favs.folder)}
        # The state as it is, then the run: both of the same files, so that nothing differs but what it did.
        words = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-e", f"trace={RECORDED}", "-o", record]
        done = favs.run(trial.case.words, trial.case.stdin, before=words)
        if done.code not in trial.case.codes:
            raise Broken(f"favs {' '.join(trial.case.words)}: exit code {done.code} under strace")
        self.new = trial.case.state(favs)
        self.names = {path: number for number, path in enumerate(self.before)}
        self.content = {number: self.before[path] for path, number in self.names.items()}
        self.steps = []
        self.read(record)

    def read(self, record):
        names = dict(self.names)
        opened = {}
        positions = {}

        def naming(folder, *namings):
            self.steps.append(Names(folder, *namings))
            for each in namings:
                if each.file is None:
                    names.pop(each.path, None)
                else:
                    names[each.path] = each.file

        with open(record, encoding="ascii", errors="replace") as file:
            lines = file.readlines()
        own = None
        for line in lines:
            match = CALL.match(line)
            if not match or int(match[4]) < 0:
                continue
            own = own or match[1]
            call, words, result = match[2], match[3], int(match[4])
            if match[1] != own:
                if self.folder in words.encode().decode("unicode_escape"):
                    raise Broken(f"another process has to do with the files: {call}")
                continue
            strings = [unescape(each).decode(errors="surrogateescape") if call != "write" and call != "pwrite64" else each
                       for each in STRING.findall(words)]
            paths = [os.path.join(self.folder, each) for each in strings] if call not in ("write", "pwrite64", "read") else []
            first = words.split(",")[0]
            number = int(first) if first.lstrip("-").isdigit() else None
            if call == "openat":
                path = paths[0]
                opened[result] = None
                positions[result] = 0
                if path in self.folders or os.path.isdir(path):
                    opened[result] = path
                elif path.startswith(self.folder + "/"):
                    if path not in names:
                        made = len(self.content)
                        self.content[made] = b""
                        naming(os.path.dirname(path), Naming(path, made))
                    opened[result] = names[path]
                    if "O_TRUNC" in words:
                        self.steps.append(Cut(names[path], 0))
            elif call in ("write", "pwrite64"):
                data = unescape(strings[0])[:result]
                if number == 1:
                    self.steps.append(Answer())
                elif isinstance(opened.get(number), int):
                    at = int(words.rsplit(",", 1)[1]) if call == "pwrite64" else positions[number]
                    self.steps.append(Write(opened[number], at, data))
                    if call == "write":
                        positions[number] += result
            elif call == "read":
                if number in positions:
                    positions[number] += result
            elif call == "lseek":
                positions[number] = result
            elif call == "ftruncate":
                if isinstance(opened.get(number), int):
                    self.steps.append(Cut(opened[number], int(words.split(",")[1])))
            elif call in ("fsync", "fdatasync"):
                held = opened.get(number)
                if isinstance(held, int):
                    self.steps.append(Sync(held))
                elif held:
                    self.steps.append(FolderSync(held))
            elif call in ("unlink", "unlinkat"):
                if paths[0] in names:
                    naming(os.path.dirname(paths[0]), Naming(paths[0], None))
            elif call in ("rename", "renameat", "renameat2"):
                if paths[0] in names:
                    naming(os.path.dirname(paths[1]), Naming(paths[1], names[paths[0]]), Naming(paths[0], None))
            elif call in ("link", "linkat"):
                if paths[0] in names:
                    naming(os.path.dirname(paths[1]), Naming(paths[1], names[paths[0]]))
            elif call in ("mkdir", "mkdirat"):
                # A folder that was made is there with its first name at the latest.
                self.folders.add(paths[0])
            elif call == "close":
                opened.pop(number, None)
            elif call == "mmap":
                if "MAP_SHARED" in words and "PROT_WRITE" in words and "MAP_ANONYMOUS" not in words:
                    raise Broken("a file is written by mmap, which the model cannot see")
            elif call != "fallocate":
                raise Broken(f"{call} is not in the model")

    def disk(self, count, dice):
        """The files as a disk may have kept them when the power went after so many steps."""
        steps = self.steps[:count]
        keep = dice.choice([0.0, 0.5, 0.5, 0.9, 1.0])
        synced = {}
        folder_synced = {}
        for place, step in enumerate(steps):
            if isinstance(step, Sync):
                synced[step.file] = place
            elif isinstance(step, FolderSync):
                folder_synced[step.folder] = place
        content = {}
        for place, step in enumerate(steps):
            if not isinstance(step, (Write, Cut)):
                continue
            held = content.setdefault(step.file, bytearray(self.content[step.file]))
            is_safe = place < synced.get(step.file, -1)
            if isinstance(step, Cut):
                if is_safe or dice.random() < keep:
                    del held[step.size:]
                    held.extend(bytes(step.size - len(held)))
                continue
            for begin, end in sectors(step.offset, len(step.data)):
                if is_safe or dice.random() < keep:
                    if len(held) < step.offset + begin:
                        held.extend(bytes(step.offset + begin - len(held)))
                    held[step.offset + begin:step.offset + end] = step.data[begin:end]
        names = dict(self.names)
        cut = {}
        for place, step in enumerate(steps):
            if not isinstance(step, Names):
                continue
            if place > folder_synced.get(step.folder, -1):
                # The first of a folder's that is lost takes all later ones with it.
                cut[step.folder] = cut.get(step.folder, False) or dice.random() >= keep
                if cut[step.folder]:
                    continue
            for each in step.namings:
                if each.file is None:
                    names.pop(each.path, None)
                else:
                    names[each.path] = each.file
        return {path: bytes(content.get(file, self.content[file])) for path, file in names.items()}

    def is_answered(self, count):
        """Whether all that it printed was printed before the power went."""
        return any(isinstance(step, Answer) for step in self.steps) and not any(
            isinstance(step, Answer) for step in self.steps[count:])


def sectors(offset, length):
    """The pieces of a write that a disk keeps or loses as a whole, as places in the written bytes."""
    begin = 0
    while begin < length:
        end = min(length, (offset + begin) // SECTOR * SECTOR + SECTOR - offset)
        yield begin, end
        begin = end


class State:
    """One trial: a recording, the step after which the power goes, and what the dice say."""

    def __init__(self, trial, recording, count, seed):
        self.trial, self.recording, self.count, self.seed = trial, recording, count, seed

    def __str__(self):
        return (f"favs {' '.join(self.trial.case.words)}, power cut after {self.count} of "
                f"{len(self.recording.steps)} writes, seed {self.seed}")


@promised(STRACE)
def cuts(program, workers, starts, folder, states):
    """Cuts the power at moments spread over all writing commands."""
    outcome = Outcome(
        "After a power cut each file is whole: the state before the command or after it, and after it when the "
        "command had told that it is done",
        f"{len(WRITING)} writing commands recorded, their unsynced writes dropped, torn at {SECTOR} bytes and "
        "reordered, the file opened again")
    traced = Favs(program, os.path.join(folder, "traced", "w"))
    os.makedirs(os.path.dirname(traced.folder), exist_ok=True)
    trials = []
    dice = random.Random(1)
    for case in WRITING:
        trial = Trial(case, starts, traced)
        recording = Recording(traced, trial, os.path.join(folder, "record"))
        each = -(-states // len(WRITING))
        last = len(recording.steps)
        for number in range(each):
            # Half of them anywhere, half around a sync, where most is at stake; some at the very end.
            syncs = [place for place, step in enumerate(recording.steps) if isinstance(step, (Sync, FolderSync, Names, Answer))]
            count = last if number % 10 == 0 else dice.randrange(last + 1) if number % 2 or not syncs else \
                min(last, max(0, dice.choice(syncs) + dice.choice([-1, 0, 1, 2])))
            trials.append(State(trial, recording, count, number))
    found = {"old": 0, "new": 0, "answered": 0}
    shapes = set()

    def attempt(favs, state):
        trial, recording = state.trial, state.recording
        files = recording.disk(state.count, random.Random(state.seed))
        shapes.add(hash((id(recording), frozenset(files.items()))))
        shutil.rmtree(favs.folder, ignore_errors=True)
        os.makedirs(favs.folder, mode=0o700)
        for path, data in files.items():
            place = os.path.join(favs.folder, os.path.relpath(path, recording.folder))
            os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
            with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
        now = trial.case.state(favs)
        if now not in (trial.old, recording.new):
            raise Broken("a state between the old and the new")
        name = "new" if now == recording.new else "old"
        found[name] += 1
        if recording.is_answered(state.count):
            found["answered"] += 1
            if name == "old":
                raise Broken("acknowledged, and not there")
        trial.case.check_backups(favs)
        if trial.case.start != "unindexed" or name == "new":
            favs.is_sound()

    tell(f"  {len(trials)} states")
    workers.all(outcome, trials, attempt)
    outcome.result = (
        f"{len(shapes):,} different disks: {found['old']:,} times the state before, {found['new']:,} times the state "
        f"after; of {found['answered']:,} acknowledged changes none was lost; none damaged")
    return outcome
