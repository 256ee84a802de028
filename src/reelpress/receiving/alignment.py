"""Words that only begin or end elsewhere are not lost: a quotation mark or a note's number in the
middle of one makes two of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate

from reelpress.words import word_list

_AROUND = 12
"""As many letters on each side of a word tell its place."""
_MOST = 1_000_000_000
"""Letters that are gone through at most: words for which that is not enough stay missing."""
_DIGITS = re.compile(r"\d+")


def truly_missing(
    missing: Counter[str], source: str, here: Iterable[str], left_out: Iterable[str] = ()
) -> Counter[str]:
    """Of the words of `source` that are `missing` those whose letters are not `here` either, as
    often as they are not. What of the source is `left_out` is between no two words.

    A word is there if its letters stand in one run with those before and those behind it, in
    whatever words these are: where one was dropped, its neighbours have come together.
    """
    for text in left_out:
        source = source.replace(text, "\n", 1)
    words, found = word_list(source), "\0".join("".join(word_list(text)) for text in here)
    figures = {word for word in missing if not _DIGITS.sub("", word)}
    gone = _gone(words, found, figures)
    # The number of a note may stand in a word, or no longer: letters alone are compared.
    bare = [_DIGITS.sub("", word) for word in words]
    named = {_DIGITS.sub("", word) for word in missing.keys() - figures}
    letters = _gone(bare, _DIGITS.sub("", found), named)
    gone |= {word: letters[_DIGITS.sub("", word)] for word in missing.keys() - figures}
    return Counter({word: min(n, gone[word]) for word, n in missing.items() if gone[word]})


def _gone(words: Sequence[str], found: str, asked: Iterable[str]) -> Counter[str]:
    """How often words do not stand in the run of letters `found` among those around them."""
    run, ends = "".join(words), accumulate(map(len, words))
    around: dict[str, Counter[str]] = {word: Counter() for word in asked}
    for word, end in zip(words, ends, strict=True):
        if word in around:
            at = end - len(word)
            around[word][run[max(0, at - _AROUND) : end + _AROUND]] += 1
    much, gone = _MOST, Counter[str]()
    for word, places in around.items():
        for place, often in places.items():
            much -= len(found)
            gone[word] += often if much < 0 else max(0, often - found.count(place))
    return gone
