"""The regular tree, built while an irregular one is walked through: see `tree`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from reelpress.intake.markup.elements import end_of, full, goes_on, meaning, typed
from reelpress.intake.markup.footnotes import CALL, DROP, NOTE
from reelpress.intake.markup.grids import GRID
from reelpress.intake.markup.tree import BLOCKS, CONTAINERS, DEEP, DROPPED, LATE, LEAVES, LISTS

_HOME = {"figcaption": "figure", "dt": "dl", "summary": "details", "caption": "table"}
"""A leaf -> the only container that it may stand in; elsewhere it is a paragraph."""
_ITEMS = {"li": LISTS, "dd": frozenset({"dl"})}
_RULED = frozenset({"body", "blockquote", "details"})
_LANGUAGE = re.compile(r"(?:language|lang|highlight|brush)[-:]\s*([\w+#.-]+)", re.I)
_SMILEY = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|smiley|emoticon)(?:\s|$)")
_TINY = frozenset({"0", "1", "2", "0px", "1px"})
_HIDDEN = re.compile(r"\s*data:", re.I)


@dataclass(slots=True)
class Builder:
    """One tree in the making."""

    body: Any = field(default_factory=lambda: etree.Element("body"))
    stack: list[tuple[Any, Any]] = field(default_factory=list)
    """Open containers: what opened each in the source, and what it is here."""
    marks: list[tuple[Any, str, dict[str, str]]] = field(default_factory=list)
    """Open emphasis, links …: they go on from one paragraph to the next."""
    notes: list[Any] = field(default_factory=list)
    apart: list[tuple[Any, list[Any], list[Any]]] = field(default_factory=list)
    """What waits while a note is read."""
    leaf: Any = None
    held: Any = None
    """What opened the leaf, where only its end closes it: a heading, a cell."""
    chain: list[Any] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Text that is not in the tree yet."""
    broken: bool = False
    """Whether a line break was the last thing."""
    grid: Any = None

    def build(self, root: Any) -> Any:
        """The regular tree of what lies below `root`."""
        self.stack = [(None, self.body)]
        walk = etree.iterwalk(root, events=("start", "end"))
        passed = None
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            if event == "start":
                if self._start(element):
                    self._text(element.text)
                else:
                    passed = element
                    walk.skip_subtree()
                continue
            if passed is element:
                passed = None
            else:
                self._end(element)
            if element is not root:
                self._text(element.tail)
        self._close()
        while (last := end_of(self.body)) is not None and last.tag == "hr":
            self.body.remove(last)  # it parted the text from its notes, or from what is not here
        for note in self.notes:
            self.body.append(note)
        return self.body

    # -- what begins and ends

    def _start(self, element: Any) -> bool:
        """Take in what begins; whether what is in it is to be looked at."""
        tag = element.tag
        if tag in DROPPED or element.get(DROP):
            return False
        if element.get(CALL):
            etree.SubElement(self._inside(), "notecall", label=element.get(CALL))
            self.broken = False
            return False
        if element.get(NOTE):
            self._begin_note(element)
        if tag in LEAVES or (self.grid is not None and tag in ("td", "th")):
            self._begin_leaf(element)
        elif tag in CONTAINERS or tag == "table" or (self.grid is not None and tag == "tr"):
            self._begin_container(element)
        elif tag in ("br", "hr", "img", "pre"):
            return self._single(element)
        elif tag in BLOCKS:
            self._part()
        elif name := meaning(element):
            self._mark(element, name)
        return True

    def _end(self, element: Any) -> None:
        if self.held is element:
            self.held = None
            self._close()
        elif self.stack[-1][0] is element:
            self._close()
            self._end_container()
        elif self.marks and self.marks[-1][0] is element:
            self._flush()
            self.marks.pop()
            if self.chain:
                self.chain.pop()
        elif element.tag in BLOCKS or element.tag in CONTAINERS or element.tag in LEAVES:
            self._part()
        if self.apart and self.apart[-1][0] is element:
            self._close()
            _, self.stack, self.marks = self.apart.pop()

    def _begin_note(self, element: Any) -> None:
        self.held = None
        self._close()
        note = etree.Element("note", label=element.get(NOTE))
        self.notes.append(note)
        self.apart.append((element, self.stack, self.marks))
        self.stack, self.marks = [(None, note)], []

    def _begin_container(self, element: Any) -> None:
        tag, top = element.tag, self.stack[-1][1]
        if tag == "table" and not element.get(GRID):
            self._part()
            return
        fits = _ITEMS.get(tag)
        if (
            self.held is not None
            or len(self.stack) > DEEP
            or (fits is not None and top.tag not in fits)
            or element.get(NOTE)
        ):
            self._part()
            return
        self._close()
        made = etree.SubElement(self._room(top, tag), tag)
        if tag == "ol" and (element.get("start") or "").isdecimal():
            made.set("start", element.get("start"))
        self.stack.append((element, made))
        if tag == "table":
            self.grid = element

    def _end_container(self) -> None:
        source, made = self.stack.pop()
        if source is self.grid:
            self.grid = None
        last = end_of(made)
        if last is None:
            made.getparent().remove(made)
        elif made.tag == "li" and last.tag in LISTS and last.getprevious() is None:
            for item in list(last):  # an item that is nothing but a list: its items are the list's
                made.addprevious(item)
            made.getparent().remove(made)

    def _begin_leaf(self, element: Any) -> None:
        tag, top = element.tag, self.stack[-1][1]
        if self.held is not None or (self.grid is not None and top.tag not in ("tr", "table")):
            self._part()
            return
        self._close()
        if _HOME.get(tag, top.tag) != top.tag or tag == "legend":
            tag = "p"
        self._open(tag)
        self.held = element

    def _part(self) -> None:
        """The end of a line of text; within a heading or a cell, a break."""
        if self.held is None:
            self._close()
        elif self.leaf is not None and not self.broken and (self.words or full(self.leaf)):
            self._break()

    def _single(self, element: Any) -> bool:
        """What holds no lines of its own."""
        tag = element.tag
        if tag == "br":
            if self.leaf is not None and not self.broken:
                self._break()
            elif self.held is None:
                self._close()
            return True
        if tag == "img":
            self._picture(element)
        elif self.held is not None:
            return bool(tag == "pre")
        elif tag == "hr":
            self._close()
            if self.stack[-1][1].tag in _RULED and not self.apart:
                etree.SubElement(self.stack[-1][1], "hr")
        else:
            self._close()
            top = self.stack[-1][1]
            made = etree.SubElement(self._room(top, "pre"), "pre")
            made.text = typed(element)
            named = _LANGUAGE.search(
                " ".join(e.get("class") or "" for e in (element, *element.iter("code")))
            )
            if named:
                made.set("language", named[1])
            return False
        return True

    def _picture(self, element: Any) -> None:
        if _SMILEY.search(element.get("class") or ""):
            self._text(element.get("alt"))
            return
        if {element.get("width"), element.get("height")} & _TINY:
            return  # it counts readers
        said = {key: element.get(key) or "" for key in ("src", "alt")}
        if not said["src"] or _HIDDEN.match(said["src"]):  # a place holder until it is scrolled to
            said["src"] = next((element.get(key) for key in LATE if element.get(key)), "")
        out_of_place = self.leaf is not None and self.leaf.tag == "figcaption"
        if any(name == "code" for _, name, _ in self.marks) or out_of_place:
            return
        if said["src"]:
            if self.held is None and self.leaf is not None and self._only_pictures():
                self._close()
            etree.SubElement(self._inside(), "img", {k: v for k, v in said.items() if v})
            self.broken = False

    def _only_pictures(self) -> bool:
        """Whether the open paragraph holds a picture and nothing else: the next has its own."""
        if any(word.strip() for word in self.words) or "".join(self.leaf.itertext()).strip():
            return False
        return next(self.leaf.iter("img"), None) is not None

    # -- lines

    def _open(self, tag: str) -> None:
        self.leaf = etree.SubElement(self._room(self.stack[-1][1], tag), tag)
        self.chain, self.broken = [], False
        for _, name, said in self.marks:
            self.chain.append(etree.SubElement(self._innermost(), name, said))

    def _room(self, top: Any, tag: str) -> Any:
        """Where a block may stand: not right in a list, but in an item of it."""
        item = {"ul": "li", "ol": "li", "dl": "dd", "table": "tr"}.get(top.tag)
        if item is None or tag in (item, "dt", "caption"):
            return top
        last = end_of(top)
        if last is not None and last.tag == item:
            return last
        return etree.SubElement(top, item)

    def _innermost(self) -> Any:
        return self.chain[-1] if self.chain else self.leaf

    def _inside(self) -> Any:
        """The element to which the next thing within a line belongs."""
        if self.leaf is None:
            self._open("p")
        self._flush()
        return self._innermost()

    def _break(self) -> None:
        etree.SubElement(self._inside(), "br")
        self.broken = True

    def _mark(self, element: Any, name: str) -> None:
        if any(before in (name, "code") for _, before, _ in self.marks):
            return
        said = {"href": element.get("href").strip()} if name == "a" else {}
        if name == "em":
            own = {"lang": element.get("lang"), "cite": "1" if element.tag == "cite" else None}
            said = {key: value for key, value in own.items() if value}
        if self.leaf is not None:
            inside = self._inside()
            self.chain.append(etree.SubElement(inside, name, said))
        self.marks.append((element, name, said))

    def _text(self, text: str | None) -> None:
        if not text:
            return
        blank = not text.strip()
        if self.leaf is None:
            if blank:
                return
            self._open("p")
        self.words.append(text)
        if not blank:
            self.broken = False

    def _flush(self) -> None:
        if not self.words or self.leaf is None:
            return
        text, home = "".join(self.words), self._innermost()
        self.words = []
        last = end_of(home)
        if last is not None:
            last.tail = (last.tail or "") + text
        else:
            home.text = (home.text or "") + text

    def _close(self) -> None:
        """The end of the open line, unless only the end of a heading or a cell closes it."""
        if self.leaf is None or self.held is not None:
            return
        self._flush()
        leaf, self.leaf, self.chain, self.broken = self.leaf, None, [], False
        for inner in reversed(list(leaf.iter("br"))):
            if goes_on(inner, leaf):
                break
            inner.getparent().remove(inner)
        if not full(leaf) and leaf.tag not in ("td", "th"):
            leaf.getparent().remove(leaf)
