"""What word processors and web pages leave in a text that says nothing: taken out, word for word.

<span>, <b></b>, <p>&nbsp;</p>, <br><br>, gaps kept by hand ── tidy ──▶ plain text
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from reelpress.desk.text.languages import family, reads_from_right
from reelpress.desk.text.structure import BLOCKS, take_out

_SAYS_NOTHING = frozenset("span b i em strong u s small sub sup font cite p a".split())
_GAPS = re.compile("(?<![ \t\n\u00a0])[ \t\n\u00a0]{2,}")
_SPACE = " \t\r\n\u00a0"
_APART = re.compile(r"<br[^<>]*>\s*<br", re.I)
_ICONS = {
    "fa-star": "★", "fa-star-o": "☆", "fa-star-half": "½", "fa-star-half-o": "½",
    "fa-star-half-alt": "½", "fa-star-half-stroke": "½", "fa-star-half-full": "½", "fa-heart": "♥",
    "fa-heart-o": "♡",
}  # fmt: skip
"""Ratings as icons that only a web page's fonts show."""
_OUTLINED = frozenset({"far", "fa-regular"})


def tidy(root: etree._Element, language: str, markup: str) -> None:
    """Take out of `root`, in place, what says nothing; `markup` is what it was read from.

    Spans without attributes, or with a language that is the text's or that no letter is of;
    <b></b>; spaces that don't break, in runs; two breaks are two paragraphs. No word is touched.
    """
    if "lang=" in markup or "dir=" in markup:
        _languages(root, language)
    if "fa-" in markup:
        _icons(root)
    if "<span" in markup or "<font" in markup or "></" in markup or "&nbsp;" in markup:
        for element in reversed(list(root.iter(*_SAYS_NOTHING))):
            if element is root:
                continue
            if element.tag == "span" and not element.keys():
                take_out(element, keep=True)
            elif _is_empty(element):
                _drop(element)
    if "\u00a0" in markup or "&nbsp;" in markup or "&#160;" in markup:
        _spaces(root)
    if "<br" in markup and _APART.search(markup):
        for paragraph in list(root.iter("p")):
            _in_two(paragraph)


def _is_empty(element: etree._Element) -> bool:
    """Whether there is nothing in an element, and nothing leads to it."""
    if len(element) and not all(c.tag == "br" and element.tag == "p" for c in element):
        return False
    words = (element.text or "") + "".join(child.tail or "" for child in element)
    if words.strip(_SPACE):
        return False
    said = element.attrib
    if element.tag in ("p", "a"):
        return "id" not in said and said.get("class") != "footnote-backref"
    return not said


def _icons(root: etree._Element) -> None:
    """Stars and hearts of icon fonts become signs."""
    for icon in list(root.iter("i", "span")):
        kinds = (icon.get("class") or "").split()
        sign = next((_ICONS[kind] for kind in kinds if kind in _ICONS), "")
        if len(icon) or (icon.text or "").strip() or not any(k.startswith("fa") for k in kinds):
            continue
        icon.text = {"★": "☆", "♥": "♡"}.get(sign, sign) if _OUTLINED & set(kinds) else sign
        take_out(icon, keep=True)


def _in_two(paragraph: etree._Element) -> None:
    """Breaks that follow each other part paragraphs. Linear in their number."""
    children = list(paragraph)
    ends = [n for n, child in enumerate(children) if _next_break(child) is not None]
    if not ends:
        return
    kept = {key: value for key, value in paragraph.attrib.items() if key != "id"}
    tail, paragraph.tail = paragraph.tail, "\n"
    last, now, in_gap = paragraph, paragraph, False
    apart = {children[n] for n in ends}
    for child in children:
        if child in apart:
            in_gap = True
            paragraph.remove(child)
        elif in_gap:  # the last break of a run: what stands behind it begins a paragraph
            in_gap = False
            now = etree.Element("p", kept)
            now.text = (child.tail or "").lstrip()
            now.tail = "\n"
            paragraph.remove(child)
            last.addnext(now)
            last = now
        elif now is not paragraph:
            now.append(child)
    last.tail = tail


def _next_break(element: etree._Element) -> etree._Element | None:
    """The <br> that follows this one at once."""
    if element.tag != "br":
        return None
    after = element.getnext()
    gap = (element.tail or "").strip(_SPACE)
    return after if after is not None and after.tag == "br" and not gap else None


def _languages(root: etree._Element, language: str) -> None:
    """Languages and directions that are those of what they stand in are said once."""
    for span in list(root.iter("span", "font", "i")):
        own = span.get("lang")
        if own is not None and span.tag != "i":
            around = next((e.get("lang") for e in span.iterancestors() if e.get("lang")), language)
            same = family(own) == family(around)
            if same or not any(c.isalpha() for c in "".join(span.itertext())):
                del span.attrib["lang"]
        turned = span.get("dir")
        if turned in ("ltr", "rtl"):
            around = next((e.get("dir") for e in span.iterancestors() if e.get("dir")), "")
            around = around or ("rtl" if reads_from_right(language) else "ltr")
            if turned == around or not any(c.isalnum() for c in "".join(span.itertext())):
                del span.attrib["dir"]


def _drop(element: etree._Element) -> None:
    """Take out an element that holds at most spaces: in a line, one stays."""
    block = element.tag in BLOCKS
    element.text = " " if element.text and not block else None
    take_out(element, keep=not block)


def _spaces(root: etree._Element) -> None:
    """Runs of spaces that don't break are how an editor kept a gap: one space means the same."""
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.text and "\u00a0" in element.text and not _verbatim(element):
            element.text = _GAPS.sub(_one, element.text)
            if element.tag in BLOCKS:
                element.text = element.text.lstrip(_SPACE)
        tail = element.tail
        if not tail or "\u00a0" not in tail or element is root or element.tag == "br":
            continue  # behind a <br> it is how far a line of verse stands in
        if not _verbatim(element.getparent()):
            element.tail = _GAPS.sub(_one, tail)


def _one(gap: re.Match[str]) -> str:
    return " " if "\u00a0" in gap[0] else gap[0]


def _verbatim(element: etree._Element) -> bool:
    return any(e.tag in ("pre", "code") for e in _and_above(element))


def _and_above(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from element.iterancestors()
