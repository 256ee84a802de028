"""`reelpress`: one function for each command.

Exit codes: 0 clean · 1 reelpress failed · 2 wrong usage · 3 findings of severity
error (with --strict, warnings too) · 130 interrupted.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from reelpress import __version__
from reelpress.cli.asked import anthologies, known_volumes, not_taken, pressed_one, wrong

app = typer.Typer(
    name="reelpress",
    help="A press for anthologies of reviews: Markdown in, EPUB and PDF out.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[ANTHOLOGY]...", help="Tickets; all where none.")
]
Project = Annotated[
    Path, typer.Option("--project", "-C", metavar="DIR", help="The project's folder.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings forbid a release too.")]
Json = Annotated[bool, typer.Option("--json", help="For machines: one JSON document.")]
All = Annotated[bool, typer.Option("--all", help="Every finding, none folded.")]
Github = Annotated[
    bool, typer.Option("--github", help="Findings as annotations of GitHub Actions.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Errors alone.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every stage too.")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reelpress {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Say the version."),
    ] = False,
) -> None:
    del version


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Make a project with two sample reviews, that builds at once."""
    from reelpress.cli.scaffold import scaffold

    try:
        made = scaffold(folder)
    except FileExistsError as error:
        wrong(f"{error} is there already; init writes over nothing")
    for path in made:
        typer.echo(f"  {path}")
    where = "" if folder == Path() else f"cd {folder} && "
    typer.echo(f"\nNow: {where}reelpress build --open")


@app.command()
def build(
    names: Names = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="VOLUME", help="This volume alone; may be repeated."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Where to, instead of build/.")
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help="Bind whatever can be bound, marked DRAFT.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Show what was built.")] = False,
    strict: Strict = False,
    project: Project = Path(),
    json: Json = False,
    github: Github = False,
    all_: All = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Bind anthologies as EPUB and PDF into build/.

    With an error anywhere nothing is bound, and build/ stays as it was.
    """
    from reelpress.cli.show import Console, findings_json, github_lines, print_json
    from reelpress.press import press
    from reelpress.site import publish

    wanted = anthologies(project, names)
    known_volumes(project, wanted, only or [])
    console = Console(quiet=quiet or json or github, verbose=verbose, everything=all_)
    with console.progress() as report:
        run = press(project, wanted, only=only or [], draft=draft, strict=strict, report=report)
    folder = out or project / "build"
    bound = {p.name: p.volumes for p in run.pressed if p.volumes}
    entries = publish(folder, run.pressed) if bound else ()
    if json:
        print_json(
            {"volumes": entries, "findings": findings_json(run.findings), "drafts": run.drafts}
        )
    elif github:
        typer.echo(github_lines(run.findings, project), nl=False)
    else:
        console.findings(run.findings, project)
        for entry in entries:
            console.volume(entry, folder)
        console.closing(run.findings, bound=bool(bound), draft=draft, strict=strict)
    if open_ and bound:
        typer.launch(str((folder / "index.html").resolve()))
    if run.grave(strict=strict):
        raise typer.Exit(3)


@app.command()
def check(
    names: Names = None,
    strict: Strict = False,
    project: Project = Path(),
    json: Json = False,
    github: Github = False,
    all_: All = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say everything that is wrong, and bind nothing."""
    from reelpress.cli.show import Console, findings_json, github_lines, print_json
    from reelpress.press import press

    wanted = anthologies(project, names)
    console = Console(quiet=quiet or json or github, verbose=verbose, everything=all_)
    with console.progress() as report:
        run = press(project, wanted, bound=False, strict=strict, report=report)
    if json:
        print_json({"findings": findings_json(run.findings), "drafts": run.drafts})
    elif github:
        typer.echo(github_lines(run.findings, project), nl=False)
    else:
        console.findings(run.findings, project)
        console.closing(run.findings, bound=None, draft=False, strict=strict)
    if run.grave(strict=strict):
        raise typer.Exit(3)


@app.command("list")
def list_(
    name: Annotated[str, typer.Argument(metavar="ANTHOLOGY", help="A ticket's name.")],
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


@app.command()
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


@app.command()
def schema(
    what: Annotated[
        str, typer.Argument(metavar="[review|ticket|people|imprint]", help="Which format.")
    ] = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="Write all of them there.")
    ] = None,
) -> None:
    """The JSON Schema of what you write by hand, for your editor."""
    from reelpress.cli.show import as_json, print_json
    from reelpress.header import SCHEMAS
    from reelpress.header import schema as schema_of
    from reelpress.work import deliver

    if out is not None:
        deliver(out, {f"{n}.schema.json": as_json(schema_of(n)).encode() for n in SCHEMAS})
        return
    if what not in SCHEMAS:
        wrong(f"which one? {', '.join(SCHEMAS)}, or all of them with --out DIR")
    print_json(schema_of(what))


@app.command()
def rules(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="As in brackets: H004.")] = "",
    markdown: Annotated[bool, typer.Option("--markdown", help="As docs/rules.md.")] = False,
    json: Json = False,
) -> None:
    """What can be noticed, and what to do about it."""
    from reelpress.cli.show import print_json
    from reelpress.cli.tables import rules_page, rules_table
    from reelpress.findings import RULES, did_you_mean

    if json:
        chosen = [r for r in RULES.values() if code.upper() in ("", r.code)]
        print_json(
            [{"code": r.code, "severity": r.severity, "text": r.text, "why": r.why} for r in chosen]
        )
    elif markdown:
        typer.echo(rules_page(), nl=False)
    elif not code:
        typer.echo(rules_table())
    elif (rule := RULES.get(code.upper())) is not None:
        typer.echo(f"{rule.code} ({rule.severity}): {rule.text}\n\n{rule.why}")
    else:
        wrong(
            f"there is no rule {code}; {did_you_mean(code.upper(), RULES) or 'see reelpress rules'}"
        )


@app.command()
def doctor(json: Json = False) -> None:
    """What this machine has and lacks, a line each, with the cure."""
    from dataclasses import asdict

    from reelpress.cli.doctor import examine

    lacking = False
    found = list(examine())
    if json:
        from reelpress.cli.show import print_json

        print_json([asdict(examined) for examined in found])
    for examined in found:
        if json:
            lacking |= examined.needed and not examined.there
            continue
        lacking |= examined.needed and not examined.there
        mark = "ok     " if examined.there else "missing" if examined.needed else "absent "
        cure = f"; {examined.cure}" if examined.cure and not examined.there else ""
        typer.echo(f"{mark} {examined.what}: {examined.said}{cure}")
    raise typer.Exit(1 if lacking else 0)


def main() -> None:
    """The entry point: runs a command, and ends the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of few letters is no reason to stop
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        typer.echo("\nreelpress: interrupted; build/ is as it was", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        typer.echo(f"reelpress: {error}", err=True)
        sys.exit(1)
