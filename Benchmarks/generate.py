#!/usr/bin/env python3
"""Writes sample favourites as JSON lines, in the form that `favs list --format jsonl` prints.

The same count and seed give the same bytes anywhere. A tenth of all stands in the category `big`
(100,000 at a million), ten in `few`, the rest in some 200 categories of very different size.
"""

import argparse
import bisect
import itertools
import random
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


def lines(count, seed=1):
    """Favourites, one line each, without the line feed."""
    dice = random.Random(seed)
    categories = Categories(count, dice)
    ranks = {}
    rand, pick = dice.random, dice.choice
    epoch = int(STARTED.timestamp() * 1000)
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
        title = " ".join([pick(WORDS).capitalize(), pick(WORDS), pick(WORDS)])
        url = f'"https://{pick(WORDS[:12])}.example/{pick(TOPS)}/{index}"' if rand() < 0.7 else "null"
        note = "null"
        if rand() < 0.15:
            note = '"' + " ".join(pick(WORDS) for _ in range(dice.randrange(4, 24))) + '."'
        tags = quoted_list(sorted({pick(TAGS) for _ in range(dice.randrange(4))}))
        metadata = "{}"
        if rand() < 0.25:
            metadata = '{"year":{"type":"number","value":%d}}' % dice.randrange(1900, 2026)
            if rand() < 0.3:
                metadata = metadata[:-1] + ',"seen":{"type":"date","value":"20%02d-%02d-%02d"}}' % (
                    dice.randrange(10, 26), dice.randrange(1, 13), dice.randrange(1, 29))
        opened = dice.randrange(1, 40) if rand() < 0.2 else 0
        opened_at = f'"{stamp(age + 86_400_000)}"' if opened else "null"
        yield (
            f'{{"id":{index + 1},"uid":"{uid}","title":"{title}","url":{url},"note":{note},'
            f'"category":"{category}","rank":{rank},"tags":{tags},"metadata":{metadata},'
            f'"created_at":"{created}","modified_at":"{created}","opened_at":{opened_at},"opened":{opened}}}'
        )


def write(count, file, seed=1):
    """Writes them to a text file, in pieces."""
    source = lines(count, seed)
    while piece := list(itertools.islice(source, 10_000)):
        file.write("\n".join(piece) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, required=True, help="how many favourites")
    parser.add_argument("--seed", type=int, default=1, help="another seed gives others")
    arguments = parser.parse_args()
    with open(sys.stdout.fileno(), "w", encoding="utf-8", closefd=False) as file:
        write(arguments.count, file, arguments.seed)


if __name__ == "__main__":
    main()
