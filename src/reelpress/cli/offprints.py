"""`reelpress offprints`: what each contributor gets, and signs off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reelpress.cli.asked import anthologies, wrong
from reelpress.cli.options import Jobs, Json, Names, Project, Quiet, Verbose

if TYPE_CHECKING:
    from reelpress.press import Run


def offprints(
    names: Names = None,
    person: Annotated[
        str, typer.Option("--person", metavar="KEY", help="For this contributor alone.")
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="Of a book with errors too, marked DRAFT.")
    ] = False,
    jobs: Jobs = None,
    project: Project = Path(),
    json: Json = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """For each contributor: their pieces as PDF and EPUB, and a form to sign off.

    On the pages and with the page numbers of the book, into build/ANTHOLOGY/offprints/.
    """
    from reelpress.cli.show import Console, findings_json, print_json
    from reelpress.cli.works import work
    from reelpress.offprints import offprints as made_of
    from reelpress.site import lay_beside

    wanted = anthologies(project, names)
    console = Console(quiet=quiet or json, verbose=verbose)
    with work(project, jobs) as here, console.progress() as report:
        run = made_of(project, wanted, person=person, draft=draft, work=here, report=report)
    if person and not run.grave():
        _known(run, person, wanted)
    folder = project / "build"
    bound = any(book.volumes for book in run.pressed)
    entries = lay_beside(folder, run.pressed) if bound else []
    if json:
        found = findings_json(run.findings)
        print_json({"volumes": entries, "findings": found, "drafts": run.drafts})
    else:
        console.findings(run.findings, project)
        for entry in entries:
            console.volume(entry, folder)
        console.closing(run.findings, bound=bound, draft=draft, strict=False)
    if run.grave():
        raise typer.Exit(3)


def _known(run: Run, person: str, names: list[str]) -> None:
    """Wrong usage where no anthology has anything by that contributor."""
    from reelpress.desk import shares
    from reelpress.findings import did_you_mean

    known = [share.key for book in run.pressed for share in shares(book.anthology)[0]]
    if person not in known:
        hint = did_you_mean(person, known) or f"there are: {', '.join(sorted(set(known)))}"
        wrong(f"nothing by {person} in {', '.join(names)}; {hint}")
