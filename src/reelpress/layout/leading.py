"""Where links to other reviews lead, once it is known which the book has.

review:ran ──▶ #r-ran            review:~ran, of [[Ran]] ──▶ #r-ran
review:~/../2019/ran.md, of an address within a site ──▶ #r-ran
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

from reelpress.header.named import slugs_at
from reelpress.model import Contribution

_PAGE, _ADDRESS = "~", "~/"
_ADDRESSES = ("permalink", "url", "aliases")
"""Keys in which other people's headers say at which addresses a review stood."""


def linked(target: str) -> tuple[str, bool]:
    """The slug that the address `review:TARGET` names, and whether it was said as [[a page's name]]
    (`review:~slug`)."""
    return target.strip("/").removeprefix(_PAGE), target.startswith(_PAGE)


def address(target: str) -> str:
    """The address within a site that stands for `review:TARGET`; empty where none does."""
    return unquote(target.removeprefix(_ADDRESS)) if target.startswith(_ADDRESS) else ""


def lead(target: str, here: Mapping[str, str], named: Mapping[str, str]) -> str:
    """The id of the review to which `review:TARGET` leads; empty if the book has none."""
    if not (known := address(target)):
        return here.get(linked(target)[0], "")
    ways = slugs_at(known)
    return next((found for way in ways if (found := here.get(way) or named.get(way))), "")


def names(reviews: Iterable[Contribution]) -> dict[str, str]:
    """Slug -> id, for slugs of files' names and of addresses that headers give, beside the
    reviews' own. What two of them are called is nobody's name."""
    said = [(way, review.id) for review in reviews for way in _called(review)]
    often = Counter(way for way, _ in said)
    return {way: own for way, own in said if often[way] == 1}


def _called(review: Contribution) -> set[str]:
    every: list[object] = [review.place.path]
    for key in _ADDRESSES if review.extra else ():
        value = review.extra.get(key)
        every += value if isinstance(value, list | tuple) else [value]
    ways = (slugs_at(each)[-1:] for each in every if isinstance(each, str))
    return {way for found in ways for way in found} - {review.slug}
