"""Within a line: bracketed spans, sub- and superscript, math as text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import BacktickInlineProcessor, InlineProcessor
from markdown.util import AtomicString, code_escape

from reelpress.desk.text.attributes import assign, attributes

Made = tuple[Element | str | None, int | None, int | None]
_NONE: Made = (None, None, None)

SPAN = r"\[(?<!!\[)(?!\^)((?:[^\[\]]|\[[^\[\]]*\])*+)\](?=\{)"
SCRIPT = (
    r"~(?<=[^\s~/(]~)(?=[^\s~]*[^\W_])([^\s~\[\]]++)~(?![~\d])"
    r"|\^(?<![\^\[]\^)(?=[^\s^]*[^\W_])([^\s^\[\]]++)\^(?![\^\d])"
)
"""Not ~~struck~~, not ^_^, not a^2+b^2, not ~10-~20, not /~her/~him."""

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
            return _NONE
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
