#!/usr/bin/env python3
"""Writes sample favourites as JSON lines, in the form that `favs list --format jsonl` prints.

The same count and seed give the same bytes anywhere. A tenth of all stands in the category `big`
(100,000 at a million), ten in `few`, the rest in some 200 categories of very different size. Each has
about 300 bytes of text, in words of which few are common and most are rare, as in any language: the
commonest stands in a fifth of all favourites, the rarest, at a million, in fewer than twenty.
"""

import argparse
import bisect
import collections
import itertools
import json
import random
import struct
import sys
from datetime import datetime, timedelta, timezone

TOPS = "books films places files commands quotes links music recipes games papers people tools trips".split()
BELOW = "best classic daily family garden history home later maths science travel winter work young".split()
WORDS = """
    amber anchor archive autumn basil beacon bicycle bridge café canyon cedar chapter cipher clock coast
    comet compass copper coral courier crystal desert diary dragon echo ember engine essay fable falcon
    ferry fjord forest fountain galaxy garden ginger glacier granite harbour harvest hollow horizon ink
    island ivory jasmine journey kettle kite lantern lemon letter library lilac lighthouse magnet maple
    marble meadow melody mirror mosaic mountain museum naïve needle night north novel oak ocean olive
    orchard orbit paper parcel pebble pepper piano pilot planet plaza pocket poem prairie quarry quartz
    quiet rain raven recipe reef ribbon river robin rocket saffron salt sapphire saga shadow shell signal
    silver sketch snow sonata spark spring station stone storm summer tango temple thunder tiger timber
    tower train tulip tunnel umbrella valley velvet verse village violet violin voyage walnut water
    whistle willow window winter wolf wonder yarn year zebra zenith zephyr
""".split()
TAGS = """
    again art budget c++ classic cooking design drama draft essential family free fun gift health howto
    idea kids language later linux long maths must-see nature news offline paper photo poetry print
    project quick rainy-day reference school short slow sql swift travel tutorial video weekend
""".split()
STARTED = datetime(2016, 1, 1, tzinfo=timezone.utc)
SPAN_MILLISECONDS = 9 * 365 * 24 * 3600 * 1000
VOCABULARY = 20_000
# The word of rank k is drawn with a weight of (k + SHIFT) ** -STEEPNESS: the law of Zipf and Mandelbrot.
SHIFT = 190
STEEPNESS = 2.25
SLOTS = 1 << 16
ONSETS = "b br c ch cl d dr f fl g gl gr h j k l m n p pl pr qu r s sh sl st t th tr v w z".split()
VOWELS = "a a e e i i o o u ai ea ou".split()
ENDINGS = "n r l t m nd ck rn th lt rk nt st p x".split()


def quoted_list(names):
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def stamp(milliseconds):
    moment = STARTED + timedelta(milliseconds=milliseconds)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


class Categories:
    """Deals categories out: two of a known size, the others by a long tail."""

    def __init__(self, count, dice):
        self.count = count
        self.dice = dice
        self.names = TOPS + [f"{top}/{below}" for top in TOPS for below in BELOW]
        dice.shuffle(self.names)
        self.weights = list(itertools.accumulate(1 / (n + 3) for n in range(len(self.names))))

    def category(self, index):
        if index % 10 == 0:
            return "big"
        if self.count >= 100 and index % (self.count // 10) == 1:
            return "few"
        at = bisect.bisect(self.weights, self.dice.random() * self.weights[-1])
        return self.names[min(at, len(self.names) - 1)]


def vocabulary():
    """All words, the commonest first: always the same, so that two samples speak one language."""
    dice = random.Random(20_000)
    words = dict.fromkeys(WORDS)
    while len(words) < VOCABULARY:
        parts = [dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(dice.choice((1, 2, 2, 2, 2, 3)))]
        words["".join(parts) + (dice.choice(ENDINGS) if dice.random() < 0.6 else "")] = None
    # The real ones stand among the commoner, for the eye.
    words = list(words)
    common = words[: 4 * len(WORDS)]
    dice.shuffle(common)
    return common + words[len(common):]


class Language:
    """Draws words. The commoner have slots in a table; of the rest, one is sought each time."""

    def __init__(self, dice):
        words = vocabulary()
        weights = [(rank + SHIFT) ** -STEEPNESS for rank in range(1, len(words) + 1)]
        whole = sum(weights)
        self.dice = dice
        self.slots = []
        kept = 0
        while (share := round(weights[kept] / whole * SLOTS)) >= 8:
            self.slots += [words[kept]] * share
            kept += 1
        self.slots += [None] * (SLOTS - len(self.slots))
        self.rest = words[kept:]
        self.sums = list(itertools.accumulate(weights[kept:]))

    def words(self, count):
        numbers = struct.unpack(f"<{count}H", self.dice.getrandbits(16 * count).to_bytes(2 * count, "little"))
        slots = self.slots
        return [slots[number] or self.seldom() for number in numbers]

    def seldom(self):
        at = bisect.bisect(self.sums, self.dice.random() * self.sums[-1])
        return self.rest[min(at, len(self.rest) - 1)]


class Favourite:
    """One of them: its line as JSON, and what the line is made of."""

    __slots__ = ["category", "tags", "title", "url", "note", "metadata", "words", "noted", "line"]


def favourites(count, seed=1, links=False):
    """Favourites in the order of their ids; `links`: each with a URL."""
    dice = random.Random(seed)
    categories = Categories(count, dice)
    language = Language(dice)
    ranks = {}
    rand, pick = dice.random, dice.choice
    epoch = int(STARTED.timestamp() * 1000)
    # One object serves for all: it holds until the next.
    made = Favourite()
    for index in range(count):
        category = categories.category(index)
        rank = ranks[category] = ranks.get(category, 0) + 1
        age = index * SPAN_MILLISECONDS // count
        created = stamp(age)
        low = dice.getrandbits(74)
        moment = f"{epoch + age:012x}"
        uid = (
            f"{moment[:8]}-{moment[8:]}-7{low >> 62:03x}"
            f"-{0x8000 | (low >> 48 & 0x3FFF):04x}-{low & 0xFFFFFFFFFFFF:012x}"
        )
        titled = 3 + int(rand() * 4)
        noted = 20 + int(rand() * 21)
        words = language.words(titled + noted + 3)
        title = " ".join(words[:titled]).capitalize()
        note = " ".join(words[titled:-3]).capitalize() + "."
        url = "null"
        if links or rand() < 0.7:
            host, above, below = words[-3:]
            url = f'"https://{host}.example/{above}/{below}-{index}"'
        tags = sorted({pick(TAGS) for _ in range(dice.randrange(4))})
        metadata = "{}"
        if rand() < 0.25:
            metadata = '{"year":%d}' % dice.randrange(1900, 2026)
            if rand() < 0.3:
                metadata = metadata[:-1] + ',"seen":"20%02d-%02d-%02d"}' % (
                    dice.randrange(10, 26), dice.randrange(1, 13), dice.randrange(1, 29))
        opened = dice.randrange(1, 40) if rand() < 0.2 else 0
        opened_at = f'"{stamp(age + 86_400_000)}"' if opened else "null"
        made.category, made.tags, made.title, made.url, made.note = category, tags, title, url, note
        made.metadata = metadata
        made.words = words if url != "null" else words[:-3]
        made.noted = (titled, titled + noted)
        made.line = (
            f'{{"id":{index + 1},"uid":"{uid}","title":"{title}","url":{url},"note":"{note}",'
            f'"category":"{category}","rank":{rank},"tags":{quoted_list(tags)},"metadata":{metadata},'
            f'"created_at":"{created}","modified_at":"{created}","opened_at":{opened_at},"opened":{opened}}}'
        )
        yield made


def write(count, file, seed=1, links=False):
    """Writes them to a text file, in pieces."""
    source = (made.line for made in favourites(count, seed, links))
    while piece := list(itertools.islice(source, 10_000)):
        file.write("\n".join(piece) + "\n")


def misspelt(word, words, beginnings):
    """The word with two letters swapped, so that it is no word and no beginning of one."""
    for at in range(len(word) // 2, len(word) - 1):
        typed = word[:at] + word[at + 1] + word[at] + word[at + 2:]
        if typed != word and typed not in words and typed not in beginnings:
            return typed
    return None


def facts(count, seed=1, links=False):
    """The words that benchmarks look for, each with the number of favourites that hold it."""
    found, inside = collections.Counter(), collections.Counter()
    size = 0
    for made in favourites(count, seed, links):
        own = set(made.words)
        found.update(own)
        if made.category == "big":
            inside.update(own)
        size += len(made.title.encode()) + len(made.note.encode()) + sum(map(len, made.tags))
        if made.url != "null":
            size += len(made.url.encode()) - 2
        if made.metadata != "{}":
            size += sum(len(key) + len(str(piece)) for key, piece in json.loads(made.metadata).items())
    words = vocabulary()
    known = set(words)
    beginnings = {word[:length] for word in words for length in range(1, len(word))}
    # What is also a tag, the name of a category or the beginning of a longer word would be found more often.
    others = set(TAGS) | set(TOPS) | set(BELOW)
    plain = [word for word in words
             if found[word] and word.isascii() and word not in others and word not in beginnings]
    most = max(2, min(20, count // 500))
    rare = sorted((word for word in plain if found[word] <= most), key=lambda word: abs(found[word] - most // 2))
    common = max(plain, key=found.get)
    middling = min(plain, key=lambda word: abs(found[word] - count / 200))
    long = next((word for word in rare if len(word) >= 8 and misspelt(word, known, beginnings)), rare[0])
    within = max(rare, key=lambda word: (inside[word] * 2 <= most, inside[word]))
    seldom = set(rare)
    pair, phrase, tags, after = None, None, collections.Counter(), collections.Counter()
    for made in favourites(count, seed, links):
        if pair is None:
            both = sorted(seldom.intersection(made.words))
            if len(both) > 1:
                pair = both[:2]
        noted = made.words[slice(*made.noted)]
        if middling in made.words:
            tags.update(made.tags)
            if phrase is None and middling in noted[1:-1]:
                at = noted.index(middling, 1)
                phrase = noted[at - 1: at + 2]
        if common in noted[:-1]:
            following = noted[noted.index(common) + 1]
            after[following] += following != common
    step = max(1, len(plain) // 200)

    def fact(word, typed=None):
        return {"word": typed or word, "favourites": found[word]}

    return {
        "count": count,
        "seed": seed,
        "text_bytes": size,
        "common": fact(common),
        "middling": fact(middling),
        "rare": fact(rare[0]),
        "pair": {"words": pair},
        "typo": fact(long, misspelt(long, known, beginnings) or long) | {"meant": long},
        "inside": {"word": within, "category": "big", "favourites": inside[within]},
        "phrase": {"words": phrase},
        "common_phrase": {"words": [common, max(sorted(after), key=after.get, default=middling)]},
        "beginning": {"word": middling[:4]},
        "part": {"word": long[2:-2]},
        "tag": {"word": max(sorted(tags), key=tags.get, default=TAGS[0])},
        "words": plain[::step],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="how many favourites")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives others")
    parser.add_argument("--links", action="store_true", help="each with a URL")
    parser.add_argument(
        "--facts", action="store_true", help="print, as JSON, which words in them are rare, common and so on")
    arguments = parser.parse_args()
    if arguments.facts:
        print(json.dumps(facts(arguments.count, arguments.seed, arguments.links), indent=1))
        return
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as file:
        write(arguments.count, file, arguments.seed, arguments.links)


if __name__ == "__main__":
    main()
