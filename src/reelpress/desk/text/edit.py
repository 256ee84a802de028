"""Editing: the steps that one text goes through, and what it learns on the way."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape

from lxml import etree

from reelpress.desk.images import Pictures
from reelpress.desk.text.blocks import misplaced
from reelpress.desk.text.converter import converter
from reelpress.desk.text.dress import figures, headings, labels, places, typeset, words
from reelpress.desk.text.limits import endless
from reelpress.desk.text.lines import TooDeepError
from reelpress.desk.text.notes import lift, number, said_twice, unwritten
from reelpress.desk.text.references import lost
from reelpress.desk.text.safety import gate, plain, purge
from reelpress.desk.text.scan import TEMPLATE, Scan, mask, scan
from reelpress.desk.text.structure import settle
from reelpress.findings import Finding, Place, find
from reelpress.header.encoding import CONTROL, without_controls
from reelpress.model import Asset, Note, Picture, Text

_PARSER = etree.HTMLParser()
_IDS = etree.XPath(".//*[@id]")
_OWN_IDS = etree.XPath(".//*[not(@data-note)]/@id")
_CAPTION = etree.XPath(".//text()[not(ancestor::span[@class='credit'] or ancestor::a[@data-note])]")
_CREDIT = etree.XPath(".//text()[ancestor::span[@class='credit'] and not(ancestor::a[@data-note])]")
_SHOWN = 40
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));?")
_CODES = 0x110000


@dataclass(slots=True)
class _Work:
    """One text on the desk."""

    path: str
    prefix: str
    language: str
    marks: Scan
    pictures: Pictures
    noticed: list[Finding] = field(default_factory=list)
    assets: dict[str, Asset] = field(default_factory=dict)
    met: list[Picture] = field(default_factory=list)
    """Pictures, as they were met."""
    ids: set[str] = field(default_factory=set)
    markup: str = ""
    """The safe HTML, to ask whether something is in it at all."""


def edit_text(
    raw: str,
    path: str,
    first_line: int,
    prefix: str,
    language: str,
    pictures: Pictures,
    indent: tuple[int, int] = (0, 0),
) -> tuple[Text, tuple[Finding, ...]]:
    """Edit the Markdown `raw`, which begins on line `first_line` of the file `path`.

    `indent` is how far its first line and its others stand in from the file's margin.
    Every id in the result begins with `prefix`, so that texts set in one book never share one.
    Findings: M001–M004, M006–M011, L001, L002, L005–L010, I001–I005, A001.
    """
    marks = scan(raw, path, first_line, indent)
    work = _Work(path, prefix, language, marks, pictures)
    clean = CONTROL.search(raw) is None
    for match in () if clean else CONTROL.finditer(raw):
        work.noticed.append(find("M003", marks.place(match.start()), code=ord(match[0])))
    if "{{" in raw or "{%" in raw:
        for match in TEMPLATE.finditer(mask(raw)):
            code = match[0] if len(match[0]) <= _SHOWN else match[0][:_SHOWN] + "…"
            work.noticed.append(find("M004", marks.place(match.start()), code=code))
    work.noticed += said_twice(marks)
    trouble = endless(raw, marks)
    root = None
    if trouble is None:
        try:
            root = _safe(work, raw, clean=clean)
        except TooDeepError as deep:
            trouble = find("M006", marks.place(marks.starts[deep.line]))
        except RecursionError:
            trouble = find("M006", Place(path, first_line))
    if trouble is not None:
        work.noticed.append(trouble)
    if root is None:  # a draft shows the text as it was typed
        root = _parsed(f"<pre>{escape(without_controls(raw))}</pre>")
    text = _dress(work, root)
    return text, tuple(work.noticed)


def _safe(work: _Work, raw: str, *, clean: bool) -> etree._Element:
    """The text as safe XHTML, still with Python-Markdown's footnotes."""
    desk = converter()
    converted = desk.convert(raw if clean else without_controls(raw))
    work.noticed += misplaced(desk.blocks, raw, work.marks)
    work.noticed += lost(work.marks, desk.lookups)
    root = _parsed(_without_controls(work, raw, converted))
    purge(root, work.marks, work.noticed, lambda image, place: _picture(work, image, place))
    # nh3 reads HTML and writes HTML; what it changed is parsed once more for XHTML.
    purged = etree.tostring(root, encoding="unicode", method="html").replace("\u00a0", "&nbsp;")
    safe = gate(purged)
    work.markup = safe
    if safe != purged:
        root = _parsed(safe.removeprefix("<div>").removesuffix("</div>"))
    settle(root)
    return root


def _without_controls(work: _Work, raw: str, converted: str) -> str:
    """The HTML without references (&#1;) to characters that XML forbids (M003)."""
    if "&#" not in converted.replace("&#160;", ""):  # which notes end with
        return converted

    def settled(match: re.Match[str]) -> str:
        number = int(match[1], 16) if match[1] else int(match[2])
        if number < _CODES and number and not CONTROL.match(chr(number)):
            return match[0]
        at = raw.find(match[0])
        place = work.marks.place(at) if at >= 0 else Place(work.path, work.marks.first_line)
        work.noticed.append(find("M003", place, code=number))
        return ""

    return _REFERENCE.sub(settled, converted)


def _parsed(markup: str) -> etree._Element:
    """HTML as the content of one <div>, however its own are opened and closed."""
    document = etree.fromstring(f"<html><body>{markup}</body></html>", _PARSER)
    body = document.find("body")
    document.remove(body)
    body.tag = "div"
    return body


# -- pictures


def _picture(work: _Work, image: etree._Element, place: Place) -> None:
    source, alt = image.get("src", ""), (image.get("alt") or "").strip()
    rights = image.attrib.pop("data-rights", "")
    asset, said = work.pictures.get(source, work.path, place)
    work.noticed.extend(said)
    image.set("data-line", f"{place.line}:{place.column}")
    if asset is None:
        # A labelled box stands in for it, and is only ever seen in a draft.
        image.tag = "span"
        image.text = f"Image missing: {source[:120]}"
        image.attrib.clear()
        image.set("class", "missing-image")
        return
    if not alt:
        work.noticed.append(find("A001", place, path=source))
        image.set("data-undescribed", "")
    work.assets[asset.path] = asset
    image.set("src", asset.path)
    image.set("data-picture", str(len(work.met)))
    file = work.pictures.file(source, work.path)
    work.met.append(Picture(asset.path, file, "", place, said=_said(rights)))


def _said(written: str) -> tuple[tuple[str, str], ...]:
    """What a picture's attribute list says of its rights; nothing, where HTML made it up."""
    try:
        said = json.loads(written) if written else {}
    except ValueError:
        return ()
    known = isinstance(said, dict) and all(isinstance(value, str) for value in said.values())
    return tuple(said.items()) if known else ()


def _pictures(work: _Work, roots: Iterable[etree._Element]) -> tuple[Picture, ...]:
    """The pictures in running order, each with an id to be found by."""
    placed: list[Picture] = []
    for image in [image for root in roots for image in root.iter("img")]:
        home = next((e for e in image.iterancestors("figure")), image)
        own = home.get("id") or f"{work.prefix}.p{len(placed) + 1}"
        home.set("id", own)
        caption = home.find("figcaption") if home is not image else None
        said = "".join(_CAPTION(caption)) if caption is not None else image.get("title", "")
        title = " ".join((said or image.get("alt") or "").split())
        met = work.met[int(image.attrib.pop("data-picture"))]
        credit = "" if caption is None else " ".join("".join(_CREDIT(caption)).split())
        rights = dict(met.said) | ({"credit": credit} if credit else {})
        placed.append(replace(met, id=own, title=title, said=tuple(rights.items())))
    return tuple(placed)


# -- from safe HTML to the galley's form


def _dress(work: _Work, root: etree._Element) -> Text:
    notes = lift(root)
    calls = number(root, notes)
    if "[^" in work.markup:
        work.noticed += unwritten(work.marks, [root, *notes.values()])
    headings(root)
    figures(root)
    for element in (root, *notes.values()):
        labels(element)
    places(root, work.marks, pictures="data-line" in work.markup)
    numbered = []
    for label, body in sorted(notes.items(), key=lambda n: calls.get(n[0], len(notes) + 1)):
        own = calls.get(label, 0)
        if not own:
            place = work.marks.take("note", label) or Place(work.path, work.marks.first_line)
            work.noticed.append(find("L002", place, label=label))
        numbered.append((own, label, body))
    ids = {own for element in (root, *notes.values()) for own in _OWN_IDS(element)}
    for element in (root, *notes.values()):
        _anchors(work, element, ids)
        typeset(element, work.language, foreign="lang=" in work.markup)
    pictures = _pictures(work, (root, *notes.values())) if work.met else ()
    bare = [label for own, label, _ in numbered if not own]
    made = tuple(
        Note(
            f"{work.prefix}.n{own}" if own else f"{work.prefix}.u{bare.index(label) + 1}",
            own,
            _inner(body),
        )
        for own, label, body in numbered
    )
    body = _inner(root)
    assets = tuple(work.assets[k] for k in sorted(work.assets))
    place = Place(work.path, work.marks.first_line)
    return Text(body, made, assets, words(body), place, pictures)


def _inner(root: etree._Element) -> str:
    """What is in `root`, as XHTML."""
    markup = etree.tostring(root, encoding="unicode", method="xml", with_tail=False)
    return markup[markup.index(">") + 1 : -len(f"</{root.tag}>")] if len(root) or root.text else ""


def _anchors(work: _Work, root: etree._Element, ids: set[str]) -> None:
    """Ids and links of this piece get its prefix; a link's place is kept.

    What reelpress makes is `PREFIX.n1`, what an author names is `PREFIX--name`: none can be both.
    """
    for element in list(root.iter("a")):
        target = element.get("href")
        if element.get("data-note") is not None or target is None:
            continue
        place = work.marks.address(target) or work.marks.address(target.replace("&", "&amp;"))
        place = place or Place(work.path, work.marks.first_line)
        element.set("data-at", f"{place.line}:{place.column}")
        if target.startswith("#") and target[1:] not in ids:
            work.noticed.append(find("L005", place, id=target[1:]))
            plain(element)
        elif target.startswith("#"):
            element.set("href", f"#{work.prefix}--{_xml_id(target[1:])}")
    for element in _IDS(root):
        own = element.get("id")
        if element.get("data-note") is not None:
            element.set("id", f"{work.prefix}.{own}")
            element.set("href", f"#{work.prefix}.{element.get('href', '')[1:]}")
        else:
            made = f"{work.prefix}--{_xml_id(own)}"
            if made in work.ids:
                place = Place(work.path, work.marks.first_line)
                work.noticed.append(find("L008", place, id=own))
                del element.attrib["id"]
                continue
            work.ids.add(made)
            element.set("id", made)


def _xml_id(own: str) -> str:
    """An author's id with only characters that XML's NCName and URLs share."""
    return re.sub(r"[^\w.-]", "-", own)
