"""What is otherwise than when an anthology was frozen: two locks held side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reelpress.header.lock import Lock, LockedPart, LockedReview, LockedRights, LockedText

_SHOWN = 80
"""Characters of what was there before."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that two locks hold otherwise."""

    what: str
    """The text, The title …"""
    slug: str = ""
    """Of the review that it is of; empty where it is the anthology's."""
    at: tuple[str, ...] = ()
    """Where the ticket says it."""
    file: str = ""
    """Or the file that does; "people" and "imprint" are those of the house."""
    hint: str = ""

    def __str__(self) -> str:
        what = f"{self.what[:1].lower()}{self.what[1:]}"
        hint = f" ({self.hint})" if self.hint else ""
        return f"{what}{f' of {self.slug}' if self.slug else ''}{hint}"


_FACTS = {
    "title": "The title",
    "subtitle": "The subtitle",
    "language": "The language",
    "editors": "The editors",
    "contributors": "The other contributors",
    "description": "The description",
    "subjects": "The subjects",
    "cataloguing": "The cataloguing",
    "rights": "The rights in the anthology",
    "cover": "The cover",
    "cover_alt": "What is said of the cover",
    "layout": "The layout",
    "front": "The front matter",
    "back": "The back matter",
}
"""What of the edition is compared, by the ticket's own keys: the rest is what a printing is for."""


def changes(old: Lock, new: Lock) -> Iterator[Change]:
    """What is otherwise in `new`: edition, texts, people, reviews that both have, volumes."""
    for field, what in _FACTS.items():
        was, now = getattr(old.edition, field), getattr(new.edition, field)
        if was != now:
            hint = _of_rights(was, now) if isinstance(was, LockedRights) else _was(was)
            yield Change(what, at=(field,), hint=hint)
    if old.edition.statement != new.edition.statement:
        yield Change("The publisher's statement", at=("rights", "statement"))
    if old.edition.publisher != new.edition.publisher:
        yield Change("The imprint", file="imprint", hint=_was(old.edition.publisher))
    for own in sorted(old.texts.keys() | new.texts.keys()):
        yield from _text_change(old.texts.get(own), new.texts.get(own))
    for key in sorted(old.people.keys() & new.people.keys()):
        if old.people[key] != new.people[key]:
            yield Change(f'The entry "{key}"', file="people")
    for slug in (slug for part in new.order for slug in part.reviews if slug in old.reviews):
        yield from _review_changes(slug, old.reviews[slug], new.reviews[slug])
    for name in (name for name in new.volumes if name in old.volumes):
        was, now = old.volumes[name], new.volumes[name]
        for field, what in (("isbn", "The ISBN"), ("trim", "The trim size")):
            if getattr(was, field) != getattr(now, field):
                hint = _was(getattr(was, field))
                yield Change(f"{what} of {name}", at=("volumes", name, field), hint=hint)
        yield from page_count(name, was.pages, now.pages)


def page_count(name: str, was: int, now: int) -> Iterator[Change]:
    """Whether a volume has another number of pages; 0 where it is not known."""
    if was and now and was != now:
        hint = f"it has {now} pages, and had {was}"
        yield Change(f"The page count of {name}", at=("volumes", name), hint=hint)


def reordered(old: Iterable[LockedPart], new: Iterable[LockedPart]) -> Iterator[Change]:
    """Whether the reviews that both have stand in another order, or in other parts."""
    was, now = _order(old), _order(new)
    both = {slug for slug, _ in was} & {slug for slug, _ in now}
    was, now = ([s for s in order if s[0] in both] for order in (was, now))
    if [slug for slug, _ in was] != [slug for slug, _ in now]:
        yield Change("The order", at=("order",))
    elif was != now:
        yield Change("The division into parts", at=("parts",))


def _order(parts: Iterable[LockedPart]) -> list[tuple[str, str]]:
    return [(slug, part.title) for part in parts for slug in part.reviews]


def _text_change(old: LockedText | None, new: LockedText | None) -> Iterator[Change]:
    if old is None or new is None:
        # That there is another piece in front or back has been said.
        text = old or new
        if text is not None and text.kind == "epigraph":
            yield Change("The epigraph", at=("parts",))
    elif old.content != new.content:
        yield Change(f"The {new.kind}", file=new.path)


def _review_changes(slug: str, old: LockedReview, new: LockedReview) -> Iterator[Change]:
    if old.title != new.title:
        yield Change("The title", slug, hint=_was(old.title))
    for field in ("text", "header", "pictures"):
        if getattr(old, field) != getattr(new, field):
            yield Change(f"The {field}", slug)
    if old.rights != new.rights:
        yield Change("The rights", slug, hint=_of_rights(old.rights, new.rights))


def _of_rights(old: LockedRights, new: LockedRights) -> str:
    """What of the rights was otherwise."""
    fields = [f for f in LockedRights.model_fields if getattr(old, f) != getattr(new, f)]
    return f"formerly {', '.join(f'{f} {_told(getattr(old, f))}' for f in fields)}"


def _was(value: object) -> str:
    return f"formerly {_told(value)}"


def _told(value: object) -> str:
    words = ", ".join(map(str, value)) if isinstance(value, tuple | dict) else str(value)
    return f"{words[: _SHOWN - 1]}…" if len(words) > _SHOWN else words or "none"
