"""`reelpress init`: a project that builds at once, of samples or of reviews that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reelpress.cli.asked import wrong
from reelpress.cli.survey import Reviews, surveyed


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    from_: Annotated[
        Path | None,
        typer.Option("--from", metavar="FOLDER", help="Of the reviews there, as they stand."),
    ] = None,
    map_: Annotated[
        str, typer.Option("--map", metavar="NAME", help="Read them by this ready-made map.")
    ] = "",
    reviews: Reviews = None,
) -> None:
    """Make a project with two sample reviews, that builds at once.

    With --from, one that reads the reviews of a folder: a blog, a vault of notes.
    """
    from reelpress.cli.scaffold import scaffold

    if from_ is not None:
        _from(folder, from_, map_, reviews)
        return
    if map_ or reviews:
        wrong("--map and --reviews tell how to read a folder: --from FOLDER says which")
    try:
        made = scaffold(folder)
    except FileExistsError as error:
        wrong(f"{error} is there already; init writes over nothing")
    _done(folder, made, [], "build --open")


def _from(folder: Path, source: Path, map_: str, reviews: list[str] | None) -> None:
    from reelpress.cli.beginning import begin, told
    from reelpress.cli.show import Console
    from reelpress.desk import read
    from reelpress.findings import did_you_mean
    from reelpress.header.ready import map_names

    if map_ and map_ not in (known := map_names()):
        wrong(f"no map {map_}; {did_you_mean(map_, known) or 'there are: ' + ', '.join(known)}")
    found = surveyed(source, reviews, map_)
    if any(finding.severity == "error" for finding in found.findings):
        Console().findings(found.findings, source.parent)
        raise typer.Exit(3)
    try:
        made = begin(folder, source, found)
    except FileExistsError as error:
        wrong(f"{error} is there already; init writes over nothing")
    _done(folder, made, told(found, read(folder)), "build --draft --open")


def _done(folder: Path, made: list[str], lines: list[str], then: str) -> None:
    from reelpress.cli.show import Console

    where = "" if folder == Path() else f"cd {folder} && "
    written = [f"  {path}" for path in made]
    said = ["", *lines] if lines else []
    Console().lines([*written, *said, "", f"Now: {where}reelpress {then}"])
