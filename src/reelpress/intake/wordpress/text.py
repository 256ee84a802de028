"""The text of a WordPress post as HTML: empty lines, blocks' comments, and its own [tags].

Tags are known by one table; a tag that is not in it stays as it is typed, and is told. None is
ever run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from reelpress.intake.delivery import LeftOut

_BLOCKS = (
    "table|thead|tfoot|caption|col|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|map|area"
    "|blockquote|address|style|p|h[1-6]|hr|fieldset|legend|section|article|aside|hgroup|header"
    "|footer|nav|figure|figcaption|details|menu|summary|script|iframe|video|audio"
)
"""What is a block for WordPress (wpautop in wp-includes/formatting.php, by its documentation)."""
_OPENS = re.compile(rf"(<(?:{_BLOCKS})\b[^<>]*>)", re.I)
_CLOSES = re.compile(rf"(</(?:{_BLOCKS})\s*>)", re.I)
_IS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCKS})\b", re.I)
_ANY = re.compile(r"<[^<>]*>")
_EMPTY = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BREAK = re.compile(r"(?:<br */?>)?[ \t]{0,99}\n")
_WITHIN = re.compile(r"(?<=[^>\n])\n(?=[^<\n])")
_BLOCK = re.compile(r"<!--\s{0,9}wp:")
_MARK = re.compile(r"<!--\s{0,9}(?P<closes>/?)wp:(?P<name>[a-z][a-z0-9_/-]{0,99})(?=[\s/-])")
_SETTINGS = re.compile(r"<!--\s{0,9}wp:([a-z0-9-]+/[a-z0-9-]+)")
_TAG = re.compile(r"\[(\[?)(/?)([a-zA-Z][\w-]*)((?:\s[^\[\]]*)?)(/?)\](\]?)")
_CLOSING = re.compile(r"\[/([a-zA-Z][\w-]*)\]")
_HOLDERS = "quote|blockquote|pullquote|spoiler|su_spoiler|hide|expand"
_HOLDS = re.compile(
    rf"(?P<opens>\[(?P<name>{_HOLDERS})\b[^\[\]]*\])(?P<inner>(?:(?!\[(?P=name)\b).)*?)"
    r"(?P<closes>\[/(?P=name)\])",
    re.S | re.I,
)
_ALONE = re.compile(rf"\[/?(?:{_HOLDERS})\b[^\[\]]*\]", re.I)
"""Tags that hold paragraphs."""
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|([^\s"'\]]+))""")
_SURE = re.compile(r"""\s[\w-]+\s*=\s*["'“]?[^\s]""")
_IMAGES = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.I)


def paragraphs(content: str) -> str:
    """Content as HTML: what blocks hold is HTML already, else an empty line ends a paragraph."""
    content = content.replace("\r\n", "\n").replace("\r", "\n")
    if not _BLOCK.search(content):
        return _autop(content)
    made = []
    for part, loose in _loose(content):
        for inner, typed in _parts(part, "<!-- wp:freeform -->", "<!-- /wp:freeform -->"):
            made.append(_autop(inner) if loose or typed else _bare(inner))
    return "".join(made)


def _loose(content: str) -> Iterator[tuple[str, bool]]:
    """A text with blocks in parts, and of each whether it lies in no block, or in one that holds
    what was there before blocks were."""
    held: list[str] = []
    depth = 0
    for part, inside in _parts(content, "<!--", "-->"):
        mark = _MARK.match(part) if inside else None
        if mark is None or part.endswith("/-->") or mark["name"] == "freeform":
            held.append(part)
        elif not mark["closes"]:
            if depth == 0:
                yield "".join(held), True
                held.clear()
            held.append(part)
            depth += 1
        else:
            held.append(part)
            depth = max(0, depth - 1)
            if depth == 0:
                yield "".join(held), False
                held.clear()
    yield "".join(held), depth == 0


def blocks_alone(content: str) -> list[str]:
    """The blocks of plugins that hold nothing but settings: what they show is not in the export."""
    names = []
    for part, inside in _parts(content, "<!--", "-->"):
        match = _SETTINGS.match(part) if inside and part.endswith("/-->") else None
        if match and not match[1].startswith("core/"):
            names.append(match[1])
    return list(dict.fromkeys(names))


def _parts(text: str, opens: str, closes: str) -> Iterator[tuple[str, bool]]:
    """The text in parts, and of each whether it lies between the two marks (which it then has)."""
    at, lower = 0, text.lower()
    while (start := lower.find(opens, at)) >= 0:
        end = lower.find(closes, start)
        if end < 0:
            break
        end += len(closes)
        yield text[at:start], False
        yield text[start:end], True
        at = end
    yield text[at:], False


def _bare(html: str) -> str:
    """HTML without comments."""
    return "".join(part for part, inside in _parts(html, "<!--", "-->") if not inside)


def _held(match: re.Match[str]) -> str:
    """A tag that holds paragraphs, which then begin and end in it."""
    opens, inner, closes = match["opens"], match["inner"], match["closes"]
    return f"\n\n{opens}\n\n{inner}\n\n{closes}\n\n" if _EMPTY.search(inner) else match[0]


def _autop(content: str) -> str:
    made = []
    for part, typed in _parts(_bare(content), "<pre", "</pre>"):
        if typed:
            made.append(part)
            continue
        flat = _ANY.sub(lambda tag: tag[0].replace("\n", " "), part)
        flat = _HOLDS.sub(_held, flat) if "[" in flat else flat
        flat = _CLOSES.sub(r"\1\n\n", _OPENS.sub(r"\n\n\1", flat))
        for paragraph in map(str.strip, _EMPTY.split(flat)):
            if _ALONE.fullmatch(paragraph):
                made.append(paragraph)
            elif _IS_BLOCK.match(paragraph):
                made.append(_WITHIN.sub("<br>\n", paragraph))
            elif paragraph:
                made.append("<p>" + _BREAK.sub("<br>\n", paragraph) + "</p>")
    return "\n\n".join(made)


# -- tags


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of the site's library."""

    url: str
    caption: str = ""
    alt: str = ""


@dataclass(slots=True)
class Tags:
    """The tags of one post, as they are met."""

    attachment: Callable[[str], Attachment | None]
    """Of an id."""
    attached: Sequence[str] = ()
    """Ids of what is attached to the post: a gallery that names none shows all."""
    left_out: list[LeftOut] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def settled(self, html: str) -> str:
        """HTML with HTML for the tags that are known."""
        html = self._within(html, 0)
        if self.notes:
            notes = "".join(
                f'<p id="wpfn-{n}">{note} <a href="#wpfnref-{n}">↩</a></p>'
                for n, note in enumerate(self.notes, 1)
            )
            html += f'<div class="footnotes">{notes}</div>'
        return html

    def _within(self, html: str, depth: int) -> str:
        made, at = [], 0
        last = {match[1].lower(): match.start() for match in _CLOSING.finditer(html)}
        for match in _TAG.finditer(html):
            kind = match[3].lower()
            if match.start() < at or match[1] or match[6] or match[2]:
                continue  # in another, [[escaped]], a closing one alone
            if kind not in _KNOWN:
                if kind in last or _SURE.search(match[4]):  # else a remark in brackets
                    self.unknown.append(kind)
                continue
            closed = not match[5] and last.get(kind, 0) >= match.end()
            closing = _closing(html, kind, match.end()) if closed else None
            if closing is None and kind in _CLOSED:
                self.unknown.append(kind)
                continue
            inner = html[match.end() : closing[0]] if closing else ""
            made.append(html[at : match.start()])
            if depth < _DEEPEST:
                inner = self._within(inner, depth + 1)
            said = _attributes(match[4])
            self._leave(match[0], _KNOWN[kind][1])
            if closing:
                self._leave(html[closing[0] : closing[1]], _KNOWN[kind][1])
            made.append(_KNOWN[kind][0](self, said, inner))
            at = closing[1] if closing else match.end()
        return "".join((*made, html[at:]))

    def _leave(self, tag: str, reason: str) -> None:
        self.left_out.append(LeftOut(tag, reason))

    # -- what stands for each

    def _caption(self, said: dict[str, str], inner: str) -> str:
        picture = _IMAGES.search(inner)
        words = inner[picture.end() :] if picture else inner
        words = words.strip() or escape(said.get("caption", ""))
        image = picture[0] if picture else ""
        return f"\n<figure>{image}<figcaption>{words}</figcaption></figure>\n"

    def _gallery(self, said: dict[str, str], inner: str) -> str:
        ids = re.findall(r"\d+", said.get("ids") or said.get("include") or "") or self.attached
        found = [a for a in map(self.attachment, ids) if a is not None]
        return "".join(map(_figure, found)) + inner

    def _address(self, said: dict[str, str], inner: str) -> str:
        words = inner.strip() or said.get("src") or said.get("url") or said.get("", "")
        if not re.match(r"https?://\S+$", words):
            return inner
        return f'<p><a href="{escape(words)}">{escape(words)}</a></p>'

    def _nothing(self, said: dict[str, str], inner: str) -> str:
        del said
        return inner

    def _quotation(self, said: dict[str, str], inner: str) -> str:
        by = said.get("author") or said.get("cite") or ""
        return f"\n<blockquote>{inner}{f'<p>— {escape(by)}</p>' if by else ''}</blockquote>\n"

    def _spoiler(self, said: dict[str, str], inner: str) -> str:
        title = escape(said.get("title", ""))
        summary = f"<summary>{title}</summary>" if title else ""
        return f"\n<details>{summary}{inner}</details>\n"

    def _note(self, said: dict[str, str], inner: str) -> str:
        del said
        self.notes.append(inner)
        n = len(self.notes)
        return f'<sup class="footnote" id="wpfnref-{n}"><a href="#wpfn-{n}">{n}</a></sup>'


_DEEPEST, _NESTED = 8, 200
_TAGS_OWN, _PLAYER = "a tag of the site's own", "a player"
_KNOWN: dict[str, tuple[Callable[[Tags, dict[str, str], str], str], str]] = {
    "caption": (Tags._caption, _TAGS_OWN),
    "wp_caption": (Tags._caption, _TAGS_OWN),
    "gallery": (Tags._gallery, _TAGS_OWN),
    "embed": (Tags._address, _TAGS_OWN),
    **dict.fromkeys(("footnote", "footnotes", "fn", "ref", "note", "mfn"), (Tags._note, _TAGS_OWN)),
    **dict.fromkeys(("quote", "blockquote", "pullquote"), (Tags._quotation, _TAGS_OWN)),
    **dict.fromkeys(("spoiler", "su_spoiler", "hide", "expand"), (Tags._spoiler, _TAGS_OWN)),
    **dict.fromkeys(
        "dropcap drop_cap highlight su_highlight button su_button column columns row one_half "
        "one_half_last one_third one_third_last two_third box su_box center raw".split(),
        (Tags._nothing, _TAGS_OWN),
    ),
    **dict.fromkeys(
        "audio video playlist youtube vimeo soundcloud spotify dailymotion wpvideo videopress "
        "flickr twitter tweet instagram facebook googlemaps nggallery slideshow".split(),
        (Tags._nothing, _PLAYER),
    ),
}
"""A tag's name -> what stands for it, and what it is called where it was left out."""


_CLOSED = frozenset(k for k, (made, _) in _KNOWN.items() if made in (Tags._note, Tags._spoiler))
"""What means nothing unless it is closed."""


def _closing(html: str, kind: str, start: int) -> tuple[int, int] | None:
    """Where the tag that closes one stands; one in another of its kind is closed first."""
    depth, first = 1, None
    pattern = re.compile(rf"\[(/?){re.escape(kind)}(?:\s[^\[\]]*)?\]", re.I)
    for number, match in enumerate(pattern.finditer(html, start)):
        depth += -1 if match[1] else 1
        first = match.span() if match[1] and first is None else first
        if depth == 0:
            return match.span()
        if number > _NESTED and first is not None:
            break
    return first


def _attributes(text: str) -> dict[str, str]:
    text = text.replace("&quot;", '"').replace("&#8221;", '"').replace("&#8243;", '"')
    said = {m[1].lower(): next(filter(None, m.groups()[1:]), "") for m in _ATTRIBUTE.finditer(text)}
    alone = _ATTRIBUTE.sub("", text).strip()
    return {**said, "": alone} if alone else said


def _figure(attachment: Attachment) -> str:
    image = f'<img src="{escape(attachment.url)}" alt="{escape(attachment.alt)}">'
    return f"\n<figure>{image}<figcaption>{attachment.caption}</figcaption></figure>\n"
