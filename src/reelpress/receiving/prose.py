"""What of Markdown is no Markdown: the words that a reader is to see."""

from __future__ import annotations

import re
from html import unescape

_READ = re.compile(r"""\b(?:title|credit)\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.I)
_MARKUP = tuple(
    re.compile(pattern, re.M)
    for pattern in (
        r"!\[(?:[^\[\]]|\[[^\[\]]{0,99}\]){0,300}(?=\])",  # what a picture shows
        r"<!--(?:[^-]|-(?!->))*(?:-->|\Z)|%%[^%]*%%",  # comments
        r"\{\{[^{}\n]{0,300}\}\}|\{%[^{}\n]{0,300}%\}",  # tags of templates
        r"!?\[\[[^\[\]\n]*\]\]",  # what leads to other notes
        r"^[ \t>]{0,20}(?:`{3,}|~{3,})[^\n]*",  # of code, its language
        r"^ {0,3}\*\[[^\]\n]+\]:[^\n]*",  # an abbreviation, explained
        r"\[\^[^\]\s]{1,200}\]:?",  # names of notes
        r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*\S+",  # and of addresses
        r"(?<=\])\[[^\]\n]*\]",
        r"(?<=\])\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)",
        r"^[ \t>]*[-*+][ \t]+\[[xX ]\](?=\s)|\[![\w-]+\]",  # a task's box, a call's kind
        r"^[ \t>]*(?:[-*+][ \t]+)?\d{1,9}[.)](?=\s)",  # numbers of a list
        r"^:{3,}[ ]*[\w-]*|^Table:",
    )
)
_TAG = re.compile(r"<[a-zA-Z/!?][^<>]*>|\{[:#.][^{}\n]*\}|(?<=[\])>`*_])\{[^{}\n]*\}")
"""What HTML and attribute lists consist of."""


def prose_of(markdown: str) -> str:
    """The text without addresses, names of notes, tags and lists of attributes; what of these is
    printed (captions, credits) stays. What a picture shows is not: nobody sees it in a book."""
    text = markdown
    for pattern in _MARKUP:
        text = pattern.sub(" ", text)
    return unescape(_TAG.sub(_read, text))


def _read(tag: re.Match[str]) -> str:
    """What of a tag is for readers; nothing, so that words that it stands in stay whole."""
    said = [double or single for double, single in _READ.findall(tag[0])]
    return f" {' '.join(said)} " if said else ""
