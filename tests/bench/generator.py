"""A pool of made-up reviews: any number, the same each time, with the shapes of real ones.

    python tests/bench/generator.py 300 FOLDER

Lengths are as in real collections of reviews: a median of 240 words, a mean near 367, some of
2,000; sentences of 4 to 40 words, paragraphs of 20 to 130. One review in four has footnotes
(their labels unique in the whole pool, as a peer with one space for notes needs), one in three
links, one in eight a table, one in eight a picture, one in eight a loose list, one in eight (the
long ones) a heading. The words are drawn from a small vocabulary as often as such words are in
English.
"""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from random import Random
from struct import pack

MEDIAN, SPREAD = 219, 1.65
"""Of the words in paragraphs; notes, tables and lists come on top."""
SHORTEST, LONGEST = 60, 2100
SEED = 1143
"""One with which the first 300 reviews and the first 2,400 are alike in their lengths."""

COMMON = """the of and a to in that it is was he for with his on as at by she her not but be from
they which this had or have an one all who we so there when no if out what up into them than
their then time only some its over may other more very two about after before where how any our
first man must down like now even most never also back here under yet because old through such
between each those own last still while too again once just little long off both might""".split()

RARER = """camera street window night river train station lamp letter face silence shadow room door
city winter summer evening music voice story scene frame picture director actor actress screen
lens light colour glance gesture laughter sorrow memory childhood village border crossing harbour
island desert mountain road journey stranger brother sister mother father daughter husband doctor
teacher soldier officer detective thief dancer singer painter writer witness murder evidence
betrayal marriage funeral wedding kitchen corridor staircase balcony curtain mirror photograph
umbrella overcoat bicycle carriage locomotive telephone newspaper cigarette coffee supper breakfast
patience tenderness cruelty comedy tragedy melodrama suspense rhythm editing composition
performance reputation conviction understatement sentimental deliberate unhurried extraordinary
photographed remembered forgotten abandoned discovered whispered hesitates lingers watches listens
returns refuses promises disappears understands recognises remains becomes believes follows
crosses opens closes begins ends holds keeps leaves carries gathers narrow quiet careful bitter
gentle absurd precise ordinary luminous restless faithful ambiguous magnificent unforgettable
melancholy theatrical documentary uncompromising neighbourhood responsibility cinematographer
particular astonishing perfectly slowly almost certainly perhaps somewhere tomorrow yesterday
midnight morning weather thunder orchestra violin piano fiddle chorus applause audience ticket
festival studio province frontier government regime occupation resistance
armistice republic""".split()

FIRST = (
    "Ada Bruno Clara Dario Edith Felix Greta Hugo Ines Jonas Karin Leo Mira Nils Olga Paul".split()
)
LAST = "Abbot Bell Carr Dunne Ekholm Frost Gale Holm Ivens Jarvis Keller Lund Marsh Novak".split()
COUNTRIES = "France|Japan|Italy|Sweden|United States|Mexico|Poland|India".split("|")


@dataclass(frozen=True, slots=True)
class Review:
    """One made-up review, in parts that both our front matter and a peer's text are made of."""

    slug: str
    title: str
    film: str
    year: int
    director: str
    reviewer: str
    body: str


class _Words:
    """Words, sentences and paragraphs, drawn in one fixed order.

    Only `random()` is asked of the generator: its sequence is promised for ever. And only what
    IEEE 754 settles to the last bit is done with it, which powers and logarithms are not.
    """

    def __init__(self, seed: int) -> None:
        self._draw = Random(seed).random

    def number(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + int(self._draw() * (high - low + 1))

    def one(self, words: list[str]) -> str:
        """Any of these."""
        return words[self.number(0, len(words) - 1)]

    def chance(self, of: float) -> bool:
        """Whether it happens this time."""
        return self._draw() < of

    def length(self) -> int:
        """A review's words: nearly log-normal, as lengths of texts are."""
        size = float(MEDIAN)
        for _ in range(6):
            size *= (1 + SPREAD * self._draw()) / (1 + SPREAD * self._draw())
        return min(LONGEST, max(SHORTEST, int(size)))

    def word(self) -> str:
        """A common word, or (about as often) a rarer one; of each kind early ones more often."""
        words = COMMON if self.chance(0.56) else RARER
        bent = self._draw()
        bent *= sqrt(sqrt(bent)) * (bent if words is COMMON else 1)
        return words[int(bent * len(words))]

    def phrase(self, count: int) -> str:
        """A few words."""
        return " ".join(self.word() for _ in range(count))

    def sentence(self, count: int, inner: str = "") -> str:
        """A sentence of so many words, with a comma here and there and `inner` in its midst."""
        words = [self.word() for _ in range(count)]
        for at in range(5, count - 3, 7):
            if self.chance(0.6):
                words[at] += self.one([",", ",", ",", ";", ":", " --"])
        if self.chance(0.08) and count > 12:
            words[4], words[8] = f'"{words[4]}', f'{words[8].rstrip(",;: -")}"'
        if self.chance(0.12):
            words[-2] = f"*{words[-2]}*" if words[-2].isalpha() else words[-2]
        if self.chance(0.1):
            words[2] = self.one(["didn't", "isn't", "it's", "couldn't", "film's"])
        if inner:
            words.insert(count // 2, inner)
        text = " ".join(words)
        return text[0].upper() + text[1:] + self.one([".", ".", ".", ".", "?", "..."])

    def paragraph(self, count: int, inner: str = "") -> str:
        """Sentences until there are about so many words."""
        said: list[str] = []
        left = count
        while left > 0:
            size = min(max(4, self.number(4, 22) + self.number(0, 18)), max(4, left))
            said.append(self.sentence(size, inner if not said else ""))
            left -= size
        return " ".join(said)


def reviews(count: int) -> Iterator[Review]:
    """The first `count` reviews of the pool; each is the same in a pool of any size."""
    for number in range(1, count + 1):
        yield _review(number)


def passage(number: int, count: int) -> str:
    """A paragraph of about `count` words that is in no review; another one for each number."""
    return _Words(SEED - number).paragraph(count)


def _review(number: int) -> Review:
    words = _Words(SEED + number)
    slug = f"film-{number:04d}"
    title = words.phrase(words.number(2, 5))
    film = f"The {words.one(RARER).capitalize()} {words.one(RARER).capitalize()} {number}"
    length = words.length()
    blocks: list[str] = []
    notes: list[str] = []
    noted, linked = words.chance(1 / 3), words.chance(1 / 2)
    left = length
    while left > 0:
        inner = ""
        if noted and len(notes) < 4 and words.chance(0.5):
            label = f"n{number}-{len(notes) + 1}"
            notes.append(f"[^{label}]: {words.sentence(words.number(8, 30))}")
            inner = f"{words.word()}[^{label}]"
        elif linked and words.chance(0.3):
            inner = f"[{words.phrase(2)}](https://example.org/{slug}/{len(blocks)})"
        size = min(words.number(40, 130), max(left, 20))
        blocks.append(words.paragraph(size, inner))
        left -= size
    middle = (len(blocks) + 1) // 2
    if words.chance(1 / 8):
        blocks.insert(middle, f"![{words.phrase(6)}](../images/still-{number % 4}.png)")
    if words.chance(1 / 8):
        rows = "\n".join(
            f"| {words.phrase(2)} | {words.number(1920, 2020)} | {words.phrase(4)} |"
            for _ in range(words.number(3, 6))
        )
        blocks.insert(middle, f"| Scene | Year | What is seen |\n| --- | ---: | --- |\n{rows}")
    if words.chance(1 / 10):
        items = (f"- {words.sentence(words.number(6, 24))}" for _ in range(3))
        blocks.insert(middle, "\n\n".join(items))
    if length > 700:
        blocks.insert(middle, f"## {words.phrase(3).capitalize()}")
    name = f"{FIRST[number % len(FIRST)]} {LAST[number * 5 % len(LAST)]}"
    return Review(
        slug,
        title[0].upper() + title[1:],
        film,
        1920 + words.number(0, 99),
        f"{words.one(FIRST)} {words.one(LAST)}",
        name,
        "\n\n".join([*blocks, *notes]) + "\n",
    )


HEADER = """\
---
title: {title}
film:
  title: {film}
  year: {year}
  directors: [{director}]
  country: [{country}]
reviewer: {reviewer}
rights: {{holder: {reviewer}, year: 2026, licence: CC-BY-4.0, status: not needed}}
date: 2026-01-{day:02d}
---

"""
IMPRINT = """\
name: The Pool
language: en-GB
defaults: {images: {holder: The Pool, year: 2026, status: own}}
"""
TICKET = """\
title: A Pool of Made-up Reviews
language: en-GB
issued: 2026-11-01
editors: [Ada Bell]
rights: {holder: The Pool, year: 2026}
order: {by: [film.title]}
reviews: [reviews/*.md]
front: [title, copyright, contents]
back: [contributors]
volumes:
  epub: {}
  print: {trim: 6x9}
"""


def project(folder: Path, count: int) -> None:
    """Write a project of `count` reviews, two volumes of one anthology `pool`, into `folder`."""
    home = folder / "manuscripts"
    for name in ("reviews", "anthologies", "images"):
        (home / name).mkdir(parents=True, exist_ok=True)
    for number, review in enumerate(reviews(count)):
        header = HEADER.format(
            title=review.title,
            film=review.film,
            year=review.year,
            director=review.director,
            country=COUNTRIES[number % len(COUNTRIES)],
            reviewer=review.reviewer,
            day=number % 28 + 1,
        )
        (home / "reviews" / f"{review.slug}.md").write_text(header + review.body, "utf-8")
    for number in range(4):
        (home / "images" / f"still-{number}.png").write_bytes(_still(number))
    (home / "imprint.yaml").write_text(IMPRINT, "utf-8")
    (home / "anthologies" / "pool.yaml").write_text(TICKET, "utf-8")


def _still(number: int) -> bytes:
    """A grey picture of 480 by 270: rings around somewhere."""
    wide, high = 480, 270
    rows = b"".join(
        b"\0"
        + bytes(
            ((x - 90 * number) ** 2 + (y - 130) ** 2) // (40 + 9 * number) % 200 + 40
            for x in range(wide)
        )
        for y in range(high)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows, 9))
        + chunk(b"IEND", b"")
    )


if __name__ == "__main__":
    project(Path(sys.argv[2]), int(sys.argv[1]))
