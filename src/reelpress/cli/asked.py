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
    from reelpress.desk import Folder, decoded, ticket_path
    from reelpress.findings import did_you_mean
    from reelpress.header import read_ticket

    folder, known = Folder.at(project), set[str]()
    for path in map(ticket_path, names):
        text, _ = decoded(folder, path)
        ticket = None if text is None else read_ticket(text, path)[0]
        if ticket is None:
            return  # pressing tells why it can't be read
        known |= ticket.model.volumes.keys()
    for name in only:
        if name not in known:
            hint = did_you_mean(name, known) or f"there are: {', '.join(sorted(known))}"
            wrong(f"no volume {name}; {hint}")


def with_review(project: Path, names: list[str], only: list[str], slug: str) -> list[str]:
    """Those of the anthologies that have the review in a volume with pages; wrong usage if none.

    One whose ticket can't be read is among them, for pressing tells why.
    """
    if not slug:
        return names
    from reelpress.desk import choose, read
    from reelpress.desk.volumes import volumes
    from reelpress.findings import did_you_mean

    pool = read(project, names)
    found, pageless, known = list[str](), list[str](), set[str]()
    for name, ticket in pool.tickets.items():
        if ticket is None:
            found.append(name)
            continue
        slugs = {choice.manuscript.slug for choice in choose(ticket, pool.under(ticket))[0]}
        known |= slugs
        paged = {v.name for v in volumes(ticket, []) if v.format == "pdf"}
        if slug in slugs:
            (found if paged & set(only or paged) else pageless).append(name)
    if not found and pageless:
        wrong(f"no page has a number in {', '.join(only) or 'an EPUB'}: --piece is for PDFs")
    if not found:
        hint = did_you_mean(slug, known) or "`reelpress list ANTHOLOGY --json` tells what there is"
        wrong(f"no review {slug} in {', '.join(names)}; {hint}")
    return found


def pressed_one(project: Path, name: str, *, json: bool) -> Pressed:
    """One anthology, judged and not bound.

    Where its ticket can't be read, or its lock, or what that holds is not there, the findings say
    so.
    """
    from reelpress.cli.works import work
    from reelpress.press import press

    with work(project) as here:
        run = press(project, anthologies(project, [name]), bound=False, work=here)
    if not run.pressed:
        _unread(run.findings, project, json=json)
    lost = [finding for finding in run.findings if finding.code == "H039"]
    if lost:
        _unread(lost, project, json=json)
    return run.pressed[0]


def not_taken(project: Path, name: str, *, json: bool) -> tuple[tuple[Manuscript, str], ...]:
    """The manuscripts that are not in an anthology, and why not."""
    from reelpress.desk import choose, left_out, read

    pool = read(project, anthologies(project, [name]))
    ticket = next(iter(pool.tickets.values()))
    if ticket is None:
        _unread(pool.findings, project, json=json)
    pool = pool.under(ticket)
    choices, said = choose(ticket, pool)
    lost = [finding for finding in (*pool.findings, *said) if finding.code == "H039"]
    if lost:
        _unread(lost, project, json=json)
    return left_out(ticket, pool, choices)


def _unread(findings: Sequence[Finding], project: Path, *, json: bool) -> NoReturn:
    """Say why a ticket or a lock can't be read, and end (exit code 3)."""
    from reelpress.cli.show import Console, findings_json, print_json

    if json:
        print_json({"findings": findings_json(findings)})
    else:
        Console().findings(findings, project)
    raise typer.Exit(3)
