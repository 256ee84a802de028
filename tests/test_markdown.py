"""What authors write in Markdown, and what becomes of it.

A fixture begins with `%%` and the rule it keeps; then come the text typed, a line with a dot, and
the XHTML expected: the body, each note behind its id, each finding behind an exclamation mark.
"""

from __future__ import annotations

import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markdown import Markdown

import arrivals
from reelpress.desk import Folder
from reelpress.desk.images import Pictures
from reelpress.desk.text import edit_text
from reelpress.desk.text.converter import EXTENSIONS, converter
from reelpress.desk.text.safety import ALLOWED
from reelpress.findings import Finding
from reelpress.model import Text

HERE = Path(__file__).parent
FIXTURES = HERE / "fixtures" / "markdown"
PLACES = re.compile(r' data-at="[^"]*"')


def edited(typed: str, language: str = "en") -> tuple[Text, tuple[Finding, ...]]:
    """A text, edited, as if it were all of the file a.md."""
    pictures = Pictures(Folder.at(HERE / "specimen"))
    return edit_text(typed, "a.md", 1, "r-a", language, pictures)


def shown(typed: str) -> str:
    """What becomes of a text, as fixtures have it: without places, without space between blocks."""
    text, findings = edited(typed)
    lines = [text.body, *(f"{note.id}: {note.body}" for note in text.notes)]
    plain = [re.sub(r">\n+<", ">\n<", PLACES.sub("", line).strip()) for line in lines if line]
    found = sorted((f.place, f"! {f.code} {f.place.line}:{f.place.column}") for f in findings)
    return "\n".join([*plain, *(said for _, said in found)])


def fixtures() -> list[tuple[str, str, str]]:
    """(rule, typed, expected) of every fixture."""
    found = []
    for path in sorted(FIXTURES.glob("*.md")):
        for part in re.split(r"^%% ", path.read_text("utf-8"), flags=re.M)[1:]:
            rule, rest = part.split("\n", 1)
            typed, expected = rest.split("\n.\n")
            found.append((f"{path.stem}: {rule}", typed, expected.rstrip("\n")))
    return found


@pytest.mark.parametrize(
    ("typed", "expected"), [pytest.param(t, e, id=rule) for rule, t, e in fixtures()]
)
def test_what_becomes_of_it(typed: str, expected: str) -> None:
    """Each construct, as its fixture says."""
    assert shown(typed) == expected


def test_there_are_enough_lists() -> None:
    """At least twenty-five ways to write a list, so that a change of rule shows."""
    assert sum(rule.startswith("lists:") for rule, _, _ in fixtures()) >= 25


# -- places and words


def placed(typed: str) -> list[tuple[str, str]]:
    """(the words of a block, where it begins), for each block that says so."""
    root = etree.fromstring(f"<div>{edited(typed)[0].body}</div>")
    return [
        (" ".join("".join(e.itertext()).split())[:20], str(e.get("data-at")))
        for e in root.iter()
        if e.get("data-at") and e.tag not in ("a", "div", "aside", "blockquote", "table")
    ]


def test_new_blocks_have_places() -> None:
    """Labels, lines of verse, sources, captions and items lead to the author's line."""
    typed = """\
::: aside The *label*
Inside.
:::

::: verse
1. [First]{.smallcaps} of H~2~O
second

    third
-- The source
:::

> Quoted.
> -- Another source

| a | b |
|---|---|
| 1 | 2 |
Table: The caption

1. one
  - under *one*
"""
    assert placed(typed) == [
        ("The label", "1:1"),
        ("Inside.", "2:1"),
        ("1. First of H2O seco", "6:1"),
        ("third", "9:1"),
        ("— The source", "10:1"),
        ("Quoted.", "13:1"),
        ("— Another source", "14:1"),
        ("The caption", "19:1"),
        ("one under one", "21:1"),
        ("under one", "22:1"),
    ]


def test_places_in_verse_hold() -> None:
    """What stands in by four after an empty line of verse is no code, to findings neither."""
    _, findings = edited("::: verse\na\n\n    b [c](//dd) {{ e }}[^1]\n:::\n")
    assert sorted((f.code, f.place.line, f.place.column) for f in findings) == [
        ("L001", 4, 24),
        ("L006", 4, 11),
        ("M004", 4, 17),
    ]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("H~2~O and un*believ*able[^1] things\n\n[^1]: not these words", 4),
        ("::: spoiler\nOne.\n:::", 1),
        ("::: verse\nOne\ntwo\n\nthree\n-- four\n:::", 4),
        ("| a | b |\n|---|---|\n| c | d |\nTable: e f", 6),
        ("[MGM]{.smallcaps}'s & $x^2$", 3),
    ],
)
def test_words_are_counted(typed: str, words: int) -> None:
    """A word is one with its subscript, its italics and its mark; the number of a note is none."""
    assert edited(typed)[0].words == words


# -- one text and another


def test_abbreviations_stay_in_their_piece() -> None:
    """What one text explains, the next does not know; nor its links, notes and blocks."""
    edited("*[HTML]: Hyper\n\nHTML [x][y]\n\n[y]: https://example.org/\n\n::: a\n[^1]\n\n[^1]: n")
    text, findings = edited("HTML [^1] [x] [y]")
    assert PLACES.sub("", text.body) == "<p>HTML [^1] [x] [y]</p>"
    assert [f.code for f in findings] == ["L001"]


@pytest.mark.parametrize(
    ("deep", "line"),
    [
        ("".join(f"{'  ' * n}- a\n" for n in range(80)), 3),
        ("".join(f"{'  ' * n}> a\n\n" for n in range(3)) + "> " * 80, 9),
        ("::: a\n" * 80, 3),
        ("- > " * 40, 3),
    ],
)
def test_what_is_too_deep_is_told_and_forgotten(deep: str, line: int) -> None:
    """Blocks in blocks are told where the outermost begins, and the next text is as ever."""
    _, findings = edited(f"Text.\n\n{deep}")
    assert [(f.code, f.place.line) for f in findings if f.code == "M006"] == [("M006", line)]
    assert shown("- a\n\nb") == "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"


# -- what must come to nothing


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("[x]{onclick=alert(1)}", ["M002"]),
        ("[x]{href=javascript:alert(1) .a}", ["M002"]),
        ("::: {onclick=alert(1)}\nx\n:::", ["M002"]),
        ("::: verse {style='background:url(http://e/)'}\nx\n:::", ["M012"]),
        ("::: aside <script>alert(1)</script>\nx\n:::", ["M001"]),
        ("::: verse\n<script>alert(1)</script>\n:::", ["M001"]),
        ("::: <script>\nx\n:::", ["M001", "M010"]),
        ('![x](manuscripts/images/lamp.png){credit="<script>alert(1)</script>"}', ["M001"]),
        ('![x](manuscripts/images/lamp.png "<img src=x onerror=y>")', ["I001", "M002"]),
        ("![x](manuscripts/images/lamp.png){onerror=alert(1)}", ["M002"]),
        ("Table: <iframe src=x>\n\n| a |\n|---|\n| b |", ["M001"]),
        ("> x\n> -- <script>alert(1)</script>", ["M001"]),
        ("$<script>=alert(1)</script>$", []),
        ("$$\n<script>\n- alert(1)</script>\n$$", []),
        ('<p class="label" data-word="x" data-line="1:1">x</p>', ["M002", "M002"]),
        ('<div role="doc-epigraph" class="a">x</div>', ["M012"]),
        ('[x]{role=button data-word=x data-at="1:1"}', ["M002", "M002", "M012"]),
        ("::: {role=alert data-word=x}\nx\n:::", ["M002", "M012"]),
        ('<img src="manuscripts/images/lamp.png" alt="x" credit="y">', ["M002"]),
        ("<details onclick=x><summary onclick=x>y</summary></details>", ["M002", "M002"]),
        ('<div markdown="1" onclick=x>\n[x]{onclick=x}\n</div>', ["M002", "M002"]),
        ("\x02:::0\x03 \x02wzxhzdk:0\x03", ["M003"] * 4),
    ],
)
def test_nothing_comes_of_it(typed: str, codes: list[str]) -> None:
    """Whatever way it is written: no script, no handler, no mark of ours, and it is told."""
    text, findings = edited(typed)
    root = etree.fromstring(f"<div>{text.body}</div>")
    assert sorted(f.code for f in findings) == codes
    assert {e.tag for e in root.iter()} <= ALLOWED
    kept = {str(k) for e in root.iter() for k in e.attrib}
    assert kept <= {"class", "alt", "src", "scope", "data-at", "id"}
    assert [i for i in map(str, root.xpath("//@id")) if not re.fullmatch(r"r-a\.p\d", i)] == []


# -- lists of any shape

INDENTS = st.integers(0, 9).map(lambda n: " " * n)
MARKS = st.sampled_from(["- ", "* ", "+ ", "-   ", "1. ", "2. ", "10. ", "1) ", "1979. "])
WORDS = st.text("xyz", min_size=1, max_size=3)
LINES = st.one_of(
    st.just(""),
    st.builds("{}{}{}".format, INDENTS, MARKS, WORDS),
    st.builds("{}{}".format, INDENTS, WORDS),
    st.builds("{}> {}{}".format, INDENTS, MARKS, WORDS),
    st.builds("[^NOTE]: {}{}".format, MARKS, WORDS),
    st.builds("{}:   {}".format, INDENTS, WORDS),
)
CODE = st.lists(st.builds("{}{}{}".format, INDENTS, MARKS, WORDS), min_size=1, max_size=4)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Lines of lists, quotations, notes and definitions, each note with a label of its own."""
    lines = draw(st.lists(LINES, max_size=14))
    return "\n".join(line.replace("NOTE", str(n)) for n, line in enumerate(lines))


@given(texts())
def test_no_word_of_a_list_is_lost(typed: str) -> None:
    """However lines are marked and stand in: each word comes out, once."""
    text, _ = edited(typed)
    bodies = " ".join([text.body, *(note.body for note in text.notes)])
    came = re.findall(r"\b[xyz]+\b", re.sub(r"<[^>]*>", " ", bodies))
    assert sorted(came) == sorted(re.findall(r"\b[xyz]+\b", typed))


@pytest.mark.parametrize(
    ("before", "margin"),
    [
        ("", ""),
        ("Text.\n", ""),
        ("- item\n", "  "),
        ("- item\n\n", "    "),
        ("1. item\n   - item\n", "     "),
        ("> Text.\n", "> "),
        ("- > Text.\n", "  > "),
        ("Text.[^1]\n\n[^1]: Note.\n\n", "    "),
        ("Term\n:   Text.\n\n", "    "),
        ("::: aside\n", ""),
    ],
)
@given(code=CODE)
def test_fenced_code_is_not_touched(before: str, margin: str, code: list[str]) -> None:
    """Whatever code looks like, and wherever its fence stands: it comes out as typed."""
    lines = [f"{margin}{line}\n" for line in ("```", *code, "```")]
    text, _ = edited(f"{before}{''.join(lines)}")
    whole = "".join([text.body, *(note.body for note in text.notes)])
    (block,) = etree.fromstring(f"<div>{whole}</div>").iter("pre")
    assert "".join(block.itertext()) == "".join(f"{line}\n" for line in code)


@pytest.mark.parametrize("before", ["", "Text:\n\n", "# Head\n\n", "> Text.\n\n"])
@given(code=CODE)
def test_code_that_stands_in_is_not_touched(before: str, code: list[str]) -> None:
    """Four spaces outside of any list make code, whatever it looks like."""
    text, _ = edited(before + "".join(f"    {line}\n" for line in code))
    (block,) = etree.fromstring(f"<div>{text.body}</div>").iter("pre")
    assert "".join(block.itertext()) == "".join(f"{line}\n" for line in code)


@given(code=CODE)
def test_pre_and_comments_are_not_touched(code: list[str]) -> None:
    """Raw HTML's <pre> keeps its lines, and a comment brings none into the text."""
    lines = "".join(f"{line}\n" for line in code)
    text, _ = edited(f"<pre>a\n{lines}</pre>\n\n<!-- b\n{lines}-->\n\nText.\n")
    (block,) = etree.fromstring(f"<div>{text.body}</div>").iter("pre")
    assert block.text == f"a\n{lines}"
    assert not text.body.count("b\n")


@st.composite
def by_four(draw: st.DrawFn) -> str:
    """A list as Python-Markdown's authors write it: all loose, or all tight."""
    loose = draw(st.booleans())
    lines: list[str] = []

    def items(depth: int) -> None:
        margin, ordered = "    " * depth, draw(st.booleans())
        for number in range(1, draw(st.integers(2, 4))):
            mark = f"{number}." if ordered else "-"
            lines.append(f"{margin}{mark} {'x' * draw(st.integers(1, 3))}")
            if draw(st.booleans()):
                lines.append(f"{margin if draw(st.booleans()) else ''}y")
            for more in ("    z", "        code") if loose else ():
                if draw(st.booleans()):
                    lines.extend(("", f"{margin}{more}"))
            if depth < 3 and draw(st.booleans()):
                lines.extend([""] * loose)
                items(depth + 1)
            lines.extend([""] * loose)

    items(0)
    return "\n".join(lines)


PLAIN = Markdown(extensions=list(EXTENSIONS), output_format="html")


@given(by_four())
def test_lists_by_four_mean_what_they_meant(typed: str) -> None:
    """Python-Markdown's own style means to us what it means to Python-Markdown alone."""
    ours, theirs = converter().convert(typed), PLAIN.reset().convert(typed)
    assert re.sub(r"\n\s*", "\n", ours) == re.sub(r"\n\s*", "\n", theirs)


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("[x a='b'\\] " * 2000, ["M007"]), ("\\[x\\] [y](z\\)) " * 600, []), ("[x] " * 600, [])],
)
def test_what_is_escaped_closes_nothing(typed: str, codes: list[str]) -> None:
    """A converter would look for the end of each; what is escaped opens nothing either."""
    before = process_time()
    found = arrivals.edited(typed)[1]
    assert process_time() - before < 5
    assert [f.code for f in found if f.code == "M007"] == codes


@pytest.mark.parametrize(
    "typed",
    [
        "<div>\n" + "\n" * 20_000 + "<p>Night.</p>\n\n</div>",
        "Night.<!-- a -->\n" * 10_000,
        "Night.<!--more-->\n" * 10_000,
        "A %%b%% c\n" * 10_000,
        "Night.\n\n" + "[a]: https://a.example\n" * 5_000,
        "Night.[^a]\n\n" + "[^a]: A lamp.\n\n" * 2_000,
    ],
    ids=["empty lines", "comments", "excerpts", "remarks", "addresses", "notes"],
)
def test_what_is_written_by_the_thousand_takes_seconds(typed: str) -> None:
    """However often something stands in a text, the time grows with the text."""
    before = process_time()
    text, found = arrivals.edited(typed)
    assert process_time() - before < 5
    assert text.words > 0
    assert not [f for f in found if f.code in ("M017", "M018")]
