"""Frozen anthologies: a second printing never changes in silence.

A small house of two people and four reviews freezes a book; then something is changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from reelpress.desk import lock as locks
from reelpress.desk import lock_of
from reelpress.header.lock import lock_text
from reelpress.press import press
from reelpress.rights import Licence, Permission, Rights, Status
from test_cli import CLEAN, FINDINGS, call, contents
from test_hands import HANDS, MARK
from test_volumes import Book, plain

LOCK = "manuscripts/anthologies/night.lock"
TICKET = "manuscripts/anthologies/night.yaml"
PRIVATE = ("fee-of-ninety", "letter-in-drawer-7", "ada@bell.example")
IMPRINT = """\
name: Small Press
place: Leeds
language: en-GB
defaults: {rights: {holder: Small Press, status: own}}
"""
PEOPLE = f"""\
a-bell:
  name: Ada Bell
  bio: Ada Bell mends projectors.
  contact: {PRIVATE[2]}
i-moreau: {{name: Ines Moreau, sort: "Moreau, Ines"}}
"""
RIGHTS = f"""\
  holder: a-bell
  year: [2024, 2025]
  licence: CC-BY-NC-4.0
  status: granted
  scope: [print, digital]
  until: 2030-12-31
  credit: Words by Ada Bell.
  fee: {PRIVATE[0]}
  evidence: {PRIVATE[1]}
"""
HEADERS = {
    "alley": f"""\
title: The "Alley"
film: {{title: The Alley, year: 1944, directors: [Otto Lang]}}
reviewer: a-bell
rating: 4/5
tags: [night]
rights:
{RIGHTS}""",
    "bus": "film: {title: Bus, year: 1958}\nreviewer: i-moreau\ntags: [night]\n",
    "canal": "film: {title: Canal, year: 1962}\nreviewer: [i-moreau, a-bell]\ntags: [night]\n",
    "depot": "film: {title: Depot, year: 1971}\nreviewer: i-moreau\ntags: [day]\n",
}
TEXTS = {
    "alley": "Rain on the *steps*.\n",
    "bus": "The last one, and nobody gets off.\n",
    "canal": "It is black until dawn.\n\n![A lamp](../images/lamp.svg)\n",
    "depot": "At noon all doors stand open.\n",
}
LAMP = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
NIGHT = """\
title: Night
editors: [a-bell]
issued: 2026-03-01
select: {tags: [night]}
order: {by: [film.year]}
front: [title, contents, {foreword: texts/foreword.md}]
back: [contributors]
volumes: {epub: {isbn: 978-0-306-40615-7}}
"""
BY_HAND = """\
title: Night
issued: 2026-03-01
parts:
  - {title: "Rain's End", epigraph: "> A word before.", reviews: [bus, canal]}
  - {title: Steps, reviews: [{review: alley, title: Steps Down, abridgement: texts/short.md}]}
front: [title]
back: []
volumes: {epub: {}}
"""


def house(folder: Path, ticket: str = NIGHT) -> Path:
    """The project in `folder`, with its one ticket."""
    files = {
        "imprint.yaml": IMPRINT,
        "people.yaml": PEOPLE,
        "images/lamp.svg": LAMP,
        "texts/foreword.md": "---\ntitle: Before\nauthor: a-bell\n---\nA word.\n",
        "texts/short.md": "Rain.\n",
        "anthologies/night.yaml": ticket,
    }
    files |= {f"reviews/{slug}.md": f"---\n{HEADERS[slug]}---\n{TEXTS[slug]}" for slug in TEXTS}
    for name, text in files.items():
        path = folder / "manuscripts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def amend(root: Path, name: str, *changes: tuple[str, str]) -> None:
    """Put other words into a manuscript in the place of some that it has."""
    path = root / "manuscripts" / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def night(tmp_path: Path) -> Path:
    """A project whose anthology is frozen."""
    root = house(tmp_path / "night")
    code, said, _ = call("freeze", "night", "-C", root)
    assert code == CLEAN, said
    return root


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    """One with parts, a title and an abridgement of its own, frozen."""
    root = house(tmp_path / "night", BY_HAND)
    code, said, _ = call("freeze", "night", "-C", root)
    assert code == CLEAN, said
    return root


def read(root: Path) -> dict[str, Any]:
    """The lock."""
    found = json.loads((root / LOCK).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def told(root: Path, command: str = "check", *options: str) -> tuple[int, list[str]]:
    """The exit code, and what is said: code and sentence."""
    code, said, _ = call(command, "-C", root, "--json", *options)
    return code, [f"{f['code']} {f['text']}" for f in json.loads(said)["findings"]]


def order(root: Path, name: str = "night") -> list[str]:
    """The reviews in running order, by their titles, as `list` has them."""
    code, said, _ = call("list", name, "-C", root, "--json")
    assert code == CLEAN, said
    return [row["piece"] for row in json.loads(said) if row["kind"] in ("review", "part")]


def bound(root: Path, name: str = "night") -> Book:
    """The anthology as it lies in build/."""
    return Book(root / f"build/{name}/{name}.epub")


def summed(text: str) -> str:
    """As a lock tells of a text."""
    return sha256(text.strip("\n").encode()).hexdigest()


# ── what a lock is ───────────────────────────────────────────────────────────────────────


def test_to_freeze_is_to_bind(tmp_path: Path) -> None:
    """The volumes are those that a build makes, and a build afterwards makes the same again."""
    root = house(tmp_path / "night")
    assert told(root, "build", "--strict") == (CLEAN, [])
    before = contents(root / "build")
    code, said, _ = call("freeze", "night", "-C", root)
    assert code == CLEAN
    assert "\n3 reviews frozen in manuscripts/anthologies/night.lock\n" in said
    assert contents(root / "build") == before
    assert told(root, "check", "--strict") == (CLEAN, [])
    assert told(root, "build", "--strict") == (CLEAN, [])
    assert contents(root / "build") == before


def test_what_a_lock_holds(night: Path) -> None:
    """Edition, running order, and of each review where it is, what it is, and on what terms."""
    lock = read(night)
    assert lock["version"] == 1
    assert lock["order"] == [{"reviews": ["alley", "bus", "canal"]}]
    edition = {key: lock["edition"][key] for key in ("number", "printing", "issued", "layout")}
    assert edition == {"number": 1, "printing": 1, "issued": "2026-03-01", "layout": "classic"}
    assert lock["edition"]["editors"] == ["Ada Bell (edt)"]
    assert lock["volumes"] == {"epub": {"isbn": "9780306406157"}}
    alley = lock["reviews"]["alley"]
    assert len(alley.pop("header")) == 64
    terms = alley.pop("rights")
    assert alley == {
        "path": "manuscripts/reviews/alley.md",
        "title": "The “Alley”",
        "text": summed(TEXTS["alley"]),
        "words": 4,
    }
    assert (terms["holders"], terms["years"]) == (["Ada Bell"], [2024, 2025])
    assert (terms["licence"], terms["status"]) == ("CC BY-NC 4.0", "granted")
    ((picture, terms),) = lock["reviews"]["canal"]["pictures"].items()
    assert picture.startswith("images/lamp-")
    assert terms == {"holders": ["Small Press"], "status": "own"}


def test_rights_are_held_as_they_were_cleared(night: Path) -> None:
    """All that is public of them, and nothing of who has seen which letter when."""
    (book,) = press(night, bound=False).pressed
    permission = Permission(
        Status.GRANTED,
        date="2025-01-02",
        by="An agent",
        scope=frozenset({"print", "digital"}),
        territory=frozenset({"IE", "GB"}),
        until="2030-12-31",
        recorded=True,
    )
    cleared = Rights(
        ("Ada Bell", "An Heir"),
        (2024,),
        Licence("CC BY 4.0", "CC-BY-4.0", "https://deed.example"),
        permission,
        credit="Words by Ada Bell.",
        adaptation=Licence("CC BY-SA 4.0"),
    )
    pieces = [
        replace(p, contribution=replace(p.contribution, rights=cleared)) if p.contribution else p
        for p in book.anthology.pieces
    ]
    lock = lock_of(replace(book.anthology, pieces=tuple(pieces)))
    assert json.loads(lock_text(lock))["reviews"]["bus"]["rights"] == {
        "holders": ["Ada Bell", "An Heir"],
        "years": [2024],
        "licence": "CC BY 4.0",
        "adaptation": "CC BY-SA 4.0",
        "status": "granted",
        "scope": ["digital", "print"],
        "territory": ["GB", "IE"],
        "until": "2030-12-31",
        "credit": "Words by Ada Bell.",
    }
    unseen = replace(cleared, permission=replace(permission, recorded=False, date="", by=""))
    pieces = [
        replace(p, contribution=replace(p.contribution, rights=unseen)) if p.contribution else p
        for p in pieces
    ]
    assert lock_of(replace(book.anthology, pieces=tuple(pieces))) == lock


def test_a_lock_is_easy_on_version_control(night: Path) -> None:
    """Its version first, then sorted keys, a fact to a line, a new line at the end."""
    text = (night / LOCK).read_text(encoding="utf-8")
    assert text.startswith('{\n  "version": 1,\n  "edition": {\n')
    held = {key: value for key, value in json.loads(text).items() if key != "version"}
    again = json.dumps(held, indent=2, sort_keys=True, ensure_ascii=False)
    assert text == f'{{\n  "version": 1,{again[1:]}\n'
    assert '\n    "alley": {\n' in text


def test_nothing_private_is_in_a_lock(night: Path) -> None:
    """Fee, evidence and contact are not in it, and when they change it does not."""
    before = (night / LOCK).read_bytes()
    amend(night, "people.yaml", (PRIVATE[2], "someone@else.example"))
    amend(night, "reviews/alley.md", (PRIVATE[0], "nothing"), (PRIVATE[1], "archive 12"))
    assert told(night, "check", "--strict") == (CLEAN, [])
    code, said, _ = call("freeze", "night", "-C", night, "--json")
    assert code == CLEAN
    assert (night / LOCK).read_bytes() == before
    shown = said.encode() + b"".join(contents(night / "build").values())
    assert [word for word in PRIVATE if word.encode() in before + shown] == []


def test_nothing_private_of_many_hands_is_in_a_lock() -> None:
    """Nor of pictures, people and texts of the book's own, whatever the kind of rights."""
    for book in press(HANDS, bound=False, locked=False).pressed:
        lock = lock_text(lock_of(book.anthology))
        assert lock.count('"status"') > 20
        assert MARK not in lock


def test_with_an_error_nothing_is_frozen(tmp_path: Path) -> None:
    """Neither a lock nor a volume is written; with --strict a warning is enough."""
    root = house(tmp_path / "night")
    before = contents(root)
    amend(root, "reviews/bus.md", ("i-moreau", "nobody-here"))
    assert told(root, "freeze", "night")[0] == FINDINGS
    amend(root, "reviews/bus.md", ("nobody-here", "Nobody Here"))
    assert told(root, "freeze", "night", "--strict") == (
        FINDINGS,
        ['H018 "Nobody Here" is not in people.yaml.'],
    )
    amend(root, "reviews/bus.md", ("Nobody Here", "i-moreau"))
    left = {n: d for n, d in contents(root).items() if not n.startswith(".reelpress/")}
    assert left == before
    code, said, _ = call("freeze", "nigth", "-C", root)
    assert code == 2, said


# ── what the ticket would do otherwise ───────────────────────────────────────────────────


def test_a_new_review_is_not_added_in_silence(night: Path) -> None:
    """It is told where the ticket selects, and stays out; with --strict nothing is bound."""
    before = contents(night / "build")
    amend(night, "reviews/depot.md", ("tags: [day]", "tags: [night]"))
    code, said, _ = call("check", "-C", night)
    assert code == CLEAN
    where = "manuscripts/anthologies/night.yaml:4:9: warning: "
    assert f"{where}The ticket would now add depot, which the lock does not have. [H036]\n" in said
    assert order(night) == ["The “Alley”", "Bus", "Canal"]
    assert (
        call("list", "night", "--left-out", "-C", night)[1]
        .split("\n")[1]
        .endswith("not in the lock")
    )
    amend(night, "reviews/bus.md", ("nobody gets off", "somebody gets off"))
    code, told_ = told(night, "build", "--strict")
    assert (code, len(told_)) == (FINDINGS, 2)
    assert contents(night / "build") == before


def test_a_review_is_kept_that_the_ticket_would_leave_out(night: Path) -> None:
    """Be it that it is no longer selected, or a draft now."""
    before = contents(night / "build")
    amend(night, "reviews/alley.md", ("tags: [night]", "tags: [day]"))
    amend(night, "reviews/bus.md", ("tags: [night]", "tags: [night]\ndraft: true"))
    expected = [
        "H037 The ticket would now leave out alley, bus, which the lock keeps.",
        "H038 The header of this review changed since the anthology was frozen.",  # its tags
    ]
    assert told(night, "build") == (CLEAN, expected)
    assert contents(night / "build") == before


def test_a_selection_of_nothing_binds_what_is_frozen(night: Path) -> None:
    """What is wrong with it counts again once the lock is gone."""
    amend(night, "anthologies/night.yaml", ("tags: [night]", "tags: [night], year: 1971"))
    lost = "H037 The ticket would now leave out alley, bus, canal, which the lock keeps."
    assert told(night, "build") == (CLEAN, [lost])
    (night / LOCK).unlink()
    assert told(night, "build")[0] == FINDINGS


def test_a_kept_review_keeps_its_title_and_text(by_hand: Path) -> None:
    """Those that the ticket gave it, when it was in the ticket."""
    before = contents(by_hand / "build")
    amend(
        by_hand,
        "anthologies/night.yaml",
        ("[{review: alley, title: Steps Down, abridgement: texts/short.md}]", "[depot]"),
    )
    code, said = told(by_hand, "build")
    assert (code, [line[:4] for line in said]) == (CLEAN, ["H036", "H037"])
    assert contents(by_hand / "build") == before
    assert "Steps Down" in plain(bound(by_hand).section("alley"))


def test_the_order_is_that_of_the_lock(by_hand: Path) -> None:
    """And its parts, whatever they are called now; the epigraph stands where it stood."""
    assert order(by_hand) == ["Rain’s End", "Bus", "Canal", "Steps", "Steps Down"]
    before = contents(by_hand / "build")
    for old, new, what in (
        ("[bus, canal]", "[canal, bus]", "The order"),
        ("Rain's End", "Dry", "The division into parts"),
        ("Steps,", "Stairs,", "The division into parts"),
    ):
        amend(by_hand, "anthologies/night.yaml", (old, new))
        code, said = told(by_hand, "build")
        assert code == CLEAN
        assert f"H038 {what} changed since the anthology was frozen." in said
        assert order(by_hand) == ["Rain’s End", "Bus", "Canal", "Steps", "Steps Down"]
        assert contents(by_hand / "build") == before
        amend(by_hand, "anthologies/night.yaml", (new, old))


def test_an_order_by_a_key_is_kept(night: Path) -> None:
    """A film's year that is put right moves nothing."""
    amend(night, "reviews/alley.md", ("year: 1944", "year: 1999"))
    assert order(night) == ["The “Alley”", "Bus", "Canal"]
    assert told(night)[1] == [
        "H038 The order changed since the anthology was frozen.",
        "H038 The header of this review changed since the anthology was frozen.",
    ]


def test_a_review_from_elsewhere_is_kept(tmp_path: Path) -> None:
    """One that no glob finds, and that the ticket names no longer."""
    ticket = NIGHT.replace("select: {tags: [night]}", "reviews: [bus, more/fog.md]")
    root = house(tmp_path / "night", ticket)
    path = root / "manuscripts/more/fog.md"
    path.parent.mkdir()
    path.write_text("---\nfilm: Fog\nreviewer: a-bell\n---\nGrey.\n", encoding="utf-8")
    assert call("freeze", "night", "-C", root)[0] == CLEAN
    amend(root, "anthologies/night.yaml", (", more/fog.md", ""))
    assert sorted(order(root)) == ["Bus", "Fog"]
    lost = "H037 The ticket would now leave out fog, which the lock keeps."
    assert told(root) == (CLEAN, [lost])


def test_a_review_that_moved_is_the_same(night: Path) -> None:
    """Its slug is its address, wherever the file lies."""
    old, new = (night / f"manuscripts/reviews/{name}.md" for name in ("bus", "new/bus"))
    new.parent.mkdir()
    old.rename(new)
    assert told(night, "check", "--strict") == (CLEAN, [])


# ── what is otherwise ────────────────────────────────────────────────────────────────────


def test_what_changed_is_bound_and_told(night: Path) -> None:
    """Text, header, rights and pictures at the review's file; the rest where it is written."""
    amend(night, "reviews/bus.md", ("nobody gets off", "somebody gets off"))
    amend(
        night,
        "reviews/alley.md",
        ("rating: 4/5", "rating: 5/5"),
        ("CC-BY-NC-4.0", "CC-BY-4.0"),
        ('The "Alley"', "The Lane"),
    )
    amend(night, "images/lamp.svg", ("M0 0h9v9z", "M0 0h5v5z"))
    amend(night, "people.yaml", ("mends projectors", "mends clocks"))
    amend(night, "texts/foreword.md", ("A word.", "Two words."))
    amend(night, "imprint.yaml", ("Leeds", "York"))
    amend(night, "anthologies/night.yaml", ("title: Night", "title: Nights"))
    code, said, _ = call("build", "-C", night)
    assert code == CLEAN
    assert [line.split(": warning: ") for line in said.split("\n") if "[H038]" in line] == [
        [f"manuscripts/{place}", f"{what} changed since the anthology was frozen. [H038]"]
        for place, what in (
            ("anthologies/night.yaml:1:8", "The title"),
            ("imprint.yaml:1:1", "The imprint"),
            ("people.yaml:1:1", 'The entry "a-bell"'),
            ("reviews/alley.md:2:1", "The header of this review"),
            ("reviews/alley.md:2:1", "The title of this review"),
            ("reviews/alley.md:11:11", "The rights of this review"),
            ("reviews/bus.md:6:1", "The text of this review"),
            ("reviews/canal.md:2:1", "The pictures of this review"),
            ("texts/foreword.md:1:1", "The foreword"),
        )
    ]
    assert "Hint: formerly licence CC BY-NC 4.0\n" in said
    assert "somebody gets off" in plain(bound(night).section("bus"))


@pytest.mark.parametrize(
    "old_new",
    [
        ("issued: 2026-03-01", "issued: 2026-03-01\nprinting: 2\nrevised: 2027-01-01"),
        ("issued: 2026-03-01", "issued: 2027-01-01\nedition: 2"),
    ],
)
def test_a_second_printing_is_what_a_lock_is_for(night: Path, old_new: tuple[str, str]) -> None:
    """Edition, printing and dates are said anew without a word."""
    amend(night, "anthologies/night.yaml", old_new)
    assert told(night, "build", "--strict") == (CLEAN, [])


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("reviews/bus.md", "off.\n", "off.\n\n\n"),
        ("reviews/bus.md", "reviewer: i-moreau", "# a remark\nreviewer: Ines Moreau"),
        ("reviews/bus.md", "film: {title: Bus, year: 1958}", "film: Bus\nyear: 1958"),
        ("reviews/bus.md", "\n", "\r\n"),
        ("people.yaml", "a-bell:", "\n# a remark\na-bell:"),
        ("anthologies/night.yaml", "film.year", "film_year"),
    ],
)
def test_another_way_of_writing_the_same_is_no_change(
    night: Path, name: str, old: str, new: str
) -> None:
    """What prints alike is alike."""
    amend(night, name, (old, new))
    assert told(night, "check", "--strict") == (CLEAN, [])


# ── what is not there, or can't be read ──────────────────────────────────────────────────


def test_a_review_that_is_gone_stops_the_press(night: Path) -> None:
    """Nothing is bound or listed; a draft does without it."""
    before = contents(night / "build")
    (night / "manuscripts/reviews/bus.md").unlink()
    gone = 'H039 The review "bus" of this lock is not there; it was manuscripts/reviews/bus.md.'
    assert told(night, "build") == (FINDINGS, [gone])
    assert contents(night / "build") == before
    for command in (("list", "night"), ("list", "night", "--left-out"), ("stats",)):
        code, said, _ = call(*command, "-C", night)
        assert (code, gone[5:] in said) == (FINDINGS, True)
    assert told(night, "build", "--draft") == (FINDINGS, [gone])
    assert [s for s in bound(night).spine() if "r-" in s] == [
        f"EPUB/text/r-{slug}.xhtml" for slug in ("alley", "canal")
    ]


def hostile(path: Path) -> dict[str, Any]:
    """Locks that are none: what makes each of them."""
    good = json.loads(path.read_text(encoding="utf-8"))

    def written(**parts: object) -> bytes:
        return json.dumps(good | parts).encode()

    def reviewed(**parts: object) -> bytes:
        return written(reviews=good["reviews"] | {"bus": good["reviews"]["bus"] | parts})

    texts: Mapping[str, bytes] = {
        "empty": b"",
        "a list": b"[]",
        "cut off": path.read_bytes()[:-40],
        "not UTF-8": b"\xff\xfe{}",
        "deep": b'{"version": 1, "edition": ' + b"[" * 200_000,
        "a long number": b'{"version": ' + b"9" * 9_000 + b"}",
        "another version": written(version=2),
        "no version": json.dumps({k: v for k, v in good.items() if k != "version"}).encode(),
        "more than is known": written(rogue=1),
        "a review twice": written(order=[{"reviews": ["bus", "bus", "alley", "canal"]}]),
        "a review too few": written(order=[{"reviews": ["bus"]}]),
        "no review": written(order=[], reviews={}),
        "numbers as words": reviewed(words="7"),
        "no sum": reviewed(text="0"),
        "a control character": reviewed(title="\x00"),
        "a path out": reviewed(path="manuscripts/../../secret.md"),
        "an absolute path": reviewed(path="/etc/passwd"),
        "a text outside": reviewed(abridgement="../secret.md"),
    }
    made: dict[str, Any] = {
        name: lambda d=data: path.write_bytes(d) for name, data in texts.items()
    }
    made["a folder"] = path.mkdir
    made["a pipe"] = lambda: os.mkfifo(path)
    made["a link out"] = lambda: path.symlink_to(path.parents[3] / "secret.md")
    made["a link to nowhere"] = lambda: path.symlink_to("nowhere")
    made["a link to itself"] = lambda: path.symlink_to(path.name)
    return made


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and links are POSIX's")
def test_a_lock_that_is_none_stops_the_press(night: Path) -> None:
    """Cut off, of another version, by hand, leading out: one error, and nothing is bound."""
    before = contents(night / "build")
    path = night / LOCK
    (night.parent / "secret.md").write_text("---\nfilm: F\n---\nSecret.\n", encoding="utf-8")
    for name, make in hostile(path).items():
        path.unlink() if not path.is_dir() or path.is_symlink() else path.rmdir()
        make()
        code, said = told(night, "build")
        assert (name, code, len(said)) == (name, FINDINGS, 1)
        assert said[0].startswith("H039 This lock can't be read: "), name
        assert "ecret." not in said[0].replace("secret.md", ""), name
        assert call("list", "night", "-C", night)[0] == FINDINGS, name
    assert contents(night / "build") == before


def test_a_lock_may_not_be_without_end(night: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A larger file than any lock is not opened."""
    monkeypatch.setattr(locks, "MOST", 1000)
    assert told(night) == (
        FINDINGS,
        ["H039 This lock can't be read: it is larger than any lock."],
    )


def test_a_draft_does_without_a_lock_that_is_none(night: Path) -> None:
    """It has what the ticket takes now; to freeze again mends the lock."""
    amend(night, "reviews/depot.md", ("tags: [day]", "tags: [night]"))
    (night / LOCK).write_text("<<<<<<< HEAD\n", encoding="utf-8")
    assert told(night, "build", "--draft")[0] == FINDINGS
    assert "EPUB/text/r-depot.xhtml" in bound(night).files
    assert call("freeze", "night", "-C", night)[0] == CLEAN
    assert order(night) == ["The “Alley”", "Bus", "Canal", "Depot"]
    assert told(night, "build", "--strict") == (CLEAN, [])


def test_another_anthology_is_not_concerned(night: Path) -> None:
    """A lock is its own anthology's alone."""
    other = NIGHT.replace("title: Night", "title: Other").replace("[night]", "[day]")
    (night / "manuscripts/anthologies/other.yaml").write_text(other, encoding="utf-8")
    assert order(night, "other") == ["Depot"]
    (night / LOCK).write_text("{", encoding="utf-8")
    assert told(night, "check", "other") == (CLEAN, [])
    assert len(told(night, "check")[1]) == 1
    assert order(night, "other") == ["Depot"]


# ── again ────────────────────────────────────────────────────────────────────────────────


def test_to_freeze_again_tells_what_is_otherwise(night: Path) -> None:
    """What came, what went, what changed; and it counts from then on."""
    amend(night, "reviews/depot.md", ("tags: [day]", "tags: [night]"), ("1971", "1950"))
    amend(night, "reviews/canal.md", ("tags: [night]", "tags: [day]"))
    amend(night, "reviews/bus.md", ("nobody gets off", "somebody gets off"), ("1958", "1940"))
    amend(night, "anthologies/night.yaml", ("editors: [a-bell]", "editors: [i-moreau]"))
    code, said, _ = call("freeze", "night", "-C", night)
    assert code == CLEAN
    assert said.partition(" frozen in ")[2].splitlines() == [
        "manuscripts/anthologies/night.lock",
        "  added: depot",
        "  dropped: canal",
        "  changed: the order",
        "  changed: the editors (formerly Ada Bell (edt))",
        "  changed: the text of bus",
        "  changed: the header of bus",
    ]
    assert order(night) == ["Bus", "The “Alley”", "Depot"]
    assert told(night, "build", "--strict") == (CLEAN, [])
    code, said, _ = call("freeze", "night", "-C", night, "--json")
    frozen = json.loads(said)["frozen"]
    assert frozen == {
        "lock": LOCK,
        "reviews": 3,
        "pages": {},
        "since": {"added": [], "dropped": [], "changed": []},
    }
    assert "nothing changed" in call("freeze", "night", "-C", night)[1]


def test_a_failed_freeze_leaves_the_lock(night: Path) -> None:
    """It stays as it was."""
    before = (night / LOCK).read_bytes()
    amend(night, "reviews/bus.md", ("i-moreau", "nobody-here"))
    assert call("freeze", "night", "-C", night)[0] == FINDINGS
    assert (night / LOCK).read_bytes() == before
    assert sorted(p.name for p in (night / LOCK).parent.iterdir()) == ["night.lock", "night.yaml"]


def test_a_lock_that_is_a_link_is_replaced(night: Path) -> None:
    """What it led to is left alone."""
    outside = night.parent / "outside.txt"
    outside.write_text("mine", encoding="utf-8")
    (night / LOCK).unlink()
    (night / LOCK).symlink_to(outside)
    assert call("freeze", "night", "-C", night)[0] == CLEAN
    assert outside.read_text(encoding="utf-8") == "mine"
    assert not (night / LOCK).is_symlink()


# ── pages ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.checkers
def test_pages_are_counted(tmp_path: Path) -> None:
    """Each review's first folio and length are held; a volume that grows says so when bound."""
    ticket = NIGHT.replace("volumes: {", "volumes: {print: {trim: 5x8}, ")
    root = house(tmp_path / "night", ticket)
    assert told(root, "build", "--strict") == (CLEAN, [])
    before = contents(root / "build")
    code, said, _ = call("freeze", "night", "-C", root)
    assert code == CLEAN
    lock = read(root)
    pages = lock["volumes"]["print"]["pages"]
    assert f"\n3 reviews, {pages} pages (print) frozen in {LOCK}\n" in said
    rows = json.loads(call("list", "night", "-C", root, "--json")[1])
    listed = {row["piece"]: row["page"] for row in rows if row["kind"] == "review"}
    stand = {r["title"]: r["pages"]["print"] for r in lock["reviews"].values()}
    assert listed == {title: at["first"] for title, at in stand.items()}
    assert [at["count"] for at in stand.values()] == [1, 1, 1]
    assert told(root, "build", "--strict") == (CLEAN, [])
    assert contents(root / "build") == before
    amend(root, "reviews/alley.md", ("Rain on", "Rain, and rain, on " * 400))
    code, said, _ = call("build", "-C", root, "--only", "print", "--json")
    found = {f["text"]: f for f in json.loads(said)["findings"]}
    grown = found["The page count of print changed since the anthology was frozen."]
    assert (grown["code"], grown["line"]) == ("H038", 8)
    now = int(grown["hint"].split()[2])
    assert now > pages
    assert grown["hint"] == f"it has {now} pages, and had {pages}"
    assert json.loads(said)["volumes"][0]["extent"] == f"{now} pages"
    assert told(root, "build", "--piece", "alley")[1] == [
        "H038 The text of this review changed since the anthology was frozen."
    ]
    assert call("freeze", "night", "-C", root)[0] == CLEAN
    assert read(root)["reviews"]["alley"]["pages"]["print"]["count"] > 1
    with ZipFile(root / "build/night/night.epub") as epub:
        assert epub.testzip() is None
