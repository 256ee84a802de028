"""The lines of a text, arranged so that Python-Markdown takes them as CommonMark authors mean them.

Python-Markdown knows lists that stand in by four, blocks with an empty line before them, and
fences in the first column. A container (the text, an item, a quotation, a note) is read line by
line, and what is in it as a container of its own:

    - one           - one
      - two     ──▶     - two

      three             three
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown import Markdown
from markdown.preprocessors import Preprocessor

from reelpress.desk.text import items
from reelpress.desk.text import lines as shapes
from reelpress.desk.text.attributes import attributes
from reelpress.desk.text.blocks import APART, QUOTED, SOURCE, Blocks, Fence, callout
from reelpress.desk.text.lines import DEEPEST, TooDeepError, indent_of

_SIGNS = frozenset(" >[:-+*0123456789`~$T")
_WORK = re.compile(
    r"(?:[ >]|\[\^[^\]]*\]:|:[ ])*"
    r"(?:[-+*](?:[ ]|$)|\d{1,9}[.)](?:[ ]|$)|```|~~~|:::|\$\$|Table:)"
    r"|[ >]*>[ ]?(?:(?:—|---?)[ ]|\[!)"
    r"|[ ]{2,3}[^ ]"
)
"""What a line begins with that is arranged; no line of plain paragraphs does."""
_NOT_TEXT = re.compile(r"[-+*][ ]|\d+\.[ ]|[>#|\x02]")
_YEAR = re.compile(r"\d+\.(?:[ ]|$)")


class Arranger(Preprocessor):
    """Runs before Python-Markdown looks for fences and raw HTML; texts with neither pass as is."""

    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        """The lines of a text, arranged; what is code, a comment or <pre> is as it was."""
        self.blocks.arranged = any(line[:1] in _SIGNS and _WORK.match(line) for line in lines)
        if not self.blocks.arranged:
            return lines
        return [*_Container(self, lines, 0, 0).arranged(), "", ""]

    def code(self, opening: str, info: str, code: list[str]) -> str:
        """Fenced code, kept aside: what stands for it in the text."""
        fenced = self.md.preprocessors["fenced_code_block"]
        info = info.strip()
        listed = attributes(info)
        if listed is None or listed[1] != len(info):  # ```{r, echo=FALSE} is of R
            word = re.match(r"\{?([\w#.+-]*)", info)
            info = word[1] if word else ""
        kept = ""
        for said in (info, ""):
            kept = "\n".join(fenced.run([opening + said, *code, opening])).strip()
            if kept.startswith("\x02"):
                break
        return kept


class _Container:
    """Lines that belong together, and what is made of them."""

    def __init__(
        self, arranger: Arranger, lines: list[str], at: int, depth: int, *, item: bool = False
    ) -> None:
        if depth > DEEPEST:
            raise TooDeepError(at)
        self.arranger, self.lines, self.at, self.depth, self.item = arranger, lines, at, depth, item
        self.out: list[str] = []
        self.prose = 0
        """How many lines the paragraph has that is open now."""
        self.table = False
        """Whether that paragraph is a table."""
        self.term = False
        """Whether the block before could be a term or a definition."""
        self.never: dict[str, int] = {}
        """What closes nowhere below, so that it is looked for once."""

    def arranged(self) -> list[str]:
        """The lines as Python-Markdown understands them. Linear in their number."""
        at, count = 0, len(self.lines)
        while at < count:
            line = self.lines[at]
            text = line.lstrip(" ")
            indent = len(line) - len(text)
            if not text:
                self.apart()
                at += 1
            elif indent >= 4 and not self.prose:
                at = self.indented(at)
            else:
                kind = _KINDS.get(text[0]) if indent < 4 else None
                after = kind(self, at, text, indent) if kind else at
                at = after if after > at else self.text(at, text)
        return self.out

    # -- what is written

    def apart(self) -> None:
        """What comes next is a block of its own."""
        if self.out and self.out[-1]:
            self.out.append("")
        self.prose, self.table = 0, False

    def block(self, lines: list[str]) -> None:
        """These lines are a block of their own."""
        self.apart()
        self.out += lines
        self.out.append("")
        self.term = False

    def inner(self, lines: list[str], at: int, *, item: bool = False) -> list[str]:
        """What is in a container within this one, arranged."""
        try:
            within = _Container(self.arranger, lines, self.at + at, self.depth + 1, item=item)
            made = within.arranged()
        except TooDeepError:
            if self.depth:
                raise
            raise TooDeepError(at) from None  # told where the outermost begins
        while made and not made[-1]:
            made.pop()
        return made

    def tight(self) -> bool:
        """Whether there is nothing yet but the first paragraph of an item."""
        return self.item and self.prose > 0 and len(self.out) == self.prose

    def text(self, at: int, text: str) -> int:
        """A line of a paragraph, or of a table."""
        line = self.lines[at]
        if self.prose and self.out[-self.prose].startswith("Table:") and self.divided(at + 1):
            self.apart()
        if self.prose == 1 and self.divided(at):
            self.table = True
        if _YEAR.match(text) and self.tight():
            line = f"{items.STEP}{text}"  # one step deeper no number is taken for an item's
        self.out.append(line)
        self.prose, self.term = self.prose + 1, True
        if "<" in text and (closer := shapes.left_open(text)):
            return self.verbatim(at + 1, closer)
        return at + 1

    def divided(self, at: int) -> bool:
        """Whether this line makes the one above it the head of a table."""
        return 0 < at < len(self.lines) and shapes.divides(self.lines[at - 1], self.lines[at])

    def indented(self, at: int) -> int:
        """Code that stands in by four."""
        end = at
        while end < len(self.lines) and (
            not self.lines[end].strip() or indent_of(self.lines[end]) >= 4
        ):
            end += 1
        while not self.lines[end - 1].strip():
            end -= 1
        self.block(self.lines[at:end])
        return end

    def verbatim(self, at: int, closer: str) -> int:
        """Lines up to the one that holds `closer`, as they are."""
        end = self.find(at, closer, lambda line: closer in line.lower())
        if end is None:
            return at
        self.out += self.lines[at : end + 1]
        return end + 1

    def find(self, at: int, what: str, closes: Callable[[str], bool]) -> int | None:
        """The first line from `at` on that closes `what`; found to be nowhere only once."""
        if self.never.get(what, len(self.lines)) <= at:
            return None
        for end in range(at, len(self.lines)):
            if closes(self.lines[end]):
                return end
        self.never[what] = at
        return None

    # -- blocks: each gives the line after it, or its own where there is no such block

    def fence(self, at: int, text: str, indent: int) -> int:
        """Fenced code."""
        mark, info = shapes.fence(text)
        end = self.find(at + 1, mark, lambda line: shapes.closes(line, mark)) if mark else None
        if end is None:
            return at
        code = [items.dedented(line, indent) for line in self.lines[at + 1 : end]]
        self.block([self.arranger.code(mark, info, code)])
        return end + 1

    def colons(self, at: int, text: str, indent: int) -> int:
        """A line of colons, with all of a verse; or a definition."""
        if not text.startswith(":::"):
            return self.definition(at, text, indent)
        blocks = self.arranger.blocks
        fence = blocks.line(text, self.at + at)
        if fence is None:
            return at
        end = at + 1
        notes: list[str] = []
        if fence.name == "verse":
            fence.lines, notes, closing = items.verse(self.lines, end)
            fence.closed = closing is not None
            end = len(self.lines) if closing is None else closing + 1
        self.block([blocks.keep(fence, self.lines[at:end])])
        for note in notes:
            self.block([note])
        return end

    def display(self, at: int, text: str, indent: int) -> int:
        """Math between two lines of dollars: none of its lines is a list or a heading."""
        if not text.startswith("$$") or "$$" in text[2:]:
            return at
        end = at + 1
        while end < len(self.lines) and self.lines[end].strip() and "$$" not in self.lines[end]:
            end += 1
        if end == len(self.lines) or not self.lines[end].rstrip().endswith("$$"):
            return at
        rest = [items.dedented(line, indent) for line in self.lines[at + 1 : end + 1]]
        math = "\n".join([text, *rest]).strip().strip("$")
        self.out.append(self.arranger.blocks.math(math))
        self.prose += 1
        return end + 1

    def quote(self, at: int, text: str, indent: int) -> int:
        """A quotation."""
        del text, indent
        lines, end = items.quoted(self.lines, at)
        if QUOTED.match(lines[0]):
            lines[0] = ""
        elif fence := callout(lines[0], self.at + at):
            blocks = self.arranger.blocks
            self.block([blocks.keep(fence, lines[:1])])
            self.out += self.inner(lines[1:], at + 1)
            self.block([blocks.keep(Fence(self.at + end - 1), [])])
            return end
        inner = self.inner(lines, at)
        self.block([f"> {line}" if line else ">" for line in inner])
        if inner and SOURCE.match(inner[-1]):
            # Python-Markdown would make one quotation of this and the next.
            self.block([self.arranger.blocks.keep(Fence(self.at + at, APART), [])])
        return end

    def html(self, at: int, text: str, indent: int) -> int:
        """Raw HTML, as it is."""
        del indent
        closer = shapes.html(text)
        if closer == "\n":
            end = at
            while end < len(self.lines) and self.lines[end].strip():
                end += 1
            self.out += self.lines[at:end]
        elif closer == " ":
            end = at + 1
            self.out.append(self.lines[at])
        elif closer:
            end = self.verbatim(at, closer)
        else:
            return at
        if end > at:
            self.prose, self.table = 0, False
        return end

    def defined(self, at: int, text: str, indent: int) -> int:
        """A note; or a link or an abbreviation, explained."""
        del indent
        note = shapes.NOTE.match(text)
        if note is not None:
            body, end = items.hanging(self.lines, at, 2, note[2])
            self.block(items.hung(f"{note[1]} ", self.inner(body, at)))
            return end
        if self.prose or not shapes.DEFINED.match(text):
            return at
        self.out.append(self.lines[at])
        return at + 1

    def definition(self, at: int, text: str, indent: int) -> int:
        """What a term means."""
        if not self.term or not shapes.DEFINITION.match(text):
            return at
        body, end = items.hanging(self.lines, at, indent + 2, text[1:].lstrip(" "))
        made = self.inner(body, at)
        if self.out and self.out[-1].startswith(items.STEP):
            self.apart()
        self.out += items.hung(":   ", made)
        self.prose, self.term = 0, True
        return end

    def heading(self, at: int, text: str, indent: int) -> int:
        """A heading, where Python-Markdown would not find it by itself."""
        if not self.depth or indent or not shapes.HEADING.match(text):
            return at
        self.block([text])
        return at + 1

    def caption(self, at: int, text: str, indent: int) -> int:
        """A table's caption right below it is no row."""
        del indent
        if self.table and text.startswith("Table:"):
            self.apart()
        return at

    def bullet(self, at: int, text: str, indent: int) -> int:
        """A list, to its end; a line between paragraphs; an abbreviation."""
        if text.startswith("*["):
            return self.defined(at, text, indent)
        if "|" in text and (self.table or self.divided(at)):
            return at
        found = shapes.marker(self.lines[at], indent)
        if found is None and shapes.RULE.match(text):
            if self.prose and text[0] == "-" and not self.depth:
                return at  # a heading's underline
            self.block([text])
            return at + 1
        if found is None or (self.prose and not shapes.interrupts(found)):
            return at
        if not self.tight():
            self.apart()
        ordered = bool(found.number)
        while found is not None:
            body, end = items.hanging(self.lines, at, found.indent + 2, found.text, found)
            made = self.inner(body, at, item=True)
            lead = f"{found.number}. " if ordered else "* "  # no asterisk underlines a heading
            alone = bool(made and _NOT_TEXT.match(made[0]))
            self.out += items.hung(lead, made, alone=alone)
            at, found = items.sibling(self.lines, end, ordered=ordered)
            if found is not None and (at > end or alone or "" in made):
                self.out.append("")
        self.prose, self.table, self.term = 0, False, False
        if at < len(self.lines) and self.lines[at].strip():
            self.out.append("")
        return at


_KINDS: dict[str, Callable[[_Container, int, str, int], int]] = {
    "`": _Container.fence, "~": _Container.fence, ":": _Container.colons,
    "$": _Container.display, ">": _Container.quote, "<": _Container.html,
    "[": _Container.defined, "#": _Container.heading, "T": _Container.caption,
    **dict.fromkeys("-+*_0123456789", _Container.bullet),
}  # fmt: skip
"""What a line can begin with -> what looks whether a block does."""
