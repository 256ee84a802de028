"""The ways through a book: table of contents, landmarks, outline."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from reelpress.galley import Galley, Section
from reelpress.model import Matter


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the table of contents, with those below it."""

    section: Section
    below: tuple[Entry, ...] = ()

    @property
    def href(self) -> str:
        """In the EPUB, from its root."""
        return f"text/{self.section.id}.xhtml"


def outline(galley: Galley) -> tuple[Entry, ...]:
    """The sections by level: reviews below their part."""
    tops: list[tuple[Section, list[Entry]]] = []
    for section in galley.sections:
        if section.level == 2 and tops:
            tops[-1][1].append(Entry(section))
        elif section.level:
            tops.append((section, []))
    return tuple(Entry(section, tuple(below)) for section, below in tops)


def nav(galley: Galley, *, covered: bool = True) -> str:
    """The body of nav.xhtml (EPUB 3.3 section 7): contents and landmarks.

    Of these one is the cover, or the first section where there is none.
    """
    words = galley.words
    items = "".join(_item(entry) for entry in outline(galley))
    first = galley.sections[0]
    marks = [("titlepage", f"text/{first.id}.xhtml", first.title)]
    if covered:
        marks = [("cover", "text/cover.xhtml", words["Cover"])]
    contents = next((s for s in galley.sections if s.kind == "contents"), None)
    if contents is not None:
        marks.append(("toc", f"text/{contents.id}.xhtml", contents.title))
    start = next((s for s in galley.sections if s.matter is Matter.BODY), None)
    if start is not None:
        marks.append(("bodymatter", f"text/{start.id}.xhtml", words["Start of the text"]))
    lines = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{escape(text)}</a></li>'
        for kind, href, text in marks
    )
    return (
        f'<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">'
        f'<h1 id="toc-title">{escape(words["Contents"])}</h1><ol>{items}</ol></nav>'
        f'<nav epub:type="landmarks" id="landmarks" aria-label="{escape(words["Landmarks"])}" '
        f'hidden="hidden"><ol>{lines}</ol></nav>'
    )


def _item(entry: Entry) -> str:
    below = f"<ol>{''.join(_item(e) for e in entry.below)}</ol>" if entry.below else ""
    section = entry.section
    language = escape(section.language)
    line = f'<span lang="{language}" xml:lang="{language}">{escape(section.title)}</span>'
    if section.byline:
        line += f" <small>{escape(section.byline)}</small>"
    return f'<li><a href="{entry.href}">{line}</a>{below}</li>'
