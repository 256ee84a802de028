"""Tickets that select, and what they say of it.

A pool of a dozen reviews is written once; tickets are tried on it.
"""

from __future__ import annotations

import json
import operator
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reelpress.desk import Pool, choose, left_out, read
from reelpress.header import Header, Ticket, read_review, read_ticket
from reelpress.model import Manuscript
from test_cli import call

PEOPLE = """\
a-bell: {name: Ada Bell, sort: "Bell, Ada"}
i-moreau: {name: Ines Moreau, sort: "Moreau, Ines"}
n-van-dam: {name: Noor van Dam, sort: "Dam, Noor van"}
"""
IMPRINT = """\
name: Small Press
language: en-GB
defaults:
  reviewer: n-van-dam
  rights: {holder: Small Press, licence: all rights reserved, status: own}
"""
REVIEWS = {
    "laura": """\
title: A Face in Oils
film: {title: Laura, year: 1944, directors: [Otto Preminger], cast: [Gene Tierney],
  country: [United States], languages: [en], runtime: 88}
reviewer: a-bell
rating: 4/5
date: 2018
tags: [Film Noir, portrait]
first_published: {outlet: The Night Bus, date: 2018}
""",
    "gun-crazy": """\
film: {title: Gun Crazy, year: 1950, directors: [Joseph H. Lewis], writers: [Dalton Trumbo],
  country: [United States], languages: [en], runtime: 87}
reviewer: i-moreau
rating: 8/10
date: 2018-05
tags: [film-noir, lovers]
""",
    "cleo": """\
film: {title: Cléo from 5 to 7, year: 1962, directors: [Agnès Varda], cast: [Corinne Marchand],
  country: [France, Italy], languages: [fr], runtime: 90}
reviewer: a-bell
rating: ★★★★
date: 2018-05-20
tags: [portrait, Paris]
""",
    "daisies": """\
film: {title: Daisies, year: 1966, directors: [Věra Chytilová], country: [Czechoslovakia],
  languages: [cs], runtime: 76}
reviewer: i-moreau
rating: 5/5
date: 2018-06-01
""",
    "wanda": """\
film: {title: Wanda, year: 1970, directors: [Barbara Loden], writers: [Barbara Loden],
  cast: [Barbara Loden, Michael Higgins], country: [United States], languages: [en], runtime: 103}
reviewer: [a-bell, i-moreau]
rating: 90%
date: 2019
tags: [roads, lovers]
""",
    "alice": """\
film: {title: Alice in the Cities, year: 1974, directors: [Wim Wenders],
  country: [West Germany], languages: [de, en], runtime: 112}
rating: ★★★½
date: 2019-02
tags: [Roads]
language: de
""",
    "radio-on": """\
film: {title: Radio On, year: 1979, directors: [Christopher Petit],
  country: [United Kingdom, West Germany], languages: [en], runtime: 104}
reviewer: n-van-dam
rating: 2/5
date: 2019-02-11
tags: [roads]
language: en-US
""",
    "vagabond": """\
film: {title: Vagabond, year: 1985, directors: [Agnès Varda], cast: [Sandrine Bonnaire],
  country: [France], languages: [fr], runtime: 105}
reviewer: i-moreau
rating: 3/5
date: 2020-01-01
tags: [roads, portrait]
""",
    "the-gleaners": """\
film: {title: The Gleaners and I, year: 2000, directors: [Agnès Varda], writers: [Agnès Varda],
  country: [France], languages: [fr], runtime: 82}
reviewer: a-bell
tags: [portrait]
""",
    "untitled": """\
film: Untitled Reel
reviewer: n-van-dam
""",
    "unfinished": """\
film: {title: Stranger Than Paradise, year: 1984, directors: [Jim Jarmusch]}
reviewer: a-bell
tags: [roads]
draft: true
""",
}
NUMBERED = tuple(f"pool/r{number:02}" for number in range(8))
"""Files that stand for a random pool."""
WORDS = "one two three four five six seven eight nine ten eleven twelve".split()


def project(folder: Path, **tickets: str) -> Path:
    """The pool in `folder`, with tickets. The nth review's text has n words."""
    files = {"people.yaml": PEOPLE, "imprint.yaml": IMPRINT}
    for number, (slug, header) in enumerate(REVIEWS.items(), 1):
        files[f"reviews/{slug}.md"] = f"---\n{header}---\n{' '.join(WORDS[:number])}\n"
    files |= {f"anthologies/{name}.yaml": f"title: T\n{text}" for name, text in tickets.items()}
    for name, text in files.items():
        path = folder / "manuscripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def amend(root: Path, name: str, old: str, new: str) -> None:
    """Put other words into a manuscript in the place of some that it has."""
    path = root / "manuscripts" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> Pool:
    """The pool, read."""
    return read(project(tmp_path_factory.mktemp("pool")))


def ticket(text: str) -> Header[Ticket]:
    """A ticket that says this, and nothing about it is wrong."""
    read_, noticed = read_ticket(f"title: T\n{text}", "manuscripts/anthologies/t.yaml")
    assert noticed == ()
    assert read_ is not None
    return read_


def choice(pool: Pool, text: str) -> dict[str, str]:
    """What a ticket takes and why; nothing is noticed."""
    choices, noticed = choose(ticket(text), pool)
    assert [str(f) for f in noticed if f.code not in ("H019", "H027")] == []
    return {c.manuscript.slug: c.why for c in choices}


def leaves(pool: Pool, text: str) -> dict[str, str]:
    """What a ticket leaves out, and why."""
    asked = ticket(text)
    return {m.slug: why for m, why in left_out(asked, pool, choose(asked, pool)[0])}


# ── what a selection takes ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("select", "slugs"),
    [
        # one value, or any of many; case, hyphens and spaces are no matter
        ("{tags: portrait}", "laura cleo vagabond the-gleaners"),
        ("{tag: film noir}", "laura gun-crazy"),
        ("{Tags: [FILM_NOIR]}", "laura gun-crazy"),
        ("{tags: [lovers, paris]}", "gun-crazy cleo wanda"),
        ("{tags: ' roads '}", "wanda alice radio-on vagabond"),
        ("{tags: {all: [roads, lovers]}}", "wanda"),
        ("{tags: {none: [roads, portrait]}}", "gun-crazy daisies untitled"),
        ("{tags: {any: [roads, lovers], none: portrait}}", "gun-crazy wanda alice radio-on"),
        # numbers: equal, compared, ranges with and without ends, decades
        ("{year: 1970}", "wanda"),
        ('{year: "= 1970"}', "wanda"),
        ('{year: ">= 1979"}', "radio-on vagabond the-gleaners"),
        ('{year: "> 1979"}', "vagabond the-gleaners"),
        ('{year: "≤1950"}', "laura gun-crazy"),
        ('{year: "< 1950"}', "laura"),
        ("{year: 1970..1979}", "wanda alice radio-on"),
        ("{year: 1974 .. 1979}", "alice radio-on"),
        ("{year: ..1950}", "laura gun-crazy"),
        ("{year: 1985..}", "vagabond the-gleaners"),
        ("{year: 1979..1970}", ""),
        ("{year: 1970s}", "wanda alice radio-on"),
        ("{film.year: [1940s, 1962]}", "laura cleo"),
        ("{year: {none: [..1969, 1970s]}}", "vagabond the-gleaners untitled"),
        ('{runtime: "<= 87"}', "gun-crazy daisies the-gleaners"),
        # ratings are compared by their worth, however they are written
        ("{rating: 4/5}", "laura gun-crazy cleo"),
        ("{rating: 8/10}", "laura gun-crazy cleo"),
        ("{rating: 80%}", "laura gun-crazy cleo"),
        ("{rating: ★★★★}", "laura gun-crazy cleo"),
        ('{rating: ">= 4/5"}', "laura gun-crazy cleo daisies wanda"),
        ("{rating: 60%..★★★½}", "alice vagabond"),
        ('{rating: "< 3/5"}', "radio-on"),
        # people, by key and by name; the house's reviewer too
        ("{reviewer: a-bell}", "laura cleo wanda the-gleaners"),
        ("{reviewer: ADA BELL}", "laura cleo wanda the-gleaners"),
        ("{author: noor van dam}", "alice radio-on untitled"),
        ("{reviewer: {all: [a-bell, Ines Moreau]}}", "wanda"),
        ("{director: Agnès Varda}", "cleo vagabond the-gleaners"),
        ("{director: Agne\u0300s varda}", "cleo vagabond the-gleaners"),
        ("{film.directors: [Wim Wenders, Otto Preminger]}", "laura alice"),
        ("{writer: [Dalton Trumbo, Agnès Varda]}", "gun-crazy the-gleaners"),
        ("{cast: Barbara Loden}", "wanda"),
        ("{people: [Barbara Loden, Gene Tierney, Agnès Varda]}",
         "laura cleo wanda vagabond the-gleaners"),
        # the rest of a header
        ("{country: West Germany}", "alice radio-on"),
        ("{language: en}",
         "laura gun-crazy cleo daisies wanda radio-on vagabond the-gleaners untitled"),
        ("{language: en-us}", "radio-on"),
        ("{language: [de, en_US]}", "alice radio-on"),
        ("{film_language: en}", "laura gun-crazy wanda alice radio-on"),
        ("{title: a face in oils}", "laura"),
        ("{film: [daisies, radio-on]}", "daisies radio-on"),
        ("{outlet: the night bus}", "laura"),
        ("{slug: [wanda, the gleaners]}", "wanda the-gleaners"),
        # several fields: all of them
        ('{tags: roads, rating: ">= 3/5", year: 1970s}', "wanda alice"),
        ("{}", " ".join(s for s in REVIEWS if s != "unfinished")),
        # selections in selections
        ("{any: [{tags: paris}, {year: 1944}]}", "laura cleo"),
        ("{none: [{country: France}, {year: ..1969}]}", "wanda alice radio-on untitled"),
        ("{none: {country: France}, all: [{year: 1970..}, {tags: roads}]}",
         "wanda alice radio-on"),
        ("{any: [{all: [{tags: roads}, {none: {year: 1970s}}]}, {any: {runtime: 76}}]}",
         "daisies vagabond"),
        ("{none: [{none: [{director: Agnès Varda}]}, {tags: roads}]}", "cleo the-gleaners"),
    ],
)  # fmt: skip
def test_what_a_selection_takes(pool: Pool, select: str, slugs: str) -> None:
    """Every condition holds of what is taken, and drafts never are."""
    assert " ".join(choice(pool, f"select: {select}\n")) == " ".join(sorted(slugs.split()))


@pytest.mark.parametrize(
    ("wanted", "slugs"),
    [
        ("2018", "laura gun-crazy cleo daisies"),
        ("2018-05", "gun-crazy cleo"),
        ("2018-05-20", "cleo"),
        ("> 2018", "wanda alice radio-on vagabond"),
        ("2018-06..2018-12", "daisies laura"),
        ("2018-05..2018-05", "gun-crazy cleo laura"),
        ("2010s", "laura gun-crazy cleo daisies wanda alice radio-on"),
        # of Wanda's day no more than 2019 is said, of Alice's no more than February
        ("< 2019-01", "laura gun-crazy cleo daisies"),
        ("<= 2019-01-01", "laura gun-crazy cleo daisies wanda"),
        (">= 2019-01", "wanda alice radio-on vagabond"),
        (">= 2019-02-11", "alice radio-on vagabond wanda"),
        (">= 2019-12-31", "wanda vagabond"),
        ("> 2019-12-31", "vagabond"),
        ("2019-01..2019-12", "wanda alice radio-on"),
    ],
)  # fmt: skip
def test_dates_are_compared_as_finely_as_they_are_asked_for(
    pool: Pool, wanted: str, slugs: str
) -> None:
    """A review that says only 2019 is taken wherever its day may lie; a day that is asked for
    alone is to be said."""
    taken = choice(pool, f'select: {{date: "{wanted}"}}\n')
    assert " ".join(taken) == " ".join(sorted(slugs.split()))


@pytest.mark.parametrize("name", ["Siobhan O'Brien", "Siobhan O’Brien"])
def test_apostrophes_are_no_matter(tmp_path: Path, name: str) -> None:
    """In a name, straight and curly ones are the same."""
    root = project(tmp_path)
    amend(root, "people.yaml", "a-bell: {", "s-ob: {name: Siobhan O'Brien}\na-bell: {")
    amend(root, "reviews/laura.md", "reviewer: a-bell", "reviewer: s-ob")
    assert list(choice(read(root), f"select: {{reviewer: {name}}}\n")) == ["laura"]


def test_who_translated_a_review_is_not_its_reviewer(tmp_path: Path) -> None:
    """`reviewer` is who wrote it."""
    root = project(tmp_path)
    both = "reviewer: [n-van-dam, {name: a-bell, role: trl}]"
    amend(root, "reviews/radio-on.md", "reviewer: n-van-dam", both)
    taken = choice(read(root), "select: {reviewer: a-bell}\n")
    assert list(taken) == ["cleo", "laura", "the-gleaners", "wanda"]


def test_a_selection_narrows_what_is_listed(pool: Pool) -> None:
    """`select:` takes of `reviews:`, in their order and under their titles."""
    asked = ticket("reviews: [{review: wanda, title: Coal}, cleo, alice]\nselect: {tags: roads}\n")
    choices, noticed = choose(asked, pool)
    assert noticed == ()
    assert [(c.manuscript.slug, c.own and c.own.title) for c in choices] == [
        ("wanda", "Coal"),
        ("alice", None),
    ]


def test_why_a_review_was_taken(pool: Pool) -> None:
    """What of its header met the conditions; the ticket's own word where it names the review."""
    why = choice(pool, "select: {tags: [lovers, film noir]}\n")
    assert why["gun-crazy"] == "tags film-noir, lovers"
    assert why["laura"] == "tags Film Noir"
    why = choice(pool, 'reviews: [alice, "reviews/w*.md"]\nselect: {year: 1970s, rating: 50%..}\n')
    assert why == {
        "alice": "listed; year 1974, rating ★★★½",
        "wanda": "reviews/w*.md; year 1970, rating 90%",
    }
    why = choice(pool, "select: {any: [{tags: paris}, {reviewer: n-van-dam}], language: en}\n")
    assert why == {
        "cleo": "tags Paris, language en-GB",
        "radio-on": "reviewer Noor van Dam, language en-US",
        "untitled": "reviewer Noor van Dam, language en-GB",
    }


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("select: {none: {tags: roads}}\n", "none of (tags roads)"),
        ("reviews: [laura]\nselect: {none: {tags: roads}}\n", "listed; none of (tags roads)"),
        ("select: {tags: {none: [roads]}, none: {year: 1950}}\n",
         "tags Film Noir, portrait, none of (year 1950)"),
    ],
)  # fmt: skip
def test_why_a_review_was_taken_for_what_it_has_not(pool: Pool, asked: str, why: str) -> None:
    """That none of it holds is said, as the ticket says it."""
    assert choice(pool, asked)["laura"] == why


# ── what is wrong ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("wanted", ["..", "9" * 5_000, "abc"], ids=["..", "9s", "abc"])
@pytest.mark.parametrize("key", ["year", "runtime", "rating", "date"])
def test_what_is_no_value_is_told(pool: Pool, key: str, wanted: str) -> None:
    """A range without ends, a number beyond all measure, a word: told is what to write."""
    _, noticed = choose(ticket(f"select: {{{key}: {wanted}}}\n"), pool)
    assert [f.code for f in noticed if f.code != "H019"] == ["H006"]
    assert noticed[0].text.startswith(f'"select.{key}": write a ')


def test_one_of_many_is_told_where_it_stands(pool: Pool) -> None:
    """The place is that of the value, not of its list."""
    _, noticed = choose(ticket("select: {year: [1970, abc]}\n"), pool)
    assert [(f.code, f.place.line, f.place.column) for f in noticed[:1]] == [("H006", 2, 23)]


def test_a_wrong_selection_is_not_called_empty(pool: Pool) -> None:
    """What is wrong is told alone: that nothing is taken follows from it."""
    _, noticed = choose(ticket("select: {any: [noir]}\n"), pool)
    assert [f.code for f in noticed] == ["H006"]


def test_a_key_is_a_near_miss_too(pool: Pool) -> None:
    """Of reviewers, keys are offered as names are."""
    _, noticed = choose(ticket("select: {reviewer: i-moraeu}\n"), pool)
    assert [f.hint for f in noticed if f.code == "H030"] == ['did you mean "i-moreau"?']


@pytest.mark.parametrize(("end", "code"), [("", "H014"), ("*", "H026")])
def test_a_name_longer_than_any_file_s(pool: Pool, end: str, code: str) -> None:
    """No file has it, and no more is to be said."""
    choices, noticed = choose(ticket(f"reviews: [laura, {'a' * 300}{end}]\n"), pool)
    assert [c.manuscript.slug for c in choices] == ["laura"]
    assert [f.code for f in noticed] == [code]


# ── what is left out ─────────────────────────────────────────────────────────────────────


def test_why_a_review_was_left_out(pool: Pool) -> None:
    """A draft, not among the reviews, the condition that failed with what is wanted, no part."""
    why = leaves(
        pool,
        "reviews: [laura, cleo, wanda, alice, the-gleaners, unfinished]\n"
        'select: {year: 1960.., rating: ">= 4/5"}\n'
        "parts: [{title: P, select: {tags: paris}}]\n",
    )
    assert why.pop("laura") == "year 1944; wanted: 1960.."
    assert why.pop("alice") == "rating ★★★½; wanted: >= 4/5"
    assert why.pop("the-gleaners") == "rating not said; wanted: >= 4/5"
    assert why.pop("wanda") == "in no part"
    assert why.pop("unfinished") == "a draft"
    assert "cleo" not in why
    assert set(why.values()) == {"not among the ticket's reviews"}
    assert leaves(pool, "select: {any: [{year: 1944}, {tags: roads}]}\n")["daisies"] == (
        "not any of (year 1944; tags roads)"
    )
    assert leaves(pool, "select: {none: [{tags: roads}]}\n")["alice"].startswith("tags Roads")
    assert leaves(pool, "select: {tags: {none: roads}}\n")["wanda"] == (
        "tags roads, lovers; wanted: not roads"
    )


@pytest.mark.parametrize(
    ("select", "why"),
    [
        ("{none: [{tags: {none: [roads]}}]}", "tags not roads; wanted: none of (tags not roads)"),
        ("{none: [{none: [{year: 1944}]}]}",
         "none of (year 1944); wanted: none of (none of (year 1944))"),
    ],
)  # fmt: skip
def test_why_a_review_was_left_out_for_what_it_has_not(pool: Pool, select: str, why: str) -> None:
    """What it has not is a reason too."""
    assert leaves(pool, f"select: {select}\n")["untitled"] == why


def test_nothing_is_left_out_of_everything(pool: Pool) -> None:
    """But the drafts."""
    assert leaves(pool, "") == {"unfinished": "a draft"}


def test_the_command_says_the_same(tmp_path: Path) -> None:
    """`list` and `list --left-out`, as a table and as JSON."""
    root = project(tmp_path, t="select: {tags: paris}\n")
    rows = json.loads(call("list", "t", "-C", root, "--json")[1])
    assert [(r["piece"], r["why"]) for r in rows if r["kind"] == "review"] == [
        ("Cléo from 5 to 7", "tags Paris")
    ]
    code, said, _ = call("list", "t", "--left-out", "-C", root, "--json")
    left = {row["review"]: (row["file"], row["why not"]) for row in json.loads(said)}
    assert code == 0
    assert left.keys() == REVIEWS.keys() - {"cleo"}
    assert left["unfinished"] == ("manuscripts/reviews/unfinished.md", "a draft")
    assert left["wanda"][1] == "tags roads, lovers; wanted: paris"
    assert left["daisies"][1] == "tags not said; wanted: paris"
    table = call("list", "t", "--left-out", "-C", root)[1].splitlines()
    assert table[0].split() == ["review", "file", "why", "not"]
    assert len(table) == len(REVIEWS)


# ── nothing is evaluated ─────────────────────────────────────────────────────────────────

HOSTILE = [
    "__import__('os').system('touch evaluated')",
    "{{ 7 * 7 }}",
    "%(x)s {0.__class__} {value}",
    "(a+)+$",
    "((((a{9}){9}){9}){9}){9}",
    "../../../../etc/passwd",
    "a" * 10_000,
    " -_" * 3_000 + "a",
    "[" * 10_000,
    ">" * 10_000,
    "9" * 4_000,
    "½" * 10_000,
    "★" + " " * 3_000 + "x",
    "1970.." * 2_000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_value_is_only_a_text(
    pool: Pool, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is written: no review has it, or it is a finding; at once, and nothing is run."""
    monkeypatch.chdir(tmp_path)
    started = time.process_time()
    for key in ("tags", "reviewer", "language", "year", "rating", "date", "runtime", value):
        for select in ({key: value}, {key: {"none": [value]}}, {"any": [{key: [value]}]}):
            asked = ticket(yaml.safe_dump({"select": select}))
            choices, noticed = choose(asked, pool)
            left_out(asked, pool, choices)
            assert noticed
            assert {f.code for f in noticed} <= {"H006", "H019", "H027", "H030"}
    assert time.process_time() - started < 10
    assert list(tmp_path.iterdir()) == []


# ── any selection ────────────────────────────────────────────────────────────────────────

SIGNS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
TAGS = st.lists(st.sampled_from("abc"), max_size=3, unique=True)
YEARS = st.none() | st.integers(1968, 1982)
HEADERS = st.lists(st.tuples(TAGS, YEARS, st.booleans()), min_size=1, max_size=len(NUMBERED))


def _how(words: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A scalar, a list, or {any, all, none} of values."""
    many = st.lists(words, min_size=1, max_size=3)
    how = st.dictionaries(st.sampled_from(["any", "all", "none"]), many, min_size=1)
    return words | many | how


_YEAR = st.integers(1968, 1982)
_FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "tags": _how(st.sampled_from("abcA")),
        "year": _how(
            _YEAR.map(str)
            | st.tuples(_YEAR, _YEAR).map(lambda ends: f"{ends[0]}..{ends[1]}")
            | st.tuples(st.sampled_from(list(SIGNS)), _YEAR).map(lambda c: f"{c[0]} {c[1]}")
            | st.just("1970s")
        ),
    },
)
CONDITIONS = st.recursive(
    _FIELDS,
    lambda inner: st.dictionaries(
        st.sampled_from(["any", "all", "none"]), st.lists(inner, min_size=1, max_size=3), max_size=2
    ).flatmap(lambda groups: _FIELDS.map(lambda fields: {**fields, **groups})),
    max_leaves=6,
)


def _meets(asked: Mapping[str, Any], tags: Sequence[str], year: int | None) -> bool:
    """What a selection means, said a second time."""
    said: list[tuple[str, list[bool]]] = []
    for key, value in asked.items():
        if key in ("any", "all", "none"):
            said.append((key, [_meets(each, tags, year) for each in value]))
            continue
        for how, words in (value if isinstance(value, dict) else {"any": value}).items():
            many = words if isinstance(words, list) else [words]
            said.append(
                (how, [w.lower() in tags if key == "tags" else _in_years(w, year) for w in many])
            )
    return all({"any": any(m), "all": all(m), "none": not any(m)}[how] for how, m in said)


def _in_years(text: str, year: int | None) -> bool:
    if year is None:
        return False
    sign, _, number = text.rpartition(" ")
    if sign:
        return bool(SIGNS[sign](year, int(number)))
    first, _, last = text.replace("1970s", "1970..1979").partition("..")
    return int(first) <= year <= int(last or first)


@cache
def _numbered(folder: Path) -> Pool:
    """A pool of which only the files' names matter."""
    for name in NUMBERED:
        path = project(folder) / "manuscripts" / "reviews" / f"{name}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\nfilm: F\n---\nx\n", encoding="utf-8")
    return read(folder)


def _random(base: Pool, headers: list[tuple[list[str], int | None, bool]]) -> Pool:
    """The numbered files, with these tags, years and drafts in them."""
    manuscripts = {}
    for name, (tags, year, draft) in zip(NUMBERED, headers, strict=False):
        path = f"manuscripts/reviews/{name}.md"
        film = {"title": "F"} | ({"year": year} if year else {})
        header, _ = read_review(yaml.safe_dump({"film": film, "tags": tags}), path)
        manuscripts[path] = Manuscript(path, path[-6:-3], header, "x", draft=draft)
    return replace(base, manuscripts=manuscripts, slugs={m.slug: p for p, m in manuscripts.items()})


@given(headers=HEADERS, select=CONDITIONS)
def test_a_review_is_taken_or_left_out(
    tmp_path_factory: pytest.TempPathFactory,
    headers: list[tuple[list[str], int | None, bool]],
    select: dict[str, Any],
) -> None:
    """Taken and left out are the pool, and share nothing; a selection takes what it says, and
    for each there is a reason."""
    base = _numbered(tmp_path_factory.getbasetemp() / "numbered")
    pool = _random(base, headers)
    asked = ticket(yaml.safe_dump({"select": select}))
    choices, noticed = choose(asked, pool)
    taken = {c.manuscript.slug for c in choices}
    reasons = left_out(asked, pool, choices)
    left = [m.slug for m, _ in reasons]
    assert taken.isdisjoint(left)
    assert sorted([*taken, *left]) == sorted(pool.slugs)
    assert taken == {
        slug
        for slug, (tags, year, draft) in zip(pool.slugs, headers, strict=False)
        if not draft and _meets(select, tags, year)
    }
    assert all(f.code in ("H019", "H020", "H027", "H030") for f in noticed)
    whys = [*(c.why for c in choices), *(why for _, why in reasons)]
    assert [why for why in whys if not why.strip() or why.endswith("; ")] == []
