"""The text of a web page, saved by copy and paste.

text ── blocks ── sort: the site's, facts, the review's own ──▶ header, Markdown, people

No sentence of a review is lost or altered: a paragraph stays as it is, but for the breaks of
wrapped lines and for what would be read as markup. A line goes only where a table says so
(`site`), where it fills a field, or where it introduces its author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reelpress.findings import Finding, Place, find
from reelpress.header import decode
from reelpress.header.encoding import CONTROL
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer
from reelpress.intake.front import film_said, front_matter, held
from reelpress.intake.markup.escapes import begun, escaped
from reelpress.intake.pasted.sorting import Sorted, bare, sort
from reelpress.slugs import slug, slug_of

KIND = "text of a web page"
_SUFFIXES = frozenset({".txt", ".text", ".md", ".markdown"})
_MARKDOWN = (".md", ".markdown")
_MOST = 4_000_000
"""Bytes of a file that is looked at."""
_NO_TEXT = re.compile(r"\s*(?:---|\+\+\+|<!doctype|<html|\{)", re.I)
_ENOUGH = 2
"""Signs of a pasted page."""
_ADDRESS = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+[\"'][^\n]*?[\"'])?\)")
_HEADS = re.compile(
    r"(?:(?:the|my|final) )?(?:plot|story|synopsis|summary|cast|acting|performances?|direction"
    r"|cinematography|music|score|soundtrack|background|themes?|ending|verdict|conclusion|analysis"
    r"|overview|introduction|trivia|thoughts|final thoughts|in conclusion|bottom line"
    r"|handlung|fazit|besetzung|musik|hintergrund|histoire|conclusion|verdict|intrigue|sinopsis"
    r"|conclusión|argumento|reparto|trama|conclusioni|עלילה|סיכום)",
    re.I,
)
"""Lines that are surely heads within a review."""


def recognises(path: Path) -> bool:
    """Whether a file is such a text: two signs of it at least, and no front matter."""
    if path.suffix.lower() not in _SUFFIXES or not path.is_file():
        return False
    text = _read(path)[0]
    return text is not None and is_pasted(text)


def bring(path: Path) -> Delivery:
    """The review that such a file holds. Findings: those of `decode` and of `pasted`."""
    text, said = _read(path)
    if text is None:
        return Delivery(KIND, findings=said)
    made = pasted(text, path.name)
    return Delivery(KIND, made.arrivals, made.people, (*said, *made.findings))


def _read(path: Path) -> tuple[str | None, tuple[Finding, ...]]:
    with path.open("rb") as file:
        data = file.read(_MOST + 1)
    return decode(data, path.name) if len(data) <= _MOST else (None, ())


def is_pasted(text: str) -> bool:
    """Whether a text bears at least two signs of a page saved by copy and paste.

    Lines of a site's own, a headline that says that it is one of a review, a block of details, a
    copyright line, an introduction, the day of an update.
    """
    if _NO_TEXT.match(text.lstrip("\ufeff")) or len(text) > _MOST:
        return False
    made = sort(_lines(text))
    site = {why for why in made.gone.values() if not why.startswith("in ")}
    signs = (
        bool(site),
        len(site) > _ENOUGH,
        made.headline is not None and bool(made.headline.films),
        len(made.details.filled) >= _ENOUGH,
        made.rights is not None,
        bool(made.people.introduced),
        bool(made.date),
    )
    return sum(signs) >= _ENOUGH


def pasted(text: str, name: str) -> Delivery:
    """The review in the text of a pasted page; `name` is its file's.

    Findings: S020 (a line that may be the site's), S021 (several films), S022 (headline and details
    disagree), S023 (a line of the details that no field is for), S024 (no film's title), S025 (an
    introduction became the biography).
    """
    markdown = name.lower().endswith(_MARKDOWN)
    page = sort(_lines(text), markdown=markdown)
    noticed: list[Finding] = []
    header = _header(page, name, noticed)
    film = header["film"]
    assert isinstance(film, dict)
    arrival = Arrival(
        path=f"reviews/{slug(str(film['title']))}.md",
        header=header,
        text="\n\n".join(_paragraphs(page, markdown=markdown)),
        origin=name,
        body="\n\n".join(_seen(block.raw, markdown=markdown) for block in page.blocks),
        left_out=tuple(_left_out(page)),
    )
    people = tuple(
        Newcomer(slug(who), who, "\n\n".join(map(_plain, page.people.bios.get(who, []))))
        for who in page.people.names
    )
    noticed += [
        find("S020", Place(name, page.blocks[at].line), line=page.blocks[at].text)
        for at in sorted(page.doubtful)
        if at not in page.gone
    ]
    noticed += [find("S025", Place(name, at), name=who) for who, at in page.people.introduced]
    return Delivery(KIND, (arrival,), people, tuple(sorted(noticed, key=lambda f: f.place)))


def _lines(text: str) -> str:
    """A text with one sort of line ends, without what XML forbids."""
    text = CONTROL.sub("", text)
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")


# -- the text


def _paragraphs(page: Sorted, *, markdown: bool) -> Iterator[str]:
    for at, block in enumerate(page.blocks):
        rest = page.people.rests.get(at)
        if rest is not None:
            yield rest[1] if markdown else _plain(rest[1])
        elif at in page.gone:
            continue
        elif markdown:
            yield block.raw
        elif _HEADS.fullmatch(block.text.strip(" :")):
            yield f"## {escaped(block.text)}"
        else:
            yield _plain(block.text)


def _plain(text: str) -> str:
    return begun(escaped(text))


def _seen(text: str, *, markdown: bool) -> str:
    """What a reader sees of a block: of Markdown's links not the addresses."""
    return _ADDRESS.sub("]", text) if markdown else text


def _left_out(page: Sorted) -> Iterator[LeftOut]:
    for at, block in enumerate(page.blocks):
        if at in page.gone:
            own = page.people.rests.get(at)
            yield LeftOut(own[0] if own else block.text, page.gone[at], block.line)


# -- the header


def _header(page: Sorted, name: str, noticed: list[Finding]) -> dict[str, object]:
    people, details = page.people, page.details
    title = page.headline.text if page.headline else ""
    extra: dict[str, str] = {}
    for key, written, value, line in details.unknown:
        extra[key] = f"{extra[key]}, {value}" if key in extra else value
        noticed.append(find("S023", Place(name, line), line=f"{written}: {value}", key=key))
    return front_matter(
        title=title,
        film=_film(page, name, noticed),
        reviewer=[slug(who) for who in people.names],
        rating=details.rating,
        date=page.date,
        tags=details.tags,
        rights=_rights(page),
        extra=extra,
    )


def _film(page: Sorted, name: str, noticed: list[Finding]) -> dict[str, object]:
    """The film, of the headline, which has its title in the review's language, and the details."""
    film = dict(page.details.film)
    place = Place(name, page.blocks[page.headline.at].line) if page.headline else Place(name)
    films = page.headline.films if page.headline else ()
    if len(films) > 1:
        told = ", ".join(f"{title} ({year})" if year else title for title, year in films)
        noticed.append(find("S021", place, films=told))
    if films:
        for key, value in zip(("title", "year"), films[0], strict=True):
            own = film.get(key)
            if value and own and bare(str(own)) != bare(str(value)):
                noticed.append(find("S022", place, field=f"film.{key}", one=value, other=own))
            if value:
                film[key] = value
    if not film.get("title"):
        stem = slug_of(name).replace("-", " ").capitalize()
        film["title"] = page.headline.text if page.headline else stem
        noticed.append(find("S024", place, taken=film["title"]))
    return film_said(film)


def _rights(page: Sorted) -> dict[str, object]:
    """What the copyright line says, which may be out of date, or else what the author and the day
    tell: all of it is to be confirmed."""
    said, writers = page.rights, page.people.names
    if said is None:
        return held([slug(who) for who in writers], page.date)
    names = [
        next((own for own in writers if own.casefold() == who.casefold()), who)
        for who in said.holders
    ]
    known = [slug(who) if who in writers else who for who in names]
    holders = known or [slug(who) for who in writers]
    return held(holders, page.date, years=said.years, licence=said.licence)
