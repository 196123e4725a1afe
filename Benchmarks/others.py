"""favs beside other programs, on the same bookmarks and tasks. None of them has to be there."""

import json
import os
import shutil
import sqlite3
import time
import uuid

from measure import Case, Failed, alternate, output, percentile, run

PAGE = 20
ROUNDS = 20


def pairs(rows, execute, seconds):
    """Runs each pair in turn, and makes a table of them: name, favs, the other, how many each found."""
    cases = []
    for name, own, other, *_ in rows:
        cases += [Case(name, own), Case(name, other)]
    alternate(cases, execute, ROUNDS, seconds)
    made = []
    for at, (name, _, _, *found) in enumerate(rows):
        own, other = cases[2 * at].times, cases[2 * at + 1].times
        cells = [f"{percentile(times, share):,.1f}" for times in (own, other) for share in (50, 95)]
        ratio = percentile(other, 50) / percentile(own, 50)
        made.append([name] + cells + [f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"] + found)
    return made


def buku(program, folder, sample, facts, favs, environment, seconds):
    """Rows for word, tag and substring, and how the load went."""
    database = os.path.join(folder, "buku.db")
    file = sqlite3.connect(database)
    file.execute(
        "CREATE TABLE bookmarks (id integer PRIMARY KEY, URL text NOT NULL UNIQUE, metadata text default '', "
        "tags text default ',', desc text default '', flags integer default 0)")

    def rows():
        with open(sample, encoding="utf-8") as lines:
            for line in lines:
                made = json.loads(line)
                yield made["url"], made["title"], "," + "".join(tag + "," for tag in made["tags"]), made["note"] or ""

    file.executemany("INSERT INTO bookmarks(URL, metadata, tags, desc) VALUES (?, ?, ?, ?)", rows())
    file.commit()
    file.close()
    own = {**environment, "XDG_DATA_HOME": folder, "NO_COLOR": "1"}
    own["FAVS_DB"] = os.path.join(folder, "links.db")
    load = run([favs, "import", "-", "--quiet"], own, stdin=sample)
    call = [program, "--db", database, "--nostdin", "--nc"]

    def hits(words):
        printed = output(call + ["--np", "-j"] + words, own)
        return f"{len(json.loads(printed[printed.index('['):])) if '[' in printed else 0:,}"

    def count(words):
        return f"{int(output([favs, 'search', '--count'] + words, own)):,}"

    rare, middling = facts["rare"]["word"], facts["middling"]["word"]
    tag, part = facts["tag"]["word"], facts["part"]["word"]
    table = []
    for name, ours, theirs in [
        ("a rare word", [rare], ["-s", rare]),
        ("a middling word", [middling], ["-s", middling]),
        ("the commonest word", [facts["common"]["word"]], ["-s", facts["common"]["word"]]),
        ("two words, both", facts["pair"]["words"], ["-S"] + facts["pair"]["words"]),
        (f"a tag, `{tag}`", ["#" + tag], ["--stag", tag]),
        (f"a part of a word, `{part}`", ["--substring", part], ["-s", part, "--deep"]),
    ]:
        table.append((name, [favs, "search"] + ours, call + ["--np"] + theirs, count(ours), hits(theirs)))
    table.append(("one by its number", [favs, "show", "500"], call + ["--np", "-p", "500"], "1", "1"))
    made = pairs(table, lambda words, _: run(words, own), seconds)
    sizes = f"{os.path.getsize(own['FAVS_DB']) / 2**20:,.1f} MiB", f"{os.path.getsize(database) / 2**20:,.1f} MiB"
    for name in (database, own["FAVS_DB"]):
        os.remove(name)
    return made, sizes, load.milliseconds / 1000


def taskwarrior(program, folder, sample, facts, favs, environment, seconds):
    """Rows for listing and filtering, and how long the import took."""
    place = os.path.join(folder, "tasks")
    os.mkdir(place)
    settings = os.path.join(place, "taskrc")
    with open(settings, "w", encoding="utf-8") as file:
        file.write(f"data.location={place}\nconfirmation=off\nverbose=nothing\nhooks=off\n")
    tasks = os.path.join(place, "tasks.json")
    with open(sample, encoding="utf-8") as lines, open(tasks, "w", encoding="utf-8") as file:
        for line in lines:
            made = json.loads(line)
            stamp = made["created_at"][:19].replace("-", "").replace(":", "") + "Z"
            file.write(json.dumps({
                "uuid": str(uuid.UUID(int=made["id"], version=4)), "status": "pending", "entry": stamp,
                "description": made["title"] + " " + (made["note"] or ""),
                "project": made["category"].replace("/", "."),
                "tags": [tag for tag in made["tags"] if tag.isalnum()]}) + "\n")
    own = {**environment, "TASKRC": settings, "TASKDATA": place, "FAVS_DB": os.path.join(folder, "tasks.db")}
    begin = time.perf_counter()
    run([program, "import", tasks], own)
    took = time.perf_counter() - begin
    ours = run([favs, "import", "-", "--quiet"], own, stdin=sample).milliseconds / 1000
    cut = ["--page", "1", "--per-page", str(PAGE)]
    word, tag = facts["middling"]["word"], facts["tag"]["word"]
    page = [f"limit:{PAGE}", "list"]
    table = [
        ("the first page", [favs, "list"] + cut, [program] + page),
        ("of one category", [favs, "list", "big"] + cut, [program, "project:big"] + page),
        (f"with a tag, `{tag}`", [favs, "list", "-t", tag] + cut, [program, "+" + tag] + page),
        ("with a word", [favs, "search", word] + cut, [program, "description.word:" + word] + page),
        ("one by its number", [favs, "show", "500"], [program, "500", "info"]),
    ]
    made = pairs(table, lambda words, _: run(words, own), seconds)
    shutil.rmtree(place)
    os.remove(own["FAVS_DB"])
    return made, took, ours


def hyperfine(program, folder, favs, sqlite, file, environment):
    """The same two commands by another clock: name, median of its runs."""
    report = os.path.join(folder, "hyperfine.json")
    run([program, "-N", "--warmup", "5", "--runs", "100", "--export-json", report,
         f"'{sqlite}' '{file}' 'select 1'", f"'{favs}' list --page 1 --per-page {PAGE}"], environment)
    with open(report, encoding="utf-8") as read:
        return [result["median"] * 1000 for result in json.load(read)["results"]]


def present(program):
    """The whole path of a program, or nothing."""
    return shutil.which(program)


__all__ = ["Failed", "buku", "hyperfine", "present", "taskwarrior"]
