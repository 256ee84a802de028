"""A picture alone in its paragraph is a figure, with its caption and its credit."""

from __future__ import annotations

import json
import re
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import (
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ShortImageReferenceInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor

from reelpress.desk.text.attributes import assign, attributes
from reelpress.desk.text.references import Reference
from reelpress.desk.text.spans import Made

_WORDS = {"figcaption": "title", "span": "credit"}
"""What hangs below an <img> while its Markdown is read -> where it goes if it is no figure."""
_RIGHTS = frozenset(
    "holder holders year years licence license adaptation status reason date by evidence scope "
    "territory until fee credit".split()
)
"""What an attribute list may say of the rights in a picture: words of `header.formats.Rights`."""


class _Worded(LinkInlineProcessor):
    """A picture with its caption and credit below it, whose Markdown is then read as any other."""

    def unescape(self, text: str) -> str:
        """Left for later: a caption may hold notes, code and links."""
        return text

    def plain(self, text: str) -> str:
        """A value as its author typed it."""
        return str(InlineProcessor.unescape(self, text))

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """An <img>; what is no attribute list behind it is prose."""
        image, start, end = super().handleMatch(m, data)
        if not isinstance(image, Element) or end is None:
            return image, start, end
        said, end = attributes(data, end) or ({}, end)
        title, credit = image.attrib.pop("title", ""), said.get("credit", "")
        rights = {key: self.plain(said.pop(key)) for key in sorted(_RIGHTS & said.keys())}
        if rights:  # for the desk, which takes it off again
            image.set("data-rights", json.dumps(rights, ensure_ascii=False))
        assign(image, said)
        for key, value in image.items():
            if key != "data-rights":
                image.set(key, self.plain(value))
        if title.strip():
            SubElement(image, "figcaption").text = title
        if credit.strip():
            SubElement(image, "span", {"class": "credit"}).text = credit
        return image, start, end


class Picture(_Worded, ImageInlineProcessor):
    """`![what it shows](address "caption"){credit="by whom" .class}`."""


class Referred(_Worded, Reference, ImageReferenceInlineProcessor):
    """`![what it shows][label]`, its address and caption explained elsewhere."""


class Short(_Worded, ShortImageReferenceInlineProcessor):
    """`![label]`."""


class Figures(Treeprocessor):
    """Captions and credits find their places once all is read."""

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        if next(root.iter("img"), None) is None:
            return
        for paragraph in list(root.iter("p")):
            if image := _alone(paragraph):
                _figure(paragraph, image)
        for image in root.iter("img"):
            for words in list(image):
                image.set(_WORDS[words.tag], " ".join(_plain(words).split()))
                image.remove(words)


def _alone(paragraph: Element) -> Element | None:
    """The picture that a paragraph holds, by itself or as a link, and nothing else."""
    if len(paragraph) != 1 or (paragraph.text or "").strip() or (paragraph[0].tail or "").strip():
        return None
    inner = paragraph[0]
    if inner.tag == "a" and len(inner) == 1 and not (inner.text or "").strip():
        inner = inner[0] if not (inner[0].tail or "").strip() else inner
    return inner if inner.tag == "img" else None


def _figure(paragraph: Element, image: Element) -> None:
    paragraph.tag = "figure"
    paragraph.text = paragraph[0].tail = None
    for key in ("id", "class"):
        if value := image.attrib.pop(key, None):
            assign(paragraph, {key: value})
    words = list(image)
    for word in words:
        image.remove(word)
    if not words:
        return
    caption = words.pop(0) if words[0].tag == "figcaption" else Element("figcaption")
    paragraph.append(caption)
    for credit in words:
        if len(caption):
            caption[-1].tail = f"{caption[-1].tail or ''} "
        elif caption.text:
            caption.text = f"{caption.text} "
        caption.append(credit)


def _plain(element: Element) -> str:
    """The words of an element, without the numbers of notes."""
    words = [element.text or ""]
    for child in element:
        if child.tag != "sup" or "footnote-ref" not in {e.get("class") for e in child}:
            words.append(_plain(child))
        words.append(child.tail or "")
    return "".join(words)
