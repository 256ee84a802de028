"""The lock of a frozen anthology: what `reelpress freeze` writes beside the ticket.

JSON, a fact to a line and keys sorted, so that of two locks one sees what is otherwise. What is for
the desk alone (fee, evidence, contact) is not in it.
"""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from reelpress.findings import Finding, Place, find
from reelpress.header.encoding import CONTROL

Version = Literal[1]
"""Of the format. A lock of another version is not read."""
MOST = 1 << 25
"""Bytes of a lock: some thirty thousand reviews."""


def _plain(text: str) -> str:
    if CONTROL.search(text):
        raise ValueError("there is a control character in it")
    return text


Word = Annotated[str, AfterValidator(_plain)]
Words = tuple[Word, ...]
Sum = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256, in hexadecimal."""
Number = Annotated[int, Field(ge=0)]


class _Block(BaseModel):
    """A mapping with these keys and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)


class LockedPart(_Block):
    """Reviews under one heading."""

    title: Word = ""
    """Empty where they stand in no part."""
    reviews: Words
    """Slugs, in running order."""


class LockedRights(_Block):
    """Rights as they were cleared: what may be printed of them."""

    holders: Words = ()
    years: tuple[Number, ...] = ()
    licence: Word = ""
    adaptation: Word = ""
    status: Word = "unknown"
    scope: Words = ()
    territory: Words = ()
    until: Word = ""
    credit: Word = ""


Pictures = dict[Word, LockedRights]
"""By the names they have in a volume, which tell their content."""


class LockedPages(_Block):
    """Where a review stands in one volume."""

    first: Word
    """The folio on which it opens."""
    count: Number


class LockedReview(_Block):
    """One review as it was bound."""

    path: str
    """Below manuscripts/, or in a source."""
    title: Word
    """Its title here."""
    abridgement: str = ""
    """The Markdown file that stands here instead of its text."""
    text: Sum
    """Of the Markdown that stands here."""
    header: Sum
    """Of whatever else its header says that can be printed."""
    pictures: Pictures = {}
    rights: LockedRights = LockedRights()
    words: Number = 0
    pages: dict[Word, LockedPages] = {}
    """By volume, of those with pages."""


class LockedText(_Block):
    """A text of the book's own: a foreword, a part's epigraph."""

    kind: Word
    path: str
    content: Sum
    """Of its title, byline, Markdown, pictures and rights."""


class LockedEdition(_Block):
    """The anthology's own facts."""

    title: Word
    subtitle: Word = ""
    language: Word
    editors: Words = ()
    contributors: Words = ()
    description: Word = ""
    subjects: Words = ()
    cataloguing: Words = ()
    rights: LockedRights = LockedRights()
    statement: Word = ""
    publisher: Words = ()
    """The imprint's name, place, address and url."""
    cover: Pictures = {}
    cover_alt: Word = ""
    layout: Word
    front: Words = ()
    back: Words = ()
    number: Number
    printing: Number
    issued: Word = ""
    revised: Word = ""


class LockedVolume(_Block):
    """One file that was made."""

    isbn: Word = ""
    trim: Word = ""
    """Of one with pages."""
    pages: Number = 0
    """0 where it has none."""


class Lock(_Block):
    """All that is held of a frozen anthology."""

    version: Version
    edition: LockedEdition
    order: tuple[LockedPart, ...]
    reviews: dict[Word, LockedReview]
    """By slug."""
    texts: dict[Word, LockedText] = {}
    """By the id of their pieces."""
    people: dict[Word, Sum] = {}
    """Key of people.yaml -> of what that entry says that can be printed."""
    volumes: dict[Word, LockedVolume] = {}


def lock_text(lock: Lock) -> str:
    """The lock as it is written: its version, then everything by its key; equal for equal locks."""
    held = lock.model_dump(mode="json", exclude={"version"}, exclude_defaults=True)
    text = json.dumps(held, ensure_ascii=False, indent=2, sort_keys=True)
    return f'{{\n  "version": {lock.version},{text[1:]}\n'


def read_lock(data: bytes, path: str) -> tuple[Lock | None, tuple[Finding, ...]]:
    """The lock in a file's bytes; None where they are no lock that this reelpress reads.

    Finding: H039.
    """
    data = data.removeprefix(BOM_UTF8)
    try:
        lock = Lock.model_validate_json(data)
    except ValidationError as error:
        place, problem = _wrong(error, data, path)
        return None, (unreadable(problem, place),)
    ordered = sorted(slug for part in lock.order for slug in part.reviews)
    if not ordered or ordered != sorted(lock.reviews):
        return None, (unreadable('"order" does not name each of "reviews" once', Place(path)),)
    return lock, ()


def unreadable(problem: str, place: Place) -> Finding:
    """That a lock can't be read, and why (H039)."""
    return find("H039", place, problem=f"This lock can't be read: {problem}")


def _wrong(error: ValidationError, data: bytes, path: str) -> tuple[Place, str]:
    told = error.errors(include_url=False, include_context=False)
    wrong: Any = next((e for e in told if e["loc"] == ("version",)), told[0])
    place, problem = Place(path), str(wrong["msg"]).removeprefix("Value error, ")
    if wrong["type"] == "json_invalid":
        try:
            json.loads(data.decode())
        except json.JSONDecodeError as syntax:
            place, problem = Place(path, syntax.lineno, syntax.colno), syntax.msg
        except UnicodeDecodeError:
            problem = "it is not UTF-8"
        except (ValueError, RecursionError):
            pass  # too long a number, too deep: pydantic has said so
    elif wrong["loc"] == ("version",) and wrong["type"] == "literal_error":
        problem = "it is not of version 1, the one that this reelpress knows"
    elif wrong["loc"]:
        problem = f"{'.'.join(map(str, wrong['loc']))}: {problem}"
    return place, f"{problem[:1].lower()}{problem[1:]}"
