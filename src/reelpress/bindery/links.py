"""Link annotations (PDF 32000-1, 12.5.6.5)."""

from __future__ import annotations

from typing import Any

from reelpress.bindery.sides import SCALE
from reelpress.bindery.syntax import dictionary, rectangle, string


class Links:
    """The link annotations of all pages of a section."""

    def __init__(self, pages: int) -> None:
        self.made: list[bytes] = []
        self.by_page: list[list[int]] = [[] for _ in range(pages)]

    def of(self, index: int, page: Any) -> dict[Any, list[int]]:
        """The annotations of a page's boxes; a link's inner boxes need none of their own."""
        found: dict[Any, list[int]] = {}
        for kind, target, (x1, y1, x2, y2), box in page.links:
            if kind not in ("internal", "external") or (box.link is None and _inline(box)):
                continue
            if x1 == x2 or y1 == y2:
                continue  # a slot that shows nothing
            corners = (x1, page.height - y2, x2, page.height - y1)
            told = " ".join("".join(box.element.itertext()).split()) or _shown(box) or target
            entries = {
                "Type": b"/Annot",
                "Subtype": b"/Link",
                "Rect": rectangle(index, *(c * SCALE for c in corners)),
                "Border": b"[0 0 0]",
                "F": b"4",
                "Contents": string(told),
                "StructParent": b"@K%d@" % len(self.made),
            }
            if kind == "internal":
                entries["Dest"] = string(target)
            else:
                entries["A"] = dictionary({"S": b"/URI", "URI": string(target)})
            found.setdefault(box, []).append(len(self.made))
            self.by_page[index].append(len(self.made))
            self.made.append(dictionary(entries))
        return found


def _shown(box: Any) -> str:
    return "".join(b.text for b in box.descendants() if type(b).__name__ == "TextBox")


def _inline(box: Any) -> bool:
    return type(box).__name__ == "InlineBox"
