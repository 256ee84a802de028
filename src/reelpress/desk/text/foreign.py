"""What other programs' texts say in lines of their own, put so that the converter takes it.

    raw, line for line ── readied ──▶ text for the converter, as many lines, and what was left out

Comments of notebooks, places for tables of contents, imports of scripts and marks for excerpts are
no part of a review; HTML that was left open is closed where CommonMark ends it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from reelpress.desk.text import lines as shapes
from reelpress.desk.text.account import Gone
from reelpress.desk.text.addresses import PICTURE, WIKI
from reelpress.desk.text.attributes import attributes
from reelpress.desk.text.cuts import Cut, applied
from reelpress.desk.text.scan import Scan, without_code
from reelpress.desk.text.unclosed import begun, closed
from reelpress.findings import Finding, find, in_short

_REMARKS = re.compile(
    r"(?:(?<=\s)|(?<![^\n]))%%(?:(?=[^\s%])[^%\n]*(?:%(?!%)[^%\n]*)*[^\s%]%%(?=[\s.,;:!?)]|\Z)"
    r"|[ \t]+[^%\n]*(?:%(?!%)[^%\n]*)*%%(?=[ \t]*(?:\n|\Z)))"
    r"|(?<![^\n])%%[ \t]*\n(?:(?!%%)[^\n]*\n)*?%%[ \t]*(?=\n|\Z)"
    r"|\{::comment\}.*?\{:/(?:comment)?\}|\{::options\b[^}]*\}|\{:{1,2}/?nomarkdown[^}]*\}",
    re.S,
)
"""Obsidian's %%comments%% (not a %% b %% c, which computes), and kramdown's."""
_EXCERPT = re.compile(
    r"<!--\s*(?:more(?:\s[^>]*)?|end|excerpt|end[ _-]?excerpt|read[ _-]?more|truncate|summary"
    r"|preview|break|nextpage|noteaser)\s*-->",
    re.I,
)
_OFFICE = re.compile(r"<!\[(?:if\b[^\]\n]*|endif)\]>", re.I)
"""What Microsoft Word asks of itself."""
_CONTENTS = re.compile(
    r"[ ]{0,3}(?:\[TOC\]|\[\[_?TOC_?\]\]|@\[TOC\]|\$\{TOC\}|\{:+\s*TOC\b[^}]*\})[ \t]*$", re.I
)
_CONTENTS_OF_A_LIST = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)])[ ]+\S.*$")
_KRAMDOWN = re.compile(r"[ ]*\{:+\s*toc\b[^}]*\}[ \t]*$", re.I)
_IMPORT = re.compile(r"import\s+(?:[\w{}*,\s$]+\s+from\s+)?(?:'[^']+'|\"[^\"]+\")\s*;?\s*$")
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w${},\s]+=|default\s+(?:function|class|\(|\{|\w+;?\s*$)"
    r"|\{|\*\s+from\b)"
)
_LIST = re.compile(r"[ ]{0,3}\{:[^{}\n]*\}[ \t]*$")
"""An attribute list on a line of its own, as kramdown has them."""
_OF_HTML = re.compile(r"[ ]{0,3}<(?!/)[a-zA-Z][\w-]*(?=[\s>])")
_OF_A_TAG = re.compile(r"</[a-zA-Z][\w-]*>(\{:[^{}\n]*\})")
_NO_PROSE = re.compile(r"[ ]{0,3}(?:[>|]|```|~~~|:::|[-*_]{3,}[ ]*$|</)")
_HASHTAG = re.compile(r"#(?=[^\W\d])\S[^\n]*$")
_WIKI = re.compile(WIKI)
_TAG = re.compile(r"<(?!https?:|mailto:)(?=[A-Za-z/!?])")

_LITERAL = {"<": _TAG, "[": re.compile(r"\[(?!\^)")}
"""A sign -> where it is more than a sign."""
_NAMELESS = re.compile(r"^[ ]{0,3}(\[)\]:", re.M)


def readied(
    raw: str, masked: str, marks: Scan, gone: list[Gone], *, literal: str = ""
) -> tuple[str, list[Finding]]:
    """The text as the converter takes it, and what was noticed (M013–M015).

    It has as many lines as `raw`. `masked` is the text without code and comments; `gone` is told
    what was left out. The signs in `literal` are printed as they are typed.
    """
    text = raw
    found = []
    if "%%" in masked or "{::" in masked or "nomarkdown" in masked:
        found = list(_REMARKS.finditer(masked))
    text, masked = _cut(text, masked, ((*m.span(), "\n" * m[0].count("\n")) for m in found))
    noticed = [_left_out(marks, m.start(), "A comment", raw[slice(*m.span())], gone) for m in found]
    for pattern in (_LITERAL[sign] for sign in literal):
        text, masked = _typed(text, masked, [m.start() for m in pattern.finditer(masked)])
    if "<" in masked:
        text, masked = _typed(text, masked, begun(masked))
    if "<![" in masked:
        text, masked = _cut(text, masked, ((*m.span(), "") for m in _OFFICE.finditer(masked)))
    if "<!--" in text and _EXCERPT.search(text):
        text, masked = _cut(text, masked, _excerpts(text))
    if "[]:" in masked:  # to the converter an address under no name, which is gone
        text, masked = _typed(text, masked, [m.start(1) for m in _NAMELESS.finditer(masked)])
    if "![[" in masked:
        noticed += _embedded(masked, marks, moved=bool(found))
    signs = _glance(text)
    if not signs:
        return text, noticed
    lines_of, bare = text.split("\n"), masked.split("\n")
    if ":" in signs:
        noticed += _attributes_apart(lines_of, bare, marks, gone)
    noticed += _lines(lines_of, bare, marks, gone)
    if "<" in signs:
        closed(lines_of, bare)
    return "\n".join(lines_of), noticed


def _typed(text: str, masked: str, places: list[int]) -> tuple[str, str]:
    """Both texts, the signs at these places as signs and no more."""
    cuts = [(at, at + 1, "&lt;" if text[at] == "<" else f"\\{text[at]}") for at in places]
    return _cut(text, masked, cuts)


def _glance(text: str) -> str:
    """The signs for which lines are looked at one by one."""
    signs = ""
    if text.startswith("<") or "\n<" in text or "\n <" in text:
        signs += "<"
    if text.startswith("#") or "\n#" in text:
        signs += "#"
    if "{:" in text:
        signs += ":"
    low = text.startswith(("import ", "export ")) or "\nimport " in text or "\nexport " in text
    if low or "toc" in text or "TOC" in text:
        signs += "i"
    return signs


def _left_out(marks: Scan, offset: int, what: str, text: str, gone: list[Gone]) -> Finding:
    place = marks.place(offset)
    gone.append(Gone(text, what[:1].lower() + what[1:], place.line))
    return find("M014", place, what=what, text=in_short(text))


def _cut(text: str, masked: str, cuts: Iterable[Cut]) -> tuple[str, str]:
    made = list(cuts)
    return applied(text, made), applied(masked, made)


def _excerpts(text: str) -> Iterator[Cut]:
    """Marks for excerpts leave no gap in a paragraph, and join no words."""
    for match in _EXCERPT.finditer(without_code(text)):
        start, end = match.span()
        above = text.rfind("\n", 0, start) + 1
        below = text.find("\n", end)
        below = len(text) if below < 0 else below
        own = not text[above:start].strip() and not text[end:below].strip()
        if own and _continues(text, above, below):
            yield above, below + 1, ""
        else:
            around = text[start - 1 : start] if start else "", text[end : end + 1]
            yield start, end, " " if all(c and not c.isspace() for c in around) else ""


def _continues(text: str, start: int, end: int) -> bool:
    """Whether lines of one paragraph stand right before and right after."""
    above = text[text.rfind("\n", 0, start - 1) + 1 : start - 1] if start else ""
    last = text.find("\n", end + 1)
    below = text[end + 1 : last if last >= 0 else None]
    return bool(above.strip()) and bool(below.strip()) and not shapes.begins(below)


def _embedded(masked: str, marks: Scan, *, moved: bool) -> list[Finding]:
    """Other pages that were to be shown here."""
    places = marks.all("link") if moved else {}
    noticed = []
    for match in _WIKI.finditer(masked):
        target = match[2].strip()
        if match[1] and not PICTURE.search(target):
            place = places[target][0] if target in places else marks.place(match.start())
            noticed.append(find("M013", place, page=target))
    return noticed


def _lines(lines: list[str], bare: list[str], marks: Scan, gone: list[Gone]) -> list[Finding]:
    """Leave out, in place, lines that are no part of a text."""
    noticed = []
    number, count = 0, len(lines)
    while number < count:
        first = bare[number][:1]
        if not first or (first.isalpha() and first not in "ie"):
            number += 1
            continue
        alone = number == 0 or not bare[number - 1].strip()
        end, what = _no_text(bare, number, alone=alone)
        if what:
            text = " ".join(lines[number:end])
            noticed.append(_left_out(marks, marks.starts[number], what, text, gone))
            lines[number:end] = bare[number:end] = [""] * (end - number)
        elif first == "#" and alone and _is_hashtag(bare, number):
            text = in_short(bare[number])
            noticed.append(find("M015", marks.place(marks.starts[number]), text=text))
        number = end
    return noticed


def _attributes_apart(
    lines: list[str], bare: list[str], marks: Scan, gone: list[Gone]
) -> list[Finding]:
    """Lines of attributes go, in place, to the heading, the tag or the paragraph beside them.

    Those under a paragraph or an item are Python-Markdown's; others have nothing to stand at.
    """
    noticed = []
    for number, line in enumerate(bare):
        if ">{:" in line:
            _without_lists(lines, bare, number, marks, gone)
        if "{:" not in line or not _LIST.match(line) or _KRAMDOWN.match(line):
            continue
        above = bare[number - 1] if number else ""
        below = bare[number + 1] if number + 1 < len(bare) else ""
        said = lines[number].strip()
        if (at := _titled(bare, number)) is not None:
            lines[at] = f"{lines[at].rstrip().rstrip('#').rstrip()} {said}"
        elif _OF_HTML.match(above):
            lines[number - 1] = _with(lines[number - 1], said)
        elif above.strip() and not _NO_PROSE.match(above):
            continue
        elif not above.strip() and below.strip() and not shapes.begins(below):
            end = number + 1
            while end < len(bare) and bare[end].strip():
                end += 1
            for each in (lines, bare):
                each[number:end] = [*each[number + 1 : end], said]
            continue
        else:
            start = marks.starts[number]
            noticed.append(_left_out(marks, start, "A list of attributes", said, gone))
        lines[number] = bare[number] = ""
    return noticed


def _with(tag: str, said: str) -> str:
    """A line of HTML, with attributes at the tag that it begins with."""
    match = _OF_HTML.match(tag)
    listed = attributes(said)
    if match is None or listed is None or " class=" in tag or " id=" in tag:
        return tag
    pairs = "".join(f' {key}="{escape(value)}"' for key, value in listed[0].items())
    return f"{tag[: match.end()]}{pairs}{tag[match.end() :]}"


def _without_lists(
    lines: list[str], bare: list[str], number: int, marks: Scan, gone: list[Gone]
) -> None:
    """Attributes right behind a closing tag have no place in HTML."""
    for match in reversed(list(_OF_A_TAG.finditer(bare[number]))):
        start, end = match.span(1)
        gone.append(Gone(match[1], "a list of attributes", number + marks.first_line))
        for each in (lines, bare):
            each[number] = f"{each[number][:start]}{each[number][end:]}"


def _titled(bare: list[str], number: int) -> int | None:
    """The line of the heading that is right above or below."""
    for at in (number - 1, number + 1):
        if 0 <= at < len(bare) and shapes.HEADING.match(bare[at]):
            return at
    return None


def _no_text(bare: list[str], at: int, *, alone: bool) -> tuple[int, str]:
    """Where what begins on line `at` ends, and what it is if it is no part of a text."""
    line = bare[at]
    below = bare[at + 1] if at + 1 < len(bare) else ""
    if _KRAMDOWN.match(line) or (alone and not below.strip() and _CONTENTS.match(line)):
        return at + 1, "A table of contents"
    if _KRAMDOWN.match(below) and _CONTENTS_OF_A_LIST.match(line):
        return at + 2, "A table of contents"
    if alone and (_IMPORT.match(line) or _EXPORT.match(line)):
        end = at + 1
        while end < len(bare) and bare[end].strip():
            end += 1
        return end, "Code of a page"
    return at + 1, ""


def _is_hashtag(bare: list[str], at: int) -> bool:
    """Whether a line alone could have been meant as a heading: #Heading, not #film #noir."""
    below = bare[at + 1] if at + 1 < len(bare) else ""
    words = bare[at].split()
    return (
        not below.strip()
        and _HASHTAG.match(bare[at]) is not None
        and (len(words) == 1 or not all(word.startswith("#") for word in words))
    )
