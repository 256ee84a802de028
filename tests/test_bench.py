"""The pool that benchmarks are run on, and what is told of their results."""

from __future__ import annotations

import re
from hashlib import sha256
from statistics import median

import pytest

from bench.generator import Review, reviews

SHAPES = {
    "footnotes": (r"^\[\^n\d+-\d\]: ", 1 / 4),
    "links": (r"(?<!!)\[[^\]]+\]\(https:", 1 / 3),
    "tables": (r"^\| --- \| ---: \|", 1 / 8),
    "pictures": (r"^!\[", 1 / 8),
    "loose lists": (r"^- .+\n\n- ", 1 / 8),
    "headings": (r"^## ", 1 / 8),
}
"""What is found in so large a part of the reviews."""


@pytest.fixture(scope="module")
def pool() -> list[Review]:
    """The three hundred reviews that are measured with."""
    return list(reviews(300))


def words(text: str) -> int:
    """How many there are; a dash between blanks is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def test_the_pool_is_the_same_each_time(pool: list[Review]) -> None:
    """On any machine and Python, or results of two days could not be laid side by side."""
    found = sha256("".join(map(repr, pool)).encode()).hexdigest()
    assert found == "77f0ef5d522781f6adcf2bee0c063afa1e539b33bbaf516408021ec939f432b5"


def test_a_larger_pool_begins_with_the_smaller(pool: list[Review]) -> None:
    """Growth is measured on more of the same."""
    assert list(reviews(20)) == pool[:20]


def test_lengths_are_those_of_real_reviews(pool: list[Review]) -> None:
    """About 110,000 words; half of the reviews below 240, some of 2,000."""
    lengths = [words(review.body) for review in pool]
    assert 108_000 <= sum(lengths) <= 112_000
    assert 230 <= median(lengths) <= 250
    assert 3 <= sum(length > 1800 for length in lengths) <= 6


@pytest.mark.parametrize("shape", SHAPES)
def test_the_pool_has_what_reviews_have(pool: list[Review], shape: str) -> None:
    pattern, part = SHAPES[shape]
    found = sum(bool(re.search(pattern, review.body, re.MULTILINE)) for review in pool)
    assert found / len(pool) == pytest.approx(part, rel=0.2)


def test_every_note_has_a_label_of_its_own(pool: list[Review]) -> None:
    """A peer has one space for the notes of all files; each is called once."""
    text = "\n".join(review.body for review in pool)
    labels = re.findall(r"^\[\^(.+?)\]:", text, re.MULTILINE)
    assert len(labels) == len(set(labels)) > 100
    assert sorted(re.findall(r"\[\^(.+?)\](?!:)", text)) == sorted(labels)
