"""From safe XHTML to the galley's form: headings, figures, labels, places, typographic care."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from reelpress.desk.text.notes import is_verbatim
from reelpress.desk.text.scan import Scan
from reelpress.desk.text.typography import care, neutral

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(("p", *_HEADINGS, "li", "dt", "dd", "td", "th", "caption", "figcaption"))
_PLACED = (
    "p", *_HEADINGS, "li", "dt", "dd", "blockquote", "pre", "table", "caption", "div", "aside",
)  # fmt: skip
_LINES = etree.XPath(".//*[@data-line]")
_Slot = tuple[etree._Element, str, str, str]
_WORD = re.compile(r"\w+")
_LETTERS = bytes(code if chr(code).isalnum() or code == ord("_") else 32 for code in range(256))
"""Latin-1: what is no letter and no digit becomes a space."""
_CALL = re.compile(r"<a [^<>]*data-note=[^<>]*>\d+</a>")
_PHRASE = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|ruby|s|samp|small|span|strong"
    r"|sub|sup|time|u|var|wbr)\b[^<>]*>"
)
_TAG = re.compile(r"<[^<>]*>")
_NAMED = re.compile(r"&\w+;")
_SHOWN = 40


def headings(root: etree._Element) -> None:
    """Below the review's own <h1>: the first level in use is h2, and none is left out."""
    levels: list[int] = []
    for heading in list(root.iter(*_HEADINGS)):
        level = int(heading.tag[1])
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        heading.tag = f"h{min(len(levels) + 1, 6)}"


def figures(root: etree._Element) -> None:
    """A picture of raw HTML alone in its paragraph is a figure; its title is the caption."""
    for image in list(root.iter("img")):
        paragraph = image.getparent()
        alone = (
            paragraph is not None
            and paragraph.tag == "p"
            and len(paragraph) == 1
            and not (paragraph.text or "").strip()
            and not (image.tail or "").strip()
        )
        if alone and paragraph is not None:
            paragraph.tag = "figure"
            paragraph.text = image.tail = None
            if title := image.attrib.pop("title", ""):
                etree.SubElement(paragraph, "figcaption").text = title
    for figure in root.iter("figure"):
        if figure.find("figcaption") is None:
            _captioned(figure)


def _captioned(figure: etree._Element) -> None:
    """What stands behind the picture of a figure, and is no caption yet, is one."""
    holder = figure[0] if len(figure) == 1 and figure[0].tag == "p" else figure
    image = holder[0] if len(holder) else None
    if image is None or image.tag not in ("img", "a") or (holder.text or "").strip():
        return
    words, rest = (image.tail or "").strip(), list(holder)[1:]
    if holder is figure and not words and (not rest or any(e.tag in _BLOCKS for e in rest)):
        return
    figure[:] = [image]
    figure.text = image.tail = None
    if words or rest:
        caption = etree.SubElement(figure, "figcaption")
        caption.text = words + (" " if rest and (image.tail or " ")[-1].isspace() else "")
        caption.extend(rest)


def labels(root: etree._Element) -> None:
    """An epigraph is known to screen readers; a spoiler without a label gets the book's word."""
    for block in root.iter("div"):
        classes = (block.get("class") or "").split()
        if "epigraph" in classes:
            block.set("role", "doc-epigraph")
        elif "spoiler" in classes:
            first = block[0] if len(block) and not (block.text or "").strip() else None
            if first is None or "label" not in (first.get("class") or "").split():
                label = etree.Element("p", {"class": "label", "data-word": "Spoiler"})
                label.text = ""  # so that it is no empty tag
                label.tail, block.text = block.text, None
                block.insert(0, label)


# -- places


def places(root: etree._Element, marks: Scan, *, pictures: bool) -> None:
    """Give each block, and each of the `pictures`, its place in the file (data-at)."""
    for element in root.iter(*_PLACED):
        line = marks.line_of(_beginning(element))
        if line is not None:
            element.set("data-at", f"{line}:1")
    for element in _LINES(root) if pictures else ():
        element.set("data-at", element.attrib.pop("data-line"))


def _beginning(element: etree._Element) -> str:
    """The first line of a block as its author typed it, or enough of it to know it by."""
    if element.tag == "table":
        row = next(element.iter("tr"), None)
        return "" if row is None else " ".join(row.itertext())
    text = element.text
    if text and (start := text.lstrip()) and (len(start) > _SHOWN or "\n" in start):
        return str(start.split("\n", 1)[0])
    prose = ""
    for node in element.iter():
        if node.text and node.get("data-note") is None:
            prose = (prose + node.text).lstrip()
        if node is not element and node.tail:
            prose = (prose + node.tail).lstrip()
        if len(prose) > _SHOWN or "\n" in prose:
            break
    return prose.split("\n", 1)[0]


# -- typographic care


def typeset(root: etree._Element, language: str, *, foreign: bool) -> None:
    """Quotation marks, dashes and ellipses, block by block, never in code or attributes.

    `foreign` says whether another language is named anywhere.
    """
    blocks = list(root.iter(*_BLOCKS)) or [root]
    if root.text and root.text.strip():
        blocks.append(root)
    for block in blocks:
        spoken = language
        if foreign:
            holders = (block, *block.iterancestors())
            spoken = next((e.get("lang") for e in holders if e.get("lang")), language)
        _care(block, spoken, foreign=foreign)


def _care(block: etree._Element, language: str, *, foreign: bool) -> None:
    """Care for one block in its language, and for phrases of another in theirs."""
    slots: list[_Slot] = []
    _prose(block, language, slots)
    if not slots:
        return
    runs = [run for _, _, run, _ in slots]
    for spoken in sorted({slot[3] for slot in slots}) if foreign else (language,):
        own = [run if s == spoken else neutral(run) for _, _, run, s in slots] if foreign else runs
        for (element, kind, old, s), new in zip(slots, care(own, spoken), strict=True):
            if s == spoken and old != new:
                setattr(element, kind, new)


def _prose(element: etree._Element, language: str, slots: list[_Slot]) -> None:
    """The prose of a block itself: as text or tail of which element, in which language."""
    text = element.text
    if text:
        slots.append((element, "text", text, language))
    for child in element:
        if child.tag not in _BLOCKS and not is_verbatim(child) and child.get("data-note") is None:
            _prose(child, child.get("lang") or language, slots)
        tail = child.tail
        if tail:
            slots.append((child, "tail", tail, language))


def words(markup: str) -> list[Any]:
    """The words in XHTML: runs of letters and digits, with their marks and hyphens, as bytes where
    they are of western languages.

    Numbers of notes are none, and half a word in italics is none by itself.
    """
    if "data-note" in markup:
        markup = _CALL.sub("", markup)
    prose = _TAG.sub(" ", _PHRASE.sub("", markup))
    if "&" in prose:
        prose = _NAMED.sub(" ", prose)
    return in_words(prose)


def in_words(prose: str) -> list[Any]:
    """The words of plain text, as above."""
    for joint in "'’-":
        prose = prose.replace(joint, "")
    for gap in "—–…“”‘":
        prose = prose.replace(gap, " ")
    try:  # three times as fast, for western languages
        return prose.encode("latin-1").translate(_LETTERS).split()
    except UnicodeEncodeError:
        return _WORD.findall(prose)
