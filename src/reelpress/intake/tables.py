"""Spreadsheets as exports have them: CSV, its columns known by name and not by order."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

_LONGEST = 1 << 27
"""Characters of one cell; the csv module stops at 131,072."""
_HEAD = 4096
"""Characters in which the first line is looked for."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row under its heads."""

    cells: Mapping[str, str]
    """By column, in small letters and without spaces: `watcheddate`."""
    number: int
    """From 1; the heads are none."""
    line: int
    """Of the file, on which it begins."""
    beyond: tuple[str, ...] = ()
    """What stands right of the last head: a row with too many commas."""

    def __getitem__(self, column: str) -> str:
        """What stands in a column; empty where there is none."""
        return self.cells.get(column, "").strip()


def heads_of(text: str) -> frozenset[str]:
    """The columns of a table, as `Row.cells` has them; empty where it has no first line."""
    first = text[:_HEAD].lstrip("\ufeff\xef\xbb\xbf").partition("\n")[0]
    return frozenset(map(_column, next(iter(_reader(first)), [])))


def rows_of(text: str) -> list[Row]:
    """The rows below the first; empty ones are passed over. A comma, a semicolon or a tab may be
    between cells. Raises ValueError where it is no table."""
    reader = _reader(text.lstrip("\ufeff").replace("\0", ""))
    rows: list[Row] = []
    heads: list[str] = []
    begins, number = 1, 0
    before = csv.field_size_limit(_LONGEST)  # of all readers: it is put back
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if not heads:
                heads = [_column(cell) for cell in cells]
                continue
            number += 1
            named = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
            beyond = tuple(cell for cell in cells[len(heads) :] if cell.strip())
            rows.append(Row(named, number, line, beyond))
    except csv.Error as error:
        raise ValueError(str(error)) from None
    finally:
        csv.field_size_limit(before)
    return rows


def _reader(text: str) -> csv._reader:  # type: ignore[name-defined]
    first = text.lstrip("\n")[:_HEAD].partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(StringIO(text, newline=""), delimiter=delimiter)


def _column(head: str) -> str:
    return re.sub(r"[\W_]+", "", head).lower()
