"""The book as one document, which the bound one is measured against."""

from __future__ import annotations

from pathlib import Path


def rendering(project: Path) -> bytes | None:
    """The PDF of `project`'s print volume set as one document; None where nothing can make it."""
    del project
    return None
