"""What others can learn: the rights of files, links laid in the way, programs run, connections made."""

import json
import os
import re
import stat
import subprocess

from cases import READING, WRITING
from favs import Favs, copy
from outcome import Outcome

# Calls by which a process reaches another machine, or another process of this one.
NETWORK = {"accept", "accept4", "bind", "connect", "listen", "recvfrom", "recvmsg", "sendmmsg", "sendmsg", "sendto", "socket",
           "socketpair"}
CALL = re.compile(r"^\d+\s+([a-z0-9_]+)\(", re.MULTILINE)
PROGRAM = re.compile(r'^\d+\s+execve(?:at)?\("([^"]+)".*(?: = 0| <unfinished \.\.\.>)$', re.MULTILINE)
EXEC = re.compile(r'^\d+\s+execve\("([^"]+)", (\[.*\]), .*(?: = 0| <unfinished \.\.\.>)$', re.MULTILINE)


def modes(program, starts, folder):
    """The rights of every file that any command makes, under three umasks."""
    outcome = Outcome(
        "Every file is for its owner alone, whatever the umask: 0600, folders 0700",
        f"{len(WRITING + READING)} commands, each under umask 000, 022 and 077; also their log")
    favs = Favs(program, os.path.join(folder, "modes", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    found = 0
    for mask in (0o000, 0o022, 0o077):
        for case in WRITING + READING:
            copy(os.path.join(starts, case.start), favs.folder)
            before = {each: os.lstat(each).st_ino for each in below(favs.folder)}
            favs.environment["FAVS_LOG"] = os.path.join(favs.folder, "log", "favs.log")
            favs.run(case.words, case.stdin, umask=mask)
            outcome.tried()
            for path in below(favs.folder):
                status = os.lstat(path)
                if before.get(path) == status.st_ino:
                    continue
                found += 1
                mode = stat.S_IMODE(status.st_mode)
                if mode & 0o077 or status.st_uid != os.geteuid():
                    outcome.failed(f"favs {' '.join(case.words)}, umask {mask:03o}: {os.path.basename(path)} has {mode:04o}")
    outcome.result = f"{found:,} new files and folders, {len(outcome.failures)} of them open to others"
    return outcome


def below(folder):
    return [os.path.join(parent, name) for parent, folders, files in os.walk(folder) for name in folders + files]


def links(program, starts, folder):
    """Links laid where files are made: nothing is written through them."""
    outcome = Outcome(
        "No link is followed that another may have laid: the file it leads to stays as it is",
        "links in the place of the favourites, of their lock, of the journal, of the folder of backups, and of a copy")
    favs = Favs(program, os.path.join(folder, "links"))
    bait = os.path.join(folder, "bait")
    text = b"not to be touched"

    def laid(name, words, codes, is_folder=False, start="sample"):
        copy(os.path.join(starts, start), favs.folder)
        if is_folder:
            os.makedirs(bait, exist_ok=True)
        else:
            with open(bait, "wb") as file:
                file.write(text)
        path = os.path.join(favs.folder, name)
        if os.path.lexists(path):
            os.remove(path)
        os.symlink(bait, path)
        done = favs.run(words)
        outcome.tried()
        if done.code not in codes:
            outcome.failed(f"{name}: favs {' '.join(words)}: exit code {done.code}: {done.err.strip()[:200]}")
        if is_folder:
            if os.listdir(bait):
                outcome.failed(f"{name}: favs {' '.join(words)} wrote through the link")
            os.rmdir(bait)
        else:
            with open(bait, "rb") as file:
                if file.read() != text:
                    outcome.failed(f"{name}: favs {' '.join(words)} wrote through the link")
            os.remove(bait)

    for words in (["list"], ["add", "x"], ["doctor"], ["export"]):
        laid("favs.db", words, (6, 7))
    laid("favs.db", ["add", "x"], (6, 7), start="nothing")
    laid("favs.db.lock", ["add", "x"], (7,))
    laid("favs.db-journal", ["add", "x"], (0, 6, 7))
    laid("copy.db", ["backup", "create", "copy.db"], (4, 6, 7))
    laid("saved.db", ["doctor", "--salvage", "saved.db"], (4, 6, 7))
    laid("favs.db.backups", ["backup", "create"], (6, 7), is_folder=True)
    # What a person names for an export may be a link of theirs: the file it leads to is replaced.
    outcome.result = f"{len(outcome.failures)} written through"
    return outcome


def alone(program, starts, folder):
    """Programs run and connections made, by every command."""
    outcome = Outcome(
        "No command runs another program or a shell but 'open', which runs the browser alone, and none makes a connection",
        f"{len(WRITING + READING)} commands, execve and {len(NETWORK)} calls of the network counted (strace)")
    favs = Favs(program, os.path.join(folder, "alone", "w"))
    os.makedirs(os.path.dirname(favs.folder))
    record = os.path.join(folder, "alone", "trace")
    counts = {"programs": 0, "connections": 0}
    for case in WRITING + READING:
        copy(os.path.join(starts, case.start), favs.folder)
        favs.run(case.words, case.stdin, before=["strace", "-f", "-qq", "-o", record])
        outcome.tried()
        with open(record, encoding="utf-8", errors="replace") as file:
            text = file.read()
        connections = sum(call in NETWORK for call in CALL.findall(text))
        programs = PROGRAM.findall(text)
        counts["programs"] += len(programs)
        counts["connections"] += connections
        if programs != [program, *case.programs] or connections:
            outcome.failed(f"favs {' '.join(case.words)}: {programs} were run, {connections} calls of the network")
    outcome.result = f"{counts['programs']} programs for {outcome.trials} commands, {counts['connections']} connections"
    return outcome


# What `open` passes on, by the contract; and what it must not, in the spellings that some program might take for it.
PASSED = re.compile(r"(?:https?|mailto|ftp|gemini|geo|tel):", re.IGNORECASE)
SCHEMES = [
    "http", "https", "mailto", "ftp", "gemini", "geo", "tel", "HTTPS", "MailTo", "file", "javascript", "JavaScript", "data",
    "vbscript", "about", "view-source", "jar", "blob", "smb", "ssh", "sftp", "nfs", "chrome", "ms-msdt", "search-ms",
    "steam", "vscode", "intent", "telnet", "magnet", "x-http", "http+unix", "httpx", "h", "tels"]
SPELLINGS = ["{}://example.org/", "{}:alert(1)", " {}:x", "-{}:x", "--{}=x", "{} :x", "{}%3Ax", "{}//x", "\u00ad{}:x", "{}:-x",
             "{}:$(touch mark)", "{}:`touch mark`;touch mark", "{}:'\"|touch mark"]
ODD = ["-opt", "--help", "-", "--", "/etc/passwd", "./x", "../x", "~/x", "example.org", "%s", "$BROWSER", "*", "://x", ":x"]


def opener(program, starts, folder):
    """What `open` gives to the program that opens links."""
    urls = sorted({each.format(scheme) for scheme in SCHEMES for each in SPELLINGS} | set(ODD))
    outcome = Outcome(
        "'favs open' passes on only http, https, mailto, ftp, gemini, geo and tel, anything else with a scheme by "
        "--any-scheme, and never an option or a path; no shell is run",
        f"{len(urls)} URLs, with and without --any-scheme, execve with its words seen (strace)")
    favs = Favs(program, os.path.join(folder, "opener"))
    os.makedirs(os.path.join(favs.folder, "programs"), mode=0o700)
    xdg_open = os.path.join(favs.folder, "programs", "xdg-open")
    os.symlink("/bin/true", xdg_open)
    del favs.environment["BROWSER"]
    favs.environment["PATH"] = os.path.dirname(xdg_open)
    lines = "".join(json.dumps({"title": f"{number}", "url": url}) + "\n" for number, url in enumerate(urls, 1))
    favs.must("import", "-", "--on-duplicate", "keep", stdin=lines.encode())
    kept = {each["title"]: each for each in json.loads(favs.must("list", "--json"))}
    record = os.path.join(folder, "opened")
    passed = refused = 0
    for title, favourite in kept.items():
        url = favourite["url"]
        for words in (["open", str(favourite["id"])], ["open", str(favourite["id"]), "--any-scheme"]):
            done = favs.run(words, before=[
                "/usr/bin/strace", "-f", "--seccomp-bpf", "-qq", "-s", "9999", "-e", "trace=execve", "-o", record])
            outcome.tried()
            with open(record, encoding="utf-8", errors="replace") as file:
                ran = [(each[1], each[2]) for each in EXEC.finditer(file.read())]
            may = PASSED.match(url) if len(words) == 2 else re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url)
            given = ran[1:]
            if not may:
                refused += 1
                if given or done.code != 8:
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
    outcome.result = f"{passed:,} passed on, as one word each; {refused:,} refused with exit code 8"
    return outcome


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
        subprocess.run(
            ["script", "-qec", f"strace -f -qq -o {record} -e trace=execve {program} edit 1", "/dev/null"],
            env=environment, cwd=favs.folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False)
        outcome.tried()
        with open(record, encoding="utf-8", errors="replace") as file:
            ran = re.findall(r'execve\("([^"]+)"', file.read())
        if ran != [program, "/bin/true"]:
            outcome.failed(f"{visual}: {ran} were run")
        if os.path.exists(mark):
            outcome.failed(f"{visual}: was given to a shell")
            os.remove(mark)
    outcome.result = "the editor alone was run each time" if not outcome.failures else ""
    return outcome


def all(program, starts, folder):
    return [modes(program, starts, folder), links(program, starts, folder), alone(program, starts, folder),
            editor(program, starts, folder), opener(program, starts, folder)]
