"""Runs the program where little is: an empty root without /proc and /tmp, a user whom no file names, a read-only file
system, and a kernel that knows no call that came after Linux 4.18.
"""

import ctypes
import os
import pathlib
import platform
import shutil
import struct
import subprocess

import release as releases

USER = 54_321
# The first number that Linux 4.18 had not given away yet (arch/x86/entry/syscalls/syscall_64.tbl,
# include/uapi/asm-generic/unistd.h).
FIRST_NEWER = {"x86_64": 335, "aarch64": 294}
# linux/audit.h
ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


def forget_newer_calls():
    """Has the kernel answer each later call with ENOSYS, in this process and those that it starts (seccomp(2))."""
    machine = platform.machine()
    load, jump_if_at_least, jump_if_equal, answer = 0x20, 0x35, 0x15, 0x06
    enosys, allow = 0x00050000 | 38, 0x7FFF0000
    steps = [
        (load, 0, 0, 4),
        (jump_if_equal, 0, 2, ARCHITECTURE[machine]),
        (load, 0, 0, 0),
        (jump_if_at_least, 1, 0, FIRST_NEWER[machine]),
        (answer, 0, 0, allow),
        (answer, 0, 0, enosys),
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    buffer = ctypes.create_string_buffer(code)
    program = struct.pack("HL", len(steps), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(38, 1, 0, 0, 0) != 0 or libc.prctl(22, 2, ctypes.c_char_p(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp")


def check(program, folder):
    """Stops where the program does not work in one of these places. Needs root."""
    root = pathlib.Path(folder) / "root"
    (root / "bin").mkdir(parents=True)
    shutil.copy(program, root / "bin/favs")
    home = root / "home"
    home.mkdir()
    os.chown(home, USER, USER)
    environment = {"HOME": "/home", "TZ": "Europe/Paris"}

    def enter():
        forget_newer_calls()
        os.chroot(root)
        os.chdir("/home")
        os.setgroups([])
        os.setgid(USER)
        os.setuid(USER)

    def favs(*words, **more):
        done = subprocess.run(
            ["/bin/favs", *words], capture_output=True, text=True, env=environment, preexec_fn=enter, **more)
        if done.returncode != 0:
            releases.stop(
                f"in an empty root, favs {' '.join(words)} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    favs("add", "Dune", "-c", "books", "--set", "read:date=today")
    favs("add", "-", "-c", "films", input="Stalker\nSolaris\n")
    favs("edit", "Dune", "--note", "x" * 1_000)
    favs("rm", "Solaris")
    favs("trash", "empty", "--all", "--yes")
    favs("backup")
    favs("doctor")
    favs("export", "/home/all.jsonl")
    expected = favs("list", "--json")
    subprocess.run(["mount", "--bind", root, root], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", root], check=True)
        if favs("list", "--json") != expected or "Stalker" not in favs("search", "stalker"):
            releases.stop("on a read-only file system favs reads something else")
        done = subprocess.run(
            ["/bin/favs", "add", "Ran"], capture_output=True, text=True, env=environment, preexec_fn=enter)
        if done.returncode != 7:
            releases.stop(f"on a read-only file system 'favs add' ended with {done.returncode}")
    finally:
        subprocess.run(["umount", root], check=True)
