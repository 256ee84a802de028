"""What HTML from a manuscript may hold.

Two gates: our own walk removes and reports, with places; nh3 (the second)
reports nothing, knows nothing of the first, and lets nothing else through.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3
from lxml import etree

from reelpress.desk.text.account import Gone
from reelpress.desk.text.addresses import scheme, site_address, web
from reelpress.desk.text.languages import LANGUAGE
from reelpress.desk.text.looks import (
    MODERN,
    QUIET,
    looks,
    modern,
    office,
    said_otherwise,
    unsaid,
)
from reelpress.desk.text.scan import Scan
from reelpress.desk.text.structure import BLOCKS, take_out
from reelpress.findings import Finding, Place, find

_FLOW = """p hr h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre div section article aside
    header footer figure figcaption table caption thead tbody tfoot tr th td colgroup col"""
_PHRASES = """a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q rp rt ruby s samp small
    span strong sub sup time u var"""
ALLOWED = frozenset(f"{_FLOW} {_PHRASES}".split())
"""Elements that a manuscript's text may hold."""

_DROPPED = frozenset(
    "script style iframe frame frameset object embed applet template svg math link meta base "
    "title head audio video canvas map area param source track input select textarea".split()
)
"""Taken out with all that is in them."""

_OTHERS = """html body form fieldset legend button label option optgroup datalist output progress
    meter menuitem noscript noframes slot"""
KNOWN = ALLOWED | MODERN.keys() | QUIET | _DROPPED | frozenset(_OTHERS.split())
"""Names of HTML's elements, old ones too: any other word between such signs is its author's own."""

_EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title"})
_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
}
_VALUES = {
    "lang": LANGUAGE,
    "dir": re.compile(r"ltr|rtl|auto"),
    "datetime": re.compile(r"\d{4}-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?)?"),
    "type": re.compile(r"[1aAiI]"),
    "start": re.compile(r"-?\d{1,6}"),
    "value": re.compile(r"-?\d{1,6}"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "span": re.compile(r"[1-9]\d{0,2}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
}
"""What an attribute may say; a value of another form is taken out."""
_SCHEMES = {"http", "https", "mailto", "review"}
_READ = ("alt", "title")
_NAMED = frozenset({*_SCHEMES, "", "file"})
_OURS = frozenset(
    f"data-{mark}"
    for mark in "at in line many note one only page pages picture runs undescribed word".split()
)


def purge(
    root: etree._Element,
    marks: Scan,
    noticed: list[Finding],
    picture: Callable[[etree._Element, Place], None],
    gone: list[Gone],
) -> None:
    """Take out of `root`, in place, what must not be bound, and say so (M001, M002, M012, L006).

    `picture` settles each <img> that is met; `gone` is told what else was left out.
    """
    typed = {name for kind, name in marks.found if kind == "tag"}
    looked: dict[str, list[Place]] = {}
    for element in list(root.iterdescendants()):
        name = element.tag
        if not isinstance(name, str):  # comments, processing instructions
            gone.append(Gone(element.text or "", "a comment"))
            take_out(element, keep=False)
            continue
        if name in ALLOWED and name not in typed and not element.keys():
            continue  # Markdown's own, and bare
        if name == "details":
            _spoiler(element)
        made = (element.get("href") or element.get("src") or "").strip()
        place = marks.next("link", made)  # where Markdown made it of an address
        if place is None:
            place = marks.take("tag", name)
        here = place or Place(marks.path, marks.first_line)
        if name in MODERN:
            modern(element, name)
            element.tag = name = MODERN[name]
        elif name not in ALLOWED:
            _stranger(element, name, here, noticed, gone)
            continue
        if element.keys():
            said_otherwise(element, name)
            name = element.tag
            _attributes(element, name, marks, place, here, noticed, looked, gone)
            target = element.get("href", "#")
            if not target.startswith("#"):
                _lead(element, target, marks, here, noticed, gone)
        if name == "img":
            source = element.get("src", "")
            picture(element, marks.address(source) or here)
    for key, places in looked.items():
        count = f", {len(places)} times" if len(places) > 1 else ""
        noticed.append(find("M012", places[0], name=key, count=count))


def _stranger(
    element: etree._Element, name: str, here: Place, noticed: list[Finding], gone: list[Gone]
) -> None:
    """Take out an element that no text may hold; with all that is in it, if none of it is prose."""
    if name in QUIET or office(name):
        if name == "wbr":
            element.text = (
                f"\u200b{element.text or ''}"  # a space of no width, where a line may end
            )
        take_out(element, keep=True)
        return
    keep = name not in _DROPPED
    read = [value for e in element.iter() for key in _READ if (value := e.get(key))]
    text = "" if keep else " ".join([*element.itertext(), *read])
    gone.append(Gone(text or " ".join(read), f"<{name}> was taken out", here.line))
    noticed.append(find("M001", here, name=name, kept="; its text is kept" if keep else ""))
    take_out(element, keep=keep)


def _spoiler(details: etree._Element) -> None:
    """HTML's own way to hide what a reader may not want to know yet; its summary is the label."""
    details.set("class", f"spoiler {details.get('class', '')}".strip())
    for key in ("open", "name"):
        details.attrib.pop(key, None)
    summary = next((c for c in details if c.tag == "summary"), None)
    if summary is None:
        return
    summary.set("class", "label")
    if next(summary.iter(*BLOCKS), None) is not None:
        summary.tag = "div"
    if details[0] is not summary or (details.text or "").strip():
        take_out(summary, keep=False)
        details.insert(0, summary)
        summary.tail, details.text = details.text, None


def _lead(
    link: etree._Element,
    target: str,
    marks: Scan,
    here: Place,
    noticed: list[Finding],
    gone: list[Gone],
) -> None:
    """A link to the web with an address that it can hold, or to what may be a review; any other
    that leads nowhere is none."""
    kind = scheme(target)
    if kind in ("http", "https") and (clean := web(target)):
        marks.rename(target, clean)
        link.set("href", clean)
    elif not kind and (page := site_address(target)):
        marks.rename(target, page)
        link.set("href", page)
    elif kind in ("", "file", "http", "https"):
        noticed.append(find("L006", marks.address(target) or here, url=target))
        gone.append(Gone(target, "an address that leads nowhere", here.line))
        plain(link)


def _attributes(
    element: etree._Element,
    name: str,
    marks: Scan,
    place: Place | None,
    here: Place,
    noticed: list[Finding],
    looked: dict[str, list[Place]],
    gone: list[Gone],
) -> None:
    allowed = _ATTRIBUTES.get(name, set())
    for key, value in element.items():
        if key == "markdown":  # said to the converter, and done
            del element.attrib[key]
            continue
        if key in _EVERYWHERE or key in allowed:
            if _may_say(key, value):
                continue
        elif key.startswith("data-") and key not in _OURS:
            continue
        elif unsaid(key, name):
            del element.attrib[key]
            continue
        elif looks(key):
            del element.attrib[key]
            looked.setdefault(key, []).append(place or marks.take("attribute", key) or here)
            continue
        del element.attrib[key]
        here = place or marks.take("attribute", key) or here
        gone.append(Gone(value, f"the attribute {key} was taken out", here.line))
        noticed.append(find("M002", here, name=key, element=name))


def _may_say(key: str, value: str) -> bool:
    """Whether an attribute that may stand may have this value."""
    if key == "href":  # whether it leads anywhere is asked next
        return value.startswith("#") or scheme(value) in _NAMED
    if key == "cite":
        return web(value) == value
    return key not in _VALUES or _VALUES[key].fullmatch(value) is not None


def plain(link: etree._Element) -> None:
    """A link that leads nowhere is no link, to a screen reader either."""
    del link.attrib["href"]
    link.tag = "div" if next(link.iter(*BLOCKS), None) is not None else "span"


_GATE = {
    "tags": set(ALLOWED),
    "attributes": {
        **{tag: set(names) for tag, names in _ATTRIBUTES.items()},
        "*": set(_EVERYWHERE),
    },
    "generic_attribute_prefixes": {"data-"},
    "url_schemes": _SCHEMES,
    "link_rel": None,
    "strip_comments": True,
}
_CLEANER = nh3.Cleaner(**_GATE)  # type: ignore[arg-type]


def gate(html: str) -> str:
    """The last gate: HTML in, HTML out, with nothing that is not on the lists."""
    return _CLEANER.clean(html)
