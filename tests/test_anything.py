"""Whatever lies in the folder: never a traceback, never malformed XHTML, never a lost word.

A fixed number of examples each time; 20,000 of each take some minutes:

    pytest tests/test_anything.py --hypothesis-profile many
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from reelpress.desk import Folder, edit, read
from reelpress.desk.images import Pictures
from reelpress.desk.text import account_of
from reelpress.findings import Finding
from reelpress.model import Contribution

FILE = "manuscripts/reviews/any.md"
FRONT = b"---\ntitle: A title\nfilm: A film\nreviewer: Ada Bell\n---\n"


@dataclass(frozen=True, slots=True)
class Made:
    """What came of the one file of a project."""

    contribution: Contribution
    findings: tuple[Finding, ...]

    @property
    def markup(self) -> str:
        """Text and notes as one XHTML document."""
        text = self.contribution.text
        return f"<div>{text.body}{''.join(note.body for note in text.notes)}</div>"

    def letters(self) -> str:
        """Every letter and digit of the text, its notes and all that their attributes say."""
        root = etree.fromstring(self.markup)
        said = [*root.itertext(), *(v for e in root.iter() for v in e.attrib.values())]
        return "".join(c for c in "".join(said) if c.isalnum())


@pytest.fixture(scope="module")
def project() -> Iterator[Path]:
    """A project without reviews."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / FILE).parent.mkdir(parents=True)
        (root / "manuscripts/people.yaml").write_text("a-bell: {name: Ada Bell}\n", "utf-8")
        yield root


def made(project: Path, data: bytes) -> Made:
    """The one file of a project, read and edited."""
    (project / FILE).write_bytes(data)
    pool = read(project)
    ((contribution, findings),) = edit(pool.manuscripts.values(), pool).values()
    return Made(contribution, (*pool.findings, *findings))


# ── any bytes ────────────────────────────────────────────────────────────────────────────

LINES = st.sampled_from(
    '--- +++ { } title:\tX|title: \'open|film: {|draft: "true"|date: 2026-03-4|tags: [a|'
    "% A title|Title: A film|#|## Two|<div|</div>|<!--|-->|```|~~~|:::|[^1]:|[^1]|> - a|"
    "    code|1. one|| a | b ||---|{{ page.title }}|{% include a %}|{{< b >}}".split("|")
)
BYTES = st.binary(max_size=200) | st.lists(
    st.text(max_size=12).map(lambda t: t.encode("utf-8", "surrogatepass"))
    | LINES.map(str.encode)
    | LINES.map(lambda t: t.encode("utf-16"))
    | st.sampled_from([b"\r\n", b"\n", b"\r", b"\xef\xbb\xbf", b"\x00", b"\xff\xfe", b"\x0b\x0c"]),
    max_size=25,
).map(b"".join)


@given(data=BYTES)
def test_any_bytes_are_a_file(project: Path, data: bytes) -> None:
    """A file that holds anything becomes a page, or a page with its findings."""
    review = made(project, data)
    etree.fromstring(review.markup)
    assert review.contribution.title


# ── any header ───────────────────────────────────────────────────────────────────────────

KEYS = st.sampled_from(
    "title film year director directors reviewer author authors rating stars date published draft "
    "tags categories language lang rights license first_published slug spoilers cast runtime "
    "imdb_id summary layout permalink description weight".split()
) | st.text("abz_-.:@# é", max_size=8)
VALUES = st.one_of(
    st.text(max_size=20),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.sampled_from(
        """'' "" ~ null true "true" no [] {} [a,b] [[a]] {a:b} {name:Ada,url:x} *a &a !!python/x @x
        `x` %x |- > {{x}} - -x ? 1e999 0x1F 2026-13-45 12/05/2019 5/5 ★★★½ [x](y)""".split()
    ),
)


@st.composite
def headers(draw: st.DrawFn) -> str:
    """Lines of keys and values, some indented, some no YAML at all."""
    lines = draw(
        st.lists(
            st.tuples(st.sampled_from(["", "", "", "  ", "\t", "- "]), KEYS, VALUES).map(
                lambda t: f"{t[0]}{t[1]}: {t[2]}"
            )
            | st.text(max_size=15),
            max_size=8,
        )
    )
    return "\n".join(lines)


FENCES = st.sampled_from(
    [("---\n", "\n---\n"), ("+++\n", "\n+++\n"), ("", "\n\n"), ("{\n", "\n}\n")]
)
BODY = "The quokka waits at the turnstile.\n\nNobody whistles.\n"


@given(header=headers(), fences=FENCES)
def test_any_header_leaves_the_text_whole(
    project: Path, header: str, fences: tuple[str, str]
) -> None:
    """However wrong a header is, the review below it is there, and what is wrong is said."""
    opening, closing = fences
    text = f"{opening}{header}{closing}{BODY}"
    review = made(project, text.encode("utf-8", "surrogatepass"))
    if any(f.code == "H001" for f in review.findings):
        return  # full of control characters, as no text is
    letters = review.letters()
    for word in re.findall(r"\w+", BODY):
        assert word in letters


# ── any Markdown ─────────────────────────────────────────────────────────────────────────

MARKS = st.sampled_from(
    """* ** _ __ ~~ == ^ ~ ` `` ``` ~~~ # ## - + 1. 2) > | || :--- [ ] ( ) ![ ]( ][ [[ ]] ![[ ^[
    [^1] [^1]: [^a] {.x} {#y} {: .z} { } {{ }} {% %} {{< >}} < > </ /> <b> </b> <i <p> <div> </div>
    <span <br> <img <a </a> <!-- --> <?x ?> <![CDATA[ &amp; & &eacute; &# ; &#1; \\ \\* ::: :::verse
    -- --- ... " ' ’ « » : ; ! ? / = - [x] [!note] %% $` `$ $ @ *[ ]: <https://a.example> https://b.example
    <center> <font color=red> <script> </script> <style> <iframe> <table> <tr> <td> <li>
    <ul>""".split()
)
SPACES = st.sampled_from(
    ["", " ", " ", " ", "\n", "\n", "\n\n", "\n\n", "\n    ", "\t", "  \n", "\u00a0"]
)
TOKENS = st.integers(min_value=0, max_value=9999).map(lambda n: f"w{n:04}w")


@st.composite
def markdown(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text of marks and words, and the words, each of which stands in it but once."""
    pieces, words = [], list[str]()
    for _ in range(draw(st.integers(1, 30))):
        kind = draw(st.integers(0, 5))
        if kind < 3:
            word = draw(TOKENS)
            if word in words:
                continue
            words.append(word)
            pieces.append(word)
        elif kind < 5:
            pieces.append(draw(MARKS))
        else:
            pieces.append(draw(st.text(max_size=3)))
        pieces.append(draw(SPACES))
    return "".join(pieces), words


def is_markup(word: str, text: str) -> bool:
    """Whether a word names an element of HTML or an attribute (M001 and M002 say so), or the
    language of a block of code."""
    tag = rf"</?(?=[a-zA-Z])(?:[^\s<>]*{word}|[^<>]*{word}[^<>]*>)"
    return re.search(rf"{tag}|(?:```|~~~)[^\n]*{word}", text) is not None


@given(written=markdown())
@example(written=("<p>w1w<fontw2w", ["w1w", "w2w"]))
@example(written=("w1w\n[^1]:</div>w2w", ["w1w", "w2w"]))
@example(written=("w1w\n[]:w2w", ["w1w", "w2w"]))
@example(written=("w1w\n[w2w\n]:w3w", ["w1w", "w2w", "w3w"]))
@example(written=("[^1]:w1w<spanw2w\n[^1]:", ["w1w", "w2w"]))
def test_any_markdown_keeps_its_words(project: Path, written: tuple[str, list[str]]) -> None:
    """Each word stands in the book, or the account says why it was left out."""
    text, words = written
    review = made(project, FRONT + text.encode("utf-8", "surrogatepass"))
    if any(f.code == "H001" for f in review.findings):
        return  # full of control characters, as no text is
    assert not [f for f in review.findings if f.code == "M017"]
    letters = review.letters()
    gone = [word for word in words if word not in letters and not is_markup(word, text)]
    if gone:
        pictures = Pictures(Folder.at(project))
        _, left_out = account_of(text, FILE, FRONT.count(b"\n") + 1, "en", pictures)
        told = "".join(c for piece in left_out for c in piece.text if c.isalnum())
        assert [word for word in gone if word not in told] == []
