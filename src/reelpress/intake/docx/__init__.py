"""Word: a .docx, or a zip of them, one review each.

A .docx is a zip of XML (ECMA-376, part 2). It is gone over first: mammoth is given a clean copy
of what is sound, so that nothing in it can lead out, unpack to more than a machine holds, or
expand.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any
from zipfile import ZipFile

from reelpress.findings import Finding, Place, counted, find
from reelpress.intake.archive import Archive
from reelpress.intake.delivery import Arrival, Delivery, LeftOut, Newcomer, own_key
from reelpress.intake.docx.parts import called, is_hidden, note, settled
from reelpress.intake.front import Names, front_matter, held
from reelpress.intake.headlines import film_of
from reelpress.intake.pictures import gathered
from reelpress.intake.xml import tree_of

KIND = "Word document"
_DOCUMENT, _CORE = "word/document.xml", "docProps/core.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
r[style-name='Emphasis'] => em
r[style-name='Book Title'] => em
u => em
"""
"""Underlined is what a typewriter had for italics."""
_NOBODY = re.compile(
    r"(?:unknown|author|user|admin(?:istrator)?|owner|microsoft.*|windows.*|python-docx|.*@.*|)",
    re.I,
)
"""What programs write where nobody has given a name."""
_NEVER = frozenset({"del", "moveFrom", "instrText", "delText"})
_TITLE = re.compile(r"\s*<h1(?:\s[^<>]*)?>(.*?)</h1>", re.S)


def recognises(path: Path) -> bool:
    """Whether it is a .docx, or a zip of some; of a folder each file is looked at by itself."""
    named = _documents(Archive.at(path))
    return bool(named) and (not path.is_dir() or "" in named)


def _documents(archive: Archive) -> list[str]:
    """The names of the documents in an archive; one that is empty for the archive itself."""
    names = archive.names()
    if _DOCUMENT in names:
        return [""]
    # Word keeps a hidden file beside one that is open
    named = [n for n in names if n.lower().endswith(".docx")]
    return [n for n in named if not PurePosixPath(n).name.startswith("~$")]


def bring(path: Path) -> Delivery:
    """A review of each document: headings, notes, pictures; its title and whoever wrote it.

    Findings: those of `Archive`, S002 (damaged), S010 and S011 (XML), S016 (comments, tracked
    changes).
    """
    archive = Archive.at(path)
    shelf = _Shelf()
    for name in _documents(archive):
        if not name:
            one = archive
            label = path.name
        else:
            data = archive.read(name)
            if data is None:
                continue
            one, label = Archive.of(data, archive.place(name)), name
        document = _Document(one, label, shelf)
        document.read()
        if one is not archive:
            shelf.noticed += one.findings
    return Delivery(
        KIND,
        tuple(shelf.arrivals),
        tuple(shelf.people.values()),
        (*archive.findings, *shelf.noticed),
        {"documents without words": shelf.empty} if shelf.empty else {},
    )


@dataclass(slots=True)
class _Shelf:
    """What came of the documents so far."""

    names: Names = field(default_factory=Names)
    arrivals: list[Arrival] = field(default_factory=list)
    people: dict[str, Newcomer] = field(default_factory=dict)
    """By name."""
    noticed: list[Finding] = field(default_factory=list)
    empty: int = 0


@dataclass(slots=True)
class _Document:
    """One document."""

    archive: Archive
    label: str
    """The file's name, in the source."""
    shelf: _Shelf
    pictures: dict[str, bytes] = field(default_factory=dict)
    notes: frozenset[str] = frozenset()
    """Those that it calls."""

    def read(self) -> None:
        """Put it on the shelf, or say why that can't be."""
        sound = self._sound()
        body = "\n\n".join(filter(None, map(self._words, (_DOCUMENT, *_NOTES))))
        if sound is None:
            return
        html = self._html(sound)
        if html is None:
            return
        if not body.strip():
            self.shelf.empty += 1
            return
        self._tell_changes()
        self.shelf.arrivals.append(self._arrival(html, body))

    def _arrival(self, html: str, body: str) -> Arrival:
        from reelpress.intake.markup import markdown_of, text_of

        said = self._core()
        title = said.get("title", "")
        left_out: tuple[LeftOut, ...] = ()
        if (heading := _TITLE.match(html)) is not None:
            title = " ".join(text_of(heading[1]).split()) or title
            left_out = (LeftOut(text_of(heading[1]), "the title: it stands in the front matter"),)
            html = html[heading.end() :]
        stem = PurePosixPath(self.label).stem
        title = title or re.sub(r"[_\s]+", " ", stem).strip()
        path = self.shelf.names.take(stem)
        person = self._person(said.get("creator", ""))
        writers = [person.key] if person is not None else []
        name, year = film_of(title)
        guessed = [
            "film.title",
            *(["film.year"] if year else []),
            *(["reviewer"] if writers else []),
        ]
        shown = gathered(html, self.pictures.get, "docx", path)
        header = front_matter(
            title=title if title != name else "",
            film={"title": name, "year": year},
            reviewer=writers,
            rights=held(writers, "", *guessed),
        )
        text = markdown_of(shown.html)
        own = f"{PurePosixPath(self.label).name}: {title}"
        return Arrival(path, header, text, self.label, body, left_out, shown.files, own)

    def _person(self, name: str) -> Newcomer | None:
        name = " ".join(name.split())
        if _NOBODY.fullmatch(name):
            return None
        people = self.shelf.people
        if name not in people:
            people[name] = Newcomer(own_key(name, {p.key for p in people.values()}), name)
        return people[name]

    # -- what is in the zip

    def _sound(self) -> bytes | None:
        """The document, packed anew of what can be read of it; None where that is not enough."""
        made = BytesIO()
        with ZipFile(made, "w") as copy:
            for name in self.archive.names():
                data = self.archive.read(name)
                if data is None:
                    continue
                if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in data:
                    self._tell("S002", problem=f"{name} has a DOCTYPE, which no Word writes")
                    return None
                copy.writestr(name, settled(data) if name in (_DOCUMENT, *_NOTES) else data)
            if _DOCUMENT not in copy.namelist():
                self._tell("S002", problem=f"it has no {_DOCUMENT}")
                return None
        return made.getvalue()

    def _html(self, data: bytes) -> str | None:
        from mammoth import convert_to_html
        from mammoth.images import img_element

        try:
            made = convert_to_html(
                BytesIO(data),
                style_map=_STYLES,
                include_embedded_style_map=False,
                external_file_access=False,
                convert_image=img_element(self._picture),
            )
        except Exception as error:  # noqa: BLE001 # mammoth raises many kinds on damaged files
            self._tell("S002", problem=f"it is damaged ({type(error).__name__})")
            return None
        return str(made.value)

    def _picture(self, image: Any) -> dict[str, str]:
        try:
            with image.open() as file:
                data = bytes(file.read())
        except Exception:  # noqa: BLE001 # the same
            return {"src": ""}
        name = f"{PurePosixPath(self.label).stem}-{len(self.pictures) + 1}"
        self.pictures[name] = data
        return {"src": name}

    def _xml(self, name: str) -> Any:
        data = self.archive.read(name) if name in self.archive else None
        if data is None:
            return None
        root, said = tree_of(data.decode("utf-8-sig", "replace"), self.archive.place(name).path)
        self.shelf.noticed += said
        return root

    def _words(self, name: str) -> str:
        """The text of one part, paragraphs apart, by itself: what the conversion is held to."""
        root = self._xml(name)
        if root is None:
            return ""
        if name == _DOCUMENT:
            self.notes = called(root)
        return _plain(root, self.notes)

    def _core(self) -> dict[str, str]:
        root = self._xml(_CORE)
        fields = root if root is not None else ()
        return {_name(e): "".join(e.itertext()).strip() for e in fields if _name(e)}

    # -- what is said

    def _tell(self, code: str, **parts: object) -> None:
        self.shelf.noticed.append(find(code, self._place(), hint="", **parts))

    def _place(self) -> Place:
        return self.archive.place()

    def _tell_changes(self) -> None:
        root, remarks = self._xml(_DOCUMENT), self._xml("word/comments.xml")
        comments = sum(_name(e) == "comment" for e in remarks) if remarks is not None else 0
        if comments:
            self._tell(
                "S016", what=f"{counted(comments, 'comment')} left out: they are for the desk"
            )
        elements = list(root.iter()) if root is not None else []
        hidden = sum(_name(e) == "r" and is_hidden(e) for e in elements)
        if hidden:
            self._tell("S016", what=f"Hidden words left out ({counted(hidden, 'run')})")
        changes = Counter(map(_name, elements))
        came, went = changes["ins"] + changes["moveTo"], changes["del"] + changes["moveFrom"]
        if came or went:
            told = f"{counted(came, 'insertion')} and {counted(went, 'deletion')}"
            self._tell("S016", what=f"Tracked changes were taken as accepted ({told})")


def _plain(root: Any, notes: frozenset[str]) -> str:
    from lxml import etree

    paragraphs: list[list[str]] = [[]]
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        name = _name(element)
        if name in _NEVER or (name == "Choice" and _otherwise(element)) or _unseen(element, notes):
            walk.skip_subtree()
        elif name == "p":
            paragraphs.append([])
        elif name == "t":
            paragraphs[-1].append(element.text or "")
        elif name in ("tab", "br", "cr", "rt", "rubyBase"):
            paragraphs[-1].append(" ")
        elif name == "noBreakHyphen":
            paragraphs[-1].append("-")
    return "\n\n".join(filter(None, ("".join(parts).strip() for parts in paragraphs)))


def _otherwise(choice: Any) -> bool:
    """Whether the same words stand there once more, for programs of other years."""
    home = choice.getparent()
    return home is not None and any(_name(e) == "Fallback" for e in home)


def _unseen(element: Any, notes: frozenset[str]) -> bool:
    """Whether it is a note that nothing calls (the line above the notes is one), or hidden."""
    own = note(element)
    return own not in notes if own else _name(element) == "r" and is_hidden(element)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
