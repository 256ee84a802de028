"""One post of a WordPress export as a manuscript."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from reelpress.findings import Finding, find
from reelpress.intake.archive import Archive
from reelpress.intake.delivery import Arrival, Newcomer
from reelpress.intake.front import Names, day_of, front_matter, held, said_of, words_in
from reelpress.intake.headlines import film_of
from reelpress.intake.pictures import gathered, placed
from reelpress.intake.wordpress.text import Attachment, Tags, blocks_alone, paragraphs
from reelpress.slugs import slug

Item = dict[str, Any]
_RATED = re.compile(r"rating|score|stars?(?![a-z])|grade|note_film|punkte", re.I)
_READERS = re.compile(r"avg|average|vote|visitor|user|count|cast|sum|num|comment|kksr|schema", re.I)
"""What a rating is called that readers gave, or that is no rating."""
_VALUE = re.compile(r"\d{1,3}(?:[.,]\d+)?(?:\s*/\s*\d{1,3})?|\d{1,3}\s*%|[A-F][+-]?|[★☆½⭐]+")
_FACTS = (
    ("year", re.compile(r"(?:film|movie|release)_?year|year_?of_?release")),
    ("directors", re.compile(r"(?:film_?|movie_?)?directors?|directed_by")),
    ("cast", re.compile(r"(?:film_?|movie_?)?(?:cast|actors|starring)")),
    ("runtime", re.compile(r"(?:film_?|movie_?)?runtime|running_?time")),
    ("country", re.compile(r"(?:film|movie)_?countr(?:y|ies)")),
    ("original_title", re.compile(r"(?:film_?|movie_?)?original_?title")),
    ("imdb", re.compile(r"(?:film_?|movie_?)?imdb(?:_?id)?")),
)
"""A film's field -> what a post's setting is called that says it."""
_PREFIX = re.compile(r"^_?(?:wpcf-|acf_|mb_|cmb_|rev(?:iew)?_)?")
_NO_TAG = frozenset({"uncategorized", "uncategorised", "allgemein", "non-classe", "sin-categoria"})
"""What WordPress calls the category of a post that has none, in plain letters."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_SIZED = re.compile(r"-\d{2,5}x\d{2,5}(?=\.\w+$)|-scaled(?=\.\w+$)")
_UPLOADS, FOLDER = "wp-content/uploads/", "wordpress"
_LONGEST = 300
"""Characters of a fact."""


@dataclass(slots=True)
class Site:
    """What the posts of an export share."""

    archive: Archive
    attachments: Mapping[str, Item]
    children: Mapping[str, Sequence[str]]
    noticed: list[Finding] = field(default_factory=list)
    names: Names = field(default_factory=Names)
    absent: set[str] = field(default_factory=set)
    """Addresses of pictures that do not lie beside the export."""
    writers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Id of a post -> the keys of whoever wrote it."""

    def attachment(self, own: str) -> Attachment | None:
        """One file of the library."""
        item = self.attachments.get(own)
        if item is None or not item.get("wp:attachment_url"):
            return None
        alt = item["meta"].get("_wp_attachment_image_alt", "")
        return Attachment(item["wp:attachment_url"], escape(item.get("excerpt", "")), alt)

    def picture(self, address: str) -> bytes | None:
        """The bytes of a picture, if it lies beside the export under the name it has on the site;
        in its full size where that is there."""
        path = unquote(urlsplit(address).path).lstrip("/")
        below = path.partition(_UPLOADS)[2]
        for way in (path, _UPLOADS + below, f"uploads/{below}", below, path.rpartition("/")[2]):
            for name in dict.fromkeys((_SIZED.sub("", way), way)):
                if name in self.archive:
                    return self.archive.read(name)
                if name and (data := self.archive.beside(name)) is not None:
                    return data
        self.absent.add(address)
        return None


@dataclass(frozen=True, slots=True)
class Post:
    """One post."""

    item: Item
    site: Site
    authors: tuple[tuple[Newcomer, ...], bool]
    scales: Mapping[str, float]

    def arrival(self) -> Arrival:
        """The manuscript."""
        from reelpress.intake.markup import markdown_of, text_of

        item, (people, unsure) = self.item, self.authors
        title = title_of(item.get("title", ""))
        writers = tuple(person.key for person in people)
        date = day_of(item.get("wp:post_date", "")) or day_of(item.get("wp:post_date_gmt", ""))
        film, guessed = self._film(title)
        rating = self._rating()
        guessed += ["rating"] * bool(rating) + ["reviewer"] * unsure
        path = self.site.names.take(unquote(item.get("wp:post_name", "")) or title, date)
        html = paragraphs(item.get("content", "")) + self._footnotes()
        tags = Tags(self.site.attachment, self.site.children.get(item.get("wp:post_id", ""), ()))
        settled = gathered(tags.settled(html), self.site.picture, FOLDER, path)
        self._tell(tags.unknown, blocks_alone(item.get("content", "")))
        files = dict(settled.files)
        excerpt = paragraphs(item.get("excerpt", ""))
        header = front_matter(
            title=title if title != film.get("title") else "",
            film=film,
            reviewer=writers,
            rating=rating,
            date=date,
            language=self._language(),
            tags=self._tags(),
            rights=held(writers, date, *guessed),
            first_published=self._outlet(date),
            extra={"excerpt": markdown_of(excerpt), "image": self._thumbnail(files)},
        )
        own = self.id
        self.site.writers[own] = writers
        text = markdown_of(settled.html)
        left_out = tuple(tags.left_out)
        return Arrival(path, header, text, item["origin"], text_of(html), left_out, files, own)

    @property
    def id(self) -> str:
        """By which the post is known again: its address in the site's database."""
        item = self.item
        return str(item.get("guid") or f"{item['blog']} {item.get('wp:post_id') or item['origin']}")

    def _film(self, title: str) -> tuple[dict[str, object], list[str]]:
        """The film as title and settings tell it, and what of it is guessed: all."""
        name, year = film_of(title)
        said: dict[str, object] = {"title": name, "year": year}
        for key, value in self.item["meta"].items():
            bare = _PREFIX.sub("", key.lower())
            field = next((f for f, pattern in _FACTS if pattern.fullmatch(bare)), "")
            if not field or not value or len(value) > _LONGEST or value.startswith("field_"):
                continue
            if field == "imdb" and (number := re.search(r"tt\d+", value)):
                said["ids"] = {"imdb": number[0]}
            elif field in ("year", "runtime") and (number := re.match(r"\d{2,4}\b", value)):
                said[field] = int(number[0])
            elif field in ("directors", "cast", "country"):
                said[field] = words_in(title_of(value))
            elif field == "original_title":
                said[field] = title_of(value)
        made = said_of(said)
        return made, [f"film.{key}" for key in made if key != "ids"]

    def _rating(self) -> str:
        """What a setting says that is called so; its scale is the least that holds all of them."""
        for key, value in self.item["meta"].items():
            if not _RATED.search(key) or _READERS.search(key) or not _VALUE.fullmatch(value):
                continue
            most = self.scales.get(key)
            if not most or not value.replace(".", "").isdecimal():
                return str(value)
            return f"{value}/{next(best for best in (5, 10, 100, 1000) if most <= best)}"
        return ""

    def _language(self) -> str:
        said = str(self.item["language"]).strip()
        return said if _LANGUAGE.fullmatch(said) else ""

    def _tags(self) -> list[str]:
        return [
            title_of(text)
            for domain, nicename, text in self.item["category"]
            if domain in ("category", "post_tag", "") and text and slug(nicename) not in _NO_TAG
        ]

    def _outlet(self, date: str) -> dict[str, object] | None:
        name = title_of(self.item["site"])
        return {"outlet": name, "date": date, "url": self.item.get("link", "")} if name else None

    def _footnotes(self) -> str:
        """The notes of the block editor, which are in a setting (WordPress 6.3 and later)."""
        try:
            notes = json.loads(self.item["meta"].get("footnotes") or "[]")
            items = "".join(
                f'<li id="{escape(note["id"])}">{note["content"]} '
                f'<a href="#{escape(note["id"])}-link">↩</a></li>'
                for note in notes
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            return ""
        return f'<ol class="wp-block-footnotes">{items}</ol>' if items else ""

    def _thumbnail(self, files: dict[str, bytes]) -> str:
        """The picture that the site shows above a post, if it is there: its path."""
        shown = self.site.attachment(self.item["meta"].get("_thumbnail_id", ""))
        if shown is None:
            return ""
        return placed(self.site.picture(shown.url), shown.url, FOLDER, files)

    def _tell(self, tags: Sequence[str], blocks: Sequence[str]) -> None:
        place = self.item["place"]
        for name in dict.fromkeys(tags):
            what = f"The tag [{name}] is not known here; it stands in the text as it is"
            self.site.noticed.append(find("S016", place, what=what))
        for name in blocks:
            what = f"The block {name} shows what is not in the export; it was left out"
            self.site.noticed.append(find("S016", place, what=what))


def title_of(text: str) -> str:
    """A title without markup; entities resolved, twice where they were written twice."""
    bare = re.sub(r"<[^<>]*>", "", unescape(text))
    return " ".join(unescape(bare).split())
