"""The pool that benchmarks are run on, and what is told of their results."""

from __future__ import annotations

import re
import tomllib
from hashlib import sha256
from pathlib import Path
from statistics import median

import pytest
from packaging.requirements import Requirement

from bench.generator import Review, reviews
from bench.measures import MEASURES, Row, bind_seconds
from bench.pool import Pool
from bench.report import written
from reelpress.press import press

ROOT = Path(__file__).parent.parent

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
def many() -> list[Review]:
    """The three hundred reviews that are measured with."""
    return list(reviews(300))


def words(text: str) -> int:
    """How many there are; a dash between blanks is none."""
    return sum(any(map(str.isalnum, word)) for word in text.split())


def test_the_pool_is_the_same_each_time(many: list[Review]) -> None:
    """On any machine and Python, or results of two days could not be laid side by side."""
    found = sha256("".join(map(repr, many)).encode()).hexdigest()
    assert found == "77f0ef5d522781f6adcf2bee0c063afa1e539b33bbaf516408021ec939f432b5"


def test_a_larger_pool_begins_with_the_smaller(many: list[Review]) -> None:
    """Growth is measured on more of the same."""
    assert list(reviews(20)) == many[:20]


def test_lengths_are_those_of_real_reviews(many: list[Review]) -> None:
    """About 110,000 words; half of the reviews below 240, some of 2,000."""
    lengths = [words(review.body) for review in many]
    assert 108_000 <= sum(lengths) <= 112_000
    assert 230 <= median(lengths) <= 250
    assert 3 <= sum(length > 1800 for length in lengths) <= 6


@pytest.mark.parametrize("shape", SHAPES)
def test_the_pool_has_what_reviews_have(many: list[Review], shape: str) -> None:
    pattern, part = SHAPES[shape]
    found = sum(bool(re.search(pattern, review.body, re.MULTILINE)) for review in many)
    assert found / len(many) == pytest.approx(part, rel=0.2)


def test_every_note_has_a_label_of_its_own(many: list[Review]) -> None:
    """A peer has one space for the notes of all files; each is called once."""
    text = "\n".join(review.body for review in many)
    labels = re.findall(r"^\[\^(.+?)\]:", text, re.MULTILINE)
    assert len(labels) == len(set(labels)) > 100
    assert sorted(re.findall(r"\[\^(.+?)\](?!:)", text)) == sorted(labels)


# ── what is done with it ─────────────────────────────────────────────────────────────────


@pytest.fixture
def pool(tmp_path: Path) -> Pool:
    """Twenty reviews, for us and for the peers."""
    return Pool(tmp_path, 20)


def texts(pool: Pool) -> dict[str, str]:
    """Every text in the pool."""
    paths = [*pool.ours.rglob("*.md"), *pool.texts]
    return {path.relative_to(pool.home).as_posix(): path.read_text("utf-8") for path in paths}


def test_the_peers_have_our_running_order(pool: Pool) -> None:
    """Else "the second review" would be another one, and their book another book."""
    (pressed,) = press(pool.ours, bound=False).pressed
    order = [review.slug for review in pressed.anthology.reviews]
    assert order == [path.stem.partition("-")[2] for path in pool.texts]
    assert pressed.findings == ()


def test_a_word_changed_is_one_word_in_one_review(pool: Pool) -> None:
    """With each number another one, for us and the peers alike; and it can be put back."""
    before, seen = texts(pool), set()
    for number in range(6):
        pool.change_a_word(number)
        after = texts(pool)
        changed = [name for name in before if before[name] != after[name]]
        assert len(changed) == 2
        pairs = {
            (old, new)
            for name in changed
            for old, new in zip(before[name].split(" "), after[name].split(" "), strict=True)
            if old != new
        }
        assert len(pairs) == 1
        seen.add((*changed, *pairs))
    assert len(seen) == 6
    pool.restore()
    assert texts(pool) == before


def test_a_paragraph_added_fills_a_page(pool: Pool) -> None:
    """So that all that follows it moves, each time with other words."""
    before, seen = texts(pool), set()
    for number in range(6):
        pool.add_a_paragraph(number)
        after = texts(pool)
        changed = [name for name in before if before[name] != after[name]]
        assert len(changed) == 2
        for name in changed:
            added = words(after[name]) - words(before[name])
            assert 430 <= added <= 450
        seen.add(after[changed[0]])
    assert len(seen) == 6


def test_a_verdict_is_of_the_bound() -> None:
    """Met up to the bound itself; and what was not measured is not met in silence."""
    found = [Row(1, "", "", "", value, 0.5).verdict for value in (0.5, 0.51, None)]
    assert found == ["met", "**not met**", "not measured"]


def test_seconds_of_binding_are_read() -> None:
    """From what `build --verbose` says, if it says so."""
    said = "editing: 1.20 s\nbinding pool: 0.40 s\nbinding pool-print.pdf (1)\n"
    assert bind_seconds(f"{said}binding pool-print.pdf: 0.93 s\n") == 0.93
    assert bind_seconds("editing (300)\nbinding pool (1)\npool.epub  64 sections\n") is None


def test_results_are_written_between_their_marks() -> None:
    """What stands around them stays; and docs/benchmarks.md has the marks."""
    text = "a\n<!-- results -->\nold\n<!-- end of results -->\nb\n"
    after = "a\n<!-- results -->\nnew\n<!-- end of results -->\nb\n"
    assert written(text, "new\n") == written(after, "new") == after
    with pytest.raises(ValueError, match="results"):
        written("a\n", "new")
    assert written((ROOT / "docs" / "benchmarks.md").read_text("utf-8"), "new")
    assert list(MEASURES) == [1, 2, 3, 4, 5, 6, 7]


def test_the_peers_are_pinned() -> None:
    """A peer of another version is another measurement."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = dict(
        line.split("==")
        for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
        if "==" in line
    )
    for text in project["optional-dependencies"]["bench"]:
        requirement = Requirement(text)
        assert requirement.specifier.contains(pins[requirement.name])
