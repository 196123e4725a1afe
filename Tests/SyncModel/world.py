"""Devices of the model, a remote, and what people do on them at random."""

from __future__ import annotations

import random

import model
from model import DAY, Crash, Device, DirRemote, GitRemote, Refused, check, seg_path

START = 1_700_000_000_000
RESTORING = {"restore", "restorecat", "undo", "redo"}
LETTERS = ["a", "b", "A", "c", "inbox"]


class World:
    """Some devices, a remote, and a clock. All that is random comes from `rnd`."""

    def __init__(self, rnd, kind="git", hosts=3, skew=False, clones=False, crashes=False, without=(), founded=True,
                 match="any"):
        self.rnd, self.kind = rnd, kind
        self.time = START
        self.skews: dict = {}
        self.skewing, self.cloning, self.crashes, self.without, self.match = skew, clones, crashes, set(without), match
        self.remote = GitRemote() if kind == "git" else DirRemote(random.Random(rnd.getrandbits(32)))
        self.devices: list[Device] = []
        self.backups: dict = {}
        self.serial = self.adds = 0
        self.trashed: set = set()  # uids that somebody put into the trash, or emptied
        self.words: dict = {}  # uid -> texts that only it ever had
        self.log: list = []
        for n in range(hosts):
            self.device(f"h{n}")
        if kind == "dir":
            for d in self.devices:
                self.remote.copy(d.machine)
            if founded:  # two that found a set in one folder at once are told so; that is no matter of merging
                self.devices[0].sync(self.remote)
                self.remote.settle()

    def device(self, host, machine=None):
        d = Device(host, None, random.Random(self.rnd.getrandbits(64)), machine)
        self.skews[d] = self.rnd.randrange(-365 * DAY, 365 * DAY) if self.skewing and self.rnd.random() < 0.5 else 0
        d.clock = lambda: self.time + self.skews[d]
        self.devices.append(d)
        return d

    def word(self, uid=None):
        self.serial += 1
        text = f"w{self.serial}x"
        if uid:
            self.words.setdefault(uid, set()).add(text)
        return text

    def draft(self):
        r = self.rnd
        out = dict(title=self.word())
        texts = {out["title"]}
        if r.random() < 0.6:
            out["url"] = f"https://Host{r.randrange(6)}.org/p{r.randrange(4)}" + r.choice(["", "/"])
        if r.random() < 0.4:
            out["tags"] = {f"t{k}": f"T{k}" for k in r.sample(range(5), r.randrange(1, 3))}
        if r.random() < 0.4:
            out["meta"] = {f"k{r.randrange(3)}": self.word()}
            texts.update(out["meta"].values())
        if r.random() < 0.3:
            out["note"] = self.word()
            texts.add(out["note"])
        if r.random() < 0.2:
            out["opened"] = r.randrange(5)
        return out, texts

    def parts(self):
        return [self.rnd.choice(LETTERS) for _ in range(self.rnd.randrange(1, 4))]

    # -- what a person does

    WEIGHTS = dict(add=16, many=4, edit=10, clear=3, tag=5, meta=5, open=3, move=10, rm=6, restore=4, purge=2,
                   purgeall=1, category=3, rename=4, reparent=4, note=2, merge=3, rmcat=2, restorecat=3, undo=6,
                   redo=4)

    def local(self, d, op=None):
        r = self.rnd
        names = [n for n in self.WEIGHTS if n not in self.without]
        op = op or r.choices(names, [self.WEIGHTS[n] for n in names])[0]
        live, trash, cats, gone = d.live(), d.trash(), d.cats(), d.cats("trash")
        if op in ("add", "many") or not live:
            drafts = [self.draft() for _ in range(1 if op != "many" else r.randrange(2, 6))]
            ids = d.add_many([draft for draft, _ in drafts], self.parts(), r.choice([None, None, 1, 2, 3]))
            self.adds += len(ids)
            for id, (_, texts) in zip(ids, drafts):
                self.words.setdefault(d.db.fav[id]["uid"], set()).update(texts)
            return op
        f = r.choice(live)
        uid = d.db.fav[f]["uid"]
        some = r.sample(live, min(len(live), r.randrange(1, 4)))
        if op == "edit":
            d.edit(f, **{r.choice(["title", "note", "url"]): self.word(uid)})
        elif op == "clear":
            d.edit(f, **{r.choice(["note", "url"]): None})
        elif op == "tag":
            d.tag(f, f"T{r.randrange(5)}", r.random() < 0.6)
        elif op == "meta":
            d.meta(f, f"k{r.randrange(3)}", r.choice([None, self.word(uid), self.word(uid)]))
        elif op == "open":
            d.open(f)
        elif op == "move":
            d.move(some, r.choice(cats), r.choice([None, 1, 2, 3, 5]))
        elif op == "rm":
            self.trashed.update(d.db.fav[i]["uid"] for i in some)
            d.rm(some)
        elif op == "restore" and trash:
            d.restore(r.sample(trash, min(len(trash), 2)))
        elif op == "purge" and trash:
            d.purge(r.sample(trash, 1))
        elif op == "purgeall":
            d.purge()
        elif op == "category":
            d.category(self.parts())
        elif op == "rename":
            d.rename(r.choice(cats), leaf=r.choice(["a", "b", "c", "d", "B"]))
        elif op == "reparent":
            d.rename(r.choice(cats), parent=r.choice([None] + cats))
        elif op == "note":
            d.note(r.choice(cats), self.word())
        elif op == "merge":
            d.merge(r.choice(cats), r.choice(cats))
        elif op == "rmcat":
            cat = r.choice(cats)
            before = set(d.trash())
            d.rm_category(cat)
            self.trashed.update(d.db.fav[i]["uid"] for i in set(d.trash()) - before)
        elif op == "restorecat" and gone:
            d.restore_category(r.choice(gone))
        elif op == "undo":
            d.undo()
        elif op == "redo":
            d.redo()
        return op

    # -- what happens besides

    def quiet(self, d, **kw):
        """A sync that may find a folder of which not all has come."""
        try:
            return d.sync(self.remote, **({"match": self.how()} | kw))
        except Refused as e:
            if e.code == 6 and self.kind == "dir":
                return "refused"
            raise

    def how(self):
        return self.rnd.choice(["link", "link", "none"]) if self.match == "any" else self.match

    def sync(self, d):
        r = self.rnd
        at = r.randrange(1, 12) if self.crashes and r.random() < 0.15 else None
        count = [0]

        def step(name):
            count[0] += 1
            if count[0] == at:
                raise Crash(name)

        inner = None
        if r.random() < 0.1:  # somebody else is quicker
            other = r.choice(self.devices)
            if other.machine != d.machine:
                inner = lambda: self.quiet(other)
        try:
            result = self.quiet(d, step=step, before_push=inner)
        except Crash as e:
            result = f"killed at {e}"
        if not self.cloning:
            tree = self.remote.tree if self.kind == "git" else self.remote.copies[d.machine]
            named_is_there(tree, None if self.kind == "git" else d.db.me or "nobody")
        return result

    def step(self):
        r = self.rnd
        self.time += r.choice([1, 1, 5, 1000, 60_000, 3_600_000])
        d = r.choice(self.devices)
        x = r.random()
        if x < 0.80:
            self.log.append((d.machine, self.local(d)))
            check(d.db)
        elif x < 0.95:
            self.log.append((d.machine, "sync", self.sync(d)))
        elif x < 0.97 and self.kind == "dir":
            self.remote.deliver(r.random())
        elif x < 0.985 and self.skewing:
            self.skews[d] = r.choice([0, 0, r.randrange(-365 * DAY, 365 * DAY)])
        elif self.cloning:
            y = r.random()
            if y < 0.4:
                self.backups[d] = d.backup()
            elif y < 0.7 and d in self.backups:
                d.put_back(self.backups[d])
                self.log.append((d.machine, "backup restored"))
            elif len(self.devices) < 5:
                n = len(self.devices)
                other = self.device(r.choice([d.host, f"c{n}"]), f"m{n}")
                other.db = d.db.copy()
                self.log.append((other.machine, "copy of", d.machine, other.host))
                if self.kind == "dir":
                    self.remote.copy(other.machine)
                    self.remote.settle()

    def run(self, steps):
        for _ in range(steps):
            self.step()


def named_is_there(tree, only=None):
    """No manifest names a segment that is not there."""
    import json
    for path, data in tree.items():
        if path.endswith("/manifest") and (only is None or path == f"d/{only}/manifest"):
            device = path.split("/")[1]
            for seg in json.loads(data)["segments"]:
                found = tree.get(seg_path(device, seg))
                assert found is not None and model.digest(found) == seg["hash"], "a manifest names what is not there"
