"""Slugs: addresses in plain letters, safe as file names and as XML ids."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from reelpress.header.named import date_before, is_index, stem_of

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 100


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and hyphens; "untitled" where nothing is left."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    plain = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    return plain[:LONGEST].strip("-") or "untitled"


def slug_of(path: str) -> str:
    """A path's slug: the file's name (or, of index.md, the folder's)."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return slug(folder.rpartition("/")[2] if stem == "index" else stem)


def is_slug(name: str) -> bool:
    """Whether `name` can name a file of a volume as it is."""
    return len(name) <= LONGEST and SLUG.fullmatch(name) is not None


def apart(paths: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """The slugs of a source's files, by their paths there; `given` are those that headers give.

    What several give is nobody's: the file's name is taken. Several files of one name get the
    dates before it or the names of their folders, all of them as many as it takes
    (2019-05-03-third-man, 1949-third-man).
    """
    counted = Counter(slug(own) for own in given.values())
    ways: dict[str, tuple[str, ...]] = {}
    depths: dict[str, int] = {}
    for path in paths:
        own = given.get(path, "")
        ways[path] = (slug(own),) if own and counted[slug(own)] == 1 else _way(path)
        depths[path] = 1
    while True:
        alike: dict[str, list[str]] = defaultdict(list)
        for path, way in ways.items():
            alike["-".join(way[-depths[path] :])].append(path)
        longer = [
            path
            for group in alike.values()
            if len(group) > 1
            for path in group
            if depths[path] < len(ways[path])
        ]
        if not longer:
            return {path: slug(name) for name, group in alike.items() for path in group}
        for path in longer:
            depths[path] += 1


def _way(path: str) -> tuple[str, ...]:
    """The folders above a file, the date before its name, and its name, as slugs."""
    *folders, _ = path.split("/")
    name = folders.pop() if folders and is_index(path) else stem_of(path)
    day = [own] if (own := date_before(path)) else []
    return (*map(slug, (*folders, *day)), slug(name))
