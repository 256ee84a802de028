"""A folder that nobody knows, looked at: what is in it, and how it could be read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from reelpress.findings import Finding, Place, find
from reelpress.intake.front import day_of
from reelpress.intake.survey.found import Counted, KeySeen, Someone, Survey
from reelpress.intake.survey.generators import generator_of, recognise, site_of, static_of
from reelpress.intake.survey.joins import joins
from reelpress.intake.survey.keys import DATE, Key, keys_of
from reelpress.intake.survey.looks import Look, look
from reelpress.intake.survey.meanings import Meaning, meanings
from reelpress.intake.survey.people import people
from reelpress.intake.survey.pictures import pictures
from reelpress.intake.survey.proposal import Seen, source
from reelpress.intake.survey.scripts import most_common
from reelpress.intake.survey.sections import (
    Section,
    chosen,
    globbed,
    is_draft,
    is_text,
    sections_of,
)
from reelpress.intake.survey.walk import Tree, walk

_MOST_TEXTS = 20_000


def survey(folder: Path, globs: Sequence[str] = (), named: str = "") -> Survey:
    """Look at `folder` and say what it holds; `globs` in it are the reviews, where given, and a
    generator may be `named`.

    Nothing in it is run or followed, nothing outside it is read.
    Findings: S040–S042. Raises OSError where the folder can't be read.
    """
    tree = walk(folder)
    generator = generator_of(named) or recognise(tree)
    site = site_of(tree, generator)
    everything = sections_of(tree, generator)
    taken = globbed(tree, globs) if globs else chosen(everything)
    paths = sorted({path for section in taken for path in section.files})
    looks = [look(path, tree.read(path), tree.is_whole(path)) for path in paths[:_MOST_TEXTS]]
    keys = keys_of(looks)
    means = meanings(keys, len(looks))
    joined = joins(tree, keys, means, frozenset(paths))
    images = pictures(tree, looks, static_of(tree, generator))
    languages = most_common(_language(each, means) for each in looks)
    where = [step for section in taken for step in section.folder.split("/")]
    someone = people(tree, keys, means, joined, site, [*where, *languages])
    seen = Seen(tree, generator, taken, globs, keys, means, joined, someone, languages, images)
    texts = [each for each in looks if each.words and not _is_draft(each)]
    return Survey(
        folder=tree.root.name,
        generator=generator.name,
        site=site,
        reviews={section.folder or ".": len(section.files) for section in taken},
        others=_others(everything, taken),
        files=len(paths),
        dialects=dict(Counter(each.dialect for each in looks).most_common()),
        keys=tuple(_seen(key) for key in keys.values()),
        meanings=means,
        joins=joined,
        people=someone,
        languages=languages,
        drafts=sum(map(_is_draft, looks)),
        empty=sum(not each.words for each in looks),
        pictures=images,
        tags=_tags(looks),
        oddities=_oddities(looks),
        passed=tree.passed,
        newest=_newest(keys, means, paths),
        source=source(seen),
        findings=tuple(_findings(tree, paths, texts, someone)),
    )


def _is_draft(each: Look) -> bool:
    return each.draft or is_draft(each.path)


def _language(each: Look, means: Iterable[Meaning]) -> str:
    """What the header says, else what the text shows."""
    for meaning in means:
        if meaning.field == "language" and isinstance(said := each.header.get(meaning.key), str):
            return said
    return each.language


def _seen(key: Key) -> KeySeen:
    return KeySeen(key.name, key.files, dict(key.kinds), key.example)


def _others(everything: Iterable[Section], taken: Iterable[Section]) -> dict[str, str]:
    """Folders with texts that were not taken."""
    have = {path for section in taken for path in section.files}
    return {
        section.folder or ".": f"{left} {section.language}".strip()
        for section in everything
        if (left := sum(path not in have for path in section.files))
    }


def _tags(looks: Iterable[Look]) -> dict[str, int]:
    counted: Counter[str] = Counter()
    for each in looks:
        counted.update(each.tags)
    return dict(counted.most_common())


def _oddities(looks: Sequence[Look]) -> dict[str, Counted]:
    counted = Counter(odd for each in looks for odd in each.oddities)
    first = {odd: each.path for each in reversed(looks) for odd in each.oddities}
    return {odd: Counted(count, first[odd]) for odd, count in counted.most_common()}


_DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_YEARS = ("1800", "2200")
"""What is not between them is no day of anybody's review."""


def _newest(keys: Mapping[str, Key], means: Iterable[Meaning], paths: Iterable[str]) -> str:
    """The last day that a header says; where none does, a path."""
    said = [v for m in means if m.field == "date" for v in keys[m.key].values if DATE.fullmatch(v)]
    said = said or [match[0] for path in paths if (match := _DAY.search(path))]
    first, last = _YEARS
    return max((day for day in map(day_of, said) if first <= day < last), default="")


def _findings(
    tree: Tree, paths: Sequence[str], texts: Sequence[Look], named: Sequence[Someone]
) -> Iterator[Finding]:
    name = tree.root.name
    if not tree.whole or len(paths) > _MOST_TEXTS:
        yield find("S041", Place(name), name=name)
    if not texts:
        hint = "there is no Markdown; `reelpress import` reads exports and saved pages"
        there = any(map(is_text, tree.files))
        yield find("S040", Place(name), name=name, hint="" if there else hint)
    elif not named:
        yield find("S042", Place(name), name=name)
