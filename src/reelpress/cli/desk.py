"""Commands of the editorial desk: what is in an anthology, and that it stay so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from reelpress.cli.asked import anthologies, not_taken, pressed_one, wrong
from reelpress.cli.options import All, Jobs, Json, Name, Names, Project, Quiet, Strict, Verbose

if TYPE_CHECKING:
    from reelpress.header.lock import Lock
    from reelpress.press import Pressed


def list_(
    name: Name,
    left_out: Annotated[
        bool, typer.Option("--left-out", help="What is not in it, and why not.")
    ] = False,
    project: Project = Path(),
    json: Json = False,
) -> None:
    """The running order: piece, reviewer, words, pages, rights, and why it is there."""
    from reelpress.cli.show import Console, print_json
    from reelpress.cli.tables import left_out_rows, running_order
    from reelpress.site import known_pages

    if left_out:
        rows = left_out_rows(not_taken(project, name, json=json))
    else:
        pressed = pressed_one(project, name, json=json)
        rows = running_order(pressed.anthology, known_pages(project / "build", name))
    print_json(rows) if json else Console().table(rows)


def stats(names: Names = None, project: Project = Path(), json: Json = False) -> None:
    """Balance at a glance: reviewers, decades, countries, ratings, words, and what is lacking."""
    from reelpress.cli.show import Console, print_json
    from reelpress.cli.tables import balance
    from reelpress.desk import stats as numbers_of

    found = {}
    for name in anthologies(project, names):
        pressed = pressed_one(project, name, json=json)
        found[name] = numbers_of(pressed.anthology, pressed.findings)
    if json:
        print_json(found)
        return
    for index, (name, numbers) in enumerate(found.items()):
        Console().lines(["", name] if index else [name])
        Console().lines(balance(numbers))


def freeze(
    name: Name,
    jobs: Jobs = None,
    strict: Strict = False,
    project: Project = Path(),
    json: Json = False,
    all_: All = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Bind an anthology, and have every later build take exactly what is in it now.

    With an error anywhere nothing is bound or frozen. To freeze again is to take what the ticket
    takes now.
    """
    from reelpress.cli.show import Console, findings_json, print_json
    from reelpress.cli.tables import frozen_lines
    from reelpress.cli.works import work
    from reelpress.press import press
    from reelpress.site import publish

    wanted = anthologies(project, [name])
    console = Console(quiet=quiet or json, verbose=verbose, everything=all_)
    with work(project, jobs) as here, console.progress() as report:
        run = press(project, wanted, strict=strict, locked=False, work=here, report=report)
    entries, told = [], None
    if not run.grave(strict=strict):
        entries = publish(project / "build", run.pressed)
        told = _frozen(project, run.pressed[0])
    if json:
        found = findings_json(run.findings)
        print_json({"frozen": told, "volumes": entries, "findings": found})
    else:
        console.findings(run.findings, project)
        for entry in entries:
            console.volume(entry, project / "build")
        if told is not None and not quiet:
            console.lines(frozen_lines(told))
        console.closing(run.findings, bound=bool(entries), draft=False, strict=strict)
    if told is None:
        raise typer.Exit(3)


def _frozen(project: Path, book: Pressed) -> dict[str, Any]:
    """Write the lock of an anthology that was bound, and tell what is in it and what was."""
    from reelpress.desk import lock_of, lock_path, project_folder, read_locked
    from reelpress.header.lock import lock_text
    from reelpress.work import deliver

    path, lock = lock_path(book.name), lock_of(book.anthology, book.volumes)
    before, _ = read_locked(project_folder(project), path)
    try:
        data = lock_text(lock).encode()
    except UnicodeEncodeError as error:
        text = error.object
        odd = text[text.rfind('"', 0, error.start) + 1 : text.find('"', error.end)]
        wrong(f"nothing is frozen: the name of {odd} is not UTF-8, and no lock can hold it")
    deliver(project, {path: data})
    return {
        "lock": path,
        "reviews": len(lock.reviews),
        "pages": {name: volume.pages for name, volume in lock.volumes.items() if volume.pages},
        "since": _since(before.lock, lock) if before is not None else None,
    }


def _since(old: Lock, new: Lock) -> dict[str, list[str]]:
    """What is otherwise in a new lock."""
    from reelpress.desk import changes, reordered

    slugs, before = ([s for p in lock.order for s in p.reviews] for lock in (new, old))
    return {
        "added": [slug for slug in slugs if slug not in old.reviews],
        "dropped": [slug for slug in before if slug not in new.reviews],
        "changed": [str(c) for c in (*reordered(old.order, new.order), *changes(old, new))],
    }
