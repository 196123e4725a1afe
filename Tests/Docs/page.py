"""A home folder of its own with favs in it, and command lines that run there on a terminal."""

import fcntl
import os
import pty
import shutil
import struct
import subprocess
import tempfile
import termios

# The home folder that pages show.
SHOWN_HOME = "/home/you"


class Home:
    """A home folder that is thrown away, with `favs` in PATH."""

    def __init__(self, favs, color=False):
        self.path = os.path.realpath(tempfile.mkdtemp(prefix="favs-docs-"))
        os.mkdir(self.path + "/bin")
        os.symlink(os.path.abspath(favs), self.path + "/bin/favs")
        self.environment = {
            "HOME": self.path, "PATH": self.path + "/bin:/usr/bin:/bin", "TZ": "UTC",
            "LC_ALL": "C.UTF-8", "TERM": "xterm-256color", "BROWSER": "true",
        }
        if not color:
            self.environment["NO_COLOR"] = "1"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def prepare(self, line):
        """Runs a command line that no page shows; it has to end with 0."""
        subprocess.run(
            ["bash", "-c", line], cwd=self.path, env=self.environment, check=True,
            capture_output=True)

    def show(self, line, columns=80):
        """Runs a command line on a terminal: what it printed, and its exit code."""
        child, terminal = pty.fork()
        if child == 0:
            os.chdir(self.path)
            os.execve("/bin/bash", ["bash", "-c", line], self.environment)
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        printed = b""
        while True:
            try:
                data = os.read(terminal, 65536)
            except OSError:
                break
            if not data:
                break
            printed += data
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        text = printed.decode("utf-8", "replace").replace("\r\n", "\n")
        return text.replace(self.path, SHOWN_HOME), status
