"""The Markdown files that a ticket names: forewords, epigraphs, abridgements."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field

from reelpress.desk.manuscripts import decoded
from reelpress.desk.origins import HOME
from reelpress.desk.people import entries
from reelpress.desk.pool import Pool
from reelpress.desk.rights import claim, levels, rights
from reelpress.findings import Finding, Place, find
from reelpress.header import Front, Header, Review, read_review, split_front_matter
from reelpress.model import Credit
from reelpress.rights import Rights


@dataclass(frozen=True, slots=True)
class Insert:
    """A Markdown file that a ticket names."""

    path: str
    front: Front = field(default_factory=Front)
    body: str = ""
    line: int = 1
    """On which the body begins."""
    findings: tuple[Finding, ...] = ()
    there: bool = False


def insert(path: str, place: Place, pool: Pool) -> Insert:
    """The file `path`, below manuscripts/; `place` is where the ticket names it.

    Findings: H001, H002, H009, H014, H023, H040, H041, H046.
    """
    full = posixpath.normpath(f"{HOME}/{path}")
    if path.startswith("/") or (full.startswith("..") and not pool.folder.covers(full)):
        return Insert(full, findings=(find("H023", place, path=path),))
    if not pool.folder.exists(full):
        return Insert(full, findings=(find("H014", place, what="text", name=f'"{path}"'),))
    raw, said = decoded(pool.folder, full)
    if raw is None:
        return Insert(full, findings=said)
    front, body, first_line, more = split_front_matter(raw, full)
    return Insert(full, front, body, first_line, (*said, *more), there=True)


def signed(
    read: Insert, pool: Pool, noticed: list[Finding]
) -> tuple[Header[Review] | None, tuple[Credit, ...], Rights | None]:
    """The header of such a file, who signed it, and the rights in it; None: it is the house's."""
    header, said = read_review(read.front, read.path)
    noticed.extend(said)
    if header is None:
        return None, (), None
    byline, said = pool.people.credits(entries(header, header.model.reviewer, "reviewer"))
    noticed.extend(said)
    if not byline and header.model.rights is None:
        return header, (), None
    made = claim(levels(header, byline, pool), pool.people, noticed)
    return header, byline, rights(made, pool, noticed)
