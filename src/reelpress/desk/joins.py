"""Facts that stand in files of their own: each file is read once, when a header first asks.

header's key ── looked up ──▶ what the house takes from there, by our fields
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from reelpress.desk.folder import Folder, OutsideError
from reelpress.desk.globs import files
from reelpress.desk.origins import Joining, Origin
from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import Joined
from reelpress.header.globs import inside
from reelpress.header.paths import root_of
from reelpress.header.reading import FILE
from reelpress.header.records import (
    ALL,
    FORMATS,
    MOST,
    MOST_ITEMS,
    Record,
    records_in,
    taken,
    things,
)
from reelpress.header.tree import known_fields, our

_KEY = re.compile(r"\{[^{}/]*\}")


@dataclass(slots=True)
class Joins:
    """The joins of a run."""

    folder: Folder
    noticed: list[Finding] = field(default_factory=list)
    _made: dict[int, tuple[Joining, _Index]] = field(default_factory=dict)

    def of(self, origin: Origin) -> tuple[Joined, ...]:
        """Those of an origin, ready to be asked."""
        made = []
        for joining in origin.joins:
            if id(joining) not in self._made:
                index = _Index.of(joining, origin, self.folder, self.noticed)
                self._made[id(joining)] = joining, index
            index = self._made[id(joining)][1]
            join = joining.join
            made.append(Joined(join.key, ", ".join(join.files), index.find, tuple(index.take)))
        return tuple(made)

    def close(self) -> tuple[Finding, ...]:
        """What was noticed. Findings: H004, H006, H023, H052–H054."""
        for _, index in self._made.values():
            self.noticed += index.never()
        return tuple(self.noticed)


@dataclass(slots=True)
class _Index:
    """One join's files, by key."""

    joining: Joining
    folder: Folder
    origin: Origin
    noticed: list[Finding]
    take: dict[str, str]
    """Our field -> theirs."""
    records: dict[str, Record] = field(default_factory=dict)
    read: bool = False
    given: set[str] = field(default_factory=set)
    """Our fields for which something was found."""
    keys: set[str] = field(default_factory=set)
    """All that the records have on top."""
    size: int = 0
    """Bytes that were read."""

    @classmethod
    def of(cls, joining: Joining, origin: Origin, folder: Folder, noticed: list[Finding]) -> _Index:
        self = cls(joining, folder, origin, noticed, {})
        for name, path in joining.join.take.items():
            if meant := our(name):
                self.take[meant] = path
            else:
                hint = did_you_mean(name, known_fields())
                noticed.append(find("H004", self.place("take", name), key=name, hint=hint))
        for index, glob in enumerate(joining.join.files):
            if not inside(glob):
                problem = "a glob stays in its folder"
                place = self.place("files", index)
                noticed.append(find("H006", place, field="files", problem=problem))
        return self

    def place(self, *below: str | int) -> Place:
        """Where the imprint says something of the join."""
        return self.origin.imprint.key_place(*self.joining.at, *below)

    @property
    def on(self) -> str:
        """Where a file says its key."""
        join = self.joining.join
        return join.on or (FILE if any(_KEY.search(g) for g in join.files) else join.key)

    def find(self, value: str) -> Record | None:
        """What the files say of one value of the key."""
        if value in self.records:
            return self.records[value]
        if direct := [g for g in self.joining.join.files if inside(g) and _is_direct(g)]:
            self._directly(value, direct)
        if not self.read:
            self.read = True
            self._index()
        return self.records.get(value)

    def _directly(self, value: str, globs: list[str]) -> None:
        """A glob that holds {key} names a file at once."""
        for glob in globs:
            path = _KEY.sub(lambda _: value, glob)
            whole = f"{self.joining.base}/{path}"
            if inside(path) and value.isprintable() and self.folder.exists(whole):
                for _, record in self._records(whole, FILE):
                    self.records.setdefault(value, record)
                return

    def _index(self) -> None:
        first: dict[str, str] = {}
        for index, glob in enumerate(self.joining.join.files):
            if not inside(glob) or _is_direct(glob):
                continue
            wild = _KEY.sub("*", glob)
            found = files(self.folder, self.joining.base, wild)
            if not found:
                place, problem = self.place("files", index), f"no file is {glob}"
                self.noticed.append(find("H052", place, problem=problem))
            for path in found:
                whole = f"{self.joining.base}/{path}"
                for key, record in self._records(whole, self.on):
                    if key in first and first[key] != whole:
                        told = {"other": first[key], "key": key}
                        self.noticed.append(find("H053", Place(whole), **told))
                    if key not in first:
                        first[key] = whole
                        self.records[key] = record

    def _records(self, path: str, on: str) -> Iterator[tuple[str, Record]]:
        """(key, what is taken) of each thing that a file tells of."""
        data = self._data(path)
        if data is None:
            return
        if PurePosixPath(path).suffix.lower() not in FORMATS:
            problem = f"the file is none of {', '.join(sorted(FORMATS))}"
            self.noticed.append(find("H052", Place(path), problem=problem))
            return
        facts, said = records_in(data, path)
        self.noticed += said
        for key, thing in things(facts, on, PurePosixPath(path).stem):
            if len(self.keys) < MOST_ITEMS:
                self.keys |= thing.keys()
            record = taken(thing, self.take)
            self.given |= record.keys()
            yield key, record

    def _data(self, path: str) -> bytes | None:
        try:
            size = self.folder.size(path)
            self.size += size
            if size > MOST or self.size > ALL:
                problem = "they are more than anybody writes"
                self.noticed.append(find("H052", Place(path), problem=problem))
                return None
            return self.folder.read(path)
        except OutsideError:
            self.noticed.append(find("H023", Place(path), path=path))
        except OSError as error:
            problem = error.strerror or "the file is not readable"
            self.noticed.append(find("H052", Place(path), problem=problem))
        return None

    def never(self) -> Iterator[Finding]:
        """Paths that lead nowhere in whatever was read (H054)."""
        if not self.records:
            return
        for name, path in self.joining.join.take.items():
            if our(name) and our(name) not in self.given:
                hint = did_you_mean(root_of(path), self.keys)
                yield find("H054", self.place("take", name), path=path, hint=hint)


def _is_direct(glob: str) -> bool:
    return bool(_KEY.search(glob)) and not any(c in _KEY.sub("", glob) for c in "*?[")
