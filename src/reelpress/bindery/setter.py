"""The only door to WeasyPrint: a document of HTML and CSS becomes pages.

It is given everything it may use. Its fetcher serves the galley's own files
and nothing else: no network, no disk, whatever a style sheet or an SVG asks
for. Its complaints come back as texts. System fonts are hidden from it, so
that a page looks the same on every machine.
"""

from __future__ import annotations

import inspect
import logging
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from reelpress.bindery.fonts import keep_glyphs

_EMPTY = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>'
_BASE = "https://galley.invalid/"
"""Where the galley's files seem to be: relative addresses are joined to it, and no such host is."""


@contextmanager
def _without_system_fonts() -> Iterator[None]:
    """Let fontconfig see no font but those that a style sheet brings.

    It reads the environment whenever a configuration is loaded, and has no other door.
    """
    before = os.environ.get("FONTCONFIG_FILE")  # noqa: TID251
    with TemporaryDirectory(prefix="reelpress-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # WeasyPrint's, that there are no fonts
        file = Path(folder) / "fonts.conf"
        file.write_text(_EMPTY, "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(file)  # noqa: TID251
        try:
            yield
        finally:
            if before is None:
                del os.environ["FONTCONFIG_FILE"]  # noqa: TID251
            else:
                os.environ["FONTCONFIG_FILE"] = before  # noqa: TID251


# Where a library is missing WeasyPrint prints a notice before it raises; the caller tells it.
with _without_system_fonts(), redirect_stdout(StringIO()):
    from weasyprint import CSS, HTML
    from weasyprint.layout import block
    from weasyprint.pdf import fonts as pdf_fonts
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse


def _cut_down(font: Any, to_unicode: Mapping[int, str], hinting: bool) -> None:
    # Not by whichever HarfBuzz the machine has, nor by fontTools, which stamps the time: by the
    # version that the set-up locks, so that the bytes are the same everywhere.
    if to_unicode:
        font.file_content = keep_glyphs(
            font.file_content, font.index, to_unicode, hinting=hinting, notdef=bool(font.missing)
        )


pdf_fonts.Font.subset = _cut_down


def _keep_notes_with_their_calls() -> None:
    """Let a paragraph that does not fit go to the next page, and not the notes before it.

    Where the first of a paragraph's `orphans` lines fits on a page and the rest does not,
    WeasyPrint 70 sends the page's notes over to make room (block.py, `_linebox_layout`), so
    that they stand on another page than their calls. In columns it does not; here it never does.
    """
    source = inspect.getsource(block._linebox_layout)
    choice = "report = not context.in_column and"
    assert choice in source, "WeasyPrint places notes in another way; see whether this is needed"
    exec(source.replace(choice, "report = False and"), vars(block))


_keep_notes_with_their_calls()


class _Files(URLFetcher):  # type: ignore[misc]
    """Serves the galley's files, and refuses everything else."""

    def __init__(self, files: Mapping[str, tuple[bytes, str]]) -> None:
        super().__init__()
        self.files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
        del headers
        data, media_type = self.files.get(url.removeprefix(_BASE), (None, ""))
        if data is None or not url.startswith(_BASE):
            raise ValueError(f"{url[:100]} is not fetched")
        return URLFetcherResponse(url, data, {"Content-Type": media_type})


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs while it sets one document."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage().replace(_BASE, ""))


def set_pages(
    document: str, style: str, files: Mapping[str, tuple[bytes, str]], *, claim: bool
) -> tuple[bytes, int, dict[str, int], tuple[str, ...]]:
    """Set an HTML document with one style sheet.

    `files` are path -> (bytes, media type), as addresses in both name them. Comes back: the
    tagged PDF (which claims PDF/UA-1 where `claim` says so), how many pages it has, on which
    page (from 0) each id fell, and what WeasyPrint complained of.
    """
    options = {"pdf_variant": "pdf/ua-1" if claim else None, "pdf_tags": True}
    logger, complaints = logging.getLogger("weasyprint"), _Complaints()
    logger.addHandler(complaints)
    propagate, logger.propagate = logger.propagate, False
    try:
        with _without_system_fonts():
            fetcher, fonts = _Files(files), FontConfiguration()
        sheet = CSS(string=style, base_url=_BASE, url_fetcher=fetcher, font_config=fonts)
        html = HTML(string=document, base_url=_BASE, url_fetcher=fetcher)
        set_document = html.render(stylesheets=[sheet], font_config=fonts, **options)
        starts: dict[str, int] = {}
        for number, page in enumerate(set_document.pages):
            for anchor in page.anchors:
                starts.setdefault(anchor, number)
        data = set_document.write_pdf(**options)
        return data, len(set_document.pages), starts, tuple(complaints.texts)
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagate
