"""Letterboxd: the export of an account (zip or folder), its reviews.csv alone, and the format
that the site imports, which other programs write.

Columns are known by their heads, so that a table somebody has gone over in a spreadsheet is read
too (the site tells them at letterboxd.com/about/importing-data/). Of an account's tables only
reviews, diary, ratings and the profile are read: name, biography and website, never the e-mail
address or the town. All others are counted, and nothing of them is copied.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reelpress.findings import Finding, find
from reelpress.header import decode
from reelpress.intake.archive import Archive
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer
from reelpress.intake.front import Names, counted, day_of, front_matter, held, words_in
from reelpress.intake.tables import Row, heads_of, rows_of
from reelpress.slugs import slug

KIND = "Letterboxd export"
_REVIEWS, _PROFILE = "reviews.csv", "profile.csv"
_SIGNS = {"letterboxduri", "tmdbid", "imdbid", "rating10", "watcheddate"}
"""Columns that only Letterboxd has: a table of one of these and of reviews is one."""
_COUNTED = (
    ("watchlist.csv", "films of the watchlist"),
    ("comments.csv", "comments"),
    ("likes/", "likes"),
    ("lists/", "entries of lists"),
    ("deleted/", "deleted entries"),
    ("orphaned/", "orphaned entries"),
)
"""Where the rest of an account is -> what it is."""
_BREAK = re.compile(r"\n[ \t]*\n\s*")
_NO_TAG = re.compile(
    r"<(?!/?(?:a|abbr|b|blockquote|br|code|del|div|em|h[1-6]|hr|i|img|li|ol|p|pre|q|s|script|small"
    r"|span|strike|strong|style|sub|sup|u|ul)(?=[\s/>])[^<>]*>|!--)",
    re.I,
)
"""What looks like markup and is somebody's own: <me@example.com>, <https://example.com>, <sigh>."""
_BLOCK = re.compile(r"(</?(?:blockquote|p|div|ul|ol|li|h[1-6])\b[^<>]*>)", re.I)


def recognises(path: Path) -> bool:
    """Whether it is an account's export, or a table of reviews as Letterboxd writes or reads it."""
    archive = Archive.at(path)
    return _is_table(archive, _table(archive))


def _table(archive: Archive) -> str:
    """The name of the table of reviews: of a file alone, its own."""
    return archive.path.name if archive.path.name in archive.names() else _REVIEWS


def _is_table(archive: Archive, name: str) -> bool:
    # Heads are plain letters, in whatever encoding the rest is
    heads = heads_of((archive.read(name) or b"").decode("latin-1"))
    return "review" in heads and bool(heads & {"name", "title"}) and bool(heads & _SIGNS)


def bring(path: Path) -> Delivery:
    """Its reviews, and whoever wrote them.

    Findings: those of `Archive` and `decode`, S002 (no table), S016 (a row that has too many
    cells).
    """
    account = _Account(Archive.at(path))
    table = _table(account.archive)
    person, rows = account.person(), account.rows(table)
    arrivals = _arrivals(account, rows, person, table)
    rest = account.rest(rows)
    people = (person,) if person is not None and arrivals else ()
    return Delivery(KIND, arrivals, people, (*account.archive.findings, *account.noticed), rest)


Film = tuple[str, str]
"""Name and year: what Letterboxd's tables have in common. Their addresses differ: in diary and
reviews they are the entry's, in ratings the film's."""


@dataclass(slots=True)
class _Account:
    """The tables of one export."""

    archive: Archive
    noticed: list[Finding] = field(default_factory=list)
    _tables: dict[str, list[Row]] = field(default_factory=dict)

    def rows(self, name: str) -> list[Row]:
        """The rows of a table, none where it is not there; each is read, and told of, once."""
        if name not in self._tables:
            self._tables[name] = self._rows(name)
        return self._tables[name]

    def _rows(self, name: str) -> list[Row]:
        data = self.archive.read(name)
        if data is None:
            return []
        text, said = decode(data, self.archive.place(name).path)
        self.noticed += said
        try:
            return rows_of(text or "")
        except ValueError as error:
            self.noticed.append(find("S002", self.archive.place(name), problem=str(error)))
            return []

    def person(self) -> Newcomer | None:
        """Whose export it is; None where it does not say."""
        for row in self.rows(_PROFILE)[:1]:
            name = " ".join(f"{row['givenname']} {row['familyname']}".split())
            name = name or row["username"]
            if name:
                return Newcomer(slug(name), name, _markdown(row["bio"]), row["website"])
        return None

    def rest(self, reviews: list[Row]) -> dict[str, int]:
        """How much of the account does not come."""
        told = {(_film(row), day_of(row["date"])) for row in reviews}
        diary = [r for r in self.rows("diary.csv") if (_film(r), day_of(r["date"])) not in told]
        counts = [("diary entries without a review", len(diary))]
        counts.append(("reviews without words", sum(not row["review"] for row in reviews)))
        for name in self.archive.names():
            for begins, what in _COUNTED:
                if name.startswith(begins) and name.endswith(".csv"):
                    counts.append((what, self._entries(name)))
        return counted(counts)

    def _entries(self, name: str) -> int:
        data = self.archive.read(name)
        text = decode(data, name)[0] if data else None
        try:
            rows = rows_of(text) if text else []
        except ValueError:
            return 0
        if not text or not text.startswith("Letterboxd list export"):
            return len(rows)
        # Its own facts come first; the films follow under heads of their own.
        return sum(next(iter(row.cells.values()), "").isdecimal() for row in rows)


def _film(row: Row) -> Film:
    return row["name"] or row["title"], row["year"]


def _arrivals(
    account: _Account, rows: list[Row], person: Newcomer | None, table: str
) -> tuple[Arrival, ...]:
    diary = {(_film(row), day_of(row["date"])): row for row in account.rows("diary.csv")}
    ratings = {_film(row): row for row in account.rows("ratings.csv")}
    often = Counter(_film(row) for row in rows if row["review"])
    names, seen = Names(), set[Film]()
    made = []
    # The oldest has the plain name, whatever comes to it later.
    for row in sorted(rows, key=lambda r: (_day(r), r.number)):
        if not row["review"]:
            continue
        film, day = _film(row), _day(row)
        path = names.take(film[0] or "untitled", "" if film in seen else film[1], day)
        seen.add(film)
        rated = ratings.get(film) if often[film] == 1 else None
        review = _Review(account, row, diary.get((film, day)), rated, person, table)
        made.append((row.number, review.arrival(path)))
    return tuple(arrival for _, arrival in sorted(made, key=lambda pair: pair[0]))


def _day(row: Row) -> str:
    return day_of(row["date"]) or day_of(row["watcheddate"])


@dataclass(frozen=True, slots=True)
class _Review:
    """One review, with what other tables say of it."""

    account: _Account
    row: Row
    diary: Row | None
    rated: Row | None
    person: Newcomer | None
    table: str

    def said(self, column: str) -> str:
        """What the review says, or else its entry in the diary."""
        return self.row[column] or (self.diary[column] if self.diary is not None else "")

    def arrival(self, path: str) -> Arrival:
        """The manuscript."""
        from reelpress.intake.markup import text_of

        row, film = self.row, _film(self.row)
        html = _html(row["review"])
        beyond = tuple(LeftOut(cell, "right of the last column", row.line) for cell in row.beyond)
        if beyond:
            self._tell("S016", "Cells right of the last column were left out")
        rating, guessed = self._rating()
        day, watched = _day(row), day_of(self.said("watcheddate"))
        writer = [self.person.key] if self.person is not None else []
        uri = row["letterboxduri"] or row["url"]
        header = front_matter(
            film={
                "title": film[0],
                "year": int(film[1]) if film[1].isdecimal() else None,
                "directors": words_in(row["directors"]),
                "ids": {name: row[f"{name}id"] for name in ("imdb", "tmdb") if row[f"{name}id"]},
            },
            reviewer=writer,
            rating=rating,
            date=day,
            tags=words_in(self.said("tags")),
            rights=held(writer, day, *guessed),
            first_published={"outlet": "Letterboxd", "date": day, "url": uri} if uri else None,
            extra={"watched": watched, "rewatch": self.said("rewatch").lower() in ("yes", "true")},
        )
        body = "\n\n".join((text_of(html), *row.beyond))
        return Arrival(
            path,
            header,
            _markdown(row["review"]),
            f"{self.table}, row {row.number}",
            body,
            beyond,
            id=uri or f"{film[0]} ({film[1]}), {day}",
        )

    def _rating(self) -> tuple[str, tuple[str, ...]]:
        """Out of five, and whether that is guessed: of another table's word on the same film."""
        ten = self.row["rating10"]
        stars = self.said("rating")
        if ten and not stars:
            return f"{ten}/10", ()
        if stars:
            return f"{stars}/5", ()
        later = self.rated["rating"] if self.rated is not None else ""
        return (f"{later}/5", ("rating",)) if later else ("", ())

    def _tell(self, code: str, what: str) -> None:
        place = self.account.archive.place(self.table, self.row.line)
        self.account.noticed.append(find(code, place, what=what))


def _markdown(review: str) -> str:
    from reelpress.intake.markup import markdown_of

    return markdown_of(_html(review))


def _html(review: str) -> str:
    """A review as HTML: its own few elements, its lines and its empty lines."""
    made = []
    for paragraph in _BREAK.split(_NO_TAG.sub("&lt;", review.strip())):
        for part in _BLOCK.split(paragraph):
            lines = part.strip().replace("\n", "<br>\n")
            made.append(lines if not lines or _BLOCK.fullmatch(lines) else f"<p>{lines}</p>")
    return "\n".join(made)
