"""Links explained elsewhere in the text, and abbreviations: which of them lead nowhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.inlinepatterns import ReferenceInlineProcessor

from reelpress.desk.text.attributes import attributes
from reelpress.desk.text.scan import Scan, label_of
from reelpress.desk.text.spans import Made
from reelpress.findings import Finding, find


class Addresses(dict[str, tuple[str, str]]):
    """What links are explained as; remembers which were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def __getitem__(self, label: str) -> tuple[str, str]:
        self.used.add(label)
        return super().__getitem__(label)

    def clear(self) -> None:
        """Begin with another text."""
        super().clear()
        self.used.clear()


@dataclass(slots=True)
class Lookups:
    """What one text looked up, and did not find."""

    addresses: Addresses = field(default_factory=Addresses)
    undefined: set[str] = field(default_factory=set)
    abbreviations: dict[str, str] = field(default_factory=dict)
    abbreviated: set[str] = field(default_factory=set)

    def reset(self) -> None:
        """Begin with another text."""
        self.addresses.clear()
        self.undefined.clear()
        self.abbreviated.clear()


class Reference(ReferenceInlineProcessor):
    """`[text][label]` and `[text][]`: a label that is defined nowhere is remembered."""

    def __init__(self, pattern: str, md: Markdown, lookups: Lookups) -> None:
        super().__init__(pattern, md)
        self.lookups = lookups

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """What the label leads to."""
        made, start, end = super().handleMatch(m, data)
        if made is None and end is not None:
            text, at, _ = self.getText(data, m.end())
            label = data[at + 1 : end - 1] or text
            goes_on = data[end : end + 1] == "(" or attributes(data, end)
            if data[at : at + 1] == "[" and not goes_on and not label.startswith("^"):
                self.lookups.undefined.add(label_of(label))
        return made, start, end


class Abbreviations(AbbrTreeprocessor):
    """Python-Markdown's abbreviations; those that end in a full stop are found too."""

    def __init__(self, md: Markdown, lookups: Lookups) -> None:
        super().__init__(md, lookups.abbreviations)
        self.lookups = lookups

    def create_element(self, title: str, text: str, tail: str) -> Element:
        """An <abbr>."""
        self.lookups.abbreviated.add(text)
        return super().create_element(title, text, tail)

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        if self.abbrs:
            longest_first = sorted(self.abbrs, key=len, reverse=True)
            known = "|".join(re.escape(label) for label in longest_first)
            self.RE = re.compile(rf"(?<!\w)(?:{known})(?!\w)")
            self.iter_element(root)


def lost(marks: Scan, lookups: Lookups) -> list[Finding]:
    """Abbreviations and links explained for nothing, and links never explained (M011, L009, L010).

    Told where both the converter and the scan see one: what looks like one in code is none.
    """
    unused = lookups.addresses.keys() - lookups.addresses.used
    unsaid = lookups.abbreviations.keys() - lookups.abbreviated
    noticed = []
    for kind, labels, code in (
        ("defined", unused, "L009"),
        ("full", lookups.undefined, "L010"),
        ("abbreviation", unsaid, "M011"),
    ):
        if labels:
            for name, places in marks.all(kind).items():
                if (name if kind == "abbreviation" else label_of(name)) in labels:
                    noticed += [find(code, place, label=" ".join(name.split())) for place in places]
    return noticed
