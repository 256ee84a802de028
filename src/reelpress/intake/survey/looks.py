"""One file of a folder that nobody knows, looked at: its header, its text, its oddities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from unicodedata import is_normalized

from reelpress.findings import Finding
from reelpress.header import decode, split_front_matter
from reelpress.header.customs import customs
from reelpress.header.encoding import CONTROL
from reelpress.header.nodes import nodes_of
from reelpress.header.yaml_nodes import Mapping, Scalar, resolved
from reelpress.intake.survey.scripts import language_of
from reelpress.intake.survey.walk import is_bomb

PROSE = 25
"""Words from which on a text may be a review."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one file shows."""

    path: str
    dialect: str
    """yaml, toml, json, lines (keys and values without fences), dots, percent, none, empty,
    broken."""
    header: Dict[str, object]
    """As written, scalars by the core schema."""
    words: int
    """In the text; Han, kana and Hangul count two characters a word."""
    heading: str = ""
    """The text's first, where it begins with one."""
    language: str = ""
    images: tuple[str, ...] = ()
    """Addresses, as written."""
    tags: Dict[str, int] = field(default_factory=dict)
    """Template tags and short codes by name."""
    oddities: tuple[str, ...] = ()
    """For people: "CRLF line ends"."""
    draft: bool = False
    """Whether the header says that it is not done."""


# -- the header

_SAID = {
    "H003": "a header that can't be read",
    "H008": "a key twice in one header",
    "H009": "a header that is never closed",
    "H040": "not UTF-8",
    "H041": "letters garbled by an earlier saving",
    "H042": "tabs in a header",
    "H043": "values that are no YAML",
    "H044": "a header that can't be read",
}
"""What the desk will say of a file -> the same, for many."""


def _split(text: str) -> tuple[str, dict[str, object], bool, str, tuple[str, ...]]:
    """The header's dialect, what it says, whether that is a draft, the text below, oddities."""
    front, body, _, said = split_front_matter(text, "")
    if not front.text.strip():
        return "none" if body == text else front.dialect, {}, False, body, _odd(said)
    if is_bomb(front.text):
        return "broken", {}, False, body, ("a header of aliases",)
    node, found = nodes_of(front, "")
    if not isinstance(node, Mapping):
        return "broken", {}, False, body, _odd((*said, *found)) or ("a header that is no mapping",)
    header = resolved(node)
    assert isinstance(header, dict)
    customs(node)
    draft = node.items.get("draft")
    done = not (isinstance(draft, Scalar) and (draft.text or "").lower() in ("true", "yes", "1"))
    return front.dialect, header, not done, body, _odd((*said, *found))


def _odd(found: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_SAID[f.code] for f in found if f.code in _SAID))


# -- the text

_HEADING = re.compile(r"\s*(?:#{1,2}[ \t]+(.{1,300}?)[ \t]*#*|(\S.{0,300})\n(?:=+|-{3,})[ \t]*)\n")
_SPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CODE = re.compile(
    r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)|(`+)(?!`)[^\n]{0,1000}?\2", re.S | re.M
)
"""What only shows what something looks like."""
_IMAGES = re.compile(
    r"!\[(?:[^\[\]\n]|\[[^\[\]\n]{0,99}\]){0,300}\]\([ \t]{0,9}<?([^)\s>]{1,2000})"  # ![…](…)
    r"|!\[\[([^\]\n|]{1,300})"  # ![[embed]]
    r"|<img\b[^<>]{0,2000}?\bsrc\s*=\s*[\"']?([^\"'\s>]{1,2000})",
    re.I,
)
_REFERENCE = re.compile(
    r"^ {0,3}\[[^\]\n]+\]:\s*<?(\S{1,2000}\.(?:jpe?g|png|gif|webp|svg|avif))\b", re.M | re.I
)
_TAGS = re.compile(
    r"\{\{[<%]-?[ \t]{0,9}/?[ \t]{0,9}([\w./-]{1,60})"  # {{< name … >}}
    r"|\{%-?[ \t]{0,9}([\w.-]{1,60})"  # {% name … %}
    r"|\{\{-?[ \t]{0,9}([A-Za-z_$][\w.$\[\]-]{0,60})"  # {{ name }}
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SPAN = re.compile(r"<(?:span|font)\b", re.I)


def look(path: str, data: bytes, whole: bool = True) -> Look:
    """One file, from its bytes, or from the beginning of them."""
    text, odd = _decoded(data, whole)
    if not text.strip():
        return Look(path, "empty", {}, 0, oddities=odd)
    dialect, header, draft, body, wrong = _split(text)
    prose = _CODE.sub("", body) if "`" in body or "~~~" in body else body
    heading = _HEADING.match(body[:1000])
    return Look(
        path,
        dialect,
        header,
        _words(body),
        (heading[1] or heading[2]).strip() if heading else "",
        language_of(body),
        tuple(_images(prose)),
        dict(tags_of(prose)),
        (*odd, *wrong, *_oddities(body)),
        draft,
    )


_BOM = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def _decoded(data: bytes, whole: bool) -> tuple[str, tuple[str, ...]]:
    """The text, line ends as \\n, and what is unusual about its bytes."""
    if not whole:  # of a file of which only the beginning was read, whole lines
        data = data[: data.rfind(b"\n") + 1] or data
    text, found = decode(data, "")
    odd = ["a byte order mark"] if data.startswith(_BOM) else []
    if data.startswith(_BOM[1:]):
        odd = ["UTF-16"]
    if b"\r\n" in data:
        odd.append("CRLF line ends")
    elif b"\r" in data:
        odd.append("CR line ends")
    if text is not None and not text.isascii() and not odd and not found:
        raw = data.decode("utf-8", "replace")
        odd += [] if is_normalized("NFC", raw) else ["letters apart from their accents (not NFC)"]
    return text or "", (*odd, *_odd(found), *(() if text is not None else ("no text at all",)))


def _words(body: str) -> int:
    if body.isascii():
        return len(body.split())
    close = len(_SPACED.findall(body))
    return len(_SPACED.sub("", body).split()) + close // 2 if close else len(body.split())


def _images(body: str) -> Iterator[str]:
    if "![" in body or "<" in body:
        for match in _IMAGES.finditer(body):
            address = (match[1] or match[2] or match[3]).strip()
            if "{" not in address:  # a template's
                yield address
    if "]:" in body:
        yield from _REFERENCE.findall(body)


def tags_of(body: str) -> Counter[str]:
    """Template tags and short codes in a text, by name -> how often; those that close not."""
    found: Counter[str] = Counter()
    if "{{" in body or "{%" in body:
        for match in _TAGS.finditer(body):
            name = match[1] or match[2] or f"{{{{ {match[3]} }}}}"
            if not name.startswith("end"):
                found[name] += 1
    return found


def _oddities(body: str) -> Iterator[str]:
    if CONTROL.search(body):
        yield "control characters"
    if body.isascii():
        if _SPAN.search(body):
            yield "spans or fonts of a word processor"
        return
    if "\ufffd" in body:
        yield "letters that were lost (U+FFFD)"
    if _BIDI.search(body):
        yield "marks of writing direction"
    if _SPAN.search(body):
        yield "spans or fonts of a word processor"
