"""Texts: each is looked up first; those that are new are edited, side by side where they are many.

An edited text depends on what its `Source` says and on the pictures that it asks for. Which these
are is known once it is edited: they are kept with it, and looked at again before it is used again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from reelpress.desk.images import Look, Pictures
from reelpress.findings import Finding
from reelpress.model import Anthology, Text
from reelpress.versions import versions
from reelpress.why import Reasons
from reelpress.work import Task, Work, digest
from reelpress.work.tasks import Progress

BATCH = 12
"""As many texts as go to another process at once."""

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


@dataclass(slots=True)
class Texts:
    """The texts of a run, each edited once."""

    pictures: Pictures
    work: Work
    _read: dict[Source, Read] = field(default_factory=dict)
    _parts: dict[int, tuple[dict[str, str], bool]] = field(default_factory=dict)
    """By a text's identity: the parts of its key, and whether it was edited before."""

    def edit(self, source: Source) -> Read:
        """A text, edited, and what was noticed in it."""
        if source not in self._read:
            self.prepare([source])
        return self._read[source]

    def prepare(self, sources: Iterable[Source], progress: Progress = lambda *_: None) -> None:
        """Edit many texts at once: `edit` then has them at hand."""
        todo = [s for s in dict.fromkeys(sources) if s not in self._read]
        stamp = versions() if self.work.store is not None else ""
        keys = [digest(s.raw, s.path, s.line, s.prefix, s.language, s.indent, stamp) for s in todo]
        made = self._do(todo, keys, progress)
        stale = [n for n, one in enumerate(made) if not self.pictures.hold(one.looks)]
        if stale:
            states = [[self.pictures.state(x.path) for x in made[n].looks] for n in stale]
            again = [digest(keys[n], state) for n, state in zip(stale, states, strict=True)]
            for n, key, one in zip(
                stale, again, self._do([todo[n] for n in stale], again), strict=True
            ):
                self.work.keep("edited", keys[n], one)
                self.pictures.hold(one.looks)
                made[n], keys[n] = one, key
        for source, key, one in zip(todo, keys, made, strict=True):
            text = one.text
            if one.looks:
                text = replace(text, assets=self.pictures.assets(one.looks))
            self._read[source] = text, one.findings
            parts = {
                "text": digest(source.raw, source.path, source.line, source.indent),
                "slug": source.prefix,
                "language": source.language,
                "images": digest([(x.path, x.state) for x in one.looks]) if one.looks else "",
                "versions": stamp,
            }
            self._parts[id(text)] = parts, self.work.reused["edited", key]

    def _do(
        self,
        sources: Sequence[Source],
        keys: Sequence[str],
        progress: Progress = lambda *_: None,
    ) -> list[Edited]:
        work = self.work
        folder = self.pictures.folder
        pictures = work.share(
            self.pictures, digest(str(folder.root), [str(a) for a in folder.also])
        )
        tasks = [
            Task(key, edited, (source, pictures), len(source.raw))
            for source, key in zip(sources, keys, strict=True)
        ]
        return work.do("edited", tasks, batch=BATCH, progress=progress)

    def tell(self, anthology: Anthology, reasons: Reasons) -> None:
        """Say of each text of an anthology whether it was edited again, and why."""
        name = anthology.edition.name
        texts = {
            p.id: p.contribution.text if p.contribution is not None else p.text
            for p in anthology.pieces
        }
        everyone = (*anthology.edition.editors, *(c for p in anthology.pieces for c in p.byline))
        texts |= {f"p-{credit.person.key}": credit.person.bio for credit in everyone}
        for piece, text in texts.items():
            if text is not None and id(text) in self._parts:
                parts, reused = self._parts[id(text)]
                reasons.tell(name, "edited", piece, parts, reused=reused)
