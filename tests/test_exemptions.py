"""What a ticket sets limits to and what it excuses, and the numbers by which a book is balanced.

The pool is that of test_selection.py: the nth review's text has n words.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reelpress.press import press
from test_cases import png
from test_cli import CLEAN, FINDINGS, call
from test_running_order import pressed, told, with_texts
from test_selection import project

# ── limits ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ("{max_per_reviewer: 4, max_per_director: 3, words: 1..55, review_words: 10}", []),
        ("{max_per_reviewer: 3}", ["4 reviews by Ada Bell", "4 reviews by Ines Moreau"]),
        ("{max_per_director: 2}", ["3 reviews of films by Agnès Varda"]),
        ("{words: 54}", ["55 words in all"]),
        ("{words: 56..60}", ["55 words in all"]),
        ('{words: ">= 56"}', ["55 words in all"]),
        ("{review_words: ..9}", ["This review has 10 words"]),
        ("{review_words: 3..9}", ["This review has 1 word", "This review has 2 words",
                                  "This review has 10 words"]),
    ],
)  # fmt: skip
def test_limits(tmp_path: Path, limits: str, said: list[str]) -> None:
    """Each is told once for each that goes beyond it, with the limit; at the limit is within."""
    run = pressed(tmp_path, f"limits: {limits}\n")
    texts = [f.text for f in run.findings if f.code == "H033"]
    assert sorted(text.partition(";")[0] for text in texts) == sorted(said)
    limit = limits.strip("{}").partition(": ")[2].strip('"')
    assert all(text.endswith(f"; the ticket's limit is {limit}.") for text in texts)
    assert {f.code for f in run.findings} <= {"H033", "H019"}


@pytest.mark.parametrize(
    "limit", ["..", "250..abc", "abc", "9" * 5_000], ids=["..", "250..abc", "abc", "9s"]
)
@pytest.mark.parametrize("key", ["words", "review_words"])
def test_what_is_no_limit_is_told(tmp_path: Path, key: str, limit: str) -> None:
    """A range without ends, an end that is no number, one beyond all measure."""
    run = pressed(tmp_path, f"limits: {{{key}: {limit}}}\n")
    assert told(run) == [f'H006 "limits.{key}": write a number of words, or 250..900.']


def test_an_abridgement_is_counted_instead(tmp_path: Path) -> None:
    """And is where the limit is told."""
    root = project(
        tmp_path,
        t="reviews: [{review: cleo, abridgement: texts/a.md}]\nlimits: {review_words: 3..}\n",
    )
    (finding,) = press(with_texts(root, {"a": "Cléo walks.\n"}), bound=False).findings
    assert (finding.code, finding.place.path) == ("H033", "manuscripts/texts/a.md")
    assert finding.text.startswith("This review has 2 words;")


# ── exemptions ───────────────────────────────────────────────────────────────────────────

BLINK = (
    "---\nfilm: {title: Cléo from 5 to 7, year: 1962}\nreviewer: a-bell\n---\n<button>B</button>\n"
)
EXEMPT = (
    "reviews: [cleo, laura]\nvolumes: {epub: }\nexempt:\n  - {rule: m001, reason: A button%s}\n"
)


def buttoned(folder: Path, **tickets: str) -> Path:
    """The pool, of which one review has a warning."""
    root = project(folder, **tickets)
    (root / "manuscripts" / "reviews" / "cleo.md").write_text(BLINK, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "where",
    ["", ", where: cleo", ", where: reviews/cleo.md", ", where: ./reviews/cleo.md"],
)
def test_a_warning_is_excused(tmp_path: Path, where: str) -> None:
    """Everywhere, in a review, in a file; and a strict release is bound."""
    root = buttoned(tmp_path, one=EXEMPT % where)
    code, said, _ = call("build", "-C", root, "--strict", "--json")
    assert (code, json.loads(said)["findings"]) == (CLEAN, [])
    assert (root / "build" / "one" / "one.epub").is_file()


def test_a_warning_elsewhere_is_not_excused(tmp_path: Path) -> None:
    """The exemption is then a finding too."""
    run = press(buttoned(tmp_path, one=EXEMPT % ", where: laura"), bound=False)
    assert [f.code for f in run.findings] == ["H034", "M001"]


def test_nothing_is_said_of_files_outside(tmp_path: Path) -> None:
    """Whether there is such a file is no matter."""
    (tmp_path / "there.md").write_text("There.\n", encoding="utf-8")
    for name in ("there", "nowhere"):
        where = f"../../{name}.md"
        run = pressed(tmp_path / "p", f"exempt: [{{rule: A001, where: {where}, reason: R}}]\n")
        assert told(run) == [f'H014 There is no review or file "{where}".']


@pytest.mark.parametrize(
    ("exempt", "codes"),
    [
        ("[{rule: M001}]", ["H007"]),
        ("[{rule: M001, reason: A button}, {rule: A001}]", ["H007", "H034"]),
    ],
)
def test_an_exemption_without_a_reason(tmp_path: Path, exempt: str, codes: list[str]) -> None:
    """It is told, and still excuses what it names; the others hold. Where there is nothing to
    excuse, that is told as well."""
    run = press(buttoned(tmp_path, t=f"exempt: {exempt}\n"), bound=False)
    assert [text[:4] for text in told(run)] == codes


def test_an_exemption_speaks_for_its_own_anthology(tmp_path: Path) -> None:
    """For another that takes the same review the warning is told, once, and strict forbids."""
    two = "reviews: [cleo]\nvolumes: {epub: }\n"
    root = buttoned(tmp_path, one=EXEMPT % "", two=two, three=two)
    assert told(press(root, ["one"], bound=False)) == []
    for names in (["two"], ["one", "two"], ["two", "three"], []):
        assert [text[:4] for text in told(press(root, names, bound=False))] == ["M001"]
    assert call("build", "one", "-C", root, "--strict", "-q")[:2] == (CLEAN, "")
    assert call("build", "-C", root, "--strict", "-q")[0] == FINDINGS
    assert not (root / "build" / "two").exists()


def test_an_error_is_never_excused(tmp_path: Path) -> None:
    """It stands, and so does a word on the exemption."""
    exempt = "reviews: [cleo, lauro]\nexempt: [{rule: H014, reason: She left.}]\n"
    run = pressed(tmp_path, exempt)
    assert [f.code for f in run.findings] == ["H014", "H006"]


def test_what_only_binding_can_tell_is_not_judged_by_a_check(tmp_path: Path) -> None:
    """Nor by a build of some volumes; by one of all it is."""
    exempt = "volumes: {epub: , kindle: }\nexempt: [{rule: P002, reason: It complains.}]\n"
    root = project(tmp_path, t=exempt)
    out = ("-C", root, "--json")
    assert "H034" not in call("check", *out)[1]
    assert "H034" not in call("build", "--only", "epub", *out)[1]
    assert "H034" in call("build", *out)[1]


# ── numbers ──────────────────────────────────────────────────────────────────────────────


def test_stats_are_counted(tmp_path: Path) -> None:
    """Every number, by hand; reviews that lack something are named, excused or not."""
    root = buttoned(tmp_path, t="exempt: [{rule: M001, reason: A}, {rule: A001, reason: B}]\n")
    manuscripts = root / "manuscripts"
    (manuscripts / "imprint.yaml").write_text("defaults: {reviewer: n-van-dam}\n", encoding="utf-8")
    (manuscripts / "x.png").write_bytes(png("x"))
    alice = manuscripts / "reviews" / "alice.md"
    alice.write_text(
        alice.read_text("utf-8").replace("tags:", "rights: {holder: A, licence: CC0-1.0}\ntags:")
        + "\n![](x.png)\n",
        encoding="utf-8",
    )
    code, said, _ = call("stats", "-C", root, "--json")
    assert code == CLEAN
    assert json.loads(said) == {
        "t": {
            "reviews": 10,
            "words": 53,
            "longest": {"slug": "untitled", "title": "Untitled Reel", "words": 10},
            "shortest": {"slug": "cleo", "title": "Cléo from 5 to 7", "words": 1},
            "reviewers": [
                {"name": "Ada Bell", "reviews": 4, "words": 16},
                {"name": "Ines Moreau", "reviews": 4, "words": 19},
                {"name": "Noor van Dam", "reviews": 3, "words": 23},
            ],
            "decades": {
                "1940s": 1, "1950s": 1, "1960s": 2, "1970s": 3, "1980s": 1, "2000s": 1,
                "unknown": 1,
            },
            "countries": {
                "United States": 3, "West Germany": 2, "France": 2, "Czechoslovakia": 1,
                "United Kingdom": 1,
            },
            "ratings": {
                "none": 3, "★★★½": 1, "5/5": 1, "8/10": 1, "4/5": 1, "2/5": 1, "3/5": 1, "90%": 1,
            },
            "languages": {"en": 8, "de": 1, "en-US": 1},
            "without_alternative_text": ["alice"],
            "without_rights": [
                "cleo", "daisies", "gun-crazy", "laura", "radio-on", "the-gleaners", "untitled",
                "vagabond", "wanda",
            ],
        }
    }  # fmt: skip


def test_stats_have_a_singular(tmp_path: Path) -> None:
    """One review, one word."""
    root = project(tmp_path, t="reviews: [laura]\n")
    assert call("stats", "-C", root)[1].splitlines()[1] == "1 review, 1 word"


def test_stats_have_no_empty_table(tmp_path: Path) -> None:
    """No heading stands over nothing."""
    said = call("stats", "-C", project(tmp_path, t="reviews: [untitled]\n"))[1]
    assert "Reviewers" in said
    assert "Countries" not in said
