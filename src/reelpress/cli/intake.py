"""`reelpress import`: manuscripts from what authors have elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reelpress.cli.asked import wrong
from reelpress.cli.options import All, Json, Project, Quiet

if TYPE_CHECKING:
    from reelpress.receiving import Receipt, Received


def import_(
    source: Annotated[
        Path, typer.Argument(metavar="SOURCE", help="An export, a saved page, a folder of them.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would come, and write nothing.")
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="Also what you edited or deleted since it was imported."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE.html", help="Source and result, side by side."),
    ] = None,
    project: Project = Path(),
    json: Json = False,
    all_: All = False,
    quiet: Quiet = False,
) -> None:
    """Make manuscripts of an export, of saved pages, of Word files.

    Nothing that you edited since it was imported is written over, unless --overwrite is said.
    """
    from reelpress.cli.show import Console, findings_json, print_json
    from reelpress.findings import grave
    from reelpress.intake import bring
    from reelpress.receiving import receive
    from reelpress.work import deliver

    if not (project / "manuscripts").is_dir():
        wrong(
            f"no project: {project / 'manuscripts'} is not there; "
            "`reelpress init DIR` makes one to import into"
        )
    if not source.exists():
        wrong(f"no source: {source} is not there")
    console = Console(quiet=quiet or json, everything=all_)
    with console.progress() as tell:
        counting = partial(tell, "counting words")
        receipt = receive(bring(source), project, overwrite=overwrite, progress=counting)
    if report is not None:
        from reelpress.site import receipt_page

        deliver(report.parent, {report.name: receipt_page(receipt, source.name).encode()})
    if not dry_run and receipt.files:
        deliver(project, receipt.files)
    if json:
        told = _told(receipt)
        print_json({**told, "written": not dry_run, "findings": findings_json(receipt.findings)})
    else:
        if not quiet:
            console.table([_row(r) for r in receipt.received if r.status != "unchanged"])
            console.lines([*_closing(receipt, report, dry_run=dry_run), ""])
        console.findings(receipt.findings, project)
    if grave(receipt.findings):
        raise typer.Exit(3)


def _row(received: Received) -> dict[str, Any]:
    """A line of the table: what comes, and what happens to it."""
    film = received.arrival.header.get("film")
    said = film if isinstance(film, dict) else {}
    why = f" ({received.why})" if received.why else ""
    return {
        "file": received.path,
        "film": said.get("title"),
        "year": said.get("year"),
        "reviewer": received.reviewer or None,
        "words": received.count.words,
        "what": f"{received.status}{why}",
    }


def _told(receipt: Receipt) -> dict[str, Any]:
    """The receipt, for machines."""
    return {
        "source": receipt.delivery.kind,
        "reviews": [
            {**_row(r), "what": str(r.status), "why": str(r.why) or None, "from": r.arrival.origin}
            for r in receipt.received
        ],
        "people": {key: person.name for key, person in receipt.people.items()},
        "pictures": {path: str(status) for path, status in receipt.pictures.items()},
        "left out": dict(receipt.delivery.skipped),
    }


def _closing(receipt: Receipt, report: Path | None, *, dry_run: bool) -> Iterator[str]:
    """What came, in sentences."""
    if not receipt.delivery.kind:
        return
    statuses = Counter(str(r.status) for r in receipt.received)
    much = ", ".join(f"{n} {status}" for status, n in statuses.items()) or "no reviews"
    kind = receipt.delivery.kind
    yield f"{kind[:1].upper()}{kind[1:]}: {much}."
    pictures = Counter(str(status) for status in receipt.pictures.values())
    if pictures:
        yield f"Pictures: {', '.join(f'{n} {status}' for status, n in pictures.items())}."
    if receipt.people:
        names = ", ".join(f"{p.name} ({key})" for key, p in receipt.people.items())
        yield f"Into people.yaml: {names}."
    if receipt.delivery.skipped:
        parts = ", ".join(f"{what} ({n})" for what, n in receipt.delivery.skipped.items())
        yield f"Left out: {parts}."
    if dry_run:
        yield f"Nothing was written{f' but {report}' if report is not None else ''}."
