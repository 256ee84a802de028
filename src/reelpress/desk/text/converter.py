"""Python-Markdown as this desk uses it: its extensions, and ours among them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from markdown import Markdown
from markdown.extensions.abbr import AbbrTreeprocessor
from markdown.inlinepatterns import IMAGE_LINK_RE, REFERENCE_RE, SubstituteTagInlineProcessor

from reelpress.desk.text.blocks import (
    Blocks,
    Enclose,
    FenceProcessor,
    Heading,
    Margins,
    Restore,
    Sources,
)
from reelpress.desk.text.figures import Figures, Picture, Referred, Short
from reelpress.desk.text.inline import Inline
from reelpress.desk.text.lists import Arranger
from reelpress.desk.text.prose import Prose
from reelpress.desk.text.references import Abbreviations, Lookups, Reference
from reelpress.desk.text.scan import TEMPLATE
from reelpress.desk.text.spans import (
    BREAK,
    HERE,
    MARKED,
    SCRIPT,
    SPAN,
    STRUCK,
    CodeAndMath,
    Emphasis,
    NoteHere,
    Script,
    Span,
    Stroke,
    Tag,
)
from reelpress.desk.text.tables import Captions, Table
from reelpress.desk.text.tasks import NotesHere, Tasks
from reelpress.desk.text.wiki import Wiki

EXTENSIONS = (
    "footnotes", "tables", "fenced_code", "def_list", "abbr", "attr_list", "sane_lists",
    "md_in_html",
)  # fmt: skip
_SETTINGS: dict[str, dict[str, Any]] = {"footnotes": {"BACKLINK_TEXT": "", "SEPARATOR": ":"}}
_OWN_ESCAPES = ("$", "~", "^")


@dataclass(frozen=True, slots=True)
class Converter:
    """Markdown to HTML, and what was learned of the text on the way."""

    md: Markdown
    blocks: Blocks
    lookups: Lookups
    emphasis: Emphasis

    def convert(self, text: str) -> str:
        """The text as HTML, just as its author would have it: nothing in it is safe yet."""
        self.blocks.reset()
        self.lookups.reset()
        self.emphasis.begin()
        self.md.parser.state.clear()  # a text that was too deep leaves it half-way down
        made = self.md.reset().convert(text)
        # A tag that is never closed can hold half of what stood for a block.
        return made.replace("\x02", "").replace("\x03", "")


@cache
def converter() -> Converter:
    """The one converter, made when it is first needed."""
    md = Markdown(extensions=list(EXTENSIONS), extension_configs=_SETTINGS, output_format="html")
    abbreviations = cast(AbbrTreeprocessor, md.treeprocessors["abbr"]).abbrs
    lookups = Lookups(abbreviations=abbreviations)
    blocks = Blocks(md)
    md.references = lookups.addresses
    md.ESCAPED_CHARS += _OWN_ESCAPES
    emphasis = Emphasis(md)
    md.inlinePatterns.register(emphasis, "em_strong", 60)
    _register(md, blocks, lookups)
    return Converter(md, blocks, lookups, emphasis)


def _register(md: Markdown, blocks: Blocks, lookups: Lookups) -> None:
    """Put each of our processors in its place; what has a name of Python-Markdown's replaces it.

    The order counts: what is open to the text's end ends before its notes, blocks are made before
    what is in a line is read, and attribute lists are read before figures are made.
    """
    md.preprocessors.register(Arranger(md, blocks), "arrange", 28)
    blocks_in = md.parser.blockprocessors
    blocks_in.register(Prose(md.parser), "prose", 120)
    blocks_in.register(Heading(md.parser), "hashheader", 70)
    blocks_in.register(FenceProcessor(md.parser, blocks), "fence", 110)
    blocks_in.register(Table(md.parser, {"use_align_attribute": False}), "table", 75)
    for tree, name, priority in (
        (Enclose(md, blocks), "enclose", 55),
        (Enclose(md, blocks), "enclose-in-notes", 45),
        (Captions(md), "captions", 44),
        (Sources(md), "sources", 43),
        (Margins(md, blocks), "margins", 42),
        (Tasks(md), "tasks", 41),
        (Inline(md), "inline", 20),
        (NotesHere(md), "notes-here", 19),
        (Figures(md), "figures", 7.5),
        (Abbreviations(md, lookups), "abbr", 7),
    ):
        md.treeprocessors.register(tree, name, priority)
    for pattern, name, priority in (
        (CodeAndMath(), "backtick", 190),
        (Tag(TEMPLATE.pattern), "tag", 187),
        (Wiki(md), "wiki", 185),
        (NoteHere(HERE, md), "note_here", 172),
        (Reference(REFERENCE_RE, md, lookups), "reference", 170),
        (Picture(IMAGE_LINK_RE, md), "image_link", 150),
        (Referred(IMAGE_LINK_RE, md, lookups), "image_reference", 140),
        (Span(SPAN, md), "span", 135),
        (Short(IMAGE_LINK_RE, md), "short_image_ref", 125),
        (SubstituteTagInlineProcessor(BREAK, "br"), "linebreak", 100),
        (Stroke(MARKED, "mark"), "marked", 68),
        (Stroke(STRUCK, "s"), "struck", 67),
        (Script(SCRIPT, md), "script", 65),
    ):
        md.inlinePatterns.register(pattern, name, priority)
    md.postprocessors.register(Restore(md, blocks), "restore", 5)
