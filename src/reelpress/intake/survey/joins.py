"""Facts that stand in files of their own: which key of the headers leads to them."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice
from statistics import median

from reelpress.intake.survey.generators import settings
from reelpress.intake.survey.keys import Key
from reelpress.intake.survey.looks import look
from reelpress.intake.survey.meanings import Meaning, by_name
from reelpress.intake.survey.sections import is_text
from reelpress.intake.survey.walk import Tree

_DATA = (".json", ".yaml", ".yml", ".toml", ".csv")
_TRIED = 60
"""Files of each folder that are looked at."""
_MOST_FOLDERS = 60
_MOST_JOINS = 8
_MOST_COUNTED = 6000
_MOST_PEOPLE = 300
_MOST_BYTES = 1 << 22
_MOST_CAST = 12
"""Names beyond which a list of players is a database's, and no review's."""
FILE, KEY = "<file>", "<key>"
"""Where no field says it: the file's name, the key that leads to a record."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A key of the headers whose values stand in other files too."""

    files: str
    """A glob, or one file."""
    key: str
    """The header's."""
    on: str
    """The file's own: a path, <file>, <key>."""
    take: Mapping[str, str]
    """Our field -> the path in the file."""
    found: int
    """About how many of the key's values are there."""
    of: int
    """How many values the key has."""


@dataclass(frozen=True, slots=True)
class _Record:
    at: str
    """The file's name without its end, or the key in a file of many."""
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Files of one folder, or one file of many records."""

    files: str
    total: int
    """How many records there are, about."""
    records: tuple[_Record, ...] = field(repr=False)
    single: bool


_PEOPLE = re.compile(r"(?:.*/)?_?(?:authors?|contributors?|people|members|reviewers?|team)", re.I)
_NO_KEYS = {"date", "film.year", "rating", "tags", "language", "draft", "spoilers", "film.runtime"}
"""Fields that no file is found by: many reviews have the same."""


def joins(
    tree: Tree, keys: Mapping[str, Key], known: Iterable[Meaning], texts: frozenset[str]
) -> tuple[Joined, ...]:
    """What other files have to say, the best key for each; `texts` are the reviews themselves."""
    means = {meaning.key: meaning.field for meaning in known}
    likely = {
        name: key
        for name, key in keys.items()
        if means.get(name) not in _NO_KEYS and _leads(key, means.get(name, ""), _most(keys))
    }
    had = {meaning.field for meaning in known if keys[meaning.key].files * 10 >= 9 * _most(keys)}
    found = [
        joined
        for drawer in _drawers(tree, texts)
        if (joined := _joined(drawer, likely, means, had)) is not None
    ]
    exact = [_counted(tree, joined, keys[joined.key]) for joined in found[:_MOST_JOINS]]
    return tuple(sorted(exact, key=lambda j: (-j.found, j.files)))


def _leads(key: Key, field_: str, files: int) -> bool:
    """Whether a key may lead elsewhere: to people, or to a film that hardly two reviews share."""
    if not key.values or key.kinds["yes/no"] or "[]" in key.name:
        return False
    return field_ == "reviewer" or (key.files * 5 >= files and key.distinct * 2 >= key.files)


def _most(keys: Mapping[str, Key]) -> int:
    return max((key.files for key in keys.values()), default=0)


def _joined(
    drawer: _Drawer, keys: Mapping[str, Key], means: Mapping[str, str], had: set[str]
) -> Joined | None:
    tried = len(drawer.records)
    best: tuple[tuple[float, int, bool], str, str] | None = None
    for on, values in _columns(drawer):
        if len(set(values)) * 20 < 19 * tried or len(values) * 20 < 19 * tried:
            continue  # not one for each record
        for name, key in keys.items():
            wanted = set(key.values)
            hits = len(wanted.intersection(values))
            coverage = min(1.0, hits / tried * drawer.total / len(wanted))
            if hits < min(3, len(wanted), tried) or coverage < 0.5:
                continue
            # An id is surer than a name that two may share; and a field than the file's name.
            sure = bool(re.search(r"id\b|_id|Id|isbn|imdb|tmdb|slug|key", name))
            ranked = (round(coverage, 1), sure + ("imdb" in name.lower()), on != FILE)
            if best is None or ranked > best[0]:
                best = ranked, name, on
    if best is None:
        return None
    (coverage, _, _), name, on = best
    of = keys[name].distinct
    if means.get(name) == "reviewer":
        take = {"reviewer": path} if (path := _called(drawer)) else {}
    else:
        take = {f: path for f, path in _facts(drawer).items() if f not in had}
    return Joined(drawer.files, name, on, take, round(coverage * of), of) if take else None


def _counted(tree: Tree, joined: Joined, key: Key) -> Joined:
    """A join whose values are counted in all files, where these are not too many."""
    folder, _, end = joined.files.partition("*")
    paths = [p for p in tree.below(folder.rstrip("/")) if end and p.endswith(end)]
    if not 0 < len(paths) <= _MOST_COUNTED or joined.on == KEY:
        return joined
    wanted, there = set(key.values), set[str]()
    for path in paths:
        if joined.on == FILE:
            there.add(path.removeprefix(folder).removesuffix(end))
        elif isinstance(data := _data(tree, path), Mapping):
            there.add(str(data.get(joined.on)))
    return replace(joined, found=len(wanted & there), of=len(wanted))


def _columns(drawer: _Drawer) -> Iterator[tuple[str, list[str]]]:
    """Each field that records have, with its values; what a record is called by, too."""
    yield (KEY if drawer.single else FILE), [record.at for record in drawer.records if record.at]
    columns: dict[str, list[str]] = defaultdict(list)
    for record in drawer.records:
        for name, value in record.data.items():
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                columns[name].append(str(value))
    yield from columns.items()


def _called(drawer: _Drawer) -> str:
    """Where records of people have the name."""
    names = ("name", "title", "display_name", "displayName", "full_name", "fullname", "display")
    has = {name for record in drawer.records for name in record.data}
    return next((name for name in names if name in has), "")


def _facts(drawer: _Drawer) -> dict[str, str]:
    """Our fields of a film -> where the records have them, lists of people by their names."""
    found: dict[str, str] = {}
    names = dict.fromkeys(name for record in drawer.records for name in record.data)
    for name in names:
        if name in ("title", "name"):
            field_ = "film.title"
        else:
            meaning = by_name(name)
            field_ = meaning.field if meaning is not None else ""
        if not field_.startswith("film.") or field_ in found:
            continue
        values = [r.data[name] for r in drawer.records if r.data.get(name) not in (None, "", [])]
        path = _path(name, values, field_)
        if path and len(values) * 10 >= len(drawer.records):
            found[field_] = path
    return found


def _path(name: str, values: list[object], field_: str) -> str:
    lists = [value for value in values if isinstance(value, list)]
    if not lists:
        return "" if any(isinstance(value, dict) for value in values) else name
    many = field_.removeprefix("film.") in ("directors", "writers", "cast", "country", "languages")
    if not many or (field_ == "film.cast" and median(map(len, lists)) > _MOST_CAST):
        return ""
    inner = next((item for held in lists for item in held), None)
    if isinstance(inner, dict):
        called = next((n for n in ("name", "title") if n in inner), "")
        return f"{name}[].{called}" if called else ""
    return name


# -- the files


def _drawers(tree: Tree, texts: frozenset[str]) -> Iterator[_Drawer]:
    """Files of data by folder and kind, and single ones that hold many records."""
    folders: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in tree.files:
        name = path.rpartition("/")[2]
        end = name[name.rfind(".") :].lower()
        program = name in ("package.json", "package-lock.json", "tsconfig.json")
        if (end in _DATA or (is_text(path) and path not in texts)) and not program:
            folders[path.rpartition("/")[0], end].append(path)
    ranked = sorted(folders.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_FOLDERS]
    for (folder, end), paths in ranked:
        if (len(paths) > 2 or _PEOPLE.fullmatch(folder)) and end != ".csv":
            step = max(1, len(paths) // _TRIED)
            records = tuple(
                _Record(path.rpartition("/")[2][: -len(end)], data)
                for path in paths[::step]
                if isinstance(data := _data(tree, path), Mapping) and data
            )
            if len(records) * step * 2 > len(paths):
                glob = f"{folder}/*{end}" if folder else f"*{end}"
                yield _Drawer(glob, len(paths), records, single=False)
                continue
        if end in _DATA:
            for path in paths[:10]:
                held = tuple(_held(_data(tree, path)))
                if len(held) > 1:
                    yield _Drawer(path, len(held), held, single=True)


def _data(tree: Tree, path: str) -> object:
    data = tree.read(path, _MOST_BYTES)
    if is_text(path):
        return look(path, data).header
    text = data.decode("utf-8-sig", "replace")
    if path.endswith(".csv"):
        try:
            return list(csv.DictReader(StringIO(text)))
        except csv.Error:
            return None
    return settings(path, text)


def _held(data: object) -> Iterator[_Record]:
    """The records of one file: a list's, or a mapping's by their keys."""
    if isinstance(data, list):
        yield from (_Record("", item) for item in data if isinstance(item, Mapping))
    elif isinstance(data, Mapping) and data:
        records = [(k, v) for k, v in data.items() if isinstance(v, Mapping)]
        if len(records) * 2 > len(data):
            yield from (_Record(str(key), value) for key, value in records)


def record_of(tree: Tree, joined: Joined, value: str) -> Mapping[str, object]:
    """What a joined file says of one value of the key; nothing where none does."""
    folder, star, end = joined.files.partition("*")
    if star:
        paths = [f"{folder}{value}{end}"] if joined.on == FILE else tree.below(folder.rstrip("/"))
        for path in islice((p for p in paths if p in tree.files and p.endswith(end)), _MOST_PEOPLE):
            data = _data(tree, path)
            if isinstance(data, Mapping) and (joined.on == FILE or data.get(joined.on) == value):
                return data
        return {}
    for record in _held(_data(tree, joined.files)):
        if value in (record.at, record.data.get(joined.on)):
            return record.data
    return {}
