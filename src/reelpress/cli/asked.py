"""What a command was asked for: tickets and volumes that there are, or a word on wrong usage."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
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


def pressed_one(project: Path, name: str) -> Pressed:
    """One anthology, judged and not bound; where its ticket can't be read, the findings say so."""
    from reelpress.cli.show import Console
    from reelpress.press import press

    run = press(project, anthologies(project, [name]), bound=False)
    if not run.pressed:
        Console().findings(run.findings, project)
        raise typer.Exit(3)
    return run.pressed[0]


def not_taken(project: Path, name: str) -> tuple[tuple[Manuscript, str], ...]:
    """The manuscripts that are not in an anthology, and why not."""
    from reelpress.cli.show import Console
    from reelpress.desk import choose, left_out, read

    pool = read(project, anthologies(project, [name]))
    ticket = next(iter(pool.tickets.values()))
    if ticket is None:
        Console().findings(pool.findings, project)
        raise typer.Exit(3)
    return left_out(ticket, pool, choose(ticket, pool)[0])
