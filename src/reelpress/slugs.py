"""Slugs: addresses in plain letters, safe as file names and as XML ids."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST = 100


def slug(text: str) -> str:
    """`text` in lower-case ASCII letters, digits and hyphens; "untitled" where nothing is left."""
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    plain = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    return plain[:LONGEST].strip("-") or "untitled"


def slug_of(path: str) -> str:
    """A path's slug: the file's name (or, of index.md, the folder's)."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    return slug(folder.rpartition("/")[2] if stem == "index" else stem)


def is_slug(name: str) -> bool:
    """Whether `name` can name a file of a volume as it is."""
    return len(name) <= LONGEST and SLUG.fullmatch(name) is not None
