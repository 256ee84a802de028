"""Fenced divs (verse, asides, epigraphs, spoilers), and the source under a quotation.

::: aside Label ── a line apart ──▶ <fence/> in the tree ── closed() ──▶ <aside> with what follows
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from reelpress.desk.text.attributes import assign, attributes
from reelpress.desk.text.lines import DEEPEST, TooDeepError, colons, indent_of
from reelpress.desk.text.scan import Scan
from reelpress.findings import Finding, Place, did_you_mean, find

NAMES = ("verse", "aside", "epigraph", "spoiler")
"""Blocks that have a look of their own."""
_NAME = re.compile(r"([^\W\d_][\w-]*)(?:[ ]+(.*))?$")
_KEPT = re.compile("\x02:::(\\d+)\x03")
APART = "|"
"""The name of a fence that opens nothing and closes nothing: it keeps two blocks apart."""
_CALLOUT = re.compile(r"\[!([^\W\d_][\w-]*)(?:\|[^\]]*)?\][-+]?(?:[ ]+(.*))?$")
QUOTED = re.compile(r"\[!(?:quote|cite)\][-+]?[ ]*$", re.I)
"""A box that says of itself that it is a quotation, and has no title: it is one."""
SOURCE = re.compile(r"(?:—|---?)[ ]+(?=\S)")
"""What the line begins with that names a quotation's source."""
_EMPTY = re.compile(r"\n(?:[ ]*\n)+")
_MARGIN = re.compile(r"\n[ ]+")
_INDENTS = 4


@dataclass(slots=True)
class Fence:
    """A line of colons, and where it stands (the text's lines count from 0)."""

    line: int
    name: str = ""
    """What it opens; a line without a name closes."""
    label: str = ""
    said: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    """Of verse, which are no Markdown blocks."""
    closed: bool = False


@dataclass(slots=True)
class Blocks:
    """What one text's lines of colons say, and which of them were wrong."""

    md: Markdown
    arranged: bool = False
    """Whether the lines of the text were arranged for Python-Markdown."""
    kept: list[tuple[Fence, str]] = field(default_factory=list)
    unclosed: list[Fence] = field(default_factory=list)
    unknown: list[Fence] = field(default_factory=list)
    stray: list[Fence] = field(default_factory=list)

    def reset(self) -> None:
        """Begin with another text."""
        for noticed in (self.kept, self.unclosed, self.unknown, self.stray):
            noticed.clear()

    def line(self, text: str, number: int) -> Fence | None:
        """What a line of colons says; None where it is prose."""
        name = colons(text)
        if not name:
            return None if name is None else Fence(number)
        if (said := attributes(name)) and said[1] == len(name):
            return _classed(number, said[0])
        named = _NAME.match(name)
        if named is None:
            return None
        label, said = named[2] or "", None
        if label.endswith("}") and (said := attributes(label, label.rfind("{"))):
            label = label[: label.rfind("{")].rstrip()
        name = named[1].lower() if named[1].lower() in NAMES else named[1]
        return Fence(number, name, label, said[0] if said else {})

    def keep(self, fence: Fence, lines: list[str]) -> str:
        """What stands for a fence in the text until its block is met; `lines` as typed."""
        self.kept.append((fence, "\n".join(lines)))
        return f"\x02:::{len(self.kept) - 1}\x03"

    def math(self, text: str) -> str:
        """What stands for displayed math in the text."""
        return self.md.htmlStash.store(
            f'<span class="math">{escape(text.strip(), quote=False)}</span>'
        )


def _classed(number: int, said: dict[str, str]) -> Fence:
    """A block whose attributes alone are given; its first class can be one of our names."""
    classes = said.get("class", "").split()
    if classes and classes[0] in NAMES:
        rest = {**said, "class": " ".join(classes[1:])}
        return Fence(number, classes[0], said={k: v for k, v in rest.items() if v})
    return Fence(number, "div", said=said)


def callout(line: str, number: int) -> Fence | None:
    """What the first line of a quotation opens that is a box: `[!note] Title`, as in Obsidian."""
    match = _CALLOUT.match(line)
    if match is None:
        return None
    kind = match[1].lower()
    name, said = ("spoiler", {}) if kind == "spoiler" else ("aside", {"class": kind})
    label = (match[2] or "").strip() or (kind.replace("-", " ").capitalize() if said else "")
    return Fence(number, name, label, said)


class FenceProcessor(BlockProcessor):
    """Puts each line of colons into the tree, and verse as a whole."""

    def __init__(self, parser: BlockParser, blocks: Blocks) -> None:
        super().__init__(parser)
        self.blocks = blocks

    def test(self, parent: Element, block: str) -> bool:
        """Whether this block is a line of colons, kept."""
        del parent
        return block.startswith("\x02:::") and _KEPT.fullmatch(block.rstrip("\n")) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Take it from the blocks, and put it at the end of `parent`."""
        kept = _KEPT.match(blocks.pop(0))
        number = int(kept[1]) if kept else 0
        fence = self.blocks.kept[number][0]
        if fence.name == "verse":
            parent.append(_verse(fence))
            if not fence.closed:
                self.blocks.unclosed.append(fence)
        else:
            SubElement(parent, "fence", {"n": str(number)})


class Heading(HashHeaderProcessor):
    """`# Heading` and, as old Markdown had it, `##Heading`; a line that begins with a #hashtag
    is prose."""

    RE = re.compile(r"(?:^|\n)(?P<level>#(?=\s|$)|#{2,6})(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class Enclose(Treeprocessor):
    """What stands between two lines of colons becomes a block."""

    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        if self.blocks.kept:
            for parent in [e for e in root.iter() if any(c.tag == "fence" for c in e)]:
                self.enclose(parent)

    def enclose(self, parent: Element) -> None:
        """Move the children of `parent` into the blocks they belong to."""
        children = list(parent)
        del parent[:]
        open_now: list[tuple[Element, Fence | None]] = [(parent, None)]
        for child in children:
            if child.tag != "fence":
                open_now[-1][0].append(child)
                continue
            fence = self.blocks.kept[int(child.get("n", "0"))][0]
            if fence.name == APART:
                pass
            elif fence.name:
                open_now.append((self.opened(open_now[-1][0], fence), fence))
            elif len(open_now) > 1:
                open_now.pop()
            else:
                self.blocks.stray.append(fence)
            if len(open_now) > DEEPEST:
                raise TooDeepError(next(f.line for _, f in open_now if f))
            _tail(open_now[-1][0], child.tail)
        self.blocks.unclosed += [fence for _, fence in open_now if fence]

    def opened(self, parent: Element, fence: Fence) -> Element:
        """The element that a line of colons opens, in `parent`."""
        element = SubElement(parent, "aside" if fence.name == "aside" else "div")
        if fence.name != "div" or not fence.said:
            element.set("class", fence.name)
            if fence.name not in NAMES:
                self.blocks.unknown.append(fence)
        assign(element, fence.said)
        if fence.label:
            SubElement(element, "p", {"class": "label"}).text = fence.label
        return element


def _tail(element: Element, tail: str | None) -> None:
    """Text that stood behind a line of colons stays in its place."""
    if tail and tail.strip():
        if len(element):
            element[-1].tail = (element[-1].tail or "") + tail
        else:
            element.text = (element.text or "") + tail


def _verse(fence: Fence) -> Element:
    """Lines of verse, stanza by stanza."""
    element = Element("div", {"class": "verse"})
    assign(element, fence.said)
    if fence.label:
        SubElement(element, "p", {"class": "label"}).text = fence.label
    typed = _EMPTY.split("\n".join(fence.lines).strip("\n"))
    stanzas = [part.split("\n") for part in typed if part.strip()]
    source = _named(stanzas)
    for lines in stanzas:
        stanza = SubElement(element, "p")
        for line in lines:
            if len(stanza):
                SubElement(stanza, "br")
            steps = min(indent_of(line) // 2, _INDENTS)
            kind = f"line i{steps}" if steps else "line"
            SubElement(stanza, "span", {"class": kind}).text = line.strip()
    if source:
        SubElement(element, "p", {"class": "source"}).text = source
    return element


class Margins(Treeprocessor):
    """An item's lines begin where their words do: how far they stood in is no part of them."""

    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        if self.blocks.arranged:
            for item in root.iter("li"):
                for element in (item, *item.findall("p")):
                    if element.text and "\n " in element.text:
                        element.text = _MARGIN.sub("\n", element.text)


class Sources(Treeprocessor):
    """The last line under a quotation or an epigraph names its source, if a dash leads it."""

    def run(self, root: Element) -> None:
        """Change the tree, in place."""
        for block in root.iter("blockquote"):
            _source(block)
        for block in root.iter("div"):
            if "epigraph" in (block.get("class") or "").split():
                _source(block)


def _source(block: Element) -> None:
    last = block[-1] if len(block) else block
    if last.tag != "p" or len(last) or not last.text:
        return
    paragraphs = [c.text.strip("\n").split("\n") if c.tag == "p" and c.text else [] for c in block]
    source = _named(paragraphs)
    if source and len(paragraphs) == len(block):
        last.text = "\n".join(paragraphs[-1])
        last = SubElement(block, "p")
    if source:
        last.set("class", "source")
        last.text = source


def _named(paragraphs: list[list[str]]) -> str:
    """The source that the last paragraph names, or its last line, taken out of `paragraphs`.

    Dashes before other lines are those of people talking.
    """
    if not paragraphs:
        return ""
    lines = paragraphs[-1]
    dashes = [SOURCE.match(line.lstrip()) for line in lines]
    before = paragraphs[-2] if len(paragraphs) > 1 else None
    if sum(dash is not None for dash in dashes) != 1 or (
        before and any(SOURCE.match(line.lstrip()) for line in before)
    ):
        return ""
    if dashes[0] and before is not None:
        source = "\n".join(paragraphs.pop())
        return "— " + source.lstrip()[dashes[0].end() :]
    if dashes[-1] and len(lines) > 1:
        return "— " + lines.pop().lstrip()[dashes[-1].end() :]
    return ""


class Restore(Postprocessor):
    """Lines of colons in raw HTML are what their author typed: nobody made blocks of them."""

    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, text: str) -> str:
        """The HTML with whatever was kept and never met."""
        if not self.blocks.kept:
            return text
        return _KEPT.sub(lambda kept: escape(self.blocks.kept[int(kept[1])][1]), text)


def misplaced(blocks: Blocks, raw: str, marks: Scan) -> list[Finding]:
    """Blocks never closed, of no known name, and closed without being open (M008, M009, M010)."""
    if not blocks.kept:
        return []
    lines = raw.split("\n")

    def place(fence: Fence, what: str) -> Place:
        return marks.place(marks.starts[fence.line] + max(0, lines[fence.line].find(what)))

    return [
        *(find("M008", place(fence, ":::")) for fence in blocks.unclosed),
        *(
            find("M009", place(f, f.name), name=f.name, hint=did_you_mean(f.name.lower(), NAMES))
            for f in blocks.unknown
        ),
        *(find("M010", place(fence, ":::")) for fence in blocks.stray),
    ]
