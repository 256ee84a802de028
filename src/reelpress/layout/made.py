"""The pieces that reelpress makes: contents, films, credits, contributors, colophon, copyright."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from reelpress.layout.views import Word, film, heading, licence, names, notes, review, rights
from reelpress.model import Anthology, Credit

UNLISTED = frozenset("half-title title copyright contents dedication epigraph also-by".split())
"""Kinds that a table of contents does not name."""


def _contents(anthology: Anthology, word: Word) -> dict[str, Any]:
    entries = []
    titles = Counter(p.title for p in anthology.pieces)
    for p in anthology.pieces:
        if p.kind in UNLISTED:
            continue
        work = film(p.contribution.film, anthology.edition.language) if p.contribution else None
        title = p.title or heading(p.kind, anthology.edition, word)
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


def _films(anthology: Anthology, word: Word) -> dict[str, Any]:
    del word
    language = anthology.edition.language
    found = [
        {
            **film(c.film, language),
            "id": c.id,
            "review": c.title,
            "review_language": c.language,
            "byline": names(c.byline, language),
        }
        for c in anthology.reviews
    ]
    return {"films": sorted(found, key=lambda f: (str(f["title"]).casefold(), f["year"] or 0))}


_ITS_TEXT = frozenset({"body", "notes", "words"})


def _credits(anthology: Anthology, word: Word) -> dict[str, Any]:
    language = anthology.edition.language
    return {
        "reviews": [
            {
                **{k: v for k, v in review(c, anthology, word).items() if k not in _ITS_TEXT},
                "id": c.id,
                "title": c.title,
                "language": c.language,
                "byline": names(c.byline, language),
                "licence": licence(c.rights.licence) if c.rights.licence else None,
            }
            for c in anthology.reviews
        ]
    }


def _contributors(anthology: Anthology, word: Word) -> dict[str, Any]:
    language = anthology.edition.language
    people: dict[str, dict[str, Any]] = {}
    for p in anthology.pieces:
        for credit in p.byline:
            entry = people.setdefault(credit.person.key, _person(credit, p.language))
            title = p.title or heading(p.kind, anthology.edition, word)
            entry["pieces"].append({"id": p.id, "title": title, "language": p.language})
    for credit in anthology.edition.editors:
        people.setdefault(credit.person.key, _person(credit, language))["editor"] = True
    return {"people": sorted(people.values(), key=lambda p: p["sort"].casefold())}


def _person(credit: Credit, language: str) -> dict[str, Any]:
    person = credit.person
    return {
        "id": f"p-{person.key}" if person.listed else "",
        "name": person.name,
        "sort": person.sort,
        "pronouns": person.pronouns,
        "bio": Markup(f'<div data-in="{person.bio.place.path}">{person.bio.body}</div>')
        if person.bio
        else "",
        "notes": notes(person.bio.notes) if person.bio else [],
        "website": person.website,
        "language": language,
        "editor": False,
        "pieces": [],
    }


def _colophon(anthology: Anthology, word: Word) -> dict[str, Any]:
    del word
    reviews = anthology.reviews
    return {"reviews": len(reviews), "words": sum(c.text.words for c in reviews)}


_TITLES = 24
"""As many reviews as a copyright page names; of more, it names the holders."""


def _copyright(anthology: Anthology, word: Word) -> dict[str, Any]:
    """Reviews grouped by the words of their copyright line and licence, in running order."""
    del word
    groups: dict[tuple[str, str], dict[str, Any]] = {}
    for c in anthology.reviews:
        own = rights(c.rights)
        licence = own["licence"]["name"] if own["licence"] else ""
        key = (own["line"], licence)
        group = groups.setdefault(
            key, {"line": own["line"], "licence": own["licence"], "reviews": []}
        )
        group["reviews"].append({"id": c.id, "title": c.title, "language": c.language})
    stated = [g for g in groups.values() if g["line"] or g["licence"]]
    return {
        "groups": stated,
        "silent": len(stated) < len(groups),
        "whole": len(groups) == 1,
        "titled": len(anthology.reviews) <= _TITLES,
    }


MADE: dict[str, Callable[[Anthology, Word], dict[str, Any]]] = {
    "contents": _contents,
    "films": _films,
    "credits": _credits,
    "contributors": _contributors,
    "colophon": _colophon,
    "copyright": _copyright,
}
"""A kind -> what its template has beside what every piece has."""
