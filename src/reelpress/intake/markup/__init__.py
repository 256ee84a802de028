"""HTML as our Markdown (docs/markdown.md): the words stay, and edit back to themselves.

HTML ── regular (`tree`) ──▶ blocks of lines ── markdownify, with our `dialect` ──▶ Markdown
                                             └─ text_of ──▶ what a reader sees, to be counted
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_MANY = re.compile(r"\n{3,}")
_HOLD = frozenset("blockquote ul ol li dl dd details figure table tr note".split())
"""What holds blocks in a regular tree."""


def markdown_of(html: str) -> str:
    """HTML, a fragment or a page, as Markdown in our dialect, without a last line feed.

    Words are kept, but for what a page does not show (scripts, frames, form controls); what would
    be read as markup is escaped. Pictures keep their address, captions go with them, footnotes of
    the usual writers become `[^1]`. Scripts, styles, handlers and addresses that are none of the
    web's do not come through.
    """
    from reelpress.intake.markup.tree import regular

    return markdown_in(regular(html))


def markdown_in(tree: Any) -> str:
    """A regular tree as Markdown."""
    from lxml import etree

    from reelpress.intake.markup.dialect import LINK

    made = str(_converter().convert(etree.tostring(tree, encoding="unicode", method="html")))
    made = made.replace(f"!{LINK}", "\\!").replace(LINK, "")
    return _MANY.sub("\n\n", made).strip("\n")


def text_of(html: str) -> str:
    """The plain text of HTML, paragraphs apart: the words that `markdown_of` keeps.

    Numbers that call notes are not among them; descriptions of pictures are not either.
    """
    from reelpress.intake.markup.tree import regular

    return text_in(regular(html))


def text_in(tree: Any) -> str:
    """The plain text of a regular tree."""
    lines: list[str] = []
    _gather(tree, lines)
    return "\n\n".join(lines)


def _gather(block: Any, lines: list[str]) -> None:
    """The text of each line that a block of a regular tree holds."""
    for inner in block:
        if inner.tag in _HOLD:
            _gather(inner, lines)
        elif inner.tag == "pre":
            lines.append(inner.text or "")
        else:
            said = [_SPACE.sub(" ", line).strip() for line in _broken(inner)]
            if any(said):
                lines.append("\n".join(line for line in said if line))


def _broken(leaf: Any) -> list[str]:
    """A line of a regular tree, where it is broken."""
    from lxml import etree

    lines: list[list[str]] = [[]]
    for event, element in etree.iterwalk(leaf, events=("start", "end")):
        if event == "start":
            if element.tag == "br":
                lines.append([])
            else:
                lines[-1].append(element.text or "")
        elif element is not leaf:
            lines[-1].append(element.tail or "")
    return ["".join(parts) for parts in lines]


@cache
def _converter() -> Any:
    from markdownify import MarkdownConverter

    from reelpress.intake.markup.dialect import DIALECT, words

    class Dialect(MarkdownConverter):
        """Markdownify's walk, lists and white space; what each element becomes is ours."""

        def escape(self, text: str, parent_tags: set[str]) -> str:
            """Words within a line."""
            return words(text, parent_tags)

        def get_conv_fn(self, tag_name: str) -> Any:
            """What an element becomes: by our table, or as Markdownify has it."""
            own = DIALECT.get(tag_name)
            if own is None:
                return super().get_conv_fn(tag_name)  # type: ignore[misc]
            return lambda el, text, parent_tags: own(el, text)  # noqa: ARG005

    return Dialect(
        bullets="-", wrap=True, wrap_width=None, strip_document=None, bs4_options="html.parser"
    )
