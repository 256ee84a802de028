"""The account: each word of a text stands in what came of it, or was left out for a reason.

    words of the Markdown ── less those of the XHTML ── less markup's own ── less what is gone
        ──▶ nothing, or a fault of ours

The first step costs little and is enough for most texts; the others are taken for those words
alone that it leaves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import unescape
from typing import Any, NamedTuple

from reelpress.desk.text.attributes import LIST
from reelpress.desk.text.dress import in_words, words
from reelpress.header.encoding import without_controls
from reelpress.model import Text
from reelpress.words import word_list, words_of


class Gone(NamedTuple):
    """A piece of a text that is in no book, and why."""

    text: str
    reason: str
    """For people: "a comment", "<script> was taken out"."""
    line: int = 0
    """Of the file; 0 where nobody knows."""


_LETTERS = bytes(code if chr(code).isalnum() else 32 for code in range(256))
"""Latin-1: what is no letter and no digit becomes a space."""
_CURLY = re.compile("[’‘“”–—…]")
_CALLS = re.compile(r"\[\^[^\]\s]+\]:?")
_OPENING = re.compile(r'</?[a-z]\w*(?: data-at="[^"]*")?')
_TAGS = re.compile(r"<[^<>]*>")
_OURS = re.compile(r' (?:data-[\w-]+|id)="[^"]*"')
"""What says no word of the author's, and has some: note, at, page."""
_FENCE = re.compile(r"```[^\n`]*(?=\n)")
_ITEM = re.compile(r"\n[ \t>]*\d+\.(?=[ ])")
_REFERENCE = re.compile(r"&(?:\w+|#\w+);")
_AROUND = 6
"""As many letters beside a word are enough to know it by."""
_COMMENTS = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_TAG = re.compile(r"<(?:[a-zA-Z/!?](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*+>|[a-zA-Z/!?][^<>]*>?|(?=\s))")
_ADDRESS = re.compile(r"\]?\]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)")
_VALUES = re.compile(r'="([^"]*)"')
_READ = re.compile(r"""\s(?:alt|title)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_MARKUP = (
    ("](", _ADDRESS),
    ("]", re.compile(r"\]\s?\[[^\]]*\]")),  # a label
    ("]", re.compile(r"\[(?!\^)[^\]\n]+\][ ]?:[ \t]*(?:\n[ \t]*)?\S*")),  # and where it leads
    ("[[", re.compile(r"\[\[[^\[\]\n]*\]\]")),
    ("[^", re.compile(r"\[\^[^\]]+\]")),
    ("{", re.compile(rf"{LIST}|\{{:[^{{}}\n]*\}}")),
    ("[!", re.compile(r"\[![\w-]+(?:\|[^\]\n]*)?\]")),
    ("]", re.compile(r"\[[xX]\](?=\s)")),
    (":::", re.compile(r":{3,}[ ]*[\w-]+")),
    ("```", re.compile(r"`{3,}[^\n`]*(?=\n)")),
    ("~~~", re.compile(r"~{3,}[^\n]*(?=\n)")),
    ("Table:", re.compile(r"Table:")),
    (".", re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\d+\.(?=\s|$)", re.M)),
    (")", re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*\d+\)(?=\s|$)", re.M)),
)
"""A sign -> words of Markdown's and HTML's own that it may begin: addresses, labels, names."""


def missing(raw: str, text: Text, came: list[Any], gone: Sequence[Gone] = ()) -> Counter[str]:
    """The words of the Markdown `raw` that are neither in `text` nor among what is `gone`.

    `came` are the words of the text's body.
    """
    bare = _without_tags(raw, " ")
    if "[^" in bare:
        bare = _CALLS.sub(" ", bare)
    # Most texts are through here: the same words, in whatever order.
    joined = _ADDRESS.sub("", bare).replace("[", "") if "](" in bare else bare
    if "```" in joined:
        joined = _FENCE.sub(" ", joined)
    if "\n1." in joined:
        joined = _ITEM.sub(" ", joined)
    said = in_words(joined.replace("--", " ").replace("_", " "))
    if sum(map(hash, said)) == sum(map(hash, came)) + sum(
        h for n in text.notes for h in map(hash, words(n.body))
    ):
        return Counter()
    markup = _OURS.sub("", "".join((text.body, *(note.body for note in text.notes))))
    left = _less(_ADDRESS.sub(" ", bare), markup)
    if not left:
        return left
    raw, bare = without_controls(raw), without_controls(bare)
    reasons = [value for picture in text.pictures for _, value in picture.said]
    reasons += (piece.text for piece in gone)
    for sign, pattern in _MARKUP:
        source = raw if sign == "{" else bare  # whose values may hold tags
        if sign in source:
            reasons += (match[0] for match in pattern.finditer(source))
    reasoned = words_of(" ".join(reasons))
    left -= reasoned
    if left and "&" in bare:
        left -= words_of(" ".join(_REFERENCE.findall(bare)))
    if left and "&" in bare:  # within a word
        read = " ".join((_TAGS.sub(" ", markup), *_VALUES.findall(markup)))
        left = words_of(unescape(bare)) - words_of(unescape(read)) - reasoned
    return _apart(left, raw, " ".join((markup, *(piece.text for piece in gone)))) if left else left


def _less(raw: str, markup: str) -> Counter[str]:
    """The words that stand in `raw` more often than in `markup`, or may do so."""
    markup = _OPENING.sub(" ", markup)
    try:
        said = raw.encode("latin-1")
    except UnicodeEncodeError:
        try:
            said = _CURLY.sub(" ", raw).encode("latin-1")
        except UnicodeEncodeError:
            return words_of(raw) - words_of(markup)
    # What Latin-1 does not hold is in no word of `raw`.
    came = Counter(markup.encode("latin-1", "replace").translate(_LETTERS).split())
    counted = Counter(said.translate(_LETTERS).split())
    get = came.get
    left = {word: count - get(word, 0) for word, count in counted.items() if count > get(word, 0)}
    return Counter({word.decode("latin-1"): count for word, count in left.items()})


def _without_tags(raw: str, gap: str) -> str:
    """The text without comments and tags, but for words in them that are to be read."""
    if "<" not in raw:
        return raw
    if "<!--" in raw:
        raw = _COMMENTS.sub(gap, raw)
    if "alt" not in raw and "title" not in raw and "ALT" not in raw and "TITLE" not in raw:
        return _TAG.sub(gap, raw)

    def read(tag: re.Match[str]) -> str:
        said = [f" {m[1] or m[2] or ''} " for m in _READ.finditer(tag[0])]
        return "".join(said) or gap

    return _TAG.sub(read, raw)


def _apart(left: Counter[str], raw: str, markup: str) -> Counter[str]:
    """Those of the words that are missing even as parts of longer ones.

    A comment, a tag or a link's brackets can stand within what is one word to its readers. Each
    word is looked for with the letters before or behind it.
    """
    raw = _without_tags(raw, "")
    for sign, pattern in _MARKUP:
        if sign in raw:
            raw = pattern.sub("", raw)
    every = word_list(unescape(raw))
    typed, came = "".join(every), "".join(word_list(unescape(_TAGS.sub("", markup))))
    often = Counter(every)
    fewer = {word for word in left if came.count(word) < typed.count(word)}
    missing = Counter({w: n for w in fewer if (n := often[w] - came.count(w)) > 0})
    apart: Counter[str] = Counter()
    at = 0
    for word in every:
        end = at + len(word)
        if word in fewer:
            before, behind = typed[max(0, at - _AROUND) : end], typed[at : end + _AROUND]
            apart[word] += before not in came and behind not in came
        at = end
    return left & (missing | apart)
