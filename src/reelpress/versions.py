"""What shapes the work beside the manuscripts: this program, Python, and the libraries."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

LIBRARIES = (
    "anyascii", "babel", "cssselect2", "ebooklib", "font_source_sans_pro", "font_source_serif_pro",
    "fonttools", "jinja2", "lxml", "markdown", "markupsafe", "nh3", "pillow", "pydantic",
    "pydantic_core", "pydyf", "pyphen", "python_stdnum", "pyyaml", "tinycss2", "tinyhtml5",
    "uharfbuzz", "weasyprint",
)  # fmt: skip
"""Those whose version may be seen in a book."""
_SOURCES = (".py", ".po", ".css")


@cache
def versions() -> str:
    """The digest of reelpress itself and of all that it builds on: a part of every key.

    Nothing of that is imported, or asked for more than once in a process.
    """
    made = blake2b(digest_size=20)
    home = Path(__file__).parent
    for path in sorted(_sources(home)):
        made.update(f"{path.relative_to(home).as_posix()}\0".encode())
        made.update(path.read_bytes())
    known = _installed()
    said = [sys.version, zlib.ZLIB_RUNTIME_VERSION]
    said += [f"{name} {known.get(name) or _asked(name)}" for name in LIBRARIES]
    made.update("\0".join(said).encode())
    return made.hexdigest()


def _sources(home: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(home):
        below[:] = [name for name in below if not name.startswith(("_", "."))]
        yield from (Path(folder, name) for name in names if name.endswith(_SOURCES))


def _installed() -> dict[str, str]:
    """Versions as the folders say that describe what is installed: NAME-VERSION.dist-info."""
    found: dict[str, str] = {}
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            for path in Path(folder).iterdir():
                name, dash, number = path.name.removesuffix(".dist-info").partition("-")
                if dash and path.name.endswith(".dist-info"):
                    found.setdefault(name.lower().replace(".", "_"), number)
    return found


def _asked(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return ""
