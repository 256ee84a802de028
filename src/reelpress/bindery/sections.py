"""A section of the galley, made ready for paper and set: one worker's task.

Steps on each section, in this order:
1. what only screens have goes;
2. notes go to their calls, as phrasing markup that floats to the page's foot;
3. page slots become links whose text is the page's number, page runs links with the numbers of
   their first and last page;
4. pictures without alternative text are told by their caption;
5. places come off.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from lxml import etree

from reelpress.bindery.edges import Edge, Kind, Plan, Wanted
from reelpress.bindery.marks import only, remove, strip_marks, tree
from reelpress.bindery.pages import Pages
from reelpress.bindery.runs import fill
from reelpress.bindery.sheet import Sheet
from reelpress.galley import Section
from reelpress.model import Asset

_SPACE = re.compile(r"[ \t\n]+")
_PARAGRAPHS = frozenset({"p", "div", "blockquote", "li", "ul", "ol", "dl", "dt", "dd", "pre", "h2",
                         "h3", "h4", "h5", "h6", "table", "figure"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every section of a book."""

    title: str
    language: str
    direction: str
    draft: bool

    def opening(self) -> str:
        """The root element's start tag: @page rules inherit from it."""
        kind = ' class="draft"' if self.draft else ""
        return f"<html lang={quoteattr(self.language)} dir={quoteattr(self.direction)}{kind}>"

    def document(self, body: str) -> str:
        """An XHTML document of some sections."""
        return (
            f"{self.opening()}<head><title/></head>"
            f"<body data-title={quoteattr(self.title)}>{body}</body></html>"
        )


@dataclass(frozen=True, slots=True)
class Copy:
    """A section with all that it is set from."""

    section: Section
    frame: Frame
    before: tuple[str, str] = ("", "")
    """Class and level of the section before it: style sheets may look at their neighbours."""
    images: tuple[Asset, ...] = ()
    fronts: frozenset[str] = frozenset()
    """Those of the numbers in it that are of the front matter, by their names."""
    runs: tuple[str, ...] = ()
    """The names of the numbers that its page runs show (`reelpress.bindery.runs`)."""
    first: bool = False
    """Whether it begins the book."""
    verso: bool = False
    """Whether it is set to begin on the side that a book does not begin on."""
    numbers: dict[str, int] = field(default_factory=dict)
    """Id, or name of a section's last page -> page number, as far as they are known."""

    def document(self) -> str:
        """The document that is set."""
        kind, level = self.before
        # Nothing of it is displayed: it is there for selectors alone.
        stub = (
            f'<section class={quoteattr(kind)} data-level={quoteattr(level)} style="display:none"/>'
            if kind
            else ""
        )
        document = self.frame.document(stub + markup(self.section, self.fronts, self.numbers))
        if not self.verso:
            return document
        side = "left" if self.frame.direction == "ltr" else "right"
        return document.replace("<html ", f'<html style="break-before:{side}" ', 1)


class NotSetError(Exception):
    """A section can't be set: its id, why not, and whether a system library is what is missing.

    Without an id: page margins.
    """

    def __init__(self, section: str, problem: str, library: bool = False) -> None:
        super().__init__(section, problem, library)
        self.section, self.problem, self.library = section, problem, library


def set_section(copy: Copy, sheet: Sheet) -> Pages:
    """The pages of one section. Raises NotSetError."""
    own = copy.section.id
    try:
        from reelpress.bindery.setter import complaints, lay_out, opened
    except OSError as error:
        # cffi's way of saying that a system library is not there.
        raise NotSetError(own, str(error), library=True) from None
    from reelpress.bindery.paint import painted

    files = {image.path: (image.data, image.media_type) for image in copy.images}
    try:
        with complaints() as heard:
            press = opened(sheet)
            heard[:] = press.complaints
            laid = lay_out(copy.document(), press, files, copy.numbers, first=copy.first)
            laid.asked = tuple(sorted({*laid.asked, *copy.runs}))
            return painted(laid, press, copy.frame.language, heard)
    except Exception as error:  # noqa: BLE001 # WeasyPrint fails in many ways on odd values
        raise NotSetError(own, _told(error)) from None


def plan_edges(kinds: Sequence[Kind], frame: Frame, sheet: Sheet) -> tuple[Plan, ...]:
    """The plan of each kind of page: a worker's task. Raises NotSetError."""
    from reelpress.bindery.margins import plans

    try:
        return plans(kinds, frame, sheet)
    except Exception as error:  # noqa: BLE001
        raise NotSetError("", _told(error)) from None


def set_one_edge(wanted: Wanted, frame: Frame, sheet: Sheet) -> Edge:
    """One edge as content: a worker's task. Raises NotSetError."""
    from reelpress.bindery.margins import set_edge

    try:
        return set_edge(wanted, frame, sheet)
    except Exception as error:  # noqa: BLE001
        raise NotSetError("", _told(error)) from None


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": .")


def slots(root: etree._Element) -> list[str]:
    """The ids that a section's page slots lead to."""
    return [a.get("href", "")[1:] for a in root.iter("a") if a.get("data-page") is not None]


def markup(section: Section, fronts: frozenset[str], numbers: Mapping[str, int]) -> str:
    """The section as it is set; `fronts` are names of `numbers` in the front matter."""
    root = only(tree(section), "pages")
    _notes_at_call(root)
    fill(root, numbers, fronts)
    for slot in list(root.iter("a")):
        if slot.attrib.pop("data-page", None) is not None:
            roman = " roman" if slot.get("href", "")[1:] in fronts else ""
            slot.set("class", f"{slot.get('class', '')} page-number{roman}".strip())
    for image in root.iter("img"):
        if not (image.get("alt") or "").strip():
            caption = image.getnext()
            text = "".join(caption.itertext()) if caption is not None else ""
            image.set("alt", text.strip() or section.title)
    root.set("data-title", section.title)
    root.set("data-level", str(section.level))
    strip_marks(root)
    return str(etree.tostring(root, encoding="unicode"))


def _notes_at_call(root: etree._Element) -> None:
    notes = {a.get("id", ""): a for a in root.iter("aside") if a.get("data-note", "0") != "0"}
    # Innermost last: a note that calls a note takes it along.
    for call in list(root.iter("a")):
        if call.attrib.pop("data-note", None) is None:
            continue
        note = notes.pop(call.get("href", "")[1:], None)
        call.set("class", "note-call")
        if note is None:
            continue  # called before: the number links to the note at its first call
        remove(note)
        note.tag = "span"
        note.set("class", "footnote")
        note.set("role", "note")
        note.set("data-number", note.attrib.pop("data-note"))
        _phrased(note)
        call.addprevious(note)
        remove(call)  # the layout's ::footnote-call takes its place
    for rest in root.iter("aside"):
        rest.attrib.pop("data-note", None)


def _phrased(note: etree._Element) -> None:
    """Blocks as spans that a style sheet sets as blocks: HTML lets no block stand in a <p>.

    A first paragraph's text stands in the note itself, on the line of its number.
    """
    first = next(iter(note), None)
    note.text = (note.text or "").strip()
    for element in note.iter():
        # WeasyPrint 70 collapses no white space in what it moves to the foot of a page.
        if element.tag != "pre" and element.text:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail and element is not note:
            element.tail = _SPACE.sub(" ", element.tail)
    if first is not None and first.tag == "p" and not note.text:
        note.text, first.text = first.text, None
        for child in reversed(list(first)):
            note.insert(0, child)
        if len(note) and note.index(first):
            last = note[note.index(first) - 1]
            last.tail = (last.tail or "").rstrip()
        remove(first)
    for element in list(note.iter()):
        if element is not note and element.tag in _PARAGRAPHS:
            element.set("class", " ".join(filter(None, (element.get("class"), str(element.tag)))))
            element.set("data-block", str(element.tag))  # for its tag
            element.tag = "span"
