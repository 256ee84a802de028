"""`reelpress rights`: whose everything is, what blocks, and what ends within a year."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reelpress.cli.asked import anthologies, pressed_one, wrong
from reelpress.cli.options import Json, Names, Project

if TYPE_CHECKING:
    from reelpress.desk.ledger import Line, Private
    from reelpress.findings import Finding


def rights(
    names: Names = None,
    csv_: Annotated[
        bool,
        typer.Option("--csv", help="The permissions log, with contacts, fees and evidence."),
    ] = False,
    on: Annotated[
        str,
        typer.Option("--on", metavar="DATE", help="A year from when; else the date of issue."),
    ] = "",
    project: Project = Path(),
    json: Json = False,
) -> None:
    """Whose everything is, what blocks, and what ends within a year."""
    from reelpress.cli.show import Console, print_json
    from reelpress.desk import ledger, private, read
    from reelpress.findings import Severity, in_order
    from reelpress.site import known_pages

    if on and not _is_day(on):
        wrong(f"--on {on}: write a day, as in 2026-11-24")
    found: dict[str, tuple[Line, ...]] = {}
    pages: dict[str, Mapping[str, str]] = {}
    secret: dict[str, Mapping[str, Private]] = {}
    wrong_in: dict[str, list[Finding]] = {}
    for name in anthologies(project, names):
        pressed = pressed_one(project, name, json=json)
        edition = pressed.anthology.edition
        day = on or max(edition.issued, edition.revised)
        found[name] = ledger(pressed.anthology, pressed.findings, day)
        errors = [f for f in pressed.findings if f.severity is Severity.ERROR and f.code[0] != "R"]
        if errors:  # what can't be read may be what would block
            wrong_in[name] = errors
        pages[name] = known_pages(project / "build", name)
        if csv_:
            secret[name] = private(pressed.anthology, read(project, [name]))
    if csv_:
        sys.stdout.write(log(found, pages, secret))
    elif json:
        print_json({name: [_told(line, pages[name]) for line in found[name]] for name in found})
    else:
        console = Console()
        for index, (name, lines) in enumerate(found.items()):
            console.findings(in_order(wrong_in.get(name, ())), project)
            console.lines(["", name] if index else [name] if len(found) > 1 else [])
            console.table([_row(number, line, pages[name]) for number, line in enumerate(lines, 1)])
            console.lines(_closing(lines, sound=name not in wrong_in))
    if wrong_in or any(line.blocks for lines in found.values() for line in lines):
        raise typer.Exit(3)


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_WIDEST = 40
"""Characters of a title, in the table."""


def _row(number: int, line: Line, pages: Mapping[str, str]) -> dict[str, Any]:
    """A line of the table."""
    own = line.rights
    return {
        "no": number,
        "piece": shorten(line.title, _WIDEST, placeholder=" …"),
        "by": line.byline or None,
        "page": pages.get(line.piece),
        "holder": ", ".join(own.holders) or None,
        "licence": own.licence.name if own.licence else None,
        "status": str(own.permission.status),
        "for": ", ".join(sorted(own.permission.scope)) or None,
        "where": ", ".join(sorted(own.permission.territory)) or None,
        "until": own.permission.until or None,
        "blocks": " ".join(sorted({finding.code for finding in line.blocks})) or None,
    }


def _closing(lines: Sequence[Line], *, sound: bool) -> list[str]:
    """What blocks and what ends soon, in sentences."""
    told = []
    for title, chosen in (
        ("Blocks:", [f"{line.title}: {f.text}" for line in lines for f in line.blocks]),
        (
            "Ends within a year:",
            [f"{line.title}: {line.rights.permission.until}" for line in lines if line.ends],
        ),
    ):
        told += ["", title, *(f"  {text}" for text in chosen)] if chosen else []
    if not sound:
        return [*told, "", "Not everything could be read: see above."]
    return told or ["", "Everything is cleared, and nothing ends within a year."]


def _told(line: Line, pages: Mapping[str, str]) -> dict[str, Any]:
    """A line for machines: nothing of it is for the desk alone."""
    own, asked = line.rights, line.rights.permission
    first = line.first_published
    return {
        "key": line.key,
        "kind": line.kind,
        "title": line.title,
        "byline": line.byline,
        "page": pages.get(line.piece),
        "first_published": {"outlet": first.outlet, "date": first.date, "url": first.url}
        if first
        else None,
        "holders": list(own.holders),
        "years": list(own.years),
        "licence": {"name": own.licence.name, "spdx": own.licence.spdx, "url": own.licence.url}
        if own.licence
        else None,
        "status": str(asked.status),
        "date": asked.date or None,
        "by": asked.by or None,
        "reason": asked.reason or None,
        "scope": sorted(asked.scope),
        "territory": sorted(asked.territory),
        "until": asked.until or None,
        "credit": own.credit or None,
        "blocks": [{"code": f.code, "text": f.text} for f in line.blocks],
        "ends_within_a_year": line.ends,
    }


COLUMNS = (
    "anthology", "item", "kind", "title", "author", "page", "first published", "rights holder",
    "year", "contact", "licence", "status", "date", "granted by", "reason", "media", "territory",
    "until", "fee", "credit line", "evidence", "blocks",
)  # fmt: skip
"""Of a permissions log, as publishers keep it."""


def log(
    found: Mapping[str, Iterable[Line]],
    pages: Mapping[str, Mapping[str, str]],
    secret: Mapping[str, Mapping[str, Private]],
) -> str:
    """The permissions log as CSV (RFC 4180), one line for each text and picture."""
    from reelpress.desk.ledger import Private

    out = StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for name, lines in found.items():
        for number, line in enumerate(lines, 1):
            own, asked, first = line.rights, line.rights.permission, line.first_published
            hidden = secret[name].get(line.key, Private())
            published = ", ".join(filter(None, (first.outlet, first.date))) if first else ""
            cells = (
                name, number, line.kind, line.title, line.byline, pages[name].get(line.piece, ""),
                published, "; ".join(own.holders), "; ".join(map(str, own.years)), hidden.contact,
                own.licence.name if own.licence else "", asked.status, asked.date, asked.by,
                asked.reason, "; ".join(sorted(asked.scope)), "; ".join(sorted(asked.territory)),
                asked.until, hidden.fee, own.credit, hidden.evidence,
                "; ".join(finding.text for finding in line.blocks),
            )  # fmt: skip
            rows.writerow([_harmless(str(cell)) for cell in cells])
    return out.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
