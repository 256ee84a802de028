"""One Markdown text becomes well-formed, safe XHTML with notes, figures and places.

    raw ── scan ──▶ places
        ── converter ──▶ HTML ── safety ──▶ safe HTML ── dress, typography ──▶ Text

`converter` is Python-Markdown with our own syntax: `lists`, `blocks`, `spans`, `figures`, `tables`.
"""

from reelpress.desk.text.edit import edit_text

__all__ = ["edit_text"]
