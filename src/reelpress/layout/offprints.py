"""Offprints: what one contributor has in a book, composed as a small galley of its own.

Two sections are new, a title page that cites the book and a form to sign off (`offprint` and
`proof` among a layout's templates); the others are the book's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from markupsafe import Markup, escape

from reelpress.findings import Finding
from reelpress.galley import Galley, Offprint, Section
from reelpress.layout import made, terms, views
from reelpress.layout.copyright import stated
from reelpress.layout.layouts import Layout
from reelpress.layout.sections import Compositor
from reelpress.layout.setting import Setting, Settings
from reelpress.layout.templates import Templates
from reelpress.layout.words import Words, listed
from reelpress.model import Anthology, Asset, Credit, Edition, Matter, Piece, Share, VolumeSpec
from reelpress.rights import NOT_STATED, Rights

Folios = Mapping[str, tuple[str, str]]
"""Section id -> the folios of its first and its last page; empty where a book has no pages."""
_KEPT = frozenset({"id", "class", "lang", "dir", "title"})
"""What a link has that plain text may have too."""


def offprints(
    anthology: Anthology, galley: Galley, layout: Layout, shares: Sequence[Share], folios: Folios
) -> tuple[tuple[Offprint, ...], tuple[Finding, ...]]:
    """The offprint of each share of an anthology that is composed as `galley`.

    Findings: B001–B004 of the two templates, as `Compositor.section`.
    """
    maker = _Maker(anthology, galley, layout, folios)
    return tuple(maker.offprint(share) for share in shares), tuple(maker.noticed)


@dataclass(slots=True)
class _Maker:
    anthology: Anthology
    galley: Galley
    layout: Layout
    folios: Folios
    noticed: list[Finding] = field(default_factory=list)
    words: Words = field(init=False)
    compositor: Compositor = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.anthology.edition.language)
        self.compositor = Compositor(Settings(self.anthology, Templates(self.layout), (), {}))

    def offprint(self, share: Share) -> Offprint:
        """One contributor's."""
        edition, galley, cited = self.anthology.edition, self.galley, self._cited()
        values = self._values(share)
        opening, form = self._section("offprint", values), self._section("proof", values)
        wanted = {piece.id for piece in share.pieces}
        pieces = [replace(s, level=1, part=0) for s in galley.sections if s.id in wanted]
        ids = {own for s in (opening, *pieces) for own in _ids(s)}
        form = _severed(form, _ids(form))
        title = values["pieces"][0]["title"]
        if len(share.pieces) > 1:
            title = self.words.text("{} in {}", values["signed"], edition.title)
        own = replace(
            galley,
            edition=self._edition(share, title),
            imprint=replace(galley.imprint, statement=_statement(values["pieces"])),
            sections=tuple(_severed(section, ids) for section in (opening, *pieces)),
            contributors=_contributors(share),
            images_described=not any("data-undescribed" in s.body for s in pieces),
            citation=values["citation"].striptags(),
            book=f"urn:isbn:{cited.isbn}" if cited.isbn else edition.identifier,
        )
        return Offprint(
            share.key,
            replace(own, assets=_used(galley, own.sections)),
            replace(
                own,
                edition=replace(own.edition, title=self.words.text("{}: {}", form.title, title)),
                sections=(form,),
                assets=_used(galley, (form,)),
            ),
        )

    def _edition(self, share: Share, title: str) -> Edition:
        edition = self.anthology.edition
        own = uuid5(NAMESPACE_URL, f"{edition.identifier}/{share.key}")
        return replace(
            edition,
            title=title,
            identifier=f"urn:uuid:{own}",
            subtitle="",
            editors=(),
            contributors=(),
            description="",
            cataloguing=(),
            cover=None,
            cover_alt="",
            rights=_united([stated(piece) or NOT_STATED for piece in share.pieces]),
        )

    def _section(self, kind: str, values: dict[str, Any]) -> Section:
        edition, settings = self.anthology.edition, self.compositor.settings
        title = views.heading(kind, edition, self.words)
        piece = Piece(kind, kind, title, Matter.FRONT, edition.language)
        told = views.piece(piece, title, self.anthology, self.words) | values
        name = settings.templates.name(piece)
        shown = settings.shared | {"piece": told}
        setting = Setting(piece, title, "", "", name, shown, None, (), {})
        section, said, _ = self.compositor.section(setting)
        # Of links in a biography that lead out of the book the book's own composing tells.
        self.noticed += [finding for finding in said if finding.code not in ("L003", "L004")]
        return replace(section, level=0)

    def _values(self, share: Share) -> dict[str, Any]:
        """What both templates get beside what every piece has."""
        language, person = self.anthology.edition.language, share.person
        own = [c for p in share.pieces for c in p.byline if c.person.key == person.key]
        names = tuple(dict.fromkeys(credit.name for credit in own))
        source = self._source(self._pages(share.pieces))
        return {
            **made.person(own[0], language),
            "signed": names[0] if len(names) == 1 else person.name,
            "also": listed([name for name in names if name != person.name], language),
            "pieces": [self._piece(piece) for piece in share.pieces],
            "source": source,
            "citation": _citation(source, self.words),
        }

    def _piece(self, piece: Piece) -> dict[str, Any]:
        """A piece as both templates tell it: what it prints of itself, without its text."""
        edition, words, rights = self.anthology.edition, self.words, stated(piece)
        title = piece.title or views.heading(piece.kind, edition, words)
        told = views.piece(piece, title, self.anthology, words)
        known = rights or NOT_STATED
        return {
            **{key: told[key] for key in ("id", "title", "language", "byline", "bylines")},
            "shared": len({credit.name for credit in piece.byline}) > 1,
            "pages": self._pages([piece]),
            "stands": rights is not None,
            "holders": listed(known.holders, edition.language),
            "licence": terms.licensed(known.terms, words) if known.terms is not None else "",
            "credit": terms.credit_line(known, edition.language, words),
            "first_published": told.get("first_published"),
            "abridged": told.get("abridged", False),
        }

    def _pages(self, pieces: Sequence[Piece]) -> str:
        """ "page 12", "pages 12–18 and 40"; neighbours are one run. Empty without pages."""
        # Front matter has numbers of its own, which no run goes over.
        found: list[str] = []
        for front in (True, False):
            chosen = [
                p for p in pieces if p.id in self.folios and (p.matter is Matter.FRONT) is front
            ]
            for one, other in terms.runs(chosen, self.anthology.pieces):
                first, last = self.folios[one][0], self.folios[other][1]
                found.append(first if first == last else f"{first}–{last}")
        if not found:
            return ""
        alone = len(found) == 1 and "–" not in found[0]
        pages = self.words.text("page {}") if alone else self.words.text("pages {}")
        return pages.format(listed(found, self.anthology.edition.language))

    def _cited(self) -> VolumeSpec:
        """The volume that is cited: where none has pages, the first."""
        volumes = self.anthology.volumes or (VolumeSpec("", ""),)
        cited = self.anthology.pagination
        return next((spec for spec in volumes if spec.name == cited), volumes[0])

    def _source(self, pages: str) -> dict[str, Any]:
        """The book as its citation names it."""
        edition, imprint, words = self.anthology.edition, self.anthology.imprint, self.words
        shared = views.edition(self.anthology)
        many = len(edition.editors) > 1
        editors = words.text("{} (eds)") if many else words.text("{} (ed.)")
        return {
            "editors": editors.format(shared["editors"]) if edition.editors else "",
            "title": edition.title,
            "subtitle": edition.subtitle,
            "place": imprint.place,
            "publisher": imprint.name,
            "year": shared["year"],
            "pages": pages,
            "isbn": dict(shared["isbns"]).get(self._cited().name, ""),
        }


def _citation(source: Mapping[str, Any], words: Words) -> Markup:
    """Editors, title: subtitle, place: publisher, year, pages. ISBN. Each may stand on a line."""
    colon = words.text("{}: {}", "", "")
    title = colon.join(filter(None, (source["title"], source["subtitle"])))
    house = colon.replace(" ", "\u00a0").join(filter(None, (source["place"], source["publisher"])))
    parts = [
        escape(source["editors"]),
        Markup('<cite lang="{}">{}</cite>').format(words.language, title),
        escape(", ".join(filter(None, (house, source["year"])))),
        escape(source["pages"]),
    ]
    *before, last = [part for part in parts if part]
    told = [*(part + "," for part in before), last + "."]
    told += [Markup("ISBN\u00a0{}.").format(source["isbn"])] if source["isbn"] else []
    return Markup(" ").join(Markup('<span class="cited">{}</span>').format(part) for part in told)


def _united(rights: Sequence[Rights]) -> Rights:
    """The rights of several pieces together: all holders and years, and what is the same of all."""
    first, *rest = rights
    licence = first.terms if all(r.terms == first.terms for r in rest) else None
    return Rights(
        tuple(dict.fromkeys(holder for r in rights for holder in r.holders)),
        tuple(sorted({year for r in rights for year in r.years})),
        licence,
    )


def _statement(pieces: Sequence[Mapping[str, Any]]) -> str:
    """The credit lines of some pieces; each with its title where they are not the same."""
    lines = [
        (str(entry["title"]), str(entry["credit"].striptags()))
        for entry in pieces
        if entry["credit"]
    ]
    if len({line for _, line in lines}) == 1 and len(lines) == len(pieces):
        return lines[0][1]
    return " ".join(f"{title}: {line}" for title, line in lines)


def _contributors(share: Share) -> tuple[Credit, ...]:
    """Everyone with a role in the pieces, each role once, whose share it is first."""
    found = {(c.person.key, c.role, c.name): c for piece in share.pieces for c in piece.byline}
    return tuple(sorted(found.values(), key=lambda c: c.person.key != share.person.key))


def _used(galley: Galley, sections: Iterable[Section]) -> tuple[Asset, ...]:
    """The assets that some sections ask for, and the layout's own."""
    bodies = [section.body for section in sections]
    return tuple(
        asset
        for asset in galley.assets
        if asset.path.startswith("layout/") or any(f'"{asset.path}"' in body for body in bodies)
    )


def _tree(section: Section) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(section.body.encode(), parser)


def _ids(section: Section) -> list[str]:
    return [str(own) for own in _tree(section).xpath("//@id")]


def _severed(section: Section, ids: Collection[str]) -> Section:
    """The section; of what is not among `ids` its links are plain text, its page slots gone."""
    root = _tree(section)
    lost = [
        link
        for link in root.iter("a")
        if (target := link.get("href", "")).startswith("#") and target[1:] not in ids
    ]
    if not lost:
        return section
    for link in lost:
        slot = any(key.startswith("data-page") for key in link.attrib)
        link.tag = "slot" if slot else "span"
        for key in [k for k in link.attrib if k not in _KEPT and not k.startswith("data-")]:
            del link.attrib[key]
    etree.strip_elements(root, "slot", with_tail=False)
    return replace(section, body=str(etree.tostring(root, encoding="unicode")))
