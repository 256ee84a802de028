"""Counting: each word of a source stands in the result as it is edited, or among what was left
out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from html import escape, unescape
from unicodedata import normalize

from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import account_of, edit_text
from reelpress.desk.text.languages import LANGUAGE
from reelpress.intake.delivery import Arrival
from reelpress.model import Text
from reelpress.receiving.alignment import truly_missing
from reelpress.words import lost, words_of

_CALL = re.compile(r"<a\b[^>]*\bdata-note\b[^>]*>.*?</a>", re.S)
_MISSING = re.compile(r'<span class="missing-image"[^>]*>[^<]*</span>')
"""What a draft shows in a picture's place."""
_BREAK = re.compile(r"<br\b[^>]*>\s*")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^>]*>")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i img ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time u var wbr".split()
)
_GAPS = re.compile(r"\s*\n\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Laid(Folder):
    """A project with files that are not written yet."""

    more: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def exists(self, path: str) -> bool:
        """Whether a file is at `path`, or is about to be."""
        return path in self.more or Folder.exists(self, path)

    def covers(self, path: str) -> bool:
        """Whether it may be read."""
        return path in self.more or Folder.covers(self, path)

    def read(self, path: str) -> bytes:
        """Its bytes."""
        return self.more[path] if path in self.more else Folder.read(self, path)


@dataclass(frozen=True, slots=True)
class Count:
    """What comes of an arrival's text."""

    text: str
    """Its Markdown: the arrival's own, or its words alone where that would have lost some."""
    result: str
    """As edited: plain text, paragraphs apart, notes at the end."""
    words: int
    missing: Counter[str]
    """Words of the source that are in neither result nor left-outs."""
    saved: Counter[str]
    """Words that its own Markdown would have lost."""


def count(arrival: Arrival, path: str, folder: Folder) -> Count:
    """Edit an arrival's text as it would be at `path`, and count.

    Nothing takes the place of an author's own Markdown, whatever it would lose.
    """
    first = _counted(arrival, arrival.text, path, folder)
    if arrival.own or not first.missing:
        return first
    bare = _counted(arrival, _bare(arrival), path, folder)
    if bare.missing.total() < first.missing.total():
        return replace(bare, saved=first.missing)
    return first


def _counted(arrival: Arrival, markdown: str, path: str, folder: Folder) -> Count:
    said = str(arrival.header.get("language") or "en")
    language = said if LANGUAGE.fullmatch(said) else "en"
    text, _ = edit_text(markdown, path, 1, "r-x", language, Pictures(folder))
    result = plain(text)
    if arrival.own:
        missing = lost(words_of(arrival.body), [words_of(markdown)])
        missing += account_of(markdown, path, 1, language, Pictures(folder))[0]
        return Count(markdown, result, text.words, missing, Counter())
    source, here = normalize("NFC", arrival.body), [normalize("NFC", result)]
    left_out = [normalize("NFC", left.text) for left in arrival.left_out]
    missing = lost(words_of(source), map(words_of, (*here, *left_out)))
    if missing:
        missing = truly_missing(missing, source, here, left_out)
    return Count(markdown, result, text.words, missing, Counter())


def _bare(arrival: Arrival) -> str:
    """The words of an arrival and nothing else, paragraphs apart, as Markdown."""
    from reelpress.intake.markup import markdown_of

    gone = Counter(" ".join(left.text.split()) for left in arrival.left_out)
    paragraphs = []
    for paragraph in (" ".join(p.split()) for p in _GAPS.split(arrival.body)):
        if gone[paragraph]:
            gone[paragraph] -= 1
        else:
            paragraphs.append(paragraph)
    return markdown_of("".join(f"<p>{escape(p)}</p>" for p in paragraphs if p))


def plain(text: Text) -> str:
    """An edited text as a reader sees it, without markup: paragraphs apart, notes at the end."""
    return "\n\n".join(filter(None, (_plain(text.body), *(_plain(n.body) for n in text.notes))))


def _plain(markup: str) -> str:
    def one(tag: re.Match[str]) -> str:
        return "" if tag[2] in _INLINE else "\n\n"

    lines = _BREAK.sub("\n", _CALL.sub("", _MISSING.sub(" ", markup)))
    words = unescape(_TAG.sub(one, lines))
    return _GAPS.sub("\n\n", words).strip()
