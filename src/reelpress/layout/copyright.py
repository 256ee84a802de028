"""The copyright page: who made this edition, and who holds the rights in what.

Reviews are grouped as publishers do: those on terms of their own first, the strictest at the
top; those that belong to whoever wrote them last, as "all other reviews".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from markupsafe import Markup, escape

from reelpress.layout import terms
from reelpress.layout.views import heading, names, role
from reelpress.layout.words import Words, day, listed
from reelpress.model import Anthology, Edition, Piece
from reelpress.rights import Licence, Rights


@dataclass(frozen=True, slots=True)
class _Group:
    """Pieces that stand on the same terms."""

    pieces: tuple[Piece, ...]
    line: str
    licence: Licence | None

    @property
    def strictness(self) -> int:
        return strictness(self.licence)


def copyright_page(anthology: Anthology, words: Words) -> dict[str, Any]:
    """What the copyright page has beside what every piece has."""
    edition = anthology.edition
    groups, rest = _groups(anthology)
    base = strictness(edition.rights.licence or (rest.licence if rest is not None else None))
    told = [_told(group, anthology, words, base) for group in groups]
    if rest is not None:
        other = any(piece.contribution is not None for group in groups for piece in group.pieces)
        what = Markup(words.text("All other reviews") if other else words.text("All reviews"))
        line = words.text("© their reviewers")
        told.append(_both(*[terms.sentence(what, line, rest.licence, words)] * 2, strict=False))
    return {
        "made_by": [role(credit.role, [credit.name], words) for credit in edition.contributors],
        "printing": printing(edition, words),
        "anthology": terms.sentence(
            escape(words.text("This anthology")),
            terms.line(edition.rights, edition.language),
            edition.rights.terms,
            words,
        ),
        "groups": told,
        "pictures": _pictures(anthology, words),
        "published": _dated(PUBLISHED, edition.issued, words),
        "revised": _dated(REVISED, edition.revised, words),
        "cataloguing": list(edition.cataloguing) or _catalogued(anthology, words),
    }


def strictness(licence: Licence | None) -> int:
    """How much terms forbid; where none are named, everything."""
    return (licence or Licence("")).strictness


def stated(piece: Piece) -> Rights | None:
    """The rights in a piece that has some of its own."""
    return piece.contribution.rights if piece.contribution is not None else piece.rights


_Key = tuple[str, str, bool]


def _groups(anthology: Anthology) -> tuple[list[_Group], _Group | None]:
    """The groups told one by one, and the rest: reviews that belong to whoever wrote them."""
    language = anthology.edition.language
    kept: dict[_Key, list[Piece]] = {}
    own: dict[str, list[Piece]] = {}
    for piece in anthology.pieces:
        rights = stated(piece)
        if rights is None or not (rights.holders or rights.terms):
            continue
        licence = rights.terms.name if rights.terms else ""
        authors = [credit for credit in piece.byline if credit.role == "aut"]
        both = {c.name for c in authors}, {c.person.name for c in authors}
        if piece.contribution is not None and set(rights.holders) in both:
            own.setdefault(licence, []).append(piece)
        key = terms.line(rights, language), licence, piece.contribution is None
        kept.setdefault(key, []).append(piece)
    largest = max(own.values(), key=len, default=[])
    rest = None
    if len(largest) > 1:
        rights = stated(largest[0])
        assert rights is not None
        rest = _Group(tuple(largest), "", rights.terms)
    among = {piece.id for piece in largest} if rest is not None else set()
    groups = []
    for (line, _, _), pieces in kept.items():
        left = tuple(piece for piece in pieces if piece.id not in among)
        if left:
            rights = stated(left[0])
            assert rights is not None
            groups.append(_Group(left, line, rights.terms))
    return sorted(groups, key=lambda group: -group.strictness), rest


def _told(group: _Group, anthology: Anthology, words: Words, base: int) -> dict[str, Any]:
    language = anthology.edition.language
    entries = [
        (p.id, p.title or heading(p.kind, anthology.edition, words), p.language)
        for p in group.pieces
    ]
    by_title = terms.titles(entries, language)
    by_page = by_title
    if group.pieces[0].contribution is not None:
        form = words.plural("Review on {pages}", "Reviews on {pages}", len(entries))
        found = terms.runs(group.pieces, anthology.pieces)
        by_page = Markup(escape(form)).format(pages=terms.pages(found, language, words))
    strict = group.licence is not None and group.licence.is_cc and group.strictness > base
    return _both(
        terms.sentence(by_page, group.line, group.licence, words),
        terms.sentence(by_title, group.line, group.licence, words),
        strict=strict,
    )


def _both(by_page: Markup, by_title: Markup, *, strict: bool) -> dict[str, Any]:
    """A sentence for volumes with pages and one for those without."""
    return {"pages": by_page, "titles": by_title, "strict": strict}


EDITIONS = (
    "First edition", "Second edition", "Third edition", "Fourth edition", "Fifth edition",
    "Edition {}",
)  # fmt: skip
"""The last one is for all beyond."""
PRINTINGS = (
    "first printing", "second printing", "third printing", "fourth printing", "fifth printing",
    "printing {}",
)  # fmt: skip


def printing(edition: Edition, words: Words) -> str:
    """ "First edition"; "Second edition, third printing"."""
    told = _numbered(edition.number, EDITIONS, words)
    if edition.printing == 1:
        return told
    impression = _numbered(edition.printing, PRINTINGS, words)
    return words.text("{edition}, {printing}").format(edition=told, printing=impression)


def _numbered(number: int, ordinals: Sequence[str], words: Words) -> str:
    return words.text(ordinals[min(number, len(ordinals)) - 1], number)


PUBLISHED, REVISED = ("Published {}", "Published in {}"), ("Revised {}", "Revised in {}")
"""On a day; in a month, or a year."""


def _dated(forms: tuple[str, str], iso: str, words: Words) -> str:
    form = forms[iso.count("-") != 2]
    return words.text(form, day(iso, words.language)) if iso else ""


def _pictures(anthology: Anthology, words: Words) -> dict[str, Markup] | None:
    """Who holds the rights in pictures, and where their credits stand."""
    language = anthology.edition.language
    found = dict.fromkeys(h for _, picture in anthology.pictures for h in picture.rights.holders)
    if not found:
        return None
    holders = listed(tuple(found), language)
    told = next((p for p in anthology.pieces if p.kind == "credits"), None)
    if told is None:
        plain = Markup(escape(words.text("Pictures © {holders}."))).format(holders=holders)
        return {"pages": plain, "titles": plain}
    form = Markup(escape(words.text("Pictures © {holders}; see {where}.")))
    slot = Markup('<a data-page="" href="#{}"></a>').format(told.id)
    page = Markup(escape(words.text("page {}"))).format(slot)
    title = told.title or heading(told.kind, anthology.edition, words)
    link = Markup('<a href="#{}">{}</a>').format(told.id, title)
    return {
        "pages": form.format(holders=holders, where=page),
        "titles": form.format(holders=holders, where=link),
    }


def _catalogued(anthology: Anthology, words: Words) -> list[str]:
    """A plain record, where no library has made one."""
    edition, imprint = anthology.edition, anthology.imprint
    colon, semicolon = words.text("{}: {}"), words.text("{}; {}")
    title = edition.title
    if edition.subtitle:
        title = colon.format(title, edition.subtitle)
    if edition.editors:
        by = words.text("edited by {}", names(edition.editors, edition.language))
        title = f"{title} / {by}"
    published = ", ".join(filter(None, (imprint.name, edition.issued[:4])))
    where = published
    if imprint.place and published:
        where = colon.format(imprint.place, published)
    lines = [f"{title}. – {where}" if where else title]
    if edition.subjects:
        subjects = reduce(semicolon.format, edition.subjects)
        lines.append(words.text("Subjects: {}", subjects))
    return lines
