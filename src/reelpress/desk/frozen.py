"""A frozen anthology has the reviews of its lock, in its order, whatever the ticket says now.

What the ticket would now do otherwise, and what is otherwise than it was, is told.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reelpress.desk.changes import Change, changes, page_count, reordered
from reelpress.desk.choice import Choice, Own, taken_by
from reelpress.desk.lock import Locked, lock_of
from reelpress.desk.order import Group, as_ordered
from reelpress.desk.origins import HOME
from reelpress.desk.pool import IMPRINT, PEOPLE, Pool
from reelpress.desk.text.typography import line
from reelpress.findings import Finding, Place, find
from reelpress.galley import Volume
from reelpress.header import Header, Ticket
from reelpress.header.lock import LockedPart, LockedReview
from reelpress.model import Anthology, Contribution, Manuscript

_OF_NO_ACCOUNT = frozenset({"H019", "H020", "H024", "H027", "H028", "H031", "H032"})
"""What is said of a ticket's own selection and parts: here they are the lock's."""
_FILES = {"people": PEOPLE, "imprint": IMPRINT}
_ARRANGED = ("order", "parts", "reviews", "select")
"""The keys of a ticket that say where a review stands."""


def choose(ticket: Header[Ticket], pool: Pool) -> tuple[tuple[Choice, ...], tuple[Finding, ...]]:
    """The reviews of an anthology: those that its ticket takes; of a frozen one those of its lock.

    Findings: those of `taken_by`; H036, H037, H039.
    """
    asked, said = taken_by(ticket, pool)
    locked = pool.lock(ticket)
    if locked is None:
        return asked, said
    noticed = _of_account(said)
    held = dict(_held(locked, pool))
    for slug in sorted(locked.lock.reviews.keys() - held.keys()):
        path = locked.lock.reviews[slug].path
        problem = f'The review "{slug}" of this lock is not there; it was {path}'
        noticed.append(find("H039", locked.place(slug), problem=problem))
    paths = {manuscript.path for manuscript in held.values()}
    late = [c.manuscript.slug for c in asked if c.manuscript.path not in paths]
    stay = [replace(c, why=f"frozen; {c.why}") for c in asked if c.manuscript.path in paths]
    known = {c.manuscript.path for c in stay}
    kept = [
        _kept(manuscript, locked.lock.reviews[slug], locked.place(slug))
        for slug, manuscript in held.items()
        if manuscript.path not in known
    ]
    place = _written(ticket, "select", "reviews", "parts")
    if late:
        noticed.append(find("H036", place, slugs=", ".join(late)))
    if kept:
        slugs = ", ".join(choice.manuscript.slug for choice in kept)
        noticed.append(find("H037", place, slugs=slugs))
    return (*stay, *kept), tuple(noticed)


def _of_account(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code not in _OF_NO_ACCOUNT]


def _written(ticket: Header[Ticket], *keys: str) -> Place:
    """Where the ticket has the first of the keys that it has."""
    written = (key for key in keys if key in ticket.model.model_fields_set)
    return ticket.place(next(written, ""))


def _held(locked: Locked, pool: Pool) -> Iterator[tuple[str, Manuscript]]:
    """The lock's reviews that are still there, in its order, by their slugs."""
    for part in locked.lock.order:
        for slug in part.reviews:
            if slug in pool.slugs:
                yield slug, pool.manuscripts[pool.slugs[slug]]


def _kept(manuscript: Manuscript, review: LockedReview, place: Place) -> Choice:
    """A review that the lock alone has, under its title and in its text there."""
    short = posixpath.relpath(review.abridgement, HOME) if review.abridgement else ""
    return Choice(manuscript, "frozen", place, own=Own(review.title, short, place), kept=True)


def arranged(
    ticket: Header[Ticket],
    choices: Sequence[Choice],
    contributions: Mapping[str, Contribution],
    pool: Pool,
    noticed: list[Finding],
) -> list[Group]:
    """The chosen reviews in running order: the ticket's; of a frozen anthology that of its lock.

    Findings: those of `as_ordered`, H038.
    """
    locked = pool.lock(ticket)
    if locked is None:
        return as_ordered(ticket, choices, contributions, noticed)
    said: list[Finding] = []
    asked = [choice for choice in choices if not choice.kept]
    groups = as_ordered(ticket, asked, contributions, said)
    noticed += _of_account(said)
    slugs = {manuscript.path: slug for slug, manuscript in _held(locked, pool)}
    language = ticket.model.language or pool.imprint.model.language
    now = [_part(group, slugs, language) for group in groups]
    for change in reordered(locked.lock.order, now):
        noticed.append(find("H038", _place(change, None, ticket), what=change.what))
    pairs = {
        slugs[c.manuscript.path]: (c, replace(contributions[c.manuscript.path], why=c.why))
        for c in choices
    }
    stands = {slug: group for group, part in zip(groups, now, strict=True) for slug in part.reviews}
    epigraphs: dict[str, list[Group]] = defaultdict(list)
    for group in _titled(ticket) or groups:
        epigraphs[line(group.title, language)].append(group)
    return [
        replace(_like(part, epigraphs, stands), pairs=members, title=part.title)
        for part in locked.lock.order
        if (members := tuple(pairs[slug] for slug in part.reviews if slug in pairs))
    ]


def _part(group: Group, slugs: Mapping[str, str], language: str) -> LockedPart:
    """A part as a lock would have it."""
    reviews = tuple(slugs[choice.manuscript.path] for choice, _ in group.pairs)
    return LockedPart(title=line(group.title, language), reviews=reviews)


def _titled(ticket: Header[Ticket]) -> list[Group]:
    """The parts that a ticket makes by hand, though no review be in them."""
    return [
        Group((), part.title, part.epigraph, ("parts", index, "epigraph"))
        for index, part in enumerate(ticket.model.parts)
    ]


def _like(
    part: LockedPart, epigraphs: Mapping[str, list[Group]], stands: Mapping[str, Group]
) -> Group:
    """The ticket's part that has the title of the lock's, or else its first review."""
    if named := epigraphs.get(part.title):
        return named.pop(0) if len(named) > 1 else named[0]
    return next((stands[slug] for slug in part.reviews if slug in stands), Group(()))


def changed(anthology: Anthology, pool: Pool) -> tuple[Finding, ...]:
    """What is otherwise than when the anthology was frozen; nothing where it is not (H038)."""
    ticket = pool.tickets[anthology.edition.name]
    locked = pool.lock(ticket) if ticket is not None else None
    if ticket is None or locked is None:
        return ()
    by_slug = {c.slug: c for c in anthology.reviews}
    return tuple(
        find(
            "H038",
            _place(change, by_slug.get(change.slug), ticket),
            what=f"{change.what} of this review" if change.slug else change.what,
            hint=change.hint,
        )
        for change in changes(locked.lock, lock_of(anthology))
    )


def _place(change: Change, review: Contribution | None, ticket: Header[Ticket]) -> Place:
    if change.file:
        return Place(_FILES.get(change.file, change.file))
    if review is None:
        ordered = change.at[0] in ("order", "parts")
        return _written(ticket, *_ARRANGED) if ordered else ticket.place(*change.at)
    if change.what == "The text":
        return review.text.place
    own = review.rights.place
    return own if change.what == "The rights" and own.path == review.place.path else review.place


def recounted(name: str, volumes: Iterable[Volume], pool: Pool) -> tuple[Finding, ...]:
    """The volumes that have more pages or fewer than when their anthology was frozen (H038)."""
    ticket = pool.tickets[name]
    locked = pool.lock(ticket) if ticket is not None else None
    if ticket is None or locked is None:
        return ()
    was = locked.lock.volumes
    return tuple(
        find("H038", ticket.place(*change.at), what=change.what, hint=change.hint)
        for volume in volumes
        if volume.spec in was
        for change in page_count(volume.spec, was[volume.spec].pages, volume.pages)
    )
