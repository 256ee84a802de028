"""Gathering: a ticket and its contributions become an anthology."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from reelpress.desk.folder import OutsideError
from reelpress.desk.people import entries
from reelpress.desk.pool import HOME, Pool, decoded
from reelpress.desk.review import rights
from reelpress.desk.safety import web
from reelpress.desk.scan import LANGUAGE
from reelpress.desk.text import edit_text
from reelpress.desk.typography import line
from reelpress.desk.volumes import volumes
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Header, Ticket, read_review, split_front_matter
from reelpress.model import (
    Anthology,
    Contribution,
    Credit,
    Edition,
    Imprint,
    Manuscript,
    Matter,
    Piece,
    Text,
)

MADE = frozenset("half-title title copyright contents films credits contributors colophon".split())
"""Pieces that reelpress makes."""
TEXTS = frozenset(
    "dedication epigraph foreword preface introduction acknowledgments afterword "
    "also-by note".split()
)
"""Pieces that are a Markdown text."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One review that a ticket takes."""

    manuscript: Manuscript
    why: str
    part: int = 0
    """The number of its part, from 1; 0 where there are none."""


def choose(ticket: Header[Ticket], pool: Pool) -> tuple[tuple[Choice, ...], tuple[Finding, ...]]:
    """The reviews that a ticket takes, in the ticket's order.

    Findings: H014, H019–H021, H023, H024.
    """
    noticed: list[Finding] = []
    taken: dict[str, Choice] = {}
    drafts: set[str] = set()
    parts = ticket.model.parts
    groups = [p.reviews for p in parts] if parts else [ticket.model.reviews]
    for number, specs in enumerate(groups, 1 if parts else 0):
        at = ("parts", number - 1, "reviews") if parts else ("reviews",)
        for index, spec in enumerate(specs):
            place = ticket.place(*at, index)
            for manuscript, why in _named(spec, pool, place, noticed):
                if manuscript.draft:
                    drafts.add(manuscript.path)
                    if why == "listed":
                        noticed.append(find("H024", place, slug=manuscript.slug))
                elif manuscript.path not in taken:
                    taken[manuscript.path] = Choice(manuscript, why, number)
                elif why == "listed" and taken[manuscript.path].why == "listed":
                    noticed.append(find("H021", place, slug=manuscript.slug))
    if drafts:
        count = f"{len(drafts)} drafts are" if len(drafts) > 1 else "1 draft is"
        noticed.append(find("H019", ticket.place(), count=count))
    if not taken:
        noticed.append(find("H020", ticket.place("parts" if parts else "reviews")))
    return tuple(taken.values()), tuple(noticed)


def _named(
    spec: str, pool: Pool, place: Place, noticed: list[Finding]
) -> list[tuple[Manuscript, str]]:
    """The manuscripts that one word of a ticket names, and why: listed, or by which glob."""
    if spec in pool.slugs:
        return [(pool.manuscripts[pool.slugs[spec]], "listed")]
    try:
        if spec.startswith("/"):
            raise OutsideError(spec)
        paths = pool.folder.glob(f"{HOME}/{spec}")
    except OutsideError:
        noticed.append(find("H023", place, path=spec))
        return []
    except (ValueError, NotImplementedError):
        paths = []  # no glob at all
    globbed = any(c in spec for c in "*?[")
    found = [
        (pool.manuscripts[p], spec if globbed else "listed") for p in paths if p in pool.manuscripts
    ]
    if not found and globbed:
        noticed.append(find("H026", place, glob=spec))
    elif not found:
        hint = did_you_mean(spec, pool.slugs)
        noticed.append(find("H014", place, what="review", name=f'"{spec}"', hint=hint))
    return found


def gather(
    name: str,
    ticket: Header[Ticket],
    choices: tuple[Choice, ...],
    contributions: Mapping[str, Contribution],
    pool: Pool,
    *,
    draft: bool = False,
) -> tuple[Anthology, tuple[Finding, ...]]:
    """The anthology of a ticket; `contributions` are by their manuscript's path.

    Findings: H006, H010–H014, H018, H022, H023, P003, I001–I005, and those of its own texts.
    """
    noticed: list[Finding] = []
    chosen = _ordered(ticket, choices, contributions, noticed)
    dates = [c.date for _, c in chosen if len(c.date) == 10]
    edition = _edition(name, ticket, max(dates, default=""), pool, noticed, draft=draft)
    pieces = (
        *_matter(ticket, Matter.FRONT, edition, pool, noticed),
        *_body(ticket, chosen, edition),
        *_matter(ticket, Matter.BACK, edition, pool, noticed),
    )
    house = pool.imprint.model
    words = [r.statement for r in (ticket.model.rights, house.rights) if r and r.statement]
    imprint = Imprint(
        house.name,
        house.place,
        web(house.url),
        line(words[0], edition.language) if words else "",
    )
    made = volumes(ticket, noticed)
    anthology = Anthology(edition, imprint, pieces, made, ticket.model.layout, ticket.place())
    return anthology, tuple(noticed)


def _edition(
    name: str,
    ticket: Header[Ticket],
    newest: str,
    pool: Pool,
    noticed: list[Finding],
    *,
    draft: bool,
) -> Edition:
    model, house = ticket.model, pool.imprint.model
    language = model.language or house.language
    if not LANGUAGE.fullmatch(language):
        noticed.append(find("H022", ticket.place("language"), tag=language))
        language = "en"
    editors, said = pool.people.credits(entries(ticket, model.editors, "editors"), default="edt")
    noticed.extend(said)
    cover = None
    if model.cover:
        place = ticket.place("cover")
        path = f"{HOME}/anthologies/{name}.yaml"
        cover, said = pool.pictures.get(model.cover, path, place)
        noticed.extend(said)
        if cover is not None and cover.media_type not in ("image/jpeg", "image/png"):
            problem = "a cover is a JPEG or a PNG"
            noticed.append(find("I004", place, path=model.cover, problem=problem))
            cover = None
    return Edition(
        name=name,
        title=line(model.title, language),
        language=language,
        identifier=f"urn:uuid:{uuid5(NAMESPACE_URL, f'reelpress:{house.name}/{name}')}",
        subtitle=line(model.subtitle, language),
        editors=editors,
        # Without a date in the ticket the newest review's is the book's: nobody asks the clock.
        issued=model.issued or newest,
        revised=model.revised or "",
        number=model.edition,
        printing=model.printing,
        description=model.description,
        subjects=tuple(model.subjects),
        rights=rights((model.rights, ticket), (house.rights, pool.imprint), pool, noticed),
        cover=cover,
        cover_alt=model.cover_alt,
        draft=draft,
    )


def _ordered(
    ticket: Header[Ticket],
    choices: tuple[Choice, ...],
    contributions: Mapping[str, Contribution],
    noticed: list[Finding],
) -> list[tuple[Choice, Contribution]]:
    pairs = [(c, replace(contributions[c.manuscript.path], why=c.why)) for c in choices]
    for index, key in reversed(list(enumerate(ticket.model.order.by))):
        value = _KEYS.get(key.lstrip("-"))
        if value is None:
            hint = did_you_mean(key, _KEYS)
            problem = f'"{key}" is no order; known are {", ".join(_KEYS)}'
            place = ticket.place("order", "by", index)
            noticed.append(find("H006", place, field="order.by", problem=problem, hint=hint))
            continue
        pairs.sort(key=_by(value), reverse=key.startswith("-"))
    pairs.sort(key=lambda pair: pair[0].part)
    return pairs


def _by(value: Callable[[Contribution], Any]) -> Callable[[tuple[Choice, Contribution]], Any]:
    return lambda pair: value(pair[1])


_KEYS: dict[str, Callable[[Contribution], Any]] = {
    "title": lambda c: c.title.casefold(),
    "film.title": lambda c: c.film.title.casefold(),
    "film.year": lambda c: c.film.year or 0,
    "date": lambda c: c.date,
    "reviewer": lambda c: [b.person.sort.casefold() for b in c.byline],
    "rating": lambda c: c.rating.value if c.rating and c.rating.value is not None else Fraction(0),
}
"""order.by -> what a contribution is sorted by."""


def _body(
    ticket: Header[Ticket], chosen: list[tuple[Choice, Contribution]], edition: Edition
) -> list[Piece]:
    pieces: list[Piece] = []
    open_part = 0
    for choice, contribution in chosen:
        if choice.part != open_part:
            open_part = choice.part
            title = line(ticket.model.parts[open_part - 1].title, edition.language)
            pieces.append(
                Piece(
                    "part",
                    f"part-{open_part}",
                    title,
                    Matter.BODY,
                    edition.language,
                    number=open_part,
                )
            )
        pieces.append(
            Piece(
                "review",
                contribution.id,
                contribution.title,
                Matter.BODY,
                contribution.language,
                contribution=contribution,
                byline=contribution.byline,
                part=open_part,
            )
        )
    return pieces


def _matter(
    ticket: Header[Ticket], matter: Matter, edition: Edition, pool: Pool, noticed: list[Finding]
) -> list[Piece]:
    pieces: list[Piece] = []
    listed = ticket.model.front if matter is Matter.FRONT else ticket.model.back
    for index, entry in enumerate(listed):
        place = ticket.place(matter.value, index)
        if isinstance(entry, str) and entry in MADE:
            pieces.append(Piece(entry, entry, "", matter, edition.language))
        elif isinstance(entry, dict) and len(entry) == 1:
            (kind, path), *_ = entry.items()
            if kind in TEXTS and isinstance(path, str):
                at = ticket.place(matter.value, index, kind)
                piece = _text(kind, path, matter, edition, pool, at, noticed)
                number = sum(p.kind == kind for p in pieces)
                pieces.append(replace(piece, id=f"{kind}-{number + 1}") if number else piece)
            else:
                hint = did_you_mean(str(kind), TEXTS)
                noticed.append(find("H013", place, kind=kind, hint=hint))
        else:
            known = str(entry)
            hint = (
                f"write {{{known}: texts/{known}.md}}"
                if known in TEXTS
                else did_you_mean(known, [*MADE, *TEXTS])
            )
            noticed.append(find("H013", place, kind=known, hint=hint))
    return pieces


def _text(
    kind: str,
    path: str,
    matter: Matter,
    edition: Edition,
    pool: Pool,
    place: Place,
    noticed: list[Finding],
) -> Piece:
    raw: str | None = None
    said: tuple[Finding, ...] = ()
    full = posixpath.normpath(f"{HOME}/{path}")
    broken = Piece(kind, kind, "", matter, edition.language, text=Text("", place=Place(full)))
    if path.startswith("/") or (full.startswith("..") and not pool.folder.covers(full)):
        said = (find("H023", place, path=path),)
    elif not pool.folder.exists(full):
        said = (find("H014", place, what="text", name=f'"{path}"'),)
    else:
        raw, said = decoded(pool.folder, full)
    noticed.extend(said)
    if said:
        return replace(broken, findings=said)
    assert raw is not None
    yaml, body, first_line, said = split_front_matter(raw, full)
    noticed.extend(said)
    header, said = read_review(yaml, full)
    noticed.extend(said)
    title, byline, language = "", tuple[Credit, ...](), edition.language
    if header is not None:
        language = header.model.language or language
        title = line(header.model.title or "", language)
        byline, said = pool.people.credits(entries(header, header.model.reviewer, "reviewer"))
        noticed.extend(said)
    text, said = edit_text(
        body, full, first_line, f"{matter.value}-{kind}", language, pool.pictures
    )
    noticed.extend(said)
    return Piece(kind, kind, title, matter, language, text=text, byline=byline)
