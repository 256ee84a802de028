"""How a house writes: its names for our fields, where its facts, pictures and short codes lie."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from reelpress.header.formats import Contributor, Format, Rights, Text, Texts, many


def _of(value: object) -> object:
    """`rating: grade` and `title: [name, <heading>]` are short for {of: …}."""
    return value if isinstance(value, dict | Taken) else {"of": value}


class Taken(Format):
    """Where one of our fields is taken from."""

    of: Texts = []
    """Their keys, the first that says something counts; dots lead into mappings, [] through lists.
    In angle brackets what is no key: <heading>, <file>, <folder>, <path>."""
    values: dict[str, Text] = {}
    """Their words -> ours: {Required: 5/5}"""


Fields = dict[str, Annotated[Taken, BeforeValidator(_of)]]


class Join(Format):
    """Facts that stand in files of their own."""

    files: Texts
    """Globs in the source's folder: data/*.json, posters.csv; {key} in one names a file at once."""
    key: Text
    """The header's key that says which: imdb_id."""
    on: Text = ""
    """Where the file says the same, or <file> for its name; as the header does where none is."""
    take: dict[str, Text] = {}
    """Our field -> theirs: {film.title: title, film.directors: "directors[].name"}"""


class Habits(Format):
    """How the files of a house, or of one source, are to be read."""

    map: str = ""
    """A ready-made map: hugo, jekyll, obsidian …"""
    fields: Fields = {}
    """Our field -> their key, or several, or {of: …, values: {theirs: ours}}."""
    join: Annotated[list[Join], BeforeValidator(many)] = []
    """Facts that stand in files of their own."""
    images: dict[str, Text] = {}
    """An address begins so -> the folder in the source: {/: static, https://cdn.example/: cdn}"""
    shortcodes: dict[str, Text] = {}
    """A tag's name -> what stands for it: {include: "*{name}*"}"""


class ReadyMap(Habits):
    """A generator's habits, and which of its files are reviews."""

    reviews: Texts = []
    """Globs in the source's folder."""
    leave_out: Texts = []
    """Globs in the folder: files that are no reviews."""


class Defaults(Format):
    """What holds for each review that does not say otherwise."""

    reviewer: Annotated[list[Contributor], BeforeValidator(many)] = []
    language: str | None = None
    rights: Rights | None = None
    """Of texts; with `status: own`, of pictures too."""


def _folder(value: object) -> object:
    """`blog: ../blog` is short for {folder: ../blog}."""
    return {"folder": value} if isinstance(value, str) else value


class SourceFolder(Habits):
    """A folder of reviews that is not ours, and is read as it stands."""

    folder: Text
    """Where it is, from the project's folder; it may lie outside."""
    reviews: Texts = ["**/*.md", "**/*.markdown"]
    """Globs in the folder; those of its map, where it has one."""
    leave_out: Texts = []
    """Globs in the folder: files that are no reviews."""
    defaults: Defaults = Defaults()


Sources = dict[str, Annotated[SourceFolder, BeforeValidator(_folder)]]
