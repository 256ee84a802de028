"""Links and pictures between double brackets, as notebooks of linked pages have them.

    [[The Third Man#Ending|that ending]] ──▶ <a href="review:~the-third-man">that ending</a>

Which pages there are is known once a book is composed: until then the `~` says that a page was
named and no slug.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from reelpress.desk.text.addresses import PICTURE, WIKI, page, page_address
from reelpress.desk.text.spans import NONE, Made

_SIZE = re.compile(r"\d+(?:x\d+)?")
_BLOCK = "^"
"""What the name of a block in a page begins with."""


class Wiki(InlineProcessor):
    """`[[Page]]`, `[[Page#Heading|shown]]`, `![[still.jpg|640]]`."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(WIKI, md)

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """A link, or a picture; another page that was to be shown here is left as typed."""
        del data
        target, shown = m[2].strip(), m[3]
        if m[2].lower() in self.md.references or not target:
            return NONE
        if m[1]:
            return self._picture(m, target, shown or "")
        where = page_address(target)
        element = Element("a", {"href": where}) if where else Element("span")
        heading = target.partition("#")[2].lstrip("#").strip()
        if shown and shown.strip():
            element.text = shown.strip()
        elif heading and not heading.startswith(_BLOCK):
            element.text = AtomicString(f"{page(target)} > {heading}" if where else heading)
        else:
            element.text = AtomicString(page(target) or target)
        return element, m.start(), m.end()

    def _picture(self, m: re.Match[str], target: str, shown: str) -> Made:
        if not PICTURE.search(target):
            return NONE
        said = [part.strip() for part in shown.replace("\\", "").split("|")]
        alt = " ".join(part for part in said if part and not _SIZE.fullmatch(part))
        return Element("img", {"src": target, "alt": alt}), m.start(), m.end()
