"""The same reviews twice in one folder: as a project of ours, and as a peer would have them.

    ours/manuscripts/…     a project with one anthology, `pool`
    peer/text/0001-….md    one file a review in the same running order: title, film, byline, body
    peer/out/              what the peers make

Both are edited at once, and put back to what they were.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import font_source_serif_pro

from bench.generator import Review, passage, project, reviews

HERE = Path(__file__).parent
FACES = Path(font_source_serif_pro.__file__).parent / "files"
PAGE = 440
"""Words that fill a page, so that what follows moves to another, whatever room was left."""
NEW = "celluloid matinee projector newsreel intermission usherette zoetrope vestibule".split()
"""Words that no review has."""
_WORD = re.compile(r"(?<= )[a-z]{5,}(?= )")
"""One that stands between blanks is of no link, note or picture."""


class Pool:
    """`count` reviews in the folder `home`, for us and for the peers."""

    def __init__(self, home: Path, count: int) -> None:
        self.home, self.count = home, count
        self.ours, self.peer = home / "ours", home / "peer"
        self.reviews = sorted(reviews(count), key=lambda r: r.film.removeprefix("The ").lower())
        """In running order: by the film's title."""
        self._changed: set[int] = set()
        project(self.ours, count)
        for name in ("text", "out", "fonts"):
            (self.peer / name).mkdir(parents=True)
        shutil.copytree(self.ours / "manuscripts" / "images", self.peer / "images")
        for style in ("Regular", "It", "Semibold", "SemiboldIt"):
            shutil.copy(FACES / f"SourceSerifPro-{style}.ttf", self.peer / "fonts")
        for name in ("book.css", "book.typ"):
            shutil.copy(HERE / name, self.peer)
        for at in range(count):
            self._write(at, self.reviews[at].body)

    @property
    def texts(self) -> list[Path]:
        """The peers' files in running order."""
        return [self._text(at) for at in range(self.count)]

    @property
    def epub(self) -> Path:
        """Our EPUB."""
        return self.ours / "build" / "pool" / "pool.epub"

    @property
    def pdf(self) -> Path:
        """Our PDF."""
        return self.ours / "build" / "pool" / "pool-print.pdf"

    # ── edits ────────────────────────────────────────────────────────────────────────────

    def change_a_word(self, number: int) -> None:
        """Put a new word for one of a review; another word and review with each number."""
        self.restore()
        at = (number * 53 + 17) % self.count
        body = _WORD.sub(NEW[number % len(NEW)], self.reviews[at].body, count=1)
        self._write(at, body)

    def add_a_paragraph(self, number: int) -> None:
        """Begin the second review with one more paragraph; another one with each number."""
        self.restore()
        self._write(1, f"{passage(number, PAGE)}\n\n{self.reviews[1].body}")

    def restore(self) -> None:
        """Put every review back to what it was."""
        for at in sorted(self._changed):
            self._write(at, self.reviews[at].body)
        self._changed.clear()

    def _write(self, at: int, body: str) -> None:
        review = self.reviews[at]
        path = self.ours / "manuscripts" / "reviews" / f"{review.slug}.md"
        header, fence, _ = path.read_text("utf-8").partition("\n---\n\n")
        path.write_text(f"{header}{fence}{body}", "utf-8")
        self._text(at).write_text(_for_a_peer(review, body), "utf-8")
        self._changed.add(at)

    def _text(self, at: int) -> Path:
        return self.peer / "text" / f"{at + 1:04d}-{self.reviews[at].slug}.md"

    # ── finished work ────────────────────────────────────────────────────────────────────

    def cold(self) -> None:
        """Take away all that was built or kept."""
        for name in (".reelpress", "build"):
            shutil.rmtree(self.ours / name, ignore_errors=True)

    def keep(self) -> None:
        """Lay by what was built and kept, for `warm`."""
        self._copy(self.ours, self.home / "kept")

    def warm(self) -> None:
        """What was built and kept as it was laid by, so that each run finds the same."""
        self._copy(self.home / "kept", self.ours)

    def kept(self, path: Path) -> Path:
        """What was laid by of a file of ours."""
        return self.home / "kept" / path.relative_to(self.ours)

    @staticmethod
    def _copy(source: Path, target: Path) -> None:
        for name in (".reelpress", "build"):
            shutil.rmtree(target / name, ignore_errors=True)
            if (source / name).is_dir():
                shutil.copytree(source / name, target / name, symlinks=True)


def _for_a_peer(review: Review, body: str) -> str:
    return (
        f"# {review.title}\n\n"
        f"*{review.film}* ({review.year})\\\nDirected by {review.director}\n\n"
        f"By {review.reviewer}\n\n{body}"
    )
