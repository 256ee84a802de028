"""How a text was meant to look, as HTML used to say it, and what means the same today.

    <font>, <center>, style= ── modern ──▶ what means the same; a bare <span> is `debris`

Obsolete elements and attributes: HTML, 16.2 (Non-conforming features).
"""

from __future__ import annotations

import re

from lxml import etree

MODERN = {
    "acronym": "abbr", "strike": "s", "tt": "code", "dir": "ul", "menu": "ul", "xmp": "pre",
    "listing": "pre", "plaintext": "pre", "center": "div", "nav": "div", "main": "div",
    "hgroup": "div", "address": "div", "details": "div", "dialog": "div", "search": "div",
    "summary": "p", "big": "span", "font": "span", "nobr": "span", "blink": "span",
    "marquee": "span", "basefont": "span", "data": "span", "picture": "span", "rb": "span",
    "rtc": "span", "multicol": "div", "ilayer": "div", "layer": "div",
}  # fmt: skip
"""Obsolete, or out of place in a review -> what means the same here; a bare span is taken out."""

QUIET = frozenset("source track bgsound spacer isindex wbr keygen command".split())
"""Void elements that show nothing, gone without a word; to libxml2 some hold what follows."""

_LOOKS = frozenset(
    "style align valign width height bgcolor background color face size border bordercolor "
    "cellpadding cellspacing nowrap hspace vspace clear frame rules char charoff compact noshade "
    "axis headers abbr link vlink alink text target rel rev hreflang ping referrerpolicy loading "
    "decoding fetchpriority srcset sizes crossorigin usemap ismap longdesc lowsrc name open "
    "role tabindex accesskey draggable hidden translate spellcheck contenteditable dropcap "
    "slot part is unselectable "
    "scrollamount scrolldelay direction behavior loop truespeed language noreferrer nofollow "
    "media type download value key itemscope".split()
)
_LOOKS_TOO = ("xml", "v:", "o:", "w:", "mso-", "x-", "ng-", "v-", "@", ":", "js")
_UNSAID = frozenset(
    "target rel loading decoding fetchpriority srcset sizes border property typeof vocab prefix "
    "resource about datatype tabindex".split()
)
_UNSAID_TOO = ("item", "aria-")
_CLASSES = re.compile(r"(?:Mso\w*|Apple-[\w-]+|western|cjk|ctl|Section\d|WordSection\d)", re.I)
_OFFICE = re.compile(r"(?:o|w|v|m|st\d?|x):\w+", re.I)
_SIDES = {"left": "left", "right": "right", "center": "center", "middle": "center"}
_SIDE = re.compile(r"(?:^|;)text-align:(left|right|center)")
_STYLES = (
    ("i", re.compile(r"(?:^|;)font-style:(?:italic|oblique)")),
    ("b", re.compile(r"(?:^|;)font-weight:(?:bold|[6-9]00)")),
    ("s", re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*line-through")),
    ("u", re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*underline")),
    ("sup", re.compile(r"(?:^|;)vertical-align:super")),
    ("sub", re.compile(r"(?:^|;)vertical-align:sub(?:;|$)")),
)
_CAPITALS = re.compile(r"(?:^|;)font-variant(?:-caps)?:(?:[^;]*-)?small-caps")
_PLAIN = {
    "b": re.compile(r"(?:^|;)font-weight:(?:normal|[1-4]00)"),
    "strong": re.compile(r"(?:^|;)font-weight:(?:normal|[1-4]00)"),
    "i": re.compile(r"(?:^|;)font-style:normal"),
    "em": re.compile(r"(?:^|;)font-style:normal"),
}
"""Google Docs holds whole texts in a <b> that is not bold."""


def office(name: str) -> bool:
    """Whether an element is one of Microsoft Office's own: <o:p>."""
    return ":" in name and _OFFICE.fullmatch(name) is not None


def looks(key: str) -> bool:
    """Whether an attribute says only how something looks or works on a screen."""
    return key in _LOOKS or key.startswith(_LOOKS_TOO)


def unsaid(key: str, name: str) -> bool:
    """Whether an attribute is such that nobody needs to hear of it."""
    image = key in ("width", "height") and name == "img"
    return image or key in _UNSAID or key.startswith(_UNSAID_TOO)


def modern(element: etree._Element, old: str) -> None:
    """Give an element, in place, what its obsolete name and its look mean; `old` is its name.

    What is left in its attributes is for `safety` to judge.
    """
    if old == "center":
        _add(element, "align-center")
    elif old == "font":
        for key in ("color", "face", "size"):
            element.attrib.pop(key, None)
    elif old in ("marquee", "blink", "basefont", "nobr", "big"):
        for key in [k for k in element.attrib if k not in ("id", "class", "lang", "dir", "title")]:
            del element.attrib[key]


def said_otherwise(element: etree._Element, name: str) -> None:
    """Attributes that have a meaning of their own become what means it today, in place."""
    said = element.attrib
    if (side := _SIDES.get(said.get("align", "").strip().lower(), "")) and name != "img":
        _add(element, f"align-{side}")
        del said["align"]
    if (tag := said.pop("xml:lang", "")) and "lang" not in said:
        said["lang"] = tag
    if name == "a" and "name" in said:
        anchor = said.pop("name")
        if anchor and "id" not in said:
            said["id"] = anchor
    if tag := said.get("lang"):
        if tag.lower() in ("x-none", "none", "zxx"):  # as Word has it, where it knows none
            del said["lang"]
        else:
            said["lang"] = tag.strip().replace("_", "-")
    if "dir" in said:
        said["dir"] = said["dir"].strip().lower()
    if kinds := said.get("class"):
        own = [kind for kind in kinds.split() if not _CLASSES.fullmatch(kind)]
        if len(own) < len(kinds.split()):
            said["class"] = " ".join(own)
            if not own:
                del said["class"]
    if style := said.get("style"):
        _styled(element, name, re.sub(r"\s+", "", style).lower())


def _styled(element: etree._Element, name: str, style: str) -> None:
    if name in _PLAIN and _PLAIN[name].search(style):
        element.tag = "span"
        element.attrib.pop("id", None)
        del element.attrib["style"]
        return
    if side := _SIDE.search(style):
        if name != "span":
            _add(element, f"align-{side[1]}")
        if style.strip(";") == f"text-align:{side[1]}":
            del element.attrib["style"]
    if name != "span":
        return
    meant = [tag for tag, says in _STYLES if says.search(style)]
    if _CAPITALS.search(style):
        _add(element, "smallcaps")
    if meant:
        element.tag = meant[0]
        for tag in meant[1:]:
            _within(element, tag)
    del element.attrib["style"]


def _within(element: etree._Element, tag: str) -> None:
    """Put all that is in `element` into one element of its own."""
    inner = etree.Element(tag)
    inner.text, element.text = element.text, None
    inner.extend(list(element))
    element.append(inner)


def _add(element: etree._Element, kind: str) -> None:
    own = element.get("class", "").split()
    if kind not in own:
        element.set("class", " ".join([*own, kind]))
