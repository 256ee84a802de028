"""One Markdown text becomes well-formed, safe XHTML with notes, figures and places.

    raw ── scan ──▶ places
        ── converter ──▶ HTML ── safety ──▶ safe HTML ── dress, typography ──▶ Text

`converter` is Python-Markdown with our own syntax: `lists`, `blocks`, `spans`, `figures`, `tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reelpress.desk.text.edit import account_of, edit_text

__all__ = ["account_of", "edit_text"]


def __getattr__(name: str) -> Any:
    """Python-Markdown and nh3 are loaded once a text is to be edited."""
    if name in __all__:
        from reelpress.desk.text import edit

        return getattr(edit, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
