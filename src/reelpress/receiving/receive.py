"""What a delivery means for a project: which files are new, which change, which are left alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from reelpress.desk import Folder
from reelpress.desk.folder import OutsideError
from reelpress.findings import Finding, Place, find, in_order
from reelpress.header.write import review_text
from reelpress.intake.delivery import Arrival, Delivery, Newcomer, called
from reelpress.receiving.counting import Count, Laid, count
from reelpress.receiving.people import PEOPLE, Everyone, everyone
from reelpress.receiving.record import (
    HOME,
    RECORD,
    Entry,
    Record,
    is_sound,
    read_record,
    record_text,
)

Progress = Callable[[int, int], None]
"""Told how many are counted, of how many."""
_SHOWN = 8
"""As many words as a finding names."""


class Status(StrEnum):
    """What happens to a file."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    KEPT = "kept"


class Why(StrEnum):
    """Why a file is kept."""

    EDITED = "edited since"
    DELETED = "deleted since"
    OTHERS = "no import wrote it"


@dataclass(frozen=True, slots=True)
class Received:
    """One review, and what becomes of it."""

    arrival: Arrival
    path: str
    """Below the project: manuscripts/reviews/the-third-man.md"""
    status: Status
    why: str
    count: Count
    reviewer: str
    """Names, for people."""
    data: bytes = field(repr=False)
    """The file."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """All that comes of a delivery."""

    delivery: Delivery
    received: tuple[Received, ...] = ()
    people: Mapping[str, Newcomer] = field(default_factory=dict)
    """Who is new in people.yaml, by key."""
    pictures: Mapping[str, Status] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What is to be written: path below the project -> bytes."""
    findings: tuple[Finding, ...] = ()


def receive(
    delivery: Delivery,
    project: Path,
    *,
    overwrite: bool = False,
    progress: Progress = lambda *_: None,
) -> Receipt:
    """What `delivery` means for the project in the folder `project`.

    A file that was edited or deleted since it was imported is left alone, unless `overwrite` is
    asked for; one that no import wrote is, always. Findings: the delivery's, S002 (the record of
    imports, people.yaml), S003 (a path that leads out), S012 and S013 (words), S014 (what was
    inferred), S015 (what the source does not say), S016, S017 and S018 (what is left alone).
    """
    folder = Folder.at(project)
    record, said = read_record(folder)
    if record is None:
        return Receipt(delivery, findings=(*delivery.findings, *said))
    people = everyone(delivery.people, folder, record, overwrite=overwrite)
    desk = _Desk(folder, record, delivery.kind, overwrite)
    desk.noticed += (*delivery.findings, *people.findings)
    placed = desk.placed(delivery.arrivals)
    received = []
    for number, (arrival, path) in enumerate(placed, 1):
        received.append(desk.review(arrival, path, people))
        progress(number, len(placed))
    pictures = desk.pictures(delivery.arrivals)
    entered = dict.fromkeys(people.added, delivery.kind)
    whole = Record(desk.entries, {**record.people, **entered})
    if people.text is not None:
        desk.files[PEOPLE] = people.text.encode()
    if whole != record:
        desk.files[RECORD] = record_text(whole).encode()
    return Receipt(
        delivery, tuple(received), people.added, pictures, desk.files, in_order(desk.noticed)
    )


@dataclass(slots=True)
class _Desk:
    """One delivery, while it is received."""

    folder: Folder
    record: Record
    kind: str
    overwrite: bool
    noticed: list[Finding] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    entries: dict[str, Entry] = field(init=False)
    """The record as it will be."""

    def __post_init__(self) -> None:
        self.entries = dict(self.record.files)

    # -- where each goes

    def placed(self, arrivals: Iterable[Arrival]) -> list[tuple[Arrival, str]]:
        """Each arrival, its id its own and its kind said, with its path below manuscripts/: the
        one that it had, or else the one that it asks for, or one beside that where another source
        has it."""
        had = {(entry.kind, entry.id): path for path, entry in self.record.files.items()}
        arrivals = tuple(arrivals)
        shared = Counter(arrival.id for arrival in arrivals)
        often: Counter[str] = Counter()
        named = []
        for arrival in arrivals:
            own = arrival.id
            if shared[own] > 1 or not own:  # in whatever order they come another time
                own = f"{own or arrival.origin}: {_titled(arrival)}"
            often[own] += 1
            own = own if often[own] == 1 else f"{own} ({often[own]})"
            named.append(replace(arrival, id=own, kind=arrival.kind or self.kind))
        taken, made = set(self.record.files), []
        for arrival in named:
            path = had.get((arrival.kind, arrival.id)) or self._place(arrival, taken)
            if path is not None:
                taken.add(path)
                made.append((arrival, path))
        return made

    def _place(self, arrival: Arrival, taken: set[str]) -> str | None:
        if not self._sound(arrival.path):
            return None
        if arrival.path not in taken:
            return arrival.path
        stem = arrival.path.removesuffix(".md")
        return next(
            path
            for n in range(2, len(taken) + 3)
            if (path := f"{stem}-{n}.md") not in taken and not self.folder.stands(f"{HOME}/{path}")
        )

    def _sound(self, path: str) -> bool:
        if not is_sound(path):
            self.noticed.append(find("S003", Place(f"{HOME}/{path}"), entry=path))
        return is_sound(path)

    # -- what happens

    def review(self, arrival: Arrival, path: str, people: Everyone) -> Received:
        """One review: counted, written where it may be, and what is to be said of it."""
        header = called(arrival.header, people.called)
        where = f"{HOME}/{path}"
        coming = {f"{HOME}/{name}": data for name, data in arrival.pictures.items()}
        counted = count(arrival, where, Laid(self.folder.root, self.folder.also, more=coming))
        data = review_text(header, counted.text).encode()
        entry = Entry(arrival.kind, arrival.id, arrival.origin, sha256(data).hexdigest())
        status, why = self._settle(path, data, entry)
        place = Place(where)
        if counted.saved:
            self._tell("S012", place, words=_few(counted.saved))
        if counted.missing:
            self._tell("S013", place, words=_few(counted.missing), origin=arrival.origin)
        if status in (Status.NEW, Status.UPDATED):
            self._tell_facts(header, where, data)
        names = [people.names.get(name, name) for name in _people(header.get("reviewer"))]
        return Received(arrival, where, status, why, counted, ", ".join(names), data)

    def pictures(self, arrivals: Iterable[Arrival]) -> dict[str, Status]:
        """The pictures of all of them, each once."""
        made: dict[str, Status] = {}
        for arrival in arrivals:
            for path, data in arrival.pictures.items():
                if path not in made and self._sound(path):
                    kind, total = arrival.kind or self.kind, sha256(data).hexdigest()
                    entry = Entry(kind, path, arrival.origin, total)
                    made[path], _ = self._settle(path, data, entry)
        return made

    def _settle(self, path: str, data: bytes, entry: Entry) -> tuple[Status, str]:
        """What happens to one file; it is entered in the record, and among what is written."""
        where, before = f"{HOME}/{path}", self.record.files.get(path)
        now = self._now(where)
        status, why = Status.UPDATED, ""
        if now == data:
            status = Status.UNCHANGED
        elif before is None:
            status, why = (Status.NEW, "") if now is None else (Status.KEPT, Why.OTHERS)
        elif now is None:
            status, why = (Status.NEW, "") if self.overwrite else (Status.KEPT, Why.DELETED)
        elif sha256(now).hexdigest() != before.sha256 and not self.overwrite:
            status, why = Status.KEPT, Why.EDITED
        if status is Status.KEPT:
            self._tell_kept(where, why)
            return status, why
        self.entries[path] = entry
        if status is not Status.UNCHANGED:
            self.files[where] = data
        return status, why

    def _now(self, where: str) -> bytes | None:
        """What is there; None where nothing is."""
        if not self.folder.stands(where):
            return None
        try:
            return self.folder.read(where)
        except (OutsideError, OSError):
            return b""  # whatever it is, it is nobody's import

    # -- what is said

    def _tell(self, code: str, place: Place, hint: str = "", **parts: object) -> None:
        self.noticed.append(find(code, place, hint=hint, **parts))

    def _tell_kept(self, where: str, why: str) -> None:
        if why == Why.DELETED:
            hint = "--overwrite brings it back"
            self._tell("S018", Place(where), hint)
        elif why == Why.EDITED:
            self._tell("S017", Place(where), "--overwrite takes the source's")
        else:
            what = "The source's review was not imported: no import wrote the file of its name"
            hint = "give yours another name to import this one too"
            self._tell("S016", Place(where), hint, what=what)

    def _tell_facts(self, header: Mapping[str, object], where: str, data: bytes) -> None:
        rights = header.get("rights")
        guessed = rights.get("inferred") if isinstance(rights, Mapping) else None
        if isinstance(guessed, list) and guessed:
            line = data[: data.index(b"inferred:")].count(b"\n") + 1
            place = Place(where, line, 3)
            self._tell("S014", place, fields=", ".join(map(str, guessed)))
        lacking = [field for field in ("film", "reviewer") if not header.get(field)]
        if lacking:
            self._tell("S015", Place(where), fields=" and ".join(lacking))


def _titled(arrival: Arrival) -> str:
    """What a review is of: pages of one name in two folders are not the same page."""
    film = arrival.header.get("film")
    name = film.get("title") if isinstance(film, Mapping) else ""
    return str(name or arrival.header.get("title") or "")


def _people(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [name for item in value for name in _people(item)]
    if isinstance(value, Mapping):
        return _people(value.get("name"))
    return [value] if isinstance(value, str) else []


def _few(words: Counter[str]) -> str:
    shown = ", ".join(sorted(words)[:_SHOWN])
    more = len(words) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
