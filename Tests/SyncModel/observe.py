"""Random schedules of the model's devices, seen by one more device that only looks on.

    python3 observe.py FIRST COUNT STEPS

Prints a line of JSON for each state of the remote that the observer sees: the files, as favs writes them, the time, and
what the observer has then, line by line. The program's observer has to have the same: see ObserverTests.swift.
"""

from __future__ import annotations

import json
import random
import sys
import uuid

import model
from model import Crash, Device, GitRemote, path_of
from world import World

NOBODY = "0" * 32


def stamp(text: str) -> str:
    """A stamp as favs writes it: the device that nobody is has a name too."""
    parts = text.split(".")
    if len(parts) == 1:
        return text
    return ".".join([parts[0], parts[1] or NOBODY, *parts[2:]])


def line(text: str) -> str:
    """A line of a segment: the model's metadata are plain texts."""
    entry = json.loads(text)
    if "s" in entry:
        entry["s"] = stamp(entry["s"])
    if "p" in entry:
        entry["p"] = stamp(entry["p"] if "." in entry["p"] else entry["p"] + ".")
    if "metadata" in entry:
        entry["metadata"] = {
            key: None if value is None else {"type": "text", "value": value}
            for key, value in entry["metadata"].items()
        }
    return json.dumps(entry, separators=(",", ":"))


def converted(tree: dict) -> dict:
    """The files of a remote, as favs writes them."""
    files = {"favs-sync": tree["favs-sync"].decode()}
    for path, data in tree.items():
        if not path.endswith("/manifest"):
            continue
        device = path.split("/")[1]
        manifest = json.loads(data)
        manifest["previous"] = manifest["previous"] or ""
        for seg in manifest["segments"]:
            head, *rest = tree[model.seg_path(device, seg)].decode().splitlines()
            text = "\n".join([head, *map(line, rest)]) + "\n"
            seg["hash"], seg["bytes"] = model.digest(text.encode()), len(text.encode())
            files[model.seg_path(device, seg)] = text
        files[path] = json.dumps(manifest, separators=(",", ":"))
    return files


def named(uid: str) -> str:
    return str(uuid.UUID(uid))


def favourite(row: dict) -> str:
    def pairs(values: dict) -> str:
        return "[" + ", ".join(f'"{key}={value}"' for key, value in sorted(values.items())) + "]"

    return (
        f"{named(row['uid'])} {row['title']} {row['url'] or '-'} {row['note'] or '-'} {pairs(row['tags'])} "
        f"{pairs(row['meta'])} {row['created']} {row['modified']} {row['opened_at'] or 0} {max(row['opened'], 0)} "
        f"{row['deleted'] or 0}"
    )


def state(db) -> list:
    """What a person sees, and what is in the trash."""
    lines, paths = [], {}
    for id, row in db.cat.items():
        is_live = row["state"] == "live"
        above = "nothing" if row["parent"] is None else named(db.cat[row["parent"]]["uid"])
        paths[id] = path_of(db, id) if is_live else f"{row['leaf']} of {above}"
        lines.append(
            f"{'c' if is_live else 'C'} {paths[id]} {named(row['uid'])} {row['note'] or '-'} {row['created']} "
            f"{row['modified']} {row['deleted'] or 0}"
        )
        for rank, fav in enumerate(db.order.get(id, ()), 1):
            lines.append(f"{paths[id]}@{rank} {favourite(db.fav[fav])}")
    for row in db.fav.values():
        if row["state"] != "live":
            lines.append(f"trash {paths.get(row['cat'], '?')} {favourite(row)}")
    return sorted(lines)


def look(observer: Device, tree: dict):
    """Merges what is there, and never says anything."""
    remote = GitRemote()
    remote.tree = dict(tree)

    def step(name):
        if name == "merged":
            raise Crash(name)

    try:
        observer.sync(remote, step=step)
    except Crash:
        pass


def main(first: int, count: int, steps: int):
    for seed in range(first, first + count):
        world = World(random.Random(seed), crashes=True)
        observer = Device("observer", lambda: world.time, random.Random(seed))
        seen = None
        for _ in range(steps):
            world.step()
            if world.remote.version == seen or "favs-sync" not in world.remote.tree:
                continue
            seen = world.remote.version
            look(observer, world.remote.tree)
            print(json.dumps({
                "seed": seed, "now": world.time, "tree": converted(world.remote.tree),
                "state": state(observer.db),
            }))


main(*map(int, sys.argv[1:4]))
