"""Ratings: kept as written, and understood where they can be."""

from __future__ import annotations

import re
from fractions import Fraction

from reelpress.model import Rating

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,4})?|\d{0,4}\s*[½¼¾])"
_OF = re.compile(rf"\s*{_NUMBER}\s*(?:/|out of|of|sur|von)\s*(\d{{1,4}})\s*(?:stars?)?\s*", re.I)
_WORDS = re.compile(rf"\s*{_NUMBER}\s*(?:stars?|étoiles?|sterne?)\s*", re.I)
_PERCENT = re.compile(r"\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*%\s*")
_GRADE = re.compile(r"([A-DF])\s*+([+\-−–]|plus|minus)?", re.I)
_STARS = re.compile(r"([★✭⭐*✮]*+)\s*+(½|1/2)?\s*+([☆✩]*+)")
_LONGEST = 60
"""Characters: nothing longer is a rating, and to look for one in it takes long."""
_HALVES = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
_GRADES = {"A": 12, "B": 9, "C": 6, "D": 3, "F": 0}


def _number(text: str) -> Fraction:
    text = text.strip().replace(",", ".")
    if text and text[-1] in _HALVES:
        return Fraction(text[:-1].strip() or 0) + _HALVES[text[-1]]
    return Fraction(text)


def rating(text: str, default_stars: int = 5) -> Rating:
    """What `text` says, as written, and as a fraction of the best where it is understood.

    4.5/5, 8 out of 10, 85%, A to F with + and - (A+ is 1, F is 0), stars (out of five,
    or of as many as are drawn when empty ones are).
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return Rating(text)
    stars = text.replace("\ufe0f", "")  # that a star is a picture is no matter here
    if match := _OF.fullmatch(text):
        value, best = _number(match[1]), int(match[2])
        known = best > 0 and value <= best
        return Rating(text, value / best if known else None)
    if match := _WORDS.fullmatch(text):
        value = _number(match[1])
        return Rating(text, value / default_stars if value <= default_stars else None)
    if match := _PERCENT.fullmatch(text):
        value = _number(match[1]) / 100
        return Rating(text, value if value <= 1 else None)
    if match := _GRADE.fullmatch(text):
        step = {"": 0, "+": 1, "plus": 1}.get((match[2] or "").lower(), -1)
        points = max(0, _GRADES[match[1].upper()] + step)
        return Rating(text, Fraction(points, 13))
    match = _STARS.fullmatch(stars)
    if text and match:
        full, half, empty = len(match[1]), bool(match[2]), len(match[3])
        best = full + half + empty if empty else max(default_stars, full + half)
        value = Fraction(2 * full + half, 2 * best)
        return Rating(text, value, (full, half, best))
    return Rating(text)
