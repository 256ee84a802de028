"""Editing: a manuscript becomes a contribution."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reelpress.desk.people import entries
from reelpress.desk.pool import IMPRINT, Pool
from reelpress.desk.ratings import rating
from reelpress.desk.rights import claim, levels, rights
from reelpress.desk.text.addresses import web
from reelpress.desk.text.languages import LANGUAGE
from reelpress.desk.text.shortcodes import spelled_out
from reelpress.desk.text.typography import line
from reelpress.desk.texts import Source
from reelpress.findings import Finding, Place, find
from reelpress.header import Header, Review, facts
from reelpress.header.formats import Film as FilmFields
from reelpress.header.formats import OriginalTitle as Original
from reelpress.model import (
    Contribution,
    Film,
    FirstPublished,
    Manuscript,
    OriginalTitle,
    Rating,
    Text,
)
from reelpress.work.tasks import Progress


def edit(
    manuscripts: Iterable[Manuscript], pool: Pool, progress: Progress = lambda *_: None
) -> dict[str, tuple[Contribution, tuple[Finding, ...]]]:
    """Each manuscript, by its path, as a contribution, with what was noticed (its own included).

    There always is one, however broken: a draft shows what can be shown.
    Findings: H006, H007, H010, H017, H018, H022, M005, M014, R001, R012, and those of `edit_text`.
    """
    sources = {m.path: (m, *_source(m, pool)) for m in manuscripts}
    pool.texts.prepare((s for _, s, _ in sources.values() if s is not None), progress)
    made = {}
    for path, (manuscript, source, said) in sources.items():
        contribution, noticed = _contribution(manuscript, source, pool)
        made[path] = contribution, (*noticed, *said)
    return made


def _source(manuscript: Manuscript, pool: Pool) -> tuple[Source | None, tuple[Finding, ...]]:
    """The text of a manuscript whose header can be read, its tags spelled out (M014)."""
    header = manuscript.header
    if not isinstance(header, Header):
        return None, ()
    origin = pool.origin(manuscript.path)
    language = header.model.language or origin.language
    if not LANGUAGE.fullmatch(language):
        language = "en"
    text, said = manuscript.text, ()  # type: str, tuple[Finding, ...]
    if "{" in text or "[" in text:
        known = facts(header) if "{{" in text else {}
        text, said = spelled_out(
            text, origin.habits.shortcodes, known, manuscript.path, manuscript.line
        )
    prefix = f"r-{manuscript.slug}"
    return Source(text, manuscript.path, manuscript.line, prefix, language), said


def _contribution(
    manuscript: Manuscript, source: Source | None, pool: Pool
) -> tuple[Contribution, tuple[Finding, ...]]:
    noticed = list(manuscript.findings)
    header = manuscript.header
    if not isinstance(header, Header) or source is None:
        name = manuscript.slug.replace("-", " ").capitalize()
        text = Text("", place=manuscript.place)
        language = pool.imprint.model.language
        return (
            Contribution(manuscript.slug, name, Film(name), (), text, language, manuscript.place),
            tuple(noticed),
        )
    model: Review = header.model
    language = source.language
    if model.language and not LANGUAGE.fullmatch(model.language):
        noticed.append(find("H022", header.place("language"), tag=model.language))
    text, said = pool.texts.edit(source)
    noticed.extend(said)
    if not manuscript.text.strip():
        noticed.append(find("M005", Place(manuscript.path, manuscript.line)))
    film = _film(model.film, header, manuscript, language, noticed)
    if model.reviewer:
        named = entries(header, model.reviewer, "reviewer")
    else:
        reviewer, at = pool.origin(manuscript.path).reviewer
        named = entries(pool.imprint, reviewer, *at)
    if not named and not _told(noticed, "reviewer") and not _unread(noticed):
        hint = f"or give the house a default: defaults: {{reviewer: …}} in {IMPRINT}"
        noticed.append(find("H007", header.place(), field="reviewer", hint=hint))
    byline, said = pool.people.credits(named)
    noticed.extend(said)
    first = model.first_published
    return (
        Contribution(
            slug=manuscript.slug,
            title=line(model.title, language) if model.title else film.title,
            film=film,
            byline=byline,
            text=text,
            language=language,
            place=header.place() if header.node else manuscript.place,
            rating=_rating(model.rating, header, noticed),
            date=model.date or "",
            tags=tuple(model.tags),
            rights=rights(claim(levels(header, byline, pool), pool.people, noticed), pool, noticed),
            first_published=FirstPublished(
                line(first.outlet, language), first.date or "", web(first.url), web(first.archive)
            )
            if first
            else None,
            spoilers=model.spoilers,
            abridged=model.abridged,
            extra=header.extra,
            unread=_unread(noticed),
        ),
        tuple(noticed),
    )


def _told(noticed: Sequence[Finding], field: str) -> bool:
    """Whether the field is there, but its value was found wrong."""
    return any(f.code == "H006" and f.text.startswith(f'"{field}') for f in noticed)


def _unread(noticed: Sequence[Finding]) -> bool:
    """Whether part of the header could not be read: what is missing may stand there."""
    return any(f.code in ("H003", "H009", "H044") for f in noticed)


def _film(
    film: FilmFields | None,
    header: Header[Review],
    manuscript: Manuscript,
    language: str,
    noticed: list[Finding],
) -> Film:
    if film is None:
        told = any(f.code in ("H006", "H007") and '"film' in f.text for f in noticed)
        if not told and not _unread(noticed):
            noticed.append(find("H007", header.place(), field="film"))
        return Film(header.model.title or manuscript.slug.replace("-", " ").capitalize())
    said = film.original_title
    original_title = None
    if said == film.title:
        said = None  # as databases have it of films that keep their title
    if isinstance(said, Original):
        tag = said.language
        if tag and not LANGUAGE.fullmatch(tag):
            place = header.place("film", "original_title", "language")
            noticed.append(find("H022", place, tag=tag))
            tag = ""
        original_title = OriginalTitle(said.text, tag, said.romanised)
    elif said:
        original_title = OriginalTitle(said)
    return Film(
        title=line(film.title, language),
        year=film.year,
        original_title=original_title,
        directors=tuple(line(name, language) for name in film.directors),
        writers=tuple(line(name, language) for name in film.writers),
        cast=tuple(line(name, language) for name in film.cast),
        countries=tuple(film.country),
        languages=tuple(film.languages),
        runtime=film.runtime,
        ids=tuple(sorted(film.ids.items())),
    )


def _rating(text: str | None, header: Header[Review], noticed: list[Finding]) -> Rating | None:
    if not text:
        return None
    read = rating(text)
    if read.value is None:
        noticed.append(find("H017", header.place("rating"), rating=text))
    return read
