"""HTML of any kind as a small, regular tree, from which Markdown and plain text are made.

    HTML ── parsed ──▶ what libxml2 makes of it ── regular ──▶ blocks of lines, notes at the end

In the regular tree only these hold blocks: body, blockquote, ul, ol, li, dl, dd, details, figure,
note. Lines are in p, h1 … h6, dt, summary, figcaption, th, td, pre. Nothing is nested deeper than
a book can hold, and whatever needs a browser is not in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reelpress.header.encoding import CONTROL

if TYPE_CHECKING:
    from lxml import etree

DROPPED = frozenset(
    "script style template noscript head title meta link base iframe frame frameset object embed "
    "applet svg canvas audio video map area param source track input select textarea button "
    "datalist progress meter dialog".split()
)
"""Without words of its own, or none that a page shows as its text."""
CONTAINERS = frozenset("blockquote ul ol li dl dd details figure".split())
LEAVES = frozenset("h1 h2 h3 h4 h5 h6 dt summary figcaption caption legend".split())
"""What holds lines, whatever is in it."""
INLINE = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em",
    "strong": "strong", "b": "strong",
    "a": "a", "code": "code", "kbd": "code", "samp": "code", "tt": "code",
    "sub": "sub", "sup": "sup", "del": "del", "s": "del", "strike": "del",
    "q": "q", "ruby": "ruby", "rt": "rt", "rp": "rp",
}  # fmt: skip
"""What is kept within lines -> what it is called here."""
BLOCKS = frozenset(
    "p div section article aside header footer main nav address center form fieldset hgroup "
    "menu dir body html tr table thead tbody tfoot td th noframes search multicol".split()
)
"""What ends a line and means nothing else here."""
LISTS = frozenset({"ul", "ol"})
LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
"""Where a picture's address is until a reader scrolls to it."""
_DEEPEST = 200
"""Elements in elements: libxml2 gives a document up at 256."""
DEEP = 24
"""Blocks in blocks that are kept as such."""
_VOID = frozenset("br hr img wbr col input meta link base area source track param embed".split())
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>")
_WIDE = re.compile(r"<([a-zA-Z][\w:-]*)\s[^<>]{50000,}>")
_CHOICES = re.compile(r"<(?:source|track)\b[^<>]*>", re.I)
"""libxml2 knows HTML 4, in which these are not empty: it would put the picture that follows in."""
_BODY = re.compile(r"<body\b", re.I)
_TOKEN = re.compile(
    r"<(script|style|title|noscript|template)\b[^>]*>.{0,99999}?</\1\s*>|<!--.{0,9999}?-->"
    r"|<(?P<tag>[a-zA-Z][\w-]*)",
    re.I | re.S,
)
_IN_HEAD = frozenset("html head title meta link base style script noscript template".split())
_HEAD = 200_000
"""Characters within which a head ends."""
_NOTHING = "<html><body></body></html>"


def parsed(html: str) -> etree._Element:
    """The root of HTML, whole page or fragment, however broken; comments are gone.

    Nothing is fetched, no entity is expanded. A tag with tens of thousands of characters loses its
    attributes, and elements deeper than a parser goes are flattened: no word is lost.
    """
    from lxml import etree

    html = CONTROL.sub("", html)
    html = _WIDE.sub(r"<\1>", html)
    html = _CHOICES.sub("", html)
    parser = _parser()
    try:
        root = etree.fromstring(_whole(html), parser)
        too_deep = any("depth" in entry.message for entry in parser.error_log)
    except etree.XMLSyntaxError:
        root, too_deep = None, True
    if root is None or too_deep:
        root = etree.fromstring(_whole(_flat(html)), _parser())
    return etree.fromstring(_NOTHING, _parser()) if root is None else root


def _parser() -> etree.HTMLParser:
    from lxml import etree

    return etree.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8"
    )


def _whole(html: str) -> bytes:
    """HTML with a <body>, which its authors may leave out; libxml2 would take an <article> for a
    part of the head."""
    if _BODY.search(html) is None:
        begins = next((m.start() for m in _TOKEN.finditer(html, 0, _HEAD) if _is_shown(m)), 0)
        html = f"{html[:begins]}<body>{html[begins:]}"
    return html.encode("utf-8", "replace")


def _is_shown(token: re.Match[str]) -> bool:
    """Whether the body begins with a tag."""
    return bool(token["tag"]) and token["tag"].lower() not in _IN_HEAD


def _flat(html: str) -> str:
    """HTML without the tags that lie too deep; where such a block began, a new one begins."""
    depth = 0

    def one(tag: re.Match[str]) -> str:
        nonlocal depth
        name = tag[2].lower()
        if name in _VOID:
            return tag[0]
        if tag[1]:
            depth = max(depth - 1, 0)
            return tag[0] if depth < _DEEPEST else " "
        depth += 1
        if depth <= _DEEPEST:
            return tag[0]
        return " " if name in INLINE else "<br><br>"

    return _TAG.sub(one, html)


def take_out(element: etree._Element) -> None:
    """Take an element out of its tree, in place; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def regular(html: str) -> etree._Element:
    """The regular tree of HTML: <body> with blocks of lines, its notes as <note> at the end."""
    root = parsed(html)
    mark(root)
    return built(root)


def mark(root: etree._Element) -> None:
    """Mark, in place, what is a note, what calls one, and which tables hold data."""
    from reelpress.intake.markup.footnotes import mark_notes
    from reelpress.intake.markup.grids import mark_tables

    mark_notes(root)
    mark_tables(root)


def built(root: etree._Element) -> etree._Element:
    """The regular tree of an element whose document was marked."""
    from reelpress.intake.markup.builder import Builder

    return Builder().build(root)
