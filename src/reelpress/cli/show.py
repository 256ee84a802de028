"""How findings, progress and tables look: colours only on a terminal, plain text in a pipe."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rich.cells
import rich.console
import rich.text

from reelpress.cli.progress import Report, shown, told
from reelpress.findings import Finding, Severity

if TYPE_CHECKING:
    from reelpress.desk import Folder

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_SHOWN = 3
_MOST = 1 << 25
"""Bytes of a file of which lines are shown."""


def as_json(value: object) -> str:
    """JSON as machines read it and people can."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(as_json(value))


def findings_json(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The fields of each finding."""
    return [
        {
            "code": f.code,
            "severity": str(f.severity),
            "path": f.place.path,
            "line": f.place.line,
            "column": f.place.column,
            "text": f.text,
            "hint": f.hint,
        }
        for f in findings
    ]


def github_lines(findings: Sequence[Finding], project: Path) -> str:
    """Findings as GitHub Actions shows them beside the line (workflow commands).

    Paths are from where the command is run, usually the repository's root.
    """

    def escaped(text: str, also: str = "") -> str:
        for character in ("%", "\r", "\n", *also):
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    kinds = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for f in findings:
        path = escaped(_from_here(project, f.place.path), ":,")
        place = f"file={path},line={f.place.line},col={f.place.column}"
        told = f"{f.text} {f.hint[:1].upper()}{f.hint[1:]}".strip()
        lines.append(f"::{kinds[f.severity]} {place},title={f.code}::{escaped(told)}\n")
    return "".join(lines)


def _from_here(project: Path, path: str) -> str:
    """A project's path from the working directory, where that is above the project."""
    try:
        return (project / path).absolute().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path


def harmless(text: str) -> str:
    """A text from a stranger, without what a terminal would obey."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "�" for c in text)


_PRIVATE = re.compile(
    r"""(\b(?:fee|evidence|contact)["']?\s*[:=]\s*)("[^"]*"|'[^']*'|[^\s,{}][^,{}]*)"""
)


def _hidden(line: str) -> str:
    """An author's line without what is for the desk alone: it may be shown on a public machine."""
    return _PRIVATE.sub(lambda m: m[1] + "·" * len(m[2]), line)


class Console:
    """What a person is shown."""

    def __init__(
        self, *, quiet: bool = False, verbose: bool = False, everything: bool = False
    ) -> None:
        self.quiet, self.verbose, self.everything = quiet, verbose, everything
        # rich knows terminals, pipes and NO_COLOR; the layout of a line is ours.
        self._folder: Folder | None = None
        self.out = rich.console.Console(highlight=False, soft_wrap=True)

    def _say(self, *parts: str | tuple[str, str]) -> None:
        """One line of plain and (text, style) parts."""
        clean = (harmless(p) if isinstance(p, str) else (harmless(p[0]), p[1]) for p in parts)
        self.out.print(rich.text.Text.assemble(*clean))

    # -- findings

    def findings(self, findings: Sequence[Finding], project: Path) -> None:
        """Each finding with the author's own line; equal ones fold after three."""
        lines: dict[str, list[str]] = {}
        told: dict[tuple[str, str], int] = defaultdict(int)
        folded: dict[tuple[str, str], int] = defaultdict(int)
        for finding in findings:
            if finding.severity is Severity.NOTE and self.quiet:
                continue
            if finding.severity is Severity.WARNING and self.quiet:
                continue
            kind = (finding.code, finding.text)
            told[kind] += 1
            if told[kind] > _SHOWN and not self.everything:
                folded[kind] += 1
                continue
            self._finding(finding, project, lines, cure=told[kind] == 1)
        for (code, text), count in folded.items():
            self._say(f"… and {count} more: {text} [{code}]; --all shows them")
        if folded:
            self._say()

    def _finding(
        self, finding: Finding, project: Path, lines: dict[str, list[str]], *, cure: bool
    ) -> None:
        severity = (str(finding.severity), _STYLES[finding.severity])
        self._say(f"{finding.place}: ", severity, f": {finding.text} [{finding.code}]")
        text = self._line(finding, project, lines)
        if text is not None:
            number = str(finding.place.line).rjust(5)
            start = finding.place.column - 1
            length = len(text[start:].split(" ")[0].split(":")[0].rstrip(",]})")) or 1
            self._say(f"{number} │ {text}")
            indent = " " * rich.cells.cell_len(text[:start])
            self._say(f"      │ {indent}", ("^" * min(length, 40), "bold"))
        if finding.hint and cure:
            self._say(f"    Hint: {finding.hint}")
        self._say()

    def _line(self, finding: Finding, project: Path, lines: dict[str, list[str]]) -> str | None:
        path = finding.place.path
        if path not in lines:
            from reelpress.header import decode  # where there is nothing to show, nothing is loaded

            try:
                # Never a line of a file that a link or a ticket leads out to.
                file = (project / path).resolve()
                inside = file.is_relative_to(project.resolve()) or self._named(project, path)
                # Nor what has no end: a pipe, or a file larger than anyone writes.
                ends = inside and file.is_file() and file.stat().st_size <= _MOST
                text, _ = decode(file.read_bytes(), path) if ends else ("", ())
                lines[path] = (text or "").split("\n")
            except (OSError, ValueError, RuntimeError):  # the last of a link to itself
                lines[path] = []
        known = lines[path]
        if not 0 < finding.place.line <= len(known):
            return None
        line = known[finding.place.line - 1]
        if not line.strip() or finding.place.column > len(line) or len(line) > 400:
            return None
        return _hidden(harmless(line.replace("\t", " ")))

    def _named(self, project: Path, path: str) -> bool:
        """Whether a file outside the project is in a folder that its imprint names."""
        from reelpress.desk import project_folder

        if self._folder is None:
            self._folder = project_folder(project)
        return self._folder.covers(path)

    def closing(
        self, findings: Sequence[Finding], *, bound: bool | None, draft: bool, strict: bool
    ) -> None:
        """The last line: how many of what, in how many files, and what that means."""
        counts = {s: [f for f in findings if f.severity is s] for s in Severity}
        parts = [
            f"{len(found)} {severity}{'s' if len(found) != 1 else ''}"
            for severity, found in counts.items()
            if found
        ]
        files = len({f.place.path for f in findings})
        summary = f"{', '.join(parts)} in {files} file{'s' if files != 1 else ''}." if parts else ""
        grave = counts[Severity.ERROR] or (strict and counts[Severity.WARNING])
        if bound is False and grave and not draft:
            summary += " Nothing was bound; build/ is as it was."
        elif bound is None and not parts:
            summary = "Nothing to mend."
        if summary and not (self.quiet and not grave):
            self._say((summary, "bold"))

    # -- volumes and tables

    def volume(self, entry: Mapping[str, Any], folder: Path) -> None:
        """One line for a volume: name, extent, size, path."""
        if not self.quiet:
            size = f"{entry['size'] / 1024:,.0f} KB"
            self._say(
                f"{entry['file']:<32} {entry['extent']:>12} {size:>10}  {folder / entry['path']}"
            )

    def table(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows under their keys, each column as wide as it must be."""
        if not rows:
            return
        keys = list(rows[0])
        cells = [[str(row[key] if row[key] is not None else "–") for key in keys] for row in rows]
        wide = rich.cells.cell_len
        widths = [max(map(wide, column)) for column in zip(keys, *cells, strict=True)]
        for line in [keys, *cells]:
            padded = (c + " " * (w - wide(c)) for c, w in zip(line, widths, strict=True))
            self._say("  ".join(padded).rstrip())

    def lines(self, lines: Sequence[str]) -> None:
        """Lines as they are."""
        for line in lines:
            self._say(line)

    # -- progress

    @contextmanager
    def progress(self) -> Iterator[Report]:
        """Show how far work has come; on a terminal only, or with --verbose."""
        err = rich.console.Console(stderr=True)
        if self.quiet or not (err.is_terminal or self.verbose):
            yield lambda *_: None
        else:
            with (shown if err.is_terminal else told)(err) as report:
                yield report
