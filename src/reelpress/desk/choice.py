"""Choosing: which reviews a ticket takes, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from reelpress.desk.folder import OutsideError
from reelpress.desk.origins import HOME, Origin
from reelpress.desk.pool import REVIEWS, Pool
from reelpress.desk.selection import Selection, selection
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Entry, Header, Ticket
from reelpress.header.globs import inside, named
from reelpress.model import Manuscript

LISTED = "listed"
ALL = "**"
"""Of a source, all that it has."""


@dataclass(frozen=True, slots=True)
class Own:
    """What a review has in one anthology alone."""

    title: str
    abridgement: str
    """The Markdown file that stands here instead of its text."""
    place: Place
    """Where the ticket names that file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One review that a ticket takes."""

    manuscript: Manuscript
    why: str
    place: Place
    """Where the ticket takes it."""
    listed: bool = False
    """Whether the ticket names it, and it alone."""
    part: int = 0
    """The number of its part in the ticket, from 1; 0 where there are none."""
    own: Own | None = None
    """How it stands here, where that is not as its file has it."""
    kept: bool = False
    """Whether the lock of a frozen anthology has it, and the ticket would not."""


@dataclass(slots=True)
class _Taken:
    """What a ticket has taken so far."""

    choices: dict[str, Choice] = field(default_factory=dict)
    """By path."""
    drafts: set[str] = field(default_factory=set)


def taken_by(ticket: Header[Ticket], pool: Pool) -> tuple[tuple[Choice, ...], tuple[Finding, ...]]:
    """The reviews that a ticket takes, as it names them: listed, by glob, by selection.

    Findings: H006, H014, H019–H021, H023, H024, H026–H028, H030, H031.
    """
    noticed: list[Finding] = []
    model, taken = ticket.model, _Taken()
    base, wanted = _base(ticket, pool, noticed)
    chosen = _narrowed(base, wanted, pool)
    wrong = any(f.code == "H006" for f in noticed)
    nothing = bool(base) and not chosen
    if nothing and not wrong:
        noticed.append(find("H027", ticket.place("select")))
    if not model.parts:
        _take(chosen, taken, noticed)
    _take(_in_parts(ticket, chosen, pool, noticed), taken, noticed)
    held = {choice.part for choice in taken.choices.values()}
    for index, part in enumerate(model.parts):
        if index + 1 not in held:
            place = ticket.place("parts", index, "title")
            noticed.append(find("H028", place, title=part.title))
    if model.parts and {"reviews", "select"} & model.model_fields_set:
        left = [c.manuscript for c in chosen if c.manuscript.path not in taken.choices]
        slugs = [m.slug for m in left if not m.draft]
        if slugs:
            place = ticket.place("select" if model.select is not None else "reviews")
            noticed.append(find("H031", place, slugs=", ".join(slugs)))
    if taken.drafts:
        count = f"{len(taken.drafts)} drafts are" if len(taken.drafts) > 1 else "1 draft is"
        noticed.append(find("H019", ticket.place(), count=count))
    if not taken.choices and not nothing and not wrong:
        noticed.append(find("H020", ticket.place("parts" if model.parts else "reviews")))
    return tuple(taken.choices.values()), tuple(noticed)


def left_out(
    ticket: Header[Ticket], pool: Pool, choices: Iterable[Choice]
) -> tuple[tuple[Manuscript, str], ...]:
    """Each manuscript of the pool that is not among an anthology's `choices`, and why not."""
    base, wanted = _base(ticket, pool, [])
    among = {c.manuscript.path for c in base}
    locked = pool.lock(ticket) is not None
    late = {c.manuscript.path for c in taken_by(ticket, pool)[0]} if locked else set()
    taken = {c.manuscript.path for c in choices}
    found = []
    for path, manuscript in pool.manuscripts.items():
        if path in taken:
            continue
        if manuscript.draft:
            why = "a draft"
        elif path in late:
            why = "not in the lock"
        elif path not in among:
            why = "not among the ticket's reviews"
        else:
            holds, why = wanted.judge(manuscript, pool)
            why = "in no part" if holds else why
        found.append((manuscript, why))
    return tuple(found)


def _base(
    ticket: Header[Ticket], pool: Pool, noticed: list[Finding]
) -> tuple[list[Choice], Selection]:
    """What reviews: names, and the selection that narrows it."""
    # Of a glob that nobody wrote nothing is said.
    told = noticed if "reviews" in ticket.model.model_fields_set else []
    written = ticket.model.reviews
    if "reviews" not in ticket.model.model_fields_set:
        written = [*written, *(Entry(review=f"{o.name}:") for o in pool.origins if o.name)]
    base = _candidates(ticket, written, ("reviews",), pool, told)
    wanted, said = selection(ticket, ticket.model.select, pool, "select")
    noticed.extend(said)
    return base, wanted


def _in_parts(
    ticket: Header[Ticket], chosen: list[Choice], pool: Pool, noticed: list[Finding]
) -> list[Choice]:
    """What the parts ask for. A part that names a review goes before one that selects it."""
    asked: list[Choice] = []
    own = {c.manuscript.path: c.own for c in chosen}
    for index, part in enumerate(ticket.model.parts):
        wanted, said = selection(ticket, part.select, pool, "parts", index, "select")
        noticed.extend(said)
        found: list[Choice] = []
        if part.reviews:
            at = ("parts", index, "reviews")
            named = _candidates(ticket, part.reviews, at, pool, noticed)
            # Under the title and in the text that the ticket's reviews: give it.
            named = [replace(c, own=c.own or own.get(c.manuscript.path)) for c in named]
            found = _narrowed(named, wanted, pool)
        elif part.select is not None:
            found = _narrowed([replace(c, listed=False) for c in chosen], wanted, pool)
        asked += [replace(c, part=index + 1) for c in found]
    named_by_hand = {c.manuscript.path for c in asked if c.listed}
    return [c for c in asked if c.listed or c.manuscript.path not in named_by_hand]


def _narrowed(choices: list[Choice], wanted: Selection, pool: Pool) -> list[Choice]:
    if not wanted.conditions:
        return choices
    judged = [(c, *wanted.judge(c.manuscript, pool)) for c in choices]
    return [
        replace(c, why=why if c.why == REVIEWS or c.why.endswith(f":{ALL}") else f"{c.why}; {why}")
        for c, holds, why in judged
        if holds
    ]


def _take(choices: Iterable[Choice], taken: _Taken, noticed: list[Finding]) -> None:
    for choice in choices:
        manuscript = choice.manuscript
        known = taken.choices.get(manuscript.path)
        if manuscript.draft:
            taken.drafts.add(manuscript.path)
            if choice.listed:
                noticed.append(find("H024", choice.place, slug=manuscript.slug))
        elif known is None:
            taken.choices[manuscript.path] = choice
        elif choice.listed and known.listed:
            noticed.append(find("H021", choice.place, slug=manuscript.slug))
        elif choice.listed and choice.own is not None:
            taken.choices[manuscript.path] = replace(choice, part=known.part)


def _candidates(
    ticket: Header[Ticket],
    entries: Iterable[Entry],
    at: tuple[str | int, ...],
    pool: Pool,
    noticed: list[Finding],
) -> list[Choice]:
    """The manuscripts that entries of the ticket name, drafts included, in their order."""
    found: list[Choice] = []
    for index, entry in enumerate(entries):
        place = ticket.place(*at, index, "review")
        named = _named(entry.review, pool, place, noticed)
        if not entry.title and not entry.abridgement:
            found += named
        elif any(not c.listed for c in named):
            problem = "a title or an abridgement is one review's, and a glob names many"
            noticed.append(find("H006", place, field="review", problem=problem))
            found += named
        else:
            text = ticket.place(*at, index, "abridgement")
            found += [replace(c, own=Own(entry.title, entry.abridgement, text)) for c in named]
    return found


def _named(spec: str, pool: Pool, place: Place, noticed: list[Finding]) -> list[Choice]:
    """The manuscripts that one word of a ticket names: a slug, a path, a glob, NAME:GLOB."""
    if spec in pool.slugs:
        return [Choice(pool.manuscripts[pool.slugs[spec]], LISTED, place, listed=True)]
    name, colon, inner = spec.partition(":")
    if (source := pool.source(name)) is not None:
        return _of_source(source, inner, spec, pool, place, noticed)
    globbed = any(c in spec for c in "*?[")
    try:
        if spec.startswith("/"):
            raise OutsideError(spec)
        paths = pool.folder.glob(f"{HOME}/{spec}")
    except OutsideError:
        noticed.append(find("H023", place, path=spec))
        return []
    except (ValueError, NotImplementedError, OSError):
        paths = []  # no glob at all, or longer than any name can be
    found = [_choice(pool.manuscripts[p], spec, place) for p in paths if p in pool.manuscripts]
    near = did_you_mean(name, [o.name for o in pool.origins if o.name]) if colon else ""
    if not found and globbed and not near:
        noticed.append(find("H026", place, glob=spec))
    elif not found:
        hint = near or did_you_mean(spec, pool.slugs)
        noticed.append(find("H014", place, what="review", name=f'"{spec}"', hint=hint))
    return found


def _choice(manuscript: Manuscript, spec: str, place: Place) -> Choice:
    globbed = any(c in spec for c in "*?[")
    return Choice(manuscript, spec if globbed else LISTED, place, listed=not globbed)


def _of_source(
    source: Origin, glob: str, spec: str, pool: Pool, place: Place, noticed: list[Finding]
) -> list[Choice]:
    """The manuscripts of a source that a glob names; all, where it names none."""
    glob = glob.strip() or ALL
    if not inside(glob):
        noticed.append(find("H023", place, path=spec))
        return []
    spec, globbed = f"{source.name}:{glob}", any(c in glob for c in "*?[")
    one = pool.manuscripts.get(glob if source.base == "." else f"{source.base}/{glob}")
    if one is not None and not globbed:
        return [_choice(one, spec, place)]
    found = [
        replace(_choice(manuscript, spec, place), why=spec, listed=False)
        for path, manuscript in pool.manuscripts.items()
        if pool.origin(path) is source and named(source.inner(path), (glob,))
    ]
    if not found and globbed:
        noticed.append(find("H026", place, glob=spec))
    elif not found:
        known = [source.inner(p) for p in pool.manuscripts if pool.origin(p) is source]
        hint = did_you_mean(glob, known)
        noticed.append(find("H014", place, what="review", name=f'"{spec}"', hint=hint))
    return found
