"""Rights, level over level; the ledger as people, machines and spreadsheets get it."""

from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from lxml import etree

from bench.generator import _still
from reelpress.desk.house import STATEMENT
from reelpress.press import press
from test_cli import call

TICKET = """\
title: A Small Book
language: en-GB
issued: 2026-03-01
reviews: [one, two]
front: [title, copyright]
back: [credits]
volumes: {epub: {}}
"""
REVIEW = """\
---
title: {title}
film: {{title: The {title} Film, year: 1950}}
reviewer: {reviewer}
{rights}
---

{text}
"""
PEOPLE = """\
ada: {name: Ada Bell, contact: ada@post.example}
ines: {name: Ines Moreau}
"""


def project(
    folder: Path,
    one: str = "",
    two: str = "rights: {holder: ines, licence: CC-BY-4.0, status: not needed}",
    *,
    imprint: str = "",
    people: str = PEOPLE,
    text: str = "Some words.",
    reviewer: str = "ada",
) -> Path:
    """A project of two reviews: the first says `one` of its rights, the second `two`."""
    home = folder / "manuscripts"
    for name in ("reviews", "anthologies", "images"):
        (home / name).mkdir(parents=True)
    first = REVIEW.format(title="One", reviewer=reviewer, rights=one, text=text)
    (home / "reviews/one.md").write_text(first, "utf-8")
    second = REVIEW.format(title="Two", reviewer="ines", rights=two, text="More words.")
    (home / "reviews/two.md").write_text(second, "utf-8")
    (home / "anthologies/small.yaml").write_text(TICKET, "utf-8")
    (home / "imprint.yaml").write_text(f"name: The Press\nlanguage: en-GB\n{imprint}", "utf-8")
    (home / "people.yaml").write_text(people, "utf-8")
    (home / "images/still.png").write_bytes(_still(1))
    return folder


def lines(folder: Path, *options: str) -> list[dict[str, Any]]:
    """The ledger of the project in a folder, as machines get it."""
    _, out, _ = call("rights", "small", "--json", "-C", str(folder), *options)
    return list(json.loads(out)["small"])


def first(folder: Path) -> dict[str, Any]:
    """What the ledger says of the first review."""
    return lines(folder)[0]


# -- levels


def test_the_piece_has_the_last_word(tmp_path: Path) -> None:
    """Field by field the piece comes first, then the person, then the house."""
    told = first(
        project(
            tmp_path,
            "rights: {year: 2019}",
            people="ada: {name: Ada Bell, rights: {holder: ada, licence: CC-BY-4.0, year: 2001}}\n"
            "ines: Ines Moreau\n".replace("Ines Moreau", "{name: Ines Moreau}"),
            imprint="defaults: {rights: {status: granted, licence: all rights reserved}}\n",
        )
    )
    assert told["years"] == [2019]
    assert (told["holders"], told["licence"]["spdx"]) == (["Ada Bell"], "CC-BY-4.0")
    assert told["status"] == "granted"


def test_a_level_of_another_holder_is_passed_over(tmp_path: Path) -> None:
    """What was agreed with one holder says nothing of another's piece."""
    told = first(
        project(
            tmp_path,
            "rights: {holder: The Harbour Ledger, year: 2019}",
            people="ada: {name: Ada Bell, rights: {holder: ada, licence: CC-BY-4.0, status: own}}\n"
            "ines: {name: Ines Moreau}\n",
        )
    )
    assert told["holders"] == ["The Harbour Ledger"]
    assert (told["licence"], told["status"]) == (None, "unknown")
    assert [reason["code"] for reason in told["blocks"]] == ["R005"]


def test_a_permission_is_never_half_borrowed(tmp_path: Path) -> None:
    """Whoever states a status answers for scope, territory, end and credit line too."""
    house = (
        "defaults: {rights: {status: granted, scope: print, territory: GB, until: 2001-01-01,"
        " credit: The house's own line}}\n"
    )
    told = first(project(tmp_path, "rights: {holder: ada, status: granted}", imprint=house))
    assert (told["scope"], told["territory"], told["until"]) == ([], [], None)
    assert (told["credit"], told["blocks"]) == (None, [])


def test_a_house_that_states_no_status_lends_its_scope(tmp_path: Path) -> None:
    """Without a status of its own a piece takes what the house says of all permissions."""
    house = "defaults: {rights: {status: granted, scope: print}}\n"
    told = first(project(tmp_path, "rights: {holder: ada}", imprint=house))
    assert told["scope"] == ["print"]
    assert [reason["code"] for reason in told["blocks"]] == ["R006"]


def test_a_piece_by_two_is_not_one_person_s(tmp_path: Path) -> None:
    """What one reviewer says of her own pieces is not said of what she wrote with another."""
    told = first(
        project(
            tmp_path,
            reviewer="[ada, ines]",
            people="ada: {name: Ada Bell, rights: {holder: ada, status: own}}\n"
            "ines: {name: Ines Moreau}\n",
        )
    )
    assert [reason["code"] for reason in told["blocks"]] == ["R002"]


def test_the_holder_is_never_the_reviewer_by_default(tmp_path: Path) -> None:
    """A status without a holder prints no copyright line, and is told."""
    folder = project(tmp_path, "rights: {status: granted}")
    assert first(folder)["holders"] == []
    assert "[R003]" in call("check", "-C", str(folder))[1]


def test_one_line_clears_the_pool_of_a_single_author(tmp_path: Path) -> None:
    """Reviews and pictures, those that come later too."""
    folder = project(
        tmp_path,
        two="",
        text="![A still](../images/still.png)",
        imprint="defaults: {rights: {holder: ada, year: 2026, status: own}}\n",
    )
    assert call("rights", "-C", str(folder))[0] == 0
    assert [line["kind"] for line in lines(folder)] == ["review", "review", "picture"]


# -- pictures

STILL = '![A still](../images/still.png "The caption"){}'
GRANTED = "rights: {holder: ada, status: granted}"


def picture(folder: Path) -> dict[str, Any]:
    """What the ledger says of the picture."""
    return next(line for line in lines(folder) if line["kind"] == "picture")


def test_a_reviewer_s_leave_is_none_for_pictures(tmp_path: Path) -> None:
    """A house whose reviews are all granted has not been granted their pictures."""
    house = "defaults: {rights: {status: granted}}\n"
    told = picture(project(tmp_path, GRANTED, imprint=house, text=STILL.format("")))
    assert [reason["code"] for reason in told["blocks"]] == ["R002"]


@pytest.mark.parametrize("defaults", ["", "defaults: {images: {holder: The House, status: own}}\n"])
def test_a_picture_s_own_words_come_first(tmp_path: Path, defaults: str) -> None:
    """Attribute list, then the file beside it, then the house."""
    said = '{holder="Jo Ann" status="granted" credit="Photograph: *Jo* Ann"}'
    folder = project(tmp_path, GRANTED, imprint=defaults, text=STILL.format(said))
    beside = folder / "manuscripts/images/still.png.yaml"
    beside.write_text("holder: Jo Ann\nyear: 1999\nlicence: CC-BY-4.0\nstatus: refused\n", "utf-8")
    told = picture(folder)
    assert (told["holders"], told["years"], told["status"]) == (["Jo Ann"], [1999], "granted")
    assert told["credit"] == "Photograph: Jo Ann"
    assert told["title"] == "The caption"


def test_what_is_wrong_beside_a_picture_is_told_there(tmp_path: Path) -> None:
    """By file, line and column, as everywhere."""
    folder = project(tmp_path, GRANTED, text=STILL.format(""))
    beside = folder / "manuscripts/images/still.png.yaml"
    beside.write_text("holder: Jo Ann\nstatsu: granted\n", "utf-8")
    found = [f for f in press(folder, bound=False).findings if f.place.path.endswith(".yaml")]
    assert [(f.code, f.place.line) for f in found] == [("R005", 1), ("H004", 2)]
    assert '"status"' in found[1].hint


def test_evidence_is_looked_for_inside_alone(tmp_path: Path) -> None:
    """A file that is not there is told, without its name; whether one outside is there is not."""
    said = "rights: {{holder: ada, status: granted, evidence: {}}}"
    (tmp_path / "outside.pdf").write_bytes(b"")
    for number, (name, told) in enumerate(
        [
            ("../letters/ada.pdf", False),
            ("../letters/eve.pdf", True),
            ("../../outside.pdf", True),
            ("2026-014", False),
            ("https://archive.example/1", False),
        ]
    ):
        folder = project(tmp_path / f"p{number}", said.format(name))
        (folder / "letters").mkdir()
        (folder / "letters/ada.pdf").write_bytes(b"")
        found = [f for f in press(folder, bound=False).findings if f.code == "R012"]
        assert bool(found) == told, name
        assert all("pdf" not in str(f) for f in found)


@pytest.mark.parametrize("where", ["front", "back"])
def test_portraits_count_wherever_the_contributors_stand(tmp_path: Path, where: str) -> None:
    """In front of all pieces and behind them: who is shown there has a picture to be cleared."""
    people = PEOPLE.replace("ada: {", "ada: {portrait: images/still.png, ")
    folder = project(tmp_path, GRANTED, people=people)
    ticket = folder / "manuscripts/anthologies/small.yaml"
    lists = {"front": "front: [contributors, ", "back": "back: [contributors, "}
    before = lists[where].replace("contributors, ", "")
    ticket.write_text(TICKET.replace(before, lists[where]), "utf-8")
    assert [r["code"] for r in picture(folder)["blocks"]] == ["R002"]


def test_pictures_in_short_biographies_are_cleared_too(tmp_path: Path) -> None:
    """Whether the layout shows them or not, and once for each person."""
    people = PEOPLE.replace("ada: {", "ada: {short_bio: '![A still](images/still.png)', ")
    folder = project(tmp_path, GRANTED, GRANTED.replace("ada", "ines"), people=people)
    pictures = [line for line in lines(folder) if line["kind"] == "picture"]
    assert [[r["code"] for r in line["blocks"]] for line in pictures] == [["R002"]]


# -- the ledger


def test_the_table_says_what_blocks_and_what_ends(tmp_path: Path) -> None:
    """For people: a row each, then what blocks, then what ends within a year of a day."""
    folder = project(
        tmp_path,
        "rights: {holder: ada, status: granted, until: 2027-01-31}",
        "rights: {holder: ines, status: asked}",
    )
    code, out, _ = call("rights", "small", "-C", str(folder))
    assert code == 3
    assert out.splitlines()[0].split()[:3] == ["no", "piece", "by"]
    blocks, ends = out.split("Blocks:")[1].split("Ends within a year:")
    assert "Two: " in blocks
    assert "One: 2027-01-31" in ends
    assert "Ends" not in call("rights", "small", "-C", str(folder), "--on", "2025-01-01")[1]
    review = folder / "manuscripts/reviews/one.md"
    review.write_text(review.read_text("utf-8").replace("2027-01-31", "2027"), "utf-8")
    # The whole of that year, of which the last day is more than a year away.
    assert "Ends" not in call("rights", "small", "-C", str(folder))[1]
    assert call("rights", "small", "-C", str(folder), "--on", "tomorrow")[0] == 2


def test_a_book_that_is_cleared_says_so(tmp_path: Path) -> None:
    """Exit code 0, and one sentence."""
    code, out, _ = call("rights", "-C", str(project(tmp_path, GRANTED)))
    assert (code, out.splitlines()[-1]) == (
        0,
        "Everything is cleared, and nothing ends within a year.",
    )


def test_the_log_is_a_spreadsheet(tmp_path: Path) -> None:
    """Every column that a permissions log has, the private ones too, and no formula."""
    said = (
        "rights: {holder: ada, year: [2019, 2021], status: granted, fee: '=1+1', evidence: 2026-7,"
        " by: '@cmd', scope: [print, digital], territory: [GB, IE], credit: 'With thanks, \"A.\"'}"
    )
    code, out, _ = call("rights", "small", "--csv", "-C", str(project(tmp_path, said)))
    assert code == 3  # the book is offered everywhere
    rows = list(csv.DictReader(StringIO(out)))
    assert [row["title"] for row in rows] == ["One", "Two"]
    row = rows[0]
    assert (row["contact"], row["evidence"]) == ("ada@post.example", "2026-7")
    assert (row["fee"], row["granted by"]) == ("'=1+1", "'@cmd")
    assert (row["media"], row["territory"]) == ("digital; print", "GB; IE")
    assert (row["year"], row["credit line"]) == ("2019; 2021", 'With thanks, "A."')
    assert row["blocks"].endswith("the permission is not for the whole world.")


def test_machines_are_told_nothing_private(tmp_path: Path) -> None:
    """Neither contact nor fee nor evidence is in --json."""
    said = "rights: {holder: ada, status: granted, fee: PRIVATE-1, evidence: PRIVATE-2}"
    people = PEOPLE.replace("ada@post.example", "PRIVATE-3")
    folder = project(tmp_path, said, people=people)
    out = call("rights", "small", "--json", "-C", str(folder))[1]
    assert "Ada Bell" in out
    assert "PRIVATE" not in out
    assert call("rights", "small", "--csv", "-C", str(folder))[1].count("PRIVATE") == 3


def test_signed_texts_are_in_the_ledger(tmp_path: Path) -> None:
    """A foreword that somebody signed is cleared as reviews are; a note is the house's own."""
    folder = project(tmp_path, GRANTED)
    texts = folder / "manuscripts/texts"
    texts.mkdir()
    header = "title: Before\nreviewer: ines\nrights: {holder: ines, status: asked}"
    (texts / "foreword.md").write_text(f"---\n{header}\n---\n\nOne.\n", "utf-8")
    (texts / "note.md").write_text("---\ntitle: A note\n---\n\nWords.\n", "utf-8")
    ticket = folder / "manuscripts/anthologies/small.yaml"
    front = "front: [{foreword: texts/foreword.md}, {note: texts/note.md}]"
    ticket.write_text(TICKET.replace("front: [title, copyright]", front), "utf-8")
    told = [(line["kind"], line["title"], bool(line["blocks"])) for line in lines(folder)]
    assert told == [("text", "Before", True), ("review", "One", False), ("review", "Two", False)]


# -- the copyright page


@pytest.mark.parametrize("own", ["", "rights: {statement: Demandez-nous.}\n"])
def test_legal_wording_is_the_publisher_s_or_plain_english(tmp_path: Path, own: str) -> None:
    """Law is never translated: a French book without a statement has the English one."""
    folder = project(tmp_path, GRANTED, imprint=own)
    ticket = folder / "manuscripts/anthologies/small.yaml"
    ticket.write_text(TICKET.replace("en-GB", "fr"), "utf-8")
    assert call("build", "-C", str(folder))[0] == 0
    with ZipFile(folder / "build/small/small.epub") as book:
        page = etree.fromstring(book.read("EPUB/text/copyright.xhtml"))
    (statement,) = page.xpath("//*[@class='statement']")
    assert statement.get("lang") == ("fr" if own else "en")
    assert statement.text == ("Demandez-nous." if own else STATEMENT)


# -- what must not slip through


def codes(folder: Path) -> list[str]:
    """What blocks the first review."""
    return [reason["code"] for reason in first(folder)["blocks"]]


LEDGER = "rights: {holder: The Harbour Ledger}"


@pytest.mark.parametrize(
    ("people", "imprint"),
    [
        (PEOPLE, "defaults: {rights: {licence: all rights reserved, status: own}}\n"),
        (PEOPLE.replace("ada: {", "ada: {rights: {licence: CC-BY-4.0, status: granted}, "), ""),
    ],
)
def test_a_yes_for_one_s_own_work_is_none_for_another_s(
    tmp_path: Path, people: str, imprint: str
) -> None:
    """What a person or a house says without a holder is said of what is theirs."""
    told = first(project(tmp_path, LEDGER, people=people, imprint=imprint))
    assert told["holders"] == ["The Harbour Ledger"]
    assert (told["status"], [r["code"] for r in told["blocks"]]) == ("unknown", ["R005"])


@pytest.mark.parametrize(
    ("people", "imprint"),
    [
        (PEOPLE, "defaults: {rights: {holder: ada, status: own}}\n"),
        (PEOPLE.replace("ada: {", "ada: {rights: {status: own}, "), ""),
    ],
)
def test_own_is_what_one_says_of_oneself(tmp_path: Path, people: str, imprint: str) -> None:
    """By naming the holder, or in one's own entry: the piece may name him once more."""
    said = "rights: {holder: ada, year: 2020}"
    assert codes(project(tmp_path, said, people=people, imprint=imprint)) == []


def test_a_house_may_say_that_all_was_granted(tmp_path: Path) -> None:
    """That is no claim to own anything."""
    house = "defaults: {rights: {status: granted}}\n"
    assert codes(project(tmp_path, LEDGER, imprint=house)) == []


@pytest.mark.parametrize("said", ["", "{status=own}"])
def test_own_is_not_what_another_holds(tmp_path: Path, said: str) -> None:
    """Neither the house nor a reviewer owns the picture that the file beside it gives away."""
    house = "defaults: {rights: {status: own}}\n"
    folder = project(tmp_path, GRANTED, imprint=house, text=STILL.format(said))
    beside = folder / "manuscripts/images/still.png.yaml"
    beside.write_text("rights:\n  holder: An Agency\n  status: refused\n", "utf-8")
    told = picture(folder)
    assert (told["status"], [r["code"] for r in told["blocks"]]) == ("refused", ["R005"])


def test_a_translator_is_not_cleared_by_the_author(tmp_path: Path) -> None:
    """A piece that two have made says its rights itself."""
    people = PEOPLE.replace("ada: {", "ada: {rights: {holder: ada, status: granted}, ")
    folder = project(tmp_path, people=people, reviewer="[ada, {name: ines, role: translator}]")
    assert codes(folder) == ["R002"]


@pytest.mark.parametrize("role", ["abridger", "adapter", "translator"])
def test_whoever_makes_another_text_of_it_adapts_it(tmp_path: Path, role: str) -> None:
    """By whatever word: a licence without derivatives does not allow it."""
    own = "rights: {holder: ada, licence: CC-BY-ND-4.0, status: not needed}"
    folder = project(tmp_path, own, reviewer=f"[ada, {{name: ines, role: {role}}}]")
    assert codes(folder) == ["R009"]


REFUSED = (
    "---\nreviewer: ines\nabridged: true\nrights: {holder: A House, status: refused}\n---\n\nOh.\n"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("reviews: [one, two]", "parts: [{title: I, epigraph: texts/t.md, reviews: [one, two]}]"),
        ("reviews: [one, two]", "reviews: [{review: one, abridgement: texts/t.md}, two]"),
        ("front: [title", "front: [{foreword: texts/t.md}, title"),
    ],
)
def test_whatever_a_ticket_names_is_cleared(tmp_path: Path, old: str, new: str) -> None:
    """Epigraphs of parts, abridgements and forewords that state their rights."""
    folder = project(tmp_path, GRANTED)
    (folder / "manuscripts/texts").mkdir()
    (folder / "manuscripts/texts/t.md").write_text(REFUSED, "utf-8")
    ticket = folder / "manuscripts/anthologies/small.yaml"
    ticket.write_text(TICKET.replace(old, new), "utf-8")
    assert call("build", "-C", str(folder))[0] == 3
    assert "[R005]" in call("check", "-C", str(folder))[1]


def test_a_shortened_foreword_is_an_adaptation(tmp_path: Path) -> None:
    """As a shortened review is."""
    folder = project(tmp_path, GRANTED)
    (folder / "manuscripts/texts").mkdir()
    text = REFUSED.replace("status: refused", "licence: CC-BY-ND-4.0, status: not needed")
    (folder / "manuscripts/texts/t.md").write_text(text, "utf-8")
    ticket = folder / "manuscripts/anthologies/small.yaml"
    front = "front: [{foreword: texts/t.md}, title"
    ticket.write_text(TICKET.replace("front: [title", front), "utf-8")
    assert "[R009]" in call("check", "-C", str(folder))[1]


def test_a_picture_in_a_note_is_cited(tmp_path: Path) -> None:
    """It has its id, and no mark of the desk's."""
    text = "Words.[^1]\n\n[^1]: A note. ![A still](../images/still.png)"
    house = "defaults: {images: {holder: The House, status: own}}\n"
    folder = project(tmp_path, GRANTED, imprint=house, text=text)
    code, out, _ = call("build", "-C", str(folder))
    assert (code, "B006" in out) == (0, False)
    with ZipFile(folder / "build/small/small.epub") as book:
        page = book.read("EPUB/text/r-one.xhtml").decode()
    assert 'id="r-one.p1"' in page
    assert "data-picture" not in page


def test_what_cannot_be_read_is_not_called_cleared(tmp_path: Path) -> None:
    """A slip in a status is no permission: the ledger says so, and ends with 3."""
    house = "defaults: {rights: {status: own}}\n"
    folder = project(tmp_path, "rights: {holder: ada, status: refusedd}", imprint=house)
    code, out, _ = call("rights", "-C", str(folder))
    assert code == 3
    assert "[H006]" in out
    assert "Everything is cleared" not in out


def test_a_sidecar_that_is_cut_off_is_a_finding(tmp_path: Path) -> None:
    """YAML that ends in the middle, without a last line end."""
    folder = project(tmp_path, GRANTED, text=STILL.format(""))
    (folder / "manuscripts/images/still.png.yaml").write_text("holder: [A", "utf-8")
    code, out, _ = call("check", "-C", str(folder))
    assert (code, "[H003]" in out) == (3, True)


def test_a_line_that_is_shown_hides_what_is_private(tmp_path: Path) -> None:
    """Findings show the author's line, and public machines keep what they show."""
    said = "rights: {holder: ada, fee: 'SECRET 1, or 2', evidence: SECRET-3, status: nope}"
    out = call("check", "-C", str(project(tmp_path, said)))[1]
    assert "status: nope" in out
    assert "SECRET" not in out


@pytest.mark.parametrize(
    ("own", "printed"),
    [
        ("{holder: Acme Inc., year: 2019, status: own}", "© 2019 Acme Inc."),
        (
            "{holder: Acme Inc., licence: all rights reserved, status: own}",
            "© Acme Inc. All rights reserved.",
        ),
        (
            "{holder: ada, licence: Free for all (ask first.), status: granted}",
            "© Ada Bell. Free for all (ask first.)",
        ),
        (
            "{holder: ada, licence: CC-BY-4.0, adaptation: CC0-1.0, status: own}",
            "© Ada Bell, licensed CC BY 4.0.",
        ),
    ],
)
def test_sentences_end_once(tmp_path: Path, own: str, printed: str) -> None:
    """Whatever a holder's name or words end in; and an adaptation's terms are an adaptation's."""
    folder = project(tmp_path, f"rights: {own}")
    assert call("build", "-C", str(folder))[0] == 0
    with ZipFile(folder / "build/small/small.epub") as book:
        page = etree.fromstring(book.read("EPUB/text/credits.xhtml"))
    (entry, *_) = page.xpath("//*[@class='entry']/*[2]")
    assert "".join(entry.itertext()).strip() == printed


def test_other_reviews_are_others_than_reviews(tmp_path: Path) -> None:
    """After a foreword alone all reviews are still all."""
    folder = project(
        tmp_path,
        "rights: {holder: ada, licence: CC-BY-4.0, status: not needed}",
    )
    (folder / "manuscripts/texts").mkdir()
    text = REFUSED.replace("refused", "granted")
    (folder / "manuscripts/texts/t.md").write_text(text, "utf-8")
    ticket = folder / "manuscripts/anthologies/small.yaml"
    front = "front: [{foreword: texts/t.md}, title"
    ticket.write_text(TICKET.replace("front: [title", front), "utf-8")
    assert call("build", "-C", str(folder))[0] == 0
    with ZipFile(folder / "build/small/small.epub") as book:
        page = book.read("EPUB/text/copyright.xhtml").decode()
    assert "All reviews © their reviewers, licensed" in page


# -- biographies


@pytest.mark.parametrize("bios", ["piece", "both", "none", "end", ""])
def test_biographies_stand_where_the_layout_says(tmp_path: Path, bios: str) -> None:
    """The short one below each piece, whatever is in it; the long one at the end."""
    short = r'"[Short]{#own}, [see](#own).[^1]\n\n[^1]: A note."'
    told = f"ada: {{bio: 'A *long* life.', short_bio: {short}, "
    people = PEOPLE.replace("ada: {", told)
    own = GRANTED.replace("ada", "ines")
    folder = project(tmp_path, GRANTED, own, people=people, reviewer="ada")
    second = folder / "manuscripts/reviews/two.md"
    second.write_text(second.read_text("utf-8").replace("reviewer: ines", "reviewer: ada"), "utf-8")
    layout = folder / "layouts/mine"
    layout.mkdir(parents=True)
    said = f"bios: {bios}\n" if bios else ""
    (layout / "layout.yaml").write_text(f"extends: classic\n{said}", "utf-8")
    ticket = folder / "manuscripts/anthologies/small.yaml"
    changed = TICKET.replace("back: [credits]", "back: [contributors]") + "layout: mine\n"
    ticket.write_text(changed, "utf-8")
    code, out, _ = call("build", "-C", str(folder))
    assert code == 0, out
    with ZipFile(folder / "build/small/small.epub") as book:
        pages = [book.read(f"EPUB/text/r-{slug}.xhtml").decode() for slug in ("one", "two")]
        end = book.read("EPUB/text/contributors.xhtml").decode()
    shown = bios in ("piece", "both")
    assert ["Short" in page and "A note." in page for page in pages] == [shown, shown]
    assert ("A <em>long</em> life" in end) == (bios not in ("piece", "none"))
