"""`reelpress init DIR --from FOLDER`: a project of the reviews in a folder, read as they stand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reelpress.cli.scaffold import around, put
from reelpress.findings import counted

if TYPE_CHECKING:
    from reelpress.desk import Pool
    from reelpress.intake.survey import Someone, Survey

_SCHEMA = "# yaml-language-server: $schema={up}.schema/{name}.schema.json\n"
NOBODY = "reviewer"
"""The key of a person of whom the source says nothing."""


def begin(folder: Path, source: Path, found: Survey) -> list[str]:
    """Write a project into `folder` that reads what was `found` in `source`; the files written.

    Raises FileExistsError, naming the first file in the way, before anything is written.
    """
    from reelpress.slugs import slug

    name = slug(folder.resolve().name)
    made = {
        "manuscripts/imprint.yaml": _imprint(folder, source, found),
        "manuscripts/people.yaml": _people(found),
        f"manuscripts/anthologies/{name}.yaml": _ticket(found),
    }
    return put(folder, {**{path: text.encode() for path, text in made.items()}, **around()})


def _imprint(folder: Path, source: Path, found: Survey) -> str:
    from reelpress.intake.survey import scalar, written
    from reelpress.slugs import slug

    entry = dict(found.source)
    defaults = dict(entry.get("defaults", {}))
    language = defaults.pop("language", "en")
    if not found.people:
        defaults["reviewer"] = NOBODY
    entry["defaults"] = defaults
    lines = [
        "# Who publishes, and where the reviews lie. They are read as they stand there;",
        "# nothing is ever written to that folder.",
        f"language: {scalar(language)}",
        *written(slug(found.folder), _way(folder, source), {k: v for k, v in entry.items() if v}),
    ]
    return _SCHEMA.format(up="../", name="imprint") + "\n".join(lines) + "\n"


def _way(folder: Path, source: Path) -> str:
    """The path from a project to a folder; the whole one where it lies on another drive."""
    there = source.resolve()
    try:
        return Path(os.path.relpath(there, folder.resolve())).as_posix()
    except ValueError:
        return there.as_posix()


def _people(found: Survey) -> str:
    lines = [
        "# Everyone who writes here. The key is what headers may say; the name is as printed.",
        "# What their permission is, nobody can guess: docs/rights.md has what to write.",
    ]
    if not found.people:
        lines += [f"{NOBODY}:", '  name: "?" # whoever wrote the reviews: nothing there says it']
    for key, someone in _everyone(found).items():
        lines += _person(key, someone)
    return _SCHEMA.format(up="../", name="people") + "\n".join(lines) + "\n"


def _everyone(found: Survey) -> dict[str, Someone]:
    """Everyone by a key of their own; several in one text one by one."""
    from reelpress.desk.names import apart, is_key
    from reelpress.slugs import slug

    known = {someone.called for someone in found.people}
    made: dict[str, Someone] = {}
    for someone in found.people:
        own = someone.called
        names = apart(own, (known - {own}).__contains__) if own else ()
        if len(names) > 1 and someone.name == own:
            for name in names:
                made.setdefault(slug(name), replace(someone, name=name, called=name))
        else:
            made.setdefault(own if is_key(own) else someone.key, someone)
    return made


def _person(key: str, someone: Someone) -> Iterator[str]:
    from reelpress.intake.survey import scalar

    yield f"{key}:"
    yield f"  name: {scalar(someone.name)}"
    if someone.called not in ("", key, someone.name):
        yield f"  variants: [{scalar(someone.called)}]"
    for field, text in (("bio", someone.bio), ("website", someone.website)):
        if text:
            yield f"  {field}: {scalar(text)}"


def _ticket(found: Survey) -> str:
    from reelpress.intake.survey import scalar

    dated = any(meaning.field == "date" for meaning in found.meanings) or bool(found.newest)
    lines = [
        "# One job ticket makes one anthology: of all that imprint.yaml's sources have, until",
        "# reviews: or select: say less.",
        f"title: {scalar(found.site.title or found.folder)}",
        *([f"language: {scalar(language)}"] if (language := _language(found)) else []),
        *([f"issued: {found.newest}"] if found.newest else []),
        "layout: classic",
        f"order: {{by: [{'date' if dated else 'film.title'}]}}",
        "volumes:",
        "  epub: {}",
        "  print: {trim: 6x9}",
    ]
    return _SCHEMA.format(up="../../", name="ticket") + "\n".join(lines) + "\n"


def _language(found: Survey) -> str:
    return str(found.source.get("defaults", {}).get("language", "en"))


# -- what is said


def told(found: Survey, pool: Pool) -> list[str]:
    """What came, as the desk has counted it; pictures and keys as the survey has."""
    unread = sum(manuscript.header is None for manuscript in pool.manuscripts.values())
    parts = [counted(len(pool.manuscripts) - pool.drafts - unread, "review")]
    if unread:
        parts.append(f"{unread} empty or unreadable")
    if pool.drafts:
        parts.append(f"{counted(pool.drafts, 'draft')} left out")
    parts += [f"`{key}` read as {field}" for key, field in _renamed(found).items()]
    parts += [
        f"facts by `{join['key']}` from {join['files']}" for join in found.source.get("join", [])
    ]
    if found.people:
        parts.append(counted(len(_everyone(found)), "reviewer"))
    images = found.pictures
    if images.remote:
        parts.append(counted(images.remote, "remote image"))
    if images.missing:
        parts.append(counted(len(images.missing), "missing image"))
    if found.tags:
        parts.append(counted(sum(found.tags.values()), "template tag"))
    return [", ".join(parts) + "."]


_TOLD = ("rating", "reviewer", "title", "date", "film.title", "film.year", "language")


def _renamed(found: Survey) -> Mapping[str, str]:
    """Keys that are read as fields of other names, those that people look for."""
    often = {key.name for key in found.keys if key.files * 10 >= found.files}
    return {
        meaning.key: meaning.field.replace("film.", "the film's ")
        for meaning in found.meanings
        if meaning.field in _TOLD
        and meaning.key in often
        and meaning.field.rpartition(".")[2] != meaning.key
        and (meaning.key, meaning.field) != ("film", "film.title")
    }
