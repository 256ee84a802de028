"""What single elements of HTML mean, and what a line of them holds."""

from __future__ import annotations

import re
from typing import Any

from reelpress.intake.markup.tree import INLINE

_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_LIGHT = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.I)
_LEADS = re.compile(r"(?:https?://|review:|/|\.{0,2}/|[\w%][^:]*$)", re.I)


def end_of(element: Any) -> Any:
    """What an element ends with; to count its children would be slow where there are thousands."""
    return next(element.iterchildren(reversed=True), None)


def full(leaf: Any) -> bool:
    """Whether a line holds a word or a picture."""
    things = leaf.iter("img", "notecall")
    return any(text.strip() for text in leaf.itertext()) or next(things, None) is not None


def goes_on(inner: Any, leaf: Any) -> bool:
    """Whether anything follows `inner` in its line."""
    while inner is not leaf:
        if (inner.tail or "").strip():
            return True
        for after in inner.itersiblings():
            if after.tag != "br" and (full(after) or after.tag in ("img", "notecall")):
                return True
            if (after.tail or "").strip():
                return True
        inner = inner.getparent()
    return False


def meaning(element: Any) -> str:
    """What an element within a line means here; empty where it means nothing."""
    tag, style = element.tag, element.get("style") or ""
    name = INLINE.get(tag, "")
    if tag in ("span", "font") and style:
        return "em" if _ITALIC.search(style) else "strong" if _BOLD.search(style) else ""
    if name == "strong" and _LIGHT.search(style):
        return ""
    if name == "a":
        href = (element.get("href") or "").strip()
        return name if _LEADS.match(href) else ""
    return name


def typed(element: Any) -> str:
    """The text of a <pre>, line by line."""
    parts: list[str] = []
    for inner in element.iter():
        if inner.tag == "br":
            parts.append("\n")
        elif isinstance(inner.tag, str):
            parts.append(inner.text or "")
        if inner is not element:
            parts.append(inner.tail or "")
    return "".join(parts)
