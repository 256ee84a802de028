"""Tags of other generators: spelled out by a table, line for line, and never evaluated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelpress.desk.text.shortcodes import spelled_out

BITS = (
    "{{< a >}}", "{{< /a >}}", "{{% note x %}}", "{{% /note %}}", "{% raw %}", "{% endraw %}",
    "{{", "}}", "{%", "%}", "{% highlight c %}", "{% endhighlight %}", "{% comment %}",
    "{% endcomment %}", "{{ page.title }}", "{{ x\n}}", "{% include a\n b='c\nd'\n%}",
    "[caption]", "[/caption]", "\n", "\n\n", "word ", "`", "```\n", "    ", "{{/* x\n */}}",
    "{{< quote >}}", "{{< /quote >}}", "'", '"', "<!--", "-->", "{{< figure src='a\nb' >}}", "- ",
    "> ",
)  # fmt: skip
TABLE = {"a": "::: aside\n{inner}\n:::", "include": "*{0}*\n{b|1}", "note": "{inner}"}


@given(st.lists(st.sampled_from(BITS), max_size=25).map("".join))
def test_lines_stay_where_they_are(raw: str) -> None:
    """Whatever stands for a tag, every later line has the number that it had."""
    text, _ = spelled_out(raw, TABLE, {"title": "One\ntwo"})
    assert text.count("\n") == raw.count("\n")


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("{% include a b='c|d' %}", "*c* d"),
        ("{% include a.html b='c' %}", "*c* "),
        ("{% include other b='c' %}", "c"),
        ("{% include other %}", ""),
        ("{{< A b=c >}}", "c and c"),
        ("{{< youtube x >}}", "a film"),
        ("{{< vimeo 1 >}}", "<https://vimeo.com/1>"),
        ("[b]x[/b] [b] [b](c)", "«x» [b] [b](c)"),
        ("{{< none b=c >}}", "{{< none b=c >}}"),
        ("`{{< A b=c >}}`", "`{{< A b=c >}}`"),
    ],
)
def test_a_house_says_what_stands_for_its_tags(typed: str, spelled: str) -> None:
    """The longer name first, ours after the house's, brackets where the house writes them."""
    table = {
        "include a": "*{b|1}* {b|2}",
        "include": "{b}",
        "a": "{b} and {x/b}",
        "youtube": "a film",
        "[b]": "«{inner}»",
    }
    assert spelled_out(typed, table, {"t": "T"})[0] == spelled


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("{{ title }}", "One"),
        ("{{ page.title | upcase }}", "One"),
        ("{{ .Params.Film.Year }}", "1949"),
        ("{{ film['year'] }}", "1949"),
        ("{{ film }}", "{{ film }}"),
        ("{{ tags }}", "{{ tags }}"),
        ("{{ nothing }}", "{{ nothing }}"),
        ("{{ title.__class__ }}", "{{ title.__class__ }}"),
        ("{{ title() }}", "{{ title() }}"),
        ("{{ 7 * 7 }}", "{{ 7 * 7 }}"),
    ],
)
def test_a_variable_is_looked_up_and_no_more(typed: str, said: str) -> None:
    """Texts and numbers of the file's own header; nothing is called, and nothing reached."""
    facts = {"title": "One", "film": {"year": 1949}, "tags": ["a"], "nothing": None}
    assert spelled_out(typed, {}, facts)[0] == said
