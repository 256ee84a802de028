"""Broken inputs: each folder of cases/ differs from the specimen, and all its findings are told.

    cases/CODE-what/ laid over specimen/ ── check ──▶ expected.txt

Beside the project stand two folders: `outside`, which nothing may read, and `shared`,
which an imprint.yaml may name under read:.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import zlib
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import tinycss2
from lxml import etree
from typer.testing import CliRunner

from reelpress.cli.main import app
from reelpress.findings import RULES, Finding, Severity
from reelpress.press import Run, press

HERE = Path(__file__).parent
SPECIMEN = HERE / "specimen"
CASES = HERE / "cases"
NAMES = sorted(p.name for p in CASES.iterdir() if p.is_dir())

SECRET = "kept-behind-the-projection-room"
"""Stands in every file of `outside`."""

NO_AUTHOR = {
    "E001": "a galley that no EPUB can hold: a fault of the press, or of a library",
    "P001": "the machine lacks Pango",
    "P002": "WeasyPrint complains; whatever an author can ask of it is settled before",
}
"""Rules that no case shows, and why no author can cause them."""

UNREADABLE = {"H001-ticket", "H002-empty-ticket", "H003-ticket", "H007-ticket-title"}
"""Without a ticket there is no anthology."""

UNSET = {"H012-extends-itself", "H012-extends-nothing", "H012-layout-is-a-path"} | {
    "H012-unknown-layout",
    "H023-symlink-layout",
    "H023-symlink-layout-file",
}
"""Without a layout nothing can be set."""


def png(note: str) -> bytes:
    """A picture of one pixel, with a note in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"tEXt", b"Comment\x00" + note.encode()),
            chunk(b"IDAT", zlib.compress(b"\x00\x80")),
            chunk(b"IEND", b""),
        )
    )


OUTSIDE: dict[str, bytes] = {
    "outside/secret.png": png(SECRET),
    "outside/secret.md": f"---\ntitle: {SECRET}\nfilm: F\nreviewer: R\n---\n{SECRET}\n".encode(),
    "outside/people.yaml": f"a-bell:\n  name: {SECRET}\n  bio: {SECRET}\n".encode(),
    "outside/layout/layout.yaml": f"extends: classic\nnote: {SECRET}\n".encode(),
    "outside/layout/screen.css": f"/* */ p::before {{ content: '{SECRET}' }}\n".encode(),
    "outside/layout/sections/colophon.html.j2": f"<p>{SECRET}</p>\n".encode(),
    "shared/allowed.png": png("shared on purpose"),
}


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def lay(name: str, folder: Path) -> Path:
    """The project of a case: the specimen in `folder`, with the case laid over it."""
    project = folder / "project"
    shutil.copytree(SPECIMEN, project)
    for path, data in OUTSIDE.items():
        write(folder / path, data)
    case = CASES / name
    if (case / "REMOVE").is_file():
        for line in (case / "REMOVE").read_text("utf-8").split():
            (project / line).unlink()
    for file in sorted(case.rglob("*")):
        inner = file.relative_to(case)
        if inner.name in ("expected.txt", "REMOVE") or (file.is_dir() and not file.is_symlink()):
            continue
        target = project / inner
        target.unlink(missing_ok=True)
        if file.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(os.readlink(file))
        else:
            write(target, file.read_bytes())
    return project


def told(findings: tuple[Finding, ...]) -> str:
    """Findings as expected.txt has them."""
    lines: list[str] = []
    for finding in findings:
        lines.append(f"{finding}\n")
        if finding.hint:
            lines.append(f"    hint: {finding.hint}\n")
    return "".join(lines)
