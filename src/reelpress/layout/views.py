"""What templates print: values made ready, so that templates only loop and choose.

Texts are plain unless they say they are Markup: those are XHTML that the desk
made. docs/layouts.md lists every name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup, escape

from reelpress.layout.roles import PHRASES
from reelpress.layout.terms import line, terms
from reelpress.layout.words import Words, day, direction, language_name, listed
from reelpress.model import (
    Anthology,
    Contribution,
    Credit,
    Edition,
    Film,
    Note,
    Piece,
    Rating,
    Text,
)
from reelpress.rights import Licence, Rights

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})*")
_HEADINGS = {
    "half-title": "Half-title",
    "copyright": "Copyright",
    "contents": "Contents",
    "films": "The films",
    "credits": "Permissions and credits",
    "contributors": "Contributors",
    "colophon": "Colophon",
    "dedication": "Dedication",
    "epigraph": "Epigraph",
    "foreword": "Foreword",
    "preface": "Preface",
    "introduction": "Introduction",
    "acknowledgments": "Acknowledgments",
    "afterword": "Afterword",
    "also-by": "Also by",
    "note": "Note",
    "offprint": "Offprint",
    "proof": "Proof",
}


def heading(kind: str, edition: Edition, words: Words) -> str:
    """The heading of a piece whose author gave none; a title page's is the book's title."""
    if kind == "title" or kind not in _HEADINGS:
        return edition.title
    return words.text(_HEADINGS[kind])


def names(byline: Sequence[Credit], language: str) -> str:
    """The names of those who wrote, as one list."""
    people = [c.name for c in byline if c.role == "aut"] or [c.name for c in byline]
    return listed(people, language)


def edition(anthology: Anthology) -> dict[str, Any]:
    """`edition` in every template."""
    book = anthology.edition
    return {
        "title": book.title,
        "subtitle": book.subtitle,
        "language": book.language,
        "editors": names(book.editors, book.language),
        "issued": day(book.issued, book.language),
        "year": book.issued[:4],
        "revised": day(book.revised, book.language),
        "number": book.number,
        "printing": book.printing,
        "description": book.description,
        "identifier": book.identifier,
        "isbns": [(v.name, _hyphenated(v.isbn)) for v in anthology.volumes if v.isbn],
        "rights": rights(book.rights, book.language),
        "draft": book.draft,
    }


def _hyphenated(isbn: str) -> str:
    from stdnum.isbn import format as hyphenate

    return str(hyphenate(isbn))


def piece(
    piece: Piece, title: str, anthology: Anthology, words: Words, *, bios: bool = False
) -> dict[str, Any]:
    """`piece` in a template: what all kinds have, and what this kind has.

    `bios` says whether the layout has the short biographies of its authors below it.
    """
    language = anthology.edition.language
    values: dict[str, Any] = {
        "kind": piece.kind,
        "id": piece.id,
        "title": title,
        "language": piece.language,
        "number": piece.number,
        "byline": names(piece.byline, language),
        "bylines": _bylines(piece.byline, words),
        "bios": _bios(piece) if bios else [],
    }
    if piece.contribution is not None:
        values |= review(piece.contribution, anthology, words)
    elif piece.text is not None:
        values |= {"body": body(piece.text, words), "notes": notes(piece.text.notes)}
    else:
        values |= {"body": "", "notes": []}
    return values


_LABEL = re.compile(r'<p([^>]*) data-word="([^"]+)"([^>]*?)\s*/>')
LABELS = frozenset({"Spoiler"})
"""The words that the desk leaves to the layout, which knows the book's language."""


def body(text: Text, words: Words) -> Markup:
    """A text's XHTML, the labels that its author left to the book filled in."""
    if "data-word" not in text.body:
        return Markup(text.body)
    return Markup(_LABEL.sub(lambda m: f"<p{m[1]}{m[3]}>{escape(words.text(m[2]))}</p>", text.body))


def _bios(piece: Piece) -> list[Markup]:
    """Short biographies below a piece: one may stand in a book many times, and no id may."""
    found = []
    for person in (credit.person for credit in piece.byline):
        text, prefix = person.short_bio, f"p-{person.key}--short"
        if text is not None:
            made = text.body + "".join(
                f'<aside class="note" id="{n.id}" data-note="{n.number}">{n.body}</aside>'
                for n in text.notes
            )
            for before in ('id="', 'href="#'):
                made = made.replace(f"{before}{prefix}", f"{before}{piece.id}.by-{prefix}")
            found.append(Markup(f'<div data-in="{escape(text.place.path)}">{made}</div>'))
    return found


def _bylines(byline: Sequence[Credit], words: Words) -> list[str]:
    """ "A. Writer", "Translated by B. Other": one line for each role, authors first."""
    lines: dict[str, list[str]] = {}
    for credit in sorted(byline, key=lambda credit: credit.role != "aut"):
        lines.setdefault(_phrase(credit.role), []).append(credit.name)
    return [_filled(phrase, people, words) for phrase, people in lines.items()]


def role(code: str, people: Sequence[str], words: Words) -> str:
    """ "Translated by A and B"; of authors their names alone."""
    return _filled(_phrase(code), people, words)


def _phrase(code: str) -> str:
    return "" if code == "aut" else PHRASES.get(code, PHRASES["ctb"])


def _filled(phrase: str, people: Sequence[str], words: Words) -> str:
    told = listed(people, words.language)
    return words.text(phrase, told) if phrase else told


def review(contribution: Contribution, anthology: Anthology, words: Words) -> dict[str, Any]:
    """What a review has beside what every piece has."""
    language = anthology.edition.language
    text = contribution.text
    first = contribution.first_published
    own, book = contribution.rights.terms, anthology.edition.rights.terms
    return {
        "body": body(text, words),
        "notes": notes(text.notes),
        "film": film(contribution.film, language),
        "rating": rating(contribution.rating),
        "date": day(contribution.date, language),
        "tags": list(contribution.tags),
        "rights": rights(contribution.rights, language),
        "licence": licence(own) if own is not None and own != book else None,
        "terms": terms(contribution.rights, language, words)
        if own is not None and own != book
        else "",
        "first_published": {
            "outlet": first.outlet,
            "date": day(first.date, language),
            "url": first.url,
            "archive": first.archive,
        }
        if first
        else None,
        "spoilers": contribution.spoilers,
        "abridged": contribution.abridged,
        "slug": contribution.slug,
        "extra": dict(contribution.extra),
        "words": text.words,
    }


def notes(found: Sequence[Note]) -> list[dict[str, Any]]:
    """Notes for a template."""
    return [{"id": n.id, "number": n.number, "body": Markup(n.body)} for n in found]


def film(work: Film, language: str) -> dict[str, Any]:
    """The facts of a film, as a reader meets them."""
    original = work.original_title
    return {
        "title": work.title,
        "year": work.year,
        "original": {
            "text": original.text,
            "language": original.language,
            "direction": direction(original.language) if original.language else "",
            "romanised": original.romanised
            if original.romanised not in (original.text, work.title)
            else "",
        }
        if original is not None and original.text != work.title
        else None,
        "directors": listed(work.directors, language),
        "writers": listed(work.writers, language),
        "cast": listed(work.cast, language),
        "countries": listed(work.countries, language),
        "languages": listed([_language(w, language) for w in work.languages], language),
        "runtime": work.runtime,
    }


def _language(written: str, language: str) -> str:
    """A tag's language by its name; a name as written."""
    return language_name(written, language) if _TAG.fullmatch(written) else written


def rating(value: Rating | None) -> dict[str, Any] | None:
    """A rating as written; for one written in stars, how many of each to draw."""
    if value is None:
        return None
    if value.stars is None:
        return {"text": value.text, "stars": None, "spoken": value.text}
    full, half, best = value.stars
    kinds = ["full"] * full + ["half"] * half + ["empty"] * (best - full - half)
    drawn = [{"kind": kind, "x": 20 * index} for index, kind in enumerate(kinds)]
    spoken = f"{full or ''}{'½' if half else ''} / {best}" if full or half else f"0 / {best}"
    return {"text": value.text, "stars": drawn, "spoken": spoken, "width": 20 * len(drawn)}


def licence(terms: Licence) -> dict[str, str]:
    """A licence's name, deed and SPDX identifier."""
    return {"name": terms.name, "url": terms.url, "spdx": terms.spdx}


def rights(value: Rights, language: str) -> dict[str, Any]:
    """Holders and licence, and the copyright line where there is a holder to name."""
    return {
        "holders": listed(value.holders, language),
        "year": ", ".join(map(str, value.years)),
        "line": line(value, language),
        "licence": licence(value.terms) if value.terms is not None else None,
    }
