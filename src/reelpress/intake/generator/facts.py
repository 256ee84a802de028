"""Facts that stand in files of their own in a stranger's folder: each is read once, when asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from pathlib import PurePosixPath

from reelpress.findings import Finding, Place, find
from reelpress.header import Join, Joined
from reelpress.header.globs import named
from reelpress.header.records import ALL, FORMATS, MOST, Record, records_in, taken, things
from reelpress.header.tree import our
from reelpress.intake.survey.walk import Tree


@dataclass(slots=True)
class Facts:
    """The files of a folder that headers may lead to."""

    tree: Tree
    noticed: list[Finding] = field(default_factory=list)
    """H052 for each file that can't be read."""
    _known: dict[int, dict[str, Record]] = field(default_factory=dict)

    def joined(self, joins: list[Join]) -> tuple[Joined, ...]:
        """Joins, ready to be asked."""
        return tuple(
            Joined(join.key, ", ".join(join.files), partial(self._find, join), tuple(_take(join)))
            for join in joins
        )

    def _find(self, join: Join, value: str) -> Record | None:
        if id(join) not in self._known:
            self._known[id(join)] = self._index(join)
        return self._known[id(join)].get(value)

    def _index(self, join: Join) -> dict[str, Record]:
        """What all its files say, by the key; the first that has one counts."""
        take, on, size = _take(join), join.on or join.key, 0
        made: dict[str, Record] = {}
        for path, long in self.tree.files.items():
            name = PurePosixPath(path)
            if name.suffix.lower() not in FORMATS or not named(path, join.files):
                continue
            place = Place(f"{self.tree.root.name}/{path}")
            size += long
            if long > MOST or size > ALL:
                problem = "they are more than anybody writes"
                self.noticed.append(find("H052", place, problem=problem))
                continue
            facts, said = records_in(self.tree.read(path, MOST), place.path)
            self.noticed += said
            for key, thing in things(facts, on, name.stem):
                made.setdefault(key, taken(thing, take))
        return made


def _take(join: Join) -> dict[str, str]:
    """Our field, by its dotted name -> theirs."""
    return {meant: path for name, path in join.take.items() if (meant := our(name))}
