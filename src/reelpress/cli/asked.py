"""What a command was asked for: tickets and volumes that there are, or a word on wrong usage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reelpress.findings import Finding
    from reelpress.model import Manuscript
    from reelpress.press import Pressed


def wrong(sentence: str) -> NoReturn:
    """Say what is wrong with the usage, and end (exit code 2)."""
    from reelpress.cli.show import harmless

    typer.echo(f"reelpress: {harmless(sentence)}", err=True)
    raise typer.Exit(2)


def anthologies(project: Path, names: list[str] | None) -> list[str]:
    """The names asked for, or all; wrong usage where there is no such ticket or no project."""
    from reelpress.desk import ticket_names
    from reelpress.findings import did_you_mean

    known = ticket_names(project)
    if not known:
        wrong(
            f"no anthology: {project / 'manuscripts/anthologies'} holds no ticket; "
            "`reelpress init DIR` makes a project"
        )
    wanted = [Path(n).stem if n.endswith(".yaml") else n for n in names or known]
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are: {', '.join(known)}"
            wrong(f"no anthology {name}; {hint}")
    return wanted


def known_volumes(project: Path, names: list[str], only: list[str]) -> None:
    """Wrong usage where --only names a volume that no ticket has."""
    if not only:
        return
    from reelpress.desk import read

    tickets = read(project, names).tickets.values()
    known = sorted({v for t in tickets if t is not None for v in t.model.volumes})
    for name in only:
        if name not in known:
            wrong(f"no volume {name}; there are: {', '.join(known)}")


def pressed_one(project: Path, name: str, *, json: bool) -> Pressed:
    """One anthology, judged and not bound; where its ticket can't be read, the findings say so."""
    from reelpress.press import press

    run = press(project, anthologies(project, [name]), bound=False)
    if not run.pressed:
        _unread(run.findings, project, json=json)
    return run.pressed[0]


def not_taken(project: Path, name: str, *, json: bool) -> tuple[tuple[Manuscript, str], ...]:
    """The manuscripts that are not in an anthology, and why not."""
    from reelpress.desk import choose, left_out, read

    pool = read(project, anthologies(project, [name]))
    ticket = next(iter(pool.tickets.values()))
    if ticket is None:
        _unread(pool.findings, project, json=json)
    return left_out(ticket, pool, choose(ticket, pool)[0])


def _unread(findings: Sequence[Finding], project: Path, *, json: bool) -> NoReturn:
    """Say why a ticket can't be read, and end (exit code 3)."""
    from reelpress.cli.show import Console, findings_json, print_json

    if json:
        print_json({"findings": findings_json(findings)})
    else:
        Console().findings(findings, project)
    raise typer.Exit(3)
