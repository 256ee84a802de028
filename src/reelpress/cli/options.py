"""The options that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Name = Annotated[str, typer.Argument(metavar="ANTHOLOGY", help="A ticket's name.")]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="[ANTHOLOGY]...", help="Tickets; all where none.")
]
Project = Annotated[
    Path, typer.Option("--project", "-C", metavar="DIR", help="The project's folder.")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, help="So many processes; one for each core."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Warnings forbid a release too.")]
Json = Annotated[bool, typer.Option("--json", help="For machines: one JSON document.")]
All = Annotated[bool, typer.Option("--all", help="Every finding, none folded.")]
Github = Annotated[
    bool, typer.Option("--github", help="Findings as annotations of GitHub Actions.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Errors alone.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Every stage too.")]
