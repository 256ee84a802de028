"""Reading: a folder becomes a pool of manuscripts, people and house defaults.

Each file is read once, however many anthologies ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from reelpress.desk.addressing import addressed
from reelpress.desk.folder import Folder, OutsideError
from reelpress.desk.globs import files
from reelpress.desk.images import Pictures
from reelpress.desk.joins import Joins
from reelpress.desk.lock import Locked, read_locked
from reelpress.desk.manuscripts import Submitted, decoded, taken_in, under_slug, understood
from reelpress.desk.origins import HOME, Origin, origins
from reelpress.desk.people import People
from reelpress.desk.people_file import people
from reelpress.desk.text.languages import LANGUAGE
from reelpress.desk.texts import Texts
from reelpress.findings import Finding, Place, find, in_order
from reelpress.header import (
    Habits,
    Header,
    ImprintFile,
    PeopleFile,
    SourceFolder,
    Ticket,
    read_imprint,
    read_people,
    read_ticket,
)
from reelpress.header.globs import named
from reelpress.header.reading import checked
from reelpress.model import Manuscript
from reelpress.slugs import is_slug, slug
from reelpress.work import Work

IMPRINT = f"{HOME}/imprint.yaml"
PEOPLE = f"{HOME}/people.yaml"
REVIEWS = "reviews/**/*.md"
MARKDOWN = (".md", ".markdown")


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
    origins: tuple[Origin, ...] = ()
    """The project's own folder first, then the sources."""
    joins: Joins | None = field(default=None, repr=False)
    _submitted: Mapping[str, Submitted] = field(default_factory=dict, repr=False)
    _origins: Mapping[str, Origin] = field(default_factory=dict, repr=False)
    """Of each manuscript, by its path."""
    _of_slugs: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict, repr=False)
    """What is said of a manuscript's slug, by its path."""
    _under: dict[str, Pool] = field(default_factory=dict, repr=False)

    def origin(self, path: str) -> Origin:
        """Where a file of the project, or of a source, comes from."""
        return self._origins.get(path) or origin_of(path, self.origins)

    def habits(self, path: str) -> Habits:
        """How a file is to be read: all that hold for it, the nearest first; joins apart."""
        return self.origin(path).habits

    def source(self, name: str) -> Origin | None:
        """The source of that name."""
        return next((o for o in self.origins if o.name == name and name), None)

    def under(self, ticket: Header[Ticket]) -> Pool:
        """The pool as a ticket's own `fields` understand it; itself, where it has none."""
        path = ticket.place().path
        if not ticket.model.fields or self.joins is None:
            return self
        if path not in self._under:
            fields, _ = checked(ticket.model.fields, lambda _: ticket.place())
            manuscripts = {}
            for own, file in self._submitted.items():
                made = understood(file, self._origins[own], self.joins, fields)
                slug_ = self.manuscripts[own].slug
                manuscripts[own] = under_slug(made, slug_, self._of_slugs[own])
            self._under[path] = replace(self, manuscripts=manuscripts, _under={})
        return self._under[path]

    def lock(self, ticket: Header[Ticket]) -> Locked | None:
        """The lock of a ticket's anthology; None where it is not frozen."""
        return self.locks.get(PurePosixPath(ticket.place().path).stem)

    @property
    def drafts(self) -> int:
        """How many manuscripts say that they are not done."""
        return sum(manuscript.draft for manuscript in self.manuscripts.values())


def read(
    root: Path, names: Sequence[str] = (), work: Work | None = None, *, locked: bool = True
) -> Pool:
    """Read the project in the folder `root` for the anthologies `names` (all, where none).

    Its texts are edited, and kept, by `work`; without `locked` no lock is looked at.
    Findings: H001–H009, H014, H015, H022, H023, H025, H039–H046, H050–H057, and those of
    biographies.
    """
    folder = Folder.at(root)
    noticed: list[Finding] = []
    imprint = _imprint(folder, noticed)
    places, said = origins(imprint, folder.root)
    noticed.extend(said)
    folder = _opened(folder, imprint, places)
    work = work or Work()
    tables = tuple((origin.base, origin.images) for origin in places)
    texts = Texts(Pictures(folder, work, tables), work)
    tickets = _tickets(folder, names, noticed)
    locks = _locks(folder, tickets, noticed) if locked else {}
    joins = Joins(folder)
    taken = _taken(folder, places, tickets, locks)
    submitted_, manuscripts = taken_in(taken, folder, joins, work)
    noticed.extend(joins.close())
    slugs, of_slugs = addressed(manuscripts, taken, locks)
    for path, (own, told) in of_slugs.items():
        manuscripts[path] = under_slug(manuscripts[path], own, told)
    header, said = _optional(folder, PEOPLE, read_people)
    noticed.extend(said)
    unread = header is None and folder.exists(PEOPLE)
    everyone, said = people(header, PEOPLE, imprint.model.language, texts, unread=unread)
    noticed.extend(said)
    said = in_order(noticed)
    return Pool(
        folder,
        imprint,
        everyone,
        manuscripts,
        slugs,
        tickets,
        texts,
        said,
        locks,
        places,
        joins,
        submitted_,
        taken,
        {path: told for path, (_, told) in of_slugs.items()},
    )


def project_folder(root: Path) -> Folder:
    """The project in the folder `root`, with all else that its imprint lets be read."""
    folder = Folder.at(root)
    imprint = _imprint(folder, [])
    return _opened(folder, imprint, origins(imprint, folder.root)[0])


def _opened(folder: Folder, imprint: Header[ImprintFile], places: Sequence[Origin]) -> Folder:
    bases = [origin.base for origin in places]
    also = tuple((folder.root / p).resolve() for p in (*imprint.model.read, *bases[1:]))
    return Folder(folder.root, also, tuple(bases))


def origin_of(path: str, places: Sequence[Origin]) -> Origin:
    """The origin in whose folder a path lies, the innermost; else the project's own."""
    holding = [origin for origin in places if origin.holds(path)]
    return max(holding, key=lambda origin: len(origin.base), default=places[0])


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
    sources = {name: _plain(header, name, s, noticed) for name, s in model.sources.items()}
    return replace(header, model=model.model_copy(update={"sources": sources}))


def _plain(
    header: Header[ImprintFile], name: str, source: SourceFolder, noticed: list[Finding]
) -> SourceFolder:
    """A source without a default language that is none (H022)."""
    tag = source.defaults.language
    if not tag or LANGUAGE.fullmatch(tag):
        return source
    place = header.place("sources", name, "defaults", "language")
    noticed.append(find("H022", place, tag=tag))
    defaults = source.defaults.model_copy(update={"language": None})
    return source.model_copy(update={"defaults": defaults})


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
            if (ticket := tickets[name]) is not None:
                place_of = partial(ticket.key_place, "fields")
                noticed.extend(checked(ticket.model.fields, place_of)[1])
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


def _taken(
    folder: Folder,
    places: Sequence[Origin],
    tickets: dict[str, Header[Ticket] | None],
    locks: Mapping[str, Locked],
) -> dict[str, Origin]:
    """The files that are manuscripts, and where each comes from: the project's own, by path, then
    those of each source."""
    patterns = {REVIEWS}
    for ticket in tickets.values():
        if ticket is not None:
            parts = [entry for part in ticket.model.parts for entry in part.reviews]
            named_ = [entry.review for entry in (*ticket.model.reviews, *parts)]
            patterns |= {p for p in named_ if p.endswith(".md") and not p.startswith("/")}
    paths: set[str] = set()
    for pattern in sorted(patterns):
        try:
            paths.update(folder.glob(f"{HOME}/{pattern}"))
        except (OutsideError, ValueError, NotImplementedError):
            continue  # said where the ticket is gathered
    locked = (review.path for lock in locks.values() for review in lock.lock.reviews.values())
    frozen = {path for path in locked if folder.exists(path)}
    taken: dict[str, Origin] = {}
    # Of two sources that take a file it is the inner one's; of two names for a folder, the first's.
    for source in sorted(
        places[1:], key=lambda o: (o.base != ".", o.base.count("/")), reverse=True
    ):
        base = "" if source.base == "." else f"{source.base}/"
        for glob in source.reviews:
            for path in files(folder, source.base, glob, MARKDOWN):
                if not named(path, source.leave_out):
                    taken.setdefault(base + path, source)
    for path in sorted((paths | frozen) - taken.keys()):
        origin = origin_of(path, places)
        if not origin.name or path in frozen:  # what a source leaves out is left out
            taken[path] = origin
    return dict(sorted(taken.items(), key=lambda entry: (places.index(entry[1]), entry[0])))
