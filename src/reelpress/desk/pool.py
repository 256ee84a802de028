"""Reading: a folder becomes a pool of manuscripts, people and house defaults.

Each file is read once, however many anthologies ask for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import TypeVar

from reelpress.desk.folder import Folder, OutsideError
from reelpress.desk.images import Pictures
from reelpress.desk.lock import Locked, read_locked
from reelpress.desk.people import People
from reelpress.desk.people_file import people
from reelpress.desk.slugs import is_slug, slug, slug_of
from reelpress.desk.text.languages import LANGUAGE
from reelpress.desk.texts import Texts
from reelpress.findings import Finding, Place, find, in_order
from reelpress.header import (
    Header,
    ImprintFile,
    PeopleFile,
    Ticket,
    decode,
    read_imprint,
    read_people,
    read_review,
    read_ticket,
    split_front_matter,
)
from reelpress.model import Manuscript
from reelpress.work import Work

HOME = "manuscripts"
IMPRINT = f"{HOME}/imprint.yaml"
PEOPLE = f"{HOME}/people.yaml"
REVIEWS = "reviews/**/*.md"
DRAFTS = "_drafts"
"""A folder of files that are not done, wherever it lies: Jekyll's."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Everything in manuscripts/ that was read, and what was noticed."""

    folder: Folder
    imprint: Header[ImprintFile]
    people: People
    manuscripts: dict[str, Manuscript]
    """By path."""
    slugs: dict[str, str]
    """Slug -> path, drafts included; of a collision, the first by path."""
    tickets: dict[str, Header[Ticket] | None]
    """By name; None for one that can't be read."""
    texts: Texts
    findings: tuple[Finding, ...]
    """Of imprint, people, tickets and locks; each manuscript carries its own."""
    locks: Mapping[str, Locked] = field(default_factory=dict)
    """By the names of their tickets: of those anthologies that are frozen."""

    def lock(self, ticket: Header[Ticket]) -> Locked | None:
        """The lock of a ticket's anthology; None where it is not frozen."""
        return self.locks.get(PurePosixPath(ticket.place().path).stem)

    @property
    def drafts(self) -> int:
        """How many manuscripts say that they are not done."""
        return sum(manuscript.draft for manuscript in self.manuscripts.values())


def decoded(folder: Folder, path: str) -> tuple[str | None, tuple[Finding, ...]]:
    """The file's text, line ends as \\n. Findings: H001, H002, H023."""
    try:
        data = folder.read(path)
    except OutsideError:
        return None, (find("H023", Place(path), path=path),)
    except OSError:
        return None, (find("H014", Place(path), what="readable file", name=path),)
    text, said = decode(data, path)
    if text is not None and not text.strip():
        return None, (find("H002", Place(path)),)
    return text, said


def read(
    root: Path, names: Sequence[str] = (), work: Work | None = None, *, locked: bool = True
) -> Pool:
    """Read the project in the folder `root` for the anthologies `names` (all, where none).

    Its texts are edited, and kept, by `work`; without `locked` no lock is looked at.
    Findings: H001–H009, H014, H015, H022, H023, H025, H039, and those of biographies.
    """
    folder = Folder.at(root)
    noticed: list[Finding] = []
    imprint = _imprint(folder, noticed)
    also = tuple((folder.root / p).resolve() for p in imprint.model.read)
    folder = Folder(folder.root, also)
    work = work or Work()
    texts = Texts(Pictures(folder, work), work)
    tickets = _tickets(folder, names, noticed)
    locks = _locks(folder, tickets, noticed) if locked else {}
    manuscripts = _manuscripts(folder, tickets, locks)
    slugs: dict[str, str] = {}
    for path, manuscript in manuscripts.items():
        first = slugs.setdefault(manuscript.slug, path)
        if first != path:
            manuscripts[path] = _apart(manuscript, first, slugs)
    header, said = _optional(folder, PEOPLE, read_people)
    noticed.extend(said)
    unread = header is None and folder.exists(PEOPLE)
    everyone, said = people(header, PEOPLE, imprint.model.language, texts, unread=unread)
    noticed.extend(said)
    said = in_order(noticed)
    return Pool(folder, imprint, everyone, manuscripts, slugs, tickets, texts, said, locks)


def unknown_keys(manuscripts: Iterable[Manuscript]) -> tuple[Finding, ...]:
    """One note (H005) for each key that no model knows, where it first stands, and how often."""
    seen: dict[str, list[Place]] = defaultdict(list)
    for manuscript in manuscripts:
        if isinstance(manuscript.header, Header):
            for key, place in manuscript.header.unknown:
                seen[key].append(place)
    return tuple(
        find("H005", min(at), key=key, count=f"{len(at)} times" if len(at) > 1 else "once")
        for key, at in seen.items()
    )


def _apart(manuscript: Manuscript, first: str, slugs: dict[str, str]) -> Manuscript:
    """A manuscript whose slug is taken says so; a draft shows it under another (H015)."""
    header = manuscript.header
    place = header.place("slug") if isinstance(header, Header) else manuscript.place
    clash = find("H015", place, slug=manuscript.slug, other=first)
    number = next(n for n in count(2) if f"{manuscript.slug}-{n}" not in slugs)
    other = f"{manuscript.slug}-{number}"
    slugs[other] = manuscript.path
    return replace(manuscript, slug=other, findings=(*manuscript.findings, clash))


_File = TypeVar("_File", ImprintFile, PeopleFile)


def _optional(
    folder: Folder,
    path: str,
    reader: Callable[[str, str], tuple[Header[_File] | None, tuple[Finding, ...]]],
) -> tuple[Header[_File] | None, tuple[Finding, ...]]:
    """A file that a project may have; None where it has none or it can't be read."""
    if not folder.exists(path):
        return None, ()
    text, said = decoded(folder, path)
    if text is None:
        return None, said
    return reader(text, path)


def _imprint(folder: Folder, noticed: list[Finding]) -> Header[ImprintFile]:
    header, said = _optional(folder, IMPRINT, read_imprint)
    noticed.extend(said)
    header = header or Header(ImprintFile(), None, {})
    model, house = header.model, header.model.defaults
    if not LANGUAGE.fullmatch(model.language):
        noticed.append(find("H022", header.place("language"), tag=model.language))
        model = model.model_copy(update={"language": "en"})
    if house.language and not LANGUAGE.fullmatch(house.language):
        noticed.append(find("H022", header.place("defaults", "language"), tag=house.language))
        model = model.model_copy(update={"defaults": house.model_copy(update={"language": None})})
    return replace(header, model=model)


def ticket_names(root: Path) -> list[str]:
    """The names of the project's anthologies, sorted."""
    return sorted(p.stem for p in (root / HOME / "anthologies").glob("*.yaml"))


def ticket_path(name: str) -> str:
    """Where the ticket of that name is."""
    return f"{HOME}/anthologies/{name}.yaml"


def lock_path(name: str) -> str:
    """Where the lock of that name's anthology is, if it is frozen."""
    return f"{HOME}/anthologies/{name}.lock"


def _tickets(
    folder: Folder, names: Sequence[str], noticed: list[Finding]
) -> dict[str, Header[Ticket] | None]:
    tickets: dict[str, Header[Ticket] | None] = {}
    for name in names or ticket_names(folder.root):
        path = ticket_path(name)
        tickets[name] = None
        if not is_slug(name):  # it names the volumes
            noticed.append(find("H025", Place(path), slug=name, hint=f"try {slug(name)}.yaml"))
            continue
        text, said = decoded(folder, path)
        noticed.extend(said)
        if text is not None:
            tickets[name], said = read_ticket(text, path)
            noticed.extend(said)
    return tickets


def _locks(
    folder: Folder, tickets: dict[str, Header[Ticket] | None], noticed: list[Finding]
) -> dict[str, Locked]:
    locks = {}
    for name, ticket in tickets.items():
        lock, said = read_locked(folder, lock_path(name)) if ticket is not None else (None, ())
        noticed.extend(said)
        if lock is not None:
            locks[name] = lock
    return locks


def _manuscripts(
    folder: Folder, tickets: dict[str, Header[Ticket] | None], locks: Mapping[str, Locked]
) -> dict[str, Manuscript]:
    patterns = {REVIEWS}
    for ticket in tickets.values():
        if ticket is not None:
            parts = [entry for part in ticket.model.parts for entry in part.reviews]
            named = [entry.review for entry in (*ticket.model.reviews, *parts)]
            patterns |= {p for p in named if p.endswith(".md") and not p.startswith("/")}
    paths: set[str] = set()
    for pattern in sorted(patterns):
        try:
            paths.update(folder.glob(f"{HOME}/{pattern}"))
        except (OutsideError, ValueError, NotImplementedError):
            continue  # said where the ticket is gathered
    locked = (review.path for lock in locks.values() for review in lock.lock.reviews.values())
    paths.update(path for path in locked if folder.exists(path))
    return {path: _manuscript(folder, path) for path in sorted(paths)}


def _manuscript(folder: Folder, path: str) -> Manuscript:
    text, noticed = decoded(folder, path)
    if text is None:
        return Manuscript(path, slug_of(path), None, "", findings=noticed)
    front, body, line, said = split_front_matter(text, path)
    header, more = read_review(front, path)
    noticed += (*said, *more)
    if header is None:
        return Manuscript(path, slug_of(path), None, body, line, findings=noticed)
    own = header.model.slug or slug_of(path)
    if not is_slug(own):
        noticed += (find("H025", header.place("slug"), slug=own, hint=f"try {slug(own)}"),)
        own = slug(own)
    draft = header.model.draft or DRAFTS in path.split("/")
    return Manuscript(path, own, header, body, line, draft, noticed)
