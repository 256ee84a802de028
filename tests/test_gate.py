"""The gate: what comes into a book, what does not, and what is said of it.

A small house has one review, or a few; what it says of the rights is the test's.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from bench.generator import _still
from reelpress.desk.clauses import CLAUSES, POLICIES, Clause, table
from reelpress.desk.licences import fits, licence
from reelpress.desk.territories import CODES, territories
from reelpress.desk.uses import LICENCES, PIECES, VOLUMES
from reelpress.press import press
from reelpress.rights import Licence
from test_cli import CLEAN, FINDINGS, call
from test_volumes import Book as Bound
from test_volumes import plain

SOLD = "{print: {}, epub: {}}"
FREE = "{print: {sold: false}, epub: {sold: false}}"
DRM = "{print: {}, kindle: {drm: true}}"
STATED = "{holder: NAME-OR-KEY, year: YEAR, licence: all rights reserved, status: granted}"


@dataclass(frozen=True, slots=True)
class House:
    """What a small project says."""

    rights: str = ""
    """Of its first review, as YAML in braces; empty: nothing."""
    header: str = ""
    """More lines of that review's header."""
    volumes: str = SOLD
    issued: str = "2026-03-01"
    ticket: str = ""
    """More lines of the ticket."""
    imprint: str = ""
    """More lines of imprint.yaml."""
    people: str = "ada: {name: Ada Bell}\nben: {name: Ben Other}\n"
    text: str = "Rain on the steps.\n"
    others: int = 0
    """How many more reviews there are, which say nothing of their rights."""
    files: Mapping[str, str] = field(default_factory=dict)
    """More files below manuscripts/."""

    def write(self, folder: Path) -> Path:
        """Make it a project."""
        own = f"rights: {self.rights}\n" if self.rights else ""
        who = "" if "reviewer" in self.header else "reviewer: ada\n"
        files = {
            "imprint.yaml": f"name: The Press\n{self.imprint}",
            "people.yaml": self.people,
            "reviews/alley.md": f"---\nfilm: Alley\n{who}{own}{self.header}---\n{self.text}",
            "anthologies/night.yaml": f"title: Night\nissued: {self.issued}\nfront: [title]\n"
            f"back: []\nvolumes: {self.volumes}\n{self.ticket}",
            **self.files,
        }
        for number in range(self.others):
            header = f"---\nfilm: Bus {number}\nreviewer: ada\n---\n"
            files[f"reviews/bus-{number}.md"] = f"{header}The last one.\n"
        for name, text in files.items():
            path = folder / "manuscripts" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        pictures = folder / "manuscripts/images"
        pictures.mkdir(exist_ok=True)
        (pictures / "still.png").write_bytes(_still(1))
        return folder


def check(folder: Path, *options: str) -> tuple[int, list[dict[str, Any]]]:
    """The exit code of `check`, and all that it says."""
    code, said, _ = call("check", "-C", folder, "--json", *options)
    return code, json.loads(said)["findings"]


def told(folder: Path) -> list[str]:
    """Code and sentence of each finding."""
    return [f"{found['code']} {found['text']}" for found in check(folder)[1]]


# ── the table, pair by pair ──────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Pair:
    """A book that may be bound, and one that may not."""

    allowed: House
    blocked: House
    says: str
    """What is told of the second."""


def needed(terms: str, **more: Any) -> House:
    """A review that stands there by its licence alone."""
    return House(f"{{holder: ada, year: 2024, licence: {terms}, status: not needed}}", **more)


def blocking(policy: str) -> str:
    """The line of imprint.yaml by which a house does not have it."""
    return f"policy: {{{policy}: block}}\n"


TRANSLATED = "reviewer: [ada, {name: ben, role: translator}]\n"
BY_NOBODY = House(
    "{holder: ada, status: own}",
    text='![A lamp](../images/still.png){licence="CC BY 4.0" status="not needed"}\n',
)
"""Its picture bears a licence, and names nobody."""
QUOTED = "{holder: ada, status: quotation}"
UNRECORDED = "{holder: ada, licence: CC BY-NC 4.0, status: granted}"

PAIRS = {
    "non-commercial-sold": Pair(
        needed("CC BY-NC 4.0", volumes=FREE),
        needed("CC BY-NC 4.0"),
        "R009 This review is not cleared for print and epub: its licence does not allow it to be "
        "sold (CC BY-NC 4.0).",
    ),
    "no-derivatives-abridged": Pair(
        needed("CC BY-ND 3.0"),
        needed("CC BY-ND 3.0", header="abridged: true\n"),
        "R009 This review is not cleared for print and epub: its licence does not allow it to be "
        "abridged (CC BY-ND 3.0).",
    ),
    "no-derivatives-translated": Pair(
        needed("CC BY-ND 4.0", header="reviewer: [ada, {name: ben, role: ill}]\n"),
        needed("CC BY-ND 4.0", header=TRANSLATED),
        "R009 This review is not cleared for print and epub: its licence does not allow it to be "
        "translated (CC BY-ND 4.0).",
    ),
    "share-alike-adapted": Pair(
        needed("CC BY-SA 3.0, adaptation: CC BY-SA 4.0", header="abridged: true\n"),
        needed("CC BY-SA 3.0, adaptation: CC BY 4.0", header="abridged: true\n"),
        "R009 This review is not cleared for print and epub: what is made of it must bear its "
        "licence, and no adaptation that does is written (CC BY-SA 3.0).",
    ),
    "share-alike-collected": Pair(
        needed("CC BY-SA 4.0"),
        needed("CC BY-SA 4.0", header=TRANSLATED),
        "R009 This review is not cleared for print and epub: what is made of it must bear its "
        "licence, and no adaptation that does is written (CC BY-SA 4.0).",
    ),
    "drm": Pair(
        needed("CC BY 2.0"),
        needed("CC BY 2.0", volumes=DRM),
        "R009 This review is not cleared for kindle: its licence does not allow it to be locked "
        "(CC BY 2.0).",
    ),
    "attribution": Pair(
        replace(BY_NOBODY, text=BY_NOBODY.text.replace("{", '{holder="Jo Ann" ')),
        BY_NOBODY,
        'R009 The picture "A lamp" is not cleared for print and epub: its licence asks for a '
        "credit, and nobody is named (CC BY 4.0).",
    ),
    "quotation-without-reason": Pair(
        House(QUOTED.replace("}", ", reason: Four lines of a poem}")),
        House(QUOTED),
        "R010 This review is against the house's policy: a quotation needs a reason "
        "(quotation-without-reason).",
    ),
    "not-needed-without-reason": Pair(
        needed("all rights reserved, reason: The law of 1911"),
        needed("all rights reserved"),
        "R010 This review is against the house's policy: neither a licence nor a reason says why "
        "no permission is needed (not-needed-without-reason).",
    ),
    "public-domain-without-reason": Pair(
        needed("public domain"),
        needed("public domain", imprint=blocking("public-domain-without-reason")),
        "R010 This review is against the house's policy: no reason says why it is in the public "
        "domain (public-domain-without-reason).",
    ),
    "unrecorded-beyond-licence": Pair(
        House(UNRECORDED.replace("}", ", by: Ada}"), imprint=blocking("unrecorded-beyond-licence")),
        House(UNRECORDED, imprint=blocking("unrecorded-beyond-licence")),
        "R010 This review is against the house's policy: more was granted than its licence allows, "
        "and nothing is recorded of that (unrecorded-beyond-licence).",
    ),
    "unrecorded": Pair(
        House("{holder: ada, status: granted}"),
        House("{holder: ada, status: granted}", imprint=blocking("unrecorded")),
        "R010 This review is against the house's policy: nothing is recorded of what was granted "
        "(unrecorded).",
    ),
    "non-commercial-free": Pair(
        needed("CC BY-NC-SA 4.0", volumes=FREE),
        needed("CC BY-NC-SA 4.0", volumes=FREE, imprint=blocking("non-commercial-free")),
        "R010 This review is against the house's policy: its licence is non-commercial "
        "(non-commercial-free).",
    ),
    "share-alike-collection": Pair(
        needed("CC BY-SA 4.0"),
        needed("CC BY-SA 4.0", imprint=blocking("share-alike-collection")),
        "R010 This review is against the house's policy: its licence is share-alike "
        "(share-alike-collection).",
    ),
}


def test_every_clause_has_its_pair() -> None:
    """A line of the table is merged with a book that it allows and one that it does not."""
    assert PAIRS.keys() == {clause.name for clause in CLAUSES}
    assert len(CLAUSES) == len(PAIRS)


@pytest.mark.parametrize("name", PAIRS)
def test_a_clause_allows(tmp_path: Path, name: str) -> None:
    """Nothing at all is said of the first book of a pair."""
    assert check(PAIRS[name].allowed.write(tmp_path)) == (CLEAN, [])


@pytest.mark.parametrize("name", PAIRS)
def test_a_clause_blocks(tmp_path: Path, name: str) -> None:
    """Of the second one thing is said, once for all volumes, at its status; and it is not bound."""
    folder = PAIRS[name].blocked.write(tmp_path)
    (found,) = (each for each in check(folder)[1] if each["code"] != "R003")
    assert f"{found['code']} {found['text']}" == PAIRS[name].says
    assert found["hint"]
    assert (found["line"], found["column"]) > (1, 1)
    code, said, _ = call("build", "-C", folder)
    assert code == FINDINGS
    assert "Nothing was bound" in said
    assert not (folder / "build").exists()


@pytest.mark.parametrize("name", PAIRS)
def test_what_the_holder_granted_is_above_the_licence(tmp_path: Path, name: str) -> None:
    """Of what blocks by a licence's own word nothing is left once the holder has said more."""
    blocked = PAIRS[name].blocked
    if "R009" not in PAIRS[name].says:
        return
    said = "granted, date: 2026-01-02"
    granted = replace(
        blocked,
        rights=blocked.rights.replace("not needed", said),
        text=blocked.text.replace('"not needed"', '"granted" date="2026-01-02" holder="Jo Ann"'),
    )
    assert told(granted.write(tmp_path)) == []


def test_what_is_granted_beyond_a_licence_is_better_recorded(tmp_path: Path) -> None:
    """A warning by itself; a ticket may excuse it; a house may have it otherwise."""
    said = "R011 This review, by the house's policy: more was granted than its licence allows, and "
    code, found = check(House(UNRECORDED).write(tmp_path / "a"))
    assert (code, found[0]["severity"]) == (CLEAN, "warning")
    assert f"{found[0]['code']} {found[0]['text']}".startswith(said)
    excused = "exempt: [{rule: R011, where: alley, reason: She said so at table}]\n"
    folder = House(UNRECORDED, ticket=excused).write(tmp_path / "b")
    assert check(folder, "--strict") == (CLEAN, [])
    allowed = "policy: {unrecorded-beyond-licence: allow}\n"
    assert check(House(UNRECORDED, imprint=allowed).write(tmp_path / "c")) == (CLEAN, [])
    # Where the licence allows the volume, there is nothing beyond it.
    assert check(House(UNRECORDED, volumes=FREE).write(tmp_path / "d")) == (CLEAN, [])


def test_a_licence_s_word_is_not_excused(tmp_path: Path) -> None:
    """An exemption of it is a finding itself."""
    excused = "exempt: [{rule: R009, reason: Nobody will mind}]\n"
    folder = replace(PAIRS["drm"].blocked, ticket=excused).write(tmp_path)
    assert [text[:4] for text in told(folder)] == ["H006", "R009"]


def test_the_words_of_the_table_are_used() -> None:
    """No condition stands there that no clause speaks of."""
    for words, column in ((LICENCES, 2), (PIECES, 3), (VOLUMES, 4)):
        assert {line[column] for line in table()[1:]} == {word or "any" for word in words}


# ── where the licences say it ────────────────────────────────────────────────────────────

VERSIONS = ("1.0", "2.0", "2.5", "3.0", "4.0")
KINDS = {
    "BY": {"attribution": "4(b)", "drm": "4(a)"},
    "BY-ND": {"attribution": "4(b)", "drm": "4(a)"},
    "BY-SA": {"attribution": "4(c)", "drm": "4(a)", "share-alike-adapted": "4(b)"},
    "BY-NC": {"attribution": "4(c)", "drm": "4(a)", "non-commercial-sold": "4(b)"},
    "BY-NC-ND": {"attribution": "4(c)", "drm": "4(a)", "non-commercial-sold": "4(b)"},
    "BY-NC-SA": {
        "attribution": "4(d)", "drm": "4(a)", "non-commercial-sold": "4(c)",
        "share-alike-adapted": "4(b)",
    },
}  # fmt: skip
"""Licence -> clause -> where versions 1.0 to 3.0 say it."""
FOUR = {
    "BY": {"drm": "2(a)(5)(B)"},
    "BY-ND": {"drm": "2(a)(5)(B)"},
    "BY-SA": {"drm": "2(a)(5)(C)", "share-alike-adapted": "3(b)(1)"},
    "BY-NC": {"drm": "2(a)(5)(B)", "non-commercial-sold": "1(i) and 2(a)(1)"},
    "BY-NC-ND": {"drm": "2(a)(5)(B)", "non-commercial-sold": "1(h) and 2(a)(1)"},
    "BY-NC-SA": {
        "drm": "2(a)(5)(C)", "non-commercial-sold": "1(k) and 2(a)(1)",
        "share-alike-adapted": "3(b)(1)",
    },
}  # fmt: skip
"""The same in version 4.0."""


def known(text: str) -> Licence:
    """A licence by its name."""
    found, clear = licence(text)
    assert clear, text
    return found


def clause(name: str) -> Clause:
    """The one of that name."""
    return next(each for each in CLAUSES if each.name == name)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_each_licence_has_its_sections(kind: str, version: str) -> None:
    """Read in the licences' own texts; a ported one is led to that of its version."""
    own = known(f"CC {kind} {version}")
    expected = KINDS[kind] if version != "4.0" else {"attribution": "3(a)(1)(A)", **FOUR[kind]}
    if "ND" in kind:
        section = "1(b) and 3" if version < "3" else "1(a) and 3"
        section = "1(a) and 2(a)(1)(B)" if version == "4.0" else section
        expected |= dict.fromkeys(("no-derivatives-abridged", "no-derivatives-translated"), section)
    if "SA" in kind:
        collected = {"3.0": "1(b) and 4(a)", "4.0": "1(a) and 3(b)"}
        expected |= {"share-alike-collected": collected.get(version, "1(a) and 4(a)")}
    found = {c.name: c.section(own) for c in CLAUSES if not c.house and c.section(own)}
    assert found == {
        name: f"section{'s' if ' ' in number else ''} {number}" for name, number in expected.items()
    }
    if version == "3.0":
        assert clause("drm").section(known(f"CC {kind} 3.0 AT")) == "section 4(a)"


@pytest.mark.parametrize(
    ("original", "adaptation", "does"),
    [
        ("CC BY-SA 4.0", "CC BY-SA 4.0", True),
        ("CC BY-SA 3.0", "CC BY-SA 4.0", True),
        ("CC BY-SA 2.0", "CC BY-SA 3.0 DE", True),
        ("CC BY-SA 3.0 DE", "CC BY-SA 3.0 AT", True),
        ("CC BY-NC-SA 2.5", "CC BY-NC-SA 4.0", True),
        ("CC BY-SA 1.0", "CC BY-SA 1.0", True),
        ("CC BY-SA 4.0", "FAL 1.3", True),
        ("CC BY-SA 4.0", "GPL-3.0-or-later", True),
        ("CC BY-SA 1.0", "CC BY-SA 2.0", False),
        ("CC BY-SA 4.0", "CC BY-SA 3.0", False),
        ("CC BY-SA 4.0", "CC BY 4.0", False),
        ("CC BY-SA 4.0", "CC BY-NC-SA 4.0", False),
        ("CC BY-NC-SA 4.0", "CC BY-SA 4.0", False),
        ("CC BY-SA 3.0", "FAL 1.3", False),
        ("CC BY-NC-SA 4.0", "GPL-3.0-only", False),
        ("CC BY-SA 4.0", "all rights reserved", False),
        ("CC BY-SA 4.0", "CC0", False),
    ],
)
def test_what_an_adaptation_may_bear(original: str, adaptation: str, does: bool) -> None:
    """The same elements, in the same version or a later one, and what is listed as compatible."""
    assert fits(known(original), known(adaptation)) is does
    assert not fits(known(original), None)


# ── nothing stated ───────────────────────────────────────────────────────────────────────

OWN = "defaults: {rights: {holder: ada, year: 2026, status: own}}\n"


def test_a_new_review_blocks_until_its_rights_are_stated(tmp_path: Path) -> None:
    """One finding, which says what to write and where; what it says is enough."""
    folder = House("{holder: ada, status: granted}").write(tmp_path)
    assert call("build", "-C", folder, "--only", "epub")[0] == CLEAN
    new = folder / "manuscripts/reviews/new.md"
    new.write_text("---\ntitle: New\nfilm: New\nreviewer: ada\n---\nIt is new.\n", "utf-8")
    code, said, _ = call("build", "-C", folder, "--only", "epub", "--json")
    (found,) = json.loads(said)["findings"]
    assert code == FINDINGS
    assert (found["code"], found["severity"]) == ("R002", "error")
    assert (found["path"], found["line"]) == ("manuscripts/reviews/new.md", 2)
    assert found["text"] == "Nothing is said of the rights in this review."
    assert found["hint"] == (
        f"write below the title: rights: {STATED}; "
        "or once for the house, under defaults: in manuscripts/imprint.yaml"
    )
    wanted = STATED.replace("NAME-OR-KEY", "ada").replace("YEAR", "2026")
    text = new.read_text("utf-8").replace("title: New\n", f"title: New\nrights: {wanted}\n")
    new.write_text(text, "utf-8")
    assert call("build", "-C", folder, "--only", "epub")[0] == CLEAN


def test_one_line_clears_all_that_a_single_author_wrote(tmp_path: Path) -> None:
    """Reviews, a signed foreword, pictures and the cover."""
    files = {"texts/foreword.md": "---\nreviewer: ada\n---\nA word before.\n"}
    ticket = "cover: ../images/still.png\n"
    house = House(text="![A lamp](../images/still.png)\n\nRain.\n", others=5, files=files)
    folder = replace(house, ticket=ticket).write(tmp_path)
    path = folder / "manuscripts/anthologies/night.yaml"
    front = "front: [title, {foreword: texts/foreword.md}]"
    path.write_text(path.read_text("utf-8").replace("front: [title]", front), "utf-8")
    found = told(folder)
    assert len(found) == 9
    assert {text[:4] for text in found} == {"R002"}
    imprint = folder / "manuscripts/imprint.yaml"
    imprint.write_text(imprint.read_text("utf-8") + OWN, "utf-8")
    assert check(folder, "--strict") == (CLEAN, [])
    assert call("build", "-C", folder, "--only", "epub")[0] == CLEAN


def test_many_that_say_nothing_are_told_in_few_lines(tmp_path: Path) -> None:
    """Equal findings fold, and the cure is said once."""
    said = call("check", "-C", House(others=7).write(tmp_path))[1]
    assert said.count("error: Nothing is said of the rights in this review. [R002]") == 3
    assert "… and 5 more: Nothing is said of the rights in this review. [R002]" in said
    assert said.count("Hint:") == 1


def test_a_picture_is_told_by_its_name(tmp_path: Path) -> None:
    """With the file beside it in which to say it."""
    text = '![A lamp](../images/still.png "Rain on the window, and behind it the whole long way.")'
    (found,) = check(House("{holder: ada, status: granted}", text=text).write(tmp_path))[1]
    title = "Rain on the window, and behind it the whole long way"
    assert found["text"] == f'Nothing is said of the rights in the picture "{title}".'
    assert f"write {STATED} into manuscripts/images/still.png.yaml; " in found["hint"]
    assert found["line"] == 6


def test_of_a_review_that_cannot_be_read_no_more_is_said(tmp_path: Path) -> None:
    """What it says of its rights nobody knows, and nothing of it is bound."""
    folder = House("{holder: ada, status: granted").write(tmp_path)
    assert [text[:4] for text in told(folder)] == ["H003"]


# ── who holds the rights ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("rights", "codes"),
    [
        ("{licence: CC BY 4.0, status: not needed}", ["R003"]),
        ("{licence: all rights reserved, status: granted}", ["R003"]),
        ("{licence: public domain, status: not needed}", []),
        ("{licence: Public Domain Mark, status: not needed}", []),
        ("{licence: CC0-1.0, status: not needed}", []),
        ("{holder: ada, status: own, inferred: [holder, year]}", ["R004"]),
    ],
)
def test_a_holder_is_named_and_confirmed(tmp_path: Path, rights: str, codes: list[str]) -> None:
    """But of what nobody holds; what was inferred is told until somebody has looked."""
    code, found = check(House(rights).write(tmp_path))
    assert (code, [each["code"] for each in found]) == (CLEAN, codes)


# ── the permission ───────────────────────────────────────────────────────────────────────

ALLOWS = "the licence allows it: write status: not needed"
AGREES = "write status: granted once the holder agrees, or own where the rights are yours"


@pytest.mark.parametrize(
    ("status", "terms", "problem", "hint"),
    [
        ("unknown", "all rights reserved", "no status says that it may be printed", AGREES),
        ("unknown", "CC BY 4.0", "no status says that it may be printed", ALLOWS),
        ("unknown", "CC0", "no status says that it may be printed", ALLOWS),
        ("unknown", "Ask me first", "no status says that it may be printed", AGREES),
        ("asked", "all rights reserved", "permission was asked for, and is not given", ""),
        ("asked", "CC BY-SA 4.0", "permission was asked for, and is not given", ALLOWS),
        ("refused", "all rights reserved", "permission was refused", ""),
        ("expired", "all rights reserved", "the permission has expired", ""),
    ],
)
def test_without_a_permission_nothing_is_bound(
    tmp_path: Path, status: str, terms: str, problem: str, hint: str
) -> None:
    """Whatever the licence is; where it is free, that is said."""
    folder = House(f"{{holder: ada, licence: {terms}, status: {status}}}").write(tmp_path)
    code, (found,) = check(folder)
    assert code == FINDINGS
    assert (found["code"], found["hint"]) == ("R005", hint)
    assert found["text"] == f"This review is not cleared: {problem}."


def test_a_free_licence_that_does_not_allow_the_volume_is_no_hint(tmp_path: Path) -> None:
    """Both are told: that there is no permission, and what the licence says."""
    found = check(House("{holder: ada, licence: CC BY-NC 4.0}").write(tmp_path))[1]
    assert [(each["code"], each["hint"][:6]) for each in found] == [
        ("R005", "write "),
        ("R009", "sectio"),
    ]


@pytest.mark.parametrize("status", ["own", "granted", "quotation, reason: Four lines"])
def test_with_a_permission_it_is_bound(tmp_path: Path, status: str) -> None:
    """And nothing is said."""
    assert check(House(f"{{holder: ada, status: {status}}}").write(tmp_path)) == (CLEAN, [])


@pytest.mark.parametrize(
    ("scope", "volumes", "said"),
    [
        ("print", "{print: {}}", ""),
        ("[print, digital]", SOLD, ""),
        ("print", SOLD, "epub: the permission is for print"),
        ("digital", SOLD, "print: the permission is for digital"),
        ("'audio, digital'", SOLD, "print: the permission is for audio and digital"),
        ("print", "{epub: {}, kobo: {}}", "epub and kobo: the permission is for print"),
        ("print", "{screen: {format: pdf, scope: digital}}", "screen: the permission is for print"),
        ("print", "{own: {format: epub, scope: print}}", ""),
    ],
)
def test_a_permission_is_for_a_scope(tmp_path: Path, scope: str, volumes: str, said: str) -> None:
    """EPUBs are digital and the rest is print, where the ticket does not say otherwise."""
    rights = f"{{holder: ada, status: granted, scope: {scope}}}"
    expected = [f"R006 This review is not cleared for {said}."] if said else []
    assert told(House(rights, volumes=volumes).write(tmp_path)) == expected


@pytest.mark.parametrize(
    ("granted", "volumes", "said"),
    [
        ("world", SOLD, []),
        ("[GB, IE]", "{print: {territory: gb}}", []),
        ("[GB, IE]", "{print: {territory: [GB, IE]}}", []),
        ("[GB, IE]", SOLD, ["print and epub: the permission is not for the whole world"]),
        (
            "GB",
            "{print: {territory: 'GB, FR, DE'}}",
            ["print: the permission is not for DE and FR"],
        ),
        (
            "GB",
            "{print: {territory: [GB]}, epub: {territory: [FR]}, kindle: {territory: world}}",
            [
                "epub: the permission is not for FR",
                "kindle: the permission is not for the whole world",
            ],
        ),
    ],
)
def test_a_permission_is_for_a_territory(
    tmp_path: Path, granted: str, volumes: str, said: list[str]
) -> None:
    """A volume is offered everywhere, and a permission holds everywhere, unless they say where."""
    rights = f"{{holder: ada, status: granted, territory: {granted}}}"
    expected = [f"R007 This review is not cleared for {each}." for each in said]
    assert told(House(rights, volumes=volumes).write(tmp_path)) == expected


@pytest.mark.parametrize(
    ("until", "issued", "revised", "holds"),
    [
        ("2026-03-01", "2026-03-01", "", True),
        ("2026-02-28", "2026-03-01", "", False),
        ("2026", "2026-03-01", "", True),
        ("2026-03", "2026-03-31", "", True),
        ("2026-02", "2026-03-01", "", False),
        ("2026-12-31", "2026-03-01", "2027-01-01", False),
        ("2027-12-31", "2026-03-01", "2027-01-01", True),
        ("2026-03-01", "2026-03", "", False),
        ("2026", "2026", "", True),
    ],
)
def test_a_permission_holds_on_the_day_of_the_book(
    tmp_path: Path, until: str, issued: str, revised: str, holds: bool
) -> None:
    """That of its issue, or of its revision where that is later; the last day is a day."""
    rights = f"{{holder: ada, status: granted, until: {until}}}"
    ticket = f"revised: {revised}\n" if revised else ""
    date = revised or issued
    expected = (
        f"R008 This review is not cleared: the permission ends on {until}, and the book is of "
        f"{date}."
    )
    found = told(House(rights, issued=issued, ticket=ticket).write(tmp_path))
    assert found == ([] if holds else [expected])


def test_without_a_date_no_permission_that_ends_holds(tmp_path: Path) -> None:
    """Where neither ticket nor reviews say when, nobody knows whether it has ended."""
    rights = "{holder: ada, status: granted, until: 2031-12-31}"
    (said,) = told(House(rights, issued="").write(tmp_path))
    assert said.startswith("R008 This review is not cleared: the permission ends on 2031-12-31")


def test_what_was_not_granted_has_no_scope_to_be_told(tmp_path: Path) -> None:
    """One thing at a time."""
    rights = "{holder: ada, status: asked, scope: print, territory: GB, until: 2001}"
    assert [text[:4] for text in told(House(rights).write(tmp_path))] == ["R005"]


# ── which volumes ────────────────────────────────────────────────────────────────────────


def test_only_the_volumes_asked_for_are_judged(tmp_path: Path) -> None:
    """What is not made needs no permission; an exemption may be for what is not made."""
    volumes = "{print: {sold: false}, epub: {sold: false}, kindle: {}}"
    excused = "exempt: [{rule: R011, reason: Agreed}]\n"
    folder = House(
        "{holder: ada, licence: CC BY-NC 4.0, status: granted, scope: digital}",
        volumes=volumes,
        ticket=excused,
    ).write(tmp_path)
    assert [text[:4] for text in told(folder)] == ["R006"]
    code, said, _ = call("build", "-C", folder, "--only", "epub", "--json")
    assert (code, json.loads(said)["findings"]) == (CLEAN, [])
    assert (folder / "build/night/night.epub").is_file()
    assert call("build", "-C", folder, "--only", "print")[0] == FINDINGS


def test_volumes_say_what_they_are(tmp_path: Path) -> None:
    """Sold everywhere without DRM, where nothing is said."""
    said = "{epub: , ours: {drm: true, sold: false, scope: digital, territory: [ie, GB]}}"
    run = press(House("{holder: ada, status: own}", volumes=said).write(tmp_path), bound=False)
    epub, ours = run.pressed[0].anthology.volumes
    assert (epub.scope, epub.sold, epub.drm) == ("digital", True, False)
    assert (ours.scope, ours.sold, ours.drm) == ("digital", False, True)
    assert (epub.territory, ours.territory) == (frozenset(), frozenset({"IE", "GB"}))
    assert (epub.place.line, ours.place.path) == (5, "manuscripts/anthologies/night.yaml")


@pytest.mark.parametrize(
    ("written", "codes", "wrong"),
    [
        ([], set(), ()),
        (["GB", "ie"], {"GB", "IE"}, ()),
        (["world"], set(), ()),
        (["GB", "World"], set(), ()),
        (["UK", "IE"], {"IE"}, ("UK",)),
        (["Germany", "XX", "EU"], set(), ("Germany", "XX", "EU")),
    ],
)
def test_territories_are_codes(written: list[str], codes: set[str], wrong: tuple[str, ...]) -> None:
    """Those of ISO 3166-1, in whatever case."""
    assert territories(written) == (frozenset(codes), wrong)


def test_all_countries_are_known() -> None:
    """As Babel has them, less what is reserved, withdrawn or no country."""
    from babel import Locale

    others = "AC CP CQ DG EA EU EZ IC QO TA UN XA XB XK ZZ".split()
    babel = {str(code) for code in Locale("en").territories if len(str(code)) == 2}
    assert babel.difference(others) == CODES
    assert len(CODES) == 249


def test_a_territory_that_there_is_not(tmp_path: Path) -> None:
    """Of a volume and of a permission, with the code that is meant."""
    rights = "{holder: ada, status: granted, territory: [GB, Germany]}"
    volumes = "{print: {territory: [UK]}}"
    found = check(House(rights, volumes=volumes).write(tmp_path))[1]
    said = {(f["path"][12:], f["text"], f["hint"]) for f in found if f["code"] == "H006"}
    assert said == {
        (
            "anthologies/night.yaml",
            '"territory": "UK" is no country code of ISO 3166-1.',
            'did you mean "GB"?',
        ),
        (
            "reviews/alley.md",
            '"territory": "Germany" is no country code of ISO 3166-1.',
            "two letters for each country, or world",
        ),
    }


# ── the house's policy ───────────────────────────────────────────────────────────────────


def test_a_policy_that_there_is_not(tmp_path: Path) -> None:
    """Told at its place, with the one that is meant; and nothing is set by it."""
    imprint = "policy:\n  unrecorded: warn\n  quotation-without-reasons: allow\n"
    code, found = check(House(QUOTED, imprint=imprint).write(tmp_path))
    assert code == FINDINGS
    assert [(f["code"], f["line"], f["column"]) for f in found] == [("H006", 4, 3), ("R010", 4, 31)]
    assert found[0]["text"] == '"policy": there is no policy "quotation-without-reasons".'
    assert found[0]["hint"] == 'did you mean "quotation-without-reason"?'


@pytest.mark.parametrize("name", [clause.name for clause in CLAUSES if not clause.house])
def test_a_licence_s_word_is_no_policy(tmp_path: Path, name: str) -> None:
    """It can't be set, and holds."""
    blocked = replace(PAIRS[name].blocked, imprint=f"policy: {{{name}: allow}}\n")
    found = told(blocked.write(tmp_path))
    assert found[0] == f'H006 "policy": {name} is the licence\'s own word, which no house can set.'
    assert [text for text in found[1:] if text[:4] != "R003"] == [PAIRS[name].says]


@pytest.mark.slow
@pytest.mark.parametrize("verdict", ["allow", "warn", "block"])
@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_can_be_set_either_way(tmp_path: Path, name: str, verdict: str) -> None:
    """Whatever it is by itself: to say nothing, to warn, to block."""
    house = replace(PAIRS[name].blocked, imprint=f"policy: {{{name}: {verdict}}}\n")
    code, found = check(house.write(tmp_path))
    codes = {"allow": [], "warn": ["R011"], "block": ["R010"]}
    assert [each["code"] for each in found] == codes[verdict]
    assert code == (FINDINGS if verdict == "block" else CLEAN)


# ── drafts ───────────────────────────────────────────────────────────────────────────────

MARK = "DRAFT, NOT CLEARED"
UNCLEARED = House(
    "{holder: ada, status: refused}",
    text="![A lamp](../images/still.png)\n\nRain.\n",
    files={"images/still.png.yaml": "holder: Jo Ann\nstatus: asked\n"},
    ticket="reviews: [alley]\n",
)


def test_a_draft_says_that_it_is_not_cleared(tmp_path: Path) -> None:
    """In its title, in every section, on the page of volumes; at the piece it says why."""
    folder = UNCLEARED.write(tmp_path)
    assert call("build", "-C", folder, "--only", "epub", "--draft")[0] == FINDINGS
    epub = Bound(folder / "build/night/night.epub")
    assert epub.opf("//dc:title")[0].text == f"{MARK}: Night"
    for name in epub.spine()[1:]:
        assert MARK in plain(epub.tree(name)), name
    page = plain(epub.section("alley"))
    assert "This review is not cleared: permission was refused. [R005]" in page
    assert 'The picture "A lamp" is not cleared: permission was asked for' in page
    assert f'"draft">{MARK}<' in (folder / "build/index.html").read_text("utf-8")
    # Once it is, all of it says so.
    (folder / "manuscripts/images/still.png.yaml").write_text("holder: Jo\nstatus: own\n", "utf-8")
    review = folder / "manuscripts/reviews/alley.md"
    review.write_text(review.read_text("utf-8").replace("refused", "granted"), "utf-8")
    assert call("build", "-C", folder, "--only", "epub", "--draft")[0] == CLEAN
    epub = Bound(folder / "build/night/night.epub")
    assert epub.opf("//dc:title")[0].text == "DRAFT: Night"
    for name in epub.spine()[1:]:
        assert "DRAFT" in plain(epub.tree(name)), name
        assert MARK not in plain(epub.tree(name)), name
    assert MARK not in (folder / "build/index.html").read_text("utf-8")


@pytest.mark.checkers
def test_each_page_of_a_draft_says_that_it_is_not_cleared(tmp_path: Path) -> None:
    """In its corners, and in the title of the file."""
    import pikepdf

    from checkers import pdf_text

    folder = UNCLEARED.write(tmp_path)
    assert call("build", "-C", folder, "--only", "print", "--draft")[0] == FINDINGS
    path = folder / "build/night/night-print.pdf"
    # pdfium parts spaced letters, and a corner is narrow.
    pages = ["".join(text.split()) for text in pdf_text(path)]
    assert [number for number, text in enumerate(pages, 1) if "DRAFT,NOT" not in text] == []
    assert [number for number, text in enumerate(pages, 1) if "CLEARED" not in text] == []
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Title"]) == f"{MARK}: Night"


def test_a_release_has_no_mark(tmp_path: Path) -> None:
    """And what only warns is cleared."""
    run = press(House(UNRECORDED).write(tmp_path), only=["epub"])
    (book,) = run.pressed
    assert book.anthology.edition.cleared
    assert book.anthology.edition.mark == ""
    assert [volume.name for volume in book.volumes] == ["night.epub"]
