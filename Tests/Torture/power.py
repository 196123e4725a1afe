"""Power cuts: what a command wrote is recorded, and brought back as a disk may have kept it (`recording.py`)."""

import os
import random
import shutil

from cases import APART, WRITING, Trial, check_all, difference, plain
from favs import Broken
from outcome import STRACE, Outcome, Reached, promised, tell
from recording import SECTOR, Answer, FolderSync, Names, Recording, Sync
from starts import OLDER

# So many times as many disks are drawn as are asked for, at most: there are not always so many that differ.
DRAWS = 12


class State:
    """One trial: a recording, the step after which the power goes, and what the disk kept by these dice."""

    def __init__(self, trial, recording, count, seed, keep=None):
        self.trial, self.recording, self.count, self.seed = trial, recording, count, seed
        self.files = recording.disk(count, random.Random(seed), keep)
        self.is_answered = recording.is_answered(count)

    def __str__(self):
        return (f"{self.trial.case.name}: favs {' '.join(self.trial.case.words)}, power cut after {self.count} of "
                f"{len(self.recording.steps)} writes, seed {self.seed}")

    def lay(self, folder):
        """Puts the files where a command can look at them."""
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder, mode=0o700)
        for path in sorted(self.files):
            place = os.path.join(folder, os.path.relpath(path, self.recording.folder))
            if self.files[path] is None:
                os.mkdir(place, mode=0o700)
                continue
            with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(self.files[path])


def draw(trial, recording, wanted, dice):
    """States that differ, in what the disk kept or in whether the command had told that it is done."""
    last = len(recording.steps)
    decisive = [place for place, step in enumerate(recording.steps) if isinstance(step, (Sync, FolderSync, Names, Answer))]
    found, known = [], set()

    def take(state):
        shape = (state.is_answered, frozenset(state.files.items()))
        if shape not in known:
            known.add(shape)
            found.append(state)

    # Always the worst that can be when it has told that it is done, and when it has ended: all is lost that was not synced.
    told = [place + 1 for place, step in enumerate(recording.steps) if isinstance(step, Answer)]
    for count in (*told[-1:], last):
        take(State(trial, recording, count, 0, keep=0.0))
    for seed in range(wanted * DRAWS):
        if len(found) >= wanted:
            break
        # Half of them anywhere, half around a sync or a name, where most is at stake; some at the very end.
        if seed % 10 == 0:
            count = last
        elif seed % 2 or not decisive:
            count = dice.randrange(last + 1)
        else:
            count = min(last, max(0, dice.choice(decisive) + dice.choice([-1, 0, 1, 2])))
        take(State(trial, recording, count, seed))
    return found


@promised(STRACE)
def cuts(program, workers, starts, folder, states):
    """Cuts the power at moments spread over all writing commands: so many that differ, or the promise is not shown."""
    # What curl writes beside favs is none of what is kept, and cannot be told from it here.
    cases = [case for case in WRITING + APART if not case.network]
    each = -(-states // len(cases))
    outcome = Outcome(
        "After a power cut each file is whole: the state before the command or after it, and after it when the "
        "command had told that it is done, or had ended; the next command writes",
        f"{len(cases)} writing commands recorded, their unsynced writes dropped, torn at {SECTOR} bytes and reordered, "
        f"unsynced names of files and folders dropped, the file opened again, by another reader first; {states:,} disks, those of a command all differ")
    check_all(program, folder)
    traced = workers.another("traced")
    dice = random.Random(1)
    found = Reached("old", "new", "answered")

    def attempt(favs, state):
        trial, recording = state.trial, state.recording
        state.lay(favs.folder)
        judged = trial.judge(favs)
        now = trial.case.state(favs)
        if now == trial.old or trial.new != trial.backed_up == plain(now, trial.old):
            name = "old"
        elif now == recording.new or trial.case.start in OLDER and plain(now, trial.old) == trial.new:
            # A file that is brought up to date gets new numbers and moments, by the look at it too.
            name = "new"
        else:
            raise Broken(f"a state between the old and the new: {difference(now, recording.new)}")
        with outcome.lock:
            found.note(trial.case, name, *["answered"] * state.is_answered)
        if state.is_answered and name == "old":
            raise Broken("acknowledged, and not there")
        trial.agrees(judged, name)
        trial.goes_on(favs, name)

    for place, case in enumerate(cases, start=1):
        trial = Trial(case, starts, traced)
        # What one command has too few of, those after it make up for.
        wanted = each * place - outcome.trials
        workers.all(outcome, draw(trial, Recording(traced, trial, os.path.join(folder, "record")), wanted, dice), attempt)
    if outcome.trials < states:
        outcome.failed(f"{outcome.trials:,} disks were tried, of {states:,}")
    found.demand(outcome, cases, 1, "old", "new", "answered")
    tell(f"  {outcome.trials} states")
    outcome.result = (
        f"{found['old']:,} times the state before, {found['new']:,} times the state after; of {found['answered']:,} "
        "acknowledged changes none was lost; none damaged")
    return outcome
