"""What was found, as Markdown: on what machine, the table, remarks."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

from bench import sides
from bench.measures import Bench, Row
from bench.runs import told

BEGIN, END = "<!-- results -->", "<!-- end of results -->"
HEAD = """\
| | what | reelpress | beside it | found | bound | |
|---|---|---|---|---:|---:|---|
"""
BUSY = 0.7
"""A load above which times say nothing."""


def load() -> float:
    """How many processes have wanted a core in the last minute."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def report(bench: Bench, words: int, load_before: float, on: str) -> str:
    """All of it, to stand between the two marks."""
    runs = f"medians of {bench.runs} runs (least–most)" if bench.runs > 1 else "one run"
    paragraphs = [
        f"{f'{on}. ' if on else ''}{_machine()}; load {load_before:.2f} at the start.",
        f"{_versions()}.",
        f"{bench.count} reviews, {words:,} words of body; {runs}.",
        HEAD + "\n".join(map(_line, bench.rows)),
        "\n".join(f"- {remark}" for remark in bench.remarks),
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def written(text: str, results: str) -> str:
    """A text with the results in place of those that it holds."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} … {END}")
    return f"{before}{begin}\n{results.strip()}\n{end}{after}"


def _line(row: Row) -> str:
    found = "" if row.value is None else _number(row.value, row.unit)
    cells = (str(row.point), row.what, row.ours, row.beside, found)
    return "| " + " | ".join((*cells, f"≤ {_number(row.bound, row.unit)}", row.verdict)) + " |"


def _number(value: float, unit: str) -> str:
    whole = unit == " MB" or (value == int(value) and not unit)
    return f"{value:.0f}{unit}" if whole else f"{value:.2f}{unit}"


def _machine() -> str:
    """Cores, processor, memory, system; what can't be told is left out."""
    model = _field("/proc/cpuinfo", "model name") or platform.processor()
    memory = (_field("/proc/meminfo", "MemTotal") or "").removesuffix(" kB")
    parts = [
        f"{os.cpu_count()} cores",
        model,
        f"{int(memory) / 1_000_000:.0f} GB of memory" if memory else "",
        f"{platform.system()} {platform.machine()}",
    ]
    return ", ".join(part for part in parts if part)


def _field(path: str, name: str) -> str | None:
    try:
        lines = Path(path).read_text("utf-8").splitlines()
    except OSError:
        return None
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)


def _versions() -> str:
    pandoc = told((sides.pandoc(), "--version"), Path()).split()[1]
    about = told((sides.BIN / "weasyprint", "--info"), Path()).splitlines()
    pango = next((line.split()[-1] for line in about if line.startswith("Pango")), "")
    if pango.isdecimal():  # 15012
        pango = f"{int(pango) // 10000}.{int(pango) // 100 % 100}.{int(pango) % 100}"
    return ", ".join(
        (
            f"reelpress {version('reelpress')}",
            f"Python {platform.python_version()}",
            f"WeasyPrint {version('weasyprint')} with Pango {pango}",
            f"pandoc {pandoc}",
            f"Typst {version('typst')}",
        )
    )
