"""One Markdown text becomes well-formed, safe XHTML with notes, figures and places.

    raw ── scan ──▶ places
        ── converter ──▶ HTML ── safety ──▶ safe HTML ── dress, typography ──▶ Text

`converter` is Python-Markdown with our own syntax: `lists`, `blocks`, `spans`, `figures`, `tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reelpress.desk.text.edit import edit_text

__all__ = ["edit_text"]


def __getattr__(name: str) -> Any:
    """Python-Markdown and nh3 are loaded once a text is to be edited."""
    if name == "edit_text":
        from reelpress.desk.text.edit import edit_text

        return edit_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
