"""The hand-written formats: places, synonyms, short forms, YAML 1.2's scalars."""

from __future__ import annotations

from itertools import pairwise

import pytest

from reelpress.findings import Finding
from reelpress.header import (
    SCHEMAS,
    Header,
    Review,
    read_people,
    read_review,
    read_ticket,
    schema,
    split_front_matter,
)


def review(yaml: str) -> tuple[Header[Review], list[str]]:
    """A front matter that can be read, and what is said about it."""
    header, findings = read_review(yaml, "r.md")
    assert header is not None
    return header, said(findings)


def said(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.code}" for f in findings]


# -- scalars


@pytest.mark.parametrize(
    "word",
    ["1917", "no", "Yes", "on", "Off", "null island", "8½", "1e3", "0x1F", "12:30", "2001-01-01"],
)
def test_a_title_is_what_stands_there(word: str) -> None:
    """A film may be called 1917, No or 8½: a text field takes the scalar as it is written."""
    header, findings = review(f"title: {word}\nfilm: {word}\nreviewer: a-bell\n")
    assert header.model.title == word
    assert header.model.film is not None
    assert header.model.film.title == word
    assert findings == []


def test_yaml_1_2_has_two_yeses() -> None:
    """`no` and `yes` are words (YAML 1.2, 10.3): where a yes is wanted, only true will do."""
    header, findings = review("film: F\nspoilers: true\nabridged: False\n")
    assert (header.model.spoilers, header.model.abridged) == (True, False)
    assert findings == []


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1995", 1995),
        ("-3", -3),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("no", "no"),
        ("on", "on"),
        ("0o17", 15),
        ("0x1F", 31),
        ("017", 17),
        ("1_000", "1_000"),
        ("12:30:45", "12:30:45"),
        ("2001-01-01", "2001-01-01"),
        ("~", None),
        ("null", None),
        ("'1995'", "1995"),
        ('"true"', "true"),
        ("[1, no, {a: 2}]", [1, "no", {"a": 2}]),
    ],
)
def test_extra_fields_follow_the_core_schema(written: str, value: object) -> None:
    """What no model knows reaches templates with YAML 1.2's types (10.3.2), quoted or not."""
    header, _ = review(f"film: F\nreel: {written}\n")
    assert header.extra == {"reel": value}
    assert type(header.extra["reel"]) is type(value)


def test_a_year_is_a_number() -> None:
    """`year: 1995`, quoted or not, is the number; a place stands beside what is none."""
    header, findings = review("film:\n  title: F\n  year: '1995'\n  runtime: long\n")
    assert header.model.film is not None
    assert (header.model.film.year, header.model.film.runtime) == (1995, None)
    assert findings == ["5:12 H006"]


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2019", "2019"),
        ("2019-5", "2019-05"),
        ("2019-05-03", "2019-05-03"),
        ("2019-5-3", "2019-05-03"),
        ("2019-05-03T20:15:00Z", "2019-05-03"),
        ("2024-02-29", "2024-02-29"),
        ("2023-02-29", None),
        ("3 May 2019", "2019-05-03"),
        ("3. Mai 2019", "2019-05-03"),
        ("3 de mayo de 2019", "2019-05-03"),
        ("3 mai 2019", "2019-05-03"),
        ("28 februari 2019", "2019-02-28"),
        ("2019-13", None),
        ("2019 or so", None),
        ("May", None),
    ],
)
def test_dates(written: str, iso: str | None) -> None:
    """A date is a year, a month or a day that exists, kept as ISO 8601."""
    header, findings = review(f"film: F\ndate: {written}\n")
    assert header.model.date == iso
    assert findings == ([] if iso else ["3:7 H006"])


# -- short forms and synonyms


@pytest.mark.parametrize(
    "yaml",
    [
        "film: {title: F, year: 1995, directors: [D]}",
        "film: F\nyear: 1995\ndirector: D",
        "movie: F\nyear: 1995\ndirected_by: D",
        "film: {title: F, year: 1995, director: D}",
        "year: 1995\nfilm: F\ndirectors: [D]",
        "film:\n  title: F\n  directed_by: D\nyear: 1995",
    ],
)
def test_short_forms_mean_the_long_one(yaml: str) -> None:
    """`film: Title` beside `year:` and `director:` is the same as the mapping, in any order."""
    header, findings = review(yaml + "\n")
    film = header.model.film
    assert film is not None
    assert (film.title, film.year, film.directors) == ("F", 1995, ["D"])
    assert findings == []


@pytest.mark.parametrize(
    ("yaml", "field", "value"),
    [
        ("stars: 4", "rating", "4"),
        ("score: 8/10", "rating", "8/10"),
        ("grade: B+", "rating", "B+"),
        ("published: 2019-05-03", "date", "2019-05-03"),
        ("categories: [a, b]", "tags", ["a", "b"]),
        ("category: a", "tags", ["a"]),
        ("lang: fr", "language", "fr"),
        ("spoiler: true", "spoilers", True),
        ("draft: true", "draft", True),
        ("headline: H", "title", "H"),
    ],
)
def test_synonyms(yaml: str, field: str, value: object) -> None:
    """Common words of other tools are understood, and nothing is said about them."""
    header, findings = review(f"film: F\n{yaml}\n")
    assert getattr(header.model, field) == value
    assert findings == []


@pytest.mark.parametrize(
    "yaml", ["reviewer: a", "author: a", "reviewer: [a]", "reviewer: {name: a}", "critic: {key: a}"]
)
def test_one_reviewer_in_any_form(yaml: str) -> None:
    """One or many, key or mapping: a list of contributors, authors where no role is given."""
    header, findings = review(f"film: F\n{yaml}\n")
    assert [(c.name, c.role) for c in header.model.reviewer] == [("a", "aut")]
    assert findings == []


def test_short_forms_below() -> None:
    """One word stands for what it most often is: a licence, an outlet, a title in its script."""
    header, findings = review(
        "film: F\noriginal_title: Сталкер\nlicense: CC0-1.0\nfirst_published: The Paper\n"
    )
    model = header.model
    assert model.film is not None
    original = model.film.original_title
    assert (original if isinstance(original, str | None) else original.text) == "Сталкер"
    assert model.rights is not None
    assert model.rights.licence == "CC0-1.0"
    assert model.first_published is not None
    assert model.first_published.outlet == "The Paper"
    assert findings == []


def test_the_same_fact_twice_is_said() -> None:
    """Of a field and its synonym the field is used, and the other is told, at its place."""
    header, findings = review("film: F\nauthor: b\nreviewer: a\n")
    assert [c.name for c in header.model.reviewer] == ["a"]
    assert findings == ["3:1 H016"]


# -- places


def test_every_field_knows_its_place() -> None:
    """Lines count the front matter's fence; a list's item and a flow mapping's value are found."""
    header, _ = review(
        "film:\n  title: F\n  cast:\n    - A\n    - B\nrights: {holder: [x, y], year: 2020}\n"
    )
    places = {
        ("film",): (3, 3),
        ("film", "title"): (3, 10),
        ("film", "cast", 1): (6, 7),
        ("rights", "holder", 1): (7, 22),
        ("rights", "year"): (7, 32),
    }
    assert {p: (header.place(*p).line, header.place(*p).column) for p in places} == places


def test_a_field_that_is_not_there_is_near_what_is() -> None:
    """Of a missing field the place is the nearest thing above it that is written."""
    header, _ = review("title: T\nfilm:\n  title: F\n")
    assert (header.place("film", "year").line, header.place("reviewer").line) == (4, 2)


def test_places_count_characters() -> None:
    """Columns count characters, not bytes, whatever the script."""
    _, findings = review("film: {title: Жертвоприношение, yeer: 1986}\n")
    assert findings == ["2:33 H004"]


@pytest.mark.parametrize(
    ("text", "below", "line"),
    [
        ("---\ntitle: T\n---\nText\n", "Text\n", 4),
        ("---\ntitle: T\n---\n\n\nText\n", "\n\nText\n", 4),
        ("---\n---\nText", "Text", 3),
        ("---\ntitle: T\n...\nText\n", "Text\n", 4),
        ("---  \ntitle: T\n---  \nText\n", "Text\n", 4),
        ("---\ntitle: T\n---", "", 3),
        ("Text\n---\nMore\n", "Text\n---\nMore\n", 1),
        ("---\ntitle: |\n  a\n  ---\n---\nText\n", "Text\n", 6),
        ("---\ntitle: T\n---\nA\n\n---\n\nB\n", "A\n\n---\n\nB\n", 4),
    ],
)
def test_front_matter_is_split_off(text: str, below: str, line: int) -> None:
    """Between two lines of --- at the very top; the text's first line is the file's own."""
    _, body, first, findings = split_front_matter(text, "r.md")
    assert (body, findings) == (below, ())
    assert first == line or not body


# -- what is wrong


@pytest.mark.parametrize(
    ("yaml", "findings"),
    [
        ("film: F\nreveiwer: a\n", ["3:1 H004"]),
        ("film: F\nratign: 4/5\n", ["3:1 H004"]),
        ("film: F\nmood: brisk\n", []),
        ("film: {title: F, yaer: 1995}\n", ["2:18 H004"]),
        ("film: F\nfilm: G\n", ["3:1 H008"]),
        ("film: [F\n", ["3:1 H003"]),
        ("film: F\n\ttitle: T\n", ["3:1 H042", "3:8 H003"]),
        ("film: F\ntitle: *gone\n", ["3:8 H043"]),
        ("film:\n\ttitle: T\n", ["3:1 H042"]),
        ("film: F\ndate: 03/05/2019\n", ["3:7 H045"]),
        (
            "reviewer: [{rola: a}, {rolb: b}]\n",
            ["2:13 H004", "2:24 H004", "2:12 H007", "2:23 H007"],
        ),
    ],
)
def test_slips_are_placed(yaml: str, findings: list[str]) -> None:
    """A slip is told where it stands; a key that is like none of ours is no slip."""
    assert said(read_review(yaml, "r.md")[1]) == findings


def test_one_wrong_value_costs_that_value() -> None:
    """The rest of a header is used even where one value is not of its kind."""
    header, findings = review("film: {title: F, year: soon}\nrating: 4/5\nspoilers: maybe\n")
    assert header.model.film is not None
    assert (header.model.film.title, header.model.film.year) == ("F", None)
    assert (header.model.rating, header.model.spoilers) == ("4/5", False)
    assert findings == ["2:24 H006", "4:11 H006"]


def test_an_alias_that_holds_itself_is_no_trap() -> None:
    """A loop in YAML ends with a finding, not with the press."""
    assert review("film: F\nreel: &a [*a]\n")[1] == ["3:7 H003"]


def test_aliases_can_not_explode() -> None:
    """Nine times nine times nine: aliases that unfold without end are a finding, told at once."""
    levels = "abcdef"
    lines = ["reel: &a [x, x, x, x, x, x, x, x, x]"]
    for above, below in pairwise(levels):
        lines.append(f"{below}: &{below} [{', '.join([f'*{above}'] * 9)}]")
    assert "H003" in [f.code for f in read_review("\n".join(lines), "r.md")[1]]


@pytest.mark.parametrize("endless", ["[" * 300_000, "- " * 150_000, "{a: " * 30_000, "-\n " * 9])
def test_lists_in_lists_without_end(endless: str) -> None:
    """What is nested beyond all measure costs neither minutes nor the process (libyaml's stack)."""
    header, findings = read_review(f"film: F\nreel: {endless}\n", "r.md")
    assert header is not None
    assert header.model.film is not None
    assert header.model.film.title == "F"
    assert "H003" in [f.code for f in findings]


def test_a_ticket_of_one_line() -> None:
    """Every line of a ticket but its title has a default."""
    header, findings = read_ticket("title: Last Call\n", "t.yaml")
    assert header is not None
    assert (header.model.title, findings) == ("Last Call", ())
    assert list(header.model.volumes) == ["epub", "print"]


def test_a_ticket_that_is_not_yaml_has_one_fault() -> None:
    """What can't be read lacks nothing: no missing title is told beside the syntax."""
    header, findings = read_ticket("title: [\n", "t.yaml")
    assert header is None
    assert [f.code for f in findings] == ["H003"]


def test_people_are_keyed() -> None:
    """people.yaml is a mapping of keys to persons; places are the file's own."""
    header, findings = read_people("a-bell:\n  name: Ada Bell\n", "people.yaml")
    assert header is not None
    assert header.model.people["a-bell"].name == "Ada Bell"
    place = header.place("people", "a-bell", "name")
    assert (place.line, place.column, findings) == (2, 9, ())


@pytest.mark.parametrize("name", SCHEMAS)
def test_schemas_describe_each_field(name: str) -> None:
    """The JSON Schema that editors complete from is an object with described fields."""
    document = schema(name)
    assert document["type"] == "object"
    assert document["$schema"].endswith("/2020-12/schema")
    assert document.get("properties") or document["additionalProperties"]["properties"]
