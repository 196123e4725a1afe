"""What doctor has to find: each thing that can be wrong in a file that SQLite itself may find sound."""

import os
import sqlite3

from favs import Broken, copy
from mutants import FOUND, damage
from outcome import Outcome, promised


class Harm:
    """One thing done to a sound file: statements, or another mode for the file or for its folder.

    What is `derived` follows from the rest of the file, and `--fix` has to mend it.
    """

    def __init__(self, name, *statements, derived=True, mode=None, folder_mode=None):
        self.name, self.statements, self.derived = name, statements, derived
        self.mode, self.folder_mode = mode, folder_mode

    def __str__(self):
        return self.name

    def do(self, favs):
        connection = sqlite3.connect(favs.file, isolation_level=None)
        try:
            connection.execute("PRAGMA foreign_keys=OFF")
            connection.execute("BEGIN")
            before = connection.total_changes
            for statement in self.statements:
                connection.execute(statement)
            if self.statements and connection.total_changes == before:
                raise Broken("it changes nothing: the sample is another")
            connection.execute("COMMIT")
        finally:
            connection.close()
        if self.mode is not None:
            os.chmod(favs.file, self.mode)
        if self.folder_mode is not None:
            os.chmod(favs.folder, self.folder_mode)


def entered(name, *statements):
    """Harm to what a person entered or to what happened, which nothing else in the file tells."""
    return Harm(name, *statements, derived=False)


# The favourites, trash and history are those of the sample: see `cases.prepare`.
TRASHED = "INSERT INTO trash SELECT {id}, {uid}, category, 'films', 1, modified_at, change, created_at, modified_at, " \
    "opened_at, opened, title, url, tags, metadata, note FROM favourite WHERE id = 5"
HARMS = [
    Harm("a link is not indexed", "DELETE FROM link WHERE favourite = 6"),
    Harm("no link is indexed", "DELETE FROM link"),
    Harm("a link is indexed that nobody has", "INSERT INTO link(key, favourite) VALUES(1, 1)"),
    Harm("a link is indexed of nobody", "INSERT INTO link(key, favourite) VALUES(1, 999)"),
    Harm("a link is indexed twice", "INSERT INTO link(key, favourite) VALUES(1, 6)"),
    Harm("a uid is indexed that nobody has", "INSERT INTO uid(key, favourite) VALUES(1, 1)"),
    Harm("a uid is indexed of nobody", "INSERT INTO uid(key, favourite) VALUES(1, 999)"),
    Harm("a link is indexed as another", "UPDATE link SET key = key + 1 WHERE favourite = 6"),
    Harm("two links are indexed as each other's", "UPDATE link SET favourite = 13 - favourite WHERE favourite IN (6, 7)"),
    Harm("a tag is not indexed", "DELETE FROM tagging WHERE favourite = 4", "UPDATE tag SET count = 0 WHERE name = 'drama'"),
    Harm("a tagging is missing", "DELETE FROM tagging WHERE favourite = 4"),
    Harm("a tagging is one too many", "INSERT INTO tagging SELECT id, 1 FROM tag WHERE name = 'web'",
         "UPDATE tag SET count = count + 1 WHERE name = 'web'"),
    Harm("a tagging is nobody's", "INSERT INTO tagging SELECT id, 999 FROM tag WHERE name = 'web'",
         "UPDATE tag SET count = count + 1 WHERE name = 'web'"),
    Harm("a tagging has no tag", "INSERT INTO tagging(tag, favourite) VALUES(999, 1)"),
    Harm("a tag counts wrong", "UPDATE tag SET count = count + 1 WHERE name = 'classic'"),
    Harm("a tag is gone", "DELETE FROM tag WHERE name = 'drama'"),
    Harm("a tag has another key", "UPDATE tag SET key = 'another' WHERE name = 'classic'"),
    Harm("metadata is not indexed", "DELETE FROM attribute WHERE favourite = 3"),
    Harm("metadata is indexed that nobody has", "INSERT INTO attribute(name, value, favourite) VALUES('pages', 400, 3)"),
    Harm("metadata is indexed of nobody", "INSERT INTO attribute(name, value, favourite) VALUES('pages', 400, 999)"),
    Harm("metadata is indexed with another value", "UPDATE attribute SET value = 1900 WHERE name = 'year' AND favourite = 3"),
    Harm("metadata is indexed with a second value", "INSERT INTO attribute(name, value, favourite) VALUES('year', 1900, 3)"),
    Harm("a title is not indexed", "DELETE FROM title WHERE favourite = 3"),
    Harm("a title is indexed as another", "UPDATE title SET key = 'another' WHERE favourite = 3"),
    Harm("a title is indexed of nobody", "INSERT INTO title(key, favourite) VALUES('ghost', 999)"),
    Harm("metadata is indexed without its text", "UPDATE attribute SET text = 'another' WHERE favourite = 3"),
    Harm("a word is missing", "UPDATE word SET words = replace(words, ' dune ', ' ')"),
    Harm("no word is there", "DELETE FROM word"),
    Harm("the total of favourites is wrong", "UPDATE totals SET favourites = favourites + 1"),
    Harm("the total of the trash is wrong", "UPDATE totals SET trashed = trashed + 1"),
    Harm("the totals are gone", "DELETE FROM totals"),
    Harm("a category counts wrong", "UPDATE category SET count = count + 1 WHERE name = 'films'"),
    Harm("a category counts none", "UPDATE category SET count = 0 WHERE name = 'films'"),
    Harm("a rank is missing", "DELETE FROM place WHERE favourite = 5"),
    Harm("a rank is missing, and not counted", "DELETE FROM place WHERE favourite = 5",
         "UPDATE block SET count = count - 1 WHERE id = (SELECT block FROM place WHERE favourite = 4)"),
    Harm("a rank is nobody's", "INSERT INTO place SELECT 999, block, position + 1, lengths FROM place WHERE favourite = 5",
         "UPDATE block SET count = count + 1 WHERE id = (SELECT block FROM place WHERE favourite = 5)"),
    Harm("a rank is in another category", "UPDATE place SET block = (SELECT block FROM place WHERE favourite = 3), "
         "position = position + 1 WHERE favourite = 5"),
    Harm("a block counts wrong", "UPDATE block SET count = count + 1 WHERE id = (SELECT block FROM place WHERE favourite = 5)"),
    Harm("a block is gone", "DELETE FROM block WHERE id = (SELECT block FROM place WHERE favourite = 5)"),
    Harm("a block is empty", "INSERT INTO block SELECT 999, id, 1000000, 1 FROM category WHERE name = 'films'"),
    Harm("a block is in no category", "INSERT INTO block(id, category, key, count) VALUES(999, 999, 0, 1)",
         "INSERT INTO place(favourite, block, position, lengths) VALUES(999, 999, 1024, x'')"),
    Harm("the search index is empty", "INSERT INTO search(search) VALUES('delete-all')"),
    Harm("the search index takes a favourite for longer than it is", "UPDATE place SET lengths = x'09' WHERE favourite = 1"),
    Harm("the search index has one too many", "INSERT INTO search(rowid, title, tags, url, note, other, place) "
         "VALUES(999, 'nobody', '', '', '', '', '')"),
    Harm("the search index has words that are nobody's", "INSERT INTO search(rowid, title, tags, url, note, other, place) "
         "VALUES(1, 'nobody', '', '', '', '', '')"),
    Harm("the search index cannot be read", "UPDATE search_data SET block = x'00' WHERE id > 10"),
    Harm("others may read the file", mode=0o644),
    Harm("others may write to the file", mode=0o666),
    Harm("others may write to the folder", folder_mode=0o777),

    entered("ids would be given again", "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'favourite'"),
    entered("ids of the trash would be given again", "UPDATE sqlite_sequence SET seq = 22 WHERE name = 'favourite'"),
    entered("ids of categories would be given again", "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'category'"),
    entered("nothing tells which ids were given", "DELETE FROM sqlite_sequence"),
    entered("a favourite lives and is in the trash", TRASHED.format(id="id", uid="uid"),
            "UPDATE totals SET trashed = trashed + 1"),
    entered("a favourite is in the trash as another's twin", TRASHED.format(id="999", uid="uid"),
            "UPDATE totals SET trashed = trashed + 1"),
    entered("a category lives and is in the trash",
            "INSERT INTO trash_category SELECT id, uid, name, key, note, schema, modified_at, change, created_at, modified_at "
            "FROM category WHERE name = 'films'"),
    entered("tags are no JSON", "UPDATE favourite SET tags = '[' WHERE id = 1"),
    entered("tags are no list", "UPDATE favourite SET tags = '\"classic\"' WHERE id = 1"),
    entered("metadata is no JSON", "UPDATE favourite SET metadata = '{\"a\":' WHERE id = 1"),
    entered("metadata is no object", "UPDATE favourite SET metadata = '[1]' WHERE id = 1"),
    entered("metadata is a list", "UPDATE favourite SET metadata = '{\"year\":[1965]}' WHERE id = 1"),
    entered("tags in the trash are no JSON", "UPDATE trash SET tags = '[' WHERE id = 23"),
    entered("metadata in the trash is no JSON", "UPDATE trash SET metadata = '{' WHERE id = 23"),
    entered("a category's schema is no JSON", "UPDATE category SET schema = '{' WHERE name = 'films'"),
    entered("what was before is no JSON", "UPDATE change_item SET before = '{' WHERE change = 12 AND before IS NOT NULL"),
    entered("the change of a favourite is gone", "DELETE FROM change WHERE number = 13"),
    entered("the addition of a favourite is gone", "DELETE FROM change WHERE number = 2"),
    entered("all changes are gone", "DELETE FROM change"),
    entered("the items of a change are gone", "DELETE FROM change_item WHERE change = 12"),
    entered("all items of changes are gone", "DELETE FROM change_item"),
    entered("a change is of no device", "UPDATE change SET device = 999 WHERE number = 2"),
    entered("the category of a favourite is gone", "DELETE FROM category WHERE name = 'films'"),
    entered("a favourite is in no category", "UPDATE favourite SET category = 999 WHERE id = 5"),
    entered("a category's key is another's", "UPDATE category SET key = 'zzz' WHERE name = 'films'"),
]
# What doctor may say of a file: sound, something found, and no file that can be used.
SOUND = 0


@promised()
def harmed(program, workers, starts, folder):
    """Each thing that doctor checks, made wrong on its own."""
    derived = [harm for harm in HARMS if harm.derived]
    outcome = Outcome(
        "What is wrong in a file is found by doctor; what follows from the rest is mended by --fix, with all favourites as "
        "they were; and where doctor finds nothing, writing works",
        f"{len(HARMS)} sound files of which one thing is made wrong by other means, {len(derived)} of these such that it "
        "follows from the rest: indexes, counts, ranks, the search index, rights; the others ids, trash, JSON, history")

    def all_of(favs):
        return [favs.must(*words) for words in (["list", "--json"], ["trash", "list", "--json"], ["category", "list", "--json"])]

    def attempt(favs, harm):
        copy(os.path.join(starts, "sample"), favs.folder)
        before = all_of(favs)
        harm.do(favs)
        with open(favs.file, "rb") as file:
            data = file.read()
        looked = favs.run(["doctor"])
        if looked.code not in FOUND:
            outcome.failed(f"{harm}: doctor does not find it: exit code {looked.code}: {looked.err.strip()[:200]}")
        else:
            outcome.count("found")
        with open(favs.file, "rb") as file:
            if file.read() != data:
                raise Broken("doctor changed the file")
        done = favs.run(["doctor", "--fix"])
        if done.code not in (SOUND, *FOUND):
            raise Broken(f"doctor --fix: exit code {done.code}: {done.err.strip()[:200]}")
        if harm.derived and done.code != SOUND:
            told = [line for line in done.out.decode(errors="replace").splitlines() if not line.startswith("ok")]
            raise Broken(f"doctor --fix does not mend it: exit code {done.code}: {told or done.err.strip()[:200]}")
        if done.code != SOUND:
            return
        # Now it says that all is well: then it is, and nothing was lost on the way.
        favs.is_sound()
        if wrong := damage(favs.file):
            raise Broken(f"doctor --fix finds all well, and SQLite: {wrong[:200]}")
        if harm.derived and all_of(favs) != before:
            raise Broken("favourites are others after doctor --fix")
        favs.still_writes()
        outcome.count("mended", harm.derived)

    workers.all(outcome, HARMS, attempt)
    outcome.result = f"{outcome.counts['found']} found, {outcome.counts['mended']} of {len(derived)} mended"
    return outcome


def all(program, workers, starts, folder):
    return [harmed(program, workers, starts, folder)]
