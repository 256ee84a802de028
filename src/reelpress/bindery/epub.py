"""The EPUB binder: EPUB 3.3, a file for each section.

Steps on each section, in this order:
1. what only pages have goes;
2. note calls become noterefs, notes asides that pop up, with a way back;
3. page slots go (their titled links stay), and page runs with their words;
4. ids and links are led to the files they are in, pictures to theirs;
5. epub:type and DPUB-ARIA roles by the section's kind;
6. places come off.

A section that bears a licence of its own says so in its head (HTML, link type license: the terms
of the document's main content).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from lxml import etree

from reelpress.bindery.bind import file_name, title
from reelpress.bindery.cover import cover
from reelpress.bindery.fonts import needed, rules, subset
from reelpress.bindery.marks import close_up, markup, only, remove, strip_marks, tree
from reelpress.bindery.navigation import nav, outline
from reelpress.bindery.package import metadata
from reelpress.findings import Finding, find
from reelpress.galley import Galley, Section, Volume
from reelpress.model import Asset, VolumeSpec

_EPUB = "{http://www.idpf.org/2007/ops}type"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SLOTS = etree.XPath("descendant::*[@data-page or @data-pages or @data-runs]")
_SVG = "{http://www.w3.org/2000/svg}svg"

KINDS: Mapping[str, tuple[str, str]] = {
    "half-title": ("halftitlepage", ""),
    "title": ("titlepage", ""),
    "copyright": ("copyright-page", ""),
    "contents": ("toc", ""),
    "dedication": ("dedication", "doc-dedication"),
    "epigraph": ("epigraph", "doc-epigraph"),
    "foreword": ("foreword", "doc-foreword"),
    "preface": ("preface", "doc-preface"),
    "introduction": ("introduction", "doc-introduction"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "part": ("part", "doc-part"),
    "review": ("chapter", "doc-chapter"),
    "afterword": ("afterword", "doc-afterword"),
    "films": ("appendix", "doc-appendix"),
    "credits": ("appendix", "doc-appendix"),
    "contributors": ("contributors", ""),
    "colophon": ("colophon", "doc-colophon"),
    "offprint": ("titlepage", ""),
}
"""A section's kind -> epub:type and role (EPUB Structural Semantics 1.1, DPUB-ARIA 1.1)."""

_PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="{lang}" xml:lang="{lang}" dir="{turned}">
<head>
<meta charset="utf-8"/>
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="{up}style.css"/>
{links}</head>
<body{attributes}>
{body}
</body>
</html>
"""


def page(
    galley: Galley,
    language: str,
    heading: str,
    body: str,
    *,
    up: str = "../",
    attributes: str = "",
    licence: str = "",
) -> bytes:
    """One XHTML document of the book; `licence` is the address of its own deed, if it has one."""
    links = f'<link rel="license" href="{escape(licence)}"/>\n' if licence else ""
    return _PAGE.format(
        lang=escape(language),
        turned=galley.direction,
        title=escape(heading),
        body=body,
        up=up,
        attributes=attributes,
        links=links,
    ).encode()


def bind_epub(
    galley: Galley, spec: VolumeSpec, *, name: str = "", covered: bool = True
) -> tuple[Volume | None, tuple[Finding, ...]]:
    """The galley as an EPUB, with a cover or without; `name` is of its file. Finding: E001."""
    from reelpress.bindery.container import Document, pack

    trees = {section.id: only(tree(section), "screen") for section in galley.sections}
    homes = {
        own: f"{section.id}.xhtml"
        for section in galley.sections
        for own in map(str, trees[section.id].xpath("//@id"))
    }
    text = {c for root in trees.values() for c in "".join(root.itertext())}
    front = cover(galley) if covered else None
    documents = []
    if front is not None:
        content = _cover_page(galley, front)
        documents.append(Document("cover-page", "text/cover.xhtml", content, linear=True))
    for section in galley.sections:
        root = trees[section.id]
        _resolve(root, section, homes)
        drawn = ("svg",) if next(root.iter(_SVG), None) is not None else ()
        attributes = f' class="{section.kind}" epub:type="{section.matter}matter"'
        content = page(
            galley,
            section.language,
            section.title,
            markup(root),
            attributes=attributes,
            licence=section.licence,
        )
        path = f"text/{section.id}.xhtml"
        documents.append(Document(section.id, path, content, properties=drawn))
    used = _used(galley, trees)
    faces = needed(galley.faces, text)
    style = Asset("style.css", "text/css", f"{rules(faces)}{galley.screen}".encode())
    files = [style, *(subset(f.asset, text) for f in faces), *used]
    files = [front, *files] if front is not None else files
    try:
        data = pack(
            metadata(galley, spec, pictures=bool(used)),
            documents,
            page(
                galley,
                galley.edition.language,
                title(galley),
                nav(galley, covered=covered),
                up="",
            ),
            outline(galley),
            files,
            front,
        )
    except (etree.LxmlError, ValueError, TypeError, KeyError, OSError) as error:
        return None, (find("E001", galley.place, problem=str(error)),)
    count = len(galley.sections)
    return (
        Volume(
            name or file_name(galley, spec),
            "application/epub+zip",
            data,
            f"{count} sections" if count != 1 else "1 section",
            _accessibility(galley, pictures=bool(used)),
            front,
            spec=spec.name,
        ),
        (),
    )


def _used(galley: Galley, trees: Mapping[str, etree._Element]) -> list[Asset]:
    """The assets that a section or the screen's style sheet asks for."""
    asked = {
        source.removeprefix("../")
        for root in trees.values()
        for source in map(str, root.xpath("//@src"))
    }
    return [a for a in galley.assets if a.path in asked or a.path in galley.screen]


def _accessibility(galley: Galley, *, pictures: bool) -> str:
    said = "Reflowable text, in reading order, with navigation and headings"
    if not pictures:
        return said + "."
    return said + (
        "; every image is described."
        if galley.images_described
        else "; some images are not described."
    )


def _cover_page(galley: Galley, front: Asset) -> bytes:
    edition = galley.edition
    alt = edition.cover_alt or ", ".join(
        p for p in (edition.title, edition.subtitle, *(c.person.name for c in edition.editors)) if p
    )
    body = (
        '<section class="cover" epub:type="cover">'
        f'<img src="../{front.path}" alt="{escape(alt)}" role="doc-cover"/></section>'
    )
    return page(galley, edition.language, galley.words["Cover"], body)


def _resolve(root: etree._Element, section: Section, homes: Mapping[str, str]) -> None:
    _notes(root)
    for slot in _SLOTS(root):
        close_up(slot)
        remove(slot)
    own = f"{section.id}.xhtml"
    for link in root.iter("a"):
        target = link.get("href", "")
        if target.startswith("#") and homes.get(target[1:], own) != own:
            link.set("href", homes[target[1:]] + target)
    for image in root.iter("img"):
        image.set("src", f"../{image.get('src')}")
        image.set("alt", image.get("alt") or "")
    kind, role = KINDS.get(section.kind, ("", ""))
    if kind:
        root.set(_EPUB, kind)
    if role:
        root.set("role", role)
    root.set("aria-label", section.title)
    for element in root.iter():
        if (language := element.get("lang")) is not None:
            element.set(_XML_LANG, language)
    strip_marks(root, "data-only")


def _notes(root: etree._Element) -> None:
    calls: dict[str, str] = {}
    for call in root.iter("a"):
        if call.attrib.pop("data-note", None) is not None:
            calls.setdefault(call.get("href", "")[1:], call.get("id", ""))
            call.set(_EPUB, "noteref")
            call.set("role", "doc-noteref")
    for aside in root.iter("aside"):
        number = aside.attrib.pop("data-note", None)
        if number is None or aside.get("id") not in calls:
            continue
        aside.set(_EPUB, "footnote")
        aside.set("role", "doc-footnote")
        first = next(iter(aside), None)
        home = first if first is not None and first.tag == "p" else aside
        back = etree.Element(
            "a", {"href": f"#{calls[aside.get('id', '')]}", "role": "doc-backlink"}
        )
        back.text, back.tail = f"{number}.", f" {home.text or ''}"
        home.text = None
        home.insert(0, back)
