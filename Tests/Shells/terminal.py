"""A shell on a pseudo-terminal: keys go in, and the words that it would run come out."""

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import termios
import time

# How long anything may take that the shell has to do. It is waited for, never slept through.
PATIENCE = 30.0


class Missing(Exception):
    """A shell that is not installed. The tests need all of them: see .ci/run."""


# What each shell is started with, and what it is told first: no file of the user's, a `favs` that writes down its
# words and runs nothing, and favs' own completions.
STARTS = {
    "bash": (
        ["--norc", "--noprofile", "-i"],
        r"""
bind 'set enable-bracketed-paste off'
bind 'set bell-style none'
source "$HOME/completion"
favs() { printf '%s\0' "$@" >"$HOME/words.new"; \command mv "$HOME/words.new" "$HOME/words"; }
""",
    ),
    "zsh": (
        ["-f", "-i"],
        r"""
unset zle_bracketed_paste
autoload -Uz compinit; compinit -D
source "$HOME/completion"
favs() { printf '%s\0' "$@" >"$HOME/words.new"; \command mv "$HOME/words.new" "$HOME/words"; }
""",
    ),
    "fish": (
        ["--no-config", "-i"],
        r"""
set -g fish_greeting
set -g fish_autosuggestion_enabled 0
source "$HOME/completion"
function favs; printf '%s\0' $argv >"$HOME/words.new"; command mv "$HOME/words.new" "$HOME/words"; end
""",
    ),
}


class Shell:
    """One shell, in a home folder of its own, with `favs` found by its name."""

    def __init__(self, name, home, favs, more=""):
        self.program = shutil.which(name)
        if self.program is None:
            raise Missing(f"{name} is not installed, and the tests need it")
        self.name, self.home = name, home
        os.makedirs(home + "/bin", exist_ok=True)
        if not os.path.lexists(home + "/bin/favs"):
            os.symlink(favs, home + "/bin/favs")
        os.makedirs(home + "/work", exist_ok=True)
        arguments, start = STARTS[name]
        with open(home + "/start", "w") as file:
            file.write(start + more)
        environment = {
            "HOME": home, "PATH": home + "/bin:/usr/bin:/bin", "TERM": "xterm", "LC_ALL": "C.UTF-8", "TZ": "UTC",
            "INPUTRC": "/dev/null", "PS1": "> ", "HISTFILE": "/dev/null",
        }
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            os.chdir(home + "/work")
            os.execve(self.program, [name, *arguments], environment)
        # Wide enough that no line is broken, and no list is asked about.
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 500, 0, 0))
        self.screen = b""
        self.press(f'source "{home}/start"; touch "{home}/started"\r')
        self.wait(lambda: os.path.exists(home + "/started"), "started")

    def drain(self, seconds):
        """Reads what the shell draws; for so long, if it draws nothing."""
        while select.select([self.terminal], [], [], seconds)[0]:
            try:
                data = os.read(self.terminal, 65536)
            except OSError:
                return
            if not data:
                return
            self.screen += data
            # fish asks the terminal what it can do, and waits for an answer.
            if b"\x1b[c" in data or b"\x1b[0c" in data:
                os.write(self.terminal, b"\x1b[?62c")
            seconds = 0

    def wait(self, condition, what):
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f"{self.name}: not {what} in {PATIENCE:.0f} s; on the screen:\n{self.screen[-2000:]!r}")
            self.drain(0.02)

    def is_editing(self):
        """Whether the shell reads keys one by one."""
        return not termios.tcgetattr(self.terminal)[3] & termios.ICANON

    def press(self, keys):
        """Sends keys, once the shell reads them."""
        self.wait(self.is_editing, "ready for keys")
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            data = data[os.write(self.terminal, data[:1024]):]
            self.drain(0)

    def words(self, keys):
        """The words that favs is run with once these keys and Enter were pressed."""
        path = self.home + "/words"
        if os.path.exists(path):
            os.remove(path)
        self.press(keys)
        self.press("\r")
        self.wait(lambda: os.path.exists(path), f"run after {keys!r}")
        with open(path, "rb") as file:
            return [word.decode("utf-8", "replace") for word in file.read().split(b"\0")[:-1]]

    def close(self):
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self.terminal)
