"""An executable reference of `favs sync`, in plain Python 3.11: the rules of merging, without the program.

A `Device` is one favourites file on one machine, as the Swift store keeps it: rows, dense rank order, trash,
numbered changes with what was before (undo, redo). The tables that sync adds are `key`, `stamp`, `unsent`,
`opens`, `facts`, `purged`, `peer`, `conflict` and the few values of `Sync`. Local operations write none of
them: what is to be sent is derived from the history when a sync runs (`derive`).

A remote is a folder of immutable segments, one directory a device. `GitRemote` swaps the whole tree at once
(compare and swap); `DirRemote` is a folder on every machine, whose files travel on their own, late and in any order.

Read it from `Device.sync` down. Names in capitals are constants of the format.
"""

from __future__ import annotations

import hashlib
import json
import random

# A stamp: the millisecond and the device of the write; behind it, for a correction of that write, which one it is (1, 2 …)
# and where it leads. No two different values ever have the same stamp, so the greater stamp is all that decides.
BASE = (0, "", 0, "")  # the stamp of a value as it was when its thing was added
INBOX = "00000000000070008000696e626f7800"  # the category that takes in what has none any more; the least of uids
FORGOT = "forgotten"  # an image whose text was emptied
DAY = 86_400_000
LAST_MS = 1 << 47  # a stamp from there on (the year 6429) is damage: beyond 2^48 there is none that is greater
FAN = 8  # segments of one level that are merged into one of the next
CAP = 2048  # the most lines of a segment
CHURN = 0.2  # changes since all own segments were looked through, as a share of their lines, before they are again
KEEP = 0.8  # a full segment of which so much is still the newest stays as it is
MANY, SHARE, GROWTH = 20, 0.2, 0.5  # what is too much for one sync without --yes
RECENT = 64  # publications that a manifest names
FAV_FIELDS = ("title", "url", "note", "created", "modified", "opened_at")
CAT_FIELDS = ("leaf", "parent", "note", "created", "modified")
TOLD = ("title", "url", "note", "leaf", "parent")  # fields whose conflicts are told; and meta:…
PATH_LIMIT = 255


class Refused(Exception):
    """A sync that changed nothing: `code` is its exit code."""

    def __init__(self, code: int, why: str):
        super().__init__(why)
        self.code = code


class Crash(Exception):
    """The process was killed."""


# --- small things ------------------------------------------------------------------------------------------


def fold(text: str) -> str:
    return text.lower()


def link_key(url: str) -> str:
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return scheme.lower() + colon + host.lower() + "/" + path.rstrip("/")


def derived(word: bytes, uid: str) -> str:
    """A uid of version 8 that everybody makes alike: the time stays, so that it stands where it stood."""
    raw = bytearray(bytes.fromhex(uid)[:6] + hashlib.sha256(b"favs:" + word + b":" + bytes.fromhex(uid)).digest()[:10])
    raw[6] = raw[6] & 0x0F | 0x80
    raw[8] = raw[8] & 0x3F | 0x80
    return raw.hex()


def again(uid: str) -> str:
    """The uid under which a thing comes back that was purged elsewhere: the same on every device."""
    return derived(b"again", uid)


def apart(uid: str) -> str:
    """The uid of a thing that an undo made two again: the same, whoever undoes it."""
    return derived(b"apart", uid)


def weight(value) -> bytes:
    """What decides between two values of one stamp: null is least, so that what is there stays."""
    return b"" if value is None else b"\1" + json.dumps(value, sort_keys=True).encode()


# --- fractional keys ---------------------------------------------------------------------------------------


def default_key(uid: str) -> bytes:
    """The key of a favourite that nobody ever moved: by the time it was added. Never stored, never sent."""
    return b"\x80" + bytes.fromhex(uid) + b"\x80"


def between(low: bytes, high: bytes | None) -> bytes:
    """A prefix p with low < p… < high for whatever follows p. No key ends with 00, so there is always one."""
    prefix = bytearray()
    tied_low, tied_high = True, high is not None
    place = 0
    while True:
        a = low[place] if tied_low and place < len(low) else -1
        b = high[place] if tied_high else 256
        if b - a >= 2:
            prefix.append((a + b) // 2)
            return bytes(prefix)
        if b == a:
            prefix.append(a)
        elif a >= 0:
            prefix.append(a)
            tied_high = False
        else:
            prefix.append(b)
            tied_low = False
        place += 1


def run_keys(low: bytes | None, high: bytes | None, count: int, now: int, rnd: random.Random) -> list[bytes]:
    """Keys for a run between two neighbours. One random infix for all of it: no other run comes in between."""
    if high is None:  # at the end: like a uid of now, so that what is added later comes behind it
        time = now
        if low is not None:
            time = max(now, int.from_bytes(low[1:7].ljust(6, b"\0"), "big") + 1)
        if low is not None and (low[:1] > b"\x80" or time >= 1 << 48):
            prefix = between(low, None)
        else:
            prefix = b"\x80" + time.to_bytes(6, "big")
    elif low is None:
        prefix = bytes([high[0] - 1]) if high[0] > 1 else between(b"", high)
    else:
        prefix = between(low, high)
    infix = bytes(rnd.randrange(256) for _ in range(3)) + bytes([rnd.randrange(1, 256)])
    width = 0
    while 255**width < count:
        width += 1
    keys = []
    for index in range(count):
        digits = bytearray()
        for _ in range(width):
            index, digit = divmod(index, 255)
            digits.insert(0, digit + 1)
        keys.append(prefix + infix + bytes(digits))
    return keys


def corrected(stamp, value):
    """The stamp of a correction to this value."""
    ms, device, count, _ = stamp
    return (ms, device, count + 1, value[0] if isinstance(value, list) else value or "")


def longest_rising(values: list) -> list[int]:
    """The indexes of a longest strictly rising subsequence."""
    tails: list[int] = []
    back: list[int] = []
    for index, value in enumerate(values):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if values[tails[middle]] < value:
                low = middle + 1
            else:
                high = middle
        back.append(tails[low - 1] if low else -1)
        tails[low:low + 1] = [index]
    result = []
    index = tails[-1] if tails else -1
    while index >= 0:
        result.append(index)
        index = back[index]
    return result[::-1]


# --- segments and manifests --------------------------------------------------------------------------------
# An entry is ('r', kind, uid, field, stamp, value), ('alias', kind, from, to) or ('purge', kind, uid, stamp).


def stamp_text(stamp, owner: str) -> str:
    ms, device, count, target = stamp
    text = f"{ms:012x}" if device == owner and not count else f"{ms:012x}.{device}"
    return f"{text}.{count}.{target}" if count else text


def stamp_read(text: str, owner: str):
    parts = text.split(".")
    parts += [owner, "0", ""][len(parts) - 1:]
    return (int(parts[0], 16), parts[1], int(parts[2]), parts[3])


def encode(header: dict, entries: list, owner: str) -> bytes:
    lines: dict = {}
    facts = []
    for entry in entries:
        if entry[0] == "r":
            _, kind, uid, field, stamp, value = entry
            line = lines.setdefault((kind, uid, stamp), {})  # entries come in the order of their fields
            name, _, sub = field.partition(":")
            if not sub:
                if field == "place":
                    value = [value[0]] if value[1] == default_key(uid).hex() else list(value)
                line[field] = value
            elif name == "opened" and sub == uid and stamp == BASE:
                line["opened"] = value
            else:
                if name == "tag" and value == sub:
                    value = True
                line.setdefault({"tag": "tags", "meta": "metadata", "opened": "openings"}[name], {})[sub] = value
        elif entry[0] == "alias":
            facts.append({"alias": [entry[2], entry[3]], "kind": entry[1]})
        else:
            facts.append({"purged": entry[2], "kind": entry[1], "p": stamp_text(entry[3], "")})
    out = [json.dumps(header, separators=(",", ":"), sort_keys=True)]
    for (kind, uid, stamp), line in sorted(lines.items()):
        head = {kind: uid}
        if stamp != BASE:
            head["s"] = stamp_text(stamp, owner)
        out.append(json.dumps(head | line, separators=(",", ":")))
    out += sorted({json.dumps(fact, separators=(",", ":")) for fact in facts})
    return ("\n".join(out) + "\n").encode()


def seg_path(device, seg) -> str:
    return f"d/{device}/{seg['to']:08d}-{seg['hash']}.seg"


CACHE: dict[str, tuple] = {}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]


def decode(data: bytes) -> tuple[dict, list]:
    """Header and entries of a segment, which never changes: read once."""
    name = digest(data)
    found = CACHE.get(name)
    if found:
        return found
    header, *rest = [json.loads(line) for line in data.decode().splitlines()]
    owner = header["device"]
    entries: list = []
    for line in rest:
        if "alias" in line:
            entries.append(("alias", line["kind"], *line["alias"]))
            continue
        if "purged" in line:
            entries.append(("purge", line["kind"], line["purged"], stamp_read(line["p"], "")))
            continue
        kind = "f" if "f" in line else "c"
        uid = line.pop(kind)
        stamp = stamp_read(line.pop("s"), owner) if "s" in line else BASE
        for name_, value in line.items():
            if name_ == "tags":
                for key, text in value.items():
                    entries.append(("r", kind, uid, "tag:" + key, stamp, key if text is True else text))
            elif name_ == "metadata":
                for key, text in value.items():
                    entries.append(("r", kind, uid, "meta:" + key, stamp, text))
            elif name_ == "openings":
                for key, count in value.items():
                    entries.append(("r", kind, uid, "opened:" + key, stamp, count))
            elif name_ == "opened":
                entries.append(("r", kind, uid, "opened:" + uid, stamp, value))
            elif name_ == "place":
                key = value[1] if len(value) > 1 else default_key(uid).hex()
                entries.append(("r", kind, uid, "place", stamp, [value[0], key]))
            else:
                entries.append(("r", kind, uid, name_, stamp, value))
    if len(CACHE) > 50_000:
        CACHE.clear()
    CACHE[name] = (header, entries)
    return header, entries


# --- remotes -----------------------------------------------------------------------------------------------


class GitRemote:
    """A branch that is replaced at once, if it is still what was read: `push --force-with-lease`."""

    def __init__(self):
        self.tree: dict[str, bytes] = {}
        self.version = 0

    def read(self, machine):
        return self.version, dict(self.tree)

    def write(self, machine, version, puts, deletes, step) -> bool:
        step("push")
        if version != self.version:
            return False
        for path in deletes:
            self.tree.pop(path, None)
        self.tree.update(puts)
        self.version += 1
        step("pushed")
        return True

    def settle(self):
        pass

    def trees(self):
        return [self.tree]


class DirRemote:
    """A folder that some other program carries between machines: each has its own copy, files come one by one."""

    def __init__(self, rnd: random.Random):
        self.rnd = rnd
        self.copies: dict[str, dict[str, bytes]] = {}
        self.versions: dict[str, dict[str, int]] = {}
        self.pending: list = []
        self.log: list = []
        self.clock = 0

    def copy(self, machine):
        if machine not in self.copies:
            self.copies[machine] = {}
            self.versions[machine] = {}
            self.pending += [(machine, *item) for item in self.log]
        return self.copies[machine]

    def read(self, machine):
        return 0, dict(self.copy(machine))

    def write(self, machine, version, puts, deletes, step) -> bool:
        self.copy(machine)
        # Segments first, then what names them, then what nothing names any more.
        order = sorted(puts, key=lambda path: path.endswith("manifest"))
        for path, data in [(p, puts[p]) for p in order] + [(p, None) for p in deletes]:
            step("file")
            self.clock += 1
            self.log.append((path, self.clock, data))
            self.put(machine, path, self.clock, data)
            for other in self.copies:
                if other != machine:
                    self.pending.append((other, path, self.clock, data))
        step("pushed")
        return True

    def put(self, machine, path, version, data):
        if self.versions[machine].get(path, 0) >= version:
            return
        self.versions[machine][path] = version
        if data is None:
            self.copies[machine].pop(path, None)
        else:
            self.copies[machine][path] = data

    def deliver(self, share: float):
        """Some of what is on its way arrives, in any order, some of it twice."""
        left = []
        self.rnd.shuffle(self.pending)
        for item in self.pending:
            if self.rnd.random() < share:
                self.put(*item)
                if self.rnd.random() < 0.1:
                    left.append(item)
            else:
                left.append(item)
        self.pending = left

    def settle(self):
        for item in self.pending:
            self.put(*item)
        self.pending = []

    def trees(self):
        return list(self.copies.values())


# --- the file ----------------------------------------------------------------------------------------------


class Change:
    """One numbered change, with what each thing was before it."""

    def __init__(self, number, at, device):
        self.number, self.at, self.device = number, at, device
        self.items: dict = {}  # (kind, id) -> row before, None where it was not there
        self.orders: dict = {}  # category -> its order before
        self.moved: set = set()  # favourites that left or took a place (an image with "rank")
        self.undoes = self.redoes = self.undone_by = None
        self.final = self.sync = False

    def copy(self):
        other = Change.__new__(Change)
        other.__dict__.update(self.__dict__)
        return other


class DB:
    """One SQLite file. Rows are never changed in place, so a copy is cheap: a transaction is a copy."""

    def __init__(self):
        self.fav: dict[int, dict] = {}
        self.cat: dict[int, dict] = {}
        self.order: dict[int, tuple] = {}  # category -> favourites by rank; block and place in the file
        self.changes: list[Change] = []
        self.next = {"f": 1, "c": 1}
        self.host_device: dict[str, str] = {}  # the table `device`
        # What sync adds.
        self.key: dict[int, bytes] = {}  # favourites whose key is not the default
        self.stamp: dict[tuple, dict] = {}  # (kind, id) -> field -> stamp; nothing for BASE
        self.unsent: dict[tuple, frozenset] = {}  # (kind, id) -> fields to be sent, '' for all of it
        self.opens: dict[tuple, int] = {}  # (favourite, device or alias) -> openings
        self.facts: set = set()  # (kind, from, to): the first is the second
        self.purged: dict[str, tuple] = {}  # uid -> stamp of the state that was emptied
        self.kinds: dict[str, str] = {}  # uid -> kind, of what is purged
        self.unsent_facts: set = set()
        self.peer: dict[str, dict] = {}
        self.conflict: list = []
        self.set_id = self.me = self.me_host = None
        self.mine: frozenset = frozenset()
        self.was: dict = {}  # devices whose words this one has taken over, and up to which stamp
        self.retired: frozenset = frozenset()
        self.first = False  # whether what is unsent comes of the first sync, and may be matched by others
        self.seq = self.ms = 0  # how often it has published, and the stamp of the last time
        self.recent: tuple = ()
        self.last = self.pending = None
        self.mark = 0  # the last change that was looked through
        self.seen_max = self.prev = self.offset = 0
        self.unclean = False
        self.churn = 0

    def copy(self) -> "DB":
        other = DB.__new__(DB)
        for name, value in self.__dict__.items():
            other.__dict__[name] = value.copy() if isinstance(value, (dict, set, list)) else value
        return other

    def rows(self, kind) -> dict:
        return self.fav if kind == "f" else self.cat


def parts_of(db: DB, cat: int) -> list:
    parts, seen = [], set()
    while cat is not None and cat not in seen and cat in db.cat:
        seen.add(cat)
        parts.append(db.cat[cat]["leaf"])
        cat = db.cat[cat]["parent"]
    return parts[::-1]


def path_of(db: DB, cat: int) -> str:
    return "/".join(parts_of(db, cat))


def eff_key(db: DB, id: int) -> bytes:
    return db.key.get(id) or default_key(db.fav[id]["uid"])


def sort_key(db: DB, id: int):
    return (eff_key(db, id), db.fav[id]["uid"])


class Tx:
    """A change being made: every write goes through it and leaves what was before."""

    def __init__(self, db: DB, clock: int, device: str, rnd: random.Random):
        self.db, self.rnd = db, rnd
        last = db.changes[-1].at + 1 if db.changes else 0
        number = db.changes[-1].number + 1 if db.changes else 1
        self.change = Change(number, max(clock, last), device)
        self.at = self.change.at
        self.random = rnd.getrandbits(80)

    def uid(self) -> str:
        self.random = (self.random + 1) % (1 << 80)
        return f"{self.at:012x}{self.random:020x}"

    def write(self, kind, id, row):
        rows = self.db.rows(kind)
        self.change.items.setdefault((kind, id), rows.get(id))
        if row is None:
            rows.pop(id, None)
        else:
            rows[id] = row

    def set(self, kind, id, **values):
        self.write(kind, id, self.db.rows(kind)[id] | values)

    def order(self, cat, ids):
        self.change.orders.setdefault(cat, self.db.order.get(cat, ()))
        self.db.order[cat] = tuple(ids)

    def new(self, kind, row) -> int:
        id = self.db.next[kind]
        self.db.next[kind] += 1
        self.write(kind, id, row)
        return id

    def finish(self):
        if self.change.items or self.change.orders or self.change.undoes or self.change.redoes:
            self.db.changes.append(self.change)
            return self.change.number
        return None

    # -- what several operations share

    def leave(self, id):
        cat = self.db.fav[id]["cat"]
        if id in self.db.order.get(cat, ()):
            self.order(cat, [x for x in self.db.order[cat] if x != id])
        self.change.moved.add(id)

    def arrive(self, ids, cat, rank):
        order = list(self.db.order.get(cat, ()))
        place = len(order) if rank is None else max(0, min(rank - 1, len(order)))
        self.order(cat, order[:place] + list(ids) + order[place:])
        self.change.moved.update(ids)

    def child(self, parent, leaf):
        for id, row in self.db.cat.items():
            if row["parent"] == parent and row["state"] == "live" and fold(row["leaf"]) == fold(leaf):
                return id
        return None

    def make(self, parts):
        parent = None
        for leaf in parts:
            id = self.child(parent, leaf)
            if id is None:
                id = self.new("c", cat_row(self.uid(), parent, leaf, self.at))
            parent = id
        return parent

    def revive(self, cat):
        """The living category that a trashed one comes back as."""
        row = self.db.cat.get(cat)
        if row is None:
            return self.make(["inbox"])
        if row["state"] == "live":
            return cat
        parent = None
        if row["parent"] is not None:
            parent = self.revive(row["parent"]) if row["parent"] in self.db.cat else None
        other = self.child(parent, row["leaf"])
        if other is not None:
            return other
        self.set("c", cat, state="live", deleted=None, parent=parent)
        return cat


def cat_row(uid, parent, leaf, at):
    return dict(uid=uid, parent=parent, leaf=leaf, note=None, created=at, modified=at, state="live", deleted=None)


def fav_row(uid, cat, title, at, **values):
    row = dict(uid=uid, cat=cat, title=title, url=None, note=None, tags={}, meta={}, created=at, modified=at,
               opened_at=None, opened=0, state="live", deleted=None, rank=None)
    return row | values


def tree_of(db: DB, cat: int, states=("live",)) -> list:
    """A category and what stands in it, the outer ones first."""
    result, todo = [], [cat]
    while todo:
        id = todo.pop(0)
        result.append(id)
        todo += [x for x, row in db.cat.items() if row["parent"] == id and row["state"] in states]
    return result


# --- registers: a thing as a map from fields to (stamp, value) ---------------------------------------------


def stamp_of(db: DB, kind, id, field):
    return db.stamp.get((kind, id), {}).get(field, BASE)


def base_openings(db: DB, id) -> int:
    return db.fav[id]["opened"] - sum(n for (fav, _), n in db.opens.items() if fav == id)


def value_of(db: DB, kind, id, field):
    row = db.rows(kind)[id]
    if field == "state":
        return "live" if row["state"] == "live" else ["trash", row["deleted"]]
    if field == "place":
        return [db.cat[row["cat"]]["uid"], eff_key(db, id).hex()]
    if field == "parent":
        return None if row["parent"] is None else db.cat[row["parent"]]["uid"]
    name, _, sub = field.partition(":")
    if name == "tag":
        return row["tags"].get(sub)
    if name == "meta":
        return row["meta"].get(sub)
    if name == "opened":
        return base_openings(db, id) if sub == row["uid"] else db.opens.get((id, sub), 0)
    return row[field]


def registers(db: DB, kind, id) -> dict:
    """All registers of a thing that say anything."""
    row = db.rows(kind)[id]
    fields = set(db.stamp.get((kind, id), ()))
    fields.update(f for f in (FAV_FIELDS if kind == "f" else CAT_FIELDS) if row.get(f) is not None)
    if row["state"] != "live":
        fields.add("state")
    if kind == "f":
        fields.add("place")
        fields.update("tag:" + key for key in row["tags"])
        fields.update("meta:" + key for key in row["meta"])
        fields.update("opened:" + sub for fav, sub in db.opens if fav == id)
        if base_openings(db, id):
            fields.add("opened:" + row["uid"])
    return {f: (stamp_of(db, kind, id, f), value_of(db, kind, id, f)) for f in sorted(fields)}


class Sync:
    """One run inside one transaction: looks through the history, merges, corrects, and says what is to be sent."""

    def __init__(self, db: DB, now: int, host: str, rnd: random.Random):
        self.db, self.now, self.rnd = db, now, rnd
        self.tx = Tx(db, now, host, rnd)
        self.tx.change.sync = True
        self.purge_change = None
        self.touched: set = set()  # categories whose order has to be looked at
        self.tally = dict(added=0, changed=0, trashed=0, purged=0, waiting=0)
        self.report: list = []
        self.things: set = set()  # what others changed
        self.binned = 0  # what an undo took away, and others know
        self.index()
        self.find_reps()

    # -- who is who

    def index(self):
        self.ids = {kind: {row["uid"]: id for id, row in self.db.rows(kind).items()} for kind in "fc"}

    def find_reps(self):
        """The uid that each alias stands for: of those that are no alias themselves the smallest."""
        parent: dict = {}

        def root(uid):
            while parent.get(uid, uid) != uid:
                uid = parent[uid]
            return uid

        for _, a, b in sorted(self.db.facts):
            parent.setdefault(a, a)
            parent.setdefault(b, b)
            parent[root(a)] = root(b)
        groups: dict = {}
        for uid in parent:
            groups.setdefault(root(uid), []).append(uid)
        sources = {a for _, a, _ in self.db.facts}
        self.reps = {}
        for group in groups.values():
            rep = min([uid for uid in group if uid not in sources] or group)
            for uid in group:
                self.reps[uid] = rep
        self.dead: dict = {}
        for uid, stamp in self.db.purged.items():
            rep = self.rep(uid)
            self.dead[rep] = max(self.dead.get(rep, BASE), stamp)

    def rep(self, uid):
        return self.reps.get(uid, uid)

    def tick(self):
        """A stamp of this moment, greater than all that were seen."""
        db = self.db
        offset = db.offset if self.now < db.seen_max else 0
        db.prev = max(db.prev + 1, db.seen_max + 1, self.now + offset)
        return (db.prev, db.me, 0, "")

    # -- writing registers

    def flag(self, kind, id, field):
        old = self.db.unsent.get((kind, id), frozenset())
        self.db.unsent[kind, id] = old | {field}
        self.db.churn += field != ""

    def unflag(self, kind, id, field):
        old = self.db.unsent.get((kind, id))
        if old and field in old:
            left = old - {field}
            if left:
                self.db.unsent[kind, id] = left
            else:
                del self.db.unsent[kind, id]

    def mark_stamp(self, kind, id, field, stamp):
        stamps = dict(self.db.stamp.get((kind, id), {}))
        if stamp == BASE:
            stamps.pop(field, None)
        else:
            stamps[field] = stamp
        if stamps:
            self.db.stamp[kind, id] = stamps
        else:
            self.db.stamp.pop((kind, id), None)

    def write(self, kind, id, field, stamp, value, send=False):
        """Makes a register what it is to be."""
        db, tx = self.db, self.tx
        row = db.rows(kind)[id]
        name, _, sub = field.partition(":")
        if field == "state":
            state = "live" if value == "live" else "trash"
            if kind == "f" and state != row["state"]:
                self.touched.add(row["cat"])
                tx.change.moved.add(id)
            rank = row.get("rank")
            if kind == "f" and row["state"] == "live" and state == "trash":
                order = db.order.get(row["cat"], ())
                rank = order.index(id) + 1 if id in order else None
            new = dict(state=state, deleted=None if value == "live" else value[1])
            tx.set(kind, id, **(new | {"rank": rank} if kind == "f" else new))
        elif field == "place":
            cat, key = self.home(value[0]), bytes.fromhex(value[1])
            self.touched.update((row["cat"], cat))
            tx.change.moved.add(id)
            if cat != row["cat"]:
                tx.set(kind, id, cat=cat)
            else:
                tx.write(kind, id, row)
            if key == default_key(row["uid"]):
                db.key.pop(id, None)
            else:
                db.key[id] = key
        elif field == "parent":
            tx.set(kind, id, parent=None if value is None else self.ids["c"][self.rep(value)])
        elif name in ("tag", "meta"):
            column = "tags" if name == "tag" else "meta"
            values = {k: v for k, v in row[column].items() if k != sub}
            if value is not None:
                values[sub] = value
            tx.set(kind, id, **{column: values})
        elif name == "opened":
            old = value_of(db, kind, id, field)
            if sub != row["uid"]:
                db.opens[id, sub] = value
            tx.set(kind, id, opened=row["opened"] + value - old)
        else:
            tx.set(kind, id, **{field: value})
        self.mark_stamp(kind, id, field, stamp)
        if send:
            self.flag(kind, id, field)

    def home(self, uid) -> int:
        return self.ids["c"][self.rep(uid)]

    def correct(self, kind, id, field, value):
        """A correction stands right behind the write that it corrects, and before all that came later: every
        device that makes it makes the same, and none of them overrules a person."""
        self.write(kind, id, field, corrected(stamp_of(self.db, kind, id, field), value), value, send=True)

    def rank(self, field, stamp, value):
        """What a register is compared by: its stamp. The value decides only between values of one stamp, which are
        those with which copies of one file, or two things that turned out to be one, were added."""
        if field == "place" and value is not None:
            return (stamp, value[1].encode(), self.rep(value[0]))
        return (stamp, weight(self.rep(value) if field == "parent" else value), "")

    def differ(self, field, one, other):
        return self.rank(field, BASE, one) != self.rank(field, BASE, other)

    def set_uid(self, kind, id, uid):
        """Another name for a row; where it stands and what was counted stays."""
        db = self.db
        row = db.rows(kind)[id]
        self.ids[kind][uid] = id
        if row["uid"] == uid:
            return
        if kind == "f":
            key = eff_key(db, id)
            base = base_openings(db, id)
            if base:
                db.opens[id, row["uid"]] = base
            db.opens.pop((id, uid), None)
            if key == default_key(uid):
                db.key.pop(id, None)
            else:
                db.key[id] = key
            self.touched.add(row["cat"])
        if self.ids[kind].get(row["uid"]) == id:
            del self.ids[kind][row["uid"]]
        self.tx.set(kind, id, uid=uid)

    def inbox(self) -> int:
        rep = self.reborn(self.rep(INBOX))
        id = self.ids["c"].get(rep)
        if id is None:
            id = self.tx.new("c", cat_row(rep, None, "inbox", 0))
            self.ids["c"][rep] = id
            self.flag("c", id, "")
        return id

    # -- 1. what this device did since the last sync

    def tidy(self):
        """Rows whose names mean others now: what an undo made two again, and imports of what was purged."""
        for kind in "cf":
            for id, row in sorted(self.db.rows(kind).items()):
                uid = row["uid"]
                rep = self.rep(uid)
                if rep in self.dead:
                    self.renew(kind, id, self.tx.uid())
                elif rep != uid and rep not in self.ids[kind]:
                    self.set_uid(kind, id, rep)
                elif rep != uid:
                    new = self.rep(apart(uid))
                    while new in self.dead:
                        new = self.rep(apart(new))
                    other = self.ids[kind].get(new)
                    if other is not None:  # another undid it before
                        self.drop(kind, id, other)
                        order, home = self.db.order, other if kind == "c" else row["cat"]
                        guests = order.get(id, ()) if kind == "c" else ()
                        self.tx.order(home, [x for x in order.get(home, ()) if kind == "c" or x != id] + list(guests))
                        if kind == "c":
                            self.tx.order(id, ())
                        self.guests.update(guests)
                    else:
                        self.renew(kind, id, new)

    def renew(self, kind, id, uid):
        """Makes a row a new thing, which nobody knows."""
        db = self.db
        if kind == "f":
            db.opens = {n: c for n, c in db.opens.items() if n[0] != id}
        db.stamp.pop((kind, id), None)
        self.set_uid(kind, id, uid)
        if kind == "f":
            db.opens = {n: c for n, c in db.opens.items() if n[0] != id}
        stamp = self.tick()
        for field in registers(db, kind, id):
            self.mark_stamp(kind, id, field, stamp)
        db.unsent[kind, id] = frozenset([""])
        self.renewed.add((kind, id))
        if kind == "c":
            # What is in it says so by its name.
            for child, row in db.cat.items():
                if row["parent"] == id:
                    self.own("c", child, "parent")
            for fav, row in db.fav.items():
                if row["cat"] == id:
                    self.own("f", fav, "place")

    def own(self, kind, id, field):
        """A write of its own, of now."""
        if "" in self.db.unsent.get((kind, id), ()):
            return
        self.mark_stamp(kind, id, field, self.tick())
        self.flag(kind, id, field)

    def derive(self):
        """Finds what to send in the history: for each field that is other than at the last sync, the last change
        that touched it gives the stamp. Untouched things cost nothing."""
        db = self.db
        self.renewed: set = set()
        self.guests: set = set()
        news = [c for c in db.changes if c.number > db.mark and not c.sync]
        first = db.mark == 0
        stamps: dict = {}
        lives: dict = {}
        last_move: dict = {}
        offset = db.offset if self.now < db.seen_max else 0
        for c in news:
            db.prev = max(db.prev + 1, db.seen_max + 1 if not first else 0, min(c.at, self.now) + offset)
            stamps[c.number] = (db.prev, c.device if first else db.me, 0, "")
            for thing, before in c.items.items():
                lives.setdefault(thing, []).append((c, before))
            for id in c.moved:
                last_move[id] = c
        lives = {thing: life for thing, life in lives.items() if not any(before == FORGOT for _, before in life)}
        for (kind, id), life in lives.items():
            if id not in db.rows(kind) and life[0][1] is not None:
                self.bin(kind, id, life)
        self.tidy()
        for kind in "cf":
            for (k, id), life in lives.items():
                if k == kind:
                    self.derive_thing(kind, id, life, stamps)
            if kind == "c":
                for id, row in list(db.cat.items()):
                    if row["parent"] is not None and row["parent"] not in db.cat:
                        self.tx.set("c", id, parent=None)
                        self.own("c", id, "parent")
        movers: dict = {}
        elsewhere: set = set()
        for id, row in list(db.fav.items()):
            if row["cat"] not in db.cat:  # in the trash, of a category that nobody ever heard of
                self.tx.set("f", id, cat=self.inbox())
                elsewhere.add(id)
        for (kind, id), life in lives.items():
            if kind != "f" or id not in db.fav:
                continue
            row = db.fav[id]
            first = next((before for _, before in life if before is not None), row)
            if first["cat"] != row["cat"]:
                elsewhere.add(id)
            if row["state"] == "live" and (life[0][1] is None or id in last_move):
                movers.setdefault(row["cat"], set()).add(id)
        for id in self.guests | {id for kind, id in self.renewed if kind == "f"}:
            if id in db.fav and db.fav[id]["state"] == "live":
                movers.setdefault(db.fav[id]["cat"], set()).add(id)
        added = {id for (kind, id), life in lives.items() if kind == "f" and life[0][1] is None
                 and not any(before is not None and id in c.moved for c, before in life)}
        for cat, ids in movers.items():
            elsewhere.update(self.rekey(cat, ids, added))
        for id in sorted(elsewhere - {id for kind, id in self.renewed if kind == "f"}):
            # The key that it was added with has no stamp; one that it was given later has.
            life = lives.get(("f", id), [])
            later = [c for c, before in life if before is not None and id in c.moved]
            if later or not self.is_new("f", id):
                self.mark_stamp("f", id, "place", stamps[later[-1].number] if later else self.tick())
                if not self.is_new("f", id):
                    self.flag("f", id, "place")
        if db.changes:
            db.mark = db.changes[-1].number
        for cat, ids in db.order.items():
            assert list(ids) == sorted(ids, key=lambda x: sort_key(db, x)), "keys follow ranks"

    def bin(self, kind, id, life):
        """An undo took away what others know: it goes to the trash, here and there."""
        last = [before for _, before in life if before is not None][-1]
        uid = self.rep(last["uid"])
        if uid in self.ids[kind] or uid in self.dead:
            other = self.ids[kind].get(uid)
            for fav, row in list(self.db.fav.items()) if kind == "c" and other else ():
                if row["cat"] == id:
                    self.tx.set("f", fav, cat=other)
            return
        self.binned += kind == "f"
        self.tx.write(kind, id, last | dict(uid=uid, state="trash", deleted=life[-1][0].at))
        self.ids[kind][uid] = id

    def derive_thing(self, kind, id, life, stamps):
        db = self.db
        rows = db.rows(kind)
        row, start = rows.get(id), life[0][1]
        is_new = start is None
        if (kind, id) in self.renewed:
            return  # as it is now is how it begins
        if row is None:
            return
        if is_new:
            self.flag(kind, id, "")
        chain = [(c, before) for c, before in life if before is not None]
        states = [before for _, before in chain] + [row]
        if is_new and not chain:
            return
        base = states[0]

        def fields(r):
            names = set(FAV_FIELDS if kind == "f" else CAT_FIELDS) | {"state"}
            if kind == "f":
                names |= {"tag:" + k for k in r["tags"]} | {"meta:" + k for k in r["meta"]} | {"opened"}
            return names

        def value(r, field):
            name, _, sub = field.partition(":")
            if name == "tag":
                return r["tags"].get(sub)
            if name == "meta":
                return r["meta"].get(sub)
            if field == "state":
                return (r["state"], r["deleted"])
            return r[field]

        for field in sorted(fields(base) | fields(row)):
            if value(base, field) == value(row, field):
                continue
            last = [c for (c, before), after in zip(chain, states[1:]) if value(before, field) != value(after, field)][-1]
            stamp = stamps[last.number]
            if field == "opened":
                name = (id, stamp[1])
                db.opens[name] = db.opens.get(name, 0) + row["opened"] - base["opened"]
                field = "opened:" + stamp[1]
            self.mark_stamp(kind, id, field, stamp)
            self.flag(kind, id, field)

    def rekey(self, cat, movers, added) -> list:
        """Gives keys to those that were moved or added and whose key does not fit where they stand. Those that nobody
        moved keep theirs; of those that were only added as many as can be."""
        db = self.db
        order = list(db.order.get(cat, ()))
        fixed = [i for i, id in enumerate(order) if id not in movers]
        kept = set(fixed)
        for start, end in zip([-1] + fixed, fixed + [len(order)]):
            low = sort_key(db, order[start]) if start >= 0 else (b"", "")
            high = sort_key(db, order[end]) if end < len(order) else None
            window = [i for i in range(start + 1, end)
                      if low < sort_key(db, order[i]) and (high is None or sort_key(db, order[i]) < high)]
            kept.update(window[i] for i in longest_rising([sort_key(db, order[i]) for i in window]))
            # What was moved together stays together: all of it keeps its keys, or none.
            run: list = []
            for i in range(start + 1, end + 1):
                if i < end and order[i] not in added:
                    run.append(i)
                else:
                    if not kept.issuperset(run):
                        kept.difference_update(run)
                    run = []
        changed = []
        index, low = 0, None
        while index < len(order):
            if index in kept:
                low = eff_key(db, order[index])
                index += 1
                continue
            end = index
            while end < len(order) and (end not in kept or (low is not None and eff_key(db, order[end]) <= low)):
                kept.discard(end)
                end += 1
            high = eff_key(db, order[end]) if end < len(order) else None
            for id, key in zip(order[index:end], run_keys(low, high, end - index, self.now, self.rnd)):
                db.key[id] = key
                changed.append(id)
            index = end
            low = eff_key(db, order[end - 1])
        return changed

    # -- 2. what others did

    def collect(self, view, manifests):
        """What can be merged: of each device all that it has to say, or nothing of it. Some of it may rest on what
        another device said, which has to be there too: a set is closed or it waits. Within it there is no order, so
        nothing waits for itself."""
        db = self.db
        queues: dict = {}
        for device, manifest in manifests.items():
            if device == db.me:
                continue
            peer = db.peer.get(device)
            # Where what was read last is no part of what is there now, all of it is read again.
            done = peer["seq"] if peer and [peer["seq"], peer["id"]] in manifest["recent"] else 0
            queue = []
            for seg in manifest["segments"]:
                if seg["to"] <= done:
                    continue
                data = view.get(seg_path(device, seg))
                if data is None or digest(data) != seg["hash"]:
                    queue = None  # not there yet, or damaged
                    break
                header, entries = decode(data)
                if header["ms"] >= LAST_MS:
                    self.report.append(f"{manifest['name']}: its clock is past all use, set aside")
                    queue = None
                    break
                queue.append((header, entries))
            if queue is None:
                self.tally["waiting"] += 1
                continue
            if queue and manifest["ms"] > self.now + DAY:
                self.report.append(f"the clock of {manifest['name']} is ahead, or the one here is behind")
            queues[device] = queue

        def reached(device, ms):
            known = db.peer[device]["ms"] if device in db.peer else 0
            return device in db.mine or known >= ms or (
                device in queues and manifests[device]["ms"] >= ms) or any(
                heir in queues and manifest["was"].get(device, 0) >= ms for heir, manifest in manifests.items())

        cut = True
        while cut:
            cut = [device for device, queue in queues.items()
                   if not all(reached(*need) for header, _ in queue for need in header["seen"].items())]
            for device in cut:
                self.tally["waiting"] += 1
                del queues[device]
        batch: dict = {}
        facts, purges, firsts, told = set(), {}, {}, {}
        self.before = dict(db.peer)
        for device, queue in queues.items():
            for header, entries in queue:
                db.seen_max = max(db.seen_max, header["ms"])
                for entry in entries:
                    if entry[0] == "alias":
                        facts.add(entry[1:])
                        told.setdefault(device, set()).add(entry[3])
                    elif entry[0] == "purge":
                        purges[entry[2]] = (entry[1], max(entry[3], purges.get(entry[2], ("", BASE))[1]))
                    else:
                        _, kind, uid, field, stamp, value = entry
                        db.seen_max = max(db.seen_max, stamp[0])
                        if header.get("first") and field == "title":
                            firsts[uid] = device
                        batch.setdefault((kind, uid), []).append((field, stamp, value, header))
            manifest = manifests[device]
            db.peer[device] = dict(seq=manifest["seq"], ms=manifest["ms"], id=manifest["recent"][-1][1],
                                   recent=manifest["recent"])
        return batch, facts, purges, (firsts, told)

    def merge(self, batch, facts, purges, firsts, joining, match):
        db = self.db
        new_facts = facts - db.facts
        db.facts |= facts
        db.unsent_facts -= {("alias", *fact) for fact in facts}
        db.unsent_facts -= {("purge", uid) for uid, (_, stamp) in purges.items() if db.purged.get(uid) == stamp}
        new_purges = False
        for uid, (kind, stamp) in purges.items():
            db.kinds[uid] = kind
            if uid not in db.purged:
                new_purges = db.unclean = True
            db.purged[uid] = max(stamp, db.purged.get(uid, BASE))
        if new_facts or new_purges:
            self.find_reps()
        if new_facts:
            db.unclean = db.unclean or bool(self.dead)
            groups: dict = {}
            for kind in "cf":
                for id, row in sorted(db.rows(kind).items()):
                    if row["uid"] in self.reps:
                        groups.setdefault((kind, self.rep(row["uid"])), []).append(id)
            self.unify_all([(kind, rep, ids) for (kind, rep), ids in groups.items()])
        # By the name that each thing has now; of each register the greatest.
        things: dict = {}
        for (kind, uid), entries in batch.items():
            regs = things.setdefault((kind, self.rep(uid)), {})
            for field, stamp, value, header in entries:
                old = regs.get(field)
                if old is None or self.rank(field, stamp, value) > self.rank(field, old[0], old[1]):
                    regs[field] = (stamp, value, header)
        # Of what was emptied only the rows that are here count: what was said of it decides whether it stays so.
        things = {t: regs for t, regs in things.items() if t[1] in self.ids[t[0]] or t[1] not in self.dead}
        self.put_off(things)
        before = {kind: set(self.ids[kind].values()) for kind in "fc"}
        new: list = []
        for (kind, uid), regs in sorted(things.items()):  # categories first, without their parents
            if uid not in self.ids[kind]:
                if kind == "c":
                    row = cat_row(uid, None, regs["leaf"][1], 0)
                else:
                    row = fav_row(uid, None, regs["title"][1], 0)
                new.append((kind, self.tx.new(kind, row), uid))
                self.ids[kind][uid] = new[-1][1]
        for (kind, uid), regs in sorted(things.items()):
            id = self.ids[kind][uid]
            is_new = id not in before[kind]
            if not is_new and self.is_new(kind, id) and uid not in self.dead:
                self.adopt(kind, id, regs)
                continue
            for field, register in sorted(regs.items()):
                self.take(kind, id, field, register, force=is_new)
        self.bury()
        while joining and match != "none" and self.same_paths():
            pass  # what is compared by its category has to know that first
        if match != "none":
            self.match(before["f"], [id for kind, id, _ in new if kind == "f"], joining, *firsts)
        self.settle()
        self.arrange()
        for kind, id, _ in new:
            if kind == "f" and id in db.fav:
                self.tally["added"] += 1

    def put_off(self, things):
        """What rests on something that is not there yet (somebody's files were lost, and are sent again): it is left
        out, and the devices that told of it are read again next time. Merging twice does no harm."""
        late: set = set()
        while True:
            found = []
            for (kind, uid), regs in things.items():
                is_new = uid not in self.ids[kind]
                need = () if not is_new else ("leaf",) if kind == "c" else ("title", "place", "created")
                lacks = [name for name in need if name not in regs]
                for field in ("place", "parent"):
                    home = regs[field][1] if field in regs else None
                    home = self.rep(home[0]) if field == "place" and home else home and self.rep(home)
                    if home and home not in self.ids["c"] and home not in self.dead and ("c", home) not in things:
                        lacks.append(field)
                if lacks:
                    found.append(((kind, uid), lacks, is_new))
            if not found:
                break
            for thing, lacks, is_new in found:
                late.update(register[2]["device"] for register in things[thing].values())
                if is_new:
                    del things[thing]
                else:
                    for field in lacks:
                        del things[thing][field]
        for device in late:
            self.tally["waiting"] += 1
            self.db.peer.pop(device, None)
            if device in self.before:
                self.db.peer[device] = self.before[device]

    def stands(self, field, stamp, value):
        """A register as it can stand here: what was in something that is gone for good stands elsewhere, by a
        correction, which is to be sent."""
        uid = value[0] if field == "place" else value if field == "parent" else None
        if uid is None or self.rep(uid) in self.ids["c"]:
            return stamp, value, False
        rep = self.rep(uid)
        assert rep in self.dead, f"{field} {rep} is unknown"
        assert stamp[2] < 100, "corrections without end"
        rep = self.reborn(rep)
        if rep not in self.ids["c"]:
            rep = self.db.cat[self.inbox()]["uid"] if field == "place" else None
        value = [rep, value[1]] if field == "place" else rep
        return corrected(stamp, value), value, True

    def take(self, kind, id, field, register, force=False):
        """One register from outside: the greater one stands."""
        db = self.db
        stamp, value, header = register
        stamp, value, send = self.stands(field, stamp, value)
        if force:
            self.write(kind, id, field, stamp, value, send)
            return
        mine, own = stamp_of(db, kind, id, field), value_of(db, kind, id, field)
        theirs_rank, own_rank = self.rank(field, stamp, value), self.rank(field, mine, own)
        if theirs_rank == own_rank:
            self.unflag(kind, id, field)  # what it is everybody knows already
        if theirs_rank <= own_rank:
            self.note_conflict(kind, id, field, mine, own, stamp, value, header)
            return
        self.note_conflict(kind, id, field, mine, own, stamp, value, header)
        self.tally["trashed" if field == "state" and value != "live" else "changed"] += 1
        self.things.add((kind, id))
        self.unflag(kind, id, field)
        db.churn += 1
        self.write(kind, id, field, stamp, value, send)

    def note_conflict(self, kind, id, field, mine, own, stamp, value, header):
        """A write of mine and one of somebody who had not seen it: told on this device."""
        if field not in TOLD and not field.startswith("meta:"):
            return
        if mine[1] not in self.db.mine or mine[2] or stamp[2] or not self.differ(field, own, value):
            return
        if header["seen"].get(mine[1], 0) >= mine[0] or header["device"] == mine[1]:
            return
        self.db.conflict.append((kind, self.db.rows(kind)[id]["uid"], field, own, value))

    # -- 3. one and the same

    def keeper(self, kind, ids, rep) -> list:
        """The rows of one thing, first the one that stays: what bears its name already and was here before (so that
        an undo does not bring a second one of that name), else the one with the smallest id."""
        made = self.tx.change.items
        return sorted(ids, key=lambda id: (
            self.db.rows(kind)[id]["uid"] != rep or made.get((kind, id), "") is None, id))

    def unify_all(self, groups):
        """Rows that are one thing become one row. Names first, since rows are told of by their names."""
        groups = [(kind, rep, self.keeper(kind, ids, rep)) for kind, rep, ids in groups]
        for kind, rep, ids in groups:
            self.set_uid(kind, ids[0], rep)
        for kind, rep, ids in groups:
            for other in ids[1:]:
                self.unify(kind, ids[0], other, rep)

    def unify(self, kind, keep, gone, rep):
        db = self.db
        new = [id for id in (keep, gone) if self.is_new(kind, id)]
        if len(new) == 1:
            # One that nobody knows joins one that others know.
            known = keep if new[0] == gone else gone
            guest, name = registers(db, kind, new[0]), db.rows(kind)[new[0]]["uid"]
            host, flags = registers(db, kind, known), db.unsent.get((kind, known), frozenset())
            self.drop(kind, gone, keep)
            self.set_uid(kind, keep, rep)
            self.overlay(kind, keep, host, flags)
            self.adopt_into(kind, keep, guest, name)
            return
        own, other = registers(db, kind, keep), registers(db, kind, gone)
        flags = db.unsent.get((kind, keep), frozenset()) | db.unsent.get((kind, gone), frozenset())
        self.drop(kind, gone, keep)
        self.set_uid(kind, keep, rep)
        for field, (stamp, value) in sorted(other.items()):
            old = own.get(field, (BASE, None))
            wins = self.rank(field, stamp, value) > self.rank(field, *old)
            if self.differ(field, old[1], value) and old[1] is not None and value is not None:
                self.tell(kind, rep, field, *((old[1], value) if wins else (value, old[1])))
            if wins:
                self.write(kind, keep, field, stamp, value)
        if flags:
            db.unsent[kind, keep] = flags

    def tell(self, kind, uid, field, lost, kept):
        """A conflict for `favs sync conflicts`."""
        if field in TOLD or field.startswith("meta:"):
            self.db.conflict.append((kind, uid, field, lost, kept))

    def drop(self, kind, gone, keep):
        """Takes away a row that is another's now."""
        db, tx = self.db, self.tx
        row = db.rows(kind)[gone]
        if kind == "c":
            for id, child in list(db.cat.items()):
                if child["parent"] == gone:
                    tx.set("c", id, parent=keep)
            for id, fav in list(db.fav.items()):
                if fav["cat"] == gone:
                    tx.set("f", id, cat=keep)
                    self.tx.change.moved.add(id)
            self.touched.update((gone, keep))
        else:
            self.touched.add(row["cat"])
            tx.change.moved.add(gone)
            db.opens = {n: c for n, c in db.opens.items() if n[0] != gone}
            db.key.pop(gone, None)
        if self.ids[kind].get(row["uid"]) == gone:
            del self.ids[kind][row["uid"]]
        tx.write(kind, gone, None)
        db.stamp.pop((kind, gone), None)
        db.unsent.pop((kind, gone), None)

    def adopt(self, kind, id, regs):
        """A row that was never sent turns out to be known (a copied file, an old export): it takes over what the
        remote has of it. Nothing that only it has is lost: what the remote has stands, unless the row was changed
        later than that; what the remote has not is written anew."""
        db = self.db
        local = registers(db, kind, id)
        uid = db.rows(kind)[id]["uid"]
        db.unsent.pop((kind, id), None)
        for field in sorted(set(local) | set(regs)):
            mine, theirs = local.get(field, (BASE, None)), regs.get(field)
            if theirs is None:
                if mine[0] != BASE or field == "state":
                    self.flag(kind, id, field)
                elif field.startswith("opened:"):
                    self.write(kind, id, field, BASE, 0)  # it is counted under another name
                else:
                    self.mark_stamp(kind, id, field, self.tick())
                    self.flag(kind, id, field)
                continue
            stamp, value = theirs[0], theirs[1]
            differs = self.differ(field, mine[1], value)
            if mine[0] != BASE and self.rank(field, *mine) > self.rank(field, stamp, value):
                self.flag(kind, id, field)
                if differs:
                    self.tell(kind, uid, field, value, mine[1])
                continue
            if differs and mine[1] is not None:
                self.tell(kind, uid, field, mine[1], value)
            self.take(kind, id, field, theirs, force=True)

    def adopt_into(self, kind, keep, other, other_uid):
        """Matched by link or by path: `keep` is known to all, `other` was only here."""
        db = self.db
        own = registers(db, kind, keep)
        for field, (stamp, value) in sorted(other.items()):
            if field in ("place", "state", "parent", "leaf", "modified"):
                continue
            mine = own.get(field)
            if field.startswith("opened:"):
                if field == "opened:" + other_uid or stamp[1] not in db.mine:
                    # Counted by somebody who is nobody here: mine from now on.
                    name = "opened:" + db.me
                    self.write(kind, keep, name, self.tick(), db.opens.get((keep, db.me), 0) + value, send=True)
                else:
                    name = "opened:" + stamp[1]
                    now = db.opens.get((keep, stamp[1]), 0)
                    self.write(kind, keep, name, self.tick(), now + value, send=True)
                continue
            if value is None:
                continue
            if field == "created":
                if mine is None or value < mine[1]:
                    self.write(kind, keep, field, self.tick(), value, send=True)
                continue
            if field == "opened_at":
                if mine is None or mine[1] is None or value > mine[1]:
                    self.write(kind, keep, field, self.tick(), value, send=True)
                continue
            uid = db.rows(kind)[keep]["uid"]
            if mine is None or mine[1] is None:
                self.write(kind, keep, field, self.tick(), value, send=True)
            elif self.differ(field, mine[1], value):
                if stamp != BASE and self.rank(field, stamp, value) > self.rank(field, *mine):
                    self.write(kind, keep, field, stamp, value, send=True)
                    self.tell(kind, uid, field, mine[1], value)
                else:
                    self.tell(kind, uid, field, value, mine[1])

    def alias(self, kind, source, target):
        """The first is the second from now on, everywhere."""
        fact = (kind, source, target)
        if fact not in self.db.facts:
            self.db.facts.add(fact)
            self.db.unsent_facts.add(("alias", *fact))
        self.find_reps()

    def is_new(self, kind, id):
        return "" in self.db.unsent.get((kind, id), ())

    def one(self, kind, first, second):
        """Makes two rows one: the unknown one joins the known one, else the greater uid the smaller. The id that
        this file gave first stays."""
        rows = self.db.rows(kind)
        a, b = first, second
        if self.is_new(kind, a) == self.is_new(kind, b):
            if rows[a]["uid"] < rows[b]["uid"]:
                a, b = b, a
        elif self.is_new(kind, b):
            a, b = b, a
        self.alias(kind, rows[a]["uid"], rows[b]["uid"])
        rep = self.rep(rows[b]["uid"])
        keep, gone = self.keeper(kind, [a, b], rep)
        self.unify(kind, keep, gone, rep)

    def overlay(self, kind, keep, known, flags):
        """`keep` becomes what `known` says, whichever row that was."""
        db = self.db
        empty = {"opened": 0, "state": "live"}
        for field in sorted(set(registers(db, kind, keep)) | set(known)):
            stamp, value = known.get(field, (BASE, empty.get(field.partition(":")[0])))
            if self.differ(field, value_of(db, kind, keep, field), value):
                self.write(kind, keep, field, stamp, value)
            self.mark_stamp(kind, keep, field, stamp)
        db.opens = {n: c for n, c in db.opens.items() if n[0] != keep or c or "opened:" + n[1] in known}
        db.unsent.pop((kind, keep), None)
        if flags:
            db.unsent[kind, keep] = flags

    def match(self, before, new, joining, firsts, told):
        """Favourites that are the same link in the same category: at my first sync, or at somebody else's, who had
        not seen what is here. One of mine for one of theirs; what they found to be the same already is left alone."""
        db = self.db
        theirs: dict = {}
        for id in new:
            row = db.fav.get(id)
            if row and row["state"] == "live" and (joining or row["uid"] in firsts):
                sender = None if joining else firsts[row["uid"]]
                theirs.setdefault(sender, {}).setdefault(self.match_key(row), []).append(id)
        for sender in sorted(theirs, key=str):
            taken = {self.rep(uid) for uid in told.get(sender, ())}
            for id in [id for cat in sorted(db.order) for id in db.order[cat]]:
                row = db.fav.get(id)
                if row is None or id not in before or row["state"] != "live" or row["uid"] in taken or (
                        joining and not self.is_new("f", id)):
                    continue
                found = theirs[sender].get(self.match_key(row), [])
                for other in found:
                    if other in db.fav and self.fits(row, db.fav[other]):
                        found.remove(other)
                        self.one("f", id, other)
                        break

    def match_key(self, row):
        link = link_key(row["url"]) if row["url"] else ("title", fold(row["title"]))
        return (fold(path_of(self.db, row["cat"])), link)

    def fits(self, a, b):
        if a["url"]:
            return True
        return all(a["meta"][k] == b["meta"][k] for k in set(a["meta"]) & set(b["meta"]))

    # -- 4. what was emptied

    def bury(self):
        """Takes away what was purged, unless somebody brought it back whom the purge had not seen: that comes back
        under another uid, the same on every device. A category is kept likewise while something lives in it.
        Favourites first, then the inner categories, and all after what else was said: a category may be empty then."""
        db = self.db
        for kind in "fc":
            depth = (lambda id: -len(parts_of(db, id))) if kind == "c" else (lambda id: 0)
            for id in sorted(db.rows(kind), key=lambda id: (depth(id), id)):
                row = db.rows(kind)[id]
                rep = self.rep(row["uid"])
                if rep not in self.dead:
                    continue
                holds = kind == "c" and (
                    any(f["cat"] == id and f["state"] == "live" for f in db.fav.values())
                    or any(c["parent"] == id and c["state"] == "live" for c in db.cat.values()))
                if not holds and (row["state"] != "live" or stamp_of(db, kind, id, "state") <= self.dead[rep]):
                    self.purge_row(kind, id)
                    continue
                new = self.reborn(rep)
                self.report.append(f"{kind} was emptied elsewhere and brought back here")
                if new in self.ids[kind]:
                    self.purge_row(kind, id, new)
                    continue
                self.set_uid(kind, id, new)
                db.unsent[kind, id] = frozenset([""])
                if kind == "c":
                    self.move_out(id, new)
        self.scrub()

    def reborn(self, rep) -> str:
        """The uid under which something purged lives again, here or elsewhere."""
        while rep in self.dead:
            rep = self.rep(again(rep))
        return rep

    def move_out(self, cat, uid):
        """What stands in a purged category stands in another, which may be the same row under its new uid."""
        db = self.db
        for child, c in list(db.cat.items()):
            if c["parent"] == cat:
                self.correct("c", child, "parent", uid)
        for fav, f in list(db.fav.items()):
            if f["cat"] == cat:
                self.correct("f", fav, "place", [uid or db.cat[self.inbox()]["uid"], eff_key(db, fav).hex()])

    def purge_row(self, kind, id, heir=None):
        """For good: the row, its history, and the words of commands. A change of its own, which is final."""
        db = self.db
        row = db.rows(kind)[id]
        if self.purge_change is None:
            tx = Tx(db, self.now, self.tx.change.device, self.rnd)
            tx.change.final = tx.change.sync = True
            self.purge_change = tx.change
            self.tx.change.number = tx.change.number + 1
            self.tx.change.at = self.tx.at = max(self.tx.at, tx.at + 1)
        self.purge_change.items[kind, id] = FORGOT
        self.tally["purged"] += 1
        if kind == "c":
            self.move_out(id, heir)
        elif row["state"] == "live":
            self.touched.add(row["cat"])
        purge_local(db, kind, id)
        self.ids[kind].pop(row["uid"], None)
        self.tx.change.items.pop((kind, id), None)

    def scrub(self):
        scrub(self.db, lambda row: self.rep(row["uid"]) in self.dead)
        self.db.conflict = [c for c in self.db.conflict if self.rep(c[1]) not in self.dead]

    # -- 5. corrections, until all is as it has to be

    def settle(self):
        for _ in range(1000):
            if not (self.revive() or self.cut_cycles() or self.cut_long() or self.same_paths()):
                return
        raise AssertionError("corrections without end")

    def revive(self):
        """What lives stands in what lives."""
        db = self.db
        done = False
        for row in list(db.fav.values()) + list(db.cat.values()):
            if row["state"] != "live":
                continue
            cat = row["cat"] if "cat" in row else row["parent"]
            seen = set()
            while cat is not None and cat not in seen:
                seen.add(cat)
                if db.cat[cat]["state"] != "live":
                    self.correct("c", cat, "state", "live")
                    done = True
                cat = db.cat[cat]["parent"]
        return done

    def cut_cycles(self):
        """Of the writes that make a ring the last one is taken back: its category stands at the top."""
        db = self.db
        done = False
        for start in sorted(db.cat):
            ring, at = [], start
            while at is not None and at not in ring:
                ring.append(at)
                at = db.cat[at]["parent"]
            if at is not None:
                ring = ring[ring.index(at):]
                last = max(ring, key=lambda id: (stamp_of(db, "c", id, "parent"), db.cat[id]["uid"]))
                self.correct("c", last, "parent", None)
                done = True
        return done

    def cut_long(self):
        db = self.db
        done = False
        for id in sorted(db.cat):
            if len(path_of(db, id).encode()) > PATH_LIMIT and db.cat[id]["parent"] is not None:
                if len(path_of(db, db.cat[id]["parent"]).encode()) <= PATH_LIMIT:
                    self.correct("c", id, "parent", None)
                    done = True
        return done

    def same_paths(self):
        """Two categories of one path are one."""
        db = self.db
        found: dict = {}
        for id, row in sorted(db.cat.items()):
            if row["state"] == "live":
                name = (row["parent"], fold(row["leaf"]))
                if name in found:
                    self.one("c", found[name], id)
                    return True
                found[name] = id
        return False

    def arrange(self):
        """Every category's order by key; those that did not move keep their places."""
        db = self.db
        for cat in self.touched:
            ids = [id for id, row in db.fav.items() if row["cat"] == cat and row["state"] == "live"]
            ids.sort(key=lambda id: sort_key(db, id))
            if tuple(ids) != db.order.get(cat, ()):
                self.tx.order(cat, ids)

    # -- 6. what is sent

    def current(self, entry) -> bool:
        """Whether an entry of an own segment is still the newest of its register."""
        db = self.db
        if entry[0] != "r":
            return True
        _, kind, uid, field, stamp, value = entry
        rep = self.rep(uid)
        if rep in self.dead:
            return False
        id = self.ids[kind].get(rep)
        if id is None:
            return True
        return self.rank(field, stamp, value) >= self.rank(
            field, stamp_of(db, kind, id, field), value_of(db, kind, id, field))

    def outgoing(self) -> list:
        db = self.db
        entries = []
        for (kind, id), fields in sorted(db.unsent.items()):
            if id not in db.rows(kind):
                continue
            uid = db.rows(kind)[id]["uid"]
            regs = registers(db, kind, id)
            names = set(regs) if "" in fields else set(fields)
            for field in sorted(names):
                stamp, value = regs.get(field) or (stamp_of(db, kind, id, field), value_of(db, kind, id, field))
                entries.append(("r", kind, uid, field, stamp, value))
        for fact in sorted(db.unsent_facts):
            if fact[0] == "alias":
                entries.append(fact)
            else:
                entries.append(("purge", db.kinds[fact[1]], fact[1], db.purged[fact[1]]))
        return entries


def purge_local(db: DB, kind, id):
    """Takes a row away for good, with all that sync keeps of it."""
    db.rows(kind).pop(id)
    db.stamp.pop((kind, id), None)
    db.unsent.pop((kind, id), None)
    if kind == "f":
        db.key.pop(id, None)
        db.opens = {n: c for n, c in db.opens.items() if n[0] != id}
    else:
        db.order.pop(id, None)
    forget(db, kind, id)


def forget(db: DB, kind, id):
    for place, c in enumerate(db.changes):
        if (kind, id) in c.items and c.items[kind, id] is not None:
            c = db.changes[place] = c.copy()
            c.items = c.items | {(kind, id): FORGOT}


def scrub(db: DB, is_dead):
    """The same for rows that were another's before they were one with it."""
    for place, c in enumerate(db.changes):
        bad = [t for t, row in c.items.items() if isinstance(row, dict) and is_dead(row)
               and t[1] not in db.rows(t[0])]
        if bad:
            c = db.changes[place] = c.copy()
            c.items = c.items | {t: FORGOT for t in bad}


# --- a device ----------------------------------------------------------------------------------------------


class Result:
    def __init__(self, code=0, wrote=False, changed=False, report=(), tally=None):
        self.code, self.wrote, self.changed = code, wrote, changed
        self.report, self.tally = list(report), tally or {}

    def __repr__(self):
        return f"Result({self.code}, wrote={self.wrote}, changed={self.changed}, {self.report})"


class Device:
    def __init__(self, host: str, clock, rnd: random.Random, machine: str | None = None):
        self.host, self.clock, self.rnd = host, clock, rnd
        self.machine = machine or host
        self.db = DB()

    # -- changes

    def device_uid(self, db=None) -> str:
        db = db or self.db
        if self.host not in db.host_device:
            db.host_device[self.host] = f"{self.rnd.getrandbits(128):032x}"
        return db.host_device[self.host]

    def begin(self) -> Tx:
        return Tx(self.db, self.clock(), self.device_uid(), self.rnd)

    def live(self):
        return [id for cat in sorted(self.db.order) for id in self.db.order[cat]]

    def trash(self):
        return [id for id, row in self.db.fav.items() if row["state"] == "trash"]

    def cats(self, state="live"):
        return [id for id, row in self.db.cat.items() if row["state"] == state]

    def add(self, title, parts=("inbox",), rank=None, **values) -> int:
        return self.add_many([dict(title=title, **values)], parts, rank)[0]

    def add_many(self, drafts, parts=("inbox",), rank=None) -> list:
        tx = self.begin()
        cat = tx.make(list(parts))
        ids = []
        for draft in drafts:
            draft = dict(draft)
            uid = draft.pop("uid", None) or tx.uid()
            ids.append(tx.new("f", fav_row(uid, cat, draft.pop("title"), tx.at, **draft)))
        tx.arrive(ids, cat, rank)
        tx.finish()
        return ids

    def edit(self, id, **values):
        tx = self.begin()
        if any(self.db.fav[id][k] != v for k, v in values.items()):
            tx.set("f", id, **values, modified=tx.at)
        tx.finish()

    def tag(self, id, name, present=True):
        tags = {k: v for k, v in self.db.fav[id]["tags"].items() if k != fold(name)}
        if present:
            tags[fold(name)] = name
        self.edit(id, tags=tags)

    def meta(self, id, key, value):
        meta = {k: v for k, v in self.db.fav[id]["meta"].items() if k != key}
        if value is not None:
            meta[key] = value
        self.edit(id, meta=meta)

    def open(self, id):
        tx = self.begin()
        row = self.db.fav[id]
        tx.set("f", id, opened=row["opened"] + 1, opened_at=tx.at)
        tx.finish()

    def move(self, ids, cat, rank=None):
        tx = self.begin()
        for id in ids:
            tx.leave(id)
        for id in ids:
            tx.set("f", id, cat=cat, modified=tx.at)
        tx.arrive(ids, cat, rank)
        tx.finish()

    def rm(self, ids):
        tx = self.begin()
        for id in ids:
            rank = self.db.order[self.db.fav[id]["cat"]].index(id) + 1
            tx.leave(id)
            tx.set("f", id, state="trash", deleted=tx.at, rank=rank)
        tx.finish()

    def restore(self, ids):
        tx = self.begin()
        for id in ids:
            row = self.db.fav[id]
            cat = tx.revive(row["cat"])
            tx.set("f", id, state="live", deleted=None, cat=cat)
            tx.arrive([id], cat, row["rank"])
        tx.finish()

    def purge(self, ids=None):
        """`trash empty`: some, or all with the categories that went and what was undone."""
        db = self.db
        tx = self.begin()
        tx.change.final = True
        helper = Sync(db, self.clock(), self.device_uid(), self.rnd)

        def mark(kind, row, stamp):
            db.purged[row["uid"]] = max(stamp, db.purged.get(row["uid"], BASE))
            db.kinds[row["uid"]] = kind
            db.unsent_facts.add(("purge", row["uid"]))
            db.unclean = True

        def stamp_at_purge(kind, id):
            # That of the state that is emptied; where it was not looked through yet, the one that it would get.
            late = [c for c in db.changes if c.number > db.mark and not c.sync and (kind, id) in c.items]
            if not late:
                return stamp_of(db, kind, id, "state")
            offset = db.offset if self.clock() < db.seen_max else 0
            at = min(late[-1].at, self.clock()) + offset
            return (max(db.prev + 1, db.seen_max + 1, at), db.me or self.device_uid(), 0, "")

        for id in (self.trash() if ids is None else ids):
            row = db.fav[id]
            mark("f", row, stamp_at_purge("f", id))
            tx.change.items["f", id] = FORGOT
            purge_local(db, "f", id)
        if ids is None:
            done = True
            while done:
                done = False
                for id in self.cats("trash"):
                    if any(f["cat"] == id for f in db.fav.values()) or any(
                            c["parent"] == id for c in db.cat.values()):
                        continue
                    mark("c", db.cat[id], stamp_at_purge("c", id))
                    tx.change.items["c", id] = FORGOT
                    purge_local(db, "c", id)
                    done = True
            helper.index()
            helper.find_reps()
            # Of what was undone nothing is left but history. A row that became another's is no thing of its own.
            for c in list(db.changes):
                for (kind, id), row in list(c.items.items()):
                    if isinstance(row, dict) and id not in db.rows(kind):
                        if helper.rep(row["uid"]) not in helper.ids[kind] and (kind == "f" or not any(
                                f["cat"] == id for f in db.fav.values())):
                            mark(kind, row, stamp_at_purge(kind, id))
                        tx.change.items[kind, id] = FORGOT
                        forget(db, kind, id)
        helper.find_reps()
        db.conflict = [c for c in db.conflict if helper.rep(c[1]) not in helper.dead]
        scrub(db, lambda row: helper.rep(row["uid"]) in helper.dead)
        tx.finish()

    def category(self, parts):
        tx = self.begin()
        id = tx.make(list(parts))
        tx.finish()
        return id

    def rename(self, cat, leaf=None, parent="same") -> bool:
        db = self.db
        tx = self.begin()
        row = db.cat[cat]
        leaf = row["leaf"] if leaf is None else leaf
        parent = row["parent"] if parent == "same" else parent
        if parent in tree_of(db, cat, ("live", "trash")):
            return False
        other = tx.child(parent, leaf)
        if other not in (None, cat):
            return False
        if (leaf, parent) != (row["leaf"], row["parent"]):
            tx.set("c", cat, leaf=leaf, parent=parent, modified=tx.at)
        tx.finish()
        return True

    def note(self, cat, text):
        tx = self.begin()
        if self.db.cat[cat]["note"] != text:
            tx.set("c", cat, note=text, modified=tx.at)
        tx.finish()

    def merge(self, source, target) -> bool:
        db = self.db
        tree = tree_of(db, source)
        if target in tree:
            return False
        tx = self.begin()
        depth = len(parts_of(db, source))
        base = parts_of(db, target)
        homes = {}
        for id in tree:
            homes[id] = tx.make(base + parts_of(db, id)[depth:])
        for id in tree:
            ids = list(db.order.get(id, ()))
            if homes[id] == id or not ids:
                continue
            for fav in ids:
                tx.leave(fav)
            for fav in ids:
                tx.set("f", fav, cat=homes[id], modified=tx.at)
            tx.arrive(ids, homes[id], None)
        for id in reversed(tree):
            if id not in homes.values() and not any(c["parent"] == id for c in db.cat.values()):
                tx.write("c", id, None)
        tx.finish()
        return True

    def rm_category(self, cat):
        db = self.db
        tx = self.begin()
        tree = tree_of(db, cat)
        for id in tree:
            for place, fav in enumerate(list(db.order.get(id, ()))):
                tx.leave(fav)
                tx.set("f", fav, state="trash", deleted=tx.at, rank=place + 1)
        for id in reversed(tree):
            tx.set("c", id, state="trash", deleted=tx.at)
        tx.finish()

    def restore_category(self, cat):
        db = self.db
        tx = self.begin()
        for id in tree_of(db, cat, ("trash",)):
            home = tx.revive(id)
            for fav in [f for f, row in db.fav.items() if row["cat"] == id and row["state"] == "trash"]:
                tx.set("f", fav, state="live", deleted=None, cat=home)
                tx.arrive([fav], home, db.fav[fav]["rank"])
        tx.finish()

    def undo(self) -> bool:
        for c in reversed(self.db.changes):
            if c.undone_by is None and c.undoes is None and c.redoes is None:
                return self.revert(c, undoes=c.number)
        return False

    def redo(self) -> bool:
        changes = self.db.changes
        undone = [c for c in changes if c.undone_by is not None]
        if not undone:
            return False
        target = max(undone, key=lambda c: c.undone_by)
        if any(c.number > target.undone_by and c.undoes is None and c.redoes is None for c in changes):
            return False
        by = next(c for c in changes if c.number == target.undone_by)
        return self.revert(by, redoes=target.number)

    def revert(self, c, undoes=None, redoes=None) -> bool:
        if c.final or FORGOT in c.items.values():
            return False
        old, self.db = self.db, self.db.copy()
        db = self.db
        tx = self.begin()
        orders = db.order | c.orders
        moved = {id for kind, id in c.items if kind == "f" and (id in c.moved or c.items["f", id] is None)}
        for id in moved:
            if id in db.fav and db.fav[id]["state"] == "live":
                tx.leave(id)
        for (kind, id), before in c.items.items():
            now = db.rows(kind).get(id)
            # What a thing is called by is nothing that a person did: others know it by that name.
            tx.write(kind, id, before | {"uid": now["uid"]} if before and now else before)
            if kind == "f" and id in moved:
                tx.change.moved.add(id)
        for cat in set(c.orders) | {row["cat"] for (k, _), row in c.items.items() if k == "f" and row}:
            wanted = [id for id in orders.get(cat, ()) if id in db.fav
                      and db.fav[id]["state"] == "live" and db.fav[id]["cat"] == cat]
            wanted += [id for id in db.order.get(cat, ()) if id in db.fav and id not in wanted
                       and db.fav[id]["state"] == "live" and db.fav[id]["cat"] == cat]
            wanted += [id for id, row in db.fav.items() if row["cat"] == cat and row["state"] == "live"
                       and id not in wanted]
            tx.order(cat, wanted)
        tx.change.undoes, tx.change.redoes = undoes, redoes
        number = tx.finish()
        for place, other in enumerate(db.changes):
            if other.number == (undoes or redoes):
                db.changes[place] = other = other.copy()
                other.undone_by = number if undoes else None
        try:
            check(db)
        except AssertionError:
            self.db = old  # something later stands in the way
            return False
        return True

    # -- the file as a file

    def backup(self) -> DB:
        return self.db.copy()

    def put_back(self, backup: DB):
        self.db = backup.copy()

    # -- sync

    def sync(self, remote, *, step=lambda name: None, yes=True, match="link", retire=(), before_push=None,
             compact=False, again=False) -> Result:
        """One run. `step` may raise Crash wherever something has just become durable, or is about to. Again: the
        remote is known to have gone back, and is to be made whole from here."""
        wrote = changed = False
        for attempt in range(20):
            version, view = remote.read(self.machine)
            db = self.db.copy()
            run = Sync(db, self.clock(), self.device_uid(db), self.rnd)
            puts, deletes = self.plan(db, run, view, yes, match, retire, compact, again)
            step("ready")
            changed = changed or bool(run.tx.change.items) or bool(run.purge_change)
            self.db = db  # COMMIT: merged, and what is to be sent is known
            step("merged")
            if not puts and not deletes:
                break
            if before_push:
                before_push()
                before_push = None
            if remote.write(self.machine, version, puts, deletes, step):
                if not puts:
                    break
                db = self.db.copy()
                self.sent(db)
                self.db = db  # COMMIT: sent
                step("noted")
                wrote = True
                break
        code = 1 if run.tally["waiting"] else 0
        return Result(code, wrote, changed, run.report, run.tally)

    @staticmethod
    def sent(db: DB):
        p = db.pending
        db.last, db.seq, db.ms, db.recent = p["hash"], p["seq"], p["ms"], p["recent"]
        db.unsent, db.pending, db.first = {}, None, False
        # Something may have been purged since.
        db.unsent_facts = db.unsent_facts - p["facts"]
        db.unclean = db.unclean and len(db.purged) > p["purged"]
        if p["all"]:
            db.churn = 0

    def plan(self, db: DB, run: Sync, view, yes, match, retire, compact, again):
        if run.now >= LAST_MS:
            raise Refused(4, "the clock of this machine is past all use")
        # What is there, and who am I in it?
        head = json.loads(view["favs-sync"]) if "favs-sync" in view else None
        manifests = {}
        for path, data in view.items():
            if path.startswith("d/") and path.endswith("/manifest"):
                manifests[path.split("/")[1]] = json.loads(data)
        puts: dict = {}
        rebuild = self.identify(db, view, manifests, again) or again
        joining = db.seq == 0 and not db.peer  # nothing was ever sent or taken
        if db.set_id is None or joining and head:
            db.set_id = head["set"] if head else f"{self.rnd.getrandbits(128):032x}"
        if head is None:
            if (manifests or not joining) and not again:
                raise Refused(6, "the remote has lost favs-sync")
            puts["favs-sync"] = json.dumps({"favs_sync": 1, "set": db.set_id}).encode()
        elif head["set"] != db.set_id:
            raise Refused(4, "the remote holds another set")
        gone = {device for manifest in manifests.values() for device in manifest["retired"]}
        for device, peer in db.peer.items():
            if device in gone:
                continue
            manifest = manifests.get(device)
            if manifest is None and peer["seq"] or manifest and (
                    manifest["seq"] < peer["seq"] and manifest["recent"][-1] in peer["recent"]):
                if not again:
                    raise Refused(6, f"the remote went back: {device}")
            # Two wrote in one directory, and one of them was overwritten: what was read of it is sent again from here.
            if manifest and peer["seq"] and [peer["seq"], peer["id"]] not in manifest["recent"] and (
                    manifest["recent"][0][0] <= peer["seq"]):
                rebuild = True
        # All that happened here, all that happened there.
        run.derive()
        run.index()
        live = sum(1 for row in db.fav.values() if row["state"] == "live")
        run.find_reps()
        if rebuild:
            self.rebuild(db, run, view, manifests)
        else:
            run.merge(*run.collect(view, manifests), joining, match)
        db.offset = max(0, db.seen_max - run.now)
        run.settle()
        run.arrange()
        tally = run.tally
        trashed = tally["trashed"] + tally["purged"]
        if not yes and not joining:
            for count, share in ((trashed, SHARE), (len(run.things), SHARE), (tally["added"], GROWTH),
                                 (run.binned, SHARE)):
                if count >= MANY and count > live * share:
                    raise Refused(4, "too much at once: --yes")
        if run.purge_change:
            db.changes.append(run.purge_change)
        run.tx.finish()
        if db.changes:
            db.mark = db.changes[-1].number
        check(db)
        if joining:
            db.first = bool(db.unsent) and match != "none"
        own = manifests.get(db.me)
        damaged = bool(own) and len(self.whole(view, db.me, own)) < len(own["segments"])
        more, deletes = self.publish(db, run, view, manifests, retire, match, compact, force=damaged or again)
        puts.update(more)
        if puts and not more:  # a new set in which there is nothing yet
            more, deletes = self.publish(db, run, view, manifests, retire, match, compact, force=True)
            puts.update(more)
        return puts, deletes

    def identify(self, db: DB, view, manifests, again) -> bool:
        """Whether the directory of this device is what this file left. Gives True where all has to be compared."""
        uid = self.device_uid(db)
        if db.me is None:
            if uid in manifests:  # an older life of this machine, or another one's: not mine
                uid = db.host_device[self.host] = f"{self.rnd.getrandbits(128):032x}"
            db.me, db.me_host, db.mine = uid, self.host, frozenset([uid])
            return False
        if db.me_host != self.host:  # the file was copied to another machine
            self.new_self(db)
            return False
        data = view.get(f"d/{db.me}/manifest")
        manifest = manifests.get(db.me)
        if manifest is None:
            if db.seq == 0 and not db.pending:
                return False
            if db.seq == 0:  # the first push never arrived
                db.pending = None
                return False
            if any(db.me in m["retired"] for m in manifests.values()):
                self.new_self(db, known=False)
                return True
            if again:
                db.pending = None
                return True
            raise Refused(6, "the remote has lost this device's directory")
        name = digest(data)
        if db.pending and name == db.pending["hash"]:  # it arrived, and this device was killed before it noted that
            self.sent(db)
        if name == db.last:
            db.pending = None
            # Where a segment of one's own is lost or damaged, what was in it is sent again.
            return len(self.whole(view, db.me, manifest)) < len(manifest["segments"])
        if tuple(manifest["recent"][-1]) in db.recent:
            if again:
                db.pending = None
                return True
            raise Refused(6, "the remote went back")
        mine = list(db.recent[-1]) if db.recent else None
        self.new_self(db)
        return mine is not None and mine not in manifest["recent"]

    @staticmethod
    def whole(view, device, manifest):
        """The segments that are there and undamaged."""
        found = [(seg, view.get(seg_path(device, seg))) for seg in manifest["segments"]]
        return [seg for seg, data in found if data is not None and digest(data) == seg["hash"]]

    def new_self(self, db: DB, known=True):
        """Two files bear one name: this one takes another. The old directory is somebody else's from now on."""
        old = db.me
        if known and db.seq:
            db.peer[old] = dict(seq=db.seq, id=db.recent[-1][1], ms=db.ms, recent=[])
        db.was[old] = db.ms
        uid = f"{self.rnd.getrandbits(128):032x}"
        db.host_device[self.host] = uid
        db.me, db.me_host, db.mine = uid, self.host, db.mine | {uid}
        db.seq = db.ms = 0
        db.last = db.pending = None
        db.recent = ()

    def rebuild(self, db: DB, run: Sync, view, manifests):
        """Compares all that the remote has with all that is here: what it lacks is sent again."""
        for device in list(db.peer):
            db.peer[device] = db.peer[device] | dict(seq=0, id="", recent=[])
        batch, facts, purges, firsts = run.collect(view, manifests)
        run.merge(batch, facts, purges, ({}, {}), False, "none")
        if db.me in manifests:
            for seg in self.whole(view, db.me, manifests[db.me]):
                header, entries = decode(view[seg_path(db.me, seg)])
                for entry in entries:
                    if entry[0] == "r":
                        batch.setdefault(entry[1:3], []).append((*entry[3:], header))
                    elif entry[0] == "alias":
                        facts.add(entry[1:])
                    else:
                        purges[entry[2]] = (entry[1], max(entry[3], purges.get(entry[2], ("", BASE))[1]))
        there: dict = {}
        for (kind, uid), entries in batch.items():
            regs = there.setdefault((kind, run.rep(uid)), {})
            for field, stamp, value, _ in entries:
                old = regs.get(field)
                if old is None or run.rank(field, stamp, value) > run.rank(field, *old):
                    regs[field] = (stamp, value)
        for kind in "cf":
            for id, row in db.rows(kind).items():
                regs = there.get((kind, row["uid"]))
                if regs is None:
                    run.flag(kind, id, "")
                    continue
                for field, (stamp, value) in registers(db, kind, id).items():
                    old = regs.get(field)
                    if old is None or run.rank(field, stamp, value) > run.rank(field, *old):
                        run.flag(kind, id, field)
        for fact in db.facts - facts:
            db.unsent_facts.add(("alias", *fact))
        for uid, stamp in db.purged.items():
            if uid not in purges or purges[uid][1] < stamp:
                db.unsent_facts.add(("purge", uid))

    def publish(self, db: DB, run: Sync, view, manifests, retire, match, compact, force=False):
        """New segments, own segments merged and cleaned, and the manifest that names them."""
        me = db.me
        manifest = manifests.get(me)
        old = self.whole(view, me, manifest) if manifest else []
        entries = run.outgoing()
        deletes = []
        for device in retire:
            other = manifests.get(device)
            if other is None or device == me:
                continue
            for seg in other["segments"]:
                entries += [e for e in decode(view[seg_path(device, seg)])[1] if run.current(e)]
            deletes += [p for p in view if p.startswith(f"d/{device}/")]
            db.was |= other["was"] | {device: other["ms"]}
            db.retired |= {device, *other["retired"]}
        lines = sum(seg["lines"] for seg in old)
        whole = compact or db.churn > max(64, CHURN * lines)
        dirty = set()
        if db.unclean:
            dirty = {seg["hash"] for seg in old if any(
                e[0] == "r" and run.rep(e[2]) in run.dead for e in decode(view[seg_path(me, seg)])[1])}
        if not (entries or dirty or deletes or force or compact):
            db.unclean = False
            # A kill may have left a segment that nothing names any more.
            named = {seg_path(me, seg) for seg in old}
            return {}, [p for p in view if p.startswith(f"d/{me}/") and p.endswith(".seg") and p not in named]
        seq, ms = db.seq + 1, run.tick()[0]
        recent = ([list(r) for r in db.recent] + [[seq, f"{self.rnd.getrandbits(64):016x}"]])[-RECENT:]
        seen = {d: p["ms"] for d, p in sorted(db.peer.items()) if p["ms"] and d not in db.mine}
        files: dict = {}

        def read(seg):
            path = seg_path(me, seg)
            return decode(files.get(path) or view[path])[1]

        def make(entries, to, level) -> list:
            """Segments of these, as many as it takes."""
            made = []
            groups: dict = {}
            for e in entries:
                groups.setdefault(e[1:3] if e[0] == "r" else ("", ""), []).append(e)
            part: list = []
            for name in sorted(groups) or [("", "")]:
                part += groups.get(name, [])
                if len({e[1:3] + e[4:5] for e in part}) >= CAP or name == (sorted(groups) or [("", "")])[-1]:
                    header = {"favs_segment": 1, "set": db.set_id, "device": me, "ms": ms, "seen": seen}
                    if db.first:
                        header["first"] = True
                    data = encode(header, part, me)
                    seg = {"to": to, "hash": digest(data), "bytes": len(data), "lines": data.count(b"\n") - 1,
                           "level": level}
                    files[seg_path(me, seg)] = data
                    made.append(seg)
                    part = []
            return made

        segments = []
        pool: list = []
        for seg in old:
            if whole or seg["hash"] in dirty:
                before = read(seg)
                left = [e for e in before if run.current(e)]
                full = seg["lines"] >= CAP // 2
                if full and len(left) >= KEEP * len(before) and seg["hash"] not in dirty:
                    segments.append(seg)
                elif whole:
                    pool.append((seg, left))
                else:
                    segments += make(left, seg["to"], seg["level"])
            else:
                segments.append(seg)
        if pool:
            segments += make([e for _, left in pool for e in left], max(seg["to"] for seg, _ in pool),
                             max(seg["level"] for seg, _ in pool))
        if entries or force:
            segments += make(entries, seq, 0)
        segments.sort(key=lambda seg: seg["to"])
        while True:
            tail = [seg for seg in segments if seg["lines"] < CAP // 2][-FAN:]
            if len(tail) < FAN or len({seg["level"] for seg in tail}) > 1:
                break
            merged = make([e for seg in tail for e in read(seg) if run.current(e)], tail[-1]["to"],
                          tail[0]["level"] + 1)
            segments = sorted([seg for seg in segments if seg not in tail] + merged, key=lambda seg: seg["to"])
        named = {seg_path(me, seg) for seg in segments}
        puts = {path: data for path, data in files.items() if path in named and path not in view}
        body = {"favs_manifest": 1, "set": db.set_id, "device": me, "name": self.host, "seq": seq, "ms": ms,
                "previous": db.last, "recent": recent, "was": db.was, "retired": sorted(db.retired),
                "segments": segments}
        data = json.dumps(body, separators=(",", ":")).encode()
        puts[f"d/{me}/manifest"] = data
        deletes += [p for p in view if p.startswith(f"d/{me}/") and p.endswith(".seg") and p not in named]
        db.pending = dict(hash=digest(data), seq=seq, ms=ms, recent=tuple(map(tuple, recent)), all=whole,
                          facts=frozenset(db.unsent_facts), purged=len(db.purged))
        return puts, deletes


# --- what holds of every file, and what a person sees of it ------------------------------------------------


def check(db: DB):
    """Raises AssertionError where a file is not as it has to be."""
    uids = [row["uid"] for rows in (db.fav, db.cat) for row in rows.values()]
    assert len(uids) == len(set(uids)), "a uid twice"
    paths = set()
    for id, row in db.cat.items():
        at, seen = row["parent"], {id}
        while at is not None:
            assert at not in seen, "a ring of categories"
            assert at in db.cat, "a category in nothing"
            seen.add(at)
            at = db.cat[at]["parent"]
        if row["state"] == "live":
            assert row["parent"] is None or db.cat[row["parent"]]["state"] == "live", "live in trash"
            name = (row["parent"], fold(row["leaf"]))
            assert name not in paths, "a path twice"
            paths.add(name)
    placed = set()
    for cat, ids in db.order.items():
        for id in ids:
            row = db.fav.get(id)
            assert row and row["state"] == "live" and row["cat"] == cat, "a place without its favourite"
            assert id not in placed, "two places"
            placed.add(id)
    for id, row in db.fav.items():
        if row["state"] == "live":
            assert id in placed, "a favourite without a place"
            assert row["cat"] in db.cat and db.cat[row["cat"]]["state"] == "live", "live in no category"


def canonical(db: DB) -> str:
    """What a person sees, and what is in the trash: the same on every device once all have synced."""
    out = []
    for id, row in sorted(db.cat.items(), key=lambda item: (item[1]["state"], path_of(db, item[0]), item[1]["uid"])):
        shown = {k: v for k, v in row.items() if k != "parent"}
        shown["in"] = None if row["parent"] is None else db.cat[row["parent"]]["uid"]
        out.append(json.dumps([path_of(db, id), shown], sort_keys=True))
        for rank, fav in enumerate(db.order.get(id, ()), 1):
            shown = {k: v for k, v in db.fav[fav].items() if k not in ("cat", "rank")}
            out.append(json.dumps([rank, shown], sort_keys=True))
    for id, row in sorted(db.fav.items(), key=lambda item: item[1]["uid"]):
        if row["state"] == "trash":
            shown = {k: v for k, v in row.items() if k not in ("cat", "rank")}
            shown["in"] = db.cat[row["cat"]]["uid"] if row["cat"] in db.cat else None
            out.append(json.dumps(["trash", shown], sort_keys=True))
    return "\n".join(out)


def export(db: DB) -> bytes:
    """What `favs export` writes: a line a favourite."""
    out = []
    for id in [x for cat in sorted(db.order, key=lambda c: path_of(db, c)) for x in db.order[cat]]:
        row = db.fav[id]
        out.append(json.dumps({
            "id": id, "uid": row["uid"], "title": row["title"], "url": row["url"], "note": row["note"],
            "category": path_of(db, row["cat"]), "rank": 1, "tags": list(row["tags"].values()),
            "metadata": {k: {"type": "text", "value": v} for k, v in row["meta"].items()},
            "created_at": "2026-11-23T06:15:17.681Z", "modified_at": "2026-11-23T06:15:17.709Z",
            "opened_at": None, "opened": row["opened"]}, separators=(",", ":")))
    return ("\n".join(out) + "\n").encode()
