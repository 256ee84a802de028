"""The pieces that reelpress makes: contents, films, credits, contributors, colophon, copyright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from reelpress.layout.copyright import copyright_page, stated
from reelpress.layout.terms import credit_line
from reelpress.layout.views import film, heading, names, notes
from reelpress.layout.words import Words, day, filed, listed
from reelpress.model import Anthology, Credit

UNLISTED = frozenset("half-title title copyright contents dedication epigraph also-by".split())
"""Kinds that a table of contents does not name."""


def _contents(anthology: Anthology, words: Words) -> dict[str, Any]:
    entries = []
    titles = Counter(p.title for p in anthology.pieces)
    for p in anthology.pieces:
        if p.kind in UNLISTED:
            continue
        work = film(p.contribution.film, anthology.edition.language) if p.contribution else None
        title = p.title or heading(p.kind, anthology.edition, words)
        entries.append(
            {
                "id": p.id,
                "kind": p.kind,
                "title": title,
                "language": p.language,
                "level": 2 if p.part else 1,
                "byline": names(p.byline, anthology.edition.language),
                "film": work if work and (work["title"] != title or titles[title] > 1) else None,
                "number": p.number,
            }
        )
    return {"entries": entries}


def _films(anthology: Anthology, words: Words) -> dict[str, Any]:
    del words
    language = anthology.edition.language
    found = [
        {
            **_told(film(c.film, language)),
            "id": c.id,
            "review": c.title,
            "review_language": c.language,
            "byline": names(c.byline, language),
        }
        for c in anthology.reviews
    ]
    return {"films": sorted(found, key=lambda f: (str(f["title"]).casefold(), f["year"] or 0))}


def _told(work: dict[str, Any]) -> dict[str, Any]:
    """A film whose languages are a sentence: many languages write their names small."""
    spoken = str(work["languages"])
    return work | {"languages": spoken[:1].upper() + spoken[1:]}


def _credits(anthology: Anthology, words: Words) -> dict[str, Any]:
    """Whose what is, in the wording asked for: texts, pictures, and where texts came out first."""
    language = anthology.edition.language
    texts, sources = [], []
    for piece in anthology.pieces:
        own = stated(piece)
        if own is None:
            continue
        entry = {
            "id": piece.id,
            "title": piece.title or heading(piece.kind, anthology.edition, words),
            "language": piece.language,
            "byline": names(piece.byline, language),
        }
        review = piece.contribution
        abridged = review is not None and review.abridged
        texts.append(entry | {"credit": credit_line(own, language, words), "abridged": abridged})
        first = review.first_published if review is not None else None
        if first is not None:
            published = {"outlet": first.outlet, "date": day(first.date, language)}
            sources.append(entry | published | {"url": first.url, "archive": first.archive})
    return {"texts": texts, "pictures": _pictures(anthology, words), "sources": sources}


def _pictures(anthology: Anthology, words: Words) -> list[dict[str, Any]]:
    """The pictures that have a holder or a credit line; portraits of one holder are one entry."""
    language = anthology.edition.language
    kinds = {piece.id: piece.kind for piece in anthology.pieces}
    found: list[dict[str, Any]] = []
    portraits: dict[Markup, list[str]] = {}
    for home, picture in anthology.pictures:
        told = credit_line(picture.rights, language, words)
        entry = {"id": picture.id, "title": picture.title.removesuffix("."), "credit": told}
        if told and home not in kinds:
            found.append(entry | {"title": words.text("Cover")})
        elif told and kinds[home] == "contributors" and not picture.id:
            if told not in portraits:
                found.append(entry | {"id": home})
            portraits.setdefault(told, []).append(picture.title)
        elif told:
            found.append(entry)
    for shown in found:
        if kinds.get(shown["id"]) == "contributors":
            people = portraits[shown["credit"]]
            named = listed(people, language)
            shown["title"] = words.plural("Portrait of {}", "Portraits of {}", len(people), named)
    return found


def _contributors(anthology: Anthology, words: Words) -> dict[str, Any]:
    language = anthology.edition.language
    people: dict[str, dict[str, Any]] = {}
    for p in anthology.pieces:
        for credit in p.byline:
            entry = people.setdefault(credit.person.key, person(credit, p.language))
            title = p.title or heading(p.kind, anthology.edition, words)
            entry["pieces"].append({"id": p.id, "title": title, "language": p.language})
            if credit.pen_name and credit.pen_name not in entry["also"]:
                entry["also"].append(credit.pen_name)
    edition = anthology.edition
    for credit in (*edition.editors, *edition.contributors):
        entry = people.setdefault(credit.person.key, person(credit, language))
        entry["editor"] |= credit in edition.editors
    for entry in people.values():
        entry["also"] = listed(entry["also"], language)
    return {"people": sorted(people.values(), key=lambda p: filed(p["sort"]))}


def person(credit: Credit, language: str) -> dict[str, Any]:
    """Somebody as a contributors' page tells of them, without pen names and pieces."""
    person = credit.person
    bio = person.bio or person.short_bio
    return {
        "id": f"p-{person.key}" if person.listed else "",
        "name": person.name,
        "sort": person.sort,
        "pronouns": person.pronouns,
        "bio": Markup(f'<div data-in="{bio.place.path}">{bio.body}</div>') if bio else "",
        "notes": notes(bio.notes) if bio else [],
        "portrait": person.portrait.path if person.portrait is not None else "",
        "website": person.website,
        "orcid": f"https://orcid.org/{person.orcid}" if person.orcid else "",
        "also": [],
        "language": language,
        "editor": False,
        "pieces": [],
    }


def _colophon(anthology: Anthology, words: Words) -> dict[str, Any]:
    del words
    reviews = anthology.reviews
    return {"reviews": len(reviews), "words": sum(c.text.words for c in reviews)}


MADE: dict[str, Callable[[Anthology, Words], dict[str, Any]]] = {
    "contents": _contents,
    "films": _films,
    "credits": _credits,
    "contributors": _contributors,
    "colophon": _colophon,
    "copyright": copyright_page,
}
"""A kind -> what its template has beside what every piece has."""
