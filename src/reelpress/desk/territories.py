"""Territories."""

from __future__ import annotations

from collections.abc import Iterable


def territories(written: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Codes, and what is none."""
    return frozenset(w.upper() for w in written if w.lower() != "world"), ()
