"""Composing: each piece becomes a section, by the layout's template for its kind.

Templates are dumb: what they print stands ready in `views`. A section that is made from what the
last one was (`setting`) is that one; the others are set anew (`sections`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from reelpress.findings import Finding
from reelpress.galley import ACCESSIBLE, Galley, Section
from reelpress.layout.layouts import Layout
from reelpress.layout.setting import settings
from reelpress.layout.words import Words, direction
from reelpress.model import Anthology, Asset, Credit
from reelpress.rights import PUBLIC_DOMAIN, RESERVED
from reelpress.why import Reasons
from reelpress.work import Work, digest

BINDERS = (
    "Contents", "Landmarks", "Cover", "Start of the text", *ACCESSIBLE, PUBLIC_DOMAIN, RESERVED,
)  # fmt: skip
"""What binders write beside the sections."""
_Kept = tuple[str, Section, tuple[Finding, ...]]
"""The key of a section, the section, and what was noticed."""


def compose(
    anthology: Anthology,
    layout: Layout,
    slugs: Collection[str],
    broken: Mapping[str, tuple[Finding, ...]],
    work: Work | None = None,
    reasons: Reasons | None = None,
) -> tuple[Galley, tuple[Finding, ...]]:
    """The anthology as a galley.

    `slugs` are all that the pool has, in this anthology or not; `broken` (path -> findings)
    is printed in a draft's sections; `work` keeps the sections, and `reasons` is told which of
    them are new. Findings: those of `Compositor.section`.
    """
    work = work or Work()
    reasons = reasons or Reasons(work)
    edition = anthology.edition
    name = digest(edition.name, edition.draft)
    known: dict[str, _Kept] = work.known("sections", name) or {}
    made: list[tuple[str, _Kept]] = []
    every = settings(anthology, layout, slugs, broken, kept=work.store is not None)
    compositor = None
    for setting in every:
        piece, key, kept = setting.piece.id, setting.key, known.get(setting.piece.id)
        reused = kept is not None and kept[0] == key
        reasons.tell(edition.name, "composed", piece, setting.parts, reused=reused)
        if kept is None or not reused:
            if compositor is None:
                from reelpress.layout.sections import Compositor  # Jinja2, which takes its time

                compositor = Compositor(every)
            section, said, met = compositor.section(setting)
            # Where a template made links that no text has, the key does not know of them.
            whole = setting.linked is None or met <= setting.linked
            kept = (key if whole else "", section, said)
        made.append((piece, kept))
    if compositor is not None:
        work.keep("sections", name, dict(made))
    galley = _galley(anthology, layout, tuple(section for _, (_, section, _) in made))
    return galley, tuple(finding for _, (_, _, said) in made for finding in said)


def _galley(anthology: Anthology, layout: Layout, sections: tuple[Section, ...]) -> Galley:
    edition = anthology.edition
    words = Words(edition.language)
    assets = _assets(anthology) | {a.path: a for a in layout.assets}
    return Galley(
        edition=edition,
        imprint=anthology.imprint,
        sections=sections,
        screen=layout.screen,
        print=layout.print,
        assets=tuple(assets[key] for key in sorted(assets)),
        faces=layout.faces,
        contributors=_contributors(anthology),
        words={word: words.text(word) for word in BINDERS},
        images_described=not any("data-undescribed" in s.body for s in sections),
        place=anthology.place,
        direction=direction(edition.language),
    )


def _assets(anthology: Anthology) -> dict[str, Asset]:
    """Every picture that a text of the anthology asks for, biographies included."""
    texts = [p.contribution.text if p.contribution else p.text for p in anthology.pieces]
    people = {c.person.key: c.person for c in _contributors(anthology)}.values()
    texts += [text for person in people for text in (person.bio, person.short_bio)]
    shown = [*(a for text in texts if text is not None for a in text.assets)]
    shown += [person.portrait for person in people if person.portrait is not None]
    return {asset.path: asset for asset in shown}


def _contributors(anthology: Anthology) -> tuple[Credit, ...]:
    """Everyone with a role in the book, each name and role once: editors first, then as filed."""
    edition = anthology.edition
    written = (credit for piece in anthology.pieces for credit in piece.byline)
    editors = {(c.person.key, c.name, c.role): c for c in edition.editors}
    others = {(c.person.key, c.name, c.role): c for c in (*edition.contributors, *written)}
    rest = [credit for key, credit in others.items() if key not in editors]
    return (*editors.values(), *sorted(rest, key=_filed))


def _filed(credit: Credit) -> tuple[str, str, bool, str]:
    """Where a credit stands among others: of one name, what was written comes first."""
    return credit.sort.casefold(), credit.name, credit.role != "aut", credit.role
