"""What an import brings, written out for people to read, and its words counted."""

from __future__ import annotations

import json
from pathlib import Path

from lxml import etree

from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import edit_text
from reelpress.findings import Finding
from reelpress.intake.delivery import Arrival, Delivery
from reelpress.model import Text
from reelpress.words import lost, words_of

HERE = Path(__file__).parent


def told(delivery: Delivery) -> str:
    """A delivery: each arrival with its header, text, what was left out; people; findings."""
    lines = [f"kind: {delivery.kind}"]
    for arrival in delivery.arrivals:
        lines += ["", f"-- {arrival.path} (from {arrival.origin})"]
        for key, value in arrival.header.items():
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
        lines += ["", *arrival.text.split("\n"), ""]
        lines += [f"picture: {path} ({len(data)} bytes)" for path, data in arrival.pictures.items()]
        for out in arrival.left_out:
            lines.append(f"left out, line {out.line}: {out.reason}: {' '.join(out.text.split())}")
    for person in delivery.people:
        lines += ["", f"-- {person.key}: {person.name} {person.website}".rstrip()]
        lines += person.bio.split("\n") if person.bio else []
    lines += ["", *(str(f) + (f"\n    {f.hint}" if f.hint else "") for f in delivery.findings)]
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def edited(typed: str, language: str = "en") -> tuple[Text, tuple[Finding, ...]]:
    """A text, edited, as if it were all of the file a.md."""
    return edit_text(typed, "a.md", 1, "r-a", language, Pictures(Folder.at(HERE / "specimen")))


def read(markdown: str) -> str:
    """What a reader sees of a Markdown text once it is edited; neither the numbers of notes nor
    the boxes that stand for pictures."""
    text, _ = edited(markdown)
    notes = "".join(f"<div>{note.body}</div>" for note in text.notes)
    root = etree.fromstring(f"<div>{text.body}{notes}</div>")
    for element in root.iter("a", "span"):
        if element.get("data-note") or element.get("class") == "missing-image":
            element.text = ""
            for inner in list(element):
                element.remove(inner)
    blocks = root.iter("p", "h2", "h3", "h4", "h5", "h6", "li", "td", "th", "br", "dt", "dd", "div",
                       "figcaption", "blockquote", "pre")  # fmt: skip
    for block in blocks:
        block.tail = f"\n{block.tail or ''}"
        if block.tag != "br":
            block.text = f"\n{block.text or ''}"
    return "".join(root.itertext())


def missing(arrival: Arrival) -> dict[str, int]:
    """The words of a source that stand neither in the result nor among what was left out."""
    results = [words_of(read(arrival.text)), *(words_of(out.text) for out in arrival.left_out)]
    return dict(lost(words_of(arrival.body), results))
