"""Within a line: bracketed spans, strokes, notes, sub- and superscript, math as text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.inlinepatterns import (
    BacktickInlineProcessor,
    DelimiterProcessor,
    InlineProcessor,
    LinkInlineProcessor,
)
from markdown.util import AtomicString, code_escape

from reelpress.desk.text.attributes import assign, attributes

Made = tuple[Element | str | None, int | None, int | None]
NONE: Made = (None, None, None)

SPAN = r"\[(?<!!\[)(?!\^)((?:[^\[\]]|\[[^\[\]]*\])*+)\](?=\{)"
SCRIPT = (
    r"~(?<=[^\s~/(]~)(?=[^\s~]*[^\W_])([^\s~\[\]]++)~(?![~\d])"
    r"|\^(?<![\^\[]\^)(?=[^\s^]*[^\W_])([^\s^\[\]]++)\^(?![\^\d])"
)
"""Not ~~struck~~, not ^_^, not a^2+b^2, not ~10-~20, not /~her/~him."""

STRUCK = r"(?<!~)~~(?=[^\s~])((?:[^~]|~(?!~))++)~~(?!~)(?<=[^\s]~~)"
MARKED = r"(?<![=A-Za-z0-9])==(?=[^\s=])((?:[^=]|=(?!=))++)==(?![=A-Za-z0-9])(?<=[^\s]==)"
"""Not a==b==c, which is code of some sort."""
HERE = r"\^\[(?=[^\]\s])"
CALLED = "reelpress-note"
"""What a note that is written where it is called is in the tree, until it has its place."""
BREAK = r"(?:[ ]{2,}|\\)\n"
"""Two spaces at a line's end, as ever, or a backslash, as in CommonMark."""

_OFTEN = 20
_QUOTED = re.compile(r"\$(`+)(?!`)((?:[^$]|\$(?!`))+?)(?<!`)\1\$", re.S)
_DISPLAYED = re.compile(r"\$\$(?!\$)(.+?)\$\$(?!\$)", re.S)
_INLINE = re.compile(r"\$(?=\S)((?:[^$\\`\x02]|\\.)++)\$(?!\d)", re.S)
_FORMULA = re.compile(r"[\\^_=<>+{]")


class Span(InlineProcessor):
    """`[text]{.class lang=fr}`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """A <span>, or <i> for words of another language; what is no attribute list is prose."""
        found = attributes(data, m.end())
        if found is None:
            return NONE
        said, end = found
        element = Element("i" if "lang" in said and "class" not in said else "span")
        assign(element, {key: self.unescape(value) for key, value in said.items()})
        element.text = m[1]
        return element, m.start(), end


class Script(InlineProcessor):
    """`H~2~O` and `20^th^`."""

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """A <sub> or <sup>."""
        del data
        element = Element("sub" if m[1] else "sup")
        element.text = m[1] or m[2]
        return element, m.start(), m.end()


class Emphasis(DelimiterProcessor):
    """Python-Markdown's own, which finds all pairs of a line at once, and at times counts amiss
    where the next one stands (3.11): then a letter would go with a mark."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.amiss = 0
        """How often that happened in the text at hand."""

    def begin(self) -> None:
        """Begin with another text."""
        self.reset()
        self.amiss = 0

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """An element that holds each letter of what it stands for; else what was typed."""
        for _ in range(2):
            made, start, end = super().handleMatch(m, data)
            if made is None or _bare("".join(made.itertext())) == _bare(data[start:end]):
                return made, start, end
            self.reset()
            self.amiss += 1
            if self.amiss > _OFTEN:  # a text made to keep it busy
                return None, m.start(), len(data)
        return None, m.start(), m.end()


def _bare(text: str) -> str:
    return text.replace("*", "").replace("_", "")


class Tag(InlineProcessor):
    """A tag of another generator that nobody knows."""

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """What was typed, untouched."""
        del data
        element = Element("span", {"class": "template"})
        element.text = AtomicString(code_escape(m[0]))
        return element, m.start(), m.end()


class Stroke(InlineProcessor):
    """`~~struck~~` and `==marked==`."""

    def __init__(self, pattern: str, tag: str) -> None:
        super().__init__(pattern)
        self.tag = tag

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """The element that means it."""
        del data
        element = Element(self.tag)
        element.text = m[1]
        return element, m.start(), m.end()


class NoteHere(LinkInlineProcessor):
    """`^[a note]`, written where it is called."""

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """What stands for the note; 10^[3](…)^ is a link set high."""
        text, end, closed = self.getText(data, m.end())
        if not closed or data[end : end + 1] in ("(", "{") or not text.strip():
            return None, m.start(), m.start() + 1
        element = Element(CALLED)
        # One level down it is read once more, so that a note may hold a note.
        SubElement(element, "p").text = text.strip()
        return element, m.start(), end


class CodeAndMath(BacktickInlineProcessor):
    """Code spans, and math between dollars: whichever begins first holds the other as text."""

    def __init__(self) -> None:
        super().__init__(r"(?<!\\)(?:((?:\\{2})+)(?=`+)|`|\$)")

    def handleMatch(self, m: re.Match[str], data: str) -> Made:  # type: ignore[override]  # noqa: N802
        """A <code>, or a <span class="math"> that nothing else touches."""
        at = m.start()
        if data[at] != "$":
            return super().handleMatch(m, data)
        found = _math(data, at)
        if found is None:
            return None, at, at + 1
        math, end = found
        element = Element("span", {"class": "math"})
        element.text = AtomicString(code_escape(math.strip()))
        return element, at, end


def _math(data: str, at: int) -> tuple[str, int] | None:
    """The math that the dollar at `at` begins, and where it ends. Prices are none."""
    if quoted := _QUOTED.match(data, at):
        return quoted[2], quoted.end()
    if displayed := _DISPLAYED.match(data, at):
        return (displayed[1], displayed.end()) if displayed[1].strip() else None
    inline = _INLINE.match(data, at)
    if inline is None or inline[1][-1].isspace() or (at and data[at - 1].isalpha()):
        return None
    math = inline[1]
    letter = len(math) == 1 and math.isalpha()
    return (math, inline.end()) if letter or _FORMULA.search(math) else None
