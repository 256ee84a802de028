"""Tables that say something by their rows and columns, told from those that only lay out a page."""

from __future__ import annotations

from typing import Any

GRID = "data-reelpress-grid"
_BLOCKS = frozenset("ul ol dl blockquote pre hr figure h1 h2 h3 h4 h5 h6 table form".split())
_MOST_CELLS = 5_000
_WIDEST = 30
_LONGEST = 300


def mark_tables(root: Any) -> None:
    """Mark the tables of data, in place, and make their rows equally long."""
    for table in list(root.iter("table")):
        rows = list(table.iter("tr"))
        if _is_data(table, rows):
            table.set(GRID, "1")
            _square(rows)
            head = table.find("thead")
            if head is not None and len(head):
                for cell in head[0]:
                    cell.tag = "th"


def _is_data(table: Any, rows: list[Any]) -> bool:
    """Two rows and two columns at least, with cells that are a line each, and no table within."""
    if len(rows) < 2 or (table.get("role") or "") in ("presentation", "none"):
        return False
    cells = [cell for row in rows for cell in row if cell.tag in ("td", "th")]
    if len(cells) > _MOST_CELLS or max(_width(row) for row in rows) < 2:
        return False
    for cell in cells:
        inner = [e.tag for e in cell.iter() if e is not cell]
        if any(tag in _BLOCKS for tag in inner) or inner.count("p") + inner.count("div") > 1:
            return False
        if len("".join(cell.itertext()).strip()) > _LONGEST:
            return False
    return any("".join(cell.itertext()).strip() for cell in cells)


def _span(cell: Any, key: str) -> int:
    said = cell.get(key) or "1"
    return max(1, min(int(said), _WIDEST)) if said.isdecimal() and len(said) < 4 else 1


def _width(row: Any) -> int:
    return sum(_span(cell, "colspan") for cell in row if cell.tag in ("td", "th"))


def _square(rows: list[Any]) -> None:
    """An empty cell for each that another reaches over."""
    reaching: dict[int, int] = {}
    for row in rows:
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        made: list[Any] = []
        below: dict[int, int] = {}
        for cell in cells:
            while reaching.get(len(made), 0):
                made.append(_empty(row))
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            at = len(made)
            made += [cell, *(_empty(row) for _ in range(wide - 1))]
            below |= {at + n: high for n in range(wide)}
        while reaching.get(len(made), 0):
            made.append(_empty(row))
        for cell in made:
            row.append(cell)
        reaching = {n: left - 1 for n, left in (reaching | below).items() if left > 1}
    width = max(sum(cell.tag in ("td", "th") for cell in row) for row in rows)
    for row in rows:
        have = sum(cell.tag in ("td", "th") for cell in row)
        for _ in range(width - have):
            row.append(_empty(row))


def _empty(row: Any) -> Any:
    return row.makeelement("td")
