"""Substack: the export of a publication (zip or folder): posts.csv and posts/ID.SLUG.html.

Of it only these are read; lists of readers, and of what they opened, never. Whoever wrote the posts
is not in an export.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from reelpress.findings import Finding, find
from reelpress.header import decode
from reelpress.intake.archive import Archive
from reelpress.intake.delivery import Arrival, Delivery, LeftOut
from reelpress.intake.front import Names, day_of, front_matter, held, said_of
from reelpress.intake.headlines import film_of
from reelpress.intake.pictures import gathered
from reelpress.intake.tables import Row, heads_of, rows_of

KIND = "Substack export"
_POSTS = "posts.csv"
_HOUSE = re.compile(r"https?://([a-z0-9-]+)\.substack\.com\b", re.I)
_NO_HOUSE = frozenset({"open", "cdn", "support", "on", "www", "api", "post"})
_WIDGETS = (
    (re.compile(r"subscri(?:ption|be)-widget|subscribe-footer"), "a form to subscribe"),
    (re.compile(r"button-wrapper|captioned-button-wrap"), "a button"),
    (re.compile(r"\bpoll-embed\b|\bpoll\b"), "a poll"),
    (
        re.compile(r"install-substack-app|community-chat|directMessage|\bhide-text\b"),
        "a line of Substack's own",
    ),
    (re.compile(r"digest-post-embed|embedded-(?:post|publication)-wrap"), "a card of another post"),
    (re.compile(r"\bpaywall-jump\b"), "the paywall"),
)
"""What an element's class says -> what was left out there."""
_PLAYERS = re.compile(
    r"\b(?:youtube|vimeo|spotify|soundcloud|apple-podcast|tiktok|instagram|bandcamp|twitter-embed"
    r"|tweet|native-video-embed|native-audio-embed|file-embed)[\w-]*"
)


def recognises(path: Path) -> bool:
    """Whether there is a table of posts as Substack writes it."""
    archive = Archive.at(path)
    heads = heads_of((archive.read(_POSTS) or b"").decode("latin-1"))
    return {"postid", "ispublished"} <= heads


def bring(path: Path) -> Delivery:
    """Its published posts, without what only works on the site.

    Findings: those of `Archive` and `decode`, S002, S016 (posts that the table does not list,
    players), S019 (a post for paying readers).
    """
    export = _Export(Archive.at(path))
    arrivals = tuple(export.arrivals())
    findings = (*export.archive.findings, *export.noticed)
    skipped = dict(export.skipped)
    if export.absent:
        skipped["pictures that are not in the export"] = len(export.absent)
    return Delivery(KIND, arrivals, (), findings, skipped)


@dataclass(slots=True)
class _Export:
    """One publication."""

    archive: Archive
    noticed: list[Finding] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)
    absent: set[str] = field(default_factory=set)
    names: Names = field(default_factory=Names)
    beside: dict[str, str] = field(default_factory=dict)
    """A file's name, without its folders -> its name in the export."""
    house: str = ""
    """The publication's name in its address."""

    def arrivals(self) -> list[Arrival]:
        rows = self._rows()
        listed = {row["postid"] for row in rows}
        files = {
            PurePosixPath(name).stem: name
            for name in self.archive.names()
            if name.startswith("posts/") and name.endswith(".html")
        }
        for stem in sorted(files.keys() - listed):
            what = "posts.csv does not list this post; it was left out"
            self.noticed.append(find("S016", self.archive.place(files[stem]), what=what))
            self.skipped["posts that are in no list"] += 1
        coming = [(row, files.get(row["postid"], "")) for row in rows if self._comes(row)]
        texts = [(row, self._html(name)) for row, name in coming]
        self.skipped["posts without words"] += sum(not html.strip() for _, html in texts)
        self.skipped = +self.skipped
        houses = Counter(h.lower() for _, html in texts for h in _HOUSE.findall(html))
        known = [h for h, _ in houses.most_common() if h not in _NO_HOUSE]
        self.house = known[0] if known else ""
        return [self._arrival(row, html) for row, html in texts if html.strip()]

    def _rows(self) -> list[Row]:
        data = self.archive.read(_POSTS)
        text, said = decode(data or b"", self.archive.place(_POSTS).path)
        self.noticed += said
        try:
            return rows_of(text or "")
        except ValueError as error:
            self.noticed.append(find("S002", self.archive.place(_POSTS), problem=str(error)))
            return []

    def _comes(self, row: Row) -> bool:
        kind = row["type"].lower()
        if row["ispublished"].lower() not in ("true", "1", "yes"):
            self.skipped["drafts"] += 1
        elif kind in ("page", "thread"):
            self.skipped[f"{kind}s"] += 1
        else:
            return True
        return False

    def _html(self, name: str) -> str:
        data = self.archive.read(name) if name else None
        if data is None:
            return ""
        text, said = decode(data, self.archive.place(name).path)
        self.noticed += [f for f in said if f.code != "H002"]
        return text or ""

    def _arrival(self, row: Row, html: str) -> Arrival:
        from reelpress.intake.markup import markdown_of, text_of

        own, date = row["postid"], day_of(row["postdate"])
        address = own.partition(".")[2] or own
        title = _plain(row["title"]) or address.replace("-", " ").capitalize()
        path = self.names.take(address, date)
        settled, left_out = self._settled(html, row)
        body = gathered(settled, self._picture, "substack", path)
        name, year = film_of(title)
        guessed = ["film.title", *(["film.year"] if year else [])]
        house = f"{self.house}.substack.com"
        header = front_matter(
            title=title if title != name else "",
            film={"title": name, "year": year},
            date=date,
            rights=held((), date, *guessed, *(["first_published"] if self.house else [])),
            first_published=said_of(
                {"outlet": house, "date": date, "url": f"https://{house}/p/{address}"}
            )
            if self.house
            else None,
            extra={"subtitle": _plain(row["subtitle"])},
        )
        if row["audience"].lower() in ("only_paid", "founding"):
            self.noticed.append(find("S019", self.archive.place(_POSTS, row.line)))
        text = markdown_of(body.html)
        origin = f"posts.csv, row {row.number}"
        return Arrival(path, header, text, origin, text_of(html), left_out, body.files, own)

    def _settled(self, html: str, row: Row) -> tuple[str, tuple[LeftOut, ...]]:
        """A post without what only works on the site, and what that said."""
        from lxml import etree

        from reelpress.intake.markup import text_of
        from reelpress.intake.markup.tree import parsed, take_out

        root, left_out = parsed(html), []
        for element in [e for e in root.iter() if isinstance(e.tag, str)]:
            said = f"{element.get('class') or ''} {element.get('data-component-name') or ''}"
            if element.getparent() is None or not said.strip() or not _is_in(element, root):
                continue
            reason = next((why for pattern, why in _WIDGETS if pattern.search(said)), "")
            if reason:
                words = text_of(etree.tostring(element, encoding="unicode", method="html"))
                if words.strip():
                    left_out.append(LeftOut(words, reason))
                take_out(element)
            elif "latex-rendered" in said:
                _formula(element)
            elif "mention-wrap" in said or "MentionToDOM" in said:
                _mention(element)
            elif "pullquote" in said and element.tag == "div":
                element.tag = "blockquote"
            elif _PLAYERS.search(said) and not "".join(element.itertext()).strip():
                self._tell_player(element, row)
        return etree.tostring(root.find("body"), encoding="unicode", method="html"), tuple(left_out)

    def _tell_player(self, element: Any, row: Row) -> None:
        name = _PLAYERS.search(element.get("class") or "")
        if name is not None and element.get("data-attrs"):
            kind = name[0].split("-")[0]
            what = f"A player ({kind}) is not in the export; it was left out"
            self.noticed.append(find("S016", self.archive.place(_POSTS, row.line), what=what))

    def _picture(self, address: str) -> bytes | None:
        """A picture that somebody put beside the posts, by the name that it has on the site."""
        name = PurePosixPath(unquote(unquote(urlsplit(address).path))).name
        if not self.beside:
            names = reversed(self.archive.names())
            self.beside |= {PurePosixPath(known).name: known for known in names}
        if name in self.beside:
            return self.archive.read(self.beside[name])
        self.absent.add(address)
        return None


def _is_in(element: Any, root: Any) -> bool:
    """Whether an element is still in the tree: what it was in may have gone."""
    up = element
    while up.getparent() is not None:
        up = up.getparent()
    return up is root


def _formula(element: Any) -> None:
    """A formula, whose words are in its attributes alone."""
    from lxml import etree

    said = _attribute(element, "persistentExpression")
    if said and not "".join(element.itertext()).strip():
        etree.SubElement(etree.SubElement(element, "p"), "code").text = said


def _mention(element: Any) -> None:
    """Somebody's name in a sentence, which is in its attributes alone."""
    if not "".join(element.itertext()).strip():
        element.text = _attribute(element, "name")


def _attribute(element: Any, key: str) -> str:
    """What Substack's editor keeps of an element; empty where it says nothing of it."""
    try:
        said = json.loads(element.get("data-attrs") or "{}").get(key)
    except (ValueError, AttributeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def _plain(text: str) -> str:
    """A title: entities resolved, no markup."""
    return " ".join(unescape(re.sub(r"<[^<>]*>", "", text)).split())
