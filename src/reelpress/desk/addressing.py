"""Addressing: each manuscript of the pool under a slug of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import count

from reelpress.desk.lock import Locked
from reelpress.desk.origins import Origin
from reelpress.findings import Finding, find
from reelpress.header import Header
from reelpress.header.named import date_before, is_index, stem_of
from reelpress.model import Manuscript
from reelpress.slugs import is_slug, slug, slug_of


def addressed(
    manuscripts: Mapping[str, Manuscript],
    origins: Mapping[str, Origin],
    locks: Mapping[str, Locked],
) -> tuple[dict[str, str], dict[str, tuple[str, tuple[Finding, ...]]]]:
    """Slug -> path, and of each path its slug and what is said of that (H015, H025, H057).

    `manuscripts` and `origins` are by path.

    What a lock holds keeps its address there, whatever has come since.
    """
    headers = {path: m.header for path, m in manuscripts.items() if isinstance(m.header, Header)}
    given = {path: header.model.slug or "" for path, header in headers.items()}
    theirs: dict[str, dict[str, str]] = {}
    for path, origin in origins.items():
        if origin.name:
            theirs.setdefault(origin.name, {})[origin.inner(path)] = path
    made: dict[str, str] = {}
    for inner_ in theirs.values():
        said = {inner: _last(given[path]) for inner, path in inner_.items() if given.get(path)}
        made |= {inner_[inner]: own for inner, own in apart(inner_, said).items()}
    locked = ((r.path, s) for lock in locks.values() for s, r in lock.lock.reviews.items())
    frozen = {path: own for path, own in locked if path in made}
    slugs: dict[str, str] = {own: path for path, own in frozen.items()}
    told: dict[str, tuple[str, tuple[Finding, ...]]] = {}
    for path, manuscript in manuscripts.items():
        own, noticed = frozen.get(path) or made.get(path), list[Finding]()
        place = headers[path].place("slug") if path in headers else manuscript.place
        wanted = given.get(path, "")
        if own is None:
            own = wanted or slug_of(path)
            if not is_slug(own):
                noticed.append(find("H025", place, slug=own, hint=f"try {slug(own)}"))
                own = slug(own)
        elif wanted and slug(_last(wanted)) != own:
            noticed.append(find("H057", place, slug=wanted, own=own))
        first = slugs.setdefault(own, path)
        if first != path:
            # A draft shows it under another.
            noticed.append(find("H015", place, slug=own, other=first))
            own = next(o for n in count(2) if (o := f"{own}-{n}") not in slugs)
            slugs[own] = path
        told[path] = own, tuple(noticed)
    return slugs, told


def _last(address: str) -> str:
    """The last step of a path that a header gives as its slug."""
    return address.rstrip("/").rpartition("/")[2]


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
