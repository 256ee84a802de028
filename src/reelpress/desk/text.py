"""One Markdown text becomes well-formed, safe XHTML with notes, figures and places.

raw ── scan ──▶ places          (where things stand)
    ── Python-Markdown ──▶ HTML ── purge, gate ──▶ safe HTML ── dress ──▶ Text
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import Any

import markdown
from lxml import etree, html

from reelpress.desk.images import Pictures
from reelpress.desk.limits import endless
from reelpress.desk.notes import VERBATIM, lift, number, said_twice, unwritten
from reelpress.desk.safety import gate, plain, purge
from reelpress.desk.scan import TEMPLATE, Scan, mask, scan
from reelpress.desk.structure import settle
from reelpress.desk.typography import care
from reelpress.findings import Finding, Place, find
from reelpress.header.encoding import CONTROL
from reelpress.model import Asset, Note, Text

EXTENSIONS = (
    "footnotes", "tables", "fenced_code", "def_list", "abbr", "attr_list", "sane_lists",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", *_HEADINGS, "li", "dt", "dd", "td", "th", "caption", "figcaption"))
_PLACED = frozenset(("p", *_HEADINGS, "li", "dt", "dd", "blockquote", "pre", "table", "div"))
_WORD = re.compile(r"\w+(?:['’\u2019-]\w+)*")
_SHOWN = 40
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));?")
_CODES = 0x110000


@dataclass(slots=True)
class _Work:
    """One text on the desk."""

    path: str
    prefix: str
    language: str
    marks: Scan
    pictures: Pictures
    noticed: list[Finding] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)


@cache
def _converter() -> markdown.Markdown:
    settings: dict[str, dict[str, Any]] = {"footnotes": {"BACKLINK_TEXT": "", "SEPARATOR": ":"}}
    return markdown.Markdown(
        extensions=list(EXTENSIONS), extension_configs=settings, output_format="html"
    )


def edit_text(
    raw: str,
    path: str,
    first_line: int,
    prefix: str,
    language: str,
    pictures: Pictures,
    indent: tuple[int, int] = (0, 0),
) -> tuple[Text, tuple[Finding, ...]]:
    """Edit the Markdown `raw`, which begins on line `first_line` of the file `path`.

    `indent` is how far its first line and its others stand in from the file's margin.
    Every id in the result begins with `prefix`, so that texts set in one book never share one.
    Findings: M001–M004, M006, M007, L001, L002, L005–L008, I001–I005, A001.
    """
    marks = scan(raw, path, first_line, indent)
    work = _Work(path, prefix, language, marks, pictures)
    for match in CONTROL.finditer(raw):
        work.noticed.append(find("M003", marks.place(match.start()), code=ord(match[0])))
    if "{{" in raw or "{%" in raw:
        for match in TEMPLATE.finditer(mask(raw)):
            code = match[0] if len(match[0]) <= _SHOWN else match[0][:_SHOWN] + "…"
            work.noticed.append(find("M004", marks.place(match.start()), code=code))
    work.noticed += said_twice(marks)
    trouble = endless(raw, marks)
    root = None
    if trouble is None:
        try:
            root = _safe(work, raw)
        except RecursionError:
            trouble = find("M006", Place(path, first_line))
    if trouble is not None:
        work.noticed.append(trouble)
    if root is None:  # a draft shows the text as it was typed
        root = _parsed(f"<pre>{escape(CONTROL.sub('', raw))}</pre>")
    text = _dress(work, root)
    return text, tuple(work.noticed)


def _safe(work: _Work, raw: str) -> etree._Element:
    """The text as safe XHTML, still with Python-Markdown's footnotes."""
    converted = _converter().reset().convert(CONTROL.sub("", raw))
    root = _parsed(_without_controls(work, raw, converted))
    purge(root, work.marks, work.noticed, lambda image, place: _picture(work, image, place))
    # nh3 reads HTML and writes HTML; what it let through is parsed once more for XHTML.
    safe = gate(html.tostring(root, encoding="unicode"))
    root = _parsed(safe.removeprefix("<div>").removesuffix("</div>"))
    settle(root)
    return root


def _without_controls(work: _Work, raw: str, converted: str) -> str:
    """The HTML without references (&#1;) to characters that XML forbids (M003)."""
    if "&#" not in converted:
        return converted
    places = {m[0]: work.marks.place(m.start()) for m in reversed([*_REFERENCE.finditer(raw)])}

    def settled(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        if number < _CODES and number and not CONTROL.match(chr(number)):
            return match[0]
        place = places.get(match[0], Place(work.path, work.marks.first_line))
        work.noticed.append(find("M003", place, code=number))
        return ""

    return _REFERENCE.sub(settled, converted)


def _parsed(markup: str) -> etree._Element:
    """HTML as the content of one <div>, however its own are opened and closed."""
    return html.fragment_fromstring(markup, create_parent="div")


# -- pictures


def _picture(work: _Work, image: etree._Element, place: Place) -> None:
    source, alt = image.get("src", ""), (image.get("alt") or "").strip()
    asset, said = work.pictures.get(source, work.path, place)
    work.noticed.extend(said)
    image.set("data-line", f"{place.line}:{place.column}")
    if asset is None:
        # A labelled box stands in for it, and is only ever seen in a draft.
        image.tag = "span"
        image.text = f"Image missing: {source[:120]}"
        image.attrib.clear()
        image.set("class", "missing-image")
        return
    if not alt:
        work.noticed.append(find("A001", place, path=source))
        image.set("data-undescribed", "")
    work.assets[asset.path] = asset
    image.set("src", asset.path)


# -- from safe HTML to the galley's form


def _dress(work: _Work, root: etree._Element) -> Text:
    notes = lift(root)
    calls = number(root, notes)
    work.noticed += unwritten(work.marks, [root, *notes.values()])
    _headings(root)
    _figures(root)
    _places(work, root)
    numbered = []
    for label, body in sorted(notes.items(), key=lambda n: calls.get(n[0], len(notes) + 1)):
        own = calls.get(label, 0)
        if not own:
            place = work.marks.take("note", label) or Place(work.path, work.marks.first_line)
            work.noticed.append(find("L002", place, label=label))
        numbered.append((own, label, body))
    ids = {i for e in (root, *notes.values()) for i in e.xpath(".//*[not(@data-note)]/@id")}
    for element in (root, *notes.values()):
        _anchors(work, element, ids)
        _typeset(work, element)
    bare = [label for own, label, _ in numbered if not own]
    made = tuple(
        Note(
            f"{work.prefix}.n{own}" if own else f"{work.prefix}.u{bare.index(label) + 1}",
            own,
            _inner(body),
        )
        for own, label, body in numbered
    )
    words = len(_WORD.findall(" ".join(root.itertext())))
    assets = tuple(work.assets[k] for k in sorted(work.assets))
    place = Place(work.path, work.marks.first_line)
    return Text(_inner(root), made, assets, words, place)


def _inner(root: etree._Element) -> str:
    """What is in `root`, as XHTML."""
    markup = etree.tostring(root, encoding="unicode", method="xml", with_tail=False)
    return markup[markup.index(">") + 1 : -len(f"</{root.tag}>")] if len(root) or root.text else ""


def _headings(root: etree._Element) -> None:
    """Below the review's own <h1>: the first level in use is h2, and none is left out."""
    found = list(root.iter(*_HEADINGS))
    levels: list[int] = []
    for heading in found:
        level = int(heading.tag[1])
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        heading.tag = f"h{min(len(levels) + 1, 6)}"


def _figures(root: etree._Element) -> None:
    """A picture alone in its paragraph is a figure; its title is the caption."""
    for image in list(root.iter("img")):
        paragraph = image.getparent()
        title = image.attrib.pop("title", "")
        alone = (
            paragraph is not None
            and paragraph.tag == "p"
            and len(paragraph) == 1
            and not (paragraph.text or "").strip()
            and not (image.tail or "").strip()
        )
        if not alone or paragraph is None:
            if title:
                image.set("title", title)
            continue
        paragraph.tag = "figure"
        paragraph.text = image.tail = None
        if title:
            etree.SubElement(paragraph, "figcaption").text = title


def _places(work: _Work, root: etree._Element) -> None:
    for element in root.iter():
        if element.tag in _PLACED:
            line = work.marks.line_of(_beginning(element))
            if line is not None:
                element.set("data-at", f"{line}:1")
        elif (known := element.attrib.pop("data-line", None)) is not None:
            element.set("data-at", known)


def _beginning(element: etree._Element) -> str:
    """The first line of a block as its author typed it, or enough of it to know it by."""
    if element.tag == "table":
        row = next(element.iter("tr"), None)
        return "" if row is None else " ".join(row.itertext())
    prose = ""
    for node in element.iter():
        if node.get("data-note") is None and node.text:
            prose = (prose + node.text).lstrip()
        if node is not element and node.tail:
            prose = (prose + node.tail).lstrip()
        if "\n" in prose or len(prose) > _SHOWN:
            break
    return prose.split("\n", 1)[0]


def _anchors(work: _Work, root: etree._Element, ids: set[str]) -> None:
    """Ids and links of this piece get its prefix; a link's place is kept.

    What reelpress makes is `PREFIX.n1`, what an author names is `PREFIX--name`: none can be both.
    """
    for element in list(root.iter("a")):
        target = element.get("href")
        if element.get("data-note") is not None or target is None:
            continue
        place = work.marks.address(target) or work.marks.address(target.replace("&", "&amp;"))
        place = place or Place(work.path, work.marks.first_line)
        element.set("data-at", f"{place.line}:{place.column}")
        if target.startswith("#") and target[1:] not in ids:
            work.noticed.append(find("L005", place, id=target[1:]))
            plain(element)
        elif target.startswith("#"):
            element.set("href", f"#{work.prefix}--{_xml_id(target[1:])}")
    for element in root.iter():
        own = element.get("id")
        if element.get("data-note") is not None:
            element.set("id", f"{work.prefix}.{own}")
            element.set("href", f"#{work.prefix}.{element.get('href', '')[1:]}")
        elif own is not None:
            made = f"{work.prefix}--{_xml_id(own)}"
            if made in work.ids:
                place = Place(work.path, work.marks.first_line)
                work.noticed.append(find("L008", place, id=own))
                del element.attrib["id"]
                continue
            work.ids.add(made)
            element.set("id", made)


def _xml_id(own: str) -> str:
    """An author's id with only characters that XML's NCName and URLs share."""
    return re.sub(r"[^\w.-]", "-", own)


def _typeset(work: _Work, root: etree._Element) -> None:
    """Quotation marks, dashes and ellipses, block by block, never in code or attributes."""
    blocks = [e for e in root.iter() if e.tag in _BLOCKS] or [root]
    if root.text and root.text.strip():
        blocks.append(root)
    for block in blocks:
        language = next(
            (a.get("lang") for a in (block, *block.iterancestors()) if a.get("lang")), work.language
        )
        slots = list(_slots(block))
        runs = [(e.text if kind == "text" else e.tail) or "" for e, kind in slots]
        for (element, kind), old, new in zip(slots, runs, care(runs, str(language)), strict=True):
            if old != new:
                setattr(element, kind, new)


def _slots(block: etree._Element) -> Any:
    """The text nodes of a block that are prose of this block itself, as (element, text or tail)."""
    if block.text:
        yield block, "text"
    for child in block:
        if (
            child.tag not in VERBATIM
            and child.tag not in _BLOCKS
            and child.get("data-note") is None
        ):
            yield from _slots(child)
        if child.tail:
            yield child, "tail"
