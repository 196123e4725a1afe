"""A program on a pseudo-terminal, and the screen that it draws: keys go in, lines of text come out."""

import codecs
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import termios
import time
import unicodedata

# How long anything may take. It is waited for, never slept through.
PATIENCE = 30.0

SEQUENCE = re.compile(
    "\x1b\\[(?P<parameters>[0-?]*)[ -/]*(?P<final>[@-~])"
    "|\x1b\\](?P<string>[^\x07\x1b]*)(\x07|\x1b\\\\)"
    "|\x1b(?P<single>[0-9A-Za-z=>])")
UNFINISHED = re.compile("\x1b(\\[[0-?]*[ -/]*|\\][^\x07\x1b]*\x1b?)?$")


def width(letter):
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


class Screen:
    """What a terminal shows, as far as favs uses one."""

    def __init__(self, rows, columns):
        self.rows, self.columns = rows, columns
        self.cells = [[" "] * columns for _ in range(rows)]
        self.row = self.column = 0
        # True where the next letter goes to the next line.
        self.is_pending = False
        self.modes = {7: True, 25: True}
        self.clipboard = None
        self.aside = None
        self.rest = ""
        self.unknown = []
        self.scrolled = []

    def lines(self):
        return ["".join(cell for cell in line if cell is not None).rstrip() for line in self.cells]

    def resize(self, rows, columns):
        while len(self.cells) > rows:
            # The lines below the cursor go first, then those above.
            if self.row < len(self.cells) - 1:
                self.cells.pop()
            else:
                self.scrolled.append(self.cells.pop(0))
                self.row -= 1
        self.cells += [[" "] * columns for _ in range(rows - len(self.cells))]
        self.cells = [(line + [" "] * columns)[:columns] for line in self.cells]
        self.rows, self.columns = rows, columns
        self.column = min(self.column, columns - 1)
        self.is_pending = False

    def feed(self, text):
        """Takes in what was written; gives what the terminal answers."""
        text = self.rest + text
        unfinished = UNFINISHED.search(text)
        self.rest = unfinished.group() if unfinished else ""
        text = text[:len(text) - len(self.rest)]
        answer = ""
        place = 0
        while place < len(text):
            letter = text[place]
            if letter == "\x1b":
                found = SEQUENCE.match(text, place)
                if not found:
                    self.unknown.append(text[place:place + 8])
                    place += 1
                    continue
                answer += self.obey(found)
                place = found.end()
                continue
            place += 1
            if letter == "\r":
                self.column, self.is_pending = 0, False
            elif letter == "\n":
                self.down()
            elif letter == "\b":
                self.column = max(0, self.column - 1)
            elif letter == "\x07":
                pass
            elif letter < " " or "\x7f" <= letter < "\xa0":
                self.unknown.append(letter)
            else:
                self.put(letter)
        return answer

    def down(self):
        if self.row < self.rows - 1:
            self.row += 1
        else:
            self.scrolled.append(self.cells.pop(0))
            self.cells.append([" "] * self.columns)

    def put(self, letter):
        size = width(letter)
        if size == 0:
            if self.column > 0:
                before = self.column - (0 if self.is_pending else 1)
                while before > 0 and self.cells[self.row][before] is None:
                    before -= 1
                self.cells[self.row][before] += letter
            return
        if self.is_pending or self.column + size > self.columns:
            if self.modes[7]:
                self.column, self.is_pending = 0, False
                self.down()
            else:
                self.column = self.columns - size
        self.cells[self.row][self.column] = letter
        for place in range(self.column + 1, min(self.column + size, self.columns)):
            self.cells[self.row][place] = None
        self.column += size
        self.is_pending = self.column >= self.columns
        self.column = min(self.column, self.columns - 1)

    def obey(self, found):
        final, parameters = found["final"], found["parameters"] or ""
        if found["string"] is not None:
            if found["string"].startswith("52;c;"):
                self.clipboard = found["string"][5:]
            elif not found["string"].startswith("8;"):
                self.unknown.append(found.group())
            return ""
        if found["single"]:
            if found["single"] not in "=>":
                self.unknown.append(found.group())
            return ""
        if parameters.startswith("?"):
            for mode in parameters[1:].split(";"):
                self.mode(int(mode), final == "h")
            return ""
        numbers = [int(part) if part else 0 for part in parameters.split(";")] if parameters else [0]
        count = max(1, numbers[0])
        self.is_pending = self.is_pending and final in "mn"
        if final == "A":
            self.row = max(0, self.row - count)
        elif final == "B":
            self.row = min(self.rows - 1, self.row + count)
        elif final == "C":
            self.column = min(self.columns - 1, self.column + count)
        elif final == "D":
            self.column = max(0, self.column - count)
        elif final == "G":
            self.column = min(self.columns, count) - 1
        elif final == "H":
            self.row = min(self.rows, count) - 1
            self.column = min(self.columns, max(1, (numbers + [1])[1])) - 1
        elif final == "J":
            first = self.row if numbers[0] == 0 else 0
            if numbers[0] == 0:
                self.clear(self.row, self.column)
                first += 1
            for row in range(first, self.rows):
                self.clear(row, 0)
        elif final == "K":
            self.clear(self.row, 0 if numbers[0] == 2 else self.column)
        elif final == "n" and numbers[0] == 6:
            return f"\x1b[{self.row + 1};{self.column + 1}R"
        elif final != "m":
            self.unknown.append(found.group())
        return ""

    def clear(self, row, start):
        self.cells[row][start:] = [" "] * (self.columns - start)

    def mode(self, number, is_on):
        if number == 1049:
            if is_on:
                self.aside = self.cells, self.row, self.column
                self.cells = [[" "] * self.columns for _ in range(self.rows)]
            elif self.aside:
                self.cells, self.row, self.column = self.aside
                self.aside = None
        self.modes[number] = is_on


class Terminal:
    """A program on a terminal of its own, with standard output on it or in a pipe."""

    def __init__(self, words, environment, rows=24, columns=80, before="", pipes=False, answers=True, folder=None):
        # What it would have answered, where it does not answer by itself.
        self.unanswered = ""
        self.master, slave = os.openpty()
        self.answers = answers
        self.screen = Screen(rows, columns)
        self.set_size(rows, columns)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.written = b""
        self.first_paint = None
        self.modes_before = termios.tcgetattr(slave)
        if before:
            os.write(slave, before.encode())
            self.drain(0.2)
        self.lines_before = self.screen.lines()
        self.cursor_before = self.screen.row, self.screen.column
        self.scrolled_before = len(self.screen.scrolled)
        self.output = b""
        pipe = os.pipe() if pipes else None

        def begin():
            os.setsid()
            # Whoever runs the tests may have signals blocked or ignored, and a program inherits that.
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            for number in [signal.SIGTERM, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP, signal.SIGTTOU]:
                signal.signal(number, signal.SIG_DFL)
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        self.started = time.perf_counter()
        self.child = subprocess.Popen(
            words, env=environment, stdin=slave, stdout=pipe[1] if pipes else slave, stderr=slave, preexec_fn=begin, cwd=folder)
        # Held open, so that its modes can be looked at once the program has ended.
        self.slave = slave
        self.pipe = None
        if pipes:
            os.close(pipe[1])
            self.pipe = pipe[0]

    def set_size(self, rows, columns):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, rows, columns):
        self.screen.resize(rows, columns)
        self.set_size(rows, columns)
        self.child.send_signal(signal.SIGWINCH)

    def drain(self, seconds):
        """Reads what is drawn; waits so long for the first of it."""
        watched = [self.master] + ([self.pipe] if getattr(self, "pipe", None) is not None else [])
        while True:
            ready = select.select(watched, [], [], seconds)[0]
            if not ready:
                return
            for number in ready:
                try:
                    data = os.read(number, 65536)
                except OSError:
                    data = b""
                if not data:
                    watched.remove(number)
                    continue
                if number != self.master:
                    self.output += data
                    continue
                self.written += data
                answer = self.screen.feed(self.decoder.decode(data))
                if answer and self.answers:
                    os.write(self.master, answer.encode())
                elif answer:
                    self.unanswered += answer
            if not watched:
                return
            seconds = 0

    def wait(self, condition, what):
        """Waits until the screen is as it is wanted."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end:
                shown = "\n".join(self.screen.lines())
                raise AssertionError(f"not {what} in {PATIENCE:.0f} s; on the screen:\n{shown}\nwritten last: {self.written[-500:]!r}")
            self.drain(0.02)
            if self.child.poll() is not None and not condition():
                self.drain(0.05)
                if not condition():
                    shown = "\n".join(self.screen.lines())
                    raise AssertionError(f"ended with {self.child.returncode}, and not {what}; on the screen:\n{shown}")

    def shows(self, text):
        self.wait(lambda: any(text in line for line in self.screen.lines()), f"showing {text!r}")

    def hides(self, text):
        self.wait(lambda: not any(text in line for line in self.screen.lines()), f"without {text!r}")

    def press(self, keys):
        data = keys if isinstance(keys, bytes) else keys.encode()
        while data:
            data = data[os.write(self.master, data[:1024]):]
            self.drain(0)

    def end(self):
        """Waits until the program ends; gives its exit code, minus the signal where one ended it."""
        end = time.monotonic() + PATIENCE
        while self.child.poll() is None:
            if time.monotonic() > end:
                self.child.kill()
                shown = "\n".join(self.screen.lines())
                raise AssertionError(f"no end in {PATIENCE:.0f} s; on the screen:\n{shown}")
            self.drain(0.01)
        self.drain(0.05)
        return self.child.returncode

    def left_over(self):
        """What was typed, or answered by the terminal, and not read: a shell would take it as a command."""
        modes = termios.tcgetattr(self.slave)
        modes[3] &= ~(termios.ICANON | termios.ECHO)
        termios.tcsetattr(self.slave, termios.TCSANOW, modes)
        return os.read(self.slave, 1024) if select.select([self.slave], [], [], 0.5)[0] else b""

    @property
    def is_restored(self):
        """Whether screen, cursor and modes are as they were before."""
        now = self.screen
        modes = now.modes[7] and now.modes[25] and not now.modes.get(2004) and not now.modes.get(1049)
        # So many lines have left the screen at its upper end; the others are where they were.
        gone = len(now.scrolled) - self.scrolled_before
        return (modes and termios.tcgetattr(self.slave) == self.modes_before
                and now.lines() == self.lines_before[gone:] + [""] * gone
                and (now.row, now.column) == (self.cursor_before[0] - gone, self.cursor_before[1]))

    def close(self):
        if self.child.poll() is None:
            self.child.kill()
            self.child.wait()
        for number in (self.master, self.slave, self.pipe):
            if number is not None:
                os.close(number)
