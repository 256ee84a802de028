"""WordPress: its export, WXR 1.0 to 1.2 (an .xml, or several in a zip or folder).

The format is RSS 2.0 with namespaces, whose addresses differ from export to export and are known
by their ends (wordpress.org/export/1.2/). Posts that are published come; drafts, private ones and
those with a password are counted. E-mail addresses, passwords and comments are never copied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reelpress.findings import Finding, find
from reelpress.intake.archive import Archive
from reelpress.intake.delivery import Arrival, Delivery
from reelpress.intake.wordpress.authors import Authors
from reelpress.intake.wordpress.posts import Post, Site
from reelpress.intake.xml import decoded, tree_of

KIND = "WordPress export"
_SIGN = re.compile(rb"https?://wordpress\.org/export/1\.\d|<wp:wxr_version>")
_TOP = 200_000
"""Bytes in which the sign of a WXR stands: above it are comments that tell how to import it."""
_MOST = 50
"""Files that are looked at."""
_REVIEWS = re.compile(r"post$|review|critic|critique|kritik|rese|recens|film|movie|article|essay")
"""What a type of posts is called that may be reviews."""
_STATUS = {
    "draft": "drafts",
    "auto-draft": "drafts",
    "pending": "drafts",
    "private": "private posts",
    "future": "posts for later",
    "trash": "posts in the trash",
}
"""What a post is that is not published; plugins for newsrooms have more of them ("pitch")."""


def recognises(path: Path) -> bool:
    """Whether there is a WXR in it."""
    archive = Archive.at(path)
    return any(_signed(archive, name) for name in _named(archive))


def _named(archive: Archive) -> list[str]:
    return [name for name in archive.names() if name.lower().endswith(".xml")][:_MOST]


def _signed(archive: Archive, name: str) -> bool:
    top = (archive.read(name) or b"")[:_TOP]
    return bool(_SIGN.search(top.replace(b"\0", b"")))  # of UTF-16, its plain letters


def bring(path: Path) -> Delivery:
    """Its published posts, their authors, and the pictures that lie beside it.

    Findings: those of `Archive` and `decode`, S002, S010 and S011 (XML), S016 (tags and blocks that
    nobody knows).
    """
    archive = Archive.at(path)
    export = _Export(archive)
    for name in _named(archive):
        if _signed(archive, name):
            export.read(name)
    site = Site(archive, export.attachments, export.children)
    authors = Authors.of(export.authors, export.items)
    arrivals = tuple(_arrivals(export, site, authors))
    writers = {key for arrival in arrivals for key in site.writers[arrival.id]}
    people = tuple(p for p in authors.people if p.key in writers)
    skipped = dict(export.skipped)
    if site.absent:
        skipped["pictures that are not in the export"] = len(site.absent)
    findings = (*archive.findings, *export.noticed, *site.noticed)
    return Delivery(KIND, arrivals, people, findings, skipped)


Item = dict[str, Any]
"""One item: `title`, `wp:post_id` … -> text; `meta` -> key -> value; `category` -> a list of
(domain, nicename, text)."""


@dataclass(slots=True)
class _Export:
    """All that is in the files of an export."""

    archive: Archive
    items: list[Item] = field(default_factory=list)
    authors: list[Item] = field(default_factory=list)
    noticed: list[Finding] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    attachments: dict[str, Item] = field(default_factory=dict)
    children: dict[str, list[str]] = field(default_factory=dict)
    """Id of a post -> ids of what is attached to it."""

    def read(self, name: str) -> None:
        data = self.archive.read(name)
        place = self.archive.place(name).path
        text, said = decoded(data or b"", place)
        root, wrong = tree_of(text, place)
        self.noticed += (*said, *wrong)
        channel = root.find("channel") if root is not None else None
        if channel is None:
            if not wrong:
                self.noticed.append(find("S002", self.archive.place(name), problem="no channel"))
            return
        shared = dict(_plain(e) for e in channel if _key(e) not in ("item", "image"))
        for element in channel:
            kind = _key(element)
            if kind == "wp:author":
                self.authors.append(dict(map(_plain, element)))
            elif kind == "item":
                item = _item(element)
                line = element.sourceline or 1
                item |= {"origin": f"{Path(name).name}, line {line}"}
                item |= {"place": self.archive.place(name, line)}
                item |= {"site": shared.get("title", ""), "language": shared.get("language", "")}
                item |= {"blog": shared.get("wp:base_blog_url") or shared.get("link", "")}
                self._enter(item)

    def _enter(self, item: Item) -> None:
        self.items.append(item)
        if item.get("wp:post_type") == "attachment":
            own = item.get("wp:post_id", "")
            self.attachments[own] = item
            self.children.setdefault(item.get("wp:post_parent", ""), []).append(own)

    def posts(self) -> Iterator[Item]:
        """The posts that come; the others are counted."""
        for item in self.items:
            kind, status = item.get("wp:post_type", "post"), item.get("wp:status", "publish")
            if kind == "page":
                self.skipped["pages"] += 1
            elif not _REVIEWS.search(kind):
                continue
            elif status != "publish":
                self.skipped[_STATUS.get(status, "posts that are not published")] += 1
            elif item.get("wp:post_password"):
                self.skipped["posts with a password"] += 1
            elif not item.get("content", "").strip():
                self.skipped["posts without words"] += 1
            else:
                yield item


def _arrivals(export: _Export, site: Site, authors: Authors) -> Iterator[Arrival]:
    posts = list(export.posts())
    scales = _scales(posts)
    for item in posts:
        yield Post(item, site, authors.of_post(item), scales).arrival()


def _scales(posts: Iterable[Item]) -> dict[str, float]:
    """Key of a post's settings -> the greatest number that stands there in any post: a scale is
    guessed by it."""
    most: dict[str, float] = {}
    for item in posts:
        for key, value in item["meta"].items():
            if re.fullmatch(r"\d{1,3}(?:\.\d+)?", value):
                most[key] = max(most.get(key, 0.0), float(value))
    return most


# -- elements


def _item(element: Any) -> Item:
    item: Item = {"meta": {}, "category": []}
    for inner in element:
        key = _key(inner)
        if key == "wp:postmeta":
            said = dict(map(_plain, inner))
            name = said.get("wp:meta_key", "")
            item["meta"].setdefault(name, said.get("wp:meta_value", "").strip())
        elif key == "category":
            named = (inner.get("domain") or "", inner.get("nicename") or "", _text(inner))
            item["category"].append(named)
        elif key != "wp:comment":
            item.setdefault(key, _text(inner))
    return item


def _plain(element: Any) -> tuple[str, str]:
    return _key(element), _text(element)


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()


def _key(element: Any) -> str:
    """An element's name: with its prefix as everybody writes it, whatever its namespace's address
    is; `content` and `excerpt` for the two that are called `encoded`."""
    if not isinstance(element.tag, str):
        return ""
    space, _, name = element.tag.rpartition("}")
    prefix = ""
    if not space and ":" in name:
        prefix, _, name = name.partition(":")  # a prefix that nobody declared
    if name == "encoded":
        return "excerpt" if "excerpt" in (space or prefix) else "content"
    if "/export/" in space or prefix == "wp":
        return f"wp:{name}"
    if "/dc/" in space or prefix == "dc":
        return f"dc:{name}"
    return name
