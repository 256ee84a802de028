"""What a section is made from: the values its template gets, and the key that they have together.

Nothing is run here and nothing set; a section that was made from the same is found by its key.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from reelpress.findings import Finding
from reelpress.layout import views
from reelpress.layout.layouts import Layout
from reelpress.layout.leading import address, lead, linked, names
from reelpress.layout.made import MADE
from reelpress.layout.templates import Templates
from reelpress.layout.words import Words
from reelpress.model import Anthology, Piece
from reelpress.versions import versions
from reelpress.work import digest

_LINK = re.compile(r'href="review:([^"]*)"')
_TEXT = frozenset({"body", "notes"})
_PEOPLE = frozenset({"byline", "bylines", "bios"})
_SAID = frozenset({"kind", "id", "title", "language"})
"""What a section says whatever its template reads."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A piece, and all that its section is made from."""

    piece: Piece
    title: str
    path: str
    """The file whose lines `data-at` speaks of: an abridgement's, where there is one."""
    licence: str
    """The address of the deed, where the piece bears a licence of its own."""
    template: str
    """The template's name."""
    values: Mapping[str, Any] = field(repr=False)
    linked: frozenset[str] | None
    """What its texts link to, as `review:TARGET`; None where its template makes more links."""
    broken: tuple[Finding, ...]
    """What a draft says in it."""
    parts: Mapping[str, str] = field(repr=False)
    """Of its key, by their names."""

    @property
    def key(self) -> str:
        """Equal for what is set alike."""
        return digest(list(self.parts.items()))


@dataclass(slots=True)
class Settings:
    """Makes the settings of one anthology."""

    anthology: Anthology
    templates: Templates
    slugs: Collection[str]
    """All that the pool has, in this anthology or not."""
    broken: Mapping[str, tuple[Finding, ...]]
    """What a draft says, by the file that it is in."""
    stamp: str = ""
    here: Mapping[str, str] = field(init=False)
    """Slug -> id, of the anthology's own reviews."""
    named: Mapping[str, str] = field(init=False)
    """Slug -> id, for what their files and former addresses are called."""
    shared: dict[str, Any] = field(init=False)
    """What every template gets."""
    _read: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """By template: what it reads of a piece; None where it may be anything."""
    _common: dict[str, dict[str, str]] = field(default_factory=dict)
    """By template: those parts of the key that are the same for all that it sets."""

    def __post_init__(self) -> None:
        layout: Layout = self.templates.layout
        self.here = {c.slug: c.id for c in self.anthology.reviews}
        self.named = names(self.anthology.reviews)
        self.shared = {
            "edition": views.edition(self.anthology),
            "imprint": self.anthology.imprint,
            "layout": {
                "name": layout.name,
                "note": layout.note,
                "typefaces": layout.typefaces,
                "bios": layout.bios,
            },
        }

    def __iter__(self) -> Iterator[Setting]:
        """One for each piece, in running order."""
        edition = self.anthology.edition
        words = Words(edition.language)
        for piece in self.anthology.pieces:
            title = piece.title or views.heading(piece.kind, edition, words)
            bios = self.templates.layout.bios in ("piece", "both")
            values = views.piece(piece, title, self.anthology, words, bios=bios)
            made = MADE[piece.kind](self.anthology, words) if piece.kind in MADE else {}
            template = self.templates.name(piece)
            linked = self._linked(template, [values["body"], values["notes"], made])
            broken = self._told(piece) if edition.draft else ()
            parts = {
                **self._parts(piece, template, values, made),
                "links": self._led(linked),
                "findings": f"{edition.mark} {digest(broken)}" if edition.draft else "",
                "versions": self.stamp,
            }
            yield Setting(
                piece,
                title,
                _path(piece),
                _licence(piece),
                template,
                self.shared | {"piece": values | made},
                linked,
                broken,
                parts,
            )

    def _told(self, piece: Piece) -> tuple[Finding, ...]:
        paths = [piece.contribution.place.path] if piece.contribution is not None else []
        paths = list(dict.fromkeys([*paths, _path(piece)]))
        return (*(f for path in paths for f in self.broken.get(path, ())), *piece.findings)

    def _parts(
        self, piece: Piece, template: str, values: Mapping[str, Any], made: Mapping[str, Any]
    ) -> dict[str, str]:
        if template not in self._read:
            self._read[template] = self.templates.reach(template).reads("piece")
        read = self._read[template]

        def part(of: Mapping[str, Any]) -> str:
            return digest(list(of.items())) if of else ""

        seen = {k: v for k, v in values.items() if read is None or k in read}
        others = seen.keys() - _TEXT - _PEOPLE - made.keys() | _SAID
        stands = {
            "matter": str(piece.matter),
            "part": piece.part,
            "path": _path(piece),
            "licence": _licence(piece),
        }
        return {
            "text": part({k: v for k, v in seen.items() if k in _TEXT - made.keys()}),
            "header": part({k: v for k, v in values.items() if k in others} | stands),
            "people": part({k: v for k, v in values.items() if k in _PEOPLE}),
            **self._shared_parts(template),
            # Last: much of it is made of what stands above, which is the better reason to tell.
            "pieces": part({k: v for k, v in made.items() if read is None or k in read}),
        }

    def _shared_parts(self, template: str) -> dict[str, str]:
        if template not in self._common:
            reach = self.templates.reach(template)
            seen = {}
            for name, value in self.shared.items():
                fields = value if isinstance(value, dict) else _fields(value)
                read = reach.reads(name)
                if read is not None and read <= fields.keys():
                    fields = {key: fields[key] for key in sorted(read)}
                seen[name] = digest(list(fields.items())) if fields else ""
            self._common[template] = {
                "edition": digest(self.anthology.edition.language, seen["edition"]),
                "imprint": seen["imprint"],
                "layout": digest(template, reach.state, seen["layout"]),
            }
        return self._common[template]

    def _linked(self, template: str, values: list[Any]) -> frozenset[str] | None:
        if "review:" in self.templates.reach(template).source:
            return None
        markup = (text for text in _markup(values) if "review:" in text)
        return frozenset(target for text in markup for target in _LINK.findall(text))

    def _led(self, targets: frozenset[str] | None) -> str:
        """Where links to reviews lead; of one that leads nowhere, what its hint is chosen from."""
        if targets is None:
            known = (sorted(each.items()) for each in (self.here, self.named))
            return digest(*known, sorted(self.slugs))
        if not targets:
            return ""
        led = [
            (target, lead(target, self.here, self.named), linked(target)[0] in self.slugs)
            for target in sorted(targets)
        ]
        lost = any(not known and not address(target) for target, _, known in led)
        return digest(led, sorted(self.here) if lost else [])


def settings(
    anthology: Anthology,
    layout: Layout,
    slugs: Collection[str],
    broken: Mapping[str, tuple[Finding, ...]],
    *,
    kept: bool,
) -> Settings:
    """The settings of an anthology in a layout; `kept`: for keys that another run may ask for."""
    stamp = versions() if kept else ""
    return Settings(anthology, Templates(layout), slugs, broken, stamp)


def _path(piece: Piece) -> str:
    if piece.contribution is not None:
        return piece.contribution.text.place.path or piece.contribution.place.path
    return piece.text.place.path if piece.text is not None else ""


def _licence(piece: Piece) -> str:
    """The deed of the terms on which readers have a piece."""
    rights = piece.rights if piece.contribution is None else piece.contribution.rights
    return rights.terms.url if rights is not None and rights.terms is not None else ""


def _markup(value: Any) -> Iterator[str]:
    """All XHTML in a template's values."""
    left = [value]
    while left:
        each = left.pop()
        if isinstance(each, Markup):
            yield str(each)
        elif isinstance(each, dict):
            left.extend(each.values())
        elif isinstance(each, list):
            left.extend(each)


def _fields(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in type(value).__slots__}
