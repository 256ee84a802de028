"""What authors write in a few signs: ratings and licences."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelpress.desk.licences import licence
from reelpress.desk.ratings import rating


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4.5/5", Fraction(9, 10)),
        ("4,5/5", Fraction(9, 10)),
        ("4 / 5", Fraction(4, 5)),
        ("0/5", Fraction(0)),
        ("10/10", Fraction(1)),
        ("8/10", Fraction(4, 5)),
        ("8 out of 10", Fraction(4, 5)),
        ("7 von 10", Fraction(7, 10)),
        ("3 sur 5", Fraction(3, 5)),
        ("3½/5", Fraction(7, 10)),
        ("½/5", Fraction(1, 10)),
        ("2 ¾ / 4", Fraction(11, 16)),
        ("85%", Fraction(17, 20)),
        ("85 %", Fraction(17, 20)),
        ("100%", Fraction(1)),
        ("★★★★★", Fraction(1)),
        ("★★★½", Fraction(7, 10)),
        ("★★★☆☆", Fraction(3, 5)),
        ("★★★☆", Fraction(3, 4)),
        ("★★★½☆", Fraction(7, 10)),
        ("☆☆☆☆☆", Fraction(0)),
        ("⭐⭐⭐⭐", Fraction(4, 5)),
        ("⭐️⭐️⭐️", Fraction(3, 5)),
        ("***", Fraction(3, 5)),
        ("***1/2", Fraction(7, 10)),
        ("½", Fraction(1, 10)),
        ("  8/10  ", Fraction(4, 5)),
        ("11/10", None),
        ("6/5", None),
        ("3/0", None),
        ("120%", None),
        ("-1/5", None),
        ("two thumbs up", None),
        ("E", None),
        ("4", None),
        ("4/5/6", None),
        ("", None),
    ],
)
def test_what_a_rating_is_worth(written: str, value: Fraction | None) -> None:
    """Common forms have a value from 0 to 1; every other is kept and has none."""
    read = rating(written)
    assert read.value == value
    assert read.text == written.strip()


def test_grades_fall_in_order() -> None:
    """A+ is worth most and F least, each grade less than the one before, minus of any dash."""
    grades = "A+ A A- B+ B B- C+ C C- D+ D D- F".split()
    values = [rating(grade).value for grade in grades]
    assert values == sorted((v for v in values if v is not None), reverse=True)
    assert len(set(values)) == len(grades)
    assert [values[0], values[-1]] == [Fraction(1), Fraction(0)]
    assert {rating(f"B{dash}").value for dash in "-−–"} == {rating("b-").value}


@pytest.mark.parametrize(
    ("written", "stars"),
    [
        ("★★★½", (3, True, 5)),
        ("★★★☆", (3, False, 4)),
        ("★★★★★★", (6, False, 6)),
        ("***", (3, False, 5)),
        ("8/10", None),
        ("B+", None),
    ],
)
def test_stars_are_drawn_as_written(written: str, stars: tuple[int, bool, int] | None) -> None:
    """Stars stay stars, out of as many as are drawn, else of five; nothing else becomes stars."""
    assert rating(written).stars == stars


@given(st.text(alphabet="0123456789.,/½¼¾★☆*%ABCDF+- outfvn", max_size=12))
def test_no_writing_breaks_a_rating(written: str) -> None:
    """Whatever is written is kept, and its value, if it has one, lies from 0 to 1."""
    read = rating(written)
    assert read.text == written.strip()
    assert read.value is None or 0 <= read.value <= 1


@pytest.mark.parametrize(
    ("written", "spdx"),
    [
        ("CC-BY-4.0", "CC-BY-4.0"),
        ("CC BY-NC-SA 3.0", "CC-BY-NC-SA-3.0"),
        ("cc by nc nd 4.0", "CC-BY-NC-ND-4.0"),
        ("CC_BY_SA_4.0", "CC-BY-SA-4.0"),
        ("Creative Commons BY-ND 4.0", "CC-BY-ND-4.0"),
        ("CC-BY", "CC-BY-4.0"),
        ("CC BY 4.0 International", "CC-BY-4.0"),
        ("CC BY-ND-NC 4.0", "CC-BY-NC-ND-4.0"),
        ("CC BY-NC 3.0 DE", "CC-BY-NC-3.0-DE"),
        ("CC-BY-3.0-US", "CC-BY-3.0-US"),
        ("cc by-sa 2.1 jp", "CC-BY-SA-2.1-JP"),
        ("CC BY-NC-ND 3.0 IGO", "CC-BY-NC-ND-3.0-IGO"),
        ("CC BY 3.0 ES", ""),
        ("CC BY-NC-SA 2.5 Scotland", ""),
        ("CC BY 3.0 Unported", "CC-BY-3.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
        ("http://www.creativecommons.org/licenses/by/4.0/deed.fr", "CC-BY-4.0"),
        ("https://creativecommons.org/licenses/by/3.0/at/legalcode", "CC-BY-3.0-AT"),
        ("https://creativecommons.org/licenses/by-nd-nc/1.0/", "CC-BY-NC-ND-1.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/?ref=x", "CC0-1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "CC-PDM-1.0"),
        ("Public Domain Mark", "CC-PDM-1.0"),
        ("Free Art License 1.3", "LAL-1.3"),
        ("GPL-3.0-or-later", "GPL-3.0-or-later"),
        ("CC0", "CC0-1.0"),
        ("CC0-1.0", "CC0-1.0"),
        ("All rights reserved", ""),
        ("public domain", ""),
    ],
)
def test_known_licences(written: str, spdx: str) -> None:
    """Licences are known in the forms that people use, by their SPDX name where they have one."""
    known, clear = licence(written)
    assert (known.spdx, clear) == (spdx, True)


@pytest.mark.parametrize(
    "written",
    [
        "CC-BY-FUN-4.0",
        "CC BY NonCommercial 4.0",
        "CC-BY-noncommercial",
        "CC-BY-NCX-4.0",
        "CC BY-NC-FOO 4.0",
        "CC BY 4.0, not for sale",
        "CC BY 4.0 DE",
        "CC BY 3.0 XX",
        "CC BY 5.0",
        "CC-BY-2.1",
        "https://creativecommons.org/licenses/by/5.0/",
        "https://creativecommons.example/licenses/by/4.0/",
    ],
)
def test_no_licence_is_widened(written: str) -> None:
    """A licence that is not wholly understood is printed as written, never as a freer one."""
    known, _ = licence(written)
    assert (known.name, known.spdx, known.url, known.is_free) == (written, "", "", False)


@pytest.mark.parametrize(
    ("written", "elements", "version", "deed"),
    [
        ("CC BY 4.0", "by", (4, 0), "by/4.0/"),
        ("CC BY-NC-SA 2.5", "by nc sa", (2, 5), "by-nc-sa/2.5/"),
        ("CC BY-NC-ND 1.0", "by nc nd", (1, 0), "by-nd-nc/1.0/"),
        ("CC BY-ND 3.0 IGO", "by nd", (3, 0), "by-nd/3.0/igo/"),
        ("CC BY-SA 3.0 ES", "by sa", (3, 0), "by-sa/3.0/es/"),
    ],
)
def test_a_licence_is_known_by_its_deed(
    written: str, elements: str, version: tuple[int, int], deed: str
) -> None:
    """Its elements and version, whether it has an SPDX identifier or none."""
    known, clear = licence(written)
    assert (known.name, clear, known.is_cc, known.is_free) == (written, True, True, True)
    assert (known.elements, known.version) == (frozenset(elements.split()), version)
    assert known.url == f"https://creativecommons.org/licenses/{deed}"
    assert licence(known.url) == (known, True)


def test_each_licence_is_stricter_than_the_one_before() -> None:
    """From the public domain to all rights reserved."""
    order = """public domain|CC0|CC BY 4.0|CC BY-SA 4.0|CC BY-ND 4.0|CC BY-NC 4.0|CC BY-NC-SA 4.0
        CC BY-NC-ND 4.0|all rights reserved"""
    found = [licence(text)[0].strictness for text in order.replace("\n", "|").split("|")]
    assert found == list(range(9))
    alike = ("Public Domain Mark", "CC BY-NC 3.0 ES", "GPL-3.0-only", "Ask me first")
    assert [licence(text)[0].strictness for text in alike] == [0, 5, 8, 8]


@pytest.mark.parametrize("written", ["CC BY 4.0, not for sale", "CC BY NonCommercial 4.0", "MIT"])
def test_what_looks_like_a_licence_and_is_none_is_told(written: str) -> None:
    """Of a holder's own words nothing is told."""
    assert licence(written)[1] is False
    assert licence("By permission of the night bus")[1] is True
