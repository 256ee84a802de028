"""Tags of languages."""

from __future__ import annotations

import re
from functools import lru_cache

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""The shape of a BCP 47 tag (RFC 5646 section 2.1, without the rare forms)."""
_FROM_RIGHT = frozenset("ar arc ckb dv fa he ps sd syr ug ur yi".split())
_OLD = {"iw": "he", "in": "id", "ji": "yi"}
"""Codes of ISO 639 that were given up, and that old word processors still write."""
_SCRIPTS_FROM_RIGHT = frozenset("arab hebr syrc thaa".split())


@lru_cache(256)
def family(tag: str) -> str:
    """The language of a tag with its script, if it says one: en-GB is en, zh-Hant-TW zh-hant."""
    first, *rest = tag.lower().split("-")
    first = _OLD.get(first, first)
    return first + "".join(f"-{part}" for part in rest if len(part) == 4 and part.isalpha())


def reads_from_right(tag: str) -> bool:
    """Whether the language is written from right to left."""
    language, _, script = family(tag).partition("-")
    return script in _SCRIPTS_FROM_RIGHT if script else language in _FROM_RIGHT
