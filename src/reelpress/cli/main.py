"""`reelpress`: one function for each command.

Exit codes: 0 clean · 1 reelpress failed · 2 wrong usage · 3 findings of severity
error (with --strict, warnings too) · 130 interrupted.
"""

from __future__ import annotations

import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from reelpress import __version__
from reelpress.cli.asked import anthologies, known_volumes, with_review, wrong
from reelpress.cli.desk import freeze, list_, stats
from reelpress.cli.init import init
from reelpress.cli.intake import import_
from reelpress.cli.offprints import offprints
from reelpress.cli.options import (
    All,
    Github,
    Jobs,
    Json,
    Names,
    Project,
    Quiet,
    Strict,
    Verbose,
)
from reelpress.cli.rights import rights
from reelpress.cli.survey import survey

INTERRUPTED = 130

app = typer.Typer(
    name="reelpress",
    help="A press for anthologies of reviews: Markdown in, EPUB and PDF out.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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


app.command()(init)


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
    piece: Annotated[
        str,
        typer.Option("--piece", metavar="SLUG", help="This review alone, numbered as in the book."),
    ] = "",
    open_: Annotated[bool, typer.Option("--open", help="Show what was built.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Of each piece: reused, or why not.")] = False,
    jobs: Jobs = None,
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
    from dataclasses import asdict

    from reelpress.cli.show import Console, findings_json, github_lines, print_json
    from reelpress.cli.tables import why_lines
    from reelpress.cli.works import work
    from reelpress.press import press
    from reelpress.site import lay_beside, publish

    wanted, volumes = anthologies(project, names), only or []
    known_volumes(project, wanted, volumes)
    wanted = with_review(project, wanted, volumes, piece)
    console = Console(quiet=quiet or json or github, verbose=verbose, everything=all_)
    with work(project, jobs) as here, console.progress() as report:
        run = press(
            project,
            wanted,
            only=volumes,
            draft=draft,
            strict=strict,
            piece=f"r-{piece}" if piece else "",
            work=here,
            report=report,
        )
    folder = out or project / "build"
    bound = any(book.volumes for book in run.pressed)
    entries = (lay_beside if piece else publish)(folder, run.pressed) if bound else []
    if json:
        told = {"why": [asdict(reason) for reason in run.why]} if why else {}
        found = findings_json(run.findings)
        print_json({"volumes": entries, "findings": found, "drafts": run.drafts, **told})
    elif github:
        typer.echo(github_lines(run.findings, project), nl=False)
    else:
        console.findings(run.findings, project)
        console.lines(why_lines(run.why) if why else [])
        for entry in entries:
            console.volume(entry, folder)
        console.closing(run.findings, bound=bound, draft=draft, strict=strict)
    if open_ and bound:
        shown = entries[0]["path"] if piece else "index.html"
        typer.launch(str((folder / shown).resolve()))
    if run.grave(strict=strict):
        raise typer.Exit(3)


@app.command()
def check(
    names: Names = None,
    jobs: Jobs = None,
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
    from reelpress.cli.works import work
    from reelpress.press import press

    wanted = anthologies(project, names)
    console = Console(quiet=quiet or json or github, verbose=verbose, everything=all_)
    with work(project, jobs) as here, console.progress() as report:
        run = press(project, wanted, bound=False, strict=strict, work=here, report=report)
    if json:
        print_json({"findings": findings_json(run.findings), "drafts": run.drafts})
    elif github:
        typer.echo(github_lines(run.findings, project), nl=False)
    else:
        console.findings(run.findings, project)
        console.closing(run.findings, bound=None, draft=False, strict=strict)
    if run.grave(strict=strict):
        raise typer.Exit(3)


@app.command()
def clean(project: Project = Path(), json: Json = False) -> None:
    """Forget all finished work: the next build does everything anew. build/ stays."""
    from reelpress.cli.works import KEPT, store

    if not any((project / name).exists() for name in ("manuscripts", KEPT)):
        wrong(f"no project: {project / 'manuscripts'} is not there")
    freed = store(project).clear()
    if json:
        from reelpress.cli.show import print_json

        print_json({"freed": freed})
    else:
        typer.echo(f"{project / KEPT}: {freed / 1024:,.0f} KB freed")


app.command("list")(list_)
app.command()(stats)
app.command()(freeze)
app.command()(rights)
app.command()(offprints)
app.command("import")(import_)
app.command()(survey)


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
    # A build keeps nearly all that it makes until it ends: to look for rings in it often is waste.
    gc.set_threshold(20_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of few letters is no reason to stop
    try:
        app(standalone_mode=True)
    except (KeyboardInterrupt, SystemExit) as ended:
        if isinstance(ended, SystemExit) and ended.code != INTERRUPTED:  # Typer makes it of Ctrl-C
            raise
        typer.echo("\nreelpress: interrupted; build/ is as it was", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except ChildProcessError as error:
        typer.echo(f"reelpress: {error}; try --jobs 1", err=True)
        sys.exit(1)
    except OSError as error:
        typer.echo(f"reelpress: {error}", err=True)
        sys.exit(1)
