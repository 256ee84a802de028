"""The trees that a PDF has once: names, page labels, outline (PDF 32000-1, 7.9.6 and 12)."""

from __future__ import annotations

from collections.abc import Sequence

from reelpress.bindery.numbering import Spot
from reelpress.bindery.objects import File, ref
from reelpress.bindery.syntax import array, dictionary, string


def names(entries: Sequence[tuple[bytes, bytes]]) -> bytes:
    """A name tree's one leaf: sorted as bytes of the strings (PDF 32000-1, 7.9.6)."""
    ordered = sorted(entries, key=lambda e: bytes.fromhex(e[0][1:-1].decode()))
    return dictionary({"Names": array(part for entry in ordered for part in entry)})


def labels(spots: Sequence[Spot]) -> bytes:
    """Page labels: roman numbers for the front matter, arabic ones from the body's first page, an
    empty one for a page without a number."""
    ranges: list[bytes] = []
    for index, spot in enumerate(spots):
        before = spots[index - 1] if index else None
        goes_on = before and (before.roman, before.number + 1) == (spot.roman, spot.number)
        if not spot.number:
            ranges.append(b"%d <<>>" % index)
        elif not goes_on:
            start = b"/St %d" % spot.number if spot.number != 1 else b""
            ranges.append(b"%d <</S/%s%s>>" % (index, b"r" if spot.roman else b"D", start))
    return b"<</Nums[%s]>>" % b" ".join(ranges)


def outline(file: File, marks: Sequence[tuple[int, str, bytes, bool]]) -> int:
    """The outline's root: each bookmark below the last one before it of a lower level."""
    root = file.add()
    places = [file.add() for _ in marks]
    below: dict[int, list[int]] = {}
    above: list[int] = []
    for index, (level, *_) in enumerate(marks):
        while above and marks[above[-1]][0] >= level:
            above.pop()
        below.setdefault(above[-1] if above else -1, []).append(index)
        above.append(index)

    shown: dict[int, int] = {}
    for index in range(len(marks) - 1, -1, -1):
        inner = below.get(index, ())
        shown[index] = sum(1 + (shown[i] if marks[i][3] else 0) for i in inner)
    for parent, inner in below.items():
        for at, index in enumerate(inner):
            _, label, spot, open_ = marks[index]
            entries = {
                "Title": string(label),
                "Parent": ref(places[parent] if parent >= 0 else root),
                "Dest": spot,
            }
            if at:
                entries["Prev"] = ref(places[inner[at - 1]])
            if at + 1 < len(inner):
                entries["Next"] = ref(places[inner[at + 1]])
            if own := below.get(index):
                entries |= {"First": ref(places[own[0]]), "Last": ref(places[own[-1]])}
                entries["Count"] = b"%d" % (shown[index] if open_ else -shown[index])
            file.put(places[index], dictionary(entries))
    top = below[-1]
    count = sum(1 + (shown[i] if marks[i][3] else 0) for i in top)
    entries = {"Type": b"/Outlines", "First": ref(places[top[0]]), "Last": ref(places[top[-1]])}
    file.put(root, dictionary({**entries, "Count": b"%d" % count}))
    return root
