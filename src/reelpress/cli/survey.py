"""`reelpress survey`: what is in a folder that nobody knows, and how it could be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reelpress.cli.asked import wrong
from reelpress.cli.options import Json

if TYPE_CHECKING:
    from reelpress.intake.survey import KeySeen, Survey

Reviews = Annotated[
    list[str] | None,
    typer.Option("--reviews", metavar="GLOB", help="The reviews, in that folder; may be repeated."),
]
_MOST = 12
"""Of a kind that a line tells; --json has all."""
_WIDE = 40


def survey(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A blog, notes, any folder.")],
    reviews: Reviews = None,
    json: Json = False,
) -> None:
    """Look at a folder of reviews that reelpress has never seen, and propose how to read it.

    Nothing is written, nothing in it is run, nothing outside it is read.
    """
    from dataclasses import asdict

    from reelpress.cli.show import Console, findings_json, print_json

    found = surveyed(folder, reviews)
    if json:
        told = asdict(found)
        told["findings"] = findings_json(found.findings)
        print_json(told)
    else:
        console = Console()
        console.lines(list(_whole(found)))
        console.lines(["", "Keys"] if found.keys else [])
        console.table(_keys(found))
        console.lines(list(_rest(found)))
        if found.files:
            console.lines(["", "In manuscripts/imprint.yaml:", "", *entry(found, folder)])
        console.lines([""] if found.findings else [])
        console.findings(found.findings, folder.parent)
    if any(finding.severity == "error" for finding in found.findings):
        raise typer.Exit(3)


def surveyed(folder: Path, reviews: list[str] | None, map_: str = "") -> Survey:
    """What is in `folder`, taken for the generator `map_` where one is named.

    Wrong usage where there is no such folder.
    """
    from reelpress.intake.survey import survey as look_at

    if not folder.is_dir():
        wrong(f"{folder} is not a folder")
    try:
        return look_at(folder, reviews or (), map_)
    except OSError as error:
        wrong(f"{folder} can't be read ({error.strerror or error})")


def entry(found: Survey, folder: Path) -> list[str]:
    """The lines of imprint.yaml that would read it, from a project beside it."""
    from reelpress.intake.survey import written
    from reelpress.slugs import slug

    name = folder.resolve().name
    return written(slug(name), f"../{name}", found.source)


def _whole(found: Survey) -> Iterator[str]:
    kind = found.generator.capitalize() if found.generator else "no generator that is known"
    where = ", ".join(f"{name} ({count})" for name, count in found.reviews.items())
    yield f"{found.folder}: {kind}"
    for title, said in (
        ("Site", ", ".join(filter(None, (found.site.title, found.site.url)))),
        ("Reviews", where),
        ("Not taken", _listed({f"{name} ({told})": 0 for name, told in found.others.items()})),
        ("Headers", _listed(found.dialects)),
        ("Languages", _listed(found.languages)),
        ("Drafts", str(found.drafts or "")),
        ("Empty", str(found.empty or "")),
    ):
        if said:
            yield f"  {title:<10} {said}"


def _listed(counts: Mapping[str, int]) -> str:
    told = [f"{name} {count}" if count else name for name, count in counts.items()]
    more = [f"and {len(told) - _MOST} more"] if len(told) > _MOST else []
    return ", ".join([*told[:_MOST], *more])


def _keys(found: Survey) -> list[dict[str, Any]]:
    """A row for each key that one header in fifty has."""
    means = {meaning.key: meaning for meaning in found.meanings}
    joined = {join.key: f"→ {join.files}" for join in found.joins}
    rows = [
        {
            "key": key.name,
            "files": key.files,
            "kinds": ", ".join(key.kinds),
            "read as": _meant(key, means, joined) or None,
            "for example": _short(key.example),
        }
        for key in found.keys
    ]
    often = sum(key.files * 50 >= found.files for key in found.keys)
    return rows[: often or _MOST]


def _meant(key: KeySeen, means: Mapping[str, Any], joined: Mapping[str, str]) -> str:
    meaning = means.get(key.name)
    field = "" if meaning is None else meaning.field
    return " ".join(filter(None, (field, joined.get(key.name, ""))))


def _short(text: str) -> str:
    return text if len(text) <= _WIDE else f"{text[: _WIDE - 1]}…"


def _rest(found: Survey) -> Iterator[str]:
    for title, lines in (
        ("People", _people(found)),
        ("Facts in other files", _joins(found)),
        ("Pictures", _pictures(found)),
        ("Template tags and short codes", filter(None, [_listed(found.tags)])),
        ("Oddities", _oddities(found)),
        ("Passed over", filter(None, [_listed(found.passed)])),
    ):
        said = list(lines)
        yield from ["", title, *(f"  {line}" for line in said)] if said else []


def _people(found: Survey) -> Iterator[str]:
    for someone in found.people[:_MOST]:
        called = f" ({someone.called})" if someone.called not in ("", someone.name) else ""
        count = f"  {someone.reviews}" if someone.reviews else ""
        yield f"{someone.key}: {someone.name}{called}{count}"
    if len(found.people) > _MOST:
        yield f"and {len(found.people) - _MOST} more"


def _joins(found: Survey) -> Iterator[str]:
    for join in found.joins:
        yield f"{join.key} → {join.files}: {join.found} of {join.of} are there"


def _pictures(found: Survey) -> Iterator[str]:
    images = found.pictures
    if images.local or images.missing or images.hosts:
        yield f"{images.local} there, {len(images.missing)} missing, {images.remote} remote"
    if images.hosts:
        yield f"remote: {_listed(images.hosts)}"
    for address, path in list(images.missing.items())[:3]:
        yield f"missing: {_short(address)} in {path}"


def _oddities(found: Survey) -> Iterator[str]:
    for odd, counted in found.oddities.items():
        yield f"{odd}: {counted.files}, first in {counted.first}"
