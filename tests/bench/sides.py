"""What is run: reelpress and its peers, each as whole processes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from bench.generator import TICKET
from bench.pool import Pool
from bench.runs import Command, Side

BIN = Path(sys.executable).parent
PRESS: Command = (BIN / "reelpress", "build")
TITLE = TICKET.partition("\n")[0].removeprefix("title: ")
WEASYPRINT, TYPST, PANDOC = "pandoc + WeasyPrint", "pandoc + Typst", "pandoc"
PEERS = (WEASYPRINT, TYPST, PANDOC)
PDFS = {WEASYPRINT: "weasyprint.pdf", TYPST: "typst.pdf"}
EPUB = "epub.epub"
"""What they make in the peers' folder `out`."""
TYPST_CALL = (
    f"import typst; typst.compile('../out/book.typ', output='../out/{PDFS[TYPST]}', root='..',"
    " font_paths=['../fonts'], ignore_system_fonts=True)"
)


def pandoc() -> Path:
    """The program itself, that its Python package brings."""
    found = find_spec("pypandoc")
    if found is None or found.origin is None:
        sys.exit("The peers are not installed: run `make bench`.")
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    return Path(found.origin).parent / "files" / name


def press(pool: Pool, *options: str, ready: Callable[[], object] = lambda: None) -> Side:
    """Ours."""
    return Side("reelpress", [(*PRESS, *options)], pool.ours, ready)


def epub(pool: Pool) -> Side:
    """pandoc's EPUB."""
    return _peer(PANDOC, pool, _pandoc(pool, EPUB, "-t", "epub", "--toc"))


def typst(pool: Pool) -> Side:
    """pandoc and Typst."""
    template = ("-t", "typst", "-s", "--template", "../book.typ", "--toc")
    setting = (sys.executable, "-I", "-c", TYPST_CALL)
    return _peer(TYPST, pool, _pandoc(pool, "book.typ", *template), setting)


def weasyprint(pool: Pool) -> Side:
    """pandoc and WeasyPrint's command."""
    page = ("-t", "html", "-s", "--css", "../book.css", "--section-divs", "--toc", "--toc-depth=1")
    setting = (BIN / "weasyprint", "--quiet", "../out/book.html", f"../out/{PDFS[WEASYPRINT]}")
    return _peer(WEASYPRINT, pool, _pandoc(pool, "book.html", *page), setting)


def _pandoc(pool: Pool, out: str, *options: str) -> Command:
    said = ("-M", f"title={TITLE}", "-M", "lang=en-GB")
    names = (path.name for path in pool.texts)
    return (pandoc(), "-f", "markdown", *options, *said, "-o", f"../out/{out}", *names)


def _peer(name: str, pool: Pool, *commands: Command) -> Side:
    # A run that fails must not leave what an earlier one made.
    made = pool.peer / "out" / PDFS.get(name, EPUB)
    return Side(name, commands, pool.peer / "text", partial(made.unlink, missing_ok=True))
