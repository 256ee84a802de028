"""Texts: each is looked up first; those that are new are edited, side by side where they are many.

An edited text depends on what its `Source` says and on the pictures that it asks for. Which these
are is known once it is edited: they are kept with it, and looked at again before it is used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import chain

from reelpress.desk.drawers import Drawers
from reelpress.desk.images import Look, Pictures
from reelpress.findings import Finding
from reelpress.model import Anthology, Text
from reelpress.versions import versions
from reelpress.why import Reasons
from reelpress.work import Task, Work, digest
from reelpress.work.tasks import Progress

BATCH = 12
"""As many texts as go to another process at once."""
MANY = 1_000_000
"""Characters that other processes must take off this one before they are begun."""

Read = tuple[Text, tuple[Finding, ...]]
"""An edited text, and what was noticed in it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A Markdown text, and how it is to be edited: the arguments of `edit_text`."""

    raw: str = field(repr=False)
    path: str
    line: int
    prefix: str
    language: str
    indent: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Edited:
    """What editing a source gave, as it is kept and sent: without pictures."""

    text: Text
    findings: tuple[Finding, ...]
    looks: tuple[Look, ...]


def edited(source: Source, pictures: Pictures) -> Edited:
    """Edit a text."""
    from reelpress.desk.text import edit_text

    pictures.looked.clear()
    text, findings = edit_text(
        source.raw,
        source.path,
        source.line,
        source.prefix,
        source.language,
        pictures,
        source.indent,
    )
    return Edited(replace(text, assets=()), findings, pictures.looks())


def all_edited(sources: Sequence[Source], pictures: Pictures) -> list[Edited]:
    """Edit some texts."""
    return [edited(source, pictures) for source in sources]


@dataclass(slots=True)
class Texts:
    """The texts of a run, each edited once."""

    pictures: Pictures
    work: Work
    _read: dict[Source, Read] = field(default_factory=dict)
    _parts: dict[int, tuple[dict[str, str], bool]] = field(default_factory=dict)
    """By a text's identity: the parts of its key, and whether it was edited before."""
    _kept: Drawers = field(init=False)

    def __post_init__(self) -> None:
        self._kept = Drawers("edited", self.work)

    def edit(self, source: Source) -> Read:
        """A text, edited, and what was noticed in it."""
        if source not in self._read:
            self.prepare([source])
        return self._read[source]

    def prepare(self, sources: Iterable[Source], progress: Progress = lambda *_: None) -> None:
        """Edit many texts at once: `edit` then has them at hand."""
        stamp = versions() if self.work.store is not None else ""
        todo: dict[Source, str] = {}
        every = tuple(dict.fromkeys(sources))
        for source in every:
            if source not in self._read:
                habits = self.pictures.table(source.path)
                key = digest(source.raw, source.line, source.indent, habits, stamp)
                kept: Edited | None = self._kept.get(_name(source), key)
                if kept is not None and self.pictures.hold(kept.looks):
                    self._finish(source, kept, stamp, reused=True)
                else:
                    todo[source] = key
        if todo:
            self.work.warm()
        before = len(every) - len(todo)
        progress(before, len(every))
        made_of = self._do(list(todo), lambda done, _: progress(before + done, len(every)))
        for source, made in zip(todo, made_of, strict=True):
            one = made
            if not self.pictures.hold(one.looks):  # changed meanwhile
                one = edited(source, self.pictures)
            self._kept.put(_name(source), todo[source], one)
            self._finish(source, one, stamp, reused=False)

    def _do(self, sources: Sequence[Source], progress: Progress) -> Iterable[Edited]:
        size, jobs = sum(len(source.raw) for source in sources), self.work.jobs
        if size * (jobs - 1) // jobs < MANY:
            for number, source in enumerate(sources, 1):
                yield edited(source, self.pictures)
                progress(number, len(sources))
            return
        folder = self.pictures.folder
        within = digest([str(path) for path in (folder.root, *folder.also)], self.pictures.tables)
        pictures = self.work.share(self.pictures, within)
        longest = sorted(sources, key=lambda s: -len(s.raw))
        parts = [longest[at : at + BATCH] for at in range(0, len(longest), BATCH)]
        tasks = [
            Task(digest(*part), all_edited, (part, pictures), sum(len(s.raw) for s in part))
            for part in parts
        ]

        def done(number: int, _: int) -> None:
            progress(min(number * BATCH, len(sources)), len(sources))

        results = self.work.do("texts", tasks, progress=done)
        found = dict(zip(longest, chain.from_iterable(results), strict=True))
        yield from (found[source] for source in sources)

    def _finish(self, source: Source, made: Edited, stamp: str, *, reused: bool) -> None:
        text = replace(made.text, sha256=sha256(source.raw.strip("\n").encode()).hexdigest())
        if made.looks:
            text = replace(text, assets=self.pictures.assets(made.looks))
        self._read[source] = text, made.findings
        parts = {
            "text": digest(source.raw, source.line, source.indent),
            "slug": source.prefix,
            "language": source.language,
            "images": digest([(x.path, x.state) for x in made.looks]) if made.looks else "",
            "versions": stamp,
        }
        self._parts[id(text)] = parts, reused

    def tell(self, anthology: Anthology, reasons: Reasons) -> None:
        """Say of each text of an anthology whether it was edited again, and why; keep the new."""
        name = anthology.edition.name
        texts = {
            p.id: p.contribution.text if p.contribution is not None else p.text
            for p in anthology.pieces
        }
        edition = anthology.edition
        bylines = (credit for piece in anthology.pieces for credit in piece.byline)
        for credit in (*edition.editors, *edition.contributors, *bylines):
            person = credit.person
            texts |= {f"p-{person.key}": person.bio, f"p-{person.key}--short": person.short_bio}
        for piece, text in texts.items():
            if text is not None and id(text) in self._parts:
                parts, reused = self._parts[id(text)]
                reasons.tell(name, "edited", piece, parts, reused=reused)
        self._kept.close(lambda kept: self.pictures.folder.exists(kept[0]))


def _name(source: Source) -> tuple[str, ...]:
    return source.path, source.prefix, source.language
