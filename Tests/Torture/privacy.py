"""What others can learn: the rights of files, links laid in the way, programs run, connections made."""

import json
import os
import random
import re
import shutil
import stat
import subprocess

from cases import READING, WRITING
from favs import LIMIT, Favs, copy
from links import links
from outcome import STRACE, Outcome, promised
from rights import EVERY_RUN, FILE, FOLDER, LOG, PLACE, below

# Calls by which a process reaches another machine, or another process of this one.
NETWORK = {"accept", "accept4", "bind", "connect", "listen", "recvfrom", "recvmsg", "sendmmsg", "sendmsg", "sendto", "socket",
           "socketpair"}
CALL = re.compile(r"^(\d+)\s+([a-z0-9_]+)\(", re.MULTILINE)
PROGRAM = re.compile(r'^\d+\s+execve(?:at)?\("([^"]+)".*(?: = 0| <unfinished \.\.\.>)$', re.MULTILINE)
EXEC = re.compile(r'^\d+\s+execve\("([^"]+)", (\[.*\]), .*(?: = 0| <unfinished \.\.\.>)$', re.MULTILINE)

# What gives a terminal to a program that has none.
SCRIPT = "script"
UMASKS = (0o000, 0o022, 0o077)
# Commands that open no favourites, and leave no line in the log.
WITHOUT_LOG = {"logs", "help", "version", "completions", "man"}


def wrong(path):
    """What is wrong with the rights of a file or folder; empty where nothing is."""
    status = os.lstat(path)
    mode = stat.S_IMODE(status.st_mode)
    is_right = mode == (FOLDER if stat.S_ISDIR(status.st_mode) else FILE) and status.st_uid == os.geteuid()
    return "" if is_right else f"{mode:04o} of user {status.st_uid}"


def kind(path):
    """What tells a file that was made, or given other rights, from what was there."""
    status = os.lstat(path)
    return status.st_ino, status.st_mode, status.st_uid


@promised()
def modes(program, starts, folder):
    """The rights of every file that any command leaves, under three umasks."""
    outcome = Outcome(
        f"Every file is for its owner alone, whatever the umask: {FILE:04o}, folders {FOLDER:04o}",
        f"{len(WRITING + READING)} commands, each under umask {', '.join(f'{mask:03o}' for mask in UMASKS)}, with their log; "
        "and the first of all, where the folders of both are yet to be made")
    favs = Favs(program, os.path.join(folder, "modes", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    favs.environment["FAVS_LOG"] = EVERY_RUN

    def attempt(words, stdin, codes, mask, wanted):
        before = {each: kind(each) for each in below(favs.folder)}
        done = favs.run(words, stdin, umask=mask)
        outcome.tried()
        command = f"favs {' '.join(words)}, umask {mask:03o}"
        if done.code not in codes:
            outcome.failed(f"{command}: exit code {done.code}: {done.err.strip()[:200]}")
        found = [each for each in below(favs.folder) if before.get(each) != kind(each)]
        outcome.count("found", len(found))
        for path in found:
            if problem := wrong(path):
                outcome.failed(f"{command}: {os.path.relpath(path, favs.folder)} has {problem}")
        for name in wanted:
            if os.path.join(favs.folder, name) not in found:
                outcome.failed(f"{command}: there is no new {name}")

    for mask in UMASKS:
        for case in WRITING + READING:
            copy(os.path.join(starts, case.start), favs.folder)
            attempt(case.words, case.stdin, case.codes, mask, [] if case.words[0] in WITHOUT_LOG else [LOG])
        copy(os.path.join(starts, "nothing"), favs.folder)
        named = favs.environment.pop("FAVS_DB")
        attempt(["add", "Dune"], b"", (0,), mask, [LOG, PLACE])
        favs.environment["FAVS_DB"] = named
    outcome.result = f"{outcome.counts['found']:,} new files and folders, none of them open to others"
    return outcome


# Calls that make a file or a folder, give it rights, tell whether a name is new, or make a process.
PROCESSES = ("clone", "clone3", "fork", "vfork")
MAKING = "open,openat,creat,mkdir,mkdirat,mknod,mknodat,chmod,fchmod,fchmodat,umask,unlink,unlinkat,rmdir,rename,renameat," \
    "renameat2,link,linkat," + ",".join(PROCESSES)
RETURN = re.compile(r"^(\d+)\s+([a-z0-9]+)\((.*)\)\s+= (\S+)")
NAME = re.compile(r'"((?:[^"\\]|\\.)*)"')
AT = re.compile(r"^(?:AT_FDCWD|\d+)(?:<([^>]*)>)?$")


def returns(path):
    """The calls in what strace wrote, with those put together that it tells in two lines: process, name, words, result."""
    begun = {}
    with open(path, encoding="utf-8", errors="replace") as file:
        for line in file:
            process = line.split(None, 1)[0]
            if line.endswith(" <unfinished ...>\n"):
                begun[process] = line.removesuffix(" <unfinished ...>\n")
                continue
            if " resumed>" in line:
                line = begun.pop(process, "") + line.split(" resumed>", 1)[1]
            if match := RETURN.match(line):
                yield match[1], match[2], match[3], match[4]


class Masks:
    """The umask of each process and thread of a run.

    A process begins with the mask of the one that made it, which waits while it is made; a thread shares its maker's.
    """

    def __init__(self, record):
        self.makers, self.shared, self.masks = {}, {}, {}
        for process, call, words, result in returns(record):
            if call in PROCESSES and result.isdigit():
                self.makers[result] = process
                if "CLONE_FS" in words:
                    self.shared[result] = process

    def owner(self, process):
        while process in self.shared:
            process = self.shared[process]
        return process

    def of(self, process):
        owner = self.owner(process)
        if owner not in self.masks:
            self.masks[owner] = self.of(self.makers[owner]) if owner in self.makers else 0
        return self.masks[owner]

    def set(self, process, mask):
        self.masks[self.owner(process)] = mask


class Makings:
    """Goes through the calls of a run and tells of each file and folder that it makes, if for a moment only."""

    def __init__(self, there, folder):
        self.there, self.folder = set(there), folder
        self.made = 0

    def read(self, record):
        """Gives what is wrong with the rights of each that others could open."""
        masks = Masks(record)
        for process, call, words, result in returns(record):
            if result.startswith("-") or result == "?":
                continue
            if call in PROCESSES:
                masks.of(result)
                continue
            mask = masks.of(process)
            paths = self.paths(words)
            mode = int(words.rsplit(" ", 1)[-1], 8) if re.fullmatch(r"0[0-7]*", words.rsplit(" ", 1)[-1]) else None
            if call == "umask":
                masks.set(process, int(words, 8))
            elif call in ("unlink", "unlinkat", "rmdir"):
                self.there.discard(paths[0])
            elif call.startswith("rename"):
                self.there.discard(paths[0])
                self.there.add(paths[1])
            elif call.startswith("link"):
                self.there.add(paths[1])
            elif call.endswith("chmod") or call == "fchmodat":
                mode = int(re.findall(r"\b0[0-7]+\b", words)[-1], 8)
                if mode & 0o077:
                    yield f"{call}({words}) gives others rights"
            elif call.startswith("mkdir"):
                yield from self.make(paths[0], mode, mask, FOLDER, f"{call}({words})")
            elif call in ("creat", "mknod", "mknodat") or "O_TMPFILE" in words or "O_CREAT" in words:
                if "O_TMPFILE" in words or paths[0] not in self.there:
                    yield from self.make(paths[0], mode, mask, FILE, f"{call}({words})")

    def make(self, path, mode, mask, right, told):
        self.made += 1
        self.there.add(path)
        if mode is None or mode & ~mask != right:
            yield f"{told} under umask {mask:03o}"

    def paths(self, words):
        """The paths among the words of a call, each told from the root on."""
        found, folder = [], self.folder
        for word in re.split(r", (?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", words):
            if match := AT.match(word):
                folder = match[1] or self.folder
            elif match := NAME.match(word):
                found.append(os.path.normpath(os.path.join(folder, match[1])))
        return found


@promised(STRACE)
def creations(program, starts, folder):
    """The rights that files are made with, also those that do not outlive the command."""
    outcome = Outcome(
        f"No file is open to others even for a moment: each is made with {FILE:04o}, each folder with {FOLDER:04o}",
        f"{len(WRITING + READING)} commands with their log under umask 000, the mode of each call seen that makes a file or "
        "folder, gives it rights or sets the umask (strace)")
    favs = Favs(program, os.path.join(folder, "creations", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    favs.environment["FAVS_LOG"] = EVERY_RUN
    record = os.path.join(folder, "creations", "trace")
    for case in WRITING + READING:
        copy(os.path.join(starts, case.start), favs.folder)
        is_open = os.path.exists(favs.file) and wrong(favs.file) != ""
        makings = Makings(below(favs.folder), favs.folder)
        done = favs.run(
            case.words, case.stdin, umask=0, before=["strace", "-f", "-qq", "-y", "-s", "9999", "-e", f"trace={MAKING}", "-o", record])
        outcome.tried()
        if done.code not in case.codes:
            outcome.failed(f"favs {' '.join(case.words)}: exit code {done.code}: {done.err.strip()[:200]}")
        for problem in makings.read(record):
            # What doctor is about to mend had these rights before, and SQLite gives its journal the same.
            if is_open and "favs.db-journal" in problem:
                continue
            outcome.failed(f"favs {' '.join(case.words)}: {problem}")
        if not makings.made and case.words[0] not in WITHOUT_LOG:
            outcome.failed(f"favs {' '.join(case.words)}: made nothing, and should have made its log")
        outcome.count("made", makings.made)
    outcome.result = f"{outcome.counts['made']:,} files and folders made, none of them open to others"
    return outcome


@promised(STRACE)
def alone(program, starts, folder):
    """Programs run and connections made, by every command."""
    outcome = Outcome(
        "No command runs another program or a shell but 'open', which runs the browser alone, and 'fetch', 'check' and "
        "'add --fetch', which run curl; favs itself makes no connection",
        f"{len(WRITING + READING)} commands, execve and {len(NETWORK)} calls of the network counted (strace)")
    favs = Favs(program, os.path.join(folder, "alone", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    record = os.path.join(folder, "alone", "trace")
    counts = {"programs": 0, "connections": 0}
    for case in WRITING + READING:
        copy(os.path.join(starts, case.start), favs.folder)
        done = favs.run(case.words, case.stdin, before=["strace", "-f", "-qq", "-o", record])
        outcome.tried()
        if done.code not in case.codes:
            outcome.failed(f"favs {' '.join(case.words)}: exit code {done.code}: {done.err.strip()[:200]}")
        with open(record, encoding="utf-8", errors="replace") as file:
            text = file.read()
        # Of a command that asks for pages it is curl that does, and never favs itself.
        own = text.split(maxsplit=1)[0]
        connections = sum(
            call in NETWORK for pid, call in CALL.findall(text) if pid == own or not case.network)
        programs = PROGRAM.findall(text)
        counts["programs"] += len(programs)
        counts["connections"] += connections
        # curl is run once for each wave of requests.
        wanted = [program, *(programs[1:2] * (len(programs) - 1) if case.network else case.programs)]
        if programs != wanted or case.network and set(programs[1:]) != set(case.programs) or connections:
            outcome.failed(f"favs {' '.join(case.words)}: {programs} were run, {connections} calls of the network")
    outcome.result = f"{counts['programs']} programs for {outcome.trials} commands, {counts['connections']} connections"
    return outcome


# How `open` ends where it passes nothing on.
REFUSED = 8
# What `open` passes on, by the contract; and what it must not, in the spellings that some program might take for it.
PASSED = re.compile(r"(?:https?|mailto|ftp|gemini|geo|tel):", re.IGNORECASE)
SCHEMES = [
    "http", "https", "mailto", "ftp", "gemini", "geo", "tel", "HTTPS", "MailTo", "file", "javascript", "JavaScript", "data",
    "vbscript", "about", "view-source", "jar", "blob", "smb", "ssh", "sftp", "nfs", "chrome", "ms-msdt", "search-ms",
    "steam", "vscode", "intent", "telnet", "magnet", "x-http", "http+unix", "httpx", "h", "tels"]
SPELLINGS = ["{}://example.org/", "{}:alert(1)", " {}:x", "-{}:x", "--{}=x", "{} :x", "{}%3Ax", "{}//x", "\u00ad{}:x", "{}:-x",
             "{}:$(touch mark)", "{}:`touch mark`;touch mark", "{}:'\"|touch mark"]
ODD = ["-opt", "--help", "-", "--", "/etc/passwd", "./x", "../x", "~/x", "example.org", "%s", "$BROWSER", "*", "://x", ":x"]


# Of those a quick run takes so many, each scheme, each spelling of some, and each odd one among them.
SAMPLE = 120


def urls_of(full):
    """The URLs that are tried: all, or some of every kind."""
    every = sorted({each.format(scheme) for scheme in SCHEMES for each in SPELLINGS} | set(ODD))
    if full:
        return every
    dice = random.Random(7)
    chosen = {SPELLINGS[number % 2].format(scheme) for number, scheme in enumerate(SCHEMES)} | set(ODD)
    chosen |= {each.format(scheme) for each in SPELLINGS for scheme in ("https", "javascript")}
    left = [url for url in every if url not in chosen]
    return sorted(chosen) + dice.sample(left, max(0, SAMPLE - len(chosen)))


@promised(STRACE)
def opener(program, starts, folder, full):
    """What `open` gives to the program that opens links."""
    urls = urls_of(full)
    outcome = Outcome(
        "'favs open' passes on only http, https, mailto, ftp, gemini, geo and tel, anything else with a scheme by "
        "--any-scheme, and never an option or a path; no shell is run",
        f"{len(urls)} URLs{'' if full else ' of all kinds'}, with and without --any-scheme, execve with its words seen (strace)")
    favs = Favs(program, os.path.join(folder, "opener"))
    os.makedirs(os.path.join(favs.folder, "programs"), mode=0o700)
    xdg_open = os.path.join(favs.folder, "programs", "xdg-open")
    os.symlink("/bin/true", xdg_open)
    del favs.environment["BROWSER"]
    favs.environment["PATH"] = os.path.dirname(xdg_open)
    # What has a uid of favs is taken as it is, as an older version may have kept it.
    lines = "".join(
        json.dumps({"uid": f"0192f0c1-0000-7000-8000-{number:012x}", "title": f"{number}", "url": url}) + "\n"
        for number, url in enumerate(urls, 1))
    favs.must("import", "-", "--on-duplicate", "keep", stdin=lines.encode())
    kept = {each["title"]: each for each in json.loads(favs.must("list", "--json"))}
    record = os.path.join(folder, "opened")
    strace = shutil.which(STRACE)
    passed = refused = 0
    for title, favourite in kept.items():
        url = favourite["url"]
        for words in (["open", str(favourite["id"])], ["open", str(favourite["id"]), "--any-scheme"]):
            done = favs.run(words, before=[
                strace, "-f", "--seccomp-bpf", "-qq", "-s", "9999", "-e", "trace=execve", "-o", record])
            outcome.tried()
            with open(record, encoding="utf-8", errors="replace") as file:
                ran = [(each[1], each[2]) for each in EXEC.finditer(file.read())]
            may = PASSED.match(url) if len(words) == 2 else re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url)
            given = ran[1:]
            if not may:
                refused += 1
                if given or done.code != REFUSED:
                    outcome.failed(f"favs {' '.join(words)}, {url!r}: exit code {done.code}, {given} was run")
                continue
            passed += 1
            link = "".join(f"%{ord(each):02X}" if each in ' "<>\\^`{|}' else each for each in url)
            if done.code != 0 or [path for path, _ in given] != [xdg_open]:
                outcome.failed(f"favs {' '.join(words)}, {url!r}: exit code {done.code}, {given} was run")
            elif link.isascii() and given[0][1] != f'["xdg-open", "{link}"]':
                outcome.failed(f"favs {' '.join(words)}, {url!r}: was given as {given[0][1]}")
    if os.path.exists(os.path.join(favs.folder, "mark")):
        outcome.failed("something in a URL was run by a shell")
    if len(kept) != len(urls):
        outcome.failed(f"{len(kept)} of {len(urls)} URLs were kept")
    outcome.result = f"{passed:,} passed on, as one word each; {refused:,} refused with exit code {REFUSED}"
    return outcome


@promised(STRACE, SCRIPT)
def editor(program, starts, folder):
    """The editor is run by name and words, never by a shell."""
    outcome = Outcome(
        "The editor of 'favs edit' is run without a shell: what its name holds is not looked at by one",
        "$VISUAL with words that a shell would run, on a terminal (script), execve counted (strace)")
    favs = Favs(program, os.path.join(folder, "editor", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    copy(os.path.join(starts, "sample"), favs.folder)
    record = os.path.join(folder, "editor", "trace")
    mark = os.path.join(folder, "editor", "mark")
    for visual in (f"/bin/true ; touch {mark}", f"/bin/true $(touch {mark})", f"/bin/true `touch {mark}`", f"/bin/true | touch {mark}",
                   f"/bin/true & touch {mark}", f"/bin/true > {mark}"):
        environment = {**favs.environment, "VISUAL": visual, "TERM": "dumb"}
        outcome.tried()
        try:
            subprocess.run(
                [SCRIPT, "-qec", f"strace -f -qq -o {record} -e trace=execve {program} edit 1", "/dev/null"],
                env=environment, cwd=favs.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT, check=False)
        except subprocess.TimeoutExpired:
            outcome.failed(f"{visual}: no end within {LIMIT} s")
            continue
        with open(record, encoding="utf-8", errors="replace") as file:
            ran = re.findall(r'execve\("([^"]+)"', file.read())
        if ran != [program, "/bin/true"]:
            outcome.failed(f"{visual}: {ran} were run")
        if os.path.exists(mark):
            outcome.failed(f"{visual}: was given to a shell")
            os.remove(mark)
    outcome.result = "the editor alone was run each time" if not outcome.failures else ""
    return outcome


def all(program, starts, folder, full):
    return [modes(program, starts, folder), creations(program, starts, folder), links(program, starts, folder),
            alone(program, starts, folder), editor(program, starts, folder), opener(program, starts, folder, full)]
