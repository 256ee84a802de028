"""Manuscripts: files as submitted, understood by the habits of wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from reelpress.desk.drawers import Drawers
from reelpress.desk.folder import Folder, OutsideError
from reelpress.desk.joins import Joins
from reelpress.desk.origins import Origin
from reelpress.findings import Finding, Place, find
from reelpress.header import (
    Front,
    Header,
    Heading,
    Reading,
    Review,
    Taken,
    decode,
    read_review,
    split_front_matter,
)
from reelpress.header.opening import Opening, alike, opening, without
from reelpress.model import Manuscript
from reelpress.versions import versions
from reelpress.work import Work, digest

DRAFTS = "_drafts"
"""A folder of files that are not done, wherever it lies: Jekyll's."""


def decoded(folder: Folder, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The file's text, line ends as \\n; None where it has none, or can't be read.

    Findings: H001, H002, H014, H023, H040, H041.
    """
    data, said = _bytes(folder, path)
    return (None, said) if data is None else _text(data, path)


def _bytes(folder: Folder, path: str) -> tuple[bytes | None, tuple[Finding, ...]]:
    try:
        return folder.read(path), ()
    except OutsideError:
        return None, (find("H023", Place(path), path=path),)
    except OSError:
        return None, (find("H014", Place(path), what="readable file", name=path),)


def _text(data: bytes, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    text, said = decode(data, path)
    if text is not None and not text.strip():
        return None, (find("H002", Place(path)),)
    return text, said


@dataclass(frozen=True, slots=True)
class Submitted:
    """A file as it was read, before anything in it is understood."""

    path: str
    front: Front | None
    """None where the file can't be read."""
    text: str = ""
    line: int = 1
    findings: tuple[Finding, ...] = ()
    opening: Opening | None = None


def taken_in(
    files: Mapping[str, Origin], folder: Folder, joins: Joins, work: Work
) -> tuple[dict[str, Submitted], dict[str, Manuscript]]:
    """Files (by path, with where they come from) as they were read, and as manuscripts under no
    slug yet. What `work` has kept of a file that is as it was is not read again.

    Findings: those of `submitted` and `understood`.
    """
    kept = Drawers("read", work)
    stamps: dict[str, str] = {}
    read: dict[str, Submitted] = {}
    made: dict[str, Manuscript] = {}
    for path, origin in files.items():
        data, said = _bytes(folder, path)
        if data is None or origin.joins or work.store is None:  # a join's files may be others now
            read[path] = submitted(data, path, said)
            made[path] = understood(read[path], origin, joins)
            continue
        if origin.name not in stamps:
            fields = [
                (name, f.of, list(f.values.items())) for name, f in origin.habits.fields.items()
            ]
            stamps[origin.name] = digest(origin.name, origin.base, fields, versions())
        key = digest(data, stamps[origin.name])
        entry: tuple[Submitted, Manuscript] | None = kept.get((path,), key)
        if entry is None:
            file = submitted(data, path)
            entry = file, understood(file, origin, joins)
            kept.put((path,), key, entry)
        read[path], made[path] = entry
    kept.close(lambda name: folder.exists(name[0]))
    return read, made


def submitted(data: bytes | None, path: str, noticed: tuple[Finding, ...] = ()) -> Submitted:
    """A file's bytes as text and header; none, where it can't be read, as is `noticed`.

    Findings: H001, H002, H009, H040, H041, H046, and what is `noticed`.
    """
    text = None
    if data is not None:
        text, noticed = _text(data, path)
    if text is None:
        return Submitted(path, None, findings=noticed)
    front, body, line, said = split_front_matter(text, path)
    return Submitted(path, front, body, line, (*noticed, *said), opening(body))


def understood(
    file: Submitted, origin: Origin, joins: Joins, fields: Mapping[str, Taken] | None = None
) -> Manuscript:
    """A file as a manuscript, under no slug yet; `fields` come before its origin's.

    Findings: its own, and those of `read_review`.
    """
    path, noticed = file.path, file.findings
    if file.front is None:
        return Manuscript(path, "", None, file.text, file.line, findings=noticed)
    heading = None
    if file.opening is not None:
        place = Place(path, file.line + file.opening.first)
        heading = Heading(file.opening.title, place, file.opening.rank)
    reading = Reading(
        origin.inner(path),
        {**origin.habits.fields, **(fields or {})},
        joins.of(origin),
        heading,
        foreign=bool(origin.name),
    )
    header, said = read_review(file.front, path, reading)
    noticed += said
    if header is None:
        return Manuscript(path, "", None, file.text, file.line, findings=noticed)
    text = file.text
    if file.opening is not None and file.opening.plain and _titled(header, file.opening.title):
        text = without(text, file.opening)
    draft = header.model.draft or DRAFTS in path.split("/")
    return Manuscript(path, "", header, text, file.line, draft, noticed)


def _titled(header: Header[Review], heading: str) -> bool:
    """Whether a heading says just what the title above it will."""
    model = header.model
    title = model.title or (model.film.title if model.film else "")
    year = model.film.year if model.film else None
    return bool(title) and (alike(heading, title) or alike(heading, f"{title} {year or ''}"))


def unknown_keys(manuscripts: Iterable[Manuscript]) -> tuple[Finding, ...]:
    """What is said once for the whole pool, where it first stands, and how often: keys that no
    model knows (H005), words for which a house's values have no other (H055)."""
    keys: dict[str, list[Place]] = {}
    words: dict[tuple[str, str], list[Place]] = {}
    for manuscript in manuscripts:
        if isinstance(manuscript.header, Header):
            for key, place in manuscript.header.unknown:
                keys.setdefault(key, []).append(place)
            for name, word, place in manuscript.header.unmapped:
                words.setdefault((name, word), []).append(place)
    return (
        *(find("H005", min(at), key=key, count=_times(at)) for key, at in keys.items()),
        *(find("H055", min(at), field=f, word=w, count=_times(at)) for (f, w), at in words.items()),
    )


def _times(places: list[Place]) -> str:
    return f"{len(places)} times" if len(places) > 1 else "once"


def under_slug(manuscript: Manuscript, slug: str, said: tuple[Finding, ...]) -> Manuscript:
    """A manuscript under its slug, and what is said of that."""
    return replace(manuscript, slug=slug, findings=(*manuscript.findings, *said))
