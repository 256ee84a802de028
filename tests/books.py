"""Small books that try the binding of PDFs: projects with a layout each, of their own.

A layout extends classic; its style sheet asks for one thing or two that depend on where in the
book a page falls.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.generator import _still, passage

TICKET = """\
title: A Small Book
language: en-GB
issued: 2026-03-01
editors: [Ada Bell]
layout: mine
front: [title, contents, {foreword: texts/foreword.md}]
back: [films]
parts:
  - {title: One, reviews: [first, second]}
  - {title: Two, reviews: [third, fourth]}
volumes: {print: {trim: 4x6}}
"""
HEADER = """\
---
title: {title}
film: {{title: The {title} Film, year: {year}, directors: [Dora Lund]}}
reviewer: Ada Bell
rights: {{holder: Ada Bell, year: 2026, licence: CC-BY-4.0}}
---

"""
IMPRINT = """\
name: The Press
language: en-GB
defaults: {rights: {holder: Ada Bell, year: 2026, status: own}}
"""
FOREWORD = "---\ntitle: Foreword\nby: Ada Bell\n---\n\n"


def paragraphs(seed: int, count: int, size: int = 50) -> str:
    """Made-up text, other text for each seed."""
    return "\n\n".join(passage(100 * seed + n, size) for n in range(count)) + "\n"


PLAIN = {
    "first": paragraphs(1, 2)
    + "\n## A topic\n\nSee [Third](review:third) and [Second](review:second).\n\n"
    + paragraphs(2, 3),
    "second": "Back to [First](review:first), on to [Fourth](review:fourth).\n\n"
    "## Another topic\n\n" + paragraphs(3, 4) + "\n## A third topic\n\n" + paragraphs(4, 3),
    "third": "A short one, after [First](review:first).\n",
    "fourth": paragraphs(5, 1)
    + '\n![A still](../images/still.png "A caption")\n\n## A last topic\n\n'
    + paragraphs(6, 2),
}
"""Reviews that begin on either side, with links back and forth."""

NOTED = f"""\
A note.[^a] And another.[^b] {passage(1, 40)}

> A quotation with a note[^c] in it. {passage(2, 40)}

| Where      | What |
|:-----------|-----:|
| A cell[^d] |   12 |
| Another    |    3 |

{paragraphs(61, 2)}

Here is the long one.[^e] And once more[^a] the first. {passage(3, 60)}

- an item[^f]
- and another

## A heading[^g]

{paragraphs(62, 3)}

[^a]: The first.

    Its second paragraph, with *emphasis* and a [link](https://example.org/).

    - and a list
    - of two

    > And a quotation.

[^b]: Another, which calls a further one.[^h]

[^c]: From a quotation.

[^d]: From a cell.

[^e]: {passage(4, 160)}

    {passage(5, 160)}

[^f]: From an item.

[^g]: From a heading.

[^h]: Called from a note.
"""
"""Notes of every kind; one goes over a page."""

_ROWS = "\n".join(
    f"| {passage(900 + n, 3)} | {1900 + n} | {passage(950 + n, 7)} |" for n in range(40)
)
TABLE = f"| Scene | Year | What is seen |\n| --- | ---: | --- |\n{_ROWS}\n"
"""A table over three pages at the least."""
LONG = (
    "\n>\n".join(f"> {passage(800 + n, 60)}" for n in range(5))
    + "\n\nSome text.\n\n"
    + "\n\nA term\nAnother term\n:   Its definition.\n\n:   A second one.\n\n:   A third.\n\n"
    + "\n\n".join(f"{n}. {passage(850 + n, 40)}\n\n    {passage(860 + n, 30)}" for n in range(1, 7))
    + "\n"
)
"""A quotation and a list over pages, and what is defined."""
ARABIC = {
    "first": "سينما الليل والنهار. " * 60 + "\n\n## عنوان\n\nانظر [الثاني](review:second).\n\n"
    + "كلمة أخرى هنا. " * 60,
    "second": "نص قصير.[^a]\n\n" + "كلمة. " * 220 + "\n\n[^a]: حاشية.\n",
    "third": "نص",
    "fourth": "نص [الأول](review:first) كلمة",
}  # fmt: skip
HOLLOW = {
    "first": "Words with ऄ and क in them.\n",
    "second": "Here 국 and क too, and 국 again.\n",
    "third": "Nothing amiss.\n",
    "fourth": "---\ntitle: The 국 review\nfilm: {title: Fourth, year: 1950}\n"
    f"reviewer: Ada Bell\n---\n\n{paragraphs(7, 4)}\n",
}
"""Characters that no face has, other ones in each review; one stands in a head."""
DOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    '<circle cx="4" cy="4" r="4" fill="green"/></svg>'
)


_RUN = (
    '<span data-runs=""><span data-one="">page </span><span data-many="">pages </span>'
    '<a data-pages="{{ last }}" href="#{{ first }}"></a></span>'
)
_HERE = "{% set first, last = piece.id, piece.id %}" + _RUN
_EACH = "{% set first, last = entry.id, entry.id %}" + _RUN
RUNS = {
    # Each piece by its pages, or by its title; several runs; words that follow the numbers.
    "sections/contents.html.j2": f"""\
{{% extends "classic/sections/contents.html.j2" %}}
{{% block entries %}}{{{{ super() }}}}
{{% for entry in piece.entries %}}
<p class="span">This one:<span data-only="pages"> on {_EACH}</span><span data-only="screen"> is
<a id="again-{{{{ entry.id }}}}" href="#{{{{ entry.id }}}}">{{{{ entry.title }}}}</a>
<a data-page="" href="#{{{{ entry.id }}}}"></a></span>, as said.</p>
{{% endfor %}}
<p class="span">All but the second:
<span data-runs=""><a data-pages="r-first" href="#part-1"></a>, <a href="#part-2"
data-pages="r-fourth"></a> <span data-one="">is its page</span><span data-many="">are their
pages</span></span>.</p>
<p class="span">The front: <a data-pages="foreword" href="#title"></a>.</p>
{{% endblock %}}
""",
    # A section may tell of its own pages.
    "sections/review.html.j2": f"""\
{{% extends "classic/sections/review.html.j2" %}}
{{% block closing %}}
<p class="span">This stood on {_HERE}. <a data-page="" href="#films"></a></p>
{{% endblock %}}
""",
    "sections/films.html.j2": f"""\
{{% extends "classic/sections/films.html.j2" %}}
{{% block films %}}{{{{ super() }}}}<p class="span">The films: {_HERE}.</p>{{% endblock %}}
""",
}
"""A layout's templates that tell of pages, each as one file."""


@dataclass(frozen=True, slots=True)
class Book:
    """What a small book is made of."""

    css: str
    """What its layout's print.css adds to classic's."""
    reviews: Mapping[str, str] = field(default_factory=lambda: PLAIN)
    ticket: str = TICKET
    foreword: str = FOREWORD + paragraphs(9, 3)
    files: Mapping[str, bytes] = field(default_factory=dict)
    """More files of the layout."""
    allowed: tuple[str, ...] = ()
    """Rules that may be told of it."""
    roughly: bool = False
    """Whether what is drawn may be half a point off."""

    def write(self, folder: Path) -> None:
        """Make it a project."""
        home, layout = folder / "manuscripts", folder / "layouts/mine"
        for name in ("reviews", "anthologies", "images", "texts"):
            (home / name).mkdir(parents=True)
        layout.mkdir(parents=True)
        for number, (slug, text) in enumerate(self.reviews.items()):
            header = HEADER.format(title=slug.capitalize(), year=1950 + number)
            whole = text if text.startswith("---") else header + text
            (home / "reviews" / f"{slug}.md").write_text(whole, "utf-8")
        (home / "texts/foreword.md").write_text(self.foreword, "utf-8")
        (home / "images/still.png").write_bytes(_still(1))
        (home / "imprint.yaml").write_text(IMPRINT, "utf-8")
        (home / "anthologies/small.yaml").write_text(self.ticket, "utf-8")
        (layout / "layout.yaml").write_text("extends: classic\n", "utf-8")
        (layout / "print.css").write_text(f'@import "classic/print.css";\n{self.css}', "utf-8")
        for name, data in self.files.items():
            (layout / name).parent.mkdir(exist_ok=True)
            (layout / name).write_bytes(data)


PICTURES = {"dot.png": _still(2), "dot.svg": DOT.encode()}

BOOKS = {
    # ── sides ──
    "sides of different measure": Book(
        "@page :left { margin: .8in 1.2in .7in .5in } @page :right { margin: .8in .4in .7in .8in }"
    ),
    "sides with different tops": Book("@page :left { margin-top: 1.3in }"),
    "reviews on rectos": Book(
        "section.review, section.part + section.review { break-before: right }"
    ),
    "parts and reviews on versos": Book(
        "section.part { break-before: left } section.review { break-before: verso }"
        "section.foreword { break-after: left }"
    ),
    "borders by side": Book(
        "@page :left { border-left: 2pt solid; padding-left: 9pt }"
        "@page :right { border-right: 2pt solid; padding-right: 9pt }"
        "section { background: #fed; border: 2pt solid; padding: 1em }"
    ),
    "from right to left": Book(
        "@page :left { @top-left { content: 'L' counter(page); width: auto } }"
        "@page :right { margin: 1in 1.2in 1in .5in } section.part { break-before: verso }",
        ARABIC,
        TICKET.replace("en-GB", "ar"),
    ),
    # ── heads ──
    "strings": Book("""
        .text h2 { string-set: topic content() }
        .text p { string-set: para content(first-letter) }
        section { string-set: section attr(data-title), level attr(data-level) }
        @page review:left {
            @top-left { content: string(topic, first); width: 40% }
            @top-right { content: string(topic, last) string(level); width: 50% }
            @bottom-left { content: string(topic, start) }
        }
        @page review:right {
            @top-left { content: string(topic, first-except); width: 40% }
            @top-right { content: string(section, last) counter(page); width: 50% }
            @bottom-right { content: string(topic) string(para, start) string(para, last) }
        }
        @page back { @bottom-left { content: string(topic) } }
        @page :blank { @bottom-right { content: string(topic) counter(page) } }
    """),
    "heads that share the width": Book("""
        @page {
            @top-left { content: counter(page) " left"; width: auto }
            @top-center { content: string(section); width: auto }
            @top-right { content: string(book) " and some more of this"; width: auto }
            @left-top { content: "a" counter(page); height: auto }
            @left-middle { content: "b"; transform: rotate(-90deg) }
            @right-middle { content: string(section) }
            @right-bottom { content: "c" counter(page, upper-roman) }
        }
    """),
    "pages counted": Book("""
        @page :first { background: #efe; @bottom-center { content: "the first" } }
        @page :nth(2 of review) { @bottom-center { content: "second" counter(page) } }
        @page :nth(odd of review) { @bottom-left { content: "odd" } }
        @page :nth(even of review) { background: #eee; @bottom-left { content: "even" } }
        @page :nth(3n of back) { @bottom-left { content: "3n" } }
        @page :nth(even) { @bottom-right { content: "even of all" } }
        @page :nth(2 of front) { margin-top: 1.4in }
        section.review { break-before: right }
        @page :blank { @top-center { content: "blank " counter(page) string(section) } }
        @page review:blank { @top-right { content: "of a review" } }
        @page :left:blank { background: #efe }
    """),
    # ── grounds ──
    "pages painted": Book(
        """
        @page {
            background: #eef; border: 2pt solid red; padding: 3pt;
            @top-left { background: yellow; border: 1pt solid blue }
            @top-right { color: lab(50% 40 59) }
            @bottom-center { content: url(dot.svg) " " counter(page); background: url(dot.png) }
            @bottom-left { content: "x"; background: url(dot.png) no-repeat center; opacity: .5 }
        }
        html { background: url(dot.png) repeat }
        @page :blank { background: #fed; @bottom-center { content: none } }
        """,
        files=PICTURES,
    ),
    "pictures in heads": Book(
        """
        @page { background: linear-gradient(#fff, #ddf) }
        @page :left {
            @bottom-center { content: url(dot.png); width: 1in }
            @bottom-left { content: "t"; background: linear-gradient(red, blue) }
        }
        figure { background: url(dot.png) repeat; overflow: hidden; transform: rotate(3deg) }
        .opening { background: linear-gradient(90deg, #eee, #fff) }
        """,
        files=PICTURES,
    ),
    "bleed and marks": Book(
        "@page { bleed: 6mm; marks: crop cross; background: #eef }"
        "@page :left { @top-left-corner { content: 'c'; background: red } }"
    ),
    "text seen through": Book(
        "html { background: #fed } .text h2 { opacity: .5 } figure, .opening { opacity: .7 }"
    ),
    "pages of other sizes": Book(
        "figure { page: plate } @page review { size: 4.5in 6in }"
        "@page plate { size: 6in 4in; margin: 1in; @bottom-center { content: 'P' counter(page) } }"
    ),
    # ── numbers ──
    "cross-references": Book(
        '.text a[href^="#"]::after { content: " (p. " target-counter(attr(href), page) ")" }'
        ".entries .folio { float: none } .entries .folio::before { content: leader('.') }"
    ),
    "page runs": Book(
        "section.films { break-before: right } section#r-third { display: none }"
        ".page-run { font-style: italic }",
        {**PLAIN, "second": "Short.\n"},
        files={name: text.encode() for name, text in RUNS.items()},
    ),
    "sections that are not for paper": Book(
        "section.foreword, section#r-second, section.films { display: none }"
    ),
    "a long front matter": Book(
        "", {**PLAIN, "second": "Short.\n"}, foreword=FOREWORD + paragraphs(9, 60, 60)
    ),
    "one page": Book(
        "",
        {"third": "Short.\n"},
        "title: A Small Book\nlayout: mine\nissued: 2026-03-01\nfront: []\nback: []\n"
        "reviews: [third]\nvolumes: {print: {trim: 4x6}}\n",
    ),
    # ── what a section holds ──
    "a page of its own within a review": Book(
        ".text h2 { break-before: right } .text figure { break-before: left }"
        "section.review + section.review .text { font-size: 11pt }"
    ),
    "pages of its own within a review": Book(
        ".text h2 { break-before: page; page: topic } section.part + section.review { page: after }"
        "@page topic { margin-top: 2in; @top-center { content: 'topic ' string(section) } }"
        "@page :nth(1 of topic) { @bottom-center { content: '1st' } }"
        "@page after { @bottom-center { content: 'after a part' } }"
    ),
    "lines drawn in every way": Book(
        """
        .text p:nth-child(1)::first-letter { font-size: 30pt; float: left; line-height: 26pt }
        .text p:nth-child(2) { text-transform: uppercase; letter-spacing: .1em; word-spacing: 1em }
        .text p:nth-child(3) { direction: rtl; tab-size: 3 }
        .text p:nth-child(4) { text-align-last: justify; font-variant: small-caps; columns: 2 }
        .text p:nth-child(5) { font-size: 0 } .text p:nth-child(6) { font-size: 200% }
        .text h2 { width: 1in; overflow: hidden; white-space: nowrap; text-overflow: ellipsis }
        .text em { font-feature-settings: "smcp"; color: rgba(255, 0, 0, .5) }
        .text a { text-decoration: underline overline red; background: yellow }
        .text li { font-variant-numeric: tabular-nums slashed-zero; hyphenate-character: "~" }
        .text p::after { content: " \2767"; font-size: 8pt; vertical-align: super }
        figcaption { visibility: hidden } blockquote p { text-indent: -2em }
        """,
        {**PLAIN, "third": LONG},
    ),
    "notes": Book(
        "@page :left { margin: 1in 1.1in 1in .5in; @footnote { border-top: 2pt solid blue } }",
        {**PLAIN, "first": NOTED, "second": "Short.\n", "third": NOTED},
    ),
    "tables, lists and quotations": Book(
        "thead { opacity: .7 } @page tables { @bottom-center { content: 'T' counter(page) } }"
        "section#r-third table { page: tables }",
        {**PLAIN, "first": TABLE, "second": LONG, "third": paragraphs(8, 1) + "\n" + TABLE},
    ),
    "characters that no face has": Book(
        "@page back { @bottom-left { content: string(section) ' ऄ' } }",
        HOLLOW,
        allowed=("T001",),
        # In a document all of them are as wide as the first, rounded in its size.
        roughly=True,
    ),
}  # fmt: skip
