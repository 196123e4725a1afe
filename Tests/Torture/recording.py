"""What a command wrote, recorded call by call, and what a disk may have kept of it when the power went.

The model: whatever was not synced when the power went may be there, may be missing, or may be torn, each write at
the sectors of a disk (512 bytes), in any combination. Names made, moved or removed in a folder, those of folders
too, are kept in their order up to the last sync of the folder; of those after it, some first ones are there. A
file's own sync does not keep its name, nor that of a folder its own; with a folder's name all below it is lost. It is
a model, not a disk: a disk that lies about syncing is not in it.
"""

import os
import re

from favs import Broken, copy

SECTOR = 512
# Calls that the model holds.
MODELLED = {
    "openat", "write", "pwrite64", "ftruncate", "fallocate", "fdatasync", "fsync", "unlink", "unlinkat", "rename", "renameat",
    "renameat2", "link", "linkat", "mkdir", "mkdirat", "rmdir", "lseek", "read", "close", "mmap", "fcntl"}
# Others that change files, or what a descriptor is: no command may make them of the files that it is about.
FOREIGN = {
    "open", "openat2", "creat", "truncate", "symlink", "symlinkat", "mknod", "mknodat", "writev", "pwritev", "pwritev2", "readv",
    "copy_file_range", "sendfile", "splice", "vmsplice", "dup", "dup2", "dup3", "chdir", "fchdir", "io_uring_setup"}
# A name is not there on every machine.
RECORDED = ",".join("?" + name for name in sorted(MODELLED | FOREIGN))
CALL = re.compile(r"^(\d+)\s+([a-z0-9_]+)\((.*)\)\s+=\s+(-?\d+)")
UNFINISHED = re.compile(r"^(\d+)\s+([a-z0-9_]+)\((.*?)()\s*<unfinished \.\.\.>$")
STRING = re.compile(r'^"((?:\\x[0-9a-f]{2})*)"$')
# The name of a folder leads to no content.
FOLDER = "folder"
OUTPUT = 1


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
    """A name made (`file`, which may be a `FOLDER`), or taken away (`None`)."""

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
    """What one run wrote, call by call, and the files and folders that were there before."""

    def __init__(self, favs, trial, record):
        copy(trial.start, favs.folder)
        self.folder = favs.folder
        self.names = {}
        self.content = {}
        for parent, folders, files in os.walk(favs.folder):
            for name in folders:
                self.names[os.path.join(parent, name)] = FOLDER
            for name in files:
                path = os.path.join(parent, name)
                self.names[path] = len(self.content)
                with open(path, "rb") as file:
                    self.content[self.names[path]] = file.read()
        # The state as it is, then the run: both of the same files, so that nothing differs but what it did.
        words = ["strace", "-f", "-qq", "-xx", "-s", "10000000", "-e", f"trace={RECORDED}", "-o", record]
        done = trial.run(favs, before=words)
        if done.code not in trial.case.codes:
            raise Broken(f"favs {' '.join(trial.case.words)}: exit code {done.code} under strace")
        self.new = trial.case.state(favs)
        self.steps = []
        with open(record, encoding="ascii", errors="replace") as file:
            Reader(self).read(file)

    def is_within(self, path):
        return path == self.folder or path.startswith(self.folder + "/")

    def disk(self, count, dice, keep=None):
        """The files as a disk may have kept them when the power went after so many steps.

        `keep` is how much of what was not synced is there, from 0 to 1; without it the dice say.
        """
        steps = self.steps[:count]
        keep = dice.choice([0.0, 0.5, 0.5, 0.9, 1.0]) if keep is None else keep
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
        # A path is there as far as each folder on it is.
        there = {self.folder}
        for path in sorted(names):
            if os.path.dirname(path) in there and names[path] == FOLDER:
                there.add(path)
        return {path: None if file == FOLDER else bytes(content.get(file, self.content[file]))
                for path, file in names.items() if os.path.dirname(path) in there}

    def is_answered(self, count):
        """Whether the power went after all that it printed was printed, or after its end."""
        return count == len(self.steps) or any(isinstance(step, Answer) for step in self.steps) and not any(
            isinstance(step, Answer) for step in self.steps[count:])


class Reader:
    """Makes the steps of a recording out of what strace wrote; raises `Broken` for what the model does not hold."""

    def __init__(self, recording):
        self.recording = recording
        self.steps = recording.steps
        self.names = dict(recording.names)
        self.sizes = {file: len(content) for file, content in recording.content.items()}
        # What each descriptor stands for, where that has to do with the folder: a file, or the path of a folder.
        self.opened = {}
        self.positions = {}
        self.at_end = set()

    def read(self, lines):
        own = None
        for line in lines:
            line = line.rstrip("\n")
            # The rest of an unfinished call is passed over: its beginning told whether it matters.
            match = CALL.match(line) or UNFINISHED.match(line)
            if not match:
                continue
            own = own or match[1]
            name, words = match[2], match[3].split(", ")
            if not self.touches(name, words, match[1] == own):
                continue
            if match[1] != own:
                raise Broken(f"another process has to do with the files: {name}")
            if not match[4]:
                raise Broken(f"{name} was not seen as a whole, since another process ran beside it")
            if int(match[4]) >= 0:
                self.take(name, words, int(match[4]))

    def paths(self, name, words):
        """The paths among the words of a call; relative ones are meant from the folder, where it runs."""
        if name in ("write", "pwrite64", "read"):
            return []
        found = []
        for place, word in enumerate(words):
            match = STRING.match(word)
            if not match:
                continue
            path = os.fsdecode(unescape(match[1]))
            if not path.startswith("/") and place and words[place - 1].isdigit() and name.endswith("at"):
                # From a folder that is open: one of these, or any other.
                held = self.opened.get(int(words[place - 1]), "/")
                if not isinstance(held, str):
                    raise Broken(f"{name} from what is no folder")
                path = os.path.join(held, path)
            found.append(os.path.normpath(os.path.join(self.recording.folder, path)))
        return found

    def touches(self, name, words, is_own):
        """Whether a call has to do with the files of the folder, or with the output."""
        if any(map(self.recording.is_within, self.paths(name, words))):
            return True
        if not is_own:
            return False
        if name == "mmap":
            return words[4].isdigit() and int(words[4]) in self.opened
        if name in ("sendfile", "splice", "copy_file_range"):
            return any(number(word) in self.opened for word in words)
        if name in ("write", "writev", "dup", "dup2", "dup3") and OUTPUT in map(number, words[:2]):
            return True
        return number(words[0]) in self.opened

    def naming(self, folder, *namings):
        if folder != self.recording.folder and self.names.get(folder) != FOLDER:
            raise Broken(f"a name in {folder}, which nothing was seen to make")
        self.steps.append(Names(folder, *namings))
        for each in namings:
            if each.file is None:
                self.names.pop(each.path, None)
            else:
                self.names[each.path] = each.file

    def known(self, path, call):
        """What a path leads to; raises `Broken` where that came about unseen."""
        if path not in self.names:
            raise Broken(f"{call} of {path}, which nothing was seen to make")
        return self.names[path]

    def file(self, words, call):
        held = self.opened.get(number(words[0]))
        if not isinstance(held, int):
            raise Broken(f"{call} of a folder")
        return held

    def write(self, file, offset, data):
        self.steps.append(Write(file, offset, data))
        self.sizes[file] = max(self.sizes[file], offset + len(data))

    def cut(self, file, size):
        self.steps.append(Cut(file, size))
        self.sizes[file] = size

    def take(self, name, words, result):
        """Takes a call that succeeded and has to do with the folder or the output."""
        paths = self.paths(name, words)
        descriptor = number(words[0])
        if name == "openat":
            self.open(paths[0], words, result)
        elif name == "write" and descriptor == OUTPUT and OUTPUT not in self.opened:
            self.steps.append(Answer())
        elif name == "write":
            file = self.file(words, name)
            at = self.sizes[file] if descriptor in self.at_end else self.positions[descriptor]
            self.write(file, at, unescape(words[1][1:-1])[:result])
            self.positions[descriptor] = at + result
        elif name == "pwrite64":
            self.write(self.file(words, name), int(words[3]), unescape(words[1][1:-1])[:result])
        elif name == "read":
            self.positions[descriptor] += result
        elif name == "lseek":
            self.positions[descriptor] = result
        elif name == "ftruncate":
            self.cut(self.file(words, name), int(words[1]))
        elif name == "fallocate" and words[1] == "0":
            file = self.file(words, name)
            self.cut(file, max(self.sizes[file], int(words[2]) + int(words[3])))
        elif name in ("fsync", "fdatasync"):
            held = self.opened[descriptor]
            self.steps.append(Sync(held) if isinstance(held, int) else FolderSync(held))
        elif name in ("unlink", "unlinkat", "rmdir"):
            self.known(paths[0], name)
            self.naming(os.path.dirname(paths[0]), Naming(paths[0], None))
        elif name in ("rename", "renameat", "renameat2") and "RENAME_EXCHANGE" not in words[-1]:
            file = self.known(paths[0], name)
            if file == FOLDER:
                raise Broken("a folder is renamed, which is not in the model")
            self.naming(os.path.dirname(paths[1]), Naming(paths[1], file), Naming(paths[0], None))
        elif name in ("link", "linkat"):
            self.naming(os.path.dirname(paths[1]), Naming(paths[1], self.known(paths[0], name)))
        elif name in ("mkdir", "mkdirat"):
            self.naming(os.path.dirname(paths[0]), Naming(paths[0], FOLDER))
        elif name == "close":
            del self.opened[descriptor]
            self.at_end.discard(descriptor)
        elif name == "mmap":
            if "MAP_SHARED" in words[3] and "PROT_WRITE" in words[2]:
                raise Broken("a file is written by mmap, which the model cannot see")
        elif name != "fcntl" or "F_DUPFD" in words[1]:
            raise Broken(f"{name}({', '.join(words)[:100]}) is not in the model")

    def open(self, path, words, result):
        if "O_TMPFILE" in words[2]:
            # It has no name, and gets none: to link it later is not in the model.
            self.opened[result] = self.made()
        elif path == self.recording.folder or self.names.get(path) == FOLDER:
            self.opened[result] = path
        else:
            if path not in self.names and "O_CREAT" in words[2]:
                self.naming(os.path.dirname(path), Naming(path, self.made()))
            self.opened[result] = self.known(path, "openat")
            if "O_TRUNC" in words[2]:
                self.cut(self.names[path], 0)
        self.positions[result] = 0
        if "O_APPEND" in words[2]:
            self.at_end.add(result)

    def made(self):
        """A new file, empty."""
        file = len(self.recording.content)
        self.recording.content[file] = b""
        self.sizes[file] = 0
        return file


def number(word):
    """A descriptor, where a word is one."""
    return int(word) if word.isdigit() else None


def sectors(offset, length):
    """The pieces of a write that a disk keeps or loses as a whole, as places in the written bytes."""
    begin = 0
    while begin < length:
        end = min(length, (offset + begin) // SECTOR * SECTOR + SECTOR - offset)
        yield begin, end
        begin = end
