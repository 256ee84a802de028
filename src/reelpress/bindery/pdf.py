"""The PDF binder: the galley as one document of pages.

Steps on each section, in this order:
1. notes go to their calls, as phrasing markup that floats to the page's foot;
2. page slots become links whose text is the page's number;
3. pictures without alternative text are told by their caption;
4. places come off.

The bindery sets the whole galley at once; `set_pages` is the seam behind which
sections will be set side by side.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from lxml import etree, html

from reelpress.bindery.bind import file_name, title
from reelpress.bindery.fonts import needed, rules
from reelpress.bindery.marks import remove, strip_marks, tree
from reelpress.bindery.package import EPOCH
from reelpress.findings import Finding, find
from reelpress.model import Galley, Matter, Section, Volume, VolumeSpec

_SPACE = re.compile(r"[ \t\n]+")
_PARAGRAPHS = frozenset({"p", "div", "blockquote", "li", "ul", "ol", "dl", "dt", "dd", "pre", "h2",
                         "h3", "h4", "h5", "h6", "table", "figure"})  # fmt: skip


def bind_pdf(galley: Galley, spec: VolumeSpec) -> tuple[Volume | None, tuple[Finding, ...]]:
    """The galley as a tagged PDF (PDF/UA-1). Findings: P001, P002, P004, P005."""
    try:
        from reelpress.bindery.setter import set_pages
    except OSError:
        # cffi's way of saying that a system library is not there.
        return None, (find("P001", galley.place, hint="run `reelpress doctor`"),)
    from reelpress.bindery.tags import finish

    if not galley.faces:
        # Pango ends the process where it has no font at all.
        return None, (find("P004", galley.place),)
    document = _document(galley)
    faces = needed(galley.faces, set(document))
    style = f"{rules(faces)}{galley.print}{_sheet(galley, spec)}"
    files = {a.path: (a.data, a.media_type) for a in (*galley.assets, *(f.asset for f in faces))}
    body = next((s.id for s in galley.sections if s.matter is Matter.BODY), "")
    # PDF/UA-1 (7.21.4.1) wants every glyph: what a face lacks is tagged, but claimed for nothing.
    try:
        raw, pages, starts, complaints = set_pages(
            document, style, files, claim=galley.glyphs_whole
        )
    except Exception as error:  # noqa: BLE001 # WeasyPrint fails in many ways on odd values
        problem = f"{type(error).__name__}: {error}".rstrip(": .")
        return None, (find("P005", galley.place, problem=problem),)
    noticed = tuple(
        find("P002", galley.place, message=message)
        for message in dict.fromkeys(complaints)
        if not message.startswith(".notdef")  # T001 has said it, with its place
    )
    data = finish(raw, first_body_page=starts.get(body, 0))
    volume = Volume(
        file_name(galley, spec),
        "application/pdf",
        data,
        f"{pages} pages" if pages != 1 else "1 page",
        "Tagged PDF (PDF/UA-1), with bookmarks and headings."
        if galley.glyphs_whole
        else "Tagged PDF, with bookmarks and headings; some characters have no glyph.",
        folios=_folios(galley, starts, starts.get(body, 0)),
    )
    return volume, noticed


def _folios(galley: Galley, starts: Mapping[str, int], first: int) -> dict[str, str]:
    """Section id -> folio: roman before the body's first page, arabic from there."""
    return {
        s.id: str(starts[s.id] - first + 1) if starts[s.id] >= first else _roman(starts[s.id] + 1)
        for s in galley.sections
        if s.id in starts
    }


def _roman(number: int) -> str:
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
              (4, "iv"), (1, "i"))  # fmt: skip
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text


def _document(galley: Galley) -> str:
    edition = galley.edition
    modified = edition.revised or edition.issued or EPOCH
    metas = [
        *(("author", name) for name in dict.fromkeys(c.person.name for c in galley.contributors)),
        ("description", edition.description),
        ("keywords", ", ".join(edition.subjects)),
        ("generator", "reelpress"),
        ("dcterms.created", edition.issued or EPOCH),
        ("dcterms.modified", modified),
    ]
    head = "".join(f'<meta name="{n}" content="{escape(v)}">' for n, v in metas if v)
    numbers = {s.id: s.matter for s in galley.sections}
    body = "\n".join(_section(section, numbers) for section in galley.sections)
    kind = ' class="draft"' if edition.draft else ""
    return (
        f'<!DOCTYPE html><html lang="{escape(edition.language)}" dir="{galley.direction}"{kind}>'
        '<head><meta charset="utf-8">'
        f"<title>{escape(title(galley))}</title>{head}</head>"
        f'<body data-title="{escape(edition.title)}">{body}</body></html>'
    )


def _sheet(galley: Galley, spec: VolumeSpec) -> str:
    """What the ticket says of the page, after the layout's own style sheet."""
    width, height = (f"{round(side, 4)}in" for side in spec.trim)
    sheet = f"\n@page {{ size: {width} {height} }}\n"
    if galley.edition.draft:
        corner = 'content: "DRAFT"; font: 8pt "heads"; letter-spacing: .1em; color: #a00'
        sheet += (
            f"@page {{ @bottom-left-corner {{ {corner} }} @bottom-right-corner {{ {corner} }} }}\n"
        )
    return sheet


def _section(section: Section, matters: dict[str, Matter]) -> str:
    root = tree(section)
    _notes_at_call(root)
    for slot in list(root.iter("a")):
        target = slot.get("href", "")[1:]
        if slot.attrib.pop("data-page", None) is not None and target in matters:
            roman = " roman" if matters[target] is Matter.FRONT else ""
            slot.set("class", f"{slot.get('class', '')} page-number{roman}".strip())
    for image in root.iter("img"):
        if not (image.get("alt") or "").strip():
            caption = image.getnext()
            text = "".join(caption.itertext()) if caption is not None else ""
            image.set("alt", text.strip() or section.title)
    root.set("data-title", section.title)
    root.set("data-level", str(section.level))
    strip_marks(root)
    return str(html.tostring(root, encoding="unicode"))


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
            element.tag = "span"
