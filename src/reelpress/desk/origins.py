"""Where manuscripts come from: the project itself, and the sources that its imprint names.

Each origin has habits (how its files are to be read) and defaults (what holds where a review
says nothing). The nearest word counts: the source's, its ready-made map's, the house's, that of
the house's map.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from reelpress.findings import Finding, Place, did_you_mean, find
from reelpress.header import (
    Defaults,
    Habits,
    Header,
    ImprintFile,
    Join,
    SourceFolder,
    Taken,
    map_names,
    ready_map,
)
from reelpress.header.formats import Contributor, Rights
from reelpress.header.globs import inside
from reelpress.header.habits import ReadyMap
from reelpress.header.reading import checked

HOME = "manuscripts"
_NAME = re.compile(r"\w(?:[\w. -]*\w)?")
"""What a ticket can say before a colon."""
At = tuple[str | int, ...]
"""A path in imprint.yaml."""
Table = tuple[tuple[str, str], ...]
"""(how an address begins, the folder that it means, from the project), the longest first."""


@dataclass(frozen=True, slots=True)
class Joining:
    """Facts that stand in files of their own, and whose habit it is to look there."""

    join: Join
    base: str
    """The folder in which its globs are, from the project."""
    at: At
    """Where the imprint says so; empty where a ready-made map does."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A folder of manuscripts, its habits and its defaults."""

    name: str
    """The source's; empty for the project itself."""
    base: str
    """The folder, relative to the project: manuscripts, ../blog."""
    imprint: Header[ImprintFile] = field(repr=False)
    habits: Habits = field(default_factory=Habits)
    """All that hold here, fields by our dotted names."""
    joins: tuple[Joining, ...] = ()
    images: Table = ()
    reviews: tuple[str, ...] = ()
    """Globs in the folder."""
    leave_out: tuple[str, ...] = ()
    levels: tuple[tuple[Defaults, At], ...] = ()
    """Defaults, the nearest first, with their paths in imprint.yaml."""

    @property
    def language(self) -> str:
        """Of texts that name none."""
        said = (defaults.language for defaults, _ in self.levels if defaults.language)
        return next(said, self.imprint.model.language)

    @property
    def reviewer(self) -> tuple[list[Contributor], tuple[str, ...]]:
        """Who wrote what nobody signed, and the path of that in imprint.yaml."""
        for defaults, at in self.levels:
            if defaults.reviewer:
                return defaults.reviewer, (*map(str, at), "reviewer")
        return [], ()

    @property
    def rights(self) -> tuple[tuple[Rights | None, At], ...]:
        """What holds for texts that say nothing, the nearest first."""
        return tuple((defaults.rights, (*at, "rights")) for defaults, at in self.levels)

    def holds(self, path: str) -> bool:
        """Whether a path of the project lies in the folder."""
        return self.base == "." or path.startswith(f"{self.base}/")

    def inner(self, path: str) -> str:
        """A path of the project as it is in the folder."""
        return path if self.base == "." else path.removeprefix(f"{self.base}/")


def origins(
    imprint: Header[ImprintFile], root: Path
) -> tuple[tuple[Origin, ...], tuple[Finding, ...]]:
    """The project's own manuscripts, then each source whose folder is there.

    `root` is the project's folder. Findings: H004 (fields), H006 (maps, globs), H014 (folders).
    """
    noticed: list[Finding] = []
    model = imprint.model
    house = _Level(model, HOME, (), _map(imprint, model.map, (), noticed))
    own = _origin("", HOME, imprint, (house,), noticed)
    found = [own]
    for name, source in model.sources.items():
        at = ("sources", name)
        if not _NAME.fullmatch(name):
            problem = "a source is called by letters, digits, - and _"
            place = imprint.key_place(*at)
            noticed.append(find("H006", place, field=f"sources.{name}", problem=problem))
            continue
        base = _base(source.folder, root)
        if base is None or not (root / base).is_dir():
            place = imprint.place(*at, "folder")
            noticed.append(find("H014", place, what="folder", name=f'"{source.folder}"'))
            continue
        level = _Level(source, base, at, _map(imprint, source.map, at, noticed))
        found.append(_origin(name, base, imprint, (level, house), noticed))
    # What the house does wrong is noticed with each source, and said once.
    return tuple(found), tuple(dict.fromkeys(noticed))


def _base(folder: str, root: Path) -> str | None:
    """A folder as it is named from the project, with forward slashes."""
    if not folder.strip():
        return None
    path = folder.replace("\\", "/") if "\\" in str(root) else folder
    if not Path(path).is_absolute():
        return posixpath.normpath(path)
    try:
        return posixpath.relpath(Path(path).as_posix(), root.as_posix())
    except ValueError:  # on another drive
        return None


@dataclass(frozen=True, slots=True)
class _Level:
    """Whose habits they are."""

    habits: Habits
    base: str
    at: At
    ready: ReadyMap


def _map(imprint: Header[ImprintFile], name: str, at: At, noticed: list[Finding]) -> ReadyMap:
    ready = ready_map(name) if name else None
    if name and ready is None:
        known = map_names()
        hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
        problem = f'there is no map "{name}"'
        noticed.append(
            find("H006", imprint.place(*at, "map"), field="map", problem=problem, hint=hint)
        )
    return ready or ReadyMap()


def _origin(
    name: str,
    base: str,
    imprint: Header[ImprintFile],
    levels: tuple[_Level, ...],
    noticed: list[Finding],
) -> Origin:
    fields: dict[str, Taken] = {}
    images: dict[str, str] = {}
    shortcodes: dict[str, str] = {}
    joins: list[Joining] = []
    for level in reversed(levels):
        for habits, at in ((level.ready, None), (level.habits, level.at)):
            known, said = checked(habits.fields, _places(imprint, at))
            noticed += said
            fields |= known
            folders = {p: posixpath.normpath(f"{level.base}/{f}") for p, f in habits.images.items()}
            images |= folders
            shortcodes |= habits.shortcodes
    for level in levels:
        joins += [
            Joining(join, level.base, (*level.at, "join", n))
            for n, join in enumerate(level.habits.join)
        ]
        joins += [Joining(join, level.base, ()) for join in level.ready.join]
    nearest = levels[0]
    source = nearest.habits if isinstance(nearest.habits, SourceFolder) else None
    reviews, leave_out = list[str](), list[str]()
    if source is not None:
        written = "reviews" in source.model_fields_set
        reviews = source.reviews if written else nearest.ready.reviews or source.reviews
        leave_out = [*source.leave_out, *nearest.ready.leave_out]
        for key, globs in (("reviews", source.reviews), ("leave_out", source.leave_out)):
            for index, glob in enumerate(globs):
                if not inside(glob):
                    place = imprint.place(*nearest.at, key, index)
                    problem = "a glob stays in its folder"
                    noticed.append(find("H006", place, field=key, problem=problem))
    own = [level.habits for level in levels]
    defaults = [h.defaults for h in own if isinstance(h, SourceFolder | ImprintFile)]
    at_of = [(*level.at, "defaults") for level in levels]
    return Origin(
        name,
        base,
        imprint,
        Habits(map=nearest.habits.map, fields=fields, images=images, shortcodes=shortcodes),
        tuple(joins),
        tuple(sorted(images.items(), key=lambda entry: (-len(entry[0]), entry))),
        tuple(filter(inside, reviews)),
        tuple(filter(inside, leave_out)),
        tuple(zip(defaults, at_of, strict=True)),
    )


def _places(imprint: Header[ImprintFile], at: At | None) -> Callable[[str], Place]:
    def place_of(name: str) -> Place:
        return Place("") if at is None else imprint.key_place(*at, "fields", name)

    return place_of
