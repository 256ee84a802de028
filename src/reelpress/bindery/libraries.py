"""The system libraries that shape a page, by their versions, without loading WeasyPrint."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from ctypes.util import find_library
from functools import cache

_NAMES = {
    "pango": ("libpango-1.0.so.0", "libpango-1.0-0", "pango-1.0", "libpango-1.0.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz-0", "harfbuzz", "libharfbuzz.0.dylib"),
    "fontconfig": ("libfontconfig.so.1", "libfontconfig-1", "fontconfig", "libfontconfig.1.dylib"),
    "freetype": ("libfreetype.so.6", "libfreetype-6", "freetype", "libfreetype.6.dylib"),
}


@cache
def libraries() -> tuple[str, ...]:
    """Pango's, HarfBuzz's, fontconfig's and FreeType's versions; empty where one is not found."""
    asked: dict[str, Callable[[ctypes.CDLL], str]] = {
        "pango": lambda lib: _said(lib.pango_version_string),
        "harfbuzz": lambda lib: _said(lib.hb_version_string),
        "fontconfig": lambda lib: str(lib.FcGetVersion()),
        "freetype": _freetype,
    }
    return tuple(f"{name} {_version(name, ask)}" for name, ask in asked.items())


def _version(name: str, ask: Callable[[ctypes.CDLL], str]) -> str:
    for file in _NAMES[name]:
        try:
            return ask(ctypes.CDLL(file))
        except (OSError, AttributeError):
            continue
    try:
        found = find_library(name)
        return ask(ctypes.CDLL(found)) if found else ""
    except (OSError, AttributeError):
        return ""


def _said(function: ctypes._CFuncPtr) -> str:  # type: ignore[name-defined]
    function.restype = ctypes.c_char_p
    return str(function().decode())


def _freetype(library: ctypes.CDLL) -> str:
    handle = ctypes.c_void_p()
    numbers = [ctypes.c_int() for _ in range(3)]
    if library.FT_Init_FreeType(ctypes.byref(handle)):
        return ""
    library.FT_Library_Version(handle, *(ctypes.byref(n) for n in numbers))
    library.FT_Done_FreeType(handle)
    return ".".join(str(n.value) for n in numbers)
