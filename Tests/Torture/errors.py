"""What a failing call may lead to: which calls can fail in which way, what has to be told, and what need not be."""

import re

# Exit codes of favs.
FOUND = 1
BUSY = 5
# SQLite takes a page that cannot be read for damaged, and says so.
DAMAGED = 6
FAILED = 7

# Which calls can fail in which way, by their manual pages. Some are made on other processors or with another C library only.
MAKING = {"link", "linkat", "mkdir", "mkdirat", "openat", "pwrite64", "rename", "renameat", "renameat2", "write"}
SYNCING = {"fdatasync", "fsync"}
RIGHTS = {"chmod", "fchmod", "fchmodat", "fchown"}
ERRORS = {
    "ENOSPC": MAKING | SYNCING | {"ftruncate"},
    "EIO": MAKING | SYNCING | RIGHTS | {
        "access", "faccessat", "faccessat2", "fstat", "fstatfs", "ftruncate", "getcwd", "getdents64", "lseek", "newfstatat",
        "pread64", "read", "readlink", "readlinkat", "rmdir", "statfs", "statx", "unlink", "unlinkat"},
    "EDQUOT": MAKING | SYNCING,
    "EPERM": RIGHTS,
    "EMFILE": {"openat"},
    "ENOLCK": {"fcntl", "flock"},
    "EINTR": SYNCING | {"fcntl", "flock", "fstatfs", "ftruncate", "openat", "pread64", "pwrite64", "read", "statfs", "write"},
}
# A file that is made can have no room; one that is opened needs none.
ROOM = {"ENOSPC", "EDQUOT"}
# Calls without a fault, each with its reason.
WITHOUT = {
    "close": "strace would keep the file open, and its locks held, which no system does",
    "getrandom": "it is about no file",
    "ioctl": "it asks whether the output is a terminal, which it need not be",
}

# Where one of these fails, something was not written, not kept or not made: exit code 0 is a lie, unless `excuse` knows why.
# The others read; what is printed after them is compared.
MUST_TELL = (MAKING - {"openat"}) | SYNCING | RIGHTS | {"flock", "ftruncate", "rmdir", "unlink", "unlinkat"}
# These are made again when they are interrupted: by favs itself (`SystemCall` and the loops that read and write) and by
# SQLite (`robust_open`, `robust_ftruncate`, `seekAndRead`, `seekAndWrite`). SQLite does not make `fcntl` and `fdatasync`
# again; no signal has a handler, so the system interrupts neither.
MADE_AGAIN = ERRORS["EINTR"] - {"fcntl", "fdatasync"}

REASONS = {
    "ENOSPC": ("no space left on device", "disk full"),
    "EDQUOT": ("disk quota exceeded",),
    "EIO": ("input/output error", "disk I/O error"),
    "EMFILE": ("too many open files",),
}
# Where one of these fails, the message holds the reason.
WITH_REASON = MAKING | {"fsync"}

# What is said when a command fails and yet its change, or its file, is made.
CHANGE_MADE = re.compile(r"change (\d+) was saved")
SIGHTS_MADE = re.compile(r"the state of the links was saved")
FILE_MADE = re.compile(r"'([^']*)' was written, but the disk did not confirm it")


# How a call begins that is about a standard descriptor.
STANDARD = {"0<": "input", "1<": "output", "2<": "messages"}

# The parts of a journal's calls that nobody has to be told of; `excuse` says why.
FIRST_SYNC, TAKING_BACK = "first sync of its folder", "taking back"


def place(text):
    """Which file a call is about, by its arguments and what strace tells of them."""
    if text[:2] in STANDARD:
        return STANDARD[text[:2]]
    for part, name in ((".local", "log"), (".favs-new", "draft"), ("favs.db.lock", "lock"), ("favs.db.backups", "backups"),
                       ("favs.db", "favourites")):
        if part in text:
            return f"journal of {name}" if "-journal" in text else name
    return "other"


def excuse(fault):
    """Why a command may end with 0 though a call failed that has to be told; None where it may not."""
    name, where = fault.call.name, place(fault.call.text)
    if where == "log":
        return "the log is kept where that can be; no command fails for it"
    if where == "messages":
        return "nobody is left to be told"
    if fault.part == FIRST_SYNC:
        return "SQLite passes over a folder that it cannot sync when it has made a journal; the sync after the commit is told"
    if name == "fchown" and where.startswith("journal"):
        return "SQLite gives a journal to the owner of the file; one that stays root's can be removed all the same"
    if name == "fchmod" and where.startswith("journal"):
        return "SQLite gives a journal the rights of the file; one that stays private serves its owner all the same"
    if name in ("unlink", "unlinkat") and where == "draft":
        return "what stays of a draft has no name that is read, and goes with the next draft"
    if name == "flock" and where == "draft":
        return "the lock of a draft only keeps others from removing it; the favourites are locked by another"
    if where == "lock" and "--salvage" in fault.trial.case.words:
        return "a damaged file may lie where nothing can be written; what others write meanwhile is noticed by other signs"
    if fault.part == TAKING_BACK:
        return "what doctor tried is taken back; a journal that stays holds what is in the file already"
    return None


def has_reason(fault):
    """Whether the message has to hold the reason of the failure."""
    name, text, where = fault.call.name, fault.call.text, place(fault.call.text)
    if fault.error not in REASONS or name not in WITH_REASON:
        return False
    # What SQLite opens itself and cannot open it takes for read-only, or says that it is not there. Of what is opened to be
    # new (O_EXCL), that is a journal.
    by_sqlite = "O_EXCL" not in text or where.startswith("journal")
    if name == "openat" and "O_RDWR" in text and by_sqlite and where not in ("lock", "log"):
        return False
    # It has no code for a quota, and what it asked the system last is not always this call.
    return not (name == "pwrite64" and fault.error == "EDQUOT")
