"""Tags of other generators that carry prose, spelled out before a text is read.

    {% include movie name='Get Out|2017' %} ── table ──▶ *Get Out*

Nothing is evaluated: a table says what stands for a tag, and a variable is looked up in the file's
own header. What no table knows stays as it is typed. The number of lines never changes, so that
every later place holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from reelpress.desk.text.codes import CODES, INNER, VERBATIM, Code, Said, filled
from reelpress.desk.text.cuts import Cut, applied
from reelpress.desk.text.scan import mask
from reelpress.findings import Finding, Place, find, in_short

_TAG = re.compile(
    r"\{\{[<%]\s*(?P<hugo_end>/?)\s*(?P<hugo>\w[\w./-]*)(?P<hugo_said>[^{}]{0,900}?)[>%]\}\}"
    r"|\{%-?\s*(?P<end>end)?(?P<name>\w+)(?P<said>(?:[^{}%]|%(?!\})){0,900}?)-?%\}"
    r"|\{\{/\*(?P<remark>[^{}]{0,900}?)\*/\}\}"
    r"|\{\{-?(?P<variable>[^{}<%\n]{1,300}?)-?\}\}"
    r"|\[(?P<press_end>/?)(?P<press>[A-Za-z][\w-]*)(?P<press_said>(?:\s[^\[\]]{0,900}?)?)/?\]"
    r"(?![(\[:])"
)
_ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w.:-]+)\s*=\s*)?(?:"(?P<double>(?:\\.|[^"\\])*)"
    |'(?P<single>(?:\\.|[^'\\])*)'|`(?P<back>[^`]*)`|“(?P<curly>[^”]*)”|(?P<bare>[^\s"'`=,]+))""",
    re.X | re.S,
)
_ESCAPE = re.compile(r"""\\(["'\\])""")
_PATH = re.compile(r"\.?[A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*|\[['\"][\w -]+['\"]\])*")
_STEP = re.compile(r"[\w-]+")
_LITERAL = re.compile(r"""(?:"([^"]*)"|'([^']*)')\s*(?:\||$)""")
_CODE = frozenset({"highlight", "code-block"})
_ABOVE = frozenset("page post frontmatter params this entry data meta".split())
"""What other generators call the header of the file at hand."""
_SITE = frozenset("site.baseurl site.url baseurl base_url site.base_url".split())
"""What leads to a site's own root: nothing, in an address that begins there."""


class _Tag(NamedTuple):
    start: int
    end: int
    said: Said
    closes: bool = False
    variable: str = ""
    remark: bool = False


def spelled_out(
    raw: str,
    table: Mapping[str, str],
    facts: Mapping[str, object],
    path: str = "",
    line: int = 1,
) -> tuple[str, tuple[Finding, ...]]:
    """The text with the tags spelled out that `table`, or our own, knows; as many lines as before.

    `facts` are what the file's header says; `path` and `line` are where the text begins.
    Finding: M014, of a comment that was left out. Code is left alone.
    """
    if "{{" not in raw and "{%" not in raw and not _pressed(raw, table):
        return raw, ()
    known: dict[str, Code] = {**CODES, **{key.lower(): value for key, value in table.items()}}
    tags = [*_tags(raw, known)]
    work = _Work(raw, known, facts, tags)
    at = 0
    while at < len(tags):
        at = work.tag(at)
    noticed = []
    counted = 0
    for start, end in work.remarks:
        line += raw.count("\n", counted, start)
        counted = start
        place = Place(path, line, start - raw.rfind("\n", 0, start))
        noticed.append(find("M014", place, what="A comment", text=in_short(raw[start:end])))
    return applied(raw, work.cuts), tuple(noticed)


def _pressed(raw: str, table: Mapping[str, str]) -> bool:
    """Whether a tag in brackets is there at all."""
    names = [name for name in (*CODES, *table) if name.startswith("[")]
    low = raw if raw.islower() else raw.lower() if "[" in raw else ""
    return any(name[:-1].lower() in low for name in names)


def _tags(raw: str, known: Mapping[str, Code]) -> Iterator[_Tag]:
    for match in _TAG.finditer(mask(raw)):
        # What it says is read from the text itself: a value may look like code.
        if name := match["hugo"]:
            said = _said(name, raw[slice(*match.span("hugo_said"))])
            yield _Tag(*match.span(), said, bool(match["hugo_end"]))
        elif name := match["name"]:
            said = _said(name, raw[slice(*match.span("said"))])
            yield _Tag(*match.span(), said, bool(match["end"]))
        elif match["remark"] is not None:
            yield _Tag(*match.span(), Said(""), remark=True)
        elif match["variable"]:
            yield _Tag(*match.span(), Said(""), variable=match["variable"].strip())
        elif (name := f"[{match['press'].lower()}]") in known:
            said = _said(name, raw[slice(*match.span("press_said"))])
            yield _Tag(*match.span(), said, bool(match["press_end"]))


def _said(name: str, text: str) -> Said:
    words: list[str] = []
    named: dict[str, str] = {}
    for match in _ARGUMENT.finditer(text):
        quoted = match["double"] if match["double"] is not None else match["single"]
        value = _ESCAPE.sub(r"\1", quoted) if quoted is not None else ""
        value = value or match["back"] or match["curly"] or match["bare"] or ""
        value = " ".join(value.split())
        if match["key"]:
            named[match["key"].lower()] = value
        elif value != "/":
            words.append(value)
    return Said(name.lower(), tuple(words), named)


class _Work:
    """One text, and what is to be written where in it."""

    def __init__(
        self, raw: str, known: Mapping[str, Code], facts: Mapping[str, object], tags: list[_Tag]
    ) -> None:
        self.raw, self.known, self.facts, self.tags = raw, known, facts, tags
        self.cuts: list[Cut] = []
        self.remarks: list[tuple[int, int]] = []
        self.closing = _pairs(tags)

    def tag(self, at: int) -> int:
        """Settle the tag number `at`; gives the number of the next."""
        tag = self.tags[at]
        if tag.remark:
            self.remarks.append((tag.start, tag.end))
            self.write(tag.start, tag.end, "")
        elif tag.variable:
            value = self.value(tag.variable)
            if value is not None:
                self.write(tag.start, tag.end, value)
        elif not tag.closes:
            closing = self.closing.get(at)
            if tag.said.name in VERBATIM and closing is not None:
                self.verbatim(tag, self.tags[closing])
                return closing + 1
            self.known_tag(tag, None if closing is None else self.tags[closing])
        return at + 1

    def verbatim(self, tag: _Tag, closing: _Tag) -> None:
        """Code, and what is no part of the text."""
        if tag.said.name == "comment":
            self.remarks.append((tag.start, closing.end))
            self.write(tag.start, closing.end, "")
        elif tag.said.name in ("raw", "verbatim"):
            self.write(tag.start, tag.end, "")
            self.write(closing.start, closing.end, "")
        else:
            self.known_tag(tag, closing)

    def known_tag(self, tag: _Tag, closing: _Tag | None) -> None:
        """A tag that the table may know."""
        said = tag.said
        code = self.known.get(f"{said.name} {said.get(0).rpartition('.')[0] or said.get(0)}")
        code = code if code is not None else self.known.get(said.name)
        if code is None:
            return
        made = filled(code, said) if isinstance(code, str) else code(said)
        if INNER not in made:
            if made.strip() or isinstance(code, str):
                self.write(tag.start, tag.end, made)
                if closing is not None:
                    self.write(closing.start, closing.end, "")
        elif closing is not None:
            before, _, after = made.partition(INNER)
            self.around(tag, closing, before, after)

    def around(self, tag: _Tag, closing: _Tag, before: str, after: str) -> None:
        """Write what goes before and behind the inner text of a tag."""
        if "\n" not in before:
            self.write(tag.start, tag.end, before)
            self.write(closing.start, closing.end, after)
            return
        first, last = before.strip("\n"), after.strip("\n")
        opening = self.line_of(tag, above=True)
        ending = self.line_of(closing, above=False)
        if opening is None or ending is None:  # within a line: no block, but every word
            first = last = "`" if tag.said.name in _CODE else ""
            opening, ending = (tag.start, tag.end), (closing.start, closing.end)
        for own, line, text in ((tag, opening, first), (closing, ending, last)):
            self.write(*line, text)
            if line != (own.start, own.end):
                self.write(own.start, own.end, "")

    def line_of(self, tag: _Tag, *, above: bool) -> tuple[int, int] | None:
        """A line for what stands for a tag: its own, or the empty one beside it."""
        raw = self.raw
        starts = raw.rfind("\n", 0, tag.start) + 1
        ends = raw.find("\n", tag.end)
        ends = len(raw) if ends < 0 else ends
        leads, trails = raw[starts : tag.start].strip(), raw[tag.end : ends].strip()
        if not leads and not trails:
            return tag.start, tag.end
        if above and not leads and starts:
            before = raw.rfind("\n", 0, starts - 1) + 1
            return None if raw[before : starts - 1].strip() else (before, starts - 1)
        if not above and not trails and ends < len(raw):
            behind = raw.find("\n", ends + 1)
            behind = len(raw) if behind < 0 else behind
            return None if raw[ends + 1 : behind].strip() else (ends + 1, behind)
        return None

    def write(self, start: int, end: int, text: str) -> None:
        """Put `text` in the place of what stands from `start` to `end`."""
        self.cuts.append((start, end, " ".join(text.split("\n"))))

    def value(self, said: str) -> str | None:
        """What a variable says; None where the header does not know it."""
        if literal := _LITERAL.match(said):
            return literal[1] if literal[1] is not None else literal[2]
        name = said.partition("|")[0].strip()
        if not _PATH.fullmatch(name):
            return None
        if name.lower() in _SITE:
            return ""
        steps = _STEP.findall(name)
        while steps:
            found = _looked_up(self.facts, steps)
            if found is not None:
                return found
            if steps[0].lower() not in _ABOVE:
                return None
            steps = steps[1:]
        return None


def _pairs(tags: list[_Tag]) -> dict[int, int]:
    """The number of an opening tag -> that of its closing one."""
    pairs: dict[int, int] = {}
    still: dict[str, list[int]] = {}
    for number, tag in enumerate(tags):
        if tag.remark or tag.variable:
            continue
        if not tag.closes:
            still.setdefault(tag.said.name, []).append(number)
        elif opened := still.get(tag.said.name):
            pairs[opened.pop()] = number
    return pairs


def _looked_up(facts: object, steps: list[str]) -> str | None:
    """The text at a path of keys, whatever their case; None where there is none."""
    for step in steps:
        if not isinstance(facts, Mapping):
            return None
        low = {str(key).lower(): value for key, value in facts.items()}
        facts = facts.get(step, low.get(step.lower()))
    if facts is None or isinstance(facts, Mapping | list | tuple):
        return None
    return str(facts)
