"""How a surveyed folder could be read: the entry of `sources:` in imprint.yaml, and its text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reelpress.header.globs import named
from reelpress.header.habits import ReadyMap
from reelpress.header.ready import ready_map
from reelpress.intake.survey.found import Pictures, Someone
from reelpress.intake.survey.generators import Generator
from reelpress.intake.survey.joins import KEY, Joined
from reelpress.intake.survey.keys import Key
from reelpress.intake.survey.meanings import Meaning
from reelpress.intake.survey.sections import Section, is_left_out, is_text
from reelpress.intake.survey.walk import Tree

_MOST_JOINS = 3
_MOST_LEFT_OUT = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """What a proposal is made from."""

    tree: Tree
    generator: Generator
    sections: Sequence[Section]
    globs: Sequence[str]
    """The reviews, where they were named."""
    keys: Mapping[str, Key]
    meanings: Sequence[Meaning]
    joins: Sequence[Joined]
    people: Sequence[Someone]
    languages: Mapping[str, int]
    pictures: Pictures


def source(seen: Seen) -> dict[str, Any]:
    """An entry of `sources:`, less its folder: what neither ready-made map nor defaults say."""
    ready = ready_map(seen.generator.name) or ReadyMap()
    parts = {
        "map": seen.generator.name if ready_map(seen.generator.name) else "",
        "reviews": _reviews(seen, ready),
        "leave_out": _leave_out(seen, ready),
        "fields": _fields(seen, ready),
        "join": _joins(seen),
        "images": {
            begin: folder
            for begin, folder in seen.pictures.folders.items()
            if ready.images.get(begin) != folder
        },
        "defaults": _defaults(seen),
    }
    return {key: value for key, value in parts.items() if value}


# -- which files


def _reviews(seen: Seen, ready: ReadyMap) -> list[str]:
    """Globs of the sections, where the ready-made ones would take others."""
    if seen.globs:
        return list(seen.globs)
    wanted = {path for section in seen.sections for path in section.files}
    if not wanted:
        return []
    taken = {
        path
        for path in seen.tree.files
        if named(path, ready.reviews) and not named(path, ready.leave_out)
    }
    known = ready_map(seen.generator.name) is not None
    if known and {p for p in taken if not is_left_out(p)} == {
        p for p in wanted if not is_left_out(p)
    }:
        return []
    return [
        "/".join(filter(None, (section.folder, "" if section.direct else "**", f"*{end}")))
        for section in seen.sections
        for end in sorted({path[path.rfind(".") :] for path in section.files})
    ]


def _leave_out(seen: Seen, ready: ReadyMap) -> list[str]:
    """Files in the sections' folders that are no reviews by their names."""
    globs = _reviews(seen, ready) or ready.reviews
    wanted = {path for section in seen.sections for path in section.files}
    strange = [
        path
        for path in seen.tree.files
        if is_text(path)
        and path not in wanted
        and named(path, globs)
        and not named(path, ready.leave_out)
    ]
    if len(strange) <= _MOST_LEFT_OUT:
        return strange
    folders = sorted({path.rpartition("/")[0] for path in strange})
    names = sorted({path.rpartition("/")[2] for path in strange})
    short = min(([f"{f}/*" for f in folders], [f"**/{n}" for n in names]), key=len)
    return short[:_MOST_LEFT_OUT]


# -- which fields


def _fields(seen: Seen, ready: ReadyMap) -> dict[str, list[str]]:
    """Our fields whose keys reelpress would not know by itself."""
    keys: dict[str, list[str]] = {}
    news: set[str] = set()
    for meaning in seen.meanings:
        keys.setdefault(meaning.field, []).append(meaning.key)
        known = ready.fields.get(meaning.field)
        if meaning.why not in ("own", "synonym") and not (known and meaning.key in known.of):
            news.add(meaning.field)
    facts = {field for joined in seen.joins for field in joined.take}
    named, titles = keys.get("film.title", []), keys.get("title", [])
    files = sum(len(section.files) for section in seen.sections)
    if "film.title" not in facts and titles and _files(seen, named) * 2 < files:
        # Said so, it is no guess of which each file tells.
        keys["film.title"] = [*named, *titles]
        news.add("film.title")
    return {field: named for field, named in keys.items() if field in news and _plain(named)}


def _files(seen: Seen, keys: Iterable[str]) -> int:
    """How many files have one of the keys."""
    return len({path for key in keys for path in seen.keys[key].where})


def _plain(names: Iterable[str]) -> bool:
    """Whether names may stand in a file that people read."""
    return all(name.isprintable() and len(name) < 80 for name in names)


def _joins(seen: Seen) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for joined in seen.joins:
        if (
            len(made) == _MOST_JOINS
            or "reviewer" in joined.take
            or not _plain(joined.take.values())
        ):
            continue
        # An earlier one, which finds more, has said it already.
        taken = {field for each in made for field in each["take"]}
        take = {field: path for field, path in joined.take.items() if field not in taken}
        if not take or not _plain((joined.files, joined.key, joined.on)):
            continue
        on = {} if joined.on == KEY else {"on": joined.on}
        made.append({"files": joined.files, "key": joined.key, **on, "take": take})
    return made


def _defaults(seen: Seen) -> dict[str, str]:
    said: dict[str, str] = {}
    files = {path for section in seen.sections for path in section.files}
    signed = {
        path
        for meaning in seen.meanings
        if meaning.field == "reviewer"
        for path in seen.keys[meaning.key].where
    }
    own = next((someone for someone in seen.people if someone.own), None)
    if own is not None and files - signed:
        said["reviewer"] = own.key
    language = next(iter(seen.languages), "")
    if language and language.split("-")[0] != "en":
        said["language"] = language
    return said


# -- as text

_WIDE = 96
_BREAK = "\0"
_BARE = re.compile(r"(?:[^\W\d]|[<./])[\w<>./*-]*(?: [\w<>./*-]+)*")
_NOT_BARE = re.compile(r"(?:true|false|null|yes|no|on|off|~)|.*(?:: | #).*", re.I)


def written(name: str, folder: str, entry: Mapping[str, Any]) -> list[str]:
    """The lines of `sources:` with one entry, as people write it."""
    lines = ["sources:", f"  {scalar(name)}:", f"    folder: {scalar(folder)}"]
    for key, value in entry.items():
        if key == "join":
            lines.append("    join:")
            for each in value:
                lines += _filled("      - ", _flow(each))
        else:
            lines += _filled(f"    {key}: ", _flow(value))
    return lines


def _filled(before: str, text: str) -> Iterator[str]:
    """Text in lines that are not too long, broken where a comma stands."""
    line = before
    indent = " " * (len(before) - len(before.lstrip()) + 2)
    for part in text.split(_BREAK):
        if len(line) + len(part) > _WIDE and line.strip() not in ("-", before.strip()):
            yield line.rstrip()
            line = indent + part
        else:
            line += part
    yield line


def _flow(value: object) -> str:
    if isinstance(value, Mapping):
        pairs = [f"{_key(str(key))}: {_flow(inner)}" for key, inner in value.items()]
        return "{" + f", {_BREAK}".join(pairs) + "}"
    if isinstance(value, list):
        if len(value) == 1:
            return _flow(value[0])
        return "[" + f", {_BREAK}".join(map(_flow, value)) + "]"
    return scalar(str(value))


def _key(text: str) -> str:
    return text if _BARE.fullmatch(text) else scalar(text)


def scalar(text: str) -> str:
    """A text as YAML takes it, in quotes where it must."""
    if _BARE.fullmatch(text) and not _NOT_BARE.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=not text.isprintable())
