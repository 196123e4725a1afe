"""The command lines that are tortured, and what is known of each."""

import glob
import hashlib
import os
import re
import shutil
import sqlite3

from favs import BROWSER, Broken, Favs, Keys, copy, names, plain
from judge import SOUND, judged
from starts import CURL, LINKS, PAGES, WEB, prepare

# What may stand beside the file, whatever happened: the lock is never removed, backups are kept.
USUAL = {"favs.db", "favs.db.lock", "favs.db.backups"}
# Where the program keeps its log, which may appear whenever it is slow, and its file where nobody tells it one.
LOG = ".local/state/favs/"
HOME_PLACE = ".local/share/favs/favs.db"


class Case:
    """One command line.

    `start` names the files it starts from, `target` a file it makes beside the favourites, which is there whole
    or not at all; `codes` are the exit codes that mean done; `programs` are run by it, beside itself. `place` is where
    its file stands, if not where it usually does here, and is not told. `also` gives more of the
    state, as a text. `is_damaged` is said of a file that nothing mends: it stays as it is. `network` is said of one that asks
    for pages: how often it waits for them differs from run to run.
    """

    def __init__(self, name, *words, start="sample", stdin=b"", target=None, codes=(0,), programs=(), place=None,
                 also=None, is_damaged=False, network=False):
        self.name, self.words, self.start, self.stdin = name, list(words), start, stdin
        self.target, self.codes, self.programs = target, codes, list(programs)
        self.place, self.also, self.is_damaged, self.network = place, also, is_damaged, network

    @property
    def draws(self):
        """Whether it is worked by keys on a terminal of its own: what it prints goes there, wherever its output goes."""
        return isinstance(self.stdin, Keys)

    def at(self, favs):
        """The program, told of the file that the case is about."""
        return favs.at(self.place) if self.place else favs

    def content(self, favs):
        """What is kept: all favourites with their history, and the target."""
        favs = self.at(favs)
        # First, since a look at a file may change its version.
        state = [self.also(favs)] if self.also else []
        state.append(digest(favs.file) if self.is_damaged else favs.state())
        if self.target:
            path = os.path.join(favs.folder, self.target)
            if not os.path.exists(path):
                # Not the same as a file with nothing in it.
                state.append("no target")
            elif path.endswith(".db"):
                state.append("target: " + favs.state(path))
            else:
                with open(path, encoding="utf-8", errors="surrogateescape") as file:
                    state.append("target: " + file.read())
        return "\n".join(state)

    def backups(self, favs):
        """What is kept in each backup, as texts; raises `Broken` where one cannot be read.

        A file that was set aside, since a backup could not be made of it, is one too.
        """
        favs = self.at(favs)
        folder = favs.file + ".backups"
        paths = [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if is_backup(name)] \
            if os.path.isdir(folder) else []
        paths += sorted(glob.glob(glob.escape(favs.file) + ".damaged-*"))
        state = []
        for path in paths:
            # A look at it leaves a lock beside it, and may bring it up to date: so at a copy.
            place = os.path.join(os.path.dirname(favs.folder), "backup")
            shutil.rmtree(place, ignore_errors=True)
            os.makedirs(place, mode=0o700)
            state.append(favs.state(shutil.copy2(path, os.path.join(place, "favs.db"))))
        return state

    def state(self, favs):
        """What a person would call the state of things: what is kept, and what of it is in backups."""
        # Backups first: a look at the file may make one.
        backups = self.backups(favs)
        return whole(self.content(favs), backups)

    def strays(self, favs):
        """Names in the folder that nobody expects there."""
        usual = USUAL | {self.target, self.target and self.target + ".lock", "in.jsonl", "old.db"}
        home = os.path.dirname(self.place or "")
        found = []
        for name in names(favs.folder):
            if (name + "/").startswith(LOG) or LOG.startswith(name + "/") or home and (home + "/").startswith(name + "/"):
                continue
            below = os.path.relpath(name, home) if home else name
            head, _, rest = below.partition("/")
            if head not in usual or (head.endswith(".backups") and rest and not is_backup(rest)):
                found.append(name)
        return found

    def check_backups(self, favs):
        """Raises `Broken` unless each backup is whole."""
        self.backups(favs)


def is_backup(name):
    return name.endswith(".db")


def whole(content, backups):
    """What is kept and what is kept of it in backups, as one text."""
    return "\n".join([content, *("backup: " + each for each in backups)])


def digest(path):
    """The bytes of a file, told in short."""
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def soundness(favs):
    """Whether `doctor` is content, as a text."""
    try:
        favs.is_sound()
    except Broken:
        return "not sound"
    return "sound"


def sights(favs):
    """What was seen of links, as a text."""
    return favs.must("list", "--fields", "id,link", "--sort", "id").decode()


def version(favs):
    """The version of the file's layout, as a text: that of a copy, since a journal beside it is played back."""
    place = os.path.join(os.path.dirname(favs.folder), "version")
    shutil.rmtree(place, ignore_errors=True)
    os.makedirs(place, mode=0o700)
    for name in (favs.file, favs.file + "-journal"):
        if os.path.exists(name):
            shutil.copy2(name, place)
    connection = sqlite3.connect(os.path.join(place, os.path.basename(favs.file)))
    try:
        return f"version {connection.execute('PRAGMA user_version').fetchone()[0]}"
    except sqlite3.Error as error:
        raise Broken(f"no version can be read: {error}") from None
    finally:
        connection.close()


WRITING = [
    Case("add, the first of all", "add", "Dune", "-c", "books", "-t", "classic", start="nothing"),
    Case("add", "add", "Solaris", "-c", "books/sci-fi", "-t", "classic", "--note", "By Lem.", "--set", "year=1961"),
    Case("add to a new category", "add", "Nightwoods", "-c", "new/and/deep", "--rank", "first"),
    Case("add --update", "add", "https://sqlite.org/", "-c", "links", "--update", "--note", "Again."),
    Case("add -", "add", "-", "-c", "links/many", stdin=LINKS),
    Case("add to a file of version 1", "add", "Newer", "-c", "books", start="version-1"),
    Case("add to a file of version 6", "add", "Newer", "-c", "books", start="version-6"),
    # `edit` by an editor is not here: it needs a terminal. What the editor gave back goes the way of `edit 3 --title …`.
    Case("edit", "edit", "3", "--title", "Emma, again", "--note", "Another note.", "-t", "england", "--unset", "year"),
    Case("edit many", "edit", "--in", "links", "-t", "seen", "--set", "checked:date=2024-02-11"),
    Case("edit into another category", "edit", "--in", "books/sci-fi", "-c", "films"),
    Case("open", "open", "6", programs=[BROWSER]),
    # A terminal says where its cursor is; Ctrl-C leaves.
    Case("pick, and rm in it", "pick", "emma", stdin=Keys(b"\x1b[1;1R\x04\x03"), codes=(130,)),
    Case("pick, and move in it", "pick", "darkness", stdin=Keys(b"\x1b[1;1R\x1b[1;3A\x03"), codes=(130,)),
    Case("pick, and undo in it", "pick", stdin=Keys(b"\x1b[1;1R\x1a\x1a\x03"), codes=(130,)),
    Case("pick, and redo in it", "pick", stdin=Keys(b"\x1b[1;1R\x12\x03"), codes=(130,), start="undone"),
    Case("rm", "rm", "5"),
    Case("rm many", "rm", "-c", "links", "--yes"),
    Case("move", "move", "2", "--to", "films", "--rank", "1"),
    Case("swap", "swap", "1", "7"),
    Case("check", "check", "--private", PAGES + WEB[2], start="web", also=sights, programs=[CURL], network=True),
    Case("check --fix", "check", "--private", "--fix", "25", start="web", programs=[CURL], network=True),
    Case("fetch", "fetch", "--private", PAGES + WEB[1], start="web", programs=[CURL], network=True),
    Case("add --fetch", "add", "--fetch", PAGES + "titled/graph", "-c", "new", start="web", programs=[CURL], network=True),
    Case("dupes --merge", "dupes", "--merge", start="twice"),
    Case("category add", "category", "add", "music/jazz", "--note", "Loud."),
    Case("category edit", "category", "edit", "books", "--note", "Only paper."),
    Case("category rename", "category", "rename", "books", "library/paper"),
    Case("category merge", "category", "merge", "links", "films"),
    Case("category rm", "category", "rm", "books", "--yes"),
    Case("tag rename", "tag", "rename", "classic", "old"),
    Case("tag merge", "tag", "merge", "classic", "web"),
    Case("tag rm", "tag", "rm", "classic"),
    Case("restore", "restore", "--all"),
    Case("restore a category", "restore", "-c", "gone"),
    Case("restore into another", "restore", "--last", "--on-conflict", "merge", start="conflict"),
    Case("trash empty", "trash", "empty", "--all", "--yes"),
    Case("trash empty of one", "trash", "empty", "Removed", "--yes"),
    Case("trash empty of a file of an older favs", "trash", "empty", "--all", "--yes", start="remains"),
    Case("undo", "undo"),
    Case("undo of a change", "undo", "13"),
    Case("undo many", "undo", "--last", "5"),
    Case("redo", "redo", start="undone"),
    Case("import", "import", "in.jsonl", "--quiet", start="import"),
    Case("import of an archive", "import", "in.jsonl", start="archive"),
    Case("backup create", "backup", "create"),
    Case("backup create FILE", "backup", "create", "copy.db", target="copy.db"),
    Case("backup restore", "backup", "restore", "old.db", "--yes", start="older"),
    Case("export FILE", "export", "out.jsonl", target="out.jsonl"),
    Case("export --full FILE", "export", "--full", "out.jsonl", target="out.jsonl"),
    Case("doctor --fix", "doctor", "--fix", start="unindexed", also=soundness),
    Case("doctor --salvage", "doctor", "--salvage", "saved.db", target="saved.db"),
]

# Those that cannot be looked at like the others: their file stands elsewhere (`Case.at`), or stays damaged, or what
# they change is not what they were asked for.
APART = [
    # Whoever comes first brings it up to date, one that reads too.
    Case("list of a file of version 1", "list", start="version-1", also=version),
    Case("list of a file of version 6", "list", start="version-6", also=version),
    Case("add, where no folder is yet", "add", "Dune", "-c", "books", start="nothing", place=HOME_PLACE),
    Case("doctor --salvage of a damaged file", "doctor", "--salvage", "saved.db", start="damaged", target="saved.db",
         codes=(1,), is_damaged=True),
]

READING = [
    Case("list", "list"),
    Case("list --json", "list", "--json"),
    Case("list, where no file is", "list", "--json", start="nothing", codes=(3,)),
    Case("search", "search", "classic"),
    Case("show", "show", "1"),
    Case("dupes", "dupes", start="twice"),
    Case("category list", "category", "list"),
    Case("category show", "category", "show", "books"),
    Case("tag list", "tag", "list"),
    Case("trash list", "trash", "list"),
    Case("trash show", "trash", "show", "Removed"),
    Case("history", "history"),
    Case("undo --list", "undo", "--list"),
    Case("diff", "diff", "1"),
    Case("backup list", "backup", "list", start="backups"),
    Case("export", "export"),
    Case("doctor", "doctor"),
    # Without a log, so that it prints the same wherever the log is looked for.
    Case("logs", "logs", "--json"),
    Case("help", "help"),
    Case("version", "version"),
    Case("stats", "stats"),
    Case("config", "config"),
    Case("init", "init", "bash"),
    Case("completions", "completions", "bash"),
    Case("man", "man", "add"),
]

# What the part *sync* tries: it takes two files and a remote. See syncs.py.
SYNCING = ("sync now", "sync init", "sync status", "sync conflicts", "sync devices", "sync leave")

# A command in a list of the help: its name, perhaps another name, and what it does.
LISTED = re.compile(r"^  ([a-z]+)(?:, [a-z]+)*  +\S")


def commands(program, folder):
    """The names of all commands, as its help lists them; those under another with that before them."""
    favs = Favs(program, folder)

    def listed(text, until):
        return [match[1] for match in map(LISTED.match, text.split(until)[0].splitlines()) if match]

    found = []
    for name in listed(favs.must("help").decode(), "Global options:"):
        _, _, under = favs.must("help", name).decode().partition("\nCommands:\n")
        found += [f"{name} {each}" for each in listed(under, "Global options:")] or [name]
    return found


def check_all(program, folder):
    """Raises `Broken` where a command is in no case, or a case is of no command."""
    known = commands(program, folder)
    tried = set(SYNCING)
    for case in WRITING + APART + READING:
        command = " ".join(case.words[:2]) if " ".join(case.words[:2]) in known else case.words[0]
        if command not in known:
            raise Broken(f"the help lists no command of the case '{case.name}'")
        tried.add(command)
    left = [name for name in known if name not in tried]
    if left or not known:
        raise Broken(f"no case has to do with {', '.join(left) or 'any command'}")


class Trial:
    """A case, with the state before it, the state after it, and what it prints; the same each time.

    Raises `Broken` where a command that writes changes nothing at all.
    """

    def __init__(self, case, starts, favs):
        self.case = case
        self.start = os.path.join(starts, case.start)
        copy(self.start, favs.folder)
        self.judged = {"old": self.judge(favs)}
        content, before = self.parts(favs)
        self.old = whole(content, before)
        copies = [] if case.is_damaged else [case.at(favs).state()]
        # What `export` itself made (a lock, a migration) is not to be there when the command runs.
        copy(self.start, favs.folder)
        done = self.run(favs)
        if done.code not in case.codes:
            raise Broken(f"favs {' '.join(case.words)}: exit code {done.code}: {done.err.strip()}")
        self.code = done.code
        self.printed = plain(done.out.replace(favs.folder.encode(), b"."), self.old)
        self.judged["new"] = self.judge(favs)
        if self.judged["new"].splitlines()[0] != SOUND:
            raise Broken(f"favs {' '.join(case.words)}: {self.judged['new'].splitlines()[0]}")
        new, backups = self.parts(favs)
        self.new = plain(whole(new, backups), self.old)
        # A backup comes first: it may be there, and nothing else be done.
        self.backed_up = plain(whole(content, backups), self.old)
        if case in WRITING + APART and self.new == self.old:
            raise Broken(f"favs {' '.join(case.words)}: exit code {done.code}, and nothing is changed")
        # One at most, and it holds all that was there before.
        made = backups[len(before):]
        if case.words[:2] == ["backup", "create"]:
            if case.target:
                made = [*made, case.at(favs).state(os.path.join(favs.folder, case.target))]
            if not made:
                raise Broken(f"favs {' '.join(case.words)}: made no backup")
        if [plain(each, self.old) for each in made] not in ([], [plain(each, self.old) for each in copies]):
            raise Broken(f"favs {' '.join(case.words)}: made {len(made)} backups, not one of what there was")

    def parts(self, favs):
        backups = self.case.backups(favs)
        return self.case.content(favs), backups

    def run(self, favs, before=()):
        """Runs the command in a folder that holds what it starts from."""
        return self.case.at(favs).run(self.case.words, self.case.stdin, before=before)

    def judge(self, favs):
        """What another reader finds in the file, without what differs each time; it looks before favs does."""
        if self.case.is_damaged:
            return SOUND
        return plain(judged(self.case.at(favs).file, os.path.join(os.path.dirname(favs.folder), "judge")))

    def agrees(self, found, state):
        """Raises `Broken` unless another reader found what has to be in the file in this state."""
        if found != self.judged[state]:
            raise Broken(f"another reader finds no {state} state: {difference(found, self.judged[state])}")

    def has(self, favs):
        """Whether the files are in the state before ("old") or after ("new"); raises `Broken` where in neither."""
        state = self.case.state(favs)
        if state == self.old:
            return "old"
        state = plain(state, self.old)
        if state == self.new:
            return "new"
        if state == self.backed_up:
            return "old"
        raise Broken(f"a state between the old and the new: {difference(state, self.new)}")

    def goes_on(self, favs, state):
        """Raises `Broken` unless the file, in this state, is sound, and the next command writes."""
        case, favs = self.case, self.case.at(favs)
        target = os.path.join(favs.folder, case.target) if case.target and case.target.endswith(".db") else None
        if target and os.path.exists(target):
            favs.is_sound(target)
            if case.is_damaged:
                favs.still_writes(target)
        if case.is_damaged:
            return
        if case.start == "unindexed" and state == "old":
            favs.must("doctor", "--fix")
        # Where there is no file, nothing can be wrong with it.
        if os.path.exists(favs.file):
            favs.is_sound()
        favs.still_writes()

    def acknowledged(self, favs, out):
        """Whether all was printed that tells that it is done."""
        return bool(self.printed) and plain(out.replace(favs.folder.encode(), b"."), self.old) == self.printed


def difference(found, wanted):
    """The first line in which two texts differ, for a message."""
    for one, other in zip(found.split("\n"), wanted.split("\n")):
        if one != other:
            return f"{one[:200]!r} instead of {other[:200]!r}"
    return f"{len(found)} characters instead of {len(wanted)}"
