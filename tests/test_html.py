"""HTML as our Markdown: what becomes of each construct, and that its words stay."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrivals import edited, read
from reelpress.intake.markup import markdown_of, text_of
from reelpress.words import lost, words_of

EXAMPLES = {
    "paragraphs and line breaks": (
        "<p>One\n line.</p><div>Two<br>lines.<br><br>A new paragraph.</div>",
        "One line.\n\nTwo  \nlines.\n\nA new paragraph.",
    ),
    "emphasis has no space inside": (
        "<p>a<em> b </em>c, <b>d</b>, <i><b>e</b></i>, <b>f</b><i>g</i></p>",
        "a *b* c, **d**, ***e***, <strong>f</strong><em>g</em>",
    ),
    "emphasis round paragraphs goes into them": (
        "<em><p>One.</p><p>Two.</p></em>",
        "*One.*\n\n*Two.*",
    ),
    "headings": ("<h2>The <i>End</i> of #</h2><h4></h4>", "## The *End* of \\#"),
    "links": (
        (
            '<p><a href="https://a.example/b(c)">one [1]</a>! <a href="javascript:x()">two</a> '
            '<a href="#here">three</a> yes!<a href="/d">four</a></p>'
        ),
        "[one \\[1\\]](<https://a.example/b(c)>)! two three yes\\![four](/d)",
    ),
    "quotations with their source": (
        "<blockquote><p>Roads.</p><footer><cite>Thomas</cite></footer></blockquote>",
        "> Roads.\n>\n> — Thomas",
    ),
    "lists": (
        (
            "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul><p>x</p>"
            '<ol start="3"><li>e<li>f</ol>'
        ),
        "- a\n  - b\n- c\n\n  d\n\nx\n\n3. e\n4. f",
    ),
    "what begins a block": (
        "<p># a</p><p>1. b</p><p>- c</p><p>&gt; d</p><p>::: e</p><p>: f</p><p>[^1]: g</p><p>--- h",
        "\\# a\n\n1\\. b\n\n\\- c\n\n\\> d\n\n&#58;:: e\n\n&#58; f\n\n\\[\\^1\\]: g\n\n--- h",
    ),
    "what would be markup": (
        "<p>*e* _f_ g_h `i` {{ j }} &lt;b&gt; [k](l)</p><p>$5, $6, $o_1$, p ~q~ ^r^ ==s==</p>",
        (
            "\\*e\\* \\_f\\_ g_h \\`i\\` &#123;&#123; j }} &lt;b> [k\\](l)\n\n"
            "\\$5, \\$6, \\$o_1\\$, p \\~q\\~ \\^r\\^ &#61;=s=="
        ),
    ),
    "figures": (
        (
            '<figure><a href="big.jpg"><img src="a b.jpg" alt="A [tree]" title="x"></a>'
            '<figcaption>The "last" <i>shot</i></figcaption></figure><p><img data-src="c.png"></p>'
        ),
        '![A \\[tree\\]](a%20b.jpg "The &quot;last&quot; *shot*")\n\n![](c.png)',
    ),
    "pictures in a row are apart": (
        '<p><img src="a.png"><img src="b.png"> <img src="x.gif" width="1" height="1"></p>',
        "![](a.png)\n\n![](b.png)",
    ),
    "tables of data": (
        "<table><caption>Trains</caption><tr><th>A<th>B<tr><td>1|2<td>3</table>",
        "Table: Trains\n\n| A | B |\n|---|---|\n| 1\\|2 | 3 |",
    ),
    "tables without a head, with cells that reach over": (
        "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>",
        "|  |  |\n|---|---|\n| a | b |\n|  | c |",
    ),
    "tables that lay out a page": (
        "<table><tr><td>Menu<td><p>One.</p><p>Two.</p></table>",
        "Menu\n\nOne.\n\nTwo.",
    ),
    "code": (
        '<p><code>a`b</code></p><pre><code class="language-py">x = 1\n  y\n</code></pre>',
        "`` a`b ``\n\n```py\nx = 1\n  y\n```",
    ),
    "spoilers and terms": (
        "<details><summary>The end</summary><p>He dies.</p></details><dl><dt>T<dd>D</dl>",
        "::: spoiler The end\n\nHe dies.\n:::\n\nT\n:   D",
    ),
    "scripts above and below": (
        "<p>H<sub>2</sub>O, 20<sup>th</sup>, x<sup>a b</sup></p>",
        "H~2~O, 20^th^, x<sup>a b</sup>",
    ),
    "foreign phrases and ruby": (
        '<p><i lang="fr">la vie</i> <ruby>漢<rt>かん</rt></ruby></p>',
        "[la vie]{lang=fr} <ruby>漢<rt>かん</rt></ruby>",
    ),
    "what a page does not show": (
        (
            "<p>a<script>b()</script><style>c</style><!-- d --></p><noscript>e</noscript>"
            "<iframe src=f></iframe><select><option>g</select><button>h</button>"
        ),
        "a",
    ),
    "smileys are signs": ('<p>Yes <img class="emoji" alt="🙂" src="x.svg"></p>', "Yes 🙂"),
    "styles that mean something": (
        '<p><span style="font-style: italic">a</span> <b style="font-weight:normal">b</b></p>',
        "*a* b",
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_becomes_of_it(name: str) -> None:
    """Each construct as docs/markdown.md has it."""
    html, expected = EXAMPLES[name]
    assert markdown_of(html) == expected


NOTES = {
    "Substack": (
        '<p>a<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>'
        '<div class="footnote"><a id="footnote-1" class="footnote-number" '
        'href="#footnote-anchor-1">1</a><div class="footnote-content"><p>b</p></div></div>'
    ),
    "WordPress": (
        '<p>a<sup class="fn"><a href="#u-1" id="u-1-link">1</a></sup></p>'
        '<ol class="wp-block-footnotes"><li id="u-1">b <a href="#u-1-link">↩︎</a></li></ol>'
    ),
    "mammoth": (
        '<p>a<sup><a href="#footnote-1" id="footnote-ref-1">[1]</a></sup></p>'
        '<ol><li id="footnote-1"><p>b <a href="#footnote-ref-1">↑</a></p></li></ol>'
    ),
    "Pandoc": (
        '<p>a<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p>'
        '<section class="footnotes"><hr><ol><li id="fn1"><p>b<a href="#fnref1">↩︎</a></p></li></ol>'
        "</section>"
    ),
    "by hand, without a way back": (
        '<p>a<sup><a href="#n1">*</a></sup></p><div class="notes"><p id="n1">b</p></div>'
    ),
    "saved, with whole addresses": (
        '<p>a<sup id="r"><a href="https://x.example/p#n">1</a></sup></p>'
        '<ol><li id="n">b <a href="https://x.example/p#r">back</a></li></ol>'
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_notes_of_every_writer(name: str) -> None:
    """A short link to a block that leads back is a note; the number and the way back go."""
    made = markdown_of(NOTES[name])
    assert made in ("a[^1]\n\n[^1]: b", "a[^1]\n\n[^1]: b back")
    assert len(edited(made)[0].notes) == 1
    assert text_of(NOTES[name]).split()[:2] == ["a", "b"]


def test_a_link_to_a_chapter_is_no_note() -> None:
    """Contents lead to heads and back, and are no notes."""
    html = '<p><a id="t" href="#c">Chapter one</a></p><h2 id="c">One</h2><p><a href="#t">up</a></p>'
    assert "[^" not in markdown_of(html)


# -- words edit back to themselves

_BITS = r"""
    word a_b * ** _ # > - + 1. 2) ` `` [ ] ( ) ]( [x](y) ![ [^1] [^1]: <b> </b> < & &amp; { } {{x}}
    {%y%} {.c} ~ ~~ ~x~ ^ ^x^ $ $5 $x_1$ == | a|b ---|--- --- *** === ::: :::aside : Table: \ \* !
    " ' http://x.y/_z_ *[A]: — -- [[w]] ![[i]] https://a.b <!-- --> ^[n] #tag é היי 漢字 <script>
""".split()
_INLINE = "em i strong b code sub sup del cite q span u small".split()
words = st.lists(st.sampled_from(_BITS), min_size=1, max_size=6).map(" ".join).map(escape)


def _in(tag: str) -> Callable[[str], str]:
    return lambda inner: f"<{tag}>{inner}</{tag}>"


def _inline(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    held = st.sampled_from(_INLINE).flatmap(lambda tag: inner.map(_in(tag)))
    linked = inner.map(lambda text: f'<a href="https://x.y/z(1)_">{text}</a>')
    return st.lists(inner | held | linked | st.just("<br>"), min_size=1, max_size=3).map(" ".join)


lines = st.recursive(words, _inline, max_leaves=6)
blocks = st.recursive(
    lines.map(_in("p")) | lines.map(_in("h3")) | words.map(_in("pre")),
    lambda inner: st.lists(
        inner
        | inner.map(_in("blockquote"))
        | inner.map(lambda text: f"<ul><li>{text}</li></ul>")
        | inner.map(_in("div")),
        min_size=1,
        max_size=3,
    ).map("".join),
    max_leaves=5,
)


@given(blocks)
def test_no_word_of_html_is_lost(html: str) -> None:
    """Whatever signs the words hold and however they are nested, each is read in the result."""
    seen, result = words_of(text_of(html)), words_of(read(markdown_of(html)))
    assert lost(seen, [result]) == {}
    assert lost(result, [seen]) == {}
