"""Pictures as a text shows them: found or missing, described or not, each with its rights."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from lxml import etree

from reelpress.desk.text.work import Work
from reelpress.findings import Place, find
from reelpress.model import Picture

_CAPTION = etree.XPath(".//text()[not(ancestor::span[@class='credit'] or ancestor::a[@data-note])]")
_CREDIT = etree.XPath(".//text()[ancestor::span[@class='credit'] and not(ancestor::a[@data-note])]")


def picture(work: Work, image: etree._Element, place: Place) -> None:
    """Settle one <img>, in place: its address, or a box where it is missing (A001, I001–I005)."""
    source, alt = image.get("src", ""), (image.get("alt") or "").strip()
    rights = image.attrib.pop("data-rights", "")
    asset, said = work.pictures.get(source, work.path, place)
    work.noticed.extend(said)
    image.set("data-line", f"{place.line}:{place.column}")
    if asset is None:
        # A labelled box stands in for it, and is only ever seen in a draft.
        image.tag = "span"
        words = " ".join(part for part in (alt, image.get("title", "")) if part)
        image.text = f"Image missing: {source[:120]}{f' ({words})' if words else ''}"
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


def pictures_in(work: Work, roots: Iterable[etree._Element]) -> tuple[Picture, ...]:
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
