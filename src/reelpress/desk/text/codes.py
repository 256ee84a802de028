"""What stands for the tags of other generators: the common ones, and how a house says its own.

A template is Markdown with names in braces: {title} is what the tag says of `title`, {0} the first
word it says without a name, {title/0} the first of the two that says something, {name|1} what
stands before the first | in it (and {name|2} what stands behind), {inner} what stands between
the tag and its closing tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reelpress.desk.text.addresses import page_address

INNER = "\x00"
"""In what was made of a tag: here stands its inner text."""
_FIELD = re.compile(r"\{([\w.-]+(?:/[\w.-]+)*)(?:\|(\d))?\}")
_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
_WEB = re.compile(r"https?://[^\s<>]+")
_ID = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Said:
    """What one tag says."""

    name: str
    """In lower case."""
    words: tuple[str, ...] = ()
    """Without names, in order."""
    named: dict[str, str] = field(default_factory=dict)

    def get(self, *keys: str | int) -> str:
        """The first of the keys (a number for words without names) that says something."""
        for key in keys:
            if isinstance(key, int):
                value = self.words[key] if key < len(self.words) else ""
            else:
                value = self.named.get(key, "")
            if value.strip():
                return value.strip()
        return ""


Code = str | Callable[[Said], str]
"""What stands for a tag: a template, or what makes one of what it says; nothing: left as typed."""


def filled(template: str, said: Said) -> str:
    """The template with what the tag says; lines of it that are left empty stay."""

    def value(match: re.Match[str]) -> str:
        if match[1] == "inner":
            return INNER
        keys = [int(key) if key.isdigit() else key for key in match[1].split("/")]
        text = said.get(*keys)
        if match[2]:
            parts = text.split("|", 1)
            number = int(match[2])
            return parts[number - 1].strip() if 0 < number <= len(parts) else ""
        return text

    return _FIELD.sub(value, template)


def _figure(said: Said) -> str:
    source = said.get("src", "url", "file", "path", "link", 0)
    if not source or said.get("src", 0).startswith("{"):
        return ""
    alt = said.get("alt", 1).replace("[", "(").replace("]", ")")
    caption = said.get("caption", "title", 2).replace('"', "&quot;")
    credit = said.get("attr", "credit", "attribution").replace('"', "&quot;")
    words = f' "{caption}"' if caption else ""
    listed = f'{{credit="{credit}"}}' if credit else ""
    return f"![{alt}](<{source}>{words}){listed}"


def _film_at(address: str) -> Code:
    def link(said: Said) -> str:
        given = said.get("id", "v", "src", "url", "videoid", 0)
        leads = given if _WEB.fullmatch(given) else address.format(given)
        if not (_ID.fullmatch(given) or _WEB.fullmatch(given)):
            return ""
        title = said.get("title", "caption", "label")
        return f"[{title}]({leads})" if title else f"<{leads}>"

    return link


def _tweet(said: Said) -> str:
    user, number = said.get("user", 0), said.get("id", 1)
    if _WEB.fullmatch(user):
        return f"<{user}>"
    if not number:
        user, number = "i", user
    known = _ID.fullmatch(user) and number.isdigit()
    return f"<https://twitter.com/{user}/status/{number}>" if known else ""


def _gist(said: Said) -> str:
    parts = [part for part in said.words[:2] if re.fullmatch(r"[\w/-]+", part)]
    return f"<https://gist.github.com/{'/'.join(parts)}>" if parts else ""


def _page(said: Said) -> str:
    named = said.get("path", 0)
    target, _, own = named.partition("#")
    if not target:
        return f"#{own}"
    stem = target.rstrip("/").rpartition("/")[2].removesuffix(".md").removesuffix(".markdown")
    if stem in ("index", "_index"):
        stem = target.rstrip("/").rpartition("/")[0].rpartition("/")[2]
    return page_address(_DATED.sub("", stem))


def _box(said: Said) -> str:
    named = said.name not in _BOXES
    kind = said.name if named else said.get("type", "kind", "level", 0)
    rest = said.words if named else said.words[1:]
    title = said.get("title", "name", "header")
    if not title and rest and rest[0].lower() not in ("true", "false"):
        title = rest[0]
    kind = kind.lower() if re.fullmatch(r"[A-Za-z][\w-]*", kind) else ""
    label = title or kind.capitalize()
    return f"::: aside {label}{f' {{.{kind}}}' if kind else ''}\n{INNER}\n:::"


def _quotation(said: Said) -> str:
    by = said.get("author", "cite", "by", 0)
    source = said.get("source", "title", "link", 1)
    named = ", ".join(part for part in (by, source) if part)
    return f'<blockquote markdown="1">\n{INNER}\n{f"— {named}" if named else ""}</blockquote>'


def _spoiler(said: Said) -> str:
    label = said.get("summary", "title", "label", 0)
    return f"::: spoiler {label}".rstrip() + f"\n{INNER}\n:::"


def _highlight(said: Said) -> str:
    return f"~~~~ {said.get('lang', 0)}".rstrip() + f"\n{INNER}\n~~~~"


def _embed(said: Said) -> str:
    del said
    return f"<{INNER}>"


_BOXES = frozenset({"admonition", "notice", "callout", "alert", "box", "message", "infobox"})
_KINDS = ("note", "tip", "info", "warning", "danger", "hint", "important", "caution", "success")
AS_IS: dict[str, Code] = dict.fromkeys(
    ("center", "centre", "rawhtml", "html", "math", "katex", "lead", "wrap", "rtl", "ltr"), INNER
)
CODES: dict[str, Code] = {
    **AS_IS,
    **dict.fromkeys(("figure", "img", "image", "picture", "imgproc", "photo"), _figure),
    **dict.fromkeys(("youtube", "youtubelite"), _film_at("https://www.youtube.com/watch?v={}")),
    "vimeo": _film_at("https://vimeo.com/{}"),
    "bilibili": _film_at("https://www.bilibili.com/video/{}"),
    "dailymotion": _film_at("https://www.dailymotion.com/video/{}"),
    "instagram": _film_at("https://www.instagram.com/p/{}/"),
    **dict.fromkeys(("tweet", "twitter", "x"), _tweet),
    "gist": _gist,
    **dict.fromkeys(("ref", "relref", "post_url", "link"), _page),
    **dict.fromkeys(("highlight", "code-block"), _highlight),
    **dict.fromkeys((*_BOXES, *_KINDS), _box),
    **dict.fromkeys(("quote", "blockquote", "pullquote", "epigraph"), _quotation),
    **dict.fromkeys(("details", "spoiler", "collapse", "expand"), _spoiler),
    "[embed]": _embed,
    "[caption]": f'<figure markdown="1">{INNER}</figure>',
    "[wp_caption]": f'<figure markdown="1">{INNER}</figure>',
    "[youtube]": _film_at("https://www.youtube.com/watch?v={}"),
}
"""A tag's name in lower case, in brackets for those of WordPress -> what stands for it."""

VERBATIM = frozenset({"highlight", "code-block", "raw", "verbatim", "comment"})
"""Nothing in these is a tag."""
