"""One file of a folder that nobody knows, looked at: its header, its text, its oddities."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import is_normalized

from reelpress.findings import Finding
from reelpress.header.encoding import CONTROL
from reelpress.header.yaml_nodes import compose, resolved
from reelpress.intake.survey.scripts import language_of
from reelpress.intake.survey.walk import is_bomb

PROSE = 25
"""Words from which on a text may be a review."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one file shows."""

    path: str
    dialect: str
    """yaml, toml, json, mmd (keys and values without fences), none, empty, broken."""
    header: Mapping[str, object]
    """As written, scalars by the core schema."""
    words: int
    """In the text; Han, kana and Hangul count two characters a word."""
    heading: str = ""
    """The text's first, where it begins with one."""
    language: str = ""
    images: tuple[str, ...] = ()
    """Addresses, as written."""
    tags: Mapping[str, int] = field(default_factory=dict)
    """Template tags and short codes by name."""
    oddities: tuple[str, ...] = ()
    """For people: "CRLF line ends"."""

    @property
    def draft(self) -> bool:
        """Whether the header says that it is not done."""
        says = {str(k).lower(): str(v).strip().lower() for k, v in self.header.items()}
        return (
            says.get("draft") in _YES
            or says.get("published") in _NO
            or says.get("publish") in _NO
            or says.get("status") in ("draft", "hidden")
        )


_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")

# -- the header

_YAML = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.S | re.M)
_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.S | re.M)
_JSON = re.compile(r"\{\n.*?^\}[ \t]*$\n?", re.S | re.M)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,30}?)[ \t]*:[ \t]+(\S.*)")
_FOLDED = re.compile(r"[ \t]+\S")
_KEYS = re.compile(
    "title|date|author|authors|slug|category|categories|tags|summary|status|film|movie|year|"
    "director|rating|lang|language|template|modified|save_as|url|layout|name|reviewer|start|stop",
    re.I,
)
"""What a header without fences begins with: a sentence may have a colon too."""
_MOST_LINES = 60


def _split(text: str) -> tuple[str, dict[str, object], str, tuple[str, ...]]:
    """The header's dialect, what it says, the text below it, and what is wrong with it."""
    if match := _YAML.match(text):
        if is_bomb(match[1]):
            return "broken", {}, text[match.end() :], ("a header of aliases",)
        node, found = compose(match[1], "")
        value = None if node is None else resolved(node)
        odd = tuple(_wrong(f, match[1]) for f in found)
        if node is None and not found:
            return "yaml", {}, text[match.end() :], ()
        if not isinstance(value, dict):
            return "broken", {}, text[match.end() :], odd or ("a header that is no mapping",)
        return "yaml", value, text[match.end() :], odd
    if match := _TOML.match(text):
        try:
            return "toml", tomllib.loads(match[1]), text[match.end() :], ()
        except (ValueError, RecursionError):
            return "broken", {}, text[match.end() :], ("a header that is no TOML",)
    if (match := _JSON.match(text)) and '"' in match[0]:
        try:
            value = json.loads(match[0])
        except (ValueError, RecursionError):
            value = None
        if isinstance(value, dict):
            return "json", value, text[match.end() :], ()
    if text.startswith("---\n"):
        return "broken", {}, text, ("a header that is never closed",)
    return _unfenced(text)


def _wrong(finding: Finding, yaml: str) -> str:
    if finding.code == "H008":
        return "a key twice in one header"
    if "\n\t" in yaml or yaml.startswith("\t"):
        return "tabs in a header"
    if "{{" in yaml or "{%" in yaml:
        return "template tags in a header"
    return "a header that is no YAML"


def _unfenced(text: str) -> tuple[str, dict[str, object], str, tuple[str, ...]]:
    """A header as MultiMarkdown and Pelican have it: keys and values up to an empty line."""
    said: dict[str, object] = {}
    at, last = 0, ""
    for line in text.split("\n", _MOST_LINES)[:_MOST_LINES]:
        pair = _PAIR.fullmatch(line)
        if pair and (said or _KEYS.fullmatch(pair[1])):
            last = pair[1]
            said.setdefault(last, pair[2].strip())
        elif not (said and _FOLDED.match(line)):
            break
        else:
            said[last] = f"{said[last]} {line.strip()}"
        at += len(line) + 1
    if said and (at >= len(text) or text[at : at + 1] in ("\n", "")):
        return "mmd", said, text[at:], ()
    return "none", {}, text, ()


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


def look(path: str, data: bytes) -> Look:
    """One file, from its bytes."""
    text, odd = _decoded(data)
    if not text.strip():
        return Look(path, "empty", {}, 0)
    dialect, header, body, wrong = _split(text)
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
        dict(_tags(prose)),
        (*odd, *wrong, *_oddities(body)),
    )


_MARKS = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, line ends as \\n, and what is unusual about its bytes."""
    odd: list[str] = []
    if data.startswith(b"\xef\xbb\xbf"):
        odd.append("a byte order mark")
    if data[:2] in _MARKS:
        text = data.decode(_MARKS[data[:2]], "replace")
        odd.append("UTF-16")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            # A file of which only the beginning was read may end within a character.
            cut = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
            text = data.decode("utf-8-sig" if cut else "cp1252", "replace")
            odd += [] if cut else ["not UTF-8"]
    if "\r" in text:
        odd.append("CRLF line ends" if "\r\n" in text else "CR line ends")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, tuple(odd)


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


def _tags(body: str) -> Counter[str]:
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
    if not is_normalized("NFC", body):
        yield "letters apart from their accents (not NFC)"
    if _SPAN.search(body):
        yield "spans or fonts of a word processor"
