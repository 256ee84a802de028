"""Authors' files as they really are: each in tests/foreign/AREA/, its result in NAME.expected.

    tests/foreign/AREA/NAME.md + imprint.yaml ── read, edit ──▶ NAME.expected

An area is one project: its files lie in manuscripts/reviews/, its imprint.yaml (if it has one) in
manuscripts/; further files of an area lie below AREA/beside/, laid over manuscripts/. What is
expected is the whole: each field as understood, the text as XHTML, its notes, every finding.
`pytest --accept` rewrites it; the reviewer reads the diff.
"""

from __future__ import annotations

import shutil
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from lxml import etree

from reelpress.desk import edit, read, unknown_keys
from reelpress.findings import Finding, in_order
from reelpress.model import Contribution

FOREIGN = Path(__file__).parent / "foreign"
PASSED_OVER = {".expected", ".yaml"}
FILES = sorted(
    path.relative_to(FOREIGN).as_posix()
    for path in FOREIGN.rglob("*")
    if path.is_file() and path.suffix not in PASSED_OVER and "beside" not in path.parts
)


def shown(value: object, name: str) -> list[str]:
    """One field, a line for each thing that it says; nothing where it says nothing."""
    if is_dataclass(value) and not isinstance(value, type):
        below = [shown(getattr(value, f.name), f"{name}.{f.name}") for f in fields(value)]
        return [line for lines in below for line in lines]
    if isinstance(value, tuple):
        return [line for n, item in enumerate(value) for line in shown(item, f"{name}[{n}]")]
    return [f"{name}: {value}"] if value not in (None, "", 0, False) else []


PASSED = {"place", "text", "slug", "rights", "extra"}


def result(
    contribution: Contribution, findings: tuple[Finding, ...], *, draft: bool = False
) -> str:
    """What came of a file, for people to read."""
    lines = [f"slug: {contribution.slug}"] + (["draft: true"] if draft else [])
    for field in fields(contribution):
        if field.name not in PASSED:
            lines += shown(getattr(contribution, field.name), field.name)
    lines = [line for line in lines if ".place." not in line]
    lines += [f"extra.{key}: {value}" for key, value in contribution.extra.items()]
    text = contribution.text
    lines += ["", *text.body.strip().splitlines()]
    for note in text.notes:
        lines += ["", f"note {note.number} ({note.id}):", *note.body.strip().splitlines()]
    lines += ["", *(str(f) + (f"\n    {f.hint}" if f.hint else "") for f in findings)]
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


@cache
def results(area: str) -> dict[str, str]:
    """What comes of each file of an area, by its name."""
    with TemporaryDirectory() as folder:
        home = Path(folder) / "manuscripts"
        (home / "reviews").mkdir(parents=True)
        for path in sorted((FOREIGN / area).rglob("*")):
            inner = path.relative_to(FOREIGN / area)
            if path.is_dir() or path.suffix == ".expected":
                continue
            over = inner.parts[0] == "beside"
            target = home / (inner.relative_to("beside") if over else Path("reviews") / inner)
            target = home / inner.name if path.suffix == ".yaml" and not over else target
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        pool = read(Path(folder))
        made = edit(pool.manuscripts.values(), pool)
        told = unknown_keys(pool.manuscripts.values())
    told_of: dict[str, str] = {}
    for at, (contribution, found) in made.items():
        etree.fromstring(f"<div>{contribution.text.body}</div>")  # well-formed XHTML
        mine = in_order((*found, *(f for f in (*told, *pool.findings) if f.place.path == at)))
        name = at.removeprefix("manuscripts/reviews/")
        told_of[name] = result(contribution, mine, draft=pool.manuscripts[at].draft)
    return told_of


@pytest.mark.parametrize("name", FILES)
def test_each_file_gives_what_is_expected(name: str, accept: bool) -> None:
    """Fields, text and findings of a file as its author left it."""
    area, _, inner = name.partition("/")
    expected = (FOREIGN / name).with_name(f"{Path(name).name}.expected")
    told = results(area)[inner]
    if accept:
        expected.write_text(told, "utf-8")
    assert told == expected.read_text("utf-8")
