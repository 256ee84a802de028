"""Gathering: a ticket and its contributions become an anthology."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from reelpress.desk.choice import Choice
from reelpress.desk.frozen import arranged
from reelpress.desk.house import house, lines
from reelpress.desk.inserts import insert, signed
from reelpress.desk.order import Group
from reelpress.desk.people import entries
from reelpress.desk.plates import pictures
from reelpress.desk.pool import Pool, ticket_path
from reelpress.desk.rights import Level, claim, rights
from reelpress.desk.roles import ADAPTERS, WRITERS, relator
from reelpress.desk.strangers import look_alikes
from reelpress.desk.text.languages import LANGUAGE
from reelpress.desk.text.typography import line
from reelpress.desk.texts import Source
from reelpress.desk.volumes import pagination, volumes
from reelpress.findings import NOWHERE, Finding, Place, did_you_mean, find
from reelpress.header import Header, Ticket
from reelpress.model import Anthology, Contribution, Credit, Edition, Matter, Piece, Text
from reelpress.rights import Rights

MADE = frozenset("half-title title copyright contents films credits contributors colophon".split())
"""Pieces that reelpress makes."""
TEXTS = frozenset(
    "dedication epigraph foreword preface introduction acknowledgments afterword "
    "also-by note page colophon".split()
)
"""Pieces that are a Markdown text."""


def gather(
    name: str,
    ticket: Header[Ticket],
    choices: Sequence[Choice],
    contributions: Mapping[str, Contribution],
    pool: Pool,
    *,
    draft: bool = False,
) -> tuple[Anthology, tuple[Finding, ...]]:
    """The anthology of a ticket; `contributions` are by their manuscript's path.

    Findings: H006, H010–H014, H018, H022, H023, H028, H029, H032, H035, H038, P003, I001–I005, and
    those of its own texts.
    """
    noticed: list[Finding] = []
    groups = arranged(ticket, choices, contributions, pool, noticed)
    dates = [c.date for group in groups for _, c in group.pairs if len(c.date) == 10]
    edition = _edition(name, ticket, max(dates, default=""), pool, noticed, draft=draft)
    kinds: Counter[str] = Counter()
    pieces = (
        *_matter(ticket, Matter.FRONT, edition, pool, kinds, noticed),
        *_body(ticket, groups, edition, pool, noticed),
        *_matter(ticket, Matter.BACK, edition, pool, kinds, noticed),
    )
    noticed.extend(look_alikes(ticket, choices, pieces, pool))
    made = volumes(ticket, noticed)
    return Anthology(
        edition,
        house(ticket, edition.language, pool),
        pieces,
        made,
        ticket.model.layout,
        ticket.place(),
        pagination(ticket, made, noticed),
        pictures(ticket, edition, pieces, pool, noticed),
    ), tuple(noticed)


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
    others, said = _others(ticket, pool)
    noticed.extend(said)
    cover = None
    if model.cover:
        place = ticket.place("cover")
        cover, said = pool.texts.pictures.get(model.cover, ticket_path(name), place)
        noticed.extend(said)
        if cover is not None and cover.media_type not in ("image/jpeg", "image/png"):
            problem = "a cover is a JPEG or a PNG"
            noticed.append(find("I004", place, path=model.cover, problem=problem))
            cover = None
    stated = (Level(model.rights, ticket), Level(house.rights, pool.imprint))
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
        rights=replace(
            rights(claim(stated, pool.people, noticed), pool, noticed),
            place=NOWHERE,  # a line moved in the ticket makes no other book
        ),
        contributors=others,
        cataloguing=lines(model.cataloguing),
        cover=cover,
        cover_alt=model.cover_alt,
        draft=draft,
    )


def _others(ticket: Header[Ticket], pool: Pool) -> tuple[tuple[Credit, ...], tuple[Finding, ...]]:
    """Who else made the edition: each has to have a role."""
    named = entries(ticket, ticket.model.contributors, "contributors")
    noticed = []
    for entry in named:
        if relator(entry.role) in WRITERS:
            problem = f'what "{entry.name}" did is missing, as in {{name: …, role: cov}}'
            noticed.append(find("H006", entry.role_place, field="contributors", problem=problem))
    made, said = pool.people.credits(named, default="ctb")
    return made, (*noticed, *said)


def _abridged(
    choice: Choice, contribution: Contribution, pool: Pool, noticed: list[Finding]
) -> tuple[Contribution, tuple[Finding, ...]]:
    """The contribution under its title and in its text here, and why there is no such text."""
    if choice.own is None:
        return contribution, ()
    if choice.own.title:
        title = line(choice.own.title, contribution.language)
        contribution = replace(contribution, title=title)
    if not choice.own.abridgement:
        return contribution, ()
    read = insert(choice.own.abridgement, choice.own.place, pool)
    text, said = pool.texts.edit(
        Source(read.body, read.path, read.line, contribution.id, contribution.language)
    )
    noticed.extend((*read.findings, *said))
    # The header is the review's; but what the file says of rights is said of these words.
    header, _, own = signed(read, pool, noticed)
    if header is not None and header.model.rights is not None and own is not None:
        contribution = replace(contribution, rights=own)
    return replace(contribution, text=text, abridged=True), read.findings


def _body(
    ticket: Header[Ticket],
    groups: list[Group],
    edition: Edition,
    pool: Pool,
    noticed: list[Finding],
) -> list[Piece]:
    pieces: list[Piece] = []
    number = 0
    for group in groups:
        if group.title:
            number += 1
            text, held = None, None
            if group.epigraph:
                text, held = _epigraph(ticket, group, f"part-{number}", edition, pool, noticed)
            pieces.append(
                Piece(
                    "part",
                    f"part-{number}",
                    line(group.title, edition.language),
                    Matter.BODY,
                    edition.language,
                    text=text,
                    rights=held,
                    number=number,
                )
            )
        for choice, contribution in group.pairs:
            own, said = _abridged(choice, contribution, pool, noticed)
            adapted = own.abridged or any(c.role in ADAPTERS for c in own.byline)
            if own.rights.adaptation is not None and not adapted:  # it is the original that stands
                own = replace(own, rights=replace(own.rights, adaptation=None))
            pieces.append(
                Piece(
                    "review",
                    own.id,
                    own.title,
                    Matter.BODY,
                    own.language,
                    contribution=own,
                    byline=own.byline,
                    part=number if group.title else 0,
                    findings=said,
                )
            )
    return pieces


def _epigraph(
    ticket: Header[Ticket],
    group: Group,
    prefix: str,
    edition: Edition,
    pool: Pool,
    noticed: list[Finding],
) -> tuple[Text, Rights | None]:
    """A part's epigraph, written in the ticket or in a file of its own, and the rights in it."""
    place, own = ticket.place(*group.at), None
    if group.epigraph.endswith(".md") and "\n" not in group.epigraph:
        read = insert(group.epigraph, place, pool)
        noticed.extend(read.findings)
        _, _, own = signed(read, pool, noticed)
        at, body, line_, indent = read.path, read.body, read.line, (0, 0)
    else:
        at, body = place.path, group.epigraph
        line_, *stands = ticket.begins(*group.at)
        indent = (stands[0], stands[1])
    text, said = pool.texts.edit(Source(body, at, line_, prefix, edition.language, indent))
    noticed.extend(said)
    return text, own


def _matter(
    ticket: Header[Ticket],
    matter: Matter,
    edition: Edition,
    pool: Pool,
    kinds: Counter[str],
    noticed: list[Finding],
) -> list[Piece]:
    """The pieces of front or back matter; `kinds` counts those of the whole book."""
    pieces: list[Piece] = []
    listed = ticket.model.front if matter is Matter.FRONT else ticket.model.back
    for index, entry in enumerate(listed):
        place = ticket.place(matter.value, index)
        if isinstance(entry, str) and entry in MADE:
            kinds[entry] += 1
            if kinds[entry] > 1 and matter.value not in ticket.model.model_fields_set:
                continue  # what nobody wrote gives way
            if kinds[entry] > 1:
                problem = f"{entry} stands in this anthology already"
                noticed.append(find("H029", place, problem=problem))
            else:
                pieces.append(Piece(entry, entry, "", matter, edition.language))
        elif isinstance(entry, dict) and len(entry) == 1:
            (kind, path), *_ = entry.items()
            if kind in TEXTS and isinstance(path, str):
                kinds[kind] += 1
                own = f"{kind}-{kinds[kind]}" if kinds[kind] > 1 else kind
                at = ticket.place(matter.value, index, kind)
                pieces.append(_text(kind, own, path, matter, edition, pool, at, noticed))
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
    own: str,
    path: str,
    matter: Matter,
    edition: Edition,
    pool: Pool,
    place: Place,
    noticed: list[Finding],
) -> Piece:
    read = insert(path, place, pool)
    noticed.extend(read.findings)
    if not read.there:
        text = Text("", place=Place(read.path))
        return Piece(kind, own, "", matter, edition.language, text=text, findings=read.findings)
    header, byline, own_rights = signed(read, pool, noticed)
    title, language, abridged = "", edition.language, False
    if header is not None:
        language = header.model.language or language
        title = line(header.model.title or "", language)
        abridged = header.model.abridged
    if kind == "page" and not title:
        stem = posixpath.basename(read.path).removesuffix(".md")
        title = line(stem.replace("-", " ").capitalize(), language)
    text, said = pool.texts.edit(
        Source(read.body, read.path, read.line, f"{matter.value}-{own}", language)
    )
    noticed.extend(said)
    return Piece(
        kind,
        own,
        title,
        matter,
        language,
        text=text,
        byline=byline,
        rights=own_rights,
        abridged=abridged,
    )
