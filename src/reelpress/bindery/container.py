"""The only door to EbookLib, which writes the OPF, the NCX and the zip.

EbookLib 0.20 pretty-prints what it parses, stamps local time and draws random
identifiers: documents go through it as plain items, byte for byte, and its
writer is told the date. Nothing EbookLib-shaped leaves this module.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from ebooklib import epub

from reelpress.bindery.navigation import Entry
from reelpress.bindery.package import Metadata
from reelpress.model import Asset

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PACKED = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".woff2")
_FILE_MODE = 0o644 << 16
_UNIX = 3


@dataclass(frozen=True, slots=True)
class Document:
    """One XHTML file in reading order."""

    id: str
    name: str
    content: bytes
    properties: tuple[str, ...] = ()
    linear: bool = True


class _Zip(ZipFile):
    """A zip whose entries bear the book's date, whatever the clock says."""

    day = (1980, 1, 1, 0, 0, 0)

    def writestr(  # type: ignore[override]
        self,
        name: str,
        data: bytes | str,
        compress_type: int | None = None,
        level: int | None = None,
    ) -> None:
        info = ZipInfo(name, self.day)
        info.create_system, info.external_attr = _UNIX, _FILE_MODE
        stored = compress_type == ZIP_STORED or name.lower().endswith(_PACKED)
        info.compress_type = ZIP_STORED if stored else ZIP_DEFLATED
        super().writestr(info, data, compress_type=info.compress_type, compresslevel=9)
        del level


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    def _write_opf_file(self, root: Any) -> None:
        # EbookLib can't say the package's language, and always declares rendition:.
        root.set(_XML_LANG, self.book.language)
        root.attrib.pop("prefix", None)
        super()._write_opf_file(root)

    def write(self) -> None:
        day: datetime = self.options["mtime"]
        self.out = _Zip(self.file_name, "w", ZIP_DEFLATED)
        self.out.day = day.timetuple()[:6]
        with self.out:
            self.out.writestr("mimetype", b"application/epub+zip", compress_type=ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


def pack(
    metadata: Metadata,
    documents: Sequence[Document],
    nav: bytes,
    outline: Sequence[Entry],
    files: Sequence[Asset],
    cover: Asset | None,
) -> bytes:
    """The bytes of an EPUB: the documents in reading order, nav.xhtml, toc.ncx and files.

    Raises whatever EbookLib raises on what it can't write; names are ASCII by then.
    """
    book = epub.EpubBook()
    book.reset()
    book.metadata.clear()
    book.IDENTIFIER_ID = "pub-id"
    book.set_identifier(metadata.identifier)
    book.uid, book.title, book.language = metadata.identifier, metadata.title, metadata.language
    book.add_metadata("DC", "language", metadata.language)
    if metadata.direction == "rtl":
        book.direction = "rtl"
    _describe(book, metadata)
    for number, file in enumerate(files, 1):
        item = epub.EpubItem(f"file-{number}", file.path, file.media_type, file.data)
        if file is cover:
            item.properties = ["cover-image"]
            book.add_metadata(None, "meta", "", {"name": "cover", "content": f"file-{number}"})
        book.add_item(item)
    for document in documents:
        item = epub.EpubItem(
            f"text-{document.id}", document.name, "application/xhtml+xml", document.content
        )
        item.properties = list(document.properties)
        book.add_item(item)
    contents = epub.EpubItem("nav", "nav.xhtml", "application/xhtml+xml", nav)
    contents.properties = ["nav"]
    book.add_item(contents)
    book.toc = [_point(entry) for entry in outline]
    book.add_item(epub.EpubNcx())
    book.spine = [f"text-{document.id}" for document in documents]
    out = BytesIO()
    # EbookLib wants a naive time, which it stamps as UTC.
    options = {
        "mtime": metadata.modified.replace(tzinfo=None),
        "epub3_pages": False,
        "play_order": {"enabled": True, "start_from": 1},
        "raise_exceptions": True,
    }
    _Writer(out, book, options).write()
    return out.getvalue()


def _describe(book: Any, metadata: Metadata) -> None:
    for element in metadata.elements:
        attributes = {"id": element.id} if element.id else {}
        if element.name.startswith("dc:"):
            book.add_metadata("DC", element.name.removeprefix("dc:"), element.text, attributes)
            continue
        if element.href:
            told = {"rel": element.name, "href": element.href}
            book.add_metadata(None, "link", None, attributes | told)
            continue
        attributes["property"] = element.name
        if element.refines:
            attributes["refines"] = f"#{element.refines}"
        if element.scheme:
            attributes["scheme"] = element.scheme
        book.add_metadata(None, "meta", element.text, attributes)


def _point(entry: Entry) -> Any:
    key = f"point-{entry.section.id}"
    link = epub.Link(entry.href, entry.section.title, key)
    if not entry.below:
        return link
    section = epub.Section(entry.section.title, entry.href)
    return (section, [_point(below) for below in entry.below])
