"""Titles and names are plain text: what others mark up in them is resolved."""

from __future__ import annotations

import re
from html import unescape

from reelpress.header.encoding import CONTROL

_MARKED = re.compile(r"[<&\[*_`\\]")
"""One of these stands in whatever is marked up."""
_LINK = re.compile(
    r"!?\[((?:[^\[\]\\]|\\.)+)\](?:\((?:[^()\s]|\([^()\s]*\))*(?:\s+[\"'][^\"']*[\"'])?\)|\[[^\]]*\])"
)
_WIKILINK = re.compile(r"!?\[\[([^\[\]]+)\]\]")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|bdo|big|cite|code|dfn|em|font|i|kbd|mark|nobr|p|q|rp|rt|ruby|s|samp|small"
    r"|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]*)?/?>",
    re.I,
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_STRESSED = re.compile(r"(?<![\w*_\\])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)(?<!\\)\1(?![\w*_])")
"""Marks that stand around words: M*A*S*H and *batteries not included keep theirs."""
_CODE = re.compile(r"(`+)([^`]+)\1")
_LONGEST = 2000
"""Letters of a title; what is longer is none, and is left as it is."""
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!~<>|&\"'-])")


def wikilinks(text: str) -> list[str]:
    """The names that a text of nothing but wikilinks gives: [[Ada Bell]], [[j-doe|Joe Doe]]."""
    if "[[" not in text or _WIKILINK.sub("", text).strip(" ,;"):
        return []
    return [_shown(match[1]) for match in _WIKILINK.finditer(text)]


def unmarked(text: str) -> str:
    """A title without Markdown's and HTML's marks: links give their words, &amp; its letter."""
    if len(text) > _LONGEST or not _MARKED.search(text):
        return text
    if "[" in text:
        text = _WIKILINK.sub(lambda m: _shown(m[1]), text)
        text = _LINK.sub(lambda m: m[1], text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    if "`" in text:
        text = _CODE.sub(lambda m: m[2].strip(), text)
    if "*" in text or "_" in text:
        for _ in range(3):  # one within another
            text = _STRESSED.sub(lambda m: m[2], text)
    if "\\" in text:
        text = _ESCAPED.sub(lambda m: m[1], text)
    if "&" in text:
        text = _REFERENCE.sub(lambda m: CONTROL.sub("", unescape(m[0])), text)
    return text.strip()


def _shown(link: str) -> str:
    """What is shown of a wikilink: its alias, else the note's name without folders."""
    target, bar, alias = link.replace("\\|", "|").partition("|")
    return (
        alias.strip() if bar and alias.strip() else target.split("#")[0].rpartition("/")[2].strip()
    )
