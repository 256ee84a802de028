"""Addressing: each manuscript of the pool under a slug of its own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

from reelpress.desk.lock import Locked
from reelpress.desk.origins import Origin
from reelpress.findings import Finding, find
from reelpress.header import Header
from reelpress.model import Manuscript
from reelpress.slugs import apart, is_slug, slug, slug_of


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
