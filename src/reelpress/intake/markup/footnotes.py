"""Footnotes of other people's HTML: which link calls one, and which block is its text.

No two writers of HTML mark them alike; what they share is a short link (a number, a star) to a
block that has a link back. Substack, WordPress, mammoth, Pandoc, Hugo, Python-Markdown do so.
"""

from __future__ import annotations

import re
from typing import Any

CALL = "data-reelpress-call"
"""Of an element that calls a note: its label."""
NOTE = "data-reelpress-note"
"""Of the block that is its text: its label."""
DROP = "data-reelpress-drop"
"""Of what only leads to and fro: the number before a note, the arrow behind it."""

_NUMBER = re.compile(r"[\[(]?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z]|[ivxlc]{1,6})[\])]?\.?", re.I)
_CALLING = re.compile(r"foot-?note|noteref|\bfn\b", re.I)
_NOTES = re.compile(r"(?:foot|end)-?notes?\b|\bnotes\b|\bfn\d*\b", re.I)
_WRAPS = frozenset("sup span small b strong a".split())
_BLOCKS = frozenset("li p div dd aside td section".split())
_LONGEST = 20_000


def mark_notes(root: Any) -> None:
    """Mark, in place, the calls of notes and their texts; labels count the calls from 1."""
    named: dict[str, Any] = {}
    for element in root.iter():
        if isinstance(element.tag, str):
            for key in ("id", "name"):
                if own := element.get(key):
                    named.setdefault(own, element)
    if not named:
        return
    labels = 0
    for link in list(root.iter("a")):
        body = _body(link, named)
        if body is None:
            continue
        if not body.get(NOTE):
            labels += 1
            body.set(NOTE, str(labels))
        _whole(link).set(CALL, body.get(NOTE))


def _target(link: Any) -> str:
    """What of the page a link leads to; a browser that saves a page makes such links absolute."""
    return (link.get("href") or "").partition("#")[2]


def _body(link: Any, named: dict[str, Any]) -> Any | None:
    """The note that a link calls, if it does."""
    target = named.get(_target(link))
    if target is None or link.get(DROP) or not _NUMBER.fullmatch(_text(link)):
        return None
    body = target
    while body is not None and body.tag not in _BLOCKS:
        body = body.getparent()
    if body is not None and target.tag == "a" and body.tag == "p":
        holder = body.getparent()
        body = holder if holder is not None and holder.tag == "li" else body
    if body is None or any(up is body for up in link.iterancestors()):
        return None
    own = {
        name for e in (link, *link.iter(), *_around(link)) for name in (e.get("id"), e.get("name"))
    }
    own.discard(None)
    back = [other for other in body.iter("a") if _target(other) in own]
    known = bool(body.get(NOTE))
    if not back and not known and not _said_to_be(link, body):
        return None
    if len("".join(body.itertext())) > _LONGEST:
        return None
    for other in back:
        if not any(c.isalpha() for c in _text(other)) or _NUMBER.fullmatch(_text(other)):
            _whole(other).set(DROP, "1")
        else:
            del other.attrib["href"]  # its words stay
    return body


def _said_to_be(link: Any, body: Any) -> bool:
    """Whether names say that this is a note, where no link leads back."""
    calling = " ".join(link.get(key) or "" for key in ("class", "role", "rel", "id"))
    raised = any(e.tag == "sup" for e in (link, *_around(link), *link.iter("sup")))
    if not raised and not _CALLING.search(calling):
        return False
    return any(
        _NOTES.search(f"{e.get('class') or ''} {e.get('id') or ''}")
        for e in (body, *list(body.iterancestors())[:3])
    )


def _around(link: Any) -> list[Any]:
    """What holds a link and nothing else, from within."""
    found = []
    up = link.getparent()
    while (
        up is not None
        and up.tag in _WRAPS
        and _text(up).strip("[]() ") == _text(link).strip("[]() ")
    ):
        found.append(up)
        up = up.getparent()
    return found


def _whole(link: Any) -> Any:
    """The link with all that is raised or bracketed with it."""
    return (link, *_around(link))[-1]


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip().strip("\ufe0e\u21a9 ") if element is not None else ""
